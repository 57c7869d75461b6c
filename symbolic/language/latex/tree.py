"""The tree of a formula: one kind of node, with the place that it has in the text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lark import Token

from symbolic.language.errors import SyntaxErrorInClaim

__all__ = ["Builder", "Node", "parts_of", "unbracketed"]

DEPTH = 300  # of a tree: a few levels for each that is seen


@dataclass(frozen=True, eq=False)
class Node:
    """A part of a formula from `start` to `end`. `word` is a token's value, the head of a function or the kind of a
    bracket; `below` and `above` are the lists that its scripts hold; `depth` is that of the tree."""

    kind: str
    word: str = ""
    parts: tuple[Node, ...] = ()
    below: Node | None = None
    above: Node | None = None
    start: int = 0
    end: int = 0
    depth: int = 0

    def isa(self, *kinds: str) -> bool:
        return self.kind in kinds

    @property
    def items(self) -> tuple[Node, ...]:
        """What stands between the commas of a bracket or a list."""
        return self.parts if self.kind == "items" else self.parts[0].parts

    @property
    def scripts(self) -> tuple[Node, ...]:
        return tuple(each for each in (self.below, self.above) if each)

    @property
    def inside(self) -> Node:
        """What a function or an operator applies to."""
        return self.parts[0]

    @property
    def is_entry(self) -> bool:
        """Is this z_i?"""
        return self.kind == "scripted" and self.inside.kind == "NAME" and self.below is not None and self.above is None

    @property
    def is_power(self) -> bool:
        """Is this ( ... )^2?"""
        return self.kind == "scripted" and self.inside.kind == "bracket" and self.above is not None and not self.below


def unbracketed(node: Node) -> Node:
    """What ordinary brackets hold."""
    while node.kind == "bracket" and node.word in ("(", "[", "{") and len(node.parts) == 1 and len(node.items) == 1:
        node = node.items[0]
    return node


def parts_of(node: Node) -> tuple[Node, ...]:
    """The factors of a product; of anything else, itself."""
    return node.parts if node.kind == "product" else (node,)


def _node(child: Node | Token) -> Node:
    if isinstance(child, Node):
        return child
    return Node(child.type, str(child), start=child.start_pos or 0, end=child.end_pos or 0)


Children = list[Node | Token]
PUNCTUATION = ("COMMA", "COLON", "GIVEN", "FORALL", "SIDE", "BEGIN", "END", "OPEN", "CLOSE", "PARTIAL")


def _made(kind: str, children: Children, word: str = "", skip: tuple[str, ...] = PUNCTUATION) -> Node:
    """A node of this kind; its scripts are taken out of the children, and so is punctuation."""
    nodes = [_node(each) for each in children]
    found: dict[str, Node] = {}
    for each in nodes:
        if each.kind in ("SUB", "SUP"):
            if each.kind in found:
                raise SyntaxErrorInClaim("two scripts of one kind: brackets say which comes first", each.start)
            found[each.kind] = each
    below, above = (found[each].inside if each in found else None for each in ("SUB", "SUP"))
    parts = tuple(each for each in nodes if each.kind not in (*skip, "SUB", "SUP"))
    depth = 1 + max(each.depth for each in nodes)
    if depth > DEPTH:
        raise SyntaxErrorInClaim("this is nested too deeply", nodes[0].start)
    return Node(kind, word, parts, below, above, nodes[0].start, nodes[-1].end, depth)


class Builder:
    """A method for each rule of the grammar: what lark builds."""

    def line(self, children: Children) -> Node:
        return _made("line", children)

    def hypotheses(self, children: Children) -> Node:
        return _made("hypotheses", children)

    def definitions(self, children: Children) -> Node:
        return _made("definitions", children, skip=("WHERE",))

    def items(self, children: Children) -> Node:
        return _made("items", children)

    def for_all(self, children: Children) -> Node:
        return _made("for_all", children, str(children[1]))

    def one_sided(self, children: Children) -> Node:
        return _made("one_sided", children, str(children[1]))

    def relation(self, children: Children) -> Node:
        return _made("relation", children)

    def tending(self, children: Children) -> Node:
        return _made("tending", children, skip=("AS",))

    def equivalence(self, children: Children) -> Node:
        return _made("equivalence", children)

    def along(self, children: Children) -> Node:
        return _made("along", children, skip=("ALONG",))

    def expr(self, children: Children) -> Node:
        return _made("expr", children) if len(children) > 1 else _node(children[0])

    def term(self, children: Children) -> Node:
        return _made("term", children)

    def product(self, children: Children) -> Node:
        return _made("product", children)

    def big(self, children: Children) -> Node:
        return _made("big", children, str(children[0]), skip=("BIG",))

    def apply(self, children: Children) -> Node:
        return _made("apply", children, str(children[0]), skip=("APPLY",))

    def scripted(self, children: Children) -> Node:
        return _made("scripted", children)

    def bracket(self, children: Children) -> Node:
        return _made("bracket", children, str(children[0]))

    def group(self, children: Children) -> Node:
        """Braces are not seen, so they are no part of the tree."""
        whole = _made("group", children)
        return replace(whole.inside, start=whole.start, end=whole.end)

    def number_of(self, children: Children) -> Node:
        return _made("number_of", children, skip=("HASH",))

    def fraction(self, children: Children) -> Node:
        return _made("fraction", children, skip=("FRAC",))

    def root(self, children: Children) -> Node:
        return _made("root", children, skip=("SQRT",))

    def script(self, children: Children) -> Node:
        token = _node(children[0])
        return replace(_made("script", children[1:]), kind=token.kind, start=token.start)

    def variables(self, children: Children) -> Node:
        return _made("variables", children)

    def derivative(self, children: Children) -> Node:
        """What is differentiated and in what; the order as a superscript."""
        for each in map(_node, children):
            if each.kind == "OPERATOR" and each.word != "/":
                raise SyntaxErrorInClaim("expected `/`: a derivative is \\partial f / \\partial x", each.start)
        made = _made("derivative", children, skip=(*PUNCTUATION, "DFRAC", "OPERATOR"))
        inside, variables = sorted(made.parts, key=lambda each: each.kind == "variables")
        return replace(made, parts=(inside, variables))
