"""Jensen's inequality from the mean to each class: a derivation, and none of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Budget, Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import jensen
from symbolic.search.derivations import _judge_long, _of_numbers

SHARES = " given x[k] > 0, sum(x[k], k) == 1"
HALF = " given x[k] > 0, x[k] <= 1/2"
Q = " given q[k] > 0, sum(q[k], k) == 1"

# smaller and larger side, hypotheses; the smaller one may not be larger by a third
CONVEX = [
    ("sum(x[k], k)*exp(sum(x[k], k)/n)", "sum(x[k]*exp(x[k]), k)", " given x[k] >= 0"),
    ("sum(tanh(x[k]), k)", "n*tanh(sum(x[k], k)/n)", " given x[k] >= 0"),
    ("sum(1/(1 + x[k]^2), k)", "n^2/(n + sum(x[k], k)^2/n)", " given 0 < x[k], x[k] < 1/2"),
    ("log(1 + exp(sum(q[k]*x[k], k)))", "sum(q[k]*log(1 + exp(x[k])), k)", Q),
    ("n/(n - 1)", "sum(x[k]/(1 - x[k]), k)", SHARES + ", n >= 2"),
    ("n*log(n + 1)", "sum(log(1 + 1/x[k]), k)", SHARES),
    ("sum(log(x[k]/(1 - x[k])), k)", "n*log(sum(x[k], k)/sum(1 - x[k], k))", HALF),
    ("n/(1 + prod(x[k], k)^(1/n))", "sum(1/(1 + x[k]), k)", " given x[k] >= 1"),
    ("n*log(3)", "sum(log(2 + x[k]), k)", " given x[k] > 0, prod(x[k], k) == 1"),
    (
        "n*log(exp(sum(log(x[k]), k)/n) + exp(sum(log(y[k]), k)/n))",
        "sum(log(x[k] + y[k]), k)",
        " given x[k] > 0, y[k] > 0",
    ),
]


@pytest.mark.parametrize(("small", "large", "given"), CONVEX)
def test_from_the_mean_to_each_class(small: str, large: str, given: str) -> None:
    claim = parse_claim(f"{small} <= {large}{given}")
    found = jensen.derivation(claim, _judge_long, _of_numbers)
    assert found is not None
    check(plain(claim), found, Budget())
    with pytest.raises(Refused):
        check(plain(parse_claim(f"{small} + abs({small})/3 <= {large}{given}")), found, Budget())


NOT_CONVEX = [
    "sum(log(x[k]/(1 - x[k])), k) <= n*log(sum(x[k], k)/sum(1 - x[k], k)) given x[k] > 0, x[k] < 1",
    "sum(tanh(x[k]), k) <= n*tanh(sum(x[k], k)/n)",
    "sum(1/(1 + x[k]), k) >= n/(1 + prod(x[k], k)^(1/n)) given x[k] > 0",
    "sum(x[k]^2, k) < sum(x[k], k)^2",
    "x + y <= abs(x) + abs(y)",
]


@pytest.mark.parametrize("line", NOT_CONVEX)
def test_what_is_not_convex_there_is_left_alone(line: str) -> None:
    assert jensen.derivation(parse_claim(line), _judge_long, _of_numbers) is None
