"""Inequalities between functions of numbers: a derivation that the kernel accepts, and none of the false neighbour."""

from __future__ import annotations

from math import isnan
from math import tanh as number_of_tanh

import pytest
from sympy import Integer, tanh

from symbolic.kernel import Refused, check
from symbolic.language.notation import delta, i, j
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import one_variable, scalars

# a claim that is true, and one that is not
PAIRS = [
    ("log(1 + x) >= 2*x/(2 + x) given x >= 0", "log(1 + x) >= 3*x/(2 + x) given x >= 0"),
    ("log(1 + x) <= x/sqrt(1 + x) given x >= 0", "log(1 + x) <= x/(1 + x) given x >= 0"),
    ("log(1 + x) >= x - x^2/2 given x >= 0", "log(1 + x) >= x - x^2/3 given x >= 0"),
    ("x*log(x) >= -exp(-1) given x > 0", "x*log(x) >= -1/3 given x > 0"),
    ("exp(x) >= exp(1)*x", "exp(x) >= 14/5*x"),
    ("exp(-x) <= 1 - x + x^2/2 given x >= 0", "exp(-x) <= 1 - x + x^2/3 given x >= 0"),
    ("tanh(x) <= x given x >= 0", "tanh(x) <= x/2 given x >= 0"),
    ("sqrt(1 + x) <= 1 + x/2 given x >= -1", "sqrt(1 + x) <= 1 + x/3 given x >= -1"),
    ("x^a <= 1 + a*(x - 1) given x > 0, a >= 0, a <= 1", "x^a <= 1 + a*(x - 1) given x > 0"),
    ("x*y <= exp(x - 1) + y*log(y) given y > 0", "x*y <= exp(x - 1) + y*log(y)/2 given y > 0"),
    ("softplus(x) - relu(x) <= log(2)", "softplus(x) - relu(x) <= log(2)/2"),
    ("log(y/x) >= 2*(y - x)/(y + x) given x > 0, y >= x", "log(y/x) >= 3*(y - x)/(y + x) given x > 0, y >= x"),
    ("softplus(x) - softplus(y) >= sigmoid(y)*(x - y)", "softplus(x) - softplus(y) >= sigmoid(x)*(x - y)"),
    ("3^x > x^3 given x >= 4", "3^x > x^4 given x >= 4"),
    ("x*log(3) - 3*log(x) > 0 given x >= 12", "x*log(3) - 6*log(x) > 0 given x >= 12"),
    ("log(1 + exp(-2*x)) <= exp(-x)", "log(1 + exp(-2*x)) <= exp(-x)/2"),  # the logarithms are compared in vain
    ("x^4 - 4*x + 3 >= 0", "x^4 - 4*x + 2 >= 0"),
    ("x^3 - 6*x + 6 > 0 given x >= 0", "x^3 - 6*x + 5 > 0 given x >= 0"),
    ("abs(x^2 - 1) <= 3 given abs(x) <= 2", "abs(x^2 - 1) <= 3 given abs(x) <= 3"),
    (
        "x*y*w <= 1/27 given x >= 0, y >= 0, w >= 0, x + y + w == 1",
        "x*y*w <= 1/28 given x >= 0, y >= 0, w >= 0, x + y + w == 1",
    ),
    (
        "a/(b + c) + b/(c + a) + c/(a + b) >= 3/2 given a > 0, b > 0, c > 0",
        "a/(b + c) + b/(c + a) + c/(a + b) >= 8/5 given a > 0, b > 0, c > 0",
    ),
    (
        "x*(x - y)*(x - w) + y*(y - x)*(y - w) + w*(w - x)*(w - y) >= 0 given x >= 0, y >= 0, w >= 0",
        "x*(x - y)*(x - w) + y*(y - x)*(y - w) + w*(w - x)*(w - y) >= 0 given x >= 0, y >= 0",
    ),
    ("abs(abs(x) - abs(y)) <= abs(x - y)", "abs(x - y) <= abs(abs(x) - abs(y))"),
    ("log(1 + 1/n) >= 1/(n + 1/2)", "log(1 + 1/n) >= 1/(n + 1/3)"),
    ("a^a*b^b >= (a*b)^((a + b)/2) given a > 0, b > 0", "a^a*b^b <= (a*b)^((a + b)/2) given a > 0, b > 0"),
    (
        "(x - y)/(log(x) - log(y)) >= sqrt(x*y) given x > y, y > 0",
        "(x - y)/(log(x) - log(y)) <= sqrt(x*y) given x > y, y > 0",
    ),
    ("x + y <= 2 given x^2 + y^2 == 2", "x + y <= 1 given x^2 + y^2 == 2"),
    ("exp(-x) < 1 - x/2 given 0 < x, x <= 1.5936", "exp(-x) < 1 - x/2 given 0 < x, x <= 1.5937"),
    ("e/(2*n + 2) < e - (1 + 1/n)^n", "e/(2*n + 1) < e - (1 + 1/n)^n"),
    ("sqrt(n + 1) - sqrt(n) <= 1/(2*sqrt(n))", "sqrt(n + 1) - sqrt(n) <= 1/(3*sqrt(n))"),
    ("x*y + u*v <= sqrt(x^2 + u^2)*sqrt(y^2 + v^2)", "2*x*y + u*v <= sqrt(x^2 + u^2)*sqrt(y^2 + v^2)"),
    ("x/(1 + x) < 1 - exp(-x) given x > -1, x != 0", "x/(1 + x) < 1 - exp(-x) given x > -1"),
    ("diff(x*sigmoid(x), x) < 1.1", "diff(x*sigmoid(x), x) < 1.09"),
    ("diff(x*tanh(x), x) < 1.2", "diff(x*tanh(x), x) < 1.1"),
    ("sinh(x) >= x + x^3/6 given x >= 0", "sinh(x) >= x + x^3/5 given x >= 0"),
    ("x/tanh(x) < 1 + x^2/3 given x != 0", "x/tanh(x) < 1 + x^2/4 given x != 0"),
    ("diff(log(x)/x, x) < 0 given x > exp(1)", "diff(log(x)/x, x) < 0 given x > 2"),
    ("diff((1 + 1/x)^x, x) > 0 given x > 0", "diff((1 + 1/x)^x, x) < 0 given x > 0"),
    # by a tower of derivatives: from an end, with a margin there, from infinity; a hump; a tangent; on both sides
    ("exp(x) > x^10 given x >= 36", "exp(x) > x^10 given x >= 35"),
    ("(sinh(x)/x)^3 > cosh(x) given x > 0", "(sinh(x)/x)^3 > cosh(x)^2 given x > 0"),
    ("log(1 + 1/x) > 2/(2*x + 1) given x > 0", "log(1 + 1/x) > 2/(2*x + 1/2) given x > 0"),
    ("n^(n + 1) > (n + 1)^n given n >= 3", "n^(n + 1) > (n + 1)^n given n >= 2"),
    (
        "4*x*(1 - x)*log(2) <= -x*log(x) - (1 - x)*log(1 - x) given x > 0, x <= 1/2",
        "3*x*(1 - x) <= -x*log(x) - (1 - x)*log(1 - x) given x > 0, x <= 1/2",
    ),
    ("log(x) < 3/4*sqrt(x) given x > 0", "log(x) < 2/3*sqrt(x) given x > 0"),
    ("log(1 + x)*log(1 + 1/x) <= log(2)^2 given x > 0", "log(1 + x)*log(1 + 1/x) <= log(2)/2 given x > 0"),
    ("exp(x) <= x + exp(x^2)", "exp(x) <= x/2 + exp(x^2)"),
    ("cosh(x) >= (1 + x^2/4)^2 - x^4/16", "cosh(x) >= (1 + x^2/4)^2"),
]


@pytest.mark.parametrize(("true", "false"), PAIRS)
def test_the_kernel_accepts_what_is_found_and_nothing_is_found_of_the_neighbour(true: str, false: str) -> None:
    claim, neighbour = parse_claim(true), parse_claim(false)
    found = one_variable.derivation(claim)
    assert found is not None
    check(plain(claim), found)
    assert one_variable.derivation(neighbour) is None
    with pytest.raises(Refused):
        check(plain(neighbour), found)


def test_a_claim_about_sums_is_not_of_numbers() -> None:
    assert one_variable.derivation(parse_claim("sum(y[k], k) <= 1 given y[k] <= 0")) is None


def test_what_is_no_function_of_a_number_has_no_value() -> None:
    """Such a part once stopped the whole answer; and each function of one number has its own value."""
    assert isnan(scalars.function(delta(i, j) + 1)({}))
    assert scalars.function(tanh(Integer(1)))({}) == number_of_tanh(1.0)
