"""The normal form: a term, in one case of its indices, as a quotient of Laurent polynomials.

The generators are n, the scalars, the entries at the classes at hand, exponentials of monomials, logarithms
of irreducible polynomials, and *moments*: a sum is linear, so it is split into sums of one monomial each.

    Field(case).value(term, classes)      the normal form; `Undefined` where the term has no value at all
    field.sum, field.exp, field.log       the operations on normal forms
    field.rename(quotient, old, new)      the same with another class
    field.replace(quotient, images)       with some generators replaced

Classes are strings: a free index or a number; "1'" while a sum over it is open (a *dot*), "2." once it
is closed inside a moment, numbered from the inside, so that equal moments are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

from sympy import factorint
from sympy.polys.domains import QQ

from symbolic.kernel import admit, calculus
from symbolic.kernel.generators import Abs, Entry, Exp, Generator, In, Log, Moment, N, Reciprocal, Scalar
from symbolic.kernel.laurent import (
    ONE,
    ZERO,
    Factor,
    Monomial,
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    constant,
    expanded,
    factored,
    generator,
    generators,
    inverse,
    mapped,
    monomial_power,
    monomial_product,
    multiply,
    negate,
    polynomial_product,
    power,
    scaled,
    split_content,
    total,
)
from symbolic.language.errors import Undefined, Unsupported

__all__ = ["Case", "Field", "Restart", "rational_value"]


@dataclass(frozen=True)
class Case:
    """Which class each free index is, who is in which subset, and n where a hypothesis fixes it.

    With n fixed, `named` lists all the classes and sums are written out.
    """

    classes: dict[str, str]
    members: dict[tuple[str, str], bool] = field(default_factory=dict)
    n: int | None = None
    written_out: bool = False

    @property
    def named(self) -> list[str]:
        """The distinct classes at hand."""
        return list(dict.fromkeys(self.classes.values()))


class Restart(Exception):
    """Something was learnt that changes normal forms already made: they are made again."""


class Field:
    """The normal forms of one case. What it learns on the way only ever grows, so restarts end."""

    def __init__(self, case: Case, positive: Iterable[Any] = ()) -> None:
        self.case = case
        self.table: list[Generator] = []
        self.numbers: dict[Generator, int] = {}
        self.at: list[frozenset[str]] = []
        self.height: list[int] = []
        self.assumed = set(positive)  # scalars and families that hypotheses make positive
        self.not_negative: set[str] = set()  # scalars and families that are >= 0
        self.signs: dict[Factor, int] = {}  # of polynomials under a logarithm
        self.restricted = 0  # how many open sums run over a part of the classes only
        self.exponents: dict[Factor, int] = {}  # the denominator that all exponents share
        self.denominators: dict[Factor, int] = {}  # of summands, written at the class "."
        self.apart = False  # moments leave the named classes out
        self.inhabited = True  # moments run over one class at least
        self.shift = 0  # the generator N is n less this
        self.nonempty: set[str] = set()  # subsets with a member among the classes that moments run over
        self.complete = True  # the generators made so far are independent
        self.dots = 0
        self.known: dict[Any, Quotient] = {}

    def settle(self, make: Callable[[], Any]) -> Any:
        """The result of `make`, made again as long as it teaches something new."""
        for _ in range(50):
            try:
                return make()
            except Restart:
                self.dots = 0
                self.known.clear()
        raise Unsupported("too many different denominators under sums")

    # --- generators --------------------------------------------------------------------------

    def number(self, made: Generator) -> int:
        """The number of a generator."""
        known = self.numbers.get(made)
        if known is None:
            known = self.numbers[made] = len(self.table)
            self.table.append(made)
            self.at.append(self._classes(made))
            self.height.append(self._height(made))
        return known

    def generator(self, made: Generator) -> Quotient:
        """A generator as a quotient."""
        return generator(self.number(made))

    def _inner(self, made: Generator) -> set[int]:
        """The generators inside a generator."""
        match made:
            case Exp(monomial):
                return generators([monomial])
            case Log(factor) | Abs(factor):
                return generators(dict(factor))
            case Reciprocal(over):
                return set().union(*(generators(dict(factor)) for factor, _ in over))
            case Moment(monomial, over):
                return generators([monomial]).union(*(generators(dict(factor)) for factor, _ in over))
        return set()

    def _classes(self, made: Generator) -> frozenset[str]:
        own = frozenset({made.at}) if isinstance(made, (Entry, In)) else frozenset()
        inside = own.union(*(self.at[each] for each in self._inner(made)))
        return inside - {f"{self._height(made) - 1}."} if isinstance(made, Moment) else inside

    def _height(self, made: Generator) -> int:
        inside = max((self.height[each] for each in self._inner(made)), default=0)
        return inside + 1 if isinstance(made, Moment) else inside

    def contains(self, number: int, other: int) -> bool:
        """Whether a generator is made with another one."""
        inner = self._inner(self.table[number])
        return other in inner or any(self.contains(each, other) for each in inner)

    # --- signs -------------------------------------------------------------------------------

    def is_positive(self, number: int) -> bool:
        """Whether a generator is surely positive."""
        match self.table[number]:
            case N():
                return self.shift == 0
            case Exp() | Abs():
                return True
            case Scalar(name):
                return name == "lambda" or name in self.assumed or self._sign_of(number) == 1
            case Entry(family, _):
                return family in self.assumed or self._sign_of(number) == 1
            case Moment(monomial, over):
                subsets = {self.table[each] for each, _ in monomial if isinstance(self.table[each], In)}
                factors = (self.sign(factor) == 1 for factor, _ in over)
                others = (self.is_positive(each) for each, _ in monomial if not isinstance(self.table[each], In))
                return self._met(subsets) and all(others) and all(factors)
            case Log(factor):
                return factor[0][0] == ()  # the logarithm of a prime
        return self._sign_of(number) == 1

    def _met(self, subsets: set[Any]) -> bool:
        """Whether the range of a moment, within the subsets, surely has a class."""
        if len(subsets) == 1:
            return next(iter(subsets)).subset in self.nonempty
        return self.inhabited and not subsets

    def is_nonnegative(self, number: int) -> bool:
        """Whether a generator is surely not negative."""
        match self.table[number]:
            case N() | In():
                return True
            case Scalar(name) | Entry(name, _) if name in self.not_negative:
                return True
            case Moment(monomial, over):
                return self._nonnegative(monomial) and all(self.sign(factor) == 1 for factor, _ in over)
        return self.is_positive(number)

    def _sign_of(self, number: int) -> int:
        return self._learnt((((((number, 1),), 1)),))

    def _learnt(self, factor: Factor) -> int:
        """The sign that a logarithm gives, of the polynomial itself or of all its like."""
        turned, general = self.anywhere(factor)
        return self.signs.get(factor, 0) or turned * self.signs.get(general, 0)

    def anywhere(self, factor: Factor) -> tuple[int, Factor]:
        """The polynomial, up to a sign, with its one class replaced by ".", which stands for every class."""
        at = frozenset().union(*(self.at[each] for each in generators(dict(factor))))
        return self._moved(factor, next(iter(at)), ".") if len(at) == 1 else (1, factor)

    def sign(self, factor: Factor) -> int:
        """1 or -1 where the sign of a polynomial is sure, else 0."""
        learnt = self._learnt(factor)
        if learnt:
            return learnt
        return self.sign_of_polynomial(as_polynomial(factor))

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

    def _nonnegative(self, monomial: Monomial) -> bool:
        return all(exponent % 2 == 0 or self.is_nonnegative(number) for number, exponent in monomial)

    def sign_of(self, quotient: Quotient) -> int:
        """The sure sign of a quotient, else 0."""
        result = self.sign_of_polynomial(quotient.num)
        for factor, exponent in quotient.den.items():
            result *= self.sign(factor) if exponent % 2 else abs(self.sign(factor)) or 0
        return result

    # --- terms -------------------------------------------------------------------------------

    def value(self, term: admit.Term, classes: dict[str, str]) -> Quotient:
        """The normal form of a term, its indices being the given classes."""
        key = (term, tuple(sorted((each, classes[each]) for each in term.free)))
        if key not in self.known:
            self.known[key] = self._value(term, classes)
        return self.known[key]

    def _value(self, term: admit.Term, classes: dict[str, str]) -> Quotient:
        match term:
            case admit.Number(value):
                return constant(value)
            case admit.Scalar(name):
                return self.generator(Scalar(name))
            case admit.Size():
                return self.size()
            case admit.Entry(family, index):
                return self.generator(Entry(family, classes[index]))
            case admit.Plus(terms):
                return total(self.value(each, classes) for each in terms)
            case admit.Times(terms):
                return self.product(self.value(each, classes) for each in terms)
            case admit.Power(base, exponent):
                return self.power(self.value(base, classes), self.value(exponent, classes))
            case admit.Exp(inner):
                return self.exp(self.value(inner, classes))
            case admit.Log(inner):
                return self.log(self.value(inner, classes))
            case admit.Absolute(inner):
                return self.absolute(self.value(inner, classes))
            case admit.Delta(first, second):
                return ONE if classes[first] == classes[second] else ZERO
            case admit.Diff(inner, variable):
                return calculus.derivative(self, self.value(inner, classes), self.variable(variable, classes))
            case admit.Sum(body, bound, among):
                return self.sum(body, bound, among, classes)
        raise Unsupported(f"the kernel does not know {type(term).__name__}")

    def product(self, factors: Iterable[Quotient]) -> Quotient:
        """The product of many quotients."""
        result = ONE
        for each in factors:
            result = multiply(result, each)
        return result

    def size(self) -> Quotient:
        """n: a generator, or the number that a hypothesis fixes."""
        if self.case.n is not None:
            return constant(self.case.n)
        return add(self.generator(N()), constant(self.shift))

    def variable(self, variable: admit.Scalar | admit.Entry, classes: dict[str, str]) -> int:
        """The generator that a derivative is taken in."""
        match variable:
            case admit.Scalar(name):
                return self.number(Scalar(name))
            case admit.Entry(family, index):
                return self.number(Entry(family, classes[index]))
        raise Unsupported(f"{variable} is not a variable")

    # --- powers, exponentials, logarithms ----------------------------------------------------

    def power(self, base: Quotient, exponent: Quotient) -> Quotient:
        """base^exponent: repeated multiplication, or exp(exponent log base) of a positive base."""
        rational = rational_value(exponent)
        if rational is not None and rational.denominator == 1:
            return power(base, int(rational))
        if not base.num and rational is not None and rational > 0:
            return ZERO
        if self.sign_of(base) != 1 and (rational is None or not _is_generator(base)):
            raise Unsupported("a power that is not an integer, of a base that may be negative")
        return self.exp(multiply(exponent, self.log(base)))

    def exp(self, exponent: Quotient) -> Quotient:
        """e^a e^b = e^(a+b): one generator a monomial of the exponent."""
        if exponent.den:
            exponent = self.cancelled(exponent)
        if not exponent.den and self.is_logarithm(exponent):
            return self.product(self._exp_of(monomial, value) for monomial, value in exponent.num.items())
        over, own = self._common_exponent(exponent)
        return self.product(self._exp_of(monomial_product(monomial, over), value) for monomial, value in own.items())

    def _exp_of(self, monomial: Monomial, value: Any) -> Quotient:
        inner = self.table[monomial[0][0]] if len(monomial) == 1 and monomial[0][1] == 1 else None
        if isinstance(inner, Log):
            return self._antilog(inner.of, value)
        return generator(self.number(Exp(monomial)), _exponent(value))

    def is_logarithm(self, exponent: Quotient) -> bool:
        """Whether the exponent is a rational combination of logarithms, so that its exponential is a product."""
        return all(
            len(monomial) == 1 and monomial[0][1] == 1 and isinstance(self.table[monomial[0][0]], Log)
            for monomial in exponent.num
        )

    def _common_exponent(self, exponent: Quotient) -> tuple[Monomial, Polynomial]:
        """The exponent over the one denominator that all exponents share, so that their monomials are independent."""
        new = {factor: times for factor, times in exponent.den.items() if times > self.exponents.get(factor, 0)}
        if any(self.dotted(factor) for factor in new):
            self.complete = False
            shared = exponent.den
        elif new:
            self.exponents.update(new)
            raise Restart
        else:
            shared = self.exponents
        if not shared:
            return (), exponent.num
        missing = {factor: times - exponent.den.get(factor, 0) for factor, times in shared.items()}
        reciprocal = self.number(Reciprocal(tuple(sorted(shared.items()))))
        return ((reciprocal, 1),), polynomial_product(exponent.num, expanded(missing))

    def dotted(self, factor: Factor) -> bool:
        """Whether the polynomial depends on a class that is summed over."""
        return any(_is_dot(at) for number in generators(dict(factor)) for at in self.at[number])

    def cancelled(self, quotient: Quotient) -> Quotient:
        """Lowest terms, by factoring both sides."""
        content, monomial, above = factored(quotient.num)
        scale, common, below = factored(expanded(quotient.den))
        powers = dict(above)
        for factor, exponent in below:
            powers[factor] = powers.get(factor, 0) - exponent
        num = expanded({factor: exponent for factor, exponent in powers.items() if exponent > 0})
        den = {factor: -exponent for factor, exponent in powers.items() if exponent < 0}
        lead = monomial_product(monomial, monomial_power(common, -1))
        return Quotient(scaled(num, lead, content / scale), den)

    def _antilog(self, factor: Factor, value: Any) -> Quotient:
        """|q|^value."""
        sign, whole = self.sign(factor), value.denominator == 1
        if whole and (sign or value % 2 == 0):
            return power(Quotient(as_polynomial(factor) if sign >= 0 else _negated(factor), {}), int(value))
        if sign and len(factor) == 1 and factor[0][0]:
            return generator(factor[0][0][0][0], _exponent(value))
        if whole:
            even = power(Quotient(as_polynomial(factor), {}), int(value) - 1)
            return multiply(even, self.generator(Abs(factor)))
        return generator(self.number(Exp(((self.number(Log(factor)), 1),))), _exponent(value))

    def log(self, argument: Quotient) -> Quotient:
        """log |a| as a combination of logarithms of irreducibles; the argument is positive wherever it is defined."""
        if not argument.num:
            raise Undefined("the logarithm of 0")
        content, monomial, factors = factored(argument.num)
        powers = dict(factors)
        for factor, exponent in argument.den.items():
            scale, common, below = factored(as_polynomial(factor))
            monomial = monomial_product(monomial, monomial_power(common, -exponent))
            content /= scale**exponent
            for each, times in below:
                powers[each] = powers.get(each, 0) - times * exponent
        for number, exponent in monomial:
            if not isinstance(self.table[number], Exp):
                powers[self.atom(number)] = exponent
        self._learn_sign(1 if content > 0 else -1, powers)
        exponentials = (self._exponent_of(number, exponent) for number, exponent in monomial)
        logs = (self._log_times(factor, exponent) for factor, exponent in powers.items() if exponent)
        return total([*exponentials, *logs, *(self._log_times(*prime) for prime in _primes(content))])

    @staticmethod
    def atom(number: int) -> Factor:
        """A generator as a polynomial."""
        return ((((number, 1),), 1),)

    def _log_times(self, factor: Factor, exponent: Any) -> Quotient:
        return Quotient({((self.number(Log(factor)), 1),): QQ(exponent.numerator, exponent.denominator)}, {})

    def _exponent_of(self, number: int, exponent: Any) -> Quotient:
        """The logarithm of a power of an exponential."""
        made = self.table[number]
        if not isinstance(made, Exp):
            return ZERO
        return multiply(self.actual(made.of), constant(QQ(exponent.numerator, exponent.denominator)))

    def actual(self, monomial: Monomial) -> Quotient:
        """An exponent's monomial with its reciprocal, if it has one, as a quotient."""
        return mapped({monomial: QQ(1)}, self._without_reciprocal)

    def _without_reciprocal(self, number: int) -> Quotient:
        made = self.table[number]
        return inverse(Quotient(expanded(dict(made.of)), {})) if isinstance(made, Reciprocal) else generator(number)

    def _learn_sign(self, sign: int, powers: dict[Factor, Any]) -> None:
        """A logarithm's argument is positive: with one factor of unsure sign, that sign is known from here on."""
        unsure = []
        for factor, exponent in powers.items():
            if exponent % 2:
                known = self.sign(factor)
                sign *= known or 1
                if not known:
                    unsure.append(factor)
        if not unsure and sign < 0:
            raise Undefined("the logarithm of a negative number")
        if len(unsure) == 1 and not self.restricted:
            turned, general = self.anywhere(unsure[0]) if self.dotted(unsure[0]) else (1, unsure[0])
            self.signs[general] = sign * turned
            raise Restart

    def absolute(self, argument: Quotient) -> Quotient:
        """|a| as a product of |q|."""
        if not argument.num:
            return ZERO
        squared = self.log(multiply(argument, argument))
        return self.exp(multiply(squared, constant(QQ(1, 2))))

    # --- sums --------------------------------------------------------------------------------

    def sum(self, body: admit.Term, bound: str, among: admit.Classes, classes: dict[str, str]) -> Quotient:
        """The sum of the body over the classes in the range."""
        excluded = {classes[each] for each in among.excluded}
        compares = bound in body.compared

        def at(where: str) -> Quotient:
            weight = self._weight(among, where)
            return multiply(weight, self.value(body, {**classes, bound: where})) if weight.num else ZERO

        if self.case.written_out:
            return total(at(each) for each in self.case.named if each not in excluded)
        with self.dot(among) as dot:
            general = at(dot)
            result = self.moment_sum(general, dot)
            in_scope = [*self.case.named, *(f"{number}'" for number in range(self.dots - 1))]
            for each in in_scope:
                counted = not (self.apart and each in self.case.named)
                if each in excluded:
                    result = add(result, negate(self._at_excluded(general, dot, each))) if counted else result
                elif compares or not counted:
                    result = add(result, at(each))
                    result = add(result, negate(self.rename(general, dot, each))) if counted else result
        return result

    @contextmanager
    def dot(self, among: admit.Classes | None = None) -> Iterator[str]:
        """A class that stands for every class while a sum over it is open."""
        narrow = among is not None and bool(among.excluded or among.inside or among.outside)
        self.dots += 1
        self.restricted += narrow
        try:
            yield f"{self.dots - 1}'"
        finally:
            self.dots -= 1
            self.restricted -= narrow

    def _weight(self, among: admit.Classes, at: str) -> Quotient:
        """1 where the class is in the range's subsets, 0 where not."""
        inside = (self.membership(subset, at) for subset in sorted(among.inside))
        outside = (add(ONE, negate(self.membership(subset, at))) for subset in sorted(among.outside))
        return self.product([*inside, *outside])

    def membership(self, subset: str, at: str) -> Quotient:
        """1 or 0 for a class at hand, a generator for one that is summed over."""
        known = self.case.members.get((subset, at))
        return self.generator(In(subset, at)) if known is None else (ONE if known else ZERO)

    def _at_excluded(self, general: Quotient, dot: str, at: str) -> Quotient:
        """The term to take out again; where it has a pole, the moments have to leave the named classes out."""
        try:
            return self.rename(general, dot, at)
        except Undefined:
            if self.apart:
                raise Unsupported("a sum whose left-out term is a pole, under another sum") from None
            self.apart, self.inhabited = True, False
            raise Restart from None

    def moment_sum(self, summand: Quotient, dot: str) -> Quotient:
        """The sum over the dot, monomial by monomial."""
        own = {factor: times for factor, times in summand.den.items() if self._factor_at(factor, dot)}
        outer = {factor: times for factor, times in summand.den.items() if factor not in own}
        shared, apart = self._shared(own, dot)
        missing = {factor: times - own.get(factor, 0) for factor, times in shared.items()}
        num = polynomial_product(summand.num, expanded(missing))
        terms: dict[Monomial, Polynomial] = {}
        for monomial, coefficient in num.items():
            inside = tuple(pair for pair in monomial if dot in self.at[pair[0]])
            outside = tuple(pair for pair in monomial if dot not in self.at[pair[0]])
            terms.setdefault(self._idempotent(inside), {})
            part = terms[self._idempotent(inside)]
            part[outside] = part.get(outside, QQ(0)) + coefficient
        over = {**shared, **apart}
        parts = (
            multiply(
                Quotient({each: value for each, value in part.items() if value}, outer), self._moment(inside, over, dot)
            )
            for inside, part in terms.items()
        )
        return total(parts)

    def _factor_at(self, factor: Factor, at: str) -> bool:
        """Whether the polynomial depends on the class."""
        return any(at in self.at[number] for number in generators(dict(factor)))

    def _shared(self, own: dict[Factor, int], dot: str) -> tuple[dict[Factor, int], dict[Factor, int]]:
        """The denominator that all summands share, so that their monomials are independent, and the factors kept apart.

        A polynomial that depends on another class summed over cannot be shared.
        """
        apart: dict[Factor, int] = {}
        for factor, times in own.items():
            _, general = self._moved(factor, dot, ".")
            if self.dotted(general):
                self.complete = False
                apart[factor] = times
            elif times > self.denominators.get(general, 0):
                self.denominators[general] = times
                raise Restart
        return {self._moved(factor, ".", dot)[1]: times for factor, times in self.denominators.items()}, apart

    def _moved(self, factor: Factor, old: str, new: str) -> tuple[int, Factor]:
        """The polynomial at another class, up to sign."""
        moved = self.rename(Quotient(as_polynomial(factor), {}), old, new)
        content, _, primitive = split_content(moved.num)
        return (1 if content > 0 else -1), _as_factor(primitive)

    def _moment(self, monomial: Monomial, over: dict[Factor, int], dot: str) -> Quotient:
        """The sum over the dot of one monomial over a denominator."""
        if not monomial and not over:
            return add(self.size(), constant(-len(self.case.named))) if self.apart else self.size()
        if over and over == self._all_shared(dot):
            parts = self._by_dot(over, dot)
            leading = max(parts, key=lambda each: self._at_bound(each, dot))
            if monomial == leading:
                return self._leading_moment(leading, parts, over, dot)
        return self._closed(monomial, over, dot)

    def _closed(self, monomial: Monomial, over: dict[Factor, int], dot: str) -> Quotient:
        """The moment as a generator, its bound class numbered from the inside."""
        numbers = generators([monomial]).union(*(generators(dict(factor)) for factor in over))
        if any(_is_dot(at) and at != dot for number in numbers for at in self.at[number]):
            self.complete = False
        bound = f"{max((self.height[number] for number in numbers), default=0)}."
        inside = self.rename(Quotient({monomial: QQ(1)}, {}), dot, bound)
        ((canonical, coefficient),) = inside.num.items()
        factors = []
        for factor, times in over.items():
            sign, moved = self._moved(factor, dot, bound)
            coefficient *= sign**times
            factors.append((moved, times))
        made = self.generator(Moment(canonical, tuple(sorted(factors))))
        return multiply(constant(coefficient), made)

    def _all_shared(self, dot: str) -> dict[Factor, int]:
        return {self._moved(factor, ".", dot)[1]: times for factor, times in self.denominators.items()}

    def _at_bound(self, monomial: Monomial, dot: str) -> list[Monomial]:
        """A monomial as it will stand in a moment, whichever dot it is at now."""
        return list(self.rename(Quotient({monomial: QQ(1)}, {}), dot, "0.").num)

    def _by_dot(self, over: dict[Factor, int], dot: str) -> dict[Monomial, Polynomial]:
        """The product of the factors, collected by monomials in what depends on the dot."""
        parts: dict[Monomial, Polynomial] = {}
        for monomial, coefficient in expanded(over).items():
            inside = tuple(pair for pair in monomial if dot in self.at[pair[0]])
            outside = tuple(pair for pair in monomial if dot not in self.at[pair[0]])
            parts.setdefault(inside, {})[outside] = coefficient
        return parts

    def _leading_moment(
        self, leading: Monomial, parts: dict[Monomial, Polynomial], over: dict[Factor, int], dot: str
    ) -> Quotient:
        """The sum of D/D is n, so the sum of the leading monomial over D is n less the others."""
        others = (
            multiply(Quotient(part, {}), self._closed(monomial, over, dot))
            for monomial, part in parts.items()
            if monomial != leading
        )
        rest = add(self._moment((), {}, dot), negate(total(others)))
        return multiply(rest, inverse(Quotient(parts[leading], {})))

    def _idempotent(self, monomial: Monomial) -> Monomial:
        """Powers of an indicator are the indicator."""
        for number, exponent in monomial:
            if exponent < 0 and isinstance(self.table[number], In):
                raise Unsupported("a division by an indicator")
        return tuple((number, 1 if isinstance(self.table[number], In) else exponent) for number, exponent in monomial)

    def opened(self, moment: Moment, dot: str) -> Quotient:
        """The summand of a moment at a dot."""
        bound = f"{self.height[self.number(moment)] - 1}."
        return self.rename(Quotient({moment.of: QQ(1)}, dict(moment.over)), bound, dot)

    # --- substitutions -----------------------------------------------------------------------

    def rename(self, quotient: Quotient, old: str, new: str) -> Quotient:
        """The quotient with the class `new` in place of `old`."""

        def leaf(number: int) -> Quotient | None:
            if old not in self.at[number]:
                return generator(number)
            match self.table[number]:
                case Entry(family, _):
                    return self.generator(Entry(family, new))
                case In(subset, _):
                    return self.membership(subset, new)
            return None

        return self.transform(quotient, leaf, (old, new))

    def transform(self, quotient: Quotient, leaf: Callable[[int], Quotient | None], name: Any) -> Quotient:
        """The quotient with every generator replaced by its leaf, or, where that is None, rebuilt from its inside."""

        def image(number: int) -> Quotient:
            key = (name, number)
            if key not in self.known:
                direct = leaf(number)
                self.known[key] = direct if direct is not None else self._rebuilt(self.table[number], leaf, name)
            return self.known[key]

        num = mapped(quotient.num, image)
        for factor, times in quotient.den.items():
            num = multiply(num, power(inverse(mapped(as_polynomial(factor), image)), times))
        return num

    def _rebuilt(self, made: Generator, leaf: Callable[[int], Quotient | None], name: Any) -> Quotient:
        match made:
            case Exp(monomial):
                return self._rebuilt_exp(self.actual(monomial), leaf, name)
            case Log(factor):
                return self.log(self.transform(Quotient(as_polynomial(factor), {}), leaf, name))
            case Abs(factor):
                return self.absolute(self.transform(Quotient(as_polynomial(factor), {}), leaf, name))
            case Moment():
                with self.dot() as dot:
                    return self.moment_sum(self.transform(self.opened(made, dot), leaf, name), dot)
        return self.generator(made)

    def _rebuilt_exp(self, exponent: Quotient, leaf: Callable[[int], Quotient | None], name: Any) -> Quotient:
        try:
            return self.exp(self.transform(exponent, leaf, name))
        except Undefined:
            raise Unsupported("a root of 0") from None

    # --- equality ----------------------------------------------------------------------------

    def is_zero(self, quotient: Quotient) -> bool:
        """Whether the quotient is 0 as a function: its numerator, roots and absolute values reduced, is 0."""
        return not self._reduced(quotient.num).num

    def _reduced(self, poly: Polynomial) -> Quotient:
        """Whole powers of a root, and even ones of an absolute value, written as what they are powers of."""
        return total(self._reduced_term(monomial, coefficient) for monomial, coefficient in poly.items())

    def _reduced_term(self, monomial: Monomial, coefficient: Any) -> Quotient:
        result = constant(coefficient)
        for number, exponent in monomial:
            base, step = self._root(number)
            whole = (exponent // step) * step if base else 0
            result = multiply(result, generator(number, exponent - whole))
            if whole and base:
                result = multiply(result, power(Quotient(as_polynomial(base), {}), int(whole)))
        return result

    def _root(self, number: int) -> tuple[Factor | None, int]:
        """The polynomial that the generator, or its square, is the absolute value of; None for all others."""
        made = self.table[number]
        if isinstance(made, Abs):
            return made.of, 2
        if isinstance(made, Exp) and len(made.of) == 1 and made.of[0][1] == 1:
            inner = self.table[made.of[0][0]]
            if isinstance(inner, Log):
                return (inner.of, 1 if self.sign(inner.of) == 1 else 2)
        return None, 1


# --- small things --------------------------------------------------------------------------------


def rational_value(quotient: Quotient) -> Any:
    """The rational number that a quotient is, or None."""
    if quotient.den or any(quotient.num):
        return None
    return quotient.num.get((), QQ(0))


def _is_generator(quotient: Quotient) -> bool:
    """Whether the quotient is a single generator: its logarithm only asks that it is positive."""
    ((monomial, coefficient),) = quotient.num.items() if len(quotient.num) == 1 else (((), 0),)
    return not quotient.den and len(monomial) == 1 and monomial[0][1] == 1 and coefficient == 1


def _as_factor(primitive: Polynomial) -> Factor:
    return tuple(sorted((monomial, int(value)) for monomial, value in primitive.items()))


def _negated(factor: Factor) -> Polynomial:
    return {monomial: QQ(-value) for monomial, value in factor}


def _exponent(value: Any) -> Any:
    """A rational coefficient as an exponent."""
    whole = int(value.denominator) == 1
    return int(value.numerator) if whole else Fraction(int(value.numerator), int(value.denominator))


def _is_dot(at: str) -> bool:
    """Whether the class is one that an open or a closed sum runs over; "." stands for any."""
    return at != "." and at[-1] in "'."


@cache
def _primes(content: Any) -> tuple[tuple[Factor, Any], ...]:
    """The prime factors of |content|, each as a constant polynomial, with their exponents."""
    result = []
    for whole, sign in ((content.numerator, 1), (content.denominator, -1)):
        if abs(int(whole)).bit_length() > 200:
            raise Unsupported("the logarithm of a number too large to factor")
        for prime, exponent in sorted(factorint(abs(int(whole))).items()):
            result.append((((((), int(prime)),)), QQ(sign * exponent)))
    return tuple(result)
