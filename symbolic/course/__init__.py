"""A course: exercises that are judged, hints one at a time, a student's own lines, progress, grading.

check("02-3", answer)      what is said of an answer (judging.py)
hint("02-3")               the next hint
practice("02")             the exercises of a notebook, their solutions folded
game(), level(7), play(7, answer)
                           twenty levels, each opened by those before it (levels.py)
exercise("02-3")           an exercise; exercises() all of them (exercise_data.py)

`%load_ext symbolic.course` adds %prove, ten statements to be proved in Coq (proving.py).
"""

from __future__ import annotations

from typing import Any

from symbolic.course.asking import check, hint, practice, solution
from symbolic.course.exercise_data import exercise, exercises
from symbolic.course.judging import Reply, Status, judge
from symbolic.course.levels import game, level, play
from symbolic.course.lines import steps

__all__ = [
    "Reply",
    "Status",
    "check",
    "exercise",
    "exercises",
    "game",
    "hint",
    "judge",
    "level",
    "play",
    "practice",
    "solution",
    "steps",
]


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext symbolic.course` calls."""
    from symbolic.course import proving

    proving.load_ipython_extension(shell)
