"""Thirteen shortcuts to a limit that are unsound: each has a false claim that it would accept, and that is refused."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from symbolic.kernel import Refused, check
from tests.kernel import damage
from tests.kernel.fuzz import Tried

ROWS = [
    row.split("\t")
    for row in Path(__file__).with_name("shortcuts.tsv").read_text("utf-8").splitlines()
    if not row.startswith("#")
]
NUMBER = 13
READ_BY_NOBODY = 12  # an internal name: there is no claim to be false


def test_there_is_a_row_for_each() -> None:
    assert {int(row[0]) for row in ROWS} == set(range(1, NUMBER + 1))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}: {row[2]}" for row in ROWS])
def test_the_shortcut_is_not_taken(row: list[str]) -> None:
    _, _, claim, proof, why, true, its_proof = row
    with pytest.raises(Refused) as refusal:
        check(claim, json.loads(proof))
    assert str(refusal.value) == why
    check(true, json.loads(its_proof))


SAYABLE = [row for row in ROWS if int(row[0]) != READ_BY_NOBODY]


@pytest.mark.parametrize("row", SAYABLE, ids=[f"{row[0]}: {row[2]}" for row in SAYABLE])
def test_it_would_be_wrong_to_take_it(row: list[str]) -> None:
    """The claim that is refused fails at points near the limit, and the one beside it does not."""
    found = Tried()
    with suppress(Refused):
        damage.judge(Random(1), row[2], json.loads(row[3]), found)
    assert len(found.wrong) == 1
    damage.judge(Random(1), row[5], json.loads(row[6]), found)
    assert len(found.wrong) == 1
