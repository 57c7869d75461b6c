"""Largest and smallest values as entries: which of them are, and which are refused."""

from tests.search.pairs import holds, reason


def test_four_extremes_are_not_too_many() -> None:
    assert holds("max(z) + max(y) + min(y) + min(z) <= 2*max(z) + 2*max(y)")
    assert "more than 4 largest" in reason("max(z) + max(y) + max(w) + max(v) + max(x) > max(z)")
