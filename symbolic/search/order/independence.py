"""Whether a normal form that is not 0 is a function that is not 0, at points that satisfy the hypotheses.

    doubt(field, difference)     why that is not sure, in words; "" where it is

Sums over the classes, exponentials and logarithms are independent for symbolic n (Ax, On Schanuel's conjectures,
Annals of Mathematics 93, 1971): log |q| for different irreducible q, e^m for different monomials m. What is said of
them fails where one is made with |q| or a root (e^|x| and e^x; log(1 - e^x) and log(1 + e^(x/2))), where max z and the
z_k occur together, and it is not known of numbers such as e and log 2. What a logarithm or a root has to be defined
for is an open set, but it may be empty: log(x - x^2 - 1).
"""

from __future__ import annotations

from symbolic.search.form.generators import Abs, Entry, Exp, Generator, In, Log, Moment, N, Product, Reciprocal, Scalar
from symbolic.search.form.moments import Field
from symbolic.search.form.names import PI, Best
from symbolic.search.limits.laurent import Factor, Quotient, generators, occurring

__all__ = ["doubt", "moduli_inside"]


def doubt(field: Field, difference: Quotient) -> str:
    """What keeps `difference`, which is not 0 as a normal form, from being shown not to be 0 as a function."""
    numbers = field.within(occurring(difference))
    if any(_is_extreme(field.table[each]) for each in numbers) or any(
        isinstance(name, Best) for name, _ in field.case.members
    ):
        return "the largest and smallest values depend on the entries"
    if any(_is_made_with_roots(field, each) for each in numbers):
        return "an absolute value or a root inside another function"
    if sum(_is_transcendental(field, each) for each in numbers) > 1:
        return "numbers that are not known to be independent"
    if not field.complete:
        return "a sign that is not seen" if field.roots else "sums that do not separate into one-index sums"
    if not _is_defined_somewhere(field):
        return "a logarithm or a root that may be defined nowhere"
    return ""


def moduli_inside(field: Field, difference: Quotient) -> list[Factor]:
    """Each q of an |q| inside another function: where the sign of q is known, |q| is q or -q."""
    numbers = field.within(occurring(difference))
    inside = set().union(*(field.inner(field.table[each]) for each in numbers))
    made = (field.table[each] for each in sorted(inside & numbers))
    return [each.of for each in made if isinstance(each, Abs) and not field.side(each.of) and not field.dotted(each.of)]


def _is_extreme(made: Generator) -> bool:
    name = made.name if isinstance(made, Scalar) else made.subset if isinstance(made, In) else ""
    return isinstance(name, Best)


def _is_made_with_roots(field: Field, number: int) -> bool:
    """Whether |q|, or a root of anything, is inside a function; |q_k| alone may be summed."""
    made = field.table[number]
    if isinstance(made, (Log, Abs, Product)):
        parts: tuple[Factor, ...] = (made.of,)
    else:
        parts = tuple(factor for factor, _ in made.over) if isinstance(made, Moment) else ()
        parts = tuple(factor for factor, _ in made.of) if isinstance(made, Reciprocal) else parts
    inside = set().union(*(generators(dict(factor)) for factor in parts))
    inside |= generators([made.of]) if isinstance(made, Exp) else set()
    if any(isinstance(field.table[each], Abs) for each in inside):
        return True
    return any(int(power) != power for factor in parts for monomial, _ in factor for _, power in monomial)


def _is_transcendental(field: Field, number: int) -> bool:
    """Whether the generator is a number, such as pi, log 2 or e."""
    made = field.table[number]
    if made == Scalar(PI):
        return True
    if isinstance(made, Abs) or not isinstance(made, (Exp, Log)):
        return False
    within = [field.table[each] for each in field.within([number])]
    return not any(isinstance(each, (N, Scalar, Entry, In)) and each != Scalar(PI) for each in within)


def _is_defined_somewhere(field: Field) -> bool:
    """Whether all that stands under logarithms and roots can be positive at once.

    Signs of single quantities are met together. One more, of what is linear in a quantity of unknown sign, is met too.
    """
    learnt = [each for each in (*field.signs, *field.weak_signs) if not _is_about_extremes(field, each)]
    single = [each for each in learnt if _linear(field, each) and len(each) == 1]
    others = [each for each in learnt if each not in single]
    if len(others) > 1:
        return False
    constrained = set().union(*(generators(dict(each)) for each in single))
    return all(_linear(field, each) - constrained for each in others)


def _is_about_extremes(field: Field, factor: Factor) -> bool:
    return any(_is_extreme(field.table[number]) for number in generators(dict(factor)))


def _linear(field: Field, factor: Factor) -> set[int]:
    """The scalars and entries of unknown sign that make up one term, but for a number, and occur nowhere else."""
    counted = [number for monomial, _ in factor for number, _ in monomial]
    inner = field.within(set().union(*(field.inner(field.table[each]) for each in counted)))
    families = {made.family for each in inner if isinstance(made := field.table[each], Entry)}
    alone = {monomial[0][0] for monomial, _ in factor if len(monomial) == 1 and monomial[0][1] == 1}
    return {
        each
        for each in alone - inner
        if counted.count(each) == 1
        and isinstance(made := field.table[each], (Scalar, Entry))
        and (made.name if isinstance(made, Scalar) else made.family)
        not in field.assumed | field.not_negative | families
    }
