"""Logarithms: a bound without them is there only where the weights are surely not negative."""

import pytest

from symbolic.language.parser import parse_expression
from symbolic.search.form.admission import admit
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.moments import Field
from symbolic.search.order.jensen import Bound, bounds


def found(line: str) -> list[Bound]:
    """The lower bounds; the scalar a and the family y are positive."""
    field = Field(Case({}), {"a", "y"})
    return field.settle(lambda: list(bounds(field, field.value(admit(parse_expression(line)), {}).num, [])))


BOUNDED = [
    ("-a*log(d)", "-c*log(d)"),
    ("-log(a)", "-log(abs(c))"),
    ("-sum(y[k]*log(a + y[k]), k)", "-sum(c*log(a + y[k]), k)"),
    ("-sum(log(1 + y[k]), k)", "-sum(log(1 - y[k]), k)"),
    ("-sum(y[k]*log(y[k]), k)", "-sum(z[k]*log(y[k]), k)"),
    ("-log(a)", "a"),
    ("sum(log(a + y[k]), k) - n*log(a)", "sum(log(a + y[k]), k) - n*log(abs(c))"),
]


@pytest.mark.parametrize(("bounded", "other"), BOUNDED)
def test_weights_of_no_sure_sign_leave_no_bound(bounded: str, other: str) -> None:
    assert found(bounded)
    assert not found(other)
