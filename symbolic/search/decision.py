"""From a claim to its verdict: the kernel, z3, the search for a counterexample, each bounded in time.

False inequalities mostly fail at simple points, and are expensive to the kernel: a few points come first.

    decide(claim, seconds=10) -> Proved | Refuted | Unknown

>>> from symbolic.language.claims import claim
>>> from symbolic.language.notation import Sum, i, k, p
>>> decide(claim(Sum(p[k], k), "==", 1))
Proved(cases=(), rests_on=(), vacuous=False, facts=(), notes=())
>>> decide(claim(p[i], "<", 1)).point.n
1
>>> decide(claim(Sum(p[k], k), "==", 1), seconds=0)
Unknown(reason='the time ran out', notes=())
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import RLock
from time import monotonic
from typing import TypeVar
from warnings import warn

from sympy import Abs, Derivative, Pow

from symbolic.deadline import OutOfTime, within
from symbolic.language.claims import (
    Always,
    Claim,
    Hypothesis,
    Member,
    Operator,
    Point,
    Proved,
    Refuted,
    Relation,
    SameClass,
    Unknown,
    Verdict,
    bounds,
)
from symbolic.language.errors import NotationError, SymbolicError
from symbolic.language.notation import Count, Divergence, Limit, Maximum, Subset, n
from symbolic.language.typeset import plain
from symbolic.search.form.equality import Fails, Holds, Open, Outcome, equal
from symbolic.search.form.restatements import restated, with_one_class

__all__ = ["decide"]

NUMBERS = 0.3  # of the time is for evaluation where n and every quantity are given,
FIRST_LOOK = 0.1  # for the first few points, and for some more where nothing is seen at once,
FEW_POINTS, MORE_POINTS = range(24), range(24, 144)
SMT = 0.15  # for z3 to try an inequality that the kernel cannot decide
BOTH_WAYS = 0.2  # and for the kernel to try both inequalities where it cannot decide an equality
AT_ONCE = 0.4  # for a derivation by what is at hand, or from what is known of functions of numbers,
DERIVATION = 0.4  # for one that is guessed,
KERNEL = 0.6  # of the time is the kernel's; what it leaves is the search's,
SEARCH = 0.9  # which ends by itself before it is ended,
LEAST = 0.1  # and has so much of the time at least
EMPTINESS = 2.0  # seconds at most, for whether any point satisfies the hypotheses
SECOND_LOOK = 1.0  # seconds at most, for an equality

ZERO_BY_ZERO = Open("a divergence, which is defined where both of its arguments are 0")
DIVIDED_BY_NOTHING = Open("a sum that may be empty, of what is then divided by 0")

_one_at_a_time = RLock()  # tables and precisions are shared; and threads would not make it faster

T = TypeVar("T")


def decide(claim: Claim, seconds: float = 10, derivation: bool = True, points_first: bool = False) -> Verdict:
    """The verdict on a claim, in at most so many seconds; `Unknown` says what was tried and what stopped it.

    Without a derivation, which takes most of the time, none is guessed; an equality rests on the search. With points
    first, as of every inequality, a few of them come before all else: where most that is asked is false, they are
    cheap.
    `verify` shows it with the claim, and with notes.

    >>> from symbolic.language.parser import parse_claim
    >>> decide(parse_claim("p[i] < 1")).lhs
    '1'
    """
    if not isinstance(claim, Claim):
        raise NotationError(f"expected a claim, as parse_claim makes of a line, not {claim!r}")
    if seconds <= 0:
        return Unknown("the time ran out")
    with _one_at_a_time:
        time = _Time(monotonic(), seconds)
        known = _bounded(lambda: _by_numbers(claim), seconds * NUMBERS) if _is_about_numbers(claim) else None
        if isinstance(known, (Proved, Refuted)):
            return _derived(known, claim, seconds * DERIVATION)
        ordered = claim.op != "==" and not _is_about_limits(claim)
        if ordered or points_first:
            early = _by_first_look(claim, FEW_POINTS, seconds * FIRST_LOOK)
            if isinstance(early, Refuted):
                return early
        told = _by_derivation if derivation else _without_derivation
        at_once = _by_derivation if ordered else told
        derived = _bounded(lambda: at_once(claim, guess=False), seconds * AT_ONCE)
        if isinstance(derived, Proved):
            return derived
        if not _is_about_limits(claim):
            early = _by_first_look(claim, MORE_POINTS, seconds * FIRST_LOOK)
            if isinstance(early, Refuted):
                return early
        split = _bounded(lambda: _by_cases(claim, time.share(KERNEL), derivation), time.share(KERNEL))
        if isinstance(split, Proved) and _is_borne_out(claim, split, seconds * (1 - KERNEL)):
            derived = _bounded(lambda: told(claim, guess=True), time.share(DERIVATION))
            return derived if isinstance(derived, Proved) else split
        outcome = _bounded(lambda: _by_kernel(claim), time.share(KERNEL))
        if isinstance(outcome, Open) and claim.op == "==":
            tried = _bounded(lambda: _both_ways(claim), time.share(BOTH_WAYS))
            outcome = tried if isinstance(tried, Holds) else outcome
        if isinstance(outcome, (Holds, Open)):
            derived = _bounded(lambda: told(claim, guess=True), time.share(DERIVATION))
            if isinstance(derived, Proved):
                return derived
        candidates: list[Point] = []
        if isinstance(outcome, Open) and ordered:
            tried = _bounded(lambda: _by_z3(claim, candidates), time.share(SMT))
            outcome = tried if isinstance(tried, Holds) else outcome
        if isinstance(outcome, Holds) and _divides_zero_by_zero(claim, outcome):
            outcome = ZERO_BY_ZERO
        if isinstance(outcome, Holds):
            outcome = _looked_at_again(claim, outcome, seconds * (1 - KERNEL))
        if isinstance(outcome, Open) and _is_of_itself(claim):
            outcome = _bounded(partial(_where_it_counts, claim, outcome), seconds * (1 - KERNEL))
        if isinstance(outcome, Holds):
            found = _bounded(partial(_about_something, claim, outcome), EMPTINESS)
            if isinstance(found, Proved) or not outcome.vacuous:
                return found if isinstance(found, Proved) else _proved(outcome)
            outcome = found
        left = time.left()
        searched = _bounded(lambda: _by_search(claim, candidates, left * SEARCH), left)
        return searched if isinstance(searched, Refuted) else Unknown(_reason(outcome, searched))


@dataclass(frozen=True)
class _Time:
    """What there is of it, and when it began."""

    started: float
    seconds: float

    def left(self) -> float:
        return self.seconds - (monotonic() - self.started)

    def share(self, part: float) -> float:
        """So much of it, if that leaves the search for a counterexample its own."""
        return max(0.0, min(part * self.seconds, self.left() - LEAST * self.seconds))


def _derived(verdict: Verdict, claim: Claim, seconds: float) -> Verdict:
    """What exact numbers show, by a derivation, if there is one at once."""
    if not isinstance(verdict, Proved) or verdict.vacuous:
        return verdict
    found = _bounded(lambda: _by_derivation(claim, guess=False), seconds)
    return found if isinstance(found, Proved) else verdict


def _bounded(work: Callable[[], T], seconds: float) -> T | Open:
    """The result of the work, or which limit stopped it."""
    try:
        with within(seconds):
            return work()
    except OutOfTime:
        return Open("the time ran out")
    except RecursionError:
        return Open("the claim is nested too deeply")
    except MemoryError:
        return Open("the memory ran out")
    except OverflowError:
        return Open("a number is too large")
    except SymbolicError as problem:
        return Open(str(problem))


def _is_about_numbers(claim: Claim) -> bool:
    """Whether n is given, as it is where every quantity is, or does not matter."""
    from symbolic.points.numerical import is_about_constants

    least, greatest = bounds(claim.given)
    return (least == greatest and claim.op != "==") or is_about_constants(claim)


def _by_numbers(claim: Claim) -> Verdict | None:
    from symbolic.points import numerical

    return numerical.verdict(claim)


def _by_derivation(claim: Claim, guess: bool) -> Proved | None:
    """What the kernel accepts needs no second look; whether it is about any point is another question."""
    from symbolic.search import derivations

    proof = derivations.guessed(claim) if guess else derivations.at_once(claim)
    if proof is None:
        return None
    told = _about_something(claim, Holds(proof.cases, proof.vacuous))
    if isinstance(told, Proved):
        return replace(told, rests_on=(), derivation=proof)
    from symbolic.search import vacuity

    note = f"no point satisfies {', '.join(map(plain, claim.given))}"  # in one of several cases each
    return Proved(proof.cases, vacuous=True, facts=(vacuity.SEEN,), notes=(note,), derivation=proof)


def _without_derivation(claim: Claim, guess: bool) -> None:
    """Where a verdict is enough."""


def _by_cases(claim: Claim, seconds: float, derivation: bool) -> Proved | None:
    """By claims that together say what the claim says, and are not about what the kernel has no step for."""
    for cases, fact in _split(claim):
        verdicts = [decide(each, seconds / len(cases), derivation) for each in cases]
        proofs = [each for each in verdicts if isinstance(each, Proved)]
        if len(proofs) == len(cases):
            told = tuple(", ".join(map(plain, each.given)) for each in cases) if len(cases) > 1 else ()
            vacuous = all(each.vacuous for each in proofs)
            return Proved(told, ("the search alone",), vacuous, (fact,), proofs[0].notes if vacuous else ())
    return None


def _split(claim: Claim) -> Iterator[tuple[tuple[Claim, ...], str]]:
    """The ways to tell cases apart that a claim suggests, each with what it rests on."""
    sides = (claim.lhs, claim.rhs)
    if any(side.has(Maximum) and side.has(Derivative) for side in sides):
        from symbolic.search.attained import resolved

        fact = "the derivative of a largest value is that of the entry which alone attains it"
        yield from ((cases, fact) for cases in [resolved(claim)] if cases)
    told = restated(claim)
    if told != with_one_class(claim):
        yield (told,), "shares that are equal, of numbers that differ by a constant, or have one factor"
    if any(side.has(Pow) for side in sides):
        from symbolic.search import powers

        fact = "with one class 1 - p[i] is 0, and so (1 - p[i])^c is a number that does not move"
        yield from ((cases, fact) for cases in [powers.resolved(claim)] if cases)
        yield from (((root,), "equal numbers have equal powers") for root in powers.rooted(claim))
    if claim.given or any(side.has(Abs) for side in sides):
        from symbolic.search import closures

        fact = "both sides are continuous where shares and numbers go to the least"
        inside = dict.fromkeys(closures.resolved(claim, every) for every in (False, True))
        yield from (((each,), fact) for each in inside if each is not None)
        fact = "sizes are any numbers that are not negative"
        yield from (((sizes,), fact) for sizes in [closures.of_sizes(claim)] if sizes)


def _by_kernel(claim: Claim) -> Outcome:
    """Limits, equalities and inequalities each have their place. What is not needed is not loaded."""
    claim = restated(claim)
    if _is_about_limits(claim):
        from symbolic.search.limits import relations

        return relations.limit_claim(claim)
    outcome = equal(claim) if claim.op == "==" else _by_order(claim)
    return DIVIDED_BY_NOTHING if isinstance(outcome, Holds) and _divides_by_nothing(claim) else outcome


def _divides_zero_by_zero(claim: Claim, outcome: Holds) -> bool:
    """Whether it is about no point only if a divergence is nowhere defined, as it is where both arguments are 0."""
    return outcome.vacuous and (claim.lhs.has(Divergence) or claim.rhs.has(Divergence))


def _by_order(claim: Claim) -> Outcome:
    from symbolic.search.order import inequality
    from symbolic.search.simplex import combination

    return inequality.compare(claim, combination)


def _by_first_look(claim: Claim, points: range, seconds: float) -> Refuted | Open | None:
    """Whether one of these among the first points refutes the claim: most that is false fails at one of the first."""
    from symbolic.points import refute

    return _bounded(lambda: refute.first_look(claim, seconds, points.start, points.stop), seconds)


def _by_z3(claim: Claim, candidates: list[Point]) -> Outcome:
    from symbolic.search import smt

    return smt.compare(claim, candidates)


def _is_about_limits(claim: Claim) -> bool:
    return bool(claim.lhs.has(Limit) or claim.rhs.has(Limit))


def _both_ways(claim: Claim) -> Outcome | None:
    """An equality of largest and smallest values, or under inequalities, by <= and >=; None if it is not shown so."""
    if _is_about_limits(claim) or not _is_about_order(claim) or _divides_by_nothing(claim):
        return None
    found: list[Holds] = []
    operators: tuple[Operator, ...] = ("<=", ">=")
    for op in operators:
        one_way = _by_order(replace(claim, relation=replace(claim.relation, op=op), text=""))
        if not isinstance(one_way, Holds):
            return None
        found.append(one_way)
    first, second = found
    facts, rests = (first.facts + second.facts, first.rests_on + second.rests_on)
    return Holds(first.cases, first.vacuous, tuple(dict.fromkeys(facts)), tuple(dict.fromkeys(rests)))


def _is_about_order(claim: Claim) -> bool:
    inside = [each.relation if isinstance(each, Always) else each for each in claim.given]
    ordered = any(isinstance(each, Relation) and each.op not in ("==", "!=") for each in inside)
    return ordered or claim.lhs.has(Maximum, Count, Abs) or claim.rhs.has(Maximum, Count, Abs)


def _divides_by_nothing(claim: Claim) -> bool:
    """Whether the kernel sees a sum without classes, which is 0, of what is divided by 0: sum(1/size(A), k in A).

    Without subsets, and equations that tie a divisor to n, the search sees it by itself.
    """
    from symbolic.kernel import MaybeEmpty, Refused, check

    relations = [each.relation if isinstance(each, Always) else each for each in claim.given]
    tied = any(isinstance(each, Relation) and each.op == "==" for each in relations)
    if not tied and not any(side.atoms(Subset) for side in (claim.lhs, claim.rhs)):
        return False
    try:
        check(plain(claim), {"line": []})
    except Refused as refusal:
        return isinstance(refusal, MaybeEmpty)
    return False


def _looked_at_again(claim: Claim, outcome: Holds, seconds: float) -> Outcome:
    """The search's answer, unless a point contradicts it, or there was no time for points and they matter."""
    from symbolic.points.second_look import contradiction

    settled = claim.op == "==" and not outcome.vacuous and not (claim.lhs.has(Limit) or claim.rhs.has(Limit))
    point = _bounded(partial(contradiction, claim, outcome.vacuous), min(seconds, SECOND_LOOK) if settled else seconds)
    if isinstance(point, Open):
        return outcome if settled else point
    if point is None:
        return outcome
    problem = f"a proof does not agree with the point {plain(point)}: {plain(claim)}"
    warn(f"{problem}; this is a defect, please report it", stacklevel=2)
    return Open(problem)


def _is_borne_out(claim: Claim, verdict: Proved, seconds: float) -> bool:
    return isinstance(_looked_at_again(claim, Holds(vacuous=verdict.vacuous), seconds), Holds)


def _about_something(claim: Claim, outcome: Holds) -> Proved | Open:
    """The proof, and whether it is about any point; only hypotheses, or what is undefined, may leave none."""
    looked_at = any(not isinstance(each, (SameClass, Member)) and not _about_n(each) for each in claim.given)
    if not outcome.vacuous and not looked_at:
        return _proved(outcome)
    from symbolic.search import vacuity  # most claims do not need it

    return vacuity.about_something(claim, _proved(outcome), None if outcome.vacuous else vacuity.counted_point(claim))


def _proved(outcome: Holds) -> Proved:
    rests_on = outcome.rests_on or ("the search alone",)
    return Proved(tuple(filter(None, outcome.cases)), rests_on, outcome.vacuous, outcome.facts)


def _about_n(each: Hypothesis) -> bool:
    return isinstance(each, Relation) and n in (each.lhs, each.rhs)


def _is_of_itself(claim: Claim) -> bool:
    return claim.lhs == claim.rhs and claim.op in ("==", "<=", ">=") and not claim.lhs.has(Limit)


def _where_it_counts(claim: Claim, outcome: Open) -> Outcome:
    """What is the same expression twice is equal wherever it is defined; that it is somewhere, a point shows."""
    from symbolic.points.second_look import contradiction

    defined = contradiction(claim, vacuous=True) is not None
    return Holds(facts=("both sides are the same expression",)) if defined else outcome


def _by_search(claim: Claim, candidates: Sequence[Point], seconds: float) -> Refuted | None:
    from symbolic.points import refute

    return refute.search(claim, seconds, hints=candidates)


def _reason(outcome: Fails | Open, found: Open | None) -> str:
    stopped = f"; the search for a counterexample: {found.reason}" if found else ""
    if isinstance(outcome, Open):
        return outcome.reason + stopped
    where = f" when {outcome.case}" if outcome.case else ""
    return f"{outcome.how}{where}, but no point that is exactly computable was found{stopped}"
