"""Ten statements to be proved in Coq, in a notebook: `%load_ext symbolic.course`, and then

    %prove                  the statements
    %prove 3                one of them, and what may be used
    %prove 3 --hint         the next hint, a tactic
    %%prove 3               a cell with the steps of a proof, done or not

The statement is fixed: a cell has steps and questions (Check, Search, ...) only, no command. So nothing can be assumed,
defined or stated in it, no other proof opened and no check switched off. The theorem is done when Coq has taken its Qed
and lists, as what it rests on, the axioms of the real numbers alone. Of the lemmas of proofs/ those may be used that
are in the inventory of the level: one of the others would be the statement itself.
"""

from __future__ import annotations

import atexit
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from symbolic.coq import coqc
from symbolic.coq.coqide import CoqError, Session, Shared, Step
from symbolic.coq.formulas import formula as goal
from symbolic.coq.magic import Told, coloured
from symbolic.coq.theorems import stated
from symbolic.coq.vernacular import head, sentences
from symbolic.course.asking import Hint, next_hint, progress, remember
from symbolic.language.errors import SymbolicError
from symbolic.language.hypertext import inline
from symbolic.language.prose import formula

__all__ = ["Proof", "Tried", "load_ipython_extension", "proof", "proofs", "prove"]

CHAPTER = "zero_temperature"
QUESTIONS = frozenset({"Check", "About", "Search", "Print", "Locate"})
OPEN_TO_ALL = ("prelude", "notation")  # chapters whose lemmas are about sums and words, not about softmax
NOTEBOOK = "21"
PROPOSITION = re.compile(r"[=<~]|partial|lim|forall")  # no type


@dataclass(frozen=True)
class Proof:
    """A statement to be proved: in Coq, on paper, what may be used, hints of one tactic each, and our proof."""

    number: int
    title: str
    says: str
    statement: str
    inventory: tuple[str, ...]
    hints: tuple[str, ...]
    solution: str
    denies: str = ""

    @property
    def id(self) -> str:
        """Its name in the file of progress."""
        return f"{NOTEBOOK}-{self.number}"

    @property
    def theorem(self) -> str:
        """The first sentence of its proof."""
        return f"Theorem level_{self.number} {self.statement}."

    def __str__(self) -> str:
        denied = [f"  and not {self.denies}"] if self.denies else []
        used = f"You may use {', '.join(self.inventory)}, and what Coq itself has."
        return "\n".join([f"Proof {self.number}, {self.title}", f"  {self.says}", *denied, self.theorem, used])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        denied = f"<p>and not always {inline(formula(self.denies))}</p>" if self.denies else ""
        used = f"<p>You may use <code>{'</code>, <code>'.join(self.inventory)}</code>, and what Coq itself has.</p>"
        head = f"<h4>Proof {self.number}, {escape(self.title)}</h4><p>{inline(formula(self.says))}</p>{denied}"
        return f"{head}<pre>{coloured(self.theorem)}</pre>{used}"


@dataclass(frozen=True)
class Tried:
    """What has become of a proof: each sentence, and under it what is known and what is left, as formulas."""

    proof: Proof
    steps: tuple[Step, ...]
    is_done: bool

    def __bool__(self) -> bool:
        """It is proved."""
        return self.is_done

    def _verdict(self) -> str:
        if self.is_done:
            return "proved: nothing is left, and it rests on the axioms of the real numbers alone."
        last = self.steps[-1]
        return f"not proved yet: {len(last.goals or ()) + last.later} to go."

    def __str__(self) -> str:
        return f"{Told(self.steps)}\nProof {self.proof.number} is {self._verdict()}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        parts = (f"<pre><b>{coloured(said)}</b></pre>{_formulas(told)}" for said, told in Told(self.steps).parts)
        return f"{''.join(parts)}<p><b>Proof {self.proof.number} is {escape(self._verdict())}</b></p>"


def _formulas(told: str) -> str:
    """What Coq says after a sentence, its propositions as formulas."""
    shown = map(_as_formula, re.split(r"\n(?! )", told))
    return f'<div style="margin:0 0 .6em 2em">{"<br>".join(shown)}</div>'


def _as_formula(said: str) -> str:
    names, joint, what = said.partition(" : ")
    if said.startswith("⊢ "):
        names, joint, what = "⊢", " ", said[2:]
    found = goal(what) if joint and PROPOSITION.search(what) else ""
    if not found:
        return f"<code>{escape(said)}</code>"
    return f"<code>{escape(names)}</code> {inline(found)}"


# --- the proofs ----------------------------------------------------------------------------------


@cache
def proofs() -> tuple[Proof, ...]:
    """All ten."""
    said = tomllib.loads((files(__package__) / "proofs.toml").read_text("utf-8"))
    return tuple(_proof(entry) for entry in said["proof"])


def _proof(entry: dict[str, Any]) -> Proof:
    frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Proof(**frozen)


def proof(number: int) -> Proof:
    """The statement of that number; `SymbolicError` if there is none."""
    if not 1 <= number <= len(proofs()):
        raise SymbolicError(f"there are proofs 1 to {len(proofs())}, and no proof {number}")
    return proofs()[number - 1]


def prove(number: int, text: str, seconds: float = 60) -> Tried:
    """Try the steps of a proof; `CoqError` says which of them is not taken, and why."""
    asked = proof(number)
    steps = _steps(asked, text)
    session = _shared.get()
    begun = "\n".join([asked.theorem, "Proof.", *steps])
    found = session.run(begun, keep="proof", seconds=seconds, unfinished=True)
    is_done = found[-1].goals == () and not found[-1].later
    if is_done:
        found += session.run("Qed.", seconds=seconds)
        _rests_on_the_reals(session, f"level_{number}")
    remember(asked.id, text, is_done)
    return Tried(asked, tuple(found), is_done)


def _steps(asked: Proof, text: str) -> list[str]:
    """The sentences of a cell, if all are steps or questions; Proof and Qed may stand around them."""
    found = list(sentences(text))
    found = found[1:] if found[:1] == ["Proof."] else found
    found = found[:-1] if found[-1:] == ["Qed."] else found
    for each in found:
        word = head(each)
        if word and not word[0].islower() and word not in QUESTIONS:
            raise CoqError(f"{word} is not taken here: a cell has the steps of the proof, and questions\n  in  {each}")
        for name in re.findall(r"[^\W\d][\w']*", each):
            if name in _closed() and name not in asked.inventory and word not in QUESTIONS:
                raise CoqError(f"{name} is not in the inventory of this proof\n  in  {each}")
    return found


@cache
def _closed() -> frozenset[str]:
    """The lemmas that only an inventory opens."""
    return frozenset(name for chapter, name in stated("Theorem", "Lemma") if chapter not in OPEN_TO_ALL)


def _rests_on_the_reals(session: Session, name: str) -> None:
    said = "\n".join(each for step in session.run(f"Print Assumptions {name}.") for each in step.said)
    if more := coqc.axioms(said) - coqc.ALLOWED:
        raise CoqError(f"it rests on {', '.join(sorted(more))}")


# --- the magic -----------------------------------------------------------------------------------

_shared = Shared(coqc.heading(CHAPTER))


@dataclass(frozen=True)
class Proofs:
    """The list of all, with what is done."""

    done: frozenset[str]

    def _rows(self) -> Iterator[tuple[str, Proof]]:
        return (("●" if each.id in self.done else "○", each) for each in proofs())

    def __str__(self) -> str:
        return "\n".join(f"{mark} {each.number:2} {each.title:26} {each.denies and 'not '}{each.denies or each.says}"
                         for mark, each in self._rows())  # fmt: skip

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        rows = (
            f"| {mark} | {each.number} | {each.title} | {each.denies and 'not '}${formula(each.denies or each.says)}$ |"
            for mark, each in self._rows()
        )
        return "\n".join(["| | | proof | of |", "|---|---|---|---|", *rows])


class _Tactic(Hint):
    """A hint that is a tactic: between its backquotes is Coq."""

    def _repr_markdown_(self) -> str:
        return f"*Hint {self.number} of {self.many}.* {self.text}"


def _listed() -> Proofs:
    found = progress()
    return Proofs(frozenset(each.id for each in proofs() if found.is_right(each.id)))


def _asked(line: str, cell: str | None = None) -> Proofs | Proof | Hint | Tried:
    words = line.split()
    if not words and cell is None:
        return _listed()
    number, *options = words or [""]
    if not number.isdecimal() or options not in ([], ["--hint"]):
        raise SymbolicError(f"say which proof, as in %prove 3, or %prove 3 --hint; not {line!r}")
    asked = proof(int(number))
    if options:
        return _Tactic(**vars(next_hint(asked.id, asked.hints)))
    return asked if cell is None else prove(asked.number, cell)


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext symbolic.course` calls."""
    _asked.__doc__ = __doc__
    shell.register_magic_function(_asked, "line_cell", "prove")
    atexit.register(_shared.close)
