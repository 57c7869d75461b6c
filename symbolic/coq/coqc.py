"""Coq at work: proofs/ and what is checked against it.

installed()        is there a Coq?
stale()            what of proofs/ is not compiled
build()            compile proofs/, as far as it has changed
accepted(source)   compile one file against proofs/
axioms(said)       what a theorem rests on, from what Coq says to Print Assumptions
unsafe(library)    what a compiled file assumes or leaves unchecked, from what coqchk says
session(source)    the answers to a file's sentences one after the other, errors among them
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from symbolic.language.errors import SymbolicError

__all__ = [
    "ALLOWED",
    "HOW_TO_INSTALL",
    "PROOFS",
    "Answer",
    "accepted",
    "axioms",
    "build",
    "chapters",
    "installed",
    "session",
    "stale",
    "unsafe",
]

PROOFS = Path(__file__).parents[2] / "proofs"
HOW_TO_INSTALL = (
    "Coq is not installed: on Debian and Ubuntu `make coq` does it, elsewhere install Coq 8.16 or newer with "
    "MathComp's ssreflect and Coquelicot (opam: coq, coq-mathcomp-ssreflect, coq-coquelicot)"
)
QUIET = ("-q", "-w", "-notation-overridden,-ambiguous-paths")
LIBRARY = ("-R", str(PROOFS), "Softmax")

# What the classical reals of Coq's standard library stand on, and nothing else.
ALLOWED = frozenset({
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
    "Classical_Prop.classic",
})  # fmt: skip
# coqchk lists all that is loaded, so also what these modules of Coq hide behind their signatures.
SEALED = ("Coq.Reals.Rdefinitions.RbaseSymbolsImpl.", "Coq.Reals.Rdefinitions.RinvImpl.", "Coq.ssr.ssrunder.Under_rel.")
EXPECTED = {
    "Theory": ["Set is predicative"],
    "Constants/Inductives relying on type-in-type": [],
    "Constants/Inductives relying on unsafe (co)fixpoints": [],
    "Inductives whose positivity is assumed": [],
}


class Answer(NamedTuple):
    """Whether Coq took all of it, and what it said."""

    ok: bool
    said: str


def installed() -> bool:
    """Can proofs be checked on this machine?"""
    return shutil.which("coqc") is not None and shutil.which("coq_makefile") is not None


def chapters() -> list[str]:
    """The names of the chapters of proofs/."""
    return sorted(each.stem for each in PROOFS.glob("*.v"))


def stale() -> list[str]:
    """The chapters that are not compiled, or have changed since."""

    def compiled(chapter: str) -> bool:
        text, done = PROOFS / f"{chapter}.v", PROOFS / f"{chapter}.vo"
        return done.exists() and done.stat().st_mtime >= text.stat().st_mtime

    return [each for each in chapters() if not compiled(each)]


def build(jobs: int = 2) -> None:
    """Compile proofs/, as far as it has changed; `SymbolicError` if a proof fails or Coq is missing."""
    if not installed():
        raise SymbolicError(HOW_TO_INSTALL)
    answer = _run(["make", "--no-print-directory", "-C", str(PROOFS), f"-j{jobs}"])
    if not answer.ok:
        raise SymbolicError(f"a proof fails:\n{answer.said}")


def heading(*modules: str) -> str:
    """The line that loads chapters, all of them if none is named."""
    return f"From Softmax Require Import {' '.join(modules or chapters())}.\n"


def accepted(source: str, seconds: float | None = None, *, audit: bool = False) -> Answer:
    """Compile the text of a file after `heading`; it is not accepted if that takes too long.

    With `audit` nor is one that assumes anything, or has switched a check off.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "checked.v"
        path.write_text(source, "utf-8")
        answer = _run(["coqc", *QUIET, *LIBRARY, str(path)], folder=folder, seconds=seconds)
        found = unsafe("checked", folder=Path(folder)) if answer.ok and audit else []
    return Answer(False, "\n".join(found)) if found else answer


def axioms(said: str) -> set[str]:
    """What Print Assumptions lists: all that is not the rest of an earlier line, whatever it says.

    >>> sorted(axioms("Axioms:\\n_a : 0 = 1\\nf is assumed to be guarded.\\nClassical_Prop.classic\\n  : ..."))
    ['Classical_Prop.classic', '_a', 'f is assumed to be guarded.']
    """
    listed = [line for line in said.splitlines() if line.strip() and not line[0].isspace()]
    return {line.split(" :")[0] for line in listed} - {"Axioms:", "Closed under the global context"}


def unsafe(*libraries: str, folder: Path = PROOFS) -> list[str]:
    """What coqchk finds in compiled libraries that is not to be there, once it has checked their proofs anew."""
    answer = _run(["coqchk", "-silent", "-o", "-norec", *libraries, *LIBRARY], folder=str(folder))
    if not answer.ok:
        return [answer.said]
    lists = _lists(answer.said)
    assumed = [each for each in lists.pop("Axioms", ["no list of axioms"]) if not _known(each)]
    differ = [f"{head}: {', '.join(lists.get(head, ['not said']))}" for head in sorted({*lists, *EXPECTED})
              if lists.get(head) != EXPECTED.get(head)]  # fmt: skip
    return [*(f"assumed: {each}" for each in assumed), *differ]


def _lists(said: str) -> dict[str, list[str]]:
    """The lists of coqchk's summary: `* what: name`, or the names on the lines below."""
    _, _, summary = said.partition("CONTEXT SUMMARY")
    parts = (part.partition(":") for part in re.split(r"^\* ", summary, flags=re.MULTILINE)[1:])
    return {head: [each.strip() for each in names.splitlines() if each.strip() not in ("", "<none>")]
            for head, _, names in parts}  # fmt: skip


def _known(axiom: str) -> bool:
    """Is it one that is allowed, or hidden in a module of Coq's own?"""
    return axiom.startswith(SEALED) or any(axiom.endswith(f".{each}") and axiom.startswith("Coq.") for each in ALLOWED)


def session(source: str, seconds: float | None = None) -> Answer:
    """What Coq says to each sentence; an error does not end it, only the time limit does."""
    with tempfile.TemporaryDirectory() as folder:
        return _run(["coqtop", "-quiet", *QUIET, *LIBRARY], source, folder=folder, seconds=seconds)


def _run(
    command: Sequence[str], given: str | None = None, folder: str | None = None, seconds: float | None = None
) -> Answer:
    """What a command says; some of Coq's tactics leave files in the folder where it runs."""
    try:
        done = subprocess.run(
            command, input=given, cwd=folder, timeout=seconds, capture_output=True, text=True, check=False
        )
    except subprocess.TimeoutExpired:
        return Answer(False, f"no answer in {seconds:g} s")
    return Answer(done.returncode == 0, done.stdout + done.stderr)
