"""Inequalities by Taylor's theorem along the temperature, or along another number of the claim.

    derivation(claim, judge) -> Node | None

The difference of the sides is h(x), for x = lambda or a number that the claim speaks of, and it is 0 where x is s: at
lambda = 0, at the other temperature, at 1. Where (t - s) h'(t), or (t - s)^2 h''(t), is visibly not negative for all t
between, so is h(x). What the slope is a sum of, values at points say (evidence.py): along lambda it is a covariance.

    log(n) - entropy(p)       h'(t) is t times a variance, and that is at most (max(z) - min(z))^2/4
    abs(p[i] - 1/n)           h'(t) is p[i] times the mean of z[i] - z[k]
    T log(Z/n), in T          h'(t) is an entropy

Source: Taylor's theorem with Lagrange's remainder; Popoviciu 1935 for the variance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from sympy import Abs, Derivative, Expr, Integer, Pow, Symbol, log

from symbolic.kernel.refused import Refused
from symbolic.language import notation as of
from symbolic.language import verbatim
from symbolic.language.claims import Claim, Relation, letters_of, parts
from symbolic.language.errors import SymbolicError
from symbolic.language.names import unused
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Frame, Judge, Node, attained, both_signs, split
from symbolic.search.evidence import Guess

__all__ = ["derivation"]

ORDERS = ("<", "<=", ">", ">=")
NUMBERS = 4  # so many numbers of a claim are tried
SHOWN = 6  # so many lines for a slope are shown to the kernel


def derivation(claim: Claim, judge: Judge) -> Node | None:
    """From a number at which both sides are equal."""
    if claim.op not in ORDERS or any(isinstance(each, Derivative) for each in parts(claim)):
        return None
    signs = both_signs(claim, lambda each: derivation(each, judge))
    if signs is not None:
        return signs
    found = _with_shares_named(claim, judge) or _by_logarithms(claim, judge)
    if found is not None:
        return found
    for way in _ways(claim):
        found = way.node(judge)
        if found is not None:
            return found
    return None


def _by_logarithms(claim: Claim, judge: Judge) -> Node | None:
    """Of a power whose exponent moves, its logarithm."""
    if not any(isinstance(each, Pow) and each.exp.free_symbols for each in (claim.lhs, claim.rhs)):
        return None
    lhs, rhs = (_logarithm(each) for each in (claim.lhs, claim.rhs))
    found = derivation(replace(claim, relation=replace(claim.relation, lhs=lhs, rhs=rhs), text=""), judge)
    node: Node = {"compare": "log", "in": found}
    return node if found is not None and judge(claim, node) is None else None


def _logarithm(side: Expr) -> Expr:
    return side.exp * log(side.base) if isinstance(side, Pow) else log(side, evaluate=False)


def _with_shares_named(claim: Claim, judge: Judge) -> Node | None:
    """What is shown of p[m], for every m, holds of max(p) and of min(p)."""
    extremes = [each for each in parts(claim) if isinstance(each, of.Maximum) and isinstance(each.family(), of.Softmax)]
    if not extremes:
        return None
    used = letters_of(claim)
    (_, shown), (b, attained_at) = ((name, _at(claim, extremes[0], name)) for name in islice(unused("mbhv", used), 2))
    found = derivation(shown, judge)
    if found is None:
        return None
    small, large = (attained_at.lhs, attained_at.rhs)[:: 1 if claim.op in ("<", "<=") else -1]
    inside: Node = {"let": b, "of": plain(extremes[0]), "in": {"line": [f"{plain(large)} - ({plain(small)})"]}}
    node: Node = {"have": plain(shown.relation), "by": found, "in": inside}
    return node if judge(claim, node) is None else None


def _at(claim: Claim, extreme: of.Maximum, name: str) -> Claim:
    entry = extreme.opened(of.class_named(name))
    lhs, rhs = (verbatim.rename(side, extreme, entry) for side in (claim.lhs, claim.rhs))
    return replace(claim, relation=replace(claim.relation, lhs=lhs, rhs=rhs), text="")


def _ways(claim: Claim) -> Iterator[_Way]:
    """The numbers x, and the values s of x at which the two sides are equal."""
    names = {each.name: each for each in parts(claim) if type(each) is Symbol and not each.is_integer}
    numbers: dict[str, Expr] = {of.lam.name: of.lam, **dict(islice(sorted(names.items()), NUMBERS))}
    t = next(unused("txyvw", {*names, *letters_of(claim)}))
    for x, number in numbers.items():
        for s in ("0", "1", *(each for each in numbers if each != x)):
            way = _Way(claim, x, s, t, number, Integer(s) if s.isdigit() else numbers[s])
            if way.starts_at_zero():
                yield way


@dataclass(frozen=True)
class _Way:
    """The difference of the sides as h(t), for t from s to x."""

    claim: Claim
    x: str
    s: str
    t: str
    end: Expr
    start: Expr

    def h(self, up: bool, moving: bool = False) -> str:
        """h(t), where t is more than s, or less; or only the summands that move."""
        t = Symbol(self.t, positive=True)
        put = {self.end: t, of.T: 1 / t} if self.end == of.lam else {self.end: t}
        apart = self.end - self.start if up else self.start - self.end
        left = self.claim.op in ("<", "<=")
        small, large = (self.claim.lhs, self.claim.rhs) if left else (self.claim.rhs, self.claim.lhs)
        found = []
        for sign, side in (("", large), ("-", small)):
            side = side.xreplace({Abs(self.end - self.start): apart}).xreplace(put)
            for each in side.args if side.is_Add else (side,):
                if not moving or t in each.free_symbols:
                    found.append(f"{sign}({plain(each)})" if sign or each.is_Add else plain(each))
        return " + ".join(found).replace("+ -", "- ") or "0"

    def starts_at_zero(self) -> bool:
        h = self.h(up=True)
        if not re.search(rf"\b{self.t}\b", h):
            return False
        guess = self.guess(re.sub(rf"\b{self.t}\b", self.s, h))
        return guess is not None and len(guess.target) >= 5 and all(abs(each) < 1e-9 for each in guess.target)

    def guess(self, what: str, *given: str) -> Guess | None:
        said = [*map(plain, self.claim.given), *given]
        try:
            return Guess(parse_claim(f"{what} >= 0" + (f" given {', '.join(said)}" if said else "")), Frame())
        except (SymbolicError, Refused):
            return None

    def node(self, judge: Judge) -> Node | None:
        """Whether x is more or less than s is seen, or does not matter; or in both cases."""
        found = self.in_case(self.claim, judge)
        if found is not None or self.x == of.lam.name:
            return found
        case = parse_claim(f"1 == 1 given {self.x} >= {self.s}").given[0]
        return split(self.claim, case, lambda each: self.in_case(each, judge))

    def in_case(self, claim: Claim, judge: Judge) -> Node | None:
        return next((node for ends in self.ends() for node in self.steps(claim, *ends, judge)), None)

    def ends(self) -> tuple[tuple[str, str], ...]:
        """Upwards, or downwards, by a hypothesis that says which of the two is larger; else both."""
        up, down = (self.s, self.x), (self.x, self.s)
        if (self.x, self.s) == (of.lam.name, "0"):
            return (up,)
        for each in self.claim.given:
            if isinstance(each, Relation) and {each.lhs, each.rhs} == {self.end, self.start} and each.op in ORDERS:
                return (up,) if (each.lhs == self.end) == (each.op in (">", ">=")) else (down,)
        return up, down

    def steps(self, claim: Claim, low: str, high: str, judge: Judge) -> Iterator[Node]:
        """Taylor's theorem of order 1 or 2 that the kernel accepts."""
        t, s, up = self.t, self.s, low == self.s
        h, step = self.h(up, moving=True), f"({t} - {s})" if s != "0" else t
        for order, what, factor in (
            (1, f"{'' if up else '-'}diff({h}, {t})", step if up else f"({s} - {t})"),
            (1, f"diff({h}, {t})/{step}", f"{step}^2"),
            (2, f"diff({h}, {t}, {t})", f"{step}^2"),
        ):
            guess = self.guess(what, f"{low} < {t}", f"{t} < {high}")
            if guess is None or min(guess.target, default=-1) < -1e-9:
                continue
            for line in islice(guess.lines(), SHOWN):
                if not line or not line[0].startswith("diff("):
                    by: Node = {"line": [f"{factor}*{each}" for each in line]}
                    node: Node = {"taylor": t, "of": h, "from": s, "to": self.x, "order": order, "by": by}
                    yield from (each for each in (node, *attained(claim, node)) if judge(claim, each) is None)
