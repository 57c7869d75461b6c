"""Derivations from what holds of whole numbers: n, numbers of classes.

derivation(claim, judge) -> Node | None

(n - 1)*(n - 2) >= 0            n is 1, or 2, .., or more than all of these, one case after the other
(size(A) - 1)*(size(A) - 2)     the same; that it is at least m + 1 where it is more than m is shown on the way
c*count(y[k] >= c, k) <= sum(y[k], k)                 Markov: the sum over the classes that are counted, and the rest
count(p[k] > c, k) < 1/c        there is one that is counted, or there is none
count(p[k] > 1/2, k) <= 1       if they were 2 or more, the sum would be too large
size(A) <= 1/c                  the same, if p[k] >= c for each k in A
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

from sympy import Basic, Dummy, Expr, Integer, expand

from symbolic.language import notation as of
from symbolic.language.claims import Always, Claim, Relation, least_size, letters_of, parts, relation
from symbolic.language.typeset import plain
from symbolic.search import factors, one_variable
from symbolic.search.case_trees import Judge, Node, split

__all__ = ["derivation"]

FEW = 4  # the numbers that are looked at one by one
LETTERS = ("A", "B", "D", "E", "F")


def derivation(claim: Claim, judge: Judge) -> Node | None:
    """In the cases of n, or of the number of classes of a subset; or of what is counted."""
    if claim.op in ("==", "!="):
        return None
    sizes = sorted({each for each in parts(claim) if isinstance(each, of.Size)}, key=plain)
    if of.n in claim.lhs.free_symbols | claim.rhs.free_symbols and (node := _by_n(claim, FEW)):
        return node
    candidates = (*(_by_size(claim, each, 0) for each in sizes), *_by_counts(claim))
    return next((node for node in candidates if judge(claim, node) is None), None)


def _by_n(claim: Claim, left: int) -> Node | None:
    """Where n is the least that it can be, and where it is more."""
    if left == 0:
        return None
    least = least_size(claim.given)
    case, more = relation(of.n, "<=", least), relation(of.n, ">=", least + 1)

    def solved(each: Claim) -> Node | None:
        if each.given[-1] == case:
            return one_variable.derivation(each)
        larger = replace(each, given=(*each.given[:-1], more))  # which says the same
        return one_variable.derivation(larger) or _by_n(larger, left - 1)

    return split(claim, case, solved)


def _difference(claim: Claim) -> Expr:
    return claim.rhs - claim.lhs if claim.op in ("<", "<=") else claim.lhs - claim.rhs


def _by_size(claim: Claim, size: Expr, least: int) -> Node:
    """size(A) is 0, or 1, .., or more; in each case by the factors of the difference."""
    letter = Dummy()
    factored = factors.tidy(_difference(claim).xreplace({size: letter})).xreplace({letter: size})
    line: Node = {"line": [plain(factored)]}
    if least > FEW:
        return line
    here, more = f"{plain(size)} <= {least}", f"{plain(size)} >= {least + 1}"
    by = _whole({"line": [f"{plain(size)} - {least}"]})
    return {"if": here, "then": line, "else": {"have": more, "by": by, "in": _by_size(claim, size, least + 1)}}


def _whole(node: Node) -> Node:
    return {"compare": "whole", "in": node}


def _by_counts(claim: Claim) -> Iterator[Node]:
    """With a name for the classes that are counted: c count(x >= c) is at most the sum of x over them."""
    used = letters_of(claim)
    name = next((each for each in LETTERS if each not in used), None)
    k = next((of.class_named(each) for each in "klmr" if each not in used), None)
    counts = [each for each in parts(claim) if isinstance(each, of.Count) and not each.conditions]
    if name is None or k is None:
        return
    for count in dict.fromkeys(counts):
        said = count.opened(k)
        named: Node = {"classes": name, "of": f"count({plain(said)}, {k})"}
        yield from ({**named, "in": node} for node in _among(claim, count, (said.lhs, said.rhs), k, name))
    for each in claim.given:
        match each:
            case Always(Relation() as said, bound, (of.In(args=(subset,)),)):
                sides = (said.lhs.xreplace({bound: k}), said.rhs.xreplace({bound: k}))
                yield from _among(claim, of.Size(subset), sides, k, plain(subset))


def _among(claim: Claim, size: Expr, said: tuple[Expr, Expr], k: Basic, name: str) -> Iterator[Node]:
    """By what is compared at each of so many classes, whichever way round."""
    for x, c in permutations(said):
        if not c.has(k) and x.has(k):
            yield from _over(claim, size, (x, c), k, name)


def _over(claim: Claim, count: Expr, compared: tuple[Expr, Expr], k: Basic, name: str) -> Iterator[Node]:
    """M - a count(x >= c): (a/c) sum(x - c) over those that are counted, (a/c) sum(x) over the others, and the rest."""
    (x, c), letter = compared, Dummy(real=True)
    above = _difference(claim).xreplace({count: letter})
    a = -expand(above).coeff(letter, 1)
    rest = plain(above.xreplace({letter: Integer(0)}))
    base, bound = plain(x), plain(c)
    for excess, total, by in (
        (f"({base} - ({bound}))", base, a / c),
        (f"({base} - ({bound}))*({base} + ({bound}))", f"({base})^2", a / c**2),
    ):
        number = f"({plain(by)})"
        inside, outside = (f"sum({excess}, {k} in {name})", f"sum({total}, {k} not in {name})")
        left = f"{rest} - {number}*sum({total}, {k})"
        line: Node = {"line": [f"{number}*{inside}", f"{number}*{outside}", left]}
        yield line
        nobody: Node = {"line": [rest, f"-{plain(a)}*size({name})"]}
        yield {"if": f"size({name}) > 0", "then": {"let": "m", "of": name, "in": line}, "else": nobody}
        if a == 1:
            fewer = str(int(rest) - 1) if claim.op in ("<", ">") and rest.isdigit() else rest
            yield _not_so_many(fewer, rest, name, [inside, outside, f"({bound})*size({name}) - sum({total}, {k})"])


def _not_so_many(most: str, rest: str, name: str, line: list[str]) -> Node:
    """If they were more than the most, the sum over all would be more than it is."""
    size = f"size({name})"
    clash: Node = {"let": "m", "of": name, "in": {"absurd": line}}
    more = f"{int(most) + 1}" if most.isdigit() else f"{most} + 1"
    many: Node = {"have": f"{size} >= {more}", "by": _whole({"line": [f"{size} - ({most})"]}), "in": clash}
    return {"if": f"{size} <= {most}", "then": {"line": [f"{rest} - {size}"]}, "else": many}
