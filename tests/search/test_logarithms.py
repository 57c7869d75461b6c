"""Inequalities that follow from the concavity of log: a line of relative entropies, and none of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import logarithms
from symbolic.search.derivations import _judge_long

Q = "sum(q[k], k) == 1, q[k] > 0"
BOTH = f"{Q}, sum(r[k], k) == 1, r[k] > 0"
ZERO = BOTH.replace("q[k] > 0", "q[k] >= 0")
A = "y[k] > 0, w[k] > 0, size(A) >= 1"
SA, SR, PART = "sum(q[k], k in A)", "sum(r[k], k in A)", "size(A) >= 1, size(A) < n"
SMALL, LARGE = "a > 0, a < 1", "a > 1"

# smaller, larger, hypotheses, and a number by which the smaller side may not be multiplied
TRUE = [
    ("entropy(p)", "log(sum(p[k]^a, k))/(1 - a)", SMALL, "2"),
    ("log(sum(p[k]^a, k))/(1 - a)", "log(n)", SMALL, "2"),
    ("kl(q, r)", "log(sum(q[k]^2/r[k], k))", BOTH, "3"),
    ("-2*log(sum(sqrt(q[k]*r[k]), k))", "kl(q, r)", BOTH, "4"),
    ("sum(q[k]^a*r[k]^(1 - a), k)", "1", f"{BOTH}, {SMALL}", "3"),
    ("sum(x[k]^a*y[k]^(1 - a), k)", "sum(x[k], k)^a*sum(y[k], k)^(1 - a)", f"{SMALL}, x[k] > 0, y[k] > 0", "3"),
    ("entropy(p)", "log(2) + (1 - p[i])*log(n - 1)", "n >= 2", "2"),
    ("sum(y[k], k in A)*log(sum(y[k], k in A)/sum(w[k], k in A))", "sum(y[k]*log(y[k]/w[k]), k in A)", A, "2"),
    ("q[i]*log(q[i]/r[i]) + (1 - q[i])*log((1 - q[i])/(1 - r[i]))", "kl(q, r)", BOTH, "2"),
    ("-sum(p[k]*log(p[k]), k in A)", "sum(p[k], k in A)*log(size(A)/sum(p[k], k in A))", "n >= 1", "2"),
    (f"({SA})*log(({SA})/({SR})) + (1 - ({SA}))*log((1 - ({SA}))/(1 - ({SR})))", "kl(q, r)", f"{BOTH}, {PART}", "2"),
    ("prod(y[k], k)^(1/n)", "sum(y[k], k)/n", "y[k] > 0", "2"),
    ("entropy(q)", "cross_entropy(q, p)", "sum(q[k], k) == 1, q[k] >= 0", "2"),
    ("kl(q, r)", "log(1 + sum((q[k] - r[k])^2/r[k], k))", BOTH.replace("q[k] > 0", "q[k] >= 0"), "3"),
    ("sum(q[k]*v[k], k) - kl(q, p)", "log(mean(exp(v[k]), k))", "sum(q[k], k) == 1, q[k] >= 0", "2"),
    ("sum(z[k], k)/n", "log(Z)/lambda", "n >= 1", "2"),
    ("entropy(p)", "sum(p[k]*x[k], k)", "sum(exp(-x[k]), k) <= 1", "2"),
    ("logsumexp(z)", "a*sum(exp(z[k]), k) - log(a) - 1", "a > 0", "2"),
    ("-lambda^2*diff(log(Z)/lambda, lambda)", "log(n)", "n >= 1", "2"),
    ("-log(max(q))", "entropy(q)", Q, "2"),
    ("kl(q, r)", "log(max(q[k]/r[k], k))", BOTH, "2"),
    ("log(Z) - lambda*z[i]", "sum(softplus(lambda*(z[k] - z[i])), k != i)", "n >= 2", "2"),
    ("log(1 + sum(x[k], k))", "sum(log(1 + x[k]), k)", "x[k] > 0", "2"),
    ("softmax(z)[i]^a*softmax(w)[i]^(1 - a)", "softmax(a*z + (1 - a)*w)[i]", "a >= 0, a <= 1", "2"),
    (
        f"({SA})*log(({SA})/({SR})) + (1 - ({SA}))*log((1 - ({SA}))/(1 - ({SR})))",
        "kl(q, r)",
        BOTH.replace("q[k] > 0", "q[k] >= 0"),
        "2",
    ),
    (f"({SA})^2/({SR}) + (1 - {SA})^2/(1 - {SR})", "sum(q[k]^2/r[k], k)", BOTH, "2"),
    ("entropy(q)", "entropy(p)", "sum(q[k], k) == 1, q[k] >= 0, sum(q[k]*z[k], k) >= mean(z[k], k)", "2"),
    (
        "entropy(q)",
        "entropy(softmax(a*x))",
        "sum(q[k], k) == 1, q[k] >= 0, sum(q[k]*x[k], k) == sum(softmax(a*x)[k]*x[k], k)",
        "2",
    ),
    ("-q[i]*log(q[i]) - (1 - q[i])*log(1 - q[i])", "entropy(q)", f"{Q}, n >= 2", "2"),
]


@pytest.mark.parametrize(("small", "large", "given", "by"), TRUE)
def test_the_kernel_accepts_what_is_found_and_nothing_is_found_of_the_neighbour(
    small: str, large: str, given: str, by: str
) -> None:
    claim = parse_claim(f"{small} <= {large} given {given}")
    neighbour = parse_claim(f"{by}*({small}) <= {large} given {given}")
    found = logarithms.derivation(claim, _judge_long)
    assert found is not None
    check(plain(claim), found)
    assert logarithms.derivation(neighbour, _judge_long) is None
    with pytest.raises(Refused):
        check(plain(neighbour), found)
