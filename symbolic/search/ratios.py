"""Bounds of shares, and of their quotients, multiplied out: sums of differences e^x - e^y, class by class.

    derivation(claim, judge) -> Node | None

Where both sides are quotients of sums of exponentials, such as p[i], 1/(1 + (n - 1)*exp(-2*c)), p[i]/p[j], or their
logarithms, the larger side less the smaller one is, over what both are divided by, a sum over the classes of
c_j e^{x_j}, where n is a sum of ones. The classes that the claim names stand apart. Each term with a negative factor is
taken together with one with a positive factor that is larger by the hypotheses, as far as points show.

    p[i] <= 1/2 given z[j] >= z[i]      (e^{z_j} - e^{z_i} + \\sum_{k != i, j} e^{z_k})/(2 Z)

Of classes that are counted, as in count(z[k] >= z[i], k) >= 2, the sum runs over these, and over the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import product

from sympy import Add, Expr, Integer, Mul, Poly, Pow, Rational, exp, expand, ilcm, log
from sympy.polys.polyerrors import PolynomialError

from symbolic.kernel.refused import Refused, Undetermined
from symbolic.language import notation as of
from symbolic.language.claims import MIRRORED, Claim, Relation, letters_of, parts
from symbolic.language.comparison import compared
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Frame, Judge, Node, frames
from symbolic.search.evidence import Guess

__all__ = ["derivation"]

WORDS = (of.Probability, of.Softmax, of.Partition)
Linear = dict[tuple[str, Expr], Expr]  # (a range, x) -> the factor of e^x there; "" is for no sum


class NotThis(Exception):
    """What is no quotient of sums of exponentials."""


def derivation(claim: Claim, judge: Judge) -> Node | None:
    """A line of differences of exponentials, where the kernel sees their signs; by what each class has, of a mean."""
    if not any(isinstance(each, WORDS) or _is_total(each) for each in parts(claim)):
        return None
    if claim.op == "==" or not any(side.has(exp, log, of.Sum, *WORDS) for side in (claim.lhs, claim.rhs)):
        return None
    return _of_quotients(claim, judge) or _of_logarithms(claim, judge) or _of_a_mean(claim, judge)


def _of_quotients(claim: Claim, judge: Judge) -> Node | None:
    if any(side.has(log, of.LogSumExp) for side in (claim.lhs, claim.rhs)):
        inside = compared("exp", claim)
        if any(side.has(log, of.LogSumExp) for side in (inside.lhs, inside.rhs)):
            return None
        found = _of_quotients(inside, lambda _, node: judge(claim, {"compare": "exp", "in": node}))
        return {"compare": "exp", "in": found} if found else None
    counts = [each for each in parts(claim) if isinstance(each, of.Count) and not each.conditions]
    for frame in frames(claim):
        for node in _nodes(claim, frame, counts[:1]):
            if (found := _accepted(claim, node, judge)) is not None:
                return found
    return None


def _of_logarithms(claim: Claim, judge: Judge) -> Node | None:
    """With x - 1 in the place of log x where that is small, and 1 - 1/x where it is large."""
    sides = [claim.lhs, claim.rhs] if claim.op in ("<", "<=") else [claim.rhs, claim.lhs]
    gaps = list[str]()
    for at, side in enumerate(sides):
        for term in Add.make_args(side):
            if isinstance(found := _unsigned(term), log):
                x = found.args[0] if (term == found) == (at == 0) else 1 / found.args[0]
                bound = x - 1 if at == 0 else 1 - x
                sides[at] = sides[at] - term + bound
                gaps.append(f"{plain(x)} - 1 - log({plain(x)})")
    if len(gaps) != 1 or any(side.has(log) for side in sides):
        return None
    small, large = sides
    lhs, rhs = (small, large) if claim.op in ("<", "<=") else (large, small)
    node = _of_quotients(replace(claim, relation=replace(claim.relation, lhs=lhs, rhs=rhs), text=""), judge)
    more = None if node is None else _with_lines(node, gaps)
    return more if more and judge(claim, more) is None else None


def _unsigned(term: Expr) -> Expr:
    """x, of x and of -x."""
    return -term if term.could_extract_minus_sign() else term


def _with_lines(node: Node, more: list[str]) -> Node:
    """With more summands in its last lines."""
    if "line" in node:
        return {"line": [*more, *node["line"]]}
    return {key: _with_lines(each, more) if key in ("in", "else") else each for key, each in node.items()}


def _of_a_mean(claim: Claim, judge: Judge) -> Node | None:
    """A mean is at most, and at least, what each class has; so are an entropy and a divergence."""
    for mean, bound, op in ((claim.lhs, claim.rhs, claim.op), (claim.rhs, claim.lhs, MIRRORED[claim.op])):
        used = letters_of(claim)
        j, k = (of.class_named(next(unused(letters, used))) for letters in ("jihm", "klur"))
        match mean:
            case of.Entropy(args=(of.Softmax() as q,)):
                weight, value = q[j], -log(q[j])
            case of.Divergence(args=(of.Softmax() as q, of.Softmax() as r)):
                weight, value = q[j], log(q[j] / r[j])
            case of.Mean():
                weight, value = of.p[j], mean.opened(j)
            case _:
                continue
        said = Relation(value, op, bound)
        by = _of_quotients(replace(claim, relation=said, text=""), judge)
        if by is not None:
            gap = f"{plain(value)} - ({plain(bound)})" if op in (">", ">=") else f"{plain(bound)} - ({plain(value)})"
            line = f"sum({plain(weight)}*({gap}), {j})".replace(f"[{j}]", f"[{k}]").replace(f", {j})", f", {k})")
            node: Node = {"have": plain(said), "by": by, "in": {"line": [line]}}
            return node if judge(claim, node) is None else None
    return None


def _is_total(each: object) -> bool:
    return isinstance(each, of.Sum) and isinstance(each.body, exp)


def _accepted(claim: Claim, node: Node, judge: Judge) -> Node | None:
    """The node; where the kernel asks whether two classes are one: where they cannot be, or the sides are equal."""
    refusal = judge(claim, node)
    if refusal is None:
        return node
    if isinstance(refusal, Undetermined):
        first, second = map(str, refusal.pair)
        ends: list[Node] = [{"absurd": []}, {"line": []}]
        for last in ends:
            apart = _apart(node, f"{first} == {second}", last)
            if judge(claim, apart) is None:
                return apart
    return None


def _apart(node: Node, same: str, last: Node) -> Node:
    """After the classes that are named."""
    if "let" in node or "classes" in node:
        return {**node, "in": _apart(node["in"], same, last)}
    return {"if": same, "then": last, "else": node}


def _nodes(claim: Claim, frame: Frame, counts: list[of.Count]) -> Iterator[Node]:
    try:
        guess = Guess(claim, frame)
        (above, below), (over, under) = map(_quotient, (claim.lhs, claim.rhs))
        if claim.op in (">", ">="):
            above, below, over, under = over, under, above, below
        total = _less(_times(over, below), _times(above, under)) if below != under else _less(over, above)
    except (Refused, NotThis, PolynomialError):
        return
    if len(guess.target) < 5:
        return
    divisors = [below, under] if below != under else [below]
    by = ilcm(1, *(number.q for c in total.values() for number in c.atoms(Rational)))
    divisors.append({("", Integer(0)): Integer(by)})
    for count in counts or (None,):
        yield from _Line(guess, frame, _times(total, divisors[-1]), divisors, count).nodes()


# --- quotients --------------------------------------------------------------------------------------


def _quotient(expr: Expr) -> tuple[Linear, Linear]:
    """What is above the line, and below."""
    match expr:
        case of.Probability() | of.Partition() | of.LogSumExp():
            return _quotient(expr.definition())
        case Add():
            above, below = _quotient(expr.args[0])
            for each in expr.args[1:]:
                one, under = _quotient(each)
                if below == under:
                    above = _less(above, one, -1)
                else:
                    above, below = _less(_times(above, under), _times(one, below), -1), _times(below, under)
            return above, below
        case Mul() if 0 in expr.args:  # of an index that the claim names besides
            return {}, _one()
        case Mul():
            return _product([_quotient(each) for each in expr.args])
        case Pow(base=base, exp=Integer() as e) if abs(e) <= 2:
            above, below = _product([_quotient(base)] * abs(e))
            return (above, below) if e > 0 else (below, above)
        case exp():
            return {("", _exponent(expr.args[0])): Integer(1)}, _one()
        case of.Sum():
            return _sum(expr), _one()
    if expr.is_Rational or expr == of.n or isinstance(expr, of.Count | of.Size):
        return {("", Integer(0)): expr}, _one()
    raise NotThis


def _one() -> Linear:
    return {("", Integer(0)): Integer(1)}


def _exponent(x: Expr) -> Expr:
    if x.has(exp, log, of.Sum, of.Probability):
        raise NotThis
    return expand(x)


def _sum(total: of.Sum) -> Linear:
    """Over all classes, or all but one that is named."""
    k = of.class_named("k0")
    above, below = _quotient(total.opened(k))
    if any(where for where, _ in above):
        raise NotThis
    outside = [each.args[0] for each in total.conditions if isinstance(each, of.Except)]
    if len(outside) < len(total.conditions) or len(outside) > 1 or below != _one():
        raise NotThis
    found: Linear = {("k0", x): c for (_, x), c in above.items()}
    for each in outside:
        found = _less(found, {("", x.xreplace({k: each})): c for (_, x), c in above.items()})
    return found


def _times(one: Linear, other: Linear) -> Linear:
    found: Linear = defaultdict(lambda: Integer(0))
    for ((where, x), a), ((there, y), b) in product(one.items(), other.items()):
        if where and there:
            raise NotThis
        found[where or there, expand(x + y)] += a * b
    return _without_zeros(found)


def _less(one: Linear, other: Linear, sign: int = 1) -> Linear:
    found: Linear = defaultdict(lambda: Integer(0), one)
    for at, c in other.items():
        found[at] -= sign * c
    return _without_zeros(found)


def _without_zeros(found: Linear) -> Linear:
    return {at: c for at, each in found.items() if (c := expand(each)) != 0}


def _product(factors: list[tuple[Linear, Linear]]) -> tuple[Linear, Linear]:
    """Of quotients; what stands above and below is left out."""
    above, below = [each for each, _ in factors], [each for _, each in factors]
    for each in tuple(above):
        if each in below:
            above.remove(each)
            below.remove(each)
    return reduce(_times, above, _one()), reduce(_times, below, _one())


# --- the line ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """The difference of the sides, times what they are divided by, at random points."""

    guess: Guess
    frame: Frame
    total: Linear
    divisors: list[Linear]
    count: of.Count | None = None

    def nodes(self) -> Iterator[Node]:
        """With the named classes apart, or not; with what is left of 1 seen to be positive, or not."""
        names = list(self.guess.words.indices)
        below = "*".join(f"({self.text(each)})" for each in self.divisors if each != _one())
        for apart in ([], names) if names and self.count is None else (names,):
            pieces = self.summed(apart) if self.count is None else self.counted()
            for rests in ([], self.rests) if pieces and self.rests else ([],):
                node: Node = {"line": [f"({each})/({below})" if below else each for each in pieces or ()]}
                node = self.frame.wrap(reduce(self.positive, rests, node))
                if self.count is not None:
                    node = {"classes": self.letter("ABCDE"), "of": plain(self.count), "in": node}
                yield from [node] if pieces else []

    def positive(self, node: Node, share: of.Probability) -> Node:
        k = self.letter("klmr")
        others = f"sum({plain(share.distribution[of.class_named(k)])}, {k} != {share.args[1]})"
        return {"have": f"1 - {plain(share)} > 0", "by": {"line": [others]}, "in": node}

    @property
    def rests(self) -> list[of.Probability]:
        """The shares that are taken from 1: what is left is positive where there is another class."""
        gaps = (each for each in parts(self.guess.claim) if isinstance(each, Add) and len(each.args) == 2)
        found = {1 - each for each in gaps}
        return sorted((each for each in found if isinstance(each, of.Probability)), key=plain)

    def letter(self, among: str) -> str:
        return next(each for each in among if each not in self.guess.letters.kinds)

    def text(self, linear: Linear) -> str:
        """A sum without the term of a class is one over the others."""
        k, k0 = self.letter("klmr"), of.class_named("k0")
        left, texts = dict(linear), list[str]()
        for (where, x), c in linear.items():
            if where:
                here = {each: ("", x.xreplace({k0: of.class_named(each)})) for each in self.guess.words.indices}
                gone = next((each for each, at in here.items() if left.get(at) == -c), None)
                if gone is not None:
                    del left[here[gone]]
                texts.append(self.over(_term(c, x), f"{k}, {k} != {gone}" if gone else k))
        return " + ".join([*texts, *(_term(c, x) for (where, x), c in left.items() if not where)])

    def summed(self, apart: list[str]) -> list[str] | None:
        """The classes that are named, and the sum over all others."""
        k0 = of.class_named("k0")
        alone: Linear = defaultdict(lambda: Integer(0))
        others: Linear = defaultdict(lambda: Integer(0))
        k, more = self.letter("klmr"), list[str]()
        among = ", ".join([k, *(f"{k} != {each}" for each in apart)])
        for (where, x), c in self.total.items():
            by_n = Poly(c, of.n)
            ones, rest = by_n.coeff_monomial(of.n), by_n.coeff_monomial(1)
            if by_n.degree() > 1 or (where and ones < 0):
                return None
            if where:
                rest += ones  # a n + b = a (n - 1) + (a + b)
                more += [f"(n - 1)*{self.over(_term(ones, x), among)}"] if ones else []
                others["k0", x] += rest
                for here in (x.xreplace({k0: of.class_named(each)}) for each in apart):
                    alone["", here] += rest + (len(apart) - 1) * ones
                    others["k0", here] += ones
            else:
                others["k0", x] += ones
                alone["", x] += rest + len(apart) * ones
        one, many = self.pairs(_without_zeros(alone), ""), self.pairs(_without_zeros(others), among)
        return None if one is None or many is None else [*one, *many, *more] or None

    def counted(self) -> list[str] | None:
        """The classes that are counted, and the others; so many as are not needed are left over."""
        assert self.count is not None
        a, k = self.letter("ABCDE"), self.letter("klmr")
        inside: Linear = {at: c for at, c in self.total.items() if at[0]}
        rest: Linear = {at: c for at, c in self.total.items() if not at[0]}
        pieces = self.pairs(inside, f"{k} not in {a}", named=False)
        if pieces is None:
            return None
        more = list[str]()
        for (_, x), c in rest.items():
            number = c.coeff(self.count) if c.has(self.count) else c
            m = -c.subs(self.count, 0) if not c.has(self.count) else None
            if number.free_symbols or number >= 0 or (m is None and c != self.count * number):
                return None
            by = Integer(1) if m is not None else -number
            if m is not None and m != 0:
                more.append(f"(size({a}) - {plain(m)})*({_term(Integer(1), x)})")
            inside = _less(inside, {("k0", x): by})
        within = self.pairs(inside, f"{k} in {a}", named=False)
        return None if within is None else [*within, *more, *pieces]

    def pairs(self, found: Linear, among: str, named: bool = True) -> list[str] | None:
        """What is positive, and differences that are not negative, as texts."""
        if not all(c.is_Rational for c in found.values()):
            return None
        left, texts = dict(found), list[str]()
        for where, y in found:
            while left[where, y] < 0:
                larger = next((x for (_, x), b in left.items() if b > 0 and self.above(x, y, among, named)), None)
                if larger is None:
                    return None
                by = min(left[where, larger], -left[where, y])
                left[where, larger] -= by
                left[where, y] += by
                texts.append(self.over(f"{_term(by, larger)} - {_term(by, y)}", among))
        texts += [self.over(_term(c, x), among) for (_, x), c in left.items() if c > 0]
        return texts

    def over(self, text: str, among: str) -> str:
        return f"sum({text.replace('k0', among[0])}, {among})" if among else f"({text})"

    def above(self, x: Expr, y: Expr, among: str, named: bool) -> bool:
        """Whether e^x is at least e^y at all points; among classes that are counted, that is for the kernel to see."""
        gap = f"({plain(x - y)})"
        if not named:
            return True
        text = self.over(f"abs{gap} - {gap}", among)
        row = self.guess._row(text)
        return row is not None and all(abs(each) < 1e-9 for each in row)


def _term(c: Expr, x: Expr) -> str:
    if x == 0:
        return plain(c) if c.is_Integer else f"({plain(c)})"
    return f"exp({plain(x)})" if c == 1 else f"({plain(c)})*exp({plain(x)})"
