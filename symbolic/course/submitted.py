"""Answers taken out of submitted notebooks, as data: nothing of a submission is run.

    submissions(folder)     who has handed in what: name and notebook, by the folder alone
    answers_in(path)        the answers in a notebook: exercise -> the last answer

An answer is what follows the id in a call `check("02-3", "...")` in a code cell: a text, of several lines if it stands
between three marks, or a number. Cells are read as JSON, calls by a pattern and texts as Python literals. A name is
that of the folder or file, whatever a notebook says of itself. Links, pipes and archives are not opened; a notebook
that is too long or no JSON has no answers.

>>> dict(_calls('check("02-3", "lambda*p[i]")  # mine'))
{'02-3': 'lambda*p[i]'}
"""

from __future__ import annotations

import ast
import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symbolic.course.judging import LENGTH

__all__ = ["Submission", "answers_in", "submissions"]

LARGEST = 20_000_000  # bytes of a notebook
HOW = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # no link, and no wait for a pipe
CELLS = 2_000  # that are looked at
CELL = 20_000  # characters of a cell
MARKS = ('"""', "'''", '"', "'")


def _between(mark: str) -> str:
    """The pattern of a text between such marks: of one line, if the mark is one character."""
    first, rest = mark[0], mark[1:]
    other = rf"[^{first}\\]|{first}(?!{rest})" if rest else rf"[^{first}\\\n]"
    return rf"{mark}(?:{other}|\\.)*{mark}"


SAID = rf"[rR]?(?:{'|'.join(map(_between, MARKS))})|[1-9][0-9]{{,9}}"  # a text, or a number: an order
CALL = re.compile(rf"""(?ms)^[ \t]*check\(\s*["']([0-9]{{2}}-[0-9]{{1,2}})["']\s*,\s*({SAID})\s*,?\s*\)""")


@dataclass(frozen=True)
class Submission:
    """Who handed it in, by its place in the folder, and the notebook; None where there is none, or more than one."""

    student: str
    path: Path | None
    problem: str = ""


def submissions(folder: Path, called: str = "") -> list[Submission]:
    """What is in the folder: STUDENT.ipynb, or STUDENT/.../ANY.ipynb, in the order of the names.

    Of several notebooks of a student the one that is `called` so counts.
    """
    return [_submission(entry, called) for entry in sorted(folder.iterdir()) if not entry.name.startswith(".")]


def _submission(entry: Path, called: str) -> Submission:
    if entry.is_symlink():
        return Submission(entry.name, None, "it is a link")
    if not entry.is_dir():
        return _one(entry.stem, [entry] if entry.suffix == ".ipynb" else [])
    found = list(_notebooks(entry))
    return _one(entry.name, [each for each in found if each.name == called] or found)


def _one(student: str, found: list[Path]) -> Submission:
    if len(found) == 1:
        return Submission(student, found[0])
    return Submission(student, None, "more than one notebook" if found else "no notebook")


def _notebooks(folder: Path) -> Iterator[Path]:
    """Notebooks in a folder and its folders; links are not followed."""
    for where, below, names in os.walk(folder):
        below[:] = [each for each in below if not each.startswith(".")]
        yield from (Path(where, name) for name in names if name.endswith(".ipynb") and not name.startswith("."))


def answers_in(path: Path) -> dict[str, str]:
    """The last answer to each exercise in a notebook; `ValueError` says why it cannot be read."""
    found: dict[str, str] = {}
    for cell in _cells(_loaded(path)):
        found.update(_calls(cell))
    return found


def _loaded(path: Path) -> Any:
    """The JSON of a plain file that is not too long."""
    try:
        with os.fdopen(os.open(path, HOW), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ValueError("it is no file")
            text = file.read(LARGEST + 1)
    except OSError as problem:
        raise ValueError(f"it cannot be opened: {problem.strerror}") from None
    if len(text) > LARGEST:
        raise ValueError(f"it is longer than {LARGEST} bytes")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("it is no notebook") from None


def _cells(notebook: Any) -> Iterator[str]:
    """The sources of the code cells."""
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise ValueError("it is no notebook")
    for cell in cells[:CELLS]:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            yield _source(cell.get("source"))[:CELL]


def _source(said: Any) -> str:
    if isinstance(said, list):
        return "".join(each for each in said if isinstance(each, str))
    return said if isinstance(said, str) else ""


def _calls(source: str) -> Iterator[tuple[str, str]]:
    for id, text in CALL.findall(source):
        if len(text) > 2 * LENGTH:
            yield id, text[: LENGTH + 1]  # too long to be judged, and said to be so
            continue
        try:
            yield id, str(ast.literal_eval(text))
        except (ValueError, SyntaxError, MemoryError):
            continue
