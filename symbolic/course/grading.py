"""Submitted notebooks graded: answers are taken out as data and judged in processes of their own, with bounds.

    grade(folder, exercises, jobs=1) -> Grades      each submission with what is said of its answers
    grades.write(out)                               grades.csv, slips.csv, and a page of feedback for each student

Right is one point, equal in another form a half. What is not decided is listed for the lecturer to look at: it gets no
point of itself, or nobody would hand in anything else. An answer that was given before is not judged again.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any

from symbolic.course.exercise_data import Exercise, exercise
from symbolic.course.judging import SECONDS, Status, judge
from symbolic.course.pages import page
from symbolic.course.submitted import Submission, answers_in, submissions
from symbolic.workers import Lines, Task, replies

__all__ = ["Grade", "Grades", "Judged", "grade", "printable"]

READING = 20.0  # seconds for a notebook
PATIENCE = 20.0  # and for an answer, of which no step takes so long
POINTS = {Status.RIGHT: 1.0, Status.FORM: 0.5, Status.MORE: 0.5}
PORTION = 50  # of the work, for an executor's worker at a time
FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would compute


@dataclass(frozen=True)
class Judged:
    """What is said of an answer, without the objects that it was found with."""

    answer: str
    status: Status
    told: tuple[str, ...] = ()
    slip: str = ""

    @property
    def points(self) -> float:
        return POINTS.get(self.status, 0.0)


@dataclass(frozen=True)
class Grade:
    """A submission, and of each exercise that was asked what is said of its answer, if there is one."""

    student: str
    judged: dict[str, Judged]
    asked: tuple[str, ...]
    problem: str = ""

    @property
    def points(self) -> float:
        """Points of all answers that were decided."""
        return sum(each.points for each in self.judged.values())

    @property
    def undecided(self) -> list[str]:
        """The exercises for the lecturer to look at."""
        return [id for id, each in self.judged.items() if each.status is Status.UNDECIDED]

    @property
    def of(self) -> int:
        """The points that could be had."""
        return len(self.asked)


@dataclass(frozen=True)
class Grades:
    """The grades of a folder of submissions."""

    grades: tuple[Grade, ...]
    asked: tuple[str, ...]

    def csv(self) -> str:
        """A row for each student: points, of how many, to look at, and the verdict on each exercise."""
        rows: list[list[Any]] = [["student", "points", "of", "to look at", "problem", *self.asked]]
        for each in self.grades:
            verdicts = [each.judged[id].status.value if id in each.judged else "" for id in self.asked]
            about = [f"{each.points:g}", each.of, " ".join(each.undecided), each.problem]
            rows.append([_cell(each.student), *about, *verdicts])
        return _as_csv(rows)

    def slips(self) -> str:
        """How often each slip was made, exercise by exercise, the most frequent first."""
        made = Counter((id, one.slip) for each in self.grades for id, one in each.judged.items() if one.slip)
        return _as_csv(
            [["exercise", "slip", "times"], *([id, slip, times] for (id, slip), times in made.most_common())]
        )

    @cached_property
    def names(self) -> list[str]:
        """The names of the pages, each another, of letters and digits."""
        taken = Counter[str]()
        found = []
        for each in self.grades:
            name = re.sub(r"[^A-Za-z0-9_-]", "_", each.student)[:60] or "_"
            taken[name.lower()] += 1
            found.append(f"{name}.html" if taken[name.lower()] == 1 else f"{name}.{taken[name.lower()]}.html")
        return found

    def write(self, out: Path) -> None:
        """The two tables and the pages, in a new or empty folder or one written before."""
        (out / "feedback").mkdir(parents=True, exist_ok=True)
        (out / "grades.csv").write_text(self.csv(), "utf-8")
        (out / "slips.csv").write_text(self.slips(), "utf-8")
        for name, each in zip(self.names, self.grades, strict=True):
            rows = [(exercise(id), each.judged.get(id)) for id in self.asked]
            shown = [(one, (said.answer, said.status.value, said.told) if said else None) for one, said in rows]
            (out / "feedback" / name).write_text(page(each.student, each.points, each.of, shown, each.problem), "utf-8")


def _as_csv(rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def printable(text: str) -> str:
    """A name without line breaks, and without what a terminal would obey."""
    return "".join(each if each.isprintable() else "?" for each in text)


def _cell(text: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    safe = printable(text)
    return f"'{safe}" if safe.startswith(FORMULA) else safe


def grade(
    folder: Path, asked: Sequence[Exercise], jobs: int = 1, executor: Executor | None = None, called: str = ""
) -> Grades:
    """Every submission in the folder, graded on the exercises that were asked.

    Of a student's notebooks the one that is `called` so counts.

    The work is done in `jobs` processes of this machine, or of the workers of an executor of `concurrent.futures`, who
    have to see the folder.
    """
    ids = tuple(each.id for each in asked)
    handed = submissions(folder, called)
    run = _by(executor, jobs)
    read = list(_all_read(handed, run))
    wanted = [{id: text for id, text in found.items() if id in ids and text.strip()} for found, _ in read]
    pairs = sorted({pair for found in wanted for pair in found.items()})
    known = dict(zip(pairs, run(_judge, pairs, _not_judged, PATIENCE), strict=True))
    grades = (
        Grade(each.student, {id: known[id, text] for id, text in found.items()}, ids, problem)
        for each, found, (_, problem) in zip(handed, wanted, read, strict=True)
    )
    return Grades(tuple(grades), ids)


Work = Callable[[Any], Any]
Failed = Callable[[Any, str], Any]
Run = Callable[[Work, Sequence[Any], Failed, float], Iterable[Any]]


def _all_read(handed: Sequence[Submission], run: Run) -> Iterator[tuple[dict[str, str], str]]:
    paths = [str(each.path) for each in handed if each.path is not None]
    read = iter(run(_answers, paths, _not_read, READING))
    for each in handed:
        yield next(read) if each.path is not None else ({}, each.problem)


def _answers(path: str) -> tuple[dict[str, str], str]:
    try:
        return answers_in(Path(path)), ""
    except ValueError as problem:
        return {}, str(problem)


def _not_read(path: str, reason: str) -> tuple[dict[str, str], str]:
    return {}, f"it cannot be read: {reason}"


def _judge(pair: tuple[str, str]) -> Judged:
    reply = judge(exercise(pair[0]), pair[1], SECONDS)
    return Judged(reply.answer, reply.status, tuple(reply.told()), reply.slip)


def _not_judged(pair: tuple[str, str], reason: str) -> Judged:
    return Judged(pair[1][:200], Status.UNDECIDED, (f"It is not decided: {reason}.",))


# --- where the work is done ----------------------------------------------------------------------


def _by(executor: Executor | None, jobs: int) -> Run:
    if executor is None:
        return lambda work, items, failed, seconds: _in_processes(work, items, failed, seconds, jobs)

    def run(work: Work, items: Sequence[Any], failed: Failed, seconds: float) -> Iterator[Any]:
        portions = [items[at : at + PORTION] for at in range(0, len(items), PORTION)]
        return chain.from_iterable(executor.map(partial(_portion, work, failed, seconds), portions))

    return run


def _portion(work: Work, failed: Failed, seconds: float, items: Sequence[Any]) -> list[Any]:
    """What an executor's worker does: it, too, leaves the work to a process with bounds."""
    return list(_in_processes(work, items, failed, seconds, 1))


def _in_processes(work: Work, items: Sequence[Any], failed: Failed, seconds: float, jobs: int) -> Iterator[Any]:
    """The results, each from a process with bounds on its time and memory."""
    lines = Lines(-1)
    lines.ended = True
    lines.ready.extend(str(at).encode() for at in range(len(items)))  # a number is all that a worker is told

    def worked(line: str) -> dict[str, Any]:
        return {"done": _packed(work(items[int(line)]))}

    def gave_up(line: str, reason: str, seconds: float) -> dict[str, Any]:
        return {"done": _packed(failed(items[int(line)], reason))}

    for reply in replies(lines, Task(worked, gave_up, seconds), jobs):
        yield _unpacked(reply["done"])


def _packed(result: Any) -> Any:
    if isinstance(result, Judged):
        return {"answer": result.answer, "status": result.status.value, "told": list(result.told), "slip": result.slip}
    return list(result)


def _unpacked(said: Any) -> Any:
    if isinstance(said, list):
        return tuple(said)
    return Judged(said["answer"], Status(said["status"]), tuple(said["told"]), said["slip"])
