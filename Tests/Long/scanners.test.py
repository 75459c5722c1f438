#!/usr/bin/python3
"""Other people's scanners, signed in, against a partnership of its own: wapiti, sqlmap, slowhttptest. testssl.sh runs
with the proxy's tests. What they report is judged here; what they can't reach is covered by the tests of each page."""

import json
import os
import re
import shutil
import subprocess
import time
import urllib.parse
from pathlib import Path

from partnership import Partnership, Session, check, figure, finish, partnership, skip

SECONDS = int(os.environ["LONG_SECONDS"])
# Forms that search or store, each with its fields as a browser sends them.
FORMS = {
    "/search": {"purpose": "newContact", "given-name": "Ann", "family-name": "Example", "phone": "", "postcode": ""},
    "/contacts/new": {"channel": "helpline", "reason": "scanned", "outcome": "adviceGiven", "promised": "x"},
    "/drafts": {"draft-path": "/contacts/new", "reason": "scanned"},
}
MODES = {"slow headers": ["-H"], "slow bodies": ["-B", "-s", "8192"], "slow readers": ["-X", "-n", "5", "-k", "3"]}
# Debian's wapiti 3.0.4 can't leave an address out under Python 3.11: its pattern is one that Python now refuses.
WAPITI = """
import fnmatch, re, sys
from wapitiCore.net import crawler
crawler.wildcard_translate = lambda pattern: re.compile(fnmatch.translate(pattern))
from wapitiCore.main.wapiti import wapiti_main
sys.exit(wapiti_main())
"""


def run(words: list[str], seconds: float, folder: Path) -> str:
    """What a program says, ended when its time is over."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=seconds, cwd=folder,
                              stdin=subprocess.DEVNULL, env={**os.environ, "HOME": str(folder)})
        return done.stdout + done.stderr
    except subprocess.TimeoutExpired as over:
        said = [part.decode(errors="replace") if isinstance(part, bytes) else part or ""
                for part in (over.stdout, over.stderr)]
        return "".join(said)


def wapiti(house: Partnership, session: Session, folder: Path) -> None:
    if not shutil.which("wapiti"):
        return skip("wapiti", "it is not installed")
    site, report = f"http://{house.host}", folder / "wapiti.json"
    words = ["/usr/bin/python3", "-c", WAPITI, "-u", f"{site}/", "-f", "json", "-o", str(report), "--flush-session", "--no-bugreport",
             "--store-session", str(folder / "wapiti"), "--store-config", str(folder / "wapiti"),
             "-m", "sql,blindsql,xss,permanentxss,exec,file,redirect,crlf,xxe,ssrf,csp,http_headers,cookieflags,"
                   "methods",
             "-H", f"Cookie: {session.cookies}", "-H", "Sec-Fetch-Site: same-origin",
             "--max-scan-time", str(int(SECONDS * 0.3)), "--max-attack-time", str(max(5, int(SECONDS * 0.5 / 13)))]
    for path in ("/exit", "/sign-out", "/sign-in*", "/account/*"):
        words += ["-x", f"{site}{path}"]
    said = run(words, SECONDS * 1.5 + 60, folder)
    if not report.exists():
        check("wapiti ended with a report", False, said[-1500:])
        return
    found = json.loads(report.read_text())
    asked = session.partnership.data / "log" / "server.log"
    routes = set(re.findall(r'"route":"([^"]+)"', asked.read_text()))
    figure(f"wapiti ended; {len(routes)} routes of the server have been asked for by now")
    bad = {name: [f"{one['method']} {one['path']} {one['parameter']}: {one['info'][:150]}" for one in each
                  if not one["info"].startswith("X-XSS-Protection")][:3]
           for name, each in {**found["vulnerabilities"], **found["anomalies"]}.items() if each}
    # Browsers have given X-XSS-Protection up; the content security policy stands in its place.
    bad = {name: each for name, each in bad.items() if each}
    check("wapiti finds no weakness", not bad, json.dumps(bad, indent=1))


def sqlmap(house: Partnership, session: Session, folder: Path) -> None:
    if not shutil.which("sqlmap"):
        return skip("sqlmap", "it is not installed")
    csrf = session.get("/contacts/new").hidden("csrf")
    targets = [(path, urllib.parse.urlencode({**fields, "csrf": csrf})) for path, fields in FORMS.items()]
    targets.append(("/contacts?before=1-00000000-0000-4000-8000-000000000000", ""))
    for path, data in targets:
        words = ["sqlmap", "-u", f"http://{house.host}{path}", "--batch", "--dbms=PostgreSQL", "--level=2", "--risk=2",
                 "--technique=BEUST", "--time-sec=2", "--flush-session", "--ignore-code=*", "--ignore-redirects",
                 f"--cookie={session.cookies}", "--headers=Sec-Fetch-Site: same-origin", "--delay=0.06",
                 "--skip=csrf,Cookie,User-Agent,Referer", f"--output-dir={folder / 'sqlmap'}", "--disable-coloring"]
        words += [f"--data={data}"] if data else []
        said = run(words, max(20, SECONDS / len(targets)), folder)
        tested = sorted(set(re.findall(r"testing '([^']+)'", said)))
        figure(f"sqlmap on {path.split('?')[0]}: {len(tested)} kinds of injection tried")
        check(f"sqlmap finds no way in at {path.split('?')[0]}",
              len(tested) > 0 and "following injection point" not in said and "is vulnerable" not in said
              and not re.search(r"parameter '[^']+' (is|appears to be) '.*' injectable", said), said[-1500:])


def slowhttptest(house: Partnership, folder: Path) -> None:
    if not shutil.which("slowhttptest"):
        return skip("slowhttptest", "it is not installed")
    path = max(house.request("GET", "/help").text.split('"'), key=lambda word: word.endswith(".css"))
    for name, mode in MODES.items():
        address = f"http://{house.host}{path if name == 'slow readers' else '/sign-in'}"
        words = ["slowhttptest", *mode, "-u", address, "-c", "500", "-r", "100", "-i", "5", "-p", "5",
                 "-l", str(max(15, int(SECONDS / 6)))]
        running = subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        served, slowest = [], 0.0
        while running.poll() is None:
            began = time.monotonic()
            try:
                served.append(house.request("GET", "/help").status)
            except OSError as error:
                served.append(str(error))
            slowest = max(slowest, time.monotonic() - began)
            time.sleep(0.5)
        said = re.sub(r"\x1b\[[0-9;]*m", "", running.stdout.read())
        figure(f"{name}: {len(served)} pages asked for meanwhile, slowest {slowest * 1000:.0f} ms")
        check(f"500 {name} keep nobody out", set(served) == {200} and len(served) > 5, (served[:20], said[-800:]))


def main() -> None:
    with partnership("scan") as house:
        folder = house.folder / "scan"
        folder.mkdir()
        server, session = house.pid_of("server"), house.session("Helpline worker")
        slowhttptest(house, folder)
        sqlmap(house, session, folder)
        wapiti(house, session, folder)
        check("the server never died", house.pid_of("server") == server and house.answers())
        faults = [line for line in (house.data / "log" / "server.log").read_text().splitlines()
                  if '"message":"fault"' in line]
        check("its log has no fault", not faults, "\n".join(faults[:5]))
    skip("schemathesis", "it needs a description of an API, and there is no API: pages and forms only")


main()
finish()
