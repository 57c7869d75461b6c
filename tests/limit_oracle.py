"""An independent numeric oracle for limits: the variable is put far out, to many digits, and nothing is expanded.

    fails_somewhere(claim, seed)      a point at which a claim about limits is plainly false, or None

A limit is read off two points far out, with e^-gap gone for good; where a difference has cancelled to nothing, off
two that are less far, with digits enough. It is a number, oo, -oo, or there is none. Where the two points do not
settle it, the oracle does not say. Points have ties, constant families and negative maxima among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from typing import Any

from sympy import Expr, Integer, Rational, Symbol, oo

from symbolic.language import notation as say
from symbolic.language.claims import Claim
from tests import oracle
from tests.oracle import At, CannotSay, NoValue, mp
from tests.reading import names

FAR, NEAR = (60, (10**12, 10**14)), (5000, (500, 1000))  # digits, and how far out
CLOSE = 1e-5
ENTRIES = (0, 0, 1, 1, -1, -1, "1/2", -2, 3)
SCALARS = (0, 1, -1, 2, "1/2", "-3/2")
HEATS = (1, 2, "1/2")


class NoLimit(Exception):
    """There is no limit at the point."""


@contextmanager
def digits(many: int) -> Iterator[None]:
    """The oracle with this many digits, and no number too large or too small for it."""
    before = mp.dps, oracle.TINY, oracle.LARGEST_EXPONENT, oracle.integer_power
    mp.dps, oracle.TINY, oracle.LARGEST_EXPONENT = many, mp.mpf(10) ** -(10**17), 10**40
    oracle.integer_power = lambda a, n: before[-1](a, n) if abs(n) < 100 else oracle.exp(n * oracle.log(a))
    try:
        yield
    finally:
        mp.dps, oracle.TINY, oracle.LARGEST_EXPONENT, oracle.integer_power = before


def limit_at(limit: say.Limit, at: At) -> Any:
    """The limit at a point; the same from both sides where there are two."""
    inside, variable, point = limit.args
    if inside.has(say.Limit):
        raise CannotSay("a limit inside a limit")
    found = [each for path in paths(variable, point, at) if (each := one_sided(inside, variable, path, at)) is not None]
    if not found or not agree(found[0], found[-1]):
        raise NoLimit
    return found[0]


def paths(variable: Expr, point: Expr, at: At) -> list[Any]:
    """How the variable goes to the point, as functions of x -> oo."""
    if point in (oo, -oo):
        return [lambda x: x if point == oo else -x]
    start = oracle.value(point, at)
    right, left = (lambda x: start + 1 / x), (lambda x: start - 1 / x)
    return [right] if start == 0 and variable in (say.lam, say.T) else [right, left]


def one_sided(inside: Expr, variable: Expr, path: Any, at: At) -> Any:
    """The limit on one way; None where the expression is undefined on it."""
    for many, places in (FAR, NEAR):
        with digits(many):
            try:
                near, far = (oracle.value(inside, moved(at, variable, path(mp.mpf(x)))) for x in places)
            except (NoValue, ZeroDivisionError):
                continue
            return settled(near, far, places)
    return None


def moved(at: At, variable: Expr, value: Any) -> At:
    return at.moved(variable, lambda _: value)


def settled(near: Any, far: Any, places: tuple[int, int]) -> Any:
    """A number that both points agree on, or an infinity that both are on the way to."""
    ratio = mp.mpf(places[1]) / places[0]
    guess = (ratio * far - near) / (ratio - 1)  # exact where the error is a multiple of 1/x
    if abs(far - near) <= CLOSE * max(1, abs(far)):
        return guess
    if abs(far) > abs(near) + 1 and far * near > 0:
        return mp.inf if far > 0 else -mp.inf
    if abs(far) < abs(near) / 10:
        return mp.zero
    raise CannotSay("not settled")


def agree(first: Any, second: Any) -> bool:
    if mp.isinf(first) or mp.isinf(second):
        return bool(first == second)
    return bool(abs(first - second) <= 100 * CLOSE * max(1, abs(first)))


def side_at(expr: Expr, at: At) -> Any:
    """The value of a side: its limits first, and they must exist."""
    if expr in (oo, -oo):
        return mp.inf if expr == oo else -mp.inf
    limits = sorted(expr.atoms(say.Limit), key=str)
    found = {Symbol(f"limit{number}", real=True): limit_at(each, at) for number, each in enumerate(limits)}
    for letter, limit in zip(found, limits, strict=True):
        expr = expr.xreplace({limit: letter})
    return oracle.value(expr, replace(at, scalars={**at.scalars, **{each.name: v for each, v in found.items()}}))


def is_false(claim: Claim, at: At) -> bool:
    """Whether the claim is plainly false at the point: by more than the oracle's errors."""
    try:
        lhs, rhs = side_at(claim.lhs, at), side_at(claim.rhs, at)
    except NoLimit:
        return True
    except (NoValue, CannotSay, ZeroDivisionError):
        return False
    if mp.isnan(lhs) or mp.isnan(rhs):
        return False
    if agree(lhs, rhs):
        return claim.op == "!=" and bool(lhs == rhs)
    return claim.op == "==" or (claim.op != "!=" and (lhs < rhs) != (claim.op in ("<", "<=")))


def points(claim: Claim, rng: Random, each: int) -> Iterator[At]:
    """Points that satisfy the hypotheses."""
    for size, indices in oracle.strata(claim):
        for _ in range(each):
            at = draw(claim, size, indices, rng)
            if all(oracle.holds(hypothesis, at) for hypothesis in claim.given):
                yield at


def draw(claim: Claim, size: int, indices: dict[str, int], rng: Random) -> At:
    def number(choices: tuple[Any, ...]) -> Any:
        return oracle.value(Integer(1) * Rational(rng.choice(choices)), EMPTY)

    constant = rng.random() < 0.2
    families = {
        each: (number(ENTRIES),) * size if constant else tuple(number(ENTRIES) for _ in range(size))
        for each in sorted(names(claim, "family"))
    }
    scalars = {each: number(SCALARS) for each in sorted(names(claim, "scalar"))}
    subsets = {each: frozenset(k for k in range(1, size + 1) if rng.random() < 0.5) for each in names(claim, "subset")}
    for given in claim.given:
        if isinstance(given, oracle.ArgMax):
            subsets[given.subset.name] = oracle.extremal(given, At(size, families, {}, mp.one, {}, {}))
    return At(size, families, scalars, number(HEATS), indices, subsets)


EMPTY = At(1, {}, {}, mp.one, {}, {})


def fails_somewhere(claim: Claim, seed: int = 0, each: int = 12) -> At | None:
    """A point at which the claim is plainly false, or None."""
    rng = Random(seed)
    return next((at for at in points(claim, rng, each) if is_false(claim, at)), None)
