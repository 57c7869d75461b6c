"""python -m tests.kernel.fuzz signs|forms|identities 2000 --seed 1: random lines against values at points.

signs        the signs that an expression can have, and that it is defined, under random hypotheses
forms        the normal form of an expression: its value, wherever the expression has one
identities   expressions and their neighbours, one edit away, whose normal forms agree
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from symbolic.kernel.checker import asked, opened
from symbolic.kernel.leaf import Leaf
from symbolic.kernel.read import read_term
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.terms import Term
from tests.kernel.expressions import CARRIER, attained, expression, hypotheses, tied
from tests.kernel.forms import form_value
from tests.kernel.points import NoValue, Place, TooLarge, holds, places, sign_of, value
from tests.oracle import compare, mp, real

__all__ = ["Tried", "forms", "identities", "signs"]

STEPS = 20_000
EDITS = (
    (" + ", " - "), ("k != i", "k != j"), ("k != i", "k"), ("k in A", "k"), ("k in A", "k not in A"), ("[i]", "[j]"),
    ("exp(", "log("), ("abs(", "("), ("^2", "^3"), ("max(", "min("), ("sum(", "prod("), ("1", "2"), ("y[", "w["),
    (">=", ">"), ("log(", "-log(1/"), ("sum(", "0 + sum("), ("exp(", "1/exp(-"), ("^2", "^2*1"), ("sqrt(", "abs("),
    ("k != i", "k != i, k != j"), ("[k]", "[l]"),
)  # fmt: skip


@dataclass
class Tried:
    """How many lines the kernel had something to say about, at how many points that was so, and what is wrong."""

    lines: int = 0
    said: int = 0
    points: int = 0
    wrong: tuple[str, ...] = ()


def signs(rng: Random, lines: int) -> Tried:
    tried = Tried()
    for leaf, text, term in _terms(rng, lines):
        tried.lines += 1
        try:
            found, problem = leaf.signs.sign(term), leaf.signs.undefined(term)
            impossible = leaf.impossible()
        except (Refused, RecursionError):
            continue
        if impossible:
            found, problem = frozenset(), None
        if len(found) == 3 and problem:
            continue
        tried.said += 1
        for at in places(leaf.question, leaf.letters, rng, lets=leaf.lets):
            tried.points += 1
            try:
                x = real(value(term, at))
            except TooLarge:
                continue
            except NoValue:
                if problem is None:
                    tried.wrong += (f"undefined: {text} | {_shown(leaf, at)}",)
                continue
            s = sign_of(term, at, x)
            if s not in found:
                tried.wrong += (f"{s} not in {sorted(found)}: {text} | {_shown(leaf, at)}",)
                break
    return tried


def forms(rng: Random, lines: int) -> Tried:
    tried = Tried()
    for leaf, text, term in _terms(rng, lines):
        tried.lines += 1
        try:
            field = leaf.signs.field
            form = field.value(term, leaf.at)
        except (Refused, RecursionError):
            continue
        tried.said += 1
        for at in places(leaf.question, leaf.letters, rng, 30, leaf.lets):
            try:
                same = compare(value(term, at), "==", form_value(form, at, field.scope))
            except (NoValue, TooLarge):
                continue
            tried.points += 1
            if not same:
                tried.wrong += (f"the form of {text} is another number | {_shown(leaf, at)}",)
                break
    return tried


def identities(rng: Random, lines: int) -> Tried:
    tried = Tried()
    for leaf, text, term in _terms(rng, lines):
        tried.lines += 1
        try:
            form = leaf.signs.field.value(term, leaf.at)
        except (Refused, RecursionError):
            continue
        for other in _neighbours(rng, text):
            try:
                its = read_term(other, leaf.letters, leaf.budget)
                if leaf.signs.field.subtract(form, leaf.signs.field.value(its, leaf.at)).num:
                    continue
            except (Refused, RecursionError):
                continue
            tried.said += 1
            for at in places(leaf.question, leaf.letters, rng, 30, leaf.lets):
                try:
                    same = compare(value(term, at), "==", value(its, at))
                except (NoValue, TooLarge):
                    continue
                tried.points += 1
                if not same:
                    tried.wrong += (f"{text} == {other} | {_shown(leaf, at)}",)
                    break
    return tried


def _terms(rng: Random, lines: int) -> Iterator[tuple[Leaf, str, Term]]:
    """Random expressions, each with a leaf of random hypotheses: half of them tie what it divides by to something."""
    for _ in range(lines):
        if rng.random() < 0.5:
            given, text = tied(rng)
        else:
            given, text = hypotheses(rng), expression(rng, rng.choice((1, 2, 2, 3, 3)))
        claim = f"{CARRIER} <= 5" + (" given " + ", ".join(given) if given else "")
        budget = Budget(STEPS)
        try:
            leaf = asked(claim, budget)
            if rng.random() < 0.1:
                extreme, text = attained(rng)
                (leaf,) = opened(leaf, {"let": "m", "of": extreme})
            yield leaf, text, read_term(text, leaf.letters, budget)
        except (Refused, RecursionError):
            continue


def _neighbours(rng: Random, text: str) -> Iterator[str]:
    for before, after in (*EDITS, *((b, a) for a, b in EDITS)):
        if before in text:
            places_ = [n for n in range(len(text)) if text.startswith(before, n)]
            n = rng.choice(places_)
            yield text[:n] + after + text[n + len(before) :]
    yield from ("0", "1", "n", "c", "size(A)", f"-({text})")


def _shown(leaf: Leaf, at: Place) -> str:
    given = [str(h) for h in leaf.question.given if holds(h, at)]
    numbers = {name: mp.nstr(x, 5) for name, x in at.numbers.items()}
    families = {name: [mp.nstr(x, 5) for x in entries] for name, entries in at.families.items()}
    subsets = {name: sorted(c + 1 for c in members) for name, members in at.subsets.items()}
    indices = {str(index): c + 1 for index, c in at.indices.items()}
    return f"n={at.n} {numbers} {families} {subsets} {indices} {given}"


FUZZES: dict[str, Callable[[Random, int], Tried]] = {"signs": signs, "forms": forms, "identities": identities}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=FUZZES)
    parser.add_argument("lines", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    tried = FUZZES[options.kind](Random(options.seed), options.lines)
    print(*tried.wrong, sep="\n")
    print(f"{tried.lines} lines, {tried.said} with an answer, {tried.points} points, {len(tried.wrong)} wrong")
    return 1 if tried.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
