"""What is known of whole sums: sum_k w_k (max v - v_k) >= 0, and products of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement

from sympy.polys.domains import QQ

from symbolic.language.claims import Always
from symbolic.search.form.admission import admit_together
from symbolic.search.form.facts import Fact, cleared, stated
from symbolic.search.form.generators import Log, Moment
from symbolic.search.form.moments import Field
from symbolic.search.form.polynomials import Polynomials
from symbolic.search.form.substitution import FACTORED
from symbolic.search.form.wording import written
from symbolic.search.limits.laurent import (
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    generator,
    generators,
    negate,
    polynomial_product,
    scaled,
)
from symbolic.search.order.certificate import certified

__all__ = ["WholeSums"]


class WholeSums(Polynomials):
    """The method that adds up facts of every class."""

    def _by_sums(self, strict: bool, sign: int) -> bool:
        """A certificate from what is known of whole sums: sum w (max v - v) >= 0, and products of these."""
        whole = self._field(apart=False)
        whole.case = replace(whole.case, written_out=False, n=None)

        def found() -> tuple[Polynomial, list[Fact]] | None:
            difference = self.difference(whole)
            poly = cleared(whole, difference if sign == 1 else negate(difference))
            if whole.apart or not 0 < len(poly) <= FACTORED:
                return None
            poly = self._homogeneous(whole, poly)
            every = [*self._class_facts(whole), *_above_each(whole, poly)]
            if not every:
                return None
            return poly, [*_known_sums(whole, poly, every), *self._named_facts(whole)]

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
        reduce = self.reduction(whole)
        with whole.dot() as dot:
            every = stated(whole, given, reduce, [dot])
        return [fact for fact in every if not fact.where and _about(whole, fact.poly, dot)]

    def _named_facts(self, whole: Field) -> list[Fact]:
        return [fact for fact in stated(whole, self.claim.given, self.reduction(whole), []) if not fact.where]


def _about_all(each: Always) -> bool:
    """Whether the hypothesis says the same of every class: it leaves none out, and compares none with others."""
    sides = admit_together(each.relation.lhs, each.relation.rhs)
    return not each.conditions and not any(str(each.bound) in side.compared for side in sides)


def _about(field: Field, poly: Polynomial, at: str) -> bool:
    return any(at in field.at[number] for number in generators(poly))


def _above_each(field: Field, poly: Polynomial) -> Iterator[Fact]:
    """log sum_k x_k >= log x_k, at the class "0'", for the logarithms of sums of positive terms in the polynomial."""
    for number in sorted(generators(poly)):
        made = field.table[number]
        inside = as_polynomial(made.of) if isinstance(made, Log) else {}
        summed = field.table[min(generators(inside))] if len(generators(inside)) == 1 else None
        if isinstance(summed, Moment) and inside == {((field.number(summed), 1),): 1} and not summed.over:
            with field.dot() as dot:
                (term,) = field.opened(summed, dot).num
                if all(field.is_positive(each) for each, _ in term):
                    excess = add(generator(number), negate(field.log(Quotient({term: QQ(1)}, {}))))
                    yield Fact(cleared(field, excess), False)


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
            yield Fact(total.num, False)
