"""Powers, exponentials, logarithms and absolute values of normal forms.

e^a e^b = e^(a+b)      one generator for each monomial of an exponent, over a denominator common to all exponents
log ab = log a + log b one generator log |q| for each irreducible factor; e^(r log q) is q^r
|a|                    e^(log |a|); |q|^r is a generator where the sign of q is not sure
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, reduce
from typing import Any

from sympy import factorint, isprime
from sympy.polys.domains import QQ

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.generators import Abs, Exp, Log, Reciprocal
from symbolic.search.form.signs import Signs
from symbolic.search.form.table import Restart
from symbolic.search.limits.laurent import (
    ONE,
    ZERO,
    Factor,
    Monomial,
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    as_rational,
    constant,
    expanded,
    factored,
    generator,
    generators,
    inverse,
    mapped,
    monomial_power,
    monomial_product,
    multiply,
    negate,
    polynomial_product,
    power,
    scaled,
    tidy,
    total,
)

__all__ = ["Elementary", "rational_value"]

SMALL_PRIMES = 2**16
LARGEST_COFACTOR = 64  # bits of a product of larger primes that is factored: a tenth of a second


class Elementary(Signs):
    """The elementary functions."""

    def sign(self, factor: Factor, zero: bool = True) -> int:
        """The sure sign of a polynomial; that of e^a - e^b is the one of a - b."""
        known = super().sign(factor, zero)
        if known or len(factor) != 2 or not self.has_exponential(generators(dict(factor))):
            return known
        terms = {self.sign_of_polynomial({each: value}): Quotient({each: QQ(value)}, {}) for each, value in factor}
        if set(terms) != {1, -1}:
            return 0
        return self.sign_of(add(self.log_absolute(terms[1]), negate(self.log_absolute(terms[-1]))), zero)

    def product(self, factors: Iterable[Quotient]) -> Quotient:
        """The product of many quotients."""
        return self.reduced(reduce(multiply, factors, ONE))

    def power(self, base: Quotient, exponent: Quotient) -> Quotient:
        """base^exponent: repeated multiplication, or exp(exponent log base) of a positive base."""
        rational = rational_value(exponent)
        if rational is not None and rational.denominator == 1:
            return self.reduced(power(base, int(rational)))
        if not base.num and rational is not None and rational > 0:
            return ZERO
        if self.sign_of(base, zero=rational is not None) != 1 and (rational is None or not _is_generator(base)):
            raise Unsupported("a power that is not an integer, of a base that may be negative")
        return self.exp(multiply(exponent, self.log(base, zero=rational is not None and rational > 0)))

    def root(self, base: Quotient, exponent: Any) -> Quotient:
        """A power that is no integer of what takes the place of what had a root, and so is not negative."""
        if self.sign_of(base, zero=True) != 1:
            self.complete = False  # nothing is learnt: the place may have been taken in one case only
        return self.exp(multiply(constant(exponent), self.log_absolute(base)))

    # --- exponentials ------------------------------------------------------------------------

    def exp(self, exponent: Quotient) -> Quotient:
        """e^a e^b = e^(a+b): one generator a monomial of the exponent."""
        if exponent.den:
            exponent = self.cancelled(exponent)
        if not exponent.den and self.is_logarithm(exponent):
            return self.product(self._exp_of(monomial, value) for monomial, value in exponent.num.items())
        over, own = self._common_exponent(exponent)
        return self.product(self._exp_of(monomial_product(monomial, over), value) for monomial, value in own.items())

    def _exp_of(self, monomial: Monomial, value: Any) -> Quotient:
        inner = self._inside_log(monomial)
        return self._antilog(inner, value) if inner else generator(self.number(Exp(monomial)), tidy(value))

    def _inside_log(self, monomial: Monomial) -> Factor | None:
        """The polynomial of which the monomial is the logarithm."""
        made = self.table[monomial[0][0]] if len(monomial) == 1 and monomial[0][1] == 1 else None
        return made.of if isinstance(made, Log) else None

    def is_logarithm(self, exponent: Quotient) -> bool:
        """Whether the exponent is a rational combination of logarithms, so that its exponential is a product."""
        return all(map(self._inside_log, exponent.num))

    def _common_exponent(self, exponent: Quotient) -> tuple[Monomial, Polynomial]:
        """The exponent over the one denominator that all exponents share, so that their monomials are independent.

        One with a class that is summed over cannot be shared, nor one with an exponential: it would itself change.
        """
        new = {factor: times for factor, times in exponent.den.items() if times > self.exponents.get(factor, 0)}
        if any(self.dotted(factor) or self.has_exponential(generators(dict(factor))) for factor in new):
            self.complete = False
            shared = exponent.den
        elif new:
            self.exponents.update(new)
            raise Restart
        else:
            shared = self.exponents
        if not shared:
            return (), exponent.num
        missing = {factor: times - exponent.den.get(factor, 0) for factor, times in shared.items()}
        reciprocal = self.number(Reciprocal(tuple(sorted(shared.items()))))
        return ((reciprocal, 1),), polynomial_product(exponent.num, expanded(missing))

    def cancelled(self, quotient: Quotient) -> Quotient:
        """Lowest terms, by factoring both sides."""
        content, monomial, above = factored(quotient.num)
        scale, common, below = factored(expanded(quotient.den))
        powers = dict(above)
        for factor, exponent in below:
            powers[factor] = powers.get(factor, 0) - exponent
        num = expanded({factor: exponent for factor, exponent in powers.items() if exponent > 0})
        den = {factor: -exponent for factor, exponent in powers.items() if exponent < 0}
        lead = monomial_product(monomial, monomial_power(common, -1))
        return Quotient(scaled(num, lead, content / scale), den)

    def _antilog(self, factor: Factor, value: Any) -> Quotient:
        """|q|^value."""
        side, whole = self.side(factor), value.denominator == 1
        if whole and (side or int(value) % 2 == 0):
            return power(Quotient(as_polynomial(factor) if side >= 0 else _negated(factor), {}), int(value))
        return self._modulus_power(factor, value)

    def _modulus_power(self, factor: Factor, value: Any) -> Quotient:
        """|q|^value as a power of one generator, which is q itself where that is one and not negative."""
        own = self.sign(factor) == 1 and len(factor) == 1 and factor[0][0]
        return generator(own[0][0] if own else self.number(Abs(factor)), tidy(value))

    def actual(self, monomial: Monomial) -> Quotient:
        """An exponent's monomial with its reciprocal, if it has one, as a quotient."""
        return mapped({monomial: QQ(1)}, self._without_reciprocal)

    def _without_reciprocal(self, number: int) -> Quotient:
        made = self.table[number]
        return inverse(Quotient(expanded(dict(made.of)), {})) if isinstance(made, Reciprocal) else generator(number)

    # --- logarithms and absolute values ------------------------------------------------------

    def log(self, argument: Quotient, zero: bool = False) -> Quotient:
        """log a, from which a > 0 is learnt; or a >= 0 where it may be `zero`, as under a root."""
        if not argument.num:
            raise Undefined("the logarithm of 0")
        content, powers, rest = self._split(argument)
        self.learn_sign(1 if content > 0 else -1, powers, zero)
        return self._combined(content, powers, rest)

    def learn(self, sign: int, quotient: Quotient, zero: bool) -> None:
        """A quotient has a sign, or is 0 if it may be `zero`."""
        content, powers, _ = self._split(quotient)
        self.learn_sign(sign if content > 0 else -sign, powers, zero)

    def log_absolute(self, argument: Quotient) -> Quotient:
        """log |a|, from which nothing is learnt."""
        if not argument.num:
            raise Undefined("the logarithm of 0")
        return self._combined(*self._split(argument))

    def _combined(self, content: Any, powers: dict[Factor, Any], rest: Quotient) -> Quotient:
        logs = (self._log_times(factor, exponent) for factor, exponent in powers.items() if exponent)
        return total([rest, *logs, *(self._log_times(*prime) for prime in _primes(content))])

    def _split(self, argument: Quotient) -> tuple[Any, dict[Factor, Any], Quotient]:
        """The content, the irreducible factors with their powers, and the logarithm of what is positive anyway."""
        content, monomial, factors = factored(argument.num)
        powers = dict(factors)
        for factor, exponent in argument.den.items():
            scale, common, below = factored(as_polynomial(factor))
            monomial = monomial_product(monomial, monomial_power(common, -exponent))
            content /= scale**exponent
            for each, times in below:
                powers[each] = powers.get(each, 0) - times * exponent
        for number, exponent in monomial:
            if not isinstance(self.table[number], (Exp, Abs)):
                powers[self.atom(number)] = exponent
        return content, powers, total(self._log_of(number, exponent) for number, exponent in monomial)

    def _log_times(self, factor: Factor, exponent: Any) -> Quotient:
        return Quotient({((self.number(Log(factor)), 1),): as_rational(exponent)}, {})

    def _log_of(self, number: int, exponent: Any) -> Quotient:
        """The logarithm of a power of an exponential, or of an absolute value; 0 for all others."""
        match self.table[number]:
            case Exp(monomial):
                return multiply(self.actual(monomial), constant(exponent))
            case Abs(factor):
                return self._log_times(factor, exponent)
        return ZERO

    def absolute(self, argument: Quotient) -> Quotient:
        """|a| as a product of |q|."""
        if not argument.num:
            return ZERO
        return self.exp(self.log_absolute(argument))

    def modulus(self, argument: Quotient) -> Quotient:
        """|a| as a product of generators, those of known sign too, so that it has roots."""
        if not argument.num:
            return ZERO
        logs = self.log_absolute(argument)
        return (
            self.exp(logs)
            if logs.den
            else reduce(multiply, (self._modulus_of(*each) for each in logs.num.items()), ONE)
        )

    def _modulus_of(self, monomial: Monomial, value: Any) -> Quotient:
        inner = self._inside_log(monomial)
        return self._modulus_power(inner, value) if inner else self._exp_of(monomial, value)

    # --- zero or not -------------------------------------------------------------------------

    def is_zero(self, quotient: Quotient) -> bool:
        """Whether the quotient is 0 as a function: its numerator, roots and absolute values reduced, is 0."""
        return not self.reduced(quotient).num

    def reduced(self, quotient: Quotient) -> Quotient:
        """Whole powers of a root, and even ones of an absolute value, written as what they are powers of."""
        if self.roots.isdisjoint(generators(quotient.num)):
            return quotient
        above = total(self._reduced_term(monomial, coefficient) for monomial, coefficient in quotient.num.items())
        return multiply(above, Quotient(ONE.num, quotient.den))

    def _reduced_term(self, monomial: Monomial, coefficient: Any) -> Quotient:
        result = constant(coefficient)
        for number, exponent in monomial:
            base, step = self._root(number)
            whole = (exponent // step) * step if base else 0
            result = multiply(result, generator(number, exponent - whole))
            if whole:
                result = multiply(result, power(Quotient(base, {}), int(whole)))
        return result

    def _root(self, number: int) -> tuple[Polynomial, int]:
        """The polynomial that the generator |q|, or its square, is a power of; none for all others."""
        made = self.table[number]
        if not isinstance(made, Abs):
            return {}, 1
        side = self.side(made.of)
        return _negated(made.of) if side < 0 else as_polynomial(made.of), 1 if side else 2


# --- small things --------------------------------------------------------------------------------


def rational_value(quotient: Quotient) -> Any:
    """The rational number that a quotient is, or None."""
    if quotient.den or any(quotient.num):
        return None
    return quotient.num.get((), QQ(0))


def _is_generator(quotient: Quotient) -> bool:
    """Whether the quotient is a single generator: its logarithm only asks that it is positive."""
    ((monomial, coefficient),) = quotient.num.items() if len(quotient.num) == 1 else (((), 0),)
    return not quotient.den and len(monomial) == 1 and monomial[0][1] == 1 and coefficient == 1


def _negated(factor: Factor) -> Polynomial:
    return {monomial: QQ(-value) for monomial, value in factor}


@cache
def _primes(content: Any) -> tuple[tuple[Factor, Any], ...]:
    """The prime factors of |content|, each as a constant polynomial, with their exponents."""
    result = []
    for whole, sign in ((content.numerator, 1), (content.denominator, -1)):
        for prime, exponent in sorted(_factors(abs(int(whole))).items()):
            result.append((((((), int(prime)),)), QQ(sign * exponent)))
    return tuple(result)


def _factors(whole: int) -> dict[int, int]:
    """The primes of a number with their exponents: small ones, and those of a cofactor that does not take long."""
    found: dict[int, int] = {}
    for factor, exponent in factorint(whole, limit=SMALL_PRIMES, use_rho=False, use_pm1=False, use_ecm=False).items():
        if factor.bit_length() > LARGEST_COFACTOR and not isprime(factor):
            raise Unsupported("the logarithm of a number that is too large to factor")
        for prime, times in factorint(factor).items():
            found[int(prime)] = found.get(int(prime), 0) + exponent * times
    return found
