"""The friendly reader and the kernel's own agree on our lists, on edits of these, and on lines of the grammar."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings

from symbolic.kernel import Budget, Refused
from symbolic.kernel.checker import asked
from tests.fuzz_claims import lines
from tests.kernel.readers import complaint
from tests.language.lines import claims
from tests.mutations import mutated

EVERY = lines()


def test_the_readers_agree_on_all_our_lists() -> None:
    assert [(line, said) for line in EVERY if (said := complaint(line)) is not None] == []


def test_the_readers_agree_on_edited_lines() -> None:
    rng = Random(7)
    edited = [mutated(rng.choice(EVERY), rng.randrange(10**9)) for _ in range(300)]
    assert [(line, said) for line in edited if (said := complaint(line)) is not None] == []


NAMED = ("delta(i,i) == 1 given i in A", "sum(delta(i,i), k in A) == 1 given i not in A", "sum(delta(k,k), k) == n")
APART = ("max(p[j], k) == p[k]", "limit(p[i], T, -1) < 1", "limit(p[i], lambda, -1/2) < 1")


@pytest.mark.parametrize("line", NAMED)
def test_a_class_compared_with_itself_is_not_spoken_of(line: str) -> None:
    assert complaint(line) is None


@pytest.mark.parametrize("line", APART)
def test_both_refuse_what_says_nothing(line: str) -> None:
    """A largest value over classes that do not occur, and a limit where lambda is not."""
    assert complaint(line) is None
    with pytest.raises(Refused):
        asked(line, Budget())


@settings(max_examples=150, deadline=None)
@given(claims())
def test_the_readers_agree_on_lines_of_the_grammar(line: str) -> None:
    assert complaint(line) is None
