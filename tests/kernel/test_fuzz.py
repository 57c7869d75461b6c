"""Small runs of the fuzzes, and that each of them finds a kernel that is wrong."""

from __future__ import annotations

from random import Random

import pytest

from symbolic.kernel.checker import asked
from symbolic.kernel.limits import Infinite, Limits, Outcome
from symbolic.kernel.normal import Normal
from symbolic.kernel.read import read_term
from symbolic.kernel.refused import Budget
from symbolic.kernel.ring import Rational
from symbolic.kernel.sets import POSITIVE, Set
from symbolic.kernel.signs import Signs
from symbolic.kernel.terms import Absolute, Term
from tests.kernel import damage, fuzz, limits_fuzz
from tests.kernel.points import places, sign_of, value


def test_the_signs_of_random_expressions_are_right() -> None:
    tried = fuzz.signs(Random(5), 30)
    assert not tried.wrong
    assert tried.points > 200


@pytest.mark.parametrize(("text", "sign"), [("exp(-100)", 1), ("-exp(-100)", -1), ("sqrt(2)^2 - 2", 0)])
def test_what_is_small_is_not_taken_for_0(text: str, sign: int) -> None:
    leaf = asked("c == c", Budget())
    term = read_term(text, leaf.letters, leaf.budget)
    at = next(places(leaf.question, leaf.letters, Random(1)))
    assert sign_of(term, at, value(term, at)) == sign


def test_expressions_with_one_normal_form_are_equal() -> None:
    tried = fuzz.identities(Random(5), 20)
    assert not tried.wrong
    assert tried.points > 50


def test_a_normal_form_is_what_the_expression_is() -> None:
    tried = fuzz.forms(Random(5), 60)
    assert not tried.wrong
    assert tried.points > 200


def test_the_fuzz_of_forms_finds_a_sum_that_divides_by_0_where_it_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Normal, "check_not_zero", lambda self, divisors: None)
    assert fuzz.forms(Random(2), 200).wrong


def test_what_is_accepted_after_damage_is_true() -> None:
    tried = damage.tried(Random(5), 120, damage.intact())
    assert not tried.wrong
    assert tried.points > 20


def test_the_fuzz_of_signs_finds_an_absolute_value_that_is_called_positive(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Signs.of_term

    def wrong(self: Signs, t: Term) -> Set:
        return POSITIVE if isinstance(t, Absolute) else right(self, t)

    monkeypatch.setattr(Signs, "of_term", wrong)
    assert fuzz.signs(Random(5), 150).wrong


def test_the_judge_of_damage_finds_what_is_false() -> None:
    found = fuzz.Tried()
    damage.judge(Random(5), "p[i] < 1", {"line": ["sum(p[k], k != i)"]}, found)
    damage.judge(Random(5), "c >= 0", {"line": ["exp(log(c))"]}, found)
    assert len(found.wrong) == 2


def test_random_expressions_go_where_the_kernel_says() -> None:
    tried = limits_fuzz.tried(Random(5), 100)
    assert not tried.wrong
    assert tried.points > 200


def test_the_fuzz_of_limits_finds_a_division_by_what_goes_to_0(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Limits.limit_of_power

    def wrong(self: Limits, base: Term, found: Outcome, e: Rational) -> Outcome:
        return Infinite(1) if e < 0 else right(self, base, found, e)

    monkeypatch.setattr(Limits, "limit_of_power", wrong)
    assert limits_fuzz.tried(Random(5), 150).wrong
