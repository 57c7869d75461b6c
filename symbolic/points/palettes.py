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
from typing import Any

import sympy
from sympy import Expr, Integer, Rational

from symbolic.language.claims import Claim, Relation
from symbolic.points.names import Names, expressions_of

__all__ = ["NUMBERS", "TEMPERATURES", "Palette", "distinct", "logs", "palette_of", "pools", "rationals", "stretch"]


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
SCALARS = rationals(3, 2, 1, 0, -1, "1/2", 5, -2, "1/3", 10, -10, "-1/2", 100)


def pools(claim: Claim, names: Names, positions: int) -> list[Sequence[Any]]:
    """The candidates for lambda, each family and each scalar."""
    constants = _constants(claim)
    temperatures = TEMPERATURES if names.has_temperature else TEMPERATURES[1:2]
    apart = [(each, *(Integer(0),) * (positions - 1)) for each in constants]
    small = [(Rational(1, 1000),) * positions]
    return [
        temperatures,
        *(
            distinct([*_head(palette_of(names, f), positions), *apart, *small, *_rest(palette_of(names, f), positions)])
            for f in names.families
        ),
        *(distinct((*SCALARS[at:], *SCALARS[:at], *constants)) for at, _ in enumerate(names.scalars)),
    ]


def _constants(claim: Claim) -> list[Expr]:
    """The numbers in a claim and those next to them; of large ones about the logarithm, too; ends."""
    mentioned = sorted(set(chain(*(part.atoms(Rational) for part in expressions_of(claim.relation)))))
    large = [Integer(each.p.bit_length()) * sign for each in mentioned if each.p > 100 for sign in (1, -1)]
    return distinct([each + step for each in mentioned for step in (0, 1, -1)] + large + ends(claim))


def ends(claim: Claim) -> list[Expr]:
    """The numbers, rational or not, that stand alone on a side of a hypothesis."""
    sides = (side for each in claim.given if isinstance(each, Relation) for side in (each.lhs, each.rhs))
    return distinct(side for side in sides if side.is_number and side.is_real)


def palette_of(names: Names, family: str) -> Palette:
    """The numbers to try for a family."""
    return EXPONENTS if family in names.exponents else NUMBERS


def distinct(values: Iterable[Any]) -> list[Any]:
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
