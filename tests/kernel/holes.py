"""Holes in the kernel, planted one at a time: a side condition of a rule is dropped, and the tests have to find it.

    python -m tests.kernel.holes          every hole: which lines of our lists pass through it, and which fuzz finds it
    python -m tests.kernel.holes 3        one of them
    python -m tests.kernel.holes --again  the lines of the table once more: each passes through its hole alone

A hole is a piece of the kernel's source as it is, and as it is without the condition. It is planted while the kernel is
loaded, in a process of its own; the files stay as they are. What is to be refused stands in rules.tsv (the neighbours)
and in tempting.tsv: a line of these that is accepted is a test that fails. What was found is kept in holes.tsv, by
`--write`, with the shortest line that passes; a test sees once more that it does, and is refused without the hole.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.search.mistakes import Edit, Mistake, PutBack

FOLDER = Path(__file__).parent
TABLE = FOLDER / "holes.tsv"
PACKAGE = Path(__file__).parents[2]
HEADER = "# hole\tlines that pass\tthe first of them\twith this derivation\tfuzzes that find it"


class Hole(NamedTuple):
    """What is dropped, of which kind of rule, and where it stands."""

    kind: str
    dropped: str
    module: str
    right: str
    wrong: str

    @property
    def name(self) -> str:
        return f"{self.kind}: {self.dropped}"

    @property
    def edit(self) -> Edit:
        return Edit(f"symbolic.kernel.{self.module}", self.right, self.wrong)

    @contextmanager
    def planted(self) -> Iterator[None]:
        """The kernel, loaded anew, has this hole."""
        finder = PutBack(Mistake(self.dropped, "", (self.edit,)))
        sys.meta_path.insert(0, finder)
        forget()
        yield
        sys.meta_path.remove(finder)
        forget()


def forget() -> None:
    """The kernel is not loaded."""
    for name in [name for name in sys.modules if name.startswith(("symbolic.kernel", "tests.kernel."))]:
        del sys.modules[name]


HOLES = (
    Hole(
        "sign",
        "the weight of a gap is not negative",
        "signs",
        "if not seen or not signs <= NOT_NEGATIVE:",
        "if not seen:",
    ),
    Hole(
        "sign",
        "a sum is strict only if there is surely a class",
        "signs",
        "found = s if self.scope.inhabited(t.range) else s | ZERO_SIGN",
        "found = s",
    ),
    Hole(
        "sign",
        "a largest value is at least that of a class that is in its range",
        "signs",
        "inside = (c for c in mine if self.in_where(a, c))",
        "inside = mine",
    ),
    Hole(
        "sign",
        "a hypothesis is about the classes of its range",
        "facts",
        "if self.apply(signs.scope, fact, chosen):",
        "if True:",
    ),
    Hole(
        "definedness",
        "a logarithm is of what is positive",
        "signs",
        "case ast.Log(of) if not self.sign(of) <= POSITIVE:",
        "case ast.Log(of) if self.sign(of) <= frozenset({-1}):",
    ),
    Hole(
        "definedness",
        "what is divided by is not 0",
        "signs",
        "if e < 0 and 0 in self.sign(base):",
        "if e < 0 and self.sign(base) <= frozenset({0}):",
    ),
    Hole(
        "identity",
        "what stands before a sum that may be empty is defined",
        "normal",
        "if not self.scope.fixed(at).inhabited(t.range, but=compared):",
        "if False:",
    ),
    Hole(
        "identity",
        "what [k in A] stands before is defined for a class outside of A",
        "normal",
        "if any(a.kind in ring.IDEMPOTENT for a in x.atoms()):",
        "if False:",
    ),
    Hole(
        "identity",
        "two classes are one, or not, only where that is said",
        "scope",
        "raise Undetermined(called(a), called(b))",
        "return False",
    ),
    Hole(
        "identity",
        "values come first, and hypotheses after the derivative",
        "normal",
        "found = plain.derivative(plain.value(t.of, at), var)",
        "found = plain.derivative(self.value(t.of, at), var)",
    ),
    Hole(
        "identity",
        "an absolute value is what is not negative",
        "ring",
        "            if signs <= {0, sign}:\n",
        "            if signs:\n",
    ),
    Hole(
        "identity",
        "a sum over all classes but some is what is left of it",
        "normal",
        "for c in self.apart(left_out | compared):",
        "for c in left_out:",
    ),
    Hole(
        "identity",
        "what is expanded near a point is what hypotheses say there",
        "signs",
        "        return by_form & s if 0 not in s else by_form\n",
        "        return by_form & s\n",
    ),
    Hole("identity", "a largest value that says something of the class", "leaf", " and a not in own", ""),
    Hole(
        "case",
        "a subset of which a class is named is not empty",
        "checker",
        'if not argmax and not leaf.signs.sign(_read(leaf, f"size({text})")) <= {1}:',
        "if False:",
    ),
    Hole("case", "what a case says is defined", "checker", "        leaf.signs.check_defined(*h.sides)\n", ""),
    Hole(
        "step",
        "what is compared by its square is not negative",
        "checker",
        "if not all(leaf.signs.sign(side) <= wanted for side in sides):",
        "if False:",
    ),
    Hole(
        "step",
        "what vanishes with its sum is never negative",
        "checker",
        "leaf.signs.opened(total).sign(total.of) <= {0, 1} and ",
        "",
    ),
    Hole(
        "step",
        "the two ends of Taylor's theorem are apart",
        "checker",
        "if strict and not leaf.signs.sign(step) <= {-1, 1}:",
        "if False:",
    ),
    Hole(
        "limit",
        "a logarithm of what goes to 0 does not go to 0",
        "limits",
        "        if s <= ZERO_SIGN:\n            return Infinite(-1)",
        "        if True:\n            return Infinite(-1)",
    ),
    Hole(
        "limit",
        "an exponent that may be 0 has nothing beside it that grows",
        "limits",
        "            if power == 0:\n",
        "            if True:\n",
    ),
    Hole(
        "limit",
        "what is divided by (x - a)^m is 0 at a, and so are its derivatives",
        "limits",
        " and self.there.normal(h) == ZERO:",
        ":",
    ),
    Hole(
        "limit",
        "a sum that goes to oo has surely a class",
        "limits",
        "        if not self.scope.inhabited(t.range):\n",
        "        if False:\n",
    ),
    Hole(
        "limit",
        "near a point that is reached from both sides, x is not above it",
        "limits",
        '">" if relation.from_the_right else "!="',
        '">"',
    ),
    Hole("definedness", "the summands of a line are defined", "checker", "    leaf.signs.check_defined(*terms)\n", ""),
    Hole(
        "definedness",
        "what a chain passes through is defined",
        "checker",
        "    leaf.signs.check_defined(*({to} - {*leaf.sides}))\n",
        "",
    ),
    Hole(
        "definedness",
        "what is shown on the way is defined",
        "checker",
        "    leaf.about(TRIVIAL, letters).signs.check_defined(*relation.sides)\n",
        "",
    ),
    Hole(
        "definedness",
        "there is a derivative only of what is smooth",
        "signs",
        "return self.at_rest.undefined(of) or self.at_rest.not_smooth(of, x)",
        "return self.at_rest.undefined(of)",
    ),
    Hole(
        "definedness",
        "a power is smooth only where its base is positive or its exponent whole",
        "signs",
        "case ast.Power(base, exponent) if not self.is_whole(exponent) and not self.sign(base) <= POSITIVE:",
        "case ast.Power(base, ast.Number(e)) if e.denominator > 1 and not self.sign(base) <= POSITIVE:",
    ),
    Hole(
        "definedness",
        "0 log u is 0 only where u is what the weight says",
        "signs",
        "case ast.Weighted(weight, of) if not self.weighted_defined(weight, of):",
        "case ast.Weighted(weight, of) if not self.sign(weight) <= NOT_NEGATIVE:",
    ),
    Hole(
        "definedness",
        "the function of a limit is defined near the point",
        "limits",
        "limits.check_defined(of, expression)",
        "limits.check_defined(expression)",
    ),
    Hole(
        "definedness",
        "the value of a limit is defined",
        "limits",
        "there.signs.check_defined(v, value)",
        "there.signs.check_defined(v)",
    ),
    Hole(
        "limit",
        "oo times what may go to 0 is nothing",
        "limits",
        "if s <= POSITIVE or s <= {-1}:\n            return Infinite(prod",
        "if True:\n            return Infinite(prod",
    ),
    Hole(
        "sign",
        "a power with a letter above is positive only of what is positive",
        "signs",
        "return POSITIVE if self.sign(base) <= POSITIVE else ANY_SIGN",
        "return POSITIVE",
    ),
    Hole(
        "limit",
        "what is 0 with an exponent stands to a power above 0",
        "limits",
        "e > 0 and self.vanishes_with(d, f)",
        "self.vanishes_with(d, f)",
    ),
    Hole(
        "identity",
        "a derivative of what is 0 by its weight alone divides by what is not 0",
        "normal",
        "any(isinstance(each, ast.Weighted) for each in ast.inside(t.of))",
        "False",
    ),
    Hole(
        "identity",
        "the term of a class that is left out is defined",
        "normal",
        "        self.check_not_zero(ring.frozen(",
        "        iter(ring.frozen(",
    ),
    Hole(
        "step",
        "only whole numbers are compared with one more",
        "checker",
        " or not (_is_whole(lhs) and _is_whole(rhs)):",
        ":",
    ),
    Hole(
        "step",
        "what stands for a function under a derivative has a derivative for sure",
        "checker",
        "leaf.signs.check_defined(alike)",
        "pass",
    ),
    Hole(
        "step",
        "under a derivative a hypothesis about what moves is to be strict",
        "checker",
        "return strict or not gap.mentions(x)",
        "return True",
    ),
    Hole(
        "step",
        "under a derivative a hypothesis is between what is smooth",
        "checker",
        'strict = op in ("<", ">", "!=") and not leaf.signs.undefined(ast.Diff(gap, x))',
        'strict = op in ("<", ">", "!=")',
    ),
    Hole(
        "step",
        "what stands for a function stands so in no other derivative, where more moves",
        "checker",
        "return alike if t == found else t if isinstance(t, ast.Diff) else None",
        "return alike if t == found else None",
    ),
    Hole(
        "sign",
        "what a hypothesis says under a binder, where there is surely a class, it says there alone",
        "facts",
        "(signs.field, signs.scope.named)):",
        "(signs.field, True)):",
    ),
    Hole(
        "limit",
        "a power goes with the logarithm of its base where that is positive",
        "limits",
        "case ast.Power(base, exponent) if self.sign(base) <= POSITIVE:",
        "case ast.Power(base, exponent):",
    ),
    Hole(
        "step",
        "what a let says of a largest value inside stands in the body at no class",
        "leaf",
        "self.form(NOTHING, let.of.of, let.of.bound, Class(DOT))",
        "self.form(NOTHING, let.of.at(let.index))",
    ),
    Hole(
        "step",
        "what a let says of a largest value inside is told by the form with nothing put in",
        "leaf",
        "x, y = self.form(NOTHING, let.of), self.form(NOTHING, let.of.of, let.of.bound, Class(DOT))",
        "x, y = self.form(known, let.of), self.form(known, let.of.of, let.of.bound, Class(DOT))",
    ),
    Hole(
        "step",
        "the letter of what is shown on the way is no class of what follows",
        "checker",
        "k._replace(binder=-leaf.budget.fresh()) for k in",
        "k for k in",
    ),
    Hole(
        "form",
        "what a weighted logarithm divides by is not 0",
        "normal",
        "self.check_not_zero(_divisors_of(u, logs=False))",
        "pass",
    ),
    Hole(
        "form",
        "what stands under a binder has the number that its binder is told by",
        "normal",
        "if max((a.height for a in x.atoms()), default=0) != number:",
        "if False:",
    ),
    Hole(
        "form",
        "a class that the general term is of is apart from those compared with",
        "normal",
        "inhabited(t.range, but=compared)",
        "inhabited(t.range)",
    ),
    Hole(
        "step",
        "what a let says of a largest value inside is told by the body at an open class",
        "leaf",
        "let.of.bound, Class(DOT))",
        "let.of.bound)",
    ),
    Hole(
        "form",
        "what is divided by inside of a weighted logarithm is not 0, at any depth",
        "normal",
        "self.check_not_zero(_divisors_of(u, logs=False))",
        "self.check_not_zero([*(f for f, _ in u.den), *(ring.single(a) for m in u.num for a, e in m if e < 0)])",
    ),
    Hole(
        "form",
        "e to a logarithm that may be of 0 is not what it is of",
        "ring",
        "bare = of.num and 0 not in self.sign(of)",
        "bare = of.num",
    ),
)


def to_be_refused() -> Iterator[tuple[str, Any]]:
    """The lines that the tests have refused: claims with what looks like a derivation."""
    for row in _cells("rules.tsv"):
        yield row[3], json.loads(row[4])
    for claim, proof in _cells("tempting.tsv"):
        yield claim, json.loads(proof)


def _cells(name: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in (FOLDER / name).read_text("utf-8").splitlines() if not line.startswith("#"))


def accepted(claim: str, proof: Any) -> bool:
    """Whether the kernel, as it is loaded here, accepts a derivation."""
    from symbolic.kernel import Refused, check

    try:
        check(claim, proof)
    except Refused:
        return False
    return True


def fuzzes(lines: int) -> Iterator[str]:
    """The fuzzes that find something wrong."""
    from tests.kernel import damage, fuzz, limits_fuzz

    if fuzz.signs(Random(1), lines).wrong:
        yield "signs"
    if fuzz.forms(Random(1), lines).wrong:
        yield "forms"
    if fuzz.identities(Random(1), lines).wrong:
        yield "identities"
    if limits_fuzz.tried(Random(1), lines).wrong:
        yield "limits"
    if damage.tried(Random(1), lines, damage.intact()).wrong:
        yield "damage"


def row(number: int, lines: int) -> list[str]:
    """What finds a hole: the row of the table."""
    hole = HOLES[number - 1]
    with hole.planted():
        passed = [each for each in to_be_refused() if accepted(*each)]
        claim, proof = min(passed, key=lambda each: len(json.dumps(each)), default=("", None))
        return [hole.name, str(len(passed)), claim, json.dumps(proof), ", ".join(fuzzes(lines))]


def not_found_again() -> Iterator[str]:
    """The holes through which the line that the table has for them does not pass, or not through them alone."""
    lines = {name: (claim, json.loads(proof)) for name, _, claim, proof, _ in rows()}
    for hole in HOLES:
        with hole.planted():
            passes = accepted(*lines[hole.name])
        if not passes or accepted(*lines[hole.name]):
            yield hole.name


def rows() -> list[list[str]]:
    """What the last run found."""
    return list(_cells("holes.tsv"))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int, nargs="?", help=f"of the hole, 1 to {len(HOLES)}")
    parser.add_argument("--lines", type=int, default=300, help="random lines that each fuzz tries; 0: none")
    parser.add_argument("--write", action="store_true", help="keep in holes.tsv what is found")
    parser.add_argument("--again", action="store_true", help="try the lines of holes.tsv once more")
    options = parser.parse_args(arguments)
    if options.again:
        found = list(not_found_again())
        print(*found, sep="\n")
        return int(bool(found))
    if options.number:
        found = row(options.number, options.lines)
        print(*found, sep="\t")
        return int(found[1] == "0" and not found[4])
    return everyone(options)


def everyone(options: argparse.Namespace) -> int:
    """Each hole in a process of its own."""
    table = []
    for number in range(1, len(HOLES) + 1):
        command = [sys.executable, "-m", "tests.kernel.holes", str(number), f"--lines={options.lines}"]
        table.append(subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=PACKAGE).stdout.strip("\n"))
        print(table[-1], flush=True)
    if options.write:
        TABLE.write_text("\n".join([HEADER, *table]) + "\n", "utf-8")
    return int(any(each.split("\t")[1] == "0" and not each.split("\t")[4] for each in table))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
