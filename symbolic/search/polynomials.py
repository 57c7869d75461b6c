"""The sums in which the sign of a polynomial is visible at the leaf of a derivation.

    sums(expr, goal, field) -> sums: on the interval where its only letter is, or of products of what is not negative

Roots and exponentials are taken for letters. What is not negative there is asked of the kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, combinations, islice
from math import isnan

from sympy import Basic, Dummy, Expr, Integer, Mul, Poly, PolynomialError, Pow, Rational, Symbol, expand

from symbolic.search.bernstein import Known, homogeneous, of_products, on_interval
from symbolic.search.factors import in_letters
from symbolic.search.goals import Goal
from symbolic.search.scalars import function

__all__ = ["Field", "is_polynomial", "sums"]

NUMBERS = tuple(Rational(each) for each in ("0", "1", "-1", "1/2", "2", "-2"))
LETTERS, DEGREE, TERMS = 4, 6, 40  # of what is written as products


@dataclass(frozen=True)
class Field:
    """What a claim tells: whether the kernel sees that something is not negative; ends of hypotheses; equations."""

    sees: Callable[[Goal, Expr], bool]
    ends: tuple[Expr, ...] = ()
    gaps: tuple[Expr, ...] = ()  # the larger sides of hypotheses less the smaller ones
    known: dict[Symbol, Expr] = field(default_factory=dict)  # a letter as a sum of others
    zeros: tuple[Expr, ...] = ()  # the differences of other equations

    @cached_property
    def curved(self) -> tuple[Expr, ...]:
        """The gaps and zeros that are polynomials of a higher degree."""
        return tuple(each for each in (*self.gaps, *self.zeros) if is_polynomial(each) and not is_linear(each))


def is_linear(expr: Expr) -> bool:
    return bool(Poly(expr, *expr.free_symbols).total_degree() < 2)


def sums(expr: Expr, goal: Goal, told: Field) -> Iterator[list[Expr]]:
    """Sums that are equal to an expression, or nearly so: those in which its sign may be visible."""
    bare, back = in_letters(expr)
    letters = sorted(bare.free_symbols, key=str)
    try:
        q = Poly(bare, *letters) if letters else None
    except PolynomialError:
        return
    if q is None or not (q.domain.is_ZZ or q.domain.is_QQ):
        yield from _of_line(q, told) if q is not None and letters == [q.gen] and not back else ()
        return
    q, back = _of_squares(q.set_domain("QQ"), back, letters)
    found = chain(
        _of_one(q, goal, told, back) if len(letters) == 1 and q.degree() > 1 else (),
        _of_several(q, goal, told, back) if len(letters) > 1 or told.curved or not goal.points else (),
    )
    written = ([each.xreplace(back) for each in one] for one in found)
    yield from ([each for each in one if each != 0] for one in written)


def _of_squares(q: Poly, back: dict[Basic, Expr], letters: list[Symbol]) -> tuple[Poly, dict[Basic, Expr]]:
    """With a letter for the square of each letter that has even powers only, where there are several."""
    for at, x in enumerate(letters if len(letters) > 1 else ()):
        if all(m[at] % 2 == 0 for m in q.monoms()):
            square = Dummy(positive=True)
            q = Poly(
                q.as_expr().xreplace({x ** m[at]: square ** (m[at] // 2) for m in q.monoms()}),
                *q.gens[:at],
                square,
                *q.gens[at + 1 :],
            )
            back = {**back, square: Pow(back.get(x, x), 2)}
    return q, back


def is_polynomial(expr: Expr) -> bool:
    """Whether a value is one in its letters, with rational coefficients."""
    try:
        domain = Poly(expr, *expr.free_symbols).domain if expr.free_symbols else None
    except PolynomialError:
        return False
    return domain is not None and bool(domain.is_ZZ or domain.is_QQ)


def _of_one(q: Poly, goal: Goal, told: Field, back: dict[Basic, Expr]) -> Iterator[list[Expr]]:
    """Between the narrowest ends that are seen."""
    t = q.gen
    word = back.get(t, t)
    numbers = sorted({*NUMBERS, *(each for each in told.ends if each.is_Rational)})
    lower = next((a for a in reversed(numbers) if _is_seen(word - a, goal, told)), None)
    upper = next((b for b in numbers if _is_seen(b - word, goal, told)), None)
    for a, b in dict.fromkeys(((None, None), (lower, None), (None, upper), (lower, upper))):
        yield from islice(on_interval(q, a, b), 2)


def _of_line(q: Poly, told: Field) -> Iterator[list[Expr]]:
    """c t + d from an end a, as c (t - a) and c a + d, where c and d are numbers such as log(3)."""
    if q.degree() == 1 and not q.LC().free_symbols:
        yield from ([Mul(q.LC(), q.gen - a, evaluate=False), q.eval(a)] for a in told.ends if a.is_Rational)


def _is_seen(gap: Expr, goal: Goal, told: Field) -> bool:
    return _is_possible(gap, goal, told) and told.sees(goal, gap)


def _is_possible(gap: Expr, goal: Goal, told: Field) -> bool:
    numbers = [x for x in goal.values(gap.xreplace(told.known)) if not isnan(x)]
    return (bool(numbers) or not goal.points) and all(x >= -1e-9 for x in numbers)


def _of_several(q: Poly, goal: Goal, told: Field, back: dict[Basic, Expr]) -> Iterator[list[Expr]]:
    """As a sum of products; times a sum of letters that are not negative, if need be."""
    if len(q.gens) > LETTERS or q.total_degree() > DEGREE or len(q.terms()) > TERMS:
        return
    roots = list(_of_roots(q, back))
    if back and not roots and not _is_not_negative_apart(q, goal, back):
        return
    if len(q.gens) == 2 and q.is_homogeneous:
        x, y = q.gens
        alone = on_interval(Poly(q.as_expr().subs(y, 1), x), None, None) if q.LC() > 0 else ()
        yield from ([homogeneous(each, y, q.total_degree()) for each in one] for one in alone)
        yield from _apart(q, goal)
    also = set().union(*(each.free_symbols for each in told.curved))
    others = {*told.known, *(x for each in told.known.values() for x in each.free_symbols)}
    others = others.union(also if also & set(q.gens) else ()) - {*q.gens}
    letters = [*q.gens, *sorted(others, key=str)]
    gaps = list(_gaps(letters, goal, told, back))
    zeros = (*roots, *(each for each in told.zeros if each.free_symbols <= set(letters)))
    known = Known(tuple(letters), tuple(gaps), zeros, tuple(told.known.items()))
    value = q.as_expr()
    sum_of_letters = sum((each for each in letters if each in gaps), Integer(0))
    for by in (Integer(1), sum_of_letters) if sum_of_letters != 0 else (Integer(1),):
        for less in (Integer(0), *_least(value.xreplace(back), goal)):
            found = of_products(expand((value - less) * by), known)
            if found is not None:
                yield [Mul(each, Pow(by, -1)) for each in found] + ([less] if less else [])
                break


def _of_roots(q: Poly, back: dict[Basic, Expr]) -> Iterator[Expr]:
    """What is 0 of letters for roots of x and x + c: r^2 - s^2 - c."""
    roots = [(x, back[x].base) for x in q.gens if x in back and back[x].is_Pow and back[x].exp == Rational(1, 2)]
    for (r, large), (s, small) in combinations(roots, 2):
        if (large - small).is_Rational:
            yield r**2 - s**2 - (large - small)


def _is_not_negative_apart(q: Poly, goal: Goal, back: dict[Basic, Expr]) -> bool:
    """At points where the words that letters stand for have their values at other points: sums know no more of them."""
    columns = [list(map(function(back.get(x, x)), goal.points)) for x in q.gens]
    shifted = [x in back for x in q.gens]
    work = function(q.as_expr())
    for by in range(1, min(4, len(goal.points))):
        moved = [each[by:] + each[:by] if one else each for each, one in zip(columns, shifted, strict=True)]
        found = (work(dict(zip(q.gens, point, strict=True))) for point in zip(*moved, strict=True))
        if any(x < -1e-9 for x in found):
            return False
    return True


def _apart(q: Poly, goal: Goal) -> Iterator[list[Expr]]:
    """For what is to be positive where x != y: c (x - y)^n, and squares."""
    (x, y), n = q.gens, q.total_degree()
    for c in (Rational(1, 4**k) for k in range(1, 5)) if goal.strict and n % 2 == 0 else ():
        rest = Poly(q.as_expr().subs(y, 1) - c * (x - 1) ** n, x)
        for found in on_interval(rest, None, None) if rest.degree() == n else ():
            yield [Mul(c, Pow(x - y, n)), *(homogeneous(each, y, n) for each in found)]
            return


def _least(value: Expr, goal: Goal) -> Iterator[Rational]:
    """For what is to be positive, a simple number that it seems to be above."""
    least = min((x for x in goal.values(value) if not isnan(x)), default=0.0)
    if goal.strict and least > 0:
        yield next(Rational(1, k) for k in (1, 2, 4, 8, 16, 64, 256, 1024, 10**6) if 2 / k < least or k == 10**6)


def _gaps(letters: list[Symbol], goal: Goal, told: Field, back: dict[Basic, Expr]) -> Iterator[Expr]:
    """What is seen not to be negative: a letter less a number, or less another; the sides of hypotheses."""
    numbers = sorted({*NUMBERS[:3], *(each for each in told.ends if each.is_Rational)}, reverse=True)
    for x in letters:
        above = next((x - a for a in numbers if _seen(x - a, goal, told, back)), None)
        below = next((b - x for b in reversed(numbers) if _seen(b - x, goal, told, back)), None)
        below = None if told.known and above is not None else below  # it is a sum of others
        yield from (each for each in (above, below) if each is not None)
    for x in letters:
        yield from (x - y for y in letters if x != y and _seen(x - y, goal, told, back))
    for each in filter(is_polynomial, told.gaps):
        if (
            (len(each.free_symbols) > 1 or each in told.curved)
            and each.free_symbols <= set(letters)
            and not _is_difference(each)
        ):
            yield from [each] if _seen(each, goal, told, back) else []


def _is_difference(expr: Expr) -> bool:
    x, *others = sorted(expr.free_symbols, key=str)
    return len(others) == 1 and expr in (x - others[0], others[0] - x)


def _seen(gap: Expr, goal: Goal, told: Field, back: dict[Basic, Expr]) -> bool:
    return _is_seen(gap.xreplace(back), goal, told)
