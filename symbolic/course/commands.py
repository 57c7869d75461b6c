"""What `symbolic exercise`, `game`, `steps`, `progress`, `assign`, `grade` and `exam` do, and their exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from symbolic.course import asking, levels
from symbolic.course.exercise_data import Exercise, exercises, of_notebook
from symbolic.course.exercise_data import exercise as named
from symbolic.course.judging import Status
from symbolic.course.lines import LENGTH, Standing
from symbolic.course.lines import steps as judged
from symbolic.course.progress import Progress, file
from symbolic.language.errors import SymbolicError
from symbolic.language.prose import in_plain

if TYPE_CHECKING:
    from symbolic.course.exams import Exam

__all__ = ["assign", "exam", "exercise", "game", "grade", "progress", "steps"]

CODES = {Status.RIGHT: 0, Status.FORM: 1, Status.MORE: 1, Status.WRONG: 1, Status.UNREADABLE: 2, Status.UNDECIDED: 3}


def exercise(id: str | None, answer: str | None, hint: bool, solution: bool) -> int:
    """List exercises, show one, judge an answer to it, or give a hint: 0, or 1 for an answer that is not right."""
    if id is None or "-" not in id:
        return _list(id)
    if answer is not None:
        reply = asking.check(id, answer)
        print(reply, file=sys.stderr if reply.status is Status.UNREADABLE else sys.stdout)
        return CODES[reply.status]
    print(asking.hint(id) if hint else asking.solution(id) if solution else named(id))
    return 0


def game(number: int | None, answer: str | None, hint: bool) -> int:
    """List the levels, show one, judge an answer to it, or give a hint: 0, or 1 for an answer that is not right."""
    if number is None:
        print(levels.game())
        return 0
    level = levels.level(number)
    if answer is None:
        print(asking.hint(level.exercise.id) if hint else level)
        return 0
    played = levels.play(number, answer)
    print(played)
    return CODES[played.reply.status]


def _list(notebook: str | None) -> int:
    for each in exercises() if notebook is None else asking.practice(notebook).exercises:
        print(f"{each.id:<5}  level {each.level}  {each.kind.value:<6}  {in_plain(each.ask)}")
    return 0


def steps(name: str, hint: bool) -> int:
    """Judge the lines of a file: 0 if all are true, 1 if one is false, 2 if one cannot be read, 3 if one is open."""
    if name == "-":
        text = sys.stdin.read(LENGTH + 1)
    else:
        with open(name, encoding="utf-8", errors="replace") as source:
            text = source.read(LENGTH + 1)
    found = judged(text)
    print(found)
    if hint:
        print(f"next: {found.hint()}")
    standings = {each.standing for each in found.lines}
    if Standing.UNREADABLE in standings:
        return 2
    return 0 if found else 3 if standings <= {Standing.FOLLOWS, Standing.FAR, Standing.UNDECIDED} else 1


def progress(export: str | None, other: str | None) -> int:
    """Show what is kept, write it to a file, or take over what is better in one."""
    found = Progress.read(file())
    if other is not None:
        found = found.merged(Progress.read(Path(other)))
        found.write(file())
    if export is not None:
        found.write(Path(export))
    right = [each for each in exercises() if found.is_right(each.id)]
    begun = [each for each in exercises() if each.id in found.entries and each not in right]
    print(f"{len(right)} of {len(exercises())} exercises right, {len(begun)} begun")
    for id, entry in found.entries.items():
        print(f"{id}  {entry.best or 'not answered'}; {entry.tries} answers, {entry.hints} hints")
    return 0


def chosen(words: Sequence[str]) -> tuple[Exercise, ...]:
    """The exercises that are named: by id, by notebook, or by an assignment that asks them."""
    from symbolic.course.assignments import asked_in

    found: list[Exercise] = []
    for word in words:
        if word.endswith(".ipynb"):
            found += asked_in(json.loads(Path(word).read_text("utf-8")))
        else:
            found += [named(word)] if "-" in word else of_notebook(word)
    if not found:
        raise SymbolicError(f"no exercise is named by {' '.join(words)}")
    return tuple({each.id: each for each in found}.values())


def assign(words: Sequence[str], name: str, title: str, teacher: bool) -> int:
    """Write a notebook that asks the exercises."""
    from symbolic.course.assignments import assignment

    path = Path(name)
    if path.suffix != ".ipynb":
        raise SymbolicError(f"an assignment is a notebook, and ends in .ipynb: not {path.name}")
    _write_notebook(path, assignment(chosen(words), title, teacher))
    return 0


def grade(folder: str, words: Sequence[str], out: str, jobs: int, gradebook: str | None = None) -> int:
    """Grade the notebooks of a folder, and write tables and pages to another, and the points to a gradebook.

    nbgrader calls an assignment by the folder of its notebook.
    """
    from symbolic.course.gradebook import record
    from symbolic.course.grading import grade as graded
    from symbolic.course.grading import printable

    notebook = next((Path(each).resolve() for each in words if each.endswith(".ipynb")), None)
    if gradebook is not None and notebook is None:
        raise SymbolicError("for a gradebook name the notebook of the assignment: --exercises source/NAME/NAME.ipynb")
    found = graded(Path(folder), chosen(words), jobs, called=notebook.name if notebook else "")
    if not found.grades:
        raise SymbolicError(f"nothing is handed in: there is no NAME.ipynb and no NAME/.../ANY.ipynb in {folder}")
    found.write(Path(out))
    if gradebook is not None and notebook is not None:
        record(found, Path(gradebook), notebook.parent.name, notebook.stem)
    for each in found.grades:
        problem = f" ({each.problem})" if each.problem else ""
        looked = f"; to look at: {' '.join(each.undecided)}" if each.undecided else ""
        print(f"{printable(each.student)}: {each.points:g} of {each.of}{problem}{looked}")
    return 0


def exam(seed: int, questions: int, solutions: bool, name: str | None) -> int:
    """Print a sheet of questions as Markdown, or write it to a file, as what its name ends in."""
    from symbolic.course.exams import exam as drawn

    path = Path(name) if name is not None else None
    if path is not None and path.suffix not in WRITERS:
        raise SymbolicError(f"a sheet is written to a file that ends in {', '.join(WRITERS)}: not to {path.name}")
    found = drawn(seed, questions)
    if path is None:
        print(found.markdown(solutions), end="")
    else:
        WRITERS[path.suffix](path, found, solutions)
    return 0


def _as_markdown(path: Path, found: Exam, solutions: bool) -> None:
    path.write_text(found.markdown(solutions), "utf-8")


def _as_notebook(path: Path, found: Exam, solutions: bool) -> None:
    from symbolic.course.assignments import sheet

    _write_notebook(path, sheet(found, solutions))


def _as_pdf(path: Path, found: Exam, solutions: bool) -> None:
    try:
        from symbolic.course.paper import printed, together
    except ImportError as problem:
        raise SymbolicError(f"a PDF needs {problem.name}: pip install pypandoc_binary typst") from None

    with TemporaryDirectory() as folder:
        printed(path, "\n\n".join([found.head(), *map(together, found.on_paper(solutions))]), Path(folder))


WRITERS = {".md": _as_markdown, ".ipynb": _as_notebook, ".pdf": _as_pdf}


def _write_notebook(path: Path, notebook: dict[str, Any]) -> None:
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
