"""Random rewriting of expressions, true step by step.

A rule takes an expression, the scene it stands in and a random source, and gives another
expression that is equal to it, or None if it has nothing to say. Every rule is an identity between
functions that are analytic where they are defined, so rules may follow one another: where both ends
of a chain are defined they are equal, although a term in between may not be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from sympy import (
    Add,
    Derivative,
    Expr,
    I,
    Integer,
    KroneckerDelta,
    Mul,
    Pow,
    Rational,
    Symbol,
    exp,
    expand_mul,
    log,
    nan,
    preorder_traversal,
    zoo,
)

from symbolic.language import notation as say
from symbolic.language.claims import Hypothesis, Member, Relation, SameClass
from symbolic.language.notation import (
    Except,
    In,
    LogSumExp,
    Mean,
    NotIn,
    Partition,
    Softmax,
    Sum,
    Variance,
    Z,
    c,
    delta,
    lam,
    n,
    p,
    t,
    w,
    y,
    z,
)

MOST_NODES = 140
MOST_DERIVATIVES = 3


@dataclass(frozen=True)
class Scene:
    """What may be named at a place, and what is known there."""

    indices: tuple[Symbol, ...] = ()
    given: tuple[Hypothesis, ...] = ()
    open: int = 0  # so many binders around the place
    derived: bool = False  # inside a derivative: equations apply only afterwards

    def binding(self, index: Symbol) -> Scene:
        return replace(self, indices=(*self.indices, index), open=self.open + 1)

    def free(self) -> tuple[Symbol, ...]:
        return self.indices[: len(self.indices) - self.open]

    def opened(self) -> tuple[Symbol, ...]:
        return self.indices[len(self.indices) - self.open :]

    def fresh(self) -> Symbol:
        return index_symbol(f"q{len(self.indices)}")

    def known(self, kind: type) -> list[Any]:
        return [each for each in self.given if isinstance(each, kind)]


def index_symbol(name: str) -> Symbol:
    return Symbol(name, integer=True, positive=True)


Change = Callable[[Expr, Scene], Expr | None]
Rule = Callable[[Any, Scene, Random], Expr | None]
ANYWHERE: list[Rule] = []
RULES: list[tuple[tuple[type, ...], Rule]] = []


def rule(*heads: type) -> Callable[[Rule], Rule]:
    """A rule for expressions with one of the heads; for all where none is named."""

    def noted(function: Rule) -> Rule:
        if heads:
            RULES.append((heads, function))
        else:
            ANYWHERE.append(function)
        return function

    return noted


def law(expr: Expr, rng: Random) -> Change:
    """A rule that may have something to say of the expression, a special one if there is."""
    special = [function for heads, function in RULES if isinstance(expr, heads)]
    chosen = rng.choice(special if special and rng.random() < 0.75 else ANYWHERE)
    return lambda part, there: chosen(part, there, rng)


# --- one step at a random place ------------------------------------------------------------------


def rewritten(expr: Expr, scene: Scene, rng: Random, steps: int = 1) -> Expr:
    """The expression after so many random steps."""
    for _ in range(steps):
        expr = step(expr, scene, rng)
    return expr


def step(expr: Expr, scene: Scene, rng: Random) -> Expr:
    everywhere = list(places(expr))
    for _ in range(15):
        path = rng.choice(everywhere)
        found = applied(expr, path, law(part_at(expr, path), rng), scene)
        if found is not None and found != expr and acceptable(found):
            return found
    return expr


def acceptable(expr: Expr) -> bool:
    nodes = sum(1 for _ in preorder_traversal(expr))
    return nodes <= MOST_NODES and not expr.has(nan, zoo, I) and order(expr) <= MOST_DERIVATIVES


def order(expr: Any) -> int:
    """How many derivatives are nested."""
    inside = max(map(order, expr.args), default=0)
    if isinstance(expr, Derivative):
        return order(expr.expr) + sum(int(times) for _, times in expr.variable_count)
    return inside


def places(expr: Expr, path: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Every place of the expression where another expression could stand."""
    yield path
    for each in within(expr):
        yield from places(expr.args[each], (*path, each))


def within(expr: Expr) -> tuple[int, ...]:
    if isinstance(expr, (Sum, Mean, Variance, Derivative, exp, log)):
        return (0,)
    if isinstance(expr, (Add, Mul)):
        return tuple(range(len(expr.args)))
    if isinstance(expr, Pow):
        return (0,) if isinstance(expr.exp, Rational) else (0, 1)
    return ()


def part_at(expr: Expr, path: tuple[int, ...]) -> Expr:
    for each in path:
        expr = expr.args[each]
    return expr


def applied(expr: Any, path: tuple[int, ...], change: Change, scene: Scene) -> Expr | None:
    """The expression with the part at a place changed; None if the change is."""
    if not path:
        return change(expr, scene)
    at, *rest = path
    if isinstance(expr, say.Binder):
        fresh = scene.fresh()
        body = applied(expr.opened(fresh), tuple(rest), change, scene.binding(fresh))
        return None if body is None else expr.func(body, fresh, *expr.conditions)
    there = replace(scene, derived=True) if isinstance(expr, Derivative) else scene
    part = applied(expr.args[at], tuple(rest), change, there)
    if part is None:
        return None
    return expr.func(*expr.args[:at], part, *expr.args[at + 1 :])


# --- random pieces -------------------------------------------------------------------------------


def unit(scene: Scene, rng: Random) -> Expr:
    """Something that is never 0, simple enough to divide by."""
    choices = [Z, lam, n, 1 + c**2, exp(t), exp(c * t), exp(-c)]
    for a in scene.indices:
        choices += [p[a], exp(z[a]), exp(lam * w[a]), exp(c * z[a] - lam), Softmax(w)[a]]
    return rng.choice(choices)


def divisor(scene: Scene, rng: Random) -> Expr:
    """Something that is not 0 everywhere; nothing bound unless it is a unit."""
    choices = [c + t, c - 1, n + 1, say.T + 1, Z + 1]
    for a in scene.free():
        choices += [c + z[a], y[a] - t, 1 + exp(z[a]), 1 + p[a], y[a], 2 - w[a] * c, Z + exp(z[a])]
    return rng.choice([*choices, unit(scene, rng), unit(scene, rng)])


def piece(scene: Scene, rng: Random) -> Expr:
    """A small expression."""
    choices = [c, t, lam, say.T, n, Integer(2), Rational(1, 3), Z, log(Z), Mean(z[say.k], say.k)]
    for a in scene.indices:
        choices += [z[a], y[a], w[a], p[a], exp(lam * z[a]), exp(c * y[a]), Softmax(w)[a]]
        choices += [p[a] * z[a], log(p[a]), z[a] ** 2]
        choices += [delta(a, b) for b in scene.indices]
    return rng.choice(choices)


def variable(scene: Scene, rng: Random) -> Expr:
    """Something to differentiate in."""
    choices: list[Expr] = [lam, say.T, c]
    for a in scene.indices:
        choices += [z[a], z[a], y[a], w[a]]
    return rng.choice(choices)


def total(body: Expr, bound: Symbol, *conditions: Any) -> Expr:
    return Sum(body, bound, *conditions)


def positive(expr: Expr) -> bool:
    """Is it surely positive?"""
    if isinstance(expr, (Partition, say.Probability, exp)) or expr in (lam, say.T, n):
        return True
    if isinstance(expr, (Add, Mul)):
        return all(map(positive, expr.args))
    if isinstance(expr, Pow):
        return positive(expr.base)
    if isinstance(expr, Sum):
        return not expr.conditions and positive(expr.body)
    return isinstance(expr, Rational) and expr > 0


def free_of(expr: Expr, index: Symbol) -> bool:
    """Not by free_symbols: SymPy's Derivative(e, z[q]) does not list the q of its variable."""
    return not expr.has(index)


def names_bound(expr: Expr, scene: Scene) -> bool:
    return not all(free_of(expr, a) for a in scene.opened())


# --- algebra -------------------------------------------------------------------------------------


@rule(Mul)
def distribute(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    return expand_mul(e, deep=False)


@rule(Pow)
def expand_power(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    if isinstance(e.exp, Integer) and 2 <= e.exp <= 3:
        return Add(*(a * e.base ** (e.exp - 1) for a in Add.make_args(e.base)))
    return None


@rule(Add)
def factor_out(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """a + b = u (a/u + b/u)."""
    factor = rng.choice([unit(scene, rng), *Mul.make_args(rng.choice(e.args))])
    if factor.is_Rational or not (positive(factor) or factor in (c, t)):
        return None
    return Mul(factor, Add(*(each / factor for each in e.args)), evaluate=False)


@rule(Add)
def collect(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """a x + b x + r = (a + b) x + r."""
    shared = [set(Mul.make_args(each)) for each in e.args]
    common = [x for x in set().union(*shared) if sum(x in each for each in shared) > 1]
    common = [x for x in common if not x.is_Rational]
    if not common:
        return None
    factor = rng.choice(sorted(common, key=str))
    have = [each for each in e.args if factor in Mul.make_args(each)]
    rest = [each for each in e.args if each not in have]
    return Add(factor * Add(*(without(each, factor) for each in have)), *rest)


def without(product: Expr, factor: Expr) -> Expr:
    factors = list(Mul.make_args(product))
    factors.remove(factor)
    return Mul(*factors)


@rule()
def over_and_over(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """e = e x / x."""
    x = divisor(scene, rng)
    return Mul(expand_mul(e * x), 1 / x, evaluate=rng.random() < 0.5)


@rule()
def over_rewritten(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    x = unit(scene, rng)
    return e * x / step(x, scene, rng)


@rule()
def add_and_subtract(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    x = piece(scene, rng)
    return e + x - step(x, scene, rng)


@rule()
def difference_of_squares(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    x = unit(scene, rng)
    return ((e + x) ** 2 - (e - x) ** 2) / (4 * x)


@rule(Add)
def common_denominator(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    (a, da), (b, db) = (each.as_numer_denom() for each in rng.sample(list(e.args), 2))
    if da == db == 1 or scene.open:
        return None
    rest = list(e.args)
    rest.remove(a / da) if a / da in rest else None
    rest.remove(b / db) if b / db in rest else None
    if len(rest) != len(e.args) - 2:
        return None
    return Add((a * db + b * da) / (da * db), *rest)


@rule(Pow)
def partial_fractions(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """1/(u + r) = 1/r - u/(r (u + r)), where only u names what is bound around."""
    if e.exp != -1 or not isinstance(e.base, Add):
        return None
    u = Add(*(each for each in e.base.args if names_bound(each, scene)))
    r = e.base - u
    if r == 0 or u == 0 or not (positive(r) or r in (c, t)):
        return None
    return 1 / r - u / (r * (u + r))


@rule(Mul)
def split_two_denominators(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """1/(a b) = (1/a - 1/b)/(b - a), where b - a names nothing bound around."""
    below = [each for each in e.args if isinstance(each, Pow) and each.exp == -1]
    if len(below) < 2:
        return None
    first, second = rng.sample(below, 2)
    gap = expand_mul(second.base - first.base)
    if gap == 0 or names_bound(gap, scene) or not has_variables(gap):
        return None
    return (first - second) / gap * without(without(e, first), second)


def has_variables(gap: Expr) -> bool:
    """Not a function of the indices alone, which may vanish in one case."""
    return gap.is_Rational or bool(gap.free_symbols & {c, t, lam})


# --- exponentials and logarithms -----------------------------------------------------------------


@rule(exp)
def fold_exponential(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """exp(s z_a + rest) = softmax_a Z exp(rest)."""
    terms = list(Add.make_args(e.args[0]))
    entries = [each for each in terms if len(each.atoms(say.Entry)) == 1]
    entries = [each for each in entries if (each / single(each)).is_commutative
               and not (each / single(each)).has(say.Entry, say.Binder)]  # fmt: skip
    if not entries:
        return None
    chosen = rng.choice(entries)
    entry, scale = single(chosen), chosen / single(chosen)
    if scale.free_symbols - {c, t, lam, say.T}:
        return None
    terms.remove(chosen)
    return Softmax(entry.family, scale)[entry.index] * Partition(entry.family, scale) * exp(Add(*terms))


def single(term: Expr) -> Any:
    (entry,) = term.atoms(say.Entry)
    return entry


@rule(exp)
def split_exponential(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    if isinstance(e.args[0], Add):
        first, *rest = e.args[0].args
        return Mul(exp(first), exp(Add(*rest)), evaluate=False)
    return None


@rule(say.Probability)
def unfold_probability(e: Any, scene: Scene, rng: Random) -> Expr | None:
    (f, s), a, q = e.distribution.args, e.index, scene.fresh()
    m = rng.choice([c, f[a], *(f[b] for b in scene.free()), log(Z)])
    return rng.choice([
        exp(s * f[a]) / Partition(f, s),
        exp(s * f[a]) / total(exp(s * f[q]), q),
        1 / total(exp(s * (f[q] - f[a])), q),
        exp(s * f[a] - log(Partition(f, s))),
        exp(s * (f[a] - m)) / total(exp(s * (f[q] - m)), q),
        1 - total(e.distribution[q], q, Except(a)),
    ])  # fmt: skip


@rule(Partition)
def unfold_partition(e: Any, scene: Scene, rng: Random) -> Expr | None:
    (f, s), q = e.args, scene.fresh()
    choices = [total(exp(s * f[q]), q)]
    choices += [exp(s * f[a]) / Softmax(f, s)[a] for a in scene.indices]
    choices += [exp(LogSumExp(f))] if s == 1 else []
    return rng.choice(choices)


@rule(say.Functional, say.UnderP)
def unfold_abbreviation(e: Any, scene: Scene, rng: Random) -> Expr | None:
    return e.definition()


@rule(Variance)
def variance_of_pairs(e: Any, scene: Scene, rng: Random) -> Expr | None:
    if e.conditions:
        return None
    q = scene.fresh()
    r, f = index_symbol(f"{q}r"), e.opened
    about_mean = Mean((f(q) - Mean(f(r), r)) ** 2, q)
    pairs = total(total(p[q] * p[r] * (f(q) - f(r)) ** 2, r), q) / 2
    return rng.choice([about_mean, pairs])


@rule(say.Entropy)
def entropy_of_softmax(e: Any, scene: Scene, rng: Random) -> Expr | None:
    if not isinstance(e.args[0], Softmax):
        return None
    (q,), a = e.args, scene.fresh()
    return log(Partition(*q.args)) - q.scale * total(q[a] * q.family[a], a)


@rule(log)
def split_log(e: Any, scene: Scene, rng: Random) -> Expr | None:
    (inside,) = e.args
    if isinstance(inside, say.Probability):
        family, scale = inside.distribution.args
        return scale * family[inside.index] - log(Partition(family, scale))
    if isinstance(inside, Mul):
        good = [each for each in inside.args if positive(each)]
        return log(good[0]) + log(without(inside, good[0])) if good else None
    if isinstance(inside, Pow) and positive(inside.base):
        return inside.exp * log(inside.base)
    if positive(inside):
        x = unit(scene, rng)
        return log(x) + log(expand_mul(inside / x))
    return None


@rule(say.Entry)
def entry_as_log(e: Any, scene: Scene, rng: Random) -> Expr | None:
    """z_a = (log p_a + log Z)/lambda."""
    s = rng.choice([Integer(1), lam, -lam, Integer(2)])
    return (log(Softmax(e.family, s)[e.index]) + log(Partition(e.family, s))) / s


@rule(say.InverseTemperature, say.Temperature)
def reciprocal_temperature(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    return 1 / say.T if e == lam else 1 / lam


@rule(LogSumExp)
def split_lse(e: Any, scene: Scene, rng: Random) -> Expr | None:
    (f,), q = e.args, scene.fresh()
    m = rng.choice([c, *(f[a] for a in scene.free())])
    return m + log(total(exp(f[q] - m), q))


# --- deltas --------------------------------------------------------------------------------------


@rule(KroneckerDelta)
def unfold_delta(e: Any, scene: Scene, rng: Random) -> Expr | None:
    (a, b), q, f = e.args[:2], scene.fresh(), rng.choice([z, y, w])
    return rng.choice([
        Derivative(f[a], f[b]),
        total(delta(a, q) * delta(q, b), q),
        1 - total(delta(a, q), q, Except(b)),
        Mul(e, e, evaluate=False),
    ])  # fmt: skip


@rule()
def insert_delta(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """f(a) = sum_q delta_qa f(q)."""
    named = [a for a in scene.indices if not free_of(e, a)]
    if not named:
        return None
    a, q = rng.choice(named), scene.fresh()
    return total(delta(q, a) * e.xreplace({a: q}), q)


@rule(Mul)
def rename_at_delta(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """delta_ab f(a) = delta_ab f(b)."""
    deltas = [each for each in e.args if isinstance(each, KroneckerDelta)]
    if not deltas:
        return None
    chosen = rng.choice(deltas)
    a, b = rng.sample(list(chosen.args[:2]), 2)
    if not isinstance(a, Symbol):
        return None
    return chosen * without(e, chosen).xreplace({a: b})


# --- sums ----------------------------------------------------------------------------------------


@rule()
def insert_one(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    q, r = scene.fresh(), rng.choice(["p", "w", "n"])
    if r == "n":
        return total(e, q) / n
    ones = p if r == "p" else Softmax(w)
    return rng.choice([e * total(ones[q], q), total(e * ones[q], q)])


@rule(Symbol)
def count_classes(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    q = scene.fresh()
    others = [1 + total(Integer(1), q, Except(a)) for a in scene.indices]
    return rng.choice([total(Integer(1), q), *others]) if e == n else None


@rule(Sum)
def split_off_term(e: Any, scene: Scene, rng: Random) -> Expr | None:
    """sum_q f(q) = f(a) + sum_{q != a} f(q), where a may be one that is left out already."""
    if not scene.indices:
        return None
    a, q = rng.choice(scene.indices), scene.fresh()
    inside = indicator(a, e.conditions, scene)
    if inside is None or Except(a) in e.conditions:
        return None
    return inside * e.opened(a) + total(e.opened(q), q, *e.conditions, Except(a))


@rule(Sum)
def put_back_term(e: Any, scene: Scene, rng: Random) -> Expr | None:
    left_out = [each for each in e.conditions if isinstance(each, Except)]
    if not left_out:
        return None
    chosen, q = rng.choice(left_out), scene.fresh()
    rest = [each for each in e.conditions if each != chosen]
    inside = indicator(chosen.args[0], rest, scene)
    if inside is None:
        return None
    return total(e.opened(q), q, *rest) - inside * e.opened(chosen.args[0])


def indicator(a: Expr, conditions: Any, scene: Scene) -> Expr | None:
    """1 where a satisfies the conditions, else 0; None if that cannot be said."""
    result: Expr = Integer(1)
    for each in conditions:
        if isinstance(each, Except):
            result *= 1 - delta(a, each.args[0])
        else:
            inside = [known.holds for known in scene.known(Member)
                      if known.index == a and known.subset == each.args[0]]  # fmt: skip
            if not inside:
                return None
            result *= int(inside[0] == isinstance(each, In))
    return result


@rule(Sum)
def except_by_delta(e: Any, scene: Scene, rng: Random) -> Expr | None:
    left_out = [each for each in e.conditions if isinstance(each, Except)]
    if not left_out:
        return None
    q = scene.fresh()
    rest = [each for each in e.conditions if each != left_out[0]]
    return total((1 - delta(q, left_out[0].args[0])) * e.opened(q), q, *rest)


@rule(Sum)
def subset_and_rest(e: Any, scene: Scene, rng: Random) -> Expr | None:
    subsets = [each for each in e.conditions if isinstance(each, (In, NotIn))]
    if not subsets:
        return None
    chosen, q = subsets[0], scene.fresh()
    rest = [each for each in e.conditions if each != chosen]
    opposite = (NotIn if isinstance(chosen, In) else In)(*chosen.args)
    return total(e.opened(q), q, *rest) - total(e.opened(q), q, *rest, opposite)


@rule(Sum)
def split_sum(e: Any, scene: Scene, rng: Random) -> Expr | None:
    """sum (a + b) = sum a + sum b."""
    q = scene.fresh()
    terms = Add.make_args(expand_mul(e.opened(q)))
    return Add(*(total(each, q, *e.conditions) for each in terms)) if len(terms) > 1 else None


@rule(Add)
def join_sums(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """sum a + sum b = sum (a + b)."""
    sums = [each for each in e.args if isinstance(each, Sum)]
    pairs = [(a, b) for a in sums for b in sums if a != b and a.conditions == b.conditions]
    if not pairs:
        return None
    (a, b), q = rng.choice(pairs), scene.fresh()
    rest = [each for each in e.args if each not in (a, b)]
    return Add(total(a.opened(q) + b.opened(q), q, *a.conditions), *rest)


@rule(Sum)
def pull_out(e: Any, scene: Scene, rng: Random) -> Expr | None:
    """sum_q c f(q) = c sum_q f(q)."""
    q = scene.fresh()
    factors = Mul.make_args(e.opened(q))
    outside = [each for each in factors if free_of(each, q)]
    inside = [each for each in factors if not free_of(each, q)]
    return Mul(*outside, total(Mul(*inside), q, *e.conditions)) if outside else None


@rule(Mul)
def push_in(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    sums = [each for each in e.args if isinstance(each, Sum)]
    if not sums:
        return None
    chosen, q = rng.choice(sums), scene.fresh()
    return total(without(e, chosen) * chosen.opened(q), q, *chosen.conditions)


@rule(Sum)
def swap_sums(e: Any, scene: Scene, rng: Random) -> Expr | None:
    q = scene.fresh()
    inner: Any = e.opened(q)
    if not isinstance(inner, Sum):
        return None
    r = index_symbol(f"{q}r")
    apart = Except(q) in inner.conditions
    outer = [each for each in inner.conditions if each != Except(q)]
    back = [Except(r)] if apart else []
    return total(total(inner.opened(r), q, *e.conditions, *back), r, *outer)


@rule(Pow)
def square_of_sum(e: Any, scene: Scene, rng: Random) -> Expr | None:
    if e.exp != 2 or not isinstance(e.base, Sum):
        return None
    q, conditions = scene.fresh(), e.base.conditions
    r = index_symbol(f"{q}r")
    return total(total(e.base.opened(q) * e.base.opened(r), r, *conditions), q, *conditions)


# --- derivatives ---------------------------------------------------------------------------------


@rule(Derivative)
def differentiate(e: Any, scene: Scene, rng: Random) -> Expr | None:
    """One rule of differentiation, applied in one variable."""
    variables = [each for each, times in e.variable_count for _ in range(int(times))]
    both = {lam, say.T} <= set(variables)  # one quantity: their order matters
    chosen = variables.pop(0 if both else rng.randrange(len(variables)))
    found = differentiated(e.expr, chosen, scene, rng)
    if found is None or not variables:
        return found
    return Derivative(found, *variables)


def differentiated(e: Any, x: Any, scene: Scene, rng: Random) -> Expr | None:
    if rng.random() < 0.25 and x in (lam, say.T):
        other = say.T if x == lam else lam
        return -(other**2) * Derivative(e, other)
    if isinstance(e, Add):
        return Add(*(Derivative(each, x) for each in e.args))
    if isinstance(e, Mul):
        first, rest = e.args[0], Mul(*e.args[1:])
        return Derivative(first, x) * rest + first * Derivative(rest, x)
    if isinstance(e, Pow) and isinstance(e.exp, Rational):
        return e.exp * e.base ** (e.exp - 1) * Derivative(e.base, x)
    if isinstance(e, exp):
        return e * Derivative(e.args[0], x)
    if isinstance(e, log):
        return Derivative(e.args[0], x) / e.args[0]
    if isinstance(e, Sum):
        q = scene.fresh()
        return total(Derivative(e.opened(q), x), q, *e.conditions)
    if isinstance(e, (say.UnderP, say.Functional)):
        return Derivative(e.definition(), x)
    if isinstance(e, Partition):
        return Derivative(e.definition(), x)
    return of_atom(e, x, scene)


def of_atom(e: Any, x: Any, scene: Scene) -> Expr | None:
    if isinstance(e, say.Probability):
        return of_probability(e, x, scene)
    if isinstance(e, say.Entry):
        same = isinstance(x, say.Entry) and x.family == e.family
        return delta(e.index, x.index) if same else Integer(0)
    if e in (lam, say.T) and x in (lam, say.T):
        return Integer(1) if e == x else -(e**2)
    return Integer(int(e == x)) if isinstance(e, Symbol) else None


def of_probability(e: Any, x: Any, scene: Scene) -> Expr | None:
    (f, s), q = e.distribution.args, scene.fresh()
    if isinstance(x, say.Entry) and not s.has(say.Entry):
        return s * e * (delta(e.index, x.index) - e.distribution[x.index]) if x.family == f else Integer(0)
    if s == x:
        return e * (f[e.index] - total(e.distribution[q] * f[q], q))
    return None


@rule()
def as_derivative(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """e = d(e x)/dx for an x that e does not have."""
    fresh = [x for x in (c, t, *(say.x[a] for a in scene.indices)) if not e.has(x)]
    fresh = [x for x in fresh if isinstance(x, Symbol) or not e.has(say.x)]
    if scene.derived or not fresh:
        return None
    x = rng.choice(fresh)
    return Derivative(e * x, x)


@rule(Mean, say.Probability, say.Entry, Symbol)
def known_derivative(e: Any, scene: Scene, rng: Random) -> Expr | None:
    """p_a = d log Z/dz_a / lambda, <z> = d log Z/d lambda, x = d(x^2/2)/dx."""
    if e == Mean(z[say.k], say.k):
        return Derivative(log(Z), lam)
    if isinstance(e, say.Probability) and e.distribution == p:
        return Derivative(log(Z), z[e.index]) / lam
    if isinstance(e, say.Entry) or e in (c, t, lam):
        return Derivative(e**2, e) / 2
    return None


# --- what is given -------------------------------------------------------------------------------


@rule()
def use_same(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    known = [each for each in scene.known(SameClass) if each.holds]
    if not known:
        return None
    chosen = rng.choice(known)
    a, b = rng.sample([chosen.first, chosen.second], 2)
    return e.xreplace({a: b})


@rule(KroneckerDelta)
def use_delta(e: Any, scene: Scene, rng: Random) -> Expr | None:
    for each in scene.known(SameClass):
        if {each.first, each.second} == set(e.args[:2]):
            return Integer(int(each.holds))
    return None


@rule()
def add_delta(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """e = e + delta_ij x, where i != j."""
    known = scene.known(SameClass)
    if not known:
        return None
    chosen, x = rng.choice(known), piece(scene, rng)
    d = delta(chosen.first, chosen.second)
    return e + d * x if not chosen.holds else e + (1 - d) * x


@rule(Symbol, Sum)
def use_size(e: Any, scene: Scene, rng: Random) -> Expr | None:
    fixed = fixed_size(scene)
    if fixed is None:
        return None
    if e == n:
        return Integer(fixed)
    if isinstance(e, Sum) and not e.conditions:
        return Add(*(e.opened(Integer(each)) for each in range(1, fixed + 1)))
    return None


def fixed_size(scene: Scene) -> int | None:
    sizes = [each.rhs for each in scene.known(Relation) if each.lhs == n and each.op == "=="]
    return int(sizes[0]) if sizes else None


def equations(scene: Scene) -> list[Relation]:
    """The equations that may be used here, n aside."""
    if scene.derived:
        return []
    return [each for each in scene.known(Relation) if each.op == "==" and each.lhs != n]


@rule()
def use_equation(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    for each in equations(scene):
        if e == each.lhs:
            return each.rhs
    return None


@rule()
def times_equation(e: Expr, scene: Scene, rng: Random) -> Expr | None:
    """e = e + x (lhs - rhs)."""
    usable = equations(scene)
    if not usable:
        return None
    chosen = rng.choice(usable)
    if chosen.rhs == 1 and rng.random() < 0.5:
        return e * chosen.lhs
    return e + piece(scene, rng) * (chosen.lhs - chosen.rhs)
