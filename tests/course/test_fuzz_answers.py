"""A small part of tests/course/fuzz_answers.py, and that it sees what it looks for."""

from dataclasses import replace

import pytest

from symbolic.course.exercise_data import exercise
from symbolic.course.judging import Status, judge
from tests.course.fuzz_answers import Given, complaint, given, truth


@pytest.mark.parametrize("seed", range(60))
def test_an_answer_is_judged_as_the_points_say(seed: int) -> None:
    answer = given(seed)
    assert complaint(answer, judge(answer.exercise, answer.text, seconds=2)) == ""


def test_a_wrong_verdict_is_seen() -> None:
    wrong, right = "p[i]*(delta(i,j) - p[j])", "lambda*p[i]*(delta(i,j) - p[j])"
    jacobian = exercise("02-3")
    accepted = replace(judge(jacobian, right), status=Status.RIGHT)
    assert truth(Given(jacobian, wrong, False)) is False
    assert truth(Given(jacobian, right, False)) is True
    assert complaint(Given(jacobian, wrong, False), accepted)
    assert complaint(Given(jacobian, wrong, True), judge(jacobian, wrong))
    assert truth(Given(exercise("01-7"), "z[i] >= z[j]", False)) is False
    assert truth(Given(exercise("01-7"), "z[j] < z[i]", False)) is True
    assert truth(Given(exercise("02-3"), f"{right}*z[i]/z[i]", False)) is False
