"""Definitions: `where s[k] = q*x[k], L = log(c), f(x) = x^2` gives a name to what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from lark import Token, Tree

from symbolic.language.forms import FORMS
from symbolic.language.trees import (
    FAMILIES,
    NO_NAMES,
    Node,
    bound,
    error,
    form_in,
    is_family,
    is_letter,
    names_in,
    nodes,
)

__all__ = ["Definition", "definitions"]


class Definition(NamedTuple):
    """What a name stands for: a number, with an index an entry of a family, with an argument a function of a number.

    `whole` is a family defined without an index, s = softmax(w), as the line uses the name as a family.
    """

    name: Token
    at: Token | None
    body: Node
    argument: Token | None = None
    whole: bool = False

    @property
    def is_family(self) -> bool:
        return self.at is not None or self.whole


def definitions(defined: list[Node], said: Node, given: list[Node]) -> dict[str, Definition]:
    """The definitions by name; an error for one that is no definition, or stands for itself."""
    found: dict[str, Definition] = {}
    for each in defined:
        made = _definition(each)
        if made.at is None and made.argument is None:
            made = made._replace(whole=_is_whole(made, (said, *given, *defined)))
        if made.name.value in found:
            raise error(f"`{made.name}` is defined twice", made.name)
        found[made.name.value] = made
    for made in found.values():
        _refuse_circles(made, found, (), set())
        _refuse_argument(made, found)
    trees = (said, *given, *(each.body for each in found.values()))
    for name in found.keys() & {token.value for tree in trees for token in bound(tree)}:
        raise error(f"`{name}` is defined here: as a bound index take another letter", found[name].name)
    return found


def _is_whole(made: Definition, trees: tuple[Node, ...]) -> bool:
    """Is this a family, and no number? A letter is one if it is z or p, or has entries elsewhere."""
    if isinstance(made.body, Tree):
        return is_family(made.body) or _used_as_family(made.name, trees)
    return made.body in ("z", "p") or (_used_as_family(made.name, trees) and _used_as_family(made.body, trees))


def _used_as_family(name: Token, trees: Iterable[Node]) -> bool:
    """Does the name stand where a family does: s[i], softmax(s)?"""
    for part in (each for tree in trees for each in nodes(tree)):
        if isinstance(part, Tree) and part.data == "entry" and part.children[0] == name:
            return True
        form = form_in(part) if isinstance(part, Tree) else None
        if form is not None and isinstance(part, Tree):
            taken = zip(part.children[1:], form.shapes(len(part.children) - 1), strict=True)
            if any(each == name and shape in FAMILIES for each, shape in taken):
                return True
    return False


EXPECTED = (
    "expected a definition: a name or an entry, and what it stands for, as in s[k] = x[k]/c, L = log(c) or f(x) = x^2"
)


def _definition(relation: Node) -> Definition:
    tree = cast(Tree[Token], relation)
    left, op, body = tree.children[:3]
    if len(tree.children) > 3 or op not in ("=", "=="):
        raise error(EXPECTED, tree if len(tree.children) > 3 else op)
    if isinstance(left, Tree) and (left.data not in ("entry", "call") or len(left.children) != 2):
        raise error(EXPECTED, left)
    name, inner = (left, None) if isinstance(left, Token) else left.children
    if not is_letter(name) or not (inner is None or is_letter(inner)):
        raise error(EXPECTED, left)
    name, letter = cast(Token, name), cast("Token | None", inner)
    if name.value in NO_NAMES or name.value in FORMS:
        assumed = "" if name.value in FORMS or letter else "; what is assumed of it comes after given"
        raise error(f"`{name}` has a meaning already: a definition needs a new name{assumed}", name)
    if isinstance(left, Tree) and left.data == "call":
        return Definition(name, None, body, letter)
    return Definition(name, letter, body)


def _refuse_argument(of: Definition, known: Mapping[str, Definition]) -> None:
    """What is put in for the argument must mean inside what it means outside: no derivative or limit may be of it, and
    no other definition may hold its letter, which could be meant for it."""
    letter = of.argument
    if letter is None:
        return
    if letter.value in NO_NAMES or letter.value in FORMS or letter.value in known:
        raise error(f"`{letter}` has a meaning already: an argument needs a new letter", letter)
    for other in known.values():
        if other.argument != letter and letter in names_in(other.body):
            raise error(f"`{letter}` is the argument of {of.name} and stands in what `{other.name}` is, too", letter)
    for part in nodes(of.body):
        taken = isinstance(part, Tree) and part.data == "call" and part.children[0] in ("diff", "limit")
        if taken and letter in names_in(part):
            raise error(
                f"`{letter}` stands in a derivative or a limit here: define {of.name} without it, and claim "
                f"what the derivative or the limit of {of.name}({letter}) is",
                part,
            )


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
