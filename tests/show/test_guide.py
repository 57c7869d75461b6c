"""The guide: it lists the notebooks that there are, each after those that it needs, and what it writes can be read."""

import pytest

from symbolic.show.guide import COURSES, DICTIONARY, NOTEBOOKS
from tools.notebooks import FOLDER

STEMS = [each.stem for each in NOTEBOOKS.entries]


def test_every_notebook_is_listed_in_its_order() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.md"))[1:] == STEMS


@pytest.mark.parametrize("notebook", NOTEBOOKS.entries, ids=STEMS)
def test_a_notebook_comes_after_those_it_needs(notebook) -> None:
    assert set(notebook.needs) <= set(STEMS[: STEMS.index(notebook.stem)])


@pytest.mark.parametrize("course", COURSES.entries, ids=[each.name for each in COURSES.entries])
def test_a_course_skips_nothing_that_it_needs(course) -> None:
    needs = {each.stem: each.needs for each in NOTEBOOKS.entries}
    for at, stem in enumerate(course.notebooks):
        assert set(needs[stem]) <= set(course.notebooks[:at])


@pytest.mark.parametrize("table", [DICTIONARY, NOTEBOOKS, COURSES])
def test_a_table_has_a_row_for_each_entry_and_a_cell_for_each_head(table) -> None:
    lines = table._repr_markdown_().splitlines()
    assert len(lines) == len(table.entries) + 2
    assert {line.count(" | ") for line in lines} == {len(table.head) - 1}
    assert len(str(table).splitlines()) == len(table.entries)
