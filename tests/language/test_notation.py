"""SymPy's own diff, subs, xreplace, doit and rewrite on the notation: right or refused, never wrong.

What is right is said by tests/oracle.py, by plain loops over the classes and dual numbers.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest
import sympy
from hypothesis import assume, given, settings
from sympy import Derivative, Eq, Expr, Integer, Lt, Rational, exp, log

from symbolic.language.errors import NotationError
from symbolic.language.notation import (
    A,
    B,
    BoundIndex,
    Count,
    D,
    Divergence,
    Entropy,
    Except,
    Family,
    In,
    Limit,
    LogSumExp,
    Maximum,
    Mean,
    Minimum,
    NotIn,
    Partition,
    Product,
    Size,
    Softmax,
    Subset,
    Sum,
    T,
    Variance,
    Z,
    c,
    delta,
    free,
    i,
    j,
    k,
    l,
    lam,
    m,
    n,
    p,
    t,
    v,
    w,
    x,
    y,
    z,
)
from symbolic.language.verbatim import add, inverse, multiply
from tests.language.expressions import (
    at,
    close,
    derivatives,
    expressions,
    letters,
    points,
    points_apart,
    smooth,
    variables,
)
from tests.oracle import At, mp, value

properties = settings(max_examples=40)


def right_or_refused(make: Callable[[], Expr], point: At, expected: Any) -> None:
    """The expression that is made has the expected value at the point, or cannot be made."""
    try:
        made = make()
    except NotationError:
        return
    assert close(at(made, point), expected), made


# --- calculus and substitution, against loops ----------------------------------------------------


@properties
@given(smooth | derivatives, variables, points())
def test_diff_is_the_derivative(expr: Expr, variable: Expr, point: At) -> None:
    right_or_refused(lambda: expr.diff(variable), point, at(D(expr, variable), point))


@properties
@given(expressions | derivatives, points())
def test_unfolding_changes_no_value(expr: Expr, point: At) -> None:
    right_or_refused(lambda: expr.doit(), point, at(expr, point))
    right_or_refused(lambda: expr.rewrite(exp), point, at(expr, point))


@properties
@given(expressions | derivatives, letters, letters, points())
def test_an_index_for_an_index(expr: Expr, old: Expr, new: Expr, point: At) -> None:
    there = point.binding(old, point.class_of(new))
    right_or_refused(lambda: expr.subs(old, new), point, at(expr, there))
    right_or_refused(lambda: expr.xreplace({old: new}), point, at(expr, there))


@properties
@given(expressions | derivatives, expressions, points())
def test_a_value_for_a_scalar(expr: Expr, new: Expr, point: At) -> None:
    number = at(new, point)
    assume(number is not None)
    for old in (c, t):
        there = point.moved(old, lambda _: number)
        right_or_refused(lambda old=old: expr.subs(old, new), point, at(expr, there))
        right_or_refused(lambda old=old: expr.xreplace({old: new}), point, at(expr, there))


@properties
@given(expressions | derivatives, expressions, points())
def test_a_value_for_lambda_and_for_T(expr: Expr, new: Expr, point: At) -> None:
    number = at(new, point)
    assume(number is not None and number > mp.mpf(10) ** -9)
    for old in (lam, T):
        there = point.moved(old, lambda _: number)
        right_or_refused(lambda old=old: expr.subs(old, new), point, at(expr, there))
        right_or_refused(lambda old=old: expr.xreplace({old: new}), point, at(expr, there))


@properties
@given(expressions | derivatives, expressions, points_apart())
def test_a_value_for_an_entry(expr: Expr, new: Expr, point: At) -> None:
    """z[j] is left alone when z[i] is replaced: SymPy substitutes what stands there."""
    number = at(new, point)
    assume(number is not None)
    there = point.moved(z[i], lambda _: number)
    right_or_refused(lambda: expr.subs(z[i], new), point, at(expr, there))


@properties
@given(smooth, points())
def test_two_sums_that_differ_in_the_letter_are_one(body: Expr, point: At) -> None:
    fresh = sympy.Dummy("f", integer=True, positive=True)
    for bind in (Sum, Product, Mean, Variance, Maximum):
        first, second = bind(body, k), bind(body.xreplace({k: fresh}), fresh)
        assert first == second
        assert hash(first) == hash(second)
        assert close(at(first, point), at(second, point))


# --- values that a reader can check --------------------------------------------------------------


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (p[i].diff(z[j]), lam * p[i] * (delta(i, j) - p[j])),
        (p[i].diff(z[i]), lam * p[i] * (1 - p[i])),
        (p[i].diff(lam), p[i] * (z[i] - Mean(z[k], k))),
        (p[i].diff(y[j]), 0),
        (Z.diff(z[i]), lam * exp(lam * z[i])),
        (Z.diff(lam), Sum(z[k] * exp(lam * z[k]), k)),
        (lam.diff(T), -(lam**2)),
        (T.diff(lam), -(T**2)),
        (lam.diff(T, T), 2 * lam**3),
        (Softmax(w, c)[i].diff(lam), 0),
        (LogSumExp(w).diff(w[i]), Sum(exp(w[k]) * delta(i, k), k) / Sum(exp(w[k]), k)),
        (Size(A).diff(c), 0),
        (D(T, lam, T).doit(), -2 * T),
        (D(T, T, lam).doit(), 0),
        (D(c * T, lam).diff(T), -2 * c * T),
        (D(D(c**3, c), c), D(c**3, c, c)),
        (Sum(0, k), 0),
        (T.subs(lam, c), 1 / c),
        (lam.xreplace({T: c}), 1 / c),
    ],
)
def test_known_values(expr: Expr, expected: Expr | int) -> None:
    assert expr == expected


def test_p_unfolds_on_request_and_not_before() -> None:
    unfolded = exp(lam * z[i]) / Z
    assert p[i].doit() == p[i].rewrite(exp) == unfolded
    assert Z.doit() == Z.rewrite(exp) == Sum(exp(lam * z[k]), k)
    assert (1 + p[i]).rewrite(exp) == 1 + unfolded
    assert p[i] != unfolded


# --- capture -------------------------------------------------------------------------------------

CAPTURES: list[tuple[Expr, Expr]] = [
    (Sum(y[i] * x[i], i).diff(x[i]), Sum(y[k] * delta(k, i), k)),
    (Sum(z[i] * y[k], k).subs(i, k), Sum(z[k] * y[l], l)),
    (Sum(z[i] * y[k], k).xreplace({i: k}), Sum(z[k] * y[l], l)),
    (Sum(z[i] * y[k], k).xreplace({i: k, k: i}), Sum(z[k] * y[l], l)),
    (Sum(c * y[k], k).subs(c, z[k]), Sum(z[k] * y[l], l)),
    (Sum(Sum(y[k] * c, l) * x[l], k).subs(c, z[l]), Sum(Sum(y[i] * z[l], j) * x[l], i)),
    (Sum(y[k], k, Except(i)).subs(i, k), Sum(y[l], l, Except(k))),
    (Sum(y[k], k, In(A)).subs(A, B), Sum(y[k], k, In(B))),
    (Product(c * y[k], k).subs(c, z[k]), Product(z[k] * y[l], l)),
    (Mean(c * y[k], k).subs(c, z[k]), Mean(z[k] * y[l], l)),
    (Variance(c * y[k], k).subs(c, z[k]), Variance(z[k] * y[l], l)),
    (Maximum(c * y[k], k).subs(c, z[k]), Maximum(z[k] * y[l], l)),
    (Count(Lt(c, y[k]), k).subs(c, z[k]), Count(Lt(z[k], y[l]), l)),
    (Softmax(w, z[k])[i].doit(), exp(z[k] * w[i]) / Partition(w, z[k])),
    (Partition(w, z[k]).doit(), Sum(exp(z[k] * w[l]), l)),
    (LogSumExp(y).doit().subs(i, k), log(Sum(exp(y[l]), l))),
    (p[i].doit().subs(i, k), exp(lam * z[k]) / Z),
    (Limit(c * t, c, 0).subs(c, 3), Limit(c * t, c, 0)),
    (Limit(c * t, c, 0).xreplace({c: y[i], t: x[i]}), Limit(c * x[i], c, 0)),
    (Limit(z[i] * y[j], z[i], 0).subs(i, k), Limit(z[k] * y[j], z[k], 0)),
    (D(p[i], z[j]).subs(j, i), D(p[i], z[i])),
    (Sum(D(p[i], z[k]), k).subs(i, k), Sum(D(p[k], z[l]), l)),
]


@pytest.mark.parametrize(("made", "expected"), CAPTURES)
def test_no_bound_index_captures(made: Expr, expected: Expr) -> None:
    assert made == expected


def test_a_scale_that_names_an_index_stays_free_under_every_sum() -> None:
    q = Softmax(w, z[k])
    assert Entropy(q).doit() == -Sum(q[l] * log(q[l]), l)
    assert Divergence(q, p).doit() == Sum(q[l] * log(q[l] / p[l]), l)
    assert Maximum.of(q) == Maximum(q[l], l)
    assert q[i].diff(z[k]) == q[i] * (w[i] - Sum(q[l] * w[l], l))


REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: z[0], "there is no class 0"),
    (lambda: z[-1], "there is no class -1"),
    (lambda: z[1.5], "an index is a letter or a positive integer, not 1.5"),
    (lambda: z[True], "not True"),
    (lambda: z[i + 1], "not i + 1"),
    (lambda: z[n], "not n"),
    (lambda: z[lam], "not lambda"),
    (lambda: z[y], "not y"),
    (lambda: z[A], "not A"),
    (lambda: z["i"], "not 'i'"),
    (lambda: delta(i, z), "not z"),
    (lambda: Sum(z[k], z), "binds an index, not z"),
    (lambda: Sum(z[k], n), "binds an index, not n"),
    (lambda: Sum(z[k], 3), "binds an index, not 3"),
    (lambda: Sum(z[k], k, i), "the conditions of a sum are"),
    (lambda: Sum(z[k], k, Except(k)), "cannot name k itself"),
    (lambda: Sum(z, k) and Sum("z", k), "expected an expression"),
    (lambda: Count(z[k], k), "Count takes a relation"),
    (lambda: Count(Eq(z[k], z[k]), k), "Count takes a relation"),
    (lambda: Softmax(p), "softmax is taken of a family"),
    (lambda: Softmax(w, "c"), "an inverse temperature is a real expression"),
    (lambda: Entropy(c), "takes a family"),
    (lambda: LogSumExp(p), "takes a family"),
    (lambda: D(p[i], n), "n counts classes"),
    (lambda: D(p[i], i), "i counts classes"),
    (lambda: D(p[i], l), "l counts classes"),
    (lambda: p[i].diff(n), "n counts classes"),
    (lambda: p[i].diff(i), "i counts classes"),
    (lambda: Sum(z[k] * y[i], k).diff(i), "i counts classes"),
    (lambda: Maximum.of(z).diff(z[i]), "no derivative"),
    (lambda: Limit(p[i], T, 0).diff(z[i]), "a limit is not differentiated"),
    (lambda: Limit(p[i], n, 0), "a limit is taken in"),
    (lambda: Limit(p[i], p[j], 0), "a limit is taken in"),
    (lambda: Limit(p[i], T, -1), "expected one in [0, oo]"),
    (lambda: Limit(p[i], lam, -sympy.oo), "expected one in [0, oo]"),
    (lambda: Limit(p[i], T, lam), "depends on T"),
    (lambda: Limit(p[i], lam, T), "depends on lambda"),
    (lambda: Limit(p[i], lam, Z), "depends on lambda"),
    (lambda: Limit(c, c, c + 1), "depends on c"),
    (lambda: Limit(z[i], z[i], Maximum.of(z)), "depends on z[i]"),
    (lambda: Limit(z[i], z[i], Sum(z[k], k)), "depends on z[i]"),
    (lambda: Limit(c * t, c, 0).subs(t, c), "is to be taken before"),
    (lambda: Limit(z[i] * t, z[i], 0).xreplace({t: z[j]}), "is to be taken before"),
    (lambda: D(c * t, c).subs(t, c), "is to be taken before"),
    (lambda: D(c * t, c).subs(c, 1), "is to be taken before"),
    (lambda: D(p[i], z[j]).subs(lam, z[k]), "is to be taken before"),
    (lambda: D(p[i], z[j]).xreplace({lam: Z}), "is to be taken before"),
    (lambda: p[i].subs(z[j], 0), "is one of the entries that p[i] runs over"),
    (lambda: Z.subs(z[j], 0), "is one of the entries that Z runs over"),
    (lambda: Mean(y[k], k).subs(z[j], 0), "is one of the entries"),
    (lambda: Sum(y[k], k).subs(y[j], 0), "is one of the entries"),
    (lambda: LogSumExp(y).subs(y[j], 0), "is one of the entries"),
    (lambda: Entropy(p).subs(z[j], 0), "is one of the entries"),
    (lambda: p[i].subs(n, 2), "p[i] depends on n"),
    (lambda: Sum(y[k], k).subs(n, 2), "depends on n"),
    (lambda: Sum(y[k], k).func(y[k] * y[BoundIndex(0)], k), "would capture an index"),
    (lambda: Sum(Sum(y[k], k) * y[i], i).opened(BoundIndex(0)), "it would be captured"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED)
def test_what_has_no_meaning_is_refused(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(NotationError) as refusal:
        make()
    assert message in str(refusal.value)


@pytest.mark.parametrize(
    "expr",
    [
        z[i].subs(z[i], c) - c,
        Sum(z[i] * y[k], k).subs(z[i], c) - Sum(c * y[k], k),
        Softmax(w, c)[i].subs(c, z[i]) - Softmax(w, z[i])[i],
        Limit(c * t, c, 0).subs(t, 2) - Limit(2 * c, c, 0),
        D(c * t, c).subs(t, 2) - D(2 * c, c),
        D(p[i], z[j]).subs(lam, 2) - D(Softmax(z, 2)[i], z[j]),
        (n + c).subs(n, 3) - 3 - c,
    ],
)
def test_the_like_with_a_meaning_is_not(expr: Expr) -> None:
    assert expr == 0


# --- nothing is evaluated behind the reader's back -----------------------------------------------

quotient = multiply(z[k], inverse(z[k]))
difference = add(z[k], -z[k])
logarithm = log(exp(z[k], evaluate=False), evaluate=False)


@pytest.mark.parametrize("bind", [Sum, Product, Mean, Variance, Maximum, Minimum])
@pytest.mark.parametrize("body", [quotient, difference, logarithm])
def test_a_bound_index_is_renamed_without_evaluation(bind: Any, body: Expr) -> None:
    bound = bind(body, k)
    assert bound.opened(k) == body
    assert bound.named()[1] == body
    assert bound == bind(bound.opened(l), l)
    assert bound.subs(c, t) == bound


def test_definitions_keep_what_is_undefined() -> None:
    one = multiply(c, inverse(c))
    assert Mean(quotient, k).doit().has(1 / z[BoundIndex(0)])
    assert Variance(quotient, k).doit().has(1 / z[BoundIndex(0)])
    assert Softmax(w, one)[i].doit().has(1 / c)
    assert Count(Eq(z[k], z[k], evaluate=False), k).body == Eq(*[z[BoundIndex(0)]] * 2, evaluate=False)


# --- SymPy's machinery ---------------------------------------------------------------------------

SAMPLES: list[Any] = [
    lam, T, n, i, z, A, z[i], z[2], p[i], Softmax(w, c)[i], Z, delta(i, j), Sum(z[k], k, Except(i)),
    Sum(Sum(z[k] * y[l], k), l, In(A)), Product(z[k], k, NotIn(A)), Mean(z[k], k), Variance(z[k], k),
    Maximum.of(z), Minimum.of(z), Count(Eq(z[k], Maximum.of(z)), k), Size(A), Entropy(p),
    Divergence(p, y), LogSumExp(w), D(p[i], z[j], c), Limit(p[i], T, 0),
]  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_rebuilding_and_pickling_give_the_same(sample: Any) -> None:
    assert pickle.loads(pickle.dumps(sample)) == sample
    if sample.args:
        assert sample.func(*sample.args) == sample


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (D(p[i], z[j]), {i, j, z, lam, T, n}),
        (Sum(D(y[k], y[j]), k), {j, y, n}),
        (Sum(z[k] * y[i], k, In(A)), {z, y, i, A, n}),
        (Mean(y[k], k), {y, z, lam, T, n}),
        (Limit(T * c, T, 0), {c}),
        (Limit(z[i] * c, z[i], t), {c, t, z, i}),
        (Entropy(w), {w, n}),
        (c + D(c, t), {c, t}),
    ],
)
def test_free_symbols(expr: Expr, expected: set[Any]) -> None:
    assert free(expr) == expected


def test_assumptions_never_differentiate_in_n() -> None:
    """SymPy differentiates a polynomial in one symbol to see its sign; a sum is none in n."""
    assert log(1 + Minimum(Integer(-2), k) ** 2).is_real is not False
    assert not Sum(1, k).is_polynomial(n)
    assert not (Sum(1, k) ** 2).is_polynomial(n)
    assert Sum(c, k).is_polynomial(t)
    assert (n**2 + 1).is_polynomial(n)


def test_letters_are_of_one_sort() -> None:
    assert Family("i") != i
    assert Subset("C") != sympy.Symbol("C", real=True)
    assert sympy.Symbol("c") != c
    assert z[m] != v[m]


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (p[i], "p[i]"),
        (Softmax(w, c)[i], "softmax(w, c)[i]"),
        (Sum(z[k] * y[l], k), "Sum(y[l]*z[k], k)"),
        (Sum(z[k] * y[l], l), "Sum(y[l]*z[k], l)"),
        (Sum(z[l] * y[k], l), "Sum(y[k]*z[l], l)"),
        (Sum(Sum(z[l] * y[k], l), k), "Sum(Sum(y[l]*z[k], k), l)"),
        (Sum(z[k], k, NotIn(A)), "Sum(z[k], k not in A)"),
        (Maximum.of(z), "Maximum.of(z)"),
        (Maximum(z[i] * y[k], k), "Maximum(y[k]*z[i], k)"),
        (D(p[i], z[j]), "Derivative(p[i], z[j])"),
        (delta(j, i), "delta(i, j)"),
    ],
)
def test_printing_as_python(expr: Expr, text: str) -> None:
    assert str(expr) == text


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (p[i], "p_{i}"),
        (p[i] ** 2, "p_{i}^{2}"),
        (Z, "Z"),
        (delta(i, j), r"\delta_{i j}"),
        (Family("y1")[i], "{y_{1}}_{i}"),
        (Sum(z[k], k) ** 2, r"\left(\sum_{k} z_{k}\right)^{2}"),
        (Maximum.of(z) ** 2, r"\left(\max z\right)^{2}"),
        (Mean(z[k], k), r"\left\langle z \right\rangle"),
        (Mean(z[k] * y[i], k), r"\left\langle y_{i} z \right\rangle"),
        (Size(A), r"\left|A\right|"),
    ],
)
def test_sympy_itself_prints_latex(expr: Expr, text: str) -> None:
    assert sympy.latex(expr) == text


def test_values_at_a_point() -> None:
    """The oracle itself, on the definition: softmax of (0, 1) at lambda = 1."""
    point = At(2, {"z": (mp.mpf(0), mp.mpf(1))}, {}, mp.mpf(1), {"i": 2}, {})
    assert close(value(p[i], point), mp.e / (1 + mp.e))
    assert close(value(Derivative(p[i], z[i]), point), mp.e / (1 + mp.e) ** 2)
    assert close(value(Sum(Rational(1, 2), k), point), mp.one)
