"""The kernel alone refuses what is false, whatever tree claims it: no search, no first look and no second look helps.

Each false claim of our lists gets the trees that claim it directly, the difference of its sides as its own evidence,
and derivations of true claims: of the one that it was made from, where that is said, and of those most like it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from symbolic.kernel import Refused, check
from symbolic.language.errors import SymbolicError
from symbolic.language.notation import Limit
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.statements import all_statements

TESTS = Path(__file__).parents[1]
KNOWN = TESTS.parent / "symbolic" / "search" / "known.jsonl"
NEAREST = 8


def rows(name: str) -> list[list[str]]:
    lines = (TESTS / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


# false claims, each with a true one beside it, or none
FALSE = {
    "false": [(row[0], row[1]) for row in rows("claims/false.tsv")],
    "false_claims": [(row[0], "") for row in rows("claims/false_claims.txt")],
    "unsound_once": [(row[1], "") for row in rows("search/unsound_once.tsv")],
    "traps": [(row[2], "") for row in rows("search/traps.tsv") if row[1] == "refuted"],
    "pairs": [(row[2], row[1]) for row in rows("search/pairs.tsv")],
    "statements": [(said.text, "") for each in all_statements() for said in each.claims if said.expected == "refuted"],
}
EACH = [(name, false, true) for name, pairs in FALSE.items() for false, true in pairs]

DIRECTLY: tuple[Any, ...] = (
    {"line": []},
    {"absurd": []},
    {"if": "i == j", "then": {"line": []}, "else": {"line": []}},
    {"if": "n == 1", "then": {"absurd": []}, "else": {"line": []}},
)


@cache
def kept() -> dict[str, Any]:
    """The derivations that are kept, by their claims."""
    records = (json.loads(line)["derivation"] for line in KNOWN.read_text("utf-8").splitlines())
    return {each["claim"]: each["proof"] for each in records}


@cache
def words(line: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w ]+[\[(]\w?|[^\w\s]+ ?\w*", line))


def alike(line: str) -> list[Any]:
    """The derivations of the claims that look most like one."""
    said = words(line)
    return [kept()[each] for each in sorted(kept(), key=lambda each: (len(said ^ words(each)), each))[:NEAREST]]


def itself(line: str) -> Iterator[Any]:
    """The claim as its own evidence: the larger side less the smaller, or the function of a limit."""
    claim = parse_claim(line)
    if isinstance(claim.lhs, Limit):
        yield {"limit": plain(claim.lhs.args[0])}
    yield from ({"line": [f"{first} - ({second})"]} for first, second in _sides(claim.lhs, claim.rhs))


def _sides(lhs: Any, rhs: Any) -> list[tuple[str, str]]:
    left, right = plain(lhs), plain(rhs)
    return [(left, right), (right, left)]


def refused(line: str, tree: Any) -> bool:
    try:
        check(line, tree)
    except Refused:
        return True
    return False


@pytest.mark.parametrize(("name", "false", "true"), EACH)
def test_no_tree_makes_it_true(name: str, false: str, true: str) -> None:
    line = plain(parse_claim(false))
    for tree in (*DIRECTLY, *itself(line), *beside(true), *alike(line)):
        assert refused(line, tree), json.dumps(tree)


def beside(true: str) -> list[Any]:
    """The derivation that is kept of the true claim."""
    try:
        line = plain(parse_claim(true))
    except SymbolicError:  # a note, no claim
        return []
    return [kept()[line]] if line in kept() else []


def test_true_claims_are_accepted_with_the_same_trees() -> None:
    """So that it is the claims for which these trees are refused."""
    check("sum(p[k], k) == 1", DIRECTLY[0])
    check("p[i] == 2 given n == 1/2", DIRECTLY[1])
    check("diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])", DIRECTLY[2])
    check("c^2 + 1 > 0", next(itself("c^2 + 1 > 0")))
    check("limit(p[i], lambda, 0) == 1/n", next(itself("limit(p[i], lambda, 0) == 1/n")))
    check("entropy(p) <= log(n)", alike("entropy(p) <= log(n)")[0])
