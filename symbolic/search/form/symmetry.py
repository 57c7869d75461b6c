"""Double sums that do not separate, made symmetric: sum_kl f(k, l) is half of sum_kl (f(k, l) + f(l, k)).

    symmetric(field, quotient)     the quotient with its double sums symmetrised

w_k/(w_k + w_l) and w_l/(w_l + w_k) do not separate, but their sum is 1.
"""

from __future__ import annotations

from sympy.polys.domains import QQ

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.generators import Moment
from symbolic.search.form.moments import Field
from symbolic.search.limits.laurent import Quotient, add, constant, generator, multiply

__all__ = ["symmetric"]


def symmetric(field: Field, quotient: Quotient) -> Quotient:
    """The quotient with every sum over a sum, linear in it, brought to a symmetric summand in lowest terms."""

    def leaf(number: int) -> Quotient | None:
        made = field.table[number]
        return _symmetrised(field, made) if isinstance(made, Moment) else generator(number)

    try:
        return field.transform(quotient, leaf, "symmetric")
    except Undefined:
        raise Unsupported("a double sum that is not symmetrised") from None


def _symmetrised(field: Field, made: Moment) -> Quotient:
    with field.dot() as outer, field.dot() as inner, field.dot() as other:
        whole = field.opened(made, outer)
        ((monomial, _),) = whole.num.items()
        nested = [(each, times, field.table[each]) for each, times in monomial if outer in field.at[each]]
        sums = [(each, part) for each, times, part in nested if isinstance(part, Moment) and times == 1]
        if len(sums) != 1:
            return field.generator(made)
        ((number, part),) = sums
        summand = multiply(multiply(whole, generator(number, -1)), field.opened(part, inner))
        swapped = field.rename(field.rename(field.rename(summand, outer, other), inner, outer), other, inner)
        both = add(summand, swapped)
        half = multiply(constant(QQ(1, 2)), field.cancelled(both) if both.den else both)
        return field.moment_sum(field.moment_sum(half, inner), outer)
