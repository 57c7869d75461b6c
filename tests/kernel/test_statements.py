"""Every equality among the collected statements about softmax gets its verdict, true or false."""

from __future__ import annotations

from pathlib import Path

import pytest

from symbolic.decide import decide
from symbolic.language.claim import Proved, Refuted
from symbolic.language.parser import parse_claim
from tests.oracle import agrees, at_point

FILE = Path(__file__).parent.parent / "claims" / "statements_ad.tsv"
ROWS = [line.split("\t") for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
SAID = [row[:3] for row in ROWS if row[1] != "outside"]
TRUE = [row for row in SAID if row[1] == "proved"]
FALSE = [row for row in SAID if row[1] == "refuted"]


def statement(row: list[str]) -> str:
    return row[0]


def test_the_statements_are_all_there() -> None:
    known = {row[0].split(".")[0] for row in ROWS}
    classes_a_and_d = {f"A{number:02}" for number in range(1, 61) if number != 15}
    classes_a_and_d |= {f"D{number:02}" for number in range(1, 23)}
    assert classes_a_and_d <= known
    assert len({row[0] for row in ROWS}) == len(ROWS)
    assert all(len(row) == 4 and row[2] for row in ROWS)


@pytest.mark.parametrize("row", TRUE, ids=statement)
def test_a_true_one_is_proved(row: list[str]) -> None:
    verdict = decide(parse_claim(row[2]))
    assert isinstance(verdict, Proved)
    assert not verdict.vacuous


@pytest.mark.parametrize("row", FALSE, ids=statement)
def test_a_false_one_is_refuted(row: list[str]) -> None:
    claim = parse_claim(row[2])
    verdict = decide(claim)
    assert isinstance(verdict, Refuted)
    assert at_point(claim, verdict.point) is False


@pytest.mark.parametrize("row", SAID, ids=statement)
def test_the_oracle_says_the_same(row: list[str]) -> None:
    assert agrees(parse_claim(row[2])) is (row[1] == "proved")
