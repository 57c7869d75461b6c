"""The points that the search goes through: of every shape the hypotheses allow, and fitted to equations."""

from __future__ import annotations

from itertools import islice
from math import prod

import pytest
from sympy import Integer, Rational, log, sqrt

from symbolic.language.claims import Point
from symbolic.language.errors import Unsupported
from symbolic.language.parser import parse_claim
from symbolic.points.equations import changed, with_hypotheses
from symbolic.points.evaluate import admissible
from symbolic.points.names import free_names
from symbolic.points.samples import _by_size, _by_total, listed, shapes_of


def point(**families: tuple[object, ...]) -> Point:
    """A point at which i is the first class."""
    entries = {name: tuple(map(Rational, each)) for name, each in families.items()}
    return Point(entries, indices={"i": 1}, size=len(next(iter(entries.values()))))


@pytest.mark.parametrize("order", [_by_total, _by_size])
def test_every_choice_comes_once(order: object) -> None:
    lengths = [3, 1, 4, 2]
    ranks = list(order(lengths))
    assert len(ranks) == len(set(ranks)) == prod(lengths)
    assert all(0 <= rank < length for each in ranks for rank, length in zip(each, lengths, strict=True))


def test_few_ranks_are_large_at_once() -> None:
    first = list(islice(_by_size([100, 100, 100]), 500))
    assert (0, 30, 0) in first
    assert (9, 9, 9) not in first


def test_classes_named_by_number_have_positions_of_their_own() -> None:
    claim = parse_claim("p[5] <= p[4] given n == 7")
    for shape in shapes_of(claim, free_names(claim)):
        assert sum(shape.multiplicities) == 7
        assert shape.multiplicities[:5] == (1,) * 5


def test_numbers_in_the_claim_are_tried() -> None:
    claim = parse_claim("z[i] < 10^6")
    assert any(Integer(10**6) in each.families["z"] for each in islice(listed(claim, free_names(claim)), 2000))


# Hypotheses about each number, and what the first points are like.
RANGES = [
    "entropy(q) <= 1 given q[k] >= 0, sum(q[k], k) == 1",
    "kl(q, r) <= 1 given q[k] > 0, sum(q[k], k) == 1, r[k] > 0, sum(r[k], k) == 1",
    "sum(q[k]*v[k], k) <= 1/2 given q[k] >= 0, sum(q[k], k) == 1, 0 <= v[k] <= 1",
    "x*log(x) <= y given 0 < x < 1, y >= 5",
    "sum(x[k], k) <= c given all(-1 <= x[k] <= 1, k), c < 3",
]


@pytest.mark.parametrize("line", RANGES)
def test_numbers_are_where_hypotheses_put_them(line: str) -> None:
    claim = parse_claim(line)
    first = [with_hypotheses(claim, each) for each in islice(listed(claim, free_names(claim)), 40)]
    allowed = [each for each in first if each is not None and admissible(claim, each)]
    assert len(allowed) > 30
    assert len(set(map(str, allowed))) > 20


def test_many_classes_where_a_claim_is_about_their_number_alone() -> None:
    claim = parse_claim("1.01^n < 10*n^2")
    assert max(shape.multiplicities[0] for shape in shapes_of(claim, free_names(claim))) > 10_000


# A claim, a point, and what becomes of it so that the hypotheses hold.
FITTED = [
    ("y[i] > 0 given sum(y[k], k) == 1", point(y=(1, 3)), {"y": (1, 0)}),
    ("y[i] > 1 given sum(y[k], k) == 1, y[k] > 0", point(y=(1, 3)), {"y": (Rational(1, 4), Rational(3, 4))}),
    ("y[i] > 1 given sum(y[k]^2, k) == 1, y[k] > 0", point(y=(2, 2)), {"y": (sqrt(2) / 2, sqrt(2) / 2)}),
    ("y[i] > 1 given y[k] == x[k]", point(x=(1, 3), y=(2, 2)), {"x": (1, 3), "y": (1, 3)}),
    ("z[i] > 1 given p[k] == softmax(w)[k]", point(w=(0, 1), z=(3, 5)), {"w": (0, 1), "z": (2, 3)}),
    ("z[i] > 1 given all(z[k] == 2, k != i)", point(z=(0, 1)), {"z": (0, 2)}),
    ("z[i] > 1 given mean(z[k], k) == 1", point(z=(0, 0)), {"z": (1, 1)}),
]


@pytest.mark.parametrize(("line", "start", "expected"), FITTED, ids=[line for line, _, _ in FITTED])
def test_hypotheses_that_are_equations_are_solved(line: str, start: Point, expected: dict[str, tuple[object]]) -> None:
    claim = parse_claim(line)
    found = with_hypotheses(claim, start)
    assert found is not None
    assert admissible(claim, found)
    assert found.families == expected


def test_an_equation_with_tanh_is_solved_for_what_it_is_of() -> None:
    claim = parse_claim("m == 0 given m == tanh(lambda*m)")
    found = with_hypotheses(claim, Point({}, scalars={"m": Rational(1, 2)}, inverse_temperature=Integer(1), size=1))
    assert found is not None
    assert found.inverse_temperature == log(3)


def test_an_equation_quadratic_in_the_gaps_leaves_p_as_it_is() -> None:
    claim = parse_claim("p[i] == 1/n given var(z[k], k) == 1")
    found = with_hypotheses(claim, Point({"z": (Integer(0), log(2))}, indices={"i": 1}, size=2))
    assert found is not None
    assert admissible(claim, found)
    first, second = found.families["z"]
    assert (found.inverse_temperature * (second - first) - log(2)).expand() == 0


def test_what_cannot_be_solved_is_no_point() -> None:
    for line in ("y[i] > 0 given sum(y[k]^2, k) == -1", "y[i] > 0 given y[k] > 0, sum(y[k], k) == 0"):
        assert with_hypotheses(parse_claim(line), point(y=(1, 3))) is None


def test_the_temperature_stays_positive() -> None:
    start = point(z=(0, 1))
    assert changed(start, ("gaps", "z", 0), Integer(2)).inverse_temperature == Rational(1, 2)
    with pytest.raises(Unsupported):
        changed(start, ("gaps", "z", 0), Integer(-1))
    with pytest.raises(Unsupported):
        changed(start, ("lambda", "", 0), Integer(0))


def test_families_that_are_defined_are_filled_in_last() -> None:
    """s[k] == q[k]/2 holds when q is what the other hypotheses make of it: it is not solved with them."""
    said = parse_claim("entropy(s) > 0 given sum(q[k], k) == 1, s[k] == q[k]/2, n == 2")
    raw = Point({"q": (Integer(3), Integer(0)), "s": (Integer(5), Integer(7))}, size=2)
    point = with_hypotheses(said, raw)
    assert point is not None
    assert point.families["s"] == tuple(each / 2 for each in point.families["q"])
    assert sum(point.families["q"]) == 1
