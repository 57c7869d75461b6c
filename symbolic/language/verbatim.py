"""Expressions as they are said: SymPy's nodes in SymPy's order, with nothing evaluated away.

SymPy turns x/x into 1, x - x into 0 and exp(log(x)) into x while it builds them, and so forgets
where the expression is undefined. The functions here compute with rational numbers alone. Where
nothing would be lost the result is the very object that SymPy builds.

>>> from sympy import Rational
>>> from sympy.abc import x, y
>>> multiply(x, inverse(x)), add(x, multiply(-1, x)), power(x, Integer(0))
(x/x, -x + x, x**0)
>>> multiply(y, Integer(2), x, Rational(1, 3)) == 2*x*y/3
True
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cmp_to_key
from typing import Any

from sympy import Add, Basic, Expr, Function, Integer, Mul, Pow
from sympy.core.relational import Relational

from symbolic.language.errors import NotationError

__all__ = ["add", "apply", "inverse", "multiply", "power", "rename"]

SHORT = 256  # bits of a power that is computed

_order = cmp_to_key(Basic.compare)


def add(*terms: Any) -> Expr:
    """The sum of the terms."""
    return _assembled(Add, map(_number, terms))


def multiply(*factors: Any) -> Expr:
    """The product of the factors."""
    return _assembled(Mul, map(_number, factors))


def _number(value: Any) -> Expr:
    return Integer(value) if isinstance(value, int) else value


def _assembled(operation: Any, parts: Iterable[Expr]) -> Expr:
    """The parts under Add or Mul: flat, its rational numbers computed, the rest in SymPy's order."""
    flat = [each for part in parts for each in (part.args if part.func is operation else [part])]
    number = operation(*(each for each in flat if each.is_Rational))
    rest = sorted((each for each in flat if not each.is_Rational), key=_order)
    if not rest or number != operation.identity:
        rest.insert(0, number)
    return rest[0] if len(rest) == 1 else operation(*rest, evaluate=False)


def inverse(expr: Expr) -> Expr:
    """1/expr: factor by factor, and 1/x^2 as x^(-2), both undefined at the same points.

    >>> from sympy.abc import x
    >>> inverse(inverse(x))            # not x, which is defined at 0
    1/(1/x)
    """
    if expr.is_Rational and expr != 0:
        return 1 / expr
    if expr.is_Mul:
        return multiply(*map(inverse, expr.args))
    if isinstance(expr, Pow) and expr.exp.is_Rational and expr.exp > 0:
        return power(expr.base, -expr.exp)
    return Pow(expr, -1, evaluate=False)


def power(base: Expr, exponent: Expr) -> Expr:
    """base^exponent, computed only if it is a power of rational numbers that exists, and is not long.

    >>> power(Integer(2), Integer(10)), power(Integer(2), Integer(300))
    (1024, 2**300)
    """
    if exponent == 1:
        return base
    if exponent == -1 or (base == 0 and exponent.is_Rational and exponent < 0):
        return inverse(base)
    exists = base.is_Rational and exponent.is_Rational and (base >= 0 or exponent.is_Integer)
    short = exists and (base in (-1, 0, 1) or max(abs(base.p), base.q).bit_length() * abs(exponent.p) <= SHORT)
    return Pow(base, exponent, evaluate=short)


def apply(function: Any, argument: Expr) -> Expr:
    """function(argument), computed only if both are rational: exp(0) is 1, log(0) stays."""
    if argument.is_Rational and function(argument).is_Rational:
        return function(argument)
    return function(argument, evaluate=False)


def rename(expr: Basic, old: Basic, new: Basic) -> Basic:
    """`expr` with `new` for `old`, and nothing evaluated: xreplace makes 1 of z[k]/z[k]."""
    if expr == old:
        return new
    if new in getattr(expr, "bound_symbols", ()):
        raise NotationError(f"{new} is bound in {expr}: it would be captured")
    args = [rename(each, old, new) for each in expr.args]
    return expr if all(map(_identical, args, expr.args)) else _rebuilt(expr, args)


def _identical(first: Basic, second: Basic) -> bool:
    return first is second


def _rebuilt(expr: Basic, args: list[Any]) -> Basic:
    if isinstance(expr, (Add, Mul)):
        return _assembled(expr.func, args)
    if isinstance(expr, Pow):
        return power(*args)
    if isinstance(expr, Relational):
        return expr.func(*args, evaluate=False)
    if isinstance(expr, Function) and len(args) == 1:
        return apply(expr.func, *args)
    return expr.func(*args)
