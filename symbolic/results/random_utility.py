"""Random utility: who adds noise to the logits, and takes the largest, chooses as softmax does.

    Gumbel noise       P(i is the largest) = p_i,   log(sum exp) is where the largest lies
    exponential race   P(i is the first) = w_i/sum w, whatever the others are

The utility of class i is lambda z_i + G_i, where the G_i are independent with the distribution function exp(-exp(-x)).
The language has no integrals: a probability is an antiderivative, whose derivative is the density, and its two limits.
That they give the integral is the fundamental theorem of calculus; proofs/gumbel.v has Gumbel-max as an integral.

Sources  McFadden 1974; Luce 1959; Train 2009; Yellott 1977.
"""

from sympy import Integer, exp, log, oo

from symbolic.derivation import start
from symbolic.language.claims import Point, claim, relation
from symbolic.language.notation import A, D, Family, In, Limit, Size, Sum, Z, i, j, k, l, lam, n, p, z
from symbolic.language.parser import parse_expression as said
from symbolic.results import Need, Result, Twin

ORDER = 15

ZERO, ONE, TWO, LOG2 = *map(Integer, range(3)), log(2)
X, Y, T_PASSED, W = said("x"), said("y"), said("t"), Family("w")
ALIKE = {"z": (ZERO, ZERO)}
FUNDAMENTAL = "McFadden 1974; Yellott 1977; folklore: the fundamental theorem of calculus"

# --- Gumbel-max ------------------------------------------------------------------------------------

ALL_BELOW = said("prod(exp(-exp(lambda*z[k] - x)), k)")
LARGEST = exp(-Z * exp(-X))

gumbel_largest = Result(
    "gumbel_largest",
    "the largest of the utilities is Gumbel again, moved by `log(Z)`",
    start(ALL_BELOW)
    .equals(said("exp(-sum(exp(lambda*z[k] - x), k))"), "all of them are below `x`: the exponents add up")
    .equals(LARGEST, "`exp(-x)` in front of the sum; `Z` times it is the exponential of `log(Z) - x`"),
    "McFadden 1974; Train 2009",
    twins=(
        Twin(claim(ALL_BELOW, "==", said("exp(-exp(lambda*max(z) - x))")), Point(ALIKE, scalars={"x": ZERO}, size=2),
             "the largest utility is not that of the largest logit: the others have a chance, too"),
    ),
    statements=("G03", "G05"),
)

gumbel_winner = Result(
    "gumbel_winner",
    "Gumbel-max, the antiderivative: that class i is the largest, and lies at x, has a density of two factors",
    start(D(p[i] * LARGEST, X))
    .equals(p[i] * Z * exp(-X) * LARGEST, "the chain rule, twice")
    .equals(exp(lam * z[i] - X) * LARGEST, "`p[i]*Z` is `exp(lambda*z[i])`")
    .equals(said("exp(lambda*z[i] - x)*exp(-exp(lambda*z[i] - x))*prod(exp(-exp(lambda*z[k] - x)), k != i)"),
            "class i lies at `x`, and each of the others below"),
    FUNDAMENTAL,
    twins=(
        Twin(claim(D(p[i] * LARGEST, X), "==",
                   said("exp(lambda*z[i] - x)*exp(-exp(lambda*z[i] - x))*prod(exp(-exp(lambda*z[k] - x)), k)")),
             Point({"z": (ZERO,)}, indices={"i": 1}, scalars={"x": ZERO}, size=1),
             "class i need not be below itself"),
    ),
    statements=("G01", "G02", "G04"),
)

gumbel_winner_right = Result(
    "gumbel_winner_right",
    "Gumbel-max, the upper end: there the antiderivative is `p[i]`",
    start(p[i] * LARGEST, X, oo)
    .tends_to(p[i], "`exp(-x)` goes to 0, and the exponential of 0 is 1"),
    FUNDAMENTAL,
    twins=(
        Twin(claim(Limit(p[i] * LARGEST, X, oo), "==", 1), Point(ALIKE, indices={"i": 1}, size=2),
             "somebody wins for certain, but not always class i"),
    ),
    statements=("G01", "G02"),
)

gumbel_winner_left = Result(
    "gumbel_winner_left",
    "Gumbel-max, the lower end: there the antiderivative is 0",
    start(p[i] * LARGEST, X, -oo)
    .tends_to(0, "`exp(-x)` grows without bound, and `Z` is positive"),
    FUNDAMENTAL,
    twins=(
        Twin(claim(p[i] * LARGEST, "==", 0), Point({"z": (ZERO,)}, indices={"i": 1}, scalars={"x": ZERO}, size=1),
             "at no `x` itself: the noise has no lower bound"),
    ),
    statements=("G01", "G02"),
)

gumbel_copies = Result(
    "gumbel_copies",
    "n copies of one class, each with noise of its own, are as good as one that is `log(n)` better",
    start(said("prod(exp(-exp(c - x)), k)"))
    .equals(said("exp(-n*exp(c - x))"), "the exponents add up")
    .equals(said("exp(-exp(c + log(n) - x))"), "a factor is an exponential of its logarithm"),
    "McFadden 1974: the red bus and the blue bus; Train 2009",
    twins=(
        Twin(claim(said("prod(exp(-exp(c - x)), k)"), "==", said("exp(-exp(c - x))")),
             Point({}, scalars={"c": ZERO, "x": ZERO}, size=2),
             "so it is where the copies share one noise: then it is softmax that is wrong"),
    ),
    statements=("A18",),
)

surplus_gradient = Result(
    "surplus_gradient",
    "what the best choice is worth grows with a logit as often as that class is chosen",
    start(D(log(Z) / lam, z[i]))
    .equals(D(Z, z[i]) / (lam * Z), "the derivative of a logarithm")
    .equals(exp(lam * z[i]) / Z, "only one term of the sum moves")
    .equals(p[i], "the definition of `p[i]`"),
    "Train 2009; folklore: Williams, Daly and Zachary",
    twins=(
        Twin(claim(D(log(Z) / lam, z[i]), "==", 1 / n), Point({"z": (LOG2, ZERO)}, indices={"i": 1}, size=2),
             "not each class alike: what is seldom chosen adds little"),
    ),
    statements=("G05", "D01"),
)

# --- two classes: the difference of two Gumbel variables ---------------------------------------------

BOTH = said("sigmoid(x)*exp(-exp(-y)*(1 + exp(-x)))")
LOGISTIC = "folklore: the difference of two Gumbel variables"

logistic_difference = Result(
    "logistic_difference",
    "two Gumbel variables, the antiderivative: the second lies at y, and the first at most x above it",
    start(D(BOTH, Y))
    .equals(said("exp(-y)*exp(-exp(-y)*(1 + exp(-x)))"), "the chain rule; `sigmoid(x)*(1 + exp(-x))` is 1")
    .equals(said("exp(-y)*exp(-exp(-y))*exp(-exp(-(x + y)))"), "exp of a sum is the product of the exps"),
    LOGISTIC,
    twins=(
        Twin(claim(D(BOTH, Y), "==", said("exp(-y)*exp(-exp(-y))*exp(-exp(-(y - x)))")),
             Point({}, scalars={"x": LOG2, "y": ZERO}), "at most `x` above the second is below `x + y`"),
    ),
    statements=("G07",),
)

logistic_right = Result(
    "logistic_right",
    "two Gumbel variables, the upper end: the difference is at most x with the probability sigmoid(x)",
    start(BOTH, Y, oo)
    .tends_to(said("sigmoid(x)"), "`exp(-y)` goes to 0"),
    LOGISTIC,
    twins=(
        Twin(claim(Limit(BOTH, Y, oo), "==", said("exp(-exp(-x))")), Point({}, scalars={"x": ZERO}),
             "a difference of two is not Gumbel: it is even"),
    ),
    statements=("G07",),
)

logistic_left = Result(
    "logistic_left",
    "two Gumbel variables, the lower end: there the antiderivative is 0",
    start(BOTH, Y, -oo)
    .tends_to(0, "`exp(-y)` grows without bound"),
    LOGISTIC,
    statements=("G07",),
)

# --- the mean of the noise ---------------------------------------------------------------------------

WEIGHED, BELOW = said("x*exp(-x)*exp(-exp(-x))"), said("(1 - exp(-x))*exp(-x)*exp(-exp(-x))")

gumbel_mean_bound = Result(
    "gumbel_mean_bound",
    "the mean of the noise is positive: `x` is at least `1 - exp(-x)`, everywhere under the density",
    start(WEIGHED - BELOW)
    .equals(said("(exp(-x) - 1 + x)*exp(-x)*exp(-exp(-x))"), "the density in front")
    .at_least(0, "`exp(-x)` lies above its tangent at 0, and touches it only there"),
    "folklore: Jensen's inequality",
    twins=(
        Twin(claim(WEIGHED, ">=", said("(exp(x) - 1)*exp(-x)*exp(-exp(-x))")), Point({}, scalars={"x": ONE}),
             "that is the tangent from the other side"),
    ),
)

gumbel_mean_slope = Result(
    "gumbel_mean_slope",
    "the mean of `1 - exp(-G)`, the antiderivative",
    start(D(said("-exp(-x)*exp(-exp(-x))"), X))
    .equals(said("exp(-x)*exp(-exp(-x)) - exp(-x)*exp(-x)*exp(-exp(-x))"), "the product rule")
    .equals(BELOW, "the density in front"),
    "folklore",
)

gumbel_mean_right = Result(
    "gumbel_mean_right",
    "the mean of `1 - exp(-G)`, the upper end: 0",
    start(said("-exp(-x)*exp(-exp(-x))"), X, oo)
    .tends_to(0, "`exp(-x)` goes to 0"),
    "folklore",
)

gumbel_mean_left = Result(
    "gumbel_mean_left",
    "the mean of `1 - exp(-G)`, the lower end, where `y = exp(-x)` grows: 0 again",
    start(said("-y*exp(-y)"), Y, oo)
    .tends_to(0, "an exponential falls faster than any power grows"),
    "folklore",
)

# --- the exponential race ----------------------------------------------------------------------------

RATES = relation(W[k], ">", 0)
SOMEBODY = relation(Size(A), ">=", 1)
TOTAL = Sum(W[k], k)
STILL = -W[i] / TOTAL * exp(-TOTAL * T_PASSED)
RACE = "Luce 1959; folklore: the competing exponentials"

race_minimum = Result(
    "race_minimum",
    "the first of independent exponential times is exponential, and the rates add up",
    start(said("prod(exp(-w[k]*t), k)"))
    .equals(exp(-TOTAL * T_PASSED), "all come after `t`: the exponents add up"),
    RACE,
    twins=(
        Twin(claim(said("prod(exp(-w[k]*t), k)"), "==", said("exp(-max(w)*t)")),
             Point({"w": (ONE, ONE)}, scalars={"t": ONE}, size=2), "the fastest alone is slower than the first of all"),
    ),
    statements=("G06",),
)

race_first = Result(
    "race_first",
    "the race, the antiderivative: that i comes first, and at t, has a density of two factors",
    start(D(STILL, T_PASSED), given=[RATES])
    .equals(W[i] * exp(-TOTAL * T_PASSED), "the chain rule: the total rate cancels")
    .equals(said("w[i]*exp(-w[i]*t)*prod(exp(-w[k]*t), k != i)"), "i comes at `t`, and each of the others later"),
    RACE,
    statements=("G06",),
)

race_start = Result(
    "race_start",
    "the race, the lower end: at the start the antiderivative is minus the share of i in the rates",
    start(STILL, T_PASSED, 0, given=[RATES])
    .tends_to(-W[i] / TOTAL, "the exponential goes to 1"),
    RACE,
    twins=(
        Twin(claim(Limit(STILL, T_PASSED, 0), "==", -W[i], [RATES]),
             Point({"w": (ONE, ONE)}, indices={"i": 1}, size=2), "a rate is no probability: it is to be normalised"),
    ),
    statements=("G06",),
)

race_end = Result(
    "race_end",
    "the race, the upper end: 0, so i is first with the probability `w[i]/sum(w[k], k)`",
    start(STILL, T_PASSED, oo, given=[RATES])
    .tends_to(0, "the total rate is positive"),
    RACE,
    needs=(
        Need("`w[k] > 0`", claim(Limit(STILL, T_PASSED, oo), "==", 0),
             Point({"w": (-ONE,)}, indices={"i": 1}, size=1)),
    ),
    statements=("G06",),
)

race_iia = Result(
    "race_iia",
    "independence of irrelevant alternatives: who else runs does not change the odds of two",
    start(said("log(w[i]/sum(w[k], k in A)) - log(w[j]/sum(w[k], k in A))"), given=[RATES, SOMEBODY])
    .equals(log(W[i]) - log(W[j]), "the sum, where the others enter, cancels")
    .equals(log(W[i] / W[j]), "the difference of two logarithms"),
    "Luce 1959; Train 2009, section 3.3: independence of irrelevant alternatives",
    twins=(
        Twin(claim(W[i] / Sum(W[k], k, In(A)), "==", W[i] / TOTAL, [RATES, SOMEBODY]),
             Point({"w": (ONE, ONE)}, indices={"i": 1}, subsets={"A": frozenset({1})}, size=2),
             "the odds stay, the probabilities do not"),
    ),
    statements=("A22",),
)

LEFT = Sum(exp(lam * z[l]), l, In(A))

ranking_sum1 = Result(
    "ranking_sum1",
    "whoever is left, one of them has the next place: at the rates `exp(lambda*z[k])` its probabilities sum to 1",
    start(Sum(exp(lam * z[k]) / LEFT, k, In(A)), given=[SOMEBODY])
    .equals(1, "one denominator, and above it the same sum"),
    "Luce 1959; folklore: Plackett and Luce",
    twins=(
        Twin(claim(Sum(exp(lam * z[k]) / Z, k, In(A)), "==", 1, [SOMEBODY]),
             Point(ALIKE, subsets={"A": frozenset({1})}, size=2), "who has a place already is to be left out of `Z`"),
    ),
    statements=("A59",),
)

RESULTS = (
    gumbel_largest, gumbel_winner, gumbel_winner_right, gumbel_winner_left, gumbel_copies, surplus_gradient,
    logistic_difference, logistic_right, logistic_left, gumbel_mean_bound, gumbel_mean_slope, gumbel_mean_right,
    gumbel_mean_left, race_minimum, race_first, race_start, race_end, race_iia, ranking_sum1,
)  # fmt: skip
