"""Expressions for a given number of classes: SymPy's value of what is written out is the judge's exact value."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from sympy import Expr, Integer, Rational, log

from symbolic.language.claims import Claim, Point
from symbolic.language.errors import NotationError, Undefined, Unsupported
from symbolic.language.notation import (
    D,
    Entropy,
    Family,
    Limit,
    LogSumExp,
    Maximum,
    Subset,
    Sum,
    T,
    c,
    delta,
    free,
    i,
    j,
    k,
    lam,
    n,
    p,
    y,
    z,
)  # fmt: skip
from symbolic.points import evaluate
from symbolic.points.concrete import at, hessian, jacobian, numbers
from symbolic.results import all_results

FAMILIES = [(0, log(2), log(3)), (1, 2, Rational(1, 2)), (Rational(1, 5), Rational(3, 10), Rational(1, 2)), (3, 1, 2)]
CLAIMS = [each.claim for each in all_results() if not each.claim.lhs.has(Limit) | each.claim.rhs.has(Limit)]


def point_for(claim: Claim) -> Point:
    """Three classes; each letter of the claim has a value of its own, none of them special."""
    letters = sorted(free(claim.lhs) | free(claim.rhs) | {z}, key=str)
    families = [each.name for each in letters if isinstance(each, Family)]
    values = dict(zip(families, FAMILIES[1:] + FAMILIES, strict=False)) | {"z": FAMILIES[0]}
    indices = [each.name for each in letters if each.is_integer and each != n]
    known = (Family, Subset, *map(type, (lam, T, n)))
    scalars = [each.name for each in letters if not isinstance(each, known) and not each.is_integer]
    return Point(
        {name: tuple(map(sympy.sympify, each)) for name, each in values.items()},
        Integer(2),
        {name: at for at, name in enumerate(indices, 1)},
        {name: Rational(at, 7) for at, name in enumerate(scalars, 1)},
        {each.name: frozenset({1, 3}) for each in letters if isinstance(each, Subset)},
        size=3,
    )


def written(side: Expr, point: Point) -> float:
    """The value of what is written out, as SymPy has it."""
    out = at(side, 3, **point.indices, **point.subsets)
    entries = {f"{name}{at}": each for name, row in point.families.items() for at, each in enumerate(row, 1)}
    names = {symbol: symbol.name.replace("_", "") for symbol in out.free_symbols}
    rows = {symbol: entries[name] for symbol, name in names.items() if name in entries}
    scalars = {symbol: point.scalars[symbol.name] for symbol in out.free_symbols if symbol.name in point.scalars}
    return float(out.subs({**rows, **scalars}).subs(lam, 2).evalf())


@pytest.mark.parametrize("claim", CLAIMS, ids=str)
def test_it_has_the_value_of_the_judge(claim: Claim) -> None:
    point = point_for(claim)
    for side in (claim.lhs, claim.rhs):
        try:
            expected = evaluate.value(side, point).expression
        except (Undefined, Unsupported):
            continue
        assert written(side, point) == pytest.approx(float(expected), abs=1e-12)


def test_most_results_are_compared() -> None:
    assert len(CLAIMS) > 90


def test_matrices() -> None:
    assert jacobian(n=3).shape == (3, 3)
    assert sympy.simplify(jacobian(n=3) - jacobian(n=3).T).is_zero_matrix
    assert sympy.simplify(hessian(LogSumExp(z), n=2) * sympy.ones(2, 1)).is_zero_matrix
    assert jacobian(z[i] ** 2, n=2) == sympy.diag(*(2 * each for each in sympy.symbols("z1 z2", real=True)))


REFUSED: list[tuple[Any, str]] = [
    (lambda: at(p[i], n=3), "say which one, i=1"),
    (lambda: at(p[i], n=3, i=4), "no class 4"),
    (lambda: at(z[4], n=3), "no class 4"),
    (lambda: at(p[i], n=0, i=1), "not 0"),
    (lambda: at(Limit(p[1], T, 0), n=3), "ties"),
    (lambda: at(Sum(z[k], k, *Sum(z[k], k).args[2:]), n=True), "not True"),
    (lambda: numbers(p[i] + y[i], z=[1, 2], y=[1]), "one length"),
    (lambda: numbers(c), "one length"),
    (lambda: numbers(p[1], z=["__import__('os')"]), "expected a number"),
    (lambda: numbers(p[1], z=[1], lam="2"), "expected a number"),
    (lambda: numbers(p[i] * c, z=[1, 2]), "c"),
]


@pytest.mark.parametrize(("made", "told"), REFUSED)
def test_what_makes_no_sense_is_refused(made: Any, told: str) -> None:
    with pytest.raises(NotationError, match=told):
        made()


def test_numbers() -> None:
    assert numbers(delta(i, j), n=2) == [[1, 0], [0, 1]]
    assert numbers(p[i] * c, z=[0, 0], c=3, i=1) == Rational(3, 2)
    assert numbers(Maximum.of(z), z=[1, 3, 2]) == 3
    assert numbers(Sum(p[k], k), z=[0.1, 0.2]) == pytest.approx(1)
    assert numbers(D(Entropy(p), T), z=[0, 0], lam=2) == 0
    assert numbers(Limit(Entropy(p), T, 0), z=[1, 1, 0]) == log(2)


def test_lambdify_takes_what_is_written_out() -> None:
    f = sympy.lambdify((*sympy.symbols("z1 z2", real=True), lam), at(p[1], n=2))
    assert f(0, 0, 5) == 0.5
