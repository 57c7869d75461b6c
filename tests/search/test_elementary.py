"""Powers, exponentials, logarithms and absolute values: forms that are equal, and beside them forms that are not."""

import pytest

from symbolic.language.errors import Undefined, Unsupported
from symbolic.language.parser import parse_expression
from symbolic.search.form.admission import admit
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.elementary import rational_value
from symbolic.search.form.moments import Field
from symbolic.search.limits.laurent import ONE, add, constant, generator, negate

SAME = [
    ("exp(c)*exp(d)", "exp(c + d)", "exp(c*d)"),
    ("exp(c)^3", "exp(3*c)", "exp(c^3)"),
    ("exp(c/(1 + d))*exp(d/(1 + d))", "exp((c + d)/(1 + d))", "exp(c + d)/(1 + d)"),
    ("exp((c^2 - 1)/(c - 1))", "exp(c + 1)", "exp(c - 1)"),
    ("exp(log(c)/2)", "sqrt(c)", "c/2"),
    ("exp(2*log(c) - log(d))", "c^2/d", "c^2 - d"),
    ("log(c*d)", "log(abs(c)) + log(abs(d))", "log(abs(c))*log(abs(d))"),
    ("log(exp(c))", "c", "exp(c)"),
    ("log(12)", "2*log(2) + log(3)", "2*log(3) + log(2)"),
    ("log(c^2 - d^2)", "log(abs(c - d)) + log(abs(c + d))", "log(abs(c - d)) - log(abs(c + d))"),
    ("abs(c*d)", "abs(c)*abs(d)", "abs(c) + abs(d)"),
    ("abs(c)^2", "c^2", "c"),
    ("abs(-3*c)", "3*abs(c)", "-3*abs(c)"),
    ("abs(exp(c)*d)", "exp(c)*abs(d)", "exp(c)*d"),
    ("sqrt(c^2)", "abs(c)", "c"),
    ("sqrt(1 + c^2)^3", "(1 + c^2)*sqrt(1 + c^2)", "(1 + c^2)^3"),
    ("8^(2/3)", "4", "2"),
    ("sqrt(c)*sqrt(c)", "c", "c^2"),
    ("c^(-1/2)", "1/sqrt(c)", "-sqrt(c)"),
    ("2^c*3^c", "6^c", "5^c"),
    ("tanh(c)", "1 - 2/(1 + exp(2*c))", "1 - 2/(1 + exp(c))"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "other"), SAME)
def test_equal_forms_for_what_is_equal_only(left: str, right: str, other: str) -> None:
    field = Field(Case({}))

    def differ(first: str, second: str) -> bool:
        forms = (field.value(admit(parse_expression(each)), {}) for each in (first, second))
        difference = field.settle(lambda: add(next(forms), negate(next(forms))))
        return not field.is_zero(difference)

    for each in (left, right, other):
        field.settle(lambda text=each: field.value(admit(parse_expression(text)), {}))  # what they teach comes first
    assert not differ(left, right)
    assert differ(left, other)


REFUSED = [
    ("(c - 1)^(1/2)", Unsupported, "may be negative"),
    ("c^d", Unsupported, "may be negative"),
    ("(-2)^(1/2)", Unsupported, "may be negative"),
    ("log(c - c)", Undefined, "logarithm of 0"),
    ("log(-exp(c))", Undefined, "logarithm of the negative"),
    ("(c - c)^-1", Undefined, "division by zero"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "error", "message"), REFUSED)
def test_what_has_no_form_is_refused(text: str, error: type, message: str) -> None:
    field = Field(Case({}))
    with pytest.raises(error, match=message):
        field.settle(lambda: field.value(admit(parse_expression(text)), {}))


def test_the_logarithm_of_no_modulus() -> None:
    field = Field(Case({}))
    with pytest.raises(Undefined, match="logarithm of 0"):
        field.log_absolute(constant(0))
    assert field.absolute(constant(0)) == field.modulus(constant(0)) == constant(0)


def test_a_rational_number_is_seen() -> None:
    assert rational_value(constant(3)) == 3
    assert rational_value(constant(0)) == 0
    assert rational_value(generator(0)) is None
    assert rational_value(add(ONE, generator(0))) is None
