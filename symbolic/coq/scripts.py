"""A derivation as a proof in Coq, in the tactics of proofs/order.v and proofs/limits.v: one for each step.

    script(claim, tree)     a theorem's statement, and the tactics that follow the derivation

The tactics know nothing of the kernel that has accepted the derivation: Coq shows each step anew, or fails.

>>> from symbolic.language.parser import parse_claim
>>> print(script(parse_claim("p[i] < 1 given n >= 2"), {"line": ["sum(p[k], k != i)"]}).proof)
start; line ((\\sum_(k < n | k != i) softmax lambda z k))
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from sympy import Derivative, Expr, Integer, exp, expand, log

from symbolic.coq.statements import OPEN, Reading, Writer
from symbolic.language.claims import Claim, Operator, Relation
from symbolic.language.errors import Unsupported
from symbolic.language.notation import Limit, class_named
from symbolic.language.parser import parse_case, parse_expression, parse_step
from symbolic.language.proof import Tree
from symbolic.language.verbatim import apply, power
from symbolic.search.near_points import of_kinks, put_in

__all__ = ["Script", "script"]

LEFT: dict[tuple[Operator, Operator], Operator] = {
    ("<", "<"): "<=",
    (">", ">"): ">=",
}  # what is left of a relation after a step; else it is as it was
WORDS = {"exp": "exp", "log": "ln", "square": "square", "whole": "whole"}
MADE: dict[str, Callable[[Expr], Expr]] = {
    "exp": partial(apply, exp), "log": partial(apply, log), "square": partial(power, exponent=Integer(2)),
}  # fmt: skip
NAME = re.compile(r"[^\W\d]\w*")


class Script(NamedTuple):
    """What a theorem says, and its proof."""

    statement: str
    proof: str


def script(claim: Claim, tree: Tree) -> Script:
    """The claim where both sides are defined, proved step by step; `Unsupported` where words are wanting."""
    writer = Writer(claim, Reading.DEFINED)
    statement = writer.claim(claim)
    if "alike" in tree:
        return Script(statement, _Steps(writer, claim.relation, frozenset(writer.indices)).alike(claim, tree))
    start = "start_limit" if isinstance(claim.lhs, Limit) or isinstance(claim.rhs, Limit) else "start"
    steps = _Steps(writer, claim.relation, frozenset(writer.indices))
    return Script(statement, f"{start}; {steps.of(tree)}")


class _Steps:
    """The steps below a place of a derivation, where `relation` is to be shown and `letters` are classes."""

    def __init__(self, writer: Writer, relation: Relation, letters: frozenset[str]) -> None:
        self.writer = writer
        self.relation = relation
        self.letters = letters
        writer.names |= letters

    def with_letters(self, *new: str) -> _Steps:
        return _Steps(self.writer, self.relation, self.letters.union(new))

    def about(self, relation: Relation, *new: str) -> _Steps:
        return _Steps(self.writer, relation, self.letters.union(new))

    def of(self, tree: Tree) -> str:
        """One tactic for all that is left to show."""
        match tree:
            case {"line": list(parts)}:
                return f"line ({self.total(parts)})"
            case {"absurd": []}:
                return "clash"
            case {"absurd": list(parts)}:
                return f"absurd_by ({self.total(parts)})"
            case {"if": str(condition), "then": then, "else": otherwise}:
                return f"either ({self.condition(condition)}); [{self.of(then)} | {self.of(otherwise)}]"
            case {"let": str(name), "of": str(extreme), "in": below}:
                return f"{self.named(name, extreme)}; {self.with_letters(name).of(below)}"
            case {"have": str(said), "by": by, "in": below}:
                return f"{self.lemma(said, by)}; {self.of(below)}"
            case {"classes": str(name), "of": str(counted), "in": below}:
                return f"classes {name} {self.writer.whole(parse_expression(counted))}; {self.of(below)}"
            case {"vanish": str(term), "over": str(over), "in": below}:
                return f"vanish ({self.expression(f'sum({term}, {over})')}); {self.of(below)}"
            case {"compare": str(function), "in": below} if function in WORDS:
                return f"compare_{WORDS[function]}; {self.compared(function).of(below)}"
            case {"limit": str(near), "in": below}:
                return f"tends_on ({self.run(near)}); {self.of(below)}"
            case {"limit": str(near)}:
                return f"tends ({self.run(near)})"
            case {"taylor": str(letter), "of": str(h), "from": str(a), "to": str(b), "order": int(order), "by": by}:
                ends = " ".join(f"({self.expression(each)})" for each in (a, b))
                rest = self.about(self.remainder(letter, h, a, order))
                return f"taylor {order}%N {letter} (fun {letter} : R => {self.expression(h)}) {ends}; {rest.of(by)}"
            case {"through": str(to), "op": op, "by": by, "in": below}:
                return self.through(to, op, by, below)
        raise Unsupported(f"a step of the kind {next(iter(tree), 'none')!r} has no tactic")

    def named(self, name: str, extreme: str) -> str:
        if NAME.fullmatch(extreme):
            return f"member {name} {extreme}"
        return f"attained {name} ({self.expression(extreme)})"

    def lemma(self, said: str, by: Tree) -> str:
        """A relation for any classes in place of its new letters, and its proof."""
        relation = parse_step(said).relation
        known, self.writer.indices = self.writer.indices, set()
        text = self.writer.relation(relation)
        new, self.writer.indices = sorted(self.writer.indices - self.letters), known
        every = f"forall {' '.join(new)} : 'I_{self.writer.size}, " if new else ""
        proof = self.about(relation, *new).of(by)
        return f"assert ({every}{text}) by (intros; {proof})"

    def through(self, to: str, op: Operator, by: Tree, below: Tree) -> str:
        """What is between the sides: the left side against it, it against the right side, and both together."""
        middle = parse_expression(to)
        first = replace(self.relation, op=op, rhs=middle)
        left = replace(self.relation, lhs=middle, op=LEFT.get((self.relation.op, op), self.relation.op))
        parts = ((first, by), (left, below))
        steps = (f"assert ({self.writer.relation(each)}) by ({self.about(each).of(tree)})" for each, tree in parts)
        return f"{'; '.join(steps)}; lra"

    def remainder(self, letter: str, h: str, a: str, order: int) -> Relation:
        """What is to be shown of each number between the ends."""
        text = f"({letter} - ({a}))^{order}*diff({', '.join([h, *[letter] * order])})"
        op: Operator = "<" if self.relation.op in ("<", ">") else "<="
        return Relation(Integer(0), op, parse_expression(text))

    def run(self, near: str) -> str:
        """What the function of a limit equals near the point, as a function of the same variable."""
        sides = [side for side in (self.relation.lhs, self.relation.rhs) if isinstance(side, Limit)]
        _, variable, _ = sides[0].args
        expr = parse_expression(near)
        if expr.has(Derivative):
            expr = expand(expr.doit())
        with self.writer.running(variable):
            letter, along = self.writer.along(variable)
            return f"fun {letter} : R => {along.format(self.writer.put(expr, OPEN))}"

    def compared(self, function: str) -> _Steps:
        """The relation between the exponentials, logarithms or squares of the sides; of whole numbers x < y + 1."""
        lhs, op, rhs = self.relation.lhs, self.relation.op, self.relation.rhs
        if function == "whole":
            return self.about(Relation(lhs, "<", rhs + 1) if op == "<=" else Relation(lhs + 1, ">", rhs))
        made = MADE[function]
        return self.about(Relation(made(lhs), op, made(rhs)))

    def alike(self, claim: Claim, tree: Tree) -> str:
        """That the function is another one near the point, whatever what moves is there; then the derivative of that.

        The tactic takes no hypothesis about what moves: such a proof fails in Coq.
        """
        moving, other = next(of_kinks(claim)), parse_expression(tree["alike"])
        (variable,) = moving.variables
        with self.writer.running(variable):
            letter, along = self.writer.along(variable)
            form = along.format(self.writer.put(other, OPEN))
            same = self.about(Relation(moving.expr, "==", other)).of(tree["by"])
        left = self.about(put_in(claim, moving, other).relation)
        hidden = f"try rename {letter} into outer; intros {letter}; intros; try at_inverse"
        return f"intros; alike (fun {letter} : R => {form}); [{hidden}; cbv beta; {same} | {left.of(tree['in'])}]"

    # --- text ---

    def total(self, parts: list[str]) -> str:
        """The sum of the parts, each in brackets."""
        return " + ".join(f"({self.expression(part)})" for part in parts) or "0"

    def expression(self, text: str) -> str:
        return self.writer.put(parse_expression(text), OPEN)

    def condition(self, text: str) -> str:
        """A case: of numbers, or of classes."""
        sides = [side.strip() for side in text.split("==")]
        if all(side in self.letters or side.isdigit() for side in sides):
            return " = ".join(self.writer.at(class_named(side)) for side in sides)
        return self.writer.hypothesis(parse_case(text), self.letters.union(self.writer.indices))
