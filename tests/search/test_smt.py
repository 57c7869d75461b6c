"""Polynomial inequalities that z3 sees without a derivation, false neighbours, and points from what it finds."""

import subprocess
import sys
from importlib import import_module

import pytest

from symbolic.language.claims import Point, Proved, Refuted, Unknown
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.points import evaluate
from symbolic.search import smt
from symbolic.search.decision import decide
from symbolic.search.form.equality import Holds, Open
from symbolic.search.order.inequality import compare as by_kernel
from symbolic.search.simplex import combination

deciding = import_module("symbolic.search.decision")  # the module; the package has the function of that name

# what the kernel leaves open, beside the same with a little more claimed, which is false
NEIGHBOURS = [
    ("a^4*b^2 + a^2*b^4 + 1 > 3*a^2*b^2 - 1/1000", "a^4*b^2 + a^2*b^4 + 1 > 3*a^2*b^2 + 1/1000"),
    ("a^4 + b^4 + c^4 + d^4 >= 4*a*b*c*d", "a^4 + b^4 + c^4 + d^4 > 4*a*b*c*d"),
    ("a/(b+c) + b/(a+c) + c/(a+b) >= 3/2 given a > 0, b > 0, c > 0", "a/(b+c) + b/(a+c) + c/(a+b) >= 3/2"),
    ("a <= 2 given a^3 <= 8", "a < 2 given a^3 <= 8"),
    ("b >= 1 given b^3 >= 1", "b >= 2 given b^3 >= 1"),
    ("v[i] <= 1 given v[k] >= 0, sum(v[k]^2, k) <= 1", "v[i] < 1 given v[k] >= 0, sum(v[k]^2, k) <= 1"),
    ("sum(v[k]^4, k) >= 1/n given sum(v[k]^2, k) == 1", "sum(v[k]^4, k) > 1/n given sum(v[k]^2, k) == 1"),
]

ONLY_Z3 = "sum(v[k]^4, k) >= 1/n given sum(v[k]^2, k) == 1"  # as long as no derivation is guessed

TRUE = [
    "a <= 1 given a^2 <= 1",
    "a < 1 given a^2 < 1",
    "a < c given a < b, b < c",
    "a^2 + b^2 + c^2 >= a*b + b*c + c*a",
    "a^4*b^2 + a^2*b^4 + 1 >= 3*a^2*b^2",
    "p[1]*p[2] + p[2]*p[3] + p[1]*p[3] <= 1/3 given n == 3",
    "p[i]^3 + p[j]^3 >= (p[i] + p[j])^3/4",
    "p[i] < p[j] given z[i] < z[j], lambda == 1",
    "z[i] < exp(z[i])",
    "abs(a) <= 1 given a^2 <= 1",
    "sqrt(a) <= 1 given a <= 1",
    "sum(p[k], k in A) <= 1",
]

FALSE = [
    "a*2 < c given a < b, b < c",
    "p[1]*p[2] + p[2]*p[3] + p[1]*p[3] < 1/3 given n == 3",
    "p[i]^3 + p[j]^3 >= (p[i] + p[j])^3/3",
    "p[i] < p[j] given z[i] <= z[j]",
    "z[i] + 1 < exp(z[i])",
    "abs(a) < 1 given a^2 <= 1",
    "sqrt(a) < 1 given a <= 1",
    "1/a > 0",
    "a^2/b > 0",
    "sum(v[k], k)^2 >= sum(v[k]^2, k)",
    "sum(v[k], k)*sum(v[k]^3, k) >= sum(v[k]^2, k)^2",
    "n*sum(v[k]^2, k) > sum(v[k], k)^2",
]


def by_z3(line: str) -> Holds | Open:
    return smt.compare(parse_claim(line), [])


@pytest.mark.parametrize("line", [line for line, _ in NEIGHBOURS])
def test_z3_sees_what_the_kernel_leaves_open(line: str) -> None:
    assert isinstance(by_kernel(parse_claim(line), combination), Open)
    seen = by_z3(line)
    assert isinstance(seen, Holds)
    assert seen.rests_on == ("z3",)
    assert not seen.vacuous


def test_a_verdict_without_a_derivation_says_what_it_rests_on() -> None:
    verdict = decide(parse_claim(ONLY_Z3), derivation=False)
    assert isinstance(verdict, Proved)
    assert verdict.rests_on == ("z3",)
    assert "rests on z3" in plain(verdict)


@pytest.mark.parametrize("line", [*(line for _, line in NEIGHBOURS), *FALSE])
def test_what_is_false_is_not_proved(line: str) -> None:
    assert isinstance(by_z3(line), Open)


@pytest.mark.parametrize("line", TRUE)
def test_what_the_kernel_may_see_as_well(line: str) -> None:
    assert isinstance(by_z3(line), Holds)


@pytest.mark.parametrize(
    "line",
    [
        "a*2 < c given a < b, b < c",
        "a*b < 100 given a < 11, b < 11",
        "a < 10^6 given a*b > 1, b > 1",
        "p[i] < 999/1000",
        "p[1]*p[2] <= 1/5 given n == 2",
        "v[i]*v[j] >= -50 given i != j",
    ],
)
def test_what_z3_finds_refutes(line: str) -> None:
    claim, candidates = parse_claim(line), list[Point]()
    assert isinstance(smt.compare(claim, candidates), Open)
    assert any(evaluate.admissible(claim, point) and not evaluate.holds(claim, point) for point in candidates)


def test_a_point_that_z3_finds_decides() -> None:
    assert isinstance(decide(parse_claim("a*2 < c given a < b, b < c")), Refuted)


def test_hypotheses_that_exclude_one_another_are_told() -> None:
    outcome = by_z3("a > 5 given a*b == 1, a^2 < 1, b^2 < 1")
    assert isinstance(outcome, Holds)
    assert outcome.vacuous


def test_the_same_on_every_run_and_whatever_was_asked_before() -> None:
    line, points = "a*2 < c given a < b, b < c", (list[Point](), list[Point]())
    for found in points:
        smt.compare(parse_claim(line), found)
        by_z3("a^2 + b^2 >= 2*a*b")
    assert points[0] == points[1]


def test_z3_stops_after_so_many_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smt, "EFFORT", 1000)
    assert isinstance(by_z3("a^4 + b^4 + c^4 + d^4 >= 4*a*b*c*d"), Open)


def test_without_z3_it_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smt, "find_spec", lambda name: None)
    assert isinstance(decide(parse_claim(ONLY_Z3), derivation=False), Unknown)


@pytest.mark.parametrize("line", ["sum(p[k], k) == 1", "p[i] <= 1", "p[i] < 1", "limit(p[i], T, oo) == 1/n"])
def test_z3_is_not_loaded_where_it_is_not_needed(line: str) -> None:
    program = f"""
import sys
from symbolic.search.decision import decide
from symbolic.language.parser import parse_claim
decide(parse_claim({line!r}))
print("z3" in sys.modules)
"""
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_a_false_inequality_is_refuted_before_the_kernel_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_by_kernel", lambda claim: pytest.fail("it was asked"))
    assert isinstance(decide(parse_claim("p[i]*p[j] + p[j]*p[k] + p[k]*p[i] < p[i]")), Refuted)
