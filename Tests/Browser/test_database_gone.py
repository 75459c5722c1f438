"""The database stops while people work: a page says so, every word comes back, and sending it again works."""

from playwright.sync_api import Page, expect

from axe import Checker
from hands import Mouse
from harness import test
from house import House

REASON = "Typed while the database was away: “quoted” & <kept>"
AWAY = "The service can't save or show records at the moment"


@test("While the database is stopped a page says so, gives back every word, and Try again saves it later, with script")
def with_script(house: House) -> None:
    away(house, script=True)


@test("While the database is stopped a page says so, gives back every word, and Try again saves it later, without script")
def without_script(house: House) -> None:
    away(house, script=False)


def away(house: House, script: bool) -> None:
    page = house.visit("Helpline worker")
    checker = Checker(page, script)
    reason = f"{REASON} ({'with' if script else 'without'} script)"
    fill_in(house, page, reason)
    house.watch.forgive("503")
    house.stop_database()
    try:
        if script:
            check_autosave_says_so(page)
        Mouse(page).press("Save contact")
        check_given_back(page, reason, checker)
        check_other_pages(house, page)
    finally:
        house.start_database()
    house.wait_until_served()
    Mouse(page).press("Try again")
    expect(page.get_by_role("heading", level=1)).to_have_text("Text message")
    expect(page.get_by_role("main")).to_contain_text(reason)
    expect(page.get_by_role("main")).to_contain_text("Advice of two lines.")
    count = house.psql(f"SELECT count(*) FROM app.contact WHERE reason = '{reason}'")
    assert count == "1", f"{count} contacts were saved"


def fill_in(house: House, page: Page, reason: str) -> None:
    page.goto(f"{house.site}/contacts/new")
    hand = Mouse(page)
    hand.choose("How did they make contact?", "Text message")
    hand.choose("Are children there?", "Yes")
    hand.write("Why are they in contact?", reason)
    hand.write("Advice given", "Advice of two lines.\nSecond.")
    hand.choose("What happens next?", "Advice given")


def check_autosave_says_so(page: Page) -> None:
    Mouse(page).write("What did we promise?", "A call on Tuesday")
    expect(page.locator(".drystone-draft-status")).to_contain_text("not saved as a draft")


def check_given_back(page: Page, reason: str, checker: Checker) -> None:
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_have_text(AWAY)
    expect(main).to_contain_text(reason)
    expect(main).to_contain_text("ring 999")
    checker.check("the database is away")
    assert not checker.problems, "\n".join(checker.problems)


def check_other_pages(house: House, page: Page) -> None:
    """A page that only reads says so too, in a window of its own."""
    other = page.context.new_page()
    answer = other.goto(f"{house.site}/cases")
    assert answer.status == 503, f"/cases answered {answer.status}"
    expect(other.get_by_role("heading", level=1)).to_have_text(AWAY)
    other.close()
