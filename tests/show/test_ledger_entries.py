"""The ledger is what is decided today: nothing in it is typed."""

from __future__ import annotations

import pytest

from symbolic.coq.theorems import by_hand
from symbolic.results import all_results
from symbolic.show.ledger_entries import Entry, WrongVerdict, ledger, line, summary, verdict
from symbolic.show.marks import between
from symbolic.statements import SaidSo, Statement, all_statements, find
from tests.test_corpus import IMPATIENCE, OPEN, PATIENCE
from tools.ledger import PAGE

STATEMENTS = all_statements()
STILL_OPEN = {row[1] for row in OPEN}


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """What is known to be open gets little time."""
    return list(ledger(lambda text: verdict(text, IMPATIENCE if text in STILL_OPEN else PATIENCE)))


def test_what_is_open_is_what_is_listed_as_open(entries: list[Entry]) -> None:
    found = {
        said.text
        for entry in entries
        for said, found in zip(entry.statement.claims, entry.verdicts, strict=True)
        if found == "unknown"
    }
    assert found == STILL_OPEN & {said.text for each in STATEMENTS for said in each.claims}


def test_the_table_is_computed(entries: list[Entry]) -> None:
    assert between(PAGE.read_text("utf-8"), "ledger") == summary(entries)


def test_every_statement_is_there_once() -> None:
    assert [len([each for each in STATEMENTS if each.true is truth]) for truth in (True, False)] == [171, 53]
    assert len({each.id for each in STATEMENTS}) == len(STATEMENTS)
    assert all(each.text and each.source for each in STATEMENTS)


def test_every_statement_is_said_in_full_or_there_is_a_reason() -> None:
    for each in STATEMENTS:
        scopes = {said.scope for said in each.claims}
        assert ("full" in scopes) is each.sayable, each.id
    assert sum(each.sayable for each in STATEMENTS) > 200


def test_expected_verdicts() -> None:
    assert {said.expected for each in STATEMENTS for said in each.claims} == {"proved", "refuted"}


def test_results_name_statements_that_exist() -> None:
    for result in all_results():
        for name in result.statements:
            assert find(name).true


def test_theorems_by_hand_name_statements_that_exist() -> None:
    for each in by_hand():
        for name in each.statements:
            assert find(name)


def test_a_theorem_by_hand_is_told_of() -> None:
    (entry,) = ledger(lambda text: "unknown", [find("A49")])
    assert entry.by_hand == ("jacobian_kernel",)
    assert "(jacobian.v, by hand: jacobian_kernel)" in line(entry)


def test_a_wrong_verdict_is_an_error() -> None:
    wrong = Statement("X01", "A", True, "p is small", "nobody", (SaidSo("full", "proved", "p[i] < 1"),))
    with pytest.raises(WrongVerdict, match="X01"):
        list(ledger(statements=[wrong]))


@pytest.mark.parametrize(
    ("claims", "reason", "verdicts", "standing"),
    [
        (["full", "full"], "", ["proved", "proved"], "decided"),
        (["full", "full"], "", ["proved", "unknown"], "partial"),
        (["full", "part"], "", ["proved", "unknown"], "decided"),
        (["full"], "", ["unknown"], "unknown"),
        (["part"], "no determinants", ["proved"], "partial"),
        ([], "no determinants", [], "unsayable"),
    ],
)
def test_how_a_statement_stands(claims: list[str], reason: str, verdicts: list[str], standing: str) -> None:
    said = tuple(SaidSo(scope, "proved", f"c == {at}") for at, scope in enumerate(claims))
    entry = Entry(Statement("X01", "A", True, "", "", said, reason), tuple(verdicts), (), (), ())
    assert entry.standing == standing
    assert standing in line(entry)


def test_a_derivation_is_found_with_its_notebook() -> None:
    (entry,) = ledger(lambda text: "unknown", [find("D02")])
    assert entry.results == ("softmax_jacobian",)
    assert entry.notebooks == ("02-jacobian: The derivation",)
