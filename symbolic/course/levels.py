"""The game: twenty levels in the language of the kernel, each opened by those before it.

    game()               the levels: which are done, open, closed
    level(7)             one of them: what is asked, and what may be used
    play(7, answer)      what is said of an answer; if it is right, the derivation and what it has opened

A level is an exercise (exercises/16-game.toml) and is judged as one. It is done when the kernel has accepted a
derivation of what the answer makes true, or when exact numbers refute a line at the point that was found. What is done
is kept in the file of progress.

>>> print(level(1))
Level 1, The whole: fill
The weights exp(lambda*z[k]) are positive. By what does one divide them, so that they sum to 1?
  sum(exp(lambda*z[k])/?, k) == 1
Answer with the expression that stands at the question mark.
You may use
  sum(c*w[k], k) == c*sum(w[k], k): a common factor may be taken out of a sum
  Z == sum(exp(lambda*z[k]), k): the partition function
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from symbolic.course.asking import kept, progress, solution
from symbolic.course.exercise_data import Exercise, Kind, exercise, of_notebook
from symbolic.course.judging import Reply, Status, judge
from symbolic.derivation import Derivation
from symbolic.deriving import Shown
from symbolic.language.claims import Proved
from symbolic.language.errors import SymbolicError
from symbolic.language.parser import parse_claim
from symbolic.language.prose import in_markdown, in_plain
from symbolic.language.typeset import plain

__all__ = ["Game", "Level", "Played", "game", "level", "play"]

NOTEBOOK = "16"
BY_DERIVATION = (Kind.VALUE, Kind.LIMIT, Kind.FILL, Kind.REPAIR)  # E is given to the kernel as it is typed
MARKS = {"done": "●", "open": "○", "closed": "·"}


def _number(each: Exercise) -> int:
    return int(each.id.partition("-")[2])


def _title(each: Exercise) -> str:
    return f"Level {_number(each)}, {each.title}"


def _done() -> Set[str]:
    found = progress()
    return {each.id for each in of_notebook(NOTEBOOK) if found.is_right(each.id)}


def _missing(each: Exercise, done: Set[str]) -> list[Exercise]:
    """The levels that have to be done before this one."""
    return [exercise(id) for id in each.needs if id not in done]


@dataclass(frozen=True)
class Level:
    """A level: what is asked, and what may be used."""

    exercise: Exercise

    def _may_use(self) -> list[str]:
        lines = {id: exercise(id).solved() for id in self.exercise.needs}
        shown = {
            id: " and ".join(f"`{plain(parse_claim(each))}`" for each in found) for id, found in lines.items() if found
        }
        return [*(f"{said}: level {id.partition('-')[2]}" for id, said in shown.items()), *self.exercise.inventory]

    def __str__(self) -> str:
        _, *asked = str(self.exercise).splitlines()
        used = [f"  {in_plain(each)}" for each in self._may_use()]
        return "\n".join([f"{_title(self.exercise)}: {self.exercise.kind.value}", *asked, "You may use", *used])

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        head = f"**{_title(self.exercise)}.**"
        used = "\n".join(f"- {in_markdown(each)}" for each in self._may_use())
        return "\n\n".join([self.exercise.markdown(head), "*You may use*", used])


@dataclass(frozen=True)
class Played:
    """What is said of an answer; if it is right, the derivation and the levels that are open now."""

    reply: Reply
    derivations: tuple[Derivation | Shown, ...] = ()
    opened: tuple[Exercise, ...] = ()

    def __bool__(self) -> bool:
        """The level is done."""
        return bool(self.reply)

    def _next(self) -> list[str]:
        return [f"Now open: {'; '.join(map(_title, self.opened))}."] if self.opened else []

    def __str__(self) -> str:
        return "\n".join([str(self.reply), *map(str, self.derivations), *self._next()])

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        shown = (each.markdown() for each in self.derivations)
        return "\n\n".join([self.reply.markdown(), *shown, *self._next()])


@dataclass(frozen=True)
class Game:
    """All levels, and which of them are done."""

    done: Set[str]

    def _rows(self) -> list[tuple[str, str, str]]:
        return [(_title(each), each.kind.value, self._state(each)) for each in of_notebook(NOTEBOOK)]

    def _state(self, each: Exercise) -> str:
        if each.id in self.done:
            return "done"
        missing = [str(_number(level)) for level in _missing(each, self.done)]
        return f"closed: first level {' and '.join(missing)}" if missing else "open"

    def __str__(self) -> str:
        return "\n".join(f"{title:32}{kind:8}{state}" for title, kind, state in self._rows())

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        rows = [
            f"| {MARKS[state.partition(':')[0]]} | {title} | {kind} | {state} |" for title, kind, state in self._rows()
        ]
        return "\n".join(["| | level | find | |", "|---|---|---|---|", *rows])


def game() -> Game:
    """The levels, with what is done by now."""
    return Game(_done())


def level(number: int) -> Level:
    """A level; `SymbolicError` if there is none of that number, or if it is still closed."""
    found = next((each for each in of_notebook(NOTEBOOK) if _number(each) == number), None)
    if found is None:
        raise SymbolicError(f"there are levels 1 to {len(of_notebook(NOTEBOOK))}, and no level {number}")
    if missing := _missing(found, _done()):
        raise SymbolicError(f"{_title(found)} is still closed: first {' and '.join(map(_title, missing))}")
    return Level(found)


def play(number: int, answer: str | int) -> Played:
    """What is said of an answer to a level; it is kept, as the answer to an exercise is.

    >>> play(1, "n")  # doctest: +SKIP
    16-1: wrong.
    """
    each, before = level(number).exercise, _done()
    reply = kept(_by_the_kernel(each, judge(each, str(answer))))
    if not reply:
        return Played(reply)
    now = before | {each.id}
    opened = (other for other in of_notebook(NOTEBOOK) if _missing(other, before) and not _missing(other, now))
    return Played(reply, tuple(solution(each.id).derivations()), tuple(opened))


def _by_the_kernel(each: Exercise, reply: Reply) -> Reply:
    """What is right, if the kernel has accepted a derivation of it."""
    accepted = isinstance(reply.verdict, Proved) and reply.verdict.derivation is not None
    if not reply or accepted or each.kind not in BY_DERIVATION or reply.verdict is None:
        return reply
    sentence = "It is right, but the kernel has accepted no derivation of it: write it in another way."
    return replace(reply, status=Status.UNDECIDED, sentences=(sentence,))
