"""What the kernel takes: terms, with indices that are strings and heads that it knows.

term.free, term.compared        the indices that occur free, and those compared with others
Monotone(index, positive)       how extremes over the index pass through monotone functions
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

from symbolic.language.errors import Unsupported
from symbolic.search.form.names import Best, Name

__all__ = [
    "LAMBDA",
    "MINUS_ONE",
    "ONE",
    "SIZE",
    "Absolute",
    "Binder",
    "Classes",
    "Delta",
    "Diff",
    "Entry",
    "Exp",
    "Extreme",
    "Limit",
    "Log",
    "Monotone",
    "Number",
    "Plus",
    "Power",
    "Product",
    "Scalar",
    "Size",
    "Sum",
    "Term",
    "Times",
]  # fmt: skip


class Term:
    """An expression the kernel takes. `parts` are the terms inside, `names` the indices it names itself."""

    @property
    def parts(self) -> tuple[Term, ...]:
        return ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset()

    @cached_property
    def free(self) -> frozenset[str]:
        """The indices that occur free."""
        return self.names.union(*(part.free for part in self.parts))

    @cached_property
    def compared(self) -> frozenset[str]:
        """The indices that are compared with others: in a delta, a condition or a derivative."""
        return frozenset().union(*(part.compared for part in self.parts))


@dataclass(frozen=True, eq=False)
class Number(Term):
    """A rational number."""

    value: Any


@dataclass(frozen=True, eq=False)
class Scalar(Term):
    """A real scalar, or lambda, or the largest or smallest entry of a family."""

    name: Name


@dataclass(frozen=True, eq=False)
class Size(Term):
    """The number of classes n."""


@dataclass(frozen=True, eq=False)
class Entry(Term):
    """An entry of a family."""

    family: str
    index: str

    @property
    def names(self) -> frozenset[str]:
        return frozenset({self.index})


@dataclass(frozen=True, eq=False)
class _Many(Term):
    terms: tuple[Term, ...]

    @property
    def parts(self) -> tuple[Term, ...]:
        return self.terms


@dataclass(frozen=True, eq=False)
class Plus(_Many):
    """A sum of terms."""


@dataclass(frozen=True, eq=False)
class Times(_Many):
    """A product of terms."""


@dataclass(frozen=True, eq=False)
class _Unary(Term):
    of: Term

    @property
    def parts(self) -> tuple[Term, ...]:
        return (self.of,)


@dataclass(frozen=True, eq=False)
class Power(Term):
    """A power."""

    base: Term
    exponent: Term

    @property
    def parts(self) -> tuple[Term, ...]:
        return (self.base, self.exponent)


@dataclass(frozen=True, eq=False)
class Exp(_Unary):
    """An exponential."""


@dataclass(frozen=True, eq=False)
class Log(_Unary):
    """A natural logarithm; with `zero`, the one of 0 log 0, which is 0."""

    zero: bool = False


@dataclass(frozen=True, eq=False)
class Absolute(_Unary):
    """An absolute value."""


@dataclass(frozen=True, eq=False)
class Delta(Term):
    """Kronecker's delta of two indices."""

    first: str
    second: str

    @property
    def names(self) -> frozenset[str]:
        return frozenset({self.first, self.second})

    @cached_property
    def compared(self) -> frozenset[str]:
        return self.names


@dataclass(frozen=True, eq=False)
class Classes:
    """The range of a bound index: all classes but the excluded, in some subsets and outside of others."""

    excluded: frozenset[str] = frozenset()
    inside: frozenset[Name] = frozenset()
    outside: frozenset[Name] = frozenset()


@dataclass(frozen=True, eq=False)
class Binder(_Unary):
    """What binds an index, over the classes in a range."""

    bound: str
    range: Classes

    @cached_property
    def free(self) -> frozenset[str]:
        return (self.of.free - {self.bound}) | self.range.excluded

    @cached_property
    def compared(self) -> frozenset[str]:
        return (self.of.compared - {self.bound}) | self.range.excluded


@dataclass(frozen=True, eq=False)
class Sum(Binder):
    """A sum over the classes in a range."""


@dataclass(frozen=True, eq=False)
class Product(Binder):
    """A product over the classes in a range."""


@dataclass(frozen=True, eq=False)
class Diff(_Unary):
    """A partial derivative in a scalar or an entry."""

    variable: Scalar | Entry

    @cached_property
    def free(self) -> frozenset[str]:
        return self.of.free | self.variable.names

    @cached_property
    def compared(self) -> frozenset[str]:
        """The variable's class is compared with that of every entry inside."""
        return self.of.compared | (self.free if self.variable.names else frozenset())


@dataclass(frozen=True, eq=False)
class Extreme(Term):
    """The largest entry of a family, or the smallest ("max" or "min"), but for those of some classes."""

    which: str
    family: str
    excluded: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return self.excluded

    @cached_property
    def compared(self) -> frozenset[str]:
        return self.excluded


@dataclass(frozen=True, eq=False)
class Limit(Term):
    """The limit of a term as a scalar or an entry, or T where `inverse` says so of lambda, goes to a point.

    The point is a term, or oo or -oo: 1 or -1 as `infinite`. The variable is bound: what is inside is about another.
    """

    of: Term
    variable: Scalar | Entry
    inverse: bool
    point: Term
    infinite: int

    @cached_property
    def free(self) -> frozenset[str]:
        return self.of.free | self.variable.free | self.point.free

    @cached_property
    def compared(self) -> frozenset[str]:
        return self.free


ONE, MINUS_ONE = Number(1), Number(-1)
LAMBDA, SIZE = Scalar("lambda"), Size()


@dataclass(frozen=True)
class Monotone:
    """How extremes pass through functions that are strictly monotone: max_k e^{z_k} is e^{max z}."""

    index: str
    positive: Collection[str]

    def extreme(self, term: Term, largest: bool) -> tuple[Term, Best | None]:
        """The extreme of a term over the index, and the set where it is attained; none for that of a constant."""
        if self.index not in term.free:
            return term, None
        match term:
            case Entry(family, _):
                best = Best("max" if largest else "min", family)
                return Scalar(best), best
            case Exp(inner):
                value, name = self.extreme(inner, largest)
                return Exp(value), name
            case Log(inner) if self.sign(inner) == 1:
                value, name = self.extreme(inner, largest)
                return Log(value), name
            case Power(base, Number(exponent)) if exponent and self.sign(base) == 1:
                value, name = self.extreme(base, largest == (exponent > 0))
                return Power(value, Number(exponent)), name
            case Plus(terms) | Times(terms):
                moving = [each for each in terms if self.index in each.free]
                others = tuple(each for each in terms if self.index not in each.free)
                sign = 1 if isinstance(term, Plus) else prod(map(self.sign, others))
                if len(moving) == 1 and sign:
                    value, name = self.extreme(moving[0], largest == (sign > 0))
                    return type(term)((*others, value)), name
        raise Unsupported("an extreme of what is not seen to be monotone")

    def sign(self, term: Term) -> int:
        """The sign of a term that has one everywhere, else 0."""
        match term:
            case Number(value):
                return (value > 0) - (value < 0)
            case Scalar(name):
                return int(name in self.positive)
            case Size() | Exp():
                return 1
            case Power(base, _):
                return int(self.sign(base) == 1)
            case Times(terms):
                return prod(map(self.sign, terms))
            case Sum(Exp(), _, Classes(excluded, inside, outside)):
                return int(not (excluded or inside or outside))
        return 0
