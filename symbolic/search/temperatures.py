"""Temperatures by other names: what is shown for every lambda holds for c > 0, for 1/c, and at lambda = 1.

    by_names(claim, prove) -> Iterator[Node]     c*log(sum(exp(x[k]/c), k)) as log(sum(exp(lambda*x[k]), k))/lambda
    inverses(claim, prove) -> Iterator[Node]     softmax(z/a), softmax(z/b), a <= b: as softmax(a*z) .., b <= a
    in_nats(claim, prove) -> Iterator[Node]      entropy(q)/log(2) <= .., as entropy(q) <= .. times log(2)
    scaled(claim, prove) -> Iterator[Node]       logsumexp(z) as log(sum(exp(lambda*w[k]), k)), max(z) as lambda*max(w)

The derivation of the claim about lambda is that of the other, with the other number in the place of lambda: a claim
about z is one about lambda*w at lambda = 1. Where 1/lambda stands before logarithms, both sides are multiplied by
lambda first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from sympy import Derivative, Expr, Integer, Pow, exp, expand_mul, log

from symbolic.language import notation as of
from symbolic.language.claims import Always, Claim, Operator, Relation, letters_of, parts
from symbolic.language.names import unused
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Node

__all__ = ["by_names", "in_nats", "inverses", "scaled"]

Prove = Callable[[Claim], Node | None]
MIRRORED: dict[str, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
WORDS = ("why", "op", "compare")  # in a derivation, that are no expressions


def by_names(claim: Claim, prove: Prove) -> Iterator[Node]:
    """With lambda for a positive number c, or 1/c, that multiplies what stands in exponents."""
    positive = [each for each in claim.given if isinstance(each, Relation) and each.op == ">" and each.rhs == 0]
    for each in positive if not _speaks_of_lambda(claim) else ():
        c = each.lhs
        powers = {term.as_powers_dict()[c] for term in _exponents(claim)} - {0} if c.is_Symbol else set()
        if powers in ({1}, {-1}):
            power = int(powers.pop())
            others = replace(claim, given=tuple(one for one in claim.given if one is not each))
            texts = dict(zip(("lambda", "T"), (f"{c}", f"(1/{c})")[::power], strict=True))
            yield from _at(others, {c: of.lam**power}, {**texts, **({"/lambda": f"*{c}"} if power < 0 else {})}, prove)
    yield from _multiplied(claim, prove) if _speaks_of_lambda(claim) else ()


def inverses(claim: Claim, prove: Prove) -> Iterator[Node]:
    """Of temperatures a <= b: by the claim about inverse temperatures b <= a, which have the same letters."""
    found = {x for term in _exponents(claim) for x, e in term.as_powers_dict().items() if x.is_Symbol and e == -1}
    told = [each for each in claim.given if isinstance(each, Relation) and {each.lhs, each.rhs} & found]
    orders = [each for each in told if each.op in MIRRORED and all(x in found or x.is_positive for x in _sides(each))]
    if not orders:
        return
    both = {**{1 / x: x for x in found}, **{x: 1 / x for x in found}}
    sides = {side: getattr(claim, side).xreplace(both) for side in ("lhs", "rhs")}
    turned = [replace(each, lhs=1 / each.lhs, op=MIRRORED[each.op], rhs=1 / each.rhs) for each in orders]
    above = [Relation(x, ">", Integer(0)) for x in sorted(found, key=str)]
    others = [each for each in claim.given if each not in told]
    given = (*others, *above, *(_in_place(each, both) for each in turned))
    tree = prove(replace(claim, relation=replace(claim.relation, **sides), given=given, text=""))
    if tree is not None:
        tree = _renamed(tree, {str(x): f"(1/{x})" for x in found})
        ordered = [(each.lhs, each.rhs) if each.op in ("<", "<=") else (each.rhs, each.lhs) for each in orders]
        for each, (small, large) in zip(turned, ordered, strict=True):
            tree = {
                "have": plain(each),
                "by": {"line": [f"({plain(large - small)})/({plain(small * large)})"]},
                "in": tree,
            }
        for small, large in ordered:
            if large in found:
                tree = {"have": f"{large} > 0", "by": {"line": [plain(large - small), plain(small)]}, "in": tree}
        yield tree


def _sides(said: Relation) -> tuple[Expr, Expr]:
    return said.lhs, said.rhs


def scaled(claim: Claim, prove: Prove) -> Iterator[Node]:
    """With lambda*w for the family in exponents, where it has no factor."""
    moving = {each.family for term in _exponents(claim) for each in term.atoms(of.Entry)}
    if _speaks_of_lambda(claim) or len(moving) != 1 or any(isinstance(each, Derivative) for each in parts(claim)):
        return
    (z,), (w, s) = moving, islice(unused("wsvuxy", letters_of(claim)), 2)
    written = f"{_renamed(plain(claim), {str(z): s})} where {s}[k] = lambda*{w}[k]"
    text = re.sub(rf"(max|min)\(lambda\*({w})\[(\w+)\], \3\)", r"lambda*\1(\2)", plain(parse_claim(written)))
    tree = prove(parse_claim(text))
    if tree is not None:
        yield _renamed(tree, {"lambda": "1", "T": "1", w: str(z)})


def _exponents(claim: Claim) -> Iterator[Expr]:
    """What stands in an exponent, term by term."""
    for each in parts(claim):
        match each:
            case exp(args=(inside,)):
                yield from (term for term in expand_mul(inside).as_ordered_terms() if term.atoms(of.Entry))
            case of.Softmax():
                yield each.scale * each.family[of.k]
            case of.LogSumExp():
                yield from each.definition().atoms(of.Entry)


def _speaks_of_lambda(claim: Claim) -> bool:
    return any(part.free_symbols & {of.lam, of.T} or part in (of.lam, of.T) for part in parts(claim))


def _at(claim: Claim, new: dict[Any, Expr], texts: dict[str, str], prove: Prove) -> Iterator[Node]:
    """By the claim about lambda; z has another letter there, so that nothing is called p or Z."""
    z, w = of.Family("z"), of.Family(next(unused("wvuxy", letters_of(claim))))
    sides = {side: getattr(claim, side).xreplace(new).xreplace({z: w}) for side in ("lhs", "rhs")}
    given = tuple(_in_place(each, {**new, z: w}) for each in claim.given)
    told = replace(claim, relation=replace(claim.relation, **sides), given=given, text="")
    tree = next(_multiplied(told, prove), None) or prove(told)
    if tree is not None:
        yield _renamed(tree, {**texts, w.name: "z"})


def _in_place(each: Any, new: dict[Any, Any]) -> Any:
    """A hypothesis with other expressions in it."""
    match each:
        case Relation():
            return replace(each, lhs=each.lhs.xreplace(new), rhs=each.rhs.xreplace(new))
        case Always():
            return replace(each, relation=_in_place(each.relation, new))
    return each


def _renamed(node: Any, texts: dict[str, str]) -> Any:
    match node:
        case dict():
            return {key: each if key in WORDS else _renamed(each, texts) for key, each in node.items()}
        case list():
            return [_renamed(each, texts) for each in node]
        case str():
            slashed = {f"/{word}": f"/{text}" for word, text in texts.items() if word.isalnum()}
            return re.sub(r"/?[A-Za-z]\w*", lambda word: {**slashed, **texts}.get(word[0], word[0]), node)
    return node


def _multiplied(claim: Claim, prove: Prove) -> Iterator[Node]:
    """Both sides times lambda, where a logarithm is divided by it."""
    terms = [term for side in (claim.lhs, claim.rhs) for term in expand_mul(side).as_ordered_terms()]
    over = [term for term in (each.xreplace({of.T: 1 / of.lam}) for each in terms) if term.as_powers_dict()[of.lam] < 0]
    if claim.op != "==" and any(term.has(log, of.LogSumExp, of.Functional) for term in over):
        lhs, rhs = (expand_mul(of.lam * side.xreplace({of.T: 1 / of.lam})) for side in (claim.lhs, claim.rhs))
        yield from _divided_again(claim, lhs, rhs, "T*({})", prove)


def in_nats(claim: Claim, prove: Prove) -> Iterator[Node]:
    """Both sides times log(2), or log(n), where entropies are divided by it: in bits, or as a share of the largest."""
    below = {each for side in (claim.lhs, claim.rhs) for each in side.atoms(Pow) if each.exp == -1}
    units = {each.base for each in below if isinstance(each.base, log) and each.base.args[0].is_integer}
    if claim.op != "==" and len(units) == 1:
        (unit,) = units
        lhs, rhs = (expand_mul(unit * side) for side in (claim.lhs, claim.rhs))
        if not (lhs.has(1 / unit) or rhs.has(1 / unit)):
            yield from _divided_again(claim, lhs, rhs, f"({{}})/{plain(unit)}", prove)


def _divided_again(claim: Claim, lhs: Expr, rhs: Expr, gap: str, prove: Prove) -> Iterator[Node]:
    told = replace(claim, relation=replace(claim.relation, lhs=lhs, rhs=rhs), text="")
    small, large = told.ordered
    tree = prove(told)
    if tree is not None:
        line = gap.format(f"{plain(large)} - ({plain(small)})")
        yield {"have": plain(told.relation), "by": tree, "in": {"line": [line]}}
