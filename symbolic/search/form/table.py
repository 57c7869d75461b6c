"""The table of generators: each has a number, by which polynomials name it.

Table(case)              empty; the case says which classes are at hand
table.number(made)       the number of a generator, a new one if need be
table.settle(make)       the result of `make`, made again as long as it teaches something new
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any, Self

from symbolic.language.errors import Unsupported
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.generators import Abs, Entry, Exp, Generator, In, Log, Moment, Product, Reciprocal
from symbolic.search.form.names import PI, Name
from symbolic.search.limits.laurent import Factor, Polynomial, Quotient, factored, generator, generators, occurring

__all__ = ["Restart", "Table", "is_dot"]


class Restart(Exception):
    """Something was learnt that changes normal forms already made: they are made again."""


class Table(ABC):
    """The generators of one case. What it learns on the way only ever grows, so restarts end."""

    def __init__(self, case: Case, positive: Iterable[Any] = ()) -> None:
        self.case = case
        self.table: list[Generator] = []
        self.numbers: dict[Generator, int] = {}
        self.at: list[frozenset[str]] = []
        self.height: list[int] = []
        self.roots: set[int] = set()  # the generators |q|
        self.assumed: set[Name] = {"lambda", PI, *positive}  # scalars and families that hypotheses make positive
        self.not_negative: set[Name] = set()  # scalars and families that are >= 0
        self.signs: dict[Factor, int] = {}  # of polynomials under a logarithm
        self.weak_signs: dict[Factor, int] = {}  # of those under a root, which may be 0
        self.restricted = 0  # how many open sums run over a part of the classes only
        self.narrowed = False  # whether any sum did
        self.differentiated = False  # whether a derivative has divided by what may be 0, as that of |q| does by q
        self.exponents: dict[Factor, int] = {}  # the denominator that all exponents share
        self.denominators: dict[Factor, int] = {}  # of summands, written at the class "."
        self.apart = False  # moments leave the named classes out
        self.inhabited = True  # moments run over one class at least
        self.shift = 0  # the generator N is n less this
        self.least = 1  # how many classes there are at least
        self.nonempty: set[Name] = set()  # subsets with a member among the classes that moments run over
        self.complete = True  # the generators made so far are independent
        self.dots = 0
        self.known: dict[Any, Quotient] = {}

    def settle(self, make: Callable[[], Any]) -> Any:
        """The result of `make`, made again as long as it teaches something new."""
        for _ in range(50):
            try:
                return make()
            except Restart:
                self.dots = 0
                self.known.clear()
        raise Unsupported("too many different denominators under sums")

    def fork(self) -> Self:
        """A table of its own, that knows what this one knows."""
        twin = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, (dict, list, set)):
                setattr(twin, name, copy(value))
        twin.known = {}
        return twin

    @contextmanager
    def dot(self, narrow: bool = False) -> Iterator[str]:
        """A class that stands for every class while a sum over it is open; `narrow` if it leaves some out."""
        self.dots += 1
        self.restricted += narrow
        self.narrowed = self.narrowed or narrow
        try:
            yield f"{self.dots - 1}'"
        finally:
            self.dots -= 1
            self.restricted -= narrow

    @contextmanager
    def learning_nothing(self) -> Iterator[None]:
        """Within it no sign is learnt."""
        self.restricted += 1
        try:
            yield
        finally:
            self.restricted -= 1

    def number(self, made: Generator) -> int:
        """The number of a generator."""
        known = self.numbers.get(made)
        if known is None:
            known = self.numbers[made] = len(self.table)
            self.table.append(made)
            self.at.append(self._classes(made))
            self.height.append(self._height(made))
            if isinstance(made, Abs):
                self.roots.add(known)
                self.complete = self.complete and len(made.of) == 1  # a sum may have one sign without being seen to
        return known

    def generator(self, made: Generator) -> Quotient:
        """A generator as a quotient."""
        return generator(self.number(made))

    def inner(self, made: Generator) -> set[int]:
        """The generators inside a generator."""
        match made:
            case Exp(monomial):
                return generators([monomial])
            case Log(factor) | Abs(factor) | Product(factor):
                return generators(dict(factor))
            case Reciprocal(over):
                return occurring(Quotient({}, dict(over)))
            case Moment(monomial, over):
                return occurring(Quotient({monomial: 1}, dict(over)))
        return set()

    def _classes(self, made: Generator) -> frozenset[str]:
        own = frozenset({made.at}) if isinstance(made, (Entry, In)) else frozenset()
        inside = own.union(*(self.at[each] for each in self.inner(made)))
        return inside - {f"{self._height(made) - 1}."} if isinstance(made, (Moment, Product)) else inside

    def _height(self, made: Generator) -> int:
        inside = max((self.height[each] for each in self.inner(made)), default=0)
        return inside + 1 if isinstance(made, (Moment, Product)) else inside

    def contains(self, number: int, other: int) -> bool:
        """Whether a generator is made with another one."""
        inner = self.inner(self.table[number])
        return other in inner or any(self.contains(each, other) for each in inner)

    def within(self, numbers: Iterable[int]) -> set[int]:
        """The generators, those that they are made with, and so on."""
        found: set[int] = set()
        left = list(numbers)
        while left:
            each = left.pop()
            if each not in found:
                found.add(each)
                left.extend(self.inner(self.table[each]))
        return found

    def has_exponential(self, numbers: set[int]) -> bool:
        """Whether one of the generators is, or is made with, an exponential."""
        return any(
            isinstance(self.table[each], Exp) or self.has_exponential(self.inner(self.table[each])) for each in numbers
        )

    def dotted(self, factor: Factor) -> bool:
        """Whether the polynomial depends on a class that is summed over."""
        return any(is_dot(at) for number in generators(dict(factor)) for at in self.at[number])

    @staticmethod
    def atom(number: int) -> Factor:
        """A generator as a polynomial."""
        return ((((number, 1),), 1),)

    def factors(self, poly: Polynomial) -> tuple[Any, list[tuple[Factor, Any]]]:
        """The content, and the irreducible factors with their exponents, single generators among them."""
        content, common, factors = factored(poly)
        return content, [*factors, *((self.atom(number), exponent) for number, exponent in common)]

    @abstractmethod
    def rename(self, quotient: Quotient, old: str, new: str) -> Quotient:
        """The quotient with the class `new` in place of `old`."""


def is_dot(at: str) -> bool:
    """Whether the class is one that an open or a closed sum runs over; "." stands for any."""
    return at != "." and at[-1] in "'."
