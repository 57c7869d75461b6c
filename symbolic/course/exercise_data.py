"""Exercises as data: a file for each notebook, which `exercises()` reads.

    exercises()          all of them, notebook by notebook
    exercise("02-3")     one of them
    Kind                 what an answer is: an expression, a point, a hypothesis, an order, a letter

>>> exercise("02-3").kind
<Kind.VALUE: 'value'>
>>> print(exercise("02-3"))
02-3 (value, level 1)
What is the derivative of p[i] with respect to z[j]?
  diff(p[i], z[j]) == ?
Answer with an expression.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from symbolic.course.places import asked_of
from symbolic.language.errors import SymbolicError
from symbolic.language.parser import parse_claim
from symbolic.language.prose import formula, in_markdown, in_plain

__all__ = ["HOLE", "LETTERS", "Exercise", "Kind", "exercise", "exercises", "from_entry", "of_notebook"]

HOLE = "?"
FOLDER = "exercises"


class Kind(Enum):
    """What is asked for."""

    VALUE = "value"
    LIMIT = "limit"
    FILL = "fill"
    PROVE = "prove"
    REFUTE = "refute"
    REPAIR = "repair"
    ORDER = "order"
    CHOICE = "choice"


WANTED = {
    Kind.VALUE: "Answer with an expression.",
    Kind.LIMIT: "Answer with an expression, or with oo.",
    Kind.FILL: "Answer with the expression that stands at the question mark.",
    Kind.PROVE: "Answer with E, the larger side less the smaller, in a form that shows its sign.",
    Kind.REFUTE: "Answer with a point where it fails, in the form",
    Kind.REPAIR: "Answer with the hypothesis that is missing, such as z[1] >= z[2].",
    Kind.ORDER: "Answer with the numbers in order, such as 2 1 3.",
    Kind.CHOICE: "Answer with a letter.",
}


@dataclass(frozen=True)
class Exercise:
    """One exercise. Prose has its formulas between backquotes; `claim` has a hole `?` where an answer fills one.

    `lines` are those to put in order by the relation `op`, or the statements of which one is true. An answer in the
    form asked has none of the words `without`, and a `product` is no sum. `wrong` are wrong answers, each with the
    name of its slip; `result` is the result whose derivation shows the solution, where there is one. A level of the
    game (levels.py) has a title, an inventory of what may be used, and the ids of the levels that it needs.
    """

    id: str
    kind: Kind
    level: int
    ask: str
    answer: str
    claim: str = ""
    given: str = ""
    lines: tuple[str, ...] = ()
    op: str = "<="
    without: tuple[str, ...] = ()
    product: bool = False
    hints: tuple[str, ...] = ()
    wrong: dict[str, str] = field(default_factory=dict)
    result: str = ""
    title: str = ""
    needs: tuple[str, ...] = ()
    inventory: tuple[str, ...] = ()

    @property
    def notebook(self) -> str:
        """The number of the notebook it belongs to, such as "02"."""
        return self.id.partition("-")[0]

    def filled(self, answer: str) -> str:
        """The claim with an answer in its hole, as a line of the claim language."""
        said = answer if answer.endswith("oo") else f"({answer})"  # oo stands alone
        return self.line(self.claim.replace(HOLE, said))

    def solved(self) -> tuple[str, ...]:
        """The lines that the answer makes true; none where it is a point, which shows that one is false."""
        match self.kind:
            case Kind.REFUTE:
                return ()
            case Kind.REPAIR:
                return (f"{self.line(self.claim)}{',' if self.given else ' given'} {self.answer}",)
            case Kind.CHOICE:
                return (self.line(self.lines[LETTERS.index(self.answer)]),)
            case Kind.ORDER:
                ordered = [self.lines[int(each) - 1] for each in self.answer.split()]
                return tuple(self.line(f"{one} {self.op} {next}") for one, next in pairwise(ordered))
            case _:
                return (self.filled(self.answer),)

    @property
    def latex(self) -> str:
        """The claim as LaTeX, its hole a box; empty if there is no claim."""
        return self.claim and formula(self.line(self.claim).replace(HOLE, LETTER)).replace(TYPESET, r"\boxed{?}")

    def line(self, said: str) -> str:
        """A statement under the hypotheses of the exercise."""
        return f"{said} given {self.given}" if self.given else said

    def __str__(self) -> str:
        head = f"{self.id} ({self.kind.value}, level {self.level})"
        shown = [f"  {each}" for each in self.shown()]
        return "\n".join([head, in_plain(self.ask), *shown, *self._form(in_plain), self.wanted()])

    __repr__ = __str__

    def shown(self) -> list[str]:
        """The statements of the exercise, as plain lines."""
        given = [f"given {self.given}"] if self.given and self.lines else []
        return [self.line(self.claim)] * bool(self.claim) + self._numbered() + given

    def wanted(self) -> str:
        """What is to be typed."""
        point = [asked_of(parse_claim(self.line(self.claim)))] if self.kind is Kind.REFUTE else []
        return " ".join([WANTED[self.kind], *point])

    def _numbered(self) -> list[str]:
        labels = LETTERS if self.kind is Kind.CHOICE else map(str, range(1, len(self.lines) + 1))
        return [f"{label}. {line}" for label, line in zip(labels, self.lines, strict=False)]

    def _form(self, write: Any) -> list[str]:
        words = ", ".join(f"`{each}`" for each in self.without)
        return [write(f"Without {words}.")] * bool(words) + ["As a product."] * self.product

    def markdown(self, head: str = "") -> str:
        """The exercise as Markdown, its formulas typeset, under its id or another head."""
        lines = [f"- **{each.partition('. ')[0]}.** {_typeset(each.partition('. ')[2])}" for each in self._numbered()]
        claim = [f"$$\n{self.latex}\n$$"] if self.claim else []
        holed = [f"`{self.line(self.claim)}`"] if HOLE in self.claim else []
        given = [f"given `{self.given}`"] if self.given and self.lines else []
        head = head or f"**{self.id}** ({self.kind.value}, level {self.level})."
        parts = [
            f"{head} {in_markdown(self.ask)}",
            *claim,
            *holed,
            "\n".join(lines),
            *given,
            " ".join([*self._form(str), self.wanted()]),
        ]
        return "\n\n".join(filter(None, parts))

    def _repr_markdown_(self) -> str:
        return self.markdown()


LETTERS = "abcdef"
LETTER, TYPESET = "h9", r"\mathit{h9}"  # what stands for the hole while a claim is typeset


def _typeset(line: str) -> str:
    return f"${formula(line)}$"


@cache
def exercises() -> tuple[Exercise, ...]:
    """All exercises, notebook by notebook."""
    found = sorted((each for each in files(__package__).joinpath(FOLDER).iterdir()), key=lambda each: each.name)
    texts = [each.read_text("utf-8") for each in found if each.name.endswith(".toml")]
    return tuple(from_entry(entry) for text in texts for entry in tomllib.loads(text)["exercise"])


def from_entry(entry: dict[str, Any]) -> Exercise:
    """An exercise, from its table in a file."""
    frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Exercise(**{**frozen, "kind": Kind(entry["kind"])})


@cache
def _by_id() -> dict[str, Exercise]:
    return {each.id: each for each in exercises()}


def exercise(id: str) -> Exercise:
    """The exercise of that id; `SymbolicError` names those that are near if there is none."""
    found = _by_id().get(id.strip())
    if found is None:
        near = get_close_matches(id, _by_id(), cutoff=0.5) or ["01-1"]
        raise SymbolicError(f"no exercise is called {id[:40]!r}: they are called {', '.join(near)} and the like")
    return found


def of_notebook(number: str) -> tuple[Exercise, ...]:
    """The exercises of a notebook, such as "02"."""
    return tuple(each for each in exercises() if each.notebook == number)
