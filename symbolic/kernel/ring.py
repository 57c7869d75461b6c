"""Exact polynomials and quotients in atoms. An atom is what it is made of, so equal atoms are equal tuples.

    Atom      n, a scalar, an entry, [k in A], e^m, log|f|, |f|, f^(1/q), [f > 0], [f == 0], a sum, a product, a maximum
    Monomial  (atom, exponent), ... in order         Polynomial  {monomial: rational}
    Quotient  a polynomial over factors (primitive polynomial, exponent)

A class is one that is named, one of those that have no name where n is fixed (other), any one of a range (any), one
that stands for each in a hypothesis (each), the class over which an open sum runs (dot), or that of a closed sum,
numbered from the inside (closed). These are different tuples, so none can be taken for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import NamedTuple
from weakref import WeakValueDictionary

from symbolic.kernel.refused import Budget, Refused

__all__ = [
    "ANY", "CLOSED", "DOT", "EACH", "NAMED", "NOWHERE", "ONE", "OTHER", "ZERO", "Atom", "Class", "Factor", "Monomial",
    "Polynomial", "Quotient", "Rational", "Ring", "atom", "atoms_of", "constant", "exact", "frozen",
    "modulus",
    "monomial", "negate", "over",
    "primitive", "scaled", "single", "unit",
]  # fmt: skip

LARGEST = 4000  # monomials of a polynomial
BITS = 20_000  # of a coefficient

NAMED, OTHER, ANY, EACH, DOT, CLOSED = range(6)


class Class(NamedTuple):
    kind: int
    name: str = ""
    number: int = 0


NOWHERE = Class(-1)


class Atom:
    """`kind` says which of the fields mean something. There is one object for all atoms that are made of the same."""

    __slots__ = ("__weakref__", "at", "classes", "den", "height", "key", "kind", "name", "num", "where")

    kind: str
    name: str
    at: Class
    where: tuple[tuple[str, str, Class], ...]
    num: Factor
    den: tuple[tuple[Factor, int], ...]
    classes: frozenset[Class]  # that occur in it
    height: int  # how many binders stand in one another
    key: tuple[object, ...]

    def __new__(
        cls,
        kind: str,
        name: str = "",
        at: Class = NOWHERE,
        where: tuple[tuple[str, str, Class], ...] = (),
        num: Factor = (),
        den: tuple[tuple[Factor, int], ...] = (),
    ) -> Atom:
        key = (kind, name, at, where, num, den)
        found = _ATOMS.get(key)
        if found is None:
            found = super().__new__(cls)
            found.kind, found.name, found.at, found.where, found.num, found.den, found.key = *key, key
            own = {c for c in (at, *(c for _, _, c in where)) if c != NOWHERE}
            inner = list(atoms_of([num, *(f for f, _ in den)]))
            found.classes = frozenset(own).union(*(a.classes for a in inner))
            found.height = max((a.height for a in inner), default=0) + (kind in ("sum", "prod", "max"))
            _ATOMS[key] = found
        return found

    def __lt__(self, other: Atom) -> bool:
        return self.key < other.key

    def at_class(self, at: Class) -> Atom:
        """The same of another class."""
        return Atom(self.kind, self.name, at)


_ATOMS: WeakValueDictionary[tuple[object, ...], Atom] = WeakValueDictionary()

Rational = int | Fraction
Monomial = tuple[tuple[Atom, Rational], ...]
Factor = tuple[tuple[Monomial, Rational], ...]
Polynomial = dict[Monomial, Rational]


class Quotient(NamedTuple):
    num: Polynomial
    den: tuple[tuple[Factor, int], ...] = ()


UNIT: Monomial = ()
ZERO = Quotient({})
ONE = Quotient({UNIT: 1})
HIGHEST = {"root": 1, "abs": 2}  # exponents are below that
IDEMPOTENT = ("in", "is>", "is=")


def exact(value: Rational) -> Rational:
    """A whole number as an int, which is faster than a fraction."""
    return value.numerator if value.denominator == 1 else value


def over(a: Rational, b: Rational) -> Rational:
    """a/b"""
    return exact(Fraction(a) / b)


def modulus(value: Rational) -> Rational:
    """|value|"""
    return value if value >= 0 else -value


def constant(value: Rational) -> Quotient:
    return Quotient({UNIT: exact(value)}) if value else ZERO


def atom(a: Atom, exponent: Rational = 1) -> Quotient:
    return Quotient({((a, exact(exponent)),): 1})


def single(a: Atom) -> Factor:
    """An atom as a polynomial."""
    return ((((a, 1),), 1),)


def frozen(poly: Polynomial) -> Factor:
    return tuple(sorted((m, exact(v)) for m, v in poly.items()))


def unit(m: Monomial) -> Quotient:
    return Quotient({m: 1})


def negate(x: Quotient) -> Quotient:
    return Quotient({m: -v for m, v in x.num.items()}, x.den)


def scaled(x: Quotient, by: Rational) -> Quotient:
    return Quotient({m: v * by for m, v in x.num.items()}, x.den) if by else ZERO


def monomial(pairs: Iterable[tuple[Atom, Rational]]) -> Monomial | None:
    """The product; brackets are 0 or 1, and [f > 0] [f == 0] is 0: then there is none."""
    found: dict[Atom, Rational] = {}
    for a, e in pairs:
        found[a] = found.get(a, 0) + e
    for a in [a for a in found if a.kind in IDEMPOTENT]:
        if found[a] < 0:
            raise Refused("a division by what is 0 or 1")
        found[a] = min(found[a], 1)
        if a.kind == "is>" and found.get(Atom("is=", num=a.num)):
            return None
    return tuple(sorted((a, exact(e)) for a, e in found.items() if e))


# --- what is inside --------------------------------------------------------------------------------


def polynomials(a: Atom) -> Iterator[Factor]:
    """The polynomials that an atom is made of."""
    if a.num:
        yield a.num
    for f, _ in a.den:
        yield f


def atoms_of(factors: Iterable[Factor]) -> Iterator[Atom]:
    for f in factors:
        for m, _ in f:
            for a, _ in m:
                yield a


def parts(a: Atom) -> Iterator[Atom]:
    return atoms_of(polynomials(a))


def all_atoms(x: Quotient) -> Iterator[Atom]:
    """The atoms of a quotient, and all that is in them."""
    left = list(atoms_of([tuple(x.num.items()), *(f for f, _ in x.den)]))
    while left:
        a = left.pop()
        left.extend(parts(a))
        yield a


def primitive(poly: Polynomial) -> tuple[Rational, Monomial, Polynomial]:
    """(number, monomial, primitive polynomial) whose product it is; brackets stay in the polynomial."""
    common = set.intersection(*({a for a, _ in m if a.kind not in IDEMPOTENT} for m in poly))
    partial = {a for m in poly for a, e in m if a.kind not in IDEMPOTENT and e < 0} | common
    low = {a: min(dict(m).get(a, 0) for m in poly) for a in partial}
    low = {a: e for a, e in low.items() if e}
    scale = lcm(*(v.denominator for v in poly.values()))
    content = gcd(*((v * scale).numerator for v in poly.values()))
    bare: Polynomial = {}
    for m, v in poly.items():
        rest = monomial([*m, *((a, -e) for a, e in low.items())])
        if rest is not None:
            bare[rest] = exact(v * scale) // content
    sign = 1 if bare[max(bare)] > 0 else -1
    return over(sign * content, scale), tuple(sorted(low.items())), {m: v * sign for m, v in bare.items()}


# --- arithmetic ------------------------------------------------------------------------------------


class Ring:
    """Arithmetic within a budget."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget

    def plus(self, p: Polynomial, q: Polynomial, by: Rational = 1) -> Polynomial:
        """p + by*q."""
        self.budget.spend(1 + len(q) // 8)
        out = dict(p)
        for m, v in q.items():
            total = out.get(m, 0) + by * v
            if total:
                out[m] = total
            else:
                del out[m]
        return out

    def product(self, p: Polynomial, q: Polynomial) -> Polynomial:
        """p*q."""
        if len(p) * len(q) > LARGEST * 8:
            raise Refused("a polynomial that is too large")
        self.budget.spend(1 + len(p) * len(q))
        out: Polynomial = {}
        for a, u in p.items():
            for b, v in q.items():
                m = monomial(a + b) if a and b else a or b
                if m is not None:
                    out[m] = out.get(m, 0) + u * v
        if len(out) > LARGEST:
            raise Refused("a polynomial that is too large")
        if any(v.numerator.bit_length() > BITS for v in out.values()):
            raise Refused("a number that is too large")
        return {m: v for m, v in out.items() if v}

    def expanded(self, den: Iterable[tuple[Factor, int]]) -> Polynomial:
        found = ONE.num
        for f, e in den:
            for _ in range(e):
                found = self.product(found, dict(f))
        return found

    def add(self, x: Quotient, y: Quotient) -> Quotient:
        """x + y."""
        if not x.num or not y.num:
            return x if x.num else y
        if x.den == y.den:
            num = self.plus(x.num, y.num)
            return Quotient(num, x.den) if num else ZERO
        den = dict(x.den)
        for f, e in y.den:
            den[f] = max(e, den.get(f, 0))
        num = self.plus(self.product(x.num, self.missing(x.den, den)), self.product(y.num, self.missing(y.den, den)))
        return self.settled(Quotient(num, tuple(sorted(den.items())))) if num else ZERO

    def missing(self, own: tuple[tuple[Factor, int], ...], den: dict[Factor, int]) -> Polynomial:
        have = dict(own)
        return self.expanded((f, e - have.get(f, 0)) for f, e in den.items())

    def multiply(self, x: Quotient, y: Quotient) -> Quotient:
        """x*y."""
        den = dict(x.den)
        for f, e in y.den:
            den[f] = den.get(f, 0) + e
        num = self.product(x.num, y.num)
        return self.settled(Quotient(num, tuple(sorted(den.items())))) if num else ZERO

    def inverse(self, x: Quotient) -> Quotient:
        """1/x; Refused for 0, which does not say that anything is empty."""
        if not x.num:
            raise Refused("a division by 0")
        content, low, rest = primitive(x.num)
        num = self.product(self.expanded(x.den), {tuple((a, -e) for a, e in low): over(1, content)})
        return self.settled(Quotient(num, () if rest == ONE.num else ((frozen(rest), 1),)))

    def power(self, x: Quotient, exponent: int) -> Quotient:
        if exponent < 0:
            return self.power(self.inverse(x), -exponent)
        if len(x.num) == 1 and not x.den:
            ((m, v),) = x.num.items()
            if v.numerator.bit_length() * exponent > BITS or v.denominator.bit_length() * exponent > BITS:
                raise Refused("a number that is too large")
            raised = monomial((a, e * exponent) for a, e in m)
            return self.settled(Quotient({raised or UNIT: v**exponent})) if exponent else ONE
        return reduce(self.multiply, [x] * exponent, ONE)

    def total(self, terms: Iterable[Quotient]) -> Quotient:
        return reduce(self.add, terms, ZERO)

    def all_of(self, factors: Iterable[Quotient]) -> Quotient:
        return reduce(self.multiply, factors, ONE)

    def subtract(self, x: Quotient, y: Quotient) -> Quotient:
        return self.add(x, negate(y))

    # --- roots and absolute values: (f^(1/2))^2 is f, |f|^2 is f^2 ---

    def settled(self, x: Quotient) -> Quotient:
        """Roots to powers between 0 and 1, absolute values to powers between 0 and 2."""
        if not any(
            a.kind in ("root", "abs") and not 0 <= e < (1 if a.kind == "root" else 2) for m in x.num for a, e in m
        ):
            return x
        self.budget.spend(len(x.num))
        found = ZERO
        for m, v in x.num.items():
            found = self.add(found, self.all_of([Quotient({UNIT: v}), *(self.folded(a, e) for a, e in m)]))
        return self.multiply(found, Quotient(ONE.num, x.den))

    def folded(self, a: Atom, e: Rational) -> Quotient:
        if a.kind == "root":
            whole = e // 1
        elif a.kind == "abs":
            whole = 2 * (e // 2)
        else:
            return atom(a, e)
        rest = atom(a, e - whole) if e != whole else ONE
        return self.multiply(rest, self.power(Quotient(dict(a.num)), whole)) if whole else rest
