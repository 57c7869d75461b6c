"""docs/rules.md says what the kernel does: how many derivations have each step, and what is refused without a rule."""

from __future__ import annotations

import re

import pytest

from symbolic.kernel.checker import RULES
from tools import rules

EVERY = rules.derivations()
TEXT = rules.TABLE.read_text("utf-8")
ROWS = {row[1]: row for row in re.finditer(r"\| `(\w+)` \| .* \| (\d+) \| (?:`(.*)`)? \|", TEXT)}


def test_it_has_all_steps_and_rules_and_counts_all_derivations() -> None:
    assert list(ROWS) == [*RULES, *(rule.name for rule in rules.INSIDE)]
    assert f"Of {len(EVERY)} derivations" in TEXT


@pytest.mark.parametrize("kind", RULES)
def test_the_derivations_with_a_step_are_counted(kind: str) -> None:
    assert int(ROWS[kind][2]) == sum(kind in rules.steps(tree) for _, tree in EVERY)


@pytest.mark.parametrize("rule", rules.INSIDE, ids=lambda rule: rule.name)
def test_its_example_needs_the_rule(rule: rules.Rule) -> None:
    example = (ROWS[rule.name][3] or "").replace("\\|", "|")
    shown = [each for each in EVERY if each[0] == example]
    assert bool(shown) == (int(ROWS[rule.name][2]) > 0)
    assert all(rules.accepted(each) for each in shown)
    assert not shown or any(rules.needs(each, rule) for each in shown)


RULES_THERE_ARE = {
    **{kind: rule for kind, (_, rule) in RULES.items()},
    **{r.name: getattr(r.owner, r.name) for r in rules.INSIDE},
}


@pytest.mark.parametrize("name", RULES_THERE_ARE)
def test_a_rule_says_its_formula_its_side_conditions_and_its_source(name: str) -> None:
    says = RULES_THERE_ARE[name].__doc__ or ""
    formula, *rest = says.strip().splitlines()
    assert formula.strip()
    assert re.search(r"Needs: .+ Source: .+\.", " ".join(rest), re.DOTALL), f"{name}: Needs: ... Source: ..."


def test_what_became_of_damaged_derivations_is_counted() -> None:
    rows = [row.split("\t") for row in rules.DAMAGE.read_text("utf-8").splitlines() if not row.startswith("#")]
    for rule, *numbers in rows:
        damaged, refused, still_true, wrong = map(int, numbers)
        assert damaged == refused + still_true + wrong
        assert wrong == 0
        assert f"| `{rule}` | {damaged} | {refused} | {still_true} | 0 |" in TEXT
    assert int(rows[0][1]) >= 20_000
