"""What the kernel names itself, by types: nothing that is written in a claim is one of these, whatever it is called.

Best(which, family)      max z or min z: a quantity, and the set of the classes that attain it
Own(kind, of)            a quantity, a family or a set of the kernel's own
OwnIndex, OwnSubset      a class, and a set of classes, that the kernel puts into a claim
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Symbol

from symbolic.language.notation import Subset

__all__ = ["PI", "Best", "Name", "Own", "OwnIndex", "OwnSubset"]


@dataclass(frozen=True)
class Best:
    """The largest or the smallest entry of a family ("max" or "min"), and who attains it."""

    which: str
    family: str

    def __str__(self) -> str:
        return f"{self.which} {self.family}"


@dataclass(frozen=True)
class Own:
    """Something of the kernel's own: what kind it is, and of what."""

    kind: str
    of: Any = None

    def __str__(self) -> str:
        return self.kind if self.of is None else f"{self.kind} {self.of}"


class OwnIndex(Symbol):
    """An index that the kernel puts into a claim: of a class where an extreme is attained, say."""

    def __new__(cls, name: str) -> OwnIndex:
        return super().__new__(cls, name, integer=True, positive=True)


class OwnSubset(Subset):
    """A subset that the kernel puts into a claim: of the classes that a count counts, say."""

    @staticmethod
    def _check(name: str) -> None:
        """Any name: none is written down."""


Name = str | Best | Own

PI = Own("pi")  # what holds for every positive number holds for pi; it is the root of no polynomial
