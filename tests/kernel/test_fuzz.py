"""Small runs of the fuzzes, and that each of them finds a kernel that is wrong."""

from __future__ import annotations

from random import Random
from typing import Any, get_args

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
    assert fuzz.forms(Random(2), 600).wrong


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


def test_the_judge_of_damage_looks_at_each_case_and_at_each_step_on_the_way() -> None:
    inside: list[tuple[str, Any]] = [
        ("c == c", {"if": "c > 0", "then": {"line": []}, "else": {"absurd": []}}),
        ("c^2 >= 0", {"if": "c > 0", "then": {"line": ["c^2"]}, "else": {"line": ["c"]}}),
        ("c == c", {"have": "c > 0", "by": {"line": ["c"]}, "in": {"line": []}}),
        ("max(p) <= 1", {"let": "m", "of": "max(p)", "in": {"line": ["1 - p[1]"]}}),
        ("c <= d", {"through": "c + 1", "op": "<=", "why": "", "by": {"line": ["1"]}, "in": {"line": ["d - c"]}}),
    ]
    for claim, proof in inside:
        found = fuzz.Tried()
        damage.judge(Random(5), claim, proof, found)
        assert len(found.wrong) == 1, claim


def test_a_case_a_step_or_a_line_is_left_out_wherever_it_stands() -> None:
    line = {"line": ["1 - p[m]"]}
    cases = {"if": "n == 1", "then": {"line": []}, "else": {"let": "m", "of": "max(p)", "in": line}}
    left = list(damage.without_a_part(cases))
    for each in (
        {"line": []},
        {"let": "m", "of": "max(p)", "in": line},
        {"if": "n == 1", "then": {"line": []}},
        {**cases, "else": line},
        {**cases, "else": {"let": "m", "of": "max(p)", "in": {"line": []}}},
    ):
        assert each in left
    seen = {damage.damaged(Random(seed), "max(p) <= 1 given n >= 1", cases).what for seed in range(100)}
    assert seen == set(get_args(damage.What))


def test_what_became_of_damage_is_recorded_for_each_kind_and_each_rule() -> None:
    rows = [row.split("\t") for row in damage.RECORD.read_text("utf-8").splitlines() if not row.startswith("#")]
    assert [row[0] for row in rows] == list(damage.ROWS)
    assert all(int(row[1]) > 0 for row in rows), "python -m tests.kernel.damage 5000 --record"


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
