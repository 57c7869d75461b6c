"""A proof that a point contradicts is not shown as one."""

from importlib import import_module

import pytest

from symbolic.language.claims import Refuted, Unknown
from symbolic.language.parser import parse_claim
from symbolic.points.second_look import contradiction
from symbolic.search.form.equality import Holds

deciding = import_module("symbolic.search.decision")  # the module; the package has the function of that name

NOT_SO = ["p[i] < 1", "sum(p[k]^2, k) > 1/n", "limit(p[i], T, 0) == 1 given z[i] == max(z)"]
SO = ["p[i] <= 1", "sum(p[k]^2, k) >= 1/n", "limit(p[i], T, 0) == 1 given all(z[i] > z[k], k != i)"]


@pytest.mark.parametrize("line", NOT_SO)
def test_a_point_that_refutes_is_found(line: str) -> None:
    assert contradiction(parse_claim(line), vacuous=False) is not None


@pytest.mark.parametrize("line", SO)
def test_what_holds_is_not_contradicted(line: str) -> None:
    assert contradiction(parse_claim(line), vacuous=False) is None


def test_what_counts_somewhere_is_not_vacuous() -> None:
    assert contradiction(parse_claim("log(c) == 2"), vacuous=True) is not None
    assert contradiction(parse_claim("c == 2 given c > 0, c < 0"), vacuous=True) is None


@pytest.mark.parametrize("vacuous", [False, True])
def test_a_wrong_proof_is_not_shown_as_one(monkeypatch: pytest.MonkeyPatch, vacuous: bool) -> None:
    monkeypatch.setattr(deciding, "_by_kernel", lambda claim: Holds(vacuous=vacuous))
    monkeypatch.setattr(deciding, "_by_first_look", lambda *_: None)
    with pytest.warns(UserWarning, match="please report it"):
        verdict = deciding.decide(parse_claim("p[i] < 1"))
    assert isinstance(verdict, Refuted)


def test_cases_that_do_not_say_what_the_claim_says_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_split", lambda claim: iter([((parse_claim("p[i] <= 1"),), "a wrong reason")]))
    monkeypatch.setattr(deciding, "_by_first_look", lambda *_: None)
    with pytest.warns(UserWarning, match="please report it"):
        verdict = deciding.decide(parse_claim("p[i] < 1"))
    assert isinstance(verdict, Refuted)


def test_a_claim_wrongly_said_to_be_vacuous_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_by_kernel", lambda claim: Holds(vacuous=True))
    monkeypatch.setattr(deciding, "_by_derivation", lambda claim, guess: None)
    with pytest.warns(UserWarning, match="please report it"):
        verdict = deciding.decide(parse_claim("limit(p[i], T, oo) == 1/n"), seconds=0.5)
    assert isinstance(verdict, Unknown)
    assert "does not agree" in verdict.reason


@pytest.mark.parametrize("line", ["exp(x)*log(x) >= x - 5 given x >= 0", "x*exp(x) + log(x) >= 7 given x >= 0"])
def test_a_method_that_meets_something_undefined_proves_nothing(line: str) -> None:
    assert not isinstance(deciding._by_kernel(parse_claim(line)), Holds)


@pytest.mark.parametrize(
    "line", ["2*p[i] <= 1 + 1/n given n >= 3", "softmax(z)[i] == softmax(w)[i] given z[i] - max(z) == w[i] - max(w)"]
)
def test_what_fails_at_a_simple_point_is_not_searched(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(deciding, "_by_kernel", lambda claim: pytest.fail("searched"))
    assert isinstance(deciding.decide(parse_claim(line)), Refuted)
