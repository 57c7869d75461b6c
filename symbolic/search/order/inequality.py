"""Deciding < and <=, and !=, for every n.

    compare(claim, combine) -> Holds | Open
    questions(claim), in_case(question, combine), together(held)        the same, case by case

In each case of the indices, without and with further classes, the difference of the sides is brought to a polynomial
P that has its sign: Z, n, w_i = e^{lambda z_i} are positive, so multiplying them out changes nothing. Then, in turn,

    signs        all terms of P have one sign                                        (attempt, signs)
    tuples       P is a sum over tuples of classes, each summand has the sign        (attempt, tuples, pointwise)
    certificate  P is a combination of what is surely not negative                   (attempt, certificate)

Largest and smallest values are entries at classes of their own (extremes), hypotheses are facts class by class
(facts). Where n exceeds the classes that are named there is a further class at least: that is where n >= 2 matters.
`combine` finds the weights of certificates; they are checked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from sympy import Abs, Expr, preorder_traversal

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation, bounds
from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.admission import admit_together
from symbolic.search.form.attempt import Attempt, Question
from symbolic.search.form.case_analysis import cases, not_negative_names, positive_names
from symbolic.search.form.equality import Holds, Open, Outcome, free_indices, subsets
from symbolic.search.form.extremes import with_extremes_named
from symbolic.search.form.products import with_products_as_sums
from symbolic.search.limits.laurent import Polynomial
from symbolic.search.order.certificate import Combine

__all__ = ["compare", "in_case", "questions", "together"]

FLIPPED = {">": "<", ">=": "<="}
WRITTEN_OUT = 3  # the largest n, if it is fixed, for which all classes are named


def no_weights(columns: Sequence[Polynomial], target: Polynomial, slack: object) -> None:
    """Where nobody searches for certificates there are none."""
    return


def compare(claim: Claim, combine: Combine = no_weights) -> Outcome:
    """Whether the inequality holds.

    >>> from symbolic.language.claims import claim, differ
    >>> from symbolic.language.notation import D, i, j, p, z
    >>> compare(claim(D(p[i], z[j]), "<", 0, [differ(i, j)])).cases
    ('i, j distinct, n = 2', 'i, j distinct, n > 2')
    """
    held = []
    try:
        for question in questions(claim):
            outcome = in_case(question, combine)
            if not isinstance(outcome, Holds):
                return outcome
            held.append(outcome)
    except Unsupported as problem:
        return Open(str(problem))
    return together(held)


@lru_cache(maxsize=4)
def questions(claim: Claim) -> tuple[Question, ...]:
    """The cases that have to be decided, each of them by itself, made once for all who decide them.

    `Unsupported` for what is not known here.
    """
    return tuple(_questions(claim))


def _questions(claim: Claim) -> Iterator[Question]:
    named = with_extremes_named(claim)
    free = free_indices(named, admit_together(named.lhs, named.rhs))
    plain = with_products_as_sums(named, positive_names(named.given, free), not_negative_names(named.given, free))
    for part in _split(plain):
        yield from _cases(part)


def together(held: Sequence[Holds]) -> Holds:
    """What holds in each case."""
    every = tuple(dict.fromkeys(case for each in held for case in each.cases))
    facts = tuple(dict.fromkeys(fact for each in held for fact in each.facts))
    rests = tuple(dict.fromkeys(other for each in held for other in each.rests_on))
    return Holds(every, all(each.vacuous for each in held), facts, rests)


def _split(claim: Claim) -> Iterator[Claim]:
    """A hypothesis x != y as x > y and as x < y; |e| on the smaller side as e and as -e."""
    for at, each in enumerate(claim.given):
        if isinstance(each, Relation) and each.op == "!=" and of.n not in (each.lhs, each.rhs):
            for op in (">", "<"):
                one: Relation = replace(each, op=op)
                yield from _split(replace(claim, given=(*claim.given[:at], one, *claim.given[at + 1 :])))
            return
    smaller, larger = (claim.rhs, claim.lhs) if claim.op in FLIPPED else (claim.lhs, claim.rhs)
    absolute = _added(smaller) if claim.op != "!=" else None
    if absolute is None:
        yield claim
        return
    op = FLIPPED.get(claim.op, claim.op)
    for inside in (absolute.args[0], -absolute.args[0]):
        yield from _split(Claim(Relation(smaller.xreplace({absolute: inside}), op, larger), claim.given))


def _added(expr: Expr) -> Expr | None:
    """An absolute value that the expression only adds a positive multiple of."""
    for term in expr.args if expr.is_Add else [expr]:
        factors = term.args if term.is_Mul else [term]
        found = [each for each in factors if isinstance(each, Abs)]
        others = [each for each in factors if not isinstance(each, Abs)]
        alone = len(found) == 1 and sum(each == found[0] for each in preorder_traversal(expr)) == 1
        if alone and all(each.is_positive is True and each.is_Atom for each in others):
            return found[0]
    return None


def _cases(claim: Claim) -> Iterator[Question]:
    """The cases of the indices, each without and with further classes."""
    smaller, larger = (claim.rhs, claim.lhs) if claim.op in FLIPPED else (claim.lhs, claim.rhs)
    first, second = admit_together(smaller, larger)
    sides = (first, second)
    free = free_indices(claim, sides)
    least, greatest = bounds(claim.given)
    for case in cases(free, claim.given, subsets(claim)):
        named = len(case.named)
        if named >= max(least, 1) and (greatest is None or named <= greatest):
            yield Question(claim, sides, replace(case, n=named, written_out=True))
        if greatest is None:
            yield Question(claim, sides, case)
        else:
            for size in range(max(least, named + 1), greatest + 1):
                if size > WRITTEN_OUT:
                    yield Question(claim, sides, replace(case, n=size))
    for size in range(least, min(greatest or 0, WRITTEN_OUT) + 1):
        for case in cases(free, claim.given, subsets(claim), size, written_out=True):
            if size > len([each for each in case.named if not each.endswith("#")]):
                yield Question(claim, sides, case)


def in_case(question: Question, combine: Combine) -> Holds | Open:
    """Whether the inequality holds in this case."""
    attempt = Attempt(question, combine)
    try:
        difference = attempt.field.settle(lambda: attempt.difference(attempt.field))
    except Undefined:
        return Holds(vacuous=True)
    if attempt.proved(difference):
        if attempt.field.settle(attempt.contradictory):
            return Holds(vacuous=True)
        return Holds((question.where,), facts=tuple(attempt.said))
    return Open(f"the sign of the difference is not seen when {question.where}")
