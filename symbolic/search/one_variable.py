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
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial, reduce
from itertools import chain, combinations, islice

from sympy import (
    Abs,
    Add,
    Basic,
    Derivative,
    Dummy,
    Expr,
    Integer,
    Mul,
    Pow,
    Symbol,
    diff,
    exp,
    expand,
    expand_log,
    expand_mul,
    log,
)
from sympy.core.function import expand_power_base

from symbolic.deadline import check as in_time
from symbolic.kernel import Budget, Refused
from symbolic.kernel.checker import asked
from symbolic.kernel.leaf import Leaf
from symbolic.kernel.read import read_term
from symbolic.kernel.sets import NOT_NEGATIVE, POSITIVE
from symbolic.language import notation as of
from symbolic.language.claims import Claim, bounds, least_size
from symbolic.language.claims import parts as parts_of
from symbolic.language.errors import SymbolicError
from symbolic.language.typeset import plain
from symbolic.search import towers
from symbolic.search.case_trees import STEPS, Node, leaves_below
from symbolic.search.factors import factored, tidy
from symbolic.search.goals import Goal, shapes
from symbolic.search.hypotheses import Hypotheses, exchanged
from symbolic.search.polynomials import is_polynomial, sums
from symbolic.search.scalars import Scalars, function
from symbolic.search.scalars import words as words_of
from symbolic.search.taylor import FEW, Expansion, between, expansions, simple, solved
from symbolic.search.weights import common_factor, divided, other_letters, parts, positive_factors

__all__ = ["derivation"]

POINTS = 30
AT_FIRST = 6  # functions that are looked at before a tower of derivatives,
TRIES = 30  # goals and expansions that are looked at
EIGHTH, FEW_SIZES = 8, 8  # of the numbers between the first sizes, one in so many
NOTHING = 1e-9
DEEPEST = 3  # expansions in one another
LETTERS = ("t", "s", "u", "r", "x", "y", "a", "b", "c", "d", "v", "w")
Facts = tuple[tuple[Expr, str], ...]  # what is positive, or not negative, in a case


def derivation(claim: Claim) -> Node | None:
    """A derivation of an inequality in which every word that is not a function of numbers is taken for a number."""
    if claim.op not in ("<", "<=", ">", ">="):
        return None
    without = _without_derivatives(claim)
    words = words_of(without)
    if words is None:
        return None
    try:
        leaf = asked(plain(claim), Budget(STEPS))
        search = _Search(without, words, weighed_first=without is not claim)
        return None if _fails_between(claim, search.value) else search.claim(leaf)
    except (Refused, RecursionError, SymbolicError):
        return None


def _fails_between(claim: Claim, value: Expr) -> bool:
    """Whether it is true of whole numbers at most, as n^3 <= 3^n, which fails at n = 2.7."""
    if value.free_symbols != {of.n}:
        return False
    least, greatest = bounds(claim.given)
    at = function(value)
    between = (least + step / EIGHTH for step in range(EIGHTH * FEW_SIZES))
    return any(at({of.n: x}) < -NOTHING for x in between if greatest is None or x <= greatest)


def _without_derivatives(claim: Claim) -> Claim:
    """With the derivatives of functions of numbers worked out."""
    if not any(side.has(Derivative) and not side.has(of.Head, of.Entry) for side in (claim.lhs, claim.rhs)):
        return claim
    relation = replace(claim.relation, lhs=claim.lhs.doit(), rhs=claim.rhs.doit())
    return replace(claim, relation=relation, text="")


# --- goals ------------------------------------------------------------------------------------------


def _is_power(side: Expr) -> bool:
    """Whether a side is an exponential, or a product of powers with letters in their exponents."""
    powers = [each for each in Mul.make_args(side) if isinstance(each, Pow) and each.exp.free_symbols]
    return bool(powers) or (isinstance(side, exp) and bool(side.free_symbols) and not side.args[0].is_Symbol)


def _after(steps: list[Node], line: list[str]) -> Node:
    """A line after what is shown before it."""
    return reduce(lambda node, step: {**step, "in": node}, reversed(steps), Node(line=line))


class _Search:
    """A search for a derivation of one claim."""

    def __init__(self, claim: Claim, words: dict[Basic, Symbol], weighed_first: bool = False) -> None:
        self.scalars = Scalars(claim, words)
        self.hypotheses = Hypotheses(self.scalars)
        self.words, self.back = words, dict(self.scalars.back)
        self.tries, self.op = TRIES, claim.op
        self.weighing, self.ways = False, (True, False) if weighed_first else (False, True)
        self.bounded: set[Symbol] = set()
        self.said: set[str] = set()
        self.sides = self.scalars.sides
        self.value = self.sides[1] - self.sides[0]
        self.given, self.read = self.scalars.given, self.scalars.read
        used = {str(each) for part in parts_of(claim) for each in part.free_symbols}
        self.free = [each for each in LETTERS if each not in used]
        self.least = least_size(claim.given)
        self.field = self.told = self.hypotheses.told(self.sees)
        self.alike = exchanged(self.value)

    def text(self, expr: Expr) -> str:
        return plain(expr.xreplace(self.back))

    # --- the claim ---

    def claim(self, leaf: Leaf) -> Node | None:
        """In the claim's cases; that a share is at most 1, and the like, is said before."""
        for relation, line in self.hypotheses.at_once(self.value):
            if relation in self.said:
                continue
            self.said.add(relation)
            node: Node = {"have": relation, "by": {"line": line}}
            try:
                proof, after = leaves_below(leaf, {**node, "in": None})
                leaves_below(proof, node["by"])
            except Refused:
                continue
            found = self.claim(after)
            return None if found is None else {**node, "in": found}
        for word, letter in self.words.items():
            if isinstance(word, of.Probability) and letter not in self.bounded and self.value.has(letter):
                return self.with_bound(leaf, word, letter)
        for weighing in self.ways:
            self.weighing = weighing
            found = self.apart(leaf, self.op in ("<", ">"))
            if found is not None:
                return found
        return None

    def apart(self, leaf: Leaf, strict: bool) -> Node | None:
        """Where two numbers are not equal, in the cases of which is larger."""
        gaps = ((x - y).xreplace(self.told.known) for x, op, y in self.hypotheses.sides if op == "!=")
        gap = next((each for each in gaps if each.free_symbols and each.free_symbols <= self.value.free_symbols), None)
        if gap is None:
            return self.tried(leaf, strict, ())
        node: Node = {"if": f"{self.text(gap)} > 0"}
        for key, below, sign in zip(("then", "else"), leaves_below(leaf, node), (1, -1), strict=True):
            again = towers.mirrored(node["then"], below, self.value, gap) if "then" in node else None
            found = again or self.tried(below, strict, ((sign * gap, ">"),))
            if found is None:
                return None
            node[key] = found
        return node

    def tried(self, leaf: Leaf, strict: bool, facts: Facts) -> Node | None:
        """The difference of the sides, their logarithms, or their quotient."""
        by_value = partial(self.split, leaf, self.value, strict, facts)
        others = [partial(way, leaf, strict, facts) for way in (self.by_logarithms, self.by_quotient, self.by_power)]
        if self.value.has(Abs):
            ways = [by_value]
        elif any(map(_is_power, self.sides)):
            ways = [others[0], by_value]
        else:
            ways = [by_value, *others]
        for way in ways:
            with suppress(Refused, SymbolicError):  # what one way cannot say is not the end of the others
                if (found := way()) is not None:
                    return found
        return None

    def by_power(self, leaf: Leaf, strict: bool, facts: Facts) -> Node | None:
        """A power that is one of several terms, compared with the others by logarithms."""
        terms = Add.make_args(expand_mul(self.value))
        powers = [each for each in terms if _is_power(each)]
        if len(powers) != 1 or len(terms) < 3:
            return None
        power, rest = powers[0], self.value - powers[0]
        larger, smaller = (rest, -power) if power.could_extract_minus_sign() else (power, -rest)
        larger, smaller = tidy(larger), tidy(smaller)
        relation = f"{self.text(larger)} {'>' if strict else '>='} {self.text(smaller)}"
        try:
            below, after = leaves_below(leaf, {"have": relation, "by": None, "in": None})
            (logs,) = leaves_below(below, {"compare": "log", "in": None})
        except Refused:
            return None
        line = [self.text(larger - smaller)]
        if not self.accepts(Goal(after, self.value, strict, (), ()), line):
            return None
        self.tries = TRIES
        found = self.in_case(logs, log(larger) - log(smaller), strict, facts)
        return (
            None if found is None else {"have": relation, "by": {"compare": "log", "in": found}, "in": {"line": line}}
        )

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

    def by_logarithms(self, leaf: Leaf, strict: bool, facts: Facts) -> Node | None:
        """The logarithms of the sides compared, where the larger or the smaller side is an exponential or a power."""
        if not any(isinstance(each, (exp, Pow)) or _is_power(each) for each in self.sides):
            return None
        self.tries = TRIES
        node: Node = {"compare": "log"}
        try:
            (below,) = leaves_below(leaf, {**node, "in": None})
        except Refused:
            return None
        smaller, larger = self.sides
        found = self.in_case(below, log(larger) - log(smaller), strict, facts)
        return None if found is None else {**node, "in": found}

    def by_quotient(self, leaf: Leaf, strict: bool, facts: Facts) -> Node | None:
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
                found = self.in_case(below, gap, strict, facts)
                if found is not None and self.accepts(Goal(after, gap, strict, (), ()), line["line"]):
                    return {**node, "by": found, "in": line}
        return None

    def split(self, leaf: Leaf, value: Expr, strict: bool, facts: Facts) -> Node | None:
        """In the cases of the signs of what stands in absolute values, the inner ones first."""
        first = min(value.atoms(Abs), key=lambda each: (each.count_ops(), str(each)), default=None)
        if first is None:
            return self.in_case(leaf, value, strict, facts)
        inner = first.args[0]
        for fact, _ in facts:  # said before
            for sign in (1, -1):
                if expand(fact - sign * inner) == 0:
                    return self.split(leaf, value.xreplace({first: sign * inner}), strict, facts)
        node: Node = {"if": f"{self.text(inner)} >= 0"}
        for key, below, sign in zip(("then", "else"), leaves_below(leaf, node), (1, -1), strict=True):
            more = (*facts, (sign * inner, ">=" if sign == 1 else ">"))
            found: Node | None = {"absurd": []} if below.impossible() else None
            at = Goal(below, value, strict, (), ())
            zero = self.sees(at, inner) and self.sees(at, -inner)  # the kernel may write it either way
            for one in (sign, -sign) if zero else (sign,):
                found = found or self.split(below, value.xreplace({first: one * inner}), strict, more)
            if found is None:
                return None
            node[key] = found
        return node

    def in_case(self, leaf: Leaf, value: Expr, strict: bool, more: Facts) -> Node | None:
        value, facts = self.hypotheses.put_in(expand_log(value, force=True))
        letters = tuple(sorted((each for each in value.free_symbols if each != of.n), key=str))
        order = tuple(sorted(letters, key=lambda each: (each not in self.back, str(each))))
        if of.n in value.free_symbols:
            order = (*order, of.n)
        names = tuple(sorted({*order, *(each for fact, _ in facts for each in fact.free_symbols)}, key=str))
        self.field = replace(self.told, gaps=(*self.told.gaps, *(fact for fact, _ in more)))
        points = tuple(islice(self.hypotheses.drawn(names, [*facts, *more]), POINTS))
        if not points:
            bare = Goal(leaf, value, strict, (), order)
            clash = self.clash(bare, more)
            found = next(({"line": each} for each in self.lines(bare) if self.accepts(bare, each)), None)
            if clash is not None or found is not None:
                return found or {"absurd": clash}
        if not points and more:  # what cannot be is shown as well
            points = tuple(islice(self.hypotheses.drawn(names, [*facts, *more[:1]]), POINTS))
        goal = Goal(leaf, value, strict, points, order)
        enough, alone = len(points) >= POINTS // 3, len(value.free_symbols) == 1 and not self.weighing
        self.tries = AT_FIRST
        found = self.prove(goal, DEEPEST) if enough and alone else None
        if found is None and alone:
            found = towers.derivation(self, replace(goal, points=()), [*facts, *more])
        self.tries = TRIES
        return found or (self.prove(goal, DEEPEST) or self.in_other_letters(goal) if enough else None)

    def clash(self, goal: Goal, more: Facts) -> list[str] | None:
        """What is positive by a case, and what is not negative by the others, with the sum 0."""
        for gap, op in more:
            if op == ">":
                for found in sums(expand(-gap), goal, self.field):
                    line = [self.text(each) for each in (gap, *found)]
                    with suppress(Refused):
                        leaves_below(goal.leaf, {"absurd": line})
                        return line
        return None

    def in_other_letters(self, goal: Goal) -> Node | None:
        """With a letter for a root, or an exponential, of the variable, or for 1/x."""
        for word, letter, value in other_letters(goal.value, goal):
            self.back[letter] = word.xreplace(self.back)
            work = function(word)
            points = tuple({**each, letter: work(each)} for each in goal.points)
            self.tries = TRIES
            node = self.prove(replace(goal, value=value, points=points, letters=(letter, *goal.letters)), DEEPEST)
            if node is not None:
                return node
        return None

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
        few = depth > 1 and len(goal.value.free_symbols) <= FEW
        found = self.at_a_glance(goal) if few else None
        found = found or self.by_factors(goal, depth) or self.by_order(goal) or self.by_root(goal)
        if found is None and depth and not goal.divided:
            found = self.by_weight(goal, depth, common_factor(goal.value, goal))
            if found is None and self.weighing:
                found = self.by_weight(goal, depth, positive_factors(goal.value, goal))
        return found or self.by_expansion(goal, depth)

    def by_weight(self, goal: Goal, depth: int, weights: Iterator[Expr]) -> Node | None:
        """What is left when the value is divided by what is positive."""
        for weight in weights:
            value = divided(goal.value, weight)
            relation = f"{self.text(value)} {'>' if goal.strict else '>='} 0"
            line = [f"({self.text(weight)})*({self.text(value)})"]
            try:
                below, after = leaves_below(goal.leaf, {"have": relation, "by": None, "in": None})
            except Refused:
                continue
            if not self.accepts(replace(goal, leaf=after), line):
                found = self.with_weight(goal, weight, value, depth)
                if found is not None:
                    return found
                continue
            found = self.prove(replace(goal, leaf=below, value=value, divided=True), depth)
            if found is not None:
                return {"have": relation, "by": found, "in": {"line": line}}
        return None

    def with_weight(self, goal: Goal, weight: Expr, value: Expr, depth: int) -> Node | None:
        """By parts of the rest, where the weight does not move with them."""
        letter, work = Dummy(positive=True), function(weight)
        self.back[letter] = weight.xreplace(self.back)
        points = tuple({**each, letter: work(each)} for each in goal.points)
        return self.by_expansion(replace(goal, value=letter * value, points=points, weighed=True), depth)

    def by_order(self, goal: Goal) -> Node | None:
        """In the cases of which of two letters is larger, where the value is the same with letters exchanged."""
        letters = sorted({*goal.letters, *self.field.known} - {of.n}, key=str)
        if not 2 <= len(letters) <= 3 or not (set(goal.letters) <= self.alike) or not is_polynomial(goal.value):
            return None
        return self.ordered(goal, list(combinations(letters, 2)))

    def ordered(self, goal: Goal, pairs: list[tuple[Symbol, Symbol]]) -> Node | None:
        if not pairs:
            return None
        (x, y), *others = pairs
        node: Node = {"if": f"{self.text(x)} >= {self.text(y)}"}
        if self.sees(goal, x - y) or self.sees(goal, y - x):
            return self.ordered(goal, others)
        work = function((x - y).xreplace(self.field.known))
        for key, below, sign in zip(("then", "else"), leaves_below(goal.leaf, node), (1, -1), strict=True):
            side = replace(goal, leaf=below, points=tuple(each for each in goal.points if sign * work(each) >= 0))
            lines = (line for line in self.lines(side) if side.points and self.accepts(side, line))
            found: Node | None = next(({"line": line} for line in lines), None) or self.ordered(side, others)
            if found is None:
                return None
            node[key] = found
        return node

    def shapes(self, expr: Expr, goal: Goal) -> Iterator[list[Expr]]:
        yield from shapes(expr, goal)
        if expr.is_Add:
            yield from sums(expr, goal, self.field)

    def sees(self, goal: Goal, expr: Expr) -> bool:
        return self.sign(goal.leaf, self.text(expr)) <= NOT_NEGATIVE

    def lines(self, goal: Goal) -> Iterator[list[str]]:
        yield [self.text(goal.value)]
        for each in self.shapes(goal.value, goal):
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
        number, factors = self.turned(goal, *factored(goal.value))
        if len(factors) < 2 and all(exponent == 1 for _, exponent in factors):
            return None
        found = self.as_product(goal, number, factors, depth)
        if found is None:
            return None
        text, steps, leaf = found
        return _after(steps, [text]) if self.accepts(replace(goal, leaf=leaf), [text]) else None

    def as_product(
        self, goal: Goal, number: Expr, factors: list[tuple[Expr, int]], depth: int
    ) -> tuple[str, list[Node], Leaf] | None:
        """The text of a product, what is shown before of its factors, and the leaf after that."""
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
        return f"{number}*{'*'.join(texts)}" if number != 1 else "*".join(texts), steps, leaf

    def turned(self, goal: Goal, number: Expr, factors: list[tuple[Expr, int]]) -> tuple[Expr, list[tuple[Expr, int]]]:
        """With factors that are not negative in place of those that are not positive."""
        found = list[tuple[Expr, int]]()
        for base, exponent in factors:
            down = exponent % 2 == 1 and base.is_Add and goal.is_not_negative(-base)
            number = -number if down else number
            found.append((-base if down else base, exponent))
        return number, found

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
        for shape in chain([[base]], ([s * each for each in shape] for shape in self.shapes(s * base, goal))):
            if len(shape) > 1 and not all(goal.is_not_negative(s * each) for each in shape):
                continue
            text = " + ".join(f"({self.text(each)})" for each in shape) if len(shape) > 1 else self.text(shape[0])
            if self.sign(goal.leaf, text) <= {s * each for each in wanted}:
                return text, None
        by_squares = self.of_roots(goal, s * base)
        if by_squares is not None:
            return self.text(base), by_squares
        if depth == 0:
            return None
        text = self.text(s * base)
        strict = goal.strict
        relation = f"{text} {'>' if strict else '>='} 0"
        below = leaves_below(goal.leaf, {"have": relation, "by": None, "in": None})
        found = self.prove(replace(goal, leaf=below[0], value=s * base), depth - 1)
        return None if found is None else (self.text(base), {"have": relation, "by": found})

    def by_root(self, goal: Goal) -> Node | None:
        """The only term with roots, compared with the others by squares."""
        value = expand(goal.value)
        node, line = self.of_roots(goal, value), [self.text(value)]
        if node is None or not self.accepts(replace(goal, leaf=leaves_below(goal.leaf, {**node, "in": None})[1]), line):
            return None
        return {**node, "in": {"line": line}}

    def of_roots(self, goal: Goal, base: Expr) -> Node | None:
        """That a term with roots is at least what is taken off, by their squares."""
        roots = [
            each for each in Add.make_args(base) if any(x.exp.is_Rational and x.exp.q > 1 for x in each.atoms(Pow))
        ]
        large = max(roots, key=lambda each: not each.could_extract_minus_sign(), default=base)
        small = large - base
        if not roots or small == 0 or len(roots) > 2:
            return None
        relation = f"{self.text(large)} {'>' if goal.strict else '>='} {self.text(small)}"
        value = expand(expand_power_base(large**2) - expand_power_base(small**2))
        try:
            below, _ = leaves_below(goal.leaf, {"have": relation, "by": None, "in": None})
            (squares,) = leaves_below(below, {"compare": "square", "in": None})
        except Refused:
            return None
        inner = replace(goal, leaf=squares, value=value)
        line = next((each for each in self.lines(inner) if self.accepts(inner, each)), None)
        return None if line is None else {"have": relation, "by": {"compare": "square", "in": {"line": line}}}

    # --- expansions ---

    def at_a_glance(self, goal: Goal) -> Node | None:
        """One expansion from a simple start, whose remainder is seen to have its sign; no try is spent."""
        left = self.tries
        steps = (step for step in expansions(goal, self.starts) if step.left == 0)
        found = next(filter(None, (self.expanded(goal, step, 1) for step in steps)), None)
        self.tries = left
        return found

    def by_expansion(self, goal: Goal, depth: int) -> Node | None:
        """The first expansion of which the rest is shown; where the derivative is 0 is asked only if need be.

        What is left of a strict inequality when it is divided is not 0 at a simple number.
        """
        ways = (solved, self.starts) if goal.divided and goal.strict else (self.starts, solved)
        for starts in ways if depth else ():
            for step in expansions(goal, starts):
                if self.tries <= 0:
                    return None
                self.tries -= 1
                found = self.left_over(goal, step, depth) if step.left != 0 else self.expanded(goal, step, depth)
                if found is not None:
                    return found
        return None

    def starts(self, goal: Goal, letter: Symbol, slope: Expr) -> Iterator[Expr]:
        return simple(goal, letter, self.ends(letter))

    def ends(self, letter: Symbol) -> Iterator[Expr]:
        for each in self.given:
            for side, other in ((each.lhs, each.rhs), (each.rhs, each.lhs)):
                if self.read(side) == letter:
                    yield self.read(other)
        if letter == of.n:
            yield Integer(self.least)

    def expanded(
        self, goal: Goal, step: Expansion, depth: int, scaled: bool = True, one_side: bool = False
    ) -> Node | None:
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
            return None if one_side else self.by_sides(goal, step, depth)
        by = float(scale)
        here = zip(goal.points, between(goal, step), strict=True)
        points = tuple({**point, t: there[step.letter] / by} for point, there in here)
        derivative = scale**step.order * expand_log(step.derivative.xreplace(moved), force=True)
        value = (t - start) ** step.order * derivative
        inner = Goal(below, value, goal.strict, points, (t, *goal.letters))
        if not one_side and self.direction(goal, step) == {-1, 0, 1}:  # a line, or else each side by itself
            found = self.prove(inner, 0)
            if found is None:
                return self.by_sides(goal, step, depth)
        else:
            found = self.prove(inner, 0 if goal.weighed else depth - 1)
            found = found or self.by_parts(inner, h, step, t, depth - 1)
        return None if found is None else {**node, "by": found}

    def direction(self, goal: Goal, step: Expansion) -> frozenset[int]:
        return self.sign(goal.leaf, f"{self.text(step.letter)} - ({self.text(step.start)})")

    def by_parts(self, goal: Goal, h: Expr, step: Expansion, t: Symbol, depth: int) -> Node | None:
        """The derivatives of parts of h with one logarithm each, each shown to have the sign."""
        by = (t - step.start) ** step.order
        values = [by * each for each in (tidy(diff(each, t, step.order)) for each in parts(h, t)) if each != 0]
        if len(values) < 2 or depth == 0 or not all(map(goal.is_not_negative, values)):
            return None
        bounds = self.bounded_by(goal.leaf, step, t)
        goal = replace(
            goal, leaf=reduce(lambda leaf, said: leaves_below(leaf, {**said, "in": None})[1], bounds, goal.leaf)
        )
        leaf, steps, line = goal.leaf, list[Node](), list[str]()
        for value in values:
            shown = self.as_product(replace(goal, leaf=leaf), *self.turned(goal, *factored(value)), depth)
            if shown is None:
                return None
            text, more, leaf = shown
            line.append(text)
            steps += more
        return _after([*bounds, *steps], line) if self.accepts(replace(goal, leaf=leaf), line) else None

    def bounded_by(self, leaf: Leaf, step: Expansion, t: Symbol) -> list[Node]:
        """That what a hypothesis says is positive at the end is so at t, between the start and the end."""
        found = list[Node]()
        for x, op, y in self.hypotheses.sides:
            gap = x - y if op in (">", ">=") else y - x
            if op in ("<", ">") and gap.free_symbols == {step.letter} and gap.diff(step.letter).is_number:
                here, end = gap.xreplace({step.letter: t}), gap.xreplace({step.letter: step.start})
                for other in (gap, end):
                    line: Node = {"line": [self.text(other), self.text(expand(here - other))]}
                    said: Node = {"have": f"{self.text(here)} > 0", "by": line}
                    with suppress(Refused):
                        leaves_below(leaves_below(leaf, {**said, "in": None})[0], line)
                        found.append(said)
                        break
        return found

    def by_sides(self, goal: Goal, step: Expansion, depth: int) -> Node | None:
        """On the two sides of where it starts, if both are possible."""
        letter, start = self.text(step.letter), self.text(step.start)
        known = self.direction(goal, step)
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
            found = self.expanded(side, step, depth, scaled=sign == 1, one_side=True)
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
