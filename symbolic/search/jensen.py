"""Jensen's inequality, of one family or of several: from the mean to the numbers of one class.

    derivation(claim, judge, solve) -> Node | None

sum f(x_k) - n f(m), for m the mean of x, is a sum of f(x_k) - f(m) - f'(m)(x_k - m), and each is not negative by
Taylor's theorem, where f'' is not negative between m and x_k; for several families, along the line s from 0 to 1. What
is linear there is written such that its sign is visible: 1 - t as (1 - x_k) + (x_k - t) where x_k is the larger end.
The mean may have weights; where it is geometric, f is a function of log x. So are the inequalities of Ky Fan and
Mahler.
Source: Hardy, Littlewood and Polya 1934, 3.6 to 3.9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from sympy import (
    Add,
    Expr,
    Integer,
    Mul,
    Poly,
    Pow,
    Symbol,
    cancel,
    diff,
    exp,
    expand,
    expand_log,
    expand_mul,
    fraction,
    log,
    powsimp,
    together,
)

from symbolic.deadline import check as in_time
from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation, least_size
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Judge, Node
from symbolic.search.factors import factored
from symbolic.search.means import preceded
from symbolic.search.totals import Numbers, Solve, Totals, bracketed, renamed

__all__ = ["derivation"]

MOST = 3  # families
Factors = list[tuple[Expr, int]]
Say = Callable[[Expr], str]  # the text of what is linear


def derivation(claim: Claim, judge: Judge, solve: Solve) -> Node | None:
    """The first mean about which it is such a sum."""
    totals = Totals.read(claim) if claim.op in ("<=", ">=") else None
    for convex in _functions(totals, solve) if totals else ():
        for node in convex.nodes():
            in_time()
            if judge(claim, node) is None:
                return node
    return None


def _functions(totals: Totals, solve: Solve) -> Iterator[_Convex]:
    """What the sums that stand with numbers before them are sums of."""
    value, k = totals.value, totals.k
    slopes = {x: diff(value, x) for x, word in totals.sums.items() if not word.conditions}
    slopes = {x: by for x, by in slopes.items() if not by.has(*totals.words)}
    scale = 1 / of.n if any(by.has(of.n) for by in slopes.values()) else Integer(1)
    body = expand_mul(Add(*(cancel(by / scale) * totals.body(x, k) for x, by in slopes.items())))
    weights = [q[k] for q, total in totals.shares if total == 1 and body.has(q[k])]
    for weight in [*weights, Integer(1)]:
        numbers = Numbers(totals, (), k)
        f = numbers.read(expand_mul(body / weight))
        at_class = {u: x for x, u in numbers.letters.items() if isinstance(x, of.Entry | of.Probability)}
        if 0 < len(at_class) == len(numbers.letters) <= MOST and not f.has(of.n) and weight not in at_class.values():
            geometric = weight == 1 and all(_has_product(totals, x) for x in at_class.values())
            for phi in (log, None) if geometric else (None,):
                yield _Convex(numbers, f, at_class, weight, scale, phi, solve)


def _has_product(totals: Totals, x: Expr) -> bool:
    words = of.Product(x, totals.k), of.Sum(log(x), totals.k)
    return x.args[0] in totals.balanced or not set(words).isdisjoint(totals.words.values())


@dataclass(frozen=True)
class _Convex:
    """A function of the entries of a class; `phi` is the logarithm where their mean is geometric."""

    numbers: Numbers
    of_entries: Expr
    entries: dict[Symbol, Expr]
    weight: Expr
    scale: Expr
    phi: type[Expr] | None
    solve: Solve

    @cached_property
    def k(self) -> Symbol:
        return self.numbers.totals.k

    @cached_property
    def given(self) -> tuple[Relation, ...]:
        """What is known of the entries; a share is at most what all are together."""
        shares = dict(self.numbers.totals.shares)
        most = (Relation(u, "<=", shares[x.args[0]]) for u, x in self.entries.items() if x.args[0] in shares)
        return (*self.numbers.given(), *most)

    @cached_property
    def f(self) -> Expr:
        """The function of the entries, or of their logarithms."""
        simple = self.of_entries.replace(log, self.of_factors)
        if self.phi is None:
            return simple
        return expand_log(powsimp(simple.xreplace({u: exp(u) for u in self.entries})), force=True)

    def of_factors(self, x: Expr) -> Expr:
        """log x, as a sum of the logarithms of factors."""
        number, factors = self.signed(*factored(x), None)
        return log(number) + Add(*(e * log(base) for base, e in factors))

    def signed(self, number: Expr, factors: Factors, phi: type[Expr] | None) -> tuple[Expr, Factors]:
        """With factors that are not negative in place of those that are not positive."""
        down = [e for base, e in factors if self.may_be_negative(base, phi)]
        turned = [(-base if self.may_be_negative(base, phi) else base, e) for base, e in factors]
        return number * Integer(-1) ** sum(down), turned

    @cached_property
    def steps(self) -> dict[Symbol, str]:
        return {u: f"({self.here(u)} - {self.mean(u)})" for u in self.entries}

    @cached_property
    def means(self) -> dict[Symbol, Symbol]:
        """A letter for the mean of each."""
        return {u: Symbol(f"mean{at}") for at, u in enumerate(self.entries)}

    def nodes(self) -> Iterator[Node]:
        """That f is above its tangent at the mean; and the sum of that. Where need be, divisors are multiplied with."""
        tangent = [diff(self.f, u).xreplace(self.means) * (u - m) for u, m in self.means.items()]
        gap = self.f - self.f.xreplace(self.means) - Add(*tangent)
        above, below = fraction(together(gap))
        number, factors = self.signed(*factored(below), self.phi)
        divisor = Mul(*(base**e for base, e in factors))
        sure = [self.mean(x) for x in self.linear(self.f, alone=True)]
        means: list[Node] = [{"have": f"{x} > 0", "by": {"line": [x]}} for x in sure]
        plainly = (
            [(Integer(1), gap, list[Node]())]
            if all(c > 0 for c in expand(divisor).as_coefficients_dict().values())
            else []
        )
        for by, said, before in (*plainly, (divisor, above / number, means)):
            text, weight = self.text(said, self.ends), plain(self.weight)
            over = "" if by == 1 else "/".join(["", *(f"({self.text(base**e, self.ends)})" for base, e in factors)])
            line: Node = {"line": [f"{plain(self.scale)}*sum({weight}*({text}){over}, {self.k})"]}
            for shown in self.of_one_class(by):
                yield preceded(line, [*self.before(), *before, {"have": f"{text} >= 0", "by": shown}])

    def of_one_class(self, by: Expr) -> Iterator[Node]:
        """By the second derivative as a product; where need be, with the signs of what is linear said before."""
        names = {u: Symbol(f"step{at}") for at, u in enumerate(self.entries)}
        letters = list(names)
        second = Add(*(diff(self.f, u, v) * names[u] * names[v] for u, v in product(letters, repeat=2)))
        number, factors = factored(second if len(letters) > 1 else diff(self.f, letters[0], 2))
        number, factors = self.signed(number, factors, self.phi)
        odd = [x for x, e in factors if e % 2]
        if number <= 0 or any(x.has(*names.values()) or self.may_be_negative(x, self.phi) for x in odd):
            return
        signs = self.signs([x for x, _ in factors])
        shown = self.curved([x for x in odd if x.is_Add and self.linear(x) != [x]])
        words, times = {str(name): self.steps[u] for u, name in names.items()}, self.text(by, self.ends)
        for some in (False, True) if signs or shown else (False,):
            nodes = list[Node]()
            for start, end, say in self.ways():
                step = "s" if len(letters) > 1 else f"(t - {start})"
                line = [f"({renamed(self.text(x**e, say), words)})" for x, e in factors]
                by_line: Node = {"line": ["*".join([f"{step}^2*{plain(number)}*({times})", *line])]}
                before = [{"have": f"{say(x)} >= 0", "by": {"line": [say(x)]}} for x in signs] + shown if some else []
                h = self.text(self.f, say) if by == 1 else f"({times})*({self.text(self.f, say)})"
                taylor: Node = {"taylor": step.strip("(")[0], "of": h, "from": start, "to": end, "order": 2}
                nodes.append({**taylor, "by": preceded(by_line, before)})
            if len(letters) > 1:
                yield nodes[0]
            else:
                (u,) = letters
                yield {"if": f"{self.here(u)} >= {self.mean(u)}", "then": nodes[0], "else": nodes[1]}

    def ways(self) -> Iterator[tuple[str, str, Say]]:
        """From where to where, and how what is linear is said: above the mean, and below it; or along a line."""
        if len(self.entries) > 1:
            yield "0", "1", lambda x: f"((1 - s)*{self.mean(x)} + s*{self.here(x)})"
            return
        (u,) = self.entries
        ends = self.mean(u), self.here(u)
        for up in (True, False):

            def say(x: Expr, up: bool = up) -> str:
                slope = diff(x, u)
                low = self.mean if bool(slope > 0) is up else self.here
                gap = f"t - {low(u)}" if slope > 0 else f"{low(u)} - t"
                return f"({low(x)} + {'' if abs(slope) == 1 else f'{plain(abs(slope))}*'}({gap}))"

            yield *ends, say

    def signs(self, among: list[Expr]) -> list[Expr]:
        """What is linear, as far as it is not negative; and the gaps of hypotheses."""
        gaps = [] if self.phi else [x.lhs - x.rhs for x in self.given if x.lhs in self.entries and x.rhs.is_number]
        found = dict.fromkeys([*(x for each in among for x in self.linear(each)), *gaps])
        return [y for x in found for y in (x, -x) if not self.may_be_negative(y, self.phi)]

    def curved(self, factors: list[Expr]) -> list[Node]:
        """That a factor is not negative in the range of the entries, as a claim about a number t."""
        if len(self.entries) > 1 or self.phi:
            return []
        (u,), t = self.entries, Symbol("t", real=True)
        ranges = tuple(replace(each, lhs=t) for each in self.given if each.lhs == u and each.rhs.is_number)
        trees = ((x, self.solve(Claim(Relation(Integer(0), "<=", x.xreplace({u: t})), ranges))) for x in factors)
        return [{"have": f"{plain(x.xreplace({u: t}))} >= 0", "by": tree} for x, tree in trees if tree is not None]

    def may_be_negative(self, expr: Expr, phi: type[Expr] | None) -> bool:
        """As far as points show."""
        back = {m: u for u, m in self.means.items()}
        expr = expr.xreplace(back).xreplace({u: phi(u) for u in self.entries} if phi else {})
        return expr.has(*self.entries) and not self.numbers.may_hold(
            Claim(Relation(Integer(0), "<=", expr), self.given)
        )

    def before(self) -> Iterator[Node]:
        """That a share is less than all, and that the logarithms of a product of 1 have the sum 0."""
        totals = self.numbers.totals
        k, l = totals.k, totals.l
        for x in self.entries.values():
            if x.args[0] in totals.balanced:
                shown: Node = {"compare": "exp", "in": {"line": [f"prod({plain(x)}, {k}) - 1"]}}
                yield {"have": f"sum(log({plain(x)}), {k}) == 0", "by": shown}
            total = dict(totals.shares).get(x.args[0])
            if total is not None:
                op = "<" if least_size(totals.claim.given) > 1 else "<="
                others = plain(x.args[0][l])
                yield {"have": f"{plain(x)} {op} {plain(total)}", "by": {"line": [f"sum({others}, {l} != {k})"]}}

    # --- the texts of what is linear ---

    def here(self, x: Expr) -> str:
        return self._at(x, self.k)

    def _at(self, x: Expr, at: Symbol) -> str:
        words = {u: word if self.phi is None else log(word) for u, word in self.entries.items()}
        return bracketed(plain(x.xreplace(words).subs(self.k, at)))

    def mean(self, x: Expr) -> str:
        l = self.numbers.totals.l
        if self.weight == 1:
            return f"(sum({self._at(x, l)}, {l})/n)"
        return f"sum({plain(self.weight.subs(self.k, l))}*{self._at(x, l)}, {l})"

    def linear(self, expr: Expr, alone: bool = False) -> list[Expr]:
        """What is linear in an expression; in logarithms and divisors only, if it is to stand alone."""
        words = dict[Expr, Symbol]()
        some = [x for part in expr.atoms(log, Pow) for x in part.args[:1] if not (part.is_Pow and part.exp.is_positive)]
        for each in some if alone else [expr]:
            self._lettered(each, words)
        return [x for x in words if not alone or x in some]

    def ends(self, x: Expr) -> str:
        """Of what is linear in the entries, or in their means."""
        return self.here(x) if x.has(*self.entries) else self.mean(x.xreplace({m: u for u, m in self.means.items()}))

    def text(self, expr: Expr, say: Say) -> str:
        """Of an expression whose linear parts are said so."""
        words = dict[Expr, Symbol]()
        found = plain(self._lettered(expr, words))
        return str(renamed(found, {str(name): say(x) for x, name in words.items()}))

    def _lettered(self, expr: Expr, words: dict[Expr, Symbol]) -> Expr:
        """With letters for what is linear."""
        letters = {*self.entries}, {*self.means.values()}
        if not expr.has(*letters[0], *letters[1]):
            return expr
        if any(expr in each or (expr.free_symbols <= each and _is_linear(expr)) for each in letters):
            return words.setdefault(expr, Symbol(f"linear{len(words)}"))
        return expr.func(*(self._lettered(each, words) for each in expr.args))


def _is_linear(expr: Expr) -> bool:
    letters = expr.free_symbols
    return expr.is_Add and bool(expr.is_polynomial(*letters) and Poly(expr, *letters).total_degree() == 1)
