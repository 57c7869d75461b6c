"""Two classes: softmax is the logistic function of the difference of the logits.

    p_1 = sigma(lambda (z_1 - z_2)),   sigma(x) = 1/(1 + e^{-x})                       n = 2

and for every n, of the two classes i and j alone, p_i/(p_i + p_j) = sigma(lambda (z_i - z_j)).

Sources  the thread, answers 1 and 4; Franke and Degen, fact 3; Bishop 2006, section 4.2.
"""

from sympy import Expr, Integer, Symbol, exp, log, tanh

from symbolic.derivation import start
from symbolic.language.claims import Point, claim, relation
from symbolic.language.notation import D, i, j, lam, n, p, z
from symbolic.results import Need, Result, Twin

ORDER = 4

ZERO, TWO, LOG2 = Integer(0), Integer(2), log(2)
TWO_CLASSES_ONLY = relation(n, "==", 2)
x = Symbol("x", real=True)
THREE = Point({"z": (ZERO, ZERO, ZERO)}, size=3)


def sigma(at: Expr) -> Expr:
    """The logistic function 1/(1 + e^{-x})."""
    return 1 / (1 + exp(-at))


two_class_logistic = Result(
    "two_class_logistic",
    "of two classes the first has the logistic function of the difference as its probability",
    start(p[1], given=[TWO_CLASSES_ONLY])
    .equals(exp(lam * z[1]) / (exp(lam * z[1]) + exp(lam * z[2])), "the definition of `p[1]`, with two terms in `Z`")
    .equals(1 / (1 + exp(lam * z[2]) / exp(lam * z[1])), "numerator and denominator over the first exponential")
    .equals(sigma(lam * (z[1] - z[2])), "the exponents add"),
    "the thread, answer 4; Franke and Degen, fact 3",
    needs=(
        Need("`n = 2`", claim(p[1], "==", sigma(lam * (z[1] - z[2])), [relation(n, ">=", 2)]), THREE),
    ),
    twins=(
        Twin(claim(p[1], "==", sigma(lam * z[1]), [TWO_CLASSES_ONLY]), Point({"z": (ZERO, LOG2)}, size=2),
             "softmax of two classes is not the logistic function of each logit by itself"),
        Twin(claim(p[1], "==", sigma(lam * (z[2] - z[1])), [TWO_CLASSES_ONLY]), Point({"z": (ZERO, LOG2)}, size=2),
             "the sign says whose probability it is"),
    ),
    statements=("A28",),
)

pairwise_logistic = Result(
    "pairwise_logistic",
    "in any number of classes, the probability of one, given that it is one of two",
    start(p[i] / (p[i] + p[j]))
    .equals(exp(lam * z[i]) / (exp(lam * z[i]) + exp(lam * z[j])), "the definition of `p[i]` and `p[j]`; `Z` cancels")
    .equals(1 / (1 + exp(lam * z[j]) / exp(lam * z[i])), "numerator and denominator over the first exponential")
    .equals(sigma(lam * (z[i] - z[j])), "the exponents add"),
    "the thread, answer 1: the two-class logits of the censored data are exact",
    twins=(
        Twin(claim(p[i], "==", sigma(lam * (z[i] - z[j]))),
             Point({"z": (ZERO, ZERO, ZERO)}, indices={"i": 1, "j": 2}, size=3),
             "the condition that it is i or j makes it two classes"),
    ),
    statements=("A33",),
)

logistic_derivative = Result(
    "logistic_derivative",
    "the slope of the logistic function is the function times what is left of 1",
    start(D(sigma(x), x))
    .equals(exp(-x) / (1 + exp(-x)) ** 2, "the chain rule")
    .equals(sigma(x) * (1 - sigma(x)), "what is left of 1 is `exp(-x)` times the function itself"),
    "folklore; Isabelle AFP, a machine-checked version",
    twins=(
        Twin(claim(D(sigma(x), x), "==", sigma(x) * (1 + sigma(x))), Point({"z": (ZERO,)}, scalars={"x": ZERO}, size=1),
             "the slope is symmetric about the middle"),
        Twin(claim(D(sigma(x), x), ">=", Integer(1) / 4), Point({"z": (ZERO,)}, scalars={"x": LOG2}, size=1),
             "one quarter is the greatest slope, at `x = 0`"),
    ),
    statements=("D17",),
)

two_class_derivative = Result(
    "two_class_derivative",
    "the slope of the logistic function is the Jacobian of two classes",
    start(D(p[1], z[1]), given=[TWO_CLASSES_ONLY])
    .equals(D(sigma(lam * (z[1] - z[2])), z[1]), "the two-class reduction")
    .equals(lam * sigma(lam * (z[1] - z[2])) * (1 - sigma(lam * (z[1] - z[2]))),
            "the slope of the logistic function, and the chain rule")
    .equals(lam * p[1] * p[2], "what is left of 1 is the other class"),
    "folklore",
    needs=(
        Need("`n = 2`", claim(D(p[1], z[1]), "==", lam * p[1] * p[2], [relation(n, ">=", 2)]), THREE),
    ),
)

logistic_symmetry = Result(
    "logistic_symmetry",
    "the logistic function at `-x` is what is left of 1",
    start(sigma(-x))
    .equals(exp(-x) / (exp(-x) + 1), "numerator and denominator times `exp(-x)`")
    .equals(1 - sigma(x), "the rest of 1"),
    "folklore",
    twins=(
        Twin(claim(sigma(-x), "==", -sigma(x)), Point({"z": (ZERO,)}, scalars={"x": ZERO}, size=1),
             "it is odd about one half, not about 0"),
    ),
    statements=("A29",),
)

logistic_tanh = Result(
    "logistic_tanh",
    "the logistic function is a shifted hyperbolic tangent",
    start(sigma(x))
    .equals(exp(x / 2) / (exp(x / 2) + exp(-x / 2)), "numerator and denominator times `exp(x/2)`")
    .equals((1 + (exp(x / 2) - exp(-x / 2)) / (exp(x / 2) + exp(-x / 2))) / 2, "one half, and the rest")
    .equals((1 + tanh(x / 2)) / 2, "the definition of `tanh(x/2)`"),
    "folklore: physics knows it as the two-level system",
    twins=(
        Twin(claim(sigma(x), "==", (1 + tanh(x)) / 2), Point({"z": (ZERO,)}, scalars={"x": LOG2}, size=1),
             "the logistic function is half as steep"),
    ),
    statements=("A30",),
)

logistic_log_odds = Result(
    "logistic_log_odds",
    "the log-odds undo the logistic function",
    start(log(sigma(x)) - log(1 - sigma(x)))
    .equals(log(sigma(x)) - log(exp(-x) * sigma(x)), "what is left of 1 is `exp(-x)` times the function itself")
    .equals(x, "the logarithm of a product; the logarithm of `exp(-x)` is `-x`"),
    "folklore",
    twins=(
        Twin(claim(log(sigma(x)), "==", x), Point({"z": (ZERO,)}, scalars={"x": ZERO}, size=1),
             "the odds, not the probability, have the logarithm `x`"),
    ),
    statements=("A32",),
)

softmax_log_odds = Result(
    "softmax_log_odds",
    "log-odds are differences of logits, for every n",
    start(log(p[i] / p[j]))
    .equals(log(exp(lam * z[i]) / exp(lam * z[j])), "the definition of `p[i]` and `p[j]`; `Z` cancels")
    .equals(lam * (z[i] - z[j]), "the logarithm undoes both exponentials"),
    "Franke and Degen",
    twins=(
        Twin(claim(log(p[i] / p[j]), "==", z[i] - z[j]),
             Point({"z": (ZERO, LOG2)}, TWO, {"i": 1, "j": 2}, size=2), "in units of the temperature"),
    ),
    statements=("A06",),
)

RESULTS = (
    two_class_logistic, pairwise_logistic, logistic_derivative, two_class_derivative, logistic_symmetry, logistic_tanh,
    logistic_log_odds, softmax_log_odds,
)  # fmt: skip
