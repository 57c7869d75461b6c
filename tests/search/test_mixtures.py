"""Log-sum-exp of a mixture is at most the mixture, for weights that are letters; Hoelder says the same of powers."""

from __future__ import annotations

import pytest

from symbolic.language.claims import Refuted
from symbolic.language.parser import parse_claim
from symbolic.search.decision import decide
from symbolic.search.derivations import at_once

HOLDS = [
    "log(sum(exp(t*x[k] + (1-t)*y[k]), k)) <= t*logsumexp(x) + (1-t)*logsumexp(y) given t >= 0, t <= 1",
    "a*logsumexp(x) + b*logsumexp(y) + (1-a-b)*logsumexp(w) >= logsumexp(a*x + b*y + (1-a-b)*w) "
    "given a >= 0, b >= 0, a + b <= 1",
    "logsumexp(t*x) <= t*logsumexp(x) + (1-t)*log(n) given 0 <= t, t <= 1",
    "log(sum(exp(c*t*z[k] + (1-t)*w[k] + d), k)) <= t*log(sum(exp(c*z[k]), k)) + (1-t)*logsumexp(w) + d "
    "given 0 <= t, t <= 1",
    "sum(exp(t*x[k] + (1-t)*y[k]), k) <= sum(exp(x[k]), k)^t*sum(exp(y[k]), k)^(1-t) given 0 <= t, t <= 1",
]
FAILS = [  # one edit away each
    "logsumexp(t*x + (1-t)*y) <= t*logsumexp(x) + (1-t)*logsumexp(y) given t <= 1",
    "logsumexp(t*x + (1-t)*y) >= t*logsumexp(x) + (1-t)*logsumexp(y) given t >= 0, t <= 1",
    "logsumexp(t*x + t*y) <= t*logsumexp(x) + t*logsumexp(y) given t >= 0, t <= 1",
    "logsumexp(t*x) <= t*logsumexp(x) given t >= 0, t <= 1",
]


@pytest.mark.parametrize("line", HOLDS)
def test_it_has_a_derivation(line: str) -> None:
    assert at_once(parse_claim(line)) is not None


@pytest.mark.parametrize("line", FAILS)
def test_one_edit_away_it_is_false(line: str) -> None:
    assert isinstance(decide(parse_claim(line)), Refuted)
