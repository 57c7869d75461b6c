"""The exercises: each solution is accepted, each wrong answer refused with its slip, each hint is true."""

import re
from collections import Counter

import pytest

from symbolic.answers import verify
from symbolic.course.exercise_data import HOLE, WANTED, Exercise, Kind, exercise, exercises, of_notebook
from symbolic.course.judging import Status, judge
from symbolic.course.slips import SLIPS
from symbolic.language.errors import SymbolicError
from symbolic.language.prose import FORMULA, in_markdown
from symbolic.show.catalogue import named
from tools.notebooks import FOLDER

ALL = exercises()
REFUSED = {Status.WRONG, Status.FORM, Status.MORE}
EXPRESSIONS = (Kind.VALUE, Kind.LIMIT, Kind.FILL)

each_exercise = pytest.mark.parametrize("each", ALL, ids=[each.id for each in ALL])


def test_there_are_enough_at_three_levels() -> None:
    notebooks = [path.stem[:2] for path in sorted(FOLDER.glob("*.md")) if path.stem != "21-prove"]
    assert len(ALL) >= 100
    assert {each.kind for each in ALL} == set(Kind)
    for notebook in notebooks:
        found = of_notebook(notebook)
        assert len(found) >= 6, notebook
        assert {each.level for each in found} == {1, 2, 3}, notebook


def test_each_has_a_number_of_its_own() -> None:
    assert [many for many in Counter(each.id for each in ALL).values() if many > 1] == []
    assert all(re.fullmatch(r"[0-9]{2}-[1-9][0-9]?", each.id) for each in ALL)


@each_exercise
def test_its_solution_is_accepted(each: Exercise) -> None:
    assert judge(each, each.answer).status is Status.RIGHT


def test_how_to_answer_is_no_answer() -> None:
    """What an answer may look like is not what it is, in any exercise of the kind."""
    for each in ALL:
        example = WANTED[each.kind].partition("such as ")[2].removesuffix(".")
        assert not example or judge(each, example).status in {Status.WRONG, Status.UNREADABLE}, each.id


@pytest.mark.parametrize("each", [e for e in ALL if e.kind is Kind.REFUTE], ids=lambda each: each.id)
def test_a_point_is_asked_for_by_the_letters_of_the_claim(each: Exercise) -> None:
    named, answered = (set(re.findall(r"(\w+) = ", text)) for text in (each.wanted(), each.answer))
    assert answered <= named <= answered | {"n", "lambda"}


@pytest.mark.parametrize("each", [e for e in ALL if e.kind in EXPRESSIONS], ids=lambda each: each.id)
def test_the_claim_with_its_solution_has_a_derivation(each: Exercise) -> None:
    found = verify(each.filled(each.answer), notes=False)
    assert found
    assert found.verdict.derivation


@each_exercise
def test_its_wrong_answers_are_refused_with_their_slips(each: Exercise) -> None:
    assert each.wrong
    for wrong, slip in each.wrong.items():
        reply = judge(each, wrong)
        assert reply.status in REFUSED, wrong
        assert reply.slip == slip, wrong
        assert reply.sentences, wrong


@each_exercise
def test_its_hints_are_true_and_its_prose_can_be_typeset(each: Exercise) -> None:
    assert each.hints
    for text in (each.ask, *each.hints):
        in_markdown(text)
    assert each.markdown().count("boxed{?}") == each.claim.count(HOLE)
    for hint in each.hints:
        for formula in FORMULA.findall(hint):
            if re.search(r"==|[<>]=? ", formula) and " > 0" not in formula and not formula.startswith(("n ==", "c ==")):
                assert verify(formula, notes=False), formula


def nonsense(each: Exercise) -> list[str]:
    """What no exercise for an expression has as an answer."""
    near = [] if "oo" in each.answer else [f"({each.answer}) + 1", f"({each.answer}) + 0/(n - n)"]
    question = [] if each.kind is Kind.FILL else [each.claim.partition(" == ")[0]]  # there the left side is none
    return ["1/0", f"{each.answer} given n == 0", f"{each.answer}) == 0 given (n == 0", *near, *question]


@pytest.mark.parametrize("each", [e for e in ALL if e.kind in EXPRESSIONS], ids=lambda each: each.id)
def test_nothing_else_is_accepted(each: Exercise) -> None:
    for wrong in nonsense(each):
        assert judge(each, wrong).status in (Status.WRONG, Status.UNREADABLE), wrong


@pytest.mark.parametrize("each", [e for e in ALL if e.kind is Kind.PROVE], ids=lambda each: each.id)
def test_the_difference_as_it_stands_is_no_evidence(each: Exercise) -> None:
    lhs, op, rhs = re.match(r"(.*) (<=|>=|<|>) (.*)", each.claim).groups()
    gap = f"({rhs}) - ({lhs})" if op[0] == "<" else f"({lhs}) - ({rhs})"
    assert judge(each, gap).status is Status.FORM


@pytest.mark.parametrize("each", [e for e in ALL if e.kind is Kind.CHOICE], ids=lambda each: each.id)
def test_one_statement_of_a_choice_is_true(each: Exercise) -> None:
    assert [verify(each.line(line), notes=False).proved for line in each.lines].count(True) == 1


def test_slips_and_results_exist_and_are_used() -> None:
    assert {slip for each in ALL for slip in each.wrong.values()} == set(SLIPS)
    assert all(named(each.result) for each in ALL if each.result)
    for text in SLIPS.values():
        in_markdown(text)


def test_a_name_that_is_near() -> None:
    with pytest.raises(SymbolicError, match="02-3"):
        exercise("02-33")
