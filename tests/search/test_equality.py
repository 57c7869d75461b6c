"""Equality case by case: what is said of the cases, and when the sums are written out."""

import pytest

from symbolic.language.claims import claim, differ, same
from symbolic.language.notation import D, delta, i, j, lam, p, z
from symbolic.language.parser import parse_claim
from symbolic.search.form.equality import WRITTEN_OUT, Fails, Holds, Open, equal
from tests.search.pairs import outcome

JACOBIAN = D(p[i], z[j]), lam * p[i] * (delta(i, j) - p[j])

FIVE = " + ".join(f"sum(p[k], k in {subset})" for subset in "ABCDE")

CASES = [
    ("diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])", ("i = j", "i, j distinct")),
    ("y[i] == y[i]", ("",)),
    ("n*y[i] == y[i] given n == 1", ("",)),
    ("y[i] == y[j] given i == j", ("i = j",)),
    ("delta(i,2)*y[i] == delta(i,2)*y[2] given n >= 2", ("2 = i", "2, i distinct")),
    ("sum(delta(i,k), k in A) + sum(delta(i,k), k not in A) == 1", ("i in A", "i not in A")),
    ("sum(y[k], k) == y[1] + y[2] given n == 2", ("1, 2 distinct, n = 2",)),
    ("y[i] + y[j] == y[j] + y[i] given i != j", ("i, j distinct",)),
    (f"p[i]*p[j]*({FIVE}) == p[j]*p[i]*({FIVE})", ("i = j", "i, j distinct")),
    (f"diff({FIVE}, c) + sum(delta(i,k), k in A) == sum(delta(i,k), k in A)", ("i in A", "i not in A")),
]


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_every_case_is_named(line: str, expected: tuple[str, ...]) -> None:
    assert outcome(line) == Holds(expected)


FAILS = [
    ("diff(p[i], z[j]) == lambda*p[i]*(1 - p[j])", "i, j distinct"),
    ("y[i] == y[j]", "i, j distinct"),
    ("p[i] == p[i]^2", ""),
    ("sum(delta(i,k), k in A) == 1", "i not in A"),
    ("sum(delta(i,k), k in A) == 0", "i in A"),
    ("diff(sum(p[k], k in A), z[i]) == -lambda*p[i]*sum(p[k], k in A)", "i in A"),
    ("n == 1 given n == 2", ""),
    ("y[1] == y[2] given n == 2", "1, 2 distinct"),
    ("n^2 == n given n <= 2", "n = 2"),
]


@pytest.mark.parametrize(("line", "case"), FAILS)
def test_the_case_in_which_it_fails_is_named(line: str, case: str) -> None:
    said = outcome(line)
    assert isinstance(said, Fails)
    assert case in said.case


def test_hypotheses_choose_the_case() -> None:
    assert equal(claim(*JACOBIAN[:1], "==", lam * p[i] * (1 - p[i]), [same(i, j)])) == Holds(("i = j",))
    assert isinstance(equal(claim(*JACOBIAN[:1], "==", lam * p[i] * (1 - p[i]), [differ(i, j)])), Fails)


def test_sums_are_written_out_for_small_n_only() -> None:
    def product(size: int) -> str:
        return f"{'*'.join(f'(n - {each})' for each in range(1, size + 1))} == 0 given n <= {size}"

    assert isinstance(outcome(product(WRITTEN_OUT)), Holds)
    assert not isinstance(outcome(product(WRITTEN_OUT + 1)), Holds)


def test_no_n_is_no_point() -> None:
    assert outcome("c == 1 given n < 1") == Holds(vacuous=True)
    assert outcome("p[i] + p[j] == 1 given n == 1, i != j") == Holds(vacuous=True)


def test_what_does_not_separate_is_open_in_a_case_that_is_named() -> None:
    said = outcome("sum(sum(w[k]/(w[k] + 2*w[l]), l), k) + y[i] == n^2/2 + y[j] given i == j")
    assert said == Open("not shown equal when i = j: sums that do not separate into one-index sums")


def test_one_side_may_teach_what_the_other_needs() -> None:
    for line in ("c^d == exp(d*log(c))", "exp(d*log(c)) == c^d"):
        assert isinstance(outcome(line), Holds)


def test_claims_are_data() -> None:
    line = "p[i] == exp(lambda*z[i])/Z"
    assert equal(parse_claim(line)) == equal(parse_claim(line)) == Holds(("",))
