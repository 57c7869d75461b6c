"""Shares and odds against thresholds: what follows from one hypothesis, or from the range of the logits.

    derivation(claim, judge) -> Node | None

The larger side less the smaller one, or that of the exponentials, is a product of what is positive and of a gap:

    x - y                                    as a hypothesis says it
    e^(x - y) - 1                            which is (e^u - 1 - u) + u, for u = x - y
    sum p (e^(s (x - y)) - 1)                over the classes of which a hypothesis says that x >= y
    sum_A sum_B p_k (e^(s u) - 1)            u = (b - z_k) + (z_l - a), k in A, l outside of A, or k = i, l != i

a and b are the extremes, or what hypotheses say that the logits are at least, and at most.

Source: folklore; p_k/p_l is e^(s (z_k - z_l)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from sympy import Basic, log

from symbolic.kernel.refused import Refused
from symbolic.language import notation as of
from symbolic.language.claims import Always, Claim, Relation, least_size, parts
from symbolic.language.comparison import compared
from symbolic.language.typeset import CONDITIONS, plain
from symbolic.search.case_trees import Frame, Judge, Node
from symbolic.search.classical import bounds
from symbolic.search.evidence import MANY
from symbolic.search.logarithms import Normed, wrapped
from symbolic.search.means import preceded
from symbolic.search.shapes import Body, Words, factors
from symbolic.search.totals import bracketed

__all__ = ["derivation"]

SHARES = (of.Probability, of.Softmax)


def derivation(claim: Claim, judge: Judge) -> Node | None:
    """A product that the kernel accepts, of the sides, or of their exponentials."""
    every = set(parts(claim))
    extremes = any(isinstance(each, of.Maximum) for each in every)
    if claim.op == "==" or not any(isinstance(each, SHARES) for each in every) or not (claim.given or extremes):
        return None
    steps = list(_steps(claim))
    for around, said in _ways(claim):
        for line in _lines(said):
            inner: Node = {"line": line}
            for node in wrapped(claim, {"compare": around, "in": inner} if around else inner, judge):
                if judge(claim, whole := preceded(node, steps)) is None:
                    return whole
    return None


def _steps(claim: Claim) -> Iterator[Node]:
    """That other classes are left over, and have a share."""
    for each in sorted({plain(each.args[0]) for each in parts(claim) if isinstance(each, of.Size)}):
        yield {"have": f"n - size({each}) >= 0", "by": {"line": [f"sum(1, k not in {each})"]}}
    words = Words.of(claim)
    k = words.letters[0]
    for q, i in product(words.distributions, words.indices) if least_size(claim.given) > 1 else ():
        if f"1 - {q.at(i)}" in plain(claim):
            yield {"have": f"1 - {q.at(i)} > 0", "by": {"line": [f"sum({q.at(k)}, {k} != {i})"]}}


def _ways(claim: Claim) -> Iterator[tuple[str, Claim]]:
    yield "", claim
    if any(isinstance(each, log) for side in (claim.lhs, claim.rhs) for each in (side, *side.args)):
        yield "exp", compared("exp", claim)


def _lines(claim: Claim) -> Iterator[list[str]]:
    try:
        guess = _Gaps(claim, Frame(), count=MANY)
    except Refused:
        return
    yield from guess.products()


class _Gaps(Normed):
    """A guess with the gaps of this claim's hypotheses, and of its logits."""

    def pieces(self) -> Iterable[str]:
        k = self.words.letters[0]
        shares = [f"{q.at(at)}*" for q in self.words.distributions for at in (k, *self.words.indices)]
        for each in self.claim.given:
            if isinstance(each, Relation) and each.op not in ("==", "!="):
                gap = _gap(each)
                yield gap
                yield _risen(gap)
            elif isinstance(each, Always) and each.relation.op not in ("==", "!="):
                letter = of.class_named(k)
                gap = _gap(each.relation, {each.bound: letter})
                among = [f"{k} {CONDITIONS[type(at)]} {plain(at.args[0])}" for at in each.conditions]
                for by, share in product(("", "lambda*"), shares):
                    of_all = f"sum({share}{_risen(by + gap)}, {', '.join(among) or k})"
                    yield of_all
                    yield from (f"{of_all} ; {c}*sum({share[:-1]}, {', '.join(among)})" for c in self.words.numbers)
        gaps = [_gap(each) for each in self.claim.given if isinstance(each, Relation) and each.op not in ("==", "!=")]
        yield from (_risen(f"{one}*{other}") for one, other in combinations(gaps, 2))
        yield from self.of_range()
        yield from self.of_levels(k, self.words.letters[1])

    def of_range(self) -> Iterator[str]:
        k, l, _ = self.words.letters
        for (e, s), q in product(self.words.rates, self.words.distributions):
            for ends in self.ends(e):
                for i in self.words.indices:
                    yield f"{q.at(i)}*sum({_apart(e, s, ends, i, k)}, {k} != {i})"
                    yield f"sum({q.at(k)}*{_apart(e, s, ends, k, i)}, {k} != {i})"
                for a in self.words.subsets:
                    yield f"sum(sum({q.at(k)}*{_apart(e, s, ends, k, l)}, {l} not in {a}), {k} in {a})"
                    yield f"sum(sum({q.at(k)}*{_apart(e, s, ends, k, l)}, {l} in {a}), {k} not in {a})"

    def ends(self, e: Body) -> list[tuple[str, str]]:
        """What the logits are at least, and at most: their extremes, and as hypotheses say."""
        if not e.family():
            return []
        return list(dict.fromkeys([(f"min({e.family()})", f"max({e.family()})"), *bounds(self.claim, e)]))

    def of_levels(self, k: str, l: str) -> Iterator[str]:
        """Of what hypotheses say of the classes in a subset, and of those outside of it."""
        said = [each for each in self.claim.given if isinstance(each, Always) and each.relation.op not in ("==", "!=")
                and [*map(type, each.conditions)] in ([of.In], [of.NotIn])]  # fmt: skip
        for first, second in combinations(said, 2):
            if first.conditions != second.conditions and first.conditions[0].args == second.conditions[0].args:
                u = " + ".join(
                    _gap(each.relation, {each.bound: of.class_named(at)}) for each, at in ((first, k), (second, l))
                )
                among = [f"{at} {CONDITIONS[type(each.conditions[0])]} {plain(each.conditions[0].args[0])}"
                         for each, at in ((first, k), (second, l))]  # fmt: skip
                for q, at in product(self.words.distributions, (k, l)):
                    yield f"sum(sum({q.at(at)}*{_risen(f'lambda*({u})')}, {among[1]}), {among[0]})"
                    yield f"sum(sum({q.at(at)}*{_risen(u)}, {among[1]}), {among[0]})"

    def factors(self) -> Iterable[str]:
        k = self.words.letters[0]
        found = [plain(each.args[0]) for each in parts(self.claim) if isinstance(each, log)]
        for q in self.words.distributions:
            found += [f"sum({q.at(k)}, {k} != {i})" for i in self.words.indices]
            found += [f"sum({q.at(k)}, {k} {where} {a})" for a in self.words.subsets for where in ("in", "not in")]
        found += [f"sum(1, {k} not in {a})" for a in self.words.subsets]
        for e, s in self.words.rates:
            for low, high in self.ends(e):
                ratio = f"exp({s}*({high} - ({low})))"
                found += [ratio, *(f"(size({a})*{ratio} + sum(1, {k} not in {a}))" for a in self.words.subsets)]
        return dict.fromkeys([*found, "(n - 1)", *(f"(1 + {c})" for c in self.words.numbers), *factors(self.words)])


def _gap(said: Relation, at: dict[Basic, Basic] | None = None) -> str:
    small, large = (said.rhs, said.lhs) if said.op in (">", ">=") else (said.lhs, said.rhs)
    return f"({plain((large - small).xreplace(at or {}))})"


def _apart(e: Body, s: str, ends: tuple[str, str], k: str, l: str) -> str:
    low, high = ends
    return f"(exp({s}*(({high} - {e.at(k)}) + ({e.at(l)} - ({low})))) - 1)"


def _risen(u: str) -> str:
    """e^u - 1, as a sum in which no term is negative."""
    u = bracketed(u)
    return f"((exp({u}) - 1 - {u}) + {u})"
