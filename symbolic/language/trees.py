"""What is in a tree of the grammar: its names, its words, what they bind, and how it was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, cast

from lark import Token, Tree

from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.forms import FORMS, Form, Shape
from symbolic.language.letters import Node, position
from symbolic.language.names import FIXED

__all__ = [
    "BOUND", "FAMILIES", "INFINITE", "NO_NAMES", "NUMERIC", "Node", "bound", "bound_by", "error", "form_in",
    "free_indices", "is_chain", "is_family", "is_letter", "is_range", "names_in", "nodes", "place_of",
    "tokens", "typed",
]  # fmt: skip

NUMERIC = (Shape.EXPRESSION, Shape.EXTENDED)
FAMILIES = (Shape.FAMILY, Shape.DISTRIBUTION)
BOUND = (Shape.BINDER, Shape.LETTER)
INFINITE = ("oo", "inf", "infinity", "∞")
NO_NAMES = {*INFINITE, "e", "pi", *FIXED}  # that mean something in every line


def nodes(node: Node) -> Iterator[Node]:
    """The node and all in it; without recursion."""
    left = [node]
    while left:
        part = left.pop()
        yield part
        left += part.children if isinstance(part, Tree) else []


def names_in(node: Node) -> Iterator[Token]:
    """The names in a tree."""
    return (each for each in nodes(node) if isinstance(each, Token) and each.type == "NAME")


def tokens(node: Node) -> list[Token]:
    """All that a tree consists of, in order."""
    return [node] if isinstance(node, Token) else [each for part in node.children for each in tokens(part)]


def free_indices(node: Node) -> dict[str, Token]:
    """The letters that are an index, and free, in a tree of the core."""
    if isinstance(node, Token):
        return {}
    if node.data == "entry":
        return free_indices(node.children[0]) | _letter(node.children[1])
    if node.data == "membership":
        return _letter(node.children[0])
    form = form_in(node)
    inner = [free_indices(each) for each in node.children]
    if form is not None and form.takes_classes:
        _, _, *ranges = node.children
        bound = bound_by(ranges[0])
        outside = [_letter(each.children[-1]) for each in ranges if isinstance(each, Tree) and each.data == "relation"]
        body = {name: token for name, token in inner[1].items() if bound is None or name != bound.value}
        return _joined([body, *outside])
    if form is not None and form.word == "delta":
        return _joined(map(_letter, node.children[1:]))
    return _joined(inner)


def _letter(node: Node) -> dict[str, Token]:
    return {node.value: node} if isinstance(node, Token) and node.type == "NAME" else {}


def _joined(parts: Iterable[dict[str, Token]]) -> dict[str, Token]:
    return dict(pair for part in parts for pair in part.items())


def is_letter(node: Node | None) -> bool:
    return isinstance(node, Token) and node.type == "NAME"


def is_range(node: Node) -> bool:
    return isinstance(node, Tree) and node.data in ("relation", "membership")


def is_chain(call: Tree[Token]) -> bool:
    body = call.children[1]
    return isinstance(body, Tree) and body.data == "relation" and len(body.children) > 3


def bound_by(node: Node) -> Token | None:
    """The index that a range binds."""
    first = node if isinstance(node, Token) else node.children[0]
    return cast(Token, first) if (isinstance(node, Token) or is_range(node)) and is_letter(first) else None


def bound(node: Node) -> Iterator[Token]:
    """The indices that are bound in a tree by a bare letter or a condition."""
    for each in nodes(node):
        form = form_in(each) if isinstance(each, Tree) and each.data == "call" else None
        if form is not None and isinstance(each, Tree) and set(form.shapes(len(each.children) - 1)) & set(BOUND):
            letter = bound_by(each.children[2])
            if letter is not None and form.word not in ("max", "min"):
                yield letter


def form_in(call: Tree[Token]) -> Form | None:
    """The form of a call; None for what is no call, and for a word or a use that is not known."""
    if call.data != "call":
        return None
    word, *arguments = call.children
    fitting = (form for form in FORMS.get(cast(Token, word), ()) if form.shapes(len(arguments)))
    return next(fitting, None)


def typed(node: Node, text: str, families: Collection[str] = ()) -> str:
    """A part of the line as it was typed; with `families`, at class k."""
    start, end = position(node), node.end_pos if isinstance(node, Token) else node.meta.end_pos
    shown = text[start:end]
    for each in sorted((each for each in names_in(node) if each in families), key=lambda each: -(each.start_pos or 0)):
        at = (each.end_pos or 0) - start
        shown = f"{shown[:at]}[k]{shown[at:]}"
    return shown


def is_family(node: Node) -> bool:
    """Is this a call that makes a family, such as softmax(w)?"""
    form = form_in(node) if isinstance(node, Tree) else None
    return form is not None and form.makes is Shape.DISTRIBUTION


def place_of(token: Token) -> Any:
    """Where a tree stands that is made for a token: lark's `Meta`."""
    meta = Tree("", []).meta
    meta.empty, meta.start_pos, meta.end_pos = False, token.start_pos or 0, token.end_pos or 0
    return meta


def error(message: str, node: Node) -> SyntaxErrorInClaim:
    return SyntaxErrorInClaim(message, position(node))
