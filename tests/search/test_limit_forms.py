"""Forms from which limits are read off: the kernel accepts what is found, and not of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import limit_forms
from symbolic.search.derivations import _judge

TWO_LEVELS = "exp(lambda*(z[1] - z[2]))*(z[1] - mean(z[k], k))"
GUMBEL = "limit(softmax((z + g)/T)[i], T, 0)"

# a claim that is true, and one that is not, an edit away
PAIRS = [
    ("limit(x^2*exp(x)/(exp(x) - 1)^2, x, 0) == 1", "limit(x^2*exp(x)/(exp(x) - 1)^2, x, 0) == 2"),
    ("limit((cosh(x)/sinh(x) - 1/x)/x, x, 0) == 1/3", "limit((cosh(x)/sinh(x) - 1/x)/x, x, 0) == 1/2"),
    ("limit(1/(exp(x) - 1) - 1/x, x, 0) == -1/2", "limit(1/(exp(x) - 1) - 2/x, x, 0) == -1/2"),
    ("limit((x - 1)/log(x), x, 1) == 1", "limit((x - 1)/log(x), x, 2) == 1"),
    ("limit(entropy(p), z[i], oo) == 0", "limit(entropy(p), z[i], -oo) == 0"),
    ("limit(var(z), z[i], oo) == 0", "limit(var(z), z[i], oo) == 1"),
    ("limit(mean(z[k], k)/z[i], z[i], oo) == 1", "limit(mean(z[k], k)/z[i], z[i], -oo) == 1"),
    ("limit(log(cosh(c*x))/c, c, oo) == abs(x)", "limit(log(cosh(c*x))/c, c, oo) == x"),
    ("limit(softplus(c*x)/c, c, oo) == relu(x)", "limit(softplus(c*x)/c, c, oo) == abs(x)"),
    ("limit(x^a*log(x), x, 0, right) == 0 given a > 0", "limit(x^a*log(x), x, 0, right) == 0 given a >= 0"),
    ("limit(x*tanh(c*x), c, oo) == abs(x)", "limit(x*tanh(c*x), c, -oo) == abs(x)"),
    ("limit(log(sum(exp(c*(z[k] + g[k])), k))/c, c, oo) == max(z[k] + g[k], k)",
     "limit(log(sum(exp(c*(z[k] + g[k])), k))/c, c, -oo) == max(z[k] + g[k], k)"),
    (f"limit({TWO_LEVELS}, lambda, oo) == z[1] - z[2] given n == 2, z[1] > z[2]",
     f"limit({TWO_LEVELS}, lambda, oo) == z[1] - z[2] given n == 2"),
    (f"{GUMBEL} == 1 given all(z[i] + g[i] > z[k] + g[k], k != i)",
     f"{GUMBEL} == 1 given all(z[i] + g[i] >= z[k] + g[k], k != i)"),
    ("limit(T*log(sum(p[k], k in A)), T, 0) == max(z[k], k in A) - max(z) given size(A) >= 1",
     "limit(T*log(sum(p[k], k in A)), T, 0) == max(z[k], k in A) given size(A) >= 1"),
    ("limit(log(sum(exp(lambda*z[k]), k != i))/lambda, lambda, oo) == max(z[k], k != i) given n >= 2",
     "limit(log(sum(exp(lambda*z[k]), k != i))/lambda, lambda, oo) == max(z) given n >= 2"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), PAIRS)
def test_the_kernel_accepts_what_is_found_and_nothing_is_found_of_the_neighbour(true: str, false: str) -> None:
    claim, neighbour = parse_claim(true), parse_claim(false)
    found = limit_forms.derivation(claim, _judge, limit_forms.forms)
    assert found is not None
    check(plain(claim), found)
    with pytest.raises(Refused):
        check(plain(neighbour), found)
    assert limit_forms.derivation(neighbour, _judge, limit_forms.forms) is None
