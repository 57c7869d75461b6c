"""What `symbolic exercise` prints, and its exit code."""

from __future__ import annotations

import sys

from symbolic.course import asking
from symbolic.course.exercises import exercise as named
from symbolic.course.exercises import exercises, of_notebook
from symbolic.course.judging import Status
from symbolic.language.errors import SymbolicError
from symbolic.language.prose import in_plain

__all__ = ["exercise"]

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


def _list(notebook: str | None) -> int:
    found = exercises() if notebook is None else of_notebook(notebook)
    if not found:
        raise SymbolicError(f"no notebook {notebook!r} has exercises")
    for each in found:
        print(f"{each.id}  {each.kind.value:<6}  {in_plain(each.ask)}")
    return 0
