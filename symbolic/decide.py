"""From a claim to its verdict: the kernel first, then the search for a counterexample.

    decide(claim, seconds=10) -> Proved | Refuted | Unknown

>>> from symbolic.language.claim import claim
>>> from symbolic.language.notation import Sum, i, k, p
>>> decide(claim(Sum(p[k], k), "==", 1))
Proved(facts=('for every n',), rests_on=(), vacuous=False)
>>> decide(claim(p[i], "<", 1)).point.n
1
"""

from __future__ import annotations

from time import monotonic

from symbolic import refute
from symbolic.kernel import asymptotics, order
from symbolic.kernel.equality import Fails, Holds, Open, Outcome, equal
from symbolic.language.claim import Claim, Proved, Unknown, Verdict
from symbolic.language.notation import Limit

__all__ = ["decide"]


def decide(claim: Claim, seconds: float = 10) -> Verdict:
    """The verdict on a claim; `Unknown` says what was tried and what stopped it."""
    started = monotonic()
    outcome = _by_kernel(claim)
    if isinstance(outcome, Holds):
        facts = tuple(f"when {case}" if case else "for every n" for case in outcome.cases)
        return Proved(facts, vacuous=outcome.vacuous)
    found = refute.search(claim, seconds=max(0.1, seconds - (monotonic() - started)))
    return found or Unknown(_reason(outcome))


def _by_kernel(claim: Claim) -> Outcome:
    """Limits, equalities and inequalities each have their place."""
    if claim.lhs.has(Limit) or claim.rhs.has(Limit):
        return asymptotics.limit_claim(claim)
    if claim.op == "==":
        return equal(claim)
    return order.compare(claim)


def _reason(outcome: Fails | Open) -> str:
    if isinstance(outcome, Open):
        return outcome.reason
    where = f" when {outcome.case}" if outcome.case else ""
    return f"the sides differ as functions{where}, but no point that is exactly computable was found"
