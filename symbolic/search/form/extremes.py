"""Largest and smallest values as entries at a class of their own.

    with_extremes_named(claim) -> Claim

max_k e_k is e_a at a class a where it is attained, with the hypothesis e_a >= e_k for all k: that the maximum is an
entry, and that a may coincide with any class of the claim, comes free. How many classes attain max z is the size of a
subset, in which z_k = z_a; other counts are sizes too (sizes). A hypothesis about all classes by an index of its own,
y[k] >= 0, is written with `all`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import TypeVar

import sympy
from sympy import Basic, Expr, Symbol

from symbolic.language import notation as of
from symbolic.language.claims import Always, ArgMax, Claim, Hypothesis, Member, Operator, Relation, SameClass
from symbolic.language.errors import NotationError, Unsupported
from symbolic.search.form.names import OwnIndex, OwnSubset
from symbolic.search.form.sizes import counted, with_members_named

__all__ = ["MOST", "found_in", "indices", "replaced", "with_extremes_named"]

Extreme = TypeVar("Extreme", bound=of.Binder)

MOST = 4  # largest and smallest values in a claim


def with_extremes_named(claim: Claim) -> Claim:
    """The claim with each largest and smallest value written as an entry.

    >>> from symbolic.language.notation import Maximum, i, z
    >>> from symbolic.language.claims import claim
    >>> with_extremes_named(claim(z[i], "<=", Maximum.of(z)))
    Claim(z[i] <= z[argmax z] given argmax z == argmax z, all(z[argmax z] >= z[all classes], all classes))
    """
    claim = replace(claim, given=tuple(map(_apart, _explicit(claim), count())), text="")
    rules: dict[Basic, Basic] = {}
    given: list[Hypothesis] = []
    counts = _named(claim, of.Count)
    kinds = list(dict.fromkeys(each.body for each in counts))
    for each in counts:
        rules[each], said = _attained(each) or counted(each, OwnSubset(f"where {kinds.index(each.body)}"))
        given.extend(said)
    claim = with_members_named(replaced(replace(claim, given=(*claim.given, *given)), rules))
    extremes = [*_named(claim, of.Maximum), *_of_sets(claim)]
    if len(set(extremes)) > MOST:
        raise Unsupported(f"more than {MOST} largest and smallest values")
    values: dict[Basic, Basic] = {}
    facts: list[Hypothesis] = []
    for extreme in dict.fromkeys(extremes):
        at, hypotheses = _class_of(extreme, claim)
        values[extreme] = extreme.opened(at)
        facts.extend([SameClass(at, at), *hypotheses, *_members(extreme, at, claim)])
    kept = tuple(each for each in claim.given if not _says_where(each, values))
    return replaced(replace(claim, given=(*kept, *facts)), values)


def _explicit(claim: Claim) -> Iterator[Hypothesis]:
    """The hypotheses, those on all classes written as such."""
    free = of.free(claim.lhs) | of.free(claim.rhs)
    for each in claim.given:
        if isinstance(each, Relation) and each.op != "==":
            own = {index for side in (each.lhs, each.rhs) for index in indices(side)} - free
            if len(own) == 1:
                yield Always(each, own.pop())
                continue
        yield each


def _apart(each: Hypothesis, number: int) -> Hypothesis:
    """The hypothesis with a bound index that nothing else has, so that nothing put in is captured."""
    if not isinstance(each, Always):
        return each
    bound = OwnIndex(f"class {number}")
    return Always(_in_relation(each.relation, {each.bound: bound}), bound, each.conditions)


def indices(expr: Expr) -> set[Symbol]:
    """The class indices free in an expression."""
    holders = expr.atoms(of.Entry, of.Probability, sympy.KroneckerDelta, of.Except)
    named = {at for each in holders for at in each.args if isinstance(at, Symbol)}
    return {at for at in named & of.free(expr) if at.is_integer and not isinstance(at, of.BoundIndex)}


def found_in(claim: Claim, head: type[Extreme]) -> list[Extreme]:
    """The binders of a kind that do not depend on an index bound further out, outermost first."""
    return list(dict.fromkeys(each for each, _ in _closed(claim, head)))


def _named(claim: Claim, head: type[Extreme]) -> list[Extreme]:
    """The same, refused where one may be undefined and yet stands where there may be nothing to evaluate it for."""
    for each, sure in _closed(claim, head):
        if not sure and not _is_total(each):
            raise Unsupported(f"{each} over classes of which there may be none")
    return found_in(claim, head)


def _closed(claim: Claim, head: type[Extreme]) -> Iterator[tuple[Extreme, bool]]:
    """The binders of a kind that depend on no index bound outside of them, and whether they are evaluated for sure."""
    free = of.free(claim.lhs) | of.free(claim.rhs)
    for side in (claim.lhs, claim.rhs):
        yield from _inside(side, head, set(), True)
    for each in claim.given:
        if isinstance(each, Relation):
            universal = {index for side in (each.lhs, each.rhs) for index in indices(side)} - free
            for side in (each.lhs, each.rhs):
                yield from _inside(side, head, universal, True)
        elif isinstance(each, Always):
            for side in (each.relation.lhs, each.relation.rhs):
                yield from _inside(side, head, {each.bound}, not each.conditions)


def _inside(expr: Basic, head: type[Extreme], bound: set[Symbol], sure: bool) -> Iterator[tuple[Extreme, bool]]:
    if isinstance(expr, head) and not any(isinstance(each, of.BoundIndex) or each in bound for each in of.free(expr)):
        yield expr, sure
    sure = sure and not (isinstance(expr, of.Binder) and bool(expr.conditions))
    for part in expr.args:
        yield from _inside(part, head, bound, sure)


TOTAL = (
    of.Entry, of.Partition, of.Temperature, of.Size, of.Maximum, of.Count, of.Sum, Symbol, sympy.Rational, sympy.Add,
    sympy.Mul, sympy.exp, sympy.Abs, sympy.KroneckerDelta, sympy.core.relational.Relational, of.Except, of.In, of.NotIn,
)  # fmt: skip


def _is_total(expr: Basic) -> bool:
    """Whether the expression is defined everywhere, by its form."""
    if isinstance(expr, sympy.Pow):
        return bool(expr.exp.is_Integer and expr.exp > 0) and _is_total(expr.base)
    if isinstance(expr, of.Maximum) and expr.conditions:
        return False
    if isinstance(expr, of.Probability):
        return _is_total(expr.distribution.args[1])
    return isinstance(expr, TOTAL) and all(map(_is_total, expr.args))


def _attained(count: of.Binder) -> tuple[Expr, list[Hypothesis]] | None:
    """The number of classes where an extreme is attained, as the size of the set of them."""
    sides = getattr(count.body, "args", ())
    extreme = next((side for side in sides if isinstance(side, of.Maximum)), None)
    family = extreme.family() if extreme is not None else None
    if extreme is None or not isinstance(family, of.Family) or count.conditions:
        return None
    if not isinstance(count.body, sympy.Eq) or family[count.bound] not in sides:
        return None
    largest = not isinstance(extreme, of.Minimum)
    subset = OwnSubset(f"{'argmax' if largest else 'argmin'} of {family.name}")
    return of.Size(subset), [ArgMax(subset, family, largest)]


def _of_sets(claim: Claim) -> Iterator[of.Maximum]:
    """The extremes whose sets hypotheses name."""
    for each in claim.given:
        if isinstance(each, ArgMax):
            yield (of.Maximum if each.largest else of.Minimum).of(each.family)


def _class_of(extreme: of.Maximum, claim: Claim) -> tuple[Expr, list[Hypothesis]]:
    """A class where the extreme is attained, and what that says."""
    free = of.free(claim.lhs) | of.free(claim.rhs)
    at = next((index for each in claim.given for index in _told(each, extreme, free)), None)
    if at is None:
        at = OwnIndex(_name(extreme))
    where: list[Hypothesis] = []
    for condition in extreme.conditions:
        (what,) = condition.args
        if isinstance(condition, of.Except):
            where.append(SameClass(at, what, holds=False))
        else:
            where.append(Member(at, what, holds=isinstance(condition, of.In)))
    bound = OwnIndex("all classes")
    op: Operator = "<=" if isinstance(extreme, of.Minimum) else ">="
    return at, [*where, Always(Relation(extreme.opened(at), op, extreme.opened(bound)), bound, extreme.conditions)]


def _name(extreme: of.Maximum) -> str:
    family = extreme.family()
    where = f"{'argmin' if isinstance(extreme, of.Minimum) else 'argmax'}"
    return f"{where} {family.name}" if isinstance(family, of.Family) else f"{where} {extreme.args!s}"


def _told(each: Hypothesis, extreme: of.Maximum, free: set[Basic]) -> Iterator[Expr]:
    """The index i of a hypothesis z_i = max z."""
    if isinstance(each, Relation) and each.op == "==" and extreme in (each.lhs, each.rhs) and not extreme.conditions:
        other = each.rhs if each.lhs == extreme else each.lhs
        at = [entry.index for entry in other.atoms(of.Entry, of.Probability)]
        yield from (index for index in at if (index in free or index.is_Integer) and extreme.opened(index) == other)


def _says_where(each: Hypothesis, values: dict[Basic, Basic]) -> bool:
    """Whether a hypothesis z_i = max z has been used to choose the class."""
    return isinstance(each, Relation) and each.op == "==" and any(
        {each.lhs, each.rhs} == {extreme, value} for extreme, value in values.items()
    )  # fmt: skip


def _members(extreme: of.Maximum, at: Expr, claim: Claim) -> Iterator[Hypothesis]:
    """The class lies in the sets of all classes where the extreme is attained."""
    for each in claim.given:
        if isinstance(each, ArgMax) and extreme == (of.Maximum if each.largest else of.Minimum).of(each.family):
            yield Member(at, each.subset)


def replaced(claim: Claim, rules: dict[Basic, Basic]) -> Claim:
    """The claim with expressions replaced, in its sides and its hypotheses."""
    if not rules:
        return claim
    try:
        given = tuple(_in_hypothesis(each, rules) for each in claim.given)
        return Claim(_in_relation(claim.relation, rules), given)
    except NotationError as problem:
        raise Unsupported(str(problem)) from None  # a derivative of a largest value


def _in_hypothesis(each: Hypothesis, rules: dict[Basic, Basic]) -> Hypothesis:
    if isinstance(each, Relation):
        return _in_relation(each, rules)
    return replace(each, relation=_in_relation(each.relation, rules)) if isinstance(each, Always) else each


def _in_relation(relation: Relation, rules: dict[Basic, Basic]) -> Relation:
    lhs, rhs = (side.xreplace(rules) for side in (relation.lhs, relation.rhs))
    return Relation(lhs, relation.op, rhs)
