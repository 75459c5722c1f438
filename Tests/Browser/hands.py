"""Ways to use a page: with a mouse, or with nothing but a keyboard. Both find things by what people read."""

from playwright.sync_api import Locator, Page

TO_WRITE_IN = "textarea, select, input:not([type=radio]):not([type=checkbox])"


class Mouse:
    """Clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # Finding

    def field(self, label: str) -> Locator:
        """What can be written in or selected from; an answer to choose may have the same words."""
        return self.page.get_by_label(label, exact=True).and_(self.page.locator(TO_WRITE_IN))

    def answer(self, question: str, label: str) -> Locator:
        return self.page.get_by_role("group", name=question, exact=True).get_by_label(label, exact=True)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first

    # Doing

    def write(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def write_date(self, question: str, day: str, month: str, year: str) -> None:
        for label, text in zip(("Day", "Month", "Year"), (day, month, year)):
            self.write_part(self.answer(question, label), text)

    def write_part(self, field: Locator, text: str) -> None:
        field.fill(text)

    def choose(self, question: str, label: str) -> None:
        self.answer(question, label).check()

    def tick(self, question: str, label: str) -> None:
        self.answer(question, label).check()

    def select(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def press(self, name: str) -> None:
        self.button(name).click()

    def follow(self, name: str) -> None:
        self.link(name).click()


class Keyboard(Mouse):
    """Tab, arrows, Space and Enter only. Whatever gets the focus must show it, and must not be hidden by anything."""

    most_tabs = 400

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.seen: set[str] = set()

    def go_to(self, target: Locator) -> None:
        wanted = target.element_handle()
        for _ in range(self.most_tabs):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("e => e === document.activeElement"):
                self.check_focus_shows()
                return
        raise AssertionError(f"the Tab key never reaches {target}")

    def check_focus_shows(self) -> None:
        """Not hidden under something that stays in place (WCAG 2.4.11), and looks different from before (2.4.7)."""
        kind, hidden = self.page.evaluate(LOOK_AT_FOCUS)
        assert not hidden, f"the focus on {kind} is hidden by something above it on {self.page.url}"
        if kind in self.seen:
            return
        self.seen.add(kind)
        focused = self.picture()
        self.page.evaluate("() => { window.focused = document.activeElement; focused.blur() }")
        plain = self.picture()
        self.page.evaluate("() => focused.focus({preventScroll: true})")
        assert focused != plain, f"the focus on {kind} does not show on {self.page.url}"

    def picture(self) -> bytes:
        return self.page.screenshot(caret="hide", animations="disabled")

    def write(self, label: str, text: str) -> None:
        self.write_part(self.field(label), text)

    def write_part(self, field: Locator, text: str) -> None:
        self.go_to(field)
        self.page.keyboard.type(text)

    def choose(self, question: str, label: str) -> None:
        """Tab enters a group of radios at its first (or chosen) answer; arrows move and choose."""
        group = self.page.get_by_role("group", name=question, exact=True)
        wanted = self.answer(question, label)
        chosen = group.get_by_role("radio", checked=True)
        self.go_to(chosen if chosen.count() else group.get_by_role("radio").first)
        self.page.keyboard.press("Space")
        for _ in range(group.get_by_role("radio").count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert wanted.is_checked(), f"arrows never chose {label}"

    def tick(self, question: str, label: str) -> None:
        self.go_to(self.answer(question, label))
        self.page.keyboard.press("Space")

    def select(self, label: str, option: str) -> None:
        field = self.field(label)
        self.go_to(field)
        for _ in range(field.locator("option").count()):
            if field.evaluate("e => e.selectedOptions[0].label") == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"arrows never chose {option}")

    def press(self, name: str) -> None:
        self.go_to(self.button(name))
        with self.page.expect_navigation():
            self.page.keyboard.press("Space")

    def follow(self, name: str) -> None:
        self.go_to(self.link(name))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


# What has the focus, and whether none of a grid of points on it can be seen. Radios and boxes show it on their label.
LOOK_AT_FOCUS = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect(), steps = [0.1, 0.3, 0.5, 0.7, 0.9];
  const label = e.labels && e.labels[0];
  const mine = at => at && (e.contains(at) || at.contains(e) && at.tagName === 'LABEL' || label && label.contains(at));
  const seen = steps.some(x => steps.some(y =>
    mine(document.elementFromPoint(r.left + r.width * x, r.top + r.height * y))));
  return [e.tagName.toLowerCase() + '.' + (e.type || '') + '.' + e.className, !seen];
}"""
