#!/usr/bin/python3
"""Seeded nonsense against the running server: forms, cookies, paths, multipart bodies and headers. Never a 500, never
a crash, never a connection that hangs."""

import os
import random
import socket
import time
import urllib.parse
import uuid
from collections import Counter
from pathlib import Path

from partnership import Partnership, Session, check, figure, finish, partnership

SECONDS, SEED = int(os.environ["LONG_SECONDS"]), int(os.environ["LONG_SEED"])
ROUTES = Path(__file__).parents[1] / "AppTests" / "Golden" / "access.txt"
# They would end the sessions that the rest needs.
LEFT_OUT = {"/exit", "/sign-out", "/lock"}
NASTY = [
    "", " ", "%", "%zz", "%00", "\0", "'", "''--", "\"><script>alert(1)</script>", "${7*7}", "{{7*7}}", "../" * 8,
    "\r\nX-Evil: 1", "\x7f\x01", "\ud800", "\u202e", "\ufeff", "é" * 300, "𝔘" * 50, "👩‍👧‍👦", "9" * 400, "-1", "NaN",
    "0x10", "1e309", "2024-02-30", "0000-00-00", "31", "13", "99999999999999999999", "true", "null", "[]", "{}",
    "a" * 5000, "\n" * 500, "٣", "ﷺ" * 20, "' OR 1=1; SELECT pg_sleep(9)--", "\\", "\\x41", "$1", ";", "=&=", "&&&",
]
TYPES = ["application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16", "text/plain",
         "multipart/form-data; boundary=x", "application/json", "", "application/x-www-form-urlencoded, x"]
NAMES = ["Cookie", "Accept", "Accept-Encoding", "Accept-Language", "Content-Encoding", "Origin", "Referer", "Range",
         "If-None-Match", "Expect", "Transfer-Encoding", "X-Forwarded-For", "Upgrade", "X-Autosave", "Sec-Fetch-Site",
         "TE", "Via", "Content-Length", "Connection", "Host", "User-Agent"]


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


class Fuzzer:
    """Makes requests that are almost right."""

    def __init__(self, house: Partnership, sessions: list[Session]) -> None:
        self.house, self.sessions, self.dice = house, sessions, random.Random(SEED)
        self.ids = house.sql("SELECT id FROM app.person UNION ALL SELECT id FROM app.case_record UNION ALL "
                             "SELECT id FROM app.contact UNION ALL SELECT id FROM app.case_note").splitlines()
        lines = [line.split() for line in ROUTES.read_text().splitlines()]
        self.routes = [(words[0], words[1]) for words in lines if words[1] not in LEFT_OUT]
        self.forms: dict[str, list[tuple[str, str]]] = {}
        self.tokens = {session: session.get("/contacts/new").hidden("csrf") for session in sessions}

    def word(self) -> str:
        dice = self.dice
        kind = dice.randrange(6)
        if kind == 0:
            return dice.choice(self.ids)
        if kind == 1:
            return str(uuid.UUID(int=dice.getrandbits(128)))
        if kind == 2:
            return "".join(chr(dice.choice([dice.randrange(128), dice.randrange(0x3000), dice.randrange(0x110000)]))
                           for _ in range(dice.randrange(1, 40)))
        if kind == 3:
            return dice.choice(NASTY) + dice.choice(NASTY)
        return dice.choice(NASTY)

    def path(self) -> tuple[str, str]:
        """A route's method and path, its ids real or not; now and then no route at all."""
        method, path = self.dice.choice(self.routes)
        parts = [self.dice.choice(self.ids) if self.dice.random() < 0.8 else urllib.parse.quote(encoded(self.word()))
                 if part.startswith(":") else part for part in path.split("/")]
        parts = [part if original.startswith(":") else original for part, original in zip(parts, path.split("/"))]
        path = "/".join(parts)
        if self.dice.random() < 0.05:
            path += self.dice.choice(["/", "//", "/..", "/.", "/%2e%2e", ";a=b", "%", "\\", "/" + "a/" * 50])
        if self.dice.random() < 0.2:
            path += "?" + "&".join(f"{self.dice.choice(['before', 'list', 'from', 'next', 'search', 'x'])}="
                                   + urllib.parse.quote(encoded(self.word())) for _ in range(self.dice.randrange(1, 4)))
        return method, path

    def fields(self, session: Session, path: str) -> list[tuple[str, str]]:
        """The fields that the page of this path has (looked up once), each of them right, odd or missing."""
        shape = "/".join("*" if len(part) == 36 else part for part in path.split("?")[0].split("/"))
        if shape not in self.forms:
            try:
                forms = session.get(path).forms() if path.isascii() and " " not in path else []
            except (OSError, ValueError):
                forms = []
            self.forms[shape] = [(name, "") for form in forms for name in form["names"]]
        known = self.forms[shape] or [("reason", ""), ("body", ""), ("email", ""), ("person", "")]
        made = [(name, self.dice.choice(["yes", "no", "1", "helpline", self.word()])) for name, _ in known
                if self.dice.random() < 0.85]
        made += [(self.word(), self.word()) for _ in range(self.dice.randrange(3))]
        token = self.tokens[session] if self.dice.random() < 0.9 else self.word()
        return [field for field in made if field[0] != "csrf"] + [("csrf", token)]

    def body(self, fields: list[tuple[str, str]], kind: str) -> bytes:
        if kind.startswith("multipart"):
            return b"".join(b'--x\r\nContent-Disposition: form-data; name="' + encoded(name) + b'"\r\n\r\n'
                            + encoded(value) + b"\r\n" for name, value in fields) + b"--x--\r\n"
        body = b"&".join(urllib.parse.quote_plus(encoded(name)).encode() + b"="
                         + urllib.parse.quote_plus(encoded(value)).encode() for name, value in fields)
        if self.dice.random() < 0.15 and body:
            cut = bytearray(body)
            for _ in range(self.dice.randrange(1, 6)):
                cut[self.dice.randrange(len(cut))] = self.dice.randrange(256)
            return bytes(cut)
        return body

    def request(self) -> bytes:
        session = self.dice.choice(self.sessions)
        method, path = self.path()
        if self.dice.random() < 0.03:
            method = self.dice.choice(
                ["PUT", "DELETE", "TRACE", "OPTIONS", "HEAD", "PATCH", "CONNECT", "get", "A" * 99])
        headers = [("Host", self.house.host)]
        cookie = session.cookies
        if self.dice.random() < 0.15:
            cookie = self.dice.choice([self.word(), cookie + "; " + self.word(), cookie[:-3], cookie * 2, ";;=;", "="])
        headers += [("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"), ("Connection", "close")]
        body = b""
        if method == "POST":
            kind = TYPES[0] if self.dice.random() < 0.85 else self.dice.choice(TYPES)
            body = self.body(self.fields(session, path), kind)
            headers += [("Content-Type", kind), ("Content-Length", str(len(body)))]
        if self.dice.random() < 0.2:
            headers += [(self.dice.choice(NAMES), self.word()[:200]) for _ in range(self.dice.randrange(1, 4))]
        top = encoded(f"{method} {path} HTTP/1.1\r\n") + b"".join(
            encoded(f"{name}: {value}\r\n") for name, value in headers)
        return top + b"\r\n" + body


def send(house: Partnership, request: bytes) -> tuple[str, bytes]:
    """`status`, `closed` or `hangs`, and what came."""
    said = b""
    try:
        with socket.create_connection(("127.0.0.1", house.port), timeout=45) as s:
            try:
                s.sendall(request)
                s.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            while piece := s.recv(65536):
                said += piece
    except TimeoutError:
        return "hangs", said
    except OSError:
        pass
    return (said[9:12].decode(errors="replace") if said.startswith(b"HTTP/1.1 ") else "closed"), said


def run(house: Partnership) -> None:
    roles = ["Helpline worker", "IDVA", "Service manager", "Data protection officer"]
    held = {person["role"] for person in house.people}
    fuzzer = Fuzzer(house, [house.session(role) for role in roles if role in held])
    server, seen, bad = house.pid_of("server"), Counter(), []
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        began = time.monotonic()
        request = fuzzer.request()
        status, said = send(house, request)
        seen[status] += 1
        if status.startswith("5") or status == "hangs":
            bad.append((status, request[:1500], said[-300:]))
        # Below what one address may ask, so that the answers are more than "too many".
        time.sleep(max(0, 0.014 - (time.monotonic() - began)))
    figure(f"{seen.total()} requests, seed {SEED}: " + ", ".join(f"{n} × {s}" for s, n in seen.most_common()))
    check("no request is answered by a fault, none hangs", not bad, bad[:3])
    check("the server never died", house.pid_of("server") == server and house.answers())
    log = (house.data / "log" / "server.log").read_text().splitlines()
    faults = [line for line in log if '"message":"fault"' in line]
    check("its log has no fault", not faults, "\n".join(faults[:5]))
    check("most requests got further than the rate limit", seen["429"] < seen.total() / 2, seen)


with partnership("fuzz") as one:
    run(one)
finish()
