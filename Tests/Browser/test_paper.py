"""A sheet that is handed over: one side of A4, and nothing on it that tells a stranger what it is."""

import re

from playwright.sync_api import Page, expect

from axe import Checker
from call import a_call
from hands import Mouse
from harness import test
from house import House

PARTS = ("starts", "leaving", "home", "away", "phone", "children", "money", "help", "calm")
SENTENCE = "We meet at Wimbledon Common by the windmill, below the map, always on the hour.  "
# Characters in each part, just below what each size of letters holds, and a line of its own for each few words.
FULL = {"large": SENTENCE[:53] * 2, "medium": SENTENCE[:65] * 3, "small": SENTENCE[:77] * 4,
        "small, in short lines": "Marmalade\n" * 4}
TELLING = ("drystone", "safety", "plan", "refuge", "abuse", "domestic", "case", "person", "sign out", "exit", "http")


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def write(house: House, page: Page, person: str, words: str) -> None:
    page.goto(f"{house.site}{person}/plan/adult")
    for part in PARTS:
        page.locator(f"#{part}").fill(words)
    Mouse(page).press("Save plan")
    page.wait_for_url(f"**{person}/plan")


@test("A safety plan fits on one side of A4, however much is written, and says to nobody what it is")
def sheet(house: House) -> None:
    call = a_call(house)
    for name, words in FULL.items():
        page = house.visit("Helpline worker")
        write(house, page, call.person, words)
        page.get_by_role("link", name="One page to hand over").click()
        expect(page).to_have_title("Notes")
        size = name.split(",")[0]
        assert page.locator(f".drystone-sheet--{size}").count() == 1, f"not {size}"
        page.emulate_media(media="print")
        seen = page.locator("body").inner_text().lower()
        assert "notes" in seen and words.split()[0].lower() in seen, seen
        told = [word for word in (*TELLING, call.given.lower(), call.family.lower()) if word in seen]
        assert not told, told
        pdf = page.pdf(prefer_css_page_size=True)
        (house.shots / f"paper-{size}.pdf").write_bytes(pdf)
        assert pages(pdf) == 1, f"{name}: {pages(pdf)} pages"
        page.emulate_media(media="screen")
        page.screenshot(path=house.shots / f"paper-{size}.png", full_page=True)


@test("A safety plan is read and written on a screen of 320 pixels, with script and without")
def screens(house: House) -> None:
    person = a_call(house).person
    for script, width in ((True, 1280), (False, 320)):
        page = house.visit("Helpline worker", script=script, width=width)
        for path in ("/plan/adult", "/plan/child", "/plan", ""):
            page.goto(house.site + person + path)
            page.screenshot(path=house.shots / f"plan{path.replace('/', '-')}-{width}.png", full_page=True)
            if script:
                checker = Checker(page, script=True)
                checker.check(path)
                assert not checker.problems, checker.problems
