"""Inequalities between products of two sums over classes, pair by pair.

    derivation(claim, judge, solve) -> Node | None

The larger side less the smaller one, without what it is divided by, is a sum over all pairs of classes of S(k, l),
where n is a sum of ones, and 1 the sum of the shares; (S(k, l) + S(l, k))/2 is a square, or a product of differences.
So are the inequalities of Cauchy and Chebyshev, Lagrange's identity and the convexity of squares.
Source: Hardy, Littlewood and Polya 1934, 2.4, 2.17.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import product
from math import prod

from sympy import Expr, Integer, Mul, Poly, PolynomialError, Symbol, expand, factor_list, together

from symbolic.language import notation as of
from symbolic.language.claims import Claim
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Judge, Node
from symbolic.search.means import preceded
from symbolic.search.totals import Numbers, Range, Solve, Totals, conditions_text, factored

__all__ = ["derivation", "summed_over_pairs"]


def derivation(claim: Claim, judge: Judge, solve: Solve) -> Node | None:
    """A sum over pairs that the kernel accepts."""
    if claim.op not in ("<=", ">=", "<", ">"):
        return None
    totals = Totals.read(claim)
    if totals is None or not 0 < len(totals.sums) <= 6:
        return None
    with suppress(PolynomialError):
        for node in _nodes(totals, solve):
            if judge(claim, node) is None:
                return node
    return None


def _nodes(totals: Totals, solve: Solve) -> Iterator[Node]:
    for pairs, outer, among in _pairs(totals):
        yield from _node(totals, among, pairs, outer, solve)
    yield from _off_the_diagonal(totals)
    yield from _of_a_part(totals, solve)


def _of_a_part(totals: Totals, solve: Solve) -> Iterator[Node]:
    """Sums over a subset and over all: those over all are taken over the subset, and what the others add is visible."""
    parts = {each.conditions for each in totals.sums.values()} - {()}
    if len(parts) != 1 or len(part := parts.pop()) != 1 or not isinstance(part[0], of.In):
        return
    k, outside = totals.k, (of.NotIn(*part[0].args),)
    inner, more = dict(totals.words), Integer(0)
    for x, word in totals.sums.items():
        if not word.conditions:
            inner[x] = of.Sum(word.opened(k), k, *part)
            more += totals.value.diff(x) * of.Sum(word.opened(k), k, *outside)
    if more != 0 and all(not totals.value.diff(x).has(x) for x in totals.sums if not totals.sums[x].conditions):
        for node in _nodes(replace(totals, words=inner), solve):
            if node.keys() == {"line"}:
                yield {"line": [*node["line"], plain(more.xreplace(totals.words))]}


def _off_the_diagonal(totals: Totals) -> Iterator[Node]:
    """Squares of sums as a sum over pairs of different classes, and a sum over classes."""
    letters, k, l = list(totals.sums), totals.k, totals.l
    if any(each.conditions for each in totals.sums.values()) or not totals.value.is_polynomial(*letters):
        return
    squares, diagonal = Integer(0), Integer(0)
    for degrees, by in Poly(totals.value, *letters).terms():
        some = [x for x, degree in zip(letters, degrees, strict=True) for _ in range(degree)]
        if not 1 <= len(some) <= 2:
            return
        diagonal += by * Mul(*(totals.body(x, k) for x in some))
        if len(some) == 2:
            squares += by * totals.body(some[0], k) * totals.body(some[1], l)
    numbers = Numbers(totals, (), k, l)
    apart, alone = (factored(expand(numbers.read(each))) for each in (squares, diagonal))
    if apart != 0:
        rest = [f"sum({numbers.quotient(alone)}, {k})"] if alone != 0 else []
        yield {"line": [f"sum(sum({numbers.quotient(apart)}, {l} != {k}), {k})", *rest]}


def summed_over_pairs(totals: Totals) -> Iterator[Callable[[Symbol, Symbol], str]]:
    """What the difference of the sides is a sum of, with a factor, over pairs of classes; as text, at two classes."""
    for pairs, _, among in _pairs(totals):
        numbers = Numbers(totals, among, totals.k, totals.l)
        both = numbers.read(pairs)
        if both != 0 and not among and numbers.may_hold(numbers.claim(both, strict=False)):
            found = factored(both).xreplace(numbers.back)
            yield partial(_text, found, totals)


def _pairs(totals: Totals) -> Iterator[tuple[Expr, Expr, Range]]:
    """S(k, l) + S(l, k), what stands before it, and the range of both classes."""
    ranges = {each.conditions for each in totals.sums.values()}
    if len(ranges) != 1:
        return
    (among,) = ranges
    above, below = together(totals.value).as_numer_denom()
    number, factors = factor_list(above)
    letters = list(totals.sums)
    ones = {of.n: Integer(1)} if not among else {}
    for x, word in totals.words.items():
        if isinstance(word, of.Size) and among == (of.In(*word.args),):
            ones[x] = Integer(1)
    generators = [*letters, *(x for x in ones if totals.value.has(x))]
    for base, exponent in factors:
        if exponent == 1 and base.has(*letters):
            outer = number * Mul(*(b**e for b, e in factors if b != base)) / below
            for unit, sign in product((None, *_units(totals, among)), (1, -1)):
                pairs = _of_degree_two(totals, sign * base, generators, ones, unit)
                if pairs is not None:
                    yield pairs, sign * outer, among


def _text(expr: Expr, totals: Totals, i: Symbol, j: Symbol) -> str:
    return plain(_at(expr, {totals.k: i, totals.l: j}))


def _at(expr: Expr, classes: dict[Symbol, Symbol]) -> Expr:
    """An expression in entries of two classes, at two others."""
    entries = expr.atoms(of.Entry, of.Probability)
    return expr.xreplace({x: x.func(x.args[0], classes[x.args[-1]]) for x in entries if x.args[-1] in classes})


def _units(totals: Totals, among: Range) -> Iterator[Expr]:
    """At a class, what has the sum 1."""
    if not among:
        yield from (family[totals.k] / total for family, total in totals.shares)


def _of_degree_two(
    totals: Totals, value: Expr, generators: list[Symbol], ones: dict[Symbol, Expr], unit: Expr | None
) -> Expr | None:
    """S(k, l) + S(l, k), if the value is of degree 2 in the sums, or less where there is a unit."""
    k, l = totals.k, totals.l

    def body(x: Symbol, at: Symbol) -> Expr:
        return ones[x] if x in ones else totals.body(x, at)

    found = Integer(0)
    for degrees, by in Poly(value, *generators).terms():
        some = [x for x, degree in zip(generators, degrees, strict=True) for _ in range(degree)]
        if len(some) > 2 or (len(some) < 2 and unit is None):
            return None
        for first, second in ((k, l), (l, k)):
            found += by * prod(
                body(some[at], here) if at < len(some) else (unit or Integer(1)).subs(k, here)
                for at, here in enumerate((first, second))
            )
    return found


def _node(totals: Totals, among: Range, pairs: Expr, outer: Expr, solve: Solve) -> Iterator[Node]:
    k, l = totals.k, totals.l
    numbers = Numbers(totals, among, k, l)
    both = numbers.read(pairs)
    if both == 0 or not numbers.may_hold(numbers.claim(both, strict=False)):
        return
    ranges = [conditions_text(each, among) for each in (l, k)]
    around = plain((outer / 2).xreplace(totals.words))
    first = "" if around == "1" else f"({around})*"

    def line(text: str) -> Node:
        return {"line": [f"{first}sum(sum({text}, {ranges[0]}), {ranges[1]})"]}

    text, whole, steps = numbers.factored(both), numbers.text(both), numbers.steps()
    yield line(text)
    yield preceded({"have": f"{whole} >= 0", "by": {"line": [text]}, "in": line(whole)}, steps)
    tree = numbers.solved(both, False, solve)
    if tree is not None:
        yield preceded({"have": f"{whole} >= 0", "by": tree, "in": line(whole)}, steps)
