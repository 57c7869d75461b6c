"""The results: statements with their derivations, hypotheses, false twins and sources, as data.

    all_results()     every result, chapter by chapter
    find(name)        one of them
    chapters()        the chapters, in reading order, with their results

A chapter is a module of this folder; its `RESULTS` are its results and its `ORDER` its place. Nothing is derived
or checked when a result is listed: `Result.check` does that.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from symbolic.derivation import Derivation
from symbolic.language.claim import Claim, Point
from symbolic.language.errors import SymbolicError

__all__ = ["Need", "Result", "Twin", "all_results", "chapters", "find"]


@dataclass(frozen=True)
class Need:
    """A hypothesis and what becomes of the claim without it: false, at `point`, or, with no point, still true."""

    hypothesis: str
    without: Claim
    point: Point | None = None


@dataclass(frozen=True)
class Twin:
    """A near statement that is false, the point that refutes it, and why one might believe it."""

    claim: Claim
    point: Point
    why: str


@dataclass(frozen=True)
class Result:
    """One result: its name (head, then property), what it says in words, and its derivation."""

    name: str
    title: str
    derivation: Derivation
    source: str
    needs: tuple[Need, ...] = ()
    twins: tuple[Twin, ...] = ()

    @property
    def claim(self) -> Claim:
        """What the derivation shows."""
        return self.derivation.claim

    def check(self) -> None:
        """Replay the derivation, and decide what the result says of its hypotheses and of its false twins."""
        from symbolic.results.replay import check

        check(self)


def chapters() -> tuple[ModuleType, ...]:
    """The modules of this folder that hold results, in reading order."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(sorted((each for each in modules if hasattr(each, "RESULTS")), key=lambda each: each.ORDER))


@cache
def all_results() -> tuple[Result, ...]:
    """Every result, chapter by chapter."""
    return tuple(result for chapter in chapters() for result in chapter.RESULTS)


def find(name: str) -> Result:
    """The result of that name; `SymbolicError` with the nearest name if there is none.

    >>> find("softmax_jacobain")
    Traceback (most recent call last):
        ...
    symbolic.language.errors.SymbolicError: no result is called 'softmax_jacobain': did you mean 'softmax_jacobian'?
    """
    named = {result.name: result for result in all_results()}
    if name in named:
        return named[name]
    near = get_close_matches(name, named, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "`python -m symbolic list` lists them"
    raise SymbolicError(f"no result is called {name!r}: {hint}")
