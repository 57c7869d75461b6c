"""The package under Pyodide, in node: every verdict is the one that it has natively, and every bound holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare import SECONDS, compared, corpus, in_pyodide, told
from conftest import BUILT

LATE = 4  # times too late is late, on a machine that others use


def test_every_verdict_of_the_corpus_is_the_native_one(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    lines = corpus()[:: request.config.getoption("--every")]
    assert len(lines) >= 40
    late, different = compared(lines, tmp_path, BUILT / "live", SECONDS)
    assert different == []
    assert len(late) <= len(lines) // 100, late


def heavy() -> dict[str, str]:
    from tests.test_bounds import HEAVY

    return HEAVY


def test_no_line_takes_more_than_its_time(tmp_path: Path) -> None:
    lines = heavy()
    found = told(tmp_path, in_pyodide(tmp_path, list(lines.values()), 1.0, BUILT / "live"))
    slow = [(name, seconds) for name, (_, seconds) in zip(lines, found, strict=True) if seconds > LATE]
    assert slow == []
    assert {said["verdict"] for said, _ in found} <= {"proved", "refuted", "unknown", "invalid"}


def test_the_site_has_what_it_loads() -> None:
    for file in ("first.zip", "rest.zip", "worker.mjs", "pyodide.mjs", "pyodide.asm.wasm"):
        assert (BUILT / "live" / file).exists(), file
    lite = BUILT / "jupyter" / "extensions"
    assert [each for each in BUILT.rglob("*.whl") if not each.is_relative_to(lite)] == []
