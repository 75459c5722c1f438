"""What another program reads in a PDF (pypdf): the file on standard input, JSON on standard output.

    .build/oracle/bin/python Tests/Tools/pdf_oracle.py <file.pdf
"""

import io
import json
import sys

from pypdf import PdfReader

reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
root = reader.trailer["/Root"]


def headings(outline: list) -> list[str]:
    return [text for one in outline for text in (headings(one) if isinstance(one, list) else [one.title])]


json.dump({
    "title": reader.metadata.title, "author": reader.metadata.author or "", "language": root.get("/Lang", ""),
    "isTagged": bool(root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in root,
    "claimsUA": b"pdfuaid:part" in root["/Metadata"].get_object().get_data(),
    "showsTitle": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")),
    "runs": any(name in root for name in ("/OpenAction", "/AA")) or "/JavaScript" in root.get("/Names", {}),
    "bookmarks": headings(reader.outline),
    # Lines end where the sheet does: a sentence is looked for without them.
    "pages": [" ".join(page.extract_text().split()) for page in reader.pages],
}, sys.stdout)
