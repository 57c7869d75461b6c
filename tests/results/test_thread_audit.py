"""The audit of the thread: every row is backed as it says."""

import pytest

from symbolic.language.errors import SymbolicError
from symbolic.results import find
from symbolic.results.thread_audit import TABLES, Row, Table, notebook_of
from tools.notebooks import FOLDER

ROWS = [(part, row) for part, table in TABLES.items() for row in table.rows]
NAMES = [f"{part}: {row.said[:40]}" for part, row in ROWS]
each_row = pytest.mark.parametrize("row", [row for _, row in ROWS], ids=NAMES)


@each_row
def test_its_lines_have_the_verdicts_it_says(row: Row) -> None:
    assert len(row.decided()) == len(row.lines)


@each_row
def test_its_results_exist_and_so_do_their_notebooks(row: Row) -> None:
    for name in row.results:
        assert (FOLDER / f"{notebook_of(find(name))}.md").exists()


@each_row
def test_what_is_decided_is_decided_by_something(row: Row) -> None:
    if row.outcome == "no claim":
        assert not row.results
        assert not row.lines
    else:
        assert row.results or row.lines or "definition" in row.note
    if row.outcome == "refuted":
        assert any(line.startswith("!") for line in row.lines)


def test_a_row_that_says_the_opposite_is_noticed() -> None:
    with pytest.raises(SymbolicError, match="should be proved"):
        Row("", "holds", lines=("p[i] < 1",)).decided()
    with pytest.raises(SymbolicError, match="should be refuted"):
        Row("", "refuted", lines=("! p[i] > 0",)).decided()


def test_the_question_and_all_four_answers_are_there() -> None:
    assert list(TABLES) == ["question", "answer 1", "answer 2", "answer 3", "answer 4"]
    assert "refuted" in str(TABLES["answer 3"])


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_it_is_shown_as_a_table_with_links(table: Table) -> None:
    head, rule, *rows = table._repr_markdown_().splitlines()
    assert head.count("|") == rule.count("|")
    assert len(rows) == len(table.rows)
    assert all(f"[{name}](" in text for text, row in zip(rows, table.rows, strict=True) for name in row.results)
