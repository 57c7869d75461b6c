"""Products of positive factors as exponentials of sums: prod_k e_k = exp(sum_k log e_k).

    with_products_as_sums(claim) -> Claim

Only where every factor is positive by its form, or by a hypothesis y[k] > 0: other products stay.
"""

from __future__ import annotations

from collections.abc import Collection

import sympy
from sympy import Basic, Expr

from symbolic.kernel.extremes import found_in, replaced
from symbolic.language import notation as of
from symbolic.language.claim import Claim

__all__ = ["with_products_as_sums"]


def with_products_as_sums(claim: Claim, positive: Collection[str]) -> Claim:
    """The claim without products of factors that are surely positive; `positive` names families.

    >>> from symbolic.language.notation import Product, k, p
    >>> from symbolic.language.claim import claim
    >>> with_products_as_sums(claim(Product(p[k], k), "<=", 1), ())
    Claim(exp(sum(log(p[k]), k)) <= 1)
    """
    rules: dict[Basic, Basic] = {}
    for each in found_in(claim, of.Product):
        if _is_positive(each.body, positive):
            fresh = sympy.Dummy(integer=True, positive=True)
            rules[each] = sympy.exp(of.Sum(sympy.log(each.opened(fresh)), fresh, *each.conditions))
    return replaced(claim, rules)


def _is_positive(expr: Expr, positive: Collection[str]) -> bool:
    """Whether the expression is positive wherever it is defined."""
    if isinstance(expr, (of.Probability, of.Partition, sympy.exp)) or expr in (of.n, of.lam, of.T):
        return True
    if isinstance(expr, of.Entry):
        return expr.family.name in positive
    if expr.is_Rational:
        return bool(expr > 0)
    if isinstance(expr, (sympy.Add, sympy.Mul)):
        return all(_is_positive(each, positive) for each in expr.args)
    return isinstance(expr, sympy.Pow) and _is_positive(expr.base, positive)
