"""Under which hypotheses a refuted claim holds: the fewest of a short list, and a point for each that shows it needed.

    repaired(claim, refuted, seconds) -> Repair | None

What is added is decided, as any claim is; it leaves a point that counts; and it is not the claim in other words.

>>> from symbolic.search.decision import decide
>>> from symbolic.language.parser import parse_claim
>>> said = parse_claim("diff(logsumexp(z), z[i]) == p[i]")
>>> print(repaired(said, decide(said), 10))
holds given `lambda == 1`; at n = 2, lambda = 2, z = (0, log(2)), i = 1 it does not
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from time import monotonic

from sympy import Derivative, Dummy, Eq, Expr, Symbol, degree, expand

from symbolic.language.claims import (
    Claim,
    Hypothesis,
    Member,
    Point,
    Proved,
    Refuted,
    Relation,
    SameClass,
    Verdict,
    parts,
    relation,
)
from symbolic.language.errors import NotationError
from symbolic.language.names import unused
from symbolic.language.notation import (
    Count,
    Entry,
    Family,
    Functional,
    Limit,
    Maximum,
    Minimum,
    Size,
    Subset,
    Sum,
    class_named,
    free,
    lam,
    n,
)
from symbolic.language.typeset import plain
from symbolic.points import evaluate
from symbolic.points.names import Names, NotAPoint, about, free_names
from symbolic.search import vacuity
from symbolic.search.decision import decide

__all__ = ["Repair", "candidates", "repaired"]

SIZE = 2  # hypotheses at most: who needs more meant another claim


@dataclass(frozen=True)
class Repair:
    """Hypotheses under which a refuted claim holds; at the point beside each the others hold, and the claim fails."""

    added: tuple[Hypothesis, ...]
    without: tuple[Point, ...]

    def __str__(self) -> str:
        said = ", ".join(f"`{plain(each)}`" for each in self.added)
        if len(self.added) == 1:
            return f"holds given {said}; at {plain(self.without[0])} it does not"
        pairs = zip(self.added, self.without, strict=True)
        failures = "; ".join(f"without `{plain(each)}` it fails at {plain(point)}" for each, point in pairs)
        return f"holds given {said}; {failures}"


def repaired(said: Claim, refuted: Refuted, seconds: float) -> Repair | None:
    """The first of the smallest sets of hypotheses, in the order of the list, under which the claim holds.

    A set is tried only if no counterexample that is known satisfies it; each refutation gives one more.
    """
    until = monotonic() + seconds
    listed, known = list(candidates(said)), [refuted.point]
    for added in chain.from_iterable(combinations(listed, size) for size in range(1, SIZE + 1)):
        without = [_where_needed(said, each, added, known) for each in added]
        if not _may_repair(said, added, known) or None in without:
            continue
        if (left := until - monotonic()) <= 0:
            return None
        verdict = _decided(_under(said, added), left)
        if isinstance(verdict, Refuted):
            known.append(verdict.point)
        elif isinstance(verdict, Proved) and not verdict.vacuous and vacuity.counted_point(_under(said, added)):
            return Repair(added, tuple(about(_under(said, added), point) for point in without if point))
    return None


def _may_repair(said: Claim, added: Sequence[Hypothesis], known: Iterable[Point]) -> bool:
    """Whether they are about different things, no counterexample satisfies them, and they are not the claim itself."""
    if len(set(map(_subject, added))) < len(added) or any(_all_hold(said, added, point) for point in known):
        return False
    return not any(_says_the_same(said, each) for each in added)


def _subject(hypothesis: Hypothesis) -> object:
    match hypothesis:
        case Relation(lhs):
            return lhs
        case SameClass(first, second):
            return first, second
        case Member(index, subset):
            return index, subset
    return hypothesis


def _decided(said: Claim, seconds: float) -> Verdict:
    """The verdict alone; of an equality too a few points come first, for most that is tried here is false."""
    return decide(said, seconds, derivation=False, points_first=True)


def _under(said: Claim, added: Iterable[Hypothesis]) -> Claim:
    return replace(said, given=(*said.given, *added), text="")


def _all_hold(said: Claim, added: Iterable[Hypothesis], point: Point) -> bool:
    """Whether the point satisfies them; where that is not known it is left to be decided."""
    try:
        return all(evaluate.satisfies(each, said, point) for each in added)
    except (*NotAPoint, NotationError):
        return False


def _where_needed(said: Claim, each: Hypothesis, added: Iterable[Hypothesis], known: Iterable[Point]) -> Point | None:
    """A counterexample that satisfies all the others."""
    others = [other for other in added if other is not each]
    return next((point for point in known if _all_hold(said, others, point)), None)


# --- the list ------------------------------------------------------------------------------------


def candidates(said: Claim) -> Iterator[Hypothesis]:
    """What a claim may tacitly assume, by what it speaks of; of one sort the weaker first."""
    names = free_names(said)
    indices = [class_named(name) for name in names.indices]
    subsets = [Subset(name) for name in names.subsets]
    yield from (SameClass(*pair, holds=False) for pair in combinations(indices, 2))
    if said.lhs.has(Derivative) or said.rhs.has(Derivative):
        yield from (SameClass(*pair) for pair in combinations(indices, 2))
    yield from (Member(at, subset, holds) for subset in subsets for at in indices for holds in (True, False))
    if names.has_temperature:
        yield relation(lam, "==", 1)
    yield relation(n, ">=", 2)
    yield from chain.from_iterable(map(_of_scalar, names.scalars))
    for name in sorted(_spoken_of(said)):
        yield from () if name in names.exponents else _of_weights(Family(name), _new_index(names))
        yield relation(Minimum.of(Family(name)), "<", Maximum.of(Family(name)))
    if said.lhs.has(Limit) or said.rhs.has(Limit):
        yield from (_one_maximiser(Family(name), _new_index(names)) for name in names.families)
    yield from (relation(Size(subset), ">=", 1) for subset in subsets)
    yield from (relation(n, op, size) for op, size in ((">=", 3), ("==", 2)))


def _of_scalar(name: str) -> Iterator[Hypothesis]:
    scalar = Symbol(name, real=True)
    yield from (relation(scalar, op, 0) for op in ("!=", ">=", ">"))


def _of_weights(family: Family, at: Symbol) -> Iterator[Hypothesis]:
    """Of what stands in no exponent: nobody takes for granted that logits are positive, or sum to 1."""
    yield from (relation(family[at], op, 0) for op in (">=", ">", "!="))
    yield relation(Sum(family[at], at), "==", 1)


def _one_maximiser(family: Family, at: Symbol) -> Hypothesis:
    return relation(Count(Eq(family[at], Maximum.of(family)), at), "==", 1)


def _spoken_of(said: Claim) -> set[str]:
    """The families of which entries stand in the claim; of z it may be p[i] alone."""
    found = {part for part in parts(said) if isinstance(part, (Entry, Functional))}
    return {each.name for part in found for each in part.args if isinstance(each, Family)}


def _new_index(names: Names) -> Symbol:
    """A letter that stands for every class."""
    return class_named(next(unused("klmrsuvq", names.indices)))


# --- the claim in other words --------------------------------------------------------------------


def _says_the_same(said: Claim, hypothesis: Hypothesis) -> bool:
    """Whether the claim under the hypothesis is no news: x == x, 2*y[i] > 0 given y[k] > 0, n^2 == 4 given n == 2."""
    if isinstance(hypothesis, SameClass):
        there = {hypothesis.second: hypothesis.first}
        return hypothesis.holds and said.lhs.xreplace(there) == said.rhs.xreplace(there)
    if not isinstance(hypothesis, Relation):
        return False
    claimed, supposed = said.lhs - said.rhs, hypothesis.lhs - hypothesis.rhs
    if expand(claimed - supposed) == 0 or expand(claimed + supposed) == 0:
        return True
    quantity = Dummy(real=True)
    rule = dict.fromkeys(_standing_for(hypothesis.lhs, claimed), quantity)
    try:
        alone = claimed.xreplace(rule)
    except NotationError:  # it stands where nothing can be put in: the claim is about more
        return False
    if not free(alone) <= {quantity, hypothesis.lhs}:
        return False
    return hypothesis.op == "==" or (bool(alone.is_polynomial(quantity)) and degree(alone, quantity) <= 1)


def _standing_for(quantity: Expr, claimed: Expr) -> set[Expr]:
    """What a hypothesis on the quantity is about: of y[k], every entry of y."""
    if not isinstance(quantity, Entry):
        return {quantity}
    return {each for each in claimed.atoms(Entry) if each.family == quantity.family}
