"""Terms of one degree in a family y with sum_k y_k = c.

totals(field, given, classes)           the families with such a hypothesis, and the sum over c
homogeneous(field, polynomial, totals)  the polynomial with its terms multiplied by powers of what is 1
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sympy import Rational
from sympy.polys.domains import QQ

from symbolic.language import notation as of
from symbolic.language.claims import Hypothesis, Relation
from symbolic.search.form.admission import admit_together
from symbolic.search.form.generators import Entry, Moment
from symbolic.search.form.moments import Field
from symbolic.search.limits.laurent import (
    Monomial,
    Polynomial,
    Quotient,
    polynomial_product,
    polynomial_sum,
    power,
    scaled,
)

__all__ = ["homogeneous", "total", "totals"]


def totals(field: Field, given: Sequence[Hypothesis], classes: dict[str, str]) -> list[tuple[str, Polynomial]]:
    """The families with sum_k y_k = c, and the sum over c."""
    result = []
    for each in given:
        found = total(each)
        if found is not None:
            family, value = found
            term = admit_together(of.Sum(family[of.k], of.k))[0]
            whole = field.value(term, classes)
            result.append((family.name, scaled(whole.num, (), QQ(value.q, value.p))))
    return result


def homogeneous(field: Field, poly: Polynomial, wholes: Iterable[tuple[str, Polynomial]]) -> Polynomial:
    """Every term of one degree in y: multiplied by powers of sum_k y_k / c, which is 1."""
    for family, whole in wholes:
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


def total(each: Hypothesis) -> tuple[of.Family, Rational] | None:
    """The family y and the number c > 0 of a hypothesis sum_k y_k = c."""
    if isinstance(each, Relation) and each.op == "==":
        for side, value in ((each.lhs, each.rhs), (each.rhs, each.lhs)):
            if isinstance(side, of.Sum) and not side.conditions and value.is_Rational and value > 0:
                body = side.body
                if isinstance(body, of.Entry) and body.index == side.bound:
                    return body.family, value
    return None
