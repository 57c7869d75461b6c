"""Claims about numbers: the words that are taken for numbers, and random points at which the hypotheses hold.

words(claim) -> a letter for each share, entry, n; None if the claim speaks of something else
function(expr) -> its value at a point, nan where there is none
Scalars(claim, letters).drawn(names, facts) -> points
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import ge, gt, le, lt, ne

from sympy import Abs, Add, Basic, Dummy, Expr, Mul, Pow, Symbol, cosh, exp, log, sinh, tanh

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation, least_size
from symbolic.language.typeset import plain

__all__ = ["FUNCTIONS", "Number", "Scalars", "function", "holds", "words"]

FUNCTIONS = (Add, Mul, Pow, exp, log, Abs, tanh, sinh, cosh, Symbol)
COMPARED: dict[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "!=": ne}
DRAWN = 6000  # points that are tried
SIZES = 1, 10  # of what is drawn

Number = dict[Basic, float]  # the value of each letter at a point


def words(claim: Claim) -> dict[Basic, Symbol] | None:
    """A letter for each word that is taken for a number; None if a word is of another kind."""
    found: dict[Basic, Symbol] = {}
    for each in (part for side in (claim.lhs, claim.rhs) for part in _outermost(side)):
        if isinstance(each, (of.Probability, of.Entry, of.Size)):
            found.setdefault(each, Dummy(real=True))
        elif not isinstance(each, FUNCTIONS) and not each.is_number:
            return None
    return found


def _outermost(expr: Basic) -> Iterator[Basic]:
    """The expression and its parts, those of a word of the language left out."""
    yield expr
    if isinstance(expr, FUNCTIONS):
        for each in expr.args:
            yield from _outermost(each)


def _in_exponentials(expr: Expr) -> Expr:
    hyperbolic = {
        tanh: lambda x: 1 - 2 / (1 + exp(2 * x)),
        sinh: lambda x: (exp(x) - exp(-x)) / 2,
        cosh: lambda x: (exp(x) + exp(-x)) / 2,
    }
    for head, meaning in hyperbolic.items():
        expr = expr.replace(head, meaning)
    return expr


@dataclass(frozen=True)
class Scalars:
    """A claim with letters for its words."""

    about: Claim
    letters: dict[Basic, Symbol]

    @cached_property
    def back(self) -> dict[Symbol, Basic]:
        return {letter: word for word, letter in self.letters.items()}

    @cached_property
    def given(self) -> list[Relation]:
        """The hypotheses that speak of the words of the claim, and of numbers."""
        return [each for each in self.about.given if isinstance(each, Relation) and self._is_of_numbers(each)]

    def _is_of_numbers(self, given: Relation) -> bool:
        found = (part for side in (given.lhs, given.rhs) for part in _outermost(side))
        return all(isinstance(each, FUNCTIONS) or each.is_number or each in self.letters for each in found)

    @cached_property
    def sides(self) -> tuple[Expr, Expr]:
        """The smaller and the larger one."""
        said = (self.about.lhs, self.about.rhs)
        small, large = said if self.about.op in ("<", "<=") else reversed(said)
        return self.read(small), self.read(large)

    def read(self, expr: Expr) -> Expr:
        return _in_exponentials(expr).xreplace(self.letters)

    def text(self, expr: Expr) -> str:
        return plain(expr.xreplace(self.back))

    def drawn(self, names: tuple[Symbol, ...], facts: Sequence[tuple[Expr, str]]) -> Iterator[Number]:
        """Random points at which the hypotheses hold."""
        tests = [(function(fact), op) for fact, op in facts]
        draw, least = random.Random(1), least_size(self.about.given)
        others = set().union(*(side.free_symbols for side in self.sides))
        for size in SIZES:  # the next, where the hypotheses hold at none so small
            found = False
            for _ in range(DRAWN):
                point: Number = {each: self._number(each, least, draw, size) for each in names}
                for each in sorted(others - point.keys(), key=str):
                    point[each] = self._number(each, least, draw, size)
                if all(holds(test(point), op) for test, op in tests):
                    found = True
                    yield point
            if found:
                return

    def _number(self, letter: Basic, least: int, draw: random.Random, most: float) -> float:
        if letter in self.back:
            return draw.random() if isinstance(self.back[letter], of.Probability) else draw.gauss(0, 2)
        if letter == of.n:
            return float(draw.randint(least, least + 8))
        size = most * draw.choice((0.1, 0.5, 1.0, 3.0))
        number = draw.uniform(-size, size) if draw.random() < 0.6 else 1 + draw.uniform(-size, size)
        return abs(number) if letter.is_positive else number


def holds(value: float, op: str) -> bool:
    """Whether a number is in this relation to 0; equal to it, if it nearly is."""
    return abs(value) < 1e-9 if op == "==" else COMPARED[op](value, 0)


# --- values -----------------------------------------------------------------------------------------


def function(expr: Expr) -> Callable[[Number], float]:
    """The value at a point; nan where there is none."""
    work = _compiled(expr)

    def value(point: Number) -> float:
        try:
            return work(point)
        except (ArithmeticError, ValueError, TypeError, KeyError):  # of a letter that has no value
            return math.nan

    return value


def _compiled(expr: Expr) -> Callable[[Number], float]:
    if expr.is_Symbol:
        return lambda point: point[expr]
    if not expr.args:
        number = float(expr) if expr.is_extended_real else math.nan
        return lambda point: number
    inner = [_compiled(each) for each in expr.args]
    if isinstance(expr, Add):
        return lambda point: math.fsum(each(point) for each in inner)
    if isinstance(expr, Mul):
        return lambda point: math.prod(each(point) for each in inner)
    if isinstance(expr, Pow):
        return lambda point: math.pow(inner[0](point), inner[1](point))
    function = next((made for head, made in _FUNCTIONS.items() if isinstance(expr, head)), None)
    if function is None:  # of several numbers, or of classes
        return lambda point: math.nan
    return lambda point: function(inner[0](point))


_FUNCTIONS: dict[type[Expr], Callable[[float], float]] = {
    exp: math.exp, log: math.log, Abs: abs, tanh: math.tanh, sinh: math.sinh, cosh: math.cosh,
}  # fmt: skip
