"""Inequalities between numbers that have a name, each with its derivation, in letters that stand for any numbers.

    trees(claim)                the derivation of a claim that is one of them
    instance(name, x=a, y=b)    the derivation with other letters in the places of its own

The first four go by Taylor's theorem, and symbolic/results/inequalities.py says more of them, under the same names.
That of Young is a log gap; x^y + y^x > 1 goes by Bernoulli's x^-y <= 1 + y (1/x - 1), for x and y below 1.
Source: folklore.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import permutations
from typing import Any

from sympy import Basic, Expr, Symbol, expand

from symbolic.language.claims import Claim
from symbolic.language.notation import Family
from symbolic.language.parser import parse_claim
from symbolic.language.proof import Tree

__all__ = ["CLAIMS", "instance", "put", "trees"]

CLAIMS = {
    "log_mean": "log(y/x) - 2*(y - x)/(x + y) >= 0 given x > 0, y >= x",
    "log_pade": "y*log(y/x) - y + x - 3*(y - x)^2/(2*y + 4*x) >= 0 given x > 0, y > 0",
    "exp_two": "1 - y + y^2/2 - exp(-y) >= 0 given y >= 0",
    "exp_chord": "1 + y + (exp(1) - 2)*y^2 - exp(y) >= 0 given y >= 0, y <= 1",
    "young": "exp(x) + y*log(y) - y - x*y >= 0 given y > 0",
    "powers": "x^y + y^x - 1 > 0 given x > 0, y > 0",
}


def _taylor(letter: str, of: str, start: str, end: str, order: int, by: Tree) -> Tree:
    return {"taylor": letter, "of": of, "from": start, "to": end, "order": order, "by": by}


def _line(*summands: str) -> Tree:
    return {"line": list(summands)}


def put(part: Any, letters: dict[str, str]) -> Any:
    match part:
        case str():
            return re.sub(r"\b\w+\b", lambda word: letters.get(word[0], word[0]), part)
        case dict():
            return {key: put(each, letters) for key, each in part.items()}
        case list():
            return [put(each, letters) for each in part]
    return part


PADE = _taylor("t", "t*log(t/x) - t + x - 3*(t - x)^2/(2*t + 4*x)", "x", "y", 2,
               _line("(t - x)^4*(t + 8*x)/(t*(t + 2*x)^3)"))  # fmt: skip
ABOVE = _taylor("s", "exp(s)*(s - 2) + s + 2", "0", "t", 1, _line("s*exp(s)*(exp(-s) - 1 + s)"))
QUOTIENT = _taylor("t", "exp(1) - 2 - (exp(t) - 1 - t)/t^2", "1", "y", 1,
                   {"have": "exp(t)*(t - 2) + t + 2 >= 0", "by": ABOVE,
                    "in": _line("(1 - t)*(exp(t)*(t - 2) + t + 2)/t^3")})  # fmt: skip

BERNOULLI = {
    "have": "x^y*(x + y - x*y) - x >= 0", "by": {
        "have": "1 + y*(1/x - 1) - x^(-y) >= 0",
        "by": _line("(x^y/x - 1 - log(x^y/x))*y*x^(-y)", "(x^y - 1 - log(x^y))*(1 - y)*x^(-y)"),
        "in": _line("x*x^y*(1 + y*(1/x - 1) - x^(-y))")}}  # fmt: skip
BELOW_ONE = {
    "have": "x + y - x*y > 0", "by": _line("x", "y*(1 - x)"), "in": {
        **BERNOULLI, "in": {
            **put(BERNOULLI, {"x": "y", "y": "x"}),
            "in": _line("(x^y*(x + y - x*y) - x)/(x + y - x*y)", "(y^x*(x + y - x*y) - y)/(x + y - x*y)",
                        "x*y/(x + y - x*y)")}}}  # fmt: skip

TREES: dict[str, Tree] = {
    "log_mean": _taylor("t", "log(t/x) - 2*(t - x)/(x + t)", "x", "y", 1, _line("(t - x)^3/(t*(x + t)^2)")),
    "log_pade": {"if": "y >= x", "then": PADE, "else": PADE},
    "exp_two": _taylor("t", "1 - t + t^2/2 - exp(-t)", "0", "y", 1, _line("t*(exp(-t) - 1 + t)")),
    "exp_chord": {
        "if": "y == 0", "then": _line(), "else": {
            "have": "y > 0", "by": _line("y"), "in": {
                "have": "exp(1) - 2 - (exp(y) - 1 - y)/y^2 >= 0", "by": QUOTIENT,
                "in": _line("y^2*(exp(1) - 2 - (exp(y) - 1 - y)/y^2)")}}},
    "young": _line("y*(log(y/exp(x)) - 1 + exp(x)/y)"),
    "powers": {
        "if": "x >= 1", "then": _line("x^y - 1", "y^x"), "else": {
            "if": "y >= 1", "then": _line("y^x - 1", "x^y"), "else": BELOW_ONE}},
}  # fmt: skip


def trees(claim: Claim) -> Iterator[Tree]:
    """Its derivation, if the claim is one of them in any letters and whichever way round it is written.

    >>> next(trees(parse_claim("exp(-c) <= 1 - c + c^2/2 given c >= 0")))["to"]
    'c'
    """
    if claim.op not in ("<", "<=", ">", ">="):
        return
    difference, weak = claim.gap, claim.op in ("<=", ">=")
    letters = sorted(difference.free_symbols, key=str)
    if not all(_is_number(each) for each in letters):
        return
    for name, gap in _gaps(weak).items():
        own = sorted(gap.free_symbols, key=str)
        for chosen in permutations(own) if len(own) == len(letters) else ():
            if expand(difference.xreplace(dict(zip(letters, chosen, strict=True))) - gap) == 0:
                yield instance(name, **{each.name: str(letter) for letter, each in zip(letters, chosen, strict=True)})


def _is_number(letter: Basic) -> bool:
    """Not n, an index, a subset or a family."""
    return bool(isinstance(letter, Symbol) and letter.is_real and not letter.is_integer) and not isinstance(
        letter, Family
    )


def instance(name: str, **letters: str) -> Tree:
    """The derivation with other letters in the places of its own.

    >>> instance("exp_two", y="c")["to"]
    'c'
    """
    return dict(put(TREES[name], letters))


@cache
def _gaps(weak: bool) -> dict[str, Expr]:
    """What is not negative; positive, if that is asked for."""
    claims = {name: parse_claim(said) for name, said in CLAIMS.items()}
    return {name: each.lhs for name, each in claims.items() if weak or each.op == ">"}
