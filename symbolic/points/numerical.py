"""Claims in which n and every quantity is given as a number: they are about finitely many points, and evaluated there.

    verdict(claim)      proved or refuted by exact evaluation; None if something is not given

The values are rigorous intervals, narrowed until the sides are apart, or are shown to be equal.

>>> from symbolic.language.parser import parse_claim
>>> verdict(parse_claim("softmax(z)[2] > 0.7 given n == 3, z[1] == 5, z[2] == 8, z[3] == 7"))
Proved(cases=(), rests_on=('exact evaluation',), vacuous=False, facts=('every quantity is given as a number',),
       notes=())
>>> verdict(parse_claim("softmax(z)[i] < 0.7 given n == 2, z[1] == 0, z[2] == 1")).point.indices
{'i': 2}
>>> verdict(parse_claim("softmax(z)[2] > 0.7 given n == 2, z[2] == 8"))
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sympy import Basic, Expr, Integer

from symbolic.language.claims import Claim, Point, Proved, Refuted, Relation, Verdict, bounds
from symbolic.language.errors import Undefined
from symbolic.language.notation import Entry, Head, Limit, T, lam
from symbolic.points import evaluate
from symbolic.points.names import Names, free_names

__all__ = ["is_about_constants", "verdict"]

MOST = 256  # points at which a claim is evaluated


def verdict(claim: Claim) -> Verdict | None:
    """What evaluation says; None if the claim is about more than that. `Unsupported` if a value is out of reach."""
    points = _points(claim)
    if points is None:
        return None
    counts = False
    for point in points:
        try:
            if not evaluate.admissible(claim, point):
                continue
            evaluate.sides(claim, point)
            if not evaluate.holds(claim, point):
                return Refuted(point, *evaluate.told(claim, point))
            counts = True
        except Undefined:  # the claim is not about this point
            continue
    return Proved(rests_on=("exact evaluation",), vacuous=not counts, facts=("every quantity is given as a number",))


def is_about_constants(claim: Claim) -> bool:
    """Whether a claim is between two constants, such as pi > 3: n does not matter."""
    return not claim.given and not any(each.free_symbols or each.has(Head) for each in (claim.lhs, claim.rhs))


def _points(claim: Claim) -> list[Point] | None:
    """All the points that the hypotheses leave, and perhaps a few more."""
    least, greatest = bounds(claim.given)
    names = free_names(claim)
    limits = claim.lhs.has(Limit) or claim.rhs.has(Limit)
    if (
        (least != greatest and not is_about_constants(claim))
        or limits
        or names.subsets
        or least ** len(names.indices) > MOST
    ):
        return None
    given = dict(_given(claim))
    try:
        return list(_written(names, given, least))
    except KeyError:
        return None


def _given(claim: Claim) -> Iterator[tuple[Basic, Expr]]:
    """What the hypotheses say to be a number."""
    for each in claim.given:
        if isinstance(each, Relation) and each.op == "==":
            for quantity, number in ((each.lhs, each.rhs), (each.rhs, each.lhs)):
                if number.is_number:
                    yield quantity, number


def _written(names: Names, given: dict[Basic, Expr], size: int) -> Iterator[Point]:
    """The point for each choice of the indices, none for lambda <= 0; KeyError for a quantity that is not given."""
    by_name = {getattr(quantity, "name", ""): number for quantity, number in given.items()}
    entries = {(each.family.name, each.index): number for each, number in given.items() if isinstance(each, Entry)}
    families = {family: tuple(entries[family, Integer(at)] for at in range(1, size + 1)) for family in names.families}
    scale = _inverse_temperature(given) if names.has_temperature else Integer(1)
    scalars = {name: by_name[name] for name in names.scalars}
    if not scale.is_positive:
        return
    for chosen in product(range(1, size + 1), repeat=len(names.indices)):
        yield Point(families, scale, dict(zip(names.indices, chosen, strict=True)), scalars, size=size)


def _inverse_temperature(given: dict[Basic, Expr]) -> Expr:
    return given[lam] if lam in given else 1 / given[T]
