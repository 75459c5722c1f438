#!/usr/bin/python3
"""kill -9 of the server and of the database while several people write: nothing acknowledged is missing, nothing
half-written, and a submission that was sent again makes one record. 20 kills; 1,000 with --long."""

import os
import signal
import subprocess
import threading
import time
import uuid

from partnership import Partnership, Session, check, finish, partnership, wait_for

KILLS = int(os.environ.get("LONG_KILLS") or 1000) if os.environ.get("TEST_LONG") else 20
WRITERS = 4


class Writer(threading.Thread):
    """Records contacts one after another. A submission without an answer is sent again with the same key."""

    def __init__(self, session: Session, csrf: str, number: int) -> None:
        super().__init__(daemon=True)
        self.session, self.csrf, self.number = session, csrf, number
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
                answer = self.session.post(
                    "/contacts/new", csrf=self.csrf, submission=key, channel="helpline", reason=words,
                    outcome="adviceGiven")
            except OSError:
                answer = None
            if answer and answer.status == 303 and answer.location.startswith("/contacts/"):
                self.acknowledged[words] = answer.location.rsplit("/", 1)[1]
                self.sent_again += tries > 1
                return
            if not self.going and tries > 200:
                return
            time.sleep(0.05)


def clicked(house: Partnership) -> bool:
    """False while the database is still away."""
    try:
        house.sql("UPDATE app.session SET expires_at = now() + interval '15 minutes', "
                  "ends_at = now() + interval '10 hours' WHERE stage = 'full'")
    except subprocess.CalledProcessError:
        return False
    return True


def hurt(house: Partnership) -> None:
    session = house.session("Helpline worker")
    csrf = session.get("/contacts/new").hidden("csrf")
    writers = [Writer(session, csrf, number) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    came_back = 0
    slowest = 0.0
    for kill in range(KILLS):
        before = sum(len(writer.acknowledged) for writer in writers)
        wait_for(20, lambda: sum(len(writer.acknowledged) for writer in writers) >= before + 5)
        victim = "server" if kill % 2 == 0 else "database"
        os.kill(house.pid_of(victim), signal.SIGKILL)
        started = time.monotonic()
        written = sum(len(writer.acknowledged) for writer in writers)
        if wait_for(60, lambda: sum(len(writer.acknowledged) for writer in writers) > written + WRITERS):
            came_back += 1
        slowest = max(slowest, time.monotonic() - started)
        # The session's idle limit is moved on, as a person's next click would.
        wait_for(60, lambda: clicked(house))
    for writer in writers:
        writer.going = False
    for writer in writers:
        writer.join(60)
    judge(house, writers, came_back, slowest)


def judge(house: Partnership, writers: list[Writer], came_back: int, slowest: float) -> None:
    acknowledged = {words: key for writer in writers for words, key in writer.acknowledged.items()}
    rows = house.sql("SELECT reason || '|' || id FROM app.contact WHERE reason LIKE 'kill test%'").splitlines()
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
    unaudited = house.sql(
        "SELECT count(*) FROM app.contact c WHERE reason LIKE 'kill test%' AND NOT EXISTS (SELECT FROM app.audit_event e "
        "WHERE e.subject_id = c.id AND e.event = 'contact-recorded')")
    ghosts = house.sql(
        "SELECT count(*) FROM app.audit_event e WHERE e.event = 'contact-recorded' AND NOT EXISTS "
        "(SELECT FROM app.contact c WHERE c.id = e.subject_id)")
    check("nothing is half-written: each contact has its audit row, each audit row its contact",
          (unaudited, ghosts) == ("0", "0"), (unaudited, ghosts))
    wait_for(30, lambda: house.sql("SELECT count(*) FROM app.audit_unsealed") == "0")
    gaps = house.sql("SELECT count(*) - max(n) FROM app.audit_seal")
    unsealed = house.sql("SELECT count(*) FROM app.audit_event e LEFT JOIN app.audit_seal s ON s.audit_id = e.id "
                               "WHERE s.n IS NULL")
    check("the sealed order has no gap, and every audit row is in it", (gaps, unsealed) == ("0", "0"), (gaps, unsealed))


with partnership("kill") as one:
    hurt(one)
finish()
