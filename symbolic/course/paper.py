"""Notebooks, and sheets in Markdown, as one PDF on A4.

python -m symbolic.course.paper OUT.pdf FILE...        such as notebooks/*.ipynb, or a handout
python -m symbolic.course.paper OUT-{p}.png FILE...    its pages as pictures

    printed(out, text, folder)      Markdown, whose figures are in the folder, as a PDF
    together(text)                  Markdown that stands on one page

Notebook -> Markdown (nbconvert) -> typst (pandoc) -> PDF: formulas and figures are set, nothing is fetched. Raw HTML is
left out, and a derivation is taken as LaTeX. The figures of a sheet called page.md are in page_files beside it.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pypandoc
import typst

__all__ = ["printed", "together", "written"]

READS = "markdown-auto_identifiers-implicit_figures+tex_math_dollars+pipe_tables+raw_html-markdown_in_html_blocks"
ORDER = ["image/svg+xml", "text/latex", "text/markdown", "text/plain"]
LOOKS = ["--standalone", "-V", "papersize=a4", "-V", "fontsize=10.5pt", "-V", "margin-x=2.2cm"]

# A wide formula is set smaller; in a table names break, and the table between its rows.
FITS = """\
#show math.equation.where(block: true): it => layout(page => {
  let wide = measure(it).width
  if wide <= page.width { it } else { scale(page.width / wide * 100%, reflow: true, it) }
})
#show figure: set block(breakable: true)
#show table: set par(justify: false)
#show table: it => { show regex("[_.(]"): mark => mark + sym.zws; it }
"""
NEXT_PAGE = "\n\n```{=typst}\n#pagebreak()\n```\n\n"
INLINE = re.compile(r"(?<![$`])\$([^$\n]+)\$(?![$`])")
LABELLED = re.compile(r"^(- #strong\[\w\.\])\s+\$([^$]+)\$$", re.MULTILINE)
EQUAL_COLUMNS = re.compile(r"columns: \(([\d.]+%(?:, [\d.]+%)*)\)")


def markdown(path: Path, folder: Path) -> str:
    """A file as Markdown; its figures are written to the folder."""
    if path.suffix != ".ipynb":
        if (drawn := path.with_name(f"{path.stem}_files")).is_dir():
            shutil.copytree(drawn, folder / drawn.name)
        return path.read_text("utf-8")
    import nbformat
    from nbconvert import MarkdownExporter
    from traitlets.config import Config

    settings = Config()
    settings.NbConvertBase.display_data_priority = ORDER
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/svg+xml" in data:
                data["image/svg+xml"] = "".join(data["image/svg+xml"])
    about = {"unique_key": path.stem, "output_files_dir": f"{path.stem}_files"}
    text, more = MarkdownExporter(config=settings).from_notebook_node(notebook, resources=about)
    for name, content in more["outputs"].items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return str(text)


def written(out: Path, files: list[Path]) -> Path:
    """The files as one PDF, each from a new page."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        return printed(out, NEXT_PAGE.join(markdown(each, folder) for each in files), folder)


def printed(out: Path, text: str, folder: Path) -> Path:
    """Markdown as a PDF; its figures, and what is made on the way, are in the folder."""
    source = pypandoc.convert_text(_readable(text), "typst", format=READS, extra_args=LOOKS)
    page = folder / "page.typ"
    page.write_text(FITS + _mended(source), "utf-8")
    out.parent.mkdir(parents=True, exist_ok=True)
    typst.compile(str(page), output=str(out), format="png" if out.suffix == ".png" else "pdf")
    return out


def together(text: str) -> str:
    """Markdown that no page ends within."""
    return f"::: {{typst:breakable=false typst:width=100%}}\n{text}\n:::"


def _readable(text: str) -> str:
    """Markdown that pandoc reads as it is meant: no line breaks in tables, no folded parts, a point in pieces."""
    plain = re.sub(r"</?(details|summary)[^>]*>", "\n", text.replace("<br>", " "))
    return INLINE.sub(lambda found: found[0].replace(r",\; ", "$, $"), plain)


def _mended(source: str) -> str:
    """A point after a formula is no field of it, a space is wider than nothing, what is to be chosen or put in order is
    as large as on a line of its own, and columns are as wide as what is in them."""
    dotted = re.sub(r"\]\.(?=[A-Za-z])", "]\\.", source).replace("#h(0em)", "#h(0.28em)")
    dotted = LABELLED.sub(r"\1 #box(inset: (y: 3pt), $display(\2)$)", dotted)
    return EQUAL_COLUMNS.sub(lambda found: f"columns: {found[1].count('%')}", dotted)


if __name__ == "__main__":
    print(written(Path(sys.argv[1]), list(map(Path, sys.argv[2:]))))
