#!/usr/bin/python3
"""Three files of the largest size at once, three times over: all are kept, and what the server took for them it gives
back. Where memory lies doesn't depend on how fast a machine is."""

import concurrent.futures
import http.client
import re
import time
import uuid
from pathlib import Path

from partnership import Partnership, Session, check, figure, finish, partnership, wait_for

# All but as much as a file may have.
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40_000 + b"\n%%EOF\n"
# Three files read, sealed and on their way to the database may lie side by side; afterwards the limit on pages holds.
DURING, AFTERWARDS = 400, 150


def megabytes(house: Partnership, what: str) -> int:
    status = Path(f"/proc/{house.pid_of('server')}/status").read_text()
    return int(re.search(rf"^{what}:\s+(\d+) kB", status, re.M).group(1)) // 1024


def send(house: Partnership, worker: Session, path: str) -> int:
    """A document with its form, as a browser sends it."""
    form = next(form for form in worker.get(path).forms() if form["action"] == path)
    fields = dict(form["fields"]) | {"topic": "other", "words": "Scan", "submission": str(uuid.uuid4())}
    edge = uuid.uuid4().hex
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in fields.items() if name in form["names"] and name != "document"]
    parts.append((f'--{edge}\r\nContent-Disposition: form-data; name="document"; filename="scan.pdf"\r\n'
                  "Content-Type: application/pdf\r\n\r\n").encode() + PDF + f"\r\n--{edge}--\r\n".encode())
    link = http.client.HTTPConnection("127.0.0.1", house.port, timeout=120)
    try:
        link.request("POST", path, b"".join(parts), {
            "Cookie": worker.cookies, "Sec-Fetch-Site": "same-origin",
            "Content-Type": f"multipart/form-data; boundary={edge}"})
        answer = link.getresponse()
        answer.read()
        return answer.status
    finally:
        link.close()


def patiently(house: Partnership, worker: Session, path: str) -> int:
    """The same, again when it is told that others are sending files at the moment."""
    for _ in range(20):
        if (status := send(house, worker, path)) != 422:
            break
        time.sleep(1)
    return status


def main() -> None:
    with partnership("memory") as house:
        worker = house.session("Helpline worker")
        page = worker.get("/cases?list=all").text
        case = re.search(r'href="(/cases/[0-9a-f-]{36})"', page).group(1)
        path = f"{case}/documents/new"
        before = int(house.sql("SELECT count(*) FROM app.attachment"))
        at_rest = megabytes(house, "VmRSS")
        answered: list[int] = []
        for _ in range(3):
            with concurrent.futures.ThreadPoolExecutor(3) as pool:
                answered += pool.map(lambda _: patiently(house, worker, path), range(3))
        peak = megabytes(house, "VmHWM")
        check("each of nine files of 10 MB is taken", answered == [303] * 9, answered)
        kept = int(house.sql("SELECT count(*) FROM app.attachment")) - before
        check("and kept", kept == 9, kept)
        check(f"while three come at once the server has less than {DURING} MB", peak < DURING, peak)
        check(f"afterwards it is below {AFTERWARDS} MB again",
              wait_for(30, lambda: megabytes(house, "VmRSS") < AFTERWARDS), megabytes(house, "VmRSS"))
        figure(f"resident: {at_rest} MB at rest, {peak} at most, {megabytes(house, 'VmRSS')} afterwards")
    finish()


main()
