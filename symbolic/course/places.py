"""A point, read from text: n = 2, lambda = 1, z = (0, log(2)), i = 1, A = {1, 2}.

    read_point(text, claim) -> Point        NotationError says what is missing, or cannot be read
    asked_of(claim) -> str                  what a point of the claim says, with dots for the numbers

Numbers are expressions of the claim language without letters, and exact; nothing is evaluated as code. Lists may have
square brackets, semicolons may stand for commas, and z_1 = 0, z_2 = 1 or z[1] = 0, z[2] = 1 is a list entry by entry.

>>> from symbolic.language.parser import parse_claim
>>> read_point("z = (0, log(2)), i = 2", parse_claim("p[i] > 1/2")).indices
{'i': 2}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sympy import Expr, Integer

from symbolic.language.claims import Claim, Point
from symbolic.language.errors import NotationError
from symbolic.language.parser import parse_expression
from symbolic.points import evaluate
from symbolic.points.names import Names, free_names

__all__ = ["asked_of", "read_point"]

T = TypeVar("T")

LENGTH = 1000  # characters
CLASSES = 12  # classes that a point may have
PART = re.compile(r"\s*([^\W\d_][^\W_]*)(?:_(\d{1,2})|_\{(\d{1,2})\}|\((\d{1,2})\))?\s*(?:==?|:)\s*")
SPELLED = {"λ": "lambda", "lam": "lambda", "ε": "epsilon", "η": "eta"}
SIGNS = str.maketrans(";[]", ",()")
NUMBERS = {"n", "lambda", "T"}
ALWAYS = NUMBERS | {"z"}  # may be said of any line
WHOLE = re.compile(r"[0-9]{1,2}")


@dataclass
class _Parts:
    """What a text says, by name."""

    lists: dict[str, list[str]] = field(default_factory=dict)
    sets: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def names(self) -> set[str]:
        return {*self.lists, *self.sets, *self.numbers}


def read_point(text: str, claim: Claim) -> Point:
    """The point that a text says, for what the claim speaks of; lambda is 1 if nothing is said of it."""
    if len(text) > LENGTH:
        raise NotationError(f"a point has at most {LENGTH} characters")
    names, parts = free_names(claim), _parts(_cleaned(text))
    if strange := parts.names() - ALWAYS - {*names.families, *names.indices, *names.scalars, *names.subsets}:
        raise NotationError(f"the line does not speak of {min(strange)}")
    if several := NUMBERS & {*parts.lists, *parts.sets}:
        raise NotationError(f"{min(several)} is one number")
    size = _size(parts)
    zeros = f"({', '.join(['0'] * size)})"
    families = {each: tuple(map(_number, _required(parts.lists, each, zeros))) for each in names.families}
    return Point(
        families,
        _temperature(parts),
        {each: _class(_required(parts.numbers, each, "1"), size) for each in names.indices},
        {each: _number(_required(parts.numbers, each, "1")) for each in names.scalars},
        {each: frozenset(_class(one, size) for one in _required(parts.sets, each, "{1}")) for each in names.subsets},
        size=max(size, _least(names)),
    )


def asked_of(claim: Claim) -> str:
    """What a point of the claim says, with dots for the numbers.

    >>> from symbolic.language.parser import parse_claim
    >>> asked_of(parse_claim("diff(c*p[j], z[j]) > 0"))
    'n = ..., lambda = ..., z = (..., ...), j = ..., c = ...'
    """
    names = free_names(claim)
    numbers = (f"{each} = ..." for each in (*names.indices, *names.scalars))
    lists = (f"{each} = (..., ...)" for each in names.families)
    sets = (f"{each} = {{..., ...}}" for each in names.subsets)
    size = ["n = ..."] * bool(names.families)
    return ", ".join([*size, *["lambda = ..."] * names.has_temperature, *lists, *sets, *numbers])


def _least(names: Names) -> int:
    return max(names.literals, 1)


def _cleaned(text: str) -> str:
    """The text with commas and round brackets, and without a bracket around all of it."""
    said = text.translate(SIGNS).replace(r"\lambda", "lambda").strip()
    return said[1:-1] if said.startswith("(") and _closes(said) else said


def _parts(text: str) -> _Parts:
    found, entries = _Parts(), dict[str, dict[int, str]]()
    for name, number, value in _assignments(text):
        if name in found.names() or (name in entries and int(number or 0) in {0, *entries[name]}):
            raise NotationError(f"{name} is said twice")
        if number:
            entries.setdefault(name, {})[int(number)] = value
        elif value.startswith("(") and _closes(value) and name not in found.numbers:
            found.lists[name] = [each for _, each in _split(value[1:-1])]
        elif value.startswith("{") and value.endswith("}"):
            found.sets[name] = [each.strip() for each in value[1:-1].split(",") if each.strip()]
        else:
            found.numbers[name] = value
    for name, values in entries.items():
        if sorted(values) != list(range(1, len(values) + 1)):
            raise NotationError(f"expected {name}_1, {name}_2 and so on, each once")
        found.lists[name] = [values[at] for at in sorted(values)]
    return found


def _closes(value: str) -> bool:
    """Is the bracket that opens first the one that closes last?"""
    depth = 0
    for at, each in enumerate(value):
        depth += (each == "(") - (each == ")")
        if depth == 0:
            return at == len(value) - 1
    return False


def _assignments(text: str) -> Iterator[tuple[str, str, str]]:
    """Names, the number of an entry where one is named, and values."""
    for at, piece in _split(text):
        found = PART.match(piece)
        if found is None:
            raise NotationError(f"expected a name and its value, such as z = (0, 1), at character {at + 1}")
        name, *numbers = found.groups()
        yield SPELLED.get(name, name), next(filter(None, numbers), ""), piece[found.end() :].strip()


def _split(text: str) -> Iterator[tuple[int, str]]:
    """The pieces between commas that stand in no bracket, each with its place."""
    depth = start = 0
    for at, each in enumerate(text + ","):
        depth += (each in "({") - (each in ")}")
        if each == "," and depth <= 0:
            if text[start:at].strip():
                yield start, text[start:at].strip()
            start = at + 1


def _size(parts: _Parts) -> int:
    """The number of classes: that which n says, and as long as every list is."""
    lengths = {len(each) for each in parts.lists.values()}
    if "n" in parts.numbers:
        lengths.add(_whole(parts.numbers["n"]))
    if len(lengths) > 1:
        raise NotationError(f"the lists and n do not agree: {' and '.join(map(str, sorted(lengths)))} classes")
    size = lengths.pop() if lengths else 1
    if not 1 <= size <= CLASSES:
        raise NotationError(f"a point has 1 to {CLASSES} classes here, not {size}")
    return size


def _required(said: Mapping[str, T], name: str, example: str) -> T:
    if name not in said:
        raise NotationError(f"the point does not say what {name} is, as in {name} = {example}")
    return said[name]


def _whole(text: str) -> int:
    if not WHOLE.fullmatch(text.strip()):
        raise NotationError(f"expected a whole number from 1 to {CLASSES}, not {text[:40]}")
    return int(text)


def _class(text: str, size: int) -> int:
    number = _whole(text)
    if not 1 <= number <= size:
        raise NotationError(f"there is no class {number}: there are {size}")
    return number


def _number(text: str) -> Expr:
    number = parse_expression(text)
    evaluate.constant(number)
    return number


def _temperature(parts: _Parts) -> Expr:
    said = parts.numbers.get("lambda")
    if said is None and "T" in parts.numbers:
        said = f"1/({parts.numbers['T']})"
    number = _number(said) if said is not None else Integer(1)
    if not number.is_positive:
        raise NotationError("lambda is positive")
    return number
