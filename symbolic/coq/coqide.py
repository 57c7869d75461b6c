"""A Coq that remembers: sentences in, messages and goals out, over coqidetop's XML protocol.

    Session()              a Coq process, with proofs/ on its load path
    session.run(text)      each sentence as a Step: what Coq said to it, and what is to be proved after it

What fails raises `CoqError`, and Coq is then where it was before `run`: a text is taken as a whole or not at all.
So is a text that does not come to an end in time or in memory, and one that is interrupted (`KeyboardInterrupt`).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from select import select
from time import monotonic
from typing import IO, Any, cast
from xml.etree.ElementTree import Element, XMLPullParser
from xml.sax.saxutils import escape

from symbolic.coq import coqc
from symbolic.coq.vernacular import LOCAL, CoqError, head, refused, sentences

__all__ = ["CoqError", "Goal", "Session", "Step", "sentences"]

COMMAND = "coqidetop"
# An error inside of a proof is an error, not a gap that is told of later; everything happens in order.
STRICT = ("-async-proofs", "off", "-async-proofs-command-error-resilience", "off",
          "-async-proofs-tactic-error-resilience", "off")  # fmt: skip
SECONDS = 60.0  # for one text
MEMORY = 4 << 30  # bytes
GRACE = 5.0  # for Coq to notice that it is interrupted
WIDTH = 80  # of a line, so that it fits beside the files of a notebook
SHOWN = {"notice", "warning"}  # the other messages are about files being loaded
NOT_HERE = "Set this option from the IDE menu"  # said of Set Printing, which works all the same


@dataclass(frozen=True)
class Goal:
    """What is to be proved, and what is known for it."""

    known: tuple[str, ...]
    conclusion: str


@dataclass(frozen=True)
class Step:
    """A sentence, what Coq said to it, and the goals after it; `goals` is None where no proof is open.

    `later` counts the goals that wait until those in focus are proved.
    """

    sentence: str
    said: tuple[str, ...] = ()
    goals: tuple[Goal, ...] | None = None
    later: int = 0


# --- the process ---------------------------------------------------------------------------------


class _Gone(Exception):
    """There is no answer any more."""


class Shared:
    """The session of a notebook, begun where it is needed and where its process has ended, then with a first text."""

    def __init__(self, first: str = "") -> None:
        self.first = first
        self.session: Session | None = None

    def get(self) -> Session:
        if self.session is not None and not self.session.alive:
            self.close()
        if self.session is None:
            begun = Session()
            try:
                begun.run(self.first)
            except BaseException:
                begun.close()
                raise
            self.session = begun
        return self.session

    def close(self) -> None:
        if self.session is not None:
            self.session.close()
            self.session = None


class Session:
    """One Coq process. Its state grows from text to text; `keep` names a text that may come again, changed."""

    def __init__(self) -> None:
        _ready()
        self._folder = tempfile.TemporaryDirectory()  # some tactics leave files where they are
        self._process = subprocess.Popen(
            [*_guarded(), _program(), *coqc.QUIET, *STRICT, *coqc.LIBRARY, "-main-channel", "stdfds"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            start_new_session=True,  # Ctrl-C is for us to pass on, and only while Coq is at work
        )
        self._to, self._from = self._process.stdin, self._process.stdout
        self._replies: XMLPullParser[Any] = XMLPullParser(("end",))
        self._replies.feed('<!DOCTYPE replies [<!ENTITY nbsp " ">]><replies>')
        self._said: list[str] = []
        self._interrupted = False
        self._until = monotonic() + SECONDS
        self._kept: dict[str, str] = {}  # the name of a text -> the state before it
        self._state = _state(self._ask("Init", '<option val="none"/>'))
        self._outside = self._depth()
        self._step(f"Set Printing Width {WIDTH}.")

    @property
    def alive(self) -> bool:
        """Does the process still run?"""
        return self._process.poll() is None

    def close(self) -> None:
        """End the process."""
        with suppress(OSError):
            _open(self._to).close()
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        _open(self._from).close()
        self._folder.cleanup()

    def run(self, text: str, *, keep: str = "", seconds: float = SECONDS, unfinished: bool = False) -> list[Step]:
        """Take the text, whole; a proof that it leaves open is an error unless `unfinished`.

        A text of the same name `keep` as an earlier one takes its place: that one and all after it are forgotten.
        """
        parts = list(sentences(text))
        self._until = monotonic() + seconds
        if keep in self._kept:
            self._return_to(self._kept[keep])
        before = self._state
        try:
            with self._interruptible():
                steps = [self._step(each) for each in parts]
                if steps and steps[-1].goals is not None and not unfinished:
                    raise CoqError(_unfinished(steps[-1]))
        except (CoqError, KeyboardInterrupt):
            self._until = monotonic() + SECONDS
            if self.alive:
                self._return_to(before)
            raise
        if keep:
            self._kept[keep] = before
        return steps

    def _step(self, sentence: str) -> Step:
        """One sentence, executed before the next is read."""
        if why := refused(sentence):
            raise CoqError(why)
        if head(sentence) in LOCAL and self._depth() == self._outside:
            raise CoqError(f"outside of a section this is an axiom\n  in  {sentence}")
        self._said = []
        added = (
            f"<pair><pair><pair><pair><string>{escape(sentence)}</string><int>-1</int></pair>"
            f'<pair><state_id val="{self._state}"/><bool val="true"/></pair></pair><int>0</int></pair>'
            "<pair><int>1</int><int>0</int></pair></pair>"
        )
        self._state = _state(self._ask("Add", added, sentence))
        goals = self._ask("Goal", "<unit/>", sentence).find("option/goals")
        if goals is None:
            return Step(sentence, tuple(self._said))
        focused, later, *_ = goals
        waiting = len(later.findall(".//goal"))
        return Step(sentence, tuple(self._said), tuple(map(_goal, focused)), waiting)

    def _depth(self) -> int:
        """How many sections are open, and some that is the same for all."""
        return len(self._ask("Status", '<bool val="false"/>').findall("status/list[1]/string"))

    def _return_to(self, state: str) -> None:
        self._ask("Edit_at", f'<state_id val="{state}"/>')
        self._state = state
        self._kept = {name: each for name, each in self._kept.items() if int(each) < int(state)}

    # --- asking ---

    def _ask(self, call: str, argument: str, sentence: str = "") -> Element:
        """The answer to a call; `CoqError` if Coq refuses, `KeyboardInterrupt` if it was interrupted."""
        where = f"\n  in  {sentence}" if sentence else ""
        try:
            _open(self._to).write(f'<call val="{call}">{argument}</call>'.encode())
            _open(self._to).flush()
            value = self._value()
        except (_Gone, OSError) as problem:
            self.close()
            raise CoqError(f"{problem}: Coq has ended, and begins anew with the next text{where}") from None
        if self._interrupted:
            raise KeyboardInterrupt
        if monotonic() > self._until:
            raise CoqError(f"not done in time{where}")
        if value.get("val") != "good":
            raise CoqError(f"{_text(value).strip()}{where}")
        return value

    def _value(self) -> Element:
        """Read until the answer is there; what is said on the way is noted, and what takes too long is stopped."""
        stopped = False
        while True:
            for _, element in cast(Iterator[tuple[str, Element]], self._replies.read_events()):
                if element.tag == "value":
                    return element
                if element.tag == "message" and (level := element.find("message_level")) is not None:
                    said = _text(element[-1])
                    self._said += [said] if level.get("val") in SHOWN and not said.startswith(NOT_HERE) else []
            late = monotonic() - self._until
            if (late > 0 or self._interrupted) and not stopped:
                stopped, self._until = True, min(self._until, monotonic())
                self._process.send_signal(signal.SIGINT)
            elif late > GRACE:
                raise _Gone("it does not stop")
            self._replies.feed(self._read(0.1))

    def _read(self, seconds: float) -> bytes:
        """What has come within that time."""
        if not select([_open(self._from)], [], [], seconds)[0]:
            return b""
        found = os.read(_open(self._from).fileno(), 1 << 16)
        if not found:
            raise _Gone("nothing more is said")
        return found

    @contextmanager
    def _interruptible(self) -> Iterator[None]:
        """Ctrl-C reaches Coq while it is at work, and us when it has answered."""
        self._interrupted = False
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def interrupt(*_: Any) -> None:
            self._interrupted = True

        before = signal.signal(signal.SIGINT, interrupt)
        try:
            yield
            if self._interrupted:
                raise KeyboardInterrupt
        finally:
            self._interrupted = False
            signal.signal(signal.SIGINT, before)


def _ready() -> None:
    """Is there a Coq, and is proofs/ compiled?"""
    if not coqc.installed() or not _program():
        raise CoqError(coqc.HOW_TO_INSTALL)
    if coqc.stale():
        raise CoqError("proofs/ is not compiled, or has changed since: `make proofs` does it")


def _guarded() -> list[str]:
    """Coq ends with the program that asked it, and has only so much memory, where the system can see to that."""
    guards = (["prlimit", f"--as={MEMORY}"], ["setpriv", "--pdeathsig", "KILL"])
    return [word for guard in guards if shutil.which(guard[0]) for word in guard]


def _program() -> str:
    """coqidetop, which some systems have compiled under a name of its own only."""
    return shutil.which(COMMAND) or shutil.which(f"{COMMAND}.opt") or ""


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    """Pipes that were asked for are there."""
    if pipe is None:
        raise _Gone("there is no pipe")
    return pipe


# --- answers -------------------------------------------------------------------------------------


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _state(value: Element) -> str:
    found = value.find(".//state_id")
    if found is None:
        raise CoqError(f"Coq's answer is not what it should be: {_text(value)}")
    return found.get("val", "")


def _goal(element: Element) -> Goal:
    _, known, conclusion, *_ = element
    return Goal(tuple(map(_text, known)), _text(conclusion))


def _unfinished(last: Step) -> str:
    """What to say of a proof that a text leaves open."""
    left = len(last.goals or ()) + last.later
    what = f"{left} goal{'s' * (left > 1)} left" if left else "nothing left, and no Qed"
    shown = "".join(f"\n  {each.conclusion}" for each in last.goals or ())
    return f"the proof is not finished: {what}{shown}"
