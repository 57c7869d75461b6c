"""Bounds for the difference of two softmax vectors: a derivation that the kernel accepts, and none of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Budget, Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import differences
from symbolic.search.derivations import _judge_long

U, D = "softmax(z)[{0}] - softmax(w)[{0}]", "z[{0}] - w[{0}]"
WIDTH = "(max(z[k] - w[k], k) - min(z[k] - w[k], k))"
MOST, EUCLID = "max(abs(z[k] - w[k]), k)", "sqrt(sum((z[k] - w[k])^2, k))"
L = "logsumexp(z) - logsumexp(w)"

# smaller and larger side; the smaller one may not be twice as large, nor the larger one a half
TRUE = [
    (f"abs({U.format('i')})", f"{WIDTH}/4"),
    (f"abs({U.format('i')})", f"{MOST}/2"),
    (f"abs({U.format('i')})", f"sum(abs({D.format('k')}), k)/4"),
    (f"abs({U.format('i')})", f"{EUCLID}/2"),
    (f"abs(sum({U.format('k')}, k in A))", f"{MOST}/2"),
    (f"sum(abs({U.format('k')}), k)", MOST),
    (f"sum(abs({U.format('k')}), k)", f"{WIDTH}/2"),
    (f"max(abs({U.format('k')}), k)", f"{MOST}/2"),
    (f"abs({L})", MOST),
    (f"abs({L})", f"sum(abs({D.format('k')}), k)"),
    (f"abs({L})", EUCLID),
    (L, "max(z[k] - w[k], k)"),
    ("abs(T*log(Z) - T*log(sum(exp(lambda*w[k]), k)))", MOST),
    ("abs(p[i] - softmax(w, lambda)[i])", f"lambda*{MOST}/2"),
    (f"abs({U.format('i')})", f"tanh({WIDTH}/4)"),
    (f"abs(sum({U.format('k')}, k in A))", f"tanh({WIDTH}/4)"),
    (f"sum(abs({U.format('k')}), k)/2", f"tanh({WIDTH}/4)"),
    ("softmax(z)[i]", f"exp(2*{MOST})*softmax(w)[i]"),
]


@pytest.mark.parametrize(("small", "large"), TRUE)
def test_the_kernel_accepts_what_is_found_and_refuses_the_neighbour(small: str, large: str) -> None:
    claim, neighbour = parse_claim(f"{small} <= {large}"), plain(parse_claim(f"{small} <= ({large})/2"))
    found = differences.derivation(claim, _judge_long)
    assert found is not None
    check(plain(claim), found, Budget())
    with pytest.raises(Refused):
        check(neighbour, found, Budget())


@pytest.mark.parametrize("false", [f"abs({U.format('i')}) <= {WIDTH}/5", f"abs({L}) <= {WIDTH}", "p[i] <= 1"])
def test_nothing_is_found_of_what_is_false_or_of_another_kind(false: str) -> None:
    assert differences.derivation(parse_claim(false), _judge_long) is None
