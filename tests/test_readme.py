"""What the README shows is what the package says."""

import doctest

from tools.readme import README, filled


def test_its_generated_parts_are_up_to_date() -> None:
    text = README.read_text("utf-8")
    assert filled(text) == text


def test_its_examples_run() -> None:
    results = doctest.testfile(str(README), module_relative=False)
    assert results.attempted > 3
    assert results.failed == 0
