"""What holds where all numbers are positive holds where some are 0: only of what is continuous, and not strict."""

from __future__ import annotations

import pytest

from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import closures
from symbolic.search.decision import decide

BOTH = "q[k] >= 0, sum(q[k], k) == 1, r[k] >= 0, sum(r[k], k) == 1"
ONE = "q[k] >= 0, sum(q[k], k) == 1"

CONTINUOUS = [
    f"sum(q[k]^a, k) <= 1 given a >= 1, {ONE}",
    f"kl(q, r) >= sum(abs(q[k] - r[k]), k)^2/2 given {BOTH}",
    f"kl(q, s) <= log(2) given s[k] == (q[k] + r[k])/2, {BOTH}",
    f"log(sum(q[k]^a, k))/(1 - a) <= log(n) given a > 0, a < 1, {ONE}",
    f"sum(sqrt(q[k]*r[k]), k) <= 1 given {BOTH}",
    f"log(sum(q[k]*exp(x[k]), k)) >= sum(r[k]*x[k], k) - kl(r, q) given {BOTH}",
    f"kl(q, m) <= -log(c) given m[k] == c*q[k] + (1 - c)*r[k], 0 < c, c < 1, {BOTH}",
    "(x + y)^a <= x^a + y^a given x >= 0, 0 <= y, 0 < a, a <= 1",
    "x*y <= x^a/a + y^b/b given x >= 0, y >= 0, a > 1, 1/a + 1/b == 1",
    "(1 + x)^a >= 1 + a*x given x >= -1, a >= 1",
    "x^a + (1 - x)^a <= 2 given 0 <= x, x <= 1, a > 0",  # a base at either end
    "(1 - x)^a >= 1 - a*x given x <= 1, a >= 1",
    "(2 - 2*x)^a <= 2^a given 0 <= x, x <= 1, a > 0",
    "x^a <= 1 given x >= 0, x <= 1, a > 0",
    "abs(x^a - y^a) <= abs(x - y)^a given x >= 0, y >= 0, 0 < a, a <= 1",
    f"prod(q[k], k) <= 1 given {ONE}",
    "prod(x[k], k)^(1/n) <= sum(x[k], k)/n given x[k] >= 0",
    "prod(1 - x[k], k) <= exp(-sum(x[k], k)) given 1 >= x[k]",
    "prod(sqrt(1 + x[k]), k) <= exp(sum(x[k], k)/2) given x[k] >= -1, x[k] <= 3",
]
NOT_SO = [
    "x[i] == 5 given x[k] >= 1, x[k] <= 1",  # no point beside is one of the claim
    "x[i] == 5 given x[k] >= 1, x[k] < 1",
    "sum(x[k], k) <= 1 given x[k] >= -1, sum(x[k], k) == 1",  # at one class, x may be below the least
    f"x[i] <= 1/n given x[k] <= 1, {ONE.replace('q', 'x')}",
    "sqrt(x[i]) <= 1 given x[k] <= 1",  # of less than 0?
    "x[i]^2 <= 1 given x[k] <= 1, x[i] >= 0",
    "x[i] <= y[i] given x[k] <= 1, x[k] <= y[k]",
    f"kl(q, r) > 0 given {BOTH}",  # strict
    f"sum(q[k]^a, k) <= n given {ONE}",  # a may be 0, or less
    f"sum(q[k]^q[k], k) <= n given {ONE}",  # 0^0
    f"sqrt(q[1] - q[2]/2) <= 1 given n >= 2, {ONE}",  # where it is 0 it may be no number beside
    f"kl(q, r) >= 0 given q[1] == 0, {BOTH}",  # no point beside is one of the claim
    f"kl(q, r) >= 0 given q[k] <= r[k], {BOTH}",
    f"kl(q, s) >= 0 given s[k] == q[k] - r[k]/2, {BOTH}",  # not positive for sure
    f"kl(q, s) >= 0 given s[k] == c*q[k] + (1 - c)*r[k], c > 0, c < 2, {BOTH}",
    f"kl(q, s) >= 0 given s[k] == c*q[k] + (1 - c)*r[k], c > 0, {BOTH}",
    f"kl(q, s) >= 0 given {ONE}, sum(s[k], k) == 1",
    f"count(q[k] > 0, k) >= n given {ONE}",
    f"sum(q[k]*log(q[k])*log(q[k]), k) >= 0 given {ONE}",
    "q[i] >= 0 given q[i] >= 0, sum(q[k], k) == 1",  # of one class only
    f"sum(q[k]*log(1 - q[k]), k) <= 0 given {ONE}",
    f"sum(exp(-1/q[k])*log(q[k]), k) <= 0 given {ONE}",
    f"sqrt(kl(q, r)/2) >= sum(abs(q[k] - r[k]), k)/2 given {BOTH}",  # the root of what depends on n unseen
    f"q[i]*sum(r[k], k) >= 0 given {BOTH}, i in A",
    "x^a <= 1 given x >= 0, x <= 1",  # 0^0
    "(1 - x)^a <= 1 given 0 <= x, x <= 1",
    "(1 - x)^a <= 0 given x >= 1, x <= 1, a > 0",
    "(1 - x)^x >= 0 given x <= 1",
    "x^a > 0 given x >= 0, a > 0",
    "(x - 1)^a <= x^a given x >= 0, a > 0",
    "x^a <= 0 given x >= 1, x <= 1, x >= 0, a > 0",  # no point beside is one of the claim
    "x^a >= y^a given x >= 0, y >= 0, a > 0, x >= y",
    "x^x <= 1 given x >= 0, x <= 1",
    "diff(x^a, x) >= 0 given x >= 0, a > 0",
]


@pytest.mark.parametrize("line", CONTINUOUS)
def test_the_claim_is_about_positive_shares(line: str) -> None:
    inside = closures.resolved(parse_claim(line))
    assert inside is not None
    assert all(f"{each} >= 0" not in plain(inside) for each in ("q[k]", "x", "y"))


@pytest.mark.parametrize("line", NOT_SO)
def test_what_does_not_go_over_to_the_limit_is_left(line: str) -> None:
    assert closures.resolved(parse_claim(line)) is None


def test_of_every_number_with_an_end_where_that_is_asked_for() -> None:
    line = "a*exp(c*(1 - a)) + (1 - a)*exp(-c*a) <= exp(c^2/8) given a >= 0, a <= 1"
    assert closures.resolved(parse_claim(line)) is None
    inside = closures.resolved(parse_claim(line), every=True)
    assert inside is not None
    assert plain(inside).endswith("given a > 0, a < 1")


@pytest.mark.parametrize(
    "line",
    [
        "a <= 0 given a >= 1, a <= 1",  # no point beside is one of the claim
        "a <= 0 given a >= 0, a <= c",
        "a*c <= 0 given a >= 0, a*c == 0",
        "count(z[k] > a, k) <= n given a >= 0",
        "softmax(z, a)[i] <= 1 given a >= 0",
        "2^a >= 1 given a >= 0",
    ],
)
def test_not_of_a_number_of_which_more_is_said(line: str) -> None:
    assert closures.resolved(parse_claim(line), every=True) is None


ENDS = "x > 0, x <= 355/113, y*(355/113 - x) == 0"
AT_ZERO = "limit(x/(x + t), t, 0, right)"


@pytest.mark.parametrize(
    "line",
    [
        # a softmax that jumps at the end
        f"entropy(softmax(z, {AT_ZERO})) == entropy(softmax(z)) given x >= 0",
        f"entropy(softmax(z, {AT_ZERO})) <= entropy(softmax(z)) given x >= 0",
        "entropy(softmax(z, limit(sqrt(x)/(sqrt(x) + t), t, 0, right))) <= entropy(softmax(z)) given x >= 0",
        "entropy(softmax(z, sqrt(-x))) >= y - 1000 given x >= 0",
        "entropy(softmax(z, count(q[k] > 0, k))) == entropy(softmax(z, n)) given q[k] >= 0",
        # a definition that is nowhere defined inside, or jumps, or says more of q
        "y <= 1000 given s[k] == 1 + abs(sqrt(-q[k])), q[k] >= 0",
        "y <= 1000*s[i] given s[k] == 1 + abs(log(1 - sqrt(-q[k]))), q[k] >= 0",
        "y*(s[i] - 1) <= 1000 given s[k] == 1 + abs(c)^q[k], q[k] >= 0, c == 0",
        "y*(q[1] - q[2]) <= 1000 given s[k] == 1 + q[m]*r[k], q[k] >= 0, r[k] >= 0, n == 2",
        # a number that may be 0 inside as well
        "kl(q, x*q) >= y - 1000 given q[k] >= 0, x >= 0, x == 0",
        "kl(r, s) >= y given s[k] == x*q[k], x >= 0, q[k] >= 0, r[k] >= 0, x*y == 0",
    ],
)
def test_nothing_is_concluded_from_a_claim_about_other_points(line: str) -> None:
    claim = parse_claim(line)
    told = [closures.resolved(claim, every) for every in (False, True)]
    assert not any(each and plain(each) != plain(claim) for each in told)


@pytest.mark.parametrize(
    "line",
    [
        "y <= 1000 given q[k] >= 0, x > 0, x <= 355/113, y*(355/113 - x) <= 0",
        f"y - sum(q[k], k) <= 1000 given q[k] >= 0, {ENDS}",
        f"sqrt(w) - y >= -1000 given w >= 0, {ENDS}",
        "sum(q[k], k) <= -1 given q[k] >= 0, x > 0, x <= 1, x == 1",
        "c^(1 - x) <= 0 given c == 0, x > 0, x <= 1, q[k] >= 0",
    ],
)
def test_a_number_that_does_not_move_stays_at_its_end(line: str) -> None:
    told = closures.resolved(parse_claim(line), every=True)
    assert told is not None
    assert "x <= " in plain(told)


def test_it_is_proved_so() -> None:
    verdict = decide(parse_claim(f"sum(q[k]^a, k) <= 1 given a >= 1, {ONE}"), seconds=60)
    assert getattr(verdict, "facts", None) == ("both sides are continuous where shares and numbers go to the least",)
    verdict = decide(parse_claim("(1 + x)^a >= 1 + a*x given x >= -1, a >= 1"), seconds=60)
    assert type(verdict).__name__ == "Proved"


def test_sizes_are_any_numbers_that_are_not_negative() -> None:
    told = closures.of_sizes(parse_claim("sum(abs(3*x[k]*y[k]), k) <= sum(abs(y[k]), k)"))
    assert told is not None
    assert plain(told) == "sum(3*u[l]*v[l], l) <= sum(v[l], l) given u[k] >= 0, v[k] >= 0"


@pytest.mark.parametrize(
    "line",
    [
        "sum(abs(x[k]), k) <= x[i]",  # of what is no size
        "sum(abs(x[k]), k) <= 1/softmax(x)[i]",
        "sum(abs(x[k]), k) <= 1 given sum(x[k], k) == 1",
        "sum(abs(x[k] - y[k]), k) <= 1",
        "sum(abs(p[k]), k) <= 1",
    ],
)
def test_nor_are_other_numbers_taken_for_sizes(line: str) -> None:
    assert closures.of_sizes(parse_claim(line)) is None
