"""The partnership under test and the browsers that visit it."""

import base64
import hashlib
import hmac
import json
import os
import re
import struct
import subprocess
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from hands import Mouse
from watch import Watch

# Playwright turns the back-forward cache off; people's browsers have it on, and it is what Back may show.
AS_PEOPLE_HAVE_IT = ["--disable-back-forward-cache"]


class House:
    """Who can sign in, where, and what can be done to the partnership from behind."""

    def __init__(self, playwright: Playwright) -> None:
        self.playwright = playwright
        self.site = os.environ["BROWSER_SITE"]
        self.elsewhere = f"http://127.0.0.1:{os.environ['BROWSER_ELSEWHERE']}"
        self.scratch = Path(os.environ["BROWSER_SCRATCH"])
        self.shots = Path(os.environ["BROWSER_SHOTS"])
        self.chromium = os.environ["BROWSER_CHROMIUM"]
        self.light = os.environ["BROWSER_LIGHT"]
        self.flags = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        self.watch = Watch(self.site, self.elsewhere)
        self.people = self.read_sign_ins()
        self.browsers: dict[str, Browser] = {}
        self.take_browser(whole=False)
        self.states: dict[str, dict] = {}
        self.contexts: list[BrowserContext] = []
        self.kept: dict[str, object] = {}

    def read_sign_ins(self) -> dict[str, dict]:
        """By role; the second of a role as "IDVA 2"."""
        people: dict[str, dict] = {}
        for person in json.loads((self.scratch / "sign-ins.json").read_text()):
            people[person["role"] if person["role"] not in people else f"{person['role']} 2"] = person
        return people

    # Browsers

    def take_browser(self, whole: bool) -> None:
        """The next windows are of Chromium as people have it, or of its engine alone: a third of the work."""
        path = self.chromium if whole else self.light
        if path not in self.browsers:
            self.browsers[path] = self.playwright.chromium.launch(
                executable_path=path, args=self.flags, ignore_default_args=AS_PEOPLE_HAVE_IT)
        self.browser = self.browsers[path]

    def visit(self, who: str | None = None, script: bool = True, width: int = 1280, **more) -> Page:
        """A new window of a browser of its own: signed in as `who`, or nobody."""
        state = self.state_of(who) if who else None
        context = self.browser.new_context(
            storage_state=state, java_script_enabled=script, viewport={"width": width, "height": 900},
            locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce", **more)
        return self.watched(context).new_page()

    def watched(self, context: BrowserContext) -> BrowserContext:
        # Long: a slow machine is no fault. What never comes still ends a test.
        context.set_default_timeout(60_000)
        self.watch.follow(context)
        self.contexts.append(context)
        return context

    def state_of(self, who: str) -> dict:
        """The cookies of somebody who has signed in; many windows share them, until nobody has used them for long."""
        if who not in self.states or not self.is_signed_in(self.states[who]):
            page = self.visit()
            self.sign_in(page, who)
            self.states[who] = page.context.storage_state()
            page.context.close()
        return self.states[who]

    def is_signed_in(self, state: dict) -> bool:
        """Whether the session lives. Then a click is made up for it: other tests may have run for so long that its
        screen is locked by now."""
        tokens = [cookie["value"] for cookie in state["cookies"] if cookie["name"] == "__Host-session"]
        return "1" in [self.psql(f"""
            UPDATE app.session SET seen_at = now(), expires_at = now() + interval '15 minutes'
            WHERE token_hash = sha256('{token}') AND expires_at > now() RETURNING 1
            """) for token in tokens]

    def sign_in(self, page: Page, who: str, hand: Mouse | None = None) -> None:
        """Through the pages, as people do; from the sign-in page when it is shown already."""
        hand, person = hand or Mouse(page), self.people[who]
        if "/sign-in" not in page.url:
            page.goto(self.site + "/sign-in")
        hand.write("Email address", person["email"])
        hand.write("Password", person["password"])
        hand.press("Continue")
        hand.write("Six-digit code from your authenticator app", self.code(who))
        hand.press("Sign in")
        page.wait_for_url(lambda url: "/sign-in" not in url)

    def code(self, who: str) -> str:
        """The authenticator's code. Each works once; so that nobody waits half a minute for the next, the account's
        last step is moved back, as expiry is tested by moving a row's dates."""
        self.psql(f"UPDATE app.account SET totp_last_step = -1 WHERE email = '{self.people[who]['email']}'")
        return totp(self.people[who]["totpSecret"])

    def finish_test(self) -> list[str]:
        """Closes what a test left open; what the browsers complained of."""
        for context in self.contexts:
            try:
                context.close()
            except Exception:
                pass
        self.contexts.clear()
        return self.watch.take()

    def picture_of_failure(self, sentence: str) -> Path | None:
        pages = [page for context in self.contexts for page in context.pages]
        if not pages:
            return None
        path = self.shots / ("failed-" + re.sub(r"\W+", "-", sentence)[:60] + ".png")
        try:
            pages[-1].screenshot(path=path, full_page=True)
            return path
        except Exception:
            return None

    # Behind the pages

    def psql(self, statement: str) -> str:
        done = subprocess.run([self.scratch / "psql", "-c", statement], capture_output=True, text=True)
        assert done.returncode == 0, f"psql: {done.stderr}"
        return done.stdout.strip()

    def stop_database(self) -> None:
        subprocess.run([self.scratch / "pg_ctl", "stop", "--mode=fast"], check=True, capture_output=True)

    def start_database(self) -> None:
        subprocess.run([self.scratch / "pg_ctl", "start"], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    def wait_until_served(self) -> None:
        """Until the server has its database: after its start, and after the database's."""
        request = self.playwright.request.new_context()
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                if request.get(f"{self.site}/sign-in", headers={"Cookie": f"__Host-session={'x' * 43}"}).status == 200:
                    return request.dispose()
            except Exception:
                pass
            time.sleep(0.1)
        raise SystemExit("the server did not answer within a minute")

    @staticmethod
    def session_of(page: Page) -> str:
        """The condition that finds this browser's session: the database keeps only the token's hash."""
        tokens = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "__Host-session"]
        return f"token_hash = sha256('{tokens[0]}')"

    def forget_failed_sign_ins(self) -> None:
        self.psql("DELETE FROM app.throttle")


def totp(secret: str) -> str:
    """The code of this moment (RFC 6238)."""
    key = base64.b32decode(secret)
    mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = mac[-1] & 15
    return "%06d" % ((struct.unpack(">I", mac[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000)
