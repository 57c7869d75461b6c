"""Quotients of Laurent polynomials are a field; two that are equal have the difference 0."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy.polys.domains import QQ

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.limits.laurent import (
    LARGEST,
    ONE,
    ZERO,
    Quotient,
    add,
    as_polynomial,
    constant,
    divided_by_generator,
    expanded,
    factored,
    generator,
    generators,
    inverse,
    mapped,
    monomial_product,
    multiply,
    negate,
    polynomial_product,
    polynomial_sum,
    power,
    scaled,
    split_content,
    total,
)

X, Y = generator(0), generator(1)
SUM = add(X, Y)
MANY = {((number, 1),): QQ(1) for number in range(150)}

numbers = st.fractions(-3, 3, max_denominator=4).map(lambda q: QQ(q.numerator, q.denominator))
monomials = st.dictionaries(st.integers(0, 3), st.sampled_from([-2, -1, 1, 2]), max_size=3)
polynomials = st.dictionaries(monomials.map(lambda each: tuple(sorted(each.items()))), numbers.filter(bool), max_size=3)
nonzero = polynomials.filter(bool)
quotients = st.builds(
    lambda above, below: multiply(Quotient(above, {}), inverse(Quotient(below, {}))), polynomials, nonzero
)


def same(first: Quotient, second: Quotient) -> bool:
    return not add(first, negate(second)).num


@given(quotients, quotients, quotients)
def test_they_add_and_multiply_as_numbers_do(a: Quotient, b: Quotient, c: Quotient) -> None:
    assert same(add(a, b), add(b, a))
    assert same(add(add(a, b), c), add(a, add(b, c)))
    assert same(multiply(multiply(a, b), c), multiply(a, multiply(b, c)))
    assert same(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))
    assert same(add(a, negate(a)), ZERO)
    assert same(multiply(a, ONE), a)
    assert same(total([a, b, c]), add(a, add(b, c)))


@given(quotients.filter(lambda each: bool(each.num)), st.integers(-3, 3))
def test_the_reciprocal_and_powers(a: Quotient, exponent: int) -> None:
    assert same(multiply(a, inverse(a)), ONE)
    assert same(multiply(power(a, exponent), power(a, -exponent)), ONE)
    assert same(power(a, exponent + 1), multiply(a, power(a, exponent)))


@given(nonzero)
def test_factors_multiply_back(poly: dict) -> None:
    content, common, factors = factored(poly)
    assert same(Quotient(scaled(expanded(dict(factors)), common, content), {}), Quotient(poly, {}))
    assert all(split_content(as_polynomial(factor))[:2] == (1, ()) for factor, _ in factors)


@given(nonzero, numbers.filter(bool))
def test_a_multiple_has_the_same_primitive_part(poly: dict, times: Fraction) -> None:
    assert split_content(scaled(poly, (), times))[2] == split_content(poly)[2]


@given(polynomials, polynomials)
def test_a_polynomial_is_mapped_term_by_term(first: dict, second: dict) -> None:
    def image(number: int) -> Quotient:
        return [SUM, X, constant(2), inverse(SUM)][number]

    both = mapped(polynomial_product(first, second), image)
    assert same(both, multiply(mapped(first, image), mapped(second, image)))
    assert same(mapped(polynomial_sum(first, second), image), add(mapped(first, image), mapped(second, image)))


def test_irreducible_factors_are_found() -> None:
    squares = polynomial_sum(power(X, 2).num, negate(power(Y, 2)).num)
    assert [exponent for _, exponent in factored(squares)[2]] == [1, 1]
    assert len(factored(add(X, ONE).num)[2]) == 1
    assert factored(multiply(constant(6), X).num) == (6, ((0, 1),), [])


def test_a_root_is_no_obstacle_to_factors() -> None:
    root = generator(0, Fraction(1, 2))
    square = total([X, multiply(constant(2), root), ONE])
    ((factor, times),) = factored(square.num)[2]
    assert times == 2
    assert same(Quotient(as_polynomial(factor), {}), add(root, ONE))


def test_constants_and_generators() -> None:
    assert constant(0) == ZERO
    assert generator(3, 0) == ONE
    assert generators(multiply(X, Y).num) == {0, 1}
    assert divided_by_generator(((0, 2),), 0) == ((0, 1),)
    assert power(SUM, 0) == ONE


TOO_MUCH = [
    (lambda: inverse(ZERO), Undefined, "division by zero"),
    (lambda: power(ZERO, -1), Undefined, "division by zero"),
    (lambda: power(constant(10), LARGEST), Unsupported, "digits"),
    (lambda: power(SUM, 61), Unsupported, "power 61"),
    (lambda: polynomial_product(MANY, MANY), Unsupported, "too large to decide"),
]


@pytest.mark.parametrize(("make", "error", "message"), TOO_MUCH)
def test_what_is_not_defined_or_too_large_is_refused(make: Callable, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        make()


def test_only_a_generator_takes_the_place_under_a_root() -> None:
    """The root of Y^2 is not Y where Y < 0, and that of X Y is not made with those of X and Y where both are."""
    root = {((0, Fraction(1, 2)),): QQ(1)}
    assert mapped(root, lambda _: Y) == Quotient({((1, Fraction(1, 2)),): QQ(1)}, {})
    assert mapped(root, lambda _: ZERO) == ZERO
    for other in (power(Y, 2), multiply(X, Y), SUM):
        image = {0: other}.__getitem__
        assert mapped(root, image, lambda inside, _: inside) == other
        with pytest.raises(Unsupported, match="root"):
            mapped(root, image)


def test_nothing_times_what_is_undefined_is_nothing() -> None:
    def image(number: int) -> Quotient:
        if number == 1:
            raise Undefined("the logarithm of 0")
        return ZERO if number == 0 else X

    assert mapped({((0, 1), (1, 1)): QQ(1)}, image) == ZERO
    assert mapped({((1, 1), (0, 1)): QQ(1)}, image) == ZERO
    with pytest.raises(Undefined):
        mapped({((1, 1), (2, 1)): QQ(1)}, image)
    with pytest.raises(Undefined):
        mapped({((0, -1), (1, 1)): QQ(1)}, image)


def test_a_whole_exponent_is_an_integer_however_it_comes_about() -> None:
    """A number to the power Fraction(2, 1) would be a float."""
    ((_, exponent),) = monomial_product(((0, Fraction(1, 2)),), ((0, Fraction(3, 2)),))
    assert type(exponent) is int


def test_a_power_is_exact_or_refused() -> None:
    assert power(constant(10**30), QQ(2)) == constant(10**60)
    with pytest.raises(Unsupported):
        power(constant(3), QQ(1, 2))
