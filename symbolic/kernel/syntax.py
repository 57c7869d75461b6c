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
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from symbolic.kernel.refused import Refused
from symbolic.kernel.terms import Operator

DEPTH = 60
LONGEST = 20_000  # characters of a line
DIGITS = 300

TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[A-Za-z_λ][A-Za-z0-9_]*)"
    r"|(?P<sign>[=!<>]=|\*\*|[=<>≠≤≥+\-*/^()\[\],])|(?P<other>\S))"
)
RELATIONS: dict[str, Operator] = {
    "==": "==", "=": "==", "!=": "!=", "≠": "!=", "<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=", "≥": ">=",
}  # fmt: skip
SUM, PRODUCT, POWER = 1, 2, 3
TIGHTNESS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER, "**": POWER}


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


Node = Numeral | Name | Item | Call | Chain | Raised | Related | Membership

MINUS_ONE = Numeral(Fraction(-1), True)


def parse(text: str) -> Node:
    """An expression, a relation, or a membership."""
    parser = _Parser(text)
    found = parser.argument()
    parser.expect("")
    return found


def parse_claim(text: str) -> tuple[Node, tuple[Node, ...]]:
    """A relation, and its hypotheses."""
    parser = _Parser(text)
    relation = parser.argument()
    given = parser.arguments() if parser.token == "given" else ()
    parser.expect("")
    return relation, given


class _Parser:
    """Operators by how tightly they bind; each token is read once."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise Refused(f"a line of more than {LONGEST} characters")
        self.rest, self.depth = TOKEN.finditer(text), 0
        self.kind: str | None = None
        self.token = ""
        self.step()

    def step(self) -> str:
        """Read one token on; the one that was read."""
        before, found = self.token, next(self.rest, None)
        self.kind = found.lastgroup if found else None
        self.token = found[self.kind] if found and self.kind else ""
        if self.kind == "other":
            raise Refused(f"not a sign of the language: {self.token!r}")
        return before

    def expect(self, token: str) -> None:
        """Read this token on; "" is the end."""
        if self.token != token:
            raise self.expected(token or "an operator or the end of the line")
        self.step()

    def expected(self, what: str) -> Refused:
        return Refused(f"expected {what}, not {self.token or 'the end of the line'}")

    def argument(self) -> Node:
        """An expression, a relation, or a membership."""
        first = self.expr(0)
        if self.token in RELATIONS:
            return Related(RELATIONS[self.step()], first, self.expr(0))
        if self.token in ("in", "not") and isinstance(first, Name):
            holds = self.step() == "in"
            if not holds:
                self.expect("in")
            return Membership(first.name, self.name(), holds)
        return first

    def arguments(self) -> tuple[Node, ...]:
        """What stands after this token, and after each comma."""
        self.step()
        found = [self.argument()]
        while self.token == ",":
            self.step()
            found.append(self.argument())
        return tuple(found)

    def expr(self, outer: int) -> Node:
        """Operands of operators that bind more tightly than the one around."""
        self.depth += 1
        if self.depth > DEPTH:
            raise Refused("the line is nested too deeply")
        found = self.operand()
        while (tightness := TIGHTNESS.get(self.token, 0)) > outer:
            if tightness == POWER:
                self.step()
                found = Raised(found, self.expr(PRODUCT))
            else:
                found = Chain(found, tuple(self.operations(tightness)))
        self.depth -= 1
        return found

    def operations(self, tightness: int) -> Iterator[tuple[str, Node]]:
        while TIGHTNESS.get(self.token) == tightness:
            yield self.step(), self.expr(tightness)

    def operand(self) -> Node:
        match self.kind, self.token:
            case _, "-":
                self.step()
                return Chain(MINUS_ONE, (("*", self.expr(PRODUCT)),))
            case _, "(":
                self.step()
                found = self.expr(0)
                self.expect(")")
                return found
            case "number", _:
                if len(self.token) > DIGITS:
                    raise Refused(f"a number of more than {DIGITS} digits")
                return Numeral(Fraction(self.token), "." not in self.step())
        return self.named()

    def name(self) -> str:
        if self.kind != "name":
            raise self.expected("a name")
        return self.step()

    def named(self) -> Node:
        found: Name | Call = Name(self.name())
        if self.token == "(":
            found = Call(found.name, self.arguments())
            self.expect(")")
        if self.token != "[":
            return found
        self.step()
        if self.kind not in ("number", "name") or "." in self.token or len(self.token) > DIGITS:
            raise self.expected("an index or a whole number")
        index = self.step()
        self.expect("]")
        return Item(found, index)
