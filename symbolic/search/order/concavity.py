"""What is linear in logarithms: their concavity leaves a polynomial."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symbolic.search.form.facts import cleared
from symbolic.search.form.generators import Exp, Generator, Log, Moment
from symbolic.search.form.moments import Field
from symbolic.search.form.polynomials import Polynomials
from symbolic.search.form.substitution import within
from symbolic.search.form.transfer import transferred
from symbolic.search.form.wording import written
from symbolic.search.limits.laurent import Polynomial, Quotient, add, as_polynomial, constant, generators, negate
from symbolic.search.order import jensen

__all__ = ["Concavity"]


class Concavity(Polynomials):
    """The method for logarithms."""

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
        poly = self._logarithm(whole, poly) or poly
        if whole.apart or not any(isinstance(made, (Exp, Log)) for made in whole.table):
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
        below = self._homogeneous(self.field, cleared(self.field, transferred(whole, self.field, bound.value)))
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
        for weight, apart in bound.single:
            classes = self.spare + (0 if apart else len(self.field.case.named))
            if classes > 1 and self._quotient(transferred(whole, self.field, Quotient(weight, {})), True):
                return True
        return any(self._differ(whole, *each) for each in bound.alike)

    def _differ(self, whole: Field, common: Polynomial, weight: Quotient, x: Quotient) -> bool:
        """Whether two terms of a sum, both with a positive weight, have different x."""
        if not self._quotient(transferred(whole, self.field, Quotient(common, {})), True):
            return False
        values = []
        for each in self.field.case.named:
            with whole.dot() as dot:
                at_class, value = whole.rename(weight, dot, each), whole.rename(x, dot, each)
            if self._quotient(transferred(whole, self.field, at_class), True):
                values.append(transferred(whole, self.field, value))
        return any(self._nonzero(add(values[0], negate(other))) for other in values[1:])

    def _nonzero(self, quotient: Quotient) -> bool:
        return self._quotient(quotient, True) or self._quotient(negate(quotient), True)

    def _quotient(self, quotient: Quotient, strict: bool) -> bool:
        return self._polynomial(self._homogeneous(self.field, cleared(self.field, quotient)), strict)


def _has_moment(field: Field, made: Generator) -> bool:
    """Whether it is the exponential of a sum."""
    return isinstance(made, Exp) and any(isinstance(field.table[number], Moment) for number in within(field, [made.of]))


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
