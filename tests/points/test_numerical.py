"""Claims about given numbers alone are evaluated, exactly, at every point that is left."""

import pytest

from symbolic.answers import verify
from symbolic.language.claims import Proved, Refuted
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.points.numerical import verdict

THREE = "given n == 3, z[1] == 1, z[2] == 2, z[3] == log(7)"


@pytest.mark.parametrize(
    "line",
    [
        "softmax(z)[2] > 0.7 given n == 3, z[1] == 5, z[2] == 8, z[3] == 7",
        f"softmax(z)[1] < softmax(z)[3] {THREE}",
        f"0.15 < entropy(softmax(z)) {THREE}",
        f"p[i] > 0.1 {THREE}, lambda == 1/2",
        f"p[i] != p[j] {THREE}, T == 2, i != j",
        f"abs(softmax(z)[1] - 0.1589) <= 0.00005 {THREE}",
        "c^2 > 2 given n == 1, c == 1.4143",
        f"softmax(z)[k] > 0.5 {THREE}, k == 1, k == 2",
        f"p[1] > 1 {THREE}, lambda == -1",
    ],
)
def test_they_are_proved(line: str) -> None:
    found = verdict(parse_claim(line))
    assert isinstance(found, Proved)
    assert found.rests_on == ("exact evaluation",)
    shown = verify(line).verdict
    assert isinstance(shown, Proved)
    assert shown.rests_on in ((), ("exact evaluation",))  # () where a derivation was found at once
    assert found.vacuous is ("k == 2" in line or "-1" in line)


@pytest.mark.parametrize(
    "line",
    [
        "softmax(z)[2] > 0.71 given n == 3, z[1] == 5, z[2] == 8, z[3] == 7",
        f"softmax(z)[i] > 0.2 {THREE}",
        f"p[1] > p[2] {THREE}, lambda == 1/2",
    ],
)
def test_they_are_refuted(line: str) -> None:
    assert isinstance(verdict(parse_claim(line)), Refuted)


@pytest.mark.parametrize(
    "line",
    [
        "softmax(z)[2] > 0.7 given n == 3, z[1] == 5, z[2] == 8",
        "softmax(z)[2] > 0.7 given n >= 2, z[1] == 5, z[2] == 8",
        f"p[1] > 0 {THREE}",
        f"c*p[1] > -1 {THREE}, lambda == 1",
        f"sum(p[k], k in A) >= 0 {THREE}, lambda == 1",
        f"limit(p[1], lambda, oo) >= 0 {THREE}",
    ],
)
def test_what_is_about_more_is_left_to_others(line: str) -> None:
    assert verdict(parse_claim(line)) is None


@pytest.mark.parametrize(
    "line",
    ["1.01^1000 > 20959", "exp(200) > 10^86", "2^100 > 10^30", "(1 + 1/100)^100 < e", "2^1000 > 10^301", "1/2^300 > 0"],
)
def test_powers_of_numbers_are_compared_by_intervals(line: str) -> None:
    shown = verify(line)
    assert isinstance(shown.verdict, Proved)
    assert shown.verdict.rests_on == (), "there is a derivation"
    said = parse_claim(line)
    assert parse_claim(plain(said)) == said, "what is shown is read"


def test_a_long_value_is_said_as_the_power_that_it_is() -> None:
    shown = verify("1.01^1000 > 20960").verdict
    assert isinstance(shown, Refuted)
    assert (shown.lhs, shown.rhs) == ("(101/100)^1000", "20960")
