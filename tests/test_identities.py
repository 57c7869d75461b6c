"""The generator: the same seed gives the same claim, and one edit makes most of them false."""

from __future__ import annotations

from tests.identities import edited, identity
from tests.oracle import agrees

SEEDS = range(40)


def test_a_seed_gives_one_claim() -> None:
    assert [identity(seed) for seed in SEEDS] == [identity(seed) for seed in SEEDS]
    assert len({identity(seed) for seed in SEEDS}) > 30


def test_identities_are_true() -> None:
    assert not any(agrees(identity(seed), points=1) is False for seed in SEEDS)


def test_most_edits_are_false() -> None:
    neighbours = [edited(identity(seed), seed) for seed in SEEDS]
    assert all(new != identity(seed) for seed, new in zip(SEEDS, neighbours, strict=True))
    assert sum(agrees(each, points=1) is False for each in neighbours) > len(SEEDS) / 2
