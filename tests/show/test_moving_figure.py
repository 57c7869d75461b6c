"""The figure that moves: what it is where nothing moves, and what it refuses. A browser moves it in site/tests."""

import re

import pytest

from symbolic.show.moving_figure import moving

KINDS = (("jacobian", [2, 1, 0, -1]), ("hot", [2, 1, -1]), ("cold", [2, 1, 0]), ("cold", [1, 1, 0.5, 0]))


@pytest.mark.parametrize(("shows", "z"), KINDS)
def test_without_style_and_script_there_is_a_picture_that_says_how_to_wake_it(shows, z) -> None:
    html = moving(z, shows=shows, caption="a < b").html
    still = re.sub(r"<(style|script)[^>]*>.*?</\1>", "", html, flags=re.DOTALL)
    assert "<script" not in still
    assert still.count('<img src="data:image/svg+xml;base64,') == 1
    assert "Trust Notebook" in still
    assert "<figcaption>a &lt; b</figcaption>" in still


def test_its_script_ends_where_it_is_meant_to_end() -> None:
    html = moving([1, 0]).html
    assert html.count("<script") == html.count("</script>") == 1
    assert html.endswith("</script>")


def test_the_numbers_of_the_picture_are_those_of_the_logits() -> None:
    assert moving([1, 0, -1]).data["p1"][0] == 1 / 3
    assert moving([0, 0], T=2, shows="jacobian").data["row1"] == (0.125, -0.125)


@pytest.mark.parametrize("z", [[1], [0] * 7, [5, 0], [0.25, 0]])
def test_logits_that_cannot_be_dragged_are_refused(z) -> None:
    with pytest.raises(ValueError, match="multiples of 1/10"):
        moving(z)


def test_a_temperature_beyond_the_slider_is_refused() -> None:
    with pytest.raises(ValueError, match="T must lie"):
        moving([1, 0], T=1000)
