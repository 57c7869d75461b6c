"""Bounds that fail at one point, which is irrational or at an end; and those that nearly hold."""

from __future__ import annotations

import pytest

from symbolic.language.parser import parse_claim
from symbolic.points import critical
from symbolic.points.names import free_names
from symbolic.points.refute import search

STRICT = (
    "x - x^2 < 1/4",
    "x*log(x) > -exp(-1) given x > 0",
    "x - x^3 < 2/(3*sqrt(3)) given x >= 0, x <= 1",
    "x^2 - sqrt(2)*x > -1/2",
    "x + 2/x > 2*sqrt(2) given x > 0",
    "x^x > exp(-exp(-1)) given x > 0",
    "exp(x) - 3*x > 3 - 3*log(3)",
    "sqrt(x)*log(x) > -2*exp(-1) given x > 0",
    "x*exp(-x^2) < sqrt(1/2)*exp(-1/2)",
    "x*log(x) + y*log(y) > -2*exp(-1) given x > 0, y > 0",
    "p[i]*(1 - p[i]) < 1/4 given n == 2",
    "-p[i]*log(p[i]) < exp(-1)",
    "p[i]*log(p[i]) > -exp(-1) given n == 3",
    "y[i]^2 - y[i] > -1/4",
)
AT_AN_END = (
    "x^2 < 2 given x <= sqrt(2), x >= 1",
    "x^2 <= 2 given x >= 0, x <= sqrt(2) + 1/1000",
    "x < 3/7 given x <= 3/7, x >= 0",
    "exp(x) < exp(1) given x >= 0, x <= 1",
)
NEARLY = ("x*(1 - tanh(x)) <= 0.2784", "diff(1/(1 + exp(-x)), x, x) <= 0.0962", "x^3 - x >= -0.3849 given x > 0")


@pytest.mark.parametrize("text", STRICT + AT_AN_END + NEARLY)
def test_it_is_refuted_by_an_exact_point(text: str) -> None:
    assert search(parse_claim(text), seconds=20) is not None


@pytest.mark.parametrize("text", [each.replace(" < ", " <= ").replace(" > ", " >= ", 1) for each in STRICT])
def test_the_bound_itself_is_not(text: str) -> None:
    assert search(parse_claim(text), seconds=2) is None


def test_the_sum_of_many_entries_is_refuted_at_once() -> None:
    many = " + ".join(f"z[{at}]" for at in range(1, 40))
    assert search(parse_claim(f"{many} == 0 given n == 39"), seconds=20, limit=40) is not None


@pytest.mark.parametrize("text", ["sum(p[k]^2, k) < 1", "abs(x)^x > x", "n < 3", "x < 3 - exp(x^2)*log(x) given x > 0"])
def test_where_nothing_is_solved_there_is_no_point(text: str) -> None:
    said = parse_claim(text)
    assert not list(critical.points(said, free_names(said)))


def test_a_share_needs_another_class() -> None:
    said = parse_claim("p[i]*log(p[i]) > -exp(-1) given n == 1")
    assert not list(critical.points(said, free_names(said)))
