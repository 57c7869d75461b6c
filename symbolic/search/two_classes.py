"""Inequalities of two classes, as inequalities of numbers.

    by_numbers(claim, prove)    derivations of the claim, from one with numbers in the places of entries

Of shares q, one is x and the other 1 - x; so it is of a softmax whose logits stand in nothing else. The entries of
other families are x and y. The largest of x and y is (x + y + abs(x - y))/2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from sympy import Abs, Add, Basic, Expr, Integer, Symbol, expand

from symbolic.language import notation as of
from symbolic.language.claims import (
    MIRRORED,
    Always,
    Claim,
    Hypothesis,
    Relation,
    SameClass,
    bounds,
    letters_of,
    relation,
)
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Node
from symbolic.search.means import preceded
from symbolic.search.named import put

__all__ = ["by_numbers"]

Prove = Callable[[Claim], Node | None]
Family = of.Family | of.Softmax


def by_numbers(claim: Claim, prove: Prove) -> Iterator[Node]:
    """From the same with numbers for the entries, and what is known of each of these; nothing of polynomials in them.

    Those have a sum of squares over classes, which says more.
    """
    if claim.op == "==" or bounds(claim.given) != (2, 2):
        return
    classes, named, top = _two_classes(claim)
    about = Pair(claim, classes, top) if len(classes) == 2 else None
    if about is None or not about.is_of_numbers or about.told.gap.is_polynomial():
        return
    if (tree := prove(about.told)) is not None:
        line: Node = {"line": [plain(about.told.gap)]}
        for node in (tree, {"have": plain(about.told.relation), "by": tree, "in": line}):
            yield preceded(put(node, about.texts), [*named, *about.steps()])


def _two_classes(claim: Claim) -> tuple[list[Expr], list[Node], of.Maximum | None]:
    """Those of which the claim speaks, and as many as are missing, with how they are named; more where it may be one.

    Where it speaks of none, the first is that at which an extreme is attained.
    """
    sides = (claim.lhs, claim.rhs)
    classes = sorted({each.args[1] for side in sides for each in _entries(side)}, key=str)
    classes = [each for each in classes if not isinstance(each, of.BoundIndex)]
    if len(classes) == 2 and not all(each.is_Integer for each in classes):
        apart = [{each.first, each.second} for each in claim.given if isinstance(each, SameClass) and not each.holds]
        return (classes if set(classes) in apart else []), [], None
    extremes = sorted({each for side in sides for each in side.atoms(of.Maximum) if not each.conditions}, key=str)
    top = None if classes or not extremes else extremes[0]
    new, named = unused("abdefghl", letters_of(claim)), list[Node]()
    while len(classes) < 2:
        name, first = next(new), "max(z)" if top is None else plain(top)
        named.append({"let": name, "of": f"max(z[k], k != {classes[0]})" if classes else first})
        classes.append(of.class_named(name))
    return classes, named, top


@dataclass(frozen=True)
class Pair:
    """A claim, its two classes, and the extreme that is attained at the first."""

    about: Claim
    classes: list[Expr]
    top: of.Maximum | None

    @cached_property
    def sides(self) -> list[Expr]:
        """With the terms of sums, and for every word what it stands for, but for the probability of a class."""
        return [self.spelled(side) for side in (self.about.lhs, self.about.rhs)]

    def spelled(self, expr: Expr) -> Expr:
        while (written := expr.replace(_is_a_word, self.meaning)) != expr:
            expr = written
        return expr

    def meaning(self, word: Expr) -> Expr:
        match word:
            case of.Sum():
                return Add(*map(word.opened, self.classes))
            case of.Maximum() if word == self.top:
                return word.opened(self.classes[0])
            case of.Maximum():
                x, y = map(word.opened, self.classes)
                return (x + y + (-1 if isinstance(word, of.Minimum) else 1) * Abs(x - y)) / 2
        return word.definition()

    @cached_property
    def shares(self) -> set[Family]:
        """The families whose entries have the sum 1: by a hypothesis, or as a softmax by its logits alone."""
        k, found = of.class_named("k"), set[Family]()
        for each in self.about.given:
            match each:
                case Relation(of.Sum(conditions=()) as total, "==", one) if one == 1:
                    body = total.opened(k)
                    found |= {body.family} if isinstance(body, of.Entry) and body.index == k else set()
        every = {each for side in self.sides for each in side.atoms(of.Probability)}
        rest = [side.xreplace(dict.fromkeys(every, Integer(0))) for side in self.sides]
        for softmax in {each.distribution for each in every}:
            logits = softmax.scale.free_symbols | {softmax.family}
            found |= set() if any(logits & side.free_symbols for side in rest) else {softmax}
        return found

    def written(self, expr: Expr) -> Expr:
        """With exponentials of logits, where a softmax is no share."""
        spelled = self.spelled(expr)
        probabilities = spelled.atoms(of.Probability)
        others = {each: each.definition() for each in probabilities if each.distribution not in self.shares}
        return self.spelled(spelled.xreplace(others))

    @cached_property
    def letters(self) -> dict[Family, tuple[Expr, Expr]]:
        """Two for a family, and one for shares."""
        names = (Symbol(name, real=True) for name in unused("xyuvwabcdfgh", letters_of(self.about)))
        entries = {each.args[0] for side in self.sides for each in _entries(self.written(side))}
        found: dict[Family, tuple[Expr, Expr]] = {}
        for family in sorted(entries, key=str):
            x = next(names)
            found[family] = (x, 1 - x if family in self.shares else next(names))
        return found

    @cached_property
    def texts(self) -> dict[str, str]:
        """What the letters stand for."""
        every = ((pair[at], family[self.classes[at]]) for family, pair in self.letters.items() for at in (0, 1))
        return {str(x): plain(entry) for x, entry in every if x.is_Symbol}

    def put(self, expr: Expr) -> Expr:
        """With the letters for the entries, and 2 for n."""
        written = self.written(expr)
        at = dict.fromkeys(self.classes, 0) | {self.classes[1]: 1}
        known = {each for each in _entries(written) if each.args[0] in self.letters and each.args[1] in at}
        told = written.xreplace({each: self.letters[each.args[0]][at[each.args[1]]] for each in known})
        return told if told.has(of.Head, of.Entry) else told.xreplace({of.n: Integer(2)})

    @cached_property
    def told(self) -> Claim:
        lhs, rhs = map(self.put, self.sides)
        return Claim(relation(lhs, self.about.op, rhs), tuple(dict.fromkeys(self.given())))

    @property
    def is_of_numbers(self) -> bool:
        return not (self.told.lhs.has(of.Head, of.Entry) or self.told.rhs.has(of.Head, of.Entry))

    def given(self) -> Iterator[Relation]:
        """What hypotheses say of the letters, and that the shares of a softmax are between 0 and 1."""
        if self.top is not None:
            yield from _solved(relation(self.put(self.beyond(self.top, self.top.opened(self.classes[0]))), ">=", 0))
        for each in (said for given in self.about.given for said in self.instances(given)):
            sides = [self.put(side) for side in (each.lhs, each.rhs)]
            if not any(side.has(of.Head, of.Entry) for side in sides):
                yield from _solved(relation(sides[0], each.op, sides[1]))
        for family, (x, _) in self.letters.items():
            if family in self.shares and isinstance(family, of.Softmax):
                yield from (relation(x, ">", 0), relation(x, "<", 1))

    def instances(self, said: Hypothesis) -> Iterator[Relation]:
        """What a hypothesis says of the two classes, one by one."""
        about = said.relation if isinstance(said, Always) and not said.conditions else said
        if not isinstance(about, Relation):
            return
        every = {each.args[1] for side in (about.lhs, about.rhs) for each in _entries(side)}
        bound = [each for each in every if type(each) is Symbol and each not in self.classes]
        for chosen in product(self.classes, repeat=len(bound)):
            at: dict[Basic, Basic] = dict(zip(bound, chosen, strict=True))
            yield relation(about.lhs.xreplace(at), about.op, about.rhs.xreplace(at))

    def steps(self) -> Iterator[Node]:
        """What the letters stand for, as the kernel is told."""
        if self.top is not None:
            said, line = (plain(self.beyond(self.top, each)) for each in (self.top.opened(self.classes[0]), self.top))
            yield {"have": f"{said} >= 0", "by": {"line": [line]}}
        for family in self.letters:
            if family in self.shares:
                yield from self.of_shares(family)
        words = (each for side in (self.about.lhs, self.about.rhs) for each in side.atoms(of.Maximum) - {self.top})
        for each in sorted(words, key=str):
            yield {"have": f"{plain(each)} == {plain(self.meaning(each))}", "by": self.attained(each)}

    def beyond(self, top: of.Maximum, value: Expr) -> Expr:
        """How far the extreme is from what stands at the second class."""
        gap = value - top.opened(self.classes[1])
        return -gap if isinstance(top, of.Minimum) else gap

    def attained(self, extreme: Expr) -> Node:
        """By the two classes at which it may be attained."""
        name = next(unused("mrstabdefgh", letters_of(self.about) | set(map(str, self.classes))))
        tree: Node = {"absurd": []}
        for here, there in (self.classes[::-1], self.classes):
            gap = extreme.opened(here) - extreme.opened(there)
            sign = -1 if isinstance(extreme, of.Minimum) else 1
            less = sign * (extreme - extreme.opened(there))
            step: Node = {"have": f"{plain(sign * gap)} >= 0", "by": {"line": [plain(less)]}, "in": {"line": []}}
            tree = {"if": f"{name} == {here}", "then": step, "else": tree}
        return {"let": name, "of": plain(extreme), "in": tree}

    def of_shares(self, family: Family) -> Iterator[Node]:
        first, second = (plain(family[each]) for each in self.classes)
        nothing = [] if isinstance(family, of.Softmax) else [f"1 - {first} - {second}"]
        for each in self.given():
            if (each.lhs, each.rhs) == (self.letters[family][0], 1):
                yield {"have": f"1 - {first} {MIRRORED[each.op]} 0", "by": {"line": [second, *nothing]}}
        yield {"have": f"{second} == 1 - {first}", "by": {"line": [f"{first} + {second} - 1"] if nothing else []}}


def _entries(expr: Expr) -> set[Basic]:
    return expr.atoms(of.Entry, of.Probability)


def _is_a_word(each: Basic) -> bool:
    written = isinstance(each, of.Sum | of.Maximum) and not each.conditions
    return written or (hasattr(each, "definition") and not isinstance(each, of.Probability))


def _solved(said: Relation) -> Iterator[Relation]:
    """For its letter, if it has but one; nothing of what is about none."""
    gap = expand(said.lhs - said.rhs)
    letters = sorted(gap.free_symbols, key=str)
    slope = gap.coeff(letters[0]) if len(letters) == 1 else Integer(0)
    rest = expand(gap - slope * letters[0]) if letters else gap
    if slope.is_Rational and slope != 0 and not rest.free_symbols:
        yield relation(letters[0], said.op if slope > 0 else MIRRORED[said.op], -rest / slope)
    elif letters:
        yield said
