"""What is linear in logarithms: by the concavity of the logarithm it follows from a polynomial inequality.

    bounds(field, polynomial)      Bound, Bound, ...: each polynomial is <= the given one, and has no logarithms

With weights a_k >= 0 of sum A, and B >= 0:

    sum_k a_k log x_k <= A log(sum_k a_k x_k / A)       Jensen, for each sum that has logarithms in it
    B log x <= B (x - 1)                                the tangent at 1, for what has then one weight
    sum_k log x_k <= -log(1 + sum_k (1/x_k - 1))        for x_k <= 1: a product of 1 + e_k is at least 1 + sum e_k

An exponent counts as the logarithm of its exponential: lambda z_k is log e^(lambda z_k). That the weights are not
negative is checked here, explicitly. Equality holds only where all x_k are equal, or x is 1: `Bound` has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd, lcm
from typing import Any

from sympy.polys.domains import QQ

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.generators import Exp, Log, Moment
from symbolic.search.form.moments import Field
from symbolic.search.limits.laurent import (
    ONE,
    Factor,
    Monomial,
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    constant,
    inverse,
    monomial_power,
    monomial_product,
    multiply,
    negate,
    polynomial_sum,
    power,
    scaled,
    split_content,
)

__all__ = ["Bound", "bounds"]

Atom = tuple[str, Any]  # ("log", factor) or ("exp", monomial): what is a logarithm
Combination = dict[Atom, Polynomial]


@dataclass(frozen=True)
class Bound:
    """A quotient that is at most the polynomial, and what has to hold for equality.

    `ones` are weights with the x that have to be 1 then; `alike` are, for each sum, the factor before it, its weights
    and its x at the class "0'", which have to be equal wherever the weights are positive; `single` are factors before
    products of 1 + e_k, e_k > 0, and whether these leave named classes out: no two classes may be left then.
    """

    value: Quotient
    ones: tuple[tuple[Polynomial, Quotient], ...]
    alike: tuple[tuple[Polynomial, Quotient, Quotient], ...]
    single: tuple[tuple[Polynomial, bool], ...] = ()


def bounds(field: Field, poly: Polynomial, positive: list[Polynomial]) -> Iterator[Bound]:
    """Lower bounds of the polynomial; `positive` are sums that a hypothesis makes positive."""
    for way in ("plain", "absorbing", "products", "apart", "roots"):
        try:
            found = _Negated(field, poly, positive, way).bound()
        except (Unsupported, Undefined):
            found = None
        if found is not None:
            yield found


class _Negated:
    """-P, split into logarithms under sums, logarithms outside of them, and the rest."""

    def __init__(self, field: Field, poly: Polynomial, positive: list[Polynomial], way: str) -> None:
        self.field = field
        self.positive = positive
        self.way = way
        self.exponents = sorted(
            (made.of for made in field.table if isinstance(made, Exp)), key=lambda each: (-len(each), each)
        )
        self.exponents += [moved for each in self.exponents for moved in self._at_named(each)]
        self.sums: dict[Monomial, Combination] = {}
        self.outside: Combination = {}
        self.rest: Polynomial = {}
        self.quotients: list[tuple[Polynomial, Quotient]] = []
        self.alike: list[tuple[Polynomial, Quotient, Quotient]] = []
        self.single: list[tuple[Polynomial, bool]] = []
        for monomial, coefficient in poly.items():
            self._sort(monomial, -coefficient)

    def bound(self) -> Bound | None:
        """The bound, or None where there is no logarithm or a weight may be negative."""
        if not self.sums and not self.outside:
            return None
        for weight, combination in self.sums.items():
            self._jensen(weight, combination)
        self.quotients += [(weight, self._antilog(atom, 1)) for atom, weight in self.outside.items() if weight]
        if self.way == "absorbing":
            self._absorb()
        result = Quotient(self.rest, {})
        ones = list(self._collected())
        for each, x in ones:
            if self._sign(each) != 1:
                raise Unsupported("a weight that may be negative")
            if not self._without_poles(multiply(Quotient(each, {}), x)):
                raise Unsupported("a term without a bound where a weight is 0")
            result = add(result, multiply(Quotient(each, {}), add(x, constant(-1))))
        return Bound(negate(result), tuple(ones), tuple(self.alike), tuple(self.single))

    def _absorb(self) -> None:
        """Terms B m of the rest, B being the weight of a logarithm, as B log e^m."""
        weight = next((each for each, _ in self.quotients if len(each) == 1), {})
        for own in weight:
            for monomial, value in list(self.rest.items()):
                inner = monomial_product(monomial, monomial_power(own, -1))
                if inner and all(exponent > 0 for _, exponent in inner):
                    del self.rest[monomial]
                    self.quotients.append(({own: value}, self.field.exp(Quotient({inner: QQ(1)}, {}))))

    # --- sorting -----------------------------------------------------------------------------

    def _sort(self, monomial: Monomial, coefficient: Any) -> None:
        for number, exponent in monomial:
            made = self.field.table[number]
            others = tuple(pair for pair in monomial if pair[0] != number)
            if isinstance(made, Log) and exponent == 1 and not self._logs(others):
                self._put(self.outside, ("log", made.of), {others: coefficient})
                return
            if isinstance(made, Moment) and exponent == 1 and not made.over:
                found = self._inside(made, others)
                if found:
                    atom, weight, outer = found
                    self._put(self.sums.setdefault(weight, {}), atom, {outer: coefficient})
                    return
        for exponent_of in self.exponents:
            if not any(self._dotted(number) for number, _ in exponent_of):
                remaining = _divided(monomial, exponent_of)
                if remaining is not None:
                    self._put(self.outside, ("exp", exponent_of), {remaining: coefficient})
                    return
        self.rest = polynomial_sum(self.rest, {monomial: coefficient})

    @staticmethod
    def _put(where: Combination, atom: Atom, coefficient: Polynomial) -> None:
        where[atom] = polynomial_sum(where.get(atom, {}), coefficient)

    def _logs(self, monomial: Monomial) -> bool:
        return any(isinstance(self.field.table[number], Log) for number, _ in monomial)

    def _dotted(self, number: int) -> bool:
        return any(at[-1] in "'." for at in self.field.at[number])

    def _at_named(self, monomial: Monomial) -> Iterator[Monomial]:
        """An exponent under a sum, at the classes at hand."""
        for at in self.field.case.named:
            moved = self._at(monomial, at)
            if moved != monomial and moved not in self.exponents:
                yield moved

    def _inside(self, made: Moment, outer: Monomial) -> tuple[Atom, Monomial, Monomial] | None:
        """The logarithm under a sum, the weight beside it, both at the class "0'", and what stands outside."""
        with self.field.dot() as dot:
            (inside,) = self.field.opened(made, dot).num
            for number, exponent in inside:
                found = self.field.table[number]
                if isinstance(found, Log) and exponent == 1:
                    return ("log", found.of), tuple(pair for pair in inside if pair[0] != number), outer
            for exponent_of in self.exponents:
                moved = self._at(exponent_of, dot)
                own = tuple(pair for pair in moved if dot in self.field.at[pair[0]])
                beside = tuple(pair for pair in moved if dot not in self.field.at[pair[0]])
                if own:
                    weight, left = _divided(inside, own), _divided(outer, beside)
                    if weight is not None and left is not None:
                        return ("exp", moved), weight, left
        return None

    def _at(self, monomial: Monomial, dot: str) -> Monomial:
        """An exponent under a sum at another class."""
        places = {at for number, _ in monomial for at in self.field.at[number] if at[-1] in "'."}
        if len(places) != 1:
            return monomial
        return self.field.monomial_at(monomial, places.pop(), dot)

    # --- Jensen ------------------------------------------------------------------------------

    def _jensen(self, weight: Monomial, combination: Combination) -> None:
        """sum_k a_k log x_k <= A log(sum_k a_k x_k / A)."""
        if self.field.weak_sign({weight: QQ(1)}) != 1:
            raise Unsupported("a weight that may be negative")
        for common, exponents in _proportional(combination):
            if self._sign(common) == -1:
                common, exponents = scaled(common, (), QQ(-1)), {each: -value for each, value in exponents.items()}
            if self._sign(common) != 1:
                raise Unsupported("a weight that may be negative")
            scale = _scale(exponents.values()) * (2 if self.way == "roots" else 1)
            common = scaled(common, (), scale)
            x = ONE
            for atom, value in exponents.items():
                x = multiply(x, self._antilog(atom, value / scale))
            self._add_group(weight, common, x)

    def _add_group(self, weight: Monomial, common: Polynomial, x: Quotient) -> None:
        with self.field.dot() as dot:
            if self.way in ("products", "apart") and not weight:
                x = multiply(x, self._of_weight(multiply(Quotient(common, {}), self.field.size()).num))
                self._add_product(common, x, dot)
                return
            weighted = multiply(Quotient({weight: QQ(1)}, {}), x)
            if not self._finite(weighted):
                raise Unsupported("a term without a bound where a weight is 0")
            total = self.field.moment_sum(Quotient({weight: QQ(1)}, {}), dot)
            if self.field.sign_of_polynomial(total.num) != 1 and total.num not in self.positive:
                raise Unsupported("weights that may all be 0")
            mean = multiply(self.field.moment_sum(weighted, dot), inverse(total))
        self.alike.append((common, Quotient({weight: QQ(1)}, {}), x))
        self.quotients.append((multiply(Quotient(common, {}), total).num, mean))

    def _add_product(self, common: Polynomial, x: Quotient, dot: str) -> None:
        """sum_k log x_k <= -log(1 + sum_k (1/x_k - 1)) for x_k <= 1; if `apart`, over the classes without a name."""
        turned = inverse(x)
        excess = add(turned, constant(-1))
        if turned.den or self.field.weak_sign(excess.num) != 1:
            raise Unsupported("no product of factors that are at least 1")
        if self.field.sign_of_polynomial(excess.num) == 1:
            self.single.append((common, self.way == "apart"))
        total = self.field.moment_sum(excess, dot)
        for at in self.field.case.named if self.way == "apart" else ():
            self.quotients.append((common, self.field.rename(x, dot, at)))
            total = add(total, negate(self.field.rename(excess, dot, at)))
        self.quotients.append((common, inverse(add(ONE, total))))

    def _of_weight(self, weight: Polynomial) -> Quotient:
        """The logarithms outside that have this weight, taken under the sum."""
        x = ONE
        for atom, coefficient in self.outside.items():
            own = {monomial: value for monomial, value in coefficient.items() if monomial in weight}
            ratio = _ratio(own, weight)
            if ratio:
                self.outside[atom] = polynomial_sum(coefficient, scaled(own, (), QQ(-1)))
                x = multiply(x, self._antilog(atom, ratio))
        return x

    def _finite(self, quotient: Quotient) -> bool:
        """Whether the terms are not negative, and nothing that may be 0 is divided by."""
        below = all(self.field.sign(factor, zero=False) == 1 for factor in quotient.den)
        return below and self._without_poles(quotient) and self.field.weak_sign(quotient.num) == 1

    def _without_poles(self, quotient: Quotient) -> bool:
        """Whether only what is surely not 0 has a negative power."""
        numbers = {number for each in quotient.num for number, exponent in each if exponent < 0}
        return all(self.field.is_positive(n) or {((n, 1),): QQ(1)} in self.positive for n in numbers)

    def _sign(self, poly: Polynomial) -> int:
        """The sign of a weight, one that a hypothesis makes positive included."""
        content, common, primitive = split_content(poly)
        own = self.field.weak_sign({common: QQ(1)})
        rest = 1 if primitive in self.positive else self.field.weak_sign(primitive)
        return own * rest * (1 if content > 0 else -1)

    def _antilog(self, atom: Atom, value: Any) -> Quotient:
        """The quantity whose logarithm it is, to a power."""
        kind, what = atom
        if kind == "exp":
            return self.field.exp(Quotient({what: QQ(1) * value}, {}))
        factor: Factor = what
        sign = self.field.side(factor)
        if not sign:
            raise Unsupported("the logarithm of an absolute value")
        base = scaled(as_polynomial(factor), (), QQ(sign))
        if len(base) == 1 and next(iter(base.values())) == 1:
            return Quotient({monomial_power(next(iter(base)), value): QQ(1)}, {})
        if value.denominator != 1:
            raise Unsupported("a root of a sum")
        return power(Quotient(base, {}), int(value))

    # --- collecting --------------------------------------------------------------------------

    def _collected(self) -> Iterator[tuple[Polynomial, Quotient]]:
        """The logarithms with proportional weights as one."""
        while self.quotients:
            weight, _ = self.quotients[0]
            ratios = [(_ratio(each, weight), x) for each, x in self.quotients]
            same = [(ratio, x) for ratio, x in ratios if ratio is not None]
            self.quotients = [pair for pair, (ratio, _) in zip(self.quotients, ratios, strict=True) if ratio is None]
            if self._sign(weight) == -1:
                weight, same = scaled(weight, (), QQ(-1)), [(-ratio, x) for ratio, x in same]
            scale = _scale(ratio for ratio, _ in same)
            product = ONE
            for ratio, x in same:
                product = multiply(product, power(x, int(ratio / scale)))
            if product != ONE and add(product, constant(-1)).num:
                yield scaled(weight, (), scale), product


def _divided(monomial: Monomial, divisor: Monomial) -> Monomial | None:
    """The monomial less a divisor, the exponents of which it has."""
    exponents = dict(monomial)
    for number, exponent in divisor:
        own = exponents.get(number, 0)
        if not (own >= exponent > 0 or own <= exponent < 0):
            return None
    return monomial_product(monomial, monomial_power(divisor, -1))


def _ratio(first: Polynomial, second: Polynomial) -> Any | None:
    """The rational number that is first/second, or None."""
    if not first:
        return QQ(0)
    if first.keys() != second.keys():
        return None
    each = next(iter(first))
    ratio = first[each] / second[each]
    return ratio if all(first[m] == ratio * second[m] for m in first) else None


def _proportional(combination: Combination) -> Iterator[tuple[Polynomial, dict[Atom, Any]]]:
    """The logarithms by weight, each with its exponent."""
    left = {atom: poly for atom, poly in combination.items() if poly}
    while left:
        common = next(iter(left.values()))
        ratios = {atom: _ratio(poly, common) for atom, poly in left.items()}
        yield common, {atom: ratio for atom, ratio in ratios.items() if ratio is not None}
        left = {atom: poly for atom, poly in left.items() if ratios[atom] is None}


def _scale(values: Any) -> Any:
    """The positive rational of which all values are whole multiples without a common factor."""
    values = list(values)
    below = lcm(*(int(value.denominator) for value in values))
    return QQ(gcd(*(int(value.numerator) * (below // int(value.denominator)) for value in values)), below)
