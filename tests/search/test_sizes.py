"""Sizes of sets: a set that is not empty has a class, and one that is not all leaves a class out."""

import pytest

from tests.search.pairs import holds

INHABITED = [
    ("k in A", "size(A) >= 1", "size(A) >= 0"),
    ("k in A", "size(A) > 0", "size(A) > -1"),
    ("k in A", "1 <= size(A)", "0 <= size(A)"),
    ("k in A", "2 == size(A)", "0 == size(A)"),
    ("k in A", "size(A) >= 1, size(A) >= 1", "size(A) <= 1"),
    ("k in A", "size(A) > 1/2", "size(A) < n"),
    ("k not in A", "size(A) < n", "size(A) <= n"),
    ("k not in A", "n > size(A)", "n >= size(A)"),
    ("k not in A", "size(A) <= n - 1", "size(A) <= n + 1"),
    ("k not in A", "size(A) == n - 1", "size(A) >= 1"),
    ("k not in A", "size(A) <= n - 2", "size(A) >= n - 2"),
]


@pytest.mark.parametrize(("where", "given", "other"), INHABITED)
def test_a_set_that_is_not_empty_or_not_all_has_a_class(where: str, given: str, other: str) -> None:
    assert holds(f"sum(exp(z[k]), {where}) > 0 given {given}")
    assert not holds(f"sum(exp(z[k]), {where}) > 0 given {other}")


def test_a_set_with_a_class_that_is_named_needs_no_other() -> None:
    assert holds("sum(exp(z[k]), k in A)*exp(z[i]) > 0 given size(A) >= 1, i in A")
    assert not holds("sum(exp(z[k]), k in A)*exp(z[i]) > 0 given size(A) >= 0, i not in A")
