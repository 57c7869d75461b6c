"""Sums and products of normal forms over the classes, and substitutions in them.

field.moment_sum(quotient, dot)             the sum of a normal form over the classes, monomial by monomial
field.rename(quotient, old, new)            the same with another class
field.transform(quotient, leaf, name)       with some generators replaced
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

from sympy.polys.domains import QQ

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.case_analysis import AskedWhether
from symbolic.search.form.elementary import Elementary
from symbolic.search.form.generators import Abs, Entry, Exp, Generator, In, Log, Moment, N, Product
from symbolic.search.form.names import Best, Name
from symbolic.search.form.table import Restart, is_dot
from symbolic.search.limits.laurent import (
    LARGEST,
    ONE,
    ZERO,
    Factor,
    Monomial,
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    constant,
    expanded,
    generator,
    generators,
    inverse,
    mapped,
    monomial_power,
    monomial_product,
    multiply,
    negate,
    occurring,
    polynomial_product,
    power,
    total,
)

__all__ = ["Sums"]

Parts = dict[Monomial, Quotient]  # a polynomial in what depends on one class, with the rest as coefficients


class Sums(Elementary):
    """Sums and products of normal forms over the classes, and substitutions in them."""

    def size(self) -> Quotient:
        """n: a generator, or the number that a hypothesis fixes."""
        if self.case.n is not None:
            return constant(self.case.n)
        return add(self.generator(N()), constant(self.shift))

    def membership(self, subset: Name, at: str) -> Quotient:
        """1 or 0 for a class at hand, a generator for one that is summed over; where it is open, `AskedWhether`."""
        self.complete = self.complete and not isinstance(subset, Best)
        known = self.case.members.get((subset, at))
        if known is None and self.case.on_demand and at in self.case.named:
            raise AskedWhether(subset, at)
        return self.generator(In(subset, at)) if known is None else (ONE if known else ZERO)

    def leave_named_out(self) -> None:
        """From here on moments leave the named classes out."""
        if not self.apart:
            self.apart, self.inhabited = True, (self.case.n or self.least) > len(self.case.named)
            raise Restart

    # --- sums of normal forms -----------------------------------------------------------------

    def moment_sum(self, summand: Quotient, dot: str) -> Quotient:
        """The sum over the dot, monomial by monomial."""
        own = {factor: times for factor, times in summand.den.items() if self._factor_at(factor, dot)}
        outer = Quotient(ONE.num, {factor: times for factor, times in summand.den.items() if factor not in own})
        over = self._shared(own, dot) if own else {}
        missing = {factor: times - own.get(factor, 0) for factor, times in over.items()}
        parts = self._by_dot(polynomial_product(summand.num, expanded(missing)), dot)
        whole, fractions = self._divided(parts, self._by_dot(expanded(over), dot), dot) if over else (parts, {})
        polynomials = (multiply(part, self._moment(monomial, dot)) for monomial, part in whole.items())
        rest = (multiply(part, self._closed(monomial, over, dot)) for monomial, part in fractions.items())
        return multiply(outer, add(total(polynomials), total(rest)))

    def _factor_at(self, factor: Factor, at: str) -> bool:
        """Whether the polynomial depends on the class."""
        return any(at in self.at[number] for number in generators(dict(factor)))

    def depends(self, quotient: Quotient, at: str) -> bool:
        """Whether the quotient depends on the class."""
        return any(at in self.at[number] for number in occurring(quotient))

    def _idempotent(self, monomial: Monomial) -> Monomial:
        """Powers of an indicator are the indicator."""
        for number, exponent in monomial:
            if exponent < 0 and isinstance(self.table[number], In):
                raise Unsupported("a division by an indicator")
        return tuple((number, 1 if isinstance(self.table[number], In) else exponent) for number, exponent in monomial)

    def _by_dot(self, poly: Polynomial, dot: str) -> Parts:
        """A polynomial collected by monomials in what depends on the dot."""
        parts: dict[Monomial, Polynomial] = {}
        for monomial, coefficient in poly.items():
            inside = self._idempotent(tuple(pair for pair in monomial if dot in self.at[pair[0]]))
            outside = tuple(pair for pair in monomial if dot not in self.at[pair[0]])
            part = parts.setdefault(inside, {})
            part[outside] = part.get(outside, QQ(0)) + coefficient
        return {inside: Quotient({each: v for each, v in part.items() if v}, {}) for inside, part in parts.items()}

    def _moment(self, monomial: Monomial, dot: str) -> Quotient:
        """The sum over the dot of one monomial; of 1 it is the number of classes."""
        if monomial:
            return self._closed(monomial, {}, dot)
        return add(self.size(), constant(-len(self.case.named))) if self.apart else self.size()

    def _closed(self, monomial: Monomial, over: dict[Factor, int], dot: str) -> Quotient:
        """The moment as a generator, its bound class numbered from the inside."""
        inside = Quotient({monomial: QQ(1)}, over)
        if any(is_dot(at) and at != dot for number in occurring(inside) for at in self.at[number]):
            self.complete = False
        bound = self._bound(inside)
        turned, factors = 1, []
        for factor, times in over.items():
            sign, moved = self.moved(factor, dot, bound)
            turned *= sign**times
            factors.append((moved, times))
        made = Moment(self.monomial_at(monomial, dot, bound), tuple(sorted(factors)))
        return multiply(constant(turned), self.generator(made))

    def _bound(self, inside: Quotient) -> str:
        """The class that is bound in a sum or a product of it, numbered from the inside."""
        return f"{max((self.height[number] for number in occurring(inside)), default=0)}."

    def opened(self, made: Moment | Product, dot: str) -> Quotient:
        """The summand of a moment, or the factor of a product, at a dot."""
        bound = f"{self.height[self.number(made)] - 1}."
        inside = as_polynomial(made.of) if isinstance(made, Product) else {made.of: QQ(1)}
        return self.rename(Quotient(inside, dict(made.over) if isinstance(made, Moment) else {}), bound, dot)

    # --- fractions under sums ------------------------------------------------------------------

    def _shared(self, own: dict[Factor, int], dot: str) -> dict[Factor, int]:
        """The denominator that all fractions under sums share, so that their monomials are independent.

        A polynomial that depends on another class summed over cannot be shared: it is kept apart.
        """
        apart: dict[Factor, int] = {}
        for factor, times in own.items():
            _, general = self.moved(factor, dot, ".")
            if self.dotted(general):
                self.complete = False
                apart[factor] = times
            elif times > self.denominators.get(general, 0):
                self.denominators[general] = times
                raise Restart
        return {self.moved(factor, ".", dot)[1]: times for factor, times in self.denominators.items()} | apart

    def _divided(self, parts: Parts, divisor: Parts, dot: str) -> tuple[Parts, Parts]:
        """Division with remainder: 1 = D/D, and w/(1 + w) = 1 - 1/(1 + w), are not independent of the others."""
        whole: Parts = {}
        for _ in range(LARGEST):
            step = self._reducible(parts, divisor, dot)
            if step is None:
                return whole, parts
            monomial, pivot = step
            factor = monomial_product(monomial, monomial_power(pivot, -1))
            coefficient = multiply(parts.pop(monomial), inverse(divisor[pivot]))
            whole[factor] = add(whole.get(factor, ZERO), coefficient)
            for each, value in divisor.items():
                if each != pivot:
                    target = monomial_product(factor, each)
                    parts[target] = add(parts.get(target, ZERO), negate(multiply(coefficient, value)))
        raise Unsupported("a division under a sum that is too large")

    def _reducible(self, parts: Parts, divisor: Parts, dot: str) -> tuple[Monomial, Monomial] | None:
        """A monomial that the leading one of the divisor divides, or, with one generator, the last one."""
        numbers = generators(divisor)
        leading = max(divisor, key=lambda each: self._place(each, dot))
        for monomial in sorted(parts, key=lambda each: self._place(each, dot), reverse=True):
            exponents = dict(monomial)
            if all(exponents.get(number, 0) >= exponent for number, exponent in leading):
                return monomial, leading
            if len(numbers) == 1 and exponents.get(next(iter(numbers)), 0) < 0:
                return monomial, ()
        return None

    def _place(self, monomial: Monomial, dot: str) -> list[tuple[int, Any]]:
        """The monomial's place in the lexicographic order, whichever dot it is at."""
        return sorted(self.monomial_at(monomial, dot, "0."), reverse=True)

    # --- products ------------------------------------------------------------------------------

    def _unnamed(self, general: Quotient, weight: Quotient, dot: str) -> Quotient:
        """The product over the dot: e^(sum of logarithms) of what has a sign, a generator for every other factor."""
        if not general.num or not self.roots.isdisjoint(generators(general.num)):
            raise Unsupported("a product of what may be 0")
        content, powers, logs = self._split(general)
        sure = {factor: times for factor, times in powers.items() if self.sign(factor, zero=False)}
        sign = prod((self.sign(factor) for factor, times in sure.items() if times % 2), start=1 if content > 0 else -1)
        unsure = sorted((factor, times) for factor, times in powers.items() if factor not in sure)
        if (unsure or sign < 0) and weight != ONE:
            raise Unsupported("a product over a subset of what may be negative")
        result = self.exp(self.moment_sum(multiply(weight, self._combined(abs(content), sure, logs)), dot))
        for factor, times in unsure:
            turned, made = self._closed_product(factor, sign if times % 2 else 1, dot)
            sign *= turned
            result = multiply(result, power(made, times))
        return result if sign > 0 else multiply(result, self._closed_product((((), 1),), -1, dot)[1])

    def _closed_product(self, factor: Factor, sign: int, dot: str) -> tuple[int, Quotient]:
        """The product of a polynomial with a sign, and the sign, since it is used up."""
        inside = Quotient(as_polynomial(factor), {})
        moved = self.rename(inside, dot, self._bound(inside)).num
        self.complete = False
        return sign, self.generator(Product(tuple(sorted((each, int(value) * sign) for each, value in moved.items()))))

    # --- substitutions -------------------------------------------------------------------------

    def monomial_at(self, monomial: Monomial, old: str, new: str) -> Monomial:
        """A monomial at another class: one again, but for the square of a root, which is refused."""
        moved = self.rename(Quotient({monomial: QQ(1)}, {}), old, new)
        if moved.den or list(moved.num.values()) != [1]:
            raise Unsupported("the square of a root or of an absolute value, under a sum of fractions")
        return next(iter(moved.num))

    def rename(self, quotient: Quotient, old: str, new: str) -> Quotient:
        """The quotient with the class `new` in place of `old`."""

        def leaf(number: int) -> Quotient | None:
            if old not in self.at[number]:
                return generator(number)
            match self.table[number]:
                case Entry(family, _):
                    return self.generator(Entry(family, new))
                case In(subset, _):
                    return self.membership(subset, new)
            return None

        return self.transform(quotient, leaf, (old, new))

    def transform(self, quotient: Quotient, leaf: Callable[[int], Quotient | None], name: Any) -> Quotient:
        """The quotient with every generator replaced by its leaf, or, where that is None, rebuilt from its inside."""

        def image(number: int) -> Quotient:
            key = (name, number)
            if key not in self.known:
                direct = leaf(number)
                self.known[key] = direct if direct is not None else self._rebuilt(self.table[number], leaf, name)
            return self.known[key]

        num = self.reduced(mapped(quotient.num, image, self.root))
        for factor, times in quotient.den.items():
            num = multiply(num, power(inverse(mapped(as_polynomial(factor), image, self.root)), times))
        return num

    def _rebuilt(self, made: Generator, leaf: Callable[[int], Quotient | None], name: Any) -> Quotient:
        match made:
            case Exp(monomial):
                return self._rebuilt_exp(self.actual(monomial), leaf, name)
            case Log(factor):
                return self.log_absolute(self.transform(Quotient(as_polynomial(factor), {}), leaf, name))
            case Abs(factor):
                return self.modulus(self.transform(Quotient(as_polynomial(factor), {}), leaf, name))
            case Product():
                with self.dot() as dot:
                    return self._unnamed(self.transform(self.opened(made, dot), leaf, name), ONE, dot)
            case Moment():
                with self.dot() as dot:
                    return self.moment_sum(self.transform(self.opened(made, dot), leaf, name), dot)
        return self.generator(made)

    def _rebuilt_exp(self, exponent: Quotient, leaf: Callable[[int], Quotient | None], name: Any) -> Quotient:
        try:
            return self.exp(self.transform(exponent, leaf, name))
        except Undefined:
            raise Unsupported("a root of 0") from None
