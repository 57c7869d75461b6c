"""What a student types: an answer, or the wish for a hint; both are kept in the progress file.

check(id, answer) -> Reply        hint(id) -> Hint        solution(id) -> Solution
practice("02") -> Practice        the exercises of a notebook, their solutions folded
symbolic exercise ID [ANSWER]     the same at the prompt
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from symbolic.course.exercise_data import Exercise, exercise, of_notebook
from symbolic.course.judging import LENGTH, Reply, judge
from symbolic.course.progress import Progress, file
from symbolic.course.slips import described
from symbolic.derivation import Derivation
from symbolic.deriving import NoAnswer, Shown, derive
from symbolic.language.errors import SymbolicError
from symbolic.language.prose import in_markdown, in_plain
from symbolic.results import find

__all__ = ["Hint", "Practice", "Solution", "check", "hint", "practice", "solution"]


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
    """The solution of an exercise: the answer, a derivation of what it makes true, and the slips."""

    exercise: Exercise

    def derivations(self) -> list[Derivation | Shown]:
        """That of the result that it is, or those of the lines that the answer makes true."""
        each = self.exercise
        if each.result:
            return [find(each.result).derivation]
        return [found for line in each.solved() if (found := _derived(line))]

    def __str__(self) -> str:
        each = self.exercise
        slips = [f"  {wrong}: {name}. {in_plain(described(name))}" for wrong, name in each.wrong.items()]
        return "\n".join([f"{each.id}: {each.answer}", *map(str, self.derivations()), *slips])

    __repr__ = __str__

    def markdown(self) -> str:
        """Folded, as Markdown."""
        each = self.exercise
        slips = [f"- `{wrong}`: {name}. {in_markdown(described(name))}" for wrong, name in each.wrong.items()]
        body = [f"`{each.answer}`", *(found.markdown() for found in self.derivations()), "\n".join(slips)]
        inside = "\n\n".join(body)
        return f"<details><summary>Solution of {each.id}</summary>\n\n{inside}\n\n</details>"

    def _repr_markdown_(self) -> str:
        return self.markdown()


@dataclass(frozen=True)
class Practice:
    """Exercises, each with its solution folded."""

    exercises: tuple[Exercise, ...]

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.exercises))

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        shown = (f"---\n\n{each.markdown()}\n\n{solution(each.id).markdown()}" for each in self.exercises)
        return "\n\n".join(shown)


def check(id: str, answer: str | int) -> Reply:
    """What is said of an answer to an exercise; it is kept in the progress file.

    >>> check("02-3", "lambda*(delta(i,j)*p[i] - p[i]*p[j])")  # doctest: +SKIP
    02-3: right.
    """
    return kept(judge(exercise(id), str(answer)))


def kept(reply: Reply) -> Reply:
    """The reply, once it is in the progress file."""
    _change(lambda found: found.answered(reply.exercise, reply.answer, reply.status.value))
    return reply


def remember(id: str, answer: str, is_right: bool) -> None:
    """Keep what was tried and is no exercise of the language."""
    _change(lambda found: found.answered(id, answer[:LENGTH], "right" if is_right else "not decided"))


def hint(id: str) -> Hint:
    """The next hint to an exercise; the last one again when all were seen."""
    return next_hint(id, exercise(id).hints)


def next_hint(id: str, hints: Sequence[str]) -> Hint:
    """The next of some hints, by how many of them were seen."""
    seen = progress().of(id).hints
    if not hints:
        return Hint("There is no hint to this one.", 0, 0)
    if seen < len(hints):
        _change(lambda found: found.hinted(id))
    number = min(seen + 1, len(hints))
    return Hint(hints[number - 1], number, len(hints))


def solution(id: str) -> Solution:
    """The solution of an exercise, with the slips that are known."""
    return Solution(exercise(id))


def practice(notebook: str) -> Practice:
    """The exercises of a notebook, such as "02"; `SymbolicError` if it has none."""
    found = of_notebook(notebook)
    if not found:
        raise SymbolicError(f"no notebook {notebook!r} has exercises")
    return Practice(found)


def _derived(line: str) -> Derivation | Shown | None:
    with suppress(NoAnswer):
        return derive(line)
    return None


def progress() -> Progress:
    """What is in the progress file; empty if nothing can be read."""
    with suppress(OSError, SymbolicError):
        return Progress.read(file())
    return Progress()


def _change(change: Callable[[Progress], Progress]) -> None:
    """Change what is in the file; one that is none, or cannot be written, is left as it is, with a warning."""
    try:
        change(Progress.read(file())).write(file())
    except (OSError, SymbolicError) as problem:
        warnings.warn(f"this is not kept in {file()}: {problem}", stacklevel=4)
