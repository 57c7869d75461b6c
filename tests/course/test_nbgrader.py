"""An assignment goes through the real nbgrader: out, back, graded as data, and back to the student."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("nbgrader", reason="nbgrader is not installed: make test-nbgrader")

from nbgrader.api import Gradebook

from symbolic.__main__ import main
from symbolic.course.exercise_data import of_notebook
from tools.course import write

NAME = "02-jacobian"
ANSWERS = {each.id: each.answer.replace("\\", "\\\\") for each in of_notebook("02")}


def nbgrader(folder: Path, *words: str) -> None:
    """One of its commands, in a folder of its own."""
    root = f"--Exchange.root={folder.parent / 'exchange'}"
    command = [sys.executable, "-m", "nbgrader", *words, root, "--CourseDirectory.course_id=softmax"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "JUPYTER_CONFIG_DIR": str(folder.parent / "jupyter")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def answered(text: str, answers: dict[str, str]) -> str:
    for id, answer in answers.items():
        empty = f'check(\\"{id}\\", \\"\\")'
        assert empty in text
        text = text.replace(empty, f'check(\\"{id}\\", \\"{answer}\\")')
    return text


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """A course, of which mia has answered all, eva half, and tom would rather patch the checker."""
    folder = tmp_path_factory.mktemp("course")
    course, home = folder / "course", folder / "home"
    write(course)
    home.mkdir()
    (folder / "exchange").mkdir(mode=0o777)
    (folder / "exchange").chmod(0o777)
    nbgrader(course, "generate_assignment", NAME)
    nbgrader(course, "release_assignment", NAME)
    nbgrader(home, "fetch_assignment", NAME)
    paper = home / NAME / f"{NAME}.ipynb"
    empty = paper.read_text("utf-8")
    paper.write_text(answered(empty, ANSWERS), "utf-8")
    nbgrader(home, "submit", NAME)
    nbgrader(course, "collect", NAME)
    (mia,) = (course / "submitted").iterdir()
    mia.rename(course / "submitted" / "mia")
    half = dict(list(ANSWERS.items())[:4])
    patch = f"import pathlib; pathlib.Path('{folder / 'harmed'}').touch()"
    tag = answered(empty, {next(iter(ANSWERS)): "<img src=x onerror=alert(1)>"})
    others = {"eva": answered(empty, half), "tom": tag.replace("from symbolic.course import check, hint", patch)}
    for name, text in others.items():
        place = course / "submitted" / name / NAME
        place.mkdir(parents=True)
        (place / f"{NAME}.ipynb").write_text(text, "utf-8")
    nbgrader(course, "autograde", NAME)
    return course


def test_the_points_come_from_the_answers_and_nothing_is_run(course: Path) -> None:
    source = str(course / "source" / NAME / f"{NAME}.ipynb")
    book, out = str(course / "gradebook.db"), str(course / "graded")
    words = ["grade", str(course / "submitted"), "--exercises", source, "--out", out, "--gradebook", book]
    assert main(words) == 0
    with Gradebook(f"sqlite:///{book}", "softmax") as gradebook:
        found = {each.student.id: each for each in gradebook.assignment_submissions(NAME)}
        assert {name: each.score for name, each in found.items()} == {"mia": len(ANSWERS), "eva": 4, "tom": 0}
        assert {each.max_score for each in found.values()} == {len(ANSWERS)}
        assert not any(each.needs_manual_grade for each in found.values())
    assert not (course.parent / "harmed").exists()


def test_its_feedback_says_what_ours_says(course: Path) -> None:
    nbgrader(course, "generate_feedback", NAME)
    page = (course / "feedback" / "eva" / NAME / f"{NAME}.html").read_text("utf-8")
    assert "not answered" in page
    assert f"4.0 / {len(ANSWERS)}" in page or "Score: 4.0" in page
    page = (course / "feedback" / "tom" / NAME / f"{NAME}.html").read_text("utf-8")
    assert "not an answer that can be read: &lt;img src=x" in page
    assert "<img src=x onerror" not in page


def test_without_a_gradebook_it_is_said_what_to_do(course: Path, capfd) -> None:
    source = str(course / "source" / NAME / f"{NAME}.ipynb")
    out = ["--out", str(course / "again"), "--gradebook", str(course / "none.db")]
    assert main(["grade", str(course / "submitted"), "--exercises", source, *out]) == 2
    assert "nbgrader autograde" in capfd.readouterr().err
