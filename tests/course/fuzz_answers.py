"""Answers made by rewriting right ones and by editing them: no right one is refused, no wrong one accepted.

python -m tests.course.fuzz_answers 10000 [FIRST]      so many that can be read, from a seed on; exit code 1 if one is
                                                       misjudged

A rewritten answer is equal by construction (tests/rewrites.py). An edited one (tests/mutations.py) may be right or
wrong: what is said of it is compared with exact values at points, computed by loops that know no identity. Of several
draws the first is taken that has no letter but those of the question: all others are refused unread.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from random import Random
from statistics import median
from time import process_time

from sympy import Symbol

from symbolic.course.exercise_data import HOLE, Exercise, Kind, exercises
from symbolic.course.judging import Reply, Status, judge
from symbolic.language.claims import Claim, Point, Refuted, claim
from symbolic.language.errors import SymbolicError, Undefined
from symbolic.language.parser import parse_claim, parse_expression
from symbolic.language.typeset import plain
from symbolic.points import evaluate
from symbolic.points.equations import with_hypotheses
from symbolic.points.names import NotAPoint, free_names
from symbolic.points.samples import listed
from tests.mutations import mutated
from tests.rewrites import Scene, rewritten

KINDS = (Kind.VALUE, Kind.LIMIT, Kind.FILL, Kind.PROVE, Kind.REPAIR)
ASKED = [each for each in exercises() if each.kind in KINDS and each.answer != "oo"]
POINTS = 30
DRAWS = 20
ACCEPTED = (Status.RIGHT, Status.FORM)
RESTATED = ("This asks the question again", "This leaves the question open")  # equal, and no answer


@dataclass(frozen=True)
class Given:
    """An answer, and whether it is right by construction."""

    exercise: Exercise
    text: str
    is_equal: bool


def given(seed: int) -> Given:
    """The answer of a seed: every second one is rewritten, the others are edited."""
    rng = Random(f"answer {seed}")
    each = rng.choice(ASKED)
    draw = changed if seed % 2 and each.kind is not Kind.REPAIR else edited
    found = [draw(each, rng)]
    while not has_own_letters(found[-1]) and len(found) < DRAWS:
        found.append(draw(each, rng))
    return found[-1]


def changed(each: Exercise, rng: Random) -> Given:
    expr = rewritten(parse_expression(each.answer), scene(each), rng, rng.choice([1, 1, 2, 3]))
    return Given(each, plain(expr), True)


def edited(each: Exercise, rng: Random) -> Given:
    source = rng.choice([each.answer, each.answer, *each.wrong])
    return Given(each, mutated(source, rng.randrange(10**9)), False)


def has_own_letters(answer: Given) -> bool:
    """Whether it can be read, and speaks of nothing but what the question and its solution speak of."""
    each = answer.exercise
    try:
        if each.kind is Kind.REPAIR:
            return names(assuming(each, answer.text)) <= names(assuming(each, each.answer))
        return names(typed(each, answer.text)) <= names(typed(each, each.answer)) | {"z"}
    except SymbolicError:
        return False


def typed(each: Exercise, text: str) -> Claim:
    """A claim that speaks of what the answer does."""
    expr = parse_expression(text)
    return parse_claim(each.filled(text)) if HOLE in each.claim else claim(expr, "==", expr)


def assuming(each: Exercise, hypothesis: str) -> Claim:
    """The statement of an exercise under one hypothesis more."""
    return parse_claim(f"{each.line(each.claim)}{', ' if each.given else ' given '}{hypothesis}")


def names(said: Claim) -> set[str]:
    found = free_names(said)
    return {*found.indices, *found.families, *found.scalars, *found.subsets}


def right(each: Exercise) -> Claim:
    """The claim of an exercise with its solution in it."""
    return parse_claim(each.filled(each.answer) if HOLE in each.claim else each.line(each.claim))


def scene(each: Exercise) -> Scene:
    said = right(each)
    indices = tuple(Symbol(name, integer=True, positive=True) for name in sorted(free_names(said).indices))
    return Scene(indices, said.given)


def points(said: Claim) -> Iterator[Point]:
    """Points at which the claim counts."""
    found = (with_hypotheses(said, raw) for raw in islice(listed(said, free_names(said)), POINTS))
    yield from (each for each in found if each is not None)


# --- what the points say -------------------------------------------------------------------------


def truth(answer: Given) -> bool | None:
    """Whether exact values speak for the answer at every point; None if no point says anything."""
    each = answer.exercise
    try:
        if each.kind is Kind.REPAIR:
            return repairs(each, answer.text)
        if each.kind is Kind.PROVE:
            said = right(each)
            larger, smaller = (said.rhs, said.lhs) if said.op in ("<", "<=") else (said.lhs, said.rhs)
            solution, typed = larger - smaller, parse_expression(answer.text)
            return agrees(said, claim(solution, "==", typed).relation)
        if each.kind is Kind.FILL:
            return agrees(right(each), parse_claim(each.filled(answer.text)).relation)
        return agrees(right(each), claim(parse_expression(each.answer), "==", parse_expression(answer.text)).relation)
    except SymbolicError:
        return None


def agrees(said: Claim, relation) -> bool | None:
    """Whether the sides of a relation are defined and equal wherever those of the claim are defined."""
    found = None
    for point in points(said):
        try:
            evaluate.sides(said, point)
        except NotAPoint:
            continue
        try:
            lhs, rhs = evaluate.value(relation.lhs, point), evaluate.value(relation.rhs, point)
            if lhs.compare(rhs) != 0:
                return False
        except Undefined:
            return False
        except SymbolicError:
            continue
        found = True
    return found


def repairs(each: Exercise, text: str) -> bool | None:
    """Whether the statement holds wherever the hypothesis does, and this wherever the known one does."""
    said = right(each)
    known, typed = (assuming(each, one).given[len(said.given) :] for one in (each.answer, text))
    found = None
    for point in points(said):
        try:
            if not evaluate.admissible(said, point):
                continue
            assumed = all(evaluate.satisfies(one, said, point) for one in typed)
            needed = all(evaluate.satisfies(one, said, point) for one in known)
            holds = evaluate.holds(said, point)
        except SymbolicError:
            continue
        if (assumed and not holds) or (needed and not assumed):
            return False
        found = True
    return found


def complaint(answer: Given, reply: Reply) -> str:
    """What is wrong with what is said of an answer; empty if nothing is known to be."""
    if reply.status in ACCEPTED and truth(answer) is False:
        return "a wrong answer is accepted"
    refused = reply.status is Status.WRONG and not reply.sentences[0].startswith(RESTATED)
    if answer.is_equal and refused and (isinstance(reply.verdict, Refuted) or truth(answer)):
        return "an answer that is equal is refused"
    if isinstance(reply.verdict, Refuted) and reply.status is Status.WRONG and reply.said is not None:
        try:
            if evaluate.admissible(reply.said, reply.verdict.point) and evaluate.holds(reply.said, reply.verdict.point):
                return "the point refutes nothing"
        except SymbolicError:
            return "the point cannot be computed"
    return ""


def main(arguments: list[str]) -> int:
    many, first = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 0
    counted, times, failures = Counter[str](), list[float](), 0
    for seed in count(first):
        if len(times) == many:
            break
        answer = given(seed)
        started = process_time()
        reply = judge(answer.exercise, answer.text)
        if reply.status is not Status.UNREADABLE:
            times.append(process_time() - started)
        counted[f"{'rewritten' if answer.is_equal else 'edited'}: {reply.status.value}"] += 1
        problem = complaint(answer, reply)
        if problem:
            failures += 1
            print(f"{seed}: {problem}: {answer.exercise.id} {answer.text}\n    {reply}", flush=True)
        elif reply.status is Status.UNDECIDED:
            print(f"{seed}: not decided: {answer.exercise.id} {answer.text}", flush=True)
    for what, number in sorted(counted.items()):
        print(f"{number:6}  {what}")
    left = sum(number for what, number in counted.items() if what.endswith(Status.UNDECIDED.value))
    print(f"decided {100 * (1 - left / many):.2f} % of {many} that can be read; {failures} misjudged")
    print(f"CPU: median {1000 * median(times):.0f} ms, largest {max(times):.1f} s, all {sum(times):.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
