"""Makes a PDF of a pack: JSON on standard input, the file on standard output.

    pdf/bin/python -I -B make.py <pack.json | cat >pack.pdf

    {"title": "", "mark": "", "day": "", "at": 1800000000, "letter": [""],
     "pieces": [{"title": "", "role": "", "text": ""}]}

Nothing of it is written to disk or stands in an argument. Before a word is read the process gives up what it doesn't
need: more than 2 GB of memory, half a minute of processor time, writing files (so standard output is none) and,
where the kernel lets it, the network; and it offers itself as the first to be ended when memory is short. The same
input makes the same bytes. Exit 1 without a word when there is no file: what went wrong may quote the pack.
"""

import json
import os
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from confine import confine  # noqa: E402

# The font of the pages, where the assets lie beside; typst's own otherwise, and for letters that it lacks.
FONTS = HERE.parent / "assets"
PICTURES = 0x1F000


def written(text: str) -> str:
    """The text in what fonts have: no control characters, and small pictures by their names, because no font here has
    them and who listens to the page hears them so too."""
    return "".join(map(letter, text.replace("\r\n", "\n").replace("\r", "\n")))


def letter(one: str) -> str:
    if ord(one) >= PICTURES and unicodedata.category(one) in ("So", "Sk", "Cn"):
        return f"[{unicodedata.name(one, 'picture').lower()}]"
    if unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t":
        return ""
    return one


def readable(value: object) -> object:
    if isinstance(value, str):
        return written(value)
    if isinstance(value, list):
        return [readable(one) for one in value]
    if isinstance(value, dict):
        return {key: readable(one) for key, one in value.items()}
    return value


def main() -> None:
    confine(memory=2 << 30, seconds=30)
    # A thread for each processor would want memory of its own.
    os.environ["RAYON_NUM_THREADS"] = "1"
    pack = readable(json.load(sys.stdin.buffer))
    # The system's Python may be another than when this was installed; typst runs with any.
    sys.path.extend(map(str, HERE.glob("lib/python3*/site-packages")))
    import typst

    file = typst.compile(
        (HERE / "pack.typ").read_bytes(), root=str(HERE), font_paths=[str(FONTS)] if FONTS.is_dir() else [],
        ignore_system_fonts=True, format="pdf", sys_inputs={"data": json.dumps(pack)}, pdf_standards=["ua-1"],
        timestamp=pack["at"])
    sys.stdout.buffer.write(file)


if __name__ == "__main__":
    try:
        main()
    except Exception:
        sys.exit(1)
