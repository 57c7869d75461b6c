"""Lines as people type them, written down before it was seen how they are answered: four in five as was hoped.

A line that is not read is refused with what can be typed instead; a row changes when its answer does.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from symbolic.answers import answer

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_suffix("").with_name("as_typed.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def test_four_in_five_are_answered_as_was_hoped() -> None:
    assert len(ROWS) >= 150
    assert sum(hoped == found for hoped, found, _ in ROWS) >= 0.8 * len(ROWS)


@pytest.mark.parametrize(("hoped", "found", "line"), ROWS, ids=lambda each: each[:40])
def test_it_is_answered_so(hoped: str, found: str, line: str) -> None:
    said = answer(line, 2 if found == "unknown" else 60, notes=True)
    assert type(said.verdict).__name__.lower() in ({"unknown", hoped} if found == "unknown" else {found})
    if found == "invalid":
        assert "`" in str(said) or "\\" in said.verdict.notes[0], "no word of what can be typed instead"
