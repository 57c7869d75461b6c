"""Where an inequality is an equality, and where it is strict."""

from __future__ import annotations

import pytest

from symbolic import verify
from symbolic.kernel.refused import Budget
from symbolic.language.claims import Claim
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import derivations, sharp
from symbolic.search.case_trees import Node

SUMS = "sum(q[k], k) == 1, sum(r[k], k) == 1"


def prove(claim: Claim) -> Node | None:
    proof = derivations.at_once(claim, turned=False)
    return None if proof is None else dict(proof.tree)


def accepted(claim: Claim, tree: Node) -> bool:
    return derivations.refusal(plain(claim), tree, Budget().left) is None


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("z[i] == z[j] given max(abs(z[k]), k) == 0", "z[i] == z[j] given max(abs(z[k]), k) == 1"),
        ("z[i] <= 0 given max(abs(z[k]), k) == 0", "z[i] <= 0 given max(abs(z[k]), k) >= 0"),
        ("q[i] == r[i] given max(abs(q[k] - r[k]), k) == 0", "q[i] == r[i] given max(abs(q[k] + r[k]), k) == 0"),
        (
            f"kl(q, r) == 0 given max(abs(q[k] - r[k]), k) == 0, q[k] >= 0, r[k] > 0, {SUMS}",
            f"kl(q, r) == 1 given max(abs(q[k] - r[k]), k) == 0, q[k] >= 0, r[k] > 0, {SUMS}",
        ),
    ],
)
def test_what_the_largest_size_says_of_each_class(true: str, false: str) -> None:
    claim, other = parse_claim(true), parse_claim(false)
    assert any(accepted(claim, each) for each in sharp.of_every_class(claim, prove))
    assert not any(accepted(other, each) for each in sharp.of_every_class(other, prove))


@pytest.mark.parametrize(
    "line",
    [
        "p[i] == 1/n given entropy(p) == log(n)",
        "max(z) == min(z) given entropy(p) == log(n)",
        "q[i] == 1/n given entropy(q) == log(n), q[k] >= 0, sum(q[k], k) == 1",
        f"q[i] == r[i] given kl(q, r) == 0, q[k] > 0, r[k] > 0, {SUMS}",
        f"q[i] == r[i] given sum(sqrt(q[k]*r[k]), k) == 1, q[k] >= 0, r[k] >= 0, {SUMS}",
        "max(v) == min(v) given var(v) == 0",
        "z[i] == z[j] given max(p) == 1/n",
        "x[i] == x[j] given sum(exp(x[k]), k)/n == exp(sum(x[k], k)/n)",
        "x[i] == x[j] given prod(x[k], k)^(1/n) == sum(x[k], k)/n, x[k] > 0",
        "max(z) == min(z) given log(sum(exp(z[k]), k)) == max(z) + log(n)",
        "sum(p[k]^2, k) == 1/n given max(z) == min(z)",
        "entropy(p) == log(n) given max(z) == min(z)",
        "entropy(p) < log(n) given z[i] != z[j]",
        "entropy(p) < log(n) given max(z) > min(z)",
        f"kl(q, r) > 0 given q[k] >= 0, r[k] > 0, sum((q[k] - r[k])^2, k) > 0, {SUMS}",
        f"kl(q, r) > 0 given q[k] >= 0, r[k] > 0, max(abs(q[k] - r[k]), k) > 0, {SUMS}",
        f"sum(q[k]^2/r[k], k) > 1 given r[k] > 0, sum((q[k] - r[k])^2, k) != 0, {SUMS}",
        "sum(q[k]*z[k], k) + entropy(q)/lambda < log(Z)/lambda given sum(q[k], k) == 1, q[k] >= 0, "
        "sum((q[k] - p[k])^2, k) > 0",
        "entropy(q) < entropy(softmax(z, c)) given sum(q[k], k) == 1, q[k] >= 0, "
        "sum(q[k]*z[k], k) == sum(softmax(z, c)[k]*z[k], k), sum((q[k] - softmax(z, c)[k])^2, k) > 0",
        "max(z) > min(z) given max(p) > 1/n",
        "mean(exp(v[k]), k) > exp(mean(v[k], k)) given max(v) > min(v)",
        "prod(x[k], k)^(1/n) < sum(x[k], k)/n given x[k] > 0, min(x) < max(x)",
        "z[i] == max(z) given p[i] >= 1/2",
        "z[i] > z[j] given log(p[i]) > log(p[j])",
        "z[i] > z[j] given p[i] > p[j]",
    ],
)
def test_it_has_a_derivation(line: str) -> None:
    claim = parse_claim(line)
    assert any(accepted(claim, tree) for tree in sharp.trees(claim, prove))


@pytest.mark.parametrize(
    "line",
    [
        "p[i] == 1/n given entropy(p) == log(2)",
        "q[i] == r[i] given kl(q, r) == 0, q[k] > 0, r[k] > 0, sum(q[k], k) == 1",
        "kl(q, r) > 0 given q[k] >= 0, r[k] > 0, sum((q[k] - r[k])^2, k) > 0, sum(q[k], k) == 1",
        f"kl(q, r) > 0 given q[k] >= 0, r[k] > 0, sum(q[k]^2, k) > 0, {SUMS}",
        f"q[i] == r[i] given sum(sqrt(q[k]*r[k]), k) <= 1, q[k] >= 0, r[k] >= 0, {SUMS}",
        "x[i] == x[j] given prod(x[k], k)^(1/n) <= sum(x[k], k)/n, x[k] > 0",
        "entropy(p) < log(n) given z[i] >= z[j]",
        "var(v) > 0 given v[i] != w[i]",
        "z[i] == max(z) given p[i] >= 1/3",
        "z[i] > z[j] given p[i] >= p[j]",
    ],
)
def test_what_does_not_follow_has_none(line: str) -> None:
    claim = parse_claim(line)
    assert not any(accepted(claim, tree) for tree in sharp.trees(claim, prove))


def test_what_is_concluded_from_a_hypothesis_is_explained_by_its_derivation() -> None:
    told = verify("z[i] == z[j] given max(p) == 1/n", seconds=60).explain()
    assert "so each is 0" in told
    assert "normal forms" not in told
