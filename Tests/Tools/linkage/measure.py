"""`./drystone bench link`: our linkage beside Splink on the same invented data, in turn, as whole processes.

    python measure.py TOOLS WORK [--size 10k|100k|1m] [--rounds N] [--alone]

TOOLS is the built drystone-tools; WORK a folder for data and results, kept between runs. What is told of each: wall and
processor seconds and peak memory of the whole process (reading, learning, grouping and writing in it), F1 over pairs of
records, and by how much the number of people is out. A ratio is the middle of the ratios of runs that followed each
other. Exit code 1 when a limit is not met.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
# What `drystone link` must reach, by size: F1, head count, memory, and how many times as fast, wall and processor.
LIMITS = {
    "10k": {},
    "100k": {"f1": 0.970, "count": 0.01, "fastest": 20},
    "1m": {"f1": 0.955, "count": 0.01, "mb": 500, "tutorial": 18, "fastest": 10},
}
COLUMNS_OF_FEBRL = {
    "given_name": "forename", "surname": "surname", "date_of_birth": "date", "postcode": "category",
    "address_1": "address", "suburb": "text", "soc_sec_id": "identifier", "street_number": "category",
}
COLUMNS_OF_TOWN = {"forename": "forename", "surname": "surname", "address": "address", "postcode": "postcode"}


class Run:
    """One run of a program: what it took, and what it told."""

    def __init__(self, words: list, clusters: Path) -> None:
        clusters.unlink(missing_ok=True)
        began = time.monotonic()
        # The most memory of a child counts from before it is another program: this process stays small.
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
            said = child.stdout.read()
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.monotonic() - began
        if child.returncode != 0 or not clusters.exists():
            sys.exit(f"drystone: {Path(words[0]).name} could not link.")
        self.cpu, self.mb = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        self.told = json.loads(said) if said.startswith("{") else {}


class Tool:
    """A tool on one data set: its runs, and how good its groups are."""

    def __init__(self, name: str, words: list, clusters: Path) -> None:
        self.name, self.words, self.clusters = name, words, clusters
        self.runs: list[Run] = []
        self.good: dict = {}

    def run(self) -> None:
        self.runs.append(Run(self.words, self.clusters))

    def judge(self, truth: Path) -> None:
        words = [sys.executable, HERE / "quality.py", self.clusters, truth]
        self.good = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)

    def middle(self, what: str) -> float:
        return statistics.median(getattr(run, what) for run in self.runs)

    def people(self) -> int:
        """How many people it says there are: an estimate where it makes one, groups otherwise."""
        return self.runs[-1].told.get("people", self.good["groups"])

    def line(self) -> str:
        out = self.people() / self.good["people"] - 1
        interval = ""
        if "people_low" in self.runs[-1].told:
            interval = f"  between {self.runs[-1].told['people_low']:,} and {self.runs[-1].told['people_high']:,}"
        return (f"{self.name:<34}{self.middle('wall'):>9.2f}{self.middle('cpu'):>9.2f}{self.middle('mb'):>9.0f}"
                f"{self.good['f1']:>9.4f}{self.people():>11,}{out:>+9.2%}{interval}")


HEAD = f"{'':<34}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'F1':>9}{'people':>11}{'out by':>9}"


class Bench:
    def __init__(self, tools: str, work: Path, alone: bool) -> None:
        self.tools, self.work, self.alone = tools, work, alone
        self.failed: list[str] = []

    def ours(self, clusters: str, *words) -> Tool:
        target = self.work / clusters
        return Tool("drystone link", [self.tools, "link", *words, "--json", "--clusters", target], target)

    def splink(self, model: str, clusters: str, *paths) -> Tool:
        target = self.work / clusters
        name = f"Splink, {model}" if model in ("tutorial", "fastest") else "Splink"
        return Tool(name, [sys.executable, HERE / "peer.py", model, *paths, target], target)

    def compare(self, title: str, mine: Tool, others: list[Tool], truth: Path, rounds: int) -> None:
        # Each follows each: what else the machine does falls on all alike.
        for _ in range(rounds):
            for tool in [mine, *others]:
                tool.run()
        for tool in [mine, *others]:
            tool.judge(truth)
        good = mine.good
        print(f"\n{title}: {good['records']:,} records of {good['people']:,} people, {good['pairs']:,} true pairs")
        print(HEAD)
        for tool in [mine, *others]:
            print(tool.line(), flush=True)

    def check(self, what: str, value: float, limit: float, *, most: bool = False) -> None:
        met = value <= limit if most else value >= limit
        sign = "at most" if most else "at least"
        print(f"  {what:<52}{value:>9.4g}   {sign} {limit:g}{'' if met else '  not met'}")
        if not met:
            self.failed.append(what)

    def generated(self, size: str, rounds: int) -> None:
        data, limits = self.work / size, LIMITS[size]
        self.make(data, "generate.py", "--records", SIZES[size], "--out", data)
        mine = self.ours("ours.csv", data / "all.csv")
        others = [] if self.alone else [
            self.splink(model, f"{model}.csv", data / "all.csv") for model in ("tutorial", "fastest")]
        self.compare("Invented extracts of six agencies", mine, others, data / "truth.csv", rounds)
        told = mine.runs[-1].told
        for tool, model in zip(others, ("tutorial", "fastest")):
            for what, name in (("wall", "wall time"), ("cpu", "processor time")):
                ratio = statistics.median(
                    getattr(theirs, what) / getattr(our, what) for our, theirs in zip(mine.runs, tool.runs))
                self.check(f"times as fast as Splink, {model}, {name}", ratio, limits.get(model, 1))
        self.check("F1", mine.good["f1"], limits.get("f1", max((one.good["f1"] for one in others), default=0)))
        out = abs(mine.people() / mine.good["people"] - 1)
        self.check("head count out by", out, limits.get("count", 0.02), most=True)
        inside = told["people_low"] <= mine.good["people"] <= told["people_high"]
        self.check("the interval holds the truth (1) or not (0)", inside, 1)
        if "mb" in limits:
            self.check("peak memory, MB", mine.middle("mb"), limits["mb"], most=True)

    def labelled(self) -> None:
        """FEBRL 3 and 4, and a town's households: where every tool is good, and where hardly any is."""
        self.make(self.work / "febrl4", "febrl.py", self.work)
        self.make(self.work / "town", "town.py", "--out", self.work / "town")
        sets = [
            ("FEBRL 3", "febrl3", ["all"], COLUMNS_OF_FEBRL, {"id": "rec_id"}, 0.9995),
            ("FEBRL 4", "febrl4", ["a", "b"], COLUMNS_OF_FEBRL, {"id": "rec_id", "mode": "link"}, 0.9995),
            ("A town's households, names and address", "town", ["all"], COLUMNS_OF_TOWN, {"id": "record_id"}, 0.60),
        ]
        for title, name, files, types, more, limit in sets:
            folder = self.work / name
            schema = folder / "schema.json"
            fields = [{"column": column, "type": kind} for column, kind in types.items()]
            schema.write_text(json.dumps({**more, "fields": fields}))
            paths = [folder / f"{file}.csv" for file in files]
            mine = self.ours(f"{name}-ours.csv", *paths, "--schema", schema)
            others = [] if self.alone else [self.splink(name, f"{name}-splink.csv", *paths)]
            self.compare(title, mine, others, folder / "truth.csv", 1)
            self.check("F1", mine.good["f1"], limit)

    def make(self, folder: Path, program: str, *words) -> None:
        """Data that the programs as they are now made; made again when a program has changed."""
        folder.mkdir(parents=True, exist_ok=True)
        stamp = folder / "made-by"
        source = "".join((HERE / name).read_text() for name in {program, "generate.py"})
        if not stamp.exists() or stamp.read_text() != source:
            subprocess.run(
                [sys.executable, HERE / program, *map(str, words)], check=True, stdout=subprocess.DEVNULL)
            stamp.write_text(source)


def main() -> int:
    parser = argparse.ArgumentParser(prog="./drystone bench link", description="Our linkage beside Splink on DuckDB.")
    parser.add_argument("tools", help=argparse.SUPPRESS)
    parser.add_argument("work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--size", choices=SIZES, default="100k", help="records of the invented extracts (100k)")
    parser.add_argument("--rounds", type=int, default=2, help="runs of each, in turn (2)")
    parser.add_argument("--alone", action="store_true", help="without Splink")
    asked = parser.parse_args()
    if asked.rounds < 1:
        parser.error("--rounds must be 1 or more")
    bench = Bench(asked.tools, asked.work, asked.alone)
    bench.generated(asked.size, asked.rounds)
    bench.labelled()
    return 1 if bench.failed else 0


if __name__ == "__main__":
    sys.exit(main())
