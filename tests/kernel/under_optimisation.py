"""The kernel's verdicts where Python leaves asserts out, sets have another order and numbers another type.

    python -O tests/kernel/under_optimisation.py

reads corpora of claims with their verdicts, and exits with 1 at the first that the kernel decides otherwise.
Nothing here asserts: under -O an assert says nothing.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from symbolic.kernel.asymptotics import limit_claim
from symbolic.kernel.equality import Holds, equal
from symbolic.kernel.order import compare
from symbolic.language.claim import Claim
from symbolic.language.notation import Limit
from symbolic.language.parser import parse_claim

CLAIMS = Path(__file__).parent.parent / "claims"
CORPORA = {"proved": CLAIMS / "true.tsv", "refuted": CLAIMS / "false.tsv"}


def corpus() -> Iterator[tuple[str, str]]:
    """The verdict and the line of every claim."""
    for verdict, path in CORPORA.items():
        for row in path.read_text("utf-8").splitlines():
            if not row.startswith("#"):
                yield verdict, row.partition("\t")[0]


def holds(claim: Claim) -> bool:
    """Whether the kernel decides that the claim holds."""
    if claim.lhs.has(Limit) or claim.rhs.has(Limit):
        return isinstance(limit_claim(claim), Holds)
    return isinstance(equal(claim) if claim.op == "==" else compare(claim), Holds)


def main() -> int:
    """Decide every claim; the exit code."""
    count = 0
    for verdict, line in corpus():
        if holds(parse_claim(line)) is not (verdict == "proved"):
            print(f"{line}: expected {verdict}")
            return 1
        count += 1
    print(f"{count} claims decided as they should be")
    return 0 if count > 100 else 1


if __name__ == "__main__":
    sys.exit(main())
