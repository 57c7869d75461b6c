"""From text to what it says: a strict reader of the core of the claim language.

    read_claim(text) -> Question, Letters          read_term(text, letters) -> Term
    read_hypothesis(text, letters) -> Hypothesis   raise Refused for what is not of the language

In one derivation a letter is one thing: an index, a family, a subset or a number. An index of a hypothesis that is
not one of the claim's stands for every class. Heads that other words define are put in (definitions.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from math import prod
from typing import NamedTuple, TypeVar

from symbolic.kernel import terms as ast
from symbolic.kernel.definitions import EXPECTATIONS, FAMILIES, FUNCTIONS, NUMBERS, VALUES, Row
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.syntax import (
    Call,
    Chain,
    Item,
    Membership,
    Name,
    Node,
    Numeral,
    Raised,
    Related,
    parse,
    parse_claim,
)

__all__ = [
    "BARE",
    "ArgMax",
    "Hypothesis",
    "Letters",
    "Member",
    "Question",
    "Reader",
    "Relation",
    "SameClass",
    "free_indices",
    "read_claim",
    "read_hypothesis",
    "read_new_relation",
    "read_term",
]  # fmt: skip

GREEK = (
    "alpha", "beta", "gamma", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "mu", "nu", "xi", "omicron",
    "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
LETTER = re.compile(r"[A-Za-z][0-9]*")
FIXED = {"n": "number", "lambda": "number", "lam": "number", "λ": "number", "T": "number", "Z": "number"}
FIXED |= {"z": "family", "p": "family"}
Indices = frozenset[ast.Index]
Numbers = Mapping[str, ast.Term]

EXPONENT = 1000
VARIABLES = 12  # of a derivative
DEEPEST = 120  # words in one another


@dataclass(frozen=True)
class Relation:
    """lhs op rhs, for all classes that stand in the ranges of `every`."""

    lhs: ast.Term
    op: ast.Operator
    rhs: ast.Term
    every: tuple[tuple[ast.Index, ast.Range], ...] = ()


@dataclass(frozen=True)
class SameClass:
    first: ast.Index
    second: ast.Index
    holds: bool = True


@dataclass(frozen=True)
class Member:
    index: ast.Index
    subset: str
    holds: bool = True


@dataclass(frozen=True)
class ArgMax:
    subset: str
    family: str
    largest: bool


Hypothesis = Relation | SameClass | Member | ArgMax


@dataclass(frozen=True)
class Question:
    """A relation and its hypotheses."""

    relation: Relation
    given: tuple[Hypothesis, ...] = ()


@dataclass(frozen=True)
class Letters:
    """What each letter is, and the indices that are free in the relation."""

    kinds: Mapping[str, str]
    own: Indices

    def with_index(self, name: str) -> Letters:
        """One more index, which is new."""
        if LETTER.fullmatch(name) is None or name in self.kinds or name in FIXED:
            raise Refused(f"{name} is not a new letter")
        return Letters({**self.kinds, name: "index"}, self.own | {ast.Index(name)})

    def with_number(self, name: str) -> Letters:
        """One more scalar, which is new."""
        if LETTER.fullmatch(name) is None or name in self.kinds or name in FIXED or name in ("e", "pi"):
            raise Refused(f"{name} is not a new letter")
        return Letters({**self.kinds, name: "number"}, self.own)


def read_claim(text: str, budget: Budget) -> tuple[Question, Letters]:
    """What a claim says."""
    reader = Reader(dict(FIXED), budget)
    question = reader.claim(text)
    return question, Letters(reader.kinds, free_indices(question.relation.lhs, question.relation.rhs))


def read_term(text: str, letters: Letters, budget: Budget) -> ast.Term:
    """An expression in letters that are known."""
    found = Reader(dict(letters.kinds), budget, closed=True).term(parse(text), BARE)
    _check_known(free_indices(found), letters)
    return found


def read_hypothesis(text: str, letters: Letters, budget: Budget) -> Hypothesis:
    """A hypothesis about the claim's own indices."""
    found = Reader(dict(letters.kinds), budget, closed=True).hypothesis(parse(text), letters.own)
    if isinstance(found, Relation) and found.every:
        raise Refused("a case is about the indices of the claim")
    return found


def read_new_relation(text: str, letters: Letters, budget: Budget) -> tuple[Relation, Letters]:
    """A relation that may have new indices: they stand for any classes."""
    tree = parse(text)
    if not isinstance(tree, Related):
        raise Refused("expected a relation")
    reader = Reader(dict(letters.kinds), budget)
    relation = Relation(*reader.sides(tree))
    strange = {name for name, kind in reader.kinds.items() if name not in letters.kinds and kind != "index"}
    if strange:
        raise Refused(f"not a letter of the claim: {min(strange)}")
    return relation, Letters(reader.kinds, letters.own | free_indices(relation.lhs, relation.rhs))


def _check_known(used: Indices, letters: Letters) -> None:
    for each in used - letters.own:
        if not each.name.isdigit():
            raise Refused(f"not an index of the claim: {each.name}")


def free_indices(*terms: ast.Term) -> Indices:
    """The indices that occur free, those given by a number included."""
    return frozenset(each for term in terms for each in term.free if each.binder == 0)


# --- the reader ------------------------------------------------------------------------------------

Family = Callable[[ast.Index], ast.Term]
T = TypeVar("T")


class _Env(NamedTuple):
    """What stands for the letters of a row, and the classes that are bound."""

    indices: Mapping[str, ast.Index] = {}
    families: Mapping[str, Family] = {}
    numbers: Mapping[str, ast.Term] = {}
    row: bool = False

    def binding(self, name: str, index: ast.Index) -> _Env:
        return self._replace(indices={**self.indices, name: index})


BARE = _Env()


@dataclass
class Reader:
    kinds: dict[str, str]
    budget: Budget
    closed: bool = False  # no new letters but bound ones
    fresh: count[int] = field(default_factory=lambda: count(1))
    depth: int = 0

    def is_a(self, name: str, kind: str) -> None:
        """Note that a letter is of a kind; `Refused` if it is of another."""
        known = self.kinds.get(name)
        if known is None:
            if self.closed and kind != "index":
                raise Refused(f"not a letter of the claim: {name}")
            if LETTER.fullmatch(name) is None and name not in GREEK:
                raise Refused(f"not a word of the language: {name}")
            if name in ("e", "pi") and kind == "number":
                return
            self.kinds[name] = kind
        elif known != kind:
            raise Refused(f"{name} is {known} and {kind}")

    def claim(self, text: str) -> Question:
        tree = parse_claim(text)
        relation = Relation(*self.sides(tree.relation))
        own = free_indices(relation.lhs, relation.rhs)
        given = {each: self.hypothesis(each, own) for each in sorted(tree.given, key=_compares_letters)}
        return Question(relation, tuple(given[each] for each in tree.given))

    # --- hypotheses ---

    def sides(self, tree: Related) -> tuple[ast.Term, ast.Operator, ast.Term]:
        return self.term(tree.first, BARE), tree.op, self.term(tree.second, BARE)

    def hypothesis(self, tree: Node, own: Indices) -> Hypothesis:
        match tree:
            case Membership(name, subset, holds):
                self.is_a(subset, "subset")
                return Member(self.of_the_claim(name, own), subset, holds)
            case Related(op, Name(subset), Call("argmax" | "argmin" as head, (Name(family),))) if op == "==":
                self.is_a(subset, "subset")
                self.is_a(family, "family")
                if not subset[0].isupper() or family == "p":
                    raise Refused(f"{subset} == {head}({family}) is about a subset and a free family")
                return ArgMax(subset, family, head == "argmax")
            case Related("==" | "!=" as op, first, second) if self.compares(first, second):
                return SameClass(
                    self.of_the_claim(_name(first), own), self.of_the_claim(_name(second), own), op == "=="
                )
            case Related():
                return self.every(Relation(*self.sides(tree)), own, {}, ())
            case Call("all", (Related() as relation, *classes)) if classes:
                return self.always(relation, tuple(classes), own)
        raise Refused("expected a hypothesis")

    def compares(self, first: Node, second: Node) -> bool:
        """Whether these are two classes: one of the letters is an index elsewhere."""
        names = [_name(each) for each in (first, second)]
        if isinstance(first, Name) and isinstance(second, Name) and not self.kinds.keys() & set(names):
            raise Refused(f"{names[0]} and {names[1]} do not occur elsewhere")
        return all(names) and any(self.kinds.get(each) == "index" for each in names)

    def of_the_claim(self, name: str, own: Indices) -> ast.Index:
        index = ast.Index(name)
        if index not in own and not name.isdigit():
            raise Refused(f"{name} is not an index of the relation")
        return index

    def always(self, relation: Related, classes: tuple[Node, ...], own: Indices) -> Relation:
        name, bound, among = self.binder(classes, BARE)
        env = BARE.binding(name, bound)
        found = Relation(self.term(relation.first, env), relation.op, self.term(relation.second, env))
        return self.every(found, own, {bound: among}, among.excluded)

    def every(
        self, relation: Relation, own: Indices, ranges: dict[ast.Index, ast.Range], used: tuple[ast.Index, ...]
    ) -> Relation:
        """The relation for every class that is not one of the claim's; these get letters of their own."""
        free = free_indices(relation.lhs, relation.rhs) | {each for each in used if each.binder == 0}
        new = {each: ast.Index(each.name, next(self.fresh)) for each in sorted(free - own) if not each.name.isdigit()}
        letters = [(index, ast.Range()) for index in new.values()]
        letters += [(k, r._replace(excluded=tuple(new.get(e, e) for e in r.excluded))) for k, r in ranges.items()]
        lhs, rhs = ast.renamed(relation.lhs, new), ast.renamed(relation.rhs, new)
        return Relation(lhs, relation.op, rhs, tuple(letters))

    # --- classes ---

    def index(self, name: str, env: _Env) -> ast.Index:
        if name in env.indices:
            return env.indices[name]
        if name.isdigit():
            if name.startswith("0"):
                raise Refused("classes are numbered from 1")
            return ast.Index(name)
        self.is_a(name, "index")
        return ast.Index(name)

    def binder(self, classes: tuple[Node, ...], env: _Env) -> tuple[str, ast.Index, ast.Range]:
        """k  |  k != i, ...  |  k in A, k not in B, ...; the letter, the index that it names, and its range."""
        names: set[str] = set()
        excluded: list[ast.Index] = []
        inside_: list[str] = []
        outside: list[str] = []
        for each in classes:
            match each:
                case Name(name):
                    names.add(name)
                case Related("!=", Name(name), other) if _name(other) not in ("", name):
                    names.add(name)
                    excluded.append(self.index(_name(other), env))
                case Membership(name, subset, holds):
                    names.add(name)
                    self.is_a(subset, "subset")
                    (inside_ if holds else outside).append(subset)
                case _:
                    raise Refused("expected a bound index: k, k != i, k in A or k not in A")
        if len(names) != 1:
            raise Refused("a binder binds one index")
        (name,) = names
        if not env.row:
            self.is_a(name, "index")
        bound = ast.Index(name, next(self.fresh))
        among = ast.Range(_once(excluded), _once(inside_), _once(outside))
        return name, bound, among

    # --- terms ---

    def term(self, tree: Node, env: _Env) -> ast.Term:
        """What an expression says; definitions that are put in count as they stand."""
        self.budget.spend()
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused("the line is nested too deeply, with what its words stand for")
        found = self.worked_out(tree, env)
        self.depth -= 1
        return found

    def worked_out(self, tree: Node, env: _Env) -> ast.Term:
        match tree:
            case Numeral(value, _):
                return ast.Number(value)
            case Name(name):
                return self.named(name, env)
            case Item(of, index):
                return self.family(of, env)(self.index(index, env))
            case Chain(first, rest):
                return _chain(self.term(first, env), [(op, self.term(each, env)) for op, each in rest])
            case Raised(base, exponent):
                return _power(self.term(base, env), self.term(exponent, env))
            case Call(name, arguments):
                return self.call(name, arguments, env)
        raise Refused("expected an expression")

    def named(self, name: str, env: _Env) -> ast.Term:
        if name in env.numbers:
            return env.numbers[name]
        if name == "n":
            return ast.Size()
        if name in ("lambda", "lam", "λ"):
            return ast.LAMBDA
        if name in NUMBERS:
            return self.row(NUMBERS[name], {}, {})
        self.is_a(name, "number")
        return ast.Scalar(name)

    def row(self, text: str, families: Mapping[str, Family], numbers: Numbers, **at: ast.Index) -> ast.Term:
        """What a definition says of its arguments."""
        return self.term(parse(text), _Env(at, families, numbers, row=True))

    def family(self, tree: Node, env: _Env) -> Family:
        match tree:
            case Name(name) if name in env.families:
                return env.families[name]
            case Name("p"):
                return lambda index: self.row(FAMILIES["p", 0].text, {}, {}, k=index)
            case Name(name):
                if not env.row:
                    self.is_a(name, "family")
                return lambda index: ast.Entry(name, index)
            case Call(name, arguments) if (name, len(arguments)) in FAMILIES:
                definition = FAMILIES[name, len(arguments)]
                families, numbers = self.arguments(definition, arguments, env)
                return lambda index: self.row(definition.text, families, numbers, k=index)
        raise Refused("expected a family such as z")

    def arguments(self, row: Row, arguments: tuple[Node, ...], env: _Env) -> tuple[dict[str, Family], Numbers]:
        if row.free and any(each == Name("p") for each in arguments):
            raise Refused("expected a family such as z")
        families = {name: self.family(each, env) for name, each in zip(row.families, arguments, strict=False)}
        numbers = dict(zip(row.scalars, (self.term(each, env) for each in arguments[len(families) :]), strict=True))
        return families, numbers

    def call(self, name: str, arguments: tuple[Node, ...], env: _Env) -> ast.Term:
        match name, arguments:
            case "exp", (of,):
                return ast.Exp(self.term(of, env))
            case "log", (of,):
                return ast.Log(self.term(of, env))
            case "abs", (of,):
                return ast.Absolute(self.term(of, env))
            case "weighted", (weight, of) if env.row:
                return ast.Weighted(self.term(weight, env), self.term(of, env))
            case "delta", (first, second) if _name(first) and _name(second):
                return ast.Delta(self.index(_name(first), env), self.index(_name(second), env))
            case "size", (Name(subset),):
                self.is_a(subset, "subset")
                bound = ast.Index("k", next(self.fresh))
                return ast.Sum(ast.Number(Fraction(1)), bound, ast.Range(inside=(subset,)))
            case "max" | "min", (family,):
                bound = ast.Index("k", next(self.fresh))
                return ast.Extreme(self.family(family, env)(bound), bound, ast.Range(), name == "max")
            case "diff", (of, _, *_) if len(arguments) <= VARIABLES:
                return self.derivative(self.term(of, env), arguments[1:], env)
            case _ if name in FUNCTIONS and len(arguments) == 1:
                return self.row(FUNCTIONS[name], {}, {"x": self.term(arguments[0], env)})
            case _ if (name, len(arguments)) in VALUES:
                return self.row(
                    VALUES[name, len(arguments)].text, *self.arguments(VALUES[name, len(arguments)], arguments, env)
                )
            case _ if name in EXPECTATIONS and len(arguments) == 2:
                return self.row(EXPECTATIONS[name], {"e": self.summand(arguments, env)}, {})
            case _ if name in BINDERS and len(arguments) > 1:
                return self.bound(name, arguments, env)
        raise Refused(f"not a use of a word of the language: {name}")

    def summand(self, arguments: tuple[Node, ...], env: _Env) -> Family:
        """The expression e of mean(e, k), as what it is at a class."""
        body, letter = arguments
        if not isinstance(letter, Name):
            raise Refused("expected a bound index such as k")
        if not env.row:
            self.is_a(letter.name, "index")
        return lambda index: self.term(body, env.binding(letter.name, index))

    def bound(self, head: str, arguments: tuple[Node, ...], env: _Env) -> ast.Term:
        body, *classes = arguments
        name, bound, among = self.binder(tuple(classes), env)
        within = env.binding(name, bound)
        if head == "count":
            if not isinstance(body, Related):
                raise Refused("expected a relation such as z[k] == max(z)")
            gap = ast.minus(self.term(body.first, within), self.term(body.second, within))
            return ast.Sum(ast.Holds(gap, body.op), bound, among)
        of = self.term(body, within)
        if head in ("max", "min"):
            return ast.Extreme(of, bound, among, head == "max")
        return (ast.Sum if head == "sum" else ast.Product)(of, bound, among)

    def derivative(self, of: ast.Term, variables: tuple[Node, ...], env: _Env) -> ast.Term:
        for each in variables:
            match each:
                case Name("T"):
                    square = ast.Power(ast.LAMBDA, ast.Number(Fraction(2)))
                    of = ast.Times((ast.negative(square), ast.Diff(of, ast.LAMBDA)))
                    continue
                case Item(Name(name), index) if name != "p":
                    self.is_a(name, "family")
                    of = ast.Diff(of, ast.Entry(name, self.index(index, env)))
                    continue
                case Name(name) if name not in ("n", "Z", "e", "pi"):
                    variable = self.named(name, env)
                    if isinstance(variable, ast.Scalar):
                        of = ast.Diff(of, variable)
                        continue
            raise Refused("expected a variable: an entry such as z[j], a scalar, lambda or T")
        return of


BINDERS = ("sum", "prod", "count", "max", "min")


def _compares_letters(tree: Node) -> bool:
    """What is to be read last, when the other letters are known."""
    return isinstance(tree, Related) and isinstance(tree.first, Name) and isinstance(tree.second, Name)


def _once(items: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _name(tree: Node) -> str:
    """The letter or number that a class is called by; else nothing."""
    if isinstance(tree, Name):
        return tree.name
    return str(tree.value) if isinstance(tree, Numeral) and tree.whole and tree.value > 0 else ""


def _chain(first: ast.Term, rest: list[tuple[str, ast.Term]]) -> ast.Term:
    if rest[0][0] in "+-":
        return ast.Plus((first, *(each if op == "+" else ast.negative(each) for op, each in rest)))
    return ast.Times((first, *(each if op == "*" else ast.Power(each, ast.Number(Fraction(-1))) for op, each in rest)))


def _power(base: ast.Term, exponent: ast.Term) -> ast.Term:
    """A power; an exponent that is a number is one, whatever it is written like."""
    number = constant(exponent)
    if number is None:
        return ast.Power(base, exponent)
    if abs(number.numerator) > EXPONENT or number.denominator > EXPONENT:
        raise Refused(f"an exponent above {EXPONENT}")
    return ast.Power(base, ast.Number(number))


def constant(term: ast.Term) -> Fraction | None:
    """The number that a term of numbers is, if it is one and is small."""
    match term:
        case ast.Number(value):
            return value
        case ast.Plus(terms) | ast.Times(terms):
            values = [constant(each) for each in terms]
            numbers = [each for each in values if each is not None]
            if len(numbers) < len(values):
                return None
            return sum(numbers, Fraction(0)) if isinstance(term, ast.Plus) else prod(numbers, start=Fraction(1))
        case ast.Power(base, ast.Number(exponent)):
            known = constant(base)
            if known and exponent.denominator == 1 and abs(exponent) <= 64 and known.numerator.bit_length() < 64:
                return known**exponent.numerator
    return None
