"""Largest and smallest values as entries: which of them are, and which are refused."""

import pytest

from tests.kernel.pairs import holds, reason

COUNTS = [
    ("count(z[k] == max(z), k) >= 0", "count(z[k] == max(z), k) > n"),
    ("count(z[k] == y[k], k) >= 0", "count(z[k] == y[k], k) >= 1"),
    ("count(2*z[k] == max(z), k) <= n", "count(2*z[k] == max(z), k) < n"),
    ("count(z[k] == max(z), k != i) <= n - 1", "count(z[k] == max(z), k != i) < n - 1"),
]


@pytest.mark.parametrize(("true", "false"), COUNTS)
def test_a_count_is_the_size_of_a_set(true: str, false: str) -> None:
    assert holds(true)
    assert not holds(false)


def test_four_extremes_are_not_too_many() -> None:
    assert holds("max(z) + max(y) + min(y) + min(z) <= 2*max(z) + 2*max(y)")
    assert "more than 4 largest" in reason("max(z) + max(y) + max(w) + max(v) + max(x) > max(z)")
