"""Each side condition that is dropped is found: a line that is to be refused is accepted, and the table says which."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.kernel.holes import HOLES, Hole, rows
from tests.search.mistakes import undone

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("hole", HOLES, ids=lambda each: each.name)
def test_a_hole_can_be_planted(hole: Hole) -> None:
    spec = find_spec(hole.edit.module)
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).read_text("utf-8")
    assert undone(source, [hole.edit]) != source


def test_every_hole_is_found_by_a_line_that_is_to_be_refused() -> None:
    assert [row[0] for row in rows()] == [hole.name for hole in HOLES]
    assert all(int(row[1]) > 0 for row in rows())


def test_the_line_that_shows_a_hole_passes_through_it_alone() -> None:
    command = [sys.executable, "-m", "tests.kernel.holes", "--again"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "")
