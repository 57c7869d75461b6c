"""The normal form: two expressions with one normal form are equal wherever both are defined. One pass, nothing learnt.

    Normal(scope, known, budget).value(term, at) -> Quotient

Sums run over all classes, are split into monomials, and have before them what does not depend on the class; a class
that is left out is subtracted. Logarithms are of absolute values of primitive polynomials, real powers are products of
powers of absolute values. An equation among the hypotheses that has a letter or an entry alone on one side is put in
wherever it occurs, but never under a derivative: values first, hypotheses after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from symbolic.kernel import terms as ast
from symbolic.kernel.elementary import Signer
from symbolic.kernel.forms import NOTHING, Forms, Known
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.ring import (
    NOWHERE,
    ONE,
    UNIT,
    ZERO,
    Atom,
    Class,
    Factor,
    Polynomial,
    Quotient,
    Rational,
    atom,
    atoms_of,
    constant,
    frozen,
    modulus,
    monomial,
    negate,
    parts,
    scaled,
    single,
)
from symbolic.kernel.scope import Scope

__all__ = ["At", "Normal"]

At = Mapping[ast.Index, Class]


class Normal(Forms):
    """Normal forms in a scope. `sign` tells the signs that a quotient can have, `near` those near a point as well."""

    def __init__(
        self, scope: Scope, known: Known, budget: Budget, sign: Signer | None = None, near: Signer | None = None
    ) -> None:
        super().__init__(scope, known, budget, sign)
        self.near = near
        self.forms: dict[object, tuple[ast.Term, Quotient]] = {}  # what was worked out in this scope

    def value(self, t: ast.Term, at: At) -> Quotient:
        """The normal form of a term; its indices are at the classes `at`."""
        if not t.parts:
            return self.of_term(t, at)
        key = (id(t), tuple((index, at.get(index)) for index in t.free))
        if key not in self.forms:
            self.forms[key] = t, self.of_term(t, at)
        return self.forms[key][1]

    def of_term(self, t: ast.Term, at: At) -> Quotient:
        self.budget.spend()
        match t:
            case ast.Number(value):
                return constant(value)
            case ast.Size():
                return atom(Atom("n")) if self.scope.n is None else constant(self.scope.n)
            case ast.Scalar(name):
                return self.put_in(Atom("scalar", name))
            case ast.Entry(family, index):
                return self.put_in(Atom("entry", family, at[index]))
            case ast.Plus(terms):
                return self.total(self.value(each, at) for each in terms)
            case ast.Times(terms):
                return self.all_of(self.value(each, at) for each in terms)
            case ast.Power():
                return self.raised(t, at)
            case ast.Exp(of):
                return self.exp(self.value(of, at))
            case ast.Log(of):
                return self.log_of(of, at)
            case ast.Weighted(weight, of):
                w = self.value(weight, at)
                return self.multiply(w, self.log_of(of, at)) if w.num else ZERO
            case ast.Absolute(of):
                return self.absolute(self.value(of, at))
            case ast.Delta(first, second):
                return constant(int(self.scope.same(at[first], at[second])))
            case ast.Holds(of, op):
                return self.bracket(self.value(of, at), op)
            case ast.Sum():
                return self.sum(t, at)
            case ast.Product():
                return self.over_classes(t, at)
            case ast.Extreme():
                return self.extreme(t, at)
            case ast.Diff():
                return self.diff(t, at)
        raise Refused("a word that the kernel does not know")

    # --- powers, exponentials, logarithms ---

    def raised(self, t: ast.Power, at: At) -> Quotient:
        exponent = self.value(t.exponent, at)
        if exponent.num.keys() <= {UNIT} and not exponent.den:
            e = exponent.num.get(UNIT, 0)
            base = self.value(t.base, at)
            if e.denominator == 1:
                if modulus(e) > 200:
                    raise Refused("a power above 200")
                return self.power(base, int(e))
            return self.magnitude(base, e)  # which is defined only where the base is not negative
        if self.sign(self.value(t.base, at)) <= {1}:
            return self.exp(self.multiply(exponent, self.log_of(t.base, at)))
        raise Refused("a power of what may be negative or 0")

    def log_of(self, t: ast.Term, at: At) -> Quotient:
        """log|t|, the factors of t apart."""
        match t:
            case ast.Times(terms):
                return self.total(self.log_of(each, at) for each in terms)
            case ast.Power(base, ast.Number(e)) if e:
                return scaled(self.log_of(base, at), e)
            case ast.Power(base, exponent) if self.sign(self.value(base, at)) <= {1}:
                return self.multiply(self.value(exponent, at), self.log_of(base, at))
            case ast.Exp(of):
                return self.value(of, at)
        return self.log(self.value(t, at))

    # --- binders ---

    def weight(self, among: ast.Range, c: Class) -> Quotient:
        """1 if the class is in the subsets of a range and outside of those that it leaves out, else 0."""
        into = [self.member(s, c) for s in among.inside]
        return self.all_of([*into, *(self.subtract(ONE, self.member(s, c)) for s in among.outside)])

    def sum(self, t: ast.Sum, at: At) -> Quotient:
        """Over all classes as if none were compared, then what that misses: those left out, those compared with."""
        left_out = {at[e] for e in t.range.excluded}
        self.check_apart(left_out)

        def term(c: Class) -> Quotient:
            weight = self.weight(t.range, c)
            return self.multiply(weight, self.value(t.of, {**at, t.bound: c})) if weight.num else ZERO

        if self.scope.listed:
            return self.total(term(c) for c in self.left(left_out))
        dot = self.open()
        general = term(dot)
        if not self.scope.has_class(t.range, at):
            self.check_defined_before(general, dot)
        found = self.moment(general, dot)
        for c in left_out:
            found = self.subtract(found, self.rename(general, dot, c))
        for c in self.compared_with(t, at) - left_out:
            for other in left_out:
                self.scope.same(c, other)
            found = self.add(found, self.subtract(term(c), self.rename(general, dot, c)))
        return found

    def left(self, left_out: set[Class]) -> list[Class]:
        """The classes, where all have names, without those that are left out."""
        return [c for c in self.scope.listed if not any(self.scope.same(c, each) for each in left_out)]

    def check_defined_before(self, x: Quotient, dot: Class) -> None:
        """What stands before a sum is to be defined even where the range is empty and the sum is 0."""
        outer = [((a, e),) for m in x.num for a, e in m if dot not in a.classes]
        factors = [f for f, _ in x.den if not any(dot in a.classes for a in atoms_of([f]))]
        for m in outer:
            self.check_form_defined(frozen({m: 1}))
        for f in factors:
            self.check_not_zero(f)

    def check_form_defined(self, f: Factor) -> None:
        """Whether what a normal form divides by, and takes the logarithm of, is visibly not 0."""
        for m, _ in f:
            for a, e in m:
                if e < 0:
                    self.check_not_zero(single(a))
                if a.kind == "log":
                    self.check_not_zero(a.num)
                for inner in [a.num] if a.num else []:
                    self.check_form_defined(inner)
                for inner, _ in a.den:
                    self.check_not_zero(inner)

    def check_not_zero(self, f: Factor) -> None:
        if 0 in self.sign(Quotient(dict(f))):
            raise Refused("a sum that may be empty, with a factor that may not be defined")
        self.check_form_defined(f)

    def check_apart(self, left_out: set[Class]) -> None:
        """Two classes that are left out must be known to be two."""
        for a in left_out:
            for b in left_out:
                self.scope.same(a, b)

    def compared_with(self, t: ast.Sum | ast.Product, at: At) -> set[Class]:
        """The classes that the bound class is compared with in the body, directly or through another."""
        compared = set(chain.from_iterable(_compared(part) for part in ast.inside(t.of)))
        if t.bound not in compared:
            return set()
        found = {at[index] for index in compared if index in at}
        for a in found:
            for b in found:
                self.scope.same(a, b)
        return found

    def over_classes(self, t: ast.Product, at: At) -> Quotient:
        """A product: the exponential of a sum of logarithms, where all factors are positive; else an atom."""
        left_out = {at[e] for e in t.range.excluded}
        self.check_apart(left_out)
        if self.scope.listed:
            return self.all_of(self.factor_at(t, at, c) for c in self.left(left_out))
        dot = self.open()
        general = self.value(t.of, {**at, t.bound: dot})
        if general.num and all(self.sign(x) <= {1} for x in (general, *self.at_compared(t, at))):
            return self.exp(self.sum(ast.Sum(ast.Log(t.of), t.bound, t.range), at))
        if t.range.inside or t.range.outside or self.compared_with(t, at):
            raise Refused("a product over some classes of what may not be positive")
        return self.product_atom(general, dot, tuple(sorted(("!=", "", c) for c in left_out)))

    def at_compared(self, t: ast.Product, at: At) -> list[Quotient]:
        """The factors at the classes with which the body compares its own."""
        return [self.value(t.of, {**at, t.bound: c}) for c in self.compared_with(t, at)]

    def factor_at(self, t: ast.Product, at: At, c: Class) -> Quotient:
        weight = self.weight(t.range, c)
        factor = self.value(t.of, {**at, t.bound: c})
        return self.add(ONE, self.multiply(weight, self.subtract(factor, ONE)))

    # --- the largest value ---

    def extreme(self, t: ast.Extreme, at: At) -> Quotient:
        """max of t over a range; min is -max of -t."""
        if self.compared_with(ast.Sum(t.of, t.bound, t.range), at):
            raise Refused("a largest value of what compares classes")
        where = tuple(
            sorted(
                [("!=", "", at[e]) for e in t.range.excluded]
                + [("in", s, NOWHERE) for s in t.range.inside]
                + [("not in", s, NOWHERE) for s in t.range.outside]
            )
        )
        dot = self.open()
        x = self.value(t.of, {**at, t.bound: dot})
        return self.largest(x, dot, where) if t.largest else negate(self.largest(negate(x), dot, where))

    # --- derivatives ---

    def diff(self, t: ast.Diff, at: At) -> Quotient:
        """The derivative of the form without hypotheses, which are about a point and not about its neighbours."""
        variable = t.variable
        var = (
            Atom("scalar", variable.name)
            if isinstance(variable, ast.Scalar)
            else Atom("entry", variable.family, at[variable.index])
        )
        plain = Normal(self.scope, NOTHING, self.budget, self.near, self.near)
        found = plain.derivative(plain.value(t.of, at), var)
        return self.image(found, self.known_leaf) if self.known else found

    def known_leaf(self, a: Atom) -> Quotient | None:
        if a.kind in ("scalar", "entry"):
            return self.put_in(a)
        return self.member(a.name, a.at) if a.kind == "in" else None

    def at_value(self, t: ast.Term, scalar: ast.Scalar, value: ast.Term, at: At) -> Quotient:
        """The normal form of a term with a value in the place of a scalar, derivatives in the scalar taken before."""
        plain = Normal(self.scope, NOTHING, self.budget, self.near, self.near)
        by, moved = self.value(value, at), Atom("scalar", scalar.name)

        def leaf(a: Atom) -> Quotient | None:
            return by if a == moved else self.known_leaf(a)

        return self.image(plain.value(t, at), leaf)

    def derivative(self, x: Quotient, var: Atom, own: bool = False) -> Quotient:
        """dx/dvar; with `own`, var is the entry at an open class, and what sums have of it stands elsewhere."""
        found = self.multiply(self.of_polynomial(x.num, var, own), Quotient(ONE.num, x.den))
        for f, e in x.den:
            inner = self.of_polynomial(dict(f), var, own)
            if inner.num:
                per = Quotient({UNIT: -e}, ((f, 1),))
                found = self.add(found, self.multiply(x, self.multiply(inner, per)))
        return found

    def of_polynomial(self, p: Polynomial, var: Atom, own: bool) -> Quotient:
        found = ZERO
        for m, v in p.items():
            for a, e in m:
                inner = self.of_atom(a, var, own)
                if inner.num:
                    self.check_differentiable(a, e)
                    rest = monomial([*m, (a, -1)])
                    found = self.add(found, self.multiply(inner, self.settled(Quotient({rest or UNIT: v * e}))))
        return found

    def check_differentiable(self, a: Atom, e: Rational) -> None:
        """Roots are differentiated where they are of what is positive."""
        if e.denominator > 1 and a.kind not in ("exp", "n", "root") and self.sign(atom(a)) != {1}:
            raise Refused("a derivative of a root of what may be 0")

    def of_atom(self, a: Atom, var: Atom, own: bool) -> Quotient:
        if a == var:
            return ONE
        if not _depends(a, var):
            return ZERO
        inner = Quotient(dict(a.num), a.den)
        match a.kind:
            case "entry":
                return constant(int(self.scope.same(a.at, var.at)))
            case "exp":
                return self.multiply(atom(a), self.derivative(inner, var, own))
            case "log":
                return self.multiply(self.derivative(inner, var, own), self.inverse(inner))
            case "root":
                if self.sign(inner) != {1}:
                    raise Refused("a derivative of a root of what may be 0")
                return self.derivative(inner, var, own)
            case "sum":
                return self.of_sum(a, var, own)
            case "prod":
                return self.of_product(a, var, own)
        raise Refused("a derivative of an absolute value, a count or a largest value")

    def of_sum(self, a: Atom, var: Atom, own: bool) -> Quotient:
        dot = self.open()
        body = self.body(a, dot)
        found = self.moment(self.derivative(body, var, own), dot)
        if var.kind == "entry" and not own:
            found = self.add(found, self.rename(self.derivative(body, var.at_class(dot), own=True), dot, var.at))
        return found

    def of_product(self, a: Atom, var: Atom, own: bool) -> Quotient:
        """f' at the class times the product of the others, for an entry that stands in one factor only."""
        dot = self.open()
        body = self.body(a, dot)
        if own or a.where or var.kind != "entry" or self.derivative(body, var, own).num:
            raise Refused("a derivative of a product over the classes")
        moving = self.derivative(body, var.at_class(dot), own=True)
        others = atom(Atom("prod", where=(("!=", "", var.at),), num=a.num, den=a.den))
        return self.multiply(others, self.rename(moving, dot, var.at))


# --- small things ----------------------------------------------------------------------------------


def _depends(a: Atom, var: Atom) -> bool:
    """Whether an atom has the scalar in it, or an entry of the family."""
    same = a.kind == var.kind and a.name == var.name
    return (same and var.kind in ("scalar", "entry")) or any(_depends(b, var) for b in parts(a))


def _compared(t: ast.Term) -> Iterator[ast.Index]:
    """The indices that a term compares by itself."""
    match t:
        case ast.Delta(first, second):
            yield from (first, second)
        case ast.Sum(_, bound, among) | ast.Product(_, bound, among) | ast.Extreme(_, bound, among):
            yield from among.excluded
            if among.excluded:
                yield bound
        case ast.Diff(of, ast.Entry(_, index)):
            yield index
            yield from chain.from_iterable(part.named for part in ast.inside(of))
            yield from (part.bound for part in ast.inside(of) if isinstance(part, ast.Binder))
