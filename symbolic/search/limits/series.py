"""Functions of x as x -> oo, by their leading terms: c e^(r x) x^a (log x)^b, with normal forms c and r.

    Scale(rates, degree, logs)          e^(sum of r x^a (log x)^b) x^degree (log x)^logs
    Germ(terms, errors)                 a sum of terms, and bounds on what is left out
    Series(field, depth)                their arithmetic: add, multiply, reciprocal, power, exp, log, tends_to

Of a power series `depth` terms are kept. Coefficients and rates are quotients of a field, which says which of two
rates is larger (and splits the case where it is not sure). Nothing is said of a leading term unless it is
surely larger than all others and all errors, and its coefficient is surely not 0: else `Cancelled` is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import factorial
from typing import Any, NamedTuple

from sympy.polys.domains import QQ

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.branches import Branch, Split
from symbolic.search.limits.laurent import (
    ONE,
    ZERO,
    Quotient,
    add,
    as_rational,
    constant,
    inverse,
    multiply,
    negate,
    tidy,
    total,
)

__all__ = ["CONSTANT", "Cancelled", "Diverges", "Germ", "Scale", "Series", "Value"]


class Scale(NamedTuple):
    """e^(sum of rate * x^a (log x)^b) x^degree (log x)^logs."""

    rates: tuple[tuple[tuple[Any, int], Quotient], ...]  # ((a > 0, b), rate)
    degree: Any
    logs: int


CONSTANT = Scale((), 0, 0)
TINY = Scale((((10**6, 0), negate(ONE)),), 0, 0)  # larger than the exponential of -e^x
LONGEST = 500  # terms of a coefficient


class Germ(NamedTuple):
    """A sum of terms, plus something bounded by a multiple of the errors."""

    terms: tuple[tuple[Scale, Quotient], ...]
    errors: tuple[Scale, ...] = ()


class Diverges(NamedTuple):
    """The limit oo (sign 1) or -oo (sign -1)."""

    sign: int


Value = Quotient | Diverges


class Cancelled(Unsupported):
    """All terms that were kept have cancelled: more of them may help."""


class Series:
    """The arithmetic of germs."""

    def __init__(self, field: Branch, depth: int) -> None:
        self.field = field
        self.depth = depth

    # --- which is larger ---------------------------------------------------------------------

    def order(self, first: Scale, second: Scale) -> int:
        """1 where the first scale outgrows the second, 0 where they are the same, else -1."""
        mine, theirs = dict(first.rates), dict(second.rates)
        for power in sorted(mine.keys() | theirs.keys(), reverse=True):
            ahead = self.field.direction(add(mine.get(power, ZERO), negate(theirs.get(power, ZERO))))
            if ahead:
                return ahead
        return _sign(first.degree - second.degree) or _sign(first.logs - second.logs)

    def _surely(self, first: Scale, second: Scale) -> int | None:
        """The same, or None where it is not sure."""
        try:
            return self.order(first, second)
        except (Split, Unsupported):
            return None

    def germ(self, terms: Iterable[tuple[Scale, Quotient]], errors: Iterable[Scale] = ()) -> Germ:
        """A germ with like terms added, without zeros and without what is surely below an error."""
        bounds = self._largest(errors)
        collected: list[tuple[Scale, Quotient]] = []
        for scale, coefficient in terms:
            place = next((at for at, (known, _) in enumerate(collected) if self._surely(known, scale) == 0), None)
            if place is None:
                collected.append((scale, coefficient))
            else:
                collected[place] = scale, add(collected[place][1], coefficient)
        if any(len(coefficient.num) > LONGEST for _, coefficient in collected):
            raise Unsupported("a limit whose leading term is too long to find")
        return Germ(
            tuple(
                (scale, coefficient)
                for scale, coefficient in collected
                if not self._vanishes(coefficient)
                and not any(self._surely(scale, bound) in (0, -1) for bound in bounds)
            ),
            bounds,
        )

    def _vanishes(self, coefficient: Quotient) -> bool:
        return not coefficient.num or self.field.is_zero(self.field.known_here(coefficient))

    def _largest(self, scales: Iterable[Scale]) -> tuple[Scale, ...]:
        """The scales that no other one surely bounds."""
        kept: list[Scale] = []
        for scale in scales:
            if not any(self._surely(scale, other) in (0, -1) for other in kept):
                kept = [other for other in kept if self._surely(other, scale) != -1] + [scale]
        return tuple(kept)

    @staticmethod
    def bounds(germ: Germ) -> tuple[Scale, ...]:
        """Scales that together bound the germ."""
        return (*(scale for scale, _ in germ.terms), *germ.errors)

    def leading(self, germ: Germ) -> tuple[Scale, Quotient]:
        """The leading term; `Undefined` for zero, `Cancelled` if an error may be as large."""
        if not germ.terms:
            if germ.errors:
                raise Cancelled("the leading terms cancel")
            raise Undefined("a function that is 0 near the limit point")
        best, coefficient = germ.terms[0]
        for scale, other in germ.terms[1:]:
            if self.order(scale, best) > 0:
                best, coefficient = scale, other
        if any(self.order(error, best) >= 0 for error in germ.errors):
            raise Cancelled("the leading terms cancel")
        return best, coefficient

    def sign(self, germ: Germ) -> int:
        """The sign near the limit point."""
        germ = self._without_zeros(germ)
        return self._led(germ)[2] if germ.terms or germ.errors else 0

    def _led(self, germ: Germ) -> tuple[Scale, Quotient, int]:
        """The leading term and its sign: a coefficient that is 0 after all is left out."""
        scale, coefficient = self.leading(self._without_zeros(germ))
        return scale, coefficient, self.field.direction(coefficient)

    def _without_zeros(self, germ: Germ, growing: bool = False) -> Germ:
        """The germ without leading terms whose coefficient is 0 in this branch; `growing` ones only, if so asked."""
        while any(not growing or self.order(scale, CONSTANT) > 0 for scale, _ in germ.terms):
            first, coefficient = self.leading(germ)
            if self.field.direction(coefficient):
                break
            germ = self.germ((each for each in germ.terms if each[0] is not first), germ.errors)
        return germ

    def tends_to(self, germ: Germ) -> Value:
        """The limit."""
        germ = self._without_zeros(germ, growing=True)
        if any(self.order(scale, CONSTANT) > 0 for scale, _ in germ.terms):
            return Diverges(self._led(germ)[2])
        if any(self.order(error, CONSTANT) >= 0 for error in germ.errors):
            raise Cancelled("the leading terms cancel")
        return total(coefficient for scale, coefficient in germ.terms if self.order(scale, CONSTANT) == 0)

    # --- arithmetic ----------------------------------------------------------------------------

    def constant(self, value: Quotient) -> Germ:
        """What does not move."""
        return Germ(((CONSTANT, value),) if value.num else ())

    def add(self, *germs: Germ) -> Germ:
        """The sum."""
        if len(germs) == 1:
            return germs[0]
        return self.germ((t for each in germs for t in each.terms), (e for each in germs for e in each.errors))

    def multiply(self, first: Germ, second: Germ) -> Germ:
        """The product."""
        terms = [(_times(s, t), multiply(c, d)) for s, c in first.terms for t, d in second.terms]
        errors = [_times(s, e) for s in self.bounds(first) for e in second.errors]
        errors += [_times(e, s) for e in first.errors for s, _ in second.terms]
        return self.germ(terms, errors) if len(terms) != 1 or errors else Germ(tuple(terms))

    def scaled(self, germ: Germ, value: Quotient) -> Germ:
        """A multiple."""
        return self.multiply(self.constant(value), germ)

    def _split(self, germ: Germ) -> tuple[Scale, Quotient, int, Germ]:
        """(s, c, sign of c, e): the germ is c s (1 + e), and e goes to 0."""
        scale, c, sign = self._led(germ)
        rest = [(_over(each, scale), multiply(d, inverse(c))) for each, d in germ.terms if each is not scale]
        return scale, c, sign, self.germ(rest, (_over(error, scale) for error in germ.errors))

    def _sum(self, small: Germ, coefficient: Callable[[int], Any]) -> Germ:
        """The power series sum of coefficient(j) small^j."""
        term = self.constant(ONE)
        terms = []
        for j in range(self.depth):
            terms.append(self.scaled(term, constant(coefficient(j))))
            if not small.terms and not small.errors:
                return self.add(*terms)
            term = self.multiply(term, small)
        return self.add(*terms, Germ((), self.bounds(term)))

    def power(self, germ: Germ, exponent: Any) -> Germ:
        """A rational power; what is not a whole one is of what is positive."""
        if exponent == 0:
            return self.constant(ONE)
        if isinstance(exponent, int) and exponent > 0:
            return self.multiply(germ, self.power(germ, exponent - 1)) if exponent > 1 else germ
        scale, c, sign, small = self._split(germ)
        if isinstance(exponent, int):
            lead = _power(scale, exponent), self._lead_power(c, exponent)
        elif sign < 0:
            raise Undefined("a root of what is negative near the limit point")
        else:
            lead = _power(scale, exponent), self.field.power(c, constant(exponent))
        return self.multiply(Germ((lead,)), self._sum(small, lambda j: _binomial(exponent, j)))

    @staticmethod
    def _lead_power(c: Quotient, exponent: int) -> Quotient:
        result = ONE
        for _ in range(-exponent):
            result = multiply(result, inverse(c))
        return result

    def log_absolute(self, germ: Germ) -> Germ:
        """log |g|."""
        scale, c, sign, small = self._split(germ)
        if scale.logs:
            raise Unsupported("a logarithm of a logarithm in a limit")
        main = [(Scale((), *power), rate) for power, rate in scale.rates]
        main += [(Scale((), 0, 1), constant(scale.degree))] if scale.degree else []
        inside = self.field.log_absolute(c if sign > 0 else negate(c))
        return self.add(
            self.germ(main), self.constant(inside), self._sum(small, lambda j: QQ((-1) ** (j + 1), j) if j else 0)
        )

    def exp(self, germ: Germ) -> Germ:
        """e^g: what grows in g becomes a rate, what is constant a factor."""
        if any(self.order(error, CONSTANT) >= 0 for error in germ.errors):
            raise Cancelled("the terms of an exponent cancel")
        if any(scale.rates for scale, _ in germ.terms) and self._falls(germ):
            return Germ((), (TINY,))
        growth: dict[Any, Quotient] = {}
        factor, degree, small = ZERO, 0, []
        for scale, c in germ.terms:
            size = self.order(scale, CONSTANT)
            if size < 0:
                small.append((scale, c))
            elif size == 0:
                factor = add(factor, c)
            elif scale.rates or (not scale.degree and scale.logs > 1):
                raise Unsupported("an exponential of an exponential, or of the square of a logarithm, in a limit")
            elif scale.degree:
                growth[scale.degree, scale.logs] = c
            else:
                degree = self._degree(c)
        lead = Scale(tuple(sorted(growth.items(), key=_power_of, reverse=True)), degree, 0), self.field.exp(factor)
        series = self._sum(self.germ(small, germ.errors), lambda j: QQ(1, factorial(j)))
        return self.multiply(Germ((lead,)), series)

    def _falls(self, germ: Germ) -> bool:
        """Whether an exponent goes to -oo as fast as an exponential grows."""
        scale, _, sign = self._led(germ)
        return sign < 0 and bool(scale.rates) and self.order(scale, CONSTANT) > 0

    def _degree(self, c: Quotient) -> Any:
        """The exponent of a power of x."""
        c = self.field.known_here(c)
        if c.den or any(c.num):
            raise Unsupported("a power in a limit whose exponent is not a rational number")
        value = c.num.get((), QQ(0))
        return tidy(value)


# --- scales --------------------------------------------------------------------------------------


def _times(first: Scale, second: Scale) -> Scale:
    return _combined(first, second, 1)


def _over(first: Scale, second: Scale) -> Scale:
    return _combined(first, second, -1)


def _combined(first: Scale, second: Scale, sign: int) -> Scale:
    rates = dict(first.rates)
    for power, rate in second.rates:
        rates[power] = add(rates.get(power, ZERO), rate if sign > 0 else negate(rate))
    kept = tuple((power, rate) for power, rate in sorted(rates.items(), key=_power_of, reverse=True) if rate.num)
    return Scale(kept, tidy(first.degree + sign * second.degree), first.logs + sign * second.logs)


def _power(scale: Scale, exponent: Any) -> Scale:
    if scale.logs and not isinstance(exponent, int):
        raise Unsupported("a root of a logarithm in a limit")
    rates = tuple((power, multiply(rate, constant(exponent))) for power, rate in scale.rates)
    return Scale(rates, tidy(scale.degree * exponent), scale.logs * exponent if scale.logs else 0)


def _binomial(exponent: Any, j: int) -> Any:
    result = QQ(1)
    for step in range(j):
        result *= as_rational(exponent - step) / (step + 1)
    return result


def _sign(value: Any) -> int:
    return (value > 0) - (value < 0)


def _power_of(rate: tuple[tuple[Any, int], Quotient]) -> tuple[Any, int]:
    return rate[0]
