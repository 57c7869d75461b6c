"""What is cited, with other things in the place of its letters: nothing is captured, and nothing put into a derivative.

read_instance(claim, {"c": "p[i]", "y[k]": "p[k]^2", "i": "j", "A": "B"}, letters, budget) -> Question, Letters
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count

from symbolic.kernel import terms as ast
from symbolic.kernel.read import (
    BARE,
    FIXED,
    ArgMax,
    Hypothesis,
    Letters,
    Member,
    Question,
    Reader,
    Relation,
    SameClass,
    free_indices,
)
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.syntax import parse

__all__ = ["read_instance"]

FAR = 10**6  # where the numbers of the binders of what is cited begin


def read_instance(claim: str, at: Mapping[str, str], letters: Letters, budget: Budget) -> tuple[Question, Letters]:
    """A claim with other things in the place of its letters: {"c": "p[i]", "y[k]": "p[k]^2", "i": "j", "A": "B"}.

    A letter that is not named stands for the one of the same name here. The classes that the claim binds have numbers
    that no other text has, so nothing is captured. Derivatives are about letters: with one in the claim only classes
    and subsets have others in their place.
    """
    stranger = Reader(dict(FIXED), budget, fresh=count(FAR))
    question = stranger.claim(claim)
    here = Reader(dict(letters.kinds), budget)
    put = _Instance({}, {}, {}, {})
    for key, text in at.items():
        put.add(key, stranger.kinds, text, here)
    for name in question_letters(question) - put.named:
        if letters.kinds.get(name) != stranger.kinds[name]:
            raise Refused(f"say what stands for {name}")
    words = (t for side in _sides(question) for t in ast.inside(side))
    if (put.numbers or put.families) and any(isinstance(t, ast.Diff) for t in words):
        raise Refused("an expression in the place of a letter of a derivative")
    strange = {name for name, kind in here.kinds.items() if name not in letters.kinds and kind != "index"}
    if strange:
        raise Refused(f"not a letter of the claim: {min(strange)}")
    found = put.question(question)
    return found, Letters(here.kinds, letters.own.union(*(free_indices(side) for side in _sides(found))))


def _sides(question: Question) -> Iterator[ast.Term]:
    for each in (question.relation, *question.given):
        if isinstance(each, Relation):
            yield from (each.lhs, each.rhs)


def question_letters(question: Question) -> set[str]:
    """The letters that occur free in a claim, but for those of the language."""
    found: set[str] = set()
    for t in chain.from_iterable(map(ast.inside, _sides(question))):
        match t:
            case ast.Scalar(name) if name not in ("lambda", "pi"):
                found.add(name)
            case ast.Entry(family, _):
                found.add(family)
            case ast.Sum() | ast.Product() | ast.Extreme():
                found.update(t.range.inside, t.range.outside)
        found.update(index.name for index in t.named if index.binder == 0 and not index.name.isdigit())
    for h in question.given:
        match h:
            case SameClass(first, second):
                found.update(index.name for index in (first, second) if not index.name.isdigit())
            case Member(index, subset):
                found.update((index.name, subset))
            case ArgMax(subset, family):
                found.update((subset, family))
    return found


@dataclass(frozen=True)
class _Instance:
    """What stands for the numbers, the families (at an index), the indices and the subsets of a claim."""

    numbers: dict[str, ast.Term]
    families: dict[str, Callable[[ast.Index], ast.Term]]
    indices: dict[ast.Index, ast.Index]
    subsets: dict[str, str]

    @property
    def named(self) -> set[str]:
        return {*self.numbers, *self.families, *self.subsets, *(index.name for index in self.indices)}

    def add(self, key: str, kinds: Mapping[str, str], text: str, here: Reader) -> None:
        name, _, rest = key.partition("[")
        match kinds.get(name):
            case "number" if not rest and name not in FIXED:
                self.numbers[name] = here.term(parse(text), BARE)
            case "family" if rest[1:] == "]" and name != "p":
                tree = parse(text)
                self.families[name] = lambda index: here.term(tree, BARE.binding(rest[0], index))
                self.families[name](ast.Index(rest[0], -1))  # it is read once, so that its letters are known
            case "index" if not rest:
                self.indices[ast.Index(name)] = here.index(text, BARE)
            case "subset" if not rest:
                here.is_a(text, "subset")
                self.subsets[name] = text
            case _:
                raise Refused(f"not a letter of what is cited: {key}")

    def index(self, index: ast.Index) -> ast.Index:
        return self.indices.get(index, index)

    def subset(self, name: str) -> str:
        return self.subsets.get(name, name)

    def term(self, t: ast.Term) -> ast.Term:
        return ast.rebuilt(t, self.leaf, self.index, self.subset)

    def leaf(self, t: ast.Term) -> ast.Term | None:
        match t:
            case ast.Scalar(name):
                return self.numbers.get(name)
            case ast.Entry(family, index) if family in self.families:
                return self.families[family](self.index(index))
        return None

    def question(self, question: Question) -> Question:
        return Question(self.relation(question.relation), tuple(map(self.hypothesis, question.given)))

    def relation(self, r: Relation) -> Relation:
        ranges = tuple((letter, ast.ranged(among, self.index, self.subset)) for letter, among in r.every)
        return Relation(self.term(r.lhs), r.op, self.term(r.rhs), ranges)

    def hypothesis(self, h: Hypothesis) -> Hypothesis:
        match h:
            case Relation():
                return self.relation(h)
            case SameClass(first, second, holds):
                return SameClass(self.index(first), self.index(second), holds)
            case Member(index, subset, holds):
                return Member(self.index(index), self.subset(subset), holds)
        return ArgMax(self.subset(h.subset), h.family, h.largest)
