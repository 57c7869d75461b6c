"""The friendly reader and the kernel's own agree on our lists, on edits of these, and on lines of the grammar."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings

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


@settings(max_examples=150, deadline=None)
@given(claims())
def test_the_readers_agree_on_lines_of_the_grammar(line: str) -> None:
    assert complaint(line) is None
