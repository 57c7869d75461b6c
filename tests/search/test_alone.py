"""The kernel alone: no false claim holds for it, with no first look, second look or search to hide a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from sympy import Integer, Symbol, log, sqrt

from symbolic.language.claims import Claim, Member, Relation
from symbolic.language.errors import SymbolicError
from symbolic.language.notation import Family, Subset, i, j, y, z
from symbolic.language.parser import parse_claim
from symbolic.search.decision import _both_ways, _by_kernel
from symbolic.search.form.equality import Holds, Outcome
from tests.oracle import agrees

ONCE = Path(__file__).with_name("unsound_once.tsv")
UNSOUND_ONCE = [row.split("\t") for row in ONCE.read_text("utf-8").splitlines() if not row.startswith("#")]
NEIGHBOURS = [
    "count(y[k] < 1000000, k) >= 0 given n == 2",
    "abs(y[i]) == y[i] given all(log(y[k]) != 0, k)",
    "sum(y[k], k in A) >= 0 given all(y[k] > 0, k in A)",
    "abs(p[i] - p[j])*exp(c) <= (p[i] + p[j])*exp(c)",
    "x[j]*p[i] == 7*p[i] given all(y[k] == 7, k != i), x[k] == y[k], i != j",
]


# Built by hand, past the checks that a claim's names go through where they enter.
S = Symbol("base y", real=True)
C = Symbol("c", real=True)
I_ = Symbol("i'", integer=True, positive=True)
NAMESAKE = Symbol.__new__(Family, "lambda", real=True)
BIG = Symbol.__new__(Subset, "big z")
OF_PYTHON = {
    "a scalar with a blank": Claim(Relation(sqrt(y[i] ** 2 - 2 * y[i] * S + S**2), "==", y[i] - S)),
    "a subset with a blank": Claim(Relation(z[i], "==", z[j]), (Member(i, BIG), Member(j, BIG))),
    "an index that ends like a dot": Claim(
        Relation(log(y[I_] - C) + sqrt(C**2 + y[j] ** 2 - 2 * C * y[j]), "==", y[j] - C + log(y[I_] - C))
    ),
    "a family with the name of lambda": Claim(
        Relation(Symbol.__new__(Family, "lambda", real=True)[i], ">", Integer(0))
    ),
}


def outcomes(claim: Claim) -> list[Outcome | None]:
    """What the kernel says of a claim: by the way that is meant for it, and of an equality by <= and >= too."""
    ways = [_by_kernel, _both_ways] if claim.op == "==" else [_by_kernel]
    return [way(claim) for way in ways]


def holds(claim: Claim) -> bool:
    try:
        return any(isinstance(each, Holds) for each in outcomes(claim))
    except SymbolicError:
        return False


@pytest.mark.parametrize("line", [row[1] for row in UNSOUND_ONCE], ids=[row[0] for row in UNSOUND_ONCE])
def test_what_was_once_unsound_does_not_hold(line: str) -> None:
    assert not holds(parse_claim(line))


@pytest.mark.parametrize("name", OF_PYTHON)
def test_no_name_carries_structure(name: str) -> None:
    assert not holds(OF_PYTHON[name])


@pytest.mark.parametrize("line", NEIGHBOURS)
def test_its_true_neighbours_do(line: str) -> None:
    assert holds(parse_claim(line))
    assert agrees(parse_claim(line)) is not False
