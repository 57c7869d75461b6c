"""Random expressions and hypotheses as text, in the letters c, d, i, j, z, y, w, A: what the kernel has rules for.

expression(rng, depth)   hypotheses(rng)   any of them
tied(rng)                hypotheses that say of a size, a count, an entry or a product that it is 0, 1, ..., or another
                         of these, and an expression that divides by it, or has it above a power, or before a sum
attained(rng)            a largest or smallest value, and an expression about a class that attains it
"""

from __future__ import annotations

from random import Random

__all__ = ["CARRIER", "attained", "expression", "hypotheses", "tied"]

CARRIER = "z[i] + z[j] + y[i] + w[i] + c + d + size(A)"  # so that the letters are those of the claim

HYPOTHESES = (
    "c > 0", "c >= 1", "c < 0", "c <= 0", "c >= 0", "d >= 0", "c >= d", "c != d", "c == 1", "c == d^2", "c == d",
    "c*d > 0", "lambda*c == 0", "abs(c) <= d", "y[k] > 0", "y[k] >= 0", "y[k] <= 0", "y[k] >= z[k]",
    "y[k] == w[k]^2", "y[k] == c", "y[i] > 0", "y[i] >= 0", "lambda*y[i] == 0", "y[k] <= c",
    "all(y[k] >= 0, k in A)", "all(y[k] > 0, k != i)", "all(y[k] <= 0, k not in A)", "sum(y[k], k) == 1",
    "sum(y[k], k) > 0", "prod(y[k], k) >= 0", "z[i] <= z[j]", "z[i] > z[j]", "z[i] == max(z)",
    "all(z[i] > z[k], k != i)", "min(z) < max(z)", "max(y) <= c", "A == argmax(z)", "A == argmin(y)", "i != j",
    "i == j", "i in A", "i not in A", "j not in A", "n >= 2", "n >= 3", "n == 1", "n == 2", "n == 3",
    "sum(abs(y[k] - w[l]), l) >= y[k]", "log(y[k]^2) >= log(w[k]^2)", "max(z[k], k in A) > 0",
)  # fmt: skip

# What may be 0 at a point that counts; the same at a class k; and what hypotheses make of them.
QUANTITIES = (
    "n", "n - 1", "size(A)", "n - size(A)", "c", "d", "c + 1", "c - d", "c*d", "y[i]", "y[j]", "y[i] + 1",
    "z[i] - z[j]", "lambda*y[i]", "c*y[i]", "y[i]*z[j]", "abs(y[i])", "max(y)", "max(z) - z[i]", "sum(y[k], k)",
    "sum(y[k]^2, k)", "sum(y[k], k in A)", "sum(abs(y[k]), k != i)", "sum(delta(k,i), k in A)", "count(y[k] > 0, k)",
    "count(z[k] == max(z), k)", "count(y[k] == 0, k in A)", "prod(y[k], k)",
)  # fmt: skip
AT_A_CLASS = ("y[k]", "y[k]", "w[k]", "y[k] + 1", "c*y[k]", "z[k] - z[i]", "delta(k,i)", "y[k] - w[k]", "c", "size(A)")
TIES = (
    "{q} == {v}", "{q} == {v}", "{q} == {v}", "{q} >= 0", "{q} <= 0", "{q} != 0", "{q} > 0", "{q} == {r}", "{x} == {q}",
    "n == 1", "n == 2", "n == 3", "{x}*({q}) + {r} >= 0", "{x}*({q}) - ({r}) == 0", "y[k] == size(A)", "y[k] == {x}",
    "y[k] == n - 1", "y[k] == count(z[k] == max(z), k)", "all(y[k] > 0, k in A)", "all(y[k] == 0, k in A)",
    "all(y[k] == {v}, k != i)", "w[k] == y[k]", "w[k] == {x} + 1", "w[k] == y[k]^2", "w[k] == 0",
)  # fmt: skip
VALUES = ("0", "0", "0", "1", "1", "2", "3", "-1")
UNITS = ("1", "c", "d", "y[i]", "exp(c)")
RANGES = ("k", "k != i", "k in A", "k in A", "k not in A", "k in A, k != i", "k != i, k != j")

# What divides by a quantity, has it above a power, or takes its logarithm, also with a weight that is 0 where it is.
DIVIDED = (
    "{u}/({q})", "({q})/({q})", "({q})^0", "({u})^({q})", "({q})^{x}", "({q})^n", "log(({q})^2)",
    "(({q}) + ({r}))/({q})", "sum({u}/({q}), {k})", "sum(({at})/({q}), {k})", "sum({u}/({at}), {k})",
    "sum(delta(k,i)/({at}), {k})",
    "prod(1/({at}), {k})", "prod({at}, {k})", "({q})*sum(1/({at}), {k})", "sum(log(({at})^2), {k})",
    "exp(-sum(log({at}), {k}))", "sum(exp({x}*({at})/({q})), {k})", "diff(sum({x}*({at})/({q}), {k}), {x})",
    "diff(sum(log({at}), {k}), y[i])", "entropy(y)", "kl(w, y)", "diff(kl(w, y), y[i])", "diff(entropy(y), y[i])",
    "sum(sum(({at})/({r}), {k}), l)", "sum({u}/({q}), l)", "sum(count({at} == 0, {k})/({q}), l in A)",
    "max(({at})/({q}), {k})", "sum(y[k]/sum(y[l], l in A), {k})", "count({at} + {u}/({q}) > 0, {k})",
    "{u} + sum({u}/({at}), {k})", "xlogy({q}, ({q})^2)", "exp(xlogy({u} - ({q}), ({u} - ({q}))^2))",
    "exp(sum(xlogy({at}, ({at})^2), {k}))", "exp(sum(xlogy({u} - ({at}), ({u} - ({at}))^2)/n, {k}))",
)  # fmt: skip
# What stands around it.
AROUND = (
    "({q})*({e})", "{u} + {e}", "({e})/({q})", "abs({e})", "exp({e})", "exp(log(abs({e})))", "({e})^2", "sqrt(({e})^2)",
    "({u} + {q})*({e}) - {u}*({e})", "count({e} > 0, m)", "({e}) - ({f})", "({e})*({f})", "sum({e}, m)",
    "diff({e}, {x})", "diff({e}, y[i])", "diff({e}, w[j])", "sum({e}, m in A)", "max({e} + 0*z[m], m in A)",
)  # fmt: skip

LEAVES = ("c", "d", "1", "2", "n", "lambda", "0", "size(A)", "Z", "0.25")


def hypotheses(rng: Random) -> list[str]:
    return rng.sample(HYPOTHESES, rng.choice((0, 0, 1, 1, 2, 2, 3)))


def tied(rng: Random) -> tuple[list[str], str]:
    """Hypotheses that tie some quantities to numbers, or to one another, and an expression that divides by them."""
    filled = _Filled(rng)
    given = [filled.one_of(TIES) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
    return given + hypotheses(rng)[:1], filled.divided(rng.choice((0, 1, 1, 2)))


class _Filled:
    """Templates, filled in with a few quantities, so that the same one occurs in several."""

    def __init__(self, rng: Random) -> None:
        self.rng, self.some, self.at = rng, rng.sample(QUANTITIES, 3), rng.sample(AT_A_CLASS, 2)

    def one_of(self, templates: tuple[str, ...], **parts: str) -> str:
        choice = self.rng.choice
        q, r = self.rng.sample(self.some, 2)
        own = {"v": choice(VALUES), "u": choice(UNITS), "x": choice("cd"), "k": choice(RANGES)}
        return choice(templates).format(q=q, r=r, at=choice(self.at), **own, **parts)

    def divided(self, depth: int) -> str:
        if depth == 0:
            return self.one_of(DIVIDED)
        return self.one_of(AROUND, e=self.divided(depth - 1), f=self.divided(depth - 1))


def attained(rng: Random) -> tuple[str, str]:
    """A largest or smallest value for a class m that attains it, and an expression about m; others may stand in it."""
    of = rng.choice(("z[k]", "w[k]", "(z[k] - z[k])", expression(rng, rng.choice((0, 1)), ("i", "k"), ())))
    other = rng.choice(("max(w)", "min(y)", "max(z)", "exp(max(w))"))
    extreme = f"{rng.choice(('max', 'min'))}({of}{rng.choice(('', f' + {other}'))}, {rng.choice(RANGES[:4])})"
    about = rng.choice((other, extreme, f"{other} - {rng.choice('zwy')}[m]", expression(rng, 1, ("m", "j"))))
    return extreme, about


def expression(
    rng: Random, depth: int, near: tuple[str, ...] = ("i", "j"), bound: tuple[str, ...] = ("k", "l", "m")
) -> str:
    """`near` are the indices at hand, `bound` those that may be bound."""
    a, b = rng.choice(near), rng.choice(near)

    def part() -> str:
        return expression(rng, depth - 1, near, bound)

    if depth == 0:
        entry = rng.choice(("z", "y", "w", "p", "y"))
        return rng.choice((rng.choice(LEAVES), f"{entry}[{a}]", f"{entry}[{a}]", f"delta({a},{b})"))
    if bound and rng.random() < 0.3:
        return _binder(rng, depth, near, bound)
    u = part()
    return rng.choice((
        f"({u} + {part()})", f"({u} - {part()})", f"({u})*({part()})", f"({u})*({part()})", f"({u})^2", f"({u})^3",
        f"exp({u})", f"log({u})", f"abs({u})", f"sqrt({u})", f"1/({u})", f"({u})/({part()})", f"({u} - 1 - log({u}))",
        f"(exp({u}) - 1 - ({u}))", f"(abs({u}) - ({u}))", f"0.25^0.5*({u})", f"(exp({u}) - exp({part()}))",
        f"(exp(lambda*z[{a}]) - exp(lambda*z[{b}]))*(z[{a}] - z[{b}])", f"max(z) - z[{a}]", f"y[{a}] - min(y)",
        f"diff({u}, {rng.choice(('c', 'd', f'z[{a}]', f'y[{b}]'))})", "entropy(y)", "kl(y, w)",
    ))  # fmt: skip


def _binder(rng: Random, depth: int, near: tuple[str, ...], bound: tuple[str, ...]) -> str:
    k, *rest = bound
    a, b = rng.choice(near), rng.choice(near)
    ranges = [k, k, f"{k} != {a}", f"{k} in A", f"{k} not in A", f"{k} in A, {k} != {a}"]
    ranges += [f"{k} != {a}, {k} != {b}"] if a != b else []
    within = expression(rng, depth - 1, (*near, k), tuple(rest))
    among = rng.choice(ranges)
    if rng.random() < 0.1:
        op, other = rng.choice((">=", ">", "==", "!=")), rng.choice((f"z[{a}]", "c"))
        return f"count({rng.choice('zy')}[{k}] {op} {other}, {among})"
    return f"{rng.choice(('sum', 'sum', 'sum', 'prod', 'max', 'min'))}({within}, {among})"
