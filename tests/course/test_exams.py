"""Sheets from a seed: each variant is checked before it is printed, and the same seed gives the same sheet."""

import json
import sys
from random import Random

import pytest

from symbolic.__main__ import main
from symbolic.course import exams as module
from symbolic.course.exams import Template, bank, exam, is_sound
from symbolic.course.exercise_data import Exercise, Kind, exercises
from symbolic.course.slips import SLIPS
from symbolic.language.errors import SymbolicError


@pytest.mark.parametrize("template", bank(), ids=lambda each: each.exercise.id)
def test_every_number_of_a_template_makes_a_sound_question(template: Template) -> None:
    assert set(template.exercise.wrong.values()) <= set(SLIPS)
    for number in (template.numbers[0], template.numbers[-1]):
        assert is_sound(Template(template.exercise, (number,)).drawn(Random(number)))


@pytest.mark.parametrize("each", exercises()[::6], ids=lambda each: each.id)
def test_an_exercise_in_other_letters_is_sound(each: Exercise) -> None:
    assert is_sound(Template(each).drawn(Random(1)))


def test_a_seed_gives_one_sheet_and_another_seed_another() -> None:
    one, other = exam(7, 6), exam(8, 6)
    assert one == exam(7, 6)
    assert one.questions != other.questions
    assert [each.level for each in one.questions] == sorted(each.level for each in one.questions)
    assert len({each.claim or each.lines for each in one.questions}) == 6


def test_what_is_not_sound_is_not_printed(monkeypatch) -> None:
    wrong = Exercise("x", Kind.VALUE, 1, "What?", "p[i]", "diff(p[i], z[j]) == ?")
    accepted = Exercise("y", Kind.VALUE, 1, "What?", "1", "sum(p[k], k) == ?", wrong={"1 + 0": "a factor of 2"})
    assert not is_sound(wrong)
    assert not is_sound(accepted)
    monkeypatch.setattr(module, "bank", lambda: (Template(wrong), Template(accepted)))
    assert all(each.claim not in (wrong.claim, accepted.claim) for each in exam(1, 2).questions)


@pytest.mark.parametrize("questions", [0, 41])
def test_a_sheet_has_a_number_of_questions_that_makes_sense(questions: int) -> None:
    with pytest.raises(SymbolicError):
        exam(1, questions)


def test_at_the_prompt(tmp_path, capfd) -> None:
    assert main(["exam", "--seed", "7", "--questions", "3"]) == 0
    sheet = capfd.readouterr().out
    assert "Answer:" not in sheet
    assert main(["exam", "--seed", "7", "--questions", "3", "--solutions"]) == 0
    assert "*Answer:*" in capfd.readouterr().out
    path = tmp_path / "sheet.ipynb"
    assert main(["exam", "--seed", "7", "--questions", "3", "--write", str(path)]) == 0
    assert len(json.loads(path.read_text())["cells"]) == 7


@pytest.mark.parametrize("name", ["sheet", "sheet.txt", "sheet.PDF", "sheet.docx"])
def test_a_file_says_what_it_is(name: str, tmp_path, capfd) -> None:
    assert main(["exam", "--seed", "7", "--questions", "3", "--write", str(tmp_path / name)]) == 2
    assert f"ends in .md, .ipynb, .pdf: not to {name}" in capfd.readouterr().err
    assert not (tmp_path / name).exists()
    assert main(["assign", "02-3", "--write", str(tmp_path / name)]) == 2
    assert "ends in .ipynb" in capfd.readouterr().err


def test_without_what_makes_a_pdf_it_is_said_what_to_install(tmp_path, capfd, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "symbolic.course.paper", None)
    assert main(["exam", "--seed", "7", "--questions", "3", "--write", str(tmp_path / "sheet.pdf")]) == 2
    assert "pip install" in capfd.readouterr().err
