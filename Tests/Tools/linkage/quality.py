"""How good groups are: pairs of records rightly and wrongly put together, and how many people there seem to be.

    python quality.py CLUSTERS TRUTH

CLUSTERS has record_id,cluster_id, TRUTH record_id,person_id, each with a first line of names. Prints one line of JSON.
"""

import csv
import json
import sys
from collections import Counter


def read(path: str) -> dict[str, str]:
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: row[1] for row in rows}


def pairs(sizes) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def judge(groups: dict[str, str], people: dict[str, str]) -> dict:
    found = pairs(Counter(groups.values()).values())
    true = pairs(Counter(people.values()).values())
    both = pairs(Counter((groups.get(record, record), person) for record, person in people.items()).values())
    return {
        "precision": both / max(1, found), "recall": both / max(1, true), "f1": 2 * both / max(1, found + true),
        "groups": len({groups.get(record, record) for record in people}), "people": len(set(people.values())),
        "records": len(people), "pairs": true,
    }


if __name__ == "__main__":
    print(json.dumps(judge(read(sys.argv[1]), read(sys.argv[2]))))
