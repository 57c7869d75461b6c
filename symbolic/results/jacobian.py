"""The Jacobian of softmax, and what follows from it at once.

    dp_i/dz_j = lambda p_i (delta_ij - p_j),   J = lambda (diag p - p p^T)     n >= 1, z in R^n, 1 <= i, j <= n

Sources  Bridle 1990; Bishop 2006, (4.106), p. 223; Gao and Pavel 2017.
"""

from sympy import Integer, exp, log

from symbolic.derivation import start
from symbolic.language.claims import Point, claim, relation
from symbolic.language.notation import D, Mean, Softmax, Sum, Z, delta, i, j, k, lam, n, p, v, y, z
from symbolic.results import Need, Result, Twin

ORDER = 2

ZERO, ONE, TWO, LOG2 = Integer(0), Integer(1), Integer(2), log(2)
DIAGONAL = Point({"z": (ZERO, ZERO)}, TWO, {"i": 1, "j": 1}, size=2)

softmax_jacobian = Result(
    "softmax_jacobian",
    "the Jacobian, entry by entry",
    start(D(p[i], z[j]))
    .equals(D(exp(lam * z[i]) / Z, z[j]), "the definition of `p[i]`")
    .equals((D(exp(lam * z[i]), z[j]) * Z - exp(lam * z[i]) * D(Z, z[j])) / Z**2, "the quotient rule")
    .equals(lam * (delta(i, j) * exp(lam * z[i]) * Z - exp(lam * z[i]) * exp(lam * z[j])) / Z**2,
            "only the `i`-th exponential, and the `j`-th term of `Z`, move")
    .equals(lam * p[i] * (delta(i, j) - p[j]), "`p[i]` and `p[j]` again"),
    "Bridle 1990; Bishop 2006, (4.106), p. 223; Gao and Pavel 2017",
    needs=(
        Need("`lambda > 0`", claim(D(Softmax(z, -lam)[i], z[j]), "==",
                                 -lam * Softmax(z, -lam)[i] * (delta(i, j) - Softmax(z, -lam)[j]))),
    ),
    twins=(
        Twin(claim(D(p[i], z[j]), "==", p[i] * (delta(i, j) - p[j])), DIAGONAL,
             "the inner derivative `lambda` is easily lost; at `lambda = 1` nobody notices"),
        Twin(claim(D(p[i], z[j]), "==", lam * p[i] * (1 - p[i])),
             Point({"z": (ZERO, ZERO)}, indices={"i": 1, "j": 2}, size=2),
             "this is the diagonal only"),
        Twin(claim(D(p[i], z[j]), "==", lam * p[i] * (delta(i, j) + p[j])),
             Point({"z": (ZERO,)}, indices={"i": 1, "j": 1}, size=1),
             "with a plus sign the rows do not sum to 0"),
    ),
    statements=("D02",),
)

jacobian_matrix = Result(
    "jacobian_matrix",
    "the Jacobian as a matrix: a diagonal less a product",
    start(D(p[i], z[j]))
    .equals(lam * p[i] * (delta(i, j) - p[j]), "the Jacobian")
    .equals(lam * (delta(i, j) * p[i] - p[i] * p[j]), "a diagonal of the `p[i]`, less the products `p[i]*p[j]`"),
    "Gao and Pavel 2017",
    twins=(
        Twin(claim(D(log(Z), z[i], z[j]), "==", delta(i, j) / p[i] - p[i] * p[j]),
             Point({"z": (ZERO, ZERO)}, indices={"i": 1, "j": 1}, size=2),
             "the Hessian of `log(Z)` has the `p[i]` on the diagonal, not their inverses"),
    ),
)

jacobian_sym = Result(
    "jacobian_sym",
    "the Jacobian is symmetric",
    start(D(p[i], z[j]))
    .equals(lam * (delta(i, j) * p[i] - p[i] * p[j]), "the Jacobian")
    .equals(lam * (delta(j, i) * p[j] - p[j] * p[i]), "where `delta(i, j)` is not 0, `p[i]` is `p[j]`")
    .equals(D(p[j], z[i]), "the Jacobian again, read backwards"),
    "folklore: it is the Hessian of (log Z)/lambda",
    twins=(
        Twin(claim(D(p[i], z[j]) / p[i], "==", D(p[j], z[i]) / p[j]),
             Point({"z": (ZERO, LOG2)}, indices={"i": 1, "j": 2}, size=2),
             "the derivatives of `log(p[i])` are not symmetric"),
    ),
    statements=("D03",),
)

jacobian_row_sum0 = Result(
    "jacobian_row_sum0",
    "each row of the Jacobian sums to 0",
    start(Sum(D(p[i], z[j]), j))
    .equals(Sum(lam * p[i] * (delta(i, j) - p[j]), j), "the Jacobian")
    .equals(lam * p[i] * (1 - Sum(p[j], j)), "the delta picks one term, and `lambda*p[i]` does not depend on `k`")
    .equals(0, "the probabilities sum to 1"),
    "folklore: it is shift invariance, differentiated",
    twins=(
        Twin(claim(Sum(D(log(p[i]), z[j]), j), "==", lam),
             Point({"z": (ZERO, ZERO)}, indices={"i": 1}, size=2),
             "`log(p[i])` is blind to a shift as well"),
    ),
    statements=("A48",),
)

jacobian_column_sum0 = Result(
    "jacobian_column_sum0",
    "each column of the Jacobian sums to 0",
    start(Sum(D(p[i], z[j]), i))
    .equals(Sum(lam * p[i] * (delta(i, j) - p[j]), i), "the Jacobian")
    .equals(lam * (p[j] - p[j] * Sum(p[i], i)), "the delta picks one term, and `p[j]` does not depend on `k`")
    .equals(0, "the probabilities sum to 1"),
    "folklore: it is the sum 1, differentiated",
    twins=(
        Twin(claim(Sum(D(p[i], z[j]), i), "==", lam * p[j]),
             Point({"z": (ZERO, ZERO)}, indices={"j": 1}, size=2),
             "what `p[j]` gains the others lose"),
    ),
    statements=("A48",),
)

jacobian_direction = Result(
    "jacobian_direction",
    "the derivative in a direction: a class gains where `v[i]` is above its mean",
    start(Sum(D(p[i], z[j]) * v[j], j))
    .equals(Sum(lam * p[i] * (delta(i, j) - p[j]) * v[j], j), "the Jacobian")
    .equals(lam * p[i] * (v[i] - Sum(p[k] * v[k], k)), "the delta picks one term; `p[i]` does not depend on `k`")
    .equals(lam * p[i] * (v[i] - Mean(v[k], k)), "the mean of `v[k]` under p"),
    "folklore; Gao and Pavel 2017",
    twins=(
        Twin(claim(Sum(D(p[i], z[j]) * v[j], j), "==", lam * p[i] * (v[i] - Sum(v[k], k) / n)),
             Point({"z": (ZERO, LOG2), "v": (ZERO, ONE)}, indices={"i": 1}, size=2),
             "the mean is the one under p, not the plain one"),
    ),
    statements=("D05",),
)

log_softmax_gradient = Result(
    "log_softmax_gradient",
    "the gradient of a log-probability",
    start(D(log(p[i]), z[j]))
    .equals(D(p[i], z[j]) / p[i], "the chain rule")
    .equals(lam * (delta(i, j) - p[j]), "the Jacobian, and `p[i] > 0` cancels"),
    "folklore: the score of the multinomial logit",
    twins=(
        Twin(claim(D(log(p[i]), z[j]), "==", lam * (delta(i, j) - p[i])),
             Point({"z": (ZERO, LOG2)}, indices={"i": 1, "j": 2}, size=2), "it is `p[j]` that is taken off"),
    ),
    statements=("D06",),
)

_LOSS = -Sum(y[k] * log(p[k]), k)
_ONE = relation(Sum(y[k], k), "==", 1)

cross_entropy_gradient = Result(
    "cross_entropy_gradient",
    "the gradient of the cross-entropy is `lambda*(p[j] - y[j])`",
    start(D(_LOSS, z[j]), given=[_ONE])
    .equals(-Sum(y[k] * D(log(p[k]), z[j]), k), "linearity")
    .equals(-Sum(lam * y[k] * (delta(k, j) - p[j]), k), "the gradient of `log(p[k])`")
    .equals(lam * (p[j] * Sum(y[k], k) - y[j]), "the delta picks one term, and `p[j]` does not depend on `k`")
    .equals(lam * (p[j] - y[j]), "the `y[k]` sum to 1"),
    "Bishop 2006, (4.109)",
    needs=(
        Need("`sum(y[k], k) = 1`", claim(D(_LOSS, z[j]), "==", lam * (p[j] - y[j])),
             Point({"z": (ZERO, ZERO), "y": (ONE, ONE)}, indices={"j": 1}, size=2)),
    ),
    twins=(
        Twin(claim(D(_LOSS, z[j]), "==", lam * (y[j] - p[j]), [_ONE]),
             Point({"z": (ZERO, ZERO), "y": (ONE, ZERO)}, indices={"j": 1}, size=2),
             "the loss falls when the right logit grows"),
    ),
    statements=("D07",),
)

RESULTS = (
    softmax_jacobian, jacobian_matrix, jacobian_sym, jacobian_row_sum0, jacobian_column_sum0, jacobian_direction,
    log_softmax_gradient, cross_entropy_gradient,
)  # fmt: skip
