"""Sets of signs, and what sums, products and powers make of them."""

from __future__ import annotations

from symbolic.kernel.ring import ANY_SIGN, Rational

Set = frozenset[int]
ZERO_SIGN, POSITIVE, NOT_NEGATIVE = frozenset({0}), frozenset({1}), frozenset({0, 1})


def of_number(v: Rational) -> Set:
    return frozenset({(v > 0) - (v < 0)})


def added(a: Set, b: Set) -> Set:
    """The signs of a sum."""
    return frozenset().union(*(ANY_SIGN if x * y < 0 else {x or y} for x in a for y in b))


def multiplied(a: Set, b: Set) -> Set:
    """The signs of a product."""
    return frozenset(x * y for x in a for y in b)


def to_power(s: Set, e: Rational) -> Set:
    """The signs of x^e: roots are of what is not negative, even powers lose the sign, negative ones are not 0."""
    if e == 0:
        return POSITIVE
    if e.denominator > 1:
        s = s & NOT_NEGATIVE
    found = frozenset(abs(x) for x in s) if e.numerator % 2 == 0 or e.denominator > 1 else s
    return found - {0} if e < 0 else found
