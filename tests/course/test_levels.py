"""The game: levels open one after the other, the kernel has accepted what is done, the reward is a derivation."""

import pytest

from symbolic.__main__ import main
from symbolic.answers import verify
from symbolic.course import game, hint, level, play
from symbolic.course.exercise_data import Exercise, Kind, exercise, of_notebook
from symbolic.course.judging import Status, judge
from symbolic.language.errors import SymbolicError
from symbolic.language.prose import FORMULA
from symbolic.show.prompt import arguments

LEVELS = of_notebook("16")
SOLVED = {number: each.answer for number, each in enumerate(LEVELS, start=1)}

each_level = pytest.mark.parametrize("each", LEVELS, ids=[each.id for each in LEVELS])


def test_there_are_twenty_of_every_kind_but_one() -> None:
    assert [each.id for each in LEVELS] == [f"16-{number}" for number in range(1, 21)]
    assert {each.kind for each in LEVELS} == set(Kind) - {Kind.CHOICE}
    assert all(each.title and each.inventory for each in LEVELS)


def test_a_level_needs_earlier_ones_and_all_are_reached() -> None:
    for at, each in enumerate(LEVELS):
        assert set(each.needs) <= {earlier.id for earlier in LEVELS[:at]}
        assert each.needs or at == 0


def test_solved_in_order_all_open_and_each_is_rewarded_with_its_derivation() -> None:
    opened = {"16-1"}
    for number, answer in SOLVED.items():
        assert LEVELS[number - 1].id in opened
        played = play(number, answer)
        assert played
        assert played.derivations or LEVELS[number - 1].kind is Kind.REFUTE
        opened |= {each.id for each in played.opened}
    assert str(game()).count("done") == 20


def test_a_closed_level_is_neither_shown_nor_played() -> None:
    for attempt in (lambda: level(2), lambda: play(2, SOLVED[2])):
        with pytest.raises(SymbolicError, match="still closed: first Level 1, The whole"):
            attempt()
    assert not play(1, "n")
    assert str(game()).count(" open\n") == 1
    assert play(1, "sum(exp(lambda*z[m]), m)").opened
    assert "Level 2" in str(level(2))
    assert "sum(exp(lambda*z[k])/Z, k) == 1: level 1" in str(level(2))


@pytest.mark.parametrize("number", [0, 21, -1])
def test_there_is_no_such_level(number: int) -> None:
    with pytest.raises(SymbolicError, match="levels 1 to 20"):
        level(number)


@each_level
def test_what_may_be_used_is_true(each: Exercise) -> None:
    for said in each.inventory:
        for formula in FORMULA.findall(said):
            if "==" in formula or "<" in formula or ">" in formula:
                assert formula == "lambda > 0" or verify(formula, notes=False), formula


RESTATED = [
    (1, "sum(exp(lambda*z[k])/1, k)*1 + 0/(n - 1)"),
    (2, "1 - (p[i] + p[j])"), (2, "(1 - p[i]) - p[j]"), (2, "-(p[i] + p[j] - 1)"), (2, "abs(1 - p[i] - p[j])"),
    (4, "exp(lambda*(z[i] + c))/sum(exp(lambda*(z[k] + c)), k)"), (4, "exp(lambda*z[i])/sum(exp(lambda*z[k]), k)"),
    (5, "p[i] >= p[j]"), (5, "p[j] <= p[i]"), (5, "log(p[i]) >= log(p[j])"), (5, "n == 0"), (5, "z[i] > z[i]"),
    (7, "max(p) - 1/n"), (7, "max(p)*(1 - 1/(n*max(p)))"),
    (9, "diff(Z, z[j])"), (9, "1*diff(sum(exp(lambda*z[k]), k), z[j])"), (9, "Z*diff(log(Z), z[j])"),
    (10, "-diff(p[i], z[j])/(lambda*p[i])"), (11, "diff(log(p[i]), z[i])"), (11, "diff(p[i], z[i])/p[i]"),
    (12, "diff(p[i], z[i])"), (12, "p[i]*diff(log(p[i]), z[i])"), (14, "1/4 - p[j]*p[i]"),
    (16, "entropy(p) - (1 - sum(p[k]^2, k))"), (17, "limit(Z, T, oo)"), (18, "limit(p[i]/p[j], T, 0)"),
    (19, "limit(T*log(Z), T, 0)"), (19, "limit(log(Z)/lambda, lambda, oo)"), (20, "1/limit(p[i], T, 0)"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "answer"), RESTATED)
def test_the_question_in_other_words_is_no_answer(number: int, answer: str) -> None:
    assert judge(exercise(f"16-{number}"), answer).status in (Status.WRONG, Status.FORM, Status.UNREADABLE)


def test_it_is_shown_as_markdown() -> None:
    assert game()._repr_markdown_().count("closed") == 19
    assert "*You may use*" in level(1)._repr_markdown_()
    assert "Now open: Level 2" in play(1, "Z")._repr_markdown_()


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("game", 0, "Level 1, The whole              fill    open"),
        ("game 1", 0, "You may use"),
        ("game 1 n", 1, "not normalised"),
        ("game 1 Z", 0, "Now open: Level 2, Two of many"),
        ("game 1 Z[", 2, "cannot be read"),
        ("game 1 --hint", 0, "Hint 1 of 2"),
        ("game 9", 2, "still closed"),
    ],
)
def test_at_the_prompt(line: str, code: int, said: str, capfd) -> None:
    assert main(arguments(line, 5)) == code
    assert said in "".join(capfd.readouterr())


def test_hints_are_those_of_the_exercise() -> None:
    assert str(hint("16-1")).startswith("Hint 1 of 2")
