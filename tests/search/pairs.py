"""What the kernel says of a line of the claim language, and the lines of `pairs.tsv`.

Each of them is a claim that holds beside a neighbour, one edit away, that does not: a rule is seen to refuse.
"""

from pathlib import Path

from symbolic.language.notation import Limit
from symbolic.language.parser import parse_claim
from symbolic.search.decision import _both_ways
from symbolic.search.form.equality import Holds, Open, Outcome, equal
from symbolic.search.limits.relations import limit_claim
from symbolic.search.order.inequality import compare
from symbolic.search.simplex import combination

FILE = Path(__file__).with_name("pairs.tsv")


def outcome(line: str) -> Outcome:
    """What the kernel decides."""
    claim = parse_claim(line)
    if claim.lhs.has(Limit) or claim.rhs.has(Limit):
        return limit_claim(claim)
    return equal(claim) if claim.op == "==" else compare(claim, combination)


def holds(line: str) -> bool:
    """Whether the kernel decides that the claim holds, and at some point at least; an equality also by <= and >=."""
    said = outcome(line)
    claim = parse_claim(line)
    if isinstance(said, Open) and claim.op == "==":
        said = _both_ways(claim) or said
    return isinstance(said, Holds) and not said.vacuous


def vacuous(line: str) -> bool:
    """Whether the kernel decides that the claim is about no point."""
    said = outcome(line)
    return isinstance(said, Holds) and said.vacuous


def pairs(about: str = "") -> list[tuple[str, str]]:
    """The claims about one thing, or all of them, with their neighbours."""
    rows = (row.split("\t") for row in FILE.read_text("utf-8").splitlines() if not row.startswith("#"))
    return [(true, false) for kind, true, false in rows if about in ("", kind)]


def reason(line: str) -> str:
    """Why the kernel leaves the claim open."""
    said = outcome(line)
    if not isinstance(said, Open):
        raise TypeError(f"decided: {said}")
    return said.reason
