"""The normal form: a term, in one case of its indices, as a quotient of Laurent polynomials.

The generators are n, the scalars, the entries at the classes at hand, exponentials of monomials, logarithms
of irreducible polynomials, and *moments*: a sum is linear, so it is split into sums of one monomial each.

    Field(case).value(term, classes)            the normal form; `Undefined` where the term has no value at all

A field is built in layers, a file each: the table of generators (`table`), what is known of their signs (`signs`),
the elementary functions (`elementary`), sums, products and substitutions (`sums`), and here terms.

Classes are strings: a free index or a number; "1'" while a sum over it is open (a *dot*), "2." once it
is closed inside a moment, numbered from the inside, so that equal moments are equal.
"""

from __future__ import annotations

from symbolic.deadline import check
from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form import admission, calculus
from symbolic.search.form.generators import Entry, Moment, N, Scalar
from symbolic.search.form.names import Best, Name
from symbolic.search.form.sums import Sums
from symbolic.search.limits.laurent import (
    ONE,
    ZERO,
    Factor,
    Quotient,
    add,
    constant,
    generators,
    multiply,
    negate,
    total,
)

__all__ = ["Field"]


class Field(Sums):
    """The normal forms of one case."""

    def value(self, term: admission.Term, classes: dict[str, str]) -> Quotient:
        """The normal form of a term, its indices being the given classes."""
        key = (term, tuple(sorted((each, classes[each]) for each in term.free)))
        if key not in self.known:
            check()
            self.known[key] = self._value(term, classes)
        return self.known[key]

    def _value(self, term: admission.Term, classes: dict[str, str]) -> Quotient:
        match term:
            case admission.Number(value):
                return constant(value)
            case admission.Scalar(Best() as best):
                self.complete = False  # max z depends on the z_k
                return self.extreme(best)
            case admission.Scalar() | admission.Entry():
                return self.generator(self.named(term, classes))
            case admission.Size():
                return self.size()
            case admission.Plus(terms):
                return total(self.value(each, classes) for each in terms)
            case admission.Times(terms):
                return self.product(self.value(each, classes) for each in terms)
            case admission.Power(base, admission.Size()) if self._signless(base, classes):
                return self.product_over(base, "", admission.Classes(), classes)
            case admission.Power(base, exponent):
                return self.power(self.value(base, classes), self.value(exponent, classes))
            case admission.Exp(inner):
                return self.exp(self.value(inner, classes))
            case admission.Log(inner, zero):
                return self.log(self.value(inner, classes), zero)
            case admission.Absolute(inner):
                return self.absolute(self.value(inner, classes))
            case admission.Delta(first, second):
                return ONE if classes[first] == classes[second] else ZERO
            case admission.Diff(inner, variable) if self.denominators and calculus.has_sum(inner):
                return self.value(calculus.derived(inner, variable), classes)
            case admission.Diff(inner, variable):
                return calculus.derivative(self, self.value(inner, classes), self.variable(variable, classes))
            case admission.Sum(body, bound, among):
                return self.sum(body, bound, among, classes)
            case admission.Product(body, bound, among):
                return self.product_over(body, bound, among, classes)
        raise Unsupported(f"the kernel does not know {type(term).__name__}")

    def _signless(self, base: admission.Term, classes: dict[str, str]) -> bool:
        """Whether base^n is a product over the classes, since the base may be negative."""
        return self.case.n is None and self.sign_of(self.value(base, classes), zero=False) != 1

    @staticmethod
    def named(term: admission.Scalar | admission.Entry, classes: dict[str, str]) -> Scalar | Entry:
        """What stands for a scalar, or for an entry at a class."""
        return Entry(term.family, classes[term.index]) if isinstance(term, admission.Entry) else Scalar(term.name)

    def variable(self, variable: admission.Scalar | admission.Entry, classes: dict[str, str]) -> int:
        """The generator that a derivative is taken in."""
        return self.number(self.named(variable, classes))

    # --- sums and products of terms ------------------------------------------------------------

    def sum(self, body: admission.Term, bound: str, among: admission.Classes, classes: dict[str, str]) -> Quotient:
        """The sum of the body over the classes in the range."""
        excluded = {classes[each] for each in among.excluded}
        compares = bound in body.compared

        def at(where: str) -> Quotient:
            weight = self.weight(among, where)
            if not weight.num:
                return ZERO
            try:
                return self._weighted(among, self.value(body, {**classes, bound: where}), where)
            except Undefined:
                if weight == ONE and (where in self.case.named or not (excluded or compares)):
                    raise
                raise Unsupported("a sum whose terms are undefined, if it has any") from None

        if self.case.written_out:
            return total(at(each) for each in self.case.named if each not in excluded)
        with self.dot(compares or bool(among.excluded or among.inside or among.outside)) as dot:
            general = at(dot)
            self._refuse_poles_of_nothing(general, dot, among, excluded)
            result = self.moment_sum(general, dot)
            in_scope = [*self.case.named, *(f"{number}'" for number in range(self.dots - 1)), *_slots(classes)]
            for each in in_scope:
                counted = not (self.apart and each in self.case.named)
                if each in excluded:
                    result = add(result, negate(self._at_excluded(general, dot, each))) if counted else result
                elif compares or not counted:
                    result = add(result, at(each))
                    result = add(result, negate(self._at_excluded(general, dot, each))) if counted else result
        return result

    def _refuse_poles_of_nothing(
        self, summand: Quotient, dot: str, among: admission.Classes, excluded: set[str]
    ) -> None:
        """Refuse 1/size(A) under a sum over A: where A is empty the sum is 0, whatever is divided by."""
        outer = [factor for factor in summand.den if not self._factor_at(factor, dot)]
        below = {number for monomial in summand.num for number, times in monomial if times < 0}
        outer += [self.atom(number) for number in below if dot not in self.at[number]]
        vanishing = (each for each in outer if not self.sign(each, zero=False) and self._counts_classes(each))
        if any(vanishing) and self._may_be_empty(among, excluded):
            self.leave_named_out()
            raise Unsupported("a sum that may be empty, of what is then divided by 0")

    def _counts_classes(self, factor: Factor) -> bool:
        """Whether n or a sum over classes stands in the polynomial, so that it may vanish where a range is empty."""
        return any(isinstance(self.table[number], (N, Moment)) for number in generators(dict(factor)))

    def _may_be_empty(self, among: admission.Classes, excluded: set[str]) -> bool:
        """Whether the range of a sum may have no class in it."""
        subsets = {each for each in among.inside if not isinstance(each, Best)} | among.outside
        if any(self.weight(among, each) == ONE for each in self.case.named if each not in excluded):
            return False
        return bool(subsets) or len(excluded) >= (self.case.n or max(self.least, self.shift))

    def _at_excluded(self, general: Quotient, dot: str, at: str) -> Quotient:
        """The term to take out again; where it has a pole, the moments have to leave the named classes out."""
        try:
            return self.rename(general, dot, at)
        except Undefined:
            self.leave_named_out()
            raise Unsupported("a sum whose left-out term is a pole, under another sum") from None

    def _weighted(self, among: admission.Classes, summand: Quotient, at: str) -> Quotient:
        """The summand where the class is in the range, else 0; where the range is who attains max z, z_k is that."""
        for subset in sorted(among.inside, key=str):
            summand = multiply(self.membership(subset, at), self._attained(subset, summand, at))
        for subset in sorted(among.outside, key=str):
            left_out = multiply(self.membership(subset, at), self._attained(subset, summand, at))
            summand = add(summand, negate(left_out))
        return summand

    def _attained(self, subset: Name, summand: Quotient, at: str) -> Quotient:
        if not isinstance(subset, Best):
            return summand
        largest = {self.number(Entry(subset.family, at)): self.extreme(subset)}
        return self.transform(summand, largest.get, ("attained", subset, at))

    def weight(self, among: admission.Classes, at: str) -> Quotient:
        """1 where the class is in the range's subsets, 0 where not."""
        inside = (self.membership(subset, at) for subset in sorted(among.inside, key=str))
        outside = (add(ONE, negate(self.membership(subset, at))) for subset in sorted(among.outside, key=str))
        return self.product([*inside, *outside])

    def product_over(
        self, body: admission.Term, bound: str, among: admission.Classes, classes: dict[str, str]
    ) -> Quotient:
        """The product over the classes in a range; where the named ones are special they are taken apart."""
        excluded = {classes[each] for each in among.excluded}
        named = [each for each in self.case.named if each not in excluded and self.weight(among, each).num]

        def at(where: str) -> Quotient:
            return self.value(body, {**classes, bound: where})

        if self.case.written_out:
            return self.product(map(at, named))
        narrow = bool(excluded or among.inside or among.outside)
        if narrow or bound in body.compared:
            if self.dots or _slots(classes):
                raise Unsupported("a product under a sum that leaves out classes")
            self.leave_named_out()
        with self.dot(narrow or bound in body.compared) as dot:
            try:
                rest = self._unnamed(at(dot), self.weight(among, dot), dot)
            except Undefined:
                raise Unsupported("a product whose factors are undefined, if it has any") from None
        return self.product([rest, *map(at, named)]) if self.apart else rest


def _slots(classes: dict[str, str]) -> list[str]:
    """The classes of a tuple that an index is: none of them has a name, and no sum over them is open."""
    return sorted({each for each in classes.values() if each.startswith(":")})
