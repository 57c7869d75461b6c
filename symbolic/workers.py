"""Lines of text worked on in processes of their own: whatever happens there, each line gets its reply in time.

    replies(lines, Task(work, failed, seconds), jobs)     the replies, in order, each as soon as it can be given

A worker is a fork of this process with bounds on its memory. It is ended when it takes much longer than it
should, and replaced when it ends by itself. Lines are read when there is room for them, and only the beginning
of a very long one is kept: neither many lines nor long ones need much memory.

    Lines(descriptor)        the lines of a file, a pipe or a terminal
    Lines.of(text)           a single one
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

with suppress(ImportError):  # on Windows and in browsers, where nothing is forked either
    import resource

__all__ = ["Lines", "Task", "replies"]

Reply = dict[str, Any]

MEMORY = 800 * 2**20  # bytes that a worker may address beyond what it begins with
PATIENCE = 1.5  # times its seconds, after which a worker is ended,
LEAST = 0.3  # but no sooner than so many seconds after them
LIFE = 1000  # lines, after which a worker is replaced, and what it has cached is forgotten
AHEAD = 64  # lines in work, or waiting for an earlier one, at most
REMEMBERED = 1000  # replies, for lines that come again
LONGEST = 400_004  # bytes of a line that are kept: more than a line may have
BLOCK = 2**16
READY = b"."  # what a worker says first


@dataclass(frozen=True)
class Task:
    """What a worker does with a line, and in how many seconds; what is replied if it does not, given the reason and
    the seconds; which replies are the same when the line comes again; and what a worker does before its first line,
    which takes none of its time."""

    work: Callable[[str], Reply]
    failed: Callable[[str, str, float], Reply]
    seconds: float
    is_final: Callable[[Reply], bool] = lambda reply: False
    prepare: Callable[[], object] = lambda: None


class Lines:
    """Lines that are read as they come. `ready` are those that can be had now."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.ready: deque[bytes] = deque()
        self.ended = False
        self._begun = b""

    @classmethod
    def of(cls, text: str) -> Lines:
        """One line, and no more."""
        lines = cls(-1)
        lines.ready.append(text.encode("utf-8", "surrogateescape"))
        lines.ended = True
        return lines

    def read(self) -> None:
        """What there is to read, a block at most."""
        self.take(os.read(self.descriptor, BLOCK))

    def take(self, block: bytes) -> None:
        """A block of what is read; an empty one is the end."""
        *whole, rest = block.split(b"\n")
        for end in whole:
            self._add(self._begun + end)
            self._begun = b""
        self._begun = (self._begun + rest)[:LONGEST]
        if not block:
            self.ended = True
            self._add(self._begun)

    def _add(self, line: bytes) -> None:
        line = line.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\r")[:LONGEST]
        if line.strip() and not line.startswith(b"#"):
            self.ready.append(line)


@dataclass(eq=False)
class _Item:
    """A line in work."""

    line: str
    since: float = field(default_factory=monotonic)
    reply: Reply | None = None


@dataclass(eq=False)
class _Worker:
    """A process, the pipes to it and from it, the line it works on, and how many it has been given."""

    process: int
    inbox: int
    outbox: int
    item: _Item | None = None
    end: float = 0
    given: int = 0
    begun: bytes = field(default=b"", repr=False)

    def give(self, item: _Item, seconds: float) -> None:
        """Have a line worked on."""
        self.item, self.given = item, self.given + 1
        self.end = monotonic() + max(seconds * PATIENCE, seconds + LEAST)
        message = json.dumps(item.line).encode() + b"\n"
        with suppress(BrokenPipeError):  # its end is seen when its reply is waited for
            while message:
                message = message[os.write(self.inbox, message) :]

    def hear(self) -> Reply | None:
        """Its reply, or what there is of it so far; an empty reply if it has ended."""
        block = os.read(self.outbox, BLOCK)
        self.begun += block
        if not block:
            return {}
        if not self.begun.endswith(b"\n"):
            return None
        reply, self.begun = json.loads(self.begun), b""
        return dict(reply)

    def dismiss(self) -> None:
        """End the process."""
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.inbox)
        os.close(self.outbox)


class _Crew:
    """The workers of a task."""

    def __init__(self, task: Task, jobs: int) -> None:
        self.task = task
        self.workers: list[_Worker | None] = [None] * jobs
        self.remembered: OrderedDict[str, Reply] = OrderedDict()

    @property
    def idle(self) -> int | None:
        """The place of a worker who could take a line."""
        places = [at for at, each in enumerate(self.workers) if each is None or each.item is None]
        return min(places, key=lambda at: self.workers[at] is None, default=None)

    @property
    def busy(self) -> list[_Worker]:
        return [each for each in self.workers if each is not None and each.item is not None]

    def take(self, item: _Item) -> None:
        """Work on a line, if its reply is not known."""
        known = self.remembered.get(item.line)
        if known is not None:
            item.reply = known
            return
        place = self.idle
        if place is None:
            raise RuntimeError("nobody is idle")
        worker = self.workers[place]
        if worker is None:
            worker = self.workers[place] = self.engage()
        worker.give(item, self.task.seconds)

    def engage(self) -> _Worker:
        """A new worker."""
        others = [pipe for each in self.workers if each is not None for pipe in (each.inbox, each.outbox)]
        theirs, inbox = os.pipe()
        outbox, ours = os.pipe()
        process = os.fork()
        if process == 0:
            for pipe in (*others, inbox, outbox):  # so that all see it when the other side ends
                os.close(pipe)
            _serve(self.task, theirs, ours)
        os.close(theirs)
        os.close(ours)
        os.read(outbox, len(READY))
        return _Worker(process, inbox, outbox)

    def dismiss(self, worker: _Worker) -> None:
        self.workers[self.workers.index(worker)] = None
        worker.dismiss()

    def hear(self, worker: _Worker) -> None:
        """What a worker has to say about its line."""
        answer, item = worker.hear(), worker.item
        if answer is None or item is None:
            return
        if "reply" in answer:
            worker.item = None
            self.settle(item, answer["reply"])
            if answer["tired"] or worker.given >= LIFE:
                self.dismiss(worker)
        else:
            self.fail(worker, answer.get("failure", "the work ended without an answer: perhaps the memory ran out"))

    def settle(self, item: _Item, reply: Reply) -> None:
        item.reply = reply
        if self.task.is_final(reply):
            self.remembered[item.line] = reply | ({"seconds": 0.0} if "seconds" in reply else {})
            if len(self.remembered) > REMEMBERED:
                self.remembered.popitem(last=False)

    def fail(self, worker: _Worker, reason: str) -> None:
        """A worker who had done something before may only have been tired: another one tries the line once more."""
        item, fresh = worker.item, worker.given == 1
        self.dismiss(worker)
        if item is None:
            return
        if fresh:
            item.reply = self._failed(item, reason)
        else:
            self.take(item)

    def end_the_late(self) -> None:
        for worker in self.busy:
            if monotonic() > worker.end and worker.item is not None:
                worker.item.reply = self._failed(worker.item, "the time ran out")
                self.dismiss(worker)

    def _failed(self, item: _Item, reason: str) -> Reply:
        return self.task.failed(item.line, reason, monotonic() - item.since)

    def disband(self) -> None:
        for worker in self.workers:
            if worker is not None:
                worker.dismiss()


def replies(lines: Lines, task: Task, jobs: int = 1) -> Iterator[Reply]:
    """The replies to the lines, in order; where processes cannot be forked, they are worked on here."""
    if not hasattr(os, "fork") or sys.platform in ("emscripten", "wasi"):  # where it is there, and fails
        yield from _replies_from_here(lines, task)
        return
    crew = _Crew(task, jobs)
    waiting: deque[_Item] = deque()
    try:
        while lines.ready or waiting or not lines.ended:
            while lines.ready and len(waiting) < AHEAD and crew.idle is not None:
                waiting.append(item := _Item(lines.ready.popleft().decode("utf-8", "replace")))
                crew.take(item)
            while waiting and (reply := waiting[0].reply) is not None:
                waiting.popleft()
                yield reply
            _wait(lines, crew, has_room=len(waiting) < AHEAD)
    finally:
        crew.disband()


def _wait(lines: Lines, crew: _Crew, has_room: bool) -> None:
    """Until there is a line to read, a reply to hear or a worker to end."""
    busy = crew.busy
    can_read = not lines.ended and not lines.ready and has_room
    if not busy and not can_read:
        return
    sources = [worker.outbox for worker in busy] + [lines.descriptor] * can_read
    soonest = min((worker.end - monotonic() for worker in busy), default=3600.0)
    heard, _, _ = select.select(sources, [], [], min(max(0.0, soonest), 3600.0))
    for worker in busy:
        if worker.outbox in heard:
            crew.hear(worker)
    if can_read and lines.descriptor in heard:
        lines.read()
    crew.end_the_late()


def _replies_from_here(lines: Lines, task: Task) -> Iterator[Reply]:
    task.prepare()
    while lines.ready or not lines.ended:
        while lines.ready:
            yield task.work(lines.ready.popleft().decode("utf-8", "replace"))
        if not lines.ended:
            lines.read()


# --- in the worker -------------------------------------------------------------------------------


def _serve(task: Task, inbox: int, outbox: int) -> None:
    """Reply to one line after the other; never return."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that reads the lines
        _bound_memory()
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        _prepare(task)
        os.write(outbox, READY)
        with os.fdopen(inbox, "rb") as letters:
            begun_with = _memory_used()
            for letter in letters:
                answer = _answer(task.work, json.loads(letter))
                answer["tired"] = _memory_used() - begun_with > MEMORY // 3  # the next line might lack it
                message = json.dumps(answer).encode() + b"\n"
                while message:
                    message = message[os.write(outbox, message) :]
                if "failure" in answer:
                    break
    finally:
        os._exit(0)


def _prepare(task: Task) -> None:
    """What is loaded stays; to look for garbage in it, now and later, takes a tenth of the time that loading takes."""
    gc.disable()
    task.prepare()
    gc.freeze()
    gc.enable()


def _answer(work: Callable[[str], Reply], line: str) -> Reply:
    try:
        return {"reply": work(line)}
    except MemoryError:
        return {"failure": "the memory ran out"}
    except (RecursionError, SystemError):  # where the stack ends within C, CPython may lose the error
        return {"failure": "this is nested too deeply"}
    except Exception as error:
        return {"failure": f"a defect of this program, {type(error).__name__}: {error}"[:500]}


def _memory_used() -> int:
    """The most bytes used so far. A fork begins with what its parent had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _addressed() -> int:
    """The bytes that are addressed, where the system says it: a fork begins with what its parent had."""
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:
            return int(pages.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _bound_memory() -> None:
    for what, most in ((resource.RLIMIT_AS, _addressed() + MEMORY), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # some systems know no such bound
            resource.setrlimit(what, (bound, bound))
