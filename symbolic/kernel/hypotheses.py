"""What the hypotheses of a claim say about its generators: signs, and linear equations used by reduction.

    positive_names(given, free)          scalars and families that are positive
    Reduction(field, given, classes)     equations solved for a generator; `reduction(quotient)` uses them

An equation such as sum_k y_k = 1 is linear in a moment, c = d + 1 in a scalar, y_k = z_k (for all k) in a
family. It is solved only where the coefficient is surely not 0. Others are left unused, and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sympy import Symbol

from symbolic.kernel.admit import Term, admit_together
from symbolic.kernel.elementary import rational_value
from symbolic.kernel.generators import Entry, Moment, Scalar
from symbolic.kernel.laurent import (
    Polynomial,
    Quotient,
    add,
    divided_by_generator,
    generators,
    inverse,
    multiply,
    negate,
    scaled,
    split_content,
)
from symbolic.kernel.moments import Field
from symbolic.language import notation as of
from symbolic.language.claim import Hypothesis, Member, Relation, SameClass
from symbolic.language.errors import Undefined, Unsupported

HOLDS: dict[str, Callable[[Any], bool]] = {
    "==": lambda d: d == 0,
    "!=": lambda d: d != 0,
    "<": lambda d: d < 0,
    "<=": lambda d: d <= 0,
    ">": lambda d: d > 0,
    ">=": lambda d: d >= 0,
}

Sides = tuple[Term, ...]

__all__ = ["Reduction", "linear_in", "one_leaf", "positive_names"]


def positive_names(given: Iterable[Hypothesis], free: Iterable[str]) -> set[str]:
    """The scalars c with a hypothesis c > 0 (or c > 2), and the families with y[k] > 0 for all k."""
    names = set()
    for each in given:
        if isinstance(each, Relation) and each.op in (">", "<"):
            larger, smaller = (each.lhs, each.rhs) if each.op == ">" else (each.rhs, each.lhs)
            if smaller.is_Rational and smaller >= 0:
                names |= _name_of_all(larger, set(free))
    return names


def _name_of_all(expr: Any, free: set[str]) -> set[str]:
    if isinstance(expr, of.Entry) and str(expr.index) not in free and isinstance(expr.index, Symbol):
        return {expr.family.name}
    return {expr.name} if type(expr) is Symbol and expr != of.n else set()


class Reduction:
    """The equations among the hypotheses, each solved for one generator, applied one after the other."""

    def __init__(self, field: Field, given: Iterable[Hypothesis], classes: dict[str, str]) -> None:
        self.field = field
        self.leaves: list[Callable[[int], Quotient | None]] = []
        self.unused: list[Hypothesis] = []
        for each in given:
            if isinstance(each, (SameClass, Member)) or _about_n(each):
                continue
            if not (isinstance(each, Relation) and self._use(each, classes)):
                self.unused.append(each)

    def __call__(self, quotient: Quotient) -> Quotient:
        """The quotient reduced by all equations."""
        try:
            for number, leaf in enumerate(self.leaves):
                quotient = self.field.transform(quotient, leaf, ("hypothesis", number))
        except Undefined:
            if not self.field.denominators and not self.field.weak_signs and not self.field.narrowed:
                raise
            raise Unsupported("a hypothesis makes a denominator or a logarithm's argument 0") from None
        return quotient

    def _use(self, equation: Relation, classes: dict[str, str]) -> bool:
        """Solve an equation; False for what is no equation, is not linear in anything, or not surely so."""
        try:
            sides = admit_together(equation.lhs, equation.rhs)
        except Unsupported:
            return False
        universal = sorted(sides[0].free.union(sides[1].free) - set(classes))
        if not universal:
            return self._use_at(equation, sides, classes)
        return len(universal) == 1 and self._use_everywhere(equation, sides, classes, universal[0])

    def _use_at(self, equation: Relation, sides: Sides, classes: dict[str, str]) -> bool:
        zero = self._difference(sides, classes)
        self._refuse_contradiction(equation.op, rational_value(zero))
        return equation.op == "==" and (not zero.num or self._solve(zero))

    def _use_everywhere(self, equation: Relation, sides: Sides, classes: dict[str, str], bound: str) -> bool:
        """Solve an equation for every class k; one that compares k with others, class by class and for the rest."""
        compares = any(bound in side.compared for side in sides)
        named = self.field.case.named if compares or self.field.case.written_out else []
        used = [self._use_at(equation, sides, {**classes, bound: each}) for each in named]
        if self.field.case.written_out:
            return all(used)
        if compares:
            self.field.leave_named_out()
        with self.field.dot(compares) as dot:
            zero = self._difference(sides, {**classes, bound: dot})
            if not compares:
                self._refuse_contradiction(equation.op, rational_value(zero))
            solved = equation.op == "==" and (not zero.num or self._solve_family(zero, dot, named))
        return all(used) and solved

    def _difference(self, sides: Sides, classes: dict[str, str]) -> Quotient:
        """The difference of the sides, without negative powers: what is divided by is not 0."""
        lhs, rhs = (self.field.value(side, classes) for side in sides)
        zero = self(add(lhs, negate(rhs)))
        common = split_content(zero.num)[1] if zero.num else ()
        return Quotient(scaled(zero.num, tuple((number, -times) for number, times in common if times < 0), 1), zero.den)

    @staticmethod
    def _refuse_contradiction(op: str, difference: Any) -> None:
        """Raise where a hypothesis reads 1 == 0, or z_i < z_i."""
        if difference is not None and not HOLDS[op](difference):
            raise Undefined("no point satisfies the hypotheses")

    def _solve(self, zero: Quotient) -> bool:
        """Solve for a moment, a scalar or an entry."""
        for kind in (Moment, Scalar, Entry):
            for number in sorted(generators(zero.num)):
                if isinstance(self.field.table[number], kind):
                    solution = self._solved_for(zero.num, number)
                    if solution is not None:
                        self.leaves.append(one_leaf(number, solution))
                        return True
        return False

    def _solve_family(self, zero: Quotient, dot: str, named: list[str]) -> bool:
        """Solve for the entry of a family at every class that is not named."""
        for number in sorted(generators(zero.num)):
            entry = self.field.table[number]
            solution = self._solved_for(zero.num, number) if isinstance(entry, Entry) and entry.at == dot else None
            if isinstance(entry, Entry) and solution is not None:
                self.leaves.append(self._everywhere(entry.family, self.field.rename(solution, dot, "."), named))
                return True
        return False

    def _everywhere(self, family: str, image: Quotient, named: list[str]) -> Callable[[int], Quotient | None]:
        def leaf(number: int) -> Quotient | None:
            made = self.field.table[number]
            if isinstance(made, Entry) and made.family == family and made.at not in named:
                return self.field.rename(image, ".", made.at)
            return None

        return leaf

    def _solved_for(self, zero: Polynomial, number: int) -> Quotient | None:
        """-b/a where the polynomial is a g + b, a surely not 0 and g nowhere else; else None."""
        slope, rest = linear_in(zero, number)
        if not slope or not self.field.sign_of_polynomial(slope):
            return None
        if any(self.field.contains(each, number) for each in generators(zero) - {number}):
            return None
        return negate(multiply(Quotient(rest, {}), inverse(Quotient(slope, {}))))


def one_leaf(number: int, image: Quotient) -> Callable[[int], Quotient | None]:
    """The replacement of one generator."""
    return lambda each: image if each == number else None


def linear_in(poly: Polynomial, number: int) -> tuple[Polynomial, Polynomial]:
    """a and b of a g + b; a is empty where the polynomial is not of this form."""
    slope: Polynomial = {}
    rest: Polynomial = {}
    for monomial, coefficient in poly.items():
        exponent = dict(monomial).get(number, 0)
        if exponent not in (0, 1):
            return {}, {}
        if exponent:
            slope[divided_by_generator(monomial, number)] = coefficient
        else:
            rest[monomial] = coefficient
    return slope, rest


def _about_n(each: Hypothesis) -> bool:
    """Whether a hypothesis only bounds n: the cases know it."""
    return isinstance(each, Relation) and of.n in (each.lhs, each.rhs) and (each.lhs + each.rhs - of.n).is_Integer
