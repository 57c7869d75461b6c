"""A daily dose of random claims; `make fuzz` is the large one. And the fuzz itself is seen to find what is wrong."""

from __future__ import annotations

import os
from itertools import islice

import pytest
from sympy import Integer, log

from symbolic.language.claims import Point, Proved, Refuted, Unknown
from symbolic.language.parser import parse_claim
from tests.fuzz_claims import complaint, drawn, judged
from tests.mutations import mutated

CLAIMS = int(os.environ.get("SYMBOLIC_CLAIMS", "400"))
BLOCK = 50


@pytest.mark.parametrize("seed", range(1000, 1000 + CLAIMS // BLOCK))
def test_no_verdict_on_random_claims_is_wrong(seed: int) -> None:
    judgements = [(each, *judged(each, 1, seed)) for each in islice(drawn(seed), BLOCK)]
    assert not [(str(each), found) for each, _, found in judgements if found]
    decided = sum(kind.startswith(("proved", "refuted")) for _, kind, _ in judgements)
    assert decided > BLOCK / 2


def test_wrong_verdicts_are_seen() -> None:
    zero = Point({"z": (Integer(0), log(2))}, indices={"i": 1}, size=2)
    assert complaint(parse_claim("p[i] < 1"), Proved()) is not None
    assert complaint(parse_claim("p[i] <= 1"), Refuted(zero, "", "")) is not None
    assert complaint(parse_claim("p[i] <= 1"), Proved(vacuous=True)) is not None
    assert complaint(parse_claim("limit(p[i], T, 0) == 1/n"), Proved()) is not None
    assert complaint(parse_claim("p[i] <= 1/4"), Refuted(zero, "", "")) is None
    assert complaint(parse_claim("p[i] <= 1"), Proved()) is None
    assert complaint(parse_claim("p[i] < 1"), Unknown("")) is None


def test_a_refutation_outside_the_hypotheses_is_seen() -> None:
    zero = Point({"z": (Integer(0), log(2))}, indices={"i": 1}, size=2)
    assert complaint(parse_claim("p[i] >= 1/2 given z[i] == max(z)"), Refuted(zero, "", "")) is not None


def test_lines_change_by_little() -> None:
    line = "sum(y[k]*z[k], k) <= max(z) given sum(y[k], k) == 1, y[k] >= 0"
    found = {mutated(line, seed) for seed in range(300)}
    assert len(found) > 100
    assert "sum(y[k]*z[k], k) <= max(z) given sum(y[k], k) == 1" in found
    assert "sum(y[k]*z[k], k) < max(z) given sum(y[k], k) == 1, y[k] >= 0" in found
    assert mutated(line, 7) == mutated(line, 7)
