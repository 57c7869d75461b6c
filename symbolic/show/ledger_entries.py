"""The ledger: of each collected statement, what exists. Everything in it is computed.

    ledger(decide)      one entry a statement: its claims with their verdicts, derivations, notebooks, formal proofs
    summary(entries)    the counts, class by class, as a table in Markdown

A statement is *decided* if every claim that is needed to say it in full has the verdict that is right, *partial* if
some claim of it has, and *unknown* if none has. A wrong verdict is an error, not an entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from symbolic.answers import answer
from symbolic.coq.theorems import by_hand, stated
from symbolic.language.claims import Proved
from symbolic.results import all_results
from symbolic.statements import CLASSES, SaidSo, Statement, all_statements

__all__ = ["Entry", "WrongVerdict", "ledger", "line", "summary", "verdict"]

ROOT = Path(__file__).parents[2]

Decide = Callable[[str], str]  # a line of the claim language -> a word of VERDICTS
VERDICTS = ("proved", "refuted", "unknown", "invalid", "vacuous")


class WrongVerdict(Exception):
    """A claim got the opposite of the verdict that is right."""


@dataclass(frozen=True)
class Entry:
    """A statement, and what exists of it. `verdicts` are those of its claims, in their order.

    `proofs` are the files of proofs/ with theorems that say its results, `by_hand` the theorems that settle it, or a
    part of it, in a statement written by hand.
    """

    statement: Statement
    verdicts: tuple[str, ...]
    results: tuple[str, ...]
    notebooks: tuple[str, ...]
    proofs: tuple[str, ...]
    by_hand: tuple[str, ...] = ()

    @property
    def standing(self) -> str:
        """decided, partial or unknown; unsayable, where there is no claim at all."""
        if not self.statement.claims:
            return "unsayable"
        pairs = zip(self.statement.claims, self.verdicts, strict=True)
        right = [(said, said.expected == found) for said, found in pairs]
        if self.statement.sayable and all(found for said, found in right if said.scope == "full"):
            return "decided"
        return "partial" if any(found for _, found in right) else "unknown"

    @property
    def refuted(self) -> bool:
        """Whether an exact counterexample to the statement, or to a case of it, is found."""
        return not self.statement.true and self.standing == "decided" and "refuted" in self.verdicts


@cache
def verdict(text: str, seconds: float = 10) -> str:
    """The verdict on a line, as a word; `vacuous` if it holds because it is about nothing."""
    found = answer(text, seconds, notes=False).verdict
    if isinstance(found, Proved) and found.vacuous:
        return "vacuous"
    return type(found).__name__.lower()


def ledger(decide: Decide = verdict, statements: Iterable[Statement] | None = None) -> Iterator[Entry]:
    """The entries, in the order of the ids, as they are computed."""
    for each in all_statements() if statements is None else statements:
        verdicts = tuple(_checked(each, said, decide(said.text)) for said in each.claims)
        names = tuple(result.name for result in all_results() if each.id in result.statements)
        hand = tuple(theorem.name for theorem in by_hand() if each.id in theorem.statements)
        yield Entry(each, verdicts, names, _found(_notebooks(), names), _found(_theorems(), names), hand)


def _checked(statement: Statement, said: SaidSo, found: str) -> str:
    if found not in (said.expected, "unknown"):
        raise WrongVerdict(f"{statement.id}: {said.text} is {said.expected}, and the verdict was {found}")
    return found


def _found(where: dict[str, str], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(where[name] for name in names if name in where))


@cache
def _notebooks() -> dict[str, str]:
    """Quoted name -> the section of a notebook that has it first, the start notebook's examples apart."""
    shown: dict[str, str] = {}
    for path in sorted((ROOT / "notebooks").glob("??-*.md"))[1:]:
        for title, text in _sections(path.read_text("utf-8")):
            for name in re.findall(r'"(\w+)"', text):
                shown.setdefault(name, f"{path.stem}: {title}")
    return shown


def _sections(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        yield title, body


@cache
def _theorems() -> dict[str, str]:
    """Result -> the Coq file with the theorem of its name."""
    return {name: chapter for chapter, name in stated("Theorem")}


# --- as text -------------------------------------------------------------------------------------


def line(entry: Entry) -> str:
    """One line of `python -m symbolic list --all`."""
    said = entry.statement
    parts = [said.id, "true " if said.true else "false", f"{entry.standing:<9}", said.text, *said.cited[:1]]
    shown = [*entry.results, *(f"[{each}]" for each in entry.notebooks), *(f"({each}.v)" for each in entry.proofs)]
    shown += [f"({_theorems()[name]}.v, by hand: {name})" for name in entry.by_hand]
    return "  ".join([*parts, ", ".join(shown)]).rstrip()


HEAD = """\
| class | statements | sayable | decided rightly | in part | not decided | derived | in Coq | of these by hand |
|---|---|---|---|---|---|---|---|---|"""


def summary(entries: Iterable[Entry]) -> str:
    """The counts, class by class, and of the false ones among them."""
    entries = sorted(entries, key=lambda each: list(CLASSES).index(each.statement.kind))
    by_class = groupby(entries, key=lambda each: each.statement.kind)
    rows = [_row(f"{kind}, {CLASSES[kind]}", list(members)) for kind, members in by_class]
    false = [each for each in entries if not each.statement.true]
    refuted = sum(each.refuted for each in false)
    told = f"Of the {len(false)} false ones, {refuted} are refuted by an exact counterexample"
    denied = sum(each.standing == "decided" for each in false) - refuted
    cited = sum(each.standing == "decided" and bool(each.statement.cited) for each in entries)
    told += f"; of {denied} more the denial is proved. {cited} of the decided ones rest on a cited theorem besides."
    return "\n".join([HEAD, *rows, _row("all", entries), "", told])


def _row(name: str, members: list[Entry]) -> str:
    standing = [each.standing for each in members]
    counts = [
        len(members),
        sum(each.statement.sayable for each in members),
        standing.count("decided"),
        standing.count("partial"),
        standing.count("unknown") + standing.count("unsayable"),
        sum(bool(each.results) for each in members),
        sum(bool(each.proofs or each.by_hand) for each in members),
        sum(bool(each.by_hand and not each.proofs) for each in members),
    ]
    return f"| {' | '.join([name, *map(str, counts)])} |"
