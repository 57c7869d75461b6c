"""Polynomials in finitely many quantities with other quantities put in: facts go along, and what is then seen at once.

A fact that can hold nowhere raises `NoPoint`; e^m = 1 + t, t >= 0, unfolds what is not less than 1; factors of sure
sign are dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import lcm
from typing import Any

from sympy.polys.domains import QQ

from symbolic.search.form.facts import Fact, cleared, primitive
from symbolic.search.form.generators import Entry, Exp, Scalar
from symbolic.search.form.moments import Field
from symbolic.search.form.names import Own
from symbolic.search.limits.laurent import (
    ONE,
    ZERO,
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    constant,
    generator,
    generators,
    multiply,
    polynomial_product,
    power,
    scaled,
)
from symbolic.search.order.certificate import Combine

__all__ = ["FACTORED", "NoPoint", "Substitution"]

FACTORED = 40  # terms of a polynomial that is factored


class NoPoint(Exception):
    """The facts contradict each other: nothing is claimed."""


class Substitution:
    """Quantities in a field, with facts about them, and what is seen at once."""

    def __init__(self, field: Field, facts: Iterable[Fact], combine: Combine) -> None:
        self.field = field
        self.facts = list(facts)
        self.combine = combine

    def _at(self, quotient: Quotient, values: dict[int, Quotient]) -> Quotient:
        """The quotient with generators replaced."""
        if not values:
            return quotient
        name = ("pointwise", tuple((number, repr(value)) for number, value in sorted(values.items())))
        return self.field.transform(quotient, values.get, name)

    def _fact_at(self, fact: Fact, values: dict[int, Quotient]) -> Fact:
        """The fact with generators replaced."""
        poly = cleared(self.field, self._at(Quotient(fact.poly, {}), values))
        return Fact(primitive(self.field, poly), fact.strict)

    def _replaced(
        self, poly: Polynomial, facts: Iterable[Fact], values: dict[int, Quotient]
    ) -> tuple[Polynomial, list[Fact]]:
        changed = [self._fact_at(each, values) for each in facts]
        return cleared(self.field, self._at(Quotient(poly, {}), values)), changed

    def _atoms(self, poly: Iterable[Any]) -> set[int]:
        """The generators of a polynomial, and those inside of exponentials, sums and the like."""
        return self.field.within(generators(poly))

    def _is(self, number: int, kind: type) -> bool:
        return isinstance(self.field.table[number], kind)

    def _open(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The facts that say more than the signs of their terms."""
        for fact in dict.fromkeys(facts):
            if self.field.sign_of_polynomial(fact.poly) == -1 or (fact.strict and not fact.poly):
                raise NoPoint
            if fact.strict and self.field.weak_sign(fact.poly) == -1:
                raise NoPoint
            known = self.field.sign_of_polynomial if fact.strict else self.field.weak_sign
            if fact.poly and known(fact.poly) != 1:
                yield fact

    def _pair(self, fact: Fact) -> tuple[int, int] | None:
        """The entries x, y of one family in x - y >= 0."""
        if len(fact.poly) != 2 or sorted(fact.poly.values()) != [-1, 1]:
            return None
        upper, lower = (next(m for m, value in fact.poly.items() if value == sign) for sign in (1, -1))
        if not all(len(each) == 1 and each[0][1] == 1 for each in (upper, lower)):
            return None
        first, second = self.field.table[upper[0][0]], self.field.table[lower[0][0]]
        same = isinstance(first, Entry) and isinstance(second, Entry) and first.family == second.family
        return (upper[0][0], lower[0][0]) if same else None

    def _fresh(self, kind: str, key: Any, strict: bool) -> Quotient:
        """A new quantity that is >= 0, or > 0; the same one for the same key."""
        name = Own(kind, (key, strict))
        (self.field.assumed if strict else self.field.not_negative).add(name)
        return self.field.generator(Scalar(name))

    def _seen(self, poly: Polynomial, strict: bool) -> bool:
        """Whether the signs of the terms settle it."""
        if not poly:
            return not strict
        seen = self.field.sign_of_polynomial if strict else self.field.weak_sign
        return seen(poly) == 1

    def _without_sure_factors(self, poly: Polynomial, strict: bool) -> Polynomial:
        """The product of the factors whose sign is not sure; squares stay where they must not vanish."""
        if len(poly) > FACTORED:
            return poly
        content, powers = self.field.factors(poly)
        result: Polynomial = {(): QQ(1 if content > 0 else -1)}
        for factor, times in powers:
            known = self.field.sign(factor, zero=not strict)
            if known:
                result = scaled(result, (), QQ(known if times % 2 else 1))
            elif strict and (times.denominator != 1 or times % 2 == 0):
                part = Quotient(as_polynomial(factor), {})
                result = polynomial_product(result, power(part, times).num if times.denominator == 1 else part.num)
            elif times.denominator != 1:
                continue
            elif times % 2:
                weak = 0 if strict else self.field.weak_sign(as_polynomial(factor))
                one: Polynomial = {(): QQ(weak)} if weak else primitive(self.field, as_polynomial(factor))
                result = polynomial_product(result, one)
        if len(result) == 1 and () not in result:
            return result
        content, powers = self.field.factors(result)
        if not strict and all(times % 2 == 0 for _, times in powers):
            return {(): QQ(1 if content > 0 else -1)}
        return result

    def _unfolded(self, poly: Polynomial) -> Polynomial:
        """e^m = 1 + t, t >= 0, for every monomial m that is surely >= 0."""
        roots: dict[int, int] = {}
        for monomial in poly:
            for number, exponent in monomial:
                made = self.field.table[number]
                if isinstance(made, Exp) and all(self.field.is_nonnegative(each) for each, _ in made.of):
                    roots[number] = lcm(roots.get(number, 1), int(exponent.denominator))
        if not roots or any(exponent < 0 for monomial in poly for number, exponent in monomial if number in roots):
            return poly
        result = ZERO
        for monomial, coefficient in poly.items():
            term = constant(coefficient)
            for number, exponent in monomial:
                if number in roots:
                    made = self.field.table[number]
                    strict = isinstance(made, Exp) and all(self.field.is_positive(each) for each, _ in made.of)
                    t = self._fresh("exp", (number, roots[number]), strict)
                    term = multiply(term, power(add(ONE, t), int(exponent * roots[number])))
                else:
                    term = multiply(term, generator(number, exponent))
            result = add(result, term)
        return result.num
