"""What a normal form says at a point, by plain loops: so a form can be compared with the term that it is the form of.

    form_value(form, place, scope) -> a number

A form is about more points than its term, for it has a sum over all classes where the term has one over some of them:
what such a sum divides by may be 0 at the others. There 1/0 stands for 0, and so does log 0, as in a meadow, where all
laws of fields hold but x/x == 1. A form that has divided by what is 0 where its term is defined is another number.
Source: J. A. Bergstra, J. V. Tucker, The rational numbers as an abstract data type, Journal of the ACM 54 (2007).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from symbolic.kernel.ring import CLOSED, NAMED, NOWHERE, OTHER, Atom, Class, Factor, Quotient, Rational
from symbolic.kernel.scope import Scope
from symbolic.kernel.terms import Index
from tests import oracle
from tests.kernel.points import NoValue, Place, TooLarge
from tests.oracle import TINY, mp

__all__ = ["form_value"]

LARGEST_EXPONENT = 80  # what is smaller than TINY is 0


def form_value(form: Quotient, at: Place, scope: Scope) -> Any:
    """The value of a normal form at a place; `NoValue` where it has none."""
    return _At(at, _classes(at, scope)).quotient(form)


def _classes(at: Place, scope: Scope) -> dict[Class, int]:
    """Which class each that has a name is; the others of a fixed n are those that are left."""
    named = {c: at.class_of(Index(c.name)) for c in scope.named if c.kind == NAMED}
    left = [k for k in range(at.n) if k not in named.values()]
    return named | dict(zip((c for c in scope.named if c.kind == OTHER), left, strict=False))


@dataclass(frozen=True)
class _At:
    place: Place
    classes: dict[Class, int]

    def quotient(self, x: Quotient) -> Any:
        return self.polynomial(tuple(x.num.items())) * mp.fprod(_power(self.polynomial(f), -e) for f, e in x.den)

    def polynomial(self, f: Factor) -> Any:
        return mp.fsum(
            mp.mpf(v.numerator) / v.denominator * mp.fprod(_power(self.atom(a), e) for a, e in m) for m, v in f
        )

    def atom(self, a: Atom) -> Any:
        match a.kind:
            case "n":
                return mp.mpf(self.place.n)
            case "scalar":
                return self.place.numbers[a.name]
            case "entry":
                return self.place.families[a.name][self.classes[a.at]]
            case "in":
                return mp.mpf(self.classes[a.at] in self.place.subsets[a.name])
            case "sum":
                return mp.fsum(self.under(a))
            case "prod":
                return mp.fprod(self.under(a))
            case "max":
                return oracle.extreme(list(self.under(a)), 1)
        inner = self.quotient(a.body)
        match a.kind:
            case "exp":
                return _exp(inner)
            case "log":
                return mp.log(abs(inner)) if abs(inner) > TINY else mp.zero
            case "abs":
                return abs(inner)
            case "root":
                return inner
            case "is>":
                return mp.mpf(inner > TINY)
            case "is=":
                return mp.mpf(abs(inner) <= TINY)
        raise NotImplementedError(a.kind)

    def under(self, a: Atom) -> Iterator[Any]:
        """What stands under a binder, at each class of its range."""
        bound = Class(CLOSED, "", a.height - 1)
        for k in range(self.place.n):
            if all(self.stands(k, *each) for each in a.where):
                yield replace(self, classes={**self.classes, bound: k}).quotient(a.body)

    def stands(self, k: int, kind: str, subset: str, c: Class) -> bool:
        return k != self.classes[c] if c != NOWHERE else (k in self.place.subsets[subset]) == (kind == "in")


def _power(x: Any, e: Rational) -> Any:
    if abs(x) <= TINY:
        return mp.mpf(e == 0)
    if x < 0 and e.denominator > 1:
        raise NoValue("a root of what is negative")
    return x ** (mp.mpf(e.numerator) / e.denominator)


def _exp(x: Any) -> Any:
    if abs(x) > LARGEST_EXPONENT:
        raise TooLarge
    return mp.exp(x)
