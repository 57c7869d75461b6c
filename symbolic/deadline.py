"""The time that a piece of work may take: set around it, asked for in its inner loops.

    with within(seconds): ...     ends in time, or with `OutOfTime`
    left()                        seconds that are left
    check()                       raises `OutOfTime` when the time is up
    with watched(): ...           around what does not ask
    with undisturbed(): ...       around what must not be stopped half way, and is short

The loops of ours ask; what others wrote, such as SymPy's factoring, does not. There an alarm interrupts, as
Ctrl-C would, where the system has alarms, or a browser has a clock (`symbolic.clock`), the work is done in the main
thread and nobody else uses them; elsewhere Python asks at every call, as it does for a debugger.

>>> with within(60):
...     check()
>>> with within(0):
...     check()
Traceback (most recent call last):
    ...
symbolic.deadline.OutOfTime
"""

from __future__ import annotations

import signal
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from math import inf
from time import monotonic
from types import FrameType

from symbolic import clock

__all__ = ["OutOfTime", "check", "left", "undisturbed", "watched", "within"]

GRACE = 0.2  # of the time, after which the alarm rings: the loops of ours end in a state that is known
AGAIN = 0.05  # seconds, should somebody on the way have taken the alarm for an error of his own

_end: ContextVar[float] = ContextVar("end", default=inf)
_rings: ContextVar[bool] = ContextVar("rings", default=False)  # whether there is an alarm

_deaf: ContextVar[bool] = ContextVar("deaf", default=False)  # whether it is not to be heard now


class OutOfTime(BaseException):
    """The time is up. Like KeyboardInterrupt, nobody who catches exceptions may take it for an answer."""


def check() -> None:
    """Go on, or stop because the time is up."""
    if monotonic() > _end.get():
        raise OutOfTime


def left() -> float:
    """The seconds that are left, for those who keep to a limit of their own."""
    return max(0.0, _end.get() - monotonic())


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done inside ends in so many seconds; of two such limits the sooner counts.

    With none left nothing is begun: no alarm rings for it.
    """
    check()
    if seconds <= 0:
        raise OutOfTime
    outer = _end.set(min(_end.get(), monotonic() + seconds))
    try:
        with _alarm(seconds * (1 + GRACE)):
            yield
    except Exception as error:
        if monotonic() > _end.get():  # who catches everything may have made an error of the alarm
            raise OutOfTime from error
        raise
    finally:
        _end.reset(outer)


@contextmanager
def watched() -> Iterator[None]:
    """What is done inside is stopped when the time is up, though it does not ask."""
    if _rings.get() or _end.get() == inf or sys.gettrace() is not None:
        yield
        return
    sys.settrace(lambda *_: check())
    try:
        yield
    finally:
        sys.settrace(None)


@contextmanager
def undisturbed() -> Iterator[None]:
    """An alarm that rings while this is done is heard when it rings again."""
    before = _deaf.set(True)
    try:
        yield
    finally:
        _deaf.reset(before)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Ring when the time is up, unless there is an alarm already."""
    bell = _bell() if 0 < seconds < 10**6 else None
    if bell is None:
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    quiet = _rings.set(True)
    try:
        bell(seconds, AGAIN)
        yield
    finally:
        try:
            bell(0, 0)
        finally:  # should it ring just now
            signal.signal(signal.SIGALRM, before)
            _rings.reset(quiet)


def _ring(_: int, frame: FrameType | None) -> None:
    """Stop the work; but where Python lets go of what nobody needs, it would only print that it was stopped there."""
    letting_go = frame is not None and frame.f_code.co_filename == weakref.__file__
    if not _deaf.get() and not letting_go:
        check()


def _bell() -> Callable[[float, float], object] | None:
    """What makes SIGALRM ring after so many seconds, and then again after so many, or with 0 no more; None where there
    is no such thing, or somebody else uses it."""
    if threading.current_thread() is not threading.main_thread():
        return None
    if not hasattr(signal, "setitimer"):
        bell = clock.bell()
    else:
        bell = partial(signal.setitimer, signal.ITIMER_REAL) if signal.getitimer(signal.ITIMER_REAL)[0] == 0 else None
    return bell if bell is not None and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL else None
