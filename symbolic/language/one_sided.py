"""A limit from one side is a limit at infinity: x = a + 1/t goes to a from the right as t goes to oo.

    limit(e, x, a, right)    limit(f, t, oo)    f is e with a + 1/t for x, t a letter that does not occur
    limit(e, x, a, left)     limit(f, t, oo)    with a - 1/t

t -> a + 1/t is smooth and one to one between the large t and the x to the right of a, so e and f are defined alike, and
go to the same. A derivative in x is one in t, by the chain rule: -t^2*diff(f, t), and t^2*diff(f, t) on the left.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from itertools import chain, count
from typing import cast

from lark import Token, Tree

from symbolic.language.grammar import parsed
from symbolic.language.letters import infinite
from symbolic.language.trees import (
    NO_NAMES,
    Node,
    bound_by,
    error,
    form_in,
    free_indices,
    is_letter,
    names_in,
    nodes,
    place_of,
)

__all__ = ["as_written", "at_infinity"]

SIDES = {"right": "+", "left": "-"}
LETTERS = "tsuvrwq"  # for what goes to infinity
POSITIVE = ("lambda", "lam", "λ", "T")


class AtInfinity(Tree[Token]):
    """A limit at infinity that was written as one from one side."""

    written: tuple[Node, ...] = ()


def at_infinity(limit: Tree[Token], side: Token, taken: Collection[str]) -> Tree[Token]:
    """The limit at infinity that this limit from one side is; both are of the core. `taken` are letters of the line."""
    word, inside, variable, point = limit.children
    if side not in SIDES:
        raise error("expected right or left, the side from which the limit is taken", side)
    if infinite(point):
        raise error("at oo and at -oo there is one side only: leave it out", side)
    if variable in POSITIVE:
        return _of_positive(limit, side)
    if not is_letter(variable):
        raise error("a limit from one side is in a scalar, as in limit(relu(c)/c, c, 0, right)", variable)
    if variable in NO_NAMES or variable in [*names_in(point)]:
        return limit  # the reader says what is wrong
    used = {*taken, *(each.value for each in names_in(limit))}
    name = next(each for each in chain(LETTERS, map("t{}".format, count())) if each not in used)
    letter = cast(Token, word).update(type="NAME", value=name)
    near = "a" if point != "0" else ""
    value = _filled(f"{near}{SIDES[side.value]}1/t".removeprefix("+"), letter, a=point, t=letter)
    _refuse_capture(inside, cast(Token, variable), point)
    work = _Change(cast(Token, variable), value, letter, -1 if side == "right" else 1)
    made = AtInfinity("call", [word, work.put(inside), letter, letter.update(value="oo")], place_of(letter))
    made.written = (inside, variable, point, side)
    return made


def as_written(limit: Tree[Token]) -> tuple[Node, ...]:
    """What stood in the limit from one side that this is; empty if it was none."""
    return limit.written if isinstance(limit, AtInfinity) else ()


def _of_positive(limit: Tree[Token], side: Token) -> Tree[Token]:
    """lambda and T are positive, and at 0 come from the right."""
    _, _, variable, point = limit.children
    if point == "0" and side == "right":
        return limit
    if point == "0":
        raise error(f"{variable} > 0 comes to 0 from the right", side)
    raise error(
        f"a limit in {variable} has a side at 0 alone, the right; elsewhere take softmax(z, c) and a scalar c", side
    )


def _refuse_capture(inside: Node, variable: Token, point: Node) -> None:
    """The point may not name what is bound, or moves, inside."""
    classes, letters = free_indices(point), [each for each in names_in(point) if each.value not in ("n", "e", "pi")]
    for part in nodes(inside):
        form = form_in(part) if isinstance(part, Tree) else None
        if form is None or not isinstance(part, Tree):
            continue
        bound = bound_by(part.children[2]) if form.takes_classes else None
        if bound is not None and bound.value in classes:
            raise error(f"{bound} is bound in the limit, and is free in its point: take another letter for one", point)
        moving = [each for each in part.children[2 : 3 if form.word == "limit" else None] if each != variable]
        if form.word in ("diff", "limit") and moving and letters:
            raise error("where something else moves inside, the point of a limit from one side is a number", point)


class _Change:
    """Another variable: the value, an expression in the new letter, for the old one. `slope` is dt/dx over t^2."""

    def __init__(self, old: Token, value: Node, letter: Token, slope: int) -> None:
        self.old, self.value, self.letter, self.slope = old, value, letter, slope

    def put(self, node: Node) -> Node:
        """The expression in the new letter."""
        if isinstance(node, Token):
            return self.value if node.type == "NAME" and node == self.old else node
        if node.data == "call" and node.children[0] == "diff":
            return reduce(self._derivative, node.children[2:], self.put(node.children[1]))
        if node.data == "call" and node.children[0] == "limit" and node.children[2] == self.old:
            return node
        return Tree(node.data, [self.put(each) for each in node.children], node.meta)

    def _derivative(self, inside: Node, variable: Node) -> Node:
        if variable != self.old:
            return _filled("diff(f, x)", self.letter, f=inside, x=variable)
        sign = "-" if self.slope < 0 else ""
        return _filled(f"{sign}t^2*diff(f, t)", self.letter, f=inside, t=self.letter)


def _filled(text: str, at: Token, **parts: Node) -> Node:
    """The tree of a line, with what its letters stand for, all of it at one place."""

    def fill(node: Node) -> Node:
        if isinstance(node, Tree):
            return Tree(node.data, list(map(fill, node.children)), place_of(at))
        return parts.get(node.value) or Token(node.type, node.value, at.start_pos, end_pos=at.end_pos)

    return fill(parsed(text, "row").children[0])
