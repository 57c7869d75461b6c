"""Hypotheses as facts: polynomials that are >= 0, or > 0, at the classes at hand."""

from fractions import Fraction

import pytest
from sympy.polys.domains import QQ

from symbolic.language.errors import Unsupported
from symbolic.language.parser import parse_claim, parse_expression
from symbolic.search.form.admission import admit
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.facts import Fact, cleared, primitive, stated
from symbolic.search.form.generators import In, Scalar
from symbolic.search.form.moments import Field
from symbolic.search.limits.laurent import Quotient

ONE = Case({"i": "i"})
TWO = Case({"i": "i", "j": "j"})
INSIDE = Case({"i": "i", "j": "j"}, {("A", "i"): True, ("A", "j"): False})
BOTH = Case({"i": "i", "j": "j"}, {("A", "i"): True, ("A", "j"): True})

# the hypothesis, where i is free in the claim; the case; the facts at the named classes and at k, which is any other:
# the expression, whether it is > 0, and whether that is for k in A, or not in A, only
STATED = [
    ("z[i] >= c", ONE, [("z[i] - c", False, None)]),
    ("z[i] < c", ONE, [("c - z[i]", True, None)]),
    ("z[j] >= c", ONE, []),  # j is not at hand
    ("c == 1", ONE, []),
    ("limit(c*d, c, 0) >= 0", ONE, []),
    ("log(-a) > 0", ONE, []),
    ("c/sqrt(d) > 0", ONE, [("c", True, None)]),
    ("z[i] > z[i]", ONE, [("0", True, None)]),
    ("z[i] >= z[i]", ONE, []),
    ("all(z[k] >= c, k)", ONE, [("z[i] - c", False, None), ("z[k] - c", False, None)]),
    ("all(z[k] >= c, k != i)", TWO, [("z[j] - c", False, None), ("z[k] - c", False, None)]),
    ("all(z[k] >= c, k in A)", INSIDE, [("z[i] - c", False, None), ("z[k] - c", False, True)]),
    ("all(z[k] >= c, k not in A)", INSIDE, [("z[j] - c", False, None), ("z[k] - c", False, False)]),
    ("A == argmax(z)", ONE, []),  # nobody is known to be in A
    ("A == argmax(z)", INSIDE, [
        ("z[i] - z[j]", True, None), ("z[k] - z[i]", False, True), ("z[i] - z[k]", True, False)
    ]),
    ("A == argmin(z)", BOTH, [
        ("z[i] - z[j]", False, None), ("z[i] - z[k]", False, True), ("z[k] - z[i]", True, False)
    ]),
    ("i == j", TWO, []),
]  # fmt: skip


@pytest.mark.parametrize(("hypothesis", "case", "expected"), STATED)
def test_a_hypothesis_as_facts(hypothesis: str, case: Case, expected: list[tuple[str, bool, bool | None]]) -> None:
    field = Field(case, {"a"})
    classes = {**case.classes, "k": ":1"}
    inside = field.number(In("A", ":1"))
    given = parse_claim(f"z[i] + z[j]*0 > 0 given {hypothesis}").given
    assert field.settle(lambda: stated(field, given, lambda each: each, [":1"])) == [
        Fact(field.value(admit(parse_expression(line)), classes).num, strict, () if yes is None else ((inside, yes),))
        for line, strict, yes in expected
    ]


def poly(field: Field, line: str) -> Quotient:
    return field.settle(lambda: field.value(admit(parse_expression(line)), {}))


CLEARED = [
    ("c/a", "c"),
    ("c/d", "c*d"),
    ("c/d^2", "c"),
    ("c/(1 + a)", "c"),
    ("c/(-1 - a)", "-c"),
    ("c/(d - 1)", "c*(d - 1)"),
    ("c/(d - 1)^2", "c"),
]


@pytest.mark.parametrize(("line", "expected"), CLEARED)
def test_denominators_are_multiplied_out_and_the_sign_stays(line: str, expected: str) -> None:
    field = Field(Case({}), {"a"})
    found = cleared(field, poly(field, line))
    assert found == poly(field, expected).num


@pytest.mark.parametrize(("above", "below"), [("c", "d"), ("d", "c")])
def test_a_denominator_of_learnt_sign(above: str, below: str) -> None:
    field = Field(Case({}))
    logarithm = poly(field, f"log({above} - {below})")
    assert logarithm.num
    for line, expected in ((f"s0/({above} - {below})", "s0"), (f"s0/({below} - {above})", "-s0")):
        assert cleared(field, poly(field, line)) == poly(field, expected).num


def test_a_root_of_what_has_no_sign_cannot_be_cleared() -> None:
    field = Field(Case({}), {"a"})
    c, a = field.number(Scalar("c")), field.number(Scalar("a"))
    root = Quotient({((c, Fraction(-1, 2)),): QQ(1)}, {})
    with pytest.raises(Unsupported, match="a root of what may be negative"):
        cleared(field, root)
    assert stated(field, parse_claim("z[i] > 0 given c > 0").given, lambda _: root, []) == []
    assert cleared(field, Quotient({((a, Fraction(-1, 2)),): QQ(1)}, {})) == {(): 1}


PRIMITIVE = [
    ("-2*a*c", "-c"),
    ("3*c*(1 + a)", "c"),
    ("c*(-1 - c^2)*(d - 1)", "-c*(d - 1)"),
    ("c*(1 + c^2)^2", "c"),
    ("c*(c - d)^2", "c*(c - d)^2"),  # it says as well that c is not d, if it is strict
    ("exp(c) - exp(d)", "c - d"),
    ("exp(a*c) - exp(a*d)", "c - d"),
    ("exp(c) - 2*exp(d)", "exp(c) - 2*exp(d)"),
    ("exp(c) - d", "exp(c) - d"),
    ("exp(c/(1 + s0)) - exp(d)", "exp(c/(1 + s0)) - exp(d)"),
    ("2*(c + d + s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + a)", None),  # too long to be factored
    (
        "2*(c + d + s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9)",
        "c + d + s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9",
    ),
]


@pytest.mark.parametrize(("line", "expected"), PRIMITIVE)
def test_factors_of_sure_sign_are_dropped(line: str, expected: str | None) -> None:
    field = Field(Case({}), {"a"})
    assert primitive(field, poly(field, line).num) == poly(field, expected or line).num
