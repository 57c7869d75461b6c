"""Zero temperature, T -> 0+: the classes with the largest logit share everything, equally.

    p_i -> 1/#argmax if z_i = max z, else 0                              as T -> 0+, lambda = 1/T -> oo

Ties are the general case. With a unique maximum p goes to a vertex of the simplex, at the rate e^{-lambda gap}; for
lambda -> -oo the smallest logits take the place of the largest.

Sources  folklore; Franke and Degen for the unique maximum. For ties in this generality no published
         machine-checked proof is known to us.
"""

from sympy import Eq, Integer, exp, log, oo

from symbolic.derivation import start
from symbolic.language.claims import Always, Point, argmax, argmin, claim, differ, relation
from symbolic.language.notation import (
    Count,
    D,
    Entropy,
    Except,
    Limit,
    Maximum,
    Mean,
    Minimum,
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
    lam,
    n,
    p,
    z,
)  # fmt: skip
from symbolic.results import Need, Result, Twin

ORDER = 6

ZERO, ONE = Integer(0), Integer(1)
TOP, BOTTOM = Maximum.of(z), Minimum.of(z)
WINNERS = Count(Eq(z[k], TOP), k)
LOSERS = Count(Eq(z[k], BOTTOM), k)
TIED = relation(WINNERS, ">=", 2)
BELOW = relation(z[i], "<", TOP)
TIE = Point({"z": (ONE, ONE, ZERO)}, indices={"i": 1, "j": 2}, size=3)
LADDER = Point({"z": (log(2), ZERO)}, indices={"i": 1, "j": 2}, size=2)
SHARED = 1 / Sum(exp(-lam * (TOP - z[k])), k)

softmax_limit_cold = Result(
    "softmax_limit_cold",
    "at zero temperature the classes with the largest logit share equally",
    start(p[i], T, 0, given=argmax(i, z))
    .equals(SHARED, "numerator and denominator over `exp(lambda*max(z))`, and `z[i]` is the maximum")
    .tends_to(1 / WINNERS, "a winner adds 1, every other an exponential that goes to 0"),
    "folklore: with ties no published machine-checked proof is known to us",
    needs=(Need("`z[i] = max(z)`", claim(Limit(p[i], T, 0), "==", 1 / WINNERS),
                Point({"z": (ONE, ZERO)}, indices={"i": 2}, size=2)),),
    twins=(
        Twin(claim(Limit(p[i], T, 0), "==", 1, argmax(i, z)), TIE, "one-hot only if the maximum is unique"),
        Twin(claim(Limit(p[i], T, 0), "==", 1 / n, argmax(i, z)), LADDER, "that is infinite temperature"),
    ),
    statements=("L03",),
)

softmax_limit_cold_below = Result(
    "softmax_limit_cold_below",
    "at zero temperature a class below the largest logit has nothing",
    start(p[i], T, 0, given=[BELOW])
    .equals(exp(-lam * (TOP - z[i])) * SHARED, "numerator and denominator over `exp(lambda*max(z))`")
    .tends_to(0, "the exponential goes to 0, the denominator is at least 1"),
    "folklore",
    needs=(Need("`z[i] < max(z)`", claim(Limit(p[i], T, 0), "==", 0), LADDER),),
    statements=("L03",),
)

softmax_limit_cold_unique = Result(
    "softmax_limit_cold_unique",
    "with a unique maximum softmax becomes one-hot",
    start(p[i], T, 0, given=argmax(i, z, unique=True))
    .equals(1 / (1 + Sum(exp(-lam * (z[i] - z[k])), k, Except(i))), "numerator and denominator over `exp(lambda*z[i])`")
    .tends_to(1, "every other exponential goes to 0"),
    "Franke and Degen; the thread, answer 3",
    needs=(Need("a unique maximum", claim(Limit(p[i], T, 0), "==", 1, argmax(i, z)), TIE),),
    statements=("L04",),
)

softmax_limit_cold_min = Result(
    "softmax_limit_cold_min",
    "at the inverse temperature minus infinity the classes with the smallest logit share equally",
    start(Softmax(z, c)[i], c, -oo, given=argmin(i, z))
    .equals(1 / Sum(exp(c * (z[k] - z[i])), k), "numerator and denominator over `exp(c*z[i])`")
    .tends_to(1 / LOSERS, "`z[k] - z[i]` is 0 or positive, and `c` goes to minus infinity"),
    "folklore",
    needs=(Need("`z[i] = min(z)`", claim(Limit(Softmax(z, c)[i], c, -oo), "==", 1 / LOSERS), LADDER),),
    twins=(
        Twin(claim(Limit(Softmax(z, c)[i], c, -oo), "==", 1, argmin(i, z)),
             Point({"z": (ZERO, ZERO)}, indices={"i": 1}, size=2), "ties share here as well"),
    ),
    statements=("L05",),
)

log_partition_limit_cold = Result(
    "log_partition_limit_cold",
    "`log(Z)/lambda`, the smooth maximum, becomes the maximum",
    start(log(Z) / lam, lam, oo)
    .equals(TOP + log(Sum(exp(-lam * (TOP - z[k])), k)) / lam, "`exp(lambda*max(z))` in front")
    .tends_to(TOP, "the logarithm stays between 0 and `log(n)`, and `lambda` grows"),
    "Boyd and Vandenberghe 2004, section 3.1.5, p. 72",
    twins=(Twin(claim(log(Z) / lam, "==", TOP), LADDER, "at every finite `lambda` it is larger, if `n >= 2`"),),
    statements=("L06",),
)

mean_limit_cold = Result(
    "mean_limit_cold",
    "the mean under p becomes the maximum",
    start(Mean(z[k], k), T, 0).tends_to(TOP, "the winners have all the weight, and their logit is `max(z)`"),
    "folklore",
    twins=(Twin(claim(Mean(z[k], k), "==", TOP), LADDER, "the mean is below the maximum, unless all are equal"),),
    statements=("L06",),
)

entropy_limit_cold = Result(
    "entropy_limit_cold",
    "the entropy that is left is the logarithm of the number of winners",
    start(Entropy(p), T, 0).tends_to(log(WINNERS), "the limit is uniform on the winners"),
    "Kardar 2007: the third law of thermodynamics, with degeneracy",
    twins=(Twin(claim(Limit(Entropy(p), T, 0), "==", 0), TIE, "a tie keeps its entropy"),),
    statements=("L06",),
)

softmax_rate_cold = Result(
    "softmax_rate_cold",
    "with a gap `c` the winner lacks at most `(n - 1)*exp(-lambda*c)`",
    start(1 - p[i], given=[Always(relation(z[i] - z[k], ">=", c), k, (Except(i),))])
    .equals(p[i] * Sum(exp(-lam * (z[i] - z[k])), k, Except(i)),
            "what is left is the other classes, `p[i]*exp(-lambda*(z[i] - z[k]))` each")
    .at_most(Sum(exp(-lam * (z[i] - z[k])), k, Except(i)), "`p[i]` is at most 1")
    .at_most((n - 1) * exp(-lam * c), "each of the `n - 1` exponents is `-lambda*c` at most"),
    "folklore",
    needs=(
        Need("the lead of `c`", claim(1 - p[i], "<=", (n - 1) * exp(-lam * c)),
             Point({"z": (ZERO, ZERO)}, indices={"i": 1}, scalars={"c": log(4)}, size=2)),
    ),
    twins=(
        Twin(claim(1 - p[i], "<=", exp(-lam * c), [Always(relation(z[i] - z[k], ">=", c), k, (Except(i),))]),
             Point({"z": (log(4), ZERO, ZERO)}, indices={"i": 1}, scalars={"c": log(4)}, size=3),
             "every runner-up takes its share"),
    ),
    statements=("I26",),
)

jacobian_limit_cold_unique = Result(
    "jacobian_limit_cold_unique",
    "with a unique maximum the Jacobian dies out, in the winner's row",
    start(D(p[i], z[j]), T, 0, given=argmax(i, z, unique=True))
    .equals(lam * p[i] * (delta(i, j) - p[j]), "the Jacobian")
    .tends_to(0, "the product of the probabilities falls exponentially, and that beats `lambda`"),
    "folklore: softmax saturates",
    needs=(
        Need("a unique maximum", claim(Limit(D(p[i], z[j]), T, 0), "==", 0),
             Point({"z": (ZERO, ZERO)}, indices={"i": 1, "j": 1}, size=2)),
    ),
    statements=("L08",),
)

jacobian_limit_cold_tie_diag = Result(
    "jacobian_limit_cold_tie_diag",
    "on a tie for the maximum the diagonal of the Jacobian diverges",
    start(D(p[i], z[i]), T, 0, given=[*argmax(i, z), TIED])
    .equals(lam * p[i] * (1 - p[i]), "the Jacobian")
    .tends_to(oo, "`p[i]` goes to one share among two winners or more, and `lambda` grows"),
    "folklore",
    needs=(
        Need("a tie", claim(Limit(D(p[i], z[i]), T, 0), "==", oo, argmax(i, z)), LADDER),
    ),
    statements=("L09",),
)

jacobian_limit_cold_tie_offdiag = Result(
    "jacobian_limit_cold_tie_offdiag",
    "on a tie for the maximum the off-diagonal entries diverge too, downwards",
    start(D(p[i], z[j]), T, 0, given=[*argmax(i, z), *argmax(j, z), differ(i, j)])
    .equals(-lam * p[i] * p[j], "the Jacobian")
    .tends_to(-oo, "both probabilities go to the winners' share, and `lambda` grows"),
    "folklore",
    needs=(
        Need("both at the maximum", claim(Limit(D(p[i], z[j]), T, 0), "==", -oo, [differ(i, j)]), LADDER),
    ),
    statements=("L09",),
)

jacobian_limit_cold_below = Result(
    "jacobian_limit_cold_below",
    "outside of the winners the Jacobian dies out, ties or not",
    start(D(p[i], z[j]), T, 0, given=[BELOW])
    .equals(lam * p[i] * (delta(i, j) - p[j]), "the Jacobian")
    .tends_to(0, "`p[i]` falls like `exp(-lambda*(max(z) - z[i]))`"),
    "folklore",
    needs=(
        Need("`z[i] < max(z)`", claim(Limit(D(p[i], z[j]), T, 0), "==", 0),
             Point({"z": (ZERO, ZERO)}, indices={"i": 1, "j": 1}, size=2)),
    ),
)

jacobian_scaled_limit_cold = Result(
    "jacobian_scaled_limit_cold",
    "divided by `lambda`, the Jacobian on the winners becomes that of the uniform distribution on them",
    start(D(p[i], z[j]) / lam, T, 0, given=[*argmax(i, z), *argmax(j, z)])
    .equals(p[i] * (delta(i, j) - p[j]), "the Jacobian")
    .tends_to((delta(i, j) - 1 / WINNERS) / WINNERS, "both probabilities go to the winners' share"),
    "folklore",
    statements=("L09",),
)

variance_limit_cold = Result(
    "variance_limit_cold",
    "the variance dies out, even multiplied by `lambda^2`: so does the heat capacity",
    start(lam**2 * Variance(z[k], k), T, 0)
    .tends_to(0, "the winners have one logit, and the rest is exponentially rare"),
    "Kardar 2007, the Schottky anomaly",
    twins=(Twin(claim(Variance(z[k], k), "==", 0), LADDER, "at a finite temperature the logits still vary"),),
    statements=("L14",),
)

RESULTS = (
    softmax_limit_cold, softmax_limit_cold_below, softmax_limit_cold_unique, softmax_limit_cold_min,
    log_partition_limit_cold, mean_limit_cold, entropy_limit_cold, softmax_rate_cold, jacobian_limit_cold_unique,
    jacobian_limit_cold_tie_diag, jacobian_limit_cold_tie_offdiag, jacobian_limit_cold_below,
    jacobian_scaled_limit_cold, variance_limit_cold,
)  # fmt: skip
