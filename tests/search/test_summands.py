"""Sums over one class at a time, over pairs, norms, products: a derivation, and none of the neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import Budget, Refused, check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import derivations, norms, pairwise, summands, vanishing
from symbolic.search.case_trees import Node
from symbolic.search.derivations import _judge, _judge_long, _of_a_part, _of_numbers, at_once

Q = " given q[k] >= 0, sum(q[k], k) == 1"
ONE, TWO = " given x[k] > 0", " given x[k] > 0, y[k] > 0"
BOUNDS = " given 0 < a, a <= x[k], x[k] <= b"

# smaller and larger side, hypotheses; the smaller one may not be larger by a third
SUMMANDS = [
    ("sum(abs(x[k] + y[k]), k)", "sum(abs(x[k]), k) + sum(abs(y[k]), k)", ""),
    ("sum(x[k]*y[k], k)", "sum(abs(x[k]), k)*max(abs(y[k]), k)", ""),
    ("n/(n - 1)", "sum(x[k]/(sum(x[l], l) - x[k]), k)", " given x[k] > 0, n >= 2"),
    ("sqrt(n^2 + sum(x[k], k)^2)", "sum(sqrt(1 + x[k]^2), k)", ""),
    ("sqrt(sum(x[k], k)^2 + sum(y[k], k)^2)", "sum(sqrt(x[k]^2 + y[k]^2), k)", ""),
    ("sum(x[k]^2, k)", "sum(x[k], k)*max(x)", ONE),
    ("sum(sqrt(x[k]^2 + y[k]^2), k)", "sum(x[k], k) + sum(y[k], k)", " given x[k] >= 0, y[k] >= 0"),
    ("sum(exp(z[k]), k in A)", "size(A)*exp(max(z[k], k in A))", " given size(A) >= 1"),
]
PAIRWISE = [
    ("sum(x[k]*y[k], k)^2", "sum(x[k]^2, k)*sum(y[k]^2, k)", ""),
    ("sum(x[k]*y[k], k in A)^2", "sum(x[k]^2, k in A)*sum(y[k]^2, k in A)", ""),
    ("sum(x[k], k in A)^2", "size(A)*sum(x[k]^2, k)", ""),
    ("sum(abs(x[k]), k)^2", "n*sum(x[k]^2, k)", ""),
    ("sum(abs(x[k] - y[k]), k)^2", "n*sum((x[k] - y[k])^2, k)", ""),
    ("sum(x[k], k)^2/sum(y[k], k)", "sum(x[k]^2/y[k], k)", TWO),
    ("sum(q[k]*x[k], k)^2", "sum(q[k]*x[k]^2, k)", Q),
    ("n^2/(n + sum(x[k], k))", "sum(1/(1 + x[k]), k)", ONE),
    ("sum(x[k]*y[k]/(x[k] + y[k]), k)", "sum(x[k], k)*sum(y[k], k)/(sum(x[k], k) + sum(y[k], k))", TWO),
    ("sum(x[k], k)*sum(y[k], k)", "n*sum(x[k]*y[k], k)", " given (x[k] - x[l])*(y[k] - y[l]) >= 0"),
    ("sum(x[k]^2, k)", "sum(abs(x[k]), k)^2", ""),
]
NORMS = [
    ("max(abs(x[k] + y[k]), k)", "max(abs(x[k]), k) + max(abs(y[k]), k)", ""),
    ("abs(max(x) - max(y))", "max(abs(x[k] - y[k]), k)", ""),
    ("abs(x[i])", "sum(abs(x[k]), k)", ""),
    ("sum(x[k], k)*sum(1/x[k], k)", "n^2*(a + b)^2/(4*a*b)", BOUNDS),
]
WHOLE = [
    ("sqrt(sum((x[k] + y[k])^2, k))", "sqrt(sum(x[k]^2, k)) + sqrt(sum(y[k]^2, k))", ""),
    ("sqrt(sum(x[k]^2, k)) - sqrt(sum(y[k]^2, k))", "sqrt(sum((x[k] - y[k])^2, k))", ""),
    ("max(abs(x[k]), k)", "sqrt(sum(x[k]^2, k))", ""),
    ("1 + sum(x[k], k)", "prod(1 + x[k], k)", " given x[k] >= 0"),
    ("log(1 + sum(x[k], k))", "sum(log(1 + x[k]), k)", " given x[k] >= 0"),
    ("n*(c - 1)", "c^n - 1", " given c >= 0"),
    ("1 + sum(x[k], k != i) + x[j]*x[l]", "prod(1 + x[k], k != i)", " given i != j, i != l, j != l, x[k] >= 0"),
    ("sum(x[k], k in A)", "prod(1 + x[k], k in A)", " given x[k] >= 0"),
    ("prod(1/(1 + exp(z[k] - z[i])), k != i)", "softmax(z)[i]", ""),
    ("1 - sum(x[k], k)", "prod(1 - x[k], k)", " given 0 <= x[k], x[k] <= 1"),
    ("1 - prod(1 - x[k], k)", "sum(x[k], k)", " given 0 < x[k], x[k] < 1"),
    ("2 - sum(p[k], k)", "1 + prod(1 - p[k], k)", ""),
    ("prod(1 - x[k], k)", "1/(1 + sum(x[k], k))", " given 0 <= x[k], x[k] < 1"),
    ("prod(1 - p[k], k)", "exp(-1)", ""),
    ("prod(1 - p[k], k)", "(1 - 1/n)^n", ""),
    ("2^n", "prod(1 + x[k], k)", " given x[k] > 0, prod(x[k], k) == 1"),
    ("(n + 1)^n", "prod(1 + 1/x[k], k)", " given x[k] > 0, sum(x[k], k) == 1"),
    ("1 + prod(x[k], k)^(1/n)", "prod(1 + x[k], k)^(1/n)", ONE),
]


@pytest.fixture(autouse=True)
def enough_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """That a machine is slow decides nothing here."""
    monkeypatch.setattr(derivations, "NUMBERS", 100.0)
    monkeypatch.setattr(derivations, "PARTS", 100.0)


def _at_once(small: str, large: str, given: str) -> Node | None:
    proof = at_once(parse_claim(f"{small} <= {large}{given}"))
    return None if proof is None else dict(proof.tree)


def _accepts_no_neighbour(small: str, large: str, given: str, found: Node | None) -> None:
    assert found is not None
    check(plain(parse_claim(f"{small} <= {large}{given}")), found, Budget())
    with pytest.raises(Refused):
        check(plain(parse_claim(f"{small} + abs({small})/3 <= {large}{given}")), found, Budget())


@pytest.mark.parametrize(("small", "large", "given"), SUMMANDS)
def test_one_class_at_a_time(small: str, large: str, given: str) -> None:
    found = summands.derivation(parse_claim(f"{small} <= {large}{given}"), _judge, _of_numbers)
    _accepts_no_neighbour(small, large, given, found)


@pytest.mark.parametrize(("small", "large", "given"), PAIRWISE)
def test_pairs_of_classes(small: str, large: str, given: str) -> None:
    found = pairwise.derivation(parse_claim(f"{small} <= {large}{given}"), _judge, _of_numbers)
    _accepts_no_neighbour(small, large, given, found)


@pytest.mark.parametrize(("small", "large", "given"), NORMS)
def test_norms_and_largest_values(small: str, large: str, given: str) -> None:
    found = norms.derivation(parse_claim(f"{small} <= {large}{given}"), _judge_long, _of_numbers)
    _accepts_no_neighbour(small, large, given, found)


LOSSES = Q + ", l[k] >= 0"
OF_MEANS = [
    ("sum(q[k]*exp(-t*l[k]), k)", "1 - t*sum(q[k]*l[k], k) + t^2/2*sum(q[k]*l[k]^2, k)", LOSSES + ", t >= 0"),
    ("sum(q[k]*exp(-t*l[k]), k)", "1 - (1 - exp(-t))*sum(q[k]*l[k], k)", LOSSES + ", l[k] <= 1"),
    ("mean(exp(t*v[k]), k)", "1 + t*mean(v[k], k) + t^2*mean(v[k]^2, k)", " given t*v[k] <= 1"),
]
ENTROPIES = [
    ("log(sum(q[k]*exp(-t*l[k]), k))", "-(1 - exp(-t))*sum(q[k]*l[k], k)", LOSSES + ", l[k] <= 1"),
    ("log(mean(exp(t*v[k]), k))", "t*mean(v[k], k) + t^2*(max(v) - min(v))^2/8", ""),
    ("entropy(q)", "log(count(q[k] > 0, k))", Q),
    ("kl(q, r)", "sum(abs(q[k] - r[k]), k)^2/(2*min(r))", Q + ", sum(r[k], k) == 1, r[k] > 0"),
    ("2*log(2)*(1 - max(q))", "entropy(q)", Q),
]


@pytest.mark.parametrize(("small", "large", "given"), OF_MEANS)
def test_a_mean_of_what_holds_at_each_class(small: str, large: str, given: str) -> None:
    claim = parse_claim(f"{small} <= {large}{given}")
    found = derivations._with_other_letters(claim, lambda said, judge: summands.of_means(said, judge, _of_a_part))
    _accepts_no_neighbour(small, large, given, found)


@pytest.mark.parametrize(("small", "large", "given"), ENTROPIES)
def test_a_logarithm_by_what_it_is_of(small: str, large: str, given: str) -> None:
    _accepts_no_neighbour(small, large, given, _at_once(small, large, given))


@pytest.mark.parametrize(("small", "large", "given"), WHOLE)
def test_roots_and_products(small: str, large: str, given: str) -> None:
    _accepts_no_neighbour(small, large, given, _at_once(small, large, given))


EQUAL = [
    ("x[i] == c", "sum((x[k] - c)^2, k) == 0", "sum(x[k] - c, k) == 0"),
    ("x[i] == x[j]", "n*sum(x[k]^2, k) == sum(x[k], k)^2", "n*sum(x[k]^2, k) >= sum(x[k], k)^2"),
    (
        "x[i]*y[j] == x[j]*y[i]",
        "sum(x[k]^2, k)*sum(y[k]^2, k) == sum(x[k]*y[k], k)^2",
        "sum(x[k]^2, k) == sum(y[k]^2, k)",
    ),
    ("p[i] == 1/n", "max(z) == min(z)", "max(z) >= min(z)"),
]


@pytest.mark.parametrize(("equal", "given", "weaker"), EQUAL)
def test_the_case_of_equality(equal: str, given: str, weaker: str) -> None:
    claim, accepted = parse_claim(f"{equal} given {given}"), []
    for tree in vanishing.trees(claim):
        if _judge(claim, dict(tree)) is None:
            accepted.append(tree)
            with pytest.raises(Refused):
                check(plain(parse_claim(f"{equal} given {weaker}")), dict(tree), Budget())
    assert accepted


def test_what_has_no_sum_or_is_no_inequality_is_left_alone() -> None:
    for line in ("x + y <= abs(x) + abs(y)", "sum(p[k], k) == 1"):
        for search in (summands, pairwise):
            assert search.derivation(parse_claim(line), _judge, _of_numbers) is None
