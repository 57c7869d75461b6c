"""Whatever a result cites has a row in the table of sources, and what is cited from memory is said there alone."""

import pytest

from symbolic.language.errors import SymbolicError
from symbolic.results import Result, all_results
from symbolic.show.sources import SOURCES, cited
from tools.notebooks import FOLDER

ROOT = FOLDER.parent
TEXTS = sorted([*FOLDER.glob("*.md"), *(ROOT / "symbolic").rglob("*.tsv"), *(ROOT / "tests" / "claims").glob("*.tsv")])


@pytest.mark.parametrize("result", all_results(), ids=lambda result: result.name)
def test_what_a_result_cites_is_in_the_table(result: Result) -> None:
    assert cited(result.source)


def test_what_is_not_in_the_table_is_named() -> None:
    with pytest.raises(SymbolicError, match="no row for 'Euler 1740, chapter 7'"):
        cited("folklore; Euler 1740, chapter 7")


def test_three_authors_are_one_source() -> None:
    assert cited("Hinton, Vinyals and Dean 2015, (2) to (5)") == ("Hinton, Vinyals and Dean 2015",)


def test_a_source_that_was_not_looked_up_is_said_to_be_from_memory() -> None:
    rows = SOURCES._repr_markdown_().splitlines()[2:]
    assert len(rows) == len(SOURCES.entries)
    for each, row in zip(SOURCES.entries.values(), rows, strict=True):
        assert row.endswith("| from memory |") is not bool(each.checked)


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_it_is_said_in_one_place(text) -> None:
    assert text.read_text("utf-8").count("from memory") == (text.stem == "00-start-here")


def test_gao_and_pavel_are_cited_without_numbers() -> None:
    for text in TEXTS:
        assert not [line for line in text.read_text("utf-8").splitlines() if "Pavel 2017, prop" in line]
