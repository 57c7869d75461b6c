"""Notebooks are edited as text and read executed: NN-name.md (MyST) -> NN-name.ipynb beside it.

python tools/notebooks.py [TEXT ...]      execute these, or all of notebooks/
python tools/notebooks.py --check         do the stored notebooks say what their texts say?
python tools/notebooks.py --list          the stored notebooks that can be executed on this machine

Where Coq is not installed, those with cells of Coq are left out, and it is said which.
"""

import argparse
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode

from symbolic.coq import coqc

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
SECONDS_A_CELL = 120
NOBODY = {"SYMBOLIC_PROGRESS": ""}  # what cells answer is nobody's progress

# Nothing here names a version, so notebooks executed on different machines are the same bytes. JupyterLab adds the
# version of Python when its kernel starts, and so takes the notebook for changed.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "pygments_lexer": "ipython3"},
}


def from_text(text: Path) -> NotebookNode:
    """The notebook that a text describes, not yet executed."""
    notebook = jupytext.read(text, fmt="md:myst")
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number}"  # jupytext draws it at random
    return notebook


def needs_coq(text: Path) -> bool:
    """Does it have cells of Coq?"""
    return "%load_ext symbolic.coq" in text.read_text("utf-8")


def cells(notebook: NotebookNode) -> list[tuple[str, str]]:
    """What a reader edits: the kinds and the sources of the cells, without what an editor keeps beside them."""
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


def stale(text: Path) -> str | None:
    """What is wrong with the notebook stored beside this text; None if it says the same."""
    stored = text.with_suffix(".ipynb")
    if not stored.exists():
        return f"{stored.name}: not executed yet (make notebooks)"
    if cells(nbformat.read(stored, as_version=4)) != cells(from_text(text)):
        return f"{stored.name}: not what {text.name} says (make notebooks)"
    return None


def execute(text: Path) -> str | None:
    """Execute a text and store the notebook; if a cell fails store nothing, and return why."""
    notebook = from_text(text)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],  # else each kernel warns that it is not encrypted
        coalesce_streams=True,  # how output is cut into pieces depends on the moment
        resources={"metadata": {"path": text.parent}},
    )
    with client.setup_kernel(env=os.environ | NOBODY):
        for index, cell in enumerate(notebook.cells):
            try:
                client.execute_cell(cell, index)
            except (CellControlSignal, DeadKernelError) as error:
                return f"{text.name}, cell {index + 1}: {error}"
    unfinished = text.with_suffix(".ipynb.tmp")
    nbformat.write(notebook, unfinished)
    unfinished.replace(text.with_suffix(".ipynb"))
    return None


def report(texts: Iterable[Path], failures: Iterable[str | None]) -> int:
    failed = 0
    for text, failure in zip(texts, failures, strict=True):
        print(failure or f"{text.stem}: ok", flush=True)
        failed += failure is not None
    return 1 if failed else 0


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("texts", nargs="*", type=Path, help="default: every text in notebooks/")
    options.add_argument("--check", action="store_true", help="execute nothing, compare only")
    options.add_argument("--list", action="store_true", help="execute nothing, name what could be")
    given = options.parse_args()
    texts = given.texts or sorted(FOLDER.glob("*.md"))
    if given.check:
        return report(texts, map(stale, texts))
    left_out = [] if coqc.installed() else list(filter(needs_coq, texts))
    texts = [text for text in texts if text not in left_out]
    if given.list:
        print(*(text.with_suffix(".ipynb") for text in texts))
        return 0
    for text in left_out:
        print(f"{text.stem}: left out, for Coq is not installed (make coq)")
    if any(map(needs_coq, texts)):
        coqc.build()
    with ProcessPoolExecutor() as pool:
        return report(texts, pool.map(execute, texts))


if __name__ == "__main__":
    sys.exit(main())
