"""Who is where: the classes at hand, which of them are surely one or apart, in a subset or not, and how many there are.

A scope enumerates nothing. Two named classes may be the same class unless a hypothesis or their numbers say that they
are apart; a line that needs to know asks `same`, which is refused where nothing says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace

from symbolic.kernel.refused import Refused, Undetermined
from symbolic.kernel.ring import ANY, CLOSED, DOT, EACH, NAMED, OTHER, Class
from symbolic.kernel.terms import Binder, Index, Range

WRITTEN_OUT = 8  # the largest n for which sums are written out


@dataclass(frozen=True)
class Scope:
    """`at` is the class of each index; `members` of (subset, class) whether it is in; `least` and `most` bound n."""

    at: Mapping[Index, Class]
    named: tuple[Class, ...]
    apart: frozenset[frozenset[Class]] = frozenset()
    members: Mapping[tuple[str, Class], bool] = field(default_factory=dict)
    least: int = 1
    most: int | None = None
    listed: tuple[Class, ...] = ()  # all classes, where n is fixed and small

    @property
    def n(self) -> int | None:
        """The number of classes, if it is fixed."""
        return self.least if self.least == self.most else None

    def differ(self, a: Class, b: Class) -> bool:
        """Whether two classes are surely apart."""
        numbered = all(c.kind == OTHER or (c.kind == NAMED and c.name.isdigit()) for c in (a, b))
        return a != b and (numbered or frozenset({a, b}) in self.apart)

    def same(self, a: Class, b: Class) -> bool:
        """Whether two classes are one; `Undetermined` where that is open.

        The class of a sum, while it is open, is apart from all others: what it misses is added where it is closed.
        """
        if a == b:
            return True
        if self.listed and (DOT in (a.kind, b.kind) or CLOSED in (a.kind, b.kind)):
            raise Refused("a class compared with one that has no name, where all have names")
        if DOT in (a.kind, b.kind) or CLOSED in (a.kind, b.kind) or self.differ(a, b):
            return False
        raise Undetermined(called(a), called(b))

    def within(self, c: Class, among: Range) -> bool:
        """Whether a class is surely in a range."""
        there = all(self.members.get((s, c)) is holds for s, holds in among.members)
        return there and all(self.differ(c, self.at[e]) for e in among.excluded)

    def outside(self, c: Class, among: Range) -> bool:
        """Whether a class is surely not in a range."""
        elsewhere = any(self.members.get((s, c)) is (not holds) for s, holds in among.members)
        return elsewhere or c in (self.at[e] for e in among.excluded)

    def at_least(self) -> int:
        """So many classes there are for sure: those that are pairwise apart."""
        found: list[Class] = []
        for c in self.named:
            if all(self.differ(c, d) for d in found):
                found.append(c)
        return max(self.least, len(found))

    def inhabited(self, among: Range, but: Set[Class] = frozenset()) -> bool:
        """Whether there is surely a class in a range, and apart from some."""
        if any(self.within(c, among) and all(self.differ(c, d) for d in but) for c in self.named):
            return True
        left_out = but | {self.at[e] for e in among.excluded}
        return not among.members and self.at_least() > len(left_out)

    def opened(self, binder: Binder, number: int) -> Scope:
        """The scope under a binder, where its letter is any class of the range; the number is new."""
        c, among = Class(ANY, "", number), binder.range
        apart = self.apart | {frozenset({c, self.at[e]}) for e in among.excluded}
        members = {**self.members, **{(s, c): holds for s, holds in among.members}}
        return replace(self.fixed({binder.bound: c}), named=(*self.named, c), apart=apart, members=members)

    def fixed(self, classes: Mapping[Index, Class]) -> Scope:
        """The scope in which these indices are these classes."""
        return replace(self, at={**self.at, **classes})


def called(c: Class) -> str:
    """A class in a message."""
    return c.name if c.kind == NAMED else "another class" if c.kind in (OTHER, EACH) else "a bound index"


def placed(scope: Scope) -> Scope:
    """The scope with all classes named, where n is fixed and small and those that have a name are apart."""
    n = scope.n
    if n is None or n > WRITTEN_OUT or len(scope.named) > n:
        return scope
    if any(not scope.differ(a, b) for a in scope.named for b in scope.named if a != b):
        return scope
    others = tuple(Class(OTHER, "", number) for number in range(1, n - len(scope.named) + 1))
    apart = {frozenset({a, b}) for a in scope.named for b in others}
    every = (*scope.named, *others)
    return replace(scope, named=every, apart=scope.apart | apart, listed=every)
