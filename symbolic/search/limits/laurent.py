"""Sparse Laurent polynomials over Q, and their quotients; nothing here knows what a generator means.

A generator is a number. A monomial is a sorted tuple of pairs (generator, exponent), exponents being
nonzero integers or fractions of either sign. A polynomial maps monomials to nonzero rationals. A
quotient keeps its denominator as powers of factors: polynomials of two or more terms without a common
monomial, with coprime integer coefficients and a positive leading one. Two quotients are equal as
rational functions iff their difference has the numerator 0: no greatest common divisor is needed.

    ONE, ZERO, constant(q), generator(g)      quotients
    add, multiply, negate, inverse, power     arithmetic
    factored(polynomial)                      (rational, monomial, irreducible factors with exponents)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache, reduce
from math import gcd, lcm
from typing import Any, NamedTuple

from sympy.polys.domains import QQ
from sympy.polys.rings import ring

from symbolic.deadline import check, watched
from symbolic.language.errors import Undefined, Unsupported

__all__ = [
    "LARGEST", "ONE", "ZERO", "Factor", "Monomial", "Polynomial", "Quotient", "add", "as_factor", "as_polynomial",
    "as_rational", "constant", "divided_by_generator", "expanded", "factored", "generator", "generators", "inverse",
    "mapped", "monomial_product", "multiply", "negate", "occurring", "polynomial_product", "polynomial_sum", "power",
    "scaled", "split_content", "tidy", "total",
]  # fmt: skip

Monomial = tuple[tuple[int, Any], ...]
Polynomial = dict[Monomial, Any]
Factor = tuple[tuple[Monomial, int], ...]
Root = Callable[["Quotient", Any], "Quotient"]

LARGEST = 20_000  # terms of a product: beyond it the answer is "too large", not a wait without end


class Quotient(NamedTuple):
    """`num` over the product of the `den` factors with their exponents."""

    num: Polynomial
    den: dict[Factor, int]


ZERO = Quotient({}, {})
ONE = Quotient({(): QQ(1)}, {})


def as_rational(value: Any) -> Any:
    """A rational number of any make, as a coefficient."""
    return QQ(value.numerator, value.denominator)


def constant(value: Any) -> Quotient:
    """The rational number as a quotient."""
    return Quotient({(): as_rational(value)}, {}) if value else ZERO


def generator(number: int, exponent: Any = 1) -> Quotient:
    """A generator, or a power of it."""
    return Quotient({((number, exponent),): QQ(1)}, {}) if exponent else ONE


def generators(poly: Iterable[Monomial]) -> set[int]:
    """The generators that occur in the monomials."""
    return {number for monomial in poly for number, _ in monomial}


def occurring(quotient: Quotient) -> set[int]:
    """The generators that occur in a quotient."""
    return generators(quotient.num).union(*(generators(dict(factor)) for factor in quotient.den))


# --- monomials and polynomials -------------------------------------------------------------------


def monomial_product(first: Monomial, second: Monomial) -> Monomial:
    """The product of two monomials."""
    if not first or not second:
        return first or second
    exponents = dict(first)
    for number, exponent in second:
        combined = exponents.get(number, 0) + exponent
        if combined:
            exponents[number] = combined if type(combined) is int else tidy(combined)
        else:
            del exponents[number]
    return tuple(sorted(exponents.items()))


def monomial_power(monomial: Monomial, exponent: Any) -> Monomial:
    """The monomial to a rational power."""
    times = tidy(exponent)
    return tuple((number, tidy(each * times)) for number, each in monomial) if times else ()


def tidy(exponent: Any) -> Any:
    """A rational number of any make as an exponent: a plain integer if it is whole, else a fraction."""
    whole = exponent.denominator == 1
    return int(exponent.numerator) if whole else Fraction(int(exponent.numerator), int(exponent.denominator))


def polynomial_sum(first: Polynomial, second: Polynomial) -> Polynomial:
    """The sum of two polynomials."""
    result = dict(first)
    for monomial, coefficient in second.items():
        combined = result.get(monomial, 0) + coefficient
        if combined:
            result[monomial] = combined
        else:
            del result[monomial]
    return result


def polynomial_product(first: Polynomial, second: Polynomial) -> Polynomial:
    """The product of two polynomials."""
    if len(first) * len(second) > LARGEST:
        raise Unsupported(f"a product of more than {LARGEST} terms is too large to decide")
    result: Polynomial = {}
    for left, first_coefficient in first.items():
        check()
        for right, second_coefficient in second.items():
            monomial = monomial_product(left, right)
            result[monomial] = result.get(monomial, 0) + first_coefficient * second_coefficient
    return {monomial: coefficient for monomial, coefficient in result.items() if coefficient}


def scaled(poly: Polynomial, monomial: Monomial, coefficient: Any) -> Polynomial:
    """The polynomial times one term."""
    return {monomial_product(each, monomial): value * coefficient for each, value in poly.items()}


def divided_by_generator(monomial: Monomial, number: int) -> Monomial:
    """The monomial with one less of the generator."""
    return monomial_product(monomial, ((number, -1),))


def split_content(poly: Polynomial) -> tuple[Any, Monomial, Polynomial]:
    """The polynomial as rational * monomial * primitive part, whose leading coefficient is positive."""
    common = _common_monomial(poly)
    denominator = lcm(*(int(value.denominator) for value in poly.values()))
    numerator = gcd(*(int(value.numerator) * (denominator // int(value.denominator)) for value in poly.values()))
    bare = scaled(poly, monomial_power(common, -1), QQ(denominator, numerator))
    sign = 1 if bare[max(bare)] > 0 else -1
    return QQ(sign * numerator, denominator), common, scaled(bare, (), sign)


def _common_monomial(poly: Polynomial) -> Monomial:
    """The greatest monomial that divides every term, with exponents of either sign."""
    if len(poly) == 1:
        return next(iter(poly))
    lowest = [(number, min(dict(each).get(number, 0) for each in poly)) for number in sorted(generators(poly))]
    return tuple((number, exponent) for number, exponent in lowest if exponent)


def as_factor(primitive: Polynomial) -> Factor:
    """A primitive polynomial as a factor."""
    return tuple(sorted((monomial, int(value)) for monomial, value in primitive.items()))


def as_polynomial(factor: Factor) -> Polynomial:
    """The polynomial that a factor is."""
    return {monomial: QQ(value) for monomial, value in factor}


# --- quotients -----------------------------------------------------------------------------------


def expanded(factors: dict[Factor, int]) -> Polynomial:
    """The product of factors."""
    parts = [as_polynomial(factor) for factor, exponent in factors.items() for _ in range(exponent)]
    return reduce(polynomial_product, parts, ONE.num)


def add(first: Quotient, second: Quotient) -> Quotient:
    """The sum over the least common multiple of the denominators, as powers of the factors."""
    if first.den == second.den:
        num = polynomial_sum(first.num, second.num)
        return Quotient(num, first.den) if num else ZERO
    den = dict(first.den)
    for factor, exponent in second.den.items():
        den[factor] = max(exponent, den.get(factor, 0))
    num = polynomial_sum(_over(first, den), _over(second, den))
    return Quotient(num, den) if num else ZERO


def _over(quotient: Quotient, den: dict[Factor, int]) -> Polynomial:
    """The numerator over a multiple of the denominator."""
    missing = {factor: exponent - quotient.den.get(factor, 0) for factor, exponent in den.items()}
    return polynomial_product(quotient.num, expanded(missing))


def total(terms: Iterable[Quotient]) -> Quotient:
    """The sum of many quotients."""
    return reduce(add, terms, ZERO)


def multiply(first: Quotient, second: Quotient) -> Quotient:
    """The product."""
    if not first.num or not second.num:
        return ZERO
    den = dict(first.den)
    for factor, exponent in second.den.items():
        den[factor] = den.get(factor, 0) + exponent
    return Quotient(polynomial_product(first.num, second.num), den)


def negate(quotient: Quotient) -> Quotient:
    """The negative."""
    return Quotient({monomial: -value for monomial, value in quotient.num.items()}, quotient.den)


def inverse(quotient: Quotient) -> Quotient:
    """The reciprocal; `Undefined` for 0."""
    if not quotient.num:
        raise Undefined("a division by zero")
    content, common, primitive = split_content(quotient.num)
    num = scaled(expanded(quotient.den), monomial_power(common, -1), 1 / content)
    return Quotient(num, {as_factor(primitive): 1} if len(primitive) > 1 else {})


def power(quotient: Quotient, times: Any) -> Quotient:
    """An integer power; x^0 is 1."""
    if times.denominator != 1:
        raise Unsupported("a root of what may not be positive")
    exponent = int(times)  # a rational number to a power that is a QQ, too, would be a decimal one
    if exponent < 0:
        return power(inverse(quotient), -exponent)
    if len(quotient.num) == 1 and not quotient.den:
        ((monomial, value),) = quotient.num.items()
        if exponent * int(value.numerator * value.denominator).bit_length() > LARGEST:
            raise Unsupported("a number with too many digits")
        return Quotient({monomial_power(monomial, exponent): value**exponent}, {})
    if exponent > 60:
        raise Unsupported(f"the power {exponent} of a sum is too large to expand")
    return reduce(multiply, [quotient] * exponent, ONE)


def _no_root(quotient: Quotient, exponent: Any) -> Quotient:
    raise Unsupported("a root of a quantity that is replaced")


def mapped(poly: Polynomial, image: Callable[[int], Quotient], root: Root = _no_root) -> Quotient:
    """The polynomial with every generator replaced by its image, of which `root` takes powers that are no integers."""
    simple: Polynomial = {}
    rest = []
    for monomial, coefficient in poly.items():
        check()
        moved, others = _mapped_monomial(monomial, image, root)
        if others is None:
            simple = polynomial_sum(simple, {moved: coefficient})
        else:
            rest.append(multiply(others, Quotient({moved: coefficient}, {})))
    return total([Quotient(simple, {}), *rest])


def _mapped_monomial(
    monomial: Monomial, image: Callable[[int], Quotient], root: Root
) -> tuple[Monomial, Quotient | None]:
    """The images that are bare monomials multiplied out, and the product of the others."""
    moved: Monomial = ()
    others = None
    undefined = None
    for number, exponent in monomial:
        try:
            target = image(number)
        except Undefined as problem:
            undefined = problem
            continue
        if not target.num and exponent > 0:
            return (), ZERO  # even if another part is undefined: 0 log 0 is 0, and 0 log c counts nowhere
        whole = isinstance(exponent, int)
        if _is_bare(target, whole):
            moved = monomial_product(moved, monomial_power(next(iter(target.num)), exponent))
        else:
            others = multiply(others or ONE, (power if whole else root)(target, exponent))
    if undefined:
        raise undefined
    return moved, others


def _is_bare(quotient: Quotient, whole: bool) -> bool:
    """Whether it is a monomial to a `whole` power, or a generator: sqrt(a^2) is not a, nor is sqrt(a b) made of it."""
    if len(quotient.num) != 1 or quotient.den:
        return False
    ((monomial, value),) = quotient.num.items()
    return bool(value == 1) and (whole or (len(monomial) == 1 and monomial[0][1] == 1))


# --- factors -------------------------------------------------------------------------------------


def factored(poly: Polynomial) -> tuple[Any, Monomial, list[tuple[Factor, int]]]:
    """The polynomial as rational * monomial * powers of irreducible factors."""
    content, common, factors = _factored(tuple(sorted(poly.items())))
    return content, common, list(factors)


@lru_cache(maxsize=4096)
def _factored(terms: tuple[tuple[Monomial, Any], ...]) -> tuple[Any, Monomial, tuple[tuple[Factor, int], ...]]:
    poly = dict(terms)
    content, common, primitive = split_content(poly)
    if len(primitive) == 1:
        return content, common, ()
    numbers = sorted(generators(primitive))
    roots = [lcm(*(_denominator(dict(each).get(number, 0)) for each in primitive)) for number in numbers]
    ambient, *_ = ring([f"g{number}" for number in numbers], QQ)
    whole = ambient.from_dict(
        {
            tuple(int(dict(each).get(number, 0) * root) for number, root in zip(numbers, roots, strict=True)): value
            for each, value in primitive.items()
        }
    )
    with watched():
        unit, parts = whole.factor_list()
    result = []
    for part, exponent in parts:
        back = {
            tuple((num, tidy(Fraction(e, root))) for num, e, root in zip(numbers, each, roots, strict=True) if e): value
            for each, value in part.terms()
        }
        scale, _, prime = split_content(back)
        unit *= scale**exponent
        result.append((as_factor(prime), exponent))
    return content * unit, common, tuple(result)


def _denominator(exponent: Any) -> int:
    return int(exponent.denominator)
