"""The results as texts, found and shown without SymPy: what `list`, `show` and completion read.

    entries()       every result, chapter by chapter
    search(words)   those that have all the words in name, title, formula or chapter, best first
    nearest(name)   the names that a misspelt one may mean

`catalogue.jsonl` is written by tools/catalogue.py from `symbolic.results`; a test compares the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("catalogue.jsonl")


@dataclass(frozen=True)
class Entry:
    """A result as text: its name, chapter and title, its claim in the claim language, and all that `show` prints."""

    name: str
    chapter: str
    title: str
    formula: str
    text: str


@cache
def entries() -> tuple[Entry, ...]:
    """Every result, chapter by chapter.

    >>> [each.formula for each in entries() if each.name == "softmax_sum1"]
    ['sum(p[k], k) == 1']
    """
    return tuple(Entry(**json.loads(line)) for line in FILE.read_text("utf-8").splitlines())


def named(name: str) -> Entry | None:
    """The result of that name, if there is one."""
    return next((each for each in entries() if each.name == name), None)


def search(words: Iterable[str]) -> list[Entry]:
    """The results that have every word in name, title, formula or chapter; in the name comes first.

    >>> [each.name for each in search(["jacobian", "symmetric"])]
    ['jacobian_sym']
    """
    wanted = [word.casefold() for word in words]
    found = [(rank, each) for each in entries() if (rank := _rank(each, wanted)) is not None]
    return [each for _, each in sorted(found, key=lambda one: one[0])]


def _rank(entry: Entry, wanted: list[str]) -> int | None:
    """How far from the name the word is that is farthest; None if one is nowhere."""
    places = [each.casefold() for each in (entry.name, entry.title, _close(entry.formula), entry.chapter)]
    ranks = [next((at for at, place in enumerate(places) if _is_in(word, place)), None) for word in wanted]
    return None if None in ranks else max((rank for rank in ranks if rank is not None), default=0)


def _is_in(word: str, place: str) -> bool:
    return word in place or _close(word) in place


def _close(formula: str) -> str:
    return formula.replace(" ", "")


def nearest(name: str) -> list[str]:
    """The names that a misspelt one may mean.

    >>> nearest("softmax_jacobain")[0]
    'softmax_jacobian'
    """
    return get_close_matches(name, [each.name for each in entries()])
