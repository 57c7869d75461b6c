"""Softmax itself: a probability vector, blind to a common shift, whose odds are exponentials of differences.

    p_i = exp(lambda z_i)/Z,   Z = sum_k exp(lambda z_k)          n >= 1, lambda > 0, z in R^n

Sources  Franke and Degen, facts 1, 2, 6; Blanchard, Higham and Higham 2021, for the shift; Bishop 2006.
"""

from sympy import Integer, exp, log

from symbolic.derivation import start
from symbolic.language.claims import Point, claim
from symbolic.language.notation import Maximum, Partition, Softmax, Sum, Z, c, i, j, k, lam, p, z
from symbolic.results import Need, Result, Twin

ORDER = 1

ZERO, ONE, LOG2 = Integer(0), Integer(1), log(2)
ONE_CLASS = Point({"z": (ZERO,)}, indices={"i": 1}, size=1)
TWO_CLASSES = Point({"z": (ZERO, LOG2)}, indices={"i": 1, "j": 2}, size=2)

softmax_gt0 = Result(
    "softmax_gt0",
    "every probability is positive",
    start(p[i])
    .equals(exp(lam * z[i]) / Z, "the definition of `p[i]`")
    .greater(0, "an exponential is positive, and `Z` is a sum of exponentials, one at least"),
    "Franke and Degen, fact 1",
    twins=(
        Twin(claim(p[i], "<", 1), ONE_CLASS, "with a single class `p[i]` is 1: strictness needs `n >= 2`"),
        Twin(claim(p[i], "<=", Integer(1) / 2), Point({"z": (ZERO, LOG2)}, indices={"i": 2}, size=2),
             "the larger of two logits has more than one half"),
    ),
    statements=("A02",),
)

softmax_sum1 = Result(
    "softmax_sum1",
    "the probabilities sum to 1",
    start(Sum(p[k], k))
    .equals(Sum(exp(lam * z[k]) / Z, k), "the definition of `p[k]`")
    .equals(Sum(exp(lam * z[k]), k) / Z, "`Z` does not depend on `k`")
    .equals(1, "the sum is `Z`"),
    "Franke and Degen, fact 1",
    twins=(
        Twin(claim(Sum(exp(z[k]) / Z, k), "==", 1), Point({"z": (ZERO, LOG2)}, Integer(2), size=2),
             "numerator and denominator must carry the same inverse temperature"),
    ),
    statements=("A01",),
)

_SHIFTED = Sum(exp(lam * (z[k] + c)), k)

softmax_shift = Result(
    "softmax_shift",
    "a shift common to all logits changes nothing",
    start(exp(lam * (z[i] + c)) / _SHIFTED)
    .equals(exp(lam * c) * exp(lam * z[i]) / Sum(exp(lam * c) * exp(lam * z[k]), k), "the shift is a factor")
    .equals(exp(lam * z[i]) / Sum(exp(lam * z[k]), k), "it is the same in every term, and cancels")
    .equals(p[i], "the definition of `p[i]`"),
    "Franke and Degen, fact 6; Blanchard, Higham and Higham 2021, for the shift by -max z",
    twins=(
        Twin(claim(exp(lam * c * z[i]) / Sum(exp(lam * c * z[k]), k), "==", p[i]),
             Point({"z": (ZERO, LOG2)}, indices={"i": 1}, scalars={"c": Integer(2)}, size=2),
             "a common factor is not a common shift: it is another temperature"),
        Twin(claim(log(_SHIFTED) / lam, "==", log(Z) / lam),
             Point({"z": (ZERO, ZERO)}, scalars={"c": ONE}, size=2),
             "log-sum-exp is not invariant: it moves with the shift"),
    ),
    statements=("A04",),
)

softmax_exp_normalise = Result(
    "softmax_exp_normalise",
    "subtracting the maximum first gives the same vector",
    start(exp(lam * (z[i] - Maximum.of(z))) / Sum(exp(lam * (z[k] - Maximum.of(z))), k))
    .equals(exp(lam * z[i]) / Sum(exp(lam * z[k]), k), "the shift by `-max(z)` cancels like any other")
    .equals(p[i], "the definition of `p[i]`"),
    "Blanchard, Higham and Higham 2021",
    twins=(
        Twin(claim(exp(lam * (z[i] - Maximum.of(z))), "==", p[i]), Point({"z": (ZERO, LOG2)}, indices={"i": 1}, size=2),
             "shifting is not normalising: the sum still has to be divided out"),
    ),
    statements=("A09",),
)

softmax_odds = Result(
    "softmax_odds",
    "the odds of two classes depend on the difference of their logits alone",
    start(p[i] / p[j])
    .equals(exp(lam * z[i]) / (Z * p[j]), "the definition of `p[i]`")
    .equals(exp(lam * z[i]) * exp(-lam * z[j]), "the definition of `p[j]`: the two `Z` cancel")
    .equals(exp(lam * (z[i] - z[j])), "the exponents add"),
    "Franke and Degen, fact 2",
    twins=(
        Twin(claim(p[i] / p[j], "==", exp(z[i] - z[j])),
             Point({"z": (ZERO, LOG2)}, Integer(2), {"i": 1, "j": 2}, size=2),
             "the inverse temperature multiplies the difference"),
        Twin(claim(p[i] / p[j], "==", exp(lam * (z[j] - z[i]))), TWO_CLASSES, "the sign of the difference matters"),
    ),
    statements=("A05",),
)

softmax_log = Result(
    "softmax_log",
    "log-probabilities are logits up to one constant",
    start(log(p[i]))
    .equals(log(exp(lam * z[i]) / Z), "the definition of `p[i]`")
    .equals(lam * z[i] - log(Z), "the logarithm of a quotient of positive numbers"),
    "Bishop 2006, section 4.3.4",
    needs=(Need("`lambda > 0`", claim(log(Softmax(z, -lam)[i]), "==", -lam * z[i] - log(Partition(z, -lam)))),),
    twins=(
        Twin(claim(log(p[i]), "==", z[i] - log(Z)), Point({"z": (LOG2, ZERO)}, Integer(2), {"i": 1}, size=2),
             "the logarithm is `lambda*z[i]` up to a constant, not `z[i]`"),
    ),
    statements=("A07",),
)

RESULTS = (softmax_gt0, softmax_sum1, softmax_shift, softmax_exp_normalise, softmax_odds, softmax_log)
