"""A derivation of a student's own, judged line by line.

    steps(text) -> Steps        the first line is an expression; each other begins with = < <= > >= or ->
    steps(text).hint()          the next line, if one is found

A line says how it stands to the line before, and may have a reason after `#`, or after three spaces. Several relations
may stand in one line, lines may have numbers, and LaTeX may be aligned. A last line, or the end of one,
`given i != j, T -> 0` has the hypotheses, and where a variable goes.

>>> print(steps('''
...     diff(log(p[i]), z[j])
...       = diff(p[i], z[j])/p[i]       # the chain rule
...       = lambda*(delta(i,j) + p[j])  # the Jacobian
... '''))
diff(log(p[i]), z[j])
  = diff(p[i], z[j])/p[i]
      follows
  = lambda*(delta(i, j) + p[j])
      is false at n = 2, lambda = 1, z = (0, 0), i = 1, j = 2: -1/2 on the left, 1/2 on the right
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from sympy import Expr, oo

from symbolic.course.typed import as_meant
from symbolic.language.claims import Claim, Hypothesis, Proved, Refuted, Unknown, claim, with_given
from symbolic.language.errors import NotationError, SymbolicError, SyntaxErrorInClaim
from symbolic.language.notation import Limit
from symbolic.language.parser import parse_expression, parse_question
from symbolic.language.proof import Tree
from symbolic.language.prose import in_a_cell, in_plain
from symbolic.language.typeset import latex, plain
from symbolic.points.evaluate import index_names
from symbolic.points.names import about
from symbolic.search.decision import decide
from symbolic.search.form.domain import undefined_part

__all__ = ["Judged", "Standing", "Steps", "steps"]

LINES = 60  # of one derivation
LENGTH = 20_000  # characters
SECONDS = 5.0  # for a line
INFINITE = {"oo": oo, "-oo": -oo}
REPAIR = 3.0  # seconds, to find what hypothesis is missing
RELATION = re.compile(r"->|→|<=|>=|==|[=<>≤≥]|\\(?:leq?|geq?|lt|gt|to|rightarrow)(?![a-zA-Z])")
GOES = re.compile(r"→|\\(?:to|rightarrow)(?![a-zA-Z])")
ENDLESS = re.compile(r"∞|\\infty(?![a-zA-Z])")
NUMBER = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\d{1,2}:)\s+")
ALIGNED = re.compile(r"&|\\\\\s*$")
GIVEN = re.compile(r"(?:^|\s)given\s")
REASON = re.compile(r"#|\s{3,}")
_PLAIN = {
    "==": "=", "→": "->", "≤": "<=", "≥": ">=", r"\le": "<=", r"\leq": "<=", r"\ge": ">=", r"\geq": ">=",
    r"\lt": "<", r"\gt": ">", r"\to": "->", r"\rightarrow": "->",
}  # fmt: skip
_LATEX = {"=": "=", "<": "<", ">": ">", "<=": r"\le", ">=": r"\ge", "->": r"\to", "?": "?"}


class Standing(Enum):
    """How a line stands to the one before."""

    FOLLOWS = "follows"
    FAR = "is true, but more than one line of the kernel away from the line before"
    GIVEN = "follows only given"
    FALSE = "is false at"
    UNDEFINED = "is not defined everywhere that the line before is"
    UNDECIDED = "is neither proved nor refuted"
    UNREADABLE = "cannot be read"


@dataclass(frozen=True)
class Judged:
    """A line as it was typed, how it stands to the one before, and more of that in words."""

    op: str
    typed: str
    reason: str
    standing: Standing
    more: str = ""
    expr: Expr | None = None

    def __bool__(self) -> bool:
        """It is true."""
        return self.standing in (Standing.FOLLOWS, Standing.FAR)

    def typeset(self) -> str:
        """The line in a cell of a table."""
        return in_a_cell(f"`{self.typed}`" if self.expr is None else f"${latex(self.expr)}$")

    def __str__(self) -> str:
        shown = self.typed if self.expr is None else plain(self.expr)
        return f"  {self.op} {shown}\n      {self.said}"

    @property
    def said(self) -> str:
        """How it stands, in words."""
        joint = " " if self.standing in (Standing.GIVEN, Standing.FALSE) else ": "
        return f"{self.standing.value}{joint}{self.more}" if self.more else self.standing.value


@dataclass(frozen=True)
class Steps:
    """The lines of a derivation, each judged; the chain shows its claim where all follow."""

    first: Expr
    lines: tuple[Judged, ...]
    given: tuple[Hypothesis, ...] = ()

    def __bool__(self) -> bool:
        """Every line is true."""
        return all(self.lines)

    def __str__(self) -> str:
        return "\n".join([plain(self.first), *map(str, self.lines)])

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        rows = (f"| ${_LATEX[each.op]}$ | {each.typeset()} | {in_a_cell(each.said)} |" for each in self.lines)
        return "\n".join([f"| | ${in_a_cell(latex(self.first))}$ | |", "|---|---|---|", *rows])

    @property
    def reached(self) -> Expr:
        """The expression of the last line before one that is not true."""
        reached = self.first
        for each in self.lines:
            if not each or each.expr is None:
                break
            reached = each.expr
        return reached

    def hint(self) -> str:
        """The next line: the first step from the last line that is true, towards its value."""
        from symbolic.deriving import Shown, derive

        try:
            found = derive(self.reached, self.given)
        except SymbolicError:
            found = None
        if found is None or isinstance(found, Shown) or not found.lines:
            return f"No line is found that makes {plain(self.reached)} simpler."
        step = found.lines[0]
        return f"{_PLAIN.get(step.relation, step.relation)} {plain(step.expr)}   {in_plain(step.reason)}".rstrip()


def steps(text: str, seconds: float = SECONDS) -> Steps:
    """The lines of a derivation, judged; `SymbolicError` if its first line or its hypotheses cannot be read."""
    first, rows, given, goes = _read(text)
    return Steps(first, tuple(_judged(first, rows, given, goes, seconds)), given)


# --- reading -------------------------------------------------------------------------------------

Row = tuple[str, str, str]  # the relation, the expression, the reason
Goes = tuple[Expr, Expr] | None


def _read(text: str) -> tuple[Expr, list[Row], tuple[Hypothesis, ...], Goes]:
    lines = [each for each in map(_plainer, as_meant(text[:LENGTH]).splitlines()) if each.strip()]
    if not lines or len(lines) > LINES or len(text) > LENGTH:
        raise NotationError(f"a derivation has 1 to {LINES} lines, and at most {LENGTH} characters")
    last, *said = GIVEN.split(lines.pop(), maxsplit=1)
    hypotheses, goes = _conditions(said[0] if said else "")
    (op, first, _), *rows = [row for line in [*lines, last] if line.strip() for row in _rows(line)] or [("", "", "")]
    if op:
        raise NotationError(f"the first line is an expression: nothing stands before {op}")
    expr, given = parse_question(with_given(first, hypotheses) if hypotheses else first)
    if goes is not None and any(_names(plain(goes[0])) & _names(plain(each)) for each in given):
        raise NotationError(f"a hypothesis about {plain(goes[0])} says nothing of the one that moves")
    return expr, rows, given, goes


def _plainer(line: str) -> str:
    """A line without a number before it, and without what aligns LaTeX."""
    return ALIGNED.sub(" ", NUMBER.sub("", line))


def _names(text: str) -> set[str]:
    """The names in a text; lambda and T are one quantity."""
    return {"lambda" if name == "T" else name for name in re.findall(r"[^\W\d]\w*(?!\w|\])", text)}


def _rows(line: str) -> list[Row]:
    """The relations of a line, each with the expression behind it; the reason is that of the last."""
    body, *reason = REASON.split(line.strip(), maxsplit=1)
    ends = [*_relations(body), (len(body), len(body), "")]
    before = [("", body[: ends[0][0]].strip())] if body[: ends[0][0]].strip() or len(ends) == 1 else []
    found = [(op, body[end:after].strip()) for (_, end, op), (after, *_) in pairwise(ends)]
    said = [""] * (len(before) + len(found) - 1) + [(reason or [""])[0].strip(" #")]
    return [(op, typed, why) for (op, typed), why in zip(before + found, said, strict=True)]


def _relations(body: str) -> Iterator[tuple[int, int, str]]:
    """Where relations begin and end that stand in no bracket."""
    depth = end = 0
    for at, each in enumerate(body):
        depth += (each in "([{") - (each in ")]}")
        found = RELATION.match(body, at) if depth == 0 and at >= end and body[at - 1 : at] != "!" else None
        if found:
            end = found.end()
            yield at, end, _PLAIN.get(found[0], found[0])


def _conditions(text: str) -> tuple[str, Goes]:
    """The hypotheses, and where a variable goes."""
    plainer = ENDLESS.sub("oo", GOES.sub("->", text))
    pieces = [each.strip() for each in re.split(r",(?![^()]*\))", plainer) if each.strip()]
    moves = [each for each in pieces if "->" in each]
    if len(moves) > 1:
        raise NotationError("one variable goes somewhere")
    hypotheses = ", ".join(each for each in pieces if "->" not in each)
    if not moves:
        return hypotheses, None
    said = parse_expression("limit(c, {}, {})".format(*map(str.strip, moves[0].split("->", 1))))
    return hypotheses, (said.args[1], said.args[2])


# --- judging -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Chain:
    """What all lines share: hypotheses, where a variable goes, the indices that are free somewhere, the time."""

    given: tuple[Hypothesis, ...]
    goes: Goes
    indices: frozenset[str]
    seconds: float

    def claim(self, before: Expr, op: str, expr: Expr) -> Claim:
        """What a line says, without the hypotheses on a class of which others speak and it does not.

        In a claim z[b] == 0 is about every b if b is not free in its sides; here b is one class all the way.
        """
        lhs = Limit(before, *self.goes) if op == "->" and self.goes else before
        relation = "==" if op in ("=", "->") else op
        absent = self.indices - index_names(lhs) - index_names(expr)
        return claim(lhs, relation, expr, tuple(each for each in self.given if not index_names(each) & absent))


def _judged(
    first: Expr, rows: Sequence[Row], given: tuple[Hypothesis, ...], goes: Goes, seconds: float
) -> Iterator[Judged]:
    read = [_expression(typed) for _, typed, _ in rows]
    indices = index_names(first).union(*(index_names(each) for each in read if isinstance(each, Expr)))
    before, chain = first, _Chain(given, goes, indices, seconds)
    for (op, typed, reason), expr in zip(rows, read, strict=True):
        if isinstance(expr, str):
            yield Judged(op or "?", typed, reason, Standing.UNREADABLE, expr)
        else:
            yield Judged(op or "?", typed, reason, *_standing(chain, before, op, expr), expr)
            before = expr if op else before
        if op == "->":
            chain = replace(chain, goes=None)


def _expression(typed: str) -> Expr | str:
    """The expression of a line, or why it cannot be read."""
    try:
        return parse_expression(typed) if typed not in INFINITE else INFINITE[typed]
    except SyntaxErrorInClaim as error:
        return error.message
    except SymbolicError as error:
        return str(error)


def _standing(chain: _Chain, before: Expr, op: str, expr: Expr) -> tuple[Standing, str]:
    if not op:
        return Standing.UNREADABLE, "a line begins with = < <= > >= or ->"
    if op == "->" and chain.goes is None:
        return Standing.UNREADABLE, "say what goes where, once, in a last line such as: given T -> 0"
    try:
        said = chain.claim(before, op, expr)
    except SymbolicError as error:
        return Standing.UNREADABLE, str(error)
    standing, more = _decided(said, chain.seconds)
    true = standing in (Standing.FOLLOWS, Standing.FAR)
    if true and op != "->" and (missing := _undefined(expr, before, said)):
        return Standing.UNDEFINED, missing
    return standing, more


def _decided(said: Claim, seconds: float) -> tuple[Standing, str]:
    verdict = decide(said, seconds)
    match verdict:
        case Proved() if verdict.vacuous:
            return Standing.UNDEFINED, "it is about no point at all"
        case Proved():
            tree = verdict.derivation.tree if verdict.derivation else None
            return (Standing.FOLLOWS, "") if tree is not None and _is_a_line(tree) else (Standing.FAR, "")
        case Refuted():
            return _repaired(said, verdict) or (Standing.FALSE, _values(said, verdict))
        case Unknown():
            return Standing.UNDECIDED, verdict.reason


def _is_a_line(tree: Tree) -> bool:
    """One line of the kernel, in each case of the classes."""
    if "if" in tree:
        return _is_a_line(tree["then"]) and _is_a_line(tree["else"])
    return "line" in tree or "absurd" in tree or ("limit" in tree and "in" not in tree)


def _values(said: Claim, verdict: Refuted) -> str:
    return f"{plain(about(said, verdict.point))}: {verdict.lhs} on the left, {verdict.rhs} on the right"


def _repaired(said: Claim, verdict: Refuted) -> tuple[Standing, str] | None:
    """What is missing, if one hypothesis is, and a point that shows it."""
    from symbolic.show.repairs import repaired

    found = repaired(said, verdict, REPAIR)
    if found is None or len(found.added) > 1:
        return None
    return Standing.GIVEN, f"{plain(found.added[0])}; it is false at {_values(said, verdict)}"


def _undefined(expr: Expr, before: Expr, said: Claim) -> str:
    """What a line asks for that the line before does not."""
    try:
        return undefined_part(expr, (before,), said.given) or ""
    except SymbolicError:
        return ""
