"""What the hypotheses of a claim say of the classes at hand: polynomials that are positive, or not negative.

stated(field, given, reduce, places)    the facts at the classes `places`, named ones and such as stand for any
equations(field, given)                 the polynomials that equations say are 0
cleared(field, quotient)                a polynomial of the same sign: what is surely positive multiplied out
primitive(field, polynomial)            the same with positive factors dropped, e^a - e^b being as a - b
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr
from sympy.polys.domains import QQ

from symbolic.language import notation as of
from symbolic.language.claims import Always, ArgMax, Hypothesis, Relation
from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.admission import admit
from symbolic.search.form.generators import Entry, Exp, In
from symbolic.search.form.moments import Field
from symbolic.search.limits.laurent import (
    Monomial,
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    as_rational,
    factored,
    monomial_product,
    negate,
    polynomial_product,
    polynomial_sum,
    scaled,
)

__all__ = ["Fact", "cleared", "equations", "negative", "primitive", "stated"]

Reduce = Callable[[Quotient], Quotient]


@dataclass(frozen=True)
class Fact:
    """A polynomial that is >= 0, or > 0, where the indicators `where` have these values."""

    poly: Polynomial
    strict: bool
    where: tuple[tuple[int, bool], ...] = ()

    def __hash__(self) -> int:
        return hash((frozenset(self.poly.items()), self.strict, self.where))


def negative(poly: Polynomial) -> Polynomial:
    """The polynomial's negative."""
    return {monomial: -value for monomial, value in poly.items()}


def stated(field: Field, given: Iterable[Hypothesis], reduce: Reduce, places: Iterable[str]) -> list[Fact]:
    """The facts at the named classes and at `places`, which stand for any others."""
    found = (fact for each in given for fact in _of_hypothesis(field, each, reduce, tuple(places)))
    return list(dict.fromkeys(fact for fact in found if fact.poly or fact.strict))


def _of_hypothesis(field: Field, each: Hypothesis, reduce: Reduce, places: tuple[str, ...]) -> Iterator[Fact]:
    if isinstance(each, Relation):
        yield from _of_relation(field, each, reduce, field.case.classes)
    elif isinstance(each, Always):
        for place in (*field.case.named, *places):
            where = _where(field, each, place)
            if where is not None:
                classes = {**field.case.classes, str(each.bound): place}
                with field.learning_nothing() if where else nullcontext():  # the class may be none of those it is about
                    said = list(_of_relation(field, each.relation, reduce, classes))
                yield from (replace(fact, where=where) for fact in said)
    elif isinstance(each, ArgMax):
        yield from _of_extreme(field, each, places)


def _where(field: Field, each: Always, place: str) -> tuple[tuple[int, bool], ...] | None:
    """The memberships under which the hypothesis is about the class; None if it is not, whatever they are."""
    where = []
    for condition in each.conditions:
        (what,) = condition.args
        if isinstance(condition, of.Except):
            if field.case.classes.get(str(what)) in (place, None):
                return None
            continue
        known, asked = field.case.members.get((what.name, place)), isinstance(condition, of.In)
        if known is None:
            where.append((field.number(In(what.name, place)), asked))
        elif known is not asked:
            return None
    return tuple(where)


def _of_extreme(field: Field, each: ArgMax, places: tuple[str, ...]) -> Iterator[Fact]:
    """In the set where an extreme is attained entries are equal, and beyond those outside of it."""
    name, sign = each.subset.name, QQ(1 if each.largest else -1)
    best = next((at for at in field.case.named if field.case.members.get((name, at))), None)
    if best is None:
        return
    top = field.number(Entry(each.family.name, best))
    for place in (*field.case.named, *places):
        own = field.number(Entry(each.family.name, place))
        above: Polynomial = {((top, 1),): sign, ((own, 1),): -sign} if own != top else {}
        known = field.case.members.get((name, place))
        where = field.number(In(name, place)) if known is None else 0
        if above and known is not False:
            yield Fact(negative(above), False, () if known else ((where, True),))
        if above and not known:
            yield Fact(above, True, () if known is False else ((where, False),))


def _of_relation(field: Field, each: Relation, reduce: Reduce, classes: dict[str, str]) -> Iterator[Fact]:
    """The difference of the sides, if all its indices are at hand."""
    if each.op == "==":
        return
    larger, smaller = (each.lhs, each.rhs) if each.op in (">", ">=") else (each.rhs, each.lhs)
    poly = _excess(field, larger, smaller, reduce, classes)
    if poly is None:
        return
    if each.op == "!=":
        yield Fact(polynomial_product(poly, poly), True)
    else:
        yield Fact(primitive(field, poly), each.op in ("<", ">"))


def equations(field: Field, given: Iterable[Hypothesis]) -> list[Polynomial]:
    """The polynomials that the equations about the classes at hand say are 0, none of them used on another."""
    stated = [each for each in given if isinstance(each, Relation) and each.op == "=="]
    found = (_excess(field, each.lhs, each.rhs, lambda whole: whole, field.case.classes) for each in stated)
    return [poly for poly in found if poly]


def _excess(field: Field, larger: Expr, smaller: Expr, reduce: Reduce, classes: dict[str, str]) -> Polynomial | None:
    """The difference of two sides, if all its indices are at hand."""
    if larger.has(of.Limit) or smaller.has(of.Limit):
        return None
    try:
        above, below = admit(larger), admit(smaller)
        if not (above.free | below.free) <= set(classes):
            return None
        return cleared(field, reduce(add(field.value(above, classes), negate(field.value(below, classes)))))
    except (Unsupported, Undefined):
        return None


def cleared(field: Field, quotient: Quotient) -> Polynomial:
    """A polynomial with the sign of the quotient: denominators multiplied out, squared where their sign is not sure."""
    poly = quotient.num
    for factor, times in quotient.den.items():
        known = field.side(factor)  # it is not 0
        if times % 2 and known < 0:
            poly = negative(poly)
        elif times % 2 and not known:
            poly = polynomial_product(poly, as_polynomial(factor))
    return _without_negative_powers(field, poly)


def _without_negative_powers(field: Field, poly: Polynomial) -> Polynomial:
    """The polynomial times what makes its exponents positive and is itself positive: what is divided by is not 0."""
    least: dict[int, Any] = {}
    for monomial in poly:
        for number, exponent in monomial:
            least[number] = min(exponent, least.get(number, 0))
    factor: Monomial = ()
    for number, exponent in least.items():
        if exponent < 0:
            times = -exponent
            if not field.is_nonnegative(number):
                if times.denominator != 1:
                    raise Unsupported("a root of what may be negative")
                times += times % 2
            factor = monomial_product(factor, ((number, times),))
    return scaled(poly, factor, QQ(1)) if factor else poly


def primitive(field: Field, poly: Polynomial) -> Polynomial:
    """The polynomial less the factors that are surely positive; a difference of exponentials as that of exponents."""
    if not poly or len(poly) > 12:
        return poly
    content, common, factors = factored(poly)
    result: Polynomial = {(): QQ(1 if content > 0 else -1)}
    for number, exponent in common:
        if not field.is_positive(number):
            result = scaled(result, ((number, exponent),), QQ(1))
    for factor, times in factors:
        known = field.sign(factor, zero=False)
        if times % 2 == 0 and not known:
            return poly
        if times % 2 and known:
            result = scaled(result, (), QQ(known))
        elif times % 2:
            result = polynomial_product(result, _logarithmic(field, as_polynomial(factor)))
    return result


def _logarithmic(field: Field, poly: Polynomial) -> Polynomial:
    """e^a - e^b has the sign of a - b."""
    if len(poly) != 2 or sorted(poly.values()) != [-1, 1]:
        return poly
    exponent: Polynomial = {}
    for monomial, value in poly.items():
        for number, times in monomial:
            made = field.table[number]
            if not isinstance(made, Exp):
                return poly
            inner = field.actual(made.of)
            if inner.den:
                return poly
            exponent = polynomial_sum(exponent, scaled(inner.num, (), as_rational(times) * value))
    return primitive(field, exponent)
