"""The front door, as the people of the README use it: an alias, the other side of the wall, a first safe call, a caller
who poses as a friend, a referral that answers back, and the outputs table counted by hand."""

import re

from playwright.sync_api import Page, expect

from call import Call, at, take_call
from hands import Mouse
from harness import test
from house import House


@test("The caller's name is known as an alias, and the search says so")
def alias(house: House) -> None:
    hand = Mouse(house.visit("Helpline worker"))
    record(house, hand, "The person who is being harmed")
    hand.follow("Who is this?")
    hand.write("First name", "Gwen")
    hand.write("Last name", "Oldershaw")
    hand.press("Search")
    row = hand.page.get_by_role("row").filter(has_text="Gwendoline Oldershaw")
    expect(row).to_contain_text("Also known as Gwen Oldershaw")
    row.get_by_role("button", name="This is them").click()
    expect(hand.page.get_by_role("main")).to_contain_text("Gwendoline Oldershaw")


@test("Whom she named rings the same evening: he learns nothing, her worker is warned, his worker never sees her")
def same_evening(house: House) -> None:
    hand = Mouse(house.visit("Helpline worker"))
    hand.page.goto(house.site)
    call = Call("Thessaly", "Wrenmarsh", ("14", "2", "1925"))
    take_call(house, hand, call)

    his = record(house, hand, "Someone worried about their own behaviour")
    hand.press("Is the caller named in a case? Warn the worker")
    hand.write("First name", "Corvane")
    hand.write("Last name", call.family)
    hand.press("Look")
    row = hand.page.get_by_role("row").filter(has_text=f"Corvane {call.family}")
    expect(row.get_by_role("cell").nth(1)).to_have_text("1")
    assert call.given not in hand.page.content(), "whoever takes the call is told whose case it is"
    row.get_by_role("button", name="Warn the workers").click()
    at(house, hand.page, re.escape(his))
    assert call.given not in hand.page.content() and call.reference not in hand.page.content()

    idva = house.visit("IDVA")
    idva.goto(house.site)
    expect(idva.get_by_role("main")).to_contain_text("The other person in this case was in touch")
    idva.goto(house.site + call.case)
    expect(idva.get_by_role("main")).to_contain_text("The other person was in touch")
    assert idva.goto(house.site + his).status == 404, "her worker reads the other side's call"

    worker = house.visit("Perpetrator worker")
    assert worker.goto(house.site + his).status == 200
    for path in call.records:
        assert worker.goto(house.site + path).status == 404, f"{path} opens on the other side of the wall"
    for page in ("/", "/contacts", "/cases?list=all"):
        worker.goto(house.site + page)
        assert call.family not in worker.content(), f"{page} names her on the other side of the wall"
    expect_nobody(house, worker, call.family)


@test("A police referral without a safe-contact answer reaches its victim by a first safe call, and answers back")
def first_safe_call(house: House) -> None:
    police = Mouse(house.visit("Partner referrer"))
    receipt = refer(house, police, "Ottiwell", "Marchbanksley")
    expect(police.page.get_by_role("main")).to_contain_text("not asked: a first safe call only")

    hand = Mouse(house.visit("Helpline worker"))
    hand.page.goto(house.site + receipt)
    hand.press("Take this referral")
    hand.press("Start: who is this?")
    contact = at(house, hand.page, r"/contacts/[0-9a-f-]{36}")
    hand.follow("Who is this?")
    expect(hand.field("Last name")).to_have_value("Marchbanksley")
    hand.press("Search")
    hand.press("Add a new person")
    hand.press("Save person")
    hand.follow("How may we contact them safely?")
    hand.choose("Has she been asked how she may be contacted?", "Not yet")
    hand.press("Save")
    at(house, hand.page, r"/people/[0-9a-f-]{36}")
    expect(hand.page.get_by_role("main")).to_contain_text("A first safe call only: number withheld")
    hand.page.goto(house.site + contact)
    hand.follow("Open a case")
    hand.choose("Who will hold the case?", house.people["IDVA"]["name"])
    hand.press("Open case")
    case = at(house, hand.page, r"/cases/[0-9a-f-]{36}")

    idva = Mouse(house.visit("IDVA"))
    idva.page.goto(house.site + case)
    attempt(idva, "Text message", "Message left or sent")
    expect(idva.page.get_by_role("alert")).to_contain_text("Only a first safe call is allowed")
    idva.page.goto(house.site + case)
    attempt(idva, "Telephone call", "Spoke with her")
    expect(idva.page.get_by_role("main")).to_contain_text("Contact attempted")

    police.page.goto(house.site + receipt)
    expect(police.page.get_by_role("main")).to_contain_text("Taken on")
    assert case not in police.page.content() and house.people["IDVA"]["name"] not in police.page.content()


@test("A caller who poses as a friend learns nothing: the form says the same of somebody known and of nobody")
def friend(house: House) -> None:
    said = []
    for given, family in (("Rebecca", "Ironmonger"), ("Qqqzzyx", "Xyzzyq")):
        hand = Mouse(house.visit())
        hand.page.goto(f"{house.site}/tell-us")
        hand.choose("Who is this about?", "Someone I know")
        hand.write("What would you like to tell us?", "Is she with you? Her mother is ill.")
        hand.write("First name", given)
        hand.write("Last name", family)
        hand.press("Send")
        hand.page.wait_for_url("**/tell-us/received")
        said.append(hand.page.get_by_role("main").inner_text())
        assert family not in hand.page.content()
    assert said[0] == said[1], "what is said depends on who is known"
    queue = house.visit("Helpline worker")
    queue.goto(f"{house.site}/referrals/waiting")
    expect(queue.get_by_role("main")).not_to_contain_text("Xyzzyq")
    queue.goto(f"{house.site}/referrals/quarantine")
    assert house.psql("SELECT count(*) FROM app.task WHERE detail LIKE '%mother is ill%'") == "0"


@test("A housing officer refers, and watches receipt, owner, clock and outcome")
def watched(house: House) -> None:
    officer = Mouse(house.visit("Housing officer"))
    receipt = refer(house, officer, "Lettice", "Hobbleworth")
    main = officer.page.get_by_role("main")
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text("Receipt ")
    expect(main).to_contain_text("Nobody yet")
    expect(main).to_contain_text("Answer due")

    hand = Mouse(house.visit("Helpline worker"))
    hand.page.goto(house.site + receipt)
    hand.press("Take this referral")
    officer.page.reload()
    expect(main).to_contain_text("Being worked on")
    expect(main).to_contain_text(house.people["Helpline worker"]["name"])
    house.psql(f"UPDATE app.referral SET due_at = now() - interval '1 minute' WHERE id = '{receipt[11:]}'")
    officer.page.reload()
    expect(main).to_contain_text("Overdue: with the supervisor")

    hand.page.goto(house.site + receipt)
    hand.page.get_by_text("Answer without opening a case").click()
    hand.page.locator("main form[action$='/answer']").get_by_role("radio", name="Advice given", exact=True).check()
    hand.press("Save answer")
    officer.page.reload()
    expect(main).to_contain_text("Answered")
    expect(main).to_contain_text("Advice given")


# The number of each row, counted by hand: of the manager's own agency, and nothing that is withheld from her.
COUNTED = {
    "helpline": ("app.contact t", "t.happened_at", "t.channel = 'helpline'"),
    "assessments": ("app.risk_assessment t", "t.assessed_at", "t.received_day IS NULL"),
    "opened": ("app.case_record t", "t.opened_at", "true"),
    "closed": ("app.case_record t", "t.closed_at", "true"),
    "telephone": ("app.contact_attempt t", "t.happened_at", "t.channel = 'telephone' AND t.outcome = 'spoke'"),
    "faceToFace": ("app.contact_attempt t", "t.happened_at", "t.channel = 'inPerson' AND t.outcome = 'spoke'"),
}


@test("The manager's ten outputs of each quarter equal a hand count of the demonstration data")
def outputs(house: House) -> None:
    page = house.visit("Service manager")
    manager = house.psql(
        f"SELECT id FROM app.account WHERE email = '{house.people['Service manager']['email']}'")
    counted, rows = 0, set()
    page.goto(f"{house.site}/team/outputs")
    years = page.get_by_role("main").locator("a[href*='/team/outputs?year=']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))")
    for year in dict.fromkeys(years[-3:]):
        page.goto(house.site + year)
        for link in page.get_by_role("main").locator("table a[href*='measure=']").all():
            measure, since, until = re.search(
                r"measure=(\w+)&from=([\d-]+)&until=([\d-]+)", link.get_attribute("href")).groups()
            rows.add(measure)
            shown = link.inner_text().split()[0]
            if measure not in COUNTED:
                assert shown == "not", f"{measure} is not recorded, and shows {shown}"
                continue
            expected = hand_count(house, manager, measure, since, until)
            assert shown == expected, f"{measure}, {since} to {until}: {shown} on the page, {expected} by hand"
            counted += int(expected)
    assert len(rows) == 10, f"the table has the rows {rows}"
    assert counted > 500, f"only {counted} events were counted"


def hand_count(house: House, manager: str, measure: str, since: str, until: str) -> str:
    table, when, which = COUNTED[measure]
    return house.psql(f"""
        WITH closed AS (
            SELECT c.person_id FROM app.case_record c WHERE c.restricted GROUP BY c.person_id
            HAVING NOT bool_or(EXISTS (SELECT FROM app.case_team m WHERE m.case_id = c.id
                                       AND m.account_id = '{manager}')))
        SELECT count(*) FROM {table}
        WHERE {which} AND ({when} AT TIME ZONE 'Europe/London')::date BETWEEN '{since}' AND '{until}'
          AND t.agency_id IN (SELECT r.agency_id FROM app.role_assignment r WHERE r.account_id = '{manager}')
          AND (t.person_id IS NULL OR t.person_id NOT IN (SELECT person_id FROM closed))""")


def record(house: House, hand: Mouse, caller: str) -> str:
    hand.page.goto(f"{house.site}/contacts/new")
    hand.choose("How did they make contact?", "Helpline call")
    hand.write("Why are they in contact?", "Rings again tonight.")
    hand.choose("What happens next?", "Advice given")
    hand.choose("Who is in contact?", caller)
    hand.press("Save contact")
    return at(house, hand.page, r"/contacts/[0-9a-f-]{36}")


def refer(house: House, hand: Mouse, given: str, family: str) -> str:
    hand.page.goto(f"{house.site}/referrals/new")
    hand.choose("What are you asking for?", "Support for someone who is harmed")
    hand.write("First name", given)
    hand.write("Last name", family)
    hand.write("What is happening?", "Called to the house last night.")
    hand.choose("Why may you share this?", "They agreed")
    hand.press("Send referral")
    return at(house, hand.page, r"/referrals/[0-9a-f-]{36}")


def attempt(hand: Mouse, how: str, what: str) -> None:
    hand.press("Record a contact attempt")
    hand.choose("How?", how)
    hand.choose("What happened?", what)
    hand.press("Save attempt")


def expect_nobody(house: House, page: Page, family: str) -> None:
    page.goto(f"{house.site}/search")
    Mouse(page).choose("Why are you looking?", "A partner agency asks")
    Mouse(page).write("Last name", family)
    Mouse(page).press("Search")
    expect(page.get_by_role("main")).to_contain_text("Nobody on record that you can see")
