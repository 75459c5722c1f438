#!/usr/bin/python3
"""Upgrades: the demonstration of every earlier release, restored with today's program, upgraded and used."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from partnership import LAUNCHER, Partnership, check, finish, free_port, wait_for

RELEASES = sorted((Path(__file__).resolve().parent.parent / "Data").glob("release-*"))
COUNTS = """SELECT json_object_agg(relname, (xpath('/row/n/text()', query_to_xml('SELECT count(*) AS n FROM app.'
    || quote_ident(relname), false, true, '')))[1]::text::int)
    FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'"""


def launcher(*words: object) -> subprocess.CompletedProcess:
    return subprocess.run([LAUNCHER, *map(str, words)], capture_output=True, text=True, stdin=subprocess.DEVNULL)


class Restored(Partnership):
    """An old partnership's directory, not yet served."""

    def __init__(self, release: Path, folder: Path) -> None:
        self.data, self.port, self.process = folder / "data", free_port(), None
        # Whoever runs the database may not be able to read the repository.
        for file in release.iterdir():
            shutil.copy(file, folder)
        identity = folder / "identity.txt"
        self.restored = launcher("restore", "--from", folder / "demonstration.age", "--identity", identity,
                                 "--data", self.data)
        self.keys = launcher("restore", "--keys", folder / "keys.age", "--identity", identity, "--data", self.data)
        self.config = self.data / "drystone.conf"
        text = self.config.read_text()
        text = re.sub(r"(?m)^(listen|public_url|demonstration|metrics)\s*=.*\n", "", text)
        self.config.write_text(f"{text}\nlisten = 127.0.0.1:{self.port}\npublic_url = http://{self.host}\n"
                               "demonstration = true\n")

    def serve(self) -> None:
        self.process = subprocess.Popen([LAUNCHER, "serve", "--config", str(self.config)], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(120, lambda: self.answers() or self.process.poll() is not None)
        self.people = json.loads((self.data / "keys" / "demonstration-sign-ins.json").read_text())

    def stop(self) -> None:
        if self.process is not None:
            super().stop()


def upgrade(release: Path, folder: Path) -> None:
    name = release.name.removeprefix("release-")
    old = Restored(release, folder)
    try:
        check(f"{name} is restored, every table equal", "equal: " in old.restored.stdout + old.restored.stderr,
              old.restored.stdout + old.restored.stderr)
        check("with its keys", old.keys.returncode == 0, old.keys.stderr)
        refused = launcher("serve", "--config", old.config)
        check("it isn't served before it is upgraded", refused.returncode == 1 and "older" in refused.stderr,
              refused.stderr)
        migrated = launcher("migrate", "--config", old.config)
        said = migrated.stdout + migrated.stderr
        check("migrate upgrades it", migrated.returncode == 0 and "Applied 0022" in said, said)
        old.serve()
        check("then it is served", old.answers())
        then = json.loads((release / "rows.json").read_text())
        now = json.loads(old.sql(COUNTS))
        lost = {table: (rows, now.get(table)) for table, rows in then.items() if now.get(table) != rows}
        check("no row is missing, and none has come", not lost and sum(then.values()) > 1_000, lost)
        used(old)
        verified = verifies(old)
        check("its log is whole", verified.returncode == 0, verified.stdout + verified.stderr)
    finally:
        old.stop()


def used(old: Restored) -> None:
    """As its people use it."""
    worker = old.session("IDVA")
    page = worker.get("/cases")
    links = re.findall(r'href="(/cases/[0-9a-f-]{36})"', page.text)
    check("the IDVA finds her cases", page.status == 200 and len(links) > 5, page.status)
    case = worker.get(links[0])
    person = re.search(r'href="(/people/[0-9a-f-]{36})"', case.text)
    check("a case opens, and its person, and what happened", bool(person)
          and all(worker.get(person.group(1) + end).status == 200 for end in ("", "/timeline", "/risk")))
    restricted = old.sql("SELECT id FROM app.case_record WHERE restricted AND id NOT IN (SELECT t.case_id FROM "
                         f"app.case_team t JOIN app.account a ON a.id = t.account_id WHERE a.email = "
                         f"'{old.person('IDVA')['email']}') LIMIT 1")
    check("a case restricted before the upgrade is still not there for others",
          restricted != "" and worker.get(f"/cases/{restricted}").status == 404, restricted)


def verifies(old: Restored) -> subprocess.CompletedProcess:
    out = old.data / "log.jsonl"
    exported = launcher("audit", "export", "--config", old.config, "--out", out)
    return exported if exported.returncode else launcher("audit", "verify", out)


for found in RELEASES:
    place = Path(tempfile.mkdtemp(prefix="drystone-upgrade."))
    place.chmod(0o711)
    try:
        upgrade(found, place)
    finally:
        shutil.rmtree(place, ignore_errors=True)
check("there is an earlier release to upgrade", len(RELEASES) > 0)
finish()
