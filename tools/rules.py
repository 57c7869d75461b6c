"""Write docs/rules.md: the rules of the kernel, and how many derivations need each of them.

    python tools/rules.py            write it: a minute
    python tools/rules.py --check    exit 1 if it is not up to date

A derivation needs a rule if the kernel refuses it where the rule says nothing. What is counted are the derivations
that are kept of claims that are listed as true, and the claims that the tests of the kernel have for its rules.
What became of damaged derivations stands in tests/kernel/damage.tsv, as tests/kernel/damage.py has recorded it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from symbolic.kernel import Refused, signs
from symbolic.kernel import check as accept
from symbolic.kernel.checker import RULES
from symbolic.kernel.facts import Facts
from symbolic.kernel.leaf import Leaf
from symbolic.kernel.limits import Limits
from symbolic.kernel.normal import Normal
from symbolic.kernel.ring import ANY_SIGN
from symbolic.kernel.signs import Signs

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "docs" / "rules.md"
KNOWN = ROOT / "symbolic" / "search" / "known.jsonl"
TESTED = ROOT / "tests" / "kernel" / "rules.tsv"
DAMAGE = ROOT / "tests" / "kernel" / "damage.tsv"

Derivation = tuple[str, Any]


class Rule(NamedTuple):
    """Where a rule is, what it says, and what says nothing in its place."""

    owner: Any
    name: str
    says: str
    silent: Callable[..., Any]

    @contextmanager
    def off(self) -> Iterator[None]:
        """The kernel without the rule."""
        with patch.object(self.owner, self.name, self.silent):
            yield

    @contextmanager
    def watched(self, told: set[str]) -> Iterator[None]:
        """The kernel as it is; the rule's name is in `told` if it said something."""
        right = getattr(self.owner, self.name)

        def noting(*arguments: Any, **more: Any) -> Any:
            found = right(*arguments, **more)
            found = list(found) if isinstance(found, Iterator) else found
            if self.silent is refused or found != self.silent():
                told.add(self.name)
            return found

        with patch.object(self.owner, self.name, noting):
            yield


def no_sign(*_: Any) -> frozenset[int]:
    return ANY_SIGN


def nothing(*_: Any) -> None:
    return None


def no(*_: Any) -> bool:
    return False


def none(*_: Any) -> list[Any]:
    return []


def undivided(*arguments: Any) -> list[Any]:
    return list(arguments[1:2])


def refused(*_: Any) -> Any:
    raise Refused("this rule is off")


INSIDE = (
    Rule(signs, "sign_of_number", "the sign of a number, by an interval with rational ends around it", no_sign),
    Rule(Facts, "told", "the sign of a hypothesis, at the classes at hand", none),
    Rule(
        Signs, "gap", "u - 1 - log u, log u - 1 + 1/u, e^u - 1 - u, \\|u\\| - u, \\|u\\| + u are not negative", no_sign
    ),
    Rule(Signs, "argument", "e^u - e^v and log u - log v have the sign of u - v", nothing),
    Rule(Signs, "above_each", "a largest value is at least each", none),
    Rule(Signs, "witness", "a sum is not 0 if the term of a class that is named is not", no),
    Rule(Signs, "together", "sums over the same classes, class by class", no_sign),
    Rule(Signs, "of_size", "what is linear in n has its least value at the least n", no_sign),
    Rule(Signs, "weighted_defined", "w log u is defined, and 0, where w is 0", no),
    Rule(Leaf, "with_atom", "an equation is put in for a number, an entry, a sum or a largest value", nothing),
    Rule(Leaf, "with_family", "an equation for every class is put in for a family", nothing),
    Rule(Leaf, "with_top", "a largest value that passes through e^x is that at a class", nothing),
    Rule(Leaf, "clashes", "a hypothesis that nothing satisfies", no),
    Rule(Normal, "largest_of", "what is positive stands before a largest value, and exp increases", refused),
    Rule(Normal, "product_atom", "a product over the classes of what may be 0 or negative", refused),
    Rule(Normal, "divided", "under a sum, u/(u + r) is 1 - r/(u + r)", undivided),
    Rule(Normal, "of_product", "the derivative of such a product", refused),
    Rule(Limits, "by_limit", "what goes to oo, or to what is positive, is positive near the point", no_sign),
    Rule(Limits, "limit_of_log", "the limit of a logarithm", refused),
    Rule(Limits, "growth_of_exp", "e^x grows faster than every power of x", refused),
    Rule(Limits, "vanishes_with", "a factor that is 0 wherever the exponent is", no),
    Rule(Limits, "multiple_of", "difference quotients, by Taylor's theorem", nothing),
)


def derivations() -> list[Derivation]:
    """All that are counted."""
    kept = [json.loads(line)["derivation"] for line in KNOWN.read_text("utf-8").splitlines()]
    rows = [row.split("\t") for row in TESTED.read_text("utf-8").splitlines() if not row.startswith("#")]
    return [(each["claim"], each["proof"]) for each in kept] + [(row[1], json.loads(row[2])) for row in rows]


def accepted(derivation: Derivation) -> bool:
    """Whether the kernel, as it is now, accepts a derivation."""
    try:
        accept(*derivation)
    except Refused:
        return False
    return True


def telling(derivation: Derivation) -> set[str]:
    """The rules that say something on the way to accepting a derivation."""
    told = set[str]()
    with ExitStack() as watched:
        for rule in INSIDE:
            watched.enter_context(rule.watched(told))
        accepted(derivation)
    return told


def needs(derivation: Derivation, rule: Rule) -> bool:
    """Whether a derivation is refused without a rule."""
    with rule.off():
        return not accepted(derivation)


def steps(tree: Any) -> set[str]:
    """The kinds of steps in a derivation."""
    if not isinstance(tree, dict):
        return set()
    here = next(kind for kind in RULES if kind in tree)
    return {here}.union(*(steps(tree[key]) for key in ("then", "else", "by", "in") if key in tree))


def written() -> str:
    """The page."""
    every = derivations()
    of_steps = [(kind, _first_line(RULES[kind][1]), [c for c, tree in every if kind in steps(tree)]) for kind in RULES]
    told = [(each, telling(each)) for each in every]
    inside = [
        (rule.name, rule.says, [each[0] for each, names in told if rule.name in names and needs(each, rule)])
        for rule in INSIDE
    ]
    return "\n".join([
        "# The rules of the kernel, and what needs them", "",
        f"Of {len(every)} derivations: those of claims that are listed as true, and those that the kernel's tests have",
        "for its rules. One *needs* a rule if it is refused where the rule says nothing. By `tools/rules.py`.", "",
        "| step | what it says | needed by | such as |", "|---|---|---|---|", *map(_row, of_steps), "",
        "| rule | what it says | needed by | such as |", "|---|---|---|---|", *map(_row, inside), "",
        *damage(),
    ])  # fmt: skip


def damage() -> list[str]:
    """What became of derivations that were damaged, by the rules that say something in the undamaged one."""
    rows = DAMAGE.read_text("utf-8").splitlines()
    runs = [row.removeprefix("# ") for row in rows[1:] if row.startswith("#")]
    counts = [row.split("\t") for row in rows if not row.startswith("#")]
    table = (f"| `{rule}` | {' | '.join(numbers)} |" for rule, *numbers in counts)
    return [
        "## Damage", "",
        "A token of a derivation, or of its claim, is another; a hypothesis, a condition, a case, a step or a line is",
        "left out; or one hypothesis more says that a quantity is 0, 1 or another one. What is still accepted is to be",
        "true at all points tried, at each step of the tree under the hypotheses of its path, and each line adds up",
        "there. The first rows are by what was done; the others count the derivations in which the step or the rule",
        "says something.",
        "Recorded by", "", *(f"    {run}" for run in runs), "",
        "| what, step or rule | damaged | refused | accepted: still true | accepted: wrong |", "|---|---|---|---|---|",
        *table, "",
    ]  # fmt: skip


def _row(row: tuple[str, str, list[str]]) -> str:
    name, says, claims = row
    example = f"`{min(claims, key=len)}`".replace("|", "\\|") if claims else ""
    return f"| `{name}` | {says} | {len(claims)} | {example} |"


def _first_line(rule: Callable[..., Any]) -> str:
    return (rule.__doc__ or "").partition("\n")[0].rstrip(".")


def main() -> int:
    """Write or check the page."""
    new = written()
    if "--check" in sys.argv:
        current = TABLE.read_text("utf-8") == new
        if not current:
            print(f"{TABLE.name} is not up to date: run python tools/rules.py")
        return int(not current)
    TABLE.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
