"""The source of the book, laid out as in the repository, so that links between notebooks and pages lead on."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from book import exercises, pages, tips
from book.verdicts import Said
from symbolic.statements import all_statements

__all__ = ["stage"]

SITE = Path(__file__).resolve().parent.parent
INLINE = re.compile(r"\$`([^`]*)`\$")  # as GitHub writes mathematics
AS_A_FILE = re.compile(r"\[([^\]]*)\]\(\.\./((?:proofs|tests|slides)[^)]*)\)")
ALIVE = re.compile(r'<(style|script)[^>]* data-moving="">.*?</\1>', re.DOTALL)  # the site serves it in files of its own
WHOLE = """\
<p class="buttons whole"><button type="button" id="run-all">Run all cells</button>
<a href="../{name}" download>Download</a>
<a href="../../jupyter/notebooks/index.html?path=notebooks/{name}">Open the whole notebook</a>
<span id="ran" role="status"></span></p>
"""
RULE = re.compile(r"^---$", re.MULTILINE)
IN_SUMMARY = re.compile(r'(<summary>[^\n]*?)<a href="([^"]*)">([^<]*)</a>([^\n]*?</summary>)')  # what is clicked twice
AS_THEY_ARE = ("proofs", "slides", "tests/claims", "tests/kernel", "tests/results", "tests/search")  # pages link there
FILES = {".md", ".py", ".v", ".tsv", ".txt"}


def stage(source: Path, root: Path, said: dict[str, Said]) -> None:
    """Write all of it anew."""
    if source.exists():
        shutil.rmtree(source)
    shutil.copytree(SITE / "pages", source)
    (source / "notebooks").mkdir()
    for notebook in sorted((root / "notebooks").glob("*.ipynb")):
        (source / "notebooks" / notebook.name).write_text(linked(notebook.read_text("utf-8"), notebook.name), "utf-8")
    (source / "docs").mkdir()
    for page in (root / "docs").iterdir():
        if page.suffix == ".md":
            (source / "docs" / page.name).write_text(for_sphinx(page.read_text("utf-8")), "utf-8")
        else:
            shutil.copy(page, source / "docs")
    _generate(source, said)
    _as_they_are(source.parent / "extra", root)
    shutil.copytree(
        root / "notebooks", source.parent / "extra" / "notebooks", ignore=shutil.ignore_patterns("*.md", ".*")
    )
    _tips(source.parent / "extra" / "tips", said)


def for_sphinx(text: str) -> str:
    """A page that is written for GitHub."""
    return AS_A_FILE.sub(_to_a_file, INLINE.sub(r"$\1$", text).replace("```math\n", "```{math}\n"))


def linked(notebook: str, name: str) -> str:
    """A notebook that can be had and run as a whole, whose links to files lead to them: a page is a folder deeper."""
    read = json.loads(notebook)
    title, rest, text = "".join(read["cells"][0]["source"]).partition("\n")
    read["cells"][0]["source"] = f"{title}\n\n{WHOLE.format(name=name)}\n{rest}{text}"
    for cell in read["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = AS_A_FILE.sub(_to_a_file, "".join(cell["source"]))
        for output in cell.get("outputs", ()):
            for kind, text in output.get("data", {}).items():
                if kind == "text/markdown":  # a rule is a section's in Sphinx, and an output is none
                    output["data"][kind] = RULE.sub("<hr>", "".join(text))
                elif kind == "text/html":
                    deeper = ALIVE.sub("", "".join(text)).replace('href="../proofs/', 'href="../../proofs/')
                    output["data"][kind] = IN_SUMMARY.sub(r'\1\3\4<p><a href="\2">\3</a></p>', deeper)
    return json.dumps(read)


def _to_a_file(found: re.Match[str]) -> str:
    """A link to a file that is no page; of a folder there is a page."""
    target = "formal/" if found[2] == "proofs" else found[2]
    return f'<a href="../../{target}">{found[1]}</a>'


def _generate(source: Path, said: dict[str, Said]) -> None:
    entries = pages.entries(said)
    (source / "statement").mkdir()
    for entry in entries:
        (source / "statement" / f"{entry.statement.id}.md").write_text(pages.statement(entry, said), "utf-8")
    made = {
        "ledger": pages.ledger(entries),
        "gallery": pages.gallery(entries, said),
        "dictionary": pages.dictionary(),
        "formal": pages.formal_statements(),
        "exercises": exercises.page(source / "notebooks"),
    }
    for name, text in made.items():
        (source / f"{name}.md").write_text(text, "utf-8")


def _tips(folder: Path, said: dict[str, Said]) -> None:
    folder.mkdir()
    latex = {line: each.latex for line, each in said.items()}
    for name, text in {
        "symbols": tips.symbols(),
        "statements": tips.statements(all_statements(), latex),
        "results": tips.results(),
    }.items():
        (folder / f"{name}.html").write_text(f'<body data-pagefind-ignore="all">\n{text}\n', "utf-8")


def _as_they_are(extra: Path, root: Path) -> None:
    if extra.exists():
        shutil.rmtree(extra)
    for folder in AS_THEY_ARE:
        (extra / folder).mkdir(parents=True)
        for file in sorted((root / folder).iterdir()):
            if file.suffix in FILES:
                shutil.copy(file, extra / folder)
