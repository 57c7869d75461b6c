"""Points for plain claims: found by drawing numbers, and then mending what is not yet as it should be.

    counterexample(claim, rng)    a point where the hypotheses hold and the claim fails, if one is found
    counted(claim, rng)           a point where the hypotheses hold and both sides are defined
    drawn(claim, n, rng)          a random point, whatever holds there

As long as a hypothesis fails (or the claim does not), one of the numbers that it speaks of is changed: to one of the
palette, or so that its sides are equal or differ by little, which is at once right if they are linear in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from operator import sub
from random import Random
from typing import Any

from tests.search.plain import (
    DENIED,
    At,
    Call,
    Classes,
    Constant,
    Entry,
    Extremes,
    Hypothesis,
    Infix,
    Name,
    Over,
    Plain,
    Relation,
    Size,
    Unclear,
    Undefined,
    extremal,
    holds,
    instances,
    letters,
    parts,
    related,
    together,
    value,
)

__all__ = ["counted", "counterexample", "drawn"]

PALETTE = [Fraction(each) for each in ["-2", "-1", "-1/2", "0", "1/2", "1", "2", "3", "1/3", "-9", "7", "1000000"]]
USUAL = PALETTE[:8]
POSITIVE = [each for each in PALETTE if each > 0]
HEATS = [Fraction(1), Fraction(1), Fraction(2), Fraction(1, 2)]
GAPS = [Fraction(each) for each in (0, 1, -1)] + [Fraction(1, 2), Fraction(-1, 2)]
SIZES = range(1, 5)
MOVES = 14  # from one start
STARTS = 24
LONGEST = 10**9  # numerator or denominator of a number that is computed

Place = tuple[str, int]  # a family and a class, or a scalar and 0


def counterexample(claim: Plain, rng: Random, starts: int = STARTS) -> At | None:
    said = claim.said
    return _found(claim, Relation(said.first, DENIED[said.op], said.second), rng, starts)


def counted(claim: Plain, rng: Random, starts: int = STARTS) -> At | None:
    return _found(claim, None, rng, starts)


def _found(claim: Plain, wanted: Relation | None, rng: Random, starts: int) -> At | None:
    """A point where the hypotheses hold, and what is wanted does, or else the claim is defined."""
    sizes = [n for n in SIZES if all(holds(each, {"n": n}) for each in claim.given if _only_about_n(each))]
    for _ in range(starts if sizes else 0):
        at = drawn(claim, rng.choice(sizes), rng)
        for _ in range(MOVES):
            try:
                wrong = next(_unmet(claim, wanted, at), None)
            except Unclear:
                break
            if wrong is None:
                return at
            _mend(wrong, at, rng)
    return None


def _only_about_n(hypothesis: Hypothesis) -> bool:
    named = [each for each in parts(hypothesis) if isinstance(each, (Entry, Size, Over, Classes, Extremes))]
    return not named and {each.name for each in parts(hypothesis) if isinstance(each, Name)} == {"n"}


def _unmet(claim: Plain, wanted: Relation | None, at: At) -> Iterator[tuple[Any, At]]:
    """What does not hold, each with the point that gives its own indices a class."""
    for each in claim.given:
        if not holds(each, at):
            yield next(((one, there) for one, there in instances(each, at) if not _is_met(one, there)), (each, at))
    goal = wanted or claim.said
    try:
        met = related(goal, at) or wanted is None
    except Undefined:
        met = False
    if not met:
        yield goal, at


def _is_met(relation: Relation, at: At) -> bool:
    try:
        return related(relation, at)
    except Undefined:
        return False


# --- drawing -------------------------------------------------------------------------------------


def drawn(claim: Plain, n: int, rng: Random) -> At:
    """A random point for a claim, its numbers small, positive, or now and then large ones."""
    every = list(parts(claim))
    palette = rng.choice([USUAL, USUAL, POSITIVE, PALETTE] if not any(map(_is_exponential, every)) else [USUAL])
    at: At = {"n": n, "lambda": rng.choice(HEATS)}
    for index in sorted(letters(claim.said)):
        at[index] = rng.randint(1, n)
    families = {each.family for each in every if isinstance(each, (Entry, Extremes))}
    for family in sorted(families - {"p"} | {"z"}):
        at[family] = tuple(rng.choices(palette, k=n))
    for each in every:
        if isinstance(each, Name):
            at.setdefault(each.name, rng.choice(palette))
        elif (subset := _subset(each)) is not None:
            at.setdefault(subset, frozenset(k for k in range(1, n + 1) if rng.random() < 0.5))
    return at


def _is_exponential(part: Any) -> bool:
    match part:
        case Entry("p") | Over("mean") | Call("exp" | "tanh"):
            return True
        case Infix(_, "^", second):
            return not isinstance(second, Constant)
    return False


def _subset(part: Any) -> str | None:
    match part:
        case Size(subset) | Extremes(subset):
            return subset
        case Classes(_, "in" | "not in", subset):
            return subset
        case Over() | _ if hasattr(part, "conditions"):
            return next((each.name for each in part.conditions if each.op != "!="), None)
    return None


# --- mending -------------------------------------------------------------------------------------


def _mend(wrong: tuple[Any, At], at: At, rng: Random) -> None:
    """Change the point a little, in place."""
    what, there = wrong
    match what:
        case Extremes(subset, head, family):
            at[subset] = extremal(head, at[family])
        case Classes(first, op, second):
            at[first] = at[second] if op == "==" else rng.randint(1, at["n"])
            if op in ("in", "not in"):
                at[second] ^= {at[first]} if (at[first] in at[second]) != (op == "in") else set()
        case Relation():
            _mend_relation(what, there, at, rng)
        case _:
            _shake(at, rng)


def _mend_relation(relation: Relation, there: At, at: At, rng: Random) -> None:
    places = sorted(set(_places(relation, there)))
    if not places or rng.random() < 0.15:
        _shake(at, rng)
        return
    place = rng.choice(places)
    new = _solved(relation, place, there, rng.choice(GAPS)) if rng.random() < 0.7 else None
    _put(place, new if new is not None else rng.choice(PALETTE), at)


def _places(relation: Relation, there: At) -> Iterator[Place]:
    """Where the numbers stand that a relation speaks of."""
    for each in parts(relation):
        if isinstance(each, Name) and each.name not in ("n", "lambda"):
            yield each.name, 0
        elif isinstance(each, Entry):
            family = "z" if each.family == "p" else each.family
            inside = [there[each.at]] if each.at in there else range(1, there["n"] + 1)
            yield from ((family, k) for k in inside)


def _solved(relation: Relation, place: Place, there: At, gap: Fraction) -> Any:
    """The number that makes the sides differ by so much, if they are linear in it; None if that is not seen."""
    old = _at(place, there)
    try:
        first, second = (_difference(relation, place, new, there) for new in (old, old + 1))
    except (Undefined, Unclear):
        return None
    if not (isinstance(first, Fraction) and isinstance(second, Fraction)):
        return _other_side(relation, place, there)
    if first == second:
        return None
    new = old - (first - gap) / (second - first)
    too_long = isinstance(new, Fraction) and max(abs(new.numerator), new.denominator) >= LONGEST
    return None if too_long else new


def _difference(relation: Relation, place: Place, new: Any, there: At) -> Any:
    there = dict(there)
    _put(place, new, there)
    return together(sub, value(relation.first, there), value(relation.second, there))


def _other_side(relation: Relation, place: Place, there: At) -> Any:
    """What a number alone on its side is related to."""
    for one, other in ((relation.first, relation.second), (relation.second, relation.first)):
        alone = (one.family, there[one.at]) if isinstance(one, Entry) and one.at in there else None
        if alone == place or (isinstance(one, Name) and (one.name, 0) == place):
            return value(other, there)
    return None


def _at(place: Place, at: At) -> Any:
    name, k = place
    return at[name][k - 1] if k else at[name]


def _put(place: Place, new: Any, at: At) -> None:
    name, k = place
    at[name] = (*at[name][: k - 1], new, *at[name][k:]) if k else new


def _shake(at: At, rng: Random) -> None:
    """Another class for an index, or another class in a subset, or another temperature."""
    name = rng.choice(sorted(each for each in at if each != "n"))
    if isinstance(at[name], int):
        at[name] = rng.randint(1, at["n"])
    elif isinstance(at[name], frozenset):
        at[name] ^= {rng.randint(1, at["n"])}
    elif isinstance(at[name], tuple):
        _put((name, rng.randint(1, at["n"])), rng.choice(PALETTE), at)
    else:
        at[name] = rng.choice(HEATS if name == "lambda" else PALETTE)
