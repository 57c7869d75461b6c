"""An independent numeric oracle: is a claim true at random points, to 50 digits?

    agrees(claim, seed)           True, False, or None where no point was found that counts
    counterexample(claim, seed)   the first point found at which the claim fails, or None
    at_point(claim, point)        the same question at one given point

It knows the meaning of the language and nothing of how claims are decided: plain loops over the
classes 1..n in mpmath, nested dual numbers for derivatives of any order, and for a limit the values
at 10^40, or 10^-40 away, to 300 digits. n runs from 1 to 4 (as far as the hypotheses allow), with
every way in which the free indices may coincide.

>>> from symbolic.language.claims import claim
>>> from symbolic.language.notation import D, delta, i, j, lam, p, z
>>> agrees(claim(D(p[i], z[j]), "==", lam * p[i] * (delta(i, j) - p[j])))
True
>>> agrees(claim(D(p[i], z[j]), "==", p[i] * (delta(i, j) - p[j])))
False
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial, reduce, singledispatch
from itertools import count, islice, product
from operator import add, mul
from random import Random
from typing import Any

import sympy
from mpmath.ctx_mp import MPContext
from sympy import Basic, Derivative, Expr, Integer, KroneckerDelta, Symbol

from symbolic.language import notation as say
from symbolic.language.claims import Always, ArgMax, Claim, Member, Point, Relation, SameClass
from tests.reading import names, spoken

mp = MPContext()
mp.dps = 60  # 50 digits and a guard
TINY = mp.mpf(10) ** -40
CLOSE = mp.mpf(10) ** -28
HUGE = mp.mpf(10) ** 50
LARGEST_EXPONENT = 10**60
MOST_CLASSES = 60
MOST_FACTORS = 1000

Number = Any  # an mpf, or a Dual over Numbers


class NoValue(Exception):
    """The expression is undefined at the point."""


class NoLimit(Exception):
    """A limit in the expression does not exist."""


class CannotSay(Exception):
    """The oracle does not treat this head, or does not see where a limit goes."""


# --- dual numbers: a + b d_tag, nested for higher derivatives ------------------------------------

TAGS = count(1)


class Dual:
    """re + eps d with d^2 = 0. A later tag is always the outer one."""

    __slots__ = ("eps", "re", "tag")

    def __init__(self, tag: int, re: Number, eps: Number) -> None:
        self.tag, self.re, self.eps = tag, re, eps

    def __add__(self, other: Number) -> Number:
        tag, a, da, b, db = paired(self, other)
        return Dual(tag, a + b, da + db)

    def __mul__(self, other: Number) -> Number:
        tag, a, da, b, db = paired(self, other)
        return Dual(tag, a * b, a * db + da * b)

    def __neg__(self) -> Number:
        return Dual(self.tag, -self.re, -self.eps)

    def __sub__(self, other: Number) -> Number:
        return self + -other

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    __radd__, __rmul__ = __add__, __mul__


def paired(a: Number, b: Number) -> tuple[int, Number, Number, Number, Number]:
    """Both numbers over the outermost tag of the two."""
    tag = max(tag_of(a), tag_of(b))
    return (tag, *parts(a, tag), *parts(b, tag))


def tag_of(a: Number) -> int:
    return a.tag if isinstance(a, Dual) else 0


def parts(a: Number, tag: int) -> tuple[Number, Number]:
    return (a.re, a.eps) if tag_of(a) == tag else (a, mp.zero)


def real(a: Number) -> Any:
    """The number itself, without its infinitesimal parts."""
    while isinstance(a, Dual):
        a = a.re
    return a


def smooth(f: Callable[[Any], Any], slope: Callable[[Number], Number], a: Number) -> Number:
    """f(a), where f' = slope."""
    if isinstance(a, Dual):
        return Dual(a.tag, smooth(f, slope, a.re), slope(a.re) * a.eps)
    return f(a)


def inverse(a: Number) -> Number:
    if abs(real(a)) < TINY:
        raise NoValue("division by zero")
    return smooth(lambda b: 1 / b, lambda b: -inverse(b * b), a)


def exp(a: Number) -> Number:
    if abs(real(a)) > LARGEST_EXPONENT:
        raise NoValue("too large for the oracle")
    return smooth(mp.exp, exp, a)


def log(a: Number) -> Number:
    if real(a) < TINY:
        raise NoValue("log of a number that is not positive")
    return smooth(mp.log, inverse, a)


def tanh(a: Number) -> Number:
    return smooth(mp.tanh, lambda b: 1 - tanh(b) * tanh(b), a)


def sinh(a: Number) -> Number:
    return smooth(mp.sinh, cosh, a)


def cosh(a: Number) -> Number:
    return smooth(mp.cosh, sinh, a)


def absolute(a: Number) -> Number:
    if abs(real(a)) < TINY and isinstance(a, Dual):
        raise NoValue("abs has no derivative at 0")
    return -a if real(a) < 0 else a


def power(a: Number, b: Number) -> Number:
    """a^b: an integer power of anything, another power of a positive number, a root of 0."""
    if not isinstance(b, Dual) and mp.isint(b) and (abs(b) <= MOST_FACTORS or real(a) < 0):
        return integer_power(a, int(b))
    if abs(real(a)) < TINY and not isinstance(a, Dual) and b == mp.mpf(1) / 2:
        return mp.zero
    return exp(b * log(a))


def integer_power(a: Number, exponent: int) -> Number:
    if abs(exponent) > MOST_FACTORS:
        raise CannotSay(f"the power {exponent}")
    if exponent < 0:
        return inverse(integer_power(a, -exponent))
    result = mp.one
    for _ in range(exponent):
        result = result * a
    return result


# --- a point -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class At:
    """Values for everything that a claim speaks of."""

    n: int
    families: dict[str, tuple[Number, ...]]
    scalars: dict[str, Number]
    inverse_temperature: Number
    indices: dict[str, int]
    subsets: dict[str, frozenset[int]]

    def class_of(self, index: Basic) -> int:
        if not isinstance(index, Integer):
            return self.indices[index.name]
        if index > self.n:
            raise CannotSay(f"class {index} of {self.n}")
        return int(index)

    def entry(self, family: Basic, index: Basic) -> Number:
        return self.families[family.name][self.class_of(index) - 1]

    def binding(self, index: Basic, value: int) -> At:
        return replace(self, indices={**self.indices, index.name: value})

    def moved(self, variable: Basic, change: Callable[[Number], Number]) -> At:
        """The point with one coordinate changed; lambda and T are one quantity."""
        if isinstance(variable, say.Entry):
            values = list(self.families[variable.family.name])
            place = self.class_of(variable.index) - 1
            values[place] = change(values[place])
            families = {**self.families, variable.family.name: tuple(values)}
            return replace(self, families=families)
        if variable == say.lam:
            return replace(self, inverse_temperature=change(self.inverse_temperature))
        if variable == say.T:
            return replace(self, inverse_temperature=inverse(change(inverse(self.inverse_temperature))))
        changed = change(self.scalars[variable.name])
        return replace(self, scalars={**self.scalars, variable.name: changed})


# --- the value of an expression ------------------------------------------------------------------


@singledispatch
def value(expr: Basic, at: At) -> Number:
    """The value at a point; `NoValue` where it is undefined."""
    raise CannotSay(f"no meaning here for {type(expr).__name__}")


@value.register(sympy.Rational)
def _(expr: sympy.Rational, at: At) -> Number:
    return mp.mpf(int(expr.p)) / int(expr.q)


@value.register(sympy.core.numbers.NumberSymbol)
def _(expr: Expr, at: At) -> Number:
    return {sympy.E: mp.e, sympy.pi: mp.pi}[expr] + 0


@value.register(sympy.core.numbers.ComplexInfinity)
@value.register(sympy.core.numbers.NaN)
def _(expr: Expr, at: At) -> Number:
    raise NoValue("division by zero")


@value.register(Symbol)
def _(expr: Symbol, at: At) -> Number:
    if expr == say.n:
        return mp.mpf(at.n)
    return at.scalars[expr.name]


@value.register(say.InverseTemperature)
def _(expr: Symbol, at: At) -> Number:
    return at.inverse_temperature


@value.register(say.Temperature)
def _(expr: Symbol, at: At) -> Number:
    return inverse(at.inverse_temperature)


@value.register(sympy.Add)
def _(expr: Expr, at: At) -> Number:
    return total(value(each, at) for each in expr.args)


@value.register(sympy.Mul)
def _(expr: Expr, at: At) -> Number:
    factors = [value(each, at) for each in expr.args]
    if any(real(each) == 0 for each in factors) and any(abs(real(each)) > HUGE for each in factors):
        raise CannotSay("a 0 that may have lost all its digits, times something huge")
    return reduce(mul, factors, mp.one)


def total(numbers: Iterator[Number]) -> Number:
    return sum(numbers, mp.zero)


@value.register(sympy.Pow)
def _(expr: Expr, at: At) -> Number:
    return power(value(expr.base, at), value(expr.exp, at))


FUNCTIONS: dict[type, Callable[[Number], Number]] = {
    sympy.exp: exp,
    sympy.log: log,
    sympy.tanh: tanh,
    sympy.sinh: sinh,
    sympy.cosh: cosh,
    sympy.Abs: absolute,
}


@value.register(sympy.Function)
def _(expr: Expr, at: At) -> Number:
    if type(expr) not in FUNCTIONS:
        raise CannotSay(f"no meaning here for {type(expr).__name__}")
    return FUNCTIONS[type(expr)](value(expr.args[0], at))


@value.register(KroneckerDelta)
def _(expr: Expr, at: At) -> Number:
    return mp.mpf(at.class_of(expr.args[0]) == at.class_of(expr.args[1]))


@value.register(say.Entry)
def _(expr: Expr, at: At) -> Number:
    return at.entry(*expr.args)


@value.register(say.Partition)
def _(expr: Expr, at: At) -> Number:
    return sum(weights(expr.args[0], value(expr.args[1], at), at), mp.zero)


@value.register(say.Probability)
def _(expr: Expr, at: At) -> Number:
    return probabilities(expr.distribution, at)[at.class_of(expr.index) - 1]


def weights(family: Basic, scale: Number, at: At) -> list[Number]:
    return [exp(scale * each) for each in at.families[family.name]]


def probabilities(distribution: Basic, at: At) -> list[Number]:
    """Its n values: those of a softmax, or the entries of a family."""
    if isinstance(distribution, say.Family):
        return list(at.families[distribution.name])
    found = weights(distribution.family, value(distribution.scale, at), at)
    normaliser = inverse(sum(found, mp.zero))
    return [each * normaliser for each in found]


@value.register(say.LogSumExp)
def _(expr: Expr, at: At) -> Number:
    return log(sum(weights(expr.args[0], mp.one, at), mp.zero))


@value.register(say.Entropy)
def _(expr: Expr, at: At) -> Number:
    return -total(surprise(q, q) for q in probabilities(expr.args[0], at))


@value.register(say.Divergence)
def _(expr: Expr, at: At) -> Number:
    pairs = zip(*(probabilities(each, at) for each in expr.args), strict=True)
    return total(surprise(q, q * inverse(r)) for q, r in pairs if isinstance(q, Dual) or abs(q) >= TINY)


def surprise(q: Number, ratio: Number) -> Number:
    """q log(ratio), where 0 log 0 is 0."""
    if abs(real(q)) < TINY and not isinstance(q, Dual):
        return mp.zero
    return q * log(ratio)


@value.register(say.Size)
def _(expr: Expr, at: At) -> Number:
    return mp.mpf(len(at.subsets[expr.args[0].name]))


@value.register(Derivative)
def _(expr: Expr, at: At) -> Number:
    variables = [each for each, times in expr.variable_count for _ in range(int(times))]
    return derivative(expr.expr, variables, at)


def derivative(expr: Expr, variables: Sequence[Basic], at: At) -> Number:
    if not variables:
        return value(expr, at)
    *others, last = variables
    tag = next(TAGS)
    there = at.moved(last, lambda number: Dual(tag, number, mp.one))
    return parts(derivative(expr, others, there), tag)[1]


# --- limits --------------------------------------------------------------------------------------

FAR = (1, 3, 9)  # times 10^40: where the values are looked at


@value.register(sympy.core.numbers.Infinity)
def _(expr: Expr, at: At) -> Number:
    return mp.inf


@value.register(sympy.core.numbers.NegativeInfinity)
def _(expr: Expr, at: At) -> Number:
    return -mp.inf


@value.register(say.Limit)
def _(expr: Any, at: At) -> Number:
    inside, variable, point = expr.args
    goal = value(point, at)
    if isinstance(goal, Dual):
        raise CannotSay("the derivative of a limit")
    with closer():
        found = [one_sided(inside, variable, way, at) for way in approaches(variable, goal)]
    sides = [each for each in found if each is not None]
    if not sides:
        raise CannotSay("a limit through points where nothing is defined")
    if not same_number(sides[0], sides[-1]):
        raise NoLimit
    return sides[0]


@contextmanager
def closer() -> Iterator[None]:
    """More digits, and what counts as zero is smaller."""
    global TINY
    before = TINY
    try:
        with mp.workdps(300):
            TINY = mp.ldexp(1, -(10**60))
            yield
    finally:
        TINY = before


def approaches(variable: Basic, goal: Any) -> list[list[Any]]:
    """The values that the variable goes through, from each side."""
    far = [each * mp.mpf(10) ** 40 for each in FAR]
    if mp.isinf(goal):
        return [[mp.sign(goal) * each for each in far]]
    above, below = [goal + 1 / each for each in far], [goal - 1 / each for each in far]
    return [above] if goal == 0 and variable in (say.lam, say.T) else [above, below]


def one_sided(inside: Basic, variable: Any, way: list[Any], at: At) -> Number | None:
    """Where the values go; None where there are none."""
    try:
        seen = [value(inside, placing(variable, each, at)) for each in way]
    except NoValue:
        return None
    if any(isinstance(each, Dual) for each in seen):
        raise CannotSay("the derivative of a limit")
    return destination(*seen)


def placing(variable: Any, new: Any, at: At) -> At:
    if isinstance(variable, Symbol) and variable not in (say.lam, say.T):
        return replace(at, scalars={**at.scalars, variable.name: new})
    return at.moved(variable, lambda old: new)


def destination(first: Any, second: Any, third: Any) -> Any:
    """The limit of a sequence of which these are three values, far out and each three times as far."""
    if same_number(second, third) and same_number(first, third):
        return third
    step, last = second - first, third - second
    ratio = last / step if step else mp.zero
    if mp.mpf(1) / 2 < ratio and abs(third) > 30 and abs(last) > mp.mpf(10) ** -3:
        return mp.inf * mp.sign(last)
    if 0 < ratio < mp.mpf(3) / 4 and abs(last) < mp.mpf(10) ** -9:  # a power of 1/3: the sum of what is to come
        return third + last * ratio / (1 - ratio)
    raise CannotSay("where a limit goes is not to be seen")


def same_number(a: Any, b: Any) -> bool:
    return bool(a == b) if mp.isinf(a) or mp.isinf(b) else bool(abs(a - b) <= CLOSE * max(1, abs(a), abs(b)))


# --- binders -------------------------------------------------------------------------------------


def allowed(expr: Basic, at: At, conditions: Sequence[Basic]) -> Iterator[At]:
    """The point with the bound index at each class that the conditions leave."""
    for each in range(1, at.n + 1):
        if all(admits(condition, each, at) for condition in conditions):
            yield at.binding(expr, each)


def admits(condition: Basic, candidate: int, at: At) -> bool:
    (about,) = condition.args
    if isinstance(condition, say.Except):
        return at.class_of(about) != candidate
    return (candidate in at.subsets[about.name]) == isinstance(condition, say.In)


def values(expr: Any, at: At) -> list[Number]:
    """The body of a binder at every class it names."""
    return [value(expr.body, there) for there in allowed(expr.bound, at, expr.conditions)]


@value.register(say.Sum)
def _(expr: Expr, at: At) -> Number:
    return sum(values(expr, at), mp.zero)


@value.register(say.Product)
def _(expr: Expr, at: At) -> Number:
    result = mp.one
    for each in values(expr, at):
        result = result * each
    return result


@value.register(say.Mean)
def _(expr: Expr, at: At) -> Number:
    return mean(expr, at, values(expr, at))


@value.register(say.Variance)
def _(expr: Expr, at: At) -> Number:
    found = values(expr, at)
    middle = mean(expr, at, found)
    return mean(expr, at, [(each - middle) * (each - middle) for each in found])


def mean(expr: Any, at: At, found: list[Number]) -> Number:
    chances = probabilities(say.p, at)
    places = [there.class_of(expr.bound) for there in allowed(expr.bound, at, expr.conditions)]
    return total(chances[place - 1] * each for place, each in zip(places, found, strict=True))


@value.register(say.Maximum)
def _(expr: Expr, at: At) -> Number:
    return extreme(values(expr, at), -1 if isinstance(expr, say.Minimum) else 1)


def extreme(found: list[Number], sign: int) -> Number:
    if not found:
        raise NoValue("the largest of nothing")
    best = max(found, key=lambda each: sign * real(each))
    ties = sum(abs(real(each) - real(best)) < TINY for each in found)
    if ties > 1 and any(isinstance(each, Dual) for each in found):
        raise NoValue("max has no derivative at a tie")
    return best


@value.register(say.Count)
def _(expr: Expr, at: At) -> Number:
    relation = expr.body
    holding = (
        compare(value(relation.lhs, there), relation.rel_op, value(relation.rhs, there))
        for there in allowed(expr.bound, at, expr.conditions)
    )
    return mp.mpf(sum(holding))


# --- relations and hypotheses --------------------------------------------------------------------


def compare(a: Number, op: str, b: Number) -> bool:
    a, b = real(a), real(b)
    equal = same_number(a, b)
    if op in ("==", "!="):
        return equal == (op == "==")
    return (equal and op in ("<=", ">=")) or (not equal and (a < b) == (op in ("<", "<=")))


def holds(hypothesis: Any, at: At) -> bool:
    if isinstance(hypothesis, SameClass):
        same = at.class_of(hypothesis.first) == at.class_of(hypothesis.second)
        return same == hypothesis.holds
    if isinstance(hypothesis, Member):
        inside = at.class_of(hypothesis.index) in at.subsets[hypothesis.subset.name]
        return inside == hypothesis.holds
    if isinstance(hypothesis, ArgMax):
        return at.subsets[hypothesis.subset.name] == extremal(hypothesis, at)
    return all(related(relation, there) for relation, there in instances(hypothesis, at))


def extremal(hypothesis: ArgMax, at: At) -> frozenset[int]:
    found = at.families[hypothesis.family.name]
    best = max(found) if hypothesis.largest else min(found)
    return frozenset(place for place, each in enumerate(found, 1) if abs(each - best) < TINY)


def related(relation: Relation, at: At) -> bool:
    return compare(value(relation.lhs, at), relation.op, value(relation.rhs, at))


def instances(hypothesis: Relation | Always, at: At) -> Iterator[tuple[Relation, At]]:
    """A hypothesis speaks of every class that its own indices may name."""
    own = sorted(names(hypothesis, "index") - at.indices.keys())
    for classes in product(range(1, at.n + 1), repeat=len(own)):
        there = replace(at, indices={**at.indices, **dict(zip(own, classes, strict=True))})
        if isinstance(hypothesis, Always):
            yield from ((hypothesis.relation, each) for each in allowed(hypothesis.bound, there, hypothesis.conditions))
        else:
            yield hypothesis, there


# --- random points -------------------------------------------------------------------------------


def strata(claim: Claim) -> Iterator[tuple[int, dict[str, int]]]:
    """n, and one assignment of the free indices for each way in which they may coincide."""
    indices = sorted(names(claim.relation, "index"))
    literals = names(claim, "class")
    for size in sizes(claim, max(literals, default=1)):
        seen = set()
        for classes in product(range(1, size + 1), repeat=len(indices)):
            pattern = coincidences(classes, literals)
            if pattern not in seen:
                seen.add(pattern)
                yield size, dict(zip(indices, classes, strict=True))


def coincidences(classes: Sequence[int], literals: set[int]) -> tuple[int, ...]:
    """Which of the classes are equal, to one another or to one that the claim names."""
    return tuple(each if each in literals else -classes.index(each) for each in classes)


def sizes(claim: Claim, least: int) -> list[int]:
    """Up to four values of n that the hypotheses on n alone allow."""
    alone = [each for each in claim.given if not set(spoken(each))]
    fits = (
        size
        for size in range(least, MOST_CLASSES)
        if all(holds(each, At(size, {}, {}, mp.one, {}, {})) for each in alone)
    )
    found = list(islice(fits, 4))
    return [each for each in found if each > 1] + [each for each in found if each == 1]


def anywhere(rng: Random, size: int) -> Any:
    return mp.mpf(rng.uniform(-2, 2))


def positive(rng: Random, size: int) -> Any:
    """So that n of them are near the simplex."""
    return mp.mpf(rng.uniform(0.1, 2)) / size


def special(rng: Random, size: int) -> Any:
    return mp.mpf(rng.choice([-1, 0, 1, 1, 2, 3])) / rng.choice([1, 2])


STYLES = (anywhere, positive, special)


def draw(claim: Claim, size: int, indices: dict[str, int], style: int, rng: Random) -> At:
    """A random point, not yet made to satisfy the hypotheses."""
    number = partial(STYLES[style % len(STYLES)], rng, size)
    classes = range(1, size + 1)
    heat = mp.mpf(rng.choice([1, 2, rng.uniform(0.2, 2), rng.uniform(0.2, 2)]))
    scalars = {each: number() for each in sorted(names(claim, "scalar"))}
    families = {each: tuple(number() for _ in classes) for each in sorted(names(claim, "family"))}
    subsets = {each: frozenset(k for k in classes if rng.random() < 0.6) for each in sorted(names(claim, "subset"))}
    return At(size, families, scalars, heat, indices, subsets)


def admissible(claim: Claim, at: At) -> At | None:
    """The point moved onto the equations among the hypotheses; None if it satisfies them not."""
    equations = [each for each in claim.given if is_equation(each)]
    equations = [each for each in equations if set(spoken(each))]  # not those on n alone
    solved = newton(equations, at) if equations else at
    if solved is None or real(solved.inverse_temperature) < TINY:  # lambda y == 0 is solved by y
        return None
    solved = replace(solved, families={name: tied(found) for name, found in solved.families.items()})
    for each in claim.given:
        if isinstance(each, ArgMax):
            chosen = {each.subset.name: extremal(each, solved)}
            solved = replace(solved, subsets={**solved.subsets, **chosen})
    return solved if all(holds(each, solved) for each in claim.given) else None


def is_equation(hypothesis: Any) -> bool:
    """Whether it equates numbers, perhaps for every class of a range."""
    related = hypothesis.relation if isinstance(hypothesis, Always) else hypothesis
    return isinstance(related, Relation) and related.op == "=="


def tied(found: Sequence[Number]) -> tuple[Number, ...]:
    """The entries, with those that are as good as equal made equal: a limit tells them apart."""
    return tuple(next(first for first in found if abs(first - each) < TINY) for each in found)


def newton(equations: Sequence[Relation | Always], at: At) -> At | None:
    """The nearest solution: Newton's method with the smallest step, at once exact if linear."""
    for _ in range(60):  # few are needed, except where max jumps from one entry to another
        errors = residuals(equations, at)
        if all(abs(each) < TINY / 10**8 for each in errors):
            return at
        slopes = [residuals(equations, at, variable) for variable in coordinates(equations, at)]
        moved = step(at, coordinates(equations, at), slopes, errors)
        if moved is None:
            return None
        at = moved
    return None


def coordinates(equations: Sequence[Relation | Always], at: At) -> list[Basic]:
    """The numbers that may be moved: entries and scalars of the equations, and lambda last."""
    families = sorted(set().union(*(names(each, "family") for each in equations)))
    scalars = sorted(set().union(*(names(each, "scalar") for each in equations)))
    entries = [say.Family(each)[k] for each in families for k in range(1, at.n + 1)]
    return [*entries, *map(Symbol, scalars), say.lam]


def residuals(equations: Sequence[Relation | Always], at: At, variable: Basic | None = None) -> list[Any]:
    """lhs - rhs of every instance, or its derivative."""
    found = []
    for equation in equations:
        for relation, there in instances(equation, at):
            difference = sympy.Add(relation.lhs, -relation.rhs, evaluate=False)
            found.append(derivative(difference, [variable] if variable is not None else [], there))
    return found


def step(at: At, variables: list[Basic], slopes: list[list[Any]], errors: list[Any]) -> At | None:
    jacobian = mp.matrix(slopes).T
    try:
        amounts = jacobian.T * mp.lu_solve(jacobian * jacobian.T, mp.matrix(errors))
    except ZeroDivisionError:
        return None
    for variable, amount in zip(variables, amounts, strict=True):
        at = at.moved(variable, partial(add, -amount))
    return at


def sample(claim: Claim, seed: int = 0, points: int = 2) -> Iterator[tuple[At, bool]]:
    """Points that count, and whether the claim holds there: some for each n and pattern of indices."""
    rng = Random(f"{seed} {claim.relation}")
    found: dict[int, int] = {}
    for attempt in range(3 * points):
        for place, (size, indices) in enumerate(strata(claim)):
            if found.get(place, 0) < points:
                there = evaluated(claim, draw(claim, size, indices, attempt, rng))
                if there is not None:
                    found[place] = found.get(place, 0) + 1
                    yield there


def evaluated(claim: Claim, at: At) -> tuple[At, bool] | None:
    try:
        there = admissible(claim, at)
        return None if there is None else (there, is_true(claim, there))
    except (NoValue, NoLimit):
        return None


def is_true(claim: Claim, at: At) -> bool:
    """Whether the relation holds; where a limit does not exist it does not."""
    try:
        return compare(value(claim.lhs, at), claim.op, value(claim.rhs, at))
    except NoLimit:
        return False


# --- the questions -------------------------------------------------------------------------------


def agrees(claim: Claim, seed: int = 0, points: int = 2) -> bool | None:
    """Is the claim true at every point tried? None where no point counted."""
    verdict = None
    for _, verdict in sample(claim, seed, points):
        if not verdict:
            break
    return verdict


def counterexample(claim: Claim, seed: int = 0, points: int = 2) -> At | None:
    """The first point found at which the claim fails."""
    return next((at for at, verdict in sample(claim, seed, points) if not verdict), None)


def at_point(claim: Claim, point: Point) -> bool | None:
    """Does the claim hold at this point? None where it does not count there."""
    there = placed(point)
    try:
        if not all(holds(each, there) for each in claim.given):
            return None
        if (found := is_true(claim, there)) is False or claim.lhs.has(say.Limit) or claim.rhs.has(say.Limit):
            return found
        with sharper():
            return is_true(claim, placed(point))
    except (NoValue, NoLimit):
        return None


@contextmanager
def sharper() -> Iterator[None]:
    """So many digits that what is still equal is hardly so by chance."""
    global TINY, CLOSE
    before = TINY, CLOSE
    try:
        with mp.workdps(1500):
            TINY, CLOSE = mp.mpf(10) ** -1450, mp.mpf(10) ** -1400
            yield
    finally:
        TINY, CLOSE = before


def placed(point: Point) -> At:
    """A point of the language, its classes written out one by one."""
    if point.n > MOST_CLASSES:
        raise CannotSay(f"{point.n} classes are too many to write out")
    times = point.multiplicities or (1,) * point.size
    first = [1 + sum(times[:place]) for place in range(len(times))]
    nowhere = At(point.n, {}, {}, mp.one, {}, {})
    numbers = {name: [value(sympy.sympify(each), nowhere) for each in found]
               for name, found in point.families.items()}  # fmt: skip
    return At(
        n=point.n,
        families={name: tuple(spread(found, times)) for name, found in numbers.items()},
        scalars={name: value(each, nowhere) for name, each in point.scalars.items()},
        inverse_temperature=value(point.inverse_temperature, nowhere),
        indices={name: first[place - 1] for name, place in point.indices.items()},
        subsets={name: frozenset(first[place - 1] + extra for place in places
                                 for extra in range(times[place - 1]))
                 for name, places in point.subsets.items()},
    )  # fmt: skip


def spread(found: Sequence[Number], times: Sequence[int]) -> Iterator[Number]:
    for number, often in zip(found, times, strict=True):
        yield from [number] * often
