"""No inequality that is proved is false: true ones, edited at random, against an independent oracle.

SYMBOLIC_FUZZ=3000 pytest tests/search/test_order_soundness.py     more of them
SYMBOLIC_SEED=7 ...                                                others
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from random import Random

import pytest

from symbolic.deadline import OutOfTime, within
from symbolic.language.claims import Claim
from symbolic.language.errors import SymbolicError
from symbolic.language.parser import parse_claim
from symbolic.search.form.equality import Holds
from tests.oracle import CannotSay, counterexample
from tests.search.pairs import outcome, pairs

COUNT = int(os.environ.get("SYMBOLIC_FUZZ", "400")) // 4
FIRST = int(os.environ.get("SYMBOLIC_SEED", "0"))
SECONDS = 2  # beyond it nothing is claimed
RELATION = re.compile(r"<=|>=|!=|<|>")
HYPOTHESES = [
    "n >= 2", "n == 2", "c > 0", "c < 0", "z[i] >= z[j]", "z[k] >= 0", "y[k] >= 0", "sum(y[k], k) == 1",
    "z[i] == max(z)", "i != j",
]  # fmt: skip


def strict(line: str, rng: Random) -> str:
    return line.replace("<=", "<", 1) if "<=" in line else line.replace(">=", ">", 1)


def turned(line: str, rng: Random) -> str:
    return RELATION.sub(lambda found: {"<=": ">=", ">=": "<=", "<": ">", ">": "<", "!=": "<"}[found[0]], line, count=1)


def number(line: str, rng: Random) -> str:
    return somewhere(
        line, r"(?<![\w\[.])\d+(?![\w\]])", lambda old: str(max(0, int(old) + rng.choice([-1, 1, 2]))), rng
    )


def operation(line: str, rng: Random) -> str:
    return somewhere(line, r" [-+] |\*", lambda _: rng.choice([" + ", " - ", "*"]), rng)


def class_(line: str, rng: Random) -> str:
    return somewhere(line, r"\[[ijk12]\]", lambda _: rng.choice(["[i]", "[j]", "[1]", "[2]"]), rng)


def extreme(line: str, rng: Random) -> str:
    return somewhere(line, r"\b(max|min)\b", lambda old: "min" if old == "max" else "max", rng)


def weight(line: str, rng: Random) -> str:
    return somewhere(line, r"\bp(?=\[)", lambda _: rng.choice(["softmax(w)", "softmax(z, c)", "y"]), rng)


def fewer_hypotheses(line: str, rng: Random) -> str:
    return line.split(" given ")[0]


def more_hypotheses(line: str, rng: Random) -> str:
    return f"{line}{', ' if ' given ' in line else ' given '}{rng.choice(HYPOTHESES)}"


EDITS = [strict, turned, number, operation, class_, extreme, weight, fewer_hypotheses, more_hypotheses]


def somewhere(line: str, pattern: str, change: Callable[[str], str], rng: Random) -> str:
    """The line with one place where the pattern fits changed."""
    places = list(re.finditer(pattern, line))
    if not places:
        return line
    at = rng.choice(places)
    return line[: at.start()] + change(at[0]) + line[at.end() :]


def drawn(count: int) -> Iterator[tuple[int, str, Claim]]:
    """True and false inequalities after one to three edits, as far as they can be read."""
    lines = [line for pair in pairs("order") for line in pair]
    for seed in range(FIRST, FIRST + count):
        rng = Random(seed)
        line = rng.choice(lines)
        for _ in range(rng.choice([1, 1, 2, 3])):
            line = rng.choice(EDITS)(line, rng)
        try:
            claim = parse_claim(line)
        except SymbolicError:
            continue
        if claim.op != "==":
            yield seed, line, claim


def proved(line: str) -> bool:
    try:
        with within(SECONDS):
            return isinstance(outcome(line), Holds)
    except OutOfTime:
        return False


def refuted(claim: Claim, seed: int) -> bool:
    try:
        return counterexample(claim, seed) is not None
    except CannotSay:
        return False


def test_no_proved_inequality_is_false() -> None:
    assert [line for seed, line, claim in drawn(COUNT) if proved(line) and refuted(claim, seed)] == []


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_edits(edit: Callable[[str, Random], str]) -> None:
    line = "max(z) - p[i]*c^2 <= 1 given n >= 3"
    assert any(edit(line, Random(seed)) != line for seed in range(5))
