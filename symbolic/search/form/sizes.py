"""How many classes there are of some kind: counts as the sizes of sets, and sets with a class in them.

    counted(count, subset)     the size of {k : the relation holds}, and what the classes in it and the others satisfy
    with_members_named(claim)  a class in A where size(A) >= 1, and one outside of A where size(A) < n

The set is that of the classes where the relation holds, so a claim about its size, for every set of which this is
said, is one about the count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy
from sympy import Expr, Symbol

from symbolic.language import notation as of
from symbolic.language.claims import Always, Claim, Hypothesis, Member, Operator, Relation, SameClass
from symbolic.search.form.names import OwnIndex

__all__ = ["counted", "with_members_named"]

NEGATED: dict[Operator, Operator] = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", "<=": ">", ">": "<="}


def counted(count: of.Binder, subset: of.Subset) -> tuple[Expr, list[Hypothesis]]:
    """The number of classes where a relation holds, `subset` being where it does: of other classes nothing is said."""
    at = OwnIndex("all classes")
    relation = count.opened(at)
    op = _operator(relation)
    within, without = (*count.conditions, of.In(subset)), (*count.conditions, of.NotIn(subset))
    said = [
        Always(Relation(relation.lhs, op, relation.rhs), at, within),
        Always(Relation(relation.lhs, NEGATED[op], relation.rhs), at, without),
    ]
    fresh = sympy.Dummy(integer=True, positive=True)
    value = of.Sum(sympy.Integer(1), fresh, *within) if count.conditions else of.Size(subset)
    named = (each for each in sorted(of.free(count), key=str) if isinstance(each, Symbol) and each.is_integer)
    return value, [*said, *(SameClass(each, each) for each in named if each != of.n)]


def _operator(relation: sympy.core.relational.Relational) -> Operator:
    kinds: dict[type, Operator] = {
        sympy.Eq: "==", sympy.Ne: "!=", sympy.Lt: "<", sympy.Le: "<=", sympy.Gt: ">", sympy.Ge: ">=",
    }  # fmt: skip
    return kinds[type(relation)]


def with_members_named(claim: Claim) -> Claim:
    """The claim with a class of its own for each set that a hypothesis says is not empty, or does not have all."""
    found: list[Hypothesis] = []
    for subset, holds in dict.fromkeys(pair for each in claim.given for pair in _inhabited(each)):
        known = any(isinstance(each, Member) and (each.subset, each.holds) == (subset, holds) for each in claim.given)
        if not known:
            at = OwnIndex(f"one {'of' if holds else 'outside'} {subset.name}")
            found += [SameClass(at, at), Member(at, subset, holds)]
    return replace(claim, given=(*claim.given, *found)) if found else claim


def _inhabited(each: Hypothesis) -> Iterator[tuple[of.Subset, bool]]:
    """The sets A with size(A) >= 1, and those with size(A) < n, as (A, False)."""
    if not isinstance(each, Relation) or each.op == "!=":
        return
    larger, smaller = (each.lhs, each.rhs) if each.op in (">", ">=") else (each.rhs, each.lhs)
    ways = [(larger, smaller), (smaller, larger)] if each.op == "==" else [(larger, smaller)]
    strict = each.op in ("<", ">")
    for big, small in ways:
        if isinstance(big, of.Size) and small.is_Rational and (small > 0 or (strict and small == 0)):
            yield big.args[0], True
        if isinstance(small, of.Size) and ((big == of.n and strict) or (big - of.n).is_negative is True):
            yield small.args[0], False
