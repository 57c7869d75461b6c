"""From SymPy expressions to kernel terms: known heads only, every bound index fresh, everything else refused.

Abbreviations (p, Z, mean, variance, entropy, ...) are replaced by their definitions in the notation.

    admit(expr)                 the term of an expression; `Unsupported` for a head the kernel does not know
    admit_together(a, b)        the terms of several, common parts made once
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import count
from types import MappingProxyType
from typing import Any

import sympy
from sympy import Abs, Basic, Derivative, Integer, KroneckerDelta, Rational, Symbol

from symbolic.deadline import check
from symbolic.language import notation as of
from symbolic.language.claims import Hypothesis
from symbolic.language.errors import Unsupported
from symbolic.language.names import is_name
from symbolic.search.form.case_analysis import attained, positive_names
from symbolic.search.form.names import PI, Best, Name, OwnIndex, OwnSubset
from symbolic.search.form.terms import (
    LAMBDA,
    MINUS_ONE,
    ONE,
    SIZE,
    Absolute,
    Binder,
    Classes,
    Delta,
    Diff,
    Entry,
    Exp,
    Extreme,
    Limit,
    Log,
    Monotone,
    Number,
    Plus,
    Power,
    Product,
    Scalar,
    Size,
    Sum,
    Term,
    Times,
)

__all__ = [
    "LAMBDA", "MINUS_ONE", "ONE",
    "Absolute", "Binder", "Classes", "Delta", "Diff", "Entry", "Exp", "Extreme", "Limit", "Log", "Number", "Plus",
    "Power", "Product", "Scalar", "Size", "Sum", "Term", "Times", "admit", "admit_together", "index_name",
]  # fmt: skip


DEPTH = 200


def admit(expr: Basic) -> Term:
    """The kernel term of an expression.

    >>> from symbolic.language.notation import i, p, lam
    >>> type(admit(lam*p[i])).__name__
    'Times'
    >>> admit(sympy.sin(lam))
    Traceback (most recent call last):
        ...
    symbolic.language.errors.Unsupported: the kernel does not know sin(lambda)
    """
    return admit_together(expr)[0]


def admit_together(*exprs: Basic, given: Iterable[Hypothesis] = ()) -> tuple[Term, ...]:
    """The terms of several expressions, what is common to them made once.

    Hypotheses may say what sign a scalar has, for c max z = max(c z), and that a subset is where z is largest.
    """
    given = tuple(given)
    admission = _Admission(positive_names(given, ()), attained(given))
    return tuple(admission.term(each, {}, 0) for each in exprs)


class _Admission:
    """One pass over an expression; the counter makes every bound index fresh."""

    def __init__(self, positive: Collection[str] = (), attained: Mapping[str, Best] = MappingProxyType({})) -> None:
        self.positive = {"lambda", *positive}
        self.attained = attained
        self.fresh = count()
        self.shared: dict[Basic, Term] = {}
        self.zero = False  # whether the logarithms being read may be of 0

    def term(self, expr: Any, bound: dict[Symbol, str], depth: int) -> Term:
        check()
        if depth > DEPTH:
            raise Unsupported(f"an expression nested deeper than {DEPTH}")
        reader = next((READERS[head] for head in type(expr).__mro__ if head in READERS), None)
        if reader is None:
            raise Unsupported(f"the kernel does not know {_shown(expr)}")
        if not isinstance(expr, of.Partition) or any(each in bound for each in expr.free_symbols):
            return reader(self, expr, bound, depth)
        if expr not in self.shared:  # a partition function is the same term wherever it stands: decided once
            self.shared[expr] = reader(self, expr, bound, depth)
        return self.shared[expr]

    def terms(self, exprs: Iterable[Any], bound: dict[Symbol, str], depth: int) -> tuple[Term, ...]:
        return tuple(self.term(each, bound, depth + 1) for each in exprs)

    def binder(self, head: type[Binder], expr: of.Binder, bound: dict[Symbol, str], depth: int) -> Term:
        name, body = self.opened(expr, bound, depth)
        parts: dict[type, list[Any]] = {of.Except: [], of.In: [], of.NotIn: []}
        for condition in expr.conditions:
            (what,) = condition.args
            parts[type(condition)].append(self.subset(what) if isinstance(what, of.Subset) else _index(what, bound))
        return head(body, name, Classes(*map(frozenset, parts.values())))

    def opened(self, expr: of.Binder, bound: dict[Symbol, str], depth: int) -> tuple[str, Term]:
        """A fresh index, and the body with it."""
        name = f"{next(self.fresh)}'"
        letter = OwnIndex(name)
        return name, self.term(expr.opened(letter), {**bound, letter: name}, depth + 1)

    def subset(self, subset: of.Subset) -> Name:
        """Its name, or max z where a hypothesis says that it is where z is largest."""
        return self.attained.get(subset.name, _word(subset))

    def derivative(self, expr: Derivative, bound: dict[Symbol, str], depth: int) -> Term:
        result = self.term(expr.expr, bound, depth + 1)
        for variable, times in expr.variable_count:
            if not isinstance(times, Integer) or times > 20:
                raise Unsupported(f"a derivative of order {times}")
            for _ in range(int(times)):
                result = self.derived(result, variable, bound)
        return result

    def derived(self, term: Term, variable: Basic, bound: dict[Symbol, str]) -> Term:
        """One partial derivative; d/dT is -lambda^2 d/dlambda."""
        if variable == of.T:
            return Times((MINUS_ONE, Power(LAMBDA, Number(2)), Diff(term, LAMBDA)))
        target = self.variable(variable, bound, 0)
        if isinstance(target, Entry) and expr_has_extreme(term):
            raise Unsupported("a largest or smallest value is not differentiated")
        return Diff(term, target)

    def variable(self, expr: Basic, bound: dict[Symbol, str], depth: int) -> Scalar | Entry:
        """What a derivative or a limit is taken in."""
        target = self.term(expr, bound, depth)
        if not isinstance(target, (Scalar, Entry)):
            raise Unsupported(f"{expr} is not a variable")
        return target


def expr_has_extreme(term: Term) -> bool:
    """Whether max z, min z or the set where they are attained occurs in a term."""
    named = isinstance(term, Extreme) or (isinstance(term, Scalar) and isinstance(term.name, Best))
    counted = isinstance(term, Sum) and any(isinstance(subset, Best) for subset in term.range.inside)
    return named or counted or any(map(expr_has_extreme, term.parts))


def _shown(expr: Any) -> str:
    text = str(expr)
    return text if len(text) < 80 else f"{type(expr).__name__}(...)"


def _index(value: Any, bound: dict[Symbol, str]) -> str:
    """The name of an index: that of its binder, its own letter, or the number of a concrete class."""
    if value in bound:
        return bound[value]
    if isinstance(value, of.BoundIndex):
        raise Unsupported("a bound index outside of its sum")
    if not isinstance(value, Integer) and not _is_letter(value, integer=True, positive=True):
        raise Unsupported(f"{value} is not an index: {HOW}")
    return str(value)


HOW = "an index is Symbol('i', integer=True, positive=True), a scalar Symbol('c', real=True)"


def _is_letter(value: Any, **assumptions: bool) -> bool:
    """Whether this is the symbol that the notation makes of its name, so that one name is one thing."""
    if isinstance(value, OwnIndex):
        return "integer" in assumptions
    return isinstance(value, Symbol) and is_name(value.name) and value == Symbol(value.name, **assumptions)


def index_name(value: Any) -> str:
    """The name of an index that a hypothesis names, or the number of a class."""
    return _index(value, {})


def _word(value: Any) -> str:
    """A name, which is none of those that the kernel gives itself: "max z", "1'"."""
    if not isinstance(value, OwnSubset) and (not is_name(value.name) or value.name in RESERVED_FAMILIES):
        raise Unsupported(f"{value.name!r} is not a name")
    return value.name


def _number(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    return Number(sympy.polys.domains.QQ(int(expr.p), int(expr.q)))


def _scalar(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    if expr == of.n:
        return SIZE
    if expr == of.lam:
        return LAMBDA
    if expr in bound or isinstance(expr, of.BoundIndex):
        raise Unsupported("an index is not a number")
    if isinstance(expr, (of.Family, of.Subset)):
        raise Unsupported(f"{expr} is not a number: write {expr}[i]")
    if expr.is_integer:
        raise Unsupported(f"{expr} is an index, and an index is not a number")
    if expr.name in RESERVED:
        raise Unsupported(f"{expr} only looks like the {expr} of the notation: import that one")
    name = _word(expr)
    if not _is_letter(expr, real=True):
        raise Unsupported(f"{expr} is not a real scalar: {HOW}")
    return Scalar(name)


RESERVED_FAMILIES = {"lambda", "n", "T"}
RESERVED = {"lambda", "T", "n", "p", "z", "Z"}


def _inexact(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    raise Unsupported(f"{expr} is a float, and is not exact: write a fraction, Rational(1, 2)")


def _tanh(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    """tanh x = 1 - 2/(1 + e^{2x})."""
    (argument,) = admission.terms(expr.args, bound, depth)
    double = Exp(Times((Number(2), argument)))
    return Plus((ONE, Times((Number(-2), Power(Plus((ONE, double)), MINUS_ONE)))))


def _hyperbolic(sign: int) -> Any:
    def reader(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
        (argument,) = admission.terms(expr.args, bound, depth)
        minus = Exp(Times((MINUS_ONE, argument)))
        half = Number(sympy.polys.domains.QQ(1, 2))
        return Times((half, Plus((Exp(argument), Times((Number(sign), minus))))))

    return reader


def _power(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    base, exponent = admission.terms(expr.args, bound, depth)
    return Exp(exponent) if expr.base == sympy.E else Power(base, exponent)


def _plain(head: type) -> Any:
    """A head that stays as it is."""

    def reader(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
        return head(*admission.terms(expr.args, bound, depth))

    return reader


def _many(head: type) -> Any:
    def reader(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
        return head(admission.terms(expr.args, bound, depth))

    return reader


def _probability(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    """e^{scale z_i} / Z."""
    family, scale = expr.distribution.args
    exponent = Times((admission.term(scale, bound, depth + 1), Entry(_word(family), _index(expr.index, bound))))
    partition = admission.term(of.Partition(family, scale), bound, depth + 1)
    return Times((Exp(exponent), Power(partition, MINUS_ONE)))


def _partition(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    """sum_k e^{scale z_k}."""
    family, scale = expr.args
    name = f"{next(admission.fresh)}'"
    exponent = Times((admission.term(scale, bound, depth + 1), Entry(_word(family), name)))
    return Sum(Exp(exponent), name, Classes())


def _definition(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    return admission.term(expr.definition(), bound, depth + 1)


def _functional(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    """The definition; in the entropy of a family and its divergence from another, 0 log 0 is 0."""
    admission.zero = isinstance(expr, (of.Entropy, of.Divergence)) and isinstance(expr.args[0], of.Family)
    result = _definition(admission, expr, bound, depth)
    admission.zero = False
    return result


def _logarithm(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    (argument,) = admission.terms(expr.args, bound, depth)
    return Log(argument, admission.zero)


def _extreme(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    """max z or min z, a quantity with a name of its own, or a monotone function of it."""
    if isinstance(expr.body, of.Entry) and expr.body.index == expr.bound and _leaves_out_classes(expr):
        excluded = frozenset(_index(condition.args[0], bound) for condition in expr.conditions)
        return Extreme("min" if isinstance(expr, of.Minimum) else "max", _word(expr.body.family), excluded)
    return _extreme_and_place(admission, expr, bound, depth)[0]


def _extreme_and_place(admission: _Admission, expr: of.Maximum, bound: Any, depth: int) -> tuple[Term, Best | None]:
    """The largest or smallest value, and the name of the set where it is attained; none for that of a constant."""
    if expr.conditions:
        raise Unsupported(f"the kernel does not know {_shown(expr)}")
    name, body = admission.opened(expr, bound, depth)
    try:
        return Monotone(name, admission.positive).extreme(body, largest=not isinstance(expr, of.Minimum))
    except Unsupported:
        raise Unsupported(f"the kernel does not know {_shown(expr)}") from None


def _count(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    """How many classes attain max z or min z: the size of the subset with that name."""
    sides = expr.body.args
    value = next((side for side in sides if isinstance(side, of.Maximum)), None)
    if value is None or value.opened(expr.bound) not in sides or not isinstance(expr.body, sympy.Eq) or expr.conditions:
        raise Unsupported(f"the kernel does not know {_shown(expr)}")
    _, best = _extreme_and_place(admission, value, bound, depth)
    return Sum(ONE, f"{next(admission.fresh)}'", Classes(inside=frozenset({best} if best else ())))


def _leaves_out_classes(expr: Any) -> bool:
    return bool(expr.conditions) and all(isinstance(condition, of.Except) for condition in expr.conditions)


def _limit(admission: _Admission, expr: Any, bound: Any, depth: int) -> Term:
    inside, variable, point = expr.args
    inverse = variable == of.T
    target = LAMBDA if inverse else admission.variable(variable, bound, depth + 1)
    infinite = 1 if point == sympy.oo else -1 if point == -sympy.oo else 0
    goes_to = ONE if infinite else admission.term(point, bound, depth + 1)
    return Limit(admission.term(inside, bound, depth + 1), target, inverse, goes_to, infinite)


READERS: dict[type, Any] = {
    Rational: _number,
    sympy.Float: _inexact,
    Symbol: _scalar,
    of.Temperature: lambda admission, expr, bound, depth: Power(LAMBDA, MINUS_ONE),
    of.Entry: lambda admission, expr, bound, depth: Entry(_word(expr.family), _index(expr.index, bound)),
    KroneckerDelta: lambda admission, expr, bound, depth: Delta(*(_index(each, bound) for each in expr.args[:2])),
    sympy.Add: _many(Plus),
    sympy.Mul: _many(Times),
    sympy.Pow: _power,
    sympy.exp: _plain(Exp),
    sympy.log: _logarithm,
    Abs: _plain(Absolute),
    sympy.tanh: _tanh,
    sympy.cosh: _hyperbolic(1),
    sympy.sinh: _hyperbolic(-1),
    type(sympy.E): lambda admission, expr, bound, depth: Exp(ONE),
    type(sympy.pi): lambda admission, expr, bound, depth: Scalar(PI),
    of.Sum: lambda admission, expr, bound, depth: admission.binder(Sum, expr, bound, depth),
    of.Product: lambda admission, expr, bound, depth: admission.binder(Product, expr, bound, depth),
    of.Maximum: _extreme,
    of.Count: _count,
    of.Mean: _definition,
    of.Variance: _definition,
    of.Probability: _probability,
    of.Partition: _partition,
    of.Functional: _functional,
    of.Size: lambda admission, expr, bound, depth: admission.term(of.Sum(1, of.k, of.In(*expr.args)), bound, depth),
    Derivative: lambda admission, expr, bound, depth: admission.derivative(expr, bound, depth),
    of.Limit: _limit,
}
