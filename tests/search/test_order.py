"""Inequalities: where the sign is seen it is right, and strict only where nothing can be 0."""

import pytest

from symbolic.search.form.equality import Holds, Open
from tests.search.pairs import outcome, vacuous

# Each of them was decided wrongly once, by a draft of the kernel.
FALSE = [
    "log(1 + c) > 0",
    "log(1 + c^2) > 0",
    "log(1 + c)*log(2 + c) > 0",
    "log(1 - exp(c)) > 1",
    "diff(max(z), z[i]) >= 0",
    "-sum(y[k]*log(p[k]), k) > entropy(y) given sum(y[k], k) == 1, y[k] >= 0, n >= 2, z[1] > z[2]",
    "z[1] >= z[3] given n >= 3, z[1] >= z[2], z[3] >= z[2]",
    "y[i] >= 0 given all(y[k] >= 0, k != i)",
    "mean(y[k], k) <= y[i] given all(y[i] >= y[k], k in A)",
    "(c^2)^d > 0",
    "c > 0 given d == sqrt(c)",
    "s0 + p[i]*p[j] > 0 given z[i] > z[j]",
    "z[i] > 0 given all(z[k] > -delta(k,i), k)",
    "z[j] > 0 given all(z[k] > 0, k != i)",
    "sum(exp(z[k] - z[i]), k) <= sum(exp(y[k] - y[i]), k) given all(z[i] >= z[k], k != i), all(y[i] >= y[k], k != i)",
    "sum(1/delta(i,k), k) > 5",
    "z[i] + sum(log(y[k]), k) > sum(log(y[k]), k)",
]


@pytest.mark.parametrize("line", FALSE)
def test_what_is_false_is_not_decided(line: str) -> None:
    assert isinstance(outcome(line), Open)


VACUOUS = ["log(-1) > 3", "p[i] > 2 given n < 1", "p[i] > p[i] + 1 given z[i] > z[i]", "p[i] > 5 given z[i] > max(z)"]


@pytest.mark.parametrize("line", VACUOUS)
def test_what_is_about_no_point_is_said_to_be(line: str) -> None:
    assert vacuous(line)


CASES = [
    ("diff(p[i], z[j]) < 0 given i != j", ("i, j distinct, n = 2", "i, j distinct, n > 2")),
    ("p[i] > 0", ("n = 1", "n > 1")),
    ("Z > 0", ("n > 0",)),
    ("p[i] > 0 given n >= 2", ("n > 1",)),
    (
        "z[i] <= max(z)",
        ("argmax z = i, n = 1", "argmax z = i, n > 1", "argmax z, i distinct, n = 2", "argmax z, i distinct, n > 2"),
    ),
]


@pytest.mark.parametrize(("line", "cases"), CASES)
def test_every_case_is_named(line: str, cases: tuple[str, ...]) -> None:
    said = outcome(line)
    assert isinstance(said, Holds)
    assert said.cases == cases
