"""The general scaled form: softmax with a base class, its inverse, its Jacobian, and logits that are infinite.

    S_b = 1/(1 + sum_{k != b} e^{lambda z_k}),   S_i = e^{lambda z_i}/(1 + sum_{k != b} e^{lambda z_k})   for i != b

The base class b has the logit 0: S is softmax of the n logits (0, z), for n >= 1, lambda > 0, z in R^{n-1}. It is a
bijection onto the open simplex. To infinite logits it extends along rays y + lambda x: where one x_i is the largest
the limit is a vertex; where several are, it depends on y.

Sources  the thread, its question, and answer 2 for the inverse; Aitchison 1986, for the centred inverse.
"""

from sympy import Integer, Rational, exp, log, oo

from symbolic.derivation import start
from symbolic.language.claims import ArgMax, Hypothesis, Point, claim, differ, member, relation
from symbolic.language.notation import (
    A,
    D,
    Except,
    Limit,
    Size,
    Softmax,
    Sum,
    Z,
    b,
    c,
    delta,
    i,
    j,
    k,
    lam,
    n,
    p,
    q,
    x,
    y,
    z,
)  # fmt: skip
from symbolic.language.parser import parse_expression as said
from symbolic.results import Need, Result, Twin

ORDER = 8

ZERO, ONE, TWO, LOG2 = Integer(0), Integer(1), Integer(2), log(2)
HALF, THIRD = Rational(1, 2), Rational(1, 3)
BASE_AT_0 = relation(z[b], "==", 0)
SCALED = exp(lam * z[i]) / (1 + Sum(exp(lam * z[k]), k, Except(b)))
FROM_BASE = exp(lam * (z[i] - z[b])) / (1 + Sum(exp(lam * (z[k] - z[b])), k, Except(b)))

scaled_form_softmax = Result(
    "scaled_form_softmax",
    "the general scaled form is softmax with the logit 0 at the base class b",
    start(SCALED, given=[BASE_AT_0])
    .equals(exp(lam * z[i]) / (exp(lam * z[b]) + Sum(exp(lam * z[k]), k, Except(b))), "`z[b] == 0`, so 1 is its weight")
    .equals(exp(lam * z[i]) / Z, "the base class joins the sum over all the others")
    .equals(p[i], "the definition of `p[i]`"),
    "the thread, question",
    needs=(
        Need("`z[b] = 0`", claim(SCALED, "==", p[i]),
             Point({"z": (LOG2, ZERO)}, indices={"i": 2, "b": 1}, size=2)),
    ),
    twins=(
        Twin(claim(exp(lam * z[i]) / (1 + Sum(exp(lam * z[k]), k)), "==", p[i], [BASE_AT_0]),
             Point({"z": (ZERO, ZERO)}, indices={"i": 2, "b": 1}, size=2),
             "the 1 is the base class: to sum over it as well counts it twice"),
    ),
    statements=("A11",),
)

scaled_form_base = Result(
    "scaled_form_base",
    "fixing a base class loses nothing: every softmax is a scaled form in the differences `z[k] - z[b]`",
    start(p[i])
    .equals(exp(lam * z[i]) / Z, "the definition of `p[i]`")
    .equals(exp(lam * (z[i] - z[b])) / Sum(exp(lam * (z[k] - z[b])), k),
            "numerator and denominator over `exp(lambda*z[b])`")
    .equals(FROM_BASE, "the base class adds `exp(0)`, which is 1"),
    "the thread, answer 1: all energies relative to a chosen base state",
    twins=(
        Twin(claim(exp(lam * (z[i] - z[b])) / (1 + Sum(exp(lam * z[k]), k, Except(b))), "==", p[i]),
             Point({"z": (LOG2, ZERO)}, indices={"i": 1, "b": 1}, size=2),
             "the base has to be subtracted everywhere"),
    ),
    statements=("A12",),
)

scaled_form_scale = Result(
    "scaled_form_scale",
    "only the product of `lambda` and the logits matters",
    start(Softmax(y, lam / c)[i], given=[relation(y[k], "==", c * z[k]), relation(c, "!=", 0)])
    .equals(said("exp(lambda/c*(c*z[i]))/sum(exp(lambda/c*(c*z[k])), k)"),
            "the definition, with `c*z[k]` for the logits")
    .equals(p[i], "`c` cancels in every exponent"),
    "the thread, answer 4; Franke and Degen, fact 8",
    twins=(
        Twin(claim(exp(c * lam * z[i]) / Sum(exp(c * lam * z[k]), k), "==", p[i]),
             Point({"z": (ZERO, LOG2)}, indices={"i": 1}, scalars={"c": TWO}, size=2),
             "softmax does notice a change of scale"),
    ),
    statements=("A10",),
)

scaled_form_inverse = Result(
    "scaled_form_inverse",
    "the logits are read off the log-odds against the base class",
    start(log(p[i] / p[b]) / lam, given=[BASE_AT_0])
    .equals(said("log(exp(lambda*(z[i] - z[b])))/lambda"), "the odds of two classes")
    .equals(z[i] - z[b], "the logarithm undoes the exponential, and `lambda` cancels")
    .equals(z[i], "`z[b] == 0`"),
    "the thread, answer 2: the inverse softmax",
    needs=(
        Need("`z[b] = 0`", claim(log(p[i] / p[b]) / lam, "==", z[i]),
             Point({"z": (LOG2, ZERO)}, indices={"i": 2, "b": 1}, size=2)),
    ),
    twins=(
        Twin(claim(log(p[i]) / lam, "==", z[i], [BASE_AT_0]),
             Point({"z": (ZERO, ZERO)}, indices={"i": 2, "b": 1}, size=2),
             "`log(p[i])` alone is off by `log(Z)`"),
    ),
    statements=("A13",),
)

_SIMPLEX = [relation(Sum(q[k], k), "==", 1), relation(q[k], ">", 0)]
_BACK = said("exp(lambda*(log(q[i]/q[b])/lambda))/sum(exp(lambda*(log(q[k]/q[b])/lambda)), k)")

scaled_form_onto = Result(
    "scaled_form_onto",
    "every point of the open simplex is the image of its log-odds against the base class",
    start(_BACK, given=_SIMPLEX)
    .equals(said("(q[i]/q[b])/sum(q[k]/q[b], k)"), "the exponential undoes the logarithm")
    .equals(q[i] / Sum(q[k], k), "`q[b]` does not depend on `k`, and cancels")
    .equals(q[i], "the `q[k]` sum to 1"),
    "the thread, answer 2; folklore",
    needs=(
        Need("`sum(q[k], k) = 1`",
             claim(_BACK, "==", q[i], _SIMPLEX[1:]),
             Point({"q": (ONE, ONE)}, indices={"i": 1, "b": 1}, size=2)),
    ),
    statements=("A13",),
)

centred_inverse = Result(
    "centred_inverse",
    "without a base class: the centred logarithms are the centred logits, times `lambda`",
    start(log(p[i]) - Sum(log(p[k]), k) / n)
    .equals((lam * z[i] - log(Z)) - Sum(lam * z[k] - log(Z), k) / n, "log-probabilities are logits up to `log(Z)`")
    .equals(lam * (z[i] - Sum(z[k], k) / n), "`log(Z)` cancels"),
    "Aitchison 1986, the centred log-ratio",
    twins=(
        Twin(claim(log(p[i]) - Sum(log(p[k]), k) / n, "==", lam * z[i]),
             Point({"z": (LOG2, ZERO)}, indices={"i": 1}, size=2), "it gives the logits centred, not as they were"),
    ),
    statements=("A16",),
)

_DISTINCT = [differ(i, b), differ(j, b)]

base_jacobian_inverse = Result(
    "base_jacobian_inverse",
    "without the base class the Jacobian is invertible, and this is its inverse",
    start(Sum(D(p[i], z[k]) * (delta(k, j) / p[k] + 1 / p[b]) / lam, k, Except(b)), given=_DISTINCT)
    .equals(Sum(p[i] * (delta(i, k) - p[k]) * (delta(k, j) / p[k] + 1 / p[b]), k, Except(b)), "the Jacobian")
    .equals(p[i] * ((delta(i, j) / p[j] + 1 / p[b]) - 1 - Sum(p[k], k, Except(b)) / p[b]),
            "the deltas pick `k = i` and `k = j`")
    .equals(p[i] * ((delta(i, j) / p[j] + 1 / p[b]) - 1 - (1 - p[b]) / p[b]), "the probabilities sum to 1")
    .equals(p[i] * delta(i, j) / p[j], "`1/p[b]` cancels, and so does 1")
    .equals(delta(i, j), "where `delta(i, j)` is not 0, `p[i]` is `p[j]`"),
    "Sherman and Morrison 1950: the inverse of a diagonal less a product",
    needs=(
        Need("`j != b`",
             claim(Sum(D(p[i], z[k]) * (delta(k, j) / p[k] + 1 / p[b]) / lam, k, Except(b)), "==", delta(i, j),
                   _DISTINCT[:1]),
             Point({"z": (ZERO, ZERO)}, indices={"i": 2, "j": 1, "b": 1}, size=2)),
    ),
    twins=(
        Twin(claim(Sum(D(p[i], z[k]) * (delta(k, j) / p[k]) / lam, k, Except(b)), "==", delta(i, j), _DISTINCT),
             Point({"z": (ZERO, ZERO)}, indices={"i": 2, "j": 2, "b": 1}, size=2),
             "a diagonal is not enough: the base class enters every entry"),
        Twin(claim(Sum(D(p[i], z[k]) * (delta(k, j) / p[k] + 1 / p[b]) / lam, k), "==", delta(i, j), _DISTINCT),
             Point({"z": (ZERO, ZERO, ZERO)}, indices={"i": 2, "j": 3, "b": 1}, size=3),
             "with the base class in the sum it cannot work: the whole Jacobian has no inverse"),
    ),
    statements=("A52",),
)

scaled_form_drop = Result(
    "scaled_form_drop",
    "what one class leaves is shared by the others as if it were not there",
    start(p[j], given=[differ(i, j)])
    .equals(said("(exp(lambda*z[j])/sum(exp(lambda*z[k]), k != i))*(sum(exp(lambda*z[k]), k != i)/Z)"),
            "numerator and denominator times the weight of the others")
    .equals(exp(lam * z[j]) / Sum(exp(lam * z[k]), k, Except(i)) * (1 - p[i]), "the others have what `p[i]` leaves"),
    "folklore: conditioning on the other classes",
    needs=(
        Need("`i != j`", claim(p[j], "==", exp(lam * z[j]) / Sum(exp(lam * z[k]), k, Except(i)) * (1 - p[i]))),
    ),
    statements=("A23", "L10", "L19"),
)

scaled_form_drop_bound = Result(
    "scaled_form_drop_bound",
    "beside any class `b` a logit that goes to minus infinity takes its class to 0, in whatever way it goes",
    start(p[i])
    .equals(exp(lam * (z[i] - z[b])) * p[b], "the odds of two classes")
    .at_most(exp(lam * (z[i] - z[b])), "`p[b]` is at most 1"),
    "the thread, question: a logit at minus infinity",
    twins=(
        Twin(claim(p[i], "<=", exp(lam * z[i])), Point({"z": (-LOG2,)}, indices={"i": 1}, size=1),
             "that is so beside a base class, where `z[b]` is 0"),
    ),
    statements=("L19",),
)

scaled_form_corner_bound = Result(
    "scaled_form_corner_bound",
    "a logit that goes to infinity alone takes its class to 1, in whatever way it goes",
    start(1 - p[i])
    .equals(p[i] * Sum(exp(lam * (z[k] - z[i])), k, Except(i)), "what is left is the other classes, by their odds")
    .at_most(Sum(exp(lam * (z[k] - z[i])), k, Except(i)), "`p[i]` is at most 1")
    .equals(exp(-lam * z[i]) * Sum(exp(lam * z[k]), k, Except(i)), "`z[i]` does not depend on `k`"),
    "the thread, question: one logit at plus infinity",
    twins=(
        Twin(claim(1 - p[i], "<=", exp(-lam * z[i])), Point({"z": (LOG2, ZERO, ZERO, ZERO)}, indices={"i": 1}, size=4),
             "every other class takes its share"),
    ),
    statements=("L20",),
)

RAY = said("exp(lambda*x[i] + y[i])/sum(exp(lambda*x[k] + y[k]), k)")
_AMONG = said("exp(y[i])/sum(exp(y[k]), k in A)")
FASTEST: list[Hypothesis] = [ArgMax(A, x), member(i, A)]

scaled_form_ray = Result(
    "scaled_form_ray",
    "a ray `y[k] + lambda*x[k]` ends at the softmax of its start, among the classes A that grow fastest",
    start(RAY, lam, oo, given=FASTEST)
    .equals(said("exp(y[i])/sum(exp(y[k] - lambda*(max(x) - x[k])), k)"), "over `exp(lambda*max(x))`")
    .tends_to(_AMONG, "outside of A every exponent goes to minus infinity"),
    "the thread, question: several logits at plus infinity",
    needs=(
        Need("i in A", claim(Limit(RAY, lam, oo), "==", _AMONG, [ArgMax(A, x)]),
             Point({"x": (ZERO, ONE), "y": (ZERO, ZERO)}, indices={"i": 1}, subsets={"A": frozenset({2})}, size=2)),
    ),
    twins=(
        Twin(claim(Limit(RAY, lam, oo), "==", 1 / Size(A), FASTEST),
             Point({"x": (ONE, ONE), "y": (log(3), ZERO)}, indices={"i": 1}, subsets={"A": frozenset({1, 2})}, size=2),
             "they need not share equally: this pair ends at 3/4 and 1/4"),
    ),
    statements=("L20",),
)

softmax_limit_plus = Result(
    "softmax_limit_plus",
    "one logit to plus infinity, the others held: its class takes all",
    start(p[i], z[i], oo)
    .equals(1 / (1 + exp(-lam * z[i]) * Sum(exp(lam * z[k]), k, Except(i))), "over `exp(lambda*z[i])`")
    .tends_to(1, "the sum does not contain `z[i]`, and the exponential goes to 0"),
    "the thread, question",
    statements=("L10",),
)

softmax_limit_minus = Result(
    "softmax_limit_minus",
    "one logit to minus infinity, the others held: the rest is the softmax of the rest",
    start(p[j], z[i], -oo, given=[differ(i, j)])
    .equals(exp(lam * z[j]) / (exp(lam * z[i]) + Sum(exp(lam * z[k]), k, Except(i))), "class i apart from the others")
    .tends_to(exp(lam * z[j]) / Sum(exp(lam * z[k]), k, Except(i)), "its weight goes to 0"),
    "the thread, question",
    statements=("L10", "L19"),
)

softmax_of_log = Result(
    "softmax_of_log",
    "the softmax of the logarithms of probabilities are the probabilities",
    start(said("exp(log(q[i]))/sum(exp(log(q[k])), k)"), given=_SIMPLEX)
    .equals(q[i] / Sum(q[k], k), "the exponential undoes the logarithm")
    .equals(q[i], "the `q[k]` sum to 1"),
    "folklore",
    needs=(
        Need("`sum(q[k], k) = 1`", claim(said("exp(log(q[i]))/sum(exp(log(q[k])), k)"), "==", q[i], _SIMPLEX[1:]),
             Point({"q": (ONE, ONE)}, indices={"i": 1}, size=2)),
    ),
    statements=("A14",),
)

_ODDS = said("exp(lambda*x[i] + y[i])/exp(lambda*x[j] + y[j])")

scaled_form_ray_tie = Result(
    "scaled_form_ray_tie",
    "where two logits go to infinity side by side their odds never forget where they began",
    start(_ODDS, lam, oo, given=[relation(x[i], "==", x[j])])
    .equals(exp(lam * (x[i] - x[j])) * exp(y[i] - y[j]), "exponents add")
    .equals(exp(y[i] - y[j]), "`x[i] == x[j]`: at every `lambda`")
    .tends_to(exp(y[i] - y[j]), "nothing moves any more"),
    "the thread, question: two logits at plus infinity",
    needs=(
        Need("`x[i] = x[j]`",
             claim(_ODDS, "==", exp(y[i] - y[j])),
             Point({"x": (LOG2, ZERO), "y": (ZERO, ZERO)}, indices={"i": 1, "j": 2}, size=2)),
    ),
    twins=(
        Twin(claim(Limit(_ODDS, lam, oo), "==", 1, [relation(x[i], "==", x[j])]),
             Point({"x": (ONE, ONE), "y": (log(3), ZERO)}, indices={"i": 1, "j": 2}, size=2),
             "they need not share equally: this pair ends at 3 to 1, others end elsewhere"),
    ),
    statements=("L20",),
)

_PRODUCT = said("exp(lambda*(c/lambda))/(1 + exp(lambda*(c/lambda)))")

scaled_form_zero_times_infinity = Result(
    "scaled_form_zero_times_infinity",
    "`lambda` to 0 and a logit `c/lambda` to infinity: two classes can end at any odds",
    start(_PRODUCT, lam, 0)
    .equals(exp(c) / (1 + exp(c)), "`lambda` cancels: the exponent is `c` all along the way")
    .tends_to(exp(c) / (1 + exp(c)), "nothing moves any more"),
    "the thread, question: `lambda = 0` with an infinite logit",
    twins=(
        Twin(claim(Limit(_PRODUCT, lam, 0), "==", HALF),
             Point({}, scalars={"c": LOG2}),
             "one half is the limit with the logit held fixed"),
    ),
    statements=("L20",),
)

RESULTS = (
    scaled_form_softmax, scaled_form_base, scaled_form_scale, scaled_form_inverse, scaled_form_onto, softmax_of_log,
    centred_inverse, base_jacobian_inverse, scaled_form_drop, scaled_form_drop_bound, softmax_limit_minus,
    scaled_form_corner_bound, softmax_limit_plus, scaled_form_ray_tie, scaled_form_ray, scaled_form_zero_times_infinity,
)  # fmt: skip
