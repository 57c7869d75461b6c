"""The friendly reader and the kernel's own agree on our lists, on edits of these, and on lines of the grammar."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings

from symbolic.kernel import Budget, Refused
from symbolic.kernel.checker import asked
from tests.fuzz_claims import lines
from tests.kernel.readers import alike, complaint
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
APART = (
    "max(p[j], k) == p[k]", "limit(p[i], T, -1) < 1", "limit(p[i], lambda, -1/2) < 1", "limit(c, z[i], max(z)) == c",
    "limit(c, z[i], sum(z[k], k != i)) == c", "limit(c, z[i], mean(y[k], k)) == c", "limit(x, x, 2*x) == 0",
)  # fmt: skip
SPOKEN_OF = ("sum(0, k in A, k != m) == size(A) - 1 given m in A", "y[i] == sum(0, k != m) given i == m")
LIMITS = (
    "limit(x*p[i], x, 0) == c", "limit(x*p[i], x, 1) == c", "limit(x*p[i], x, oo) == c", "limit(x*p[i], x, -oo) == c",
    "limit(x*p[i], c, 0) == c", "limit(x*p[i], x, 0) == x", "limit(x*p[j], x, 0) == c", "limit(x*p[i], x, 0) <= c",
)  # fmt: skip


@pytest.mark.parametrize("line", NAMED)
def test_a_class_compared_with_itself_is_not_spoken_of(line: str) -> None:
    assert complaint(line) is None


@pytest.mark.parametrize("line", APART)
def test_both_refuse_what_says_nothing(line: str) -> None:
    """A largest value over classes that do not occur, and a limit where lambda is not."""
    assert complaint(line) is None
    with pytest.raises(Refused):
        asked(line, Budget())


@pytest.mark.parametrize("line", SPOKEN_OF)
def test_the_classes_at_a_sum_of_zeros_are_spoken_of(line: str) -> None:
    assert complaint(line) is None
    asked(line, Budget())


def test_limits_are_told_apart() -> None:
    readings = [asked(line, Budget()) for line in LIMITS]
    assert [alike(first, second) for first, second in combinations(readings, 2)] == [False] * 28
    assert all(alike(each, asked(line, Budget())) for each, line in zip(readings, LIMITS, strict=True))


@settings(max_examples=150, deadline=None)
@given(claims())
def test_the_readers_agree_on_lines_of_the_grammar(line: str) -> None:
    assert complaint(line) is None
