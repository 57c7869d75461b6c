"""The page of exercises: each as the course has it, with an input and its hints, which static/exercises.js shows."""

from __future__ import annotations

import json
from html import escape
from itertools import groupby
from pathlib import Path

from symbolic.course.exercise_data import LETTERS, Exercise, Kind, exercises
from symbolic.course.judging import LENGTH
from symbolic.course.progress import RANKS, VERSION
from symbolic.language import hypertext

__all__ = ["page"]

HEAD = """# Exercises

Every answer is judged in your browser, for every n: what is equal to the answer is right, in whatever form, unless a
form is asked for. A wrong one is refuted with numbers. What you have done is kept in this browser, and nowhere else.

"""


def page(notebooks: Path) -> str:
    """All exercises, chapter by chapter, in the order of the folder of notebooks."""
    titles = {each.stem[:2]: each for each in sorted(notebooks.glob("??-*.ipynb"))}
    parts = [HEAD, _raw(_tools())]
    for number, found in groupby(exercises(), key=lambda each: each.notebook):
        parts.append(_chapter(titles[number]))
        parts += map(_card, found)
    parts.append(_raw('<script type="module" src="../_static/exercises.js"></script>'))
    return "\n\n".join(parts) + "\n"


def _chapter(notebook: Path) -> str:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    title = "".join(cells[0]["source"]).partition("\n")[0].removeprefix("# ")
    return f"## {notebook.stem[:2]} {title}\n\n[The chapter](notebooks/{notebook.name})"


def _raw(html: str) -> str:
    return f"``````{{raw}} html\n{html}\n``````"


def _tools() -> str:
    return (
        f'<div id="progress" data-version="{VERSION}" data-ranks="{escape(json.dumps(RANKS))}">'
        '<p id="done" role="status"></p>'
        '<p class="buttons"><button type="button" id="save">Save my progress as a file</button>'
        '<label class="file">Bring in a file <input type="file" id="bring" accept=".json"></label></p></div>'
    )


def _card(each: Exercise) -> str:
    hints = "".join(f"<li hidden>{hypertext.in_html(hint)}</li>" for hint in each.hints)
    more = '<button type="button" class="more">Hint</button>' if hints else ""
    return "\n\n".join(
        [
            _raw(f'<div class="exercise" id="exercise-{each.id}" data-exercise="{each.id}">'),
            each.markdown(_head(each)),
            *_inventory(each),
            _raw(
                f'<ol class="hints">{hints}</ol><form>{_input(each)}'
                f'<p class="buttons"><button>Judge</button>{more}</p></form>'
                '<div class="reply" role="status"></div></div>'
            ),
        ]
    )


def _head(each: Exercise) -> str:
    """Of a level its title; an exercise has its id."""
    return f"**{each.id} {each.title}** ({each.kind.value}, level {each.level})." if each.title else ""


def _inventory(each: Exercise) -> list[str]:
    """What may be used in a level of the game."""
    may = "".join(f"<li>{hypertext.in_html(one)}</li>" for one in each.inventory)
    opened = f"<p>It comes after {' and '.join(each.needs)}.</p>" if each.needs else ""
    return [_raw(f"<details><summary>What may be used</summary>{opened}<ul>{may}</ul></details>")] if may else []


def _input(each: Exercise) -> str:
    if each.kind is Kind.CHOICE:
        letters = LETTERS[: len(each.lines)]
        choices = "".join(f'<label><input type="radio" name="answer" value="{one}"> {one}</label>' for one in letters)
        return f'<fieldset><legend class="note">Your answer to {each.id}</legend>{choices}</fieldset>'
    return (
        f'<label>Your answer to {each.id}<input name="answer" maxlength="{LENGTH}" autocomplete="off" '
        'autocapitalize="off" spellcheck="false"></label>'
    )
