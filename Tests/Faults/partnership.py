"""What the Python fault tests share: checks that count, and a demonstration partnership of their own to hurt."""

import base64
import hashlib
import hmac
import html.parser
import http.client
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse
from contextlib import contextmanager
from pathlib import Path
from typing import Callable, Iterator

LAUNCHER = os.environ["TEST_LAUNCHER"]
counts = {"passed": 0, "failed": 0, "skipped": 0}


def check(sentence: str, passed: bool, detail: object = "") -> bool:
    counts["passed" if passed else "failed"] += 1
    words = "" if passed else f"\n        | {str(detail)[:2000]}"
    print(f"{'ok     ' if passed else 'NOT OK '} {sentence}{words}", flush=True)
    return bool(passed)


def skip(sentence: str, reason: str) -> None:
    counts["skipped"] += 1
    print(f"skipped {sentence}: {reason}", flush=True)


def figure(words: str) -> None:
    """A number worth reading that no test judges."""
    print(f"        {words}", flush=True)


def finish() -> None:
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    sys.exit(1 if counts["failed"] else 0)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(seconds: float, condition: Callable[[], object]) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def one_time_code(secret: str, step: int) -> str:
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class Forms(html.parser.HTMLParser):
    """Every form of a page, with what a browser would send if its button were pressed now."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict] = []
        self._area: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.found.append({"method": given.get("method", "get"), "action": given.get("action", ""), "fields": [],
                               "names": []})
        if not self.found or "name" not in given:
            return
        form = self.found[-1]
        form["names"].append(given["name"])
        if tag == "textarea":
            self._area = [given["name"], ""]
        elif tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            form["fields"].append((given["name"], given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self.found[-1]["fields"].append(tuple(self._area))
            self._area = None


class Answer:
    """Status, headers (several of a name joined), cookies and body of an answer."""

    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.body = status, body
        self.cookies = [value.split(";")[0] for name, value in headers if name.lower() == "set-cookie"]
        self.headers = {name.lower(): value for name, value in headers}

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    def forms(self) -> list[dict]:
        return Forms(self.text).found

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return found.group(1) if found else ""


class Partnership:
    """A demonstration of its own, watched over by the launcher, which starts again whatever is killed."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder, self.data, self.port = folder, folder / "data", free_port()
        self.said = open(folder.parent / f"{folder.name}.out", "w+")
        self.process = subprocess.Popen(
            [LAUNCHER, "demo", "--data", str(self.data), "--port", str(self.port), "--size", "rutland"],
            stdout=self.said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env={**os.environ, **environment})
        wait_for(600, lambda: self.answers() or self.process.poll() is not None)
        if not self.answers():
            raise SystemExit(f"The demonstration did not start:\n{Path(self.said.name).read_text()[-2000:]}")
        self.people = json.loads((self.data / "keys" / "demonstration-sign-ins.json").read_text())

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def answers(self) -> bool:
        try:
            return self.request("GET", "/help").status == 200
        except OSError:
            return False

    def request(
        self, method: str, path: str, fields: dict | list | None = None, cookies: str = "", timeout: float = 15
    ) -> Answer:
        """One request on a connection of its own. Raises OSError when the server is away."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            headers = {"Cookie": cookies, "Sec-Fetch-Site": "same-origin"}
            body = None
            if fields is not None:
                body = urllib.parse.urlencode(fields, doseq=True)
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()

    def pid_of(self, name: str) -> int:
        file = self.data / ("run/server.pid" if name == "server" else "pg/postmaster.pid")
        return int(file.read_text().split()[0])

    def as_owner(self, words: list[str]) -> list[str]:
        """The words of a command, put under the user who owns the partnership's files."""
        if os.geteuid() == 0:
            return ["setpriv", "--reuid=drystone", "--regid=drystone", "--init-groups", "--", *words]
        return words

    def sql(self, statement: str) -> str:
        command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket()), "-U", "postgres",
                   "-d", "drystone", "-c", statement]
        return subprocess.run(
            self.as_owner(command), capture_output=True, text=True, check=True, cwd="/").stdout.strip()

    def socket(self) -> Path:
        text = (self.data / "drystone.conf").read_text()
        return Path(re.search(r"^database\s*=.*host=(\S+)", text, re.M).group(1))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(90)

    def person(self, role: str, number: int = 0) -> dict:
        return [person for person in self.people if person["role"] == role][number]

    def session(self, role: str, number: int = 0) -> "Session":
        return Session(self, self.person(role, number))


class Session:
    """A person who is signed in, and fills in forms as a browser does."""

    def __init__(self, partnership: Partnership, person: dict) -> None:
        self.partnership, self.person, self.cookies = partnership, person, ""
        page = partnership.request("GET", "/sign-in")
        self.cookies = page.cookies[0]
        answer = self.post("/sign-in", csrf=page.hidden("csrf"), email=person["email"], password=person["password"])
        self._take(answer)
        page = self.get("/sign-in/code")
        code = one_time_code(person["totpSecret"], int(time.time()) // 30)
        answer = self.post("/sign-in/code", csrf=page.hidden("csrf"), code=code)
        if answer.status != 303:
            raise SystemExit(f"Signing in as {person['role']} answered {answer.status}.")
        self._take(answer)

    def _take(self, answer: Answer) -> None:
        self.cookies = next(cookie for cookie in answer.cookies if "session" in cookie)

    def get(self, path: str) -> Answer:
        return self.partnership.request("GET", path, cookies=self.cookies)

    def post(self, path: str, fields: list | None = None, **more: str) -> Answer:
        return self.partnership.request("POST", path, fields or more, self.cookies)

    def submit(self, path: str, answers: dict, of: str = "") -> Answer:
        """Opens a page, fills in the form that leads to `of` (by default the page itself), sends it."""
        page = self.get(path)
        form = next((form for form in page.forms() if form["action"] == (of or path)), None)
        if form is None:
            raise SystemExit(f"{path} ({page.status}) has no form that leads to {of or path}.")
        unknown = set(answers) - set(form["names"])
        if unknown:
            raise SystemExit(f"The form of {path} has no {unknown}.")
        fields = [(name, value) for name, value in form["fields"] if name not in answers]
        return self.post(of or path, fields + list(answers.items()))


@contextmanager
def partnership(name: str, prepare: Callable[[Path], dict[str, str]] | None = None) -> Iterator[Partnership]:
    """A partnership in a folder that goes with it; `prepare` may put things there and answers the environment."""
    folder = Path(tempfile.mkdtemp(prefix=f"drystone-{name}."))
    folder.chmod(0o711)
    one = None
    try:
        one = Partnership(folder, **(prepare(folder) if prepare else {}))
        yield one
    finally:
        if one is not None:
            one.stop()
        shutil.rmtree(folder, ignore_errors=True)
        Path(f"{folder}.out").unlink(missing_ok=True)
