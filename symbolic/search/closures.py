"""Shares and numbers that may be 0: what holds where all of them are positive holds where some are 0 as well.

    resolved(claim) -> the claim with q[k] > 0 for q[k] >= 0, y[k] < c for y[k] <= c, and x > c for x >= c, if it
                       follows from that; else None
    of_sizes(claim) -> the claim with u[k] >= 0 for |x[k]|, where x is in nothing else; else None

With the uniform distribution mixed in, (1 - e) q + e/n, all shares are positive, and (1 - e) x + e m is between the
ends of x where m is, as are the entries of a family of which nothing but ends is said. As e goes to 0 both sides go to
what they are at q and x: what is made of sums, products, absolute values, and powers with positive exponents is
continuous, and w log u goes to 0 where w does, since u is at least a power of e, and at most one. Where a logarithm or
a quotient is not defined the claim says nothing. Only <=, >= and == go over to a limit.

    >>> from symbolic.language.parser import parse_claim
    >>> from symbolic.language.typeset import plain
    >>> plain(resolved(parse_claim("kl(q, r) >= 0 given q[k] >= 0, r[k] >= 0")))
    'kl(q, r) >= 0 given q[k] > 0, r[k] > 0'
    >>> resolved(parse_claim("kl(q, r) > 0 given q[k] >= 0, r[k] >= 0"))
    >>> plain(resolved(parse_claim("(1 + x)^a >= 1 + a*x given x >= -1, a >= 1")))
    '(x + 1)^a >= a*x + 1 given x > -1, a >= 1'

Where a base falls with a number, the claim is read of -x.

Source: folklore; a limit of what is at most 0 is at most 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from sympy import Abs, Add, Basic, Dummy, Expr, Mul, Pow, Symbol, exp, log, together

from symbolic.deadline import OutOfTime, within
from symbolic.deadline import check as in_time
from symbolic.kernel import Refused, check
from symbolic.language import notation as of
from symbolic.language.claims import (
    MIRRORED,
    Claim,
    Hypothesis,
    Member,
    Operator,
    Relation,
    SameClass,
    letters_of,
    parts,
    relation,
    speaks_of,
)
from symbolic.language.errors import NotationError
from symbolic.language.names import unused
from symbolic.language.typeset import plain

__all__ = ["of_sizes", "resolved"]

WAYS, WEAK = ("<", "<=", ">", ">="), ("<=", ">=")
CONTINUOUS = (Add, Mul, Abs, exp)
ENOUGH = 0.5  # seconds, for the sign of an exponent
NOT_ALONE = (of.n, of.lam, of.T)  # with them shares move
NOT_ALGEBRAIC = (log, exp, of.Entropy, of.Divergence)


def resolved(claim: Claim, every: bool = False) -> Claim | None:
    """The claim about positive shares, and bases of powers; of every number with an end, if asked for."""
    return next(filter(None, (_inside(each, every) for each in (claim, *_mirrored(claim)))), None)


def _mirrored(claim: Claim) -> Iterator[Claim]:
    """The same claim of -x, for a number x with which the base of a power falls.

    >>> from symbolic.language.parser import parse_claim
    >>> plain(next(_mirrored(parse_claim("(1 - x)^a >= 1 - a*x given x <= 1, a >= 1"))))
    '(x + 1)^a >= a*x + 1 given x >= -1, a >= 1'
    """
    bases = {each.base for each in parts(claim) if isinstance(each, Pow) and not each.exp.is_Integer}
    falling = {x for base in bases for x in base.free_symbols if base.is_Add and base.coeff(x).is_negative}
    given = [each for each in claim.given if isinstance(each, Relation)]
    for x in sorted(falling - {*NOT_ALONE}, key=str) if len(given) == len(claim.given) else ():
        if isinstance(x, Symbol) and not x.is_integer:
            sides = (claim.lhs.xreplace({x: -x}), claim.rhs.xreplace({x: -x}))
            told = tuple(_of_letter(each, x) for each in given)
            yield Claim(relation(sides[0], claim.op, sides[1]), told)


def _of_letter(each: Relation, x: Symbol) -> Relation:
    """What is said of x, of -x: x op -c for -x op' c."""
    if each.lhs == x:
        return relation(x, MIRRORED[each.op], -each.rhs)
    if each.rhs == x:
        return relation(x, each.op, -each.lhs)
    return relation(each.lhs.xreplace({x: -x}), each.op, each.rhs.xreplace({x: -x}))


def _inside(claim: Claim, every: bool) -> Claim | None:
    read = _Reading(claim, every)
    if not read.closed or claim.op not in ("<=", ">=", "==") or not read.are_distributions():
        return None
    if not all(map(read.is_continuous, (claim.lhs, claim.rhs))):
        return None
    given = tuple(
        replace(each, op=">" if each.op == ">=" else "<")
        if isinstance(each, Relation) and (read.is_closed(each) or (every and read.is_below(each)))
        else each
        for each in claim.given
    )
    return replace(claim, given=given, text="")


def of_sizes(claim: Claim) -> Claim | None:
    """The claim about sizes, which are any numbers that are not negative.

    >>> from symbolic.language.parser import parse_claim
    >>> of_sizes(parse_claim("sum(abs(x[k]*y[k]), k) <= max(abs(x[k]), k)*sum(abs(y[k]), k)"))
    Claim(sum(u[l]*v[l], l) <= max(u)*sum(v[l], l) given u[k] >= 0, v[k] >= 0)
    """
    said, k = claim, of.class_named(next(unused("klmh", letters_of(claim))))
    new = unused("uvwrstxyq", letters_of(claim))
    families = {each for each in parts(claim) if isinstance(each, of.Family)}
    for family in sorted((each for each in families if not any(speaks_of(h, each) for h in claim.given)), key=str):
        size = of.Family(next(new))
        lhs, rhs = (_with_size(side, family, size) for side in (said.lhs, said.rhs))
        if not lhs.has(family) and not rhs.has(family):
            said = Claim(relation(lhs, said.op, rhs), (*said.given, relation(size[k], ">=", 0)))
    return None if said is claim else said


def _with_size(expr: Expr, family: Basic, size: Basic) -> Expr:
    """u[k] for |x[k]|, in products too."""
    return expr.replace(
        lambda each: isinstance(each, Abs),
        lambda each: Mul(
            *(
                size[x.index] if isinstance(x, of.Entry) and x.family == family else Abs(x)
                for x in Mul.make_args(each.args[0])
            )
        ),
    )


class _Reading:
    """The families of shares: those that may be 0, and those that are positive if these are."""

    def __init__(self, claim: Claim, every: bool) -> None:
        self.claim, self.named = claim, of.free(claim.lhs) | of.free(claim.rhs)
        self.ends = list(filter(None, map(self.end, claim.given)))
        self.closed = {family for family, op, _ in self.ends if op in WEAK}
        self.positive = {family for family, op, c in self.ends if op in (">", ">=") and c >= 0}
        powers = [each for each in parts(claim) if isinstance(each, Pow) and not each.exp.is_Integer]
        fixed = set().union(*(each.exp.free_symbols for each in powers))
        bases = (self.named if every else set().union(*(each.base.free_symbols for each in powers))) - fixed
        weak = [*filter(None, (self.number(each, ">=") for each in claim.given))]
        self.closed |= bases & {x for x, _ in weak}
        strict = filter(None, (self.number(each, ">") for each in claim.given))
        inside = [*strict, *((x, c) for x, c in weak if x in self.closed)]  # another may be at its end still
        self.least = dict(sorted(inside, key=lambda each: each[1]))  # the largest one counts
        below = [(op, self.number(each, op)) for each in claim.given for op in ("<", "<=")]
        self.most = dict(at for op, at in below if at and (op == "<" or at[0] in self.closed))
        said = {each.lhs.family for each in claim.given if isinstance(each, Relation) and self.is_equation(each)}
        self.moving = self.closed | said
        self.defining = [each for each in claim.given if self.is_definition(each)]
        self.positive |= {each.lhs.family for each in self.defining if isinstance(each, Relation)}

    def end(self, each: Hypothesis) -> tuple[Basic, str, Expr] | None:
        """(q, op, c), of q[k] op c for every k and a number c."""
        for q, op, c in _compared(each):
            if isinstance(q, of.Entry) and op in WAYS and c.is_Rational and self.is_any(q.index):
                return q.family, op, c
        return None

    def number(self, each: Hypothesis, op: str) -> tuple[Symbol, Expr] | None:
        """(x, c), of x op c for a number c, which may stand first."""
        for x, found, c in _compared(each):
            if isinstance(x, Symbol) and found == op and c.is_Rational and x not in NOT_ALONE:
                return x, c
        return None

    def is_closed(self, each: Hypothesis) -> bool:
        """Whether it says of a share, or a number, that it may be the least there is."""
        number, end = self.number(each, ">="), self.end(each)
        return (end is not None and end[1] in WEAK) or (number is not None and number[0] in self.closed)

    def is_above(self, each: Hypothesis) -> bool:
        """x < c or x <= c, for a number above the least one of x."""
        match each:
            case Relation(Symbol() as x, "<" | "<=", c) if x in self.least and c.is_Rational:
                return bool(c > self.least[x])
        return False

    def is_below(self, each: Relation) -> bool:
        """The same, of a number that moves away from both ends."""
        return self.is_above(each) and each.lhs in self.closed

    def is_any(self, index: Basic) -> bool:
        return bool(index.is_Symbol) and index not in self.named

    def is_definition(self, each: Hypothesis) -> bool:
        """s[k] == (q[k] + r[k])/2, for a family that is in no other hypothesis."""
        match each:
            case Relation(of.Entry() as s, "==", rhs) if self.is_equation(each) and not rhs.has(s.family):
                more = {at for at in of.free(rhs) if at.is_integer} - {s.index, of.n} - self.named  # for all of them
                others = (other for other in self.claim.given if other is not each)
                alone = not more and not any(speaks_of(other, s.family) for other in others)
                return alone and self.is_positive(rhs) and self.is_continuous(rhs)
        return False

    def is_equation(self, each: Relation) -> bool:
        """s[k] == x, for every k."""
        return isinstance(each.lhs, of.Entry) and each.op == "==" and self.is_any(each.lhs.index)

    def are_distributions(self) -> bool:
        """Whether nothing else is said of them than ends with room between, or that their sum is 1, or at most 1."""
        if not all(map(self.has_room, self.closed)):
            return False
        k = of.class_named("k")
        shares = {q for q in self.closed if [end for end in self.ends if end[0] == q] == [(q, ">=", 0)]}
        sums = [of.Sum(q[k], k) for q in shares if isinstance(q, of.Family)]
        for each in self.claim.given:
            if isinstance(each, SameClass | Member):
                return False
            whole = isinstance(each, Relation) and each.lhs in sums and each.op in ("==", "<=") and each.rhs == 1
            told = whole or each in self.defining or self.end(each) or self.is_closed(each) or self.is_above(each)
            if not told and any(speaks_of(each, q) for q in self.closed):
                return False
        return True

    def is_positive(self, expr: Expr) -> bool:
        """Whether it is, by the signs of its letters alone."""
        expr = expr.replace(
            lambda each: isinstance(each, of.Sum | of.Product) and not each.conditions and self.is_positive(each.body),
            lambda each: Dummy(positive=True),
        )
        found = expr.atoms(of.Entry, of.Probability)
        letters: dict[Basic, Expr] = {of.n: Dummy(positive=True)}
        letters |= self.letters()
        try:
            for inside in (self.above, self.below):
                words = {each: inside(each) for each in found}
                if None not in words.values() and together(expr.xreplace(letters | words)).is_positive:
                    return True
        except NotationError:  # something in it depends on n without saying so
            pass
        return False

    def has_room(self, family: Basic) -> bool:
        """Whether there are numbers between its ends."""
        least, largest = self.lowest(family), self.highest(family)
        return least is None or largest is None or bool(least < largest)

    def lowest(self, family: Basic) -> Expr | None:
        return max((c for each, op, c in self.ends if each == family and op in (">", ">=")), default=None)

    def highest(self, family: Basic) -> Expr | None:
        return min((c for each, op, c in self.ends if each == family and op in ("<", "<=")), default=None)

    def is_distribution(self, expr: Expr) -> bool:
        """A softmax that does not move, or what is made of families that are positive."""
        return not self.moves(expr) if isinstance(expr, of.Softmax) else self.is_positive_family(expr)

    def is_positive_family(self, expr: Expr) -> bool:
        """Whether all of its entries are, by the signs of the families and letters that it is made of."""
        letters: dict[Basic, Expr] = {each: Dummy(positive=True) for each in self.positive}
        return bool(together(expr.xreplace(letters | self.letters())).is_positive)

    def letters(self) -> dict[Basic, Expr]:
        """Numbers by how far they are above the least that they can be, or by the odds of being between two ends."""
        found: dict[Basic, Expr] = {}
        for x, least in self.least.items():
            above, most = Dummy(positive=True), self.most.get(x)
            found[x] = least + (above if most is None else (most - least) * above / (1 + above))
        return found

    def above(self, word: Basic) -> Expr | None:
        """A share, or an entry, by how much it is above the least that it can be."""
        if isinstance(word, of.Probability) or word.family in self.positive:
            return Dummy(positive=True)
        least = self.lowest(word.family)
        return None if least is None else least + Dummy(positive=True)

    def below(self, word: Basic) -> Expr | None:
        """The same, by how much it is below the largest that it can be."""
        if isinstance(word, of.Probability):
            return None
        largest = self.highest(word.family)
        return None if largest is None else largest - Dummy(positive=True)

    def is_continuous(self, expr: Expr) -> bool:
        """Whether it goes to its value, where it has one."""
        if not self.moves(expr):
            return True
        match expr:
            case of.Entry() | Symbol():
                return True
            case of.Entropy() | of.Divergence():
                return all(self.is_distribution(each) for each in expr.args)
            case of.Sum() | of.Product() | of.Maximum():
                return self.is_continuous(expr.body)
            case log():
                still = not any(map(self.moves, expr.atoms(exp)))
                return still and not expr.args[0].has(log) and self.is_continuous(expr.args[0])
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


def _compared(each: Hypothesis) -> list[tuple[Expr, Operator, Expr]]:
    """A relation, read from the left and from the right."""
    if not isinstance(each, Relation):
        return []
    return [(each.lhs, each.op, each.rhs), (each.rhs, MIRRORED[each.op], each.lhs)]
