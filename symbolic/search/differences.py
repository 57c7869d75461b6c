"""Bounds for the difference of two softmax vectors, and of their log-sum-exps.

    derivation(claim, judge) -> Node | None

With d = z - w, u = softmax(s z) - softmax(s w) and L = logsumexp(s z) - logsumexp(s w), where max |d| is M:

    one class   s (max d - min d)/4 - |u_i|         all       s (max d - min d)/2 - \\sum |u|
    a subset    s (max d - min d)/4 - |\\sum_A u|    2 M - (max d - min d),  \\sum |d| - (max d - min d)
    L           between s \\sum softmax(s w) d and s \\sum softmax(s z) d, the means of d, each at most M

    odds        tanh(s (max d - min d)/4) is at least |u_i|, |\\sum_A u|, \\sum |u|/2

The first three by Taylor's theorem along the line w + t d, where the derivative is a covariance: with Q the share of
the classes in question, it is at most Q (1 - Q) (max d - min d). \\sum |u| is twice the sum of u over the classes where
it is not negative. The larger side less the smaller one is fitted as a sum of these. Source: Gao and Pavel 2017.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, permutations

from sympy import Abs, Expr, Mul, Pow, Rational, exp
from sympy.core.function import expand_power_base

from symbolic.kernel.refused import Refused
from symbolic.language import notation as of
from symbolic.language.claims import Claim
from symbolic.language.comparison import compared
from symbolic.language.typeset import plain
from symbolic.search import several
from symbolic.search.case_trees import Frame, Judge, Node
from symbolic.search.classical import Lemma, half, variance
from symbolic.search.evidence import MANY
from symbolic.search.logarithms import Normed, times
from symbolic.search.shapes import Body, Words

__all__ = ["Bound", "derivation", "fitted"]

HALF = Rational(1, 2)


def derivation(claim: Claim, judge: Judge) -> Node | None:
    """The first way to write the difference of the sides that the kernel accepts."""
    if claim.op not in ("<=", ">="):
        return None
    words = Words.of(claim)
    if len(words.rates) < 2:
        return None
    for node in _nodes(claim):
        if judge(claim, node) is None:
            return node
    return None


def _nodes(claim: Claim) -> Iterator[Node]:
    """The sides as they stand; a largest value where it is attained; an absolute value by both signs; logarithms."""
    small = claim.lhs if claim.op == "<=" else claim.rhs
    top = next((each for each in small.atoms(of.Maximum) if each.has(Abs) and not isinstance(each, of.Minimum)), None)
    if top is not None:
        one = _with(claim, small.xreplace({top: top.opened(of.class_named("h"))}))
        attained = _with(claim, small.xreplace({top: top.opened(of.class_named("g"))}))
        larger, smaller = (attained.rhs, attained.lhs) if claim.op == "<=" else (attained.lhs, attained.rhs)
        last: Node = {"let": "g", "of": plain(top), "in": {"line": [f"{plain(larger)} - {plain(smaller)}"]}}
        yield from ({"have": plain(one.relation), "by": node, "in": last} for node in _nodes(one))
        return
    absolute = _absolute(small)
    if absolute is not None:
        rooted = any(isinstance(each, Pow) and each.exp == HALF for each in (claim.lhs * claim.rhs).atoms(Pow))
        inside = absolute.args[0]
        both = [
            next(_lines(_squared(one) if rooted else one, plain(each)), None)
            for each in (inside, -inside)
            for one in [_with(claim, small.xreplace({absolute: each}))]
        ]
        if both[0] is not None and both[1] is not None:
            node = _in_both_cases(f"{plain(inside)} >= 0", both[0], both[1])
            yield {"compare": "square", "in": node} if rooted else node
        return
    yield from _lines(claim)
    if claim.lhs.has(exp, of.Softmax) and claim.rhs.has(exp) and 0 not in (claim.lhs, claim.rhs):
        yield from ({"compare": "log", "in": node} for node in _lines(compared("log", claim)))


def _in_both_cases(case: str, one: Node, other: Node) -> Node:
    """What both show first is shown once, before the case."""
    if "have" in one and (one["have"], one["by"]) == (other.get("have"), other.get("by")):
        return {"have": one["have"], "by": one["by"], "in": _in_both_cases(case, one["in"], other["in"])}
    return {"if": case, "then": one, "else": other}


def _with(claim: Claim, small: Expr) -> Claim:
    """The same with another side where the smaller one is."""
    sides = {"lhs": small} if claim.op == "<=" else {"rhs": small}
    return replace(claim, relation=replace(claim.relation, **sides), text="")


def _absolute(small: Expr) -> Abs | None:
    """|x|, if the side is a multiple of it outside of binders."""
    found = [each for each in Mul.make_args(small) if isinstance(each, Abs)]
    return found[0] if len(found) == 1 else None


def _squared(claim: Claim) -> Claim:
    sides = (expand_power_base(side**2) for side in (claim.lhs, claim.rhs))
    return replace(claim, relation=replace(claim.relation, **dict(zip(("lhs", "rhs"), sides, strict=True))), text="")


def _lines(claim: Claim, positive: str = "") -> Iterator[Node]:
    """Sums of lemmas and of visible pieces, fitted at random points; of what may be used as positive, if that is L."""
    try:
        guess = Normed(claim, Frame(), count=MANY)
    except Refused:
        return
    values = guess._row(positive) if positive else None
    if values is not None:
        kept = [at for at, each in enumerate(values) if each >= 0]
        guess.at, guess.target = [guess.at[each] for each in kept], [guess.target[each] for each in kept]
    if len(guess.target) < MANY // 4 or all(abs(each) < 1e-12 for each in guess.target):
        return
    written = plain(claim)
    for (e, s), (f, c) in combinations(dict.fromkeys(map(_apart, guess.words.rates)), 2):
        if s == c:
            if any(f"{f.at(each)} - {e.at(each)}" in written for each in "kl"):  # as it is written
                e, f = f, e
            pair = _Pair(e, f, "" if s == "1" else s if s.isalnum() else f"({s})", guess.words)
            node = fitted(
                guess,
                [
                    *pair.lemmas(),
                    *pair.of_square(positive),
                    *(pair.by_odds() if "tanh" in written or "exp" in written else ()),
                ],
                ("1", s, f"1/{s}", f"{s}^2", f"1/{s}^2") if s != "1" else ("1",),
            )
            if node is not None:
                yield node


def _apart(rate: tuple[Body, str]) -> tuple[Body, str]:
    """(c w, 1) as (w, c), and (w/T, 1) as (w, lambda)."""
    body, scale = rate
    first, _, rest = body.partition("*")
    if scale == "1" and rest.endswith("]") and first.isidentifier():
        return Body(rest), first
    if scale == "1" and body.endswith("/T"):
        return Body(body.removesuffix("/T")), "lambda"
    return rate


def fitted(guess: Normed, lemmas: list[Bound], factors: tuple[str, ...]) -> Node | None:
    """The difference of the sides as a sum of lemmas with factors: those with a derivation of their own come first."""
    known = {each.gap: each for each in lemmas}
    scales = [each for each in guess._rows(factors) if min(each[1]) > 0]
    columns: list[tuple[str, Bound, list[float]]] = []
    for gap, row in guess._rows(known):
        for factor, scale in scales if known[gap].line or min(row) > -1e-9 else ():
            columns.append((factor, known[gap], [x * y for x, y in zip(row, scale, strict=True)]))
    found = several.nonnegative(guess.target, [row for _, _, row in columns])
    if found is None:
        return None
    chosen = [(times(str(by), columns[at][0]), columns[at][1]) for at, by in found]
    node: Node = {"line": [times(by, piece) for by, each in chosen for piece in each.line or (each.gap,)]}
    for name, extreme in reversed(next((each.lets for _, each in chosen if each.line), ())):
        node = {"let": name, "of": extreme, "in": node}
    for each in {each.gap: each for _, each in chosen}.values():
        node = each.before(node)
    return node


@dataclass(frozen=True, eq=False)
class Bound(Lemma):
    """A lemma, or what is visible where extremes are attained, as the summands in `line`."""

    line: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Pair:
    """Two families e and f, at the inverse temperature s; nothing stands for 1."""

    e: Body
    f: Body
    s: str
    words: Words

    @property
    def rate(self) -> str:
        return f"{self.s}*" if self.s else ""

    def d(self, at: str) -> str:
        return f"({self.e.at(at)} - {self.f.at(at)})"

    def share(self, x: Body, at: str) -> str:
        return x.share(self.s, at, self.words.letters[2])

    def u(self, at: str) -> str:
        return f"({self.share(self.e, at)} - {self.share(self.f, at)})"

    def q(self, at: str) -> str:
        """The softmax at w + t d."""
        letter = self.words.letters[2]
        moving = "exp({0}({1} + t*{2}))"
        here, there = (moving.format(self.rate, self.f.at(x), self.d(x)) for x in (at, letter))
        return f"{here}/sum({there}, {letter})"

    @property
    def extremes(self) -> tuple[str, str]:
        k = self.words.letters[0]
        return f"max({self.d(k)}, {k})", f"min({self.d(k)}, {k})"

    @property
    def width(self) -> str:
        return "({} - {})".format(*self.extremes)

    def lemmas(self) -> Iterator[Bound]:
        k = self.words.letters[0]
        d, most = self.d, f"max(abs({self.d(k)}), {k})"
        yield from map(Bound, (most, f"sum(abs({d(k)}), {k})", f"sum({d(k)}^2, {k})", f"sum({self.u(k)}^2, {k})"))
        yield from self.of_width(most)
        for i in self.words.indices:
            yield from self.of_one(i, most)
        for subset in self.words.subsets:
            for sign in ("", "-"):
                yield self.over(subset, sign)
        yield self.of_all()
        yield from self.of_logarithms(most)
        yield self.of_squares()

    def of_width(self, most: str) -> Iterator[Bound]:
        """max d - min d is not negative, and at most 2 M, sum |d|, 2 sum |d|."""
        k, (largest, smallest), d = self.words.letters[0], self.extremes, self.d
        lets = (("a", largest), ("b", smallest))
        yield Bound(self.width, {"line": [f"{d('a')} - {d('b')}"]}, lets)
        ends = [f"abs({d('a')}) - {d('a')}", f"abs({d('b')}) + {d('b')}"]
        above = [f"{most} - abs({d(at)})" for at in "ab"]
        yield Bound(f"(2*{most} - {self.width})", None, lets, (*above, *ends))
        total = f"sum(abs({d(k)}), {k})"
        apart: Node = {"line": [f"sum(abs({d(k)}), {k} != a, {k} != b)", *ends]}
        yield Bound(f"({total} - {self.width})", {"if": "a == b", "then": {"line": [total]}, "else": apart}, lets)

    def of_one(self, i: str, most: str) -> Iterator[Bound]:
        k, d, q = self.words.letters[0], self.d, self.q
        largest, smallest = self.extremes
        yield from map(Bound, (f"({largest} - {d(i)})", f"({d(i)} - {smallest})", f"({most} - abs({d(i)}))"))
        yield from map(Bound, (f"(abs({d(i)}) - {d(i)})", f"(abs({d(i)}) + {d(i)})"))
        yield Bound(f"sum({self.u(k)}^2, {k} != {i})")
        for sign, pair in (("", (i, k)), ("-", (k, i))):
            pairs = f"{self.rate}t*{q(i)}*sum({q(k)}*{self.fall(*pair)}, {k} != {i})"
            yield self.along("1/4", sign, q(i), f"sum({q(k)}, {k} != {i})", pairs, self.u(i))

    def over(self, subset: str, sign: str) -> Bound:
        k, l, _ = self.words.letters
        inside, outside = (f"sum({self.q(k)}, {k} {where} {subset})" for where in ("in", "not in"))
        fall = self.fall(k, l) if not sign else self.fall(l, k)
        pairs = f"sum(sum({self.rate}t*{self.q(k)}*{self.q(l)}*{fall}, {l} not in {subset}), {k} in {subset})"
        return self.along("1/4", sign, inside, outside, pairs, f"sum({self.u(k)}, {k} in {subset})")

    def fall(self, x: str, y: str) -> str:
        """max d - min d less d_x - d_y."""
        return f"(({self.d('a')} - {self.d(x)}) + ({self.d(y)} - {self.d('b')}))"

    def along(self, by: str, sign: str, inside: str, outside: str, pairs: str, of_u: str) -> Bound:
        """s by (max d - min d) less what a share of classes grows by, from 0 to 1."""
        largest, smallest = self.extremes
        wide = f"({self.d('a')} - {self.d('b')})"
        line = [f"{self.rate}t*{by}*{wide}*({inside} - {outside})^2", pairs]
        minus = "-" if not sign else "+"
        taylor: Node = {"taylor": "t", "of": f"{self.rate}t*{by}*{wide} {minus} {inside}", "from": "0", "to": "1"}
        gap = f"({self.rate}{by}*{self.width} {minus} {of_u})"
        return Bound(gap, {**taylor, "order": 1, "by": {"line": line}}, (("a", largest), ("b", smallest)))

    def of_all(self) -> Bound:
        """Over the classes B where u is not negative, and the others."""
        k = self.words.letters[0]
        half_of = self.over("B", "")
        gap = f"({self.rate}1/2*{self.width} - sum(abs({self.u(k)}), {k}))"
        inside, outside = (f"sum({sign}{self.u(k)} - abs({self.u(k)}), {k} {where} B)"
                           for sign, where in (("", "in"), ("-", "not in")))  # fmt: skip
        line: Node = {"line": [f"2*{half_of.gap}", inside, outside]}
        return Bound(gap, {"classes": "B", "of": f"count({self.u(k)} >= 0, {k})", "in": half_of.before(line)})

    def by_odds(self) -> Iterator[Bound]:
        """tanh(s (max d - min d)/4) less what a share of classes grows by: no odds grow by more than the range."""
        k = self.words.letters[0]
        for i in self.words.indices:
            growth = self.growth(i, k), self.growth(k, i)
            rest = f"sum({self.share(self.f, k)}, {k} != {i})"
            yield self.odds(self.share(self.f, i), f"sum({growth[0]}, {k} != {i})", self.u(i))
            yield self.odds(rest, f"sum({growth[1]}, {k} != {i})", f"(-{self.u(i)})")
        for a in self.words.subsets:
            yield self.of_odds(a, "in", "not in")
            yield self.of_odds(a, "not in", "in")
        half = self.of_odds("B", "in", "not in")
        lines = [
            f"sum({sign}{self.u(k)} - abs({self.u(k)}), {k} {where} B)/2"
            for sign, where in (("", "in"), ("-", "not in"))
        ]
        line: Node = {"line": [half.gap, *lines]}
        gap = f"({self.most_odds} - sum(abs({self.u(k)}), {k})/2)"
        yield Bound(gap, {"classes": "B", "of": f"count({self.u(k)} >= 0, {k})", "in": half.before(line)})

    @property
    def most_odds(self) -> str:
        return f"tanh({self.rate}{self.width}/4)"

    def growth(self, k: str, l: str) -> str:
        """e^(s (max d - min d)) less the ratio by which the odds of k against l grow, times shares."""
        (largest, smallest), d = self.extremes, self.d
        apart = f"(({largest} - {d(k)}) + ({d(l)} - {smallest}))"
        return f"{self.share(self.e, k)}*{self.share(self.f, l)}*(exp({self.rate}{apart}) - 1)"

    def of_odds(self, a: str, inside: str, outside: str) -> Bound:
        k, l, _ = self.words.letters
        first = f"sum({self.share(self.f, k)}, {k} {inside} {a})"
        pairs = f"sum(sum({self.growth(k, l)}, {l} {outside} {a}), {k} {inside} {a})"
        return self.odds(first, pairs, f"sum({self.u(k)}, {k} {inside} {a})")

    def odds(self, first: str, pairs: str, of_u: str) -> Bound:
        """(r - 1)/(r + 1) - (Q - P), as r^2 P (1 - Q) is at least Q (1 - P), for r^2 = e^(s (max d - min d))."""
        k, r = self.words.letters[0], f"exp({self.rate}{self.width}/2)"
        below = f"(1 + {first}*(exp({self.rate}{self.width}) - 1))"
        line: Node = {"line": [f"({r} - 1)/({r} + 1)*(1 - ({r} + 1)*{first})^2/{below}", f"({pairs})/{below}"]}
        (largest, smallest), d = self.extremes, self.d(k)
        wide: Node = {"line": [f"sum(({largest} - {d}) + ({d} - {smallest}), {k})/n"]}
        return Bound(f"({self.most_odds} - {of_u})", {"have": f"{self.width} >= 0", "by": wide, "in": line})

    def of_logarithms(self, most: str) -> Iterator[Bound]:
        """What the mean of d is more, and less, than L; and what it is at most."""
        k, l, _ = self.words.letters
        d = self.d(k)
        largest, smallest = self.extremes
        for x, y in permutations((self.e, self.f)):
            q, ratio = self.share(x, k), f"({self.share(y, k)}/({self.share(x, k)}))"
            yield Bound(f"sum({q}*({ratio} - 1 - log{ratio}), {k})")
            for gap in (
                f"{most} - abs({d})",
                f"abs({d}) - {d}",
                f"abs({d}) + {d}",
                f"{largest} - {d}",
                f"{d} - {smallest}",
            ):
                yield Bound(f"sum({q}*({gap}), {k})")
            yield Bound(f"sum({q}*sum(abs({self.d(l)}), {l} != {k}), {k})")

    def of_square(self, positive: str) -> Iterator[Bound]:
        """Where L is not negative, L^2 is at most the square of a mean of d, and that at most |d|^2."""
        k, l, _ = self.words.letters
        for x, y in permutations((self.e, self.f)) if positive else ():
            q, ratio = self.share(x, k), f"({self.share(y, k)}/({self.share(x, k)}))"
            for by in ("", self.rate) if self.rate else ("",):
                rest = f"({by}sum({q}*{self.d(k)}, {k}) - ({positive}))"
                rest = rest if x is self.e else f"(-{by}sum({q}*{self.d(k)}, {k}) - ({positive}))"
                gap = f"sum({q}*({ratio} - 1 - log{ratio}), {k})"
                gap = gap if by == self.rate else f"{gap}/{self.s}"
                product = f"{rest}*({rest} + 2*({positive}))"
                yield Bound(product, {"have": f"{rest} >= 0", "by": {"line": [gap]}, "in": {"line": [product]}})
            yield Bound(variance(partial(self.share, x), self.d, "1", self.words.letters))
            yield Bound(f"sum({self.d(k)}^2*sum({self.share(x, l)}, {l} != {k}), {k})")

    def of_squares(self) -> Bound:
        """s^2 |d|^2/4 - |u|^2: the slope at t is a variance, and halves."""
        k, letters = self.words.letters[0], self.words.letters
        squares = f"{self.s}^2*" if self.s else ""
        uu, dd = f"sum({self.u(k)}^2, {k})", f"sum({self.d(k)}^2, {k})"
        rates = variance(self.q, lambda at: f"({self.rate}{self.d(at)}/2 - {self.u(at)})", "2*t", letters)
        line = [rates, *half(self.q, self.u, "2*t", letters), *half(self.q, self.d, f"{squares}t/2", letters)]
        of_t = f"t*({uu} + {squares}{dd}/4) - 2*sum({self.u(k)}*{self.q(k)}, {k})"
        taylor: Node = {"taylor": "t", "of": of_t, "from": "0", "to": "1", "order": 1, "by": {"line": line}}
        return Bound(f"({squares}{dd}/4 - {uu})", taylor)
