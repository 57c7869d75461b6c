"""Certificates: a polynomial as a sum of terms that are surely not negative.

    certified(field, polynomial, facts, strict, combine) -> bool

    P = sum_j c_j T_j + R,   c_j >= 0,   R with nonnegative coefficients at monomials that are not negative

Each T_j is, by its form, not negative: A + B - 2m and A + B + 2m where m^2 = A B (of the arithmetic and the geometric
mean; A and B not negative), A + B + C - 3m where m^3 = A B C and m >= 0, a fact, a product of facts, the square of a
difference of facts, each times a nonnegative monomial. The weights are searched for outside of the kernel: here the
sum is added up again, and that one identity is all that is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import reduce
from itertools import combinations, combinations_with_replacement
from typing import Any

from sympy.polys.domains import QQ

from symbolic.language.errors import Unsupported
from symbolic.search.form.facts import Fact, negative
from symbolic.search.form.moments import Field
from symbolic.search.limits.laurent import (
    Monomial,
    Polynomial,
    monomial_power,
    monomial_product,
    polynomial_product,
    polynomial_sum,
    scaled,
)

__all__ = ["Combine", "absurd", "certified"]

Combine = Callable[[Sequence[Polynomial], Polynomial, set[Monomial]], "list[Any] | None"]

ROWS, COLUMNS, FACTS = 80, 400, 12  # the sizes up to which a certificate is looked for


def certified(field: Field, poly: Polynomial, facts: Iterable[Fact], strict: bool, combine: Combine) -> bool:
    """Whether the polynomial is seen to be >= 0, or > 0, by a certificate."""
    if len(poly) > ROWS:
        return False
    facts = [each for each in facts if len(each.poly) <= FACTS][:FACTS]
    terms = list(_distinct(_terms(field, poly, facts)))[:COLUMNS]
    if not terms:
        return False
    if not strict:
        return _checked(field, poly, terms, combine)
    spare = [each for each, value in poly.items() if value > 0 and field.sign_of_polynomial({each: QQ(1)}) == 1]
    above = [{each: poly[each]} for each in sorted(spare)] + [fact.poly for fact in facts if fact.strict]
    less = (polynomial_sum(poly, scaled(each, (), QQ(-1, 64))) for each in above[:8])
    return any(_checked(field, each, terms, combine) for each in less)


def absurd(field: Field, facts: Sequence[Fact], combine: Combine) -> list[Polynomial] | None:
    """Summands that are not negative, the first of them positive, whose sum is 0: then the facts hold nowhere."""
    columns = [each.poly for each in facts][:COLUMNS]
    columns += [polynomial_product(one, two) for one, two in combinations_with_replacement(columns[:FACTS], 2)]
    one: Polynomial = {(): QQ(1)}
    for positive in (one, *(fact.poly for fact in facts if fact.strict)):
        target = negative(positive)
        monomials = set(target).union(*columns)
        slack = {each for each in monomials if field.weak_sign({each: QQ(1)}) == 1}
        weights = combine(columns, target, slack) or []
        if any(weight < 0 for weight in weights):
            raise Unsupported("a certificate with a negative weight")
        used = [scaled(each, (), weight) for each, weight in zip(columns, weights, strict=False) if weight]
        rest = reduce(polynomial_sum, map(negative, used), target)
        if weights and field.weak_sign(rest) == 1:
            return [positive, *used, *([rest] if rest else [])]
    return None


def _checked(field: Field, poly: Polynomial, terms: Sequence[Polynomial], combine: Combine) -> bool:
    """Whether there are weights; what they leave is computed here, whoever found them."""
    monomials = set(poly).union(*terms)
    slack = {each for each in monomials if field.weak_sign({each: QQ(1)}) == 1}
    weights = combine(terms, poly, slack)
    if weights is None:
        return False
    rest = poly
    for weight, term in zip(weights, terms, strict=True):
        if weight < 0:
            raise Unsupported("a certificate with a negative weight")
        if weight:
            rest = polynomial_sum(rest, scaled(term, (), -weight))
    return field.weak_sign(rest) == 1


def _distinct(terms: Iterable[Polynomial]) -> Iterator[Polynomial]:
    seen = set()
    for each in terms:
        key = frozenset(each.items())
        if key not in seen:
            seen.add(key)
            yield each


def _terms(field: Field, poly: Polynomial, facts: Sequence[Fact]) -> Iterator[Polynomial]:
    """What is not negative and may be of use."""
    yield from _means(field, poly)
    products = [fact.poly for fact in facts]
    pairs = combinations_with_replacement(products, 2)
    products += [polynomial_product(first, second) for first, second in pairs]
    for first, second in combinations((fact.poly for fact in facts), 2):
        difference = polynomial_sum(first, negative(second))
        products.append(polynomial_product(difference, difference))
    for product in products:
        yield from _lifted(field, poly, product)


def _lifted(field: Field, poly: Polynomial, product: Polynomial) -> Iterator[Polynomial]:
    """The product times the monomials that bring one of its terms to one of the polynomial."""
    factors = set()
    for own in product:
        for other in poly:
            factor = monomial_product(other, monomial_power(own, -1)) if own else other
            if all(exponent > 0 for _, exponent in factor):
                factors.add(factor)
    for factor in sorted(factors, key=repr):
        if field.weak_sign({factor: QQ(1)}) == 1:
            yield scaled(product, factor, QQ(1))


def _means(field: Field, poly: Polynomial) -> Iterator[Polynomial]:
    """The inequalities of the arithmetic and the geometric mean between its terms."""
    above = [each for each, value in sorted(poly.items()) if value > 0 and field.weak_sign({each: QQ(1)}) == 1]
    below = {each for each, value in poly.items() if value < 0 or each not in above}
    for first, second in combinations(above, 2):
        middle = _root(monomial_product(first, second), 2)
        if middle in below:
            for sign in (-2, 2):
                yield {first: QQ(1), second: QQ(1), middle: QQ(sign)}
    if len(above) <= 24:
        for chosen in combinations(above, 3):
            product = monomial_product(monomial_product(chosen[0], chosen[1]), chosen[2])
            middle = _root(product, 3)
            if middle in below and field.weak_sign({middle: QQ(1)}) == 1:
                yield {**dict.fromkeys(chosen, QQ(1)), middle: QQ(-3)}


def _root(monomial: Monomial, degree: int) -> Monomial | None:
    """The monomial whose power it is, with whole exponents where its own are whole."""
    if any(exponent.denominator == 1 and int(exponent) % degree for _, exponent in monomial):
        return None
    return monomial_power(monomial, Fraction(1, degree)) if monomial else None
