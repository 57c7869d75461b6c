"""Deciding < and <= where the sign can be read off the coefficients.

    compare(claim) -> Holds | Open

With w_i = e^{lambda z_i} > 0, the sums are split into the classes at hand and the rest. Either there is no
rest, and the sums are written out, or it has a class at least, and its moments of positive quantities are
positive: that is where n >= 2 matters. A difference whose terms all have one sign has that sign.

Hypotheses such as z_i > z_j, or z_i - z_k >= c for all k != i, are used by a slack: z_j = z_i - s with s > 0,
and e^{lambda s} = 1 + u with u > 0, e^{-lambda s} = 1 - u with 0 < u < 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from symbolic.kernel.admit import Term, admit, admit_together
from symbolic.kernel.cases import Case, bounds, cases
from symbolic.kernel.equality import Holds, Open, Outcome, both_sides, describe, free_indices, subsets
from symbolic.kernel.generators import Entry, Exp, Moment, Scalar
from symbolic.kernel.hypotheses import Reduction, linear_in, one_leaf, positive_names
from symbolic.kernel.laurent import (
    ONE,
    Polynomial,
    Quotient,
    add,
    constant,
    generator,
    generators,
    multiply,
    negate,
    power,
)
from symbolic.kernel.moments import Field
from symbolic.language.claim import Always, Claim, Hypothesis, Relation
from symbolic.language.errors import Undefined, Unsupported
from symbolic.language.notation import Except

__all__ = ["compare"]

FLIPPED = {">": "<", ">=": "<="}


def compare(claim: Claim) -> Outcome:
    """Whether the inequality holds.

    >>> from symbolic.language.claim import claim, differ
    >>> from symbolic.language.notation import D, i, j, p, z
    >>> compare(claim(D(p[i], z[j]), "<", 0, [differ(i, j)]))
    Holds(cases=('i, j distinct, n = 2', 'i, j distinct, n > 2'), vacuous=False, facts=(), rests_on=())
    """
    smaller, larger = (claim.rhs, claim.lhs) if claim.op in FLIPPED else (claim.lhs, claim.rhs)
    try:
        sides = admit_together(smaller, larger)
        decided = [_in_case(claim, sides, case) for case in _situations(claim, sides)]
    except Unsupported as problem:
        return Open(str(problem))
    undecided = next((each for each in decided if isinstance(each, Open)), None)
    if undecided:
        return undecided
    held = [each for each in decided if isinstance(each, Holds)]
    return Holds(tuple(case for each in held for case in each.cases), all(each.vacuous for each in held))


def _situations(claim: Claim, sides: tuple[Term, ...]) -> Iterator[Case]:
    """The cases of the indices, each without and with further classes."""
    least, greatest = bounds(claim.given)
    for case in cases(free_indices(claim, sides), claim.given, subsets(claim)):
        named = len(case.named)
        if named >= max(least, 1) and (greatest is None or named <= greatest):
            yield replace(case, n=named, written_out=True)
        if greatest is None:
            yield case
        else:
            yield from (replace(case, n=size) for size in range(max(least, named + 1), greatest + 1))


def _in_case(claim: Claim, sides: tuple[Term, ...], case: Case) -> Outcome:
    where = describe(case) if case.written_out else f"{describe(case)}, n > {len(case.named)}".lstrip(", ")
    try:
        for slack in (False, True):
            field = _field(claim, case)
            if _has_sign(field, claim, sides, slack):
                return Holds((where,))
    except Undefined:
        return Holds(vacuous=True)
    return Open(f"the sign of the difference is not seen from its terms when {where}")


def _field(claim: Claim, case: Case) -> Field:
    field = Field(case, positive_names(claim.given, case.classes))
    if not case.written_out:
        field.apart = True
        field.shift = max(bounds(claim.given)[0], len(case.named) + 1)
    return field


def _has_sign(field: Field, claim: Claim, sides: tuple[Term, ...], slack: bool) -> bool:
    """Whether larger - smaller is seen to be > 0, or >= 0."""
    difference = field.settle(lambda: _difference(field, claim, sides, slack))
    below = 1
    for factor, times in difference.den.items():
        below *= field.sign(factor) ** times
    if claim.op in ("<", ">"):
        return bool(below) and field.sign_of_polynomial(difference.num) == below
    if claim.op == "!=":
        return field.sign_of_polynomial(difference.num) != 0
    return bool(below) and (not difference.num or field.weak_sign(difference.num) == below)


def _difference(field: Field, claim: Claim, sides: tuple[Term, ...], slack: bool) -> Quotient:
    smaller, larger = both_sides(field, sides)
    difference = Reduction(field, claim.given, field.case.classes)(add(larger, negate(smaller)))
    if slack:
        for number, each in enumerate(claim.given):
            difference = _with_slack(field, each, f"slack {number}", difference)
        difference = multiply(_unfolded(field, difference.num), Quotient(ONE.num, difference.den))
    return difference


# --- slacks --------------------------------------------------------------------------------------


def _with_slack(field: Field, each: Hypothesis, name: str, quotient: Quotient) -> Quotient:
    """The quotient with an entry replaced by what a hypothesis bounds it by, and a slack."""
    if isinstance(each, Always):
        return _family_slack(field, each, name, quotient)
    if not isinstance(each, Relation) or each.op in ("==", "!="):
        return quotient
    lhs, rhs = admit(each.lhs), admit(each.rhs)
    if not (lhs.free | rhs.free) <= set(field.case.classes):
        return quotient
    excess = add(field.value(lhs, field.case.classes), negate(field.value(rhs, field.case.classes)))
    gap = field.generator(Scalar(name))
    _declare(field, name, each.op)
    for number in sorted(generators(excess.num)):
        if isinstance(field.table[number], Entry):
            image = _solved(excess, gap if each.op in (">", ">=") else negate(gap), number)
            if image is not None:
                return field.transform(quotient, one_leaf(number, image), ("slack", name))
    return quotient


def _declare(field: Field, name: str, op: str) -> None:
    (field.assumed if op in (">", "<") else field.not_negative).add(name)


def _solved(excess: Quotient, gap: Quotient, number: int) -> Quotient | None:
    """The generator from excess = gap, which is linear in it with a rational coefficient; else None."""
    slope, rest = linear_in(excess.num, number)
    if excess.den or len(slope) != 1 or () not in slope:
        return None
    return multiply(add(gap, negate(Quotient(rest, {}))), constant(1 / slope[()]))


def _family_slack(field: Field, each: Always, name: str, quotient: Quotient) -> Quotient:
    """all(z_i - z_k >= c, k != i): every other z_k is z_i - c less a slack of its own."""
    lhs, rhs = admit(each.relation.lhs), admit(each.relation.rhs)
    others = [str(condition.args[0]) for condition in each.conditions if isinstance(condition, Except)]
    at = {**field.case.classes, str(each.bound): "."}
    known = lhs.free.union(rhs.free, others) <= set(at) and str(each.bound) not in lhs.compared | rhs.compared
    if not known or len(others) != len(each.conditions) or each.relation.op in ("==", "!="):
        return quotient
    apart = {field.case.classes[other] for other in others}
    excess = add(field.value(lhs, at), negate(field.value(rhs, at)))
    gap = field.generator(Entry(name, "."))
    _declare(field, name, each.relation.op)
    for number in sorted(generators(excess.num)):
        entry = field.table[number]
        if isinstance(entry, Entry) and entry.at == ".":
            image = _solved(excess, gap if each.relation.op in (">", ">=") else negate(gap), number)
            if image is not None:
                return field.transform(quotient, _family_leaf(field, entry.family, apart, image), ("slack", name))
    return quotient


def _family_leaf(field: Field, family: str, apart: set[str], image: Quotient) -> Callable[[int], Quotient | None]:
    def leaf(number: int) -> Quotient | None:
        made = field.table[number]
        if isinstance(made, Entry) and made.family == family and made.at not in apart:
            return field.rename(image, ".", made.at)
        return None

    return leaf


def _unfolded(field: Field, poly: Polynomial) -> Quotient:
    """e^m = 1 + u, and e^{-m} = 1 - u, for every monomial m that is surely >= 0."""

    def leaf(number: int) -> Quotient | None:
        made = field.table[number]
        if isinstance(made, Moment) and _has_bounded(field, made):
            with field.dot() as dot:
                return field.moment_sum(_terms_unfolded(field, field.opened(made, dot).num), dot)
        return generator(number)

    return field.transform(_terms_unfolded(field, poly), leaf, "unfold")


def _bounded(field: Field, number: int) -> bool:
    """Whether the generator is e^m with m surely >= 0, at one class at most."""
    made = field.table[number]
    return (
        isinstance(made, Exp) and len(field.at[number]) < 2 and all(field.is_nonnegative(each) for each, _ in made.of)
    )


def _has_bounded(field: Field, made: Moment) -> bool:
    with field.dot() as dot:
        opened = field.opened(made, dot)
    return any(_bounded(field, number) for number in generators(opened.num)) and not opened.den


def _terms_unfolded(field: Field, poly: Polynomial) -> Quotient:
    """The polynomial with its bounded exponentials unfolded, each by the sign of its exponent."""
    result = constant(0)
    for monomial, coefficient in poly.items():
        term = constant(coefficient)
        for number, exponent in monomial:
            if _bounded(field, number) and isinstance(exponent, int):
                term = multiply(term, power(_unfold(field, number, exponent > 0), abs(exponent)))
            else:
                term = multiply(term, generator(number, exponent))
        result = add(result, term)
    return result


def _unfold(field: Field, number: int, grows: bool) -> Quotient:
    """1 + u or 1 - u, where u >= 0 is a new family at the class of m, or a new scalar."""
    made = field.table[number]
    at = next(iter(field.at[number]), None)
    inside = [field.table[each] for each, _ in made.of] if isinstance(made, Exp) else []
    if not isinstance(made, Exp) or not all(isinstance(each, (Scalar, Entry)) for each in inside):
        return generator(number)
    names = (
        each.family if isinstance(each, Entry) else each.name for each in inside if isinstance(each, (Scalar, Entry))
    )
    name = " ".join(
        [f"{name}^{power}" for name, (_, power) in zip(names, made.of, strict=True)] + [">1" if grows else "<1"]
    )
    strict = all(field.is_positive(each) for each, _ in made.of)
    (field.assumed if strict else field.not_negative).add(name)
    u = field.generator(Scalar(name) if at is None else Entry(name, at))
    return add(ONE, u if grows else negate(u))
