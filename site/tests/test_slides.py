"""The lectures in a real browser: typeset, nothing cut, what moves moves, and nothing leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from book.serving import served
from conftest import ROOT, Reader, opened

SLIDES = ROOT / "build" / "slides"
DECKS = sorted(path.name for path in (ROOT / "slides").glob("*.md"))
CUT = """() => {
    const slide = Reveal.getCurrentSlide();
    return [...slide.querySelectorAll("*")].filter((each) => {
        const box = each.getBoundingClientRect();
        if (!box.width || each.closest("aside, mjx-assistive-mml")) return false;
        return box.left < -1 || box.top < -1 || box.right > 1281 || box.bottom > 721;
    }).map((each) => each.outerHTML.slice(0, 120));
}"""


@pytest.fixture(scope="module")
def lectures() -> Iterator[str]:
    if not SLIDES.exists():
        pytest.fail("there are no slides: run `make slides` first")
    with served(SLIDES) as address:
        yield address


@pytest.fixture
def deck(browser, lectures: str, request) -> Iterator[Reader]:
    with opened(browser, lectures, request.param.replace(".md", ".html"), height=720) as found:
        found.typeset()
        yield found


@pytest.mark.parametrize("deck", DECKS, indirect=True)
def test_every_slide_fits_and_is_typeset(deck: Reader) -> None:
    page = deck.page
    for at in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate(f"Reveal.slide({at}, 0, 99)")
        assert page.evaluate(CUT) == [], f"slide {at + 1}"
        size = page.evaluate("parseFloat(Reveal.getCurrentSlide().querySelector('.content').style.fontSize)")
        assert size >= 0.7, f"slide {at + 1} is read by nobody at the back"
        assert not re.search(r"\\(frac|sum|partial|lambda)\b|\\\(|\\\[|`", page.inner_text("section.present"))
    assert page.locator("mjx-container").count() > 50
    assert not page.locator("mjx-merror").count()
    deck.is_well()


@pytest.mark.parametrize("deck", DECKS, indirect=True)
def test_a_logit_is_dragged_on_its_slide(deck: Reader) -> None:
    page = deck.page
    at = page.evaluate("Reveal.getSlides().findIndex((each) => each.querySelector('figure.softmax'))")
    page.evaluate(f"Reveal.slide({at})")
    figure = page.locator("section.present figure.softmax")
    before = figure.get_attribute("data-p")
    deck.lift(figure)
    assert figure.get_attribute("data-p") != before
    figure.locator(".grip").first.press("ArrowRight")
    figure.locator("input[type=range]").focus()
    page.keyboard.press("Home")
    assert max(map(float, figure.get_attribute("data-p").split(","))) > 0.9
    assert page.evaluate("Reveal.getIndices().h") == at  # an arrow was for the bar
    deck.is_well()


@pytest.mark.parametrize("deck", DECKS[:1], indirect=True)
def test_a_question_is_answered_one_step_later(deck: Reader) -> None:
    page = deck.page
    page.evaluate("Reveal.slide(Reveal.getSlides().findIndex((each) => each.querySelector('.options')), 0, -1)")
    right = page.locator("section.present .options .right")
    assert not right.is_visible()
    page.evaluate("Reveal.next()")
    page.wait_for_timeout(400)
    assert right.is_visible()
    assert page.locator("section.present .options .wrong").count() >= 2


def test_the_slides_open_from_a_file(browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda made: asked.append(made.url))
    page.goto((SLIDES / DECKS[0].replace(".md", ".html")).as_uri())
    page.wait_for_function("'typeset' in document.documentElement.dataset", timeout=60_000)
    assert all(url.startswith(("file:", "data:")) for url in asked)
    page.close()


def test_a_handout_lies_beside_each() -> None:
    assert [Path(name).stem for name in DECKS] == sorted(path.stem for path in SLIDES.glob("*.pdf"))
