"""What enters the kernel, and what is refused: known heads only, names that are words, indices that are indices."""

from dataclasses import replace

import pytest
import sympy
from sympy import Derivative, Dummy, Eq, KroneckerDelta, Rational, Symbol, cosh, exp, log, sinh, symbols, tanh

from symbolic.language.claims import claim, relation
from symbolic.language.errors import Unsupported
from symbolic.language.notation import (
    A,
    BoundIndex,
    Count,
    Entropy,
    Except,
    In,
    Maximum,
    Mean,
    Minimum,
    NotIn,
    Size,
    Softmax,
    Sum,
    T,
    Variance,
    Z,
    c,
    i,
    j,
    k,
    l,
    lam,
    n,
    p,
    v,
    w,
    y,
    z,
)
from symbolic.search.form import admission
from symbolic.search.form.admission import Term
from symbolic.search.form.equality import Holds, equal

SAME = [
    (tanh(c), (exp(c) - exp(-c)) / (exp(c) + exp(-c)), "tanh"),
    (cosh(c), (exp(c) + exp(-c)) / 2, "cosh"),
    (sinh(c), (exp(c) - exp(-c)) / 2, "sinh"),
    (sympy.E, exp(Rational(1, 2)) ** 2, "e"),
    (T, 1 / lam, "T"),
    (p[i], exp(lam * z[i]) / Z, "p"),
    (Z, Sum(exp(lam * z[k]), k), "Z"),
    (Softmax(w, c)[i], exp(c * w[i]) / Sum(exp(c * w[k]), k), "another softmax"),
    (Mean(v[k], k), Sum(p[k] * v[k], k), "mean"),
    (Variance(v[k], k), Mean(v[k] ** 2, k) - Mean(v[k], k) ** 2, "variance"),
    (Entropy(p), -Sum(p[k] * log(p[k]), k), "entropy"),
    (Size(A), Sum(1, k, In(A)), "size"),
    (Sum(y[k], k, NotIn(A)), Sum(y[k], k) - Sum(y[k], k, In(A)), "outside"),
    (KroneckerDelta(i, j) * y[i], KroneckerDelta(i, j) * y[j], "SymPy's own delta"),
    (Derivative(c**5, c, c, c), 60 * c**2, "a third derivative"),
    (Derivative(lam, T), -(lam**2), "a derivative in T"),
    (Sum(Softmax(w, y[k])[i], k) * Sum(y[k], k), Sum(Sum(Softmax(w, y[l])[i] * y[k], k), l), "Z of a bound index"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), [row[:2] for row in SAME], ids=[row[2] for row in SAME])
def test_an_abbreviation_is_what_it_stands_for(left: sympy.Expr, right: sympy.Expr) -> None:
    assert isinstance(equal(claim(left, "==", right)), Holds)
    assert not isinstance(equal(claim(left, "==", right + 1)), Holds)


REFUSED = [
    (sympy.sin(c), "does not know sin"),
    (sympy.sin(sum(symbols("c:60", real=True))), r"does not know sin\(\.\.\.\)"),
    (sympy.Function("f")(c), "does not know f"),
    (sympy.Float(0.5), "0.5.* is a float"),
    (sympy.I, "does not know I"),
    (sympy.nan, "does not know nan"),
    (sympy.Integral(c, c), "does not know Integral"),
    (z, "z is not a number"),
    (A, "A is not a number"),
    (k, "k is an index"),
    (BoundIndex(0), "an index is not a number"),
    (Sum(y[k] * k, k), "an index is not a number"),
    (z[BoundIndex(0)], "outside of its sum"),
    (Symbol("max z", real=True), "not a name"),
    (Symbol("base y", real=True), "not a name"),
    (z[Symbol("i'", integer=True, positive=True)], "not an index"),
    (z[Symbol("argmax z", integer=True, positive=True)], "not an index"),
    (KroneckerDelta(2 * i, j), "not an index"),
    (sympy.Sum(y[k], (k, 1, n)), "does not know Sum"),
    (Derivative(y[i], (y[i], 21)), "order 21"),
    (Derivative(c**5, (c, k)), "order k"),
    (Derivative(Maximum.of(z), z[i]), "largest or smallest"),
    (Derivative(Count(Eq(z[k], Maximum.of(z)), k) * z[i], z[i]), "largest or smallest"),
    (Maximum(z[k], k, In(A)), "does not know Max"),
    (Maximum(z[k] ** 2, k), "does not know Max"),
    (Maximum(c * z[k], k), "does not know Max"),
    (Maximum(z[k] + y[k], k), "does not know Max"),
    (Minimum(log(z[k]), k), "does not know Min"),
    (Minimum(Sum(exp(z[l]), l, Except(k)), k), "does not know Min"),
    (Maximum(KroneckerDelta(i, k), k), "does not know Max"),
    (Count(sympy.Gt(z[k], 0), k), "does not know"),
    (Count(Eq(y[k], Maximum.of(z)), k), "does not know"),
    (Count(sympy.Lt(z[k], Maximum.of(z)), k), "does not know"),
    (Count(Eq(z[k], Maximum.of(z)), k, Except(i)), "does not know"),
]  # fmt: skip


@pytest.mark.parametrize(("expr", "message"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_the_kernel_does_not_know_is_refused(expr: sympy.Basic, message: str) -> None:
    with pytest.raises(Unsupported, match=message):
        admission.admit(expr)


def test_no_derivative_is_taken_in_what_is_no_variable() -> None:
    for variable in (n, Z, p[i]):
        with pytest.raises(Unsupported, match="is not a variable"):
            admission._Admission().derived(admission.ONE, variable, {})


# Symbols that print like ours, and are others: SymPy may have used an assumption that the claim does not make.
LOOKALIKES = [
    Symbol("lambda", positive=True),
    Symbol("lambda"),
    Symbol("T", positive=True),
    Symbol("n", real=True),
    Symbol("Z", real=True),
    Symbol("c", positive=True),
    Symbol("c", complex=True),
    Symbol("c", imaginary=True),
    Symbol("c"),
    Symbol("z[i]", real=True) + Symbol("a b"),
    Dummy("c", real=True),
    z[Symbol("i")],
    z[Symbol("i", integer=True)],
    z[Symbol("i", real=True)],
    z[Dummy("k", integer=True, positive=True)],
    z[Symbol("0'", integer=True, positive=True)],
    KroneckerDelta(Symbol("i"), j),
    n * Symbol("n", integer=True, positive=True, even=True),
]


@pytest.mark.parametrize("expr", LOOKALIKES, ids=lambda each: f"{each} {each.assumptions0}"[:60])
def test_what_only_looks_like_the_notation_is_refused(expr: sympy.Expr) -> None:
    with pytest.raises(Unsupported, match=r"only looks like|is not a|is an index"):
        admission.admit(expr)


def test_a_symbol_made_anew_is_the_same() -> None:
    assert admission.admit(Symbol("c", real=True)).name == "c"
    assert admission.admit(z[Symbol("i", integer=True, positive=True)]).index == "i"


MONOTONE = [
    (Maximum(z[k] + c, k), Maximum.of(z) + c),
    (Maximum(-2 * z[k], k), -2 * Minimum.of(z)),
    (Minimum(exp(-lam * z[k]), k), exp(-lam * Maximum.of(z))),
    (Maximum(1 / p[k], k), Z * exp(-lam * Minimum.of(z))),
    (Maximum.of(p), exp(lam * Maximum.of(z)) / Z),
    (Minimum(log(p[k]), k), lam * Minimum.of(z) - log(Z)),
    (Maximum(z[k] / n, k), Maximum.of(z) / n),
    (Maximum(T * z[k], k), T * Maximum.of(z)),
    (Maximum(c, k), c),
    (Maximum(Maximum(z[k] + y[l], k), l), Maximum.of(z) + Maximum.of(y)),
    (Count(Eq(p[k], Maximum.of(p)), k), Count(Eq(z[k], Maximum.of(z)), k)),
    (Count(Eq(-z[k], Minimum(-z[k], k)), k), Count(Eq(z[k], Maximum.of(z)), k)),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), MONOTONE)
def test_extremes_pass_through_monotone_functions(left: sympy.Expr, right: sympy.Expr) -> None:
    assert isinstance(equal(claim(left, "==", right)), Holds)
    assert not isinstance(equal(claim(left, "==", right + 1)), Holds)


def test_a_hypothesis_gives_the_sign_of_a_factor() -> None:
    stretched = claim(Maximum(c * z[k], k), "==", c * Maximum.of(z))
    assert not isinstance(equal(stretched), Holds)
    assert isinstance(equal(replace(stretched, given=(relation(c, ">", 0),))), Holds)
    assert not isinstance(equal(replace(stretched, given=(relation(c, ">", -1),))), Holds)


def test_what_is_nested_too_deeply_is_refused() -> None:
    tower = c
    for _ in range(admission.DEPTH + 1):
        tower = sympy.exp(tower, evaluate=False)
    with pytest.raises(Unsupported, match="nested deeper"):
        admission.admit(tower)
    assert isinstance(admission.admit(tower.args[0]), admission.Exp)


def test_every_bound_index_is_fresh() -> None:
    both = admission.admit(Sum(y[k], k) * Sum(z[k], k))
    assert len({part.bound for part in both.parts}) == 2
    assert both.free == frozenset()
    assert admission.admit(Sum(y[k] * z[i], k, Except(j))).free == {"i", "j"}


def test_what_is_common_is_made_once() -> None:
    first, second = admission.admit_together(p[i], p[j])
    assert first.parts[1].base is second.parts[1].base


def test_a_term_of_no_kind_is_empty() -> None:
    assert Term().parts == ()
    assert Term().free == frozenset()
