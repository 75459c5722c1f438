"""The first call of the README, step by step, in anybody's hands."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from hands import Mouse
from house import House

NUMBER = "07700 900461"
CODE_WORD = "bluebell"


@dataclass
class Call:
    """A call and what came of it: a path for each record."""

    given: str
    family: str
    # Before anybody of the demonstration was born, so that the search finds nobody by it.
    birth: tuple[str, str, str]
    reason: str = "Rings from her sister's. Afraid to go home tonight."
    contact: str = ""
    person: str = ""
    risk: str = ""
    case: str = ""
    reference: str = ""
    records: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


def take_call(house: House, hand: Mouse, call: Call) -> None:
    """From the first page of a helpline worker to an open case."""
    record_contact(house, hand, call)
    find_nobody(hand, call)
    add_person(hand, call)
    record_safe_contact(house, hand, call)
    add_harming_person(hand, call)
    assess_risk(house, hand, call)
    open_case(house, hand, call)
    call.records = [call.contact, call.person, call.risk, call.case]


def record_contact(house: House, hand: Mouse, call: Call) -> None:
    hand.press("Record a contact")
    hand.choose("How did they make contact?", "Helpline call")
    hand.choose("Is it safe to talk now?", "Yes")
    hand.choose("Is anyone injured?", "No")
    hand.write("Why are they in contact?", call.reason)
    hand.choose("What happens next?", "A case will be opened")
    hand.choose("Who is in contact?", "The person who is being harmed")
    hand.press("Save contact")
    call.contact = at(house, hand.page, r"/contacts/[0-9a-f-]{36}")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Helpline call")


def find_nobody(hand: Mouse, call: Call) -> None:
    hand.follow("Who is this?")
    hand.write("First name", call.given)
    hand.write("Last name", call.family)
    hand.write_date("Date of birth", *call.birth)
    hand.press("Search")
    expect(hand.page.get_by_role("main")).to_contain_text("Nobody on record that you can see")


def add_person(hand: Mouse, call: Call) -> None:
    """What was searched for stands in the form already."""
    hand.press("Add a new person")
    expect(hand.field("First name")).to_have_value(call.given)
    expect(hand.answer("Date of birth", "Year")).to_have_value(call.birth[2])
    hand.press("Save person")
    expect(hand.page.get_by_role("main")).to_contain_text(call.name)


def record_safe_contact(house: House, hand: Mouse, call: Call) -> None:
    """She may be rung on Tuesdays before noon, and in no other way."""
    hand.follow("How may we contact them safely?")
    hand.choose("Has she been asked how she may be contacted?", "Yes")
    hand.write("Number", NUMBER)
    hand.tick("Which ways are safe?", "Telephone call")
    hand.tick("Which days are safe?", "Tuesday")
    hand.write("Safe until", "noon")
    hand.write("Code word", CODE_WORD)
    hand.press("Save")
    call.person = at(house, hand.page, r"/people/[0-9a-f-]{36}")
    main = hand.page.get_by_role("main")
    expect(main).to_contain_text("Tuesdays, 00:00 to 12:00")
    expect(main).not_to_contain_text(NUMBER)
    expect(main).not_to_contain_text(CODE_WORD)


def add_harming_person(hand: Mouse, call: Call) -> None:
    hand.follow("Add someone who is harming them")
    hand.choose("How are the two connected?", "They are, or were, married")
    hand.write("First name", "Corvane")
    hand.write("Last name", call.family)
    hand.press("Save")
    expect(hand.page.get_by_role("main")).to_contain_text(f"Corvane {call.family}: harming")


def assess_risk(house: House, hand: Mouse, call: Call) -> None:
    """Eleven yes and three not known: 11 to 14, across the local threshold of 12; high by judgement."""
    hand.follow("Assess risk (Dash)")
    for number, question in enumerate(dash_questions(hand.page), 1):
        hand.choose(question, "Yes" if number <= 11 else "Doesn’t know" if number <= 14 else "No")
    hand.select("Where do they live?", area_of_threshold_12(hand.page))
    hand.choose("Your own judgement of the risk", "High, whatever the score")
    hand.write("Why?", "Recent separation, and he has her new number.")
    hand.press("Save assessment")
    call.risk = at(house, hand.page, r"/people/[0-9a-f-]{36}/risk/[0-9a-f-]{36}")
    main = hand.page.get_by_role("main")
    expect(main).to_contain_text("High risk by professional judgement")
    expect(main).to_contain_text("Score 11 to 14 of 24 (11 yes, 3 not known). Local threshold 12, national 14.")


def lower_grade(house: House, person: str) -> str:
    """A lower grade that waits, proposed by a colleague: an agreed one waits no longer, so each is a new one."""
    page = house.visit("IDVA")
    for grade in ("High, whatever the score", "Standard"):
        page.goto(f"{house.site}{person}/risk/new")
        hand = Mouse(page)
        hand.select("Where do they live?", area_of_threshold_12(page))
        hand.choose("Your own judgement of the risk", grade)
        hand.write("Why?", "To be agreed to.")
        hand.press("Save assessment")
    path = at(house, page, r"/people/[0-9a-f-]{36}/risk/[0-9a-f-]{36}")
    page.context.close()
    return path


def dash_questions(page: Page) -> list[str]:
    groups = page.get_by_role("group").filter(has=page.get_by_label("Doesn’t know", exact=True))
    questions = [" ".join(text.split()) for text in groups.locator("legend").all_inner_texts()]
    assert len(questions) == 24, f"the Dash has {len(questions)} questions"
    return questions


def area_of_threshold_12(page: Page) -> str:
    options = page.get_by_label("Where do they live?").locator("option").all_inner_texts()
    return next(option for option in options if "threshold 12" in option)


def open_case(house: House, hand: Mouse, call: Call) -> None:
    hand.press("Open a case")
    hand.choose("Who will hold the case?", house.people["IDVA"]["name"])
    hand.press("Open case")
    call.case = at(house, hand.page, r"/cases/[0-9a-f-]{36}")
    call.reference = hand.page.locator("main .govuk-caption-l").inner_text()
    main = hand.page.get_by_role("main")
    expect(main).to_contain_text("47 hours left")
    expect(main).to_contain_text(house.people["IDVA"]["name"])


def a_call(house: House) -> Call:
    """A call that has been taken, for tests of what comes after; the same one for all of them."""
    if "call" not in house.kept:
        call = Call("Ysolette", "Quarrendyne", ("17", "3", "1921"))
        page = house.visit("Helpline worker")
        page.goto(house.site)
        take_call(house, Mouse(page), call)
        page.context.close()
        house.kept["call"] = call
    return house.kept["call"]


def at(house: House, page: Page, pattern: str) -> str:
    """The path of the page that is shown, which must have this form."""
    page.wait_for_url(re.compile(f"^{re.escape(house.site)}{pattern}$"))
    return page.url.removeprefix(house.site)


def is_tuesday_morning() -> bool:
    now = datetime.now(ZoneInfo("Europe/London"))
    return now.isoweekday() == 2 and now.hour < 12
