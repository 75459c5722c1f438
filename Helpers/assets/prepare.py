"""Makes the folder of files that the server sends to browsers.

    python3 Helpers/assets/prepare.py DIR [--wheels FOLDER]

From the packages that requirements.txt pins by hash (or from FOLDER, checked against the same hashes) and from
Assets/, it writes each file under a name with a fingerprint of its content, the same compressed as .gz, and
manifest.json, which gives the served name of each: {"drystone.css": "drystone.0123456789.css", ...}.
The same input makes the same bytes.
"""

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from frontend_css import themed

HERE = Path(__file__).resolve().parent
OURS = HERE.parent.parent / "Assets"
HELPERS = [HERE.parent / name / "LICENCES.txt" for name in ("pdf", "sheet")]
REQUIREMENTS = HERE / "requirements.txt"
FRONTEND = "fast_gov_uk/assets/govuk-frontend-5.11.1.min"
STYLES = ("colours.css", "drystone.css", "frame.css", "print.css")
FONT = "fontpkg_atkinson_hyperlegible"
FONT_LIMIT = 150_000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("directory", type=Path)
    arguments.add_argument("--wheels", type=Path, help="a folder that holds the packages already")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        wheels = chosen.wheels or download(Path(scratch))
        site = Site(chosen.directory)
        build(site, *(open_wheel(wheels, name, digest) for name, digest in pins()))
        site.finish()
    print(f"{len(site.manifest)} assets in {chosen.directory}")


def download(folder: Path) -> Path:
    """Fetches the packages; pip refuses any whose hash differs. They are data here, so any Python will do."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
         "--require-hashes", "--only-binary", ":all:", "--python-version", "3.12",
         "--dest", str(folder), "--requirement", str(REQUIREMENTS)],
        check=True)
    return folder


def pins() -> list[tuple[str, str]]:
    """(name as in file names, sha256) of each package, in the order of requirements.txt."""
    found = re.findall(r"^([\w-]+)==\S+ \\\n\s+--hash=sha256:([0-9a-f]{64})", REQUIREMENTS.read_text(), re.M)
    return [(name.replace("-", "_"), digest) for name, digest in found]


def open_wheel(folder: Path, name: str, digest: str) -> zipfile.ZipFile:
    """The package's file in the folder, after a check of its hash."""
    for path in sorted(folder.glob(f"{name}-*.whl")):
        if hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            return zipfile.ZipFile(path)
    raise SystemExit(f"{folder} has no {name} with the hash that {REQUIREMENTS.name} asks for")


def build(site: "Site", frontend: zipfile.ZipFile, font: zipfile.ZipFile) -> None:
    """Adds every file: those that others refer to come first."""
    fonts = font_faces(site, font)
    css = themed(frontend.read(f"{FRONTEND}.css").decode())
    ours = "\n".join((OURS / name).read_text(encoding="utf-8") for name in STYLES)
    site.add("drystone.css", f'@charset "UTF-8";{notice("/*", "*/")}{fonts}{css}\n{ours}'.encode())
    script = re.sub(r"//# sourceMappingURL=\S+", "", frontend.read(f"{FRONTEND}.js").decode())
    site.add("govuk-frontend.js", f"{notice('/*', '*/')}{script}".encode())
    own = (OURS / "drystone.js").read_text(encoding="utf-8")
    site.add("drystone.js", own.replace("govuk-frontend.js", site.manifest["govuk-frontend.js"]).encode())
    site.add("favicon.svg", (OURS / "favicon.svg").read_bytes())
    licence = font.read(f"{FONT}/LICENSE").decode()
    parts = [(HERE / "LICENCE-govuk-frontend.txt").read_text(), *(one.read_text() for one in HELPERS), licence]
    site.add("licences.txt", "\n\n".join(parts).encode())


def font_faces(site: "Site", font: zipfile.ZipFile) -> str:
    """Adds the regular and the bold font, and returns their rules. Too large, they give way to the system's."""
    files = [(weight, font.read(f"{FONT}/files/AtkinsonHyperlegible-{style}.ttf"))
             for weight, style in ((400, "Regular"), (700, "Bold"))]
    if sum(len(data) for _, data in files) > FONT_LIMIT:
        return ""
    rules = []
    for weight, data in files:
        served = site.add(f"atkinson-hyperlegible-{weight}.ttf", data)
        rules.append(
            f'@font-face{{font-family:"Atkinson Hyperlegible";font-style:normal;font-weight:{weight};'
            f'src:url({served}) format("truetype");font-display:swap}}')
    return "".join(rules)


def notice(opening: str, closing: str) -> str:
    return f"{opening}! GOV.UK Frontend 5.11.1, MIT, (C) 2017 Crown Copyright (Government Digital Service){closing}\n"


class Site:
    """The folder being made."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.manifest: dict[str, str] = {}
        directory.mkdir(parents=True, exist_ok=True)

    def add(self, name: str, data: bytes) -> str:
        """Writes a file and its compressed twin, and returns the name it is served by."""
        stem, _, ending = name.rpartition(".")
        served = f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}.{ending}"
        (self.directory / served).write_bytes(data)
        (self.directory / f"{served}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
        self.manifest[name] = served
        return served

    def finish(self) -> None:
        """Writes the manifest, and removes what an earlier manifest named and this one doesn't."""
        path = self.directory / "manifest.json"
        earlier = json.loads(path.read_text()) if path.exists() else {}
        for served in set(earlier.values()) - set(self.manifest.values()):
            (self.directory / served).unlink(missing_ok=True)
            (self.directory / f"{served}.gz").unlink(missing_ok=True)
        path.write_text(json.dumps(self.manifest, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
