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
from typing import Literal, NamedTuple

__all__ = [
    "LAMBDA", "NEGATED", "SIGNS", "Absolute", "Binder", "Delta", "Diff", "Entry", "Exp", "Extreme", "Holds", "Index",
    "Log", "Number", "Operator", "Plus", "Power", "Product", "Range", "Scalar", "Size", "Sum", "Term", "Times",
    "Weighted", "inside", "minus", "negative", "ranged", "rebuilt", "renamed", "replaced",
]  # fmt: skip

Operator = Literal["==", "!=", "<", "<=", ">", ">="]

SIGNS: dict[Operator, frozenset[int]] = {
    "==": frozenset({0}), "!=": frozenset({-1, 1}), "<": frozenset({-1}), "<=": frozenset({-1, 0}),
    ">": frozenset({1}), ">=": frozenset({0, 1}),
}  # fmt: skip
NEGATED: dict[Operator, Operator] = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class Index(NamedTuple):
    """A letter, or a class that is given by its number; `binder` is 0 where it is free."""

    name: str
    binder: int = 0

    def __str__(self) -> str:
        return self.name


class Range(NamedTuple):
    """All classes but the excluded ones, in some subsets and outside of others."""

    excluded: tuple[Index, ...] = ()
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """An expression; `parts` are those it is made of, `named` the indices that it names itself."""

    @property
    def parts(self) -> tuple[Term, ...]:
        return ()

    @property
    def named(self) -> tuple[Index, ...]:
        return ()

    @cached_property
    def free(self) -> frozenset[Index]:
        """The indices that occur free."""
        return frozenset(self.named).union(*(part.free for part in self.parts))


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

    @property
    def named(self) -> tuple[Index, ...]:
        return (self.index,)


@dataclass(frozen=True)
class _Many(Term):
    terms: tuple[Term, ...]

    @property
    def parts(self) -> tuple[Term, ...]:
        return self.terms


class Plus(_Many):
    pass


class Times(_Many):
    pass


@dataclass(frozen=True)
class Power(Term):
    base: Term
    exponent: Term

    @property
    def parts(self) -> tuple[Term, ...]:
        return self.base, self.exponent


@dataclass(frozen=True)
class _One(Term):
    of: Term

    @property
    def parts(self) -> tuple[Term, ...]:
        return (self.of,)


class Exp(_One):
    pass


class Log(_One):
    pass


class Absolute(_One):
    pass


@dataclass(frozen=True)
class Weighted(Term):
    """weight*log(of), and 0 where the weight is 0, whatever stands in the logarithm."""

    weight: Term
    of: Term

    @property
    def parts(self) -> tuple[Term, ...]:
        return self.weight, self.of


@dataclass(frozen=True)
class Delta(Term):
    first: Index
    second: Index

    @property
    def named(self) -> tuple[Index, ...]:
        return self.first, self.second


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


class Sum(Binder):
    pass


class Product(Binder):
    pass


@dataclass(frozen=True)
class Extreme(Binder):
    largest: bool


@dataclass(frozen=True)
class Diff(_One):
    variable: Scalar | Entry

    @property
    def named(self) -> tuple[Index, ...]:
        return self.variable.named


LAMBDA = Scalar("lambda")


def negative(term: Term) -> Term:
    """-1 times a term."""
    return Times((Number(Fraction(-1)), term))


def minus(first: Term, second: Term) -> Term:
    """The difference of two terms."""
    return Plus((first, negative(second)))


def inside(term: Term) -> Iterator[Term]:
    """The term and all that it is made of."""
    yield term
    for part in term.parts:
        yield from inside(part)


# --- terms made of other terms ---------------------------------------------------------------------


def rebuilt(
    term: Term,
    leaf: Callable[[Term], Term | None] = lambda term: None,
    index: Callable[[Index], Index] = lambda index: index,
    subset: Callable[[str], str] = lambda name: name,
) -> Term:
    """The term with other indices and subsets, and what `leaf` says in the place of parts for which it is not None."""
    direct = leaf(term)
    if direct is not None:
        return direct

    def of(part: Term) -> Term:
        return rebuilt(part, leaf, index, subset)

    match term:
        case Entry(family, at):
            return Entry(family, index(at))
        case Delta(first, second):
            return Delta(index(first), index(second))
        case Plus(terms) | Times(terms):
            return type(term)(tuple(map(of, terms)))
        case Power(base, exponent):
            return Power(of(base), of(exponent))
        case Weighted(weight, inner):
            return Weighted(of(weight), of(inner))
        case Holds(inner, op):
            return Holds(of(inner), op)
        case Extreme(inner, bound, among, largest):
            return Extreme(of(inner), bound, ranged(among, index, subset), largest)
        case Sum(inner, bound, among) | Product(inner, bound, among):
            return type(term)(of(inner), bound, ranged(among, index, subset))
        case Diff(inner, Entry(family, at)):
            return Diff(of(inner), Entry(family, index(at)))
        case Diff(inner, variable):
            return Diff(of(inner), variable)
        case Exp(inner) | Log(inner) | Absolute(inner):
            return type(term)(of(inner))
    return term


def ranged(among: Range, index: Callable[[Index], Index], subset: Callable[[str], str]) -> Range:
    """A range with other indices and subsets."""
    excluded, inside_, outside = among
    return Range(tuple(map(index, excluded)), tuple(map(subset, inside_)), tuple(map(subset, outside)))


def renamed(term: Term, new: Mapping[Index, Index]) -> Term:
    """The term with other names for some indices."""
    return rebuilt(term, index=lambda index: new.get(index, index)) if new else term


def replaced(term: Term, scalar: Scalar, by: Term) -> Term:
    """The term with another in the place of a scalar, which is not the variable of a derivative in it."""
    return rebuilt(term, lambda part: by if part == scalar else None)
