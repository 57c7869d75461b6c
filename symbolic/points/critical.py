"""Where a bound is likely to fail first: at zeros of derivatives.

    points(claim, names)      points at which the derivative of the difference of the sides is 0 in one number

Where a bound is not strict in truth, x log x > -1/e, it fails at the one point where the two sides are equal; that is
found from the derivative in x, in exact numbers. A share p[i] and an entry y[i] are numbers too; the point is then one
that gives them this value.

>>> from symbolic.language.parser import parse_claim
>>> from symbolic.points.names import free_names
>>> said = parse_claim("x*log(x) > -exp(-1) given x > 0")
>>> next(points(said, free_names(said))).scalars["x"]
exp(-1)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import reduce
from itertools import chain, islice, product

from sympy import (
    Abs,
    Add,
    Basic,
    Dummy,
    Expr,
    Integer,
    Mul,
    Poly,
    PolynomialError,
    Pow,
    Rational,
    Symbol,
    cosh,
    diff,
    exp,
    factor_list,
    log,
    roots,
    sinh,
    solve,
    tanh,
    together,
)  # fmt: skip

from symbolic.language import notation
from symbolic.language.claims import Claim, Point
from symbolic.language.errors import Undefined
from symbolic.points.equations import changed
from symbolic.points.names import Names, NotAPoint, positions_of
from symbolic.points.samples import listed

__all__ = ["points"]

FUNCTIONS = (Add, Mul, Pow, exp, log, Abs, tanh, sinh, cosh)
OTHERS = tuple(map(Rational, (1, 2, "1/2", 0)))  # for the letters that do not move
BASES = 4  # points that are changed
ZEROS = 6  # of one derivative
MOST = 40  # operations in a derivative that is solved
CLASSES = 100  # at most, of which each has its own logit


def points(claim: Claim, names: Names) -> Iterator[Point]:
    """Points where one number of the claim, or each, is a zero of its derivative of the difference of the sides."""
    words = _words(claim)
    bases = list(islice(listed(claim, names), BASES)) if words else []
    zeros = {word: list(islice(_zeros(claim, letter, words), ZEROS)) for word, letter in words.items()}
    alone = ({word: number} for word, numbers in zeros.items() for number in numbers)
    together_ = (dict(zip(zeros, each, strict=True)) for each in product(*zeros.values()) if len(zeros) > 1)
    for chosen in chain(alone, islice(together_, ZEROS**2)):
        for base in bases:
            with suppress(*NotAPoint, IndexError, KeyError):
                yield reduce(lambda point, each: _with(point, *each), chosen.items(), base)


def _words(claim: Claim) -> dict[Basic, Symbol]:
    """A real letter for each word that stands for a number; none if the sides have words of another kind."""
    found: dict[Basic, Symbol] = {}
    open_ = [claim.lhs, claim.rhs]
    while open_:
        each = open_.pop()
        if isinstance(each, (notation.Probability, notation.Entry)) or (each.is_Symbol and each != notation.n):
            found.setdefault(each, Dummy(real=True))
        elif isinstance(each, FUNCTIONS):
            open_ += each.args
        elif not each.is_number:
            return {}
    return found


def _zeros(claim: Claim, letter: Symbol, words: dict[Basic, Symbol]) -> Iterator[Expr]:
    """The numbers at which the derivative is 0, the other letters being one number or another."""
    slope = diff((claim.lhs - claim.rhs).xreplace(words), letter)
    others = [each for each in words.values() if each != letter and slope.has(each)]
    found: dict[Expr, None] = {}
    for number in OTHERS if others else OTHERS[:1]:
        here = slope.xreplace(dict.fromkeys(others, number))
        found |= dict.fromkeys(_roots(here, letter))
    yield from found


def _roots(expr: Expr, x: Symbol) -> Iterator[Expr]:
    """The real zeros of the factors of an expression, those that are said in roots, exponentials and logarithms."""
    above, _ = together(expr).as_numer_denom()
    if above.count_ops() > MOST:
        return
    for factor in _factors(above):
        if factor.has(x):
            with suppress(PolynomialError, NotImplementedError, TypeError, ValueError, AttributeError, KeyError):
                found = roots(Poly(factor, x)) if factor.is_polynomial(x) else solve(factor, x)
                yield from (each for each in found if each.is_real and not each.has(Dummy))


def _factors(expr: Expr) -> list[Expr]:
    try:
        return [factor for factor, _ in factor_list(expr)[1]]
    except (PolynomialError, NotImplementedError, ZeroDivisionError, TypeError):
        return [expr]


def _with(point: Point, word: Basic, number: Expr) -> Point:
    """The point with this number for a scalar, an entry or a share."""
    if isinstance(word, notation.Probability):
        return _with_share(point, word, number)
    if isinstance(word, notation.Entry):
        return changed(point, ("family", word.family.name, _position(point, word.index) - 1), number)
    if word in (notation.lam, notation.T):
        return changed(point, (word.name if word == notation.T else "lambda", "", 0), number)
    return changed(point, ("scalar", word.name, 0), number)


def _position(point: Point, index: Basic) -> int:
    return int(index) if isinstance(index, Integer) else point.indices[str(index)]


def _with_share(point: Point, word: notation.Probability, share: Expr) -> Point:
    """The others share alike what is left: z is 0 at the class, and log((1/p - 1)/(n - 1)) elsewhere."""
    family, scale = word.distribution.args
    others = positions_of(point) - 1
    one = share.is_positive and (1 - share).is_positive and scale in (1, notation.lam)
    if point.multiplicities or not 0 < others < CLASSES or not one:
        raise Undefined("no shares of this size")
    entries = [log((1 / share - 1) / others)] * (others + 1)
    entries[_position(point, word.index) - 1] = Integer(0)
    families = {**point.families, family.name: tuple(entries)}
    return replace(point, families=families, inverse_temperature=Integer(1))
