"""Products of positive factors as exponentials of sums: prod_k e_k = exp(sum_k log e_k).

    with_products_as_sums(claim) -> Claim

Only where every factor is positive by its form and the hypotheses y[k] > 0, y[k] >= 0: other products stay. A product
beside another side that is positive is compared by the logarithms of both.
"""

from __future__ import annotations

from collections.abc import Collection

import sympy
from sympy import Basic, Expr

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation
from symbolic.search.form.extremes import found_in, replaced

__all__ = ["with_products_as_sums"]


def with_products_as_sums(claim: Claim, positive: Collection[str], not_negative: Collection[str] = ()) -> Claim:
    """The claim without products of positive factors; the names are those of families of known sign.

    >>> from symbolic.language.notation import Product, k, p
    >>> from symbolic.language.claims import claim
    >>> with_products_as_sums(claim(2*Product(p[k], k), "<=", 2), ())
    Claim(2*exp(sum(log(p[k]), k)) <= 2)
    >>> with_products_as_sums(claim(Product(p[k], k), "<=", 2), ())
    Claim(sum(log(p[k]), k) <= log(2))
    """
    signs = _Signs(positive, not_negative)
    rules: dict[Basic, Basic] = {}
    for each in found_in(claim, of.Product):
        if signs.positive(each.body):
            fresh = sympy.Dummy(integer=True, positive=True)
            rules[each] = sympy.exp(of.Sum(sympy.log(each.opened(fresh)), fresh, *each.conditions))
    result = replaced(claim, rules)
    if not {result.lhs, result.rhs} & set(rules.values()) or not (
        signs.positive(claim.lhs) and signs.positive(claim.rhs)
    ):
        return result
    return Claim(Relation(_logarithm(result.lhs), claim.op, _logarithm(result.rhs)), result.given)


def _logarithm(expr: Expr) -> Expr:
    return expr.args[0] if isinstance(expr, sympy.exp) else sympy.log(expr)


class _Signs:
    """What is positive, or not negative, by its form wherever it is defined."""

    def __init__(self, positive: Collection[str], not_negative: Collection[str]) -> None:
        self.names = {True: set(positive), False: set(positive) | set(not_negative)}

    def positive(self, expr: Basic) -> bool:
        return self._is(expr, True)

    def _is(self, expr: Basic, strict: bool) -> bool:
        """Whether the expression is > 0, or >= 0."""
        if isinstance(expr, (of.Probability, of.Partition, sympy.exp)) or expr in (of.n, of.lam, of.T):
            return True
        if isinstance(expr, of.Entry):
            return expr.family.name in self.names[strict]
        if isinstance(expr, sympy.Rational):
            return bool(expr > 0 if strict else expr >= 0)
        if isinstance(expr, sympy.Add):
            some = not strict or any(self._is(each, True) for each in expr.args)
            return some and all(self._is(each, False) for each in expr.args)
        if isinstance(expr, sympy.Mul):
            return all(self._is(each, strict) for each in expr.args)
        if isinstance(expr, of.Product):
            return self._is(expr.body, strict)
        if isinstance(expr, of.Sum):
            return not strict and self._is(expr.body, False)
        return isinstance(expr, sympy.Pow) and self._is(expr.base, strict)
