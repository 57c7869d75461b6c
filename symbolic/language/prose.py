r"""Prose with formulas in it: a piece between backquotes is a line of the claim language.

>>> in_plain("over `exp(lambda*z[i])`, and `n >= 2`")
'over exp(lambda*z[i]), and n >= 2'
>>> print(in_markdown("the sum of `p[k]`"))
the sum of $p_{k}$
"""

from __future__ import annotations

import re
from collections.abc import Callable

from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.parser import parse_case, parse_claim, parse_expression
from symbolic.language.typeset import latex

__all__ = ["capital", "formula", "in_a_cell", "in_latex", "in_markdown", "in_plain", "sentence"]

FORMULA = re.compile(r"`([^`]*)`")
INFINITE = {"oo": r"\infty", "-oo": r"-\infty"}  # alone it is no expression


def in_plain(text: str) -> str:
    """The prose as it is, without the backquotes."""
    return text.replace("`", "")


def in_markdown(text: str) -> str:
    """The prose with its formulas as inline LaTeX."""
    return _with_formulas(text, str)


def in_latex(text: str) -> str:
    r"""The prose as the argument of a `\text{...}`."""
    return _with_formulas(text, lambda words: re.sub(r"([%&#_])", r"\\\1", words))


def capital(text: str) -> str:
    """The text, which begins with a capital letter."""
    return f"{text[0].upper()}{text[1:]}"


def sentence(text: str) -> str:
    """The text as a sentence, with a full stop if it has no end of its own.

    >>> sentence("look at n = 1"), sentence("where has it gone?")
    ('Look at n = 1.', 'Where has it gone?')
    """
    return capital(text) if text.endswith((".", "?")) else f"{capital(text)}."


def in_a_cell(text: str) -> str:
    r"""Markdown without the bars that would end the cell of a table.

    >>> print(in_a_cell(r"\left|A\right| \| q"))
    \left\vert A\right\vert  \Vert  q
    """
    return text.replace(r"\|", r"\Vert ").replace("|", r"\vert ")


def _with_formulas(text: str, words: Callable[[str], str]) -> str:
    parts = FORMULA.split(text)
    return "".join(f"${formula(part)}$" if at % 2 else words(part) for at, part in enumerate(parts))


def formula(text: str) -> str:
    r"""An expression, a relation or a hypothesis as LaTeX.

    >>> print(formula("i in A"), formula("p[i] <= 1"), formula("i = j"))
    i \in A p_{i} \leq 1 i = j
    """
    if text in INFINITE:
        return INFINITE[text]
    for read in (parse_expression, parse_claim):
        try:
            return latex(read(text))
        except SyntaxErrorInClaim:
            continue
    return latex(parse_case(text))
