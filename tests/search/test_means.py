"""Inequalities between numbers by weighted means: a line that the kernel accepts, and none of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import means
from symbolic.search.derivations import _judge

XY, T = "x > 0, y > 0", "t >= 0, t <= 1"

# a claim that is true, and one that is not, an edit away
PAIRS = [
    ("(1 + x)^r >= 1 + r*x given x > -1, r >= 1", "(1 + x)^r >= 1 + r*x given x > -1, r >= 0"),
    ("(1 + x)^r <= 1 + r*x given x > -1, r >= 0, r <= 1", "(1 + x)^r <= 1 + r*x given x > -1, r >= 0"),
    ("(1 + x)^r >= 1 + r*x given x > -1, r <= 0", "(1 + x)^r >= 1 + 2*r*x given x > -1, r <= 0"),
    (f"x^t*y^(1 - t) <= t*x + (1 - t)*y given {XY}, {T}", f"x^t*y^(1 - t) <= t*x + (1 - t)*y given {XY}, t >= 0"),
    ("x^a*y^b <= a*x + b*y given x > 0, y > 0, a >= 0, b >= 0, a + b == 1",
     "x^a*y^b <= a*x + b*y given x > 0, y > 0, a >= 0, b >= 0, a + b == 2"),
    (f"x*y <= x^a/a + y^b/b given 1/a + 1/b == 1, {XY}, a > 1",
     f"x*y <= x^a/a + y^b/b given 1/a + 1/b == 2, {XY}, a > 1"),
    (f"exp(t*x + (1 - t)*y) <= t*exp(x) + (1 - t)*exp(y) given {T}",
     "exp(t*x + (1 - t)*y) <= t*exp(x) + (1 - t)*exp(y) given t >= 0"),
    (f"log(t*x + (1 - t)*y) >= t*log(x) + (1 - t)*log(y) given {XY}, {T}",
     f"log(t*x + (1 - t)*y) >= t*log(x) + (1 - t)*log(y) given {XY}, t <= 1, t*x + (1 - t)*y > 0"),
    (f"(t*x + (1 - t)*y)^r <= t*x^r + (1 - t)*y^r given {XY}, {T}, r >= 1",
     f"(t*x + (1 - t)*y)^r <= t*x^r + (1 - t)*y^r given {XY}, {T}, r >= 1/2"),
    (f"1/((1 - t)*x + t*y) <= (1 - t)/x + t/y given {XY}, {T}",
     f"1/((1 - t)*x + t*y) <= t/x + (1 - t)/y given {XY}, {T}"),
    (f"(x + y)^r >= x^r + y^r given {XY}, r >= 1", f"(x + y)^r >= x^r + y^r given {XY}"),
    (f"(x + y)^r <= x^r + y^r given {XY}, r <= 1", f"(x + y)^r <= x^r + y^r given {XY}, r <= 2"),
    (f"(x + y)*log((x + y)/(a + b)) <= x*log(x/a) + y*log(y/b) given {XY}, a > 0, b > 0",
     f"(x + y)*log((x + y)/(a - b)) <= x*log(x/a) + y*log(y/b) given {XY}, a > b, b > 0"),
    ("(x + y + c)/3 >= (x*y*c)^(1/3) given x > 0, y > 0, c > 0",
     "(x + y + c)/3 >= (x*y*c)^(2/3) given x > 0, y > 0, c > 0"),
    (f"x^2*y + x*y^2 <= x^3 + y^3 given {XY}", f"x^2*y + 2*x*y^2 <= x^3 + y^3 given {XY}"),
    ("x*y <= c^a*x^a/a + y^b/(b*c^b) given c > 0, x > 0, y > 0, a > 1, b == a/(a - 1)",
     "x*y <= c^a*x^a/a + y^b/(b*c^a) given c > 0, x > 0, y > 0, a > 1, b == a/(a - 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), PAIRS)
def test_the_kernel_accepts_what_is_found_and_nothing_is_found_of_the_neighbour(true: str, false: str) -> None:
    claim, neighbour = parse_claim(true), parse_claim(false)
    found = means.derivation(claim, _judge)
    assert found is not None
    check(plain(claim), found)
    assert means.derivation(neighbour, _judge) is None
    with pytest.raises(Refused):
        check(plain(neighbour), found)


def test_sums_over_classes_are_not_numbers() -> None:
    assert means.derivation(parse_claim("sum(y[k]^2, k) <= sum(y[k]^3, k) given y[k] >= 1"), _judge) is None
