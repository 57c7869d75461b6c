"""Inequalities with a name: found in any letters, and no longer where a hypothesis is missing."""

import pytest

from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search.derivations import refusal
from symbolic.search.named import CLAIMS, trees

OTHERS = (
    ("log(b/a) >= 2*(b - a)/(a + b)", "a > 0", "b >= a"),
    ("3*(c - d)^2/(2*c + 4*d) <= c*log(c/d) - c + d", "d > 0", "c > 0"),
    ("exp(-x) <= 1 - x + x^2/2", "x >= 0"),
    ("1 < a^b + b^a", "a > 0", "b > 0"),
    ("exp(c) <= 1 + c + (exp(1) - 2)*c^2", "c >= 0", "c <= 1"),
)
YOUNG = (CLAIMS["young"], "c*x <= c*log(c) - c + exp(x) given c > 0")
EACH = [
    (claim, tuple(given.split(", ")))
    for claim, _, given in (each.partition(" given ") for each in CLAIMS.values() if each not in YOUNG)
]


@pytest.mark.parametrize(("claim", "given"), [*EACH, *((claim, tuple(given)) for claim, *given in OTHERS)])
def test_each_is_accepted_and_refused_without_its_first_hypothesis(claim: str, given: tuple[str, ...]) -> None:
    whole = parse_claim(f"{claim} given {', '.join(given)}")
    less = parse_claim(" given ".join(filter(None, [claim, ", ".join(given[1:])])))
    found, *_ = trees(whole)
    assert refusal(plain(whole), found) is None
    assert refusal(plain(less), found) is not None


@pytest.mark.parametrize("line", YOUNG)
def test_that_of_young_is_accepted(line: str) -> None:
    whole = parse_claim(line)
    assert any(refusal(plain(whole), tree) is None for tree in trees(whole))


@pytest.mark.parametrize(
    "line",
    [
        "exp(-x) <= 1 - x + x^2/4 given x >= 0",
        "exp(-x) < 1 - x + x^2/2 given x >= 0",
        "x^y + y^x > 2 given x > 0, y > 0",
        "c*x <= c*log(c) - 2*c + exp(x) given c > 0",
    ],
)
def test_nothing_is_found_for_a_neighbour(line: str) -> None:
    assert list(trees(parse_claim(line))) == []
