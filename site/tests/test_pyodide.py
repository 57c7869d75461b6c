"""The package under Pyodide, in node: every verdict is the one that it has natively, and every bound holds."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from answers import records
from conftest import BUILT, ROOT

CLAIMS = ROOT / "tests" / "claims"
SECONDS = 20.0
LATE = 4  # times too late is late, on a machine that others use
TIMED = {"unknown"}  # what a slower machine may say in place of a verdict, if the time is its reason


def there(folder: Path, lines: list[str], seconds: float) -> list[tuple[dict[str, object], float]]:
    """The records of the lines in Pyodide."""
    asked, told = folder / "lines.json", folder / "records.jsonl"
    asked.write_text(json.dumps(lines), "utf-8")
    command = ["node", str(ROOT / "site" / "live" / "answers.mjs"), str(BUILT / "live"), str(seconds), asked, told]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return [tuple(json.loads(line)) for line in told.read_text("utf-8").splitlines()]


def corpus() -> list[str]:
    files = sorted(CLAIMS.glob("*.tsv"))
    rows = [row for file in files for row in file.read_text("utf-8").splitlines() if row and not row.startswith("#")]
    return list(dict.fromkeys(row.split("\t")[0] for row in rows))


def test_every_verdict_of_the_corpus_is_the_native_one(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    lines = corpus()[:: request.config.getoption("--every")]
    assert len(lines) >= 40
    here = [json.loads(json.dumps(said)) for said, _ in records(lines, SECONDS)]
    found = [said for said, _ in there(tmp_path, lines, SECONDS)]
    assert len(found) == len(here)
    different = [
        (native, other)
        for native, other in zip(here, found, strict=True)
        if native != other and not (other["verdict"] in TIMED and "time ran out" in str(other["reason"]))
    ]
    assert different == []
    late = [other["claim"] for native, other in zip(here, found, strict=True) if native["verdict"] != other["verdict"]]
    assert len(late) <= len(lines) // 100, late


def heavy() -> dict[str, str]:
    from tests.test_bounds import HEAVY

    return HEAVY


def test_no_line_takes_more_than_its_time(tmp_path: Path) -> None:
    lines = heavy()
    found = there(tmp_path, list(lines.values()), 1.0)
    slow = [(name, seconds) for name, (_, seconds) in zip(lines, found, strict=True) if seconds > LATE]
    assert slow == []
    assert {said["verdict"] for said, _ in found} <= {"proved", "refuted", "unknown", "invalid"}


def test_the_site_has_what_it_loads() -> None:
    for file in ("first.zip", "rest.zip", "worker.mjs", "pyodide.mjs", "pyodide.asm.wasm"):
        assert (BUILT / "live" / file).exists(), file
    assert not list(Path(BUILT).rglob("*.whl"))
