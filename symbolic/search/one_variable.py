"""Inequalities between functions of numbers, by Taylor's theorem from where the sides are equal.

    derivation(claim) -> Node | None

The larger side less the smaller one, h(x), is 0 at some a: an end of what is allowed, a simple number, or another of
the variables. Then it is enough that (t - a)^m h^(m)(t) is not negative between a and x, for m = 1, or for m = 2 where
h'(a) = 0 as well; that is factored, and a factor whose sign is not visible is shown to have it in the same way. Where
h has a smallest value that is not 0, that value is left over. Random points say what is worth a try; the kernel
decides. Source: Taylor's theorem with Lagrange's remainder.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    Dummy,
    E,
    Expr,
    Integer,
    Mul,
    Poly,
    PolynomialError,
    Pow,
    Rational,
    Symbol,
    diff,
    exp,
    expand_log,
    factor_list,
    log,
    preorder_traversal,
    solve,
    together,
)
from sympy.core.function import expand_power_base, expand_power_exp

from symbolic.deadline import check as in_time
from symbolic.kernel import Budget, Refused
from symbolic.kernel.checker import asked
from symbolic.kernel.leaf import Leaf
from symbolic.kernel.read import read_term
from symbolic.kernel.sets import NOT_NEGATIVE, POSITIVE
from symbolic.language import notation as of
from symbolic.language.claims import Claim, least_size, parts
from symbolic.language.errors import SymbolicError
from symbolic.language.typeset import plain
from symbolic.search.case_trees import STEPS, Node, leaves_below
from symbolic.search.scalars import Number, Scalars, function
from symbolic.search.scalars import words as words_of

__all__ = ["derivation"]

POINTS = 30
TRIES = 30  # goals and expansions that are looked at
DEEPEST = 3  # expansions in one another
EASY = 12  # operations in what is solved for 0
NUMBERS = (Integer(0), Integer(1), Integer(-1), Rational(1, 2), Integer(2), exp(1), exp(-1))
LETTERS = ("t", "s", "u", "r", "x", "y", "a", "b", "c", "d", "v", "w")
Starts = Callable[[Any, Symbol, Expr], Iterator[Expr]]
_HOLE = Dummy(positive=True)


def derivation(claim: Claim) -> Node | None:
    """A derivation of an inequality in which every word that is not a function of numbers is taken for a number."""
    if claim.op not in ("<", "<=", ">", ">="):
        return None
    words = words_of(claim)
    if words is None:
        return None
    try:
        leaf = asked(plain(claim), Budget(STEPS))
        return _Search(claim, words).claim(leaf)
    except (Refused, RecursionError, SymbolicError):
        return None


# --- goals ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Goal:
    """That a value is not negative, or is positive, as the leaf of a derivation asks it; and numbers to try it at."""

    leaf: Leaf
    value: Expr
    strict: bool
    points: tuple[Number, ...]
    letters: tuple[Symbol, ...]  # that may be moved, the latest first

    def values(self, expr: Expr) -> list[float]:
        """At the points; nan where there is none."""
        return list(map(function(expr), self.points))

    def is_not_negative(self, expr: Expr) -> bool:
        """As far as the points show."""
        return not any(x < -1e-9 for x in self.values(expr))


def _elementary(expr: Expr) -> bool:
    return all(
        isinstance(each, (Add, Mul, Pow, exp, log, Symbol)) or each.is_Rational for each in preorder_traversal(expr)
    )


def _inverse(word: Expr) -> tuple[Symbol, Expr] | None:
    """x, and what it is of the word: s^2 - c where the word s is sqrt(x + c), log(s)/c where it is exp(c x)."""
    x = next(iter(word.free_symbols), None)
    if x is None or len(word.free_symbols) != 1:
        return None
    if word.is_Pow and word.exp == Rational(1, 2) and (word.base - x).is_Rational:
        return x, _HOLE**2 - (word.base - x)
    if isinstance(word, exp) and (word.args[0] / x).is_Rational:
        return x, log(_HOLE) / (word.args[0] / x)
    return None


def _simple(expr: Expr) -> Expr:
    """Logarithms of products apart, of quotients too."""
    found = expr.replace(log, lambda x: log(Mul(*(b**e for b, e in factored(x)[1])) * factored(x)[0]))
    return expand_log(found, force=True)


@dataclass(frozen=True)
class Expansion:
    """That h(x) is Taylor's polynomial at a start, of the order less 1, and a remainder that the derivative gives."""

    letter: Symbol
    start: Expr
    order: int
    derivative: Expr
    left: Expr  # the value at the start

    @property
    def remainder(self) -> Expr:
        return (self.letter - self.start) ** self.order * self.derivative


class _Search:
    """A search for a derivation of one claim."""

    def __init__(self, claim: Claim, words: dict[Basic, Symbol]) -> None:
        self.scalars = Scalars(claim, words)
        self.words, self.back = words, dict(self.scalars.back)
        self.tries, self.op = TRIES, claim.op
        self.bounded: set[Symbol] = set()
        self.sides = self.scalars.sides
        self.value = self.sides[1] - self.sides[0]
        self.given, self.read = self.scalars.given, self.scalars.read
        used = {str(each) for part in parts(claim) for each in part.free_symbols}
        self.free = [each for each in LETTERS if each not in used]
        self.least = least_size(claim.given)

    def text(self, expr: Expr) -> str:
        return plain(expr.xreplace(self.back))

    # --- the claim ---

    def claim(self, leaf: Leaf) -> Node | None:
        """In the claim's cases; that a share is at most 1 is said before."""
        for word, letter in self.words.items():
            if isinstance(word, of.Probability) and letter not in self.bounded and self.value.has(letter):
                return self.with_bound(leaf, word, letter)
        strict = self.op in ("<", ">")
        signs = sorted(self.value.atoms(Abs), key=lambda each: (each.count_ops(), str(each)))
        if not signs and any(isinstance(side, exp) and not side.args[0].is_Symbol for side in self.sides):
            return self.by_logarithms(leaf, strict) or self.split(leaf, self.value, strict, signs, ())
        found = self.split(leaf, self.value, strict, signs, ())
        return found or ((self.by_logarithms(leaf, strict) or self.by_quotient(leaf, strict)) if not signs else None)

    def with_bound(self, leaf: Leaf, word: of.Probability, letter: Symbol) -> Node | None:
        self.bounded.add(letter)
        k = next((each for each in "klmj" if each not in leaf.letters.kinds), None)
        if k is None:
            return self.claim(leaf)
        others = f"sum({plain(word.subs(word.args[-1], of.class_named(k)))}, {k} != {word.args[-1]})"
        node: Node = {
            "have": f"{plain(word)} {'<' if self.least > 1 else '<='} 1",
            "by": {"line": [others]},
        }
        try:
            proof, after = leaves_below(leaf, {**node, "in": None})
            leaves_below(proof, node["by"])
        except Refused:
            return self.claim(leaf)
        found = self.claim(after)
        return None if found is None else {**node, "in": found}

    def by_logarithms(self, leaf: Leaf, strict: bool) -> Node | None:
        """The logarithms of the sides compared, where the larger or the smaller side is an exponential or a power."""
        if not any(isinstance(each, (exp, Pow)) for each in self.sides):
            return None
        self.tries = TRIES
        node: Node = {"compare": "log"}
        try:
            (below,) = leaves_below(leaf, {**node, "in": None})
        except Refused:
            return None
        smaller, larger = self.sides
        found = self.in_case(below, log(larger) - log(smaller), strict, ())
        return None if found is None else {**node, "in": found}

    def by_quotient(self, leaf: Leaf, strict: bool) -> Node | None:
        """Where a side is an exponential, both sides are divided by it."""
        smaller, larger = self.sides
        for side in (smaller, larger):
            if isinstance(side, exp):
                self.tries = TRIES
                by = exp(-side.args[0])
                gap = larger * by - 1 if side == smaller else 1 - smaller * by
                node: Node = {"have": f"{self.text(gap)} {'>' if strict else '>='} 0"}
                below, after = leaves_below(leaf, {**node, "by": None, "in": None})
                line: Node = {"line": [f"{self.text(side)}*({self.text(gap)})"]}
                found = self.in_case(below, gap, strict, ())
                if found is not None and self.accepts(Goal(after, gap, strict, (), ()), line["line"]):
                    return {**node, "by": found, "in": line}
        return None

    def split(
        self, leaf: Leaf, value: Expr, strict: bool, signs: list[Abs], facts: tuple[tuple[Expr, str], ...]
    ) -> Node | None:
        """In the cases of the signs of what stands in absolute values."""
        if not signs:
            return self.in_case(leaf, value, strict, facts)
        (first, *others), inner = signs, signs[0].args[0]
        node: Node = {"if": f"{self.text(inner)} >= 0"}
        for key, below, sign in zip(("then", "else"), leaves_below(leaf, node), (1, -1), strict=True):
            more = (*facts, (sign * inner, ">=" if sign == 1 else ">"))
            found: Node | None = {"absurd": []} if below.impossible() else None
            found = found or self.split(below, value.xreplace({first: sign * inner}), strict, others, more)
            if found is None:
                return None
            node[key] = found
        return node

    def in_case(self, leaf: Leaf, value: Expr, strict: bool, more: tuple[tuple[Expr, str], ...]) -> Node | None:
        value, facts = self.put_in(expand_log(value, force=True), leaf)
        letters = tuple(sorted((each for each in value.free_symbols if each != of.n), key=str))
        order = tuple(sorted(letters, key=lambda each: (each not in self.back, str(each))))
        if of.n in value.free_symbols:
            order = (*order, of.n)
        names = tuple(sorted({*order, *(each for fact, _ in facts for each in fact.free_symbols)}, key=str))
        points = tuple(islice(self.scalars.drawn(names, [*facts, *more]), POINTS))
        if not points and more:  # what cannot be is shown as well
            points = tuple(islice(self.scalars.drawn(names, [*facts, *more[:1]]), POINTS))
        if len(points) < POINTS // 3:
            return None
        goal = Goal(leaf, value, strict, points, order)
        return self.prove(goal, DEEPEST) or self.in_other_letters(goal)

    def in_other_letters(self, goal: Goal) -> Node | None:
        """With a letter for a root, or an exponential, of the variable."""
        for word in sorted(goal.value.atoms(Pow, exp), key=lambda each: (each.count_ops(), str(each))):
            found = _inverse(word)
            if found is None:
                continue
            letter = Dummy(positive=True)
            value = _simple(goal.value.xreplace({found[0]: found[1].xreplace({_HOLE: letter})}))
            if value.has(found[0]) or value.has(Pow(letter, Rational(1, 2))):
                continue
            self.back[letter] = word
            work = function(word)
            points = tuple({**each, letter: work(each)} for each in goal.points)
            self.tries = TRIES
            node = self.prove(replace(goal, value=value, points=points, letters=(letter, *goal.letters)), DEEPEST)
            if node is not None:
                return node
        return None

    def put_in(self, value: Expr, leaf: Leaf) -> tuple[Expr, list[tuple[Expr, str]]]:
        """The value with equations put in, and the hypotheses as signs of expressions."""
        facts = [(self.read(each.lhs - each.rhs), each.op) for each in self.given]
        for each in self.given:
            if each.op == "==" and each.lhs.is_Symbol and not each.rhs.has(each.lhs):
                value = value.subs(each.lhs, self.read(each.rhs))
                facts = [(fact.subs(each.lhs, self.read(each.rhs)), op) for fact, op in facts]
        return value, [(fact, op) for fact, op in facts if fact.free_symbols]

    # --- lines ---

    def accepts(self, goal: Goal, line: list[str]) -> bool:
        try:
            leaves_below(goal.leaf, {"line": line})
        except Refused:
            return False
        return True

    def prove(self, goal: Goal, depth: int) -> Node | None:
        """A line, products of what is shown to have a sign, or an expansion."""
        in_time()
        self.tries -= 1
        numbers = goal.values(goal.value)
        if self.tries < 0 or not goal.is_not_negative(goal.value) or all(map(math.isnan, numbers)):
            return None
        for line in self.lines(goal):
            if self.accepts(goal, line):
                return {"line": line}
        return self.by_factors(goal, depth) or self.by_expansion(goal, depth)

    def lines(self, goal: Goal) -> Iterator[list[str]]:
        yield [self.text(goal.value)]
        for each in shapes(goal.value, goal):
            if all(map(goal.is_not_negative, each)):
                yield [self.text(part) if isinstance(part, Expr) else part for part in each]

    def sign(self, leaf: Leaf, text: str) -> frozenset[int]:
        leaf.budget.left = STEPS
        try:
            return leaf.signs.sign(read_term(text, leaf.letters, leaf.budget))
        except (Refused, RecursionError):
            return frozenset({-1, 0, 1})

    def by_factors(self, goal: Goal, depth: int) -> Node | None:
        """The value as a product; a factor whose sign is not visible is shown to have it, on the way."""
        number, factors = factored(goal.value)
        if len(factors) < 2 and all(exponent == 1 for _, exponent in factors):
            return None
        wanted = POSITIVE if goal.strict else NOT_NEGATIVE
        leaf, steps, texts = goal.leaf, list[Node](), list[str]()
        for base, exponent in factors:
            found = self.factor(replace(goal, leaf=leaf), base, exponent, wanted, depth)
            if found is None:
                return None
            text, step = found
            texts.append(f"({text})" if exponent == 1 else f"({text})^({exponent})")
            if step is not None:
                steps.append(step)
                leaf = leaves_below(leaf, {**step, "in": None})[1]
        line = [f"{number}*{'*'.join(texts)}" if number != 1 else "*".join(texts)]
        if not self.accepts(replace(goal, leaf=leaf), line):
            return None
        node: Node = {"line": line}
        for step in reversed(steps):
            node = {**step, "in": node}
        return node

    def factor(
        self, goal: Goal, base: Expr, exponent: int, wanted: frozenset[int], depth: int
    ) -> tuple[str, Node | None] | None:
        """The text of a factor whose sign is visible, or becomes so by a step before."""
        numbers = [x for x in goal.values(base) if not math.isnan(x)]
        if exponent % 2 == 0 and not goal.strict:
            return self.text(base), None
        up = all(x >= -1e-12 for x in numbers)
        if not up and not all(x <= 1e-12 for x in numbers):
            return self.text(base), None  # it may pair off with another
        s = 1 if up else -1
        for shape in ([base], *shapes(base, goal)):
            if len(shape) > 1 and not all(goal.is_not_negative(s * each) for each in shape):
                continue
            text = " + ".join(f"({self.text(each)})" for each in shape) if len(shape) > 1 else self.text(shape[0])
            if self.sign(goal.leaf, text) <= {s * each for each in wanted}:
                return text, None
        if depth == 0:
            return None
        text = self.text(s * base)
        strict = goal.strict
        relation = f"{text} {'>' if strict else '>='} 0"
        below = leaves_below(goal.leaf, {"have": relation, "by": None, "in": None})
        found = self.prove(replace(goal, leaf=below[0], value=s * base), depth - 1)
        return None if found is None else (self.text(base), {"have": relation, "by": found})

    # --- expansions ---

    def by_expansion(self, goal: Goal, depth: int) -> Node | None:
        """The first expansion of which the rest is shown; where the derivative is 0 is asked only if need be."""
        for starts in (self.starts, self.solved) if depth else ():
            for step in self.expansions(goal, starts):
                if self.tries <= 0:
                    return None
                self.tries -= 1
                found = self.left_over(goal, step, depth) if step.left != 0 else self.expanded(goal, step, depth)
                if found is not None:
                    return found
        return None

    def expansions(self, goal: Goal, starts: Starts) -> list[Expansion]:
        """Those whose remainder is not negative at points between, the simple ones first."""
        found: list[Expansion] = []
        for letter in goal.letters:
            if letter in goal.value.free_symbols:
                slope = tidy(diff(goal.value, letter))
                for start in dict.fromkeys(starts(goal, letter, slope)):
                    found += self.from_there(goal, letter, start, slope)
        return sorted(found, key=lambda each: each.derivative.count_ops() + 5 * (each.left != 0) + 3 * each.order)

    def from_there(self, goal: Goal, letter: Symbol, start: Expr, slope: Expr) -> Iterator[Expansion]:
        left = goal.value.xreplace({letter: start})
        values = goal.values(left)
        if not all(math.isfinite(x) and x > -1e-9 for x in values):
            return
        flat = all(abs(x) < 1e-8 for x in goal.values(slope.xreplace({letter: start})))
        gone = all(abs(x) < 1e-9 for x in values)
        if not gone and left.free_symbols and not flat:
            return
        for order in (1, 2) if flat else (1,):
            derivative = slope if order == 1 else tidy(diff(goal.value, letter, 2))
            step = Expansion(letter, start, order, derivative, Integer(0) if gone else left)
            between = self.between(goal, step)
            numbers = [x for x in map(function(step.remainder), between) if not math.isnan(x)]
            if len(numbers) >= len(between) // 2 and all(x > -1e-9 for x in numbers):
                yield step

    def starts(self, goal: Goal, letter: Symbol, slope: Expr) -> Iterator[Expr]:
        """Simple numbers, ends of hypotheses, other letters."""
        yield from NUMBERS
        yield from self.ends(letter)
        for each in goal.letters:
            if each != letter:
                yield from (each, -each, 1 / each, 1 - each)

    def solved(self, goal: Goal, letter: Symbol, slope: Expr) -> Iterator[Expr]:
        """Where the derivative is 0, if that is easily said."""
        for base, exponent in factored(slope)[1]:
            moving = [each for each in base.atoms(Pow, exp, log, Symbol) if each.has(letter)]
            if exponent > 0 and base.has(letter) and len(moving) <= 2 and base.count_ops() <= EASY:
                try:
                    found = solve(base, letter)[:3]
                except (NotImplementedError, TypeError, ValueError, AttributeError, KeyError):
                    continue
                yield from (each for each in found if isinstance(each, Expr) and _elementary(each))

    def ends(self, letter: Symbol) -> Iterator[Expr]:
        for each in self.given:
            for side, other in ((each.lhs, each.rhs), (each.rhs, each.lhs)):
                if self.read(side) == letter:
                    yield self.read(other)
        if letter == of.n:
            yield Integer(self.least)

    def between(self, goal: Goal, step: Expansion) -> list[Number]:
        """The points, with the letter moved towards the start."""
        draw, start = random.Random(2), function(step.start)
        starts = map(start, goal.points)
        ends = [each[step.letter] for each in goal.points]
        moved = [a + draw.random() * (b - a) for a, b in zip(starts, ends, strict=True)]
        return [{**each, step.letter: x} for each, x in zip(goal.points, moved, strict=True)]

    def expanded(self, goal: Goal, step: Expansion, depth: int, scaled: bool = True) -> Node | None:
        """By the step, with a new letter t for the letter; a start such as e is scaled to 1, so that t > 0 is seen."""
        name = next((each for each in self.free if each not in goal.leaf.letters.kinds), None)
        if name is None:
            return None
        t = Symbol(name, real=True)
        scale = step.start if scaled and step.start.is_number and step.start.is_irrational else Integer(1)
        moved = {step.letter: scale * t}
        start, end = step.start / scale, step.letter / scale
        h = expand_log(goal.value.xreplace(moved), force=True)
        node: Node = {"taylor": name, "of": self.text(h), "from": self.text(start), "to": self.text(end)}
        node["order"] = step.order
        try:
            (below,) = leaves_below(goal.leaf, {**node, "by": None})
        except Refused:
            return self.by_sides(goal, step, depth)
        by = float(scale)
        here = zip(goal.points, self.between(goal, step), strict=True)
        points = tuple({**point, t: there[step.letter] / by} for point, there in here)
        derivative = scale**step.order * expand_log(step.derivative.xreplace(moved), force=True)
        value = (t - start) ** step.order * derivative
        found = self.prove(Goal(below, value, goal.strict, points, (t, *goal.letters)), depth - 1)
        return self.by_sides(goal, step, depth) if found is None else {**node, "by": found}

    def by_sides(self, goal: Goal, step: Expansion, depth: int) -> Node | None:
        """On the two sides of where it starts, if both are possible."""
        letter, start = self.text(step.letter), self.text(step.start)
        known = self.sign(goal.leaf, f"{letter} - ({start})")
        if known <= {0, 1} or known <= {0, -1}:
            return None
        node: Node = {"if": f"{letter} >= {start}"}
        work = function(step.letter - step.start)
        for key, below, sign in zip(("then", "else"), leaves_below(goal.leaf, node), (1, -1), strict=True):
            points = tuple(each for each in goal.points if sign * work(each) >= 0)
            if not points:  # none was drawn so far out
                far = zip(goal.points, map(function(step.start), goal.points), strict=True)
                points = tuple({**each, step.letter: a + sign * (1 + n)} for n, (each, a) in enumerate(far))
            side = replace(goal, leaf=below, points=points)
            found = self.expanded(side, step, depth, scaled=sign == 1)
            if found is None:
                return None
            node[key] = found
        return node

    def left_over(self, goal: Goal, step: Expansion, depth: int) -> Node | None:
        """The value is at least what it is at the start, and that is not negative."""
        more = goal.value - step.left
        relation = f"{self.text(more)} >= 0"
        below, after = leaves_below(goal.leaf, {"have": relation, "by": None, "in": None})
        line = [self.text(more), self.text(step.left)]
        if not self.accepts(replace(goal, leaf=after), line):
            return None
        found = self.expanded(
            replace(goal, leaf=below, value=more, strict=False), replace(step, left=Integer(0)), depth
        )
        return None if found is None else {"have": relation, "by": found, "in": {"line": line}}


# --- shapes in which a sign is visible --------------------------------------------------------------


def tidy(expr: Expr) -> Expr:
    """A product of factors, as far as they are seen."""
    number, factors = factored(expr)
    return Mul(number, *(Pow(base, exponent) for base, exponent in factors))


def factored(expr: Expr) -> tuple[Expr, list[tuple[Expr, int]]]:
    """A number, and factors with exponents; powers and exponentials are taken for letters."""
    bare, back = _in_letters(expand_power_exp(expand_power_base(expr, force=True)))
    above, below = together(bare).as_numer_denom()
    number, found = Integer(1), dict[Expr, int]()
    for part, sign in ((above, 1), (below, -1)):
        try:
            content, factors = factor_list(part)
        except (PolynomialError, NotImplementedError, ZeroDivisionError, TypeError):
            content, factors = Integer(1), [(part, 1)]
        number *= content**sign
        for each, exponent in factors:
            base = each.xreplace(back) if back else each
            found[base] = found.get(base, 0) + sign * int(exponent)
    return number, [(base, exponent) for base, exponent in found.items() if exponent]


def _in_letters(expr: Expr) -> tuple[Expr, dict[Basic, Expr]]:
    """x^(c e), for rational c, as whole powers of one letter; a root of x as a letter whose powers x is."""
    units: dict[tuple[Expr, Expr], list[Rational]] = {}
    found = [each for each in expr.atoms(Pow, exp) if not (each.is_Pow and each.exp.is_Integer)]
    for each in found:
        base, (c, rest) = _base(each), _power(each).as_coeff_Mul()
        units.setdefault((base, rest), []).append(Rational(c))
    new: dict[Basic, Expr] = {}
    back: dict[Basic, Expr] = {}
    for (base, rest), numbers in units.items():
        q = math.lcm(*(int(each.q) for each in numbers))
        letter = Dummy(positive=True)
        back[letter] = exp(rest / q) if base == E else Pow(base, rest / q)
        for each in found:
            if _base(each) == base and _power(each).as_coeff_Mul()[1] == rest:
                new[each] = letter ** (_power(each).as_coeff_Mul()[0] * q)
        if rest == 1 and base != E:
            x = next(iter(base.free_symbols), None)
            if x is not None and (base - x).is_Rational:
                new[x] = letter**q - (base - x)
    return _replaced(expr, new), back


def _replaced(expr: Expr, new: dict[Basic, Expr]) -> Expr:
    """Parts replaced, outside of logarithms."""
    if expr in new:
        return new[expr]
    if isinstance(expr, log) or not expr.args:
        return expr
    return expr.func(*(_replaced(each, new) for each in expr.args))


def _base(expr: Expr) -> Expr:
    return E if isinstance(expr, exp) else expr.base


def _power(expr: Expr) -> Expr:
    return expr.args[0] if isinstance(expr, exp) else expr.exp


def shapes(expr: Expr, goal: Goal) -> Iterator[list[Expr]]:
    """Sums in which the sign of an expression may be visible."""
    if expr.is_Add:
        yield from _as_growth(expr)
        yield from _as_gaps(expr, goal)
        yield from _as_logarithm(expr)
        yield from _as_squares(expr)


def _as_gaps(expr: Expr, goal: Goal) -> Iterator[list[Expr]]:
    """Each c w log u, c w e^(u + v), with its tangent taken off, and what is left."""
    gaps: list[Expr] = []
    for term in Add.make_args(expr):
        heads = [each for each in Mul.make_args(term) if isinstance(each, (log, exp))]
        if len(heads) != 1:
            continue
        head, weight = heads[0], term / heads[0]
        numbers = [x for x in goal.values(weight) if not math.isnan(x)]
        u = head.args[0]
        if isinstance(head, log) and all(x <= 0 for x in numbers):
            gaps.append(Mul(-weight, Add(u, -1, -head, evaluate=False), evaluate=False))
        elif isinstance(head, log) and all(x >= 0 for x in numbers):
            gaps.append(Mul(weight, Add(head, -1, 1 / u, evaluate=False), evaluate=False))
        elif isinstance(head, exp) and all(x >= 0 for x in numbers):
            gaps.append(Mul(weight, Add(head, -1, -u, evaluate=False), evaluate=False))
    for chosen in dict.fromkeys([tuple(gaps), *((each,) for each in gaps)]) if gaps else ():
        left = expr - Add(*(each.doit().expand() for each in chosen))
        if goal.is_not_negative(left):
            left = tidy(left)
            yield [*chosen, left] if left != 0 else [*chosen]


def _as_growth(expr: Expr) -> Iterator[list[Expr]]:
    """c (e^u - e^v) as c e^v (e^(u - v) - 1), with u - v factored."""
    terms = Add.make_args(expr)
    if len(terms) != 2:
        return
    pairs = [each.as_coeff_Mul() for each in terms]
    (c, first), (d, second) = pairs
    if c + d == 0:
        for (x, y), by in (((first, second), c), ((second, first), d)):
            exponent = _exponent(x) - _exponent(y)
            number, factors = factored(exponent)
            inner = Mul(number, *(Pow(b, e) for b, e in factors), evaluate=False) if factors else number
            yield [Mul(by, y, exp(inner, evaluate=False) - 1, evaluate=False)]


def _exponent(expr: Expr) -> Expr:
    """The logarithm of a product of powers, written out."""
    found = Integer(0)
    for each in Mul.make_args(expr):
        if isinstance(each, exp):
            found += each.args[0]
        elif each.is_Pow:
            found += each.exp * log(each.base)
        else:
            found += log(each)
    return found


def _as_logarithm(expr: Expr) -> Iterator[list[Expr]]:
    """log u - log v as log(u/v)."""
    terms = [each.as_coeff_Mul() for each in Add.make_args(expr)]
    if all(c.is_Integer if isinstance(each, log) else each == 1 for c, each in terms):
        yield [log(Mul(*(each.args[0] ** c if isinstance(each, log) else exp(c) for c, each in terms)))]


def _as_squares(expr: Expr) -> Iterator[list[Expr]]:
    """a x^2 + b x + c as a (x + b/(2a))^2 + ..."""
    for letter in sorted(expr.free_symbols, key=str):
        try:
            poly = Poly(expr, letter)
        except PolynomialError:
            continue
        if poly.degree() == 2:
            a, b, c = poly.all_coeffs()
            yield [Mul(a, Pow(letter + b / (2 * a), 2), evaluate=False), tidy(c - b**2 / (4 * a))]
