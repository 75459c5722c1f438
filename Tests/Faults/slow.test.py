#!/usr/bin/python3
"""The server itself, without a proxy in front: clients that are slow on purpose are cut off, an honest slow download
is whole, nobody can hold up a shutdown, and limits on host, headers and body hold."""

import concurrent.futures
import json
import os
import re
import shutil
import signal
import socket
import time
from pathlib import Path

from partnership import Partnership, check, finish, partnership, wait_for

LARGE = bytes(range(256)) * (8_000_000 // 256)
NAME = "large.0123456789.ttf"


def add_large_asset(folder: Path) -> dict[str, str]:
    """Nothing that we serve is large: the assets of this test have one more file."""
    assets = folder / "assets"
    shutil.copytree(os.environ["DRYSTONE_ASSETS"], assets)
    (assets / NAME).write_bytes(LARGE)
    names = json.loads((assets / "manifest.json").read_text())
    (assets / "manifest.json").write_text(json.dumps({**names, "large.ttf": NAME}))
    assets.chmod(0o755)
    return {"DRYSTONE_ASSETS": str(assets)}


def connect(house: Partnership, small: bool = False) -> socket.socket:
    made = socket.socket()
    if small:
        # Small segments and a small window: what is not read stays with the server, not in the kernel.
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1400)
    made.connect(("127.0.0.1", house.port))
    return made


def head(house: Partnership, line: str, *more: str) -> bytes:
    return "\r\n".join([f"{line} HTTP/1.1", f"Host: {house.host}", *more, "", ""]).encode()


def ends_after(house: Partnership, first: bytes, drip: bytes, most: float) -> tuple[float | None, bytes]:
    """How long the server bears a connection that sends so (None: longer than `most`), and what it said."""
    began, said = time.monotonic(), b""
    with connect(house) as s:
        s.sendall(first)
        s.settimeout(0.5)
        while time.monotonic() - began < most:
            try:
                piece = s.recv(65536)
                if not piece:
                    return time.monotonic() - began, said
                said += piece
            except TimeoutError:
                pass
            except OSError:
                return time.monotonic() - began, said
            try:
                s.sendall(drip)
            except OSError:
                return time.monotonic() - began, said
    return None, said


def slow_file(house: Partnership) -> tuple[float, bytes]:
    """A file that takes longer than a form may, because it is large: some of it comes all the time."""
    began, piece = time.monotonic(), bytes(330_000)
    body = b'--b\r\nContent-Disposition: form-data; name="email-file"; filename="a.eml"\r\n\r\n'
    end = b"\r\n--b--\r\n"
    with connect(house) as s:
        s.sendall(head(house, "POST /contacts/email", "Content-Type: multipart/form-data; boundary=b",
                       "Sec-Fetch-Site: same-origin", f"Content-Length: {len(body) + 5 * len(piece) + len(end)}"))
        s.sendall(body)
        for _ in range(5):
            time.sleep(8)
            s.sendall(piece)
        s.sendall(end)
        s.settimeout(20)
        return time.monotonic() - began, s.recv(65536)


def is_connected(house: Partnership, port: int) -> bool:
    """Does the server's kernel still hold this client's connection open?"""
    wanted = (f":{house.port:04X}", f":{port:04X}", "01")
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        words = line.split()
        if (words[1][-5:], words[2][-5:], words[3]) == wanted:
            return True
    return False


def stalled_reader(house: Partnership) -> tuple[float | None, int]:
    """Reads a little of a large answer, then nothing: when it is cut off, and how much of it came."""
    began = time.monotonic()
    with connect(house, small=True) as s:
        s.sendall(head(house, f"GET /assets/{NAME}", "Connection: close"))
        got = len(s.recv(20_000))
        port = s.getsockname()[1]
        cut = wait_for(50, lambda: not is_connected(house, port))
        seconds = time.monotonic() - began
        try:
            while piece := s.recv(65536):
                got += len(piece)
        except OSError:
            pass
        return (seconds if cut else None), got


def honest_reader(house: Partnership) -> tuple[float, bytes]:
    """8 MB over a slow line, longer than any of the limits on those who stand still."""
    began, got = time.monotonic(), bytearray()
    with connect(house, small=True) as s:
        s.sendall(head(house, f"GET /assets/{NAME}", "Connection: close"))
        try:
            while piece := s.recv(65536):
                got += piece
                time.sleep(0.0000034 * len(piece))
        except OSError:
            pass
    return time.monotonic() - began, bytes(got).partition(b"\r\n\r\n")[2]


def slow(house: Partnership) -> None:
    form = "Content-Type: application/x-www-form-urlencoded"
    site = "Sec-Fetch-Site: same-origin"
    with concurrent.futures.ThreadPoolExecutor() as pool:
        honest = pool.submit(honest_reader, house)
        stalled = pool.submit(stalled_reader, house)
        start = f"GET /help HTTP/1.1\r\nHost: {house.host}\r\n".encode()
        headers = pool.submit(ends_after, house, start, b"X-A: b\r\n", 16)
        nothing = pool.submit(ends_after, house, b"", b"", 16)
        body = pool.submit(
            ends_after, house, head(house, "POST /sign-in", form, site, "Content-Length: 10000"), b"a", 40)
        chunks = pool.submit(
            ends_after, house, head(house, "POST /sign-in", form, site, "Transfer-Encoding: chunked"),
            b"1\r\na\r\n", 40)
        file = pool.submit(
            ends_after, house, head(house, "POST /contacts/email", "Content-Type: multipart/form-data; boundary=b",
                                    site, "Content-Length: 10000"), b"-", 40)
        large = pool.submit(slow_file, house)
        early = pool.submit(ends_after, house, head(house, "POST /nowhere", form, "Content-Length: 10000"), b"a", 40)
        others = [house.request("GET", "/help").status for _ in range(20)]
        check("everyone else is served meanwhile", others == [200] * 20, others)
        for sentence, running in {
            "slow headers are cut off": headers, "so is a connection that says nothing": nothing,
            "so is a slow body": body, "so is one in chunks": chunks,
            "so is a file that only drips": file,
            "so is one that drips on after its answer": early,
        }.items():
            seconds, said = running.result()
            words = "not at all" if seconds is None else f"after {seconds:.0f} s"
            check(f"{sentence} ({words})", seconds is not None, said[:300])
        check("(which was a 404)", early.result()[1].startswith(b"HTTP/1.1 404"), early.result()[1][:100])
        seconds, said = large.result()
        check(f"a file that keeps coming is taken, however long ({seconds:.0f} s)",
              seconds > 40 and said.startswith(b"HTTP/1.1 303"), said[:200])
        seconds, got = stalled.result()
        words = "not at all" if seconds is None else f"after {seconds:.0f} s"
        check(f"a reader who stops is cut off ({words})", seconds is not None and got < len(LARGE), got)
        seconds, got = honest.result()
        check(f"an honest slow download of 8 MB ({seconds:.0f} s) is whole", got == LARGE, len(got))


def ask(house: Partnership, request: bytes) -> bytes:
    """All that the server answers to these bytes until it closes, or falls silent."""
    said = b""
    with connect(house) as s:
        s.settimeout(3)
        try:
            s.sendall(request)
            while piece := s.recv(65536):
                said += piece
        except OSError:
            pass
    return said


def is_refused(said: bytes, *statuses: int) -> bool:
    """An error, once, with the headers of every answer, and without a word that was sent."""
    top = said.partition(b"\r\n\r\n")[0].lower()
    status = re.match(rb"http/1\.1 (\d+)", top)
    return (status is not None and int(status.group(1)) in statuses and said.count(b"HTTP/1.1 ") == 1
            and b"default-src 'none'" in top and b"no-store" in top and b"nosniff" in top and b"evil" not in said)


def hosts(house: Partnership) -> None:
    close = "Connection: close\r\n\r\n"
    for sentence, request in {
        "another host": f"GET /sign-in HTTP/1.1\r\nHost: evil.example.org\r\n{close}",
        "our host with another port": f"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1:1\r\n{close}",
        "no host": f"GET /sign-in HTTP/1.1\r\n{close}",
        "HTTP/1.0 without a host": f"GET /sign-in HTTP/1.0\r\n{close}",
        "our host after another": f"GET /sign-in HTTP/1.1\r\nHost: evil.example.org\r\nHost: {house.host}\r\n{close}",
    }.items():
        said = ask(house, request.encode())
        check(f"{sentence} is refused, with the headers of every answer", is_refused(said, 400, 421), said[:600])
    twice = ask(house, f"GET /sign-in HTTP/1.1\r\nHost: {house.host}\r\nHost: evil.example.org\r\n{close}".encode())
    check("another host after ours is not believed", b"evil" not in twice, twice[:600])
    whole = ask(house, f"GET http://evil.example.org/sign-in HTTP/1.1\r\nHost: {house.host}\r\n{close}".encode())
    check("nor one in the address", b"evil" not in whole, whole[:600])


def sizes(house: Partnership) -> None:
    for sentence, more in {
        "a header of 9 KB": ["X-A: " + "a" * 9_000], "headers of 40 KB": [f"X-{n}: {'a' * 4_000}" for n in range(10)],
        "100 headers": [f"X-{n}: a" for n in range(100)],
        "an address of 40 KB": [],
    }.items():
        path = "/help" if more else "/help?" + "a" * 40_000
        said = ask(house, head(house, f"GET {path}", "Connection: close", *more))
        check(f"{sentence} is not read", not said.startswith(b"HTTP/1.1 2"), said[:200])
    form = ["Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: same-origin"]
    said = ask(house, head(house, "POST /sign-in", *form, "Content-Length: 99999999999"))
    check("a body of 100 GB is refused before it comes, and the connection closed",
          is_refused(said, 413) and b"connection: close" in said.lower(), said[:600])
    chunk = b"10000\r\n" + b"a" * 65536 + b"\r\n"
    said = ask(house, head(house, "POST /sign-in", *form, "Transfer-Encoding: chunked") + chunk * 64)
    check("so is one in chunks once it is too large, unless it closes first", said == b"" or is_refused(said, 413),
          said[:600])
    both = head(house, "POST /sign-in", *form, "Content-Length: 5", "Transfer-Encoding: chunked")
    said = ask(house, both + b"0\r\n\r\nGET /help HTTP/1.1\r\nHost: " + house.host.encode() + b"\r\n\r\n")
    check("a body with two lengths smuggles nothing in", said.count(b"HTTP/1.1 200") == 0, said[:600])
    with connect(house) as s:
        s.settimeout(5)
        s.sendall(head(house, "POST /sign-in", *form, "Content-Length: 100") + b"email=a")
        s.shutdown(socket.SHUT_WR)
        said = s.recv(65536)
    check("a body that ends early is not a fault of ours", said == b"" or said.startswith(b"HTTP/1.1 400"), said[:200])
    log = (house.data / "log" / "server.log").read_text()
    check("nor in the log", '"message":"fault"' not in log, log[-600:])
    check("and the server serves on", house.request("GET", "/help").status == 200)


def shutdown(house: Partnership) -> None:
    """Drips and stalls, then SIGTERM."""
    form = ["Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: same-origin"]
    with connect(house) as dripping, connect(house, small=True) as stalled, connect(house) as silent:
        dripping.sendall(head(house, "POST /sign-in", *form, "Content-Length: 10000"))
        stalled.sendall(head(house, f"GET /assets/{NAME}"))
        silent.sendall(b"G")
        old = house.pid_of("server")
        os.kill(old, signal.SIGTERM)
        began = time.monotonic()

        def gone() -> bool:
            try:
                dripping.sendall(b"a")
            except OSError:
                pass
            return not Path(f"/proc/{old}").exists() or house.pid_of("server") != old

        ended = wait_for(14, gone)
        check(f"told to stop, it stops although clients drip and stall ({time.monotonic() - began:.1f} s)", ended)
    check("and the next one serves", wait_for(20, house.answers))


with partnership("slow", add_large_asset) as one:
    slow(one)
    hosts(one)
    sizes(one)
    shutdown(one)
finish()
