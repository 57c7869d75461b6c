"""From the tree of a line to the objects of the notation. Nothing is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from lark import Token, Tree
from sympy import Basic, Expr, Pow, Rational, Symbol, exp, oo, pi

from symbolic.language import verbatim
from symbolic.language.claims import (
    ArgMax,
    Claim,
    Hypothesis,
    Member,
    Relation,
    SameClass,
    least_size,
    relation,
)
from symbolic.language.errors import NotationError, SyntaxErrorInClaim
from symbolic.language.forms import Shape
from symbolic.language.letters import (
    Kind,
    Node,
    compares,
    compares_extremisers,
    form_of,
    infinite,
    kinds,
    position,
)
from symbolic.language.notation import (
    Except,
    Family,
    In,
    Limit,
    NotIn,
    Softmax,
    Subset,
    T,
    Z,
    class_named,
    free,
    index,
    lam,
    n,
    p,
)
from symbolic.language.one_sided import as_written

__all__ = ["read_claim", "read_expression", "read_question"]

DIGITS = 300  # of a number as it is written,
BITS = 4096  # of a number that is computed,
LARGEST, MOST = 14_000, 140_000  # of a power, which stands as it is where it is long, and of all powers,
EXPONENT = 1000  # and the largest exponent: who writes more did not mean it

EULER = exp(1, evaluate=False)
FIXED = {"e": EULER, "pi": pi, "n": n, "lambda": lam, "lam": lam, "λ": lam, "T": T, "Z": Z}
INDICES = ("i", "j", "k", "l")  # what nobody calls a number
OPERATORS = {"=": "==", "≠": "!=", "≤": "<=", "≥": ">="}


def read_claim(tree: Tree[Token]) -> Claim:
    """The claim that the core of a line makes."""
    reader = _Reader()
    letters = _indices(tree)
    claimed = reader.relation(tree.children[0])
    given = _read_given(reader, tree, letters, _names(claimed.lhs, claimed.rhs))
    return Claim(claimed, given)


def read_question(tree: Tree[Token]) -> tuple[Expr, tuple[Hypothesis, ...]]:
    """An expression and the hypotheses after it."""
    reader = _Reader()
    letters = _indices(tree)
    expr = reader.expression(tree.children[0])
    return expr, _read_given(reader, tree, letters, _names(expr))


def _indices(tree: Tree[Token]) -> set[str]:
    return {name for name, kind in kinds(tree).items() if kind is Kind.INDEX}


def _read_given(reader: _Reader, tree: Tree[Token], letters: set[str], named: set[str]) -> tuple[Hypothesis, ...]:
    hypotheses = _Hypotheses(reader, letters, letters & named)
    given = tuple(map(hypotheses.read, tree.children[1:]))
    if tree.data == "claim":
        _check_classes(reader.classes, given)
    return given


def _at(node: Node, make: Callable[[], Any]) -> Any:
    """What is made of a part of the line; what has no meaning is an error at that part."""
    try:
        return make()
    except NotationError as error:
        raise SyntaxErrorInClaim(str(error), position(node)) from error


def read_expression(tree: Tree[Token]) -> Expr:
    """The expression that a line is. A class z[3] in it is taken to exist."""
    kinds(tree)
    return _Reader().expression(tree.children[0])


def _names(*expressions: Expr) -> set[str]:
    return {str(each) for expr in expressions for each in free(expr)}


class _Reader:
    """Reads what `kinds` has found to be in order. `classes` collects the numbers of classes."""

    def __init__(self) -> None:
        self.classes: list[Token] = []
        self.standing = 0  # bits of the powers that stand as they are

    def read(self, node: Node, shape: Shape) -> Any:
        """What stands in a place of this shape."""
        return _READERS[shape](self, node)

    def expression(self, node: Node) -> Expr:
        made = _atom(node) if isinstance(node, Token) else getattr(self, str(node.data))(node)
        _refuse_large(made, node)
        return cast(Expr, made)

    def addition(self, tree: Tree[Token]) -> Expr:
        first, *rest = tree.children
        terms = [self.expression(first)]
        for sign, term in _pairs(rest):
            made = self.expression(term)
            terms.append(made if sign == "+" else verbatim.multiply(-1, made))
        return verbatim.add(*terms)

    def multiplication(self, tree: Tree[Token]) -> Expr:
        first, *rest = tree.children
        factors = [self.expression(first)]
        for sign, factor in _pairs(rest):
            made = self.expression(factor)
            factors.append(made if sign == "*" else verbatim.inverse(made))
        return verbatim.multiply(*factors)

    def negation(self, tree: Tree[Token]) -> Expr:
        return verbatim.multiply(-1, self.expression(tree.children[1]))

    def raising(self, tree: Tree[Token]) -> Expr:
        base, exponent = (self.expression(tree.children[at]) for at in (0, 2))
        size = _bits(base) * max(abs(exponent.p), exponent.q) if exponent.is_Rational else 0
        self.standing += size if size > verbatim.SHORT else 0
        extreme = exponent.is_Rational and max(abs(exponent.p), exponent.q) > EXPONENT
        if extreme or _is_long(exponent) or size > LARGEST or self.standing > MOST:
            said = f"this power is too large: exponents go to {EXPONENT}, numbers to {LARGEST} bits"
            raise SyntaxErrorInClaim(said, position(tree.children[2]))
        return exp(exponent, evaluate=False) if base == EULER else verbatim.power(base, exponent)

    def entry(self, tree: Tree[Token]) -> Expr:
        family, at = tree.children
        return self.family(family)[self.index(at)]

    def call(self, tree: Tree[Token]) -> Any:
        form, arguments = form_of(tree), tree.children[1:]
        shapes = form.shapes(len(arguments))
        made = [self.read(*each) for each in zip(arguments, shapes, strict=True)]
        for argument, shape, variable in zip(arguments, shapes, made, strict=True):
            if shape is Shape.VARIABLE and str(variable) in INDICES and not free(made[0]) & {variable}:
                raise SyntaxErrorInClaim(
                    f"{variable} is an index, and `{tree.children[0]}` takes a quantity: an entry is z[{variable}]",
                    position(argument),
                )
        written = [self.read(*each) for each in zip(as_written(tree), (*shapes, Shape.SIDE), strict=False)]
        return _at(arguments[-1], lambda: form.made(*made, *([tuple(written)] if written else [])))

    def extended(self, node: Node) -> Expr:
        """An expression, or oo, or -oo."""
        if infinite(node):
            return oo if isinstance(node, Token) else -oo
        return self.expression(node)

    def family(self, node: Node) -> Family | Softmax:
        if isinstance(node, Tree):
            return cast(Softmax, self.call(node))
        return p if node == "p" else cast(Family, _at(node, lambda: Family(node.value)))

    def side(self, node: Node) -> str:
        return str(node)

    def subset(self, node: Node) -> Subset:
        return cast(Subset, _at(node, lambda: Subset(str(node))))

    def index(self, node: Node) -> Expr:
        token = cast(Token, node)
        if token.type == "NAME":
            return class_named(token.value)
        self.classes.append(token)
        return cast(Expr, _at(token, lambda: index(_atom(token))))

    def classes_of(self, node: Node) -> tuple[Basic, ...]:
        """A bound index and the condition on it."""
        if isinstance(node, Token):
            return (self.index(node),)
        bound, *_, at = node.children
        if node.data == "relation":
            return self.index(bound), Except(self.index(at))
        return self.index(bound), (In if _affirms(node) else NotIn)(self.subset(at))

    def relation(self, node: Node) -> Relation:
        left, operator, right = cast(Tree[Token], node).children
        sides = [self.extended(left), self.extended(right)]
        for side, other in ((left, sides[1]), (right, sides[0])):
            if infinite(side) and not other.has(Limit):
                raise SyntaxErrorInClaim("only a limit has the value oo", position(side))
        return relation(sides[0], OPERATORS.get(str(operator), str(operator)), sides[1])


_READERS = {
    Shape.EXPRESSION: _Reader.expression,
    Shape.VARIABLE: _Reader.expression,
    Shape.EXTENDED: _Reader.extended,
    Shape.RELATION: _Reader.relation,
    Shape.INDEX: _Reader.index,
    Shape.LETTER: _Reader.index,
    Shape.BINDER: _Reader.classes_of,
    Shape.FAMILY: _Reader.family,
    Shape.DISTRIBUTION: _Reader.family,
    Shape.SUBSET: _Reader.subset,
    Shape.SIDE: _Reader.side,
}


class _Hypotheses:
    """Reads hypotheses: `letters` are the indices of the line, `free` those free in its relation."""

    def __init__(self, reader: _Reader, letters: set[str], free: set[str]) -> None:
        self.reader, self.letters, self.free = reader, letters, free

    def read(self, node: Node) -> Hypothesis:
        tree = cast(Tree[Token], node)
        if tree.data == "membership":
            return self.member(tree)
        if tree.data == "call":
            return cast(Hypothesis, self.reader.call(tree))
        if compares_extremisers(tree):
            return self.extremisers(tree)
        return self.same(tree) if compares(tree, self.letters) else self.reader.relation(tree)

    def member(self, tree: Tree[Token]) -> Member:
        first, subset = tree.children[0], tree.children[-1]
        return Member(self.free_index(first), self.reader.subset(subset), _affirms(tree))

    def extremisers(self, tree: Tree[Token]) -> ArgMax:
        subset, _, call = tree.children
        family, largest = self.reader.call(cast(Tree[Token], call))
        return ArgMax(self.reader.subset(subset), family, largest)

    def same(self, tree: Tree[Token]) -> SameClass:
        first, operator, second = tree.children
        holds = str(operator) in ("=", "==")
        return SameClass(self.free_index(first), self.free_index(second), holds)

    def free_index(self, node: Node) -> Expr:
        token = cast(Token, node)
        if token.type == "NAME" and token.value not in self.free:
            raise SyntaxErrorInClaim(
                f"`{token}` is not free in the relation; that there are two classes is n >= 2, "
                "that A has a class is size(A) >= 1, and what holds for every class is all(..., k)",
                position(token),
            )
        return self.reader.index(token)


def _pairs(nodes: list[Node]) -> Iterable[tuple[Node, Node]]:
    return zip(nodes[::2], nodes[1::2], strict=True)


def _affirms(membership: Tree[Token]) -> bool:
    return len(membership.children) == 3


# --- bounds --------------------------------------------------------------------------------------


def _atom(token: Token) -> Expr:
    if token.type == "NAME":
        return FIXED.get(token.value, Symbol(token.value, real=True))
    if len(token) > DIGITS:
        raise SyntaxErrorInClaim(f"a number has at most {DIGITS} digits", position(token))
    return Rational(token.value)


def _refuse_large(expr: Expr, node: Node) -> None:
    number = expr.args[0] if expr.is_Add or expr.is_Mul else expr
    if number.is_Rational and _bits(number) > BITS:
        raise SyntaxErrorInClaim("this number is too large", position(node))


def _bits(number: Expr) -> int:
    """Of how many bits this is made, if it is a rational number, and 0 else."""
    if number.is_Rational:
        return int(max(abs(number.p), number.q)).bit_length()
    if _stands(number):
        return _bits(number.base) * abs(int(number.exp))
    inside = [_bits(each) for each in number.args] if number.is_Add or number.is_Mul else [0]
    return sum(inside) if all(inside) else 0


def _stands(part: Basic) -> bool:
    """Is this a power of rational numbers that stands as it is, for it is long?"""
    return isinstance(part, Pow) and bool(part.base.is_Rational and part.exp.is_Integer and part.base)


def _is_long(exponent: Expr) -> bool:
    return exponent.is_number and any(map(_stands, exponent.atoms(Pow)))


def _check_classes(classes: Iterable[Token], given: tuple[Hypothesis, ...]) -> None:
    """Do the hypotheses make n so large that the classes that are named by number exist?"""
    least = least_size(given)
    for token in classes:
        if int(token) > least:
            raise SyntaxErrorInClaim(
                f"class {token} may not exist: expected a hypothesis such as n >= {token}", position(token)
            )
