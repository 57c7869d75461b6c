"""From text to a tree of the grammar: claims, relations and expressions of the claim language's plain form.

    claim      := relation ["given" hypothesis {"," hypothesis}]
    hypothesis := relation | NAME ["not"] "in" NAME | call
    expr       := term {("+" | "-") term}      term := factor {("*" | "/") factor}
    factor     := "-" factor | atom ["^" factor]
    atom       := NUMBER | NAME | (NAME | call) "[" (NAME | INTEGER) "]" | call | "(" expr ")"
    call       := NAME "(" argument {"," argument} ")"

Nothing is evaluated, and nothing nests deeper than DEPTH.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, TypeVar

from symbolic.kernel.refused import Refused
from symbolic.kernel.terms import Operator

__all__ = [
    "Call",
    "Chain",
    "Claimed",
    "Item",
    "Membership",
    "Name",
    "Node",
    "Numeral",
    "Raised",
    "Related",
    "parse",
    "parse_claim",
]

DEPTH = 60
LONGEST = 20_000  # characters of a line
DIGITS = 300

TOKEN = re.compile(r"\s*(?:([0-9]+\.[0-9]+|[0-9]+)|([A-Za-z_λ][A-Za-z0-9_]*)|(==|!=|<=|>=|\*\*|[=<>≠≤≥+\-*/^()\[\],]))")
OPERATORS: dict[str, Operator] = {
    "==": "==", "=": "==", "!=": "!=", "≠": "!=", "<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=", "≥": ">=",
}  # fmt: skip


class Numeral(NamedTuple):
    value: Fraction
    whole: bool


class Name(NamedTuple):
    name: str


class Item(NamedTuple):
    """of[index]."""

    of: Name | Call
    at: str


class Call(NamedTuple):
    name: str
    arguments: tuple[Node, ...]


class Chain(NamedTuple):
    """first op second op ...: sums and differences, or products and quotients, as they are written."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


class Raised(NamedTuple):
    base: Node
    exponent: Node


class Related(NamedTuple):
    op: Operator
    first: Node
    second: Node


class Membership(NamedTuple):
    element: str
    subset: str
    holds: bool


class Claimed(NamedTuple):
    relation: Related
    given: tuple[Node, ...]


Node = Numeral | Name | Item | Call | Chain | Raised | Related | Membership

T = TypeVar("T")

MINUS_ONE = Numeral(Fraction(-1), True)


def parse(text: str) -> Node:
    """An expression, a relation, or a membership."""
    parser = _Parser(text)
    return parser.finished(parser.argument())


def parse_claim(text: str) -> Claimed:
    """A relation, given hypotheses."""
    parser = _Parser(text)
    claimed = parser.claim()
    return parser.finished(claimed)


class _Parser:
    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise Refused(f"a line of more than {LONGEST} characters")
        self.text, self.at, self.depth = text, 0, 0
        self.token, self.kind = "", 0
        self.step()

    def step(self) -> str:
        """Read one token on; the one that was read."""
        before = self.token
        rest = TOKEN.match(self.text, self.at)
        if rest is None:
            if self.text[self.at :].strip():
                raise Refused(f"not a sign of the language: {self.text[self.at :].strip()[0]!r}")
            self.token, self.kind, self.at = "", 0, len(self.text)
        else:
            self.token, self.kind, self.at = rest[rest.lastindex or 0], rest.lastindex or 0, rest.end()
        return before

    def finished(self, found: T) -> T:
        if self.token:
            raise Refused(f"expected an operator or the end of the line, not {self.token!r}")
        return found

    def expect(self, token: str) -> None:
        if self.token != token:
            raise Refused(f"expected {token!r}, not {self.token or 'the end of the line'!r}")
        self.step()

    def claim(self) -> Claimed:
        relation = self.relation(self.expr())
        given: list[Node] = []
        if self.token == "given":
            while not given or self.token == ",":
                self.step()
                given.append(self.argument())
        return Claimed(relation, tuple(given))

    def relation(self, first: Node) -> Related:
        if self.token not in OPERATORS:
            raise Refused(f"expected a relation, not {self.token or 'the end of the line'!r}")
        return Related(OPERATORS[self.step()], first, self.expr())

    def argument(self) -> Node:
        """An expression, a relation, or a membership."""
        first = self.expr()
        if self.token in OPERATORS:
            return self.relation(first)
        if self.token in ("in", "not") and isinstance(first, Name):
            holds = self.token == "in"
            self.step()
            if not holds:
                self.expect("in")
            return Membership(first.name, self.name(), holds)
        return first

    def name(self) -> str:
        if self.kind != 2:
            raise Refused(f"expected a name, not {self.token or 'the end of the line'!r}")
        return self.step()

    def expr(self) -> Node:
        self.depth += 1
        if self.depth > DEPTH:
            raise Refused("the line is nested too deeply")
        found = self.chain(self.term, ("+", "-"))
        self.depth -= 1
        return found

    def term(self) -> Node:
        return self.chain(self.factor, ("*", "/"))

    def chain(self, part: Callable[[], Node], operators: tuple[str, str]) -> Node:
        first, rest = part(), []
        while self.token in operators:
            op = self.step()
            rest.append((op, part()))
        return Chain(first, tuple(rest)) if rest else first

    def factor(self) -> Node:
        self.depth += 1
        if self.depth > DEPTH:
            raise Refused("the line is nested too deeply")
        found = self.signed()
        self.depth -= 1
        return found

    def signed(self) -> Node:
        if self.token == "-":
            self.step()
            return Chain(MINUS_ONE, (("*", self.factor()),))
        base = self.atom()
        if self.token in ("^", "**"):
            self.step()
            return Raised(base, self.factor())
        return base

    def atom(self) -> Node:
        if self.token == "(":
            self.step()
            found = self.expr()
            self.expect(")")
            return found
        if self.kind == 1:
            return self.numeral()
        return self.named()

    def numeral(self) -> Numeral:
        if len(self.token) > DIGITS:
            raise Refused(f"a number of more than {DIGITS} digits")
        whole = "." not in self.token
        return Numeral(Fraction(self.step()), whole)

    def named(self) -> Node:
        found: Name | Call = Name(self.name())
        if self.token == "(":
            found = Call(found.name, self.arguments())
        if self.token == "[":
            self.step()
            if self.kind not in (1, 2) or "." in self.token:
                raise Refused("inside [ ] stands an index or a whole number")
            index = self.step()
            self.expect("]")
            return Item(found, index)
        return found

    def arguments(self) -> tuple[Node, ...]:
        self.step()
        found = [self.argument()]
        while self.token == ",":
            self.step()
            found.append(self.argument())
        self.expect(")")
        return tuple(found)
