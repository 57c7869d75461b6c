"""Certificates: what is found is added up again here, and nothing else is believed."""

import pytest
from sympy.polys.domains import QQ

from symbolic.language.errors import Unsupported
from symbolic.language.parser import parse_expression
from symbolic.search.form.admission import admit
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.facts import Fact
from symbolic.search.form.moments import Field
from symbolic.search.limits.laurent import Polynomial
from symbolic.search.order.certificate import Combine, certified
from symbolic.search.simplex import combination


def poly(field: Field, line: str) -> Polynomial:
    """A polynomial in scalars, of which a, b and d are positive."""
    return field.value(admit(parse_expression(line)), {}).num


def seen(line: str, strict: bool = False, facts: tuple[str, ...] = (), combine: Combine = combination) -> bool:
    field = Field(Case({}), {"a", "b", "d"})
    known = [Fact(poly(field, fact.removesuffix(" > 0")), fact.endswith(" > 0")) for fact in facts]
    return certified(field, poly(field, line), known, strict, combine)


MEANS = [
    ("a^2 + b^2 - 2*a*b", "a^2 + b^2 - 3*a*b"),
    ("s0^2 + s1^2 + 2*s0*s1", "s0^2 + s1^2 + 3*s0*s1"),
    ("a^3 + b^3 + d^3 - 3*a*b*d", "a^3 + b^3 + d^3 - 4*a*b*d"),
    ("a^4 + s0^2 - 2*a^2*s0", "a^4 + s0^2 - 3*a^2*s0"),
    ("sqrt(a) + sqrt(b) - 2*sqrt(sqrt(a*b))", "sqrt(a) + sqrt(b) - 3*sqrt(sqrt(a*b))"),
]


@pytest.mark.parametrize(("true", "false"), MEANS)
def test_the_arithmetic_and_the_geometric_mean(true: str, false: str) -> None:
    assert seen(true)
    assert not seen(true, strict=True)
    assert seen(f"{true} + 1", strict=True)
    assert not seen(false)


FACTS = [
    ("a*s0 - a*s1", ("s0 - s1",), "a*s1 - a*s0"),
    ("(s0 - s1)*(s2 - 1)", ("s0 - s1", "s2 - 1"), "(s0 - s1)*(1 - s2)"),
    ("(s0 - 2*s1)^2", ("s0", "2*s1"), "(s0 - 2*s1)^2 - s1^2/64"),
]


@pytest.mark.parametrize(("true", "facts", "false"), FACTS)
def test_facts_their_products_and_their_differences_squared(true: str, facts: tuple[str, ...], false: str) -> None:
    assert seen(true, facts=facts)
    assert not seen(false, facts=facts)
    assert not seen(true, strict=True, facts=facts)


def test_a_strict_fact_makes_it_strict() -> None:
    assert seen("s0 - s1", strict=True, facts=("s0 - s1 > 0",))
    assert not seen("s0 - s1", strict=True, facts=("s0 - s1",))


def test_weights_are_not_believed() -> None:
    claim = "a^2 + b^2 - 3*a*b"
    assert not seen(claim, combine=lambda terms, _poly, _slack: [QQ(1)] * len(terms))
    with pytest.raises(Unsupported, match="a negative weight"):
        seen(claim, combine=lambda terms, _poly, _slack: [QQ(-1)] * len(terms))
    assert seen("a^2 + b^2 - 2*a*b", combine=lambda terms, _poly, _slack: [QQ(1)] + [QQ(0)] * (len(terms) - 1))


def test_nothing_is_looked_for_where_there_is_too_much_or_nothing_to_add() -> None:
    many = "+".join(f"s{number}" for number in range(81))
    assert not seen(many, facts=("s0",))
    assert not seen(many, facts=(many,))
    assert not seen("s0 - s1")
