"""The one way in which the kernel says no, and the budget that bounds its work in steps.

Refused(reason)             the line, or the text, is not accepted
MaybeEmpty(reason)          a sum is divided by what may be 0 where the sum has no class
Undetermined(first, second) the line compares two classes, and nothing says whether they are one
Budget(steps).spend(cost)   raises Refused when the steps are used up
"""

from __future__ import annotations

from itertools import count

STEPS = 100_000  # of one derivation; the longest that are known take four thousand


class Refused(Exception):
    """What the kernel does not accept, and why; `where` is the place in the derivation."""

    where: str = ""


class MaybeEmpty(Refused):
    """A sum whose term may not be defined at a class that it leaves out, or as it may be empty."""


class Undetermined(Refused):
    """Two classes of which nothing says whether they are the same: split the case."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"say whether {first} == {second}")
        self.pair = (first, second)


class Budget:
    """So many steps; the same text always takes the same number."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps
        self.numbers = count(1)

    def fresh(self) -> int:
        """A number that no class of the derivation has had."""
        return next(self.numbers)

    def spend(self, cost: int = 1) -> None:
        """Take steps off; `Refused` if there are not so many."""
        self.left -= cost
        if self.left < 0:
            raise Refused("the derivation takes more steps than the kernel spends on one")
