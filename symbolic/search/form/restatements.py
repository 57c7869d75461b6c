"""Hypotheses about whole families that say the same as simpler ones.

all(z[i] > z[k], k != i)         with an i that the claim does not name, so for all i: n == 1; of two classes each
                                 would beat the other, and one has no other
y[k] == delta(i, k)              with an i that the claim does not name, so for all i: n == 1 and y[k] == 1
x[k]/sum(x[l], l) == e           for all k: x[k] == c*e with a new c
softmax(x)[k] == softmax(y)[k]   for all k: x[k] == y[k] + c with a new c, as log softmax(x)[k] is x[k] less what
                                 is the same for every k
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from sympy import Integer, KroneckerDelta, Mul, Symbol

from symbolic.language.claims import Always, Claim, Hypothesis, Relation, SameClass, parts
from symbolic.language.notation import Entry, Except, Probability, free, n
from symbolic.search.form.extremes import indices

__all__ = ["each_alone", "every_label", "restated", "with_one_class"]


def restated(claim: Claim) -> Claim:
    """The claim under simpler hypotheses: it holds for the old ones if it holds for these, whatever the new c are."""
    return _with_shifts(with_one_class(claim))


def with_one_class(claim: Claim) -> Claim:
    """The claim, with n == 1 in the place of such hypotheses: it is about the same points."""
    return _with(claim, tuple(chain.from_iterable(_in_one_class(claim, each) for each in claim.given)))


def _in_one_class(claim: Claim, each: Hypothesis) -> tuple[Hypothesis, ...]:
    label = every_label(claim, each)
    if label is not None:
        return Relation(n, "==", Integer(1)), Relation(label, "==", Integer(1))
    return (Relation(n, "==", Integer(1)) if each_alone(claim, each) else each,)


def _with_shifts(claim: Claim) -> Claim:
    taken = {each.name for each in parts(claim) if isinstance(each, Symbol)}
    new = (Symbol(f"c{number}", real=True) for number in range(1, len(taken) + len(claim.given) + 2))
    unused = (each for each in new if each.name not in taken)
    return _with(claim, tuple(_shifted(claim, each, next(unused)) for each in claim.given))


def _with(claim: Claim, given: tuple[Hypothesis, ...]) -> Claim:
    return claim if given == claim.given else replace(claim, given=given, text="")


def _shifted(claim: Claim, hypothesis: Hypothesis, shift: Symbol) -> Hypothesis:
    """What equal shares say of the numbers they are shares of."""
    if not isinstance(hypothesis, Relation) or hypothesis.op != "==":
        return hypothesis
    one, other = hypothesis.lhs, hypothesis.rhs
    if not isinstance(one, Probability) or not isinstance(other, Probability) or one.index != other.index:
        return _scaled(claim, hypothesis, shift)
    at, (first, scale), (second, other_scale) = one.index, one.distribution.args, other.distribution.args
    if not isinstance(at, Symbol) or at in _named(claim) | free(scale) | free(other_scale):
        return hypothesis
    return Relation(scale * first[at], "==", other_scale * second[at] + shift)


def _scaled(claim: Claim, hypothesis: Relation, factor: Symbol) -> Hypothesis:
    """What is said of x[k]/a, a being the same for every k and made of x as well, said of x[k]."""
    for side, other in ((hypothesis.lhs, hypothesis.rhs), (hypothesis.rhs, hypothesis.lhs)):
        for entry in (each for each in Mul.make_args(side) if isinstance(each, Entry)):
            rest = side / entry
            everywhere = isinstance(entry.index, Symbol) and entry.index not in _named(claim) | free(rest)
            if everywhere and entry.family in rest.free_symbols and entry.family not in other.free_symbols:
                return Relation(entry, "==", factor * other)
    return hypothesis


def every_label(claim: Claim, hypothesis: Hypothesis) -> Entry | None:
    """y[k], if the hypothesis is y[k] == delta(i, k) for every i and k."""
    if not isinstance(hypothesis, Relation) or hypothesis.op != "==":
        return None
    sides = hypothesis.lhs, hypothesis.rhs
    entry, label = sides if isinstance(sides[0], Entry) else sides[::-1]
    if not isinstance(entry, Entry) or not isinstance(label, KroneckerDelta) or entry.index not in label.args:
        return None
    new = all(isinstance(at, Symbol) and at not in _named(claim) for at in label.args)
    return entry if new and label.args[0] != label.args[1] else None


def each_alone(claim: Claim, hypothesis: Hypothesis) -> Relation | None:
    """The relation, if the hypothesis is that each class beats all others in one family, or is beaten by them."""
    if not isinstance(hypothesis, Always) or hypothesis.relation.op not in (">", "<"):
        return None
    relation, bound = hypothesis.relation, hypothesis.bound
    one, other = relation.lhs, relation.rhs
    if type(one) is not type(other) or not isinstance(one, (Entry, Probability)) or one.args[0] != other.args[0]:
        return None
    family, first, second = one.args[0], one.args[1], other.args[1]
    at = second if first == bound else first
    if {first, second} != {at, bound} or hypothesis.conditions != (Except(at),) or at in free(family) | _named(claim):
        return None
    return relation if isinstance(at, Symbol) and at != bound else None


def _named(claim: Claim) -> set[Symbol]:
    """The indices that the claim names; where its sides are left out, hypotheses on indices have them."""
    compared = {at for each in claim.given if isinstance(each, SameClass) for at in (each.first, each.second)}
    return indices(claim.lhs) | indices(claim.rhs) | compared
