"""Branches: the signs of a case, split where they are not sure; together they leave nothing out."""

import pytest

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form import branches
from symbolic.search.form.branches import DEEPEST, Branch, Split, Vacuous, every_branch
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.generators import Entry, Scalar
from symbolic.search.limits.laurent import Quotient, add, constant, multiply, negate

CASE = Case({"i": "i", "j": "j"})


def field(*positive: str) -> Branch:
    return Branch(CASE, positive)


def c(branch: Branch, name: str = "c") -> Quotient:
    return branch.generator(Scalar(name))


def less(first: Quotient, second: Quotient) -> Quotient:
    return add(first, negate(second))


def whole(branch: Branch, name: str) -> Quotient:
    branch.integers.add(branch.number(Scalar(name)))
    branch.not_negative.add(name)
    return c(branch, name)


def signs(branch: Branch, quotient: Quotient) -> list[int]:
    return sorted(sign for _, sign in every_branch(branch, lambda each: each.direction(quotient)))


def test_a_sign_that_is_sure_splits_nothing() -> None:
    branch = field("c")
    assert branch.direction(c(branch)) == 1
    assert branch.direction(negate(c(branch))) == -1
    assert branch.direction(less(c(branch), c(branch))) == 0


def test_a_sign_that_is_not_sure_is_each_of_three() -> None:
    branch = field()
    with pytest.raises(Split):
        branch.direction(c(branch))
    assert signs(branch, c(branch)) == [-1, 0, 1]


def test_what_is_not_negative_is_never_negative() -> None:
    branch = field()
    branch.not_negative.add("c")
    assert signs(branch, c(branch)) == [0, 1]
    assert signs(branch, negate(c(branch))) == [-1, 0]


def test_an_even_power_is_positive_or_zero() -> None:
    branch = field()
    assert signs(branch, multiply(c(branch), c(branch))) == [0, 1, 1]


def test_an_assumption_is_put_in() -> None:
    branch = field()
    difference = less(branch.generator(Entry("z", "i")), branch.generator(Entry("z", "j")))
    for each, sign in every_branch(branch, lambda made: made.direction(difference)):
        twice = add(difference, difference)
        assert each.direction(twice) == sign
        assert bool(each.known_here(difference).num) == bool(sign)


def test_one_branch_knows_nothing_of_the_others() -> None:
    branch = field()
    branches = list(branch.branches(branch.atom(branch.number(Scalar("c")))))
    assert sorted(each.direction(c(branch)) for each in branches) == [-1, 0, 1]
    with pytest.raises(Split):
        branch.direction(c(branch))


def test_what_is_positive_stays_positive() -> None:
    branch = field("c", "d")
    assert signs(branch, less(c(branch), c(branch, "d"))) == [-1, 0, 1]
    for each, _ in every_branch(branch, lambda made: made.direction(less(c(made), c(made, "d")))):
        assert each.direction(c(branch)) == each.direction(c(branch, "d")) == 1


def test_whole_numbers_go_by_ones() -> None:
    branch = field()
    many = whole(branch, "m")
    assert signs(branch, many) == [0, 1]
    assert signs(branch, less(many, constant(1))) == [-1, 0, 1]
    assert signs(branch, less(add(many, many), constant(1))) == [-1, 1]


def test_the_sum_of_what_is_not_negative_is_zero_part_by_part() -> None:
    branch = field()
    both = add(whole(branch, "m"), whole(branch, "k"))
    for each, sign in every_branch(branch, lambda made: made.direction(both)):
        if sign == 0:
            assert each.direction(c(branch, "m")) == each.direction(c(branch, "k")) == 0


def test_logarithms_are_compared_by_what_is_inside() -> None:
    branch = field()
    many = whole(branch, "m")
    more = add(many, constant(2))
    assert branch.direction(less(branch.log_absolute(more), branch.log_absolute(add(many, constant(1))))) == 1
    assert signs(branch, branch.log_absolute(add(many, constant(1)))) == [0, 1]


def test_products_of_unsure_factors() -> None:
    branch = field("d")
    assert signs(branch, multiply(c(branch), c(branch, "d"))) == [-1, 0, 1]
    squares = add(multiply(c(branch), c(branch)), constant(1))
    assert branch.direction(squares) == 1


def test_a_product_with_a_logarithm_has_the_sign_of_what_is_inside_less_1() -> None:
    branch = field("c", "d")
    product = multiply(c(branch, "d"), branch.log_absolute(c(branch)))
    assert signs(branch, product) == [-1, 0, 1]
    for each, sign in every_branch(branch, lambda made: made.direction(product)):
        assert each.direction(less(c(branch), constant(1))) == sign


def test_a_logarithm_of_no_sure_sign_is_that_of_the_modulus() -> None:
    def decide(made: Branch) -> int:
        if not made.direction(c(made)):
            raise Vacuous
        return made.direction(logarithm)

    branch = field()
    logarithm = branch.log_absolute(c(branch))
    assert sorted(sign for _, sign in every_branch(branch, decide)) == [-1, -1, 0, 0, 1, 1]
    with pytest.raises(Undefined):
        signs(branch, logarithm)


def test_weakly_seen() -> None:
    branch = field()
    branch.not_negative.add("c")
    assert branch.seen_weakly(c(branch)) == 1
    assert branch.seen_weakly(c(branch, "d")) == 0


def test_a_sign_that_differs_from_class_to_class_splits_nothing() -> None:
    branch = field()
    with branch.dot() as dot, pytest.raises(Unsupported, match="class to class"):
        branch.direction(branch.generator(Entry("z", dot)))


def test_a_zero_that_nothing_can_be_solved_for_is_refused() -> None:
    branch = field()
    curve = add(multiply(c(branch), c(branch)), less(multiply(c(branch, "d"), c(branch, "d")), constant(1)))
    for each in (curve, less(multiply(c(branch), c(branch, "d")), constant(1))):
        with pytest.raises(Unsupported, match="no other one can be solved for"):
            signs(branch, each)


def test_it_is_solved_for_what_has_a_sure_coefficient() -> None:
    branch = field("d")
    assert signs(branch, less(multiply(c(branch), c(branch, "d")), constant(1))) == [-1, 0, 1]
    doubled = add(whole(branch, "m"), branch.generator(Scalar("m")))
    assert signs(branch, less(doubled, whole(branch, "k"))) == [-1, 0, 1]


def test_branches_that_contradict_the_hypotheses_are_left_out() -> None:
    def decide(branch: Branch) -> int:
        sign = branch.direction(c(branch))
        if sign < 0:
            raise Vacuous
        return sign

    assert sorted(sign for _, sign in every_branch(field(), decide)) == [0, 1]


def test_splitting_ends() -> None:
    def decide(branch: Branch) -> None:
        for number in range(DEEPEST + 2):
            branch.direction(c(branch, f"c{number}"))

    with pytest.raises(Unsupported, match="more than"):
        list(every_branch(field(), decide))


def test_the_number_of_cases_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    branch = field()
    assert signs(branch, c(branch)) == [-1, 0, 1]
    monkeypatch.setattr(branches, "MOST", 3)
    with pytest.raises(Unsupported, match="more than 3 cases"):
        signs(branch, c(branch))


def test_an_artefact_is_refused() -> None:
    branch = field()
    branch.refuse_artefacts()
    branch.narrowed = True
    with pytest.raises(Unsupported):
        branch.refuse_artefacts()
