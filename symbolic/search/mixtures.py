r"""Log-sum-exp is convex: of a mixture it is at most the mixture, whatever the weights.

    trees(claim) -> derivations that show it, for the kernel to accept

With L_j = log \sum_k e^{x_jk}, u_jk = x_jk - L_j, m_k = \sum_j c_j u_jk and S = \sum_k e^{m_k}, and weights of sum 1,

    \sum_j c_j L_j - log \sum_k e^{\sum_j c_j x_jk}
        = (S - 1 - log S) + \sum_j \sum_k c_j e^{m_k} (e^{u_jk - m_k} - 1 - (u_jk - m_k)),

where each summand is visibly not negative if c_j is. Source: the inequality of Hoelder, proved by weighted means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sympy import Add, E, Expr, Mul, Pow, S, Symbol, exp, expand, expand_mul, log

from symbolic.language.claims import Claim
from symbolic.language.notation import LogSumExp, Sum, Z, class_named, free, n
from symbolic.language.proof import Tree
from symbolic.language.typeset import plain
from symbolic.search.form.extremes import indices

__all__ = ["trees"]


class _Part(NamedTuple):
    """c*log(sum(exp(x[k]), k)), as a summand is."""

    weight: Expr
    logarithm: Expr
    exponent: Expr  # x, at the class k


def trees(claim: Claim) -> Iterator[Tree]:
    """For each logarithm that is subtracted, the line by which the others are a mixture above it.

    Sums and products of powers are compared by their logarithms.
    """
    if claim.op not in ("<=", ">="):
        return
    above, below = (claim.rhs, claim.lhs) if claim.op == "<=" else (claim.lhs, claim.rhs)
    taken = indices(claim.lhs) | indices(claim.rhs)
    k = next((each for each in map(class_named, "klmr") if each not in taken), None)
    if k is None:
        return
    yield from ({"line": line} for line in _lines(above, below, k))
    if any(each.exp.free_symbols for each in (above * below).atoms(Pow)):
        yield from ({"compare": "log", "in": {"line": line}} for line in _lines(_log(above), _log(below), k))


def _lines(above: Expr, below: Expr, k: Symbol) -> Iterator[list[str]]:
    parts, rest = _parts(above - below, k)
    for mixed in parts:
        others = [each for each in parts if each is not mixed]
        if mixed.weight == -1 and others and expand(Add(*(each.weight for each in others)) - 1) == 0:
            moved = expand(mixed.exponent - Add(*(each.weight * each.exponent for each in others)))
            if k not in free(moved):
                yield _line(others, expand(rest - moved), k)


def _log(product: Expr) -> Expr:
    """The logarithm of a product of powers of what is positive."""
    powers = [each.as_base_exp() for each in Mul.make_args(product)]
    return Add(*(exponent if base == E else exponent * log(base) for base, exponent in powers))


def _parts(difference: Expr, k: Symbol) -> tuple[list[_Part], Expr]:
    """The logarithms of sums of exponentials with their weights, and what is left."""
    weights: dict[Expr, Expr] = {}
    rest = []
    for summand in Add.make_args(expand_mul(difference, deep=False)):
        factors = Mul.make_args(summand)
        found = next((each for each in factors if _exponent(each, k) is not None), None)
        if found is None:
            rest.append(summand)
        else:
            weights[found] = weights.get(found, S.Zero) + Mul(*(each for each in factors if each is not found))
    return [_Part(weight, each, x) for each, weight in weights.items() if (x := _exponent(each, k)) is not None], Add(
        *rest
    )


def _exponent(logarithm: Expr, k: Symbol) -> Expr | None:
    """x[k] of log(sum(exp(x[k]), k)); of log(n) it is 0."""
    made = logarithm.definition() if isinstance(logarithm, LogSumExp) else logarithm
    if not isinstance(made, log):
        return None
    total = Z.definition() if made.args[0] == Z else made.args[0]
    if total == n:
        return S.Zero
    if not isinstance(total, Sum) or total.conditions or not isinstance(total.body, exp):
        return None
    return total.opened(k).args[0]


def _line(parts: list[_Part], rest: Expr, k: Symbol) -> list[str]:
    deviations = [f"({plain(each.exponent)} - {plain(each.logarithm)})" for each in parts]
    weights = [f"({plain(each.weight)})" for each in parts]
    mixed = f"({' + '.join(f'{weight}*{each}' for weight, each in zip(weights, deviations, strict=True))})"
    total = f"sum(exp({mixed}), {k})"
    gaps = [
        f"sum({weight}*exp({mixed})*(exp({each} - {mixed}) - 1 - ({each} - {mixed})), {k})"
        for weight, each in zip(weights, deviations, strict=True)
    ]
    return [f"{total} - 1 - log({total})", *gaps, *([plain(rest)] if rest != 0 else [])]
