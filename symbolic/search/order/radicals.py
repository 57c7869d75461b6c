"""Absolute values and roots that a polynomial carries: the inequality of the triangle, and comparing squares."""

from __future__ import annotations

from sympy.polys.domains import QQ

from symbolic.search.form.facts import cleared, negative
from symbolic.search.form.generators import Abs as AbsoluteValue
from symbolic.search.form.generators import Exp, Generator, Moment
from symbolic.search.form.moments import Field
from symbolic.search.form.polynomials import Polynomials
from symbolic.search.form.substitution import within
from symbolic.search.limits.laurent import (
    Monomial,
    Polynomial,
    Quotient,
    as_polynomial,
    generator,
    mapped,
    monomial_power,
    polynomial_product,
    polynomial_sum,
    scaled,
)

__all__ = ["Radicals"]


class Radicals(Polynomials):
    """The methods that take absolute values and roots away."""

    def _by_triangles(self, difference: Quotient, strict: bool) -> bool:
        """|a - b| <= a + b for a, b >= 0, where absolute values are only taken away."""
        field = self.field
        poly = cleared(field, difference)
        if not self._only_taken_away(poly):
            return False

        def leaf(number: int) -> Quotient | None:
            made = field.table[number]
            if not isinstance(made, AbsoluteValue):
                return None
            return Quotient({each: QQ(abs(value)) for each, value in made.of}, {})

        less = cleared(field, field.transform(Quotient(poly, {}), leaf, "triangle"))
        return self._polynomial(self._homogeneous(field, less), strict)

    def _only_taken_away(self, poly: Polynomial) -> bool:
        """Whether some terms have an absolute value, of nonnegative terms, all with a negative coefficient."""
        field, found = self.field, False
        for monomial, value in poly.items():
            inner = {number for number in within(field, [monomial]) if isinstance(field.table[number], AbsoluteValue)}
            if inner:
                found = True
                parts = [field.weak_sign({each: QQ(1)}) for n in inner for each in _terms(field.table[n])]
                once = all(_occurs_once(field, monomial, number) for number in inner)
                if value > 0 or field.weak_sign({monomial: QQ(1)}) != 1 or not once or any(sign != 1 for sign in parts):
                    return False
        return found

    def _by_roots(self, poly: Polynomial, strict: bool) -> bool:
        """a + b sqrt(g) >= 0 by comparing a^2 with b^2 g, where the signs of a and b are seen."""
        halves = sorted({number for monomial in poly for number, exponent in monomial if exponent.denominator == 2})
        for number in halves:
            if isinstance(self.field.table[number], Exp):
                continue
            whole: Polynomial = {}
            root: Polynomial = {}
            for monomial, value in poly.items():
                half = dict(monomial).get(number, 0).denominator == 2
                (root if half else whole)[monomial] = value
            sign = self.field.weak_sign(root)
            squares = (polynomial_product(each, each) for each in (root, whole))
            excess = self._of_known_sides(polynomial_sum(next(squares), negative(next(squares))))  # b^2 g - a^2
            if sign == 1 and self._polynomial(excess, strict):
                return True
            if self._polynomial(whole, False) and self._polynomial(negative(excess), strict):
                return True  # a >= |b| sqrt(g)
        return False

    def _of_known_sides(self, poly: Polynomial) -> Polynomial:
        """|q| as q or -q where it is seen on which side of 0 it is."""
        whole = {monomial_power(monomial, 1): value for monomial, value in poly.items()}
        halves = {number for monomial in whole for number, exponent in monomial if exponent.denominator > 1}

        def leaf(number: int) -> Quotient:
            made = self.field.table[number]
            if number in halves or not isinstance(made, AbsoluteValue):
                return generator(number)
            side = self.field.side(made.of)
            return Quotient(scaled(as_polynomial(made.of), (), QQ(side)), {}) if side else generator(number)

        return mapped(whole, leaf).num


def _terms(made: Generator) -> list[Monomial]:
    """The monomials inside an absolute value."""
    return [monomial for monomial, _ in made.of] if isinstance(made, AbsoluteValue) else []


def _occurs_once(field: Field, monomial: Monomial, number: int) -> bool:
    """Whether the generator stands to the first power and nowhere else, here or as a factor under one sum."""
    if dict(monomial).get(number) == 1:
        return all(each == number or not field.contains(each, number) for each, _ in monomial)
    holders = [(field.table[each], times) for each, times in monomial if each == number or field.contains(each, number)]
    if len(holders) != 1:
        return False
    ((made, times),) = holders
    return isinstance(made, Moment) and times == 1 and not made.over and _occurs_once(field, made.of, number)
