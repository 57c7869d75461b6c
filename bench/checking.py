"""How long the kernel takes to check the derivations that are kept: python -m bench.checking

It is written to bench/CHECKING.md, and stands in docs/trust.md. The time is that of the processor, in one process,
so that what else the machine does counts little.
"""

from __future__ import annotations

import json
import platform
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from symbolic.kernel import check

HERE = Path(__file__).parent
KNOWN = HERE.parent / "symbolic" / "search" / "known.jsonl"


def seconds() -> list[float]:
    """The time of each derivation."""
    kept = [json.loads(line)["derivation"] for line in KNOWN.read_text("utf-8").splitlines()]
    found = []
    for each in kept:
        started = process_time()
        check(each["claim"], each["proof"])
        found.append(process_time() - started)
    return found


def report(times: list[float]) -> str:
    """Median, 99th percentile and the worst, in milliseconds."""
    middle, late, worst = (1000 * t for t in (median(times), quantiles(times, n=100)[-1], max(times)))
    return (
        f"The kernel checks each of the {len(times):,} derivations that are kept in `symbolic/search/known.jsonl` in "
        f"{middle:.1f} ms\n(median), 99 of 100 in {late:.0f} ms, the slowest in {worst:.0f} ms "
        f"(`python -m bench.checking`, Python {platform.python_version()}).\n"
    )


if __name__ == "__main__":
    said = report(seconds())
    (HERE / "CHECKING.md").write_text(said, "utf-8")
    print(said, end="")
