"""How long the kernel takes for every n, and what the same claims cost written out at one n.

    python -m bench                      the whole table, on the standard output and in RESULTS.md
    python -m bench --sizes 3 --seconds 2       quicker

A claim with free indices is written out once for each way in which they may coincide; the times of
these cases are added. What takes longer than the limit counts as the limit.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

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


AT_THE_PROMPT = "import runpy, sys; sys.argv[1:] = ['verify', 'diff(p[i], z[j]) < 0 given i != j']; \
runpy.run_module('symbolic', run_name='__main__')"


def import_seconds(statement: str) -> float:
    """The computing time of a fresh process that imports; byte code is kept, as pip keeps SymPy's."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", statement], check=True, env=environment, stdout=subprocess.DEVNULL)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def import_ratios() -> list[float]:
    """`import symbolic`, with its notation, and one claim at the prompt, against `import sympy`, each in turn."""
    statements = ["import sympy", "import symbolic", "from symbolic import p", AT_THE_PROMPT]
    rounds = [[import_seconds(each) for each in statements] for _ in range(11)]
    sympy, *ours = (median(times) for times in zip(*rounds, strict=True))
    return [seconds / sympy for seconds in ours]


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


def slower(tools: Sequence[Tool]) -> str:
    """At how many claims the kernel does worse than Maxima at the smallest n, and by how much."""
    against = next((tool for tool in tools if tool.name.startswith("Maxima")), None)
    if against is None:
        return "Maxima is not installed (Debian: apt-get install maxima), so it is not compared."
    ratios = [tools[0].times[name][0] / seconds for name, (seconds, _) in against.times.items()]
    above = [sum(ratio > limit for ratio in ratios) for limit in (1, 10, 100)]
    return (
        f"Against {against.name}, claim by claim: the kernel takes longer at {above[0]} of {len(ratios)}, more than\n"
        f"ten times as long at {above[1]}, more than a hundred times at {above[2]}."
    )


HEAD = """# The kernel against claims written out

{count} equalities, true and false; Python {python}, one run, seconds of computing. At a fixed n a
claim is written out once for each way in which its free indices may coincide; what takes longer
than {limit:g} s counts as {limit:g} s. The kernel and SymPy decide each claim once, in a session in
which others were decided before; Maxima repeats it for a fifth of a second, and the faster of
ratsimp and radcan that shows the sides equal counts. SymPy by hand is
expand(numer(together(expand_log(lhs - rhs, force=True)))).
"""


def report(said: Sequence[Said], tools: Sequence[Tool], left_out: Sequence[str], limit: float) -> str:
    package, notation, prompt = import_ratios()
    head = HEAD.format(count=len(said), python=platform.python_version(), limit=limit)
    return f"""{head}
{table(said, tools)}

{slower(tools)}

`import symbolic` costs {package:.2f} times what `import sympy` does, and {notation:.2f} times with
its notation; `python -m symbolic verify` of one claim, all in all, {prompt:.2f} times.

Not written out, for they say max: {", ".join(left_out) or "none"}.
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
