"""The facts that a proof tells are written in the claim language, each kind of quantity in its own way."""

import pytest

from symbolic.search.form.equality import Holds
from tests.search.pairs import outcome

WORDED = [
    ("p[i] > 0 given n >= 2", "exp(lambda*z[i]) > 0, by the signs of its terms"),
    ("abs(c)/2 + exp(c^2) > 0", "1/2*(abs(c) + 2*exp(c^2)) > 0, by the signs of its terms"),
    ("exp(c/(d + 1)) + 1 > 0", "(exp(c*(d + 1)^(-1)) + 1) > 0, by the signs of its terms"),
    ("prod(y[k], k)^2 >= 0", "prod(y[k], k)^2 >= 0, by the signs of its terms"),
    ("exp(prod(c - y[k], k)) > 0", "exp(prod(c - y[k], k)) > 0, by the signs of its terms"),
    ("sum(1/(1 + exp(z[k])), k) > 0", "sum(1/(exp(z[k]) + 1), k) > 0, by the signs of its terms"),
    ("0 <= sqrt(abs(c)^3)", "abs(c)^(3/2) >= 0, by the signs of its terms"),
    ("p[i] <= p[i]", None),
]


@pytest.mark.parametrize(("line", "fact"), WORDED)
def test_a_fact_is_written_as_it_is_read(line: str, fact: str | None) -> None:
    said = outcome(line)
    assert isinstance(said, Holds)
    assert (said.facts or (None,))[0] == fact
