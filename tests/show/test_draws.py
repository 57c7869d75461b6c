"""Drawn utilities: as often as softmax says, and shared where the noise is."""

import math

import pytest

from symbolic.show.draws import winners


@pytest.mark.parametrize("z", [[0.0], [0.0, 0.0], [2.0, 1.0, 0.0], [-1.0, 0.0, 0.5, 0.5]])
def test_they_win_as_often_as_softmax_says(z):
    Z = sum(map(math.exp, z))
    found = winners(z)
    assert sum(found) == pytest.approx(1)
    for share, x in zip(found, z, strict=True):
        p = math.exp(x) / Z
        assert abs(share - p) <= 4 * math.sqrt(p * (1 - p) / 10_000)


def test_copies_that_share_their_noise_are_one_class():
    car, red, blue = winners([0, 0, 0], [1, 2, 2])
    assert red == blue
    assert car == winners([0, 0])[0]


def test_the_draws_are_those_of_the_seed():
    assert winners([1, 0], seed=2) == winners([1, 0], seed=2) != winners([1, 0], seed=3)


def test_each_class_has_a_noise():
    with pytest.raises(ValueError, match="2 classes, and 1 noises"):
        winners([0, 1], [1])
