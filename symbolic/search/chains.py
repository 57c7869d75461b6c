"""A chain of relations as one derivation, in the cases that the kernel asks for.

chained(claim, steps) -> Proof | None
in_turn(steps) -> Tree
with_values(tree, below) -> Tree
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from symbolic.kernel import Budget, Undetermined
from symbolic.language.claims import with_given
from symbolic.language.proof import Proof, Tree, negated
from symbolic.search.derivations import refusal

__all__ = ["NOTHING_LEFT", "chained", "in_turn", "with_values"]

DEEPEST = 6  # cases in one another
NOTHING_LEFT: Tree = {"line": []}


def chained(claim: str, steps: Sequence[Tree], last: Tree = NOTHING_LEFT) -> Proof | None:
    """The steps {"through": .., "op": .., "why": .., "by": ..} in turn, as a proof that the kernel accepts.

    None if it refuses them. The last one shows what they leave.

    >>> chained("p[i] <= 1", [{"through": "1", "op": "<=", "why": "", "by": {"line": ["sum(p[k], k != i)"]}}]).tree
    {'through': '1', 'op': '<=', 'why': '', 'by': {'line': ['sum(p[k], k != i)']}, 'in': {'line': []}}
    """
    tree = _accepted(claim, in_turn(steps, last), DEEPEST)
    return None if tree is None else Proof(claim, tree)


def in_turn(steps: Sequence[Tree], last: Tree = NOTHING_LEFT) -> Tree:
    """The steps, each below the one before it."""
    return reduce(lambda rest, step: {**step, "in": rest}, reversed(steps), last)


def with_values(tree: Tree, below: Tree) -> Tree:
    """A derivation of a limit, the value of each form shown by what is below.

    >>> with_values({"let": "m", "of": "max(z)", "in": {"limit": "p[i]"}}, {"line": []})
    {'let': 'm', 'of': 'max(z)', 'in': {'limit': 'p[i]', 'in': {'line': []}}}
    """
    if tree.keys() == {"limit"}:
        return {**tree, "in": below}
    return {key: with_values(part, below) if key in ("in", "then", "else") else part for key, part in tree.items()}


def _accepted(claim: str, tree: Tree, depth: int) -> Tree | None:
    """The tree, split where the kernel asks whether two classes are one; None if it refuses for another reason."""
    problem = refusal(claim, tree, Budget().left)
    if problem is None:
        return tree
    if not isinstance(problem, Undetermined) or depth == 0 or any(" " in each for each in problem.pair):
        return None
    case = "{} == {}".format(*problem.pair)
    found: dict[str, Any] = {"if": case}
    for branch, said in (("then", case), ("else", negated(case))):
        part = _accepted(with_given(claim, said), _assumed(tree, case, branch), depth - 1)
        if part is None:
            return None
        found[branch] = part
    return found


def _assumed(part: Any, case: str, branch: str) -> Any:
    """A part of a derivation where it is known which branch of a case holds."""
    match part:
        case {"if": str(asked)} if sorted(asked.split(" == ")) == sorted(case.split(" == ")):
            return _assumed(part[branch], case, branch)
        case dict():
            return {key: _assumed(each, case, branch) for key, each in part.items()}
        case list():
            return [_assumed(each, case, branch) for each in part]
    return part
