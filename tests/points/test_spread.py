"""A claim about numbers that fails in a narrow range, or at one pair of numbers, is refuted."""

from __future__ import annotations

import pytest

from symbolic.language.parser import parse_claim
from symbolic.points.refute import search

FALSE = (
    "diff(log(x)/x, x) < 0 given x > 2",
    "exp(-x) < 1 - x/2 given x > 0, x < 1.6",
    "abs(log(1 - x)) < 3/2*x given x > 0, x < 0.6",
    "exp(x) > x^10 given x >= 35",
    "exp(-x) > 1/1000 given x >= 0",
    "x == y given x*exp(x) == y*exp(y)",
    "x == y given x^y == y^x, x > 0, y > 0",
    "x == y given x^x == y^y, x > 0, y > 0",
)


@pytest.mark.parametrize("line", FALSE)
def test_a_narrow_range_is_found(line: str) -> None:
    assert search(parse_claim(line), seconds=30) is not None
