"""What a point at which a claim can be evaluated has to give a value to.

free_names(claim)         the names of a claim: indices, families, numbers, subsets
about(claim, point)       the point with these alone
expressions_of(part)      the expressions in a relation or a hypothesis
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

import sympy
from sympy import Basic, Integer, Symbol

from symbolic.language import notation
from symbolic.language.claims import Always, ArgMax, Claim, Hypothesis, Member, Point, Relation, SameClass
from symbolic.language.errors import Undefined, Unsupported
from symbolic.points.evaluate import index_names

__all__ = ["Names", "NotAPoint", "about", "expressions_of", "free_names", "positions_of"]

NotAPoint = (Undefined, Unsupported)


@dataclass(frozen=True)
class Names:
    """The names that a point gives values to, and the largest class that is named by a number."""

    indices: tuple[str, ...]
    families: tuple[str, ...]
    exponents: frozenset[str]  # the families that occur in exponents
    scalars: tuple[str, ...]
    subsets: tuple[str, ...]
    has_temperature: bool
    literals: int


def free_names(claim: Claim) -> Names:
    """What a point at which the claim can be evaluated has to give.

    >>> from symbolic.language.claims import claim
    >>> from symbolic.language.notation import In, A, Sum, c, i, k, p, v
    >>> names = free_names(claim(Sum(p[k], k, In(A)), "<=", c * v[1] + v[i]))
    >>> names.indices, names.families, names.scalars, names.subsets, names.literals
    (('i',), ('v', 'z'), ('c',), ('A',), 1)
    """
    parts = list(chain(*map(expressions_of, (claim.relation, *claim.given))))
    atoms: set[Basic] = set().union(*(part.atoms(Symbol) for part in parts))
    indices = set(chain(*map(_index_arguments, parts)))
    families = {each.name for each in atoms if isinstance(each, notation.Family)}
    numbers = {each for each in atoms if not isinstance(each, NOT_SCALARS)} - indices - {notation.n}
    numbers &= set().union(*map(notation.free, parts))  # what a limit binds has no value
    under_p = any(part.has(notation.Mean, notation.Variance) for part in parts)
    return Names(
        indices=tuple(sorted(index_names(claim.relation))),
        families=tuple(sorted(families | ({"z"} if under_p else set()))),
        exponents=frozenset().union({"z"}, *map(_exponents, parts)),
        scalars=tuple(sorted(each.name for each in numbers)),
        subsets=tuple(sorted(each.name for each in atoms if isinstance(each, notation.Subset))),
        has_temperature=any(map(_has_temperature, parts)),
        literals=max((int(each) for each in indices if isinstance(each, Integer)), default=0),
    )


def about(claim: Claim, point: Point) -> Point:
    """The point with what the claim speaks of alone, to be shown beside it."""
    names = free_names(claim)
    return replace(
        point,
        families={name: entries for name, entries in point.families.items() if name in names.families},
        inverse_temperature=point.inverse_temperature if names.has_temperature else None,
        indices={name: at for name, at in point.indices.items() if name in names.indices},
        scalars={name: number for name, number in point.scalars.items() if name in names.scalars},
        subsets={name: classes for name, classes in point.subsets.items() if name in names.subsets},
    )


def _has_temperature(expr: Basic) -> bool:
    """Whether lambda or T is free in it, by name or in what p stands for; a limit in one of them binds both."""
    temperature = (notation.lam, notation.T)
    if isinstance(expr, notation.Limit) and expr.args[1] in temperature:
        return False
    under_p = isinstance(expr, (notation.Mean, notation.Variance))
    return under_p or expr in temperature or any(map(_has_temperature, expr.args))


NOT_SCALARS = (*notation.NOT_INDICES, notation.BoundIndex)
INDEXED = (notation.Entry, notation.Probability)


def expressions_of(part: Relation | Hypothesis) -> Iterator[Basic]:
    """The expressions in a relation or a hypothesis; an index is wrapped to be known as one."""
    match part:
        case Relation(lhs, _, rhs):
            yield from (lhs, rhs)
        case SameClass(first, second):
            yield from map(notation.Except, (first, second))
        case Member(index, subset):
            yield from (notation.Except(index), subset)
        case ArgMax(subset, family):
            yield from (subset, family)
        case Always(relation, bound, conditions):
            yield from (relation.lhs, relation.rhs, notation.Except(bound), *conditions)


def _index_arguments(part: Basic) -> Iterator[Basic]:
    """All that stands where an index does."""
    for each in part.atoms(*INDEXED):
        yield each.args[1]
    for each in part.atoms(sympy.KroneckerDelta, notation.Except):
        yield from each.args


def _exponents(part: Basic) -> set[str]:
    """The families that are exponentiated."""
    heads = (sympy.exp, sympy.tanh, sympy.sinh, sympy.cosh, notation.Softmax, notation.Partition, notation.LogSumExp)
    return {family.name for each in part.atoms(*heads) for family in each.atoms(notation.Family)}


def positions_of(point: Point) -> int:
    """How many entries the families of a point have."""
    return len(point.multiplicities) or point.size
