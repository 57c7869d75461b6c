"""Products of sums as sums over tuples of distinct classes: symmetric summands, the coincidences apart."""

import pytest

from symbolic.language.errors import Unsupported
from symbolic.language.parser import parse_expression
from symbolic.search.form.admission import admit
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.moments import Field
from symbolic.search.form.wording import written
from symbolic.search.order.tuples import over_tuples


def parts(line: str, sizes: bool = False) -> dict[int, str]:
    """The summands, in the claim language, by the number of classes."""
    field = Field(Case({}))
    field.apart = True
    poly = field.settle(lambda: field.value(admit(parse_expression(line)), {}).num)
    return {size: written(field, each.num) for size, each in over_tuples(field, poly, sizes).items()}


TUPLES = [
    ("sum(y[k], k)^2", {1: "y[k]^2", 2: "y[k]*y[l]"}),
    ("sum(y[k], k)*sum(v[k], k) - sum(y[k]*v[k], k)", {2: "1/2*(v[k]*y[l] + y[k]*v[l])"}),
    ("sum(y[k], k)^3 - c", {0: "-c", 1: "y[k]^3", 2: "3/2*y[k]*y[l]*(y[k] + y[l])", 3: "y[k]*y[l]*y[m]"}),
    ("n*sum(y[k], k)", {1: "n*y[k]"}),
]


@pytest.mark.parametrize(("line", "expected"), TUPLES)
def test_the_classes_coincide_or_not(line: str, expected: dict[int, str]) -> None:
    assert parts(line) == expected


def test_n_is_a_sum_as_well() -> None:
    assert parts("n*sum(y[k]^2, k) - sum(y[k], k)^2", sizes=True) == {2: "1/2*(y[l] - y[k])^2"}
    assert parts("3 + n", sizes=True) == {0: "3", 1: "1"}


OTHERS = [
    ("sum(y[k], k)^5", "more than 4 sums"),
    ("sqrt(sum(y[k], k))", "not whole"),
    ("1/sum(exp(y[k]), k)", "not whole"),
    ("sum(y[k]*sum(exp(y[k]*v[l]), l), k)", "do not separate"),
]


@pytest.mark.parametrize(("line", "why"), OTHERS)
def test_what_is_no_such_sum_is_refused(line: str, why: str) -> None:
    with pytest.raises(Unsupported, match=why):
        parts(line)
