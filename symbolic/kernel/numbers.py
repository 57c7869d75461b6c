"""The sign of an expression of rational numbers, exp, log and powers alone, by an interval around it.

The ends of intervals are decimals, rounded outward. Source: in Python's decimal, sums, products and quotients are
rounded as the context says, exp and ln to the nearest decimal: the next ones are below and above.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import reduce

from symbolic.kernel import terms as ast
from symbolic.kernel.refused import Budget
from symbolic.kernel.ring import ANY_SIGN
from symbolic.kernel.sets import POSITIVE, Set

DIGITS, LARGEST = 50, 4000
COST = 20  # steps of an exponential, a logarithm or a power
DOWN = Context(DIGITS, ROUND_FLOOR, MIN_EMIN, MAX_EMAX)
UP = Context(DIGITS, ROUND_CEILING, MIN_EMIN, MAX_EMAX)

Interval = tuple[Decimal, Decimal]
ZERO: Interval = (Decimal(0), Decimal(0))
ONE: Interval = (Decimal(1), Decimal(1))


def sign_of_number(t: ast.Term, budget: Budget) -> Set:
    """The sign of a term without letters, if the interval shows it; else all signs.

    Needs: an end of the interval on the same side of 0, or a single point. Source: interval arithmetic, Moore 1966.
    """
    try:
        low, high = _around(t, budget) or (Decimal(-1), Decimal(1))
    except ArithmeticError:  # of numbers that are too large
        return ANY_SIGN
    return POSITIVE if low > 0 else frozenset({-1}) if high < 0 else ANY_SIGN


def _around(t: ast.Term, budget: Budget) -> Interval | None:
    """An interval that has the number in it; None if it is not seen to be one."""
    if isinstance(t, ast.Number):
        parts = Decimal(t.value.numerator), Decimal(t.value.denominator)
        return DOWN.divide(*parts), UP.divide(*parts)
    budget.spend(1 if isinstance(t, ast.Plus | ast.Times) else COST)
    inner = [_around(each, budget) for each in t.parts]
    known = [each for each in inner if each is not None]
    return _of_parts(t, known) if len(known) == len(inner) else None


def _of_parts(t: ast.Term, parts: list[Interval]) -> Interval | None:
    match t, parts:
        case ast.Plus(), _:
            return reduce(lambda a, b: (DOWN.add(a[0], b[0]), UP.add(a[1], b[1])), parts, ZERO)
        case ast.Times(), _:
            return reduce(_product, parts, ONE)
        case ast.Exp(), [(low, high)] if max(-low, high) < LARGEST:
            return DOWN.next_minus(DOWN.exp(low)), UP.next_plus(UP.exp(high))
        case ast.Log(), [(low, high)] if low > 0:
            return DOWN.next_minus(DOWN.ln(low)), UP.next_plus(UP.ln(high))
        case ast.Power(_, ast.Number(e)), [base, _] if e.denominator == 1 and abs(e) < LARGEST:
            found = reduce(_product, [base] * abs(int(e)), ONE)
            return found if e >= 0 else _inverse(found)
        case ast.Power(), [base, exponent]:
            logarithm = _of_parts(ast.Log(t), [base])
            return logarithm and _of_parts(ast.Exp(t), [_product(exponent, logarithm)])
    return None


def _product(a: Interval, b: Interval) -> Interval:
    ends = [(x, y) for x in a for y in b]
    return min(DOWN.multiply(*each) for each in ends), max(UP.multiply(*each) for each in ends)


def _inverse(a: Interval) -> Interval | None:
    low, high = a
    return (DOWN.divide(1, high), UP.divide(1, low)) if low > 0 or high < 0 else None
