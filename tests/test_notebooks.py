"""Every notebook is stored as its text says, executed in order, short and wholly validated.

That the outputs are right is for nbval: it executes the notebooks and compares.
"""

import ast
import re
import sys
from functools import cache
from pathlib import Path

import jupytext
import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from jupytext.config import load_jupytext_config
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from symbolic.coq.theorems import formal, stated
from symbolic.course import exercise, judge
from symbolic.course.exercise_data import of_notebook
from symbolic.course.submitted import answers_in
from symbolic.results import chapters
from tools import notebooks
from tools.notebooks import FOLDER, needs_coq, stale

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
CELLS = 25
LINES = 3
LINES_OF_COQ = 15  # as long as a proof may be
FORMAL = re.compile(r"from symbolic.coq.theorems import formal\nformal\((.*)\)")


def code_cells(path: Path) -> list[NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def ends_in_an_expression(source: str) -> bool:
    """A cell of Coq is an expression, too: the call of its magic."""
    return isinstance(ast.parse(TransformerManager().transform_cell(source)).body[-1], ast.Expr)


def is_coq(source: str) -> bool:
    return source.startswith("%%coq")


def is_formal(cell: NotebookNode) -> bool:
    return FORMAL.fullmatch(cell.source) is not None


each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_every_notebook_has_its_text_and_every_text_its_notebook() -> None:
    assert NOTEBOOKS
    assert {p.stem for p in NOTEBOOKS} == {p.stem for p in FOLDER.glob("*.md")}


@each_notebook
def test_it_says_what_its_text_says(path: Path) -> None:
    assert stale(path.with_suffix(".md")) is None


BY_JUPYTER = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.13.1",
    },
}


def saved(path: Path, folder: Path) -> tuple[Path, NotebookNode]:
    """A notebook and its text as JupyterLab saves both, with metadata of its own."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = nbformat.from_dict(BY_JUPYTER)
    nbformat.write(notebook, folder / path.name)
    text = (folder / path.name).with_suffix(".md")
    settings = load_jupytext_config(str(path))
    text.write_text(jupytext.writes(notebook, fmt="md:myst", config=settings), "utf-8")
    return text, notebook


@each_notebook
def test_saved_untouched_it_has_the_same_text_and_is_not_stale(path: Path, tmp_path: Path) -> None:
    text, _ = saved(path, tmp_path)
    assert text.read_text("utf-8") == path.with_suffix(".md").read_text("utf-8")
    assert stale(text) is None


def test_a_cell_that_was_edited_makes_it_stale(tmp_path: Path) -> None:
    text, notebook = saved(NOTEBOOKS[0], tmp_path)
    notebook.cells[1].source += " "
    nbformat.write(notebook, text.with_suffix(".ipynb"))
    assert stale(text) == f"{text.stem}.ipynb: not what {text.name} says (make notebooks)"


@cache
def exporter() -> HTMLExporter:
    return HTMLExporter()


def visible(html: str) -> str:
    """What an exported page shows before anybody clicks."""
    return re.sub(r"<details>.*?</details>", "", html, flags=re.DOTALL)


ASKING = [path for path in NOTEBOOKS if of_notebook(path.stem[:2]) and not path.stem.endswith("-game")]
PRACTICE = re.compile(r'display\(check\("(..-.)", "(.*)"\), practice\("(..)"\)\)$')


def last_of_practice(path: Path) -> NotebookNode:
    (cell,) = [cell for cell in code_cells(path) if PRACTICE.search(cell.source)]
    return cell


@pytest.mark.parametrize("path", ASKING, ids=lambda path: path.stem)
def test_its_exercises_are_shown_with_their_solutions_folded(path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[last_of_practice(path)])
    html, _ = exporter().from_notebook_node(notebook)
    assert "<details open" not in html
    for each in of_notebook(path.stem[:2]):
        assert each.id in visible(html)
        assert f"<summary>Solution of {each.id}</summary>" in html
    assert "Solution of" not in visible(html)


@pytest.mark.parametrize("path", ASKING, ids=lambda path: path.stem)
def test_the_answer_that_is_to_be_mended_is_a_known_slip(path: Path) -> None:
    asked, answer, notebook = PRACTICE.search(last_of_practice(path).source).groups()
    assert asked.startswith(f"{notebook}-")
    assert path.stem.startswith(f"{notebook}-")
    assert answer in exercise(asked).wrong
    assert f"**{asked}: wrong.**" in str(last_of_practice(path).outputs)


@each_notebook
def test_no_cell_answers_an_exercise(path: Path) -> None:
    assert not any(judge(exercise(id), answer) for id, answer in answers_in(path).items())


@each_notebook
def test_it_was_executed_once_and_in_order(path: Path) -> None:
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_no_cell_failed_or_warned(path: Path) -> None:
    outputs = [output for cell in code_cells(path) for output in cell.outputs]
    assert [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"] == []


@each_notebook
def test_what_ends_in_an_expression_shows_something(path: Path) -> None:
    """nbval passes a cell that was never executed: it has no output to compare."""
    silent = [c.source for c in code_cells(path) if ends_in_an_expression(c.source) and not c.outputs]
    assert silent == []


@each_notebook
def test_it_is_short(path: Path) -> None:
    """The formal statements at its end, folded, are not counted."""
    assert len([c for c in nbformat.read(path, as_version=4).cells if not is_formal(c)]) <= CELLS
    sources = [c.source for c in code_cells(path)]
    assert [s for s in sources if len(s.splitlines()) > (1 + LINES_OF_COQ if is_coq(s) else LINES)] == []


RESULTS = [
    next(FOLDER.glob(f"??-{stem.replace('_', '-')}.ipynb"))
    for stem in (each.__name__.rpartition(".")[2] for each in chapters())
]


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.stem)
def test_a_notebook_of_results_ends_with_their_formal_statements(path: Path) -> None:
    last = nbformat.read(path, as_version=4).cells[-1]
    assert is_formal(last)
    assert last.source.partition('formal("')[2].partition('"')[0] == path.stem[3:].replace("-", "_")


def headings(path: Path) -> list[str]:
    return re.findall(r"^## (.+)$", path.with_suffix(".md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.stem)
def test_a_chapter_tells_where_it_breaks_what_it_is_good_for_and_then_asks(path: Path) -> None:
    wanted = ("Where it breaks", "What it is good for", "Try yourself", "Sources", "Formal statements")
    found = [each for each in headings(path) if each.startswith(wanted)]
    assert [each.partition(":")[0] for each in found] == list(wanted)


QUESTION = "**Guess before you read on.**"


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p.stem < "20"], ids=lambda path: path.stem)
def test_it_asks_before_it_proves(path: Path) -> None:
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    (asked,) = [at for at, source in enumerate(sources) if QUESTION in source]
    proofs = [
        at for at, source in enumerate(sources) if re.search(r"\.derivation|^(show|derive|verify)\(", source, re.M)
    ]
    assert all(asked < at for at in proofs)


@each_notebook
def test_the_thread_is_introduced_where_it_is_first_spoken_of(path: Path) -> None:
    paragraphs = re.split(r"\n\s*\n", path.with_suffix(".md").read_text("utf-8"))
    spoken = [each for each in paragraphs if re.search(r"\bthread\b", each) and not each.startswith("#")]
    assert all("https://stats.stackexchange.com/" in each for each in spoken[:1])


def test_every_theorem_is_shown_in_some_notebook() -> None:
    cells = [c.source for path in NOTEBOOKS for c in code_cells(path) if is_formal(c)]
    named = {name for source in cells for name in re.findall(r'"(\w+)"', source)}
    shown = {each.name for each in formal(*named).theorems}
    assert {name for _, name in stated("Theorem")} <= shown


@each_notebook
def test_no_proof_is_left_open_at_its_end(path: Path) -> None:
    """A cell of Coq may leave a proof to the next one, so the last one may not."""
    cells = [c.source for c in code_cells(path) if is_coq(c.source)]
    assert not cells or "--unfinished" not in cells[-1].splitlines()[0]


def test_without_coq_its_notebooks_are_left_out_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    executed: list[Path] = []
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(notebooks, "report", lambda texts, failures: executed.extend(texts) or 0)
    monkeypatch.setattr(notebooks, "execute", lambda text: None)
    monkeypatch.setattr(sys, "argv", ["notebooks.py"])
    assert notebooks.main() == 0
    left_out = [text for text in sorted(FOLDER.glob("*.md")) if needs_coq(text)]
    assert left_out
    assert executed == [text for text in sorted(FOLDER.glob("*.md")) if text not in left_out]
    told = capsys.readouterr().out
    assert all(f"{text.stem}: left out, for Coq is not installed" in told for text in left_out)
    monkeypatch.setattr(sys, "argv", ["notebooks.py", "--list"])
    assert notebooks.main() == 0
    assert all(text.stem not in capsys.readouterr().out for text in left_out)


@each_notebook
def test_no_cell_is_exempt_from_validation(path: Path) -> None:
    text = path.with_suffix(".md").read_text("utf-8").lower()
    assert [word for word in ("nbval-", "nbval_", "raises-exception") if word in text] == []
