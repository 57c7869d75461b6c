"""What the README shows is what the package says."""

import doctest
import re

from symbolic.coq.theorems import stated
from symbolic.show.marks import between
from tools.readme import DOCS, README, ROOT, made


def test_what_is_generated_is_up_to_date() -> None:
    stale = [file.name for file, text in made().items() if file.read_text("utf-8") != text]
    assert stale == [], "run `make notebooks`"


def test_it_is_read_in_a_few_minutes() -> None:
    assert len(README.read_bytes()) <= 10_000


def test_what_it_and_the_pages_lead_to_is_there() -> None:
    for page in (README, *DOCS.glob("*.md"), ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"""(?:\]\(|src=")([^)#"]+)""", page.read_text("utf-8")):
            assert target.startswith("http") or (page.parent / target).exists(), f"{page.name} leads to {target}"


def test_its_examples_run() -> None:
    results = doctest.testfile(str(README), module_relative=False)
    assert results.attempted > 3
    assert results.failed == 0


def test_our_column_of_the_comparison_names_theorems() -> None:
    table = between((DOCS / "comparison.md").read_text("utf-8"), "others")
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert {line.count(" | ") for line in rows} == {8}
    named = {name for line in rows for name in re.findall(r"`(\w+)`", line.rpartition(" | ")[2])}
    assert len(named) > 15
    assert named <= {name for _, name in stated("Theorem")}
