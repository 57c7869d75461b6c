"""The results as texts are what the results say, and are found by what people remember of them."""

from __future__ import annotations

import pytest

from symbolic.show.catalogue import FILE, named, nearest, search
from tools.catalogue import written


def test_it_is_what_the_results_say() -> None:
    assert FILE.read_text("utf-8") == written(), "run `make notebooks`"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["jacobian"], "softmax_jacobian"),
        (["Jacobian", "symmetric"], "jacobian_sym"),
        (["p[i]*(delta(i,j)"], "softmax_jacobian"),
        (["tie", "cold"], "jacobian_limit_cold_tie_diag"),
    ],
)
def test_the_best_comes_first(words: list[str], first: str) -> None:
    assert search(words)[0].name == first


def test_every_word_is_wanted() -> None:
    assert search(["jacobian", "nonsense"]) == []
    assert {each.name for each in search(["jacobian", "cold"])} < {each.name for each in search(["jacobian"])}


def test_a_misspelt_name_has_neighbours() -> None:
    assert "softmax_sum1" in nearest("softmax_sum")
    assert named("softmax_sum") is None
