"""Writes workbooks for tests, fair ones and others, into a folder: python3 workbooks.py FOLDER [NAME...].

Made from their parts, with nothing but Python: what is wrong in each is written here, and no file of it is kept.
"""

import io
import sys
import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = f"""<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"""


def cell(place: str, value: object) -> str:
    if isinstance(value, tuple):  # a day, as the number that a workbook keeps
        return f'<c r="{place}" s="1"><v>{value[0]}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    if value.startswith("="):
        formula, _, result = value[1:].partition("|")
        return f'<c r="{place}" t="str"><f>{formula}</f><v>{result}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def sheet(rows: dict[int, list], extra: str = "") -> str:
    body = "".join(
        f'<row r="{number}">' + "".join(cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(row) if value != "")
        + "</row>" for number, row in rows.items())
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}{extra}</sheetData></worksheet>'


def book(sheets: list[tuple[str, str]], more: dict[str, bytes] | None = None) -> bytes:
    """`sheets` by state (visible, hidden) and their XML."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="S{n}" sheetId="{n}" state="{sheets[n - 1][0]}" r:id="r{n}"/>' for n in numbers)
    links = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers)
    links += f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="w" Type="{OFFICE}/officeDocument" '
        f'Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>'.encode(),
        "xl/styles.xml": STYLES.encode(),
        **{f"xl/worksheets/sheet{n}.xml": sheets[n - 1][1].encode() for n in numbers}, **(more or {}),
    }
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def open_document(rows: list[list[str]]) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    body = "".join("<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>' for value in row)
        + "</table:table-row>" for row in rows)
    content = f"""<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0"
        xmlns:text="{space}text:1.0"><office:body><office:spreadsheet><table:table table:name="S1">{body}</table:table>
        </office:spreadsheet></office:body></office:document-content>"""
    manifest = f"""<manifest:manifest xmlns:manifest="{space}manifest:1.0"><manifest:file-entry
        manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
        </manifest:manifest>"""
    return packed({
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest.encode()})


HEAD = ["record_id", "event_date", "surname", "dob", "sex", "nhs_number"]
FAIR = sheet({
    1: ["Extract of the year", "", ""], 4: HEAD,
    5: ["H-1", (36927,), "Trevanion-Hale", (1,), "Female", 9990000018.0],
    7: ["=A5|H-2", (36928,), "Achterberg\nIdowu", "12/05/1960", "F", ""],
})
SMALL = sheet({1: ["a", "b"]})

BOOKS = {
    "fair.xlsx": lambda: book([("visible", FAIR), ("hidden", SMALL)]),
    "two.xlsx": lambda: book([("visible", FAIR), ("visible", SMALL)]),
    "empty.xlsx": lambda: book([("visible", sheet({}))]),
    "macros.xlsx": lambda: book([("visible", FAIR)], {"xl/vbaProject.bin": b"x"}),
    "entities.xlsx": lambda: book([("visible", '<!DOCTYPE a [<!ENTITY b "c">]>' + FAIR)]),
    "bomb.xlsx": lambda: book([("visible", FAIR + " " * (300 << 20))]),
    "far.xlsx": lambda: book([("visible", sheet(
        {1: ["x"]}, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))]),
    "many.xlsx": lambda: book([("visible", FAIR)], {f"xl/{n}": b"" for n in range(1_200)}),
    "short.xlsx": lambda: book([("visible", FAIR)])[:900],
    "other.xlsx": lambda: packed({"words.txt": b"words"}),
    "fair.ods": lambda: open_document([HEAD, ["H-1", "05/02/2001", "Trevanion-Hale", "01/01/1900", "Female", ""]]),
}

if __name__ == "__main__":
    for name in sys.argv[2:] or BOOKS:
        (Path(sys.argv[1]) / name).write_bytes(BOOKS[name]())
