"""The reference has a row for each use of a word, its formula is read as the word, and its claim is proved."""

from __future__ import annotations

import pytest

from symbolic.__main__ import main
from symbolic.answers import verify
from symbolic.language.forms import FORMS, Shape
from symbolic.language.latex import as_plain
from symbolic.language.parser import parse_claim, parse_expression
from symbolic.language.reference import AROUND, ROWS, Row, text

FORM_ROWS = [form for forms in FORMS.values() for form in forms]
CLAIMS = [*(each.claim for each in ROWS), *(claim for _, _, claim in AROUND)]


def word(row: Row) -> str:
    """The word that a row is about."""
    return row.typed.removeprefix("A == ").partition("(")[0]


def test_each_use_of_a_word_has_a_row_and_nothing_else_has() -> None:
    said, known = [word(each) for each in ROWS], [form.word for form in FORM_ROWS]
    missing = [form.usage for form in FORM_ROWS if said.count(form.word) < known.count(form.word)]
    assert not missing, f"symbolic/language/reference.py has no row for {', '.join(missing)}"
    assert said == known, "the rows stand in the order of symbolic/language/forms.py"


@pytest.mark.parametrize(("row", "form"), [*zip(ROWS, FORM_ROWS, strict=False)], ids=lambda each: str(each)[:30])
def test_the_formula_is_read_as_what_is_typed(row: Row, form: object) -> None:
    if getattr(form, "makes", None) in (Shape.HYPOTHESIS, Shape.EXTREMISERS):
        read = parse_claim(f"p[i] > 0 given {as_plain(row.formula, 'hypotheses')}")
        assert read.given == parse_claim(f"p[i] > 0 given {row.typed}").given
    else:
        assert parse_expression(f"${row.formula}$") == parse_expression(row.typed)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.typed)
def test_its_claim_has_the_word(row: Row) -> None:
    assert f"{word(row)}(" in row.claim


@pytest.mark.parametrize("claim", CLAIMS)
def test_its_claim_is_proved(claim: str) -> None:
    assert verify(claim, notes=False)


def test_the_prompt_shows_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "language"]) == 0
    shown = capsys.readouterr().out
    assert shown.rstrip("\n") == text()
    assert all(each.claim in shown for each in ROWS)
