"""Hypotheses: used where they surely can be, never for more than they say."""

import pytest

from symbolic.language.parser import parse_claim
from symbolic.search.form.case_analysis import positive_names
from symbolic.search.form.equality import Fails, Holds
from tests.search.pairs import holds, outcome, reason, vacuous

UNUSED = [
    "c == 1 given exp(c) == c",
    "c == d given c^3 == d^3",
    "y[i] == 1 given max(z[k]^2, k) == 1",
    "y[i] == z[i] given y[k]*z[k] == z[k]^2",
    "y[i] == z[i] given y[i] >= z[i]",
    "y[i] == z[i] given all(y[k] == z[k], k in A)",
    "y[i] == z[i] given all(y[k] == z[k], k != j)",
    "p[i] == 2 given delta(k,i) == 1",
    "c == 2 given c != 3",
    "y[i] == 2 given y[k] != 3",
    "y[i] == 0 given y[k]*delta(k,l) == 0",
    "y[i] == z[i] given y[k]*delta(k,i) >= 0",
    "y[i] == 1 given A == argmax(y), A == argmin(z), i in A",
]


@pytest.mark.parametrize("line", UNUSED)
def test_what_is_not_surely_linear_is_left_and_said_to_be(line: str) -> None:
    assert "a hypothesis could not be used" in reason(line)


def test_without_the_hypothesis_the_sides_just_differ() -> None:
    assert isinstance(outcome("c == 2"), Fails)
    assert isinstance(outcome("c == 2 given d == 2"), Fails)


CONTRADICTIONS = [
    "p[i] == 2 given 1 == 0",
    "p[i] == 2 given z[i] < z[i]",
    "p[i] == 2 given z[i] != z[i]",
    "p[i] == 2 given c == 1, c == 2",
    "p[i] == 2 given c == d, c > d",
    "p[i] == 2 given y[k] == 1, y[k] == 2",
    "p[i] == 2 given n == 2, y[k] == 1, sum(y[k], k) == 3",
    "p[i] == 2 given n >= 3, n <= 2",
    "p[i] == 2 given log(-1) == 0",
    "p[i] > 2 given 1 > 2",
    "1/(c - d) == 5 given c == d",
    "c == 1 given c > 1, c < 1",
    "c == 1 given c > 1, c <= 1",
    "c == 1 given c >= 1, c < 1",
    "y[i] == 1 given y[k] > 0, y[k] < 0",
    "p[i] == 3 given z[i] > max(z)",
    "p[i] == 3 given z[i] < min(z)",
    "c == 7 given c^2 == 4, c > 2",
    "p[i] == 2 given -exp(c) > 0",
    "z[i] == 5 given i in A, A == argmax(z), z[i] < max(z)",
    "sum(p[k], k in A) == 7 given size(A) == n + 1",
    "p[i]*sum(p[k], k in A) == 7 given i not in A, size(A) == n",
]


@pytest.mark.parametrize("line", CONTRADICTIONS)
def test_a_contradiction_leaves_nothing_to_claim(line: str) -> None:
    assert vacuous(line)


# A side with a division that only the kernel makes, or under a sum that may be empty, is defined all the same.
NOT_CONTRADICTIONS = [
    "sum(1/(z[k] - c), k != i) == 5 given z[i] == c",
    "sum(exp(z[k])/(1 + c*exp(z[k])), k) == 5 given c == 0",
    "sum(log(c), k != i) == 5 given c == 0",
    "sum(sqrt(y[k]), k) == 5 given y[k] == 0",
    "entropy(y) == 5 given n == 1, y[1] == 0",
    "y[i] == 2 given y[k] == delta(k,i)",
    "y[i] == 2 given delta(k,i) == 1",
]


@pytest.mark.parametrize("line", NOT_CONTRADICTIONS)
def test_what_only_looks_like_one_is_none(line: str) -> None:
    assert not isinstance(outcome(line), Holds)


POSITIVE = [
    ("c > 0", {"c"}),
    ("c > 2", {"c"}),
    ("0 < c", {"c"}),
    ("c >= 1", {"c"}),
    ("c >= 0", set()),
    ("-1 <= c", set()),
    ("1 <= c", {"c"}),
    ("c > -1", set()),
    ("c > d", set()),
    ("c < 0", set()),
    ("c == 1", set()),
    ("2*c > 0", set()),
    ("n > 3", set()),
    ("y[k] > 0", {"y"}),
    ("y[i] > 0", set()),
    ("y[1] > 0", set()),
    ("all(y[k] > 0, k)", {"y"}),
    ("all(y[i] > 0, i)", {"y"}),
    ("all(y[k] > 0, k != i)", set()),
    ("all(y[i] > 0, k)", set()),
    ("all(y[k] >= 0, k)", set()),
    ("1/2 < y[k]", {"y"}),
    ("y[k] > 0, c > 0", {"y", "c"}),
    ("i in A", set()),
]


@pytest.mark.parametrize(("given", "names"), POSITIVE)
def test_who_is_positive(given: str, names: set[str]) -> None:
    assert positive_names(parse_claim(f"y[i] == c given {given}").given, {"i"}) == names


def test_inequalities_take_only_equations_with_one_solution() -> None:
    assert holds("c + 1 > 2 given c == 2")
    assert not isinstance(outcome("c > 0 given c^2 == 4"), Holds)
