"""The corpus: claims with the verdicts that are right, and those that are still open. Any change of a verdict fails.

claims/true.tsv     proved; what the oracle finds no point for is proved as being about nothing
claims/false.tsv    refuted; each is one edit away from a true claim, which stands beside it
claims/open.tsv     not decided yet: `python tools/ledger.py` moves what is decided by now
claims/typed.tsv    what people type, in the second edition of the language, with the verdict that is right
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

from symbolic.answers import verify
from symbolic.language.claims import Claim, Proved, Refuted, Unknown
from symbolic.language.notation import Limit
from symbolic.language.parser import parse_claim, parse_claims
from symbolic.search.vacuity import counted_point
from symbolic.statements import all_statements
from tests.oracle import agrees, at_point

FOLDER = Path(__file__).with_name("claims")
PATIENCE, IMPATIENCE = 20, 1  # seconds for a claim that is decided quickly, and for one that is not at all


def rows(name: str) -> list[list[str]]:
    lines = (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


TRUE, FALSE, OPEN = rows("true"), rows("false"), rows("open")
SAID = [(each.expected, each.text) for statement in all_statements() for each in statement.claims]
BELIEVED = [("proved", row[0]) for row in TRUE] + [("refuted", row[0]) for row in FALSE]
BELIEVED += [(row[0], row[1]) for row in OPEN]


@cache
def by_the_oracle(text: str) -> bool | None:
    """True if the claim holds at random points, False if it fails at one, None where no point counts."""
    return agrees(parse_claim(text), points=4)


def speaks_of_a_limit(claim: Claim) -> bool:
    return bool(claim.lhs.has(Limit) or claim.rhs.has(Limit))


@pytest.mark.parametrize("row", TRUE, ids="\t".join)
def test_a_true_claim_is_proved(row: list[str]) -> None:
    found = verify(row[0], PATIENCE)
    assert isinstance(found.verdict, Proved)
    if not speaks_of_a_limit(parse_claim(row[0])):
        about_something = by_the_oracle(row[0]) is not None or counted_point(parse_claim(row[0])) is not None
        assert found.verdict.vacuous is not about_something


@pytest.mark.parametrize("row", FALSE, ids="\t".join)
def test_a_false_claim_is_refuted(row: list[str]) -> None:
    claim = parse_claim(row[0])
    found = verify(claim, PATIENCE).verdict
    assert isinstance(found, Refuted)
    if not speaks_of_a_limit(claim) and found.point.n <= 60:
        assert at_point(claim, found.point) is False


@pytest.mark.parametrize("row", [row for row in OPEN if row[3] != "a statement"], ids="\t".join)
def test_an_open_claim_is_open(row: list[str]) -> None:
    assert isinstance(verify(row[1], IMPATIENCE).verdict, Unknown), "decided: run tools/ledger.py"


@pytest.mark.parametrize(("expected", "text"), list(dict.fromkeys(BELIEVED + SAID)))
def test_the_oracle_finds_no_false_truth(expected: str, text: str) -> None:
    claim = parse_claim(text)
    if expected == "refuted" or speaks_of_a_limit(claim):
        return
    assert by_the_oracle(text) is not False


@pytest.mark.parametrize("row", FALSE, ids="\t".join)
def test_a_false_claim_has_a_true_neighbour(row: list[str]) -> None:
    false, true, _ = row
    known = {text for expected, text in BELIEVED + SAID if expected == "proved"}
    assert true in known
    assert SequenceMatcher(None, false, true, autojunk=False).ratio() > 0.5


@pytest.mark.parametrize("row", rows("typed"), ids="\t".join)
def test_what_people_type_gets_its_answer(row: list[str]) -> None:
    expected, text, _ = row
    found = verify(text, PATIENCE)
    assert type(found.verdict).__name__.lower() == expected
    assert not found.vacuous
    if found.point is not None:
        claims = [each for each in parse_claims(text) if not speaks_of_a_limit(each)]
        assert any(at_point(each, found.point) is False for each in claims)
    elif expected == "proved" and " iff " not in text:  # the oracle takes p[i] == p[j] to hold where lambda is 1e-60
        assert all(agrees(each, points=4) is not False for each in parse_claims(text) if not speaks_of_a_limit(each))


def test_the_corpus_is_large_and_says_nothing_twice() -> None:
    texts = [text for _, text in BELIEVED]
    assert len(texts) == len(set(texts)) >= 400
    assert min(len(TRUE), len(FALSE)) >= 150
    assert all(row[-1] for row in TRUE + FALSE + OPEN), "each line has a source"
