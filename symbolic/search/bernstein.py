"""Polynomials as sums in which the sign is visible: of squares, and of products of what is not negative.

    on_interval(q, a, b)                 q(t) > 0 between a and b (None: no end there), as sums
    of_products(q, known)                q as a sum of products of gaps, which are not negative, and of squares

On [a, b] the sum is that of c_k (t - a)^k (b - t)^(n - k) with c_k >= 0, of a raised degree n (Bernstein); from a on
that of c_k (t - a)^k/(1 + t - a)^N (Polya). If that does not do, and on the whole line, squares are completed from the
highest power on: q = c A^2 + r, where r is positive as well; in t = a + s^2 the same is A(t)^2 or (t - a) A(t)^2, and
in s^2 = (t - a)/(b - t) it is a sum for [a, b] (Lukacs). Products of gaps: Handelman 1988.

>>> from sympy.abc import x
>>> next(on_interval(Poly(x**4 - x**3 + x**2 - x + 1, x), None, None))
[(x**2 - x/2 - 2/3)**2, 25*(x - 2/5)**2/12, 2/9]
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, combinations_with_replacement, islice
from math import fsum, prod
from typing import Any

from sympy import Expr, Integer, Mul, Poly, Pow, Rational, Symbol, im, re
from sympy.polys.domains import QQ
from sympy.polys.rings import ring

from symbolic.deadline import check as in_time
from symbolic.search.simplex import combination

__all__ = ["Known", "homogeneous", "of_products", "on_interval"]

RAISED = 6  # how much the degree is raised
DEGREE = 12  # of what is written as squares
DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 50, 100, 1000)
COLUMNS = 400  # products that are looked at
DRAWN = 100  # random points

Square = tuple[Rational, Poly]  # c, A: c A^2


def on_interval(q: Poly, a: Rational | None, b: Rational | None) -> Iterator[list[Expr]]:
    """Sums in which a polynomial is positive, or not negative, at each point of an interval; none if it is not."""
    t = q.gen
    if a is None and b is not None:
        mirrored = Poly(q.as_expr().subs(t, -t), t)
        yield from ([each.xreplace({t: -t}) for each in found] for found in on_interval(mirrored, -b, None))
    elif a is None:
        yield from ([_square(*each) for each in found] for found in _in_squares(q))
    elif b is None:
        yield from _from(q, a)
    else:
        yield from _between(q, a, b)


def _from(q: Poly, a: Rational) -> Iterator[list[Expr]]:
    """In powers of u = t - a, perhaps over (1 + u)^N; or by squares."""
    t, u = q.gen, (q.gen - a)
    moved = q.compose(Poly(t + a, t))
    for by in range(RAISED + 1):
        raised = moved * Poly(1 + t, t) ** by
        if _all_positive(raised):
            yield [Mul(c, Pow(u, k), Pow(1 + u, -by)) for (k,), c in reversed(raised.terms())]
            break
    for found in _in_squares(moved.compose(Poly(t**2, t))):
        yield [_part(c, A, t - a) for c, A in found]


def _part(c: Rational, A: Poly, gap: Expr) -> Expr:
    """c A(s)^2 for s^2 = t - a: A has powers of one parity only."""
    odd = A.degree() % 2
    inner = sum((value * A.gen ** ((k - odd) // 2) for (k,), value in A.terms()), Integer(0))
    moved = Poly(inner, A.gen).compose(Poly(gap, A.gen))
    return Mul(c, Pow(gap, odd), Pow(moved.as_expr(), 2))


def _between(q: Poly, a: Rational, b: Rational) -> Iterator[list[Expr]]:
    """By Bernstein's coefficients, or by squares."""
    t, n = q.gen, q.degree()
    # in u = (t - a)/(b - t): q(t) (b - a)^n = (b - t)^n sum of c_k u^k
    above, below = Poly(a + b * t, t), Poly(1 + t, t)
    moved = sum((c * above**k * below ** (n - k) for (k,), c in q.terms()), Poly(0, t))
    low, high, scale = (t - a), (b - t), b - a
    for by in range(RAISED + 1):
        raised = moved * below**by
        if _all_positive(raised):
            m = n + by
            yield [Mul(c / scale**m, Pow(low, k), Pow(high, m - k)) for (k,), c in reversed(raised.terms())]
            break
    for found in _in_squares(moved.compose(Poly(t**2, t))):
        yield [_part_between(c / scale**n, A, n, (a, b)) for c, A in found]


def _part_between(c: Rational, A: Poly, n: int, ends: tuple[Rational, Rational]) -> Expr:
    """c A(s)^2 (b - t)^n for s^2 = (t - a)/(b - t)."""
    t, (a, b), odd = A.gen, ends, A.degree() % 2
    k = (A.degree() - odd) // 2
    inner = sum(
        (v * (t - a) ** ((j - odd) // 2) * (b - t) ** (k - (j - odd) // 2) for (j,), v in A.terms()), Integer(0)
    )
    square = Pow(Poly(inner, t).as_expr(), 2)
    return Mul(c, Pow((t - a), odd), Pow((b - t), n - 2 * k - odd), square)


def _all_positive(q: Poly) -> bool:
    return all(c > 0 for c in q.coeffs())


# --- squares ----------------------------------------------------------------------------------------


def _square(c: Rational, A: Poly) -> Expr:
    return Mul(c, Pow(A.as_expr(), 2))


def _in_squares(q: Poly) -> Iterator[list[Square]]:
    """A positive polynomial as a sum of c A^2, the highest powers first."""
    if not 0 <= q.degree() <= 2 * DEGREE or q.degree() % 2 or not _positive(q):
        return
    found: list[Square] = []
    while q.degree() > 0:
        first = _first(q)
        if first is None:
            return
        c, A = first
        found.append(first)
        q = q - c * A**2
    yield [*found, *([(q.LC(), Poly(1, q.gen))] if q.LC() else [])]


def _positive(q: Poly) -> bool:
    return bool(q.LC() > 0 and q.degree() % 2 == 0 and (q.degree() == 0 or q.count_roots() == 0))


def _first(q: Poly) -> Square | None:
    """c A^2, of the degree of q, that leaves a positive rest: A of simple numbers near the real part of the roots."""
    in_time()
    x, c, m = q.gen, q.LC(), q.degree() // 2
    product = Poly(1, x)
    for root in _lowered(q).nroots(n=20, maxsteps=200):
        if im(root) > 0:
            product *= Poly(x - root, x)
    near = [re(value) for value in product.all_coeffs()]
    for by in DENOMINATORS:
        rounded = [Rational(round(value * by), by) for value in near]
        rounded[1] = q.coeff_monomial(x ** (2 * m - 1)) / (2 * c)
        A = Poly(rounded, x)
        if _positive(q - c * A**2):
            return c, A
    return None


def _lowered(q: Poly) -> Poly:
    """Half way down to where it is no longer positive, so that there is room."""
    x = q.gen
    by, shape = q.LC() / 2, Poly(1 + x ** (q.degree() - 2), x)
    for _ in range(20):
        if _positive(q - by * shape):
            return q - by / 2 * shape
        by = by / 4
    return q


# --- products ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """What is known of letters: gaps are not negative, zeros are 0, and some letters are sums of the others."""

    letters: tuple[Symbol, ...]
    gaps: tuple[Expr, ...] = ()
    zeros: tuple[Expr, ...] = ()
    put_in: tuple[tuple[Symbol, Expr], ...] = ()

    @cached_property
    def ring(self) -> Any:
        return ring([f"x{n}" for n in range(len(self.letters))], QQ)[0]

    @cached_property
    def elements(self) -> dict[Expr, Any]:
        """What was written as a polynomial before."""
        found: dict[Expr, Any] = dict(zip(self.letters, self.ring.gens, strict=True))
        for letter, value in self.put_in:
            found[letter] = self._element(value, found)
        return found

    def polynomial(self, expr: Expr) -> Any:
        return self._element(expr, self.elements)

    def _element(self, expr: Expr, known: dict[Expr, Any]) -> Any:
        if expr not in known:
            parts = [self._element(each, known) for each in expr.args if expr.is_Add or expr.is_Mul]
            if expr.is_Add:
                known[expr] = sum(parts, self.ring.zero)
            elif expr.is_Mul:
                known[expr] = prod(parts, start=self.ring.one)
            elif expr.is_Pow:
                known[expr] = self._element(expr.base, known) ** int(expr.exp)
            else:
                known[expr] = self.ring(QQ.from_sympy(expr))
        return known[expr]

    def degree(self, expr: Expr) -> int:
        return max((sum(m) for m in self.polynomial(expr)), default=0)

    def is_homogeneous(self, expr: Expr) -> bool:
        return len({sum(m) for m in self.polynomial(expr)}) < 2

    @cached_property
    def mixed(self) -> bool:
        """Whether products of different degrees may be added."""
        return bool(self.put_in) or not all(map(self.is_homogeneous, (*self.gaps, *self.zeros)))

    @cached_property
    def points(self) -> list[list[float]]:
        """Random values of the letters at which no gap is negative."""
        draw = random.Random(3)
        drawn = (
            [draw.choice((draw.gauss(0, 1), draw.random(), draw.gauss(0, 9))) for _ in self.letters]
            for _ in range(DRAWN)
        )
        tried = ([abs(x) if y in self.gaps else x for x, y in zip(each, self.letters, strict=True)] for each in drawn)
        gaps = [self.polynomial(each) for each in self.gaps]
        return [each for each in tried if all(_at(gap, each) >= 0 for gap in gaps)]

    def is_not_negative(self, expr: Expr) -> bool:
        """At the points, where no equation holds."""
        q = self.polynomial(expr)
        return bool(self.zeros) or all(_at(q, each) > -1e-9 for each in self.points)


def _at(q: Any, point: list[float]) -> float:
    return fsum(float(c) * prod(x**k for x, k in zip(point, m, strict=True)) for m, c in q.items())


def of_products(q: Expr, known: Known) -> list[Expr] | None:
    """q = sum of c_j*(a product of gaps, perhaps times a square) with c_j >= 0, and of multiples of zeros."""
    if not known.is_not_negative(q):
        return None
    mixed = known.mixed or not known.is_homogeneous(q)
    degree = max(map(known.degree, (q, *known.gaps, *known.zeros)))
    products = list(islice(dict.fromkeys(_products(degree, known, mixed)), COLUMNS + 1))
    if len(products) > COLUMNS:
        return None
    columns = [dict(known.polynomial(each)) for each in products]
    weights = combination(columns, dict(known.polynomial(q)), set())
    if weights is None:
        return None
    return [Mul(QQ.to_sympy(c), each) for c, each in zip(weights, products, strict=True) if c]


def _products(degree: int, known: Known, mixed: bool) -> Iterator[Expr]:
    """Of gaps, of a square with gaps, and of zeros, of this degree; of smaller ones too where they are mixed."""
    words: list[Expr] = [*known.letters, *([Integer(1)] if mixed else [])]
    for d in range(0 if mixed else degree, degree + 1):
        yield from (each for each, _ in _of_gaps(known, d))
        for m in range(1, d // 2 + 1):
            parts = [Mul(*chosen) for chosen in combinations_with_replacement(words, m)] if m in (1, d / 2) else []
            for each, _ in _of_gaps(known, d - 2 * m):
                yield from (Mul(each, Pow(x - y, 2)) for x, y in combinations(parts, 2))
                if not set(known.letters) <= set(known.gaps):
                    yield from (Mul(each, Pow(x + y, 2)) for x, y in combinations(parts, 2))
                    yield from (Mul(each, Pow(x, 2)) for x in parts)
        for zero in known.zeros:
            left = d - known.degree(zero)
            for chosen in combinations_with_replacement(known.letters, left) if left >= 0 else ():
                yield from (Mul(sign, *chosen, zero) for sign in (1, -1))


def _of_gaps(known: Known, degree: int, first: int = 0) -> Iterator[tuple[Expr, int]]:
    """Products of gaps that have a degree in all."""
    if degree == 0:
        yield Integer(1), first
    for at in range(first, len(known.gaps)):
        left = degree - known.degree(known.gaps[at])
        if left >= 0:
            yield from ((Mul(known.gaps[at], each), at) for each, _ in _of_gaps(known, left, at))


def homogeneous(term: Expr, y: Symbol, degree: int) -> Expr:
    """c A(x)^2 with a letter y, so that it is of this degree."""
    c, square = term.as_coeff_Mul()
    A = square.base if isinstance(square, Pow) else square
    x = next(iter(A.free_symbols), None)
    if x is None:
        return Mul(term, Pow(y, degree))
    m = degree // 2
    if x == A:
        return Mul(c, Pow(x, 2), Pow(y, degree - 2))
    return Mul(c, Pow(sum((v * x**k * y ** (m - k) for (k,), v in Poly(A, x).terms()), Integer(0)), 2))
