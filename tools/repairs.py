"""Which false claims hold under hypotheses that go without saying, and how many of their answers say so.

    python tools/repairs.py [SECONDS]

Writes tests/claims/repairs.tsv: the lines of false.tsv that hypotheses of the list repair, found in SECONDS each (8 if
not given). Fails if fewer than 90 % of the answers to these, which take a second for it at most, have the note.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from symbolic.answers import verify
from symbolic.language.claims import Refuted
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.show.repairs import repaired

CLAIMS = Path(__file__).parent.parent / "tests" / "claims"
HEAD = "# false claim	hypotheses of the list under which it holds\n"
SHARE = 0.9


def main() -> int:
    """Find, write, and count."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 8.0
    lines = (CLAIMS / "false.tsv").read_text("utf-8").splitlines()
    claims = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    with ProcessPoolExecutor() as pool:
        found = dict(zip(claims, pool.map(partial(hypotheses_for, seconds=seconds), claims), strict=True))
        repaired = [line for line in claims if found[line]]
        said = list(pool.map(says_so, repaired))
    (CLAIMS / "repairs.tsv").write_text(HEAD + "".join(f"{line}\t{found[line]}\n" for line in repaired), "utf-8")
    silent = [line for line, says in zip(repaired, said, strict=True) if not says]
    print(f"{len(claims)} false claims; {len(repaired)} can be repaired; {len(repaired) - len(silent)} answers say so")
    print("\n".join(silent))
    return int(sum(said) < SHARE * len(said))


def hypotheses_for(line: str, seconds: float) -> str:
    """The hypotheses that repair a false claim, as text; empty if none is found."""
    claim = parse_claim(line)
    verdict = verify(claim, notes=False).verdict
    found = repaired(claim, verdict, seconds) if isinstance(verdict, Refuted) else None
    return ", ".join(map(plain, found.added)) if found else ""


def says_so(line: str) -> bool:
    """Whether the answer, with the notes that anyone gets, says under which hypotheses it holds."""
    return any(note.startswith("holds given") for note in verify(line).notes)


if __name__ == "__main__":
    sys.exit(main())
