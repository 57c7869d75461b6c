"""python -m book.measure [--weights]: what the site weighs, and how long its answers take, into docs/site.md.

On a machine that others use, times say little: --weights leaves them as they are.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote

from book.serving import served
from symbolic.show.marks import put

ROOT = Path(__file__).resolve().parent.parent.parent
BUILT = ROOT / "_site"
PAGE = ROOT / "docs" / "site.md"
TIMES = ROOT / ".site" / "times.json"
PATIENCE = 120_000  # milliseconds
FIRST = "diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])"
LATER = ("p[i] < 1", "entropy(p) <= log(n)", "a^2 + b^2 >= 2*a*b")
LIMITS = ("limit(p[i], T, oo) == 1/n", "limit(p[i], T, 0) == 1/count(z[k] == max(z), k) given z[i] == max(z)")
Row = tuple[str, str, str]  # what, the value, the bound
COMPRESSED = (".html", ".js", ".mjs", ".css", ".svg", ".json", ".wasm")


def weight(address: str, urls: set[str]) -> int:
    """The bytes of what was loaded, as a host sends them."""
    files = [BUILT / url.removeprefix(address).lstrip("/").partition("?")[0] for url in urls if url.startswith(address)]
    return sum(map(_sent, (file / "index.html" if file.is_dir() else file for file in files)))


def _sent(file: Path) -> int:
    content = file.read_bytes()
    return len(gzip.compress(content, 6)) if file.suffix in COMPRESSED else len(content)


def loaded(browser: Any, address: str, path: str) -> int:
    """The bytes that a page needs, typeset."""
    context = browser.new_context()
    page = context.new_page()
    urls: set[str] = set()
    context.on("request", lambda made: urls.add(made.url))
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    context.close()
    return weight(address, urls)


def answers(browser: Any, address: str) -> tuple[float, float, float, int]:
    """Seconds to the first verdict from opening Ask, the longest of later ones, of limits; and the bytes of it all."""
    context = browser.new_context()
    page = context.new_page()
    urls: set[str] = set()
    context.on("request", lambda made: urls.add(made.url))
    begun = monotonic()
    page.goto(f"{address}/ask/#claim={quote(FIRST)}")
    page.wait_for_function("document.body.dataset.verdict", timeout=PATIENCE)
    first = monotonic() - begun
    later, limits = (max(_asked(page, line) for line in lines) for lines in (LATER, LIMITS))
    context.close()
    return first, later, limits, weight(address, urls)


def _asked(page: Any, line: str) -> float:
    page.evaluate("delete document.body.dataset.verdict")
    page.fill("#line", line)
    begun = monotonic()
    page.press("#line", "Enter")
    page.wait_for_function("document.body.dataset.verdict", timeout=PATIENCE)
    return monotonic() - begun


def notebook(browser: Any, address: str) -> tuple[float, int]:
    """Seconds until the first cell of a notebook has run in JupyterLite, from opening it; and the bytes of it all."""
    context = browser.new_context()
    page = context.new_page()
    urls: set[str] = set()
    context.on("request", lambda made: urls.add(made.url))
    begun = monotonic()
    page.goto(f"{address}/jupyter/notebooks/index.html?path=notebooks/02-jacobian.ipynb")
    page.get_by_role("menuitem", name="Edit", exact=True).click(timeout=PATIENCE)
    page.get_by_role("menuitem", name="Clear Outputs of All Cells").click()
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector(".jp-CodeCell .jp-OutputArea-output", timeout=PATIENCE)
    took = monotonic() - begun
    context.close()
    return took, weight(address, urls)


def weighed(chapters: dict[str, int], ask: int, whole: int) -> list[Row]:
    """What is loaded, in bytes."""
    heaviest = max(chapters, key=lambda each: chapters[each])
    return [
        ("a chapter, median", f"{sorted(chapters.values())[len(chapters) // 2] / 1000:.0f} kB", ""),
        (f"the heaviest, {heaviest}", f"{chapters[heaviest] / 1000:.0f} kB", "450 kB"),
        ("Ask, with all that it loads", f"{ask / 1e6:.1f} MB", ""),
        ("a whole notebook in JupyterLite, with all that it loads", f"{whole / 1e6:.1f} MB", ""),
        ("`_site` on disk", f"{_on_disk(BUILT) / 1e6:.0f} MB", ""),
        ("JupyterLite's part of that", f"{_on_disk(BUILT / 'jupyter') / 1e6:.0f} MB", ""),
    ]


def taken(first: float, later: float, limits: float, opened: float) -> list[Row]:
    """What was waited for, in seconds."""
    took, busy = map(sum, zip(*json.loads(TIMES.read_text("utf-8")).values(), strict=True))
    return [
        ("building it", f"{took:.0f} s", "180 s"),
        ("the processor's part of that", f"{busy:.0f} s", ""),
        ("first verdict, from opening the page", f"{first:.1f} s", "6 s"),
        ("later ones, the longest of three", f"{later:.1f} s", "1 s"),
        ("limits, the longer of two", f"{limits:.1f} s", "2 s"),
        ("the first output of a notebook in JupyterLite, from opening it", f"{opened:.1f} s", ""),
        ("programs that shared the two cores (load)", f"{os.getloadavg()[0]:.0f}", ""),
    ]


def _table(rows: list[Row]) -> str:
    head = ["| | measured | at most |", "|---|---|---|"]
    return "\n".join([*head, *(f"| {what} | {value} | {most} |" for what, value, most in rows)])


def _on_disk(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _chapters() -> list[Path]:
    return sorted(each for each in (BUILT / "notebooks").iterdir() if each.is_dir())


def main() -> None:
    """Measure, and write it."""
    from playwright.sync_api import sync_playwright

    with served(BUILT) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        chapters = {each.name: loaded(browser, address, f"notebooks/{each.name}/") for each in _chapters()}
        first, later, limits, size = answers(browser, address)
        opened, whole = notebook(browser, address)
        browser.close()
    tables = {
        "weighed": _table(weighed(chapters, size, whole)),
        "measured": _table(taken(first, later, limits, opened)),
    }
    print("\n\n".join(tables.values()))
    for name in ("weighed",) if "--weights" in sys.argv else tables:
        PAGE.write_text(put(PAGE.read_text("utf-8"), name, tables[name]), "utf-8")


if __name__ == "__main__":
    main()
