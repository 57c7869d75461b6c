"""Grades in nbgrader's gradebook, so that its feedback and its export have them.

    record(grades, database, assignment)    after `nbgrader autograde`, before `nbgrader generate_feedback`

A cell that asks is a task of one point (assignments.py). Its points and what is said of the answer are written as a
person's would be; what is not decided is left to a person. nbgrader has to be installed beside this package.
"""

from __future__ import annotations

import os
import sys
from html import escape
from pathlib import Path
from typing import Any

from symbolic.course.assignments import asked
from symbolic.course.grading import Grade, Grades, Judged, printable
from symbolic.course.judging import Status
from symbolic.language.errors import SymbolicError
from symbolic.language.prose import in_plain

__all__ = ["record"]


def record(found: Grades, database: Path, assignment: str, notebook: str) -> None:
    """Write the grades of a notebook of an assignment to the gradebook, which must know the submissions."""
    try:
        from nbgrader.api import Gradebook
    except ImportError:
        raise SymbolicError("nbgrader is not installed in this environment") from None
    if not database.is_file():
        raise SymbolicError(f"there is no gradebook {database}: it is there after `nbgrader autograde`")
    beside = str(Path(sys.executable).parent)  # where nbgrader looks for alembic only if the environment is activated
    os.environ["PATH"] = f"{beside}{os.pathsep}{os.environ.get('PATH', '')}"
    with Gradebook(f"sqlite:///{database.resolve()}") as book:
        for each in found.grades:
            if not each.problem:
                _recorded(book, each, assignment, notebook)
        book.db.commit()


def _recorded(book: Any, each: Grade, assignment: str, notebook: str) -> None:
    from nbgrader.api import MissingEntry

    for id in each.asked:
        said = each.judged.get(id)
        place = (asked(id), notebook, assignment, each.student)
        try:
            grade, comment = book.find_grade(*place), book.find_comment(*place)
        except MissingEntry:
            missing = f"the gradebook knows no {asked(id)} of {printable(each.student)}"
            raise SymbolicError(f"{missing}: first `nbgrader autograde {assignment}`") from None
        comment.manual_comment = _told(said)
        if said is None or said.status is not Status.UNDECIDED:
            grade.manual_score = said.points if said else 0.0
            grade.needs_manual_grade = False


def _told(said: Judged | None) -> str:
    """What is said, as blocks of HTML: nbgrader takes a comment for Markdown, and lets tags through."""
    if said is None:
        return "not answered"
    typed = f"{said.status.value}: {printable(said.answer[:200])}"
    return "\n\n".join(f"<p>{escape(each)}</p>" for each in (typed, *map(in_plain, said.told)))
