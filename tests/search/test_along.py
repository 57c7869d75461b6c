"""Inequalities along the temperature: the kernel accepts what is found, and not of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import along
from symbolic.search.derivations import _judge

RANGE = "(max(z) - min(z))"

# a claim that is true, and one that is not, an edit away
PAIRS = [
    (f"log(n) - entropy(p) <= lambda^2*{RANGE}^2/8", f"log(n) - entropy(p) <= lambda^2*{RANGE}^2/9"),
    (f"mean(z[k], k) - sum(z[k], k)/n <= lambda*{RANGE}^2/4", f"mean(z[k], k) - sum(z[k], k)/n <= lambda*{RANGE}^2/5"),
    (f"log(Z/n) - lambda*sum(z[k], k)/n <= lambda^2*{RANGE}^2/8",
     f"log(Z/n) - lambda*sum(z[k], k)/n <= lambda^2*{RANGE}^2/9"),
    (f"abs(p[i] - 1/n) <= lambda*{RANGE}/4", f"abs(p[i] - 1/n) <= lambda*{RANGE}/5"),
    (f"max(p) - 1/n <= lambda*{RANGE}/4", f"max(p) - 1/n <= lambda*{RANGE}/5"),
    (f"kl(softmax(z, a), softmax(z, b)) <= (a - b)^2*{RANGE}^2/8",
     f"kl(softmax(z, a), softmax(z, b)) <= abs(a - b)*{RANGE}^2/8"),
    (f"softmax(z, a)[i] - softmax(z, b)[i] <= abs(a - b)*{RANGE}/4",
     f"softmax(z, a)[i] - softmax(z, b)[i] <= (a - b)*{RANGE}/4"),
    ("log(sum(exp(a*z[k]), k)/n)/a <= log(sum(exp(b*z[k]), k)/n)/b given 0 < a, a <= b",
     "log(sum(exp(a*z[k]), k))/a <= log(sum(exp(b*z[k]), k))/b given 0 < a, a <= b"),
    ("sum(exp(z[k]/c), k)^c <= sum(exp(z[k]), k) given c > 0, c <= 1",
     "sum(exp(z[k]/c), k)^c <= sum(exp(z[k]), k) given c > 0, c <= 2"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), PAIRS)
def test_the_kernel_accepts_what_is_found_and_nothing_is_found_of_the_neighbour(true: str, false: str) -> None:
    claim, neighbour = parse_claim(true), parse_claim(false)
    found = along.derivation(claim, _judge)
    assert found is not None
    check(plain(claim), found)
    with pytest.raises(Refused):
        check(plain(neighbour), found)
    assert along.derivation(neighbour, _judge) is None
