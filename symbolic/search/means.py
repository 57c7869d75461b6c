"""Inequalities between numbers by weighted means: of powers and exponentials, and of logarithms.

    derivation(claim, judge) -> Node | None

Exponentials. The larger side less the smaller one is a sum of c_j e^{x_j}, where x^r is e^{r log x}. What stands there
with a negative factor is a geometric mean of others, x_m = \\sum_j w_j x_j with weights of sum 1, which are solved for;
then it is c \\sum_j w_j e^{x_m} g(e^{x_j - x_m}) with g(u) = u - 1 - log u, and what is left. Bernoulli's inequality,
Young's, and that of the arithmetic and the geometric mean are of this kind.

Logarithms. It is a sum of c_j log x_j and of what has none. The numbers w of which all c_j are sums put it into the
form -\\sum_w w log u_w, and w g(u_w) stand for these. Gibbs' and Jensen's inequality for log are of this kind.

A number u that is a mean, such as (x + y)/2, is a letter of its own: h'(u) (u - (x + y)/2), which is 0, is added.
Sources: Hardy, Littlewood and Polya 1934, 2.5, 2.14, 2.15; Murray, Chandrasekaran and Wierman 2021 for sums of several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice, permutations, product

from sympy import (
    Add,
    Basic,
    Dummy,
    Expr,
    Mul,
    Pow,
    S,
    Symbol,
    cancel,
    diff,
    exp,
    expand,
    expand_log,
    expand_mul,
    factor,
    log,
    powdenest,
    solve,
    together,
)

from symbolic.deadline import check as in_time
from symbolic.language import notation as of
from symbolic.language.claims import Claim
from symbolic.language.comparison import compared
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Judge, Node
from symbolic.search.powers import others
from symbolic.search.scalars import Number, Scalars, function, words

__all__ = ["derivation", "equations", "preceded", "settled"]

POINTS = 12
NEAR = 1e-8
MOST = 8  # exponentials, logarithms
TRIES, PIECES = 60, 4  # amounts that are looked at; means in one line


def derivation(claim: Claim, judge: Judge) -> Node | None:
    """A line of gaps that the kernel accepts, of the sides or, where these are powers, of their logarithms."""
    if claim.op not in ("<=", ">=", "<", ">"):
        return None
    letters = words(claim)
    if letters is None or not any(True for _ in _everything(claim)):
        return None
    for around, said in _ways(claim):
        try:
            numbers = _Numbers(Scalars(said, letters))
            for inner in numbers.nodes():
                node = preceded({**around, "in": inner} if around else inner, numbers.before())
                for whole in (node, *numbers.at_the_end(node)):
                    if judge(claim, whole) is None:
                        return whole
        except (NotImplementedError, ArithmeticError, ValueError, TypeError):  # of SymPy, at what it does not know
            continue
    return None


def settled(claim: Claim) -> list[Node]:
    """What its hypotheses on numbers say, as steps: which are positive, and what equations make of letters."""
    return _Numbers(Scalars(claim, {})).before()


def preceded(node: Node, steps: list[Node]) -> Node:
    """The node after these steps."""
    for step in reversed(steps):
        node = {**step, "in": node}
    return node


def _ways(claim: Claim) -> Iterator[tuple[Node, Claim]]:
    yield {}, claim
    if any(_is_power(each) or isinstance(each, exp) for each in (*_factors(claim.lhs), *_factors(claim.rhs))):
        yield {"compare": "log"}, compared("log", claim)


def _factors(side: Expr) -> tuple[Expr, ...]:
    return Mul.make_args(side) if side.free_symbols else ()


def _everything(claim: Claim) -> Iterator[Basic]:
    for side in (claim.lhs, claim.rhs):
        yield from side.atoms(Pow, exp, log)


def _is_power(expr: Basic) -> bool:
    """Whether it is a power that is no whole one."""
    return isinstance(expr, Pow) and not expr.exp.is_Integer


@dataclass(frozen=True)
class _Equation:
    """What a hypothesis says that a letter is, and the multiple of the hypothesis that shows it."""

    letter: Symbol
    value: Expr
    zero: Expr  # by the hypothesis
    by: Expr

    @property
    def step(self) -> Node:
        line = f"({plain(self.zero)})*({plain(self.by)})"
        return {"have": f"{self.letter} == {plain(self.value)}", "by": {"line": [line]}}


class _Numbers:
    """The difference of the sides of a claim about numbers, at points where its hypotheses hold."""

    def __init__(self, scalars: Scalars) -> None:
        self.scalars = scalars
        self.equations = equations(scalars)
        small, large = scalars.sides
        self.value = large - small
        self.named: dict[Symbol, Expr] = {}  # letters for bases that are sums
        self.logs: dict[Symbol, Symbol] = {}

    def put_in(self, expr: Expr) -> Expr:
        for each in self.equations:
            expr = expr.subs(each.letter, each.value)
        return expr

    def before(self) -> list[Node]:
        """What is positive, and what the equations say, as steps without what follows."""
        steps: list[Node] = [{"have": f"{self.text(x)} > 0", "by": self.above_zero(x)} for x in self.positive()]
        return [*steps, *(each.step for each in self.equations)]

    def at_the_end(self, node: Node) -> Iterator[Node]:
        """With the case, before all else, that the base of a power is 0; its one letter is a number then."""
        for base in self.named.values():
            if len(base.free_symbols) == 1 and diff(base, x := next(iter(base.free_symbols))).is_Rational:
                end = x - base / diff(base, x)
                there = factor(self.value.subs(x, end)) if end.is_number else self.value
                if not there.has(x, S.NaN, S.ComplexInfinity):
                    yield {"if": f"{x} == {plain(end)}", "then": {"line": [self.text(there)]}, "else": node}

    def positive(self) -> list[Expr]:
        """The numbers of hypotheses that are seen to be positive, where none says so; bases that are sums."""
        said = self.said_positive()
        bounds = [(each.lhs, each.rhs) for each in self.scalars.given if each.op in (">", ">=")]
        bounds += [(each.rhs, each.lhs) for each in self.scalars.given if each.op in ("<", "<=")]
        found = [a for a, b in bounds if a.is_Symbol and a not in said and b.is_number and b.is_positive]
        bases = [each for each in self.named.values() if len(each.free_symbols) == 1 or self.mixture(each)]
        return list(dict.fromkeys([*found, *bases]))

    def said_positive(self) -> list[Expr]:
        """The letters that hypotheses call positive."""
        said = [each.lhs for each in self.scalars.given if each.op == ">" and each.rhs == 0]
        said += [each.rhs for each in self.scalars.given if each.op == "<" and each.lhs == 0]
        return [each for each in said if each.is_Symbol]

    def above_zero(self, base: Expr) -> Node:
        """That a base is positive: as it stands; of t x + (1 - t) y, by which of x and y is the larger; of 1 - p[i]."""
        mixed = self.mixture(base)
        if mixed is None:
            shares = {1 - x: share for x in base.free_symbols if (share := self.scalars.back.get(x))}
            rest = shares.get(base)
            return {"line": [others(rest) if isinstance(rest, of.Probability) else self.text(base)]}
        (x, a), (y, b) = mixed
        then, other = [self.text(y), self.text(a * (x - y))], [self.text(x), self.text(b * (y - x))]
        return {"if": f"{self.text(x)} >= {self.text(y)}", "then": {"line": then}, "else": {"line": other}}

    def mixture(self, base: Expr) -> list[tuple[Symbol, Expr]] | None:
        """x and y with their weights, which are no numbers and have sum 1."""
        terms = [(x, base.coeff(x, 1)) for x in sorted(base.free_symbols, key=str) if x in self.logs]
        if len(terms) != 2 or any(a.is_number for _, a in terms):
            return None
        if expand(self.put_in(Add(*(a for _, a in terms)) - 1)) != 0:
            return None
        return terms if expand(base - Add(*(x * a for x, a in terms))) == 0 else None

    def text(self, expr: Expr) -> str:
        return self.scalars.text(expr.xreplace(self.named))

    @cached_property
    def points(self) -> list[Number]:
        facts = [(self.put_in(self.scalars.read(each.lhs - each.rhs)), each.op) for each in self.scalars.given]
        facts = [(fact, op) for fact, op in facts if fact.free_symbols]
        names = {each for fact, _ in facts for each in fact.free_symbols} | self.put_in(self.value).free_symbols
        found = list(islice(self.scalars.drawn(tuple(sorted(names, key=str)), facts), POINTS))
        for each in reversed(self.equations):
            work = function(each.value)
            found = [{**point, each.letter: work(point)} for point in found]
        return found

    def values(self, expr: Expr) -> list[float]:
        """At the points; nan where there is none."""
        return list(map(function(expr.xreplace(self.named)), self.points))

    def is_not_negative(self, expr: Expr) -> bool:
        return all(x > -NEAR for x in self.values(expr))  # nan is not

    def nodes(self) -> Iterator[Node]:
        """What may show it."""
        if len(self.points) >= POINTS // 2 and self.is_not_negative(self.value):
            for bases in self.bases():
                yield from ({"line": each} for each in self.of_exponentials(bases))
            yield from ({"line": each} for each in self.of_logarithms())
            yield from filter(None, [self.of_a_sum()])

    def of_a_sum(self) -> Node | None:
        """(x + y)^r - x^r - y^r is x ((x + y)^(r - 1) - x^(r - 1)) and the same for y; for r <= 1 it is turned."""
        powers = [each.as_base_exp() for each in self.value.atoms(Pow) if not each.exp.is_number]
        for base, r in powers:
            parts = Add.make_args(base)
            whole = base**r - Add(*(x**r for x in parts))
            sign = next((s for s in (1, -1) if len(parts) > 1 and expand(self.value - s * whole) == 0), 0)
            if sign and all(x.is_Symbol for x in parts):
                large, small = (f"({self.text(base)})^({self.text(r - 1)})", "{}^(" + self.text(r - 1) + ")")
                node: Node = {"line": [f"{x}*({small.format(x)} - {large})" for x in parts]}
                if sign == 1:
                    node = {"line": [f"{x}*({large} - {small.format(x)})" for x in parts]}
                for x in parts:
                    rate = f"({self.text(sign * (r - 1))})*(log({self.text(base)}) - log({x}))"
                    step = f"{large} {'>=' if sign == 1 else '<='} {small.format(x)}"
                    node = {"have": step, "by": {"compare": "log", "in": {"line": [rate]}}, "in": node}
                return node
        return None

    # --- exponentials ---

    def of_exponentials(self, bases: list[Expr]) -> Iterator[list[str]]:
        """For each way to write what is negative as means of others, the gaps and what is left."""
        value = self.in_letters(_apart(self.value), bases)
        if value.has(log):
            return
        for each in dict.fromkeys((value, *self.with_slopes(value))):
            yield from self.as_means(_Sum.of(each, self.logs))

    def bases(self) -> Iterator[list[Expr]]:
        """The bases of powers; then also what else is positive and stands in no exponent."""
        powers = _apart(self.value).atoms(Pow)
        bases = {each.base for each in powers if _is_power(each) and each.base.free_symbols}
        yield sorted(bases, key=str)
        exponents = [*(each.exp for each in powers), *(each.args[0] for each in self.value.atoms(exp))]
        above = set().union(*(each.free_symbols for each in exponents))
        more = {each.base for each in powers if each.exp.is_negative and each.base.is_Add} - bases
        more |= {each for each in self.said_positive() if self.value.has(each) and each not in above} - bases
        if more:
            yield sorted(bases | more, key=str)

    def in_letters(self, value: Expr, bases: list[Expr]) -> Expr:
        """With a letter for each base of a power, where it is a sum; of a single x as well where it is x + c."""
        self.logs, self.named = {}, {}
        for base in bases:
            letter = base if base.is_Symbol else Symbol(f"_{len(self.named)}", positive=True)
            if base != letter:
                self.named[letter] = base
                value = value.xreplace({each: letter**each.exp for each in value.atoms(Pow) if each.base == base})
                x = next(iter(base.free_symbols))
                if len(base.free_symbols) == 1 and diff(base, x).is_Rational:
                    value = value.subs(x, x + (letter - base) / diff(base, x))
            self.logs[letter] = Dummy(f"log {letter}")
        return value

    def with_slopes(self, value: Expr) -> Iterator[Expr]:
        """With the derivative in each letter u, times u less what it stands for, which is 0, taken off."""
        for letter, base in self.named.items():
            if len(base.free_symbols) > 1:
                yield value - diff(value, letter) * (letter - base)

    def as_means(self, total: _Sum) -> Iterator[list[str]]:
        if len(total.terms) > MOST:
            return
        signs = {x: self.values(c) for x, c in total.terms.items()}
        above = [x for x, row in signs.items() if all(v > -NEAR for v in row)]
        below = [x for x, row in signs.items() if x not in above and all(v < NEAR for v in row)]
        if not below or len(above) + len(below) < len(signs):
            return
        left = {x: self.put_in(total.terms[x]) for x in above}
        wanted = {x: self.put_in(-total.terms[x]) for x in below}
        self.tries = TRIES
        for gaps, rest in self.covered(total, wanted, left, PIECES):
            line = [self.gap(by * total.power(x), *total.ratio(y, x, self.put_in)) for x, y, by in gaps]
            yield [*line, *(self.text(factor(each) * total.power(x)) for x, each in rest.items() if each != 0)]

    def covered(
        self, total: _Sum, wanted: dict[Expr, Expr], left: dict[Expr, Expr], pieces: int
    ) -> Iterator[tuple[list[tuple[Expr, Expr, Expr]], dict[Expr, Expr]]]:
        """What is wanted as means of what is left: the gaps x, y, c for c e^x g(e^(y - x)), and what is left then.

        From each mean as much as is wanted, or as much as one of its terms has.
        """
        if not wanted:
            yield [], left
            return
        x = next(iter(wanted))
        for weights in self.weights(total, x, list(left)) if pieces else ():
            for amount in dict.fromkeys((wanted[x], *(cancel(left[y] / w) for y, w in weights.items() if w != 0))):
                in_time()
                if amount == 0:
                    continue
                self.tries -= 1
                more = cancel(wanted[x] - amount)
                rest = {y: cancel(c - amount * weights.get(y, S.Zero)) for y, c in left.items()}
                if self.tries > 0 and all(map(self.is_not_negative, (more, *rest.values()))):
                    others = {y: c for y, c in wanted.items() if y != x}
                    gaps = [(x, y, factor(cancel(amount * w))) for y, w in weights.items() if w != 0]
                    still = {x: more, **others} if more != 0 else others
                    for after, end in self.covered(total, still, rest, pieces - 1):
                        yield [*gaps, *after], end

    def weights(self, total: _Sum, x: Expr, above: list[Expr]) -> Iterator[dict[Expr, Expr]]:
        """The weights, not negative and of sum 1, with which x is a mean of some of the others."""
        for size in (2, 3):
            for some in combinations(above, size):
                found = total.mean(x, some, self.put_in)
                if found is not None and all(self.is_not_negative(each) for each in found.values()):
                    yield found

    def gap(self, weight: Expr, above: Expr, below: Expr = S.One) -> str:
        """w (u - 1 - log u), or w (e^u - 1 - u), for a quotient u."""
        by, u = self.text(weight), self.text(above)
        if isinstance(above, exp) and below == 1:
            head = f"{u} - 1 - {_closed(self.text(above.args[0]))}"
        else:
            u = u if below == 1 else f"{_closed(u)}/({self.text(below)})"
            head = f"{u} - 1 - log({u})"
        return f"({head})" if weight == 1 else f"{_closed(by)}*({head})"

    # --- logarithms ---

    def of_logarithms(self) -> Iterator[list[str]]:
        """For each few weights of which the factors of all logarithms are sums, their gaps and what is left."""
        logs, rest = _logarithms(expand_log(self.value, force=True))
        if not logs or len(logs) > MOST or rest.has(log):
            return
        rows = {x: self.values(c) for x, c in logs.items()}
        weights: dict[Expr, list[float]] = {}
        for x, row in rows.items():
            for sign in (1, -1):
                if all(sign * v > -NEAR for v in row):
                    weights.setdefault(_as_written(factor(sign * logs[x]), logs), [sign * v for v in row])
        for each in self.parts_of_weights(list(weights)):
            row = self.values(each)
            if len(weights) < MOST and all(v > -NEAR for v in row):
                weights.setdefault(each, row)
        for size in (1, 2, 3):
            for some in combinations(weights, size):
                in_time()
                found = [_multiples(row, [weights[w] for w in some]) for row in rows.values()]
                if all(each is not None for each in found):
                    ratios = [
                        Mul(*(x ** -each[at] for x, each in zip(logs, found, strict=True) if each is not None))
                        for at in range(size)
                    ]
                    left = factor(cancel(rest - Add(*(w * (u - 1) for w, u in zip(some, ratios, strict=True)))))
                    gaps = [self.gap(w, u) for w, u in zip(some, ratios, strict=True) if u != 1]
                    if self.is_not_negative(left):
                        yield [*gaps, *([self.text(_as_written(left, logs))] if left != 0 else [])]

    def parts_of_weights(self, weights: list[Expr]) -> Iterator[Expr]:
        """The summands of a mixture, and what one weight, or summand, is more than another one."""
        parts = [part for each in weights for part in Add.make_args(each) if part != each]
        yield from parts
        yield from (factor(x - y) for x, y in permutations([*weights, *parts], 2))


def equations(scalars: Scalars) -> list[_Equation]:
    """What the hypotheses say that single letters are."""
    return list(_equations(scalars))


def _equations(scalars: Scalars) -> Iterator[_Equation]:
    """What the hypotheses say that single letters are."""
    gone = set[Symbol]()
    for each in scalars.given:
        zero = together(each.lhs - each.rhs).as_numer_denom()[0]
        letters = sorted(zero.free_symbols - gone, key=str, reverse=True)
        if each.op != "==" or zero.free_symbols & gone or not all(isinstance(x, Symbol) for x in letters):
            continue
        for letter in letters:
            found = solve(zero, letter)
            if len(found) == 1 and letter != of.n:
                gone.add(letter)
                yield _Equation(letter, factor(found[0]), zero, factor(cancel((letter - found[0]) / zero)))
                break


# --- sums of exponentials ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sum:
    """The sum of c e^x, by x, which is a polynomial in the logarithms of letters and in what stands in exponents."""

    terms: dict[Expr, Expr]
    logs: dict[Symbol, Symbol]

    @classmethod
    def of(cls, value: Expr, logs: dict[Symbol, Symbol]) -> _Sum:
        terms: dict[Expr, Expr] = {}
        for term in Add.make_args(expand(_apart(value))):
            x, c = S.Zero, S.One
            for each in Mul.make_args(term):
                base, e = (each.base, each.exp) if isinstance(each, Pow) else (each, S.One)
                if base in logs:
                    x += e * logs[base]
                elif isinstance(each, exp) and each.free_symbols:
                    x += each.args[0]
                else:
                    c *= each
            x = expand(x)
            terms[x] = terms.get(x, S.Zero) + c
        return cls({x: factor(c) for x, c in terms.items() if cancel(c) != 0}, logs)

    @cached_property
    def directions(self) -> list[Symbol]:
        """In what the exponents are linear: logarithms, and letters that are in no factor."""
        others = set().union(*(x.free_symbols for x in self.terms)) - set().union(
            *(c.free_symbols for c in self.terms.values())
        )
        moving = {d for x in self.terms for each in self.logs.values() for d in _factors_of(x, each)}
        return sorted({*self.logs.values(), *(others - moving)}, key=str)

    def mean(self, x: Expr, some: tuple[Expr, ...], put_in: Callable[[Expr], Expr]) -> dict[Expr, Expr] | None:
        """The weights of sum 1 with which x is the mean of some of the others."""
        unknown = [Dummy(f"w{at}") for at in range(len(some))]
        gap = expand(put_in(x - Add(*(w * y for w, y in zip(unknown, some, strict=True)))))
        rows = [gap.coeff(d, 1) for d in self.directions]
        rows.append(expand(gap - Add(*(row * d for row, d in zip(rows, self.directions, strict=True)))))
        found = solve([*rows, Add(*unknown) - 1], unknown, dict=True)
        if len(found) != 1 or found[0].keys() != set(unknown):
            return None
        solved = [factor(found[0][w]) for w in unknown]
        if any(each.free_symbols & {*unknown, *self.directions} for each in solved):
            return None
        return dict(zip(some, solved, strict=True))

    def power(self, x: Expr) -> Expr:
        """e^x, as a product of powers."""
        back = {d: letter for letter, d in self.logs.items()}
        powers = [letter ** factor(x.coeff(d, 1)) for d, letter in back.items()]
        rest = expand(x - Add(*(x.coeff(d, 1) * d for d in back)))
        return Mul(*powers, exp(factor(rest)) if rest != 0 else S.One)

    def ratio(self, x: Expr, y: Expr, put_in: Callable[[Expr], Expr]) -> tuple[Expr, Expr]:
        """e^(x - y), as one power or, where an exponent is a quotient, as a quotient: powers are not seen to add up."""
        if cancel(put_in(x - y)).as_numer_denom()[1].is_number:
            return self.power(expand(x - y)), S.One
        return self.power(x), self.power(y)


def _factors_of(x: Expr, direction: Symbol) -> set[Basic]:
    return set(x.coeff(direction, 1).free_symbols)


def _apart(value: Expr) -> Expr:
    """Powers of products as products of powers."""
    found = powdenest(value, force=True).expand(power_base=True, power_exp=True, force=True, mul=False, log=False)
    upside_down = [each for each in found.atoms(Pow) if isinstance(each.base, Pow) and each.base.exp == -1]
    return found.xreplace({each: Pow(each.base.base, -each.exp) for each in upside_down})


# --- sums of logarithms -----------------------------------------------------------------------------


def _logarithms(value: Expr) -> tuple[dict[Expr, Expr], Expr]:
    """What each logarithm is of, with its factor, and what has none."""
    written = {expand(each.args[0]): each.args[0] for each in value.atoms(log)}  # so the signs of sums are seen
    letters = {Dummy(): x for x in written.values()}
    heads = {
        each: next(h for h, x in letters.items() if x == written[expand(each.args[0])]) for each in value.atoms(log)
    }
    found: dict[Expr, Expr] = {}
    rest = S.Zero
    for term in Add.make_args(expand_mul(value.xreplace(heads))):
        logs = [each for each in Mul.make_args(term) if each in letters]
        if len(logs) == 1:
            x = letters[logs[0]]
            found[x] = found.get(x, S.Zero) + term / logs[0]
        else:
            rest += term.xreplace({h: log(x) for h, x in letters.items()})
    return {x: c for x, c in found.items() if cancel(c) != 0}, rest


def _as_written(value: Expr, sums: Iterable[Expr]) -> Expr:
    """With factors as these sums are written, where their signs are seen."""
    known = {sign * expand(each): sign * each for each in sums if each.is_Add for sign in (1, -1)}
    powers = [each.as_base_exp() for each in Mul.make_args(value)]
    return Mul(*(known.get(expand(base), base) ** e for base, e in powers))


def _multiples(row: list[float], rows: list[list[float]]) -> tuple[int, ...] | None:
    """The small whole numbers with which the row is a sum of the rows."""
    for found in product((0, 1, -1, 2, -2), repeat=len(rows)):
        if all(
            abs(x - sum(k * y for k, y in zip(found, each, strict=True))) < 1e-9 * (1 + abs(x))
            for x, *each in zip(row, *rows, strict=True)
        ):
            return found
    return None


def _closed(text: str) -> str:
    return f"({text})" if " + " in text or " - " in text or text.startswith("-") else text
