"""What colours the cells of Coq in JupyterLab, run by node beside the little of CodeMirror that it uses."""

import json
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from pygments.token import Keyword

from symbolic.coq.magic import COLOURS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "symbolic" / "coq" / "labextension"
ABOUT = json.loads((FOLDER / "package.json").read_text("utf-8"))
SCRIPT = FOLDER / ABOUT["jupyterlab"]["_build"]["load"]

# A set of decorations is a list here, and an editor its text.
STAGE = """
const fs = require("fs"), vm = require("vm");
const share = (it) => ({ "1.0.0": { get: async () => () => it } });
const scope = {
  "@jupyterlab/codemirror": share({
    EditorExtensionRegistry: { createImmutableExtension: (extension) => extension },
  }),
  "@codemirror/state": share({ Prec: { highest: (extension) => extension } }),
  "@codemirror/view": share({
    Decoration: { mark: (about) => ({ range: (from, to) => [from, to, about.attributes] }), set: (marks) => marks },
    ViewPlugin: { fromClass: (plugin) => plugin },
  }),
};
const window = {};
vm.runInNewContext(fs.readFileSync(process.argv[1], "utf-8"), { window });
const container = window._JUPYTERLAB[process.argv[2]];
container.init(scope);
container.get("./extension").then((factory) => {
  const plugin = factory().default;
  plugin.activate({}, { addExtension: ({ factory }) => {
    const View = factory(), text = fs.readFileSync(0, "utf-8");
    const { decorations } = new View({ state: { doc: text } });
    console.log(JSON.stringify(decorations.map(([from, to, { style }]) => [text.slice(from, to), style])));
  } });
});
"""


def coloured(cell: str) -> list[tuple[str, str]]:
    """The words of a cell, each with its colour; empty if it has none of its own."""
    said = subprocess.run(["node", "-e", STAGE, SCRIPT, ABOUT["name"]], input=cell, capture_output=True, text=True,
                          check=True, timeout=60).stdout  # fmt: skip
    styles = ((word, style.partition("color: ")[2].partition(";")[0]) for word, style in json.loads(said))
    return [(word, colour if colour.startswith("#") else "") for word, colour in styles]


needs_node = pytest.mark.skipif(
    shutil.which("node") is None, reason="the colours were NOT tried: node is not installed (make tools-site)"
)


@needs_node
def test_the_words_of_coq_have_the_colours_that_the_answers_have() -> None:
    colour = {str(kind).rpartition(".")[2]: each for kind, each in COLOURS.items()}
    cell = '%%coq --anew\nLemma a1 : 1 = 1. (* by (* all *) means *)\nby move=> k; rewrite "x y" z\'; ring.\n'
    found = coloured(cell)
    assert "".join(word for word, _ in found) == "".join(cell.partition("\n")[2].split()).replace('"xy"', '"x y"')
    assert set(found) >= {
        ("Lemma", colour["Namespace"]), ("a1", ""), ("1", colour["Number"]), ("by", colour["Keyword"]),
        ("all", colour["Comment"]), ("means", colour["Comment"]), ("*)", colour["Comment"]),
        ('"x y"', colour["String"]), ("rewrite", colour["Keyword"]), ("z'", ""), ("ring", colour["Keyword"]),
    }  # fmt: skip


@needs_node
@pytest.mark.parametrize("cell", ["from sympy import exp\nLemma = 1", "%%coqtop\nLemma", "# %%coq\nLemma", "%%coq", ""])
def test_other_cells_are_left_alone(cell: str) -> None:
    assert coloured(cell) == []


@needs_node
def test_a_proof_of_the_game_is_coloured() -> None:
    assert coloured("%%prove 3\nmove=> k.")[0] == ("move", COLOURS[Keyword])


def test_it_is_installed_where_jupyterlab_looks_for_it() -> None:
    files = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["data-files"]
    where = f"share/jupyter/labextensions/{ABOUT['name']}"
    told = {f"{folder}/{Path(each).name}": ROOT / each for folder, names in files.items() for each in names}
    assert told == {f"{where}/{each.relative_to(FOLDER)}": each for each in FOLDER.rglob("*") if each.is_file()}
