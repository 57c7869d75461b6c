"""What a line says, as a tree that keeps the form in which it was written.

    Number(value)  Size()  Scalar(name)  Entry(family, index)          rationals, n, c and lambda, z[i]
    Plus(terms)  Times(terms)  Power(base, exponent)                   a - b is a + (-1)*b, a/b is a*b^(-1)
    Exp(of)  Log(of)  Weighted(weight, of)  Absolute(of)               Weighted is w*log(u), and 0 where w = 0
    Delta(first, second)  Holds(of, op)                                1 where i = j, where `of op 0`; else 0
    Sum(of, bound, range)  Product(...)  Extreme(..., largest)         over the classes k in a range
    Diff(of, variable)                                                 a partial derivative

An index is a letter with a number: 0 where it is free, another for each binder. So no binder captures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, NamedTuple

Operator = Literal["==", "!=", "<", "<=", ">", ">="]

SIGNS: dict[Operator, frozenset[int]] = {
    "==": frozenset({0}), "!=": frozenset({-1, 1}), "<": frozenset({-1}), "<=": frozenset({-1, 0}),
    ">": frozenset({1}), ">=": frozenset({0, 1}),
}  # fmt: skip
NEGATED: dict[Operator, Operator] = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
MIRRORED: dict[Operator, Operator] = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
BITS = 20_000  # of a number


def bits(value: int | Fraction) -> int:
    """The length of a number, written out."""
    return max(value.numerator.bit_length(), value.denominator.bit_length())


class Index(NamedTuple):
    """A letter, or a class that is given by its number; `binder` is 0 where it is free."""

    name: str
    binder: int = 0

    def __str__(self) -> str:
        return self.name

    @property
    def numbered(self) -> bool:
        return self.name.isdigit()


class Range(NamedTuple):
    """All classes but the excluded ones, in some subsets (True) and outside of others."""

    excluded: tuple[Index, ...] = ()
    members: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Term:
    """An expression, made of what its fields are: other expressions, indices, a range, words."""

    @cached_property
    def fields(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)

    @cached_property
    def parts(self) -> tuple[Term, ...]:
        """The expressions that it is made of."""
        return tuple(each for each in self.fields if isinstance(each, Term))

    @property
    def named(self) -> tuple[Index, ...]:
        """The indices that it names itself."""
        return tuple(each for each in self.fields if isinstance(each, Index))

    @cached_property
    def free(self) -> frozenset[Index]:
        """The indices that occur free."""
        return frozenset(self.named).union(*(part.free for part in self.parts))

    def mentions(self, x: Term) -> bool:
        """Whether a number occurs in it, or an entry of the family of one."""
        alike = getattr(x, "family", "") == getattr(self, "family", None)
        return self == x or alike or any(part.mentions(x) for part in self.parts)

    @cached_property
    def is_number(self) -> bool:
        """Whether it is made of rational numbers, exp, log and powers alone."""
        return isinstance(self, Number | Plus | Times | Power | Exp | Log) and all(p.is_number for p in self.parts)


@dataclass(frozen=True)
class Number(Term):
    value: Fraction


@dataclass(frozen=True)
class Size(Term):
    """n."""


@dataclass(frozen=True)
class Scalar(Term):
    name: str


@dataclass(frozen=True)
class Entry(Term):
    family: str
    index: Index


@dataclass(frozen=True)
class _Many(Term):
    terms: tuple[Term, ...]

    @property
    def parts(self) -> tuple[Term, ...]:
        return self.terms


class Plus(_Many): ...


class Times(_Many): ...


@dataclass(frozen=True)
class Power(Term):
    base: Term
    exponent: Term


@dataclass(frozen=True)
class _One(Term):
    of: Term


class Exp(_One): ...


class Log(_One): ...


class Absolute(_One): ...


@dataclass(frozen=True)
class Weighted(Term):
    """weight*log(of), and 0 where the weight is 0, whatever stands in the logarithm."""

    weight: Term
    of: Term


@dataclass(frozen=True)
class Delta(Term):
    first: Index
    second: Index


@dataclass(frozen=True)
class Holds(_One):
    op: Operator


@dataclass(frozen=True)
class Binder(_One):
    bound: Index
    range: Range

    @property
    def named(self) -> tuple[Index, ...]:
        return self.range.excluded

    @cached_property
    def free(self) -> frozenset[Index]:
        return (self.of.free - {self.bound}) | frozenset(self.range.excluded)


class Sum(Binder): ...


class Product(Binder): ...


@dataclass(frozen=True)
class Extreme(Binder):
    largest: bool

    def at(self, index: Index) -> Term:
        """What is largest, or smallest, at a class."""
        return renamed(self.of, {self.bound: index})


@dataclass(frozen=True)
class Diff(_One):
    variable: Scalar | Entry

    @property
    def parts(self) -> tuple[Term, ...]:
        return (self.of,)

    @property
    def named(self) -> tuple[Index, ...]:
        return self.variable.named


def number(value: int) -> Number:
    return Number(Fraction(value))


LAMBDA, ZERO, ONE = Scalar("lambda"), number(0), number(1)


def negative(term: Term) -> Term:
    """-1 times a term."""
    return Number(-term.value) if isinstance(term, Number) else Times((number(-1), term))


def minus(first: Term, second: Term) -> Term:
    """The difference of two terms."""
    return Plus((first, negative(second)))


def inside(term: Term) -> Iterator[Term]:
    """The term and all that it is made of."""
    yield term
    for part in term.parts:
        yield from inside(part)


# --- terms made of other terms ---------------------------------------------------------------------


def renamed(term: Term, new: Mapping[Index, Index]) -> Term:
    """The term with other names for some indices; what a binder binds keeps its own."""
    return _rebuilt(term, lambda part: None, new) if new else term


def rebuilt(term: Term, leaf: Callable[[Term], Term | None]) -> Term:
    """The term with what `leaf` says in the place of the parts of which it says something."""
    found: Term = _rebuilt(term, leaf, {})
    return found


def _rebuilt(value: Any, leaf: Callable[[Term], Term | None], new: Mapping[Index, Index]) -> Any:
    """The same of a term, or of a field of one."""
    match value:
        case Term():
            within = {k: v for k, v in new.items() if k != value.bound} if isinstance(value, Binder) else new
            fields = (_rebuilt(each, leaf, new if isinstance(each, Range) else within) for each in value.fields)
            return leaf(value) or type(value)(*fields)
        case Index():
            return new.get(value, value)
        case Range(excluded, members):
            return Range(_rebuilt(tuple(excluded), leaf, new), members)
        case tuple():
            return tuple(_rebuilt(each, leaf, new) for each in value)
    return value
