"""Which letters of a line are families, and which are indices or numbers, as far as it can be told from their use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from lark import Token, Tree

from symbolic.language.forms import Shape
from symbolic.language.names import is_name
from symbolic.language.trees import (
    BOUND,
    FAMILIES,
    NO_NAMES,
    NUMERIC,
    Node,
    error,
    form_in,
    is_family,
    is_range,
    names_in,
    typed,
)
from symbolic.language.where_clauses import Definition

__all__ = ["Uses", "lifted"]

TEMPERATURES = {"lambda", "lam", "λ", "T"}
USUAL = "qruvwxy"  # letters that elsewhere are vectors


class Uses:
    """How the letters of a line are used: which are families, indices, numbers.

    In an expression of families a letter is one if it is z or p, if it has an index or stands alone for a family
    elsewhere. If none is, one that can be a family is, and so are several beside a number, as in softmax(t*x + w) where
    the derivative is in t.
    """

    def __init__(self, tree: Tree[Token], text: str, definitions: Mapping[str, Definition]) -> None:
        self.definitions, self.text = definitions, text
        self.families, self.indices, self.numbers = {"z", "p"}, set[str](), set[str]()
        self.times = Counter(each.value for each in names_in(tree))
        self.expressions: list[Node] = []
        for clause in tree.children:
            if isinstance(clause, Tree) and clause.data == "some":
                self.indices |= {each.value for each in names_in(clause)}
                continue
            parts = clause.children if isinstance(clause, Tree) and clause.data in ("where", "given") else [clause]
            for part in parts:
                self._walk(part, Shape.EXPRESSION)
        for made in definitions.values():
            if made.whole and not is_family(made.body):
                self._walk(made.body, Shape.DISTRIBUTION)
        self.seen = tuple(self.expressions)
        while self.expressions:
            self._settle(min(self.expressions, key=lambda each: len(self._open(each))))

    def is_family(self, token: Token) -> bool:
        return token.value in self.families

    def is_class_or_family(self, node: Node) -> bool:
        """Is this letter used as what is no number?"""
        return isinstance(node, Token) and node.value in self.families | self.indices

    def remarks(self) -> Iterator[str]:
        """What is said of letters that were taken for numbers in an expression of families, for want of another use."""
        told = self.families | self.numbers | self.definitions.keys()
        for expression in self.seen:
            names = {each.value for each in lifted(expression) if isinstance(each, Token)}
            numbers = {each for each in names - told if each[0] in USUAL}
            entry = typed(expression, self.text, (names & self.families) | numbers)
            for each in sorted(numbers):
                yield (
                    f"`{each}` has no index in the line, and is read as a number in `{typed(expression, self.text)}`; "
                    f"if it is a family define the expression, where s[k] = {entry}"
                )
            told |= numbers

    def _walk(self, node: Node, shape: Shape) -> None:
        if isinstance(node, Token):
            self._note(node, shape)
        elif node.data == "call" and (shape not in FAMILIES or is_family(node)):
            self._walk_call(node)
        elif node.data == "entry" and shape not in FAMILIES:
            family, at = node.children
            self._walk(family, Shape.FAMILY if isinstance(family, Token) else Shape.EXPRESSION)
            self._walk(at, Shape.INDEX)
        elif node.data == "membership":
            self._walk(node.children[0], Shape.INDEX)
        elif shape in FAMILIES:
            self.expressions.append(node)
            self._walk_lifted(node)
        else:
            inner = Shape.INDEX if shape is Shape.BINDER else Shape.EXPRESSION
            for each in node.children:
                self._walk(each, inner)

    def _note(self, token: Token, shape: Shape) -> None:
        if token.type == "NAME" and shape in FAMILIES:
            self.families.add(token.value)
        elif token.type == "NAME" and shape in (Shape.INDEX, *BOUND):
            self.indices.add(token.value)
        elif token.type == "NAME" and shape in (*NUMERIC, Shape.VARIABLE):
            self.numbers.add(token.value)

    def _walk_call(self, call: Tree[Token]) -> None:
        form = form_in(call)
        word, *arguments = call.children
        shapes = form.shapes(len(arguments)) if form else (Shape.EXPRESSION,) * len(arguments)
        for each, shape in zip(arguments, shapes, strict=True):
            perhaps_a_number = word in ("max", "min") and shape is Shape.BINDER and not is_range(each)
            if not perhaps_a_number:
                self._walk(each, shape)
            elif isinstance(each, Tree):
                self._walk(each, Shape.EXPRESSION)

    def _walk_lifted(self, node: Node) -> None:
        """What stands in an expression of families, its bare letters apart."""
        if isinstance(node, Tree):
            inner = _lifted_parts(node)
            for each in inner or []:
                self._walk_lifted(each)
            if inner is None:
                self._walk(node, Shape.EXPRESSION)

    def _settle(self, expression: Node) -> None:
        """Which letters of an expression are families."""
        self.expressions.remove(expression)
        letters, unknown = list(lifted(expression)), self._open(expression)
        if any(isinstance(each, Tree) or each.value in self.families for each in letters):
            return
        numbers = {each.value for each in letters if isinstance(each, Token)} & (self.numbers | TEMPERATURES)
        if len(unknown) == 1 or (unknown and numbers):
            self.families |= unknown
        elif unknown:
            first, second = sorted(unknown)[:2]
            both, one = (typed(expression, self.text, families) for families in (unknown, {first}))
            raise error(
                f"which of {first} and {second} is a family? It can say {both} for each k, or {one}: "
                f"say it with a definition, as in softmax(s)[i] where s[k] = {both}",
                expression,
            )
        else:
            raise error("expected a family such as z, or an expression in one", expression)

    def _open(self, expression: Node) -> set[str]:
        """The letters that may be families, or numbers."""
        names = {each.value for each in lifted(expression) if isinstance(each, Token)}
        scalars = {name for name, made in self.definitions.items() if not made.is_family}
        return {each for each in names - self.families - self.numbers - NO_NAMES - scalars if is_name(each)}


def _lifted_parts(node: Tree[Token]) -> list[Node] | None:
    """The parts in which a bare family is its entry; None where they are apart, as in a sum."""
    if node.data in ("addition", "multiplication", "negation", "raising"):
        return list(node.children)
    form = form_in(node)
    if form is None or is_family(node):
        return None
    shapes = form.shapes(len(node.children) - 1)
    numbers = form.word in ("max", "min") and len(shapes) > 1 and not any(is_range(each) for each in node.children)
    if not numbers and not set(shapes) <= {Shape.EXPRESSION, Shape.EXTENDED, Shape.VARIABLE}:
        return None
    return [each for each, shape in zip(node.children[1:], shapes, strict=True) if numbers or shape in NUMERIC]


def lifted(node: Node) -> Iterator[Node]:
    """The letters of an expression of families, and the families in it that have a name, such as softmax(w)."""
    if isinstance(node, Token):
        if node.type == "NAME":
            yield node
        return
    if is_family(node):
        yield node
    for each in _lifted_parts(node) or []:
        yield from lifted(each)
