"""The results: statements with their derivations, hypotheses, false twins and sources, as data.

    all_results()     every result, chapter by chapter
    find(name)        one of them
    show(name, ...)   the derivations of some, each under its title
    with_limit(e)     those whose claim is about the limit e
    chapters()        the chapters, in reading order, with their results

A chapter is a module of this folder; its `RESULTS` are its results and its `ORDER` its place. Nothing is derived
or checked when a result is listed: `Result.check` does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from sympy import Expr, oo

from symbolic.derivation import Derivation
from symbolic.language import typeset
from symbolic.language.claims import Claim, Point, Refuted
from symbolic.language.errors import SymbolicError
from symbolic.language.hypertext import in_html
from symbolic.language.notation import Limit, T, class_named, free, lam, n
from symbolic.language.proof import Proof
from symbolic.language.prose import in_a_cell, in_markdown, in_plain, sentence
from symbolic.points import evaluate
from symbolic.points.names import about

__all__ = ["Breaks", "Need", "Result", "Twin", "all_results", "chapters", "find", "show", "with_limit"]


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
    """One result: its name (head, then property), what it says in words, and its derivation.

    `statements` are the ids of the collected statements (`symbolic.statements`) that it derives, or a part of.
    """

    name: str
    title: str
    derivation: Derivation
    source: str
    needs: tuple[Need, ...] = ()
    twins: tuple[Twin, ...] = ()
    statements: tuple[str, ...] = ()

    @property
    def claim(self) -> Claim:
        """What the derivation shows."""
        return self.derivation.claim

    @property
    def where_it_breaks(self) -> Breaks:
        """The claim without each of its hypotheses, and its false neighbours, with the points that refute them."""
        return Breaks(self)

    def _repr_markdown_(self) -> str:
        title, claim = sentence(in_markdown(self.title)), typeset.latex(self.claim)
        return f"**{title}**\n\n$$\n{claim}\n$$\n\n`{self.name}` · {self.source}"

    def markdown(self) -> str:
        """The result with its derivation, and what breaks it, as Markdown."""
        parts = [self._repr_markdown_(), self.derivation.markdown()]
        return "\n\n".join([*parts, self.where_it_breaks._repr_markdown_()] if self.needs or self.twins else parts)

    def __str__(self) -> str:
        parts = [f"{self.name}: {in_plain(self.title)}", str(self.derivation), f"source: {self.source}"]
        return "\n\n".join([*parts, str(self.where_it_breaks)] if self.needs or self.twins else parts)

    __repr__ = __str__

    def check(self) -> Proof | None:
        """Replay the derivation, and decide what the result says of its hypotheses and of its false twins.

        The derivation as the kernel has accepted it; None where it rests on the search.
        """
        from symbolic.results.replay import check

        return check(self)


@dataclass(frozen=True)
class Breaks:
    """What a result says of its hypotheses and of its false twins, as a table; the values are computed when shown."""

    result: Result

    def rows(self) -> Iterator[tuple[Claim, Point | None, str]]:
        """Each claim, the point at which it fails, and why it is told."""
        for need in self.result.needs:
            yield need.without, need.point, f"without {need.hypothesis}"
        for twin in self.result.twins:
            yield twin.claim, twin.point, twin.why

    def __str__(self) -> str:
        rows = ((typeset.plain(said), in_plain(why), verdict_at(said, at)) for said, at, why in self.rows())
        return "\n".join(f"{said}\n  {why}: {verdict}" for said, why, verdict in rows)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        head = "| the claim | why it is here | at a point |\n|---|---|---|\n"
        rows = (
            f"| ${in_a_cell(typeset.latex(said))}$ | {in_a_cell(in_markdown(why))} "
            f"| {in_a_cell(in_markdown(verdict_at(said, at, typeset.markdown)))} |"
            for said, at, why in self.rows()
        )
        return head + "\n".join(rows)


@dataclass(frozen=True)
class Derivations:
    """Derivations of results, each under its title."""

    results: tuple[Result, ...]

    def __str__(self) -> str:
        return "\n\n".join(f"{sentence(in_plain(each.title))}\n{each.derivation}" for each in self.results)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        parts = (f"#### {sentence(in_markdown(each.title))}\n\n{each.derivation.markdown()}" for each in self.results)
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        parts = (f"<h4>{sentence(in_html(each.title))}</h4>\n{each.derivation._repr_html_()}" for each in self.results)
        return "\n".join(parts)


def verdict_at(claim: Claim, point: Point | None, write: Callable[[Refuted], str] = typeset.plain) -> str:
    """The verdict at a point, in words."""
    return "still holds" if point is None else write(refuted_at(claim, point))


def refuted_at(claim: Claim, point: Point) -> Refuted:
    """The verdict at a point where the claim fails: the two sides, in exact numbers."""
    lhs, rhs = evaluate.sides(claim, point)
    return Refuted(about(claim, point), str(lhs), str(rhs))


def chapters() -> tuple[ModuleType, ...]:
    """The modules of this folder that hold results, in reading order."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(sorted((each for each in modules if hasattr(each, "RESULTS")), key=lambda each: each.ORDER))


@cache
def all_results() -> tuple[Result, ...]:
    """Every result, chapter by chapter.

    >>> all_results()[0].name
    'softmax_gt0'
    """
    return tuple(result for chapter in chapters() for result in chapter.RESULTS)


def with_limit(limit: Limit) -> tuple[Result, ...]:
    """The results whose claim has this limit in it, whatever its free indices are called, and T being 1/lambda.

    >>> from symbolic.language.parser import parse_expression
    >>> [result.name for result in with_limit(parse_expression("limit(p[j], lambda, 0)"))]
    ['softmax_limit_hot']
    """
    wanted = _alike(limit)
    return tuple(each for each in all_results() if wanted in map(_alike, _limits(each.claim)))


def _limits(claim: Claim) -> set[Limit]:
    return set().union(*(side.atoms(Limit) for side in (claim.lhs, claim.rhs)))


def _alike(limit: Limit) -> tuple[Expr, Expr, Expr]:
    """The parts of a limit, its variable lambda where it is T, and its free indices numbered in the order of names."""
    expr, variable, point = limit.args
    if variable == T:
        expr, variable, point = expr.xreplace({T: 1 / lam}), lam, 1 / point if point != 0 else oo
    indices = sorted((each for each in free(expr) if each.is_integer and each != n), key=str)
    numbered = {each: class_named(f"a{at}") for at, each in enumerate(indices)}
    return expr.xreplace(numbered), variable.xreplace(numbered), point.xreplace(numbered)


def find(name: str) -> Result:
    """The result of that name; `SymbolicError` with the nearest name if there is none.

    >>> find("softmax_jacobain")
    Traceback (most recent call last):
        ...
    symbolic.language.errors.SymbolicError: no result is called 'softmax_jacobain': did you mean 'softmax_jacobian'?
    """
    if not isinstance(name, str):
        raise SymbolicError(f"expected the name of a result, which is text, not {name!r}")
    named = {result.name: result for result in all_results()}
    if name in named:
        return named[name]
    near = get_close_matches(name, named, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "`python -m symbolic list` lists them"
    raise SymbolicError(f"no result is called {name!r}: {hint}")


def show(*names: str) -> Derivations:
    """The derivations of the results of these names, each under its title, to be displayed.

    >>> show("softmax_gt0")
    Every probability is positive.
    p[i]
      = exp(lambda*z[i])/Z   the definition of p[i]
      > 0                    an exponential is positive, and Z is a sum of exponentials, one at least
    """
    return Derivations(tuple(map(find, names)))
