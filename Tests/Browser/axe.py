"""axe-core on one page, at both widths, and what else must hold of every page that is looked at."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Page

from harness import LONG

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 320)
RUN = """Promise.race([new Promise((_, no) => setTimeout(() => no(Error('axe took over 30 s')), 30000)),
  axe.run(document, {runOnly: {type: 'tag', values: %s}, rules: {'color-contrast': {enabled: %s}},
  resultTypes: ['violations']})])
  .then(found => found.violations.map(v => `${v.id} (${v.impact}): ${v.nodes.map(n => n.target.join(' ')).join(', ')}`))"""
OVERFLOW = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


def read_axe() -> str:
    package = find_spec("axe_playwright_python")
    return (Path(package.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


AXE = read_axe()


class Checker:
    """Checks whatever page a window shows. Without script the page's own never runs; axe needs the engine, so it is
    switched on for as long as axe looks. Hence the window must be one with script: what a window without it has
    switched off for good, nobody can switch on, and axe would wait for ever."""

    def __init__(self, page: Page, script: bool, widths: tuple[int, ...] | None = None) -> None:
        self.page, self.script = page, script
        self.tools = page.context.new_cdp_session(page)
        # Without script a page is laid out alike: at the narrow width alone, but in the long run.
        self.widths = widths or (WIDTHS if script or LONG else WIDTHS[-1:])
        self.problems: list[str] = []
        self.checked: set[str] = set()
        self.allow_script(False)

    def check(self, name: str) -> None:
        self.checked.add(name)
        self.page.wait_for_load_state()
        self.allow_script(True)
        self.ask(AXE + ";0")
        for width in self.widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            # Colours depend on no width and no script: they are judged once.
            colours = LONG or self.script and width == self.widths[0]
            self.check_at(f"{name} at {width} px {'with' if self.script else 'without'} script", colours)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.allow_script(False)

    def check_at(self, where: str, colours: bool) -> None:
        found = self.ask(RUN % (json.dumps(RULES), json.dumps(colours)))
        self.problems += [f"{where}: {violation}" for violation in found]
        wider = self.ask(OVERFLOW)
        if wider > 1:
            self.problems.append(f"{where}: scrolls sideways by {wider} pixels")
        if self.page.locator("h1").count() != 1:
            self.problems.append(f"{where}: {self.page.locator('h1').count()} h1")

    def allow_script(self, allowed: bool) -> None:
        if not self.script:
            self.tools.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def ask(self, expression: str) -> object:
        answer = self.tools.send("Runtime.evaluate", {
            "expression": expression, "awaitPromise": True, "returnByValue": True})
        assert "exceptionDetails" not in answer, f"axe: {answer['exceptionDetails']}"
        return answer["result"].get("value")


ID = re.compile(r"^[0-9a-f]{8}-[0-9a-f-]{27}$|^[\w-]{43}$")


def shape(path: str) -> str:
    """/people/…/risk/… and the like, as the access table writes routes, with every parameter `:id`."""
    return "/".join(":id" if part.startswith(":") or ID.match(part) else part for part in path.partition("?")[0].split("/"))
