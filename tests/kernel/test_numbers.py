"""Intervals around numbers: the number is in each, by mpmath, which shares no code with them; and they are narrow."""

from __future__ import annotations

import random

import mpmath
import pytest

from symbolic.kernel import Budget
from symbolic.kernel import terms as ast
from symbolic.kernel.numbers import DIGITS, _around, sign_of_number


def drawn(draw: random.Random, depth: int) -> tuple[ast.Term, mpmath.mpf]:
    """A number as a term, and its value."""
    kind = draw.choice(["number", "plus", "times", "exp", "log", "power", "root"]) if depth else "number"
    if kind == "number":
        value = ast.Fraction(draw.randint(-40, 40), draw.randint(1, 9))
        return ast.Number(value), mpmath.mpf(value.numerator) / value.denominator
    (a, x), (b, y) = drawn(draw, depth - 1), drawn(draw, depth - 1)
    match kind:
        case "plus":
            return ast.Plus((a, b)), x + y
        case "times":
            return ast.Times((a, b)), x * y
        case "exp" if abs(x) < 500:
            return ast.Exp(a), mpmath.exp(x)
        case "log" if x > 0:
            return ast.Log(a), mpmath.log(x)
        case "power" if x:
            e = draw.randint(-4, 4)
            return ast.Power(a, ast.number(e)), x**e
        case "root" if x > 0 and abs(y * mpmath.log(x)) < 500:
            return ast.Power(a, b), x**y
    return a, x


@pytest.mark.parametrize("seed", range(300))
def test_the_number_is_in_the_interval(seed: int) -> None:
    with mpmath.workdps(120):
        term, value = drawn(random.Random(seed), 3)
        found = _around(term, Budget())
        if found is None:  # a power of what is 0, in one way of writing it
            return
        low, high = (mpmath.mpf(str(end)) for end in found)
        slack = mpmath.mpf(10) ** -90 * (1 + abs(value))
        assert low - slack <= value <= high + slack
        assert high - low <= mpmath.mpf(10) ** -20 * (1 + abs(value)) or abs(value) > 10**9


def test_an_empty_sum_is_0_and_an_empty_product_1() -> None:
    """What is left of c/c, and of its logarithm, where all is cancelled."""
    assert sign_of_number(ast.Exp(ast.Plus(())), Budget()) == {1}
    assert sign_of_number(ast.Plus((ast.Times(()), ast.number(-2))), Budget()) == {-1}


def test_what_is_not_a_number_has_no_interval() -> None:
    for term in (ast.Log(ast.number(-1)), ast.Power(ast.ZERO, ast.number(-1)), ast.Plus((ast.ONE, ast.LAMBDA))):
        assert _around(term, Budget()) is None


def test_what_is_too_large_has_no_sign() -> None:
    tower: ast.Term = ast.Exp(ast.number(3000))
    for _ in range(6):
        tower = ast.Power(tower, ast.number(1000))
    assert sign_of_number(ast.minus(tower, ast.ONE), Budget()) == {-1, 0, 1}
    assert sign_of_number(ast.minus(ast.Exp(ast.number(300)), ast.ONE), Budget()) == {1}


def test_the_ends_of_an_interval_stay_short() -> None:
    long = ast.Number(ast.Fraction(3**9000 + 1, 3**9000))
    for term in (long, ast.Exp(long), ast.Log(long), ast.Power(long, ast.number(900))):
        found = _around(term, Budget())
        assert found is not None
        assert found[0] < found[1]
        assert all(len(end.as_tuple().digits) <= DIGITS for end in found)
