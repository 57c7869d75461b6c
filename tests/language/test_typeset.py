"""How terms, claims, points and verdicts are written; plain text is read back by the parser."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from sympy import Eq, Expr, Integer, Rational, Symbol, exp, log, oo, sqrt, tanh

from symbolic.language.claims import (
    Always,
    ArgMax,
    Member,
    Point,
    Proved,
    Refuted,
    Relation,
    SameClass,
    Unknown,
    argmax,
    claim,
    differ,
    member,
    same,
)
from symbolic.language.notation import (
    A,
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
from symbolic.language.parser import parse_claim, parse_expression
from symbolic.language.typeset import latex, markdown, plain
from symbolic.language.verbatim import add, inverse, multiply, power
from symbolic.results import all_results
from tests.language.expressions import at, close, derivatives, expressions, points
from tests.oracle import At

EXPRESSIONS: list[tuple[Any, str, str]] = [
    # entries, and in which order factors and terms come
    (p[i], "p[i]", "p_{i}"),
    (z[2], "z[2]", "z_{2}"),
    (Z, "Z", "Z"),
    (lam, "lambda", r"\lambda"),
    (T, "T", "T"),
    (Symbol("alpha", real=True), "alpha", r"\alpha"),
    (Symbol("c1", real=True), "c1", r"\mathit{c1}"),
    (Family("y1")[i], "y1[i]", r"\mathit{y1}_{i}"),
    (delta(i, j), "delta(i, j)", r"\delta_{i j}"),
    (lam * p[i] * (delta(i, j) - p[j]), "lambda*p[i]*(delta(i, j) - p[j])",
     r"\lambda p_{i} \left(\delta_{i j} - p_{j}\right)"),
    (1 - p[i], "1 - p[i]", "1 - p_{i}"),
    (c - t, "c - t", "c - t"),
    (-c - t, "-c - t", "-c - t"),
    (n - 1, "n - 1", "n - 1"),
    (1 + exp(-c), "1 + exp(-c)", "1 + e^{-c}"),
    (log(Z) - lam * Mean(z[k], k), "log(Z) - lambda*mean(z[k], k)", r"\log Z - \lambda \left\langle z \right\rangle"),
    (c**2 + c + 1, "c^2 + c + 1", "c^{2} + c + 1"),
    (multiply(-1, c + t), "-(c + t)", r"-\left(c + t\right)"),
    (add(n, multiply(-1, c + t)), "n - (c + t)", r"n - \left(c + t\right)"),
    (multiply(2, c + t), "2*(c + t)", r"2 \left(c + t\right)"),
    (c * lam * z[i], "lambda*c*z[i]", r"\lambda c z_{i}"),
    # fractions and powers
    (Rational(-3, 4), "-3/4", r"-\frac{3}{4}"),
    (c / 2, "c/2", r"\frac{c}{2}"),
    (-c / (2 * t), "-c/(2*t)", r"-\frac{c}{2 t}"),
    (p[i] / (p[i] + p[j]), "p[i]/(p[i] + p[j])", r"\frac{p_{i}}{p_{i} + p_{j}}"),
    (1 / c, "1/c", r"\frac{1}{c}"),
    (c**-2, "1/c^2", r"\frac{1}{c^{2}}"),
    (1 / sqrt(c), "1/sqrt(c)", r"\frac{1}{\sqrt{c}}"),
    (inverse(inverse(c)), "1/(1/c)", r"\frac{1}{\frac{1}{c}}"),
    (multiply(c, inverse(c)), "c/c", r"\frac{c}{c}"),
    (p[i] ** 2, "p[i]^2", "p_{i}^{2}"),
    (sqrt(c), "sqrt(c)", r"\sqrt{c}"),
    (c ** Rational(2, 3), "c^(2/3)", r"c^{\frac{2}{3}}"),
    (power(Integer(2), -c), "2^(-c)", "2^{-c}"),
    (power(Integer(-2), c), "(-2)^c", r"\left(-2\right)^{c}"),
    (power(Rational(1, 2), c), "(1/2)^c", r"\left(\frac{1}{2}\right)^{c}"),
    (c ** (t**n), "c^(t^n)", "c^{t^{n}}"),
    (power(c**t, n), "(c^t)^n", r"\left(c^{t}\right)^{n}"),
    ((c + t) ** 2, "(c + t)^2", r"\left(c + t\right)^{2}"),
    (power(exp(c), Integer(2)), "exp(c)^2", r"\left(e^{c}\right)^{2}"),
    (2 * 3**c, "2*3^c", r"2 \cdot 3^{c}"),
    # functions
    (exp(lam * z[i]), "exp(lambda*z[i])", r"e^{\lambda z_{i}}"),
    (log(p[i]), "log(p[i])", r"\log p_{i}"),
    (log(1 + c), "log(c + 1)", r"\log\left(c + 1\right)"),
    (log(c) ** 2, "log(c)^2", r"\left(\log c\right)^{2}"),
    (sympy.Abs(c), "abs(c)", r"\left|c\right|"),
    (tanh(c), "tanh(c)", r"\tanh{\left(c \right)}"),
    # sums; what extends to the right comes last, or in brackets
    (Sum(z[k], k), "sum(z[k], k)", r"\sum_{k} z_{k}"),
    (Sum(z[k], k, Except(i)), "sum(z[k], k != i)", r"\sum_{k \neq i} z_{k}"),
    (Sum(z[k], k, In(A)), "sum(z[k], k in A)", r"\sum_{k \in A} z_{k}"),
    (Sum(z[k], k, NotIn(A)), "sum(z[k], k not in A)", r"\sum_{k \notin A} z_{k}"),
    (
        Sum(z[k], k, Except(i), NotIn(A)),
        "sum(z[k], k != i, k not in A)",
        r"\sum_{k \neq i,\, k \notin A} z_{k}",
    ),
    (
        Count(z[k] >= c, k, In(A), Except(i)),
        "count(z[k] >= c, k in A, k != i)",
        r"\#\{k \in A,\, k \neq i : z_{k} \geq c\}",
    ),
    (Sum(z[k] - c, k), "sum(z[k] - c, k)", r"\sum_{k} \left(z_{k} - c\right)"),
    (Sum(-z[k], k), "sum(-z[k], k)", r"\sum_{k} \left(-z_{k}\right)"),
    (c * Sum(z[k], k), "c*sum(z[k], k)", r"c \sum_{k} z_{k}"),
    (Sum(z[k], k) * Sum(y[k], k), None, r"\left(\sum_{k} y_{k}\right) \sum_{k} z_{k}"),
    (Sum(z[k], k) ** 2, "sum(z[k], k)^2", r"\left(\sum_{k} z_{k}\right)^{2}"),
    (Sum(z[k], k) + c, "c + sum(z[k], k)", r"c + \sum_{k} z_{k}"),
    (Sum(z[k], k) * log(c), None, r"\left(\log c\right) \sum_{k} z_{k}"),
    (z[k] * Sum(y[l], l), "z[k]*sum(y[l], l)", r"z_{k} \sum_{l} y_{l}"),
    (Sum(Sum(z[k] * y[l], k), l), "sum(sum(y[l]*z[k], k), l)", r"\sum_{l} \sum_{k} y_{l} z_{k}"),
    (Product(z[k], k), "prod(z[k], k)", r"\prod_{k} z_{k}"),
    # expectations and extremes
    (Mean(z[k] ** 2, k), "mean(z[k]^2, k)", r"\left\langle z^{2} \right\rangle"),
    (Mean(z[k], k) ** 2, "mean(z[k], k)^2", r"\left\langle z \right\rangle^{2}"),
    (Mean(p[k], k), "mean(p[k], k)", r"\left\langle p_{k} \right\rangle_{k}"),
    (Variance(v[k], k), "var(v[k], k)", r"\operatorname{Var}\left(v\right)"),
    (Maximum.of(z), "max(z)", r"\max z"),
    (Minimum.of(y), "min(y)", r"\min y"),
    (Maximum.of(p), "max(p)", r"\max p"),
    (Maximum(z[k] * y[k], k), None, r"\max_{k} y_{k} z_{k}"),
    (Count(Eq(z[k], Maximum.of(z)), k), "count(z[k] == max(z), k)", r"\#\{k : z_{k} = \max z\}"),
    (Count(z[k] >= c, k, In(A)), "count(z[k] >= c, k in A)", r"\#\{k \in A : z_{k} \geq c\}"),
    # whole families
    (Softmax(w)[i], "softmax(w)[i]", r"\operatorname{softmax}(w)_{i}"),
    (Softmax(w, c)[i], "softmax(w, c)[i]", r"\operatorname{softmax}_{c}(w)_{i}"),
    (LogSumExp(w), "logsumexp(w)", r"\operatorname{LSE}\left(w\right)"),
    (Entropy(p), "entropy(p)", r"H\left(p\right)"),
    (Divergence(p, y), "kl(p, y)", r"\mathrm{KL}\left(p \,\|\, y\right)"),
    (Size(A), "size(A)", r"\left|A\right|"),
    # derivatives and limits
    (D(p[i], z[j]), "diff(p[i], z[j])", r"\frac{\partial p_{i}}{\partial z_{j}}"),
    (D(p[i], z[j], z[k]), "diff(p[i], z[j], z[k])", r"\frac{\partial^{2} p_{i}}{\partial z_{j} \partial z_{k}}"),
    (D(p[i], z[j], z[j]), "diff(p[i], z[j], z[j])", r"\frac{\partial^{2} p_{i}}{\partial z_{j}^{2}}"),
    (D(log(Z), lam), "diff(log(Z), lambda)", r"\frac{\partial \log Z}{\partial \lambda}"),
    (D(Mean(z[k], k), T), "diff(mean(z[k], k), T)", r"\frac{\partial \left\langle z \right\rangle}{\partial T}"),
    (Limit(p[i], T, 0), "limit(p[i], T, 0)", r"\lim_{T \to 0^+} p_{i}"),
    (Limit(p[i], lam, oo), "limit(p[i], lambda, oo)", r"\lim_{\lambda \to \infty} p_{i}"),
    (Limit(p[i] - c, z[j], -oo), "limit(p[i] - c, z[j], -oo)", r"\lim_{z_{j} \to -\infty} \left(p_{i} - c\right)"),
    (sympy.E, "exp(1)", "e"),
]  # fmt: skip


def unspaced(text: str) -> str:
    """LaTeX without the spaces that make no difference."""
    return re.sub(r"(?<![a-z]) +| +(?![a-z])", "", text)


@pytest.mark.parametrize(("expr", "text", "source"), EXPRESSIONS)
def test_expression(expr: Expr, text: str | None, source: str) -> None:
    assert text is None or plain(expr) == text
    assert unspaced(latex(expr)) == unspaced(source)
    assert markdown(expr) == f"${latex(expr)}$"


@pytest.mark.parametrize("expr", [expr for expr, _, _ in EXPRESSIONS if not expr.has(sympy.E)])
def test_plain_text_is_read_back(expr: Expr) -> None:
    if not (isinstance(expr, sympy.Integer) or expr.has(z[2])):
        assert parse_expression(plain(expr)) == expr


STATEMENTS: list[tuple[Any, str, str]] = [
    (Relation(c, "==", t), "c == t", "c = t"),
    (Relation(c, "!=", t), "c != t", r"c \neq t"),
    (Relation(c, "<=", t), "c <= t", r"c \leq t"),
    (Relation(c, ">=", t), "c >= t", r"c \geq t"),
    (same(i, j), "i == j", "i = j"),
    (differ(i, j), "i != j", r"i \neq j"),
    (SameClass(i, Integer(1), holds=False), "i != 1", r"i \neq 1"),
    (member(i, A), "i in A", r"i \in A"),
    (Member(i, A, holds=False), "i not in A", r"i \notin A"),
    (ArgMax(A, z), "A == argmax(z)", r"A = \operatorname{argmax} z"),
    (ArgMax(A, y, largest=False), "A == argmin(y)", r"A = \operatorname{argmin} y"),
    (argmax(i, z)[0], "z[i] == max(z)", r"z_{i} = \max z"),
    (argmax(i, z, unique=True)[0], "all(z[i] > z[k], k != i)", r"z_{i} > z_{k} \text{ for all } k \neq i"),
    (Always(Relation(y[k], ">", c), k), "all(y[k] > c, k)", r"y_{k} > c \text{ for all } k"),
    (claim(p[i], ">", 0), "p[i] > 0", "p_{i} > 0"),
    (
        claim(D(p[i], z[j]), "<", 0, [differ(i, j)]),
        "diff(p[i], z[j]) < 0 given i != j",
        r"\frac{\partial p_{i}}{\partial z_{j}} < 0 \qquad (i \neq j)",
    ),
    (
        claim(p[i], "<", 1, [Relation(n, ">=", Integer(2)), member(i, A)]),
        "p[i] < 1 given n >= 2, i in A",
        r"p_{i} < 1 \qquad (n \geq 2,\; i \in A)",
    ),
]


@pytest.mark.parametrize(("said", "text", "source"), STATEMENTS)
def test_statement(said: Any, text: str, source: str) -> None:
    assert plain(said) == text
    assert unspaced(latex(said)) == unspaced(source)
    assert markdown(said) == f"${latex(said)}$"


def test_a_notebook_shows_a_claim_as_a_formula() -> None:
    shown = claim(p[i], ">", 0, [member(i, A)])
    assert shown._repr_latex_() == f"$\\displaystyle {latex(shown)}$"
    assert repr(shown) == "Claim(p[i] > 0 given i in A)"


def test_bound_letters_keep_clear_of_all_letters_of_a_claim() -> None:
    made = claim(Sum(z[l], l) + y[k], "==", Symbol("l", real=True), [Relation(Family("m")[k], ">", Integer(0))])
    assert plain(made) == "y[k] + sum(z[r], r) == l given m[k] > 0"
    assert parse_claim(plain(made)) == made


POINT = Point(
    {"z": (Integer(0), log(2))},
    Rational(1, 2),
    {"i": 1},
    {"c": -log(3)},
    {"A": frozenset({2, 1})},
    (1, 32),
)

VERDICTS: list[tuple[Any, str, str]] = [
    (
        POINT,
        "n = 33, lambda = 1/2, z = (0, log(2)), multiplicities = (1, 32), i = 1, c = -log(3), A = {1, 2}",
        r"$n = 33,\; \lambda = \frac{1}{2},\; z = \left(0, \log 2\right),\; "
        r"\text{multiplicities} = \left(1, 32\right),\; i = 1,\; c = -\log 3,\; A = \{1, 2\}$",
    ),
    (
        Refuted(Point({"z": (Integer(0),)}, size=1), "1", "1/2"),
        "refuted at n = 1, lambda = 1, z = (0): 1 on the left, 1/2 on the right",
        r"**Refuted** at $n = 1,\; \lambda = 1,\; z = \left(0\right)$: `1` on the left, `1/2` on the right.",
    ),
    (Unknown("out of time"), "unknown: out of time", "**Unknown**: out of time."),
]


@pytest.mark.parametrize(("said", "text", "marked"), VERDICTS)
def test_verdict(said: Any, text: str, marked: str) -> None:
    assert plain(said) == text
    assert markdown(said) == marked


def test_what_proved_rests_on_and_that_it_is_vacuous_is_said() -> None:
    for write in (plain, latex, markdown):
        assert "Z3" in write(Proved(rests_on=("Z3",)))
        assert "vacuous" in write(Proved(vacuous=True))
        assert "vacuous" not in write(Proved())


def test_many_cases_are_counted() -> None:
    assert plain(Proved(("c >= 0", "c < 0"))) == "proved in each case: c >= 0; c < 0"
    assert plain(Proved(tuple(f"c == {each}" for each in range(20)))) == "proved in each of 20 cases"


def test_words_within_latex_are_escaped() -> None:
    assert latex(Unknown("50% of x_1 & {y}^2")) == r"\text{unknown: 50\% of x\_1 \& \{y\}\^{}2}"


def test_what_has_no_name_in_the_language_is_written_out() -> None:
    assert plain(Partition(w, c)) == "sum(exp(c*w[k]), k)"


# --- all that there is ---------------------------------------------------------------------------


def balanced(source: str) -> bool:
    """Braces match, \\left meets \\right, and nothing has two exponents or two indices."""
    bare = source.replace(r"\{", "").replace(r"\}", "")
    depth = [bare[:at].count("{") - bare[:at].count("}") for at in range(len(bare) + 1)]
    doubled = re.search(r"[\^_]\{[^{}]*\}[\^]\{[^{}]*\}\^|\^\{[^{}]*\}\^|_\{[^{}]*\}_", bare)
    return min(depth) == depth[-1] == 0 and source.count(r"\left") == source.count(r"\right") and not doubled


@settings(max_examples=200)
@given(expressions | derivatives, points())
def test_any_expression_of_the_notation_is_read_back(expr: Expr, point: At) -> None:
    again = parse_expression(plain(expr))
    assert close(at(again, point), at(expr, point))
    assert again == expr or expr.has(sympy.E) or expr.atoms(Partition) - {Z}


@settings(max_examples=200)
@given(expressions | derivatives)
def test_any_expression_has_well_formed_latex(expr: Expr) -> None:
    assert balanced(latex(expr)), latex(expr)
    assert balanced(sympy.latex(expr)) or expr.has(D), sympy.latex(expr)


@pytest.mark.parametrize("result", all_results(), ids=lambda result: result.name)
def test_every_claim_of_a_result_is_read_back(result: Any) -> None:
    said = [*result.derivation.claims(), *(each.claim for each in result.twins)]
    for each in said:
        assert parse_claim(plain(each)) == each
        assert balanced(latex(each)), latex(each)


def test_nothing_is_evaluated_on_the_way_to_paper() -> None:
    expr = parse_expression("sum(z[k]/z[k], k) - x[i]*(c - c)/exp(log(c))")
    assert plain(expr) == "sum(z[k]/z[k], k) - x[i]*(c - c)/exp(log(c))"
    assert unspaced(latex(expr)) == unspaced(
        r"\sum_{k} \frac{z_{k}}{z_{k}} - \frac{x_{i} \left(c - c\right)}{e^{\log c}}"
    )
    assert x[i] in expr.atoms(type(x[i]))
