"""What is printed for Coq says what the claim says: both are evaluated at points, by two readers that share nothing."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

import pytest

from symbolic.coq.statements import Reading, proposition
from symbolic.language import notation as of
from symbolic.language.claims import Claim, claim
from symbolic.language.errors import Unsupported
from symbolic.language.parser import parse_claim
from symbolic.results import Result, all_results
from tests import oracle
from tests.coq.coq_points import Reader, holds
from tests.oracle import At, CannotSay, NoValue
from tests.test_corpus import FALSE, OPEN, TRUE

CORPUS = [row[0] for row in TRUE + FALSE]
POINTS = 4  # for each claim


def counted(said: Claim) -> Iterator[tuple[At, bool]]:
    """Some points that count, with the oracle's verdict."""
    with suppress(CannotSay):
        yield from islice(oracle.sample(said, points=1), POINTS)


def beside(said: Claim) -> Iterator[At]:
    """Some points at which a hypothesis does not hold."""
    for style, (size, indices) in enumerate(oracle.strata(said)):
        at = oracle.draw(said, size, indices, style, oracle.Random(style))
        with suppress(NoValue):
            if not all(oracle.holds(each, at) for each in said.given):
                yield at


def differ(said: Claim, printed: str) -> list[At]:
    """The points at which what is printed is not what is claimed."""
    return [at for at, verdict in counted(said) if holds(printed, at) != (True, verdict)]


@pytest.mark.parametrize("result", all_results(), ids=lambda result: result.name)
def test_a_theorem_says_what_its_result_claims(result: Result) -> None:
    assert differ(result.claim, proposition(result.claim)) == []
    assert differ(result.claim, proposition(result.claim, Reading.DEFINED)) == []
    assert [at for at in beside(result.claim) if holds(proposition(result.claim), at)[0]] == []


@pytest.mark.parametrize("result", all_results(), ids=lambda result: result.name)
def test_a_counterexample_is_one_of_what_is_denied(result: Result) -> None:
    """It meets every premise: that the sides are defined there, and that their derivatives exist."""
    for need in result.needs:
        if need.point is not None:
            assert holds(proposition(need.without, Reading.DENIED), oracle.placed(need.point)) == (True, False)


@pytest.mark.parametrize("first", range(10))
def test_what_is_printed_is_what_the_corpus_says(first: int) -> None:
    failed = []
    for text in CORPUS[first::10]:
        with suppress(Unsupported):
            failed += [text] * bool(differ(parse_claim(text), proposition(parse_claim(text))))
    assert failed == []


def test_what_is_printed_wrongly_is_seen() -> None:
    """A sum in the place of a product, another index, a bound that is turned round."""
    changes = {" * ": " + ", " z i ": " z j ", "- ": "", "vmax": "vmin", "exp (": "exp (- ", " < ": " > "}
    printed = [(each.claim, proposition(each.claim)) for each in all_results()]
    for before, after in changes.items():
        fit = [(said, text) for said, text in printed if before in text and (after != " z j " or "i j" in text)][:12]
        seen = [said for said, text in fit if differs(said, text.replace(before, after))]
        assert len(seen) >= len(fit) / 2, before


def differs(said: Claim, printed: str) -> bool:
    try:
        return bool(differ(said, printed))
    except (AssertionError, KeyError, TypeError):
        return True


def test_two_conditions_without_brackets_are_no_condition() -> None:
    i, j, k = of.i, of.j, of.k
    said = claim(of.Sum(of.p[k], k, of.Except(i), of.Except(j)), "<=", 1)
    printed = proposition(said)
    assert differ(said, printed) == []
    with pytest.raises((AssertionError, TypeError)):
        Reader("(k != i && k != j)").whole()


def test_what_has_no_words_in_coq_is_listed() -> None:
    """Powers whose base need not be positive."""
    silent = {
        "sum(abs(softmax(z, lambda)[k] - softmax(w, lambda)[k])^r, k) <= (lambda/2)^r*sum(abs(z[k] - w[k])^r, k)"
        " given r >= 1",
        "diff(sum(exp(x[k]), k in A)^c, x[j]) == c*exp(x[j])*sum(exp(x[k]), k in A)^(c - 1) given j in A",
        "limit(x^a/exp(x), x, oo) == 0",
        "diff(-(1 - p[i])^c*log(p[i]), z[j])"
        " == lambda*(delta(i,j) - p[j])*(c*p[i]*(1 - p[i])^(c-1)*log(p[i]) - (1 - p[i])^c) given n >= 2",
    }
    assert {text for text in [*CORPUS, *(row[1] for row in OPEN)] if not has_words(text)} <= silent


def has_words(text: str) -> bool:
    try:
        return bool(proposition(parse_claim(text)))
    except Unsupported:
        return False
