#!/usr/bin/python3
"""Does the time of an answer tell what its words don't? Known against unknown account at sign-in, and a record out of
reach against one that doesn't exist. The two are asked in turn, in random order, and their times compared by rank."""

import math
import os
import random
import statistics
import time
import uuid
from typing import Callable

from partnership import Partnership, Session, check, figure, finish, partnership

SECONDS, SEED = int(os.environ["LONG_SECONDS"]), int(os.environ["LONG_SEED"])
MOST = 2_000
# With 2,000 against 2,000 a shift of a tenth of the spread is beyond this; chance is so once in 150,000 runs.
LIMIT = 4.5


def rank_test(first: list[float], second: list[float]) -> tuple[float, float]:
    """Mann and Whitney: (z, effect). Effect is the share of pairs in which the first is slower less that in which it
    is faster: 0 when nothing can be told, 1 or -1 when everything can."""
    both = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks, at, ties = [0.0, 0.0], 0, 0.0
    while at < len(both):
        end = at
        while end < len(both) and both[end][0] == both[at][0]:
            end += 1
        for _, which in both[at:end]:
            ranks[which] += (at + 1 + end) / 2
        ties += (end - at) ** 3 - (end - at)
        at = end
    n, m = len(first), len(second)
    u = ranks[0] - n * (n + 1) / 2
    spread = math.sqrt(n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1))))
    return (u - n * m / 2) / spread, 2 * u / (n * m) - 1


def compare(sentence: str, ask: Callable[[bool], float], seconds: float) -> None:
    """`ask(True)` and `ask(False)` answer how long one request took."""
    dice, times = random.Random(SEED), {True: [], False: []}
    for _ in range(5):
        ask(True), ask(False)
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(times[True]) < MOST:
        for which in dice.sample([True, False], 2):
            times[which].append(ask(which))
    z, effect = rank_test(times[True], times[False])
    medians = [statistics.median(times[which]) * 1000 for which in (True, False)]
    figure(f"{len(times[True])} of each: medians {medians[0]:.2f} and {medians[1]:.2f} ms, "
           f"z {z:+.2f}, effect {effect:+.3f}")
    check(sentence, abs(z) < LIMIT, f"z {z:+.2f} is beyond {LIMIT}; effect {effect:+.3f}")


def sign_in(house: Partnership) -> None:
    page = house.request("GET", "/sign-in")
    csrf, cookie = page.hidden("csrf"), page.cookies[0]
    known, dice, statuses = house.person("IDVA")["email"], random.Random(SEED), set()

    def ask(is_known: bool) -> float:
        # Neither waits for earlier guesses: it is the answer itself that is measured.
        house.sql("DELETE FROM app.throttle")
        local, domain = known.split("@")
        email = known if is_known else "".join(dice.sample(local.replace(".", "x"), len(local))) + "@" + domain
        fields = {"csrf": csrf, "email": email, "password": "not the password at all"}
        began = time.perf_counter()
        statuses.add(house.request("POST", "/sign-in", fields, cookie).status)
        return time.perf_counter() - began

    compare("the time of a failed sign-in does not tell whether the account exists", ask, SECONDS / 3)
    check("(all of them failed alike)", statuses == {422}, statuses)


def records(house: Partnership) -> None:
    session = house.session("IDVA")
    agency = house.sql(f"SELECT r.agency_id FROM app.role_assignment r JOIN app.account a ON a.id = r.account_id "
                       f"WHERE a.email = '{session.person['email']}' LIMIT 1")
    absent(house, session, "of another agency", f"agency_id <> '{agency}'")
    absent(house, session, "sealed from its own agency's worker", f"agency_id = '{agency}' AND withheld")


def absent(house: Partnership, session: Session, which: str, condition: str) -> None:
    there = house.sql(f"SELECT id FROM app.case_record WHERE {condition} ORDER BY id").splitlines()
    away = [case for case in there[:200] if session.get(f"/cases/{case}").status == 404 or time.sleep(0.05)]
    check(f"there are cases {which} ({len(away)})", len(away) > 0)
    if not away:
        return
    dice, bodies = random.Random(SEED), set()

    def ask(exists: bool) -> float:
        case = dice.choice(away) if exists else str(uuid.UUID(int=dice.getrandbits(128), version=4))
        time.sleep(0.055)  # within what one person may ask
        began = time.perf_counter()
        answer = session.get(f"/cases/{case}")
        taken = time.perf_counter() - began
        bodies.add((answer.status, answer.body))
        return taken

    time.sleep(10)
    compare(f"the time of a 404 does not tell a case {which} from none", ask, SECONDS / 3)
    check("(all of them were the same bytes)", len(bodies) == 1 and {status for status, _ in bodies} == {404},
          [(status, len(body)) for status, body in bodies])


def main() -> None:
    shifted = rank_test([value + 0.5 for value in range(200)], list(range(0, 200)))
    apart = rank_test([value + 60.0 for value in range(200)], list(range(0, 200)))
    check("(the test sees a shift, and none where there is none)", abs(shifted[0]) < 1 and apart[0] > LIMIT,
          (shifted, apart))
    with partnership("timing") as house:
        sign_in(house)
        records(house)


main()
finish()
