"""One town's households, invented: names and address, nothing else. Families share surname, address and postcode, so
whoever links such lists with too little care merges them.

    python town.py --people 11000 --out DIR [--seed 20240607]

Writes DIR/all.csv (record_id,list,forename,surname,address,postcode) from two lists, one of residents and one of
employers, and DIR/truth.csv (record_id,person_id). Names are those of generate.py; postcodes are in areas that Royal
Mail does not use. Same arguments and same name-list packages: same bytes.
"""

import argparse
import csv
import os

from generate import Gen, cum

STREETS = "Street Road Lane Avenue Close Drive Way Crescent Terrace Gardens Court Grove".split()
SIZES = cum([0.30, 0.34, 0.16, 0.14, 0.06])


class Town(Gen):
    """Names, slips and chance are the other generator's; who lives with whom is this one's."""

    def __init__(self, people: int, seed: int) -> None:
        super().__init__(1_000, seed)
        self.people = people
        self.streets = [
            (f"{self.ch(self.sur[:3000]).title()} {self.ch(STREETS)}", self.ch(self.pcs), 20 + int(self.r() * 120))
            for _ in range(people // 60)]

    def home(self) -> tuple[str, str]:
        name, postcode, houses = self.ch(self.streets)
        number = 1 + int(self.r() * houses)
        flat = f"Flat {1 + int(self.r() * 12)}, " if self.r() < 0.12 else ""
        return f"{flat}{number} {name}", postcode

    def household(self) -> list[tuple[str, str, bool]]:
        """Forename, surname and whether grown up."""
        surname, members = self.surname(), []
        for place in range(1 + self.pick_size()):
            grown = place < 2 or self.r() < 0.25
            year = 1945 + int(self.r() * 55) if grown else 2006 + int(self.r() * 14)
            sex = "FM"[int(self.r() * 2)]
            forename = self.forename(sex, year, surname.split("-")[0])
            if place > 1 and self.r() < 0.03:
                forename = members[0][0]  # called after a parent
            own = self.surname() if place == 1 and self.r() < 0.25 else surname
            members.append((forename, own, grown))
        return members

    def pick_size(self) -> int:
        return self.pick(range(5), SIZES)

    def written(self, forename: str, surname: str, home: tuple[str, str]) -> list[str]:
        """A record of somebody, with the slips that records have."""
        chance = self.r
        if chance() < 0.05 and forename in self.nick:
            forename = self.ch(self.nick[forename])
        elif chance() < 0.02:
            forename = forename[:1]
        forename, surname = self.noisy_name(forename, 1.5), self.noisy_name(surname, 1.5)
        if chance() < 0.01:
            forename, surname = surname, forename
        address, postcode = home
        if chance() < 0.08:
            address, postcode = self.home()  # moved, or where letters go
        if chance() < 0.04:
            address = self.typo(address)
        if chance() < 0.02:
            address = ""
        if chance() < 0.03:
            postcode = ""
        return ["" if chance() < 0.01 else forename.title(), surname.title(), address, postcode]

    def lists(self) -> tuple[list[list[str]], list[str]]:
        rows, people = [], []
        person = 0
        while person < self.people:
            home = self.home()
            for forename, surname, grown in self.household():
                of = ["residents"] * (self.r() < 0.94)
                if grown:
                    of += ["employers"] * ((self.r() < 0.72) + (self.r() < 0.12))
                for name in of:
                    rows.append([name, *self.written(forename, surname, home)])
                    people.append(f"P{person:06d}")
                person += 1
        return rows, people


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=11_000)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=20240607)
    asked = parser.parse_args()
    os.makedirs(asked.out, exist_ok=True)
    town = Town(asked.people, asked.seed)
    rows, people = town.lists()
    # The order says nothing of who is whose.
    order = sorted(range(len(rows)), key=lambda _: town.r())
    heads = ["record_id", "list", "forename", "surname", "address", "postcode"], ["record_id", "person_id"]
    with open(os.path.join(asked.out, "all.csv"), "w", newline="", encoding="utf-8") as file:
        with open(os.path.join(asked.out, "truth.csv"), "w", newline="", encoding="utf-8") as truth:
            records, answers = csv.writer(file, lineterminator="\n"), csv.writer(truth, lineterminator="\n")
            records.writerow(heads[0])
            answers.writerow(heads[1])
            for number, at in enumerate(order):
                records.writerow([f"T{number:06d}", *rows[at]])
                answers.writerow([f"T{number:06d}", people[at]])


if __name__ == "__main__":
    main()
