"""The normal form: sums, exponentials, logarithms, roots. What is equal has one form, and only that."""

import pytest

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form import admission, sums
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.equality import Holds
from symbolic.search.form.moments import Field
from symbolic.search.form.symmetry import symmetric
from symbolic.search.limits.laurent import ONE
from tests.search.pairs import holds, outcome, reason, vacuous

# At n = 1, or in a small subset, nothing is left of these sums: what is undefined in them does not count.
PERHAPS_EMPTY = [
    "sum(1/(z[k] - z[k]), k != i) == 1",
    "sum(log(-1), k in A) == 1",
    "sum(1/delta(i,k), k) == 5",
    "sum(log(c*(1 - 2*delta(i,k))), k) == 7",
    "sum(sum(1/(1 - delta(k,l)), l in A), k) == 3",
    "sum(log(sum(y[l], l)), k not in A) == c given y[i] == 0",
    "sum(1/(c - d), k != i) == 5 given c == d",
]


@pytest.mark.parametrize("line", PERHAPS_EMPTY)
def test_a_sum_that_may_be_empty_is_not_undefined(line: str) -> None:
    assert not isinstance(outcome(line), Holds)


NOWHERE = [
    "log(-1) == 1",
    "log(c - c) == 1",
    "1/(c - c) == 1",
    "sum(log(-1), k) == 1",
    "log(-1) + sqrt(c) == 1",
    "log(c) + log(-c) == 1",
    "log(c) == 1 given c == 0",
]


@pytest.mark.parametrize("line", NOWHERE)
def test_what_is_nowhere_defined_is_about_nothing(line: str) -> None:
    assert vacuous(line)


BEYOND = [
    ("sum(sum(w[k]/(w[k] + 2*w[l]), l), k) == n^2/3", "do not separate"),
    ("sum(exp(z[k]/(1 + y[k])), k) == n", "do not separate"),
    ("exp(1/(1 + exp(c)))*exp(c) == exp(c + 1/(1 + exp(c)))", "do not separate"),
    ("sum(abs(c + z[k])/(y[k] + abs(c + z[k])) - 1/(1 + abs(c + z[k])), k) == 0", "the square of a root"),
    ("c*d + log(c*d) == abs(c)*abs(d) + log(c*d)", "a sign that is not seen"),
    ("abs(c^2 + c + 1) == c^2 + c + 1", "a sign that is not seen"),
    ("y[i]^(3/2) == z[i]*x[i]*sqrt(y[i]) given y[k] == z[k]*x[k]", "used in part only"),
    ("max(z) == z[i]", "depend on the entries"),
    ("count(z[k] == max(z), k) == 1", "depend on the entries"),
    ("sum(sum(1/(z[k] - z[l]), l != k), k) == 0", "left-out term is a pole"),
    ("sum(1/sum(delta(k,l), l in A), k) == 1", "division by an indicator"),
    ("sum(1/(z[k] - c), k != i) == 5 given z[i] == c", "too many different denominators"),
    ("0^c == 1", "may be negative"),
    ("(c - 1)^(1/2) == 1", "may be negative"),
    ("(c^2)^d == 1", "may be negative"),
    ("sqrt(c) + log(-c) == 1", "root of the negative"),
    ("(c + d)^61 == 1", "power 61"),
    ("(c + d + x[i] + y[i])^30*(c - d + x[i] - y[i])^30 == 1", "too large"),
    ("log((10^30 + 57)*(10^30 + 61)) == c", "too large to factor"),
    ("prod(y[k], k) == 1", "do not separate"),
    ("sum(prod(y[l], l != k), k) == 1", "a product under a sum"),
    ("prod(log(-1)*y[k], k) == 1", "a product whose factors are undefined"),
    ("prod(y[k] - y[k], k) == 1", "a product of what may be 0"),
    ("prod(abs(y[k]), k) == 1", "a product of what may be 0"),
    ("prod(y[k], k in A) == 1", "a product over a subset of what may be negative"),
    ("diff(prod(y[k] + c, k), c) == 1", "a derivative of a product"),
    ("sum(diff(prod(y[l], l), y[k]), k) == 1", "a derivative of a product"),
    ("sum(exp(c*log(y[k])), k in A) == 5 given y[k] == 0", "a root of 0"),
]


@pytest.mark.parametrize(("line", "why"), BEYOND)
def test_what_is_beyond_the_border_is_left_open(line: str, why: str) -> None:
    assert why in reason(line)


def test_a_field_takes_only_what_was_admitted() -> None:
    field = Field(Case({}))
    with pytest.raises(Unsupported, match="does not know Term"):
        field.value(admission.Term(), {})


def test_a_division_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "sum(exp(2*z[k])/(1 + exp(z[k])), k) == sum(exp(z[k]), k) - n + sum(1/(1 + exp(z[k])), k)"
    assert holds(line)
    monkeypatch.setattr(sums, "LARGEST", 1)
    assert "a division under a sum" in reason(line)


def test_an_undefined_step_of_a_method_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def transform(*_: object) -> None:
        raise Undefined("a division by zero")

    field = Field(Case({}))
    monkeypatch.setattr(field, "transform", transform)
    with pytest.raises(Unsupported, match="double sum"):
        symmetric(field, ONE)
