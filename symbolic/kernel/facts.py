"""Hypotheses as facts: the sign that a term has, at all classes of some ranges, ready to be used on polynomials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import product as tuples
from typing import TYPE_CHECKING, NamedTuple

from symbolic.kernel.normal import Normal
from symbolic.kernel.refused import Refused
from symbolic.kernel.ring import AT_HAND, EACH, Class, Polynomial, Quotient
from symbolic.kernel.scope import Scope
from symbolic.kernel.sets import NOT_NEGATIVE, POSITIVE, Set
from symbolic.kernel.terms import Entry, Index, Number, Plus, Range, Scalar, Term

if TYPE_CHECKING:
    from symbolic.kernel.signs import Signs


class Fact(NamedTuple):
    """The signs that a term has at all classes in the ranges."""

    term: Term
    signs: Set
    every: tuple[tuple[Index, Range], ...] = ()


Told = tuple[Polynomial, Set]
Letters = frozenset[tuple[str, str]]  # ("scalar", name) or ("entry", family)
ALWAYS: Letters = frozenset({("scalar", "lambda"), ("scalar", "pi")})  # positive without a hypothesis


def positive_letters(facts: Iterable[Fact]) -> Letters:
    """The scalars, and the families at all classes, that facts call positive."""
    return ALWAYS.union(filter(None, map(_positive_letter, facts)))


def _positive_letter(fact: Fact) -> tuple[str, str] | None:
    match fact.term:
        case Plus((x, Number(c))) if c <= 0 and fact.signs <= (NOT_NEGATIVE if c < 0 else POSITIVE):
            match x, fact.every:
                case Scalar(name), ():
                    return "scalar", name
                case Entry(name, index), ((letter, Range((), ())),) if index == letter:
                    return "entry", name
    return None


def at_hand(poly: Polynomial) -> list[Class]:
    """The classes in a polynomial that are named or bound, not closed in an atom."""
    return sorted({c for m in poly for a, _ in m for c in a.classes if c.kind in AT_HAND})


class Facts:
    """Facts, ready to be used: each as a polynomial at given classes, stripped of what is positive."""

    def __init__(self, facts: Iterable[Fact], field: Normal, positive: Letters) -> None:
        """`field` writes them; its signs are those of the letters that are positive."""
        self.facts, self.field, self.positive = tuple(facts), field, positive
        self.forms: dict[int, Quotient | None] = {}
        self.instances: dict[object, Told | None] = {}

    def form(self, number: int) -> Quotient | None:
        """The normal form of a fact at classes that stand for each; None where it compares them."""
        if number not in self.forms:
            fact = self.facts[number]
            each = {letter: Class(EACH, "", n) for n, (letter, _) in enumerate(fact.every)}
            self.forms[number] = self.field.seen(fact.term, {**self.field.scope.at, **each})
        return self.forms[number]

    def told(self, signs: Signs, mine: list[Class]) -> Iterator[Told]:
        """What the facts say at these classes.

        Needs: each class is surely in the range of its letter. Source: a hypothesis, at one of its instances.
        """
        for number, fact in enumerate(self.facts):
            for chosen in tuples(mine, repeat=len(fact.every)):
                self.field.budget.spend()
                if self.apply(signs.scope, fact, chosen):
                    yield from filter(None, [self.instance(signs, number, chosen)])

    def apply(self, scope: Scope, fact: Fact, chosen: tuple[Class, ...]) -> bool:
        """Whether the classes surely stand in the ranges of a fact."""
        there = scope.fixed({letter: c for (letter, _), c in zip(fact.every, chosen, strict=True)})
        return all(there.within(c, among) for (_, among), c in zip(fact.every, chosen, strict=True))

    def instance(self, signs: Signs, number: int, chosen: tuple[Class, ...]) -> Told | None:
        """What a fact says at some classes, stripped of what is positive; what is left of |f| by all facts.

        That is kept by scope: under a binder, there is surely a class in its range.
        """
        told: Told | None = None
        known = Normal(signs.scope, self.field.known, self.field.budget) if chosen else self.field
        for field, where in ((known, None), (signs.field, signs.scope.named)):
            key = (number, chosen, where)
            if key not in self.instances:
                self.instances[key] = None  # while it is written down itself
                with suppress(Refused):  # it may not be said whether two classes are one
                    x = self.at(field, number, chosen)
                    self.instances[key] = None if x is None else signs.stripped(x, self.facts[number].signs)
            told = self.instances[key]
            if told is not None and all(a.kind != "abs" for a in Quotient(told[0]).all_atoms()):
                break
        return told

    def at(self, field: Normal, number: int, chosen: tuple[Class, ...]) -> Quotient | None:
        """The normal form of a fact at some classes; None where it compares those that stand for each."""
        x = self.form(number) if chosen or field is self.field else field.seen(self.facts[number].term, field.scope.at)
        for n, c in enumerate(chosen if x else ()):
            x = x and field.rename(x, Class(EACH, "", n), c)
        return x
