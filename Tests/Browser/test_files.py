"""Files: a real browser sends one with a form and saves it again; what can't be taken is explained, every word kept."""

from pathlib import Path

from playwright.sync_api import Page, expect

from axe import Checker
from call import a_call
from hands import Mouse
from harness import test
from house import House

LABEL = "The assessment itself, as a file"
AGAIN = "The file that you chose is not kept on this page"
# As large as it may be, all but a little.
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40_000 + b"\n%%EOF\n"


def chosen(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def fill(house: House, page: Page) -> None:
    page.goto(f"{house.site}{a_call(house).person}/risk/received")
    hand = Mouse(page)
    hand.choose("Which tool was used?", "Police DASH (27 items)")
    hand.write_date("On which day was it made?", "1", "2", "2026")
    hand.write("Who assessed?", "Response officer")
    hand.write("Anything else it says", "Came by post")


def picture(house: House, page: Page, name: str) -> None:
    page.screenshot(path=house.shots / f"files-{name}.png", full_page=True)


def check_looks(page: Page, name: str) -> None:
    checker = Checker(page, script=True)
    checker.check(name)
    assert not checker.problems, checker.problems


@test("A document of 10 MB comes with an assessment, and is saved again under a name that says nothing")
def document(house: House) -> None:
    for script, width in ((True, 1280), (False, 320)):
        house.psql("DELETE FROM app.draft")
        page = house.visit("Helpline worker", script=script, width=width)
        fill(house, page)
        # The grade is missing: the words come back, the file doesn't, and the page says so.
        page.get_by_label(LABEL).set_input_files(chosen("Ysolette DASH.pdf", PDF))
        picture(house, page, f"form-{width}")
        Mouse(page).press("Save assessment")
        expect(page.get_by_role("alert")).to_contain_text("Choose the file again")
        expect(page.get_by_role("main")).to_contain_text(AGAIN)
        expect(page.get_by_label("Anything else it says")).to_have_value("Came by post")
        picture(house, page, f"refused-{width}")
        if script:
            check_looks(page, "a form whose file must be chosen again")
        Mouse(page).choose("Which grade does it give?", "Standard")
        page.get_by_label(LABEL).set_input_files(chosen("Ysolette DASH.pdf", PDF))
        Mouse(page).press("Save assessment")
        expect(page.get_by_role("main")).to_contain_text("PDF, 10.2 MB")
        picture(house, page, f"kept-{width}")
        if script:
            check_looks(page, "an assessment with its document")
        with page.expect_download() as saving:
            page.get_by_role("button", name="Save document-").click()
        assert saving.value.suggested_filename.startswith("document-"), saving.value.suggested_filename
        assert Path(saving.value.path()).read_bytes() == PDF
        assert not house.psql("SELECT id FROM app.attachment WHERE strpos(encode(content_sealed, 'hex'), "
                              "encode('%PDF-1.4', 'hex')) > 0")


@test("A file of another kind, or one that is too large, is refused beside its field")
def refused(house: House) -> None:
    page = house.visit("Helpline worker", script=False)
    for content, words in ((b"MZ\x90 a program", "must be a PDF, JPEG, PNG, DOCX, XLSX, ODT or ODS"), (b"", "The file is empty"),
                           (PDF + bytes(400_000), "must be smaller than 10 MB")):
        fill(house, page)
        page.get_by_label(LABEL).set_input_files(chosen("letter.pdf", content))
        Mouse(page).press("Save assessment")
        expect(page.locator("#document-error")).to_contain_text(words)
        expect(page.get_by_label("Who assessed?")).to_have_value("Response officer")
    house.psql("DELETE FROM app.draft")


@test("An email that was saved as a file fills the form of a contact")
def email(house: House) -> None:
    mail = (b"MIME-Version: 1.0\r\nFrom: =?utf-8?Q?Zo=C3=AB?= <z@example.org>\r\n"
            b"Date: Tue, 3 Mar 2026 21:14:05 +0000\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<script>window.executed=1</script><p>Please ring</p>")
    for script, width in ((True, 1280), (False, 320)):
        page = house.visit("Helpline worker", script=script, width=width)
        page.goto(f"{house.site}/contacts/email")
        picture(house, page, f"email-{width}")
        page.get_by_label("Or the email as a file").set_input_files(chosen("Re.eml", mail))
        Mouse(page).press("Read it")
        expect(page.get_by_label("Why are they in contact?")).to_have_value(
            "From: Zoë <z@example.org>\nSent: Tue, 3 Mar 2026 21:14:05 +0000\n\nPlease ring")
        expect(page.locator("input[name=happened-time]")).to_have_value("21:14")
        picture(house, page, f"email-read-{width}")
        if script:
            assert page.evaluate("window.executed") is None
