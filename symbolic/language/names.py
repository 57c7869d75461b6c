"""Names, one grammar for text and Python: one letter, perhaps with digits, or a Greek letter's name.

    check_name(name, kind)      `NotationError` for what is no name of this kind
    unused(letters, used)       names that are not used, without end

A few names have a meaning of their own: n is the number of classes, z the family of logits. All other words of the
language, `sum` and `given` and `oo`, have more than one letter, and are no names by the grammar.

>>> check_name("y1", Kind.FAMILY)
>>> check_name("a", Kind.SUBSET)
Traceback (most recent call last):
    ...
symbolic.language.errors.NotationError: `a` names a subset: expected a capital letter
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import Enum
from itertools import chain, count

from symbolic.language.errors import NotationError

__all__ = ["FIXED", "GRAMMAR", "GREEK", "LETTER", "Kind", "check_name", "is_name", "unused"]


class Kind(Enum):
    """What a letter can be; the value says it in words."""

    INDEX = "an index"
    FAMILY = "a family"
    SUBSET = "a subset"
    NUMBER = "a number"


FIXED = {
    "n": (Kind.NUMBER, "the number of classes"),
    "lambda": (Kind.NUMBER, "the inverse temperature"),
    "lam": (Kind.NUMBER, "the inverse temperature"),
    "λ": (Kind.NUMBER, "the inverse temperature"),
    "T": (Kind.NUMBER, "the temperature"),
    "Z": (Kind.NUMBER, "the partition function"),
    "z": (Kind.FAMILY, "the family of logits"),
    "p": (Kind.FAMILY, "the softmax of z"),
}
CONSTANTS = {"e": "the number exp(1), SymPy's E", "pi": "the number pi, SymPy's pi"}
OBJECTS = {"lambda": "lam", "λ": "lam"}  # what Python calls them, where it is another word
GREEK = (
    "alpha", "beta", "gamma", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "mu", "nu", "xi", "omicron",
    "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
LETTER = re.compile(r"[A-Za-z][0-9]*")
GRAMMAR = "a name is one letter, perhaps with digits, or a Greek letter's name"


def is_name(word: str) -> bool:
    """Is this a name by the grammar?"""
    return word in GREEK or LETTER.fullmatch(word) is not None


def check_name(name: str, kind: Kind) -> None:
    """Refuse what is no name, what has another meaning, and a subset without a capital letter."""
    if not isinstance(name, str):
        raise NotationError(f"{kind.value} has a name, which is text, not {name!r}")
    if name in FIXED and (name, kind) != ("z", Kind.FAMILY):
        word = OBJECTS.get(name, name)
        raise NotationError(f"`{name}` is {FIXED[name][1]}: import it, `from symbolic import {word}`, or take a name")
    if name in CONSTANTS and kind is Kind.NUMBER:
        raise NotationError(f"`{name}` is {CONSTANTS[name]}: take another name for a scalar")
    if not is_name(name):
        raise NotationError(f"`{name}` is not a name: {GRAMMAR}")
    if kind is Kind.SUBSET and not name[0].isupper():
        raise NotationError(f"`{name}` names a subset: expected a capital letter")


def unused(letters: str, used: Collection[str]) -> Iterator[str]:
    """The letters that are not used, and then, without end, those with a number.

    >>> from itertools import islice
    >>> list(islice(unused("klm", {"k", "m", "k1"}), 3))
    ['l', 'l1', 'm1']
    """
    numbered = (f"{letter}{number}" for number in count(1) for letter in letters)
    return (each for each in chain(letters, numbered) if each not in used)
