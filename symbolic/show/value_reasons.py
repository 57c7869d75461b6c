"""The words of the steps by which a value is found, read off the expressions before and after a step.

    of_definitions(before, after)     which definitions were put in
    of_derivatives(before, after)     which derivatives were put in
    of_last_form(before, after)       what was done to get the readable form: what a new p stands for, which sums became
                                      means, what cancels, what stands before the bracket

>>> from symbolic.language.notation import D, T, Z, i, j, lam, p, z
>>> of_derivatives(D(p[i], lam) * p[j] + p[i] * D(p[j], lam), 0)
'the derivatives of `p[i]` and `p[j]`'
>>> from sympy import exp
>>> of_last_form(exp(lam*z[i])/Z, p[i])
'`p[i] == exp(lambda*z[i])/Z`'
>>> of_last_form((z[i]*p[j] - z[j]*p[j])/p[j], z[i] - z[j])
'`p[j]` cancels'
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from sympy import Add, Basic, Derivative, Expr, Mul, Pow, Symbol, expand, log

from symbolic.language.notation import (
    Binder,
    BoundIndex,
    Entry,
    Functional,
    Mean,
    Partition,
    Probability,
    Sum,
    UnderP,
    Variance,
    Z,
    n,
)
from symbolic.language.typeset import plain

__all__ = ["of_definitions", "of_derivatives", "of_last_form"]

ONE_MOVES = "of `Z` only the term with that class moves"
LIKE_TERMS = "like terms added"


def of_definitions(before: Expr, _: Expr) -> str:
    """What was replaced by its definition: heads that others define, and p itself where it stands alone."""
    kinds = (Functional, UnderP, Probability) if isinstance(before, Derivative) else (Functional, UnderP)
    inner = (part for each in _derivatives(before) for part in _parts(each.expr) if isinstance(part, kinds))
    return f"the definition of {_listed(dict.fromkeys(f'`{plain(each)}`' for each in inner))}"


def of_derivatives(before: Expr, _: Expr) -> str:
    """The derivatives that were put in, under a sum with the letter that is printed there."""
    inner = list(_derivatives(before))
    if any(each.expr == Z and isinstance(each.variables[0], Entry) for each in inner):
        return ONE_MOVES
    moving = dict.fromkeys(f"`{plain(each.expr)}`" for each in inner)
    return f"the derivative{'s' * (len(moving) > 1)} of {_listed(moving)}"


def of_last_form(before: Expr, after: Expr) -> str:
    """What was done, by what is there before and not after, and the other way round."""
    found = [*_logarithms(before, after), *_probabilities(before, after), *_means(before, after)]
    found = found or [*_left_the_sum(before, after)]
    return "; ".join(found or [*_cancelled(before, after), *_factored(before, after)] or [LIKE_TERMS])


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


# --- what is in an expression ----------------------------------------------------------------------


def _parts(expr: Basic, printed: SimpleNamespace | None = None) -> Iterator[Basic]:
    """All parts, those under a binder with the letter that is printed for its index."""
    printed = printed or SimpleNamespace(names={each.name for each in expr.atoms(Symbol) - expr.atoms(BoundIndex)})
    yield expr
    body = (expr.named(printed)[1],) if isinstance(expr, Binder) else expr.args
    for part in body:
        yield from _parts(part, printed)


def _derivatives(expr: Basic) -> Iterator[Derivative]:
    """The innermost ones."""
    return (each for each in _parts(expr) if isinstance(each, Derivative) and not each.expr.has(Derivative))


def _new(kind: type[Basic], before: Expr, after: Expr) -> list[Basic]:
    had = set(_parts(before))
    return list(dict.fromkeys(each for each in _parts(after) if isinstance(each, kind) and each not in had))


def _powers(expr: Expr) -> Counter[Expr]:
    """What is divided by, with its exponents."""
    _, below = expr.as_numer_denom()
    bases = (each.as_base_exp() for each in Mul.make_args(below) if not each.is_Number)
    return Counter({base: int(exponent) for base, exponent in bases if exponent.is_Integer})


# --- what was done ---------------------------------------------------------------------------------


def _logarithms(before: Expr, after: Expr) -> Iterator[str]:
    """log p_k is lambda z_k - log Z."""
    for each in () if after.has(log) else _new(log, after, before):
        share = each.args[0]
        if isinstance(share, Probability):
            family, scale = share.distribution.args
            yield f"`{plain(each)} == {plain(scale * family[share.index] - log(Partition(family, scale)))}`"
            return


def _probabilities(before: Expr, after: Expr) -> Iterator[str]:
    """A weight over the sum of the weights is a probability: said of one, and that it is so for others."""
    known = {each.distribution for each in before.atoms(Probability)}
    new = [each for each in _new(Probability, before, after) if isinstance(each, Probability)]
    free = [each for each in new if each.index in after.free_symbols or each.distribution not in known]
    if free:
        first, *others = sorted(free, key=str)
        so = f", and so for {_listed(f'`{plain(each)}`' for each in others)}" if others else ""
        yield f"`{plain(first)} == {plain(first.definition())}`{so}"


def _means(before: Expr, after: Expr) -> Iterator[str]:
    """A sum weighted by probabilities is a mean, and some means make a variance, or a moment about the mean."""
    means = [each for each in _new(Mean, before, after) if isinstance(each, Mean)]
    centred = [body for _, body, _ in (each.named() for each in means) if isinstance(body, Pow) and body.base.has(Mean)]
    if _new(Variance, before, after):
        yield "the mean of the squares less the square of the mean is the variance"
    elif centred:
        yield f"`{plain(centred[0])}`, multiplied out, has these means"
    elif means:
        yield "a sum weighted by probabilities is a mean"


def _left_the_sum(before: Expr, after: Expr) -> Iterator[str]:
    """Constants stand before a sum, what is the same for each class is there n times, probabilities add up to 1."""
    gone = [each for each in _new(Sum, after, before) if isinstance(each, Sum)]
    terms = [(each.bound, term) for each in gone for term in Add.make_args(expand(each.body))]
    moving = [[part for part in Mul.make_args(term) if bound in part.free_symbols] for bound, term in terms]
    if any(len(parts) == 1 and isinstance(parts[0], Probability) for parts in moving):
        yield "probabilities sum to 1"
    if [] in moving and n in set(_parts(after)):
        yield "what is the same for each class is counted n times"
    elif any(0 < len(parts) < len(Mul.make_args(term)) for parts, (_, term) in zip(moving, terms, strict=True)):
        yield "what does not depend on the class stands before the sum"


def _cancelled(before: Expr, after: Expr) -> Iterator[str]:
    """What was divided by, and is not any more."""
    gone = _powers(before) - _powers(after)
    if gone:
        words = [f"`{plain(each)}`" for each in sorted(gone, key=lambda each: (each.count_ops(), str(each)))]
        yield f"{_listed(words)} cancel{'s' * (len(words) == 1)}"


def _factored(before: Expr, after: Expr) -> Iterator[str]:
    """What all terms have in common; or the sign alone."""
    sums = [part for part in Mul.make_args(after) if isinstance(part, Add)]
    if not sums or before.as_numer_denom()[1] != after.as_numer_denom()[1]:
        return
    common = Mul(*(part for part in Mul.make_args(after.as_numer_denom()[0]) if not isinstance(part, Add)))
    if _has_sum_turned(before, after):
        yield "the minus sign goes into the bracket"
    elif common != 1:
        yield f"`{plain(common)}` is a factor of each term"


def _has_sum_turned(before: Expr, after: Expr) -> bool:
    """Whether the two are one product, but for the sign of a sum in it."""
    was, now = ({part for part in Mul.make_args(each) if isinstance(part, Add)} for each in (before, after))
    return any(Add(*(-term for term in part.args)) in was for part in now - was)
