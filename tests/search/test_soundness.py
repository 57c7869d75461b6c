"""Random identities are proved; with one random edit, only if an independent oracle agrees.

SYMBOLIC_FUZZ=20000 pytest -n 4 tests/search/test_soundness.py     more of them
SYMBOLIC_SEED=5000 ...                                             others
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from symbolic.language.claims import Claim, Proved, Refuted, Unknown
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search.decision import decide
from tests.identities import edited, identity
from tests.oracle import CannotSay, agrees, at_point
from tests.stock import DELICATE, IDENTITIES, Identity, equation

COUNT = int(os.environ.get("SYMBOLIC_FUZZ", "600"))
LARGEST = int(os.environ.get("SYMBOLIC_SIZE", "8"))
FIRST = int(os.environ.get("SYMBOLIC_SEED", "0"))
BLOCK = 50
BLOCKS = range(FIRST, FIRST + COUNT, BLOCK)
SECONDS = 4
TOO_LARGE = "too large"  # a refusal that the kernel may give to a few


@cache
def drawn(first: int) -> list[tuple[int, Claim]]:
    """A block of identities of growing size: short ones fail more legibly."""
    seeds = range(first, min(first + BLOCK, FIRST + COUNT))
    return [(seed, identity(seed, 1 + seed % LARGEST)) for seed in seeds]


def wrong(first: int, complaint: Callable[[int, Claim], str]) -> list[str]:
    """What is wrong with the claims of a block, one line each."""
    found = ((seed, claim, complaint(seed, claim)) for seed, claim in drawn(first))
    return [f"{seed}: {what}: {plain(claim)}" for seed, claim, what in found if what]


def not_proved(seed: int, claim: Claim) -> str:
    verdict = decide(claim, 20 * SECONDS)  # a proof is what counts here, on a busy machine too
    if isinstance(verdict, Unknown) and TOO_LARGE in verdict.reason:
        return ""
    if not isinstance(verdict, Proved):
        return f"{type(verdict).__name__} {getattr(verdict, 'reason', '')}"
    counts = agrees(claim, seed, 1) is not None if verdict.vacuous else False
    return "proved as vacuous, but there are points that count" if counts else ""


def wrong_after_edit(seed: int, claim: Claim) -> str:
    changed = edited(claim, seed)
    complaint = wrongly_decided(changed, seed)
    return f"{complaint} after the edit to {plain(changed)}" if complaint else ""


def wrongly_decided(claim: Claim, seed: int) -> str:
    verdict = decide(claim, SECONDS)
    if isinstance(verdict, Unknown):
        return ""
    if isinstance(verdict, Refuted):
        return "" if false_at(claim, verdict) else "refuted at a point where it does not fail"
    known = agrees(claim, seed, 1)
    if known is False:
        return "proved, and false"
    return "proved as vacuous, and points count" if verdict.vacuous and known else ""


def false_at(claim: Claim, verdict: Refuted) -> bool:
    try:
        return at_point(claim, verdict.point) is False
    except CannotSay:
        return agrees(claim) is False


@pytest.mark.parametrize("first", BLOCKS)
def test_random_identities_are_proved(first: int) -> None:
    assert wrong(first, not_proved) == []


def test_few_are_too_large() -> None:
    verdicts = [decide(claim, SECONDS) for _, claim in drawn(FIRST)]
    assert sum(isinstance(each, Unknown) for each in verdicts) <= len(verdicts) // 20


@pytest.mark.parametrize("first", BLOCKS)
def test_with_one_edit_only_the_true_are_proved(first: int) -> None:
    assert wrong(first, wrong_after_edit) == []


@pytest.mark.parametrize("first", BLOCKS[::5])
def test_the_oracle_confirms_the_identities(first: int) -> None:
    assert wrong(first, lambda seed, claim: "false" * (agrees(claim, seed, 1) is False)) == []


def stated(identity: Identity) -> Claim:
    lhs, rhs, given = identity
    return Claim(equation(lhs, rhs), given)


@pytest.mark.parametrize("identity", IDENTITIES, ids=lambda each: plain(stated(each)))
def test_the_stock_is_true_and_proved(identity: Identity) -> None:
    verdict = decide(stated(identity))
    assert agrees(stated(identity)) is True
    assert isinstance(verdict, Proved)
    assert not verdict.vacuous


@pytest.mark.parametrize("identity", DELICATE, ids=lambda each: plain(stated(each)))
def test_where_a_side_is_undefined_does_not_count(identity: Identity) -> None:
    known = agrees(stated(identity))
    verdict = decide(stated(identity))
    assert known is not False
    assert isinstance(verdict, Proved)
    assert known is None or not verdict.vacuous


ONCE = Path(__file__).with_name("unsound_once.tsv")
UNSOUND_ONCE = [row.split("\t") for row in ONCE.read_text("utf-8").splitlines() if not row.startswith("#")]


@pytest.mark.parametrize("line", [row[1] for row in UNSOUND_ONCE], ids=[row[0] for row in UNSOUND_ONCE])
def test_what_was_once_unsound_is_not_proved(line: str) -> None:
    verdict = decide(parse_claim(line), SECONDS)
    assert not isinstance(verdict, Proved)
