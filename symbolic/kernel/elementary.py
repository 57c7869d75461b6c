"""Exponentials, logarithms, real powers, absolute values and brackets of quotients.

    e^(v log|f|) is |f|^v        |f|^e is a product over the factors of f       [f op 0] is in [f > 0] and [f == 0]

Logarithms are of absolute values: log|u v| is log|u| + log|v| wherever a side is defined. What is known of signs makes
|f| f, or -f; it never makes a form that another sign would not make, but with |f| in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.ring import (
    ONE,
    UNIT,
    ZERO,
    Atom,
    Factor,
    Quotient,
    Rational,
    Ring,
    atom,
    frozen,
    modulus,
    negate,
    primitive,
    scaled,
    single,
)
from symbolic.kernel.terms import Operator

__all__ = ["ANY_SIGN", "Elementary", "Signer"]

PRIMES_BELOW = 1000  # what is left of a number without such divisors stays as it is
ANY_SIGN = frozenset({-1, 0, 1})

Signer = Callable[[Quotient], frozenset[int]]


class Elementary(Ring):
    """`sign` tells the signs that a quotient can have."""

    def __init__(self, budget: Budget, sign: Signer | None = None) -> None:
        super().__init__(budget)
        self.sign: Signer = sign or (lambda x: ANY_SIGN)

    def exp(self, x: Quotient) -> Quotient:
        """e^x, monomial by monomial; e^(v log|f|) is |f|^v."""
        found = ONE
        for m, v in x.num.items():
            if not x.den and len(m) == 1 and m[0][0].kind == "log" and m[0][1] == 1:
                found = self.multiply(found, self.magnitude(Quotient(dict(m[0][0].num)), v))
            else:
                found = self.multiply(found, atom(Atom("exp", num=((m, 1),), den=x.den), v))
        return found

    def log(self, x: Quotient) -> Quotient:
        """log|x|"""
        if not x.num:
            raise Refused("the logarithm of 0")
        content, low, rest = primitive(x.num)
        found = [scaled(atom(Atom("log", num=_number(p))), e) for p, e in _prime_powers(modulus(content))]
        found += [scaled(self.log_atom(a), e) for a, e in low]
        found += [scaled(atom(Atom("log", num=f)), -e) for f, e in x.den]
        if rest != ONE.num:
            found.append(atom(Atom("log", num=frozen(rest))))
        return self.total(found)

    def log_atom(self, a: Atom) -> Quotient:
        if a.kind == "exp":
            return Quotient(dict(a.num), a.den)
        if a.kind in ("abs", "root"):
            return self.log(Quotient(dict(a.num)))
        return atom(Atom("log", num=single(a)))

    def absolute(self, x: Quotient) -> Quotient:
        signs = self.sign(x)
        if signs <= {0, 1}:
            return x
        return negate(x) if signs <= {0, -1} else self.magnitude(x, 1)

    def magnitude(self, x: Quotient, e: Rational) -> Quotient:
        """|x|^e, factor by factor."""
        if not x.num:
            if e > 0:
                return ZERO
            raise Refused("a power of 0 that is not positive")
        content, low, rest = primitive(x.num)
        found = [self.positive(_number(p), k * e) for p, k in _prime_powers(modulus(content))]
        found += [self.of_factor(single(a), k * e) for a, k in low]
        found += [self.of_factor(f, -k * e) for f, k in x.den]
        if rest != ONE.num:
            found.append(self.of_factor(frozen(rest), e))
        return self.all_of(found)

    def of_factor(self, f: Factor, e: Rational) -> Quotient:
        """|f|^e for a primitive polynomial f."""
        if e.denominator == 1 and e % 2 == 0:
            return self.power(Quotient(dict(f)), int(e))
        signs = self.sign(Quotient(dict(f)))
        if signs <= {0, 1}:
            return self.positive(f, e)
        if signs <= {0, -1}:
            return self.positive(frozen({m: -v for m, v in f}), e)
        return self.settled(atom(Atom("abs", num=f), e))

    def positive(self, f: Factor, e: Rational) -> Quotient:
        """f^e for f that is not negative."""
        if e.denominator == 1:
            return self.power(Quotient(dict(f)), int(e))
        if len(f) == 1 and f[0][1] == 1 and len(f[0][0]) == 1 and f[0][0][0][1] == 1:
            return self.settled(atom(f[0][0][0][0], e))
        return self.settled(atom(Atom("root", num=f), e))

    def bracket(self, x: Quotient, op: Operator) -> Quotient:
        """[x op 0] in [f > 0] and [f == 0], f primitive."""
        opposite: dict[Operator, Operator] = {"!=": "==", "<=": ">", ">=": "<"}
        if op in opposite:
            return self.subtract(ONE, self.bracket(x, opposite[op]))
        if op == "<":
            return self.bracket(negate(x), ">")
        signs, wanted = self.sign(x), {0} if op == "==" else {1}
        if not signs & wanted:
            return ZERO
        if signs <= wanted:
            return ONE
        if op == ">" and signs <= {0, 1}:
            return self.subtract(ONE, self.bracket(x, "=="))
        content, f = self.without_positive(x)
        zero = atom(Atom("is=", num=f))
        if op == "==":
            return zero
        above = atom(Atom("is>", num=f))
        return above if content > 0 else self.subtract(self.subtract(ONE, zero), above)

    def without_positive(self, x: Quotient) -> tuple[Rational, Factor]:
        """A number and a primitive polynomial with a product of the sign of x."""
        num = self.product(x.num, self.expanded((f, e % 2) for f, e in x.den))
        content, low, rest = primitive(num)
        kept = tuple((a, e) for a, e in low if a.kind not in ("exp", "n"))
        if any(e < 0 or e.denominator > 1 for _, e in kept):
            raise Refused("a comparison of quotients")
        whole = self.product({kept: 1}, rest)
        sign = 1 if whole[max(whole)] > 0 else -1
        return content * sign, frozen({m: v * sign for m, v in whole.items()})


def _number(p: int) -> Factor:
    return ((UNIT, p),)


def _prime_powers(c: Rational) -> Iterator[tuple[int, Rational]]:
    """(prime, exponent), ... of a positive number; what has no small divisor is left as it is."""
    for whole, sign in ((c.numerator, 1), (c.denominator, -1)):
        left = whole
        for p in range(2, PRIMES_BELOW):
            if p * p > left:
                break
            count = 0
            while left % p == 0:
                left, count = left // p, count + 1
            if count:
                yield p, sign * count
        if left > 1:
            yield left, sign
