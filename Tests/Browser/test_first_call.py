"""The first job of the README, end to end: with script, without it, and with nothing but a keyboard."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from call import CODE_WORD, NUMBER, Call, a_call, is_tuesday_morning, take_call
from hands import Keyboard, Mouse
from harness import test
from house import House


@test("The first call goes from the helpline to the IDVA's list, with script")
def with_script(house: House) -> None:
    first_job(house, Call("Mirabeth", "Vantongerloo", ("18", "4", "1922")), Mouse, script=True)


@test("The first call goes from the helpline to the IDVA's list, without script")
def without_script(house: House) -> None:
    first_job(house, Call("Odalind", "Prestwyche-Haim", ("19", "5", "1923")), Mouse, script=False)


@test("The first call goes from the helpline to the IDVA's list by keyboard alone, and the focus always shows")
def by_keyboard(house: House) -> None:
    first_job(house, Call("Xanthiel", "Ombrevark", ("20", "6", "1924")), Keyboard, script=True)


def first_job(house: House, call: Call, hands: Callable[[Page], Mouse], script: bool) -> None:
    hand = hands(house.visit(script=script))
    house.sign_in(hand.page, "Helpline worker", hand)
    take_call(house, hand, call)
    reveal(house, hand, call)
    idva = hands(house.visit(script=script))
    house.sign_in(idva.page, "IDVA", idva)
    find_on_list(idva, call)
    attempt_by_telephone(idva)
    write_note(house, idva, call)
    allocate_after_a_colleague(house, hand, call, script)
    change_details_after_a_colleague(house, hand, call, script)
    housing_officer_finds_nothing(house, hands(house.visit("Housing officer", script=script)), call)
    sign_out(house, hand, call)


def reveal(house: House, hand: Mouse, call: Call) -> None:
    """The number and the code word show on press, and the press is in the audit."""
    audited = "SELECT count(*) FROM app.audit_event WHERE event = 'safe-contact-revealed' AND subject_id = "
    hand.page.goto(house.site + call.person)
    hand.press("Show number and code word")
    expect(hand.page.get_by_role("main")).to_contain_text(NUMBER)
    expect(hand.page.get_by_role("main")).to_contain_text(CODE_WORD)
    assert house.psql(f"{audited}'{call.person[8:]}'") == "1", "the reveal was not audited once"


def find_on_list(hand: Mouse, call: Call) -> None:
    """The new case stands among the IDVA's own, with what is left of its 48 hours."""
    hand.page.get_by_role("link", name="Cases", exact=True).click()
    row = hand.page.get_by_role("row").filter(has_text=call.reference)
    while not row.count():
        hand.page.get_by_role("link", name="Next page").click()
    expect(row).to_contain_text(call.name)
    expect(row).to_contain_text("High risk")
    expect(row).to_contain_text("47 hours left")
    hand.follow(call.name)


def attempt_by_telephone(hand: Mouse) -> None:
    """Allowed on a Tuesday morning; at any other time refused, with the words kept and the next safe time."""
    hand.press("Record a contact attempt")
    hand.choose("How?", "Telephone call")
    hand.choose("What happened?", "No answer, no message left")
    hand.write("Note", "Rang twice, let it ring out.")
    before = is_tuesday_morning()
    hand.press("Save attempt")
    main = hand.page.get_by_role("main")
    if "/attempts/new" not in hand.page.url:
        assert before or is_tuesday_morning(), "an attempt outside the rule was saved"
        return expect(main).to_contain_text("Contact attempted")
    assert not before or not is_tuesday_morning(), "an attempt within the rule was refused"
    check_refusal(hand.page)


def check_refusal(page: Page) -> None:
    expect(page.get_by_role("alert")).to_contain_text("is not a safe")
    expect(Mouse(page).field("Note")).to_have_value("Rang twice, let it ring out.")
    expect(page.get_by_label("No answer, no message left")).to_be_checked()
    expect(page.get_by_role("region", name="Safe contact")).to_contain_text("Next safe time: Tuesday")
    page.get_by_role("link", name="Back", exact=True).click()


def write_note(house: House, hand: Mouse, call: Call) -> None:
    hand.page.goto(house.site + call.case)
    hand.press("Write a note")
    hand.write("Note", "She will ring us on Tuesday. Her sister knows.")
    hand.press("Save note")
    expect(hand.page.get_by_role("article")).to_contain_text("Her sister knows.")
    expect(hand.page.get_by_role("main")).to_contain_text("Note written")


def allocate_after_a_colleague(house: House, hand: Mouse, call: Call, script: bool) -> None:
    """Two people give the same case away: the second is told, and chooses again."""
    theirs = house.visit("Service manager", script=script)
    for page in (hand.page, theirs):
        page.goto(house.site + call.case)
        page.get_by_role("link", name="Change who holds the case").click()
    other, first = house.people["IDVA 2"]["name"], house.people["IDVA"]["name"]
    Mouse(theirs).choose("Choose a colleague", other)
    Mouse(theirs).press("Save")
    expect(theirs.get_by_role("main")).to_contain_text(other)
    hand.choose("Choose a colleague", first)
    hand.press("Save")
    expect(hand.page.get_by_role("alert")).to_contain_text(f"It is with {other}")
    hand.press("Save")
    held = hand.page.get_by_role("term").filter(has_text="Held by").locator("xpath=following-sibling::dd[1]")
    expect(held).to_have_text(first)


def change_details_after_a_colleague(house: House, hand: Mouse, call: Call, script: bool) -> None:
    """Two people change the same details: the second sees both texts and chooses; nothing is lost."""
    theirs = house.visit("IDVA", script=script)
    for page in (hand.page, theirs):
        page.goto(house.site + call.person)
        page.get_by_role("link", name="Change details (Details)").click()
    Mouse(theirs).write("Language", "Polish")
    Mouse(theirs).press("Save")
    expect(theirs.get_by_role("main")).to_contain_text("Polish")
    hand.choose("Sex", "Female")
    hand.press("Save")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Someone else changed this too")
    table = hand.page.get_by_role("table")
    expect(table).to_contain_text("Polish")
    expect(table).to_contain_text("Female")
    hand.press("Save mine")
    expect(hand.page.get_by_role("main")).to_contain_text("Female")


def housing_officer_finds_nothing(house: House, hand: Mouse, call: Call) -> None:
    """The addresses of the call answer 404; nothing stands in the list or the search."""
    for path in call.records:
        answer = hand.page.goto(house.site + path)
        assert answer.status == 404, f"{path} answered {answer.status} to a housing officer"
        assert call.family not in hand.page.content()
    hand.page.goto(f"{house.site}/cases?list=all")
    expect(hand.page.get_by_role("main")).not_to_contain_text(call.family)
    hand.page.get_by_role("link", name="Find a person").click()
    hand.choose("Why are you looking?", "A partner agency asks")
    hand.write("Last name", call.family)
    hand.press("Search")
    expect(hand.page.get_by_role("main")).to_contain_text("Nobody on record that you can see")


def sign_out(house: House, hand: Mouse, call: Call) -> None:
    hand.press("Sign out")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    hand.page.goto(house.site + call.case)
    assert "/sign-in" in hand.page.url, "a case was shown to somebody who had signed out"


@test("Whatever the day, an attempt outside her rule is refused and keeps what was typed, and one within it is saved")
def attempts_by_rule(house: House) -> None:
    call = a_call(house)
    hand = Mouse(house.visit("IDVA"))
    today = datetime.now(ZoneInfo("Europe/London")).isoweekday()
    # Two days from now at the earliest, so that no midnight comes between.
    record_days(house, hand, call, [(today + ahead - 1) % 7 + 1 for ahead in range(2, 6)])
    assert try_telephone(house, hand, call) == "refused"
    expect(hand.field("Note")).to_have_value("Rang once.")
    expect(hand.page.get_by_role("region", name="Safe contact")).to_contain_text("Next safe time")
    record_days(house, hand, call, list(range(1, 8)))
    assert try_telephone(house, hand, call) == "saved"
    expect(hand.page.get_by_role("main")).to_contain_text("Telephone call: Spoke with her")


def record_days(house: House, hand: Mouse, call: Call, days: list[int]) -> None:
    hand.page.goto(f"{house.site}{call.person}/safe-contact")
    hand.choose("Has she been asked how she may be contacted?", "Yes")
    hand.write("Number", NUMBER)
    hand.tick("Which ways are safe?", "Telephone call")
    for day in days:
        hand.page.locator(f"[name=days][value='{day}']").check()
    hand.press("Save")
    hand.page.wait_for_url(house.site + call.person)


def try_telephone(house: House, hand: Mouse, call: Call) -> str:
    hand.page.goto(f"{house.site}{call.case}/attempts/new")
    hand.choose("How?", "Telephone call")
    hand.choose("What happened?", "Spoke with her")
    hand.write("Note", "Rang once.")
    hand.press("Save attempt")
    return "refused" if hand.page.get_by_role("alert").count() else "saved"
