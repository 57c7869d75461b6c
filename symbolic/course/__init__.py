"""A course: exercises that are judged, hints one at a time, a student's own lines, progress, grading.

check("02-3", answer)      what is said of an answer (judging.py)
hint("02-3")               the next hint
exercise("02-3")           an exercise; exercises() all of them (exercises.py)
"""

from symbolic.course.asking import check, hint, solution
from symbolic.course.exercises import exercise, exercises
from symbolic.course.judging import Reply, Status, judge
from symbolic.course.lines import steps

__all__ = ["Reply", "Status", "check", "exercise", "exercises", "hint", "judge", "solution", "steps"]
