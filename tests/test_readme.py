"""What the README shows is what the package says."""

import doctest
import re

from symbolic.formal import stated
from tools.readme import README, filled


def test_its_generated_parts_are_up_to_date() -> None:
    text = README.read_text("utf-8")
    assert filled(text) == text


def test_its_examples_run() -> None:
    results = doctest.testfile(str(README), module_relative=False)
    assert results.attempted > 3
    assert results.failed == 0


def test_our_column_of_the_comparison_names_theorems() -> None:
    table = README.read_text("utf-8").partition("<!-- others -->")[2].partition("<!-- /others -->")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert {line.count(" | ") for line in rows} == {8}
    named = {name for line in rows for name in re.findall(r"`(\w+)`", line.rpartition(" | ")[2])}
    assert len(named) > 15
    assert named <= {name for _, name in stated("Theorem")}
