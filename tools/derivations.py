"""Derivations of all claims that are listed as true or that a notebook asks, and of the lines of the results: kept.

They are in symbolic/search/known.jsonl.

    python tools/derivations.py [--seconds 20]        those that are not there yet, or are refused by now

Each is given to the kernel again whenever it is used; what is kept saves the search. A claim that has none is listed,
with the reason, in tests/claims/without_derivation.tsv.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from symbolic.deadline import OutOfTime, within
from symbolic.language.errors import NotationError, SyntaxErrorInClaim
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.results import all_results
from symbolic.search.derivations import found

ROOT = Path(__file__).parents[1]
KNOWN = ROOT / "symbolic" / "search" / "known.jsonl"
QUOTED = re.compile(r'"([^"\n]*(?:[<>]|[=!]=)[^"\n]*)"')  # what may be a claim, for the parser to say
LISTS = {ROOT / "tests" / "claims" / "true.tsv": 0, ROOT / "symbolic" / "statements" / "claims.tsv": 3}


def lines() -> Iterator[str]:
    """The claims that are listed, those in notebooks, and the lines of the results, as they are printed."""
    for text in sorted((ROOT / "notebooks").glob("*.md")):
        for said in QUOTED.findall(text.read_text("utf-8")):
            yield from _line(said)
    for result in all_results():
        yield from map(plain, result.derivation.claims())
        if result.derivation.goes is not None:
            yield plain(result.claim)
    for path, column in LISTS.items():
        for row in path.read_text("utf-8").splitlines():
            cells = row.split("\t")
            if row and not row.startswith("#") and "refuted" not in cells:
                yield from _line(cells[column])


def _line(text: str) -> Iterator[str]:
    with suppress(NotationError, SyntaxErrorInClaim):
        yield plain(parse_claim(text))


def derived(line: str, seconds: float) -> dict[str, Any] | None:
    """The record of a derivation of a line, if one is found in time."""
    try:
        with within(seconds):
            proof = found(parse_claim(line))
    except (OutOfTime, RecursionError):
        return None
    return None if proof is None else {"claim": line, "derivation": proof.record()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    seconds = parser.parse_args().seconds
    every = sorted(set(lines()))
    with ProcessPoolExecutor(2) as pool:
        records = list(pool.map(partial(derived, seconds=seconds), every, chunksize=4))
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records if each is not None)
    KNOWN.write_text(text, "utf-8")
    print(f"{sum(each is not None for each in records)} of {len(every)} have a derivation")
    for line, each in zip(every, records, strict=True):
        if each is None:
            print(f"none: {line}")


if __name__ == "__main__":
    main()
