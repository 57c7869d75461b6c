"""A proof is a derivation: a claim and a tree of cases, with a line at each leaf. It is data; the kernel accepts it.

    Proof(claim, tree).record()  ->  {"schema": 1, "claim": ..., "proof": ...}      Proof.of(record)  ->  Proof

The tree is as the kernel reads it: its expressions are text of the claim language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["SCHEMA", "Proof", "Tree", "leaves", "negated"]

SCHEMA = 1
OPPOSITE = {"==": "!=", "!=": "==", "<=": ">", ">=": "<", "<": ">=", ">": "<="}

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Proof:
    """A claim, as a line of the core of the language, and its derivation."""

    claim: str
    tree: Tree = field(hash=False)

    def record(self) -> dict[str, Any]:
        """The derivation as JSON.

        >>> Proof("p[i] <= 1", {"line": ["sum(p[k], k != i)"]}).record()
        {'schema': 1, 'claim': 'p[i] <= 1', 'proof': {'line': ['sum(p[k], k != i)']}}
        """
        return {"schema": SCHEMA, "claim": self.claim, "proof": self.tree}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Proof:
        """The derivation that a record holds; ValueError for one of another schema.

        >>> Proof.of({"schema": 1, "claim": "p[i] <= 1", "proof": {"line": ["sum(p[k], k != i)"]}}).claim
        'p[i] <= 1'
        """
        if record.get("schema") != SCHEMA:
            raise ValueError(f"expected a derivation of schema {SCHEMA}")
        return cls(record["claim"], record["proof"])

    @property
    def vacuous(self) -> bool:
        """Whether no point counts: every leaf is a contradiction."""
        return all("absurd" in leaf for leaf in leaves(self.tree))

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that are told apart, in words: one for each leaf, if there are several.

        >>> Proof("p[i]*p[j] <= 1", {"if": "i == j", "then": {"line": []}, "else": {"line": []}}).cases
        ('i = j', 'i, j distinct')
        """
        return tuple(filter(None, (", ".join(path) for path in _paths(self.tree))))


def leaves(tree: Tree) -> Iterator[Tree]:
    """The leaves of a tree of cases."""
    below = [tree[key] for key in ("then", "else", "in") if key in tree]
    if not below:
        yield tree
    for each in below:
        yield from leaves(each)


def _paths(tree: Tree) -> Iterator[tuple[str, ...]]:
    match tree:
        case {"if": str(condition), "then": then, "else": otherwise}:
            yes, no = _words(condition)
            yield from ((yes, *rest) for rest in _paths(then))
            yield from ((no, *rest) for rest in _paths(otherwise))
        case {"in": below}:
            yield from _paths(below)
        case _:
            yield ()


def _words(condition: str) -> tuple[str, str]:
    """A condition and its contrary, in words where it is about two letters.

    >>> _words("i == j"), _words("x == 0")
    (('i = j', 'i, j distinct'), ('x = 0', 'x != 0'))
    """
    first, same, second = condition.partition(" == ")
    if same and second.isdigit():
        return f"{first} = {second}", negated(condition)
    if same and first.isalnum() and second.isalnum():
        return f"{first} = {second}", f"{first}, {second} distinct"
    return condition, negated(condition)


def negated(condition: str) -> str:
    """The contrary of a condition.

    >>> negated("p[i] <= p[j]"), negated("i in A")
    ('p[i] > p[j]', 'i not in A')
    """
    for op, opposite in OPPOSITE.items():
        if f" {op} " in condition:
            return condition.replace(f" {op} ", f" {opposite} ", 1)
    return condition.replace(" in ", " not in ", 1)
