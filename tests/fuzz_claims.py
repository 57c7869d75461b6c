"""Random claims, true and false ones, whose verdicts an independent oracle looks at.

    python -m tests.fuzz_claims 20000 --seed 5 --seconds 2

True identities by random rewriting and their neighbours by one edit (tests/identities.py), and the lines of
all our lists of claims with one or two edits of their text (tests/mutations.py). A claim that is proved
must hold at all points of the oracle; where one is refuted the oracle must find it false at that point.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from symbolic.language.claims import Claim, Proved, Refuted, Verdict
from symbolic.language.errors import NotationError, SyntaxErrorInClaim
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search.decision import decide
from tests.identities import edited, identity
from tests.mutations import mutated
from tests.oracle import CannotSay, agrees, at_point

HERE = Path(__file__).parent
LISTS = (HERE / "claims" / "false_claims.txt", *sorted((HERE / "claims").glob("*.tsv")))


def lines() -> list[str]:
    """All lines of our lists that are claims."""
    rows = (row.split("\t") for path in LISTS for row in path.read_text().splitlines() if not row.startswith("#"))
    cells = {cell.strip() for row in rows for cell in row}
    return sorted(cell for cell in cells if _claim(cell) is not None)


def _claim(line: str) -> Claim | None:
    try:
        return parse_claim(line)
    except (NotationError, SyntaxErrorInClaim):
        return None


def drawn(seed: int) -> Iterator[Claim]:
    """Random claims without end, the same for a seed."""
    rng, known = Random(f"claims {seed}"), lines()
    while True:
        number = rng.randrange(10**9)
        if rng.random() < 0.3:
            true = identity(number, 1 + number % 6)
            yield rng.choice([true, edited(true, number)])
        elif (claim := _claim(mutated(rng.choice(known), number))) is not None:
            yield claim


def complaint(claim: Claim, verdict: Verdict, seed: int = 0) -> str | None:
    """What is wrong with the verdict as far as the oracle sees; raises CannotSay where it does not see."""
    if isinstance(verdict, Refuted):
        return None if at_point(claim, verdict.point) is False else "WRONG: refuted at a point where it does not fail"
    if not isinstance(verdict, Proved):
        return None
    found = agrees(claim, seed)
    if found is False:
        return "WRONG: proved, and the oracle finds it false"
    return "WRONG: proved as vacuous, but points count" if found and verdict.vacuous else None


def judged(claim: Claim, seconds: float, seed: int) -> tuple[str, str | None]:
    """The kind of verdict, and the complaint about it."""
    try:
        verdict = decide(claim, seconds)
    except Exception as error:
        return "crash", f"CRASH: {error!r}"
    kind = type(verdict).__name__.lower()
    try:
        return kind, complaint(claim, verdict, seed)
    except CannotSay:
        return f"{kind}, not checked", None


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--unknown", action="store_true", help="print what stays unknown, too")
    options = parser.parse_args(arguments)
    seen: Counter[str] = Counter()
    wrong = 0
    for claim in islice(drawn(options.seed), options.count):
        kind, found = judged(claim, options.seconds, options.seed)
        seen[kind] += 1
        if found is not None:
            wrong += 1
            print(f"{found}\t{plain(claim)}", flush=True)
        elif options.unknown and kind == "unknown":
            print(f"unknown\t{plain(claim)}", flush=True)
    print(", ".join(f"{many} {kind}" for kind, many in seen.most_common()), f"; {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
