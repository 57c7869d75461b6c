"""The value of a limit in one branch, with a symbolic number of classes.

    field.limit_of(term, classes)   a quotient, or `Diverges`; raises `NoLimit` where there is none

The variable is bound: inside it is a quantity x of its own, put in as a germ (lambda = 1/x for lambda -> 0+, a + 1/x
and a - 1/x for the two sides of a). From one side everything inside is expanded as x -> oo:

    a sum over the classes        term by term; where the rate of e^(rate x) differs from class to class, the
                                  classes with the largest z_k lead (or the smallest), and the rest is an error
                                  e^((rate of the leaders - gap) x): smaller than any power of x beside them
    what has to be defined        every denominator, logarithm and root, near the limit point; a side from which
                                  the expression is undefined does not count

Limits inside of limits are taken first, for the outer variable as it is near its own limit point.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from sympy.polys.domains import QQ

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form import admission
from symbolic.search.form.branches import Split
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.domain import Condition, conditions
from symbolic.search.form.elementary import rational_value
from symbolic.search.form.generators import Abs, Entry, Exp, Generator, Log, Moment, Scalar
from symbolic.search.form.hypotheses import linear_in
from symbolic.search.form.names import Best, Name, Own
from symbolic.search.limits.dominance import Dominance
from symbolic.search.limits.laurent import (
    ONE,
    Monomial,
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    constant,
    generator,
    generators,
    multiply,
    negate,
    occurring,
)
from symbolic.search.limits.series import Cancelled, Diverges, Germ, Scale, Series, Value

__all__ = ["Limits", "NoLimit", "has_limit"]

DEPTHS = (2, 4, 8)  # how many terms of a power series are kept: more where the first ones cancel


class NoLimit(Exception):
    """There is no limit in this branch."""


def has_limit(term: admission.Term) -> bool:
    """Whether a limit occurs in a term."""
    return isinstance(term, admission.Limit) or any(map(has_limit, term.parts))


class Way(NamedTuple):
    """How a variable goes to its limit point: as the germ start + sign x^degree, or as the reciprocal of that."""

    variable: int  # the generator
    start: Quotient
    sign: int
    degree: int
    inverse: bool


class Leaders(NamedTuple):
    """The extreme of a family at which a rate is largest, and how steeply it falls from there, in that power of x.

    The rate is in the entries, or in their logarithms: `inside` tells these apart.
    """

    which: str
    family: str
    inside: Name
    power: Any
    slope: Quotient


@dataclass
class _Expansion:
    """The germs made on one way, to one depth."""

    way: Way
    series: Series
    images: dict[int, Germ]


class Limits(Dominance):
    """A field that takes limits."""

    def __init__(self, case: Case, positive: Any, least: int, alike: dict[str, Best]) -> None:
        super().__init__(case, positive, least, alike)
        self.ways: list[Way] = []
        self.limits: dict[Any, Value] = {}
        self.facts: list[str] = []

    def limit_of(self, term: admission.Limit, classes: dict[str, str]) -> Value:
        """The value of a limit, the same from both sides."""
        key = ("limit", term, tuple(sorted((each, classes[each]) for each in term.free)))
        if key not in self.known:
            self.limits[key] = self._limit_of(term, classes)
            self.known[key] = ONE
        return self.limits[key]

    def _limit_of(self, term: admission.Limit, classes: dict[str, str]) -> Value:
        if isinstance(term.variable, admission.Entry) and classes[term.variable.index] not in self.case.named:
            raise Unsupported("a limit in an entry of a class that is summed over")
        found = [each for way in self._ways(term, classes) if (each := self._one_sided(term, classes, way)) is not None]
        if not found:
            raise NoLimit("undefined near the limit point")
        first, last = found[0], found[-1]
        if isinstance(first, Diverges) or isinstance(last, Diverges):
            if first != last:
                raise NoLimit("not the same from both sides")
        elif self.direction(add(first, negate(last))):
            raise NoLimit("not the same from both sides")
        return first

    def _value(self, term: admission.Term, classes: dict[str, str]) -> Quotient:
        if isinstance(term, admission.Diff) and has_limit(term.of):
            raise Unsupported("a derivative of a limit")
        if not isinstance(term, admission.Limit):
            return super()._value(term, classes)
        value = self.limit_of(term, classes)
        if isinstance(value, Diverges):
            raise Unsupported("an infinite limit inside of an expression")
        return value

    # --- the ways to the limit point -----------------------------------------------------------

    def _ways(self, term: admission.Limit, classes: dict[str, str]) -> Iterator[Way]:
        """From the right and from the left; at 0 a temperature comes from the right."""
        made = self.named(term.variable, classes)
        name = made.family if isinstance(made, Entry) else made.name
        moving = Scalar(Own("moving", (len(self.ways), name)))
        number = self.number(moving)
        if name == "lambda" and isinstance(made, Scalar):
            self.assumed.add(moving.name)
        if term.infinite:
            yield Way(number, Quotient({}, {}), term.infinite, 1, term.inverse)
            return
        start = self.known_here(self.value(term.point, classes))
        one_sided = name == "lambda" and self.direction(start) == 0
        if name == "lambda" and self.direction(start) < 0:
            raise Unsupported("a limit point of lambda or T that may be negative")
        for sign in (1,) if one_sided else (1, -1):
            yield Way(number, start, sign, -1, term.inverse)

    @contextmanager
    def _moving(self, made: Generator, way: Way) -> Iterator[None]:
        """Within it the variable is the bound one, and signs are those near the limit point."""
        before = self.bound, self.known, self.limits
        self.bound, self.known, self.limits = {**self.bound, made: generator(way.variable)}, {}, {}
        self.ways.append(way)
        try:
            yield
        finally:
            self.ways.pop()
            self.bound, self.known, self.limits = before

    def variable(self, variable: admission.Scalar | admission.Entry, classes: dict[str, str]) -> int:
        """What a derivative inside is taken in may be what moves."""
        number = super().variable(variable, classes)
        bound = self.bound.get(self.table[number])
        return min(generators(bound.num)) if bound else number

    def _one_sided(self, term: admission.Limit, classes: dict[str, str], way: Way) -> Value | None:
        """The limit from one side, None where the expression is undefined there."""
        with self._moving(self.named(term.variable, classes), way):
            try:
                if not self.is_defined(term.of, classes):
                    return None
                quotient = self.value(term.of, classes)
                return self._deeper(lambda expansion: self._tends_to(quotient, expansion), way)
            except Undefined:
                self.refuse_artefacts()
                return None

    def _tends_to(self, quotient: Quotient, expansion: _Expansion) -> Value:
        value = expansion.series.tends_to(self._germ(quotient, expansion))
        self.facts.append(f"of power series {expansion.series.depth} terms are kept, and a bound on the rest")
        return value

    def is_defined(self, term: admission.Term, classes: dict[str, str]) -> bool:
        """Whether all that is divided by, and stands under a root or a logarithm, is what it has to be."""
        return all(map(self._is_met, conditions(self, term, classes, False)))

    def _is_met(self, condition: Condition) -> bool:
        """Whether what has to be nonzero or positive is, near the limit point."""
        sign = self.direction(condition.quantity)
        if condition.whole and sign <= 0:
            raise Unsupported("a power of what is not positive, whose exponent may be a whole number")
        return {"nonzero": sign != 0, "positive": sign > 0, "nonnegative": sign >= 0}[condition.kind]

    def _deeper(self, ask: Any, way: Way) -> Any:
        """The answer, from longer and longer series."""
        for depth in DEPTHS[:-1]:
            try:
                return ask(_Expansion(way, Series(self, depth), {}))
            except Cancelled:
                continue
        return ask(_Expansion(way, Series(self, DEPTHS[-1]), {}))

    # --- signs near the limit point --------------------------------------------------------------

    def _direction(self, quotient: Quotient) -> int:
        for place in reversed(range(len(self.ways))):
            if self._moves(quotient, self.ways[place].variable):
                return self.sign_of(quotient, zero=False) or self._near(quotient, place)
        return super()._direction(quotient)

    def _near(self, quotient: Quotient, place: int) -> int:
        """The sign of what moves on one way, the ways inside of it being of no concern."""
        inner, self.ways = self.ways, self.ways[:place]
        try:
            return int(self._deeper(lambda each: each.series.sign(self._germ(quotient, each)), inner[place]))
        finally:
            self.ways = inner

    def power(self, base: Quotient, exponent: Quotient) -> Quotient:
        """A base that moves need only be positive near the limit point."""
        rational = rational_value(exponent)
        whole = rational is not None and rational.denominator == 1
        if whole or not base.num or not any(self._moves(base, way.variable) for way in self.ways):
            return super().power(base, exponent)
        if self.direction(base) < 0:
            raise Undefined("a root of the negative")
        return self.exp(multiply(exponent, self.log_absolute(base)))

    def _moves(self, quotient: Quotient, variable: int) -> bool:
        return any(self._has(number, variable) for number in occurring(quotient))

    def _has(self, number: int, variable: int) -> bool:
        return number == variable or self.contains(number, variable)

    # --- germs of quotients ------------------------------------------------------------------------

    def _germ(self, quotient: Quotient, expansion: _Expansion) -> Germ:
        """The expansion of a quotient."""
        series = expansion.series
        result = self._of_polynomial(quotient.num, expansion)
        for factor, times in quotient.den.items():
            if any(self._has(number, expansion.way.variable) for number in generators(dict(factor))):
                below = self._of_polynomial(as_polynomial(factor), expansion)
                result = series.multiply(result, series.power(below, -times))
            else:
                result = series.scaled(result, Quotient(ONE.num, {factor: times}))
        return result

    def _of_polynomial(self, poly: Polynomial, expansion: _Expansion) -> Germ:
        """What moves, monomial by monomial, with what does not as its coefficient."""
        parts: dict[Monomial, Polynomial] = {}
        for monomial, coefficient in poly.items():
            moving = tuple(pair for pair in monomial if self._has(pair[0], expansion.way.variable))
            rest = tuple(pair for pair in monomial if pair not in moving)
            parts.setdefault(moving, {})[rest] = coefficient
        series = expansion.series
        germs = []
        for moving, coefficients in parts.items():
            term = series.constant(Quotient(coefficients, {}))
            for number, exponent in moving:
                term = series.multiply(term, self._power(number, exponent, expansion))
            germs.append(term)
        return series.add(*germs) if germs else Germ(())

    def _power(self, number: int, exponent: Any, expansion: _Expansion) -> Germ:
        """A power of a generator; of an exponential it is one of the exponent's multiple."""
        made = self.table[number]
        if isinstance(made, Exp):
            inside = multiply(self.actual(made.of), constant(exponent))
            return expansion.series.exp(self._germ(inside, expansion))
        if number not in expansion.images:
            expansion.images[number] = self._of_generator(number, expansion)
        return expansion.series.power(expansion.images[number], exponent)

    def _of_generator(self, number: int, expansion: _Expansion) -> Germ:
        made, series = self.table[number], expansion.series
        if number == expansion.way.variable:
            return self._of_variable(expansion)
        match made:
            case Log(factor):
                return series.log_absolute(self._of_polynomial(as_polynomial(factor), expansion))
            case Abs(factor):
                return self._absolute(self._of_polynomial(as_polynomial(factor), expansion), series)
            case Moment():
                with self.dot() as dot:
                    summand = self._germ(self.opened(made, dot), expansion)
                    return self._summed(summand, dot, expansion)
        raise Unsupported("a limit of what is not expanded")

    def _absolute(self, germ: Germ, series: Series) -> Germ:
        """|g|; first only how large it is, which is enough where it goes to 0."""
        try:
            return germ if series.sign(germ) >= 0 else series.scaled(germ, negate(ONE))
        except Split:
            if series.depth > DEPTHS[0]:
                raise
            return Germ((), series.bounds(germ))

    @staticmethod
    def _of_variable(expansion: _Expansion) -> Germ:
        way, series = expansion.way, expansion.series
        step = Scale((), way.degree, 0), Quotient({(): QQ(way.sign)}, {})
        germ = series.germ([*series.constant(way.start).terms, step])
        return series.power(germ, -1) if way.inverse else germ

    # --- sums over the classes -------------------------------------------------------------------

    def _summed(self, summand: Germ, dot: str, expansion: _Expansion) -> Germ:
        """The sum of a germ over the classes that are not named."""
        terms, errors = [], []
        for scale, coefficient in summand.terms:
            leaders = self._leaders(scale, dot)
            if leaders is None:
                terms.append((scale, self.moment_sum(coefficient, dot)))
            else:
                at_top, below = self._led_by(scale, dot, leaders)
                terms.append((at_top, self.sum_over_top(coefficient, dot, leaders.which, leaders.family)))
                errors.append(below)
        for scale in summand.errors:
            leaders = self._leaders(scale, dot)
            errors.append(scale if leaders is None else self._led_by(scale, dot, leaders)[0])
        return expansion.series.germ(terms, errors)

    def _leaders(self, scale: Scale, dot: str) -> Leaders | None:
        """Who leads in a sum of terms of this scale; None if they all have the same rate."""
        dotted = [(power, rate) for power, rate in scale.rates if self._reach(rate, dot)]
        if not dotted:
            return None
        numbers = set().union(*(self._reach(rate, dot) for _, rate in dotted))
        family, inside = self._ordered_by(min(numbers))
        (power, rate), *others = dotted
        slope, _ = linear_in(rate.num, min(numbers))
        ratio = Quotient(slope, rate.den)
        if len(numbers) != 1 or others or not family or not slope or self._reach(ratio, dot):
            raise Unsupported("an exponent under a sum that is not a multiple of one family's entry")
        sign = self.direction(ratio)
        if not sign:
            raise Unsupported("an exponent under a sum that vanishes in some case")
        return Leaders("max" if sign > 0 else "min", family, inside, power, ratio if sign > 0 else negate(ratio))

    def _reach(self, quotient: Quotient, dot: str) -> set[int]:
        """The generators of a quotient that depend on the class."""
        return {number for number in occurring(quotient) if dot in self.at[number]}

    def _ordered_by(self, number: int) -> tuple[str, Name]:
        """The family that the generator, an entry or the logarithm of a positive one, grows with, and its name."""
        made = self.table[number]
        if isinstance(made, Entry) and isinstance(made.family, str):
            return made.family, made.family
        inside = self.table[min(generators(dict(made.of)))] if isinstance(made, Log) and len(made.of) == 1 else None
        if not isinstance(inside, Entry) or not isinstance(inside.family, str) or inside.family not in self.assumed:
            return "", ""
        whole = isinstance(made, Log) and made.of == self.atom(self.number(inside))
        return (inside.family, Own("log", inside.family)) if whole else ("", "")

    def _led_by(self, scale: Scale, dot: str, leaders: Leaders) -> tuple[Scale, Scale]:
        """The scale at the classes that lead, and a bound on it at all others."""
        which, family, inside, power, slope = leaders
        self.asked.add(Best(which, family))
        most = "largest" if which == "max" else "smallest"
        self.facts.append(f"in sums over k the {most} {family}[k] lead, and the other terms fall behind exponentially")
        rates = {each: self.at_top(rate, dot, which, family) for each, rate in scale.rates}
        top = Scale(tuple(rates.items()), scale.degree, scale.logs)
        rates[power] = add(rates[power], negate(multiply(slope, self.gap(which, inside))))
        return top, Scale(tuple(rates.items()), scale.degree, scale.logs)
