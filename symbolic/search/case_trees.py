"""Trees of cases with room for a line.

frames(claim)               no case; a class at which an extreme is attained; two of them
split(claim, case, solve)   {"if": case, "then": ..., "else": ...}, each branch solved as a claim of its own
leaves_below(leaf, step)    the leaves that the kernel has below a step
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from sympy import Abs, Expr, Integer, Symbol

from symbolic.deadline import check as in_time
from symbolic.kernel.checker import opened
from symbolic.kernel.leaf import Leaf
from symbolic.kernel.refused import Refused, Undetermined
from symbolic.language import notation as of
from symbolic.language.claims import (
    Claim,
    Hypothesis,
    Member,
    Operator,
    Relation,
    SameClass,
    differ,
    letters_of,
    parts,
    relation,
    same,
)
from symbolic.language.names import unused
from symbolic.language.typeset import CONDITIONS, plain

__all__ = [
    "STEPS",
    "Frame",
    "Judge",
    "Node",
    "alone_or_several",
    "attained",
    "both_signs",
    "cases",
    "frames",
    "leaves_below",
    "negated",
    "shares_in_absolute_values",
    "split",
    "undetermined",
]

STEPS = 20_000  # of the kernel, for one candidate, or one step of it

Node = dict[str, Any]
Judge = Callable[[Claim, Node], Refused | None]  # what the kernel says against a derivation, None if it accepts
NEGATED: dict[str, Operator] = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}


def leaves_below(leaf: Leaf, step: Node) -> list[Leaf]:
    """What the kernel has below a step, in STEPS; `Refused` if it does not take it, or stops."""
    in_time()
    leaf.budget.left = STEPS
    try:
        return opened(leaf, step)
    except RecursionError:
        raise Refused("nested too deeply") from None


@dataclass(frozen=True)
class Frame:
    """What stands around a line, and what holds there: hypotheses, and letters of classes."""

    wrap: Callable[[Node], Node] = lambda node: node
    given: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    extremes: tuple[tuple[str, Expr], ...] = ()  # (z[m], max(z))


def frames(claim: Claim) -> Iterator[Frame]:
    """Without cases; then with a class at which an extreme is attained, or two; a class of a subset."""
    yield Frame()
    if any(True for _ in shares_in_absolute_values(claim)):
        yield _at_most_one(claim)
    used = {each.name for each in parts(claim) if isinstance(each, Symbol)}
    letters = [each for each in ("m", "s", "u", "r") if each not in used]
    found = _extremes(claim)
    for extreme in found:
        yield _attained(((letters[0], extreme),))
    if len(found) > 1:
        yield _attained(tuple(zip(letters, found[:2], strict=False)))
        yield _apart(_attained(tuple(zip(letters, found[:2], strict=False))))
    for subset in sorted({each.name for each in parts(claim) if isinstance(each, of.Subset)}):
        yield _inside(letters[0], subset)


def shares_in_absolute_values(claim: Claim) -> Iterator[tuple[str, str]]:
    """The share of any class j, and of the other classes together, of each softmax, where absolute values occur."""
    if any(isinstance(each, Abs) for each in parts(claim)):
        found = {each.distribution if isinstance(each, of.Probability) else each for each in parts(claim)
                 if isinstance(each, of.Probability | of.Softmax)}  # fmt: skip
        found |= {of.p for each in parts(claim) if isinstance(each, of.UnderP)}
        used = letters_of(claim)
        j, k = (of.class_named(next(unused(letters, used))) for letters in ("jihm", "klur"))
        for each in sorted(found, key=plain):
            yield plain(each[j]), f"sum({plain(each[k])}, {k} != {j})"


def _at_most_one(claim: Claim) -> Frame:
    def wrap(node: Node) -> Node:
        for share, rest in shares_in_absolute_values(claim):
            node = {"have": f"{share} <= 1", "by": {"line": [rest]}, "in": node}
        return node

    return Frame(wrap)


def _extremes(claim: Claim) -> list[of.Maximum]:
    found = {each for each in parts(claim) if isinstance(each, of.Maximum) and not _speaks_of_bound(each)}
    return sorted(found, key=lambda each: (len(plain(each)), plain(each)))


def _speaks_of_bound(expr: Expr) -> bool:
    return any(isinstance(each, of.BoundIndex) for each in expr.free_symbols)


def _attained(chosen: tuple[tuple[str, of.Maximum], ...]) -> Frame:
    at = {name: of.class_named(name) for name, _ in chosen}
    given = [f"{plain(extreme.opened(at[name]))} == {plain(extreme)}" for name, extreme in chosen]
    given += [
        f"{name} {CONDITIONS[type(each)]} {each.args[0]}" for name, extreme in chosen for each in extreme.conditions
    ]

    def wrap(node: Node) -> Node:
        for name, extreme in reversed(chosen):
            node = {"let": name, "of": plain(extreme), "in": node}
        return node

    return Frame(wrap, tuple(given), tuple(at), tuple((plain(each.opened(at[name])), each) for name, each in chosen))


def _apart(frame: Frame) -> Frame:
    """The same where the two classes cannot be one."""
    first, second = frame.named
    same_class = f"{first} == {second}"

    def wrap(node: Node) -> Node:
        return frame.wrap({"if": same_class, "then": {"absurd": []}, "else": node})

    return replace(frame, wrap=wrap, given=(*frame.given, f"{first} != {second}"))


def attained(claim: Claim, node: Node) -> Iterator[Node]:
    """A derivation with z[m] for max(z) and z[s] for min(z), where these are attained."""
    found = list(frames(claim))
    frame = next((each for each in reversed(found) if each.extremes and each.given[-1].count("!=") == 0), None)
    if frame is not None:
        yield frame.wrap(_replaced(node, {plain(extreme): entry for entry, extreme in frame.extremes}))


def _replaced(node: Any, texts: dict[str, str]) -> Any:
    match node:
        case dict():
            return {key: _replaced(each, texts) for key, each in node.items()}
        case list():
            return [_replaced(each, texts) for each in node]
        case str():
            return reduce(lambda text, each: text.replace(*each), texts.items(), node)
    return node


def _inside(name: str, subset: str) -> Frame:
    return Frame(lambda node: {"let": name, "of": subset, "in": node}, (f"{name} in {subset}",), (name,))


# --- cases -----------------------------------------------------------------------------------------


def cases(claim: Claim) -> Iterator[Hypothesis]:
    """What a claim may be split by: the sign of what stands in an absolute value, whether a class is in a subset."""
    inner = {each.args[0] for each in parts(claim) if isinstance(each, Abs) and not _speaks_of_bound(each)}
    known = {plain(each.lhs) for each in claim.given if isinstance(each, Relation) and each.rhs == 0}
    for each in sorted(inner, key=lambda expr: len(plain(expr)), reverse=True):
        if plain(each) not in known:
            yield relation(each, ">=", 0)
    indices = {each for each in of.free(claim.lhs) | of.free(claim.rhs) if each.is_integer and each != of.n}
    subsets = {each for each in parts(claim) if isinstance(each, of.Subset)}
    settled = {(each.index, each.subset) for each in claim.given if isinstance(each, Member)}
    for at in sorted(indices, key=str):
        for subset in sorted(subsets, key=str):
            if at.is_Symbol and not isinstance(at, of.Family) and (at, subset) not in settled:
                yield Member(at, subset)


def undetermined(claim: Claim, refusal: Refused | None) -> SameClass | None:
    """The case that the kernel asks for, if it is about classes of the claim."""
    if not isinstance(refusal, Undetermined):
        return None
    known = {each.name: each for each in of.free(claim.lhs) | of.free(claim.rhs) if each.is_integer}
    first, second = (known.get(str(each)) or _number(str(each)) for each in sorted(refusal.pair, reverse=True))
    return same(first, second) if first is not None and second is not None else None


def _number(name: str) -> Expr | None:
    return Integer(name) if name.isdigit() else None


def negated(case: Hypothesis) -> Hypothesis:
    match case:
        case SameClass(first, second):
            return differ(first, second)
        case Member(at, subset, holds):
            return Member(at, subset, not holds)
        case Relation(lhs, op, rhs):
            return relation(lhs, NEGATED[op], rhs)
    raise ValueError(case)


def both_signs(claim: Claim, solve: Callable[[Claim], Node | None]) -> Node | None:
    """|x| <= y, as x <= y and as -x <= y."""
    left = claim.op in ("<", "<=")
    bound = claim.lhs if left else claim.rhs
    if not isinstance(bound, Abs):
        return None
    branches = []
    for each in (bound.args[0], -bound.args[0]):
        sides = {"lhs": each} if left else {"rhs": each}
        found = solve(replace(claim, relation=replace(claim.relation, **sides), text=""))
        if found is None:
            return None
        branches.append(found)
    return {"if": f"{plain(bound.args[0])} >= 0", "then": branches[0], "else": branches[1]}


def split(claim: Claim, case: Hypothesis, solve: Callable[[Claim], Node | None]) -> Node | None:
    """Both branches, or None if one of them is not solved."""
    branches = []
    for each in (case, negated(case)):
        found = solve(replace(claim, given=(*claim.given, each), text=""))
        if found is None:
            return None
        branches.append(found)
    return {"if": plain(case), "then": branches[0], "else": branches[1]}


def alone_or_several(alone: Node, several: Node) -> Node:
    """In the cases that there is one class, and that there are two or more.

    >>> alone_or_several({"absurd": []}, {"line": []})["else"]["have"]
    'n >= 2'
    """
    more: Node = {"have": "n >= 2", "by": {"compare": "whole", "in": {"line": ["n - 1"]}}, "in": several}
    return {"if": "n == 1", "then": alone, "else": more}
