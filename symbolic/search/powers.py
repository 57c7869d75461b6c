"""Powers whose exponent is no number: of a base that is positive, or that is 0 where there is one class.

    is_rest(base)      whether it is 1 - p[i]
    bases(claim)       that the bases are positive, as relations, each with the lines that may show it
    with_one_class(claim, prove)    in the cases n == 1 and n >= 2, where a base is 1 - p[i] or an exponent has n
    resolved(claim)    the claim where n >= 2, and where n == 1 with a number for each 0^c, 0 for c > 0; () for none
    roots(claim, prove)     x <= y^(1/c), for c > 0, from x^c <= y and the logarithms
    rooted(claim)      of a^m == b^m, with m too large to expand, a == b, and a == -b if m is even; () for none

Where there is one class 1 - p[i] is 0, and (1 - p[i])^c the same number wherever it is defined, so that it does not
move with z or lambda. What holds for each number in its place holds for that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from sympy import Derivative, Expr, Integer, Mul, Pow, Symbol, preorder_traversal

from symbolic.language import verbatim
from symbolic.language.claims import Always, Claim, Hypothesis, Relation, bounds, letters_of, parts
from symbolic.language.names import unused
from symbolic.language.notation import BoundIndex, Limit, Maximum, Minimum, Probability, T, class_named, lam, n
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Node, alone_or_several
from symbolic.search.scalars import words

__all__ = ["bases", "is_rest", "others", "positive", "resolved", "rooted", "roots", "with_one_class"]

LARGE = 60  # an exponent that no sum is expanded to

ZERO = Integer(0)
ONE_CLASS = Relation(n, "==", Integer(1))
MORE = Relation(n, ">=", Integer(2))


def bases(claim: Claim) -> Iterator[tuple[str, list[list[str]]]]:
    """A base outside of binders, and what may show that it is positive; 1 - p[i] is what the other classes have."""
    for base in dict.fromkeys(each.base for each in _powers(claim)):
        lines = [[plain(base)]]
        lines += [[others(share)] for share in base.atoms(Probability) if base == 1 - share]
        yield f"{plain(base)} > 0", lines


def others(share: Probability) -> str:
    """The sum of the other shares, which 1 - p[i] is.

    >>> from symbolic.language.notation import i, p
    >>> others(p[i])
    'sum(p[k], k != i)'
    """
    k = "k" if str(share.index) != "k" else "l"
    return f"sum({plain(share.xreplace({share.index: class_named(k)}))}, {k} != {plain(share.index)})"


def resolved(claim: Claim) -> tuple[Claim, ...]:
    """Two claims that together say what the claim says, where a base is 1 - p[i] and n may be 1."""
    least, greatest = bounds(claim.given)
    if least > 1 or greatest == 1 or claim.lhs.has(Limit) or claim.rhs.has(Limit):
        return ()
    vanishing = [each for each in _powers(claim) if is_rest(each.base)]
    if not vanishing or any(_moves(each, claim) for each in vanishing):
        return ()
    taken = {each.name for each in parts(claim) if isinstance(each, Symbol)}
    new = (name for name in map("c{}".format, range(1, len(taken) + len(vanishing) + 2)) if name not in taken)
    lhs, rhs = claim.lhs, claim.rhs
    above = set(map(positive, claim.given))
    for power, name in zip(dict.fromkeys(vanishing), new, strict=False):
        value = ZERO if power.exp in above else Symbol(name, real=True)
        lhs, rhs = (verbatim.rename(side, power, value) for side in (lhs, rhs))
    alone = Claim(Relation(lhs, claim.op, rhs), (*claim.given, ONE_CLASS))
    return replace(claim, given=(*claim.given, MORE), text="", elaborated=False), alone


def with_one_class(claim: Claim, prove: Callable[[Claim], Node | None]) -> Iterator[Node]:
    """An inequality where a base is 1 - p[i], or an exponent has n, and n may be 1, in both cases."""
    least, greatest = bounds(claim.given)
    split = any(is_rest(each.base) or (each.exp.has(n) and words(claim) == {}) for each in _powers(claim))
    if claim.op != "==" and least == 1 != greatest and split:
        alone, several = (replace(claim, given=(*claim.given, each), text="") for each in (ONE_CLASS, MORE))
        if (first := prove(alone)) and (second := prove(several)):
            yield alone_or_several(first, second)


def roots(claim: Claim, prove: Callable[[Claim], Node | None]) -> Iterator[Node]:
    """Both sides to the power c, which is positive, where one is to the power 1/c; an extreme where attained."""
    tops = sorted({each for side in (claim.lhs, claim.rhs) for each in side.atoms(Maximum)}, key=plain)
    if len(tops) == 1 and not tops[0].conditions:
        m, k = (class_named(each) for each in islice(unused("mkhgl", letters_of(claim)), 2))
        at, every = tops[0].opened(m), tops[0].opened(k)
        least = Always(Relation(every, ">=" if isinstance(tops[0], Minimum) else "<=", at), k, ())
        sides = {side: getattr(claim, side).xreplace({tops[0]: at}) for side in ("lhs", "rhs")}
        there = replace(claim, relation=replace(claim.relation, **sides), given=(*claim.given, least), text="")
        yield from ({"let": str(m), "of": plain(tops[0]), "in": node} for node in roots(there, prove))
        return
    for c in filter(None, map(positive, claim.given)) if claim.op in ("<", "<=", ">", ">=") else ():
        factors = [[each.as_base_exp() for each in Mul.make_args(side)] for side in (claim.lhs, claim.rhs)]
        if any(e == 1 / c for side in factors for _, e in side):
            lhs, rhs = (Mul(*(base ** (e * c) for base, e in side)) for side in factors)
            raised = replace(claim.relation, lhs=lhs, rhs=rhs)
            tree = prove(replace(claim, relation=raised, text=""))
            small, large = (lhs, rhs) if claim.op in ("<", "<=") else (rhs, lhs)
            logs = [f"log({plain(side)})" for side in (small, large)]
            last: Node = {"compare": "log", "in": {"line": [f"({logs[1]} - {logs[0]})/{plain(c)}"]}}
            by: Node = {"compare": "exp", "in": {"line": [f"{plain(large)} - {plain(small)}"]}}
            sign = "<" if claim.op in ("<", ">") else "<="
            inner: Node = {"have": f"{logs[0]} {sign} {logs[1]}", "by": by, "in": last}
            yield from [{"have": plain(raised), "by": tree, "in": inner}] if tree else []


def positive(given: Hypothesis) -> Expr | None:
    """c, of c > 0 or c >= 1, or of 0 < c."""
    if isinstance(given, Relation) and given.op in (">", ">=", "<", "<="):
        small, large = given.ordered
        if small.is_Rational and (small > 0 or (small == 0 and given.op in ("<", ">"))):
            return large
    return None


def rooted(claim: Claim) -> tuple[Claim, ...]:
    """Claims, any of which is enough, without the large power that each side is: equal numbers have equal powers.

    >>> from symbolic.language.parser import parse_claim
    >>> rooted(parse_claim("(1 + x)^99*(1 - x)^99 == (1 - x^2)^99"))
    (Claim((x + 1)*(1 - x) == 1 - x^2),)
    """
    factors = [[each.as_base_exp() for each in Mul.make_args(side)] for side in (claim.lhs, claim.rhs)]
    exponents = {exponent for side in factors for _, exponent in side}
    if claim.op != "==" or len(exponents) != 1 or not all(each.is_Integer and each > LARGE for each in exponents):
        return ()
    lhs, rhs = (verbatim.multiply(*(base for base, _ in side)) for side in factors)
    signs = (1,) if any(each % 2 for each in exponents) else (1, -1)
    roots = [Relation(lhs, "==", rhs if sign > 0 else verbatim.multiply(-1, rhs)) for sign in signs]
    return tuple(replace(claim, relation=each, text="", elaborated=False) for each in roots)


def _powers(claim: Claim) -> list[Pow]:
    """The powers with letters in the exponent, outside of binders."""
    found = (each for side in (claim.lhs, claim.rhs) for each in preorder_traversal(side))
    powers = [each for each in found if isinstance(each, Pow) and each.exp.free_symbols and not each.base.is_number]
    return [each for each in powers if not any(isinstance(at, BoundIndex) for at in each.free_symbols)]


def is_rest(base: Expr) -> bool:
    """Is this 1 - p[i]?"""
    return any(base == 1 - share for share in base.atoms(Probability))


def _moves(power: Pow, claim: Claim) -> bool:
    """Whether a derivative is taken in what stands in the exponent."""
    moving = {at for side in (claim.lhs, claim.rhs) for each in side.atoms(Derivative) for at in each.variables}
    names = {name for each in moving for name in (each.free_symbols if each != T else {lam})}
    return bool(names & {lam if each == T else each for each in power.exp.free_symbols})
