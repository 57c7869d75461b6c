"""The numbers that are tried for each name of a claim, from simple to intricate.

pools(claim, names, positions)      those for lambda, each family and each number
palette_of(names, family)           those that a family is made of
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import chain, cycle, islice, product
from typing import Any, TypeVar

import sympy
from sympy import Expr, Integer, Rational

from symbolic.deadline import check
from symbolic.language.claims import HOLDS, MIRRORED, Always, Claim, Hypothesis, Operator, Relation
from symbolic.language.notation import Entry, Sum, class_named
from symbolic.points.evaluate import index_names
from symbolic.points.names import Names, expressions_of

__all__ = [
    "NUMBERS", "TEMPERATURES", "Palette", "Range", "distinct", "generic", "logs", "palette_of", "pools", "range_of",
    "rationals", "stretch",
]  # fmt: skip


T = TypeVar("T")


def logs(*numbers: object) -> tuple[Expr, ...]:
    """The logarithms of rational numbers."""
    return tuple(sympy.log(Rational(number)) for number in numbers)


def rationals(*numbers: object) -> tuple[Expr, ...]:
    """Rational numbers."""
    return tuple(map(Rational, numbers))


@dataclass(frozen=True)
class Palette:
    """Numbers for the entries of a family: generic, falling, to vary, and a sorted grid, made when it is needed."""

    generic: tuple[Expr, ...]
    shrinking: tuple[Expr, ...]
    varied: tuple[Expr, ...]
    make_grid: Callable[[], tuple[Expr, ...]]

    @cached_property
    def grid(self) -> tuple[Expr, ...]:
        return self.make_grid()


def _log_grid() -> tuple[Expr, ...]:
    return logs(*sorted({Fraction(2) ** e for e in range(-20, 21)} | {Fraction(q) for q in (3, 5, 10, 100)}))


EXPONENTS = Palette(
    generic=logs(1, 2, 3, 5, 7, 11, 13, 17),
    shrinking=logs(1, "1/2", "1/3", "1/5", "1/7", "1/11", "1/13", "1/17"),
    varied=logs(1, 2, "1/3", 10, 1000),
    make_grid=_log_grid,
)
NUMBERS = Palette(
    generic=rationals(1, 3, 2, 5, 4, 7, 6, 9),
    shrinking=rationals(*(f"1/{2**at}" for at in range(1, 9))),
    varied=rationals(0, 1, -1, "1/2", 2, -10),
    make_grid=lambda: rationals(-100, -10, -3, -2, -1, "-1/2", 0, "1/4", "1/2", "3/4", 1, 2, 3, 10, 100),
)
TEMPERATURES = rationals(2, 1, "1/2", 3, "1/3", 10, "1/10", 4, 100)
SCALARS = rationals(3, 2, 1, 0, -1, "1/2", 5, -2, "1/3", 10, -10, "-1/2", 100, "1/10")
WEIGHTS = Palette(
    generic=NUMBERS.generic,
    shrinking=NUMBERS.shrinking,
    varied=rationals(1, 3, 99, 0, "1/2"),
    make_grid=lambda: rationals(0, "1/1000", "1/50", *(f"{at}/12" for at in range(1, 12)), "49/50", "999/1000", 1),
)
WAY = rationals("1/2", "1/3", "3/4", "1/10", "9/10", "1/4", "2/3", "1/100", "99/100")  # from one end to the other


def pools(claim: Claim, names: Names, positions: int) -> list[Sequence[Any]]:
    """The candidates for lambda, each family and each scalar."""
    constants = _constants(claim)
    temperatures = TEMPERATURES if names.has_temperature else TEMPERATURES[1:2]
    return [
        temperatures,
        *(_entries(claim, names, family, constants, positions) for family in names.families),
        *(_numbers(claim, name, at, constants) for at, name in enumerate(names.scalars)),
    ]


def _entries(claim: Claim, names: Names, family: str, constants: list[Expr], positions: int) -> list[tuple[Expr, ...]]:
    """Entries as the hypotheses about each of them want them, if any are; shares have the sum 1."""
    check()
    palette = palette_of(claim, names, family)
    apart = [(each, *(Integer(0),) * (positions - 1)) for each in constants]
    small = [(Rational(1, 1000),) * positions]
    every = distinct([*_head(palette, positions), *apart, *small, *_rest(palette, positions)])
    allowed = range_of(claim, family)
    if palette is WEIGHTS:
        every = distinct(tuple(x / sum(each) for x in each) for each in every if min(each) >= 0 and sum(each) > 0)
    return [each for each in every if all(map(allowed.has, each))] or every


def generic(claim: Claim, names: Names, family: str, positions: int) -> tuple[Expr, ...]:
    """The first entries to try."""
    return _entries(claim, names, family, [], positions)[0]


def _numbers(claim: Claim, name: str, at: int, constants: list[Expr]) -> list[Expr]:
    """Numbers as the hypotheses about this one want them, if any are."""
    allowed = range_of(claim, name)
    every = distinct((*allowed.between(), *SCALARS[at:], *SCALARS[:at], *constants))
    return [each for each in every if allowed.has(each)] or every


def _constants(claim: Claim) -> list[Expr]:
    """The numbers in a claim and those next to them; of large ones about the logarithm, too; ends."""
    mentioned = sorted(set(chain(*(part.atoms(Rational) for part in expressions_of(claim.relation)))))
    large = [Integer(each.p.bit_length()) * sign for each in mentioned if each.p > 100 for sign in (1, -1)]
    return distinct([each + step for each in mentioned for step in (0, 1, -1)] + large + ends(claim))


def ends(claim: Claim) -> list[Expr]:
    """The numbers, rational or not, that stand alone on a side of a hypothesis."""
    sides = (side for each in claim.given if isinstance(each, Relation) for side in (each.lhs, each.rhs))
    return distinct(side for side in sides if side.is_number and side.is_real)


@dataclass(frozen=True)
class Range:
    """What hypotheses say of a number: the relations to other numbers that it has."""

    relations: tuple[tuple[Operator, Expr], ...]

    @cached_property
    def low(self) -> Expr | None:
        return max((end for op, end in self.relations if op in (">", ">=", "==")), default=None, key=float)

    @cached_property
    def high(self) -> Expr | None:
        return min((end for op, end in self.relations if op in ("<", "<=", "==")), default=None, key=float)

    def has(self, number: Expr) -> bool:
        return all(HOLDS[op]((float(number) > float(end)) - (float(number) < float(end))) for op, end in self.relations)

    def between(self) -> list[Expr]:
        """Some numbers between the ends, if there are two, and the ends."""
        low, high = self.low, self.high
        return [] if low is None or high is None else [*(low + (high - low) * each for each in WAY), low, high]


def range_of(claim: Claim, name: str) -> Range:
    """Where hypotheses put a letter, or each entry of a family."""
    free = index_names(claim.relation)
    found: list[tuple[Operator, Expr]] = []
    for given in claim.given:
        each = given.relation if isinstance(given, Always) and not given.conditions else given
        if isinstance(each, Relation):
            for side, op, other in ((each.lhs, each.op, each.rhs), (each.rhs, MIRRORED[each.op], each.lhs)):
                if _named(side, free) == name and other.is_number and other.is_real:
                    found.append((op, other))
    return Range(tuple(found))


def _named(side: Expr, free: frozenset[str]) -> str:
    """The letter that this is, or the family of which it is any entry."""
    if isinstance(side, Entry):
        return "" if str(side.index) in free or side.index.is_Integer else side.family.name
    return side.name if side.is_Symbol else ""


def palette_of(claim: Claim, names: Names, family: str) -> Palette:
    """The numbers to try for a family: for shares, for exponents, between two ends, or any."""
    allowed = range_of(claim, family)
    if allowed.low == 0 and any(_is_total(each, family) for each in claim.given):
        return WEIGHTS
    if family in names.exponents:
        return EXPONENTS
    inside = tuple(allowed.between())
    return Palette(inside, inside[::-1], inside[-2:] + inside[:3], lambda: tuple(sorted(inside))) if inside else NUMBERS


def _is_total(given: Hypothesis, family: str) -> bool:
    """Whether it says that the entries of the family have the sum 1."""
    match given:
        case Relation(Sum() as total, "==", Integer(p=1)):
            inside = total.opened(class_named("k"))
            return not total.conditions and isinstance(inside, Entry) and inside.family.name == family
    return False


def distinct(values: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(values))


@lru_cache(maxsize=64)
def _head(palette: Palette, positions: int) -> list[tuple[Expr, ...]]:
    """Entries for a family: generic, tied, opposite, one apart."""
    zero, one, far = Integer(0), palette.varied[1], palette.varied[-1]
    generic = tuple(islice(cycle(palette.generic), positions + 1))
    rest = (zero,) * (positions - 1)
    return [
        generic[:positions],
        (zero,) * positions,
        generic[1:],
        tuple(each * (-1) ** at for at, each in enumerate(generic[1:])),
        (one, -one, *rest)[:positions],
        generic[:positions][::-1],
        (one, *rest),
        (*rest, one),
        tuple(islice(cycle(palette.shrinking), positions)),
        (far, *rest),
        (*rest, far),
        (one,) * positions,
        (one,) * (positions - 1) + (zero,),
    ]


@lru_cache(maxsize=64)
def _rest(palette: Palette, positions: int) -> list[tuple[Expr, ...]]:
    """All that the numbers to vary make, as far as that goes."""
    return list(islice(product(palette.varied, repeat=positions), 150))


def stretch(temperature: Expr) -> Expr:
    """3 for lambda = 1/3, 1 for a whole lambda."""
    return Integer(temperature.q) if temperature.is_Rational else Integer(1)
