"""Certificates: claims of which Coq has checked a proof, for every n.

    certificates(claims)    what Coq says to each of the claims
    file(certificates)      the theorems of those that it accepts, as one file for coqc
    corpus()                the proved equalities of tests/claims/true.tsv
    listed()                those of them that have no certificate, each with the reason: proofs/uncertified.tsv

What a theorem says is printed from its claim by `symbolic.coq`; the proof is one tactic, of proofs/certificate.v, that
is no part of what is trusted: it finds a proof or it does not. A claim is certified if coqc has accepted a file that
states it as a theorem, proves it, and rests on the classical reals alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from typing import NamedTuple

from symbolic import coqc
from symbolic.coq import Reading, proposition
from symbolic.language.claim import Claim
from symbolic.language.errors import SymbolicError, Unsupported
from symbolic.language.notation import Limit
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain

__all__ = ["SECONDS", "Certificate", "certificates", "corpus", "file", "listed"]

SECONDS = 20.0  # for the proof of one claim
CORPUS = coqc.PROOFS.parent / "tests" / "claims" / "true.tsv"
LISTED = coqc.PROOFS / "uncertified.tsv"


class Certificate(NamedTuple):
    """A claim with what its theorem says, or with the reason why it has none."""

    claim: Claim
    statement: str
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Has Coq accepted the theorem?"""
        return not self.reason


def certificates(claims: Sequence[Claim], seconds: float = SECONDS, jobs: int = 1) -> list[Certificate]:
    """What Coq says to each of the claims; `SymbolicError` where Coq is missing.

    The claims are shared out to `jobs` processes of Coq, each of which takes all of its share in one file.
    """
    coqc.build()
    said = [_said(claim) for claim in claims]
    stated = {at: each.statement for at, each in enumerate(said) if each.ok}
    shares = [dict(list(stated.items())[first::jobs]) for first in range(jobs)]
    with ThreadPoolExecutor(jobs) as pool:
        proved = set().union(*pool.map(lambda share: _proved(share, seconds), shares))
    why = f"in {seconds:g} s the tactic finds no proof"
    return [each if not each.ok or at in proved else each._replace(reason=why) for at, each in enumerate(said)]


def file(certificates: Sequence[Certificate]) -> str:
    """The theorems of those that Coq accepts, in one file, each after its claim."""
    accepted = [each for each in certificates if each.ok]
    return coqc.heading("certificate") + "".join(
        f"\n(* {plain(each.claim)} *)\n{_theorem(at, each.statement)}" for at, each in enumerate(accepted, 1)
    )


def corpus() -> list[str]:
    """The equalities of the corpus that are proved, those between limits left out."""
    claims = [line.split("\t")[0] for line in CORPUS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [each for each in claims if _said(parse_claim(each)).reason not in (INEQUALITY, LIMIT)]


def listed() -> dict[str, str]:
    """The claims of the corpus that have no certificate, each with the reason."""
    lines = LISTED.read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if not line.startswith("#"))


# --- statements ----------------------------------------------------------------------------------

INEQUALITY = "no equality: there are certificates of equalities only"
LIMIT = "there are no certificates of limits"


def _said(claim: Claim) -> Certificate:
    """What the theorem has to say, or why it is not tried."""
    if claim.relation.op != "==":
        return Certificate(claim, "", INEQUALITY)
    if claim.lhs.has(Limit) or claim.rhs.has(Limit):
        return Certificate(claim, "", LIMIT)
    try:
        return Certificate(claim, proposition(claim, Reading.DEFINED))
    except Unsupported as problem:
        return Certificate(claim, "", str(problem))


def _theorem(at: int, statement: str) -> str:
    return f"Theorem claim_{at} :\n  {statement}.\nProof. certify. Qed.\n"


# --- proofs --------------------------------------------------------------------------------------


def _proved(share: Mapping[int, str], seconds: float) -> set[int]:
    """Those of the statements that Coq accepts: all of them at once, or else those of which a proof is found."""
    if _accepted(share, seconds):
        return set(share)
    found = _attempted(share, seconds)
    if not _accepted(found, seconds):
        raise SymbolicError("Coq does not accept what its tactic has proved")
    return set(found)


def _accepted(share: Mapping[int, str], seconds: float) -> bool:
    """Does Coq accept a file of these theorems, and do they rest on nothing but the classical reals?"""
    if not share:
        return True
    theorems = "".join(_theorem(at, statement) for at, statement in share.items())
    together = ", ".join(f"@claim_{at}" for at in share)
    audit = f"Definition together := ({together}).\nPrint Assumptions together.\n"
    answer = coqc.accepted(coqc.heading("certificate") + theorems + audit, seconds * len(share))
    return answer.ok and coqc.axioms(answer.said) <= coqc.ALLOWED


def _attempted(share: Mapping[int, str], seconds: float) -> dict[int, str]:
    """Those of the statements that the tactic proves; whether Coq accepts the proofs is not asked."""
    attempts = "".join(
        f'Goal {statement}.\nfirst [timeout {ceil(seconds)} (solve [certify]) | idtac "refused {at}"]. Abort.\n'
        for at, statement in share.items()
    )
    answer = coqc.accepted(coqc.heading("certificate") + attempts, 2 * seconds * len(share))
    if answer.ok:
        refused = set(map(int, re.findall(r"^refused (\d+)$", answer.said, re.MULTILINE)))
        return {at: statement for at, statement in share.items() if at not in refused}
    # one that Coq cannot read, or a step that heeds no time limit: it is found by halves
    halves = [dict(list(share.items())[first::2]) for first in range(2)] if len(share) > 1 else []
    return {at: statement for half in halves for at, statement in _attempted(half, seconds).items()}
