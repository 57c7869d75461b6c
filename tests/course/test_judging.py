"""Answers, written in other ways and not at all: what is said of them."""

import re

import pytest

from symbolic.course.exercise_data import exercise
from symbolic.course.judging import Status, judge

RIGHT = [
    ("02-3", "lambda*(delta(i,j)*p[i] - p[i]*p[j])"),
    ("02-3", "lambda*p[j]*(delta(i,j) - p[i])"),
    ("02-3", r"\lambda p_i (\delta_{ij} - p_j)"),
    ("02-3", "(exp(lambda*z[i])/Z)*(delta(i,j) - exp(lambda*z[j])/sum(exp(lambda*z[m]), m))/T"),
    ("02-3", "λ·p[i]·(delta(i,j) − p[j])."),
    ("02-3", "“lambda*p[i]*(delta(i,j) – p[j])”"),
    ("02-3", "= lambda*p[i]*(delta(i,j) - p[j])"),
    ("02-3", "diff(p[i], z[j]) = `lambda*p[i]*(delta(i,j) - p[j])`".replace("`", "")),
    ("02-3", r"$\lambda\, p_{i} \left[ \delta_{ij} - p_{j} \right]$"),
    ("04-3", "lambda²×p[1]×p[2]×(p[2] − p[1])"),
    ("05-1", "z[i]/n - z[j]/n"),
    ("13-2", "inf"),
    ("01-7", "z[j] < z[i]"),
    ("01-7", "lambda*z[i] > lambda*z[j]"),
    ("03-5", "j != i"),
    ("03-5", r"i \neq j"),
    ("00-2", r"n \geq 2"),
    ("02-7", r"\sum_k y_k = 1"),
    ("02-7", "given 2*sum(y[m], m) = 2"),
    ("20-5", "2*c > 0"),
    ("06-5", "all(z[k] < z[i], k != i)"),
    ("06-5", "all(z[i] > z[m], m != i)"),
    ("03-6", "lambda*(1 - 2*p[i])^2/4"),
    ("13-6", "1/count(z[k] == z[i], k)"),
    ("16-20", "count(z[i] == z[k], k)"),
    ("12-3", "3, 4, 1, 2"),
    ("12-3", "[3, 4, 1, 2]"),
    ("12-3", "3412"),
    ("13-2", "+Infinity"),
    ("00-1", "(B)"),
    ("01-6", "z=(0,1,2), i=3, c=1/2, lambda = 2"),
    ("01-6", "n = 2, T = 1/2, z = (0, 1), i = 1, c = 0"),
    ("02-8", "λ = 2, z = (0, 0), i = 1, j = 1"),
    ("02-8", "(n = 2; lambda = 2; z = [0; log(3)]; i = 1; j = 2)."),
    ("02-8", r"\lambda = 2, z_1 = 0, z_{2} = 1, i = 1, j = 2"),
    ("02-8", "lambda = 2, z[2] = 0, z[1] = 1, i = 1, j = 2"),
]

WRONG = [
    ("02-3", "diff(p[i], z[j])", "leaves the question open"),
    ("02-3", "0*p[i] + diff(p[i], z[j])", "leaves the question open"),
    ("02-3", "lambda*p[i]*(delta(i,j) - diff(log(Z), z[j])/lambda)", "leaves the question open"),
    ("02-3", "1/0", "nowhere defined"),
    ("02-3", "lambda*p[i]*(delta(i,j) - p[j])*z[i]/z[i]", "equal where it is defined, but at"),
    ("10-3", "log(Z)*mean(z[k], k)/log(Z)", "equal where it is defined, but at"),
    ("16-20", "count(z[k] == max(z), k) + 0/(count(z[k] >= max(z), k) - n + 1)", "it is not defined"),
    ("16-20", "1/0", "it is not defined"),
    ("16-20", "count(1/z[k] == 1/z[i], k)", "not"),
    ("00-4", "sum(p[m], m)", "asks the question again"),
    ("06-3", "1/n", "the right answer is"),
    ("06-4", "1/n", "the right answer is"),
    ("13-2", "-oo", "goes the other way"),
    ("13-2", "5", "no number is the limit"),
    ("05-4", "oo", "It is a number"),
    ("01-7", "p[j] < p[i]", "supposes the statement itself"),
    ("00-2", "1 - p[i] > 0", "supposes the statement itself"),
    ("00-2", "sum(p[k], k != i) > 0", "supposes the statement itself"),
    ("02-7", "lambda*(p[j] - y[j]) == diff(-sum(y[k]*log(p[k]), k), z[j])", "supposes the statement itself"),
    ("02-7", "lambda*(p[j]*sum(y[k], k) - y[j]) == lambda*(p[j] - y[j])", "supposes the statement itself"),
    ("20-5", "2*c*d > 0", "supposes the statement itself"),
    ("01-7", "n == 0", "cannot be read|No point satisfies it"),
    ("01-7", "i != j", "still fails"),
    ("13-7", "z = (0, 1), i = 1", "does not hold there"),
    ("09-6", "z = (0), i = 1", "not defined"),
    ("12-3", "3 1 4 2", "does not follow"),
]

OTHER = [
    ("04-1", "(1 - exp(-lambda*(z[1] - z[2])))/(1 + exp(-lambda*(z[1] - z[2])))", Status.FORM),
    ("03-7", "lambda*p[i]^2 - lambda*p[i]", Status.FORM),
    ("01-7", "log(p[i]) > log(p[j])", Status.FORM),
    ("01-7", "z[i] > z[j] + 1", Status.MORE),
    ("03-6", "lambda/4 - diff(p[i], z[i])", Status.FORM),
]

UNREADABLE = [
    ("02-3", ""),
    ("02-3", "p[i] == 3"),
    ("02-3", "p[i] given n == 1"),
    ("02-3", "p[i] where p[k] = 2"),
    ("02-3", "p[i]) + (0"),
    ("02-3", "0) given n == 1, (1 == 1"),
    ("02-3", "(" * 300),
    ("02-3", "x" * 5000),
    ("02-3", "9^9^9^9"),
    ("02-3", "p[3]"),
    ("02-3", "c*p[i]"),
    ("02-3", "__import__('os').system('true')"),
    ("01-7", "z[i] > z[j], n >= 2"),
    ("01-7", "z[i] > z[j] given n == 1"),
    ("01-7", "z[i] > z[j] where z[k] = k"),
    ("01-6", "z = (0, 1), i = 7, c = 1"),
    ("01-6", "z = (0, 1), i = 1"),
    ("01-6", "z = (0, 1), i = 1, c = p[i]"),
    ("01-6", f"z = ({'0, ' * 400}0), i = 1, c = 2"),
    ("01-6", "n = 10^9, z = (0), i = 1, c = 2"),
    ("20-2", "z = (0, 0), i = 1, j = 1, j = 2"),
    ("20-2", "z_1 = 0, z_2 = 0, z = (1, 2), i = 1, j = 2"),
    ("20-2", "z_1 = 0, z_1 = 0, i = 1, j = 1"),
    ("20-2", "z_1 = 0, z_3 = 0, i = 1, j = 2"),
    ("20-2", "z = (0, 0), i = 1, j = 2, lambda = (2, 3)"),
    ("20-2", "z = (0, 0), i = 1, j = 2, q = (2, 3)"),
    ("12-3", "1 2 3"),
    ("12-3", "1 2 3 3"),
    ("00-1", "g"),
]


@pytest.mark.parametrize(("id", "answer"), RIGHT)
def test_what_is_equal_is_right(id: str, answer: str) -> None:
    assert judge(exercise(id), answer)


@pytest.mark.parametrize(("id", "answer", "why"), WRONG)
def test_what_is_wrong_is_told_why(id: str, answer: str, why: str) -> None:
    reply = judge(exercise(id), answer)
    assert reply.status is Status.WRONG
    assert re.search(why, str(reply)), reply


@pytest.mark.parametrize(("id", "answer", "status"), OTHER)
def test_what_is_nearly_right(id: str, answer: str, status: Status) -> None:
    assert judge(exercise(id), answer).status is status


@pytest.mark.parametrize(("id", "answer"), UNREADABLE)
def test_what_is_no_answer_costs_nothing(id: str, answer: str) -> None:
    assert judge(exercise(id), answer).status is Status.UNREADABLE


def test_what_is_no_formula_is_not_typeset_in_a_reply() -> None:
    reply = judge(exercise("02-4"), "<img src=x onerror=alert(1)>")
    assert reply.status is Status.UNREADABLE
    assert reply.markdown().endswith("It cannot be read: expected an expression, not <.")


def test_a_reply_is_plain_sentences() -> None:
    reply = judge(exercise("02-3"), "p[i]*(delta(i,j) - p[j])")
    assert "At n = 2, lambda = 2" in str(reply)
    assert "The slip may be: lambda lost." in str(reply)
    assert "`" not in str(reply)
    assert "$" in reply.markdown()


@pytest.mark.parametrize("typed", ["“{}”", "{}.", "= {}", "diff(p[i],z[j]) = {}", "p[i]·(delta(i,j) − p[j])"])
def test_a_slip_is_named_however_the_answer_is_typed(typed: str) -> None:
    assert judge(exercise("02-3"), typed.format("p[i]*(delta(i,j) - p[j])")).slip == "lambda lost"


def test_a_hypothesis_that_defines_a_number_by_itself_ends_in_time() -> None:
    assert judge(exercise("11-3"), "z[k] == p[k]", seconds=1).status in (Status.WRONG, Status.UNDECIDED)
