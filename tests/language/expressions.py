"""Random expressions of the notation, and random points to evaluate them at by plain loops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from sympy import Expr, Integer, Rational, exp, log, tanh

from symbolic.language.notation import (
    A,
    D,
    Entropy,
    Except,
    Family,
    In,
    LogSumExp,
    Maximum,
    Mean,
    Minimum,
    NotIn,
    Product,
    Softmax,
    Sum,
    T,
    Variance,
    Z,
    c,
    delta,
    i,
    j,
    k,
    l,
    lam,
    n,
    p,
    t,
    w,
    y,
    z,
)
from tests.oracle import At, CannotSay, NoValue, mp, value

LETTERS = (i, j, k, l)
FAMILIES: tuple[Family, ...] = (z, y, w)
VARIABLES: tuple[Expr, ...] = (z[i], z[j], y[k], w[l], c, t, lam, T)

letters = st.sampled_from(LETTERS)
families = st.sampled_from(FAMILIES)
variables = st.sampled_from(VARIABLES)
numbers = st.sampled_from([Integer(-2), Integer(0), Integer(1), Integer(3), Rational(1, 2)])
scalars = st.sampled_from([c, t, lam, T, n])
entries = st.builds(lambda family, at: family[at], families, letters)
probabilities = st.builds(
    lambda softmax, at: softmax[at],
    st.sampled_from([p, Softmax(w), Softmax(y, c), Softmax(z, lam * c), Softmax(w, z[k])]),
    letters,
)
functionals = st.sampled_from([Z, LogSumExp(w), Entropy(p), Maximum.of(y), Mean(z[k], k)])
leaves = numbers | scalars | entries | probabilities | functionals
leaves |= st.builds(delta, letters, letters)

conditions = st.one_of(st.builds(Except, letters), st.just(In(A)), st.just(NotIn(A)))
Builder = Callable[..., Expr]
functions: list[Builder] = [
    lambda e: exp(e / 8),
    lambda e: log(1 + e**2),
    lambda e: 1 / (1 + e**2),
    lambda e: e**2,
    tanh,
]


def binding(make: Any, conditioned: bool) -> Callable[[st.SearchStrategy[Expr]], Any]:
    """Expressions under a binder; its letter may hide one that is free outside."""
    ranges = st.lists(conditions, max_size=3) if conditioned else st.just([])
    return lambda inside: st.builds(
        lambda body, at, limits: make(body, at, *(x for x in limits if not x.has(at))),
        inside,
        letters,
        ranges,
    )


def grown(binders: list[Any]) -> Callable[[st.SearchStrategy[Expr]], st.SearchStrategy[Expr]]:
    def grow(inside: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        return st.one_of(
            st.builds(lambda a, b: a + b, inside, inside),
            st.builds(lambda a, b: a * b, inside, inside),
            st.builds(lambda f, a: f(a), st.sampled_from(functions), inside),
            *(binding(make, make not in (Mean, Variance))(inside) for make in binders),
        )

    return grow


smooth = st.recursive(leaves, grown([Sum, Mean, Variance]), max_leaves=5)
expressions = st.recursive(leaves, grown([Sum, Mean, Variance, Product, Maximum, Minimum]), max_leaves=5)
derivatives = st.builds(D, smooth, variables, variables) | st.builds(D, smooth, variables)

rationals = st.fractions(min_value=-2, max_value=2, max_denominator=7)


@st.composite
def points(draw: st.DrawFn) -> At:
    """A point with one to three classes and distinct entries, so that a largest one is clear."""
    size = draw(st.integers(1, 3))
    numbers = draw(st.lists(rationals, min_size=12, max_size=12, unique=True))
    values = [mp.mpf(each.numerator) / each.denominator for each in numbers]
    return At(
        n=size,
        families={each.name: tuple(values[3 * at : 3 * at + size]) for at, each in enumerate(FAMILIES)},
        scalars={"c": values[9], "t": values[10]},
        inverse_temperature=abs(values[11]) + 1,
        indices={each.name: draw(st.integers(1, size)) for each in LETTERS},
        subsets={"A": frozenset(draw(st.sets(st.integers(1, size))))},
    )


@st.composite
def points_apart(draw: st.DrawFn) -> At:
    """A point at which i is another class than the rest."""
    point = draw(points().filter(lambda each: each.n > 1))
    others = {each.name: draw(st.integers(2, point.n)) for each in LETTERS}
    return replace(point, indices={**others, "i": 1})


def at(expr: Expr, point: At) -> Any:
    """The value at the point; None where there is none."""
    try:
        return value(expr, point)
    except (NoValue, CannotSay):
        return None


def close(first: Any, second: Any) -> bool:
    """Equal to 28 digits; what is undefined agrees with anything."""
    if first is None or second is None:
        return True
    return abs(first - second) <= mp.mpf(10) ** -28 * (1 + abs(first))
