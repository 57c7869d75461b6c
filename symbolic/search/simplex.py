"""Nonnegative combinations, exactly: the linear programs of the certificate method.

    combination(columns, target, slack) -> the weights c_j >= 0 with sum_j c_j column_j = target, or <= where `slack`

What is found here is not trusted: the kernel adds the columns up again.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

from symbolic.deadline import check

__all__ = ["PIVOTS", "combination"]

PIVOTS = 400  # beyond it the answer is that there is none

Row = TypeVar("Row", bound=Hashable)


def combination(columns: Sequence[Mapping[Row, Any]], target: Mapping[Row, Any], slack: set[Row]) -> list[Any] | None:
    """Weights of the columns, or None where there are none or too much work is needed.

    >>> from sympy.polys.domains import QQ
    >>> combination([{"x": QQ(1), "y": QQ(1)}, {"y": QQ(1)}], {"x": QQ(2), "y": QQ(3)}, set())
    [mpq(2,1), mpq(1,1)]
    """
    rows = sorted({row for column in (*columns, target) for row in column}, key=repr)
    tableau = _Tableau(rows, columns, target, slack)
    return tableau.weights() if tableau.feasible() else None


class _Tableau:
    """A x = b with b >= 0, a row for each equation: its entries, and the variable that it determines."""

    def __init__(
        self, rows: Sequence[Row], columns: Sequence[Mapping[Row, Any]], target: Mapping[Row, Any], slack: set[Row]
    ) -> None:  # fmt: skip
        self.count = len(columns)
        self.rows: list[dict[int, Any]] = []
        self.right: list[Any] = []
        self.basis: list[int] = []
        number = self.count
        self.artificial = self.count + len(rows)  # this one and all above it
        for at, row in enumerate(rows):
            entries = {each: column[row] for each, column in enumerate(columns) if column.get(row)}
            right = target.get(row, 0)
            own = {number + at: 1} if row in slack else {}
            if right < 0:
                entries, right = {each: -value for each, value in entries.items()}, -right
                own = {each: -value for each, value in own.items()}
            entries |= own
            self.basis.append(number + at if own.get(number + at) == 1 else self.artificial + at)
            self.rows.append(entries)
            self.right.append(right)

    def feasible(self) -> bool:
        """Drive the artificial variables out; Bland's rule, so that it ends."""
        for _ in range(PIVOTS):
            check()
            costs = self._costs()
            entering = min((each for each, value in costs.items() if value > 0), default=None)
            if entering is None:
                break
            ratios = [
                (self.right[at] / row[entering], self.basis[at], at)
                for at, row in enumerate(self.rows)
                if row.get(entering, 0) > 0
            ]
            if not ratios:
                return False
            self._pivot(min(ratios)[2], entering)
        return all(not right for right, basic in zip(self.right, self.basis, strict=True) if basic >= self.artificial)

    def _costs(self) -> dict[int, Any]:
        """How fast the sum of the artificial variables falls with each variable."""
        costs: dict[int, Any] = {}
        for row, basic in zip(self.rows, self.basis, strict=True):
            if basic >= self.artificial:
                for each, value in row.items():
                    costs[each] = costs.get(each, 0) + value
        return costs

    def _pivot(self, at: int, entering: int) -> None:
        pivot = self.rows[at]
        scale = pivot[entering]
        pivot = self.rows[at] = {each: value / scale for each, value in pivot.items()}
        self.right[at] /= scale
        for other, row in enumerate(self.rows):
            factor = row.get(entering)
            if other != at and factor:
                for each, value in pivot.items():
                    changed = row.get(each, 0) - factor * value
                    if changed:
                        row[each] = changed
                    else:
                        row.pop(each, None)
                self.right[other] -= factor * self.right[at]
        self.basis[at] = entering

    def weights(self) -> list[Any]:
        result = [0 * right for right in self.right[:1]] * self.count
        for basic, right in zip(self.basis, self.right, strict=True):
            if basic < self.count:
                result[basic] = right
        return result
