"""The hypotheses of a claim, judged in a branch: where one of them fails, the branch counts for nothing.

    judged(branch, given)       raises `Vacuous` where a hypothesis fails; splits the branch where that is not sure

A hypothesis about every k is judged at the named classes, and at the other ones where it is hardest to satisfy: at
their largest or smallest entry. What cannot be judged is left out: then more is shown than is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from symbolic.language import notation as of
from symbolic.language.claims import HOLDS, Always, Hypothesis, Relation
from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.admission import Term, admit_together
from symbolic.search.form.branches import Vacuous
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.elementary import rational_value
from symbolic.search.form.generators import Entry
from symbolic.search.form.hypotheses import Reduction, linear_in
from symbolic.search.limits.laurent import ONE, Quotient, add, generators, negate
from symbolic.search.limits.values import Limits

__all__ = ["Given", "judged"]

OTHERS = "the other classes"
SMALL = 4  # bounds on n are judged up to here: splitting n = 1, 2, ... apart


class Given:
    """The hypotheses in one case, admitted once."""

    def __init__(self, given: Iterable[Hypothesis], case: Case) -> None:
        self.case = case
        self.relations: list[tuple[str, Term, Term]] = []
        self.everywhere: list[tuple[str, Term, Term, str, set[str]]] = []  # with the bound index, and who is left out
        self.equations: list[Relation] = []
        for each in given:
            self._take(each)

    def _take(self, each: Hypothesis) -> None:
        relation = each.relation if isinstance(each, Always) else each
        if not isinstance(relation, Relation) or relation.lhs.has(of.Limit) or relation.rhs.has(of.Limit):
            return
        try:
            lhs, rhs = admit_together(relation.lhs, relation.rhs)
        except Unsupported:
            return
        universal = sorted((lhs.free | rhs.free) - set(self.case.classes))
        if isinstance(each, Always):
            self._take_bound(each, lhs, rhs, universal)
        elif len(universal) == 1:
            self.everywhere.append((relation.op, lhs, rhs, universal[0], set()))
            self.equations += [relation] if relation.op == "==" else []
        elif not universal and not _is_large_bound(relation):
            self.relations.append((relation.op, lhs, rhs))

    def _take_bound(self, each: Always, lhs: Term, rhs: Term, universal: list[str]) -> None:
        """A relation for the classes that the conditions leave; where they are about subsets, at named classes only."""
        others = [condition.args[0] for condition in each.conditions if isinstance(condition, of.Except)]
        if not set(universal) <= {str(each.bound)} or not {*map(str, others)} <= set(self.case.classes):
            return
        left_out = {self.case.classes[str(other)] for other in others}
        for condition in each.conditions:
            if isinstance(condition, (of.In, of.NotIn)):
                inside, name = isinstance(condition, of.In), condition.args[0].name
                left_out |= {at for at in self.case.named if self.case.members.get((name, at)) is not inside}
        within = len(others) != len(each.conditions)
        self.everywhere.append(
            (each.relation.op, lhs, rhs, str(each.bound), left_out | ({OTHERS} if within else set()))
        )


def _is_large_bound(relation: Relation) -> bool:
    """Whether a relation only bounds n, by more than is worth splitting: the field knows it otherwise."""
    other = relation.rhs if relation.lhs == of.n else relation.lhs
    return of.n in (relation.lhs, relation.rhs) and bool(other.is_Integer) and other > SMALL


def judged(branch: Limits, given: Given) -> None:
    """Raise `Vacuous` where a hypothesis fails."""
    case = branch.case
    if branch.equations is None and given.equations:
        branch.equations = _solved(branch, given)
    for (subset, member), inside in case.members.items():
        if subset in branch.alike and (branch.membership(subset, member) == ONE) != inside:
            raise Vacuous
    for op, lhs, rhs in given.relations:
        _judge(branch, op, partial(_difference, branch, lhs, rhs, case.classes))
    for op, lhs, rhs, bound, left_out in given.everywhere:
        for at in case.named:
            if at not in left_out:
                _judge(branch, op, partial(_difference, branch, lhs, rhs, {**case.classes, bound: at}))
        if branch.has_others and OTHERS not in left_out:
            _judge(branch, op, partial(_hardest, branch, op, lhs, rhs, bound))


def _judge(branch: Limits, op: str, difference: Callable[[], Quotient | None]) -> None:
    try:
        quotient = difference()
        satisfied = quotient is None or HOLDS[op](branch.direction(quotient))
    except (Unsupported, Undefined):  # of the kernel's making: the sides are defined
        return
    if not satisfied:
        raise Vacuous


def _solved(branch: Limits, given: Given) -> Reduction | None:
    """The equations about every class, solved; None where that cannot be done."""
    try:
        return Reduction(branch, given.equations, branch.case.classes)
    except Unsupported:
        return None
    except Undefined:
        branch.refuse_artefacts()
        raise Vacuous from None


def _difference(branch: Limits, lhs: Term, rhs: Term, classes: dict[str, str]) -> Quotient:
    if not all(branch.is_defined(side, classes) for side in (lhs, rhs)):
        raise Vacuous
    return add(branch.value(lhs, classes), negate(branch.value(rhs, classes)))


def _hardest(branch: Limits, op: str, lhs: Term, rhs: Term, bound: str) -> Quotient | None:
    """The difference of the sides at that other class where it is hardest to satisfy."""
    with branch.dot(narrow=True) as dot:
        difference = _difference(branch, lhs, rhs, {**branch.case.classes, bound: dot})
        numbers = [number for number in generators(difference.num) if dot in branch.at[number]]
        made = branch.table[numbers[0]] if len(numbers) == 1 else None
        if not isinstance(made, Entry) or not isinstance(made.family, str) or difference.den or op == "!=":
            return None
        slope = rational_value(Quotient(linear_in(difference.num, numbers[0])[0], {}))
        if not slope:
            return None
        which = "max" if (slope > 0) == (op in ("<", "<=")) else "min"
        return branch.at_top(difference, dot, which, made.family)
