"""The cases of a claim: which indices coincide, who lies in which subset, and how large n may be."""

from collections.abc import Iterator

import pytest
from sympy import Integer

from symbolic.language.claims import Hypothesis, bounds, differ, member, relation, same
from symbolic.language.notation import A, c, i, j, l, n, y
from symbolic.search.form.case_analysis import Case, cases, partitions

BELL = [1, 1, 2, 5, 15, 52]


@pytest.mark.parametrize("count", range(len(BELL)))
def test_indices_coincide_in_as_many_ways_as_there_are_partitions(count: int) -> None:
    found = list(partitions("ijklmr"[:count]))
    assert len(found) == BELL[count]
    assert len({tuple(sorted(each.items())) for each in found}) == BELL[count]


def test_concrete_classes_differ() -> None:
    assert all(each["1"] != each["2"] for each in partitions(["1", "2", "i"]))
    assert len(list(partitions(["1", "2", "i"]))) == 3


def blocks(*given: Hypothesis, free: str = "ij", size: int | None = None, written_out: bool = False) -> Iterator[Case]:
    return cases(free, given, [], size, written_out)


HOW_MANY = [
    ((), "ij", None, 2),
    ((same(i, j),), "ij", None, 1),
    ((differ(i, j),), "ij", None, 1),
    ((differ(i, i),), "ij", None, 0),
    ((same(i, j), differ(j, l)), "ijl", None, 1),
    ((same(i, Integer(1)),), ["1", "i"], None, 1),
    ((differ(i, Integer(1)),), ["1", "i"], None, 1),
    ((), "ij", 1, 1),
    ((), ["2", "i"], 1, 0),
    ((), ["2", "i"], 2, 2),
]


@pytest.mark.parametrize(("given", "free", "size", "count"), HOW_MANY)
def test_hypotheses_leave_some_cases(given: tuple, free: str, size: int | None, count: int) -> None:
    assert len(list(blocks(*given, free=free, size=size))) == count


def test_with_n_fixed_all_classes_are_named() -> None:
    assert [len(each.named) for each in blocks(size=3, written_out=True)] == [3, 3]
    assert [len(each.named) for each in blocks(size=3)] == [1, 2]


def test_every_membership_is_a_case() -> None:
    assert len(list(cases("ij", [], ["A", "B"]))) == 4 + 16
    assert [each.members for each in cases("i", [member(i, A)], ["A"])] == [{("A", "i"): True}]
    assert [each.members for each in cases("i", [member(i, A, holds=False)], ["A"])] == [{("A", "i"): False}]
    assert list(cases("i", [member(i, A), member(i, A, holds=False)], ["A"])) == []


BOUNDS = [
    ([], (1, None)),
    ([relation(n, "==", 3)], (3, 3)),
    ([relation(n, ">=", 3)], (3, None)),
    ([relation(n, ">", 3)], (4, None)),
    ([relation(n, "<=", 3)], (1, 3)),
    ([relation(n, "<", 3)], (1, 2)),
    ([relation(n, "!=", 3)], (1, None)),
    ([relation(3, "<=", n)], (3, None)),
    ([relation(3, "<", n)], (4, None)),
    ([relation(3, ">=", n)], (1, 3)),
    ([relation(3, ">", n)], (1, 2)),
    ([relation(3, "==", n)], (3, 3)),
    ([relation(n, ">=", 2), relation(n, "<=", 5)], (2, 5)),
    ([relation(n, "<=", 5), relation(n, "<=", 4)], (1, 4)),
    ([relation(n, "<", 1)], (1, 0)),
    ([relation(n, "==", c)], (1, None)),
    ([relation(n, "==", n)], (1, None)),
    ([relation(c, ">=", 2), differ(i, j), relation(y[i], ">", n)], (1, None)),
]


@pytest.mark.parametrize(("given", "expected"), BOUNDS, ids=str)
def test_hypotheses_bound_n(given: list[Hypothesis], expected: tuple[int, int | None]) -> None:
    assert bounds(given) == expected
