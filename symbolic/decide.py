"""From a claim to its verdict: the kernel first, then the search for a counterexample.

    decide(claim, seconds=10) -> Proved | Refuted | Unknown
    verify(claim or line, seconds=10) -> Answer       the same with the claim, to be read

>>> from symbolic.language.claim import claim
>>> from symbolic.language.notation import Sum, i, k, p
>>> decide(claim(Sum(p[k], k), "==", 1))
Proved(cases=(), rests_on=(), vacuous=False, facts=())
>>> decide(claim(p[i], "<", 1)).point.n
1
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from symbolic import refute
from symbolic.kernel import asymptotics, order
from symbolic.kernel.equality import Fails, Holds, Open, Outcome, equal
from symbolic.language import typeset
from symbolic.language.claim import Claim, Proved, Unknown, Verdict
from symbolic.language.errors import NotationError
from symbolic.language.notation import Limit
from symbolic.language.parser import parse_claim

__all__ = ["Answer", "decide", "verify"]


@dataclass(frozen=True)
class Answer:
    """A claim and the verdict on it, as a notebook and a terminal show them."""

    claim: Claim
    verdict: Verdict

    def __str__(self) -> str:
        return f"{typeset.plain(self.claim)}\n  {typeset.plain(self.verdict)}"

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return f"$$\n{typeset.latex(self.claim)}\n$$\n\n{typeset.markdown(self.verdict)}"


def verify(claim: Claim | str, seconds: float = 10) -> Answer:
    """The answer to a claim, or to a line of the claim language.

    >>> verify("p[i] < 1 given n >= 2")
    p[i] < 1 given n >= 2
      proved
    """
    if isinstance(claim, str):
        claim = parse_claim(claim)
    if not isinstance(claim, Claim):
        raise NotationError(f"expected a claim, not {claim!r}: write claim(lhs, '==', rhs), or a line of text")
    return Answer(claim, decide(claim, seconds))


def decide(claim: Claim, seconds: float = 10) -> Verdict:
    """The verdict on a claim; `Unknown` says what was tried and what stopped it."""
    started = monotonic()
    outcome = _by_kernel(claim)
    if isinstance(outcome, Holds):
        return Proved(tuple(filter(None, outcome.cases)), outcome.rests_on, outcome.vacuous, outcome.facts)
    found = refute.search(claim, seconds=max(0.1, seconds - (monotonic() - started)))
    return found or Unknown(_reason(outcome))


def _by_kernel(claim: Claim) -> Outcome:
    """Limits, equalities and inequalities each have their place."""
    try:
        return _by_method(claim)
    except RecursionError:
        return Open("the claim is nested too deeply")


def _by_method(claim: Claim) -> Outcome:
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
