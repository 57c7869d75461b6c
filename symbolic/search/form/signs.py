"""What is known of signs: of generators, of polynomials, and of what stands under a logarithm.

A logarithm's argument is positive wherever the logarithm is defined: where that settles the sign of one polynomial,
the sign is remembered. Points where a side of a claim is undefined do not count, so this holds for the whole claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import prod
from typing import Any

from sympy.polys.domains import QQ

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.generators import Abs, Entry, Exp, In, Log, Moment, N, Scalar
from symbolic.search.form.names import Best
from symbolic.search.form.table import Restart, Table
from symbolic.search.limits.laurent import (
    Factor,
    Monomial,
    Polynomial,
    Quotient,
    add,
    as_factor,
    as_polynomial,
    generators,
    negate,
    polynomial_sum,
    split_content,
)

__all__ = ["Signs"]


class Signs(Table):
    """Signs that are sure."""

    def is_positive(self, number: int) -> bool:
        """Whether a generator is surely positive."""
        match self.table[number]:
            case N():
                return self.shift == 0
            case Exp():
                return True
            case Abs(factor):
                return self.sign(factor, zero=False) != 0
            case Scalar(name) | Entry(name, _) if name in self.assumed:
                return True
            case Moment(monomial, over):
                subsets = {self.table[each] for each, _ in monomial if isinstance(self.table[each], In)}
                factors = (self.sign(factor) == 1 for factor, _ in over)
                others = (self.is_positive(each) for each, _ in monomial if not isinstance(self.table[each], In))
                return self._met(subsets) and all(others) and all(factors)
            case Log(factor):
                return self.sign_of_polynomial(_less_one(factor)) == 1
        return self._learnt(self.atom(number), False) == 1

    def _met(self, subsets: set[Any]) -> bool:
        """Whether the range of a moment, within the subsets, surely has a class."""
        if len(subsets) == 1:
            return next(iter(subsets)).subset in self.nonempty
        return self.inhabited and not subsets

    def is_nonnegative(self, number: int) -> bool:
        """Whether a generator is surely not negative."""
        match self.table[number]:
            case N() | In() | Abs():
                return True
            case Scalar(name) | Entry(name, _) if name in self.not_negative:
                return True
            case Moment(monomial, over):
                return self._nonnegative(monomial) and all(self.sign(factor) == 1 for factor, _ in over)
            case Log(factor):
                return self.weak_sign(_less_one(factor)) == 1
        return self.is_positive(number) or self._learnt(self.atom(number), True) == 1

    def _nonnegative(self, monomial: Monomial) -> bool:
        return all(exponent % 2 == 0 or self.is_nonnegative(number) for number, exponent in monomial)

    def sign(self, factor: Factor, zero: bool = True) -> int:
        """1 or -1 where the sign of a polynomial is sure, unless it is `zero`, as a root may be; else 0."""
        return self._learnt(factor, zero) or self.sign_of_polynomial(as_polynomial(factor))

    def side(self, factor: Factor) -> int:
        """1 or -1 where the polynomial surely is >= 0 or <= 0; else 0."""
        return self.sign(factor) or self.weak_sign(as_polynomial(factor))

    def sign_of_polynomial(self, poly: Polynomial) -> int:
        """The sign that all terms have, one of them strictly; 0 if that is not sure."""
        signs = {1 if coefficient > 0 else -1 for coefficient in poly.values()}
        if len(signs) != 1 or not all(self._nonnegative(monomial) for monomial in poly):
            return 0
        strict = any(all(self.is_positive(number) for number, _ in monomial) for monomial in poly)
        return signs.pop() if strict else 0

    def weak_sign(self, poly: Polynomial) -> int:
        """1 or -1 where the polynomial surely is >= 0 or <= 0 (either, if it is 0), else 0."""
        signs = {1 if coefficient > 0 else -1 for coefficient in poly.values()}
        if not poly:
            return 1
        return signs.pop() if len(signs) == 1 and all(self._nonnegative(monomial) for monomial in poly) else 0

    def sign_of(self, quotient: Quotient, zero: bool) -> int:
        """The sure sign of a quotient, unless it is `zero`; else 0. A denominator is never 0."""
        if not quotient.num:
            return 0
        result = self.sign_of_polynomial(quotient.num) or self._sign_of_parts(quotient.num, zero)
        return result * prod(self.sign(factor) for factor, exponent in quotient.den.items() if exponent % 2)

    def _sign_of_parts(self, poly: Polynomial, zero: bool) -> int:
        """The sign of a polynomial from those of its content and its factors."""
        content, powers = self.factors(poly)
        known = self.side if zero else partial(self.sign, zero=False)
        odd = (known(factor) for factor, exponent in powers if exponent % 2)
        even = (abs(self.sign(factor, zero)) for factor, exponent in powers if exponent % 2 == 0 and not zero)
        return prod([*odd, *even], start=1 if content > 0 else -1)

    # --- learning ----------------------------------------------------------------------------

    def learn_sign(self, sign: int, powers: dict[Factor, Any], zero: bool) -> None:
        """A logarithm's argument is positive: with one factor of unsure sign, that sign is known from here on.

        With `zero` it may vanish: what stands under a root is not negative, no more.
        """
        unsure = []
        for factor, exponent in powers.items():
            if exponent % 2:
                known = self.sign(factor, zero)
                sign *= known or 1
                if not known:
                    unsure.append(factor)
        if not unsure and sign < 0:
            raise Unsupported("a root of the negative") if zero else Undefined("a logarithm of the negative")
        if len(unsure) == 1 and not self.restricted:
            turned, general = self.anywhere(unsure[0]) if self.dotted(unsure[0]) else (1, unsure[0])
            (self.weak_signs if zero else self.signs)[general] = sign * turned
            raise Restart
        if unsure:
            self.complete = False  # that their product is not negative is not used

    def _learnt(self, factor: Factor, zero: bool) -> int:
        """The sign that a logarithm, or a root, gives, of the polynomial itself or of all its like."""
        for turned, like in self._likes(factor):
            known = self.signs.get(like, 0) or (self.weak_signs.get(like, 0) if zero else 0)
            if known:
                return turned * known
        return 0

    def _likes(self, factor: Factor) -> Iterator[tuple[int, Factor]]:
        """The polynomial itself, and with one of its classes replaced by any."""
        yield 1, factor
        if self.signs or self.weak_signs:
            at = frozenset().union(*(self.at[each] for each in generators(dict(factor))))
            yield from (self.moved(factor, each, ".") for each in sorted(at) if each != ".")

    def extreme(self, best: Best) -> Quotient:
        """max z or min z, of which no z_k is larger, or smaller."""
        value = self.generator(Scalar(best))
        content, _, primitive = split_content(add(value, negate(self.generator(Entry(best.family, ".")))).num)
        self.weak_signs[as_factor(primitive)] = (1 if best.which == "max" else -1) * (1 if content > 0 else -1)
        return value

    def anywhere(self, factor: Factor) -> tuple[int, Factor]:
        """The polynomial, up to a sign, with its one class replaced by ".", which stands for every class."""
        at = frozenset().union(*(self.at[each] for each in generators(dict(factor))))
        return self.moved(factor, next(iter(at)), ".") if len(at) == 1 else (1, factor)

    def moved(self, factor: Factor, old: str, new: str) -> tuple[int, Factor]:
        """The polynomial at another class, up to sign."""
        moved = self.rename(Quotient(as_polynomial(factor), {}), old, new).num
        if len(moved) < 2:
            return 1, as_factor(moved)
        content, _, primitive = split_content(moved)
        return (1 if content > 0 else -1), as_factor(primitive)


def _less_one(factor: Factor) -> Polynomial:
    """q - 1: where it is positive, so is log q."""
    return polynomial_sum(as_polynomial(factor), {(): QQ(-1)})
