"""How long the kernel takes for every n, and what the same claims cost written out at one n.

    python -m bench                      the whole table, on the standard output and in RESULTS.md
    python -m bench --sizes 3 --seconds 2       quicker

A claim with free indices is written out once for each way in which they may coincide; the times of
these cases are added. What takes longer than the limit counts as the limit.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from tqdm import tqdm

from bench import kernel_side, maxima_side, sympy_side
from bench.kernel_side import Said, Time, statements, writable
from bench.written import Written, written_out

HERE = Path(__file__).parent
ROUNDS = 3


@dataclass(frozen=True)
class Tool:
    """What decides the claims, at one n or for every n, with its time for each."""

    name: str
    times: dict[str, Time]

    def seconds(self) -> list[float]:
        return [seconds for seconds, _ in self.times.values()]

    def right(self, statements: Sequence[Said]) -> int:
        """How many it answered rightly."""
        return sum(self.times[each.name][1] is each.true for each in statements)


# --- measuring -----------------------------------------------------------------------------------


def by_kernel() -> Tool:
    """The middle of some rounds, each in a fresh process."""
    rounds = [kernel_side.measured(seed) for seed in range(ROUNDS)]
    times = {name: (median(each[name][0] for each in rounds), answer) for name, (_, answer) in rounds[0].items()}
    return Tool("the kernel, every n", times)


def by_maxima(said: Sequence[Said], n: int, seconds: float) -> Tool:
    running = maxima_side.Maxima(seconds)
    cases = {each.name: written_out(each.claim, n) for each in said}
    running.measured([Written("1", "1")])
    times = {name: running.measured(case) for name, case in shown(cases, f"Maxima, n = {n}")}
    running.stop()
    return Tool(f"Maxima, n = {n}", times)


def by_sympy(said: Sequence[Said], n: int, seconds: float, name: str, method: str) -> Tool:
    cases = {each.name: written_out(each.claim, n) for each in said}
    decides = getattr(sympy_side, method)
    title = f"SymPy, {name}, n = {n}"
    times = {key: sympy_side.measured(case, decides, seconds) for key, case in shown(cases, title)}
    return Tool(title, times)


def shown(cases: dict[str, list[Written]], title: str) -> Iterator[tuple[str, list[Written]]]:
    yield from tqdm(cases.items(), desc=title, leave=False, disable=None)


def import_seconds(module: str) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
    return perf_counter() - start


def import_ratio() -> tuple[float, float]:
    """Seconds of `import symbolic` and of `import sympy`, taken in turn."""
    pairs = [(import_seconds("symbolic"), import_seconds("sympy")) for _ in range(11)]
    ours, theirs = zip(*pairs, strict=True)
    return median(ours), median(theirs)


# --- the table -----------------------------------------------------------------------------------


def table(said: Sequence[Said], tools: Sequence[Tool]) -> str:
    kernel = sum(tools[0].seconds())
    rows = [
        "| decided by | right | total s | median ms | p90 ms | worst ms | × the kernel |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for tool in tools:
        seconds = sorted(tool.seconds())
        cells = [
            tool.name,
            f"{tool.right(said)} of {len(said)}",
            f"{sum(seconds):.2f}",
            f"{1000 * median(seconds):.1f}",
            f"{1000 * seconds[len(seconds) * 9 // 10]:.1f}",
            f"{1000 * seconds[-1]:.0f}",
            f"{sum(seconds) / kernel:.1f}",
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def slowest(tools: Sequence[Tool]) -> str:
    """The claims at which the kernel does worst against Maxima at the smallest n."""
    against = next((tool for tool in tools if tool.name.startswith("Maxima")), None)
    if against is None:
        return "Maxima is not installed (Debian: apt-get install maxima), so it is not compared."
    ratios = sorted(
        (tools[0].times[name][0] / max(seconds, 1e-6), name) for name, (seconds, _) in against.times.items()
    )
    worst = ", ".join(f"{name} ({ratio:.1f})" for ratio, name in reversed(ratios[-5:]))
    slower = sum(ratio > 1 for ratio, _ in ratios)
    return (
        f"Against {against.name}, claim by claim: the kernel takes at most {ratios[-1][0]:.1f} "
        f"times as long; it is the slower one at {slower} of {len(ratios)}. Its worst: {worst}."
    )


def report(said: Sequence[Said], tools: Sequence[Tool], left_out: Sequence[str], limit: float) -> str:
    ours, theirs = import_ratio()
    everywhere = f"{len(said)} equalities, true and false, on {platform.python_implementation()}"
    return f"""# The kernel against claims written out

{everywhere} {platform.python_version()}, {platform.machine()}; one run, one core. At a fixed n a
claim is written out once for each way in which its free indices may coincide. What took longer than
{limit:g} s counts as {limit:g} s. Maxima: the faster of ratsimp and radcan that shows the sides
equal, timed inside Maxima. SymPy by hand: expand(numer(together(expand_log(lhs - rhs)))).

{table(said, tools)}

{slowest(tools)}

`import symbolic` takes {ours:.2f} s, {ours / theirs:.2f} times as long as `import sympy`.

Not written out: {", ".join(left_out) or "none"}.
"""


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[3, 5, 8], metavar="N")
    parser.add_argument("--seconds", type=float, default=10, help="the limit for one claim")
    parser.add_argument("--no-sympy", action="store_true", help="compare with Maxima alone")
    parser.add_argument("--output", type=Path, default=HERE / "RESULTS.md")
    return parser.parse_args()


def main() -> None:
    chosen = options()
    every = statements()
    said = [each for each in every if writable(each.claim)]
    tools = [by_kernel()]
    if maxima_side.installed():
        tools += [by_maxima(said, n, chosen.seconds) for n in chosen.sizes]
    for n in [] if chosen.no_sympy else chosen.sizes:
        tools += [by_sympy(said, n, chosen.seconds, "by hand", "by_hand")]
        tools += [by_sympy(said, n, chosen.seconds, "simplify", "by_simplify")]
    left_out = [each.name for each in every if each not in said]
    text = report(said, tools, left_out, chosen.seconds)
    chosen.output.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
