"""The kernel's verdicts where Python leaves asserts out, sets have another order and numbers another type.

    python -O -m tests.search.under_optimisation

reads corpora of claims with their verdicts, and exits with 1 at the first true one that is not proved, or false one
that the kernel takes for true. Nothing here asserts: under -O an assert says nothing.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from symbolic.language.claims import Proved
from symbolic.language.parser import parse_claim
from symbolic.search.decision import decide
from symbolic.search.form.equality import Holds
from tests.search.pairs import outcome

CLAIMS = Path(__file__).parent.parent / "claims"
SECONDS = 60
CORPORA = {"proved": CLAIMS / "true.tsv", "refuted": CLAIMS / "false.tsv"}


def corpus() -> Iterator[tuple[str, str]]:
    """The verdict and the line of every claim."""
    for verdict, path in CORPORA.items():
        for row in path.read_text("utf-8").splitlines():
            if not row.startswith("#"):
                yield verdict, row.partition("\t")[0]


def as_expected(verdict: str, line: str) -> bool:
    """Whether a true claim is proved, and a false one not by the kernel."""
    if verdict == "proved":
        return isinstance(decide(parse_claim(line), SECONDS), Proved)
    return not isinstance(outcome(line), Holds)


def main() -> int:
    """Decide every claim; the exit code."""
    count = 0
    for verdict, line in corpus():
        if not as_expected(verdict, line):
            print(f"{line}: expected {verdict}")
            return 1
        count += 1
    print(f"{count} claims decided as they should be")
    return 0 if count > 100 else 1


if __name__ == "__main__":
    sys.exit(main())
