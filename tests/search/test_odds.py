"""Shares and odds against thresholds: a derivation that the kernel accepts, and none of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Budget, Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import odds
from symbolic.search.derivations import _judge_long

REST, WIDE = "sum(exp(lambda*z[k]), k != i)", "exp(lambda*(max(z) - min(z)))"

# a claim that is true, and one that is not, an edit away
PAIRS = [
    (f"lambda*z[i] > log({REST}) given n >= 2, p[i] > 1/2", f"lambda*z[i] > log({REST}) given n >= 2, p[i] > 1/3"),
    (f"p[i] > 1/2 given n >= 2, lambda*z[i] > log({REST})", f"p[i] > 2/3 given n >= 2, lambda*z[i] > log({REST})"),
    ("log(p[i]/(1 - p[i])) > c given p[i] > 1/(1 + exp(-c)), n >= 2",
     "log(p[i]/(1 - p[i])) > c given p[i] > 1/(1 + exp(c)), n >= 2"),
    ("p[i] > 1/2 given n >= 2, all(z[i] > z[k] + T*log(n - 1), k != i)",
     "p[i] > 1/2 given n >= 3, all(z[i] > z[k] + T*log(n - 2), k != i)"),
    ("p[i] >= 1 - c given c > 0, n >= 2, all(z[i] - z[k] >= T*log((n - 1)/c), k != i)",
     "p[i] >= 1 - c/2 given c > 0, n >= 2, all(z[i] - z[k] >= T*log((n - 1)/c), k != i)"),
    ("p[i] <= 1/(1 + (n - 1)*exp(-lambda*c)) given all(z[i] <= z[k] + c, k != i)",
     "p[i] <= 1/(1 + n*exp(-lambda*c)) given all(z[i] <= z[k] + c, k != i)"),
    ("-log(softmax(w, c)[i]) >= log(1 + (n - 1)*exp(-2*c)) given c > 0, -1 <= w[k], w[k] <= 1",
     "-log(softmax(w, c)[i]) >= log(1 + (n - 1)*exp(-c)) given c > 0, -1 <= w[k], w[k] <= 1"),
    (f"sum(p[k], k in A)/sum(p[k], k not in A) <= size(A)/(n - size(A))*{WIDE}",
     f"sum(p[k], k in A)/sum(p[k], k not in A) <= size(A)/n*{WIDE}"),
    (f"sum(p[k], k in A) <= size(A)*{WIDE}/(n - size(A) + size(A)*{WIDE})",
     f"sum(p[k], k in A) <= size(A)*{WIDE}/(n + size(A)*{WIDE})"),
    ("sum(p[k], k not in A) <= (n - size(A))/size(A)*exp(-lambda*c)*sum(p[k], k in A) "
     "given size(A) >= 1, all(z[k] >= t + c, k in A), all(z[k] <= t, k not in A)",
     "sum(p[k], k not in A) <= 1/size(A)*exp(-lambda*c)*sum(p[k], k in A) "
     "given size(A) >= 1, all(z[k] >= t + c, k in A), all(z[k] <= t, k not in A)"),
    ("softmax(z, a)[i]/softmax(z, a)[j] >= softmax(z, b)[i]/softmax(z, b)[j] given b <= a, z[i] >= z[j]",
     "softmax(z, a)[i]/softmax(z, a)[j] >= softmax(z, b)[i]/softmax(z, b)[j] given b <= a"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), PAIRS)
def test_the_kernel_accepts_what_is_found_and_refuses_the_neighbour(true: str, false: str) -> None:
    claim, neighbour = parse_claim(true), parse_claim(false)
    found = odds.derivation(claim, _judge_long)
    assert found is not None
    check(plain(claim), found, Budget())
    with pytest.raises(Refused):
        check(plain(neighbour), found, Budget())
    assert odds.derivation(neighbour, _judge_long) is None
