"""Signs that are not sure are asked for: a case splits where one is, and goes on in every branch.

    branch.direction(quotient)     1, 0 or -1; raises `Split` where that is not sure
    branch.branches(factor)        the branches in which the polynomial is > 0, = 0 or < 0
    every_branch(branch, decide)   what `decide` says in each branch of a case

A branch is a field with assumptions. One that is linear is used at once: z_i > m becomes z_i = m + s with a new
s > 0, and z_i = m is put in. What counts classes is a whole number: where it is > 0 it is 1 + s with s >= 0.
Together the branches cover every choice of the quantities, so what holds in each of them holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from math import lcm, prod
from typing import Any, Self, TypeVar

from symbolic.language.errors import Unsupported
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.elementary import rational_value
from symbolic.search.form.generators import Entry, Log, Moment, N, Scalar
from symbolic.search.form.hypotheses import Reduction, linear_in, one_leaf
from symbolic.search.form.moments import Field
from symbolic.search.form.names import Own
from symbolic.search.limits.laurent import (
    ONE,
    ZERO,
    Factor,
    Monomial,
    Polynomial,
    Quotient,
    add,
    as_factor,
    as_polynomial,
    constant,
    factored,
    generators,
    inverse,
    multiply,
    negate,
    occurring,
    scaled,
    split_content,
)

__all__ = ["Branch", "Split", "Vacuous", "every_branch"]

MOST = 400  # branches of one case
LONGEST = 30  # terms of a polynomial that is factored
DEEPEST = 12  # assumptions of one branch

Said = TypeVar("Said")
OfBranch = TypeVar("OfBranch", bound="Branch")


class Split(Exception):
    """The sign of this polynomial is asked for, and is not sure."""

    def __init__(self, factor: Factor) -> None:
        super().__init__(factor)
        self.factor = factor


class Vacuous(Exception):
    """No point of this branch satisfies the hypotheses."""


class Branch(Field):
    """A field in which some signs are assumed."""

    def __init__(self, case: Case, positive: Iterable[Any] = ()) -> None:
        super().__init__(case, positive)
        self.restricted = 1  # nothing is learnt from logarithms: where a limit is asked for, it has to exist
        self.put_in: list[tuple[int, Quotient]] = []
        self.integers: set[int] = set()
        self.equations: Reduction | None = None
        self.slacks = 0
        self.assumptions: list[tuple[Factor, int]] = []

    # --- signs ---------------------------------------------------------------------------------

    def direction(self, quotient: Quotient) -> int:
        """The sign of a quotient, in this branch."""
        key = ("direction", tuple(sorted(quotient.num.items())), tuple(sorted(quotient.den.items())))
        if key not in self.known:
            self.known[key] = constant(self._direction(quotient))
        return int(rational_value(self.known[key]))

    def _direction(self, quotient: Quotient) -> int:
        quotient = self.known_here(quotient)
        if self.is_zero(quotient):
            return 0
        return self.sign_of(quotient, zero=False) or self._of_logarithms(quotient) or self._of_factors(quotient)

    def seen_weakly(self, quotient: Quotient) -> int:
        """1 or -1 where the quotient is seen to be >= 0 or <= 0, else 0."""
        quotient = self.known_here(quotient)
        below = prod(self.sign(factor, zero=False) ** times for factor, times in quotient.den.items())
        return self.weak_sign(quotient.num) * below

    def known_here(self, quotient: Quotient) -> Quotient:
        """The quotient with everything put in that the branch assumes to be equal."""
        if self.equations:
            quotient = self.equations(quotient)
        for place, (number, image) in enumerate(self.put_in):
            if any(number == each or self.contains(each, number) for each in occurring(quotient)):
                quotient = self.transform(quotient, one_leaf(number, image), ("put in", place))
        return quotient

    def _of_logarithms(self, quotient: Quotient) -> int:
        """sum c log q is log of a product, and has the sign of the product less 1."""
        if quotient.den or not quotient.num or not self.is_logarithm(quotient):
            return 0
        scale = lcm(*(int(value.denominator) for value in quotient.num.values()))
        product = self.exp(multiply(quotient, constant(scale)))
        if self.sign_of(product, zero=False) != 1:
            return 0
        return self.direction(add(product, constant(-1)))

    def _of_factors(self, quotient: Quotient) -> int:
        """The product of the signs of the irreducible factors; the first that is not sure splits the branch."""
        content, monomial, factors = _factors(quotient.num)
        parts = [*factors, *((self.atom(number), power) for number, power in monomial), *quotient.den.items()]
        result = 1 if content > 0 else -1
        for factor, power in parts:
            result *= self._of_factor(factor) ** (power % 2 if isinstance(power, int) else 1)
        return result

    def _of_factor(self, factor: Factor) -> int:
        sure = self.sign(factor, zero=False)
        if sure:
            return sure
        if self.dotted(factor):
            raise Unsupported("a sign that may differ from class to class")
        numbers = sorted(generators(dict(factor)))
        whole = [each for each in numbers if each in self.integers]
        made = self.table[numbers[0]]
        if len(factor) == 1 and isinstance(made, Log):  # of |q|
            modulus = scaled(as_polynomial(made.of), (), self._of_factor(made.of))
            return self.direction(add(Quotient(modulus, {}), constant(-1)))
        if numbers == whole and len(numbers) == 1 and not self.is_positive(numbers[0]):
            raise Split(self.atom(numbers[0]))
        if len(factor) > 1 and self.weak_sign(as_polynomial(factor)):
            raise Split(self.atom(next(each for each in numbers if not self.is_positive(each))))
        raise Split(factor)

    def refuse_artefacts(self) -> None:
        """Where something is undefined, raise unless that is certainly the expression itself.

        A denominator that sums or exponents share, that is under a sum that may be empty, or that a derivative has put
        there, may be of the search's making.
        """
        if self.denominators or self.exponents or self.narrowed or self.differentiated:
            raise Unsupported("a denominator or a logarithm's argument that is 0 in some case")

    # --- branches ------------------------------------------------------------------------------

    def branches(self, factor: Factor) -> Iterator[Self]:
        """The branches in which the polynomial is positive, zero or negative, as far as each may be."""
        weak = self.weak_sign(as_polynomial(factor))
        for sign in (0, 1, -1):
            if sign != -weak or not sign:
                branch = self.fork()
                branch.assume(factor, sign)
                yield branch

    def fork(self) -> Self:
        """A field of its own, that knows what this one knows."""
        twin = super().fork()
        twin.equations = None
        return twin

    def assume(self, factor: Factor, sign: int) -> None:
        """The polynomial has this sign from here on."""
        self.assumptions.append((factor, sign))
        image = self._solved(factor, sign)
        if image:
            self.put_in.append(image)
        elif sign:
            self.signs[factor] = sign
        else:
            raise Unsupported("a quantity that is 0 in some case, and that no other one can be solved for")

    def _solved(self, factor: Factor, sign: int) -> tuple[int, Quotient] | None:
        """A generator and what it is, where the polynomial is 0, or is a slack or its negative."""
        excess = self._slack(factor, sign) if sign else ZERO
        for kind in (Entry, Scalar, Moment, N):
            for number in sorted(generators(dict(factor))):
                if isinstance(self.table[number], kind):
                    image = self._image(as_polynomial(factor), number, excess, sign)
                    if image is not None:
                        return number, image
        return None

    def _slack(self, factor: Factor, sign: int) -> Quotient:
        """A positive quantity with the sign; where only whole numbers occur, 1 and what is more."""
        self.slacks += 1
        name = Own("slack", self.slacks)
        slack = self.generator(Scalar(name))
        if self._is_whole(factor):
            self.not_negative.add(name)
            self.integers.add(self.number(Scalar(name)))
            slack = add(ONE, slack)
        else:
            self.assumed.add(name)
        return slack if sign > 0 else negate(slack)

    def _is_whole(self, factor: Factor) -> bool:
        """Whether the polynomial is a whole number that a slack can be put in for."""
        linear = all(len(monomial) <= 1 and all(power == 1 for _, power in monomial) for monomial, _ in factor)
        return linear and generators(dict(factor)) <= self.integers

    def _image(self, poly: Polynomial, number: int, excess: Quotient, sign: int) -> Quotient | None:
        """g from a g + b = excess, if that keeps what is known of its sign."""
        slope, rest = linear_in(poly, number)
        if not slope or any(self.contains(each, number) for each in generators(poly) - {number}):
            return None
        if sign and rational_value(Quotient(slope, {})) is None:
            return None
        if not self.sign_of_polynomial(slope):
            return None
        if number in self.integers and abs(rational_value(Quotient(slope, {})) or 0) != 1:
            return None
        image = multiply(add(excess, negate(Quotient(rest, {}))), inverse(Quotient(slope, {})))
        return image if self._keeps_sign(number, image) else None

    def _keeps_sign(self, number: int, image: Quotient) -> bool:
        """Whether what is known of a generator's sign can be read off its image."""
        if self.is_positive(number):
            return self.sign_of(image, zero=False) == 1
        if self.is_nonnegative(number):
            return not image.num or (not image.den and self.weak_sign(image.num) == 1)
        return True


def _factors(poly: Polynomial) -> tuple[Any, Monomial, list[tuple[Factor, int]]]:
    """Factors, irreducible ones unless that takes long; what is linear, and has no common monomial, is irreducible."""
    content, common, primitive = split_content(poly)
    linear = all(len(each) <= 1 and all(power == 1 for _, power in each) for each in primitive)
    if len(primitive) > (1 if linear else LONGEST):
        return content, common, [(as_factor(primitive), 1)]
    return factored(poly)


def every_branch(start: OfBranch, decide: Callable[[OfBranch], Said]) -> Iterator[tuple[OfBranch, Said]]:
    """Each branch that no open sign is left in, with what is decided there."""
    waiting = [start]
    for _ in range(MOST):
        if not waiting:
            return
        branch = waiting.pop()
        try:
            yield branch, branch.settle(partial(decide, branch))
        except Vacuous:
            continue
        except Split as split:
            if len(branch.assumptions) >= DEEPEST:
                raise Unsupported(f"a case that turns on more than {DEEPEST} signs") from None
            waiting.extend(branch.branches(split.factor))
    raise Unsupported(f"more than {MOST} cases of signs")
