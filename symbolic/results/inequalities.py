"""Inequalities with a name: each difference is written so that one sees that it is not negative.

    squares     Popoviciu, the mean deviation, half of the squares, Cauchy and Schwarz
    log gaps    x - 1 - log x >= 0: Bernoulli, weighted means, log-sum, Gibbs, Hoelder, Fano, Renyi
    pairs       (x - y)(f(x) - f(y)) >= 0 for f increasing: Chebyshev
    Taylor      log_mean, log_pade, exp_two, exp_chord, Hoeffding; and, from log_pade at each class, Pinsker

For n >= 1 classes with the shares p = softmax(lambda z); q and r are other distributions, v is any family.

Sources  Hardy, Littlewood and Polya 1934; Cover and Thomas 2006; Boucheron, Lugosi and Massart 2013.
"""

from sympy import Integer, Rational, log

from symbolic.derivation import start
from symbolic.language.claims import Point, claim, relation
from symbolic.language.notation import Family, Sum, c, k, n, q, x, y
from symbolic.language.parser import parse_expression as said
from symbolic.results import Need, Result, Twin

ORDER = 14

ZERO, ONE, TWO, THREE, FOUR, LOG2, HALF = *map(Integer, range(5)), log(2), Rational(1, 2)
X, Y, R = said("x"), said("y"), Family("r")
X_POSITIVE, Y_POSITIVE = relation(X, ">", 0), relation(Y, ">", 0)
SHARES = [relation(c, ">=", 0), relation(c, "<=", 1)]
FAMILIES = [relation(x[k], ">", 0), relation(y[k], ">", 0)]
Q_ONE, R_ONE = relation(Sum(q[k], k), "==", 1), relation(Sum(R[k], k), "==", 1)
DISTRIBUTIONS = [relation(q[k], ">", 0), relation(R[k], ">", 0), Q_ONE, R_ONE]
NEVER_NEGATIVE = "`x - 1 - log(x)` is never negative, and 0 only at 1"
EVEN = {"z": (ZERO, ZERO)}


def gap(ratio: str) -> str:
    """What `x - 1` has more than `log(x)`, in text."""
    return f"({ratio} - 1 - log({ratio}))"


# --- squares --------------------------------------------------------------------------------------

VAR, RANGE = said("var(v[k], k)"), said("max(v) - min(v)")

popoviciu = Result(
    "popoviciu",
    "the variance of what lies between two numbers is at most a quarter of the square of their distance",
    start(RANGE**2 / 4 - VAR)
    .equals(said("((max(v) + min(v))/2 - mean(v[l], l))^2 + sum(p[k]*(max(v) - v[k])*(v[k] - min(v)), k)"),
            "the middle of the range in place of the mean")
    .at_least(0, "a square, and no value is above the largest or below the smallest"),
    "Popoviciu 1935; folklore",
    twins=(
        Twin(claim(VAR, "<=", RANGE**2 / 5), Point({**EVEN, "v": (ZERO, ONE)}, size=2),
             "two even shares at the two ends reach the quarter"),
    ),
)

DEVIATION = said("mean(abs(v[k] - mean(v[l], l)), k)")

mean_deviation = Result(
    "mean_deviation",
    "the mean deviation is at most the standard deviation, and so at most half of the range",
    start(DEVIATION**2)
    .at_most(VAR, "what is left is the variance of the deviations")
    .at_most(RANGE**2 / 4, "Popoviciu"),
    "folklore",
    twins=(
        Twin(claim(DEVIATION**2, ">=", VAR), Point({"z": (LOG2, ZERO), "v": (ZERO, ONE)}, size=2),
             "the other way round it holds only where all deviations are equally large"),
    ),
)

SQUARES = said("sum(v[k]^2, k)")

half = Result(
    "half",
    "the variance is at most half of the sum of the squares, whatever the shares are",
    start(SQUARES / 2 - VAR)
    .equals(said("sum(sum(p[k]*p[l]*(v[k] + v[l])^2, l != k), k)/2 + sum(v[k]^2*(1 - 2*p[k])^2, k)/2"),
            "for each pair of classes the square of the sum; what is left stands on the diagonal")
    .at_least(0, "squares"),
    "Gao and Pavel 2017; folklore",
    twins=(
        Twin(claim(VAR, "<=", SQUARES / 3), Point({**EVEN, "v": (ONE, -ONE)}, size=2),
             "two even shares and opposite values reach the half"),
    ),
    statements=("I05",),
)

cauchy_schwarz = Result(
    "cauchy_schwarz",
    "Cauchy and Schwarz: the square of a sum of products is at most the product of the sums of squares",
    start(said("sum(x[k]^2, k)*sum(y[k]^2, k) - sum(x[k]*y[k], k)^2"))
    .equals(said("sum(sum((x[k]*y[l] - x[l]*y[k])^2, l), k)/2"), "Lagrange's identity")
    .at_least(0, "squares"),
    "Hardy, Littlewood and Polya 1934",
    twins=(
        Twin(claim(said("sum(x[k]^2, k)*sum(y[k]^2, k)"), ">", said("sum(x[k]*y[k], k)^2")),
             Point({"x": (ONE, TWO), "y": (TWO, FOUR)}, size=2), "equal where one family is a multiple of the other"),
    ),
)

# --- log gaps -------------------------------------------------------------------------------------

POWER, LINE = X**c, 1 + c * (X - 1)

bernoulli = Result(
    "bernoulli",
    "Bernoulli: a power lies above its tangent at 1",
    start(POWER - LINE, given=[X_POSITIVE, relation(c, ">=", 1)])
    .equals(said(f"x*{gap('x^(c - 1)')} + (c - 1)*x*{gap('1/x')}"), "the logarithms cancel")
    .at_least(0, NEVER_NEGATIVE),
    "Hardy, Littlewood and Polya 1934; folklore",
    needs=(
        Need("`c >= 1`", claim(POWER, ">=", LINE, [X_POSITIVE]), Point({}, scalars={"x": FOUR, "c": HALF})),
    ),
    twins=(
        Twin(claim(POWER, ">", LINE, [X_POSITIVE, relation(c, ">=", 1)]),
             Point({}, scalars={"x": ONE, "c": TWO}), "the tangent touches, at 1"),
    ),
)

ARITHMETIC, GEOMETRIC = said("c*x + (1 - c)*y"), said("x^c*y^(1 - c)")

amgm = Result(
    "amgm",
    "two numbers: their geometric mean is at most the arithmetic one, at the same weights",
    start(ARITHMETIC - GEOMETRIC, given=[X_POSITIVE, Y_POSITIVE, *SHARES])
    .equals(said(f"x^c*y^(1 - c)*(c*{gap('(x/y)^(1 - c)')} + (1 - c)*{gap('(y/x)^c')})"),
            "each number over the geometric mean; the logarithms cancel")
    .at_least(0, NEVER_NEGATIVE),
    "Hardy, Littlewood and Polya 1934",
    needs=(
        Need("`c <= 1`", claim(ARITHMETIC, ">=", GEOMETRIC, [X_POSITIVE, Y_POSITIVE, SHARES[0]]),
             Point({}, scalars={"x": ONE, "y": TWO, "c": TWO})),
        Need("`c >= 0`", claim(ARITHMETIC, ">=", GEOMETRIC, [X_POSITIVE, Y_POSITIVE, SHARES[1]]),
             Point({}, scalars={"x": TWO, "y": ONE, "c": -ONE})),
    ),
    twins=(
        Twin(claim((X + Y) / 2, ">=", GEOMETRIC, [X_POSITIVE, Y_POSITIVE, *SHARES]),
             Point({}, scalars={"x": FOUR, "y": ONE, "c": ONE}), "the weights have to be the same"),
    ),
)

MEAN_OF_LOGS, LOG_OF_MEAN = said("sum(log(x[k]), k)/n"), said("log(sum(x[k], k)/n)")

amgm_n = Result(
    "amgm_n",
    "n numbers: the logarithm of their mean is at least the mean of their logarithms",
    start(LOG_OF_MEAN - MEAN_OF_LOGS, given=FAMILIES[:1])
    .equals(said(f"sum({gap('n*x[k]/sum(x[l], l)')}, k)/n"), "each number over the mean")
    .at_least(0, NEVER_NEGATIVE),
    "Hardy, Littlewood and Polya 1934",
    twins=(
        Twin(claim(LOG_OF_MEAN, ">", MEAN_OF_LOGS, FAMILIES[:1]), Point({"x": (TWO, TWO)}, size=2),
             "equal where all numbers are"),
    ),
)

EACH_LOG, WHOLE_LOG = said("sum(x[k]*log(x[k]/y[k]), k)"), said("sum(x[k], k)*log(sum(x[k], k)/sum(y[k], k))")

log_sum = Result(
    "log_sum",
    "the log-sum inequality: to add up first makes the logarithm of the ratio count less",
    start(EACH_LOG - WHOLE_LOG, given=FAMILIES)
    .equals(said(f"sum(x[k]*{gap('y[k]*sum(x[l], l)/(x[k]*sum(y[l], l))')}, k)"),
            "the ratio of the parts over the ratio of the wholes")
    .at_least(0, NEVER_NEGATIVE),
    "Cover and Thomas 2006",
    twins=(
        Twin(claim(EACH_LOG, ">=", 0, FAMILIES), Point({"x": (ONE,), "y": (TWO,)}, size=1),
             "that needs two families of the same sum"),
    ),
)

GAINED, MOST = said("sum(q[k]*v[k], k) - kl(q, r)"), said("log(sum(r[k]*exp(v[k]), k))")

variational = Result(
    "variational",
    "Gibbs, Donsker and Varadhan: no distribution gains more, less its divergence, than the logarithm of a mean",
    start(MOST - GAINED, given=DISTRIBUTIONS)
    .equals(said(f"sum(q[k]*{gap('r[k]*exp(v[k])/(q[k]*sum(r[l]*exp(v[l]), l))')}, k)"),
            "the tilted distribution over `q`")
    .at_least(0, NEVER_NEGATIVE),
    "Boucheron, Lugosi and Massart 2013",
    needs=(
        Need("`sum(q[k], k) = 1`", claim(MOST, ">=", GAINED, [*DISTRIBUTIONS[:2], R_ONE]),
             Point({"q": (TWO,), "r": (ONE,), "v": (TWO,)}, size=1)),
    ),
    twins=(
        Twin(claim(MOST, ">=", said("sum(q[k]*v[k], k)"), DISTRIBUTIONS),
             Point({"q": (Rational(3, 4), Rational(1, 4)), "r": (HALF, HALF), "v": (ONE, ZERO)}, size=2),
             "to move from `r` to `q` has a price"),
    ),
    statements=("I21",),
)

MIXED, MIXTURE = said("log(sum(x[k]^c*y[k]^(1 - c), k))"), said("c*log(sum(x[k], k)) + (1 - c)*log(sum(y[k], k))")
W, WHOLE = "x[k]^c*y[k]^(1 - c)", "sum(x[l]^c*y[l]^(1 - c), l)"


def against(family: str) -> str:
    """The log gaps of a family against the mixture, each divided by its sum."""
    return f"sum({W}/{WHOLE}*{gap(f'{family}[k]*{WHOLE}/({W}*sum({family}[l], l))')}, k)"


holder = Result(
    "holder",
    "Hoelder: of a geometric mixture of two families the logarithm of the sum is at most the mixture of theirs",
    start(MIXTURE - MIXED, given=[*FAMILIES, *SHARES])
    .equals(said(f"c*{against('x')} + (1 - c)*{against('y')}"),
            "each family, and the mixture, divided by its sum")
    .at_least(0, NEVER_NEGATIVE),
    "Hardy, Littlewood and Polya 1934",
    needs=(
        Need("`c <= 1`", claim(MIXED, "<=", MIXTURE, [*FAMILIES, SHARES[0]]),
             Point({"x": (ONE, TWO), "y": (TWO, ONE)}, scalars={"c": TWO}, size=2)),
        Need("`c >= 0`", claim(MIXED, "<=", MIXTURE, [*FAMILIES, SHARES[1]]),
             Point({"x": (ONE, TWO), "y": (TWO, ONE)}, scalars={"c": -ONE}, size=2)),
    ),
    twins=(
        Twin(claim(MIXED, "==", MIXTURE, [*FAMILIES, *SHARES]),
             Point({"x": (ONE, TWO), "y": (TWO, ONE)}, scalars={"c": HALF}, size=2),
             "equal only where one family is a multiple of the other, or `c` is 0 or 1"),
    ),
    statements=("I03",),
)

SHANNON = said("entropy(p)")
ONE_OR_REST = said("-p[i]*log(p[i]) - (1 - p[i])*log(1 - p[i])")

fano = Result(
    "fano",
    "Fano: the entropy is at most that of one class against the rest, and what the rest may hold",
    start(ONE_OR_REST + said("(1 - p[i])*log(n - 1)") - SHANNON, given=[relation(n, ">=", 2)])
    .equals(said(f"sum(p[k]*{gap('(1 - p[i])/((n - 1)*p[k])')}, k != i)"),
            "the even share of the rest over each class of the rest")
    .at_least(0, NEVER_NEGATIVE),
    "Cover and Thomas 2006",
    twins=(
        Twin(claim(SHANNON, "<=", ONE_OR_REST, [relation(n, ">=", 2)]),
             Point({"z": (ZERO, ZERO, ZERO)}, indices={"i": 1}, size=3), "the rest has an entropy of its own"),
    ),
)

RENYI, OF_ALL = said("log(sum(p[k]^c, k))"), said("(1 - c)*log(n)")

renyi = Result(
    "renyi",
    "no entropy of Renyi exceeds log n, here for orders between 0 and 1",
    start(RENYI, given=[relation(c, ">", 0), relation(c, "<", 1)])
    .at_most(OF_ALL, "`x - 1 - log(x)` for each share, against the even one and against its power"),
    "Cover and Thomas 2006",
    needs=(
        Need("`c < 1`", claim(RENYI, "<=", OF_ALL, [relation(c, ">", 0)]),
             Point({"z": (LOG2, ZERO)}, scalars={"c": TWO}, size=2)),
        Need("`c > 0`", claim(RENYI, "<=", OF_ALL, [relation(c, "<", 1)]),
             Point({"z": (LOG2, ZERO)}, scalars={"c": -ONE}, size=2)),
    ),
    twins=(
        Twin(claim(RENYI, "<", OF_ALL, [relation(c, ">", 0), relation(c, "<", 1)]),
             Point(EVEN, scalars={"c": HALF}, size=2), "even shares reach log n, at every order"),
    ),
)

# --- pairs ----------------------------------------------------------------------------------------

TOGETHER, APART = said("mean(v[k]*exp(v[k]), k)"), said("mean(v[k], k)*mean(exp(v[k]), k)")

chebyshev = Result(
    "chebyshev",
    "Chebyshev: values and their exponentials, which grow together, have a mean product above the product of means",
    start(TOGETHER - APART)
    .equals(said("sum(sum(p[k]*p[l]*(v[k] - v[l])*(exp(v[k]) - exp(v[l])), l), k)/2"), "each pair of classes, twice")
    .at_least(0, "exp increases, so both factors have one sign"),
    "Hardy, Littlewood and Polya 1934",
    twins=(
        Twin(claim(said("mean(v[k]*exp(-v[k]), k)"), ">=", said("mean(v[k], k)*mean(exp(-v[k]), k)")),
             Point({**EVEN, "v": (LOG2, ZERO)}, size=2), "`exp(-v)` falls as `v` grows: the other way round"),
    ),
)

# --- Taylor ---------------------------------------------------------------------------------------

LOG_RATIO, SECANT = log(Y / X), said("2*(y - x)/(x + y)")

log_mean = Result(
    "log_mean",
    "a logarithm from below: twice the difference over the sum",
    start(LOG_RATIO - SECANT, given=[X_POSITIVE, relation(Y, ">=", X)])
    .at_least(0, "it is 0 at `y = x`, and its derivative in `y` is `(y - x)^2/(y*(x + y)^2)`"),
    "folklore: the logarithmic mean is at most the arithmetic one",
    needs=(
        Need("`y >= x`", claim(LOG_RATIO, ">=", SECANT, [X_POSITIVE, Y_POSITIVE]),
             Point({}, scalars={"x": FOUR, "y": ONE})),
    ),
    twins=(
        Twin(claim(LOG_RATIO, ">=", (Y - X) / X, [X_POSITIVE, relation(Y, ">=", X)]),
             Point({}, scalars={"x": ONE, "y": TWO}), "the tangent at `y = x` lies above the logarithm"),
    ),
)

RELATIVE, PADE = Y * log(Y / X) - Y + X, said("3*(y - x)^2/(2*y + 4*x)")

log_pade = Result(
    "log_pade",
    "what a term of a divergence is at least: a square, over a mean of both",
    start(RELATIVE - PADE, given=[X_POSITIVE, Y_POSITIVE])
    .at_least(0, "at `y = x` it is 0 with its slope, and its second derivative in `y` is"
                 " `(y - x)^2*(y + 8*x)/(y*(y + 2*x)^3)`"),
    "folklore, in proofs of Pinsker's inequality; folklore",
    needs=(
        Need("`x > 0` and `y > 0`", claim(RELATIVE, ">=", PADE), Point({}, scalars={"x": -ONE, "y": -FOUR})),
    ),
    twins=(
        Twin(claim(RELATIVE, ">=", (Y - X) ** 2 / 2, [X_POSITIVE, Y_POSITIVE]),
             Point({}, scalars={"x": ONE, "y": FOUR}), "that needs both to be at most 1"),
    ),
)

CUT = said("1 - y + y^2/2")

exp_two = Result(
    "exp_two",
    "an exponential from above: two terms more than 1 of its series",
    start(CUT - said("exp(-y)"), given=[relation(Y, ">=", 0)])
    .at_least(0, "it is 0 at 0, and its derivative in `y` is `exp(-y) - 1 + y`, which is never negative"),
    "folklore",
    needs=(
        Need("`y >= 0`", claim(CUT, ">=", said("exp(-y)")), Point({}, scalars={"y": -FOUR})),
    ),
    twins=(
        Twin(claim(CUT - Y**2 / 4, ">=", said("exp(-y)"), [relation(Y, ">=", 0)]), Point({}, scalars={"y": ONE}),
             "the coefficient 1/2 is the second derivative at 0"),
    ),
)

CHORD, UNIT = said("1 + y + (exp(1) - 2)*y^2"), [relation(Y, ">=", 0), relation(Y, "<=", 1)]

exp_chord = Result(
    "exp_chord",
    "an exponential from above, up to 1: the parabola that meets it at 0, with its slope, and at 1",
    start(CHORD - said("exp(y)"), given=UNIT)
    .at_least(0, "`(exp(y) - 1 - y)/y^2` grows with `y`, and is `exp(1) - 2` at 1"),
    "Boucheron, Lugosi and Massart 2013",
    needs=(
        Need("`y <= 1`", claim(CHORD, ">=", said("exp(y)"), UNIT[:1]), Point({}, scalars={"y": TWO})),
    ),
    twins=(
        Twin(claim(said("1 + y + y^2/2"), ">=", said("exp(y)"), UNIT), Point({}, scalars={"y": ONE}),
             "the series cut off lies below"),
    ),
)

CUMULANTS = said("log(mean(exp(c*v[k]), k))")

hoeffding = Result(
    "hoeffding",
    "Hoeffding: what is bounded has no larger exponential moments than a Gaussian whose deviation is half the range",
    start(CUMULANTS)
    .at_most(said("c*mean(v[k], k)") + c**2 * RANGE**2 / 8,
             "Taylor, of order 2 in `c` from 0: the second derivative on the left is a variance, and Popoviciu"),
    "Hoeffding 1963; Boucheron, Lugosi and Massart 2013",
    twins=(
        Twin(claim(CUMULANTS, "<=", said("c*mean(v[k], k)") + c**2 * RANGE**2 / 9),
             Point({**EVEN, "v": (ONE, -ONE)}, scalars={"c": HALF}, size=2),
             "two even shares at the two ends have the variance of the bound"),
    ),
    statements=("I38",),
)

DIVERGENCE, DISTANCE = said("kl(q, r)"), said("sum(abs(q[k] - r[k]), k)")
pinsker = Result(
    "pinsker",
    "Pinsker: distributions that are close in divergence are close in total variation",
    start(DIVERGENCE, given=DISTRIBUTIONS)
    .at_least(DISTANCE**2 / 2,
              "log_pade at each class; then Cauchy and Schwarz, with the weights `(q[k] + 2*r[k])/3`, which sum to 1"),
    "Pinsker 1964; Boucheron, Lugosi and Massart 2013",
    needs=(
        Need("`sum(r[k], k) = 1`", claim(DIVERGENCE, ">=", DISTANCE**2 / 2, DISTRIBUTIONS[:3]),
             Point({"q": (ONE,), "r": (TWO,)}, size=1)),
        Need("`sum(q[k], k) = 1`", claim(DIVERGENCE, ">=", DISTANCE**2 / 2, [*DISTRIBUTIONS[:2], R_ONE]),
             Point({"q": (HALF,), "r": (ONE,)}, size=1)),
    ),
    twins=(
        Twin(claim(DIVERGENCE, ">=", DISTANCE**2, DISTRIBUTIONS),
             Point({"q": (HALF, HALF), "r": (Rational(1, 4), Rational(3, 4))}, size=2), "a factor 2 too much"),
    ),
)

RESULTS = (
    popoviciu, mean_deviation, half, cauchy_schwarz, bernoulli, amgm, amgm_n, log_sum, variational, holder, fano,
    renyi, chebyshev, log_mean, log_pade, exp_two, exp_chord, hoeffding, pinsker,
)  # fmt: skip
