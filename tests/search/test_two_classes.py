"""Inequalities of two classes, by numbers in the places of entries."""

from __future__ import annotations

import pytest

from symbolic import verify
from symbolic.coq.scripts import script
from symbolic.language.claims import Claim
from symbolic.language.parser import parse_claim
from symbolic.language.proof import Proof
from symbolic.language.typeset import plain
from symbolic.search import derivations
from symbolic.search.case_trees import Node
from symbolic.search.two_classes import by_numbers
from symbolic.show.narration import latex

Q = "q[k] > 0, sum(q[k], k) == 1"
R = "r[k] > 0, sum(r[k], k) == 1"


def prove(claim: Claim) -> Node | None:
    proof = derivations.found(claim)
    return None if proof is None else dict(proof.tree)


@pytest.mark.parametrize(
    "line",
    [
        f"entropy(q) <= log(2) - (q[1] - q[2])^2/2 given n == 2, {Q}",
        f"entropy(q) >= 2*log(2)*min(q) given n == 2, {Q}",
        "entropy(p) >= 2*log(2)*(1 - max(p)) given n == 2",
        f"entropy(q) >= 2*q[i]*(1 - q[i]) given n == 2, {Q}",
        f"kl(q, r) >= 2*(q[1] - r[1])^2 given n == 2, {Q}, {R}",
        f"kl(q, r) >= 2*(q[i] - r[i])*(r[j] - q[j]) given n == 2, i != j, {Q}, {R}",
        f"kl(q, r) <= (q[1] - r[1])^2/(r[1]*r[2]) given n == 2, {Q}, {R}",
        f"kl(q, r) >= sum(abs(q[k] - r[k]), k)^2/2 given n == 2, {Q}, {R}",
        "logsumexp(z) <= sum(z[k], k)/2 + log(2) + (z[1] - z[2])^2/8 given n == 2",
        "logsumexp(z) <= max(z) + exp(-abs(z[1] - z[2])) given n == 2",
        "abs(p[1] - 1/2) <= lambda*abs(z[1] - z[2])/4 given n == 2",
    ],
)
def test_it_has_a_derivation(line: str) -> None:
    claim = parse_claim(line)
    found = [tree for tree in by_numbers(claim, prove) if derivations.refusal(plain(claim), tree) is None]
    assert found
    assert all(latex(Proof(plain(claim), tree)) for tree in found)  # it can be read, though it speaks of class 2
    assert all(script(claim, tree).proof for tree in found)


@pytest.mark.parametrize(
    "line",
    [
        f"entropy(q) <= log(2) - (q[1] - q[2])^2/2 given {Q}, n >= 2",
        f"entropy(q) <= log(2) - (q[i] - q[j])^2/2 given n == 2, {Q}",  # i may be j
        f"entropy(q) <= log(2) - (q[i] - q[j] + q[l])^2/2 given n == 2, {Q}",
        f"entropy(q) <= log(2) - (q[1] - q[2])^2 given n == 2, {Q}",
        "q[1]*q[2] <= 1/4 given n == 2",
    ],
)
def test_nothing_is_found_for_a_neighbour(line: str) -> None:
    claim = parse_claim(line)
    assert list(by_numbers(claim, prove)) == []


@pytest.mark.parametrize(
    "line",
    [
        f"entropy(q) >= 2*log(2)*max(q) given n == 2, {Q}",
        f"kl(q, r) >= 3*(q[1] - r[1])^2 given n == 2, {Q}, {R}",
        "logsumexp(z) <= sum(z[k], k)/2 + log(2) + (z[1] - z[2])^2/9 given n == 2",
    ],
)
def test_what_is_false_is_refuted(line: str) -> None:
    assert verify(line).refuted
