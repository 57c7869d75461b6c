"""From text to the tree of the grammar (grammar.lark)."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from lark import Lark, Token, Tree

__all__ = ["parsed"]

STARTS = ["claim", "expression", "question", "row"]


def parsed(text: str, start: str) -> Tree[Token]:
    """The tree of a line; lark's `UnexpectedInput` where it is not of the grammar."""
    return _lark().parse(text, start=start)


@cache
def _lark() -> Lark:
    """The parser. Its tables are kept beside the byte code, and made anew when the grammar changes."""
    grammar = Path(__file__).with_name("grammar.lark")
    tables = grammar.parent / "__pycache__" / f"{grammar.name}.{sys.implementation.cache_tag}.tables"
    return Lark(
        grammar.read_text(encoding="utf-8"),
        start=STARTS,
        parser="lalr",
        propagate_positions=True,
        maybe_placeholders=False,
        cache=str(tables) if tables.exists() or not sys.dont_write_bytecode else False,
    )
