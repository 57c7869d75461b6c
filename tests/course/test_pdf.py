"""PDFs are made, and nothing on their pages is cut."""

import json
from pathlib import Path

import pypdfium2
import pytest

from symbolic.__main__ import main
from symbolic.course.paper import printed, together, written
from tools.slides import Handout, lectures

ROOT = Path(__file__).parent.parent.parent
MARGIN = 36  # points that stay free at each side of a page


Box = tuple[float, float, float, float]


def outside(path: Path) -> list[tuple[int, Box]]:
    """The boxes of letters and lines nearer to the edge of a page than the margin, and on which page."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(path), start=1):
        width, height = page.get_size()
        for left, bottom, right, top in (each.get_bounds() for each in page.get_objects()):
            if left < MARGIN or bottom < MARGIN or right > width - MARGIN or top > height - MARGIN:
                found.append((number, (left, bottom, right, top)))
    return found


def pages(path: Path) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]


def test_the_whole_collection(tmp_path) -> None:
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    made = written(tmp_path / "out.pdf", notebooks)
    titles = {json.loads(path.read_text("utf-8"))["cells"][0]["source"][0].strip("# \n") for path in notebooks}
    heads = [" ".join(page.split()) for page in pages(made)]
    assert all(any(head.startswith(title) for head in heads) for title in titles)
    assert outside(made) == []


def test_each_file_begins_a_page(tmp_path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nshort\n")
    assert len(pypdfium2.PdfDocument(written(tmp_path / "out.pdf", [tmp_path / "a.md", tmp_path / "b.md"]))) == 2


@pytest.mark.parametrize("path", lectures(), ids=lambda path: path.stem)
def test_a_handout(path: Path, tmp_path) -> None:
    handout = Handout(path.stem)
    (tmp_path / f"{path.stem}.md").write_text(handout.text(path.read_text("utf-8")), "utf-8")
    (tmp_path / f"{path.stem}_files").mkdir()
    for name, svg in handout.figures.items():
        (tmp_path / name).write_text(svg, "utf-8")
    assert outside(written(tmp_path / "out.pdf", [tmp_path / f"{path.stem}.md"])) == []


@pytest.mark.parametrize("solutions", [[], ["--solutions"]])
def test_an_exam(solutions: list[str], tmp_path) -> None:
    sheet = tmp_path / "exam.pdf"
    assert main(["exam", "--seed", "7", "--questions", "8", *solutions, "--write", str(sheet)]) == 0
    assert sheet.read_bytes().startswith(b"%PDF")
    assert outside(sheet) == []


def parted(path: Path, many: int) -> list[int]:
    """Which of so many questions, with `begin1.` and `end1.` and so on around them, end on a later page."""
    return [at for at in range(many) if not any(f"begin{at}." in page and f"end{at}." in page for page in pages(path))]


def test_no_page_ends_within_a_question(tmp_path) -> None:
    formulas = "$$\n\\frac{1}{Z}\n$$\n\n" * 5
    questions = [f"begin{at}.\n\n{formulas}end{at}." for at in range(20)]
    assert parted(printed(tmp_path / "apart.pdf", "\n\n".join(questions), tmp_path), 20)
    assert not parted(printed(tmp_path / "out.pdf", "\n\n".join(map(together, questions)), tmp_path), 20)


def test_an_answer_to_choose_is_as_large_as_on_a_line_of_its_own(tmp_path) -> None:
    heights = []
    for formula in (r"**A.** $\frac{1}{Z}$", r"so is $\frac{1}{Z}$"):
        page = pypdfium2.PdfDocument(printed(tmp_path / "out.pdf", f"- {formula}\n", tmp_path))[0]
        tops = [each.get_bounds()[3] for each in page.get_objects()]
        heights.append(max(tops[:-1]) - min(tops[:-1]))  # but for the number of the page
    assert heights[0] > 1.2 * heights[1]


def test_what_is_cut_would_be_seen(tmp_path) -> None:
    (tmp_path / "wide.md").write_text(f"`{'x' * 400}`\n")
    assert outside(written(tmp_path / "out.pdf", [tmp_path / "wide.md"])) != []
