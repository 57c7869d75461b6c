"""Signs under roots: of what holds where all is positive, that is proved which holds wherever it is defined.

SYMBOLIC_ROOTS=500 pytest tests/search/test_roots.py     more of them
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import pytest
from mpmath import mp

from symbolic.language.parser import parse_expression
from symbolic.search.form.equality import Fails, Holds
from tests.oracle import At, NoValue, value
from tests.search.pairs import outcome

COUNT = int(os.environ.get("SYMBOLIC_ROOTS", "12"))
FACTORS = [
    "c", "d", "b", "1/c", "1/d", "abs(c)",
    "abs(d)", "abs(c*b)", "sqrt(c)", "sqrt(d)", "sqrt(b)", "sqrt(c*d)",
    "sqrt(d*b)", "sqrt(c^2)", "sqrt(d^3)", "sqrt(d^2*b)", "c^(3/2)", "c^(1/3)",
    "(c*d)^(1/4)", "abs(d)^(1/2)", "1/sqrt(c)", "1/sqrt(abs(d))", "exp(log(c)/2)", "exp(log(c*d)/2)",
    "exp(log(abs(c))/2)", "log(c)", "log(d)", "log(c*d)", "log(abs(c))", "log(c^2)",
    "(c-d)", "abs(c-d)", "sqrt((c-d)^2)", "sqrt(c-d)", "log(d-c)",
]  # fmt: skip

# a hypothesis, and the c that satisfies it
GIVEN: dict[str, Callable[[Any, Any], Any]] = {
    "c == d*b": lambda d, b: d * b,
    "c == d^2": lambda d, b: d**2,
    "c == d^3": lambda d, b: d**3,
    "c == d^2*b": lambda d, b: d**2 * b,
    "c == -d": lambda d, b: -d,
    "c == d + b": lambda d, b: d + b,
    "c == abs(d)": lambda d, b: abs(d),
    "c*d == 1": lambda d, b: 1 / d,
    "c == b": lambda d, b: b,
}


@cache
def at(text: str, given: str, d: float, b: float) -> Any:
    """The value of an expression, None where there is none."""
    scalars = {"d": mp.mpf(d), "b": mp.mpf(b), "c": mp.mpf(GIVEN[given](d, b))}
    try:
        return value(parse_expression(text), At(1, {}, scalars, mp.one, {}, {}))
    except NoValue:
        return None


def alike(seed: int) -> list[tuple[str, str, str]]:
    """Pairs of products that are equal at points where d, b are positive, and a hypothesis."""
    rng = Random(seed)
    given = rng.choice(list(GIVEN))
    by_value = defaultdict(list)
    for _ in range(250):
        text = "*".join(rng.choice(FACTORS) for _ in range(rng.choice([1, 2, 2, 3])))
        values = [at(text, given, *point) for point in ((0.7, 1.3), (1.9, 0.4))]
        if None not in values:
            by_value[tuple(mp.nstr(each, 12) for each in values)].append(text)
    groups = [list(dict.fromkeys(texts)) for texts in by_value.values()]
    return [(*rng.sample(texts, 2), given) for texts in groups if len(texts) > 1]


def differ(first: str, second: str, given: str, rng: Random) -> set[bool]:
    """Whether the two differ, at points of any sign where both are defined."""
    found = set()
    for signs in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        for _ in range(6):
            d, b = (sign * rng.uniform(0.2, 3) for sign in signs)
            one, two = at(first, given, d, b), at(second, given, d, b)
            if one is not None and two is not None:
                found.add(bool(abs(one - two) > 1e-12 * (abs(one) + abs(two))))
    return found


@pytest.mark.parametrize("seed", range(COUNT))
def test_what_is_proved_holds_for_numbers_of_any_sign(seed: int) -> None:
    rng = Random(seed)
    for first, second, given in alike(seed):
        said = outcome(f"{first} == {second} given {given}")
        differs = differ(first, second, given, rng)
        if isinstance(said, Holds):
            assert True not in differs, (first, second, given)
            assert not (said.vacuous and differs), (first, second, given)
        if isinstance(said, Fails):
            assert differs != {False}, (first, second, given)


def test_some_are_proved_and_some_are_not() -> None:
    said = [outcome(f"{one} == {two} given {given}") for seed in range(3) for one, two, given in alike(seed)]
    assert sum(isinstance(each, Holds) for each in said) > 10
    assert any(not isinstance(each, Holds) for each in said)
