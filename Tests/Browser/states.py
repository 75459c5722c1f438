"""Pages that no link leads to: what a form answers. Each is come to as people come to it, and checked."""

from collections.abc import Callable

from playwright.sync_api import Page

from axe import Checker
from call import NUMBER, Call, a_call, take_call
from hands import Mouse
from house import House, totp
from test_forms import records


def walk_states(house: House, script: bool) -> None:
    """Comes to every page of every group, checks each, and then tells all that was wrong."""
    problems = []
    # Nothing of what was refused comes back.
    house.psql("DELETE FROM app.draft")
    for who, walks in WALKS.items():
        checker = Checker(house.visit(who), script)
        for walk in walks:
            walk(house, checker)
        problems += checker.problems
        checker.page.context.close()
    assert not problems, "\n".join(problems)


# Helpline worker

def search_results(house: House, checker: Checker) -> None:
    page, call = checker.page, a_call(house)
    page.goto(house.site + call.contact)
    checker.check("a contact of which everything is done")
    for name, family in {"nobody": "Qqqzzyx", "one": call.family, "several": "Smith"}.items():
        page.goto(f"{house.site}{call.contact}/search")
        Mouse(page).write("Last name", family)
        Mouse(page).press("Search")
        checker.check(f"search that found {name}")
    page.get_by_role("button", name="Add a new person").click()
    checker.check("a new person, as searched for")


def chosen(house: House, checker: Checker) -> None:
    """Somebody on record, looked for to be tied to somebody else."""
    page, call = checker.page, a_call(house)
    for kind in ("harming", "children", "same"):
        page.goto(f"{house.site}{records(house)['person']}/{kind}/search")
        checker.check(f"a search for somebody on record, {kind}")
        Mouse(page).write("Last name", call.family)
        Mouse(page).press("Search")
        checker.check(f"somebody on record, {kind}")
        page.get_by_role("link", name=f"Choose {call.name}").click()
        checker.check(f"somebody chosen, {kind}")


def reveal(house: House, checker: Checker) -> None:
    checker.page.goto(house.site + a_call(house).person)
    Mouse(checker.page).press("Show number and code word")
    checker.check("a number that was shown")


def kept_draft(house: House, checker: Checker) -> None:
    """Refused, left, and opened again."""
    checker.page.goto(f"{house.site}/contacts/new")
    Mouse(checker.page).write("Advice given", "Kept.")
    Mouse(checker.page).press("Save contact")
    checker.page.goto(f"{house.site}/contacts/new")
    checker.page.get_by_text("It happened earlier").click()
    checker.check("a form with kept words, everything open")
    Mouse(checker.page).press("Start again with an empty form")


def conflicts(house: House, checker: Checker) -> None:
    """A colleague was quicker: details, a note, who holds the case."""
    changed = {
        f"{records(house)['person']}/edit": "UPDATE app.person SET version = version + 1, language = 'Polish' WHERE id = '{}'",
        f"{records(house)['person']}/about": "UPDATE app.person SET version = version + 1, religion = 'sikh' WHERE id = '{}'",
        f"{records(house)['contact']}/edit": "UPDATE app.contact SET version = version + 1 WHERE id = '{}'",
        f"{records(house)['note']}/edit": "UPDATE app.case_note SET version = version + 1, body = 'Theirs' WHERE id = '{}'",
        f"{records(house)['case']}/allocate": "UPDATE app.case_record SET version = version + 1 WHERE id = '{}'",
    }
    for path, statement in changed.items():
        conflict(house, checker, path, statement.format(path.split("/")[2]))


def conflict(house: House, checker: Checker, path: str, statement: str) -> None:
    page = checker.page
    page.goto(house.site + path)
    if path.endswith("allocate"):
        page.get_by_role("radio").first.check()
    house.psql(statement)
    with page.expect_navigation() as answered:
        page.locator("main form:not([action='/drafts/discard'])").last.get_by_role("button").last.click()
    assert answered.value.status == 409, f"{path} answered {answered.value.status}"
    checker.check(f"{path.rpartition('/')[2]} after a colleague")


def caller_named(house: House, checker: Checker) -> None:
    """Across the wall: nobody of the name, and somebody."""
    for name, family in {"nobody": "Qqqzzyx", "somebody": "Smith"}.items():
        checker.page.goto(f"{house.site}{records(house)['other side']}/warn")
        Mouse(checker.page).write("Last name", family)
        Mouse(checker.page).press("Look")
        checker.page.wait_for_url("**/warn/*")
        checker.check(f"a caller of the other side: {name} of the name")


def pasted_email(house: House, checker: Checker) -> None:
    checker.page.goto(f"{house.site}/contacts/email")
    Mouse(checker.page).write("The email, with its first lines (from, sent, subject)", "From: A\nSubject: B\n\n" + "Words. " * 900)
    Mouse(checker.page).press("Read it")
    checker.check("a contact read from an email")


def refusals(house: House, checker: Checker) -> None:
    page = checker.page
    for name, path, status in [("a page that is not there", "/cases/00000000-0000-0000-0000-000000000000", 404),
                               ("a page for others", "/accounts", 403)]:
        assert page.goto(house.site + path).status == status
        checker.check(name)
    page.goto(f"{house.site}/contacts/new")
    page.locator("main [name=csrf]").evaluate("field => { field.value = 'stale' }")
    Mouse(page).press("Save contact")
    checker.check("a form that was open for too long")
    page.goto(f"{house.site}/contacts/new")
    Mouse(page).write("Why are they in contact?", "x" * 1_200_000)
    Mouse(page).press("Save contact")
    checker.check("a form that is too long")


def ending(house: House, checker: Checker) -> None:
    page = checker.page
    page.goto(f"{house.site}/account/stay")
    checker.check("still signed in")
    page.goto(f"{house.site}/account")
    Mouse(page).press("Make new recovery codes")
    checker.check("recovery codes")


def warned(house: House, checker: Checker) -> None:
    """Two minutes before the end, which takes script."""
    if not checker.script:
        return
    # Coming to a call's screen is a click that extends the session; coming back to it so soon is not.
    checker.page.goto(f"{house.site}/contacts/new")
    house.psql(f"UPDATE app.session SET expires_at = now() + interval '90 seconds', seen_at = now() WHERE {house.session_of(checker.page)}")
    checker.page.goto(f"{house.site}/contacts/new")
    checker.page.get_by_role("link", name="Keep it open").wait_for()
    checker.check("the warning before the screen locks")
    house.psql(f"UPDATE app.session SET expires_at = now() + interval '15 minutes' WHERE {house.session_of(checker.page)}")


# Administrator

def invitation(house: House, checker: Checker) -> None:
    """A colleague is invited, and sets up the account: each step of both."""
    page, hand = checker.page, Mouse(checker.page)
    name = f"Ottoline Brackenbury-{'Sparrow' if checker.script else 'Wren'}"
    page.goto(f"{house.site}/accounts/new")
    hand.write("Full name", name)
    hand.write("Email address", f"{name.split('-')[-1].lower()}@example.org")
    page.get_by_label("Agency").select_option(index=1)
    hand.choose("Role", "IDVA")
    hand.press("Invite")
    checker.check("the invitation link")
    link = page.locator("code").inner_text()
    page.goto(link)
    checker.check("an invitation opened by somebody signed in")
    newcomer = Checker(house.visit(), checker.script)
    accept(newcomer, link)
    checker.problems += newcomer.problems
    change_account(house, checker, name)


def accept(checker: Checker, link: str) -> None:
    page, hand = checker.page, Mouse(checker.page)
    page.goto(link)
    checker.check("an invitation")
    hand.write("New password", "lantern heron meadow biscuit")
    hand.press("Continue")
    checker.check("the authenticator's key")
    secret = page.locator("main code").first.inner_text().replace(" ", "")
    hand.write("Six-digit code that the app shows now", totp(secret))
    hand.press("Finish")
    checker.check("the first recovery codes")


def change_account(house: House, checker: Checker, name: str) -> None:
    """Role and account, and a second administrator who was quicker."""
    page, hand = checker.page, Mouse(checker.page)
    account = house.psql(f"SELECT id FROM app.account WHERE full_name = '{name}'")
    again = f"UPDATE app.account SET version = version + 1 WHERE id = '{account}'"
    page.goto(f"{house.site}/accounts/{account}")
    checker.check("an account")
    page.get_by_role("link", name="End IDVA").click()
    checker.check("the end of a role")
    house.psql(again)
    hand.press("End this role")
    checker.check("the end of a role after a colleague")
    page.goto(f"{house.site}/accounts/{account}/invitation")
    checker.check("a new link")
    page.goto(f"{house.site}/accounts/{account}/renewals/{propose_renewal(house, account)}")
    checker.check("a new link that another administrator proposed")
    page.goto(f"{house.site}/accounts/{account}/end")
    checker.check("the end of an account")
    hand.press("End this account now")
    checker.check("an account that has ended")


def propose_renewal(house: House, account: str) -> str:
    """By the second administrator of the tests, from behind."""
    return house.psql(f"""
        INSERT INTO app.renewal (id, partnership_id, account_id, recognised, proposed_by)
        SELECT gen_random_uuid(), partnership_id, '{account}', 'inPerson', id FROM app.account
        WHERE full_name = 'Fennimore Oxtoby' RETURNING id""")


# Nobody

def signing_in(house: House, checker: Checker) -> None:
    page, person = checker.page, house.people["IDVA 2"]
    house.forget_failed_sign_ins()
    page.goto(f"{house.site}/sign-in")
    Mouse(page).write("Email address", person["email"])
    Mouse(page).write("Password", person["password"])
    Mouse(page).press("Continue")
    checker.check("the code")
    page.goto(f"{house.site}/sign-in")
    while page.get_by_role("heading", level=1).inner_text() != "Too many tries":
        Mouse(page).write("Email address", "nobody@example.org")
        Mouse(page).write("Password", "wrong wrong wrong")
        Mouse(page).press("Continue")
    checker.check("too many tries")
    house.forget_failed_sign_ins()


WALKS: dict[str | None, list[Callable[[House, Checker], None]]] = {
    "Helpline worker": [search_results, chosen, reveal, kept_draft, conflicts, caller_named, pasted_email, refusals, ending,
                        warned],
    "Administrator": [invitation],
    None: [signing_in],
}
