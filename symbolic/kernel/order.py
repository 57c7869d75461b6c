"""Deciding < and <=, and !=, for every n.

    compare(claim, combine) -> Holds | Open

In each case of the indices, without and with further classes, the difference of the sides is brought to a polynomial
P that has its sign: Z, n, w_i = e^{lambda z_i} are positive, so multiplying them out changes nothing. Then, in turn,

    signs        all terms of P have one sign                                        (signs)
    tuples       P is a sum over tuples of classes, each summand has the sign        (tuples, pointwise)
    certificate  P is a combination of what is surely not negative                   (certificate)
    logarithms   P is linear in logarithms: their concavity leaves a polynomial      (jensen)

Largest and smallest values are entries at classes of their own (extremes), hypotheses are facts class by class
(facts). Where n exceeds the classes that are named there is a further class at least: that is where n >= 2 matters.
`combine` finds the weights of certificates; they are checked here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sympy import Abs, Expr, Rational, Symbol, preorder_traversal
from sympy.polys.domains import QQ

from symbolic.kernel import jensen
from symbolic.kernel.admit import Term, admit_together
from symbolic.kernel.cases import Case, bounds, cases
from symbolic.kernel.certificate import Combine, certified
from symbolic.kernel.equality import Holds, Open, Outcome, both_sides, describe, free_indices, subsets
from symbolic.kernel.extremes import with_extremes_named
from symbolic.kernel.facts import Fact, cleared, negative, stated
from symbolic.kernel.generators import Abs as AbsoluteValue
from symbolic.kernel.generators import Entry, Exp, Generator, Log, Moment, N
from symbolic.kernel.hypotheses import Reduction, positive_names
from symbolic.kernel.laurent import (
    Monomial,
    Polynomial,
    Quotient,
    add,
    constant,
    factored,
    generators,
    multiply,
    negate,
    polynomial_product,
    polynomial_sum,
    power,
    scaled,
)
from symbolic.kernel.moments import Field
from symbolic.kernel.pointwise import Pointwise, within
from symbolic.kernel.transfer import transferred
from symbolic.kernel.tuples import over_tuples, slots
from symbolic.language import notation as of
from symbolic.language.claim import Always, Claim, Hypothesis, Relation
from symbolic.language.errors import Undefined, Unsupported

__all__ = ["compare"]

FLIPPED = {">": "<", ">=": "<="}
TERMS = 400  # of a polynomial that is looked at


def no_weights(columns: Sequence[Polynomial], target: Polynomial, slack: object) -> None:
    """Where nobody searches for certificates there are none."""
    return


def compare(claim: Claim, combine: Combine = no_weights) -> Outcome:
    """Whether the inequality holds.

    >>> from symbolic.language.claim import claim, differ
    >>> from symbolic.language.notation import D, i, j, p, z
    >>> compare(claim(D(p[i], z[j]), "<", 0, [differ(i, j)]))
    Holds(cases=('i, j distinct, n = 2', 'i, j distinct, n > 2'), vacuous=False, facts=(), rests_on=())
    """
    try:
        decided = [_in_case(each, combine) for part in _split(with_extremes_named(claim)) for each in _cases(part)]
    except Unsupported as problem:
        return Open(str(problem))
    undecided = next((each for each in decided if isinstance(each, Open)), None)
    if undecided:
        return undecided
    held = [each for each in decided if isinstance(each, Holds)]
    every = tuple(dict.fromkeys(case for each in held for case in each.cases))
    facts = tuple(dict.fromkeys(fact for each in held for fact in each.facts))
    return Holds(every, all(each.vacuous for each in held), facts)


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


@dataclass
class Question:
    """The claim in one case: is larger - smaller >= 0, or > 0, or not 0?"""

    claim: Claim
    sides: tuple[Term, Term]
    case: Case

    @cached_property
    def where(self) -> str:
        words = describe(self.case)
        return words if self.case.written_out else f"{words}, n > {len(self.case.named)}".lstrip(", ")


def _cases(claim: Claim) -> Iterator[Question]:
    """The cases of the indices, each without and with further classes."""
    smaller, larger = (claim.rhs, claim.lhs) if claim.op in FLIPPED else (claim.lhs, claim.rhs)
    first, second = admit_together(smaller, larger)
    sides = (first, second)
    least, greatest = bounds(claim.given)
    for case in cases(free_indices(claim, sides), claim.given, subsets(claim)):
        named = len(case.named)
        if named >= max(least, 1) and (greatest is None or named <= greatest):
            yield Question(claim, sides, replace(case, n=named, written_out=True))
        if greatest is None:
            yield Question(claim, sides, case)
        else:
            for size in range(max(least, named + 1), greatest + 1):
                yield Question(claim, sides, replace(case, n=size))


def _in_case(question: Question, combine: Combine) -> Outcome:
    attempt = Attempt(question, combine)
    field = attempt.field
    try:
        proved = field.settle(attempt.proved)
    except Undefined:
        return Holds(vacuous=True)
    if proved:
        return Holds((question.where,), facts=tuple(attempt.said))
    return Open(f"the sign of the difference is not seen when {question.where}")


class Attempt:
    """The methods, one after the other, in one case."""

    def __init__(self, question: Question, combine: Combine) -> None:
        self.question = question
        self.claim = question.claim
        self.combine = combine
        self.said: list[str] = []
        self.field = self._field(apart=True)

    def _field(self, apart: bool) -> Field:
        case = self.question.case
        field = Field(case, positive_names(self.claim.given, case.classes) | _positive(self.claim.given))
        field.not_negative |= _not_negative(self.claim.given)
        if apart and not case.written_out:
            field.apart = True
            field.shift = max(bounds(self.claim.given)[0], len(case.named) + 1)
        return field

    @cached_property
    def spare(self) -> int:
        """How many classes there are at least that are not named."""
        case = self.question.case
        if case.written_out:
            return 0
        return (case.n or max(bounds(self.claim.given)[0], len(case.named) + 1)) - len(case.named)

    # --- the polynomial ----------------------------------------------------------------------

    def proved(self) -> bool:
        """Whether the claim is seen to hold in this case; `Undefined` where its own sides are nowhere defined."""
        difference = self._difference(self.field)
        strict = self.claim.op in ("<", ">", "!=")
        signs = (1, -1) if self.claim.op == "!=" else (1,)
        try:
            return any(self._is(difference if sign == 1 else negate(difference), strict, sign) for sign in signs)
        except Undefined:
            return False  # a method went by way of something undefined, such as log s at s = 0: that says nothing

    def _difference(self, field: Field) -> Quotient:
        smaller, larger = both_sides(field, self.question.sides)
        return self._reduction(field)(add(larger, negate(smaller)))

    def _reduction(self, field: Field) -> Reduction:
        others = [each for each in self.claim.given if _total(each) is None]
        return Reduction(field, others, self.question.case.classes)

    def _is(self, difference: Quotient, strict: bool, sign: int) -> bool:
        field = self.field
        poly = cleared(field, difference)
        if poly is None:
            return False
        poly = self._homogeneous(field, poly)
        if self._polynomial(poly, strict):
            return True
        return (
            self._by_triangles(difference, strict) or self._by_roots(poly, strict) or self._by_logarithms(strict, sign)
        )

    def _totals(self, field: Field) -> list[tuple[str, Polynomial]]:
        """The families with sum_k y_k = c, and the sum over c."""
        result = []
        for each in self.claim.given:
            total = _total(each)
            if total is not None:
                family, value = total
                term = admit_together(of.Sum(family[of.k], of.k))[0]
                whole = field.value(term, self.question.case.classes)
                result.append((family.name, scaled(whole.num, (), QQ(value.q, value.p))))
        return result

    def _homogeneous(self, field: Field, poly: Polynomial) -> Polynomial:
        """Every term of one degree in y: multiplied by powers of sum_k y_k / c, which is 1."""
        for family, whole in self._totals(field):
            degrees = {monomial: _degree(field, monomial, family) for monomial in poly}
            most = max(degrees.values(), default=0)
            if any(degree != int(degree) for degree in degrees.values()) or most > 6:
                continue
            lifted: Polynomial = {}
            for monomial, value in poly.items():
                missing = power(Quotient(whole, {}), int(most - degrees[monomial]))
                lifted = polynomial_sum(lifted, polynomial_product({monomial: value}, missing.num))
            poly = lifted
        return poly

    # --- polynomial methods ------------------------------------------------------------------

    def _polynomial(self, poly: Polynomial, strict: bool) -> bool:
        """Whether the polynomial, in the field that leaves named classes apart, is >= 0, or > 0."""
        field = self.field
        if not poly:
            return not strict or self._contradictory()
        if _seen(field, poly, strict):
            return True
        if len(poly) > TERMS:
            raise Unsupported("a difference with too many terms")
        if not strict:
            poly = self._odd_factors(poly)
        return self._by_tuples(poly, strict) or self._by_certificate(poly, strict)

    def _contradictory(self) -> bool:
        """Whether the facts are seen to exclude every point: then -1 > 0 holds."""
        look = Pointwise(self.field, self._facts(0), self.combine)
        return self._looks(look, constant(-1), True)

    def _odd_factors(self, poly: Polynomial) -> Polynomial:
        """The polynomial less factors of sure sign and squares."""
        content, common, factors = factored(poly)
        result: Polynomial = {(): QQ(1 if content > 0 else -1)}
        for number, times in common:
            known = self.field.sign(self.field.atom(number))
            if times.denominator != 1 or (times % 2 and not known):
                result = scaled(result, ((number, times),), QQ(1))
        for factor, times in factors:
            known = self.field.sign(factor)
            if times % 2:
                part = {monomial: QQ(value) for monomial, value in factor}
                result = scaled(result, (), QQ(known)) if known else polynomial_product(result, part)
        return result

    def _by_tuples(self, poly: Polynomial, strict: bool) -> bool:
        """Whether P is a sum over tuples of classes with summands of the right sign."""
        if _seen(self.field, poly, strict):
            return True
        sizes = [True, False] if any(isinstance(self.field.table[n], N) for n in generators(poly)) else [False]
        return any(self._over(poly, strict, each) for each in sizes)

    def _over(self, poly: Polynomial, strict: bool, sizes: bool) -> bool:
        try:
            parts = over_tuples(self.field, poly, sizes)
        except Unsupported:
            return False
        positive = not strict
        if self.spare and 0 in parts and 1 in parts:
            parts = self._lifted(parts)
        for size, summand in parts.items():
            look = Pointwise(self.field, self._facts(size), self.combine)
            if not positive and size <= self.spare and self._looks(look, summand, True):
                positive = True
            elif not self._looks(look, summand, False):
                return False
        return positive

    def _lifted(self, parts: dict[int, Quotient]) -> dict[int, Quotient]:
        """A named part that is <= 0 shared by the other classes, of which there are `spare` at least."""
        look = Pointwise(self.field, self._facts(0), self.combine)
        if self._looks(look, parts[0], False) or not self._looks(look, negate(parts[0]), False):
            return parts
        shared = multiply(parts[0], constant(QQ(1, self.spare)))
        return {1: add(parts[1], shared), **{size: each for size, each in parts.items() if size > 1}}

    @staticmethod
    def _looks(look: Pointwise, summand: Quotient, strict: bool) -> bool:
        try:
            return look.holds(summand, strict)
        except Unsupported:
            return False

    def _facts(self, size: int) -> list[Fact]:
        """The facts at the named classes and those of a tuple."""
        return stated(self.field, self.claim.given, self._reduction(self.field), slots(size))

    def _by_triangles(self, difference: Quotient, strict: bool) -> bool:
        """|a - b| <= a + b for a, b >= 0, where absolute values are only taken away."""
        field = self.field
        poly = cleared(field, difference)
        if poly is None or not self._only_taken_away(poly):
            return False

        def leaf(number: int) -> Quotient | None:
            made = field.table[number]
            if not isinstance(made, AbsoluteValue):
                return None
            return Quotient({each: QQ(abs(value)) for each, value in made.of}, {})

        less = cleared(field, field.transform(Quotient(poly, {}), leaf, "triangle"))
        return less is not None and self._polynomial(self._homogeneous(field, less), strict)

    def _only_taken_away(self, poly: Polynomial) -> bool:
        """Whether some terms have an absolute value, of nonnegative terms, all with a negative coefficient."""
        field, found = self.field, False
        for monomial, value in poly.items():
            inner = {number for number in within(field, [monomial]) if isinstance(field.table[number], AbsoluteValue)}
            if inner:
                found = True
                parts = [field.weak_sign({each: QQ(1)}) for n in inner for each in _terms(field.table[n])]
                once = all(_occurs_once(field, monomial, number) for number in inner)
                if value > 0 or field.weak_sign({monomial: QQ(1)}) != 1 or not once or any(sign != 1 for sign in parts):
                    return False
        return found

    def _by_roots(self, poly: Polynomial, strict: bool) -> bool:
        """a + b sqrt(g) >= 0 by comparing a^2 with b^2 g, where the signs of a and b are seen."""
        halves = sorted({number for monomial in poly for number, exponent in monomial if exponent.denominator == 2})
        for number in halves:
            if isinstance(self.field.table[number], Exp):
                continue
            whole: Polynomial = {}
            root: Polynomial = {}
            for monomial, value in poly.items():
                half = dict(monomial).get(number, 0).denominator == 2
                (root if half else whole)[monomial] = value
            signs = self.field.weak_sign(whole), self.field.weak_sign(root)
            if set(signs) != {1, -1}:
                continue
            larger, smaller = (whole, root) if signs[0] == 1 else (root, whole)
            squares = (polynomial_product(each, each) for each in (larger, smaller))
            difference = polynomial_sum(next(squares), negative(next(squares)))
            if self._polynomial(difference, strict):
                return True
        return False

    def _by_certificate(self, poly: Polynomial, strict: bool) -> bool:
        return certified(self.field, poly, self._facts(0), strict, self.combine)

    # --- logarithms --------------------------------------------------------------------------

    def _by_logarithms(self, strict: bool, sign: int) -> bool:
        """Whether it follows from the concavity of the logarithm."""
        whole = self._field(apart=False)
        whole.case = replace(whole.case, written_out=False, n=None)
        return bool(whole.settle(lambda: self._in_logarithms(whole, strict, sign)))

    def _in_logarithms(self, whole: Field, strict: bool, sign: int) -> bool:
        difference = self._difference(whole)
        poly = cleared(whole, difference if sign == 1 else negate(difference))
        if poly is not None and self._logarithm(whole, poly):
            poly = self._logarithm(whole, poly)
        if poly is None or not any(isinstance(made, (Exp, Log)) for made in whole.table):
            return False
        poly = self._homogeneous(whole, poly)
        totals = [each for _, each in self._totals(whole)]
        return any(self._follows(whole, bound, strict) for bound in jensen.bounds(whole, poly, totals))

    @staticmethod
    def _logarithm(whole: Field, poly: Polynomial) -> Polynomial | None:
        """log a - log b for a difference a - b of two positive terms, exponentials of sums among them."""
        if not any(
            isinstance(made, Exp) and _has_moment(whole, made)
            for made in map(whole.table.__getitem__, generators(poly))
        ):
            return None
        above = {monomial: value for monomial, value in poly.items() if value > 0}
        below = {monomial: -value for monomial, value in poly.items() if value < 0}
        if whole.sign_of_polynomial(above) != 1 or whole.sign_of_polynomial(below) != 1:
            return None
        with whole.learning_nothing():
            logs = [whole.log_absolute(Quotient(each, {})) for each in (above, below)]
        return cleared(whole, add(logs[0], negate(logs[1])))

    def _follows(self, whole: Field, bound: jensen.Bound, strict: bool) -> bool:
        below = cleared(self.field, transferred(whole, self.field, bound.value))
        if below is None:
            return False
        below = self._homogeneous(self.field, below)
        if not strict:
            return self._polynomial(below, False)
        if self._polynomial(below, True):
            return True
        return self._polynomial(below, False) and self._unequal(whole, bound)

    def _unequal(self, whole: Field, bound: jensen.Bound) -> bool:
        """Whether equality is excluded: an x that is not 1, or x of one sum that differ."""
        for weight, x in bound.ones:
            heavy = self._quotient(transferred(whole, self.field, Quotient(weight, {})), True)
            if heavy and self._nonzero(add(transferred(whole, self.field, x), constant(-1))):
                return True
        named = self.field.case.named
        for x in bound.alike:
            at = [transferred(whole, self.field, whole.rename(x, "0'", each)) for each in named]
            if any(self._nonzero(add(at[0], negate(other))) for other in at[1:]):
                return True
        return False

    def _nonzero(self, quotient: Quotient) -> bool:
        return self._quotient(quotient, True) or self._quotient(negate(quotient), True)

    def _quotient(self, quotient: Quotient, strict: bool) -> bool:
        poly = cleared(self.field, quotient)
        return poly is not None and self._polynomial(self._homogeneous(self.field, poly), strict)


def _has_moment(field: Field, made: Generator) -> bool:
    """Whether it is the exponential of a sum."""
    return isinstance(made, Exp) and any(isinstance(field.table[number], Moment) for number in within(field, [made.of]))


def _terms(made: Generator) -> list[Monomial]:
    """The monomials inside an absolute value."""
    return [monomial for monomial, _ in made.of] if isinstance(made, AbsoluteValue) else []


def _occurs_once(field: Field, monomial: Monomial, number: int) -> bool:
    """Whether the generator stands to the first power, here or as a factor under one sum."""
    exponents = dict(monomial)
    if number in exponents:
        return bool(exponents[number] == 1)
    sums = [made for each, times in monomial if times == 1 and isinstance(made := field.table[each], Moment)]
    return any(dict(made.of).get(number) == 1 for made in sums)


def _seen(field: Field, poly: Polynomial, strict: bool) -> bool:
    return field.sign_of_polynomial(poly) == 1 if strict else field.weak_sign(poly) == 1


def _degree(field: Field, monomial: Monomial, family: str) -> Any:
    """The degree in the entries of a family; those in exponentials and logarithms do not count."""
    degree: Any = 0
    for number, exponent in monomial:
        made = field.table[number]
        if isinstance(made, Entry) and made.family == family:
            degree += exponent
        elif isinstance(made, Moment):
            degree += exponent * _degree(field, made.of, family)
    return degree


def _total(each: Hypothesis) -> tuple[of.Family, Rational] | None:
    """The family y and the number c > 0 of a hypothesis sum_k y_k = c."""
    if isinstance(each, Relation) and each.op == "==":
        for side, value in ((each.lhs, each.rhs), (each.rhs, each.lhs)):
            if isinstance(side, of.Sum) and not side.conditions and value.is_Rational and value > 0:
                body = side.body
                if isinstance(body, of.Entry) and body.index == side.bound:
                    return body.family, value
    return None


def _bounded(given: Sequence[Hypothesis], ops: dict[str, Callable[[Rational], bool]]) -> Iterator[str]:
    """The families with all y_k >= c, and the scalars, for a number c that passes."""
    for each in given:
        relation = each.relation if isinstance(each, Always) and not each.conditions else each
        if not isinstance(relation, Relation) or relation.op in ("==", "!="):
            continue
        larger, smaller = (relation.lhs, relation.rhs) if relation.op in (">", ">=") else (relation.rhs, relation.lhs)
        passes = ops.get("strict" if relation.op in ("<", ">") else "weak")
        if not smaller.is_Rational or passes is None or not passes(smaller):
            continue
        if isinstance(each, Always) and isinstance(larger, of.Entry) and larger.index == each.bound:
            yield larger.family.name
        elif isinstance(each, Relation) and type(larger) is Symbol and larger != of.n:
            yield larger.name


def _positive(given: Sequence[Hypothesis]) -> set[str]:
    return set(_bounded(given, {"strict": lambda value: value >= 0, "weak": lambda value: value > 0}))


def _not_negative(given: Sequence[Hypothesis]) -> set[str]:
    return set(_bounded(given, {"weak": lambda value: value >= 0, "strict": lambda value: value >= 0}))
