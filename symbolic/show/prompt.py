"""`symbolic ask`: a prompt at which a line is a claim.

    p[i] < 1                    its verdict, as `verify` gives it
    derive diff(p[i], z[j])     a value with its derivation; likewise explain, show, list, help
    exercise 02-3 p[i]          what is said of an answer; hint 02-3
    game 1 Z                    likewise of an answer to a level; game alone lists them

History is kept in ~/.symbolic_history; Tab completes words of the language and names of results.
exit, quit or Ctrl-D ends it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from symbolic.language.forms import FORMS
from symbolic.language.names import FIXED
from symbolic.show.catalogue import entries

HISTORY = Path.home() / ".symbolic_history"
COMMANDS = ("derive", "explain", "exercise", "hint", "game", "show", "list", "help")
ENDING = ("exit", "quit")
GREETING = (
    "A line is a claim, such as  p[i] < 1 given n >= 2.  "
    "Before a line: derive, explain, exercise, game, show, list.  Ctrl-D ends."
)


def ask(seconds: float) -> int:
    """Answer line after line until there are no more; the exit code."""
    import_module("symbolic.answers")  # once, and not in the process of each claim
    for line in map(str.strip, _typed() if sys.stdin.isatty() else sys.stdin):
        if line in ENDING:
            break
        if line:
            _answer(line, seconds)
    return 0


def arguments(line: str, seconds: float) -> list[str]:
    """What the command line would be given.

    >>> arguments("show softmax_sum1", 5.0)
    ['show', 'softmax_sum1']
    >>> arguments("explain p[i] <= 1", 5.0)
    ['verify', '--seconds=5.0', '--explain', 'p[i] <= 1']
    """
    command, _, rest = line.partition(" ")
    if command in ("list", "help", "show"):
        return [command, *rest.split()]
    if command == "derive":
        return [command, rest]
    if command in ("exercise", "game"):
        return [command, *rest.split(maxsplit=1)]
    if command == "hint":
        return ["exercise", *rest.split(), "--hint"]
    explained = command == "explain"
    return ["verify", f"--seconds={seconds}", *["--explain"] * explained, rest if explained else line]


def _answer(line: str, seconds: float) -> None:
    from symbolic.__main__ import main

    with suppress(SystemExit):  # argparse has said what is missing
        main(arguments(line, seconds))


def _typed() -> Iterator[str]:
    print(GREETING)
    words = [*COMMANDS, "given", *FIXED, *FORMS, *(each.name for each in entries())]
    session: PromptSession[str] = PromptSession(history=_history(), completer=WordCompleter(words))
    while True:
        try:
            yield session.prompt("softmax> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _history() -> History:
    try:
        HISTORY.touch()
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(HISTORY))
