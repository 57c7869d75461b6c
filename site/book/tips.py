"""What is shown beside a symbol, a statement or a result that is pointed at: pages of definitions, in pieces with ids.

symbols()       the symbols of formulas, by the names of static/formulas.js
statements()    the collected statements
results()       the results, by name
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from symbolic.language import hypertext, typeset
from symbolic.language.names import FIXED
from symbolic.language.reference import ROWS
from symbolic.results import all_results
from symbolic.statements import Statement

__all__ = ["results", "statements", "symbols"]

# How a letter with a fixed meaning stands in a formula, and what it is by definition.
LETTERS = {
    "p": ("p_i", r"p_i = \frac{e^{\lambda z_i}}{Z}"),
    "z": ("z", r"z = (z_1, \dots, z_n)"),
    "Z": ("Z", r"Z = \sum_{k=1}^{n} e^{\lambda z_k}"),
    "n": ("n", r"n \geq 1"),
    "lambda": (r"\lambda", r"\lambda = \frac{1}{T} > 0"),
    "T": ("T", r"T = \frac{1}{\lambda} > 0"),
}
CLASS = ("i, j, k", "classes, numbered", r"1 \leq i, j, k \leq n")


def symbols() -> str:
    """Each symbol with its definition: the letters that are fixed, and the words of the language."""
    words = {name: (formula, FIXED[name][1], definition) for name, (formula, definition) in LETTERS.items()}
    words["class"] = CLASS
    for row in reversed(ROWS):  # of several uses of a word the first is shown
        words[row.typed.partition("(")[0]] = (row.formula, row.means, "")
    return "\n".join(
        _piece(name, f"<p>{hypertext.inline(formula)}: {escape(means, quote=False)}</p>{_displayed(definition)}")
        for name, (formula, means, definition) in words.items()
    )


def statements(all_of_them: Iterable[Statement], latex: dict[str, tuple[str, ...]]) -> str:
    """Each statement in words, and its first claim as a formula."""
    return "\n".join(
        _piece(
            each.id,
            f"<p><strong>{each.id}</strong>{_false(each)} {escape(each.text, quote=False)}</p>{_first(each, latex)}",
        )
        for each in all_of_them
    )


def _false(about: Statement) -> str:
    return "" if about.true else " (false)"


def _first(about: Statement, latex: dict[str, tuple[str, ...]]) -> str:
    return "".join(map(_displayed, latex[about.claims[0].text])) if about.claims else ""


def results() -> str:
    """Each result in words and as a formula."""
    return "\n".join(
        _piece(each.name, f"<p>{hypertext.in_html(each.title)}</p>{_displayed(typeset.latex(each.claim))}")
        for each in all_results()
    )


def _displayed(latex: str) -> str:
    return hypertext.displayed(latex) if latex else ""


def _piece(name: str, html: str) -> str:
    return f'<div id="{name}">{html}</div>'
