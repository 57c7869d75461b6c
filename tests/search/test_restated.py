"""Inequalities in other words: derivatives worked out, sums over a part of the classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from symbolic import verify
from symbolic.kernel.refused import Budget
from symbolic.language.claims import Claim
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import derivations, ends, powers, restated
from symbolic.search.case_trees import Node


def prove(claim: Claim) -> Node | None:
    proof = derivations.at_once(claim, turned=False)
    return None if proof is None else dict(proof.tree)


OFF = "all(v[k] == 0, k not in A)"


@pytest.mark.parametrize(
    ("way", "line"),
    [
        (
            restated.of_a_derivative,
            "diff(log(sum(q[k]*x[k]^r, k))/r, r) >= 0 given q[k] > 0, sum(q[k], k) == 1, x[k] > 0",
        ),
        (restated.of_a_derivative, "diff((sum(x[k]^r, k)/n)^(1/r), r) >= 0 given x[k] > 0, r > 0"),
        (restated.over_a_part, f"mean(v[k], k)^2 <= sum(p[k], k in A)*mean(v[k]^2, k) given {OFF}"),
        (restated.over_a_part, f"sum(v[k], k)^2 <= size(A)*sum(v[k]^2, k) given {OFF}"),
        (ends.on_both_sides, "(1 - sum(p[k]^a, k))/(a - 1) <= (1 - n^(1 - a))/(a - 1) given a > 0, a != 1"),
        (ends.on_both_sides, "log(sum(p[k]^a*softmax(w)[k]^(1 - a), k))/(a - 1) >= 0 given a > 0, a != 1"),
        (ends.on_both_sides, "sqrt(x*y) <= (x - y)/(log(x) - log(y)) given x > 0, y > 0"),
        (ends.at_ends, "(1 + x/n)^n <= exp(x) given x >= -n"),
        (ends.at_ends, "log(x) - (1 - x)^c*log(x) >= c*x*log(x) given x > 0, x <= 1, c >= 1"),
        (ends.at_ends, "(1 - x)^c <= 1 given x >= 0, x <= 1, c >= 0"),
        (ends.at_ends, "-sum(p[k]*(1 - p[k])^c*log(p[k]), k) <= entropy(p) given c >= 0"),
        (powers.with_one_class, "(1 - p[i])^c >= 1 - c*p[i] given c >= 1"),
        (ends.between_ends, "y*(1 - x)^c >= y - c*x given 0 < x, x < 1, 0 <= y, y <= 1, c >= 1"),
        (restated.of_a_mean, "(x + y)^r <= 2^(r - 1)*(x^r + y^r) given x > 0, y > 0, r > 1"),
        (restated.of_a_factor, "-(1 - p[i])^c*log(p[i]) >= (c*p[i] - 1)*log(p[i]) given c >= 1, n >= 2"),
        (restated.of_a_factor, "x^c*log(x) >= (1 + c*(x - 1))*log(x) given c >= 1, x >= 1"),
        (restated.of_a_size, "x^a*y^(1 - a) <= max(x, y) given x > 0, y > 0, a >= 0, a <= 1"),
        (
            restated.of_a_definition,
            "kl(y, m) <= -log(c) given 0 < c, c <= 1, y[k] > 0, q[k] > 0, sum(y[k], k) == 1, "
            "m[k] == c*y[k] + (1 - c)*q[k]",
        ),
        (
            restated.of_a_definition,
            "kl(m, s) <= c*kl(q, r) + (1 - c)*kl(v, w) given 0 < c, c < 1, q[k] > 0, r[k] > 0, v[k] > 0, w[k] > 0, "
            "m[k] == c*q[k] + (1 - c)*v[k], s[k] == c*r[k] + (1 - c)*w[k]",
        ),
        (powers.with_one_class, "(1 + x)^n >= 1 + n*x + n*(n - 1)*x^2/2 given x >= 0"),
        (restated.of_bases, "sum(p[k]^2, k)^c <= 1 given c > 0"),
        (restated.of_a_product, "exp(c*y) <= 1 + c*y + c^2*y^2 given c*y <= 1, c > 0"),
        (restated.without_divisors, "1 - c*y + c^2*y^2 >= exp(-c*y) given y >= -1/c, c > 0"),
        (
            restated.without_divisors,
            "sum(q[k]*exp(c*x[k]), k) <= 1 + c*sum(q[k]*x[k], k) + c^2*sum(q[k]*x[k]^2, k) given q[k] >= 0, "
            "sum(q[k], k) == 1, x[k] <= 1/c, c > 0",
        ),
        (restated.of_logarithms, "log(1/sum(q[k]^2, k)) >= 0 given q[k] > 0, sum(q[k], k) == 1"),
        (restated.of_two_parts, "entropy(q) <= log(n/sum(q[k]^2, k)) given q[k] > 0, sum(q[k], k) == 1"),
        (restated.of_two_parts, "max(u) - log(n) <= logsumexp(u) + kl(p, q) given q[k] > 0, sum(q[k], k) == 1"),
        (restated.of_a_support, "sum(abs(x[k]), k)^2 <= count(x[k] != 0, k)*sum(x[k]^2, k)"),
        (restated.of_an_event, "sum(y[k], k in A) <= sum(abs(y[k]), k)/2 given sum(y[k], k) == 0"),
    ],
)
def test_it_has_a_derivation(way: Callable[[Claim, restated.Prove], Iterator[Node]], line: str) -> None:
    claim = parse_claim(line)
    assert any(derivations.refusal(plain(claim), tree, Budget().left) is None for tree in way(claim, prove))


@pytest.mark.parametrize(
    "line",
    [
        "diff(log(sum(q[k]*x[k]^r, k))/r, r) >= 0 given q[k] > 0, x[k] > 0",
        "mean(v[k], k)^2 <= sum(p[k], k in A)*mean(v[k]^2, k) given all(v[k] == 1, k not in A)",
        "(1 - sum(p[k]^a, k))/(a - 1) <= (1 - n^(1 - a))/a given a > 0, a != 1",
        "y*(1 - x)^c >= y - c*x given 0 < x, x < 1, 0 <= y, y <= 2, c >= 1",
        "(1 + x/n)^n <= exp(x) given x >= -3*n",
        "(1 - x)^c < 1 given x >= 0, x <= 1, c >= 0",
        "(1 - p[i])^c >= 1 - c*p[i] given c >= 0",
        "(x + y)^r <= 2^(r - 2)*(x^r + y^r) given x > 0, y > 0, r > 1",
        "x^c*log(x) >= (1 + c*(x - 1))*log(x) given c >= 1, x > 0",
        "kl(y, m) <= -2*log(c) - 1 given 0 < c, c <= 1, y[k] > 0, sum(y[k], k) == 1, m[k] == c*y[k]",
        "(1 + x)^n >= 1 + n*x + n*(n - 1)*x^2 given x >= 0",
        "sum(p[k]^2, k)^c <= 1/2 given c > 0",
        "exp(c*y) <= 1 + c*y + c^2*y^2 given c*y <= 2, c > 0",
        "1 - c*y + c^2*y^2 >= exp(-c*y) given y >= -2/c, c > 0",
        "log(2/sum(q[k]^2, k)) >= entropy(q) given q[k] > 0, sum(q[k], k) == 1",
        "sum(abs(x[k]), k)^2 <= count(x[k] > 0, k)*sum(x[k]^2, k)",
        "sum(y[k], k in A) <= sum(abs(y[k]), k)/2 given sum(y[k], k) >= 0",
        "sum(y[k], k in A) <= sum(abs(y[k]), k)/3 given sum(y[k], k) == 0",
    ],
)
def test_what_does_not_hold_is_refuted(line: str) -> None:
    assert verify(line).refuted
