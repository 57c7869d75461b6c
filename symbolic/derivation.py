"""A derivation is data: lines, each with its relation and its reason; `check` replays it.

    start(e).equals(e1, "why").equals(e2, "why")              an equality, step by step
    start(e).at_most(e1, "why"), .less(...), ...              an inequality
    start(e, T, 0).equals(e1, "why").tends_to(a, "why")       a limit, as T goes to 0

A line states its relation to the line before it, under the hypotheses `given`. `check` decides every line, and that
it is defined wherever the first and the last line are; where a line fails it raises, names the line and shows a point
at which it is false, or says that it is not decided. It returns the whole as the kernel has accepted it: a `Proof`,
from which the derivation can be read again, if it is not of a limit: there what the lines on the way say is kept, and
that the first line has the limit is derived by itself.

>>> from symbolic.language.notation import D, delta, i, j, lam, p, z
>>> jacobian = start(D(p[i], z[j])).equals(lam*p[i]*(delta(i, j) - p[j]), "the quotient rule")
>>> proof = jacobian.check()
>>> proof.claim
'diff(p[i], z[j]) == lambda*p[i]*(delta(i, j) - p[j])'
>>> Derivation.of(proof) == jacobian
True
>>> start(D(p[i], z[j])).equals(p[i]*(delta(i, j) - p[j]), "the quotient rule").check()  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
symbolic.derivation.DerivationError: line 1 is wrong: ...
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sympy import Basic, Expr, Integer, Symbol, oo

from symbolic.language import typeset
from symbolic.language.claims import (
    Always,
    ArgMax,
    Claim,
    Given,
    Hypothesis,
    Member,
    Proved,
    Refuted,
    Relation,
    SameClass,
    claim,
    hypotheses,
    relation,
)
from symbolic.language.errors import SymbolicError
from symbolic.language.hypertext import Heading, Row, grid
from symbolic.language.notation import Limit, free, n
from symbolic.language.parser import parse_claim, parse_expression
from symbolic.language.proof import Proof, Tree
from symbolic.language.prose import in_latex, in_plain
from symbolic.search.chains import NOTHING_LEFT, chained, in_turn, with_values
from symbolic.search.decision import decide
from symbolic.search.form.domain import undefined_part

__all__ = ["Derivation", "DerivationError", "Line", "Step", "start"]

Step = Literal["==", "<", "<=", ">", ">=", "->"]


class DerivationError(SymbolicError):
    """A line of a derivation that is wrong, or, with `undecided`, may be right and is not shown to be.

    `line` is its number, the start being 0.
    """

    def __init__(self, line: int, message: str, undecided: bool = False) -> None:
        super().__init__(f"line {line} is {'not decided' if undecided else 'wrong'}: {message}")
        self.line, self.undecided = line, undecided


@dataclass(frozen=True)
class Line:
    """An expression, how it stands to the one before, and why."""

    relation: Step
    expr: Expr
    reason: str


@dataclass(frozen=True)
class Derivation:
    """Lines from `first` on, under hypotheses; with `goes`, as a variable goes to a point.

    It is data, made by `start` and `derive`; `check` decides its lines, `latex` and `markdown` write it.
    """

    first: Expr
    lines: tuple[Line, ...] = ()
    given: tuple[Hypothesis, ...] = ()
    goes: tuple[Expr, Expr] | None = None

    # --- writing one -------------------------------------------------------------------------

    def equals(self, expr: Any, reason: str) -> Derivation:
        """One more line: = expr."""
        return self._then("==", expr, reason)

    def less(self, expr: Any, reason: str) -> Derivation:
        """One more line: < expr."""
        return self._then("<", expr, reason)

    def at_most(self, expr: Any, reason: str) -> Derivation:
        """One more line: <= expr."""
        return self._then("<=", expr, reason)

    def greater(self, expr: Any, reason: str) -> Derivation:
        """One more line: > expr."""
        return self._then(">", expr, reason)

    def at_least(self, expr: Any, reason: str) -> Derivation:
        """One more line: >= expr."""
        return self._then(">=", expr, reason)

    def tends_to(self, expr: Any, reason: str) -> Derivation:
        """One more line: -> expr, as the variable goes to its point."""
        if self.goes is None:
            raise DerivationError(len(self.lines) + 1, "say what goes where: start(e, T, 0)")
        return self._then("->", expr, reason)

    def _then(self, step: Step, expr: Any, reason: str) -> Derivation:
        expr = Integer(expr) if isinstance(expr, int) else expr
        return replace(self, lines=(*self.lines, Line(step, expr, reason)))

    # --- what it shows -----------------------------------------------------------------------

    @property
    def last(self) -> Expr:
        """The expression of the last line."""
        return self.lines[-1].expr if self.lines else self.first

    @property
    def claim(self) -> Claim:
        """What the derivation shows: the first line's relation to the last."""
        steps = {line.relation for line in self.lines}
        if "->" in steps:
            return self._claim(self.first, "->", self.last, self.given)
        return self._claim(self.first, _strongest(steps), self.last, self.given)

    def claims(self) -> Iterator[Claim]:
        """The claim of each line.

        In a claim z[b] == 0 is about every b if b is not free in its sides; here b is one class all the way. So a line
        without b does without the hypothesis.
        """
        before = self.first
        for line in self.lines:
            yield self._claim(before, line.relation, line.expr, self._about(before, line.expr))
            before = line.expr

    def _about(self, *parts: Expr) -> tuple[Hypothesis, ...]:
        """The hypotheses, less those on a class that is free elsewhere in the derivation but not in these parts."""
        absent = _indices(self.first, *(line.expr for line in self.lines)) - _indices(*parts)
        return tuple(each for each in self.given if not _named(each) & absent)

    def _claim(self, before: Expr, step: str, after: Expr, given: tuple[Hypothesis, ...]) -> Claim:
        if step == "->" and self.goes is not None:
            return claim(Limit(before, *self.goes), "==", after, given)
        return claim(before, step, after, given)

    def check(self, seconds: float = 10) -> Proof | None:
        """Decide every line; raise `DerivationError` at the first that does not hold.

        The proof is the whole, as the kernel has accepted it; there is none where it rests on the search.
        """
        _strongest({line.relation for line in self.lines} - {"->"})
        if self.goes and any(self.goes[0] in _symbols(each) for each in self.given):
            raise DerivationError(0, f"a hypothesis about {self.goes[0]} says nothing of the one that moves")
        verdicts = [self._decided(number, each, seconds) for number, each in enumerate(self.claims(), start=1)]
        proof = self._proof([verdict.derivation for verdict in verdicts], seconds)
        if proof is None:
            for number in range(1, len(self.lines) + 1):
                self._check_defined(number)
        return proof

    def _decided(self, number: int, each: Claim, seconds: float) -> Proved:
        """The verdict on a line, which is `Proved`."""
        self._check_step(number)
        verdict = decide(each, seconds)
        if isinstance(verdict, Refuted):
            raise DerivationError(number, f"{typeset.plain(each)}\n{typeset.plain(verdict)}")
        if not isinstance(verdict, Proved):
            raise DerivationError(number, f"{typeset.plain(each)}\n{verdict.reason}", undecided=True)
        if verdict.vacuous:
            raise DerivationError(number, f"{typeset.plain(each)} is about no point at all")
        return verdict

    def _proof(self, proofs: Sequence[Proof | None], seconds: float) -> Proof | None:
        """The lines, each with its own proof, as one that the kernel accepts."""
        shown = [proof for proof in proofs if proof is not None]
        if not shown or len(shown) < len(self.lines):
            return None
        whole, lines = typeset.plain(self.claim), [line.relation for line in self.lines]
        if "->" not in lines:
            return chained(whole, [_step(line, proof.tree) for line, proof in zip(self.lines, shown, strict=True)])
        at = lines.index("->")
        limit = shown[0] if at == 0 else self._limit(self.lines[at].expr, seconds)
        on_the_way = zip(self.claims(), shown[:at], strict=False)
        steps = [{"have": typeset.plain(each.relation), "by": proof.tree} for each, proof in on_the_way]
        return None if limit is None else chained(whole, steps, self._with_values(at, limit.tree, shown))

    def _limit(self, value: Expr, seconds: float) -> Proof | None:
        """That the first line itself has the limit."""
        verdict = decide(self._claim(self.first, "->", value, self._about(self.first, value)), seconds)
        return verdict.derivation if isinstance(verdict, Proved) else None

    def _with_values(self, at: int, limit: Tree, shown: Sequence[Proof]) -> Tree:
        """The derivation of the limit, and that its value is that of line `at`, and so on; of oo there is no more."""
        if self.lines[at].expr in (oo, -oo):
            return limit
        after = [_step(line, proof.tree) for line, proof in zip(self.lines[at + 1 :], shown[at + 1 :], strict=True)]
        return with_values(limit, in_turn([_step(self.lines[at], NOTHING_LEFT), *after]))

    @classmethod
    def of(cls, proof: Proof) -> Derivation:
        """The derivation that a proof was made from, such as one read from JSON; its first branch has all lines."""
        said, tree = parse_claim(proof.claim), proof.tree
        while "if" in tree:
            tree = tree["then"]
        found = cls(said.lhs, (), said.given)
        while "through" in tree:
            found = found._then(tree["op"], parse_expression(tree["through"]), tree["why"])
            tree = tree["in"]
        return found

    def _check_step(self, number: int) -> None:
        """With a limit there are equalities only, on the way to it and after it."""
        steps = [line.relation for line in self.lines[:number]]
        if "->" in steps and (steps.count("->") > 1 or not set(steps) <= {"->", "=="}):
            raise DerivationError(number, "before and after a limit only equalities can stand")

    def _check_defined(self, number: int) -> None:
        """A line that is undefined where the first and the last are not would let two wrongs make a right.

        Where a line has a limit, the first has to be defined on the way.
        """
        line = self.lines[number - 1]
        missing = undefined_part(line.expr, (self.first, self.last), self._about(line.expr, self.first, self.last))
        if missing is None and line.relation == "->" and number > 1:
            before = self.lines[number - 2].expr
            missing = undefined_part(self.first, (before,), self._about(self.first, before))
        if missing is not None:
            raise DerivationError(number, f"it is not defined everywhere: {missing}")

    # --- showing it --------------------------------------------------------------------------

    def __str__(self) -> str:
        rows = [(typeset.plain(self.first), "")]
        rows += [(f"{_PLAIN[line.relation]} {typeset.plain(line.expr)}", line.reason) for line in self.lines]
        width = max(len(formula) for formula, _ in rows[1:]) if self.lines else 0
        body = [rows[0][0], *(f"  {formula:<{width}}   {in_plain(reason)}".rstrip() for formula, reason in rows[1:])]
        return "\n".join([*body, *self._conditions(typeset.plain)])

    __repr__ = __str__

    def _conditions(self, write: Any) -> list[str]:
        hypotheses = [write(each) for each in self.given]
        if self.goes is not None:
            hypotheses.insert(0, f"{write(self.goes[0])} -> {write(self.goes[1])}")
        return [f"given {', '.join(hypotheses)}"] if hypotheses else []

    def latex(self) -> str:
        """The derivation as an aligned environment, the reasons at the side."""
        rows = [f"& {self._arrow(line)} {typeset.latex(line.expr)}{_because(line.reason)}" for line in self.lines] or [
            ""
        ]
        rows[0] = f"{typeset.latex(self.first)} {rows[0]}"
        rows += self._given_latex()
        return "\\begin{aligned}\n" + " \\\\[4pt]\n".join(rows) + "\n\\end{aligned}"

    def _arrow(self, line: Line) -> str:
        if line.relation != "->" or self.goes is None:
            return _LATEX[line.relation]
        variable, point = map(typeset.latex, self.goes)
        return rf"\xrightarrow{{{variable} \to {point}}}"

    def _given_latex(self) -> list[str]:
        """The hypotheses in a row of their own: beside the first reason they would make the whole too wide."""
        return [r"&&& \text{given } " + r",\; ".join(map(typeset.latex, self.given))] if self.given else []

    def markdown(self) -> str:
        """The derivation as a displayed formula in Markdown."""
        return f"$$\n{self.latex()}\n$$"

    def rows(self) -> Iterator[Row | Heading]:
        """The lines as those of a grid in HTML, and the hypotheses under them."""
        if not self.lines:
            yield Row(typeset.latex(self.first), "")
        for at, line in enumerate(self.lines):
            left = "" if at else typeset.latex(self.first)
            yield Row(left, f"{self._arrow(line)} {typeset.latex(line.expr)}", line.reason)
        if self.given:
            yield Heading("given ", r",\; ".join(map(typeset.latex, self.given)))

    def _repr_html_(self) -> str:
        return grid(self.rows())

    def _repr_latex_(self) -> str:
        return self.markdown()


def _step(line: Line, tree: Tree) -> Tree:
    """A line as a step of a derivation; what a limit is said to be is what it is."""
    op = "==" if line.relation == "->" else line.relation
    return {"through": typeset.plain(line.expr), "op": op, "why": line.reason, "by": tree}


_PLAIN = {"==": "=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "->": "->"}
_LATEX = {"==": "=", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "->": r"\to"}


def _because(reason: str) -> str:
    return rf" && \text{{{in_latex(reason)}}}" if reason else ""


def _symbols(hypothesis: Hypothesis) -> set[Basic]:
    """The symbols that a hypothesis between numbers is about."""
    inner = hypothesis.relation if isinstance(hypothesis, Always) else hypothesis
    return inner.lhs.free_symbols | inner.rhs.free_symbols if isinstance(inner, Relation) else set()


def _indices(*parts: Basic) -> set[Basic]:
    """The class indices that are free in the parts."""
    symbols = set().union(*map(free, parts))
    return {each for each in symbols if isinstance(each, Symbol) and each.is_integer and each != n}


def _named(hypothesis: Hypothesis) -> set[Basic]:
    """The class indices that are free in a hypothesis."""
    match hypothesis:
        case Relation():
            return _indices(hypothesis.lhs, hypothesis.rhs)
        case Always():
            return (_named(hypothesis.relation) - {hypothesis.bound}) | _indices(*hypothesis.conditions)
        case SameClass():
            return _indices(hypothesis.first, hypothesis.second)
        case Member():
            return _indices(hypothesis.index)
        case ArgMax():
            return set()


def _strongest(steps: set[Step] | set[str]) -> str:
    """The relation that a chain of steps gives."""
    order = steps - {"==", "->"}
    if order <= {"<", "<="}:
        return "<" if "<" in order else ("<=" if order else "==")
    if order <= {">", ">="}:
        return ">" if ">" in order else ">="
    raise DerivationError(0, "a chain that goes both up and down shows nothing")


def start(
    expr: Any, variable: Expr | None = None, point: Any = None, given: Given | Iterable[Given] = ()
) -> Derivation:
    """A derivation that begins with the expression; with a variable and a point, one of a limit.

    Lines are added by `equals`, `less` and the like, each with its reason; `check` decides every one of them.

    >>> from symbolic.language.notation import Sum, Z, k, lam, p, z
    >>> from sympy import exp
    >>> weights = Sum(exp(lam*z[k]), k)/Z
    >>> whole = start(Sum(p[k], k)).equals(weights, "the definition of p").equals(1, "the sum is Z")
    >>> proof = whole.check()
    >>> print(whole)
    sum(p[k], k)
      = sum(exp(lambda*z[k]), k)/Z   the definition of p
      = 1                            the sum is Z
    """
    expr = Integer(expr) if isinstance(expr, int) else expr
    point = Integer(point) if isinstance(point, int) else point
    goes = None if variable is None else (variable, point)
    said = relation(expr, "==", 0)
    return Derivation(said.lhs, (), hypotheses(said, given), goes)
