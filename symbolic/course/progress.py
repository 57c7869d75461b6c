"""What a student has done, in a file of their own: answers, the best verdict on each exercise, the hints seen.

    Progress.read(path)            from a file; empty if there is none
    progress.write(path)           whole or not at all
    progress.merged(other)         the better of two for each exercise: to bring one over from another machine

The file is ~/.symbolic_progress.json, or what the variable SYMBOLIC_PROGRESS names; if that is empty, nothing is kept.
It is JSON, and read as data.

>>> one = Progress().answered("02-3", "p[i]", "wrong").answered("02-3", "lambda*p[i]", "right")
>>> one.of("02-3")
Entry(best='right', answer='lambda*p[i]', tries=2, hints=0)
>>> Progress.parsed(one.text()) == one
True
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from symbolic.language.errors import SymbolicError

__all__ = ["Entry", "Progress", "file"]

VERSION = 1
LARGEST = 5_000_000  # bytes of a file that is read
RANKS = [
    "",
    "not an answer that can be read",
    "not decided",
    "wrong",
    "it holds, but more is assumed than is needed",
    "equal, but not in the form asked",
    "right",
]


@dataclass(frozen=True)
class Entry:
    """One exercise: the best verdict and the answer that had it, how often it was tried, how many hints were seen."""

    best: str = ""
    answer: str = ""
    tries: int = 0
    hints: int = 0

    def better(self, other: Entry) -> Entry:
        """The better verdict of two, with the more tries and hints."""
        best = other if RANKS.index(other.best) > RANKS.index(self.best) else self
        return replace(best, tries=max(self.tries, other.tries), hints=max(self.hints, other.hints))


@dataclass(frozen=True)
class Progress:
    """The entries of all exercises that were begun, by id."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def of(self, id: str) -> Entry:
        """The entry of an exercise; an empty one if it was not begun."""
        return self.entries.get(id, Entry())

    def is_right(self, id: str) -> bool:
        """Whether the best answer to an exercise is right."""
        return self.of(id).best == "right"

    def answered(self, id: str, answer: str, status: str) -> Progress:
        """The progress after one more answer."""
        before = self.of(id)
        after = before.better(Entry(status, answer))
        return self._with(id, replace(after, tries=before.tries + 1))

    def hinted(self, id: str) -> Progress:
        """The progress after one more hint."""
        return self._with(id, replace(self.of(id), hints=self.of(id).hints + 1))

    def _with(self, id: str, entry: Entry) -> Progress:
        return Progress({**self.entries, id: entry})

    def merged(self, other: Progress) -> Progress:
        """Both together: of each exercise the better."""
        ids = dict.fromkeys((*self.entries, *other.entries))
        return Progress({id: self.of(id).better(other.of(id)) for id in ids})

    def text(self) -> str:
        """As JSON."""
        entries = {id: asdict(entry) for id, entry in self.entries.items()}
        return json.dumps({"version": VERSION, "exercises": entries}, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def parsed(cls, text: str) -> Progress:
        """From JSON; `SymbolicError` if it is not what `text` writes."""
        try:
            said = json.loads(text)
            if said["version"] != VERSION:
                raise SymbolicError(f"progress of version {VERSION} is read here, not {str(said['version'])[:20]}")
            return cls({str(id): _entry(each) for id, each in said["exercises"].items()})
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
            raise (
                problem if isinstance(problem, SymbolicError) else SymbolicError("this is no file of progress")
            ) from None

    @classmethod
    def read(cls, path: Path | None) -> Progress:
        """From a file; empty if there is none."""
        if path is None:
            return cls()
        try:
            with path.open("rb") as source:
                return cls.parsed(source.read(LARGEST).decode("utf-8"))
        except FileNotFoundError:
            return cls()
        except UnicodeDecodeError:
            raise SymbolicError(f"{path} is no file of progress") from None

    def write(self, path: Path | None) -> None:
        """To a file, if there is to be one: a reader finds the old one or the new one, never a part."""
        if path is None:
            return
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=path.name, delete=False) as new:
            new.write(self.text())
        os.replace(new.name, path)


def _entry(said: dict[str, Any]) -> Entry:
    entry = Entry(**said)
    texts = isinstance(entry.best, str) and isinstance(entry.answer, str)
    if not (texts and type(entry.tries) is int and type(entry.hints) is int and entry.best in RANKS):
        raise SymbolicError("this is no file of progress")
    return entry


def file() -> Path | None:
    """Where the progress is kept; None if it is not to be."""
    said = os.environ.get("SYMBOLIC_PROGRESS")
    return Path.home() / ".symbolic_progress.json" if said is None else Path(said) if said else None
