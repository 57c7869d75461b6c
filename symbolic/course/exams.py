"""Question sheets from a seed: variants of exercises and of templates, each checked before it is printed.

    exam(seed, questions) -> Exam       the same seed gives the same sheet
    exam(...).markdown(solutions=True)  with the answers and the slips, for the marker

A variant draws the letters of the classes, and of a template (bank.toml) its number too. It stands on the sheet only
where its answer is judged right, by a derivation that the kernel has accepted where it asks for an expression, and
where each of its wrong answers is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from symbolic.course.exercise_data import Exercise, Kind, exercises, from_entry
from symbolic.course.judging import Status, judge
from symbolic.course.slips import described
from symbolic.language.claims import Proved
from symbolic.language.errors import SymbolicError
from symbolic.language.parser import parse_claim
from symbolic.language.prose import FORMULA, in_markdown
from symbolic.search.decision import decide

__all__ = ["Exam", "Template", "bank", "exam", "is_sound"]

MOST = 40  # questions
ROOM = " ".join(70 * ".")
TRIES = 5  # draws for one question
LETTERS = "ijklmrsu"  # what classes may be called
CLASS = re.compile(r"\b[ijkl]\b")
DERIVED = (Kind.VALUE, Kind.LIMIT, Kind.FILL)  # where the kernel has a derivation to accept
REFUSED = (Status.WRONG, Status.FORM, Status.MORE)


@dataclass(frozen=True)
class Template:
    """An exercise, in which `{m}` is to be one of the numbers, and the classes to have other letters."""

    exercise: Exercise
    numbers: tuple[int, ...] = ()

    def drawn(self, random: Random) -> Exercise:
        """One variant."""
        number = random.choice(self.numbers) if self.numbers else 0
        letters = dict(zip("ijkl", random.sample(LETTERS, 4), strict=True))
        return _changed(self.exercise, lambda text: _renamed(_numbered(text, number), letters))


def _numbered(text: str, number: int) -> str:
    return text.replace("{m}", str(number)).replace("{zeros}", "0, " * (number - 1))


def _renamed(text: str, letters: dict[str, str]) -> str:
    return CLASS.sub(lambda found: letters[found[0]], text)


def _changed(each: Exercise, change: Any) -> Exercise:
    """The exercise with its formulas changed, and a point to be found with them: its letters are those of a claim."""

    def prose(text: str) -> str:
        return FORMULA.sub(lambda found: f"`{change(found[1])}`", _numbered_words(text, change))

    return replace(
        each,
        ask=prose(each.ask),
        claim=change(each.claim),
        given=change(each.given),
        lines=tuple(map(change, each.lines)),
        hints=tuple(map(prose, each.hints)),
        answer=each.answer if each.kind is Kind.CHOICE else change(each.answer),
        wrong={wrong if each.kind is Kind.CHOICE else change(wrong): slip for wrong, slip in each.wrong.items()},
    )


def _numbered_words(text: str, change: Any) -> str:
    """Words outside of formulas have a number and no letters of classes."""
    return text.replace("{m}", change("{m}"))


@cache
def bank() -> tuple[Template, ...]:
    """The templates of bank.toml."""
    said = tomllib.loads((files(__package__) / "bank.toml").read_text("utf-8"))
    return tuple(_template(dict(entry)) for entry in said["question"])


def _template(entry: dict[str, Any]) -> Template:
    numbers = tuple(entry.pop("numbers"))
    return Template(from_entry(entry), numbers)


def is_sound(each: Exercise) -> bool:
    """Whether the answer is right, by a derivation if it is an expression, and each wrong answer is refused."""
    if each.kind in DERIVED:
        verdict = decide(parse_claim(each.filled(each.answer)))
        if not isinstance(verdict, Proved) or verdict.vacuous or verdict.derivation is None:
            return False
    right = judge(each, each.answer).status is Status.RIGHT
    return right and all(judge(each, wrong).status in REFUSED for wrong in each.wrong)


@dataclass(frozen=True)
class Exam:
    """A sheet of questions, and the seed that gives it again."""

    seed: int
    questions: tuple[Exercise, ...]

    def markdown(self, solutions: bool = False) -> str:
        """The sheet, with room for the answers; with solutions, these, and the slips for the marker."""
        return "\n\n".join([self.head(), *self.on_paper(solutions)]) + "\n"

    def head(self) -> str:
        """What stands above the questions."""
        return f"# Questions\n\nSheet {self.seed}. A line is about every number of classes, unless it says otherwise."

    def shown(self, solutions: bool = False) -> list[str]:
        """Each question."""
        return [_shown(each, solutions) for each in self.questions]

    def on_paper(self, solutions: bool = False) -> list[str]:
        """Each question, with room for the answer if this is not given."""
        return [each if solutions else f"{each}\n\n{ROOM}" for each in self.shown(solutions)]


def _shown(each: Exercise, solutions: bool) -> str:
    if not solutions:
        return each.markdown()
    slips = [f"- `{wrong}`: {name}. {in_markdown(described(name))}" for wrong, name in each.wrong.items()]
    return "\n\n".join([each.markdown(), f"*Answer:* `{each.answer}`", "\n".join(slips)])


def exam(seed: int, questions: int = 8) -> Exam:
    """A sheet of so many questions, from easy to hard, half of them from the bank, no two from one source.

    >>> [each.level for each in exam(7, 2).questions] == sorted(each.level for each in exam(7, 2).questions)
    True
    """
    if not 1 <= questions <= MOST:
        raise SymbolicError(f"a sheet has 1 to {MOST} questions")
    random = Random(seed)
    first = random.sample(bank(), len(bank()))[: (questions + 1) // 2]
    others = [each for each in exercises() if not each.title]  # a level of the game leans on those before it
    second = random.sample(others, len(others))
    found: list[Exercise] = []
    for source in (*first, *map(Template, second)):
        if len(found) < questions:
            found.extend(_sound(source, random))
    ranked = sorted(found, key=lambda each: each.level)
    return Exam(seed, tuple(replace(each, id=str(at)) for at, each in enumerate(ranked, start=1)))


def _sound(source: Template, random: Random) -> Iterator[Exercise]:
    """A variant that is sound, if one is drawn in a few tries."""
    drawn = (source.drawn(random) for _ in range(TRIES))
    found = next(filter(is_sound, drawn), None)
    if found is not None:
        yield found
