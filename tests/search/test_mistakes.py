"""Each mistake that the kernel once made is found by the fuzz if it is put back: a table says by which claim."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.search.fuzz_kernel import judged
from tests.search.mistakes import MISTAKES, PATIENCE, Mistake, rows, undone

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.what)
def test_a_mistake_can_be_put_back(mistake: Mistake) -> None:
    for module in {each.module for each in mistake.edits}:
        spec = find_spec(module)
        assert spec is not None
        assert spec.origin is not None
        source = Path(spec.origin).read_text("utf-8")
        assert undone(source, [each for each in mistake.edits if each.module == module]) != source


def test_the_fuzz_found_every_mistake() -> None:
    assert [row[0] for row in rows()] == [each.what for each in MISTAKES]


@pytest.mark.parametrize("place", range(len(MISTAKES)), ids=lambda place: MISTAKES[place].what)
def test_the_claim_that_shows_a_mistake_is_proved_with_it_alone(place: int) -> None:
    _, number, _, claim, _ = rows()[place]
    command = [sys.executable, "-m", "tests.search.mistakes", str(place + 1), "--first", number, "--most", "1"]
    found = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.split("\t")
    assert found[1] == number
    assert found[2].startswith("WRONG")
    without = judged(int(number), seconds=PATIENCE)
    assert str(without).split("\t")[2] == found[3] == claim
    assert not without.wrong_at
