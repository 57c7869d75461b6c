"""python -S -m symbolic.kernel FILE: check the derivations in what `verify --json` has written; - is standard input.

Each line of the file is a JSON object; its "derivation" is {"schema": 1, "claim": .., "proof": .., "lemmas": ..}.
A line of output each. Exit code 0: all accepted; 1: one is refused; 2: the file, or a line of it, cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from symbolic.kernel.check import check
from symbolic.kernel.leaf import Lemma
from symbolic.kernel.refused import Budget, Refused

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
    claim, derivation = found.get("claim", ""), found.get("derivation")
    if derivation is None:
        return "no derivation", str(claim)
    if not isinstance(derivation, dict) or derivation.get("schema") != SCHEMA:
        raise Unreadable(f"expected a derivation of schema {SCHEMA}")
    said = derivation.get("claim")
    if not isinstance(said, str) or "proof" not in derivation:
        raise Unreadable('a derivation has a "claim" and a "proof"')
    try:
        accept(said, derivation["proof"], derivation.get("lemmas", []))
    except Refused as refusal:
        return "refused", f"{said}\n    {refusal.where}: {refusal}"
    return "accepted", said


def accept(claim: str, proof: Any, lemmas: Any) -> None:
    """Check the lemmas, each of which may cite those before it, and then the derivation."""
    if not isinstance(lemmas, list):
        raise Refused("expected a list of lemmas")
    budget, known = Budget(), dict[str, Lemma]()
    for each in lemmas:
        if not isinstance(each, dict) or not all(isinstance(each.get(key), str) for key in ("name", "claim")):
            raise Refused("a lemma has a name, a claim and a proof")
        if each["name"] in known:
            raise Refused(f"two lemmas are called {each['name']}")
        check(each["claim"], each.get("proof"), known, budget)
        known[each["name"]] = Lemma(each["claim"])
    check(claim, proof, known, budget)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
