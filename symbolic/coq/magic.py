"""Coq in a notebook: `%load_ext symbolic.coq`, and then

    %%coq                   a cell of Coq; a proof that fails or is left open fails the cell
    %%coq --unfinished      a proof that goes on in the next cell
    %%coq --seconds 5       at most so long (60 if not said)
    %%coq --anew            forget all earlier cells first
    %coq Check softmax.     a line of Coq

One Coq runs as long as the notebook's kernel, proofs/ on its load path, and remembers the cells before. A cell that
fails leaves nothing behind; in JupyterLab, which names its cells, one that is run again takes the place of its first
run, and what came after is forgotten. Shown are each sentence of a proof with the goals after it, and what Coq answers.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from textwrap import indent
from typing import Any

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Number, String, _TokenType

from symbolic.coq.coqide import CoqError, Shared, Step

__all__ = ["Told", "coloured", "coq", "load_ipython_extension", "unload_ipython_extension"]

BULLETS = frozenset("-+*{}")
CLOSING = ("Qed.", "Defined.")
# Read in the light and in the dark; given by number, since JupyterLab drops other colours from a notebook not yet run.
COLOURS = {
    Keyword.Namespace: "#2e86c1",
    Keyword: "#2e8b57",
    Comment: "#808080",
    Number: "#b8860b",
    String: "#c0504d",
}
OPTIONS = "%%coq takes --unfinished, --anew and --seconds S"


class Told:
    """What Coq made of a text: its sentences, and under each what it said and what is still to be proved."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self.parts = list(_parts(steps))

    def __repr__(self) -> str:
        return "\n".join(f"{sentence}\n{indent(told, '    ')}" for sentence, told in self.parts)

    def _repr_html_(self) -> str:
        lines = (
            f"<b>{coloured(sentence)}</b>\n{escape(indent(told, '    '), quote=False)}" for sentence, told in self.parts
        )
        return f"<pre>{chr(10).join(lines)}</pre>"


def coloured(sentence: str) -> str:
    """A sentence of Coq in HTML, each word of the language in its colour."""
    lexer = get_lexer_by_name("coq", stripnl=False, ensurenl=False)
    return "".join(_in_colour(kind, escape(text)) for kind, text in lexer.get_tokens(sentence))


def _in_colour(kind: _TokenType, text: str) -> str:
    colour = next((colour for its, colour in COLOURS.items() if kind in its), "")
    return f'<span style="color: {colour}">{text}</span>' if colour else text


def _parts(steps: Iterable[Step]) -> Iterator[tuple[str, str]]:
    """Sentences, and what follows from them; those after which nothing is new stand with the next one."""
    sentence, before = "", Step("")
    for step in steps:
        sentence += ("" if not sentence else " " if sentence[-1] in BULLETS else "\n") + step.sentence
        told = "\n".join([*step.said, *_told(before, step)])
        if told and step.sentence[-1] not in BULLETS:
            yield sentence, told
            sentence = ""
        before = step


def _told(before: Step, step: Step) -> Iterator[str]:
    """What has become of the proof."""
    if step.goals is None:
        if step.sentence in CLOSING:
            yield "proved"
    elif not step.goals:
        yield f"done; {step.later} to go" if step.later else "no goal is left"
    elif (step.goals, step.later) != (before.goals, before.later):
        known = before.goals[0].known if before.goals else ()
        yield from _by_type(each for each in step.goals[0].known if each not in known)
        conclusions = [each.conclusion for each in step.goals]
        if conclusions != [each.conclusion for each in before.goals or ()]:
            yield from (f"⊢ {indent(each, '  ').strip()}" for each in conclusions)


def _by_type(known: Iterable[str]) -> Iterator[str]:
    """`i : 'I_n` and `j : 'I_n` are `i j : 'I_n`."""
    pairs = (each.partition(" : ") for each in known)
    for kind, alike in groupby(pairs, key=lambda each: each[2]):
        yield f"{' '.join(name for name, *_ in alike)} : {kind}"


# --- the magic -----------------------------------------------------------------------------------

_shared = Shared()


def coq(line: str, cell: str | None = None, *, name: str = "") -> Told | None:
    """Run a line or a cell of Coq; `CoqError` if Coq does not accept it."""
    options = {} if cell is None else _options(line)
    if options.pop("anew", False):
        _shared.close()
    told = Told(_shared.get().run(line if cell is None else cell, keep=name, **options))
    return told if told.parts else None


def _options(line: str) -> dict[str, Any]:
    words = iter(line.split())
    found: dict[str, Any] = {}
    for word in words:
        if word in ("--unfinished", "--anew"):
            found[word[2:]] = True
        elif word == "--seconds" and (number := next(words, "")).isdecimal():
            found["seconds"] = float(number)
        else:
            raise CoqError(f"{OPTIONS}, not {word}")
    return found


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext symbolic.coq` calls."""

    def magic(line: str, cell: str | None = None) -> Told | None:
        parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
        return coq(line, cell, name=parent.get("metadata", {}).get("cellId", "") if cell is not None else "")

    magic.__doc__ = __doc__
    shell.register_magic_function(magic, "line_cell", "coq")
    atexit.register(_shared.close)


def unload_ipython_extension(shell: Any) -> None:
    """What `%unload_ext symbolic.coq` calls."""
    del shell.magics_manager.magics["line"]["coq"], shell.magics_manager.magics["cell"]["coq"]
    _shared.close()
