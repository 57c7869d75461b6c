"""What a student types: an answer, or the wish for a hint; both are kept in the progress file.

check(id, answer) -> Reply        hint(id) -> Hint        solution(id) -> Solution
symbolic exercise ID [ANSWER]     the same at the prompt
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from symbolic.course.exercises import Exercise, exercise
from symbolic.course.judging import Reply, judge
from symbolic.course.progress import Progress, file
from symbolic.course.slips import described
from symbolic.language.errors import SymbolicError
from symbolic.language.prose import in_markdown, in_plain

__all__ = ["Hint", "Solution", "check", "hint", "solution"]


@dataclass(frozen=True)
class Hint:
    """A hint, its number, and how many there are."""

    text: str
    number: int
    many: int

    def __str__(self) -> str:
        return f"Hint {self.number} of {self.many}: {in_plain(self.text)}" if self.number else in_plain(self.text)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return (
            f"*Hint {self.number} of {self.many}.* {in_markdown(self.text)}" if self.number else in_markdown(self.text)
        )


@dataclass(frozen=True)
class Solution:
    """The solution of an exercise: the answer, a derivation where a result has one, and the slips."""

    exercise: Exercise

    def __str__(self) -> str:
        from symbolic.results import find

        each = self.exercise
        shown = str(find(each.result).derivation) if each.result else ""
        slips = [f"  {wrong}: {name}. {in_plain(described(name))}" for wrong, name in each.wrong.items()]
        return "\n".join(filter(None, [f"{each.id}: {each.answer}", shown, *slips]))

    __repr__ = __str__

    def markdown(self) -> str:
        """Folded, as Markdown."""
        from symbolic.results import find

        each = self.exercise
        parts = [f"`{each.answer}`", find(each.result).derivation.markdown() if each.result else ""]
        slips = [f"- `{wrong}`: {name}. {in_markdown(described(name))}" for wrong, name in each.wrong.items()]
        body = "\n\n".join(filter(None, [*parts, "\n".join(slips)]))
        return f"<details><summary>Solution of {each.id}</summary>\n\n{body}\n\n</details>"

    def _repr_markdown_(self) -> str:
        return self.markdown()


def check(id: str, answer: str | int) -> Reply:
    """What is said of an answer to an exercise; it is kept in the progress file.

    >>> check("02-3", "lambda*(delta(i,j)*p[i] - p[i]*p[j])")  # doctest: +SKIP
    02-3: right.
    """
    reply = judge(exercise(id), str(answer))
    _kept(lambda progress: progress.answered(reply.exercise, reply.answer, reply.status.value))
    return reply


def hint(id: str) -> Hint:
    """The next hint to an exercise; the last one again when all were seen."""
    hints, seen = exercise(id).hints, _progress().of(id).hints
    if not hints:
        return Hint("There is no hint to this one.", 0, 0)
    if seen < len(hints):
        _kept(lambda progress: progress.hinted(id))
    number = min(seen + 1, len(hints))
    return Hint(hints[number - 1], number, len(hints))


def solution(id: str) -> Solution:
    """The solution of an exercise, with the slips that are known."""
    return Solution(exercise(id))


def _progress() -> Progress:
    with suppress(OSError, SymbolicError):
        return Progress.read(file())
    return Progress()


def _kept(change: Callable[[Progress], Progress]) -> None:
    """Change what is in the file; what is no file of progress, or cannot be written, is left as it is."""
    with suppress(OSError, SymbolicError):
        change(Progress.read(file())).write(file())
