"""Equalities as sums of what hypotheses make 0, times numbers, and perhaps divided by what the claim divides by.

    trees(claim) -> derivations by what is 0 by a hypothesis, for the kernel to accept

    x[k] == y[k] for every k         sum(x[k] - y[k], k)
    z[k] > t for each k in A         sum(abs(z[k] - t) - (z[k] - t), k in A), where absolute values occur
    z[k] == a for each k in A        sum(exp(lambda*z[k]) - exp(lambda*a), k in A), where exponentials occur
    x == y                           x - y
    sum((x[k] - y[k])^2, k) == 0     each summand, if none is negative

The numbers are found at random points, where the hypotheses need not hold.

    between(claim) -> of y[k]^2 == y[k], that y[k] is not negative, and at most 1, with the lines that show it; of p[k]
                      where absolute values occur, that it is at most 1
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from sympy import Abs, Add, Basic, Expr, Pow, Symbol, expand

from symbolic.language.claims import Always, Claim, Hypothesis, Relation, letters_of
from symbolic.language.notation import Binder, BoundIndex, Entry, Sum, class_named, n
from symbolic.language.proof import Tree
from symbolic.language.typeset import CONDITIONS, plain
from symbolic.search.case_trees import Frame, shares_in_absolute_values
from symbolic.search.evidence import Guess
from symbolic.search.form.extremes import indices
from symbolic.search.shapes import Words

__all__ = ["between", "trees"]

MOST = 16  # summands that are tried together


def trees(claim: Claim) -> Iterator[Tree]:
    """Of an equality: summands that vanish, and one line, the difference of the sides as a combination of zeros."""
    if claim.op != "==":
        return
    case = {"if": f"{plain(claim.lhs)} == {plain(claim.rhs)}", "then": {"line": []}, "else": {"absurd": []}}
    for text, where in _vanishing(claim):
        yield {"vanish": text, "over": where, "in": case}
    yield from _levels(claim)
    zeros = list(dict.fromkeys(text for each in claim.given for text in _zeros(claim, each)))
    if not zeros:
        return
    below = {each.base for side in (claim.lhs, claim.rhs) for each in side.atoms(Pow) if each.exp == -1}
    outside = sorted(plain(each) for each in below if not each.free_symbols & each.atoms(BoundIndex))
    texts = [
        *zeros,
        *(f"({zero})/({each})" for zero, each in product(zeros, outside)),
        *_of_levels(claim, zeros, below),
    ]
    kept = tuple(each for each in claim.given if _is_about_size(each) or _is_level(each))
    line = Guess(replace(claim, given=kept, text=""), Frame(), freely=True).combination(texts[:MOST])
    if line is not None:
        yield {"line": line}


def _is_about_size(each: Hypothesis) -> bool:
    return isinstance(each, Relation) and n in (each.lhs, each.rhs)


def _is_level(each: Hypothesis) -> bool:
    """Its letters are known then; it is not kept to, where points are drawn freely."""
    return isinstance(each, Always) and each.relation.op == "=="


def _of_levels(claim: Claim, zeros: list[str], below: set[Expr]) -> Iterator[str]:
    """Differences of exponentials over Z, times the terms of what else the claim divides by, and over that."""
    totals = Words.of(claim).totals
    for each, total in product(sorted(below, key=str), totals):
        terms = Add.make_args(expand(each)) if not each.has(Binder) else ()
        yield from (f"({zero})*({plain(term)})/(({plain(each)})*{total})"
                    for zero, term in product(zeros, terms) if "exp(" in zero)  # fmt: skip


def _vanishing(claim: Claim) -> Iterator[tuple[str, str]]:
    """What is never negative and may have a sum that is 0, and over which classes: summands; x - c for x >= c."""
    taken = letters_of(claim)
    k = next((class_named(name) for name in "klmr" if name not in taken), None)
    for each in claim.given if k is not None else ():
        if isinstance(each, Relation) and each.op in ("==", "<=") and each.rhs == 0 and isinstance(each.lhs, Sum):
            yield plain(each.lhs.opened(k)), ", ".join(_conditions(k, each.lhs.conditions)) or plain(k)
        elif isinstance(each, Relation) and each.op in ("<=", ">="):
            new = list((indices(each.lhs) | indices(each.rhs)) - indices(claim.lhs) - indices(claim.rhs))
            if len(new) == 1:
                gap = each.lhs - each.rhs if each.op == ">=" else each.rhs - each.lhs
                yield plain(gap.xreplace({new[0]: k})), plain(k)


def _levels(claim: Claim) -> Iterator[Tree]:
    """What is one number at every class is so at two of them: of p[k] == 1/n, that p[i] == p[j]."""
    named = sorted(indices(claim.lhs) | indices(claim.rhs), key=str)
    for each in claim.given:
        if isinstance(each, Relation) and each.op == "==" and len(named) == 2:
            new = list((indices(each.lhs) | indices(each.rhs)) - set(named))
            if len(new) == 1 and not each.rhs.has(new[0]):
                i, j = (plain(each.lhs.xreplace({new[0]: at})) for at in named)
                level = plain(each.rhs)
                by: Tree = {"line": [f"({i} - {level})", f"-({j} - {level})"]}
                yield {"have": f"{i} == {j}", "by": by, "in": {"line": [f"{plain(claim.lhs)} - {plain(claim.rhs)}"]}}


def _zeros(claim: Claim, given: Hypothesis) -> Iterator[str]:
    """What a hypothesis makes 0, as text."""
    if isinstance(given, Always):
        where = ", ".join(_conditions(given.bound, given.conditions)) or plain(given.bound)
        yield from (f"sum({each}, {where})" for each in _gaps(claim, given.relation))
    elif isinstance(given, Relation):
        new = (indices(given.lhs) | indices(given.rhs)) - indices(claim.lhs) - indices(claim.rhs)
        if not new:
            yield from _gaps(claim, given)
        elif len(new) == 1:
            yield from (f"sum({each}, {plain(next(iter(new)))})" for each in _gaps(claim, given))


def _conditions(bound: Basic, conditions: tuple[Basic, ...]) -> list[str]:
    return [f"{plain(bound)} {CONDITIONS[type(each)]} {each.args[0]}" for each in conditions]


def _gaps(claim: Claim, said: Relation) -> Iterator[str]:
    gap = f"({plain(said.lhs)} - ({plain(said.rhs)}))"
    if said.op == "==":
        yield gap
        rates = {s for body, s in Words.of(claim).rates if f"{body.family()}[" in plain(said.lhs)}
        yield from (f"(exp({s}*({plain(said.lhs)})) - exp({s}*({plain(said.rhs)})))" for s in sorted(rates))
    elif said.op != "!=" and any(side.has(Abs) for side in _sides(claim)):
        yield f"(abs{gap} {'-' if said.op in ('>', '>=') else '+'} {gap})"


def _sides(claim: Claim) -> Iterator[Expr]:
    for each in (claim.relation, *claim.given):
        if isinstance(each, Relation):
            yield from (each.lhs, each.rhs)


def between(claim: Claim) -> Iterator[tuple[str, list[list[str]]]]:
    """What numbers that are 0 or 1 are, and shares in absolute values, as relations, each with lines that may show it.

    >>> from symbolic.language.parser import parse_claim
    >>> next(between(parse_claim("y[i] < 2 given y[k]^2 == y[k]")))
    ('y[k] >= 0', [['y[k] - y[k]^2', 'y[k]^2']])
    """
    for each in claim.given:
        if isinstance(each, Relation) and each.op == "==":
            for x in (each.lhs, each.rhs):
                if isinstance(x, Entry | Symbol) and {each.lhs, each.rhs} == {x, x**2}:
                    zero = f"{plain(x)} - {plain(x)}^2"
                    yield f"{plain(x)} >= 0", [[zero, f"{plain(x)}^2"]]
                    yield f"{plain(x)} <= 1", [[zero, f"(1 - {plain(x)})^2"]]
    yield from ((f"{share} <= 1", [[rest]]) for share, rest in shares_in_absolute_values(claim))
