"""What is said to a line that cannot be read: something that helps, that is true, and nothing beside the point."""

from __future__ import annotations

import re

import pytest

from symbolic.answers import answer, as_record, verify_many
from symbolic.language import suggestions as tables
from symbolic.language.claims import Invalid
from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.forms import FORMS
from symbolic.language.names import is_name
from symbolic.language.parser import parse_claim, parse_expression
from symbolic.language.suggestions import SAYABLE, advice

GUESSED = {
    "softmax is shift invariant": "softmax(z)[i]",
    "J == diag(p) - p p^T": "no matrices",
    "det(J) == 0": "no determinants",
    "rank(J) == n - 1": "no determinants",
    "W x + b == 0": "no matrices",
    "softmax(Q K^T)[i] == 1": "no matrices",
    "softmax(x)[i] == 0 given x[i] == -oo, n >= 2": "limit(p[i], z[i], -oo)",
    "integral(p[i], z[i]) == 1": "no integral",
    "∫ p[i] == 1": "no integral",
    "diff(log(sum(exp(sum(w[k,a]*x[a], a)), k)), w[i,b]) == 0": "one index",
    "w[i][j] == 0": "one index",
    "sum(k*p[k], k) == 1": "sum(y[k]*p[k], k)",
    "diff(sum(a[k]*x^k, k), x) == 0": "x^y[k]",
    "argmax(z) == i": "z[i] == max(z)",
    "p[i] ~ 1/n": "abs(p[i] - 1/n)",
    "p[i] < 1e-3": "10^-3",
    "sum_k p_k == 1": "sum(p[k], k) == 1",
    "sum(v[i]*v[j]*diff(p[i], z[j]), i, j) >= 0": "is one in another",
    "sum(p[k], k=1..n) == 1": "sum(p[k], k) == 1",
    "sum(p[k], (k, 1, n)) == 1": "sum(p[k], k) == 1",
    "logsoftmax(z)[i] == xent(y, p)": "log_softmax(z)[i]",
    "expit(x) <= 1": "sigmoid(x)",
    "c > 1 where c := exp(x)": "after where",
    "d/dz[j] p[i] == 0": "diff(p[i], z[j])",
    "∂p/∂z == 0": "diff(p[i], z[j])",
    "z[i+1] > z[i]": "no order",
    "p[i] > 0 and p[j] > 0": "after given",
    "for all i: p[i] > 0": "every i",
    "log p[i] < 0": "parentheses",
    "||x|| <= 1": "sqrt(sum((x[k] - y[k])^2, k))",
    r"\| x - y \|_2 \le 1": "sum((x[k] - y[k])^2, k)",
    "P(z_1 > z_2) = p[1]": "probabilities of events cannot be said",
    "P(z > 3) == 1": "probabilities of events cannot be said",
    "c > 1 given v != 0, v[i] == 1": "sum(v[k]^2, k) > 0",
    r"v_i > 0 \text{ given } v \neq 0": "sum(v[k]^2, k) > 0",
    r"\nabla_z (-\log p_y) = 0": r"\frac{\partial}{\partial z_j} (-\log p_y)",
    "size(A) >= |A|": "abs(x)",
    "x*y > 0 given x, y > 0": "given x > 0, y > 0",
    "log(x) <= x, x > 0": "after given",
    "TV(p, q) <= 1": "total variation",
    "H(p) >= 0": "entropy(p)",
    "E[z[k]] == 1": "mean(v[k], k)",
    "lim_{T->0} p[i] == 1": "is p_i in LaTeX",
    "p[i] -> 1/n": "limit(p[i], T, oo)",
    "cos(x) <= 1": "no trigonometric",
    "np.exp(z[i]) > 0": "no module",
    "entropy is concave or convex": "quadratic form",
    "what is softmax": "not a sentence",
    "cov(z, w) == 0": "mean(v[k]*w[k], k)",
    "sparsemax(z)[i] == 1": "threshold",
    "softmax([0, 1])[1] == 1/2": "hypotheses",
}
NOTHING_TO_GUESS = ["p[i] <", "p[i == 1", "softmax(z", "2 p[i] > 0", "lambda p[i] > 0", "p[i] > 0 given", "((",
                    "f(x) == 0",
                    "sum(k*p[k], k) + ) == 1", "abs(x) + [ == 1"]  # fmt: skip
MISLEADING = {"logit(x) == 1": "log", "det(J) == 1": "delta", "log_softmax(z)[i] == 1": "softmax",
              "cos(x) == 1": "cosh",
              "cross_entropy(y, p) == 1": "entropy", "trace(J) == 1": "tau"}  # fmt: skip


def refused(line: str) -> SyntaxErrorInClaim:
    with pytest.raises(SyntaxErrorInClaim) as refusal:
        parse_claim(line)
    return refusal.value


@pytest.mark.parametrize(("line", "words"), GUESSED.items())
def test_what_was_meant_is_guessed(line: str, words: str) -> None:
    error = refused(line)
    assert words in str(error)
    assert "looks like this" not in str(error)


@pytest.mark.parametrize("line", NOTHING_TO_GUESS)
def test_nothing_is_said_that_is_beside_the_point(line: str) -> None:
    assert [each.partition(":")[0] for each in refused(line).advice] == ["a claim looks like this"]


@pytest.mark.parametrize(("line", "guess"), MISLEADING.items())
def test_no_suggestion_misleads(line: str, guess: str) -> None:
    try:
        error = refused(line)
    except pytest.fail.Exception:
        parse_claim(line)  # it is a word of the language
        return
    assert f"did you mean `{guess}`" not in error.message


@pytest.mark.parametrize("line", [*NOTHING_TO_GUESS, ""])
def test_the_last_line_shows_a_claim_that_is_true(line: str) -> None:
    *_, last = str(refused(line)).split("\n")
    shown = re.fullmatch(r"a claim looks like this: `(.*)`", last)
    assert shown
    assert answer(shown[1]).proved


def test_an_expression_is_shown_where_one_is_asked_for() -> None:
    with pytest.raises(SyntaxErrorInClaim, match="an expression looks like this"):
        parse_expression("p[i")


SENTENCES = [*SAYABLE.values(), *(said for _, said in (*tables._PHRASES, *tables._PATTERNS)), tables.FORMULA]
FORMULAS = list(dict.fromkeys(formula for said in SENTENCES for formula in re.findall("`([^`]*)`", said)))


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_is_suggested_can_be_said_and_is_true(formula: str) -> None:
    if re.search("[=<>]", formula):
        assert answer(formula).proved or formula in HYPOTHESES
    else:
        parse_expression(formula)


HYPOTHESES = [
    "z[i] == max(z)",
    "count(z[k] > c, k) >= 1",
    "sum(v[k]^2, k) > 0",
]  # relations that say something of a point


def test_words_are_known_or_can_be_said() -> None:
    assert {word for word in SAYABLE if word in FORMS} == set()
    assert {word for word in SAYABLE if is_name(word)} <= {"D", "E", "H", "P"}


def test_advice_is_a_note_where_notes_are_asked_for() -> None:
    said = answer("argmax(z) == i")
    assert isinstance(said.verdict, Invalid)
    assert as_record(said, 0)["notes"] == list(said.notes) != []
    (streamed,) = verify_many(["argmax(z) == i"])
    assert "notes" not in as_record(streamed, 0)


def test_a_long_line_costs_no_more() -> None:
    assert len(advice("z[i] + " * 10_000 + "~", "claim", 70_000)) == 1


def test_what_is_said_is_shown_with_the_answer() -> None:
    assert "no matrices" in str(answer("W x + b == 0"))
    assert "no matrices" in answer("W x + b == 0")._repr_markdown_()
