"""Derivatives of largest values: taken where one class attains it alone, or where another is larger."""

from __future__ import annotations

import pytest

from symbolic.language.claims import Proved, Refuted
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search.attained import resolved
from symbolic.search.decision import decide

ALONE = "all(z[i] > z[k], k != i)"

TAKEN = [
    (f"diff(max(z), z[j]) == delta(i, j) given {ALONE}", [f"diff(z[i], z[j]) == delta(i, j) given {ALONE}"]),
    (f"diff(max(z)^2, z[i]) == c given {ALONE}", [f"diff(z[i]^2, z[i]) == c given {ALONE}"]),
    (
        "diff(min(y), y[i]) == c given all(y[k] > y[i], k != i)",
        ["diff(y[i], y[i]) == c given all(y[k] > y[i], k != i)"],
    ),
    ("diff(max(z), z[j]) == c given z[j] < max(z)", ["0*z[j] == c given z[j] < max(z)"]),
    ("diff(min(z), z[j]) == c given z[j] > min(z)", ["0*z[j] == c given z[j] > min(z)"]),
    (
        "diff(max(z), z[j]) <= c",
        ["diff(z[j], z[j]) <= c given all(z[j] > z[k], k != j)", "0*z[j] <= c given z[j] < max(z)"],
    ),
]
LEFT = [
    "diff(max(z)^2, z[i]) == 0",  # which has a derivative at a tie, where max z is 0
    "diff(max(z) + min(z), z[i]) == 1",  # and so has this, where n == 2
    "diff(max(z), z[i], z[i]) == 0",
    "diff(max(z)^2, z[i]) == 0 given z[i] == max(z)",
    "diff(max(z)^2, z[i]) == 0 given all(z[i] >= z[k], k != i)",
    "diff(max(z)^2, z[i]) == 0 given all(z[i] > z[k], k in A)",
    "diff(max(z)^2, z[i]) == 0 given all(z[j] > z[k], k != j)",  # j is every class
    "diff(max(z)^2, z[i]) == 0 given all(z[i] < z[k], k != i)",
    "diff(max(z)^2, z[i]) == 0 given all(y[i] > y[k], k != i)",
    "diff(max(z)^2, z[j]) == 0 given z[j] < max(z)",
    "diff(max(z)^2, z[j]) == 0 given z[j] <= max(z)",
    "diff(min(z), z[j]) + diff(max(z), z[j]) == 0 given z[j] < max(z)",
    "limit(diff(max(z), z[i]), z[i], oo) == 1 given all(z[i] > z[k], k != i)",  # a hypothesis on what moves
    "sum(diff(max(z), z[k]), k) == 1",
    "max(z) == 1",
]


@pytest.mark.parametrize(("line", "expected"), TAKEN)
def test_the_derivative_is_that_of_the_entry(line: str, expected: list[str]) -> None:
    assert list(map(plain, resolved(parse_claim(line)))) == [plain(parse_claim(each)) for each in expected]


@pytest.mark.parametrize("line", LEFT)
def test_where_it_is_not_known_nothing_is_said(line: str) -> None:
    assert resolved(parse_claim(line)) == ()


OTHERS = ["sum(y[k], k) != n", "sum(y[k], k) == 0"]  # each clashes with y[i] == 1 for every i


@pytest.mark.parametrize("other", OTHERS)
def test_the_class_that_moves_is_still_one_class(other: str) -> None:
    """A hypothesis on i, once i were in no side, would be about every class, and perhaps about no point."""
    found = decide(parse_claim(f"diff(max(z), z[i]) == 1 given z[i] < max(z), y[i] == 1, {other}"))
    assert isinstance(found, Refuted)


@pytest.mark.parametrize("line", ["diff(max(z), z[i]) <= 1", "diff(min(z), z[i]) <= 1", "0 <= diff(max(z), z[i])"])
def test_bounds_of_the_derivative(line: str) -> None:
    assert isinstance(decide(parse_claim(line)), Proved)


def test_the_largest_of_products_moves_with_a_factor() -> None:
    """It is no largest entry of a family, of which alone the hypotheses and the index that moves would speak."""
    claim = parse_claim("diff(max(y[k]*z[k], k), z[j], y[i]) == 0 given sum(y[k], k) == 0")
    assert resolved(claim) == ()
