"""Weights that are found add up; where there are none, none are found."""

import pytest
from sympy.polys.domains import QQ

from symbolic.search.simplex import combination

Column = dict[str, int]


def added(columns: list[Column], weights: list[object]) -> dict[str, object]:
    result: dict[str, object] = {}
    for column, weight in zip(columns, weights, strict=True):
        for row, value in column.items():
            result[row] = result.get(row, 0) + weight * value
    return {row: value for row, value in result.items() if value}


def rational(column: Column) -> dict[str, object]:
    return {row: QQ(value) for row, value in column.items()}


@pytest.mark.parametrize(
    ("columns", "target"),
    [
        ([{"x": 1, "y": 1}, {"y": 1}], {"x": 2, "y": 3}),
        ([{"x": 2, "y": -1}, {"x": -1, "y": 2}], {"x": 1, "y": 1}),
        ([{"x": 1}, {"x": -1}], {"x": -3}),
        ([{"x": 1, "y": 1}, {"x": 1, "y": -1}, {"z": 5}], {"x": 4, "y": 2}),
    ],
)
def test_the_weights_add_up(columns: list[Column], target: Column) -> None:
    weights = combination([rational(each) for each in columns], rational(target), set())
    assert weights is not None
    assert all(weight >= 0 for weight in weights)
    assert added(columns, weights) == rational(target)


@pytest.mark.parametrize(
    ("columns", "target"),
    [([{"x": 1}], {"x": -1}), ([{"x": 1, "y": 1}], {"x": 1, "y": 2}), ([{"x": 1}], {"y": 1})],
)
def test_there_are_none(columns: list[Column], target: Column) -> None:
    assert combination([rational(each) for each in columns], rational(target), set()) is None


def test_a_row_with_slack_may_keep_some() -> None:
    columns = [rational({"x": 1, "y": 1})]
    assert combination(columns, rational({"x": 1, "y": 2}), {"y"}) == [1]
    assert combination(columns, rational({"x": 1, "y": 2}), {"x"}) is None
