"""A claim written out, decided by Maxima: one process, each claim timed inside it.

The clock is Maxima's own and starts when the formulas are read. It ticks in hundredths of a second, so short claims
are repeated until twenty have passed. `ratsimp` and `radcan` are both tried, and the faster that shows the sides equal
counts.
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from time import monotonic
from typing import IO

from bench.written import Written

PREAMBLE = """
display2d: false$ ttyoff: false$ logexpand: super$ assume(lam > 0)$
ratio(a, b) := a/b$
bench_zero(method, sides) := every(lambda([side], is(method(side()) = 0)), sides)$
bench_time(method, sides) := block([start, count: 1, answer],
  start: elapsed_run_time(),
  answer: bench_zero(method, sides),
  while elapsed_run_time() - start < 0.2 do
    (count: count + 1, bench_zero(method, sides)),
  print(sconcat("measured ", float((elapsed_run_time() - start)/count), " ", answer)))$
"""


class Maxima:
    """A running Maxima; it is started again when a claim takes too long."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["maxima", "--very-quiet"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.rest = b""
        self.tell(PREAMBLE)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def tell(self, line: str) -> None:
        stdin: IO[bytes] = self.process.stdin
        stdin.write(line.encode() + b"\n")
        stdin.flush()

    def ask(self, method: str, sides: str) -> tuple[float, bool | None]:
        self.tell(f"bench_time({method}, [{sides}])$")
        return self.answer()

    def answer(self) -> tuple[float, bool | None]:
        """The next line that says what was measured."""
        end = monotonic() + self.seconds + 10  # short claims are repeated
        while b"measured" not in self.rest or b"\n" not in self.rest[self.rest.index(b"measured") :]:
            if not self.read(end - monotonic()):
                self.stop()
                self.start()
                return self.seconds, None
        line, self.rest = self.rest[self.rest.index(b"measured") :].split(b"\n", 1)
        _, seconds, equal = line.split()[:3]
        return float(seconds), equal == b"true"

    def read(self, seconds: float) -> bool:
        stdout: IO[bytes] = self.process.stdout
        ready, _, _ = select.select([stdout], [], [], max(0, seconds))
        found = os.read(stdout.fileno(), 65536) if ready else b""
        self.rest += found
        return bool(found)

    def measured(self, cases: Sequence[Written]) -> tuple[float, bool | None]:
        """The seconds of the faster method that shows all cases equal; of ratsimp if none does."""
        found = [self.with_method(method, cases) for method in ("ratsimp", "radcan")]
        shown = [each for each in found if each[1]]
        return min(shown) if shown else found[0]

    def with_method(self, method: str, cases: Sequence[Written]) -> tuple[float, bool | None]:
        with tempfile.NamedTemporaryFile("w", suffix=".mac") as file:
            for number, each in enumerate(cases):
                file.write(f"bench_{number}() := {difference(each)}$\n")
            file.flush()
            self.tell(f'batchload("{file.name}")$')
            return self.ask(method, ", ".join(f"bench_{number}" for number in range(len(cases))))


def difference(written: Written) -> str:
    result = f"({written.lhs})-({written.rhs})"
    for letter, value in written.given:
        result = f"subst({letter} = {value}, {result})"
    return result


def installed() -> bool:
    return shutil.which("maxima") is not None
