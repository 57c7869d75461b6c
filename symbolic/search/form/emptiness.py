"""Why a claim is about no point: a contradiction of its hypotheses, shown, or a side that is nowhere defined.

    shown_empty(claim, combine) -> tuple of lines, or None where it is not shown

In every case of the indices a line is found: an identity 0 == E, in which E is positive by its form and by what the
hypotheses say is positive or not negative; or what is divided by, or is under a root or a logarithm, and must not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from sympy import Integer

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation, SameClass, bounds
from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.admission import Term, admit_together
from symbolic.search.form.attempt import Attempt, Question
from symbolic.search.form.case_analysis import AskedWhether, Case, positive_names
from symbolic.search.form.domain import conditions
from symbolic.search.form.equality import WRITTEN_OUT, both_sides, situations
from symbolic.search.form.extremes import indices
from symbolic.search.form.hypotheses import Branches, Contradiction, Reduction, clash
from symbolic.search.form.moments import Field
from symbolic.search.form.restatements import with_one_class
from symbolic.search.form.wording import written
from symbolic.search.limits.laurent import generators
from symbolic.search.order.certificate import Combine
from symbolic.search.order.inequality import questions

__all__ = ["hypotheses_of", "shown_empty"]


class _NotShown(Exception):
    """In some case no contradiction is seen."""


def shown_empty(claim: Claim, combine: Combine) -> tuple[str, ...] | None:
    """The contradictions, a line for each case that has one of its own; None where one is missing.

    >>> from symbolic.search.order.inequality import no_weights
    >>> from symbolic.language.parser import parse_claim
    >>> shown_empty(parse_claim("c == 1 given exp(c) + c^2 == 0"), no_weights)
    ('0 == (c^2 + exp(c))',)
    >>> shown_empty(parse_claim("c == 1 given exp(c) + c == 0"), no_weights) is None
    True
    """
    claim = with_one_class(claim)
    least, greatest = bounds(claim.given)
    if greatest is not None and least > greatest:
        return (f"n >= {least} and n <= {greatest}",)
    if claim.lhs.has(of.Limit) or claim.rhs.has(of.Limit):
        claim = hypotheses_of(claim)
    for way in (_by_equations, _by_order):
        try:
            return tuple(dict.fromkeys(way(claim, combine))) or ("the hypotheses on indices and subsets leave no case",)
        except (_NotShown, Unsupported, Branches):
            continue
    return None


def hypotheses_of(claim: Claim) -> Claim:
    """The claim that 0 is 0, under the same hypotheses on the same indices."""
    free = sorted(indices(claim.lhs) | indices(claim.rhs), key=str)
    return Claim(Relation(Integer(0), "==", Integer(0)), (*claim.given, *(SameClass(each, each) for each in free)))


# --- equations -------------------------------------------------------------------------------------


def _by_equations(claim: Claim, combine: Combine) -> Iterator[str]:
    """Case by case as equalities are decided: sums as they are, and written out where n is small."""
    least, greatest = bounds(claim.given)
    sides = admit_together(claim.lhs, claim.rhs, given=claim.given)
    if greatest is None or greatest > WRITTEN_OUT:
        sizes: list[tuple[int | None, bool]] = [(None, False)]
    else:
        sizes = [(size, True) for size in range(least, greatest + 1)]
    for n, written_out in sizes:
        for case in situations(claim, sides, n, written_out):
            yield from _in_case(claim, sides, case)


def _in_case(claim: Claim, sides: tuple[Term, ...], case: Case) -> Iterator[str]:
    field = Field(case, positive_names(claim.given, case.classes))
    field.least = bounds(claim.given)[0]
    try:
        yield field.settle(partial(_of_sides, field, claim, sides, case))
    except Undefined as problem:
        yield _said(problem)
    except Branches as product:
        for number in range(product.args[0]):
            yield from _in_case(claim, sides, replace(case, branches=(*case.branches, number)))
    except AskedWhether as asked:
        for each in case.split(asked):
            yield from _in_case(claim, sides, each)


def _of_sides(field: Field, claim: Claim, sides: tuple[Term, ...], case: Case) -> str:
    """What a side asks for and the hypotheses exclude; they may contradict each other on the way."""
    Reduction(field, claim.given, case.classes, splits=True)  # first, so that what clashes is said and not what is lost
    both_sides(field, sides)
    reduce = Reduction(field, claim.given, case.classes, splits=True)
    for side in sides:
        missing = _missing(field, side, reduce, case)
        if missing:
            return missing
    raise _NotShown


def _missing(field: Field, side: Term, reduce: Reduction, case: Case) -> str:
    """A condition, not under a sum, that fails wherever the hypotheses hold.

    It is one that the side surely has: where |c| has no derivative, c |c| has one.
    """
    try:
        for each in conditions(field, side, case.classes, None):
            if each.where or any(field.dotted(field.atom(number)) for number in generators(each.quantity.num)):
                continue
            quantity = reduce(each.quantity)
            sign = field.sign_of(quantity, zero=False)
            if not quantity.num and each.kind != "nonnegative":
                return f"{written(field, each.quantity.num)} == 0, and it is divided by or under a logarithm"
            if sign < 0 and each.kind != "nonzero":
                return f"{written(field, quantity.num)} is negative, under a logarithm or a root"
    except Undefined:  # under a sum that may be empty
        return ""
    return ""


def _said(problem: Undefined) -> str:
    return problem.shown if isinstance(problem, Contradiction) else str(problem)


# --- inequalities ----------------------------------------------------------------------------------


def _by_order(claim: Claim, combine: Combine) -> Iterator[str]:
    """Case by case as inequalities are decided, with the facts at the classes at hand."""
    for question in questions(claim):
        yield _of_question(question, combine)


def _of_question(question: Question, combine: Combine) -> str:
    attempt = Attempt(question, combine)
    field, claim, case = attempt.field, question.claim, question.case
    try:
        field.settle(lambda: attempt.difference(field))
        summands = field.settle(attempt.clash)
        if summands is None:
            field.settle(lambda: Reduction(field, claim.given, case.classes, splits=True))
    except Undefined as problem:
        return _said(problem)
    if summands is None:
        raise _NotShown
    return clash(field, summands)
