"""A claim written out, decided by plain SymPy: by `simplify`, and as a skilled user would."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import process_time
from typing import Any

import sympy
from sympy import Rational, Symbol, expand, expand_log, numer, simplify, together

from bench.written import Written

FUNCTIONS = {"exp": sympy.exp, "log": sympy.log, "tanh": sympy.tanh, "diff": sympy.diff,
             "ratio": Rational}  # fmt: skip

AGAIN = 0.2  # seconds after which is asked again whether the limit of computing time is reached


def by_simplify(difference: Any) -> bool:
    return simplify(difference) == 0


def by_hand(difference: Any) -> bool:
    return expand(numer(together(expand_log(difference, force=True)))) == 0


class OutOfTime(Exception):
    """The limit was reached."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Ends what computes longer. A timer of computing time, ITIMER_PROF, would make `process_time` tick in 4 ms."""
    end = process_time() + seconds

    def stop(*_: object) -> None:
        if process_time() > end:
            raise OutOfTime

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def symbols(formula: str) -> dict[str, Any]:
    """The letters of a formula as symbols: lambda positive, all others real."""
    letters = set(re.findall(r"[A-Za-z_]\w*", formula)) - FUNCTIONS.keys()
    found = {name: Symbol(name, real=True) for name in letters}
    return found | ({"lam": Symbol("lam", positive=True)} if "lam" in letters else {})


def measured(cases: Sequence[Written], method: Callable[[Any], bool], seconds: float) -> tuple[float, bool | None]:
    """The seconds taken, and whether all cases came out equal; None if out of time."""
    ready = [Ready(each) for each in cases]
    start = process_time()
    try:
        with limited(seconds):
            equal: bool | None = all(method(each.difference()) for each in ready)
    except OutOfTime:
        return seconds, None
    except RecursionError:
        equal = None
    return process_time() - start, equal


class Ready:
    """A claim written out and compiled, so that reading the text is not timed."""

    def __init__(self, written: Written) -> None:
        self.letters = symbols(f"{written.lhs} {written.rhs} {written.given}")
        self.sides = compiled(f"({written.lhs})-({written.rhs})")
        self.given = [(self.letters[name], compiled(value)) for name, value in written.given]

    def difference(self) -> Any:
        result = evaluated(self.sides, self.letters)
        for letter, value in self.given:
            result = result.subs(letter, evaluated(value, self.letters))
        return result


def compiled(formula: str) -> Any:
    return compile(formula, "<claim>", "eval")


def evaluated(code: Any, letters: dict[str, Any]) -> Any:
    """Only text that `bench.written` wrote is ever evaluated here."""
    return eval(code, {"__builtins__": {}}, FUNCTIONS | letters)
