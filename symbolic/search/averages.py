"""Inequalities between sums over classes: Jensen for exp, log and powers, Hoelder, sums of powers, and temperature.

    derivation(claim, judge) -> Node | None

A template is filled with the words of the claim, and the kernel decides. With M = \\sum w x and weights of sum 1:

    Jensen       \\sum w (f(x) - f(M) - f'(M) (x - M)), for f = exp, -log, a power; each term a gap, or a square
    Hoelder      \\sum_k b_k (a (u - 1 - log u) + (1 - a) (v - 1 - log v)), u and v what the two means are less b_k
    powers       (\\sum x)^a - \\sum x^a is \\sum x ((\\sum x)^(a - 1) - x^(a - 1)), since each x is at most the sum
    norms        (\\sum x^a)^(1/a) falls in a, and ((\\sum x^a)/n)^(1/a) rises: the two before, for x^a and b/a
    temperature  what the softmax of c z has, by Taylor's theorem from one c to another: the slope is a covariance

Source: Hardy, Littlewood and Polya 1934, 2.7 to 2.10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice, permutations, product

from sympy import Expr, Mul, Pow, Rational, Symbol, exp, log

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation, parts
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search import means
from symbolic.search.case_trees import Judge, Node

__all__ = ["derivation"]

LETTERS = "klmruvs"
WORDS = (of.Binder, of.Entry, of.Functional)


def derivation(claim: Claim, judge: Judge) -> Node | None:
    """The first template that the kernel accepts."""
    if claim.op not in ("<=", ">=", "<", ">") or not any(isinstance(each, WORDS) for each in parts(claim)):
        return None
    words = _Words(claim)
    for node in words.nodes():
        if judge(claim, node) is None:
            return node
    return None


@dataclass(frozen=True)
class _Powers:
    """The sum over all classes of weights times f(x), as texts at a class."""

    sum: Expr
    weight: Expr
    kind: type
    x: Expr
    exponent: Expr | None = None


class _Words:
    """The classes, sums and sides of a claim."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        small, large = (claim.lhs, claim.rhs) if claim.op in ("<", "<=") else (claim.rhs, claim.lhs)
        self.small, self.large = small, large
        used = {str(each) for part in parts(claim) for each in part.free_symbols}
        self.k, self.l = map(of.class_named, islice(unused(LETTERS, used), 2))
        self.t = next(unused("tsuxr", used))

    def nodes(self) -> Iterator[Node]:
        found = list(self.powers())
        for each in found:
            yield from self.jensen(each)
        before = means.settled(self.claim)
        for each in found:
            yield from (means.preceded(node, before) for node in self.of_powers(each))
        yield from (
            means.preceded(node, before)
            for node in (*self.hoelder(), *self.norms(found), *self.orders(), *self.exponentials())
        )
        yield from self.along_temperatures()
        yield from self.quotients()
        yield from ({"line": [line]} for line in self.pairs())
        yield from self.products()

    # --- pairs, products ---

    def quotients(self) -> Iterator[Node]:
        """sum x^2/y is at least (sum x)^2/(sum y): x^2/y - 2 c x + c^2 y is a square over y, c their ratio."""
        for each in sorted({one for one in parts(self.claim) if isinstance(one, of.Sum)}, key=plain):
            body = each.opened(self.k)
            above, below = body.as_numer_denom()
            if each.conditions or not (isinstance(above, Pow) and above.exp == 2) or not below.has(self.k):
                continue
            x, y = self.at(above.base), self.at(below)
            c = f"(sum({self.at(above.base, True)}, {self.l})/sum({self.at(below, True)}, {self.l}))"
            at_class = f"{x}^2/{y} - 2*{x}*{c} + {y}*{c}^2"
            line = f"sum({x}^2/{y}, {self.k}) - sum(2*{x}*{c}, {self.k}) + sum({y}*{c}^2, {self.k})"
            shown: Node = {"have": f"{at_class} >= 0", "by": {"line": [f"({x} - {y}*{c})^2/{y}"]}}
            yield {**shown, "in": {"line": [line]}}

    def pairs(self) -> Iterator[str]:
        """Cauchy and Schwarz, Lagrange's identity; sums of absolute values by all pairs of classes."""
        entries = {each.family for each in parts(self.claim) if isinstance(each, of.Entry) and each.has(self.k)}
        entries |= {each for each in parts(self.claim) if isinstance(each, of.Family)}
        bodies = ["1"]
        for each in sorted((family[self.k] for family in entries), key=plain):
            bodies += [plain(each), f"abs({plain(each)})"]
        k, l = f"[{self.k}]", f"[{self.l}]"
        for a, b in combinations(bodies, 2):
            gap = f"({b}*{a.replace(k, l)} - {b.replace(k, l)}*{a})^2"
            whole = f"sum(sum({gap}, {self.l}), {self.k})/2"
            yield from (whole, f"{whole}/n^2")
        for a in bodies[2::2]:
            yield f"sum(sum({a}*{a.replace(k, l)}, {self.l} != {self.k}), {self.k})"

    def products(self) -> Iterator[Node]:
        """A product over classes against e to a sum: by the logarithms, class by class."""
        found = [each for each in (self.small, self.large) if isinstance(each, of.Product) and not each.conditions]
        sums = [each.args[0] for each in (self.small, self.large) if isinstance(each, exp)]
        if len(found) == len(sums) == 1 and isinstance(sums[0], of.Sum) and not sums[0].conditions:
            one, many = self.at(sums[0].opened(self.k)), f"log({self.at(found[0].opened(self.k))})"
            gap = f"{one} - {many}" if found[0] == self.small else f"{many} - {one}"
            yield _by_logarithms(f"sum({gap}, {self.k})")

    def powers(self) -> Iterator[_Powers]:
        """The sums and products over all classes of f(x), with weights or without."""
        sums = {each for each in parts(self.claim) if isinstance(each, (of.Sum, of.Product, of.Mean))}
        for each in sorted(sums, key=plain):
            if each.conditions:
                continue
            body = each.opened(self.k)
            if isinstance(each, of.Product):
                if isinstance(body, Pow):
                    yield _Powers(each, body.exp, log, body.base)
                continue
            factors = Mul.make_args(body)
            for f in factors:
                weight = Mul(*(other for other in factors if other is not f))
                weight = weight * of.p[self.k] if isinstance(each, of.Mean) else weight
                if isinstance(f, (exp, log)) and f.has(self.k):
                    yield _Powers(each, weight, type(f), f.args[0])
                elif isinstance(f, Pow) and f.base.has(self.k) and not f.exp.has(self.k):
                    yield _Powers(each, weight, Pow, f.base, f.exp)

    def at(self, expr: Expr, other: bool = False) -> str:
        """At the class, or at the other one."""
        return _closed(expr.xreplace({self.k: self.l}) if other else expr)

    # --- Jensen ---

    def jensen(self, each: _Powers) -> Iterator[Node]:
        """Against the mean by these weights; where they are numbers, against the plain mean."""
        w, x = "" if each.weight == 1 else f"{self.at(each.weight)}*", self.at(each.x)
        if each.weight.has(self.k):
            mean = f"sum({self.at(each.weight, True)}*{self.at(each.x, True)}, {self.l})"
            means_of = [mean, f"({mean}/sum({self.at(each.weight, True)}, {self.l}))"]
        else:
            means_of = [f"(sum({self.at(each.x, True)}, {self.l})/n)"]
        weights = [w] if each.weight.has(self.k) else [w, f"{w}1/n*"]
        for weight, mean in product(weights, means_of):
            for line in self.gaps(each, weight, x, mean):
                node: Node = {"line": [f"sum({summand}, {self.k})" for summand in line]}
                yield {"compare": "log", "in": node} if isinstance(each.sum, of.Product) else node

    def gaps(self, each: _Powers, w: str, x: str, m: str) -> Iterator[list[str]]:
        """w times what f(x) is more, or less, than its tangent at m."""
        if each.kind is exp:
            yield [f"{w}exp({m})*(exp({x} - {m}) - 1 - ({x} - {m}))"]
        elif each.kind is log:
            yield [f"{w}({x}/{m} - 1 - log({x}/{m}))"]
        elif each.exponent == -1:
            yield [f"{w}({x} - {m})^2/({x}*{m}^2)"]
        elif each.exponent == Rational(1, 2):
            yield [f"{w}(sqrt({x}) - sqrt({m}))^2/(2*sqrt({m}))"]
        elif each.exponent is not None and not each.exponent.is_Integer:
            yield from self.bernoulli(_closed(each.exponent), w, x, m)

    def bernoulli(self, r: str, w: str, x: str, m: str) -> Iterator[list[str]]:
        """x^r against its tangent at m, for r >= 1, for r between 0 and 1, for r <= 0."""
        up, down = f"({x}/{m})", f"({m}/{x})"
        yield [
            f"{w}{x}*{m}^({r} - 1)*({up}^({r} - 1) - 1 - log({up}^({r} - 1)))",
            f"({r} - 1)*{w}{x}*{m}^({r} - 1)*({down} - 1 - log{down})",
        ]
        yield [
            f"{r}*{w}{x}^{r}*({up}^(1 - {r}) - 1 - log({up}^(1 - {r})))",
            f"(1 - {r})*{w}{x}^{r}*({down}^{r} - 1 - log({down}^{r}))",
        ]
        yield [f"{w}{m}^{r}*({up}^{r} - 1 - log({up}^{r}))", f"-{r}*{w}{m}^{r}*({up} - 1 - log{up})"]

    # --- sums of powers, norms and means ---

    def of_powers(self, each: _Powers) -> Iterator[Node]:
        """Against the power of the sum, and its root against the sum; for shares the sum is 1."""
        if each.weight == 1 and each.exponent is not None and each.exponent.free_symbols:
            a, total = _closed(each.exponent), f"sum({self.at(each.x)}, {self.k})"
            for node in self.above_powers(a, each.x):
                yield node
                yield self.rooted(f"sum({self.at(each.x)}^{a}, {self.k}) <= {total}^{a}", node, total, a, each)
            if isinstance(each.x, of.Probability) or self.is_share(each.x):
                x, other = self.at(each.x), self.at(each.x, True)
                for sign, op in ((f"({a} - 1)", "<="), (f"(1 - {a})", ">=")):
                    gap = f"1 - {x}^({a} - 1)" if op == "<=" else f"{x}^({a} - 1) - 1"
                    rate = f"-{sign}*log({other})"
                    at_most: Node = {"have": f"{other} <= 1", "by": {"line": [f"sum({x}, {self.k} != {self.l})"]}}
                    power: Node = {"have": f"{other}^({a} - 1) {op} 1", "by": _by_logarithms(rate)}
                    shown = {**at_most, "in": {**power, "in": {"line": [f"sum({x}*({gap}), {self.k})"]}}}
                    yield shown
                    whole = {"have": f"sum({x}^{a}, {self.k}) {op} 1", "by": shown}
                    yield {**whole, "in": {"line": [f"{_closed(self.large)} - {_closed(self.small)}"]}}

    def is_share(self, x: Expr) -> bool:
        """An entry of a family whose sum is 1."""
        return isinstance(x, of.Entry) and any(
            isinstance(each, Relation) and each.op == "==" and (each.lhs, each.rhs) == (of.Sum(x, self.k), 1)
            for each in self.claim.given
        )

    def orders(self) -> Iterator[Node]:
        """Of two orders a and b, Renyi's: with w = q^a/sum q^a, or q^a r^(1 - a) so, by w against the one of b, and q.

        (log S_b)/(b - 1) - (log S_a)/(a - 1) is KL(w, w_b)/(b - 1) + (b - a) KL(w, q)/((a - 1) (b - 1)).
        """
        sums = sorted({each for each in parts(self.claim) if isinstance(each, of.Sum) and each.has(Pow)}, key=plain)
        orders = [(each, _order(each.opened(self.k))) for each in sums if not each.conditions]
        entries = {x for each in sums for x in each.opened(self.k).atoms(of.Entry, of.Probability)}
        shares = (
            each for each in sorted(entries, key=plain) if isinstance(each, of.Probability) or self.is_share(each)
        )
        bases = list(map(plain, shares))
        for (one, a), (two, b) in permutations(orders, 2):
            if a is None or b is None or a == b:
                continue
            w, v = (f"({plain(each.opened(self.k))}/{plain(each)})" for each in (one, two))
            for q in bases:
                first = [f"{self.relative(w, v)}/({b} - 1)", f"({b} - {a})/(({a} - 1)*({b} - 1))*{self.relative(w, q)}"]
                second = [
                    f"{self.relative(v, w)}/(1 - {a})",
                    f"({b} - {a})/((1 - {a})*(1 - {b}))*{self.relative(v, q)}",
                ]
                apart = [f"{self.relative(q, v)}/({b} - 1)", f"{self.relative(q, w)}/(1 - {a})"]
                yield from ({"line": line} for line in (first, second, apart))
                between: Node = {"if": f"{b} > 1", "then": {"line": apart}, "else": {"line": second}}
                yield {"if": f"{a} > 1", "then": {"line": first}, "else": between}

    def exponentials(self) -> Iterator[Node]:
        """Of two inverse temperatures c <= d: (log sum e^(c z))/c falls in c, and (log mean e^(c z))/c rises.

        The first is KL(w_d, w_c)/c + (d - c) H(w_d)/(c d), the second KL(w_c, w_d)/d + (d - c) KL(w_c, 1/n)/(c d).
        """
        sums = {each for each in parts(self.claim) if isinstance(each, of.Sum) and isinstance(each.body, exp)}
        rates = [(each, _rate(each.opened(self.k).args[0])) for each in sorted(sums, key=plain) if not each.conditions]
        for (one, low), (two, high) in permutations(rates, 2):
            if low is None or high is None or low[1] != high[1] or low[0] == high[0]:
                continue
            w, v = (f"({plain(each.opened(self.k))}/{plain(each)})" for each in (one, two))
            c, d = (_closed(each) for each, _ in (low, high))
            there = v.replace(f"[{self.k}]", f"[{self.l}]").replace(f", {self.k})", f", {self.l})")
            by, others = f"({d} - {c})/({c}*{d})", f"sum({there}, {self.l} != {self.k})"
            falls = [f"{self.relative(v, w)}/{c}"]
            falls += [f"{by}*sum({v}*({x}), {self.k})" for x in (f"{v} - 1 - log({v})", others)]
            rises = [f"{self.relative(w, v)}/{d}", f"{by}*{self.relative(w, '(1/n)')}"]
            for line in (falls, rises):
                yield {"have": f"{d} > 0", "by": {"line": [f"{d} - {c}", c]}, "in": {"line": line}}

    def relative(self, w: str, v: str) -> str:
        ratio = f"({v}/{w})"
        return f"sum({w}*({ratio} - 1 - log{ratio}), {self.k})"

    def above_powers(self, a: str, x: Expr) -> Iterator[Node]:
        """(sum x)^a is at least sum x^a for a >= 1, and at most for a <= 1."""
        here, other = self.at(x), self.at(x, True)
        total, inner = f"sum({here}, {self.k})", f"sum({other}, {self.l})"
        for sign, op in ((f"({a} - 1)", ">="), (f"(1 - {a})", "<=")):
            gap = f"{inner}^({a} - 1) - {here}^({a} - 1)" if op == ">=" else f"{here}^({a} - 1) - {inner}^({a} - 1)"
            at_most: Node = {"have": f"{total} >= {other}", "by": {"line": [f"sum({here}, {self.k} != {self.l})"]}}
            by = _by_logarithms(f"{sign}*log({total}/{other})")
            power: Node = {"have": f"{total}^({a} - 1) {op} {other}^({a} - 1)", "by": by}
            yield {**at_most, "in": {**power, "in": {"line": [f"sum({here}*({gap}), {self.k})"]}}}

    def rooted(self, said: str, by: Node, total: str, a: str, each: _Powers) -> Node:
        line = f"log({total}^{a}/sum({self.at(each.x)}^{a}, {self.k}))/{a}"
        return {"have": said, "by": by, "in": _by_logarithms(line)}

    def norms(self, found: list[_Powers]) -> Iterator[Node]:
        """Of two exponents: x^b is (x^a)^(b/a)."""
        sums = [each for each in found if each.weight == 1 and each.exponent is not None and each.exponent.free_symbols]
        for one, two in product(sums, repeat=2):
            if one.x == two.x and one.exponent != two.exponent:
                a, b = _closed(one.exponent), _closed(two.exponent)
                x, r = Pow(one.x, one.exponent), f"({b}/{a})"
                here, first, second = self.at(x), f"sum({self.at(x)}, {self.k})", f"sum({self.at(one.x)}^{b}, {self.k})"
                node = next(self.above_powers(r, x))
                line = f"log({first}^{r}/{second})/{b}"
                yield {"have": f"{second} <= {first}^{r}", "by": node, "in": _by_logarithms(line)}
                mean = f"(sum({self.at(x, True)}, {self.l})/n)"
                gaps = [f"sum({gap}, {self.k})" for gap in next(self.bernoulli(r, "1/n*", here, mean))]
                line = f"log(({second}/n)/({first}/n)^{r})/{b}"
                yield {"have": f"{second}/n >= ({first}/n)^{r}", "by": {"line": gaps}, "in": _by_logarithms(line)}

    # --- Hoelder ---

    def hoelder(self) -> Iterator[Node]:
        """A sum of products against a product of powers of sums."""
        factors = [each.as_base_exp() for each in Mul.make_args(self.large)]
        sums = [(base, e) for base, e in factors if isinstance(base, of.Sum) and not base.conditions]
        if not isinstance(self.small, of.Sum) or self.small.conditions or len(sums) != len(factors) or len(sums) < 2:
            return
        b, whole = self.at(self.small.opened(self.k)), f"({plain(self.large)})"
        line = []
        for base, e in sums:
            ratio = f"{self.at(base.opened(self.k))}*{whole}/({plain(base)}*{b})"
            line.append(f"sum({b}*{_closed(e)}*({ratio} - 1 - log({ratio})), {self.k})")
        yield {"line": line}

    # --- temperature ---

    def along_temperatures(self) -> Iterator[Node]:
        """The same of the softmax of c z and of d z: from c to d, or from d to c."""
        for each in self.claim.given:
            if isinstance(each, Relation) and each.op in ("<=", ">=", "<", ">"):
                ends = (each.lhs, each.rhs) if each.op in ("<", "<=") else (each.rhs, each.lhs)
                if all(isinstance(end, Symbol) for end in ends):
                    yield from self.from_to(*map(plain, ends))

    def from_to(self, c: str, d: str) -> Iterator[Node]:
        t = self.t
        for low, high, sign in ((self.small, self.large, ""), (self.large, self.small, "-")):
            texts = [_at_temperature(plain(side)) for side in (low, high)]
            moved = [re.sub(rf"\b{end}\b", t, text) for text, end in zip(texts, (c, d), strict=True)]
            family = re.search(rf"softmax\((\w+), {t}\)", moved[0])
            if moved[0] == moved[1] and family is not None:
                if isinstance(self.small, of.Maximum):
                    yield from self.extremes(family[1], c, d)
                step: Node = {"taylor": t, "of": f"{sign}({moved[0]})", "from": c, "to": d, "order": 1}
                yield from ({**step, "by": {"line": [line]}} for line in self.slopes(family[1], c))

    def extremes(self, z: str, c: str, d: str) -> Iterator[Node]:
        """The largest share of the softmax of t z rises in t, where z is largest; the smallest one falls."""
        t, k = self.t, self.k
        word, sign = ("min", "-") if isinstance(self.small, of.Minimum) else ("max", "")

        def rise(low: str, high: str) -> str:
            return f"({high} - {low})" if not sign else f"({low} - {high})"

        low, high, moving = (f"softmax({z}, {each})" for each in (c, d, t))
        slope = f"({t} - {c})*{moving}[m]*sum({moving}[{k}]*{rise(f'{z}[{k}]', f'{z}[m]')}, {k})"
        by: Node = {"taylor": t, "of": f"{sign}{moving}[m]", "from": c, "to": d, "order": 1, "by": {"line": [slope]}}
        line = [rise(f"{high}[m]", f"{word}({high})"), rise(f"{low}[m]", f"{high}[m]")]
        below = f"{rise(f'exp({c}*{z}[r])', f'exp({c}*{z}[m])')}/sum(exp({c}*{z}[{k}]), {k})"
        for last in ({"line": line}, {"let": "r", "of": f"{word}({low})", "in": {"line": [*line, below]}}):
            shown: Node = {"have": f"{low}[m] {'>=' if sign else '<='} {high}[m]", "by": by, "in": last}
            yield {"let": "m", "of": f"{word}({z})", "in": shown}

    def slopes(self, z: str, start: str) -> Iterator[str]:
        """What the derivative of an entropy, a mean, a share, a sum of squares may be, times t less where it starts."""
        t, k, l = self.t, self.k, self.l
        q = f"softmax({z}, {t})"
        variance = f"sum({q}[{k}]*({z}[{k}] - sum({q}[{l}]*{z}[{l}], {l}))^2, {k})"
        yield f"({t} - {start})*{variance}"
        yield f"({t} - {start})*{t}*{variance}"
        weights = f"{q}[{k}]*{q}[{l}]*({q}[{k}] - {q}[{l}])"
        yield f"({t} - {start})*sum(sum({weights}*({z}[{k}] - {z}[{l}]), {l}), {k})"
        for i in sorted(of.free(self.claim.lhs) | of.free(self.claim.rhs), key=str):
            yield f"({t} - {start})*{q}[{i}]*sum({q}[{k}]*({z}[{i}] - {z}[{k}]), {k})"
            yield f"({t} - {start})*{q}[{i}]*sum({q}[{k}]*({z}[{k}] - {z}[{i}]), {k})"


def _order(body: Expr) -> Expr | None:
    """The letter a of q^a, or of q^a r^(1 - a)."""
    exponents = [each.exp for each in Mul.make_args(body) if isinstance(each, Pow)]
    return next((each for each in exponents if each.is_Symbol), None)


def _rate(exponent: Expr) -> tuple[Expr, Expr] | None:
    """(c, z[k]) of c*z[k], c a letter."""
    letters = [each for each in Mul.make_args(exponent) if each.is_Symbol and each.is_real and not each.is_integer]
    return (letters[0], exponent / letters[0]) if len(letters) == 1 else None


def _closed(expr: Expr) -> str:
    """The text, in brackets where it is a sum, a product or a power."""
    return f"({plain(expr)})" if expr.is_Add or expr.is_Mul or expr.is_Pow else plain(expr)


def _by_logarithms(line: str) -> Node:
    return {"compare": "log", "in": {"line": [line]}}


def _at_temperature(text: str) -> str:
    """With softmax(z, lambda) for p."""
    return re.sub(r"\bp\b", "softmax(z, lambda)", text)
