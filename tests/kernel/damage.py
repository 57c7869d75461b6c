"""python -m tests.kernel.damage 20000 --seed 1: derivations that are damaged; what is still accepted, at points.

A token is another, or a hypothesis, a condition, a case, a step or a line is left out. What is accepted has to be true
wherever it counts: the relation at each step of the tree, under the hypotheses that the path to it adds; at a line also
larger - smaller == E1 + ..., with each E defined; and where a line says that no point is left, there is none.

    python -m tests.kernel.damage 5000 --seed 1 --record    and the counts are added to damage.tsv, by what was done and
                                                            rule by rule: how often a derivation that says it is damaged
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Literal, NamedTuple, get_args

from symbolic.kernel.checker import RULES, asked, check
from symbolic.kernel.leaf import Leaf
from symbolic.kernel.limits import Infinite, LimitRelation, To
from symbolic.kernel.read import Relation, read_term
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.terms import Plus
from tests.kernel.fuzz import Tried
from tests.kernel.limits_fuzz import complaint
from tests.kernel.points import NoValue, Place, TooLarge, places, related, value
from tests.mutations import tied
from tests.oracle import compare
from tools.rules import INSIDE, steps, telling

__all__ = ["Damaged", "damaged", "intact", "tried", "without_a_part"]

TOKEN = re.compile(r"\d+\.\d+|\d+|[A-Za-z]\w*|==|!=|<=|>=|[-+*/^<>()\[\],]")
CLAIMS = Path(__file__).parents[1] / "claims" / "true.tsv"
KNOWN = Path(__file__).parents[2] / "symbolic" / "search" / "known.jsonl"
TESTED = Path(__file__).with_name("rules.tsv")
RECORD = Path(__file__).with_name("damage.tsv")
HEAD = "# what, step or rule\tdamaged\trefused\tstill true\twrong"
What = Literal[
    "a hypothesis more", "a hypothesis left out", "a token of the claim", "a token of the derivation",
    "a case, a step or a line left out",
]  # fmt: skip
ROWS = ("all", *get_args(What), *RULES, *(rule.name for rule in INSIDE))
BELOW = ("then", "else", "by", "in")  # the keys of a step under which derivations stand
OTHERS = {
    "==": ("<=", ">=", "!="), "<": ("<=", ">", "=="), "<=": ("<", ">=", "=="), ">": (">=", "<"),
    ">=": (">", "<=", "=="), "!=": ("==",), "+": ("-", "*"), "-": ("+",), "*": ("+", "/", "^"), "/": ("*",),
    "^": ("*",), "in": ("not in",), "exp": ("log", "abs", ""), "log": ("exp", "abs", ""), "abs": ("exp", ""),
    "sqrt": ("abs", ""), "max": ("min",), "min": ("max",), "sum": ("prod", "max", "min"), "prod": ("sum",),
    "n": ("1", "2", "(n - 1)"), "i": ("j", "k", "l"), "j": ("i", "k"), "k": ("i", "l", "j"), "l": ("k", "i"),
    "1": ("0", "2", "-1"), "2": ("1", "3"), "3": ("2",), "z": ("p", "w", "y"), "p": ("z", "y"), "y": ("z", "p"),
    "w": ("z", "v"), "v": ("z", "p"), "A": ("B",), "lambda": ("T", "-lambda", "1"), "T": ("lambda",),
    "Z": ("n", "1"),
}  # fmt: skip


def intact() -> list[tuple[str, Any]]:
    """Claims with a derivation, and equalities that stand by themselves."""
    rows = [line.split("\t") for line in TESTED.read_text("utf-8").splitlines() if not line.startswith("#")]
    found = [(row[1], json.loads(row[2])) for row in rows]
    kept = [json.loads(line)["derivation"] for line in KNOWN.read_text("utf-8").splitlines()]
    found += [(each["claim"], each["proof"]) for each in kept]
    claims = [line.split("\t")[0] for line in CLAIMS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return found + [(each, {"line": []}) for each in claims if "==" in each.split(" given ")[0]]


class Damaged(NamedTuple):
    """What was done to a derivation, and what it is then."""

    what: What
    claim: str
    proof: Any


def damaged(rng: Random, claim: str, proof: Any) -> Damaged:
    """One token of the claim or of the derivation is another, or a part of it is left out.

    Or one hypothesis more ties a quantity to a number; then the conclusion may be that the left side is one.
    """
    where = rng.random()
    parts = list(without_a_part(proof)) if where < 0.15 else []
    if parts:
        return Damaged("a case, a step or a line left out", claim, rng.choice(parts))
    if where < 0.3:
        claim = tied(claim, rng)
        if rng.random() < 0.3:
            left, given = re.split(" (?:==|[<>]=?|!=) ", claim, maxsplit=1)[0], claim.partition(" given ")[2]
            claim = f"{left} == {rng.choice(('0', '1', 'n', 'c', 'size(A)'))} given {given}"
            return Damaged("a hypothesis more", claim, {"line": []})
        return Damaged("a hypothesis more", claim, proof)
    if where < 0.45 and " given " in claim:
        relation, given = claim.split(" given ", 1)
        kept = re.split(r", (?![^()]*\))", given)
        kept.pop(rng.randrange(len(kept)))
        left = relation + (" given " + ", ".join(kept) if kept else "")
        return Damaged("a hypothesis left out", left, proof)
    texts = [text for text in _texts(proof) if text]
    if where < 0.65 or not texts:
        return Damaged("a token of the claim", edited(rng, claim), proof)
    before = rng.choice(texts)
    after = json.loads(json.dumps(proof).replace(json.dumps(before), json.dumps(edited(rng, before))))
    return Damaged("a token of the derivation", claim, after)


def without_a_part(node: Any) -> Iterator[Any]:
    """A derivation without one of its cases, steps or lines, or an expression of these, wherever it stands."""
    match node:
        case {"line": texts}:
            yield from ({"line": texts[:at] + texts[at + 1 :]} for at in range(len(texts)))
        case {"absurd": texts}:
            yield from ({"absurd": texts[:at] + texts[at + 1 :]} for at in range(len(texts)))
        case dict():
            for key in BELOW:
                if key in node:
                    yield node[key]
                    yield {kept: each for kept, each in node.items() if kept != key}
                    yield from ({**node, key: each} for each in without_a_part(node[key]))


def edited(rng: Random, text: str) -> str:
    if rng.random() < 0.2:
        conditions = list(re.finditer(r"(\w+) (?:!=|in|not in) \w+(?=[,)])", text))
        if conditions:
            found = rng.choice(conditions)
            return text[: found.start()] + found[1] + text[found.end() :]
    tokens = [each for each in TOKEN.finditer(text) if each[0] in OTHERS]
    if not tokens:
        return text
    token = rng.choice(tokens)
    return text[: token.start()] + rng.choice(OTHERS[token[0]]) + text[token.end() :]


def _texts(node: Any) -> Iterator[str]:
    match node:
        case str():
            yield node
        case list():
            for each in node:
                yield from _texts(each)
        case dict():
            for key, each in node.items():
                if key not in ("compare", "let", "taylor", "op", "why"):
                    yield from _texts(each)


def tried(rng: Random, times: int, pairs: list[tuple[str, Any]], counts: Counts | None = None) -> Tried:
    found = Tried()
    for _ in range(times):
        whole = rng.choice(pairs)
        what, claim, proof = damaged(rng, *whole)
        before = found.said, len(found.wrong)
        found.lines += 1
        try:
            check(claim, proof, budget=Budget(20_000))
        except Refused:
            pass
        else:
            found.said += 1
            judge(rng, claim, proof, found)
        if counts is not None:
            counts.add(whole, what, accepted=found.said > before[0], wrong=len(found.wrong) > before[1])
    return found


class Counts:
    """How many derivations were damaged, and what became of them: by what was done, by rules that say something."""

    COLUMNS = ("damaged", "refused", "still true", "wrong")

    def __init__(self) -> None:
        _, *rows = RECORD.read_text("utf-8").splitlines() if RECORD.exists() else [HEAD]
        self.runs = [row for row in rows if row.startswith("#")]
        self.rules = Counter[tuple[str, str]]()
        for rule, *numbers in (row.split("\t") for row in rows if not row.startswith("#")):
            self.rules.update({(rule, column): int(v) for column, v in zip(self.COLUMNS, numbers, strict=True)})
        self.said: dict[int, set[str]] = {}

    def add(self, whole: tuple[str, Any], what: What, accepted: bool, wrong: bool) -> None:
        became = "wrong" if wrong else "still true" if accepted else "refused"
        if id(whole) not in self.said:
            self.said[id(whole)] = {"all"} | steps(whole[1]) | telling(whole)
        for rule in {what, *self.said[id(whole)]}:
            self.rules[rule, "damaged"] += 1
            self.rules[rule, became] += 1

    def write(self, run: str) -> None:
        rows = ["\t".join([rule, *(str(self.rules[rule, column]) for column in self.COLUMNS)]) for rule in ROWS]
        RECORD.write_text("\n".join([HEAD, *self.runs, f"# {run}", *rows]) + "\n", "utf-8")


def judge(rng: Random, claim: str, proof: Any, found: Tried) -> None:
    """Note a point at which what was accepted is not so, at the first step of the tree where there is one."""
    for leaf, node in _steps(asked(claim, Budget()), proof):
        for at in places(leaf.question, leaf.letters, rng, 40, leaf.lets):
            said = _complaint(leaf, node, at, found)
            if said is not None:
                found.wrong += (f"{claim} | {json.dumps(proof)} | {json.dumps(node)} | {said} | {at}",)
                return


def _steps(leaf: Leaf, node: Any) -> Iterator[tuple[Leaf, Any]]:
    """The steps of a tree that was accepted, each with what it is to show."""
    yield leaf, node
    (rule,) = (rule for kind, (_, rule) in RULES.items() if kind in node)
    for key, below in rule(leaf, node).items():
        yield from _steps(below, node[key])


def _complaint(leaf: Leaf, node: Any, at: Place, found: Tried) -> str | None:
    """What is wrong with a step at a point where its hypotheses hold; it counts where the claim is defined."""
    relation = leaf.question.relation
    if isinstance(relation, LimitRelation):
        value_ = relation.value
        return complaint(relation, Infinite(value_) if isinstance(value_, int) else To(value_), at, found)
    try:
        for each in leaf.counting:
            value(each, at)
    except (NoValue, TooLarge):
        return None
    found.points += 1
    if "absurd" in node:
        return "the hypotheses hold"
    try:
        if not related(relation, at):
            return "it is false"
        if "line" in node:
            terms = [read_term(each, leaf.letters, leaf.budget) for each in node["line"]]
            return None if _adds_up(relation, Plus(tuple(terms)), at) else "the line does not add up"
    except NoValue:
        return "it is undefined"
    except TooLarge:
        pass
    return None


def _adds_up(relation: Relation, total: Plus, at: Place) -> bool:
    lhs, rhs = value(relation.lhs, at), value(relation.rhs, at)
    try:
        return compare(value(total, at), "==", rhs - lhs if relation.op in ("<", "<=") else lhs - rhs)
    except NoValue:
        return False
    except TooLarge:
        return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--derivations", type=Path, help="more of them: a JSON object {claim: proof}")
    parser.add_argument("--record", action="store_true", help="add the counts to damage.tsv")
    options = parser.parse_args()
    pairs = intact()
    if options.derivations:
        pairs += json.loads(options.derivations.read_text("utf-8")).items()
    counts = Counts() if options.record else None
    found = tried(Random(options.seed), options.times, pairs, counts)
    if counts is not None:
        counts.write(f"python -m tests.kernel.damage {options.times} --seed {options.seed} --record")
    print(*found.wrong, sep="\n")
    print(f"{found.lines} damaged, {found.said} accepted, {found.points} points, {len(found.wrong)} wrong")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
