"""Inequalities in sums: what each of the methods says, where it gives up, and what it tells."""

import pytest

from symbolic.language.parser import parse_claim
from symbolic.search.form.equality import Holds, Open
from symbolic.search.form.homogeneity import total
from symbolic.search.order.inequality import compare
from tests.search.pairs import holds, outcome, reason

LONG = "(c + d + s0 + s1 + s2 + s3)"  # its powers have more terms than are looked at
SUMS = [f"sum(exp({family}[k]), k)" for family in "zwv"]
MEANS = " + ".join(f"{each}^6" for each in SUMS) + " + 1 >= 3*" + "*".join(f"{each}^2" for each in SUMS)

PAIRS = [
    ("c^2 + d^2 + s0^2 >= c*d + d*s0 + s0*c", "c^2 + d^2 + s0^2 >= 2*(c*d + d*s0 + s0*c)"),
    ("sum(y[k]^4, k)*sum(v[k]^4, k) >= sum(y[k]^2*v[k]^2, k)^2", "sum(y[k]^4, k) >= sum(y[k]^2, k)^2"),
    (f"{LONG}^5 - {LONG}^5 >= 0", f"{LONG}^5 - {LONG}^4 >= 0"),
    ("c*d*(1 - c)^2*(1 + c^2) >= 0 given c > 0, d > 0", "c*d*(1 - c)^2*(1 + c^2) > 0 given c > 0, d > 0"),
]


@pytest.mark.parametrize(("true", "false"), PAIRS)
def test_what_is_true_beside_what_is_not(true: str, false: str) -> None:
    assert holds(true)
    assert isinstance(outcome(false), Open)


def test_without_weights_there_are_no_certificates() -> None:
    assert holds(MEANS)
    assert isinstance(compare(parse_claim(MEANS)), Open)
    assert isinstance(outcome(MEANS.replace("3*", "4*")), Open)


def test_too_many_terms_are_not_looked_at() -> None:
    assert "is not seen" in reason(f"{LONG}^6*c >= 0")


TOTALS = [
    ("sum(y[k], k) == 2", ("y", 2)),
    ("2 == sum(y[k], k)", ("y", 2)),
    ("sum(y[k]^2, k) == 1", None),
    ("sum(y[k], k in A) == 1", None),
    ("sum(y[k], k) == 0", None),
    ("sum(y[k], k) <= 1", None),
    ("c == d", None),
]


@pytest.mark.parametrize(("hypothesis", "expected"), TOTALS)
def test_the_total_of_a_family(hypothesis: str, expected: tuple[str, int] | None) -> None:
    found = total(parse_claim(f"c >= 0 given {hypothesis}").given[0])
    assert (found and (found[0].name, found[1])) == expected


def test_a_proof_tells_its_certificate() -> None:
    said = outcome(MEANS)
    assert isinstance(said, Holds)
    assert said.facts[-1].endswith(">= 0, as a sum of terms that are not negative")
