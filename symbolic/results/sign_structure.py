"""The sign structure of the Jacobian: a larger logit helps its own class and hurts every other.

    dp_i/dz_i > 0 iff n >= 2,   dp_i/dz_j < 0 for i != j              lambda > 0, z in R^n

For lambda < 0 both signs turn round. Convexity of exp plays no part.

Sources  the thread, answer 3; Gao and Pavel 2017.
"""

from sympy import Integer

from symbolic.derivation import start
from symbolic.language.claims import Point, claim, differ, relation
from symbolic.language.notation import D, Except, Softmax, Sum, i, j, k, lam, n, p, z
from symbolic.results import Need, Result, Twin

ORDER = 3

ZERO = Integer(0)
ONE_CLASS = Point({"z": (ZERO,)}, indices={"i": 1}, size=1)
ONE_PAIR = Point({"z": (ZERO,)}, indices={"i": 1, "j": 1}, size=1)
TWO_CLASSES = Point({"z": (ZERO, ZERO)}, indices={"i": 1}, size=2)
TWO_PAIR = Point({"z": (ZERO, ZERO)}, indices={"i": 1, "j": 2}, size=2)
MANY = [relation(n, ">=", 2)]
REVERSED = Softmax(z, -lam)

jacobian_diag_gt0 = Result(
    "jacobian_diag_gt0",
    "a class gains from its own logit",
    start(D(p[i], z[i]), given=MANY)
    .equals(lam * p[i] * (1 - p[i]), "the Jacobian with `i = j`")
    .equals(lam * p[i] * Sum(p[k], k, Except(i)), "the probabilities sum to 1")
    .greater(0, "with `n >= 2` there is another class, and its probability is positive"),
    "the thread, answer 3; folklore, in its weak form",
    needs=(
        Need("`n >= 2`", claim(D(p[i], z[i]), ">", 0), ONE_CLASS),
        Need("`lambda > 0`", claim(D(REVERSED[i], z[i]), ">", 0, MANY), TWO_CLASSES),
    ),
    twins=(
        Twin(claim(D(p[i], z[i]), ">", lam / 4), TWO_CLASSES, "one quarter of `lambda` is the most, not the least"),
    ),
    statements=("D04",),
)

jacobian_diag_ge0 = Result(
    "jacobian_diag_ge0",
    "with a single class nothing moves: the weak sign holds for every n",
    start(D(p[i], z[i]))
    .equals(lam * p[i] * (1 - p[i]), "the Jacobian with `i = j`")
    .at_least(0, "no probability exceeds 1"),
    "folklore",
    needs=(Need("`lambda > 0`", claim(D(REVERSED[i], z[i]), ">=", 0), TWO_CLASSES),),
    twins=(Twin(claim(D(p[i], z[i]), ">", 0), ONE_CLASS, "at `n = 1` the derivative is 0"),),
)

jacobian_diag_one_class = Result(
    "jacobian_diag_one_class",
    "`n >= 2` cannot be left out: at `n = 1` the diagonal is 0",
    start(D(p[i], z[i]), given=[relation(n, "==", 1)])
    .equals(lam * p[i] * (1 - p[i]), "the Jacobian with `i = j`")
    .equals(0, "the only probability is 1"),
    "folklore",
    needs=(Need("`n = 1`", claim(D(p[i], z[i]), "==", 0), TWO_CLASSES),),
)

jacobian_offdiag_lt0 = Result(
    "jacobian_offdiag_lt0",
    "a class loses from the logit of any other",
    start(D(p[i], z[j]), given=[differ(i, j)])
    .equals(-lam * p[i] * p[j], "the Jacobian with `i != j`: the delta is 0")
    .less(0, "all three factors are positive"),
    "the thread, answer 3",
    needs=(
        Need("`i != j`", claim(D(p[i], z[j]), "<", 0), ONE_PAIR),
        Need("`lambda > 0`", claim(D(REVERSED[i], z[j]), "<", 0, [differ(i, j)]), TWO_PAIR),
    ),
    twins=(
        Twin(claim(D(p[i], z[j]), "<", -lam / 4, [differ(i, j)]), TWO_PAIR,
             "two classes compete hardest when they are equal, and then by one quarter of `lambda`"),
    ),
    statements=("D04",),
)

jacobian_diag_dominates = Result(
    "jacobian_diag_dominates",
    "what a class gains is what all the others lose together",
    start(D(p[i], z[i]))
    .equals(lam * p[i] * (1 - p[i]), "the Jacobian with `i = j`")
    .equals(Sum(lam * p[i] * p[k], k, Except(i)), "the probabilities sum to 1")
    .equals(-Sum(D(p[k], z[i]), k, Except(i)), "the Jacobian with `k != i`"),
    "folklore: the column sums to 0",
    twins=(
        Twin(claim(D(p[i], z[i]), ">", -Sum(D(p[k], z[i]), k, Except(i))), TWO_CLASSES,
             "the diagonal dominates weakly, with equality: the Jacobian is not positive definite"),
    ),
)

negative_jacobian_diag_lt0 = Result(
    "negative_jacobian_diag_lt0",
    "at a negative inverse temperature a class loses from its own logit",
    start(D(REVERSED[i], z[i]), given=MANY)
    .equals(-lam * REVERSED[i] * (1 - REVERSED[i]), "the Jacobian at `-lambda`")
    .equals(-lam * REVERSED[i] * Sum(REVERSED[k], k, Except(i)), "the probabilities sum to 1")
    .less(0, "with `n >= 2` there is another class, and its probability is positive"),
    "folklore",
    needs=(Need("`n >= 2`", claim(D(REVERSED[i], z[i]), "<", 0), ONE_CLASS),),
    twins=(Twin(claim(D(REVERSED[i], z[i]), ">", 0, MANY), TWO_CLASSES, "the sign follows that of the temperature"),),
)

negative_jacobian_offdiag_gt0 = Result(
    "negative_jacobian_offdiag_gt0",
    "at a negative inverse temperature a class gains from the logit of any other",
    start(D(REVERSED[i], z[j]), given=[differ(i, j)])
    .equals(lam * REVERSED[i] * REVERSED[j], "the Jacobian at `-lambda`, with `i != j`")
    .greater(0, "all three factors are positive"),
    "folklore",
    needs=(Need("`i != j`", claim(D(REVERSED[i], z[j]), ">", 0), ONE_PAIR),),
)

RESULTS = (
    jacobian_diag_gt0, jacobian_diag_ge0, jacobian_diag_one_class, jacobian_offdiag_lt0, jacobian_diag_dominates,
    negative_jacobian_diag_lt0, negative_jacobian_offdiag_gt0,
)  # fmt: skip
