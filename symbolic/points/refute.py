"""The search for a counterexample to a claim.

    search(claim, seconds, limit, hints)     a counterexample, or None; the same on every run
    first_look(claim, seconds, start, stop)  one among these of the first points, or None

Points are listed from simple to intricate (`symbolic.points.samples`). A bound that holds at the first of
them is attacked by climbing, on rough numbers, to where it is nearly broken, with groups of many
alike classes too. A point counts only when `evaluate`, which shares nothing with the search, finds
the hypotheses true and the relation false there, in exact numbers. What is found is then made
simpler for as long as it refutes.

>>> from symbolic.language.claims import claim
>>> from symbolic.language.notation import D, delta, i, j, p, z
>>> found = search(claim(D(p[i], z[j]), "==", p[i] * (delta(i, j) - p[j])))
>>> found.point.n, found.point.inverse_temperature, found.lhs, found.rhs
(2, 2, '-1/2', '-1/4')
>>> search(claim(p[i], "<=", 1), limit=100) is None
True
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, cycle, islice, product
from time import monotonic
from typing import Any

from sympy import Expr, Integer, Rational

from symbolic.language import notation
from symbolic.language.claims import HOLDS, Claim, Point, Refuted
from symbolic.points import critical, evaluate, spread
from symbolic.points.equations import Place, changed, with_hypotheses
from symbolic.points.exact import MPQ, Real, enclosure, limited_effort
from symbolic.points.germs import Arithmetic, Number
from symbolic.points.names import Names, NotAPoint, free_names, positions_of
from symbolic.points.palettes import NUMBERS, TEMPERATURES, generic, logs, palette_of, rationals, stretch
from symbolic.points.samples import Shape, is_allowed, listed, point_of, shapes_of

__all__ = ["first_look", "free_names", "search"]

FIRST = 400  # points listed before climbing begins
EARLY = 120  # of them, before those that a claim suggests
SURE = 40  # points that are looked at exactly, whatever the rough numbers say
PEAKS = 10  # where climbing begins,
LITTLE = 20_000  # of the effort that one value may take, to mend a point that is only simpler
ROUNDS = 12  # and how often it goes through all the numbers
HALVED = 14  # how often a step is halved, less one
MODELS = 4  # choices of indices and subsets, each with
CROWDS = ((1, 1), (1, 8), (1, 1, 1), (1, 32), (1, 1, 32), (1, 2**10), (1, 2**20))


def search(claim: Claim, seconds: float = 2.0, limit: int = 20_000, hints: Iterable[Point] = ()) -> Refuted | None:
    """A point at which the claim fails; None if the first `limit` points listed are none.

    `hints` are points to look at early, from whoever has some: they are trusted no more than the others.
    """
    try:
        return _searched(claim, seconds, limit, hints)
    except RecursionError:
        return None


def first_look(claim: Claim, seconds: float, start: int, stop: int) -> Refuted | None:
    """A point among these of the first ones at which the claim fails."""
    hunt = _Hunt(claim, free_names(claim), monotonic() + seconds)
    points = hunt.prepared(islice(listed(claim, hunt.names), start, stop))
    return next((_refuted(claim, hunt.simplified(point)) for point in points if hunt.fails(point)), None)


def _searched(claim: Claim, seconds: float, limit: int, hints: Iterable[Point]) -> Refuted | None:
    hunt = _Hunt(claim, free_names(claim), monotonic() + seconds)
    turning = critical.points(claim, hunt.names) if _is_bound(claim) else ()
    points = chain(
        islice(listed(claim, hunt.names), EARLY),
        hints,
        turning,
        spread.points(claim, hunt.names),
        islice(listed(claim, hunt.names), EARLY, limit),
    )
    first, rest = hunt.prepared(islice(points, FIRST)), hunt.prepared(points)
    climbed = hunt.climbed() if _is_bound(claim) else ()
    for point in chain(first, climbed, rest):
        if hunt.fails(point):
            return _refuted(claim, hunt.simplified(point))
    return None


def _refuted(claim: Claim, point: Point) -> Refuted:
    return Refuted(point, *evaluate.told(claim, point))


@dataclass(frozen=True)
class _Hunt:
    """A claim, the names in it, the time at which its search ends, the points looked at."""

    claim: Claim
    names: Names
    deadline: float
    seen: set[Any] = field(default_factory=set)

    def is_over(self) -> bool:
        return monotonic() > self.deadline

    def fails(self, point: Point) -> bool:
        """Whether the point refutes the claim: exactly, by `evaluate`."""
        try:
            return evaluate.admissible(self.claim, point) and not evaluate.holds(self.claim, point)
        except NotAPoint:
            return False

    def prepared(self, points: Iterable[Point]) -> Iterator[Point]:
        """The points, each once and fitted to the hypotheses, that may refute the claim."""
        for raw in points:
            if self.is_over():
                return
            point = with_hypotheses(self.claim, raw)
            if point is not None and (key := _key(point)) not in self.seen:
                self.seen.add(key)
                if len(self.seen) <= SURE or _may_fail(self.claim, point):
                    yield point

    def climbed(self) -> Iterator[Point]:
        """Points at which the bound is broken, or nearly."""
        for start in self.starts():
            if self.is_over():
                return
            yield self.climb(start)

    def starts(self) -> Iterator[Point]:
        """The highest peaks along lines of gaps, then generic points, for a few shapes."""
        shapes = list(_crowded(self.claim, self.names))
        peaks = sorted(chain(*map(self.peaks, shapes)), key=lambda each: -each[0])
        yield from (point for _, point in peaks[:PEAKS])
        plain = (_start(self.claim, self.names, shape, is_tied=False) for shape in shapes)
        yield from filter(None, (with_hypotheses(self.claim, point) for point in plain))

    def peaks(self, shape: Shape) -> Iterator[tuple[float, Point]]:
        """Where the bound comes nearest to failing as one class moves away from the others."""
        start = _start(self.claim, self.names, shape, is_tied=True)
        for family in sorted(self.names.exponents & set(self.names.families)):
            grid = palette_of(self.claim, self.names, family).grid
            if self.is_over():
                return
            line = [changed(start, ("family", family, 0), each) for each in grid]
            scores = [-math.inf, *(self.score(point) for point in line), -math.inf]
            for at, point in enumerate(line, start=1):
                if scores[at - 1] < scores[at] > scores[at + 1]:
                    yield scores[at], point

    def climb(self, start: Point) -> Point:
        """The point reached from `start` by changes that each bring the bound nearer to failing."""
        best, score = start, self.score(start)
        for _ in range(ROUNDS):
            before = score
            for neighbour in _neighbours(self.claim, self.names, best):
                point = with_hypotheses(self.claim, neighbour)
                if point is not None and (new := self.score(point)) > score:
                    best, score = point, new
                if self.is_over():
                    return best
            if score == before or score > 1e-9:
                break
        return best if score > 1e-9 or score == -math.inf else self.approached(best, score)

    def approached(self, best: Point, score: float) -> Point:
        """The point reached by steps that are halved, where none of them brings the bound nearer to failing."""
        for step in (Rational(1, 2**at) for at in range(1, HALVED)):
            for place, _ in _grids(self.claim, self.names, best):
                for sign in (1, -1):
                    while not self.is_over() and score <= 1e-9:
                        moved = self.moved(best, place, sign * step)
                        if moved is None or (new := self.score(moved)) <= score + 1e-12:
                            break
                        best, score = moved, new
        return best

    def moved(self, point: Point, place: Place, step: Expr) -> Point | None:
        """The point with a number changed by a step."""
        try:
            return with_hypotheses(self.claim, changed(point, place, _number_at(point, place) + step))
        except NotAPoint:
            return None

    def score(self, point: Point) -> float:
        """How far the claim is from true, for its size: positive where it fails."""
        estimate = _estimate(self.claim, point)
        try:
            if estimate is None or not evaluate.admissible(self.claim, point):
                return -math.inf
        except NotAPoint:
            return -math.inf
        direction = 1 if self.claim.op in ("<", "<=") else -1
        return direction * estimate.difference / (estimate.size + 1e-300)

    def simplified(self, point: Point) -> Point:
        """A simpler point that refutes the claim as well."""
        while (simpler := next(self.simpler(point), None)) is not None:
            point = simpler
        return point

    def simpler(self, point: Point) -> Iterator[Point]:
        """The points, each less to read, that refute the claim."""
        for reduced in _reductions(self.names, point):
            if self.is_over():
                return
            candidate = with_hypotheses(self.claim, reduced, LITTLE)
            if candidate and _weight(candidate) < _weight(point) and self.fails(candidate):
                yield candidate


def _key(point: Point) -> Any:
    """Something that equal points share, to look them up by."""
    parts = point.families, point.indices, point.scalars, point.subsets
    named = tuple(tuple(each.items()) for each in parts)
    return named, point.inverse_temperature, point.multiplicities, point.size


# --- rough numbers, to look where it pays --------------------------------------------------------


class Rough(Arithmetic):
    """A floating-point number in an exact one's place: it says where to look, not what is so."""

    __slots__ = ("near",)

    def __init__(self, near: float) -> None:
        self.near = near

    def __add__(self, other: Number) -> Number:
        near = _near(other)
        return NotImplemented if near is None else Rough(self.near + near)

    def __mul__(self, other: Number) -> Number:
        near = _near(other)
        return NotImplemented if near is None else Rough(self.near * near)

    def reciprocal(self) -> Number:
        return Rough(1 / self.near)

    def exp(self) -> Number:
        return Rough(math.exp(self.near))

    def log(self) -> Number:
        return Rough(math.log(self.near))

    def sign(self) -> int:
        return (self.near > 0) - (self.near < 0)


def _near(number: Number) -> float | None:
    if isinstance(number, Rough):
        return number.near
    return _float(number) if isinstance(number, (int, MPQ, Real)) else None


@lru_cache(maxsize=4096)
def _float(number: Number) -> float:
    return float(number) if not isinstance(number, Real) else float(enclosure(number).mid)


def _roughly(number: Number) -> Rough:
    return Rough(_float(number))


@dataclass(frozen=True)
class _Estimate:
    """lhs - rhs, and the size of the larger of them."""

    difference: float
    size: float


def _estimate(claim: Claim, point: Point) -> _Estimate | None:
    try:
        with limited_effort():
            scene = evaluate.scene_at(point, _roughly)
            lhs, rhs = (_near(evaluate.number_of(side, scene)) for side in (claim.lhs, claim.rhs))
    except (*NotAPoint, ArithmeticError, ValueError):
        return None
    if lhs is None or rhs is None or not math.isfinite(lhs - rhs):
        return None
    return _Estimate(lhs - rhs, max(abs(lhs), abs(rhs)))


def _may_fail(claim: Claim, point: Point) -> bool:
    """Whether an exact look is worth while."""
    if claim.lhs.has(notation.Limit) or claim.rhs.has(notation.Limit):
        return True
    if (estimate := _estimate(claim, point)) is None:
        return True
    if abs(estimate.difference) <= 1e-7 * estimate.size:
        return claim.op != "=="
    return not HOLDS[claim.op](1 if estimate.difference > 0 else -1)


def _is_bound(claim: Claim) -> bool:
    """Whether the claim is an inequality that rough numbers can be computed for."""
    has_limit = claim.lhs.has(notation.Limit) or claim.rhs.has(notation.Limit)
    return claim.op in ("<", "<=", ">", ">=") and not has_limit


def _crowded(claim: Claim, names: Names) -> Iterator[Shape]:
    """Shapes to climb from: indices and subsets as the hypotheses allow, more and more classes."""
    shapes = list(islice(shapes_of(claim, names), 200))
    for rank, groups in product(range(MODELS), CROWDS):
        models = (each for each in shapes if len(each.multiplicities) == len(groups))
        model = next(islice(models, rank, None), None)
        if model and is_allowed(claim, shape := replace(model, multiplicities=groups)):
            yield shape


def _start(claim: Claim, names: Names, shape: Shape, is_tied: bool) -> Point:
    """A generic point, or one where the families that are exponentiated are 0."""
    positions = len(shape.multiplicities)

    def entries(family: str) -> tuple[Expr, ...]:
        if is_tied and family in names.exponents:
            return (Integer(0),) * positions
        return generic(claim, names, family, positions)

    scalars = islice(cycle(NUMBERS.generic), len(names.scalars))
    return point_of(names, shape, [Integer(1), *map(entries, names.families), *scalars])


def _neighbours(claim: Claim, names: Names, point: Point) -> Iterator[Point]:
    """The points that differ in one number, by small and large steps on its grid."""
    for place, grid in _grids(claim, names, point):
        for other in _steps(grid, _number_at(point, place)):
            yield changed(point, place, other)


def _grids(claim: Claim, names: Names, point: Point) -> Iterator[tuple[Place, Sequence[Expr]]]:
    """Where there is a number, and the numbers that it could be moved to."""
    for name in names.families:
        for position in range(positions_of(point)):
            yield ("family", name, position), palette_of(claim, names, name).grid
    for name in names.scalars:
        yield ("scalar", name, 0), NUMBERS.grid
    if names.has_temperature:
        yield ("lambda", "", 0), tuple(sorted(TEMPERATURES))


def _number_at(point: Point, place: Place) -> Expr:
    kind, name, position = place
    if kind == "family":
        return point.families[name][position]
    return point.scalars[name] if kind == "scalar" else point.inverse_temperature


def _steps(grid: Sequence[Expr], number: Expr) -> list[Expr]:
    near = _float(evaluate.constant(number))
    at = min(range(len(grid)), key=lambda rank: abs(_float(evaluate.constant(grid[rank])) - near))
    return [grid[at + step] for step in (-4, -1, 1, 4) if 0 <= at + step < len(grid)]


# --- making it readable --------------------------------------------------------------------------


def _reductions(names: Names, point: Point) -> Iterator[Point]:
    """Points with a class less, fewer alike classes, or simpler numbers."""
    named = set(point.indices.values()) | set(range(1, names.literals + 1))
    for position in range(positions_of(point), 0, -1):
        if position not in named and positions_of(point) > 1:
            yield _without(point, position)
    yield from _thinned(point)
    for name in names.families:
        yield from (_with_family(point, name, each) for each in (0, 1))
    for place, numbers in _simple(names, point):
        yield from (changed(point, place, number) for number in numbers)


def _simple(names: Names, point: Point) -> Iterator[tuple[Place, Sequence[Expr]]]:
    """Where there is a number, and which simple ones could stand there."""
    plain = rationals(0, 1, -1, 2, "1/2")
    gaps = [stretch(point.inverse_temperature) * each for each in logs(1, 2, 3)]
    yield ("lambda", "", 0), rationals(1, 2)
    for name in names.scalars:
        yield ("scalar", name, 0), plain
    for name in names.families:
        for position in range(positions_of(point)):
            yield ("family", name, position), gaps if name in names.exponents else plain


def _with_family(point: Point, name: str, number: int) -> Point:
    entries = (Integer(number),) * positions_of(point)
    return replace(point, families={**point.families, name: entries})


def _thinned(point: Point) -> Iterator[Point]:
    for position, many in enumerate(point.multiplicities):
        for fewer in (1, many // 32, many // 8, many // 2, many - 1):
            if 1 <= fewer < many:
                groups = list(point.multiplicities)
                groups[position] = fewer
                plain = set(groups) == {1}
                yield replace(point, multiplicities=() if plain else tuple(groups), size=len(groups))


def _without(point: Point, position: int) -> Point:
    """The point without one class."""

    def cut(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return values[: position - 1] + values[position:]

    def moved(at: int) -> int:
        return at - (at > position)

    groups = cut(point.multiplicities)
    return replace(
        point,
        families={name: cut(entries) for name, entries in point.families.items()},
        indices={name: moved(at) for name, at in point.indices.items()},
        subsets={s: frozenset(map(moved, A - {position})) for s, A in point.subsets.items()},
        multiplicities=() if set(groups) <= {1} else groups,
        size=positions_of(point) - 1,
    )


def _weight(point: Point) -> int:
    """How much there is to read."""
    entries = chain(point.scalars.values(), *point.families.values())
    classes = sum(4 + 2 * many.bit_length() for many in point.multiplicities or (1,) * point.size)
    crowd = 20 if point.multiplicities else 0
    return classes + crowd + sum(map(_length, entries)) + 2 * _length((point.inverse_temperature or Integer(1)) - 1)


def _length(number: Expr) -> int:
    return 0 if number == 0 else len(str(number)) + (number.is_negative is True)
