"""python -S -m symbolic.kernel FILE: check the derivations in what `verify --json` has written; - is standard input.

Each line of the file is a JSON object; its "derivation" is {"schema": 1, "claim": .., "proof": ..}.
A line of output each. Exit code 0: all accepted; 1: one is refused; 2: the file, or a line of it, cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable

from symbolic.kernel.checker import check
from symbolic.kernel.refused import Refused

LONGEST = 4_000_000  # characters of a line


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
    for number, line in enumerate(lines, start=1):
        if line.strip():
            kind, said = outcome(line)
            print(f"{kind:<14} {f'line {number}: {said}' if kind == 'unreadable' else said}")
            found[kind] += 1
    print(", ".join(f"{number} {kind}" for kind, number in sorted(found.items())) or "nothing to check")
    return 2 if found["unreadable"] else 1 if found["refused"] else 0


def outcome(line: str) -> tuple[str, str]:
    """What becomes of a line, and what there is to say of it."""
    if len(line) > LONGEST:
        return "unreadable", f"more than {LONGEST} characters"
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as problem:
        return "unreadable", f"not JSON: {type(problem).__name__}"
    match found:
        case {"derivation": {"schema": 1, "claim": str(claim), "proof": proof, **more}} if more.keys() <= {"coq"}:
            try:
                check(claim, proof)
            except Refused as refusal:
                return "refused", f"{_printable(claim)}\n    {refusal.where}: {refusal}"
            return "accepted", _printable(claim)
        case {"derivation": derivation} if derivation is not None:
            return "unreadable", 'expected a derivation {"schema": 1, "claim": .., "proof": ..}'
        case dict():
            return "no derivation", _printable(str(found.get("claim", "")))
    return "unreadable", "not a JSON object"


def _printable(text: str) -> str:
    """On one line, and no sign that a terminal obeys: a claim cannot pass for a line of the report."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
