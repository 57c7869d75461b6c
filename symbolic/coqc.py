"""Coq at work: proofs/ and what is checked against it.

installed()        is there a Coq?
stale()            what of proofs/ is not compiled
build()            compile proofs/, as far as it has changed
accepted(source)   compile one file against proofs/
axioms(said)       what a theorem rests on, from what Coq says to Print Assumptions
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
]

PROOFS = Path(__file__).parent.parent / "proofs"
HOW_TO_INSTALL = (
    "Coq is not installed: on Debian and Ubuntu `make coq` does it, elsewhere install Coq 8.16 or newer with "
    "MathComp's ssreflect and Coquelicot (opam: coq, coq-mathcomp-ssreflect, coq-coquelicot)"
)
QUIET = ("-q", "-w", "-notation-overridden,-ambiguous-paths")
LIBRARY = ("-R", str(PROOFS), "Softmax")

# What the classical reals of Coq's standard library stand on, and nothing else.
ALLOWED = {
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
    "Classical_Prop.classic",
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


def accepted(source: str, seconds: float | None = None) -> Answer:
    """Compile the text of a file after `heading`; it is not accepted if that takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "checked.v"
        path.write_text(source, "utf-8")
        return _run(["coqc", *QUIET, *LIBRARY, str(path)], folder=folder, seconds=seconds)


def axioms(said: str) -> set[str]:
    """The axioms that Coq lists after Print Assumptions: each begins a line, its type after a colon there or below."""
    return {line.split(" :")[0] for line in said.splitlines() if re.match(r"[A-Za-z][\w.]*( :|$)", line)}


def session(source: str) -> str:
    """What Coq says to each sentence; an error does not end it."""
    return _run(["coqtop", "-quiet", *QUIET, *LIBRARY], source).said


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
