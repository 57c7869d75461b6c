"""The mistakes that once led the kernel to wrong proofs, put back one at a time: the fuzz has to find each of them.

    python -m tests.search.mistakes          every mistake: after how many random claims it shows, and in which
    python -m tests.search.mistakes 3        one of them

A mistake is a piece of the kernel's source as it is and as it was. It is put back while the kernel is loaded, in a
process of its own; the files stay as they are. Claims in which it cannot show are counted, but not decided. What was
found is kept in mistakes.tsv, by `--write`, and a test decides the claims that stand there once more, with the mistake
and without it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

TABLE = Path(__file__).with_suffix(".tsv")
PACKAGE = Path(__file__).parents[2]
MOST = 20_000  # claims
PATIENCE = 4.0  # seconds for each, on a busy machine too
HEADER = "# mistake\tclaims before it shows\twhat is wrong\tclaim\tat"


@dataclass(frozen=True)
class Edit:
    """A piece of a module's source as it is, and as it was."""

    module: str
    right: str
    wrong: str


@dataclass(frozen=True)
class Mistake:
    """What was mistaken, the edits that put it back, and a pattern of the claims in which it can show at all."""

    what: str
    shows_in: str
    edits: tuple[Edit, ...]


UNBOUND = "_inside(side, head, set(), True)"

MISTAKES = (
    Mistake(
        "a counted set is taken for one where a maximum is attained, which has a class in it",
        r"count\(",
        (
            Edit(
                "symbolic.search.form.case_analysis",
                "{name for name, _ in members if isinstance(name, Best)}",
                "{name for name, _ in members if ' ' in str(name)}",
            ),
        ),
    ),
    Mistake(
        "a relation for k != i teaches signs at every class",
        r"all\(.*(log|sqrt|1/2).*k != [ij]\)",
        (
            Edit(
                "symbolic.search.form.hypotheses",
                "self._at_any(sides, classes, bound, bool(excluded))",
                "self._excess(sides, {**classes, bound: '.'})",
            ),
        ),
    ),
    Mistake(
        "a largest value that depends on the class that all(.., k) binds is named once for every class",
        r"all\(.*(max|min|count)\(.*k",
        (
            Edit(
                "symbolic.search.form.extremes",
                "tuple(map(_apart, _explicit(claim), count()))",
                "tuple(_explicit(claim))",
            ),
            Edit("symbolic.search.form.extremes", "_inside(side, head, {each.bound}, not each.conditions)", UNBOUND),
        ),
    ),
    Mistake(
        "what is said of the classes without a name, of which there may be none, is used of every class",
        r"given.*(all\([^!<>]*==.*k != |(count|size)\([^<>]*==)",
        (
            Edit(
                "symbolic.search.form.hypotheses", "self.partial = bool(self.field.case.named)", "self.partial = False"
            ),
        ),
    ),
    Mistake(
        "a name with a blank is taken for a largest value",
        r"in Python [cd] is called .\S+ \S",
        (
            Edit(
                "symbolic.language.names",
                "return word in GREEK or LETTER.fullmatch(word) is not None",
                "return word[:1].isalpha()",
            ),
            Edit(
                "symbolic.search.form.moments",
                "            case admission.Scalar(Best() as best):\n",
                "            case admission.Scalar(name) if ' ' in str(name):\n"
                "                best = name if isinstance(name, Best) else Best(*name.split(' ', 1))\n",
            ),
        ),
    ),
)


class PutBack(MetaPathFinder):
    """Finds the modules of a mistake, and loads them as they were."""

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        edits = [each for each in self.mistake.edits if each.module == name]
        spec = PathFinder.find_spec(name, path) if edits else None
        if spec is not None and spec.origin is not None:
            spec.loader = AsItWas(name, spec.origin, edits)
        return spec


class AsItWas(SourceFileLoader):
    """Loads a module with edits undone, past any byte code that is kept."""

    def __init__(self, name: str, path: str, edits: list[Edit]) -> None:
        super().__init__(name, path)
        self.edits = edits

    def get_code(self, fullname: str) -> CodeType:
        source = self.get_data(self.path).decode("utf-8")
        return compile(undone(source, self.edits), self.path, "exec", dont_inherit=True)


def undone(source: str, edits: Sequence[Edit]) -> str:
    for each in edits:
        if source.count(each.right) != 1:
            raise ValueError(f"{each.module} no longer has, once,\n{each.right}")
        source = source.replace(each.right, each.wrong)
    return source


def shown(mistake: Mistake, most: int = MOST, first: int = 0) -> Any:
    """The first claim of the fuzz that is wrongly proved with the mistake put back, or None."""
    if any(name.startswith("symbolic.") for name in sys.modules):
        raise RuntimeError("the package is loaded already: a mistake is put back in a process of its own")
    sys.meta_path.insert(0, PutBack(mistake))
    from tests.search.fuzz_kernel import called_so, draw, judged

    for number in range(first, first + most):
        if re.search(mistake.shows_in, called_so(draw(number))):
            found = judged(number, seconds=PATIENCE)
            if found.wrong_at:
                return found
    return None


def rows() -> list[list[str]]:
    """What the last run found: the mistake, after how many claims it showed, the claim, and the point."""
    return [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()[1:]]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int, nargs="?", help=f"of the mistake, 1 to {len(MISTAKES)}")
    parser.add_argument("--most", type=int, default=MOST, help="claims to try")
    parser.add_argument("--first", type=int, default=0, help="number of the first of them")
    parser.add_argument("--write", action="store_true", help="keep in mistakes.tsv what is found")
    options = parser.parse_args(arguments)
    if options.number:
        mistake = MISTAKES[options.number - 1]
        found = shown(mistake, options.most, options.first)
        print(mistake.what, found or f"{options.most}\tnot found\t\t", sep="\t", flush=True)
        return int(found is None)
    return everyone(options)


def everyone(options: argparse.Namespace) -> int:
    """Each mistake in a process of its own."""
    limits = [f"--most={options.most}", f"--first={options.first}"]

    def row(number: int) -> str:
        command = [sys.executable, "-m", "tests.search.mistakes", str(number), *limits]
        return subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=PACKAGE).stdout.strip("\n")

    found = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for each in pool.map(row, range(1, len(MISTAKES) + 1)):
            print(each, flush=True)
            found.append(each)
    if options.write:
        TABLE.write_text("\n".join([HEADER, *found]) + "\n", "utf-8")
    return int(any("\tnot found\t" in each for each in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
