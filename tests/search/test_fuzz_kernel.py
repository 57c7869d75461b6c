"""A daily dose of the fuzz of the kernel alone; `make fuzz` is the large one. And it is seen to find what is wrong."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.parser import parse_claim
from symbolic.search.form.equality import Holds
from tests import oracle
from tests.search import fuzz_kernel
from tests.search.fuzz_kernel import judged, placed
from tests.search.plain import Unclear, Undefined, exp, extremal, holds, related
from tests.search.plain_points import drawn as point_of
from tests.search.random_hypotheses import drawn

CLAIMS, BLOCK, SEED = 300, 50, 1000


@pytest.mark.parametrize("first", range(0, CLAIMS, BLOCK))
def test_what_the_kernel_proves_alone_holds(first: int) -> None:
    found = [judged(number, SEED) for number in range(first, first + BLOCK)]
    assert not [str(each) for each in found if each.wrong_at]
    assert any(each.kind == "holds" for each in found)
    assert sum(each.kind.startswith("not read") for each in found) <= BLOCK / 20


def test_what_is_proved_wrongly_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz_kernel, "by_kernel", lambda said, seconds: Holds(vacuous=True))
    kinds = [judged(number, SEED).kind for number in range(40)]
    assert kinds.count("WRONG") > 10
    assert kinds.count("WRONG: not vacuous") > 2
    assert fuzz_kernel.DOUBTED not in kinds


def test_the_two_oracles_agree() -> None:
    """On the hypotheses and the claim, at points as they are drawn: the trees mean what the lines do."""
    compared = 0
    for number in range(200):
        rng = Random(number)
        made = drawn(rng).claim
        point = point_of(made, rng.choice([1, 2, 3]), rng)
        try:
            said, there = parse_claim(str(made)), placed(point)
            assert [holds(each, point) for each in made.given] == [held(each, there) for each in said.given], made
            assert related(made.said, point) == oracle.is_true(said, there), made
            compared += 1
        except (Undefined, Unclear, SyntaxErrorInClaim, oracle.NoValue, oracle.CannotSay):  # max(-1, k) is not read
            continue
    assert compared > 50


def held(hypothesis: object, there: oracle.At) -> bool:
    try:
        return oracle.holds(hypothesis, there)
    except oracle.NoValue:
        return False


def test_an_argmax_set_has_fractions_and_decimal_numbers() -> None:
    found = (Fraction(2), exp(Fraction(1)), exp(Fraction(1)))
    assert extremal("argmax", found) == {2, 3}
    assert extremal("argmin", found) == {1}
