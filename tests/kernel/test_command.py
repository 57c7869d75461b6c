"""The kernel as a program of its own: with no installed package at hand, on what `verify --json` has written."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from runpy import run_module

import pytest

from symbolic.kernel.__main__ import LONGEST, main, report

ROOT = Path(__file__).parents[2]


def run(text: str) -> subprocess.CompletedProcess[str]:
    """python -S: without the packages that are installed."""
    command = [sys.executable, "-S", "-m", "symbolic.kernel", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=False)


def reported(text: str) -> tuple[int, str]:
    """The same in this process: the exit code and what is printed."""
    printed = StringIO()
    with redirect_stdout(printed):
        code = report(text.splitlines())
    return code, printed.getvalue()


def record(claim: str, proof: object, **more: object) -> str:
    derivation = {"schema": 1, "claim": claim, "proof": proof, **more}
    return json.dumps({"claim": claim, "derivation": derivation}) + "\n"


GOOD = record("p[i] < 1 given n >= 2", {"line": ["sum(p[k], k != i)"]})
BAD = record("p[i] < 1", {"line": ["sum(p[k], k != i)"]})


def test_what_is_accepted_is_counted_and_so_is_what_has_no_derivation() -> None:
    text = GOOD + '{"claim": "p[i] < 1"}\n'
    done = run(text)
    assert (done.returncode, done.stdout) == reported(text)
    assert done.stdout.splitlines()[-1] == "1 accepted, 1 no derivation"


def test_it_runs_as_a_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "derivations.jsonl").write_text(GOOD + BAD, "utf-8")
    monkeypatch.setattr(sys, "argv", ["symbolic.kernel", str(tmp_path / "derivations.jsonl")])
    monkeypatch.delitem(sys.modules, "symbolic.kernel.__main__")
    with pytest.raises(SystemExit) as exit_code:
        run_module("symbolic.kernel", run_name="__main__")
    assert exit_code.value.code == 1


def test_a_refusal_names_the_place_and_what_was_expected() -> None:
    done = run(GOOD + BAD)
    assert done.returncode == 1
    assert "at the top: the sign is not visible" in done.stdout


@pytest.mark.parametrize("text", ["{", "[]", '{"derivation": {"schema": 7}}', '{"derivation":' * 50_000])
def test_what_is_no_record_cannot_be_read(text: str) -> None:
    assert reported(text)[0] == 2


def test_a_line_that_is_too_long_is_not_read() -> None:
    assert reported("9" * (LONGEST + 1))[0] == 2


def test_a_file_is_read_and_what_is_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "derivations.jsonl").write_text(GOOD + "\n", "utf-8")
    assert main([str(tmp_path / "derivations.jsonl")]) == 0
    assert main([str(tmp_path / "none.jsonl")]) == 2
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


def tree(depth: int, leaf: object) -> object:
    """Two cases at every step."""
    return {"if": "c <= d", "then": (below := tree(depth - 1, leaf)), "else": below} if depth else leaf


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
    "powers of powers": record(
        "c <= d", {"if": "log(c - (((2^1000)^1000)^1000)^1000) <= 0", "then": {"line": []}, "else": {"line": []}}
    ),
    "many factors": record(f"log({'*'.join(['2^1000'] * 2800)}) <= d", {"line": []}),
    "many hypotheses in many cases": record(f"c == c given {','.join(['c <= d'] * 3900)}", tree(6, {"line": []})),
    "another script": record("p[2] + p[²] <= 1", {"line": ["sum(p[k], k != 2, k != ²)"]}),
    "what is no text": record("c == c", {"compare": [], "in": {"line": []}}),
    "what is no step": record("c == c", [1, 2]),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_ends_in_a_refusal(text: str) -> None:
    assert reported(text)[0] in (1, 2)


def test_the_same_file_takes_the_same_steps() -> None:
    assert run(GOOD + BAD).stdout == run(GOOD + BAD).stdout


def test_a_claim_cannot_pass_for_a_line_of_the_report() -> None:
    """Nor can half a character stop the program."""
    ends = ("\n", "\r", "\x85", "\u2028", "\x1b[2K", "\ud800")
    said = run("".join(json.dumps({"claim": f"c == d{end}accepted       c == d"}) + "\n" for end in ends))
    assert [line[:8] for line in said.stdout.splitlines()] == ["no deriv"] * len(ends) + [f"{len(ends)} no der"]
