"""The claim language: what each form means, what survives unevaluated, what is refused and where."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from inspect import stack
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import sympy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sympy import Abs, Expr, Integer, Rational, Symbol, exp, log, oo, pi, sqrt, tanh

from symbolic.language.claims import Always, ArgMax, Member, Relation, SameClass
from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.forms import FORMS
from symbolic.language.notation import (
    A,
    B,
    Count,
    D,
    Delta,
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
    Product,
    Size,
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
    v,
    w,
    x,
    y,
    z,
)
from symbolic.language.parser import DEPTH, LENGTH, parse_claim, parse_expression
from symbolic.language.typeset import plain
from symbolic.language.verbatim import add, apply, inverse, multiply, power
from tests.language.lines import claims, expressions
from tests.language.test_elaborate import WORDS

CLAIM_FILES = Path(__file__).parent.parent / "claims"
CORPORA = sorted({*CLAIM_FILES.glob("*.tsv")} - {CLAIM_FILES / "typed.tsv"})  # which has lines of several claims


def scalar(name: str) -> Symbol:
    return Symbol(name, real=True)


def class_index(name: str) -> Symbol:
    return Symbol(name, integer=True, positive=True)


# --- every form ----------------------------------------------------------------------------------

EXPRESSIONS: list[tuple[str, Any]] = [
    # numbers: exact, and computed with
    ("3", 3),
    ("0.25", Rational(1, 4)),
    ("1.50", Rational(3, 2)),
    ("1/3 + 1/6", Rational(1, 2)),
    ("2*3 - 7", -1),
    ("2^10", 1024),
    ("2^-2", Rational(1, 4)),
    ("-2^2", -4),
    ("(-2)^2", 4),
    ("2^3^2", 512),
    ("2**3", 8),
    ("sqrt(4)", 2),
    ("8^(1/3)", 2),
    ("sqrt(8)", 2 * sqrt(2)),
    ("exp(0)", 1),
    ("log(1)", 0),
    ("abs(-3)", 3),
    # precedence and association
    ("c + t*n^2", c + t * n**2),
    ("-c^2", -(c**2)),
    ("c^t^n", c ** (t**n)),
    ("2^-c", power(Integer(2), -c)),
    ("c/t/n", c / t / n),
    ("c/(t*n)", c / t / n),
    ("c - t - n", c - t - n),
    ("c - (t - n)", add(c, multiply(-1, t - n))),
    ("--c", c),
    ("c*-t", -c * t),
    ("2*(c + t)", multiply(2, c + t)),
    ("((c))", c),
    ("c\t+\n t", c + t),
    # names
    ("n", n),
    ("lambda", lam),
    ("lam", lam),
    ("λ", lam),
    ("T", T),
    ("Z", Z),
    ("alpha", scalar("alpha")),
    ("c1", scalar("c1")),
    ("C", scalar("C")),
    ("e", exp(1, evaluate=False)),
    ("e^x", exp(scalar("x"))),
    ("pi", pi),
    ("z[i]", z[i]),
    ("p[j]", p[j]),
    ("y2[i1]", Family("y2")[class_index("i1")]),
    ("mu[k]", Family("mu")[k]),
    ("z[3]", z[3]),
    # functions
    ("exp(c)", exp(c)),
    ("log(c)", log(c)),
    ("sqrt(c)", sqrt(c)),
    ("tanh(c)", tanh(c)),
    ("sinh(c)", sympy.sinh(c)),
    ("cosh(c)", sympy.cosh(c)),
    ("abs(c)", Abs(c)),
    # binders
    ("sum(z[k], k)", Sum(z[k], k)),
    ("sum(z[k], k != i)", Sum(z[k], k, Except(i))),
    ("sum(z[k], k ≠ i)", Sum(z[k], k, Except(i))),
    ("sum(z[k], k != 1)", Sum(z[k], k, Except(1))),
    ("sum(z[k], k in A)", Sum(z[k], k, In(A))),
    ("sum(z[k], k != i, k != j)", Sum(z[k], k, Except(i), Except(j))),
    ("prod(z[k], k in A, k not in B, k != j)", Product(z[k], k, In(A), NotIn(B), Except(j))),
    ("max(z[k], k in A, k != i)", Maximum(z[k], k, In(A), Except(i))),
    ("sum(z[k], k not in A)", Sum(z[k], k, NotIn(A))),
    ("sum(sum(z[k]*y[l], k), l)", Sum(Sum(z[k] * y[l], k), l)),
    ("sum(z[i], i) + z[i]", Sum(z[k], k) + z[i]),
    ("sum(z[k]*sum(y[k], k), k)", Sum(z[k] * Sum(y[l], l), k)),
    ("sum(1, k)", Sum(1, k)),
    ("prod(z[k], k)", Product(z[k], k)),
    ("max(z[k]*y[k], k != i)", Maximum(z[k] * y[k], k, Except(i))),
    ("min(z[k], k in A)", Minimum(z[k], k, In(A))),
    ("max(z)", Maximum.of(z)),
    ("min(y)", Minimum.of(y)),
    ("max(p)", Maximum.of(p)),
    ("max(c + z[k], k)", Maximum(c + z[k], k)),
    ("mean(z[k]^2, k)", Mean(z[k] ** 2, k)),
    ("var(v[k], k)", Variance(v[k], k)),
    ("count(z[k] == max(z), k)", Count(sympy.Eq(z[k], Maximum.of(z)), k)),
    ("count(z[k] < c, k in A)", Count(z[k] < c, k, In(A))),
    ("count(z[k] < c, k != i, k in A)", Count(z[k] < c, k, Except(i), In(A))),
    ("count(z[k] >= c, k)", Count(z[k] >= c, k)),
    # whole families
    ("delta(i, j)", delta(i, j)),
    ("delta(i, 2)", delta(i, 2)),
    ("softmax(w)[i]", Softmax(w)[i]),
    ("softmax(w, c)[i]", Softmax(w, c)[i]),
    ("softmax(z, lambda)[i]", p[i]),
    ("softmax(w, z[k])[i]", Softmax(w, z[k])[i]),
    ("logsumexp(w)", LogSumExp(w)),
    ("entropy(p)", Entropy(p)),
    ("entropy(softmax(w))", Entropy(Softmax(w))),
    ("kl(p, y)", Divergence(p, y)),
    ("size(A)", Size(A)),
    # derivatives and limits
    ("diff(p[i], z[j])", D(p[i], z[j])),
    ("diff(p[i], z[j], z[k])", D(p[i], z[j], z[k])),
    ("diff(p[i], z[j], z[j])", D(p[i], (z[j], 2))),
    ("diff(diff(c^2, c), c)", D(c**2, c, c)),
    ("diff(log(Z), lambda)", D(log(Z), lam)),
    ("diff(Z, T)", D(Z, T)),
    ("diff(1/c, z[j])", D(1 / c, z[j])),
    ("limit(p[i], T, 0)", Limit(p[i], T, 0)),
    ("limit(p[i], λ, oo)", Limit(p[i], lam, oo)),
    ("limit(p[i], z[j], -oo)", Limit(p[i], z[j], -oo)),
    ("limit(c*t, c, 2*t)", Limit(c * t, c, 2 * t)),
]


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS)
def test_expression(text: str, expected: Any) -> None:
    assert parse_expression(text) == expected


def test_every_word_is_among_the_expressions_or_hypotheses() -> None:
    told = " ".join(text for text, _ in (*EXPRESSIONS, *CLAIMS, *WORDS))
    assert [word for word in FORMS if not re.search(rf"\b{word}\(", told)] == []


half = Rational(1, 2)

CLAIMS: list[tuple[str, tuple[Any, ...]]] = [
    ("p[i] == 1", (Relation(p[i], "==", Integer(1)),)),
    ("p[i] = 1", (Relation(p[i], "==", Integer(1)),)),
    ("p[i] != 1", (Relation(p[i], "!=", Integer(1)),)),
    ("p[i] ≠ 1", (Relation(p[i], "!=", Integer(1)),)),
    ("p[i] < 1", (Relation(p[i], "<", Integer(1)),)),
    ("p[i] <= 1", (Relation(p[i], "<=", Integer(1)),)),
    ("p[i] ≤ 1", (Relation(p[i], "<=", Integer(1)),)),
    ("p[i] > 0.5", (Relation(p[i], ">", half),)),
    ("p[i] >= 1/2", (Relation(p[i], ">=", half),)),
    ("p[i] ≥ 1/2", (Relation(p[i], ">=", half),)),
    ("limit(Z, T, 0) == oo", (Relation(Limit(Z, T, 0), "==", oo),)),
    ("-oo < limit(Z, T, 0)", (Relation(-oo, "<", Limit(Z, T, 0)),)),
    ("c == c given n >= 2", (Relation(c, "==", c), Relation(n, ">=", Integer(2)))),
    ("c > 0 given c == t", (Relation(c, ">", Integer(0)), Relation(c, "==", t))),
    ("z[i] > z[j] given i != j", (Relation(z[i], ">", z[j]), SameClass(i, j, False))),
    ("z[i] > z[j] given i ≠ j", (Relation(z[i], ">", z[j]), SameClass(i, j, False))),
    ("z[i] > z[j] given i == j", (Relation(z[i], ">", z[j]), SameClass(i, j))),
    ("z[i] > 0 given i != 1", (Relation(z[i], ">", Integer(0)), SameClass(i, Integer(1), False))),
    ("z[i] > 0 given i in A", (Relation(z[i], ">", Integer(0)), Member(i, A))),
    ("z[i] > 0 given i not in A", (Relation(z[i], ">", Integer(0)), Member(i, A, False))),
    ("z[i] > 0 given A == argmax(y)", (Relation(z[i], ">", Integer(0)), ArgMax(A, y))),
    ("z[i] > 0 given B = argmin(z)", (Relation(z[i], ">", Integer(0)), ArgMax(B, z, False))),
    (
        "p[i] > 0 given all(z[i] > z[k], k != i)",
        (Relation(p[i], ">", Integer(0)), Always(Relation(z[i], ">", z[k]), k, (Except(i),))),
    ),
    (
        "p[i] > 0 given all(z[i] > z[k], k != i, k in A)",
        (Relation(p[i], ">", Integer(0)), Always(Relation(z[i], ">", z[k]), k, (Except(i), In(A)))),
    ),
    (
        "p[i] > 0 given all(y[k] == 0, k)",
        (Relation(p[i], ">", Integer(0)), Always(Relation(y[k], "==", Integer(0)), k)),
    ),
    (
        "p[i] > 0 given all(y[k] > 0, k not in A), y[k] > 0, sum(y[k], k) == 1",
        (
            Relation(p[i], ">", Integer(0)),
            Always(Relation(y[k], ">", Integer(0)), k, (NotIn(A),)),
            Relation(y[k], ">", Integer(0)),
            Relation(Sum(y[k], k), "==", Integer(1)),
        ),
    ),
    ("p[1] == p[2] given n == 2", (Relation(p[1], "==", p[2]), Relation(n, "==", Integer(2)))),
    ("p[3] > 0 given n > 2", (Relation(p[3], ">", Integer(0)), Relation(n, ">", Integer(2)))),
    ("p[3] > 0 given 3 <= n", (Relation(p[3], ">", Integer(0)), Relation(Integer(3), "<=", n))),
    ("p[1] > 0", (Relation(p[1], ">", Integer(0)),)),
]


@pytest.mark.parametrize(("text", "parts"), CLAIMS)
def test_claim(text: str, parts: tuple[Any, ...]) -> None:
    claim = parse_claim(text)
    assert (claim.relation, *claim.given) == parts
    assert claim.text == text


# --- what the text says is not evaluated away ----------------------------------------------------

zero, one = Integer(0), Integer(1)

SURVIVES: list[tuple[str, Expr]] = [
    ("c/c", multiply(c, inverse(c))),
    ("c - c", add(c, multiply(-1, c))),
    ("c + c", add(c, c)),
    ("c*c", multiply(c, c)),
    ("0*c", multiply(0, c)),
    ("0/c", multiply(0, inverse(c))),
    ("c^0", power(c, zero)),
    ("1^c", power(one, c)),
    ("0^c", power(zero, c)),
    ("1/0", inverse(zero)),
    ("0^(-2)", inverse(zero)),
    ("log(0)", apply(log, zero)),
    ("log(-1)", apply(log, Integer(-1))),
    ("log(1/2)", apply(log, half)),
    ("sqrt(-1)", power(Integer(-1), half)),
    ("0*log(0)", multiply(0, apply(log, zero))),
    ("1/(c - c)", inverse(add(c, multiply(-1, c)))),
    ("1/(1/c)", inverse(inverse(c))),
    ("(1/c)*c", multiply(inverse(c), c)),
    ("sqrt(c)*sqrt(c)", multiply(sqrt(c), sqrt(c))),
    ("sqrt(c)^2", power(sqrt(c), Integer(2))),
    ("sqrt(c^2)", power(c**2, half)),
    ("(c*t)^(1/2)", power(c * t, half)),
    ("exp(log(c))", apply(exp, log(c))),
    ("log(exp(c))", apply(log, exp(c))),
    ("log(c^2)", apply(log, c**2)),
    ("log(c*t)", apply(log, c * t)),
    ("exp(c)*exp(-c)", multiply(exp(c), exp(-c))),
    ("exp(c)^0", power(exp(c), zero)),
    ("abs(-c)", apply(Abs, -c)),
    ("tanh(-c)", apply(tanh, -c)),
    ("2*(c + t)", multiply(2, add(c, t))),
    ("-(c + t)", multiply(-1, add(c, t))),
    ("p[i]/p[i]", multiply(p[i], inverse(p[i]))),
]


@pytest.mark.parametrize(("text", "expected"), SURVIVES)
def test_nothing_is_evaluated(text: str, expected: Expr) -> None:
    assert parse_expression(text) == expected


@pytest.mark.parametrize(("text", "expected"), SURVIVES)
@pytest.mark.parametrize(
    "wrapping",
    ["exp({})", "sum(({})*z[k], k)", "t^({})", "diff({}, t)", "limit({}, T, 0)", "1 + sum(var(({})*z[k], k), l)"],
)
def test_nothing_is_evaluated_inside(text: str, expected: Expr, wrapping: str) -> None:
    parts = expected.args if expected.is_Mul and "*z" in wrapping else (expected,)
    inside = set(sympy.preorder_traversal(parse_expression(wrapping.format(text))))
    assert all(part in inside for part in parts)


def test_powers_that_stand_as_they_are_are_few() -> None:
    assert str(parse_expression("3^1000 + 1/2^300")) == "2**(-300) + 3**1000"
    with pytest.raises(SyntaxErrorInClaim, match="this power is too large"):
        parse_expression(" + ".join(["3^1000"] * 80))


@pytest.mark.parametrize("binder", ["sum", "prod", "max", "min", "mean", "var"])
@pytest.mark.parametrize("body", ["z[k]/z[k]", "z[k] - z[k]", "log(exp(z[k]))", "0*log(z[k])", "z[k]^0"])
def test_nothing_is_evaluated_under_a_binder(binder: str, body: str) -> None:
    bound = parse_expression(f"{binder}({body}, k)")
    assert bound.opened(k) == parse_expression(body)
    assert bound == parse_expression(f"{binder}({body.replace('k', 'l')}, l)")


def test_a_relation_that_is_counted_stays() -> None:
    assert parse_expression("count(z[k] == z[k], k)").body.lhs == parse_expression("sum(z[k], k)").body


# --- reading is exact ----------------------------------------------------------------------------


@settings(max_examples=300)
@given(expressions())
def test_plain_text_is_read_back(text: str) -> None:
    expr = parse_expression(text)
    assert parse_expression(plain(expr)) == expr


@settings(max_examples=150)
@given(claims())
def test_plain_claims_are_read_back(text: str) -> None:
    claim = parse_claim(text)
    assert parse_claim(plain(claim)) == claim


@settings(max_examples=100)
@given(expressions(), st.sampled_from(["  ", "\t", "\n "]))
def test_white_space_means_nothing(text: str, gap: str) -> None:
    assert parse_expression(text.replace(" ", gap)) == parse_expression(text)


def claims_of(corpus: Path) -> list[str]:
    """The claims of a corpus: what stands after a verdict, and first where there is none."""
    rows = (line.split("\t") for line in corpus.read_text("utf-8").splitlines() if not line.startswith("#"))
    verdicts = ("proved", "refuted", "unknown")
    return [next((row[at + 1] for at, field in enumerate(row[:-1]) if field in verdicts), row[0]) for row in rows]


@pytest.mark.parametrize(
    "corpus", sorted({*CLAIM_FILES.glob("*.tsv")} - {CLAIM_FILES / "typed.tsv"}), ids=lambda path: path.stem
)
def test_every_claim_of_the_corpora_is_read_back(corpus: Path) -> None:
    lines = claims_of(corpus)
    assert lines
    for line in lines:
        claim = parse_claim(line)
        assert parse_claim(plain(claim)) == claim


# --- letters -------------------------------------------------------------------------------------


def test_a_letter_is_what_its_use_says() -> None:
    assert parse_expression("a*b[q]*sum(b[r], r in S)").atoms(Family) == {Family("b")}
    assert parse_expression("delta(a, b)") == Delta(class_index("a"), class_index("b"))
    assert parse_claim("z[a] > z[b] given a != b").given == (SameClass(class_index("a"), class_index("b"), False),)
    assert parse_claim("a > b given a != b").given == (Relation(scalar("a"), "!=", scalar("b")),)
    assert parse_claim("a == b given a == b").given == (Relation(scalar("a"), "==", scalar("b")),)


def test_a_bound_index_hides_an_outer_one() -> None:
    nested = parse_expression("sum(z[k]*sum(z[k], k), k)")
    assert nested == Sum(z[l] * Sum(z[k], k), l)
    assert parse_expression("diff(sum(y[i]*x[i], i), x[i])") == D(Sum(y[k] * x[k], k), x[i])


# --- what is refused, and where ------------------------------------------------------------------

# (line, the place that the caret points at, what the message says)
BAD: list[tuple[str, str, str]] = [
    # incomplete and overfull
    ("", "", "expected an expression, not the end of the line"),
    ("   ", "", "expected an expression, not the end of the line"),
    ("p[i] ==", "", "expected an expression, not the end of the line"),
    ("p[i]", "", "expected a relation such as == or `in`, not the end of the line"),
    ("p[i] == 1 given", "", "expected an expression, not the end of the line"),
    ("p[i] == 1 given n >= 2,", "", "expected an expression, not the end of the line"),
    ("p[i] == 1, n >= 2", ", n", "expected `iff`, `where`, `given` or the end of the line, not `,`"),
    ("c = t = 1", "c =", "this is 2 claims: expected one"),
    ("c <= t >= 1", ">= 1", "a chain goes one way"),
    ("c == t != 1", "!= 1", "a chain goes one way"),
    ("count(0 < z[k] < 1, k) == 1", "0 <", "a chain of relations is a claim or a hypothesis"),
    ("diff(p[i], z[j] == 1", "", "expected `)` or `,`, not the end of the line"),
    ("p[i == 1", "== 1", "expected `]`, not `==`"),
    ("(c + t] == 1", "]", "expected an operator or `)`, not `]`"),
    ("c) == 1", ")", "expected a relation such as == or `in`, not `)`"),
    ("* c == 1", "*", "expected an expression, not `*`"),
    ("+c == 1", "+", "expected an expression, not `+`"),
    ("c == d[", "", "expected an index or the number of a class, not the end of the line"),
    ("p[i] > 0 given i not A", "A", "expected `in`, not `A`"),
    ("p[i] > 0 given i in 3", "3", "expected a subset such as A, not `3`"),
    # products and numbers
    ("2c == 1", "c", "expected an operator; a product is written with *"),
    ("2(c + t) == 1", "(c", "expected an operator; a product is written with *"),
    ("c t == 1", "t", "expected an operator; a product is written with *"),
    ("1e5 == c", "e5", "numbers have no exponent form: write 10^5"),
    ("1E-5 == c", "E", "numbers have no exponent form: write 10^-5"),
    (".5 == c", ".", "expected an expression, not `.`"),
    ("5. == c", ".", "expected an operator, not `.`"),
    # words
    ("lamda == 1", "lamda", "`lamda` is not known: did you mean `lambda`?"),
    ("Lambda == 1", "Lambda", "`Lambda` is not known: did you mean `lambda`?"),
    ("Θ == 1", "Θ", "`Θ` is not known: did you mean `theta`?"),
    ("foo == 1", "foo", "`foo` is not known: a name is one letter, perhaps with digits"),
    ("exp == 1", "exp", "`exp` is used as exp(e)"),
    ("expp(c) == 1", "expp", "`expp` is not known: did you mean `exp`?"),
    ("entropi(p) == 1", "entropi", "`entropi` is not known: did you mean `entropy`?"),
    ("average(z) == 1", "average", "`average` is not known: did you mean `mean`?"),
    ("erf(c) == 1", "erf", "`erf` is not known; the functions are exp, log"),
    ("c(1 + t) == 1", "c(", "`c` is no function; an entry of a family is c[i], a product is c*(...)"),
    # arguments
    ("diff(p[i]) == 0", "diff", "`diff` is used as diff(e, z[j])"),
    ("sum(z[k]) == 1", "z[k]", "expected a family such as z, or an expression in one"),
    ("sum(z, k) == 1", "z, k", "`z` is the family of logits, not a number"),
    ("max(c, k) == c", "k) ==", "is `k` a bound index or a number? Over the classes it is max(z[k], k)"),
    ("max(sum(y[k], k), k) == c", "k) ==", "is `k` a bound index or a number? Over the classes it is max(z[k], k)"),
    ("sum(z[k], k, l) == 1", "l)", "`k` alone runs over every class: expected ')'"),
    ("sum(z[k], k, k != i) == 1", "k != i", "`k` alone runs over every class: expected ')'"),
    ("sum(z[k], k != i, k) == 1", "k) ==", "expected another condition on k, such as k != i, or ')'"),
    ("sum(z[k], k != i, l in A) == 1", "l in", "expected another condition on k, such as k != i, or ')'"),
    ("sum(z[k], k != i, 3) == 1", "3", "expected a bound index"),
    ("mean(z[k], k, k) == 1", "mean", "`mean` is used as mean(e, k)"),
    ("c > 0 given all(z[k] > 0, k != i, l != i)", "l != i", "expected another condition on k"),
    ("kl(p) == 1", "kl", "`kl` is used as kl(p, q)"),
    ("sum(z[k], k < i) == 1", "k < i", "expected a bound index: k, or conditions on it: k != i"),
    ("sum(z[k], k + 1) == 1", "k + 1", "expected a bound index"),
    ("sum(z[k], 3) == 1", "3", "expected a bound index"),
    ("sum(z[k], k != k) == 1", "k) ==", "k is the bound index itself: expected another one"),
    ("sum(z[k], k != i + 1) == 1", "i + 1", "expected an index or the number of a class"),
    ("sum(z[k], z[k] in A) == 1", "z[k] in", "expected a bound index such as k"),
    ("sum(z[k], k in a) == 1", "a) ==", "`a` names a subset: expected a capital letter"),
    ("mean(z[k], k in A) == 1", "k in", "expected a bound index such as k"),
    ("count(z[k], k) == 1", "z[k]", "expected a relation such as z[k] == max(z)"),
    ("exp(c == 1) == 1", "c == 1)", "expected an expression"),
    ("exp(k in A) == 1", "k in", "expected an expression"),
    ("delta(i, c + 1) == 1", "c + 1", "expected an index or the number of a class"),
    ("delta(i, 1.5) == 1", "1.5", "classes are numbered 1, 2, 3, ..."),
    ("entropy(c + 1) == c", "c + 1", "expected a family such as z, or an expression in one"),
    ("diff(entropy(w/2), w[i]) == 1", "entropy", "each entry has to be positive: that is seen given w[k] > 0"),
    ("softmax(x + y)[i] == 1", "x + y", "It can say x[k] + y[k] for each k, or x[k] + y"),
    ("softmax(z) == 1", "softmax", "this is a family: an entry of it is softmax(z)[i]"),
    ("exp(c)[i] == 1", "exp", "expected a family: z, p or softmax(z)"),
    ("size(3) == 1", "3", "expected a subset such as A"),
    ("p[i] == argmax(z)", "argmax", "this stands in a hypothesis, as in A == argmax(z)"),
    ("all(z[i] > 0, i) == 1", "all", "this is a hypothesis: it stands after `given`"),
    ("p[i] == 1 given argmax(z)", "argmax", "expected a hypothesis: a relation, i != j"),
    ("p[i] == 1 given exp(z[i])", "exp", "expected a hypothesis"),
    ("p[i] == c given A == argmax(c + 1)", "c + 1", "expected a family such as z"),
    ("p[i] == 1 given A != argmax(z)", "argmax", "this stands in a hypothesis, as in A == argmax(z)"),
    ("p[i] == 1 given z[i] == argmax(z)", "z[i] == argmax", "expected a subset such as A"),
    ("p[i] == 1 given all(z[i] > z[k])", "all", "`all` is used as all(z[i] > z[k], k != i)"),
    # derivatives and limits
    ("diff(p[i], p[j]) == 0", "p[j]", "p depends on z: expected an entry of a free family"),
    ("diff(p[i], softmax(z)[j]) == 0", "softmax", "p depends on z: expected an entry of a free family"),
    ("diff(p[i], z[j] + 1) == 0", "z[j] + 1", "expected a variable: an entry such as z[j]"),
    ("diff(p[i], n) == 0", "n)", "expected a variable"),
    ("diff(p[i], Z) == 0", "Z)", "expected a variable"),
    ("diff(p[i], 2) == 0", "2", "expected a variable; a second derivative is diff(e, x, x) or diff(e, x, 2)"),
    ("diff(p[i], i) == 0", "i) ==", "`i` is an index; an index is not a number"),
    ("diff(p[i], z) == 0", "z)", "`z` is the family of logits, not a number"),
    ("limit(p[i], n, oo) == 0", "n,", "expected a variable"),
    ("limit(p[i], T, -1) == 0", "-1", "T > 0 has no limit at -1: expected one in [0, oo]"),
    ("limit(p[i], λ, -oo) == 0", "-oo", "lambda > 0 has no limit at -oo: expected one in [0, oo]"),
    ("limit(p[i], T, T) == 0", "T) ==", "the limit point T depends on T"),
    ("limit(p[i], T, lambda) == 0", "lambda", "the limit point lambda depends on T"),
    ("limit(c, c, c + 1) == 0", "c + 1", "the limit point c + 1 depends on c"),
    ("limit(c, z[i], max(z)) == 0", "max", "the limit point Maximum.of(z) depends on z[i]"),
    ("oo == 1", "oo", "only a limit has the value oo"),
    ("c < -oo", "-oo", "only a limit has the value oo"),
    ("c + oo == 1", "oo", "oo stands alone: as a limit point, or as the value of a limit"),
    ("exp(-oo) == 0", "oo", "oo stands alone"),
    # one letter, one thing
    ("i*z[i] == 1", "i*", "`i` is an index; an index is not a number"),
    ("sum(k*z[k], k) == 1", "k*", "`k` is an index; an index is not a number"),
    ("c*z[c] == 1", "c*", "`c` is an index; an index is not a number"),
    ("z == 1", "z", "`z` is the family of logits, not a number; an entry of it is z[i]"),
    ("p == 1", "p", "`p` is the softmax of z, not a number; an entry of it is p[i]"),
    ("y == y[i]", "y ==", "`y` is a family; an entry of it is y[i]"),
    ("z[y] == y[i]", "y[i]", "`y` is an index and cannot be a family too"),
    ("z[i] == A given i in A, z[i] > 0", "A given", "`A` is a subset; its size is size(A)"),
    ("Z[i] == 1", "Z", "`Z` is the partition function, not a family"),
    ("T[i] == 1", "T", "`T` is the temperature, not a family"),
    ("p[n] == 1", "n]", "`n` is the number of classes, not an index"),
    ("z[lambda] == 1", "lambda", "`lambda` is the inverse temperature, not an index"),
    ("p[i] > 0 given i == n", "n", "`n` is the number of classes, not an index"),
    # classes by number
    ("z[0] == 1", "0", "there is no class 0: classes are numbered from 1"),
    ("z[1.5] == 1", ".5", "expected `]`, not `.`"),
    ("z[-1] == 1", "-1", "expected an index or the number of a class, not `-`"),
    ("z[i + 1] == 1", "+ 1", "expected `]`, not `+`"),
    ("p[2] == 1", "2", "class 2 may not exist: expected a hypothesis such as n >= 2"),
    ("p[3] == 1 given n == 2", "3", "class 3 may not exist: expected a hypothesis such as n >= 3"),
    ("p[3] == 1 given n > 1", "3", "class 3 may not exist"),
    ("p[3] == 1 given n <= 3", "3", "class 3 may not exist"),
    ("p[3] == 1 given n != 2", "3", "class 3 may not exist"),
    ("p[2] == 1 given n > 1/2", "2", "class 2 may not exist"),
    ("delta(i, 2) == 1", "2", "class 2 may not exist"),
    ("sum(z[k], k != 2) == 1", "2", "class 2 may not exist"),
    # indices in hypotheses
    ("p[i] > 0 given i != j", "j", "`j` is not free in the relation; that there are two classes is n >= 2"),
    ("p[i] > 0 given i == j, z[j] > 0", "j, z", "`j` is not free in the relation"),
    ("p[i] > 0 given k in A", "k in", "`k` is not free in the relation"),
    ("sum(p[k], k) == 1 given k in A", "k in", "`k` is not free in the relation"),
    ("var(z[k], k) > 0 given i != j", "i !=", "i and j do not occur in the relation; that there are two"),
    ("p[i] > 0 given i < j, z[j] > 0", "i <", "`i` is an index; an index is not a number"),
    # size
    ("2^1000000000 == 1", "1000000000", "this power is too large"),
    ("c^1000000000 == 1", "1000000000", "this power is too large"),
    ("c^-1001 == 1", "-1001", "this power is too large"),
    ("2^(2^300) == 1", "2^300", "this power is too large"),
    ("c^(3*2^300) == 1", "3*2", "this power is too large"),
    ("(3*2^900)^20 == 1", "20", "this power is too large: exponents go to 1000, numbers to 14000 bits"),
    ("2^3^4^5 == 1", "4^5", "this power is too large"),
    ("7^(1/1001) == 1", "1/1001", "this power is too large"),
    (f"{'9' * 301} == 1", "999", "a number has at most 300 digits"),
    (f"c == {'*'.join(['9' * 300] * 5)}", "999", "this number is too large"),
]


@pytest.mark.parametrize(("line", "place", "message"), BAD)
def test_bad_input(line: str, place: str, message: str) -> None:
    with pytest.raises(SyntaxErrorInClaim) as refusal:
        parse_claim(line)
    error = refusal.value
    assert message in error.message
    expected = len(line.rstrip()) if not place else line.index(place)
    last = line.rindex(place)
    assert error.position in (expected, last), error.position


@pytest.mark.parametrize(("line", "place", "message"), BAD)
def test_the_caret_stands_under_the_place(line: str, place: str, message: str) -> None:
    with pytest.raises(SyntaxErrorInClaim) as refusal:
        parse_claim(line)
    told, *shown = str(refusal.value).split("\n")
    assert told == refusal.value.message
    if line.strip():
        text, caret, *_ = shown
        assert text[len(caret) - 1 :] == line[refusal.value.position :].rstrip()[: len(text) - len(caret) + 1]


def test_in_a_long_line_the_caret_has_its_neighbourhood() -> None:
    line = " + ".join(["c"] * 500) + " + ? + " + " + ".join(["c"] * 500)
    with pytest.raises(SyntaxErrorInClaim) as refusal:
        parse_expression(line)
    _, text, caret, *_ = str(refusal.value).split("\n")
    assert len(text) < 130
    assert text[len(caret) - 1] == "?"


HOSTILE = [
    "__import__('os').system('true') == 1",
    "__import__(os) == 1",
    "z.__class__ == 1",
    "z[i].__class__.__mro__ == 1",
    "c.free_symbols == 1",
    "(lambda: 0)() == 1",
    "lambda x: x == 1",
    'f"{c}" == 1',
    "'c' == 1",
    '"c" == 1',
    "[c for c in z] == 1",
    "{c: 1} == 1",
    "(c, t) == 1",
    "exec(c) == 1",
    "eval(c) == 1",
    "open(c) == 1",
    "getattr(z, c) == 1",
    "sympify(c) == 1",
    "Symbol(c) == 1",
    "Sum(z[k], (k, 1, n)) == 1",
    "globals() == 1",
    "c if t else n == 1",
    "not c == 1",
    "c and t == 1",
    "c; t == 1",
    "c := 1",
    "c = 1; import os",
    "c @ t == 1",
    "c // t == 1",
    "c % t == 1",
    "c & t == 1",
    "c | t == 1",
    "~c == 1",
    "c ! = 1",
    "*z == 1",
    "z[:] == 1",
    "z[i, j] == 1",
    "z[z[i]] == 1",
    "c\\t == 1",
    "c # t == 1",
    "c == 1j",
    "c == 0x10",
    "c == 1_000",
    "c == True",
    "c == None",
    "c == \x00",
    "c == ²",
    "c == ١",
]


@pytest.mark.parametrize("line", HOSTILE)
def test_code_is_a_syntax_error(line: str) -> None:
    with pytest.raises(SyntaxErrorInClaim):
        parse_claim(line)
    with pytest.raises(SyntaxErrorInClaim):
        parse_expression(line.removesuffix(" == 1"))


def refusal_of(parse: Callable[[str], Any], text: str) -> SyntaxErrorInClaim | None:
    try:
        parse(text)
    except SyntaxErrorInClaim as error:
        return error
    return None


@settings(max_examples=300)
@given(st.text(max_size=40) | st.text("cz[]()+-*/^=<>!,.1i ", max_size=30))
@example("\x1c")
@example("c\u2028")
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_claim, parse_expression):
        error = refusal_of(parse, text)
        assert error is None or 0 <= error.position <= len(text)


@settings(max_examples=200)
@given(claims(), st.data())
def test_a_damaged_line_is_read_or_refused(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    instead = data.draw(st.sampled_from(["", " ", ",", ")", "(", "]", "==", "k", "2", "^", "in", "given", "λ"]))
    refusal_of(parse_claim, text[:at] + instead + text[at + 1 :])


# --- bounds --------------------------------------------------------------------------------------

MANY = 20_000

HUGE = {
    "terms": "+".join(["c"] * MANY),
    "scalars": "+".join(f"c{each}" for each in range(MANY // 2)),
    "factors": "*".join(["z[i]"] * MANY),
    "brackets": "(" * MANY + "c" + ")" * MANY,
    "minus": "-" * MANY + "c",
    "powers": "^".join(["c"] * MANY),
    "powers of numbers": "^".join(["2"] * MANY),
    "functions": "exp(" * MANY + "c" + ")" * MANY,
    "sums": "sum(" * MANY + "z[k]" + ", k)" * MANY,
    "quotients": "1/(" * MANY + "c" + ")" * MANY,
    "derivatives": "diff(" * MANY + "p[i]" + ", c)" * MANY,
    "open": "(" * LENGTH,
    "digits": "9" * LENGTH,
    "word": "c" * LENGTH,
    "signs": "%" * LENGTH,
    "spaces": " " * LENGTH,
    "fractions": "+".join(f"1/{each}" for each in range(1, 10_000)),
    "towers": "(" * 50 + "2" + "^900)" * 50,
    "arguments": f"diff(c{', c' * 1000})",
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_whatever_the_size_it_is_read_or_refused_soon(text: str) -> None:
    started = process_time()
    assert len(str(refusal_of(parse_expression, text))) < 700
    assert process_time() - started < 30


def test_the_bounds_themselves() -> None:
    parse_expression("c" + " " * (LENGTH - 1))
    with pytest.raises(SyntaxErrorInClaim, match=f"at most {LENGTH} characters"):
        parse_expression("c" + " " * LENGTH)
    nested = DEPTH - 2
    parse_expression("exp(" * nested + "c" + ")" * nested)
    with pytest.raises(SyntaxErrorInClaim, match="levels are nested"):
        parse_expression("exp(" * DEPTH + "c" + ")" * DEPTH)
    assert parse_expression("c^1000").exp == 1000
    assert parse_expression("9" * 300) == int("9" * 300)


@pytest.mark.parametrize("word", ["exp({})", "log(1 + {})", "sqrt({})", "c + z[i]*({})", "1/({})", "t^({})"])
def test_the_deepest_expressions_can_be_used(word: str) -> None:
    text = "c"
    while True:
        try:
            expr = parse_expression(text)
        except SyntaxErrorInClaim:
            break
        text = word.format(text)
    assert hash(expr) == hash(parse_expression(plain(expr)))
    assert expr.has(c)
    assert len(sympy.latex(expr)) > 100
    assert expr.subs(c, t) != expr


def test_the_recursion_limit_is_not_met() -> None:
    limit = sys.getrecursionlimit()
    depth = len(stack(0))
    try:
        sys.setrecursionlimit(depth + 150)
        with pytest.raises(SyntaxErrorInClaim, match="nested too deeply"):
            parse_expression("exp(" * 90 + "c" + ")" * 90)
    finally:
        sys.setrecursionlimit(limit)


# --- cost ----------------------------------------------------------------------------------------


STARTING = """
from time import process_time
started = process_time()
import sympy
loaded = process_time()
import symbolic.language.forms
ready = process_time()
from symbolic.language.parser import parse_claim
parse_claim("p[i] > 0 given n >= 2")
print((process_time() - ready) / (loaded - started))
"""


def test_reading_one_claim_starts_quickly() -> None:
    """Loading the parser, building its tables and reading: a fraction of what importing SymPy takes."""
    command = [sys.executable, "-c", STARTING]
    runs = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(3))
    assert min(float(run.stdout) for run in runs) < 0.5


def test_reading_is_quick_once_started() -> None:
    parse_claim("diff(p[i], z[j]) < 0 given i != j")
    started = process_time()
    for _ in range(100):
        parse_claim("diff(p[i], z[j]) < 0 given i != j")
    assert process_time() - started < 5
