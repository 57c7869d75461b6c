"""Inequalities between divergences, shown at each class.

    derivation(claim, judge, solve) -> Node | None

Where the larger side less the smaller one is \\sum_k F(q_k, r_k) + C for two distributions q and r (or r_k = 1/n),
whose sums are 1, it is \\sum_k f(q_k, r_k) with f(x, y) = F(x, y) + a x + b y and a + b = C. Where the sides are equal
for q = r, f has its minimum there, and a and b are derivatives of F. That f is not negative is an inequality between
numbers, of x/y alone if f is homogeneous; it is shown first, at any class. Where q may be 0, that is a case of its
own, and q log(q/r) is 0 there. Source: Csiszar 1967, of f-divergences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from sympy import (
    Abs,
    Add,
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
    expand_mul,
    log,
    powsimp,
    simplify,
)

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Hypothesis, Relation, parts, relation
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Judge, Node
from symbolic.search.named import put
from symbolic.search.scalars import FUNCTIONS, function

__all__ = ["derivation"]

Solve = Callable[[Claim], Node | None]
X, Y = Dummy("x", positive=True), Dummy("y", positive=True)
AT = (0.001, 0.04, 0.15, 0.34, 0.5, 0.71, 0.97)
SUMMED = (of.Sum, of.Mean, of.Entropy, of.Divergence)


def derivation(claim: Claim, judge: Judge, solve: Solve) -> Node | None:
    """What holds at each class, and the sum of it."""
    if claim.op not in ("<=", ">=") or not any(isinstance(each, SUMMED) for each in parts(claim)):
        return None
    classwise = _Reading(claim).read()
    for node in classwise.nodes(solve) if classwise else ():
        if judge(claim, node) is None:
            return node
    return None


class _Reading:
    """The larger side less the smaller one as a sum over the classes, and what is left."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        used = {str(each) for part in parts(claim) for each in part.free_symbols}
        self.k, self.j = (of.class_named(next(unused(letters, used))) for letters in ("klm", "jihm"))
        self.letters = [Symbol(next(unused(letters, used)), real=True) for letters in ("tuv", "xsg", "yrw")]

    def read(self) -> _Classwise | None:
        small, large = (self.claim.lhs, self.claim.rhs) if self.claim.op == "<=" else (self.claim.rhs, self.claim.lhs)
        body, rest = S.Zero, S.Zero
        for term in (*self.terms(large), *(-each for each in self.terms(small))):
            summed = [each for each in Mul.make_args(term) if isinstance(each, SUMMED)]
            others = Mul(*(each for each in Mul.make_args(term) if not isinstance(each, SUMMED)))
            if len(summed) > 1 or not _is_number(others):
                return None
            if summed:
                total = self.total(summed[0])
                if total is None:
                    return None
                body += others * total
            else:
                rest += others
        return self.about(body, rest)

    def terms(self, side: Expr) -> tuple[Expr, ...]:
        return Add.make_args(expand_mul(side, deep=False))

    def total(self, each: Expr) -> Expr | None:
        """What it is a sum of over all classes."""
        if isinstance(each, of.Entropy):
            return -each.args[0][self.k] * log(each.args[0][self.k])
        if isinstance(each, of.Divergence):
            q, r = (family[self.k] for family in each.args)
            return q * log(q / r)
        if each.conditions:
            return None
        return each.opened(self.k) * (of.p[self.k] if isinstance(each, of.Mean) else 1)

    def about(self, body: Expr, rest: Expr) -> _Classwise | None:
        """In letters for the shares at a class, if it speaks of two distributions at most."""
        shares = sorted(body.atoms(of.Entry, of.Probability), key=self.order)
        alike = all(map(self.is_share, shares))
        if not 1 <= len(shares) <= 2 or any(each.index != self.k for each in shares) or not (alike or rest == 0):
            return None
        put_in = dict(zip(shares, (X, Y), strict=False))
        if of.n in body.xreplace(put_in).free_symbols | rest.free_symbols:
            if len(shares) == 2:
                return None
            put_in[of.n] = 1 / Y
            shares.append(1 / of.n)
        body, rest = body.xreplace(put_in), rest.xreplace(put_in)
        return _Classwise(self, body, rest, tuple(shares), alike) if _is_number(body) else None

    def is_share(self, each: Expr) -> bool:
        """Of a distribution."""
        whole = (of.Sum(each, self.k), 1)
        return isinstance(each, of.Probability) or any(
            isinstance(given, Relation) and given.op == "==" and (given.lhs, given.rhs) == whole
            for given in self.claim.given
        )

    def order(self, each: Expr) -> tuple[bool, bool, str]:
        """What the others are divided by stands last: a softmax, what is positive."""
        return isinstance(each, of.Probability), self.sign(each) == ">", plain(each)

    def sign(self, each: Expr) -> str:
        """What is known of it at every class: ">" or ">=" than 0, or nothing."""
        if isinstance(each, of.Probability) or each == 1 / of.n:
            return ">"
        signs = [
            given.op
            for given in self.claim.given
            if isinstance(given, Relation) and given.op in (">", ">=") and given.rhs == 0
            and isinstance(given.lhs, of.Entry) and given.lhs.family == each.family
        ]  # fmt: skip
        return min(signs, default="")

    def of_numbers(self) -> tuple[Hypothesis, ...]:
        """The hypotheses about numbers."""
        return tuple(
            each
            for each in self.claim.given
            if isinstance(each, Relation) and all(map(_is_number, (each.lhs, each.rhs)))
        )


@dataclass(frozen=True)
class _Classwise:
    """sum over the classes of body, and rest, at the shares X and Y."""

    reading: _Reading
    body: Expr
    rest: Expr
    shares: tuple[Expr, ...]
    alike: bool  # all of them are shares, and their sums 1

    def nodes(self, solve: Solve) -> Iterator[Node]:
        for f in dict.fromkeys(self.functions()):
            if _may_be_positive(f):
                yield from self.shown(f, solve)

    def without_divisors(self, f: Expr) -> tuple[Expr, Expr]:
        """f times what its summands are divided by that is the same at all classes, and that."""
        terms = Add.make_args(f)
        powers = {each for term in terms for each in Mul.make_args(term) if isinstance(each, Pow) and each.exp == -1}
        below = Mul(*(each.base for each in powers if not each.has(X, Y) and not each.base.is_number))
        if below == 1:
            return f, S.One
        by = below if self.is_positive(below) else -below
        split = (term.as_independent(X, Y, as_Add=False) for term in terms)
        return Add(*(cancel(number * by) * rest for number, rest in split)), by

    def is_positive(self, number: Expr) -> bool:
        """As a hypothesis says."""
        gaps = (
            given.lhs - given.rhs if given.op in (">", ">=") else given.rhs - given.lhs
            for given in self.reading.of_numbers()
            if isinstance(given, Relation) and given.op not in ("==", "!=")
        )
        return any(expand(gap - number) == 0 for gap in gaps)

    def functions(self) -> Iterator[Expr]:
        """f for the ways to share C out between q and r."""
        if len(self.shares) == 1 or not self.alike:
            yield self.body + self.rest * X
            return
        slope = simplify(-diff(self.body, X).subs(X, Y)) if not self.body.has(Abs) else S.Zero
        if not slope.has(X) and (Y not in slope.free_symbols or self.shares[1] == 1 / of.n):
            yield self.body + slope * X + expand((self.rest - slope) * Y)
        yield self.body + self.rest * X
        yield self.body + self.rest * Y
        yield self.body + self.rest * (X + Y) / 2

    def shown(self, f: Expr, solve: Solve) -> Iterator[Node]:
        """By a claim about the ratio of the two, or about both, with the hypotheses about numbers."""
        f, by = self.without_divisors(f)
        t, x, y = self.reading.letters
        signs = [self.reading.sign(each) for each in self.shares]
        uniform = self.shares[-1] == 1 / of.n
        degree = _degree(f)
        if len(signs) == 2 and signs[1] == ">" and signs[0] and (uniform or degree is not None):
            g, scale = Add(*map(powsimp, Add.make_args(f.xreplace({X: t, Y: S.One})))), self.at(Y) ** (degree or 1)
            if degree is None:
                g = Add(*(of.n * each for each in Add.make_args(f.subs({X: t / of.n, Y: 1 / of.n}))))
            ratio = f"(n*{plain(self.at(X))})" if uniform else f"({plain(self.at(X))}/{plain(self.at(Y))})"
            yield from self.summed(g, {t: (ratio, signs[0])}, scale / by, solve, ())
            if isinstance(self.shares[1], of.Probability):  # between 1 and the ratio it is not seen to be positive
                yield from self.summed(g, {t: (ratio, signs[0])}, scale / by, solve, (), logarithmic=True)
        if not uniform:
            letters = dict(zip((X, Y), (x, y), strict=True))
            places = {letters[at]: (plain(self.at(at)), sign) for at, sign in zip((X, Y), signs, strict=False)}
            at_most = tuple(relation(letter, "<=", 1) for letter in places if self.alike)
            yield from self.summed(f.xreplace(letters), places, 1 / by, solve, at_most)
            if f.atoms(Pow) and ">=" in signs and not f.has(log):  # roots of what may be 0
                squares = f.xreplace({X: X**2, Y: Y**2}).xreplace(letters)
                roots = {letter: (f"sqrt({text})", sign) for letter, (text, sign) in places.items()}
                yield from self.summed(squares, roots, 1 / by, solve, at_most)

    def at(self, letter: Expr, index: Expr | None = None) -> Expr:
        share = self.shares[0 if letter == X else 1]
        return share.xreplace({self.reading.k: index or self.reading.j})

    def summed(
        self,
        g: Expr,
        places: dict[Symbol, tuple[str, str]],
        scale: Expr,
        solve: Solve,
        given: tuple[Relation, ...],
        logarithmic: bool = False,
    ) -> Iterator[Node]:
        """What is shown at the class j, and the sum over k, in one and term by term; shares are at most 1.

        `logarithmic`: by what holds of the logarithm of the ratio.
        """
        zero = next((each for each, (_, sign) in places.items() if sign == ">="), None)
        if zero is not None and not any(each.has(zero) for each in g.atoms(log)):
            zero = None
        signs = [relation(each, ">" if each == zero else sign, 0) for each, (_, sign) in places.items() if sign]
        terms = [_written(each, zero) for each in Add.make_args(g)]
        goal = g.xreplace({each: exp(each) for each in places}) if logarithmic else g
        known = () if logarithmic else signs
        by = solve(Claim(relation(goal, ">=", 0), (*known, *given, *self.reading.of_numbers()))) if all(terms) else None
        if by is None:
            return
        j, k = f"[{self.reading.j}]", f"[{self.reading.k}]"
        here = {letter.name: text for letter, (text, _) in places.items()}
        there = {letter: text.replace(j, k) for letter, text in here.items()}
        by = put(by, {letter: f"log({text})" for letter, text in here.items()} if logarithmic else here)
        one = " + ".join(terms) if zero is not None else plain(g)
        if zero is not None:
            at_zero = Add(*(each for each in Add.make_args(g) if not any(x.has(zero) for x in each.atoms(log))))
            at_zero = at_zero.xreplace({zero: S.Zero})
            there_too = solve(Claim(relation(at_zero, ">=", 0), (*signs, *given))) if at_zero != 0 else {"line": ["0"]}
            if there_too is None:
                return
            x = plain(
                self.at(X if places[zero][0].startswith(("(" + plain(self.at(X)), plain(self.at(X)), "(n*")) else Y)
            )
            positive: Node = {"have": f"{x} > 0", "by": {"line": [x]}, "in": by}
            by = {"if": f"{x} == 0", "then": put(there_too, here), "else": positive}
        factor = f"({plain(scale)})*".replace(j, k) if scale != 1 else ""
        for bodies in ([one], terms):
            line = " + ".join(f"sum({factor}({put(each, there)}), {self.reading.k})" for each in bodies)
            node: Node = {"have": f"{put(one, here)} >= 0", "by": by, "in": {"line": [line]}}
            for each in reversed(self.shares if self.alike else ()):
                if each != 1 / of.n:
                    rest = f"sum({plain(each)}, {self.reading.k} != {self.reading.j})"
                    node = {"have": f"{plain(each).replace(k, j)} <= 1", "by": {"line": [rest]}, "in": node}
            yield node


def _written(term: Expr, zero: Symbol | None) -> str:
    """The text; where x may be 0, of c x log(u) it is c*xlogy(x, u), and of another logarithm of x there is none."""
    found = next(
        (each for each in Mul.make_args(term) if isinstance(each, log) and zero is not None and each.has(zero)), None
    )
    if found is None:
        return f"({plain(term)})"
    rest = cancel(term / found / zero)
    return "" if rest.has(zero) or rest.has(log) else f"({plain(rest)})*xlogy({zero}, {plain(found.args[0])})"


def _is_number(expr: Expr) -> bool:
    """A function of numbers, n among them."""
    known = isinstance(expr, FUNCTIONS) and all(map(_is_number, expr.args))
    return known or bool(expr.is_number) or expr == of.n


def _values(f: Expr, scale: float = 1.0) -> list[float]:
    others = {each: 1.7 + at for at, each in enumerate(sorted(f.free_symbols - {X, Y}, key=str))}
    value = function(f)
    return [value({**others, X: scale * x, Y: scale * y}) for x, y in product(AT, repeat=2)]


def _may_be_positive(f: Expr) -> bool:
    """As far as points show, where all letters have values."""
    return bool(f.free_symbols - {X, Y}) or all(not each < -1e-9 for each in _values(f))


def _degree(f: Expr) -> Expr | None:
    """The degree of f, where it is homogeneous: 1, or a letter, as far as points show."""
    letters = sorted(f.free_symbols - {X, Y}, key=str)
    for degree in (S.One, *letters):
        by = 2.0 if degree == 1 else 2.0 ** (1.7 + letters.index(degree))
        if all(abs(by * a - b) <= 1e-9 * (1 + abs(b)) for a, b in zip(_values(f), _values(f, 2.0), strict=True)):
            return degree
    return None
