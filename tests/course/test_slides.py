"""The lectures: each block is filled in from the package, a question has one right answer, a handout has it all."""

import re
from collections import Counter

import pytest

from symbolic.course.exercise_data import exercises
from symbolic.course.judging import Status, judge
from tools.slides import SLIDE, Handout, Question, classic, deck, lectures, parts, question, slides

OURS = ("1-derivative-and-signs", "2-temperature", "3-four-sciences")
LECTURES = [path for path in lectures() if path.stem in OURS]  # a lecturer's own may stand beside them
QUESTIONS = sorted(
    {name for path in LECTURES for kind, name, _ in parts(path.read_text("utf-8")) if kind == "question"}
)


def test_there_are_three() -> None:
    assert [path.stem for path in LECTURES] == list(OURS)


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem)
def test_nothing_is_typed_that_the_package_knows(path) -> None:
    assert not re.search(r"[$\\]", path.read_text("utf-8"))


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem)
def test_a_lecture_has_its_slides_and_its_questions(path) -> None:
    text = path.read_text("utf-8")
    shown = slides(text)
    assert 20 <= len(shown) == text.count("\n## ") + 1
    kinds = Counter(kind for kind, _, _ in parts(text))
    assert kinds["question"] == 5  # as its notes say
    assert kinds["moving"] + kinds["figure"] >= 4
    assert "```" not in deck(text)
    assert deck(text) == deck(text)


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem)
def test_one_idea_a_slide(path) -> None:
    many = ("statement", "verdict", "false", "needs", "notes", "")  # of which there may be several
    for each in SLIDE.split(path.read_text("utf-8")):
        assert sum(kind not in many for kind, _, _ in parts(each)) <= 1, each


@pytest.mark.parametrize("name", QUESTIONS)
def test_one_answer_is_right_and_each_other_has_its_slip(name: str) -> None:
    asked = question(name)
    assert [bool(each.fault) for each in asked.options].count(False) == 1
    assert all(each.fails for each in asked.options if each.fault)
    assert len({each.latex for each in asked.options}) == len(asked.options) >= 3
    assert question(name) == asked


def test_any_result_with_twins_and_any_exercise_of_choice_is_a_question() -> None:
    assert isinstance(question("softmax_jacobian"), Question)
    each = next(each for each in exercises() if each.kind.value == "choice")
    assert judge(each, each.answer).status is Status.RIGHT
    assert question(each.id).options[question(each.id).right].fault == ""


def test_the_right_answer_is_not_always_at_one_place() -> None:
    assert len({question(name).right for name in QUESTIONS}) >= 3


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem)
def test_a_handout_has_the_figures_and_the_answers(path) -> None:
    text, handout = path.read_text("utf-8"), Handout(path.stem)
    written = handout.text(text)
    kinds = Counter(kind for kind, _, _ in parts(text))
    assert len(handout.figures) == kinds["moving"] + kinds["figure"] == written.count("![")
    assert written.count("is right.") == kinds["question"]
    assert "```" not in written
    assert not re.search(r"\.\.|[.?] [a-z]|  \*\*", re.sub(r"\$.*?\$|`.*?`", "", written))  # sentences, each ended once
    assert set(re.findall(r"!\[[^\]]*\]\((.*?)\)", written)) == set(handout.figures)


def test_the_moving_figure_is_a_plain_script() -> None:
    assert not re.search(r"^\s*(import|export)\b", classic(), re.MULTILINE)
    assert "forEach(mount)" in classic()
