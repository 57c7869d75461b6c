"""Who leads: the largest and the smallest entries of a family, and the classes that attain them.

A case names some classes, and the others, if there are any, have a largest entry m of their own, which 1 + r of
them attain. max z is the largest of m and the named entries: comparing them splits the case. So ties are the
general case, and every answer is in terms of what a claim can say: count(z[k] == max(z), k) is the number of
named classes at the top and, if m = max z, 1 + r.

    field.extremum("max", "z", but)             max(z[k], k != i)
    field.among_others("max", "z")              m
    field.at_top(quotient, dot, ...)            a quotient at the classes that attain m
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form import admission
from symbolic.search.form.branches import Branch, Split
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.generators import Entry, Generator, In, Moment, N, Scalar
from symbolic.search.form.names import Best, Name, Own
from symbolic.search.form.table import Restart
from symbolic.search.limits.laurent import (
    ONE,
    ZERO,
    Factor,
    Monomial,
    Quotient,
    add,
    constant,
    generator,
    generators,
    multiply,
    negate,
    total,
)

__all__ = ["Dominance"]


class Dominance(Branch):
    """A field that knows of extremes. Its moments leave the named classes out."""

    def __init__(self, case: Case, positive: Iterable[Any], least: int, alike: dict[str, Best]) -> None:
        super().__init__(case, positive)
        self.alike = alike  # subsets that a hypothesis says to be where an extreme is attained
        self.ranked: Best | None = None  # the extreme by which the other classes are counted: 1 + r attain it, q do not
        self.emptied: set[Name] = set()  # subsets that none of the other classes is in
        self.asked: set[Best] = set()  # the extremes that mattered
        self.bound: dict[Generator, Quotient] = {}  # what a limit has moved
        self.apart, self.inhabited = True, not case.written_out
        self.shift = 0 if case.written_out else max(least, len(case.named) + 1)
        self.integers.add(self.number(N()))

    @property
    def has_others(self) -> bool:
        """Whether there are classes that are not named."""
        return not self.case.written_out

    # --- what is attained ----------------------------------------------------------------------

    def _value(self, term: admission.Term, classes: dict[str, str]) -> Quotient:
        match term:
            case admission.Scalar(Best() as best):
                return self.extremum(best, set())
            case admission.Extreme(which, family, but):
                return self.extremum(Best(which, family), {classes[each] for each in but})
            case admission.Scalar() | admission.Entry():
                return self.moved_or_still(self.named(term, classes))
        return super()._value(term, classes)

    def moved_or_still(self, made: Generator) -> Quotient:
        """A scalar or an entry: that which moves, if a limit binds it."""
        return self.bound.get(made) or self.generator(made)

    def extremum(self, best: Best, but: set[str]) -> Quotient:
        """The largest entry, or the smallest, but for those of some named classes."""
        self.asked.add(best)
        if not but <= set(self.case.named):
            raise Unsupported("the largest number, but for one that is summed over")
        entries = [self.moved_or_still(Entry(best.family, each)) for each in self.case.named if each not in but]
        entries += [self.among_others(best)] if self.has_others else []
        if not entries:
            raise Undefined("the largest of no numbers")
        leader, *others = entries
        for each in others:
            ahead = self.direction(add(each, negate(leader)))
            leader = each if ahead == (1 if best.which == "max" else -1) else leader
        return leader

    def among_others(self, best: Best) -> Quotient:
        """The largest entry of the classes that are not named; the smallest is that less a width."""
        largest, width = Scalar(Own("top", Best("max", best.family))), Own("width", best.family)
        if best.family in self.assumed:
            self.assumed.add(largest.name)
        if best.which == "max":
            return self.generator(largest)
        self.not_negative.add(width)
        return add(self.generator(largest), negate(self.generator(Scalar(width))))

    def gap(self, which: str, inside: Name) -> Quotient:
        """How far the extreme of the others is at least from those of them that do not attain it."""
        name = Own("gap", (which, inside))
        self.assumed.add(name)
        return self.generator(Scalar(name))

    def attained(self) -> Iterator[str]:
        """In words, which named classes attain which extreme, as far as the branch says so."""
        for best in sorted(self.asked, key=str):
            for at in self.case.named:
                try:
                    inside = self.membership(best, at) == ONE
                except (Split, Unsupported):
                    continue
                yield f"{at} {'attains' if inside else 'does not attain'} {best}"

    def membership(self, subset: Name, at: str) -> Quotient:
        subset = self.alike.get(subset, subset) if isinstance(subset, str) else subset
        if subset in self.emptied and at not in self.case.named:
            return ZERO
        if not isinstance(subset, Best):
            return super().membership(subset, at)
        extreme = self.extremum(subset, set())
        if at in self.case.named:
            excess = add(self.moved_or_still(Entry(subset.family, at)), negate(extreme))
            return ONE if self.direction(excess) == 0 else ZERO
        if self.direction(add(self.among_others(subset), negate(extreme))):
            return ZERO
        return self.generator(In(Own("top", subset), at))

    # --- whether a subset has other classes ------------------------------------------------------

    def _of_factor(self, factor: Factor) -> int:
        made, subset = self._over_subset(factor)
        unsure = made and subset not in self.nonempty and not self.sign(factor, zero=False)
        if made and subset is not None and unsure and self._is_positive_but_for(self.number(made), subset):
            raise Split(self.atom(self.number(Moment(((self.number(In(subset, "0.")), 1),)))))
        return super()._of_factor(factor)

    def _over_subset(self, factor: Factor) -> tuple[Moment | None, Name | None]:
        """The sum that the polynomial is, if it is one over one subset of the other classes, and the subset."""
        made = self.table[min(generators(dict(factor)))]
        if not isinstance(made, Moment) or made.over or factor != self.atom(self.number(made)):
            return None, None
        subsets = [inside.subset for number, _ in made.of if isinstance(inside := self.table[number], In)]
        return (made, subsets[0]) if len(subsets) == 1 else (None, None)

    def _is_positive_but_for(self, number: int, subset: Name) -> bool:
        """Whether a sum is positive if the subset has a class."""
        self.nonempty.add(subset)
        positive = self.is_positive(number)
        self.nonempty.remove(subset)
        return positive

    def assume(self, factor: Factor, sign: int) -> None:
        made, subset = self._over_subset(factor)
        if not made or subset is None or len(made.of) != 1:
            super().assume(factor, sign)
            return
        self.assumptions.append((factor, sign))
        (self.nonempty if sign else self.emptied).add(subset)

    # --- how many attain it --------------------------------------------------------------------

    def size(self) -> Quotient:
        if self.case.n is not None or not self.ranked:
            return super().size()
        others = [constant(len(self.case.named) + 1), self._more(Own("ties", self.ranked))]
        return total([*others, self._more(Own("below"))] if self._differ(self.ranked.family) else others)

    def _differ(self, family: str) -> bool:
        """Whether the other classes may differ in a family: there may be some that do not attain the extreme."""
        width = self.numbers.get(Scalar(Own("width", family)))
        return width is None or bool(self.known_here(generator(width)).num)

    def _more(self, name: Own) -> Quotient:
        """A whole number >= 0."""
        self.not_negative.add(name)
        self.integers.add(self.number(Scalar(name)))
        return self.generator(Scalar(name))

    def _closed(self, monomial: Monomial, over: dict[Factor, int], dot: str) -> Quotient:
        inside = self.table[monomial[0][0]] if len(monomial) == 1 and not over else None
        extreme = _topped(inside.subset) if isinstance(inside, In) else None
        if extreme is None:
            return super()._closed(monomial, over, dot)
        if not self._differ(extreme.family):
            return add(self.size(), constant(-len(self.case.named)))
        if not self.ranked:
            self.ranked = extreme
            raise Restart
        return add(ONE, self._more(Own("ties", extreme)))

    def at_top(self, quotient: Quotient, dot: str, which: str, family: str) -> Quotient:
        """The quotient at a class that attains the extreme: there z_k is m."""
        extreme = self.among_others(Best(which, family))
        entry = Entry(family, dot)
        return self.transform(
            quotient, lambda number: extreme if self.table[number] == entry else None, ("top", dot, which, family)
        )

    def from_above(self, quotient: Quotient) -> Quotient:
        """The quotient with m less something >= 0 in place of the entries of the other classes, in its sums."""
        families = {best.family for best in self.asked}
        self.not_negative.update(Own("below", family) for family in families)

        def leaf(number: int) -> Quotient | None:
            made = self.table[number]
            named = isinstance(made, Entry) and made.at in self.case.named
            if not isinstance(made, Entry) or not isinstance(made.family, str) or made.family not in families or named:
                return None
            below = self.generator(Entry(Own("below", made.family), made.at))
            return add(self.among_others(Best("max", made.family)), negate(below))

        return self.transform(quotient, leaf, "from above") if self.has_others else quotient

    def sum_over_top(self, quotient: Quotient, dot: str, which: str, family: str) -> Quotient:
        """The sum of the quotient over the other classes that attain the extreme."""
        attained = self.generator(In(Own("top", Best(which, family)), dot))
        return self.moment_sum(multiply(attained, self.at_top(quotient, dot, which, family)), dot)

    def _met(self, subsets: set[Any]) -> bool:
        """Some of the others attain each of their extremes."""
        names = [each.subset for each in subsets]
        return super()._met(subsets) or (len(names) == 1 and _topped(names[0]) is not None and self.has_others)


def _topped(subset: Name) -> Best | None:
    """The extreme that the other classes in the subset attain among themselves, if it is such a subset."""
    return subset.of if isinstance(subset, Own) and subset.kind == "top" else None
