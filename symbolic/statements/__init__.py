"""The collected statements about softmax, true and false ones, and what each says in the claim language: data.

    all_statements()    each with its permanent id, its class, its source and its claims
    find(id)            one of them

`statements.tsv` and `claims.tsv` beside this file say what their columns are. Nothing is decided when a statement is
listed: `symbolic.show.ledger_entries` does that.

>>> find("A01").text
'The probabilities sum to 1, for every n >= 1.'
>>> [each.text for each in find("A01").claims]
['sum(softmax(z, c)[k], k) == 1']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from symbolic.language.errors import SymbolicError

__all__ = ["CLASSES", "SaidSo", "Statement", "all_statements", "find"]

CLASSES = {
    "A": "algebra",
    "D": "derivatives",
    "I": "inequalities",
    "L": "limits",
    "G": "integrals and probability",
    "Q": "characterisations",
    "N": "floating point",
}

CITED = re.compile(r"\b(theorem|lemma|criterion)\b")

Scope = Literal["full", "part", "none"]


@dataclass(frozen=True)
class SaidSo:
    """A claim of a statement: `full` ones say or imply the whole of it together, a `part` says an instance of it.

    `expected` is the verdict that is right, `proved` or `refuted`; `note` what leads from the claim to the statement.
    """

    scope: Scope
    expected: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Statement:
    """A statement in words. `reason` says why the claim language cannot say the whole of it, where it cannot."""

    id: str
    kind: str
    true: bool
    text: str
    source: str
    claims: tuple[SaidSo, ...] = ()
    reason: str = ""

    @property
    def cited(self) -> tuple[str, ...]:
        """The notes that cite what leads from the claims to the whole statement: a theorem, lemma or criterion."""
        return tuple(each.note for each in self.claims if each.scope == "full" and CITED.search(each.note))

    @property
    def sayable(self) -> bool:
        """Whether claims say the whole of it."""
        return not self.reason


def find(name: str) -> Statement:
    """The statement with that id; `SymbolicError` if there is none."""
    for each in all_statements():
        if each.id == name:
            return each
    raise SymbolicError(f"no statement is called {name!r}: the ids are A01, ..., F53")


@cache
def all_statements() -> tuple[Statement, ...]:
    """Every statement, by its class, the false ones last."""
    said: dict[str, list[SaidSo]] = {}
    reasons: dict[str, str] = {}
    for name, scope, expected, text, note in _rows("claims.tsv", 5):
        if scope == "none":
            reasons[name] = text
        else:
            said.setdefault(name, []).append(SaidSo(_scope(scope), expected, text, note))
    return tuple(
        Statement(name, kind, truth == "true", text, source, tuple(said.get(name, ())), reasons.get(name, ""))
        for name, kind, truth, text, source in _rows("statements.tsv", 5)
    )


def _scope(word: str) -> Scope:
    for each in get_args(Scope):
        if each == word:
            return each
    raise ValueError(f"{word!r} is no scope of a claim")


def _rows(file: str, columns: int) -> Iterator[list[str]]:
    for line in Path(__file__).with_name(file).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            row = line.split("\t")
            if len(row) != columns:
                raise ValueError(f"{file}: {len(row)} columns, not {columns}: {line}")
            yield row
