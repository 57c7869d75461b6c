"""What hypotheses make 0, added up: labels that are 0 or 1, thresholds, sums of squares."""

from __future__ import annotations

import pytest

from symbolic.language.claims import Refuted
from symbolic.language.parser import parse_claim
from symbolic.search.decision import decide
from symbolic.search.derivations import at_once

THRESHOLD = "t == (sum(z[k], k in A) - 1)/size(A) given "
SPARSE = "sum(max(z[k] - t, 0), k) == 1, all(z[k] > t, k in A), all(z[k] <= t, k not in A)"
LEVELS = " given all(z[k] == a, k in A), all(z[k] == a - c, k not in A)"
HOLDS = [
    f"sum(p[k], k in A) == size(A)/(size(A) + (n - size(A))*exp(-lambda*c)){LEVELS}",
    f"Z == size(A)*exp(lambda*a) + (n - size(A))*exp(lambda*(a - c)){LEVELS}",
    "sum(y[k], k) == 1 given y[k]^2 == y[k], sum(y[k]^2, k) == 1",
    "y[i] >= 0 given y[k]^2 == y[k]",
    "y[i] <= 1 given y[k]^2 == y[k]",
    f"{THRESHOLD}{SPARSE}",
    f"{THRESHOLD}{SPARSE.replace('max(z[k] - t, 0)', '(abs(z[k] - t) + z[k] - t)/2')}",
    "y[i] == 0 given sum(y[k]^2, k) == 0",
    "x[i] == y[i] given sum(abs(x[k] - y[k]), k) == 0",
    "y[i] == 0 given sum(y[k]^2, k in A) == 0, i in A",
]
FAILS = [
    f"sum(p[k], k in A) == size(A)/(size(A) + n*exp(-lambda*c)){LEVELS}",
    f"Z == size(A)*exp(lambda*a) + n*exp(lambda*(a - c)){LEVELS}",
    "sum(y[k], k) == 1 given y[k]^2 == y[k], sum(y[k]^2, k) == 2",
    "y[i] > 0 given y[k]^2 == y[k]",
    f"{THRESHOLD}{SPARSE.replace('== 1', '== 2')}",
    f"{THRESHOLD}{SPARSE.replace('all(z[k] <= t, k not in A)', 'n >= 2')}",
    "y[i] == 0 given sum(y[k]^3, k) == 0",
    "y[i] == 0 given sum(y[k]^2, k in A) == 0",
]


@pytest.mark.parametrize("line", HOLDS)
def test_it_has_a_derivation(line: str) -> None:
    assert at_once(parse_claim(line)) is not None


@pytest.mark.parametrize("line", FAILS)
def test_one_edit_away_it_is_false(line: str) -> None:
    assert isinstance(decide(parse_claim(line)), Refuted)
