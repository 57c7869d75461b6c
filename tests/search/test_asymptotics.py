"""Claims with limits: ties are the general case, and the limit of what is undefined does not exist."""

from itertools import islice

import pytest

from symbolic.deadline import OutOfTime, within
from symbolic.language.parser import parse_claim
from symbolic.search.form.equality import Fails, Holds
from symbolic.search.limits.relations import limit_claim
from tests.limit_oracle import fails_somewhere
from tests.random_limits import lines
from tests.search.pairs import outcome, pairs, reason, vacuous

PAIRS = pairs("asymptotics")


@pytest.mark.parametrize("true", [true for true, _ in PAIRS[::8]], ids=lambda each: each[:60])
def test_the_oracle_finds_nothing_against_what_holds(true: str) -> None:
    claim = parse_claim(true)
    if not any(side.args and side.args[0].has(type(side)) for side in (claim.lhs, claim.rhs)):
        assert fails_somewhere(claim, seed=1, each=3) is None


@pytest.mark.parametrize("seed", range(3))
def test_no_random_claim_is_held_that_the_oracle_finds_false(seed: int) -> None:
    held = 0
    for line in islice(lines(seed), 25):
        claim = parse_claim(line)
        try:
            with within(0.5):
                said = limit_claim(claim)
        except OutOfTime:
            continue
        if isinstance(said, Holds):
            held += not said.vacuous
            assert fails_somewhere(claim, seed, each=2) is None, line
    assert held > 0


def test_the_oracle_sees_false_claims() -> None:
    some = [false for _, false in PAIRS[3::9]]
    assert sum(fails_somewhere(parse_claim(false), each=6) is not None for false in some) > 0.7 * len(some)


def test_every_case_is_named() -> None:
    said = outcome("limit(log(p[i])/lambda, T, 0) == z[i] - max(z)")
    assert isinstance(said, Holds)
    assert said.cases == ("n = 1, i attains max z", "n > 1, i attains max z", "n > 1, i does not attain max z")
    assert any("the largest z[k] lead" in fact for fact in said.facts)


# A limit that does not exist counts against a claim, even where it is because nothing is defined.
NONE = [
    "limit(lambda*log(c), lambda, 0) == 0",
    "limit(lambda/c, lambda, 0) == 0",
    "limit(c + log(-c) - log(-c), c, oo) == oo",
    "limit(sqrt(c), c, -oo) == -oo",
    "limit(log(-1), lambda, 0) == 5",
    "limit(1/(c - c), lambda, 0) == 5",
    "limit(log(2 + log(c)^2)*lambda, lambda, 0) == 0",
    "limit(1/c, c, 0) >= 0",
    "limit(abs(c)/c, c, 0) <= 1",
    "limit(limit(p[1], T, 0), z[1], z[2]) >= 0 given n == 2",
    "limit(1/(z[i] - z[j]), lambda, 0) == 1/(z[i] - z[j])",
    "limit(sum(log(1 - z[k]^2/z[i]), k), z[i], oo) == -oo",
    "limit(limit(d, d, sqrt(-lambda)), lambda, oo) == 0",
    "limit(T*max(z[k], k != i), T, 0) == 0",
]


@pytest.mark.parametrize("line", NONE)
def test_where_there_is_no_limit_the_claim_fails(line: str) -> None:
    said = outcome(line)
    assert isinstance(said, Fails)
    assert "a limit does not exist" in said.how


BEYOND = [
    ("limit(p[i], T, oo) == c", "not shown"),
    ("limit(lambda^c, lambda, oo) == oo", "not a rational number"),
    ("limit(log(log(lambda)), lambda, oo) == oo", "logarithm of a logarithm"),
    ("limit((-lambda)^c, lambda, oo) == oo", "may be a whole number"),
    ("limit((c/abs(c))^d, c, 0) == 1", "may be a whole number"),
    ("limit(sqrt(log(lambda)), lambda, oo) == oo", "root of a logarithm"),
    ("limit(exp(exp(lambda)), lambda, oo) == oo", "exponential of an exponential"),
    ("limit(exp(log(lambda)^2), lambda, oo) == oo", "square of a logarithm"),
    ("limit(sum(1/(1 + exp(lambda*z[k])), k), lambda, oo) == 0", "from class to class"),
    ("limit(sum(exp(lambda*(z[k] + y[k])), k), lambda, oo) == 0", "one family's entry"),
    ("limit(sum(exp(lambda*z[k]^2), k), lambda, oo) == 0", "one family's entry"),
    ("limit(sum(exp(lambda*log(z[k]^2 + 1)), k), lambda, oo) == 0", "one family's entry"),
    ("limit(p[i], T, 0) == 1/n given n <= 13", "bounded by more"),
    ("sum(limit(p[k], T, oo), k) == 1", "a limit under a sum"),
    ("limit(sum(limit(p[k], z[k], oo), k), T, 0) == n", "summed over"),
    ("limit(sum(max(z[l], l != k), k), T, 0) == n", "summed over"),
    ("diff(limit(p[i], T, oo), z[i]) == 0", "a derivative of a limit"),
    ("limit(diff(limit(p[i], T, oo), z[i]), T, oo) == 0", "a derivative of a limit"),
    ("limit(c, c, oo) - limit(c, c, oo) == 0", "oo - oo"),
    ("0*limit(c, c, oo) == 0", "0 times oo"),
    ("limit(limit(c, c, oo), T, oo) == oo", "infinite limit inside"),
    ("limit(prod(lambda + y[k], k), lambda, oo) == oo", "not expanded"),
    ("limit(sum(exp(c*lambda*z[k]), k), lambda, oo) >= 0", "vanishes in some case"),
    ("limit(p[i], T, c) == softmax(z, 1/c)[i]", "may be negative"),
]


@pytest.mark.parametrize(("line", "why"), BEYOND)
def test_what_is_beyond_it_is_left_open(line: str, why: str) -> None:
    assert why in reason(line)


VACUOUS = [
    "limit(p[i], T, 0) == 5 given z[i] > z[i]",
    "limit(p[i], T, 0) == 5 given z[i] > max(z)",
    "limit(p[i], T, 0) == 5 given i in A, A == argmax(z), z[i] < max(z)",
    "limit(p[i], T, 0) == 5 given y[k] == z[k], y[k] == z[k] + 1",
    "limit(p[i], T, 0) == 1/(n - n)",
    "limit(p[i], T, 0) == 5 given n == 1, n == 2",
    "limit(p[i], T, 0) == 5 given i in A, all(z[k] > z[k], k in A)",
    "limit(p[i], T, 0) == 5 given log(-1) == 0",
    "limit(p[i], T, 0) == 1 given 1/(z[i] - z[i]) == y[i], z[i] == max(z), y[k] == 1/sum(y[l], l in A)",
]


@pytest.mark.parametrize("line", VACUOUS)
def test_contradictory_hypotheses_leave_nothing_to_claim(line: str) -> None:
    assert vacuous(line)


OWN = [
    "limit(lambda, lambda, 0) == 2 given lambda == 2",
    "limit(c, lambda, oo) == oo given c == lambda",
    "limit(abs(c), c, -oo) == -oo given c > 0",
    "limit(sum(log(y[k]), k), y[i], -oo) == 0 given y[k] > 0",
]


@pytest.mark.parametrize("line", OWN)
def test_hypotheses_about_the_variable_are_about_another_one(line: str) -> None:
    assert not isinstance(outcome(line), Holds)


IGNORED = [
    "limit(p[i], T, 0) == 1 given z[i] == max(2*z[k], k)",
    "limit(p[i], T, 0) == 1 given all(z[i] > y[k], k != i)",
    "limit(p[i], T, 0) == 1 given all(2*z[i] > z[k], k != i)",
    "limit(p[i], T, 0) == 1 given all(z[i] > z[k], k in A)",
    "limit(p[i], T, 0) == 1 given all(z[i] > z[k]^2, k != i)",
    "limit(p[i], T, 0) == 1 given limit(p[i], T, 0) == 1",
    "limit(p[j], T, 0) == 1 given all(z[j] >= z[k], k != i)",
    "limit(p[j], T, 0) == 1 given all(z[l] >= z[k], k != l)",
    "limit(p[i], T, 0) == 1 given z[i] == max(z[k], k in A)",
    "limit(p[i], T, 0) == 1 given z[i] == max(z), all(z[i] != z[k], k != i)",
    "limit(p[i], T, 0) == 1/2 given z[i] == max(z), count(y[k] == max(y), k) == 2",
]


@pytest.mark.parametrize("line", IGNORED)
def test_hypotheses_that_say_less_do_not_say_more(line: str) -> None:
    """Some of them say enough, and are not used: then the claim is open."""
    assert not isinstance(outcome(line), Holds)
