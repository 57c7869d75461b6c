"""Exponentiate, then normalise, and which other functions would do in place of exp.

    p_i = f(z_i)/sum_k f(z_k)

Here w_k > 0 stands for f(z_k) and v_k for f'(z_k): two arbitrary families, so that what is shown holds for every f. By
the chain rule dp_i/dz_j = (dp_i/dw_j) v_j. The sign structure needs f > 0 and f' > 0 and nothing else; convexity gives
neither probabilities nor a winner who takes all; invariance under shifts forces f = A b^x, with the base b left free.

Sources  the thread, answers 3 and 4; Cauchy 1821 and Aczél 1966, for the functional equation.
"""

from sympy import Integer, Symbol, exp, log, oo

from symbolic.derivation import start
from symbolic.language.claims import Always, Point, argmax, claim, differ, relation
from symbolic.language.notation import D, Except, Limit, Sum, c, delta, i, j, k, lam, n, p, v, w, y, z
from symbolic.language.parser import parse_expression as said
from symbolic.results import Need, Result, Twin

ORDER = 9

x, a = Symbol("x", real=True), Symbol("a", real=True)
ZERO, ONE, TWO, LOG2 = Integer(0), Integer(1), Integer(2), log(2)
W = Sum(w[k], k)
SHARE = w[i] / W
POSITIVE, RISING, WEAKLY = relation(w[k], ">", 0), relation(v[k], ">", 0), relation(v[k], ">=", 0)
MANY = relation(n, ">=", 2)

normalise_gt0 = Result(
    "normalise_gt0",
    "positive weights, normalised, are positive",
    start(SHARE, given=[POSITIVE]).greater(0, "a positive number over a sum of positive numbers"),
    "the thread, answer 4",
    needs=(
        Need("`w[k] > 0`", claim(SHARE, ">", 0), Point({"w": (-ONE, TWO)}, indices={"i": 1}, size=2)),
    ),
    twins=(
        Twin(claim((exp(z[i]) - 1) / Sum(exp(z[k]) - 1, k), ">=", 0),
             Point({"z": (-LOG2, LOG2)}, indices={"i": 1}, size=2),
             "`exp(x) - 1` is increasing and strictly convex, but not positive"),
    ),
)

normalise_sum1 = Result(
    "normalise_sum1",
    "positive weights, normalised, sum to 1",
    start(Sum(w[i] / W, i), given=[POSITIVE])
    .equals(said("sum(w[i], i)/sum(w[k], k)"), "the denominator is common to all")
    .equals(1, "both are one sum, and it is positive"),
    "the thread, answer 4",
    twins=(
        Twin(claim(Sum(exp(z[k]), k), "==", 1), Point({"z": (ZERO, ZERO)}, size=2), "not without the second step"),
    ),
)

normalise_jacobian = Result(
    "normalise_jacobian",
    "the derivative of normalised weights `w[k]`, each moved by its own logit at the speed `v[k]`",
    start(D(SHARE, w[j]) * v[j], given=[POSITIVE])
    .equals((delta(i, j) * W - w[i]) / W**2 * v[j], "the quotient rule")
    .equals(v[j] / W * (delta(i, j) - w[i] / W), "one sum cancels"),
    "the thread, answer 3; folklore",
    twins=(
        Twin(claim(D(SHARE, w[j]) * v[j], "==", v[j] * w[i] / W * (delta(i, j) - w[j] / W), [POSITIVE]),
             Point({"w": (TWO, ONE), "v": (ONE, ONE)}, indices={"i": 1, "j": 1}, size=2),
             "`w[i]*(delta(i, j) - p[j])` is the form of the exponential alone, whose derivative is itself"),
    ),
    statements=("D21",),
)

normalise_diag_gt0 = Result(
    "normalise_diag_gt0",
    "for any f with f > 0 and f' > 0 a class gains from its own logit",
    start(D(SHARE, w[i]) * v[i], given=[POSITIVE, RISING, MANY])
    .equals((W - w[i]) / W**2 * v[i], "the derivative with `i = j`")
    .equals(Sum(w[k], k, Except(i)) / W**2 * v[i], "the sum, without its term `i`")
    .greater(0, "with `n >= 2` another class is left, and its weight is positive"),
    "the thread, answer 3, with its reason corrected: convexity is not used",
    needs=(
        Need("`n >= 2`", claim(D(SHARE, w[i]) * v[i], ">", 0, [POSITIVE, RISING]),
             Point({"w": (ONE,), "v": (ONE,)}, indices={"i": 1}, size=1)),
        Need("`v[k] > 0`", claim(D(SHARE, w[i]) * v[i], ">", 0, [POSITIVE, MANY]),
             Point({"w": (ONE, ONE), "v": (ZERO, ZERO)}, indices={"i": 1}, size=2)),
        Need("`w[k] > 0`", claim(D(SHARE, w[i]) * v[i], ">", 0, [RISING, MANY]),
             Point({"w": (ONE, -TWO), "v": (ONE, ONE)}, indices={"i": 1}, size=2)),
    ),
    statements=("D21",),
)

normalise_offdiag_lt0 = Result(
    "normalise_offdiag_lt0",
    "for any f with f > 0 and f' > 0 a class loses from the logit of any other",
    start(D(SHARE, w[j]) * v[j], given=[POSITIVE, RISING, differ(i, j)])
    .equals(-w[i] / W**2 * v[j], "the derivative with `i != j`")
    .less(0, "all three factors are positive"),
    "the thread, answer 3, with its reason corrected: convexity is not used",
    needs=(
        Need("`i != j`", claim(D(SHARE, w[j]) * v[j], "<", 0, [POSITIVE, RISING]),
             Point({"w": (ONE,), "v": (ONE,)}, indices={"i": 1, "j": 1}, size=1)),
        Need("`v[k] > 0`", claim(D(SHARE, w[j]) * v[j], "<", 0, [POSITIVE, differ(i, j)]),
             Point({"w": (ONE, ONE), "v": (ZERO, ZERO)}, indices={"i": 1, "j": 2}, size=2)),
    ),
    statements=("D21",),
)

normalise_diag_ge0 = Result(
    "normalise_diag_ge0",
    "with f' >= 0 only, the weak sign on the diagonal is left",
    start(D(SHARE, w[i]) * v[i], given=[POSITIVE, WEAKLY])
    .equals(Sum(w[k], k, Except(i)) / W**2 * v[i], "the derivative with `i = j`")
    .at_least(0, "`w[k] > 0` and `v[i] >= 0`"),
    "folklore",
    twins=(
        Twin(claim(D(SHARE, w[i]) * v[i], ">", 0, [POSITIVE, WEAKLY, MANY]),
             Point({"w": (ONE, ONE), "v": (ZERO, ZERO)}, indices={"i": 1}, size=2), "f may rest"),
    ),
)

normalise_offdiag_le0 = Result(
    "normalise_offdiag_le0",
    "with f' >= 0 only, the weak sign off the diagonal is left",
    start(D(SHARE, w[j]) * v[j], given=[POSITIVE, WEAKLY, differ(i, j)])
    .equals(-w[i] / W**2 * v[j], "the derivative with `i != j`")
    .at_most(0, "`w[i] > 0` and `v[j] >= 0`"),
    "folklore",
)

SOFTPLUS = log(1 + exp(lam * z[i])) / Sum(log(1 + exp(lam * z[k])), k)
ABOVE_0 = relation(z[k], ">", 0)

softplus_convex = Result(
    "softplus_convex",
    "`log(1 + exp(x))` is strictly convex",
    start(D(log(1 + exp(x)), x, x))
    .equals(D(exp(x) / (1 + exp(x)), x), "the chain rule")
    .equals(exp(x) / (1 + exp(x)) ** 2, "the quotient rule")
    .greater(0, "all factors are positive"),
    "folklore",
)

softplus_limit = Result(
    "softplus_limit",
    "under `log(1 + exp(x))` positive logits end up sharing in proportion: nobody takes all",
    start(SOFTPLUS, lam, oo, given=[ABOVE_0])
    .tends_to(z[i] / Sum(z[k], k), "`log(1 + exp(lambda*z[k]))` grows like `lambda*z[k]`"),
    "the thread, answer 3, against it",
    needs=(
        Need("`z[k] > 0`", claim(Limit(SOFTPLUS, lam, oo), "==", z[i] / Sum(z[k], k)),
             Point({"z": (ZERO, -LOG2)}, indices={"i": 1}, size=2)),
    ),
    twins=(
        Twin(claim(Limit(SOFTPLUS, lam, oo), "==", 1, [ABOVE_0, *argmax(i, z, unique=True)]),
             Point({"z": (TWO, ONE)}, indices={"i": 1}, size=2),
             "monotone and strictly convex are not enough for a winner who takes all"),
    ),
)

softplus_bound = Result(
    "softplus_bound",
    "twice the logit is never worth two thirds under `log(1 + exp(x))`",
    start(said("log(1 + exp(2*x))/(log(1 + exp(x)) + log(1 + exp(2*x)))"))
    .equals(said("1 - log(1 + exp(x))/(log(1 + exp(x)) + log(1 + exp(2*x)))"), "what the other has not")
    .less(said("1 - log(1 + exp(x))/(log(1 + exp(x)) + log((1 + exp(x))^2))"), "`1 + exp(2*x) < (1 + exp(x))^2`")
    .equals(said("2/3"), "one third is left for the other"),
    "the thread, answer 3, against it",
    twins=(
        Twin(claim(log(1 + exp(2 * x)) / (log(1 + exp(x)) + log(1 + exp(2 * x))), "<", said("3/5")),
             Point({}, scalars={"x": log(16)}), "two thirds is approached"),
    ),
)

exponential_shift = Result(
    "exponential_shift",
    "`a*exp(c*x)` is blind to a common shift, for every factor a > 0 and every rate c",
    start(said("a*exp(c*(z[i] + t))/sum(a*exp(c*(z[k] + t)), k)"), given=[relation(a, ">", 0)])
    .equals(said("exp(c*t)*(a*exp(c*z[i]))/(exp(c*t)*sum(a*exp(c*z[k]), k))"), "the shift is a common factor")
    .equals(said("exp(c*z[i])/sum(exp(c*z[k]), k)"), "common factors cancel, `a` as well"),
    "Luce 1959",
    twins=(
        Twin(claim(SOFTPLUS, "==", log(1 + exp(lam * (z[i] + 1))) / Sum(log(1 + exp(lam * (z[k] + 1))), k)),
             Point({"z": (ZERO, LOG2)}, indices={"i": 1}, size=2), "`log(1 + exp(x))` does notice a shift"),
    ),
    statements=("Q02",),
)

SAME = relation(said("w[k]/sum(w[l], l)"), "==", said("y[k]/sum(y[l], l)"))
Y_POSITIVE = relation(y[k], ">", 0)

shift_ratio = Result(
    "shift_ratio",
    "if weights w become weights y and no share changes, all are multiplied by one factor",
    start(y[i] / w[i], given=[SAME, POSITIVE, Y_POSITIVE])
    .equals(Sum(y[k], k) / W, "the shares of class `i` are equal")
    .equals(y[j] / w[j], "and so are those of class `j`"),
    "Luce 1959: the first step to the functional equation",
    needs=(
        Need("equal shares", claim(y[i] / w[i], "==", y[j] / w[j], [POSITIVE, Y_POSITIVE]),
             Point({"w": (ONE, ONE), "y": (ONE, TWO)}, indices={"i": 1, "j": 2}, size=2)),
    ),
    statements=("Q02",),
)

LEAD = Always(relation(lam * (z[i] - z[k]), ">=", c), k, (Except(i),))

THOUSANDFOLD = [relation(n, "==", 2), relation(z[1], "==", 1000 * z[2]), relation(z[2], ">", 0)]

much_larger = Result(
    "much_larger",
    "much larger means by a difference: after a lead of `c`, at most `(n - 1)*exp(-c)` is left for the others",
    start(1 - p[i], given=[LEAD])
    .equals(p[i] * Sum(exp(-lam * (z[i] - z[k])), k, Except(i)), "what is left is the other classes, by their odds")
    .at_most(Sum(exp(-lam * (z[i] - z[k])), k, Except(i)), "`p[i]` is at most 1")
    .at_most((n - 1) * exp(-c), "each of the `n - 1` exponents is `-c` at most"),
    "the thread, answer 3, made precise",
    needs=(
        Need("the lead", claim(1 - p[i], "<=", (n - 1) * exp(-c)),
             Point({"z": (ZERO, ZERO)}, indices={"i": 1}, scalars={"c": log(4)}, size=2)),
    ),
    twins=(
        Twin(claim(p[1], ">=", said("9/10"), THOUSANDFOLD),
             Point({"z": (LOG2, LOG2 / 1000)}, size=2), "a thousand times larger can be hardly larger at all"),
        Twin(claim(1 - p[i], "<=", exp(-c), [LEAD]),
             Point({"z": (log(4), ZERO, ZERO)}, indices={"i": 1}, scalars={"c": log(4)}, size=3),
             "the number of rivals counts"),
    ),
)

RESULTS = (
    normalise_gt0, normalise_sum1, normalise_jacobian, normalise_diag_gt0, normalise_offdiag_lt0, normalise_diag_ge0,
    normalise_offdiag_le0, softplus_convex, softplus_limit, softplus_bound, exponential_shift, shift_ratio, much_larger,
)  # fmt: skip
