"""The second walk of the README: one family, and the six people who work with it, each seeing exactly what they should."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from hands import Mouse
from harness import test
from house import House

HER, HIM, CHILD = "Rebecca", "Darren", "Maisie"


@test("One family and six people: each sees exactly what they should")
def six_people(house: House) -> None:
    case, person = her_case(house)
    idva_plans_and_shares(house, case, person)
    deputy_covers(house, case)
    childrens_worker_listens(house)
    place = programme_worker_asks_for_support(house, case, person)
    support_is_arranged(house)
    programme_worker_passes_on(house, place, case, person)
    brother_finds_nothing(house, case, person)
    officer_sees_who_knows_whom(house, case, person)


def her_case(house: House) -> tuple[str, str]:
    """The demonstration's own: an open case of the IDVA, about somebody whom the housing officer's half-brother harms."""
    found = house.psql(f"""
        SELECT c.id || ' ' || c.person_id FROM app.case_record c JOIN app.person p ON p.id = c.person_id
        WHERE p.given_name = '{HER}' AND p.family_name = 'Ironmonger' AND c.closed_at IS NULL""")
    case, person = found.split(" ")
    return f"/cases/{case}", f"/people/{person}"


def day(after: int) -> tuple[str, str, str]:
    there = datetime.now(ZoneInfo("Europe/London")) + timedelta(days=after)
    return str(there.day), str(there.month), str(there.year)


def idva_plans_and_shares(house: House, case: str, person: str) -> None:
    hand = Mouse(house.visit("IDVA"))
    main = hand.page.get_by_role("main")
    hand.page.goto(house.site)
    expect(main.get_by_role("row").filter(has_text="The other person in this case was in touch").first).to_be_visible()
    hand.page.goto(house.site + case)
    hand.follow("Write a safety plan")
    hand.page.locator(f"a[href='{person}/plan/adult']").click()
    hand.write("Leaving quickly", "The back stairs, while he is at the gym.")
    hand.write_date("To be reviewed by", *day(28))
    hand.press("Save plan")
    expect(main).to_contain_text("The back stairs")
    hand.page.goto(f"{house.site}{case}/shares/new?route=housing")
    hand.write("Why now, for this person?", "She asks for another flat before Friday.")
    hand.select("To whom?", "Charnwood Borough Council Housing Options")
    hand.choose("Do they agree?", "Asked, and they said no")
    hand.press("Save")
    expect(main).to_contain_text("Charnwood Borough Council Housing Options")
    share = hand.page.url
    manager = Mouse(house.visit("Service manager"))
    manager.page.goto(share)
    manager.page.get_by_role("main").locator("a[href$='/confirm']").first.click()
    manager.page.get_by_role("main").get_by_role("radio").first.check()
    if manager.page.get_by_role("main").locator("textarea").count():
        manager.page.get_by_role("main").locator("textarea").first.fill("A home is what keeps her safe.")
    manager.page.get_by_role("main").locator("form button[type=submit]").last.click()
    expect(manager.page.get_by_role("main")).to_contain_text("Charnwood Borough Council Housing Options")
    shared = "SELECT count(*) FROM app.case_share WHERE ends_at > now() AND case_id ="
    assert house.psql(f"{shared} '{case[7:]}'") == "1", "the second person's word opened nothing"


def deputy_covers(house: House, case: str) -> None:
    """Her manager puts the IDVA down as away; the deputy then has her cases, and before it did not."""
    manager = Mouse(house.visit("Service manager"))
    manager.page.goto(f"{house.site}/team/rota")
    manager.select("Who?", house.people["IDVA"]["name"])
    manager.choose("On call or away?", "Away")
    manager.select("If they are away, who covers for them?", house.people["IDVA 2"]["name"])
    manager.write_date("From which day?", *day(-1))
    manager.write("From what time?", "09:00")
    manager.write_date("Until which day?", *day(2))
    manager.write("Until what time?", "09:00")
    manager.press("Save")
    deputy = house.visit("IDVA 2")
    deputy.goto(house.site)
    expect(deputy.get_by_role("main")).to_contain_text(f"You cover for {house.people['IDVA']['name']}")
    deputy.goto(f"{house.site}/cases?list=covered&risk=high")
    row = deputy.get_by_role("main").locator(f"a[href='{case}']")
    while not row.count():
        deputy.get_by_role("link", name="Next page").click()
    row.first.click()
    expect(deputy.get_by_role("heading", level=1)).to_contain_text(HER)


def childrens_worker_listens(house: House) -> None:
    hand = Mouse(house.visit("Children’s worker"))
    main = hand.page.get_by_role("main")
    hand.page.goto(f"{house.site}/children")
    hand.follow(f"{CHILD} Ironmonger")
    child = hand.page.url
    hand.follow("Say who their worker is")
    hand.page.get_by_role("radio", name=house.people["Children’s worker"]["name"]).check()
    hand.write_date("From when?", *day(0))
    hand.press("Save")
    hand.page.goto(child)
    hand.follow("Write down what they said")
    hand.write("What did they say?", "I count the stairs so I know which ones creak.")
    hand.write_date("When did they say it?", *day(0))
    hand.press("Save")
    expect(main).to_contain_text("which ones creak")
    # Her own record, and nothing of what her mother's plan says.
    expect(main).not_to_contain_text("back stairs")


def programme_worker_asks_for_support(house: House, case: str, person: str) -> str:
    hand = Mouse(house.visit("Perpetrator worker"))
    hand.page.goto(f"{house.site}/cases?list=all")
    hand.follow(f"{HIM} Ironmonger")
    hand.page.goto(hand.page.url + "/places/new")
    hand.choose("Which programme?", "Changing Course")
    hand.choose("How did they come to it?", "They asked for it themselves")
    hand.write_date("From which day do they wait?", *day(0))
    hand.write("Whom did they name as partner or former partners?", f"{HER} Ironmonger, my wife")
    hand.press("Save")
    expect(hand.page.get_by_role("main")).to_contain_text("Integrated support")
    place = hand.page.url
    expect_no_trace(house, hand.page, case, person)
    return place


def support_is_arranged(house: House) -> None:
    hand = Mouse(house.visit("Helpline worker"))
    hand.page.goto(f"{house.site}/across")
    hand.follow(f"{HIM} Ironmonger")
    hand.page.get_by_role("radio", name=f"{HER} Ironmonger").check()
    hand.page.get_by_role("radio", name=house.people["IDVA"]["name"]).check()
    hand.press("Arrange support")
    expect(hand.page.get_by_role("main")).to_contain_text("Support arranged")


def programme_worker_passes_on(house: House, place: str, case: str, person: str) -> None:
    """Facts go one way, an instruction the other, and neither side sees more."""
    his = Mouse(house.visit("Perpetrator worker"))
    his.page.goto(place)
    his.press("Pass something on")
    his.choose("What is passed on?", "Made threats")
    his.write_date("On which day did it happen, or will it?", *day(0))
    his.write("What do they need to know?", "Said that he knows where she parks.")
    his.press("Pass it on")
    hers = Mouse(house.visit("IDVA"))
    main = hers.page.get_by_role("main")
    hers.page.goto(house.site)
    expect(main).to_contain_text("The other person made threats")
    hers.page.goto(f"{house.site}{case}/across")
    expect(main).to_contain_text("knows where she parks")
    expect_no_trace(house, his.page, case, person)


def expect_no_trace(house: House, page: Page, case: str, person: str) -> None:
    assert page.goto(house.site + case).status == 404, "her case opens on the other side of the wall"
    assert page.goto(house.site + person).status == 404, "her record opens on the other side of the wall"
    for path in ("/", "/cases?list=all", "/contacts", "/programmes", "/shares"):
        page.goto(house.site + path)
        assert HER not in page.get_by_role("main").inner_text(), f"{path} names her on the other side of the wall"


def brother_finds_nothing(house: House, case: str, person: str) -> None:
    """It is shared with his office, and not with him; other cases that are shared he sees."""
    page = house.visit("Housing officer")
    reference = house.psql(f"SELECT reference FROM app.case_record WHERE id = '{case[7:]}'")
    page.goto(f"{house.site}/shares")
    assert page.get_by_role("main").get_by_role("row").count() > 1, "nothing is shared with his office"
    expect(page.get_by_role("main")).not_to_contain_text(reference)
    for path in (case, person, f"{person}/timeline", f"{case}/shares"):
        assert page.goto(house.site + path).status in (403, 404), f"{path} opens for the brother"
    page.goto(f"{house.site}/cases?list=all")
    expect(page.get_by_role("main")).not_to_contain_text("Ironmonger")


def officer_sees_who_knows_whom(house: House, case: str, person: str) -> None:
    page = house.visit("Data protection officer")
    main = page.get_by_role("main")
    page.goto(f"{house.site}/interests")
    row = main.get_by_role("row").filter(has_text="My half-brother").filter(has_text="Living Without Abuse")
    expect(row).to_contain_text(house.people["Housing officer"]["name"])
    assert page.goto(house.site + case).status in (403, 404), "the officer reads casework"
    page.goto(f"{house.site}/audit?about={case[7:]}")
    expect(main).to_contain_text(house.people["IDVA 2"]["name"])
    expect(main).not_to_contain_text(HER)
