"""The sign of a function of one variable, by a tower of derivatives on an interval.

    derivation(search, goal, facts) -> Node | None
    mirrored(node, leaf, value, x) -> Node | None      of an even function where x < 0, from where x > 0

The value, divided by what is positive, is v(x) with v' simpler: a logarithm that stands alone is gone in it, and so one
power of a logarithm after the other. Where the values on the interval say that

    v increases or decreases       it is at least its value at that end             (Taylor, order 1)
    v increases, then decreases    by the cases of the sign of v'(x), v' decreasing, at least that at one of the ends
    v'' >= 0                       at least its tangent at a rational number near where it is smallest (order 2)

and otherwise the interval is cut where v is 0, or at a simple number. Values at points only say what is worth a try.
Source: the mean value theorem.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any, Protocol

from sympy import (
    Abs,
    Add,
    Basic,
    Dummy,
    Expr,
    Integer,
    Poly,
    PolynomialError,
    Rational,
    Symbol,
    diff,
    exp,
    expand_log,
    log,
)

from symbolic.deadline import check as in_time
from symbolic.kernel import Refused
from symbolic.kernel.leaf import Leaf
from symbolic.search.case_trees import Node, leaves_below
from symbolic.search.factors import factored, tidy
from symbolic.search.goals import Goal
from symbolic.search.scalars import Number, function, holds
from symbolic.search.weights import apart, divided, other_letters, positive_factors

__all__ = ["derivation", "mirrored"]

DEEPEST = 6  # derivatives of one another
TRIES = 40  # functions that are looked at
INSIDE = (1e-3, 0.01, 0.03, 0.08, *(each / 12 for each in range(2, 11)), 0.92, 0.97, 0.99, 0.999)
BEYOND = (1e-3, 0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.4, 2.0, 2.8, 4.0, 6.0, 10.0, 16.0, 30.0)
CUTS = (Integer(0), Integer(1), Rational(1, 2), Integer(-1), Integer(2))
SMALL = 1e-9  # of the size of the terms: no sign is read off


@dataclass(frozen=True)
class Range:
    """From where to where a letter goes; None for no end."""

    low: Expr | None
    high: Expr | None

    @property
    def values(self) -> list[float]:
        low, high = (None if each is None else float(each) for each in (self.low, self.high))
        if low is not None and high is not None:
            return [low + (high - low) * each for each in INSIDE]
        if low is not None:
            return [low + each for each in BEYOND]
        if high is not None:
            return [high - each for each in reversed(BEYOND)]
        return [*(-each for each in reversed(BEYOND)), *BEYOND]

    def has(self, value: Expr) -> bool:
        inside = self.low is None or float(self.low) < float(value)
        return inside and (self.high is None or float(value) < float(self.high))


class Search(Protocol):
    """What a tower asks of the search that it is a part of."""

    back: dict[Symbol, Basic]
    free: list[str]

    def text(self, expr: Expr) -> str: ...
    def ends(self, letter: Symbol) -> Iterator[Expr]: ...
    def lines(self, goal: Goal) -> Iterator[list[str]]: ...
    def accepts(self, goal: Goal, line: list[str]) -> bool: ...
    def sign(self, leaf: Leaf, text: str) -> frozenset[int]: ...


def derivation(search: Search, goal: Goal, facts: Sequence[tuple[Expr, str]]) -> Node | None:
    """In the letter of the goal, or in a root or an exponential of it, where the facts hold."""
    (x,) = goal.value.free_symbols
    span = _range([*search.ends(x), *_ends(x, facts)], x, facts)
    if span is None:
        return None
    if span.high is not None and float(span.high) <= 0:  # what is negative is less a positive number
        y = Dummy(positive=True)
        search.back[y] = (-x).xreplace(search.back)
        x, goal = y, replace(goal, value=goal.value.xreplace({x: -y}))
        span = Range(-span.high, None if span.low is None else -span.low)
    goal = replace(goal, points=tuple({x: each} for each in span.values), letters=(x,))
    others = [(letter, word, value) for word, letter, value in other_letters(goal.value, goal) if _rises(word, x)]
    first = [each for each in others if goal.value.has(exp) and not each[-1].has(exp)]  # with logarithms alone
    for letter, word, value in [*first, (x, x, apart(goal.value)), *(each for each in others if each not in first)]:
        if letter != x:
            search.back[letter] = word.xreplace(search.back)
        ends = [None if each is None else word.xreplace({x: each}) for each in (span.low, span.high)]
        tower = _Tower(search, TRIES)
        found = tower.shown(replace(goal, value=value, letters=(letter,)), letter, Range(*ends))
        if found is not None:
            return found
    return None


def mirrored(node: Node, leaf: Leaf, value: Expr, x: Expr) -> Node | None:
    """The derivation for x >= 0 with -x for x, where the value is even and the kernel accepts that as well."""
    if not x.is_Symbol or value.free_symbols != {x}:
        return None
    work, other = function(value), function(value.xreplace({x: -x}))
    points = [{x: each} for each in BEYOND]
    if any(abs(work(each) - other(each)) > SMALL * abs(work(each)) for each in points):
        return None
    turned = _with_other_sign(node, re.compile(rf"\b{re.escape(str(x))}\b"), f"(-{x})")
    return turned if _is_accepted(leaf, turned) else None


def _with_other_sign(node: Any, letter: re.Pattern[str], by: str) -> Any:
    match node:
        case str():
            return letter.sub(by, node)
        case dict():
            return {key: _with_other_sign(each, letter, by) for key, each in node.items()}
        case list():
            return [_with_other_sign(each, letter, by) for each in node]
    return node


def _is_accepted(leaf: Leaf, node: Node) -> bool:
    below = [node[key] for key in ("then", "else", "by", "in") if key in node]
    try:
        return all(_is_accepted(*each) for each in zip(leaves_below(leaf, node), below, strict=True))
    except Refused:
        return False


def _rises(word: Expr, x: Symbol) -> bool:
    """Whether it is a root or an exponential that increases."""
    return bool(word.args[0].coeff(x).is_positive if isinstance(word, exp) else word.exp.is_positive)


def _ends(x: Symbol, facts: Sequence[tuple[Expr, str]]) -> Iterator[Expr]:
    """Where what holds begins or ends to hold, if it is linear but for absolute values."""
    for fact, _ in facts:
        if fact.free_symbols == {x}:
            sides = {fact.xreplace({each: sign * each.args[0] for each in fact.atoms(Abs)}) for sign in (1, -1)}
            for side in sides:
                slope = diff(side, x)
                if slope.is_Rational and slope != 0:
                    yield x - side / slope


def _range(ends: list[Expr], x: Symbol, facts: Sequence[tuple[Expr, str]]) -> Range | None:
    """The interval in which the facts hold, between two of the ends."""
    known = {each.expand() for each in ends if each.expand().is_number} | ({Integer(0)} if x.is_positive else set())
    real = sorted((each for each in known if each.is_extended_real and each.is_finite), key=float)
    spans = [Range(low, high) for low, high in pairwise([None, *real, None])]
    tests = [(function(fact), op) for fact, op in facts if fact.free_symbols == {x}]
    tests += [(function(x), ">")] if x.is_positive else []
    kept = [each for each in spans if all(holds(work({x: each.values[8]}), op) for work, op in tests if op != "!=")]
    if not kept or spans.index(kept[-1]) - spans.index(kept[0]) != len(kept) - 1:
        return None
    return Range(kept[0].low, kept[-1].high)


class _Tower:
    """A search that looks at so many functions."""

    def __init__(self, search: Search, tries: int) -> None:
        self.search, self.tries = search, tries
        self.text = search.text

    def shown(self, goal: Goal, x: Symbol, span: Range) -> Node | None:
        """On the whole range, or on both sides of where the value is 0, or of a simple number."""
        value = function(goal.value)
        inside = [each for each in CUTS if span.has(each)]
        touching = [each for each in inside if abs(value({x: float(each)})) < SMALL]
        if not touching:
            found = self.prove(goal, x, span, DEEPEST)
            if found is not None:
                return found
        for cut in touching or inside:
            node: Node = {"if": f"{self.text(x)} >= {self.text(cut)}"}
            sides = Range(cut, span.high), Range(span.low, cut)
            for key, below, side in zip(("then", "else"), leaves_below(goal.leaf, node), sides, strict=True):
                again = mirrored(node["then"], below, goal.value, x) if cut == 0 and "then" in node else None
                found = again or self.prove(replace(goal, leaf=below), x, side, DEEPEST)
                if found is None:
                    break
                node[key] = found
            else:
                return node
        return None

    def prove(self, goal: Goal, x: Symbol, span: Range, depth: int) -> Node | None:
        """By sight, by its factors, or by a derivative."""
        in_time()
        self.tries -= 1
        points = tuple({x: each} for each in span.values)
        goal = replace(goal, points=points, letters=(x,))
        signs = _signs(goal.value, points)
        if self.tries < 0 or -1 in signs or signs.count(None) > len(signs) // 2:
            return None
        for line in self.search.lines(goal):
            if self.search.accepts(goal, line):
                return {"line": line}
        number, factors = factored(goal.value)
        if len(factors) > 1 or any(exponent != 1 for _, exponent in factors):
            return self.by_factors(goal, x, span, depth, (number, factors))
        return self.by_derivative(goal, x, span, depth) if depth else None

    def by_factors(
        self, goal: Goal, x: Symbol, span: Range, depth: int, product: tuple[Expr, list[tuple[Expr, int]]]
    ) -> Node | None:
        """Each factor whose sign is not visible is shown to have it, on the way."""
        number, factors = product
        leaf, steps, texts = goal.leaf, list[Node](), list[str]()
        for base, exponent in factors:
            signs = _signs(base, goal.points)
            if 1 in signs and -1 in signs and exponent % 2:
                return None
            sign = -1 if -1 in signs and 1 not in signs else 1
            base, number = sign * base, number * (sign if exponent % 2 else 1)
            if exponent % 2 or goal.strict:
                wanted = {1} if goal.strict or exponent < 0 else {0, 1}
                part = replace(goal, leaf=leaf, value=base, strict=goal.strict or exponent < 0)
                if not self.search.sign(leaf, self.text(base)) <= wanted:
                    relation = f"{self.text(base)} {'>' if part.strict else '>='} 0"
                    below, after = leaves_below(leaf, {"have": relation, "by": None, "in": None})
                    found = self.prove(replace(part, leaf=below), x, span, depth)
                    if found is None:
                        return None
                    steps.append({"have": relation, "by": found})
                    leaf = after
            texts.append(f"({self.text(base)})^({exponent})" if exponent != 1 else f"({self.text(base)})")
        line = [f"{number}*{'*'.join(texts)}" if number != 1 else "*".join(texts)]
        return _wrapped(steps, {"line": line}) if self.search.accepts(replace(goal, leaf=leaf), line) else None

    def positive(self, goal: Goal, x: Symbol, span: Range, prove: Callable[[Goal], Node | None]) -> Node | None:
        """With a hypothesis that the letter is positive, for the kernel divides by such."""
        relation = f"{self.text(x)} > 0"
        if span.low is None or float(span.low) < 0:
            return prove(goal)
        below, after = leaves_below(goal.leaf, {"have": relation, "by": None, "in": None})
        for line in ([self.text(x - span.low), self.text(span.low)], [self.text(x)]):
            if self.search.accepts(replace(goal, leaf=below), line):
                found = prove(replace(goal, leaf=after))
                return None if found is None else {"have": relation, "by": {"line": line}, "in": found}
        return prove(goal)

    def by_derivative(self, goal: Goal, x: Symbol, span: Range, depth: int) -> Node | None:
        """The value divided by what is positive, where the derivative then is simple."""
        ways: list[tuple[tuple[int, int], Expr, Expr, Expr]] = []
        for weight in dict.fromkeys((Integer(1), *_beside(goal), *positive_factors(goal.value, goal))):
            v = goal.value if weight == 1 else divided(goal.value, weight)
            slope = tidy(diff(expand_log(v, force=True), x))
            ways.append((_size(slope), weight, v, slope))
        for _, weight, v, slope in sorted(ways, key=lambda each: each[0]):
            if weight == 1:
                found = self.expanded(goal, x, span, depth, v, slope)
            else:
                relation, line = f"{self.text(v)} {_op(goal)} 0", [f"({self.text(weight)})*({self.text(v)})"]
                try:
                    below, after = leaves_below(goal.leaf, {"have": relation, "by": None, "in": None})
                except Refused:
                    continue
                if not self.search.accepts(replace(goal, leaf=after), line):
                    continue
                found = self.expanded(replace(goal, leaf=below), x, span, depth, v, slope)
                found = None if found is None else {"have": relation, "by": found, "in": {"line": line}}
            if found is not None:
                return found
        return None

    def expanded(self, goal: Goal, x: Symbol, span: Range, depth: int, v: Expr, slope: Expr) -> Node | None:
        """What the signs of the derivative suggest."""
        goal = replace(goal, value=v)
        signs = [each for each in _signs(slope, goal.points) if each]
        if not signs:
            return None
        low, high = (each if each is not None and _is_left(v, x, each) else None for each in (span.low, span.high))
        start = low if signs[-1] == 1 else high
        if signs[0] == signs[-1] == -1 and span.high is None and span.low is not None and float(span.low) >= 0:
            return self.from_infinity(goal, x, span, depth)
        if len(set(signs)) == 1:
            return None if start is None else self.from_end(goal, x, span, depth, start, slope)
        if sum(a != b for a, b in pairwise(signs)) > 1:
            return None
        if signs[0] == 1:
            return None if low is None or high is None else self.by_hump(goal, x, span, depth, slope)
        return self.by_tangent(goal, x, span, depth, slope)

    def from_end(self, goal: Goal, x: Symbol, span: Range, depth: int, end: Expr, slope: Expr) -> Node | None:
        """It is at least its value at an end."""

        def by(below: Goal, t: Symbol) -> Node | None:
            value = (t - end) * slope.xreplace({x: t})
            return self.prove(replace(below, value=value), t, span, depth - 1)

        return self.taylor(goal, x, (end, 1), _at(goal.value, x, end), span, by)

    def from_infinity(self, goal: Goal, x: Symbol, span: Range, depth: int) -> Node | None:
        """What decreases is at least its limit: with a letter for 1/x, from 0."""
        u = Dummy(positive=True)
        value = Add(*map(tidy, Add.make_args(apart(goal.value.xreplace({x: 1 / u})).expand())))
        if not _is_left(value, u, Integer(0)):
            return None
        self.search.back[u] = (1 / x).xreplace(self.search.back)
        high = 1 / span.low if span.low else None
        points = tuple({u: 1 / each[x]} for each in goal.points)
        slope = tidy(diff(value, u))
        return self.from_end(
            replace(goal, value=value, points=points), u, Range(Integer(0), high), depth, Integer(0), slope
        )

    def by_hump(self, goal: Goal, x: Symbol, span: Range, depth: int, slope: Expr) -> Node | None:
        """Where D(x) >= 0, so it is below x, for D decreases, and v is at least v(low); else it is at least v(high)."""
        factors = factored(slope)[1]
        turning = [base for base, _ in factors if {1, -1} <= set(_signs(base, goal.points))]
        if len(turning) != 1:
            return None
        (base,) = turning
        for weight in (Integer(1), *positive_factors(base, goal)):
            part = base if weight == 1 else divided(base, weight)
            part = -part if _signs(part, goal.points)[0] == -1 else part
            steep = tidy(diff(expand_log(part, force=True), x))
            if 1 not in _signs(steep, goal.points):
                return self.in_two(goal, x, span, depth, (slope, part, steep))
        return None

    def in_two(self, goal: Goal, x: Symbol, span: Range, depth: int, functions: tuple[Expr, Expr, Expr]) -> Node | None:
        slope, part, steep = functions
        node: Node = {"if": f"{self.text(part)} >= 0"}
        sides = ((span.low, 1), (span.high, -1))
        for key, below, (end, sign) in zip(("then", "else"), leaves_below(goal.leaf, node), sides, strict=True):

            def by(inner: Goal, t: Symbol, end: Any = end, sign: int = sign) -> Node | None:
                """D(t) is above D(x) >= 0, or below D(x) < 0."""
                more = sign * (part.xreplace({x: t}) - part)
                relation = f"{self.text(more)} {_op(goal)} 0"
                first, after = leaves_below(inner.leaf, {"have": relation, "by": None, "in": None})

                def down(last: Goal, s: Symbol) -> Node | None:
                    value = sign * (s - x) * steep.xreplace({x: s})
                    return self.below(replace(last, value=value), s, span, depth - 1, sign * (x - s))

                found = self.taylor(
                    replace(inner, leaf=first, value=sign * part.xreplace({x: t})),
                    t,
                    (x, 1),
                    sign * part,
                    span,
                    down,
                    False,
                )
                rest = self.text(tidy(slope / part).xreplace({x: t}))
                line = [f"({self.text(sign * (t - end))})*({rest})*({self.text(each)})" for each in (more, sign * part)]
                shown = found is not None and self.search.accepts(replace(inner, leaf=after), line)
                return {"have": relation, "by": found, "in": {"line": line}} if shown else None

            found = self.taylor(replace(goal, leaf=below), x, (end, 1), _at(goal.value, x, end), span, by)
            if found is None:
                return None
            node[key] = found
        return node

    def below(self, goal: Goal, s: Symbol, span: Range, depth: int, step: Expr) -> Node | None:
        """A step times a derivative that is not positive."""
        slope = tidy(goal.value / step)
        relation = f"{self.text(slope)} {_op(goal)} 0"
        below, after = leaves_below(goal.leaf, {"have": relation, "by": None, "in": None})
        found = self.prove(replace(goal, leaf=below, value=slope), s, span, depth)
        line = [f"({self.text(step)})*({self.text(slope)})"]
        shown = found is not None and self.search.accepts(replace(goal, leaf=after), line)
        return {"have": relation, "by": found, "in": {"line": line}} if shown else None

    def by_tangent(self, goal: Goal, x: Symbol, span: Range, depth: int, slope: Expr) -> Node | None:
        """It is at least its tangent at a rational number, on both sides of that."""
        curve = tidy(diff(slope, x))
        for c in _near_zero(slope, x, span):
            left = goal.value.xreplace({x: c}) + slope.xreplace({x: c}) * (x - c)
            if not math.isfinite(function(left)(goal.points[0])) or not all(
                each == 1 for each in _signs(left, goal.points)
            ):
                continue
            node: Node = {"if": f"{self.text(x)} >= {self.text(c)}"}
            sides = Range(c, span.high), Range(span.low, c)
            for key, below, side in zip(("then", "else"), leaves_below(goal.leaf, node), sides, strict=True):

                def by(inner: Goal, t: Symbol, side: Range = side, c: Expr = c) -> Node | None:
                    value = (t - c) ** 2 * curve.xreplace({x: t})
                    return self.prove(replace(inner, value=value), t, side, depth - 1)

                found = self.taylor(replace(goal, leaf=below), x, (c, 2), left, side, by)
                if found is None:
                    break
                node[key] = found
            else:
                return node
        return None

    def taylor(
        self,
        goal: Goal,
        x: Symbol,
        start: tuple[Expr, int],
        left: Expr,
        span: Range,
        by: Callable[[Goal, Symbol], Node | None],
        kept: bool = True,
    ) -> Node | None:
        """Taylor's theorem for the value less what is left, which is not negative; `kept`, if that is added again."""
        end, order = start
        more = goal.value - left
        name = next((each for each in self.search.free if each not in goal.leaf.letters.kinds), None)
        if name is None:
            return None
        leaf, strict = goal.leaf, goal.strict
        relation = f"{self.text(more)} >= 0"
        kept = kept and left != 0
        if kept:
            strict = False
            leaf, after = leaves_below(leaf, {"have": relation, "by": None, "in": None})
            lines = ([self.text(more), text] for text in self.told(left, x, goal))
            line = next((each for each in lines if self.search.accepts(replace(goal, leaf=after), each)), None)
            if line is None:
                return None
        t = Symbol(name, real=True)
        h = expand_log(more.xreplace({x: t}) if left.has(x) and kept else goal.value.xreplace({x: t}), force=True)
        node: Node = {"taylor": name, "of": self.text(h), "from": self.text(end), "to": self.text(x), "order": order}
        try:
            (below,) = leaves_below(leaf, {**node, "by": None})
        except Refused:
            return None
        found = self.positive(replace(goal, leaf=below, strict=strict), t, span, lambda inner: by(inner, t))
        if found is None:
            return None
        whole = {**node, "by": found}
        return {"have": relation, "by": whole, "in": {"line": line}} if kept else whole

    def told(self, left: Expr, x: Symbol, goal: Goal) -> Iterator[str]:
        """What is left, and what it is less at the ends, if it is linear."""
        yield self.text(left)
        if left.has(x):
            m = diff(left, x)
            for end in self.search.ends(x):
                yield f"({self.text(m)})*({self.text(x - end)}) + ({self.text(left.xreplace({x: end}))})"


def _at(v: Expr, x: Symbol, end: Expr) -> Expr:
    """The value at an end; 0 if it nearly is."""
    left = v.xreplace({x: end})
    return Integer(0) if abs(function(left)({})) < 1e-12 else left


def _is_left(v: Expr, x: Symbol, end: Expr) -> bool:
    """Whether there is a value at an end, and it is not negative."""
    return function(v.xreplace({x: end}))({}) > -1e-12


def _near_zero(slope: Expr, x: Symbol, span: Range) -> Iterator[Expr]:
    """Rational numbers near where a function that increases is 0, the simple ones first."""
    value = function(slope)
    pairs = pairwise(span.values)
    low, high = next(((a, b) for a, b in pairs if value({x: a}) < 0 <= value({x: b})), (0.0, 0.0))
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if value({x: middle}) < 0 else (low, middle)
    found = (Fraction(low).limit_denominator(each) for each in (1, 2, 4, 10, 40))
    yield from (each for each in dict.fromkeys(Rational(x.numerator, x.denominator) for x in found) if span.has(each))


def _signs(expr: Expr, points: tuple[Number, ...]) -> list[int | None]:
    """At each point; 0 where it is too small to be seen, None where there is no value."""
    value, terms = function(expr), list(map(function, Add.make_args(expr)))
    found = list[int | None]()
    for point in points:
        number, size = value(point), sum(abs(each(point)) for each in terms)
        if not math.isfinite(number) or not math.isfinite(size):
            found.append(None)
        else:
            found.append(0 if abs(number) <= SMALL * size else 1 if number > 0 else -1)
    return found


def _beside(goal: Goal) -> Iterator[Expr]:
    """What the highest power of a logarithm is multiplied by, without its sign, if that is the same everywhere."""
    for head in sorted(goal.value.atoms(log), key=str):
        with suppress(PolynomialError):
            by = tidy(Poly(goal.value, head).LC())
            signs = set(_signs(by, goal.points))
            if by.free_symbols and signs in ({1}, {-1}):
                yield by if 1 in signs else -by


def _size(slope: Expr) -> tuple[int, int]:
    """How far a function is from one whose sign is seen: of which degree in logarithms and exponentials."""
    degree = 0
    for base, exponent in factored(slope)[1]:
        heads = [each for each in base.atoms(log, exp) if each.free_symbols]
        if heads and exponent > 0 and not isinstance(base, exp):
            bare = base.xreplace({each: Symbol(f"h{n}") for n, each in enumerate(heads)})
            letters = [Symbol(f"h{n}") for n in range(len(heads))]
            with suppress(PolynomialError):
                degree += int(Poly(bare, *letters).total_degree()) + len(heads) - 1
    return degree, int(slope.count_ops())


def _op(goal: Goal) -> str:
    return ">" if goal.strict else ">="


def _wrapped(steps: list[Node], node: Node) -> Node:
    for step in reversed(steps):
        node = {**step, "in": node}
    return node
