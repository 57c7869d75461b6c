"""What is proved about no point is said to be, with what shows it; what only seems so is not proved through it."""

from __future__ import annotations

from importlib import import_module

import pytest

from symbolic.answers import as_record, verify
from symbolic.language.claims import Proved, Unknown
from symbolic.language.parser import parse_claim
from symbolic.search.form.emptiness import shown_empty
from symbolic.search.form.equality import Holds
from symbolic.search.simplex import combination
from symbolic.search.vacuity import counted_point

deciding = import_module("symbolic.search.decision")

VACUOUS = [
    ("p[i] == 2 given c > 3, p[i] == 2", "no point satisfies p[i] == 2: 0 == 1; 0 == "),
    ("c == 1 given d > 2, c > 1, x < 3, c < 1", "no point satisfies c > 1, c < 1: 0 == -(c - 1) + (c - 1)"),
    ("p[i] < 1 given n >= 2, z[i] > z[j], y[k] > 0, z[j] > z[i]", "no point satisfies z[i] > z[j], z[j] > z[i]: "),
    ("p[i] < 1 given i in A, y[i] > 0, size(A) == 0", "no point satisfies i in A, size(A) == 0: "),
    ("p[i] == 3 given all(y[k] == 0, k != i), y[k] == 1, n >= 2", "no point satisfies all(y[k] == 0, k != i), "),
    ("c > 2 given sum(y[k], k) < 0, c > 2, y[k] >= 0", "no point satisfies sum(y[k], k) < 0, y[k] >= 0: "),
    ("limit(p[i], T, 0) == 1 given z[i] > z[j], z[j] > z[i]", "no point satisfies z[i] > z[j], z[j] > z[i]: "),
    ("sum(p[k], k in A)/sum(p[k], k in A) == 1 given size(A) == 0", "a side is nowhere defined where size(A) == 0: "),
    ("1/(c - c) == 5", "a side is nowhere defined: a division by zero"),
    ("p[i] == 0 given n == 2, n == 3, c > 0", "no point satisfies n == 2, n == 3: n >= 3 and n <= 2"),
]
# One edit away, each of them is about some point.
NOT_EMPTY = [
    "p[i] == 1 given c > 3, p[i] == 1",
    "c == 1 given c >= 1, c <= 1",
    "p[i] < 1 given z[i] >= z[j], z[j] >= z[i], n >= 2",
    "p[i] == 1 given all(y[k] == 0, k != i), y[k] == 1",
    "p[i] > 0 given all(y[k] > 0, k in A), all(y[k] < 0, k in A)",
    "c > 0 given sum(y[k], k) <= 0, c > 0, y[k] >= 0",
    "sum(p[k], k in A)/sum(p[k], k in A) == 1 given size(A) == 1",
    "sum(1/(z[k] - c), k != i) == sum(1/(z[k] - c), k != i) given z[i] == c",
    "sum(log(c), k != i) == sum(log(c), k != i) given c == 0",
]


@pytest.mark.parametrize(("line", "note"), VACUOUS)
def test_what_clashes_is_named_and_shown(line: str, note: str) -> None:
    found = verify(line)
    assert isinstance(found.verdict, Proved)
    assert found.verdict.vacuous
    (said,) = found.verdict.notes
    assert said.startswith(note)
    assert found.verdict.facts
    assert as_record(found, 0)["vacuous"] is True


@pytest.mark.parametrize("line", NOT_EMPTY)
def test_what_has_points_is_not_shown_to_have_none(line: str) -> None:
    assert shown_empty(parse_claim(line), combination) is None


def test_where_no_point_is_found_a_note_says_so() -> None:
    verdict = verify("c^2 + d^2 >= 0 given c^5 - c - 1 == 0, d^7 - d + 5 == 0").verdict
    assert isinstance(verdict, Proved)
    assert not verdict.vacuous
    assert verdict.notes == ("no point was found that satisfies the hypotheses",)


def test_a_claim_about_some_point_has_no_note() -> None:
    verdict = verify("p[i] < 1 given n >= 2, sum(y[k], k) == 1, y[k] > 0").verdict
    assert isinstance(verdict, Proved)
    assert not verdict.notes


def test_a_contradiction_that_nothing_shows_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_by_kernel", lambda claim: Holds(vacuous=True))
    verdict = deciding.decide(parse_claim("c == 7 given c^5 - c - 1 == 0, d^7 - d + 5 == 0"), seconds=4)
    assert isinstance(verdict, Unknown)
    assert "no identity shows" in verdict.reason


@pytest.mark.parametrize(
    "line", ["limit(p[i]/p[j], T, 0) == 0 given i != j, z[i] < z[j]", "limit(p[i], T, oo) == 1/n given c > 0"]
)
def test_a_limit_with_an_index_is_about_a_point(line: str) -> None:
    assert counted_point(parse_claim(line)) is not None


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "line",
    [
        "kl(q, s) >= 5 given s[k] == 0, q[k] >= 0",
        "kl(q, s) == 7 given s[k] == 0, q[k] == 0",
        "kl(q, x*q) >= y - 1000 given q[k] >= 0, x >= 0, x == 0",
    ],
)
def test_a_divergence_is_defined_where_both_arguments_are_zero(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By itself: no look at points is there to catch it."""
    monkeypatch.setattr(deciding, "_by_first_look", lambda *_: None)
    monkeypatch.setattr(deciding, "_looked_at_again", lambda _, outcome, *__: outcome)
    assert not isinstance(deciding.decide(parse_claim(line)), Proved)
