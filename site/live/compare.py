"""python live/compare.py [SECONDS]: every claim of the corpus, natively and in Pyodide: docs/site.md."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from answers import records

from symbolic.show.marks import put

ROOT = Path(__file__).resolve().parent.parent.parent
CLAIMS = ROOT / "tests" / "claims"
PAGE = ROOT / "docs" / "site.md"
SECONDS = 20.0

Record = dict[str, Any]


def corpus() -> list[str]:
    """The claims of all files, each once."""
    files = sorted(CLAIMS.glob("*.tsv"))
    rows = [row for file in files for row in file.read_text("utf-8").splitlines() if row and not row.startswith("#")]
    return list(dict.fromkeys(row.split("\t")[0] for row in rows))


def in_pyodide(folder: Path, lines: Sequence[str], seconds: float, bundle: Path) -> subprocess.Popen[str]:
    """Under node: it writes a record a line to `folder`, to be read by `told`."""
    asked = folder / "lines.json"
    asked.write_text(json.dumps(list(lines)), "utf-8")
    script = Path(__file__).with_name("answers.mjs")
    command = ["node", str(script), str(bundle), str(seconds), str(asked), str(folder / "records.jsonl")]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def told(folder: Path, running: subprocess.Popen[str]) -> list[tuple[Record, float]]:
    """The records, and the seconds that each took."""
    _, error = running.communicate()
    if running.returncode:
        raise RuntimeError(error)
    return [tuple(json.loads(line)) for line in (folder / "records.jsonl").read_text("utf-8").splitlines()]


def compared(lines: Sequence[str], folder: Path, bundle: Path, seconds: float) -> tuple[list[str], list[str]]:
    """The claims whose records differ: those for which one of the two had no time, and the others."""
    running = in_pyodide(folder, lines, seconds, bundle)
    here = [json.loads(json.dumps(said)) for said, _ in records(lines, seconds)]
    there = [said for said, _ in told(folder, running)]
    differ = [(one, other) for one, other in zip(here, there, strict=True) if one != other]
    late = [one["claim"] for one, other in differ if _out_of_time(one) or _out_of_time(other)]
    return late, [one["claim"] for one, _ in differ if one["claim"] not in late]


def _out_of_time(said: Record) -> bool:
    return said["verdict"] == "unknown" and "time ran out" in str(said["reason"])


def main() -> None:
    """All of them."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    lines = corpus()
    with TemporaryDirectory() as folder:
        late, other = compared(lines, Path(folder), ROOT / "_site" / "live", seconds)
    same = len(lines) - len(late) - len(other)
    said = [f"Of {len(lines)} claims {same} had the same record, field by field, with {seconds:.0f} s for each."]
    for words, claims in (("By time differed", late), ("Otherwise differed", other)):
        said.append(f"{words}:\n\n" + "\n".join(f"- `{each}`" for each in claims) if claims else f"{words}: none.")
    text, outcome = PAGE.read_text("utf-8"), "\n\n".join(said)
    PAGE.write_text(put(text, "corpus", outcome), "utf-8")
    print(outcome)
    sys.exit(bool(other))


if __name__ == "__main__":
    main()
