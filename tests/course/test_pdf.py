"""PDFs are made, and nothing on their pages is cut."""

from pathlib import Path

import pypdfium2
import pytest

from symbolic.__main__ import main
from tools.pdf import written
from tools.slides import Handout, lectures

ROOT = Path(__file__).parent.parent.parent
MARGIN = 36  # points that stay free at each side of a page


def outside(path: Path) -> list[tuple[int, str]]:
    """What is written nearer to the edge of a page than the margin, and on which page."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(path), start=1):
        width, height = page.get_size()
        text = page.get_textpage()
        for at in range(text.count_rects()):
            left, bottom, right, top = box = text.get_rect(at)
            if left < MARGIN or bottom < MARGIN or right > width - MARGIN or top > height - MARGIN:
                found.append((number, text.get_text_bounded(*box)))
    return found


@pytest.mark.parametrize("stem", ["02-jacobian", "13-thread-audit", "20-formal-proofs"])  # formulas, tables, code
def test_a_notebook(stem: str, tmp_path) -> None:
    made = written(tmp_path / "out.pdf", [ROOT / "notebooks" / f"{stem}.ipynb"])
    assert len(pypdfium2.PdfDocument(made)) > 3
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


def test_an_exam_with_its_solutions(tmp_path) -> None:
    assert main(["exam", "--seed", "7", "--questions", "8", "--solutions", "--write", str(tmp_path / "exam.md")]) == 0
    assert outside(written(tmp_path / "out.pdf", [tmp_path / "exam.md"])) == []


def test_what_is_cut_would_be_seen(tmp_path) -> None:
    (tmp_path / "wide.md").write_text(f"`{'x' * 400}`\n")
    assert outside(written(tmp_path / "out.pdf", [tmp_path / "wide.md"])) != []
