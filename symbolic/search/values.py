"""Expressions as functions of a random point, in floating point: fast, and good enough to guess by.

    compiled(term)                     the value of a term of the kernel at a point
    points(hypotheses, names, count)   random points at which the hypotheses hold

What is guessed here is decided by the kernel, so a rounding error costs a derivation and never makes a wrong one.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import product

from symbolic.deadline import check as in_time
from symbolic.kernel.read import ArgMax, Hypothesis, Member, Relation, SameClass
from symbolic.kernel.terms import (
    Absolute,
    Binder,
    Delta,
    Diff,
    Entry,
    Exp,
    Extreme,
    Holds,
    Index,
    Log,
    Number,
    Operator,
    Plus,
    Power,
    Product,
    Range,
    Scalar,
    Size,
    Sum,
    Term,
    Times,
    Weighted,
    inside,
)  # fmt: skip

__all__ = ["Names", "NotHere", "Point", "Value", "compiled", "points"]

_ZERO, _ONE = Fraction(0), Fraction(1)
NEAR = 1e-9  # two numbers of size 1 that are nearer than this are taken for equal
ROUNDED = 1e-14  # what is positive and less may be 0
LARGEST = 5  # so many classes has a point at most, where the hypotheses leave the choice

HOLDS: dict[Operator, Callable[[int], bool]] = {
    "==": lambda sign: sign == 0, "!=": lambda sign: sign != 0, "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0, ">": lambda sign: sign > 0, ">=": lambda sign: sign >= 0,
}  # fmt: skip


class NotHere(Exception):
    """The expression has no value at this point, or none that is known here."""


@dataclass
class Point:
    """Random numbers for all that is spoken of; classes are counted from 0."""

    n: int
    families: dict[str, list[float]]
    scalars: dict[str, float]
    subsets: dict[str, frozenset[int]]
    classes: dict[Index, int] = field(default_factory=dict)
    known: dict[object, float] | None = None  # values of sums that have no class left open, once the point is settled

    def at(self, index: Index) -> int:
        return int(index.name) - 1 if index.name.isdigit() else self.classes[index]


Value = Callable[[Point], float]


# --- terms -----------------------------------------------------------------------------------------


@cache
def compiled(term: Term) -> Value:
    """The value of a term as a function of the point; where there is none it raises `NotHere` or an ArithmeticError."""
    match term:
        case Number(value):
            return _constant(float(value))
        case Size():
            return lambda here: float(here.n)
        case Scalar(name):
            return lambda here: here.scalars[name]
        case Entry(family, index):
            return lambda here: here.families[family][here.at(index)]
        case Plus(terms):
            added = list(map(compiled, terms))
            return lambda here: math.fsum([each(here) for each in added])
        case Times(terms):
            factors = list(map(compiled, terms))
            return lambda here: math.prod([each(here) for each in factors])
        case Power(base, exponent):
            return _power(compiled(base), compiled(exponent))
        case Exp(of):
            return _applied(math.exp, of)
        case Log(of):
            return _applied(_log, of)
        case Absolute(of):
            return _applied(abs, of)
        case Weighted(weight, of):
            return _weighted(compiled(weight), compiled(of))
        case Delta(first, second):
            return lambda here: float(here.at(first) == here.at(second))
        case Holds(of, op):
            inner = compiled(of)
            return lambda here: float(HOLDS[op](_sign(inner(here))))
        case Binder(of, bound, among):
            folded = _folded(_fold(term), compiled(of), bound, among)
            return folded if any(each.binder for each in term.free) else _remembered(folded)
        case Diff(of, variable):
            return compiled(derivative(of, variable))
    raise NotHere


def _constant(value: float) -> Value:
    return lambda here: value


def _applied(function: Callable[[float], float], of: Term) -> Value:
    inner = compiled(of)
    return lambda here: function(inner(here))


def _log(x: float) -> float:
    """What is 0 but for rounding, such as 1 less a sum that is 1, has none."""
    if x < ROUNDED:
        raise NotHere
    return math.log(x)


def _power(base: Value, exponent: Value) -> Value:
    def value(here: Point) -> float:
        found = base(here) ** exponent(here)
        if isinstance(found, complex):
            raise NotHere
        return float(found)

    return value


def _weighted(weight: Value, of: Value) -> Value:
    def value(here: Point) -> float:
        by = weight(here)
        return by * math.log(of(here)) if by else 0.0

    return value


def _sign(number: float) -> int:
    return 0 if abs(number) <= NEAR else 1 if number > 0 else -1


def _fold(term: Binder) -> Callable[[list[float]], float]:
    if isinstance(term, Extreme):
        return _some(max if term.largest else min)
    return math.fsum if isinstance(term, Sum) else math.prod


def _some(choose: Callable[[list[float]], float]) -> Callable[[list[float]], float]:
    def fold(values: list[float]) -> float:
        if not values:
            raise NotHere
        return choose(values)

    return fold


def _folded(fold: Callable[[list[float]], float], of: Value, bound: Index, among: Range) -> Value:
    whole = among == Range()

    def value(here: Point) -> float:
        in_time()  # sums in one another take as long as there are tuples of classes
        classes, values = here.classes, []
        for at in range(here.n):
            if whole or _within(at, among, here):
                classes[bound] = at
                values.append(of(here))
        return fold(values)

    return value


def _remembered(value: Value) -> Value:
    key = object()

    def remembered(here: Point) -> float:
        if here.known is None:
            return value(here)
        if key not in here.known:
            here.known[key] = value(here)
        return here.known[key]

    return remembered


def _places(every: tuple[tuple[Index, Range], ...], here: Point) -> Iterator[None]:
    """Puts the indices at all the classes of their ranges, one after the other."""
    names = [index for index, _ in every]
    for chosen in product(range(here.n), repeat=len(every)):
        here.classes.update(zip(names, chosen, strict=True))
        if all(_within(at, among, here) for at, (_, among) in zip(chosen, every, strict=True)):
            yield
            here.classes.update(zip(names, chosen, strict=True))


def _within(at: int, among: Range, here: Point) -> bool:
    return all(at != here.at(each) for each in among.excluded) and all(
        (at in here.subsets[each]) is holds for each, holds in among.members
    )


def derivative(term: Term, by: Scalar | Entry) -> Term:
    """The derivative by the rules of school, nothing in it simplified; `NotHere` where there is no rule."""
    if by not in inside(term) and not (isinstance(by, Entry) and _speaks_of(term, by.family)):
        return Number(_ZERO)
    match term:
        case Scalar():
            return Number(_ONE)
        case Entry(_, index) if isinstance(by, Entry):
            return Delta(index, by.index)
        case Plus(terms):
            return Plus(tuple(derivative(each, by) for each in terms))
        case Times(terms):
            return Plus(
                tuple(Times((*terms[:at], derivative(each, by), *terms[at + 1 :])) for at, each in enumerate(terms))
            )
        case Power(base, Number(value) as exponent):
            return Times((exponent, Power(base, Number(value - 1)), derivative(base, by)))
        case Exp(of):
            return Times((term, derivative(of, by)))
        case Log(of):
            return Times((derivative(of, by), Power(of, Number(-_ONE))))
        case Weighted(weight, of):
            return derivative(Times((weight, Log(of))), by)
        case Sum(of, bound, among):
            return Sum(derivative(of, by), bound, among)
        case Product(of, bound, among):
            return Times((term, Sum(Times((derivative(of, by), Power(of, Number(-_ONE)))), bound, among)))
        case Diff(of, variable):
            return derivative(derivative(of, variable), by)
    raise NotHere


def _speaks_of(term: Term, family: str) -> bool:
    return any(isinstance(each, Entry) and each.family == family for each in inside(term))


# --- points ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Names:
    """What there are numbers for at a point, and how many classes."""

    families: tuple[str, ...]
    scalars: tuple[str, ...]
    subsets: tuple[str, ...]
    indices: tuple[str, ...]
    least: int = 1
    most: int | None = None
    ties: bool = False  # whether some entries are to be alike

    def drawn(self, draw: random.Random) -> Point:
        most = min(self.most or LARGEST, max(LARGEST, self.least))
        n = draw.randint(min(self.least, most), most)
        return Point(
            n,
            {name: self._row(n, draw) for name in self.families},
            {name: draw.choice([1, 1, -1]) * draw.uniform(0.1, 3) for name in self.scalars}
            | {"lambda": draw.uniform(0.3, 2)},
            {name: frozenset(at for at in range(n) if draw.random() < 0.5) for name in self.subsets},
            {Index(name): draw.randrange(n) for name in self.indices},
        )

    def _row(self, n: int, draw: random.Random) -> list[float]:
        """Numbers of one sign, half of the time: hypotheses often ask for it."""
        least = draw.choice([-2.0, 0.1])
        values = [draw.uniform(least, 2) for _ in range(n)]
        return [draw.choice(values) for _ in range(n)] if self.ties else values


def points(given: Iterable[Hypothesis], names: Names, count: int, seed: int = 0) -> list[Point]:
    """So many random points that satisfy the hypotheses; fewer, or none, where they are hard to meet.

    Of equations only those with a name alone on one side are met: the others serve in a derivation by multiples.
    """
    draw = random.Random(seed)
    hypotheses = list(given)
    found: list[Point] = []
    for _ in range(40 * count):
        here = names.drawn(draw)
        try:
            for each in hypotheses:
                _enforce(each, here)
            if all(_meets(each, here) for each in hypotheses):
                here.known = {}
                found.append(here)
        except (NotHere, ArithmeticError, ValueError, LookupError):
            continue
        if len(found) == count:
            break
    return found


def _enforce(given: Hypothesis, here: Point) -> None:
    """What a hypothesis fixes by an equation is put in."""
    match given:
        case SameClass(first, second, True) if first in here.classes:
            here.classes[first] = here.at(second)
        case ArgMax(subset, family, largest):
            row = here.families[family]
            best = max(row) if largest else min(row)
            here.subsets[subset] = frozenset(at for at, each in enumerate(row) if each == best)
        case Relation(lhs, "==", Extreme(), ()):
            for index in {each for each in lhs.free if each in here.classes}:
                _put_where(given, index, here)
        case Relation(Entry(family, index), "==", value, every) | Relation(value, "==", Entry(family, index), every):
            for _ in _places(every, here):
                here.families[family][here.at(index)] = compiled(value)(here)
        case Relation(Scalar(name), "==", value, ()) if name != "lambda":
            here.scalars[name] = compiled(value)(here)


def _put_where(given: Hypothesis, index: Index, here: Point) -> None:
    """An index is put at the first class where the equation holds."""
    for at in range(here.n):
        here.classes[index] = at
        if _meets(given, here):
            return


def _meets(given: Hypothesis, here: Point) -> bool:
    match given:
        case SameClass(first, second, holds):
            return (here.at(first) == here.at(second)) is holds
        case Member(at, subset, holds):
            return (here.at(at) in here.subsets[subset]) is holds
        case Relation(lhs, "==", rhs) if not any(
            isinstance(side, (Entry, Scalar, Size, Extreme)) for side in (lhs, rhs)
        ):
            return True
        case Relation(lhs, op, rhs, every):
            left, right = compiled(lhs), compiled(rhs)
            return all(HOLDS[op](_sign(left(here) - right(here))) for _ in _places(every, here))
    return True
