"""A polynomial in moments as sums over tuples of distinct classes: what has to be seen of its sign, class by class.

    over_tuples(field, polynomial, sizes, whole)   {d: the summand, symmetric in the d classes :1 ... :d}

A product of moments is a sum over the ways in which its classes coincide,

    sum_k f_k sum_l g_l = sum_{k != l} f_k g_l + sum_k f_k g_k,

so that what is counted in whole classes is not lost (sum p^2 <= 1 holds for no other reason). With `sizes` the
number of classes is a moment too, that of 1; otherwise it is a number. The moments `whole` stay what they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import permutations
from math import factorial

from sympy.polys.domains import QQ

from symbolic.language.errors import Unsupported
from symbolic.search.form.generators import Moment, N
from symbolic.search.form.moments import Field
from symbolic.search.limits.laurent import (
    ONE,
    ZERO,
    Monomial,
    Polynomial,
    Quotient,
    add,
    constant,
    generator,
    generators,
    mapped,
    multiply,
)

__all__ = ["LARGEST", "over_tuples", "slots"]

LARGEST = 4  # classes in a tuple


def slots(count: int) -> list[str]:
    """The classes of a tuple, which stand for any that are not named."""
    return [f":{number + 1}" for number in range(count)]


def over_tuples(field: Field, poly: Polynomial, sizes: bool, whole: Collection[int] = ()) -> dict[int, Quotient]:
    """The summands, by the number of classes that they are about."""
    if sizes:
        poly = mapped(poly, lambda number: _counted(field, number)).num
    parts: dict[int, Quotient] = {}
    for monomial, coefficient in poly.items():
        outer, moments = _split(field, monomial, whole)
        factor = Quotient({outer: coefficient}, {})
        for blocks in _partitions(moments):
            summand = multiply(factor, _symmetric(field, blocks))
            parts[len(blocks)] = add(parts.get(len(blocks), ZERO), summand)
    for each in parts.values():
        if any(isinstance(field.table[number], Moment) for number in generators(each.num) - set(whole)):
            raise Unsupported("sums that do not separate into one-index sums")
    return {size: each for size, each in sorted(parts.items()) if each.num}


def _counted(field: Field, number: int) -> Quotient:
    """n as the number of the classes that are not named, which is the moment of 1, and of those that are."""
    if not isinstance(field.table[number], N):
        return generator(number)
    return add(field.generator(Moment(())), constant(len(field.case.named) - field.shift))


def _split(field: Field, monomial: Monomial, whole: Collection[int]) -> tuple[Monomial, list[Moment]]:
    """What stands before the sums, and the sums."""
    outer, moments = [], []
    for number, exponent in monomial:
        made = field.table[number]
        if not isinstance(made, Moment) or number in whole:
            outer.append((number, exponent))
        elif not isinstance(exponent, int) or exponent < 0:
            raise Unsupported("a power of a sum that is not whole")
        else:
            moments += [made] * exponent
    if len(moments) > LARGEST:
        raise Unsupported(f"a product of more than {LARGEST} sums")
    return tuple(outer), moments


def _partitions(items: Sequence[Moment]) -> Iterator[list[list[Moment]]]:
    """The ways to put the items into blocks."""
    if not items:
        yield []
        return
    for rest in _partitions(items[1:]):
        yield [[items[0]], *rest]
        for at, block in enumerate(rest):
            yield [*rest[:at], [items[0], *block], *rest[at + 1 :]]


def _symmetric(field: Field, blocks: list[list[Moment]]) -> Quotient:
    """The product of the summands, each block at a class of its own, averaged over the orders of the classes."""
    result = ZERO
    for order in permutations(slots(len(blocks))):
        product = ONE
        for block, at in zip(blocks, order, strict=True):
            for moment in block:
                product = multiply(product, field.opened(moment, at))
        result = add(result, product)
    return multiply(result, constant(QQ(1, factorial(len(blocks)))))
