"""A page of feedback for a student: HTML that needs no network, no script and no other file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from symbolic.course.exercise_data import Exercise
from symbolic.course.judging import Status
from symbolic.language.prose import in_plain

__all__ = ["page"]

UNDECIDED = Status.UNDECIDED.value
SHOWN = 500  # characters of an answer
Said = tuple[str, str, Sequence[str]]  # the answer, the verdict in words, what is told

HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Feedback</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid #8886; padding: .5rem 0; }
code { overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: .5rem 0; }
.verdict { font-weight: 600; }
.verdict::before { display: inline-block; width: 1.4em; content: "○"; }
.right .verdict::before { content: "●"; }
.nearly .verdict::before { content: "◐"; }
</style>
</head>
<body>
"""


def page(student: str, points: float, of: int, rows: Sequence[tuple[Exercise, Said | None]], problem: str) -> str:
    """The page: points, and for each exercise the answer and what is said of it."""
    name = student.encode("utf-8", "replace").decode("utf-8")
    left = sum(said is not None and said[1] == UNDECIDED for _, said in rows)
    later = f" so far: a person will look at {left} answer{'s' * (left > 1)}" if left else ""
    head = f"<h1>{escape(name)}</h1>\n<p>{points:g} of {of} points{later}.</p>\n"
    trouble = f"<p>No answers were found: {escape(problem)}.</p>\n" if problem else ""
    return f"{HEAD}{head}{trouble}{''.join(_section(each, said) for each, said in rows)}</body>\n</html>\n"


def _section(each: Exercise, said: Said | None) -> str:
    shown = "".join(f"<p><code>{escape(line)}</code></p>\n" for line in each.shown())
    asked = f"<h2>{each.id} {escape(in_plain(each.ask))}</h2>\n{shown}"
    if said is None:
        return f'<section>\n{asked}<p class="verdict">not answered</p>\n</section>\n'
    answer, verdict, told = said
    cut = f"{answer[:SHOWN]}…" if len(answer) > SHOWN else answer
    safe = escape(cut.encode("utf-8", "replace").decode("utf-8"))
    kind = "right" if verdict == "right" else "nearly" if verdict.startswith(("equal", "it holds")) else "other"
    words = "".join(f"<p>{escape(in_plain(each))}</p>\n" for each in told)
    body = f'<p>Your answer: <code>{safe}</code></p>\n<p class="verdict">{escape(verdict)}</p>\n{words}'
    return f'<section class="{kind}">\n{asked}{body}</section>\n'
