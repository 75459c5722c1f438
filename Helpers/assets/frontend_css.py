"""Turns the compiled style sheet of GOV.UK Frontend into one that a council or charity may serve.

It drops what belongs to GOV.UK alone (the GDS Transport font, the header, the footer, crown, crest and logo), and
writes the colours as roles, `var(--ds-text)`, that Assets/drystone.css gives values to for light and dark.
With the light values the result looks as the original does.
"""

import re

FONT_STACK = '"Atkinson Hyperlegible",arial,sans-serif'
BRANDED = re.compile(r"govuk-(header|footer|logo)|govuk-template--rebranded|crest|crown|licence-logo")
NESTING = ("@media", "@supports", "@-moz-document")

# Colour in GOV.UK Frontend, by kind of property, and the role it plays.
ROLES = {
    "color": {
        "#0b0c0c": "text", "rgba(11,12,12,.99)": "text", "#505a5f": "muted", "#1d70b8": "link",
        "#1a65a6": "link-strong", "#003078": "link-hover", "#4c2c92": "link-visited", "#d4351c": "error",
        "#942514": "error-hover",
        "#00703c": "success", "#004e2a": "success-hover",
    },
    "background": {"#fff": "page", "#f3f2f1": "surface", "#dbdad9": "surface-hover", "#0b0c0c": "text"},
    "border": {
        "#0b0c0c": "control", "#b1b4b6": "line", "#d4351c": "error", "#505a5f": "muted", "#1a65a6": "link-strong",
    },
    "box-shadow": {"#b1b4b6": "line", "#929191": "shadow", "#d4351c": "error"},
}


def themed(css: str) -> str:
    """The whole style sheet without what is GOV.UK's alone, with roles for colours."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S).replace('@charset "UTF-8";', "").strip()
    nodes, rest = parse(css, 0)
    if rest != len(css):
        raise ValueError(f"The style sheet could not be read after character {rest}")
    result = write(nodes, in_screen_colours=True)
    for left in ("GDS Transport", "crest", "crown", "url("):
        if left in result:
            raise ValueError(f"{left!r} is still in the style sheet")
    return result


def parse(css: str, start: int) -> tuple[list[tuple], int]:
    """The rules from `start` to the end of the block: (selector, declarations) or (condition, [rules])."""
    nodes: list[tuple] = []
    while start < len(css) and css[start] != "}":
        opening = css.index("{", start)
        prelude = css[start:opening].strip()
        if prelude.startswith(NESTING):
            inner, end = parse(css, opening + 1)
            nodes.append((prelude, inner))
        else:
            end = css.index("}", opening)
            nodes.append((prelude, css[opening + 1:end]))
        start = end + 1
    return nodes, start


def write(nodes: list[tuple], in_screen_colours: bool) -> str:
    """Rules as text again."""
    parts = []
    for prelude, body in nodes:
        if isinstance(body, list):
            inner = write(body, in_screen_colours and "print" not in prelude and "forced-colors" not in prelude)
            if inner:
                parts.append(f"{prelude}{{{inner}}}")
        elif selectors := allowed(prelude):
            body = re.sub(r"GDS Transport,\s*arial,\s*sans-serif", FONT_STACK, body)
            parts.append(rule(selectors, body) if in_screen_colours else f"{','.join(selectors)}{{{body}}}")
    return "".join(parts)


def allowed(prelude: str) -> list[str]:
    """The selectors of a rule that may be served; none if the rule is GOV.UK's alone."""
    if prelude.startswith("@font-face"):
        return []
    return [part for part in prelude.split(",") if not BRANDED.search(part)]


def rule(selectors: list[str], body: str) -> str:
    """A rule with roles for its colours, except where they are the same in light and dark."""
    fixed = [part for part in selectors if keeps_colours(part)]
    themed = [part for part in selectors if part not in fixed]
    with_roles = ";".join(declaration_with_role(themed, part) for part in body.split(";"))
    if body == with_roles or not fixed or not themed:
        return f"{','.join(selectors)}{{{with_roles if themed else body}}}"
    return f"{','.join(themed)}{{{with_roles}}}{','.join(fixed)}{{{body}}}"


def keeps_colours(selector: str) -> bool:
    """Focus is black on yellow in light and dark, and so is the skip link."""
    focused = ":focus" in re.sub(r":not\([^)]*\)", "", selector)
    return (focused and "--error" not in selector) or "--inverse" in selector or "skip-link" in selector


def declaration_with_role(selectors: list[str], declaration: str) -> str:
    name, _, value = declaration.partition(":")
    kind = next((kind for kind in ROLES if name.strip().startswith(kind)), None)
    if kind is None:
        return declaration
    if tag := re.fullmatch(r"\.govuk-tag(?:--([a-z-]+))?", ",".join(selectors)):
        if kind in ("color", "background"):
            return f"{name}:var(--ds-tag-{tag[1] or 'blue'}{'-text' if kind == 'color' else ''})"
    if selectors == [".govuk-warning-text__icon"] and kind == "color":
        return f"{name}:var(--ds-page)"
    for colour, role in ROLES[kind].items():
        value = re.sub(re.escape(colour) + r"(?![0-9a-f])", f"var(--ds-{role})", value)
    return f"{name}:{value}"
