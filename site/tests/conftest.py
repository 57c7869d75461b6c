"""The site that was built, served on localhost, and a real browser that reads it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from book.serving import served

ROOT = Path(__file__).resolve().parent.parent.parent
BUILT = Path(os.environ.get("SITE", ROOT / "_site"))
CHROMIUM = shutil.which("chromium")
PATIENCE = 90_000  # milliseconds: the machine may be busy
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every", type=int, default=20, help="of the corpus, one claim in so many (1 is all of it)")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    if not (BUILT / "index.html").exists():
        pytest.fail("there is no site: run `make site` first")
    with served(BUILT) as at:
        yield at


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    if CHROMIUM is None:
        pytest.skip("the pages were NOT read: Chromium is not installed (make tools-site)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Reader:
    """A page, and what went wrong on it: errors in the console, requests that left localhost."""

    def __init__(self, browser, address: str, width: int = 1280, scheme: str = "light", height: int = 900) -> None:
        self.address = address
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=width < 600
        )
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.left: list[str] = []
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.context.on("request", lambda made: self.left.append(made.url) if not self.stays(made.url) else None)
        self.page.on(
            "response", lambda got: self.errors.append(f"{got.status} {got.url}") if got.status >= 400 else None
        )

    def stays(self, url: str) -> bool:
        return url.startswith((self.address, "data:", "blob:"))

    def open(self, path: str):
        self.page.goto(f"{self.address}/{path}")
        return self.page

    def typeset(self) -> int:
        """The number of formulas, once all are typeset."""
        self.page.wait_for_function("'typeset' in document.documentElement.dataset", timeout=60_000)
        return self.page.locator("mjx-container").count()

    def lift(self, figure) -> None:
        """Drag the third logit of a figure that moves, upwards."""
        grip = figure.locator(".grip").nth(2).bounding_box()
        self.page.mouse.move(grip["x"] + 22, grip["y"] + 22)
        self.page.mouse.down()
        self.page.mouse.move(grip["x"] + 22, grip["y"] - 30, steps=4)
        self.page.mouse.up()

    def is_well(self) -> None:
        assert self.errors == []
        assert self.left == []


@contextmanager
def opened(browser, address: str, path: str = "", height: int = 900) -> Iterator[Reader]:
    """A reader of a page; of one that has the checker, for all tests of a file, for it starts once."""
    found = Reader(browser, address, height=height)
    if path:
        found.open(path)
    yield found
    found.context.close()


@pytest.fixture
def reader(browser, address: str) -> Iterator[Reader]:
    with opened(browser, address) as found:
        yield found
