#!/usr/bin/python3
"""Where homes are: each home of a provider gets an address that stands nowhere else. Then everybody but its provider
walks the whole site, and each answer (pages, files, papers, errors), the logs and a real dump are searched for every word
of every one of them. The provider's own button shows them, so that the search is known to find something."""

import collections
import re
import subprocess
import time
import urllib.parse
from pathlib import Path

from partnership import Answer, Partnership, Session, check, figure, finish, partnership

# Words that nothing else of the demonstration has; each home's are its own.
STREETS = ["Quillhaven", "Ombersleigh", "Thistledonk", "Marrowgarth", "Pendlewick", "Zephyrcote", "Brackenfold",
           "Juniperholt", "Wexcombery", "Tamarisktor", "Ravelstonby", "Oxlipmere"]
OTHERS = ["Helpline worker", "IDVA", "Service manager", "Housing officer", "Perpetrator worker", "Referrer", "Analyst",
          "Commissioner", "Data protection officer", "Administrator"]
# Pages of a kind that each visitor reads: the hundredth case says nothing that the first three don't.
EACH_KIND = 3
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def words_of(number: int) -> list[str]:
    street = STREETS[number % len(STREETS)] + "abcdefgh"[number // len(STREETS)]
    return [street, f"Flat{street}", f"QZ{number:02d} {number % 10}ZQ"]


def kind_of(path: str) -> str:
    """An address without its identifiers and the values of its query."""
    parts = urllib.parse.urlsplit(path)
    names = ",".join(sorted(name for name, _ in urllib.parse.parse_qsl(parts.query)))
    return IDENTIFIER.sub("*", parts.path) + "?" + names


def patiently(visitor: Session, path: str) -> Answer:
    """A page; when the visitor walks too fast, later."""
    while (answer := visitor.get(path)).status == 429:
        time.sleep(int(answer.headers.get("retry-after", "1")))
    return answer


def walk(house: Partnership, visitor: Session) -> dict[str, bytes]:
    """Every page that links lead to, from the first one on, `EACH_KIND` of a kind."""
    seen: dict[str, bytes] = {}
    kinds: collections.Counter = collections.Counter()
    waiting = collections.deque(["/", "/vacancies", "/cases?list=all", "/nowhere"])
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if path in seen or kinds[kind] >= EACH_KIND or path.startswith(("/sign-out", "/exit", "/assets")):
            continue
        kinds[kind] += 1
        answer = patiently(visitor, path)
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        seen[path] = headers.encode() + b"\n" + answer.body
        if answer.location.startswith("/"):
            waiting.append(answer.location)
        if "text/html" in answer.headers.get("content-type", ""):
            for found in re.findall(r'href="(/[^"#]*)', answer.text):
                waiting.append(found.replace("&amp;", "&"))
    return seen


def found_in(content: bytes, tokens: list[str]) -> list[str]:
    lower = content.lower()
    return [token for token in tokens if token.lower().encode() in lower or token.lower().encode().hex().encode() in lower]


def give_addresses(house: Partnership, provider: Session) -> tuple[list[str], list[str]]:
    """New addresses for every unit of the provider: their tokens, and the units' paths."""
    page = provider.get("/units").text
    services = sorted(set(re.findall(r'href="(/units/services/[0-9a-f-]{36})"', page)))
    units: list[str] = []
    for path in ["/units", *services]:
        for unit in re.findall(r'href="(/units/[0-9a-f-]{36})"', provider.get(path).text):
            if unit not in units:
                units.append(unit)
    tokens: list[str] = []
    for number, unit in enumerate(units):
        street, inside, postcode = words_of(number)
        answer = provider.submit(f"{unit}/edit", {
            "address": f"{number + 3} {street}\r\nNowhere\r\n{postcode}", "inside": inside})
        if answer.status != 303:
            raise SystemExit(f"{unit}/edit answered {answer.status}:\n{answer.text[:2000]}")
        tokens += [street, inside, postcode]
    return tokens, units


def main() -> None:
    with partnership("location") as house:
        provider = house.session("Accommodation worker")
        tokens, units = give_addresses(house, provider)
        check("each home of a provider has an address of its own", len(units) >= 3, units)
        shown = provider.submit(units[0], {}, of=f"{units[0]}/address")
        check("(its provider opens it, and the search finds all of it)",
              found_in(shown.body, tokens[:3]) == tokens[:3], shown.text[:500])
        roles = {person["role"] for person in house.people}
        # Before anybody walks: an address that asks too much is told to wait.
        others = {role: house.session(role) for role in OTHERS if role in roles}
        for role, visitor in others.items():
            pages = walk(house, visitor)
            told = {path: found_in(content, tokens) for path, content in pages.items()}
            told = {path: words for path, words in told.items() if words}
            check(f"{role}: none of {len(pages)} answers says where a home is", len(pages) > 5 and not told, told)
        # Whoever runs other homes is an outsider here too.
        own = {path for path, content in walk(house, provider).items() if found_in(content, tokens)}
        check("nor do the provider's own pages, but for the one that is opened on record", not own, own)
        dumped = subprocess.run(
            house.as_owner(["pg_dump", "-h", str(house.socket()), "-U", "postgres", "-d", "drystone"]),
            capture_output=True, cwd="/", check=True).stdout
        check(f"nor does a dump ({len(dumped) >> 20} MB)", not found_in(dumped, tokens), found_in(dumped, tokens))
        for path in sorted((house.data / "log").iterdir()):
            check(f"nor does {path.name}", not found_in(path.read_bytes(), tokens))
        check("nor do the launcher's words", not found_in(Path(house.said.name).read_bytes(), tokens))
        figure(f"{len(units)} homes, {len(tokens)} words each of which would tell")
    finish()


main()
