#!/usr/bin/python3
"""A flood of the public form (threat T26): 10,000 posts from fifty addresses through the real server, its limits on.
Each post is received or told to wait; meanwhile and afterwards the staff's queue shows what is genuine, no flood."""

import concurrent.futures
import http.client
import threading
import time
import urllib.parse
import uuid

from partnership import Partnership, check, figure, finish, partnership

POSTS, ADDRESSES, AT_ONCE = 10_000, 50, 8
# What the server lets in of one address (RateLimit.publicForms), in seconds of the clock that both go by.
EACH, WINDOW = 5, 10
GENUINE = """SELECT string_agg(id::text, ',' ORDER BY due_at, id) FROM app.referral
             WHERE outcome IS NULL AND NOT quarantined"""


class Attacker:
    """One address with a connection of its own, which is kept for as long as the server keeps it."""

    def __init__(self, house: Partnership, number: int) -> None:
        self.house, self.address, self.link = house, f"127.0.1.{number + 1}", None
        form = house.request("GET", "/tell-us")
        self.cookie, self.csrf = form.cookies[0], form.hidden("csrf")

    def post(self, words: str) -> int:
        body = urllib.parse.urlencode({
            "csrf": self.csrf, "submission": str(uuid.uuid4()), "about": "me", "reason": words, "website": ""})
        headers = {"Cookie": self.cookie, "Sec-Fetch-Site": "same-origin",
                   "Content-Type": "application/x-www-form-urlencoded"}
        for attempt in range(2):
            try:
                if self.link is None:
                    self.link = http.client.HTTPConnection(
                        "127.0.0.1", self.house.port, timeout=60, source_address=(self.address, 0))
                self.link.request("POST", "/tell-us", body, headers)
                answer = self.link.getresponse()
                answer.read()
                return answer.status
            except (OSError, http.client.HTTPException):
                # The server closed what lay idle: once more on a new connection.
                self.link = None
                if attempt:
                    return 0
        return 0


def flood(house: Partnership) -> dict[int, int]:
    attackers = [Attacker(house, number) for number in range(ADDRESSES)]
    answered: dict[int, int] = {}
    counting = threading.Lock()

    def attack(mine: list[Attacker]) -> None:
        for turn in range(POSTS // AT_ONCE):
            status = mine[turn % len(mine)].post(f"FLOOD {turn}")
            with counting:
                answered[status] = answered.get(status, 0) + 1

    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(attack, attackers[number::AT_ONCE]) for number in range(AT_ONCE)]:
            done.result()
    return answered


def main() -> None:
    with partnership("flood") as house:
        worker = house.session("Helpline worker")
        before, genuine = house.sql("SELECT count(*) FROM app.referral WHERE quarantined"), house.sql(GENUINE)
        queue = worker.get("/referrals/waiting").text.count("href=\"/referrals/")
        start = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            attack = pool.submit(flood, house)
            seen = []
            while not attack.done() or not seen:
                seen += [worker.get(path).status for path in ("/referrals/waiting", "/shift", "/referrals/quarantine")]
                # As people do: an account has its limit too.
                time.sleep(0.5)
            answered = attack.result()
        windows = (time.monotonic() - start) / WINDOW + 2
        figure(f"{POSTS} posts answered {answered}; the staff asked {len(seen)} pages meanwhile")

        check("each post is received or told to wait: no error, none left without an answer",
              set(answered) <= {303, 429} and sum(answered.values()) == POSTS, answered)
        check("an address gets in no more than the limit in each ten seconds, and is told to wait beyond it",
              answered.get(429, 0) > 0 and answered.get(303, 0) <= windows * ADDRESSES * EACH, answered)
        kept = int(house.sql("SELECT count(*) FROM app.referral WHERE quarantined")) - int(before)
        check("what was received is kept, in quarantine, and nothing else is", kept == answered.get(303), kept)
        check("the staff's pages answered all the while", set(seen) == {200}, set(seen))
        check("what is genuine waits as before", house.sql(GENUINE) == genuine)
        after = worker.get("/referrals/waiting")
        check("the queue shows it as before, and no flood",
              after.text.count("href=\"/referrals/") == queue and "FLOOD" not in after.text)
        check("a page of the queue takes at most 8 statements",
              all(int(worker.get(path).headers["x-queries"]) <= 8 for path in ("/referrals/waiting", "/shift")))
        close = next(form for form in worker.get("/referrals/quarantine").forms()
                     if form["action"] == "/referrals/quarantine/discard")
        worker.post(close["action"], close["fields"])
        left = int(house.sql("SELECT count(*) FROM app.referral WHERE quarantined AND outcome IS NULL"))
        check("one press closes all of one sender", left < kept, left)
    finish()


main()
