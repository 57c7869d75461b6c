"""What hypotheses say of numbers: equations put in, what follows at once, points at which they hold.

Hypotheses(scalars).told(sees)      gaps that are not negative, ends, equations, for polynomials
                   .at_once(value)  relations that are said first, and the lines that show them
                   .put_in(value)   the value with equations put in, and the others as signs
                   .drawn(names, facts)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sympy import Abs, Expr, Pow, Symbol, diff, exp, expand, log, solve, together

from symbolic.language import notation as of
from symbolic.language.typeset import plain
from symbolic.search.goals import Goal
from symbolic.search.polynomials import Field, is_polynomial
from symbolic.search.scalars import Number, Scalars, function, holds

__all__ = ["Hypotheses", "exchanged"]

Said = tuple[str, list[str]]  # a relation, and the line that shows it
MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}


def exchanged(value: Expr) -> set[Symbol]:
    """The letters of a value, two or three, if it is the same with one after the other in their places."""
    letters = sorted(value.free_symbols, key=str)
    if not 2 <= len(letters) <= 3:
        return set()
    turn = dict(zip(letters, [*letters[1:], letters[0]], strict=True))
    return set(letters) if together(value - value.xreplace(turn)).expand() == 0 else set()


@dataclass(frozen=True)
class Hypotheses:
    """The hypotheses of a claim about numbers."""

    scalars: Scalars

    @cached_property
    def sides(self) -> list[tuple[Expr, str, Expr]]:
        read = self.scalars.read
        return [(read(each.lhs), each.op, read(each.rhs)) for each in self.scalars.given]

    @cached_property
    def known(self) -> dict[Symbol, Expr]:
        """What linear equations say single letters are."""
        known = dict[Symbol, Expr]()
        for x, op, y in self.sides:
            gap = (x - y).xreplace(known)
            for letter in sorted(gap.free_symbols - {of.n}, key=str, reverse=True) if op == "==" else ():
                slope = diff(gap, letter)
                if slope.is_Rational:
                    rest = expand(letter - gap / slope)
                    known = {
                        **{each: expand(old.xreplace({letter: rest})) for each, old in known.items()},
                        letter: rest,
                    }
                    break
        return known

    @cached_property
    def zeros(self) -> tuple[Expr, ...]:
        """What other equations say is 0."""
        found = (expand((x - y).xreplace(self.known)) for x, op, y in self.sides if op == "==")
        return tuple(each for each in found if each != 0 and is_polynomial(each))

    def told(self, sees: Callable[[Goal, Expr], bool]) -> Field:
        """What the hypotheses say of numbers."""
        sides = self.sides
        ends = tuple(side for x, _, y in sides for side in (x, y))
        gaps = tuple(x - y if op in (">", ">=") else y - x for x, op, y in sides if op in ("<", "<=", ">", ">="))
        return Field(sees, ends, gaps, self.known, self.zeros)

    def at_once(self, value: Expr) -> list[Said]:
        """What follows from hypotheses at once: w == 1 - x - y; u <= c and -u <= c from |u| <= c."""
        found = list[Said]()
        for letter, value in self.known.items():
            found.append(
                (f"{self.scalars.text(letter)} == {self.scalars.text(value)}", [self.scalars.text(letter - value)])
            )
        for each in self.scalars.given:
            small, large = each.ordered
            if isinstance(small, Abs) and each.op in ("<", "<=", ">", ">="):
                op, u = each.op.replace(">", "<"), small.args[0]
                for one in (u, -u):
                    line = [f"{plain(large)} - {plain(small)}", f"{plain(small)} - ({plain(one)})"]
                    found.append((f"{plain(one)} {op} {plain(large)}", line))
        found += self.positive(value)
        return found

    def positive(self, value: Expr) -> list[Said]:
        """x > 0 from x > y and y > 0, or from x >= 1, for what stands in logarithms and powers."""
        inside = {x for part in value.atoms(log, Pow, exp) for x in part.free_symbols}
        ordered = [
            (x, y, op) if op in ("<", "<=") else (y, x, MIRRORED[op]) for x, op, y in self.sides if op in MIRRORED
        ]
        known = {x for x, op, y in self.sides if y == 0 and op == ">"}  # as the kernel reads it
        strict = {y for x, y, op in ordered if x == 0 and op == "<"}
        found = list[Said]()
        for _ in ordered:
            for small, large, _ in ordered:
                above = small in known or small.is_positive or (small == 0 and large in strict)
                if large in inside - known and above:
                    known.add(large)
                    line = [self.scalars.text(large - small), *([self.scalars.text(small)] if small != 0 else [])]
                    found.append((f"{self.scalars.text(large)} > 0", line))
        return found

    def drawn(self, names: tuple[Symbol, ...], facts: list[tuple[Expr, str]]) -> Iterator[Number]:
        """Points at which the hypotheses hold; what equations say of a letter is put in."""
        solved = dict[Symbol, list[Callable[[Number], float]]]()
        for zero in self.zeros:
            letter = max(zero.free_symbols - solved.keys(), key=str, default=None)
            if letter is not None:
                solved[letter] = list(map(function, solve(zero, letter)))
        fixed = {*solved, *self.known}
        free = [(fact, op) for fact, op in facts if not fact.free_symbols & fixed]
        bound = [(function(fact), op) for fact, op in facts if fact.free_symbols & fixed]
        for point in self.scalars.drawn(tuple(each for each in names if each not in fixed), free):
            for letter, values in solved.items():
                found = [x for x in (work(point) for work in values) if math.isfinite(x)]
                point[letter] = found[len(str(point)) % len(found)] if found else math.nan
            for letter, known in self.known.items():
                point[letter] = function(known)(point)
            if all(holds(test(point), op) for test, op in bound):
                yield point

    def put_in(self, value: Expr) -> tuple[Expr, list[tuple[Expr, str]]]:
        """The value with equations put in, and the hypotheses as signs of expressions."""
        facts = [(self.scalars.read(each.lhs - each.rhs), each.op) for each in self.scalars.given]
        for each in self.scalars.given:
            if each.op == "==" and each.lhs.is_Symbol and not each.rhs.has(each.lhs):
                value = value.subs(each.lhs, self.scalars.read(each.rhs))
                facts = [(fact.subs(each.lhs, self.scalars.read(each.rhs)), op) for fact, op in facts]
        known = self.known
        facts = [(expand(fact.xreplace(known)), op) for fact, op in facts]
        return value.xreplace(known), [(fact, op) for fact, op in facts if fact.free_symbols]
