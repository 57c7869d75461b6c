"""Equalities from a sum of squares that is 0: the case of equality of Cauchy's inequality, and of others like it.

    trees(claim) -> derivations for the kernel to accept

    sum((x[k] - c)^2, k) == 0          each square is 0, and so is what it is the square of
    n*sum(x^2) == sum(x)^2             a sum over pairs of classes is 0, and so is each square in it
    max(z) == min(z)                   each entry is between the two, and so both

Source: Hardy, Littlewood and Polya 1934, 2.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sympy import Expr, Pow, expand

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation, letters_of
from symbolic.language.names import unused
from symbolic.language.proof import Tree
from symbolic.language.typeset import plain
from symbolic.search.form.extremes import indices
from symbolic.search.pairwise import summed_over_pairs
from symbolic.search.totals import Totals

__all__ = ["trees"]


def trees(claim: Claim) -> Iterator[Tree]:
    """By each hypothesis that is an equation."""
    named = sorted(indices(claim.lhs) | indices(claim.rhs), key=str)
    if claim.op == "==" and named:
        used = letters_of(claim)
        k, l = (of.class_named(each) for each in islice(unused("klmrs", used), 2))
        for each in claim.given:
            if isinstance(each, Relation) and each.op == "==":
                yield from _of_squares(claim, each, named, k)
                yield from _of_pairs(claim, each, named, k, l)
                yield from _of_extremes(claim, each, named, k)


def _equal(claim: Claim, square: Expr) -> Tree:
    """The sides, of whose difference a multiple is squared: were they not equal, the square would not be 0."""
    gap = f"{plain(claim.lhs)} - ({plain(claim.rhs)})"
    clash: Tree = {"absurd": [f"({gap})^2", f"-({plain(expand(square))})"]}
    return {"if": f"{plain(claim.lhs)} == {plain(claim.rhs)}", "then": {"line": [gap]}, "else": clash}


def _of_squares(claim: Claim, given: Relation, named: list[Expr], k: Expr) -> Iterator[Tree]:
    """x[k] - c is 0 at each class; and so is the difference of two of them."""
    if isinstance(given.lhs, of.Sum) and given.rhs == 0 and not given.lhs.conditions:
        body = given.lhs.opened(k)
        roots = [x.base for x in body.as_ordered_factors() if isinstance(x, Pow) and x.exp == 2 and x.base.has(k)]
        for root in roots:
            case = f"{plain(root)} == 0"
            clash: Tree = {"absurd": [plain(body), f"-({plain(expand(body))})"]}
            zero: Tree = {"if": case, "then": {"line": [plain(root)]}, "else": clash}
            terms = [f"({plain(root.xreplace({k: at}))})" for at in named]
            lines = [f"{a} - {b}" for a in terms for b in terms if a != b] + [s + a for a in terms for s in ("", "-")]
            for line in lines:
                yield {
                    "vanish": plain(body),
                    "over": plain(k),
                    "in": {"have": case, "by": zero, "in": {"line": [line]}},
                }


def _of_pairs(claim: Claim, given: Relation, named: list[Expr], k: Expr, l: Expr) -> Iterator[Tree]:
    """A sum over pairs is 0, and so is each sum over the second class, and each term of that at the first one."""
    for small, large in ((given.lhs, given.rhs), (given.rhs, given.lhs)):
        totals = Totals.read(Claim(Relation(small, "<=", large), claim.given))
        if totals is not None and len(named) == 2:
            for text in summed_over_pairs(totals):
                here = text(named[0], l)
                inner: Tree = {"vanish": here, "over": plain(l), "in": _equal(claim, (claim.lhs - claim.rhs) ** 2)}
                yield {"vanish": f"sum({text(k, l)}, {plain(l)})", "over": plain(k), "in": inner}


def _of_extremes(claim: Claim, given: Relation, named: list[Expr], k: Expr) -> Iterator[Tree]:
    """Where the largest value is the smallest one, each is both."""
    sides = (given.lhs, given.rhs)
    for high, low in (sides, sides[::-1]):
        if isinstance(high, of.Maximum) and isinstance(low, of.Minimum):
            entry = plain(high.opened(k))
            case, clash = f"{entry} == {plain(high)}", [f"{plain(high)} - {entry}", f"{entry} - {plain(low)}"]
            by: Tree = {"if": case, "then": {"line": []}, "else": {"absurd": clash}}
            line = f"sum({plain(claim.lhs)} - {plain(claim.lhs.xreplace({named[0]: k}))}, {plain(k)})/n"
            for last in ([], [f"{plain(claim.lhs)} - ({plain(claim.rhs)})"], [line]):
                yield {"have": case, "by": by, "in": {"line": last}}
