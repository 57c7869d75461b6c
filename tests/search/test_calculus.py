"""Derivatives in entries, scalars, lambda and T, through sums and at the class of a bound index."""

import pytest

from symbolic.language.errors import Unsupported
from symbolic.search.form import admission
from symbolic.search.form.calculus import derived
from tests.search.pairs import reason

BEYOND = [
    ("diff(2^sum(1/(c + w[k]), k), c) == 0", "derivative of a power"),
    ("diff(max(z), z[i]) == 0", "not differentiated"),
    ("diff(count(z[k] == max(z), k), z[i]) == 0", "not differentiated"),
]


@pytest.mark.parametrize(("line", "why"), BEYOND)
def test_what_is_beyond_the_border_is_left_open(line: str, why: str) -> None:
    assert why in reason(line)


def test_only_terms_with_a_sum_are_derived_as_terms() -> None:
    with pytest.raises(Unsupported, match="derivative of a number"):
        derived(admission.ONE, admission.LAMBDA)
