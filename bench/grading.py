"""How long grading takes: submissions are made up, of right answers, wrong ones, and both rewritten, and graded.

python -m bench.grading 10000              as students answer: few answers are different
python -m bench.grading 500 --different    every answer is another, so none is known already
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic

from symbolic.course.assignments import assignment
from symbolic.course.exercise_data import Exercise, Kind, exercise, of_notebook
from symbolic.course.grading import grade

ASKED = (exercise("02-1"), exercise("02-3"), *of_notebook("03"))
EXPRESSIONS = (Kind.VALUE, Kind.LIMIT, Kind.FILL, Kind.PROVE)
REWRITTEN: tuple[Callable[[str, int], str], ...] = (
    lambda answer, m: f"({answer})*{m}/{m}",
    lambda answer, m: f"({answer}) + {m} - {m}",
    lambda answer, m: f"{m}*({answer}) - {m - 1}*({answer})",
)


def answer(each: Exercise, random: Random, different: bool) -> str:
    """Right more often than wrong; an expression may be rewritten by a number, one of four or one of a million."""
    said = each.answer if random.random() < 0.6 else random.choice(list(each.wrong))
    number = random.randrange(1, 10**6) if different else random.choice((0, 0, 0, 1, 2, 3))
    return random.choice(REWRITTEN)(said, number) if number and each.kind in EXPRESSIONS else said


def submit(folder: Path, many: int, different: bool) -> int:
    """Write the submissions; how many different answers there are in them."""
    random, empty, seen = Random(7), json.dumps(assignment(ASKED, "Week 2")), set()
    for at in range(many):
        text = empty
        for each in ASKED:
            said = answer(each, random, different)
            seen.add((each.id, said))
            text = text.replace(rf"check(\"{each.id}\", \"\")", rf"check(\"{each.id}\", \"{said}\")")
        (folder / f"student-{at:05d}.ipynb").write_text(text, "utf-8")
    return len(seen)


def main() -> None:
    """Make them, grade them, and say how long it took."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("many", type=int)
    options.add_argument("--different", action="store_true")
    given = options.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        seen = submit(folder / "in", given.many, given.different)
        begun, worked = monotonic(), _worked()
        found = grade(folder / "in", ASKED, jobs=2)
        found.write(folder / "out")
        taken, worked = monotonic() - begun, _worked() - worked
    undecided = sum(len(each.undecided) for each in found.grades)
    print(f"{given.many} submissions of {len(ASKED)} exercises, {seen} different answers: {taken:.0f} s", end=", ")
    print(f"{worked:.0f} s of processors; {undecided} answers not decided")


def _worked() -> float:
    """Seconds that processors have worked for this process, and for those that it began and that have ended."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
