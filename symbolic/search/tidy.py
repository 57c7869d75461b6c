"""Expressions as one writes them: numbers in front, sums last, one line under all, no double negatives.

    tidied(text) -> text                    the same expression
    difference(larger, smaller) -> text     their difference, brackets opened and equal terms taken together
    alike(larger, smaller, text) -> bool    whether that is the text, but for the order of its terms

What is written is for the eye: whether it says the same is for the kernel to see.

>>> tidied("-sum(p[k] - p[i], k)/n"), tidied("p[j]*lambda*(1/2)*p[i]"), tidied("x*x"), tidied("a/(b/c)")
('sum(p[i] - p[k], k)/n', 'lambda*p[i]*p[j]/2', 'x^2', 'a*c/b')
>>> difference("1 - 1/n", "1 - sum(p[k]^2, k)"), difference("entropy(p)", "-log(n)")
('sum(p[k]^2, k) - 1/n', 'entropy(p) + log(n)')
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import UnionType

from symbolic.kernel.syntax import Call, Chain, Item, Membership, Name, Node, Numeral, Raised, Related, parse

__all__ = ["alike", "difference", "factors", "is_sum", "summands", "tidied", "written"]

ONE = Numeral(Fraction(1), True)


def tidied(text: str) -> str:
    """The expression, tidied at every depth."""
    return written(parse(text))


def difference(larger: str, smaller: str) -> str:
    """larger - smaller, the terms of both in one sum."""
    terms = [_scaled(number, rest) for rest, number in _collected(larger, smaller).items()]
    return _joined(terms) if terms else "0"


def alike(larger: str, smaller: str, text: str) -> bool:
    """Whether the difference is the text, but for the order of the terms."""
    return _collected(larger, smaller) == _collected(text, "0")


def _collected(larger: str, smaller: str) -> dict[str, Fraction]:
    """The terms of larger - smaller, and how often each is there."""
    found: dict[str, Fraction] = {}
    for sign, side in ((1, larger), (-1, smaller)):
        for by, each in _opened(parse(side), sign):
            product = _Product.of(each)
            rest = replace(product, number=Fraction(1)).text()
            found[rest] = found.get(rest, Fraction(0)) + by * product.number
    return {rest: number for rest, number in found.items() if number}


def _scaled(number: Fraction, rest: str) -> tuple[bool, str]:
    return number > 0, written(parse(f"{abs(number)}*({rest})"))


def _opened(node: Node, by: int) -> Iterator[tuple[int, Node]]:
    for sign, each in summands(node):
        if is_sum(each):
            yield from _opened(each, sign * by)
        else:
            yield sign * by, each


# --- the parts of an expression --------------------------------------------------------------------


def is_sum(node: Node) -> bool:
    return isinstance(node, Chain) and node.rest[0][0] in "+-"


def summands(node: Node) -> list[tuple[int, Node]]:
    """The terms of a sum with their signs; what is no sum is one term."""
    if not isinstance(node, Chain) or not is_sum(node):
        return [(1, node)]
    return [(1, node.first), *((1 if op == "+" else -1, each) for op, each in node.rest)]


def factors(node: Node, exponent: int = 1) -> Iterator[tuple[Node, int]]:
    """The factors of a product, those under a line with the exponent -1."""
    if isinstance(node, Chain) and not is_sum(node):
        yield from factors(node.first, exponent)
        for op, each in node.rest:
            yield from factors(each, exponent if op == "*" else -exponent)
    else:
        yield node, exponent


def _is_difference(node: Node) -> bool:
    return sorted(sign for sign, _ in _signed(node)) == [-1, 1]


def _signed(node: Node) -> list[tuple[int, Node]]:
    """The terms with their signs; a number -1 in front of a term is its sign."""
    found = []
    for sign, each in summands(node):
        product = _Product.of(each)
        found.append((sign if product.number > 0 else -sign, each))
    return found


# --- products --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Product:
    """A number, times what stands above the line, by what stands below it."""

    number: Fraction
    powers: dict[Node, int] = field(hash=False)

    @classmethod
    def of(cls, node: Node) -> _Product:
        number, powers = Fraction(1), dict[Node, int]()
        for factor, exponent in factors(node):
            base, times = _powered(factor)
            if isinstance(base, Numeral) and (base.value or exponent * times > 0):
                number *= base.value ** (times * exponent)
            else:
                powers[base] = powers.get(base, 0) + times * exponent
        return cls(number, powers)

    def text(self) -> str:
        if not self.number:
            return "0"
        above = [str(abs(self.number.numerator))] * (abs(self.number.numerator) != 1)
        below = [str(self.number.denominator)] * (self.number.denominator != 1)
        ordered = sorted(((b, e) for b, e in self.powers.items() if e), key=lambda each: _place(each[0]))
        alone = len(ordered) == 1 and not below and not above and self.number > 0
        for base, exponent in ordered:
            (above if exponent > 0 else below).append(_power(base, abs(exponent), alone and exponent == 1))
        over = "*".join(above) or "1"
        under = below[0] if len(below) == 1 else f"({'*'.join(below)})"
        return f"{'-' if self.number < 0 else ''}{over}{'/' + under if below else ''}"

    def without_sign(self) -> _Product:
        """A sign in front goes into a difference, if there is one."""
        if self.number > 0:
            return self
        for base, exponent in reversed(self.powers.items()):
            turned = _turned(base) if exponent == 1 else None
            if turned is not None:
                return _Product(-self.number, {turned if b == base else b: e for b, e in self.powers.items()})
        return self


def _turned(node: Node) -> Node | None:
    """The negative of a difference, or of a sum of such."""
    if isinstance(node, Chain) and _is_difference(node):
        (_, first), (_, second) = sorted(_signed(node), key=lambda each: each[0])
        return Chain(_bare(first), (("-", _bare(second)),))
    if isinstance(node, Call) and node.name == "sum":
        for factor, exponent in factors(node.arguments[0]):
            turned = _turned(factor) if exponent == 1 else None
            if turned is not None:
                body = _Product.of(node.arguments[0])
                changed = {turned if b == factor else b: e for b, e in body.powers.items()}
                return Call("sum", (_node(_Product(body.number, changed)), *node.arguments[1:]))
    return None


def _bare(node: Node) -> Node:
    """Without a sign in front."""
    product = _Product.of(node)
    return _node(replace(product, number=abs(product.number)))


def _node(product: _Product) -> Node:
    return parse(product.text())


def _powered(node: Node) -> tuple[Node, int]:
    if isinstance(node, Raised) and isinstance(node.exponent, Numeral) and node.exponent.value.denominator == 1:
        base, times = _powered(node.base)
        return base, times * int(node.exponent.value)
    return node, 1


def _power(base: Node, exponent: int, alone: bool) -> str:
    bracketed = not alone and (is_sum(base) or isinstance(base, Chain))
    if exponent != 1 and isinstance(base, Raised):
        bracketed = True
    text = f"({written(base)})" if bracketed else written(base)
    return text if exponent == 1 else f"{text}^{exponent}"


def _place(base: Node) -> tuple[int, str]:
    """Scalars first, then entries, functions, brackets, and last what extends to the right."""
    match base:
        case Name("lambda" | "T" as name):
            return 0, name
        case Name(name):
            return 1, name
        case Item():
            return 2, written(base)
        case Call("sum" | "prod" | "max" | "min" | "diff" | "limit"):
            return 6, ""
        case Call():
            return 4, ""
        case Raised():
            return 3, ""
    return 5, written(base) if _is_difference(base) else ""


# --- text ------------------------------------------------------------------------------------------


def written(node: Node) -> str:
    """A tree as text."""
    match node:
        case Numeral(value):
            return str(value)
        case Name(name):
            return name
        case Item(of, at):
            return f"{written(of)}[{at}]"
        case Call(name, arguments):
            return f"{name}({', '.join(map(written, arguments))})"
        case Raised(base, exponent):
            whole = isinstance(exponent, Numeral) and exponent.value.denominator == 1
            if whole:
                return _Product.of(node).text()
            return f"{_closed_in(base, Name | Item | Call | Numeral)}^{_closed_in(exponent, Name | Item)}"
        case Related(op, first, second):
            return f"{written(first)} {op} {written(second)}"
        case Membership(element, subset, holds):
            return f"{element} {'in' if holds else 'not in'} {subset}"
    if is_sum(node):
        terms = [_term(sign, each) for sign, each in summands(node)]
        return _joined([each for each in terms if each[1] != "0"] or terms[:1])
    return _Product.of(node).without_sign().text()


def _closed_in(node: Node, bare: type | UnionType) -> str:
    """Between brackets, but for what is plain to see without."""
    return written(node) if isinstance(node, bare) else f"({written(node)})"


def _term(sign: int, node: Node) -> tuple[bool, str]:
    product = _Product.of(node)
    if sign * product.number < 0:
        turned = replace(product, number=-abs(product.number)).without_sign()
        if turned.number > 0 and not is_sum(node):
            return True, turned.text()
    text = replace(product, number=abs(product.number)).text()
    return sign * product.number >= 0, f"({text})" if is_sum(node) else text


def _joined(terms: list[tuple[bool, str]]) -> str:
    """What is added comes before what is taken away, at the beginning."""
    at = next((at for at, (plus, _) in enumerate(terms) if plus), 0)
    (plus, first), *rest = [terms[at], *terms[:at], *terms[at + 1 :]]
    head = first if plus else f"-{first}"
    head = head[1:-1] if not rest and _closed(head) else head
    return head + "".join(f" {'+' if plus else '-'} {text}" for plus, text in rest)


def _closed(text: str) -> bool:
    """Does a first bracket close at the end?"""
    depth = 0
    for at, each in enumerate(text):
        depth += (each == "(") - (each == ")")
        if depth == 0 and at < len(text) - 1:
            return False
    return text.startswith("(")
