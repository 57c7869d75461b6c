"""Derivatives of what has kinks, by what it is near the point; the kernel accepts each, or there is none."""

from __future__ import annotations

import pytest

from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search.derivations import at_once, found
from symbolic.search.near_points import of_kinks, put_in

TRUE = (
    "diff(max(p), lambda) >= 0",
    "diff(-log(max(p)), T) >= 0",
    "diff(min(p), lambda) <= 0",
    "diff(max(p), lambda) >= 0 given all(z[i] > z[k], k != i)",
    "diff(max(z), z[i]) == 1 given all(z[i] > z[k], k != i)",
    "diff(max(p), z[i]) == lambda*p[i]*(1 - p[i]) given all(z[i] > z[k], k != i)",
    "diff(abs(c - d), c) == -1 given c < d",
)
FALSE = (
    "diff(max(p), lambda) > 0",
    "diff(max(z), z[i]) == 1",
    "diff(max(z), z[i]) == 1 given z[i] == max(z)",
    "diff(abs(c), c) == 1 given c >= 0",
)


@pytest.mark.parametrize("line", TRUE)
def test_a_kink_is_no_kink_near_the_point(line: str) -> None:
    assert found(parse_claim(line)) is not None


@pytest.mark.parametrize("line", FALSE)
def test_a_false_one_has_no_derivation(line: str) -> None:
    assert at_once(parse_claim(line)) is None


def test_the_derivative_is_that_of_the_other_form() -> None:
    claim = parse_claim("diff(max(p), lambda) + diff(Z, lambda) >= 0")
    (moving,) = of_kinks(claim)
    assert plain(put_in(claim, moving, parse_claim("exp(lambda*max(z))/Z == 0").lhs)).count("max(p)") == 0
