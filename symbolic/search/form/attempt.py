"""An inequality in one case of the indices: the sign of a polynomial in sums over the classes.

    Attempt(question, combine).proved(difference) -> bool

signs        all its terms have one sign                                       (signs)
tuples       it is a sum over tuples of classes, each summand has the sign     (tuples, pointwise)
certificate  it is a combination of what is surely not negative                (certificate)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sympy.polys.domains import QQ

from symbolic.language.claims import Claim, bounds
from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.admission import Term
from symbolic.search.form.case_analysis import Case, not_negative_names, positive_names
from symbolic.search.form.equality import both_sides, describe
from symbolic.search.form.facts import Fact, cleared, stated
from symbolic.search.form.generators import Moment, N
from symbolic.search.form.homogeneity import homogeneous, total, totals
from symbolic.search.form.hypotheses import Reduction
from symbolic.search.form.moments import Field
from symbolic.search.form.substitution import FACTORED
from symbolic.search.form.table import Restart
from symbolic.search.form.wording import written
from symbolic.search.limits.laurent import (
    Polynomial,
    Quotient,
    add,
    constant,
    factored,
    generators,
    multiply,
    negate,
    polynomial_product,
    scaled,
)
from symbolic.search.order.certificate import Combine, absurd, certified
from symbolic.search.order.pointwise import Pointwise
from symbolic.search.order.tuples import over_tuples, slots

__all__ = ["Attempt", "Question"]

TERMS = 400  # of a polynomial that is looked at


@dataclass(frozen=True)
class Question:
    """The claim in one case: is larger - smaller >= 0, or > 0, or not 0?"""

    claim: Claim
    sides: tuple[Term, Term]
    case: Case

    @cached_property
    def where(self) -> str:
        words = describe(self.case)
        return words if self.case.written_out else f"{words}, n > {len(self.case.named)}".lstrip(", ")


class Attempt:
    """The methods, one after the other, in one case."""

    def __init__(self, question: Question, combine: Combine) -> None:
        self.question = question
        self.claim = question.claim
        self.combine = combine
        self.said: list[str] = []
        self.known: dict[int, list[Fact]] = {}
        self.field = self._field()

    def proved(self, difference: Quotient) -> bool:
        """Whether the claim is seen to hold in this case: the difference of the sides is > 0, >= 0 or not 0."""
        strict = self.claim.op in ("<", ">", "!=")
        signs = (difference, negate(difference)) if self.claim.op == "!=" else (difference,)
        return any(self._is(each, strict) for each in signs)

    def _is(self, difference: Quotient, strict: bool) -> bool:
        """What is seen; a method that cannot be used says nothing, and one that fails tells nothing."""
        told = len(self.said)
        try:
            seen = self._polynomial(self._homogeneous(cleared(self.field, difference)), strict)
        except (Undefined, Unsupported, Restart):
            seen = False  # it may go by way of log s at s = 0, or meet a denominator that is new
        if not seen:
            del self.said[told:]
        return seen

    def _field(self) -> Field:
        """In which the classes that are named stand apart from the others."""
        case = self.question.case
        field = Field(case, positive_names(self.claim.given, case.classes))
        field.not_negative |= not_negative_names(self.claim.given, case.classes)
        field.least = bounds(self.claim.given)[0]
        if not case.written_out:
            field.apart = True
            field.shift = max(field.least, len(case.named) + 1)
        return field

    @cached_property
    def spare(self) -> int:
        """How many classes there are at least that are not named."""
        case = self.question.case
        if case.written_out:
            return 0
        return (case.n or max(bounds(self.claim.given)[0], len(case.named) + 1)) - len(case.named)

    def difference(self, field: Field) -> Quotient:
        """The larger side less the smaller one."""
        smaller, larger = both_sides(field, self.question.sides)
        if field.differentiated:  # 1/q is taken for a number, but |q| - |r| may have a derivative where q and r are 0
            raise Unsupported("a derivative that divides by what may be 0")
        return self.reduction(field)(add(larger, negate(smaller)))

    def reduction(self, field: Field) -> Reduction:
        """The equations among the hypotheses, for use; those on the sum of a family make terms homogeneous instead."""
        others = [each for each in self.claim.given if total(each) is None]
        return Reduction(field, others, self.question.case.classes)

    def _tell(self, fact: str) -> None:
        """A fact that the proof uses."""
        if fact not in self.said:
            self.said.append(fact)

    def _homogeneous(self, poly: Polynomial) -> Polynomial:
        """Every term of one degree in y: multiplied by powers of sum_k y_k / c, which is 1."""
        return homogeneous(self.field, poly, totals(self.field, self.claim.given, self.question.case.classes))

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
        # m (m - 1) >= 0 may hold where m - 1 >= 0 does not, since m may be 0
        forms = [poly] if strict else [self._odd_factors(poly), poly]
        return any(
            self._by_tuples(form, strict) or self._by_certificate(form, strict)
            for at, form in enumerate(forms)
            if form not in forms[:at]
        )

    def contradictory(self) -> bool:
        """Whether the facts are seen to exclude every point: then -1 > 0 holds."""
        if not self._facts(0):
            return False
        look = Pointwise(self.field, self._facts(0), self.combine)
        return self._looks(look, constant(-1), True)

    def clash(self) -> list[Polynomial] | None:
        """Summands that are not negative by their form or a hypothesis, one of them positive, whose sum is 0."""
        return absurd(self.field, self._facts(0), self.combine)

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
            self.known[size] = stated(self.field, self.claim.given, self.reduction(self.field), slots(size))
        return self.known[size]

    def _by_certificate(self, poly: Polynomial, strict: bool) -> bool:
        seen = certified(self.field, poly, self._facts(0), strict, self.combine)
        if seen:
            self._tell(
                f"{written(self.field, poly)} {'>' if strict else '>='} 0, as a sum of terms that are not negative"
            )
        return seen


def _seen(field: Field, poly: Polynomial, strict: bool) -> bool:
    return field.sign_of_polynomial(poly) == 1 if strict else field.weak_sign(poly) == 1
