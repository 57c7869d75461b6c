"""Exact numbers: what is written the same, what is told apart, and what is refused."""

from __future__ import annotations

import random
from typing import Any

import mpmath
import pytest
import sympy

from symbolic.language.errors import Undefined, Unsupported
from symbolic.points.exact import (
    MPQ,
    Real,
    enclosure,
    exp,
    expression,
    limited_effort,
    log,
    power,
    reciprocal,
    sign,
    spend,
    text,
)
from symbolic.points.germs import CONSTANT, LINEAR, Dual, Germ, Infinite, compare

ONE, TWO, THREE = MPQ(1), MPQ(2), MPQ(3)
L2, L3 = log(TWO), log(THREE)
ROOT = power(TWO, MPQ(1, 2))


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (L2 + L3 - log(MPQ(6)), "0"),
        (log(MPQ(8, 9)), "-2*log(3) + 3*log(2)"),
        (exp(2 * L3 - L2), "9/2"),
        (exp(L2 / 2) * exp(L2 / 2), "2"),
        (ROOT * power(MPQ(8), MPQ(1, 2)), "4"),
        (ROOT / 2 * ROOT, "1"),
        (1 / ROOT, "sqrt(2)/2"),
        (power(1 + L2, MPQ(1, 2)) * power(1 + L2, MPQ(1, 2)), "log(2) + 1"),
        (1 / power(1 + L2, MPQ(1, 2)) * power(1 + L2, MPQ(1, 2)), "1"),
        (exp(ONE) * exp(MPQ(-1, 2)) * exp(MPQ(-1, 2)), "1"),
        (log(exp(ONE) + exp(TWO)) - log(1 + exp(ONE)), "1"),
        (log(3 * exp(L2 * L3)), "log(2)*log(3) + log(3)"),
        (log(2 * L2) - log(L2), "log(2)"),
        (log(L2) + log(-log(MPQ(1, 2))), "2*log(log(2))"),
        ((L2 + L3) / (1 + L2) - L2 / (1 + L2) - L3 / (1 + L2), "0"),
        ((1 + L2) / (2 + 2 * L2), "1/2"),
        ((1 + L2) / (-3 - 3 * L2), "-1/3"),
        ((1 / (1 + L2)) / (L3 / (1 + L2)), "1/log(3)"),
        (log((1 + L2) / (1 + L3)) + log(1 + L3) - log(1 + L2), "0"),
        (power(exp(ONE), L2), "2"),
        (power(L2, MPQ(-2)) * L2 * L2, "1"),
        (power(MPQ(0), MPQ(0)), "1"),
        (power(MPQ(0), MPQ(1, 2)), "0"),
        (power(MPQ(-2), MPQ(-3)), "-1/8"),
    ],
)
def test_normal_forms(number: Any, written: str) -> None:
    assert text(number) == written


def random_number(choose: random.Random, depth: int) -> tuple[Any, Any]:
    """A number, and the same in floating point."""
    if depth == 0:
        rational = MPQ(choose.randint(-9, 9), choose.randint(1, 6))
        return rational, mpmath.mpf(int(rational.numerator)) / int(rational.denominator)
    a, near = random_number(choose, depth - 1)
    b, close = random_number(choose, depth - 1)
    pick = choose.randrange(6)
    if pick == 0 and abs(near) < 40:
        return exp(a), mpmath.exp(near)
    if pick == 1 and near > 0:
        return log(a), mpmath.log(near)
    if pick == 2 and close != 0:
        return a * reciprocal(b), near / close
    if pick == 3 and near > 0:
        third = choose.randint(-5, 5)
        return power(a, MPQ(third, 3)), mpmath.power(near, mpmath.mpf(third) / 3)
    return (a + b, near + close) if pick == 4 else (a * b, near * close)


@pytest.mark.parametrize("seed", range(150))
def test_arithmetic_agrees_with_floating_point(seed: int) -> None:
    choose = random.Random(seed)
    with mpmath.workdps(60):
        a, near = random_number(choose, 4)
        low, high = map(mpmath.make_mpf, enclosure(a, 200)._mpi_)
        slack = mpmath.mpf(10) ** -40 * (1 + abs(near))
        assert low - slack <= near <= high + slack
        assert abs(mpmath.mpf(str(sympy.N(expression(a), 60))) - near) <= slack


def test_signs() -> None:
    assert [sign(each) for each in (MPQ(-3), MPQ(0), L3 - L2, L2 - L3, L2 * L3 - 1)] == [-1, 0, 1, -1, -1]
    close = MPQ(*map(int, sympy.Rational(sympy.N(sympy.log(2), 200)).as_numer_denom()))
    assert sign(L2 - close) in (1, -1)


def test_numbers_that_are_equal_but_not_written_alike_are_not_compared() -> None:
    with pytest.raises(Unsupported):
        sign(power(3 + 2 * ROOT, MPQ(1, 2)) - 1 - ROOT)


@pytest.mark.parametrize(
    "undefined",
    [
        lambda: log(MPQ(0)),
        lambda: log(L2 - L3),
        lambda: reciprocal(MPQ(0)),
        lambda: L2 / MPQ(0),
        lambda: L2 / (L2 - L2),
        lambda: power(MPQ(0), MPQ(-1)),
        lambda: power(MPQ(-1), MPQ(1, 3)),
        lambda: power(MPQ(-2), L2),
        lambda: power(MPQ(0), L2),
    ],
)
def test_undefined(undefined: Any) -> None:
    with pytest.raises(Undefined):
        undefined()


@pytest.mark.parametrize(
    "refused",
    [
        lambda: power(TWO, MPQ(10**7)),
        lambda: power(1 + L2, MPQ(65)),
        lambda: exp(10**7 * L2),
        lambda: power(MPQ(0), MPQ(3, 2)),
        lambda: sign(exp(exp(exp(MPQ(9)))) - L2),
        lambda: power(power(1 + L2 + L3 + ROOT, MPQ(20)), MPQ(20)),
        lambda: enclosure(Infinite(1)),
    ],
)
def test_refused(refused: Any) -> None:
    with limited_effort(), pytest.raises(Unsupported):
        refused()


def test_effort_is_limited_inside_only() -> None:
    spend(10**9)
    with limited_effort(), pytest.raises(Unsupported):
        spend(10**9)
    spend(10**9)


def test_real_numbers_written_alike_are_one_key() -> None:
    assert L2 + 1 == 1 + L2
    assert len({L2 + 1, 1 + L2, L2}) == 2
    assert isinstance(L2, Real)
    assert L2 != 2


def test_derivatives_through_duals() -> None:
    def slope(function: Any, at: Any) -> str:
        return text(function(Dual(at, ONE, 1)).slope)

    assert slope(lambda x: x * x * x, TWO) == "12"
    assert slope(lambda x: power(x, MPQ(-2)), TWO) == "-1/4"
    assert slope(lambda x: exp(x * x), MPQ(0)) == "0"
    assert slope(lambda x: log(1 + x), TWO) == "1/3"
    assert slope(lambda x: power(x, x), ONE) == "1"
    inner = Dual(Dual(THREE, ONE, 1), ONE, 2)
    assert text((inner * inner * inner).slope.slope) == "18"


def test_germs() -> None:
    x = Germ([(LINEAR, ONE)], None, depth=4, level=1)
    small = x.reciprocal()
    assert text(((exp(small) - 1) * x).tends_to()) == "1"
    assert text((power(1 + small, x)).tends_to()) == "E"
    assert text(((log(1 + small) - small) * x * x).tends_to()) == "-1/2"
    assert exp(x).tends_to() == Infinite(1)
    assert (-x).tends_to() == Infinite(-1)
    assert text((x * exp(-x)).tends_to()) == "0"
    assert text((log(x) * small).tends_to()) == "0"
    assert sign(log(x) - x) == -1
    assert text(Germ([(CONSTANT, TWO)], None, 2, 1).tends_to()) == "2"
    assert text((x - x).tends_to()) == "0"


def test_infinite_numbers() -> None:
    assert compare(Infinite(1), Infinite(-1)) > 0
    assert compare(Infinite(1), Infinite(1)) == 0
    assert compare(MPQ(10**9), Infinite(1)) < 0
    assert -Infinite(1) + 5 == Infinite(-1)
    with pytest.raises(Unsupported):
        Infinite(1) + Infinite(-1)
    with pytest.raises(Unsupported):
        Infinite(1) * MPQ(0)
