"""Random expressions and hypotheses as text, in the letters c, d, i, j, z, y, w, A: what the kernel has rules for."""

from __future__ import annotations

from random import Random

__all__ = ["CARRIER", "expression", "hypotheses"]

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

LEAVES = ("c", "d", "1", "2", "n", "lambda", "0", "size(A)", "Z", "0.25")


def hypotheses(rng: Random) -> list[str]:
    return rng.sample(HYPOTHESES, rng.choice((0, 0, 1, 1, 2, 2, 3)))


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
