"""Where an expression is defined, as the conditions that its divisions and logarithms ask for.

    undefined_part(expr, known, given) -> str | None

says which condition of `expr` is not implied by those of the `known` expressions, or None if there is none.
A condition on a polynomial is implied if its irreducible factors have a sure sign, or occur among the known
ones. A condition under a sum over k holds for every class k; such a known one covers every class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from sympy import Expr, oo

from symbolic.kernel import admit
from symbolic.kernel.cases import cases
from symbolic.kernel.elementary import rational_value
from symbolic.kernel.equality import describe, identified
from symbolic.kernel.hypotheses import positive_names
from symbolic.kernel.laurent import Factor, Quotient, expanded, factored
from symbolic.kernel.moments import Field
from symbolic.language.claim import Hypothesis
from symbolic.language.errors import Undefined
from symbolic.language.notation import Limit

__all__ = ["undefined_part"]


@dataclass(frozen=True)
class Condition:
    """A quantity that must not vanish or, with `positive`, must be > 0, in the range `where`; () is all classes."""

    quantity: Quotient
    positive: bool
    where: tuple[frozenset[str], ...] = ()


def undefined_part(expr: Expr, known: Iterable[Expr], given: tuple[Hypothesis, ...]) -> str | None:
    """The condition under which `expr` is defined that the known expressions do not imply, or None.

    >>> from symbolic.language.notation import c, i, p, z
    >>> undefined_part(c/p[i], [c], ())
    >>> undefined_part(p[i]/c, [p[i]], ())
    'a division by what may be 0'
    """
    term, others = _term(expr), [_term(each) for each in known]
    free = term.free.union(*(each.free for each in others), *map(identified, given))
    for case in cases(free, given, _subsets([term, *others])):
        field = Field(case, positive_names(given, case.classes))
        try:
            missing = field.settle(partial(_missing, field, term, others))
        except Undefined:
            continue
        if missing:
            where = describe(case)
            return f"{missing}, when {where}" if where else missing
    return None


def _term(expr: Expr) -> admit.Term:
    """The kernel term; an infinite value, and the inside of a limit, ask for nothing."""
    return admit.ONE if expr in (oo, -oo) or expr.has(Limit) else admit.admit(expr)


def _subsets(terms: Iterable[admit.Term]) -> set[str]:
    names: set[str] = set()
    for term in terms:
        if isinstance(term, admit.Sum):
            names |= term.range.inside | term.range.outside
        names |= _subsets(term.parts)
    return {name for name in names if " " not in name}


def _missing(field: Field, term: admit.Term, others: list[admit.Term]) -> str | None:
    given_conditions = [each for other in others for each in _conditions(field, other, field.case.classes)]
    granted = {factor for each in given_conditions for factor in _factors(field, each)}
    signs = dict(field.signs)
    asked = list(_conditions(field, term, field.case.classes))
    field.signs = signs
    positive = {_odd(field, each) for each in given_conditions if each.positive}
    for each in asked:
        if each.positive and not _is_positive(field, each, positive):
            return "a logarithm or root of what may be negative"
        if not each.positive and not _is_nonzero(field, each, granted):
            return "a division by what may be 0"
    return None


def _conditions(field: Field, term: admit.Term, classes: dict[str, str]) -> Iterator[Condition]:
    """The conditions of a term, those under a sum at a class that stands for every one."""
    if isinstance(term, admit.Sum):
        yield from _under_sum(field, term, classes)
        return
    for part in term.parts:
        yield from _conditions(field, part, classes)
    if isinstance(term, admit.Log):
        yield Condition(field.value(term.of, classes), True)
    if isinstance(term, admit.Power):
        yield from _of_power(field, term, classes)


def _under_sum(field: Field, term: admit.Sum, classes: dict[str, str]) -> Iterator[Condition]:
    if field.case.written_out:
        for at in field.case.named:
            yield from _conditions(field, term.of, {**classes, term.bound: at})
        return
    ranges = (term.range.excluded, term.range.inside, term.range.outside)
    with field.dot(any(ranges)) as dot:
        for each in _conditions(field, term.of, {**classes, term.bound: dot}):
            yield replace(each, where=(*each.where, *ranges)) if any(ranges) else each
    if term.bound in term.of.compared:
        for at in field.case.named:
            yield from _conditions(field, term.of, {**classes, term.bound: at})


def _of_power(field: Field, term: admit.Power, classes: dict[str, str]) -> Iterator[Condition]:
    exponent = rational_value(field.value(term.exponent, classes))
    if exponent is None or exponent.denominator != 1:
        yield Condition(field.value(term.base, classes), True)
    elif exponent < 0:
        yield Condition(field.value(term.base, classes), False)


Place = tuple[Factor, tuple[frozenset[str], ...]]


def _factors(field: Field, condition: Condition) -> set[Place]:
    """The irreducible factors of a condition, single generators among them, with the classes they are meant at."""
    if not condition.quantity.num:
        raise Undefined("a division by zero")
    _, monomial, factors = factored(condition.quantity.num)
    found = {factor for factor, _ in factors} | {field.atom(number) for number, _ in monomial}
    return {(field.anywhere(each)[1], condition.where) if field.dotted(each) else (each, ()) for each in found}


def _is_nonzero(field: Field, condition: Condition, granted: set[Place]) -> bool:
    return all(
        field.sign(factor) or {(factor, where), (field.anywhere(factor)[1], ())} & granted
        for factor, where in _factors(field, condition)
    )


Sign = tuple[int, frozenset[Factor], tuple[frozenset[str], ...]]


def _is_positive(field: Field, condition: Condition, granted: set[Sign]) -> bool:
    """Positive by the signs of the factors, or the same as a known one up to what is positive."""
    sign, odd, where = _odd(field, condition)
    if (not odd and sign == 1) or (sign, odd, where) in granted:
        return True
    turned, general = field.anywhere(next(iter(odd))) if len(odd) == 1 else (0, ())
    return (sign * turned, frozenset({general}), ()) in granted


def _odd(field: Field, condition: Condition) -> Sign:
    """The sign of the content, and the factors of unsure sign that occur to an odd power, with their classes."""
    content, monomial, factors = factored(condition.quantity.num)
    sign = 1 if content > 0 else -1
    below = factored(expanded(condition.quantity.den))[2]
    odd = []
    for factor, times in [*factors, *((field.atom(number), times) for number, times in monomial), *below]:
        if times % 2:
            known = field.sign(factor)
            sign *= known or 1
            if not known:
                odd.append(factor)
    if len(odd) == 1 and field.dotted(odd[0]):
        turned, general = field.anywhere(odd[0])
        return sign * turned, frozenset({general}), condition.where
    return sign, frozenset(odd), ()
