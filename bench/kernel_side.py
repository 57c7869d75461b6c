"""The statements, and the kernel's time for each of them.

python -m bench.kernel_side SEED     decides each once, in random order, and prints JSON
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import process_time

from bench.written import NotWritten, written_out
from symbolic.kernel.equality import equal
from symbolic.language.claim import Claim
from symbolic.language.parser import parse_claim

STATEMENTS = Path(__file__).parent.parent / "tests" / "claims" / "statements_ad.tsv"

Time = tuple[float, bool | None]  # seconds of computing, and the answer; None if there was none


@dataclass(frozen=True)
class Said:
    """A statement: its name, the claim, and whether it is true."""

    name: str
    claim: Claim
    true: bool


def statements() -> list[Said]:
    rows = [line.split("\t") for line in STATEMENTS.read_text("utf-8").splitlines()]
    said = [row for row in rows if not row[0].startswith("#") and row[1] != "outside"]
    return [Said(name, parse_claim(text), verdict == "proved") for name, verdict, text, _ in said]


def writable(claim: Claim) -> bool:
    try:
        return bool(written_out(claim, 3))
    except NotWritten:
        return False


def measured(seed: int) -> dict[str, Time]:
    """A round in a fresh process."""
    command = [sys.executable, "-m", "bench.kernel_side", str(seed)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return {name: (seconds, equal) for name, (seconds, equal) in json.loads(answer.stdout).items()}


def measure(seed: int) -> dict[str, Time]:
    """Every claim decided once, after another one that loads what is needed."""
    said = [each for each in statements() if writable(each.claim)]
    Random(seed).shuffle(said)
    equal(parse_claim("diff(p[i], lambda) == 0"))
    return {each.name: once(each.claim) for each in said}


def once(claim: Claim) -> Time:
    start = process_time()
    outcome = equal(claim)
    return process_time() - start, {"Holds": True, "Fails": False}.get(type(outcome).__name__)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
