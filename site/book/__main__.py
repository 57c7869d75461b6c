"""python -m book [OUT] [--quick]: the site, in OUT (default ../_site). --quick leaves the live part as it is."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from book import lite, staged
from book.verdicts import decided
from symbolic.statements import all_statements

SITE = Path(__file__).resolve().parent.parent
ROOT = SITE.parent
KEPT = ROOT / ".site"  # between two builds
TIMES = KEPT / "times.json"

RESTORED = "return Module.HEAP8.set(t)"

# What a browser needs of Pyodide.
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")


def timed(what: str, do: Callable[[], object]) -> None:
    """Do it, and say how long it took; that, and the processor's time, are kept for `book.measure`."""
    begun, busy = monotonic(), _busy()
    do()
    took = monotonic() - begun
    print(f"{what}: {took:.1f} s", flush=True)
    times = json.loads(TIMES.read_text("utf-8")) if TIMES.exists() else {}
    KEPT.mkdir(exist_ok=True)
    TIMES.write_text(json.dumps(times | {what: [took, _busy() - busy]}), "utf-8")


def _busy() -> float:
    """The processor's seconds of this process and of those that it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def live(out: Path) -> None:
    """Pyodide's runtime, and the zips of byte code beside it."""
    folder = out / "live"
    folder.mkdir(parents=True, exist_ok=True)
    packages = sysconfig.get_path("purelib")
    subprocess.run(["node", str(SITE / "live" / "bundle.mjs"), packages, str(ROOT), str(folder)], check=True)
    for file in RUNTIME:
        shutil.copy(SITE / "node_modules" / "pyodide" / file, folder)
    _let_it_grow(folder / "pyodide.asm.mjs")
    for file in ("worker.mjs", "serve.py"):
        shutil.copy(SITE / "live" / file, folder)
    subprocess.run(["node", str(SITE / "live" / "snapshot.mjs"), str(folder)], check=True)


def _let_it_grow(runtime: Path) -> None:
    """A snapshot may be larger than the memory that Pyodide begins with."""
    text = runtime.read_text("utf-8")
    if text.count(RESTORED) != 1:
        raise SystemExit(f"{runtime.name} is not the one that is known: look at how it restores a snapshot")
    grown = f"t.length>Module.HEAP8.length&&Module.growMemory(t.length);{RESTORED}"
    runtime.write_text(text.replace(RESTORED, grown), "utf-8")


def pages(out: Path) -> None:
    """The Markdown, and what Sphinx makes of it."""
    said = decided((each.text for all in all_statements() for each in all.claims), KEPT, ROOT / "symbolic")
    source = KEPT / "source"
    staged.stage(source, ROOT, said)
    command = ["-b", "dirhtml", "-c", str(SITE), "-d", str(KEPT / "doctrees"), "-q", str(source), str(out)]
    from sphinx.cmd.build import main as sphinx

    if sphinx(command):
        raise SystemExit("Sphinx did not build the pages")


def typeset(out: Path) -> None:
    """The formulas of all pages."""
    subprocess.run(["node", str(SITE / "book" / "typeset.mjs"), str(out), str(KEPT)], check=True)


def index(out: Path) -> None:
    """The index for searching."""
    subprocess.run([sys.executable, "-m", "pagefind", "--site", str(out), "--silent"], check=True)


def main() -> None:
    """All of it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", nargs="?", type=Path, default=ROOT / "_site")
    options.add_argument("--quick", action="store_true", help="leave the live part as it is")
    given = options.parse_args()
    out = given.out.resolve()
    if not given.quick:
        timed("Python for the browser", lambda: live(out))
    timed("pages", lambda: pages(out))
    timed("formulas", lambda: typeset(out))
    timed("search", lambda: index(out))
    timed("JupyterLite", lambda: lite.build(out, KEPT, ROOT))


if __name__ == "__main__":
    main()
