"""Write what is generated of README.md and of docs/: derivation, headline, map, picture, kernel, what was timed.

    python tools/readme.py            write it
    python tools/readme.py --check    exit 1 if it is not up to date

A part stands between marks (symbolic/show/marks.py).
"""

import ast
import io
import sys
import tokenize
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from symbolic.language.notation import Limit
from symbolic.language.parser import parse_claim
from symbolic.language.prose import in_a_cell, in_markdown
from symbolic.language.typeset import latex, plain
from symbolic.results import Result, chapters, find
from symbolic.search.derivations import known
from symbolic.show.figures import simplex_path
from symbolic.show.marks import put

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCS = ROOT / "docs"
PICTURE = DOCS / "temperature.svg"
HEADLINE = (
    "softmax_jacobian", "jacobian_diag_gt0", "jacobian_offdiag_lt0", "two_class_logistic",
    "softmax_limit_hot", "softmax_limit_cold", "softmax_limit_cold_below",
)  # fmt: skip
NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def derivation() -> str:
    """The Jacobian, line by line."""
    return f"```math\n{find('softmax_jacobian').derivation.latex()}\n```"


def headline() -> str:
    """What the collection was made for."""
    rows = (f"| {in_markdown(each.title)} | $`{in_a_cell(latex(each.claim))}`$ |" for each in map(find, HEADLINE))
    return "\n".join(["| | |", "|---|---|", *rows])


def picture() -> str:
    """p for three logits, from infinite temperature to zero."""
    return simplex_path((2, 1, 0)).svg


def results() -> str:
    """A table of all results, chapter by chapter, each chapter with its notebook."""
    rows = [row for chapter in chapters() for row in chapter_rows(chapter)]
    return "\n".join(["| result | what it says | in one line |", "|---|---|---|", *rows])


def chapter_rows(chapter: ModuleType) -> list[str]:
    """The chapter's notebook, and its results."""
    stem = chapter.__name__.rpartition(".")[2].replace("_", "-")
    notebook = next((ROOT / "notebooks").glob(f"??-{stem}.ipynb"))
    head = f"| **[{notebook.stem}](../notebooks/{notebook.name})** | | |"
    return [head, *map(result_row, chapter.RESULTS)]


def result_row(result: Result) -> str:
    """A result's name, its claim and its title."""
    formula = in_a_cell(latex(result.claim))
    return f"| `{result.name}` | $`{formula}`$ | {in_markdown(result.title)} |"


def speed() -> str:
    """What `make bench` wrote, without its title."""
    return (ROOT / "bench" / "RESULTS.md").read_text("utf-8").partition("\n\n")[2].rstrip()


def checking() -> str:
    """What `python -m bench.checking` wrote."""
    return (ROOT / "bench" / "CHECKING.md").read_text("utf-8").rstrip()


def code_lines(source: str) -> int:
    """The number of lines of code: without docstrings, comments and blank lines.

    >>> code_lines('def f():' + chr(10) + '    # a comment' + chr(10) * 2 + '    return 1')
    2
    """
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    found = {n for each in tokens if each.type not in NO_CODE for n in range(each.start[0], each.end[0] + 1)}
    return len(found - _documented(ast.parse(source)))


def _documented(tree: ast.Module) -> set[int]:
    """The lines of docstrings."""
    found: set[int] = set()
    for node in ast.walk(tree):
        body = node.body if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) else []
        match body:
            case [ast.Expr(value=ast.Constant(value=str())) as text, *_]:
                found |= set(range(text.lineno, (text.end_lineno or 0) + 1))
    return found


def kernel() -> str:
    """The size of the kernel, and how much of what is listed as true has a derivation that it accepts."""
    sources = [file.read_text("utf-8") for file in (ROOT / "symbolic" / "kernel").glob("*.py")]
    lines, code = sum(len(each.splitlines()) for each in sources), sum(map(code_lines, sources))
    claims = list(map(parse_claim, listed_as_true()))
    limits = [claim for claim in claims if claim.lhs.has(Limit) or claim.rhs.has(Limit)]
    others = [claim for claim in claims if claim not in limits]
    shares = [
        f"{sum(known(plain(claim)) is not None for claim in alike)} of {len(alike)} {kind}"
        for kind, alike in (
            ("equalities", [claim for claim in others if claim.op == "=="]),
            ("inequalities", [claim for claim in others if claim.op != "=="]),
            ("limits", limits),
        )
    ]
    return (
        f"The kernel is {lines:,} lines, of which {code:,} are code.\n"
        f"Of the claims in `tests/claims/true.tsv`, {', '.join(shares[:-1])} and {shares[-1]}\n"
        f"have a derivation that it accepts (`make derivations`)."
    )


def listed_as_true() -> list[str]:
    rows = (ROOT / "tests" / "claims" / "true.tsv").read_text("utf-8").splitlines()
    return [row.split("\t")[0] for row in rows if row and not row.startswith("#")]


# page -> the generated parts that it has
PAGES: dict[Path, dict[str, Callable[[], str]]] = {
    README: {"derivation": derivation, "headline": headline, "kernel": kernel},
    DOCS / "map.md": {"results": results},
    DOCS / "trust.md": {"kernel": kernel, "checking": checking},
    DOCS / "benchmark.md": {"speed": speed},
}


def filled(page: Path) -> str:
    """A page's text with its generated parts made anew."""
    text = page.read_text("utf-8")
    for name, make in PAGES[page].items():
        text = put(text, name, make())
    return text


def made() -> dict[Path, str]:
    """Every generated file as it should be."""
    return {page: filled(page) for page in PAGES} | {PICTURE: picture()}


def main() -> int:
    """Write or check."""
    if "--check" not in sys.argv:
        for file, text in made().items():
            file.write_text(text, "utf-8")
        return 0
    stale = [file for file, text in made().items() if file.read_text("utf-8") != text]
    for file in stale:
        print(f"{file.relative_to(ROOT)} is not up to date: run `make notebooks`")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
