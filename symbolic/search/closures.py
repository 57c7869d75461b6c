"""Shares and numbers that may be 0: what holds where all of them are positive holds where some are 0 as well.

    resolved(claim) -> the claim with q[k] > 0 for q[k] >= 0, and x > c for x >= c, if it follows from that; else None

With the uniform distribution mixed in, (1 - e) q + e/n, all shares are positive, and (1 - e) x + e m is above c for an
m between the ends of x. As e goes to 0 both sides go to what they are at q and x: what is made of sums, products,
absolute values, and powers with positive exponents is continuous, and w log u goes to 0 where w does, since u is at
least a power of e, and at most one. Where a logarithm or a quotient is not defined the claim says nothing. Only <=, >=
and == go over to a limit.

    >>> from symbolic.language.parser import parse_claim
    >>> from symbolic.language.typeset import plain
    >>> plain(resolved(parse_claim("kl(q, r) >= 0 given q[k] >= 0, r[k] >= 0")))
    'kl(q, r) >= 0 given q[k] > 0, r[k] > 0'
    >>> resolved(parse_claim("kl(q, r) > 0 given q[k] >= 0, r[k] >= 0"))
    >>> plain(resolved(parse_claim("(1 + x)^a >= 1 + a*x given x >= -1, a >= 1")))
    '(x + 1)^a >= a*x + 1 given x > -1, a >= 1'

Source: folklore; a limit of what is at most 0 is at most 0.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from sympy import Abs, Add, Basic, Dummy, Expr, Mul, Pow, Symbol, exp, log

from symbolic.deadline import OutOfTime, within
from symbolic.deadline import check as in_time
from symbolic.kernel import Refused, check
from symbolic.language import notation as of
from symbolic.language.claims import Claim, Hypothesis, Member, Relation, SameClass, parts, relation
from symbolic.language.errors import NotationError
from symbolic.language.typeset import plain

__all__ = ["resolved"]

CONTINUOUS = (Add, Mul, Abs, exp)
ENOUGH = 0.5  # seconds, for the sign of an exponent
NOT_ALONE = (of.n, of.lam, of.T)  # with them shares move
NOT_ALGEBRAIC = (log, exp, of.Entropy, of.Divergence)


def resolved(claim: Claim) -> Claim | None:
    """The claim about positive shares."""
    read = _Reading(claim)
    if not read.closed or claim.op not in ("<=", ">=", "==") or not read.are_distributions():
        return None
    if not all(map(read.is_continuous, (claim.lhs, claim.rhs))):
        return None
    given = tuple(
        replace(each, op=">" if each.op == ">=" else "<")
        if isinstance(each, Relation) and read.is_closed(each)
        else each
        for each in claim.given
    )
    return replace(claim, given=given, text="")


class _Reading:
    """The families of shares: those that may be 0, and those that are positive if these are."""

    def __init__(self, claim: Claim) -> None:
        self.claim, self.named = claim, of.free(claim.lhs) | of.free(claim.rhs)
        self.closed = set(filter(None, (self.share(each, ">=") for each in claim.given)))
        self.positive = self.closed | set(filter(None, (self.share(each, ">") for each in claim.given)))
        found = filter(None, (self.number(each, ">") or self.number(each, ">=") for each in claim.given))
        self.least = dict(sorted(found, key=lambda each: each[1]))  # the largest one counts
        powers = [each for each in parts(claim) if isinstance(each, Pow) and not each.exp.is_Integer]
        fixed = set().union(*(each.exp.free_symbols for each in powers))
        bases = set().union(*(each.base.free_symbols for each in powers)) - fixed
        self.closed |= bases & {x for x, _ in filter(None, (self.number(each, ">=") for each in claim.given))}
        self.defining = [each for each in claim.given if self.is_definition(each)]
        self.moving = self.closed | {each.lhs.family for each in self.defining if isinstance(each, Relation)}
        self.positive |= self.moving

    def share(self, each: Hypothesis, op: str) -> Basic | None:
        """q, of q[k] op 0 for every k."""
        match each:
            case Relation(of.Entry() as q, found, rhs) if (found, rhs) == (op, 0) and self.is_any(q.index):
                return q.family
        return None

    def number(self, each: Hypothesis, op: str) -> tuple[Symbol, Expr] | None:
        """(x, c), of x op c for a number c, which may stand first."""
        mirrored = {">=": "<=", ">": "<"}
        match each:
            case Relation(Symbol() as x, found, c) if found == op and c.is_Rational and x not in NOT_ALONE:
                return x, c
            case Relation(c, found, Symbol() as x) if found == mirrored[op] and c.is_Rational and x not in NOT_ALONE:
                return x, c
        return None

    def is_closed(self, each: Hypothesis) -> bool:
        """Whether it says of a share, or a number, that it may be the least there is."""
        number = self.number(each, ">=")
        return self.share(each, ">=") is not None or (number is not None and number[0] in self.closed)

    def is_above(self, each: Hypothesis) -> bool:
        """x < c or x <= c, for a number above the least one of x."""
        match each:
            case Relation(Symbol() as x, "<" | "<=", c) if x in self.least and c.is_Rational:
                return bool(c > self.least[x])
        return False

    def is_any(self, index: Basic) -> bool:
        return bool(index.is_Symbol) and index not in self.named

    def is_definition(self, each: Hypothesis) -> bool:
        """s[k] == (q[k] + r[k])/2, for a family that is in no other hypothesis."""
        match each:
            case Relation(of.Entry() as s, "==", rhs) if self.is_any(s.index):
                others = (other for other in self.claim.given if other is not each)
                return self.is_positive(rhs) and not any(_speaks_of(other, s.family) for other in others)
        return False

    def are_distributions(self) -> bool:
        """Whether nothing else is said of them than that their sum is 1, or at most 1."""
        k = of.class_named("k")
        sums = [of.Sum(q[k], k) for q in self.closed if isinstance(q, of.Family)]
        for each in self.claim.given:
            if isinstance(each, SameClass | Member):
                return False
            whole = isinstance(each, Relation) and each.lhs in sums and each.op in ("==", "<=") and each.rhs == 1
            told = whole or each in self.defining or self.is_closed(each) or self.is_above(each)
            if not told and any(_speaks_of(each, q) for q in self.closed):
                return False
        return True

    def is_positive(self, expr: Expr) -> bool:
        """Whether it is, by the signs of its letters alone."""
        expr = expr.replace(
            lambda each: isinstance(each, of.Sum) and not each.conditions and self.is_positive(each.body),
            lambda each: Dummy(positive=True),
        )
        found = expr.atoms(of.Entry, of.Probability)
        known = {each for each in found if isinstance(each, of.Probability) or each.family in self.positive}
        letters = {each: Dummy(positive=True) for each in {*known, of.n}}
        letters |= {x: least + Dummy(positive=True) for x, least in self.least.items()}
        try:
            return known == found and bool(expr.xreplace(letters).is_positive)
        except NotationError:  # something in it depends on n without saying so
            return False

    def is_continuous(self, expr: Expr) -> bool:
        """Whether it goes to its value, where it has one."""
        if not self.moves(expr):
            return True
        match expr:
            case of.Entry() | Symbol():
                return True
            case of.Entropy() | of.Divergence():
                return all(isinstance(each, of.Softmax) or each in self.positive for each in expr.args)
            case of.Sum() | of.Maximum():
                return self.is_continuous(expr.body)
            case log():
                return not expr.has(exp) and not expr.args[0].has(log) and self.is_continuous(expr.args[0])
            case Pow(base=base, exp=e):
                root = not e.is_Integer and not isinstance(base, Abs) and not self.is_positive(base)  # of less than 0?
                seen = not self.moves(e) and bool(e.is_number or self.is_exponent(e))
                return seen and not root and self.is_continuous(base)
            case Mul() if found := [each for each in expr.args if isinstance(each, log) and self.moves(each)]:
                weight = Mul(*(each for each in expr.args if each not in found))
                alone = not self.moves(weight) or (
                    self.is_positive(found[0].args[0]) and not weight.has(*NOT_ALGEBRAIC)
                )
                return len(found) == 1 and alone and all(map(self.is_continuous, (weight, found[0])))
        return isinstance(expr, CONTINUOUS) and all(map(self.is_continuous, expr.args))

    def moves(self, expr: Expr) -> bool:
        return any(expr.has(each) for each in self.moving)

    def is_exponent(self, e: Expr) -> bool:
        """Whether it is seen to be positive."""
        from symbolic.search import derivations

        said = Claim(relation(e, ">", 0), self.claim.given)
        with suppress(Refused):
            check(plain(said), {"line": [plain(e)]})
            return True
        with suppress(OutOfTime), within(ENOUGH):
            return derivations.at_once(said) is not None
        in_time()
        return False


def _speaks_of(each: Hypothesis, family: Basic) -> bool:
    return any(part == family for part in parts(Claim(relation(0, "==", 0), (each,))))
