"""What a claim and its hypotheses say, ready for lines: who is where, what is put in, and the facts.

Leaf(question, letters, lets, budget)      .scope  .signs  .difference()  .impossible()
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import chain

from symbolic.kernel import terms as ast
from symbolic.kernel.facts import Fact, Facts, positive_letters
from symbolic.kernel.facts import Letters as PositiveLetters
from symbolic.kernel.normal import NOTHING, SLOT, Known, Normal
from symbolic.kernel.read import ArgMax, Hypothesis, Letters, Member, Question, Relation, SameClass, spoken_of
from symbolic.kernel.refused import Budget
from symbolic.kernel.ring import CLOSED, DOT, NAMED, Atom, Class, Quotient, Rational, over
from symbolic.kernel.scope import Scope, placed
from symbolic.kernel.signs import Signs, bare, factors_of

SLOT_LETTER = ast.Index("k", -1)


@dataclass(frozen=True)
class Let:
    """A class where an extreme is attained."""

    index: ast.Index
    of: ast.Extreme


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
        named = tuple(dict.fromkeys(at.values()))
        return placed(Scope(at, named, frozenset(each for each in apart if len(each) == 2), members, *self.sizes()))

    def sizes(self) -> tuple[int, int | None]:
        """The least and the greatest n that the hypotheses allow."""
        bounds = list(map(_bounds, self.question.given))
        most = min((high for _, high in bounds if high is not None), default=None)
        return max([1, *(low for low, _ in bounds)]), most

    def impossible(self) -> bool:
        """Whether the hypotheses on indices, on n and on numbers clash by themselves."""
        at, given, scope = self.at, self.question.given, self.scope
        said = [(h.subset, at[h.index], h.holds) for h in given if isinstance(h, Member)]
        return (
            any(isinstance(h, SameClass) and not h.holds and at[h.first] == at[h.second] for h in given)
            or any((s, c, not holds) in said for s, c, holds in said)
            or (scope.most is not None and scope.at_least() > scope.most)
            or any(self.clashes(number, self.signs) for number in range(len(self.facts.facts)))
        )

    def clashes(self, number: int, signs: Signs, chosen: tuple[Class, ...] = ()) -> bool:
        """Whether a fact, at these classes, says of something that it has a sign that it has not.

        Needs: that its letters are at named classes, or, where there is surely one, at any of the range.
        Source: what is about no point holds.
        """
        self.budget.spend()
        fact = self.facts.facts[number]
        if len(chosen) < len(fact.every):
            letter, among = fact.every[len(chosen)]
            binder = ast.Sum(fact.term, letter, among)
            there = [signs.opened(binder, c) for c in self.scope.named if signs.scope.within(c, among)]
            there += [signs.opened(binder)] if signs.scope.inhabited(among) else []
            return any(self.clashes(number, each, (*chosen, each.scope.at[letter])) for each in there)
        x = self.facts.at(signs.field, number, chosen)
        return x is not None and not signs.of_form(x) & fact.signs

    # --- what is put in ---

    @cached_property
    def positive(self) -> PositiveLetters:
        return positive_letters(self.all_facts())

    def field(self, known: Known) -> Normal:
        return bare(self.scope, known, self.positive, self.budget)

    @cached_property
    def known(self) -> Known:
        """The equations that are put in: of classes that were named, then of hypotheses; each with those before it."""
        known = NOTHING
        for let in self.lets:
            known = self.with_atom(known, let.of, let.of.at(let.index)) or self.with_top(known, let) or known
        for h in self.question.given:
            match h:
                case ArgMax() if (gap := self.form(known, _below_top(h), SLOT_LETTER)) is not None:
                    known = replace(known, attaining={h.subset: gap, **known.attaining})
                case Relation(lhs, "==", rhs, ()):
                    known = self.with_atom(known, lhs, rhs) or self.with_atom(known, rhs, lhs) or known
                case Relation(lhs, "==", rhs, ((letter, ast.Range((), ())),)):
                    found = self.with_family(known, letter, lhs, rhs) or self.with_family(known, letter, rhs, lhs)
                    known = found or known
        return known

    def form(self, known: Known, t: ast.Term, letter: ast.Index | None = None, c: Class = SLOT) -> Quotient | None:
        """The normal form of a term, if there is one, the letter at the slot of what is put in for a family."""
        return self.field(known).seen(t, {**self.at, letter: c} if letter else self.at)

    def with_atom(self, known: Known, name: ast.Term, value: ast.Term) -> Known | None:
        """What an equation says that an atom is, if it does not mention it.

        Needs: an equation without bound classes. Source: equals are put in for equals.
        """
        x, y = self.form(known, name), self.form(known, value)
        a, by = _lone(x)
        if y is None or a is None or a.kind not in ("scalar", "entry", "sum", "max") or a.name == "pi":
            return None
        return None if a in y.all_atoms() else replace(known, atoms={**known.atoms, a: y.times(over(1, by))})

    def with_top(self, known: Known, let: Let) -> Known | None:
        """max f(z) is f(z[m]) at the class m of a let; for increasing f, such as e^x, then max z is z[m] as well.

        Needs: a maximum, `top`, that is in the let's extreme and not in its body, at any class, which is open as there:
        else its form may have other maxima. Source: exp increases.
        """
        x, y = self.form(NOTHING, let.of), self.form(NOTHING, let.of.of, let.of.bound, Class(DOT))
        own = set(y.all_atoms()) if y else set()
        top = next((a for a in x.all_atoms() if a.kind == "max" and a not in own), None) if x and y else None
        if top is None or any(c.kind == CLOSED for c in top.classes):
            return None
        return replace(known, atoms={**known.atoms, top: self.field(known).body(top, self.at[let.index])})

    def with_family(self, known: Known, letter: ast.Index, name: ast.Term, value: ast.Term) -> Known | None:
        """What an equation for every class says that a family is.

        Needs: it is about all classes, and the value does not mention the family. Source: equals are put in for equals.
        """
        y = self.form(known, value, letter)
        if y is None or not isinstance(name, ast.Entry) or name.index != letter or name.family in known.families:
            return None
        if any(a.kind == "entry" and a.name == name.family for a in (*y.all_atoms(), *known.atoms)):
            return None
        return replace(known, families={**known.families, name.family: y})

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
            yield _top(let.of.at(let.index), let.of)

    def of_hypothesis(self, h: Hypothesis) -> Iterator[Fact]:
        match h:
            case Relation(lhs, op, rhs, every):
                yield Fact(ast.minus(lhs, rhs), ast.SIGNS[op], every)
                if op == "==" and (below := (*_divisors(lhs), *_divisors(rhs))):
                    yield Fact(ast.Times((ast.minus(lhs, rhs), *below)), frozenset({0}), every)
                for side, other in ((lhs, rhs), (rhs, lhs)):
                    yield from _where_defined(side, every)
                    if op == "==" and isinstance(side, ast.Extreme) and not every:
                        yield _top(other, side)
            case ArgMax():
                yield Fact(_below_top(h), frozenset({0}), ((SLOT_LETTER, ast.Range(members=((h.subset, True),))),))
                yield Fact(_below_top(h), frozenset({1}), ((SLOT_LETTER, ast.Range(members=((h.subset, False),))),))

    # --- the question ---

    def difference(self) -> Quotient:
        """The larger side less the smaller, or the left less the right."""
        relation, field = self.question.relation, self.signs.field
        lhs, rhs = field.value(relation.lhs, self.at), field.value(relation.rhs, self.at)
        return field.subtract(rhs, lhs) if relation.op in ("<", "<=") else field.subtract(lhs, rhs)

    def extremes(self) -> Iterator[ast.Extreme]:
        """The largest and smallest values that exist where the claim and its hypotheses are defined."""
        given = (h.sides for h in self.question.given if isinstance(h, Relation) and not h.every)
        parts = chain.from_iterable(map(_surely_defined, chain(self.sides, *given)))
        return (part for part in parts if isinstance(part, ast.Extreme))


# --- what a hypothesis says ------------------------------------------------------------------------


def _bounds(h: Hypothesis) -> tuple[int, int | None]:
    """The least and the greatest n; n != m says nothing, nor does what may be about no class; n == 5/2 leaves none."""
    match h:
        case Relation(ast.Size(), op, ast.Number(v), ()):
            pass
        case Relation(ast.Number(v), mirrored, ast.Size(), ()):
            op = ast.MIRRORED[mirrored]
        case _:
            return 1, None
    above, below = -(-v.numerator // v.denominator), v.numerator // v.denominator
    bounds = {"==": (above, below), ">=": (above, None), ">": (below + 1, None), "<=": (1, below), "<": (1, above - 1)}
    return bounds.get(op, (1, None))


def _below_top(h: ArgMax) -> ast.Term:
    """max z - z[k], or z[k] - min z, at the letter k of a slot."""
    bound = ast.Index("l", -2)
    extreme = ast.Extreme(ast.Entry(h.family, bound), bound, ast.Range(), h.largest)
    entry = ast.Entry(h.family, SLOT_LETTER)
    return ast.minus(extreme, entry) if h.largest else ast.minus(entry, extreme)


def _top(value: ast.Term, extreme: ast.Extreme) -> Fact:
    """What is the largest value is at least each; the smallest at most."""
    gap = ast.minus(value, extreme.of)
    return Fact(gap, frozenset({0, 1} if extreme.largest else {0, -1}), ((extreme.bound, extreme.range),))


def _where_defined(t: ast.Term, every: tuple[tuple[ast.Index, ast.Range], ...]) -> Iterator[Fact]:
    """What is said by a term's being defined: it counts only where its parts are."""
    match t:
        case ast.Log(of):
            yield Fact(of, frozenset({1}), every)
        case ast.Power(base, ast.Number(e)) if e.denominator > 1:
            yield Fact(base, frozenset({1} if e < 0 else {0, 1}), every)
        case ast.Power(base, ast.Number(e)) if e < 0:
            yield from _not_zero(base, every)
        case ast.Weighted():
            return
        case ast.Binder():
            every = (*every, (t.bound, t.range))
    for part in t.parts:
        yield from _where_defined(part, every)


def _not_zero(t: ast.Term, every: tuple[tuple[ast.Index, ast.Range], ...]) -> Iterator[Fact]:
    """What is divided by is not 0: no factor of it is."""
    match t:
        case ast.Times(terms):
            for each in terms:
                yield from _not_zero(each, every)
        case ast.Power(base, ast.Number(e)) if e:
            yield from _not_zero(base, every)
        case ast.Absolute(of):
            yield from _not_zero(of, every)
        case _:
            yield Fact(t, frozenset({-1, 1}), every)


def _divisors(t: ast.Term) -> Iterator[ast.Term]:
    """What the summands of a term are divided by: an equation times these is one without them."""
    for each in t.terms if isinstance(t, ast.Plus) else (t,):
        yield from (ast.Power(f, ast.Number(Fraction(-e))) for f, e in factors_of(each) if e < 0)


def _surely_defined(t: ast.Term) -> Iterator[ast.Term]:
    """The parts of a term that are defined where it is, and do not stand under a binder."""
    yield t
    if not isinstance(t, ast.Weighted | ast.Binder):
        for part in t.parts:
            yield from _surely_defined(part)


def _lone(x: Quotient | None) -> tuple[Atom | None, Rational]:
    """The atom that a quotient is a multiple of, if it is, and the number."""
    match list(x.num.items()) if x and not x.den else []:
        case [(((a, 1),), v)]:
            return a, v
    return None, 1
