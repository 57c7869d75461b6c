"""python -m tests.kernel.limits_fuzz 5000 --seed 1: random expressions, and where the kernel says that they go.

An expression that goes to a value is evaluated near the point, at two distances, by loops of its own to 160 digits:
it is to be defined there, and to come nearer, or to grow with the sign that the kernel says.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from random import Random
from typing import Any

from mpmath.ctx_mp import MPContext

from symbolic.kernel import Budget, Refused
from symbolic.kernel.checker import asked, opened
from symbolic.kernel.leaf import Leaf
from symbolic.kernel.limits import MOVING, Infinite, LimitRelation, To, tends
from symbolic.kernel.terms import (
    Absolute,
    Delta,
    Diff,
    Entry,
    Exp,
    Extreme,
    Holds,
    Log,
    Number,
    Plus,
    Power,
    Product,
    Scalar,
    Size,
    Sum,
    Term,
    Times,
    Weighted,
)
from tests.kernel.fuzz import Tried
from tests.kernel.points import NoValue, Place, TooLarge, places, value
from tests.oracle import compare

__all__ = ["complaint", "tried"]

mp = MPContext()
mp.dps = 160
STEPS = 30_000
LARGEST = mp.mpf(10) ** 60  # exponent of e
POINTS = 6  # for each expression
UNDEFINED, TOO_LARGE = "undefined", "too large"
CARRIER = "c + z[i] + z[j] + v[i] + y[i] + x + size(A)"  # so that the letters are those of the claim

VARIABLES = (
    ("lambda", "oo"), ("lambda", "oo"), ("lambda", "0"), ("lambda", "1"), ("T", "0"), ("T", "oo"), ("T", "2"),
    ("x", "oo"), ("x", "-oo"), ("x", "0"), ("x", "1"), ("x", "c"), ("y[i]", "oo"), ("y[i]", "0"), ("y[i]", "-oo"),
    ("z[i]", "oo"), ("z[i]", "-oo"),
)  # fmt: skip
HYPOTHESES = (
    "c > 0", "c >= 0", "c < 0", "c != 0", "c <= 0", "c == 1", "z[i] > z[j]", "z[i] >= z[j]", "z[i] == max(z)",
    "all(z[i] > z[k], k != i)", "A == argmax(z)", "A == argmin(z)", "i in A", "j not in A", "n >= 2", "n == 1",
    "v[k] >= 0", "v[k] > 0", "i != j", "count(z[k] == max(z), k) >= 2", "sum(v[k], k) == 1", "v[k] == c", "n == 2",
    "z[k] >= 0", "c == z[i]", "size(A) < n", "c*v[i] == 0", "size(A) == 0", "c == size(A)", "v[k] == size(A)", "n == 1",
    "c*v[i] >= 0", "c == n - 1", "z[i] == 0", "v[i] >= 0", "v[i] != 0", "c*v[i] + size(A) >= 0",
)  # fmt: skip


def tried(rng: Random, lines: int) -> Tried:
    found = Tried()
    for claim, leaf, relation in _claims(rng, lines):
        found.lines += 1
        try:
            if leaf.impossible():
                continue
            outcome, there = tends(leaf, relation, relation.of)
            if isinstance(outcome, To) and there.signs.undefined(outcome.term):
                continue
        except (Refused, RecursionError):
            continue
        found.said += 1
        for at in islice(places(leaf.question, leaf.letters, rng, lets=leaf.lets), POINTS):
            problem = complaint(relation, outcome, at, found)
            if problem:
                found.wrong += (f"{claim}: {problem} {_shown(at)}",)
                break
    return found


def _claims(rng: Random, lines: int) -> Iterator[tuple[str, Leaf, LimitRelation]]:
    for _ in range(lines):
        variable, end = rng.choice(VARIABLES)
        given = rng.sample(HYPOTHESES, rng.choice((0, 1, 1, 2, 3)))
        text = expression(rng, rng.choice((0, 1, 2, 2, 3)), variable)
        claim = f"limit({text}, {variable}, {end}) == {CARRIER}" + (" given " + ", ".join(given) if given else "")
        try:
            leaf = asked(claim, Budget(STEPS))
            if rng.random() < 0.5:
                (leaf,) = opened(leaf, {"let": "m", "of": "max(z)"})
        except (Refused, RecursionError):
            continue
        relation = leaf.question.relation
        assert isinstance(relation, LimitRelation)
        yield claim, leaf, relation


def complaint(relation: LimitRelation, outcome: To | Infinite, at: Place, found: Tried) -> str | None:
    """What is wrong near the point, on one of its sides; the limit and the outcome stand as in the claim."""
    try:
        end = relation.end if isinstance(relation.end, int) else mp.mpf(value(relation.end, at))
        there = at if isinstance(relation.end, int) else replace(at, numbers={**at.numbers, MOVING.name: end})
        limit = outcome.sign * mp.inf if isinstance(outcome, Infinite) else mp.mpf(value(outcome.term, there))
    except TooLarge:
        return None
    except NoValue:
        return "the value is undefined"
    for steps in _steps(relation, end):
        values = [_value(relation, at, x) for x in steps]
        if values == [UNDEFINED] * len(steps):  # where it is one of them only, digits are lost
            return f"undefined near the point, as at {mp.nstr(steps[0], 30)}"
        _, first, second = values
        if UNDEFINED in (first, second) or TOO_LARGE in (first, second):
            continue
        found.points += 1
        if not _goes(relation.sense if relation.sense in ORDERS else "==", first, second, limit):
            return f"{mp.nstr(first, 8)}, {mp.nstr(second, 8)} do not go to {mp.nstr(limit, 8)}"
    return None


ORDERS = {"<=": 1, "<": 1, ">=": -1, ">": -1}


def _goes(sense: str, first: Any, second: Any, limit: Any) -> bool:
    """Whether values come nearer to a limit, or grow; or are on the right side of it, or near it."""
    if mp.isinf(limit):
        sign = mp.sign(limit)
        return bool(first * sign >= 10 or second * sign > first * sign + 0.3)
    gap = (second - limit) * ORDERS[sense] if sense in ORDERS else abs(second - limit)
    return bool(gap <= (1 + abs(limit)) / 1000 or (sense == "==" and gap <= abs(first - limit) * 0.8))


def _value(relation: LimitRelation, at: Place, x: Any) -> Any:
    try:
        return near(relation.of, _moved(relation.variable, at, x))
    except NoValue:
        return UNDEFINED
    except TooLarge:
        return TOO_LARGE


def _steps(relation: LimitRelation, end: Any) -> Iterator[tuple[Any, ...]]:
    """Nearer and nearer to the end, from each side that counts."""
    if isinstance(relation.end, int):
        yield tuple(end * mp.mpf(x) for x in (8, 10**7, 10**21))
        return
    for side in (1,) if relation.from_the_right else (1, -1):
        yield tuple(end + side * mp.mpf(10) ** -digits for digits in (2, 9, 27))


def _moved(variable: Term, at: Place, x: Any) -> Place:
    """The place with a variable at x, as it is read: nothing of the kernel puts it there."""
    match variable:
        case Scalar(name):
            return replace(at, numbers={**at.numbers, name: x})
        case Entry(family, index):
            entries = list(at.families[family])
            entries[at.class_of(index)] = x
            return replace(at, families={**at.families, family: tuple(entries)})
    raise NotImplementedError(variable)


def near(t: Term, at: Place) -> Any:
    """The value of a term, to all digits; NoValue where it has none."""
    match t:
        case Number(v):
            return mp.mpf(v.numerator) / v.denominator
        case Size():
            return mp.mpf(at.n)
        case Scalar(name):
            return mp.mpf(at.numbers[name])
        case Entry(family, index):
            return mp.mpf(at.families[family][at.class_of(index)])
        case Plus(terms):
            return mp.fsum(near(each, at) for each in terms)
        case Times(terms):
            return mp.fprod(near(each, at) for each in terms)
        case Power(base, exponent):
            return _power(near(base, at), near(exponent, at))
        case Exp(of):
            return _exp(near(of, at))
        case Log(of):
            return _log(near(of, at))
        case Weighted(weight, of):
            w = near(weight, at)
            return w * _log(near(of, at)) if w else w
        case Absolute(of):
            return abs(near(of, at))
        case Delta(first, second):
            return mp.mpf(at.class_of(first) == at.class_of(second))
        case Holds(of, op):
            return mp.mpf(compare(near(of, at), op, mp.zero))
        case Sum(of, bound, among):
            return mp.fsum(near(of, here) for here in at.within(bound, among))
        case Product(of, bound, among):
            return mp.fprod(near(of, here) for here in at.within(bound, among))
        case Extreme(of, bound, among, largest):
            values = [near(of, here) for here in at.within(bound, among)]
            if not values:
                raise NoValue
            return max(values) if largest else min(values)
        case Diff(of, variable):
            return mp.diff(lambda x: near(of, _moved(variable, at, x)), near(variable, at), h=mp.mpf(10) ** -60)
    raise NotImplementedError(t)


def _power(base: Any, exponent: Any) -> Any:
    if mp.isint(exponent) and abs(exponent) < 1000:
        if base == 0 and exponent < 0:
            raise NoValue
        return base ** int(exponent)
    if base < 0 or (base == 0 and exponent <= 0):
        raise NoValue
    return _exp(exponent * mp.log(base)) if base else base


def _exp(x: Any) -> Any:
    if abs(x) > LARGEST:
        raise TooLarge
    return mp.exp(x)


def _log(x: Any) -> Any:
    if x <= 0:
        raise NoValue
    return mp.log(x)


# --- random expressions ----------------------------------------------------------------------------


def expression(rng: Random, depth: int, x: str, bound: bool = False) -> str:
    """An expression in x and letters that stay, in the forms of which the kernel knows something."""

    def still() -> str:
        return rng.choice(STILL + AT_A_CLASS if bound else STILL)

    def part() -> str:
        return expression(rng, depth - 1, x, bound)

    if depth == 0:
        d = still()
        return rng.choice((
            d, x, f"{x}*{d}", f"exp({x}*{d})", f"exp({x}*{d})*{d}", f"1/{x}", f"{x}^2", f"exp(-{x})", f"exp({x})",
            f"exp({x}*{d})*{d}*{x}", f"exp({x}*{d})*{x}", f"exp({x}*{d})/{x}", f"({x} - {still()})",
            f"exp(-{x}*{d})*{x}*({d})^{rng.choice('0012')}",
            f"exp(-{x}*({d})^2)*{x}*({d}*{still()})^{rng.choice('0012')}",
        ))  # fmt: skip
    if not bound and rng.random() < 0.25:
        among = rng.choice(("k", "k", "k", "k != i", "k in A", "k not in A"))
        return (
            f"{rng.choice(('sum', 'sum', 'sum', 'sum', 'prod', 'max'))}({expression(rng, depth - 1, x, True)}, {among})"
        )
    u, d = part(), still()
    return rng.choice((
        f"({u} + {part()})", f"({u} - {part()})", f"({u})*({part()})", f"({u})*({part()})", f"({u})/({part()})",
        f"({u})/({part()})", f"exp({u})", f"log({u})", f"({u})^{rng.choice(('2', '3', '(-1)', '(-2)', '(1/2)', '0'))}",
        f"abs({u})", f"sqrt({u})", f"(1 + ({u})^2)^({part()})", f"log(1 + exp({u}))", f"1/(1 + exp({u}))",
        f"(exp({x}*{d}) - 1)/{x}", f"(exp({x}*{d}) - 1 - {x}*{d})/{x}^2", f"({x} - 1)/({x}^2 - 1)",
        f"(exp({d}*{x}) - exp({d}))/({x} - 1)", f"log(1 + {x}*{d})/{x}", f"{x}*log({x})", f"log({x})/{x}",
        f"(({u}) - ({u}))/{x}", f"(exp({u}) - 1)/({x} - c)", "p[i]", "log(Z)/lambda", "entropy(p)", f"{x}*log({u})",
        f"exp(-1/{x}^2)", f"sqrt({x}^2 + 1)", f"({x} - 1)/log({x})", f"({x}^2)^(1/2)", f"(1/(1/({u})))", f"sqrt({u})^2",
    ))  # fmt: skip


STILL = (
    "1", "2", "-1", "c", "n", "z[i]", "(z[i] - z[j])", "(z[j] - z[i])", "(z[i] - max(z))", "1/2", "v[i]", "lambda",
    "(c - 1)", "size(A)", "(n - 1)", "c*v[i]", "1/c", "v[i]/c", "sum(1/v[l], l in A)", "c^2",
    "sum(v[l]/size(A), l in A)",
)  # fmt: skip
AT_A_CLASS = (
    "z[k]", "v[k]", "(z[k] - max(z))", "(z[k] - max(z))", "(z[k] - z[i])", "(z[k] - min(z))", "(min(z) - z[k])",
    "(z[i] - z[k])", "delta(k,i)",
)  # fmt: skip


def _shown(at: Place) -> str:
    numbers = {name: mp.nstr(mp.mpf(v), 5) for name, v in at.numbers.items()}
    families = {name: [mp.nstr(mp.mpf(v), 5) for v in entries] for name, entries in at.families.items()}
    subsets = {name: sorted(c + 1 for c in members) for name, members in at.subsets.items()}
    return f"| n={at.n} {numbers} {families} {subsets} { ({str(i): c + 1 for i, c in at.indices.items()}) }"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    found = tried(Random(options.seed), options.lines)
    print(*found.wrong, sep="\n")
    print(f"{found.lines} expressions, {found.said} go somewhere, {found.points} points, {len(found.wrong)} wrong")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
