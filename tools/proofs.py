"""Check the proofs: built, audited, and saying what the results claim.

python tools/proofs.py             build proofs/ and say what is wrong with them; exit code 1 if anything is
python tools/proofs.py --write     and write proofs/statements.txt, which a change of meaning changes
"""

import re
import sys
from collections.abc import Iterable, Iterator

from symbolic.coq import coqc
from symbolic.coq.statements import theorems
from symbolic.coq.theorems import by_hand, stated, still_open
from symbolic.coq.vernacular import gaps, head, sentences
from symbolic.results import all_results

STATEMENTS = coqc.PROOFS / "statements.txt"
CHAPTERS = f"From Softmax Require {' '.join(coqc.chapters())}.\n"
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


def checks(named: Iterable[tuple[str, str]], *, refused: bool = False) -> str:
    """A file that Coq accepts just if each of the theorems says what it has to say, or if none does.

    What they have to say is read before any chapter but the one of the words is there, so that none can change it.
    """
    where = {name: chapter for chapter, name in stated("Theorem")}
    numbered = list(enumerate(named))
    return "".join([
        coqc.heading("notation"),
        *(f"Definition said_{at} : Prop :=\n  {said}.\n" for at, (_, said) in numbered),
        CHAPTERS,
        *(f"{'Fail ' * refused}Check (@Softmax.{where[name]}.{name} : said_{at}).\n" for at, (name, _) in numbered),
    ])  # fmt: skip


def statements() -> str:
    """The notations as they are written, then every definition and theorem as Coq read it, each bracket written out.

    Read with the words alone: what a chapter names itself stands with the chapter's name.
    """
    theorems_stated = set(stated("Theorem"))
    parts = [
        f"Check @Softmax.{'.'.join(each)}." if each in theorems_stated else f"Print Softmax.{'.'.join(each)}."
        for each in stated("Definition", "Theorem")
    ]
    setup = "Set Printing Parentheses. Set Printing Width 118.\n"
    answer = coqc.accepted(coqc.heading("notation") + CHAPTERS + setup + "\n".join(parts))
    if not answer.ok:
        raise SystemExit(answer.said)
    return "\n".join(notations()) + "\n\n" + re.sub(r"\n\nArguments .*?(?=\n\S)", "", answer.said, flags=re.DOTALL)


def notations() -> Iterator[str]:
    """The sentences by which Coq's reading of a text is changed."""
    for chapter in coqc.chapters():
        text = (coqc.PROOFS / f"{chapter}.v").read_text("utf-8")
        yield from (each for each in sentences(text) if head(each) in ("Notation", "Canonical", "Delimit", "Open"))


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
    answer = coqc.accepted(checks(each for each in results() if each[0] not in without_theorem()))
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
