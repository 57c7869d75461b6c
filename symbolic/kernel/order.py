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
from itertools import combinations_with_replacement
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
    as_polynomial,
    constant,
    factored,
    generator,
    generators,
    mapped,
    monomial_power,
    multiply,
    negate,
    polynomial_product,
    polynomial_sum,
    power,
    scaled,
)
from symbolic.kernel.moments import Field
from symbolic.kernel.pointwise import FACTORED, Pointwise, within
from symbolic.kernel.products import with_products_as_sums
from symbolic.kernel.table import Restart
from symbolic.kernel.transfer import transferred
from symbolic.kernel.tuples import over_tuples, slots
from symbolic.kernel.wording import written
from symbolic.language import notation as of
from symbolic.language.claim import Always, Claim, Hypothesis, Relation
from symbolic.language.errors import Undefined, Unsupported

__all__ = ["compare"]

FLIPPED = {">": "<", ">=": "<="}
WRITTEN_OUT = 3  # the largest n, if it is fixed, for which all classes are named
RESTARTS = 4  # of the methods, where they meet a denominator that is new
TERMS = 400  # of a polynomial that is looked at


def no_weights(columns: Sequence[Polynomial], target: Polynomial, slack: object) -> None:
    """Where nobody searches for certificates there are none."""
    return


def compare(claim: Claim, combine: Combine = no_weights) -> Outcome:
    """Whether the inequality holds.

    >>> from symbolic.language.claim import claim, differ
    >>> from symbolic.language.notation import D, i, j, p, z
    >>> compare(claim(D(p[i], z[j]), "<", 0, [differ(i, j)])).cases
    ('i, j distinct, n = 2', 'i, j distinct, n > 2')
    """
    held = []
    try:
        plain = with_products_as_sums(with_extremes_named(claim), _positive(claim.given))
        for part in _split(plain):
            for question in _cases(part):
                outcome = _in_case(question, combine)
                if not isinstance(outcome, Holds):
                    return outcome
                held.append(outcome)
    except Unsupported as problem:
        return Open(str(problem))
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


def _in_case(question: Question, combine: Combine) -> Holds | Open:
    attempt = Attempt(question, combine)
    try:
        difference = attempt.field.settle(lambda: attempt.difference(attempt.field))
    except Undefined:
        return Holds(vacuous=True)
    if attempt.proved(difference):
        if attempt.contradictory():
            return Holds(vacuous=True)
        return Holds((question.where,), facts=tuple(attempt.said))
    return Open(f"the sign of the difference is not seen when {question.where}")


class Attempt:
    """The methods, one after the other, in one case."""

    def __init__(self, question: Question, combine: Combine) -> None:
        self.question = question
        self.claim = question.claim
        self.combine = combine
        self.said: list[str] = []
        self.known: dict[int, list[Fact]] = {}
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

    def proved(self, difference: Quotient) -> bool:
        """Whether the claim is seen to hold in this case: the difference of the sides is > 0, >= 0 or not 0."""
        for _ in range(RESTARTS):
            try:
                return self._has_sign(difference)
            except Restart:
                self.field.dots = 0
                self.known.clear()
                self.field.known.clear()
                difference = self.field.settle(lambda: self.difference(self.field))
        return False

    def _has_sign(self, difference: Quotient) -> bool:
        strict = self.claim.op in ("<", ">", "!=")
        signs = (1, -1) if self.claim.op == "!=" else (1,)
        return any(self._is(difference if sign == 1 else negate(difference), strict, sign) for sign in signs)

    def difference(self, field: Field) -> Quotient:
        """The larger side less the smaller one."""
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
        methods = (
            lambda: self._polynomial(poly, strict),
            lambda: self._by_triangles(difference, strict),
            lambda: self._by_roots(poly, strict),
            lambda: self._by_sums(strict, sign),
            lambda: self._by_logarithms(strict, sign),
        )
        return any(map(self._tried, methods))

    def _tried(self, method: Callable[[], bool]) -> bool:
        """What a method says; one that cannot be used says nothing, and one that fails tells nothing."""
        told = len(self.said)
        try:
            seen = method()
        except (Undefined, Unsupported):
            seen = False  # it may go by way of log s at s = 0
        if not seen:
            del self.said[told:]
        return seen

    def _tell(self, fact: str) -> None:
        """A fact that the proof uses."""
        if fact not in self.said:
            self.said.append(fact)

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
            return not strict or self.contradictory()
        if _seen(field, poly, strict):
            self._tell(f"{written(field, poly)} {'>' if strict else '>='} 0, by the signs of its terms")
            return True
        if len(poly) > TERMS:
            raise Unsupported("a difference with too many terms")
        if not strict:
            poly = self._odd_factors(poly)
        return self._by_tuples(poly, strict) or self._by_certificate(poly, strict)

    def contradictory(self) -> bool:
        """Whether the facts are seen to exclude every point: then -1 > 0 holds."""
        if not self._facts(0):
            return False
        look = Pointwise(self.field, self._facts(0), self.combine)
        return self._looks(look, constant(-1), True)

    def _odd_factors(self, poly: Polynomial) -> Polynomial:
        """The polynomial less factors of sure sign and squares."""
        if len(poly) > FACTORED:
            return poly
        content, common, factors = factored(poly)
        result: Polynomial = {(): QQ(1 if content > 0 else -1)}
        for number, times in common:
            known = self.field.side(self.field.atom(number))
            if times.denominator != 1 or (times % 2 and not known):
                result = scaled(result, ((number, times),), QQ(1))
        for factor, times in factors:
            known = self.field.side(factor)
            if times % 2:
                part = {monomial: QQ(value) for monomial, value in factor}
                result = scaled(result, (), QQ(known)) if known else polynomial_product(result, part)
        return result

    def _by_tuples(self, poly: Polynomial, strict: bool) -> bool:
        """Whether P is a sum over tuples of classes with summands of the right sign."""
        if _seen(self.field, poly, strict):
            return True
        found = generators(poly)
        sizes = [True, False] if any(isinstance(self.field.table[n], N) for n in found) else [False]
        sums = {n for n in found if isinstance(self.field.table[n], Moment)}
        alone = {n for monomial in poly for n, _ in monomial if len(sums & {m for m, _ in monomial}) == 1}
        factors = {n for n in sums - alone if self.field.is_positive(n)}
        ways = [(each, whole) for whole in ([set(), factors] if factors else [set()]) for each in sizes]
        return any(self._over(poly, strict, each, whole) for each, whole in ways)

    def _over(self, poly: Polynomial, strict: bool, sizes: bool, whole: set[int]) -> bool:
        try:
            parts = over_tuples(self.field, poly, sizes, whole)
        except Unsupported:
            return False
        positive = not strict
        if self.spare and 0 in parts and 1 in parts:
            parts = self._lifted(parts)
        told = []
        for size, summand in parts.items():
            look = Pointwise(self.field, self._facts(size), self.combine)
            certain = not positive and size <= self.spare and self._looks(look, summand, True)
            if not certain and not self._looks(look, summand, False):
                return False
            positive = positive or certain
            told.append(self._summand(size, summand, certain))
        for each in told if positive else ():
            self._tell(each)
        return positive

    def _summand(self, size: int, summand: Quotient, strict: bool) -> str:
        """What is seen of the summands over the tuples of so many classes."""
        among = [each for each in self.field.case.named if not each.endswith("#")]
        others = f" other than {', '.join(among)}" if among else ""
        which = ("", f", for every class k{others}", f", for all distinct classes k, l{others}")
        where = which[size] if size < len(which) else f", for all {size} distinct classes{others}"
        return f"{written(self.field, summand.num)} {'>' if strict else '>='} 0{where}"

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
        if size not in self.known:
            self.known[size] = stated(self.field, self.claim.given, self._reduction(self.field), slots(size))
        return self.known[size]

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
            sign = self.field.weak_sign(root)
            squares = (polynomial_product(each, each) for each in (root, whole))
            excess = self._of_known_sides(polynomial_sum(next(squares), negative(next(squares))))  # b^2 g - a^2
            if sign == 1 and self._polynomial(excess, strict):
                return True
            if sign == -1 and self._polynomial(whole, False) and self._polynomial(negative(excess), strict):
                return True
        return False

    def _of_known_sides(self, poly: Polynomial) -> Polynomial:
        """|q| as q or -q where it is seen on which side of 0 it is."""
        whole = {monomial_power(monomial, 1): value for monomial, value in poly.items()}
        halves = {number for monomial in whole for number, exponent in monomial if exponent.denominator > 1}

        def leaf(number: int) -> Quotient:
            made = self.field.table[number]
            if number in halves or not isinstance(made, AbsoluteValue):
                return generator(number)
            side = self.field.side(made.of)
            return Quotient(scaled(as_polynomial(made.of), (), QQ(side)), {}) if side else generator(number)

        return mapped(whole, leaf).num

    def _by_sums(self, strict: bool, sign: int) -> bool:
        """A certificate from what is known of whole sums: sum w (max v - v) >= 0, and products of these."""
        if not any(isinstance(each, Always) for each in self.claim.given):
            return False
        whole = self._field(apart=False)
        whole.case = replace(whole.case, written_out=False, n=None)

        def found() -> tuple[Polynomial, list[Fact]] | None:
            difference = self.difference(whole)
            poly = cleared(whole, difference if sign == 1 else negate(difference))
            if whole.apart or poly is None or not 0 < len(poly) <= FACTORED:
                return None
            poly = self._homogeneous(whole, poly)
            return poly, [*_known_sums(whole, poly, self._class_facts(whole)), *self._named_facts(whole)]

        result = whole.settle(found)
        seen = result is not None and certified(whole, result[0], result[1], strict, self.combine)
        if seen and result:
            self._tell(f"{written(whole, result[0])} >= 0, as a sum of terms that are not negative:")
            for fact in result[1]:
                self._tell(f"{written(whole, fact.poly)} >= 0")
        return seen

    def _class_facts(self, whole: Field) -> list[Fact]:
        """What is known of every class, the named ones included, at the class "0'"."""
        given = [each for each in self.claim.given if isinstance(each, Always) and _about_all(each)]
        every = stated(whole, given, self._reduction(whole), ["0'"])
        return [fact for fact in every if not fact.where and _about(whole, fact.poly, "0'")]

    def _named_facts(self, whole: Field) -> list[Fact]:
        return [fact for fact in stated(whole, self.claim.given, self._reduction(whole), []) if not fact.where]

    def _by_certificate(self, poly: Polynomial, strict: bool) -> bool:
        seen = certified(self.field, poly, self._facts(0), strict, self.combine)
        if seen:
            self._tell(
                f"{written(self.field, poly)} {'>' if strict else '>='} 0, as a sum of terms that are not negative"
            )
        return seen

    # --- logarithms --------------------------------------------------------------------------

    def _by_logarithms(self, strict: bool, sign: int) -> bool:
        """Whether it follows from the concavity of the logarithm."""
        whole = self._field(apart=False)
        whole.case = replace(whole.case, written_out=False, n=None)
        found = whole.settle(lambda: self._bounds(whole, sign))
        return any(self._follows(whole, bound, strict) for bound in found)

    def _bounds(self, whole: Field, sign: int) -> list[jensen.Bound]:
        """Polynomials that are at most the difference."""
        difference = self.difference(whole)
        poly = cleared(whole, difference if sign == 1 else negate(difference))
        if poly is not None and self._logarithm(whole, poly):
            poly = self._logarithm(whole, poly)
        if whole.apart or poly is None or not any(isinstance(made, (Exp, Log)) for made in whole.table):
            return []
        poly = self._homogeneous(whole, poly)
        totals = [each for _, each in self._totals(whole)]
        return list(jensen.bounds(whole, poly, totals))

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
        told = len(self.said)
        if self._tried(lambda: self._reaches(whole, bound, strict)):
            self.said[told:told] = _concavity(whole, bound)
            return True
        return False

    def _reaches(self, whole: Field, bound: jensen.Bound, strict: bool) -> bool:
        """Whether the bound is >= 0, or > 0, or >= 0 and never met."""
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
        return any(self._differ(whole, *each) for each in bound.alike)

    def _differ(self, whole: Field, common: Polynomial, weight: Quotient, x: Quotient) -> bool:
        """Whether two terms of a sum, both with a positive weight, have different x."""
        if not self._quotient(transferred(whole, self.field, Quotient(common, {})), True):
            return False
        values = []
        for each in self.field.case.named:
            heavy = transferred(whole, self.field, whole.rename(weight, "0'", each))
            if self._quotient(heavy, True):
                values.append(transferred(whole, self.field, whole.rename(x, "0'", each)))
        return any(self._nonzero(add(values[0], negate(other))) for other in values[1:])

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


def _about_all(each: Always) -> bool:
    """Whether the hypothesis says the same of every class: it leaves none out, and compares none with others."""
    sides = admit_together(each.relation.lhs, each.relation.rhs)
    return not each.conditions and not any(str(each.bound) in side.compared for side in sides)


def _about(field: Field, poly: Polynomial, at: str) -> bool:
    return any(at in field.at[number] for number in generators(poly))


def _known_sums(whole: Field, poly: Polynomial, facts: list[Fact]) -> Iterator[Fact]:
    """sum_k u_k g_k >= 0 for the weights u in the polynomial's sums, and facts g of every class, or products of two."""
    weights = set()
    for number in generators(poly):
        made = whole.table[number]
        if isinstance(made, Moment) and not made.over:
            with whole.dot() as dot:
                for inside in whole.opened(made, dot).num:
                    weights.add(tuple(pair for pair in inside if whole.is_positive(pair[0])))
    products = [fact.poly for fact in facts]
    products += [polynomial_product(one, two) for one, two in combinations_with_replacement(products, 2)]
    for weight in sorted(weights)[:2]:
        constant_one: Polynomial = {(): QQ(1)}
        for each in [constant_one, *products][:7]:
            with whole.dot() as dot:
                total = whole.moment_sum(Quotient(scaled(each, weight, QQ(1)), {}), dot)
            if not total.den:
                yield Fact(total.num, False)


def _concavity(whole: Field, bound: jensen.Bound) -> Iterator[str]:
    """The inequalities that take the logarithms away."""
    if bound.alike:
        yield "the logarithm is concave: sum(a[k]*log(x[k]), k) <= A*log(sum(a[k]*x[k], k)/A), A == sum(a[k], k)"
    for _, _, x in bound.alike:
        yield f"there x[k] is {_shown(whole, x)}"
    for _, x in bound.ones:
        yield f"log(x) <= x - 1, x being {_shown(whole, x)}"


def _shown(field: Field, quotient: Quotient) -> str:
    below = "".join(
        f"/({written(field, as_polynomial(factor))})" + (f"^{times}" if times > 1 else "")
        for factor, times in quotient.den.items()
    )
    return written(field, quotient.num) + below


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
