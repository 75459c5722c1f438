"""Renders every case of Tests/Data/govuk-cases.json with the Jinja port of GOV.UK Frontend 5.11.1.

Prints JSON, {key: [token, ...]}, for GoldenTests.swift to compare our components with:

    python3 -m venv .oracle && .oracle/bin/pip install --require-hashes -r Tests/Tools/requirements-oracle.txt
    .oracle/bin/python Tests/Tools/govuk_oracle.py > golden.json
    GOVUK_GOLDEN=$PWD/golden.json swift test --filter PagesTests

A token is a tag with its attributes sorted, or "text: " and a run of text with its white space collapsed. White
space at the ends of a run is dropped, as is the difference between `checked` and `checked=""`.
"""

import json
import sys
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

CASES = Path(__file__).parent.parent / "Data" / "govuk-cases.json"
PACKAGE = "govuk_frontend_jinja"
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}


class Tokens(HTMLParser):
    """Collects the tokens of a piece of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[str] = []
        self.run = ""
        self.feed(markup)
        self.close()
        self.end_run()

    def end_run(self) -> None:
        text = " ".join(self.run.split())
        if text:
            self.tokens.append("text: " + text)
        self.run = ""

    def handle_data(self, data: str) -> None:
        self.run += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_run()
        pairs = sorted((name, " ".join((value or "").split())) for name, value in attrs)
        self.tokens.append("<" + tag + "".join(f' {name}="{value}"' for name, value in pairs) + ">")

    def handle_endtag(self, tag: str) -> None:
        self.end_run()
        if tag not in VOID:
            self.tokens.append(f"</{tag}>")


def environment() -> Environment:
    loader = PrefixLoader({PACKAGE: PackageLoader(PACKAGE, "templates")})
    return Environment(
        loader=loader, autoescape=True, undefined=ChainableUndefined, trim_blocks=True, lstrip_blocks=True
    )


def render(jinja: Environment, component: str, params: dict) -> str:
    macro = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    source = f'{{% from "{PACKAGE}/components/{component}/macro.html" import {macro} %}}{{{{ {macro}(params) }}}}'
    return jinja.from_string(source).render(params=params)


def main() -> None:
    jinja = environment()
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    golden = {case["key"]: Tokens(render(jinja, case["component"], case["params"])).tokens for case in cases}
    json.dump(golden, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
