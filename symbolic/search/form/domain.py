"""Where an expression is defined, as the conditions that its divisions, roots and logarithms ask for.

    undefined_part(expr, known, given) -> str | None

says which condition of `expr` is not implied by those of the `known` expressions, or None if there is none.
A condition on a polynomial is implied if its irreducible factors have a sure sign, or occur among the known
ones. A condition under a sum holds for the classes in its range; a known one under a sum over all k covers every class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, NamedTuple

from sympy import Expr, oo

from symbolic.language.claims import ArgMax, Hypothesis, Member, bounds
from symbolic.language.errors import Undefined
from symbolic.language.notation import Limit
from symbolic.search.form import admission
from symbolic.search.form.case_analysis import cases, positive_names
from symbolic.search.form.elementary import rational_value
from symbolic.search.form.equality import describe, identified
from symbolic.search.form.moments import Field
from symbolic.search.form.names import Name
from symbolic.search.limits.laurent import ONE, Factor, Quotient, expanded

__all__ = ["Condition", "conditions", "undefined_part"]


Kind = Literal["nonzero", "positive", "nonnegative"]
Range = tuple[frozenset[Name], ...]  # what the sums around a condition leave out or keep to; () is all classes

MISSING: dict[Kind, str] = {
    "nonzero": "a division by what may be 0",
    "positive": "a logarithm or root of what may be negative",
    "nonnegative": "a logarithm or root of what may be negative",
}


@dataclass(frozen=True)
class Condition:
    """What a quantity must be, for the classes of a range; or else `whole`, the exponent it is the base for."""

    quantity: Quotient
    kind: Kind
    where: Range = ()
    whole: bool = False


def undefined_part(expr: Expr, known: Iterable[Expr], given: tuple[Hypothesis, ...]) -> str | None:
    """The condition under which `expr` is defined that the known expressions do not imply, or None.

    >>> from symbolic.language.notation import c, i, p, z
    >>> undefined_part(c/p[i], [c], ())
    >>> undefined_part(p[i]/c, [p[i]], ())
    'a division by what may be 0'
    """
    term, others = _term(expr), [_term(each) for each in known]
    free = term.free.union(*(each.free for each in others), *map(identified, given))
    named = _subsets([term, *others]) | {each.subset.name for each in given if isinstance(each, (Member, ArgMax))}
    for case in cases(free, given, named):
        field = Field(case, positive_names(given, case.classes))
        field.least = bounds(given)[0]
        try:
            missing = field.settle(partial(_missing, field, term, others))
        except Undefined:
            continue
        if missing:
            where = describe(case)
            return f"{missing}, when {where}" if where else missing
    return None


def _term(expr: Expr) -> admission.Term:
    """The kernel term; an infinite value, and the inside of a limit, ask for nothing."""
    return admission.ONE if expr in (oo, -oo) or expr.has(Limit) else admission.admit(expr)


def _subsets(terms: Iterable[admission.Term]) -> set[str]:
    names: set[str] = set()
    for term in terms:
        if isinstance(term, admission.Binder):
            names |= {name for name in term.range.inside | term.range.outside if isinstance(name, str)}
        names |= _subsets(term.parts)
    return names


def _missing(field: Field, term: admission.Term, others: list[admission.Term]) -> str | None:
    """The first condition that is not implied; nothing is learnt from the term that asks for it."""
    facts = Facts(set(), set())
    for other in others:
        field.value(other, field.case.classes)
        for each in conditions(field, other, field.case.classes, None):
            facts.add(field, each)
    try:
        with field.learning_nothing():
            asked = list(conditions(field, term, field.case.classes, False))
    except Undefined:
        return "it is nowhere defined"
    return next((MISSING[each.kind] for each in asked if not facts.imply(field, each)), None)


# --- what is asked for ---------------------------------------------------------------------------


def conditions(
    field: Field, term: admission.Term, classes: dict[str, str], derived: bool | None
) -> Iterator[Condition]:
    """The conditions of a term, those under a sum at a class that stands for every one.

    `derived` says whether this is under a derivative, which roots and absolute values do not have at 0; it is None
    where only what surely holds is wanted.
    """
    if isinstance(term, admission.Binder):
        yield from _under_sum(field, term, classes, derived)
        return
    inside = derived if derived is None else derived or isinstance(term, admission.Diff)
    for part in term.parts:
        yield from conditions(field, part, classes, inside)
    match term:
        case admission.Absolute(inner) if derived:
            yield Condition(field.value(inner, classes), "nonzero")
        case admission.Log(inner, zero):
            yield Condition(field.value(inner, classes), "nonnegative" if zero and not derived else "positive")
        case admission.Power(base, exponent):
            rational = rational_value(field.value(exponent, classes))
            kind = _kind(rational, derived)
            if kind:
                yield Condition(field.value(base, classes), kind, whole=rational is None)


def _kind(exponent: Any, derived: bool | None) -> Kind | None:
    """What a power with the exponent asks of its base."""
    if exponent is None:
        return None if derived is None else "positive"
    if exponent.denominator != 1:
        return "positive" if exponent < 0 or derived else "nonnegative"
    return "nonzero" if exponent < 0 else None


def _under_sum(
    field: Field, term: admission.Binder, classes: dict[str, str], derived: bool | None
) -> Iterator[Condition]:
    """The conditions at a class that stands for all in the range, and at the named ones where classes are compared."""
    excluded = frozenset(classes[each] for each in term.range.excluded)
    compares = term.bound in term.of.compared
    apart: frozenset[Name] = excluded.union(field.case.named if compares else ())
    where = (apart, term.range.inside, term.range.outside)
    with field.dot(narrow=any(where)) as dot:
        at_dot = {**classes, term.bound: dot}
        for each in () if field.case.written_out else conditions(field, term.of, at_dot, derived):
            yield replace(each, where=(*each.where, *where)) if any(where) else each
    for at in field.case.named if compares or field.apart or field.case.written_out else []:
        if at not in excluded and field.weight(term.range, at) == ONE:
            yield from conditions(field, term.of, {**classes, term.bound: at}, derived)


# --- what is known -------------------------------------------------------------------------------


class Facts(NamedTuple):
    """Factors that are not 0, and products of factors that are not negative up to a sign, each in its range."""

    nonzero: set[tuple[Factor, Range]]
    signs: set[tuple[int, frozenset[Factor], Range]]

    def add(self, field: Field, condition: Condition) -> None:
        """What a condition that is met says."""
        if not condition.quantity.num:
            return
        if condition.kind != "nonnegative":
            self.nonzero.update((_general(field, each)[1], condition.where) for each in _factors(field, condition))
        if condition.kind != "nonzero":
            self.signs.add((*_odd(field, condition), condition.where))

    def imply(self, field: Field, condition: Condition) -> bool:
        """Whether a condition is met by the signs that are sure, or by what is known."""
        if not condition.quantity.num:
            return condition.kind == "nonnegative"
        nonzero = condition.kind == "nonnegative" or self._nonzero(field, condition)
        return nonzero and (condition.kind == "nonzero" or self._signed(field, condition))

    def _nonzero(self, field: Field, condition: Condition) -> bool:
        for each in _factors(field, condition):
            _, general = _general(field, each)
            places = {(general, condition.where), (general, ()), (field.anywhere(each)[1], ())}
            if not field.sign(each, zero=False) and places.isdisjoint(self.nonzero):
                return False
        return True

    def _signed(self, field: Field, condition: Condition) -> bool:
        sign, odd = _odd(field, condition)
        if not odd:
            return sign == 1
        turned, anywhere = field.anywhere(next(iter(odd))) if len(odd) == 1 else (1, ())
        like = (sign * turned, frozenset({anywhere}), ())
        return not {(sign, odd, condition.where), (sign, odd, ()), like}.isdisjoint(self.signs)


def _general(field: Field, factor: Factor) -> tuple[int, Factor]:
    """A polynomial at a class that is summed over, up to a sign, as one at any class."""
    return field.anywhere(factor) if field.dotted(factor) else (1, factor)


def _factors(field: Field, condition: Condition) -> set[Factor]:
    """The irreducible factors, single generators among them."""
    return {factor for factor, _ in field.factors(condition.quantity.num)[1]}


def _odd(field: Field, condition: Condition) -> tuple[int, frozenset[Factor]]:
    """The sign of the content, and the factors of unsure sign that occur to an odd power."""
    content, above = field.factors(condition.quantity.num)
    sign = 1 if content > 0 else -1
    odd = []
    for factor, times in [*above, *field.factors(expanded(condition.quantity.den))[1]]:
        if times % 2:
            known = field.sign(factor)
            turned, general = (1, factor) if known else _general(field, factor)
            sign *= known or turned
            odd += [] if known else [general]
    return sign, frozenset(odd)
