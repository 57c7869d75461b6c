"""Ask, the button of a statement and the cells of the book: the package, in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from conftest import PATIENCE, Reader, opened


@pytest.fixture(scope="module")
def asking(browser, address: str) -> Iterator[Reader]:
    with opened(browser, address, "ask/") as reader:
        yield reader


def ask(reader: Reader, line: str) -> str:
    """The verdict, by the keyboard."""
    page = reader.page
    page.evaluate("delete document.body.dataset.verdict")
    page.fill("#line", line)
    page.press("#line", "Enter")
    page.wait_for_function("document.body.dataset.verdict", timeout=PATIENCE)
    return page.evaluate("document.body.dataset.verdict")


def test_a_claim_is_proved_with_its_derivation(asking: Reader) -> None:
    assert ask(asking, "entropy(p) <= log(n)") == "proved"
    assert asking.page.locator("#answer .derivation tr").count() == 2
    assert asking.page.locator("#answer mjx-container").count() > 3
    assert "claim=entropy" in asking.page.url


def test_an_equality_is_shown_step_by_step(asking: Reader) -> None:
    assert ask(asking, "diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])") == "proved"
    asking.page.wait_for_selector("#answer .derivation tr:nth-child(2) mjx-container", timeout=PATIENCE)


def test_a_claim_is_refuted_and_its_counterexample_is_drawn(asking: Reader) -> None:
    assert ask(asking, "p[i] >= 1/2 given z[i] == max(z)") == "refuted"
    assert (
        "n=3" in asking.page.inner_text("#answer").replace(" ", "").replace("\n", "")
        or asking.page.locator("#answer mjx-container").count()
    )
    assert asking.page.locator("#answer figure.softmax rect.grip").count() == 3
    assert asking.page.locator("#answer figure").get_attribute("data-p").startswith("0.333")


def test_latex_is_read_and_shown_back_while_it_is_typed(asking: Reader) -> None:
    page = asking.page
    page.fill("#line", "")
    page.locator("#line").press_sequentially(r"\sum_{k=1}^{K} \frac{\partial p_k}{\partial z_j} = 0")
    page.wait_for_selector("#reading mjx-container", timeout=PATIENCE)
    assert ask(asking, r"\sum_{k=1}^{K} \frac{\partial p_k}{\partial z_j} = 0") == "proved"


def test_what_is_no_claim_yet_has_the_message_under_the_caret(asking: Reader) -> None:
    page = asking.page
    page.fill("#line", "p[i] <")
    page.wait_for_selector("#reading .misread", timeout=PATIENCE)
    typed, caret, message = page.inner_text("#reading pre").split("\n")[:3]
    assert (typed, caret.index("^")) == ("p[i] <", 6)
    assert message == "expected an expression, not the end of the line"
    assert ask(asking, "p[i] <") == "invalid"
    assert page.inner_text("#answer") == "Not a claim: expected an expression, not the end of the line."


HOSTILE = [
    "<img src=x onerror=alert(1)> == 1",
    "__import__('os').system('id') == 0",
    "(" * 900 + "c" + ")" * 900 + " == c",
    "2^" * 990 + "c == 1",
    "limit(" * 20 + "p[i]" + ", z[j], oo)" * 20 + " == 0",
]


@pytest.mark.parametrize("line", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_line_does_no_harm(asking: Reader, line: str) -> None:
    assert ask(asking, line) in ("invalid", "unknown")
    assert asking.page.locator("#answer img").count() == 0
    assert ask(asking, "p[i] > 0") == "proved"


def test_it_can_be_cancelled_and_asked_again(asking: Reader) -> None:
    page = asking.page
    page.fill("#line", "log((a^5+b^3*c+d^7+e*f+2)*(a^3+b*d+c^9+f^4+3)*(b^9-a*c*d+e^3+7)) == 0")
    page.click("#decide")
    page.click("#cancel")
    assert page.inner_text("#answer") == "Cancelled."
    assert ask(asking, "p[i] < 1") == "refuted"


def test_what_was_asked_is_kept_here(asking: Reader) -> None:
    kept = asking.page.locator("#history li").all_inner_texts()
    assert "p[i] < 1" in kept
    asking.page.click("#forget")
    assert asking.page.locator("#history li").count() == 0
    asking.is_well()


def test_a_claim_in_the_address_is_decided(reader: Reader) -> None:
    page = reader.open(f"ask/#claim={quote('a^2 + b^2 >= 2*a*b')}")
    page.wait_for_function("document.body.dataset.verdict === 'proved'", timeout=PATIENCE)
    assert page.input_value("#line") == "a^2 + b^2 >= 2*a*b"


def test_a_statement_is_checked_where_it_stands(reader: Reader) -> None:
    page = reader.open("statement/A01/")
    page.locator("[data-check]").first.click()
    page.wait_for_selector(".checked strong", timeout=PATIENCE)
    assert page.inner_text(".checked strong") == "Proved"
    reader.is_well()


def test_a_cell_of_the_book_runs(reader: Reader) -> None:
    page = reader.open("notebooks/02-jacobian/")
    cell = page.locator("div.cell", has=page.locator("button.run")).first
    cell.locator("pre").first.fill('from symbolic import derive\nderive("diff(p[i], z[j])")')
    cell.locator("button.run").click()
    page.wait_for_function("document.querySelector('div.cell[data-ran]')", timeout=PATIENCE)
    assert cell.get_attribute("data-ran") == "ok"
    assert cell.locator(".derivation tr").count() >= 2
    reader.is_well()


def test_a_page_runs_as_a_whole_and_its_notebook_can_be_had(reader: Reader) -> None:
    page = reader.open("notebooks/02-jacobian/")
    with page.expect_download() as saved:
        page.click(".whole a[download]")
    assert saved.value.suggested_filename == "02-jacobian.ipynb"
    page.click("#run-all")
    page.wait_for_function(
        "/^(\\d+ cells ran|It ended)/.test(document.getElementById('ran').textContent)", timeout=PATIENCE
    )
    assert "cells ran" in page.inner_text("#ran")
    assert page.locator("div.cell[data-ran=ok]").count() > 10
    reader.is_well()
