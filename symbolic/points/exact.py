"""Exact real numbers: what `evaluate` computes with. Nothing here is a floating-point number.

A number is a rational, or a `Real`: a quotient of two polynomials over the rationals in logarithms,
exponentials, roots and pi,

    sum of  c * log(2)^a * log(1 + log 2)^b * e^(q log 2 log 3) * 5^(1/2) * ...   over another.

Two such numbers are known to be **equal** when their difference is the zero polynomial, and to be
**different**, and which is larger, when intervals of enough digits separate them from each other.
Where neither happens the numbers are not compared: `Unsupported` is raised.

    log, exp, power     the real functions; Undefined where they have no value
    sign(x)             -1, 0 or 1
    text(x)             "2/9", "1 - log(3)/2"
    enclosure(x)        an interval that contains it
    limited_effort()    what would take too long inside is Unsupported

>>> text(log(MPQ(8)) / log(MPQ(2))), text(exp(log(MPQ(2)) / 2)), text(MPQ(1) - log(MPQ(9)) / 4)
('3', 'sqrt(2)', '1 - log(3)/2')
>>> sign(log(MPQ(2)) - MPQ(7, 10))
-1
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from math import gcd, lcm
from typing import Any

import sympy
from mpmath.ctx_iv import MPIntervalContext
from sympy.external.gmpy import MPQ

from symbolic.deadline import check
from symbolic.language.errors import Undefined, Unsupported

__all__ = [
    "MPQ",
    "Real",
    "enclosure",
    "exp",
    "expression",
    "log",
    "pi",
    "power",
    "reciprocal",
    "sign",
    "text",
]

# A monomial is a set of (atom, exponent) and stands for their product. An atom is (kind, argument):
#     (LOG, f)        log f, for a prime or a polynomial f > 0, to an integer power
#     (ROOT, f)       f itself, to a power between 0 and 1
#     (EXP, (m, d))   e^(m/d), for a monomial m and powers of polynomials d, to a rational power
# A polynomial maps monomials to coefficients, none of them 0; a `Frozen` one can be looked up.
#     (PI, ())        pi, to an integer power: it is transcendental
LOG, ROOT, EXP, PI = range(4)
Atom = tuple[int, Any]
Monomial = frozenset[tuple[Atom, Any]]
Polynomial = dict[Monomial, Any]
Frozen = frozenset[tuple[Monomial, Any]]
Number = Any  # a rational or a Real; in `evaluate` also what is built over them

ONE: Monomial = frozenset()
PRECISIONS = (64, 160, 400, 1400)  # bits; the last is 400 digits and more
LARGEST_PRODUCT = 20_000  # terms
LARGEST_POWER = 500_000  # bits
LARGEST_EXPONENT = 10**6  # of e

EFFORT = 300_000  # products of terms, and nodes looked at, for one value: about a second

_interval = MPIntervalContext()  # our own: the user's mpmath.iv keeps its precision


class _Effort:
    """What may still be spent on the value that is being computed."""

    left: float = math.inf


@contextmanager
def limited_effort(most: int = EFFORT) -> Iterator[None]:
    """Within this, what takes too long, or too much room, is `Unsupported`; it counts for one around it as well."""
    before = _Effort.left
    given = _Effort.left = min(before, most)
    try:
        yield
    except RecursionError:
        raise Unsupported("the expression is nested too deeply") from None
    finally:
        _Effort.left = before - (given - _Effort.left)


def spend(amount: int) -> None:
    """Count what is done."""
    check()
    _Effort.left -= amount
    if _Effort.left < 0:
        raise Unsupported("the exact value at this point takes too long to compute")


class Real:
    """The number `top` / `bottom`, where `bottom` maps polynomials > 0 to exponents."""

    __slots__ = ("bottom", "top")

    def __init__(self, top: Polynomial, bottom: dict[Frozen, int]) -> None:
        self.top = top
        self.bottom = bottom

    def __add__(self, other: Number) -> Number:
        if (that := _as_real(other)) is None:
            return NotImplemented
        common = {f: max(self.bottom.get(f, 0), that.bottom.get(f, 0)) for f in self.bottom | that.bottom}
        return _quotient(_sum(_raised(self, common), _raised(that, common)), common)

    def __mul__(self, other: Number) -> Number:
        if (that := _as_real(other)) is None:
            return NotImplemented
        return _quotient(_product(self.top, that.top), _exponents(self.bottom, that.bottom, 1))

    def __truediv__(self, other: Number) -> Number:
        if (that := _as_real(other)) is None:
            return NotImplemented
        if not that.top:
            raise Undefined("division by zero")
        content, common, primitive = _split(that.top)
        primitive, negative = _positive(primitive)
        top = _product(self.top, {ONE: (-1 if negative else 1) / content})
        bottom = _exponents(self.bottom, that.bottom, -1)
        top = _product(top, _reciprocal(common, bottom))
        return _quotient(top, _exponents(bottom, {primitive: 1}, 1))

    def __neg__(self) -> Number:
        return Real({monomial: -c for monomial, c in self.top.items()}, self.bottom)

    def __sub__(self, other: Number) -> Number:
        return NotImplemented if _as_real(other) is None else self + (-other)

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __rtruediv__(self, other: Number) -> Number:
        return NotImplemented if (that := _as_real(other)) is None else that / self

    __radd__ = __add__
    __rmul__ = __mul__

    def __eq__(self, other: object) -> bool:
        """Whether it is written the same way: then it is the same number."""
        return isinstance(other, Real) and (self.top, self.bottom) == (other.top, other.bottom)

    def __hash__(self) -> int:
        return hash((frozenset(self.top.items()), frozenset(self.bottom.items())))

    def __repr__(self) -> str:
        return text(self)


def _as_real(value: Number) -> Real | None:
    if isinstance(value, Real):
        return value
    if isinstance(value, (int, MPQ)):
        return Real({ONE: MPQ(value)} if value else {}, {})
    return None


def _quotient(top: Polynomial, bottom: dict[Frozen, int]) -> Number:
    """The number top/bottom: negative exponents moved up, a factor in plain sight cancelled."""
    for factor, exponent in bottom.items():
        if exponent < 0:
            top = _product(top, _polynomial_power(dict(factor), -exponent))
        elif (constant := _constant(factor)) is not None:
            top = {monomial: c / constant**exponent for monomial, c in top.items()}
    bottom = {f: e for f, e in bottom.items() if e > 0 and _constant(f) is None} if top else {}
    if bottom:
        top, bottom = _cancelled(top, bottom)
    if bottom or len(top) > 1 or (top and ONE not in top):
        return Real(top, bottom)
    return top.get(ONE, MPQ(0))


def _cancelled(top: Polynomial, bottom: dict[Frozen, int]) -> tuple[Polynomial, dict[Frozen, int]]:
    if len(top) == 1 or all(len(factor) != len(top) for factor in bottom):
        return top, bottom
    content, common, primitive = _split(top)
    for factor, signed in ((primitive, content), (_negated(primitive), -content)):
        if factor in bottom:
            left = _exponents(bottom, {factor: 1}, -1)
            return {common: signed}, {f: e for f, e in left.items() if e}
    return top, bottom


def _exponents(first: dict[Frozen, int], second: dict[Frozen, int], times: int) -> dict[Frozen, int]:
    return {f: first.get(f, 0) + times * second.get(f, 0) for f in first | second}


def _raised(value: Real, common: dict[Frozen, int]) -> Polynomial:
    """The numerator of `value` over the common denominator."""
    top = value.top
    for factor, exponent in common.items():
        top = _product(top, _polynomial_power(dict(factor), exponent - value.bottom.get(factor, 0)))
    return top


# --- polynomials ---------------------------------------------------------------------------------


def _sum(first: Polynomial, second: Polynomial) -> Polynomial:
    total = dict(first)
    for monomial, c in second.items():
        if value := total.get(monomial, 0) + c:
            total[monomial] = value
        else:
            del total[monomial]
    return total


def _product(first: Polynomial, second: Polynomial) -> Polynomial:
    if len(first) * len(second) > LARGEST_PRODUCT:
        raise Unsupported("the exact value at this point has too many terms")
    spend(len(first) * len(second))
    total: Polynomial = {}
    for monomial, c in first.items():
        for other, d in second.items():
            total = _sum_in_place(total, *_joined(monomial, other), c * d)
    return total


def _sum_in_place(total: Polynomial, monomial: Monomial, whole: list[Frozen], c: Any) -> Polynomial:
    term = {monomial: c}
    for base in whole:
        term = _product(term, dict(base))
    for each, d in term.items():
        if value := total.get(each, 0) + d:
            total[each] = value
        else:
            del total[each]
    return total


def _joined(first: Monomial, second: Monomial) -> tuple[Monomial, list[Frozen]]:
    """The product of two monomials, and the bases of the roots in it that have become whole."""
    if not first or not second:
        return first or second, []
    powers, whole = dict(first), []
    for atom, exponent in second:
        total = powers.pop(atom, 0) + exponent
        if atom[0] == ROOT and total >= 1:
            whole.append(atom[1])
            total -= 1
        if total:
            powers[atom] = total
    return frozenset(powers.items()), whole


def _polynomial_power(base: Polynomial, exponent: int) -> Polynomial:
    result: Polynomial = {ONE: MPQ(1)}
    for _ in range(exponent):
        result = _product(result, base)
    return result


def _constant(factor: Frozen) -> Any:
    """The value of a constant polynomial, or None."""
    if len(factor) != 1:
        return None
    ((monomial, c),) = factor
    return None if monomial else c


def _negated(factor: Frozen) -> Frozen:
    return frozenset((monomial, -c) for monomial, c in factor)


def _split(top: Polynomial) -> tuple[Any, Monomial, Frozen]:
    """A nonzero polynomial as content * monomial * primitive, the content a positive rational."""
    numerators = gcd(*(int(c.numerator) for c in top.values()))
    content = MPQ(numerators, lcm(*(int(c.denominator) for c in top.values())))
    powers = [dict(monomial) for monomial in top]
    common = {atom: min(each.get(atom, 0) for each in powers) for atom in set().union(*powers)}
    factor = frozenset((atom, exponent) for atom, exponent in common.items() if exponent)
    rest = (_without(each, common) for each in powers)
    return content, factor, frozenset(zip(rest, (c / content for c in top.values()), strict=True))


def _without(powers: dict[Atom, Any], common: dict[Atom, Any]) -> Monomial:
    left = ((atom, powers.get(atom, 0) - exponent) for atom, exponent in common.items())
    return frozenset((atom, exponent) for atom, exponent in left if exponent)


def _positive(primitive: Frozen) -> tuple[Frozen, bool]:
    """The polynomial with the sign that makes its value positive, and whether it was changed."""
    return (primitive, False) if _sign_of(primitive) > 0 else (_negated(primitive), True)


def _reciprocal(monomial: Monomial, bottom: dict[Frozen, int]) -> Polynomial:
    """1/monomial; f^(-q) of a root is f^(1 - q)/f, and that f goes to `bottom`."""
    powers = {}
    for atom, exponent in monomial:
        is_root = atom[0] == ROOT
        powers[atom] = 1 - exponent if is_root else -exponent
        if is_root:
            bottom[atom[1]] = bottom.get(atom[1], 0) + 1
    return {frozenset(powers.items()): MPQ(1)}


# --- sign, by intervals --------------------------------------------------------------------------


def sign(value: Number) -> int:
    """-1, 0 or 1; raises Unsupported where neither an identity nor 400 digits decide.

    >>> sign(exp(log(MPQ(2)) / 2) * exp(log(MPQ(2)) / 2) - 2)
    0
    """
    if isinstance(value, Real):
        return _sign_of(frozenset(value.top.items()))
    return (value > 0) - (value < 0) if isinstance(value, (int, MPQ)) else value.sign()


@lru_cache(maxsize=4096)
def _sign_of(top: Frozen) -> int:
    if (constant := _constant(top)) is not None:
        return (constant > 0) - (constant < 0)
    for precision in PRECISIONS:
        box = _enclosed(top, precision)
        for candidate in (1, -1):
            if _is_clearly_positive(candidate * box):
                return candidate
    raise Unsupported(f"{len(top)} terms add up to 0, or to something too small to tell")


def _is_clearly_positive(box: Any) -> bool:
    """Positive, and far from 0 for its width: a last digit rounded wrongly decides nothing."""
    return (box.a > 0) is True and (box.delta * 1000 < box.a) is True


def enclosure(value: Number, precision: int = 64) -> Any:
    """An interval that contains the number."""
    real = _as_real(value)
    if real is None:
        raise Unsupported(f"{value!r} is not a real number")
    box = _enclosed(frozenset(real.top.items()), precision)
    for factor, exponent in real.bottom.items():
        box = box / _enclosed(factor, precision) ** exponent
    return box


def _enclosed(top: Iterable[tuple[Monomial, Any]], precision: int) -> Any:
    spend(precision // 32)
    _interval.prec = precision
    total = _interval.mpf(0)
    for monomial, c in top:
        term = _interval.mpf(int(c.numerator)) / int(c.denominator)
        for atom, exponent in monomial:
            term = term * _enclosed_power(atom, exponent, precision)
        total = total + term
    return total


@lru_cache(maxsize=4096)
def _enclosed_power(atom: Atom, exponent: Any, precision: int) -> Any:
    """`atom` is looked at through its logarithm, unless it is one."""
    kind, argument = atom
    if kind == LOG:
        return _logarithm(argument, precision) ** int(exponent)
    if kind == PI:
        return (+_interval.pi) ** int(exponent)
    scale = _interval.mpf(int(exponent.numerator)) / int(exponent.denominator)
    if kind == ROOT:
        return _interval.exp(scale * _logarithm(argument, precision))
    monomial, bottom = argument
    size = scale * enclosure(Real({monomial: MPQ(1)}, dict(bottom)), precision)
    if not (size.b < LARGEST_EXPONENT and size.a > -LARGEST_EXPONENT):
        raise Unsupported("an exponential at this point is too large, or too small")
    return _interval.exp(size)


def _logarithm(argument: Frozen, precision: int) -> Any:
    box = _enclosed(argument, precision)
    return _interval.log(box) if (box.a > 0) is True else _interval.mpf(["-inf", "inf"])


# --- functions -----------------------------------------------------------------------------------


def pi() -> Number:
    """The number pi."""
    return Real({frozenset({((PI, ()), 1)}): MPQ(1)}, {})


def exp(value: Number) -> Number:
    """e^value. Logarithms in it become powers: e^(log(8)/3) is 2."""
    real = _as_real(value)
    if real is None:
        return value.exp()
    result = MPQ(1)
    for monomial, c in real.top.items():
        result = result * _exponential(monomial, c, real.bottom)
    return result


def _exponential(monomial: Monomial, c: Any, bottom: dict[Frozen, int]) -> Number:
    """e^(c * monomial/bottom)."""
    if not bottom and len(monomial) == 1:
        (((kind, argument), exponent),) = monomial
        if kind == LOG and exponent == 1:
            return _power_of(argument, c)
    return Real({frozenset({((EXP, (monomial, frozenset(bottom.items()))), c)}): MPQ(1)}, {})


def _power_of(base: Frozen, exponent: Any) -> Number:
    """base^exponent for a polynomial with a positive value."""
    whole = int(exponent.numerator // exponent.denominator)
    left = exponent - whole
    root = frozenset({((ROOT, base), left)}) if left else ONE
    constant = _constant(base)
    if constant is None:
        return _quotient({root: MPQ(1)}, {base: -whole})
    _check_power(constant, whole)
    return _quotient({root: constant**whole}, {})


def _check_power(base: Any, exponent: int) -> None:
    size = max(int(base.numerator).bit_length(), int(base.denominator).bit_length())
    if size * abs(exponent) > LARGEST_POWER:
        long = f"with an exponent of {abs(exponent).bit_length()} bits " if abs(exponent) > LARGEST_POWER else ""
        raise Unsupported(f"the power {long or f'{exponent} '}of a number of {size} bits is too large")


def log(value: Number) -> Number:
    """The natural logarithm, split as far as products go: log(12) = 2 log(2) + log(3)."""
    real = _as_real(value)
    if real is None:
        return value.log()
    if sign(value) <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    content, common, primitive = _split(real.top)
    result = _log_of_rational(content) + _log_of(_positive(primitive)[0])
    for atom, exponent in common:
        result = result + exponent * _log_of_atom(atom)
    for factor, exponent in real.bottom.items():
        result = result - exponent * _log_of(factor)
    return result


def _log_of(factor: Frozen) -> Number:
    if _constant(factor) is not None:  # a primitive constant is 1
        return MPQ(0)
    return Real({frozenset({((LOG, factor), 1)}): MPQ(1)}, {})


def _log_of_atom(atom: Atom) -> Number:
    """log |atom|."""
    kind, argument = atom
    if kind == ROOT:
        return _log_of_prime(argument) if _constant(argument) is not None else _log_of(argument)
    if kind == EXP:
        monomial, bottom = argument
        return _quotient({monomial: MPQ(1)}, dict(bottom))
    return _log_of(_positive(frozenset({(frozenset({(atom, 1)}), MPQ(1))}))[0])


def _log_of_prime(prime: Frozen) -> Number:
    return Real({frozenset({((LOG, prime), 1)}): MPQ(1)}, {})


@lru_cache(maxsize=4096)
def _log_of_rational(value: Any) -> Number:
    top: Polynomial = {}
    for number, direction in ((value.numerator, 1), (value.denominator, -1)):
        for prime, exponent in _factors(int(number)):
            atom = (LOG, frozenset({(ONE, MPQ(prime))}))
            top[frozenset({(atom, 1)})] = MPQ(direction * exponent)
    return _quotient(top, {})


def _factors(number: int) -> list[tuple[int, int]]:
    """Small primes are divided out; what is left counts as one, which costs answers, not truth.

    (SymPy's factorint, stopped at a limit, takes what is left for a prime, and raises when it is not.)
    """
    found: dict[int, int] = {}
    for prime in _primes(2**16 if number.bit_length() <= 64 else 2**10):
        if prime * prime > number:
            break
        while number % prime == 0:
            number //= prime
            found[prime] = found.get(prime, 0) + 1
    if number > 1:
        found[number] = found.get(number, 0) + 1
    return sorted(found.items())


@lru_cache(maxsize=4)
def _primes(limit: int) -> tuple[int, ...]:
    return tuple(map(int, sympy.primerange(limit)))


def power(base: Number, exponent: Number) -> Number:
    """base^exponent; x^0 is 1.

    >>> text(power(MPQ(-2), MPQ(3))), text(power(MPQ(12), MPQ(1, 2)))
    ('-8', '2*sqrt(3)')
    """
    whole = isinstance(exponent, MPQ) and exponent.denominator == 1
    if whole:
        return _integer_power(base, int(exponent))
    direction = sign(base)
    if direction > 0:
        return exp(exponent * log(base))
    if direction == 0 and isinstance(exponent, MPQ) and exponent > 0:
        return _root_of_zero(base, exponent)
    raise Undefined("a power that is not an integer, of a base that is not positive")


def _root_of_zero(base: Number, exponent: Any) -> Number:
    if exponent == MPQ(1, 2) and isinstance(base, MPQ):
        return base
    raise Unsupported("a broken power of zero, other than a square root")


def _integer_power(base: Number, exponent: int) -> Number:
    if isinstance(base, MPQ):
        _check_power(base, exponent)
    elif abs(exponent) > 64:
        raise Unsupported(f"the power {exponent} is too large here")
    result = MPQ(1)
    for digit in f"{abs(exponent):b}":
        result = result * result
        result = result * base if digit == "1" else result
    return result if exponent >= 0 else reciprocal(result)


def reciprocal(value: Number) -> Number:
    """1/value, if it is not 0."""
    if isinstance(value, MPQ) and not value:
        raise Undefined("division by zero")
    return MPQ(1) / value if isinstance(value, (MPQ, Real)) else value.reciprocal()


# --- as text -------------------------------------------------------------------------------------


def text(value: Number) -> str:
    """The number as SymPy writes it."""
    return str(expression(value))


def expression(value: Number) -> sympy.Expr:
    """The number as a SymPy expression."""
    if isinstance(value, Real):
        top = _expression(value.top.items())
        return top / sympy.Mul(*(_expression(f) ** e for f, e in value.bottom.items()))
    return sympy.Rational(int(value.numerator), int(value.denominator))


def _expression(top: Iterable[tuple[Monomial, Any]]) -> sympy.Expr:
    def term(monomial: Monomial, c: Any) -> sympy.Expr:
        return sympy.Mul(expression(c), *(_atom_expression(atom) ** expression(MPQ(q)) for atom, q in monomial))

    return sympy.Add(*(term(monomial, c) for monomial, c in top))


def _atom_expression(atom: Atom) -> sympy.Expr:
    kind, argument = atom
    if kind == EXP:
        monomial, bottom = argument
        return sympy.exp(expression(Real({monomial: MPQ(1)}, dict(bottom))))
    if kind == PI:
        return sympy.pi
    return sympy.log(_expression(argument)) if kind == LOG else _expression(argument)
