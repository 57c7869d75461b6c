"""Inequalities that follow from those with a name: a derivation that the kernel accepts, and none of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Budget, Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import classical
from symbolic.search.derivations import _judge_long

Q = " given sum(q[k], k) == 1, q[k] > 0, sum(r[k], k) == 1, r[k] > 0"
ZERO = Q.replace(">", ">=")
U, D = "softmax(z)[k] - softmax(w)[k]", "z[k] - w[k]"
TV = "abs(q[k] - p[k])"
WIDTH = f"(max({D}, k) - min({D}, k))^2"
BETWEEN = " given q[k] >= 0, sum(q[k], k) == 1, v[k] >= a, v[k] <= b"

# smaller and larger side, hypotheses; the smaller one may not be larger by a third
TRUE = [
    ("var(v[k], k)", "sum(v[k]^2, k)/2", ""),
    ("var(v[k], k)", "max(2*p[k]*(1 - p[k]), k)*sum(v[k]^2, k)", ""),
    ("sum(abs(q[k] - r[k]), k)^2/2", "kl(q, r)", Q),
    ("sum(abs(p[k] - softmax(w)[k]), k)^2/2", "kl(p, softmax(w))", ""),
    ("log(mean(exp(x*v[k]), k)) - x*mean(v[k], k)", "x^2*(max(v) - min(v))^2/8", ""),
    (f"sum(({U})^2, k)", f"sum(({D})^2, k)/4", ""),
    (f"2*sum(({U})^2, k)", f"sum(({U})*({D}), k)", ""),
    ("kl(softmax(z), softmax(w))", f"sum(({D})^2, k)/4", ""),
    ("kl(softmax(z), softmax(w))", f"{WIDTH}/8", ""),
    ("kl(softmax(z), softmax(w))", f"max(abs({D}), k)^2/2", ""),
    (f"sum({TV}, k)^2/2", "kl(q, p)", " given sum(q[k], k) == 1, q[k] >= 0"),
    ("2*sum(q[k] - r[k], k in A)^2", "kl(q, r)", Q),
    ("2*(sum(p[k], k in A) - sum(q[k], k in A))^2", "kl(p, q)", " given q[k] > 0, sum(q[k], k) == 1"),
    ("log(sum(q[k]*exp(v[k]), k)) - sum(q[k]*v[k], k)", "(max(v) - min(v))^2/8", " given sum(q[k], k) == 1, q[k] >= 0"),
    ("2*(q[i] - r[i])^2", "kl(q, r)", Q),
    ("sum(abs(q[k] - r[k]), k)^2", "sum((q[k] - r[k])^2/r[k], k)", Q),
    ("sum(abs(q[k] - r[k]), k)^2/2", "sum((q[k] - r[k])^2/(q[k] + r[k]), k)", Q),
    ("sum(abs(q[k] - r[k]), k)^2/4", "1 - sum(sqrt(q[k]*r[k]), k)^2", Q),
    ("sum(abs(q[k] - r[k]), k)^2", "4 - 4*exp(-kl(q, r))", Q),
    ("exp(-kl(q, r))/2", "sum(min(q[k], r[k]), k)", Q),
    ("sum(abs(q[k] - r[k]), k)^2", "4*sum((sqrt(q[k]) - sqrt(r[k]))^2, k)", ZERO),
    ("sum(sqrt(q[k]*r[k]), k)^2", "2*sum(min(q[k], r[k]), k)", ZERO),
    ("sum(abs(q[k] - 1/n), k)^2/2", "log(n) - entropy(q)", " given sum(q[k], k) == 1, q[k] >= 0"),
    ("diff(p[i], lambda)", "(max(z) - min(z))/4", ""),
    ("mean(exp(v[k] - mean(v[l], l)), k)", "exp((max(v) - min(v))^2/8)", ""),
    ("(max(x) - min(x))^2/2", "sum((x[k] - sum(x[l], l)/n)^2, k)", ""),
    ("(x[i] - x[j])^2/2", "sum(x[k]^2, k) - sum(x[k], k)^2/n", ""),
    ("(x[i] - sum(x[k], k)/n)^2", "(n - 1)/n*sum((x[k] - sum(x[l], l)/n)^2, k)", ""),
    ("(max(x) - sum(x[k], k)/n)^2", "(n - 1)*sum((x[k] - sum(x[l], l)/n)^2, k)/n", ""),
    (
        "sum(q[k]*x[k]^2, k) - sum(q[k]*x[k], k)^2",
        "(b - sum(q[k]*x[k], k))*(sum(q[k]*x[k], k) - a)",
        " given q[k] >= 0, sum(q[k], k) == 1, a <= x[k], x[k] <= b",
    ),
    ("sum((q[k] - r[k])^2, k)", "kl(q, r)", Q),
    ("log(sum(q[k]*exp(-c*v[k]), k)) + c*sum(q[k]*v[k], k)", "c^2*(b - a)^2/8", BETWEEN),
    ("log(mean(exp(c*v[k]), k)) - c*mean(v)", "c^2/8", " given v[k] >= 0, v[k] <= 1"),
    ("log(Z/n) - lambda*sum(z[k], k)/n", "lambda^2/8", " given z[k] >= 0, z[k] <= 1"),
    ("sum((p[k] - delta(i,k))^2, k)", "-log(p[i])", ""),
    ("lambda*(max(z) - mean(z))", "(n - 1)/e", ""),
    ("sum(abs(q[k] - r[k]), k)^2", "4 - 4*exp(-kl(q, r))", Q.replace("q[k] > 0", "q[k] >= 0")),
    ("log(sum(exp(c*v[k]), k)/n) - c*sum(v[k], k)/n", "c^2*(max(v) - min(v))^2/8", ""),
    ("sum(q[k]*exp(c*v[k]), k)", "exp(c^2*(b - a)^2/8)", BETWEEN + ", sum(q[k]*v[k], k) == 0"),
    (
        "sum(sqrt(q[k]*r[k]), k)",
        "sqrt(sum(q[k], k in A)*sum(r[k], k in A)) + sqrt((1 - sum(q[k], k in A))*(1 - sum(r[k], k in A)))",
        ZERO,
    ),
    ("p[i]*(max(z) - z[i])", "T/e", ""),
]

IN_RANGE = " given a <= x[k], x[k] <= b, c <= y[k], y[k] <= d"
SHARES = ", q[k] >= 0, sum(q[k], k) == 1"
COVARIANCES = [
    ("abs(sum(x[k]*y[k], k)/n - sum(x[k], k)*sum(y[k], k)/n^2)", "(b - a)*(d - c)/4", IN_RANGE),
    ("n*sum(x[k]*y[k], k) - sum(x[k], k)*sum(y[k], k)", "n^2*(max(x) - min(x))*(max(y) - min(y))/4", ""),
    ("sum(q[k]*x[k], k)*sum(q[k]*y[k], k) - sum(q[k]*x[k]*y[k], k)", "(b - a)*(d - c)/4", IN_RANGE + SHARES),
]


@pytest.mark.parametrize(("small", "large", "given"), TRUE)
def test_the_kernel_accepts_what_is_found_and_refuses_the_neighbour(small: str, large: str, given: str) -> None:
    claim = parse_claim(f"{small} <= {large}{given}")
    neighbour = plain(parse_claim(f"4/3*({small}) <= {large}{given}"))
    found = classical.derivation(claim, _judge_long)
    assert found is not None
    check(plain(claim), found, Budget())
    with pytest.raises(Refused):
        check(neighbour, found, Budget())


@pytest.mark.parametrize(("small", "large", "given"), COVARIANCES)
def test_a_covariance_is_at_most_by_ranges(small: str, large: str, given: str) -> None:
    claim, neighbour = parse_claim(f"{small} <= {large}{given}"), parse_claim(f"{small} <= {large}*3/4{given}")
    found = classical.covariance(claim, _judge_long)
    assert found is not None
    check(plain(claim), found, Budget())
    assert classical.covariance(neighbour, _judge_long) is None


def test_nothing_is_found_of_what_is_false() -> None:
    assert classical.derivation(parse_claim("var(v[k], k) <= sum(v[k]^2, k)/3"), _judge_long) is None
