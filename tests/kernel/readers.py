"""Two readers, one language: what the friendly one takes and prints says the same to the kernel; or both refuse.

    python -m tests.kernel.readers 100000 --seed 1

The lines are those of all our lists with one or two edits of their text (tests/mutations.py).
"""

from __future__ import annotations

import argparse
import sys
from itertools import islice
from math import inf, isclose
from random import Random
from typing import Any

from sympy import oo

from symbolic.kernel import Budget, Refused
from symbolic.kernel.checker import asked
from symbolic.kernel.leaf import Leaf
from symbolic.kernel.limits import LimitRelation
from symbolic.kernel.read import Relation
from symbolic.kernel.terms import Term
from symbolic.language.claims import Claim
from symbolic.language.errors import NotationError, SyntaxErrorInClaim
from symbolic.language.notation import Limit
from symbolic.language.parser import is_latex, parse_claim
from symbolic.language.typeset import plain
from tests.fuzz_claims import lines
from tests.kernel.points import NoValue, Place, TooLarge, places, value
from tests.mutations import mutated

POINTS = 3


def complaint(text: str) -> str | None:
    """How the two readers differ on a line; None where they do not, or the kernel has no such claim."""
    claim, strict = _friendly(text), _strict(text)
    if claim is None or _is_for_the_search(claim):
        return None if strict is None else "the kernel reads it"
    printed = _strict(plain(claim))
    if printed is None:
        return f"the kernel does not read {plain(claim)}"
    if strict is None:  # the second edition of the language is read as its core, LaTeX as its plain form
        return None if claim.elaborated or is_latex(text) else f"the kernel does not read {text}"
    return None if alike(strict, printed) else f"it is printed as {plain(claim)}"


def _is_for_the_search(claim: Claim) -> bool:
    """Whether only the search decides such claims: a limit that is not the whole left side, or <, <=, >, >= oo."""
    inner = claim.lhs.args[0] if isinstance(claim.lhs, Limit) else claim.lhs
    return bool(inner.has(Limit) or claim.rhs.has(Limit) or (claim.op != "==" and claim.rhs in (oo, -oo)))


def _friendly(text: str) -> Claim | None:
    try:
        return parse_claim(text)
    except (NotationError, SyntaxErrorInClaim):
        return None


def _strict(text: str) -> Leaf | None:
    try:
        return asked(text, Budget())
    except Refused:
        return None


def alike(first: Leaf, second: Leaf) -> bool:
    """Whether two readings have the same letters, and sides with the same values at some points."""
    (said, one), (again, two) = _said(first.question.relation), _said(second.question.relation)
    if (
        said != again
        or first.letters.own != second.letters.own
        or len(first.question.given) != len(second.question.given)
    ):
        return False
    at = list(islice(places(first.question, first.letters, Random(1)), POINTS))
    return all(_same(_value(a, here), _value(b, here)) for a, b in zip(one, two, strict=True) for here in at)


def _said(relation: Relation) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """What is to be the same, and the terms that are to have the same values; an end or a value may be oo or -oo."""
    if isinstance(relation, LimitRelation):
        return (relation.variable, relation.sense), (relation.of, relation.end, relation.value)
    return (relation.op,), (relation.lhs, relation.rhs)


def _value(term: Any, here: Place) -> float | None:
    try:
        return float(value(term, here)) if isinstance(term, Term) else term * inf
    except (NoValue, TooLarge, OverflowError):
        return None


def _same(a: float | None, b: float | None) -> bool:
    """Whether two values agree, or there are none; what is nearly 0 may be what is left of a difference."""
    return a == b or (a is not None and b is not None and isclose(a, b, rel_tol=1e-9, abs_tol=1e-12))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=1)
    asked_for = parser.parse_args()
    rng, known, wrong = Random(asked_for.seed), lines(), 0
    for _ in range(asked_for.number):
        text = mutated(rng.choice(known), rng.randrange(10**9))
        said = complaint(text)
        if said is not None:
            wrong += 1
            print(f"{text}\n    {said}")
    print(f"{asked_for.number} lines, {wrong} on which the readers differ")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
