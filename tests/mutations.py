"""Lines of the claim language, changed by one or two random edits of their text.

    mutated(line, seed)     the line with a word, a number, an operator or an index replaced, a hypothesis gone, or one
                            more, which says of a size, a count or a product that it is 0, or 1, or another quantity

Most of what comes out is false, some of it still true, some makes no sense: the language refuses that.
Nothing here knows what a claim means.

>>> mutated("p[i] < 1 given n >= 2", 1) != "p[i] < 1 given n >= 2"
True
"""

from __future__ import annotations

import re
from random import Random

TOKEN = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]\w*|[<>=!]=|\S")

# What may stand in one another's place.
KINDS = [
    ("==", "<=", ">=", "<", ">", "!="),
    ("+", "-"),
    ("*", "/", "+"),
    ("i", "j", "k", "l"),
    ("z", "w", "y", "v"),
    ("sum", "prod", "max", "min", "mean", "var"),
    ("exp", "log", "sqrt", "abs", "tanh"),
    ("max", "min"),
    ("argmax", "argmin"),
    ("lambda", "T", "c", "n", "1"),
    ("c", "t", "2"),
    ("A", "B"),
    ("Z", "n", "1"),
    ("oo", "0", "1"),
    ("p", "z"),
    ("0", "1", "2", "3", "1/2", "-1", "1/4"),
]

# What ties that by which a line divides to a number, or to something else.
TIES = (
    "n == 1", "n == 2", "n == 3", "size(A) == 0", "size(A) == n", "size(A) == 1", "c == 0", "c == 1", "d == 3",
    "c == n - 1", "c == size(A)", "y[i] == 0", "lambda*y[i] == 0", "c*y[i] == 0", "y[k] == size(A)", "y[k] == 0",
    "z[i] == z[j]", "c*y[i] >= 0", "c*y[i] + size(A) >= 0", "count(y[k] == 0, k) == 1", "sum(y[k], k) == 0",
    "prod(y[k], k) == 0", "sum(delta(k,i), k in A) == 0", "max(z) == min(z)", "count(z[k] == max(z), k) == 1",
    "w[k] == y[k]", "i in A", "lambda == 1",
)  # fmt: skip


def mutated(line: str, seed: int) -> str:
    """The line after one or two edits."""
    rng = Random(f"mutation {seed} {line}")
    for _ in range(rng.choice([1, 1, 2])):
        line = rng.choice([replaced, replaced, replaced, shortened, loosened, tied])(line, rng)
    return line


def replaced(line: str, rng: Random) -> str:
    """One token replaced by another of its kind."""
    found = [each for each in TOKEN.finditer(line) if any(each[0] in kind for kind in KINDS)]
    if not found:
        return line
    chosen = rng.choice(found)
    kind = rng.choice([kind for kind in KINDS if chosen[0] in kind])
    new = rng.choice([each for each in kind if each != chosen[0]])
    return line[: chosen.start()] + new + line[chosen.end() :]


def shortened(line: str, rng: Random) -> str:
    """The line without one of its hypotheses."""
    relation, *rest = line.split(" given ")
    hypotheses = re.split(r", (?![^()\[\]]*[)\]])", rest[0]) if rest else []
    if not hypotheses:
        return replaced(line, rng)
    hypotheses.pop(rng.randrange(len(hypotheses)))
    return relation + (" given " + ", ".join(hypotheses) if hypotheses else "")


def tied(line: str, rng: Random) -> str:
    """The line under one hypothesis more."""
    return line + (", " if " given " in line else " given ") + rng.choice(TIES)


def loosened(line: str, rng: Random) -> str:
    """A strict relation for one that is not, or the other way round."""
    pairs = {"<=": "<", ">=": ">", "<": "<=", ">": ">=", "==": "<="}
    found = [each for each in TOKEN.finditer(line.partition(" given ")[0]) if each[0] in pairs]
    if not found:
        return replaced(line, rng)
    chosen = rng.choice(found)
    return line[: chosen.start()] + pairs[chosen[0]] + line[chosen.end() :]
