"""Derivations: what they claim, what they refuse, how they are shown."""

import pytest
from sympy import Abs, exp, oo, sqrt

from symbolic import parse_expression
from symbolic.derivation import Derivation, DerivationError, start
from symbolic.language.claims import argmax, claim, differ, member, relation
from symbolic.language.errors import SymbolicError
from symbolic.language.notation import A, D, Except, Limit, Sum, T, Z, b, c, delta, i, j, k, l, lam, n, p, y, z

JACOBIAN = start(D(p[i], z[j])).equals(lam * p[i] * (delta(i, j) - p[j]), "the quotient rule")


def test_it_claims_what_stands_at_its_ends() -> None:
    assert JACOBIAN.claim == claim(D(p[i], z[j]), "==", lam * p[i] * (delta(i, j) - p[j]))
    assert start(p[i], given=[differ(i, j)]).less(1, "").at_most(2, "").claim.op == "<"
    assert start(p[i]).at_most(1, "").claim.op == "<="
    assert start(p[i]).greater(0, "").claim.op == ">"
    assert start(p[i]).at_least(0, "").claim.op == ">="
    assert start(p[i], T, oo).equals(p[i], "").tends_to(1 / n, "").claim.lhs == Limit(p[i], T, oo)
    assert start(p[i]).claim == claim(p[i], "==", p[i])


def test_a_chain_that_goes_up_and_down_shows_nothing() -> None:
    with pytest.raises(DerivationError, match="up and down"):
        start(p[i]).at_most(1, "").at_least(p[i], "").check()


def test_a_hypothesis_on_one_class_is_not_about_all_where_that_class_is_out_of_sight() -> None:
    first = start(exp(lam * z[b]) * p[i], given=[relation(z[b], "==", 0)]).equals(p[i], "`z[b]` is 0")
    first.check()
    with pytest.raises(DerivationError, match="line 2"):
        first.equals(1 / n, "not all of them are").check()
    with pytest.raises(DerivationError, match="line 1"):
        start(p[i], given=[relation(z[b], "==", 0)]).equals(1 / n, "").equals(exp(z[b]) / n, "").check()


def test_a_subset_may_be_named_by_a_hypothesis_only() -> None:
    start(p[i], given=[member(i, A)]).equals(exp(lam * z[i]) / Z, "the definition").check()


def test_a_limit_needs_to_know_what_goes_where() -> None:
    with pytest.raises(DerivationError, match="say what goes where"):
        start(p[i]).tends_to(1 / n, "")


def test_after_a_limit_only_equalities_follow() -> None:
    chain = start(p[i], T, oo).tends_to(1 / n, "")
    chain.equals(n / n**2, "").check()
    with pytest.raises(DerivationError, match="only equalities"):
        chain.at_most(2, "").check()


def test_a_false_line_is_named_with_a_point() -> None:
    with pytest.raises(DerivationError, match=r"line 2 is wrong(.|\n)*refuted at n = ") as problem:
        JACOBIAN.equals(p[i] * (delta(i, j) - p[j]), "lambda lost").check()
    assert problem.value.line == 2


def test_a_line_that_is_not_decided_does_not_pass() -> None:
    poles = Sum(Sum(1 / (z[k] - z[l]), l, Except(k)), k)
    with pytest.raises(DerivationError):
        start(poles + y[i]).equals(y[i], "by antisymmetry").check(seconds=0.3)


def test_a_line_about_no_point_does_not_pass() -> None:
    with pytest.raises(DerivationError, match="no point"):
        start(p[i], given=[relation(n, "<", 1)]).equals(2, "").check()


def test_equality_is_not_transitive_where_sides_are_undefined() -> None:
    """Both lines hold where both their sides are defined; together they would show |c| = c."""
    middle = parse_expression("exp(log(c))")  # SymPy would make c of exp(log(c))
    detour = start(Abs(c)).equals(middle, "where c > 0").equals(c, "where c > 0")
    with pytest.raises(DerivationError, match="not defined everywhere") as problem:
        detour.check()
    assert problem.value.line == 1


def test_a_line_may_divide_by_what_its_ends_divide_by() -> None:
    start(y[i] / c).equals(parse_expression("y[i]*c/c^2"), "").equals(y[i] / c, "").check()
    with pytest.raises(DerivationError, match="division"):
        start(y[i]).equals((y[i] * c + y[i]) / (c + 1), "").equals(y[i], "").check()


def test_integers_are_taken_and_other_things_refused() -> None:
    start(1).equals(Sum(p[k], k), "").check()
    with pytest.raises(SymbolicError):
        start("p")
    with pytest.raises(SymbolicError):
        start(p[i] < 1)


def test_it_is_shown_as_text_as_latex_and_as_markdown() -> None:
    text = str(start(p[i], T, 0, given=argmax(i, z, unique=True)).tends_to(1, "only `z[i]` is left"))
    assert text.splitlines()[1].split() == ["->", "1", "only", "z[i]", "is", "left"]
    assert "T -> 0" in text
    source = JACOBIAN.latex()
    assert source.startswith(r"\begin{aligned}")
    assert r"\frac{\partial p_{i}}{\partial z_{j}}" in source
    assert r"\text{the quotient rule}" in source
    assert JACOBIAN.markdown() == f"$$\n{source}\n$$" == JACOBIAN._repr_latex_()


def test_conditions_are_shown() -> None:
    shown = start(D(p[i], z[j]), given=[differ(i, j)]).less(0, "")
    assert "given i != j" in str(shown)
    assert r"i \neq j" in shown.latex()


def test_a_derivation_without_lines_is_shown() -> None:
    assert str(start(Z)) == "Z"
    assert "Z" in start(Z).latex()


def test_it_is_data() -> None:
    assert Derivation(D(p[i], z[j]), JACOBIAN.lines) == JACOBIAN
    assert start(sqrt(n)).lines == ()
