#!/usr/bin/python3
"""kill -9 of the server and of the database while several people write: nothing acknowledged is missing, nothing
half-written, and a submission that was sent again makes one record. 20 kills; 1,000 with --long."""

import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid
from pathlib import Path

LAUNCHER = os.environ["TEST_LAUNCHER"]
KILLS = 1000 if os.environ.get("TEST_LONG") else 20
WRITERS = 4
counts = {"passed": 0, "failed": 0}


def check(sentence: str, passed: bool, detail: object = "") -> None:
    counts["passed" if passed else "failed"] += 1
    print(f"{'ok     ' if passed else 'NOT OK '} {sentence}" + ("" if passed else f"\n        | {detail}"), flush=True)


def one_time_code(secret: str) -> str:
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class Partnership:
    """A demonstration of its own, watched over by the launcher, which starts again whatever is killed."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.port = free_port()
        self.said = open(folder / "launcher.out", "w+")
        self.process = subprocess.Popen(
            [LAUNCHER, "demo", "--data", str(self.data), "--port", str(self.port), "--size", "rutland"],
            stdout=self.said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        wait_for(600, lambda: self.answers() or self.process.poll() is not None)
        if not self.answers():
            raise SystemExit(f"The demonstration did not start:\n{(folder / 'launcher.out').read_text()[-2000:]}")

    def answers(self) -> bool:
        try:
            return self.request("GET", "/help")[0] == 200
        except OSError:
            return False

    def request(self, method: str, path: str, fields: dict | None = None, cookies: str = "") -> tuple[int, dict, str]:
        """One request on a connection of its own: status, headers, body. Raises OSError when the server is away."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            headers = {"Cookie": cookies, "Sec-Fetch-Site": "same-origin"}
            body = None
            if fields is not None:
                body = urllib.parse.urlencode(fields)
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            kept = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
            return answer.status, {"location": answer.getheader("Location"), "cookies": kept}, text
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()

    def pid_of(self, name: str) -> int:
        file = self.data / ("run/server.pid" if name == "server" else "pg/postmaster.pid")
        return int(file.read_text().split()[0])

    def sql(self, statement: str) -> str:
        command = ["psql", "-XAtq", "-h", str(self.socket()), "-U", "postgres", "-d", "drystone", "-c", statement]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=drystone", "--regid=drystone", "--init-groups", "--"] + command
        return subprocess.run(command, capture_output=True, text=True, check=True, cwd="/").stdout.strip()

    def socket(self) -> Path:
        text = (self.data / "drystone.conf").read_text()
        return Path(re.search(r"^database\s*=.*host=(\S+)", text, re.M).group(1))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


def free_port() -> int:
    import socket
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(seconds: float, condition) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def field(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page).group(1)


def sign_in(partnership: Partnership) -> str:
    """Signs in as the demonstration's helpline worker; answers the cookie of the session."""
    people = json.loads((partnership.data / "keys" / "demonstration-sign-ins.json").read_text())
    worker = next(person for person in people if person["role"] == "Helpline worker")
    _, headers, page = partnership.request("GET", "/sign-in")
    form = headers["cookies"][0].split(";")[0]
    status, headers, _ = partnership.request("POST", "/sign-in", {
        "csrf": field(page, "csrf"), "email": worker["email"], "password": worker["password"]}, form)
    half = next(cookie for cookie in headers["cookies"] if "session" in cookie).split(";")[0]
    _, _, page = partnership.request("GET", "/sign-in/code", cookies=half)
    status, headers, text = partnership.request("POST", "/sign-in/code", {
        "csrf": field(page, "csrf"), "code": one_time_code(worker["totpSecret"])}, half)
    if status != 303:
        raise SystemExit(f"Signing in answered {status}.")
    return next(cookie for cookie in headers["cookies"] if "session" in cookie).split(";")[0]


class Writer(threading.Thread):
    """Records contacts one after another. A submission without an answer is sent again with the same key."""

    def __init__(self, partnership: Partnership, session: str, csrf: str, number: int) -> None:
        super().__init__(daemon=True)
        self.partnership, self.session, self.csrf, self.number = partnership, session, csrf, number
        self.acknowledged: dict[str, str] = {}
        self.sent_again = 0
        self.going = True

    def run(self) -> None:
        serial = 0
        while self.going:
            serial += 1
            words = f"kill test, writer {self.number}, contact {serial}"
            self.record(words, str(uuid.uuid4()))

    def record(self, words: str, key: str) -> None:
        tries = 0
        while self.going or tries:
            tries += 1
            try:
                status, headers, _ = self.partnership.request("POST", "/contacts/new", {
                    "csrf": self.csrf, "submission": key, "channel": "helpline", "reason": words,
                    "outcome": "adviceGiven"}, self.session)
            except OSError:
                status = 0
            if status == 303 and headers["location"].startswith("/contacts/"):
                self.acknowledged[words] = headers["location"].rsplit("/", 1)[1]
                self.sent_again += tries > 1
                return
            if not self.going and tries > 200:
                return
            time.sleep(0.05)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="drystone-kill."))
    folder.chmod(0o711)
    partnership = Partnership(folder)
    try:
        hurt(partnership)
    finally:
        partnership.stop()
        shutil.rmtree(folder, ignore_errors=True)


def hurt(partnership: Partnership) -> None:
    session = sign_in(partnership)
    csrf = field(partnership.request("GET", "/contacts/new", cookies=session)[2], "csrf")
    writers = [Writer(partnership, session, csrf, number) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    came_back = 0
    slowest = 0.0
    for kill in range(KILLS):
        before = sum(len(writer.acknowledged) for writer in writers)
        wait_for(20, lambda: sum(len(writer.acknowledged) for writer in writers) >= before + 5)
        victim = "server" if kill % 2 == 0 else "database"
        os.kill(partnership.pid_of(victim), signal.SIGKILL)
        started = time.monotonic()
        written = sum(len(writer.acknowledged) for writer in writers)
        if wait_for(60, lambda: sum(len(writer.acknowledged) for writer in writers) > written + WRITERS):
            came_back += 1
        slowest = max(slowest, time.monotonic() - started)
        # The session's idle limit is moved on, as a person's next click would.
        partnership.sql("UPDATE app.session SET expires_at = now() + interval '15 minutes', "
                        "ends_at = now() + interval '10 hours' WHERE stage = 'full'")
    for writer in writers:
        writer.going = False
    for writer in writers:
        writer.join(60)
    judge(partnership, writers, came_back, slowest)


def judge(partnership: Partnership, writers: list[Writer], came_back: int, slowest: float) -> None:
    acknowledged = {words: key for writer in writers for words, key in writer.acknowledged.items()}
    rows = partnership.sql("SELECT reason || '|' || id FROM app.contact WHERE reason LIKE 'kill test%'").splitlines()
    stored: dict[str, list[str]] = {}
    for row in rows:
        words, key = row.split("|")
        stored.setdefault(words, []).append(key)
    again = sum(writer.sent_again for writer in writers)
    check(f"after each of {KILLS} kills writing went on (slowest {slowest:.1f} s)", came_back == KILLS, came_back)
    missing = [words for words, key in acknowledged.items() if key not in stored.get(words, [])]
    check(f"none of {len(acknowledged)} acknowledged contacts is missing", not missing, missing[:5])
    twice = [words for words, keys in stored.items() if len(keys) > 1]
    check(f"{again} submissions that were sent again made one record each", not twice, twice[:5])
    unaudited = partnership.sql(
        "SELECT count(*) FROM app.contact c WHERE reason LIKE 'kill test%' AND NOT EXISTS (SELECT FROM app.audit_event e "
        "WHERE e.subject_id = c.id AND e.event = 'contact-recorded')")
    ghosts = partnership.sql(
        "SELECT count(*) FROM app.audit_event e WHERE e.event = 'contact-recorded' AND NOT EXISTS "
        "(SELECT FROM app.contact c WHERE c.id = e.subject_id)")
    check("nothing is half-written: each contact has its audit row, each audit row its contact",
          (unaudited, ghosts) == ("0", "0"), (unaudited, ghosts))
    wait_for(30, lambda: partnership.sql("SELECT count(*) FROM app.audit_unsealed") == "0")
    gaps = partnership.sql("SELECT count(*) - max(n) FROM app.audit_seal")
    unsealed = partnership.sql("SELECT count(*) FROM app.audit_event e LEFT JOIN app.audit_seal s ON s.audit_id = e.id "
                               "WHERE s.n IS NULL")
    check("the sealed order has no gap, and every audit row is in it", (gaps, unsealed) == ("0", "0"), (gaps, unsealed))


main()
print(f"{counts['passed']} passed, {counts['failed']} failed")
sys.exit(1 if counts["failed"] else 0)
