"""The command `verify` as it is used, from the outside: verdicts, exit codes, JSON, streams, and what goes wrong."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "symbolic", "verify"]
ENVIRONMENT = {**os.environ, "PYTHONIOENCODING": "utf-8"}


def run(*arguments: str, stdin: bytes = b"", **more: Any) -> subprocess.CompletedProcess[str]:
    """python -m symbolic verify ..."""
    done = subprocess.run([*COMMAND, *arguments], input=stdin, capture_output=True, cwd=ROOT, env=ENVIRONMENT, **more)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def records(*lines: str, options: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The JSON objects for some lines."""
    done = run("--json", "-", *options, stdin="\n".join(lines).encode())
    assert done.stderr == ""
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == (2 if any(each["verdict"] == "invalid" for each in found) else 0)
    return found


HARD = "var(" * 10 + "z[k]" + ", k)" * 10 + " >= 0"  # takes all the time there is


# --- one claim -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "code", "told"),
    [
        ("sum(p[k], k) == 1", 0, "proved"),
        ("p[i] > 0 given n == 0", 4, "proved; vacuous"),
        ("1/(c - c) == 1", 4, "proved; vacuous: nowhere do the hypotheses hold and both sides exist"),
        ("p[i] < 1", 1, "refuted at n = 1, lambda = 1, z = (0), i = 1: 1 on the left, 1 on the right"),
        ("-p[i]<0", 0, "proved"),  # begins like an option
        ("-h[i]<0", 1, "refuted"),
        ("--c==c", 0, "proved"),
    ],
)
def test_a_verdict_and_its_exit_code(claim: str, code: int, told: str) -> None:
    done = run(claim)
    assert done.returncode == code
    assert told in done.stdout
    assert done.stderr == ""


def test_what_is_not_decided_in_time_is_unknown() -> None:
    done = run("p[i] > 0", "--seconds", "0.000001")
    assert done.returncode == 3
    assert done.stdout == "p[i] > 0\n  unknown: the time ran out while the line was read\n"


def test_an_invalid_line_is_told_where_and_why() -> None:
    done = run("lamda*p[i] == 1")
    assert (done.returncode, done.stdout) == (2, "")
    said, line, caret = done.stderr.splitlines()
    assert (said, line, caret) == ("`lamda` is not known: did you mean `lambda`?", "    lamda*p[i] == 1", "    ^")
    assert run("p[i] ==").stderr.splitlines()[-1].startswith("a claim looks like this: ")


@pytest.mark.parametrize("command", [["-h"], ["p[i] > 0", "--help"]])
def test_help_tells_verdicts_options_and_language(command: list[str]) -> None:
    done = run(*command)
    assert done.returncode == 0
    for word in ("proved", "refuted", "unknown", "invalid", "--json", "--seconds", "--jobs", "--explain", "given"):
        assert word in done.stdout


# --- explanations --------------------------------------------------------------------------------


def test_an_explanation_has_cases_normal_forms_and_a_derivation() -> None:
    done = run("--explain", "diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])")
    assert done.returncode == 0
    assert "  i, j distinct\n    left   -lambda*exp(lambda*z[i] + lambda*z[j])/Z^2\n" in done.stdout
    assert "the quotient rule" in done.stdout


# --- JSON ----------------------------------------------------------------------------------------


def test_what_a_record_says() -> None:
    lines = [
        "diff(p[i], z[j]) == p[i]*(delta(i,j) - p[j])",
        "p[i] ==",
        "p[i] > 0",
        "1/(c - c) == 1",
        "# no",
        " ",
        "c > n^2",
    ]
    refuted, invalid, proved, vacuous, last = records(*lines)
    assert list(refuted) == ["schema", "claim", "verdict", "seconds", "counterexample", "latex"]
    assert (refuted["claim"], refuted["verdict"]) == (lines[0], "refuted")
    point = refuted["counterexample"]
    assert list(point) == ["n", "families", "lambda", "indices", "scalars", "subsets", "lhs", "rhs"]
    assert point["n"] == len(point["families"]["z"])
    assert set(point["indices"]) == {"i", "j"}
    assert point["lhs"] != point["rhs"]
    assert all(isinstance(each, str) for each in [point["lambda"], point["lhs"], *point["families"]["z"]])
    assert invalid["position"] == 7
    assert invalid["reason"] == "expected an expression, not the end of the line"
    assert proved["derivation"] == {"schema": 1, "claim": "p[i] > 0", "proof": {"line": ["p[i]"]}}
    assert "cases" not in proved
    assert "vacuous" not in proved
    assert vacuous["vacuous"] is True
    assert last["counterexample"]["scalars"].keys() == {"c"}
    assert all(isinstance(each["seconds"], float) for each in (refuted, invalid, proved, vacuous))


def test_alike_classes_are_told_by_their_multiplicities() -> None:
    (record,) = records("var(z[k], k) <= 1 given lambda == 1")
    point = record["counterexample"]
    assert point["n"] == sum(point["multiplicities"]) > len(point["multiplicities"]) == len(point["families"]["z"])


def test_a_limit_that_does_not_exist_is_said() -> None:
    (record,) = records("limit(1/c, c, 0) == 1")
    assert record["counterexample"]["lhs"] == "no limit"


def test_lines_of_every_kind() -> None:
    source = "\ufeffsum(p[k], k) = 1\r\n\r\n#\n \t \np[i] ≤ 1\nc\x00 == 1\nλ > 0".encode()
    done = run("--json", "-", stdin=source + b"\n\xff\xfe == 1\n c == c\nc == 2")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["claim"] for each in found[:4]] == ["sum(p[k], k) = 1", "p[i] ≤ 1", "c\x00 == 1", "λ > 0"]
    verdicts = ["proved", "proved", "invalid", "proved", "invalid", "proved", "refuted"]
    assert [each["verdict"] for each in found] == verdicts
    assert done.returncode == 2


def test_a_file_is_read_like_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "claims.txt"
    file.write_text("# mine\np[i] > 0\n\np[i] < 1")
    done = run("--json", str(file))
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["proved", "refuted"]
    assert done.returncode == 0


def test_nothing_to_read_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    for done in (run("--json", "-"), run("--json", str(tmp_path / "empty")), run("--json", os.devnull)):
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_many_workers_keep_the_order() -> None:
    lines = [HARD, *(f"p[i] > {each}" if each % 2 else f"sum(p[k], k) == {each}" for each in range(40)), "p[i] <"]
    found = records(*lines, options=["--jobs", "3", "--seconds", "1"])
    assert [each["claim"] for each in found] == lines
    assert [each["verdict"] for each in found[1:]] == [*["refuted"] * 40, "invalid"]


def test_an_answer_comes_before_the_next_question() -> None:
    """A program that asks one thing after the other is not kept waiting, however many could be worked on."""
    with subprocess.Popen(
        [*COMMAND, "--json", "-", "--jobs", "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (2, 3, 4):
            print(f"sum(p[k], k) == {number}", file=process.stdin, flush=True)
            assert json.loads(process.stdout.readline())["claim"] == f"sum(p[k], k) == {number}"
        process.stdin.close()
        assert process.wait() == 0


def test_many_lines_take_no_more_memory_than_few() -> None:
    program = """
import resource, sys
from symbolic.__main__ import main
main(["verify", "--json", "-"])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""

    def memory(count: int) -> int:
        lines = "".join(f"p[i] >= p[{each % 7 + 1}]{' ' * (each % 5)}\n# {'x' * 90}\n" for each in range(count))
        done = subprocess.run(
            [sys.executable, "-c", program], input=lines, capture_output=True, text=True, cwd=ROOT, check=True
        )
        assert len(done.stdout.splitlines()) == count
        return int(done.stderr)

    assert memory(20_000) < 1.1 * memory(400)


# --- what goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "required"),
        (["p[i] > 0", "--json", "-"], "not allowed with"),
        (["--json"], "expected one argument"),
        (["--json", "no/such/file"], "no/such/file: No such file or directory"),
        (["--json", "/"], "/: Is a directory"),
        (["p[i] > 0", "--seconds", "-1"], "expected a number of seconds > 0, not '-1'"),
        (["p[i] > 0", "--seconds", "0"], "expected a number of seconds > 0, not '0'"),
        (["p[i] > 0", "--seconds", "nan"], "expected a number of seconds > 0, not 'nan'"),
        (["p[i] > 0", "--seconds", "ten"], "expected a number of seconds > 0, not 'ten'"),
        (["--json", "-", "--jobs", "0"], "expected a number of processes from 1 to 256, not '0'"),
        (["--json", "-", "--jobs", "-3"], "expected a number of processes from 1 to 256, not '-3'"),
        (["--json", "-", "--jobs", "1.5"], "expected a number of processes from 1 to 256, not '1.5'"),
        (["--json", "-", "--jobs", "1000"], "expected a number of processes from 1 to 256, not '1000'"),
        (["p[i] > 0", "--frobnicate"], "unrecognized arguments: --frobnicate"),
        ([""], "expected an expression, not the end of the line"),
        (["("], "expected an expression, not the end of the line"),
    ],
)
def test_a_clear_message(arguments: list[str], told: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert told in done.stderr


def test_a_reader_that_stops_reading_is_no_error() -> None:
    asked = f"yes 'p[i] > 0' | {sys.executable} -m symbolic verify --json - | head -2; exit ${{PIPESTATUS[1]}}"
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == ""


def test_no_standard_input_is_told() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m symbolic verify --json - <&-"], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.mark.skipif(not Path("/proc").exists(), reason="NOT tried: /proc, where Linux lists who runs, is missing")
def test_interrupted_it_stops_at_once_and_leaves_nobody_behind() -> None:
    with subprocess.Popen(
        [*COMMAND, "--json", "-", "--seconds", "60", "--jobs", "2"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's job may have it ignored
    ) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(f"p[i] > 0\n{HARD}\n{HARD}+1\n".encode())
        process.stdin.flush()
        assert process.stdout is not None
        assert b"proved" in process.stdout.readline()
        time.sleep(0.5)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert children
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b"interrupted\n"
    assert [each for each in children if Path(f"/proc/{each}").exists()] == []


# --- what it costs -------------------------------------------------------------------------------


def test_one_claim_costs_little_more_than_importing_sympy() -> None:
    """1.4 times at most, the median of runs that follow each other; byte code may be kept, as for SymPy."""
    environment = {name: value for name, value in ENVIRONMENT.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def cost(*arguments: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    ours = ["-m", "symbolic", "verify", "diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])"]
    assert median(cost(*ours) / cost("-c", "import sympy") for _ in range(9)) < 1.4
