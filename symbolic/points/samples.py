"""The points at which a claim is put to the test, from simple to intricate.

    free_names(claim)               what a point has to give a value to
    shapes_of(claim, names)         how many classes, and which of them indices and subsets name
    listed(claim, names)            points: indices coincide or not, entries tied, far apart, ...
    with_hypotheses(claim, point)   the point changed so that the hypotheses that are equations hold
    changed(point, place, number)   the point with another number in one place

>>> from symbolic.language.claims import claim
>>> from symbolic.language.notation import Sum, k, p, y
>>> sum_is_1 = Relation(Sum(y[k], k), "==", Integer(1))
>>> averaged = claim(Sum(y[k] * p[k], k), "<=", 1, given=[sum_is_1])
>>> first = next(listed(averaged, free_names(averaged)))
>>> first.families["y"], with_hypotheses(averaged, first).families["y"]
((1, 3), (1, 0))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache, partial
from itertools import chain, cycle, islice, product, zip_longest
from math import prod
from operator import getitem
from typing import Any

import sympy
from sympy import Basic, Expr, Integer, Rational, Symbol

from symbolic.language import notation
from symbolic.language.claims import (
    Always,
    ArgMax,
    Claim,
    Hypothesis,
    Member,
    Point,
    Relation,
    SameClass,
)
from symbolic.language.errors import Undefined, Unsupported
from symbolic.points import evaluate, exact
from symbolic.points.evaluate import index_names
from symbolic.points.exact import EFFORT, MPQ, Real, limited_effort
from symbolic.points.germs import Number

__all__ = [
    "NUMBERS", "TEMPERATURES", "Names", "NotAPoint", "Place", "Shape", "changed", "free_names",
    "is_allowed", "listed", "logs", "palette_of", "point_of", "positions_of", "rationals",
    "shapes_of", "stretch", "with_hypotheses",
]  # fmt: skip

NotAPoint = (Undefined, Unsupported)


# --- what is to be chosen ------------------------------------------------------------------------


@dataclass(frozen=True)
class Names:
    """The names that a point gives values to, and the largest class that is named by a number."""

    indices: tuple[str, ...]
    families: tuple[str, ...]
    exponents: frozenset[str]  # the families that occur in exponents
    scalars: tuple[str, ...]
    subsets: tuple[str, ...]
    has_temperature: bool
    literals: int


def free_names(claim: Claim) -> Names:
    """What a point at which the claim can be evaluated has to give.

    >>> from symbolic.language.claims import claim
    >>> from symbolic.language.notation import In, A, Sum, c, i, k, p, v
    >>> names = free_names(claim(Sum(p[k], k, In(A)), "<=", c * v[1] + v[i]))
    >>> names.indices, names.families, names.scalars, names.subsets, names.literals
    (('i',), ('v', 'z'), ('c',), ('A',), 1)
    """
    parts = list(chain(*map(_parts, (claim.relation, *claim.given))))
    atoms: set[Basic] = set().union(*(part.atoms(Symbol) for part in parts))
    indices = set(chain(*map(_index_arguments, parts)))
    families = {each.name for each in atoms if isinstance(each, notation.Family)}
    numbers = {each for each in atoms if not isinstance(each, NOT_SCALARS)} - indices - {notation.n}
    numbers &= set().union(*map(notation.free, parts))  # what a limit binds has no value
    under_p = any(part.has(notation.Mean, notation.Variance) for part in parts)
    return Names(
        indices=tuple(sorted(index_names(claim.relation))),
        families=tuple(sorted(families | ({"z"} if under_p else set()))),
        exponents=frozenset().union({"z"}, *map(_exponents, parts)),
        scalars=tuple(sorted(each.name for each in numbers)),
        subsets=tuple(sorted(each.name for each in atoms if isinstance(each, notation.Subset))),
        has_temperature=any(map(_has_temperature, parts)),
        literals=max((int(each) for each in indices if isinstance(each, Integer)), default=0),
    )


def about(claim: Claim, point: Point) -> Point:
    """The point with what the claim speaks of alone, to be shown beside it."""
    names = free_names(claim)
    return replace(
        point,
        families={name: entries for name, entries in point.families.items() if name in names.families},
        inverse_temperature=point.inverse_temperature if names.has_temperature else None,
        indices={name: at for name, at in point.indices.items() if name in names.indices},
        scalars={name: number for name, number in point.scalars.items() if name in names.scalars},
        subsets={name: classes for name, classes in point.subsets.items() if name in names.subsets},
    )


def _has_temperature(expr: Basic) -> bool:
    """Whether lambda or T is free in it, by name or in what p stands for; a limit in one of them binds both."""
    temperature = (notation.lam, notation.T)
    if isinstance(expr, notation.Limit) and expr.args[1] in temperature:
        return False
    under_p = isinstance(expr, (notation.Mean, notation.Variance))
    return under_p or expr in temperature or any(map(_has_temperature, expr.args))


NOT_SCALARS = (*notation.NOT_INDICES, notation.BoundIndex)
INDEXED = (notation.Entry, notation.Probability)


def _parts(part: Relation | Hypothesis) -> Iterator[Basic]:
    """The expressions in a relation or a hypothesis; an index is wrapped to be known as one."""
    match part:
        case Relation(lhs, _, rhs):
            yield from (lhs, rhs)
        case SameClass(first, second):
            yield from map(notation.Except, (first, second))
        case Member(index, subset):
            yield from (notation.Except(index), subset)
        case ArgMax(subset, family):
            yield from (subset, family)
        case Always(relation, bound, conditions):
            yield from (relation.lhs, relation.rhs, notation.Except(bound), *conditions)


def _index_arguments(part: Basic) -> Iterator[Basic]:
    """All that stands where an index does."""
    for each in part.atoms(*INDEXED):
        yield each.args[1]
    for each in part.atoms(sympy.KroneckerDelta, notation.Except):
        yield from each.args


def _exponents(part: Basic) -> set[str]:
    """The families that are exponentiated."""
    heads = (sympy.exp, sympy.tanh, sympy.sinh, sympy.cosh, notation.Softmax, notation.Partition, notation.LogSumExp)
    return {family.name for each in part.atoms(*heads) for family in each.atoms(notation.Family)}


# --- points, from simple to intricate ------------------------------------------------------------


def logs(*numbers: object) -> tuple[Expr, ...]:
    """The logarithms of rational numbers."""
    return tuple(sympy.log(Rational(number)) for number in numbers)


def rationals(*numbers: object) -> tuple[Expr, ...]:
    """Rational numbers."""
    return tuple(map(Rational, numbers))


@dataclass(frozen=True)
class Palette:
    """Numbers for the entries of a family: generic, falling, to vary, and a sorted grid, made when it is needed."""

    generic: tuple[Expr, ...]
    shrinking: tuple[Expr, ...]
    varied: tuple[Expr, ...]
    make_grid: Callable[[], tuple[Expr, ...]]

    @cached_property
    def grid(self) -> tuple[Expr, ...]:
        return self.make_grid()


def _log_grid() -> tuple[Expr, ...]:
    return logs(*sorted({Fraction(2) ** e for e in range(-20, 21)} | {Fraction(q) for q in (3, 5, 10, 100)}))


EXPONENTS = Palette(
    generic=logs(1, 2, 3, 5, 7, 11, 13, 17),
    shrinking=logs(1, "1/2", "1/3", "1/5", "1/7", "1/11", "1/13", "1/17"),
    varied=logs(1, 2, "1/3", 10, 1000),
    make_grid=_log_grid,
)
NUMBERS = Palette(
    generic=rationals(1, 3, 2, 5, 4, 7, 6, 9),
    shrinking=rationals(*(f"1/{2**at}" for at in range(1, 9))),
    varied=rationals(0, 1, -1, "1/2", 2, -10),
    make_grid=lambda: rationals(-100, -10, -3, -2, -1, "-1/2", 0, "1/4", "1/2", "3/4", 1, 2, 3, 10, 100),
)
TEMPERATURES = rationals(2, 1, "1/2", 3, "1/3", 10, "1/10", 4, 100)
SCALARS = rationals(3, 2, 1, 0, -1, "1/2", 5, -2, "1/3", 10, -10, "-1/2", 100)
MOST_POSITIONS = 12
MOST_NAMED = 100  # classes, where so many are named by their numbers
GROUPS = ((1,), (1, 1), (1, 1, 1), (1, 1, 1, 1), (1, 8), (1,) * 5, (1, 1, 8), (1, 32), (1, 1024))


def listed(claim: Claim, names: Names) -> Iterator[Point]:
    """Points that have a shape that the hypotheses allow; other hypotheses may fail there."""
    shapes = list(islice(shapes_of(claim, names), 200))
    sizes = {len(shape.multiplicities) for shape in shapes}
    pools = {size: _pools(claim, names, size) for size in sorted(sizes)}
    lengths = [len(shapes), *(max(map(len, each)) for each in zip(*pools.values(), strict=True))]
    for at, *ranks in _in_turn(_by_total(lengths), _by_size(lengths)):
        pool = pools[len(shapes[at].multiplicities)]
        if all(rank < len(each) for rank, each in zip(ranks, pool, strict=True)):
            yield point_of(names, shapes[at], list(map(getitem, pool, ranks)))


def _in_turn(*orders: Iterator[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """What all the iterators give, one of each at a time."""
    return (each for some in zip_longest(*orders) for each in some if each is not None)


def _by_total(lengths: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All tuples of ranks below the lengths, those with a small total first."""
    for total in range(sum(lengths)):
        yield from _with_total(total, lengths)


def _with_total(total: int, lengths: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if not lengths:
        if total == 0:
            yield ()
        return
    first, *rest = lengths
    for rank in range(max(0, total - sum(rest)), min(total, first - 1) + 1):
        for others in _with_total(total - rank, rest):
            yield (rank, *others)


def _by_size(lengths: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All tuples of ranks below the lengths, in shells where the product of the (rank + 1) doubles.

    So that few ranks are large at once: what makes a claim fail is mostly in one or two numbers.
    """
    most = 1
    while most < 2 * prod(lengths):
        yield from _in_shell(lengths, most // 2, most)
        most *= 2


def _in_shell(lengths: Sequence[int], least: int, most: int) -> Iterator[tuple[int, ...]]:
    """The tuples where that product is above `least`, and `most` at most."""
    if prod(lengths) <= least:
        return
    if not lengths:
        yield ()
        return
    first, *rest = lengths
    for rank in range(min(first, most)):
        for others in _in_shell(rest, least // (rank + 1), most // (rank + 1)):
            yield (rank, *others)


def _pools(claim: Claim, names: Names, positions: int) -> list[Sequence[Any]]:
    """The candidates for lambda, each family and each scalar."""
    constants = _constants(claim)
    temperatures = TEMPERATURES if names.has_temperature else TEMPERATURES[1:2]
    apart = [(each, *(Integer(0),) * (positions - 1)) for each in constants]
    small = [(Rational(1, 1000),) * positions]
    return [
        temperatures,
        *(
            _distinct(
                [*_head(palette_of(names, f), positions), *apart, *small, *_rest(palette_of(names, f), positions)]
            )
            for f in names.families
        ),
        *(_distinct((*SCALARS[at:], *SCALARS[:at], *constants)) for at, _ in enumerate(names.scalars)),
    ]


def _constants(claim: Claim) -> list[Expr]:
    """The numbers in a claim and those next to them; of large ones about the logarithm, too; ends."""
    mentioned = sorted(set(chain(*(part.atoms(Rational) for part in _parts(claim.relation)))))
    large = [Integer(each.p.bit_length()) * sign for each in mentioned if each.p > 100 for sign in (1, -1)]
    return _distinct([each + step for each in mentioned for step in (0, 1, -1)] + large + ends(claim))


def ends(claim: Claim) -> list[Expr]:
    """The numbers, rational or not, that stand alone on a side of a hypothesis."""
    sides = (side for each in claim.given if isinstance(each, Relation) for side in (each.lhs, each.rhs))
    return _distinct(side for side in sides if side.is_number and side.is_real)


def palette_of(names: Names, family: str) -> Palette:
    """The numbers to try for a family."""
    return EXPONENTS if family in names.exponents else NUMBERS


def _distinct(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


@lru_cache(maxsize=64)
def _head(palette: Palette, positions: int) -> list[tuple[Expr, ...]]:
    """Entries for a family: generic, tied, opposite, one apart."""
    zero, one, far = Integer(0), palette.varied[1], palette.varied[-1]
    generic = tuple(islice(cycle(palette.generic), positions + 1))
    rest = (zero,) * (positions - 1)
    return [
        generic[:positions],
        (zero,) * positions,
        generic[1:],
        tuple(each * (-1) ** at for at, each in enumerate(generic[1:])),
        (one, -one, *rest)[:positions],
        generic[:positions][::-1],
        (one, *rest),
        (*rest, one),
        tuple(islice(cycle(palette.shrinking), positions)),
        (far, *rest),
        (*rest, far),
        (one,) * positions,
        (one,) * (positions - 1) + (zero,),
    ]


@lru_cache(maxsize=64)
def _rest(palette: Palette, positions: int) -> list[tuple[Expr, ...]]:
    """All that the numbers to vary make, as far as that goes."""
    return list(islice(product(palette.varied, repeat=positions), 150))


@dataclass(frozen=True)
class Shape:
    """How many classes there are, and which of them the indices and subsets name."""

    multiplicities: tuple[int, ...]
    indices: dict[str, int]
    subsets: dict[str, frozenset[int]]

    def point(self) -> Point:
        """The point without its numbers."""
        plain = set(self.multiplicities) == {1}
        return Point(
            {},
            indices=self.indices,
            subsets=self.subsets,
            multiplicities=() if plain else self.multiplicities,
            size=len(self.multiplicities),
        )


def point_of(names: Names, shape: Shape, chosen: Sequence[Any]) -> Point:
    """The point of this shape with these numbers: for lambda, the families and the scalars.

    For lambda = 1/3 what is exponentiated is taken three times as large: then the p's are rational.
    """
    temperature, *rest = chosen
    entries = dict(zip(names.families, rest, strict=False))
    for family in names.exponents & entries.keys():
        entries[family] = tuple(stretch(temperature) * each for each in entries[family])
    return replace(
        shape.point(),
        families=entries,
        inverse_temperature=temperature,
        scalars=dict(zip(names.scalars, rest[len(names.families) :], strict=True)),
    )


def stretch(temperature: Expr) -> Expr:
    """3 for lambda = 1/3, 1 for a whole lambda."""
    return Integer(temperature.q) if temperature.is_Rational else Integer(1)


def positions_of(point: Point) -> int:
    """How many entries the families of a point have."""
    return len(point.multiplicities) or point.size


def shapes_of(claim: Claim, names: Names) -> Iterator[Shape]:
    """The shapes that the hypotheses on indices and on n allow; as many classes as names first."""
    literals = min(names.literals, MOST_NAMED)
    needed = max(literals, min(max(2, literals + len(names.indices)), MOST_POSITIONS))
    for groups in _distinct([(1,) * needed, *_asked_for(claim, literals), *GROUPS]):
        if len(groups) < names.literals:
            continue
        positions = range(1, len(groups) + 1)
        for indices in _assignments(names.indices, len(groups), names.literals):
            for chosen in product(_subsets(positions), repeat=len(names.subsets)):
                subsets = dict(zip(names.subsets, chosen, strict=True))
                shape = Shape(groups, dict(zip(names.indices, indices, strict=True)), subsets)
                if is_allowed(claim, shape):
                    yield shape


def _asked_for(claim: Claim, literals: int) -> Iterator[tuple[int, ...]]:
    """Groups for the numbers of classes that the claim mentions, and for those next to them."""
    parts = chain(*map(_parts, (claim.relation, *claim.given)))
    mentioned = sorted({int(each) for part in parts for each in part.atoms(Integer)})
    for n in (n + step for n in mentioned if n > 1 for step in (0, 1, -1)):
        single = min(n, max(3, literals) if n > 5 else n, max(literals, MOST_POSITIONS))
        yield (1,) * single + ((n - single,) if n > single else ())


def _assignments(indices: Sequence[str], positions: int, taken: int) -> Iterator[tuple[int, ...]]:
    """The ways in which indices coincide with each other and with the classes 1..taken."""
    if not indices:
        yield ()
        return
    for at in range(min(taken + 1, positions), 0, -1):
        for rest in _assignments(indices[1:], positions, max(taken, at)):
            yield (at, *rest)


def _subsets(positions: Sequence[int]) -> list[frozenset[int]]:
    """Subsets of the classes: the first, all, none, and the others of a few."""
    few = range(2 ** min(len(positions), 4))
    others = (frozenset(p for bit, p in enumerate(positions) if mask >> bit & 1) for mask in few)
    return _distinct([frozenset({1}), frozenset(positions), frozenset(), *others])


def is_allowed(claim: Claim, shape: Shape) -> bool:
    """Whether the hypotheses that speak of indices and of n alone hold."""
    point = shape.point()
    try:
        return all(evaluate.satisfies(h, claim, point) for h in claim.given if _is_of_shape(h))
    except NotAPoint:
        return False


def _is_of_shape(hypothesis: Hypothesis) -> bool:
    if isinstance(hypothesis, Relation):
        return all(part.free_symbols <= {notation.n} for part in _parts(hypothesis))
    return isinstance(hypothesis, (SameClass, Member))


# --- hypotheses that are equations ---------------------------------------------------------------

PATIENCE = 200  # how often equations are evaluated to mend one point

# What can be changed: ("family", "z", 0), ("scalar", "c", 0), ("lambda", "", 0), ("T", "", 0), and of a whole
# family ("shift", "z", 0), ("scale", "y", 0) and ("gaps", "z", 0), which leaves lambda z as it is.
Place = tuple[str, str, int]


def with_hypotheses(claim: Claim, point: Point, effort: int = EFFORT) -> Point | None:
    """The point changed so that argmax sets and equations are right, or None."""
    try:
        point = _with_argmax(claim, point)
        if not (equations := _equations(claim, point)):
            return point
        with limited_effort(effort):
            point = _with_definitions(equations, point)
            last = _definitions(equations)
            rest = tuple(each for each in equations if each not in last)
            candidates = chain(_until_refused(_Solver(PATIENCE).solutions(rest, point)), _related(point))
            made = (_with_definitions(last, each) for each in candidates)
            return next((each for each in made if _is_admissible(claim, each)), None)
    except NotAPoint:
        return None


def _until_refused(points: Iterator[Point]) -> Iterator[Point]:
    try:
        yield from points
    except NotAPoint:
        return


def _is_admissible(claim: Claim, point: Point) -> bool:
    try:
        return evaluate.admissible(claim, point)
    except NotAPoint:
        return False


def _with_argmax(claim: Claim, point: Point) -> Point:
    for each in claim.given:
        if isinstance(each, ArgMax):
            choices = _subsets(range(1, positions_of(point) + 1))
            candidates = (replace(point, subsets={**point.subsets, each.subset.name: A}) for A in choices)
            point = next((other for other in candidates if evaluate.satisfies(each, claim, other)), point)
    return point


def _equations(claim: Claim, point: Point) -> tuple[Relation, ...]:
    """The hypotheses that are equations, written out for each class where they are about all."""
    free = index_names(claim.relation)
    found: list[Relation] = []
    for each in claim.given:
        match each:
            case Relation(_, "==", _):
                found += _instances(each, sorted(index_names(each) - free), positions_of(point))
            case Always(Relation(_, "==", _) as relation, bound, conditions):
                named = partial(_meets, conditions, point)
                found += _instances(relation, [bound.name], positions_of(point), named)
    return tuple(found)


def _with_definitions(equations: Iterable[Relation], point: Point) -> Point:
    """The point with each entry that an equation names alone, q[1] == softmax(x)[1], set to what it is to be."""
    for each in equations:
        for name, meant in ((each.lhs, each.rhs), (each.rhs, each.lhs)):
            if not isinstance(name, notation.Entry) or not isinstance(name.index, Integer):
                continue
            number = None if name.family in notation.free(meant) else _number(meant, point)
            if number is not None:
                point = changed(point, ("family", name.family.name, int(name.index) - 1), number)
                break
    return point


def _definitions(equations: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """The equations that say alone what the entries of a family are, s[1] == q[1]/2: they hold when all else does."""
    families = {each: _defined(each) for each in equations}
    others = {
        family
        for family in families.values()
        for each in equations
        if family is not None
        and family != families[each]
        and family in notation.free(each.lhs) | notation.free(each.rhs)
    }
    return tuple(each for each, family in families.items() if family is not None and family not in others)


def _families(equation: Relation) -> set[Basic]:
    return notation.free(equation.lhs) | notation.free(equation.rhs)


def _defined(equation: Relation) -> notation.Family | None:
    """The family of which this defines an entry."""
    name = equation.lhs
    if not isinstance(name, notation.Entry) or not isinstance(name.index, Integer):
        return None
    return None if name.family in notation.free(equation.rhs) else name.family


def _number(expr: Expr, point: Point) -> Expr | None:
    try:
        found = evaluate.value(expr, point)
    except NotAPoint:
        return None
    return found.expression if found.exists and found.expression.is_finite else None


def _instances(
    relation: Relation, universal: list[str], positions: int, allowed: Callable[[int], bool] = lambda at: True
) -> Iterator[Relation]:
    symbols = [notation.class_named(name) for name in universal]
    for classes in product(filter(allowed, range(1, positions + 1)), repeat=len(symbols)):
        rule = dict(zip(symbols, map(Integer, classes), strict=True))
        yield Relation(relation.lhs.xreplace(rule), "==", relation.rhs.xreplace(rule))


def _meets(conditions: Iterable[Basic], point: Point, at: int) -> bool:
    """Whether a class is among those that the conditions leave, as far as its position tells."""
    for each in conditions:
        (name,) = each.args
        if isinstance(each, notation.Except):
            if at == (int(name) if isinstance(name, Integer) else point.indices.get(str(name))):
                return False
        elif (at in point.subsets[str(name)]) != isinstance(each, notation.In):
            return False
    return True


class _Solver:
    """Solves equations one after the other, each for one number in which it is linear or quadratic."""

    def __init__(self, patience: int) -> None:
        self.patience = patience

    def solutions(
        self, equations: tuple[Relation, ...], point: Point, used: frozenset[Place] = frozenset()
    ) -> Iterator[Point]:
        """Points at which the equations hold; what `used` names is not changed."""
        if not equations:
            yield point
            return
        equation, rest = equations[0], equations[1:]
        if _is_zero(self.residual(equation, point)):
            yield from self.solutions(rest, point, used)
            return
        entangled = any(_names_in(equation) & _names_in(other) for other in rest)
        for place in _places(equation, point):
            if place in used:
                continue
            along = _Line(self, equation, rest if entangled else (), point, used, place)
            for solved in along.roots():
                yield from self.solutions(rest, solved, used | {place})

    def residual(self, equation: Relation, point: Point) -> Number | None:
        """lhs - rhs, or None where that is not a finite number; 0 itself is the rational 0."""
        self.patience -= 1
        if self.patience < 0:
            raise Unsupported("the hypotheses of the claim are too hard to solve")
        try:
            lhs, rhs = (evaluate.value(side, point) for side in (equation.lhs, equation.rhs))
            if not lhs.exists or not rhs.exists:
                return None
            difference = lhs.number - rhs.number
            return difference if isinstance(difference, (MPQ, Real)) else None
        except NotAPoint:
            return None


@dataclass(frozen=True)
class _Line:
    """The points that differ in one number t, where `others` are solved too, each time."""

    solver: _Solver
    equation: Relation
    others: tuple[Relation, ...]
    point: Point
    used: frozenset[Place]
    place: Place

    def at(self, number: Number) -> Point | None:
        """The point for one t."""
        try:
            moved = changed(self.point, self.place, evaluate.Value(number).expression)
        except NotAPoint:
            return None
        return next(self.solver.solutions(self.others, moved, self.used | {self.place}), None)

    def residual(self, number: Number) -> Number | None:
        """What the equation lacks at t."""
        point = self.at(number)
        return None if point is None else self.solver.residual(self.equation, point)

    def roots(self) -> Iterator[Point]:
        """The points at which the equation holds: t is one of the other entries, or a root."""
        for number in chain(self.ties(), self.estimates()):
            point = self.at(number)
            if point is not None and _is_zero(self.solver.residual(self.equation, point)):
                yield point

    def ties(self) -> Iterable[Number]:
        """The other entries of the family: z_i = max z."""
        kind, name, _ = self.place
        return map(evaluate.constant, _distinct(self.point.families[name])) if kind == "family" else ()

    def estimates(self) -> Iterator[Number]:
        """The roots of the polynomial, of degree 2 at most, with the values that the equation has."""
        first, second = self.residual(MPQ(1)), self.residual(MPQ(2))
        if first is None or second is None:
            return
        if not _is_zero(second - first):
            yield 1 - first / (second - first)
        if (third := self.residual(MPQ(3))) is not None:
            yield from _quadratic_roots(first, second, third)


def _quadratic_roots(first: Number, second: Number, third: Number) -> Iterator[Number]:
    """Where the polynomial of degree 2 vanishes that has these values at 1, 2 and 3."""
    a = (third - 2 * second + first) / MPQ(2)
    if _is_zero(a):
        return
    b = second - first - 3 * a
    c = first - a - b
    try:
        root = exact.power(b * b - 4 * a * c, MPQ(1, 2))
        yield from ((root - b) / (2 * a), (-root - b) / (2 * a))
    except NotAPoint:
        return


def _related(point: Point) -> Iterator[Point]:
    """Points at which one family is another, or lambda times it."""
    names = sorted(point.families)
    scale = point.inverse_temperature or Integer(1)
    for name, other in ((a, b) for a in names for b in names if a != b):
        for factor in (Integer(1), scale, 1 / scale):
            entries = tuple(factor * each for each in point.families[other])
            yield replace(point, families={**point.families, name: entries})


def _is_zero(number: Number | None) -> bool:
    return isinstance(number, MPQ) and number == 0


def _names_in(equation: Relation) -> set[str]:
    atoms = set().union(*(part.atoms(Symbol) for part in (equation.lhs, equation.rhs)))
    names = {each.name for each in atoms}
    return names | ({"z"} if any(side.has(notation.UnderP) for side in (equation.lhs, equation.rhs)) else set())


def _places(equation: Relation, point: Point) -> Iterator[Place]:
    names = _names_in(equation)
    families = sorted(names & set(point.families), reverse=True)
    for name in sorted(names & set(point.scalars)):
        yield "scalar", name, 0
    for name in families:
        for position in reversed(range(len(point.families[name]))):
            yield "family", name, position
    for name in families:
        yield from (("shift", name, 0), ("scale", name, 0))
    if "z" in families:
        yield "gaps", "z", 0
    if names & {"lambda", "T"}:
        yield from (("lambda", "", 0), ("T", "", 0))


def changed(point: Point, place: Place, number: Expr) -> Point:
    """The point with another number in one place."""
    kind, name, position = place
    if kind in ("lambda", "T"):
        if not number.is_positive:
            raise Unsupported("the temperature is positive")
        return replace(point, inverse_temperature=number if kind == "lambda" else 1 / number)
    if kind == "scalar":
        return replace(point, scalars={**point.scalars, name: number})
    entries = list(point.families[name])
    if kind == "family":
        entries[position] = number
    elif kind == "shift":
        entries = [each + number for each in entries]
    else:
        if not number.is_positive:
            raise Unsupported("a scale is positive")
        entries = [each * number for each in entries]
    moved = replace(point, families={**point.families, name: tuple(entries)})
    return replace(moved, inverse_temperature=point.inverse_temperature / number) if kind == "gaps" else moved
