"""Random utility, tried out: how often each class is the largest, with noise that is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from random import Random

__all__ = ["winners"]

Shares = list[float]


def winners(z: Sequence[float], noises: Sequence[int] = (), draws: int = 10_000, seed: int = 1) -> Shares:
    """The share of the draws in which z_i + G_i is the largest, for each class i; who ties shares the draw.

    The G are Gumbel, -log(-log(u)) for u uniform, one for each number in `noises`: classes of one number share one G.
    Without `noises` each class has its own. The same seed gives the same draws, everywhere.

    Raises ValueError if `noises` is not as long as z.

    >>> winners([0, 0], [1, 1])
    [0.5, 0.5]
    >>> winners([2, 1, 0])
    [0.6585, 0.2479, 0.0936]
    """
    noises = noises or range(len(z))
    if len(noises) != len(z):
        raise ValueError(f"{len(z)} classes, and {len(noises)} noises")
    source, shares = Random(seed), [0.0] * len(z)
    for _ in range(draws):
        drawn = {noise: -log(-log(source.random())) for noise in dict.fromkeys(noises)}
        utilities = [x + drawn[noise] for x, noise in zip(z, noises, strict=True)]
        best = [k for k, utility in enumerate(utilities) if utility == max(utilities)]
        for k in best:
            shares[k] += 1 / len(best)
    return [share / draws for share in shares]
