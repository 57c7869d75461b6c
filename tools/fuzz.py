"""Coverage-guided fuzzing of the parser and of `verify`: no crash, no hang, no evaluation.

    python tools/fuzz.py [--seconds 600] [CORPUS] [options of libFuzzer]

Bytes become a line of the claim language, by choosing among its words or as they are. Whatever the line:

- it is read or refused by a `SyntaxErrorInClaim` whose position lies within the line;
- what is read is written so that it is read back as the same;
- it gets its answer in the time it is given, ten times over, and nothing else is raised;
- Python's own `eval`, `exec`, `compile`, `open` and `__import__` of what is not loaded are not reached by the parser.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any

import atheris

with atheris.instrument_imports(include=["symbolic"]):
    from symbolic.answers import answer, as_record
    from symbolic.language.claims import Claim, Invalid
    from symbolic.language.errors import SyntaxErrorInClaim
    from symbolic.language.parser import parse_claim
    from symbolic.language.typeset import latex, plain

    deciders = "points.refute points.numerical points.second_look search.smt search.limits.relations"
    for late in [*deciders.split(), "search.order.inequality"]:
        import_module(f"symbolic.{late}")  # loaded before evaluation is watched
import_module("sympy.tensor.tensor")  # as SymPy does when it first adds numbers

WORDS = Path(__file__).with_name("fuzz_words.txt").read_text("utf-8").splitlines()

SECONDS = 0.5
PATIENCE = 10  # machines are busy; a hang is longer


class Evaluated(Exception):
    """The parser had text run as code."""


def line_of(data: bytes) -> str:
    """The line that some bytes stand for."""
    if not data or data[0] < 32:
        return data[1:].decode("utf-8", "replace")
    return "".join(WORDS[each % len(WORDS)] for each in data[1:])


def examine(data: bytes) -> None:
    """Everything that must hold for one line."""
    line = line_of(data)
    claim = read(line)
    if claim is not None:
        said = plain(claim)
        if parse_claim(said) != claim:
            raise AssertionError(f"{line!r} is written as {said!r}, which is another claim")
        latex(claim)
    started = monotonic()
    found = answer(line, SECONDS)
    taken = monotonic() - started
    if taken > PATIENCE * SECONDS:
        raise AssertionError(f"{line!r} took {taken:.1f} s")
    if isinstance(found.verdict, Invalid) is not (claim is None):
        raise AssertionError(f"{line!r} is read by one and refused by the other")
    as_record(found, taken)
    str(found)


def read(line: str) -> Claim | None:
    """The claim, or None if it is refused as it should be."""
    try:
        return parse_claim(line)
    except SyntaxErrorInClaim as error:
        if not 0 <= error.position <= len(line):
            raise AssertionError(f"{line!r} is refused at {error.position}") from error
        return None


FORBIDDEN = ("exec", "compile", "open", "os.system", "subprocess.Popen", "import")
watching = False


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: while the parser reads, nothing is run, opened or imported."""
    if watching and event in FORBIDDEN:
        raise Evaluated(f"{event}{arguments!r}")


def once(data: bytes) -> None:
    global watching
    watching = True
    try:
        read(line_of(data))
    finally:
        watching = False
    examine(data)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz the parser and `verify`.", allow_abbrev=False)
    parser.add_argument("--seconds", type=int, default=600)
    options, rest = parser.parse_known_args()
    read("p[i] == z[i]*delta(i, j) - 1/c")  # what is loaded and compiled once
    examine(b"@" + bytes(range(200)))
    sys.addaudithook(watch)
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={options.seconds}", "-max_len=64", "-timeout=30", "-len_control=0", *rest], once
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
