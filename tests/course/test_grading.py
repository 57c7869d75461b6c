"""Submissions are graded as data: honest ones get what they deserve, hostile ones nothing, and they harm nothing."""

import csv
import json
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from symbolic.__main__ import main
from symbolic.course import grading
from symbolic.course.assignments import asked_in, assignment
from symbolic.course.exercise_data import exercise, exercises
from symbolic.course.grading import Grades, grade
from symbolic.course.judging import Status, judge
from symbolic.course.progress import Progress

ASKED = [exercise(id) for id in ("02-1", "02-3", "04-1")]
RIGHT = "lambda*p[i]*(delta(i,j) - p[j])"


def notebook(*cells: str, **more: object) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": each, **more} for each in cells]})


def graded(folder: Path, **files: str) -> dict[str, object]:
    for name, text in files.items():
        (folder / f"{name}.ipynb").write_text(text)
    return {each.student: each for each in grade(folder, ASKED).grades}


def test_an_honest_submission(tmp_path) -> None:
    cells = [f'check("02-3", "{RIGHT}")', "check('02-1', 'lambda*p[i]')",
             'check("04-1", r"\\tanh\\frac{\\lambda (z_1 - z_2)}{2}")']  # fmt: skip
    mia = graded(tmp_path, mia=notebook(*cells))["mia"]
    assert [mia.judged[each.id].status for each in ASKED] == [Status.WRONG, Status.RIGHT, Status.RIGHT]
    assert mia.judged["02-1"].slip == "lambda twice"
    assert (mia.points, mia.of) == (2, 3)


def test_the_last_answer_counts_and_a_comment_is_none(tmp_path) -> None:
    cell = f'check("02-3", "p[i]")\n# check("02-3", "0")\n  check("02-3", "{RIGHT}")'
    assert graded(tmp_path, mia=notebook(cell))["mia"].points == 1


@pytest.mark.parametrize("typed", [
    f'"""{RIGHT}"""', f"'''{RIGHT}'''", f'r"""\n  {RIGHT}\n"""', f'"{RIGHT}",',
    '"""lambda*p[i]*\n  (delta(i,j) - p[j])"""', '"lambda*p[i]*\\\n(delta(i,j) - p[j])"',
    '"""“lambda*p[i]*(delta(i,j) - p[j])”"""',
])  # fmt: skip
def test_an_answer_between_any_marks_is_read(typed: str, tmp_path) -> None:
    assert graded(tmp_path, mia=notebook(f'check("02-3", {typed})'))["mia"].points == 1


def test_an_order_may_be_a_number(tmp_path) -> None:
    (tmp_path / "mia.ipynb").write_text(notebook('check("12-3", 3412)'))
    assert grade(tmp_path, [exercise("12-3")]).grades[0].points == 1


HOSTILE = {
    "patches": notebook("import symbolic.course.judging as j\nj.judge = lambda *a: True\nj.Status.RIGHT",
                        "from pathlib import Path; Path('/tmp/harmed-by-a-submission').touch()"),
    "forged": notebook('check("02-3", "p[i]")', outputs=[{"output_type": "stream", "text": "02-3: right."}],
                       metadata={"nbgrader": {"score": 100, "points": 100}}),
    "huge": notebook(f'check("02-3", "{"p[i]+" * 3000}p[i]")'),
    "huger": notebook('check("02-3", "' + "(" * 5_000_000 + '")'),
    "powers": notebook('check("02-3", "9^9^9^9^9^9")'),
    "slow": notebook('check("02-3", "' + "*".join(f"(exp({n}*z[i]) + sum(exp({n}*z[k]), k))" for n in range(9)) + '")'),
    "cells": '{"cells": [' + "{}," * 1_000_000 + "{}]}",
    "deep": "[" * 1_000_000,
    "digits": '{"cells": ' + "9" * 1_000_000 + "}",
    "other": notebook("x = 1", metadata={"student": "mia", "grade_id": "answer-02-3"}),
    "code": notebook("""check("02-3", "__import__('os').system('touch /tmp/harmed-by-a-submission')")"""),
    "breaks_out": notebook('check("02-3", "p[i]) == p[i] given (n == 0")', 'check("02-3", "p[i] given n == 0")'),
    "asks_again": notebook('check("02-3", "diff(p[i], z[j])")'),
    "unasked": notebook('check("00-4", "1")', 'check("00-5", "delta(i,j)")'),
    "not_a_text": notebook("""check("02-3", f"{__import__('os').system('touch /tmp/harmed-by-a-submission')}")""",
                           f"""check("02-3", "{RIGHT[:3]}" + "{RIGHT[3:]}")""", f"""check("02-3", b"{RIGHT}")"""),
    "backslashes": notebook('check("02-3", "' + "\\" * 19_000),
    "quotes": notebook("check('02-3', \"" * 1_200),
    "triple": notebook('check("02-3", """' * 1_000, "check('02-3', '''" * 1_000, 'check("02-3", """' + '"' * 19_000,
                       """check("02-3", '''p[i]''' + __import__('os').system('touch /tmp/harmed-by-a-submission'))""",
                       """check("02-3", f'''{__import__('os').system('touch /tmp/harmed-by-a-submission')}''')"""),
    "calls": notebook(*['check("02-3", "0")\n' * 1_000] * 1_000),
    "brackets": notebook('check("02-3", "' + "sqrt(" * 300 + "p[i]" + ")" * 300 + '")'),
    "sums": notebook('check("02-3", "' + "sum(" * 40 + "p[k]" + ", k)" * 40 + '")'),
    "limits": notebook('check("02-3", "limit(limit(limit(p[i]^z[i]^z[j], T, 0), lambda, 0), T, oo)")'),
    "derivatives": notebook('check("02-3", "diff(exp(exp(exp(p[i]^p[j]))), z[i], z[j], z[k], z[l], z[i], z[j])")'),
    "unseen": notebook('check("02-3", "p[i]\\x00")', 'check("02-1", "p[i]\u202e")', 'check("04-1", "\u0663*p[i]")'),
    "not_code": json.dumps({"cells": [{"cell_type": kind, "source": f'check("02-3", "{RIGHT}")'}
                                      for kind in ("markdown", "raw", "", None, ["code"])]}),
    "no_number": '{"cells": NaN}',
    "binary": "\x00\x01\x02",
    "wrong_types": json.dumps({"cells": [1, None, {"cell_type": "code", "source": {"a": 1}}, {"source": 3}]}),
    "surrogate": '{"cells": [{"cell_type": "code", "source": "check(\\"02-3\\", \\"\\ud800\\")"}]}',
}  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Grades:
    folder = tmp_path_factory.mktemp("submitted")
    for name, text in HOSTILE.items():
        (folder / f"{name}.ipynb").write_text(text)
    (folder / "=cmd|' ' !A1.ipynb").write_text(notebook(f'check("02-3", "{RIGHT}")'))
    (folder / "<script>alert(1)<").mkdir()
    (folder / "<script>alert(1)<" / "a.ipynb").write_text(notebook('check("02-3", "<script>alert(2)")'))
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("bomb.ipynb", "0" * 10_000_000)
    (folder / "two").mkdir()
    for name in "ab":
        (folder / "two" / f"{name}.ipynb").write_text(notebook(f'check("02-3", "{RIGHT}")'))
    (folder / "link.ipynb").symlink_to(folder / "=cmd|' ' !A1.ipynb")
    (folder / "linked").mkdir()
    (folder / "linked" / "a.ipynb").symlink_to(folder / "=cmd|' ' !A1.ipynb")
    os.mkfifo(folder / "pipe.ipynb")
    (folder / "folder.ipynb").mkdir()
    (folder / "far" / Path(*["down"] * 200)).mkdir(parents=True)
    return grade(folder, ASKED, jobs=2)


def test_hostile_submissions_get_nothing(hostile) -> None:
    points = {each.student: each.points for each in hostile.grades}
    assert {name: many for name, many in points.items() if many} == {"=cmd|' ' !A1": 1}
    assert set(HOSTILE) <= set(points)
    assert {"bomb", "far", "folder.ipynb", "link.ipynb", "linked", "pipe", "two"} <= {
        each.student for each in hostile.grades if each.problem
    }


def test_and_harm_nothing(hostile, tmp_path) -> None:
    assert not Path("/tmp/harmed-by-a-submission").exists()
    hostile.write(tmp_path / "out")
    rows = list(csv.reader((tmp_path / "out" / "grades.csv").read_text("utf-8").splitlines()))
    assert len(rows) == len(hostile.grades) + 1
    assert all(len(row) == len(rows[0]) for row in rows)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    pages = sorted((tmp_path / "out" / "feedback").iterdir())
    assert len(pages) == len(hostile.grades)
    assert all("<script" not in page.read_text("utf-8") for page in pages)
    assert all(page.stat().st_size < 20_000 for page in pages)


def test_a_name_commands_no_terminal(tmp_path, capfd) -> None:
    (tmp_path / "in").mkdir()
    for name in (b"\x1b[2J\x1b]0;mine\x07.ipynb", b"a\nmia: 3 of 3.ipynb", b"caf\xe9.ipynb", b"\t=1+1.ipynb"):
        with open(os.path.join(os.fsencode(tmp_path / "in"), name), "w") as file:
            file.write(notebook("x = 1"))
    assert main(["grade", str(tmp_path / "in"), "--exercises", "02-3", "--out", str(tmp_path / "out")]) == 0
    said = capfd.readouterr().out.splitlines()
    assert len(said) == 4
    assert all(line.isprintable() and line.endswith(": 0 of 1") for line in said)
    rows = (tmp_path / "out" / "grades.csv").read_text("utf-8").splitlines()
    assert len(rows) == 5
    assert all(row.isprintable() and not row.startswith("=") for row in rows)


def test_where_nothing_is_handed_in_it_is_said(tmp_path, capfd) -> None:
    (tmp_path / "in").mkdir()
    assert main(["grade", str(tmp_path / "in"), "--exercises", "02-3", "--out", str(tmp_path / "out")]) == 2
    assert "nothing is handed in" in capfd.readouterr().err
    assert not (tmp_path / "out").exists()


def test_two_students_of_one_name_have_a_page_each(tmp_path) -> None:
    (tmp_path / "in" / "mia").mkdir(parents=True)
    (tmp_path / "in" / "mia" / "a.ipynb").write_text(notebook(f'check("02-3", "{RIGHT}")'))
    (tmp_path / "in" / "mia.ipynb").write_text(notebook('check("02-3", "0")'))
    found = grade(tmp_path / "in", ASKED)
    assert [each.points for each in found.grades] == [1, 0]
    assert len(set(found.names)) == 2


def test_of_several_notebooks_the_one_with_the_name_of_the_assignment_counts(tmp_path) -> None:
    for week, answer in (("week-1", "0"), ("week-2", RIGHT)):
        (tmp_path / "mia" / week).mkdir(parents=True)
        (tmp_path / "mia" / week / f"{week}.ipynb").write_text(notebook(f'check("02-3", "{answer}")'))
    assert [each.points for each in grade(tmp_path, ASKED, called="week-2.ipynb").grades] == [1]
    assert grade(tmp_path, ASKED).grades[0].problem == "more than one notebook"


def test_what_is_not_decided_costs_nothing(tmp_path, monkeypatch) -> None:
    """It is no wrong answer: no point is lost that a person cannot give, and what was right before stays right."""
    hard = judge(exercise("02-3"), RIGHT, seconds=0)
    assert (hard.status, hard.slip) == (Status.UNDECIDED, "")
    known = Progress().answered("02-3", RIGHT, "right").answered("02-3", RIGHT, hard.status.value)
    assert known.is_right("02-3")
    monkeypatch.setattr(grading, "SECONDS", 0)
    cells = [f'check("{each.id}", "{each.answer}")' for each in ASKED]
    mia = graded(tmp_path, mia=notebook(*cells))["mia"]
    assert (mia.points, mia.of) == (0, 3)
    assert mia.undecided == [each.id for each in ASKED]
    Grades((mia,), mia.asked).write(tmp_path / "out")
    assert "0 of 3 points so far: a person will look at 3 answers." in (tmp_path / "out/feedback/mia.html").read_text()
    assert "mia,0,3,02-1 02-3 04-1,,not decided,not decided,not decided" in (tmp_path / "out/grades.csv").read_text()


def test_an_executor_does_the_same(tmp_path) -> None:
    (tmp_path / "mia.ipynb").write_text(notebook(f'check("02-3", "{RIGHT}")'))
    with ThreadPoolExecutor(1) as executor:
        assert grade(tmp_path, ASKED, executor=executor) == grade(tmp_path, ASKED)


def test_an_answer_that_ends_its_process_ends_nothing_else(tmp_path, monkeypatch) -> None:
    for name, answer in (("mia", RIGHT), ("tom", "0")):
        (tmp_path / f"{name}.ipynb").write_text(notebook(f'check("02-3", "{answer}")'))
    monkeypatch.setattr(grading, "judge", lambda each, text, seconds: os._exit(1) if text == "0" else judge(each, text))
    with ThreadPoolExecutor(1) as executor:
        for found in (grade(tmp_path, ASKED), grade(tmp_path, ASKED, executor=executor)):
            assert [(each.points, each.undecided) for each in found.grades] == [(1, []), (0, ["02-3"])]


def test_the_teachers_notebook_gets_full_marks_and_the_students_none(tmp_path, capfd) -> None:
    (tmp_path / "in").mkdir()
    for name, more in (("teacher", ["--teacher"]), ("student", [])):
        assert main(["assign", "02", "05", "--write", str(tmp_path / "in" / f"{name}.ipynb"), *more]) == 0
    asked = str(tmp_path / "in" / "student.ipynb")
    assert main(["grade", str(tmp_path / "in"), "--exercises", asked, "--out", str(tmp_path / "out")]) == 0
    assert capfd.readouterr().out.splitlines() == ["student: 0 of 16", "teacher: 16 of 16"]


def test_an_assignment_has_no_solution_and_names_its_exercises() -> None:
    made = assignment(ASKED, "Week 2")
    text = json.dumps(made)
    assert RIGHT not in text
    assert "tanh(" not in text
    assert "Solution" not in text
    assert list(asked_in(made)) == ASKED
    assert asked_in(assignment(ASKED, "Week 2", teacher=True)) == asked_in(made)


def test_make_course_writes_notebooks_of_the_format(tmp_path) -> None:
    from tools.course import write

    written = write(tmp_path)
    assert len(written) == 2 * len({each.notebook for each in exercises()})
    for path in written:
        nbformat.validate(nbformat.read(path, as_version=4))
