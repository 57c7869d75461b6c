"""At the prompt and in a notebook: answers, hints one at a time, and the file in which both are kept."""

import json

import pytest

from symbolic.__main__ import main
from symbolic.course import check, exercises, hint
from symbolic.course.progress import Entry, Progress
from symbolic.language.errors import SymbolicError
from symbolic.show.prompt import arguments


def test_hints_come_one_at_a_time() -> None:
    texts = [str(hint("02-3")) for _ in range(4)]
    assert [text[:11] for text in texts] == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Hint 3 of 3"]


def test_an_answer_is_kept_and_the_best_one_stays(own_file) -> None:
    assert check("02-3", "lambda*p[i]*(delta(i,j) - p[j])")
    assert not check("02-3", "p[i]")
    hint("02-3")
    assert Progress.read(own_file).of("02-3") == Entry("right", "lambda*p[i]*(delta(i,j) - p[j])", tries=2, hints=1)


def test_a_file_that_is_none_is_left_as_it_is(own_file) -> None:
    own_file.write_text("mine")
    with pytest.warns(UserWarning, match="this is not kept"):
        assert check("02-3", "lambda*p[i]*(delta(i,j) - p[j])")
    assert own_file.read_text() == "mine"


def test_what_cannot_be_written_is_told_of(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SYMBOLIC_PROGRESS", str(tmp_path / "nowhere" / "progress.json"))
    with pytest.warns(UserWarning, match="this is not kept"):
        hint("02-3")


def test_nothing_is_kept_where_no_file_is_named(tmp_path, monkeypatch, capfd) -> None:
    monkeypatch.setenv("SYMBOLIC_PROGRESS", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert check("02-3", "lambda*p[i]*(delta(i,j) - p[j])")
    assert main(["progress"]) == 0
    assert "0 of" in capfd.readouterr().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["", "[]", '{"version": 2, "exercises": {}}', '{"version": 1}', "[" * 100_000,
             '{"version": 1, "exercises": {"a": {"best": 3}}}', '{"version": 1, "exercises": {"a": {"x": 3}}}',
             '{"version": 1, "exercises": {"a": {"tries": true}}}'])  # fmt: skip
def test_what_is_no_progress_is_refused(text: str) -> None:
    with pytest.raises(SymbolicError):
        Progress.parsed(text)


def test_two_files_together_have_the_better_of_each() -> None:
    one = Progress().answered("02-3", "a", "wrong").answered("01-1", "b", "right")
    two = Progress().answered("02-3", "c", "right").hinted("02-3")
    both = one.merged(two)
    assert both.of("02-3") == Entry("right", "c", 1, 1)
    assert both.of("01-1") == Entry("right", "b", 1, 0)
    assert Progress.parsed(both.text()) == both
    assert json.loads(both.text())["version"] == 1


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("exercise 02-3", 0, "What is the derivative of p[i]"),
        ("exercise 02-3 lambda*p[i]*(delta(i,j) - p[j])", 0, "02-3: right."),
        ("exercise 04-4 -lambda*p[1]*p[2]", 0, "04-4: right."),
        ("exercise 02-3 -p[i]", 1, "02-3: wrong."),
        ("exercise 02-3 p[", 2, "cannot be read"),
        ("exercise 99-1", 2, "no exercise is called"),
        ("exercise 02", 0, "02-8"),
        ("exercise 99", 2, "no notebook"),
        ("hint 02-3", 0, "Hint 1 of 3"),
        ("exercise", 0, "20-7"),
    ],
)
def test_at_the_prompt(line: str, code: int, said: str, capfd) -> None:
    assert main(arguments(line, 5)) == code
    out, err = capfd.readouterr()
    assert said in out + err


def test_progress_is_exported_and_imported(own_file, tmp_path, capfd) -> None:
    check("02-3", "lambda*p[i]*(delta(i,j) - p[j])")
    assert main(["progress", "--export", str(tmp_path / "mine.json")]) == 0
    own_file.unlink()
    assert main(["progress", "--import", str(tmp_path / "mine.json")]) == 0
    assert f"1 of {len(exercises())} exercises right" in capfd.readouterr().out
    assert Progress.read(own_file).of("02-3").best == "right"


def test_the_solution_has_the_derivation_and_the_slips(capfd) -> None:
    assert main(["exercise", "02-3", "--solution"]) == 0
    told = capfd.readouterr().out
    assert "the quotient rule" in told
    assert "lambda lost" in told
