"""Hypotheses about whole families, put in simpler words: what is about the same points, and what only looks like it."""

from __future__ import annotations

import pytest

from symbolic.answers import verify
from symbolic.language.claims import Proved, Refuted
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search.form.restatements import restated
from tests.oracle import agrees

RESTATED = {
    "entropy(p) == 0 given all(z[i] > z[k], k != i)": "entropy(p) == 0 given n == 1",
    "entropy(p) == 0 given all(p[k] > p[i], k != i)": "entropy(p) == 0 given n == 1",
    "x[i] == y[i] given softmax(x)[k] == softmax(y)[k]": "x[i] == y[i] given x[k] == y[k] + c1",
    "sum(y[k], k) == 1 given y[k] == delta(i, k)": "sum(y[l], l) == 1 given n == 1, y[k] == 1",
    "sum(y[k], k) == 1 given delta(k, i) == y[k]": "sum(y[l], l) == 1 given n == 1, y[k] == 1",
    "x[i] == y[i] given x[k]/sum(x[l], l) == y[k]": "x[i] == y[i] given x[k] == c1*y[k]",
    "c1 == y[i] given softmax(y, 2)[k] == p[k]": "c1 == y[i] given 2*y[k] == c2 + lambda*z[k]",
}
AS_THEY_ARE = [
    "p[i] == 1 given all(z[i] > z[k], k != i)",  # i is one class
    "sum(delta(i, k), k) == 1 given all(z[i] > z[k], k != i)",
    "entropy(p) == 0 given all(z[i] >= z[k], k != i)",  # all may be equal,
    "entropy(p) == 0 given all(z[i] > y[k], k != i)",  # of two families,
    "entropy(p) == 0 given all(z[i] > z[k], k != i, k in A)",  # of some classes,
    "entropy(p) == 0 given all(softmax(w, v[i])[i] > softmax(w, v[i])[k], k != i)",  # one for each i,
    "y[i] == 1 given y[k] == delta(i, k)",  # i is one class
    "sum(y[k], k) == 1 given y[k] == 2*delta(i, k)",
    "x[i] == y[i] given x[k]/sum(x[l], l) == x[k]*y[k]",
    "x[i] == y[i] given x[i]/sum(x[l], l) == y[i]",
    "x[i] == y[i] given x[k]/(x[k] + 1) == y[k]",
    "x[i] == y[i] given softmax(x)[i] == softmax(y)[i]",  # of one class
    "x[i] == y[i] given softmax(x, v[k])[k] == softmax(y, v[k])[k]",  # and one for each k
    "x[i] == y[i] given softmax(x)[k] <= softmax(y)[k]",
]
PROVED = [
    "2*(x[i] - x[j]) == 3*(y[i] - y[j]) given softmax(x, 2)[k] == softmax(y, 3)[k]",
    "x[i] == y[i] given softmax(x)[k] == softmax(y)[k], sum(x[k], k) == sum(y[k], k)",
    "entropy(p) == 0 given all(z[k] > z[i], k != i)",
    "sum(y[k], k) == 1 given y[k] == delta(i, k)",
    "x[i]/x[j] == y[i]/y[j] given x[k]/sum(x[l], l) == y[k]/sum(y[l], l)",
]
REFUTED = [
    "entropy(p) == 0 given all(z[i] >= z[k], k != i)",
    "p[i] == 1 given all(z[i] > z[k], k != i)",
    "y[i]*y[j] == 1 given y[k] == delta(i, k)",
    "x[i] == y[i] given x[k]/sum(x[l], l) == y[k]/sum(y[l], l)",
    "x[i] == y[i] given softmax(x)[k] == softmax(y)[k]",
]


@pytest.mark.parametrize(("line", "said"), RESTATED.items())
def test_the_same_is_said_more_simply(line: str, said: str) -> None:
    assert plain(restated(parse_claim(line))) == plain(parse_claim(said))


@pytest.mark.parametrize("line", AS_THEY_ARE)
def test_what_says_something_else_stays(line: str) -> None:
    assert restated(parse_claim(line)) == parse_claim(line)


@pytest.mark.parametrize("line", PROVED)
def test_it_is_used(line: str) -> None:
    assert isinstance(verify(line).verdict, Proved)
    assert agrees(parse_claim(line), points=4) is not False


@pytest.mark.parametrize("line", REFUTED)
def test_it_is_not_overdone(line: str) -> None:
    assert isinstance(verify(line).verdict, Refuted)
