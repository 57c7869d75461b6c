"""Write the generated parts of README.md: a derivation, the map, what the kernel accepts, and what was timed.

    python tools/readme.py            write them
    python tools/readme.py --check    exit 1 if they are not up to date

A part stands between `<!-- name -->` and `<!-- /name -->`.
"""

import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

from symbolic.language.notation import Limit
from symbolic.language.parser import parse_claim
from symbolic.language.prose import in_a_cell, in_markdown
from symbolic.language.typeset import latex, plain
from symbolic.results import Result, chapters, find
from symbolic.search.derivations import known

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def derivation() -> str:
    """The Jacobian, line by line."""
    return f"```math\n{find('softmax_jacobian').derivation.latex()}\n```"


def results() -> str:
    """A table of all results, chapter by chapter, each chapter with its notebook."""
    rows = [row for chapter in chapters() for row in chapter_rows(chapter)]
    return "\n".join(["| result | what it says | in one line |", "|---|---|---|", *rows])


def chapter_rows(chapter: ModuleType) -> list[str]:
    """The chapter's notebook, and its results."""
    stem = chapter.__name__.rpartition(".")[2].replace("_", "-")
    notebook = next((ROOT / "notebooks").glob(f"??-{stem}.ipynb"))
    head = f"| **[{notebook.stem}](notebooks/{notebook.name})** | | |"
    return [head, *map(result_row, chapter.RESULTS)]


def result_row(result: Result) -> str:
    """A result's name, its claim and its title."""
    formula = in_a_cell(latex(result.claim))
    return f"| `{result.name}` | $`{formula}`$ | {in_markdown(result.title)} |"


def speed() -> str:
    """What `make bench` wrote, without its title."""
    return (ROOT / "bench" / "RESULTS.md").read_text("utf-8").partition("\n\n")[2].rstrip()


def kernel() -> str:
    """The size of the kernel, and how much of what is listed as true has a derivation that it accepts."""
    lines = sum(len(file.read_text("utf-8").splitlines()) for file in (ROOT / "symbolic" / "kernel").glob("*.py"))
    claims = [claim for claim in map(parse_claim, listed_as_true()) if not claim.lhs.has(Limit) | claim.rhs.has(Limit)]
    shares = [
        f"{sum(known(plain(claim)) is not None for claim in alike)} of {len(alike)} {kind}"
        for kind, alike in (
            ("equalities", [claim for claim in claims if claim.op == "=="]),
            ("inequalities", [claim for claim in claims if claim.op != "=="]),
        )
    ]
    return (
        f"The kernel is {lines:,} lines, comments and all. Of the claims in `tests/claims/true.tsv`, limits apart,\n"
        f"{' and '.join(shares)} have a derivation that it accepts (`make derivations`)."
    )


def listed_as_true() -> list[str]:
    rows = (ROOT / "tests" / "claims" / "true.tsv").read_text("utf-8").splitlines()
    return [row.split("\t")[0] for row in rows if row and not row.startswith("#")]


PARTS: dict[str, Callable[[], str]] = {
    "derivation": derivation,
    "results": results,
    "kernel": kernel,
    "speed": speed,
}


def filled(text: str) -> str:
    """The README's text with its generated parts made anew."""
    for name, make in PARTS.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text, found = pattern.subn(partial(put_between, f"{make()}\n"), text)
        if found != 1:
            raise ValueError(f"README.md has {found} places marked {name}, not one")
    return text


def put_between(made: str, found: re.Match[str]) -> str:
    """The text between two marks replaced."""
    return found[1] + made + found[2]


def main() -> int:
    """Write or check the generated parts."""
    old = README.read_text("utf-8")
    new = filled(old)
    if "--check" in sys.argv:
        if new != old:
            print("README.md is not up to date: run python tools/readme.py")
        return int(new != old)
    README.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
