"""WCAG 2.2 AA by axe on every page as every role, at 1280 and 320 pixels, with script and without."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from axe import shape
from call import a_call, at, lower_grade
from hands import Mouse
from harness import LONG, test
from house import House
from states import walk_states
from test_forms import (
    add_breach, add_child_entry, add_child_request, add_consent, add_deletion, add_due, add_event, add_hold, add_impact,
    add_letter, add_marac, add_matter, add_need, add_order, add_outcome, add_pack, add_reciprocal, add_sanctuary,
    add_share, add_support, add_transfer, housing_records, open_case, other_side, programme_records, supervise)

HERE = Path(__file__).resolve().parent
CRAWLER = HERE.parent / "Tools" / "axe_crawl.py"
GOLDEN = HERE.parent / "AppTests" / "Golden"
ROLES = {
    "Helpline worker": "helplineWorker", "IDVA": "idva", "Service manager": "serviceManager",
    "Housing officer": "housingOfficer", "Administrator": "administrator",
    "Data protection officer": "dataProtectionOfficer", "Perpetrator worker": "perpetratorWorker",
    "Children’s worker": "childrensWorker", "Accommodation worker": "accommodationWorker",
    "Partner referrer": "referrer", "Analyst": "analyst", "Commissioner": "commissioner",
}
CASEWORKERS = ("Helpline worker", "IDVA", "Service manager")
# Who may open records, but of whom the demonstration has nothing for them to open: how the routes of those begin.
# Others look at the same pages.
WITHOUT_RECORDS = {
    "Accommodation worker": ("/referrals/:id",),
    "Housing officer": ("/cases/:id", "/people/:id", "/referrals/:id", "/transfers/:id"),
    "Perpetrator worker": ("/cases/:id", "/people/:id", "/notes/:id", "/risk-tools", "/referrals/:id"),
    # A caller of the other side is the front door's.
    # Plans are shared with housing offices.
    "Helpline worker": ("/shares/:id",),
    "IDVA": ("/contacts/:id/warn",), "Service manager": ("/contacts/:id/warn",),
}
NOBODY = "Nobody in particular"
# Not pages: a way out, and a form's answer that leads on.
NOT_PAGES = {"/exit"}
# Pages that only a form leads to; states.py comes to them.
AFTER_FORMS = {"/search/:id", "/sign-in/code", "/invitations/:id", "/invitations/:id/authenticator",
               "/accounts/:id/roles/:id/end", "/accounts/:id/renewals/:id", "/contacts/:id/people/new",
               "/contacts/:id/warn/:id", "/account/stay", "/people/:id/harming/:id", "/people/:id/children/:id",
               "/people/:id/same/:id", "/people/:id/same/:id/answer", "/people/:id/same/:id/undo",
               "/cases/:id/close/confirm", "/cases/:id/documents/:id/withdraw", "/child-requests/received",
               "/report-a-breach/received",
               "/team/supervision/:id/:id", "/team/supervision/:id/:id/:id", "/cases/:id/supervision",
               # A word stands in its address, not an id: the crawl starts there.
               "/privacy/:id",
               # Of one side of the wall, or of one worker's case: whoever may see them starts there.
               "/cases/:id/matac", "/cases/:id/matac/new", "/cases/:id/places/:id/notices/new", "/cases/:id/across",
               "/cases/:id/across/:id", "/cases/:id/across/:id/end", "/across/:id", "/programmes/:id/groups/new",
               "/cases/:id/places/:id", "/cases/:id/places/:id/next", "/cases/:id/places/:id/sessions/new",
               "/cases/:id/places/:id/sessions/:id", "/groups/:id/sessions/:id",
               # After an order, and the journeys of the Swift ring read it.
               "/cases/:id/sanctuary/:id/order",
               "/cases/:id/letters/:id/print", "/packs/:id/print", "/packs/:id/file",
               "/figures/:id/file", "/figures/:id/spreadsheet", "/data/:id/quality/file", "/team/data/returns/:id/rows/file",
               # Of an agency that a call asks: the forms of sending and of its words are looked at as forms.
               "/team/data/:id/send", "/team/data/returns/:id", "/team/data/returns/:id/rows",
               "/team/data/returns/:id/words"}


@dataclass(frozen=True)
class Look:
    """One crawl: at a width, with script or without, light or dark."""

    width: int
    script: bool
    scheme: str = "light"

    def __str__(self) -> str:
        return f"{self.width} px, {'with' if self.script else 'without'} script{', dark' * (self.scheme == 'dark')}"


# Each width and each way once; crossed, in the long run. (Every crawl looks at 320 px for what overflows.)
CROSSED = [Look(1280, False), Look(320, True)] if LONG else []
LOOKS = [Look(1280, True), Look(320, False), *CROSSED]
DARK = Look(1280, True, "dark")
# These see nearly the pages that the helpline worker sees: one look each, but in the long run.
ALIKE = {} if LONG else {"IDVA": LOOKS[1:], "Service manager": LOOKS[:1], "Perpetrator worker": LOOKS[1:],
                         "Children’s worker": LOOKS[:1]}
# These see pages of their own, made of the same parts: one look each too.
APART = {} if LONG else {"Housing officer": LOOKS[1:], "Data protection officer": LOOKS[:1],
                         "Administrator": [LOOKS[1], DARK], "Partner referrer": LOOKS[:1],
                         "Accommodation worker": [*LOOKS[:1], LOOKS[1]]}


def looks_of(who: str) -> list[Look]:
    return [*LOOKS, DARK] if LONG else ALIKE.get(who) or APART.get(who) or LOOKS


# Crawling: two roles at a time, each role's looks one after another, because a code works once.

def crawls(house: House) -> dict[tuple[str, Look], Future]:
    if "crawls" not in house.kept:
        call = a_call(house)
        lower = lower_grade(house, call.person)
        records = {who: [unfinished_contact(house), *call.records[1:], lower + "/confirm", lower + "/compare",
                         a_referral(house, who)] for who in CASEWORKERS}
        records["Helpline worker"].append(other_side(house) + "/warn")
        home = housing_records(house)
        records["Helpline worker"] += [home["search"], f"{home['search']}/units/{home['free']}"]
        # The first of the units is held: nothing happens to it before it is answered.
        records["Accommodation worker"] = [home["unit"], home["unit"] + "/next", home["stay"], home["left stay"],
                                           home["left stay"] + "/follow-up", home["given"] + "/take-back"]
        made = programme_records(house, call.case)
        records["Helpline worker"] += [add_transfer(house, call.case), call.case + "/transfers", call.case + "/transfers/new"]
        records["Helpline worker"] += [made["asked"], add_support(house, call.case), made["place"], made["own session"]]
        records["Service manager"] += [
            *supervise(house).values(), "/team/rota", "/team/supervision", "/team/outputs", "/team/outputs/rows", "/team/homes", "/team/homes/rows",
            "/team/homes/local-connection", "/team/reciprocals", "/team/reciprocals/rows", "/team/homes/return", "/team/data", "/figures", "/landlords", "/landlords/new",
            "/team/data-sets", "/risk-tools/wording", "/referrals/unanswered", "/child-requests", "/emergency/reviews",
            "/team/working-time", "/team/letters", "/team/letters/write", "/retention/holds", "/capacity", add_deletion(house), add_hold(house),
        ]
        records.setdefault("Perpetrator worker", []).extend([made["his case"] + "/matac", made["his place"] + "/notices/new"])
        impact = add_impact(house)
        for who in CASEWORKERS:
            write_note(house, who, call.case)
            records[who] += ["/register", add_breach(house, who), impact]
        # Of an officer's pages the ones of a pack have a link each; what comes after a press starts here.
        deciding = add_pack(house, "deciding")
        records["Data protection officer"] = [
            "/register", add_breach(house, "Data protection officer"), impact, add_due(house),
            add_pack(house, "none") + "/pack", deciding, add_pack(house, "signed") + "/next",
        ]
        records["Service manager"] += [deciding, add_pack(house, "begun") + "/gather", add_pack(house, "waits") + "/sign"]
        add_need(house, call.case)
        add_order(house, call.case)
        add_share(house, call.case)
        open_case(house)
        add_consent(house, call.case)
        add_matter(house, call.case)
        works, moving = add_sanctuary(house, call.case), add_reciprocal(house, call.case)
        marac, outcome = add_marac(house, call.case), add_outcome(house, call.case)
        letter, entry = add_letter(house, call.case), add_child_entry(house, call.person)
        # What is many links away, so that the crawl comes there before it has seen enough.
        records["Helpline worker"] += [
            *(call.case + path for path in ("/documents/new", "/letters/new", "/outcomes/exit", "/outcomes/review",
                                            "/places/new")),
            home["search"] + "/travel", moving, moving + "/edit", moving + "/next", call.case + "/reciprocals/new",
            works, *(works + path for path in ("/edit", "/items", "/next")), call.case + "/sanctuary/new",
            marac, outcome + "/withdraw", letter, letter + "/outcome", letter + "/release", "/referrals/new",
            made["group"], made["group"] + "/edit", made["group"] + "/sessions/new", made["programme"] + "/edit",
            *(f"{call.person}/child/{kind}" for kind in ("care", "contact", "goal", "harm", "setting", "voice", "worker")),
            entry, entry + "/withdraw",
        ]
        add_event(house, call.person)
        add_child_request(house)
        for words in ("By the back gate.", "By the front."):
            write_plan(house, call.person, words)
        pool = ThreadPoolExecutor(2)
        results = {(who, look): Future() for who in (*ROLES, NOBODY) for look in looks_of(who)}
        starts = {who: start_pages(who, records.get(who, [])) for who in (*ROLES, NOBODY)}
        for who in (*ROLES, NOBODY):
            pool.submit(crawl_role, house, who, starts[who], results)
        house.kept["crawls"] = results
    return house.kept["crawls"]


def start_pages(who: str, records: list[str]) -> list[str]:
    if who == NOBODY:
        return ["/sign-in", "/help", "/accessibility", "/licences", "/signed-out", "/tell-us", "/tell-us/received",
                "/privacy", "/privacy/people"]
    return ["/", *records]


def unfinished_contact(house: House) -> str:
    """One whose page asks who it was; of one that is done, it leads elsewhere."""
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}/contacts/new")
    hand = Mouse(page)
    hand.choose("How did they make contact?", "Text message")
    hand.write("Why are they in contact?", "Asks when the drop-in is open.")
    hand.choose("What happens next?", "We or they will be in touch again")
    hand.press("Save contact")
    return at(house, page, r"/contacts/[0-9a-f-]{36}")


def a_referral(house: House, who: str) -> str:
    """Seen by who sent it and by who answers for it."""
    page = house.visit(who)
    page.goto(f"{house.site}/referrals/new")
    Mouse(page).write("What is happening?", "Asked for by her doctor.")
    Mouse(page).press("Send referral")
    return at(house, page, r"/referrals/[0-9a-f-]{36}")


def write_note(house: House, who: str, case: str) -> None:
    """Everybody may change their own note only."""
    page = house.visit(who)
    page.goto(f"{house.site}{case}/notes/new")
    Mouse(page).write("Note", f"Written by the {who}.")
    Mouse(page).press("Save note")
    at(house, page, re.escape(case))


def write_plan(house: House, person: str, words: str) -> None:
    """A new version each time: both, and the sheet of paper, are pages."""
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{person}/plan/adult")
    Mouse(page).write("Leaving quickly", words)
    Mouse(page).press("Save plan")
    at(house, page, re.escape(person) + "/plan")


def crawl_role(house: House, who: str, starts: list[str], results: dict) -> None:
    for look in looks_of(who):
        try:
            results[who, look].set_result(crawl(house, who, starts, look))
        except Exception as error:
            results[who, look].set_exception(error)


def crawl(house: House, who: str, starts: list[str], look: Look) -> dict:
    """What the crawler found, as it writes it, and what it said."""
    found = house.scratch / f"axe-{abs(hash((who, look)))}.json"
    words = [sys.executable, "-B", str(CRAWLER), house.site, "--chromium", house.light, "--json", str(found),
             "--viewport", f"{look.width}x900", "--scheme", look.scheme, "--per-pattern", "1", "--settle", "20",
             "--max-pages", {"Service manager": "140"}.get(who, "110" if who in ALIKE else "220")]
    words += [word for start in starts for word in ("--start", start)]
    words += [] if look.script else ["--no-js"]
    # Roles see many pages that are built alike: each is judged once a look, but in the long run.
    # Colours depend on neither width nor script: they are judged once in the light and once in the dark.
    words += [] if LONG else ["--known", str(house.scratch / f"known-{look.width}-{look.script}-{look.scheme}"),
                              "--coloured", str(house.scratch / f"coloured-{look.scheme}")]
    # Where each link leads is asked once, and not more at a time than one account may ask.
    words += ["--max-checks", "100" if look == looks_of(who)[0] else "0"]
    secrets = {}
    if who != NOBODY:
        person = house.people[who]
        house.code(who)
        secrets = {"CRAWL_PASSWORD": person["password"], "CRAWL_SECRET": person["totpSecret"]}
        words += ["--login", "/sign-in", "--login-step", f"email={person['email']}&password=env:CRAWL_PASSWORD",
                  "--login-step", "code=totp:env:CRAWL_SECRET"]
    done = subprocess.run(words, env={**os.environ, **secrets}, capture_output=True, text=True)
    assert found.exists(), f"the crawler ended with {done.returncode}: {done.stderr[-500:]}"
    return {**json.loads(found.read_text()), "said": done.stdout, "status": done.returncode}


# Every page that links lead to

def crawling(who: str, look: Look) -> None:
    @test(f"{who}: every page that links lead to is accessible ({look})")
    def accessible(house: House) -> None:
        found = crawls(house)[who, look].result()
        assert found["status"] == 0, found["said"]
        seen = {shape(page["path"]) for page in found["pages"]}
        # Of those who see nearly the same pages, what only they see: the rest is asked of the helpline worker's.
        wanted = routes_of(who) - (routes_of("Helpline worker") if who in ALIKE else set())
        missed = {route for route in wanted - seen if not route.startswith(WITHOUT_RECORDS.get(who, ()))}
        assert not missed, f"no link led to {sorted(missed)}"


def routes_of(who: str) -> set[str]:
    """The pages of the access table that this role may open, but for those behind a form."""
    grants = dict(line.split(": ") for line in (GOLDEN / "roles.txt").read_text().splitlines() if line)
    routes = set()
    for line in (GOLDEN / "access.txt").read_text().splitlines():
        method, path, access = line.split(maxsplit=2)
        if method == "GET" and may(ROLES.get(who), access, grants):
            routes.add(shape(path))
    return routes - NOT_PAGES - AFTER_FORMS - ({"/"} if ROLES.get(who) in LED_ON else set())


# Roles whose first page is another one.
LED_ON = {"accommodationWorker", "administrator", "analyst", "commissioner", "dataProtectionOfficer", "referrer"}


def may(role: str | None, access: str, grants: dict[str, str]) -> bool:
    if access == "anyone":
        return role is None
    if access == "signed in":
        return role is not None
    return role in grants[access.removeprefix("needs ")].split()


# Every page that a form leads to: refusals, conflicts, results, reveals, the steps of an invitation

@test("Every page that a form leads to is accessible, with script")
def states_with_script(house: House) -> None:
    walk_states(house, script=True)


@test("Every page that a form leads to is accessible, without script")
def states_without_script(house: House) -> None:
    walk_states(house, script=False)


for who in (*ROLES, NOBODY):
    for look in looks_of(who):
        crawling(who, look)
