"""Inequalities about softmax by what values at points say: the kernel accepts it, and not of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import evidence
from symbolic.search.derivations import _judge

TIES = "given A == argmax(z)"

# a claim that is true, and one that is not, an edit away
PAIRS = [
    ("size(A)*min(p[k], k in A) <= sum(p[k], k in A)", "n*min(p[k], k in A) <= sum(p[k], k in A)"),
    ("min(p) <= exp(-entropy(p))", "min(p) <= exp(-2*entropy(p))"),
    ("sum(p[k], k in A) >= size(A)/n given all(z[k] >= c, k in A), all(z[k] <= c, k not in A)",
     "sum(p[k], k in A) >= size(A)/n given all(z[k] >= c, k in A)"),
    ("exp(-lambda*(max(z) - min(z)))/n <= p[i]", "exp(-lambda*(max(z) - min(z))/2)/n <= p[i]"),
    ("diff(p[i], z[i]) >= diff(p[j], z[j]) given z[i] >= z[j]", "diff(p[i], z[i]) >= diff(p[j], z[j])"),
    ("diff(sum(p[k]^2, k), lambda) >= 0", "diff(sum(p[k]^2, k), lambda) >= 1/n"),
    (f"diff(sum(p[k], k in A), lambda) >= 0 {TIES}", "diff(sum(p[k], k in A), lambda) >= 0"),
    (f"T*log(Z) >= max(z) + T*log(size(A)) {TIES}", f"T*log(Z) >= max(z) + T*log(n) {TIES}"),
    (f"var(z) <= (max(z) - min(z))^2*(1 - sum(p[k], k in A)) {TIES}",
     f"var(z) <= (max(z) - min(z))^2*sum(p[k], k in A)^2/8 {TIES}"),
    ("abs(diff(sum(p[k], k in A), lambda)) <= (max(z) - min(z))/4",
     "abs(diff(sum(p[k], k in A), lambda)) <= (max(z) - min(z))/5"),
    ("sum(p[k]*(z[k] - z[i])^2, k) >= var(z)", "sum(p[k]*(z[k] - z[i])^2, k) >= var(z) + 1/n"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), PAIRS)
def test_the_kernel_accepts_what_is_found_and_not_of_the_neighbour(true: str, false: str) -> None:
    claim, neighbour = parse_claim(true), parse_claim(false)
    found = evidence.derivation(claim, _judge)
    assert found is not None
    check(plain(claim), found)
    with pytest.raises(Refused):
        check(plain(neighbour), found)
