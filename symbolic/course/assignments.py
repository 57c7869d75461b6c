"""Notebooks for students and for the teacher, from the exercises: one source.

    assignment(exercises, title)                  what a student gets: no solution, an empty answer in each cell
    sheet(exam, solutions=False)                  the questions of an exam, with room for an answer
    assignment(exercises, title, teacher=True)    the same with the answers, the solutions and the slips
    asked_in(notebook)                            the exercises that an assignment asks

The cells that are not for answers are locked, by nbgrader's metadata, and one that asks is a task of one point. Those
for answers have none: nbgrader would empty a cell for a solution when it hands out, and run it when it grades. It hands
out, collects and gives back; `symbolic grade` grades, and tells its gradebook the points of the tasks (gradebook.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from symbolic.course.asking import solution
from symbolic.course.exams import Exam
from symbolic.course.exercise_data import Exercise, exercise

__all__ = ["asked", "asked_in", "assignment", "sheet"]

START = "from symbolic.course import check, hint"
TELLS = (
    'Write each answer between the quotation marks and run the cell. `hint("02-3")` gives a hint to that exercise. '
    "An answer is typed like `2*lambda*p[i]`, `sum(p[k]^2, k)`, `delta(i,j)` or `exp(z[1] - z[2])`; "
    'one in LaTeX is written `r"..."`.'
)
CALL = re.compile(r'check\("([0-9]{2}-[0-9]{1,2})"')

Notebook = dict[str, Any]


def assignment(exercises: Sequence[Exercise], title: str, teacher: bool = False) -> Notebook:
    """A notebook that asks the exercises, in the format 4.5 of Jupyter."""
    cells = [_locked("markdown", "title", f"# {title}\n\n{TELLS}"), _locked("code", "start", START)]
    for each in exercises:
        cells.append(_locked("markdown", asked(each.id), each.markdown(), points=1))
        cells.append(_answer(each, teacher))
        if teacher:
            cells.append(_locked("markdown", f"solution-{each.id}", solution(each.id).markdown()))
    return _notebook(cells)


def _notebook(cells: list[dict[str, Any]]) -> Notebook:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def sheet(exam: Exam, solutions: bool = False) -> Notebook:
    """The questions of an exam as a notebook."""
    cells = [_locked("markdown", "title", exam.head())]
    for at, each in enumerate(exam.shown(solutions), start=1):
        cells.append(_locked("markdown", f"question-{at}", each))
        cells.append(_cell("raw", f"answer-{at}", "", {}))
    return _notebook(cells)


def asked_in(notebook: Notebook) -> tuple[Exercise, ...]:
    """The exercises that an assignment asks, in their order."""
    sources = ("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    return tuple(exercise(id) for id in dict.fromkeys(_ids(sources)))


def _ids(sources: Iterator[str]) -> Iterator[str]:
    for source in sources:
        yield from CALL.findall(source)


def _answer(each: Exercise, teacher: bool) -> dict[str, Any]:
    said = each.answer.replace("\\", "\\\\").replace('"', '\\"') if teacher else ""
    return _cell("code", f"answer-{each.id}", f'check("{each.id}", "{said}")', {})


def asked(id: str) -> str:
    """The name of the cell that asks an exercise, under which nbgrader keeps its points."""
    return f"asked-{id}"


def _locked(kind: str, id: str, source: str, points: int = 0) -> dict[str, Any]:
    about = {"grade": False, "grade_id": id, "locked": True, "schema_version": 3, "solution": False}
    task = {"task": True, "points": points} if points else {"task": False}
    return _cell(kind, id, source, {"nbgrader": {**about, **task}})


def _cell(kind: str, id: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    own: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": id, "metadata": metadata, "source": source.splitlines(keepends=True), **own}
