"""A claim written out at one n, as the text of a formula that both Python and Maxima read.

    written_out(claim, n)    one `Written` for each way in which the free indices may coincide

Plain loops over the classes 1..n, from the claim alone. Linear equations among the hypotheses are
solved for one of their letters, as one would on paper; other hypotheses only choose the indices.

>>> from symbolic.language.claims import claim
>>> from symbolic.language.notation import Sum, j, k, y
>>> written_out(claim(Sum(y[k], k), "==", y[j]), 2)[0]
Written(lhs='(y1+y2)', rhs='y1', given=())
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from itertools import product
from typing import Any

import sympy
from sympy import Basic, Derivative, Expr, Integer, KroneckerDelta, Rational, Symbol

from symbolic.language import notation as say
from symbolic.language.claims import Claim, Member, Relation, SameClass
from tests.reading import names


class NotWritten(Exception):
    """The claim has something that a formula without classes does not say."""


@dataclass(frozen=True)
class Written:
    """Both sides of a claim at one n, and what to put for some letters, one after the other."""

    lhs: str
    rhs: str
    given: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a formula is written: n, the class of each index, the subsets."""

    n: int
    indices: dict[str, int]
    subsets: dict[str, frozenset[int]]

    def class_of(self, index: Basic) -> int:
        return int(index) if isinstance(index, Integer) else self.indices[index.name]


# --- expressions ---------------------------------------------------------------------------------


@singledispatch
def text(expr: Basic, at: Place) -> str:
    """The formula; ratio(a, b) is the rational number a/b."""
    raise NotWritten(type(expr).__name__)


@text.register(Rational)
def _(expr: Rational, at: Place) -> str:
    return f"ratio({expr.p},{expr.q})"


@text.register(Symbol)
def _(expr: Symbol, at: Place) -> str:
    return f"ratio({at.n},1)" if expr == say.n else expr.name


@text.register(say.InverseTemperature)
def _(expr: Symbol, at: Place) -> str:
    return "lam"


@text.register(say.Temperature)
def _(expr: Symbol, at: Place) -> str:
    return "(1/lam)"


@text.register(sympy.Add)
def _(expr: Expr, at: Place) -> str:
    return added([text(each, at) for each in expr.args])


@text.register(sympy.Mul)
def _(expr: Expr, at: Place) -> str:
    return multiplied([text(each, at) for each in expr.args])


@text.register(sympy.Pow)
def _(expr: Expr, at: Place) -> str:
    if expr.exp == -1:
        return f"(1/{text(expr.base, at)})"
    return f"({text(expr.base, at)})**({text(expr.exp, at)})"


@text.register(sympy.Function)
def _(expr: Expr, at: Place) -> str:
    if type(expr) not in (sympy.exp, sympy.log, sympy.tanh):
        raise NotWritten(type(expr).__name__)
    return f"{type(expr).__name__}({text(expr.args[0], at)})"


@text.register(KroneckerDelta)
def _(expr: Expr, at: Place) -> str:
    return f"ratio({int(at.class_of(expr.args[0]) == at.class_of(expr.args[1]))},1)"


@text.register(say.Entry)
def _(expr: Expr, at: Place) -> str:
    return entry(expr.args[0], at.class_of(expr.args[1]))


def added(terms: Sequence[str]) -> str:
    return "(" + "+".join(terms) + ")" if terms else "ratio(0,1)"


def multiplied(factors: Sequence[str]) -> str:
    return "(" + "*".join(factors) + ")" if factors else "ratio(1,1)"


def entry(family: Basic, place: int) -> str:
    return f"{family.name}{place}"


@text.register(say.Partition)
def _(expr: Expr, at: Place) -> str:
    family, scale = expr.args
    return added([weight(family, scale, place, at) for place in range(1, at.n + 1)])


def weight(family: Basic, scale: Expr, place: int, at: Place) -> str:
    return f"exp({text(scale, at)}*{entry(family, place)})"


@text.register(say.Probability)
def _(expr: Expr, at: Place) -> str:
    return chance(expr.distribution, at.class_of(expr.index), at)


def chance(distribution: Basic, place: int, at: Place) -> str:
    """The probability of one class under a softmax, or the entry of a family."""
    if isinstance(distribution, say.Family):
        return entry(distribution, place)
    family, scale = distribution.args
    return f"({weight(family, scale, place, at)}/{text(say.Partition(family, scale), at)})"


@text.register(Derivative)
def _(expr: Expr, at: Place) -> str:
    result = text(expr.expr, at)
    for variable, times in expr.variable_count:
        for _ in range(int(times)):
            result = derivative(result, variable, at)
    return result


def derivative(formula: str, variable: Basic, at: Place) -> str:
    """Lambda and T are one quantity: d/dT = -lambda^2 d/dlambda."""
    if variable == say.T:
        return f"(-lam**2*diff({formula},lam))"
    return f"diff({formula},{text(variable, at)})"


def range_of(expr: Any, at: Place) -> Iterator[Place]:
    for place in range(1, at.n + 1):
        if all(admits(each, place, at) for each in expr.conditions):
            yield replace(at, indices={**at.indices, expr.bound.name: place})


def admits(condition: Basic, candidate: int, at: Place) -> bool:
    (about,) = condition.args
    if isinstance(condition, say.Except):
        return at.class_of(about) != candidate
    return (candidate in at.subsets[about.name]) == isinstance(condition, say.In)


@text.register(say.Sum)
def _(expr: Expr, at: Place) -> str:
    return added([text(expr.body, there) for there in range_of(expr, at)])


@text.register(say.Mean)
def _(expr: Expr, at: Place) -> str:
    return mean(expr, at, 1)


@text.register(say.Variance)
def _(expr: Expr, at: Place) -> str:
    return f"({mean(expr, at, 2)}-({mean(expr, at, 1)})**2)"


def mean(expr: Any, at: Place, power: int) -> str:
    return added([
        multiplied([chance(say.p, there.class_of(expr.bound), there)]
                   + [text(expr.body, there)] * power)
        for there in range_of(expr, at)
    ])  # fmt: skip


@text.register(say.LogSumExp)
def _(expr: Expr, at: Place) -> str:
    return f"log({text(say.Partition(expr.args[0], Integer(1)), at)})"


@text.register(say.Entropy)
def _(expr: Expr, at: Place) -> str:
    chances = [chance(expr.args[0], place, at) for place in range(1, at.n + 1)]
    return f"(-{added([f'{each}*log({each})' for each in chances])})"


@text.register(say.Divergence)
def _(expr: Expr, at: Place) -> str:
    first, second = expr.args
    pairs = [(chance(first, place, at), chance(second, place, at)) for place in range(1, at.n + 1)]
    return added([f"{a}*log({a}/{b})" for a, b in pairs])


# --- claims --------------------------------------------------------------------------------------


def written_out(claim: Claim, n: int) -> list[Written]:
    """The claim at this n, or at the one that its hypotheses fix."""
    return [
        Written(text(claim.lhs, at), text(claim.rhs, at), solutions(claim, at)) for at in places(claim, fixed(claim, n))
    ]


def fixed(claim: Claim, n: int) -> int:
    sizes = [each.rhs for each in claim.given if isinstance(each, Relation) and each.lhs == say.n
             and each.op == "=="]  # fmt: skip
    return int(sizes[0]) if sizes else n


def places(claim: Claim, n: int) -> Iterator[Place]:
    """One for each pattern of coincidence of the free indices that the hypotheses allow."""
    indices = sorted(names(claim.relation, "index"))
    seen = set()
    subsets = {name: frozenset(range(1, n // 2 + 2)) for name in names(claim, "subset")}
    for classes in product(range(1, n + 1), repeat=len(indices)):
        at = Place(n, dict(zip(indices, classes, strict=True)), subsets)
        pattern = tuple(classes.index(each) for each in classes), inside(classes, subsets)
        if pattern not in seen and all(allows(each, at) for each in claim.given):
            seen.add(pattern)
            yield at


def inside(classes: Sequence[int], subsets: dict[str, frozenset[int]]) -> tuple[bool, ...]:
    return tuple(each in subset for each in classes for subset in subsets.values())


def allows(hypothesis: Any, at: Place) -> bool:
    if isinstance(hypothesis, SameClass):
        same = at.class_of(hypothesis.first) == at.class_of(hypothesis.second)
        return same == hypothesis.holds
    if isinstance(hypothesis, Member):
        return (at.class_of(hypothesis.index) in at.subsets[hypothesis.subset.name]) == (hypothesis.holds)
    return True


def solutions(claim: Claim, at: Place) -> tuple[tuple[str, str], ...]:
    """Each equation of the claim, solved for its last letter."""
    found: list[tuple[str, str]] = []
    for each in claim.given:
        if isinstance(each, Relation) and each.op == "==" and each.lhs != say.n:
            for there in instances(each, at):
                found += solution(each, there, found)
    return tuple(found)


def instances(equation: Relation, at: Place) -> Iterator[Place]:
    """An index of the equation alone stands for every class."""
    own = sorted(names(equation, "index") - at.indices.keys())
    for classes in product(range(1, at.n + 1), repeat=len(own)):
        yield replace(at, indices={**at.indices, **dict(zip(own, classes, strict=True))})


def solution(equation: Relation, at: Place, known: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    formula = f"{text(equation.lhs, at)}-({text(equation.rhs, at)})"
    difference = sympy.sympify(formula, locals={"ratio": Rational})
    for letter, value in known:
        difference = difference.subs(Symbol(letter), sympy.sympify(value))
    if difference == 0:
        return []
    last = max(difference.free_symbols, key=str)
    answers = sympy.solve(difference, last)
    if len(answers) != 1:
        raise NotWritten(f"{difference} = 0 has {len(answers)} solutions")
    return [(last.name, sympy.sstr(answers[0]))]
