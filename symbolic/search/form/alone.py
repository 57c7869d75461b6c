"""That each class is alone the largest says that there is one class.

    all(z[i] > z[k], k != i)     with an i that the claim does not name: for all i

With two classes z[1] > z[2] and z[2] > z[1]; with one it says nothing. So n == 1 says the same.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Integer, Symbol

from symbolic.language.claim import Always, Claim, Hypothesis, Relation, SameClass
from symbolic.language.notation import Entry, Except, Probability, free, n
from symbolic.search.form.extremes import indices

__all__ = ["each_alone", "with_one_class"]


def with_one_class(claim: Claim) -> Claim:
    """The claim, with n == 1 in the place of such hypotheses: it is about the same points."""
    given = tuple(Relation(n, "==", Integer(1)) if each_alone(claim, each) else each for each in claim.given)
    return claim if given == claim.given else replace(claim, given=given, text="")


def each_alone(claim: Claim, hypothesis: Hypothesis) -> Relation | None:
    """The relation, if the hypothesis is that each class beats all others in one family, or is beaten by them."""
    if not isinstance(hypothesis, Always) or hypothesis.relation.op not in (">", "<"):
        return None
    relation, bound = hypothesis.relation, hypothesis.bound
    one, other = relation.lhs, relation.rhs
    if type(one) is not type(other) or not isinstance(one, (Entry, Probability)) or one.args[0] != other.args[0]:
        return None
    family, first, second = one.args[0], one.args[1], other.args[1]
    at = second if first == bound else first
    if {first, second} != {at, bound} or hypothesis.conditions != (Except(at),) or at in free(family) | _named(claim):
        return None
    return relation if isinstance(at, Symbol) and at != bound else None


def _named(claim: Claim) -> set[Symbol]:
    """The indices that the claim names; where its sides are left out, hypotheses on indices have them."""
    compared = {at for each in claim.given if isinstance(each, SameClass) for at in (each.first, each.second)}
    return indices(claim.lhs) | indices(claim.rhs) | compared
