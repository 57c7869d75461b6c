"""Every notebook is stored as its text says, executed in order, short and wholly validated.

That the outputs are right is for nbval: it executes the notebooks and compares.
"""

import ast
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from tools.notebooks import FOLDER, stale

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
CELLS = 25
LINES = 3


def code_cells(path: Path) -> list[NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def ends_in_an_expression(source: str) -> bool:
    return isinstance(ast.parse(source).body[-1], ast.Expr)


each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_every_notebook_has_its_text_and_every_text_its_notebook() -> None:
    assert NOTEBOOKS
    assert {p.stem for p in NOTEBOOKS} == {p.stem for p in FOLDER.glob("*.md")}


@each_notebook
def test_it_says_what_its_text_says(path: Path) -> None:
    assert stale(path.with_suffix(".md")) is None


@each_notebook
def test_it_was_executed_once_and_in_order(path: Path) -> None:
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_no_cell_failed_or_warned(path: Path) -> None:
    outputs = [output for cell in code_cells(path) for output in cell.outputs]
    assert [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"] == []


@each_notebook
def test_what_ends_in_an_expression_shows_something(path: Path) -> None:
    """nbval passes a cell that was never executed: it has no output to compare."""
    silent = [c.source for c in code_cells(path) if ends_in_an_expression(c.source) and not c.outputs]
    assert silent == []


@each_notebook
def test_it_is_short(path: Path) -> None:
    assert len(nbformat.read(path, as_version=4).cells) <= CELLS
    assert [c.source for c in code_cells(path) if len(c.source.splitlines()) > LINES] == []


@each_notebook
def test_no_cell_is_exempt_from_validation(path: Path) -> None:
    text = path.with_suffix(".md").read_text("utf-8").lower()
    assert [word for word in ("nbval-", "nbval_", "raises-exception") if word in text] == []
