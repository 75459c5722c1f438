"""What is typed is never lost: not by a closed tab, a session that ended, a second press, or a colleague."""

import re

from playwright.sync_api import Page, expect

from call import a_call
from hands import Mouse
from harness import test
from house import House

WORDS = "Half a sentence about the back door, “quoted” & <kept>"


@test("A tab that is closed loses nothing: the draft comes back, with script")
def closed_tab(house: House) -> None:
    page = house.visit("Helpline worker")
    start_contact(house, page)
    expect(page.locator(".drystone-draft-status")).to_contain_text("Draft saved at")
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(f"{house.site}/contacts/new")
    expect(again.get_by_role("main")).to_contain_text("was kept")
    check_words(again)
    start_again(again)


def start_contact(house: House, page: Page) -> None:
    page.goto(f"{house.site}/contacts/new")
    hand = Mouse(page)
    hand.choose("Is there a weapon?", "Not known")
    hand.write("Why are they in contact?", WORDS)
    hand.write("Advice given", "Line one\nLine two")


def check_words(page: Page, advice: str = "Line one\nLine two") -> None:
    expect(Mouse(page).field("Why are they in contact?")).to_have_value(WORDS)
    expect(Mouse(page).field("Advice given")).to_have_value(advice)
    expect(Mouse(page).answer("Is there a weapon?", "Not known")).to_be_checked()


def start_again(page: Page) -> None:
    """The kept words are thrown away only by choice."""
    Mouse(page).press("Start again with an empty form")
    expect(Mouse(page).field("Why are they in contact?")).to_have_value("")
    expect(page.get_by_role("main")).not_to_contain_text("was kept")


@test("A half-finished Dash comes back answer by answer")
def half_a_dash(house: House) -> None:
    call = a_call(house)
    page = house.visit("IDVA")
    page.goto(f"{house.site}{call.person}/risk/new")
    for number in range(1, 8):
        page.locator(f"[name=q{number}][value={'yes' if number % 2 else 'dontKnow'}]").check()
    expect(page.locator(".drystone-draft-status")).to_contain_text("Draft saved at")
    page.close()
    again = house.visit("IDVA")
    again.goto(f"{house.site}{call.person}/risk/new")
    chosen = again.locator("input:checked").evaluate_all("boxes => boxes.map(b => b.name + b.value)")
    assert chosen == [f"q{n}{'yes' if n % 2 else 'dontKnow'}" for n in range(1, 8)], chosen


@test("A draft is its owner's alone, and a colleague's form stays empty")
def drafts_are_private(house: House) -> None:
    page = house.visit("IDVA")
    start_contact(house, page)
    expect(page.locator(".drystone-draft-status")).to_contain_text("Draft saved at")
    theirs = house.visit("IDVA 2")
    theirs.goto(f"{house.site}/contacts/new")
    expect(Mouse(theirs).field("Why are they in contact?")).to_have_value("")
    page.reload()
    start_again(page)


@test("A session that ends in the middle of a form gives the words back after signing in, with script")
def expired_with_script(house: House) -> None:
    expired_session(house, script=True)


@test("A session that ends in the middle of a form gives the words back after signing in, without script")
def expired_without_script(house: House) -> None:
    expired_session(house, script=False)


def expired_session(house: House, script: bool) -> None:
    path = f"{a_call(house).case}/notes/new"
    page = house.visit(script=script)
    house.sign_in(page, "IDVA")
    page.goto(house.site + path)
    Mouse(page).write("Note", WORDS)
    end_session_by_idling(house, page)
    # The draft of two seconds ago must not be what helps.
    house.psql("DELETE FROM app.draft")
    Mouse(page).press("Save note")
    page.wait_for_url(f"**/sign-in?next={path}")
    house.sign_in(page, "IDVA")
    page.wait_for_url(f"**{path}")
    expect(Mouse(page).field("Note")).to_have_value(WORDS)
    Mouse(page).press("Start again with an empty form")


@test("A call's screen that was left alone is locked; one code gives the words back, without script")
def locked_without_script(house: House) -> None:
    page = house.visit(script=False)
    house.sign_in(page, "Helpline worker")
    start_contact(house, page)
    end_session_by_idling(house, page)
    house.psql("DELETE FROM app.draft")
    Mouse(page).press("Save contact")
    unlock(house, page)


@test("A call's screen that nobody touches is saved, covered and locked; one code gives the words back")
def locked_with_script(house: House) -> None:
    page = house.visit()
    page.clock.install()
    house.sign_in(page, "Helpline worker")
    start_contact(house, page)
    page.clock.run_for("13:30")
    expect(page.get_by_role("status").filter(has_text="This screen locks in 2 minutes")).to_be_visible()
    Mouse(page).write("Advice given", "Line one\nLine two, and a last")
    page.clock.run_for("01:26")
    page.wait_for_url("**/sign-in/code?next=/contacts/new")
    assert WORDS not in page.content()
    unlock(house, page, advice="Line one\nLine two, and a last")


def unlock(house: House, page: Page, advice: str = "Line one\nLine two") -> None:
    page.wait_for_url("**/sign-in/code?next=/contacts/new")
    expect(page.get_by_role("main")).to_contain_text("This screen is locked")
    Mouse(page).write("Six-digit code from your authenticator app", house.code("Helpline worker"))
    Mouse(page).press("Go on")
    page.wait_for_url("**/contacts/new")
    check_words(page, advice)
    start_again(page)


def end_session_by_idling(house: House, page: Page) -> None:
    """As fifteen quiet minutes do, for this browser's session only."""
    moved = house.psql(f"""
        UPDATE app.session SET expires_at = now() - interval '1 second' WHERE {house.session_of(page)} RETURNING 1""")
    assert moved == "1", "there was no session to end"


@test("A double click saves once, with script")
def double_click_with_script(house: House) -> None:
    double_click(house, script=True)


@test("A double click saves once, without script")
def double_click_without_script(house: House) -> None:
    double_click(house, script=False)


def double_click(house: House, script: bool) -> None:
    reason = f"Pressed twice {'with' if script else 'without'} script"
    page = house.visit("Helpline worker", script=script)
    fill_contact(house, page, reason)
    page.get_by_role("button", name="Save contact").dblclick()
    expect(page).to_have_url(re.compile(r"/contacts/[0-9a-f-]{36}$"))
    expect(page.get_by_role("main")).to_contain_text(reason)
    check_saved_once(house, reason)


def fill_contact(house: House, page: Page, reason: str) -> None:
    page.goto(f"{house.site}/contacts/new")
    hand = Mouse(page)
    hand.choose("How did they make contact?", "Text message")
    hand.write("Why are they in contact?", reason)
    hand.choose("What happens next?", "Advice given")


def check_saved_once(house: House, reason: str) -> None:
    count = house.psql(f"SELECT count(*) FROM app.contact WHERE reason = '{reason}'")
    assert count == "1", f"{count} contacts were saved"


@test("A form that is sent again from an earlier page leads to what it made, and makes nothing more")
def sent_again(house: House) -> None:
    reason = "Sent again from the page before"
    page = house.visit("Helpline worker", script=False)
    fill_contact(house, page, reason)
    page.get_by_role("button", name="Save contact").click()
    page.wait_for_url(lambda url: "/contacts/new" not in url)
    made = page.url
    again = page.context.new_page()
    again.goto(f"{house.site}/contacts/new")
    key = house.psql("SELECT key FROM app.submission ORDER BY at DESC LIMIT 1")
    again.evaluate("key => { document.querySelector('main [name=submission]').value = key }", key)
    hand = Mouse(again)
    hand.choose("How did they make contact?", "Text message")
    hand.write("Why are they in contact?", reason)
    hand.choose("What happens next?", "Advice given")
    hand.press("Save contact")
    again.wait_for_url(made)
    check_saved_once(house, reason)


@test("The warning before the session ends offers more time without leaving the page, and autosave gives none")
def more_time(house: House) -> None:
    page = house.visit()
    page.clock.install()
    house.sign_in(page, "Helpline worker")
    page.goto(f"{house.site}/contacts/new")
    Mouse(page).field("Why are they in contact?").fill(WORDS)
    page.clock.run_for("13:30")
    warning = page.get_by_role("status").filter(has_text="This screen locks in 2 minutes")
    expect(warning).to_be_visible()
    age_session(house, page)
    page.get_by_role("link", name="Keep it open").click()
    expect(warning).to_be_hidden()
    expect(Mouse(page).field("Why are they in contact?")).to_have_value(WORDS)
    assert minutes_left(house, page) > 14, "the session was not extended"
    age_session(house, page)
    with page.expect_response("**/drafts") as saved:
        Mouse(page).field("Advice given").fill("A few words")
        page.clock.run_for("00:03")
    assert saved.value.status == 204
    assert minutes_left(house, page) < 3, "an autosave kept an abandoned desk signed in"


@test("Without script the page says until when one is signed in; staying opens beside the form and leaves it as it is")
def more_time_without_script(house: House) -> None:
    page = house.visit(script=False)
    house.sign_in(page, "Helpline worker")
    age_session(house, page)
    page.goto(f"{house.site}/contacts/new")
    # Playwright's own words for elements pass over what only a browser without script shows.
    line = page.locator("noscript p")
    assert re.match(r"Signed in until \d\d:\d\d\.", line.inner_text()), line.inner_text()
    Mouse(page).write("Why are they in contact?", WORDS)
    age_session(house, page)
    with page.context.expect_page() as opened:
        line.locator("a").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("You are still signed in")
    assert minutes_left(house, page) > 14, "the session was not extended"
    opened.value.close()
    expect(Mouse(page).field("Why are they in contact?")).to_have_value(WORDS)


def age_session(house: House, page: Page) -> None:
    house.psql(f"""
        UPDATE app.session SET expires_at = now() + interval '2 minutes', seen_at = now() - interval '13 minutes'
        WHERE {house.session_of(page)}""")


def minutes_left(house: House, page: Page) -> float:
    return float(house.psql(f"""
        SELECT extract(epoch FROM expires_at - now()) / 60 FROM app.session WHERE {house.session_of(page)}"""))


@test("Two windows on one note: the second sees both texts, and the one that is chosen stays")
def note_in_two_windows(house: House) -> None:
    call = a_call(house)
    first, second = house.visit("IDVA 2"), house.visit("IDVA 2")
    first.goto(f"{house.site}{call.case}/notes/new")
    Mouse(first).field("Note").fill("First text.")
    Mouse(first).press("Save note")
    for page in (first, second):
        page.goto(house.site + call.case)
        page.get_by_role("article").filter(has_text="First text.").get_by_role("link").click()
    Mouse(first).field("Note").fill("Text of the first window.")
    Mouse(first).press("Save note")
    Mouse(second).field("Note").fill("Text of the second window.")
    Mouse(second).press("Save note")
    expect(second.get_by_role("heading", level=1)).to_have_text("This note was changed elsewhere")
    expect(second.get_by_role("main")).to_contain_text("Text of the first window.")
    expect(Mouse(second).field("Your text")).to_have_value("Text of the second window.")
    Mouse(second).press("Save mine")
    expect(second.get_by_role("article").first).to_contain_text("Text of the second window.")


@test("Pages at text of 200% and in the dark are pictured for people to judge, and none scrolls sideways")
def pictures(house: House) -> None:
    call = a_call(house)
    pages = {"today": "/", "contact-new": "/contacts/new", "contact": call.contact, "person": call.person,
             "dash": f"{call.person}/risk/new", "risk": call.risk, "case": call.case, "cases": "/cases?list=all"}
    for scheme in ("light", "dark"):
        for width in (1280, 320):
            page = house.visit("Helpline worker", width=width, color_scheme=scheme)
            for name, path in pages.items():
                page.goto(house.site + path)
                page.screenshot(path=house.shots / f"{name}-{scheme}-{width}.png", full_page=True)
    page = house.visit("Helpline worker")
    for name, path in pages.items():
        page.goto(house.site + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.screenshot(path=house.shots / f"{name}-200-percent.png", full_page=True)
        wide = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{path} scrolls sideways by {wide} pixels at text of 200%"
