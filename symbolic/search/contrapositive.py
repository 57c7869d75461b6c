"""Conclusions about numbers from hypotheses that they would otherwise not satisfy.

    derivation(claim, prove) -> Node | None
    clash(claim)                  where the conclusion fails, a hypothesis visibly does

If x > y and if x < y a hypothesis fails, as x^3 == y^3 does where cubes increase, then x == y; and x <= y follows from
x^2 <= y^2 where x > y >= 0 gives x^2 > y^2. Each is a claim of its own about an inequality.

    x == y given x^3 == y^3     where x > y: x^3 > y^3, which is absurd; where x < y: x^3 < y^3, which is absurd
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sympy import Expr, Integer, Symbol, diff

from symbolic.language.claims import Claim, Operator, Relation, relation
from symbolic.language.proof import Tree
from symbolic.language.typeset import plain
from symbolic.search.case_trees import NEGATED, Node
from symbolic.search.factors import tidy
from symbolic.search.scalars import Scalars, words

__all__ = ["clash", "derivation", "put_in"]

SIMPLE = 6  # operations of what is concluded
Prove = Callable[[Claim], Tree | None]
AGAINST: dict[Operator, tuple[Operator, ...]] = {
    "==": ("<", ">"), "<": (">=",), "<=": (">",), ">": ("<=",), ">=": ("<",),
}  # fmt: skip


def clash(claim: Claim) -> Node:
    """The equality holds, or the hypotheses contradict it."""
    return {"if": plain(claim.relation), "then": {"line": []}, "else": {"absurd": []}}


def derivation(claim: Claim, prove: Prove) -> Node | None:
    """Both ways in which the claim may fail, each against a hypothesis."""
    letters = words(claim)
    if claim.op == "!=" or letters is None or claim.lhs.count_ops() + claim.rhs.count_ops() > SIMPLE:
        return None
    against = [each for each in Scalars(claim, letters).given if _tells(each, claim)]
    if not against:
        return None
    lhs, rhs = claim.lhs, claim.rhs
    if claim.op != "==":
        otherwise = _refuted(claim, relation(lhs, NEGATED[claim.op], rhs), against, prove)
        line = {"line": [_difference(rhs, lhs) if claim.op in ("<", "<=") else _difference(lhs, rhs)]}
        return None if otherwise is None else {"if": plain(claim.relation), "then": line, "else": otherwise}
    product = _product(claim, against)
    if product is not None:
        below: Node = {"have": f"{product} != 0", "by": {"line": [product]}, "in": {"absurd": []}}
        return {"if": plain(claim.relation), "then": {"line": []}, "else": below}
    above, under = (Relation(lhs, op, rhs) for op in (">", "<"))
    larger = _refuted(claim, above, against, prove)
    smaller = _refuted(claim, under, against, prove) if larger is not None else None
    if smaller is None:
        return None
    end: Node = {"if": plain(under), "then": smaller, "else": {"line": [_difference(lhs, rhs)]}}
    return {"if": plain(above), "then": larger, "else": end}


def _tells(given: Relation, claim: Claim) -> bool:
    """Whether a hypothesis is about the numbers of the conclusion, and is no bound of one of them."""
    letters = claim.lhs.free_symbols | claim.rhs.free_symbols
    mine = given.lhs.free_symbols | given.rhs.free_symbols
    return given.op != "!=" and letters <= mine and not (given.lhs.is_Symbol and given.rhs.is_number)


def _refuted(claim: Claim, case: Relation, against: list[Relation], prove: Prove) -> Node | None:
    """In this case one of the hypotheses does not hold."""
    for each in against:
        others = tuple(given for given in claim.given if given is not each)
        for op in AGAINST[each.op]:
            shown = Relation(each.lhs, op, each.rhs)
            found = prove(replace(claim, relation=shown, given=(*others, case), text=""))
            if found is not None:
                return {"have": plain(shown), "by": found, "in": {"absurd": []}}
    return None


def _product(claim: Claim, against: list[Relation]) -> str | None:
    """What an equation says is 0, with what is to be 0 as a factor: the kernel sees whether the others may be 0."""
    for each in against:
        gap = tidy(each.lhs - each.rhs) if each.op == "==" else Integer(1)
        if claim.rhs == 0 and gap.is_Mul and claim.lhs in gap.args:
            return plain(gap)
    return None


def _difference(larger: Expr, smaller: Expr) -> str:
    return f"{plain(larger)} - ({plain(smaller)})"


def put_in(claim: Claim) -> Iterator[Node]:
    """An equality of numbers, with what a linear equation says of one of them put in."""
    letters = words(claim)
    for each in [] if letters is None else Scalars(claim, letters).given:
        gap = each.lhs - each.rhs
        for letter in sorted(gap.free_symbols, key=str) if each.op == "==" else ():
            slope = diff(gap, letter) if type(letter) is Symbol and not letter.is_integer else Integer(0)
            if slope.is_Rational and slope != 0:
                have = f"{plain(letter)} == {plain(letter - gap / slope)}"
                yield {"have": have, "by": {"line": [plain(gap / slope)]}, "in": {"line": []}}
