"""Sums of several products of what is not negative, for differences that no sum of two or three pieces is.

    basics(claim, words)                the texts of what is not negative: shares, rests, subsets, gaps of hypotheses
    squares(words)                      the texts of squares of simple differences
    nonnegative(target, columns)        target = sum_j c_j*columns[j] with rational c_j > 0, few of them

>>> nonnegative([3.0, 5.0, 8.0], [[1.0, 1.0, 2.0], [0.0, 1.0, 1.0], [0.0, 1.0, 0.0]])
[(0, Fraction(3, 1)), (1, Fraction(2, 1))]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from math import fsum, prod, sqrt

from symbolic.language.claims import Claim, Relation
from symbolic.language.typeset import plain
from symbolic.search.fit import Row, rational
from symbolic.search.shapes import Words

__all__ = ["basics", "combination", "nonnegative", "products", "squares"]

MOST = 8  # summands
BASICS = 12
DEGREE = 3
NEAR = 1e-7


def basics(claim: Claim, words: Words) -> list[str]:
    """What is visibly not negative, the gaps of the hypotheses first; a scalar may be negative at some point."""
    k = words.letters[0]
    found = [each for given in claim.given for each in _gap(given)]
    for q in words.distributions:
        found += [q.at(i) for i in words.indices]
        found += [f"sum({q.at(k)}, {k} != {i})" for i in words.indices]
        found += [f"sum({q.at(k)}, {k} != {i}, {k} != {j})" for i, j in combinations(words.indices, 2)]
        found += [f"sum({q.at(k)}, {k} {where} {a})" for a in words.subsets for where in ("in", "not in")]
    return list(dict.fromkeys([*found, *words.numbers, "lambda"]))[:BASICS]


def _gap(given: object) -> Iterator[str]:
    """The larger side less the smaller one."""
    if isinstance(given, Relation) and given.op in ("<", "<=", ">", ">="):
        small, large = given.ordered
        yield f"({plain(large)} - ({plain(small)}))" if small != 0 else f"({plain(large)})"


def squares(words: Words) -> list[str]:
    """(x - y)^2, for shares and numbers x, y."""
    values = [*words.numbers, *(q.at(i) for q in words.distributions for i in words.indices), "1", "1/2"]
    return [f"({x} - {y})^2" for x, y in combinations(dict.fromkeys(values), 2) if (x, y) != ("1", "1/2")]


def products(
    factors: Sequence[tuple[str, Row]], squared: Sequence[tuple[str, Row]], length: int
) -> Iterator[list[tuple[tuple[str, ...], Row]]]:
    """Products as texts and as numbers, the simple ones first: of degree 1, 2, 3; squares alone, or times a factor."""
    one = ("1", [1.0] * length)
    chosen: list[tuple[tuple[str, Row], ...]] = [(one,)]
    for degree in range(1, DEGREE + 1):
        chosen += combinations_with_replacement(factors, degree)
        if degree > 1:
            chosen += [(*rest, square) for square in squared for rest in combinations(factors, degree - 2)]
        yield [(tuple(text for text, _ in each), _product([row for _, row in each])) for each in chosen]


def _product(rows: Sequence[Row]) -> Row:
    return [prod(values) for values in zip(*rows, strict=True)]


def nonnegative(target: Row, columns: Sequence[Row]) -> list[tuple[int, Fraction]] | None:
    """Least squares with weights that are not negative (Lawson and Hanson 1974), if it fits exactly by few columns."""
    scales = [sqrt(_dot(each, each)) or 1.0 for each in columns]
    unit = [[x / by for x in each] for each, by in zip(columns, scales, strict=True)]
    weights: dict[int, float] = {}
    for _ in range(4 * MOST):
        rest = _rest(target, unit, weights)
        if sqrt(_dot(rest, rest)) <= NEAR * sqrt(_dot(target, target)):
            return _rational(target, columns, {at: by / scales[at] for at, by in weights.items()})
        slopes = {at: _dot(each, rest) for at, each in enumerate(unit) if at not in weights}
        best = max(slopes, key=lambda at: slopes[at], default=None)
        if best is None or slopes[best] <= 1e-12:
            return None
        weights[best] = 0.0
        weights = _settled(target, unit, weights)
    return None


def combination(target: Row, columns: Sequence[Row]) -> list[tuple[int, Fraction]] | None:
    """target = sum_j c_j*columns[j] with rational c_j of any sign, each column in its turn that is not one of others.

    >>> combination([1.0, 0.0, 2.0], [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [0.0, 2.0, -2.0]])
    [(0, Fraction(1, 1)), (2, Fraction(-1, 2))]
    """
    chosen: list[int] = []
    for at in range(len(columns)):
        if _solved(target, columns, [*chosen, at]) is not None:
            chosen.append(at)
    weights = _solved(target, columns, chosen) if chosen else None
    exact = {at: rational(by) for at, by in (weights or {}).items() if abs(by) > 1e-6}
    found = [(at, by) for at, by in exact.items() if by is not None]
    rest = _rest(target, columns, {at: float(by) for at, by in found})
    fits = sqrt(_dot(rest, rest)) <= NEAR * sqrt(_dot(target, target))
    return found if fits and found and len(found) == len(exact) else None


def _settled(target: Row, unit: Sequence[Row], weights: dict[int, float]) -> dict[int, float]:
    """The best weights of these columns; those that would be negative are left out, one after the other."""
    for _ in range(len(weights)):
        best = _solved(target, unit, list(weights))
        if best is None:
            break
        if all(by > 0 for by in best.values()):
            return best
        step = min(weights[at] / (weights[at] - by) for at, by in best.items() if by <= 0)
        weights = {at: by + step * (best[at] - by) for at, by in weights.items()}
        weights = {at: by for at, by in weights.items() if by > 1e-12}
    return weights


def _solved(target: Row, unit: Sequence[Row], chosen: list[int]) -> dict[int, float] | None:
    """Least squares by the normal equations; None if the columns depend on one another."""
    rows = [[_dot(unit[a], unit[b]) for b in chosen] + [_dot(unit[a], target)] for a in chosen]
    for at in range(len(rows)):
        pivot = max(range(at, len(rows)), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        if abs(rows[at][at]) < 1e-10:
            return None
        rows[at] = [x / rows[at][at] for x in rows[at]]
        for other in range(len(rows)):
            if other != at and rows[other][at]:
                by = rows[other][at]
                rows[other] = [x - by * y for x, y in zip(rows[other], rows[at], strict=True)]
    return {each: row[-1] for each, row in zip(chosen, rows, strict=True)}


def _rational(target: Row, columns: Sequence[Row], weights: dict[int, float]) -> list[tuple[int, Fraction]] | None:
    found = [(at, rational(by)) for at, by in weights.items() if by > 1e-6]
    exact = [(at, by) for at, by in found if by is not None]
    if not 0 < len(exact) <= MOST or len(exact) < len(found):
        return None
    rest = _rest(target, columns, {at: float(by) for at, by in exact})
    return exact if sqrt(_dot(rest, rest)) <= NEAR * sqrt(_dot(target, target)) else None


def _rest(target: Row, columns: Sequence[Row], weights: dict[int, float]) -> list[float]:
    return [t - fsum(by * columns[each][at] for each, by in weights.items()) for at, t in enumerate(target)]


def _dot(a: Row, b: Row) -> float:
    return fsum(x * y for x, y in zip(a, b, strict=True))
