"""What is cited, each source once, and what of it was looked up. Results and statements name a source by its key.

    SOURCES              a table, to be shown
    cited(text)          the keys in a text such as "Bishop 2006, (4.106), p. 223; the thread, answer 1"

>>> cited("Bishop 2006, (4.106), p. 223; folklore: the canonical link")
('Bishop 2006', 'folklore')
>>> SOURCES.entries["Boyd and Vandenberghe 2004"].checked
'section 3.1.5, p. 72'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from symbolic.language.errors import SymbolicError

__all__ = ["SOURCES", "Source", "Sources", "cited"]

UNCHECKED = "from memory"
KEY_ENDS = re.compile(r"[,:]")


@dataclass(frozen=True)
class Source:
    """A source: its key, where it is found, and what of it was looked up, empty if nothing was."""

    key: str
    reference: str
    checked: str


@dataclass(frozen=True)
class Sources:
    """The sources by their keys."""

    entries: Mapping[str, Source]

    def __str__(self) -> str:
        return "\n".join(f"{each.key}: {each.reference} ({_seen(each)})" for each in self.entries.values())

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        rows = (f"| {each.key} | {each.reference} | {_seen(each)} |" for each in self.entries.values())
        return "\n".join(["| cited as | what it is | looked up |", "|:--|:--|:--|", *rows])


def _seen(source: Source) -> str:
    return source.checked or UNCHECKED


def _read() -> Sources:
    lines = Path(__file__).with_name("sources.tsv").read_text("utf-8").splitlines()
    found = (Source(*line.split("\t")) for line in lines if not line.startswith("#"))
    return Sources({each.key: each for each in found})


SOURCES = _read()


def cited(text: str) -> tuple[str, ...]:
    """The keys of the sources that a text cites, parted by semicolons; `SymbolicError` if one has no row."""
    for part in text.split("; "):
        if _key(part) not in SOURCES.entries:
            raise SymbolicError(f"symbolic/show/sources.tsv has no row for {part!r}")
    return tuple(map(_key, text.split("; ")))


def _key(part: str) -> str:
    """What stands before the place in it; a key may itself have a comma, as three authors do."""
    whole = (key for key in SOURCES.entries if part == key or part.startswith((f"{key},", f"{key}:")))
    return max(whole, key=len, default=KEY_ENDS.split(part)[0])
