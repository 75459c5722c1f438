#!/usr/bin/python3
"""Canaries: a whole journey is typed into the app's own forms, then a real pg_dump and every log are searched for it.

What is encrypted (addresses, numbers, code words and the like) may be nowhere in the dump, in no usual writing of it.
Nothing at all that was typed may be in a log, not even when PostgreSQL refuses a statement that holds it."""

import base64
import subprocess
import urllib.parse
from pathlib import Path

from partnership import Answer, Partnership, Session, check, finish, partnership, wait_for

# Sealed in the database. Invented; the number is one of Ofcom's for drama.
SEALED = {
    "protected address": "47 Quillfeather Crescent", "second line": "Ombersleyford", "its postcode": "ZZ47 9QF",
    "safe-contact number": "07700 900747", "code word": "tamarindgrove", "cover story": "dentist Zephaniah rings",
    "who must not know": "Thaddeus-across-the-landing", "safe-contact note": "keeps it under the marigoldpot",
    "search number": "07700 900748",
}
# Stored in the clear under row-level security, so only the logs must not have it.
PLAIN = {
    "given name": "Wilhelminetta", "family name": "Quartermainley", "reason": "launderette-corner-telephone",
    "note": "sister-in-Appledornley", "harming person": "Osgoodric", "rationale": "found-the-packed-holdall",
    "search name": "Dunmorethwaite", "refused note": "refused-by-constraint-Xanthippa",
}


def writings(value: str) -> dict[str, bytes]:
    """The value as it may stand in a dump or a log: in the clear, hexadecimal, base64 at each of three places, UTF-16,
    percent-encoded, backwards, and, for a number, its digits."""
    raw = value.encode()
    found = {"in the clear": raw, "in hexadecimal": raw.hex().encode(), "in UTF-16": value.encode("utf-16-le"),
             "percent-encoded": urllib.parse.quote_plus(value).encode(), "backwards": raw[::-1]}
    for shift in range(3):
        # What comes before and after changes the first and last letters: only those between are certain.
        code = base64.b64encode(b"\0" * shift + raw).rstrip(b"=")
        found[f"in base64, {shift} later"] = code[(shift * 8 + 5) // 6:-1]
    if value.replace(" ", "").isdigit():
        found["its digits"] = value.replace(" ", "").encode()
        found["its international digits"] = b"44" + value.replace(" ", "")[1:].encode()
    return found


def search(content: bytes, values: dict[str, str]) -> list[str]:
    lower = content.lower()
    return [f"{name} {how}" for name, value in values.items() for how, written in writings(value).items()
            if (written in content if "base64" in how else written.lower() in lower)]


def led_on(answer: Answer, what: str) -> str:
    if answer.status != 303:
        raise SystemExit(f"{what} answered {answer.status}:\n{answer.text[:3000]}")
    return answer.location


def journey(house: Partnership, worker: Session) -> str:
    """Contact, search, person, address, safe contact, who harms her, Dash, case; answers the case's path."""
    contact = led_on(worker.submit("/contacts/new", {
        "channel": "helpline", "reason": PLAIN["reason"], "outcome": "openCase"}), "The contact")
    found = led_on(worker.submit(f"{contact}/search", {
        "given-name": PLAIN["given name"], "family-name": PLAIN["family name"],
        "phone": SEALED["search number"]}), "The search")
    worker.get(found)
    led_on(worker.submit(f"{contact}/people/new", {
        "given-name": PLAIN["given name"], "family-name": PLAIN["family name"], "sex": "female"}), "The person")
    person = "/people/" + house.sql(
        f"SELECT person_id FROM app.contact WHERE id = '{contact.rsplit('/', 1)[1]}'")
    led_on(worker.submit(f"{person}/addresses/new", {
        "address": f"{SEALED['protected address']}\r\n{SEALED['second line']}", "postcode": SEALED["its postcode"],
        "protected": "yes"}), "The address")
    led_on(worker.submit(f"{person}/safe-contact", {
        "asked": "yes", "number": SEALED["safe-contact number"], "channels": "telephone", "days": "2",
        "code-word": SEALED["code word"], "must-not-know": SEALED["who must not know"],
        "cover-story": SEALED["cover story"], "note": SEALED["safe-contact note"]}), "The safe contact")
    led_on(worker.submit(f"{person}/harming/new", {
        "connection": "intimateRelationship", "given-name": PLAIN["harming person"]}), "The harming person")
    dash = {f"q{item}": "yes" if item < 12 else "no" for item in range(1, 25)}
    area = house.sql("SELECT id FROM app.area LIMIT 1")
    led_on(worker.submit(f"{person}/risk/new", {
        **dash, "area": area, "judgement": "high", "rationale": PLAIN["rationale"]}), "The risk")
    return led_on(worker.submit(f"{person}/cases/new", {"worker": "later"}), "The case")


def reads_back(worker: Session, person: str) -> bool:
    """The canaries are there for who may see them: a search that finds nothing else would prove nothing."""
    page = worker.submit(person, {}, of=f"{person}/safe-contact/reveal")
    return SEALED["safe-contact number"] in page.text and SEALED["code word"] in page.text


def provoke(house: Partnership, worker: Session, case: str) -> None:
    """Statements that PostgreSQL refuses while they hold what was typed; its messages would quote the values."""
    statuses = []
    page = worker.get(f"{case}/notes/new")
    if page.status == 200:
        statuses.append(worker.submit(f"{case}/notes/new", {"body": PLAIN["note"]}).status)
    house.sql("ALTER TABLE app.contact ADD CONSTRAINT canary CHECK (reason NOT LIKE 'refused-by%') NOT VALID")
    refused = worker.submit("/contacts/new", {
        "channel": "helpline", "reason": PLAIN["refused note"], "outcome": "adviceGiven"})
    check("a row that PostgreSQL refuses is a fault page without a word of it",
          refused.status == 500 and not search(refused.body, PLAIN), (refused.status, refused.text[:500]))
    house.sql("ALTER TABLE app.contact DROP CONSTRAINT canary")
    # Outside the app as well: a mistyped date is quoted in the error's first line.
    try:
        house.sql(f"SELECT '{PLAIN['refused note']}'::date")
    except subprocess.CalledProcessError as error:
        check("(PostgreSQL's own message would quote it)", PLAIN["refused note"] in error.stderr, error.stderr)
    worker.get(f"/search?name={PLAIN['search name']}")
    worker.get(f"/people/{PLAIN['search name']}")
    worker.submit("/search", {"purpose": "newContact", "family-name": PLAIN["search name"]})


def judge(house: Partnership) -> None:
    dumped = subprocess.run(
        house.as_owner(["pg_dump", "-h", str(house.socket()), "-U", "postgres", "-d", "drystone"]),
        capture_output=True, cwd="/", check=True).stdout
    check(f"a real dump ({len(dumped) >> 20} MB) has the names, which are not encrypted",
          search(dumped, {"name": PLAIN["family name"]}) != [])
    found = search(dumped, SEALED)
    check(f"and none of {len(SEALED)} protected values, in any of their writings", not found, found)
    # The server is told to end, so that nothing waits in a buffer.
    logs = {path.name: path.read_bytes() for path in sorted((house.data / "log").iterdir())}
    for name, words in {"server.log": b'"message":"fault"', "postgres.": b"LOG:"}.items():
        there = [log for log in logs if log.startswith(name) and words in logs[log]]
        check(f"there is a log {name}* with something in it", there != [], {log: len(logs[log]) for log in logs})
    people = {f"{person['role']}'s {what}": person[what] for person in house.people for what in ("name", "email")}
    secrets = {f"{person['role']}'s password": person["password"] for person in house.people}
    for name, content in logs.items():
        found = search(content, {**SEALED, **PLAIN, **people, **secrets})
        check(f"{name} ({len(content)} bytes) holds nothing that was typed, and nobody's name", not found, found[:10])
    said = Path(house.said.name).read_bytes()
    check("nor do the launcher's words", not search(said, {**SEALED, **PLAIN}))


def main() -> None:
    finder = search(b"x" + base64.b64encode(b"yy" + SEALED["code word"].encode() + b"zz"), SEALED)
    check("(the search finds what is hidden in base64)", finder == ["code word in base64, 2 later"], finder)
    with partnership("canary") as house:
        worker = house.session("Helpline worker")
        case = journey(house, worker)
        person = "/people/" + house.sql(f"SELECT person_id FROM app.case_record WHERE id = '{case.rsplit('/', 1)[1]}'")
        check("a whole journey is typed, and can be read back", reads_back(worker, person))
        provoke(house, worker, case)
        wait_for(5, lambda: b'"fault"' in (house.data / "log" / "server.log").read_bytes())
        judge(house)


main()
finish()
