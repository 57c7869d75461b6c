"""What stands under a binder: sums, products and largest values over the classes as atoms, and what they become when
what is inside them changes.

Sums run over all classes, are split into monomials, and have before them what does not depend on the class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from symbolic.kernel.elementary import Elementary, Signer
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.ring import (
    CLOSED,
    DOT,
    EACH,
    NOWHERE,
    ONE,
    ZERO,
    Atom,
    Class,
    Factor,
    Monomial,
    Polynomial,
    Quotient,
    Rational,
    atom,
    atoms_of,
    constant,
    frozen,
    modulus,
    negate,
    over,
    primitive,
    scaled,
    single,
    unit,
)
from symbolic.kernel.scope import Scope

__all__ = ["NOTHING", "SLOT", "Forms", "Known", "Where"]

SLOT = Class(EACH, "", -1)  # the class in what is put in for a family

Where = tuple[tuple[str, str, Class], ...]  # the range of a largest value
Leaf = Callable[[Atom], Quotient | None]


@dataclass(frozen=True)
class Known:
    """What is put in: for an atom, for a family at SLOT, for [SLOT in A], where A is an argmax set: [gap == 0]."""

    atoms: Mapping[Atom, Quotient] = field(default_factory=dict)
    families: Mapping[str, Quotient] = field(default_factory=dict)
    attaining: Mapping[str, Quotient] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.atoms or self.families or self.attaining)


NOTHING = Known()


class Forms(Elementary):
    """Quotients in a scope, in which some atoms are put in."""

    def __init__(self, scope: Scope, known: Known, budget: Budget, sign: Signer | None = None) -> None:
        super().__init__(budget, sign)
        self.scope, self.known = scope, known

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
            return constant(int(known))
        gap = self.known.attaining.get(subset)
        return atom(Atom("in", subset, at)) if gap is None else self.bracket(self.rename(gap, SLOT, at), "==")

    # --- sums ---

    def open(self) -> Class:
        """A class over which a sum runs, and no other does."""
        return Class(DOT, "", self.budget.fresh())

    def moment(self, x: Quotient, dot: Class) -> Quotient:
        """The sum of x over all classes, monomial by monomial."""
        own = tuple((f, e) for f, e in x.den if any(dot in a.classes for a in atoms_of([f])))
        rest = tuple(each for each in x.den if each not in own)
        found = ZERO
        for m, v in x.num.items():
            here = tuple((a, e) for a, e in m if dot in a.classes)
            there = Quotient({tuple((a, e) for a, e in m if dot not in a.classes): v}, rest)
            size = atom(Atom("n")) if self.scope.n is None else constant(self.scope.n)
            found = self.add(found, self.multiply(there, self.closed(here, own, dot) if here or own else size))
        return found

    def closed(self, m: Monomial, den: tuple[tuple[Factor, int], ...], dot: Class) -> Quotient:
        """The atom of a sum of one monomial over a denominator."""
        level = max((a.height for a in chain((a for a, _ in m), atoms_of(f for f, _ in den))), default=0)
        x = self.rename(Quotient({m: 1}, den), dot, Class(CLOSED, "", level))
        if len(x.num) != 1:
            raise Refused("a summand that changes its form")
        ((body, v),) = x.num.items()
        a = Atom("sum", num=((body, 1),), den=x.den)
        return scaled(self.put_in(self.ordered(a)), v)

    def ordered(self, a: Atom) -> Atom:
        """A sum of a sum: of its two orders, one."""
        ((body, _),) = a.num
        if a.den or len(body) != 1 or body[0][0].kind != "sum" or body[0][1] != 1 or a.height != 2:
            return a
        inner = body[0][0]
        outer_dot, inner_dot = self.open(), self.open()
        opened = self.rename(Quotient(dict(inner.num), inner.den), Class(CLOSED, "", 0), inner_dot)
        opened = self.rename(opened, Class(CLOSED, "", 1), outer_dot)
        if any(outer_dot not in b.classes for m in opened.num for b, _ in m):
            return a
        swapped = self.rename(self.rename(opened, outer_dot, Class(CLOSED, "", 0)), inner_dot, Class(CLOSED, "", 1))
        if len(swapped.num) != 1 or set(swapped.num.values()) != {1}:
            return a
        other = Atom("sum", num=frozen(swapped.num), den=swapped.den)
        return min(a, Atom("sum", num=((((other, 1),), 1),)))

    def body(self, a: Atom, dot: Class) -> Quotient:
        """What stands under the binder of a closed atom, at an open class."""
        return self.rename(Quotient(dict(a.num), a.den), Class(CLOSED, "", a.height - 1), dot)

    # --- products and largest values ---

    def product_atom(self, x: Quotient, dot: Class, where: Where = ()) -> Quotient:
        """The product of x over all classes, as an atom; that of a monomial is one of its atoms."""
        if not x.num:
            raise Refused("a product of what is 0")
        content, low, rest = primitive(x.num)
        if (
            content != 1
            or x.den
            or any(dot not in a.classes for a, _ in low)
            or not any(dot in a.classes for m in x.num for a, _ in m)
        ):
            raise Refused("a product of what does not depend on the class")
        factors = [(single(a), e) for a, e in low] + ([(frozen(rest), 1)] if rest != ONE.num else [])
        return self.all_of(self.product_of_factor(f, e, dot, where) for f, e in factors)

    def product_of_factor(self, f: Factor, e: Rational, dot: Class, where: Where) -> Quotient:
        level = max((a.height for a in atoms_of([f])), default=0)
        x = self.rename(Quotient(dict(f)), dot, Class(CLOSED, "", level))
        return atom(Atom("prod", where=where, num=frozen(x.num), den=x.den), e)

    def largest(self, x: Quotient, dot: Class, where: Where) -> Quotient:
        """The largest x: what does not depend on the class, and what is positive, stands before it; exp increases."""
        if any(dot in a.classes for f, _ in x.den for a in atoms_of([f])):
            return self.extreme_atom(x, dot, where)
        moving = {m: v for m, v in x.num.items() if any(dot in a.classes for a, _ in m)}
        fixed = Quotient({m: v for m, v in x.num.items() if m not in moving}, x.den)
        if not moving:
            return x
        common = set.intersection(*(set(m) for m in moving))
        outer = tuple((a, e) for a, e in sorted(common) if dot not in a.classes)
        inner = {tuple(each for each in m if each not in outer): v for m, v in moving.items()}
        before = Quotient({outer: 1}, x.den)
        signs = self.sign(before)
        if signs <= {1}:
            found = self.multiply(before, self.largest_of(inner, dot, where))
        elif signs <= {-1}:
            found = self.multiply(before, negate(self.largest_of({m: -v for m, v in inner.items()}, dot, where)))
        else:
            found = self.extreme_atom(Quotient(moving, x.den), dot, where)
        return self.add(fixed if fixed.num else ZERO, found)

    def largest_of(self, inner: Polynomial, dot: Class, where: Where) -> Quotient:
        content, _, _ = primitive(inner)
        if len(inner) == 1 and all(a.kind == "exp" for a, _ in next(iter(inner))):
            ((m, v),) = inner.items()
            inside_ = self.total(scaled(Quotient(dict(a.num), a.den), e) for a, e in m)
            if v > 0:
                return scaled(self.exp(self.largest(inside_, dot, where)), v)
            return scaled(self.exp(negate(self.largest(negate(inside_), dot, where))), v)
        by = modulus(content)
        return scaled(self.extreme_atom(Quotient({m: over(v, by) for m, v in inner.items()}), dot, where), by)

    def extreme_atom(self, x: Quotient, dot: Class, where: Where) -> Quotient:
        level = max((a.height for a in atoms_of([frozen(x.num), *(f for f, _ in x.den)])), default=0)
        x = self.rename(x, dot, Class(CLOSED, "", level))
        return self.put_in(Atom("max", where=where, num=frozen(x.num), den=x.den))

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
            self.all_of([constant(v), *(self.to_power(self.image_of(a, leaf), a, e) for a, e in m)])
            for m, v in p.items()
        )

    def to_power(self, x: Quotient, a: Atom, e: Rational) -> Quotient:
        """The image of an atom to the atom's exponent; a fraction is of what is not negative, e^x or a root."""
        if e.denominator == 1:
            return self.power(x, int(e))
        if len(x.num) == 1 and not x.den and set(x.num.values()) == {1}:
            ((m, _),) = x.num.items()
            if all(b.kind in ("exp", "root", "abs", "n") for b, _ in m):
                return self.settled(unit(tuple((b, f * e) for b, f in m)))
            if len(m) == 1 and m[0][1] == 1 and m[0][0].kind == a.kind:  # another class of the same family
                return atom(m[0][0], e)
        return self.magnitude(x, e)

    def image_of(self, a: Atom, leaf: Leaf) -> Quotient:
        direct = leaf(a)
        if direct is not None:
            return direct

        def inner() -> Quotient:
            return self.image(Quotient(dict(a.num), a.den), leaf)

        match a.kind:
            case "exp":
                return self.exp(inner())
            case "log":
                return self.log(inner())
            case "abs" | "root":
                return self.magnitude(inner(), 1)
            case "is>":
                return self.bracket(inner(), ">")
            case "is=":
                return self.bracket(inner(), "==")
            case "sum" | "prod" | "max":
                return self.image_under_binder(a, leaf)
        return atom(a)

    def image_under_binder(self, a: Atom, leaf: Leaf) -> Quotient:
        dot = self.open()
        body = self.image(self.body(a, dot), leaf)
        match a.kind:
            case "sum":
                found = self.moment(body, dot)
            case "prod":
                found = self.product_atom(body, dot, self.moved_range(a, leaf))
            case _:
                found = self.largest(body, dot, self.moved_range(a, leaf))
        return found

    def moved_range(self, a: Atom, leaf: Leaf) -> Where:
        return tuple(sorted((kind, subset, self.moved(c, leaf)) for kind, subset, c in a.where))

    def moved(self, c: Class, leaf: Leaf) -> Class:
        """Where a renaming moves a class that stands in the condition of a largest value."""
        probe = leaf(Atom("entry", "", c))
        if probe is None or c == NOWHERE:
            return c
        ((m, _),) = probe.num.items()
        return m[0][0].at

    def rename(self, x: Quotient, old: Class, new: Class) -> Quotient:
        """x with another class in the place of one."""

        def leaf(a: Atom) -> Quotient | None:
            if old not in a.classes:
                return atom(a)
            if a.kind == "entry":
                return self.put_in(a.at_class(new))
            return self.member(a.name, new) if a.kind == "in" else None

        return self.image(x, leaf)
