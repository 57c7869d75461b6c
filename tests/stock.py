"""True identities, written by hand, from which the random ones are made.

Each is (lhs, rhs, hypotheses). `DELICATE` are those whose point is where a side is defined; they
are built without SymPy's own evaluation, which would cancel c/c before anyone could look at it.
"""

from __future__ import annotations

from sympy import Add, Expr, Integer, Mul, Pow, Rational, exp, log, sqrt, tanh

from symbolic.language.claims import Hypothesis, Relation, differ, member, same
from symbolic.language.notation import (
    A,
    D,
    Divergence,
    Entropy,
    Except,
    In,
    LogSumExp,
    Mean,
    NotIn,
    Softmax,
    Sum,
    T,
    Variance,
    Z,
    c,
    delta,
    i,
    j,
    k,
    l,
    lam,
    m,
    n,
    p,
    t,
    v,
    w,
    x,
    y,
    z,
)

Identity = tuple[Expr, Expr, tuple[Hypothesis, ...]]

HALF = Rational(1, 2)


def equation(lhs: Expr, rhs: Expr | int) -> Relation:
    return Relation(lhs, "==", rhs if isinstance(rhs, Expr) else Integer(rhs))


def true(lhs: Expr | int, rhs: Expr | int, *given: Hypothesis) -> Identity:
    return Integer(lhs) if isinstance(lhs, int) else lhs, equation(lhs, rhs).rhs, given


def sigma(e: Expr) -> Expr:
    return 1 / (1 + exp(-e))


def jacobian(a: Expr, b: Expr) -> Expr:
    return lam * p[a] * (delta(a, b) - p[b])


def centred(a: Expr, b: Expr) -> Expr:
    return delta(a, b) - p[b]


q, r = Softmax(w), Softmax(y)
mean_z, sum_y, other = Mean(z[k], k), Sum(y[k], k), Sum(w[k], k)
cross_entropy = -Sum(y[k] * log(p[k]), k)
energy = log(Z) / lam
simplex = equation(sum_y, 1)
second = D(p[i], z[j], z[k])

SOFTMAX: tuple[Identity, ...] = (
    true(Sum(p[k], k), 1),
    true(p[i] / p[j], exp(lam * (z[i] - z[j]))),
    true(log(p[i] / p[j]), lam * (z[i] - z[j])),
    true(log(p[i]), lam * z[i] - log(Z)),
    true(p[i], 1 / Sum(exp(lam * (z[k] - z[i])), k)),
    true(exp(lam * (z[i] + c)) / Sum(exp(lam * (z[k] + c)), k), p[i]),
    true(p[i] / (p[i] + p[j]), sigma(lam * (z[i] - z[j]))),
    true(p[i], 1 / (1 + exp(log(Sum(exp(lam * z[k]), k, Except(i))) - lam * z[i]))),
    true(p[i] * q[i] / Sum(p[k] * q[k], k),
         exp(lam * z[i] + w[i]) / Sum(exp(lam * z[k] + w[k]), k)),
    true(Sum(p[k], k, Except(i)), 1 - p[i]),
    true(Entropy(p), log(Z) - lam * mean_z),
    true(Divergence(q, r), LogSumExp(y) - LogSumExp(w) - Sum(q[k] * (y[k] - w[k]), k)),
    true(Divergence(q, r) + Divergence(r, q), Sum((q[k] - r[k]) * (w[k] - y[k]), k)),
    true(log(p[i]) - Sum(log(p[k]), k) / n, lam * (z[i] - Sum(z[k], k) / n)),
    true(exp(Entropy(p)), Z * exp(-lam * mean_z)),
    true(Softmax(w, c)[i] / Softmax(w, c)[j], exp(c * w[i]) / exp(c * w[j])),
    true(Softmax(w, 0)[i], 1 / n),
    true(tanh(lam * (z[i] - z[j]) / 2), 2 * sigma(lam * (z[i] - z[j])) - 1),
    true(LogSumExp(w), c + log(Sum(exp(w[k] - c), k))),
    true(Sum(p[k] * Sum(p[l], l, Except(k)), k), 1 - Sum(p[k] ** 2, k)),
    true(Variance(v[k], k), Sum(p[k] * v[k] ** 2, k) - Sum(p[k] * v[k], k) ** 2),
    true(Variance(v[k], k), Sum(Sum(p[k] * p[l] * (v[k] - v[l]) ** 2, l), k) / 2),
    true(Sum(Sum(v[k] * (delta(k, l) * p[k] - p[k] * p[l]) * v[l], l), k), Variance(v[k], k)),
    true(n * Sum(v[k] ** 2, k) - Sum(v[k], k) ** 2, Sum(Sum((v[k] - v[l]) ** 2, l), k) / 2),
    true(Sum(Sum(delta(k, l), l), k), n),
    true(Sum(Sum(1 - delta(k, l), l), k), n * (n - 1)),
    true(Sum(Sum(Integer(1), l, Except(k)), k), n**2 - n),
    true(Sum(v[k] * x[k], k, Except(i), Except(j)),
         Sum(v[k] * x[k], k) - v[i] * x[i] - v[j] * x[j], differ(i, j)),
    true(Sum(v[k] * x[k], k, Except(i), Except(j)),
         Sum(v[k] * x[k], k) - v[i] * x[i] - v[j] * x[j] * (1 - delta(i, j))),
    true(Sum(p[k] * Sum(Sum(v[k] * v[l] * x[m], m), l), k),
         Mean(v[k], k) * Sum(v[k], k) * Sum(x[k], k)),
)  # fmt: skip

DERIVATIVES: tuple[Identity, ...] = (
    true(D(p[i], z[j]), jacobian(i, j)),
    true(D(p[i], z[i]), lam * p[i] * (1 - p[i])),
    true(D(p[i], z[j]), -lam * p[i] * p[j], differ(i, j)),
    true(D(p[i], z[j]), lam * p[j] * (1 - p[i]), same(i, j)),
    true(D(p[i], z[j]), D(p[j], z[i])),
    true(Sum(D(p[k], z[j]), k), 0),
    true(Sum(D(p[i], z[k]), k), 0),
    true(Sum(D(p[k], z[k]), k), lam * (1 - Sum(p[k] ** 2, k))),
    true(Sum(v[k] * D(p[i], z[k]), k), lam * p[i] * (v[i] - Mean(v[k], k))),
    true(D(log(p[i]), z[j]), lam * centred(i, j)),
    true(D(energy, z[i]), p[i]),
    true(D(LogSumExp(w), w[i]), q[i]),
    true(second, lam**2 * p[i] * (centred(i, j) * centred(i, k) - p[j] * centred(j, k))),
    true(D(energy, z[i], z[j], z[k]),
         lam**2 * Sum(p[l] * centred(l, i) * centred(l, j) * centred(l, k), l)),
    true(D(log(Z), z[i], z[j]), lam**2 * p[i] * centred(i, j)),
    true(Sum(Sum(D(p[k], z[l]) ** 2, l), k),
         lam**2 * (Sum(p[k] ** 2, k) - 2 * Sum(p[k] ** 3, k) + Sum(p[k] ** 2, k) ** 2)),
    true(D(p[i], lam), p[i] * (z[i] - mean_z)),
    true(D(p[i], T), -p[i] * (z[i] - mean_z) / T**2),
    true(D(mean_z, lam), Variance(z[k], k)),
    true(D(log(Z), lam), mean_z),
    true(D(log(Z), lam, lam), Variance(z[k], k)),
    true(D(Entropy(p), lam), -lam * Variance(z[k], k)),
    true(D(energy, lam), -Entropy(p) / lam**2),
    true(D(T * log(Z), T), Entropy(p)),
    true(D(mean_z, z[i]), p[i] * (1 + lam * (z[i] - mean_z))),
    true(D(mean_z, T), -Variance(z[k], k) / T**2),
    true(D(cross_entropy, z[j]), lam * (p[j] * sum_y - y[j])),
    true(D(cross_entropy, z[j]), lam * (p[j] - y[j]), simplex),
    true(D(cross_entropy, z[i], z[j]), lam**2 * p[i] * centred(i, j), simplex),
    true(D(Divergence(q, r), w[i]), q[i] * (w[i] - y[i] - Sum(q[k] * (w[k] - y[k]), k))),
    true(D(Sum(y[k] * x[k], k), x[i]), y[i]),
    true(D(Sum(x[i] * x[k], k), x[j]), x[i] + delta(i, j) * Sum(x[k], k)),
    true(D(Sum(x[k] ** 3, k) / 3, x[i]), x[i] ** 2),
    true(D(Softmax(w, c)[i], c), Softmax(w, c)[i] * (w[i] - Sum(Softmax(w, c)[k] * w[k], k))),
    true(D(exp(c * y[i]) * log(1 + c**2), c),
         exp(c * y[i]) * (y[i] * log(1 + c**2) + 2 * c / (1 + c**2))),
    true(D(lam * T, lam), 0),
    true(D(T**2, lam), -2 * T**3),
    true(T * lam, 1),
    true(D(sigma(c), c), sigma(c) * (1 - sigma(c))),
    true(D(tanh(c), c), 1 - tanh(c) ** 2),
    true(D(x[i] * x[j], x[k]), delta(i, k) * x[j] + delta(j, k) * x[i]),
    true(D(Sum(Sum((x[k] - x[l]) ** 2, l), k), x[i]), 4 * n * x[i] - 4 * Sum(x[k], k)),
)  # fmt: skip

UNDER_HYPOTHESES: tuple[Identity, ...] = (
    true(p[1], sigma(lam * (z[1] - z[2])), equation(n, 2)),
    true(p[1] + p[2] + p[3], 1, equation(n, 3)),
    true(p[i], 1, equation(n, 1)),
    true(Sum(v[k] * x[k], k), v[1] * x[1] + v[2] * x[2], equation(n, 2)),
    true(Sum(v[k], k, Except(1), Except(2)), Sum(v[k], k) - v[1] - v[2],
         Relation(n, ">=", Integer(2))),
    true(Sum(v[k] + c, k), n * c, equation(Sum(v[k], k), 0)),
    true(Variance(v[k], k), Mean(v[k] ** 2, k), equation(Sum(p[k] * v[k], k), 0)),
    true(Sum((y[k] - HALF) * c, k), c * (1 - n / 2), simplex),
    true(Sum(Sum(y[k] * y[l] * (z[k] - z[l]) ** 2, l), k),
         2 * Sum(y[k] * z[k] ** 2, k) - 2 * Sum(y[k] * z[k], k) ** 2, simplex),
    true(LogSumExp(z) + Sum(y[k] * log(y[k]), k) - Sum(y[k] * z[k], k),
         Divergence(y, Softmax(z)), simplex),
    true(y[i] ** 2 - t**2, 0, equation(y[i], t)),
    true(c * sum_y + other, 1 + c, simplex, equation(other, 1)),
    true(exp(c) * Sum(exp(-t) * y[k], k), 1, simplex, equation(c, t)),
    true(Sum(y[k], k, Except(i)), 1 - y[i], simplex),
    true(delta(i, j) * z[i] + delta(j, k) * z[k], z[i], same(i, j), differ(j, k)),
    true(Sum(delta(k, i) * delta(k, j) * exp(z[k]), k), exp(z[i]), same(i, j)),
    true(p[i] / Sum(p[k], k, In(A)), exp(lam * z[i]) / Sum(exp(lam * z[k]), k, In(A)),
         member(i, A)),
    true(Sum(p[k], k, In(A)) + Sum(p[k], k, NotIn(A)), 1),
    true(Sum(v[k], k, In(A)), v[i] + Sum(v[k], k, In(A), Except(i)), member(i, A)),
    true(Sum(v[k], k, In(A), Except(i)), Sum(v[k], k, In(A)), member(i, A, holds=False)),
    true(D(Sum(p[k], k, In(A)), z[i]), lam * p[i] * (1 - Sum(p[k], k, In(A))), member(i, A)),
    true(Sum(delta(k, i) * v[k], k, In(A)), 0, member(i, A, holds=False)),
)  # fmt: skip

IN_DENOMINATORS: tuple[Identity, ...] = (
    true(Sum(exp(z[k]) / (1 + exp(z[k])), k), n - Sum(1 / (1 + exp(z[k])), k)),
    true(Sum(c / (c + exp(lam * z[k])), k) + Sum(exp(lam * z[k]) / (c + exp(lam * z[k])), k), n),
    true(Sum(1 / ((y[k] - c) * (y[k] - t)), k),
         (Sum(1 / (y[k] - c), k) - Sum(1 / (y[k] - t), k)) / (c - t)),
    true(Sum(1 / (1 - exp(2 * z[k])), k),
         Sum(1 / (1 - exp(z[k])), k) / 2 + Sum(1 / (1 + exp(z[k])), k) / 2),
    true(Sum(y[k] ** 2 / (y[k] + c), k), Sum(y[k], k) - c * n + c**2 * Sum(1 / (y[k] + c), k)),
    true(Sum(p[k] / (1 - p[k]), k) + n, Sum(1 / (1 - p[k]), k)),
    true(Sum(z[k] / (z[k] - z[i]), k, Except(i)),
         n - 1 + z[i] * Sum(1 / (z[k] - z[i]), k, Except(i))),
    true(D(Sum(1 / (1 + exp(-z[k])), k), z[i]), sigma(z[i]) * (1 - sigma(z[i]))),
    true(D(Sum(log(1 + exp(z[k])), k), z[i]), sigma(z[i])),
    true(Sum(log(1 + exp(z[k])), k) - Sum(log(1 + exp(-z[k])), k), Sum(z[k], k)),
    true(Sum(y[k] / (1 + exp(z[k])) ** 2, k),
         Sum(y[k] / (1 + exp(z[k])), k) - Sum(y[k] * exp(z[k]) / (1 + exp(z[k])) ** 2, k)),
    true(Sum(tanh(z[k]), k), n - 2 * Sum(1 / (exp(2 * z[k]) + 1), k)),
    true(Sum(Sum(y[k] / y[l], l), k), Sum(y[k], k) * Sum(1 / y[k], k)),
    true(Sum(Sum(exp(z[k]) / (1 + exp(z[l])), l, Except(k)), k),
         Sum(exp(z[k]), k) * Sum(1 / (1 + exp(z[k])), k) - n + Sum(1 / (1 + exp(z[k])), k)),
    true(Sum(1 / (c * y[k] + t), k), Sum(1 / (y[k] + t / c), k) / c),
)  # fmt: skip

IDENTITIES = SOFTMAX + DERIVATIVES + UNDER_HYPOTHESES + IN_DENOMINATORS


# --- where is it defined? ------------------------------------------------------------------------


def raw(head: type, *args: Expr) -> Expr:
    """An expression that SymPy has not touched."""
    return head(*args, evaluate=False)


def over(numerator: Expr | int, denominator: Expr) -> Expr:
    top = Integer(numerator) if isinstance(numerator, int) else numerator
    return raw(Mul, top, raw(Pow, denominator, Integer(-1)))


def root_squared(e: Expr) -> Expr:
    return raw(Pow, sqrt(e), Integer(2))


gap = z[i] - z[j]
nothing = raw(Add, c, -c)

DELICATE: tuple[Identity, ...] = (
    true(over(c, c), 1),
    true(over(gap, gap), 1),
    true(over(y[i], y[i]), over(y[j], y[j])),
    true(raw(Pow, c, Integer(0)), 1),
    true(over(1, nothing), 5),
    true(over(0, nothing), c),
    true(abs(c), root_squared(c)),
    true(root_squared(c), c),
    true(sqrt(c**2), abs(c)),
    true(abs(c) ** 2, c**2),
    true(raw(exp, raw(log, c)), c),
    true(raw(log, raw(exp, c)), c),
    true(raw(Add, log(c), log(-c)), 7),
    true(log(c**2), 2 * log(c)),
    true(raw(Add, log(c), log(t)), log(c * t)),
    true(raw(Mul, sqrt(c), sqrt(t)), sqrt(c * t)),
    true(raw(Add, log(c), raw(Mul, Integer(-1), log(c))), 0),
    true(over(1, delta(i, j)), 1),
    true(over(1, delta(i, j)), 3, differ(i, j)),
    true(over(gap, delta(i, j)), 0),
    true(over(delta(i, j), raw(Add, Integer(1), -delta(i, j))), 0),
    true(over(1, raw(Add, Integer(1), -p[i])), over(Z, raw(Add, Z, -exp(lam * z[i])))),
    true(over(1, raw(Add, Sum(p[k], k), Integer(-1))), n + 2),
    true(over(1, raw(Add, Sum(y[k], k), Integer(-1))), c, simplex),
    true(Sum(over(z[k], z[k]), k), n),
    true(Sum(over(c * y[k], c), k), Sum(y[k], k)),
    true(Sum(raw(Pow, raw(Add, y[k], -y[k]), Integer(-1)), k), t),
    true(over(n - 1, raw(Add, n, Integer(-1))), 1),
    true(over(1, n - 1), over(n, n**2 - n)),
    true(over(1, raw(Add, n, Integer(-1))), 8, equation(n, 1)),
    true(raw(Mul, T, lam), 1),
    true(raw(Mul, nothing, exp(c)), 0),
    true(over(c**2 - t**2, raw(Add, c, -t)), c + t),
    true(over(1, sqrt(c)) * sqrt(c), 1),
    true(Sum(over(log(y[k]), log(y[k])), k), n),
    true(D(root_squared(c), c), 1),
    true(D(raw(Mul, c, abs(c)), c), 2 * abs(c)),
    true(D(over(c, c), c), 0),
    true(D(log(c**2), c), 2 / c),
)  # fmt: skip
