"""What SymPy does with the notation: right, or refused with a word on what to do, never silently wrong.

p[i], Z, sums and means depend on every z[k] and do not show it; a mean depends on lambda, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy
from sympy import Expr, Integer, Integral, exp

from symbolic.derivation import start
from symbolic.language.claims import claim
from symbolic.language.errors import NotationError
from symbolic.language.notation import (
    A,
    D,
    Entropy,
    In,
    Limit,
    LogSumExp,
    Maximum,
    Mean,
    Minimum,
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
    lam,
    n,
    p,
    w,
    y,
    z,
)

DEPEND_ON_Z = [
    p[i], p[1], 1 + p[i] ** 2, Z, c * Z**2 / 2, Sum(z[k] ** 2, k), Sum(z[k], k, In(A)), Product(z[k], k), Mean(z[k], k),
    Mean(y[k], k), Variance(y[k], k), Maximum.of(z), Minimum.of(p), Entropy(p), LogSumExp(z), D(p[i], z[j]),
    Softmax(z, c)[i], Limit(p[i], T, 0),
]  # fmt: skip
DEPEND_ON_LAM = [p[i], Z, Mean(y[k], k), Variance(y[k], k), Entropy(p), Minimum.of(p), D(p[i], z[j])]

REFUSED: dict[str, Callable[[Expr, Expr], Any]] = {
    "integrate": lambda e, x: sympy.integrate(e, x),
    "definite integral": lambda e, x: sympy.integrate(e, (x, 0, 1)),
    "limit": lambda e, x: sympy.limit(e**2, x, sympy.oo),
    "series": lambda e, x: sympy.series(e, x, 0, 2),
    "xreplace": lambda e, x: e.xreplace({x: Integer(0)}),
    "replace": lambda e, x: e.replace(x, Integer(0)),
    "subs": lambda e, x: e.subs(x, 0),
    "solve": lambda e, x: sympy.solve(e - 1, x),
    "lambdify": lambda e, x: sympy.lambdify(x, e),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("expr", DEPEND_ON_Z, ids=str)
def test_what_would_overlook_a_hidden_entry_is_refused(name: str, expr: Expr) -> None:
    for variable in (z[i], z[1]):
        with pytest.raises(NotationError, match=r"write it out first|is to be taken before|fix n"):
            REFUSED[name](expr, variable)


@pytest.mark.parametrize("expr", DEPEND_ON_Z, ids=str)
def test_what_depends_on_an_entry_has_it(expr: Expr) -> None:
    for whole in (expr, 1 + expr, c * exp(expr)):
        assert whole.has(z[i])
        assert whole.has_free(z[7])
        assert not whole.is_polynomial(z[i])
    assert not (1 + w[i] * c).has(z[i])


@pytest.mark.parametrize("variable", [lam, T], ids=str)
@pytest.mark.parametrize("expr", DEPEND_ON_LAM, ids=str)
def test_lambda_and_T_are_seen_or_refused(expr: Expr, variable: Expr) -> None:
    assert (1 + expr).has(variable)
    try:
        found = sympy.integrate(expr, variable)
    except (NotationError, ValueError):
        return
    assert isinstance(found, Integral)


RIGHT: list[tuple[str, Callable[[], Any], Any]] = [
    ("integrate", lambda: sympy.integrate(z[i] ** 2, z[i]), z[i] ** 3 / 3),
    ("integrate", lambda: sympy.integrate(z[1] * z[2], z[1]), z[1] ** 2 * z[2] / 2),
    ("integrate", lambda: sympy.integrate(p[i], c), c * p[i]),
    ("integrate", lambda: sympy.integrate(Sum(y[k], k), lam), lam * Sum(y[k], k)),
    ("limit", lambda: sympy.limit(z[i] ** -2, z[i], sympy.oo), 0),
    ("limit", lambda: sympy.limit(p[i], y[i], sympy.oo), p[i]),
    ("xreplace", lambda: p[i].xreplace({lam: c}), Softmax(z, c)[i]),
    ("xreplace", lambda: (z[1] + z[2]).xreplace({z[1]: c}), c + z[2]),
    ("replace", lambda: (z[i] + p[j]).replace(exp, sympy.cos), z[i] + p[j]),
    ("replace", lambda: (1 + Entropy(p)).replace(lam, Integer(2)), 1 + Entropy(Softmax(z, 2))),
    ("free_symbols", lambda: p[i].free_symbols, {z, i, lam, T, n}),
    ("free_symbols", lambda: Mean(y[k], k).free_symbols, {y, z, lam, T, n}),
    ("solve", lambda: sympy.solve(2 * p[i] - c, c), [2 * exp(lam * z[i]) / Z]),
    ("solve", lambda: sympy.solve(lam**2 - lam * c**2, lam), [c**2]),
    ("has", lambda: [(1 + each).has(n) for each in (p[i], Sum(z[k], k), z[i], lam)], [True, True, False, False]),
    ("lambdify", lambda: sympy.lambdify([z[1], z[2]], z[1] * z[2])(2, 3), 6),
    ("cse", lambda: sympy.cse([p[i] + 1, exp(p[i])])[1][0].free_symbols >= set(), True),
    ("cse", lambda: [e.subs(sympy.cse([exp(Z), exp(Z) + 1])[0]) for e in [exp(Z)]], [exp(Z)]),
    ("expand", lambda: sympy.expand((p[i] + 1) ** 2), p[i] ** 2 + 2 * p[i] + 1),
    ("factor", lambda: sympy.factor(p[i] ** 2 - 1), (p[i] - 1) * (p[i] + 1)),
    ("pretty", lambda: sympy.pretty(p[i]), "p[i]"),
    ("pretty", lambda: sympy.pretty(Entropy(p)), "Entropy(p)"),
    ("str", lambda: str(p[i] ** 2), "p[i]**2"),
    ("latex", lambda: sympy.latex(p[i] ** 2), "p_{i}^{2}"),
    ("N", lambda: sympy.N(p[1] + Integer(1) / 2), p[1] + sympy.Float("0.5")),
    ("doit", lambda: Mean(y[k], k).doit(), Sum(p[k] * y[k], k)),
    ("jacobian", lambda: sympy.Matrix([p[1]]).jacobian([z[1], z[2]])[1], -lam * p[1] * p[2]),
    ("Sum", lambda: sympy.Sum(z[k], (k, 1, 3)).doit(), z[1] + z[2] + z[3]),
    ("Sum", lambda: sympy.summation(p[k], (k, 1, 2)), p[1] + p[2]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "made", "expected"), RIGHT)
def test_what_is_right(name: str, made: Callable[[], Any], expected: Any) -> None:
    assert made() == expected, name


def test_simplify_changes_no_value() -> None:
    found = sympy.simplify(p[i] - exp(lam * z[i]) / Z)
    assert found.subs(Z, Z.doit()).doit() == 0 or found == p[i] - exp(lam * z[i]) / Z


HIDDEN: list[tuple[Callable[[], Any], str]] = [
    (lambda: sympy.integrate(z[i], z[1]), "may be"),
    (lambda: sympy.integrate(lam, T), "is 1/T"),
    (lambda: sympy.cse([exp(Sum(exp(z[k]), k)), Sum(exp(z[k]) * z[k], k)]), "put in from outside"),
    (lambda: sympy.lambdify((z, lam), p[1]), "has no code"),
    (lambda: sympy.lambdify(c, Sum(c * z[k], k)), "has no code"),
    (lambda: claim(sympy.Sum(sympy.IndexedBase("x")[k], (k, 1, n)), "==", 1), r"symbolic\.Sum"),
    (lambda: claim(sympy.IndexedBase("x")[k], "==", 1), r"symbolic\.Sum"),
    (lambda: start(sympy.Sum(z[k], (k, 1, n))), r"symbolic\.Sum"),
    (lambda: delta(i, j).diff(i), "counts classes"),
    (lambda: sympy.solve(p[i] - Integer(1) / 2, lam), "take p\\[i\\] for a constant"),
    (lambda: sympy.solve(c * p[i] - lam, lam), "take p\\[i\\] for a constant"),
    (lambda: sympy.solve(Entropy(p) - 1, T), "for a constant"),
    (lambda: sympy.solve(p[i] - Integer(1) / 2, n), "for a constant"),
    (lambda: sympy.integrate(1 + p[i] ** 2, n), "fix n"),
    (lambda: p[i].replace(T, Integer(1)), "does not show it"),
    (lambda: (1 + Variance(y[k], k)).replace(lam, Integer(1)), "does not show it"),
    (lambda: (1 + Mean(y[k], k)).replace(n, Integer(2)), "does not show it"),
]


@pytest.mark.parametrize(("made", "told"), HIDDEN)
def test_what_is_refused_says_what_to_do(made: Callable[[], Any], told: str) -> None:
    with pytest.raises(NotationError, match=told):
        made()


def test_a_softmax_is_no_sequence() -> None:
    for each in (p, z, Softmax(w, c)):
        with pytest.raises(TypeError, match="not iterable"):
            list(each)
