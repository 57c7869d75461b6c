"""Inequalities between divergences, class by class: a derivation that the kernel accepts, and none of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Budget, Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import classwise
from symbolic.search.derivations import _judge_long, _tree

BOTH = "q[k] > 0, sum(q[k], k) == 1, r[k] > 0, sum(r[k], k) == 1"
ZERO = "q[k] >= 0, sum(q[k], k) == 1, r[k] > 0, sum(r[k], k) == 1"
NEITHER = "q[k] >= 0, sum(q[k], k) == 1, r[k] >= 0, sum(r[k], k) == 1"
HELLINGER, CHI = "sum((sqrt(q[k]) - sqrt({0}[k]))^2, k)", "sum((q[k] - r[k])^2/r[k], k)"
FOCAL = "-sum(q[k]*(1 - {0}[k])^c*log({0}[k]), k)"
TRIANGULAR = "sum((q[k] - r[k])^2/(q[k] + r[k]), k)"
JENSEN_SHANNON = "sum(q[k]*log(2*q[k]/(q[k] + r[k])), k)/2 + sum(r[k]*log(2*r[k]/(q[k] + r[k])), k)/2"

# smaller and larger side, hypotheses, a number by which the smaller one may not be multiplied
TRUE = [
    (JENSEN_SHANNON, "log(2)", BOTH, "2"),
    (JENSEN_SHANNON, "(kl(q, r) + kl(r, q))/4", BOTH, "2"),
    (HELLINGER.format("r"), "sum(abs(q[k] - r[k]), k)", BOTH, "2"),
    (HELLINGER.format("r"), "kl(q, r)", BOTH, "3"),
    ("4*" + HELLINGER.format("r"), "kl(q, r) + kl(r, q)", BOTH, "2"),
    (f"{TRIANGULAR}/4", JENSEN_SHANNON, BOTH, "3"),
    (HELLINGER.format("r"), TRIANGULAR, "q[k] > 0, r[k] > 0", "3"),
    (HELLINGER.format("p"), "kl(q, p)", "q[k] >= 0, sum(q[k], k) == 1", "3"),
    (TRIANGULAR, "sum(abs(q[k] - r[k]), k)", "q[k] > 0, r[k] > 0", "2"),
    ("kl(q, r)", CHI, ZERO, "3"),
    ("1 - sum(q[k]^2, k)", "entropy(q)", "q[k] >= 0, sum(q[k], k) == 1", "2"),
    ("(1 - sum(q[k]^a, k))/(a - 1)", "entropy(q)", "q[k] > 0, sum(q[k], k) == 1, a > 1", "2"),
    ("n^(1 - a)", "sum(q[k]^a, k)", "q[k] > 0, sum(q[k], k) == 1, a > 1", "2"),
    ("0", "(sum(q[k]^a*r[k]^(1 - a), k) - 1)/(a - 1)", f"{BOTH}, a > 1", "1"),
    ("entropy(p)", "n - 1", "n >= 1", "2"),
    ("sum(sqrt(p[k]), k)", "sqrt(n)", "n >= 1", "2"),
    ("t*entropy(q) + (1 - t)*entropy(r)", "entropy(t*q + (1 - t)*r)", f"t >= 0, t <= 1, {NEITHER}", "2"),
    ("entropy(t*q + (1 - t)*r)", "t*entropy(q) + (1 - t)*entropy(r) - t*log(t) - (1 - t)*log(1 - t)",
     f"t > 0, t < 1, {NEITHER}", "2"),
    ("entropy(q)", "entropy((1 - t)*q + t/n)", "t >= 0, t <= 1, q[k] >= 0, sum(q[k], k) == 1", "2"),
    ("kl(t*q + (1 - t)*r, p)", "t*kl(q, p) + (1 - t)*kl(r, p)", f"t >= 0, t <= 1, {NEITHER}", "2"),
    ("kl(p, t*q + (1 - t)*r)", "t*kl(p, q) + (1 - t)*kl(p, r)", f"t >= 0, t <= 1, {BOTH}", "2"),
    ("kl(q, t*q + (1 - t)*r)", "-log(t)", f"t > 0, t < 1, {ZERO}", "2"),
    ("kl(q, r)", "log(M)", f"{ZERO}, q[k] <= M*r[k]", "2"),
    ("kl(q, r)", "log(max(q[k]/r[k], k))", ZERO, "2"),
    ("sum(abs(q[k] - r[k]), k)/2", "1 - 1/M", f"{ZERO}, q[k] <= M*r[k], M > 0", "2"),
    (CHI, "M - 1", f"{ZERO}, q[k] <= M*r[k]", "2"),
    ("1 - max(q)", "entropy(q)", "q[k] >= 0, sum(q[k], k) == 1", "2"),
    ("sum(q[k], k)*log(sum(q[k], k)/sum(r[k], k))", "sum(q[k]*log(q[k]/r[k]), k)", "q[k] > 0, r[k] > 0", "2"),
    ("cross_entropy(q, p) - c*entropy(p)", FOCAL.format("p"), "c >= 1, q[k] >= 0, sum(q[k], k) == 1", "2"),
    ("cross_entropy(q, r) - c*entropy(r)", FOCAL.format("r"), f"c >= 1, n >= 2, {ZERO}", "2"),
    (FOCAL.format("p"), "cross_entropy(q, p)", "c > 0, q[k] >= 0, sum(q[k], k) == 1", "2"),
    ("sum(q[k]*(1 - p[k])^c, k)", "1", "c > 0, q[k] >= 0, sum(q[k], k) == 1", "2"),
    ("sum(q[k]*exp(x[k]), k)", "1 + sum(q[k]*x[k], k) + sum(q[k]*x[k]^2, k)",
     "x[k] <= 1, q[k] >= 0, sum(q[k], k) == 1", "2"),
]  # fmt: skip


@pytest.mark.parametrize(("small", "large", "given", "by"), TRUE)
def test_the_kernel_accepts_what_is_found_and_refuses_the_neighbour(
    small: str, large: str, given: str, by: str
) -> None:
    claim = parse_claim(f"{small} <= {large} given {given}")
    found = classwise.derivation(claim, _judge_long, _tree)
    assert found is not None
    check(plain(claim), found, Budget())
    if small != "0":
        with pytest.raises(Refused):
            check(plain(parse_claim(f"{by}*({small}) <= {large} given {given}")), found, Budget())


FALSE = [
    f"2*({JENSEN_SHANNON}) <= log(2) given {BOTH}",
    f"{CHI} <= kl(q, r) given {BOTH}",
    f"entropy(t*q + (1 - t)*r) <= t*entropy(q) + (1 - t)*entropy(r) given t >= 0, t <= 1, {NEITHER}",
    f"entropy(t*q + (1 - t)*r) <= t*entropy(q) + (1 - t)*entropy(r) - t*log(t) given t > 0, t < 1, {NEITHER}",
    f"kl(t*q + (1 - t)*r, r) <= t^2*kl(q, r) given t >= 0, t <= 1, {ZERO}",
    "kl(q, r) <= log(M) given q[k] >= 0, r[k] > 0, q[k] <= M*r[k]",
    f"{CHI} <= M - 2 given {ZERO}, q[k] <= M*r[k]",
]


@pytest.mark.parametrize("false", FALSE)
def test_nothing_is_found_of_what_is_false(false: str) -> None:
    assert classwise.derivation(parse_claim(false), _judge_long, _tree) is None
