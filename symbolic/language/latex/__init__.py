r"""A formula in LaTeX to the same line in the claim language, which the plain reader then reads.

>>> str(as_plain(r"$\frac{\partial p_i}{\partial z_j} = \lambda p_i (\delta_{ij} - p_j) \quad (i \neq j)$"))
'diff(p[i], z[j]) == lambda*p[i]*(delta(i, j) - p[j]) given i != j'

    tokens  <-  tree, by grammar.lark  <-  letters  <-  translate, to pieces of plain text that know their places
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import cast

from lark import Lark, UnexpectedToken

from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.latex.lexer import TexLexer
from symbolic.language.latex.pieces import Piece
from symbolic.language.latex.translate import translated
from symbolic.language.latex.tree import Builder, Node
from symbolic.language.letters import shortened, too_deep

__all__ = ["as_plain", "plainly"]

LENGTH = 100_000  # characters in a formula
DEPTH = 100  # of brackets and braces


@contextmanager
def plainly(text: str, start: str = "line") -> Iterator[str]:
    """The line in plain form, for what reads it: its errors are raised at the place in the LaTeX that is meant."""
    said = None
    try:
        said = as_plain(text, start)
        yield str(said)
    except SyntaxErrorInClaim as error:
        if said is None:
            raise SyntaxErrorInClaim(error.message, error.position, text) from None
        message = f"{error.message} (the formula was read as: {shortened(str(said), 300)})"
        raise SyntaxErrorInClaim(message, said.origin(error.position), text) from None
    except RecursionError:
        raise SyntaxErrorInClaim("this is nested too deeply", 0, text) from None


def as_plain(text: str, start: str = "line") -> Piece:
    """What a formula says in the claim language: a claim or an expression, or else `hypotheses`."""
    if len(text) > LENGTH:
        raise SyntaxErrorInClaim(f"a line has at most {LENGTH} characters", LENGTH)
    deep = too_deep(text, DEPTH)
    if deep is not None:
        raise SyntaxErrorInClaim(f"more than {DEPTH} levels are nested here", deep)
    try:
        tree = cast(Node, _lark().parse(text, start=start))
    except UnexpectedToken as error:
        ended = error.token.type == "$END"
        raise SyntaxErrorInClaim(
            _explained(error), len(text.rstrip()) if ended else error.token.start_pos or 0
        ) from None
    return translated(tree, text)


@cache
def _lark() -> Lark:
    grammar = Path(__file__).with_name("grammar.lark")
    tables = grammar.parent / "__pycache__" / f"{grammar.name}.{sys.implementation.cache_tag}.tables"
    return Lark(
        grammar.read_text(encoding="utf-8"),
        start=["line", "hypotheses"],
        parser="lalr",
        lexer=TexLexer,
        transformer=Builder(),
        maybe_placeholders=False,
        cache=str(tables) if tables.exists() or not sys.dont_write_bytecode else False,
    )


EXPECTED = {
    "END": "`}`",
    "CLOSE": "a closing bracket",
    "RELATION": "a relation such as =",
    "BEGIN": "an argument in braces",
    "PARTIAL": "a derivative",
    "$END": "the end",
}


def _explained(error: UnexpectedToken) -> str:
    accepted = frozenset(error.accepts or error.expected)
    found = "the end of the formula" if error.token.type == "$END" else f"`{error.token}`"
    if "NAME" in accepted and "OPERATOR" not in accepted:
        return f"expected an expression, not {found}"
    words = [word for token, word in EXPECTED.items() if token in accepted]
    return f"expected {' or '.join(words) or 'an operator'}, not {found}"
