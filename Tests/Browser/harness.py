"""Tests are functions with a sentence. This keeps them, runs them, and says how each went."""

import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Test:
    sentence: str
    file: str
    run: Callable
    whole: bool

    def answers_to(self, words: list[str]) -> bool:
        said = f"{self.file} {self.sentence}".lower()
        return not words or any(word.lower() in said for word in words)


TESTS: list[Test] = []

# Whether to try everything with everything, or a selection in which each thing is tried.
LONG = bool(os.environ.get("TEST_LONG"))


def test(sentence: str, whole: bool = False) -> Callable:
    """Marks a function of the house as a test; the sentence says what holds. `whole`: it needs all of a browser, its
    history and the pages that it keeps for Back, which the light one lacks."""

    def keep(function: Callable) -> Callable:
        TESTS.append(Test(sentence, Path(function.__code__.co_filename).stem, function, whole))
        return function

    return keep


def run_all(house, words: list[str]) -> int:
    """Runs the tests that answer to one of the words, a line each; the exit status."""
    failed = 0
    chosen = [one for one in TESTS if one.answers_to(words)]
    for one in chosen:
        began = time.monotonic()
        why = outcome(one, house)
        failed += bool(why)
        print(f"{'NOT OK' if why else 'ok    '}  {one.sentence} ({time.monotonic() - began:.1f} s)", flush=True)
        for line in why:
            print(f"        | {line}", flush=True)
    if not chosen:
        print("No test matched.", file=sys.stderr)
    print(f"{len(chosen) - failed} passed, {failed} failed", flush=True)
    return 1 if failed or not chosen else 0


def outcome(one: Test, house) -> list[str]:
    """Why a test failed; nothing when it passed. What a browser complained of meanwhile fails it too."""
    try:
        house.take_browser(one.whole)
        one.run(house)
        return house.finish_test()
    except Exception as error:
        picture = house.picture_of_failure(one.sentence)
        return [*explain(error), *house.finish_test(), *([f"picture: {picture}"] if picture else [])]


def explain(error: Exception) -> list[str]:
    """The error's words and the places in our own files that led there."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).parent == HERE]
    places = [f"{Path(frame.filename).name}:{frame.lineno}  {frame.line}" for frame in ours[-4:]]
    said = str(error).strip() or "no words"
    return [*f"{type(error).__name__}: {said}".splitlines()[:12], *places]


HERE = Path(__file__).resolve().parent
