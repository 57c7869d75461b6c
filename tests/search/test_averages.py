"""Inequalities between sums over classes by templates: the kernel accepts what is found, and not of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Refused, check
from symbolic.language.claims import Proved
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import averages
from symbolic.search.decision import decide
from symbolic.search.derivations import _judge_long, at_once

Q, X = "q[k] > 0, sum(q[k], k) == 1", "x[k] > 0"
XY = "x[k] > 0, y[k] > 0"

# a claim that is true, and one that is not, an edit away
PAIRS = [
    (f"sum(q[k]*exp(x[k]), k) >= exp(sum(q[k]*x[k], k)) given {Q}", "sum(q[k]*exp(x[k]), k) >= exp(sum(q[k]*x[k], k))"),
    (f"sum(q[k]*x[k]^r, k) >= sum(q[k]*x[k], k)^r given {Q}, {X}, r >= 1",
     f"sum(q[k]*x[k]^r, k) >= sum(q[k]*x[k], k)^r given {Q}, {X}, r >= 0"),
    (f"sum(q[k]*x[k]^r, k) <= sum(q[k]*x[k], k)^r given {Q}, {X}, r >= 0, r <= 1",
     f"sum(q[k]*x[k]^r, k) <= sum(q[k]*x[k], k)^r given {Q}, {X}, r >= 0"),
    (f"sum(q[k]/x[k], k) >= 1/sum(q[k]*x[k], k) given {Q}, {X}",
     f"sum(q[k]/x[k], k) >= 2/sum(q[k]*x[k], k) given {Q}, {X}"),
    (f"prod(x[k]^q[k], k) <= sum(q[k]*x[k], k) given {Q}, {X}",
     f"prod(x[k]^q[k], k) <= sum(q[k]*x[k], k)/2 given {Q}, {X}"),
    ("mean(exp(v[k]), k) >= exp(mean(v[k], k))", "mean(exp(v[k]), k) >= exp(2*mean(v[k], k))"),
    (f"sum(x[k]^a, k)/n >= (sum(x[k], k)/n)^a given {X}, a >= 1",
     f"sum(x[k]^a, k)/n >= sum(x[k], k)^a/n given {X}, a >= 1"),
    (f"sum(x[k]*y[k], k) <= sum(x[k]^a, k)^(1/a)*sum(y[k]^b, k)^(1/b) given 1/a + 1/b == 1, a > 1, {XY}",
     f"sum(x[k]*y[k], k) <= sum(x[k]^a, k)^(1/a)*sum(y[k]^b, k)^(1/b) given 1/a + 1/b == 1/2, a > 2, {XY}"),
    ("sum(p[k]^a, k) <= 1 given a >= 1", "sum(p[k]^a, k) <= 1 given a >= 1/2"),
    ("sum(p[k]^a, k) >= 1 given a <= 1", "sum(p[k]^a, k) >= 1 given a <= 2"),
    (f"sum(x[k]^a, k)^(1/a) <= sum(x[k], k) given {X}, a >= 1",
     f"sum(x[k]^a, k)^(1/a) <= sum(x[k], k) given {X}, a > 0"),
    (f"sum(x[k]^b, k)^(1/b) <= sum(x[k]^a, k)^(1/a) given {X}, 0 < a, a <= b",
     f"sum(x[k]^b, k)^(1/b) <= sum(x[k]^a, k)^(1/a) given {X}, 0 < b, b <= a"),
    (f"(sum(x[k]^a, k)/n)^(1/a) <= (sum(x[k]^b, k)/n)^(1/b) given {X}, 0 < a, a <= b",
     f"(sum(x[k]^a, k)/n)^(1/a) <= (sum(x[k]^b, k)/n)^(1/b) given {X}, 0 < b, b <= a"),
    ("entropy(softmax(z, c)) <= entropy(p) given c >= lambda",
     "entropy(softmax(z, c)) <= entropy(p) given c >= -lambda"),
    ("sum(softmax(z, c)[k]*z[k], k) >= sum(p[k]*z[k], k) given c >= lambda",
     "sum(softmax(z, c)[k]*z[k], k) >= sum(p[k]*z[k], k) given c >= lambda/2"),
    ("sum(softmax(z, c)[k]^2, k) <= sum(softmax(z, d)[k]^2, k) given 0 <= c, c <= d",
     "sum(softmax(z, c)[k]^2, k) <= sum(softmax(z, d)[k]^2, k) given c <= d"),
    ("softmax(z, c)[i] <= softmax(z, d)[i] given c <= d, z[k] <= z[i]",
     "softmax(z, c)[i] <= softmax(z, d)[i] given c <= d"),
    (f"log(sum(q[k]^a, k))/(1 - a) >= log(sum(q[k]^b, k))/(1 - b) given {Q}, 1 < a, a <= b",
     f"log(sum(q[k]^a, k))/(1 - a) >= log(sum(q[k]^b, k))/(1 - b) given {Q}, 1 < b, b <= a"),
    (f"log(sum(q[k]^a*p[k]^(1 - a), k))/(a - 1) <= log(sum(q[k]^b*p[k]^(1 - b), k))/(b - 1) given {Q}, 0 < a, a < b,"
     " a != 1, b != 1",
     f"log(sum(q[k]^a*p[k]^(1 - a), k))/(a - 1) <= log(sum(q[k]^b*p[k]^(1 - b), k))/(b - 1) given {Q}, 0 < b, b < a,"
     " a != 1, b != 1"),
    (f"log(sum(q[k]^a, k))/(1 - a) >= 0 given {Q}, a > 1", f"log(sum(q[k]^a, k))/(1 - a) >= 1/a given {Q}, a > 1"),
    ("logsumexp(c*z)/c >= logsumexp(d*z)/d given 0 < c, c <= d",
     "logsumexp(c*z)/c >= logsumexp(d*z)/d given 0 < d, d <= c"),
    ("log(sum(exp(c*z[k]), k)/n)/c <= log(sum(exp(d*z[k]), k)/n)/d given 0 < c, c <= d",
     "log(sum(exp(c*z[k]), k)/n)/c <= log(sum(exp(d*z[k]), k)/n)/d given 0 < d, d <= c"),
    ("max(softmax(z, c)) <= max(softmax(z, d)) given 0 <= c, c <= d",
     "max(softmax(z, c)) <= max(softmax(z, d)) given c <= d"),
    ("min(p) >= min(softmax(z, d)) given d >= lambda", "min(p) >= min(softmax(z, d)) given d >= lambda/2"),
    ("prod(1 + x[k], k) <= exp(sum(x[k], k)) given x[k] > -1",
     "prod(1 + x[k], k) <= exp(sum(x[k]/2, k)) given x[k] > -1"),
    ("sum(x[k]^2/y[k], k) >= sum(x[k], k)^2/sum(y[k], k) given y[k] > 0",
     "sum(x[k]^2/y[k], k) >= 2*sum(x[k], k)^2/sum(y[k], k) given y[k] > 0"),
    ("sum(abs(x[k]), k)^2 <= n*sum(x[k]^2, k)", "sum(abs(x[k]), k)^2 <= sum(x[k]^2, k)"),
    (f"(sum(x[k]^a, k)/n)^(1/a) <= (sum(x[k]^b, k)/n)^(1/b) given {X}, a < b",
     f"(sum(x[k]^a, k)/n)^(1/a) <= (sum(x[k]^b, k)/n)^(1/b) given {X}, a > b"),
    ("sum(q[k]*x[k]^a, k)^(1/a) <= sum(q[k]*x[k]^b, k)^(1/b) given q[k] >= 0, sum(q[k], k) == 1, x[k] > 0, a < b",
     "sum(q[k]*x[k]^a, k)^(1/a) <= sum(q[k]*x[k]^b, k)^(1/b) given q[k] >= 0, x[k] > 0, a < b"),
    (f"sum(x[k]*y[k], k) >= sum(x[k]^a, k)^(1/a)*sum(y[k]^b, k)^(1/b) given 1/a + 1/b == 1, 0 < a, a < 1, {XY}",
     f"sum(x[k]*y[k], k) >= sum(x[k]^a, k)^(1/a)*sum(y[k]^b, k)^(1/b) given 1/a + 1/b == 1, 0 < a, a < 2, {XY}"),
    (f"sum(x[k]^b, k)^(c - a) <= sum(x[k]^a, k)^(c - b)*sum(x[k]^c, k)^(b - a) given {X}, a < b, b < c",
     f"sum(x[k]^b, k)^(c - a) <= sum(x[k]^a, k)^(c - b)*sum(x[k]^c, k)^(b - a) given {X}, a < b, c < b"),
    (f"sum((x[k] + y[k])^a, k)^(1/a) <= sum(x[k]^a, k)^(1/a) + sum(y[k]^a, k)^(1/a) given {XY}, a >= 1",
     f"sum((x[k] + y[k])^a, k)^(1/a) <= sum(x[k]^a, k)^(1/a) + sum(y[k]^a, k)^(1/a) given {XY}, a > 0"),
    (f"sum((x[k] + y[k])^a, k)^(1/a) >= sum(x[k]^a, k)^(1/a) + sum(y[k]^a, k)^(1/a) given {XY}, 0 < a, a < 1",
     f"sum((x[k] + y[k])^a, k)^(1/a) > sum(x[k]^a, k)^(1/a) + sum(y[k]^a, k)^(1/a) given {XY}, 0 < a, a < 1"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), PAIRS)
def test_the_kernel_accepts_what_is_found_and_nothing_is_found_of_the_neighbour(true: str, false: str) -> None:
    claim, neighbour = parse_claim(true), parse_claim(false)
    found = averages.derivation(claim, _judge_long)
    assert found is not None
    check(plain(claim), found)
    assert averages.derivation(neighbour, _judge_long) is None
    with pytest.raises(Refused):
        check(plain(neighbour), found)


DIST = "q[k] > 0, r[k] > 0, sum(q[k], k) == 1, sum(r[k], k) == 1"

BY_SIDES = [
    (f"sum(abs(q[k] - r[k]), k) <= sqrt(2*kl(q, r)) given {DIST}",
     f"sum(abs(q[k] - r[k]), k) <= sqrt(kl(q, r)) given {DIST}"),
    ("abs(sum(x[k]*y[k], k)) <= sqrt(sum(x[k]^2, k))*sqrt(sum(y[k]^2, k))",
     "abs(sum(x[k]*y[k], k)) <= sqrt(sum(x[k]^2, k))*sqrt(sum(y[k]^2, k))/2"),
    ("sqrt(x + y) <= sqrt(x) + sqrt(y) given x >= 0, y >= 0",
     "sqrt(x + y) <= sqrt(x) + sqrt(y)/2 given x >= 0, y >= 0"),
    ("(1 - x)^n >= 1 - n*x given x >= 0, x <= 1", "(1 - x)^n >= 1 - x given x >= 0, x <= 1"),
    ("prod(1/x[k] - 1, k) >= (n - 1)^n given x[k] > 0, sum(x[k], k) == 1",
     "prod(1/x[k] - 1, k) >= n^n given x[k] > 0, sum(x[k], k) == 1"),
    ("prod(1 - x[k], k) >= (n - 1)^n*prod(x[k], k) given x[k] > 0, sum(x[k], k) == 1, n >= 2",
     "prod(1 - x[k], k) >= (n - 1)^n*prod(x[k], k) given x[k] > 0, sum(x[k], k) == 2, n >= 2"),
    ("count(p[k] > 1/n, k) <= n - 1", "count(p[k] >= 1/n, k) <= n - 1"),
    ("z[i] == z[j] given p[k] == 1/n", "z[i] == z[j] given p[k] <= 1/2"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), BY_SIDES)
def test_sides_are_compared_by_squares_and_what_is_at_an_end_is_a_case(true: str, false: str) -> None:
    assert at_once(parse_claim(true)) is not None
    assert at_once(parse_claim(false)) is None


@pytest.mark.parametrize("line", [
    "sum(exp(x[j]), j) > -(l^2 + m^2 + r^2 + u^2 + v^2 + s^2 + t^2 + q^2)",
    "limit(p[i] + a*b*h*g*r*m, lambda, 0) == 1/n + a*b*h*g*r*m",
])  # fmt: skip
def test_a_claim_that_uses_up_the_usual_letters_is_decided_all_the_same(line: str) -> None:
    assert isinstance(decide(parse_claim(line)), Proved)


IN_CASES = [
    (f"(1 - sum(q[k]^a, k))/(a - 1) <= (1 - n^(1 - a))/(a - 1) given {Q}, a > 0, a != 1",
     f"(1 - sum(q[k]^a, k))/(a - 1) <= (1 - n^(1 - a))/(2*a - 2) given {Q}, a > 0, a != 1"),
    ("entropy(p) <= log(2) + (1 - max(p))*log(n - 1) given n >= 2",
     "entropy(p) <= log(2)/2 + (1 - max(p))*log(n - 1) given n >= 2"),
    ("abs(diff(p[i], lambda)) <= (max(z) - min(z))/4", "abs(diff(p[i], lambda)) <= (max(z) - min(z))/5"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), IN_CASES)
def test_what_holds_in_each_case_is_derived_so(true: str, false: str) -> None:
    found = at_once(parse_claim(true))
    assert found is not None
    assert found.tree.keys() & {"if", "let"}
    assert at_once(parse_claim(false)) is None
