"""What the tests of the course share."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch) -> Path:
    """The file of progress of each test: nobody's own is touched."""
    path = tmp_path / "progress.json"
    monkeypatch.setenv("SYMBOLIC_PROGRESS", str(path))
    return path
