"""The kernel as a program of its own: with no installed package at hand, on what `verify --json` has written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(text: str) -> subprocess.CompletedProcess[str]:
    """python -S: without the packages that are installed."""
    command = [sys.executable, "-S", "-m", "symbolic.kernel", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=False)


def record(claim: str, proof: object, **more: object) -> str:
    derivation = {"schema": 1, "claim": claim, "proof": proof, **more}
    return json.dumps({"claim": claim, "derivation": derivation}) + "\n"


GOOD = record("p[i] < 1 given n >= 2", {"line": ["sum(p[k], k != i)"]})
BAD = record("p[i] < 1", {"line": ["sum(p[k], k != i)"]})


def test_what_is_accepted_is_counted_and_so_is_what_has_no_derivation() -> None:
    done = run(GOOD + '{"claim": "p[i] < 1"}\n')
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "1 accepted, 1 no derivation"


def test_a_refusal_names_the_place_and_what_was_expected() -> None:
    done = run(GOOD + BAD)
    assert done.returncode == 1
    assert "at the top: the sign is not visible" in done.stdout


@pytest.mark.parametrize("text", ["{", "[]", '{"derivation": {"schema": 7}}', '{"derivation":' * 50_000])
def test_what_is_no_record_cannot_be_read(text: str) -> None:
    assert run(text).returncode == 2


NESTED: object = {"line": []}
for _ in range(300):
    NESTED = {"if": "x > 0", "then": NESTED, "else": {"line": []}}

HOSTILE = {
    "brackets": record("(" * 5000 + "x" + ")" * 5000 + " == 1", {"line": []}),
    "a huge exponent": record("x^999999999 == 1", {"line": []}),
    "a tower": record("9^9^9^9 == 1", {"line": []}),
    "a power of a sum": record("(x + y + c + 1)^200 == 1", {"line": []}),
    "a million summands": record("p[i] < 1", {"line": ["1"] * 1_000_000}),
    "cases in cases": record("x == x", NESTED),
    "variances of variances": record("var(" * 25 + "z[k]" + ", k)" * 25 + " == 1", {"line": []}),
    "functions of functions": record("x == x", {"line": ["sigmoid(" * 28 + "x" + ")" * 28]}),
    "many derivatives": record("x == x", {"line": ["diff(x" + ", x" * 500 + ")"]}),
    "a product of large primes": record("log(" + "9" * 200 + ") == 1", {"line": []}),
    "another script": record("p[2] + p[²] <= 1", {"line": ["sum(p[k], k != 2, k != ²)"]}),
    "what is no text": record("c == c", {"compare": [], "in": {"line": []}}),
    "what is no step": record("c == c", [1, 2]),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_ends_in_a_refusal(text: str) -> None:
    done = run(text)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr


def test_the_same_file_takes_the_same_steps() -> None:
    assert run(GOOD + BAD).stdout == run(GOOD + BAD).stdout
