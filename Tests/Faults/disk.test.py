#!/usr/bin/python3
"""A disk that really is full, under the whole of a partnership, while people write: the page says so and gives every
word back, doctor says why, and once there is room again it goes on by itself with nothing acknowledged missing."""

import html
import os
import re
import subprocess
import tempfile
import uuid
from pathlib import Path

from partnership import LAUNCHER, Answer, Partnership, check, finish, skip, wait_for

AWAY = "The service can't save or show records at the moment"
SIZE = "480m"
# Three kilobytes that don't compress well, so that room runs out.
FILLING = " ".join(uuid.uuid4().hex for _ in range(100))


class Writer:
    """A helpline worker who records contacts and keeps what was acknowledged."""

    def __init__(self, house: Partnership) -> None:
        self.house = house
        self.session = house.session("Helpline worker")
        self.csrf = self.session.get("/contacts/new").hidden("csrf")
        self.acknowledged: dict[str, str] = {}

    def fields(self, words: str, key: str) -> dict[str, str]:
        return {"csrf": self.csrf, "submission": key, "channel": "helpline", "reason": words, "advice": FILLING,
                "outcome": "adviceGiven"}

    def record(self, words: str, key: str = "") -> Answer | None:
        """One contact; None when no answer came at all."""
        try:
            answer = self.session.post("/contacts/new", **self.fields(words, key or str(uuid.uuid4())))
        except OSError:
            return None
        if answer.status == 303 and answer.location.startswith("/contacts/"):
            self.acknowledged[words] = answer.location.rsplit("/", 1)[1]
        return answer

    def until_refused(self, words: str) -> Answer | None:
        """Records contact after contact until one is not acknowledged."""
        for number in range(4_000):
            answer = self.record(f"{words} {number}")
            if answer is None or answer.status not in (303, 429):
                return answer
        raise SystemExit("The disk never became full.")


def fill(folder: Path) -> None:
    with open(folder / "ballast", "ab", buffering=0) as ballast:
        for size in (1 << 20, 4096):
            try:
                while ballast.write(b"\0" * size):
                    pass
            except OSError:
                pass


def gives_back(answer: Answer, words: str) -> bool:
    """Says it plainly, and holds what was typed in a form that can be sent again."""
    form = next((form for form in answer.forms() if form["action"] == "/contacts/new"), None)
    shown = html.unescape(re.sub(r"<form.*?</form>", "", answer.text, flags=re.S))
    return (answer.status == 503 and AWAY in shown and "Nothing was saved" in shown and words in shown
            and form is not None and dict(form["fields"]).get("reason") == words)


def hurt(house: Partnership, folder: Path) -> None:
    writer = Writer(house)
    for number in range(20):
        writer.record(f"disk test, before {number}")
    check("while there is room, contacts are saved", len(writer.acknowledged) == 20, len(writer.acknowledged))
    fill(folder)
    refused = writer.until_refused("disk test, filling")
    words, key = "disk test: she said “on Tuesday” & <no later>", str(uuid.uuid4())
    answer = None

    def answered() -> bool:
        nonlocal answer
        answer = writer.record(words, key)
        return answer is not None and answer.status != 429

    wait_for(20, answered)
    first = "no answer" if refused is None else refused.status
    check(f"once the disk is full ({len(writer.acknowledged)} saved, then {first}), the page says that records can't "
          "be saved and gives the words back", answer is not None and gives_back(answer, words),
          answer.text[:1500] if answer else "no answer")
    check("and the first refusal was no fault page", refused is not None and refused.status == 503, first)
    told = subprocess.run([LAUNCHER, "doctor", "--data", str(house.data)], capture_output=True, text=True)
    check("doctor says that the disk is full", told.returncode == 1 and "is full" in told.stdout, told.stdout)
    check("(its log has no room either: the database ends)", exhaust_log(house))
    wait_for(20, answered)
    check("with the database ended, the page says the same",
          answer is not None and gives_back(answer, words), answer.text[:1500] if answer else "no answer")
    check("the server itself stays", Path(f"/proc/{house.pid_of('server')}").exists())

    (folder / "ballast").unlink()
    freed = wait_for(60, lambda: answered() and answer.status == 303)
    check("room again: it goes on by itself, and Try again saves the same words", freed, answer and answer.status)
    again = writer.record(words, key)
    check("sent once more, they lead to the same record",
          again is not None and again.location == f"/contacts/{writer.acknowledged.get(words)}", again and again.location)
    judge(house, writer)


def exhaust_log(house: Partnership) -> bool:
    """The log has segments in reserve: they are used up, so that the next one has no room."""
    for _ in range(80):
        try:
            house.sql("SELECT pg_logical_emit_message(false, 'disk', repeat('x', 1000)); SELECT pg_switch_wal()")
        except (subprocess.CalledProcessError, FileNotFoundError):
            return True
    return False


def judge(house: Partnership, writer: Writer) -> None:
    rows = house.sql("SELECT id || '|' || reason FROM app.contact WHERE reason LIKE 'disk test%'").splitlines()
    stored = dict(row.split("|", 1) for row in rows)
    missing = [words for words, key in writer.acknowledged.items() if stored.get(key) != words]
    check(f"none of {len(writer.acknowledged)} acknowledged contacts is missing", not missing, missing[:5])
    unknown = len(stored) - len(writer.acknowledged)
    check("and none was saved that was refused", unknown == 0, unknown)
    check("doctor finds nothing wrong with the database", "The database can write" in subprocess.run(
        [LAUNCHER, "doctor", "--data", str(house.data)], capture_output=True, text=True).stdout)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="drystone-disk."))
    folder.chmod(0o711)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=711", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        folder.rmdir()
        return skip("a partnership on a full disk", "needs root and tmpfs")
    house = None
    try:
        house = Partnership(folder)
        hurt(house, folder)
    finally:
        if house is not None:
            house.stop()
            Path(house.said.name).unlink(missing_ok=True)
        subprocess.run(["umount", "--lazy", str(folder)], check=False)
        folder.rmdir()


main()
finish()
