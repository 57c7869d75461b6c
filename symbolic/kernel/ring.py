"""Exact polynomials and quotients in atoms. An atom is what it is made of, so equal atoms are equal tuples.

    Atom      n, a scalar, an entry, [k in A], e^m, log|f|, |f|, f^(1/q), [f > 0], [f == 0], a sum, a product, a maximum
    Monomial  (atom, exponent), ... in order         Polynomial  {monomial: rational}
    Quotient  a polynomial over factors (primitive polynomial, exponent)

A class is one that is named, one of those that have no name where n is fixed (other), any one of a range (any), one
that stands for each in a hypothesis (each), the class over which an open sum runs (dot), or that of a closed sum,
numbered from the inside (closed). These are different tuples, so none can be taken for another.

    e^(v log|f|) is |f|^v        |f|^e is a product over the factors of f       [f op 0] is in [f > 0] and [f == 0]

Logarithms are of absolute values: log|u v| is log|u| + log|v| wherever a side is defined. What is known of signs makes
|f| f, or -f; it never makes a form that another sign would not make, but with |f| in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import NamedTuple
from weakref import WeakValueDictionary

from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.terms import BITS, NEGATED, Operator, bits

LARGEST = 4000  # monomials of a polynomial
PRIMES_BELOW = 1000  # what is left of a number without such divisors stays as it is

NAMED, OTHER, ANY, EACH, DOT, CLOSED = range(6)
AT_HAND = (NAMED, OTHER, ANY, DOT)  # of which facts for every class can speak


class Class(NamedTuple):
    kind: int
    name: str = ""
    number: int = 0


NOWHERE = Class(-1)


class Atom:
    """`kind` says which of the fields mean something. There is one object for all atoms that are made of the same."""

    __slots__ = ("__weakref__", "at", "classes", "den", "height", "inner", "key", "kind", "name", "num", "where")

    kind: str
    name: str
    at: Class
    where: tuple[tuple[str, str, Class], ...]
    num: Factor
    den: tuple[tuple[Factor, int], ...]
    inner: tuple[Atom, ...]  # that it is made of
    classes: frozenset[Class]  # that are free in it
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
            found.inner = inner = tuple(atoms_of([num, *(f for f, _ in den)]))
            height = max((a.height for a in inner), default=0)
            own = {Class(CLOSED, "", height)} if kind in ("sum", "prod", "max") else set()
            found.classes = frozenset({at}).union((c for *_, c in where), *(a.classes for a in inner)) - own - {NOWHERE}
            found.height = height + len(own)
            _ATOMS[key] = found
        return found

    def __lt__(self, other: Atom) -> bool:
        return self.key < other.key

    @property
    def body(self) -> Quotient:
        """What it is made of."""
        return Quotient(dict(self.num), self.den)

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

    def __neg__(self) -> Quotient:
        return self.times(-1)

    def times(self, by: Rational) -> Quotient:
        return Quotient({m: v * by for m, v in self.num.items()}, self.den) if by else ZERO

    def atoms(self) -> Iterator[Atom]:
        """The atoms that it is made of."""
        return atoms_of([self.num.items(), *(f for f, _ in self.den)])

    def all_atoms(self) -> Iterator[Atom]:
        """These, and all that is in them."""
        left = list(self.atoms())
        while left:
            a = left.pop()
            left.extend(a.inner)
            yield a

    def factored(self) -> tuple[Rational, list[tuple[Factor, Rational]]]:
        """A number and powers of primitive polynomials whose product it is."""
        content, low, rest = primitive(self.num)
        factors: list[tuple[Factor, Rational]] = [(single(a), e) for a, e in low]
        if rest != ONE.num:
            factors.append((frozen(rest), 1))
        return content, [*factors, *((f, -e) for f, e in self.den)]


Signer = Callable[[Quotient], frozenset[int]]
ANY_SIGN = frozenset({-1, 0, 1})
UNIT: Monomial = ()
ZERO = Quotient({})
ONE = Quotient({UNIT: 1})
BELOW = {"root": 1, "abs": 2}  # what the exponents of these are less than
IDEMPOTENT = ("in", "is>", "is=")


def exact(value: Rational) -> Rational:
    """A whole number as an int, which is faster than a fraction."""
    return value.numerator if value.denominator == 1 else value


def over(a: Rational, b: Rational) -> Rational:
    """a/b"""
    return exact(Fraction(a) / b)


def constant(value: Rational) -> Quotient:
    return Quotient({UNIT: exact(value)}) if value else ZERO


def atom(a: Atom, exponent: Rational = 1) -> Quotient:
    return Quotient({((a, exact(exponent)),): 1})


def single(a: Atom) -> Factor:
    """An atom as a polynomial."""
    return ((((a, 1),), 1),)


def frozen(poly: Polynomial) -> Factor:
    return tuple(sorted((m, exact(v)) for m, v in poly.items()))


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


def atoms_of(polynomials: Iterable[Iterable[tuple[Monomial, Rational]]]) -> Iterator[Atom]:
    return (a for f in polynomials for m, _ in f for a, _ in m)


def primitive(poly: Polynomial) -> tuple[Rational, Monomial, Polynomial]:
    """(number, monomial, primitive polynomial) whose product it is; brackets stay in the polynomial."""
    common = set.intersection(*({a for a, _ in m if a.kind not in IDEMPOTENT} for m in poly))
    partial = {a for m in poly for a, e in m if a.kind not in IDEMPOTENT and e < 0} | common
    low = {a: min(dict(m).get(a, 0) for m in poly) for a in partial}
    low = {a: e for a, e in low.items() if e}
    scale = lcm(*(v.denominator for v in poly.values()))
    content = gcd(*((v * scale).numerator for v in poly.values()))
    divisor = [(a, -e) for a, e in low.items()]
    bare = {monomial([*m, *divisor]) or UNIT: exact(v * scale) // content for m, v in poly.items()}
    sign = 1 if bare[max(bare)] > 0 else -1
    return over(sign * content, scale), tuple(sorted(low.items())), {m: v * sign for m, v in bare.items()}


# --- arithmetic ------------------------------------------------------------------------------------


class Ring:
    """Arithmetic within a budget; `sign` tells the signs that a quotient can have."""

    def __init__(self, budget: Budget, sign: Signer | None = None) -> None:
        self.budget = budget
        self.sign: Signer = sign or (lambda x: ANY_SIGN)

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
        if any(bits(v) > BITS for v in out.values()):
            raise Refused("a number that is too large")
        return {m: v for m, v in out.items() if v}

    def expanded(self, den: Counter[Factor]) -> Polynomial:
        return reduce(self.product, map(dict, den.elements()), ONE.num)

    def over(self, num: Polynomial, den: Counter[Factor]) -> Quotient:
        return self.settled(Quotient(num, tuple(sorted(den.items())))) if num else ZERO

    def add(self, x: Quotient, y: Quotient) -> Quotient:
        """x + y."""
        if not x.num or not y.num:
            return x if x.num else y
        mine, other = Counter(dict(x.den)), Counter(dict(y.den))
        den = mine | other
        first, second = self.product(x.num, self.expanded(den - mine)), self.product(y.num, self.expanded(den - other))
        return self.over(self.plus(first, second), den)

    def multiply(self, x: Quotient, y: Quotient) -> Quotient:
        """x*y."""
        return self.over(self.product(x.num, y.num), Counter(dict(x.den)) + Counter(dict(y.den)))

    def inverse(self, x: Quotient) -> Quotient:
        """1/x; Refused for 0, which does not say that anything is empty."""
        if not x.num:
            raise Refused("a division by 0")
        content, low, rest = primitive(x.num)
        num = self.product(self.expanded(Counter(dict(x.den))), {tuple((a, -e) for a, e in low): over(1, content)})
        return self.over(num, Counter([frozen(rest)] if rest != ONE.num else []))

    def divided(self, x: Quotient, at: Class) -> list[Quotient]:
        """u a^e/f as u/c - u g/(c f), where f = c a^e + g stands below x, and a is an entry, or e^v, at the class.

        Needs: g has no a. Source: division with remainder.
        """
        for f, _ in x.den:
            a = next((a for a in atoms_of([f]) if a.kind in ("entry", "exp") and at in a.classes), Atom("none"))
            e, c = next(((m[0][1], v) for m, v in f if len(m) == 1 and m[0][0] == a), (1, 0))
            u = {monomial([*m, (a, -e)]) or UNIT: over(v, c) for m, v in x.num.items() if c and dict(m).get(a, 0) >= e}
            if u and sum(a in dict(m) for m, _ in f) == 1:
                den, rest = Counter(dict(x.den)), self.plus(x.num, self.product(u, dict(f)), -1)
                return [self.over(u, den - Counter([f])), self.over(rest, den)]
        return [x]

    def power(self, x: Quotient, exponent: int) -> Quotient:
        if exponent < 0:
            return self.power(self.inverse(x), -exponent)
        if len(x.num) == 1 and not x.den:
            ((m, v),) = x.num.items()
            if bits(v) * exponent > BITS:
                raise Refused("a number that is too large")
            raised = monomial((a, e * exponent) for a, e in m)
            return self.settled(Quotient({raised or UNIT: v**exponent})) if exponent else ONE
        return reduce(self.multiply, [x] * exponent, ONE)

    def total(self, terms: Iterable[Quotient]) -> Quotient:
        return reduce(self.add, terms, ZERO)

    def all_of(self, factors: Iterable[Quotient]) -> Quotient:
        return reduce(self.multiply, factors, ONE)

    def subtract(self, x: Quotient, y: Quotient) -> Quotient:
        return self.add(x, -y)

    # --- roots and absolute values: (f^(1/2))^2 is f, |f|^2 is f^2 ---

    def settled(self, x: Quotient) -> Quotient:
        """Roots to powers between 0 and 1, absolute values to powers between 0 and 2."""
        if not any(_whole(a, e) for m in x.num for a, e in m):
            return x
        self.budget.spend(len(x.num))
        found = self.total(self.all_of([constant(v), *(self.folded(a, e) for a, e in m)]) for m, v in x.num.items())
        return self.multiply(found, Quotient(ONE.num, x.den))

    def folded(self, a: Atom, e: Rational) -> Quotient:
        """a^e as f^m a^(e - m), where a is |f| or a root of f: |f|^3 is f^2 |f|, (f^(1/2))^3 is f f^(1/2)."""
        whole = _whole(a, e)
        rest = atom(a, e - whole) if e != whole else ONE
        return self.multiply(rest, self.power(Quotient(dict(a.num)), whole)) if whole else rest

    def bare(self, poly: Polynomial, positive: Callable[[Atom], bool]) -> tuple[Rational, Polynomial] | None:
        """A number and a polynomial, without positive atoms before it, whose product has its sign; None: a quotient."""
        content, low, rest = primitive(poly)
        kept = tuple((a, e) for a, e in low if not positive(a))
        if any(e < 0 for _, e in kept):
            return None
        return content, self.product({kept: 1}, rest)

    # --- exponentials, logarithms, real powers, absolute values and brackets ---

    def exp(self, x: Quotient) -> Quotient:
        """e^x, monomial by monomial; e^(v log|f|) is |f|^v.

        Needs: f is not 0. Where f may be 0, its logarithm has a weight that is 0 there, and may stand for any number.
        """
        found = ONE
        for m, v in x.num.items():
            of = m[0][0].body if not x.den and len(m) == 1 and m[0][0].kind == "log" and m[0][1] == 1 else ZERO
            bare = of.num and 0 not in self.sign(of)
            power = self.magnitude(of, v) if bare else atom(Atom("exp", num=((m, 1),), den=x.den), v)
            found = self.multiply(found, power)
        return found

    def log(self, x: Quotient) -> Quotient:
        """log|x|"""
        if not x.num:
            raise Refused("the logarithm of 0")
        content, factors = x.factored()
        return self.total(self.log_of_factor(f).times(e) for f, e in [*_primes(max(content, -content)), *factors])

    def log_of_factor(self, f: Factor) -> Quotient:
        match f:
            case ((((a, 1),), 1),) if a.kind == "exp":
                return a.body
            case ((((a, 1),), 1),) if a.kind in BELOW:
                return self.log(a.body)
        return atom(Atom("log", num=f))

    def absolute(self, x: Quotient) -> Quotient:
        signs = self.sign(x)
        if signs <= {0, 1}:
            return x
        return -x if signs <= {0, -1} else self.magnitude(x, 1)

    def magnitude(self, x: Quotient, e: Rational) -> Quotient:
        """|x|^e, factor by factor."""
        if not x.num:
            if e > 0:
                return ZERO
            raise Refused("a power of 0 that is not positive")
        content, factors = x.factored()
        numbers = (self.positive(p, k * e) for p, k in _primes(max(content, -content)))
        return self.all_of([*numbers, *(self.of_factor(f, k * e) for f, k in factors)])

    def of_factor(self, f: Factor, e: Rational) -> Quotient:
        """|f|^e for a primitive polynomial f."""
        if e.denominator == 1 and e % 2 == 0:
            return self.power(Quotient(dict(f)), int(e))
        signs = self.sign(Quotient(dict(f)))
        for sign in (1, -1):
            if signs <= {0, sign}:
                return self.positive(tuple((m, sign * v) for m, v in f), e)
        return self.settled(atom(Atom("abs", num=f), e))

    def positive(self, f: Factor, e: Rational) -> Quotient:
        """f^e for f that is not negative."""
        if e.denominator == 1:
            return self.power(Quotient(dict(f)), int(e))
        match f:
            case ((((a, 1),), 1),):
                return self.settled(atom(a, e))
        return self.settled(atom(Atom("root", num=f), e))

    def bracket(self, x: Quotient, op: Operator) -> Quotient:
        """[x op 0], which is 1 or 0: a number where the sign of x says so, else in [f > 0] and [f == 0], f primitive.

        f has the sign of x, or of -x: x's numerator times what is below it to an odd power, without what is positive.
        """
        if op in ("!=", "<=", ">="):
            return self.subtract(ONE, self.bracket(x, NEGATED[op]))
        if op == "<":
            return self.bracket(-x, ">")
        signs, wanted = self.sign(x) if x.num else frozenset({0}), {0} if op == "==" else {1}
        if not signs & wanted:
            return ZERO
        if signs <= wanted:
            return ONE
        if op == ">" and signs <= {0, 1}:
            return self.subtract(ONE, self.bracket(x, "=="))
        num = self.product(x.num, self.expanded(Counter({f: e % 2 for f, e in x.den})))
        known = self.bare(num, lambda a: self.sign(atom(a)) <= {1}) if num else None
        if known is None:
            raise Refused("a comparison of quotients")
        content, poly = known
        sign = 1 if poly[max(poly)] > 0 else -1
        f = frozen({m: v * sign for m, v in poly.items()})
        zero, above = atom(Atom("is=", num=f)), atom(Atom("is>", num=f))
        if op == "==":
            return zero
        return above if content * sign > 0 else self.subtract(self.subtract(ONE, zero), above)


def _whole(a: Atom, e: Rational) -> int:
    """The whole number m, and even for |f|, for which a^e is f^m times a power of a with an exponent below BELOW."""
    return BELOW[a.kind] * int(e // BELOW[a.kind]) if a.kind in BELOW else 0


def _primes(c: Rational) -> Iterator[tuple[Factor, Rational]]:
    """(prime, exponent), ... of a positive number; what has no small divisor is left as it is."""
    for left, sign in ((c.numerator, 1), (c.denominator, -1)):
        for p in range(2, min(PRIMES_BELOW, left + 1)):
            while left % p == 0:
                left //= p
                yield ((UNIT, p),), sign
        if left > 1:
            yield ((UNIT, left),), sign
