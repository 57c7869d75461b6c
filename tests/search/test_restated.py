"""Hypotheses about whole families, put in simpler words: what is about the same points, and what only looks like it."""

from __future__ import annotations

import pytest

from symbolic.answers import verify
from symbolic.language.claim import Proved, Refuted
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search.form.restated import restated
from tests.oracle import agrees

RESTATED = {
    "entropy(p) == 0 given all(z[i] > z[k], k != i)": "entropy(p) == 0 given n == 1",
    "entropy(p) == 0 given all(p[k] > p[i], k != i)": "entropy(p) == 0 given n == 1",
    "x[i] == y[i] given softmax(x)[k] == softmax(y)[k]": "x[i] == y[i] given x[k] == y[k] + c1",
    "c1 == y[i] given softmax(y, 2)[k] == p[k]": "c1 == y[i] given 2*y[k] == c2 + lambda*z[k]",
}
AS_THEY_ARE = [
    "p[i] == 1 given all(z[i] > z[k], k != i)",  # i is one class
    "sum(delta(i, k), k) == 1 given all(z[i] > z[k], k != i)",
    "entropy(p) == 0 given all(z[i] >= z[k], k != i)",  # all may be equal,
    "entropy(p) == 0 given all(z[i] > y[k], k != i)",  # of two families,
    "entropy(p) == 0 given all(z[i] > z[k], k != i, k in A)",  # of some classes,
    "entropy(p) == 0 given all(softmax(w, v[i])[i] > softmax(w, v[i])[k], k != i)",  # one for each i,
    "x[i] == y[i] given softmax(x)[i] == softmax(y)[i]",  # of one class
    "x[i] == y[i] given softmax(x, v[k])[k] == softmax(y, v[k])[k]",  # and one for each k
    "x[i] == y[i] given softmax(x)[k] <= softmax(y)[k]",
]
PROVED = [
    "2*(x[i] - x[j]) == 3*(y[i] - y[j]) given softmax(x, 2)[k] == softmax(y, 3)[k]",
    "x[i] == y[i] given softmax(x)[k] == softmax(y)[k], sum(x[k], k) == sum(y[k], k)",
    "entropy(p) == 0 given all(z[k] > z[i], k != i)",
]
REFUTED = [
    "entropy(p) == 0 given all(z[i] >= z[k], k != i)",
    "p[i] == 1 given all(z[i] > z[k], k != i)",
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
