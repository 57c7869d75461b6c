"""The claims of the collected statements, decided when the site is built; what is decided is kept until the package,
or what decides, changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from symbolic.answers import Answer, answer
from symbolic.language import hypertext, typeset
from symbolic.language.claims import Claim, Claims, claim
from symbolic.language.errors import NotationError

__all__ = ["Needed", "Said", "decided"]

SECONDS = 10
FOR_A_HYPOTHESIS = 3


@dataclass(frozen=True)
class Needed:
    """A hypothesis of a claim, as LaTeX, and the counterexample to the claim without it."""

    hypothesis: str
    claim: str
    html: str


@dataclass(frozen=True)
class Said:
    """A line, as it is read; the verdict in a word and as HTML with its derivation; the claim as LaTeX."""

    line: str
    verdict: str
    latex: tuple[str, ...]
    html: str
    needed: tuple[Needed, ...] = ()


def decided(lines: Iterable[str], folder: Path, package: Path, jobs: int = 2) -> dict[str, Said]:
    """Line -> what is said of it. What `folder` keeps is of this package, or is not used."""
    edition = _edition(package)
    kept = folder / "verdicts.json"
    known = _kept(kept, edition)
    missing = [line for line in dict.fromkeys(lines) if line not in known]
    if missing:
        with ProcessPoolExecutor(jobs) as pool:
            known |= dict(zip(missing, pool.map(_said, missing, chunksize=4), strict=True))
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"edition": edition, "said": [asdict(each) for each in known.values()]}), "utf-8")
    return known


def _edition(package: Path) -> str:
    """A hash of all that decides."""
    files = sorted(file for file in package.rglob("*") if file.suffix in {".py", ".lark", ".jsonl"})
    sources = (file.read_bytes() for file in (*files, Path(__file__)))
    return hashlib.sha256(b"\0".join(sources)).hexdigest()


def _kept(file: Path, edition: str) -> dict[str, Said]:
    if not file.exists():
        return {}
    found = json.loads(file.read_text("utf-8"))
    if found["edition"] != edition:
        return {}
    return {each["line"]: _from_json(each) for each in found["said"]}


def _from_json(said: dict[str, Any]) -> Said:
    needed = tuple(Needed(**each) for each in said["needed"])
    return Said(**(said | {"needed": needed, "latex": tuple(said["latex"])}))


def _said(line: str) -> Said:
    """The answer to a line. Of several claims in one, all are shown."""
    found = answer(line, SECONDS, notes=False)
    claims = _claims(found)
    verdict = "vacuous" if found.vacuous else type(found.verdict).__name__.lower()
    needed = tuple(_needed(claims[0])) if found.proved and len(claims) == 1 else ()
    return Said(line, verdict, tuple(map(typeset.latex, claims)), _shown(found), needed)


def _claims(found: Answer) -> tuple[Claim, ...]:
    if isinstance(found.claim, Claims):
        return found.claim.claims
    return (found.claim,) if isinstance(found.claim, Claim) else ()


def _shown(found: Answer) -> str:
    """The verdict and the derivation, without the claim, which stands above them."""
    claimed = hypertext.displayed(typeset.latex(found.claim)) if isinstance(found.claim, Claim) else ""
    return found._repr_html_().removeprefix(claimed).strip()


def _needed(proved: Claim) -> list[Needed]:
    """The hypotheses without which the claim is refuted."""
    found = []
    for each in proved.given:
        rest = [other for other in proved.given if other is not each]
        try:
            without = claim(proved.lhs, proved.op, proved.rhs, rest)
        except NotationError:  # a class that it names need not be there without it
            continue
        said = answer(without, FOR_A_HYPOTHESIS, notes=False)
        if said.refuted:
            found.append(Needed(typeset.latex(each), typeset.plain(without), hypertext.verdict(said.verdict)))
    return found
