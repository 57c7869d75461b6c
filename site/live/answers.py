"""The answers to lines as records, without notes, which end with a clock: the same code natively and in Pyodide.

records(lines, seconds) -> iterator of (record, seconds that it took)
"""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any

from symbolic.answers import answer, as_record


def records(lines: Iterable[str], seconds: float) -> Iterator[tuple[dict[str, Any], float]]:
    """One record a line; a defect is one, too."""
    for line in lines:
        begun = monotonic()
        try:
            said = as_record(answer(line, seconds, notes=False), 0)
        except Exception as error:
            said = {"claim": line, "verdict": "defect", "reason": f"{type(error).__name__}: {error}"}
        yield said, monotonic() - begun
