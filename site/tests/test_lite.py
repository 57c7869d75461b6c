"""JupyterLite: a chapter's notebook opens from its page, and its cells run in the browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import BUILT, PATIENCE, ROOT, Reader, opened

LATER = 2 * PATIENCE  # the kernel starts without a snapshot


@pytest.fixture(scope="module")
def notebook(browser, address: str) -> Iterator[Reader]:
    """The chapter on zero temperature, without the outputs that it is kept with."""
    with opened(browser, address, "notebooks/06-zero-temperature/") as reader:
        reader.page.get_by_role("link", name="Open the whole notebook").click()
        reader.page.wait_for_selector(".jp-CodeCell", timeout=PATIENCE)
        reader.page.get_by_role("menuitem", name="Edit", exact=True).click()
        reader.page.get_by_role("menuitem", name="Clear Outputs of All Cells").click()
        yield reader


def run(page, cell: int) -> None:
    """Run a code cell by the keyboard, when all before it are done."""
    prompt = page.locator(".jp-CodeCell").nth(cell).locator(".jp-InputArea-prompt")
    page.locator(".jp-CodeCell .cm-content").nth(cell).click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(
        "prompt => /^\\[\\d+\\]:$/.test(prompt.textContent)", arg=prompt.element_handle(), timeout=LATER
    )


def test_the_first_cells_run_and_show_their_formulas(notebook: Reader) -> None:
    page = notebook.page
    cells = page.locator(".jp-CodeCell")
    assert page.locator(".jp-OutputArea-output").count() == 0
    for cell in range(2):
        run(page, cell)
    page.wait_for_function(
        "cell => cell.querySelectorAll('.jp-OutputArea-output mjx-container').length > 2",
        arg=cells.nth(1).element_handle(),
        timeout=PATIENCE,
    )
    assert cells.nth(0).locator(".jp-OutputArea-output mjx-container").count()
    assert cells.nth(1).locator(".derivation tr").count() >= 2


def test_a_figure_of_it_moves(notebook: Reader) -> None:
    page = notebook.page
    for cell in range(2, 4):
        run(page, cell)
    figure = page.locator("figure.softmax").first
    figure.locator(".grip").first.wait_for(timeout=PATIENCE)
    before = figure.get_attribute("data-p")
    figure.locator(".grip").first.press("ArrowDown")
    assert figure.get_attribute("data-p") != before


def test_nothing_is_installed_from_elsewhere(notebook: Reader) -> None:
    page = notebook.page
    page.locator(".jp-CodeCell .cm-content").nth(4).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("%pip install numpy")
    page.keyboard.press("Shift+Enter")
    page.get_by_text("RuntimeError: nothing can be installed here").wait_for(timeout=LATER)


def test_a_link_leads_to_the_next_notebook(notebook: Reader) -> None:
    page = notebook.page
    with page.context.expect_page() as next_page:
        page.locator(".jp-MarkdownOutput a[href*='.ipynb']").first.click()
    next_page.value.wait_for_selector(".jp-CodeCell", timeout=PATIENCE)
    assert next_page.value.url.endswith("01-softmax.ipynb")


def test_nothing_left_the_machine_or_failed(notebook: Reader) -> None:
    notebook.is_well()


def test_every_notebook_is_there() -> None:
    assert {each.name for each in (BUILT / "jupyter" / "files" / "notebooks").iterdir()} == {
        each.name for each in (ROOT / "notebooks").glob("*.ipynb")
    }
