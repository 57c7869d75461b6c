"""What holds of whole numbers has a derivation, and its false neighbours have none."""

from __future__ import annotations

import pytest

from symbolic.language.parser import parse_claim
from symbolic.search.derivations import found

TRUE = (
    "(n - 1)*(n - 2) >= 0",
    "(n - 3)*(n - 4) >= 0",
    "n^2 + 2 >= 3*n",
    "n*(n - 1)/2 >= n - 1",
    "2^n >= 2*n",
    "2^n >= 3*n - 2",
    "n^3 <= 3^n",  # of whole numbers only
    "n^2 <= 2^n + 1",
    "(n + 1)^n <= n^(n + 1) given n >= 3",
    "2^(n - 1)*(x^n + y^n) >= (x + y)^n given x > 0, y > 0",  # of every number r >= 1
    "(size(A) - 1)*(size(A) - 2) >= 0",
    "size(A)*(n - size(A)) <= n^2/4",
    "c*count(y[k] >= c, k) <= sum(y[k], k) given y[k] >= 0, c > 0",
    "c^2*count(abs(y[k]) >= c, k) <= sum(y[k]^2, k) given c > 0",
    "count(p[k] >= c, k) <= 1/c given c > 0",
    "count(p[k] > c, k) < 1/c given c > 0",
    "size(A) <= 1/c given c > 0, all(p[k] >= c, k in A)",
    "count(p[k] > 1/2, k) <= 1",
    "count(p[k] > 1/2, k) < 2",
    "count(p[k] >= 1/2, k) <= 2",
    "(c^2)^n == c^(2*n)",
    "0^n == 0",
    "y[i] == 1/n given sum(y[k], k) == 1, y[k] >= 1/n",
    "y[i] == 0 given sum(y[k], k) <= 0, y[k] >= 0",
)
FALSE = (
    "(n - 1)*(n - 3) >= 0",
    "2^n >= 3*n - 1",
    "n^4 <= 4^n",
    "(n + 1)^n <= n^(n + 1) given n >= 2",
    "(size(A) - 1)*(size(A) - 3) >= 0",
    "count(p[k] >= 1/2, k) <= 1",
    "count(p[k] >= c, k) < 1/c given c > 0",
    "size(A) <= 1/c given c > 0, all(p[k] >= c, k not in A)",
    "count(p[k] > 1/3, k) <= 1",
    "count(p[k] >= 1/2, k) < 2",
    "c*count(y[k] >= c, k) <= sum(y[k], k) given c > 0",
    "(-1)^n == 1",
    "y[i] == 1/n given sum(y[k], k) == 1, y[k] >= 0",
)


@pytest.mark.parametrize("text", TRUE)
def test_it_is_derived(text: str) -> None:
    assert found(parse_claim(text)) is not None


@pytest.mark.parametrize("text", FALSE)
def test_its_neighbour_is_not(text: str) -> None:
    assert found(parse_claim(text)) is None
