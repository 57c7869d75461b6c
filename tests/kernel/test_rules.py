"""Each rule of the kernel, by a claim whose derivation needs it, and by one an edit away that is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symbolic.kernel import Budget, Refused, check
from symbolic.kernel.checker import asked
from symbolic.kernel.terms import Term

ROWS = [
    row.split("\t")
    for row in Path(__file__).with_name("rules.tsv").read_text("utf-8").splitlines()
    if not row.startswith("#")
]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_rule_accepts_what_it_is_for_and_refuses_its_neighbour(row: list[str]) -> None:
    _, claim, proof, neighbour, its_proof, _ = row
    check(claim, json.loads(proof))
    with pytest.raises(Refused):
        check(neighbour, json.loads(its_proof))


def test_a_refusal_says_where() -> None:
    with pytest.raises(Refused) as refusal:
        check("p[i] < 1", {"if": "n >= 2", "then": {"line": ["sum(p[k], k != i)"]}, "else": {"line": ["1"]}})
    assert refusal.value.where == "/else"


def deep_down() -> None:
    """A check where there is no more stack for it."""
    try:
        deep_down()
    except RecursionError:
        check("p[i] <= 1", {"line": ["1 - p[i]"]})


def test_a_line_for_which_the_stack_is_too_small_is_refused() -> None:
    with pytest.raises(Refused, match="nested too deeply"):
        deep_down()


def test_a_word_without_a_rule_has_no_form() -> None:
    """A head that is added to the terms alone is refused wherever it stands."""
    leaf = asked("p[i] <= 1", Budget())
    with pytest.raises(Refused, match="does not know"):
        leaf.signs.field.value(Term(), leaf.at)
