"""Random true identities, and their neighbours by one random edit.

    identity(seed, size)    a true claim: an identity written by hand, or an expression and itself,
                            after `size` random steps of rewriting
    edited(claim, seed)     the claim with one thing changed: a sign, an index, a coefficient,
                            a term, a hypothesis; mostly false

The same seed gives the same claim. Nothing here knows how claims are decided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from sympy import Add, Basic, Derivative, Expr, Integer, KroneckerDelta, Mul, Pow, exp, log

from symbolic.language import notation as say
from symbolic.language.claims import Claim, Hypothesis, Member, Relation, SameClass, differ, same
from symbolic.language.notation import (
    Except,
    Mean,
    Softmax,
    Sum,
    Variance,
    Z,
    c,
    i,
    j,
    k,
    lam,
    n,
    p,
    t,
    w,
    y,
    z,
)
from tests.reading import names
from tests.rewrites import (
    Scene,
    acceptable,
    applied,
    index_symbol,
    piece,
    places,
    rewritten,
    unit,
    variable,
)
from tests.stock import DELICATE, IDENTITIES, Identity, equation

# --- true ones -----------------------------------------------------------------------------------


def identity(seed: int, size: int = 5) -> Claim:
    """A true claim."""
    rng = Random(f"identity {seed} {size}")
    (make,) = rng.choices([delicate, from_stock, from_two, from_itself], weights=[2, 6, 2, 6])
    lhs, rhs, given = make(rng, size)
    return mentioning(lhs, rhs, given)


def mentioning(lhs: Expr, rhs: Expr, given: tuple[Hypothesis, ...]) -> Claim:
    """The claim, with every index of a hypothesis made to occur in the relation."""
    said = names(equation(lhs, rhs), "index")
    for each in given:
        if isinstance(each, (SameClass, Member)):
            for name in sorted(names(each, "index") - said):
                entry = say.v[index_symbol(name)]
                lhs, rhs, said = lhs + entry, rhs + entry, said | {name}
    return Claim(equation(lhs, rhs), given)


def from_stock(rng: Random, size: int) -> Identity:
    lhs, rhs, given = relettered(rng.choice(IDENTITIES), rng)
    return both_rewritten(lhs, rhs, given, rng, size)


def from_two(rng: Random, size: int) -> Identity:
    """x (a = b) + (c = d)."""
    a, b, given = relettered(rng.choice(IDENTITIES), rng)
    plain = [each for each in IDENTITIES if not each[2]]
    c_, d, _ = relettered(rng.choice(plain), rng)
    x = unit(scene_of(a, b, given), rng)
    return both_rewritten(x * a + c_, x * b + d, given, rng, size)


def from_itself(rng: Random, size: int) -> Identity:
    given = some_hypotheses(rng)
    scene = Scene(rng.choice([(i,), (i, j), (i, j, k)] if not given else [(i, j), (i, j, k)]), given)
    expr = term(scene, rng, 2)
    if rng.random() < 0.4:
        variables = [variable(scene, rng) for _ in range(rng.choice([1, 1, 1, 2]))]
        expr = Derivative(expr, *variables)
    return both_rewritten(expr, expr, given, rng, size)


def both_rewritten(lhs: Expr, rhs: Expr, given: tuple[Hypothesis, ...], rng: Random, size: int) -> Identity:
    scene = scene_of(lhs, rhs, given)
    left = rng.randint(0, size)
    return rewritten(lhs, scene, rng, left), rewritten(rhs, scene, rng, size - left), given


def scene_of(lhs: Expr, rhs: Expr, given: tuple[Hypothesis, ...]) -> Scene:
    said = names(Claim(equation(lhs, rhs), given), "index")
    return Scene(tuple(index_symbol(name) for name in sorted(said)), given)


def some_hypotheses(rng: Random) -> tuple[Hypothesis, ...]:
    choices: list[tuple[Hypothesis, ...]] = [(), (), (), (same(i, j),), (differ(i, j),)]
    choices += [(equation(Sum(y[k], k), 1),), (equation(n, 2),), (equation(c, 2 * t),)]
    choices += [(differ(i, j), equation(Sum(y[k], k), 1)), (Relation(n, ">=", Integer(2)),)]
    return rng.choice(choices)


def delicate(rng: Random, size: int) -> Identity:
    """About where a side is defined; only things that are defined everywhere are added to it."""
    lhs, rhs, given = rng.choice(DELICATE)
    if rng.random() < 0.3:
        return rhs, lhs, given
    scene = scene_of(lhs, rhs, given)
    for _ in range(rng.randint(0, size // 2)):
        head, x = rng.choice([(Mul, unit(scene, rng)), (Add, unit(scene, rng))])
        there = replace(scene, given=())
        lhs = head(lhs, x, evaluate=False)
        rhs = head(rhs, rewritten_smoothly(x, there, rng), evaluate=False)
    return lhs, rhs, given


def rewritten_smoothly(x: Expr, scene: Scene, rng: Random) -> Expr:
    return rewritten(x, scene, rng, rng.randint(0, 2))


# --- random expressions --------------------------------------------------------------------------


def term(scene: Scene, rng: Random, depth: int) -> Expr:
    """A random expression, linear in what it takes from below."""
    if depth == 0:
        return piece(scene, rng)
    makers: list[Callable[[Scene, Random, int], Expr]] = [summed, product, linear, quotient, power]
    makers += [summed, function] if scene.open == 0 else []
    makers += [under_p] if scene.open < 2 else []
    return rng.choice(makers)(scene, rng, depth)


def summed(scene: Scene, rng: Random, depth: int) -> Expr:
    if scene.open > 1:
        return piece(scene, rng)
    q = scene.fresh()
    body = term(scene.binding(q), rng, depth - 1)
    conditions = [Except(rng.choice(scene.indices))] if rng.random() < 0.25 else []
    return Sum(body * rng.choice([1, 1, z[q], y[q], p[q]]), q, *conditions)


def under_p(scene: Scene, rng: Random, depth: int) -> Expr:
    q = scene.fresh()
    head = rng.choice([Mean, Mean, Variance])
    return head(term(scene.binding(q), rng, depth - 1), q)


def product(scene: Scene, rng: Random, depth: int) -> Expr:
    return term(scene, rng, depth - 1) * term(scene, rng, depth - 1)


def linear(scene: Scene, rng: Random, depth: int) -> Expr:
    return term(scene, rng, depth - 1) + rng.choice([1, -1, 2, c]) * term(scene, rng, depth - 1)


def quotient(scene: Scene, rng: Random, depth: int) -> Expr:
    return term(scene, rng, depth - 1) / unit(scene, rng)


def power(scene: Scene, rng: Random, depth: int) -> Expr:
    return term(scene, rng, depth - 1) ** 2


def function(scene: Scene, rng: Random, depth: int) -> Expr:
    """A logarithm of something positive, or an exponential of something linear."""
    a = rng.choice(scene.indices)
    q = scene.fresh()
    positive = [Sum(exp(c * w[q]), q), Z + exp(c), p[a] + exp(y[a]), 1 + Sum(p[q] ** 2, q), lam * n]
    linear_ones = [c * z[a], lam * z[a] - y[a], Mean(z[q], q), Sum(y[q], q) / n, c**2, t * lam]
    return rng.choice([log(rng.choice(positive)), exp(rng.choice(linear_ones))])


# --- other letters -------------------------------------------------------------------------------


def relettered(given: Identity, rng: Random) -> Identity:
    """The identity with its free indices permuted, and the families that are not z."""
    lhs, rhs, hypotheses = given
    letters = permuted((i, j, k), rng) | permuted(("w", "y", "x"), rng, say.Family)
    if any(each.has(say.Subset) for each in (lhs, rhs)):
        letters |= {say.A: rng.choice([say.A, say.B])}
    changed = tuple(hypothesis_mapped(each, letters) for each in hypotheses)
    return renamed(lhs, letters), renamed(rhs, letters), changed


def renamed(expr: Any, letters: dict[Basic, Basic], depth: int = 0) -> Any:
    """All letters renamed at once, those that derivatives are taken in among them."""
    if expr in letters or not expr.args:
        return letters.get(expr, expr)
    if isinstance(expr, say.Binder):
        bound = index_symbol(f"b{depth}")
        body = renamed(expr.opened(bound), letters, depth + 1)
        return expr.func(body, bound, *(renamed(each, letters) for each in expr.conditions))
    return expr.func(*(renamed(each, letters, depth) for each in expr.args))


def permuted(
    letters: tuple[Any, ...], rng: Random, make: Callable[[Any], Basic] = lambda letter: letter
) -> dict[Basic, Basic]:
    shuffled = rng.sample(letters, len(letters))
    return {make(old): make(new) for old, new in zip(letters, shuffled, strict=True)}


def hypothesis_mapped(hypothesis: Hypothesis, letters: dict[Basic, Basic]) -> Hypothesis:
    if isinstance(hypothesis, Relation):
        sides = (each.xreplace(letters) for each in (hypothesis.lhs, hypothesis.rhs))
        lhs, rhs = sides
        return Relation(lhs, hypothesis.op, rhs)
    if isinstance(hypothesis, SameClass):
        return replace(
            hypothesis,
            first=hypothesis.first.xreplace(letters),
            second=hypothesis.second.xreplace(letters),
        )
    assert isinstance(hypothesis, Member)
    return replace(
        hypothesis,
        index=hypothesis.index.xreplace(letters),
        subset=hypothesis.subset.xreplace(letters),
    )


# --- one edit ------------------------------------------------------------------------------------


def edited(claim: Claim, seed: int) -> Claim:
    """The claim with one random edit."""
    rng = Random(f"edit {seed}")
    for _ in range(200):
        found = rng.choice(WAYS)(claim, rng)
        if found is not None and found != claim:
            return sayable(found)
    return replace(claim, relation=equation(claim.lhs, claim.rhs + 1))


def edit_side(claim: Claim, rng: Random) -> Claim | None:
    """One place of one side changed."""
    left = rng.random() < 0.5
    side = claim.lhs if left else claim.rhs
    scene = scene_of(claim.lhs, claim.rhs, ())
    path = rng.choice(list(places(side)))
    change = rng.choice(EDITS)
    found = applied(side, path, lambda part, there: change(part, there, rng), scene)
    if found is None or not acceptable(found):
        return None
    sides = (found, claim.rhs) if left else (claim.lhs, found)
    return replace(claim, relation=equation(*sides))


def swap_indices(claim: Claim, rng: Random) -> Claim | None:
    found = sorted(names(claim.relation, "index"))
    if len(found) < 2:
        return None
    a, b = map(index_symbol, rng.sample(found, 2))
    return replace(claim, relation=equation(claim.lhs, claim.rhs.xreplace({a: b, b: a})))


def drop_hypothesis(claim: Claim, rng: Random) -> Claim | None:
    if not claim.given:
        return None
    dropped = rng.randrange(len(claim.given))
    rest = claim.given[:dropped] + claim.given[dropped + 1 :]
    return replace(claim, given=rest)


WAYS = (edit_side, edit_side, edit_side, swap_indices, drop_hypothesis)


def sayable(claim: Claim) -> Claim:
    """Without hypotheses on indices that are gone, and with n as large as the classes named."""
    said = names(claim.relation, "index")
    given = tuple(
        each for each in claim.given if not isinstance(each, (SameClass, Member)) or names(each, "index") <= said
    )
    largest = max(names(claim.relation, "class"), default=1)
    if largest > 1 and not any(enough(each, largest) for each in given):
        given = (*given, Relation(n, ">=", Integer(largest)))
    return Claim(claim.relation, given)


def enough(hypothesis: Hypothesis, classes: int) -> bool:
    """Does it make n >= classes?"""
    if not (isinstance(hypothesis, Relation) and hypothesis.lhs == n):
        return False
    return hypothesis.op in ("==", ">=") and bool(hypothesis.rhs >= classes)


Edit = Callable[[Any, Scene, Random], Expr | None]


def another_sign(e: Any, scene: Scene, rng: Random) -> Expr | None:
    return -e


def another_coefficient(e: Any, scene: Scene, rng: Random) -> Expr | None:
    return e + 1 if e.is_Rational else 2 * e


def fewer_parts(e: Any, scene: Scene, rng: Random) -> Expr | None:
    if not isinstance(e, (Add, Mul)):
        return None
    dropped = rng.randrange(len(e.args))
    return e.func(*e.args[:dropped], *e.args[dropped + 1 :])


def another_index(e: Any, scene: Scene, rng: Random) -> Expr | None:
    """One index of an entry, a probability or a delta replaced."""
    if not isinstance(e, (say.Entry, say.Probability, KroneckerDelta)) or not scene.indices:
        return None
    new = rng.choice(scene.indices)
    return e.func(e.args[0], new)


def another_variable(e: Any, scene: Scene, rng: Random) -> Expr | None:
    if not isinstance(e, Derivative):
        return None
    return Derivative(e.expr, variable(scene, rng))


def another_family(e: Any, scene: Scene, rng: Random) -> Expr | None:
    if isinstance(e, say.Entry):
        return rng.choice([z, y, w])[e.index]
    if isinstance(e, say.Probability):
        return rng.choice([p, Softmax(w), Softmax(z)])[e.index]
    return None


def another_temperature(e: Any, scene: Scene, rng: Random) -> Expr | None:
    if e == lam:
        return say.T
    return rng.choice([lam, c]) if e in (say.T, n) else None


def another_exponent(e: Any, scene: Scene, rng: Random) -> Expr | None:
    if isinstance(e, Pow) and isinstance(e.exp, Integer):
        return e.base ** (e.exp + rng.choice([1, -1]))
    return None


def another_range(e: Any, scene: Scene, rng: Random) -> Expr | None:
    """A condition of a sum dropped, or one added."""
    if not isinstance(e, Sum):
        return None
    q = scene.fresh()
    if e.conditions:
        return Sum(e.opened(q), q, *e.conditions[1:])
    return Sum(e.opened(q), q, Except(rng.choice(scene.indices))) if scene.indices else None


def another_head(e: Any, scene: Scene, rng: Random) -> Expr | None:
    if isinstance(e, Mean):
        q = scene.fresh()
        return rng.choice([Sum, Variance])(e.opened(q), q)
    return e.args[0] if isinstance(e, (exp, log)) else None


EDITS: tuple[Edit, ...] = (
    another_sign,
    another_coefficient,
    fewer_parts,
    another_index,
    another_variable,
    another_family,
    another_temperature,
    another_exponent,
    another_range,
    another_head,
)
