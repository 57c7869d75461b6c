"""Coq's text as sentences, and those among them by which something unproved could be had.

    sentences(text)        the text cut where Coq cuts it
    refused(sentence)      why a sentence is not taken, if it is not: it is no proof, no definition and no question
    head(sentence)         its command
    gaps(text)             the sentences of a chapter of proofs/ that are not to be there

Commands are allowed by name, so that one that assumes (Axiom, Parameter, Conjecture, Admitted, Declare Module) or
switches a check off (Unset Guard Checking, bypass_check) is refused without being known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symbolic.language.errors import SymbolicError

__all__ = ["LOCAL", "CoqError", "gaps", "head", "refused", "sentences"]


class CoqError(SymbolicError):
    """Coq does not accept it, or cannot be asked."""

    def _render_traceback_(self) -> list[str]:
        """In a notebook the message is what matters, not the way it took through our code."""
        return [f"CoqError: {self}"]


# --- sentences -----------------------------------------------------------------------------------

TOKEN = re.compile(r'"(?:[^"]|"")*(?:"|\Z)|\(\*|\*\)|\.{2,}|.', re.DOTALL)
BULLET = re.compile(r"-+|\++|\*+|[{}]|(\d+|\[\w+\])\s*:\s*\{")


def sentences(text: str) -> Iterator[str]:
    """The text cut after each full stop that blanks follow, and after bullets and braces, comments between left out.

    >>> list(sentences('Lemma a : 0.5 < 1. (* easy. *) Proof. - lra. Qed.'))
    ['Lemma a : 0.5 < 1.', 'Proof.', '-', 'lra.', 'Qed.']
    """
    begin: int | None = None  # of the sentence; None between two
    depth = at = 0
    while at < len(text):
        bullet = BULLET.match(text, at) if begin is None and depth == 0 else None
        found = bullet or TOKEN.match(text, at)
        if found is None:
            raise CoqError(f"cannot be read: {text[at:]}")
        token, here, at = found[0], at, found.end()
        if bullet:
            yield token
        elif token == "(*" or (token == "*)" and depth):
            depth += 1 if token == "(*" else -1
        elif depth == 0 and not token.isspace():
            begin = here if begin is None else begin
            if token in (".", "...") and (at == len(text) or text[at].isspace()):
                yield text[begin:at]
                begin = None
    if begin is not None or depth:
        raise CoqError(f"a sentence of Coq ends with a full stop: {text[begin or 0 :].strip()}")


# --- what is not taken ---------------------------------------------------------------------------

CHAPTER = frozenset({
    "Theorem", "Lemma", "Definition", "Fixpoint", "Inductive", "Let", "Proof", "Qed", "Section", "End", "Variable",
    "Variables", "Context", "Implicit", "Arguments", "Notation", "Canonical", "Ltac", "From",
})  # fmt: skip
CELL = CHAPTER | {
    "Corollary", "Proposition", "Fact", "Remark", "Example", "Goal", "Defined", "Abort", "Record", "Import", "Require",
    "Open", "Close", "Check", "Print", "About", "Search", "SearchPattern", "Locate", "Compute", "Eval", "Show", "Undo",
}  # fmt: skip
LOCAL = frozenset({"Variable", "Variables", "Context"})  # of a section: outside of one they are axioms
BEFORE = re.compile(r"(?:(?:Local|Global|Time|Fail|Succeed)\s+)*")
HEAD = re.compile(r"[^\W\d_]\w*|#")
OPTIONS = re.compile(
    r"(?:Set|Unset)\s+(?:Implicit\s+Arguments|Strict\s+Implicit|Printing\s[\w\s]+)\.|(?:Delimit|Open)\s+Scope\s[^.]*\."
)


def command(sentence: str) -> str:
    """The sentence from its command on: without comments, and what may stand before.

    >>> command("Time (* it (* is *) said *) Local Definition a := 0.")
    'Definition a := 0.'
    """
    return BEFORE.sub("", _without_comments(sentence).strip(), count=1)


def _without_comments(sentence: str) -> str:
    """The sentence as Coq reads it: a comment may have comments in it."""
    kept, depth = [""], 0
    for token in TOKEN.findall(sentence):
        if token == "(*" or (token == "*)" and depth):
            depth += 1 if token == "(*" else -1
            kept.append(" ")
        elif depth == 0:
            kept.append(token)
    return "".join(kept)


def head(sentence: str) -> str:
    """The first word of the command; empty for a bullet, and steps of a proof that begin with none."""
    word = HEAD.match(command(sentence))
    return word[0] if word else ""


def refused(sentence: str, commands: frozenset[str] = CELL) -> str:
    """Why it is not taken; empty if it is: a step of a proof, one of the commands, or a harmless option.

    >>> refused("Axiom a : False."), refused("by apply: a.")
    ('Axiom is not taken: definitions, proofs and questions are', '')
    """
    word = head(sentence)
    if not word or word[0].islower() or word in commands or OPTIONS.fullmatch(command(sentence)):
        return ""
    what = " ".join(command(sentence).split()[:3]) if word in ("Set", "Unset", "#") else word
    return f"{what} is not taken: definitions, proofs and questions are"


def gaps(text: str) -> list[str]:
    """What a chapter holds besides definitions, proofs, and variables of its sections."""
    found, opened = [], 0
    for sentence in sentences(text):
        word = head(sentence)
        opened += (word == "Section") - (word == "End")
        if why := refused(sentence, CHAPTER):
            found.append(why)
        elif word in LOCAL and not opened:
            found.append(f"{word} outside of a section is an axiom")
    return found
