"""The pages in a real browser: what is typeset, what moves, what is accessible, and that nothing leaves localhost."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from conftest import BUILT, ROOT, Reader

from symbolic.statements import all_statements

PAGES = [
    "",
    "notebooks/02-jacobian/",
    "notebooks/06-zero-temperature/",
    "statement/A01/",
    "statement/D03/",
    "statement/F01/",
    "exercises/",
    "ledger/",
    "gallery/",
    "ask/",
    "docs/trust/",
]
AXE = ROOT / "site" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "start")
def test_a_page_is_read_without_a_fault(reader: Reader, path: str) -> None:
    page = reader.open(path)
    reader.typeset()
    page.wait_for_load_state("networkidle")
    reader.is_well()
    assert not page.locator("mjx-merror").count()


@pytest.mark.parametrize("path", ["notebooks/02-jacobian/", "statement/A01/", "gallery/"])
def test_mathematics_is_typeset(reader: Reader, path: str) -> None:
    page = reader.open(path)
    assert reader.typeset() > 5
    assert not re.search(r"\\(frac|sum|partial|lambda)\b|\\\(|\\\[", page.inner_text("article"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "start")
def test_nothing_is_wider_than_a_phone(browser, address: str, path: str) -> None:
    reader = Reader(browser, address, width=360)
    page = reader.open(path)
    reader.typeset()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    wide = page.evaluate(
        """() => [...document.querySelectorAll("article *")].filter((each) => {
            const box = each.getBoundingClientRect();
            if (box.right <= 361 || !box.width) return false;
            for (let up = each; up && up.tagName !== "ARTICLE"; up = up.parentElement)
                if (/auto|scroll|hidden/.test(getComputedStyle(up).overflowX)) return false;
            return true;
        }).map((each) => each.outerHTML.slice(0, 120))"""
    )
    assert wide == []
    reader.context.close()


FULLY = (
    "",
    "notebooks/02-jacobian/",
    "ask/",
    "statement/A01/",
    "statement/D03/",
)  # looked at in each of the four ways, others in two
WAYS = [(1280, "light"), (360, "dark"), (360, "light"), (1280, "dark")]


@pytest.mark.parametrize(
    ("path", "width", "scheme"), [(path, *way) for path in PAGES for way in WAYS[: 4 if path in FULLY else 2]]
)
def test_no_serious_fault_of_accessibility(browser, address: str, path: str, scheme: str, width: int) -> None:
    reader = Reader(browser, address, width, scheme)
    page = reader.open(path)
    reader.typeset()
    page.wait_for_timeout(300)
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")["violations"]
    serious = [
        f"{each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ]
    assert serious == []
    reader.context.close()


def test_the_start_leads_to_the_statements_that_it_names(reader: Reader) -> None:
    links = reader.open("").locator("article a[href*='statement/']")
    named = {link.get_attribute("href").strip("/").split("/")[-1]: link.inner_text() for link in links.all()}
    said = {each.id: each.text.lower() for each in all_statements()}
    assert len(named) == 2
    assert all(word in said[id] for id, text in named.items() for word in text.lower().removeprefix("the ").split())


def test_a_dragged_logit_changes_p(reader: Reader) -> None:
    page = reader.open("")
    figure = page.locator("figure.softmax").first
    figure.scroll_into_view_if_needed()
    before = figure.get_attribute("data-p")
    reader.lift(figure)
    after = figure.get_attribute("data-p")
    assert before != after
    assert float(after.split(",")[2]) > float(before.split(",")[2])
    assert sum(map(float, after.split(","))) == pytest.approx(1, abs=1e-5)
    reader.is_well()


def test_arrow_keys_make_a_tie_and_break_it(reader: Reader) -> None:
    page = reader.open("")
    figure = page.locator("figure.softmax").first
    assert "2 classes tie" in figure.locator(".said").inner_text()
    figure.locator(".grip").first.press("ArrowUp")
    assert "One class has the largest logit" in figure.locator(".said").inner_text()
    figure.locator("input[type=range]").focus()
    page.keyboard.press("Home")
    assert figure.get_attribute("data-p").startswith("0.999")
    sizes = figure.locator(".grip").evaluate_all("all => all.map(each => each.getBoundingClientRect().width)")
    assert min(sizes) >= 44


CHAPTERS = sorted(each.stem for each in (ROOT / "notebooks").glob("*.ipynb") if "moving(" in each.read_text("utf-8"))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_figure_of_a_chapter_moves(reader: Reader, chapter: str) -> None:
    page = reader.open(f"notebooks/{chapter}/")
    figure = page.locator("figure.softmax").first
    before = figure.get_attribute("data-p")
    figure.locator(".grip").first.press("ArrowDown")
    assert figure.get_attribute("data-p") != before
    assert figure.locator("figcaption").inner_text()
    assert figure.locator("img, .still").count() == 0
    reader.is_well()


def test_the_point_in_the_triangle_is_dragged_and_the_logits_follow(reader: Reader) -> None:
    page = reader.open("notebooks/06-zero-temperature/")
    figure = page.locator("figure.softmax").first
    point = figure.locator("circle.grip")
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y - 60, steps=4)
    page.mouse.up()
    assert "z₁ = 2.0" not in figure.locator("svg").first.text_content()
    assert min(point.bounding_box()[side] for side in ("width", "height")) >= 44


def test_values_are_exact_in_words(reader: Reader) -> None:
    page = reader.open("")
    figure = page.locator("figure.softmax").first
    first = figure.locator("table").first.locator("tbody tr").first
    assert first.locator("td").all_inner_texts() == ["1/(2 + e−1)", "0.422", "1/2", "1/3"]


def test_the_ledger_is_filtered(reader: Reader) -> None:
    page = reader.open("ledger/")
    page.select_option("#truth", "false")
    shown = page.locator("#ledger tbody tr:not([hidden])")
    assert 40 < shown.count() < 100
    assert page.locator("#ledger tbody tr:not([hidden]) .mark.true").count() == 0
    page.fill("#words", "no such words anywhere")
    assert shown.count() == 0


def test_a_word_is_found(reader: Reader) -> None:
    page = reader.open("search/?q=Jacobian")
    page.wait_for_selector("#search-results li")
    assert page.locator("#search-results li").count() > 3
    reader.is_well()


class Links(HTMLParser):
    """The links of a page, and the ids that can be led to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids |= {found[name] or "" for name in ("id", "name") if name in found}
        for name in ("href", "src"):
            if found.get(name):
                self.links.append(found[name] or "")


def test_every_link_inside_leads_somewhere() -> None:
    files = sorted(BUILT.rglob("*.html"))
    assert len(files) > 250
    read = {file: Links(file.read_text("utf-8")) for file in files}
    broken = []
    for file, page in read.items():
        for link in page.links:
            path, fragment = urldefrag(link)
            if re.match(r"[a-z]+:|//", link) or path.startswith("#"):
                continue
            target = _target(file, path)
            if (
                target is None
                or not target.exists()
                or (fragment and target in read and "=" not in fragment and unquote(fragment) not in read[target].ids)
            ):
                broken.append(f"{file.relative_to(BUILT)}: {link}")
    assert broken == []


def _target(file: Path, path: str) -> Path | None:
    if not path:
        return file
    base = f"http://x/{file.relative_to(BUILT).as_posix()}"
    inside = BUILT / unquote(urljoin(base, path.partition("?")[0])).removeprefix("http://x/")
    return inside / "index.html" if inside.is_dir() else inside


def test_nothing_that_is_loaded_is_elsewhere() -> None:
    loaded = re.compile(r'<(?:script|img|link|iframe)[^>]*(?:src|href)="(?:https?:)?//[^"]*"[^>]*>')
    for file in BUILT.rglob("*.html"):
        found = [each for each in loaded.findall(file.read_text("utf-8")) if 'rel="canonical"' not in each]
        assert found == [], file


def test_formulas_are_read_before_a_script_has_run(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/notebooks/02-jacobian/")
    assert page.locator("article mjx-container").count() > 50
    assert not re.search(r"\\\(|\\\[", page.inner_text("article"))
    context.close()


def test_a_chapter_is_light(browser, address: str) -> None:
    from book.measure import loaded

    assert loaded(browser, address, "notebooks/02-jacobian/") <= 450_000


def test_a_symbol_in_a_formula_shows_its_definition(reader: Reader) -> None:
    page = reader.open("notebooks/02-jacobian/")
    reader.typeset()
    page.locator("article [data-s=Z]").first.hover()
    page.wait_for_selector("#tip:not([hidden]) mjx-container")
    assert "the partition function" in page.inner_text("#tip")
    page.keyboard.press("Escape")
    assert page.locator("#tip").is_hidden()
    reader.is_well()


def test_the_keyboard_shows_all_symbols_of_a_formula(reader: Reader) -> None:
    page = reader.open("notebooks/02-jacobian/")
    reader.typeset()
    page.keyboard.press("Tab")
    page.locator("article mjx-container[display]").first.focus()
    page.wait_for_selector("#tip:not([hidden])")
    assert page.locator("#tip > div").count() >= 5


def test_a_tap_shows_what_a_cited_result_says(browser, address: str) -> None:
    reader = Reader(browser, address, width=360)
    page = reader.open("notebooks/02-jacobian/")
    page.locator(".s2", has_text="jacobian_sym").first.tap()
    page.wait_for_selector("#tip:not([hidden]) mjx-container")
    assert "symmetric" in page.inner_text("#tip")
    box = page.locator("#tip").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    reader.is_well()
    reader.context.close()


def test_every_marked_symbol_has_a_definition() -> None:
    marked = set(re.findall(r'data-s="([^"]*)"', "".join(each.read_text("utf-8") for each in BUILT.rglob("*.html"))))
    told = Links((BUILT / "tips" / "symbols.html").read_text("utf-8")).ids
    assert {"p", "Z", "lambda", "delta", "class"} <= marked <= told
