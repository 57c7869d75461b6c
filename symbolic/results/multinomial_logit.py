"""The multinomial logit: n - 1 two-class logits against a base class, combined into softmax, and what it entails.

    log(q_i/q_b) = x_i for i != b   =>   q_i = e^{x_i}/(1 + sum_{k != b} e^{x_k}),   q_b = 1/(1 + sum_{k != b} e^{x_k})

Here q is any distribution with positive entries, b the base class, and x_i, the log-odds of i against b among the two,
what a regression models as linear: x_i = X beta_i.

Sources  the thread, answer 1; McFadden 1974; Train 2009.
"""

from sympy import Integer, exp, log

from symbolic.derivation import start
from symbolic.language.claims import Point, claim, differ, member, relation
from symbolic.language.notation import (
    A,
    D,
    Except,
    In,
    Mean,
    Softmax,
    Sum,
    Variance,
    Z,
    b,
    c,
    delta,
    i,
    j,
    k,
    l,
    lam,
    n,
    p,
    q,
    v,
    x,
    y,
    z,
)  # fmt: skip
from symbolic.language.parser import parse_expression as said
from symbolic.results import Need, Result, Twin

ORDER = 11

ZERO, ONE, TWO, LOG2 = Integer(0), Integer(1), Integer(2), log(2)
POSITIVE = relation(q[k], ">", 0)
TOTAL = relation(Sum(q[k], k), "==", 1)
LOGITS = relation(x[k], "==", log(q[k] / q[b]))
ALIKE = {"q": (said("1/2"), said("1/2")), "x": (ZERO, ZERO)}
THIRDS = {"q": (said("1/3"),) * 3, "x": (ZERO,) * 3}
OTHERS = Sum(exp(x[k]), k, Except(b))

conditional_logit = Result(
    "conditional_logit",
    "the log-odds of i against b are the same among the two and among all",
    start(said("log(q[i]/(q[i] + q[b])) - log(q[b]/(q[i] + q[b]))"), given=[POSITIVE])
    .equals(log(q[i]) - log(q[b]), "the probability of the two together cancels")
    .equals(log(q[i] / q[b]), "the difference of two logarithms"),
    "the thread, answer 1: the logit on the censored data",
    twins=(
        Twin(claim(log(q[i] / (1 - q[i])), "==", log(q[i] / q[b]), [POSITIVE, TOTAL, differ(i, b)]),
             Point({"q": THIRDS["q"]}, indices={"i": 1, "b": 2}, size=3),
             "the odds against all the others are not the odds against the base class"),
    ),
    statements=("A33",),
)

multinomial_logit_combined = Result(
    "multinomial_logit_combined",
    "all the two-class logits together give the multinomial logit",
    start(q[i], given=[LOGITS, POSITIVE, TOTAL])
    .equals(q[i] / Sum(q[k], k), "the probabilities sum to 1")
    .equals(said("(q[i]/q[b])/sum(q[k]/q[b], k)"), "numerator and denominator over `q[b]`")
    .equals(said("(q[i]/q[b])/(1 + sum(q[k]/q[b], k != b))"), "the base class adds 1")
    .equals(exp(x[i]) / (1 + OTHERS), "each ratio is the exponential of its logit"),
    "the thread, answer 1, its index mended; Train 2009, chapter 3",
    needs=(
        Need("`sum(q[k], k) = 1`", claim(q[i], "==", exp(x[i]) / (1 + OTHERS), [LOGITS, POSITIVE]),
             Point({"q": (ONE, ONE), "x": (ZERO, ZERO)}, indices={"i": 1, "b": 2}, size=2)),
    ),
    twins=(
        Twin(claim(q[i], "==", exp(x[i]) / (1 + Sum(exp(x[k]), k)), [LOGITS, TOTAL]),
             Point(ALIKE, indices={"i": 1, "b": 2}, size=2),
             "the sum must leave out the base class, whose 1 is there already"),
        Twin(claim(q[i], "==", exp(x[i]) / (1 + exp(x[i])), [LOGITS, TOTAL]),
             Point(THIRDS, indices={"i": 1, "b": 2}, size=3),
             "read with one letter for both, numerator and sum, it is the two-class formula"),
    ),
)

multinomial_logit_base = Result(
    "multinomial_logit_base",
    "the base class has what is left",
    start(q[b], given=[LOGITS, POSITIVE, TOTAL])
    .equals(said("1/sum(q[k]/q[b], k)"), "the probabilities sum to 1; over `q[b]`")
    .equals(1 / (1 + OTHERS), "the base class adds 1, each other the exponential of its logit"),
    "the thread, answer 1",
)

multinomial_logit_sum1 = Result(
    "multinomial_logit_sum1",
    "whatever the logits are, the combined probabilities sum to 1",
    start(said("1/(1 + sum(exp(x[k]), k != b)) + sum(exp(x[i])/(1 + sum(exp(x[k]), k != b)), i != b)"))
    .equals(said("(1 + sum(exp(x[i]), i != b))/(1 + sum(exp(x[k]), k != b))"), "one denominator")
    .equals(1, "both are one sum"),
    "the thread, answer 1",
    twins=(
        Twin(claim(said("sum(exp(x[i])/(1 + sum(exp(x[k]), k)), i)"), "==", 1), Point({"x": (ZERO,)}, size=1),
             "if the sum runs over all classes, 1 is too much"),
    ),
)

IN_A = [member(i, A), member(j, A)]

iia_subset = Result(
    "iia_subset",
    "among the classes of a subset the probabilities are the softmax of that subset",
    start(p[i] / Sum(p[k], k, In(A)), given=[member(i, A)])
    .equals(said("(exp(lambda*z[i])/Z)/sum(exp(lambda*z[k])/Z, k in A)"), "the definition")
    .equals(exp(lam * z[i]) / Sum(exp(lam * z[k]), k, In(A)), "`Z`, where the others enter, cancels"),
    "Luce 1959; Train 2009, section 3.3: independence of irrelevant alternatives",
    needs=(
        Need("i in A", claim(p[i] / Sum(p[k], k, In(A)), "==", exp(lam * z[i]) / Sum(exp(lam * z[k]), k, In(A)))),
    ),
    statements=("A21",),
)

NEW = exp(c) / (exp(c) + Z)

iia_new_class = Result(
    "iia_new_class",
    "a new class takes from all the old ones in proportion",
    start(exp(lam * z[i]) / (exp(c) + Z))
    .equals(said("(exp(lambda*z[i])/Z)*(Z/(exp(c) + Z))"), "numerator and denominator times `Z`")
    .equals(p[i] * (1 - NEW), "what the new class has not is left for the old"),
    "Train 2009, section 3.3",
    twins=(
        Twin(claim(exp(lam * z[i]) / (exp(c) + Z), "==", p[i]),
             Point({"z": (ZERO, ZERO)}, indices={"i": 1}, scalars={"c": ZERO}, size=2),
             "the odds stay, the probabilities do not"),
    ),
    statements=("A22", "A23"),
)

_CAR = said("exp(lambda*z[1])/(exp(lambda*z[1]) + m*exp(lambda*z[2]))")

red_bus_blue_bus = Result(
    "red_bus_blue_bus",
    "`m` copies of one class count as one class with `log(m)/lambda` more",
    start(said("m*exp(lambda*z[2])/(exp(lambda*z[1]) + m*exp(lambda*z[2]))"),
          given=[relation(n, "==", 2), relation(said("m"), ">", 0)])
    .equals(said("exp(lambda*(z[2] + log(m)/lambda))/(exp(lambda*z[1]) + exp(lambda*(z[2] + log(m)/lambda)))"),
            "a factor is an exponential of its logarithm"),
    "McFadden 1974: the red bus and the blue bus",
    twins=(
        Twin(claim(said("2*exp(lambda*z[2])/(exp(lambda*z[1]) + 2*exp(lambda*z[2]))"), "==", p[2],
                   [relation(n, "==", 2)]),
             Point({"z": (ZERO, ZERO)}, size=2), "who buys a second bus does not change what a bus is worth"),
    ),
    statements=("A18",),
)

CHOICE = Softmax(x, c)

own_elasticity = Result(
    "own_elasticity",
    "own elasticity: one per cent more of `x[i]` gives `c*x[i]*(1 - p[i])` per cent more of class i",
    start(x[i] * D(log(CHOICE[i]), x[i]))
    .equals(x[i] * D(CHOICE[i], x[i]) / CHOICE[i], "the chain rule")
    .equals(c * x[i] * (1 - CHOICE[i]), "the Jacobian with `i = j`"),
    "Train 2009, section 3.6",
    statements=("D18",),
)

cross_elasticity = Result(
    "cross_elasticity",
    "cross elasticity: the same for every other class",
    start(x[j] * D(log(CHOICE[i]), x[j]), given=[differ(i, j)])
    .equals(-c * x[j] * CHOICE[j], "the Jacobian with `i != j`: nothing of `i` is left"),
    "Train 2009, section 3.6",
    needs=(
        Need("`i != j`", claim(x[j] * D(log(CHOICE[i]), x[j]), "==", -c * x[j] * CHOICE[j]),
             Point({"x": (ONE,)}, indices={"i": 1, "j": 1}, scalars={"c": ONE}, size=1)),
    ),
    statements=("D18",),
)

LIKELIHOOD = Sum(y[k] * log(p[k]), k)

likelihood_score = Result(
    "likelihood_score",
    "the score: what was observed, less what was expected",
    start(D(LIKELIHOOD, z[j]))
    .equals(Sum(y[k] * lam * (delta(k, j) - p[j]), k), "the gradient of a log-probability")
    .equals(lam * (y[j] - Sum(y[k], k) * p[j]), "the delta picks one term"),
    "Bishop 2006, section 4.3.4; Train 2009, section 3.7",
    twins=(
        Twin(claim(D(LIKELIHOOD, z[j]), "==", lam * (y[j] - p[j])),
             Point({"z": (ZERO, ZERO), "y": (ONE, ONE)}, indices={"j": 1}, size=2),
             "with counts for `y[k]` the number of observations stays in front of `p[j]`"),
    ),
    statements=("D07",),
)

score_mean0 = Result(
    "score_mean0",
    "the score has the mean 0",
    start(Sum(p[l] * D(log(p[l]), z[j]), l))
    .equals(Sum(lam * p[l] * (delta(l, j) - p[j]), l), "the gradient of a log-probability")
    .equals(lam * (p[j] - p[j] * Sum(p[l], l)), "the delta picks one term")
    .equals(0, "the probabilities sum to 1"),
    "folklore",
)

fisher_information = Result(
    "fisher_information",
    "the Fisher information is `lambda` times the Jacobian",
    start(Sum(p[l] * D(log(p[l]), z[i]) * D(log(p[l]), z[j]), l))
    .equals(lam**2 * Sum(p[l] * (delta(l, i) - p[i]) * (delta(l, j) - p[j]), l), "the score, twice")
    .equals(lam**2 * p[i] * (delta(i, j) - p[j]), "the deltas pick their terms")
    .equals(lam * D(p[i], z[j]), "the Jacobian"),
    "folklore, since R. A. Fisher",
    twins=(
        Twin(claim(Sum(p[l] * D(log(p[l]), z[i]) * D(log(p[l]), z[j]), l), "==", D(p[i], z[j])),
             Point({"z": (ZERO, ZERO)}, TWO, {"i": 1, "j": 1}, size=2), "`lambda` counts twice"),
    ),
    statements=("D20",),
)

observed_information = Result(
    "observed_information",
    "observed is expected: the curvature does not depend on what was observed",
    start(-D(log(p[l]), z[i], z[j]))
    .equals(-D(lam * (delta(l, i) - p[i]), z[j]), "the score")
    .equals(lam**2 * p[i] * (delta(i, j) - p[j]), "the delta is a constant: nothing of `l` is left"),
    "folklore: the canonical link",
    statements=("D08",),
)

flat_direction = Result(
    "flat_direction",
    "the flat direction: a shift common to all logits cannot be seen in any data",
    start(Sum(c * D(LIKELIHOOD, z[j]), j))
    .equals(c * lam * Sum(y[j] - Sum(y[k], k) * p[j], j), "the score")
    .equals(c * lam * Sum(y[k], k) * (1 - Sum(p[j], j)), "the counts in front")
    .equals(0, "the probabilities sum to 1"),
    "folklore: why a base class is fixed",
)

information_variance = Result(
    "information_variance",
    "in every direction v the information, a variance, is not negative",
    start(Sum(Sum(v[i] * lam**2 * p[i] * (delta(i, j) - p[j]) * v[j], j), i))
    .equals(lam**2 * (Sum(p[i] * v[i] ** 2, i) - Sum(p[i] * v[i], i) ** 2), "the delta picks one term")
    .equals(lam**2 * Variance(v[k], k), "this is a variance")
    .equals(lam**2 * Sum(p[k] * (v[k] - Mean(v[j], j)) ** 2, k), "what a variance is")
    .at_least(0, "a sum of squares, weighted by probabilities"),
    "folklore",
    twins=(
        Twin(claim(Variance(v[k], k), ">", 0), Point({"z": (ZERO, ZERO), "v": (ONE, ONE)}, size=2),
             "the flat direction is one in which nothing varies"),
    ),
    statements=("A45",),
)

RESULTS = (
    conditional_logit, multinomial_logit_combined, multinomial_logit_base, multinomial_logit_sum1, iia_subset,
    iia_new_class, red_bus_blue_bus, own_elasticity, cross_elasticity, likelihood_score, score_mean0,
    fisher_information, observed_information, flat_direction, information_variance,
)  # fmt: skip
