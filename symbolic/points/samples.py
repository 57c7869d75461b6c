"""The points at which a claim is put to the test, from simple to intricate.

    listed(claim, names)        points: indices coincide or not, entries tied, far apart, ...
    shapes_of(claim, names)     how many classes, and which of them indices and subsets name

>>> from symbolic.language.parser import parse_claim
>>> from symbolic.points.names import free_names
>>> said = parse_claim("v[i] <= c given n >= 2")
>>> first = next(listed(said, free_names(said)))
>>> first.families["v"], first.indices, first.scalars
((1, 3), {'i': 1}, {'c': 3})
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, product, zip_longest
from math import prod
from operator import getitem
from typing import Any

from sympy import Integer

from symbolic.deadline import check
from symbolic.language import notation
from symbolic.language.claims import Claim, Hypothesis, Member, Point, Relation, SameClass
from symbolic.points import evaluate
from symbolic.points.names import Names, NotAPoint, expressions_of
from symbolic.points.palettes import distinct, pools, stretch

__all__ = ["Shape", "is_allowed", "listed", "point_of", "shapes_of", "subsets_of"]

MOST_POSITIONS = 12
MOST_NAMED = 100  # classes, where so many are named by their numbers
LARGEST = 17  # powers of 2 that are tried for n, where a claim is about n alone
GROUPS = ((1,), (1, 1), (1, 1, 1), (1, 1, 1, 1), (1, 8), (1,) * 5, (1, 1, 8), (1, 32), (1, 1024))


def listed(claim: Claim, names: Names) -> Iterator[Point]:
    """Points that have a shape that the hypotheses allow; other hypotheses may fail there."""
    shapes = list(islice(shapes_of(claim, names), 200))
    sizes = {len(shape.multiplicities) for shape in shapes}
    numbers = {size: pools(claim, names, size) for size in sorted(sizes)}
    lengths = [len(shapes), *(max(map(len, each)) for each in zip(*numbers.values(), strict=True))]
    for at, *ranks in _in_turn(_by_total(lengths), _by_size(lengths)):
        pool = numbers[len(shapes[at].multiplicities)]
        if all(rank < len(each) for rank, each in zip(ranks, pool, strict=True)):
            yield point_of(names, shapes[at], list(map(getitem, pool, ranks)))


def _in_turn(*orders: Iterator[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """What all the iterators give, one of each at a time."""
    return (each for some in zip_longest(*orders) for each in some if each is not None)


def _by_total(lengths: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All tuples of ranks below the lengths, those with a small total first."""
    for total in range(sum(lengths)):
        yield from _with_total(total, lengths)


def _with_total(total: int, lengths: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if not lengths:
        if total == 0:
            yield ()
        return
    first, *rest = lengths
    for rank in range(max(0, total - sum(rest)), min(total, first - 1) + 1):
        for others in _with_total(total - rank, rest):
            yield (rank, *others)


def _by_size(lengths: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All tuples of ranks below the lengths, in shells where the product of the (rank + 1) doubles.

    So that few ranks are large at once: what makes a claim fail is mostly in one or two numbers.
    """
    most = 1
    while most < 2 * prod(lengths):
        yield from _in_shell(lengths, most // 2, most)
        most *= 2


def _in_shell(lengths: Sequence[int], least: int, most: int) -> Iterator[tuple[int, ...]]:
    """The tuples where that product is above `least`, and `most` at most."""
    if prod(lengths) <= least:
        return
    if not lengths:
        yield ()
        return
    first, *rest = lengths
    for rank in range(min(first, most)):
        for others in _in_shell(rest, least // (rank + 1), most // (rank + 1)):
            yield (rank, *others)


@dataclass(frozen=True)
class Shape:
    """How many classes there are, and which of them the indices and subsets name."""

    multiplicities: tuple[int, ...]
    indices: dict[str, int]
    subsets: dict[str, frozenset[int]]

    def point(self) -> Point:
        """The point without its numbers."""
        plain = set(self.multiplicities) == {1}
        return Point(
            {},
            indices=self.indices,
            subsets=self.subsets,
            multiplicities=() if plain else self.multiplicities,
            size=len(self.multiplicities),
        )


def point_of(names: Names, shape: Shape, chosen: Sequence[Any]) -> Point:
    """The point of this shape with these numbers: for lambda, the families and the scalars.

    For lambda = 1/3 what is exponentiated is taken three times as large: then the p's are rational.
    """
    temperature, *rest = chosen
    entries = dict(zip(names.families, rest, strict=False))
    for family in names.exponents & entries.keys():
        entries[family] = tuple(stretch(temperature) * each for each in entries[family])
    return replace(
        shape.point(),
        families=entries,
        inverse_temperature=temperature,
        scalars=dict(zip(names.scalars, rest[len(names.families) :], strict=True)),
    )


def shapes_of(claim: Claim, names: Names) -> Iterator[Shape]:
    """The shapes that the hypotheses on indices and on n allow; as many classes as names first."""
    literals = min(names.literals, MOST_NAMED)
    needed = max(literals, min(max(2, literals + len(names.indices)), MOST_POSITIONS))
    large = [] if names.families or names.indices else [(2**power,) for power in range(3, LARGEST)]
    for groups in distinct([(1,) * needed, *_asked_for(claim, literals), *GROUPS, *large]):
        if len(groups) < names.literals:
            continue
        positions = range(1, len(groups) + 1)
        for indices in _assignments(names.indices, len(groups), names.literals):
            for chosen in product(subsets_of(positions), repeat=len(names.subsets)):
                subsets = dict(zip(names.subsets, chosen, strict=True))
                shape = Shape(groups, dict(zip(names.indices, indices, strict=True)), subsets)
                if is_allowed(claim, shape):
                    yield shape


def _asked_for(claim: Claim, literals: int) -> Iterator[tuple[int, ...]]:
    """Groups for the numbers of classes that the claim mentions, and for those next to them."""
    parts = chain(*map(expressions_of, (claim.relation, *claim.given)))
    mentioned = sorted({int(each) for part in parts for each in part.atoms(Integer)})
    for n in (n + step for n in mentioned if n > 1 for step in (0, 1, -1)):
        single = min(n, max(3, literals) if n > 5 else n, max(literals, MOST_POSITIONS))
        yield (1,) * single + ((n - single,) if n > single else ())


def _assignments(indices: Sequence[str], positions: int, taken: int) -> Iterator[tuple[int, ...]]:
    """The ways in which indices coincide with each other and with the classes 1..taken."""
    if not indices:
        yield ()
        return
    for at in range(min(taken + 1, positions), 0, -1):
        for rest in _assignments(indices[1:], positions, max(taken, at)):
            yield (at, *rest)


def subsets_of(positions: Sequence[int]) -> list[frozenset[int]]:
    """Subsets of the classes: the first, all, none, and the others of a few."""
    few = range(2 ** min(len(positions), 4))
    others = (frozenset(p for bit, p in enumerate(positions) if mask >> bit & 1) for mask in few)
    return distinct([frozenset({1}), frozenset(positions), frozenset(), *others])


def is_allowed(claim: Claim, shape: Shape) -> bool:
    """Whether the hypotheses that speak of indices and of n alone hold."""
    check()
    point = shape.point()
    try:
        return all(evaluate.satisfies(h, claim, point) for h in claim.given if _is_of_shape(h))
    except NotAPoint:
        return False


def _is_of_shape(hypothesis: Hypothesis) -> bool:
    if isinstance(hypothesis, Relation):
        return all(part.free_symbols <= {notation.n} for part in expressions_of(hypothesis))
    return isinstance(hypothesis, (SameClass, Member))
