"""Signs that are sure, by form or learnt; where one is not sure it is 0."""

import pytest

from symbolic.language.errors import Undefined, Unsupported
from symbolic.language.parser import parse_expression
from symbolic.search.form.admission import admit
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.moments import Field
from symbolic.search.form.table import Restart
from symbolic.search.limits.laurent import Quotient

CLASSES = {"i": "i", "j": "j", "k": "."}


def field() -> Field:
    return Field(Case({"i": "i", "j": "j"}))


def form(made: Field, text: str) -> Quotient:
    return made.value(admit(parse_expression(text)), CLASSES)


def learn(made: Field, sign: int, text: str, zero: bool = False) -> None:
    with pytest.raises(Restart):
        made.learn(sign, form(made, text), zero)
    made.learn(sign, form(made, text), zero)  # nothing new


SURE = [
    ("exp(c)", 1), ("-exp(c)", -1), ("1 + exp(c)", 1), ("1 - exp(c)", 0), ("c", 0), ("c^2", 0), ("1 + c^2", 1),
    ("-2 - c^4", -1), ("Z", 1), ("n", 1), ("n - 1", 0), ("sum(y[k]^2, k)", 0), ("sum(1 + y[k]^2, k)", 1),
    ("lambda*p[i]", 1), ("exp(1 + c^2) - exp(-c^2)", 1), ("exp(c) - exp(c - 1)", 1), ("exp(c) - exp(d)", 0),
    ("exp(c)*c - exp(d)", 0), ("log(2)", 1), ("log(1/2)", -1), ("log(3)*exp(c)", 1), ("-Z*n", -1), ("1/Z", 1),
    ("-1/(1 + exp(c))", -1), ("0*c", 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sign"), SURE)
def test_signs_by_form(text: str, sign: int) -> None:
    made = field()
    assert made.sign_of(form(made, text), zero=False) == sign


def test_a_square_may_be_zero() -> None:
    made = field()
    assert made.sign_of(form(made, "c^2"), zero=True) == 1
    assert made.sign_of(form(made, "(c - d)^2*exp(c)"), zero=True) == 1
    assert made.sign_of(form(made, "c^3"), zero=True) == 0
    assert made.weak_sign(form(made, "c^2 + d^4").num) == 1
    assert made.weak_sign(form(made, "c^2 - d^4").num) == 0
    assert made.weak_sign({}) == 1


def test_a_sign_is_learnt_of_the_polynomial_and_its_multiples() -> None:
    made = field()
    learn(made, 1, "2*c - 2*d")
    assert made.sign_of(form(made, "c - d"), zero=False) == 1
    assert made.sign_of(form(made, "(d - c)*exp(c)"), zero=False) == -1
    assert made.sign_of(form(made, "c + d"), zero=False) == 0


def test_a_sign_at_every_class_is_one_at_each() -> None:
    made = field()
    learn(made, -1, "y[k] - c")
    assert made.sign_of(form(made, "y[i] - c"), zero=False) == -1
    assert made.sign_of(form(made, "c - y[j]"), zero=False) == 1
    assert made.sign_of(form(made, "y[i] - d"), zero=False) == 0


def test_a_sign_at_one_class_is_not_one_at_another() -> None:
    made = field()
    learn(made, 1, "y[i] - c")
    assert made.sign_of(form(made, "y[i] - c"), zero=False) == 1
    assert made.sign_of(form(made, "y[j] - c"), zero=False) == 0


def test_what_may_be_zero_is_not_strict() -> None:
    made = field()
    learn(made, 1, "c", zero=True)
    assert made.sign_of(form(made, "c"), zero=True) == 1
    assert made.sign_of(form(made, "c"), zero=False) == 0


def test_of_a_product_of_two_unsure_factors_nothing_is_learnt() -> None:
    made = field()
    made.learn(1, form(made, "c*d"), zero=False)
    assert made.signs == {}


def test_under_a_sum_over_some_classes_nothing_is_learnt() -> None:
    made = field()
    with made.dot(narrow=True):
        made.learn(1, form(made, "c"), zero=False)
    with made.learning_nothing():
        made.learn(1, form(made, "c"), zero=False)
    assert made.signs == {}


def test_the_impossible_is_not_learnt() -> None:
    made = field()
    with pytest.raises(Undefined):
        made.learn(-1, form(made, "exp(c)"), zero=False)
    with pytest.raises(Unsupported):
        made.learn(-1, form(made, "exp(c)"), zero=True)


def test_no_entry_is_beyond_the_extremes() -> None:
    made = field()
    assert made.sign_of(form(made, "max(z) - z[i]"), zero=True) == 1
    assert made.sign_of(form(made, "min(z) - z[j]"), zero=True) == -1
    assert made.sign_of(form(made, "max(z) - z[i]"), zero=False) == 0
    assert made.sign_of(form(made, "max(z) - y[i]"), zero=True) == 0
