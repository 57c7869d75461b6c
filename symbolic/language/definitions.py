"""Definitions: `where s[k] = q*x[k], L = log(c)` gives a name to what it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast

from lark import Token, Tree

from symbolic.language.forms import FORMS
from symbolic.language.trees import NO_NAMES, Node, bound, error, is_letter, names_in

__all__ = ["Definition", "definitions"]


class Definition(NamedTuple):
    """What a name stands for: a number, or with an index an entry of a family."""

    name: Token
    at: Token | None
    body: Node


def definitions(defined: list[Node], said: Node, given: list[Node]) -> dict[str, Definition]:
    """The definitions by name; an error for one that is no definition, or stands for itself."""
    found: dict[str, Definition] = {}
    for each in defined:
        made = _definition(each)
        if made.name.value in found:
            raise error(f"`{made.name}` is defined twice", made.name)
        found[made.name.value] = made
    for made in found.values():
        _refuse_circles(made, found, (), set())
    trees = (said, *given, *(each.body for each in found.values()))
    for name in found.keys() & {token.value for tree in trees for token in bound(tree)}:
        raise error(f"`{name}` is defined here: as a bound index take another letter", found[name].name)
    return found


EXPECTED = "expected a definition: a name or an entry, and what it stands for, as in s[k] = x[k]/c or L = log(c)"


def _definition(relation: Node) -> Definition:
    tree = cast(Tree[Token], relation)
    left, op, body = tree.children[:3]
    if len(tree.children) > 3 or op not in ("=", "=="):
        raise error(EXPECTED, tree if len(tree.children) > 3 else op)
    if isinstance(left, Tree) and left.data != "entry":
        raise error(EXPECTED, left)
    name, index = (left, None) if isinstance(left, Token) else left.children
    if not is_letter(name) or not (index is None or is_letter(index)):
        raise error(EXPECTED, left)
    name = cast(Token, name)
    if name.value in NO_NAMES or name.value in FORMS:
        raise error(f"`{name}` has a meaning already: a definition needs a new name", name)
    return Definition(name, cast("Token | None", index), body)


def _refuse_circles(of: Definition, known: Mapping[str, Definition], path: tuple[str, ...], seen: set[str]) -> None:
    """Refuse what stands for itself; `seen` is what need not be looked at again."""
    if of.name.value in seen:
        return
    path = (*path, of.name.value)
    for token in names_in(of.body):
        if token.value in path:
            raise error(f"`{token}` is defined by itself", token)
        if token.value in known:
            _refuse_circles(known[token.value], known, path, seen)
    seen.add(of.name.value)
