"""Whatever is asked, an answer comes within the time and the memory that were given."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from math import inf
from pathlib import Path
from time import monotonic, sleep
from types import SimpleNamespace
from typing import Any

import pytest

from symbolic import deadline, workers
from symbolic.answers import Answer, answer
from symbolic.deadline import OutOfTime, _ring, check, undisturbed, watched, within
from symbolic.language.claims import Invalid, Unknown
from symbolic.workers import Lines, Task, replies

ROOT = Path(__file__).parent.parent
SECONDS = 1.0
LATE = 8  # times too late is late on a machine that others use as well

P1, P2 = 39614081257132168796771975179, 79228162514264337593543950403  # primes

HEAVY = {
    "brackets": "(" * 40_000 + "c" + ")" * 40_000 + " == c",
    "functions": "exp(" * 90 + "c" + ")" * 90 + " > 0",
    "a power": "2^(10^9) == 1",
    "a tower of powers": "2^2^2^2^2^2^2 == 1",
    "a long sum": "+".join(["z[i]*p[i]"] * 9000) + " == 1",
    "many sums": "+".join(f"sum(z[k]^{each % 7 + 1}*p[k], k)" for each in range(3000)) + " == 1",
    "nested sums": "sum(" * 9000 + "z[k]" + ", k)" * 9000 + " == 1",
    "some nested sums": "sum(" * 45 + "z[k]*p[k]" + ", k)" * 45 + " == 1",
    "a large product": "*".join(["sum(y[k]*z[k] + p[k], k)"] * 60) + " == 1",
    "a large semiprime": f"log({P1 * P2}) > 1",
    "a thousand derivatives": "diff(p[i]" + ", z[j]" * 1000 + ") == 0",
    "nested derivatives": "diff(" * 45 + "p[i]" + ", z[j])" * 45 + " == 0",
    "300 letters": "+".join(f"a{each}" for each in range(300)) + " == 1",
    "300 letters squared": "(" + "+".join(f"a{each}" for each in range(300)) + ")^2 >= 0",
    "a large power of a sum": "(a + b + c + d + e + f + g)^60 == 1",
    "a larger one": "(a + b)^1000 >= 0",
    "many indices": "*".join(f"p[{each}]" for each in "ijklmabcdefgh") + " <= 1",
    "many subsets": "+".join(f"sum(p[k], k in {each})" for each in "ABCDEFGHIJKL") + " <= 12 + p[i]",
    "many hypotheses": "p[i] == 0 given " + ",".join(f"sum(y{each}[k]*z[k], k) == {each}" for each in range(200)),
    "many fractions": "sum(" + "+".join(f"1/(z[k] + {each})" for each in range(1, 40)) + ", k) == 0",
    "nested limits": "limit(" * 20 + "p[i]" + ", z[j], oo)" * 20 + " == 0",
    "a large n": "sum(p[k]^2, k) <= 1 given n <= 300",
    "a larger n": "p[i] <= 1 given n == 10^200",
    "variances": "var(" * 10 + "z[k]" + ", k)" * 10 + " == 0",
    "nested counts": "count(count(count(z[k] > y[l], k) > x[m], l) > 2, m) >= 0",
    "huge numbers": "exp(exp(exp(exp(10)))) > 1",
    "roots": "*".join(f"(1 + c^(1/{each}))" for each in range(2, 20)) + " >= 1",
    "a power under a logarithm": "333*kl(p, y) > c",
    "a hard factor": "log((a^5+b^3*c+d^7+e*f+2)*(a^3+b*d+c^9+f^4+3)*(b^9-a*c*d+e^3+7)) == 0",
    "too long": "c" * 300_000 + " == 1",
    "a long word": "c" * 99_000,
}


@pytest.mark.parametrize("line", HEAVY.values(), ids=HEAVY.keys())
def test_an_answer_comes_in_time(line: str) -> None:
    assert timely(lambda: answer(line, SECONDS))


@pytest.mark.parametrize("name", ["a power under a logarithm", "a hard factor", "variances", "many indices"])
def test_it_does_without_an_alarm(name: str) -> None:
    """Other threads have none, nor has a browser."""
    found: list[bool] = []
    thread = threading.Thread(target=lambda: found.append(timely(lambda: answer(HEAVY[name], SECONDS))))
    thread.start()
    thread.join(60)
    assert found == [True]


def timely(work: Callable[[], Answer]) -> bool:
    gc.collect()
    gc.freeze()  # what other tests left is not looked through in this time
    started = monotonic()
    found = work()
    taken = monotonic() - started
    if isinstance(found.verdict, (Invalid, Unknown)):
        assert found.verdict.reason
    return taken < LATE * SECONDS


MEASURED = """
import os, subprocess, sys  # a process begins with the most that its parent used: pytest is not to be the parent
print(os.wait4(subprocess.Popen(sys.argv[1:]).pid, 0)[2].ru_maxrss, file=sys.stderr)
"""


def test_at_the_prompt_memory_is_bounded_too(tmp_path: Path) -> None:
    """All of it in one go: one reply a line, in order, the largest process below 1 GiB."""
    file = tmp_path / "lines.txt"
    file.write_text("\n".join([*HEAVY.values(), "p[i] > 0"]))
    command = [sys.executable, "-m", "symbolic", "verify", "--json", str(file), "--seconds", "1", "--jobs", "2"]
    done = subprocess.run([sys.executable, "-c", MEASURED, *command], capture_output=True, text=True, cwd=ROOT)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(HEAVY) + 1
    assert found[-1]["verdict"] == "proved"
    assert all(each["reason"] for each in found if each["verdict"] in ("unknown", "invalid"))
    assert int(done.stderr) < 2**20  # in kB, and nothing else was complained of


# --- the deadline --------------------------------------------------------------------------------


def test_of_two_deadlines_the_sooner_counts() -> None:
    with within(60), pytest.raises(OutOfTime), within(0):
        check()
    with pytest.raises(OutOfTime), within(0), within(60):
        check()
    check()


def test_nobody_takes_it_for_an_error_of_his_own() -> None:
    def deaf() -> None:
        try:
            check()
        except Exception:
            return

    with pytest.raises(OutOfTime), within(0):
        deaf()


def test_with_no_time_left_nothing_is_begun() -> None:
    """No alarm would end it."""
    begun: list[str] = []
    for seconds in (0, -1):
        with suppress(OutOfTime), within(seconds):
            begun.append("work")
    assert begun == []


def test_where_it_would_only_be_printed_the_alarm_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    def ring(file: str) -> None:
        interrupted: Any = SimpleNamespace(f_code=SimpleNamespace(co_filename=file))
        _ring(signal.SIGALRM, interrupted)

    with within(60), monkeypatch.context() as later:
        later.setattr(deadline, "monotonic", lambda: inf)
        ring(weakref.__file__)
        with pytest.raises(OutOfTime):
            ring(__file__)


def forever() -> None:
    while True:
        len("this asks nobody for the time")


def busy() -> None:
    while True:
        (lambda: None)()


def greedy() -> None:
    """As mpmath does when it compares."""
    try:
        busy()
    except BaseException:
        raise TypeError from None


def test_an_alarm_ends_what_does_not_ask() -> None:
    with pytest.raises(OutOfTime), within(0.05):
        forever()
    check()


def test_what_must_not_be_stopped_half_way_is_finished_first() -> None:
    done: list[str] = []

    def work() -> None:
        with undisturbed():
            sleep(0.3)
            done.append("that")
        sleep(5)
        done.append("this")

    with pytest.raises(OutOfTime), within(0.05):
        work()
    assert done == ["that"]


def test_an_alarm_that_somebody_made_an_error_of_is_still_one() -> None:
    with pytest.raises(OutOfTime), within(0.05):
        greedy()
    with pytest.raises(TypeError), within(5):
        raise TypeError


RINGS = """
from symbolic.deadline import OutOfTime, within

def busy():
    while True:
        next(iter(each for each in "ab"))

for _ in range(300):
    try:
        with within(0.0003):
            busy()
    except OutOfTime:
        pass
"""


def test_an_alarm_does_not_keep_the_measurement_of_coverage_from_its_end(tmp_path: Path) -> None:
    """It would, did coverage.py take a lock at each line: the alarm rings between the taking and the releasing."""
    (tmp_path / "rings.py").write_text(RINGS, "utf-8")
    run = [sys.executable, "-m", "coverage", "run", f"--rcfile={ROOT / 'pyproject.toml'}", f"--source={tmp_path}"]
    measured = {**os.environ, "PYTHONPATH": str(ROOT), "COVERAGE_FILE": str(tmp_path / ".coverage")}
    subprocess.run([*run, tmp_path / "rings.py"], check=True, env=measured, cwd=tmp_path, timeout=60)
    assert list(tmp_path.glob(".coverage*"))


def test_elsewhere_every_call_asks() -> None:
    ended: list[str] = []

    def work() -> None:
        try:
            with within(0.05), watched():
                busy()
        except OutOfTime:
            ended.append("in time")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert ended == ["in time"]


# --- the workers ---------------------------------------------------------------------------------


def reply_to(*lines: str, work: Callable[[str], dict[str, Any]], seconds: float = 0.3, jobs: int = 1) -> list[Any]:
    """The replies to some lines, read from a pipe as they would be from standard input."""
    out, into = os.pipe()
    os.write(into, "\n".join(lines).encode())
    os.close(into)
    task = Task(work, lambda line, reason, _: {"failed": reason}, seconds)
    try:
        return list(replies(Lines(out), task, jobs))
    finally:
        os.close(out)


def wilful(line: str) -> dict[str, Any]:
    """Work that goes wrong in every way, as the line says."""
    match line:
        case "sleep":
            sleep(60)
        case "spin":
            forever()
        case "eat":
            return {"eaten": len([bytearray(10**8) for _ in range(100)])}
        case "die":
            os._exit(7)
        case "dig":
            return wilful(line)
        case "fail":
            raise KeyError("nobody thought of it")
        case "shout":
            print("loud" * 100_000)
            sys.stdout.flush()
    return {"done": line, "by": os.getpid()}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("sleep", "the time ran out"),
        ("spin", "the time ran out"),
        ("eat", "the memory ran out"),
        ("die", "the work ended without an answer: perhaps the memory ran out"),
        ("dig", "this is nested too deeply"),
        ("fail", "a defect of this program, KeyError: 'nobody thought of it'"),
    ],
)
def test_whatever_happens_there_is_a_reply_and_the_work_goes_on(line: str, reason: str) -> None:
    seconds = 0.3 if "time" in reason else 20
    first, failed, last = reply_to("first", line, "last", work=wilful, seconds=seconds)
    assert first["done"] == "first"
    assert failed == {"failed": reason}
    assert last["done"] == "last"


def test_what_a_worker_prints_is_not_a_reply() -> None:
    assert [each["done"] for each in reply_to("shout", "quiet", work=wilful)] == ["shout", "quiet"]


def test_the_same_worker_goes_on_and_others_help() -> None:
    lines = [f"line {each}" for each in range(200)]
    alone, together = (reply_to(*lines, work=wilful, jobs=jobs, seconds=20) for jobs in (1, 3))
    assert [each["done"] for each in alone] == [each["done"] for each in together] == lines
    assert len({each["by"] for each in alone}) == 1
    assert len({each["by"] for each in together}) <= 3
    assert os.getpid() not in {each["by"] for each in alone + together}


def test_what_the_reader_of_the_lines_has_used_does_not_tire_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MEMORY", 1)
    used = iter([10**9] * 4)
    monkeypatch.setattr(workers, "_memory_used", lambda: next(used))
    monkeypatch.setattr(workers, "_bound_memory", lambda: None)
    assert len({each["by"] for each in reply_to("a", "b", "c", work=wilful)}) == 1


def test_a_very_long_line_is_not_kept() -> None:
    first, last = reply_to("x" * 60_000, "y", work=lambda line: {"length": len(line)}, seconds=20)
    assert (first["length"], last["length"]) == (60_000, 1)
    lines = Lines(-1)
    for _ in range(100):
        lines.take(b"x" * 10**5)
    lines.take(b"x\ny\n")
    assert [len(each) for each in lines.ready] == [400_004, 1]
