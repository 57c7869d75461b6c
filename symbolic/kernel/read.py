"""From text to what it says: a strict reader of the core of the claim language.

    read_claim(text) -> Question, Letters          read_term(text, letters) -> Term
    read_hypothesis(text, letters) -> Hypothesis   raise Refused for what is not of the language

In one derivation a letter is one thing: an index, a family, a subset or a number. An index of a hypothesis that is
not one of the claim's stands for every class. Heads that other words define are put in (definitions.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial, reduce
from itertools import count
from operator import add, mul
from typing import NamedTuple

from symbolic.kernel import syntax
from symbolic.kernel import terms as ast
from symbolic.kernel.definitions import FAMILIES, NUMBERS, VALUES
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.syntax import Call, Chain, Item, Membership, Name, Node, Numeral, Raised, Related

GREEK = (
    "alpha", "beta", "gamma", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "mu", "nu", "xi", "omicron",
    "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
LETTER = re.compile(r"[A-Za-z][0-9]*")
LAMBDA = ("lambda", "lam", "λ")
FIXED = {**dict.fromkeys(("n", *LAMBDA, "T", "Z"), "number"), "z": "family", "p": "family"}
Indices = frozenset[ast.Index]

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

    @property
    def sides(self) -> tuple[ast.Term, ast.Term]:
        return self.lhs, self.rhs


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


class Letters(NamedTuple):
    """What each letter is, and the indices that are free in the relation."""

    kinds: Mapping[str, str]
    own: Indices

    def with_letter(self, name: str, kind: str) -> Letters:
        """One more index or number, which is new."""
        if LETTER.fullmatch(name) is None or name in self.kinds or name in FIXED or name == "e":
            raise Refused(f"{name} is not a new letter")
        return Letters({**self.kinds, name: kind}, self.own | ({ast.Index(name)} if kind == "index" else set()))


def read_claim(text: str, budget: Budget) -> tuple[Question, Letters]:
    """What a claim says."""
    reader = Reader(dict(FIXED), budget)
    tree, given = syntax.parse_claim(text)
    relation = reader.relation(tree)
    own = free_indices(*relation.sides)
    return Question(relation, reader.given(given, own)), Letters(reader.kinds, own)


def read_term(text: str, letters: Letters, budget: Budget) -> ast.Term:
    """An expression in letters that are known."""
    found = Reader(dict(letters.kinds), budget, closed=True).term(syntax.parse(text))
    for each in free_indices(found) - letters.own:
        if not each.numbered:
            raise Refused(f"not an index of the claim: {each}")
    return found


def read_hypothesis(text: str, letters: Letters, budget: Budget) -> Relation | SameClass | Member:
    """A hypothesis about the claim's own indices, which can be denied."""
    found = Reader(dict(letters.kinds), budget, closed=True).hypothesis(syntax.parse(text), letters.own)
    if isinstance(found, ArgMax) or (isinstance(found, Relation) and found.every):
        raise Refused("a case is a relation about the indices of the claim, i == j or i in A")
    return found


def read_new_relation(text: str, letters: Letters, budget: Budget) -> tuple[Relation, Letters]:
    """A relation that may have new indices: they stand for any classes."""
    reader = Reader(dict(letters.kinds), budget, closed=True)
    relation = reader.relation(syntax.parse(text))
    return relation, Letters(reader.kinds, letters.own | free_indices(*relation.sides))


def free_indices(*terms: ast.Term) -> Indices:
    """The indices that occur free, those given by a number included."""
    return frozenset(each for term in terms for each in term.free if each.binder == 0)


def spoken_of(h: Hypothesis) -> Indices:
    """The indices that a hypothesis names, those that stand for every class apart."""
    match h:
        case Relation():
            return free_indices(*h.sides).union(e for _, r in h.every for e in r.excluded if e.binder == 0)
        case SameClass(first, second):
            return frozenset({first, second})
        case Member(index, _):
            return frozenset({index})
    return frozenset()


# --- the reader ------------------------------------------------------------------------------------

Family = Callable[[ast.Index], ast.Term]


class Env(NamedTuple):
    """What stands for the letters of a row, and the classes that are bound."""

    indices: Mapping[str, ast.Index] = {}
    families: Mapping[str, Family] = {}
    numbers: Mapping[str, ast.Term] = {}
    row: bool = False

    def binding(self, name: str, index: ast.Index) -> Env:
        return self._replace(indices={**self.indices, name: index})


BARE = Env()


@dataclass
class Reader:
    kinds: dict[str, str]
    budget: Budget
    closed: bool = False  # no new letters but indices
    fresh: count[int] = field(default_factory=lambda: count(1))
    depth: int = 0

    def note(self, name: str, kind: str) -> None:
        """Note that a letter is of a kind; `Refused` if it is of another."""
        known = self.kinds.get(name)
        if known not in (None, kind):
            raise Refused(f"{name} is {known} and {kind}")
        if known is None:
            if self.closed and kind != "index":
                raise Refused(f"not a letter of the claim: {name}")
            if LETTER.fullmatch(name) is None and name not in GREEK:
                raise Refused(f"not a word of the language: {name}")
            self.kinds[name] = kind

    # --- hypotheses ---

    def given(self, trees: Sequence[Node], own: Indices) -> tuple[Hypothesis, ...]:
        """The hypotheses; what compares two letters is read last, when the others are known."""
        last = [t for t in trees if isinstance(t, Related) and isinstance(t.first, Name) and isinstance(t.second, Name)]
        read = {each: self.hypothesis(each, own) for each in [*(t for t in trees if t not in last), *last]}
        return tuple(read[each] for each in trees)

    def relation(self, tree: Node, env: Env = BARE) -> Relation:
        if not isinstance(tree, Related):
            raise Refused("expected a relation")
        return Relation(self.term(tree.first, env), tree.op, self.term(tree.second, env))

    def hypothesis(self, tree: Node, own: Indices) -> Hypothesis:
        match tree:
            case Membership(name, subset, holds):
                self.note(subset, "subset")
                return Member(_of_the_claim(name, own), subset, holds)
            case Related("==", Name(subset), Call("argmax" | "argmin" as head, (Name(family),))):
                self.note(subset, "subset")
                self.note(family, "family")
                if not subset[0].isupper() or family == "p":
                    raise Refused(f"{subset} == {head}({family}) is about a subset and a free family")
                return ArgMax(subset, family, head == "argmax")
            case Related("==" | "!=" as op, first, second) if self.compares(first, second):
                return SameClass(_of_the_claim(_name(first), own), _of_the_claim(_name(second), own), op == "==")
            case Call("all", (relation, *classes)) if classes:
                env, bound, among = self.binder(classes, BARE)
                return self.every(replace(self.relation(relation, env), every=((bound, among),)), own)
        return self.every(self.relation(tree), own)

    def compares(self, first: Node, second: Node) -> bool:
        """Whether these are two classes: one of the letters is an index elsewhere."""
        names = [_name(each) for each in (first, second)]
        if isinstance(first, Name) and isinstance(second, Name) and not self.kinds.keys() & set(names):
            raise Refused(f"{names[0]} and {names[1]} do not occur elsewhere")
        return all(names) and any(self.kinds.get(each) == "index" for each in names)

    def every(self, h: Relation, own: Indices) -> Relation:
        """The relation for every class that is not one of the claim's; these get letters of their own."""
        bound = {index for index, _ in h.every}
        used = free_indices(*h.sides).union(e for _, among in h.every for e in among.excluded) - own - bound
        new = {each: ast.Index(each.name, next(self.fresh)) for each in sorted(used) if not each.numbered}
        every = [(index, ast.Range()) for index in new.values()]
        every += [(k, r._replace(excluded=tuple(new.get(e, e) for e in r.excluded))) for k, r in h.every]
        return Relation(ast.renamed(h.lhs, new), h.op, ast.renamed(h.rhs, new), tuple(every))

    # --- classes ---

    def index(self, name: str, env: Env) -> ast.Index:
        if name in env.indices:
            return env.indices[name]
        if name.startswith("0"):
            raise Refused("classes are numbered from 1")
        if not name.isdigit():
            self.note(name, "index")
        return ast.Index(name)

    def binder(self, classes: Sequence[Node], env: Env) -> tuple[Env, ast.Index, ast.Range]:
        """k  |  k != i, ...  |  k in A, k not in B, ...; what is under it, the bound index, and its range."""
        names, excluded, members = set[str](), list[ast.Index](), list[tuple[str, bool]]()
        for each in classes:
            match each:
                case Name(name):
                    pass
                case Related("!=", Name(name), other) if _name(other) not in ("", name):
                    excluded.append(self.index(_name(other), env))
                case Membership(name, subset, holds):
                    self.note(subset, "subset")
                    members.append((subset, holds))
                case _:
                    raise Refused("expected a bound index: k, k != i, k in A or k not in A")
            names.add(name)
        if len(names) != 1:
            raise Refused("a binder binds one index")
        if not env.row:
            self.note(name, "index")
        bound = ast.Index(name, next(self.fresh))
        among = ast.Range(tuple(excluded), tuple(sorted(members)))
        return env.binding(name, bound), bound, among

    # --- terms ---

    def term(self, tree: Node, env: Env = BARE) -> ast.Term:
        """What an expression says; definitions that are put in count as they stand."""
        self.budget.spend()
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused("the line is nested too deeply, with what its words stand for")
        found = self.worked_out(tree, env)
        self.depth -= 1
        return found

    def worked_out(self, tree: Node, env: Env) -> ast.Term:
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
            case Call():
                return self.call(tree, env)
        raise Refused("expected an expression")

    def named(self, name: str, env: Env) -> ast.Term:
        if name in env.numbers:
            return env.numbers[name]
        if name in NUMBERS:
            return self.row(NUMBERS[name], Env())
        if name != "pi":
            self.note(name, "number")
        return ast.Size() if name == "n" else ast.LAMBDA if name in LAMBDA else ast.Scalar(name)

    def call(self, tree: Call, env: Env) -> ast.Term:
        name, arguments = tree
        if (name, len(arguments)) in VALUES and (self.closed or name != "xlogy"):  # which is a word of lines alone
            letters, text = VALUES[name, len(arguments)]
            return self.row(text, self.taken(letters, arguments, env))
        match name, arguments:
            case "exp" | "log" | "abs", (of,):
                return FUNCTIONS[name](self.term(of, env))
            case "weighted", (weight, of) if env.row:
                return ast.Weighted(self.term(weight, env), self.term(of, env))
            case "delta", (first, second) if _name(first) and _name(second):
                return ast.Delta(self.index(_name(first), env), self.index(_name(second), env))
            case "size", (Name(subset),):
                self.note(subset, "subset")
                return ast.Sum(ast.ONE, ast.Index("k", next(self.fresh)), ast.Range(members=((subset, True),)))
            case "diff", (of, _, *_) if len(arguments) <= VARIABLES:
                return reduce(partial(self.derivative, env), arguments[1:], self.term(of, env))
            case _, (body, _, *_) if name in BINDERS:
                within, bound, among = self.binder(arguments[1:], env)
                under = self.holds(body, within) if name == "count" else self.term(body, within)
                if name in ("max", "min") and among == ast.Range() and bound not in under.free:
                    raise Refused("a bound index that is not used")
                return BINDERS[name](under, bound, among)
        raise Refused(f"not a use of a word of the language: {name}")

    def holds(self, tree: Node, env: Env) -> ast.Term:
        relation = self.relation(tree, env)
        return ast.Holds(ast.minus(*relation.sides), relation.op)

    def derivative(self, env: Env, of: ast.Term, variable: Node) -> ast.Term:
        match variable:
            case Name("T"):
                return ast.Times((ast.negative(_power(ast.LAMBDA, ast.number(2))), ast.Diff(of, ast.LAMBDA)))
            case Item(Name(name), index) if name != "p":
                self.note(name, "family")
                return ast.Diff(of, ast.Entry(name, self.index(index, env)))
            case Name(name) if name != "pi" and isinstance(found := self.named(name, env), ast.Scalar):
                return ast.Diff(of, found)
        raise Refused("expected a variable: an entry such as z[j], a scalar, lambda or T")

    # --- definitions ---

    def row(self, text: str, taken: Env, **at: ast.Index) -> ast.Term:
        """What a definition says of what it takes."""
        return self.term(syntax.parse(text), taken._replace(indices=at, row=True))

    def taken(self, letters: str, arguments: Sequence[Node], env: Env) -> Env:
        """What stands for the letters of a row."""
        families, numbers = dict[str, Family](), dict[str, ast.Term]()
        for letter, each in zip(letters, arguments, strict=False):
            if letter in "xc":
                numbers[letter] = self.term(each, env)
            elif letter == "e":
                families[letter] = self.summand(each, arguments[1], env)
            elif letter == "y" and each == Name("p"):
                raise Refused("expected a family such as z")
            else:
                families[letter] = self.family(each, env)
        return Env({}, families, numbers)

    def family(self, tree: Node, env: Env) -> Family:
        name, arguments = (tree.name, ()) if isinstance(tree, Name) else tree if isinstance(tree, Call) else ("", ())
        if not arguments and name in env.families:
            return env.families[name]
        if (name, len(arguments)) in FAMILIES:
            letters, text = FAMILIES[name, len(arguments)]
            taken = self.taken(letters, arguments, env)
            return lambda index: self.row(text, taken, k=index)
        if not isinstance(tree, Name):
            raise Refused("expected a family such as z")
        self.note(name, "family")
        return lambda index: ast.Entry(name, index)

    def summand(self, body: Node, letter: Node, env: Env) -> Family:
        """The expression e of mean(e, k), as what it is at a class."""
        if not isinstance(letter, Name):
            raise Refused("expected a bound index such as k")
        self.note(letter.name, "index")
        return lambda index: self.term(body, env.binding(letter.name, index))


Make = Callable[[ast.Term, ast.Index, ast.Range], ast.Term]

FUNCTIONS = {"exp": ast.Exp, "log": ast.Log, "abs": ast.Absolute}
BINDERS: dict[str, Make] = {
    "sum": ast.Sum,
    "count": ast.Sum,
    "prod": ast.Product,
    "max": lambda of, bound, among: ast.Extreme(of, bound, among, True),
    "min": lambda of, bound, among: ast.Extreme(of, bound, among, False),
}


def _name(tree: Node) -> str:
    """The letter or number that a class is called by; else nothing."""
    if isinstance(tree, Name):
        return tree.name
    return str(tree.value) if isinstance(tree, Numeral) and tree.whole and tree.value > 0 else ""


def _of_the_claim(name: str, own: Indices) -> ast.Index:
    index = ast.Index(name)
    if index not in own and not index.numbered:
        raise Refused(f"{name} is not an index of the relation")
    return index


# --- numbers are worked out, so that a number is one whatever it is written like -------------------


def _chain(first: ast.Term, rest: list[tuple[str, ast.Term]]) -> ast.Term:
    if rest[0][0] in "+-":
        terms = [first, *(each if op == "+" else ast.negative(each) for op, each in rest)]
        numbers = [each.value for each in terms if isinstance(each, ast.Number)]
        return _exact(add, numbers, 0) if len(numbers) == len(terms) else ast.Plus(tuple(terms))
    terms = [first, *(each if op == "*" else _power(each, ast.number(-1)) for op, each in rest)]
    numbers = [each.value for each in terms if isinstance(each, ast.Number)]
    return _exact(mul, numbers, 1) if len(numbers) == len(terms) else ast.Times(tuple(terms))


def _exact(operation: Callable[[Fraction, Fraction], Fraction], numbers: list[Fraction], start: int) -> ast.Number:
    value = Fraction(start)
    for each in numbers:
        value = operation(value, each)
        if ast.bits(value) > ast.BITS:
            raise Refused("a number that is too large")
    return ast.Number(value)


def _power(base: ast.Term, exponent: ast.Term) -> ast.Term:
    if not isinstance(exponent, ast.Number):
        return ast.Power(base, exponent)
    e = exponent.value
    if abs(e.numerator) > EXPONENT or e.denominator > EXPONENT:
        raise Refused(f"an exponent above {EXPONENT}")
    if e.denominator == 1 and isinstance(base, ast.Number) and base.value and abs(e) * ast.bits(base.value) < 4096:
        return ast.Number(base.value**e.numerator)
    return ast.Power(base, exponent)
