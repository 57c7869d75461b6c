"""Numbers that move a little, or without end: what derivatives and limits are computed with.

    Infinite    oo and -oo, the values of limits
    Dual        a + b eps with eps^2 = 0: a value and its derivative
    Germ        a function of x as x -> oo, by its leading terms c e^(d x) x^a (log x)^b

They are built over the exact numbers of `symbolic.points.exact`, and over each other: the limit of a
derivative is the limit of the slope of a `Dual` of `Germ`s.

>>> from symbolic.points.exact import MPQ, exp, log, text
>>> x = Dual(MPQ(3), MPQ(1), level=1)
>>> text((x * x).slope), text(exp(log(x)).slope)
('6', '1')
>>> x = Germ([(LINEAR, MPQ(1))], None, depth=3, level=1)
>>> text((log(1 + exp(x)) * x.reciprocal()).tends_to())
'1'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cmp_to_key
from math import factorial
from typing import Any

from symbolic.language.errors import Undefined, Unsupported
from symbolic.points import exact
from symbolic.points.exact import MPQ, Real, reciprocal, sign, spend

__all__ = [
    "CONSTANT",
    "LINEAR",
    "Arithmetic",
    "Cancelled",
    "Dual",
    "Germ",
    "Infinite",
    "Number",
    "compare",
    "parts",
    "still",
]

Number = Any  # a rational, a Real, Infinite, Dual or Germ


class Arithmetic:
    """What follows from a sum, a product and a reciprocal."""

    __slots__ = ()
    __add__: Callable[[Any, Number], Number]
    __mul__: Callable[[Any, Number], Number]
    reciprocal: Callable[[], Number]

    def __neg__(self) -> Number:
        return self * MPQ(-1)

    def __sub__(self, other: Number) -> Number:
        return self + (-other)

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __radd__(self, other: Number) -> Number:
        return self + other

    def __rmul__(self, other: Number) -> Number:
        return self * other


@dataclass(frozen=True)
class Infinite(Arithmetic):
    """oo or -oo: the value of a limit."""

    direction: int

    def __add__(self, other: Number) -> Number:
        if isinstance(other, (int, MPQ, Real)) or other == self:
            return self
        raise Unsupported(f"a sum of {self!r} and {other!r}")

    def __mul__(self, other: Number) -> Number:
        if isinstance(other, (int, MPQ, Real)) and sign(other):
            return Infinite(self.direction * sign(other))
        raise Unsupported(f"a product of {self!r} and {other!r}")

    def sign(self) -> int:
        return self.direction

    def _refuse(self, *_: object) -> Number:
        raise Unsupported("a function of an infinite limit")

    reciprocal = exp = log = _refuse

    def __repr__(self) -> str:
        return "oo" if self.direction > 0 else "-oo"


def compare(first: Number, second: Number) -> int:
    """The sign of first - second, either of which may be infinite."""
    if isinstance(first, Infinite) or isinstance(second, Infinite):
        return _infinity(first) - _infinity(second)
    return sign(first - second)


def _infinity(number: Number) -> int:
    return number.direction if isinstance(number, Infinite) else 0


class Dual(Arithmetic):
    """`still` + `slope` eps, with eps^2 = 0; `level` tells the eps of nested derivatives apart."""

    __slots__ = ("level", "slope", "still")

    def __init__(self, still: Number, slope: Number, level: int) -> None:
        self.still = still
        self.slope = slope
        self.level = level

    def _with(self, other: Number) -> tuple[Number, Number, Number, Number, int] | None:
        """Both numbers as still and slope, in the eps of the innermost derivative."""
        level = max(self.level, getattr(other, "level", 0))
        if isinstance(other, Infinite) or (isinstance(other, Germ) and other.level == level):
            return None
        return *parts(self, level), *parts(other, level), level

    def __add__(self, other: Number) -> Number:
        if (parts := self._with(other)) is None:
            return NotImplemented
        a, da, b, db, level = parts
        return Dual(a + b, da + db, level)

    def __mul__(self, other: Number) -> Number:
        if (parts := self._with(other)) is None:
            return NotImplemented
        a, da, b, db, level = parts
        return Dual(a * b, a * db + da * b, level)

    def reciprocal(self) -> Number:
        inverse = reciprocal(self.still)
        return Dual(inverse, -self.slope * inverse * inverse, self.level)

    def exp(self) -> Number:
        still = exact.exp(self.still)
        return Dual(still, still * self.slope, self.level)

    def log(self) -> Number:
        return Dual(exact.log(self.still), self.slope * reciprocal(self.still), self.level)

    def sign(self) -> int:
        """The sign next to the point too. Where that is not one sign, |q| has no derivative, but c |c| may have one."""
        if direction := sign(self.still):
            return direction
        if sign(self.slope):
            raise Unsupported("a derivative at a kink or a jump")
        if isinstance(self.still, Dual) or isinstance(self.slope, Dual):
            raise Unsupported("a second derivative at what may be a kink")
        return 0


def parts(number: Number, level: int) -> tuple[Number, Number]:
    if isinstance(number, Dual) and number.level == level:
        return number.still, number.slope
    return number, MPQ(0)


def still(number: Number) -> Number:
    return still(number.still) if isinstance(number, Dual) else number


# --- limits --------------------------------------------------------------------------------------

Scale = tuple[Number, Number, Number]  # (d, a, b) stands for e^(d x) x^a (log x)^b, as x -> oo
CONSTANT: Scale = (MPQ(0), MPQ(0), MPQ(0))
LINEAR: Scale = (MPQ(0), MPQ(1), MPQ(0))
LOGARITHM: Scale = (MPQ(0), MPQ(0), MPQ(1))


class Cancelled(Unsupported):
    """All terms that were kept have cancelled."""


class Germ(Arithmetic):
    """A function of x as x -> oo: terms in falling order, and the order of what is left out."""

    __slots__ = ("depth", "error", "level", "terms")

    def __init__(self, terms: Iterable[tuple[Scale, Number]], error: Scale | None, depth: int, level: int) -> None:
        self.terms = _collected(terms, error)
        self.error = error
        self.depth = depth
        self.level = level

    def _like(self, terms: Iterable[tuple[Scale, Number]], error: Scale | None = None) -> Germ:
        return Germ(terms, error, self.depth, self.level)

    def _lifted(self, other: Number) -> Germ | None:
        """`other` as a germ: what an outer limit moves is constant here; a later derivative is for `Dual` to treat."""
        if isinstance(other, Germ) and other.level == self.level:
            return other
        if isinstance(other, (int, MPQ, Real)):
            return self._like([(CONSTANT, MPQ(other) if isinstance(other, int) else other)])
        if isinstance(other, Dual) and other.level > self.level:
            return None
        if isinstance(other, Germ):
            return self._like([(CONSTANT, other)])
        raise Unsupported("the derivative of a limit")

    def top(self) -> Scale | None:
        """A bound on its order; None for zero."""
        return self.terms[0][0] if self.terms else self.error

    def __add__(self, other: Number) -> Number:
        if isinstance(other, Germ) and other.level > self.level:
            return other + self
        if (that := self._lifted(other)) is None:
            return NotImplemented
        return self._like([*self.terms, *that.terms], _largest(self.error, that.error))

    def __mul__(self, other: Number) -> Number:
        if isinstance(other, Germ) and other.level > self.level:
            return other * self
        if (that := self._lifted(other)) is None:
            return NotImplemented
        spend(4 * len(self.terms) * len(that.terms))
        terms = [(_times(s, t), c * d) for s, c in self.terms for t, d in that.terms]
        return self._like(terms, _largest(_times_top(self.error, that.top()), _times_top(that.error, self.top())))

    def leading(self) -> tuple[Scale, Number, Germ]:
        """Scale s, coefficient c and a small e: the germ is c s (1 + e)."""
        if not self.terms:
            raise (Undefined("zero") if self.error is None else Cancelled("the leading terms of a limit cancel"))
        (scale, c), *rest = self.terms
        if sign(c) == 0:
            raise Unsupported("the leading term of a limit is zero")
        inverse = self._like([(_over(CONSTANT, scale), reciprocal(c))])
        return scale, c, inverse * self._like(rest, self.error)

    def series(self, coefficient: Callable[[int], Any]) -> Germ:
        """The sum of coefficient(j) * self^j, for a germ that tends to 0."""
        total, term = self._like([]), self._like([(CONSTANT, MPQ(1))])
        for j in range(self.depth):
            total, term = total + term * coefficient(j), term * self
        return total + self._like([], term.top())

    def reciprocal(self) -> Number:
        scale, c, small = self.leading()
        return self._like([(_over(CONSTANT, scale), reciprocal(c))]) * small.series(lambda j: MPQ((-1) ** j))

    def log(self) -> Number:
        (d, a, b), c, small = self.leading()
        if sign(b):
            raise Unsupported("a logarithm of a logarithm in a limit")
        main = self._like([(LINEAR, d), (LOGARITHM, a), (CONSTANT, exact.log(c))])
        return main + small.series(lambda j: MPQ((-1) ** (j + 1), j) if j else MPQ(0))

    def exp(self) -> Number:
        large = [(scale, c) for scale, c in self.terms if _order(scale, CONSTANT) > 0]
        constants = [c for scale, c in self.terms if _order(scale, CONSTANT) == 0]
        if self.error is not None and _order(self.error, CONSTANT) >= 0:
            raise Cancelled("the terms of an exponent cancel")
        small = self._like(self.terms[len(large) + len(constants) :], self.error)
        powers = {LINEAR: MPQ(0), LOGARITHM: MPQ(0)}
        for scale, c in large:
            if scale not in powers:
                raise Unsupported("an exponential in a limit that grows faster, or slower, than e^(d x)")
            powers[scale] = c
        growth = (powers[LINEAR], powers[LOGARITHM], MPQ(0))
        return self._like([(growth, exact.exp(sum(constants, MPQ(0))))]) * small.series(lambda j: MPQ(1, factorial(j)))

    def sign(self) -> int:
        if not self.terms and self.error is None:
            return 0
        return sign(self.leading()[1])

    def tends_to(self) -> Number:
        """The limit, finite or infinite."""
        if (top := self.top()) is None or _order(top, CONSTANT) < 0:
            return MPQ(0)
        scale, c, _ = self.leading()
        return c if _order(scale, CONSTANT) == 0 else Infinite(sign(c))


def _is_zero(number: Number) -> bool:
    """Whether a number is 0 as it is written."""
    if isinstance(number, Germ):
        return not number.terms and number.error is None
    return isinstance(number, MPQ) and not number


def is_vague(number: Number) -> bool:
    """Whether all that is known of a germ is a bound on its order."""
    return isinstance(number, Germ) and not number.terms and number.error is not None


def _order(first: Scale, second: Scale) -> int:
    """Which of two scales is larger: 1, 0 or -1."""
    for a, b in zip(first, second, strict=True):
        if a != b and (direction := sign(a - b)):
            return direction
    return 0


def _falling(first: tuple[Scale, Number], second: tuple[Scale, Number]) -> int:
    return _order(second[0], first[0])


def _collected(terms: Iterable[tuple[Scale, Number]], error: Scale | None) -> tuple[tuple[Scale, Number], ...]:
    """The terms in falling order, like ones added, without zeros and what is below the error."""
    alike: dict[Scale, Number] = {}
    for scale, c in terms:
        alike[scale] = alike[scale] + c if scale in alike else c
    collected: list[tuple[Scale, Number]] = []
    for scale, c in sorted(alike.items(), key=cmp_to_key(_falling)):
        if error is not None and _order(scale, error) <= 0:
            break
        if collected and _order(collected[-1][0], scale) == 0:
            c = collected.pop()[1] + c
        if not _is_zero(c):
            collected.append((scale, c))
    return tuple(collected)


def _times(first: Scale, second: Scale) -> Scale:
    return first[0] + second[0], first[1] + second[1], first[2] + second[2]


def _over(first: Scale, second: Scale) -> Scale:
    return first[0] - second[0], first[1] - second[1], first[2] - second[2]


def _times_top(first: Scale | None, second: Scale | None) -> Scale | None:
    return None if first is None or second is None else _times(first, second)


def _largest(first: Scale | None, second: Scale | None) -> Scale | None:
    if first is None or second is None:
        return second if first is None else first
    return first if _order(first, second) > 0 else second
