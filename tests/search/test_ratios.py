"""Bounds of shares that are multiplied out: the kernel accepts what is found, and nothing is found of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import ratios
from symbolic.search.derivations import _judge

BOUNDED, NEAR = "all(z[k] <= c, k), all(z[k] >= -c, k)", "all(z[k] - w[k] <= c, k), all(z[k] - w[k] >= -c, k)"
AHEAD = "all(z[i] >= z[k] + c, k != i)"

# a claim that is true, and one that is not, an edit away
PAIRS = [
    (f"p[i] <= 1/(1 + (n - 1)*exp(-2*lambda*c)) given {BOUNDED}",
     f"p[i] <= 1/(1 + (n - 1)*exp(-lambda*c)) given {BOUNDED}"),
    (f"p[i] >= exp(-2*lambda*c)/n given {BOUNDED}", f"p[i] >= exp(-2*lambda*c)/(n - 1) given {BOUNDED}"),
    (f"-log(p[i]) <= log(n) + 2*lambda*c given {BOUNDED}", f"-log(p[i]) <= log(n) + lambda*c given {BOUNDED}"),
    (f"entropy(p) >= log(n) - 2*lambda*c given {BOUNDED}", f"entropy(p) >= log(n) - lambda*c/9 given {BOUNDED}"),
    (f"softmax(z)[i] <= exp(2*c)*softmax(w)[i] given {NEAR}", f"softmax(z)[i] <= exp(c)*softmax(w)[i] given {NEAR}"),
    (f"1 - p[i] <= (n - 1)*exp(-lambda*c) given {AHEAD}", f"1 - p[i] <= exp(-lambda*c) given {AHEAD}"),
    (f"-log(p[i]) <= (n - 1)*exp(-lambda*c) given {AHEAD}", f"-log(p[i]) <= (n - 2)*exp(-lambda*c) given {AHEAD}"),
    (f"log(p[i]/(1 - p[i])) >= lambda*c - log(n - 1) given {AHEAD}, n >= 2",
     f"log(p[i]/(1 - p[i])) >= lambda*c + log(n - 1) given {AHEAD}, n >= 2"),
    ("p[i] < 1/2 given z[i] < max(z)", "p[i] < 1/3 given z[i] < max(z)"),
    ("-log(p[i]) > log(2) given z[i] < max(z)", "-log(p[i]) > log(2) given z[i] <= max(z)"),
    ("p[i] <= 1/3 given count(z[k] >= z[i], k) >= 3", "p[i] <= 1/3 given count(z[k] >= z[i], k) >= 2"),
    ("p[i] <= 1/count(z[k] >= z[i], k)", "p[i] <= 1/count(z[k] <= z[i], k)"),
    ("logit(p[i]) - logit(p[j]) >= lambda*(z[i] - z[j]) given z[i] >= z[j]",
     "logit(p[i]) - logit(p[j]) >= 2*lambda*(z[i] - z[j]) given z[i] >= z[j]"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), PAIRS)
def test_the_kernel_accepts_what_is_found_and_nothing_is_found_of_the_neighbour(true: str, false: str) -> None:
    claim, neighbour = parse_claim(true), parse_claim(false)
    found = ratios.derivation(claim, _judge)
    assert found is not None
    check(plain(claim), found)
    with pytest.raises(Refused):
        check(plain(neighbour), found)
    assert ratios.derivation(neighbour, _judge) is None


OTHERS = ["x[i] - x[j] == y[i] - y[j] given softmax(x)[k] == softmax(y)[k]", "z[i] != z[j] given p[i] > p[j]"]


@pytest.mark.parametrize("line", OTHERS)
def test_nothing_is_found_of_what_is_no_inequality(line: str) -> None:
    assert ratios.derivation(parse_claim(line), _judge) is None
