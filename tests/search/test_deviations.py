"""Differences of means, and shares of subsets: a derivation that the kernel accepts, and none of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Budget, Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import deviations
from symbolic.search.derivations import _judge_long, _of_a_part

ONE = "sum(q[k], k) == 1"
BOTH = f"{ONE}, sum(r[k], k) == 1"
POSITIVE = f"{ONE}, q[k] > 0, sum(r[k], k) == 1, r[k] > 0"
SHARES = f"{ONE}, q[k] >= 0"
X, W = "sum(q[k]*v[k], k) - sum(r[k]*v[k], k)", "(max(v) - min(v))"
U, M = "sum(abs(q[k] - r[k]), k)", "sum(q[l]*x[l], l)"
FAR = "c > 0, all(abs(v[k] - mean(v)) >= c, k in A)"

# smaller and larger side, the hypotheses; the larger side may not be a half
TRUE = [
    (f"abs({X})", f"{W}*{U}/2", BOTH),
    (f"abs({X})", U, f"{BOTH}, abs(v[k]) <= 1"),
    (f"abs({X})", f"max(abs(v[k]), k)*{U}", ""),
    (X, f"(b - a)*{U}/2", f"{BOTH}, v[k] >= a, v[k] <= b"),
    ("sum(q[k]*v[k], k) - mean(v)", f"{W}*sum(abs(q[k] - p[k]), k)/2", ONE),
    (f"abs({X})", f"{W}*sqrt(kl(q, r)/2)", POSITIVE),
    (f"({X})^2", f"{W}^2*kl(q, r)/2", POSITIVE),
    ("sum(abs(diff(mean(r), z[j])), j)", "lambda/2", "r[k] >= 0, r[k] <= 1"),
    ("abs(mean(v[k]*w[k], k) - mean(v)*mean(w))", f"{W}/2*mean(abs(w[k] - mean(w)), k)", ""),
    ("mean(abs(v[k] - mean(v)), k)", f"{W}/2", ""),
    ("mean((v[k] - mean(v))^3, k)", f"{W}*var(v)", ""),
    ("mean((v[k] - mean(v))^4, k)", f"{W}^2*var(v)", ""),
    ("abs(diff(entropy(p), lambda))", "lambda*(max(z) - min(z))^2/4", ""),
    ("diff(log(Z), lambda, lambda, lambda)", "(max(z) - min(z))*diff(log(Z), lambda, lambda)", ""),
    ("lambda*(max(z) - mean(z))", "1", "n <= 8"),
    ("sum(p[k], k in A)", "var(v)/c^2", FAR),
    ("sum(p[k], k in A)*c", "mean(abs(v[k] - mean(v)), k)", FAR),
    ("size(A)*c^2", "sum((x[k] - sum(x[l], l)/n)^2, k)", "c > 0, all(abs(x[k] - sum(x[l], l)/n) >= c, k in A)"),
    ("sum(p[k], k in A)", "var(v)/(var(v) + c^2)", "c > 0, all(v[k] - mean(v) >= c, k in A)"),
    (f"(1 - t)^2*{M}^2/sum(q[k]*x[k]^2, k)", "sum(q[k], k in A)",
     f"{SHARES}, t >= 0, t <= 1, x[k] >= 0, all(x[k] <= t*{M}, k not in A)"),
    (f"{M}^2/sum(q[k]*x[k]^2, k)", "sum(q[k], k in A)", f"{SHARES}, all(x[k] == 0, k not in A)"),
    ("sum(q[k], k in B)", "sum(q[k], k in A)", "c >= 0, all(q[k] >= c*r[k], k in A), all(q[k] <= c*r[k], k not in A), "
     "sum(r[k], k in A) >= sum(r[k], k in B)"),
    ("sum(q[k]*x[k], k in B)", "sum(q[k]*x[k], k in A)", "all(x[k] >= c, k in A), all(x[k] <= c, k not in A), "
     "q[k] >= 0, sum(q[k], k in A) == sum(q[k], k in B)"),
]  # fmt: skip


@pytest.mark.parametrize(("small", "large", "given"), TRUE)
def test_the_kernel_accepts_what_is_found_and_refuses_the_neighbour(small: str, large: str, given: str) -> None:
    given = f" given {given}" if given else ""
    claim, neighbour = parse_claim(f"{small} <= {large}{given}"), plain(parse_claim(f"{small} <= ({large})/2{given}"))
    found = deviations.derivation(claim, _judge_long, _of_a_part)
    assert found is not None
    check(plain(claim), found, Budget())
    with pytest.raises(Refused):
        check(neighbour, found, Budget())


@pytest.mark.parametrize(
    "false",
    [
        f"abs({X}) <= {W}*{U}/3 given {BOTH}",
        f"abs({X}) <= {W}*{U}/2",
        f"sum(p[k], k in A) <= var(v)/(2*c^2) given {FAR}",
        "sum(p[k], k in A) <= var(v)/(var(v) + c^2) given c > 0, all(v[k] - mean(v) >= c, k not in A)",
        "lambda*(max(z) - mean(z)) <= 1 given n <= 9",
        "mean((v[k] - mean(v))^3, k) <= var(v)",
        "p[i] <= 1",
    ],
)
def test_nothing_is_found_of_what_is_false_or_of_another_kind(false: str) -> None:
    assert deviations.derivation(parse_claim(false), _judge_long, _of_a_part) is None
