"""Entries in every order that the facts allow, each the one before it and a gap; ties apart where it is strict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations, product

from symbolic.search.form.facts import Fact
from symbolic.search.form.generators import Entry, Exp
from symbolic.search.form.names import Name
from symbolic.search.form.substitution import NoPoint, Substitution
from symbolic.search.limits.laurent import (
    Polynomial,
    Quotient,
    add,
    generator,
    generators,
)
from symbolic.search.order.certificate import certified

__all__ = ["TERMS", "Orders"]

ORDERED = 4  # entries that are put in order
TERMS = 300  # of a polynomial that is looked at


class Orders(Substitution):
    """Entries put in every order that the facts allow."""

    def _in_orders(self, poly: Polynomial, facts: list[Fact], strict: bool) -> bool:
        """Whether the sign is seen in every order of the entries that the facts allow."""
        families = self._to_order(poly, facts)
        if not families:
            return self._seen(self._unfolded(poly), strict)
        pairs: dict[tuple[int, int], bool] = {}
        for fact in facts:
            pair = self._pair(fact)
            if pair:
                pairs[pair] = fact.strict or pairs.get(pair, False)
        choices = [list(_orders(numbers, pairs)) for numbers in families]
        count = 1
        for each in choices:
            count *= len(each)
        if not 0 < count <= 48:
            return False  # x >= y >= z >= x leaves no order of distinct places
        others = [fact for fact in facts if not self._pair(fact)]
        return all(self._in_order(poly, others, chain, pairs, strict) for chain in product(*choices))

    def _to_order(self, poly: Polynomial, facts: list[Fact]) -> list[list[int]]:
        """The entries, family by family, that facts compare or that stand in exponents."""
        compared = {number for fact in facts for number in self._pair(fact) or ()}
        exponents = {
            inner for number in generators(poly) if self._is(number, Exp) for inner in self._atoms([((number, 1),)])
        }
        families: dict[Name, set[int]] = {}
        for number in self._atoms(poly) | compared:
            made = self.field.table[number]
            if isinstance(made, Entry) and number in compared | exponents | self._atoms(poly):
                families.setdefault(made.family, set()).add(number)
        return [
            sorted(numbers)
            for numbers in families.values()
            if 1 < len(numbers) <= ORDERED and numbers & (compared | exponents)
        ]

    def _in_order(
        self, poly: Polynomial, facts: list[Fact], chains: tuple[list[int], ...],
        pairs: dict[tuple[int, int], bool], strict: bool,
    ) -> bool:  # fmt: skip
        """Whether the sign is seen with each entry the one below it and a gap; ties apart where it is strict."""
        links = [(lower, upper) for chain in chains for lower, upper in pairwise(chain)]
        apart = product((True, False), repeat=len(links)) if strict else [None]
        for choice in apart:
            tied = {link for link, far in zip(links, choice, strict=True) if not far} if choice else set()
            if any(self._all_tied(pair, chains, tied) for pair, sure in pairs.items() if sure):
                continue
            values = self._gaps(chains, tied, strict)
            changed, given = self._replaced(poly, facts, values)
            try:
                given = list(self._open(given))
            except NoPoint:
                continue
            if not self._seen_unfolded(changed, given, strict):
                return False
        return True

    def _seen_unfolded(self, poly: Polynomial, facts: list[Fact], strict: bool) -> bool:
        unfolded = self._unfolded(poly)
        if self._seen(unfolded, strict):
            return True
        if not poly or len(unfolded) > TERMS:
            return False
        reduced = self._without_sure_factors(unfolded, strict)
        return self._seen(reduced, strict) or certified(self.field, reduced, facts, strict, self.combine)

    @staticmethod
    def _all_tied(pair: tuple[int, int], chains: tuple[list[int], ...], tied: set[tuple[int, int]]) -> bool:
        """Whether a strict x > y is contradicted: all gaps between them are 0."""
        for chain in chains:
            if pair[0] in chain and pair[1] in chain:
                low, high = sorted((chain.index(pair[0]), chain.index(pair[1])))
                return all(link in tied for link in zip(chain[low:high], chain[low + 1 : high + 1], strict=True))
        return False

    def _gaps(self, chains: tuple[list[int], ...], tied: set[tuple[int, int]], strict: bool) -> dict[int, Quotient]:
        values = {}
        for chain in chains:
            level = generator(chain[0])
            for lower, upper in pairwise(chain):
                if (lower, upper) not in tied:
                    level = add(level, self._fresh("gap", (lower, upper), strict))
                values[upper] = level
        return values


def _orders(numbers: Sequence[int], pairs: dict[tuple[int, int], bool]) -> Iterator[list[int]]:
    """The orders, from the least up, in which no pair (larger, smaller) stands the wrong way."""
    for order in permutations(numbers):
        place = {number: at for at, number in enumerate(order)}
        if all(place[x] > place[y] for x, y in pairs if x in place and y in place):
            yield list(order)
