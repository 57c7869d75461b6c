"""The cases of a claim: which of its free indices coincide, and who lies in which named subset.

    cases(claim)     every `Case` that the hypotheses allow

A free index may be any class; concrete classes 1, 2, ... differ from one another. A case names each block
of coinciding indices by its concrete class, or else by its first index. With n fixed and the sums to be
written out, the classes that no index names are added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from types import MappingProxyType
from typing import Any

from sympy import Rational, Symbol

from symbolic.deadline import check
from symbolic.language import notation as of
from symbolic.language.claims import Always, ArgMax, Hypothesis, Member, Relation, SameClass
from symbolic.search.form.names import Best, Name

__all__ = ["AskedWhether", "Case", "attained", "cases", "not_negative_names", "partitions", "positive_names"]


class AskedWhether(Exception):
    """A class is in a subset or not, and it matters: two cases."""

    def __init__(self, subset: Name, at: str) -> None:
        super().__init__(f"{at} in {subset}")
        self.subset, self.at = subset, at


@dataclass(frozen=True)
class Case:
    """Which class each free index is, who is in which subset, and n where a hypothesis fixes it.

    With n fixed, `named` lists all the classes and sums are written out. The subset max z are the classes where z is
    largest. `branches` says which factor it is that is 0, for one hypothesis after the other that a product is.
    `on_demand`: `members` are only those that the claim needed so far.
    """

    classes: dict[str, str]
    members: dict[tuple[Name, str], bool] = field(default_factory=dict)
    n: int | None = None
    written_out: bool = False
    branches: tuple[int, ...] = ()
    on_demand: bool = False

    def split(self, asked: AskedWhether) -> tuple[Case, Case]:
        """The class in the subset, and not in it."""
        yes, no = ({**self.members, (asked.subset, asked.at): inside} for inside in (True, False))
        return replace(self, members=yes), replace(self, members=no)

    @property
    def named(self) -> list[str]:
        """The distinct classes at hand."""
        return list(dict.fromkeys(self.classes.values()))


def partitions(letters: Sequence[str]) -> Iterator[dict[str, str]]:
    """The ways in which indices can coincide, as a map from each to the name of its block.

    >>> [sorted(set(each.values())) for each in partitions(["i", "j"])]
    [['i'], ['i', 'j']]
    """
    if not letters:
        yield {}
        return
    for rest in partitions(letters[:-1]):
        check()
        last = letters[-1]
        for block in dict.fromkeys(rest.values()):
            if not (last.isdigit() and block.isdigit()):
                yield {**rest, last: block}
        yield {**rest, last: last}


def cases(
    free: Iterable[str],
    given: Iterable[Hypothesis],
    subsets: Iterable[Name],
    n: int | None = None,
    written_out: bool = False,
    alike: Mapping[str, Best] = MappingProxyType({}),
    on_demand: bool = False,
) -> Iterator[Case]:
    """Every case that the hypotheses on indices and subsets allow; `alike` says which subset is where z is largest.

    `on_demand` leaves open who is in which subset, as far as the hypotheses and extremes do: who needs it is told so
    by `AskedWhether`.
    """
    given = tuple(given)
    asked = [each for each in sorted(subsets, key=str) if isinstance(each, Best) or not on_demand]
    literals = sorted((each for each in free if each.isdigit()), key=int)
    letters = sorted(each for each in free if not each.isdigit())
    for classes in partitions([*literals, *letters]):
        if not _allowed(classes, given):
            continue
        blocks = list(dict.fromkeys(classes.values()))
        if n is not None and (len(blocks) > n or any(int(each) > n for each in literals)):
            continue
        if written_out and n is not None:
            classes = {**classes, **_others(blocks, n)}
        for members in _memberships(classes, asked, given, alike):
            if not written_out or _each_is_attained(members):
                yield Case(classes, members, n, written_out, on_demand=on_demand)


def _others(blocks: list[str], n: int) -> dict[str, str]:
    """Names for the classes that no index names."""
    return {f"{number}#": f"{number}#" for number in range(1, n - len(blocks) + 1)}


def _allowed(classes: dict[str, str], given: tuple[Hypothesis, ...]) -> bool:
    identities = (each for each in given if isinstance(each, SameClass))
    return all((classes[str(each.first)] == classes[str(each.second)]) == each.holds for each in identities)


def _memberships(
    classes: dict[str, str], subsets: list[Name], given: tuple[Hypothesis, ...], alike: Mapping[str, Best]
) -> Iterator[dict[tuple[Name, str], bool]]:
    """Who of the named classes is in which subset, as the hypotheses say, or else either way."""
    said = [each for each in given if isinstance(each, Member)]
    known = {((alike.get(e.subset.name, e.subset.name), classes[str(e.index)]), e.holds) for e in said}
    told: dict[tuple[Name, str], bool] = dict(known)
    if len(told) < len(known):
        return
    pairs = [(subset, each) for subset in subsets for each in dict.fromkeys(classes.values())]
    left = [each for each in pairs if each not in told]
    for choice in product((True, False), repeat=len(left)):
        check()
        yield {**told, **dict(zip(left, choice, strict=True))}


def _each_is_attained(members: dict[tuple[Name, str], bool]) -> bool:
    """Whether some class attains max z, if all the classes are listed; another set may have no class in it."""
    extremes = {name for name, _ in members if isinstance(name, Best)}
    return all(any(inside for (name, _), inside in members.items() if name == each) for each in extremes)


def positive_names(given: Iterable[Hypothesis], free: Iterable[str]) -> set[str]:
    """The scalars c with a hypothesis c > 0 (or c >= 2), and the families with y[k] > 0 for all k."""
    return _bounded(given, set(free), lambda least, strict: least > 0 or (strict and least == 0))


def not_negative_names(given: Iterable[Hypothesis], free: Iterable[str]) -> set[str]:
    """The scalars and families that a hypothesis makes >= 0."""
    return _bounded(given, set(free), lambda least, strict: least >= 0)


def _bounded(given: Iterable[Hypothesis], free: set[str], passes: Callable[[Rational, bool], bool]) -> set[str]:
    """The scalars c, and the families with all y[k], that are above (strictly or not) a number that passes."""
    names = set()
    for each in given:
        own = {str(each.bound)} if isinstance(each, Always) and not each.conditions else set()
        relation = each.relation if isinstance(each, Always) and own else each
        if isinstance(relation, Relation) and relation.op[0] in "<>":
            sides = relation.lhs, relation.rhs
            larger, smaller = sides if relation.op[0] == ">" else reversed(sides)
            if smaller.is_Rational and passes(smaller, relation.op in ("<", ">")):
                names |= _name_of_all(larger, free - own)
    return names


def _name_of_all(expr: Any, free: set[str]) -> set[str]:
    if isinstance(expr, of.Entry) and str(expr.index) not in free and isinstance(expr.index, Symbol):
        return {expr.family.name}
    return {expr.name} if type(expr) is Symbol and expr != of.n else set()


def attained(given: Iterable[Hypothesis]) -> dict[str, Best]:
    """max z for the subset A of a hypothesis A == argmax(z)."""
    sets = [each for each in given if isinstance(each, ArgMax)]
    return {each.subset.name: Best("max" if each.largest else "min", each.family.name) for each in sets}
