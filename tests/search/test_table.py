"""The table of generators: each has one number, and what is inside of which is known."""

from contextlib import suppress

import pytest

from symbolic.language.errors import Unsupported
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.generators import Entry, Exp, Log, Moment, Scalar
from symbolic.search.form.moments import Field
from symbolic.search.form.table import Restart, is_dot


def field() -> Field:
    return Field(Case({"i": "i"}))


def test_a_generator_has_one_number() -> None:
    made = field()
    assert made.number(Scalar("c")) == made.number(Scalar("c")) != made.number(Scalar("d"))


def test_what_is_inside_of_what() -> None:
    made = field()
    entry, other = made.number(Entry("z", "0.")), made.number(Scalar("c"))
    power = made.number(Exp(((entry, 1),)))
    moment = made.number(Moment(((power, 1),)))
    log = made.number(Log(made.atom(moment)))
    assert made.contains(log, entry)
    assert not made.contains(log, other)
    assert not made.contains(entry, log)
    assert made.has_exponential({log})
    assert not made.has_exponential({entry, other})


def test_a_closed_sum_depends_on_no_class() -> None:
    made = field()
    entry = made.number(Entry("z", "0."))
    moment = made.number(Moment(((entry, 1),)))
    assert made.at[entry] == {"0."}
    assert made.at[moment] == frozenset()
    assert (made.height[entry], made.height[moment]) == (0, 1)


@pytest.mark.parametrize(
    ("at", "dot"), [("0'", True), ("1.", True), (".", False), ("i", False), ("1", False), ("1#", False)]
)
def test_which_classes_stand_for_all(at: str, dot: bool) -> None:
    assert is_dot(at) is dot


def test_what_is_learnt_is_kept_and_all_forms_are_made_again() -> None:
    made, calls = field(), []

    def make() -> int:
        calls.append(dict(made.known))
        made.known["form"] = made.generator(Scalar("c"))
        if len(calls) < 3:
            raise Restart
        return len(calls)

    assert made.settle(make) == 3
    assert calls == [{}, {}, {}]


def test_learning_without_end_is_given_up() -> None:
    def make() -> None:
        raise Restart

    with pytest.raises(Unsupported, match="too many"):
        field().settle(make)


def test_a_dot_is_closed_even_if_something_is_raised() -> None:
    made = field()
    with suppress(Restart), made.dot(narrow=True):
        assert made.restricted == 1
        raise Restart
    assert (made.dots, made.restricted, made.narrowed) == (0, 0, True)
