"""The normal form: two expressions with one normal form are equal wherever both are defined. One pass, nothing learnt.

    Normal(scope, known, budget).value(term, at) -> Quotient

Sums run over all classes, are split into monomials, and have before them what does not depend on the class; a class
that is left out is subtracted. Logarithms are of absolute values of primitive polynomials, real powers are products of
powers of absolute values. An equation among the hypotheses that has a letter or an entry alone on one side is put in
wherever it occurs, but never under a derivative: values first, hypotheses after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations

from symbolic.kernel import ring
from symbolic.kernel import terms as ast
from symbolic.kernel.refused import Budget, MaybeEmpty, Refused
from symbolic.kernel.ring import NOWHERE, ONE, UNIT, ZERO, Atom, Class, Factor, Polynomial, Quotient, Rational, atom
from symbolic.kernel.scope import Scope

SLOT = Class(ring.EACH, "", -1)  # the class in what is put in for a family

Where = tuple[tuple[str, str, Class], ...]  # the range of a largest value
Leaf = Callable[[Atom], Quotient | None]
At = Mapping[ast.Index, Class]


@dataclass(frozen=True)
class Known:
    """What is put in: for an atom, for a family at SLOT, for [SLOT in A], where A is an argmax set: [gap == 0]."""

    atoms: Mapping[Atom, Quotient] = field(default_factory=dict)
    families: Mapping[str, Quotient] = field(default_factory=dict)
    attaining: Mapping[str, Quotient] = field(default_factory=dict)


NOTHING = Known()


class Normal(ring.Ring):
    """Normal forms in a scope. `sign` tells the signs that a quotient can have, `near` those near a point as well."""

    def __init__(
        self,
        scope: Scope,
        known: Known,
        budget: Budget,
        sign: ring.Signer | None = None,
        near: ring.Signer | None = None,
    ) -> None:
        super().__init__(budget, sign)
        self.scope, self.known, self.near = scope, known, near
        self.forms: dict[object, tuple[ast.Term, Quotient]] = {}  # what was worked out in this scope

    # --- hypotheses that are equations ---

    def put_in(self, a: Atom) -> Quotient:
        """The atom, or what a hypothesis says that it is."""
        if a in self.known.atoms:
            return self.known.atoms[a]
        rule = self.known.families.get(a.name) if a.kind == "entry" else None
        return self.rename(rule, SLOT, a.at) if rule is not None else atom(a)

    def member(self, subset: str, at: Class) -> Quotient:
        """[at in subset]"""
        known = self.scope.members.get((subset, at))
        if known is not None:
            return ring.constant(int(known))
        gap = self.known.attaining.get(subset)
        return atom(Atom("in", subset, at)) if gap is None else self.bracket(self.rename(gap, SLOT, at), "==")

    # --- sums ---

    def open(self) -> Class:
        """A class over which a sum runs, and no other does."""
        return Class(ring.DOT, "", self.budget.fresh())

    def closed(self, x: Quotient, dot: Class) -> Quotient:
        """What stands under the binder of an atom, for what stands there at an open class.

        Needs: a number above all binders inside, and below those that it stands under: one class each. Refused if not.
        """
        number = max((a.height for a in x.atoms()), default=0)
        if any(c.kind == ring.CLOSED and c.number <= number for a in x.atoms() for c in a.classes):
            raise Refused("a class under a binder that is not opened")
        x = self.rename(x, dot, Class(ring.CLOSED, "", number))
        if max((a.height for a in x.atoms()), default=0) != number:
            raise Refused("what stands under a binder changes its form")
        return x

    def body(self, a: Atom, dot: Class) -> Quotient:
        """What stands under the binder of a closed atom, at an open class."""
        return self.rename(a.body, Class(ring.CLOSED, "", a.height - 1), dot)

    def size(self) -> Quotient:
        """n"""
        return atom(Atom("n")) if self.scope.n is None else ring.constant(self.scope.n)

    def moment(self, x: Quotient, dot: Class) -> Quotient:
        """The sum of x over all classes, monomial by monomial."""
        if len(parts := self.divided(x, dot)) > 1:
            return self.total(self.moment(each, dot) for each in parts)
        own = tuple((f, e) for f, e in x.den if depends(ring.atoms_of([f]), dot))
        rest = tuple(each for each in x.den if each not in own)
        found = ZERO
        for m, v in x.num.items():
            here = tuple((a, e) for a, e in m if dot in a.classes)
            there = Quotient({tuple((a, e) for a, e in m if dot not in a.classes): v}, rest)
            total = self.sum_atom(Quotient({here: 1}, own), dot) if here or own else self.size()
            found = self.add(found, self.multiply(there, total))
        return found

    def sum_atom(self, x: Quotient, dot: Class) -> Quotient:
        """The atom of a sum of one monomial over a denominator."""
        x = self.closed(x, dot)
        if len(x.num) != 1:
            raise Refused("a summand that changes its form")
        ((body, v),) = x.num.items()
        return self.put_in(Atom("sum", num=((body, 1),), den=x.den)).times(v)

    def check_not_zero(self, divisors: Iterable[Factor]) -> None:
        """Refused, unless each of these is seen not to be 0."""
        if any(0 in self.sign(Quotient(dict(each))) for each in divisors):
            raise MaybeEmpty("a sum whose term may not be defined at a class that it leaves out, or as it may be empty")

    def check_weighted(self, x: Quotient, dot: Class = NOWHERE) -> Quotient:
        """x, the term of a class; where [c in A] stands in it, what it divides by apart from dot is not 0 for sure.

        Else [1 in A]/c + [2 in A]/c, which is 0 where A is empty, would be 1 for c == [1 in A] + [2 in A].
        """
        if any(a.kind in ring.IDEMPOTENT for a in x.atoms()):
            self.check_not_zero(f for f in _divisors_of(x) if not depends(ring.atoms_of([f]), dot))
        return x

    # --- products and largest values ---

    def product_atom(self, x: Quotient, dot: Class, where: Where = ()) -> Quotient:
        """The product of x over all classes, as an atom; that of a monomial is one of its atoms, of a number v^n.

        Needs: a positive number before it, and over a part of the classes the number 1. Source: prod(x y) = prod x prod
        y.
        """
        content, factors = x.factored() if x.num else (0, [])
        if content < 0:  # (-1)^n is no form
            content, factors = -content, [(ring.frozen(x.times(ring.over(-1, content)).num), 1)]
        if not content or x.den or (where and content != 1):
            raise Refused("a product of what is 0, or has a number before it")
        number = self.exp(self.multiply(self.size(), self.log(ring.constant(content))))
        bodies = ((self.closed(Quotient(dict(f)), dot), e) for f, e in factors)
        atoms = (atom(Atom("prod", where=where, num=ring.frozen(body.num), den=body.den), e) for body, e in bodies)
        return self.all_of([number, *atoms])

    def largest(self, x: Quotient, dot: Class, where: Where) -> Quotient:
        """The largest x: what does not depend on the class, and what is positive, stands before it; exp increases."""
        if depends(ring.atoms_of(f for f, _ in x.den), dot):
            return self.extreme_atom(x, dot, where)
        moving = {m: v for m, v in x.num.items() if depends((a for a, _ in m), dot)}
        if not moving:
            return x
        fixed = Quotient({m: v for m, v in x.num.items() if m not in moving}, x.den)
        common = set.intersection(*(set(m) for m in moving))
        outer = tuple((a, e) for a, e in sorted(common) if dot not in a.classes)
        inner = Quotient({tuple(each for each in m if each not in outer): v for m, v in moving.items()})
        before = Quotient({outer: 1}, x.den)
        signs = self.sign(before)
        if signs <= {1}:
            found = self.multiply(before, self.largest_of(inner, dot, where))
        elif signs <= {-1}:
            found = self.multiply(before, -self.largest_of(-inner, dot, where))
        else:
            found = self.extreme_atom(Quotient(moving, x.den), dot, where)
        return self.add(fixed if fixed.num else ZERO, found)

    def largest_of(self, x: Quotient, dot: Class, where: Where) -> Quotient:
        """What is a multiple of e^u, by the largest or smallest u; else an atom.

        Needs: one monomial of exponentials with a number before it, for u. Source: exp increases.
        """
        ((m, v), *others) = x.num.items()
        if not others and all(a.kind == "exp" for a, _ in m):
            u = self.total(a.body.times(e) for a, e in m)
            best = self.largest(u, dot, where) if v > 0 else -self.largest(-u, dot, where)
            return self.exp(best).times(v)
        content = ring.primitive(x.num)[0]
        by = max(content, -content)
        return self.extreme_atom(x.times(ring.over(1, by)), dot, where).times(by)

    def extreme_atom(self, x: Quotient, dot: Class, where: Where) -> Quotient:
        x = self.closed(x, dot)
        return self.put_in(Atom("max", where=where, num=ring.frozen(x.num), den=x.den))

    # --- what an atom becomes when what is inside it changes ---

    def image(self, x: Quotient, leaf: Leaf) -> Quotient:
        """x with atoms replaced: leaf(atom) is what for, or None where it is made anew from its inside."""
        num = self.image_of_polynomial(x.num, leaf)
        for f, e in x.den:
            num = self.multiply(num, self.inverse(self.power(self.image_of_polynomial(dict(f), leaf), e)))
        return num

    def image_of_polynomial(self, p: Polynomial, leaf: Leaf) -> Quotient:
        self.budget.spend(len(p))
        return self.total(
            self.all_of([ring.constant(v), *(self.to_power(self.image_of(a, leaf), e) for a, e in m)])
            for m, v in p.items()
        )

    def to_power(self, x: Quotient, e: Rational) -> Quotient:
        """The image of an atom to the atom's exponent; a fraction is of what is not negative."""
        return self.power(x, int(e)) if e.denominator == 1 else self.magnitude(x, e)

    def image_of(self, a: Atom, leaf: Leaf) -> Quotient:
        if (direct := leaf(a)) is not None:
            return direct
        if a.kind in ("sum", "prod", "max"):
            return self.image_under_binder(a, leaf)
        inner = self.image(a.body, leaf)
        match a.kind:
            case "exp":
                return self.exp(inner)
            case "log":
                return self.log(inner)
            case "abs" | "root":
                return self.magnitude(inner, 1)
            case "is>" | "is=":
                return self.bracket(inner, ">" if a.kind == "is>" else "==")
        return atom(a)

    def image_under_binder(self, a: Atom, leaf: Leaf) -> Quotient:
        body = self.image(self.body(a, dot := self.open()), leaf)
        if a.kind == "sum":
            return self.moment(self.check_weighted(body, dot), dot)
        where = tuple(sorted((kind, subset, self.moved(c, leaf)) for kind, subset, c in a.where))
        return self.product_atom(body, dot, where) if a.kind == "prod" else self.largest(body, dot, where)

    def moved(self, c: Class, leaf: Leaf) -> Class:
        """Where a renaming moves a class that stands in the condition of a largest value."""
        probe = Atom("entry", "", c)
        ((((moved, _),), _),) = (leaf(probe) or atom(probe)).num.items()
        return moved.at

    def rename(self, x: Quotient, old: Class, new: Class) -> Quotient:
        """x with another class in the place of one."""

        def leaf(a: Atom) -> Quotient | None:
            if old not in a.classes:
                return atom(a)
            if a.kind == "entry":
                return self.put_in(a.at_class(new))
            return self.member(a.name, new) if a.kind == "in" else None

        return self.image(x, leaf)

    # --- from terms to forms ---

    def value(self, t: ast.Term, at: At) -> Quotient:
        """The normal form of a term; its indices are at the classes `at`."""
        if not t.parts:
            return self.of_term(t, at)
        key = (id(t), tuple((index, at.get(index)) for index in t.free))
        if key not in self.forms:
            self.forms[key] = t, self.of_term(t, at)
        return self.forms[key][1]

    def seen(self, t: ast.Term, at: At) -> Quotient | None:
        """The same, if there is one."""
        try:
            return self.value(t, at)
        except Refused:
            return None

    def of_term(self, t: ast.Term, at: At) -> Quotient:
        self.budget.spend()
        match t:
            case ast.Number(value):
                return ring.constant(value)
            case ast.Size():
                return self.size()
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
                u = self.log_of(of, at) if (w := self.value(weight, at)).num else ZERO
                self.check_not_zero(_divisors_of(u, logs=False))
                return self.multiply(w, u)
            case ast.Absolute(of):
                return self.absolute(self.value(of, at))
            case ast.Delta(first, second):
                return ring.constant(int(self.scope.same(at[first], at[second])))
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
        """u^e for a number e; e^(x log u) for u > 0; 0^x, x > 0; for whole a, b, u^(a n + b), by the product of u^a."""
        base, exponent = self.value(t.base, at), self.value(t.exponent, at)
        if exponent.num.keys() <= {UNIT} and not exponent.den:
            e = exponent.num.get(UNIT, 0)
            if not -200 <= e <= 200:
                raise Refused("a power above 200")
            return self.to_power(base, e)  # a root is defined only where the base is not negative
        if self.sign(base) <= {1}:
            return self.exp(self.multiply(exponent, self.log(base)))
        if not base.num and self.sign(exponent) <= {1}:
            return ZERO
        if (whole := whole_exponent(exponent)) is None:
            raise Refused("a power of what may be negative or 0")
        each = self.power(base, whole[0])
        return self.multiply(self.product_atom(each, self.open()) if each.num else ZERO, self.power(base, whole[1]))

    def log_of(self, t: ast.Term, at: At) -> Quotient:
        """log|t|, the factors of t apart."""
        match t:
            case ast.Times(terms):
                return self.total(self.log_of(each, at) for each in terms)
            case ast.Power(base, ast.Number(e)) if e:
                return self.log_of(base, at).times(e)
        return self.log(self.value(t, at))

    # --- binders ---

    def weight(self, among: ast.Range, c: Class) -> Quotient:
        """1 if the class is in the subsets of a range and outside of those that it leaves out, else 0."""
        members = ((self.member(s, c), holds) for s, holds in among.members)
        return self.all_of(x if holds else self.subtract(ONE, x) for x, holds in members)

    def sum(self, t: ast.Sum, at: At) -> Quotient:
        """Over all classes as if none were compared, then what that misses: those left out, those compared with."""

        def term(c: Class) -> Quotient:
            weight = self.weight(t.range, c)
            return self.multiply(weight, self.value(t.of, {**at, t.bound: c})) if weight.num else ZERO

        left_out = self.apart(at[e] for e in t.range.excluded)
        if self.scope.listed:
            return self.total(self.check_weighted(term(c)) for c in self.left(left_out))
        general, compared = term(dot := self.open()), self.compared_with(t, at)
        if not self.scope.fixed(at).inhabited(t.range, but=compared):
            self.check_not_zero(f for f in _divisors_of(general) if not depends(ring.atoms_of([f]), dot))
        found = self.moment(general, dot)
        for c in self.apart(left_out | compared):
            found = self.subtract(found, self.at_class(general, dot, c))
            found = found if c in left_out else self.add(found, self.check_weighted(term(c)))
        return found

    def at_class(self, x: Quotient, dot: Class, c: Class) -> Quotient:
        """The term that is subtracted for a class; it is to be defined there.

        Else y[i]*sum(1/y[k], k != i), which is 0 where y[i] is, would be y[i]*sum(1/y[k], k) - 1; so too where the
        form of the term is 0: sum((y[k] - y[i])/y[k], k != i) would be n - y[i]*sum(1/y[k], k).
        """
        moving = (f for f in _divisors_of(x) if depends(ring.atoms_of([f]), dot))
        self.check_not_zero(ring.frozen(self.rename(Quotient(dict(f)), dot, c).num) for f in moving)
        return self.rename(x, dot, c)

    def apart(self, classes: Iterable[Class]) -> set[Class]:
        """These classes, of which all must be known to be different."""
        found = set(classes)
        for a, b in combinations(sorted(found), 2):
            self.scope.same(a, b)
        return found

    def left(self, left_out: set[Class]) -> list[Class]:
        """The classes, where all have names, without those that are left out."""
        return [c for c in self.scope.listed if not any(self.scope.same(c, each) for each in left_out)]

    def compared_with(self, t: ast.Binder, at: At) -> set[Class]:
        """The classes that the bound class is compared with in the body, directly or through another."""
        compared = set(chain.from_iterable(map(_compared, ast.inside(t.of))))
        return self.apart(at[index] for index in compared if index in at) if t.bound in compared else set()

    def over_classes(self, t: ast.Product, at: At) -> Quotient:
        """A product: the exponential of a sum of logarithms, where all factors are positive; else an atom."""

        def factor(c: Class) -> Quotient:
            return self.value(t.of, {**at, t.bound: c})

        left_out = self.apart(at[e] for e in t.range.excluded)
        if self.scope.listed:
            weights = [(c, self.weight(t.range, c)) for c in self.left(left_out)]
            gaps = (self.multiply(w, self.subtract(factor(c), ONE)) if w.num else ZERO for c, w in weights)
            return self.all_of(self.add(ONE, self.check_weighted(each)) for each in gaps)
        dot, compared = self.open(), self.compared_with(t, at)
        general = factor(dot)
        if general.num and all(self.sign(x) <= {1} for x in (general, *map(factor, compared))):
            return self.exp(self.sum(ast.Sum(ast.Log(t.of), t.bound, t.range), at))
        if t.range.members or compared:
            raise Refused("a product over some classes of what may not be positive")
        return self.product_atom(general, dot, tuple(sorted(("!=", "", c) for c in left_out)))

    # --- the largest value ---

    def extreme(self, t: ast.Extreme, at: At) -> Quotient:
        """max of t over a range; min is -max of -t."""
        if self.compared_with(t, at):
            raise Refused("a largest value of what compares classes")
        left_out = [("!=", "", at[e]) for e in t.range.excluded]
        subsets = [("in" if holds else "not in", s, NOWHERE) for s, holds in t.range.members]
        where, dot = tuple(sorted(left_out + subsets)), self.open()
        x = self.value(t.of, {**at, t.bound: dot})
        return self.largest(x, dot, where) if t.largest else -self.largest(-x, dot, where)

    # --- derivatives ---

    @property
    def plain(self) -> Normal:
        """The forms without hypotheses, which are about a point and not about its neighbours."""
        return Normal(self.scope, NOTHING, self.budget, self.near, self.near)

    def diff(self, t: ast.Diff, at: At) -> Quotient:
        """The derivative of the form without hypotheses, then what these say of it."""
        plain = self.plain
        ((var, _),) = next(iter(plain.value(t.variable, at).num))
        found = plain.derivative(plain.value(t.of, at), var)
        if any(isinstance(each, ast.Weighted) for each in ast.inside(t.of)):  # q log(q/r), 0 for q = 0, has -q/r
            plain.check_not_zero(_divisors_of(found))
        return found if self.known == NOTHING else self.image(found, self.known_leaf)

    def known_leaf(self, a: Atom) -> Quotient | None:
        if a.kind in ("scalar", "entry"):
            return self.put_in(a)
        return self.member(a.name, a.at) if a.kind == "in" else None

    def at_value(self, t: ast.Term, scalar: ast.Scalar, value: ast.Term, at: At) -> Quotient:
        """The normal form of a term with a value in the place of a scalar, derivatives in the scalar taken before."""
        by, moved = self.value(value, at), Atom("scalar", scalar.name)

        def leaf(a: Atom) -> Quotient | None:
            return by if a == moved else self.known_leaf(a)

        return self.image(self.plain.value(t, at), leaf)

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
        """The sum of v e a^(e-1) a' (the rest of the monomial), over the atoms a that depend on var; roots positive."""
        found = ZERO
        for m, v in p.items():
            for a, e in m:
                inner = self.of_atom(a, var, own)
                if inner.num:
                    if (e.denominator > 1 or a.kind == "root") and self.sign(atom(a)) != {1}:
                        raise Refused("a derivative of a root of what may be 0")
                    rest = ring.monomial([*m, (a, -1)])
                    found = self.add(found, self.multiply(inner, self.settled(Quotient({rest or UNIT: v * e}))))
        return found

    def of_atom(self, a: Atom, var: Atom, own: bool) -> Quotient:
        """da/dvar; of a root f^(1/q), whose atom stands for f, it is f'. Refused for what may have none."""
        if a == var:
            return ONE
        if not _depends(a, var):
            return ZERO
        inner = a.body
        match a.kind:
            case "entry":
                return ring.constant(int(self.scope.same(a.at, var.at)))
            case "exp":
                return self.multiply(atom(a), self.derivative(inner, var, own))
            case "log":
                return self.multiply(self.derivative(inner, var, own), self.inverse(inner))
            case "root":
                return self.derivative(inner, var, own)
            case "sum":
                return self.of_sum(a, var, own)
            case "prod":
                return self.of_product(a, var, own)
        raise Refused("a derivative of an absolute value, a count or a largest value")

    def of_sum(self, a: Atom, var: Atom, own: bool) -> Quotient:
        """The sum of df/dv over the classes k; for v = y[i], and what f has of y[k] by itself, its derivative at k = i.

        Where [i in A] stands before that last part, the part is to be defined if i is not in A as well.
        """
        body = self.body(a, dot := self.open())
        found = self.moment(self.derivative(body, var, own), dot)
        if var.kind == "entry" and not own:
            there = self.rename(self.derivative(body, var.at_class(dot), own=True), dot, var.at)
            found = self.add(found, self.check_weighted(there))
        return found

    def of_product(self, a: Atom, var: Atom, own: bool) -> Quotient:
        """f' at the class times the product of the others, for an entry that stands in one factor only.

        Needs: all classes, and the entry of one class. Source: the product rule.
        """
        body = self.body(a, dot := self.open())
        if own or a.where or var.kind != "entry" or self.derivative(body, var, own).num:
            raise Refused("a derivative of a product over the classes")
        moving = self.derivative(body, var.at_class(dot), own=True)
        others = atom(Atom("prod", where=(("!=", "", var.at),), num=a.num, den=a.den))
        return self.multiply(others, self.rename(moving, dot, var.at))


def whole_exponent(x: Quotient) -> tuple[int, int] | None:
    """(a, b), if x is a n + b, for whole numbers that are not negative: then each number has the power x."""
    by, more = (x.num.get(m, 0) for m in (((Atom("n"), 1),), UNIT))
    linear = not x.den and len(x.num) == (by != 0) + (more != 0)
    return (int(by), int(more)) if linear and all(e.denominator == 1 and 0 <= e <= 200 for e in (by, more)) else None


def _depends(a: Atom, var: Atom) -> bool:
    """Whether an atom has the scalar in it, or an entry of the family."""
    return (a.kind, a.name) == (var.kind, var.name) or any(_depends(b, var) for b in a.inner)


def _divisors(f: Factor, logs: bool = True) -> Iterator[Factor]:
    """What a normal form divides by, and takes the logarithm of; of logarithms at its top only with `logs`."""
    for a, e in chain.from_iterable(m for m, _ in f):
        if e < 0:
            yield ring.single(a)
        if logs and a.kind == "log":
            yield a.num
        for inner, _ in a.den:
            yield inner
        for inner in (a.num, *(g for g, _ in a.den)):
            yield from _divisors(inner)


def _compared(t: ast.Term) -> Iterator[ast.Index]:
    """The indices that a term compares by itself."""
    match t:
        case ast.Delta():
            yield from t.named
        case ast.Binder() if t.range.excluded:
            yield from (t.bound, *t.range.excluded)
        case ast.Diff(of, ast.Entry(_, index)):
            yield index
            for part in ast.inside(of):
                yield from (*part.named, part.bound) if isinstance(part, ast.Binder) else part.named


def _divisors_of(x: Quotient, logs: bool = True) -> Iterator[Factor]:
    """The same of a quotient."""
    parts = [ring.frozen(x.num), *(f for f, _ in x.den)]
    return chain(parts[1:], *(_divisors(f, logs) for f in parts))


def depends(atoms: Iterable[Atom], c: Class) -> bool:
    """Whether a class occurs in one of them."""
    return any(c in a.classes for a in atoms)
