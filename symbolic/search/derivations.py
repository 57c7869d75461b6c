"""Derivations of claims, found by trying: each candidate goes to the kernel, and what it refuses is not one.

    found(claim) -> Proof | None

First one that was found before (known.jsonl, by `make derivations`); then the difference of the sides as it stands, in
the cases that the kernel asks for or the claim suggests; then what is guessed (evidence.py, equalities.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial, reduce
from importlib.resources import files
from itertools import chain, islice, product
from typing import Any

from sympy import Abs, Add, Basic, Derivative, Eq, Expr, Mul, Pow, Rational, Symbol, exp, log
from sympy.core.function import expand_power_base
from sympy.polys.polyerrors import BasePolynomialError

from symbolic.deadline import OutOfTime, within
from symbolic.deadline import check as in_time
from symbolic.kernel import Budget, Refused, Undetermined
from symbolic.kernel.checker import asked, check
from symbolic.kernel.leaf import Leaf
from symbolic.language.claims import (
    Always,
    ArgMax,
    Claim,
    Hypothesis,
    Member,
    Relation,
    least_size,
    letters_of,
    parts,
    relation,
)
from symbolic.language.comparison import compared
from symbolic.language.errors import NotationError
from symbolic.language.names import unused
from symbolic.language.notation import (
    Count,
    Entry,
    Except,
    Family,
    Functional,
    In,
    Limit,
    LogSumExp,
    Maximum,
    Mean,
    NotIn,
    Probability,
    Product,
    Size,
    Softmax,
    Subset,
    Sum,
    Variance,
    class_named,
    free,
    n,
)
from symbolic.language.parser import parse_claim
from symbolic.language.proof import Proof, Tree
from symbolic.language.typeset import plain
from symbolic.search import (
    along,
    contrapositive,
    ends,
    equalities,
    evidence,
    limit_forms,
    means,
    mixtures,
    named,
    near_points,
    norms,
    pairwise,
    powers,
    products,
    restated,
    sharp,
    summands,
    temperatures,
    two_classes,
    vanishing,
    zeros,
)
from symbolic.search.case_trees import STEPS, Judge, Node, leaves_below
from symbolic.search.scalars import words
from symbolic.search.tidy import tidied

__all__ = ["at_once", "clashing", "found", "guessed", "known", "refusal"]

DEEPEST = 6  # cases in one another
HALF = Rational(1, 2)
LOGARITHMIC = (log, Functional, LogSumExp)
SHARES = (Softmax, Functional, Mean, Variance, LogSumExp, Product, log)
UNKNOWN_TO_SYMPY = (BasePolynomialError, NotImplementedError, ArithmeticError, ValueError, TypeError)
NUMBERS, PARTS = 1.0, 3.0  # seconds, for what is said of one class, and for a claim that another one needs,
SOON = 1.0  # or may need


def found(claim: Claim) -> Proof | None:
    """A derivation that the kernel accepts, by all that there is."""
    return at_once(claim) or guessed(claim)


def at_once(claim: Claim, turned: bool = True) -> Proof | None:
    """One that was found before; a clash or a sign that is visible; of an equality, what is tried of every claim.

    A claim that is a step on the way of another is not turned round again.
    """
    line = plain(claim)
    tree = known(line)
    if tree is not None and refusal(line, tree, Budget().left) is None:
        return Proof(line, tree)
    if _is_a_limit(claim):
        return _by_limit(claim, limit_forms.as_it_stands) or _accepted(line, {"absurd": []})
    near = near_points.derivation(claim, _tree_of)
    if near is not None and (proof := _accepted(line, near)) is not None:
        return proof
    if claim.op == "==":
        by_others = chain(
            *((_turned(claim), _of_every_class(claim)) if turned else ()),
            _by_squares(claim, Abs),
            _sharp(claim) if turned else (),
        )
        by_sums = map(_as_far_as_known, (zeros.trees(claim), vanishing.trees(claim), contrapositive.put_in(claim)))
        clashes = (contrapositive.clash(claim) for _ in claim.given[:1])
        every = chain(*by_sums, by_others, clashes)
        found = (_accepted(line, each, Budget().left) for each in every)
        return _directly(claim) or next(filter(None, found), None)
    of_numbers = not (claim.given or claim.lhs.free_symbols or claim.rhs.free_symbols)
    trees: list[Tree] = [{"absurd": []}, *([{"line": []}] if claim.op in ("<=", ">=") else [])]
    trees += [_as_it_stands(claim)] if claim.rhs == 0 or of_numbers else []
    trees += _with_class_apart(claim)
    with_a_name = map(_as_far_as_known, (mixtures.trees(claim), named.trees(claim)))
    long = (_accepted(line, each, Budget().left) for each in chain(*with_a_name))
    more = (_directly(claim) for _ in islice(chain(powers.bases(claim), zeros.between(claim)), 1))
    by_squares = chain(_by_squares(claim, Abs), _by_signs(claim), _where_attained(claim))
    by_parts = chain(
        _between(claim), _by_sides(claim), _as_far_as_known(temperatures.by_names(claim, _of_free_energies))
    )
    at_ends = _as_far_as_known(chain(ends.at_ends(claim, _of_a_part), ends.between_ends(claim, _of_a_part)))
    last = _by_an_exponential(claim) if _has_an_exponential_of_entropies(claim) else ()
    sharply = _sharp(claim) if turned else ()
    first, late = (sharply, last) if sharp.is_told(claim) else ((), chain(sharply, last))
    renamed = map(_as_far_as_known, (restated.of_logarithms(claim, _of_a_part), restated.of_bases(claim, _by_all)))
    by_more = chain(at_ends, _solved(claim), _by_products(claim), by_squares, late, *renamed)
    other_words = (
        temperatures.in_nats,
        temperatures.inverses,
        powers.roots,
        powers.with_one_class,
        two_classes.by_numbers,
        restated.of_a_product,
        restated.without_divisors,
        restated.of_a_derivative,
        restated.of_an_event,
        restated.over_a_part,
        restated.of_a_support,
        ends.on_both_sides,
        restated.of_a_mean,
        restated.of_a_size,
        restated.of_a_factor,
        restated.of_a_definition,
    )
    by_names = (_as_far_as_known(each(claim, _of_a_part)) for each in other_words)
    by_others = chain(
        first,
        _of_every_class(claim) if turned else (),
        chain.from_iterable(by_names),
        _turned(claim) if turned else (),
        by_parts,
        by_more,
    )
    solved = (_accepted(line, each, Budget().left) for each in by_others)
    return next(filter(None, chain((_accepted(line, each) for each in trees), more, long, solved)), None)


def _as_far_as_known(trees: Iterator[Tree]) -> Iterator[Tree]:
    """Those before something that SymPy cannot work with."""
    with suppress(*UNKNOWN_TO_SYMPY, NotationError):
        yield from trees


def _tree_of(claim: Claim) -> Tree | None:
    proof = found(claim)
    return None if proof is None else proof.tree


def _turned(claim: Claim) -> Iterator[Tree]:
    """A conclusion about numbers, without which a hypothesis would fail."""

    def prove(said: Claim) -> Tree | None:
        return _in_time(said, NUMBERS)

    with suppress(*UNKNOWN_TO_SYMPY):
        yield from filter(None, [contrapositive.derivation(claim, prove)])


def _sharp(claim: Claim) -> Iterator[Tree]:
    """Where an inequality is an equality, and where it is strict."""
    with suppress(*UNKNOWN_TO_SYMPY):
        yield from sharp.trees(claim, _of_a_part)


def _of_every_class(claim: Claim) -> Iterator[Tree]:
    """By what a hypothesis about the largest size says of each class."""
    with suppress(*UNKNOWN_TO_SYMPY):
        yield from sharp.of_every_class(claim, _of_a_part)


def _by_sides(claim: Claim) -> Iterator[Tree]:
    """By the squares of both sides, where one is a root; by their logarithms, where one is a product over classes."""
    yield from _by_squares(claim, Pow)
    yield from products.trees(claim, _of_a_part)
    if any(isinstance(each.as_base_exp()[0], Product) for each in _factors(claim)):
        tree = _of_a_part(compared("log", claim))
        yield from [{"compare": "log", "in": tree}] if tree else []
    if not _has_an_exponential_of_entropies(claim):
        yield from _by_an_exponential(claim)


def _has_an_exponential_of_entropies(claim: Claim) -> bool:
    """That is compared by named inequalities rather than by logarithms."""
    return any(isinstance(each, exp) and each.has(Functional) for each in parts(claim))


def _by_products(claim: Claim) -> Iterator[Tree]:
    """A logarithm against a sum of logarithms, over classes or of several, by their exponentials."""

    def risen(side: Expr) -> Expr | None:
        k = class_named("k")
        if isinstance(side, Sum) and isinstance(inner := side.opened(k), log):
            return Product(inner.args[0], k, *side.conditions)
        if isinstance(side, Add) and all(isinstance(each, log) for each in side.args):
            return Mul(*(each.args[0] for each in side.args))
        return side.args[0] if isinstance(side, log) else None

    sides = risen(claim.lhs), risen(claim.rhs)
    if None not in sides and any(isinstance(each, Sum | Add) for each in (claim.lhs, claim.rhs)):
        tree = _of_a_part(replace(claim, relation=relation(sides[0], claim.op, sides[1]), text=""))
        yield from [{"compare": "exp", "in": tree}] if tree else []


def _by_an_exponential(claim: Claim) -> Iterator[Tree]:
    """The one exponential against all other summands, by the logarithms."""
    small, large = claim.ordered
    terms = [each for each in Add.make_args(large - small) if isinstance(each.as_coeff_Mul()[1], exp)]
    if len(terms) == 1 and claim.op != "==":
        rest, op = large - small - terms[0], ("<" if claim.op in ("<", ">") else "<=")
        lhs, rhs = (-terms[0], rest) if terms[0].as_coeff_Mul()[0].is_negative else (-rest, terms[0])
        if (lhs, rhs) != (small, large) and 0 not in (lhs, rhs):
            said = relation(lhs, op, rhs)
            tree = _of_a_part(compared("log", replace(claim, relation=said, text="")))
            line = {"line": [f"{plain(rhs)} - ({plain(lhs)})"]}
            yield from [{"have": plain(said), "by": {"compare": "log", "in": tree}, "in": line}] if tree else []


def _by_squares(claim: Claim, of: type[Basic]) -> Iterator[Tree]:
    """By the squares of both sides, where one is a root, or an absolute value of numbers."""
    roots = any(isinstance(each, Pow) and each.exp in (HALF, -HALF) for each in _factors(claim))
    numbers = any(isinstance(each, Abs) for each in _factors(claim)) and words(claim) is not None
    if (roots if of is Pow else numbers) and _may_be_compared(claim, "square"):
        lhs, rhs = (_without_signs(expand_power_base(side**2)) for side in (claim.lhs, claim.rhs))
        squares = replace(claim.relation, lhs=lhs, rhs=rhs)
        proof = at_once(replace(claim, relation=squares, text=""), turned=False)
        yield from [{"compare": "square", "in": proof.tree}] if proof else []


def _may_be_compared(claim: Claim, by: str) -> bool:
    """Whether the kernel sees that the sides are where the function rises."""
    try:
        return bool(leaves_below(asked(plain(claim), Budget(STEPS)), {"compare": by}))
    except Refused:
        return False


def _factors(claim: Claim) -> list[Basic]:
    return [each for side in (claim.lhs, claim.rhs) for each in Mul.make_args(side)]


def _without_signs(expr: Basic) -> Basic:
    """x^2 for abs(x)^2."""
    return expr.replace(
        lambda each: isinstance(each, Pow) and each.exp == 2 and isinstance(each.base, Abs),
        lambda each: each.base.args[0] ** 2,
    )


def _solved(claim: Claim) -> Iterator[Tree]:
    """Of a claim about functions of numbers, about entropies, or one that follows from inequalities with a name."""
    from symbolic.search import (  # no equality needs them
        averages,
        classical,
        classwise,
        deviations,
        differences,
        entropies,
        jensen,
        logarithms,
        odds,
        one_variable,
        ratios,
        whole,
    )

    solvers: list[Callable[[Claim], Node | None]] = [
        lambda said: means.derivation(said, _judge),
        _with_a_letter_for_n,
        one_variable.derivation,
        lambda said: classical.covariance(said, _judge_long),
        lambda said: deviations.derivation(said, _judge_long, _of_a_part),
        lambda said: odds.derivation(said, _judge_long),
        lambda said: differences.derivation(said, _judge_long),
        lambda said: _with_other_letters(said, partial(summands.of_means, solve=_of_a_part)),
    ]

    def by_lemmas(said: Claim) -> Node | None:
        return classical.derivation(said, _judge_long) or logarithms.derivation(said, _judge_long)

    of_logarithms: list[Callable[[Claim], Node | None]] = [
        lambda said: logarithms.derivation(said, _judge_long, (False,)),
        lambda said: entropies.derivation(said, by_lemmas, _of_a_part),
        lambda said: classwise.derivation(said, _judge_long, _tree),
    ]
    at_sight: list[Callable[[Claim], Node | None]] = [
        _at_sight,
        lambda said: averages.derivation(said, _judge_long),
    ]
    solvers += [*of_logarithms, *at_sight] if logarithms.has_logarithm(claim) else [*at_sight, *of_logarithms]
    by_whole = partial(whole.derivation, judge=_judge)
    of_shares: list[Callable[[Claim], Node | None]] = [
        lambda said: jensen.derivation(said, _judge_long, _of_numbers),
        lambda said: ratios.derivation(said, _judge),
        by_whole,
        lambda said: _with_other_letters(said, classical.derivation),
        _by_what_logarithms_are_of,
        lambda said: logarithms.derivation(said, _judge_long, (True,)),
    ]
    of_sums: list[Callable[[Claim], Node | None]] = [
        lambda said: pairwise.derivation(said, _judge, _of_numbers),
        lambda said: summands.derivation(said, _judge, _of_numbers),
    ]
    solvers += [*of_shares, *of_sums] if _is_of_shares(claim) else [*of_sums, *of_shares]
    if claim.lhs.free_symbols | claim.rhs.free_symbols == {n}:
        solvers.sort(key=lambda each: each not in (one_variable.derivation, by_whole))
    solvers.append(lambda said: norms.derivation(said, _judge_long, _of_a_part))
    for solve in solvers:
        with suppress(*UNKNOWN_TO_SYMPY):
            yield from filter(None, [solve(claim)])


def _with_other_letters(claim: Claim, solve: Callable[[Claim, Judge], Node | None]) -> Node | None:
    """Of a claim with letters that a solver has for numbers of its own: with others in their place."""
    used = letters_of(claim)
    names = dict(zip(sorted(used & {"s", "t"}), unused("uvwxyabcd", used), strict=False))
    if not names:
        return solve(claim, _judge_long)
    found = solve(parse_claim(named.put(plain(claim), names)), _judge_long)
    return found and named.put(found, names | {new: old for old, new in names.items()})


def _with_a_letter_for_n(claim: Claim) -> Node | None:
    """Of numbers and n, what holds for every number from the least n on."""
    spoken = claim.lhs.free_symbols | claim.rhs.free_symbols
    powers = (each.exp for side in (claim.lhs, claim.rhs) for each in side.atoms(Pow))
    if spoken == {n} or not any(each.has(n) for each in powers) or words(claim) is None:
        return None
    r = Symbol(next(unused("rabcd", letters_of(claim))), real=True)
    sides = {side: getattr(claim, side).xreplace({n: r}) for side in ("lhs", "rhs")}
    others = tuple(each for each in claim.given if not (isinstance(each, Relation) and n in (each.lhs, each.rhs)))
    least = relation(r, ">=", least_size(claim.given))
    tree = _of_a_part(replace(claim, relation=replace(claim.relation, **sides), given=(*others, least), text=""))
    return tree and named.put(tree, {r.name: "n"})


def _by_what_logarithms_are_of(claim: Claim) -> Node | None:
    """c log S <= c x from S <= 1 + x, as log S <= S - 1; c log S >= c x from S >= e^x."""
    small, large = claim.ordered
    terms = Add.make_args(small - large)
    logs = [each for each in terms if isinstance(each.as_coeff_Mul()[1], log) and each.has(Sum, Mean)]
    if claim.op not in ("<=", ">=") or len(logs) != 1:
        return None
    c, logarithm = logs[0].as_coeff_Mul()
    total, x = logarithm.args[0], (logs[0] - Add(*terms)) / c
    if c > 0 and not x.has(*LOGARITHMIC):
        tree = _of_a_part(replace(claim, relation=relation(total, "<=", 1 + x), text=""))
        line = [f"{c}*({plain(total)} - 1 - {plain(logarithm)})", f"{c}*({plain(1 + x)} - ({plain(total)}))"]
        return tree and {"have": f"{plain(total)} <= {plain(1 + x)}", "by": tree, "in": {"line": line}}
    if c < 0 and x.has(Functional):
        tree = _of_a_part(replace(claim, relation=relation(exp(x), "<=", total), text=""))
        by = {"compare": "exp", "in": tree}
        line = [f"{-c}*({plain(logarithm)} - ({plain(x)}))"]
        return tree and {"have": f"{plain(x)} <= {plain(logarithm)}", "by": by, "in": {"line": line}}
    return None


def _by_signs(claim: Claim) -> Iterator[Tree]:
    """|x| is at most y where x is, and -x is."""
    if claim.op not in ("<", "<=", ">", ">="):
        return
    small = claim.lhs if claim.op in ("<", "<=") else claim.rhs
    absolute = next((each for each in Mul.make_args(small) if isinstance(each, Abs)), None)
    if absolute is not None:
        trees = []
        for x in (absolute.args[0], -absolute.args[0]):
            side = small.xreplace({absolute: x})
            sides = {"lhs": side} if claim.op in ("<", "<=") else {"rhs": side}
            found = _tree(replace(claim, relation=replace(claim.relation, **sides), text=""))
            if found is None:
                return
            trees.append(found)
        yield {"if": f"{plain(absolute.args[0])} >= 0", "then": trees[0], "else": trees[1]}


def _between(claim: Claim) -> Iterator[Tree]:
    """Where |x| is at most c at every class, x is between -c and c there."""
    used = letters_of(claim)
    letter = class_named(next(unused("jihmr", used)))
    for at, each in enumerate(claim.given):
        match each:
            case Always(Relation(Abs(args=(x,)), "<=", c), bound, ()):
                x = x.xreplace({bound: letter})
                others = (*claim.given[:at], Relation(x, "<=", c), Relation(x, ">=", -c), *claim.given[at + 1 :])
                tree = _tree(replace(claim, given=others, text=""))
                for end, op, sign in ((-c, ">=", "+"), (c, "<=", "-")) if tree else ():
                    line = [f"{plain(c)} - abs({plain(x)})", f"abs({plain(x)}) {sign} ({plain(x)})"]
                    tree = {"have": f"{plain(x)} {op} {plain(end)}", "by": {"line": line}, "in": tree}
                yield from [tree] if tree else []
                return


def _where_attained(claim: Claim) -> Iterator[Tree]:
    """Of the largest entry of a softmax or a family: at a class where it is attained."""
    used = letters_of(claim)
    tops = {each for each in parts(claim) if isinstance(each, Maximum) and not each.conditions}
    moving = any(isinstance(each, Derivative) for each in parts(claim))
    if len(tops) == 1 and claim.op != "==" and not moving and (claim.lhs.has(*tops) or claim.rhs.has(*tops)):
        (top,) = tops
        letter = class_named(next(unused("mhg", used)))
        if isinstance(top.opened(letter), Entry | Probability):
            sides = {side: getattr(claim, side).xreplace({top: top.opened(letter)}) for side in ("lhs", "rhs")}
            found = _tree(replace(claim, relation=replace(claim.relation, **sides), text=""))
            yield from [{"let": str(letter), "of": plain(top), "in": found}] if found else []


def _counted(claim: Claim) -> Iterator[Node]:
    """Of the number of classes with the largest entry: with a name for these classes."""
    every = set(parts(claim))
    k, subset = class_named("k"), Subset(next(unused("ABC", {each.name for each in every if isinstance(each, Subset)})))
    for family in sorted((each for each in every if isinstance(each, Family)), key=plain):
        count = Count(Eq(family[k], Maximum.of(family)), k)
        if count in every:
            sides = {side: getattr(claim, side).xreplace({count: Size(subset)}) for side in ("lhs", "rhs")}
            said, given = replace(claim.relation, **sides), (*claim.given, ArgMax(subset, family))
            proof = guessed(replace(claim, relation=said, given=given, text=""))
            yield from [{"classes": subset.name, "of": plain(count), "in": dict(proof.tree)}] if proof else []


def _tree(claim: Claim) -> Node | None:
    """The derivation that is at hand."""
    proof = at_once(claim, turned=False)
    return dict(proof.tree) if proof else None


def _is_of_shares(claim: Claim) -> bool:
    """Whether it speaks of probabilities, entropies, means or free energies, or has powers that are no numbers."""
    energies = any(isinstance(each, log) and each.has(Sum) for each in parts(claim))
    return energies or _has_powers(claim) or any(isinstance(each, SHARES) for each in parts(claim))


def _has_powers(claim: Claim) -> bool:
    return any(isinstance(each, Pow) and each.exp.free_symbols - {n} for each in parts(claim))


def _at_sight(claim: Claim) -> Node | None:
    """Of a claim about sums over classes, where no claim about numbers is to be solved for it; powers take longer."""
    if _has_powers(claim):
        return None
    for search in (pairwise, summands):
        if (found := search.derivation(claim, _judge, lambda _: None)) is not None:
            return found
    return norms.derivation(claim, _judge, _at_sight)


def _of_numbers(claim: Claim) -> Node | None:
    """A derivation of what is said of the numbers of one class, or of two."""
    return _in_time(claim, NUMBERS)


def _of_free_energies(claim: Claim) -> Node | None:
    """By the sums of which there are logarithms, else by all that there is."""
    return norms.derivation(claim, _judge, _of_numbers) or _of_a_part(claim)


def _soon(claim: Claim) -> Node | None:
    """A derivation of what may well be no part of another one."""
    return _in_time(claim, SOON)


def _of_a_part(claim: Claim) -> Node | None:
    """A derivation of a claim that another one needs."""
    return _in_time(claim, PARTS)


def _by_all(claim: Claim) -> Node | None:
    """The same, by what is guessed as well."""
    return _of_a_part(claim) or _in_time(claim, PARTS, guessed)


def _in_time(claim: Claim, seconds: float, solve: Callable[[Claim], Proof | None] | None = None) -> Node | None:
    try:
        with within(seconds):
            proof = (solve or partial(at_once, turned=False))(claim)
    except OutOfTime:
        in_time()
        return None
    return dict(proof.tree) if proof else None


def guessed(claim: Claim) -> Proof | None:
    """What is guessed from values at points; of an inequality, also what is tried of every claim."""
    if _is_a_limit(claim):
        return _by_limit(claim, limit_forms.forms)
    try:
        if claim.op == "==":
            tree = equalities.derivation(claim, _judge)
        else:
            tree = evidence.at_a_glance(claim, _judge) or _accepted_of(claim, temperatures.by_names(claim, _guessed))
            tree = tree or _along(claim) or _accepted_of(claim, temperatures.scaled(claim, _along))
            tree = tree or next(_counted(claim), None) or _accepted_of(claim, restated.of_two_parts(claim, _soon))
            tree = tree or evidence.derivation(claim, _judge)
    except Refused:  # of what it wanted to read
        tree = None
    proof = None if tree is None else _accepted(plain(claim), tree)
    return proof or (_directly(claim) if claim.op != "==" else None)


def _accepted_of(claim: Claim, trees: Iterator[Node]) -> Node | None:
    return next((dict(each) for each in _as_far_as_known(trees) if _judge(claim, dict(each)) is None), None)


def _guessed(claim: Claim) -> Node | None:
    return evidence.at_a_glance(claim, _judge) or evidence.derivation(claim, _judge) or _along(claim)


def _along(claim: Claim) -> Node | None:
    return along.derivation(claim, _judge)


def _is_a_limit(claim: Claim) -> bool:
    return claim.lhs.has(Limit) or claim.rhs.has(Limit)


def _by_limit(claim: Claim, forms: Callable[[Claim], Iterable[limit_forms.Form]]) -> Proof | None:
    """By a form from which the limit is read off; the limit stands alone on the left side."""
    if not isinstance(claim.lhs, Limit) or claim.lhs.args[0].has(Limit) or claim.rhs.has(Limit):
        return None
    tree = limit_forms.derivation(claim, _judge, forms)
    return None if tree is None else _accepted(plain(claim), tree)


def _directly(claim: Claim) -> Proof | None:
    """The difference of the sides as it stands, in the cases that the kernel asks for or the claim suggests."""
    line = plain(claim)
    try:
        leaf = asked(line, Budget(STEPS))
    except (Refused, RecursionError):
        return None
    leaf, around = _with_more(leaf, claim)
    tree = _Search(claim, _leaves(claim)).tree(leaf, DEEPEST)
    return None if tree is None else _accepted(line, reduce(lambda inner, step: {**step, "in": inner}, around, tree))


def _with_more(leaf: Leaf, claim: Claim) -> tuple[Leaf, list[Tree]]:
    """With what is shown first, of bases of powers and of numbers that are 0 or 1; the last step first."""
    steps: list[Tree] = []
    for said, lines in chain(powers.bases(claim), zeros.between(claim)):
        for line in lines:
            by = {"line": line}
            with suppress(Refused):
                shown, below = leaves_below(leaf, {"have": said, "by": by})
                leaves_below(shown, by)
                leaf, steps = below, [{"have": said, "by": by}, *steps]
                break
    return leaf, steps


def clashing(claim: Claim) -> tuple[Hypothesis, ...]:
    """The hypotheses of a vacuous claim, as few as the kernel needs to see that they clash, if it does."""
    left = claim.given
    for each in claim.given:
        fewer = replace(claim, given=tuple(other for other in left if other is not each), text="")
        left = fewer.given if refusal(plain(fewer), {"absurd": []}) is None else left
    return left if refusal(plain(replace(claim, given=left, text="")), {"absurd": []}) is None else ()


def _accepted(line: str, tree: Tree, steps: int = STEPS) -> Proof | None:
    """The derivation, its lines tidied where the kernel accepts that too."""
    if refusal(line, tree, steps) is not None:
        return None
    neat = _tidied(tree)
    return Proof(line, neat if neat == tree or refusal(line, neat, steps) is None else tree)


def _tidied(tree: Any) -> Any:
    match tree:
        case dict():
            alone = "limit" if "limit" in tree else "of" if "taylor" in tree else None
            return {
                key: list(map(tidied, each)) if key in ("line", "absurd")
                else tidied(each) if key == alone
                else _tidied(each)
                for key, each in tree.items()
            }  # fmt: skip
        case list():
            return list(map(_tidied, tree))
    return tree


def _judge(claim: Claim, tree: Node) -> Refused | None:
    return refusal(plain(claim), tree)


def _judge_long(claim: Claim, tree: Node) -> Refused | None:
    return refusal(plain(claim), tree, Budget().left)


def refusal(line: str, tree: Tree, steps: int = STEPS) -> Refused | None:
    """What the kernel says against a derivation; None if it accepts."""
    in_time()
    return _said(line, json.dumps(tree), steps)


@lru_cache(maxsize=8)  # what a solver has shown is looked at again as a whole
def _said(line: str, tree: str, steps: int) -> Refused | None:
    try:
        check(line, json.loads(tree), budget=Budget(steps))
    except Refused as problem:
        return problem
    return None


def known(line: str) -> Tree | None:
    """The derivation of a claim that was found before, by its text."""
    record = _table().get(json.dumps({"claim": line}, ensure_ascii=False)[:-1])
    tree: Tree | None = None if record is None else json.loads(record)["derivation"]["proof"]
    return tree


@cache
def _table() -> dict[str, str]:
    """The records by how they begin, up to the end of the claim; what is not asked for is not read further."""
    text = (files("symbolic.search") / "known.jsonl").read_text("utf-8")
    return {record.partition(', "derivation": ')[0]: record for record in text.splitlines()}


@dataclass(frozen=True)
class _Search:
    """The leaves that are tried in each case, and the cases that the claim suggests."""

    claim: Claim
    leaves: tuple[Tree, ...]

    def tree(self, leaf: Leaf, depth: int) -> Tree | None:
        """A leaf, if one is accepted; else the cases that the kernel asks for, or that the claim suggests."""
        undetermined: tuple[str, str] | None = None
        for each in self.leaves:
            if undetermined is not None and "line" in each:
                continue  # its sides are the same
            try:
                leaves_below(leaf, dict(each))
            except Undetermined as open_question:
                undetermined = undetermined or open_question.pair
            except Refused:
                continue
            else:
                return each
        if depth == 0:
            return None
        for step in self.cases(leaf, undetermined):
            found = self.under(step, leaf, depth)
            if found is not None:
                return found
        return None

    def cases(self, leaf: Leaf, undetermined: tuple[str, str] | None) -> Iterator[Tree]:
        if undetermined is not None and not any(" " in each for each in undetermined):
            yield {"if": "{} == {}".format(*undetermined)}
            return
        named = {let.index.name for let in leaf.lets}
        for letter in sorted(named & {"m"}):
            yield from ({"if": f"{letter} == {other}"} for other in _alone(self.claim))
        for letter, extreme in zip("mabh", map(plain, _extremes(self.claim)), strict=False):
            if letter not in named:
                yield {"let": letter, "of": extreme}
                break
        if leaf.scope.n is not None:
            for letter in sorted(named):
                for number in range(1, leaf.scope.n + 1):
                    yield {"if": f"{letter} == {number}"}
        for argument in _of_absolute_values(self.claim):
            yield {"if": f"{argument} >= 0"}

    def under(self, step: Tree, leaf: Leaf, depth: int) -> Tree | None:
        """The step with what is left after it filled in, if all of it can be; a step that is no news is none."""
        try:
            below = leaves_below(leaf, dict(step))
        except Refused:
            return None
        if any(_is_old(each, leaf) for each in below):
            return None
        parts = ("then", "else") if "if" in step else ("in",)
        filled = dict(step)
        for key, each in zip(parts, below, strict=True):
            part = self.tree(each, depth - 1)
            if part is None:
                return None
            filled[key] = part
        return filled


def _is_old(leaf: Leaf, above: Leaf) -> bool:
    """Whether the last hypothesis is one that stands there already."""
    given = leaf.question.given
    return len(given) > len(above.question.given) and given[-1] in given[:-1]


def _leaves(claim: Claim) -> tuple[Tree, ...]:
    return (*_lines(claim), *_clashes(claim))


def _lines(claim: Claim) -> Iterator[Tree]:
    """The difference as it stands; an equality may need nothing, or be one of the hypotheses, multiplied."""
    if claim.op == "==":
        yield {"line": []}
    if claim.op == "==":
        yield from ({"line": [each]} for each in _sums_of_hypotheses(claim))
    yield _as_it_stands(claim)


def _with_class_apart(claim: Claim) -> Iterator[Tree]:
    """With the term of a class of a subset beside the sum over its other classes."""
    small, large = claim.ordered
    for each in claim.given:
        if isinstance(each, Member) and each.holds:
            at, inside, k = each.index, In(each.subset), class_named("k")
            sums = [one for one in large.atoms(Sum) if one.conditions == (inside,) and free(one) <= free(large)]
            apart = {one: one.opened(at) + Sum(one.opened(k), k, inside, Except(at)) for one in sums}
            yield {"line": [plain(large.xreplace(apart) - small)]}


def _as_it_stands(claim: Claim) -> Tree:
    lhs, rhs = (f"({plain(side)})" for side in (claim.lhs, claim.rhs))
    return {"line": [f"{rhs} - {lhs}" if claim.op in ("<", "<=") else f"{lhs} - {rhs}"]}


def _sums_of_hypotheses(claim: Claim) -> Iterator[str]:
    """What hypotheses about some classes make 0, added up over these."""
    for each in claim.given:
        if isinstance(each, Always) and each.relation.op == "==":
            classes = ", ".join([plain(each.bound), *(_condition(each.bound, one) for one in each.conditions)][-1:])
            gap = f"({plain(each.relation.lhs)}) - ({plain(each.relation.rhs)})"
            yield from (f"{sign}sum({gap}, {classes})" for sign in ("", "-"))


def _condition(bound: Basic, one: Basic) -> str:
    words = {Except: "!=", In: "in", NotIn: "not in"}
    return f"{plain(bound)} {words[type(one)]} {plain(one.args[0])}"


def _clashes(claim: Claim) -> Iterator[Tree]:
    """Hypotheses that clash by themselves, or with what is visible; another largest than the one that is alone so."""
    yield {"absurd": []}
    for extreme, other in product(_extremes(claim)[:1], _alone(claim)):
        gap = "{} - {}".format(*(plain(extreme.opened(class_named(each))) for each in ("m", other)))
        yield {"absurd": [gap, f"-({gap})"]}
    for each in claim.given:
        if isinstance(each, Relation):
            gap = f"({plain(each.lhs)}) - ({plain(each.rhs)})"
            yield {"absurd": [gap, f"-({gap})"]}


def _alone(claim: Claim) -> list[str]:
    """The classes of which a hypothesis says that something is so for all others."""
    others = [one for each in claim.given if isinstance(each, Always) for one in each.conditions]
    return sorted({str(one.args[0]) for one in others if isinstance(one, Except)})


def _extremes(claim: Claim) -> list[Maximum]:
    """The largest and smallest values of a claim that are about all classes."""
    relations = [claim.relation, *(each for each in claim.given if isinstance(each, Relation))]
    sides = [side for each in relations for side in (each.lhs, each.rhs)]
    found = {each for side in sides for each in side.atoms(Maximum) if free(each) <= free(side)}
    return sorted(found, key=lambda each: (len(plain(each)), plain(each)))


def _of_absolute_values(claim: Claim) -> list[str]:
    """What stands in an absolute value, outside of binders."""
    arguments: set[Basic] = {each.args[0] for side in (claim.lhs, claim.rhs) for each in side.atoms(Abs)}
    return sorted((plain(each) for each in arguments), key=len)
