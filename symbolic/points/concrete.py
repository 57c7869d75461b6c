"""From any number of classes to a given one: ordinary SymPy expressions, matrices and numbers.

    at(expr, n=3, i=1)             the expression written out in z1, z2, z3 and lambda
    jacobian(n=3)                  the matrix of d p_i/d z_j; of another expression in i: jacobian(expr, n=3)
    hessian(expr, n=3)             the matrix of d^2 e/(d z_i d z_j)
    numbers(expr, z=[2, 1, 0])     its value: exact, or a float if a float is given; a list over each free index

What is written out is SymPy's: it may be substituted in, integrated, plotted, and given to `lambdify`.

>>> from sympy import lambdify, log, symbols
>>> from symbolic.language.notation import Entropy, i, p, z
>>> at(p[i], n=2, i=1)
exp(lambda*z1)/(exp(lambda*z1) + exp(lambda*z2))
>>> numbers(p[i], z=[0, log(2), 0], lam=2)
[1/6, 2/3, 1/6]
>>> entropy = lambdify(symbols("z1 z2", real=True), at(Entropy(p), n=2).subs(lam, 1))
>>> round(entropy(0, 0), 6)
0.693147
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import singledispatch
from typing import Any

import sympy
from sympy import Add, Basic, Derivative, Expr, Integer, Max, Min, Mul, Piecewise, Rational, Symbol

from symbolic.language.claims import Point
from symbolic.language.errors import NotationError
from symbolic.language.names import GREEK
from symbolic.language.notation import (
    Binder,
    Count,
    Entry,
    Except,
    Functional,
    In,
    Limit,
    Maximum,
    Minimum,
    Partition,
    Probability,
    Product,
    Size,
    Sum,
    T,
    UnderP,
    free,
    i,
    lam,
    n,
    p,
)
from symbolic.language.parser import expression_of
from symbolic.points import evaluate

__all__ = ["at", "hessian", "jacobian", "numbers"]


def at(expr: Expr | str, n: int, **letters: int | Collection[int]) -> Expr:
    """The expression, or its text, for n classes, in symbols("z1:4", real=True) for n = 3, and lam (T is 1/lam).

    `letters` say which class a free index is, i=1, and which classes a subset holds, A={1, 2}. An entry of a family
    whose name ends in a digit, or is a word, is written with a low line: alpha_1.

    Raises `NotationError` for an index that is not said, a class beyond n, and a limit, which ties decide.

    >>> from symbolic.language.notation import Sum, k, z
    >>> at(Sum(z[k]**2, k), n=3)
    z1**2 + z2**2 + z3**2
    """
    return _write(expression_of(expr), _Classes(_number_of_classes(n), letters))


def _number_of_classes(n: object) -> int:
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise NotationError(f"n is a number of classes: 1, 2, 3, ..., not {n!r}")
    return n


def jacobian(expr: Expr | str = p[i], *, n: int) -> sympy.Matrix:
    """The matrix of d e_i/d z_j for n classes, row by row; e_i is p_i unless another expression in i is given.

    >>> jacobian(n=2).applyfunc(lambda entry: entry.subs(lam, 0))
    Matrix([
    [0, 0],
    [0, 0]])
    """
    expr, n = expression_of(expr), _number_of_classes(n)
    rows = sympy.Matrix([at(expr, n, i=at_class) for at_class in range(1, n + 1)])
    return rows.jacobian(_logits(n))


def hessian(expr: Expr | str, *, n: int) -> sympy.Matrix:
    """The matrix of d^2 e/(d z_i d z_j) for n classes.

    >>> from symbolic.language.notation import LogSumExp, z
    >>> hessian(LogSumExp(z), n=2).subs([(each, 0) for each in sympy.symbols("z1 z2", real=True)])
    Matrix([
    [ 1/4, -1/4],
    [-1/4,  1/4]])
    """
    return sympy.hessian(at(expr, n), _logits(n))


def _logits(n: int) -> list[Expr]:
    return [_entry("z", each) for each in range(1, n + 1)]


# --- written out ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Classes:
    """How many classes there are, which of them the indices are, and what is in the subsets."""

    n: int
    letters: dict[str, Any]

    def number(self, index: Expr) -> int:
        """The class that an index is."""
        found = self.letters.get(str(index)) if isinstance(index, Symbol) else index
        if found is None:
            raise NotationError(f"{index} is a class: say which one, {index}=1")
        if not 1 <= int(found) <= self.n:
            raise NotationError(f"there is no class {found}: n is {self.n}")
        return int(found)

    def members(self, subset: Basic) -> Collection[int]:
        """The classes that a subset holds."""
        if str(subset) not in self.letters:
            raise NotationError(f"{subset} is a subset: say what is in it, {subset}={{1, 2}}")
        return {self.number(Integer(each)) for each in self.letters[str(subset)]}

    def meets(self, at_class: int, condition: Basic) -> bool:
        """Does the class satisfy a condition of a sum?"""
        (of,) = condition.args
        if isinstance(condition, Except):
            return at_class != self.number(of)
        return (at_class in self.members(of)) == isinstance(condition, In)

    def range(self, binder: Binder) -> Iterator[Integer]:
        """The classes that a sum runs over."""
        every = range(1, self.n + 1)
        return (Integer(each) for each in every if all(self.meets(each, one) for one in binder.conditions))


def _entry(family: str, at_class: int) -> Symbol:
    separated = family in GREEK or family[-1].isdigit()
    return Symbol(f"{family}{'_' * separated}{at_class}", real=True)


@singledispatch
def _write(expr: Basic, classes: _Classes) -> Any:
    return expr.func(*(_write(each, classes) for each in expr.args)) if expr.args else expr


@_write.register
def _(expr: Symbol, classes: _Classes) -> Expr:
    if expr == n:
        return Integer(classes.n)
    if expr == T:
        return 1 / lam
    return Integer(classes.number(expr)) if expr.is_integer else expr


@_write.register
def _(expr: Entry, classes: _Classes) -> Expr:
    return _entry(expr.family.name, classes.number(expr.index))


@_write.register(Probability)
@_write.register(Partition)
@_write.register(Functional)
@_write.register(UnderP)
def _(expr: Any, classes: _Classes) -> Any:
    return _write(expr.definition(), classes)


@_write.register
def _(expr: Size, classes: _Classes) -> Expr:
    return Integer(len(classes.members(expr.args[0])))


FOLDS: dict[type[Binder], Callable[..., Expr]] = {
    Sum: Add,
    Product: Mul,
    Maximum: Max,
    Minimum: Min,
    Count: lambda *relations: Add(*(Piecewise((1, each), (0, True)) for each in relations)),
}


@_write.register(Sum)
@_write.register(Product)
@_write.register(Maximum)
@_write.register(Count)
def _(expr: Binder, classes: _Classes) -> Expr:
    bodies = [_write(expr.opened(each), classes) for each in classes.range(expr)]
    if not bodies and isinstance(expr, Maximum):
        raise NotationError(f"{expr} is over no class at n = {classes.n}")
    return FOLDS[type(expr)](*bodies)


@_write.register
def _(expr: Derivative, classes: _Classes) -> Expr:
    result = _write(expr.expr, classes)
    for variable in expr.variables:
        through = -(lam**2) if variable == T else 1
        result = through * result.diff(lam if variable == T else _write(variable, classes))
    return result


@_write.register
def _(expr: Limit, classes: _Classes) -> Expr:
    raise NotationError(f"{expr} is decided by ties, which letters do not show: give numbers(expr, z=[...])")


# --- numbers -------------------------------------------------------------------------------------


def numbers(expr: Expr | str, **values: Any) -> Any:
    """The value where the families are lists, z=[2, 1, 0], and lam=1 unless another value is given.

    n is the length of the lists (or n=3 where there are none); scalars are numbers, c=3; i=1 fixes an index, A={1} a
    subset. Over each index that is not fixed the values are a list, the first index outermost. Rational numbers, and
    logarithms of them, give exact values; one float (1/2 is one, Rational(1, 2) is none), and all values are floats.

    Raises `NotationError` for lists of several lengths and for a letter without a value, `Undefined` where the
    expression has no value.

    >>> from symbolic.language.notation import D, T, i, j, p, z
    >>> numbers(D(p[i], z[j]), z=[0, 0])
    [[1/4, -1/4], [-1/4, 1/4]]
    >>> numbers(Limit(p[i], T, 0), z=[1, 3, 3])
    [0, 1/2, 1/2]
    >>> numbers(p[i], z=[2.0, 1, 0], i=1)
    0.6652409557748219
    """
    expr = expression_of(expr)
    point = _point(expr, values)
    loose = sorted(_indices(expr) - set(point.indices))
    found = _over(expr, point, loose)
    return _each(float, found) if any(map(_is_float, values.values())) else found


def _point(expr: Expr, values: dict[str, Any]) -> Point:
    sequences = {name: each for name, each in values.items() if isinstance(each, (list, tuple))}
    lengths = {len(each) for each in sequences.values()}
    lengths |= {_number_of_classes(values["n"])} if "n" in values else set()
    if len(lengths) != 1 or 0 in lengths:
        raise NotationError(f"families are lists of one length, such as z=[2, 1, 0], not of lengths {sorted(lengths)}")
    indices = {name: _class(name, values[name]) for name in _indices(expr) & set(values)}
    scalars = {
        name: _exact(each)
        for name, each in values.items()
        if name not in ("lam", "n") and name not in indices and not isinstance(each, (list, tuple, set, frozenset))
    }
    return Point(
        {name: tuple(map(_exact, each)) for name, each in sequences.items()},
        _exact(values.get("lam", 1)),
        indices,
        scalars,
        {name: frozenset(each) for name, each in values.items() if isinstance(each, (set, frozenset))},
        size=lengths.pop(),
    )


def _class(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, Integer)):
        raise NotationError(f"{name} is a class: {name}=1, 2, 3, ..., not {value!r}")
    return int(value)


def _indices(expr: Expr) -> set[str]:
    return {str(each) for each in free(expr) if each.is_integer and each != n}


def _exact(number: Any) -> Expr:
    """The number, exactly; text is no number."""
    if isinstance(number, Expr):
        return number
    if isinstance(number, (int, float, Fraction)):
        return Rational(number)
    raise NotationError(f"expected a number such as 2, 0.5 or log(2), not {number!r}")


def _is_float(value: Any) -> bool:
    return any(map(_is_float, value)) if isinstance(value, (list, tuple)) else isinstance(value, (float, sympy.Float))


def _over(expr: Expr, point: Point, loose: list[str]) -> Any:
    if not loose:
        return evaluate.value(expr, point).expression
    first, *rest = loose
    places = range(1, point.n + 1)
    return [_over(expr, _with_index(point, first, each), rest) for each in places]


def _with_index(point: Point, name: str, at_class: int) -> Point:
    return replace(point, indices={**point.indices, name: at_class})


def _each(change: Callable[[Any], Any], found: Any) -> Any:
    return [_each(change, each) for each in found] if isinstance(found, list) else change(found)
