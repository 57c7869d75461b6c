"""Each rule in one claim that it proves, beside a neighbour, one edit away, that is not proved."""

import pytest

from symbolic.search.form.equality import Holds
from tests.search.pairs import holds, outcome, pairs


@pytest.mark.parametrize(("true", "false"), pairs(), ids=lambda each: each[:60])
def test_a_rule_proves_what_is_true_and_not_its_neighbour(true: str, false: str) -> None:
    assert holds(true)
    assert not isinstance(outcome(false), Holds)
