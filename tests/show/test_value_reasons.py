"""The steps to a value, word for word: each reason says what was done in its line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from symbolic.deriving import derive

ROOT = Path(__file__).parents[2]
LAST = {
    "diff(p[i], lambda)": "`p[i] == exp(lambda*z[i])/Z`; a sum weighted by probabilities is a mean",
    "diff(softmax(w, c)[i], w[j])": (
        "`softmax(w, c)[i] == exp(c*w[i])/sum(exp(c*w[k]), k)`, and so for `softmax(w, c)[j]`"
    ),
    "diff(entropy(p), lambda)": (
        "`log(p[l]) == lambda*z[l] - log(Z)`; the mean of the squares less the square of the mean is the variance"
    ),
    "diff(var(z[k], k), lambda)": "`(z[l] - mean(z[k], k))^3`, multiplied out, has these means",
    "diff(log(p[i]/p[j]), lambda)": "`p[i]` and `p[j]` cancel",
    "diff(p[i]/p[j], lambda)": "`p[j]` cancels",
    "diff(mean(v[k], k), z[j])": "`lambda*p[j]` is a factor of each term",
    "diff(p[i], T)": "the minus sign goes into the bracket",
    "diff(log(sum(exp(c*z[k]), k)), c)": "`softmax(z, c)[k] == exp(c*z[k])/sum(exp(c*z[l]), l)`",
    "sum(c*y[k] + p[k], k)": "probabilities sum to 1; what does not depend on the class stands before the sum",
    "sum(c, k)": "what is the same for each class is counted n times",
}
DERIVATIVES = {
    "diff(p[i]/p[j], lambda)": "the derivatives of `p[i]` and `p[j]`",
    "diff(sum(p[k]^2, k), z[j])": "the derivative of `p[k]`",
    "diff(p[i], lambda)": "the derivatives of `exp(lambda*z[i])` and `Z`",
    "diff(log(Z), z[i])": "of `Z` only the term with that class moves",
    "diff(z[i]^2, z[i])": "the derivative of `z[i]`",
    "diff(mean(v[k], k), z[j])": "the definition of `mean(v[k], k)`",
}


@pytest.mark.parametrize("text", LAST)
def test_the_last_line_says_what_was_done(text: str) -> None:
    assert derive(text).lines[-1].reason == LAST[text]


@pytest.mark.parametrize("text", DERIVATIVES)
def test_a_line_says_of_what_the_derivatives_and_definitions_are(text: str) -> None:
    assert DERIVATIVES[text] in [line.reason for line in derive(text).lines]


@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_reason_in_a_notebook_is_a_mere_gesture(notebook: Path) -> None:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    assert not re.search("collecting|term by term", json.dumps([cell.get("outputs") for cell in cells]))
