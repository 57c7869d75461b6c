"""The lecturer's guide: its tables are up to date, and each notebook has minutes and a goal."""

from symbolic.course.exercise_data import exercises
from tools.teaching import GOALS, PAGE, page


def test_its_tables_are_those_of_the_exercises() -> None:
    written = PAGE.read_text("utf-8")
    assert page(written) == written, "run python tools/teaching.py"
    assert set(GOALS) == {each.notebook for each in exercises()}
