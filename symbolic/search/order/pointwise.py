"""The sign of a polynomial in finitely many quantities: entries at classes, gaps, exponentials.

    Pointwise(field, facts, combine).holds(polynomial, strict) -> bool

In turn: by the signs of the terms; by factors, squares dropped; with facts used by a slack (z_i >= c is z_i = c + s);
class memberships and absolute values case by case; entries put in every order that the facts allow, each the one
before it and a gap, e^{gap} = 1 + t with t >= 0; a certificate; a quadratic by its discriminant; a quantity s >= 0 by
the value at 0 and the derivative in s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from sympy.polys.domains import QQ

from symbolic.language.errors import Unsupported
from symbolic.search.form import calculus
from symbolic.search.form.facts import Fact, cleared, negative, primitive
from symbolic.search.form.generators import Abs, Entry, Exp, In, Scalar
from symbolic.search.form.hypotheses import linear_in
from symbolic.search.form.names import Own
from symbolic.search.form.substitution import NoPoint
from symbolic.search.limits.laurent import (
    ONE,
    ZERO,
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    generator,
    generators,
    inverse,
    multiply,
    negate,
    polynomial_product,
    polynomial_sum,
    scaled,
)
from symbolic.search.order.certificate import certified
from symbolic.search.order.rankings import TERMS, Orders

__all__ = ["Pointwise"]

CHOICES = 5  # memberships and absolute values that are gone through case by case
STEPS = 4  # derivatives, discriminants


class Pointwise(Orders):
    """What is seen of signs, given facts."""

    def holds(self, summand: Quotient, strict: bool) -> bool:
        """Whether the quantity is >= 0, or > 0, wherever the facts hold."""
        facts = self.facts
        for values in self._memberships(summand):
            poly = cleared(self.field, self._at(summand, values))
            met = (fact for fact in facts if all(values.get(n) == (ONE if yes else ZERO) for n, yes in fact.where))
            given = [self._fact_at(fact, values) for fact in met]
            if not self._with_absolutes(poly, given, strict):
                return False
        return True

    # --- cases -------------------------------------------------------------------------------

    def _memberships(self, summand: Quotient) -> Iterator[dict[int, Quotient]]:
        """Every class in or outside of every subset that the summand asks about."""
        numbers = sorted(n for n in self._atoms([*summand.num, *_den(summand)]) if self._is(n, In))
        if len(numbers) > CHOICES:
            raise Unsupported("too many memberships")
        for choice in product((ONE, ZERO), repeat=len(numbers)):
            yield dict(zip(numbers, choice, strict=True))

    def _with_absolutes(self, poly: Polynomial, facts: list[Fact], strict: bool) -> bool:
        """|q| is q where q >= 0, and -q where q <= 0."""
        holders = [poly, *(fact.poly for fact in facts)]
        numbers = sorted({n for each in holders for n in self._atoms(each) if self._is(n, Abs)})
        if len(numbers) > CHOICES:
            raise Unsupported("too many absolute values")
        for signs in product((1, -1), repeat=len(numbers)):
            values, said = {}, []
            for number, sign in zip(numbers, signs, strict=True):
                made = self.field.table[number]
                inside = scaled(as_polynomial(made.of), (), QQ(sign)) if isinstance(made, Abs) else {}
                values[number] = Quotient(inside, {})
                said.append(Fact(primitive(self.field, inside), False))
            changed, given = self._replaced(poly, facts, values) if values else (poly, facts)
            try:
                if not self._with_facts(changed, [*given, *said], strict, 12):
                    return False
            except NoPoint:
                continue
        return True

    # --- facts used by slacks ----------------------------------------------------------------

    def _with_facts(self, poly: Polynomial, facts: list[Fact], strict: bool, fuel: int) -> bool:
        """Solve facts for what they bound, until only orders and what is not linear is left."""
        if self._seen(poly, strict):
            return True
        facts = list(self._open(facts))
        if self._circular(facts):
            raise NoPoint
        step = self._equality(facts) or self._slack(facts) or (None if strict else self._box(poly, facts))
        if step and fuel:
            number, image, used = step
            changed, rest = self._replaced(poly, [each for each in facts if each is not used], {number: image})
            return self._with_facts(changed, rest, strict, fuel - 1)
        return self._core(poly, facts, strict, STEPS)

    def _circular(self, facts: Sequence[Fact]) -> bool:
        """Whether the facts say x > y >= ... >= x."""
        pairs = [(pair, fact.strict) for fact in facts if (pair := self._pair(fact))]
        for (upper, lower), strict in pairs:
            below, new = set[int](), {lower} if strict else set()
            while new:
                below |= new
                new = {low for (up, low), _ in pairs if up in below} - below
            if upper in below:
                return True
        return False

    def _equality(self, facts: Sequence[Fact]) -> tuple[int, Quotient, Fact | None] | None:
        """x >= y and y >= x: the one in place of the other; -x >= 0 where x >= 0: it is 0."""
        for fact in facts:
            if not fact.strict and self.field.weak_sign(fact.poly) == -1:
                for monomial in fact.poly:
                    if len(monomial) == 1 and isinstance(self.field.table[monomial[0][0]], (Entry, Scalar)):
                        return monomial[0][0], ZERO, fact if len(fact.poly) == 1 else None
            pair = self._pair(fact)
            if pair and any(not each.strict and each.poly == negative(fact.poly) for each in facts):
                return pair[0], generator(pair[1]), None  # neither is strict: that is a circle
        return None

    def _slack(self, facts: Sequence[Fact]) -> tuple[int, Quotient, Fact] | None:
        """A fact a x + b >= 0 with a of sure sign: x = (s - b)/a, s >= 0, where x has no sign of its own."""
        for fact in facts:
            if self._pair(fact):
                continue
            for number in sorted(generators(fact.poly), reverse=True):
                if isinstance(self.field.table[number], (Entry, Scalar)):
                    image = self._solved(fact, number)
                    if image is not None and self._keeps_sign(number, image):
                        return number, image, fact
        return None

    def _keeps_sign(self, number: int, image: Quotient) -> bool:
        """Whether nothing that is known of the sign is lost."""
        if self.field.is_positive(number):
            return self.field.sign_of(image, zero=False) == 1
        return not self.field.is_nonnegative(number) or self.field.sign_of(image, zero=True) == 1

    def _solved(self, fact: Fact, number: int) -> Quotient | None:
        slope, rest = linear_in(fact.poly, number)
        inside = any(number in self._atoms([((each, 1),)]) for each in generators(fact.poly) - {number})
        if not slope or inside or not self.field.sign_of_polynomial(slope):
            return None
        if len(slope) > 1:
            return None  # a denominator would get into exponents
        gap = self._fresh("slack", (number, frozenset(fact.poly.items())), fact.strict)
        return multiply(add(gap, negate(Quotient(rest, {}))), inverse(Quotient(slope, {})))

    def _box(self, poly: Polynomial, facts: Sequence[Fact]) -> tuple[int, Quotient, Fact] | None:
        """A fact a - b x >= 0 with x >= 0, a, b > 0: x = a/(b (1 + t)); by continuity it is enough that x > 0."""
        exponents = {
            inner
            for each in (poly, *(fact.poly for fact in facts))
            for number in self._atoms(each)
            if self._is(number, Exp)
            for inner in self._atoms([((number, 1),)])
        }
        for fact in facts:
            for number in sorted(generators(fact.poly) - exponents, reverse=True):
                made = self.field.table[number]
                if isinstance(made, (Entry, Scalar)) and self.field.is_nonnegative(number) and not fact.strict:
                    slope, rest = linear_in(fact.poly, number)
                    inside = any(number in self._atoms([((e, 1),)]) for e in generators(fact.poly) - {number})
                    if inside or any(number in self._atoms(each.poly) for each in facts if each is not fact):
                        continue  # another fact may hold at x = 0 alone
                    if self.field.sign_of_polynomial(slope) != -1 or self.field.weak_sign(rest) != 1:
                        continue
                    over = multiply(Quotient(negative(slope), {}), add(ONE, self._fresh("box", number, False)))
                    return number, multiply(Quotient(rest, {}), inverse(over)), fact
        return None

    # --- what is left ------------------------------------------------------------------------

    def _core(self, poly: Polynomial, facts: list[Fact], strict: bool, steps: int) -> bool:
        if len(poly) > TERMS:
            raise Unsupported("a polynomial with too many terms")
        if self._seen(poly, strict):
            return True
        if not poly:
            return False
        reduced = self._without_sure_factors(poly, strict)
        if self._seen(reduced, strict):
            return True
        if self._in_orders(reduced, facts, strict):
            return True
        if any(
            certified(self.field, self._unfolded(each), facts, strict, self.combine)
            for each in ([poly, reduced] if reduced != poly else [poly])
        ):
            return True
        return bool(steps) and (
            self._by_discriminant(reduced, facts, strict, steps)
            or self._by_derivative(reduced, facts, strict, steps)
            or self._by_signs(reduced, facts, strict, steps)
        )

    # --- quadratics, derivatives -------------------------------------------------------------

    def _by_discriminant(self, poly: Polynomial, facts: list[Fact], strict: bool, steps: int) -> bool:
        """a x^2 + b x + c with a > 0 is >= 0 if 4 a c - b^2 is."""
        for number in sorted(generators(poly)):
            made = self.field.table[number]
            if not isinstance(made, (Entry, Scalar)) or self.field.is_nonnegative(number):
                continue
            if any(number in self._atoms([((each, 1),)]) for each in generators(poly) - {number}):
                continue
            parts: dict[int, Polynomial] = {}
            for monomial, value in poly.items():
                degree = dict(monomial).get(number, 0)
                rest = tuple(pair for pair in monomial if pair[0] != number)
                parts.setdefault(degree, {})[rest] = value
            if set(parts) - {0, 1, 2} or 2 not in parts or self.field.sign_of_polynomial(parts[2]) != 1:
                continue
            square = polynomial_product(parts.get(1, {}), parts.get(1, {}))
            four = scaled(polynomial_product(parts[2], parts.get(0, {})), (), QQ(4))
            return self._core(polynomial_sum(four, negative(square)), facts, strict, steps - 1)
        return False

    def _by_signs(self, poly: Polynomial, facts: list[Fact], strict: bool, steps: int) -> bool:
        """A scalar in an exponent whose sign is not known, as s and as -s with s >= 0."""
        exponents = {n for each in generators(poly) if self._is(each, Exp) for n in self._atoms([((each, 1),)])}
        for number in sorted(exponents):
            if not isinstance(self.field.table[number], Scalar) or self.field.is_nonnegative(number):
                continue
            size = self._fresh("size", number, False)
            for value in (size, negate(size)):
                changed, given = self._replaced(poly, facts, {number: value})
                if not self._core(changed, given, strict, steps - 1):
                    return False
            return True
        return False

    def _by_derivative(self, poly: Polynomial, facts: list[Fact], strict: bool, steps: int) -> bool:
        """f(s) >= 0 for all s >= 0 if f(0) >= 0 and f' >= 0."""
        exponents = {
            each for number in generators(poly) if self._is(number, (Exp)) for each in self._atoms([((number, 1),)])
        }
        names = [made.name for made in map(self.field.table.__getitem__, generators(poly)) if isinstance(made, Scalar)]
        if any(isinstance(name, Own) and name.kind == "exp" for name in names):
            return False  # 1 + t stands for an exponential that moves too
        for number in sorted(generators(poly) & exponents):
            made = self.field.table[number]
            if not isinstance(made, Scalar) or not self.field.is_nonnegative(number) or made.name == "lambda":
                continue
            if any(number in self._atoms(fact.poly) for fact in facts):
                continue
            start = cleared(self.field, self._at(Quotient(poly, {}), {number: ZERO}))
            slope = cleared(self.field, calculus.derivative(self.field, Quotient(poly, {}), number))
            grows = strict and self.field.is_positive(number)
            return (
                self._core(start, facts, strict and not grows, steps - 1)
                and self._core(slope, facts, grows, steps - 1)
            )  # fmt: skip
        return False


def _den(quotient: Quotient) -> list[Any]:
    return [monomial for factor in quotient.den for monomial, _ in factor]
