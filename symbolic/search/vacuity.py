"""Whether a proved claim is about any point, and if not, why: what clashes, and how that is shown.

    about_something(claim, proved, point) -> Proved | Open

A proof that needs no contradiction stands. It is vacuous where that is shown, in every case of the indices, by an
identity 0 == E with E positive, by the kernel, or by a side that is nowhere defined. A note says so where there is
neither that nor a point. What was proved through a contradiction alone is not proved without one that is shown.

>>> from symbolic.language.parser import parse_claim
>>> about_something(parse_claim("c > 2 given d > 0, c > 3, c < 3"), Proved(), None).notes
('no point satisfies c > 3, c < 3: 0 == -(c - 3) + (c - 3), which the hypotheses make positive',)
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from time import monotonic

from symbolic.language.claims import Claim, Hypothesis, Point, Proved
from symbolic.language.errors import SymbolicError
from symbolic.language.notation import Limit
from symbolic.language.typeset import plain
from symbolic.points import evaluate
from symbolic.points.equations import with_hypotheses
from symbolic.points.names import NotAPoint, free_names
from symbolic.points.samples import listed
from symbolic.search.derivations import clashing
from symbolic.search.form.emptiness import hypotheses_of, shown_empty
from symbolic.search.form.equality import Open
from symbolic.search.simplex import combination

__all__ = ["about_something", "counted_point"]

POINTS = 200
SECONDS = 0.5  # for points, and for which hypotheses clash
NO_POINT = "no point was found that satisfies the hypotheses"
SEEN = "the kernel sees the hypotheses clash"
NOT_SHOWN = "it was proved through a contradiction of the hypotheses that no identity shows"


def about_something(claim: Claim, proved: Proved, point: Point | None) -> Proved | Open:
    """The proof with what is known of the points it is about; `point` is one that counts, if there is one."""
    if point is not None and not proved.vacuous:
        return proved
    shown = _shown(claim)
    if shown is not None:
        return replace(proved, vacuous=True, facts=(*proved.facts, *shown), notes=(_clash(claim),))
    if said := clashing(claim):
        return replace(proved, vacuous=True, facts=(*proved.facts, SEEN), notes=(_satisfies(said),))
    return Open(NOT_SHOWN) if proved.vacuous else replace(proved, notes=(NO_POINT,))


def counted_point(claim: Claim) -> Point | None:
    """A point that satisfies the hypotheses and where both sides are defined; of a limit, that satisfies them."""
    started = monotonic()
    for raw in islice(listed(claim, free_names(claim)), POINTS):
        point = with_hypotheses(claim, raw)
        if point is not None and _counts(claim, point):
            return point
        if monotonic() - started > SECONDS:
            return None
    return None


def _counts(claim: Claim, point: Point) -> bool:
    try:
        if not evaluate.admissible(claim, point):
            return False
        if not (claim.lhs.has(Limit) or claim.rhs.has(Limit)):
            evaluate.sides(claim, point)
    except NotAPoint:
        return False
    return True


def _shown(claim: Claim) -> tuple[str, ...] | None:
    try:
        return shown_empty(claim, combination)
    except SymbolicError:
        return None


def _clash(claim: Claim) -> str:
    """Which hypotheses, as few as can be, leave no point; none where a side is undefined whatever they say."""
    alone = hypotheses_of(claim)
    about = alone if _shown(alone) is not None else claim
    if about is claim and (clash := clashing(claim)):
        return _satisfies(clash)
    left, shown = _fewest(about, claim.given)
    said, why = ", ".join(map(plain, left)), "; ".join(shown)
    if about is alone:
        return f"{_satisfies(left)}: {why}"
    return f"a side is nowhere defined{f' where {said}' if said else ''}: {why}"


def _satisfies(given: tuple[Hypothesis, ...]) -> str:
    return f"no point satisfies {', '.join(map(plain, given))}"


def _fewest(claim: Claim, given: tuple[Hypothesis, ...]) -> tuple[tuple[Hypothesis, ...], tuple[str, ...]]:
    """The hypotheses that remain when each is dropped that is not needed to leave no point, and what shows that."""
    started = monotonic()
    rest = claim.given[len(given) :] if claim.given[: len(given)] == given else ()
    left, shown = given, _shown(claim) or ()
    for each in given:
        fewer = tuple(other for other in left if other is not each)
        found = _shown(replace(claim, given=(*fewer, *rest), text="")) if monotonic() - started < SECONDS else None
        if found is not None:
            left, shown = fewer, found
    return left, shown
