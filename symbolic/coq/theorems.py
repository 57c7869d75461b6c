"""What is proved in Coq: each theorem of proofs/ with what it says, where it stands and whether it is proved.

    formal(name, ...)       the theorems of chapters or results, folded, for the end of a notebook
    by_hand()               the theorems whose statement no claim says, each with what it says in words
    stated(kind, ...)       the names of all that proofs/ states, with the chapter of each
    still_open()            the theorems that results name and nobody has proved yet

The statement of a result's theorem is printed from its claim (`symbolic.coq.statements`). All of this is read from the
files of proofs/, without Coq; that Coq accepts the proofs, and that the theorems say what is shown here, is what
`make proofs` and `make test` check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from textwrap import indent, wrap

from symbolic.coq.coqc import PROOFS, chapters
from symbolic.coq.statements import theorems
from symbolic.language.errors import SymbolicError
from symbolic.language.prose import in_plain
from symbolic.results import Result, all_results
from symbolic.results import chapters as chapters_of_results

__all__ = ["ByHand", "Formal", "Theorem", "by_hand", "formal", "stated", "still_open"]

STATED = re.compile(r"^(Theorem|Lemma|Definition)\s+(\w+)", re.MULTILINE)
COMMENT = re.compile(r"\(\*.*?\*\)", re.DOTALL)
WIDTH = 84  # of a line of a statement, so that it fits a notebook
AS_READ = re.compile(r"^(\w+)\n     : (.*(?:\n  .*)*)", re.MULTILINE)


@dataclass(frozen=True)
class ByHand:
    """A theorem whose statement is written by hand: what it says, and the ids of collected statements it settles."""

    name: str
    statements: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Theorem:
    """A theorem: what it says in words and in Coq, the file of proofs/ that has it, and whether it is proved there.

    `result` is the result whose claim it says, or denies without a hypothesis; empty if it is stated by hand.
    """

    name: str
    says: str
    proposition: str
    file: str
    proved: bool
    result: str = ""

    @property
    def status(self) -> str:
        """In a word."""
        return "proved" if self.proved else "open"


# --- what the files say --------------------------------------------------------------------------


def stated(*kinds: str) -> Iterator[tuple[str, str]]:
    """(chapter, name) of all that is stated in proofs/ as a Theorem, Lemma or Definition, in order."""
    for chapter in chapters():
        text = COMMENT.sub("", (PROOFS / f"{chapter}.v").read_text("utf-8"))
        yield from ((chapter, name) for kind, name in STATED.findall(text) if kind in kinds)


@cache
def still_open() -> frozenset[str]:
    """The names in proofs/open.txt."""
    return frozenset(_lines("open.txt"))


@cache
def by_hand() -> tuple[ByHand, ...]:
    """The rows of proofs/by_hand.tsv."""
    rows = (line.split("\t") for line in _lines("by_hand.tsv"))
    return tuple(ByHand(name, tuple(ids.split()), says) for name, ids, says in rows)


@cache
def _as_read() -> dict[str, str]:
    """Each theorem's statement as Coq reads it, from proofs/statements.txt, without the names of chapters."""
    text = re.sub(rf"\b({'|'.join(chapters())})\.(?=\w)", "", (PROOFS / "statements.txt").read_text("utf-8"))
    found = AS_READ.findall(text)
    return {name: said.replace("\n       ", "\n  ") for name, said in found}


def _lines(file: str) -> list[str]:
    lines = (PROOFS / file).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


# --- the theorems of a chapter -------------------------------------------------------------------


@dataclass(frozen=True)
class Formal:
    """Theorems to be shown: folded in a notebook, plain in a terminal."""

    theorems: tuple[Theorem, ...]

    @property
    def summary(self) -> str:
        """How many there are, and how many of them are proved."""
        proved = sum(each.proved for each in self.theorems)
        return f"{len(self.theorems)} theorems in Coq: {proved} proved, {len(self.theorems) - proved} open."

    def __str__(self) -> str:
        return "\n".join([self.summary, *map(_plain, self.theorems)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        parts = [f"<p>{self.summary}</p>"]
        for result, group in groupby(self.theorems, key=lambda each: each.result):
            first, *others = group
            if result:
                parts.append(_folded(_head(first), f"{_said(first)}{''.join(map(_with_head, others))}"))
            else:
                told = f"Beyond the claims of the results, stated by hand: {1 + len(others)} theorems"
                parts.append(_folded(told, "".join(map(_with_head, (first, *others)))))
        return "\n".join(parts)


def _plain(theorem: Theorem) -> str:
    return f"{theorem.name}: {theorem.says} ({theorem.status}, {theorem.file})\n{indent(_wrapped(theorem), '  ')}"


def _folded(head: str, body: str) -> str:
    return f"<details><summary>{head}</summary>{body}</details>"


def _head(theorem: Theorem) -> str:
    link = f'<a href="../{theorem.file}">{theorem.file}</a>'
    return f"<b>{theorem.name}</b>: {escape(theorem.says, quote=False)} ({theorem.status}, {link})"


def _said(theorem: Theorem) -> str:
    return f"<pre>{escape(_wrapped(theorem), quote=False)}</pre>"


def _wrapped(theorem: Theorem) -> str:
    """Its statement, in lines that fit a notebook."""
    return "\n".join(part for line in theorem.proposition.splitlines() for part in _parts(line))


def _parts(line: str) -> list[str]:
    """A line, broken at blanks; what follows is set a little further in."""
    further_in = " " * (len(line) - len(line.lstrip()) + 4)
    return wrap(line, WIDTH, subsequent_indent=further_in, break_long_words=False, break_on_hyphens=False)


def _with_head(theorem: Theorem) -> str:
    return f"<p>{_head(theorem)}</p>{_said(theorem)}"


def formal(*names: str) -> Formal:
    """The theorems of these results, or chapters of symbolic/results or proofs/; those of results first.

    >>> formal("jacobian").theorems[0].name
    'softmax_jacobian'
    """
    if not PROOFS.is_dir():
        raise SymbolicError("the folder proofs/ is not beside this installation: it is in the repository")
    results = {_stem(each.__name__): tuple(each.RESULTS) for each in chapters_of_results()}
    known = dict.fromkeys(chapters(), ()) | results | {each.name: (each,) for each in all_results()}
    for name in names:
        if name not in known:
            raise SymbolicError(f"no chapter and no result is called {name!r}: there are {', '.join(sorted(results))}")
    said = (each for name in names for result in known[name] for each in _of_result(result))
    return Formal((*said, *(each for name in names for each in _by_hand(name))))


def _of_result(result: Result) -> Iterator[Theorem]:
    """What it says, and that each hypothesis is needed that is."""
    needed = (each.hypothesis for each in result.needs if each.point is not None)
    words = (in_plain(result.title), *(f"without {in_plain(each)} it is false" for each in needed))
    for (name, said), says in zip(theorems(result), words, strict=True):
        chapter = _where().get(name)
        proved = chapter is not None and name not in still_open()
        yield Theorem(name, says, said, f"proofs/{chapter or 'open'}.{'v' if chapter else 'txt'}", proved, result.name)


def _by_hand(chapter: str) -> Iterator[Theorem]:
    """What is stated by hand in a chapter of proofs/."""
    for each in by_hand():
        if _where().get(each.name) == chapter:
            yield Theorem(each.name, each.says, _as_read()[each.name], f"proofs/{chapter}.v", proved=True)


@cache
def _where() -> dict[str, str]:
    """Theorem -> its chapter."""
    return {name: chapter for chapter, name in stated("Theorem")}


def _stem(module: str) -> str:
    return module.rpartition(".")[2]
