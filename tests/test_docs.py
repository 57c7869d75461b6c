"""The examples of the pages under docs/ run."""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path

import pytest

import symbolic
from symbolic.language import reference
from tools.reference import LANGUAGE, PAGE, page

ROOT = Path(__file__).parent.parent
PAGES = sorted({*(ROOT / "docs").glob("*.md")} - {PAGE})


@pytest.mark.parametrize("file", PAGES, ids=lambda each: each.stem)
def test_examples_run(file: Path) -> None:
    assert doctest.testfile(str(file), module_relative=False).failed == 0


def test_the_names_are_those_of_the_docstrings() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make notebooks`"


def test_the_language_is_that_of_its_tables() -> None:
    assert LANGUAGE.read_text("utf-8") == reference.page(), "run `make notebooks`"


def test_every_public_function_and_class_of_ours_says_more_than_a_line() -> None:
    named = {name: getattr(symbolic, name) for name in symbolic.__all__}
    functions = {name: each for name, each in named.items() if inspect.isroutine(inspect.unwrap(each))}
    assert {name for name, each in functions.items() if ">>> " not in (inspect.getdoc(each) or "")} == set()


def test_the_diff_in_contributing_is_what_stands_there() -> None:
    diff = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("```diff\n")[2].partition("```")[0]
    lines: list[str] = []
    for line in diff.splitlines():
        if line.startswith("--- "):
            lines = (ROOT / line[4:]).read_text("utf-8").splitlines()
        else:
            assert line[1:] in lines
