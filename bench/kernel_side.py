"""The statements, and the kernel's time for each of them.

python -m bench.kernel_side SEED     decides each once, in random order, and prints JSON
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from random import Random
from time import process_time

from bench.written import NotWritten, written_out
from symbolic.language.claims import Claim
from symbolic.language.parser import parse_claim
from symbolic.search.form.equality import equal
from symbolic.statements import all_statements

Time = tuple[float, bool | None]  # seconds of computing, and the answer; None if there was none


@dataclass(frozen=True)
class Said:
    """A statement: its name, the claim, and whether it is true."""

    name: str
    claim: Claim
    true: bool


def statements() -> list[Said]:
    """What the statements of algebra and on derivatives say as equalities."""
    said = [
        Said(f"{each.id}.{number}", parse_claim(claim.text), claim.expected == "proved")
        for each in all_statements()
        for number, claim in enumerate(each.claims, 1)
        if each.kind in "AD"
    ]
    return [each for each in said if each.claim.op == "=="]


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
