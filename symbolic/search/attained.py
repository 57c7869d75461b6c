"""Derivatives of a largest or smallest value, where one class alone attains it or the class that moves does not.

    resolved(claim) -> the claims, without such derivatives, that together say what the claim says; () for none

Where z[i] > z[k] for all other k, max z is z[i], and by continuity it is so near the point, for there are finitely
many classes: under a derivative z[i] may be put in for max z. Where z[j] < max z, max z does not move with z[j]. Where
j attains max z with others, max z has no derivative in z[j] (it grows on one side alone), and no such point counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Basic, Derivative, Expr, Integer, preorder_traversal

from symbolic.language import verbatim
from symbolic.language.claims import Always, Claim, Hypothesis, Operator, Relation
from symbolic.language.notation import D, Entry, Except, Family, Limit, Maximum, Minimum, free, k, l

__all__ = ["alone", "resolved"]

_ABOVE: tuple[Operator, Operator] = (">", "<")
_BELOW: tuple[Operator, Operator] = ("<", ">")


def resolved(claim: Claim) -> tuple[Claim, ...]:
    """The claim with its derivatives of extremes taken; in two cases, where the hypotheses do not say which it is."""
    moving = _derivatives(claim)
    if not moving or claim.lhs.has(Limit) or claim.rhs.has(Limit):
        return ()
    taken = _taken(claim)
    if not _derivatives(taken):
        return (taken,)
    cases = [_taken(replace(claim, given=(*claim.given, each))) for each in _which(moving[0], claim)]
    return tuple(cases) if cases and not any(map(_derivatives, cases)) else ()


def _derivatives(claim: Claim) -> list[Derivative]:
    """The derivatives in the relation of what has a largest or smallest value of a family in it."""
    parts = [*preorder_traversal(claim.lhs), *preorder_traversal(claim.rhs)]
    return [each for each in parts if isinstance(each, Derivative) and each.expr.has(Maximum)]


def _taken(claim: Claim) -> Claim:
    """The claim, what the hypotheses say of its derivatives put in."""
    lhs, rhs = claim.lhs, claim.rhs
    indices = free(lhs) | free(rhs)
    for each in _derivatives(claim):
        made = _value(each, claim.given, indices)
        lhs, rhs = (verbatim.rename(side, each, made) for side in (lhs, rhs))
    return replace(claim, relation=Relation(lhs, claim.op, rhs), text="", elaborated=False)


def _value(moving: Derivative, given: tuple[Hypothesis, ...], indices: set[Basic]) -> Expr:
    """The derivative with z[i] for max z, or 0 where max z does not move; itself where neither is known."""
    expr = moving.expr
    for extreme in (each for each in expr.atoms(Maximum) if isinstance(each.family(), Family)):
        best = alone(extreme, given, indices)
        if best is not None:
            expr = verbatim.rename(expr, extreme, best)
        elif expr == extreme and all(_stays(each, extreme, given, indices) for each in moving.variables):
            return _nothing(moving)
    return D(expr, *moving.variables) if expr != moving.expr else moving


def alone(extreme: Maximum, given: tuple[Hypothesis, ...], indices: set[Basic]) -> Expr | None:
    """The entry that, as a hypothesis says, alone attains the largest or smallest value of a family."""
    family = extreme.family()
    if not isinstance(family, Family):
        return None
    found = (_attains_alone(each, family, _sign(extreme), indices) for each in given)
    return next((family[at] for at in found if at is not None), None)


def _sign(extreme: Maximum) -> int:
    return -1 if isinstance(extreme, Minimum) else 1


def _nothing(moving: Derivative) -> Expr:
    """0, as 0*z[j]: the claim is still about class j, and hypotheses on j are about that class alone."""
    return verbatim.add(*(verbatim.multiply(Integer(0), each) for each in moving.variables))


def _attains_alone(hypothesis: Hypothesis, family: Family, sign: int, indices: set[Basic]) -> Basic | None:
    """The i of all(z[i] > z[k], k != i), if it is one of the claim's indices."""
    if not isinstance(hypothesis, Always) or len(hypothesis.conditions) != 1:
        return None
    (condition,), bound = hypothesis.conditions, hypothesis.bound
    greater, less = _strict(hypothesis.relation, sign)
    if not isinstance(condition, Except) or less != family[bound] or not isinstance(greater, Entry):
        return None
    at = condition.args[0]
    return at if greater == family[at] and at.free_symbols <= indices else None


def _strict(relation: Relation, sign: int) -> tuple[Expr | None, Expr | None]:
    """The greater and the lesser side of a strict inequality; exchanged for a negative sign."""
    sides = {">": (relation.lhs, relation.rhs), "<": (relation.rhs, relation.lhs)}.get(relation.op, (None, None))
    return sides if sign > 0 else sides[::-1]


def _stays(variable: Expr, extreme: Maximum, given: tuple[Hypothesis, ...], indices: set[Basic]) -> bool:
    """Is it known that z[j] is less than max z, or is the variable no entry of z?"""
    family = extreme.family()
    if not isinstance(variable, Entry) or variable.family != family:
        return True
    if not isinstance(family, Family) or not variable.index.free_symbols <= indices:
        return False
    return any(_strict(each, _sign(extreme)) == (extreme, variable) for each in given if isinstance(each, Relation))


def _which(moving: Derivative, claim: Claim) -> Iterator[Hypothesis]:
    """For the derivative of max z itself in z[j]: j alone attains it, or it is less; else there is none."""
    extreme, variables = moving.expr, moving.variables
    family = extreme.family() if isinstance(extreme, Maximum) else None
    if not isinstance(family, Family) or len(variables) != 1 or any(each != moving for each in _derivatives(claim)):
        return
    (variable,) = variables
    inside = isinstance(variable, Entry) and variable.family == family
    if not inside or not variable.index.free_symbols <= free(claim.lhs) | free(claim.rhs):
        return
    above, below = _BELOW if isinstance(extreme, Minimum) else _ABOVE
    bound = k if variable.index != k else l
    yield Always(Relation(variable, above, family[bound]), bound, (Except(variable.index),))
    yield Relation(variable, below, extreme)
