"""Letters at the ends of where they may be, and on both sides of what they may not be.

    at_ends, between_ends, on_both_sides : (claim, prove) -> derivations for the kernel to accept

    (1 + x/n)^n <= exp(x) given x >= -n          x == -n, where the base is 0, and x > -n
    y*(1 - x)^c - y + c*x >= 0 given 0 <= y <= 1     y == 0, and y == 1: both sides are linear in y
    a != 1, or what is divided by a - 1          a > 1, and a < 1
    (x - y)/(log(x) - log(y))                    x > y, and x < y

Where what is divided by is 0 the claim says nothing, which the kernel sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice

from sympy import Expr, Integer, Pow, Rational, Symbol, log

from symbolic.kernel import Refused, check
from symbolic.language.claims import MIRRORED, Claim, Hypothesis, Operator, Relation, parts, relation, speaks_of
from symbolic.language.notation import n
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Node
from symbolic.search.means import preceded
from symbolic.search.powers import is_rest, positive
from symbolic.search.scalars import words

__all__ = ["at_ends", "between_ends", "on_both_sides"]

Prove = Callable[[Claim], Node | None]


def at_ends(claim: Claim, prove: Prove) -> Iterator[Node]:
    """Where the base of a power is 0 at the end of a letter, or before that the exponent: there, and away from it."""
    for each, x, op, end in islice(_critical(claim), 1):
        away = relation(x, op[0], end)
        others = tuple(away if other is each else other for other in claim.given)
        there, inside = _at(claim, x, end), replace(claim, given=others, text="")
        if there and (then := prove(there)) and (tree := prove(inside)):
            line: Node = {"line": [plain(x - end if op == ">=" else end - x)]}
            then = {"have": plain(there.relation), "by": then, "in": {"line": [plain(there.gap)]}}
            apart: Node = {"have": plain(away), "by": line, "in": tree}
            yield {"if": f"{plain(x)} == {plain(end)}", "then": then, "else": apart}


def _critical(claim: Claim) -> Iterator[tuple[Hypothesis, Symbol, Operator, Expr]]:
    """The ends at which an exponent is 0, of a base that is 0 somewhere; then those at which a base is."""
    powers = [each for each in parts(claim) if isinstance(each, Pow) and each.exp.free_symbols]
    found = [(each, *end) for each in claim.given if powers for end in _ends(each)]
    zeros = {each.base: [at for at in found if _is_zero(each.base, *at[1:])] for each in powers}
    for each in powers:
        if zeros[each.base] or is_rest(each.base):
            yield from (at for at in found if _is_zero(each.exp, *at[1:]))
    yield from chain.from_iterable(zeros.values())


def _is_zero(expr: Expr, x: Symbol, _: Operator, end: Expr) -> bool:
    return expr.has(x) and expr.subs(x, end).expand() == 0


def _ends(each: Hypothesis) -> Iterator[tuple[Symbol, Operator, Expr]]:
    """(x, op, end), of x >= end, or x <= end."""
    if isinstance(each, Relation) and each.op in (">=", "<="):
        for x, op, end in ((each.lhs, each.op, each.rhs), (each.rhs, MIRRORED[each.op], each.lhs)):
            if isinstance(x, Symbol) and not x.is_integer and not end.has(x):
                yield x, op, end


def _at(claim: Claim, x: Symbol, end: Expr) -> Claim | None:
    """The claim at the end of a letter; 0^c is 0 for c > 0, and else that is not said."""
    above = {n, *map(positive, claim.given)}
    sides = [side.subs(x, end) for side in (claim.lhs, claim.rhs)]
    sides = [side.replace(lambda e: isinstance(e, Pow) and e.base == 0 and e.exp in above, lambda _: Integer(0))
             for side in sides]  # fmt: skip
    if any(each.base == 0 for side in sides for each in side.atoms(Pow)):
        return None
    return Claim(relation(sides[0], claim.op, sides[1]), _without(claim, x))


def _without(claim: Claim, x: Symbol) -> tuple[Hypothesis, ...]:
    """The hypotheses that say nothing of a letter."""
    return tuple(each for each in claim.given if not speaks_of(each, x))


def between_ends(claim: Claim, prove: Prove) -> Iterator[Node]:
    """What is linear in a letter, at both ends of it."""
    between = _between(claim)
    if claim.op == "==" or not between or words(claim) is None:
        return
    gap, op = claim.gap.expand(), (">=" if claim.op in ("<=", ">=") else ">")
    for x, (low, high) in between.items():
        if (slope := gap.diff(x)) == 0 or slope.diff(x) != 0:
            continue
        weights = {low: high - x, high: x - low}
        said = {end: relation(gap.subs(x, end), op, 0) for end in weights}
        node: Node = {"line": [f"({plain(w / (high - low))})*({plain(said[end].lhs)})" for end, w in weights.items()]}
        trees = [(each, prove(Claim(each, _without(claim, x)))) for each in said.values() if each.lhs != 0]
        if all(tree for _, tree in trees):
            yield preceded(node, [{"have": plain(each), "by": tree} for each, tree in trees])


def _between(claim: Claim) -> dict[Symbol, tuple[Expr, Expr]]:
    """The letters that are between two numbers."""
    ends: dict[tuple[Symbol, str], Expr] = {}
    for each in claim.given:
        if isinstance(each, Relation) and each.op[0] in "<>":
            for x, op, end in ((each.lhs, each.op, each.rhs), (each.rhs, MIRRORED[each.op], each.lhs)):
                if isinstance(x, Symbol) and isinstance(end, Rational):
                    ends[x, op[0]] = end
    found = {x: (low, ends[x, "<"]) for (x, side), low in ends.items() if side == ">" and (x, "<") in ends}
    return {x: (low, high) for x, (low, high) in found.items() if low < high}


def on_both_sides(claim: Claim, prove: Prove) -> Iterator[Node]:
    """Where two numbers are not equal, the first is above or below the other."""
    if claim.op in ("==", "!="):
        return
    for gap, others in _apart(claim):
        cases = (replace(claim, given=(*others, relation(gap, op, 0)), text="") for op in (">", "<"))
        above, below = map(prove, cases)
        if above and below:
            under: Node = {"have": f"{plain(gap)} < 0", "by": {"line": [plain(-gap)]}, "in": below}
            if len(others) == len(claim.given):
                under = {"if": f"{plain(gap)} == 0", "then": {"absurd": []}, "else": under}
            yield {"if": f"{plain(gap)} > 0", "then": above, "else": under}
        return


def _apart(claim: Claim) -> Iterator[tuple[Expr, tuple[Hypothesis, ...]]]:
    """What is not 0, with the hypotheses that do not say so: of x != y, and of what is divided by."""
    for each in claim.given:
        if isinstance(each, Relation) and each.op == "!=" and each.lhs.is_Symbol:
            yield each.lhs - each.rhs, tuple(other for other in claim.given if other is not each)
    below = (each.base for each in parts(claim) if isinstance(each, Pow) and each.exp == -1)
    for base in dict.fromkeys(each for each in below if each.is_Add and len(each.args) == 2):
        gap = _of_logarithms(base)
        if gap.is_Add and all(term.is_number or _is_letter(term) for term in gap.args) and not _has_sign(claim, gap):
            yield gap, claim.given


def _of_logarithms(gap: Expr) -> Expr:
    """x - y, of log(x) - log(y)."""
    factors = [term.as_coeff_Mul() for term in gap.args]
    if sorted(c for c, _ in factors) == [-1, 1] and all(isinstance(each, log) for _, each in factors):
        return sum((c * each.args[0] for c, each in factors), Integer(0))
    return gap


def _is_letter(term: Expr) -> bool:
    x = term.as_coeff_Mul()[1]
    return isinstance(x, Symbol) and not x.is_integer


def _has_sign(claim: Claim, x: Expr) -> bool:
    """Whether the kernel sees whether it is positive or negative."""
    for op in (">", "<"):
        try:
            check(plain(Claim(relation(x, op, 0), claim.given)), {"line": [plain(x if op == ">" else -x)]})
        except Refused:
            continue
        return True
    return False
