"""Check the proofs: built, audited, and saying what the results claim.

python tools/proofs.py             build proofs/ and say what is wrong with them; exit code 1 if anything is
python tools/proofs.py --write     and write proofs/statements.txt, which a change of meaning changes
"""

import re
import sys
from collections.abc import Iterator

from symbolic import coqc
from symbolic.coq import checks, theorems
from symbolic.formal import by_hand, stated, still_open
from symbolic.results import all_results
from symbolic.vernacular import gaps

STATEMENTS = coqc.PROOFS / "statements.txt"
LONGEST = 15  # lines of a statement and its proof


def results() -> list[tuple[str, str]]:
    """Every theorem that a result names, with what it has to say; those still to be proved left out."""
    waiting = still_open()
    return [each for result in all_results() for each in theorems(result) if each[0] not in waiting]


def without_theorem() -> set[str]:
    """The theorems that results name and proofs/ does not state."""
    proved = {name for _, name in stated("Theorem")}
    return {name for result in all_results() for name, _ in theorems(result)} - proved


def said_by_no_claim() -> set[str]:
    """The theorems whose statement is printed from no claim: each is to be in proofs/by_hand.tsv."""
    return {name for _, name in stated("Theorem")} - {name for result in all_results() for name, _ in theorems(result)}


def forbidden() -> list[str]:
    """What the chapters hold that proves nothing."""
    return [
        f"{chapter}.v: {why}"
        for chapter in coqc.chapters()
        for why in gaps((coqc.PROOFS / f"{chapter}.v").read_text("utf-8"))
    ]


def unsafe() -> list[str]:
    """What the compiled chapters assume, or leave unchecked."""
    return coqc.unsafe(*(f"Softmax.{each}" for each in coqc.chapters()))


def too_long() -> list[str]:
    """Theorems that take more than a reading, statement and proof."""
    return [
        f"{chapter}.v: {name}, {lines} lines"
        for chapter in coqc.chapters()
        for name, lines in lengths((coqc.PROOFS / f"{chapter}.v").read_text("utf-8"))
        if lines > LONGEST
    ]


def lengths(text: str) -> Iterator[tuple[str, int]]:
    """Each theorem or lemma with its lines, from its name to its Qed."""
    for block in re.finditer(r"^(?:Theorem|Lemma)\s+(\w+).*?Qed\.$", text, re.MULTILINE | re.DOTALL):
        yield block[1], block[0].count("\n") + 1


def statements() -> str:
    """Every definition and theorem as Coq read it, each bracket written out."""
    theorems_stated = set(stated("Theorem"))
    parts = [
        f"Check @{each[1]}." if each in theorems_stated else f"Print {each[1]}."
        for each in stated("Definition", "Theorem")
    ]
    setup = "Set Printing Parentheses. Set Printing Width 118.\n"
    answer = coqc.accepted(coqc.heading() + setup + "\n".join(parts))
    if not answer.ok:
        raise SystemExit(answer.said)
    return re.sub(r"\n\nArguments .*?(?=\n\S)", "", answer.said, flags=re.DOTALL)


def problems() -> Iterator[str]:
    """All that is wrong."""
    coqc.build()
    yield from forbidden()
    yield from too_long()
    yield from unsafe()
    yield from (f"no theorem is called {name}" for name in sorted(without_theorem() - still_open()))
    yield from (f"proved, and still in open.txt: {name}" for name in sorted(still_open() - without_theorem()))
    told = {each.name for each in by_hand()}
    yield from (f"said by no claim, and not in by_hand.tsv: {name}" for name in sorted(said_by_no_claim() - told))
    yield from (f"in by_hand.tsv, and no theorem: {name}" for name in sorted(told - said_by_no_claim()))
    answer = coqc.accepted(coqc.heading() + checks(each for each in results() if each[0] not in without_theorem()))
    if not answer.ok:
        yield answer.said
    if not STATEMENTS.exists() or STATEMENTS.read_text("utf-8") != statements():
        yield "proofs/statements.txt is not what Coq reads: python tools/proofs.py --write, and read the change"


def main() -> int:
    """Check, and write if asked to."""
    if not coqc.installed():
        print(f"The proofs were NOT checked. {coqc.HOW_TO_INSTALL}.")
        return 0
    if "--write" in sys.argv[1:]:
        coqc.build()
        STATEMENTS.write_text(statements(), "utf-8")
    found = list(problems())
    print(
        "\n".join(found)
        or f"{len(list(stated('Theorem')))} theorems checked, {len(results())} of them against the results"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
