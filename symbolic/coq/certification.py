"""Certificates: claims of which Coq has checked a proof, for every n.

    certificates(claims)    what Coq says to each of the claims
    file(certificates)      the theorems of those that it accepts, as one file for coqc
    table(certificates)     how many of each kind, and how long a proof takes
    corpus()                the proved claims of tests/claims/true.tsv, by kind
    listed()                those of them that have no certificate, each with the reason: proofs/uncertified.tsv
    misplaced(certificates) those of the corpus for which that list is wrong

What a theorem says is printed from its claim by `symbolic.coq.statements`. Its proof is, of an equality, one tactic of
proofs/certificate.v; of an inequality or a limit, the derivation that the kernel has accepted, step by step in the
tactics of proofs/order.v and proofs/limits.v (`symbolic.coq.scripts`). Neither is trusted, nor is the kernel: what is
found is a proof, or it is not. A claim is certified if coqc has accepted a file that states it as a theorem,
proves it, and rests on the classical reals alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from math import ceil
from statistics import median
from typing import Any

from symbolic.coq import coqc
from symbolic.coq.scripts import Script, script
from symbolic.coq.statements import Reading, proposition
from symbolic.deadline import OutOfTime, within
from symbolic.language.claims import Claim
from symbolic.language.errors import SymbolicError
from symbolic.language.notation import Limit
from symbolic.language.parser import parse_claim
from symbolic.language.proof import Proof, Tree
from symbolic.language.typeset import plain
from symbolic.search.derivations import at_once, found

__all__ = ["SECONDS", "Certificate", "Kind", "certificates", "corpus", "file", "kind", "listed", "misplaced", "table"]

SECONDS = 20.0  # for the proof of one claim
LOADING = 60.0  # for Coq to read its libraries, on a busy machine
CORPUS = coqc.PROOFS.parent / "tests" / "claims" / "true.tsv"
LISTED = coqc.PROOFS / "uncertified.tsv"
CHAPTER = "limits"  # of proofs/, with all the tactics
ONE_TACTIC = "certify"
NOTHING = Script("", "")
NOTHING_MORE: Tree = {"line": []}


class Kind(Enum):
    """What a claim says."""

    EQUALITY = "equality"
    INEQUALITY = "inequality"
    LIMIT = "limit"


@dataclass(frozen=True)
class Certificate:
    """A claim with its theorem, or with the reason why it has none.

    `derivation` is what the proof follows, if it follows one; `seconds` is the processor's time that the proof took.
    """

    claim: Claim
    theorem: Script = NOTHING
    derivation: Proof | None = None
    reason: str = ""
    seconds: float = field(default=0.0, compare=False)

    @property
    def ok(self) -> bool:
        """Has Coq accepted the theorem?"""
        return not self.reason

    @property
    def statement(self) -> str:
        """What the theorem says."""
        return self.theorem.statement

    def record(self) -> dict[str, Any]:
        """As JSON: the claim; the derivation, which carries the theorem that Coq has accepted; or why there is none."""
        said = {"claim": plain(self.claim), "certified": self.ok}
        coq = {"statement": self.theorem.statement, "proof": self.theorem.proof}
        if not self.ok:
            return said | {"reason": self.reason}
        return said | ({"derivation": self.derivation.record() | {"coq": coq}} if self.derivation else {"coq": coq})


def certificates(claims: Sequence[Claim], seconds: float = SECONDS, jobs: int = 1) -> list[Certificate]:
    """What Coq says to each of the claims; `SymbolicError` where Coq is missing.

    The claims are shared out to `jobs` processes of Coq, each of which takes all of its share in one file.
    """
    coqc.build()
    tried = [_tried(claim) for claim in claims]
    theorems = {at: each.theorem for at, each in enumerate(tried) if each.ok}
    shares = [dict(list(theorems.items())[first::jobs]) for first in range(jobs)]
    took: dict[int, float] = {}
    with ThreadPoolExecutor(jobs) as pool:
        for share in pool.map(lambda share: _proved(share, seconds), shares):
            took |= share
    why = f"in {seconds:g} s the tactics find no proof"
    return [
        each if not each.ok else replace(each, seconds=took[at]) if at in took else replace(each, reason=why)
        for at, each in enumerate(tried)
    ]


def file(certificates: Iterable[Certificate]) -> str:
    """The theorems of those that Coq accepts, in one file, each after its claim."""
    accepted = [each for each in certificates if each.ok]
    return coqc.heading(CHAPTER) + "".join(
        f"\n(* {plain(each.claim)} *)\n{_theorem(at, each.theorem)}" for at, each in enumerate(accepted, 1)
    )


def table(certificates: Sequence[Certificate]) -> str:
    """Of each kind: how many claims, how many of them certified, and the median of the seconds for one."""
    rows = ["kind          claims  certified   median"]
    for each in Kind:
        of_kind = [one for one in certificates if kind(one.claim) is each]
        took = [one.seconds for one in of_kind if one.ok]
        if of_kind:
            time = f"{median(took):.2f} s" if took else ""
            rows.append(f"{each.value:<12}{len(of_kind):>8}{len(took):>11}{time:>9}")
    return "\n".join(rows)


def corpus(*kinds: Kind) -> list[str]:
    """The claims of the corpus that are proved, of these kinds, or of all."""
    return [line for line, this in _corpus() if this in (kinds or tuple(Kind))]


@cache
def _corpus() -> tuple[tuple[str, Kind], ...]:
    lines = [line.split("\t")[0] for line in CORPUS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return tuple((line, kind(parse_claim(line))) for line in lines)


def listed() -> dict[str, str]:
    """The claims of the corpus that have no certificate, each with the reason."""
    lines = LISTED.read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if not line.startswith("#"))


def misplaced(certificates: Iterable[Certificate]) -> list[str]:
    """What is to be changed in proofs/uncertified.tsv: claims that have a certificate by now, or have none any more."""
    without = set(map(plain, map(parse_claim, listed())))
    lines = ((plain(each.claim), each.ok) for each in certificates)
    return [f"{'take out' if ok else 'list'}: {line}" for line, ok in lines if ok == (line in without)]


# --- statements ----------------------------------------------------------------------------------


def kind(claim: Claim) -> Kind:
    """A claim about limits is of that kind, whatever its relation."""
    if claim.lhs.has(Limit) or claim.rhs.has(Limit):
        return Kind.LIMIT
    return Kind.EQUALITY if claim.op == "==" else Kind.INEQUALITY


def _tried(claim: Claim) -> Certificate:
    """The theorem, with the proof that is to be tried, or why there is none."""
    try:
        return _equality(claim) if kind(claim) is Kind.EQUALITY else _derived(claim)
    except SymbolicError as problem:
        return Certificate(claim, reason=str(problem))


def _equality(claim: Claim) -> Certificate:
    """By one tactic; or else as it is derived, or with what the hypotheses say put in, if there is more to that."""
    statement, proof = proposition(claim, Reading.DEFINED), at_once(claim)
    tree = NOTHING_MORE if proof is None else proof.tree
    if tree == NOTHING_MORE and not claim.given:
        return Certificate(claim, Script(statement, ONE_TACTIC))
    try:
        steps = script(claim, tree).proof
    except SymbolicError:  # a step has no tactic, or is about a class that may not exist
        return Certificate(claim, Script(statement, ONE_TACTIC))
    return Certificate(claim, Script(statement, f"first [{ONE_TACTIC} | {steps}]"), proof)


def _derived(claim: Claim) -> Certificate:
    try:
        with within(SECONDS):
            proof = found(claim)
    except OutOfTime:
        proof = None
    if proof is None:
        return Certificate(claim, reason="no derivation is found")
    return Certificate(claim, script(claim, proof.tree), proof)


def _theorem(at: int, said: Script, timed: bool = False) -> str:
    proof = f'time "claim_{at}" ({said.proof})' if timed else said.proof
    return f"Theorem claim_{at} :\n  {said.statement}.\nProof. {proof}. Qed.\n"


# --- proofs --------------------------------------------------------------------------------------

Share = Mapping[int, Script]
TIMES = re.compile(r"^Tactic call .*\n", re.MULTILINE)
TIME = re.compile(r"^Tactic call claim_(\d+) ran for \S+ secs \(([\d.]+)u", re.MULTILINE)


def _proved(share: Share, seconds: float) -> dict[int, float]:
    """Those that Coq accepts, and the seconds it took: all at once, or else those of which a proof is found."""
    for these in _candidates(share, seconds):
        took = _accepted(these, seconds)
        if took is not None:
            return took
    raise SymbolicError("Coq does not accept what its tactics have proved")


def _candidates(share: Share, seconds: float) -> Iterator[Share]:
    yield share
    yield _attempted(share, seconds)


def _accepted(share: Share, seconds: float) -> dict[int, float] | None:
    """Does Coq accept a file of these theorems, on nothing but the classical reals? Then how long did each take?"""
    if not share:
        return {}
    theorems = "".join(_theorem(at, said, timed=True) for at, said in share.items())
    together = ", ".join(f"@claim_{at}" for at in share)
    audit = f"Definition together := ({together}).\nPrint Assumptions together.\n"
    answer = coqc.accepted(coqc.heading(CHAPTER) + theorems + audit, LOADING + seconds * len(share))
    if not answer.ok:
        return None
    if not coqc.axioms(TIMES.sub("", answer.said)) <= coqc.ALLOWED:
        raise SymbolicError("Coq's tactics have proved a theorem on an axiom that it does not accept")
    return {int(at): float(took) for at, took in TIME.findall(answer.said)}


def _attempted(share: Share, seconds: float) -> dict[int, Script]:
    """Those that the tactics prove; whether Coq accepts the proofs is not asked.

    A statement that Coq cannot read is never stated, and a proof that fails leaves its goal open.
    """
    attempts = "".join(
        f'Goal {said.statement}.\nidtac "stated {at}".\n'
        f'timeout {ceil(seconds)} (solve [{said.proof}]).\nidtac "open {at}".\nAbort.\n'
        for at, said in share.items()
    )
    answer = coqc.session(f"{coqc.heading(CHAPTER)}Set Silent.\n{attempts}", 2 * seconds * len(share))
    if answer.ok:
        stated, left = (set(map(int, re.findall(rf"^{word} (\d+)$", answer.said, re.MULTILINE)))
                        for word in ("stated", "open"))  # fmt: skip
        return {at: said for at, said in share.items() if at in stated - left}
    # a step that heeds no time limit: it is found by halves
    halves = [dict(list(share.items())[first::2]) for first in range(2)] if len(share) > 1 else []
    return {at: said for half in halves for at, said in _attempted(half, seconds).items()}
