"""What the kernel's own reading of a line says at a point, by plain loops: nothing here knows a rule of the kernel.

value(term, place)      to 60 digits; NoValue where it is undefined        holds(hypothesis, place)
places(claim, rng)      random points, with many ties, at which all hypotheses of a claim hold
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from symbolic.kernel.leaf import Let
from symbolic.kernel.read import ArgMax, Hypothesis, Letters, Member, Question, Relation, SameClass
from symbolic.kernel.terms import (
    SIGNS,
    Absolute,
    Delta,
    Diff,
    Entry,
    Exp,
    Extreme,
    Holds,
    Index,
    Log,
    Number,
    Plus,
    Power,
    Product,
    Range,
    Scalar,
    Size,
    Sum,
    Term,
    Times,
    Weighted,
)
from tests import oracle
from tests.oracle import TAGS, TINY, Dual, NoValue, compare, mp, parts, real

__all__ = ["NoValue", "Place", "TooLarge", "holds", "places", "related", "sign_of", "value"]


class TooLarge(Exception):
    """A number that is not worth the time."""


PALETTE = (-2, -1, -1, 0, 0, 1, 1, 2, 0.5, 0.25)


@dataclass(frozen=True)
class Place:
    """n, and a value for each letter; classes are 0, ..., n - 1."""

    n: int
    numbers: dict[str, Any]
    families: dict[str, tuple[Any, ...]]
    subsets: dict[str, frozenset[int]]
    indices: dict[Index, int]

    def class_of(self, index: Index) -> int:
        found = int(index.name) - 1 if index.name.isdigit() else self.indices[index]
        if found >= self.n:
            raise NoValue("no such class")
        return found

    def binding(self, index: Index, at: int) -> Place:
        return replace(self, indices={**self.indices, index: at})

    def within(self, bound: Index, among: Range) -> Iterator[Place]:
        """The place with the bound index at each class of a range."""
        left_out = {self.class_of(each) for each in among.excluded}
        for at in range(self.n):
            into = all((at in self.subsets[s]) is holds for s, holds in among.members)
            if into and at not in left_out:
                yield self.binding(bound, at)

    def moved(self, variable: Scalar | Entry, tag: int) -> Place:
        """The place with d added to one of its numbers."""
        if isinstance(variable, Scalar):
            moved = Dual(tag, self.numbers[variable.name], mp.one)
            return replace(self, numbers={**self.numbers, variable.name: moved})
        entries = list(self.families[variable.family])
        at = self.class_of(variable.index)
        entries[at] = Dual(tag, entries[at], mp.one)
        return replace(self, families={**self.families, variable.family: tuple(entries)})


def value(t: Term, at: Place) -> Any:
    match t:
        case Number(v):
            return mp.mpf(v.numerator) / v.denominator
        case Size():
            return mp.mpf(at.n)
        case Scalar(name):
            return at.numbers[name]
        case Entry(family, index):
            return at.families[family][at.class_of(index)]
        case Plus(terms):
            return sum((value(each, at) for each in terms), mp.zero)
        case Times(terms):
            return _product(value(each, at) for each in terms)
        case Power(base, exponent):
            return _power(value(base, at), value(exponent, at))
        case Exp(of):
            return _exp(value(of, at))
        case Log(of):
            return oracle.log(value(of, at))
        case Weighted(weight, of):
            return _weighted(value(weight, at), of, at)
        case Absolute(of):
            return oracle.absolute(value(of, at))
        case Delta(first, second):
            return mp.mpf(at.class_of(first) == at.class_of(second))
        case Holds(of, op):
            return mp.mpf(sign_of(of, at, real(value(of, at))) in SIGNS[op])
        case Sum(of, bound, among):
            return sum([value(of, there) for there in at.within(bound, among)], mp.zero)
        case Product(of, bound, among):
            return _product([value(of, there) for there in at.within(bound, among)])
        case Extreme(of, bound, among, largest):
            return oracle.extreme([value(of, there) for there in at.within(bound, among)], 1 if largest else -1)
        case Diff(of, variable):
            tag = next(TAGS)
            return parts(value(of, at.moved(variable, tag)), tag)[1]
    raise NotImplementedError(t)


def sign_of(term: Term, at: Place, x: mp.mpf) -> int:
    """The sign of a value; what is small is 0 if it is another number with more digits."""
    if x and abs(x) < mp.mpf(10) ** -30:
        with mp.workdps(3 * mp.dps):
            x = x if abs(real(value(term, at)) - x) < abs(x) / 2 else mp.zero
    return int(mp.sign(x))


def _product(numbers: Any) -> Any:
    found = mp.one
    for each in numbers:
        found = found * each
    return found


def _exp(x: Any) -> Any:
    if abs(real(x)) > 500:
        raise TooLarge
    return oracle.exp(x)


def _power(base: Any, exponent: Any) -> Any:
    if abs(real(base)) < TINY and not isinstance(base, Dual) and not isinstance(exponent, Dual) and exponent > 0:
        return mp.zero
    if abs(real(exponent)) > 300:
        raise TooLarge
    return oracle.power(base, exponent)


def _weighted(weight: Any, of: Term, at: Place) -> Any:
    if abs(real(weight)) < TINY and not isinstance(weight, Dual):
        return mp.zero
    return weight * oracle.log(value(of, at))


# --- hypotheses ------------------------------------------------------------------------------------


def holds(h: Hypothesis, at: Place) -> bool:
    match h:
        case SameClass(first, second, same):
            return (at.class_of(first) == at.class_of(second)) == same
        case Member(index, subset, inside):
            return (at.class_of(index) in at.subsets[subset]) == inside
        case ArgMax(subset, family, largest):
            return at.subsets[subset] == _attaining(at.families[family], largest)
        case Relation(_, _, _, every):
            return all(related(h, there) for there in _instances(every, at))
    raise NotImplementedError(h)


def related(r: Relation, at: Place) -> bool:
    return compare(value(r.lhs, at), r.op, value(r.rhs, at))


def _attaining(entries: tuple[Any, ...], largest: bool) -> frozenset[int]:
    best = max(entries) if largest else min(entries)
    return frozenset(k for k, each in enumerate(entries) if each == best)


def _instances(every: tuple[tuple[Index, Range], ...], at: Place) -> Iterator[Place]:
    if not every:
        yield at
        return
    (letter, among), *rest = every
    for there in at.within(letter, among):
        yield from _instances(tuple(rest), there)


# --- random points ---------------------------------------------------------------------------------


def places(
    question: Question, letters: Letters, rng: Random, tries: int = 60, lets: tuple[Let, ...] = ()
) -> Iterator[Place]:
    for _ in range(tries):
        try:
            at = _tied(question, _draw(question, letters, rng))
            for let in lets:
                at = _attaining_class(let, at, rng)
            if all(holds(h, at) for h in question.given):
                yield at
        except (NoValue, TooLarge):
            continue


def _attaining_class(let: Let, at: Place, rng: Random) -> Place:
    """The place with the new class where the extreme is attained, at one of these."""
    best = value(let.of, at)
    there = [
        here.indices[let.of.bound] for here in at.within(let.of.bound, let.of.range) if value(let.of.of, here) == best
    ]
    return at.binding(let.index, rng.choice(there))


def _draw(question: Question, letters: Letters, rng: Random) -> Place:
    fixed = [int(h.rhs.value) for h in question.given if _is_size(h)]
    n = rng.choice(fixed) if fixed and rng.random() < 0.9 else rng.choice((1, 2, 2, 3, 3, 4))
    n = min(max(n, 1), 5)
    kinds = letters.kinds

    def small() -> Any:
        return mp.mpf(rng.choice(PALETTE))

    numbers = {name: small() for name, kind in kinds.items() if kind == "number"}
    numbers |= {"lambda": mp.mpf(rng.choice((0.5, 1, 2))), "pi": +mp.pi}
    families = {name: tuple(small() for _ in range(n)) for name, kind in kinds.items() if kind == "family"}
    subsets = {
        name: frozenset(k for k in range(n) if rng.random() < 0.6) for name, kind in kinds.items() if kind == "subset"
    }
    indices = {index: rng.randrange(n) for index in letters.own}
    return Place(n, numbers, families, subsets, indices)


def _is_size(h: Hypothesis) -> bool:
    return isinstance(h, Relation) and isinstance(h.lhs, Size) and isinstance(h.rhs, Number)


def _tied(question: Question, at: Place) -> Place:
    """The place moved onto simple equations among the hypotheses, so that more points count."""
    for h in question.given:
        try:
            at = _tied_to(h, at)
        except (NoValue, TooLarge):
            continue
    return at


def _tied_to(h: Hypothesis, at: Place) -> Place:
    match h:
        case ArgMax(subset, family, largest):
            return replace(at, subsets={**at.subsets, subset: _attaining(at.families[family], largest)})
        case Relation(Scalar(name), "==", rhs, ()) if name != "lambda":  # which is positive
            return replace(at, numbers={**at.numbers, name: value(rhs, at)})
        case Relation(Times(terms), "==", Number(0), ()):
            for each in terms:
                moved = _tied_to(replace(h, lhs=each), at)
                if moved != at:
                    return moved
        case Relation(Entry(family, index), "==", rhs, ()):
            entries = list(at.families[family])
            entries[at.class_of(index)] = value(rhs, at)
            return replace(at, families={**at.families, family: tuple(entries)})
        case Relation(Sum(Number(1), _, Range((), ((subset, True),))), "==", Number(size), ()):
            return replace(at, subsets={**at.subsets, subset: frozenset(range(at.n)[: int(size)])})
        case Relation(Entry(family, _), "==", rhs, ((letter, _),)):
            entries = tuple(value(rhs, at.binding(letter, k)) for k in range(at.n))
            return replace(at, families={**at.families, family: entries})
        case Relation(Sum(Entry(family, _), _, Range((), ())), "==", rhs, ()):
            *most, _ = at.families[family]
            return replace(at, families={**at.families, family: (*most, value(rhs, at) - sum(most, mp.zero))})
        case SameClass(first, second, True) if first in at.indices:
            return at.binding(first, at.class_of(second))
    return at
