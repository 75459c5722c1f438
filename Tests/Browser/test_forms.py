"""Every form, given what nobody should type: a clear message beside the field, everything kept, nothing executed."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from axe import WIDTHS, Checker
from call import Call, a_call, lower_grade, take_call
from hands import Mouse
from harness import LONG, test
from house import House

ACCESS_TABLE = Path(__file__).resolve().parents[1] / "AppTests" / "Golden" / "access.txt"

# What is typed into every field of a form that takes text.
HOSTILE = {
    "nothing at all": "",
    "10,000 characters": "overlong " * 1_111 + "x",
    "emoji": "👩‍👧‍👦🏳️‍🌈🔥 Zoë’s “name”",
    "right-to-left text": "مرحبا بالعالم \u202egnorw eht yaw dnuor\u202c שלום",
    "a script": "\"'></textarea></title><script>window.executed = 1</script><img src=x onerror='window.executed = 2'>",
    "SQL": "'); DROP TABLE app.person; --",
    "a date that is none": "31 2 2026",
}


@dataclass(frozen=True)
class Form:
    """A form: its route in the access table, who fills it in, how they come to it, and what it is given."""

    route: str
    who: str | None
    open: Callable[[House, Page], None]
    corpus: tuple[str, ...] = tuple(HOSTILE)
    # The end of its address, where its page has other forms too; else it is the page's last.
    action: str = ""
    # What it decides is decided after its texts: nobody comes to it again.
    once: bool = False

    @property
    def refuses_nothing(self) -> bool:
        """Whether sending it empty is refused; where it isn't, that stands last in the corpus."""
        return self.corpus[0] == "nothing at all"

    def on(self, page: Page) -> Locator:
        """The form itself, with whatever it is folded into open."""
        page.locator("main details:has(form)").evaluate_all("all => all.forEach(one => { one.open = true })")
        mine = f"[action$='{self.action}']" if self.action else ":not([action='/drafts/discard'])"
        return page.locator("main form" + mine).last


# Getting there

def at(path: str) -> Callable[[House, Page], None]:
    """Straight to an address; {contact}, {person}, {case}, {note}, {account} … are the records of this file's own call."""
    return lambda house, page: page.goto(house.site + path.format(**records(house)))


def at_match(house: House, page: Page) -> None:
    page.goto(f"{house.site}/interests")
    page.get_by_role("link", name="Decide").first.click()
    page.wait_for_url("**/interests/*")


def at_taking_back(house: House, page: Page) -> None:
    """An entry of its own each time: it is taken back once."""
    page.goto(house.site + add_child_entry(house, records(house)["person"]) + "/withdraw")


def at_sending(house: House, page: Page) -> None:
    """The call of the demonstration."""
    page.goto(f"{house.site}/team/data")
    page.locator("main table").get_by_role("link").first.click()
    page.get_by_role("button", name="Send").first.click()
    page.wait_for_url("**/send?**")


def at_own_words(house: House, page: Page) -> None:
    """What was sent by the demonstration's front door has words of its own."""
    page.goto(f"{house.site}/team/data")
    page.locator("main table").get_by_role("link").first.click()
    page.get_by_role("link", name="Number 1").click()
    page.get_by_role("button", name="Say what they mean").click()
    page.wait_for_url("**/words")


def at_request(house: House, page: Page) -> None:
    add_child_request(house)
    page.goto(f"{house.site}/child-requests")
    page.locator("main table").first.get_by_role("link").last.click()
    page.wait_for_url("**/child-requests/*")


def at_code(house: House, page: Page) -> None:
    house.forget_failed_sign_ins()
    page.goto(f"{house.site}/sign-in")
    page.get_by_label("Email address").fill(house.people["IDVA 2"]["email"])
    Mouse(page).write("Password", house.people["IDVA 2"]["password"])
    Mouse(page).press("Continue")


def at_sign_in(house: House, page: Page) -> None:
    house.forget_failed_sign_ins()
    page.goto(f"{house.site}/sign-in")


def at_own_password(house: House, page: Page) -> None:
    house.forget_failed_sign_ins()
    page.goto(f"{house.site}/account/password")


def at_authenticator(house: House, page: Page) -> None:
    page.goto(records(house)["link"])
    Mouse(page).write("New password", "heron lantern biscuit meadow")
    Mouse(page).press("Continue")


def at_role_end(house: House, page: Page) -> None:
    page.goto(house.site + records(house)["account"])
    page.get_by_role("link", name="End Helpline worker").click()


def at_referral_answer(house: House, page: Page) -> None:
    """A referral of its own each time: an answer is given once."""
    page.goto(f"{house.site}/referrals/new")
    Mouse(page).write("What is happening?", "To be answered.")
    Mouse(page).press("Send referral")


def at_lower_grade(house: House, page: Page) -> None:
    """One that waits for a second person; agreed, it waits no longer. Of the call that no form restricts."""
    person = a_call(house).person
    if "lower" not in house.kept:
        house.kept["lower"] = lower_grade(house, person) + "/confirm"
    page.goto(house.site + house.kept["lower"])
    if not page.get_by_label("Why?").count():
        house.kept["lower"] = lower_grade(house, person) + "/confirm"
        page.goto(house.site + house.kept["lower"])


def at_closing(house: House, page: Page) -> None:
    """A case of its own, of high risk: once somebody has proposed to close it, the next one."""
    if "closing" not in house.kept:
        call = Call("Ottilie", "Penhaligrew", ("4", "8", "1988"))
        caller = house.visit("Helpline worker")
        caller.goto(house.site)
        take_call(house, Mouse(caller), call)
        house.kept |= {"closing": call.case, "closing person": call.person}
        caller.context.close()
    page.goto(f"{house.site}{house.kept['closing']}/close")
    if not page.get_by_label("What was done, and what is left?").count():
        house.kept["closing"] = next_case(house)
        page.goto(f"{house.site}{house.kept['closing']}/close")


def next_case(house: House) -> str:
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{house.kept['closing person']}/cases/new")
    Mouse(page).choose("Who will hold the case?", "Allocate later")
    Mouse(page).press("Open case")
    page.wait_for_url("**/cases/*")
    path = page.url.removeprefix(house.site)
    page.context.close()
    return path


def at_second_closing(house: House, page: Page) -> None:
    """What a colleague proposed; answered, it waits no longer."""
    path = house.kept.get("proposed", "")
    if path:
        page.goto(house.site + path)
    if not path or not page.url.endswith("/confirm"):
        proposer = house.visit("Helpline worker")
        at_closing(house, proposer)
        Mouse(proposer).choose("Why does the case end?", "Moved away")
        Mouse(proposer).write("What was done, and what is left?", "Gone to family.")
        Mouse(proposer).press("Propose to close")
        house.kept["proposed"] = house.kept["closing"] + "/close/confirm"
        proposer.wait_for_url("**" + house.kept["closing"])
        proposer.context.close()
        page.goto(house.site + house.kept["proposed"])


def at_hold(house: House, page: Page) -> None:
    page.goto(f"{house.site}/retention/holds")
    page.locator("main table a").first.click()
    page.wait_for_url("**/retention/holds/*")


def add_hold(house: House) -> str:
    """On somebody of the manager's agency."""
    return "/retention/holds/" + house.psql(f"""
        WITH made AS (
            INSERT INTO app.legal_hold (id, partnership_id, agency_id, subject_id, kind, words, review_on, recorded_at,
                                        recorded_by)
            SELECT gen_random_uuid(), p.partnership_id, p.agency_id, p.id, 'court', 'For the court', current_date + 90,
                now(), m.id
            FROM app.account m JOIN app.role_assignment r ON r.account_id = m.id
            JOIN app.person p ON p.agency_id = r.agency_id AND NOT p.withheld
            WHERE m.email = '{house.people['Service manager']['email']}' ORDER BY p.created_at LIMIT 1 RETURNING id)
        SELECT id FROM made""")


def at_due(house: House, page: Page) -> None:
    page.goto(house.site + add_due(house))


def add_due(house: House) -> str:
    """A record as if its time had run out, and nobody had proposed to delete it."""
    house.psql("""
        INSERT INTO app.retention_due (id, partnership_id, agency_id, subject_id, rule, due_on)
        SELECT gen_random_uuid(), p.partnership_id, p.agency_id, p.id, 'contact', current_date - 9
        FROM app.person p WHERE NOT EXISTS (SELECT FROM app.retention_proposal r WHERE r.subject_id = p.id)
        ORDER BY p.created_at LIMIT 1 ON CONFLICT DO NOTHING""")
    due = house.psql("""
        SELECT d.id FROM app.retention_due d
        WHERE NOT EXISTS (SELECT FROM app.retention_proposal r WHERE r.subject_id = d.subject_id) LIMIT 1""")
    return f"/retention/due/{due}"


def at_deletion(house: House, page: Page) -> None:
    page.goto(house.site + add_deletion(house))


def add_deletion(house: House) -> str:
    """What the officer proposed about somebody of the manager's agency."""
    house.psql(f"""
        INSERT INTO app.retention_proposal (id, partnership_id, agency_id, subject_id, rule, due_on, reason, proposed_at,
                                            proposed_by)
        SELECT gen_random_uuid(), p.partnership_id, p.agency_id, p.id, 'contact', current_date - 9, 'Time', now(), o.id
        FROM app.person p JOIN app.role_assignment r ON r.agency_id = p.agency_id
        JOIN app.account m ON m.id = r.account_id AND m.email = '{house.people['Service manager']['email']}',
             app.account o
        WHERE o.email = '{house.people['Data protection officer']['email']}' AND NOT p.withheld
        ORDER BY p.created_at DESC LIMIT 1 ON CONFLICT DO NOTHING""")
    waiting = house.psql("SELECT id FROM app.retention_proposal WHERE decision IS NULL LIMIT 1")
    return f"/retention/proposals/{waiting}"


PACK_COLUMNS = {
    "none": "",
    # What the steps before have set.
    "begun": "", "deciding": "gathered", "waits": "gathered prepared", "signed": "gathered prepared signed",
}


def add_pack(house: House, state: str) -> str:
    """A request at the manager's agency, known who asks, and its pack at a step; its one piece can't be opened."""
    request, pack, piece = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    steps = PACK_COLUMNS[state].split()
    names = "".join(f", {step}_at, {step}_by" for step in steps)
    # Gathered and signed by the manager, prepared by the officer.
    values = "".join(f", now(), {'o.id' if step == 'prepared' else 'm.id'}" for step in steps)
    cast = f"""
        FROM app.account m JOIN app.role_assignment r ON r.account_id = m.id, app.account o
        WHERE m.email = '{house.people['Service manager']['email']}' AND r.role = 'serviceManager'
          AND o.email = '{house.people['Data protection officer']['email']}' LIMIT 1"""
    house.psql(f"""
        INSERT INTO app.data_matter (id, partnership_id, agency_id, subject_id, kind, since, told_sealed, step, steps,
                                     recorded_at, recorded_by)
        SELECT '{request}', m.partnership_id, r.agency_id, '{request}', 'police', now(), '\\x00', 'identified', 1,
               now(), o.id {cast}""")
    house.psql(f"""
        INSERT INTO app.data_matter_step (matter_id, partnership_id, agency_id, kind, subject_id, number, step,
                                          happened_at, words_sealed, recorded_at, recorded_by)
        SELECT id, partnership_id, agency_id, kind, subject_id, 1, 'identified', now(), '\\x00', now(), recorded_by
        FROM app.data_matter WHERE id = '{request}'""")
    if state == "none":
        return f"/register/matters/{request}"
    house.psql(f"""
        INSERT INTO app.pack (id, partnership_id, agency_id, matter_id, number, subject_id, intercept, begun_at,
                              begun_by, told_sealed{names})
        SELECT '{pack}', m.partnership_id, r.agency_id, '{request}', 1, '{pack}', false, now(), o.id,
               '\\x00'{values} {cast}""")
    if state == "deciding":
        house.psql(f"""
            INSERT INTO app.pack_item (id, partnership_id, agency_id, pack_id, subject_id, number, piece_sealed)
            SELECT '{piece}', partnership_id, agency_id, id, subject_id, 1, '\\x00' FROM app.pack
            WHERE id = '{pack}'""")
    return f"/packs/{pack}"


def at_pack(state: str, path: str) -> Callable[[House, Page], None]:
    def come(house: House, page: Page) -> None:
        page.goto(house.site + add_pack(house, state) + path)
    return come


def at_review(house: House, page: Page) -> None:
    """A case that was opened in an emergency; reviewed, the next one."""
    waiting = house.psql("SELECT id FROM app.emergency_access WHERE reviewed_at IS NULL LIMIT 1") or open_case(house)
    page.goto(f"{house.site}/emergency/reviews/{waiting}")


def open_case(house: House) -> str:
    """By somebody of another agency than the case's."""
    house.psql(f"""
        INSERT INTO app.emergency_access (id, partnership_id, agency_id, reference, account_id, case_id, reason, ends_at,
                                          review_due)
        SELECT gen_random_uuid(), c.partnership_id, c.agency_id, c.reference, a.id, c.id, 'He is at the door',
            now() + interval '1 hour', now() + interval '1 day'
        FROM app.case_record c, app.account a WHERE a.email = '{house.people['Helpline worker']['email']}'
            AND NOT c.withheld AND c.closed_at IS NULL LIMIT 1""")
    return house.psql("SELECT id FROM app.emergency_access WHERE reviewed_at IS NULL LIMIT 1")


def at_share(word: str) -> Callable[[House, Page], None]:
    """What a colleague asked to share; answered or taken back, the next one."""
    def go(house: House, page: Page) -> None:
        path = house.kept.get("share") or add_share(house, records(house)["case"])
        page.goto(f"{house.site}{path}/{word}")
        if not page.url.endswith(word):
            page.goto(f"{house.site}{add_share(house, records(house)['case'])}/{word}")
    return go


def add_share(house: House, case: str) -> str:
    """Without consent: a second person is asked."""
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{case}/shares/new?route=police")
    hand = Mouse(page)
    while page.locator("input[name=parts]:checked").count():
        page.locator("input[name=parts]:checked").first.uncheck()
    hand.write("Why now, for this person?", "He is released on Friday.")
    hand.write("Or somebody else", "The officer of the case")
    hand.write("What you tell them in words", "He has a key.")
    hand.choose("Do they agree?", "They can’t be asked now")
    hand.press("Save")
    page.wait_for_url(f"**{case}/shares")
    house.kept["share"] = page.locator("main a[href$='/confirm']").first.get_attribute("href").removesuffix("/confirm")
    page.context.close()
    return house.kept["share"]


def at_plan_share(house: House, page: Page) -> None:
    plan = f"{house.site}{records(house)['person']}/plan"
    page.goto(plan)
    if not page.get_by_role("link", name="Share with an agency").count():
        page.goto(plan + "/adult")
        Mouse(page).write("Leaving quickly", "By the back gate.")
        Mouse(page).press("Save plan")
        page.goto(plan)
    page.get_by_role("link", name="Share with an agency").first.click()
    page.wait_for_url("**/share")


def at_withdrawal(house: House, page: Page) -> None:
    path = house.kept.get("consent") or add_consent(house, records(house)["case"])
    page.goto(f"{house.site}{path}/withdraw")
    if not page.url.endswith("/withdraw"):
        page.goto(f"{house.site}{add_consent(house, records(house)['case'])}/withdraw")


def add_consent(house: House, case: str) -> str:
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{case}/consents/new")
    hand = Mouse(page)
    hand.write("Or somebody else", "Her doctor")
    hand.write("For what?", "Sleeping tablets")
    hand.choose("How did they agree?", "They said so")
    write_day(hand, "Until which day?", 60)
    hand.press("Save")
    page.wait_for_url(f"**{case}/shares")
    house.kept["consent"] = page.locator("main a[href$='/withdraw']").first.get_attribute("href") \
        .removesuffix("/withdraw")
    page.context.close()
    return house.kept["consent"]


def at_link(word: str) -> Callable[[House, Page], None]:
    """Two records that a colleague says are one person; it waits for somebody else."""
    return lambda house, page: page.goto(f"{house.site}{house.kept.get('link') or add_link(house)}/{word}")


def add_link(house: House) -> str:
    person = records(house)["person"].removeprefix("/people/")
    other = house.psql(f"""
        SELECT o.id FROM app.person p JOIN app.person o ON o.agency_id = p.agency_id AND o.id <> p.id AND NOT o.withheld
        WHERE p.id = '{person}' ORDER BY o.created_at LIMIT 1""")
    house.psql(f"""
        INSERT INTO app.same_person (id, partnership_id, agency_id, first_id, second_id, agrees, words, proposed_at,
                                     proposed_by)
        SELECT gen_random_uuid(), p.partnership_id, p.agency_id, least(p.id, '{other}'), greatest(p.id, '{other}'), '{{}}',
            'The same number', now(), a.id
        FROM app.person p, app.account a
        WHERE p.id = '{person}' AND a.email = '{house.people['IDVA']['email']}'""")
    house.kept["link"] = f"/people/{person}/same/{other}"
    return house.kept["link"]


def at_dismissal(house: House, page: Page) -> None:
    """Something proposes a review of the risk; set aside, the next event does."""
    path = records(house)["person"] + "/events"
    page.goto(f"{house.site}{path}/dismiss")
    if not page.get_by_label("Why is no new assessment needed?").count():
        add_event(house, records(house)["person"])
        page.goto(f"{house.site}{path}/dismiss")


def at_views(house: House, page: Page) -> None:
    page.goto(f"{house.site}/views")
    page.get_by_text("Keep this view").first.click()


FORMS = [
    Form("/sign-in", None, at_sign_in),
    Form("/sign-in/code", None, at_code),
    Form("/account/password", "IDVA", at_own_password),
    Form("/contacts/new", "Helpline worker", at("/contacts/new")),
    Form("/contacts/email", "Helpline worker", at("/contacts/email")),
    Form("/contacts/:id/edit", "Helpline worker", at("{contact}/edit")),
    Form("/contacts/:id/warn", "Helpline worker", at("{other side}/warn")),
    Form("/contacts/:id/search", "Helpline worker", at("{contact}/search")),
    Form("/contacts/:id/people/new", "Helpline worker", at("{contact}/people/new")),
    Form("/contacts/:id/referrals/new", "Helpline worker", at("{contact}/referrals/new")),
    Form("/referrals/new", "Helpline worker", at("/referrals/new")),
    Form("/referrals/:id/answer", "Helpline worker", at_referral_answer),
    # As many as one address may send at once.
    Form("/tell-us", None, at("/tell-us"), tuple(HOSTILE)[:5]),
    Form("/search", "Helpline worker", at("/search")),
    Form("/shift/handover", "Helpline worker", at("/shift/handover")),
    Form("/people/:id/edit", "Helpline worker", at("{person}/edit")),
    Form("/people/:id/about", "Helpline worker", at("{person}/about")),
    Form("/people/:id/names", "Helpline worker", at("{person}/names")),
    Form("/people/:id/children/new", "Helpline worker", at("{person}/children/new")),
    Form("/people/:id/children/search", "Helpline worker", at("{person}/children/search")),
    Form("/people/:id/children/:other", "Helpline worker", at("{person}/children/{other}"), ("nothing at all",)),
    Form("/people/:id/harming/search", "Helpline worker", at("{person}/harming/search")),
    Form("/people/:id/harming/:other", "Helpline worker", at("{person}/harming/{other}"), ("nothing at all",)),
    Form("/people/:id/same/search", "Helpline worker", at("{person}/same/search")),
    Form("/people/:id/same/:other", "Helpline worker", at("{person}/same/{other}"), ("nothing at all",)),
    Form("/people/:id/same/:other/answer", "Helpline worker", at_link("answer"), ("nothing at all",)),
    Form("/people/:id/same/:other/undo", "Helpline worker", at_link("undo"), ("nothing at all",)),
    Form("/people/:id/household", "Helpline worker", at("{person}/household"), action="/household"),
    Form("/people/:id/related/:other", "Helpline worker", at("{related}")),
    Form("/people/:id/related/:other/decision", "Helpline worker", at("{related}"), action="/decision"),
    Form("/people/:id/safe-contact", "Helpline worker", at("{person}/safe-contact")),
    Form("/people/:id/plan/adult", "Helpline worker", at("{person}/plan/adult")),
    Form("/people/:id/plan/child", "Helpline worker", at("{person}/plan/child")),
    Form("/people/:id/harming/new", "Helpline worker", at("{person}/harming/new")),
    Form("/people/:id/addresses/new", "Helpline worker", at("{person}/addresses/new")),
    Form("/people/:id/risk/new", "Helpline worker", at("{person}/risk/new")),
    Form("/people/:id/risk/young", "Helpline worker", at("{person}/risk/young")),
    Form("/people/:id/risk/dara", "Helpline worker", at("{person}/risk/dara")),
    Form("/people/:id/risk/police", "Helpline worker", at("{person}/risk/police")),
    Form("/people/:id/risk/received", "Helpline worker", at("{person}/risk/received")),
    Form("/people/:id/risk/:risk/confirm", "Helpline worker", at_lower_grade),
    Form("/people/:id/incidents/new", "Helpline worker", at("{person}/incidents/new")),
    Form("/people/:id/marac", "Helpline worker", at("{person}/marac")),
    Form("/people/:id/events/new", "Helpline worker", at("{person}/events/new")),
    Form("/people/:id/events/dismiss", "Helpline worker", at_dismissal),
    Form("/risk-tools/wording", "Service manager", at("/risk-tools/wording")),
    Form("/people/:id/cases/new", "Helpline worker", at("{person}/cases/new")),
    Form("/team/working-time", "Service manager", at("/team/working-time")),
    Form("/team/letters/write", "Service manager", at("/team/letters/write")),
    Form("/team/rota", "Service manager", at("/team/rota"), action="/team/rota"),
    Form("/cases/:id/search", "Helpline worker", at("{case}/search")),
    Form("/cases/:id/allocate", "Helpline worker", at("{case}/allocate")),
    Form("/cases/:id/attempts/new", "Helpline worker", at("{case}/attempts/new")),
    Form("/cases/:id/notes/new", "Helpline worker", at("{case}/notes/new")),
    Form("/cases/:id/tasks/new", "Helpline worker", at("{case}/tasks/new")),
    Form("/cases/:id/support/needs/new", "Helpline worker", at("{case}/support/needs/new")),
    Form("/cases/:id/support/needs/:need", "Helpline worker", at("{need}")),
    Form("/cases/:id/interventions/new", "Helpline worker", at("{case}/interventions/new")),
    Form("/cases/:id/orders/new", "Helpline worker", at("{case}/orders/new")),
    Form("/cases/:id/orders/:order", "Helpline worker", at("{order}")),
    Form("/cases/:id/orders/:order/breaches/new", "Helpline worker", at("{order}/breaches/new")),
    Form("/cases/:id/documents/new", "Helpline worker", at("{case}/documents/new")),
    Form("/cases/:id/documents/:document/withdraw", "Helpline worker", at("{document}/withdraw"), ("nothing at all",)),
    Form("/cases/:id/letters/new", "Helpline worker", at("{case}/letters/new?template=blank")),
    Form("/cases/:id/letters/:letter", "Helpline worker", at("{letter}")),
    # Leaves once, and what came of it is said once: nothing typed comes so far.
    Form("/cases/:id/letters/:letter/release", "Helpline worker", at("{letter}/release"), ("nothing at all",)),
    Form("/cases/:id/letters/:letter/outcome", "Helpline worker", at("{letter}/outcome"), ("nothing at all",)),
    Form("/emergency", "Helpline worker", at("/emergency"), action="/emergency"),
    Form("/emergency/reviews/:id", "Data protection officer", at_review),
    Form("/cases/:id/shares/new", "Helpline worker", at("{case}/shares/new")),
    Form("/cases/:id/shares/:share/confirm", "Service manager", at_share("confirm")),
    Form("/cases/:id/shares/:share/end", "Service manager", at_share("end")),
    Form("/people/:id/plan/:plan/share", "Helpline worker", at_plan_share),
    Form("/cases/:id/transfers/new", "Helpline worker", at("{case}/transfers/new")),
    Form("/cases/:id/consents/new", "Helpline worker", at("{case}/consents/new")),
    Form("/cases/:id/consents/:consent/withdraw", "Helpline worker", at_withdrawal),
    *(Form(f"/people/:id/child/{kind}", "Helpline worker", at("{person}/child/" + kind))
      for kind in ("worker", "voice", "harm", "setting", "care", "contact", "goal")),
    Form("/people/:id/child/entries/:entry", "Helpline worker", at("{entry}")),
    Form("/people/:id/child/entries/:entry/withdraw", "Helpline worker", at_taking_back),
    Form("/child-requests/new", "Helpline worker", at("/child-requests/new")),
    # Decided once: what can be saved comes last.
    Form("/child-requests/:id", "Data protection officer", at_request, ("nothing at all", "10,000 characters", "a script"),
         once=True),
    # While one of their units is still free: the forms below take them.
    Form("/units/stays/:stay/transfer", "Accommodation worker", at("{stay}/transfer"), ("nothing at all",)),
    Form("/cases/:id/housing/new", "Helpline worker", at("{case}/housing/new"), ("nothing at all", "10,000 characters")),
    Form("/cases/:id/housing/:request/units/:unit", "Helpline worker", at("{search}/units/{free}"),
         ("10,000 characters",)),
    Form("/cases/:id/housing/:request/elsewhere", "Helpline worker", at("{search}/elsewhere"),
         ("nothing at all", "10,000 characters")),
    Form("/cases/:id/housing/:request/end", "Helpline worker", at("{search}/end"), ("nothing at all",)),
    Form("/cases/:id/housing/:request/offers/:offer", "Helpline worker", at("{search}/offers/{offer}"),
         ("nothing at all", "10,000 characters")),
    Form("/units/asked/:offer", "Accommodation worker", at("/units/asked/{offer}"),
         ("nothing at all", "10,000 characters")),
    Form("/cases/:id/housing/:request/travel", "Helpline worker", at("{search}/travel"), ("nothing at all",)),
    # A name is in the list once, and who is asked no longer can't be chosen: only what is refused is tried.
    # Handed in once more each time, and released once: only what is refused is tried.
    Form("/team/homes/return", "Service manager", at("/team/homes/return"), ("nothing at all",)),
    Form("/figures/prepare", "Analyst", at("/figures/prepare"), ("nothing at all",)),
    Form("/data/specifications/new", "Analyst", at("/data/specifications/new")),
    Form("/data/new", "Analyst", at("/data/new"), ("nothing at all", "10,000 characters", "a script")),
    Form("/team/data/:call/send", "Service manager", at_sending, ("nothing at all", "10,000 characters")),
    Form("/team/data/returns/:return/words", "Service manager", at_own_words, ("nothing at all",)),
    Form("/landlords/new", "Accommodation worker", at("/landlords/new"), ("nothing at all", "10,000 characters")),
    Form("/landlords/:landlord/edit", "Accommodation worker", at("{landlord}/edit"), ("10,000 characters",)),
    Form("/cases/:id/reciprocals/new", "Helpline worker", at("{case}/reciprocals/new"),
         ("nothing at all", "10,000 characters")),
    Form("/cases/:id/reciprocals/:reciprocal/edit", "Helpline worker", at("{reciprocal}/edit"), ("10,000 characters",)),
    Form("/cases/:id/reciprocals/:reciprocal/next", "Helpline worker", at("{reciprocal}/next"), ("nothing at all",)),
    # One goes on at a time, and what is put down is done: only what is refused is tried.
    Form("/cases/:id/sanctuary/new", "Helpline worker", at("{case}/sanctuary/new"), ("nothing at all",)),
    Form("/cases/:id/sanctuary/:sanctuary/edit", "Helpline worker", at("{sanctuary}/edit")),
    Form("/cases/:id/sanctuary/:sanctuary/items", "Helpline worker", at("{sanctuary}/items")),
    Form("/cases/:id/sanctuary/:sanctuary/next", "Helpline worker", at("{sanctuary}/next"), ("nothing at all",)),
    Form("/units/asked/:offer/told", "Accommodation worker", at("/units/asked/{offer}/told"), ("nothing at all",)),
    Form("/units/enquiries/new", "Accommodation worker", at("/units/enquiries/new"), ("nothing at all",)),
    Form("/units/enquiries/:enquiry", "Accommodation worker", at("{enquiry}")),
    Form("/units/services/new", "Accommodation worker", at("/units/services/new")),
    Form("/units/services/:service/edit", "Accommodation worker", at("{service}/edit")),
    Form("/units/services/:service/units/new", "Accommodation worker", at("{service}/units/new")),
    Form("/units/:unit/edit", "Accommodation worker", at("{unit}/edit")),
    # What is put down takes the unit: only what is refused is tried.
    Form("/units/:unit/next", "Accommodation worker", at("{unit}/next"), ("nothing at all", "10,000 characters")),
    # Kept as it was put down: only what is refused is tried.
    Form("/units/stays/:stay/plan", "Accommodation worker", at("{stay}/plan"), ("nothing at all",)),
    Form("/units/stays/:stay/support", "Accommodation worker", at("{stay}/support"), ("nothing at all",)),
    Form("/units/stays/:stay/support/:support/take-back", "Accommodation worker", at("{given}/take-back"), ("nothing at all",)),
    Form("/units/stays/:stay/services", "Accommodation worker", at("{stay}/services"), ("nothing at all",)),
    Form("/units/stays/:stay/review", "Accommodation worker", at("{stay}/review"), ("nothing at all",)),
    Form("/units/stays/:stay/follow-up", "Accommodation worker", at("{left stay}/follow-up"), ("nothing at all",)),
    Form("/programmes/new", "Helpline worker", at("/programmes/new")),
    Form("/programmes/:programme/edit", "Helpline worker", at("{programme}/edit")),
    Form("/programmes/:programme/groups/new", "Helpline worker", at("{programme}/groups/new")),
    Form("/groups/:group/edit", "Helpline worker", at("{group}/edit")),
    Form("/groups/:group/sessions/new", "Helpline worker", at("{group}/sessions/new")),
    Form("/groups/:group/sessions/:session", "Helpline worker", at("{session}")),
    Form("/cases/:id/places/new", "Helpline worker", at("{case}/places/new")),
    Form("/cases/:id/places/:place/next", "Helpline worker", at("{place}/next")),
    Form("/cases/:id/places/:place/sessions/new", "Helpline worker", at("{place}/sessions/new")),
    Form("/cases/:id/places/:place/sessions/:session", "Helpline worker", at("{own session}")),
    Form("/cases/:id/places/:place/notices/new", "Perpetrator worker", at("{his place}/notices/new")),
    Form("/cases/:id/matac/new", "Perpetrator worker", at("{his case}/matac/new")),
    Form("/across/:asked", "Helpline worker", at("{asked}")),
    Form("/cases/:id/across/:support", "Helpline worker", at("{support}")),
    Form("/team/supervision/:worker", "Service manager", at("{worker}")),
    Form("/team/supervision/:worker/:supervision", "Service manager", at("{supervision}")),
    Form("/team/supervision/:worker/:supervision/:case", "Service manager", at("{decision}")),
    # Ended once: only what is refused is tried.
    Form("/cases/:id/across/:support/end", "Helpline worker", at("{support}/end"), ("nothing at all", "10,000 characters")),
    Form("/views/keep", "Helpline worker", at_views, action="/views/keep"),
    # What is not refused is a file.
    Form("/views/file", "Service manager", at("/views?whose=all"), ("nothing at all", "10,000 characters"), "/views/file"),
    Form("/cases/:id/rights/new", "Helpline worker", at("{case}/rights/new")),
    Form("/cases/:id/rights/:matter", "Helpline worker", at("{matter}")),
    Form("/cases/:id/rights/:matter/withdraw", "Helpline worker", at("{matter}/withdraw"), ("nothing at all",)),
    Form("/cases/:id/referrals/new", "Helpline worker", at("{case}/referrals/new")),
    Form("/cases/:id/outcomes/intake", "Helpline worker", at("{case}/outcomes/intake"), ("nothing at all",)),
    Form("/cases/:id/outcomes/review", "Helpline worker", at("{case}/outcomes/review")),
    Form("/cases/:id/outcomes/exit", "Helpline worker", at("{case}/outcomes/exit"), ("nothing at all",)),
    Form("/cases/:id/outcomes/:set/withdraw", "Helpline worker", at("{outcome}/withdraw"), ("nothing at all",)),
    Form("/cases/:id/marac/new", "Helpline worker", at("{case}/marac/new")),
    Form("/cases/:id/marac/:marac/withdraw", "Helpline worker", at("{marac}/withdraw"), ("nothing at all",)),
    Form("/team/data-sets", "Service manager", at("/team/data-sets"), ("nothing at all",)),
    Form("/cases/:id/close", "Helpline worker", at_closing),
    Form("/cases/:id/close/confirm", "Service manager", at_second_closing),
    Form("/notes/:id/edit", "Helpline worker", at("{note}/edit")),
    Form("/accounts/new", "Administrator", at("/accounts/new")),
    Form("/accounts/:id/roles", "Administrator", at("{account}/roles")),
    # Nothing typed ends the role at once, so that comes last.
    Form("/accounts/:id/roles/:role/end", "Administrator", at_role_end, (*tuple(HOSTILE)[1:], "nothing at all")),
    Form("/invitations/:token", None, lambda house, page: page.goto(records(house)["link"])),
    Form("/invitations/:token/authenticator", None, at_authenticator),
    # An answer would sign a colleague out who is needed.
    Form("/accounts/:id/invitation", "Administrator", at("{colleague}/invitation"), ("nothing at all",)),
    Form("/account/interests", "Helpline worker", at("/account/interests"), action="/account/interests"),
    Form("/report-a-breach", "Helpline worker", at("/report-a-breach")),
    Form("/register/requests/new", "Helpline worker", at("/register/requests/new")),
    Form("/register/matters/:id/next", "Data protection officer", at("{data matter}/next")),
    # Each step is taken once: what can be saved comes last.
    Form("/register/matters/:id/pack", "Data protection officer", at_pack("none", "/pack"), (*tuple(HOSTILE)[1:],)),
    Form("/packs/:id/items/:item", "Data protection officer", at_pack("deciding", "/items/next"), ("nothing at all",)),
    Form("/packs/:id/next", "Data protection officer", at_pack("signed", "/next"), ("nothing at all",)),
    Form("/packs/:id/gather", "Service manager", at_pack("begun", "/gather"), ("10,000 characters",)),
    Form("/packs/:id/sign", "Service manager", at_pack("waits", "/sign"), ("nothing at all",)),
    Form("/register/processing/change", "Data protection officer", at("/register/processing/change?type=contacts")),
    Form("/register/assessments/new", "Data protection officer", at("/register/assessments/new")),
    Form("/register/assessments/:id/change", "Data protection officer", at("{impact}/change")),
    Form("/register/notices/change", "Data protection officer", at("/register/notices/change?audience=people")),
    # Decided once: what can be saved comes last.
    Form("/interests/:id", "Data protection officer", at_match, ("nothing at all", "10,000 characters", "a script"),
         once=True),
    Form("/agreements", "Administrator", at("/agreements"), action="/agreements"),
    Form("/retention/schedule", "Data protection officer", at("/retention/schedule"), action="/retention/schedule"),
    Form("/retention/holds", "Data protection officer", at("/retention/holds"), action="/retention/holds"),
    # Lifted, proposed and decided once: nothing typed comes so far.
    Form("/retention/holds/:id", "Data protection officer", at_hold, ("nothing at all",)),
    Form("/retention/due/:id", "Data protection officer", at_due, ("nothing at all",)),
    Form("/retention/proposals/:id", "Service manager", at_deletion, ("nothing at all",)),
]

# Forms that are a button and take no words, or that only the script sends.
BUTTONS = {
    "/units/confirm", "/units/:unit/address", "/units/:unit/posted", "/units/:unit/taken-down",
    "/people/:id/child/entries/:entry/reveal",
    # A choice among those of that name; `ChildRequestTests` sends it.
    "/child-requests/:id/child",
    "/account/recovery-codes", "/account/sessions/:id/end", "/account/interests/:id/end", "/accounts/:id/end",
    "/contacts/:id/person", "/drafts", "/emergency/:id/extend",
    "/people/:id/addresses/:address/reveal", "/people/:id/documents/:document",
    "/people/:id/household/:member/end", "/people/:id/names/:name/end",
    "/people/:id/related/:other/counter", "/contacts/:id/warn/workers", "/shift/handover/:id/read", "/tasks/:id/done",
    "/accounts/:id/renewals/:renewal/confirm", "/accounts/:id/renewals/:renewal/refuse", "/agreements/:id/end", "/team/rota/:id/end",
    "/referrals/:id/take", "/referrals/:id/contact", "/referrals/quarantine/discard",
    # Folded on the page of a transfer; `TransferTests` sends them.
    "/transfers/:id/accept", "/transfers/:id/reject", "/transfers/:id/renew", "/transfers/:id/revoke",
    # `DataSendingTests` sends them.
    "/data/:call/close", "/team/data/returns/:return/read", "/team/data/returns/:return/rows",
    "/across/:asked/end", "/cases/:id/marac/:marac/print", "/views/:view/remove", "/drafts/discard",
    "/people/:id/safe-contact/reveal", "/sign-out", "/lock",
    "/people/:id/safe-contact/reveal", "/sign-out", "/retention/look",
}


def records(house: House) -> dict[str, str]:
    """A call, a note and an account of this file's own, which may come to harm."""
    if "records" not in house.kept:
        # Once it went wrong, each test says so at once.
        house.kept["records"] = {}
        call = Call("Brambleth", "Quillfeather", ("22", "8", "1926"))
        page = house.visit("Helpline worker")
        page.goto(house.site)
        take_call(house, Mouse(page), call)
        house.kept["records"] = {
            "contact": call.contact, "person": call.person, "case": call.case, "note": write_note(house, page, call),
            **programme_records(house, call.case), **supervise(house), "support": add_support(house, call.case),
            **housing_records(house), "need": add_need(house, call.case), "order": add_order(house, call.case),
            "letter": add_letter(house, call.case), "document": add_document(house, call.case),
            "entry": add_child_entry(house, call.person),
            "data matter": add_breach(house, "Helpline worker"), "impact": add_impact(house),
            "sanctuary": add_sanctuary(house, call.case), "reciprocal": add_reciprocal(house, call.case),
            "landlord": "/landlords/" + house.psql("SELECT id FROM app.landlord ORDER BY name LIMIT 1").strip(),
            "matter": add_matter(house, call.case), "outcome": add_outcome(house, call.case), "marac": add_marac(house, call.case),
            "related": related(house, page, call), "other": a_call(house).person.removeprefix("/people/"), "other side": other_side(house), **invite(house)}
    return house.kept["records"]


def related(house: House, page: Page, call: Call) -> str:
    page.goto(house.site + call.person)
    return page.locator("main a[href*='/related/']").first.get_attribute("href")


def other_side(house: House) -> str:
    """A call of somebody worried about their own behaviour."""
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}/contacts/new")
    hand = Mouse(page)
    hand.choose("How did they make contact?", "Helpline call")
    hand.write("Why are they in contact?", "Asks for help with his temper.")
    hand.choose("What happens next?", "Advice given")
    hand.choose("Who is in contact?", "Someone worried about their own behaviour")
    hand.press("Save contact")
    page.wait_for_url(lambda url: "/contacts/" in url and not url.endswith("/new"))
    return page.url.removeprefix(house.site)


def write_note(house: House, page: Page, call: Call) -> str:
    page.goto(f"{house.site}{call.case}/notes/new")
    Mouse(page).write("Note", "A note to be changed.")
    Mouse(page).press("Save note")
    page.get_by_role("article").get_by_role("link").click()
    page.wait_for_url("**/notes/*/edit")
    return page.url.removeprefix(house.site).removesuffix("/edit")


def add_need(house: House, case: str) -> str:
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{case}/support/needs/new")
    Mouse(page).choose("What is help needed with?", "Something else")
    Mouse(page).write("What is wanted?", "A place where the dog may stay.")
    Mouse(page).press("Save")
    page.wait_for_url(f"**{case}/support")
    return page.locator("main a[href*='/support/needs/']").first.get_attribute("href")


def add_transfer(house: House, case: str) -> str:
    """A hand-over to a colleague that waits for an answer."""
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{case}/transfers/new")
    hand = Mouse(page)
    hand.choose("Where does it go?", "To a colleague: a step-down or a hand-over")
    page.get_by_label("Or which colleague?").select_option(index=1)
    hand.write("What must they know first?", "Ring before noon.")
    hand.write("Why does it move, and why to them?", "They work where she lives.")
    hand.press("Ask them")
    page.wait_for_url(f"**{case}/transfers")
    return page.locator("main a[href*='/transfers/']").filter(has_text="Open").first.get_attribute("href")


def add_child_entry(house: House, person: str) -> str:
    """Something that a child wants: where it is changed."""
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{person}/child/goal")
    hand = Mouse(page)
    hand.choose("How does it stand?", "Not begun")
    hand.write("What do they want?", "A dog.")
    write_day(hand, "When did they say so?", -1)
    hand.press("Save")
    page.wait_for_url(f"**{person}/child")
    return page.locator("main a[href*='/child/entries/']").first.get_attribute("href")


def add_child_request(house: House) -> None:
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}/child-requests/new")
    hand = Mouse(page)
    hand.choose("Who asks?", "Says they are a parent")
    hand.write("Their name", "Somebody on the telephone")
    hand.write("The child’s name, as they gave it", "A child")
    hand.write("What do they ask for?", "Which school.")
    write_day(hand, "When did they ask?", 0)
    hand.press("Save")
    page.wait_for_url("**/child-requests/received")


def add_breach(house: House, who: str) -> str:
    """Reported by somebody, who then finds it in the register."""
    page = house.visit(who)
    page.goto(f"{house.site}/report-a-breach")
    hand = Mouse(page)
    hand.write("What happened?", "A letter went to the wrong house.")
    write_day(hand, "When did you notice it?", -1)
    hand.write("At what time?", "9:30am")
    if page.get_by_label("At which agency?").count():
        page.get_by_label("At which agency?").select_option(index=1)
    hand.press("Report")
    page.wait_for_url("**/report-a-breach/received")
    page.goto(f"{house.site}/register")
    path = page.locator("main a[href^='/register/matters/']").first.get_attribute("href")
    page.context.close()
    return path


def add_impact(house: House) -> str:
    page = house.visit("Data protection officer")
    page.goto(f"{house.site}/register/assessments/new")
    hand = Mouse(page)
    hand.write("What is it called?", "Sharing with partners")
    hand.tick("Which kinds of records does it cover?", "Contacts and calls")
    hand.write("Risks to people", "More is told than need be.")
    hand.write("What is done about them", "A second person reads it.")
    hand.choose("What remains?", "The risk that remains is low or acceptable")
    hand.write("Who signed it off?", "A director")
    write_day(hand, "When was it signed off?", -1)
    write_day(hand, "When is it looked at again?", 300)
    hand.press("Save")
    page.wait_for_url("**/register/assessments/*")
    path = page.url.removeprefix(house.site)
    page.context.close()
    return path


def add_matter(house: House, case: str) -> str:
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{case}/rights/new?kind=homelessness")
    hand = Mouse(page)
    hand.choose("Where does it stand?", "Relief duty accepted")
    hand.press("Save")
    page.wait_for_url(f"**{case}/rights")
    return page.locator("main a[href*='/rights/'][href$='/withdraw']").first.get_attribute("href").removesuffix("/withdraw")


def add_sanctuary(house: House, case: str) -> str:
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{case}/sanctuary/new")
    hand = Mouse(page)
    hand.choose("Do they want to stay in their home?", "Yes")
    hand.choose("Does whoever harms them live there?", "No")
    hand.choose("Who owns the home?", "Owned")
    hand.choose("Does the landlord allow it?", "Not needed")
    hand.choose("How soon does it have to be in?", "Standard: within 5 working days of the order")
    hand.press("Save")
    page.wait_for_url(lambda url: "/sanctuary/" in url and not url.endswith("/new"))
    return page.url.removeprefix(house.site)


def add_reciprocal(house: House, case: str) -> str:
    """Another landlord is asked for a home for the tenant of this case."""
    made = house.psql(f"""
        INSERT INTO app.reciprocal (id, partnership_id, agency_id, case_id, person_id, receiving_id, giving_id,
            bedrooms_held, tenancy_held, state, asked_on, recorded_at, recorded_by)
        SELECT gen_random_uuid(), c.partnership_id, c.agency_id, c.id, c.person_id, min(l.id::text)::uuid,
               max(l.id::text)::uuid, 2, 'secure', 'asked', current_date, now(), c.opened_by
        FROM app.case_record c JOIN app.landlord l ON l.partnership_id = c.partnership_id
        WHERE c.id = '{case.removeprefix("/cases/")}' GROUP BY c.id
        RETURNING id
        """).split()
    return f"{case}/reciprocals/{made[0]}"


def add_outcome(house: House, case: str) -> str:
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{case}/outcomes/review")
    hand = Mouse(page)
    hand.write("What they say of how it is, in their own words", "It is quieter.")
    hand.press("Save")
    page.wait_for_url(f"**{case}/outcomes")
    return page.locator("main a[href$='/withdraw']").first.get_attribute("href").removesuffix("/withdraw")


def add_marac(house: House, case: str) -> str:
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{case}/marac/new")
    hand = Mouse(page)
    hand.choose("Do they know of the referral?", "Told, and agreed")
    hand.choose("Why may you share this?", "They agreed")
    hand.write("Why are they referred now?", "Getting worse.")
    hand.press("Save referral")
    page.wait_for_url(lambda url: "/marac/" in url and not url.endswith("/new"))
    return page.url.removeprefix(house.site)


def add_event(house: House, person: str) -> None:
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{person}/events/new")
    hand = Mouse(page)
    hand.choose("What happened, or is expected?", "Separation")
    write_day(hand, "On which day?", -1)
    hand.press("Save event")
    page.wait_for_url(f"**{person}/risk")


def housing_records(house: House) -> dict[str, str]:
    """A service of the accommodation worker's, and the last of its units; a search that goes on, with a home held."""
    found = house.psql("""
        SELECT u.id || ' ' || u.service_id FROM app.housing_unit u JOIN app.agency g ON g.id = u.agency_id
        WHERE g.name LIKE 'Women%' ORDER BY u.number DESC LIMIT 1
        """).split()
    search, offer, free = house.psql("""
        SELECT '/cases/' || o.case_id || '/housing/' || o.request_id || ' ' || o.id || ' ' || u.id
        FROM app.housing_offer o, app.housing_unit u
        WHERE o.state = 'held' AND u.ended_on IS NULL AND NOT EXISTS (SELECT FROM app.unit_time t
                                               WHERE t.unit_id = u.id AND t.during @> current_date) LIMIT 1
        """).split()
    stay, left = (house.psql(f"""
        SELECT y.time_id FROM app.unit_stay y JOIN app.unit_time t ON t.id = y.time_id JOIN app.agency g ON g.id = y.agency_id
        WHERE g.name LIKE 'Women%' AND y.stay_id IS NULL AND {ended} ORDER BY lower(t.during) DESC LIMIT 1
        """).strip() for ended in ("upper(t.during) IS NULL", "y.contact_after = 'yes'"))
    given = house.psql("""
        SELECT '/units/stays/' || s.stay_id || '/support/' || s.id FROM app.stay_support s JOIN app.agency g ON g.id = s.agency_id
        WHERE g.name LIKE 'Women%' AND s.withdrawn_at IS NULL ORDER BY s.given_on DESC, s.id LIMIT 1
        """).strip()
    return {"stay": "/units/stays/" + stay, "left stay": "/units/stays/" + left, "given": given,
            "unit": "/units/" + found[0], "service": "/units/services/" + found[1], "search": search, "offer": offer,
            "free": free, "enquiry": "/units/enquiries/" + house.psql("""
        SELECT e.id FROM app.housing_enquiry e JOIN app.agency g ON g.id = e.agency_id
        WHERE g.name LIKE 'Women%' AND e.state = 'refusedByService' LIMIT 1
        """).strip()}


def programme_records(house: House, case: str) -> dict[str, str]:
    """What the demonstration has of programmes, on either side of the wall, and a place of this case."""
    def one(sql: str) -> str:
        return house.psql(sql).strip()
    own = """FROM app.programme_place l JOIN app.agency g ON g.id = l.agency_id
        JOIN app.case_record c ON c.id = l.case_id AND c.closed_at IS NULL AND NOT c.withheld"""
    group = "SELECT u.id FROM app.programme_group u JOIN app.agency g ON g.id = u.agency_id WHERE g.front_door LIMIT 1"
    his = f"SELECT l.case_id || ' ' || l.id {own} WHERE g.side = 'harming' ORDER BY l.state = 'started' DESC LIMIT 1"
    his_case, his_place = one(his).split()
    found = one(group)
    held = one(f"SELECT id FROM app.programme_session WHERE group_id = '{found}' LIMIT 1")
    asked = one("SELECT id FROM app.wall_note WHERE kind = 'askSupport' ORDER BY sent_at DESC LIMIT 1")
    return {
        "programme": "/programmes/" + one(f"SELECT programme_id FROM app.programme_group WHERE id = '{found}'"),
        "group": f"/groups/{found}", "session": f"/groups/{found}/sessions/{held}",
        **add_place(house, case), "his case": f"/cases/{his_case}",
        "his place": f"/cases/{his_case}/places/{his_place}",
        "asked": f"/across/{asked}",
    }


def add_place(house: House, case: str) -> dict[str, str]:
    """Somebody of this case waits for counselling, and has come once."""
    made = house.psql(f"""
        WITH place AS (
            INSERT INTO app.programme_place (id, partnership_id, agency_id, case_id, person_id, programme_id, source,
                state, referred_on, checked_on, version, recorded_at, recorded_by)
            SELECT gen_random_uuid(), c.partnership_id, c.agency_id, c.id, c.person_id, g.id, 'ownService', 'waiting',
                   current_date - 3, current_date - 3, 1, now(), c.opened_by
            FROM app.case_record c JOIN app.programme g ON g.agency_id = c.agency_id AND g.kind = 'counselling'
            WHERE c.id = '{case.removeprefix("/cases/")}' ORDER BY g.id LIMIT 1 RETURNING *
        ), step AS (
            INSERT INTO app.place_step (place_id, partnership_id, agency_id, case_id, person_id, version, step,
                happened_on, recorded_at, recorded_by)
            SELECT id, partnership_id, agency_id, case_id, person_id, 1, 'referred', referred_on, recorded_at,
                   recorded_by FROM place
        ), held AS (
            INSERT INTO app.programme_session (id, partnership_id, agency_id, place_id, case_id, person_id, held_at,
                recorded_at, recorded_by)
            SELECT gen_random_uuid(), partnership_id, agency_id, id, case_id, person_id, now() - interval '1 day', now(),
                   recorded_by FROM place RETURNING *
        ), came AS (
            INSERT INTO app.session_attendance (session_id, place_id, partnership_id, agency_id, case_id, person_id,
                version, state, recorded_at, recorded_by)
            SELECT id, place_id, partnership_id, agency_id, case_id, person_id, 1, 'attended', now(), recorded_by
            FROM held
        )
        SELECT place_id || ' ' || id FROM held""").split()
    assert made, f"no place was made of {case}"
    place = f"{case}/places/{made[0]}"
    return {"place": place, "own session": f"{place}/sessions/{made[1]}"}


def supervise(house: House) -> dict[str, str]:
    """A supervision of a worker of the demonstration, and a case of theirs."""
    page = house.visit("Service manager")
    worker = house.psql("""
        SELECT c.worker_id FROM app.case_record c JOIN app.agency g ON g.id = c.agency_id AND g.front_door
        JOIN app.role_assignment r ON r.account_id = c.worker_id AND r.agency_id = g.id AND r.role = 'idva'
            AND r.ends_on IS NULL
        WHERE c.closed_at IS NULL AND NOT c.withheld GROUP BY 1 ORDER BY count(*) DESC LIMIT 1""")
    page.goto(f"{house.site}/team/supervision/{worker}")
    write_day(Mouse(page), "On which day is the supervision?", -1)
    Mouse(page).press("Start a supervision")
    page.wait_for_url(f"**/team/supervision/{worker}/*")
    decide = page.locator("main table a[href*='/team/supervision/']").first.get_attribute("href")
    return {"worker": f"/team/supervision/{worker}", "supervision": page.url.removeprefix(house.site), "decision": decide}


def add_support(house: House, case: str) -> str:
    """Support for this case, as if the front door had arranged it."""
    support = house.psql(f"""
        INSERT INTO app.integrated_support (id, partnership_id, agency_id, asked_id, case_id, person_id, worker_id,
            recorded_at, recorded_by)
        SELECT gen_random_uuid(), c.partnership_id, c.agency_id, w.id, c.id, c.person_id, c.opened_by, now(), c.opened_by
        FROM app.case_record c, app.wall_note w
        WHERE c.id = '{case.removeprefix("/cases/")}' AND w.kind = 'askSupport' ORDER BY w.sent_at LIMIT 1
        RETURNING id""").strip().split()[0]
    return f"{case}/across/{support}"


def write_day(hand: Mouse, question: str, ahead: int) -> None:
    """A day so many days from today."""
    day = datetime.now(ZoneInfo("Europe/London")).date() + timedelta(days=ahead)
    hand.write_date(question, str(day.day), str(day.month), str(day.year))


def add_order(house: House, case: str) -> str:
    """One that nobody knows to be served, and that ends before long."""
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{case}/orders/new")
    hand = Mouse(page)
    hand.choose("What kind of order is it?", "Non-molestation order")
    hand.choose("Who asked for it?", "The person themselves")
    write_day(hand, "When was it made?", -30)
    hand.choose("Has it been served?", "Not known if served")
    hand.choose("How long does it hold?", "Until a day")
    write_day(hand, "Last day on which it holds", 20)
    hand.write("Conditions", "Not to come within 100 metres of the house.")
    hand.press("Save")
    page.wait_for_url(f"**{case}/orders")
    return page.locator("main a[href*='/breaches/new']").first.get_attribute("href").removesuffix("/breaches/new")


def add_letter(house: House, case: str) -> str:
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{case}/letters/new?template=keepingInTouch")
    Mouse(page).press("Save letter")
    page.wait_for_url(f"**{case}/letters")
    return page.locator("main a[href$='/release']").first.get_attribute("href").removesuffix("/release")


def add_document(house: House, case: str) -> str:
    page = house.visit("Helpline worker")
    page.goto(f"{house.site}{case}/documents/new")
    page.get_by_label("The file").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj\n%%EOF\n"})
    hand = Mouse(page)
    hand.choose("What is it?", "Letter or email")
    hand.press("Save document")
    page.wait_for_url(f"**{case}/documents")
    return page.locator("main a[href$='/withdraw']").first.get_attribute("href").removesuffix("/withdraw")


def invite(house: House) -> dict[str, str]:
    page = house.visit("Administrator")
    page.goto(f"{house.site}/accounts/new")
    hand = Mouse(page)
    hand.write("Full name", "Pernilla Oxtoby-Wray")
    hand.write("Email address", "pernilla.oxtoby-wray@example.org")
    page.get_by_label("Agency").select_option(index=1)
    hand.choose("Role", "Helpline worker")
    hand.press("Invite")
    link = page.locator("code").inner_text()
    page.get_by_role("link", name="Continue to the account").click()
    page.wait_for_url("**/accounts/*")
    add_administrator(house)
    colleague = house.psql(f"SELECT id FROM app.account WHERE email = '{house.people['IDVA 2']['email']}'")
    return {"link": link, "account": page.url.removeprefix(house.site), "colleague": f"/accounts/{colleague}"}


def add_administrator(house: House) -> None:
    """A second one, for what takes two; nobody signs in as them."""
    house.psql(f"""
        WITH person AS (
            INSERT INTO app.account (id, partnership_id, email, full_name, password_hash, totp_sealed)
            SELECT gen_random_uuid(), partnership_id, 'fennimore.oxtoby@example.org', 'Fennimore Oxtoby', password_hash,
                totp_sealed FROM app.account WHERE email = '{house.people['Administrator']['email']}'
            RETURNING id, partnership_id)
        INSERT INTO app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on)
        SELECT gen_random_uuid(), partnership_id, person.id, (SELECT id FROM app.agency ORDER BY name LIMIT 1),
            'administrator', current_date - 1 FROM person""")


# The tests

def selection(form: Form) -> tuple[str, ...]:
    """Everything in the long run; else nothing at all and one more, which differs from form to form: a script on every
    other one."""
    others = [name for name in form.corpus if name not in ("nothing at all", "a script")]
    if LONG or not others:
        return form.corpus
    turn, is_odd = divmod(FORMS.index(form), 2)
    chosen = {"nothing at all", others[turn % len(others)] if is_odd else "a script"}
    return tuple(name for name in form.corpus if name in chosen)


def trying(form: Form) -> None:
    @test(f"The form {form.route} withstands what nobody should type")
    def withstands(house: House) -> None:
        records(house)
        house.psql("DELETE FROM app.draft")
        # Half of the forms at each width, but in the long run: the crawls look at their pages at both.
        widths = WIDTHS if LONG else (WIDTHS[FORMS.index(form) % 2],)
        checker = Checker(house.visit(form.who), script=True, widths=widths)
        # What was refused is kept: the form that is opened again is as heavy as that.
        house.watch.forgive("bytes of HTML")
        for name in selection(form):
            try_and_look(house, form, checker, name)
        assert not checker.problems, "\n".join(checker.problems)


for form in FORMS:
    trying(form)


@test("Every text that nobody should type is tried on some form in every run")
def every_text(house: House) -> None:
    tried = {name for form in FORMS for name in selection(form)}
    assert tried == set(HOSTILE), f"nobody types {sorted(set(HOSTILE) - tried)}"


@test("Every form of the access table is among those that are tried")
def all_forms(house: House) -> None:
    lines = [line.split() for line in ACCESS_TABLE.read_text().splitlines()]
    posts = {words[1] for words in lines if words[0] == "POST"}
    tried = {form.route for form in FORMS} | BUTTONS
    assert posts <= tried, f"nobody tries {sorted(posts - tried)}"


@test("Errors are clear without script too: the summary leads to each field, and what was chosen is kept")
def without_script(house: House) -> None:
    records(house)
    house.psql("DELETE FROM app.draft")
    problems = []
    forms = [form for form in FORMS if form.refuses_nothing and not form.once][::1 if LONG else 3]
    for who in dict.fromkeys(form.who for form in forms):
        checker = Checker(house.visit(who), script=False)
        for form in (form for form in forms if form.who == who):
            try_and_look(house, form, checker, "nothing at all")
        problems += checker.problems
        checker.page.context.close()
    assert not problems, "\n".join(problems)


@test("What was saved is shown as it was typed, and nothing of it runs")
def shown_as_typed(house: House) -> None:
    page = house.visit("Helpline worker")
    at("{case}/notes/new")(house, page)
    body = "\n".join(HOSTILE[name] for name in ("a script", "SQL", "emoji"))
    Mouse(page).write("Note", body)
    Mouse(page).press("Save note")
    expect(page.get_by_role("article").first).to_contain_text("<script>window.executed = 1</script>")
    for path in ("/", "/contacts", "/cases?list=all", "{case}", "{person}", "{contact}"):
        at(path)(house, page)
        check_nothing_ran(page)


# Filling in

def try_and_look(house: House, form: Form, checker: Checker, name: str) -> None:
    """Nothing at all is refused by nearly every form: that page is looked at too."""
    form.open(house, checker.page)
    try_form(form, checker.page, name)
    if name == "nothing at all" and form.refuses_nothing:
        checker.check(f"{form.route} sent empty")


def try_form(form: Form, page: Page, name: str) -> None:
    typed = fill_in(form.on(page), name)
    with page.expect_navigation() as answered:
        form.on(page).get_by_role("button").last.click()
    status = answered.value.status
    assert status in (200, 422, 409), f"{name} was answered with {status}"
    check_nothing_ran(page)
    if status == 422:
        check_errors(page, name)
        check_kept(form.on(page), typed, name)


def fill_in(form: Locator, name: str) -> dict[str, str]:
    """Types it into every field; with something to type, the first answer of every question is chosen too. What was
    typed, by the field's name, but for passwords and codes, which are never given back."""
    words = HOSTILE[name]
    parts = dict(zip(("day", "month", "year"), words.split())) if name == "a date that is none" else {}
    return form.evaluate(FILL_IN, {"words": words, "parts": parts})


# In the page at once, not field by field from outside: a form can have a hundred.
FILL_IN = """(form, {words, parts}) => {
  const tell = (field, ...events) => events.forEach(name => field.dispatchEvent(new Event(name, {bubbles: true})));
  if (words) {
    form.querySelectorAll('details').forEach(one => { one.open = true });
    const asked = new Set();
    for (const answer of form.querySelectorAll('input[type=radio], input[type=checkbox]')) {
      if (asked.has(answer.name)) continue;
      asked.add(answer.name);
      if (!answer.checked) answer.click();
    }
    for (const list of form.querySelectorAll('select')) { list.selectedIndex = 1; tell(list, 'input', 'change') }
  }
  const typed = {};
  // A file is no text: test_files.py tries those.
  const fields = form.querySelectorAll(
    'input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]), textarea');
  for (const field of fields) {
    // Neither what is folded away, nor the trap for programs, which nobody sees or reaches.
    if (!field.checkVisibility({visibilityProperty: true}) || field.tabIndex < 0) continue;
    field.focus();
    field.value = parts[field.name.split('-').pop()] || words;
    tell(field, 'input', 'change');
    if (field.type !== 'password' && !['code', 'password', 'password-now'].includes(field.name))
      typed[field.name] = field.value;
  }
  return typed;
}"""


# Judging

def check_nothing_ran(page: Page) -> None:
    assert page.evaluate("window.executed") is None, f"a script that was typed ran on {page.url}"


def check_errors(page: Page, name: str) -> None:
    """Each error of the summary leads to its field, and stands beside it in the same words."""
    links = page.locator(".govuk-error-summary a")
    count = links.count()
    assert count > 0, f"{name} was refused without a word"
    assert page.title().startswith("Error: "), f"the title does not tell of the error: {page.title()}"
    # The first as people do, who must be able to reach it; the others the short way.
    links.first.click()
    check_error(page, 0)
    for number in range(1, count):
        links.nth(number).evaluate("link => link.click()")
        check_error(page, number)


def check_error(page: Page, number: int) -> None:
    message, target, focused, beside = page.evaluate(LOOK_AT_ERROR, number)
    assert focused == target, f"'{message}' leads to #{focused or 'nothing'}, not to #{target}"
    assert message in beside, f"'{message}' does not stand beside #{target}"


# What an error of the summary says, where it leads, what has the focus, and what stands beside the field.
LOOK_AT_ERROR = """number => {
  const link = document.querySelectorAll('.govuk-error-summary a')[number], target = link.getAttribute('href').slice(1);
  let beside = '';
  for (let at = document.getElementById(target); at; at = at.parentElement)
    if (at.classList.contains('govuk-form-group'))
      beside += [...at.querySelectorAll('.govuk-error-message')].map(one => one.innerText).join(' ') + ' ';
  return [link.innerText, target, document.activeElement.id, beside];
}"""


def check_kept(form: Locator, typed: dict[str, str], name: str) -> None:
    for what, kept in form.evaluate(READ_AGAIN, list(typed)).items():
        assert kept == typed[what], f"{name} in {what} came back as {kept and kept[:80]!r}"


READ_AGAIN = """(form, names) => Object.fromEntries(names.map(name =>
  [name, form.querySelector(`[name='${name}']`)?.value ?? null]))"""
