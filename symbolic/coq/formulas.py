r"""Goals of Coq as formulas: the words of proofs/notation.v in LaTeX.

    formula(text) -> str      LaTeX; empty for what has words that are not read here

It is for the eye alone: nothing is decided by it.

>>> print(formula(r"\sum_(k < n) exp (lambda * z k) = partition lambda z"))
\sum_{k} e^{\lambda z_{k}} = Z
>>> print(formula("0 < lambda -> i != j -> partial (fun z => softmax lambda z i) z j < 0"))
0 < \lambda \;\Rightarrow\; i \ne j \;\Rightarrow\; \frac{\partial}{\partial z_{j}} p_{i} < 0
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

__all__ = ["formula"]

TOKEN = re.compile(
    r"\s*(\\sum_\(|%\w+|[^\W\d][\w']*|'I_\w+|\d+|<->|->|=>|<=|>=|<>|=\?|!=|==|&&|/\\|\\/|[-+*/^=<>~|(),:@])"
)
STOPS = {")", ",", ":", "=>", "|"}
TOP, SUM, SUMMED, SIGN, TIMES, APPLIED = 100, 60, 41, 35, 40, 0  # a sum is bracketed beside + and *
# operator -> level, that of what stands on its right, LaTeX
INFIX = {
    "->": (99, 99, r"\;\Rightarrow\;"), "<->": (95, 94, r"\;\Leftrightarrow\;"),
    "\\/": (85, 85, r"\lor"), "/\\": (80, 80, r"\land"), "&&": (80, 80, r"\land"),
    "=": (70, 69, "="), "<": (70, 69, "<"), ">": (70, 69, ">"), "<=": (70, 69, r"\le"), ">=": (70, 69, r"\ge"),
    "<>": (70, 69, r"\ne"), "!=": (70, 69, r"\ne"), "==": (70, 69, "="), "=?": (70, 69, "="),
    "+": (50, 49, "+"), "-": (50, 49, "-"), "*": (40, 39, ""), "/": (40, 39, "/"), "^": (30, 30, "^"),
}  # fmt: skip
LETTERS = {"lambda": r"\lambda", "true": r"\text{true}", "p_infty": r"\infty", "m_infty": r"-\infty"}
INVERSE_TEMPERATURES = {r"\lambda", "l", r"1 / T"}


class _Unread(Exception):
    """Words that have no formula here."""


@dataclass(frozen=True)
class _Part:
    """A piece of LaTeX and the level of its outermost operator; of a function, what it is applied to and its body."""

    latex: str
    level: int = APPLIED
    bound: str = ""
    body: str = ""

    def within(self, level: int) -> str:
        return self.latex if self.level <= level else rf"\left({self.latex}\right)"


def formula(text: str) -> str:
    """The text of a goal, or of what is known, as LaTeX; empty where that is not known."""
    try:
        reader = _Reader(_tokens(text))
        found = reader.expression(TOP)
        return "" if reader.left else found.latex
    except _Unread:
        return ""


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    text = text.strip()
    while at < len(text):
        token = TOKEN.match(text, at)
        if token is None:
            raise _Unread
        found.append(token[1])
        at = token.end()
    return [each for each in found if each[0] not in "%@"]


class _Reader:
    """Reads by the levels of Coq's notations."""

    def __init__(self, tokens: list[str]) -> None:
        self.left = tokens[::-1]

    def _next(self) -> str:
        if not self.left:
            raise _Unread
        return self.left.pop()

    def _peek(self) -> str:
        return self.left[-1] if self.left else ""

    def _take(self, token: str) -> None:
        if self._next() != token:
            raise _Unread

    def expression(self, level: int) -> _Part:
        found = self._prefix()
        while (op := self._peek()) in INFIX and INFIX[op][0] <= level:
            self._next()
            own, right, sign = INFIX[op]
            found = _joined(found, op, self.expression(right), own, sign)
        return found

    def _prefix(self) -> _Part:
        token = self._peek()
        read: dict[str, Callable[[], _Part]] = {
            "forall": self._forall, "fun": self._function, "\\sum_(": self._sum,
            "~": partial(self._sign, r"\lnot ", 75), "-": partial(self._sign, "-", SIGN), "/": self._inverse,
        }  # fmt: skip
        if token in read:
            self._next()
            return read[token]()
        return self._application()

    def _sign(self, sign: str, level: int) -> _Part:
        return _Part(f"{sign}{self.expression(level).within(level)}", level)

    def _inverse(self) -> _Part:
        return _Part(f"1 / {self.expression(SIGN).within(SIGN)}", TIMES)

    def _binders(self, end: str) -> list[str]:
        """The names that are bound, their types left out."""
        names, typed, depth = [], False, 0
        while (token := self._next()) != end or depth:
            depth += (token == "(") - (token == ")")
            typed = token == ":" or (typed and token not in "()")
            if not typed and token not in "()":
                names.append(token)
        return names

    def _forall(self) -> _Part:
        names = ", ".join(map(_letter, self._binders(",")))
        return _Part(rf"\forall {names}:\; {self.expression(TOP).latex}", TOP)

    def _function(self) -> _Part:
        names = ", ".join(map(_letter, self._binders("=>")))
        body = self.expression(TOP)
        return _Part(rf"{names} \mapsto {body.latex}", TOP, names, body.latex)

    def _sum(self) -> _Part:
        name = _letter(self._next())
        self._take("<")
        self.expression(69)
        condition = ""
        if self._peek() == "|":
            self._next()
            condition = self.expression(TOP).latex
        self._take(")")
        return _Part(rf"\sum_{{{condition or name}}} {self.expression(SUMMED).latex}", SUM)

    def _application(self) -> _Part:
        head, arguments = self._next(), list[_Part]()
        if head == "(":
            first = self._bracketed()
        elif head in STOPS or head in INFIX:
            raise _Unread
        else:
            first = _Part(_letter(head))
        while self.left and self._peek() not in STOPS and self._peek() not in INFIX and self._peek() != "~":
            token = self._next()
            arguments.append(self._bracketed() if token == "(" else _Part(_letter(token)))
        return _applied(head, first, arguments) if arguments else first

    def _bracketed(self) -> _Part:
        found = self.expression(TOP)
        if self._peek() == ":":  # its type
            while self._peek() != ")":
                self._next()
        self._take(")")
        return found


def _letter(name: str) -> str:
    found = re.fullmatch(r"([a-zA-Z])(\d*)", name)
    if found:
        return f"{found[1]}_{{{found[2]}}}" if found[2] else name
    return LETTERS.get(name) or (name if name.isdigit() else rf"\mathrm{{{name}}}".replace("_", r"\_"))


def _joined(left: _Part, op: str, right: _Part, level: int, sign: str) -> _Part:
    if op == "/":
        return _Part(rf"\frac{{{left.latex}}}{{{right.latex}}}", SIGN)
    if op == "^":
        return _Part(f"{{{left.within(APPLIED)}}}^{{{right.latex}}}", level)
    before = left.within(level - 1 if op in ("->", "\\/", "/\\", "^") else level)
    return _Part(" ".join(filter(None, [before, sign, right.within(level - 1 if op != "->" else level)])), level)


def _applied(head: str, first: _Part, given: list[_Part]) -> _Part:
    """A word and what it is applied to."""
    rule = WORDS.get((head, len(given)))
    if rule is not None:
        return rule(*given)
    if re.fullmatch(r"[a-zA-Z]\d*", head) and len(given) == 1:
        name, _, number = first.latex.partition("_")
        return _Part(f"{name}_{{{', '.join(filter(None, [number.strip('{}'), given[0].latex]))}}}")
    return _Part(rf"{first.within(APPLIED)}({', '.join(each.latex for each in given)})")


def _probability(beta: _Part, z: _Part, i: _Part) -> _Part:
    ours = beta.latex in INVERSE_TEMPERATURES and re.fullmatch(r"z(_\{\d+\})?", z.latex)
    return _Part(rf"p_{{{i.latex}}}" if ours else rf"\operatorname{{softmax}}({beta.latex}, {z.latex})_{{{i.latex}}}")


def _partition(beta: _Part, z: _Part) -> _Part:
    return _Part("Z" if beta.latex in INVERSE_TEMPERATURES else f"Z({beta.latex}, {z.latex})")


def _derivative(of: _Part, z: _Part, j: _Part) -> _Part:
    return _Part(rf"\frac{{\partial}}{{\partial {z.latex}_{{{j.latex}}}}} {of.body or of.latex}", TIMES)


def _has_derivative(of: _Part, z: _Part, j: _Part, value: _Part) -> _Part:
    return _Part(f"{_derivative(of, z, j).latex} = {value.latex}", 70)


def _limit(of: _Part, source: _Part, target: _Part) -> _Part:
    name = of.bound or r"\lambda"
    return _Part(rf"\lim_{{{name} \to {source.latex}}} {of.body or of.latex} = {target.latex}", 70)


def _count(of: _Part) -> _Part:
    if not of.body:
        raise _Unread
    return _Part(rf"\#\left\{{{of.bound} : {of.body}\right\}}")


WORDS: dict[tuple[str, int], Callable[..., _Part]] = {
    ("softmax", 3): _probability,
    ("partition", 2): _partition,
    ("partition", 1): lambda beta: _Part("Z"),
    ("partial", 3): _derivative,
    ("is_partial", 4): _has_derivative,
    ("filterlim", 3): _limit,
    ("count", 1): _count,
    ("exp", 1): lambda x: _Part(f"e^{{{x.latex}}}"),
    ("ln", 1): lambda x: _Part(rf"\log {x.within(APPLIED)}"),
    ("INR", 1): lambda n: n,
    ("delta", 2): lambda i, j: _Part(rf"\delta_{{{i.latex} {j.latex}}}"),
    ("vmax", 1): lambda z: _Part(rf"\max {z.latex}", TIMES),
    ("locally", 1): lambda a: a,
    ("at_right", 1): lambda a: _Part(f"{a.latex}^+"),
    ("Rbar_locally", 1): lambda a: a,
    ("winners", 1): lambda z: _Part(rf"\#\left\{{k : z_{{k}} = \max {z.latex}\right\}}"),
}
