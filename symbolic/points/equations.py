"""Points at which the hypotheses of a claim that are equations hold.

    with_hypotheses(claim, point)   the point changed so that they do, or None
    changed(point, place, number)   the point with another number in one place

>>> from symbolic.language.parser import parse_claim
>>> said = parse_claim("sum(y[k]*p[k], k) <= 1 given sum(y[k], k) == 1")
>>> with_hypotheses(said, Point({"y": (Integer(1), Integer(3))}, size=2)).families["y"]
(1, 0)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, product

from sympy import Basic, Expr, Integer, Symbol, exp, log, tanh

from symbolic.language import notation
from symbolic.language.claims import Always, ArgMax, Claim, Point, Relation
from symbolic.language.errors import Unsupported
from symbolic.points import evaluate, exact
from symbolic.points.evaluate import index_names
from symbolic.points.exact import EFFORT, MPQ, Real, limited_effort
from symbolic.points.germs import Number
from symbolic.points.names import NotAPoint, positions_of
from symbolic.points.palettes import distinct
from symbolic.points.samples import subsets_of

__all__ = ["Place", "changed", "with_hypotheses"]

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
            undone = tuple(map(_undone, rest))
            ways = (_until_refused(_Solver(PATIENCE).solutions(each, point)) for each in distinct((rest, undone)))
            candidates = chain(*ways, _related(point))
            made = (_with_definitions(last, each) for each in candidates)
            return next((each for each in made if _is_admissible(claim, each)), None)
    except NotAPoint:
        return None


def _undone(equation: Relation) -> Relation:
    """y == log((1 + x)/(1 - x))/2 for x == tanh(y), y == log(x) for x == exp(y): what is solved for a letter in y."""
    match equation:
        case Relation(x, "==", tanh(args=(y,))) | Relation(tanh(args=(y,)), "==", x):
            return Relation(y, "==", log((1 + x) / (1 - x)) / 2)
        case Relation(x, "==", exp(args=(y,))) | Relation(exp(args=(y,)), "==", x):
            return Relation(y, "==", log(x))
        case Relation(x, "==", log(args=(y,))) | Relation(log(args=(y,)), "==", x):
            return Relation(y, "==", exp(x))
    return equation


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
            choices = subsets_of(range(1, positions_of(point) + 1))
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
        return map(evaluate.constant, distinct(self.point.families[name])) if kind == "family" else ()

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
