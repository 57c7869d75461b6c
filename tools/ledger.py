"""Decide all that is collected anew: the table in docs/ledger.md, and the list of what is still open.

    python tools/ledger.py [SECONDS]

A line of tests/claims/open.tsv that is decided by now moves to true.tsv or false.tsv; SECONDS bound the work on one
that is listed there (5 if not given). A wrong verdict is an error.
"""

import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from symbolic.show.ledger_entries import Entry, WrongVerdict, ledger, summary, verdict
from symbolic.show.marks import put

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "ledger.md"
CLAIMS = ROOT / "tests" / "claims"
PATIENCE = 20.0  # seconds for a claim that is not listed as open


def main() -> int:
    """Decide, and write."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    corpus = [row for row in _rows("open") if row[3] != "a statement"]
    texts = dict.fromkeys(_texts(ledger(lambda _: "unknown")), PATIENCE)
    texts |= {row[1]: seconds for row in _rows("open")}
    with ProcessPoolExecutor() as pool:
        found = dict(zip(texts, pool.map(_decided, texts, texts.values()), strict=True))
    found |= {row[1]: "proved" for row in corpus if found[row[1]] == "vacuous"}
    entries = list(ledger(found.__getitem__))
    PAGE.write_text(put(PAGE.read_text("utf-8"), "ledger", summary(entries)), "utf-8")
    _sort(corpus, found, entries)
    return 0


def _decided(text: str, seconds: float) -> str:
    """The verdict; a claim that breaks the machinery is told, and is not decided."""
    try:
        return verdict(text, seconds)
    except Exception as problem:
        print(f"broken: {text}: {problem!r}")
        return "unknown"


def _texts(entries: Iterable[Entry]) -> list[str]:
    return [said.text for entry in entries for said in entry.statement.claims]


def _sort(corpus: list[list[str]], found: dict[str, str], entries: list[Entry]) -> None:
    """What is decided goes where it belongs; what is not stays, or comes to be listed."""
    for expected, text, neighbour, source in corpus:
        if found[text] == "unknown":
            continue
        if found[text] != expected:
            raise WrongVerdict(f"{text} is {expected}, and the verdict was {found[text]}")
        file, row = ("true", [text, source]) if expected == "proved" else ("false", [text, neighbour, source])
        _write(file, [*_lines(file), "\t".join(row)])
        print(f"{expected}: {text}")
    still = [row for row in corpus if found[row[1]] == "unknown"]
    said = [said for entry in entries for said in entry.statement.claims if found[said.text] == "unknown"]
    still += [list(row) for row in dict.fromkeys((each.expected, each.text, "", "a statement") for each in said)]
    head = [line for line in _lines("open") if line.startswith("#")]
    _write("open", [*head, *map("\t".join, still)])


def _lines(name: str) -> list[str]:
    return (CLAIMS / f"{name}.tsv").read_text("utf-8").splitlines()


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in _lines(name) if not line.startswith("#")]


def _write(name: str, lines: list[str]) -> None:
    (CLAIMS / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
