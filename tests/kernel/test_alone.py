"""The kernel imports Python's standard library and itself, and nothing else; it keeps within its size."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import symbolic.kernel
from tools.readme import code_lines

FOLDER = Path(symbolic.kernel.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))
LINES, CODE, LONGEST_FILE = 4200, 2800, 600


def imported(source: str) -> set[str]:
    """The modules that a source imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(f"{'.' * node.level}{node.module or ''}")
    return found


def foreign(source: str) -> set[str]:
    own = FOLDER.name
    return {
        name
        for name in imported(source)
        if not name.startswith(f"symbolic.{own}") and name.partition(".")[0] not in sys.stdlib_module_names
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_imports_the_standard_library_and_the_kernel(file: Path) -> None:
    assert not foreign(file.read_text("utf-8"))


def test_an_import_of_anything_else_would_be_seen() -> None:
    assert foreign("import sympy\nfrom symbolic.search import x\nfrom . import y") == {"sympy", "symbolic.search", "."}


def test_the_kernel_is_one_reading() -> None:
    lengths = {file.name: len(file.read_text("utf-8").splitlines()) for file in FILES}
    assert sum(lengths.values()) <= LINES
    assert max(lengths.values()) <= LONGEST_FILE, lengths
    assert sum(code_lines(file.read_text("utf-8")) for file in FILES) <= CODE


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_asserted_or_evaluated(file: Path) -> None:
    """`assert` is gone under -O; what is read is data."""
    tree = ast.parse(file.read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in ("eval", "exec")]
