"""The examples of the pages under docs/ run."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda each: each.stem)
def test_examples_run(page: Path) -> None:
    assert doctest.testfile(str(page), module_relative=False).failed == 0


def test_the_diff_in_contributing_is_what_stands_there() -> None:
    diff = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("```diff\n")[2].partition("```")[0]
    lines: list[str] = []
    for line in diff.splitlines():
        if line.startswith("--- "):
            lines = (ROOT / line[4:]).read_text("utf-8").splitlines()
        else:
            assert line[1:] in lines
