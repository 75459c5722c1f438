"""A device that others use too: whichever way she leaves, nothing of the record shows again, and nothing stays behind."""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from call import CODE_WORD, NUMBER, Call, a_call, take_call
from hands import Mouse
from harness import test
from house import AS_PEOPLE_HAVE_IT, House


class Onlooker:
    """Somebody who sits down afterwards and presses Back. Sees what is visible, without Playwright's own waiting,
    which expects a page to load anew; a page from the back-forward cache doesn't."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tools = page.context.new_cdp_session(page)

    def look(self, expression: str) -> object:
        try:
            return self.tools.send("Runtime.evaluate", {"expression": expression, "returnByValue": True})["result"].get("value")
        except Exception:
            return None  # between two pages

    def visible_text(self) -> str:
        # The text of an element that is not rendered would be told too.
        return str(self.look("document.documentElement.hidden ? '' : document.title + document.body.innerText") or "")

    def press_back(self) -> bool:
        """False when there is nothing before this page."""
        history = self.tools.send("Page.getNavigationHistory")
        if history["currentIndex"] == 0:
            return False
        entry = history["entries"][history["currentIndex"] - 1]["id"]
        self.tools.send("Page.navigateToHistoryEntry", {"entryId": entry})
        return True

    def watch(self, seconds: float = 0.4) -> list[str]:
        """Everything that was visible at any moment until the page has stood still for a while."""
        texts, end = [], time.monotonic() + seconds
        while time.monotonic() < end or self.look("document.readyState") not in ("complete", None):
            texts.append(self.visible_text())
            time.sleep(0.02)
        return texts


def secrets_of(call: Call) -> list[str]:
    return [call.given, call.family, call.reference, call.reason, NUMBER, CODE_WORD]


def see_record(house: House, page: Page, call: Call) -> None:
    """What a worker looks at before leaving: a list, the case, the person, and the number."""
    for path in ("/cases?list=all", call.case, call.person):
        page.goto(house.site + path)
        expect(page.get_by_role("main")).to_contain_text(call.family)
    Mouse(page).press("Show number and code word")
    expect(page.get_by_role("main")).to_contain_text(NUMBER)
    page.goto(house.site + call.case)


def check_back_shows_nothing(page: Page, call: Call) -> None:
    onlooker, steps = Onlooker(page), 0
    while onlooker.press_back():
        steps += 1
        for text in onlooker.watch():
            seen = [secret for secret in secrets_of(call) if secret in text]
            assert not seen, f"{steps} times Back showed {seen} on {onlooker.look('location.pathname')}"
    assert steps >= 6, f"Back went {steps} steps only"


# The ways to leave

def by_signing_out(house: House, page: Page) -> None:
    Mouse(page).press("Sign out")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")


def by_exit_button(house: House, page: Page) -> None:
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(f"{house.elsewhere}/**")


def by_pressing_shift(house: House, page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(f"{house.elsewhere}/**")


def by_being_ended(house: House, page: Page) -> None:
    """Somebody ends the session from another device."""
    assert house.psql(f"DELETE FROM app.session WHERE {house.session_of(page)} RETURNING 1") == "1"
    press_on(page)


def by_idling(house: House, page: Page) -> None:
    moved = f"UPDATE app.session SET expires_at = now() - interval '1 second' WHERE {house.session_of(page)} RETURNING 1"
    assert house.psql(moved) == "1"
    press_on(page)


def press_on(page: Page) -> None:
    """The next press finds the session over."""
    page.get_by_role("link", name="Cases", exact=True).click()
    page.wait_for_url("**/sign-in?**")


WAYS: list[tuple[str, Callable, tuple[bool, ...]]] = [
    ("signing out", by_signing_out, (True, False)),
    ("the exit button", by_exit_button, (True, False)),
    ("Shift three times", by_pressing_shift, (True,)),
    ("a session that is ended from elsewhere", by_being_ended, (True, False)),
    ("a session that idles out", by_idling, (True, False)),
]


def leaving_by(words: str, leave: Callable, script: bool) -> None:
    @test(f"After {words}, Back shows nothing of the record, {'with' if script else 'without'} script", whole=True)
    def leaving(house: House) -> None:
        call = a_call(house)
        page = house.visit(script=script)
        house.sign_in(page, "Helpline worker")
        session = house.session_of(page)
        see_record(house, page, call)
        leave(house, page)
        check_back_shows_nothing(page, call)
        assert house.psql(f"SELECT count(*) FROM app.session WHERE {session} AND expires_at > now()") == "0"


for words, leave, scripts in WAYS:
    for script in scripts:
        leaving_by(words, leave, script)


@test("(This browser has a back-forward cache, or the tests of Back would prove nothing)", whole=True)
def cache_is_on(house: House) -> None:
    call = a_call(house)
    page = house.visit("Helpline worker", script=False)
    page.goto(house.site + call.case)
    onlooker = Onlooker(page)
    onlooker.look("window.left = true")
    page.goto(f"{house.site}/help")
    onlooker.press_back()
    onlooker.watch()
    assert onlooker.look("window.left") is True, "the page was made anew"
    assert call.family in onlooker.visible_text()


@test("While signed in, Back asks the server again, and the number that was shown is not shown again", whole=True)
def back_while_signed_in(house: House) -> None:
    call = a_call(house)
    page = house.visit("Helpline worker")
    see_record(house, page, call)
    onlooker = Onlooker(page)
    onlooker.press_back()
    for text in onlooker.watch():
        assert NUMBER not in text and CODE_WORD not in text
    onlooker.press_back()
    assert call.family in onlooker.watch()[-1], "Back from the number does not lead to the person"


@test("A window that is closed takes the session with it, and its profile keeps no name, number, title or address of hers", whole=True)
def closed_window(house: House) -> None:
    call = Call("Zerelinda", "Thackeraylow", ("21", "7", "1925"), "Hidden in the airing cupboard, says Zerelinda")
    with tempfile.TemporaryDirectory(dir=house.scratch) as folder:
        context = open_profile(house, folder)
        page = context.pages[0]
        house.sign_in(page, "Helpline worker")
        take_call(house, Mouse(page), call)
        see_record(house, page, call)
        page.goto(f"{house.site}/contacts/new")
        page.get_by_label("Why are they in contact?").fill(call.reason)
        expect(page.locator(".drystone-draft-status")).to_contain_text("Draft saved at")
        context.close()
        check_profile(Path(folder), call)
        context = open_profile(house, folder)
        context.pages[0].goto(house.site + call.case)
        assert "/sign-in" in context.pages[0].url, "a new window opened the case without signing in"
        context.close()
        check_profile(Path(folder), call)


def open_profile(house: House, folder: str) -> BrowserContext:
    context = house.playwright.chromium.launch_persistent_context(
        folder, executable_path=house.chromium, args=house.flags, ignore_default_args=AS_PEOPLE_HAVE_IT,
        locale="en-GB", viewport={"width": 1280, "height": 900})
    return house.watched(context)


def check_profile(folder: Path, call: Call) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files, "the browser left no profile to search"
    for path in files:
        held = path.read_bytes().lower()
        for secret in secrets_of(call):
            for code in ("utf-8", "utf-16-le"):
                assert secret.lower().encode(code) not in held, f"{path.relative_to(folder)} holds {secret}"
    check_history(folder / "Default" / "History")


def check_history(path: Path) -> None:
    """What the browser's own history tells: titles that say nothing."""
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as history:
        visited = history.execute("SELECT url, title FROM urls").fetchall()
    ours = {title for url, title in visited if title}
    assert len(ours) > 8, f"the history holds {len(ours)} titles only"
    telling = [title for title in ours for word in TELLING if word in title.lower()]
    assert not telling, f"titles that tell what this is for: {telling}"
    assert all("?" not in url or url.split("?")[1].split("=")[0] in PLAIN_QUERIES for url, _ in visited), visited


# Words that no title may hold, and the only questions that stand in an address.
TELLING = ["abuse", "violence", "victim", "harm", "safe", "refuge", "helpline", "dash", "risk", "emergency", "police"]
PLAIN_QUERIES = ["list", "search", "next", "from", "before"]
