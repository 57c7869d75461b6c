"""Where Taylor's theorem may start from, and of which order: what is left is not negative at random points.

expansions(goal, starts) -> those that are worth a try, the simple ones first
simple(goal, letter, ends), solved(goal, letter, slope) -> where they may start
between(goal, step) -> the points of the goal, moved towards the start
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sympy import Add, Expr, Integer, Mul, Pow, Rational, Symbol, diff, exp, log, preorder_traversal, solve

from symbolic.search.factors import factored, tidy
from symbolic.search.goals import Goal
from symbolic.search.scalars import Number, function

__all__ = ["FEW", "Expansion", "between", "expansions", "simple", "solved"]

FEW, HIGHEST = 2, 4  # letters of what is expanded further than to order 2, and order
EASY = 12  # operations in what is solved for 0
NUMBERS = (Integer(0), Integer(1), Integer(-1), Rational(1, 2), Integer(2), exp(1), exp(-1))
Starts = Callable[[Goal, Symbol, Expr], Iterable[Expr]]


@dataclass(frozen=True)
class Expansion:
    """That h(x) is Taylor's polynomial at a start, of the order less 1, and a remainder that the derivative gives."""

    letter: Symbol
    start: Expr
    order: int
    derivative: Expr
    left: Expr  # the value at the start

    @property
    def remainder(self) -> Expr:
        return (self.letter - self.start) ** self.order * self.derivative


def expansions(goal: Goal, starts: Starts) -> list[Expansion]:
    """Those whose remainder is not negative at points between, the simple ones first."""
    found: list[Expansion] = []
    for letter in goal.letters:
        if letter in goal.value.free_symbols:
            slope = tidy(diff(goal.value, letter))
            for start in dict.fromkeys(starts(goal, letter, slope)):
                found += _from_there(goal, letter, start, slope)
    return sorted(found, key=lambda each: each.derivative.count_ops() + 5 * (each.left != 0) + 3 * each.order)


def _from_there(goal: Goal, letter: Symbol, start: Expr, slope: Expr) -> Iterator[Expansion]:
    left = goal.value.xreplace({letter: start})
    values = goal.values(left)
    if not all(math.isfinite(x) and x > -1e-9 for x in values):
        return
    gone = all(abs(x) < 1e-9 for x in values)
    derivative, highest = slope, HIGHEST if len(goal.value.free_symbols) <= FEW else 2
    for order in range(1, highest + 1):
        flat = all(abs(x) < 1e-8 for x in goal.values(derivative.xreplace({letter: start})))
        if order == 1 and not gone and left.free_symbols and not flat:
            return
        step = Expansion(letter, start, order, derivative, Integer(0) if gone else left)
        points = between(goal, step)
        numbers = [x for x in map(function(step.remainder), points) if not math.isnan(x)]
        if len(numbers) >= len(points) // 2 and all(x > -1e-9 for x in numbers):
            yield step
        if not flat or order == highest:
            return
        derivative = tidy(diff(goal.value, letter, order + 1))


def simple(goal: Goal, letter: Symbol, ends: Iterable[Expr]) -> Iterator[Expr]:
    """Simple numbers, ends of hypotheses, other letters."""
    yield from NUMBERS
    yield from ends
    for each in goal.letters:
        if each != letter:
            yield from (each, -each, 1 / each, 1 - each)


def solved(goal: Goal, letter: Symbol, slope: Expr) -> Iterator[Expr]:
    """Where the derivative is 0, if that is easily said."""
    for base, exponent in factored(slope)[1]:
        moving = [each for each in base.atoms(Pow, exp, log, Symbol) if each.has(letter)]
        if exponent > 0 and base.has(letter) and len(moving) <= 2 and base.count_ops() <= EASY:
            try:
                found = solve(base, letter)[:3]
            except (NotImplementedError, TypeError, ValueError, AttributeError, KeyError):
                continue
            yield from (each for each in found if isinstance(each, Expr) and _elementary(each))


def _elementary(expr: Expr) -> bool:
    return all(
        isinstance(each, (Add, Mul, Pow, exp, log, Symbol)) or each.is_Rational for each in preorder_traversal(expr)
    )


def between(goal: Goal, step: Expansion) -> list[Number]:
    """The points, with the letter moved towards the start."""
    draw, start = random.Random(2), function(step.start)
    starts = map(start, goal.points)
    ends = [each[step.letter] for each in goal.points]
    moved = [a + draw.random() * (b - a) for a, b in zip(starts, ends, strict=True)]
    return [{**each, step.letter: x} for each, x in zip(goal.points, moved, strict=True)]
