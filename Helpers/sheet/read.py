"""Reads the one sheet of a workbook: XLSX or ODS on standard input, a line and then CSV in UTF-8 on standard output.

    sheet/bin/python -I -B read.py <book.xlsx | cat >rows.csv

The line says `sheet`, or what is wrong, in a word of PROBLEMS; then nothing follows. Line n of the CSV is row n of the
sheet: line breaks in a cell are spaces, empty rows empty lines. Values are written as a person reads them there: days as
2024-03-31, numbers without a needless point, what a formula came to. Hidden sheets are passed over.

Nothing is written to disk. The process gives up what it doesn't need before it reads (confine.py); what is packed in the
file is counted before anything looks at it.
"""

import csv
import datetime
import io
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from confine import confine  # noqa: E402

PROBLEMS = ["noWorkbook", "macros", "packed", "cells", "sheets", "empty"]
# threat T24: bytes that come, bytes unpacked, how many times more, files within, cells.
MOST_BYTES, MOST_UNPACKED, MOST_RATIO, MOST_FILES, MOST_CELLS = 20 << 20, 200 << 20, 100, 1_000, 1_000_000
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


class Problem(Exception):
    """One of PROBLEMS."""


def check_packing(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise Problem("packed")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = archive.infolist()
        if len(files) > MOST_FILES:
            raise Problem("packed")
        names = [one.filename for one in files]
        is_ods = "mimetype" in names and archive.open("mimetype").read(100).strip() == ODS
        if not is_ods and "xl/workbook.xml" not in names:
            raise Problem("noWorkbook")
        if any("vbaproject" in name.lower() or name.startswith(("Basic/", "Scripts/")) for name in names):
            raise Problem("macros")
        most = min(MOST_UNPACKED, MOST_RATIO * max(len(data), 10_000))
        # What a file says of its size may be a lie: it is unpacked once, and counted.
        for one in files:
            before = b""
            with archive.open(one) as stream:
                while piece := stream.read(1 << 16):
                    most -= len(piece)
                    if most < 0:
                        raise Problem("packed")
                    # Neither kind of workbook declares entities; what does is out to harm.
                    if b"<!DOCTYPE" in before[-8:] + piece or b"<!ENTITY" in before[-8:] + piece:
                        raise Problem("noWorkbook")
                    before = piece


def only_sheet(data: bytes):
    import python_calamine as calamine

    book = calamine.load_workbook(io.BytesIO(data))
    visible = [
        one.name for one in book.sheets_metadata
        if one.visible == calamine.SheetVisibleEnum.Visible and one.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    filled = []
    for name in visible:
        sheet = book.get_sheet_by_name(name)
        if sheet.height > 0 and sheet.width > 0:
            filled.append(sheet)
        if len(filled) > 1:
            raise Problem("sheets")
    if not filled:
        raise Problem("empty")
    if filled[0].total_height * filled[0].total_width > MOST_CELLS:
        raise Problem("cells")
    return filled[0]


def written(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return str(value.date()) if value.time() == datetime.time() else value.isoformat(" ", "seconds")
    return " ".join(str(value).splitlines()) if value is not None else ""


def rows_of(sheet) -> io.StringIO:
    rows = [[written(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    width = max((place + 1 for row in rows for place, value in enumerate(row) if value), default=0)
    if width == 0:
        raise Problem("empty")
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    for row in rows:
        if any(row):
            write(row[:width])
        else:
            out.write("\n")
    return out


def main() -> None:
    confine(memory=1 << 30, seconds=30)
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        check_packing(data)
        text = "sheet\n" + rows_of(only_sheet(data)).getvalue()
    except Problem as problem:
        text = f"{problem}\n"
    except MemoryError:
        text = "cells\n"
    except Exception:
        # What a reader says quotes the file.
        text = "noWorkbook\n"
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


main()
