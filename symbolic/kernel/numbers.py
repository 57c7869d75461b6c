"""The sign of an expression of rational numbers, exp, log and powers alone, by an interval around it.

Intervals have rational ends of BITS digits, rounded outward. Source: exp(x) is exp(x/2^m) squared m times, by Taylor's
polynomial; log(2^m y) is m log(2) + 2 artanh((y - 1)/(y + 1)), by its series; each with a bound on what is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from math import factorial

from symbolic.kernel import terms as ast
from symbolic.kernel.refused import Budget
from symbolic.kernel.ring import ANY_SIGN
from symbolic.kernel.sets import Set, of_number

BITS, TERMS, LARGEST = 128, 40, 4000
COST = 20  # steps of an exponential, a logarithm or a power

Interval = tuple[Fraction, Fraction]


def sign_of_number(t: ast.Term, budget: Budget) -> Set:
    """The sign of a term without letters, if the interval shows it; else all signs."""
    found = _around(t, budget)
    return of_number(found[0]) if found and found[0] * found[1] > 0 else ANY_SIGN


def _around(t: ast.Term, budget: Budget) -> Interval | None:
    """An interval that has the number in it; None if the term is not a number, or not seen to be one."""
    match t:
        case ast.Number(value):
            return _rounded(value, value)
        case ast.Plus() | ast.Times() | ast.Exp() | ast.Log() | ast.Power():
            budget.spend(1 if isinstance(t, ast.Plus | ast.Times) else COST)
            parts = [_around(each, budget) for each in t.parts]
            known = [each for each in parts if each is not None]
            return _of_parts(t, known) if len(known) == len(parts) else None
    return None


def _of_parts(t: ast.Term, parts: list[Interval]) -> Interval | None:
    match t, parts:
        case ast.Plus(), _:
            return reduce(_sum, parts)
        case ast.Times(), _:
            return reduce(_product, parts)
        case ast.Exp(), [(low, high)] if max(-low, high) < LARGEST:
            return _rounded(_exp(low)[0], _exp(high)[1])
        case ast.Log(), [(low, high)] if low > 0:
            return _rounded(_log(low)[0], _log(high)[1])
        case ast.Power(_, ast.Number(e)), [base, _] if e.denominator == 1 and abs(e) < BITS:
            power = reduce(_product, [base] * abs(int(e)), ONE)
            return power if e >= 0 else _inverse(power)
        case ast.Power(), [(low, high), exponent] if low > 0:
            return _of_parts(ast.Exp(t), [_product(exponent, _rounded(_log(low)[0], _log(high)[1]))])
    return None


ONE: Interval = (Fraction(1), Fraction(1))


def _rounded(low: Fraction, high: Fraction) -> Interval:
    """An interval around, with ends of BITS digits."""
    return _cut(low), -_cut(-high)


def _cut(x: Fraction) -> Fraction:
    """The next number below of BITS digits."""
    by = x.numerator.bit_length() - x.denominator.bit_length() - BITS
    unit = Fraction(2) ** by
    return x // unit * unit if x else x


def _sum(a: Interval, b: Interval) -> Interval:
    return _rounded(a[0] + b[0], a[1] + b[1])


def _product(a: Interval, b: Interval) -> Interval:
    ends = [x * y for x in a for y in b]
    return _rounded(min(ends), max(ends))


def _inverse(a: Interval) -> Interval | None:
    return _rounded(1 / a[1], 1 / a[0]) if a[0] * a[1] > 0 else None


def _series(y: Fraction, ratios: Iterable[Fraction], left: Fraction) -> Interval:
    """1 + r1 y (1 + r2 y (1 + ...)), and at most `left` more or less; each step is rounded, so no number grows."""
    value = reduce(lambda a, r: _sum(ONE, _product(a, (r * y, r * y))), reversed(list(ratios)), ONE)
    return _sum(value, (-left, left))


def _exp(x: Fraction) -> Interval:
    """For |y| <= 1/2, e^y is Taylor's polynomial and at most 2 |y|^N/N! more or less."""
    halvings = max(0, x.numerator.bit_length() - x.denominator.bit_length() + 2)
    ratios = (Fraction(1, j) for j in range(1, TERMS))
    value = _series(x / 2**halvings, ratios, Fraction(2, 2**TERMS * factorial(TERMS)))
    return reduce(lambda a, _: _product(a, a), range(halvings), value)


def _log(x: Fraction) -> Interval:
    """By x = 2^m y with 1/2 < y < 2."""
    m = x.numerator.bit_length() - x.denominator.bit_length()
    return _sum(_product((Fraction(m), Fraction(m)), _artanh_form(Fraction(2))), _artanh_form(x / Fraction(2) ** m))


def _artanh_form(y: Fraction) -> Interval:
    """log y = 2 u (1 + u^2/3 + ...) for u = (y - 1)/(y + 1), |u| <= 1/3: of the series, less than 9^-N is left out."""
    u = (y - 1) / (y + 1)
    ratios = (Fraction(2 * j - 1, 2 * j + 1) for j in range(1, TERMS))
    return _product((2 * u, 2 * u), _series(u * u, ratios, Fraction(1, 9**TERMS)))
