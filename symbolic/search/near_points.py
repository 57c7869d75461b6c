"""Derivatives of what has kinks, by what it is near the point: max z is z[i], |x| is x, max p is e^(lambda max z)/Z.

    derivation(claim, prove) -> Tree | None
    of_kinks(claim) -> the derivatives in question          put_in(claim, derivative, form) -> the claim with the form

`prove` finds derivations of equalities, and of the claim with the other form under the derivative. What moves
stands in no hypothesis of the equality but those that hold near the point too: strict ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from sympy import Abs, Derivative, Expr, exp, preorder_traversal

from symbolic.language import notation as of
from symbolic.language import verbatim
from symbolic.language.claims import Always, Claim, Hypothesis, Relation
from symbolic.language.proof import Tree
from symbolic.language.typeset import plain
from symbolic.search.attained import alone

__all__ = ["derivation", "of_kinks", "put_in"]

KINKS = (Abs, of.Maximum)
STRICT = ("<", ">", "!=")


def derivation(claim: Claim, prove: Callable[[Claim], Tree | None]) -> Tree | None:
    """The first derivative of what has a kink, with a form that has none in its place."""
    for moving in islice(of_kinks(claim), 1):
        for form in _forms(moving.expr, moving.variables[0], claim):
            stays = tuple(each for each in claim.given if _stays(each, moving.variables[0]))
            by = prove(Claim(Relation(moving.expr, "==", form), stays))
            left = put_in(claim, moving, form)
            after = by and (prove(left) or (claim.given and prove(replace(left, given=()))))
            if by and after:
                return {"alike": plain(form), "by": by, "in": after}
    return None


def of_kinks(claim: Claim) -> Iterator[Derivative]:
    """The derivatives of what has a kink that moves."""
    for side in (claim.lhs, claim.rhs):
        for each in preorder_traversal(side):
            if isinstance(each, Derivative) and len(each.variables) == 1 and _kinks(each.expr, each.variables[0]):
                yield each


def _kinks(expr: Expr, variable: Expr) -> list[Expr]:
    """What has a kink and moves."""
    return sorted((each for each in expr.atoms(*KINKS) if _moves(each, variable)), key=plain)


def put_in(claim: Claim, moving: Derivative, form: Expr) -> Claim:
    """The claim with another form of what a derivative is of."""
    new = of.D(form, *moving.variables)
    lhs, rhs = (verbatim.rename(side, moving, new) for side in (claim.lhs, claim.rhs))
    return replace(claim, relation=Relation(lhs, claim.op, rhs), text="", elaborated=False)


def _stays(given: Hypothesis, variable: Expr) -> bool:
    """Whether the kernel keeps a hypothesis near the point, as far as its form says."""
    relation = given.relation if isinstance(given, Always) else given
    if not isinstance(relation, Relation):
        return True
    return relation.op in STRICT or not any(_moves(side, variable) for side in (relation.lhs, relation.rhs))


def _moves(expr: Expr, variable: Expr) -> bool:
    if variable in (of.T, of.lam):
        return bool(expr.has(of.T, of.lam))
    return bool(expr.has(variable.family if isinstance(variable, of.Entry) else variable))


def _forms(expr: Expr, variable: Expr, claim: Claim) -> Iterator[Expr]:
    """With z[i] for max z where i alone attains it, x or -x for |x|, e^(lambda max z)/Z for max p."""
    kinks = _kinks(expr, variable)
    for each in kinks[:1]:
        for form in _without(each, claim):
            yield from _forms(verbatim.rename(expr, each, form), variable, claim)
    if not kinks:
        yield expr


def _without(kink: Expr, claim: Claim) -> Iterator[Expr]:
    if isinstance(kink, Abs):
        yield from (kink.args[0], -kink.args[0])
        return
    yield from filter(None, [alone(kink, claim.given, of.free(claim.lhs) | of.free(claim.rhs))])
    body = kink.opened(of.k)
    if isinstance(body, of.Probability):
        family, scale = body.distribution.args
        yield exp(scale * type(kink).of(family)) / of.Partition(family, scale)
