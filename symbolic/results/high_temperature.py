"""High temperature, T -> oo: every class becomes equally likely, and the logits show at first order in 1/T.

    p_i -> 1/n,   (p_i - 1/n)/lambda -> (z_i - mean z)/n                      as lambda = 1/T -> 0+

Sources  Franke and Degen, fact 4; the thread, answer 1, for p_min/p_i -> 1.
"""

from sympy import Integer, Rational, exp, log, oo

from symbolic.derivation import start
from symbolic.language.claims import Point, argmax, claim
from symbolic.language.notation import D, Entropy, Limit, Mean, Sum, T, Z, delta, i, j, k, lam, n, p, z
from symbolic.results import Need, Result, Twin

ORDER = 5

ZERO, ONE, LOG2 = Integer(0), Integer(1), log(2)
PAIR = Point({"z": (ZERO, ONE)}, indices={"i": 1, "j": 2}, size=2)
UNEVEN = Point({"z": (ZERO, LOG2)}, indices={"i": 1, "j": 2}, size=2)
AVERAGE = Sum(z[k], k) / n

softmax_limit_hot = Result(
    "softmax_limit_hot",
    "at infinite temperature all classes are equally likely",
    start(p[i], T, oo)
    .equals(exp(lam * z[i]) / Z, "the definition of `p[i]`")
    .equals(1 / Sum(exp(lam * (z[k] - z[i])), k), "numerator and denominator over `exp(lambda*z[i])`")
    .tends_to(1 / n, "`lambda = 1/T` goes to 0: each of the `n` terms goes to 1"),
    "Franke and Degen, fact 4",
    twins=(
        Twin(claim(Limit(p[i], T, oo), "==", Rational(1, 2)),
             Point({"z": (ZERO,)}, indices={"i": 1}, size=1), "one half is the limit for two classes only"),
        Twin(claim(Limit(p[i], T, oo), "==", 0), PAIR, "the limit is `1/n`: it does not die out"),
    ),
    statements=("L01",),
)

softmax_first_order_hot = Result(
    "softmax_first_order_hot",
    "the first-order term: a class is above `1/n` as its logit is above the average",
    start((p[i] - 1 / n) / lam, lam, 0)
    .tends_to((z[i] - AVERAGE) / n,
              "divide `1 + lambda*z[i]` by `n + lambda*sum(z[k], k)`"),
    "folklore; Hinton, Vinyals and Dean 2015, (2) to (5), for logits of mean 0",
    twins=(
        Twin(claim(Limit((p[i] - 1 / n) / lam, lam, 0), "==", z[i] / n), PAIR,
             "only differences of logits can count, so the average has to come off"),
        Twin(claim(Limit((p[i] - 1 / n) / lam, lam, 0), "==", z[i] - AVERAGE), PAIR, "each class has a share `1/n`"),
    ),
    statements=("L02",),
)

softmax_ratio_hot = Result(
    "softmax_ratio_hot",
    "the thread's limit: the most likely class, the state of least energy, loses its lead",
    start(p[j] / p[i], T, oo, given=argmax(j, z))
    .equals(exp(lam * (z[j] - z[i])), "the odds")
    .tends_to(1, "the exponent goes to 0"),
    "the thread, answer 1, in the notation energy = -z",
    needs=(Need("`z[j] = max(z)`", claim(Limit(p[j] / p[i], T, oo), "==", 1)),),
    twins=(
        Twin(claim(p[j] / p[i], "==", 1), UNEVEN, "at no finite temperature, unless the logits are equal"),
    ),
    statements=("L18",),
)

log_partition_limit_hot = Result(
    "log_partition_limit_hot",
    "`log(Z)` starts at `log(n)` and grows with the average logit",
    start((log(Z) - log(n)) / lam, lam, 0)
    .tends_to(AVERAGE, "the derivative of `log(Z)` at 0 is the plain average"),
    "folklore",
    twins=(
        Twin(claim(Limit(log(Z), lam, 0), "==", 0), PAIR, "`Z` goes to `n`, not to 1"),
    ),
    statements=("L07",),
)

mean_limit_hot = Result(
    "mean_limit_hot",
    "the mean under p goes to the plain average",
    start(Mean(z[k], k), T, oo)
    .tends_to(AVERAGE, "every weight goes to `1/n`"),
    "folklore",
    twins=(Twin(claim(Mean(z[k], k), "==", AVERAGE), UNEVEN, "under p the larger logits weigh more"),),
)

entropy_limit_hot = Result(
    "entropy_limit_hot",
    "the entropy goes to its maximum, `log(n)`",
    start(Entropy(p), T, oo)
    .equals(log(Z) - lam * Mean(z[k], k), "`log(p[k])` is `lambda*z[k] - log(Z)`, averaged")
    .tends_to(log(n), "`Z` goes to `n`, and `lambda` to 0"),
    "Jaynes 1957",
    twins=(Twin(claim(Entropy(p), "==", log(n)), UNEVEN, "only if all logits are equal"),),
)

jacobian_limit_hot = Result(
    "jacobian_limit_hot",
    "the Jacobian vanishes like `1/T`, and its shape no longer knows the logits",
    start(D(p[i], z[j]) / lam, T, oo)
    .equals(p[i] * (delta(i, j) - p[j]), "the Jacobian")
    .tends_to((delta(i, j) - 1 / n) / n, "every probability goes to `1/n`"),
    "folklore",
    twins=(
        Twin(claim(Limit(D(p[i], z[j]), T, oo), "==", (delta(i, j) - 1 / n) / n), PAIR,
             "the factor `lambda` goes to 0 as well"),
    ),
)

RESULTS = (
    softmax_limit_hot, softmax_first_order_hot, softmax_ratio_hot, log_partition_limit_hot, mean_limit_hot,
    entropy_limit_hot, jacobian_limit_hot,
)  # fmt: skip
