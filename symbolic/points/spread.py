"""Where a claim about numbers alone may fail: spread between the bounds that hypotheses set, and close to these.

    points(claim, names)      points at which one or two letters have such values

A bound that holds nearly everywhere, such as log(1 - x) > -3x/2 for 0 < x < 3/5, fails in a narrow range at an end.

>>> from symbolic.language.parser import parse_claim
>>> from symbolic.points.names import free_names
>>> said = parse_claim("x > 1/2 given x > 0, x < 1")
>>> [point.scalars["x"] for point in points(said, free_names(said))][:3]
[0, 1, 1/16]
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice, product

from sympy import Expr, Integer, Rational, log

from symbolic.language.claims import Claim, Point
from symbolic.points.equations import changed
from symbolic.points.names import Names, NotAPoint
from symbolic.points.palettes import Range, range_of
from symbolic.points.samples import listed

__all__ = ["points"]

STEPS = 16  # between two bounds
CLOSE = 12  # how often the way to a bound is halved
FAR = 12  # and how often that to infinity is doubled
PLAIN = (*map(Rational, ("1/4", "1/2", "1", "2", "3", "4", "0", "-1")), *(r * log(2) for r in (1, 2, -1, -2)))


def points(claim: Claim, names: Names) -> Iterator[Point]:
    """One letter at a time, the others as in a simple point; then pairs of simple numbers."""
    if names.families or names.indices or names.has_temperature or names.subsets or len(names.scalars) > 2:
        return
    for base in islice(listed(claim, names), 1):
        for name in names.scalars:
            for value in _values(range_of(claim, name)):
                with suppress(*NotAPoint):
                    yield changed(base, ("scalar", name, 0), value)
        if len(names.scalars) == 2:
            for pair in product(PLAIN, repeat=2):
                yield replace(base, scalars={**base.scalars, **dict(zip(names.scalars, pair, strict=True))})


def _values(allowed: Range) -> Iterator[Expr]:
    """Both bounds, what is spread between them, and what is close to them; or what is far from one."""
    low, high = allowed.low, allowed.high
    yield from (each for each in (low, high) if each is not None)
    if low is not None and high is not None:
        yield from (low + (high - low) * Rational(at, STEPS) for at in range(1, STEPS))
        for close in (Rational(1, 2**at) for at in range(5, CLOSE)):
            yield from (low + (high - low) * close, high - (high - low) * close)
        return
    ways = [1] * (high is None) + [-1] * (low is None)
    start = low if low is not None else high if high is not None else Integer(0)
    sizes = [Rational(1, 2**at) for at in range(CLOSE)] + [Integer(2) ** at for at in range(1, FAR)]
    yield from (start + way * size for size in sizes for way in ways)
    yield from (start + way * Rational(at, 4) for at in range(1, 4 * STEPS) for way in ways)
