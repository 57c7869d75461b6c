"""False claims with a derivation that looks like one, and true ones that do not follow this way: none is accepted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from symbolic.kernel import Refused, check

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "tempting.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("claim", "proof"), ROWS, ids=[row[0] for row in ROWS])
def test_it_is_refused(claim: str, proof: str) -> None:
    with pytest.raises(Refused):
        check(claim, json.loads(proof))


HOSTILE: list[tuple[str, Any]] = [
    ("c == c", {"compare": [], "in": {"line": []}}),
    ("c == c", {"line": ["diff(" + "c" + ",c" * 3000 + ")"]}),
    ("c == c", {"line": ["delta(1, 2)"]}),
    ("c <= c", {"line": ["((2^1000)^1000)^1000*abs(c) - c"]}),
    ("c == c", {"absurd": ["exp(c)*((((2^64)^64)^64)^64)"]}),
    ("c == c", {"line": ["sigmoid(" * 28 + "c" + ")" * 28]}),
    ("+".join(f"z[i{number}]" for number in range(1000)) + " == 0", {"line": []}),
    ("p[²] <= 1", {"line": ["1 - p[²]"]}),
    ("p[٢] <= 1 given n >= 2", {"line": ["1 - p[٢]"]}),
    ("prod(0, k) == 1", {"line": []}),
    ("c == c", {"line": [[]]}),
    ("c == c", {"line": "c"}),
    ("c == c", {"line": [], "by": {}}),
    ("c == c", []),
    ("c == c given A == argmax(z)", {"if": "A == argmax(z)", "then": {"line": []}, "else": {"line": []}}),
    ("c == c", {"compare": "sin", "in": {"line": []}}),
    ("c == c", {"let": "c", "of": "max(z)", "in": {"line": []}}),
    ("c == c", {"let": "m", "of": "c", "in": {"line": []}}),
    ("c[i] == d given c == i", {"line": []}),
    ("sum(z[k], k, l) == 1", {"line": []}),
    ("z[0] == 1", {"line": []}),
    ("z[1.5] == 1", {"line": []}),
    ("z[" + "9" * 5000 + "] == 1", {"line": []}),
    ("c ? d", {"line": []}),
    ("c", {"line": []}),
    ("mean(z[k], 2) == 1", {"line": []}),
    ("softmax(p)[i] == p[i]", {"line": []}),
    ("(c + d)[i] == 1", {"line": []}),
    ("word == 1", {"line": []}),
    ("diff(c, n) == 0", {"line": []}),
    ("c == 1 given d", {"line": []}),
    ("c == 1 given a == b", {"line": []}),
    ("c == 1 given i in A", {"line": []}),
    ("c == 1 given A == argmax(p)", {"line": []}),
    ("c == c", {"let": "m", "of": None, "in": {}}),
]


@pytest.mark.parametrize(("claim", "proof"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused_and_nothing_else_happens(claim: str, proof: Any) -> None:
    with pytest.raises(Refused):
        check(claim, proof)
