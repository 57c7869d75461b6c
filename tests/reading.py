"""What a claim speaks of: its free indices, concrete classes, families, scalars and subsets.

>>> from symbolic.language.claims import claim, relation
>>> from symbolic.language.notation import D, c, i, k, n, p, Sum, y, z
>>> line = claim(D(p[i], z[2]), "==", c * Sum(y[k], k), [relation(n, ">=", 2)])
>>> [sorted(names(line, kind)) for kind in ("index", "class", "family", "scalar")]
[['i'], [2], ['y', 'z'], ['c']]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Basic, Integer, KroneckerDelta, Symbol

from symbolic.language import notation as say
from symbolic.language.claims import Always, Claim, Member, Relation, SameClass


def names(part: Any, kind: str) -> set[Any]:
    """The free names of one kind in an expression, a hypothesis or a claim."""
    return {name for found, name in spoken(part) if found == kind}


def spoken(part: Any, bound: frozenset[str] = frozenset()) -> Iterator[tuple[str, Any]]:
    """(kind, name) of all that occurs free: index, class, family, scalar, subset, heat."""
    if isinstance(part, Claim):
        for each in (part.relation, *part.given):
            yield from spoken(each)
    elif isinstance(part, Always):
        inside = bound | {part.bound.name}
        yield from spoken(part.relation, inside)
        for each in part.conditions:
            yield from spoken(each, inside)
    elif isinstance(part, Basic):
        yield from spoken_in(part, bound)
    else:
        yield from spoken_in_hypothesis(part, bound)


def spoken_in_hypothesis(part: Any, bound: frozenset[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(part, Relation):
        yield from spoken(part.lhs, bound)
        yield from spoken(part.rhs, bound)
    elif isinstance(part, SameClass):
        yield from index_name(part.first, bound)
        yield from index_name(part.second, bound)
    elif isinstance(part, Member):
        yield from index_name(part.index, bound)
        yield "subset", part.subset.name
    else:
        yield "subset", part.subset.name
        yield "family", part.family.name


def index_name(index: Basic, bound: frozenset[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(index, Integer):
        yield "class", int(index)
    elif index.name not in bound:
        yield "index", index.name


def spoken_in(expr: Basic, bound: frozenset[str]) -> Iterator[tuple[str, Any]]:
    indices = index_places(expr)
    for each in indices:
        yield from index_name(each, bound)
    if isinstance(expr, say.Binder):
        bound = bound | {expr.bound.name}
    if isinstance(expr, say.UnderP):
        yield "family", "z"
    if isinstance(expr, Symbol):
        yield from symbol_name(expr, bound)
    for each in expr.args:
        if each not in indices:
            yield from spoken_in(each, bound)


def index_places(expr: Basic) -> tuple[Basic, ...]:
    """The arguments that are class indices."""
    if isinstance(expr, (say.Entry, say.Probability)):
        return (expr.args[1],)
    if isinstance(expr, KroneckerDelta):
        return tuple(expr.args[:2])
    return expr.args if isinstance(expr, say.Except) else ()


def symbol_name(symbol: Symbol, bound: frozenset[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(symbol, say.Family):
        yield "family", symbol.name
    elif isinstance(symbol, say.Subset):
        yield "subset", symbol.name
    elif symbol in (say.lam, say.T):
        yield "heat", symbol.name
    elif symbol != say.n and symbol.name not in bound:
        yield "scalar", symbol.name
