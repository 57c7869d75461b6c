"""The notation of softmax as SymPy objects, made once, here.

    n                 number of classes, an integer n >= 1
    i, j, k, l        class indices, 1..n
    z[i]              logits, real; any other `Family` likewise: y, w, v, x
    lam, T            inverse temperature lambda > 0 and temperature T = 1/lambda, one quantity
    p[i], Z           p_i = exp(lambda z_i)/Z and the partition function Z = sum_k exp(lambda z_k)
    Sum(e, k)         sum over k = 1..n; `Sum(e, k, Except(i))`, `Sum(e, k, In(A))` over a part of it
    Mean(e, k), Variance(e, k)     of e under p
    delta(i, j)       Kronecker's delta
    D(e, z[j], ...)   partial derivative, a SymPy `Derivative`

A bound index is renamed to a canonical one when its sum is built, so two sums that differ in the
letter alone are equal, and no substitution captures: SymPy's `subs`, `xreplace`, `rewrite`, `doit`
and `diff` go through the binder with a fresh index. Where SymPy would rebuild a sum in a way that
captures, `NotationError` is raised.

>>> Sum(z[i], i) == Sum(z[j], j)
True
>>> Sum(y[i]*x[i], i).diff(x[i])
Sum(y[k]*delta(i, k), k)
>>> p[i].diff(z[j])
lambda*p[i]*(-p[j] + delta(i, j))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import count, islice
from typing import Any, ClassVar

from sympy import (
    Basic,
    Derivative,
    Dummy,
    Expr,
    Integer,
    KroneckerDelta,
    Symbol,
    Tuple,
    default_sort_key,
    exp,
    log,
    oo,
    symbols,
)
from sympy.core.relational import Relational
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.pretty.stringpict import prettyForm
from sympy.printing.str import sstr

from symbolic.language import verbatim
from symbolic.language.errors import NotationError
from symbolic.language.names import Kind, check_name

__all__ = [
    "A", "B", "Binder", "BoundIndex", "Count", "D", "Divergence", "Entropy", "Entry", "Except", "Family",
    "In", "Limit", "LogSumExp", "Maximum", "Mean", "Minimum", "NotIn", "Partition", "Probability",
    "Product", "Size", "Softmax", "Subset", "Sum", "T", "Variance", "Z", "b", "c", "delta", "i", "j", "k", "l",
    "lam", "m", "n", "p", "q", "t", "v", "w", "x", "y", "z",
]  # fmt: skip


# --- scalars and indices -------------------------------------------------------------------------


class _Reciprocal(Symbol):
    """One of two quantities that are each other's reciprocal; only one can be the variable that the other depends on.

    SymPy sorts the variables of `e.diff(T, lam)`, and in these two the order matters: differentiate
    in one at a time, or with `D(e, T, lam).doit()`.
    """

    letter: ClassVar[str]

    def __new__(cls) -> _Reciprocal:
        return super().__new__(cls, cls.letter, positive=True)

    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]:
        return (), {}

    @property
    def other(self) -> Symbol:
        """The reciprocal."""
        return T if self == lam else lam

    @property
    def free_symbols(self) -> set[Basic]:
        return {self, self.other}

    def _eval_derivative(self, variable: Basic) -> Expr:
        if variable == self:
            return Integer(1)
        return -(self**2) if variable == self.other else Integer(0)

    def _eval_derivative_n_times(self, variable: Basic, times: Any) -> Expr | None:
        return _repeat_derivative(self, variable, times)

    def _eval_subs(self, old: Basic, new: Expr) -> Expr | None:
        return 1 / new if old == self.other else None

    def _has_matcher(self) -> Callable[[Basic], bool]:
        """What an expression has to show for SymPy to see that it depends on this; a mean is one under p."""
        return lambda part: part in (self, self.other) or (isinstance(part, Head) and self in part.free_symbols)

    def _eval_is_polynomial(self, syms: set[Basic]) -> bool:
        return self.other not in syms

    _eval_is_algebraic_expr = _eval_is_polynomial

    def _eval_is_rational_function(self, syms: set[Basic]) -> bool:
        """SymPy asks so before it integrates: it would take lambda for a constant in T."""
        if self.other in syms:
            raise NotationError(f"{self} is 1/{self.other}: put that in first, with subs({self}, 1/{self.other})")
        return True

    def matches(self, expr: Basic, repl_dict: Any = None, old: bool = False) -> Any:
        _refuse_to_replace(self, expr)
        return super().matches(expr, repl_dict, old)

    def _xreplace(self, rule: Any) -> tuple[Basic, bool]:
        if self in rule:
            return rule[self], True
        return (1 / rule[self.other], True) if self.other in rule else (self, False)

    def xreplace(self, rule: Any, hack2: bool = False) -> Basic:
        return self._xreplace(rule)[0]


class InverseTemperature(_Reciprocal):
    """lambda > 0. It depends on T: d lambda/d T = -lambda^2."""

    letter = "lambda"


class Temperature(_Reciprocal):
    """T = 1/lambda > 0: d T/d lambda = -T^2."""

    letter = "T"


def _repeat_derivative(own: Expr, variable: Any, times: Any) -> Expr | None:
    """SymPy takes an atom's second derivative to be 0; here it is the derivative of the first."""
    if not isinstance(times, (int, Integer)):
        return None
    result = own
    for _ in range(int(times)):
        result = result.diff(variable) if result is not own else own._eval_derivative(variable)
    return result


class NumberOfClasses(Symbol):
    """n >= 1. Sums over the classes depend on it and do not show it."""

    def __new__(cls) -> NumberOfClasses:
        return super().__new__(cls, "n", integer=True, positive=True)

    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]:
        return (), {}

    def _has_matcher(self) -> Callable[[Basic], bool]:
        """What an expression has to show for SymPy to see that it depends on n."""
        return lambda part: part == self or (isinstance(part, Head) and self in part.free_symbols)

    def matches(self, expr: Basic, repl_dict: Any = None, old: bool = False) -> Any:
        _refuse_to_replace(self, expr)
        return super().matches(expr, repl_dict, old)


lam = InverseTemperature()
T = Temperature()
n = NumberOfClasses()
b, i, j, k, l, m = symbols("b i j k l m", integer=True, positive=True)
c, t = symbols("c t", real=True)


def check_symbol(symbol: Symbol) -> None:
    """Refuse a symbol that is none of the notation, nor one that has its assumptions and a name by the grammar."""
    if symbol in (n, lam, T) or isinstance(symbol, (BoundIndex, Family, Subset)):
        return
    kind = Kind.INDEX if symbol.is_integer else Kind.NUMBER
    check_name(symbol.name, kind)
    assumptions = {"integer": True, "positive": True} if kind is Kind.INDEX else {"real": True}
    if symbol != Symbol(symbol.name, **assumptions):
        name = symbol.name
        raise NotationError(
            f"{symbol!r} is not a symbol of the notation: "
            f"a scalar is Symbol({name!r}, real=True), an index Symbol({name!r}, integer=True, positive=True)"
        )


class BoundIndex(Symbol):
    """A bound class index. `height` counts the binders inside its own: it makes equal sums equal."""

    def __new__(cls, height: int) -> BoundIndex:
        return super().__new__(cls, f"_{height}", integer=True, positive=True)

    def __getnewargs_ex__(self) -> tuple[tuple[int], dict[str, Any]]:
        return (self.height,), {}

    @property
    def height(self) -> int:
        return int(self.name[1:])


def index(value: Any) -> Expr:
    """A class index: an index symbol, or a positive integer for a concrete class."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = Integer(value)
    if isinstance(value, Integer):
        if value < 1:
            raise NotationError(f"there is no class {value}: classes are numbered from 1")
        return value
    if isinstance(value, Symbol) and not isinstance(value, NOT_INDICES) and value != n:
        return value
    raise NotationError(f"an index is a letter or a positive integer, not {value!r}")


def class_named(name: str) -> Expr:
    """The class of a letter or a number.

    >>> class_named("i") == i, class_named("2")
    (True, 2)
    """
    return Integer(name) if name.isdigit() else Symbol(name, integer=True, positive=True)


def delta(first: Any, second: Any) -> Expr:
    """Kronecker's delta of two indices, SymPy's `KroneckerDelta`.

    >>> delta(i, i), delta(1, 2), delta(j, i)
    (1, 0, delta(i, j))
    """
    return Delta(index(first), index(second))


class Delta(KroneckerDelta):
    """SymPy's `KroneckerDelta`, printed shorter; it has no derivative in an index."""

    @classmethod
    def eval(cls, first: Basic, second: Basic, delta_range: Any = None) -> Expr | None:
        """1 or 0 where that is seen, as SymPy does it; without a difference of indices, whose first one is slow."""
        if first == second:
            return Integer(1)
        if isinstance(first, Integer) and isinstance(second, Integer):
            return Integer(0)
        return None if first == min(first, second, key=default_sort_key) else cls(second, first)

    def _sympystr(self, printer: Any) -> str:
        return "delta({}, {})".format(*map(printer._print, self.args))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return _subscripted(r"\delta", " ".join(map(printer._print, self.args)), exp)

    def _eval_derivative(self, variable: Basic) -> Expr:
        _refuse_index(self, variable)
        return Integer(0)


def _refuse_index(expr: Basic, variable: Basic) -> None:
    """Differentiating in an index or in n has no meaning."""
    if variable == n or (isinstance(variable, Symbol) and variable in _indices_of(expr)):
        raise NotationError(f"{variable} counts classes: there is no derivative in it")


def _indices_of(expr: Basic) -> set[Basic]:
    """The index symbols that occur free in `expr`."""
    if isinstance(expr, (Entry, Probability)):
        return {expr.args[1]} & expr.free_symbols
    if isinstance(expr, Delta):
        return expr.free_symbols
    found = set().union(*map(_indices_of, expr.args))
    return found - {expr.args[1]} if isinstance(expr, Binder) else found


class Head(Expr):
    """A head that SymPy does not know: what it depends on may not show among its `args`.

    SymPy looks there when it asks whether an expression is a polynomial in n, and if so differentiates it.
    """

    is_commutative = True

    def has(self, *patterns: Any) -> bool:
        """What is free in it counts as shown: SymPy asks so of the base of a power."""
        return super().has(*patterns) or not self.free_symbols.isdisjoint(patterns)

    def _xreplace(self, rule: Any) -> tuple[Basic, bool]:
        if self in rule:
            return rule[self], True
        _refuse_hidden(self, rule)
        return super()._xreplace(rule)

    def _eval_is_polynomial(self, syms: set[Basic]) -> bool:
        return not any(_depends(self, each) for each in syms)

    _eval_is_algebraic_expr = _eval_is_polynomial

    def _eval_is_rational_function(self, syms: set[Basic]) -> bool:
        """SymPy asks so before it integrates."""
        _refuse_hidden(self, dict.fromkeys(syms, "its value"))
        for each in syms & self.free_symbols - self.atoms(Symbol):
            if isinstance(each, _Reciprocal):
                raise NotationError(f"{self} depends on {each} and does not show it: see .doit() and .subs(lam, 1/T)")
        return self._eval_is_polynomial(syms)

    def _eval_subs(self, old: Basic, new: Basic) -> Expr | None:
        _refuse_hidden(self, {old: new})
        return None

    def _subs(self, old: Basic, new: Basic, **hints: Any) -> Basic:
        """SymPy's `solve` puts a nameless dummy for each head that it does not know, and loses the unknown in it."""
        if old == self and isinstance(new, Dummy) and new.name.startswith("Dummy_"):
            raise NotationError(f"solve would take {self} for a constant: write it out first, or put a letter for it")
        return super()._subs(old, new, **hints)

    def _pretty(self, printer: Any) -> prettyForm:
        return prettyForm(sstr(self))

    def _no_code(self, printer: Any) -> str:
        raise NotationError(f"{self} has no code: n is symbolic; write it out for the classes 1, 2, 3 that you have")

    _pythoncode = _mpmathcode = _numpycode = _scipycode = _lambdacode = _numexprcode = _ccode = _no_code

    def _contains(self, entry: Entry) -> bool:
        """Does it depend on the entry without showing it, as Z and max z do on z_i?"""
        families = (each for each in self.args if isinstance(each, (Family, Softmax)))
        return any(entry.family in (each, *each.args[:1]) for each in families)


def _refuse_to_replace(variable: Symbol, part: Basic) -> None:
    """SymPy's `replace` looks at the parts that show, and would leave this one as it is."""
    if isinstance(part, Head) and variable in part.free_symbols:
        raise NotationError(f"{part} depends on {variable} and does not show it: use subs, or a hypothesis for n")


def _refuse_hidden(head: Head, rule: Any) -> None:
    """n, and the entries that a head runs over, do not stand in it: nothing can be put in for them."""
    for old in rule if isinstance(rule, Mapping) else ():
        if old == n and n in head.free_symbols:
            raise NotationError(f"{head} depends on n: fix n by a hypothesis, relation(n, '==', {rule[old]})")
        if isinstance(old, Entry) and head._contains(old):
            raise NotationError(f"{old} is one of the entries that {head} runs over: write it out first")


# --- families ------------------------------------------------------------------------------------


class Family(Symbol):
    """A family of n real numbers: `z[i]` is its i-th entry.

    >>> z = Family("z")
    >>> z[i].diff(z[j])
    delta(i, j)
    >>> z[0]
    Traceback (most recent call last):
        ...
    symbolic.language.errors.NotationError: there is no class 0: classes are numbered from 1
    """

    _diff_wrt = False
    __iter__ = None  # z[i] must not make SymPy walk through z[0], z[1], ...

    def __new__(cls, name: str) -> Family:
        check_name(name, Kind.FAMILY)
        return super().__new__(cls, name, real=True)

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.name,), {}

    def __getitem__(self, at: Any) -> Entry:
        return Entry(self, at)


class Entry(Expr):
    """The entry z_i of a family."""

    is_commutative = True
    is_symbol = True  # SymPy differentiates in it directly, without putting a dummy in its place
    _diff_wrt = True

    @classmethod
    def class_key(cls) -> tuple[int, int, str]:
        return 2, 2, cls.__name__

    def __new__(cls, family: Family, at: Any) -> Entry:
        if not isinstance(family, Family):
            raise NotationError(f"{family!r} is not a family of numbers")
        return super().__new__(cls, family, index(at))

    family = property(lambda self: self.args[0])
    index = property(lambda self: self.args[1])

    def _has_matcher(self) -> Callable[[Basic], bool]:
        """What an expression has to show for SymPy to see that it depends on this entry; p[i] has all of z."""
        return self._is_in

    def _is_in(self, part: Basic) -> bool:
        """Is this part the entry, or may it be, or does it run over it?"""
        if isinstance(part, Entry):
            concrete = isinstance(part.index, Integer) and isinstance(self.index, Integer)
            return part == self or (part.family == self.family and not concrete)
        return isinstance(part, Head) and part._contains(self)

    def _eval_is_polynomial(self, syms: set[Basic]) -> bool:
        return self in syms or not any(self.has(each) for each in syms)

    _eval_is_algebraic_expr = _eval_is_polynomial

    def _eval_is_rational_function(self, syms: set[Basic]) -> bool:
        """SymPy asks so before it integrates: it would take z[i] for a constant in z[1]."""
        for each in syms - {self}:
            if self.has(each):
                raise NotationError(f"{self} may be {each}: say which class each of them is, z[1] and z[2]")
        return True

    def matches(self, expr: Basic, repl_dict: Any = None, old: bool = False) -> Any:
        """SymPy's `replace` looks so for a part to be replaced."""
        if isinstance(expr, Head):
            _refuse_hidden(expr, {self: "another"})
        return super().matches(expr, repl_dict, old)

    def _eval_is_extended_real(self) -> bool:
        return True

    def _eval_is_finite(self) -> bool:
        return True

    def _eval_derivative(self, variable: Basic) -> Expr:
        _refuse_index(self, variable)
        same = isinstance(variable, Entry) and variable.family == self.family
        return delta(self.index, variable.index) if same else Integer(0)

    def _pretty(self, printer: Any) -> prettyForm:
        return prettyForm(sstr(self))

    def _sympystr(self, printer: Any) -> str:
        return f"{self.family.name}[{printer._print(self.index)}]"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        name = printer._print(self.family)
        if self.index == getattr(printer, "unwritten", None):
            return name + (f"^{{{exp}}}" if exp else "")
        base = f"{{{name}}}" if "_" in name else name  # SymPy's own printer writes y_{1} for the name y1
        return _subscripted(base, printer._print(self.index), exp)


def _subscripted(name: str, at: str, exponent: str | None) -> str:
    return f"{name}_{{{at}}}" + (f"^{{{exponent}}}" if exponent else "")


class Subset(Symbol):
    """A set of classes, possibly empty, whose name begins with a capital letter.

    >>> Sum(p[k], k, In(Subset("C")))
    Sum(p[k], k in C)
    """

    _diff_wrt = False

    def __new__(cls, name: str) -> Subset:
        cls._check(name)
        return super().__new__(cls, name)

    @staticmethod
    def _check(name: str) -> None:
        check_name(name, Kind.SUBSET)

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.name,), {}


def subset_of(value: object) -> Subset:
    """The subset that this is; `NotationError` for anything else."""
    if not isinstance(value, Subset):
        raise NotationError(f"expected a subset of the classes, such as A, not {value!r}")
    return value


A, B = Subset("A"), Subset("B")
z, y, w, v, x, q = map(Family, "zywvxq")


# --- binders -------------------------------------------------------------------------------------


class Except(Basic):
    """The condition k != i on a bound index: one class is left out.

    >>> Sum(z[k], k, Except(i)).diff(z[j])
    Sum(delta(j, k), k != i)
    """

    def __new__(cls, at: Any) -> Except:
        return super().__new__(cls, index(at))


class In(Basic):
    """The condition k in A on a bound index.

    >>> Sum(z[k], k, In(A))
    Sum(z[k], k in A)
    """

    def __new__(cls, subset: Subset) -> In:
        return super().__new__(cls, subset_of(subset))


class NotIn(Basic):
    """The condition k not in A on a bound index.

    >>> Sum(z[k], k, NotIn(A))
    Sum(z[k], k not in A)
    """

    def __new__(cls, subset: Subset) -> NotIn:
        return super().__new__(cls, subset_of(subset))


CONDITIONS = (Except, In, NotIn)


class Binder(Head):
    """An operation that binds an index k over 1..n, or over the part that its conditions leave.

    `args` are the body, the bound index and the conditions.
    """

    symbol: ClassVar[str]
    latex_symbol: ClassVar[str]

    def __new__(cls, body: Any, bound: Any, *conditions: Basic) -> Binder:
        if not isinstance(bound, Symbol) or bound == n or isinstance(bound, NOT_INDICES):
            raise NotationError(f"{cls.__name__} binds an index, not {bound!r}")
        if not all(isinstance(each, CONDITIONS) for each in conditions):
            raise NotationError("the conditions of a sum are Except(i), In(A) and NotIn(A)")
        if any(each.has(bound) for each in conditions):
            raise NotationError(f"the condition on {bound} cannot name {bound} itself")
        body = cls._as_body(body)
        if isinstance(bound, BoundIndex) and any(type(each) is Symbol and each.is_real is None for each in free(body)):
            raise NotationError(f"{body} under {cls.__name__} was put in from outside, where {bound} means nothing")
        canonical = BoundIndex(_height(body))
        if canonical != bound and canonical in free(body).union(*map(free, conditions)):
            raise NotationError("rebuilding this sum would capture an index; use subs or xreplace on the whole")
        return super().__new__(cls, verbatim.rename(body, bound, canonical), canonical, *conditions)

    @staticmethod
    def _as_body(body: Any) -> Basic:
        body = Integer(body) if isinstance(body, int) else body
        if not isinstance(body, Expr):
            raise NotationError(f"expected an expression under the sum, not {body!r}")
        return body

    body = property(lambda self: self.args[0])
    bound = property(lambda self: self.args[1])
    conditions = property(lambda self: self.args[2:])

    @property
    def free_symbols(self) -> set[Basic]:
        inside = free(self.body) - {self.bound}
        return inside.union({n}, *map(free, self.conditions))

    @property
    def bound_symbols(self) -> list[Basic]:
        return [self.bound]

    def opened(self, at: Basic) -> Basic:
        """The body at the index `at`, nothing in it evaluated."""
        return verbatim.rename(self.body, self.bound, at)

    def through(self, transform: Callable[[Basic], Basic]) -> Expr:
        """The same binder with body and conditions transformed, the bound index kept apart."""
        fresh = _fresh()
        return self.func(transform(self.opened(fresh)), fresh, *map(transform, self.conditions))

    def _contains(self, entry: Entry) -> bool:
        entries = self.body.atoms(Entry)
        return any(each.family == entry.family and each.index == self.bound for each in entries)

    def _eval_subs(self, old: Basic, new: Basic) -> Expr:
        super()._eval_subs(old, new)
        return self.through(lambda part: part._subs(old, new))

    def _xreplace(self, rule: Any) -> tuple[Basic, bool]:
        if self in rule:
            return rule[self], True
        if not isinstance(rule, Mapping):  # SymPy's subs hands in a function with the look of a rule
            return self.through(lambda part: part.xreplace(rule)), True
        _refuse_hidden(self, rule)
        outside = {old: new for old, new in rule.items() if old != self.bound}
        if not any(self.has(old) or old in self.free_symbols for old in outside):
            return self, False
        return self.through(lambda part: part.xreplace(outside)), True

    def _rewrite(self, pattern: Any, rule: Any, method: Any, **hints: Any) -> Expr:
        return self.through(lambda part: part._rewrite(pattern, rule, method, **hints))

    def doit(self, **hints: Any) -> Expr:
        return self.through(lambda part: part.doit(**hints))

    def _eval_is_extended_real(self) -> bool | None:
        return self.body.is_extended_real

    def _eval_derivative(self, variable: Basic) -> Expr:
        raise NotationError(f"a {self.func.__name__.lower()} over the classes has no derivative that is written here")

    def _eval_simplify(self, **kwargs: Any) -> Expr:
        return self

    def named(self, printer: Any = None) -> tuple[Symbol, Basic, tuple[Basic, ...]]:
        """A letter for the bound index that nothing free inside has, and the parts written with it.

        The innermost index is k, the next l, so that nested sums differ. A printer can have `names`
        to keep clear of, those of all that it prints.
        """
        taken = {str(each) for each in self.free_symbols}.union(getattr(printer, "names", ()))
        letters = (name for name in _letters() if name not in taken)
        letter = next(islice(letters, _height(self.body, _shows_no_index), None))
        bound = Symbol(letter, integer=True, positive=True)
        return bound, self.opened(bound), self.conditions

    def _sympystr(self, printer: Any) -> str:
        bound, body, conditions = self.named(printer)
        return f"{self.func.__name__}({printer._print(body)}, {_binder_text(bound, conditions, printer)})"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        bound, body, conditions = self.named(printer)
        positive = not body.could_extract_minus_sign()
        inner = printer.parenthesize(body, PRECEDENCE["Mul"], strict=positive)
        text = rf"{self.latex_symbol}_{{{range_latex(bound, conditions, printer)}}} {inner}"
        return rf"\left({text}\right)^{{{exp}}}" if exp else text


def _fresh() -> Dummy:
    """An index that occurs nowhere else."""
    return Dummy("k", integer=True, positive=True)


def _letters() -> Iterable[str]:
    yield from "klmrsuvq"
    yield from (f"k{number}" for number in count(1))


def _binder_text(bound: Symbol, conditions: Iterable[Basic], printer: Any) -> str:
    word = {Except: "!=", In: "in", NotIn: "not in"}
    parts = [f"{bound} {word[type(each)]} {printer._print(each.args[0])}" for each in conditions]
    return ", ".join(parts) or str(bound)


def range_latex(bound: Symbol, conditions: tuple[Basic, ...], printer: Any) -> str:
    """A bound index and where it goes, as it stands under a sum."""
    word = {Except: r"\neq", In: r"\in", NotIn: r"\notin"}
    name = printer._print(bound)
    parts = [f"{name} {word[type(each)]} {printer._print(each.args[0])}" for each in conditions]
    return ",\\, ".join(parts) or name


def _height(expr: Basic, skipped: Callable[[Binder], bool] = lambda _: False) -> int:
    """How many binders are nested in `expr`, the skipped ones apart."""
    inside = max((_height(each, skipped) for each in expr.args), default=0)
    return inside + 1 if isinstance(expr, Binder) and not skipped(expr) else inside


def _shows_no_index(binder: Binder) -> bool:
    return isinstance(binder, Maximum) and binder.family() is not None


def free(expr: Basic) -> set[Basic]:
    """The symbols free in `expr`. SymPy's `free_symbols` overlooks the j of a derivative in z[j]."""
    if isinstance(expr, Binder) or not expr.has(Derivative):
        return expr.free_symbols
    return expr.free_symbols.union(*map(free, expr.args))


class Sum(Binder):
    r"""The sum over the classes, $\sum_k e_k$; the empty sum is 0.

    >>> Sum(z[k]*p[k], k, Except(i))
    Sum(p[k]*z[k], k != i)
    >>> Sum(z[k]*y[i], k).subs(i, k)           # the free k stays free
    Sum(y[k]*z[l], l)
    """

    latex_symbol = r"\sum"

    def __new__(cls, body: Any, bound: Any, *conditions: Basic) -> Expr:
        return Integer(0) if body == 0 else super().__new__(cls, body, bound, *conditions)

    def _eval_derivative(self, variable: Basic) -> Expr:
        _refuse_index(self, variable)
        return self.through(lambda part: part.diff(variable) if isinstance(part, Expr) else part)


class Product(Binder):
    r"""The product over the classes, $\prod_k e_k$; the empty product is 1.

    >>> Product(exp(z[k]), k)
    Product(exp(z[k]), k)
    >>> Product(z[k], k).diff(z[i])
    Sum(delta(i, l)*Product(z[k], k != l), l)
    """

    latex_symbol = r"\prod"

    def _eval_derivative(self, variable: Basic) -> Expr:
        """Each factor moves in its turn, times all the others: what is 0 is not divided by."""
        _refuse_index(self, variable)
        moving, other = _fresh(), _fresh()
        slope = self.opened(moving).diff(variable)
        others = Product(self.opened(other), other, *self.conditions, Except(moving))
        return Sum(verbatim.multiply(slope, others), moving, *self.conditions) if slope != 0 else Integer(0)


class UnderP(Binder):
    """A binder whose meaning involves p: it depends on z and lambda too."""

    @property
    def free_symbols(self) -> set[Basic]:
        return super().free_symbols | p.free_symbols

    def _eval_derivative(self, variable: Basic) -> Expr:
        return self.definition().diff(variable)

    def definition(self) -> Expr:
        """What the abbreviation stands for."""
        raise NotImplementedError

    def doit(self, **hints: Any) -> Expr:
        return self.definition()

    def _contains(self, entry: Entry) -> bool:
        return entry.family == z or super()._contains(entry)

    def _eval_subs(self, old: Basic, new: Basic) -> Expr:
        if old in p.free_symbols:
            return self.definition()._subs(old, new)
        return super()._eval_subs(old, new)

    def _xreplace(self, rule: Any) -> tuple[Basic, bool]:
        if self not in rule and isinstance(rule, Mapping) and any(old in p.free_symbols for old in rule):
            return self.definition().xreplace(rule), True
        return super()._xreplace(rule)

    def _rewrite(self, pattern: Any, rule: Any, method: Any, **hints: Any) -> Expr:
        return self.definition()._rewrite(pattern, rule, method, **hints)


class Mean(UnderP):
    r"""The expectation of e under p, $\langle e \rangle = \sum_k p_k e_k$.

    >>> Mean(z[k], k).doit()
    Sum(p[k]*z[k], k)
    """

    def definition(self) -> Expr:
        fresh = _fresh()
        return Sum(verbatim.multiply(p[fresh], self.opened(fresh)), fresh, *self.conditions)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        inside, index = _averaged(self, printer)
        return rf"\left\langle {inside} \right\rangle{index}" + (f"^{{{exp}}}" if exp else "")


class Variance(UnderP):
    r"""The variance of e under p, $\langle e^2 \rangle - \langle e \rangle^2$.

    >>> Variance(z[k], k).doit()
    -Mean(z[k], k)**2 + Mean(z[k]**2, k)
    """

    def definition(self) -> Expr:
        fresh = _fresh()
        body = self.opened(fresh)
        return Mean(verbatim.power(body, Integer(2)), fresh) - Mean(body, fresh) ** 2

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        inside, index = _averaged(self, printer)
        power = f"^{{{exp}}}" if exp else ""
        return rf"\operatorname{{Var}}{index}{power}\left({inside}\right)"


def _averaged(binder: Binder, printer: Any) -> tuple[str, str]:
    """The body, and the bound index as a subscript; without that index where it can be one family's only: <z^2>."""
    bound, body, _ = binder.named(printer)
    families = {each.family for each in body.atoms(Entry) if each.index == bound}
    scalars = {each for each in free(body) if type(each) is Symbol and not each.is_integer}
    if len(families) > 1 or scalars or not _indexes_only(body, bound) or not families:
        return printer._print(body), f"_{{{printer._print(bound)}}}"
    before, printer.unwritten = getattr(printer, "unwritten", None), bound
    inside = printer._print(body)
    printer.unwritten = before
    return inside, ""


def _indexes_only(part: Basic, bound: Basic) -> bool:
    """Does the index occur at entries of families alone, and in no average of its own?"""
    if isinstance(part, Entry):
        return True
    if isinstance(part, (UnderP, Softmax)):
        return bound not in free(part)
    return part != bound and all(_indexes_only(each, bound) for each in part.args)


class Maximum(Binder):
    r"""The largest of e over the classes, $\max_k e_k$; undefined over no class. `Maximum.of(z)` is max z.

    >>> Maximum(z[k] - w[k], k), Maximum.of(z)
    (Maximum(-w[k] + z[k], k), Maximum.of(z))
    >>> Maximum(c, k)                          # there is one class at least
    c
    """

    latex_symbol = r"\max"
    precedence = PRECEDENCE["Mul"]  # for SymPy's own LaTeX: (max z)^2

    def __new__(cls, body: Any, bound: Any, *conditions: Basic) -> Expr:
        made = super().__new__(cls, body, bound, *conditions)
        return made.body if not conditions and made.bound not in free(made.body) else made

    def _eval_derivative(self, variable: Basic) -> Expr:
        raise NotationError(
            f"a {self.func.__name__.lower()} over the classes has no derivative that is written here; where one class "
            "alone attains it, claim it, as in diff(max(z), z[i]) == 1 given all(z[i] > z[k], k != i)"
        )

    @classmethod
    def of(cls, family: Family | Softmax) -> Expr:
        family_of(family)
        fresh = _fresh()
        return cls(family[fresh], fresh)

    def family(self) -> Family | Softmax | None:
        """The family of which this is the largest entry, if it is of a whole family."""
        if self.conditions or not isinstance(self.body, (Entry, Probability)):
            return None
        family, at = self.body.args
        return family if at == self.bound and self.bound not in free(family) else None

    def _sympystr(self, printer: Any) -> str:
        family = self.family()
        if family is not None:
            return f"{self.func.__name__}.of({printer._print(family)})"
        return super()._sympystr(printer)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        family = self.family()
        if family is not None:
            text = rf"{self.latex_symbol} {printer._print(family)}"
            return rf"\left({text}\right)^{{{exp}}}" if exp else text
        return super()._latex(printer, exp)


class Minimum(Maximum):
    r"""The smallest of e over the classes, $\min_k e_k$; undefined over no class.

    >>> Minimum.of(p)
    Minimum.of(p)
    """

    latex_symbol = r"\min"


class Count(Binder):
    r"""For how many classes a relation holds, $\#\{k : \ldots\}$.

    >>> from sympy import Eq
    >>> Count(Eq(z[k], Maximum.of(z)), k)
    Count(Eq(z[k], Maximum.of(z)), k)
    """

    @staticmethod
    def _as_body(body: Any) -> Basic:
        if not isinstance(body, Relational):
            raise NotationError(f"Count takes a relation such as Eq(z[k], max z), not {body!r}")
        return body

    def _eval_is_extended_real(self) -> bool:
        return True

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        bound, body, conditions = self.named(printer)
        text = rf"\#\{{{range_latex(bound, conditions, printer)} : {printer._print(body)}\}}"
        return rf"\left({text}\right)^{{{exp}}}" if exp else text


class Size(Head):
    """The number of classes in a subset, from 0 to n.

    >>> Size(A).diff(z[i])
    0
    """

    def __new__(cls, subset: Subset) -> Size:
        return super().__new__(cls, subset_of(subset))

    def _eval_is_extended_real(self) -> bool:
        return True

    def _eval_derivative(self, variable: Basic) -> Expr:
        return Integer(0)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return rf"\left|{printer._print(self.args[0])}\right|" + (f"^{{{exp}}}" if exp else "")


# --- softmax -------------------------------------------------------------------------------------


class Softmax(Basic):
    """The softmax of a family at an inverse temperature; `Softmax(w, c)[i]` is its i-th entry.

    >>> Softmax(w, c)[i].doit()
    exp(c*w[i])/Partition(w, c)
    """

    def __new__(cls, family: Family, scale: Any = 1) -> Softmax:
        if not isinstance(family, Family):
            raise NotationError(f"softmax is taken of a family, not of {family!r}")
        scale = Integer(scale) if isinstance(scale, int) else scale
        if not isinstance(scale, Expr):
            raise NotationError(f"an inverse temperature is a real expression, not {scale!r}")
        return super().__new__(cls, family, scale)

    family = property(lambda self: self.args[0])
    scale = property(lambda self: self.args[1])

    __iter__ = None  # as for a family

    def __getitem__(self, at: Any) -> Probability:
        return Probability(self, at)

    def _sympystr(self, printer: Any) -> str:
        if self == p:
            return "p"
        scale = "" if self.scale == 1 else f", {printer._print(self.scale)}"
        return f"softmax({printer._print(self.family)}{scale})"

    def _latex(self, printer: Any) -> str:
        if self == p:
            return "p"
        family, scale = self.args
        if self._says_scale():
            return rf"\operatorname{{softmax}}({printer._print(verbatim.multiply(scale, family))})"
        return rf"\operatorname{{softmax}}_{{{printer._print(scale)}}}({printer._print(family)})"

    def _says_scale(self) -> bool:
        """Is it clear in c w which of the two is the family?"""
        letters = {each for each in free(self.scale) if type(each) is Symbol}
        return self.scale != 0 and (self.family == z or not letters)


class Probability(Head):
    """The probability p_i = exp(lambda z_i)/Z of class i, or that of another softmax."""

    @classmethod
    def class_key(cls) -> tuple[int, int, str]:
        return 2, 1, cls.__name__

    def __new__(cls, distribution: Softmax, at: Any) -> Probability:
        return super().__new__(cls, distribution, index(at))

    distribution = property(lambda self: self.args[0])
    index = property(lambda self: self.args[1])

    @property
    def free_symbols(self) -> set[Basic]:
        return super().free_symbols | {n}

    def _eval_is_positive(self) -> bool:
        return True

    def definition(self) -> Expr:
        family, scale = self.distribution.args
        return _weight(family, scale, self.index) / Partition(family, scale)

    def doit(self, **hints: Any) -> Expr:
        return self.definition()

    def _eval_rewrite_as_exp(self, *args: Any, **hints: Any) -> Expr:
        return Probability(*args).definition()

    def _eval_derivative(self, variable: Basic) -> Expr:
        _refuse_index(self, variable)
        family, scale = self.distribution.args
        through_scale = scale.diff(variable) * (family[self.index] - _average(self.distribution))
        return self * (through_scale + _through_entry(self, variable))

    def _sympystr(self, printer: Any) -> str:
        return f"{printer._print(self.distribution)}[{printer._print(self.index)}]"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return _subscripted(printer._print(self.distribution), printer._print(self.index), exp)


def _weight(family: Family, scale: Expr, at: Expr) -> Expr:
    return verbatim.apply(exp, verbatim.multiply(scale, family[at]))


def _average(distribution: Softmax) -> Expr:
    """<z> under the distribution itself."""
    fresh = _fresh()
    if distribution == p:
        return Mean(z[fresh], fresh)
    return Sum(distribution[fresh] * distribution.family[fresh], fresh)


def _through_entry(probability: Probability, variable: Basic) -> Expr:
    """scale (delta_ij - p_j) for the variable z_j, 0 for all others."""
    family, scale = probability.distribution.args
    if not isinstance(variable, Entry) or variable.family != family:
        return Integer(0)
    return scale * (delta(probability.index, variable.index) - probability.distribution[variable.index])


class Partition(Head):
    """The partition function Z = sum_k exp(lambda z_k) of a family at an inverse temperature.

    >>> Z.doit()
    Sum(exp(lambda*z[k]), k)
    >>> Z.diff(z[i])
    lambda*exp(lambda*z[i])
    """

    @property
    def free_symbols(self) -> set[Basic]:
        return super().free_symbols | {n}

    def _eval_is_positive(self) -> bool:
        return True

    def definition(self) -> Expr:
        family, scale = self.args
        fresh = _fresh()
        return Sum(_weight(family, scale, fresh), fresh)

    def doit(self, **hints: Any) -> Expr:
        return self.definition()

    def _eval_rewrite_as_exp(self, *args: Any, **hints: Any) -> Expr:
        return Partition(*args).definition()

    def _eval_derivative(self, variable: Basic) -> Expr:
        _refuse_index(self, variable)
        family, scale = self.args
        fresh = _fresh()
        through_scale = scale.diff(variable) * Sum(family[fresh] * exp(scale * family[fresh]), fresh)
        if isinstance(variable, Entry) and variable.family == family:
            return through_scale + scale * exp(scale * family[variable.index])
        return through_scale

    def _sympystr(self, printer: Any) -> str:
        return "Z" if self == Z else "Partition({}, {})".format(*map(printer._print, self.args))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        name = "Z" if self == Z else f"Z_{{{printer._print(self.args[1] * self.args[0])}}}"
        if exp is None:
            return name
        return f"{name}^{{{exp}}}" if self == Z else rf"\left({name}\right)^{{{exp}}}"


p = Softmax(z, lam)
Z = Partition(z, lam)
NOT_INDICES = (InverseTemperature, Temperature, Family, Subset)


# --- functionals of whole families ---------------------------------------------------------------


def family_of(value: object) -> Family | Softmax:
    """The family that this is, z, p or another softmax; `NotationError` for anything else."""
    if not isinstance(value, (Family, Softmax)):
        raise NotationError(f"expected a family, such as z, p or Softmax(w), not {value!r}")
    return value


class Functional(Head):
    """A number computed from whole families: an abbreviation that `doit` unfolds."""

    _heads: ClassVar[tuple[type, ...]] = (Family, Softmax)

    def __new__(cls, *families: Basic) -> Functional:
        for each in families:
            if not isinstance(each, cls._heads):
                raise NotationError(f"{cls.__name__} takes a family, not {each!r}")
        return super().__new__(cls, *families)

    @property
    def free_symbols(self) -> set[Basic]:
        return super().free_symbols | {n}

    def _eval_is_extended_real(self) -> bool:
        return True

    def definition(self) -> Expr:
        """What the abbreviation stands for."""
        raise NotImplementedError

    def doit(self, **hints: Any) -> Expr:
        return self.definition()

    def _eval_derivative(self, variable: Basic) -> Expr:
        return self.definition().diff(variable)


class Entropy(Functional):
    r"""Shannon's entropy $H(q) = -\sum_k q_k \log q_k$, where 0 log 0 is 0.

    q is p, another softmax, or a family; it need not sum to 1.

    >>> Entropy(y).doit()
    -Sum(y[k]*log(y[k]), k)
    """

    def definition(self) -> Expr:
        (q,), fresh = self.args, _fresh()
        return -Sum(q[fresh] * log(q[fresh]), fresh)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return rf"H\left({printer._print(self.args[0])}\right)" + (f"^{{{exp}}}" if exp else "")


class Divergence(Functional):
    r"""The Kullback-Leibler divergence $\sum_k q_k \log(q_k/r_k)$; a class with q_k = 0 counts 0.

    >>> Divergence(y, p)
    Divergence(y, p)
    """

    def definition(self) -> Expr:
        (q, r), fresh = self.args, _fresh()
        return Sum(q[fresh] * log(q[fresh] / r[fresh]), fresh)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        power = f"^{{{exp}}}" if exp else ""
        return r"\mathrm{{KL}}{}\left({} \,\|\, {}\right)".format(power, *map(printer._print, self.args))


class LogSumExp(Functional):
    r"""$\log \sum_k e^{w_k}$, for a family w; log Z is `log(Z)`.

    >>> LogSumExp(w).doit()
    log(Sum(exp(w[k]), k))
    """

    _heads = (Family,)

    def definition(self) -> Expr:
        (family,) = self.args
        return log(Sum(exp(family[k]), k))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        power = f"^{{{exp}}}" if exp else ""
        return rf"\operatorname{{LSE}}{power}\left({printer._print(self.args[0])}\right)"


# --- derivatives and limits ----------------------------------------------------------------------


class Partial(Derivative):
    """SymPy's `Derivative`, with substitution and the derivative in the other of lambda and T made right.

    >>> D(p[i], z[j]).subs(j, i)
    Derivative(p[i], z[i])
    >>> D(T, lam, T).doit()                    # first in lambda, then in T
    -2*T
    >>> D(c*t, c).subs(t, c)
    Traceback (most recent call last):
        ...
    symbolic.language.errors.NotationError: Derivative(c*t, c) is to be taken before c is put in for t
    """

    def __new__(cls, expr: Any, *variables: Any, **options: Any) -> Expr:
        if isinstance(expr, Derivative):
            expr, variables = expr.expr, (*expr.variable_count, *variables)
        if not isinstance(expr, (Expr, int)):
            raise NotationError(f"a derivative is of an expression, such as p[i], not of {expr!r}")
        _check_variables(variables)
        made = super().__new__(cls, expr, *variables, **options)
        for variable, _ in getattr(made, "variable_count", ()):
            if variable.is_integer:
                raise NotationError(f"{variable} counts classes: there is no derivative in it")
        return made

    @property
    def free_symbols(self) -> set[Basic]:
        return super().free_symbols.union(*(each.free_symbols for each in self.variables))

    @property
    def canonical(self) -> Expr:
        return self  # SymPy would exchange lambda and T

    def doit(self, **hints: Any) -> Expr:
        result = self.expr.doit(**hints) if hints.get("deep", True) else self.expr
        for variable in self.variables:
            result = result.diff(variable)
        return result

    def diff(self, *variables: Any, **options: Any) -> Expr:
        return self.doit(deep=False).diff(*variables, **options)

    def _eval_subs(self, old: Basic, new: Basic) -> Expr:
        _refuse_entangled(self, self.variables, old, new)
        return self.func(*(each._subs(old, new) for each in self.args))

    def _xreplace(self, rule: Any) -> tuple[Basic, bool]:
        if self in rule:
            return rule[self], True
        for old, new in rule.items() if isinstance(rule, Mapping) else ():
            _refuse_entangled(self, self.variables, old, new)
        return super()._xreplace(rule)


D = Partial


def _check_variables(variables: Iterable[Any]) -> None:
    """Each is an entry, a scalar, lam or T, perhaps with how often; SymPy would read text as code."""
    before: Any = None
    for each in variables:
        variable, *times = each if isinstance(each, (tuple, Tuple)) and each else (each,)
        often = isinstance(variable, (int, Integer)) and before is not None
        if not (often or getattr(variable, "_diff_wrt", False)) or not all(isinstance(t, (int, Expr)) for t in times):
            raise NotationError(f"a derivative is in an entry such as z[j], a scalar, lam or T, not in {variable!r}")
        before = None if often else variable


def _refuse_entangled(expr: Expr, variables: Iterable[Expr], old: Basic, new: Basic) -> None:
    """Under a derivative or a limit nothing that moves with the variable may be replaced, or come in.

    Of a family, any entry may be the one that moves. One index may be put in for another.
    """
    concerned = expr.has(old) or old in free(expr)
    if not concerned or old in _indices_of(expr):
        return
    for variable in variables:
        moving = variable.family if isinstance(variable, Entry) else variable
        if moving in free(old) | free(new):
            raise NotationError(f"{expr} is to be taken before {new} is put in for {old}")


def _depends(expr: Expr, variable: Expr) -> bool:
    """Does `expr` change with the variable? z_i is in Z and in max z, too; z_j is taken for another."""
    if not isinstance(variable, Entry):
        return expr.has(variable) or variable in free(expr)
    return variable in expr.atoms(Entry) or any(each._contains(variable) for each in expr.atoms(Head))


class Limit(Head):
    """The limit of e as x goes to a, from the right at 0 for lambda and T; it is never evaluated by SymPy.

    `written` is how a limit from one side was said, (e, x, a, "right"), of which this is the limit at infinity: it is
    what is typeset, and says nothing else.

    >>> Limit(p[i], T, 0)
    Limit(p[i], T, 0)
    """

    written: tuple[Expr, Expr, Expr, str] | None = None

    def __new__(cls, expr: Expr, variable: Expr, point: Any, written: Any = None) -> Limit:
        expr, point = (Integer(each) if isinstance(each, int) else each for each in (expr, point))
        if not isinstance(expr, Expr) or not isinstance(point, Expr):
            raise NotationError(f"a limit is of an expression, at one: Limit(p[i], T, 0), not of {expr!r} at {point!r}")
        if not getattr(variable, "_diff_wrt", False) or variable == n:
            raise NotationError(f"a limit is taken in a scalar, lambda, T or an entry, not in {variable!r}")
        if _depends(point, variable):
            raise NotationError(f"the limit point {point} depends on {variable}")
        if variable in (lam, T) and (point == -oo or (point.is_Rational and point < 0)):
            raise NotationError(f"{variable} > 0 has no limit at {point}: expected one in [0, oo]")
        made: Limit = super().__new__(cls, expr, variable, point)
        if written is not None:
            made.written = written
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (*self.args, self.written)

    @property
    def free_symbols(self) -> set[Basic]:
        expr, variable, point = self.args
        if isinstance(variable, Entry):
            return free(expr) | free(point) | variable.index.free_symbols
        return (free(expr) - variable.free_symbols) | free(point)

    def doit(self, **hints: Any) -> Expr:
        return self

    def _eval_subs(self, old: Basic, new: Basic) -> Expr:
        if self._binds(old):
            return self
        _refuse_entangled(self, self.args[1:2], old, new)
        return self.func(*(each._subs(old, new) for each in self.args))

    def _xreplace(self, rule: Any) -> tuple[Basic, bool]:
        if self in rule:
            return rule[self], True
        _refuse_hidden(self, rule)
        outside = {old: new for old, new in rule.items() if not self._binds(old)}
        for old, new in outside.items():
            _refuse_entangled(self, self.args[1:2], old, new)
        return super()._xreplace(outside)

    def _binds(self, old: Basic) -> bool:
        variable = self.args[1]
        return old == variable or {old, variable} == {lam, T}

    def _sympystr(self, printer: Any) -> str:
        return "Limit({}, {}, {})".format(*map(printer._print, self.args))

    def _eval_derivative(self, variable: Basic) -> Expr:
        raise NotationError("a limit is not differentiated: take the derivative inside, and say why you may")

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        expr, variable, point, *side_typed = self.written or self.args
        side = {"right": "^+", "left": "^-"}[side_typed[0]] if side_typed else ""
        side = "^+" if variable in (lam, T) and point == 0 else side
        goes = rf"{printer._print(variable)} \to {printer._print(point)}{side}"
        return rf"\lim_{{{goes}}} {printer.parenthesize(expr, PRECEDENCE['Mul'], strict=True)}"
