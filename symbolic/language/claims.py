"""Claims, the points that refute them, and the verdicts on them: plain data.

A claim is a relation between two expressions together with hypotheses. It is about all n >= 1, all
lambda > 0, all real families and scalars, all subsets and all indices that satisfy the hypotheses;
a point where a side is undefined does not count.

>>> from symbolic.language.notation import D, delta, i, j, lam, p, z
>>> claim(D(p[i], z[j]), "<", 0, given=[differ(i, j)])
Claim(diff(p[i], z[j]) < 0 given i != j)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import sympy
from sympy import Basic, Expr, Integer, KroneckerDelta, Rational, S, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom

from symbolic.language.errors import NotationError
from symbolic.language.notation import (
    Entry,
    Except,
    Family,
    Maximum,
    Minimum,
    Probability,
    Subset,
    check_symbol,
    family_of,
    free,
    index,
    n,
    subset_of,
)
from symbolic.language.proof import Proof

__all__ = [
    "HOLDS", "Always", "ArgMax", "Claim", "Claims", "Given", "Hypothesis", "Invalid", "Member", "Operator", "Point",
    "Proved", "Refuted", "Relation", "SameClass", "Unknown", "Verdict", "argmax", "argmin", "bounds", "claim", "differ",
    "hypotheses", "hypothesis", "least_size", "letters_of", "listed", "member", "parts", "relation", "same",
    "speaks_of", "with_given",
]  # fmt: skip

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
OPERATORS: tuple[Operator, ...] = ("==", "!=", "<", "<=", ">", ">=")

# whether a relation holds, by the sign of the difference of its sides
HOLDS: dict[str, Callable[[int], bool]] = {
    "==": lambda sign: sign == 0,
    "!=": lambda sign: sign != 0,
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}


@dataclass(frozen=True)
class Relation:
    """`lhs op rhs` between real expressions."""

    lhs: Expr
    op: Operator
    rhs: Expr

    @property
    def ordered(self) -> tuple[Expr, Expr]:
        """The smaller side and the larger one; of == and !=, the right one and the left one."""
        return (self.lhs, self.rhs) if self.op in ("<", "<=") else (self.rhs, self.lhs)

    @property
    def gap(self) -> Expr:
        """The larger side less the smaller one."""
        small, large = self.ordered
        return large - small


@dataclass(frozen=True)
class SameClass:
    """The hypothesis i == j between class indices, or i != j."""

    first: Expr
    second: Expr
    holds: bool = True


@dataclass(frozen=True)
class Member:
    """The hypothesis i in A, or i not in A."""

    index: Expr
    subset: Subset
    holds: bool = True


@dataclass(frozen=True)
class ArgMax:
    """The hypothesis A == argmax(z), or A == argmin(z)."""

    subset: Subset
    family: Family
    largest: bool = True


@dataclass(frozen=True)
class Always:
    """The hypothesis all(relation, binder): the relation for every class k that the conditions leave."""

    relation: Relation
    bound: Symbol
    conditions: tuple[Basic, ...] = ()


Hypothesis = Relation | SameClass | Member | ArgMax | Always
Given: TypeAlias = Hypothesis | Relational | str  # what Python can say a hypothesis with


@dataclass(frozen=True)
class Claim:
    """One claim: a relation `lhs op rhs`, given hypotheses. `text` is the line it was read from, if it was; it is
    `elaborated` if that is not of the core of the language, and `remarks` say how it was read where it can be read
    otherwise.

    It is made by `claim` or `parse_claim`, which check it. It is about all n >= 1, all lambda > 0, and all families,
    scalars, indices and subsets that satisfy the hypotheses.
    """

    relation: Relation
    given: tuple[Hypothesis, ...] = ()
    text: str = field(default="", compare=False)
    elaborated: bool = field(default=False, compare=False)
    remarks: tuple[str, ...] = field(default=(), compare=False)

    lhs = property(lambda self: self.relation.lhs)
    op = property(lambda self: self.relation.op)
    rhs = property(lambda self: self.relation.rhs)
    ordered = property(lambda self: self.relation.ordered)
    gap = property(lambda self: self.relation.gap)

    def __repr__(self) -> str:
        from symbolic.language.typeset import plain

        return f"Claim({plain(self)})"

    def _repr_latex_(self) -> str:
        from symbolic.language.typeset import latex

        return f"$\\displaystyle {latex(self)}$"


@dataclass(frozen=True)
class Claims:
    """The claims of one line, which all have to hold: the links of a chain, or the two ways of `A iff B`."""

    claims: tuple[Claim, ...]
    text: str = field(default="", compare=False)


def relation(lhs: object, op: str, rhs: object) -> Relation:
    """A relation, its sides taken as they are: SymPy's own `Eq(x, x)` would evaluate away.

    `op` is one of == != < <= > >=. It serves as a hypothesis. `NotationError` for sides that are no real expressions.

    >>> from symbolic.language.notation import c, p, i
    >>> claim(c*p[i], "<=", c, given=relation(c, ">=", 0))
    Claim(c*p[i] <= c given c >= 0)
    """
    if op not in OPERATORS:
        raise NotationError(f"expected one of {' '.join(OPERATORS)}, not {op!r}")
    return Relation(_side(lhs), op, _side(rhs))


def _side(value: object) -> Expr:
    if isinstance(value, int) and not isinstance(value, bool):
        return Integer(value)
    if isinstance(value, (bool, Relational)) or not isinstance(value, Expr):
        raise NotationError(f"a side of a claim is a real expression, not {value!r}; write claim(lhs, '==', rhs)")
    for part in _within(value):
        _check_head(part)
    return value


def _check_head(part: Basic) -> None:
    """Refuse a symbol that is none of the notation, and SymPy's own sums and arrays, which ours stand for."""
    if isinstance(part, Symbol):
        check_symbol(part)
    if ours := next((ours for head, ours in OURS.items() if isinstance(part, head)), ""):
        raise NotationError(f"{part} is SymPy's own: write {ours}")


OURS: dict[type, str] = {
    sympy.Sum: "symbolic.Sum(e, k), the sum over the classes 1..n",
    sympy.Product: "symbolic.Product(e, k), the product over the classes 1..n",
    sympy.Limit: "symbolic.Limit(e, T, 0)",
    sympy.Indexed: "an entry of a family, x = symbolic.Family('x') and x[k]; a sum over it is symbolic.Sum(x[k], k)",
    sympy.IndexedBase: "symbolic.Family('x')",
}


def claim(lhs: object, op: str, rhs: object, given: Given | Iterable[Given] = ()) -> Claim:
    """The claim `lhs op rhs` under the hypotheses; `NotationError` for n == 0 and for a class that may not exist.

    Hypotheses may be SymPy's relations, or text.

    >>> from symbolic.language.notation import i, n, p
    >>> claim(p[i], "<", 1, given=[n >= 2]) == claim(p[i], "<", 1, given="n >= 2")
    True
    """
    said = relation(lhs, op, rhs)
    made = Claim(said, hypotheses(said, given))
    for each in made.given:
        if isinstance(each, Relation) and each.op == "==" and (each.lhs, each.rhs) in ((n, 0), (0, n)):
            raise NotationError("n == 0: there is one class at least")
    called: dict[str, Basic] = {}
    for part in parts(made):
        _check_head(part)
        if isinstance(part, Symbol) and called.setdefault(part.name, part) != part:
            raise NotationError(f"two different symbols are called {part.name}")
        for at in part.args if isinstance(part, (Entry, Probability, KroneckerDelta, Except)) else ():
            if isinstance(at, Integer) and at > least_size(made.given):
                raise NotationError(f"class {at} may not exist: expected a hypothesis such as n >= {at}")
    return made


def hypotheses(said: Relation, given: Given | Iterable[Given]) -> tuple[Hypothesis, ...]:
    """The hypotheses of a relation: objects, SymPy's own relations such as n >= 2, and then text of the language."""
    several = listed(given)
    objects = tuple(hypothesis(each) for each in several if not isinstance(each, str))
    texts = [each for each in several if isinstance(each, str)]
    if not texts:
        return objects
    from symbolic.language.parser import parse_claim
    from symbolic.language.typeset import plain

    line = plain(Claim(said, objects))
    read = parse_claim(with_given(line, texts))
    if free(read.lhs) | free(read.rhs) != free(said.lhs) | free(said.rhs):
        raise NotationError("what is given for some class makes the claim one about it: write the whole claim as text")
    return objects + read.given[len(objects) :]


def listed(given: Given | Iterable[Given]) -> list[Given]:
    """The hypotheses, of which there may be one."""
    return list(given) if isinstance(given, Iterable) and not isinstance(given, str) else [given]


def with_given(line: str, given: Given | Iterable[Given]) -> str:
    """A line of the language with further hypotheses; one of the core has the word `given` once.

    >>> with_given("p[i] < 1 given n >= 2", "i != j")
    'p[i] < 1 given n >= 2, i != j'
    """
    from symbolic.language.parser import plainly
    from symbolic.language.typeset import plain

    written = [each if isinstance(each, str) else plain(hypothesis(each)) for each in listed(given)]
    with plainly(", ".join(written), "hypotheses") as further:
        if not further.strip():
            return line
    with plainly(line) as said:
        last = max(("given", "where"), key=said.rfind)
        return f"{said}, {further}" if last == "given" and last in said else f"{said} given {further}"


def hypothesis(given: object) -> Hypothesis:
    """A hypothesis as an object of the notation: SymPy's relations are read while they are whole."""
    if isinstance(given, Hypothesis):
        return given
    if isinstance(given, Relational):
        return _between(given.lhs, given.rel_op, given.rhs)
    if isinstance(given, (bool, BooleanAtom)):
        raise NotationError(
            f"a hypothesis has been evaluated to {given} before it got here: write it as text, given='n >= 2', "
            "or as relation(n, '>=', 2), differ(i, j)"
        )
    raise NotationError(f"expected a hypothesis such as n >= 2, 'n >= 2' or differ(i, j), not {given!r}")


def _between(lhs: Expr, op: str, rhs: Expr) -> Hypothesis:
    """What SymPy's relation says: of two indices, whether they are the same; else a relation between numbers."""
    if op in ("==", "!=") and any(isinstance(each, Symbol) and each.is_integer and each != n for each in (lhs, rhs)):
        return same(lhs, rhs) if op == "==" else differ(lhs, rhs)
    return relation(lhs, op, rhs)


def parts(made: Claim) -> Iterator[Basic]:
    """All that occurs in a claim, however deep."""
    return _within(made.lhs, made.rhs, *(part for each in made.given for part in _of_hypothesis(each)))


def speaks_of(each: Hypothesis, word: Basic) -> bool:
    """Whether a letter, or a family, occurs in a hypothesis."""
    return word in set(_within(*_of_hypothesis(each)))


def letters_of(made: Claim) -> set[str]:
    """The letters that occur in a claim, free or bound; a new one has to be another."""
    return {str(each) for part in parts(made) for each in part.free_symbols}


def _within(*expressions: Basic) -> Iterator[Basic]:
    """The expressions and all their parts; without recursion, for they may be deep."""
    left = list(expressions)
    while left:
        part = left.pop()
        left.extend(part.args)
        yield part


def _of_hypothesis(each: Hypothesis) -> tuple[Basic, ...]:
    match each:
        case Relation(lhs, _, rhs):
            return lhs, rhs
        case Always(relation, bound, conditions):
            return relation.lhs, relation.rhs, bound, *conditions
        case SameClass(first, second):
            return first, second
        case Member(at, subset):
            return at, subset
    return each.subset, each.family


def least_size(given: Iterable[Hypothesis]) -> int:
    """The least n that hypotheses such as n == m, n >= m or n > m allow."""
    return bounds(given)[0]


def bounds(given: Iterable[Hypothesis]) -> tuple[int, int | None]:
    """The least and the greatest n that hypotheses such as n >= 2, n == 3 leave; the greatest may be None."""
    least, greatest = 1, None
    for each in given:
        if isinstance(each, Relation) and n in (each.lhs, each.rhs):
            other = each.rhs if each.lhs == n else each.lhs
            if isinstance(other, Rational):
                low, high = _range(each.op if each.lhs == n else MIRRORED[each.op], other)
                least = max(least, low)
                greatest = min((each for each in (greatest, high) if each is not None), default=None)
    return least, greatest


MIRRORED: dict[str, Operator] = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _range(op: str, value: Rational) -> tuple[int, int | None]:
    """The least and the greatest integer; n == 5/2 leaves none."""
    above, below = -int(-value.p // value.q), int(value.p // value.q)
    ranges: dict[str, tuple[int, int | None]] = {
        "==": (above, below), ">=": (above, None), ">": (below + 1, None), "<=": (1, below), "<": (1, above - 1),
    }  # fmt: skip
    return ranges.get(op, (1, None))


def same(first: object, second: object) -> SameClass:
    """The hypothesis i == j between two indices.

    >>> from symbolic.language.notation import i, j, p
    >>> claim(p[i], "==", p[j], given=same(i, j))
    Claim(p[i] == p[j] given i == j)
    """
    return SameClass(index(first), index(second))


def differ(first: object, second: object) -> SameClass:
    """The hypothesis i != j between two indices.

    >>> from symbolic.language.notation import D, i, j, p, z
    >>> claim(D(p[i], z[j]), "<", 0, given=differ(i, j))
    Claim(diff(p[i], z[j]) < 0 given i != j)
    """
    return SameClass(index(first), index(second), holds=False)


def member(at: object, subset: Subset, holds: bool = True) -> Member:
    """The hypothesis i in A, or, with `holds=False`, i not in A.

    >>> from symbolic.language.notation import A, In, Sum, i, k, p
    >>> claim(p[i], "<=", Sum(p[k], k, In(A)), given=member(i, A))
    Claim(p[i] <= sum(p[k], k in A) given i in A)
    """
    return Member(index(at), subset_of(subset), holds)


def argmax(at: object, family: Family, unique: bool = False) -> tuple[Hypothesis, ...]:
    """The hypotheses that i maximises the family: z[i] == max(z), or, `unique`, z[i] > z[k] for all k != i.

    >>> from symbolic.language.notation import Limit, T, i, p, z
    >>> claim(Limit(p[i], T, 0), "==", 1, given=argmax(i, z, unique=True))
    Claim(limit(p[i], T, 0) == 1 given all(z[i] > z[k], k != i))
    """
    from symbolic.language.notation import Except, k, l

    family_of(family)
    if not unique:
        return (Relation(family[at], "==", Maximum.of(family)),)
    bound = l if at == k else k
    return (Always(Relation(family[at], ">", family[bound]), bound, (Except(at),)),)


def argmin(at: object, family: Family) -> tuple[Hypothesis, ...]:
    """The hypothesis that i minimises the family: z[i] == min(z).

    >>> from symbolic.language.notation import i, n, p, z
    >>> claim(p[i], "<=", 1/n, given=argmin(i, z))
    Claim(p[i] <= 1/n given z[i] == min(z))
    """
    return (Relation(family_of(family)[at], "==", Minimum.of(family)),)


# --- points and verdicts -------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """A point at which a claim can be evaluated exactly.

    Families are lists of exact SymPy numbers (rationals, logarithms of rationals), one per position;
    `multiplicities` says how many classes share a position (all 1 if empty), and n is their sum.
    Indices name positions, from 1. A point that is only shown has no inverse temperature where nothing depends on it.
    """

    families: dict[str, tuple[Expr, ...]]
    inverse_temperature: Expr | None = S.One
    indices: dict[str, int] = field(default_factory=dict)
    scalars: dict[str, Expr] = field(default_factory=dict)
    subsets: dict[str, frozenset[int]] = field(default_factory=dict)
    multiplicities: tuple[int, ...] = ()
    size: int = 1

    @property
    def n(self) -> int:
        """The number of classes."""
        return sum(self.multiplicities) if self.multiplicities else self.size


@dataclass(frozen=True)
class Proved:
    """The claim holds for everything it is about.

    `derivation` is the proof that the kernel has accepted; where there is none, `rests_on` says what it rests on
    instead. `cases` is how it was split, `vacuous` that no point counts, `facts` what was used, and `notes` how the
    claim may not say what was meant.
    """

    cases: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    vacuous: bool = False
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    derivation: Proof | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Refuted:
    """The claim fails at `point`, where its sides have the exact values `lhs` and `rhs`."""

    point: Point
    lhs: str
    rhs: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unknown:
    """Neither was found; `reason` says what was tried and what stopped it."""

    reason: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Invalid:
    """What was handed in is no claim: `reason` says what was expected, `position` where in the line, `notes` what may
    have been meant, and what a claim looks like."""

    reason: str
    position: int | None = None
    notes: tuple[str, ...] = ()


Verdict = Proved | Refuted | Unknown
