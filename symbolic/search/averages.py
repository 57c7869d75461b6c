"""Inequalities between sums over classes: Jensen for exp, log and powers, Hoelder, Minkowski, and temperature.

    derivation(claim, judge) -> Node | None

A template is filled with the words of the claim, and the kernel decides. With M = \\sum w x and weights of sum 1:

    Jensen       \\sum w (f(x) - f(M) - f'(M) (x - M)), for f = exp, -log, a power; each term a gap, or a square
    logarithms   \\sum_j c_j log S_j of sums S_j, as a sum of relative entropies: Hoelder, Lyapunov, Renyi, power means
    Minkowski    the norm of x + y against M, those of x and y added: the power of (x + y)/M is between x/X and y/Y
    temperature  what the softmax of c z has, by Taylor's theorem from one c to another: the slope is a covariance

Source: Hardy, Littlewood and Polya 1934, 2.7 to 2.11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations, islice, product

from sympy import (
    Add,
    Expr,
    Integer,
    Mul,
    Pow,
    Rational,
    Symbol,
    cancel,
    exp,
    expand,
    expand_log,
    expand_mul,
    factor,
    factor_list,
    fraction,
    log,
    powsimp,
)

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation, letters_of, parts
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search import means
from symbolic.search.case_trees import Judge, Node
from symbolic.search.scalars import Number, Scalars, function
from symbolic.search.totals import unfolded

__all__ = ["derivation"]

LETTERS = "klmruvs"
WORDS = (of.Binder, of.Entry, of.Functional)
POINTS, NEAR, MOST = 40, 1e-9, 4  # points; terms with a logarithm


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
        small, large = claim.ordered
        self.small, self.large = small, large
        used = letters_of(claim)
        self.k, self.l = map(of.class_named, islice(unused(LETTERS, used), 2))
        self.t = next(unused("tsuxr", used))

    def nodes(self) -> Iterator[Node]:
        found = list(self.powers())
        for each in found:
            yield from self.jensen(each)
        before = means.settled(self.claim)
        for each in found:
            yield from (means.preceded(node, before) for node in self.of_powers(each))
        others = (*_Logarithms(self).nodes(), *self.minkowski())
        yield from (means.preceded(node, before) for node in others)
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
        """The sum of the powers of shares against 1."""
        if each.weight == 1 and each.exponent is not None and each.exponent.free_symbols:
            a, x, other = _closed(each.exponent), self.at(each.x), self.at(each.x, True)
            for sign, op in ((f"({a} - 1)", "<="), (f"(1 - {a})", ">=")) if self.is_share(each.x) else ():
                gap = f"1 - {x}^({a} - 1)" if op == "<=" else f"{x}^({a} - 1) - 1"
                rate = f"-{sign}*log({other})"
                at_most: Node = {"have": f"{other} <= 1", "by": {"line": [f"sum({x}, {self.k} != {self.l})"]}}
                power: Node = {"have": f"{other}^({a} - 1) {op} 1", "by": _by_logarithms(rate)}
                shown = {**at_most, "in": {**power, "in": {"line": [f"sum({x}*({gap}), {self.k})"]}}}
                yield shown
                whole = {"have": f"sum({x}^{a}, {self.k}) {op} 1", "by": shown}
                yield {**whole, "in": {"line": [f"{_closed(self.large)} - {_closed(self.small)}"]}}

    def is_share(self, x: Expr) -> bool:
        """A probability, or an entry of a family whose sum is 1."""
        return isinstance(x, of.Probability) or any(
            isinstance(each, Relation) and each.op == "==" and (each.lhs, each.rhs) == (of.Sum(x, self.k), 1)
            for each in self.claim.given
        )

    def minkowski(self) -> Iterator[Node]:
        """(sum w (x + y)^a)^(1/a) against M = X + Y, the norms of x and y: with s = (x + y)/M, at each class,

        s^a is at most X/M (x/X)^a + Y/M (y/Y)^a for a >= 1 and for a < 0, at least for a between; the sum of it is 1.
        """
        for whole, other in ((self.small, self.large), (self.large, self.small)):
            total, parts_ = self.norm(whole), list(map(self.norm, Add.make_args(other)))
            if total is None or len(parts_) < 2 or None in parts_:
                continue
            (w, x, a), norms = total, [each for each in parts_ if each is not None]
            if any((v, b) != (w, a) for v, _, b in norms) or expand(x - Add(*(y for _, y, _ in norms))) != 0:
                continue
            r, big, sum_ = _closed(a), f"({plain(other)})", plain(whole.as_base_exp()[0])
            ratios = [(f"{_closed(each)}/{big}", f"({self.at(y)}/{_closed(each)})")
                      for each, (_, y, _) in zip(Add.make_args(other), norms, strict=True)]  # fmt: skip
            s = f"({self.at(x)}/{big})"
            gap = " + ".join(f"{share}*{y}^{r}" for share, y in ratios) + f" - {s}^{r}"
            lines = zip(*(self.bernoulli(r, f"{share}*", y, s) for share, y in ratios), strict=True)
            weight = "" if w == 1 else f"{self.at(w)}*"
            for line, sign, by in zip(lines, (1, -1, 1), (r, r, f"(-{r})"), strict=True):
                more, op = ("", ">=") if sign == 1 else ("-", "<=")
                quotient = f"{big}^{r}/{sum_}" if sign == 1 else f"{sum_}/{big}^{r}"
                one: Node = {"have": f"{more}({gap}) >= 0", "by": {"line": list(chain(*line))}}
                said = f"{big}^{r} {op} {sum_}"
                all_: Node = {"line": [f"{big}^{r}*sum({weight}{more}({gap}), {self.k})"]}
                rest = {"have": said, "by": all_, "in": _by_logarithms(f"log({quotient})/{by}")}
                yield {**one, "in": rest}

    def norm(self, side: Expr) -> tuple[Expr, Expr, Expr] | None:
        """w, x and a of (sum w x^a)^(1/a)."""
        total, e = side.as_base_exp()
        if not isinstance(total, of.Sum) or total.conditions:
            return None
        body = total.opened(self.k)
        power = next((each for each in Mul.make_args(body) if isinstance(each, Pow) and each.exp * e == 1), None)
        return None if power is None else (body / power, power.base, power.exp)

    # --- temperature ---

    def along_temperatures(self) -> Iterator[Node]:
        """The same of the softmax of c z and of d z: from c to d, or from d to c."""
        for each in self.claim.given:
            if isinstance(each, Relation) and each.op in ("<=", ">=", "<", ">"):
                ends = (each.lhs, each.rhs) if each.op in ("<", "<=") else (each.rhs, each.lhs)
                c, d = map(plain, ends)
                if all(isinstance(end, Symbol) or end == 1 for end in ends):
                    sides = (re.sub(r"softmax\((\w+)\)", r"softmax(\1, 1)", plain(x)) for x in (self.small, self.large))
                    yield from self.extremes(_at_temperature(" ".join(sides)), c, d)
                if all(isinstance(end, Symbol) for end in ends):
                    yield from self.from_to(c, d)

    def from_to(self, c: str, d: str) -> Iterator[Node]:
        t = self.t
        for low, high, sign in ((self.small, self.large, ""), (self.large, self.small, "-")):
            texts = [_at_temperature(plain(side)) for side in (low, high)]
            moved = [re.sub(rf"\b{end}\b", t, text) for text, end in zip(texts, (c, d), strict=True)]
            family = re.search(rf"softmax\((\w+), {t}\)", moved[0])
            if moved[0] == moved[1] and family is not None:
                step: Node = {"taylor": t, "of": f"{sign}({moved[0]})", "from": c, "to": d, "order": 1}
                yield from ({**step, "by": {"line": [line]}} for line in self.slopes(family[1], c))

    def extremes(self, text: str, c: str, d: str) -> Iterator[Node]:
        """The largest share of the softmax of t z rises in t, where z is largest; the smallest one falls."""
        t, k = self.t, self.k
        found = [set(re.findall(rf"(max|min)\(softmax\((\w+), {end}\)\)", text)) for end in (c, d)]
        steps, line, below = list[Node](), list[str](), list[tuple[Node, str]]()
        for (word, z), m, r in zip(sorted(found[0] & found[1]), "ms", "ru", strict=False):
            sign, op = ("-", ">=") if word == "min" else ("", "<=")

            def rise(low: str, high: str, sign: str = sign) -> str:
                return f"({high} - {low})" if not sign else f"({low} - {high})"

            low, high, moving = (f"softmax({z}, {each})" for each in (c, d, t))
            slope = f"({t} - {c})*{moving}[{m}]*sum({moving}[{k}]*{rise(f'{z}[{k}]', f'{z}[{m}]')}, {k})"
            by: Node = {
                "taylor": t,
                "of": f"{sign}{moving}[{m}]",
                "from": c,
                "to": d,
                "order": 1,
                "by": {"line": [slope]},
            }
            steps += [{"let": m, "of": f"{word}({z})"}, {"have": f"{low}[{m}] {op} {high}[{m}]", "by": by}]
            line += [rise(f"{high}[{m}]", f"{word}({high})"), rise(f"{low}[{m}]", f"{high}[{m}]")]
            gap = f"{rise(f'exp({c}*{z}[{r}])', f'exp({c}*{z}[{m}])')}/sum(exp({c}*{z}[{k}]), {k})"
            below.append(({"let": r, "of": f"{word}({low})"}, gap))
        if steps:
            yield means.preceded({"line": line}, steps)
            yield means.preceded({"line": [*line, *(gap for _, gap in below)]}, [*steps, *(let for let, _ in below)])

    def slopes(self, z: str, start: str) -> Iterator[str]:
        """What the derivative of an entropy, a mean, a share, a sum of squares may be, times t less where it starts."""
        t, k, l = self.t, self.k, self.l
        q = f"softmax({z}, {t})"
        variance = f"sum({q}[{k}]*({z}[{k}] - sum({q}[{l}]*{z}[{l}], {l}))^2, {k})"
        yield f"({t} - {start})*{variance}"
        yield f"({t} - {start})*{t}*{variance}"
        weights = f"{q}[{k}]*{q}[{l}]*({q}[{k}] - {q}[{l}])"
        yield f"({t} - {start})*sum(sum({weights}*({z}[{k}] - {z}[{l}]), {l}), {k})"
        every = of.free(self.claim.lhs) | of.free(self.claim.rhs)
        for i in sorted((each for each in every if each.is_integer and each != of.n), key=str):
            yield f"({t} - {start})*{q}[{i}]*sum({q}[{k}]*({z}[{i}] - {z}[{k}]), {k})"
            yield f"({t} - {start})*{q}[{i}]*sum({q}[{k}]*({z}[{k}] - {z}[{i}]), {k})"


# --- logarithms of sums -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Term:
    """c log S, S the sum of a body over all classes; of a share it is 1, of 1 it is n."""

    by: Expr
    body: Expr
    total: Expr
    is_entropy: bool = False  # the body is 1 and S is 1, and so -KL is the entropy


class _Logarithms:
    """The logarithm of the larger side less that of the smaller one as a sum of relative entropies.

    It is \\sum_j c_j log S_j with S_j = \\sum_k f_j(k), and \\sum_j c_j log f_j is 0. A share, whose sum is 1, or 1,
    whose sum is n, makes \\sum_j c_j 0 as well; else an entropy is left. Where c_0 alone is negative, it is
    \\sum_j c_j KL(w_0, w_j) for w_j = f_j/S_j. Which one that is may depend on the signs of letters: cases.
    """

    def __init__(self, words: _Words) -> None:
        self.claim, self.k, self.l = words.claim, words.k, words.l
        sides = tuple(map(unfolded, (words.large, words.small)))
        self.said_so = any(each.has(log, of.LogSumExp) for each in sides)
        large, small = sides if self.said_so else map(log, sides)
        self.value = (large - small).replace(of.LogSumExp, lambda *x: of.LogSumExp(*x).definition())
        self.scalars = Scalars(self.claim, {})
        self.equations = means.equations(self.scalars)

    def nodes(self) -> Iterator[Node]:
        terms = self.terms()
        for some in self.balanced(terms) if 0 < len(terms) <= MOST else ():
            node = self.in_cases(some, self.points(some), ())
            if node is not None:
                yield means.preceded(node if self.said_so else {"compare": "log", "in": node}, [*self.positive(some)])

    def terms(self) -> list[_Term]:
        """Those that are read off the sides."""
        found: dict[Expr, _Term] = {}
        for term in Add.make_args(expand_mul(expand_log(self.value, force=True))):
            heads = [each for each in Mul.make_args(term) if isinstance(each, log)]
            total = heads[0].args[0] if len(heads) == 1 else None
            if (isinstance(total, of.Sum) and not total.conditions) or total == of.n:
                body = Integer(1) if total == of.n else total.opened(self.k)
                before = found[body].by if body in found else Integer(0)
                found[body] = _Term(before + term / heads[0], body, total)
        return list(found.values()) if any(each.total != of.n for each in found.values()) else []

    def balanced(self, terms: list[_Term]) -> Iterator[list[_Term]]:
        """With what makes the sum of the factors 0."""
        left = -self.put_in(Add(*(each.by for each in terms)))
        if left == 0:
            yield terms
            return
        known = [each.body for each in terms]
        units = [(Integer(1), of.n)]
        for each in self.claim.given:
            if isinstance(each, Relation) and each.op == "==" and each.rhs == 1 and isinstance(each.lhs, of.Sum):
                units.insert(0, (each.lhs.opened(self.k), Integer(1)))
        if any(isinstance(each, of.Probability) for each in parts(self.claim)):
            units.insert(0, (of.p[self.k], Integer(1)))
        yield from ([*terms, _Term(left, *unit)] for unit in units if unit[0] not in known)
        yield [*terms, _Term(left, Integer(1), Integer(1), is_entropy=True)]

    def put_in(self, expr: Expr) -> Expr:
        for each in self.equations:
            expr = expr.subs(each.letter, each.value)
        return factor(cancel(expr))

    def points(self, terms: list[_Term]) -> list[Number]:
        """Points at which the hypotheses on numbers hold."""
        facts = [(self.scalars.read(each.lhs - each.rhs), each.op) for each in self.scalars.given if each.op != "=="]
        facts = [(self.put_in(fact), op) for fact, op in facts]
        bys = [self.put_in(each.by) for each in terms]
        names = {x for each in (*bys, *(fact for fact, _ in facts)) for x in each.free_symbols}
        return list(islice(self.scalars.drawn(tuple(sorted(names, key=str)), facts), POINTS))

    def in_cases(self, terms: list[_Term], points: list[Number], signs: tuple[Expr, ...]) -> Node | None:
        """The line, where one term alone has a negative factor; else by the signs of what the factors are made of."""
        bys = [self.put_in(each.by) for each in terms]
        rows = [list(map(function(each), points)) for each in bys]
        rows = [[-x for x in row] if each.is_entropy else row for each, row in zip(terms, rows, strict=True)]
        below = [any(x < -NEAR for x in row) for row in rows]
        if not points or not any(below):
            return None
        if below.count(True) == 1:
            at = below.index(True)
            return None if terms[at].is_entropy else self.line(at, terms, signs)
        for f in dict.fromkeys(f for each in bys for part in fraction(each) for f, _ in factor_list(part)[1]):
            value = list(map(function(f), points))
            if min(value) < 0 < max(value):
                some = [[x for x, y in zip(points, value, strict=True) if s * y > 0] for s in (1, -1)]
                first, second = (self.in_cases(terms, x, (*signs, s * f)) for x, s in zip(some, (1, -1), strict=True))
                return {"if": f"{plain(f)} > 0", "then": first, "else": second} if first and second else None
        return None

    def line(self, at: int, terms: list[_Term], signs: tuple[Expr, ...]) -> Node:
        """The relative entropies of w_0 and the others; before it, which sums of two gaps are positive."""
        zero, *others = terms[at], *terms[:at], *terms[at + 1 :]
        w, whole, found = _quotient(zero.body, zero.total), _closed(zero.total), list[str]()
        for each in others:
            by, ratio = _closed(factor(each.by)), plain(powsimp(each.body / zero.body))
            if self.equations:  # of letters in exponents, which are then not seen to add up
                ratio = f"{_closed(each.body)}/{_closed(zero.body)}"
            if each.is_entropy:
                by = _closed(factor(-each.by))
                there = w.replace(f"[{self.k}]", f"[{self.l}]").replace(f", {self.k})", f", {self.l})")
                rest = f"sum({there}, {self.l} != {self.k})"
                found += [f"{by}*sum({w}*({x}), {self.k})" for x in (f"{w} - 1 - log({w})", rest)]
            elif each.by != 0:
                u = f"(({ratio})*{whole}/{_closed(each.total)})"
                found.append(f"{by}*sum({w}*({u} - 1 - log{u}), {self.k})")
        return means.preceded({"line": found}, self.steps([each.by for each in others], signs))

    def steps(self, bys: list[Expr], signs: tuple[Expr, ...]) -> list[Node]:
        """That a letter has a sign, where that follows from two of the hypotheses and cases."""
        gaps = [each.lhs - each.rhs for each in self.scalars.given if each.op in (">", ">=")]
        gaps += [each.rhs - each.lhs for each in self.scalars.given if each.op in ("<", "<=")]
        gaps += signs
        found = list[Node]()
        for letter in sorted({x for each in bys for x in each.free_symbols} - {of.n}, key=str):
            for a, b in combinations(gaps, 2):
                for sign, op in ((1, ">"), (-1, "<")):
                    if expand(a + b - sign * letter) == 0:
                        found.append({"have": f"{letter} {op} 0", "by": {"line": [plain(a), plain(b)]}})
        return found

    def positive(self, terms: list[_Term]) -> Iterator[Node]:
        """That a sum with shares that may be 0 is positive: it is at least the least of what they stand before."""
        for share in [each.lhs for each in self.claim.given if isinstance(each, Relation) and each.op == ">="]:
            if not isinstance(share, of.Entry):
                continue
            q = share.family[self.k]
            for each in terms:
                value = cancel(each.body / q)
                if each.body.has(q) and value != 1 and not value.has(q):
                    least = f"min({plain(value.xreplace({self.k: self.l}))}, {self.l})"
                    line = [f"sum({plain(q)}*({plain(value)} - {least}), {self.k})", least]
                    yield {"have": f"{plain(each.total)} > 0", "by": {"line": line}}


def _quotient(body: Expr, total: Expr) -> str:
    return _closed(body) if total == 1 else f"({_closed(body)}/{_closed(total)})"


def _closed(expr: Expr) -> str:
    """The text, in brackets where it is a sum, a product or a power."""
    return f"({plain(expr)})" if expr.is_Add or expr.is_Mul or expr.is_Pow else plain(expr)


def _by_logarithms(line: str) -> Node:
    return {"compare": "log", "in": {"line": [line]}}


def _at_temperature(text: str) -> str:
    """With softmax(z, lambda) for p."""
    return re.sub(r"\bp\b", "softmax(z, lambda)", text)
