"""The exact value of a claim's two sides at one point, by plain loops over the classes.

This is the judge of counterexamples. It knows no identity of softmax: a sum is a loop, a derivative
is arithmetic with a + b eps (eps^2 = 0), a limit is arithmetic with leading terms
c e^(d x) x^a (log x)^b as x -> oo, and the numbers in it are exact (`symbolic.points.exact`).

    sides(claim, point)             the values of both sides
    holds(claim, point)             whether the relation holds there
    admissible(claim, point)        whether all hypotheses do
    satisfies(hypothesis, claim, point)
    value(expression, point)

    Undefined       a side has no value at the point: the point does not count
    Unsupported     the value, or the comparison, could not be had exactly: the point is not used
    NotationError   the point or the expression makes no sense: 0.1, a name without a value

>>> from sympy import Integer, log
>>> from symbolic.language.claims import Point, claim
>>> from symbolic.language.notation import D, T, Limit, i, lam, p, z
>>> point = Point({"z": (Integer(0), log(2))}, Integer(2), indices={"i": 1}, size=2)
>>> print(value(p[i], point), value(D(p[i], z[i]), point), value(Limit(p[i], T, 0), point))
1/5 8/25 0
>>> holds(claim(D(p[i], z[i]), "==", p[i]*(1 - p[i])), point)
False
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial, reduce
from operator import mul
from typing import Any

import sympy
from sympy import Basic, Expr, Integer, Symbol

from symbolic.language import notation
from symbolic.language.claims import (
    HOLDS,
    Always,
    ArgMax,
    Claim,
    Hypothesis,
    Member,
    Point,
    Relation,
    SameClass,
)
from symbolic.language.errors import NotationError, Undefined, Unsupported
from symbolic.language.typeset import plain
from symbolic.points import exact
from symbolic.points.exact import MPQ, Real, limited_effort, reciprocal, sign, spend
from symbolic.points.germs import (
    CONSTANT,
    Cancelled,
    Dual,
    Germ,
    Infinite,
    Number,
    compare,
    is_vague,
    parts,
    still,
)

__all__ = [
    "Value", "admissible", "constant", "holds", "index_names", "number_of", "satisfies",
    "scene_at", "sides", "told", "value",
]  # fmt: skip

DEPTHS = 2, 4, 8  # how many terms of a power series are kept: more when the first ones cancel


# --- what is asked -------------------------------------------------------------------------------
LONG = 100  # digits of a value that are not shown where it can be said shorter,
LONGEST = 10_000  # and bits of one that is not written out at all


@dataclass(frozen=True)
class Value:
    """An exact number, oo or -oo; or no number, where a limit does not exist."""

    number: Number

    @property
    def exists(self) -> bool:
        """Whether there is a number at all."""
        return self.number is not None

    def __str__(self) -> str:
        return "no limit" if self.number is None else plain(self.expression)

    @property
    def expression(self) -> Expr:
        """The number as a SymPy expression."""
        if isinstance(self.number, Infinite):
            return sympy.oo * self.number.direction
        return exact.expression(self.number)

    def compare(self, other: Value) -> int:
        """The sign of self - other."""
        return compare(self.number, other.number)


def value(expression: Expr, point: Point) -> Value:
    """The value of an expression at a point."""
    with limited_effort():
        return _value(expression, scene_at(point))


def sides(claim: Claim, point: Point) -> tuple[Value, Value]:
    """The values of the two sides of a claim."""
    with limited_effort():
        scene = scene_at(point)
        return _value(claim.lhs, scene), _value(claim.rhs, scene)


def told(claim: Claim, point: Point) -> tuple[str, str]:
    """The values of the two sides as text. A number of many digits is said as its side says it, if in n alone.

    >>> from symbolic.language.parser import parse_claim
    >>> told(parse_claim("1.01^1000 > 20960"), Point({}))
    ('(101/100)^1000', '20960')
    """
    lhs, rhs = sides(claim, point)
    return _told(claim.lhs, lhs), _told(claim.rhs, rhs)


def _told(side: Expr, value: Value) -> str:
    as_written = side.free_symbols <= {notation.n}
    if as_written and isinstance(value.number, MPQ) and int(value.number.numerator).bit_length() > LONGEST:
        return plain(side)
    said = str(value)
    return plain(side) if len(said) > LONG and as_written else said


def holds(claim: Claim, point: Point) -> bool:
    """Whether the claim's relation holds at the point; where a limit does not exist it fails."""
    lhs, rhs = sides(claim, point)
    with limited_effort():
        return lhs.exists and rhs.exists and HOLDS[claim.op](lhs.compare(rhs))


def admissible(claim: Claim, point: Point) -> bool:
    """Whether the point satisfies every hypothesis of the claim."""
    return all(satisfies(each, claim, point) for each in claim.given)


def satisfies(hypothesis: Hypothesis, claim: Claim, point: Point) -> bool:
    """Whether the hypothesis holds, and is defined, at the point.

    An index of it that is not free in the claim's relation is universal: y[k] > 0 is about all k.
    """
    own = index_names(hypothesis) - index_names(claim.relation)
    if own and isinstance(hypothesis, (SameClass, Member)):
        raise NotationError(f"{', '.join(sorted(own))} does not occur in the relation")
    with limited_effort():
        return satisfied(hypothesis, sorted(own), scene_at(point))


@lru_cache(maxsize=4096)
def index_names(part: Any) -> frozenset[str]:
    """The names of the indices that are free in an expression or a hypothesis."""
    match part:
        case Relation(lhs, _, rhs):
            return index_names(lhs) | index_names(rhs)
        case SameClass(first, second):
            return _names((first, second))
        case Member(index, _):
            return _names((index,))
        case Always(relation, bound, conditions):
            return index_names(relation).union(*map(index_names, conditions)) - {bound.name}
        case notation.Entry() | notation.Probability():
            return _names(part.args[1:]) | index_names(part.args[0])
        case sympy.KroneckerDelta() | notation.Except():
            return _names(part.args)
        case notation.Binder():
            return frozenset().union(*map(index_names, part.args)) - {part.bound.name}
        case Basic():
            return frozenset().union(*map(index_names, part.args))
    return frozenset()


def _names(indices: Iterable[Basic]) -> frozenset[str]:
    return frozenset(each.name for each in indices if isinstance(each, Symbol))


def _value(expression: Expr, scene: Scene) -> Value:
    try:
        return Value(number_of(expression, scene))
    except _NoLimit:
        return Value(None)


class _NoLimit(Exception):
    """A limit in an expression does not exist."""


# --- the point, laid out as classes --------------------------------------------------------------

# Its position in the families, from 0, and a number that tells apart the classes that share it.
Class = tuple[int, int]


@dataclass(frozen=True)
class Scene:
    """A point, and what the bound indices and the variables of derivatives and limits are just now.

    `classes` says how many classes each entry stands for; an index always names a single one, so a
    group of alike classes is split when an index is bound to one of them. `moved` holds the entries
    that a derivative or a limit moves, `partitions` the values of Z computed so far.
    """

    classes: dict[Class, int]
    families: dict[str, tuple[Number, ...]]
    scalars: dict[str, Number]
    lam: Number
    subsets: dict[str, frozenset[int]]
    indices: dict[str, Class]
    moved: dict[tuple[str, Class], Number]
    partitions: dict[Basic, Number]
    level: int = 0

    def bind(self, name: str, which: Class) -> Scene:
        """The scene in which the index `name` is (one of) the class `which`."""
        many = self.classes[which]
        if many == 1:
            return replace(self, indices={**self.indices, name: which})
        single = which[0], sum(position == which[0] for position, _ in self.classes)
        classes = {**self.classes, which: many - 1, single: 1}
        return replace(self, classes=classes, indices={**self.indices, name: single})

    def loop(self, binder: notation.Binder) -> Iterator[tuple[int, Scene]]:
        """The classes that a binder ranges over: how many are alike, the scene with one bound."""
        yield from self.each(binder.bound.name, binder.conditions)

    def each(self, name: str, conditions: Iterable[Basic] = ()) -> Iterator[tuple[int, Scene]]:
        """The same for an index and its conditions."""
        for which, many in self.classes.items():
            if all(self._allows(condition, which) for condition in conditions):
                yield many, self.bind(name, which)

    def _allows(self, condition: Basic, which: Class) -> bool:
        if isinstance(condition, notation.Except):
            return which != self.named(condition.args[0])
        return self.contains(condition.args[0], which) == isinstance(condition, notation.In)

    def contains(self, subset: Basic, which: Class) -> bool:
        """Whether a class is in a subset."""
        return which[0] + 1 in _given(self.subsets, subset)

    def size(self) -> Number:
        """The number of classes n."""
        return MPQ(sum(self.classes.values()))

    def named(self, index: Basic) -> Class:
        """The class that an index, or the number of a class, names."""
        if not isinstance(index, Integer):
            return _given(self.indices, index)
        if (which := (int(index) - 1, 0)) in self.classes:
            return which
        if index <= self.size():
            raise Unsupported(f"class {index} has no position of its own at this point")
        raise Undefined(f"there is no class {index} among {self.size()}")

    def entry(self, family: Basic, which: Class) -> Number:
        """The entry of a family at a class."""
        values = _given(self.families, family)
        return self.moved.get((family.name, which), values[which[0]])

    def move(self, variable: Basic, to: Callable[[Number], Number]) -> Scene:
        """The scene with a variable x replaced by to(x)."""
        scene = replace(self, partitions={}, level=self.level + 1)
        match variable:
            case notation.InverseTemperature():
                return replace(scene, lam=to(self.lam))
            case notation.Temperature():
                return replace(scene, lam=reciprocal(to(reciprocal(self.lam))))
            case notation.Entry(args=(family, index)):
                which = self.named(index)
                return replace(scene, moved={**self.moved, (family.name, which): to(self.entry(family, which))})
            case Symbol() if variable.name in self.scalars:
                return replace(scene, scalars={**self.scalars, variable.name: to(self.scalars[variable.name])})
        raise NotationError(f"{variable} is not a scalar, lambda, T or an entry of a family")


def _given(values: dict[str, Any], name: Basic) -> Any:
    if isinstance(name, Symbol) and name.name in values:
        return values[name.name]
    raise NotationError(f"the point says nothing about {name}")


def scene_at(point: Point, convert: Callable[[Number], Number] = lambda number: number) -> Scene:
    """The scene of a point; `convert` is applied to each of its numbers."""
    positions = len(point.multiplicities) or point.size
    groups = point.multiplicities or (1,) * positions
    if positions < 1 or any(not isinstance(m, int) or m < 1 for m in groups):
        raise NotationError("a point has at least one class, and multiplicities are positive integers")
    _check_positions(point, positions)
    single = {(position, 0): 1 for position in range(positions)}
    alike = {(position, 1): m - 1 for position, m in enumerate(groups) if m > 1}
    lam = convert(constant(point.inverse_temperature))
    if sign(lam) <= 0:
        raise NotationError("the inverse temperature is positive")
    return Scene(
        classes=single | alike,
        families={name: tuple(convert(constant(e)) for e in f) for name, f in point.families.items()},
        scalars={name: convert(constant(each)) for name, each in point.scalars.items()},
        lam=lam,
        subsets=dict(point.subsets),
        indices={name: (at - 1, 0) for name, at in point.indices.items()},
        moved={},
        partitions={},
    )


def _check_positions(point: Point, positions: int) -> None:
    for name, entries in point.families.items():
        if len(entries) != positions:
            raise NotationError(f"{name} has {len(entries)} entries, the point has {positions}")
    for name, at in [
        *point.indices.items(),
        *((s, at) for s, A in point.subsets.items() for at in A),
    ]:
        if not 1 <= at <= positions:
            raise NotationError(f"{name} is {at}, and the point has {positions} classes to name")


@lru_cache(maxsize=4096, typed=True)
def constant(expression: Basic) -> Number:
    """The exact number that a constant expression is: 1/2, log(3)."""
    number = number_of(expression, _NOWHERE)
    if isinstance(number, Infinite):
        raise NotationError(f"{expression} is not a number")
    return number


_NOWHERE = Scene({}, {}, {}, MPQ(1), {}, {}, {}, {})


def satisfied(hypothesis: Hypothesis, universal: list[str], scene: Scene) -> bool:
    """Whether a hypothesis holds for all values of the indices that are universal in it."""
    if universal:
        first, *rest = universal
        return all(satisfied(hypothesis, rest, inner) for _, inner in scene.each(first))
    match hypothesis:
        case Relation():
            return _related(hypothesis, scene)
        case SameClass(first, second, same):
            return (scene.named(first) == scene.named(second)) == same
        case Member(index, subset, inside):
            return scene.contains(subset, scene.named(index)) == inside
        case ArgMax(subset, family, largest):
            return _is_argmax(subset, family, 1 if largest else -1, scene)
        case Always(relation, bound, conditions):
            return all(_related(relation, inner) for _, inner in scene.each(bound.name, conditions))
    raise NotationError(f"{hypothesis!r} is not a hypothesis")


def _related(relation: Relation, scene: Scene) -> bool:
    try:
        return _is_true(relation, scene)
    except (Undefined, _NoLimit):
        return False


def _is_argmax(subset: Basic, family: Basic, direction: int, scene: Scene) -> bool:
    entries = {which: direction * scene.entry(family, which) for which in scene.classes}
    best = _extreme(list(entries.values()), 1)
    return all(scene.contains(subset, which) == (sign(each - best) == 0) for which, each in entries.items())


# --- the value of an expression ------------------------------------------------------------------


def number_of(expression: Any, scene: Scene) -> Number:
    """The number that an expression is in a scene."""
    spend(1)
    for head in type(expression).__mro__:
        if rule := RULES.get(head):
            return rule(expression, scene)
    return _unknown(expression, scene)


def _unknown(expression: object, scene: Scene) -> Number:
    if isinstance(expression, float) or not isinstance(expression, Basic):
        raise NotationError(f"{expression!r} is not an exact expression")
    raise Unsupported(f"{type(expression).__name__} is not evaluated: {expression}")


def _total(numbers: Iterable[Number]) -> Number:
    return sum(numbers, MPQ(0))


def _product(numbers: Iterable[Number]) -> Number:
    return reduce(mul, numbers, MPQ(1))


def _all(expressions: Iterable[Basic], scene: Scene) -> list[Number]:
    return [number_of(each, scene) for each in expressions]


def _symbol(symbol: Symbol, scene: Scene) -> Number:
    if symbol.name in scene.indices:
        raise NotationError(f"{symbol} is an index, and an index is not a number")
    return scene.size() if symbol == notation.n else _given(scene.scalars, symbol)


def _absolute(expression: Expr, scene: Scene) -> Number:
    inside = number_of(expression.args[0], scene)
    return -inside if not is_vague(inside) and sign(inside) < 0 else inside


def _tanh(expression: Expr, scene: Scene) -> Number:
    square = exact.exp(2 * number_of(expression.args[0], scene))
    return (square - 1) * reciprocal(square + 1)


def _hyperbolic(sign: int, expression: Expr, scene: Scene) -> Number:
    """(e^x + e^-x)/2 and (e^x - e^-x)/2."""
    grown = exact.exp(number_of(expression.args[0], scene))
    return (grown + sign * reciprocal(grown)) * MPQ(1, 2)


def _probability(distribution: Basic, which: Class, scene: Scene) -> Number:
    weight = _weight(distribution, which, scene)
    return weight * reciprocal(_partition(notation.Partition(*distribution.args), scene))


def _weight(distribution: Basic, which: Class, scene: Scene) -> Number:
    """e^(c w_k), for a softmax or a partition function."""
    family, scale = distribution.args
    return exact.exp(number_of(scale, scene) * scene.entry(family, which))


def _partition(expression: notation.Partition, scene: Scene) -> Number:
    if expression not in scene.partitions:
        terms = (many * _weight(expression, which, scene) for which, many in scene.classes.items())
        if index_names(expression):
            return _total(terms)
        scene.partitions[expression] = _total(terms)
    return scene.partitions[expression]


def _sum(binder: notation.Binder, scene: Scene) -> Number:
    return _total(many * number_of(binder.body, inner) for many, inner in scene.loop(binder))


def _product_over(binder: notation.Binder, scene: Scene) -> Number:
    return _product(exact.power(number_of(binder.body, inner), MPQ(many)) for many, inner in scene.loop(binder))


def _mean(binder: notation.Binder, scene: Scene) -> Number:
    return _total(weight * e for weight, e in _weighted(binder, scene))


def _variance(binder: notation.Binder, scene: Scene) -> Number:
    if binder.conditions:
        raise Unsupported("a variance over a part of the classes")
    weighted = list(_weighted(binder, scene))
    mean = _total(weight * e for weight, e in weighted)
    return _total(weight * (e - mean) * (e - mean) for weight, e in weighted)


def _weighted(binder: notation.Binder, scene: Scene) -> Iterator[tuple[Number, Number]]:
    """The body at each class, with its weight under p."""
    for many, inner in scene.loop(binder):
        chance = _probability(notation.p, inner.indices[binder.bound.name], inner)
        yield many * chance, number_of(binder.body, inner)


def _maximum(binder: notation.Binder, scene: Scene) -> Number:
    numbers = [number_of(binder.body, inner) for _, inner in scene.loop(binder)]
    return _extreme(numbers, -1 if isinstance(binder, notation.Minimum) else 1)


def _extreme(numbers: list[Number], direction: int) -> Number:
    """The largest number, or for direction -1 the smallest."""
    if not numbers:
        raise Undefined("the largest, or the smallest, of no numbers")
    best = numbers[0]
    for each in numbers[1:]:
        best = _larger(best, each, direction)
    for each in numbers:  # where the derivatives of two largest ones differ there is a kink
        if isinstance(each - best, Dual) and sign(still(each - best)) == 0:
            sign(each - best)
    return best


def _larger(first: Number, second: Number, direction: int) -> Number:
    difference = second - first
    if is_vague(difference):  # as close as the terms kept can tell: either will do, up to that
        return first + difference
    return second if direction * sign(still(difference)) > 0 else first


def _count(binder: notation.Count, scene: Scene) -> Number:
    relation = Relation(binder.body.lhs, binder.body.rel_op, binder.body.rhs)
    return MPQ(sum(many for many, inner in scene.loop(binder) if _is_true(relation, inner)))


def _is_true(relation: Relation, scene: Scene) -> bool:
    lhs, rhs = number_of(relation.lhs, scene), number_of(relation.rhs, scene)
    if lhs is not rhs and isinstance(difference := lhs - rhs, Dual) and sign(difference) == 0:
        raise Unsupported("a derivative where a relation may change")
    return HOLDS[relation.op](0 if lhs is rhs else compare(lhs, rhs))


def _size(expression: notation.Size, scene: Scene) -> Number:
    (subset,) = expression.args
    return MPQ(sum(many for which, many in scene.classes.items() if scene.contains(subset, which)))


def _entropy(functional: notation.Functional, scene: Scene) -> Number:
    return -_total(many * (q * exact.log(q)) for many, q in _over_classes(functional, scene) if sign(q))


def _divergence(functional: notation.Functional, scene: Scene) -> Number:
    return _total(many * _excess(q, r) for many, q, r in _over_classes(functional, scene))


def _excess(q: Number, r: Number) -> Number:
    """q log(q/r), and 0 for q = 0."""
    if sign(q) <= 0 and sign(r) < 0:
        raise Unsupported("a divergence of negative numbers")
    return q * exact.log(q * reciprocal(r)) if sign(q) else MPQ(0)


def _over_classes(functional: notation.Functional, scene: Scene) -> Iterator[tuple[Any, ...]]:
    """For every class: how many are alike, and the entries of the functional's families."""
    for which, many in scene.classes.items():
        yield many, *(_member(family, which, scene) for family in functional.args)


def _member(family: Basic, which: Class, scene: Scene) -> Number:
    is_softmax = isinstance(family, notation.Softmax)
    return _probability(family, which, scene) if is_softmax else scene.entry(family, which)


def _raises(error: type[Exception], message: str) -> Callable[[Any, Scene], Number]:
    def rule(expression: object, scene: Scene) -> Number:
        raise error(f"{expression}: {message}")

    return rule


# --- derivatives and limits ----------------------------------------------------------------------


def _any_derivative(expression: sympy.Derivative, scene: Scene) -> Number:
    variables: list[Basic] = []
    for variable, times in expression.variable_count:
        if not isinstance(times, Integer):
            raise Unsupported(f"a derivative of order {times}")
        variables += [variable] * int(times)
    if len(variables) > 6:
        raise Unsupported("a derivative of an order above 6")
    return _derivative(expression.expr, variables, scene)


def _derivative(expression: Expr, variables: list[Basic], scene: Scene) -> Number:
    """The derivative in the first variable, then in the next; the order matters for lambda and T."""
    if not variables:
        return number_of(expression, scene)
    *before, last = variables
    level = scene.level + 1
    moved = scene.move(last, lambda x: Dual(x, MPQ(1), level))
    return parts(_derivative(expression, before, moved), level)[1]


def _limit(expression: notation.Limit, scene: Scene) -> Number:
    inside, variable, point = expression.args
    if isinstance(variable, Symbol):  # bound here: it has no value of its own at the point
        scene = replace(scene, scalars={variable.name: MPQ(0), **scene.scalars})
    found = [
        each
        for approach in _approaches(variable, number_of(point, scene))
        if (each := _one_sided(inside, variable, approach, scene)) is not None
    ]
    if not found or any(compare(found[0], each) for each in found):
        raise _NoLimit
    return found[0]


Approach = tuple[Number, Number, Number]  # (a, c, q): the variable is a + c x^q


def _approaches(variable: Basic, point: Number) -> list[Approach]:
    """The ways to go to the point: from the right, from the left."""
    if isinstance(point, Infinite):
        ways = [(MPQ(0), MPQ(point.direction), MPQ(1))]
    elif isinstance(point, (MPQ, Real, Germ)):
        ways = [(point, MPQ(1), MPQ(-1)), (point, MPQ(-1), MPQ(-1))]
    else:
        raise Unsupported("a limit point that moves")
    if not isinstance(variable, (notation.InverseTemperature, notation.Temperature)):
        return ways
    if sign(point) < 0:
        raise Undefined(f"{variable} is positive, and does not go to {point!r}")
    return ways if sign(point) else ways[:1]


def _one_sided(inside: Expr, variable: Basic, approach: Approach, scene: Scene) -> Number | None:
    """The limit from one side, or None where nothing is defined on that side."""
    start, c, exponent = approach
    level = scene.level + 1
    for depth in DEPTHS:
        terms = [(CONSTANT, start), ((MPQ(0), exponent, MPQ(0)), c)]
        germ = Germ(terms, None, depth, level)
        try:
            result = number_of(inside, scene.move(variable, partial(_replaced, germ)))
            return result.tends_to() if isinstance(result, Germ) and result.level == level else result
        except Cancelled:
            continue
        except Undefined:
            return None
    raise Cancelled("the leading terms of a limit cancel")


def _replaced(new: Number, old: Number) -> Number:
    return new


RULES: dict[type, Callable[[Any, Scene], Number]] = {
    int: lambda e, scene: MPQ(e),
    sympy.Rational: lambda e, scene: MPQ(e.p, e.q),
    sympy.Add: lambda e, scene: _total(_all(e.args, scene)),
    sympy.Mul: lambda e, scene: _product(_all(e.args, scene)),
    sympy.Pow: lambda e, scene: exact.power(*_all(e.args, scene)),
    sympy.exp: lambda e, scene: exact.exp(number_of(e.args[0], scene)),
    sympy.log: lambda e, scene: exact.log(number_of(e.args[0], scene)),
    sympy.tanh: _tanh,
    sympy.cosh: partial(_hyperbolic, 1),
    sympy.sinh: partial(_hyperbolic, -1),
    sympy.Abs: _absolute,
    sympy.Derivative: _any_derivative,
    sympy.KroneckerDelta: lambda e, scene: MPQ(scene.named(e.args[0]) == scene.named(e.args[1])),
    sympy.Symbol: _symbol,
    type(sympy.E): lambda e, scene: exact.exp(MPQ(1)),
    type(sympy.pi): lambda e, scene: exact.pi(),
    type(sympy.oo): lambda e, scene: Infinite(1),
    type(-sympy.oo): lambda e, scene: Infinite(-1),
    type(sympy.nan): _raises(Undefined, "not a number"),
    type(sympy.zoo): _raises(Undefined, "a division by zero"),
    type(sympy.I): _raises(NotationError, "complex numbers do not occur in claims"),
    sympy.Float: _raises(NotationError, "not an exact number"),
    notation.Family: _raises(NotationError, "not a number, an index is missing"),
    notation.Subset: _raises(NotationError, "not a number but a set of classes"),
    notation.InverseTemperature: lambda e, scene: scene.lam,
    notation.Temperature: lambda e, scene: reciprocal(scene.lam),
    notation.Entry: lambda e, scene: scene.entry(e.args[0], scene.named(e.args[1])),
    notation.Probability: lambda e, scene: _probability(e.args[0], scene.named(e.args[1]), scene),
    notation.Partition: _partition,
    notation.Sum: _sum,
    notation.Product: _product_over,
    notation.Mean: _mean,
    notation.Variance: _variance,
    notation.Maximum: _maximum,
    notation.Count: _count,
    notation.Size: _size,
    notation.LogSumExp: lambda e, scene: exact.log(_partition(notation.Partition(*e.args, Integer(1)), scene)),
    notation.Entropy: _entropy,
    notation.Divergence: _divergence,
    notation.Limit: _limit,
}
