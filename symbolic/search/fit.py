"""Guessing that numbers are products and sums of other numbers.

multiple(target, row)               target = c*row, c rational
Monomials(rows).exponents(target)   target = c * rows[0]^a0 * rows[1]^a1 ..., c rational, each a whole or a half
pairs(target, columns), triples     target = c*columns[i] + d*columns[j] (+ ...), c and d rational and positive
sums(target, columns, sizes)        the same with one, two or three, the few first, each within its time
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from symbolic.deadline import check as in_time

__all__ = ["Monomials", "mixed", "multiple", "pair", "pairs", "rational", "sums", "triples"]

Row = Sequence[float]
NEAR = 1e-7
DENOMINATOR = 1000


def rational(number: float) -> Fraction | None:
    """The simple fraction that a number is, as far as one can see."""
    found = Fraction(number).limit_denominator(DENOMINATOR)
    return found if found and abs(number - found) <= NEAR * abs(found) else None


def multiple(target: Row, row: Row) -> Fraction | None:
    """The number c with target = c*row."""
    at = max(range(len(row)), key=lambda here: abs(row[here]))
    c = rational(target[at] / row[at])
    near = c is not None and all(
        abs(t - float(c) * x) <= NEAR * abs(t) + 1e-12 for t, x in zip(target, row, strict=True)
    )
    return c if near else None


class Monomials:
    """Products of powers of some positive quantities; those that depend on others are left out."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.logs = [[1.0] * len(rows[0]), *([math.log(abs(each)) for each in row] for row in rows)]
        self.basis: list[tuple[int, list[float]]] = []  # which row, and it made orthogonal to those before
        for at, row in enumerate(self.logs):
            rest = self._reduced(row)
            if _norm(rest) > 1e-5 * (1 + _norm(row)):
                self.basis.append((at, rest))

    def _reduced(self, row: list[float]) -> list[float]:
        for _ in range(2):  # twice is enough
            for _, each in self.basis:
                by = _dot(row, each) / _dot(each, each)
                row = [x - by * y for x, y in zip(row, each, strict=True)]
        return row

    def exponents(self, target: Row) -> tuple[Fraction, dict[int, Fraction]] | None:
        """The factor and the exponents, by the number of the row."""
        logs = [math.log(abs(each)) for each in target]
        if _norm(self._reduced(logs)) > NEAR * (1 + _norm(logs)):
            return None
        found: dict[int, Fraction] = {}
        for at, each in reversed(self.basis[1:]):
            by = _dot(logs, each) / _dot(each, each)
            half = Fraction(round(2 * by), 2)
            if abs(by - half) > 1e-4 or abs(half) > 4:
                return None
            logs = [x - float(half) * y for x, y in zip(logs, self.logs[at], strict=True)]
            if half:
                found[at - 1] = half
        c = rational(math.exp(logs[0]))
        return (c, found) if c is not None else None


def _dot(a: Row, b: Row) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


def _norm(a: Row) -> float:
    return math.sqrt(_dot(a, a))


def pairs(target: Row, columns: Sequence[Row]) -> Iterator[tuple[tuple[int, Fraction], ...]]:
    """All ways to write the target as a sum of two columns with positive rational factors."""
    t0, t1, t2, _ = mixed(target)
    rows = list(map(mixed, columns))
    for i, j in combinations(range(len(columns)), 2):
        a, b = rows[i], rows[j]
        det = a[0] * b[1] - a[1] * b[0]
        if abs(det) < 1e-9:
            continue
        x, y = (t0 * b[1] - t1 * b[0]) / det, (a[0] * t1 - a[1] * t0) / det
        if x > 1e-3 and y > 1e-3 and abs(t2 - x * a[2] - y * b[2]) <= 1e-6 * (abs(t2) + abs(x * a[2])):
            yield from _exact(target, columns, ((i, x), (j, y)))


def pair(target: Row, first: Row, second: Row, freely: bool = False) -> Iterator[tuple[Fraction, Fraction]]:
    """The rational numbers c > 0, d with target = c*first + d*second; `freely` c may be negative."""
    i, j = 0, max(range(1, len(target)), key=lambda at: abs(first[0] * second[at] - first[at] * second[0]))
    det = first[i] * second[j] - first[j] * second[i]
    if abs(det) > 1e-9:
        c = (target[i] * second[j] - target[j] * second[i]) / det
        d = (first[i] * target[j] - first[j] * target[i]) / det
        if c > 1e-3 or (freely and c < -1e-3):
            for (_, x), (_, y) in _exact(target, (first, second), ((0, c), (1, d))):
                yield x, y


def triples(target: Row, columns: Sequence[Row]) -> Iterator[tuple[tuple[int, Fraction], ...]]:
    """The same with three; the third is asked for only where two leave something."""
    t = mixed(target)
    rows = list(map(mixed, columns))
    for i, a in enumerate(rows):
        if abs(a[0]) < 1e-9:
            continue
        # what is left without a is a combination of two
        rest = [t[k] - t[0] * a[k] / a[0] for k in range(1, 4)]
        reduced = [[c[k] - c[0] * a[k] / a[0] for k in range(1, 4)] for c in rows[i + 1 :]]
        for found in _pairs_of(rest, reduced):
            (j, x), (k, y) = found
            first = (t[0] - x * rows[i + 1 + j][0] - y * rows[i + 1 + k][0]) / a[0]
            if first > 1e-3:
                yield from _exact(target, columns, ((i, first), (i + 1 + j, x), (i + 1 + k, y)))


def sums(target: Row, columns: Sequence[Row], sizes: Sequence[int]) -> Iterator[tuple[tuple[int, Fraction], ...]]:
    """All ways to write it with one column, with two of the first sizes[0], with three of the first sizes[1]."""
    for at, row in enumerate(columns):
        in_time()
        number = multiple(target, row) if any(row) else None
        if number is not None and number > 0:
            yield ((at, number),)
    for of_some, most in zip((pairs, triples), sizes, strict=False):
        for found in of_some(target, columns[:most]):
            in_time()
            yield found


def mixed(row: Row) -> Row:
    """Four numbers of a row, each from all of it: where a single entry may be 0 by chance, these are not."""
    return [math.fsum(x * math.cos((at + 1) ** 2 * by) for at, x in enumerate(row)) for by in (0.3, 0.7, 1.1, 1.9)]


def _pairs_of(t: Row, columns: Sequence[Row]) -> Iterator[tuple[tuple[int, float], tuple[int, float]]]:
    t0, t1, t2 = t
    for i, a in enumerate(columns):
        a0, a1, a2 = a
        for j in range(i + 1, len(columns)):
            b = columns[j]
            det = a0 * b[1] - a1 * b[0]
            if -1e-9 < det < 1e-9:
                continue
            x, y = (t0 * b[1] - t1 * b[0]) / det, (a0 * t1 - a1 * t0) / det
            if x > 1e-3 and y > 1e-3 and abs(t2 - x * a2 - y * b[2]) <= 1e-6 * (abs(t2) + abs(x * a2)):
                yield (i, x), (j, y)


def _exact(
    target: Row, columns: Sequence[Row], guess: tuple[tuple[int, float], ...]
) -> Iterator[tuple[tuple[int, Fraction], ...]]:
    factors = [(at, rational(by)) for at, by in guess]
    if any(by is None for _, by in factors):
        return
    good = [(at, by) for at, by in factors if by is not None]
    for here, t in enumerate(target):
        terms = [float(by) * columns[at][here] for at, by in good]
        if abs(t - sum(terms)) > NEAR * (abs(t) + sum(map(abs, terms))) + 1e-12:
            return
    yield tuple(good)
