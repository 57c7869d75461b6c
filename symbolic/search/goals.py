"""Goals, that a number is not negative, and the sums in which that may be visible.

Goal(leaf, value, strict, points, letters)
shapes(expr, goal) -> sums: gaps of logarithms and exponentials, squares that are completed
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Add, Expr, Integer, Mul, Poly, PolynomialError, Pow, Symbol, exp, log

from symbolic.kernel.leaf import Leaf
from symbolic.search.factors import factored, tidy
from symbolic.search.scalars import Number, function

__all__ = ["Goal", "shapes"]


@dataclass(frozen=True)
class Goal:
    """That a value is not negative, or is positive, as the leaf of a derivation asks it; and numbers to try it at."""

    leaf: Leaf
    value: Expr
    strict: bool
    points: tuple[Number, ...]
    letters: tuple[Symbol, ...]  # that may be moved, the latest first
    divided: bool = False  # by a weight already
    weighed: bool = False  # by one that does not move: its parts are to be shown

    def values(self, expr: Expr) -> list[float]:
        """At the points; nan where there is none."""
        return list(map(function(expr), self.points))

    def is_not_negative(self, expr: Expr) -> bool:
        """As far as the points show."""
        return not any(x < -1e-9 for x in self.values(expr))


def shapes(expr: Expr, goal: Goal) -> Iterator[list[Expr]]:
    """Sums in which the sign of an expression may be visible."""
    if expr.is_Add:
        yield from _as_growth(expr)
        yield from _as_gaps(expr, goal)
        yield from _as_logarithm(expr)
        yield from _as_squares(expr)


def _as_gaps(expr: Expr, goal: Goal) -> Iterator[list[Expr]]:
    """Each c w log u, c w e^(u + v), with its tangent taken off, and what is left."""
    gaps: list[Expr] = []
    for term in Add.make_args(expr):
        heads = [each for each in Mul.make_args(term) if isinstance(each, (log, exp))]
        if len(heads) != 1:
            continue
        head, weight = heads[0], term / heads[0]
        numbers = [x for x in goal.values(weight) if not math.isnan(x)]
        u = head.args[0]
        if isinstance(head, log) and all(x <= 0 for x in numbers):
            gaps.append(Mul(-weight, Add(u, -1, -head, evaluate=False), evaluate=False))
        elif isinstance(head, log) and all(x >= 0 for x in numbers):
            gaps.append(Mul(weight, Add(head, -1, 1 / u, evaluate=False), evaluate=False))
        elif isinstance(head, exp) and all(x >= 0 for x in numbers):
            gaps.append(Mul(weight, Add(head, -1, -u, evaluate=False), evaluate=False))
    for chosen in dict.fromkeys([tuple(gaps), *((each,) for each in gaps)]) if gaps else ():
        left = expr - Add(*(each.doit().expand() for each in chosen))
        if goal.is_not_negative(left):
            left = tidy(left)
            yield [*chosen, left] if left != 0 else [*chosen]


def _as_growth(expr: Expr) -> Iterator[list[Expr]]:
    """c (e^u - e^v) as c e^v (e^(u - v) - 1), with u - v factored."""
    terms = Add.make_args(expr)
    if len(terms) != 2:
        return
    pairs = [each.as_coeff_Mul() for each in terms]
    (c, first), (d, second) = pairs
    if c + d == 0:
        for (x, y), by in (((first, second), c), ((second, first), d)):
            exponent = _exponent(x) - _exponent(y)
            number, factors = factored(exponent)
            inner = Mul(number, *(Pow(b, e) for b, e in factors), evaluate=False) if factors else number
            yield [Mul(by, y, exp(inner, evaluate=False) - 1, evaluate=False)]


def _exponent(expr: Expr) -> Expr:
    """The logarithm of a product of powers, written out."""
    found = Integer(0)
    for each in Mul.make_args(expr):
        if isinstance(each, exp):
            found += each.args[0]
        elif each.is_Pow:
            found += each.exp * log(each.base)
        else:
            found += log(each)
    return found


def _as_logarithm(expr: Expr) -> Iterator[list[Expr]]:
    """log u - log v as log(u/v)."""
    terms = [each.as_coeff_Mul() for each in Add.make_args(expr)]
    if all(c.is_Integer if isinstance(each, log) else each == 1 for c, each in terms):
        yield [log(Mul(*(each.args[0] ** c if isinstance(each, log) else exp(c) for c, each in terms)))]


def _as_squares(expr: Expr) -> Iterator[list[Expr]]:
    """a x^2 + b x + c as a (x + b/(2a))^2 + ..."""
    for letter in sorted(expr.free_symbols, key=str):
        try:
            poly = Poly(expr, letter)
        except PolynomialError:
            continue
        if poly.degree() == 2:
            a, b, c = poly.all_coeffs()
            yield [Mul(a, Pow(letter + b / (2 * a), 2), evaluate=False), tidy(c - b**2 / (4 * a))]
