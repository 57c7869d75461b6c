"""Each rule of the kernel, by a claim whose derivation needs it, and by one an edit away that is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symbolic.kernel import Lemma, Refused, check

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


GAP = {"gap": Lemma("x - 1 >= log(x) given x > 0")}


def test_a_lemma_is_cited_with_expressions_and_at_any_class() -> None:
    check(
        "sum(p[k] - 1 - log(p[k]), k) >= 0",
        {"cite": "gap", "at": {"x": "p[m]"}, "in": {"line": ["sum(p[k] - 1 - log(p[k]), k)"]}},
        GAP,
    )


def test_the_hypotheses_of_what_is_cited_are_to_be_visible() -> None:
    with pytest.raises(Refused, match=r"not seen to hold|not be defined"):
        check("z[i] >= z[i]", {"cite": "gap", "at": {"x": "z[i]"}, "in": {"line": []}}, GAP)


def test_nothing_is_put_in_for_the_variable_of_a_derivative() -> None:
    lemma = {"square": Lemma("diff(x*c, c) == x")}
    with pytest.raises(Refused, match="derivative"):
        check("diff(d*d, d) == d", {"cite": "square", "at": {"x": "d", "c": "d"}, "in": {"line": []}}, lemma)


def test_a_refusal_says_where() -> None:
    with pytest.raises(Refused) as refusal:
        check("p[i] < 1", {"if": "n >= 2", "then": {"line": ["sum(p[k], k != i)"]}, "else": {"line": ["1"]}})
    assert refusal.value.where == "/else"
