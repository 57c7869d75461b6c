"""A claim written out, decided by plain SymPy: by `simplify`, and as a skilled user would."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import sympy
from sympy import Rational, Symbol, expand, expand_log, numer, simplify, together
from sympy.core.cache import clear_cache

from bench.written import Written

FUNCTIONS = {"exp": sympy.exp, "log": sympy.log, "tanh": sympy.tanh, "diff": sympy.diff,
             "q": Rational}  # fmt: skip


def by_simplify(difference: Any) -> bool:
    return simplify(difference) == 0


def by_hand(difference: Any) -> bool:
    return expand(numer(together(expand_log(difference, force=True)))) == 0


class OutOfTime(Exception):
    """The limit was reached."""


@contextmanager
def limited(seconds: float) -> Any:
    def stop(*_: object) -> None:
        raise OutOfTime

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def symbols(formula: str) -> dict[str, Any]:
    """The letters of a formula as symbols: lambda positive, all others real."""
    letters = set(re.findall(r"[A-Za-z_]\w*", formula)) - FUNCTIONS.keys()
    found = {name: Symbol(name, real=True) for name in letters}
    return found | ({"lam": Symbol("lam", positive=True)} if "lam" in letters else {})


def measured(
    cases: Sequence[Written], method: Callable[[Any], bool], seconds: float
) -> tuple[float, bool | None]:
    """The seconds taken, and whether all cases came out equal; None if out of time."""
    ready = [
        (compiled(each.lhs), compiled(each.rhs), symbols(each.lhs + each.rhs)) for each in cases
    ]
    clear_cache()
    start = perf_counter()
    try:
        with limited(seconds):
            equal = all(
                method(evaluated(lhs, its) - evaluated(rhs, its)) for lhs, rhs, its in ready
            )
    except OutOfTime:
        return seconds, None
    except RecursionError:
        return perf_counter() - start, None
    return perf_counter() - start, equal


def compiled(formula: str) -> Any:
    return compile(formula, "<claim>", "eval")


def evaluated(code: Any, letters: dict[str, Any]) -> Any:
    """Only text that `bench.written` wrote is ever evaluated here."""
    return eval(code, {"__builtins__": {}}, FUNCTIONS | letters)
