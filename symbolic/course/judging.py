"""The verdict on an answer to an exercise: right, in another form, wrong with a counterexample, or not decided.

    judge(exercise, answer, seconds=4) -> Reply

An answer is text that is read by itself, as one expression (or one hypothesis, point, order, letter), and never
evaluated. It is right where the claim with the answer in its hole is proved for all that it is about; wrong where a
point refutes it, where it restates the question, and where it is undefined at a point where the right answer is
defined. What is not decided is said to be so, and costs nothing.

>>> from symbolic.course.exercise_data import exercise
>>> print(judge(exercise("02-3"), "p[i]*(delta(i,j) - p[j])"))
02-3: wrong.
At n = 2, lambda = 2, z = (0, 0), i = 1, j = 2 the right answer is -1/2, and yours is -1/4.
The slip may be: lambda lost. A factor lambda is missing: it is in the weight exp(lambda*z[i]) and in its derivative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import islice, pairwise
from typing import cast

from sympy import Add, Derivative, Expr, Integer, Mul, Pow, Symbol, factor_terms, log

from symbolic.course.exercise_data import HOLE, LETTERS, Exercise, Kind
from symbolic.course.places import read_point
from symbolic.course.slips import described
from symbolic.course.typed import bare
from symbolic.deadline import OutOfTime, within
from symbolic.language import verbatim
from symbolic.language.claims import (
    MIRRORED,
    Always,
    Claim,
    Hypothesis,
    Point,
    Proved,
    Refuted,
    Relation,
    SameClass,
    Unknown,
    Verdict,
    claim,
)
from symbolic.language.errors import NotationError, SymbolicError, SyntaxErrorInClaim, Undefined
from symbolic.language.notation import Count, Entry, Functional, Limit, Maximum, class_named, p
from symbolic.language.parser import parse_claim, parse_expression, plainly
from symbolic.language.prose import in_markdown, in_plain
from symbolic.language.typeset import plain
from symbolic.points import evaluate
from symbolic.points.equations import with_hypotheses
from symbolic.points.evaluate import index_names
from symbolic.points.names import NotAPoint, about, free_names
from symbolic.points.samples import listed
from symbolic.search.decision import decide
from symbolic.search.derivations import refusal
from symbolic.search.form.domain import undefined_part

__all__ = ["Reply", "Status", "judge"]

SECONDS = 4.0
WHOLE = 3  # times its seconds, at most, for an answer that asks for several verdicts
LENGTH = 2000  # characters of an answer
INFINITE = {"oo": "oo", "inf": "oo", "infinity": "oo", "∞": "oo", r"\infty": "oo"}
WORD = re.compile(r"[^\W\d]\w*")
CLAUSES = {"given", "where", "iff"}
EQUALS = re.compile(r"(?<![<>!=])==?")
# a hypothesis in one of these, where the statement has it and the known hypothesis has not, explains nothing
DEFINED = {"p", "Z", "softmax", "diff", "limit", "entropy", "kl", "mean", "var", "logsumexp", "log_softmax"}
FRESH = "mrsuhgfo"  # letters for classes
BOUND = class_named("k9")
NOWHERE = "it is nowhere defined"
POINTS = 60  # at which it is looked whether an answer is defined


class Status(Enum):
    """What is said of an answer."""

    RIGHT = "right"
    FORM = "equal, but not in the form asked"
    MORE = "it holds, but more is assumed than is needed"
    WRONG = "wrong"
    UNDECIDED = "not decided"
    UNREADABLE = "not an answer that can be read"


SLIPPED = (Status.WRONG, Status.FORM, Status.MORE)  # where a slip may be known,
EXPRESSIONS = (Kind.VALUE, Kind.LIMIT, Kind.FILL, Kind.PROVE)  # and seen however it is written


@dataclass(frozen=True)
class Reply:
    """What is said of an answer, in plain sentences; formulas stand between backquotes.

    `slip` is the name of the slip, if it is a known one; `said` is the claim that was decided.
    """

    exercise: str
    answer: str
    status: Status
    sentences: tuple[str, ...] = ()
    slip: str = ""
    said: Claim | None = None
    verdict: Verdict | None = None

    def __bool__(self) -> bool:
        """Right, in the form asked."""
        return self.status is Status.RIGHT

    def __str__(self) -> str:
        return "\n".join([f"{self.exercise}: {self.status.value}.", *map(in_plain, self.told())])

    __repr__ = __str__

    def told(self) -> list[str]:
        """All sentences, the slip last."""
        if not self.slip:
            return list(self.sentences)
        return [*self.sentences, f"The slip may be: {self.slip}. {described(self.slip)}"]

    def markdown(self) -> str:
        """The reply as Markdown."""
        return "\n\n".join([f"**{self.exercise}: {self.status.value}.**", *map(in_markdown, self.told())])

    def _repr_markdown_(self) -> str:
        return self.markdown()


@dataclass(frozen=True)
class _Judged:
    """A status with its reasons."""

    status: Status
    sentences: tuple[str, ...] = ()
    said: Claim | None = None
    verdict: Verdict | None = None


def _wrong(sentence: str, said: Claim | None = None, verdict: Verdict | None = None) -> _Judged:
    return _Judged(Status.WRONG, (sentence,), said, verdict)


def _open(sentence: str, said: Claim | None = None, verdict: Verdict | None = None) -> _Judged:
    return _Judged(Status.UNDECIDED, (sentence,), said, verdict)


def judge(exercise: Exercise, answer: str, seconds: float = SECONDS) -> Reply:
    """The reply to an answer, in about so many seconds at most."""
    text, meant = answer.strip(), bare(answer)
    try:
        with within(WHOLE * seconds):
            found = _JUDGES[exercise.kind](exercise, _checked(text, meant), seconds)
    except OutOfTime:
        found = _open("The time ran out.")
    except SyntaxErrorInClaim as error:
        found = _unreadable(error.message)
    except SymbolicError as error:
        found = _unreadable(str(error))
    slip = _slip(exercise, meant, found.verdict, seconds) if found.status in SLIPPED else ""
    return Reply(exercise.id, text[:LENGTH], found.status, found.sentences, slip, found.said, found.verdict)


def _unreadable(reason: str) -> _Judged:
    """What a message quotes was typed: it is no formula, and is not typeset."""
    return _Judged(Status.UNREADABLE, (f"It cannot be read: {reason.replace('`', '')}.",))


def _checked(text: str, meant: str) -> str:
    if len(text) > LENGTH:
        raise NotationError(f"an answer has at most {LENGTH} characters")
    if not meant:
        raise NotationError("there is no answer")
    return meant


# What an exercise says itself comes again with every answer to it.


@lru_cache(maxsize=2048)
def _own_claim(line: str) -> Claim:
    return parse_claim(line)


@lru_cache(maxsize=2048)
def _own_expression(text: str) -> Expr:
    return parse_expression(text)


# --- expressions ---------------------------------------------------------------------------------


def _expression(exercise: Exercise, text: str, seconds: float) -> _Judged:
    """An expression in the hole of a claim."""
    text = _right_side(exercise, text)
    if text.lstrip("-+ ").lower() in INFINITE or exercise.answer.lstrip("-") == "oo":
        return _infinite(exercise, text)
    typed = parse_expression(text)
    right = _own_claim(exercise.filled(exercise.answer))
    with plainly(text) as line:
        filled, words = parse_claim(exercise.filled(line)), _words(line)
    if unknown := _strangers(filled, right):
        return _Judged(Status.UNREADABLE, (f"It speaks of `{unknown}`, and the question does not.",))
    if restated := _restated(exercise, typed, words, right):
        return _wrong(restated)
    if _is_nowhere_defined(typed, right):
        return _wrong("It is nowhere defined.")
    judged = _decided(exercise, typed, filled, right, seconds)
    return _in_form(exercise, judged, words, typed)


def _right_side(exercise: Exercise, text: str) -> str:
    """The answer alone, where the question is typed before it, or a sign of equality."""
    left, *right = EQUALS.split(text, maxsplit=1)
    asked = EQUALS.split(exercise.claim, maxsplit=1)[0]
    return right[0].strip() if right and _close(left) in ("", _close(asked)) else text


def _in_form(
    exercise: Exercise, judged: _Judged, words: set[str], typed: Expr | None = None, besides: Iterable[str] = ()
) -> _Judged:
    """What is right, if it is written as was asked, and without some words besides."""
    unwanted = [f"`{each}`" for each in (*exercise.without, *besides) if each in words]
    asked = [f"without {' and '.join(unwanted)}"] * bool(unwanted)
    asked += ["as a product"] * (exercise.product and typed is not None and typed.is_Add)
    if judged.status is not Status.RIGHT or not asked:
        return judged
    sentence = f"It is to be written {' and '.join(asked)}."
    return _Judged(Status.FORM, (sentence,), judged.said, judged.verdict)


def _strangers(filled: Claim, right: Claim) -> str:
    """A letter of the answer that stands in neither the question nor its solution."""
    one, other = free_names(filled), free_names(right)
    for kind in ("indices", "families", "scalars", "subsets"):
        more = set(getattr(one, kind)) - set(getattr(other, kind)) - {"z"}
        if more:
            return str(min(more))
    return ""


def _restated(exercise: Exercise, typed: Expr, words: set[str], right: Claim) -> str:
    """Why an answer is the question in other words, if it is."""
    asked, solved = _words(exercise.claim), _words(exercise.answer)
    for word in ("diff", "limit"):
        if word in words & asked - solved:
            return f"This leaves the question open: the answer has no `{word}` in it."
    lhs = right.lhs
    if exercise.claim.endswith(f"== {HOLE}") and lhs.args and typed.has(lhs) and not right.rhs.has(lhs):
        return f"This asks the question again: `{plain(lhs)}` is what is looked for."
    return ""


def _decided(exercise: Exercise, typed: Expr, filled: Claim, right: Claim, seconds: float) -> _Judged:
    """The claim with the answer in it, and the answer against the right one; of a limit the other way round."""
    ways = [filled]
    if exercise.kind is not Kind.FILL:
        ways.append(_compared(_own_expression(exercise.answer), "==", typed, right))
    for said in reversed(ways) if exercise.kind is Kind.LIMIT else ways:
        verdict = _verdict(said, seconds)
        if not isinstance(verdict, Unknown):
            break
    if isinstance(verdict, Refuted):
        return _wrong(_refuted(exercise, said, verdict), said, verdict)
    if isinstance(verdict, Proved) and verdict.vacuous:
        return _wrong("With it nothing is said: it is nowhere defined.", said, verdict)
    if isinstance(verdict, Unknown):
        if point := next(_undefined_points(filled, right), None):
            return _wrong(f"At {_at(filled, point)} it is not defined, and the right answer is.", said, verdict)
        return _open(f"It is neither proved nor refuted: {verdict.reason}.", said, verdict)
    return _where_defined(filled, right, said, verdict, seconds)


def _compared(lhs: Expr, op: str, rhs: Expr, asked: Claim, *further: Hypothesis) -> Claim:
    """A relation under the hypotheses of a claim, about its classes.

    A hypothesis on a class of which a relation does not speak is about every class: so `0*p[i]` is added.
    """
    absent = index_names(asked.relation) - index_names(lhs) - index_names(rhs)
    padding = (verbatim.multiply(0, p[class_named(name)]) for name in sorted(absent))
    return claim(verbatim.add(lhs, *padding), op, rhs, (*asked.given, *further))


def _verdict(said: Claim, seconds: float) -> Verdict:
    """The verdict; a few points come first, for most answers are wrong at one of them."""
    return decide(said, seconds, points_first=True)


def _at(said: Claim, point: Point) -> str:
    """The point, with what the claim speaks of."""
    return plain(about(said, point))


def _fails(said: Claim, verdict: Refuted) -> str:
    """Where a claim fails, and the values of its sides there."""
    return f"{_at(said, verdict.point)}: {verdict.lhs} on the left, {verdict.rhs} on the right."


def _refuted(exercise: Exercise, said: Claim, verdict: Refuted) -> str:
    if exercise.kind is Kind.FILL:
        return f"With it the line is false at {_fails(said, verdict)}"
    return f"At {_at(said, verdict.point)} the right answer is {verdict.lhs}, and yours is {verdict.rhs}."


def _where_defined(filled: Claim, right: Claim, said: Claim, verdict: Proved, seconds: float) -> _Judged:
    """An equal answer is right if it is defined wherever the right one is."""
    known, sides = (right.lhs, right.rhs), (filled.lhs, filled.rhs)
    missing = next((each for side in sides if (each := _undefined(side, known, right, seconds))), None)
    if missing is None:
        return _Judged(Status.RIGHT, (), said, verdict)
    point = next(_undefined_points(filled, right), None)
    if point is None:
        return _open(f"It may not be defined everywhere: {missing}.", said, verdict)
    at, why = _at(filled, point), missing.partition(", when")[0]
    return _wrong(f"It is equal where it is defined, but at {at} it is not: {why}.", said, verdict)


def _is_nowhere_defined(side: Expr, asked: Claim) -> bool:
    try:
        undefined_part(side, (), asked.given)
    except Undefined:
        return True
    except SymbolicError:
        pass
    return False


def _undefined(side: Expr, known: tuple[Expr, ...], asked: Claim, seconds: float) -> str | None:
    if side in known:
        return None
    try:
        return undefined_part(side, known, asked.given)
    except Undefined:
        return NOWHERE
    except SymbolicError:
        return None if _is_defined(side, asked, seconds) else "where it is defined is not known"


def _is_defined(side: Expr, asked: Claim, seconds: float) -> bool:
    """Whether an expression is made of what is always defined, and of divisions by what is shown not to be 0."""
    if isinstance(side, (Count, Maximum, Entry, Symbol)) or side.is_Rational:
        return not side.has(Pow, log, Limit, Derivative, Functional)  # what is counted, or the largest of what
    if isinstance(side, (Add, Mul)):
        return all(_is_defined(cast(Expr, each), asked, seconds) for each in side.args)
    if not isinstance(side, Pow) or not side.exp.is_Integer or not _is_defined(side.base, asked, seconds):
        return False
    if side.exp.is_positive:
        return True
    verdict = _verdict(_compared(side.base, "!=", Integer(0), asked), seconds)
    return isinstance(verdict, Proved) and not verdict.vacuous


def _undefined_points(filled: Claim, right: Claim) -> Iterator[Point]:
    """Points that count for the right answer and not for this one."""
    for raw in islice(listed(filled, free_names(filled)), POINTS):
        point = with_hypotheses(filled, raw)
        try:
            if point is None or not evaluate.admissible(right, point):
                continue
            evaluate.sides(right, point)
        except NotAPoint:
            continue
        try:
            evaluate.sides(filled, point)
        except Undefined:
            yield point
        except SymbolicError:
            continue


def _infinite(exercise: Exercise, text: str) -> _Judged:
    """An answer, or a right answer, that is no number."""
    close = _close(text)
    sign = "-" if close.startswith("-") else ""
    said = sign + INFINITE.get(close.lstrip("-+").lower(), "")
    if said == exercise.answer:
        return _Judged(Status.RIGHT)
    if not said.endswith("oo"):
        parse_expression(text)
        return _wrong("It grows beyond every bound: no number is the limit.")
    finite = "It is a number" if "oo" not in exercise.answer else "It goes the other way"
    return _wrong(f"{finite}: the right answer is not {said}.")


# --- evidence, points, hypotheses ----------------------------------------------------------------


def _evidence(exercise: Exercise, text: str, seconds: float) -> _Judged:
    """An expression of visible sign that the difference of the sides is: the kernel says whether it is."""
    said = _own_claim(exercise.line(exercise.claim))
    with plainly(text):
        evidence = parse_expression(text)
    problem = refusal(plain(said), {"line": [plain(evidence)]})
    if problem is None:
        return _Judged(Status.RIGHT, (), said)
    gap = said.rhs - said.lhs if said.op in ("<", "<=") else said.lhs - said.rhs
    equal = _compared(gap, "==", evidence, said)
    verdict = _verdict(equal, seconds)
    if isinstance(verdict, Refuted):
        values = f"that is {verdict.lhs}, and yours is {verdict.rhs}"
        sentence = f"It is not the difference of the two sides: at {_at(equal, verdict.point)} {values}."
        return _wrong(sentence, equal, verdict)
    if isinstance(verdict, Proved):
        if verdict.vacuous:
            return _wrong("It is nowhere defined.", equal, verdict)
        sentence = f"It is the difference of the two sides, and its sign is not seen: {problem}."
        return _Judged(Status.FORM, (sentence,), equal, verdict)
    return _open(f"Whether it is the difference of the two sides is not decided: {verdict.reason}.", equal, verdict)


def _point(exercise: Exercise, text: str, seconds: float) -> _Judged:
    """A point at which a false statement fails, under its hypotheses."""
    said = _own_claim(exercise.line(exercise.claim))
    point = read_point(text, said)
    unmet = [each for each in said.given if not evaluate.satisfies(each, said, point)]
    if unmet:
        return _wrong(f"The hypothesis `{plain(unmet[0])}` does not hold there.", said)
    try:
        lhs, rhs = evaluate.sides(said, point)
        holds = evaluate.holds(said, point)
    except Undefined as problem:
        return _wrong(f"There it is not defined: {problem}.", said)
    values = f"{lhs} on the left, {rhs} on the right"
    if holds:
        return _wrong(f"It holds there: {values}.", said)
    return _Judged(Status.RIGHT, (f"There it fails: {values}.",), said, Refuted(point, str(lhs), str(rhs)))


def _hypothesis(exercise: Exercise, text: str, seconds: float) -> _Judged:
    """A hypothesis under which a false statement holds, and which the known one implies."""
    with plainly(text.removeprefix("given ")) as line:
        text = line
    said, typed = _own_claim(exercise.line(exercise.claim)), _one_hypothesis(exercise, text)
    if isinstance(typed, Always) and (others := index_names(typed) - index_names(said.relation)):
        return _Judged(Status.UNREADABLE, (f"It speaks of `{min(others)}`, and the question does not.",))
    repaired = parse_claim(f"{plain(said)}{_and(said)}{text}")
    if _is_again(said, typed):
        return _wrong("This supposes the statement itself.")
    verdict = _verdict(repaired, seconds)
    if isinstance(verdict, Refuted):
        return _wrong(f"Under it the statement still fails, at {_fails(repaired, verdict)}", repaired, verdict)
    if isinstance(verdict, Unknown):
        return _at_least_not_needed(exercise, typed, verdict, seconds)
    if verdict.vacuous:
        return _wrong("No point satisfies it: then nothing is said.", repaired, verdict)
    judged = _no_more_than_needed(exercise, typed, repaired, verdict, seconds)
    if judged.status is Status.RIGHT and _supposes(said, typed, seconds):
        return _wrong("This supposes the statement itself.")
    own = DEFINED & _words(exercise.claim) - _words(exercise.answer)
    return _in_form(exercise, judged, _words(text), besides=sorted(own - set(exercise.without)))


def _is_again(said: Claim, typed: Hypothesis) -> bool:
    """Whether the difference of the sides of a hypothesis is, as it is written, a multiple of the statement's."""
    return isinstance(typed, Relation) and bool(
        (factor_terms(_gap(typed)) / factor_terms(_gap(said.relation))).is_number
    )


def _supposes(said: Claim, typed: Hypothesis, seconds: float) -> bool:
    """Whether it is equal to the statement's, or to its negative."""
    if not isinstance(typed, Relation):
        return False
    gap = _gap(said.relation)
    same = (
        _verdict(_compared(_gap(typed), "==", each, said), seconds / 4) for each in (gap, verbatim.multiply(-1, gap))
    )
    return any(isinstance(each, Proved) and not each.vacuous for each in same)


def _gap(relation: Relation) -> Expr:
    return verbatim.add(relation.lhs, verbatim.multiply(-1, relation.rhs))


def _words(text: str) -> set[str]:
    return set(WORD.findall(text))


def _no_more_than_needed(
    exercise: Exercise, typed: Hypothesis, repaired: Claim, verdict: Proved, seconds: float
) -> _Judged:
    """Right if the known hypothesis implies it: then nothing is left out at which the statement holds."""
    known = _one_hypothesis(exercise, exercise.answer)
    if _turned(typed) == _turned(known):
        return _Judged(Status.RIGHT, (), repaired, verdict)
    if not isinstance(typed, Relation):
        return _open("The statement holds under it; whether less is enough is not decided.")
    implied = _implied(exercise, known, typed)
    weaker = _verdict(implied, seconds)
    if isinstance(weaker, Proved) and not weaker.vacuous:
        return _Judged(Status.RIGHT, (), repaired, verdict)
    if isinstance(weaker, Refuted):
        sentence = f"It leaves out {_at(implied, weaker.point)}, where the statement holds."
        return _Judged(Status.MORE, (sentence,), repaired, verdict)
    return _open("The statement holds under it; whether less is enough is not decided.")


def _at_least_not_needed(exercise: Exercise, typed: Hypothesis, undecided: Unknown, seconds: float) -> _Judged:
    """Wrong if the known hypothesis does not imply it, whether or not it is enough; right if they say the same."""
    if isinstance(typed, Relation):
        known = _one_hypothesis(exercise, exercise.answer)
        implied = _implied(exercise, known, typed)
        needed = _verdict(implied, seconds)
        if isinstance(needed, Refuted):
            where = f"it leaves out {_at(implied, needed.point)}, where the statement holds"
            return _wrong(f"It is not what is missing: {where}.", implied, needed)
        if isinstance(needed, Proved) and not needed.vacuous and isinstance(known, Relation):
            implied = _implied(exercise, typed, known)
            same = _verdict(implied, seconds)
            if isinstance(same, Proved) and not same.vacuous:
                return _Judged(Status.RIGHT, (), implied, same)
    return _open(f"It is neither proved nor refuted under it: {undecided.reason}.")


def _implied(exercise: Exercise, first: Hypothesis, second: Relation) -> Claim:
    """That a hypothesis implies a second; what this says of every class, it says by letters of its own."""
    said, lhs, rhs = _own_claim(exercise.line(exercise.claim)), second.lhs, second.rhs
    taken = _words(f"{plain(said)} {plain(first)} {plain(second)}")
    unused = (each for each in FRESH if each not in taken)
    for name, other in zip(sorted(index_names(second) - index_names(said.relation)), unused, strict=False):
        lhs, rhs = (verbatim.rename(side, class_named(name), class_named(other)) for side in (lhs, rhs))
    return _compared(lhs, second.op, rhs, said, first)


def _one_hypothesis(exercise: Exercise, text: str) -> Hypothesis:
    """The one hypothesis that a text says, read beside the statement of the exercise."""
    if CLAUSES & _words(text):
        raise NotationError("expected one hypothesis alone, without `given` or `where`")
    said = _own_claim(exercise.line(exercise.claim))
    found = parse_claim(f"{plain(said)}{_and(said)}{text}").given[len(said.given) :]
    if len(found) != 1:
        raise NotationError("expected one hypothesis")
    return found[0]


def _and(said: Claim) -> str:
    return ", " if said.given else " given "


def _turned(each: Hypothesis) -> Hypothesis:
    """A hypothesis in one way to write it: z[i] > z[j] as z[j] < z[i], j != i as i != j, a bound class as k9."""
    match each:
        case Relation(lhs, op, rhs) if op in (">", ">="):
            return Relation(rhs, MIRRORED[op], lhs)
        case Always(Relation(lhs, op, rhs), bound, conditions):
            lhs, rhs, *others = (verbatim.rename(part, bound, BOUND) for part in (lhs, rhs, *conditions))
            return Always(cast(Relation, _turned(Relation(lhs, op, rhs))), BOUND, tuple(others))
        case SameClass(first, second, holds):
            return SameClass(min(first, second, key=str), max(first, second, key=str), holds)
    return each


# --- orders and letters --------------------------------------------------------------------------


def _order(exercise: Exercise, text: str, seconds: float) -> _Judged:
    """An order of the lines in which each stands to the next as is asked."""
    order = _numbers(text, len(exercise.lines))
    for first, second in pairwise(order):
        said, verdict = _link(exercise, first, second, seconds)
        if isinstance(verdict, Refuted):
            where = f"at {_at(said, verdict.point)} they are {verdict.lhs} and {verdict.rhs}"
            return _wrong(f"Line {second + 1} does not follow line {first + 1}: {where}.", said, verdict)
        if not isinstance(verdict, Proved):
            return _open(f"Whether line {second + 1} follows line {first + 1} is not decided.")
    return _Judged(Status.RIGHT)


@lru_cache(maxsize=512)
def _decided_line(line: str, seconds: float) -> tuple[Claim, Verdict]:
    said = parse_claim(line)
    return said, _verdict(said, seconds)


def _link(exercise: Exercise, first: int, second: int, seconds: float) -> tuple[Claim, Verdict]:
    lines = exercise.lines
    return _decided_line(exercise.line(f"{lines[first]} {exercise.op} {lines[second]}"), seconds)


def _numbers(text: str, many: int) -> list[int]:
    """Every number from 1 to so many, once; counted from 0."""
    digits = "[0-9]" if len(text) == many else "[0-9]{1,2}"  # 2431 is 2 4 3 1
    found = [int(each) - 1 for each in re.findall(digits, text)]
    if re.sub(r"[][()0-9\s,<=>;-]", "", text) or sorted(found) != list(range(many)):
        raise NotationError(f"expected each number from 1 to {many} once, and nothing else")
    return found


def _letter(exercise: Exercise, text: str, seconds: float) -> _Judged:
    """The letter of the statement that is true."""
    letter = text.strip("(). ").lower()
    letters = LETTERS[: len(exercise.lines)]
    if len(letter) != 1 or letter not in letters:
        raise NotationError(f"expected one of the letters {' '.join(letters)}")
    said, verdict = _decided_line(exercise.line(exercise.lines[letters.index(letter)]), seconds)
    if isinstance(verdict, Proved) and not verdict.vacuous:
        return _Judged(Status.RIGHT, (), said, verdict)
    if isinstance(verdict, Refuted):
        return _wrong(f"It fails at {_fails(said, verdict)}", said, verdict)
    return _open("It is neither proved nor refuted.", said, verdict)


_JUDGES = {
    Kind.VALUE: _expression,
    Kind.LIMIT: _expression,
    Kind.FILL: _expression,
    Kind.PROVE: _evidence,
    Kind.REFUTE: _point,
    Kind.REPAIR: _hypothesis,
    Kind.ORDER: _order,
    Kind.CHOICE: _letter,
}


# --- slips ---------------------------------------------------------------------------------------


def _slip(exercise: Exercise, text: str, found: Verdict | None, seconds: float) -> str:
    """The name of the slip that a wrong answer shows: that of a known wrong answer to which it is equal."""
    named = {_close(wrong): name for wrong, name in exercise.wrong.items()}
    if _close(text) in named or exercise.kind not in EXPRESSIONS:
        return named.get(_close(text), "")
    try:
        typed = parse_expression(_right_side(exercise, text))
    except SymbolicError:
        return ""
    equal = (name for wrong, name in exercise.wrong.items() if _equal(exercise, wrong, typed, found, seconds))
    return next(equal, "")


def _close(text: str) -> str:
    return "".join(text.split())


def _equal(exercise: Exercise, wrong: str, typed: Expr, found: Verdict | None, seconds: float) -> bool:
    """Whether two expressions are equal under the hypotheses of the exercise; a point refutes most at once."""
    try:
        known = _own_expression(wrong)
    except SymbolicError:
        return False
    if isinstance(found, Refuted) and _differ(known, typed, found.point):
        return False
    asked = _own_claim(exercise.line(exercise.claim.replace(HOLE, exercise.answer)))
    verdict = _verdict(_compared(known, "==", typed, asked), seconds / 4)
    return isinstance(verdict, Proved) and not verdict.vacuous


def _differ(first: Expr, second: Expr, point: Point) -> bool:
    """Whether two expressions are seen to have different values at a point."""
    try:
        one, other = evaluate.value(first, point), evaluate.value(second, point)
        return one.exists and other.exists and one.compare(other) != 0
    except SymbolicError:
        return False
