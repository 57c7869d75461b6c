"""Random hypotheses times random conclusions, decided by the kernel alone and judged by loops over points.

    python -m tests.search.fuzz_kernel 20000 --seed 5 --workers 2

No first look, no second look, no search and no other prover stands between: those hide what is wrong with the kernel.
What the kernel says holds must hold wherever the hypotheses do and both sides are defined, and where it says that no
point counts, none may be found (tests/search/plain_points.py). Every claim has a number: `1 --first 12` draws it alone.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from multiprocessing import get_context
from random import Random
from typing import Any

from sympy import Basic, Symbol
from tqdm import tqdm

from symbolic.language.claims import Always, ArgMax, Claim, Hypothesis, Member, Relation, SameClass, claim
from symbolic.language.errors import NotationError, SyntaxErrorInClaim
from symbolic.language.notation import Subset
from symbolic.language.parser import parse_claim
from symbolic.search.decision import _both_ways, _bounded, _by_kernel
from symbolic.search.form.equality import Holds, Open, Outcome
from tests import oracle
from tests.search.plain import At, Plain, decimal, mp
from tests.search.plain_points import counted, counterexample
from tests.search.random_hypotheses import SCALARS, Drawn, drawn

SECONDS = 1.0
DOUBTED = "DOUBTED: the two oracles do not agree"


@dataclass(frozen=True)
class Judged:
    """One claim: what became of it, and where it fails although it is proved."""

    number: int
    drawn: Drawn
    kind: str
    wrong_at: str = ""

    def __str__(self) -> str:
        return f"{self.number}\t{self.kind}\t{called_so(self.drawn)}\t{self.wrong_at}"


def called_so(made: Drawn) -> str:
    """The line of a claim, and what its names are in Python."""
    return str(made.claim) + "".join(f", in Python {old} is called {new!r}" for old, new in made.called.items())


def written(at: Any) -> str:
    """A point, or what a name in it stands for."""
    if isinstance(at, dict):
        return ", ".join(f"{name} = {written(of)}" for name, of in at.items())
    if isinstance(at, tuple):
        return f"({', '.join(map(written, at))})"
    return f"{{{', '.join(map(str, sorted(at)))}}}" if isinstance(at, frozenset) else str(at)


def by_kernel(said: Claim, seconds: float = SECONDS) -> Outcome:
    """The kernel's answer, and nobody else's."""
    outcome = _bounded(lambda: _by_kernel(said), seconds)
    if isinstance(outcome, Open) and said.op == "==":
        tried = _bounded(lambda: _both_ways(said), seconds)
        return tried if isinstance(tried, Holds) else outcome
    return outcome


def draw(number: int, seed: int = 0) -> Drawn:
    """The claim with this number."""
    return drawn(Random(f"kernel {seed} {number}"), number)


def judged(number: int, seed: int = 0, seconds: float = SECONDS) -> Judged:
    """The claim with this number, decided and judged."""
    made = draw(number, seed)
    try:
        said = called(parse_claim(str(made.claim)), made.called)
    except (NotationError, SyntaxErrorInClaim) as problem:
        return Judged(number, made, "refused" if made.called else f"not read: {problem}")
    try:
        outcome = by_kernel(said, seconds)
    except Exception as problem:
        return Judged(number, made, f"CRASH {problem!r}", "nowhere")
    if not isinstance(outcome, Holds):
        return Judged(number, made, type(outcome).__name__.lower())
    rng = Random(number)
    if (point := counterexample(made.claim, rng)) is not None:
        return Judged(number, made, "WRONG" if is_false_at(made.claim, point) else DOUBTED, written(point))
    if outcome.vacuous and (point := counted(made.claim, rng)) is not None:
        return Judged(number, made, "WRONG: not vacuous", written(point))
    return Judged(number, made, "vacuous" if outcome.vacuous else "holds")


def is_false_at(made: Plain, point: At) -> bool:
    """Whether the oracle of the other tests, which reads the line as the kernel does, finds the same."""
    said, there = parse_claim(str(made)), placed(point)
    return all(oracle.holds(each, there) for each in said.given) and not oracle.is_true(said, there)


def placed(point: At) -> oracle.At:
    """The point as the other oracle has it."""
    rest = {name: found for name, found in point.items() if name not in ("n", "lambda")}
    return oracle.At(
        n=point["n"],
        families={name: tuple(map(decimal, found)) for name, found in rest.items() if isinstance(found, tuple)},
        scalars={name: decimal(found) for name, found in rest.items() if isinstance(found, (Fraction, type(mp.one)))},
        inverse_temperature=decimal(point["lambda"]),
        indices={name: found for name, found in rest.items() if isinstance(found, int)},
        subsets={name: found for name, found in rest.items() if isinstance(found, frozenset)},
    )


# --- names that only Python can give -------------------------------------------------------------


def called(said: Claim, names: dict[str, str]) -> Claim:
    """The claim with other names for some of its letters, as somebody who writes Python could have them."""
    if not names:
        return said
    rule = {_symbol(old, old): _symbol(old, new) for old, new in names.items()}
    relation = _renamed(said.relation, rule)
    return claim(relation.lhs, relation.op, relation.rhs, [_renamed(each, rule) for each in said.given])


def _symbol(letter: str, name: str) -> Basic:
    """What the letter stands for in the claims that are drawn, under another name."""
    if letter.isupper():
        return Subset(name)
    is_scalar = letter in SCALARS
    return Symbol(name, real=True) if is_scalar else Symbol(name, integer=True, positive=True)


def _renamed(each: Hypothesis, rule: dict[Basic, Basic]) -> Hypothesis:
    match each:
        case Relation():
            return replace(each, lhs=each.lhs.xreplace(rule), rhs=each.rhs.xreplace(rule))
        case Always(relation, _, conditions):
            return replace(
                each, relation=_renamed(relation, rule), conditions=tuple(c.xreplace(rule) for c in conditions)
            )
        case SameClass(first, second):
            return replace(each, first=first.xreplace(rule), second=second.xreplace(rule))
        case Member(index, subset):
            return replace(each, index=index.xreplace(rule), subset=subset.xreplace(rule))
        case ArgMax():
            return replace(each, subset=each.subset.xreplace(rule))
    raise TypeError(each)


# --- many ----------------------------------------------------------------------------------------


def many(numbers: Iterable[int], seed: int, seconds: float, workers: int) -> Iterator[Judged]:
    judge = partial(judged, seed=seed, seconds=seconds)
    if workers == 1:
        yield from map(judge, numbers)
        return
    with get_context("fork").Pool(workers, maxtasksperchild=1) as pool:
        yield from pool.imap(judge, numbers, chunksize=20)  # by a new process each, which remembers nothing


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    seen: Counter[str] = Counter()
    numbers = range(options.first, options.first + options.count)
    found = many(numbers, options.seed, options.seconds, options.workers)
    for each in tqdm(found, total=options.count, disable=None):
        seen[each.kind.partition(":")[0]] += 1
        if each.wrong_at or each.kind.startswith("not read"):
            print(each, flush=True)
    print(", ".join(f"{many} {kind}" for kind, many in seen.most_common()))
    return int(any(kind.startswith(("WRONG", "CRASH", "DOUBTED")) for kind in seen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
