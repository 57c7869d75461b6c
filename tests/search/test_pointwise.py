"""The sign of a polynomial in finitely many quantities, given facts; never more than the facts say."""

from fractions import Fraction

import pytest
from sympy.polys.domains import QQ

from symbolic.language.errors import Unsupported
from symbolic.language.parser import parse_expression
from symbolic.search.form.admission import admit
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.facts import Fact
from symbolic.search.form.generators import In, Scalar
from symbolic.search.form.moments import Field
from symbolic.search.limits.laurent import Polynomial, Quotient
from symbolic.search.order.pointwise import Pointwise
from symbolic.search.simplex import combination

CLASSES = {each: each for each in "hijlm"}


def new() -> Field:
    """Classes h, i, j, l, m; the scalars a and b are positive, u, v and w are not negative."""
    field = Field(Case(CLASSES), {"a", "b"})
    field.not_negative |= {"u", "v", "w"}
    return field


def value(field: Field, line: str) -> Quotient:
    return field.settle(lambda: field.value(admit(parse_expression(line)), CLASSES))


def seen(line: str, facts: str = "") -> bool:
    """Whether `e > 0` or `e >= 0` is seen, given facts of that form."""
    field = new()
    known = []
    for fact in facts.split(", ") if facts else []:
        left, op, _ = fact.rsplit(" ", 2)
        known.append(Fact(value(field, left).num, op == ">"))
    left, op, _ = line.rsplit(" ", 2)
    return Pointwise(field, known, combination).holds(value(field, left), op == ">")


# what holds, the facts it needs, and what does not follow from the same facts
SIGNS = [
    ("u*v + w >= 0", "", "u*v + w > 0"),
    ("c >= 0", "c*a - u >= 0", "c > 0"),
    ("c >= 0", "c*exp(c) >= 0", "c > 0"),
    ("2 - u >= 0", "1 - u >= 0, c*u - s0*s1 >= 0", "1 - 2*u >= 0"),
    ("z[i] - z[j] >= 0", "z[j] - z[l] >= 0, z[l] - z[j] >= 0, z[i] - z[l] >= 0", "z[i] - z[j] > 0"),
    ("c - d >= 0", "c - d - u*v >= 0", "c - d > 0"),
    ("c >= 0", "-u*v >= 0, c - u >= 0", "u - c >= 0"),
    ("-w >= 0", "-u*v - w >= 0", "-u >= 0"),
    ("1 - u >= 0", "a - a*u >= 0", "1 - a*u >= 0"),
    ("a - u^2 >= 0", "a - u^2 >= 0", "2 - u^2 >= 0"),
    ("c - d >= 0", "s0*c - s0*d >= 0, c - d >= 0", "d - c >= 0"),
    ("u + 1 > 0", "1 - u - v >= 0, v - u >= 0", "1 - 3*u >= 0"),
    ("exp(z[i]) - exp(z[j]) >= 0", "z[i] - z[j] >= 0", "exp(z[i]) - exp(z[j]) > 0"),
    ("exp(z[i]) - exp(z[j]) > 0", "z[i] - z[j] > 0", "exp(z[j]) - exp(z[i]) >= 0"),
    (
        "exp(y[i]) - exp(y[j]) > 0",
        "z[i]*y[i] - z[i]*y[j] - z[j]*y[i] + z[j]*y[j] > 0, z[i] - z[j] > 0",
        "exp(y[i]) - 2*exp(y[j]) > 0",
    ),
    (
        "exp(y[i]) - exp(y[j]) > 0",
        "y[i] - y[j] > 0, z[h] - z[i] > 0, z[i] - z[j] >= 0, z[j] - z[l] >= 0, z[l] - z[m] >= 0",
        "exp(y[j]) - exp(y[i]) > 0",
    ),
    ("z[i] - z[j] >= 0", "z[i] - z[j] >= 0, z[j] - z[l] >= 0, z[l] - z[i] >= 0", "z[i] - z[j] - 1 >= 0"),
    ("exp(u) - 1 - u >= 0", "c*d - s0 >= 0", "exp(u) - 1 - u > 0"),
    ("exp(u) - 1 - u - u^2/2 >= 0", "", "exp(u) - 1 - u - 2*u^2 >= 0"),
    ("abs(c) + c >= 0", "", "abs(c) + c > 0"),
    ("c^2 - c*d + d^2 >= 0", "", "c^2 - 3*c*d + d^2 >= 0"),
]


@pytest.mark.parametrize(("true", "facts", "false"), SIGNS)
def test_what_the_facts_say_and_no_more(true: str, facts: str, false: str) -> None:
    assert seen(true, facts)
    assert not seen(false, facts)


NOWHERE = [
    "z[i] - z[j] >= 0, z[j] - z[i] > 0",
    "-1 - u >= 0",
    "0 > 0",
    "-u > 0",
    "z[i] - z[j] > 0, z[j] - z[i] >= 0",
    "c - d > 0, d - c - u >= 0",
]


@pytest.mark.parametrize("facts", NOWHERE)
def test_facts_that_exclude_each_other_allow_everything(facts: str) -> None:
    assert seen("-1 > 0", facts)


OPEN = [
    ("exp(u) - 1 - u - s0 >= 0", ""),
    ("exp(y[h]) + exp(z[h]) - exp(y[i]) + y[j] + y[l] + z[i] + z[j] + z[l] >= 0", "y[h] - y[i] >= 0, z[h] - z[i] >= 0"),
    ("c >= 0", "c*s0 >= 0"),
    ("c >= 0", "c*(1 + a) - u >= 0"),  # the slope 1 + a is no single term
    ("exp(u) - 1 - u >= 0", "c*u - s0*s1 >= 0"),
    ("c - c > 0", ""),
]


@pytest.mark.parametrize(("line", "facts"), OPEN)
def test_what_is_not_seen(line: str, facts: str) -> None:
    assert not seen(line, facts)


TOO_MUCH = [
    ("+".join(f"abs(s{number})" for number in range(6)) + " - c >= 0", "absolute values"),
    ("c >= 0", "memberships"),
    ("c >= 0", "terms"),
]


@pytest.mark.parametrize(("line", "what"), TOO_MUCH)
def test_more_than_it_goes_through(line: str, what: str) -> None:
    field = new()
    summand = value(field, line.removesuffix(" >= 0"))
    poly: Polynomial = dict(summand.num)
    if what == "memberships":
        poly |= {((field.number(In(subset, "i")), 1),): QQ(1) for subset in "ABCDEF"}
    elif what == "terms":
        poly |= {((field.number(Scalar("c")), power),): QQ(1) for power in range(2, 302)}
    with pytest.raises(Unsupported, match=f"too many {what}"):
        Pointwise(field, [], combination).holds(Quotient(poly, {}), False)


def test_a_membership_that_is_asked_about_is_gone_through() -> None:
    field = new()
    inside, c = field.number(In("A", "i")), field.number(Scalar("c"))
    summand = Quotient({((inside, 1), (c, 1)): QQ(1)}, {})
    positive = Fact({((c, 1),): QQ(1)}, False, ((inside, True),))
    elsewhere = Fact({((c, 1),): QQ(1)}, False, ((inside, False),))
    assert Pointwise(field, [positive], combination).holds(summand, False)
    assert not Pointwise(field, [elsewhere], combination).holds(summand, False)


def test_a_root_of_what_has_no_sign_is_not_seen() -> None:
    field = new()
    root = Quotient({((field.number(Scalar("c")), Fraction(-1, 2)),): QQ(1)}, {})
    look = Pointwise(field, [], combination)
    with pytest.raises(Unsupported, match="a root of what may be negative"):
        look.holds(root, False)
    c, d = (field.number(Scalar(name)) for name in "cd")
    assert look._without_sure_factors({((c, Fraction(1, 2)), (d, 1)): QQ(1)}, False) == {((d, 1),): QQ(1)}
    assert look._by_derivative(value(field, "u*exp(u)").num, [], False, 4)


def test_an_exponential_that_has_been_replaced_has_no_derivative() -> None:
    field = new()
    gap = field.number(Scalar("exp 1 False"))
    field.not_negative.add("exp 1 False")
    summand = value(field, "exp(u) - 1 - u")
    assert Pointwise(field, [], combination).holds(summand, False)
    with_gap = Quotient({**summand.num, ((gap, 1),): QQ(1), ((gap, 2),): QQ(-1)}, {})
    assert not Pointwise(field, [], combination).holds(with_gap, False)
