"""One table of heads: what the language can say is read by the kernel, evaluated, printed in Coq and typeset.

And what the kernel knows can be said: cosh was proved about before anybody could evaluate it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sympy
from sympy import Basic, Expr, Symbol

import symbolic
from symbolic.answers import verify
from symbolic.coq import statements
from symbolic.kernel import Refused, check
from symbolic.kernel.definitions import FAMILIES, VALUES
from symbolic.language import notation as of
from symbolic.language.claims import claim
from symbolic.language.errors import NotationError, Unsupported
from symbolic.language.forms import FORMS, Form, Shape
from symbolic.language.notation import y
from symbolic.language.parser import parse_expression
from symbolic.language.reference import ROWS
from symbolic.language.typeset import latex, plain
from symbolic.points.evaluate import RULES
from symbolic.search.form.admission import READERS

ALONE = "softmax(z, c)[i]", "Z*z[i]*T*lambda^n"
USAGES = [form.usage for forms in FORMS.values() for form in forms if form.makes is Shape.EXPRESSION]
SAID: dict[str, Expr] = {
    usage: parse_expression(usage.replace("(e", "(1 + z[k]^2").replace("kl(p, q)", "kl(p, y)")) for usage in USAGES
} | {text: parse_expression(text) for text in ALONE}
APART = sympy.Tuple, sympy.Symbol, type(sympy.oo)
STRUCTURE = (of.Entry, of.Softmax, of.Family, of.Subset, of.BoundIndex, *of.CONDITIONS, sympy.Rel)


def heads_said() -> set[type[Basic]]:
    """The heads of expressions that the language has words for."""
    found = {type(part) for expr in SAID.values() for part in sympy.preorder_traversal(expr)}
    return {head for head in found if not issubclass(head, STRUCTURE) and head not in APART}


def knows(table: dict[type, object], head: type) -> bool:
    return any(each in table for each in head.__mro__)


TABLES = {"symbolic/search/form/admission.py, READERS": READERS, "symbolic/points/evaluate.py, RULES": RULES}


def test_what_is_said_is_known_to_the_search_and_to_the_judge() -> None:
    assert {sympy.cosh, sympy.sinh, sympy.tanh, sympy.Abs, of.Limit, of.Variance} <= heads_said()
    for name, table in TABLES.items():
        missing = {head.__name__ for head in heads_said() if not knows(table, head)}
        assert not missing, f"{name}: no row for {missing}"


def test_what_the_search_knows_can_be_said_and_evaluated() -> None:
    functions = {head for head in READERS if issubclass(head, (sympy.Function, of.Head))}
    unsaid = {head.__name__ for head in functions if not any(issubclass(each, head) for each in heads_said())}
    assert not unsaid - {"KroneckerDelta", "Functional"}, (
        f"symbolic/language/forms.py: no row for {unsaid}"  # Delta, and heads of families, are
    )
    unknown = {head.__name__ for head in functions if not knows(RULES, head) and head is not of.Functional}
    assert not unknown, f"symbolic/points/evaluate.py, RULES: no row for {unknown}"


def test_what_is_said_is_typeset() -> None:
    for usage, expr in SAID.items():
        assert parse_expression(plain(expr)) == expr, usage
        named = {head.__name__ for head in heads_said() if rf"\operatorname{{{head.__name__}}}" in latex(expr)}
        assert not named, f"LaTeX has no words for {named}"


def test_what_is_said_is_printed_in_coq() -> None:
    missing = []
    for usage, expr in SAID.items():
        try:
            statements.proposition(claim(expr, "==", y[1], given="n >= 2"))
        except Unsupported as problem:
            missing.append(f"{usage}: {problem}")
    assert not missing


def test_a_gap_is_seen() -> None:
    assert not knows({head: rule for head, rule in RULES.items() if head is not sympy.cosh}, sympy.cosh)


# --- words that other words define ---


def defined() -> list[Form]:
    """The words of which no use makes anything of its own: sigmoid, cross_entropy."""
    return [form for forms in FORMS.values() if not any(each.make for each in forms) for form in forms[:1]]


def gaps(form: Form) -> list[str]:
    """The tables that have no row for such a word, each with its place."""
    arity = len(form.takes)
    tables = {
        f'symbolic/kernel/definitions.py: no row ("{form.word}", {arity})': (form.word, arity)
        in {**VALUES, **FAMILIES},
        f"symbolic/language/reference.py: no row {form.usage}": form.word
        in {row.typed.partition("(")[0] for row in ROWS},
    }
    return [each for each, there in tables.items() if not there]


def test_each_word_that_others_define_has_a_row_in_each_table() -> None:
    words = {form.word: gaps(form) for form in defined()}
    assert {"sigmoid", "softplus", "logit", "relu", "log_softmax", "cross_entropy"} <= words.keys()
    assert {word: each for word, each in words.items() if each} == {}


OF_LINES = "xlogy"  # which the kernel reads in lines alone: in a claim it is put in as x*log(c)


@pytest.mark.parametrize("form", [form for form in defined() if form.word != OF_LINES], ids=lambda form: form.word)
def test_the_kernel_and_python_read_it_as_the_language_does(form: Form) -> None:
    at = "[i]" if form.makes is Shape.DISTRIBUTION else ""
    check(f"{form.usage}{at} == {form.text}", {"line": []})
    if form.word in symbolic.__all__:
        arguments = [{"x": Symbol("x", real=True), "y": y, "q": of.q, "z": of.z}[each] for each in form.letters]
        made = getattr(symbolic, form.word)(*arguments)
        assert parse_expression(plain(made[of.i] if at else made)) == parse_expression(f"{form.usage}{at}")


def test_the_kernel_reads_a_word_of_lines_in_no_claim() -> None:
    with pytest.raises(Refused):
        check(f"{OF_LINES}(x, c) == x*log(c)", {"line": []})
    check(
        "kl(q, p) >= 0 given sum(q[k], k) == 1, q[k] >= 0", {"line": ["sum(xlogy(q[k], q[k]/p[k]) - q[k] + p[k], k)"]}
    )


@pytest.mark.parametrize("said", ["x", 0.5, None])
def test_what_is_no_number_is_refused(said: object) -> None:
    with pytest.raises(NotationError, match="sigmoid takes a number"):
        symbolic.sigmoid(said)


CONTRIBUTING = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text("utf-8").partition("## Add a word")[2]
SWISH = Form("swish(x)", (Shape.EXPRESSION,), text="x/(1 + exp(-x))")


def test_contributing_says_which_rows_a_new_word_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMS, "swish", (SWISH,))
    assert gaps(SWISH) == re.findall(r"^    (symbolic/\S+: no row .*)$", CONTRIBUTING, re.MULTILINE)
    row = 'Form("swish(x)", (E,), text="x/(1 + exp(-x))"),'
    assert row in CONTRIBUTING
    monkeypatch.setitem(VALUES, ("swish", 1), ("x", "x/(1 + exp(-x))"))
    assert '("swish", 1): ("x", "x/(1 + exp(-x))"),' in CONTRIBUTING
    assert gaps(SWISH) == ["symbolic/language/reference.py: no row swish(x)"]
    check("swish(x) - swish(-x) == x", {"line": []})


def test_one_row_is_enough_to_read_and_decide_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMS, "swish", (SWISH,))
    assert verify("swish(x) - swish(-x) == x")
    assert verify(r"\operatorname{swish}(x) - \operatorname{swish}(-x) = x")
    assert verify("swish(x) == x").refuted
