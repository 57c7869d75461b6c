"""Under which hypotheses a refuted claim holds: what is said is true, about something, needed and no truism.

claims/repairs.tsv      the lines of claims/false.tsv that hypotheses of the list repair, and which (`make repairs`)
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Integer

from symbolic.answers import _busy, as_record, verify
from symbolic.language.claims import Proved, Refuted, with_given
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search.decision import decide
from symbolic.show.repairs import Repair, repaired
from tests.oracle import agrees, at_point
from tests.test_corpus import FALSE, rows, speaks_of_a_limit

ROWS = rows("repairs")
SAMPLE = ROWS[::8]
SHARE = 0.9

REPAIRED = {
    "diff(logsumexp(z), z[i]) == p[i]": "lambda == 1",
    "p[i] < 1": "n >= 2",
    "diff(p[i], z[j]) < 0": "i != j",
    "diff(p[i], z[j]) == lambda*p[i]*(1 - p[i])": "i == j",
    "sum(y[k], k) >= y[i]": "y[k] >= 0",
    "sum(y[k], k) > 0": "y[k] > 0",
    "mean(sum(y[k], k)*z[l], l) == mean(z[k], k)": "sum(y[k], k) == 1",
    "max(c*z[k], k) == c*max(z)": "c >= 0",
    "c/d*d == c + d - d + c - c + 1/d - 1/d": "",  # it holds already
    "limit(p[i], T, 0) == 1 given z[i] == max(z)": "count(z[k] == max(z), k) == 1",
    "var(v[k], k) > 0": "min(v) < max(v)",
    "sum(p[k], k in A) > 0": "size(A) >= 1",
    "sum(p[k], k in A) + p[i] <= 1": "i not in A",
    "c*d > 0": "c > 0, d > 0",
    "diff(-sum(y[k]*log(p[k]), k), z[j]) == p[j] - y[j]": "lambda == 1, sum(y[k], k) == 1",
}
NOTHING_TO_SAY = [
    "c > 0",  # would be said in the same words,
    "2*c >= 0",
    "y[i] > 0",
    "y[i] + y[j] > 0",  # or in nearly the same,
    "sum(y[k], k) == 1",
    "max(z) > min(z)",
    "n > 1",
    "n^2 == 4",
    "lambda == 1",
    "log(lambda) == 0",
    "T == 1",
    "p[i] == p[j]",  # or is x == x: i == j is no news
    "x == 5",
    "p[i] == 2 given n >= 3",
    "sum(p[k], k in A) == 1/2 given n == 3",
]


def repair_of(line: str, seconds: float = 10) -> Repair | None:
    said = parse_claim(line)
    verdict = decide(said)
    return repaired(said, verdict, seconds) if isinstance(verdict, Refuted) else None


@pytest.mark.parametrize(("line", "added"), REPAIRED.items())
def test_the_fewest_hypotheses_are_found(line: str, added: str) -> None:
    found = repair_of(line)
    assert (", ".join(map(plain, found.added)) if found else "") == added


@pytest.mark.parametrize("line", NOTHING_TO_SAY)
def test_no_truism_is_suggested(line: str) -> None:
    assert repair_of(line, 2) is None


@pytest.mark.parametrize("row", SAMPLE, ids="\t".join)
def test_each_hypothesis_is_needed_and_together_they_do(row: list[str]) -> None:
    said = parse_claim(row[0])
    found = repair_of(row[0])
    assert found is not None
    with_all = parse_claim(with_given(row[0], list(found.added)))
    assert isinstance(decide(with_all), Proved)
    for each, point in zip(found.added, found.without, strict=True):
        others = [other for other in found.added if other != each]
        there = parse_claim(with_given(row[0], others)) if others else said
        shown = decide(there)
        assert isinstance(shown, Refuted)
        if not speaks_of_a_limit(said):
            evaluable = replace(point, inverse_temperature=point.inverse_temperature or Integer(1))
            assert at_point(there, evaluable) is False


@pytest.mark.parametrize("row", ROWS, ids="\t".join)
def test_the_oracle_agrees_and_finds_a_point_that_counts(row: list[str]) -> None:
    line, added, *_ = row
    claim = parse_claim(with_given(line, added))
    assert speaks_of_a_limit(claim) or agrees(claim, points=4) is True


def test_nearly_all_that_can_be_repaired_is_said_in_time() -> None:
    assert share_that_is_said([row[0] for row in SAMPLE]) >= SHARE


def share_that_is_said(lines: list[str]) -> float:
    said = [any(note.startswith("holds given") for note in verify(line).notes) for line in lines]
    return sum(said) / len(lines)


def test_the_list_is_of_false_lines() -> None:
    assert {row[0] for row in ROWS} <= {row[0] for row in FALSE}
    assert len(ROWS) > 100


def test_notes_are_in_the_record() -> None:
    (note,) = as_record(verify("p[i] < 1"), 0)["notes"]
    assert note == "holds given `n >= 2`; at n = 1, lambda = 1, z = (0), i = 1 it does not"


def test_a_note_has_as_much_work_done_on_a_busy_machine() -> None:
    assert [_busy(*each) for each in ((0.1, 0.1), (0.5, 0.1), (9.0, 0.1), (0.1, 0.2), (0.1, 0.0))] == [
        1.0,
        5.0,
        8.0,
        1.0,
        1.0,
    ]
