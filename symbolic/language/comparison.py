"""Two sides under a function that increases, written as one writes them.

>>> from symbolic.language.notation import LogSumExp, i, n, p, z
>>> under("exp", log(p[i])), under("exp", Integer(0)), under("exp", LogSumExp(z) + log(n))
(p[i], 1, n*Sum(exp(z[k]), k))
>>> under("exp", -log(p[i]))
1/p[i]
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr, Integer, exp, log

from symbolic.language import notation as of
from symbolic.language import verbatim
from symbolic.language.claims import Claim, Relation
from symbolic.language.typeset import signed

__all__ = ["compared", "under"]


def compared(function: str, claim: Claim) -> Claim:
    """The claim about exp, log or the square of both sides; of whole numbers, x < y + 1 for x <= y."""
    said = claim.relation
    if function == "whole":
        more = Relation(said.lhs, "<", verbatim.add(said.rhs, 1)), Relation(verbatim.add(said.lhs, 1), ">", said.rhs)
        return replace(claim, relation=more[said.op == ">="], text="")
    relation = replace(said, lhs=under(function, said.lhs), rhs=under(function, said.rhs))
    return replace(claim, relation=relation, text="")


def under(function: str, side: Expr) -> Expr:
    """exp, log or the square of a side."""
    if function == "exp":
        return verbatim.multiply(*map(_exponential, side.args if side.is_Add else (side,)))
    return log(side, evaluate=False) if function == "log" else verbatim.power(side, Integer(2))


def _exponential(term: Expr) -> Expr:
    """exp of a term: of log x it is x, of -log x its inverse, and of 0 it is 1."""
    said = term.definition() if isinstance(term, of.LogSumExp) else term
    sign, bare = signed(said)
    if isinstance(bare, log):
        return verbatim.inverse(bare.args[0]) if sign else bare.args[0]
    return Integer(1) if said == 0 else exp(said, evaluate=False)
