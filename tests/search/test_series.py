"""Germs: leading terms, and nothing said of a leading term that may have cancelled."""

from fractions import Fraction

import pytest
from sympy.polys.domains import QQ

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.branches import Branch, Split
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.generators import Scalar
from symbolic.search.limits.laurent import ONE, ZERO, Quotient, add, constant, negate
from symbolic.search.limits.series import CONSTANT, Cancelled, Diverges, Germ, Scale, Series

X = Scale((), 1, 0)
LOG = Scale((), 0, 1)
EXP = Scale((((1, 0), ONE),), 0, 0)


def series(depth: int = 4) -> Series:
    return Series(Branch(Case({})), depth)


def scalar(made: Series, name: str, positive: bool = False) -> Quotient:
    made.field.assumed |= {name} if positive else set()
    return made.field.generator(Scalar(name))


def x(exponent: int | Fraction = 1) -> Germ:
    return Germ(((Scale((), exponent, 0), ONE),))


def test_scales_are_ordered_by_exponential_power_logarithm() -> None:
    made = series()
    for larger, smaller in [(EXP, X), (X, LOG), (LOG, CONSTANT), (EXP, LOG)]:
        assert made.order(larger, smaller) == 1
        assert made.order(smaller, larger) == -1
    assert made.order(EXP, EXP) == 0


def test_a_rate_of_unknown_sign_splits_the_case() -> None:
    made = series()
    c = scalar(made, "c")
    moving = Scale((((1, 0), c),), 0, 0)
    with pytest.raises(Split):
        made.order(moving, CONSTANT)
    both = made.germ([(moving, ONE), (CONSTANT, ONE)])
    assert len(both.terms) == 2, "which of the two is larger is not asked for"


def test_like_terms_are_added_and_zeros_left_out() -> None:
    made = series()
    assert made.germ([(X, ONE), (X, constant(2))]) == Germ(((X, constant(3)),))
    assert made.germ([(X, ONE), (X, constant(-1))]) == Germ(())


def test_a_term_that_an_error_may_reach_does_not_lead() -> None:
    made = series()
    assert made.leading(Germ(((X, ONE),), (LOG,))) == (X, ONE)
    with pytest.raises(Cancelled):
        made.leading(Germ(((LOG, ONE),), (LOG,)))


def test_what_an_error_covers_is_left_out() -> None:
    made = series()
    assert made.germ([(X, ONE), (LOG, ONE), (CONSTANT, ONE)], [LOG]) == Germ(((X, ONE),), (LOG,))
    assert made.germ([], [LOG, X, CONSTANT]).errors == (X,)


def test_geometric_series() -> None:
    made = series(3)
    one_over = made.power(made.add(x(0), x(-1)), -1)
    assert one_over == Germ(
        ((CONSTANT, ONE), (Scale((), -1, 0), constant(-1)), (Scale((), -2, 0), ONE)), (Scale((), -3, 0),)
    )


def test_powers_and_roots() -> None:
    made = series(2)
    assert made.power(x(), 3) == x(3)
    assert made.power(x(), 0) == made.constant(ONE)
    assert made.power(x(2), Fraction(1, 2)) == x(1)
    with pytest.raises(Undefined):
        made.power(Germ(((X, constant(-1)),)), Fraction(1, 2))
    with pytest.raises(Undefined):
        made.power(Germ(()), -1)
    with pytest.raises(Cancelled):
        made.power(Germ((), (X,)), -1)
    with pytest.raises(Unsupported, match="root of a logarithm"):
        made.power(Germ(((LOG, ONE),)), Fraction(1, 2))


def test_the_leading_coefficient_has_to_have_a_sign() -> None:
    made = series()
    c = scalar(made, "c")
    with pytest.raises(Split):
        made.power(Germ(((X, c),)), -1)
    assert made.tends_to(Germ(((CONSTANT, c),))) == c, "a finite limit is asked for no sign"
    with pytest.raises(Split):
        made.tends_to(Germ(((X, c),)))


def test_exponentials_and_logarithms_undo_each_other() -> None:
    made = series(3)
    assert made.exp(x()) == Germ(((EXP, ONE),))
    assert made.log_absolute(made.exp(x())) == x()
    assert made.log_absolute(x()) == Germ(((LOG, ONE),))
    assert made.exp(Germ(((LOG, constant(2)),))) == x(2)
    assert made.log_absolute(Germ(((X, constant(-1)),))) == Germ(((LOG, ONE),)), "the logarithm of |x|"
    with pytest.raises(Unsupported, match="logarithm of a logarithm"):
        made.log_absolute(Germ(((LOG, ONE),)))


def test_exponentials_that_no_scale_is_for() -> None:
    made = series()
    assert made.tends_to(made.exp(Germ(((EXP, constant(-1)),)))) == ZERO
    for germ in (Germ(((EXP, ONE),)), Germ(((Scale((), 0, 2), ONE),))):
        with pytest.raises(Unsupported, match="exponential of an exponential"):
            made.exp(germ)
    with pytest.raises(Unsupported, match="not a rational number"):
        made.exp(Germ(((LOG, scalar(made, "c")),)))
    with pytest.raises(Cancelled):
        made.exp(Germ((), (CONSTANT,)))


def test_limits() -> None:
    made = series()
    assert made.tends_to(x()) == Diverges(1)
    assert made.tends_to(Germ(((X, constant(-1)), (CONSTANT, ONE)))) == Diverges(-1)
    assert made.tends_to(x(-1)) == ZERO
    assert made.tends_to(made.add(x(-1), x(0))) == ONE
    for error in (CONSTANT, LOG):
        with pytest.raises(Cancelled):
            made.tends_to(Germ(((CONSTANT, ONE),), (error,)))


def test_the_sign_near_the_limit_point() -> None:
    made = series()
    assert made.sign(Germ(())) == 0
    assert made.sign(Germ(((X, constant(-1)), (CONSTANT, constant(5))))) == -1
    assert made.sign(Germ(((CONSTANT, constant(5)), (X, constant(-1))))) == -1


def test_a_coefficient_that_is_zero_after_all_does_not_lead() -> None:
    made = series()
    c = scalar(made, "c")
    made.field.assume(made.field.atom(made.field.number(Scalar("c"))), 0)
    assert made.sign(Germ(((X, c), (CONSTANT, ONE)))) == 1
    assert made.tends_to(Germ(((X, c), (CONSTANT, ONE)))) == ONE
    assert made.germ([(X, c)]) == Germ(())


def test_coefficients_of_any_length_are_not_waited_for() -> None:
    made = series()
    long = Quotient({((number, 1),): QQ(1) for number in range(600)}, {})
    with pytest.raises(Unsupported, match="too long"):
        made.germ([(X, add(long, negate(ONE)))])
