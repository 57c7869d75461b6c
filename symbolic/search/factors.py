"""Expressions as products, with a letter for each root and exponential.

factored(expr) -> a number, and factors with exponents
tidy(expr) -> the product of these
in_letters(expr) -> the expression in letters, and what they stand for
"""

from __future__ import annotations

import math

from sympy import (
    Basic,
    Dummy,
    E,
    Expr,
    Integer,
    Mul,
    PolynomialError,
    Pow,
    Rational,
    exp,
    factor_list,
    log,
    together,
)
from sympy.core.function import expand_power_base, expand_power_exp

__all__ = ["factored", "in_letters", "tidy"]


def tidy(expr: Expr) -> Expr:
    """A product of factors, as far as they are seen."""
    number, factors = factored(expr)
    return Mul(number, *(Pow(base, exponent) for base, exponent in factors))


def factored(expr: Expr) -> tuple[Expr, list[tuple[Expr, int]]]:
    """A number, and factors with exponents; powers and exponentials are taken for letters."""
    bare, back = in_letters(expand_power_exp(expand_power_base(expr, force=True)))
    above, below = together(bare).as_numer_denom()
    number, found = Integer(1), dict[Expr, int]()
    for part, sign in ((above, 1), (below, -1)):
        try:
            content, factors = factor_list(part)
        except (PolynomialError, NotImplementedError, ZeroDivisionError, TypeError):
            content, factors = Integer(1), [(part, 1)]
        number *= content**sign
        for each, exponent in factors:
            base = each.xreplace(back) if back else each
            found[base] = found.get(base, 0) + sign * int(exponent)
    return number, [(base, exponent) for base, exponent in found.items() if exponent]


def in_letters(expr: Expr) -> tuple[Expr, dict[Basic, Expr]]:
    """x^(c e), for rational c, as whole powers of one letter; a root of x as a letter whose powers x is."""
    units: dict[tuple[Expr, Expr], list[Rational]] = {}
    found = [each for each in expr.atoms(Pow, exp) if not (each.is_Pow and each.exp.is_Integer)]
    for each in found:
        base, (c, rest) = _base(each), _power(each).as_coeff_Mul()
        units.setdefault((base, rest), []).append(Rational(c))
    new: dict[Basic, Expr] = {}
    back: dict[Basic, Expr] = {}
    for (base, rest), numbers in units.items():
        q = math.lcm(*(int(each.q) for each in numbers))
        letter = Dummy(positive=True)
        back[letter] = exp(rest / q) if base == E else Pow(base, rest / q)
        for each in found:
            if _base(each) == base and _power(each).as_coeff_Mul()[1] == rest:
                new[each] = letter ** (_power(each).as_coeff_Mul()[0] * q)
        if rest == 1 and base != E:
            x = next(iter(base.free_symbols), None)
            if x is not None and (base - x).is_Rational:
                new[x] = letter**q - (base - x)
    return _replaced(expr, new), back


def _replaced(expr: Expr, new: dict[Basic, Expr]) -> Expr:
    """Parts replaced, outside of logarithms."""
    if expr in new:
        return new[expr]
    if isinstance(expr, log) or not expr.args:
        return expr
    return expr.func(*(_replaced(each, new) for each in expr.args))


def _base(expr: Expr) -> Expr:
    return E if isinstance(expr, exp) else expr.base


def _power(expr: Expr) -> Expr:
    return expr.args[0] if isinstance(expr, exp) else expr.exp
