"""Polynomials as sums in which the sign is visible, and none where they are negative."""

from __future__ import annotations

import pytest
from sympy import Expr, Integer, Poly, Rational, Symbol, expand, sympify, together

from symbolic.search.bernstein import Known, of_products, on_interval

x, y, w = (Symbol(name, real=True) for name in "xyw")

POSITIVE = [
    ("x**4 - x**3 + x**2 - x + 1", None, None),
    ("x**2 + x + 1", None, None),
    ("x**3 - 6*x + 6", 0, None),
    ("x**2 - 2*x + 2", 0, 2),
    ("8*x**4 - 8*x**2 + 41/20", -1, 1),
    ("6 - 6*(-x) + (-x)**3", None, 0),
    ("x**5 + 1", 0, None),
]


def written(text: str) -> Expr:
    return sympify(text, locals={"x": x})


def end(number: int | None) -> Rational | None:
    return None if number is None else Integer(number)


@pytest.mark.parametrize(("text", "a", "b"), POSITIVE)
def test_the_sums_are_the_polynomial(text: str, a: int | None, b: int | None) -> None:
    found = list(on_interval(Poly(written(text), x, domain="QQ"), end(a), end(b)))
    assert found
    assert all(expand(together(sum(each) - written(text))) == 0 for each in found)


@pytest.mark.parametrize(
    ("text", "a", "b"),
    [("x**2 - 2", None, None), ("x**3 - 6*x + 5", 0, None), ("x**2 - 1", 0, 2), ("-x**2", None, None), ("x", None, 1)],
)
def test_there_is_none_where_it_is_negative(text: str, a: int | None, b: int | None) -> None:
    assert not list(on_interval(Poly(written(text), x, domain="QQ"), end(a), end(b)))


def test_products_of_gaps_and_squares() -> None:
    arithmetic = x**3 + y**3 + w**3 - 3 * x * y * w
    found = of_products(arithmetic, Known((x, y, w), (x, y, w)))
    assert found is not None
    assert expand(sum(found) - arithmetic) == 0
    assert of_products(arithmetic - x * y * w, Known((x, y, w), (x, y, w))) is None
    assert of_products(arithmetic, Known((x, y, w))) is None


def test_an_equation_is_used_by_multiples() -> None:
    found = of_products(2 - x - y, Known((x, y), (), (x**2 + y**2 - 2,)))
    assert found is not None
    assert expand(sum(found) - (2 - x - y)) == 0


def test_a_letter_that_is_a_sum_of_others_is_put_in() -> None:
    known = Known((x, y, w), (x, y, w), (), ((w, 1 - x - y),))
    found = of_products(Rational(1, 27) - x * y * (1 - x - y), known)
    assert found is not None
    assert expand((sum(found) - Rational(1, 27) + x * y * w).xreplace({w: 1 - x - y})) == 0
