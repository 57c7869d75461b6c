"""Families that stand for expressions: entropy((q + r)/2) is entropy(s) given s[k] == (q[k] + r[k])/2.

So entropy and kl of an expression are said where its entries may be 0, with 0*log(0) = 0. It says the same, as s is a
family of the claim that its hypothesis fixes; but not under a derivative or a limit, where s would be held fixed, and
not where an index in the expression is bound.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from lark import Token, Tree

from symbolic.language.trees import Node, bound_by, error, form_in, free_indices, names_in, nodes, place_of

__all__ = ["Standing"]


class Standing:
    """The families of one line that stand for expressions."""

    def __init__(self, fresh: Callable[[Token, str], Token]) -> None:
        self.fresh = fresh
        self.entries: dict[str, tuple[Node, Token]] = {}
        self.messages: dict[str, tuple[str, Node]] = {}
        self.known: dict[Node, Token] = {}

    def of(self, entry: Node, index: Token, at: Token, instead: tuple[str, Node]) -> Token:
        """The family whose entry at `index` this is; `instead` is the error, and its place, where none may stand."""
        said = _named(entry, index)
        if said not in self.known:
            name = self.fresh(at, "suv")
            self.known[said], self.entries[name.value], self.messages[name.value] = name, (entry, index), instead
        found = self.known[said]
        return Token("NAME", found.value, at.start_pos, end_pos=at.end_pos)

    def given(self, said: Node, hypotheses: list[Node]) -> list[Node]:
        """What is given of these families in a claim."""
        self._refuse_under(said, claimed=True)
        for each in hypotheses:
            self._refuse_under(each, claimed=False)
        return [self._given(name) for name in self._names((said, *hypotheses))]

    def indices(self, said: Node) -> dict[str, Token]:
        """The indices that a claim speaks of in these families alone."""
        free: dict[str, Token] = {}
        for name in self._names((said,)):
            entry, index = self.entries[name]
            free |= {letter: token for letter, token in free_indices(entry).items() if letter != index.value}
        return free

    def _names(self, trees: Iterable[Node]) -> list[str]:
        found = {each.value for tree in trees for each in names_in(tree)}
        return [name for name in self.entries if name in found]

    def refuse(self, trees: Iterable[Node]) -> None:
        """Refuse them in what is no claim, and has no hypotheses of its own."""
        for name in self._names(trees):
            raise error(*self.messages[name])

    def _refuse_under(self, tree: Node, claimed: bool) -> None:
        """Refuse a family under a derivative, a limit, or the binder of an index in its entry; in a hypothesis no index
        may be in it."""
        for name in self._names((tree,)):
            entry, index = self.entries[name]
            free = free_indices(entry).keys() - {index.value}
            if (free and not claimed) or any(_holds(part, name, free) for part in nodes(tree)):
                raise error(*self.messages[name])

    def _given(self, name: str) -> Tree[Token]:
        entry, index = self.entries[name]
        place = place_of(index)
        left = Tree("entry", [index.update(type="NAME", value=name), index], place)
        return Tree("relation", [left, index.update(type="COMPARE", value="=="), entry], place)


def _named(node: Node, index: Token) -> Node:
    """The same with another name for the index, which is none of the language."""
    if isinstance(node, Token):
        return node.update(value="@") if node == index else node
    return Tree(node.data, [_named(each, index) for each in node.children])


def _holds(part: Node, name: str, indices: Collection[str]) -> bool:
    """Is this a derivative or a limit with the name in it, or does it bind one of the indices there?"""
    form = form_in(part) if isinstance(part, Tree) else None
    if form is None or not isinstance(part, Tree) or all(each != name for each in names_in(part)):
        return False
    bound = bound_by(part.children[2]) if form.takes_classes else None
    return form.word in ("diff", "limit") or (bound is not None and bound.value in indices)
