"""Inequalities for differences of means, and for the shares of subsets, by bounds of the values.

    derivation(claim, judge, solve) -> Node | None

For values v between a and b, with mean m; for numbers u with sum 0, shares q, and subsets A and B:

    variation        (b - a)/2 sum |u| - sum u v        at each class |u| - u stands beside v - a, |u| + u beside b - v
    spread           (b - a)/2 - sum q |v - m|          over all pairs of a class above the mean, and one below it
    Popoviciu        (b - a)^2/4 - var(v)               a square, and v - a beside b - v at each class
    moments          sum q (v - m)^2 (b - a - (v - m))  as no value is further than b - a from the mean
    Cantelli         S/(S + c^2) - q(A)                 S = sum q x^2, and x >= c in A: the square of c x + S
    Paley, Zygmund   q(A) - (m - h)^2/sum q v^2         v <= h outside of A: the square of 1 - (m - h) v/sum q v^2
    Neyman, Pearson  sum_A g - sum_B g                  g >= 0 in A, and g <= 0 outside of A

The larger side less the smaller one is fitted as a sum of these. What is known of sum |u|, as Pinsker's inequality
says it, is then a bound of sum u v. Sources: Boucheron, Lugosi and Massart 2013, 2; Paley and Zygmund 1932; Neyman
and Pearson 1933.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations, product

from sympy import Abs, Add, Expr, Integer, Mul, Symbol

from symbolic.kernel.read import Hypothesis
from symbolic.kernel.read import Relation as Equation
from symbolic.kernel.refused import Refused
from symbolic.kernel.terms import Sum, Term, inside
from symbolic.language import notation as of
from symbolic.language.claims import Always, Claim, Relation, bounds, parts, relation
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Frame, Judge, Node, both_signs
from symbolic.search.differences import Bound, fitted
from symbolic.search.evidence import MANY
from symbolic.search.logarithms import Normed, is_of_sum
from symbolic.search.shapes import HOLE, Words
from symbolic.search.totals import Solve, unfolded
from symbolic.search.values import Names

__all__ = ["derivation"]

HOW = ("in", "not in")


def derivation(claim: Claim, judge: Judge, solve: Solve) -> Node | None:
    """A sum of these bounds; else, of a sum of u v, the bound by a sum of |u|, and what `solve` knows of that."""
    if claim.op not in ("<=", ">=", "<", ">"):
        return None
    reading = _Reading(claim)
    if not (reading.ranges or reading.inside):
        return None
    fit = both_signs(claim, lambda said: _fit(said, judge)) or _fit(claim, judge)
    return fit or next((node for node in _through(reading, judge, solve) if judge(claim, node) is None), None)


def _fit(claim: Claim, judge: Judge) -> Node | None:
    reading = _Reading(claim)
    try:
        guess = _Loose(claim, Frame(), count=MANY)
    except Refused:
        return None
    if len(guess.target) < MANY // 4 or all(abs(each) < 1e-12 for each in guess.target):
        return None
    bounds = list(reading.bounds())
    node = fitted(guess, bounds, reading.factors)
    nodes = [node] if node is not None else [{"line": [*each.line]} for each in bounds if each.line]
    k = reading.words.letters[0]
    nodes += [reduce(lambda inner, v: v.not_negative(k, inner), reading.ranges, node) for node in nodes[:1]]
    return next((node for node in nodes if judge(claim, node) is None), None)


def _through(reading: _Reading, judge: Judge, solve: Solve) -> Iterator[Node]:
    """By E = (b - a)/2 sum |u|: the smaller side is at most E, and what it is of sum |u|, at most the larger one."""
    claim, k = reading.claim, of.class_named(reading.words.letters[0])
    small, large = claim.ordered
    base, power = small.as_base_exp()
    for u, v in product(reading.moving, reading.ranges) if power in (1, 2) else ():
        total = of.Sum(abs(u.xreplace({HOLE: k})), k) / 2
        rest = large / v.width**power
        if any(rest.has(each) for each in (v.low, v.high) if not each.is_number) or not rest.has(of.Sum, of.Head):
            continue
        middle = v.width * total
        first = _said(claim, abs(base) if power == 2 else base, middle)
        by = both_signs(first, lambda said: _fit(said, judge)) or _fit(first, judge)
        below = solve(_about(_said(claim, total**power, rest), u)) if by else None
        if by and below:
            if power == 2:
                square: Node = {
                    "line": [f"({plain(middle)} - abs({plain(base)}))*({plain(middle)} + abs({plain(base)}))"]
                }
                by = {"have": plain(first.relation), "by": by, "in": v.not_negative(str(k), square)}
            line: Node = {"line": [f"({plain(v.width)})^{power}*({plain(rest)} - {plain(total**power)})"]}
            shown = {"have": f"{plain(total**power)} <= {plain(rest)}", "by": below, "in": v.not_negative(str(k), line)}
            shown = shown if v.width != 1 else below
            yield {"through": plain(middle**power), "op": "<=", "why": "", "by": by, "in": shown}


def _about(claim: Claim, u: Expr) -> Claim:
    """The claim without the hypotheses on other families."""
    families = u.atoms(of.Family)
    return replace(claim, given=tuple(each for each in claim.given if not isinstance(each, Relation) or families
                                      & (each.lhs.atoms(of.Family) | each.rhs.atoms(of.Family))), text="")  # fmt: skip


def _said(claim: Claim, small: Expr, large: Expr) -> Claim:
    return replace(claim, relation=relation(small, "<=", large), text="")


class _Loose(Normed):
    """A guess at points where hypotheses about parts need not hold: what these make 0, or positive, is fitted."""

    def _draw(self, given: list[Hypothesis], names: Names, difference: Term) -> None:
        super()._draw([each for each in given if not _of_a_part(each)], names, difference)


def _of_a_part(given: Hypothesis) -> bool:
    match given:
        case Equation(lhs, _, rhs, every):
            sums = any(isinstance(each, Sum) for side in (lhs, rhs) for each in inside(side))
            return any(among.members for _, among in every) or (sums and not is_of_sum(given))
    return False


@dataclass(frozen=True)
class _Range:
    """Values, as an expression at a class, what they are at least and at most, and the texts of both gaps."""

    v: Expr
    low: Expr
    high: Expr
    gaps: tuple[Expr, ...] = ()  # of |v| to its bound

    @property
    def width(self) -> Expr:
        return self.high - self.low

    def not_negative(self, k: str, node: Node) -> Node:
        """That b - a is not negative, and then the node."""
        by: Node = {"line": [f"sum({self.above(k)} + {self.below(k)}, {k})/n"]}
        return node if self.width.is_number else {"have": f"{plain(self.width)} >= 0", "by": by, "in": node}

    def above(self, k: str) -> str:
        """v - a, as a sum in which no term is negative."""
        return self._gap(k, f"{_at(self.v, k)} - ({plain(self.low)})", "+")

    def below(self, k: str) -> str:
        return self._gap(k, f"{plain(self.high)} - {_at(self.v, k)}", "-")

    def _gap(self, k: str, text: str, sign: str) -> str:
        v = _at(self.v, k)
        return f"({_at(self.gaps[0], k)} + (abs({v}) {sign} {v}))" if self.gaps else f"({text})"


def visible(*line: str) -> Bound:
    """What is not negative by the form of its summands, and by hypotheses."""
    return Bound(line[0] if len(line) == 1 else f"({' + '.join(line)})", None, (), line)


def _at(expr: Expr, k: str) -> str:
    text = plain(expr.xreplace({HOLE: of.class_named(k)}))
    return f"({text})" if expr.is_Add else text


class _Reading:
    """What a claim says of shares, values and subsets."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.all = set(parts(claim))
        self.words = Words.of(claim)
        self.inside = [
            each for each in claim.given
            if isinstance(each, Always) and [*map(type, each.conditions)] in ([of.In], [of.NotIn])
        ]  # fmt: skip
        self.moving = list(dict.fromkeys((*self._absolute(), *self._differences())))
        self.ranges = list(dict.fromkeys(self._ranges()))
        self.scalars = sorted({each for each in self.all if type(each) is Symbol and not each.is_integer}, key=str)
        self.numbers = list(map(plain, self.scalars))

    @property
    def factors(self) -> tuple[str, ...]:
        """What a bound may be multiplied with."""
        spoken = [plain(x) for x in (of.n, of.lam) if x in self.all or (x == of.lam and of.T in self.all)]
        spoken += [f"lambda^{e}" for e in (2, 3) if "lambda" in spoken]
        over = [f"1/{x}" for x in spoken] + [f"1/{x}^2" for x in self.numbers]
        widths = [f"({plain(each.width)})" for each in self.ranges]
        return tuple(dict.fromkeys(("1", *spoken, *widths, *self.numbers, *over)))

    @property
    def shares(self) -> list[Expr]:
        """What has the sum 1 over all classes, at a class; equal shares."""
        known = [each for each in self.claim.given if isinstance(each, Relation) and (each.op, each.rhs) == ("==", 1)]
        found = [each.lhs.opened(HOLE) for each in known if isinstance(each.lhs, of.Sum) and not each.lhs.conditions]
        softmaxes = [each for each in self.all if isinstance(each, of.Softmax)]
        softmaxes += [of.p for each in self.all if isinstance(each, of.UnderP | of.Probability) or each == of.Z][:1]
        found += [each[HOLE] for each in softmaxes]
        return list(dict.fromkeys(sorted(found, key=plain))) + ([1 / of.n] if of.n in self.all else [])

    @property
    def families(self) -> list[Expr]:
        """The families that are not negative, at a class."""
        said = [each for each in self.claim.given if isinstance(each, Relation) and each.op in (">", ">=")]
        return [each.lhs.family[HOLE] for each in said if isinstance(each.lhs, of.Entry) and each.rhs == 0]

    def _absolute(self) -> Iterator[Expr]:
        """u, for each sum of |u|."""
        for each in sorted((each for each in self.all if isinstance(each, of.Sum | of.Mean)), key=plain):
            whole = unfolded(each)
            body = whole.opened(HOLE) if isinstance(whole, of.Sum) and not whole.conditions else Integer(0)
            found = [x for x in Mul.make_args(body) if isinstance(x, Abs)]
            if len(found) == 1:
                yield body.xreplace({found[0]: found[0].args[0]})

    def _differences(self) -> Iterator[Expr]:
        """q - r, where a function of both may be known to bound it."""
        several = sum(isinstance(each, of.Softmax) for each in self.all) > 1
        if several or any(isinstance(each, of.Divergence) or each.is_Pow for each in self.all):
            yield from (q - r for q, r in combinations(self.shares, 2))

    def _ranges(self) -> Iterator[_Range]:
        """What each value is at least, and at most: by hypotheses, or its extremes, where the claim speaks of these."""
        gaps = [(each.lhs, each.rhs) if each.op in ("<", "<=") else (each.rhs, each.lhs)
                for each in self.claim.given if isinstance(each, Relation) and each.op not in ("==", "!=")]  # fmt: skip
        own = of.free(self.claim.lhs) | of.free(self.claim.rhs)
        low: dict[Expr, Expr] = {}
        high: dict[Expr, Expr] = {}
        for small, large in gaps:
            for found, x, bound in ((low, large, small), (high, small, large)):
                absolute = isinstance(x, Abs)
                entry = x.args[0] if absolute else x
                if isinstance(entry, of.Entry) and entry.index not in own and not bound.has(entry.index):
                    v = entry.family[HOLE]
                    if absolute and found is high:
                        yield _Range(v, -bound, bound, (bound - abs(v),))
                    elif not absolute:
                        found[v] = bound
        yield from (_Range(v, low[v], high[v]) for v in low if v in high)
        for each in sorted((each for each in self.all if isinstance(each, of.Maximum)), key=plain):
            v = each.opened(HOLE)
            if isinstance(v, Abs) and not each.conditions and not isinstance(each, of.Minimum):
                yield _Range(v.args[0], -each, each, (each - v,))
            elif isinstance(v, of.Entry) and not each.conditions:
                yield _Range(v, of.Minimum(v, HOLE), of.Maximum(v, HOLE))

    # --- what is not negative ---

    def bounds(self) -> Iterator[Bound]:
        for u in self.moving:
            k = self.words.letters[0]
            yield visible(f"sum(abs({_at(u, k)}), {k})")
            yield from (self.variation(u, v, sign) for v in self.ranges for sign in ("", "-"))
        for q, v in product(self.shares, self.ranges):
            yield from self.popoviciu(q, v)
            yield self.spread(q, v)
            yield from self.moments(q, v)
        yield from self.below_the_largest()
        for each in self.inside:
            yield from self.of_subset(each)
        for said in self.claim.given:
            if isinstance(said, Relation) and said.op != "!=" and said.lhs.has(of.Sum) and said.rhs != 1:
                yield from map(visible, self.of_hypothesis(said))

    def of_hypothesis(self, said: Relation) -> list[str]:
        """Its larger side less the smaller one; of an equation, any multiple."""
        gap = f"({plain(said.lhs)} - ({plain(said.rhs)}))"
        if said.op == "==":
            return [f"{sign}{x}*{gap}" for x in ("1", *self.numbers) for sign in ("", "-")]
        return [gap if said.op in (">", ">=") else f"-{gap}"]

    def below_the_largest(self) -> Iterator[Bound]:
        """c - s (max v - mean v), where (n - 1) e^-(c + 1) is at most c, as n is bounded: e^(x - c - 1) >= x - c."""
        k, most = self.words.letters[0], bounds(self.claim.given)[1]
        terms = [x for side in (self.claim.lhs, self.claim.rhs) for x in Add.make_args(side)]
        numbers = dict.fromkeys(abs(each.as_coeff_Mul()[0]) for each in terms)
        for (v, s), c in product(self.words.rates, numbers):
            if v.family() and most is not None:
                share, largest, over = v.share("" if s == "1" else s, "{}", "l"), f"max({v.family()})", f"exp({c + 1})"
                x = f"({s}*({v.at('a')} - {v.at(k)}) - {c + 1})"
                line = [f"sum({share.format(k)}*(exp({x}) - 1 - {x}), {k} != a)"]
                line += [f"{share.format('a')}*({c} - {most - 1}/{over})", f"{share.format('a')}*({most} - n)/{over}"]
                mean = f"sum({share.format(k)}*{v.at(k)}, {k})"
                yield Bound(f"({c} - {s}*({largest} - {mean}))", {"line": line}, (("a", largest),))

    def variation(self, u: Expr, v: _Range, sign: str) -> Bound:
        k = self.words.letters[0]
        of_u = _at(u, k)
        size, signed = f"abs({of_u})", f"{sign}({of_u})"
        return visible(f"sum(({size} - {signed})/2*{v.above(k)} + ({size} + {signed})/2*{v.below(k)}, {k})")

    def mean(self, q: Expr, v: Expr) -> str:
        m = self.words.letters[2]
        return f"sum({_at(q, m)}*{_at(v, m)}, {m})"

    def popoviciu(self, q: Expr, v: _Range) -> Iterator[Bound]:
        """(b - a)^2/4 - var(v) as a square and a sum of products of gaps; and var(v)."""
        k, middle = self.words.letters[0], f"({plain(v.high)} + {plain(v.low)})/2"
        yield visible(f"({middle} - {self.mean(q, v.v)})^2", f"sum({_at(q, k)}*{v.above(k)}*{v.below(k)}, {k})")
        yield visible(f"sum({_at(q, k)}*({_at(v.v, k)} - {self.mean(q, v.v)})^2, {k})")

    def spread(self, q: Expr, v: _Range) -> Bound:
        """With B for the classes that are not below the mean."""
        k, l, _ = self.words.letters
        x, width = f"({_at(v.v, k)} - {self.mean(q, v.v)})", f"({plain(v.width)})"
        inside, outside = (f"sum({_at(q, k)}, {k} {where} B)" for where in ("in", "not in"))
        pairs = f"sum(sum({_at(q, k)}*{_at(q, l)}*({v.below(k)} + {v.above(l)}), {l} not in B), {k} in B)"
        line = [f"{width}*({inside} - {outside})^2/2", f"2*{pairs}"]
        line += [f"sum({_at(q, k)}*({sign}{x} - abs({x})), {k} {where} B)"
                 for sign, where in (("", "in"), ("-", "not in"))]  # fmt: skip
        by: Node = {"classes": "B", "of": f"count({x} >= 0, {k})", "in": {"line": line}}
        return Bound(f"({width}/2 - sum({_at(q, k)}*abs({x}), {k}))", v.not_negative(k, by))

    def moments(self, q: Expr, v: _Range) -> Iterator[Bound]:
        """By how far a value is from the mean at most, on both sides."""
        k, l, _ = self.words.letters
        mean, width = self.mean(q, v.v), f"({plain(v.width)})"

        def x(at: str) -> str:
            return f"({_at(v.v, at)} - {mean})"

        up: Node = {"line": [v.below(l), f"sum({_at(q, k)}*{v.above(k)}, {k})"]}
        down: Node = {"line": [v.above(l), f"sum({_at(q, k)}*{v.below(k)}, {k})"]}
        both: Node = {"if": f"{x(l)} >= 0", "then": up, "else": down}
        for gap, by in (("{w} - {x}", up), ("{w} + {x}", down), ("{w} - abs{x}", both), ("{w}^2 - {x}^2", both)):
            here, there = (gap.format(w=width, x=x(at)) for at in (k, l))
            line = f"sum({_at(q, k)}*{x(k)}^2*({here}), {k})"
            shown: Node = {"have": f"{there} >= 0", "by": by, "in": {"line": [line]}}
            if gap.endswith("^2"):
                line = f"sum({_at(q, k)}*{x(k)}^2*({width} - abs{x(k)})*({width} + abs{x(k)}), {k})"
                least = v.not_negative(k, {"line": [line]})
                shown = {"have": f"{width} - abs{x(l)} >= 0", "by": both, "in": least}
            yield Bound(line, shown)

    def of_subset(self, each: Always) -> Iterator[Bound]:
        """What a hypothesis about the classes in a subset, or outside of it, says of the shares."""
        (condition,) = each.conditions
        where, other = ("in", "not in") if isinstance(condition, of.In) else ("not in", "in")
        subset, said = condition.args[0], each.relation
        small, large = (said.rhs, said.lhs) if said.op in (">", ">=") else (said.lhs, said.rhs)
        small, large = (x.xreplace({each.bound: HOLE}) for x in (small, large))
        k = self.words.letters[0]
        inside, outside = f"{k} {where} {subset}", f"{k} {other} {subset}"
        weights = dict.fromkeys((Integer(1), *self.shares, *self.families))
        for q in weights:
            g = f"{_at(q, k)}*{_at(large - small, k)}"
            among = [
                inside,
                *(f"{inside}, {k} {how} {b}" for b in self.words.subsets if b != str(subset) for how in HOW),
            ]
            yield from (visible(f"sum({g}, {each})") for each in among)
        for q in self.shares:
            if not small.has(HOLE):
                yield from self.above(q, small, large, inside, outside)
            for c in (x for x in self.scalars if (large - small).has(x)):
                yield from self.cantelli(q, large - small, c, inside, outside)
            for v, h in ((small, large), (large, small)) if said.op == "==" else ((small, large),):
                if not h.has(HOLE):
                    yield from self.paley_zygmund(q, v, h, inside, outside)

    def above(self, q: Expr, c: Expr, x: Expr, inside: str, outside: str) -> Iterator[Bound]:
        """For x >= c >= 0 in A: sum q x - c q(A), where x >= 0, and sum q x^2 - c^2 q(A); q(A) less its square."""
        k = self.words.letters[0]
        share, value, least = _at(q, k), _at(x, k), f"({plain(c)})"
        for by in ("", f"/{least}"):
            yield visible(f"sum({share}*({value} - {least}), {inside}){by}", f"sum({share}*{value}, {outside}){by}")
        squares = f"sum({share}*({value} - {least})*({value} + {least}), {inside})"
        yield visible(squares, f"sum({share}*{value}^2, {outside})")
        yield visible(f"{least}^2*sum({share}, {inside})*sum({share}, {outside})")

    def cantelli(self, q: Expr, gap: Expr, c: Symbol, inside: str, outside: str) -> Iterator[Bound]:
        k, _, m = self.words.letters
        g, x, xm = _at(gap, k), _at(gap + c, k), _at(gap + c, m)
        s = f"sum({_at(q, m)}*{xm}^2, {m})"
        for below in (f"/({s} + {c}^2)^2", f"/({s} + {c}^2)"):
            line = (f"sum({_at(q, k)}*{c}*{g}*({c}*{g} + 2*{s} + 2*{c}^2), {inside}){below}",
                    f"sum({_at(q, k)}*({c}*{x} + {s})^2, {outside}){below}")  # fmt: skip
            yield visible(*line)

    def paley_zygmund(self, q: Expr, v: Expr, h: Expr, inside: str, outside: str) -> Iterator[Bound]:
        k, _, m = self.words.letters
        letter = of.class_named(m)
        ratio = unfolded(h) / of.Sum((q * v).xreplace({HOLE: letter}), letter)
        mean, squares = self.mean(q, v), f"sum({_at(q, m)}*{_at(v, m)}^2, {m})"
        missing = f"({mean} - ({plain(h)}))" if ratio.has(of.Sum) else f"(1 - ({plain(ratio)}))*{mean}"
        a = f"({missing}/{squares})"
        for by in ("", f"*{squares}"):
            line = (f"sum({_at(q, k)}*(1 - {a}*{_at(v, k)})^2, {outside}){by}",
                    f"2*{a}*sum({_at(q, k)}*({plain(h)} - {_at(v, k)}), {inside}){by}",
                    f"2*{a}*({plain(h)})*sum({_at(q, k)}, {outside}){by}",
                    f"{a}^2*sum({_at(q, k)}*{_at(v, k)}^2, {inside}){by}")  # fmt: skip
            yield visible(*line)
