"""What a claim and its hypotheses say, ready for lines: who is where, what is put in, and the facts.

Leaf(question, letters, lets, budget)      .scope  .signs  .difference()  .impossible()
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from symbolic.kernel import terms as ast
from symbolic.kernel.facts import Fact, Facts, positive_letters
from symbolic.kernel.facts import Letters as PositiveLetters
from symbolic.kernel.forms import NOTHING, SLOT, Known
from symbolic.kernel.normal import Normal
from symbolic.kernel.read import (
    ArgMax,
    Hypothesis,
    Letters,
    Member,
    Question,
    Relation,
    SameClass,
    spoken_of,
)
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.ring import (
    ANY,
    EACH,
    NAMED,
    Atom,
    Class,
    Quotient,
    Rational,
    all_atoms,
    over,
    scaled,
)
from symbolic.kernel.scope import Scope, placed
from symbolic.kernel.signs import Signs, bare

__all__ = ["Leaf", "Let"]

SLOT_LETTER = ast.Index("k", -1)


@dataclass(frozen=True)
class Let:
    """A class where an extreme is attained, or one of a subset."""

    index: ast.Index
    of: ast.Extreme | str


@dataclass(frozen=True)
class Leaf:
    """A question with the classes that were named on the way to it.

    It is about the points at which the terms in `counting`, the sides of the claim, are defined.
    """

    question: Question
    letters: Letters
    lets: tuple[Let, ...]
    counting: tuple[ast.Term, ...]
    budget: Budget

    @property
    def sides(self) -> tuple[ast.Term, ...]:
        """What is defined at each point that counts."""
        relation = self.question.relation
        return tuple(dict.fromkeys((*self.counting, relation.lhs, relation.rhs)))

    def about(self, relation: Relation, letters: Letters | None = None) -> Leaf:
        """The same point, and another relation."""
        return replace(self, question=replace(self.question, relation=relation), letters=letters or self.letters)

    def assuming(self, *given: Hypothesis) -> Leaf:
        """The same question under more hypotheses."""
        return replace(self, question=replace(self.question, given=(*self.question.given, *given)))

    # --- who is where ---

    @cached_property
    def at(self) -> dict[ast.Index, Class]:
        """The class of each index; a number names it before a letter."""
        spoken = self.letters.own.union(*map(spoken_of, (self.question.relation, *self.question.given)))
        order = sorted(spoken, key=lambda index: (not index.numbered, index))
        at = {index: Class(NAMED, index.name) for index in order}
        for h in self.question.given:
            if isinstance(h, SameClass) and h.holds:
                kept, gone = sorted((at[h.first], at[h.second]), key=lambda c: (not c.name.isdigit(), c))
                at = {index: kept if c == gone else c for index, c in at.items()}
        return at

    @cached_property
    def scope(self) -> Scope:
        at, given = self.at, self.question.given
        apart = {frozenset({at[h.first], at[h.second]}) for h in given if isinstance(h, SameClass) and not h.holds}
        members = {(h.subset, at[h.index]): h.holds for h in given if isinstance(h, Member)}
        for let in self.lets:
            if isinstance(let.of, str):
                members[let.of, at[let.index]] = True
            else:
                among = let.of.range
                apart |= {frozenset({at[let.index], at[e]}) for e in among.excluded}
                members |= {(s, at[let.index]): True for s in among.inside}
                members |= {(s, at[let.index]): False for s in among.outside}
        least, most = self.sizes()
        named = tuple(dict.fromkeys(at.values()))
        return placed(Scope(at, named, frozenset(each for each in apart if len(each) == 2), members, least, most))

    def sizes(self) -> tuple[int, int | None]:
        """The least and the greatest n that the hypotheses allow."""
        least, most = 1, None
        for h in self.question.given:
            low, high = _bounds(h)
            least = max(least, low)
            most = high if most is None else most if high is None else min(most, high)
        return least, most

    def impossible(self) -> bool:
        """Whether the hypotheses on indices, on n and on numbers clash by themselves."""
        at, given, scope = self.at, self.question.given, self.scope
        said = [(h.subset, at[h.index], h.holds) for h in given if isinstance(h, Member)]
        said += [(let.of, at[let.index], True) for let in self.lets if isinstance(let.of, str)]
        return (
            any(isinstance(h, SameClass) and not h.holds and at[h.first] == at[h.second] for h in given)
            or any((s, c, not holds) in said for s, c, holds in said)
            or (scope.most is not None and scope.at_least() > scope.most)
            or any(map(self.clashes, range(len(self.facts.facts))))
        )

    def clashes(self, number: int) -> bool:
        """Whether a fact says of something, at some class for sure, that it has a sign that it has not."""
        fact, x, signs = self.facts.facts[number], self.facts.form(number), self.signs
        if x is None:
            return False
        for n, (letter, among) in enumerate(fact.every):
            if not signs.scope.inhabited(among):
                return False
            c = Class(ANY, "", self.budget.fresh())
            signs = signs.under(signs.scope.with_class(letter, c, among))
            x = signs.field.rename(x, Class(EACH, "", n), c)
        return not signs.of_form(x) & fact.signs

    # --- what is put in ---

    @cached_property
    def positive(self) -> PositiveLetters:
        return positive_letters(self.all_facts())

    def field(self, known: Known) -> Normal:
        return bare(self.scope, known, self.positive, self.budget)

    @cached_property
    def known(self) -> Known:
        atoms: dict[Atom, Quotient] = {}
        families: dict[str, Quotient] = {}
        attaining: dict[str, Quotient] = {}
        for let in self.lets:
            self.put_top(Known(atoms, families, attaining), atoms, let)
        for h in self.question.given:
            known = Known(atoms, families, attaining)
            match h:
                case ArgMax(subset, family, largest):
                    gap = self.at_slot(known, _gap(family, largest))
                    if gap is not None and subset not in attaining:
                        attaining[subset] = gap
                case Relation(lhs, "==", rhs, ()):
                    first, second = (rhs, lhs) if isinstance(rhs, ast.Extreme) else (lhs, rhs)
                    _ = self.put(known, atoms, first, second) or self.put(known, atoms, second, first)
                case Relation(lhs, "==", rhs, ((letter, ast.Range((), (), ())),)):
                    _ = self.put_family(known, families, letter, lhs, rhs) or self.put_family(
                        known, families, letter, rhs, lhs
                    )
        return Known(atoms, families, attaining)

    def put(self, known: Known, atoms: dict[Atom, Quotient], name: ast.Term, value: ast.Term) -> bool:
        """Whether an equation says what an atom is, which it does not mention."""
        if isinstance(name, ast.Size):
            return False
        field = self.field(known)
        try:
            x, y = field.value(name, self.at), field.value(value, self.at)
        except Refused:
            return False
        a, by = _lone(x)
        if a is None or a.kind not in ("scalar", "entry", "sum", "max") or a.name == "pi" or _mentions(y, a):
            return False
        atoms[a] = scaled(y, over(1, by))
        return True

    def put_top(self, known: Known, atoms: dict[Atom, Quotient], let: Let) -> None:
        """The largest value is that at the class; where it passes through e^x, so it is for what is in the exponent."""
        extreme = let.of
        if not isinstance(extreme, ast.Extreme) or self.put(known, atoms, extreme, extreme.at(let.index)):
            return
        field = self.field(known)
        try:
            x, y = field.value(extreme, self.at), field.value(extreme.at(let.index), self.at)
            tops = {a for a in all_atoms(x) if a.kind == "max"}
            if len(tops) != 1:
                return
            (top,) = tops
            value = field.body(top, self.at[let.index])
            tried = self.field(Known({**atoms, top: value}, known.families, known.attaining))
            if not tried.subtract(tried.value(extreme, self.at), y).num:
                atoms[top] = value
        except Refused:
            return

    def put_family(
        self, known: Known, families: dict[str, Quotient], letter: ast.Index, name: ast.Term, value: ast.Term
    ) -> bool:
        """Whether an equation for every class says what a family is."""
        if not isinstance(name, ast.Entry) or name.index != letter or name.family in families:
            return False
        y = self.at_slot(known, value, letter)
        if y is None or _has_family(y, name.family):
            return False
        if any(a.kind == "entry" and a.name == name.family for a in known.atoms):
            return False
        families[name.family] = y
        return True

    def at_slot(self, known: Known, value: ast.Term, letter: ast.Index = SLOT_LETTER) -> Quotient | None:
        field = self.field(known)
        try:
            return field.value(value, {**self.at, letter: SLOT})
        except Refused:
            return None

    # --- facts ---

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.all_facts(), self.field(self.known), self.positive)

    @cached_property
    def signs(self) -> Signs:
        still = Facts(self.facts.facts, self.field(NOTHING), self.positive)
        return Signs(self.scope, self.known, self.facts, still, self.budget)

    def all_facts(self) -> Iterator[Fact]:
        for h in self.question.given:
            yield from self.of_hypothesis(h)
        for side in self.sides:
            yield from _where_defined(side, ())
        for let in self.lets:
            if isinstance(let.of, ast.Extreme):
                yield _top(let.of.at(let.index), let.of)

    def of_hypothesis(self, h: Hypothesis) -> Iterator[Fact]:
        match h:
            case Relation(lhs, op, rhs, every) if not _bounds_size(h):
                gap = ast.minus(lhs, rhs)
                yield Fact(gap, ast.SIGNS[op], every)
                yield from _where_defined(lhs, every)
                yield from _where_defined(rhs, every)
                for side, other in ((lhs, rhs), (rhs, lhs)):
                    if op == "==" and isinstance(side, ast.Extreme) and not every:
                        yield _top(other, side)
            case ArgMax(subset, family, largest):
                yield from _of_argmax(subset, family, largest)

    # --- the question ---

    def difference(self) -> Quotient:
        """The larger side less the smaller, or the left less the right."""
        relation, field = self.question.relation, self.signs.field
        lhs, rhs = field.value(relation.lhs, self.at), field.value(relation.rhs, self.at)
        return field.subtract(rhs, lhs) if relation.op in ("<", "<=") else field.subtract(lhs, rhs)

    def extremes(self) -> Iterator[ast.Extreme]:
        """The largest and smallest values that exist where the claim and its hypotheses are defined."""
        sides = list(self.sides)
        sides += [s for h in self.question.given if isinstance(h, Relation) and not h.every for s in (h.lhs, h.rhs)]
        for side in sides:
            for part in _surely_defined(side):
                if isinstance(part, ast.Extreme):
                    yield part


# --- what a hypothesis says ------------------------------------------------------------------------


def _bounds_size(h: Relation) -> bool:
    return (isinstance(h.lhs, ast.Size) and isinstance(h.rhs, ast.Number)) or (
        isinstance(h.rhs, ast.Size) and isinstance(h.lhs, ast.Number)
    )


def _bounds(h: Hypothesis) -> tuple[int, int | None]:
    """The least and the greatest n; n != m and what is not about n say nothing, n == 5/2 leaves none."""
    match h:
        case Relation(ast.Size(), op, ast.Number(v)):
            pass
        case Relation(ast.Number(v), mirrored, ast.Size()):
            op = ast.MIRRORED[mirrored]
        case _:
            return 1, None
    above, below = -(-v.numerator // v.denominator), v.numerator // v.denominator
    match op:
        case "==":
            return above, below
        case ">=":
            return above, None
        case ">":
            return below + 1, None
        case "<=":
            return 1, below
        case "<":
            return 1, above - 1
    return 1, None


def _gap(family: str, largest: bool) -> ast.Term:
    """max z - z[k], or z[k] - min z, at the letter k of a slot."""
    k, bound = ast.Index("k", -1), ast.Index("l", -2)
    extreme = ast.Extreme(ast.Entry(family, bound), bound, ast.Range(), largest)
    return ast.minus(extreme, ast.Entry(family, k)) if largest else ast.minus(ast.Entry(family, k), extreme)


def _of_argmax(subset: str, family: str, largest: bool) -> Iterator[Fact]:
    """A == argmax(z): z[a] >= z[k] for a in A, and > for k not in A; max z is z[a]."""
    a, k = ast.Index("a", -1), ast.Index("k", -2)
    first, second = (a, k) if largest else (k, a)
    gap = ast.minus(ast.Entry(family, first), ast.Entry(family, second))
    in_it, out = ast.Range(inside=(subset,)), ast.Range(outside=(subset,))
    yield Fact(gap, frozenset({0, 1}), ((a, in_it), (k, ast.Range())))
    yield Fact(gap, frozenset({1}), ((a, in_it), (k, out)))
    bound = ast.Index("l", -3)
    extreme = ast.Extreme(ast.Entry(family, bound), bound, ast.Range(), largest)
    from_top = ast.minus(extreme, ast.Entry(family, k)) if largest else ast.minus(ast.Entry(family, k), extreme)
    yield Fact(from_top, frozenset({0}), ((k, in_it),))
    yield Fact(from_top, frozenset({1}), ((k, out),))


def _top(value: ast.Term, extreme: ast.Extreme) -> Fact:
    """What is the largest value is at least each; the smallest at most."""
    gap = ast.minus(value, extreme.of)
    return Fact(gap, frozenset({0, 1} if extreme.largest else {0, -1}), ((extreme.bound, extreme.range),))


def _where_defined(t: ast.Term, every: tuple[tuple[ast.Index, ast.Range], ...]) -> Iterator[Fact]:
    """What is said by a term's being defined: it counts only where its parts are."""
    match t:
        case ast.Log(of):
            yield Fact(of, frozenset({1}), every)
        case ast.Power(base, ast.Number(e)) if e < 0 and e.denominator > 1:
            yield Fact(base, frozenset({1}), every)
        case ast.Power(base, ast.Number(e)) if e < 0:
            yield from _not_zero(base, every)
        case ast.Power(base, ast.Number(e)) if e.denominator > 1:
            yield Fact(base, frozenset({0, 1}), every)
        case ast.Weighted():
            return
        case ast.Binder():
            every = (*every, (t.bound, t.range))
    for part in t.parts:
        yield from _where_defined(part, every)


def _not_zero(t: ast.Term, every: tuple[tuple[ast.Index, ast.Range], ...]) -> Iterator[Fact]:
    """What is divided by is not 0: no factor of it is, and what stands under a root is positive."""
    match t:
        case ast.Times(terms):
            for each in terms:
                yield from _not_zero(each, every)
        case ast.Power(base, ast.Number(e)) if e.denominator > 1:
            yield Fact(base, frozenset({1}), every)
        case ast.Power(base, ast.Number(e)) if e:
            yield from _not_zero(base, every)
        case ast.Absolute(of):
            yield from _not_zero(of, every)
        case _:
            yield Fact(t, frozenset({-1, 1}), every)


def _surely_defined(t: ast.Term) -> Iterator[ast.Term]:
    """The parts of a term that are defined where it is, and do not stand under a binder."""
    yield t
    if not isinstance(t, ast.Weighted | ast.Binder):
        for part in t.parts:
            yield from _surely_defined(part)


def _lone(x: Quotient) -> tuple[Atom | None, Rational]:
    """The atom that a quotient is a multiple of, if it is, and the number."""
    if not x.den and len(x.num) == 1:
        ((m, v),) = x.num.items()
        if len(m) == 1 and m[0][1] == 1:
            return m[0][0], v
    return None, 1


def _mentions(x: Quotient, a: Atom) -> bool:
    return a in all_atoms(x)


def _has_family(x: Quotient, family: str) -> bool:
    return any(a.kind == "entry" and a.name == family for a in all_atoms(x))
