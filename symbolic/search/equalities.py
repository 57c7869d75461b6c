"""Derivations of equalities: mostly the bare identity, split where the kernel asks whether two classes are one.

derivation(claim, judge) -> a tree that the kernel accepts, or None
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product

from symbolic.language.claims import Claim, Relation
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Frame, Judge, Node, cases, frames, split, undetermined
from symbolic.search.evidence import Guess

__all__ = ["derivation"]

DEEPEST = 4  # cases in one another
MULTIPLIERS = ("1", "-1", "lambda", "-lambda", "log(n)", "-log(n)")


def derivation(claim: Claim, judge: Judge, depth: int = DEEPEST) -> Node | None:
    """The bare identity; else with multiples of hypotheses, at a class where an extreme is attained, or in cases."""
    for node in _simple(claim):
        refusal = judge(claim, node)
        if refusal is None:
            return node
        asked = undetermined(claim, refusal) if depth else None
        if asked is not None:
            return split(claim, asked, partial(derivation, judge=judge, depth=depth - 1))
    for frame in frames(claim):
        for line in Guess(claim, frame, freely=True).lines():
            if judge(claim, frame.wrap({"line": line})) is None:
                return frame.wrap({"line": line})
    for case in cases(claim) if depth else ():
        found = split(claim, case, partial(derivation, judge=judge, depth=min(depth - 1, 1)))
        if found is not None:
            return found
    return None


def _difference(claim: Claim, frame: Frame) -> str:
    """lhs - rhs as it stands, the extremes written as the entries where they are attained."""
    text = f"{plain(claim.lhs)} - ({plain(claim.rhs)})"
    for entry, extreme in frame.extremes:
        text = text.replace(plain(extreme), entry)
    return text


def _simple(claim: Claim) -> Iterator[Node]:
    around = list(frames(claim))
    yield {"line": []}
    yield {"absurd": []}
    for frame in around:
        yield frame.wrap({"line": [_difference(claim, frame)]})
        yield frame.wrap({"line": []})
    equations = [
        f"({plain(each.lhs)} - ({plain(each.rhs)}))"
        for each in claim.given
        if isinstance(each, Relation) and each.op == "=="
    ]
    for frame, by, equation in product(around, MULTIPLIERS, equations):
        yield frame.wrap({"line": [f"{by}*{equation}"]})
    for each in claim.given:
        if isinstance(each, Relation):
            yield {"absurd": [f"{plain(each.lhs)} - ({plain(each.rhs)})"]}
