"""Sizes of sets: a set that is not empty has a class, and one that is not all leaves a class out."""

import pytest

from tests.kernel.pairs import holds

INSIDE = [
    ("size(A) >= 1", "size(A) >= 0"),
    ("size(A) > 0", "size(A) > -1"),
    ("1 <= size(A)", "0 <= size(A)"),
    ("2 == size(A)", "0 == size(A)"),
    ("size(A) >= 1, size(A) >= 1", "size(A) <= 1"),
    ("size(A) > 1/2", "size(A) < n"),
]


@pytest.mark.parametrize(("given", "other"), INSIDE)
def test_a_set_that_is_not_empty_has_a_class(given: str, other: str) -> None:
    assert holds(f"sum(exp(z[k]), k in A) > 0 given {given}")
    assert not holds(f"sum(exp(z[k]), k in A) > 0 given {other}")


def test_a_set_with_a_class_that_is_named_needs_no_other() -> None:
    assert holds("sum(exp(z[k]), k in A)*exp(z[i]) > 0 given size(A) >= 1, i in A")
    assert not holds("sum(exp(z[k]), k in A)*exp(z[i]) > 0 given size(A) >= 0, i not in A")


OUTSIDE = [
    ("size(A) < n", "size(A) <= n"),
    ("n > size(A)", "n >= size(A)"),
    ("size(A) <= n - 1", "size(A) <= n + 1"),
    ("size(A) == n - 1", "size(A) >= 1"),
    ("size(A) <= n - 2", "size(A) >= n - 2"),
]


@pytest.mark.parametrize(("given", "other"), OUTSIDE)
def test_a_set_that_is_not_all_leaves_a_class_out(given: str, other: str) -> None:
    assert holds(f"sum(exp(z[k]), k not in A) > 0 given {given}")
    assert not holds(f"sum(exp(z[k]), k not in A) > 0 given {other}")


COUNTS = [
    ("count(z[k] >= c, k) <= n", "count(z[k] >= c, k) < n"),
    ("count(z[k] < c, k) >= 0", "count(z[k] < c, k) > 0"),
    ("count(z[k] != c, k) >= 0", "count(z[k] != c, k) >= 1"),
    ("count(z[k] <= z[i], k) >= 1", "count(z[k] < z[i], k) >= 1"),
    ("count(z[k] > z[i], k) <= n - 1", "count(z[k] > z[i], k) < n - 1"),
]


@pytest.mark.parametrize(("true", "false"), COUNTS)
def test_a_count_is_the_size_of_where_it_holds(true: str, false: str) -> None:
    assert holds(true)
    assert not holds(false)
