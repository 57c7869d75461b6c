"""Claims as plain trees, and what they mean at a point: loops over the classes, and no code of `symbolic`.

    str(term), str(claim)         the line of the claim language
    value(term, at)               its value at a point; `Undefined`, or `Unclear` where 60 digits do not suffice
    holds(hypothesis, at)         whether a hypothesis is satisfied
    at_class(term, old, new)      the same about another class

A point is a dict from names to what they stand for: n and scalars to numbers, families to tuples of numbers, indices
to classes 1, 2, ..., subsets to sets of these. Numbers are fractions as long as they can be; others have 60 digits, and
two of them are equal if they differ by less than 10^-45. Nothing is concluded from powers so large or so small that
these digits are not enough.

>>> bound = Over("max", Entry("z", "l"), "l", (Condition("!=", "k"),))
>>> claim = Plain(Relation(Entry("y", "i"), "<=", Entry("y", "j")), (All(Relation(Entry("y", "k"), "==", bound), "k"),))
>>> print(claim)
y[i] <= y[j] given all(y[k] == max(z[l], l != k), k)
>>> point = {"n": 2, "z": (Fraction(0), Fraction(1)), "y": (Fraction(1), Fraction(0)), "i": 1, "j": 2}
>>> [holds(each, point) for each in claim.given], related(claim.said, point)
([True], False)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import isqrt
from operator import add, mul, sub
from typing import Any

from mpmath.ctx_mp import MPContext

mp = MPContext()
mp.dps = 60
EQUAL = mp.mpf(10) ** -45
LARGEST_EXPONENT = 8  # so that products of a few exponentials are larger than that
MOST_FACTORS = 64

Number = Any  # a Fraction, or an mpf
At = dict[str, Any]


class Undefined(Exception):
    """There is no value at this point."""


class Unclear(Exception):
    """The digits do not suffice."""


# --- what can be said ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Constant:
    of: Fraction

    def __str__(self) -> str:
        return str(self.of) if self.of.denominator == 1 and self.of >= 0 else f"({self.of})"


@dataclass(frozen=True)
class Name:
    """A scalar, n, or lambda."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Entry:
    """y[k]; of the family p, the softmax of z."""

    family: str
    at: str

    def __str__(self) -> str:
        return f"{self.family}[{self.at}]"


@dataclass(frozen=True)
class Size:
    subset: str

    def __str__(self) -> str:
        return f"size({self.subset})"


@dataclass(frozen=True)
class Call:
    """exp, log, sqrt, abs or tanh of a term."""

    head: str
    of: Term

    def __str__(self) -> str:
        return f"{self.head}({bare(self.of)})"


@dataclass(frozen=True)
class Infix:
    first: Term
    op: str
    second: Term

    def __str__(self) -> str:
        return f"({self.first} {self.op} {self.second})"


@dataclass(frozen=True)
class Condition:
    """What a bound class is said to be: != i, in A, or not in A."""

    op: str
    name: str


@dataclass(frozen=True)
class Over:
    """sum, prod, mean, max or min of a term, or the count of a relation, over the classes that the conditions leave."""

    head: str
    of: Term | Relation
    bound: str
    conditions: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        return f"{self.head}({bare(self.of)}, {ranging(self)})"


@dataclass(frozen=True)
class Relation:
    first: Term
    op: str
    second: Term

    def __str__(self) -> str:
        return f"{bare(self.first)} {self.op} {bare(self.second)}"


@dataclass(frozen=True)
class All:
    of: Relation
    bound: str
    conditions: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        return f"all({self.of}, {ranging(self)})"


@dataclass(frozen=True)
class Classes:
    """i == j, i != j, i in A, or i not in A."""

    first: str
    op: str
    second: str

    def __str__(self) -> str:
        return f"{self.first} {self.op} {self.second}"


@dataclass(frozen=True)
class Extremes:
    """A == argmax(z), or A == argmin(z)."""

    subset: str
    head: str
    family: str

    def __str__(self) -> str:
        return f"{self.subset} == {self.head}({self.family})"


Term = Constant | Name | Entry | Size | Call | Infix | Over
Hypothesis = Relation | All | Classes | Extremes


@dataclass(frozen=True)
class Plain:
    """A claim."""

    said: Relation
    given: tuple[Hypothesis, ...] = ()

    def __str__(self) -> str:
        return f"{self.said} given {', '.join(map(str, self.given))}" if self.given else str(self.said)


def bare(part: Any) -> str:
    """The text without the brackets around it."""
    return str(part)[1:-1] if isinstance(part, Infix) else str(part)


def ranging(part: Over | All) -> str:
    return ", ".join(f"{part.bound} {each.op} {each.name}" for each in part.conditions) or part.bound


# --- the names in it -----------------------------------------------------------------------------


def letters(part: Any) -> set[str]:
    """The class indices that are free."""
    match part:
        case Entry(_, at):
            return {at}
        case Call(_, of):
            return letters(of)
        case Infix(first, _, second) | Relation(first, _, second):
            return letters(first) | letters(second)
        case Over() | All():
            return (letters(part.of) - {part.bound}) | {each.name for each in part.conditions if each.op == "!="}
        case Classes(first, op, second):
            return {first} if "in" in op else {first, second}
    return set()


def parts(whole: Any) -> Iterator[Any]:
    """All that stands in a term, a hypothesis or a claim."""
    yield whole
    match whole:
        case Plain(said, given):
            inner: tuple[Any, ...] = (said, *given)
        case Call(_, of):
            inner = (of,)
        case Infix(first, _, second) | Relation(first, _, second):
            inner = (first, second)
        case Over() | All():
            inner = (whole.of, *whole.conditions)
        case _:
            inner = ()
    for each in inner:
        yield from parts(each)


def at_class(part: Any, old: str, new: str) -> Any:
    """The term or relation with one index for another, where the first is free."""
    match part:
        case Entry(family, at):
            return Entry(family, new if at == old else at)
        case Call(head, of):
            return Call(head, at_class(of, old, new))
        case Infix(first, _, second) | Relation(first, _, second):
            return replace(part, first=at_class(first, old, new), second=at_class(second, old, new))
        case Over(_, of, bound, conditions):
            said = tuple(Condition(c.op, new) if (c.op, c.name) == ("!=", old) else c for c in conditions)
            inside = of if bound == old else at_class(of, old, new)
            return part if Condition("!=", bound) in said else replace(part, of=inside, conditions=said)
    return part


# --- numbers -------------------------------------------------------------------------------------


def decimal(a: Number) -> Any:
    return mp.mpf(a.numerator) / a.denominator if isinstance(a, Fraction) else a


def sign(a: Number) -> int:
    """-1, 0 or 1."""
    if isinstance(a, Fraction):
        return (a > 0) - (a < 0)
    return 0 if abs(a) < EQUAL else int(mp.sign(a))


def together(operation: Callable[[Any, Any], Any], a: Number, b: Number) -> Number:
    """An operation on two numbers, on fractions if they are."""
    if not (isinstance(a, Fraction) and isinstance(b, Fraction)):
        a, b = decimal(a), decimal(b)
    return operation(a, b)


def divided(a: Number, b: Number) -> Number:
    if not sign(b):
        raise Undefined
    return together(lambda one, other: one / other, a, b)


def power(a: Number, b: Number, literal: bool) -> Number:
    """a^b. Of a base that is not positive only the powers that are written as numbers."""
    if isinstance(b, Fraction) and b.denominator == 1 and abs(b) <= MOST_FACTORS and (literal or sign(a) > 0):
        if b < 0:
            return divided(Fraction(1), power(a, -b, literal))
        result: Number = Fraction(1)
        for _ in range(int(b)):
            result = together(mul, result, a)
        return result
    if not sign(a) and literal and b > 0:
        return Fraction(0)
    if isinstance(a, Fraction) and b == Fraction(1, 2) and (exact := exact_root(a)) is not None:
        return exact
    return exp(together(mul, b, log(a)))


def exact_root(a: Fraction) -> Fraction | None:
    if a < 0:
        return None
    root = Fraction(isqrt(a.numerator), isqrt(a.denominator))
    return root if root * root == a else None


def exp(a: Number) -> Number:
    if a == 0:
        return Fraction(1)
    if not abs(a) < LARGEST_EXPONENT:
        raise Unclear
    return mp.exp(decimal(a))


def log(a: Number) -> Number:
    if sign(a) <= 0:
        raise Undefined
    return Fraction(0) if a == 1 else mp.log(decimal(a))


def root(a: Number) -> Number:
    if sign(a) < 0:
        raise Undefined
    return power(a, Fraction(1, 2), literal=True)


def absolute(a: Number) -> Number:
    return -a if sign(a) < 0 else a


def tanh(a: Number) -> Number:
    return together(sub, Fraction(1), divided(Fraction(2), together(add, Fraction(1), exp(2 * a))))


def total(numbers: Iterable[Number]) -> Number:
    return folded(add, numbers, Fraction(0))


def folded(operation: Callable[[Any, Any], Any], numbers: Iterable[Number], first: Number) -> Number:
    for each in numbers:
        first = together(operation, first, each)
    return first


def largest(numbers: Iterable[Number]) -> Number:
    best: Number = None
    for each in numbers:
        if best is None or sign(together(sub, each, best)) > 0:
            best = each
    if best is None:
        raise Undefined
    return best


# --- values --------------------------------------------------------------------------------------

FUNCTIONS = {"exp": exp, "log": log, "sqrt": root, "abs": absolute, "tanh": tanh}
ARITHMETIC = {"+": add, "-": sub, "*": mul}
HOLDS: dict[str, Callable[[int], bool]] = {
    "==": lambda found: found == 0,
    "!=": lambda found: found != 0,
    "<": lambda found: found < 0,
    "<=": lambda found: found <= 0,
    ">": lambda found: found > 0,
    ">=": lambda found: found >= 0,
}
DENIED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def value(term: Term, at: At) -> Number:
    match term:
        case Constant(of):
            return of
        case Name(name):
            return Fraction(at["n"]) if name == "n" else at[name]
        case Entry("p", index):
            return probabilities(at)[at[index] - 1]
        case Entry(family, index):
            return at[family][at[index] - 1]
        case Size(subset):
            return Fraction(len(at[subset]))
        case Call(head, of):
            return FUNCTIONS[head](value(of, at))
        case Infix(first, "/", second):
            return divided(value(first, at), value(second, at))
        case Infix(first, "^", second):
            return power(value(first, at), value(second, at), isinstance(second, Constant))
        case Infix(first, op, second):
            return together(ARITHMETIC[op], value(first, at), value(second, at))
        case Over():
            return over(term, at)
    raise TypeError(term)


def over(term: Over, at: At) -> Number:
    there = list(classes(term, at))
    if isinstance(term.of, Relation):
        return Fraction(sum([related(term.of, each) for each in there]))
    found = [value(term.of, each) for each in there]
    match term.head:
        case "sum":
            return total(found)
        case "prod":
            return folded(mul, found, Fraction(1))
        case "mean":
            return total(
                together(mul, probabilities(at)[k[term.bound] - 1], f) for k, f in zip(there, found, strict=True)
            )
        case "max":
            return largest(found)
        case "min":
            return -largest([-each for each in found])
    raise TypeError(term.head)


def probabilities(at: At) -> list[Number]:
    return _softmax(at["lambda"], at["z"])


@lru_cache(maxsize=1000)
def _softmax(heat: Number, scores: tuple[Number, ...]) -> list[Number]:
    weights = [exp(together(mul, heat, each)) for each in scores]
    whole = total(weights)
    return [divided(each, whole) for each in weights]


def classes(ranging: Over | All, at: At) -> Iterator[At]:
    """The point with the bound index at each class that the conditions leave."""
    for k in range(1, at["n"] + 1):
        if all(admits(each, k, at) for each in ranging.conditions):
            yield {**at, ranging.bound: k}


def admits(condition: Condition, k: int, at: At) -> bool:
    if condition.op == "!=":
        return bool(k != at[condition.name])
    return (k in at[condition.name]) == (condition.op == "in")


def related(relation: Relation, at: At) -> bool:
    return HOLDS[relation.op](sign(together(sub, value(relation.first, at), value(relation.second, at))))


def instances(hypothesis: Hypothesis, at: At) -> Iterator[tuple[Relation, At]]:
    """A relation that a hypothesis states, for each class that it is about."""
    own = sorted(letters(hypothesis) - at.keys())
    for chosen in product(range(1, at["n"] + 1), repeat=len(own)):
        there = {**at, **dict(zip(own, chosen, strict=True))}
        if isinstance(hypothesis, All):
            yield from ((hypothesis.of, each) for each in classes(hypothesis, there))
        elif isinstance(hypothesis, Relation):
            yield hypothesis, there


def holds(hypothesis: Hypothesis, at: At) -> bool:
    """Whether a hypothesis is satisfied, which what is undefined is not."""
    match hypothesis:
        case Classes(first, "==" | "!=" as op, second):
            return (at[first] == at[second]) == (op == "==")
        case Classes(first, op, second):
            return (at[first] in at[second]) == (op == "in")
        case Extremes(subset, head, family):
            return bool(at[subset] == extremal(head, at[family]))
    try:
        return all(related(relation, there) for relation, there in instances(hypothesis, at))
    except Undefined:
        return False


def extremal(head: str, found: tuple[Number, ...]) -> frozenset[int]:
    best = largest(found) if head == "argmax" else -largest([-each for each in found])
    return frozenset(k for k, each in enumerate(found, 1) if not sign(together(sub, best, each)))
