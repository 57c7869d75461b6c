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

from sympy import Expr, Integer, Pow, Rational, Symbol, log

from symbolic.kernel import Refused, check
from symbolic.language.claims import MIRRORED, Claim, Hypothesis, Operator, Relation, parts, relation
from symbolic.language.notation import n
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Node
from symbolic.search.powers import positive
from symbolic.search.scalars import words

__all__ = ["at_ends", "between_ends", "on_both_sides"]

Prove = Callable[[Claim], Node | None]


def at_ends(claim: Claim, prove: Prove) -> Iterator[Node]:
    """Where the base of a power is 0 at the end of a letter: there, and away from it."""
    bases = {each.base for each in parts(claim) if isinstance(each, Pow) and each.exp.free_symbols}
    for each in claim.given:
        for x, op, end in _ends(each):
            if any(base.has(x) and base.subs(x, end).expand() == 0 for base in bases):
                there, away = _at(claim, x, end), relation(x, op[0], end)
                others = tuple(away if other is each else other for other in claim.given)
                trees = there and prove(there), prove(replace(claim, given=others, text=""))
                if there and all(trees):
                    line: Node = {"line": [plain(_gap(there))]}
                    then: Node = {"have": plain(there.relation), "by": trees[0], "in": line}
                    inside = f"{plain(x)} - ({plain(end)})" if op == ">=" else f"{plain(end)} - {plain(x)}"
                    apart: Node = {"have": plain(away), "by": {"line": [inside]}, "in": trees[1]}
                    yield {"if": f"{plain(x)} == {plain(end)}", "then": then, "else": apart}
                return


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
    return tuple(each for each in claim.given if x not in set(parts(Claim(relation(0, "==", 0), (each,)))))


def between_ends(claim: Claim, prove: Prove) -> Iterator[Node]:
    """What is linear in a letter, at both ends of it."""
    if claim.op == "==" or words(claim) is None:
        return
    gap, op = _gap(claim).expand(), (">=" if claim.op in ("<=", ">=") else ">")
    for x, (low, high) in _between(claim).items():
        slope = gap.diff(x)
        if slope == 0 or slope.diff(x) != 0:
            continue
        said = [relation(gap.subs(x, end), op, 0) for end in (low, high)]
        trees = []
        for each in said:
            trees.append(prove(Claim(each, _without(claim, x))))
            if trees[-1] is None:
                return
        weights = ((high - x) / (high - low), (x - low) / (high - low))
        node: Node = {"line": [f"({plain(w)})*({plain(each.lhs)})" for w, each in zip(weights, said, strict=True)]}
        for each, tree in zip(said, trees, strict=True):
            node = {"have": plain(each), "by": tree, "in": node} if each.lhs != 0 else node
        yield node


def _between(claim: Claim) -> dict[Symbol, tuple[Expr, Expr]]:
    """The letters that are between two numbers."""
    ends: dict[tuple[Symbol, str], Expr] = {}
    for each in claim.given:
        if isinstance(each, Relation) and each.op[0] in "<>":
            for x, op, end in ((each.lhs, each.op, each.rhs), (each.rhs, MIRRORED[each.op], each.lhs)):
                if isinstance(x, Symbol) and isinstance(end, Rational):
                    ends[x, op[0]] = end
    return {x: (ends[x, ">"], ends[x, "<"]) for x, side in ends if side == ">" and (x, "<") in ends}


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


def _gap(claim: Claim) -> Expr:
    small, large = claim.ordered
    return large - small
