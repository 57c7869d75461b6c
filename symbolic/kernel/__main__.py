"""python -S -m symbolic.kernel FILE: check the derivations in what `verify --json` has written; - is standard input.

Each line of the file is a JSON object; its "derivation" is {"schema": 1, "claim": .., "proof": ..}.
A line of output each. Exit code 0: all accepted; 1: one is refused; 2: the file, or a line of it, cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from symbolic.kernel.check import check
from symbolic.kernel.refused import Refused

SCHEMA = 1
LONGEST = 4_000_000  # characters of a line


class Unreadable(Exception):
    """What is no record with a derivation, or without."""


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -S -m symbolic.kernel FILE", file=sys.stderr)
        return 2
    try:
        with open(arguments[0] if arguments[0] != "-" else 0, encoding="utf-8") as lines:
            return report(lines)
    except (OSError, UnicodeDecodeError) as problem:
        print(f"cannot read {arguments[0]}: {problem}", file=sys.stderr)
        return 2


def report(lines: Iterable[str]) -> int:
    """Print what becomes of each line, and how many there were of each kind; the exit code."""
    found = Counter[str]()
    for outcome, said in outcomes(lines):
        print(f"{outcome:<14} {said}")
        found[outcome] += 1
    print(", ".join(f"{number} {outcome}" for outcome, number in sorted(found.items())) or "nothing to check")
    return 2 if found["unreadable"] else 1 if found["refused"] else 0


def outcomes(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield outcome(record(line))
        except Unreadable as problem:
            yield "unreadable", f"line {number}: {problem}"


def record(line: str) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise Unreadable(f"more than {LONGEST} characters")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise Unreadable(f"not JSON: {type(problem).__name__}") from None
    if not isinstance(found, dict):
        raise Unreadable("not a JSON object")
    return found


def outcome(found: dict[str, Any]) -> tuple[str, str]:
    derivation = found.get("derivation")
    if derivation is None:
        return "no derivation", str(found.get("claim", ""))
    if not isinstance(derivation, dict) or derivation.get("schema") != SCHEMA:
        raise Unreadable(f"expected a derivation of schema {SCHEMA}")
    claim = derivation.get("claim")
    if not isinstance(claim, str) or derivation.keys() - {"coq"} != {"schema", "claim", "proof"}:
        raise Unreadable('a derivation has a "claim" and a "proof"')
    try:
        check(claim, derivation["proof"])
    except Refused as refusal:
        return "refused", f"{claim}\n    {refusal.where}: {refusal}"
    return "accepted", claim


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
