"""One table of heads: what the language can say is read by the kernel, evaluated, printed in Coq and typeset.

And what the kernel knows can be said: cosh was proved about before anybody could evaluate it.
"""

from __future__ import annotations

import sympy
from sympy import Basic, Expr

from symbolic.coq import statements
from symbolic.language import notation as of
from symbolic.language.claim import claim
from symbolic.language.errors import Unsupported
from symbolic.language.forms import FORMS, Shape
from symbolic.language.notation import y
from symbolic.language.parser import parse_expression
from symbolic.language.typeset import latex, plain
from symbolic.points.evaluate import RULES
from symbolic.search.form.admit import READERS

ALONE = "softmax(z, c)[i]", "Z*z[i]*T*lambda^n"
USAGES = [form.usage for forms in FORMS.values() for form in forms if form.makes is Shape.EXPRESSION]
SAID: dict[str, Expr] = {
    usage: parse_expression(usage.replace("(e", "(1 + z[k]^2").replace("kl(p, q)", "kl(p, y)")) for usage in USAGES
} | {text: parse_expression(text) for text in ALONE}
STRUCTURE = (of.Entry, of.Softmax, of.Family, of.Subset, of.BoundIndex, *of.CONDITIONS, sympy.Rel)


def heads_said() -> set[type[Basic]]:
    """The heads of expressions that the language has words for."""
    found = {type(part) for expr in SAID.values() for part in sympy.preorder_traversal(expr)}
    return {head for head in found if not issubclass(head, STRUCTURE) and head not in (sympy.Tuple, sympy.Symbol)}


def knows(table: dict[type, object], head: type) -> bool:
    return any(each in table for each in head.__mro__)


def test_what_is_said_is_known_to_the_kernel_and_to_the_judge() -> None:
    assert {sympy.cosh, sympy.sinh, sympy.tanh, sympy.Abs, of.Limit, of.Variance} <= heads_said()
    for name, table in (("the kernel", READERS), ("evaluate", RULES)):
        missing = {head.__name__ for head in heads_said() if not knows(table, head)}
        assert not missing, f"{name} does not know {missing}"


def test_what_the_kernel_knows_can_be_said_and_evaluated() -> None:
    functions = {head for head in READERS if issubclass(head, (sympy.Function, of.Head))}
    unsaid = {head.__name__ for head in functions if not any(issubclass(each, head) for each in heads_said())}
    assert not unsaid - {"KroneckerDelta", "Functional"}, f"no word for {unsaid}"  # Delta, and heads of families, are
    unknown = {head.__name__ for head in functions if not knows(RULES, head) and head is not of.Functional}
    assert not unknown, f"evaluate does not know {unknown}"


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
