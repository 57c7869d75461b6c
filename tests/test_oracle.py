"""The oracle is right about claims whose truth is known, and keeps to the meaning of the language."""

from __future__ import annotations

import pytest
from sympy import Integer, Rational, log

from symbolic.language.claims import Point
from symbolic.language.parser import parse_claim
from tests.oracle import CannotSay, agrees, at_point, counterexample

TRUE = [
    "diff(c^5, c, c, c) == 60*c^2",
    "diff(exp(c*t), c, t) == (1 + c*t)*exp(c*t)",
    "diff(1/(1 + exp(-c)), c, c, c, c) == diff(tanh(c/2)/2, c, c, c, c)",
    "diff(lambda^2, T) == -2/T^3",
    "diff(T, lambda, lambda) == 2*T^3",
    "diff(abs(c), c) == c/abs(c)",
    "sum(delta(i,k)*y[k], k) == y[i]",
    "sum(sum(y[l], l != k), k) == (n - 1)*sum(y[k], k)",
    "sum(p[k], k in A) + sum(p[k], k not in A) == 1",
    "size(A) == sum(1, k in A)",
    "prod(exp(z[k]), k) == exp(sum(z[k], k))",
    "max(z) >= z[i]",
    "count(z[k] >= z[i], k) >= 1",
    "p[i] < 1 given n >= 2",
    "diff(p[i], z[j]) < 0 given i != j",
    "c > 1 given c > 2",
    "sum(y[k]*y[k], k) > 0 given sum(y[k], k) == 1",
    "p[i] == 1/count(z[k] == max(z), k) given all(z[i] == z[k], k != i)",
    "sum(y[k], k) == n*c given y[k] == c",
    "abs(c) == sqrt(c)^2",
    "entropy(y) == 0 given n == 2, y[1] == 0, y[2] == 1",
    "kl(p, softmax(z, lambda)) == 0",
    "var(v[k], k) == mean(v[k]^2, k) - mean(v[k], k)^2",
    "logsumexp(w) == log(sum(exp(w[k]), k))",
]

FALSE = [
    "p[i] < 1",
    "abs(c) == c",
    "diff(p[i], z[j]) == -lambda*p[i]*p[j]",
    "diff(p[i], T) == diff(p[i], lambda)",
    "sum(y[k], k) == 1 given y[i] == 1",
    "sum(p[k], k in A) < 1",
    "z[i] > z[j] given p[i] >= p[j]",
    "entropy(p) == log(n)",
    "p[1] == 1/(1 + exp(-lambda*(z[1] - z[2]))) given n == 3",
]

NOWHERE = ["1/(c - c) == 5", "log(c) + log(-c) == 7", "c == 1 given n == 2, n == 3"]


@pytest.mark.parametrize("text", TRUE)
def test_what_is_true(text: str) -> None:
    assert agrees(parse_claim(text), points=4) is True


@pytest.mark.parametrize("text", FALSE)
def test_what_is_false(text: str) -> None:
    assert agrees(parse_claim(text), points=4) is False
    assert counterexample(parse_claim(text), points=4) is not None


@pytest.mark.parametrize("text", NOWHERE)
def test_where_no_point_counts(text: str) -> None:
    assert agrees(parse_claim(text), points=4) is None


LIMITS = [
    "limit(p[i], T, oo) == 1/n",
    "limit(p[i], T, 0) == 1/count(z[k] == max(z), k) given z[i] == max(z)",
    "limit((p[i] - 1/n)/lambda, lambda, 0) == (z[i] - sum(z[k], k)/n)/n",
    "limit(T*log(Z), T, 0) == max(z)",
    "limit(log(Z)/lambda, lambda, 0) == oo given n >= 2",
    "limit(diff(p[i], z[i]), T, 0) == oo given n == 2, z[1] == z[2]",
    "limit(p[i], z[i], oo) == 1",
    "limit(log(c), c, oo) == oo",
    "limit(sqrt(c), c, 0) == 0",
    "limit((exp(c) - 1)/c, c, 0) == 1",
    "limit(c^2, c, t) == t^2",
]

FALSE_LIMITS = [
    "limit(p[i], T, 0) == 1 given z[i] == max(z)",
    "limit(1/c, c, 0) == oo",
    "limit(1/c, c, 0) != 0",
    "limit(log(Z)/lambda, lambda, oo) == min(z)",
    "limit(log(c), c, oo) == 93",
]


@pytest.mark.parametrize("text", LIMITS)
def test_limits_that_are_true(text: str) -> None:
    assert agrees(parse_claim(text)) is True


@pytest.mark.parametrize("text", FALSE_LIMITS)
def test_limits_that_are_false(text: str) -> None:
    assert agrees(parse_claim(text)) is False


def test_limits_that_are_not_to_be_seen() -> None:
    with pytest.raises(CannotSay):
        agrees(parse_claim("limit(1/log(c), c, oo) == 0"))
    with pytest.raises(CannotSay):  # far out 1 - p[1] has no digits left
        agrees(parse_claim("limit(exp(lambda*(z[1] - z[2]))*(1 - p[1]), lambda, oo) == 1 given n == 2, z[1] > z[2]"))


def test_at_one_point_it_looks_closely() -> None:
    far = Point({"z": (Integer(-1000), Integer(0))}, indices={"i": 1}, size=2)
    assert at_point(parse_claim("p[i] >= exp(-1000) given n == 2"), far) is False
    assert at_point(parse_claim("p[i]*(1 + exp(1000)) >= 1 given n == 2"), far) is True


def test_at_one_point() -> None:
    claim = parse_claim("p[i] == 1/2 given z[i] > c")
    zero, two = Integer(0), log(2)
    tie = Point({"z": (zero, zero)}, indices={"i": 1}, scalars={"c": Integer(-1)}, size=2)
    apart = Point({"z": (zero, two)}, indices={"i": 2}, scalars={"c": Rational(1, 2)}, size=2)
    outside = Point({"z": (zero, two)}, indices={"i": 1}, scalars={"c": zero}, size=2)
    assert [at_point(claim, each) for each in (tie, apart, outside)] == [True, False, None]


def test_at_a_point_with_multiplicities() -> None:
    claim = parse_claim("p[i] == 1/n + c")
    many = Point({"z": (Integer(0), log(3))}, indices={"i": 2}, scalars={"c": Rational(1, 4)},
                 multiplicities=(3, 1))  # fmt: skip
    assert at_point(claim, many) is True


def test_an_index_that_a_hypothesis_has_to_itself_is_any() -> None:
    assert agrees(parse_claim("count(z[k] == max(z), k) == n given all(z[i] >= z[k], k != i)"), points=4) is True
