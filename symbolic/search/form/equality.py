"""Deciding an equality for every n: in each case of the indices the difference of the sides is 0 or not.

    equal(claim) -> Holds | Fails | Open

`Holds` and `Fails` are final. `Fails` means that the sides differ as functions, in the case it names;
a point where they do is found elsewhere. `Open` is the answer beyond the border: generators that may be
dependent (`independence`), hypotheses that were not used in full, expressions that the kernel does not know; the
reason says which. Where |q| stands inside another function, q >= 0 and q <= 0 are cases of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sympy import Basic, Derivative, Integer, KroneckerDelta

from symbolic.language import notation as of
from symbolic.language.claims import Always, Claim, Hypothesis, Member, Relation, SameClass, bounds, parts
from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.admission import Product, Scalar, Sum, Term, admit_together, index_name
from symbolic.search.form.case_analysis import AskedWhether, Case, attained, cases, positive_names
from symbolic.search.form.hypotheses import Branches, Reduction
from symbolic.search.form.moments import Field
from symbolic.search.form.names import Best, Name
from symbolic.search.form.symmetry import symmetric
from symbolic.search.limits.laurent import Factor, Quotient, add, negate
from symbolic.search.order.independence import doubt, moduli_inside

__all__ = ["WRITTEN_OUT", "Fails", "Holds", "Open", "Outcome", "equal", "free_indices", "situations", "subsets"]

WRITTEN_OUT = 8  # the largest n for which sums are written out
MOST_SIGNS = 4  # of absolute values that a case is split by


@dataclass(frozen=True)
class Holds:
    """The claim holds wherever both sides are defined.

    `cases` says how it was split, `vacuous` that no point counts, `facts` what was used, in words with formulas in
    the claim language, and `rests_on` what beyond the kernel the answer rests on.
    """

    cases: tuple[str, ...] = ()
    vacuous: bool = False
    facts: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fails:
    """There are points in this case at which the claim is false: `how` says it in words."""

    case: str
    how: str = "the sides differ as functions"


@dataclass(frozen=True)
class Open:
    """Not decided, with the reason."""

    reason: str


Outcome = Holds | Fails | Open


def equal(claim: Claim) -> Outcome:
    """Whether the two sides of the claim are equal.

    >>> from symbolic.language.claims import claim, differ
    >>> from symbolic.language.notation import D, delta, i, j, lam, p, z
    >>> equal(claim(D(p[i], z[j]), "==", lam*p[i]*(delta(i, j) - p[j])))
    Holds(cases=('i = j', 'i, j distinct'), vacuous=False, facts=(), rests_on=())
    >>> equal(claim(D(p[i], z[j]), "==", p[i]*(delta(i, j) - p[j])))
    Fails(case='i = j', how='the sides differ as functions')
    """
    least, greatest = bounds(claim.given)
    if greatest is not None and least > greatest:
        return Holds(vacuous=True)
    outcome = _all_cases(claim, least if least == greatest else None, written_out=False)
    if isinstance(outcome, Holds) or greatest is None:
        return outcome
    if greatest > WRITTEN_OUT:  # sums may depend on one another where n is bounded
        return Open(f"not shown equal for so many classes: n is at most {greatest}")
    return _together(_all_cases(claim, size, written_out=True) for size in range(least, greatest + 1))


def _all_cases(claim: Claim, n: int | None, written_out: bool) -> Outcome:
    try:
        sides = admit_together(claim.lhs, claim.rhs, given=claim.given)
        return _together(_in_case(claim, sides, case) for case in situations(claim, sides, n, written_out))
    except Unsupported as problem:
        return Open(str(problem))


def situations(claim: Claim, sides: tuple[Term, ...], n: int | None, written_out: bool) -> Iterator[Case]:
    """The cases of the indices, and of who attains the extremes in the claim."""
    known = attained(claim.given)
    names: set[Name] = {known.get(each, each) for each in subsets(claim)}
    names = names.union(*map(extremes, sides))
    return cases(free_indices(claim, sides), claim.given, names, n, written_out, known, on_demand=True)


def _together(outcomes: Iterable[Outcome]) -> Outcome:
    """What holds in every case; else the first outcome that is not so."""
    decided: list[str] = []
    vacuous = True
    for outcome in outcomes:
        if not isinstance(outcome, Holds):
            return outcome
        vacuous = vacuous and outcome.vacuous
        decided.extend(outcome.cases)
    return Holds(tuple(decided), vacuous)


def _in_case(claim: Claim, sides: tuple[Term, ...], case: Case) -> Outcome:
    field = Field(case, positive_names(claim.given, case.classes))
    field.least = bounds(claim.given)[0]
    try:
        return _in_field(field, claim, sides)
    except Branches as product:
        branches = (replace(case, branches=(*case.branches, number)) for number in range(product.args[0]))
        return _together(_in_case(claim, sides, each) for each in branches)
    except AskedWhether as asked:
        return _together(_in_case(claim, sides, each) for each in case.split(asked))


def _in_field(field: Field, claim: Claim, sides: tuple[Term, ...]) -> Outcome:
    case = field.case
    try:
        difference, left = field.settle(lambda: _difference(field, claim, sides, case))
    except Undefined:
        return Holds(vacuous=True)
    if field.is_zero(difference):
        return Holds((describe(case),))
    moduli = [] if _differentiates(claim) else moduli_inside(field, difference)
    if moduli and len(field.weak_signs) < MOST_SIGNS:
        return _together(_in_field(_with_sign(field, moduli[0], sign), claim, sides) for sign in (1, -1))
    why = left or doubt(field, difference)
    return Open(f"not shown equal when {describe(case) or 'n is any'}: {why}") if why else Fails(describe(case))


def _with_sign(field: Field, factor: Factor, sign: int) -> Field:
    """The same field where the polynomial is >= 0, or <= 0."""
    twin = field.fork()
    twin.weak_signs[factor] = sign
    return twin


def _differentiates(claim: Claim) -> bool:
    """Whether a derivative is taken: under it a weak inequality must not be used."""
    return any(isinstance(each, Derivative) for each in parts(claim))


def _difference(field: Field, claim: Claim, sides: tuple[Term, ...], case: Case) -> tuple[Quotient, str]:
    try:
        lhs, rhs = both_sides(field, sides)
    except Unsupported:
        Reduction(field, claim.given, case.classes, splits=True)  # it may teach what was missing
        raise
    reduce = Reduction(field, claim.given, case.classes, splits=True)
    difference = reduce(add(lhs, negate(rhs)))
    if not field.is_zero(difference) and not field.complete:
        difference = reduce(symmetric(field, difference))
    if not field.is_zero(difference) and field.roots and case.named:
        field.leave_named_out()  # the signs of what is under |...| may show when the sums are split
    return difference, reduce.left


def both_sides(field: Field, sides: tuple[Term, ...]) -> tuple[Quotient, Quotient]:
    """The normal forms; what one side teaches, such as that a logarithm's argument is positive, helps the other."""
    classes = field.case.classes
    try:
        return field.value(sides[0], classes), field.value(sides[1], classes)
    except Unsupported:
        field.value(sides[1], classes)
        raise


def free_indices(claim: Claim, sides: tuple[Term, ...]) -> set[str]:
    """The class indices, by letter or number, that are free in the relation or identified by a hypothesis."""
    return set().union(*(side.free for side in sides), *map(identified, claim.given))


def identified(hypothesis: Hypothesis) -> set[str]:
    """The indices that a hypothesis i == j, or i in A, is about, and the classes that any names by their number."""
    match hypothesis:
        case Member(index, _):
            return {index_name(index)}
        case SameClass(first, second):
            return {index_name(first), index_name(second)}
        case Relation(lhs, _, rhs):
            return _numbered(lhs) | _numbered(rhs)
        case Always(relation, _, conditions):
            return identified(relation).union(*map(_numbered, conditions))
    return set()


def _numbered(expr: Basic) -> set[str]:
    """The classes that stand in an expression by their number."""
    holders = expr.atoms(of.Entry, of.Probability, KroneckerDelta, of.Except)
    return {str(at) for each in holders for at in each.args if isinstance(at, Integer)}


def subsets(claim: Claim) -> set[str]:
    """The named subsets that occur, in the relation or in a hypothesis."""
    return {each.name for each in parts(claim) if isinstance(each, of.Subset)}


def extremes(term: Term) -> set[Best]:
    """The largest and smallest values that occur in a term."""
    own: frozenset[Name] = frozenset()
    match term:
        case Scalar(name):
            own = frozenset({name})
        case Sum(_, _, among) | Product(_, _, among):
            own = among.inside | among.outside
    return {name for name in own if isinstance(name, Best)}.union(*map(extremes, term.parts))


def describe(case: Case) -> str:
    """A case in words: 'i = j', 'i, j distinct, i in A'."""
    return ", ".join([*_coincidences(case), *_members(case)])


def _coincidences(case: Case) -> Iterator[str]:
    blocks: dict[str, list[str]] = {}
    for letter, block in case.classes.items():
        if not letter.endswith("#"):
            blocks.setdefault(block, []).append(letter)
    yield from (" = ".join(letters) for letters in blocks.values() if len(letters) > 1)
    if len(blocks) > 1:
        yield f"{', '.join(letters[0] for letters in blocks.values())} distinct"
    if case.written_out:
        yield f"n = {case.n}"


def _members(case: Case) -> Iterator[str]:
    for (subset, each), inside in case.members.items():
        if each.startswith("one "):  # a class that is named for being in the subset, or not
            continue
        words = ("attains", "does not attain") if isinstance(subset, Best) else ("in", "not in")
        yield f"{each} {words[not inside]} {subset}"
