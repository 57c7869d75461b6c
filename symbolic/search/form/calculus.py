"""Derivatives of normal forms: a derivation is known once it is known on the generators.

    derivative(field, quotient, variable)     the partial derivative in a scalar or an entry
    derived(term, variable)                   the same of a term, by the rules of calculus, down to under its sums

The derivative of a sum over k in z_j is the sum of the derivatives, and the term k = j once more
in what it has of z_k: d z_k/d z_j is delta_kj, and the sum of delta_kj f(k) is f(j).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symbolic.language.errors import Unsupported
from symbolic.search.form import admission
from symbolic.search.form.generators import Abs, Entry, Exp, Log, Moment, Product
from symbolic.search.limits.laurent import (
    ONE,
    ZERO,
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    as_rational,
    constant,
    divided_by_generator,
    inverse,
    multiply,
    negate,
    total,
)

if TYPE_CHECKING:
    from symbolic.search.form.moments import Field

__all__ = ["derivative", "derived", "has_sum"]


def derivative(field: Field, quotient: Quotient, variable: int, own: bool = False) -> Quotient:
    """The derivative of a quotient in the generator `variable`.

    With `own`, only what is written with that generator moves, not the terms of sums that reach its class.
    """
    above = _of_polynomial(field, quotient.num, variable, own)
    result = multiply(above, Quotient(ONE.num, quotient.den))
    for factor, exponent in quotient.den.items():
        inside = as_polynomial(factor)
        moved = multiply(_of_polynomial(field, inside, variable, own), Quotient(constant(exponent).num, {factor: 1}))
        result = add(result, negate(multiply(quotient, moved)))
    return result


def _of_polynomial(field: Field, poly: Polynomial, variable: int, own: bool) -> Quotient:
    """The product rule, term by term."""
    terms = []
    for monomial, coefficient in poly.items():
        for number, exponent in monomial:
            moved = _of_generator(field, number, variable, own)
            if moved.num:
                rest = {divided_by_generator(monomial, number): coefficient * as_rational(exponent)}
                terms.append(multiply(moved, Quotient(rest, {})))
    return total(terms)


def _of_generator(field: Field, number: int, variable: int, own: bool) -> Quotient:
    key: Any = ("d", number, variable, own)
    if key not in field.known:
        field.known[key] = ONE if number == variable else _chain(field, number, variable, own)
    return field.known[key]


def _chain(field: Field, number: int, variable: int, own: bool) -> Quotient:
    """The chain rule for each kind of generator."""
    made = field.table[number]
    match made:
        case Exp(monomial):
            return multiply(field.generator(made), derivative(field, field.actual(monomial), variable, own))
        case Log(factor):
            return _relative(field, as_polynomial(factor), variable, own)
        case Abs(factor):
            return multiply(field.generator(made), _relative(field, as_polynomial(factor), variable, own))
        case Moment():
            return _of_moment(field, made, variable, own)
        case Product():
            return _of_product(field, made, variable, own)
    return ZERO


def _relative(field: Field, poly: Polynomial, variable: int, own: bool) -> Quotient:
    """q'/q; where q is 0, that says nothing: c |c| has a derivative there, and so has y log(y/c) for y = 0."""
    moved = _of_polynomial(field, poly, variable, own)
    if not moved.num:
        return ZERO
    field.differentiated = field.differentiated or not field.sign_of(Quotient(poly, {}), zero=False)
    return multiply(moved, inverse(Quotient(poly, {})))


def _of_moment(field: Field, made: Moment, variable: int, own: bool) -> Quotient:
    """The sum of the derivatives, and the term of the variable's own class."""
    entry = field.table[variable]
    with field.dot() as dot:
        summand = field.opened(made, dot)
        result = field.moment_sum(derivative(field, summand, variable, own), dot)
        reached = isinstance(entry, Entry) and not own and not (field.apart and entry.at in field.case.named)
        if isinstance(entry, Entry) and reached:
            at_dot = derivative(field, summand, field.number(Entry(entry.family, dot)), own=True)
            result = add(result, field.rename(at_dot, dot, entry.at))
    return result


def _of_product(field: Field, made: Product, variable: int, own: bool) -> Quotient:
    """0 in the entry of a class that the product leaves out, if it has the entry nowhere else."""
    entry = field.table[variable]
    if isinstance(entry, Entry) and entry.at in field.case.named:
        field.leave_named_out()
    with field.dot() as dot:
        moves = derivative(field, field.opened(made, dot), variable, own)
    if moves.num or (isinstance(entry, Entry) and entry.at not in field.case.named):
        raise Unsupported("a derivative of a product over the classes")
    return ZERO


# --- of terms ------------------------------------------------------------------------------------


def derived(term: admission.Term, variable: admission.Scalar | admission.Entry) -> admission.Term:
    """The derivative of a term with a sum in it. Moments over a denominator do not have the derivative of their sum."""

    def rate(inner: admission.Term) -> admission.Term:
        return admission.Diff(inner, variable)

    match term:
        case admission.Plus(terms):
            return admission.Plus(tuple(map(rate, terms)))
        case admission.Times(terms):
            parts = (admission.Times((*terms[:at], rate(each), *terms[at + 1 :])) for at, each in enumerate(terms))
            return admission.Plus(tuple(parts))
        case admission.Exp(inner):
            return admission.Times((term, rate(inner)))
        case admission.Log(inner):
            return admission.Times((admission.Power(inner, admission.MINUS_ONE), rate(inner)))
        case admission.Absolute(inner):
            return admission.Times((term, admission.Power(inner, admission.MINUS_ONE), rate(inner)))
        case admission.Power(base, admission.Number(value)) if value:
            return admission.Times(
                (admission.Number(value), admission.Power(base, admission.Number(value - 1)), rate(base))
            )
        case admission.Diff(inner, earlier):
            return rate(derived(inner, earlier))
        case admission.Sum(body, bound, among):
            return admission.Sum(rate(body), bound, among)
    raise Unsupported(f"a derivative of a {type(term).__name__.lower()} with a sum of fractions in it")


def has_sum(term: admission.Term) -> bool:
    """Whether a sum occurs in a term."""
    return isinstance(term, admission.Sum) or any(map(has_sum, term.parts))
