"""A second look at a proof: the claim at the first points, exactly, by code that shares nothing with the kernel.

    contradiction(claim, vacuous)     a point at which what the kernel says is not so, or None

A proof does not need it. But the methods for inequalities and limits are many, and a wrong verdict is the one thing
that must not happen: where a proof and a point disagree, nothing is claimed.

>>> from symbolic.language.parser import parse_claim
>>> contradiction(parse_claim("p[i] <= 1"), vacuous=False) is None
True
>>> contradiction(parse_claim("p[i] < 1"), vacuous=False).n
1
>>> contradiction(parse_claim("p[i] <= 1 given n >= 2"), vacuous=True).n
2
"""

from __future__ import annotations

from itertools import islice

from symbolic.language.claims import Claim, Point
from symbolic.points import evaluate
from symbolic.points.equations import with_hypotheses
from symbolic.points.names import NotAPoint, free_names
from symbolic.points.samples import listed

__all__ = ["contradiction"]

POINTS = 20


def contradiction(claim: Claim, vacuous: bool) -> Point | None:
    """A point that refutes the claim; or, of one said to be vacuous, a point that counts."""
    for raw in islice(listed(claim, free_names(claim)), POINTS):
        point = with_hypotheses(claim, raw)
        if point is not None and _disagrees(claim, point, vacuous):
            return point
    return None


def _disagrees(claim: Claim, point: Point, vacuous: bool) -> bool:
    try:
        return evaluate.admissible(claim, point) and (not evaluate.holds(claim, point) or vacuous)
    except NotAPoint:
        return False
