"""Tests of the style sheet: that colours contrast in light and dark, and that nothing of GOV.UK's own is served.

    python3 Tests/Tools/test_assets.py

The contrast asked for is that of WCAG 2.2 AA: 4.5 for text, 3 for the outlines of controls.
"""

import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "Helpers" / "assets"))

from frontend_css import themed  # noqa: E402

TAGS = ("blue", "light-blue", "grey", "green", "turquoise", "purple", "pink", "red", "orange", "yellow")
INKS = ("text", "muted", "link", "link-strong", "link-hover", "link-visited", "error", "error-hover", "success",
        "success-hover")
GROUNDS = ("page", "field")


def schemes() -> dict[str, dict[str, str]]:
    """The value of each role, by scheme; dark overrides light."""
    css = (ROOT / "Assets" / "colours.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.S)
    read = lambda block: dict(re.findall(r"--ds-([\w-]+): (#[0-9a-f]+);", block))
    return {"light": read(light), "dark": read(light) | read(dark)}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[place:place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class Contrast(unittest.TestCase):
    def check(self, ink: str, ground: str, least: float) -> None:
        for scheme, roles in schemes().items():
            with self.subTest(scheme=scheme, ink=ink, ground=ground):
                self.assertGreaterEqual(contrast(roles[ink], roles[ground]), least)

    def test_text_can_be_read(self) -> None:
        for ink in INKS:
            for ground in GROUNDS:
                self.check(ink, ground, 4.5)
        for ink in ("text", "link", "link-visited", "link-strong", "link-hover", "muted"):
            self.check(ink, "surface", 4.5)
        for ground in ("button", "surface-hover"):
            self.check("text", ground, 4.5)

    def test_tags_can_be_read(self) -> None:
        for tag in TAGS:
            self.check(f"tag-{tag}-text", f"tag-{tag}", 4.5)

    def test_controls_can_be_seen(self) -> None:
        for ink in ("control", "error"):
            for ground in GROUNDS:
                self.check(ink, ground, 3)

    def test_dark_sets_every_role(self) -> None:
        css = (ROOT / "Assets" / "colours.css").read_text(encoding="utf-8")
        light, dark = (re.findall(r"(--ds-[\w-]+):", block) for block in re.findall(r":root \{(.*?)\}", css, re.S))
        self.assertEqual(light, dark)
        ours = (ROOT / "Assets" / "drystone.css").read_text(encoding="utf-8")
        self.assertLessEqual(set(re.findall(r"var\((--ds-[\w-]+)\)", ours)), set(light))


class Themed(unittest.TestCase):
    def test_colours_become_roles(self) -> None:
        self.assertEqual(themed(".a{color:#0b0c0c;margin:0}"), ".a{color:var(--ds-text);margin:0}")
        self.assertEqual(themed(".govuk-tag--red{background-color:#f4cdc6}"),
                         ".govuk-tag--red{background-color:var(--ds-tag-red)}")

    def test_focus_stays_black_on_yellow(self) -> None:
        self.assertEqual(themed(".a:active,.a:focus{color:#0b0c0c}"),
                         ".a:active{color:var(--ds-text)}.a:focus{color:#0b0c0c}")
        self.assertEqual(themed(".a:not(:focus){color:#1d70b8}"), ".a:not(:focus){color:var(--ds-link)}")

    def test_print_stays_as_it_is(self) -> None:
        self.assertEqual(themed("@media print{.a{color:#0b0c0c}}"), "@media print{.a{color:#0b0c0c}}")

    def test_what_is_gov_uks_alone_goes(self) -> None:
        self.assertEqual(
            themed("@font-face{font-family:GDS Transport;src:url(/a)}.govuk-header__logo,.a{top:0}"
                   "@media print{.govuk-footer__crown{top:0}}.b{font-family:GDS Transport,arial,sans-serif}"),
            '.a{top:0}.b{font-family:"Atkinson Hyperlegible",arial,sans-serif}')

    def test_what_it_does_not_know_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            themed(".a{background:url(/crest.svg)}")
        with self.assertRaises(ValueError):
            themed(".a{top:0}}")


if __name__ == "__main__":
    unittest.main()
