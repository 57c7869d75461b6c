"""In which range an expression lies for all to see, by the hypotheses of its line: what entropy and kl ask of entries.

    t in (0, 1), q[k] in (0, oo)   of   t*q[k] + (1 - t)*p[k]   show   (0, oo)

A range is read off numbers, p, exp and what a hypothesis such as t > 0 or q[k] > 0 compares with one of these; sums,
products and quotients go by interval arithmetic. What is not seen lies anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from math import inf
from typing import NamedTuple, cast

from lark import Token, Tree

from symbolic.language.names import is_name
from symbolic.language.trees import NO_NAMES, Node, is_letter, nodes

__all__ = ["Ranges"]

LONGEST = 30  # digits of a number that is looked at
LARGEST = 10**100  # of what is computed
RISING, FALLING, EQUAL = ("<", "<=", "≤"), (">", ">=", "≥"), ("==", "=")
MIRRORED = {**dict(zip(RISING, FALLING, strict=True)), **dict(zip(FALLING, RISING, strict=True))}


class _Range(NamedTuple):
    """From `low` to `high`, without an end that is `open`."""

    low: Fraction | float = -inf
    high: Fraction | float = inf
    low_open: bool = True
    high_open: bool = True

    @property
    def is_positive(self) -> bool:
        return self.low > 0 or (self.low == 0 and self.low_open)

    def __neg__(self) -> _Range:
        return _Range(-self.high, -self.low, self.high_open, self.low_open)

    def plus(self, other: _Range) -> _Range:
        return _Range(
            self.low + other.low, self.high + other.high,
            self.low_open or other.low_open, self.high_open or other.high_open,
        )._short()  # fmt: skip

    def times(self, other: _Range) -> _Range:
        """The product of what is not negative; of all else nothing is seen."""
        if self.low < 0 or other.low < 0:
            return ANYWHERE
        low = self.low * other.low
        strict = (self.is_positive and other.is_positive) if low == 0 else (self.low_open or other.low_open)
        high = inf if inf in (self.high, other.high) else self.high * other.high
        return _Range(low, high, strict, high == inf)._short()

    def inverse(self) -> _Range:
        if not self.is_positive:
            return ANYWHERE
        high, low = (inf if end == 0 else 1 / end if end != inf else Fraction(0) for end in (self.low, self.high))
        return _Range(low, high, self.high_open, self.low_open)

    def _short(self) -> _Range:
        """The same, or more where an end is a number of many digits."""
        low, high = (isinstance(end, float) or end.denominator * abs(end.numerator) < LARGEST for end in self[:2])
        least, least_open = (self.low, self.low_open) if low else (Fraction(0) if self.low > 0 else -inf, True)
        return _Range(least, self.high if high else inf, least_open, self.high_open or not high)

    def meet(self, other: _Range) -> _Range:
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return _Range(low, high, low_open, not high_closed)


ANYWHERE = _Range()
ABOVE_ZERO = _Range(Fraction(0))
NOT_NEGATIVE = _Range(Fraction(0), low_open=False)
SHARE = _Range(Fraction(0), Fraction(1), high_open=False)
COUNTED = _Range(Fraction(1), low_open=False)
KNOWN = dict.fromkeys(("lambda", "lam", "λ", "T", "Z"), ABOVE_ZERO) | {
    "n": COUNTED,
    "e": _Range(Fraction(2), Fraction(3)),
    "pi": _Range(Fraction(3), Fraction(4)),
}
CALLS = {"exp": ABOVE_ZERO, "abs": NOT_NEGATIVE, "count": NOT_NEGATIVE, "size": NOT_NEGATIVE, "delta": NOT_NEGATIVE}


_Hypothesis = tuple[str, _Range, str]  # of which name, where it lies, and how that is typed


class Ranges:
    """What the hypotheses say of scalars, and of families at every class. `own` are the indices of the claim: what is
    said of an entry there is said of that one alone."""

    def __init__(self, given: Iterable[Node] = (), own: Collection[str] = ()) -> None:
        self.own = own
        self.known: dict[str, _Range] = {}
        for each in given:
            self._learn(each)

    def is_positive(self, node: Node) -> bool:
        """Is this positive for all to see?"""
        return self._of(node).is_positive

    def wanted(self, node: Node, index: Token) -> list[str]:
        """Hypotheses such as q[k] > 0 and t < 1, as few as can be, with which this is positive at `index` for all to
        see; none if there are none."""
        letter = index.value if "k" in self.own else "k"
        names = dict.fromkeys(_named(each) for each in reversed([*nodes(node)]))
        left = [each for name in names if name for each in _hypotheses(name, letter)]
        if not self._with(left).is_positive(node):
            return []
        for each in tuple(left):
            fewer = [other for other in left if other != each]
            left = fewer if self._with(fewer).is_positive(node) else left
        return [text for _, _, text in left]

    def _with(self, more: Iterable[_Hypothesis]) -> Ranges:
        made = Ranges()
        made.known = dict(self.known)
        for name, within, _ in more:
            made.known[name] = made.known.get(name, ANYWHERE).meet(within)
        return made

    def _learn(self, hypothesis: Node) -> None:
        if not isinstance(hypothesis, Tree):
            return
        if hypothesis.data == "call" and hypothesis.children[0] == "all" and is_letter(hypothesis.children[-1]):
            hypothesis = cast(Tree[Token], hypothesis.children[1])
        if hypothesis.data == "relation":
            parts = hypothesis.children
            for left, op, right in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
                self._compare(left, str(op), right)
                self._compare(right, MIRRORED.get(str(op), str(op)), left)

    def _compare(self, said: Node, op: str, other: Node) -> None:
        """What a relation says of its left side."""
        name = _named(said)
        if not name or (isinstance(said, Tree) and said.children[1] in self.own):
            return
        low, high, low_open, high_open = self._of(other)
        below = (high, high_open or op == "<") if op in (*RISING, *EQUAL) else (inf, True)
        above = (low, low_open or op == ">") if op in (*FALLING, *EQUAL) else (-inf, True)
        self.known[name] = self.known.get(name, ANYWHERE).meet(_Range(above[0], below[0], above[1], below[1]))

    def _of(self, node: Node) -> _Range:
        if isinstance(node, Token):
            return self._of_token(node)
        parts = node.children
        if node.data == "entry":
            return SHARE if parts[0] == "p" or isinstance(parts[0], Tree) else self.known.get(_named(node), ANYWHERE)
        if node.data == "negation":
            return -self._of(parts[-1])
        if node.data in ("addition", "multiplication"):
            return self._of_chain([self._of(each) for each in parts[::2]], list(map(str, parts[1::2])))
        if node.data == "raising" or parts[0] == "sqrt":
            return ABOVE_ZERO if self.is_positive(parts[node.data == "call"]) else ANYWHERE
        return self._of_call(node)

    def _of_chain(self, ranges: list[_Range], signs: list[str]) -> _Range:
        made, *rest = ranges
        for sign, each in zip(signs, rest, strict=True):
            if sign in "+-":
                made = made.plus(each if sign == "+" else -each)
            else:
                made = made.times(each if sign == "*" else each.inverse())
        return made

    def _of_token(self, token: Token) -> _Range:
        if token.type == "NAME":
            return KNOWN.get(token.value) or self.known.get(token.value, ANYWHERE)
        if len(token) > LONGEST:
            return NOT_NEGATIVE
        value = Fraction(token.value)
        return _Range(value, value, False, False)

    def _of_call(self, node: Tree[Token]) -> _Range:
        word, *arguments = node.children
        if word not in ("sum", "prod"):
            return CALLS.get(str(word), ANYWHERE)
        body = self._of(arguments[0])
        if body.low < 0:
            return ANYWHERE
        every = isinstance(arguments[-1], Token) or word == "prod"
        return ABOVE_ZERO if every and body.is_positive else NOT_NEGATIVE


def _named(node: Node) -> str:
    """What a range can be known of: a scalar t, or a family at every class, q[]; empty for all else."""
    if isinstance(node, Token):
        return node.value if node.type == "NAME" else ""
    whole = node.data == "entry" and all(isinstance(each, Token) and each.type == "NAME" for each in node.children)
    return f"{node.children[0]}[]" if whole else ""


def _hypotheses(name: str, index: str) -> Iterator[_Hypothesis]:
    """What one would add: that a family is positive, that a number lies between 0 and 1."""
    if name.endswith("[]"):
        yield name, ABOVE_ZERO, f"{name[:-1]}{index}] > 0"
    elif is_name(name) and name not in NO_NAMES:
        yield name, ABOVE_ZERO, f"{name} > 0"
        yield name, _Range(high=Fraction(1)), f"{name} < 1"
