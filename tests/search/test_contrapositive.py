"""Conclusions from hypotheses that would fail otherwise: a derivation that the kernel accepts, none of a neighbour."""

from __future__ import annotations

import pytest

from symbolic.kernel import check
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import contrapositive
from symbolic.search.derivations import at_once

# a claim that is true, and one that is not
PAIRS = [
    ("x == y given x^3 == y^3", "x == y given x^4 == y^4"),
    ("x == 0 given x^2 == 0", "x == 0 given x^2 == x"),
    ("x >= 0 given x^3 >= 0", "x >= 0 given x^2 >= 0"),
    ("z[i] == 0 given max(abs(z[k]), k) == 0", "z[i] == 1 given max(abs(z[k]), k) == 1"),
    ("x == 0 given c*x == 0, c != 0", "x == 0 given c*x == 0"),
    ("x == y given x + exp(x) == y + exp(y)", "x == y given x^2 + exp(x) == y^2 + exp(y)"),
    ("x <= y given x^2 <= y^2, y >= 0", "x <= y given x^2 <= y^2"),
    ("x == y given x + y == 2*sqrt(x*y), x > 0, y > 0", "x == y given x + y == 3*sqrt(x*y), x > 0, y > 0"),
    ("a^3 + b^3 + c^3 == 3*a*b*c given a + b + c == 0", "a^3 + b^3 + c^3 == 2*a*b*c given a + b + c == 0"),
    ("abs(x + y) == abs(x) + abs(y) given x*y >= 0", "abs(x + y) == abs(x) + abs(y) given x*y <= 0"),
]


@pytest.mark.parametrize(("true", "false"), PAIRS)
def test_the_kernel_accepts_what_is_found_and_nothing_is_found_of_the_neighbour(true: str, false: str) -> None:
    claim = parse_claim(true)
    found = at_once(claim)
    assert found is not None
    check(plain(claim), found.tree)
    assert at_once(parse_claim(false)) is None


def test_a_bound_of_a_number_tells_nothing_more() -> None:
    claim = parse_claim("x == 1 given x >= 0")
    assert contrapositive.derivation(claim, lambda said: {"line": []}) is None


def test_a_family_is_no_number_that_is_put_in() -> None:
    given = "n == 2, q[1] == x, q[2] == 1 - x, x > 1/2, x < 1"
    claim = parse_claim(f"softmax(q, log(x/(1 - x))/(2*x - 1))[1] == q[1] given {given}")
    assert list(contrapositive.put_in(claim))


def test_what_sympy_cannot_read_is_no_error() -> None:
    """Equations between numbers that are no polynomials have no answer by polynomials."""
    line = "x == 1/2 given x == sigmoid(lambda*(4*y - 2)), y == sigmoid(lambda*(2 - 4*x))"
    assert at_once(parse_claim(line)) is None


def test_a_clash_is_looked_for_last() -> None:
    """What the sides differ by is told where that shows it: a clash shows nothing of the softmax."""
    found = at_once(parse_claim("p[i] > p[j] given z[i] > z[j]"))
    assert found is not None
    assert "line" in found.tree
