"""Checking a result: its derivation, what each hypothesis is needed for, and its false twins."""

from __future__ import annotations

from symbolic.derivation import DerivationError
from symbolic.language.claims import Claim, Point, Proved
from symbolic.language.proof import Proof
from symbolic.language.typeset import plain
from symbolic.points import evaluate
from symbolic.results import Result
from symbolic.search.decision import decide

__all__ = ["check"]


def check(result: Result) -> Proof | None:
    """The derivation as the kernel has accepted it; `DerivationError` where something that is said does not hold."""
    proof = result.derivation.check()
    for need in result.needs:
        if need.point is None:
            _holds(need.without)
        else:
            _fails(need.without, need.point)
    for twin in result.twins:
        _fails(twin.claim, twin.point)
    return proof


def _holds(claim: Claim) -> None:
    verdict = decide(claim)
    if not isinstance(verdict, Proved):
        raise DerivationError(0, f"{plain(claim)} is said to hold without the hypothesis, and is not proved")


def _fails(claim: Claim, point: Point) -> None:
    if not evaluate.admissible(claim, point) or evaluate.holds(claim, point):
        raise DerivationError(0, f"{plain(claim)} is said to fail at a point at which it does not")
