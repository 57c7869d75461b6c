"""Powers with a letter as exponent, of what is positive or is 0 with one class; and powers too large to expand."""

from __future__ import annotations

import pytest

from symbolic.kernel import Refused, check
from symbolic.language.claims import Proved, Refuted
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search.decision import decide
from symbolic.search.derivations import _of_a_part
from symbolic.search.powers import resolved, rooted, roots

FOCAL = "lambda*(delta(i,j) - p[j])*(c*p[i]*(1 - p[i])^(c-1)*log(p[i]) - (1 - p[i])^c)"
HOLDS = [
    f"diff(-(1 - p[i])^c*log(p[i]), z[j]) == {FOCAL}",
    f"diff(-(1 - p[i])^c*log(p[i]), z[j]) == {FOCAL} given n >= 2",
    "-(1 - p[i])^c*log(p[i]) >= 0",
    "(1 - p[i])^c >= 1 - c*p[i] given c >= 1",
    "diff((1 - p[i])^c, c) == (1 - p[i])^c*log(1 - p[i])",
    "diff(sum(exp(x[k]), k in A)^c, x[j]) == c*exp(x[j])*sum(exp(x[k]), k in A)^(c - 1) given j in A",
    "(1+x)^125*(1+y)^125 == (1+x+y+x*y)^125",
    "(x - 1)^100 == (1 - x)^100",
]
FAILS = [
    f"diff(-(1 - p[i])^c*log(p[i]), z[j]) == -{FOCAL}",
    "diff((1 - p[i])^c, z[i]) == c*(1 - p[i])^(c - 1)",
    "(1 - p[i])^c == 1",
    "(1 - p[i])^c >= 1 - c*p[i] given c > 0",
    "(x - 1)^61 == (1 - x)^61",
]
LEFT = [
    "diff((1 - p[i])^lambda, T) == 0",  # the exponent moves
    "diff((1 - p[i])^y[j], y[j]) == 0",
    "(1 - p[i])^c == 1 given n >= 2",
    "limit((1 - p[i])^c, c, oo) == 0",
    "(1 - p[i])^2 == 1",
]


@pytest.mark.parametrize("line", HOLDS)
def test_it_is_proved(line: str) -> None:
    assert isinstance(decide(parse_claim(line)), Proved)


@pytest.mark.parametrize("line", FAILS)
def test_one_edit_away_it_is_false(line: str) -> None:
    assert isinstance(decide(parse_claim(line)), Refuted)


@pytest.mark.parametrize("line", LEFT)
def test_where_the_power_moves_or_is_no_number_nothing_is_put_in(line: str) -> None:
    assert resolved(parse_claim(line)) == ()


def test_with_one_class_the_power_is_a_number_of_its_own() -> None:
    said = parse_claim("(1 - p[i])^c*log(p[i]) == c1*(1 - p[j])^c")
    assert [plain(each) for each in resolved(said)] == [
        "(1 - p[i])^c*log(p[i]) == c1*(1 - p[j])^c given n >= 2",
        "c2*log(p[i]) == c1*c3 given n == 1",
    ]


@pytest.mark.parametrize("line", ["(1 + x)^60 == (x + 1)^60", "x^99 <= y^99", "x^99 == y^98", "x^99 + 1 == y^99"])
def test_only_large_powers_of_one_exponent_are_taken_off(line: str) -> None:
    assert rooted(parse_claim(line)) == ()


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("max(x) <= sum(x[k]^c, k)^(1/c)", "max(x) <= (sum(x[k]^c, k)/2)^(1/c)"),
        ("sum(x[k]^c, k)^(1/c) <= n^(1/c)*max(x)", "sum(x[k]^c, k)^(1/c) <= max(x)"),
        ("min(x) <= (sum(x[k]^c, k)/n)^(1/c)", "min(x) >= (sum(x[k]^c, k)/n)^(1/c)"),
        ("x[i] <= sum(x[k]^c, k)^(1/c)", "2*x[i] <= sum(x[k]^c, k)^(1/c)"),
    ],
)
def test_a_root_is_compared_by_powers_and_where_an_extreme_is_attained(true: str, false: str) -> None:
    claim, neighbour = (parse_claim(f"{each} given x[k] > 0, c > 0") for each in (true, false))
    found = next(roots(claim, _of_a_part))
    check(plain(claim), found)
    with pytest.raises(Refused):
        check(plain(neighbour), found)
    assert next(roots(neighbour, _of_a_part), None) is None


@pytest.mark.parametrize(
    ("given", "is_positive"), [("c >= 1", 1), ("1/2 <= c", 1), ("0 < c", 1), ("c >= 0", 0), ("c > -1", 0)]
)
def test_a_root_is_taken_where_a_hypothesis_says_that_the_exponent_is_positive(given: str, is_positive: int) -> None:
    claim = parse_claim(f"x[i] <= sum(x[k]^c, k)^(1/c) given x[k] > 0, {given}")
    assert len(list(roots(claim, _of_a_part))) == is_positive


def test_with_one_class_a_power_above_0_is_0() -> None:
    said = parse_claim("(1 - p[i])^c >= 1 - c*p[i] given c >= 1")
    assert plain(resolved(said)[1]) == "0 >= 1 - c*p[i] given c >= 1, n == 1"
