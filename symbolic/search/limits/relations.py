"""Claims with limits in them, for every number of classes.

    limit_claim(claim) -> Holds | Fails | Open

The cases are those of the indices, without and with further classes. In each of them the signs that the limits
turn on split it further: who has the largest z_k, whether a scalar is positive, whether there are ties. The
hypotheses are judged in every branch; one in which they fail counts for nothing. A limit that does not exist in some
branch makes the claim fail. What is claimed of a limit may be any relation, and the limit may stand inside a larger
expression.

T -> 0+ is lambda -> oo, T -> oo is lambda -> 0+. The parts: `limits` (one limit), `series` (leading terms), `dominance`
(who leads), `branches` (signs).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from sympy import Expr, oo

from symbolic.language.claims import HOLDS, Claim, SameClass, bounds
from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form import admission
from symbolic.search.form.branches import every_branch
from symbolic.search.form.case_analysis import Case, attained, cases, positive_names
from symbolic.search.form.circumstances import Given, judged
from symbolic.search.form.equality import Fails, Holds, Open, Outcome, describe, free_indices, subsets
from symbolic.search.form.hypotheses import about_n
from symbolic.search.limits.laurent import add, negate, total
from symbolic.search.limits.series import Diverges, Value
from symbolic.search.limits.values import Limits, NoLimit, has_limit

__all__ = ["limit_claim"]

WRITTEN_OUT = 3  # the largest fixed n for which every class has a name of its own
LARGEST = 12  # the largest bound on n

Side = admission.Term | Diverges


def limit_claim(claim: Claim) -> Outcome:
    """Whether a claim about limits holds.

    >>> from symbolic.language.claims import claim
    >>> from symbolic.language.notation import Limit, T, i, n, p
    >>> limit_claim(claim(Limit(p[i], T, oo), "==", 1/n)).cases
    ('n = 1', 'n > 1')
    """
    try:
        sides = _side(claim.lhs), _side(claim.rhs)
        found = [_in_case(claim, sides, case) for case in _situations(claim, sides)]
    except Unsupported as problem:
        return Open(str(problem))
    failed = next((each for each in found if not isinstance(each, Holds)), None)
    held = [each for each in found if isinstance(each, Holds)]
    return failed or Holds(
        _distinct(case for each in held for case in each.cases),
        all(each.vacuous for each in held),
        _distinct(fact for each in held for fact in each.facts),
    )


def _distinct(words: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _side(expr: Expr) -> Side:
    return Diverges(1 if expr == oo else -1) if expr in (oo, -oo) else admission.admit(expr)


def _situations(claim: Claim, sides: tuple[Side, Side]) -> Iterator[Case]:
    """The cases of the indices, each without and with further classes."""
    least, greatest = bounds(claim.given)
    free = free_indices(claim, tuple(each for each in sides if isinstance(each, admission.Term)))
    if greatest is None:
        for case in cases(free, claim.given, subsets(claim)):
            if len(case.named) >= max(least, 1):
                yield replace(case, n=len(case.named), written_out=True)
            yield case
        return
    if greatest > LARGEST:
        raise Unsupported(f"a limit with n bounded by more than {LARGEST}")
    for size in range(least, greatest + 1):
        for case in cases(free, claim.given, subsets(claim), size, size <= WRITTEN_OUT):
            yield replace(case, written_out=len(case.named) == size)


def _in_case(claim: Claim, sides: tuple[Side, Side], case: Case) -> Outcome:
    start = Limits(case, positive_names(claim.given, case.classes), bounds(claim.given)[0], attained(claim.given))
    given = Given(claim.given, case)
    described: list[str] = []
    facts: list[str] = []
    for branch, holds in every_branch(start, partial(_decided, claim=claim, sides=sides, given=given)):
        where = _where(branch)
        if holds is None:
            continue
        if isinstance(holds, NoLimit):
            return _without_limit(branch, claim, where, str(holds))
        if not holds:
            return Open(f"the limit is not shown to be the value claimed, when {where or 'n is any'}")
        described.append(where)
        facts.extend(branch.facts)
    return Holds(_distinct(iter(described)), not described, _distinct(iter(facts)))


def _without_limit(branch: Limits, claim: Claim, where: str, problem: str) -> Outcome:
    """What a branch without a limit says: the claim fails if the branch surely has points.

    It has where only n and indices are spoken of, and what the branch assumes was solved for a quantity that can have
    any value.
    """
    others = [each for each in claim.given if not isinstance(each, SameClass) and not about_n(each)]
    if others or len(branch.put_in) < len(branch.assumptions):
        return Open(f"a limit is not shown to exist ({problem}), when {where or 'n is any'}")
    return Fails(where, f"a limit does not exist ({problem})")


def _where(branch: Limits) -> str:
    """A branch in words."""
    named = len(branch.case.named)
    size = f"n {'>' if branch.has_others else '='} {named}" if named else ""
    if branch.has_others and branch.case.n is not None:
        size = f"n = {branch.case.n}"
    indices = describe(replace(branch.case, written_out=False))
    return ", ".join(filter(None, [indices, size, *branch.attained()]))


def _decided(branch: Limits, claim: Claim, sides: tuple[Side, Side], given: Given) -> bool | NoLimit | None:
    """Whether the claim holds in a branch; None if it counts for nothing there, or why a limit does not exist."""
    judged(branch, given)
    try:
        for side in sides:
            _take_limits(branch, side)
    except NoLimit as problem:
        return problem
    try:
        lhs, rhs = (_value(branch, side) for side in sides)
        return _related(branch, lhs, claim.op, rhs)
    except Undefined:
        branch.refuse_artefacts()
        return None


def _take_limits(branch: Limits, side: Side) -> None:
    """The limits of a side: they have to exist even where the rest of it is undefined."""
    if isinstance(side, Diverges):
        return
    if isinstance(side, admission.Limit):
        if not side.free <= set(branch.case.classes):
            raise Unsupported("a limit under a sum")
        branch.limit_of(side, branch.case.classes)
    for part in side.parts:
        _take_limits(branch, part)


def _value(branch: Limits, side: Side) -> Value:
    """The value of a side, which may be oo or -oo."""
    match side:
        case Diverges():
            return side
        case admission.Limit():
            return branch.limit_of(side, branch.case.classes)
        case admission.Plus(terms) if has_limit(side):
            return _sum([_value(branch, each) for each in terms])
        case admission.Times(terms) if has_limit(side):
            return _product(branch, [_value(branch, each) for each in terms])
    return branch.value(side, branch.case.classes)


def _sum(values: list[Value]) -> Value:
    infinite = [each for each in values if isinstance(each, Diverges)]
    if len(set(infinite)) > 1:
        raise Unsupported("oo - oo")
    return infinite[0] if infinite else total(each for each in values if not isinstance(each, Diverges))


def _product(branch: Limits, values: list[Value]) -> Value:
    if not any(isinstance(each, Diverges) for each in values):
        return branch.product(each for each in values if not isinstance(each, Diverges))
    sign = 1
    for each in values:
        sign *= each.sign if isinstance(each, Diverges) else branch.direction(each)
    if not sign:
        raise Unsupported("0 times oo")
    return Diverges(sign)


def _related(branch: Limits, lhs: Value, op: str, rhs: Value) -> bool:
    """Whether lhs op rhs."""
    if isinstance(lhs, Diverges) or isinstance(rhs, Diverges):
        return HOLDS[op](_infinity(lhs) - _infinity(rhs))
    difference = branch.known_here(add(lhs, negate(rhs)))
    if branch.is_zero(difference):
        return HOLDS[op](0)
    if op == "==":
        return False
    for seen in (difference, branch.from_above(difference)) if op in ("<=", ">=") else ():
        if branch.seen_weakly(seen):
            return HOLDS[op](branch.seen_weakly(seen))
    return HOLDS[op](branch.direction(difference))


def _infinity(value: Value) -> int:
    return value.sign if isinstance(value, Diverges) else 0
