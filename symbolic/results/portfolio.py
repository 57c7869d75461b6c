"""A portfolio: softmax as the shares of investments that grow at fixed rates, with lambda for the time.

    value of i after the time lambda = e^{lambda z_i},   share of i = e^{lambda z_i}/sum_k e^{lambda z_k} = p_i

    dp_i/dlambda = p_i (z_i - <z>),   d<z>/dlambda = Var(z) >= 0        for every n >= 1, lambda > 0, z in R^n

Sources  the thread, answer 2; Taylor and Jonker 1978 and Hofbauer and Sigmund 1998, for the law of motion.
"""

from sympy import Integer, exp, log, oo

from symbolic.derivation import start
from symbolic.language.claims import Point, claim, relation
from symbolic.language.notation import D, Mean, Softmax, Sum, Variance, Z, b, i, j, k, lam, n, p, v, w, z
from symbolic.language.parser import parse_expression as said
from symbolic.results import Need, Result, Twin

ORDER = 12

ZERO, ONE, TWO, LOG2 = Integer(0), Integer(1), Integer(2), log(2)
PAIR = {"z": (ZERO, LOG2)}
MEAN = Mean(z[k], k)
CASH = relation(z[b], "==", 0)

portfolio_shares = Result(
    "portfolio_shares",
    "equal beginnings, fixed rates: after the time `lambda` the shares are softmax",
    start(exp(lam * z[i]) / Sum(exp(lam * z[k]), k))
    .equals(exp(lam * z[i]) / Z, "the total value is the partition function")
    .equals(p[i], "the definition of `p[i]`"),
    "the thread, answer 2",
    twins=(
        Twin(claim((1 + lam * z[i]) / Sum(1 + lam * z[k], k), "==", p[i]), Point(PAIR, indices={"i": 1}, size=2),
             "growth is compound, not linear"),
    ),
    statements=("A54",),
)

portfolio_initial = Result(
    "portfolio_initial",
    "unequal beginnings `v[k] > 0` are logits with a head start of `log(v[k])/lambda`",
    start(v[i] * exp(lam * z[i]) / Sum(v[k] * exp(lam * z[k]), k), given=[relation(v[k], ">", 0)])
    .equals(said("exp(lambda*(z[i] + log(v[i])/lambda))/sum(exp(lambda*(z[k] + log(v[k])/lambda)), k)"),
            "a factor is the exponential of its logarithm"),
    "the thread, answer 2, without its equal beginnings",
    twins=(
        Twin(claim(v[i] * exp(lam * z[i]) / Sum(v[k] * exp(lam * z[k]), k), "==", p[i], [relation(v[k], ">", 0)]),
             Point({**PAIR, "v": (TWO, ONE)}, indices={"i": 1}, size=2), "the beginnings are remembered"),
    ),
)

portfolio_replicator = Result(
    "portfolio_replicator",
    "a share grows exactly while its rate is above the mean of all, weighted by their shares",
    start(D(p[i], lam))
    .equals((D(exp(lam * z[i]), lam) * Z - exp(lam * z[i]) * D(Z, lam)) / Z**2, "the quotient rule")
    .equals(p[i] * z[i] - p[i] * Sum(p[k] * z[k], k), "each value grows at its own rate")
    .equals(p[i] * (z[i] - MEAN), "the mean under p"),
    "Taylor and Jonker 1978: the replicator equation",
    twins=(
        Twin(claim(D(p[i], lam), "==", p[i] * (z[i] - Sum(z[k], k) / n)), Point(PAIR, indices={"i": 1}, size=2),
             "not the plain average: a large investment counts more"),
        Twin(claim(D(p[i], lam), ">=", 0, [relation(z[i], ">", 0)]),
             Point({"z": (LOG2, 3 * LOG2)}, indices={"i": 1}, size=2), "a positive return may be too small"),
    ),
    statements=("D09",),
)

portfolio_growth = Result(
    "portfolio_growth",
    "the whole grows at the mean rate",
    start(D(log(Z), lam))
    .equals(Sum(z[k] * exp(lam * z[k]), k) / Z, "the chain rule")
    .equals(MEAN, "the mean under p"),
    "folklore",
    statements=("D12",),
)

portfolio_mean_return = Result(
    "portfolio_mean_return",
    "the mean return never falls: its speed is a variance",
    start(D(MEAN, lam))
    .equals(Sum(z[k] * D(p[k], lam), k), "only the shares move")
    .equals(Sum(z[k] * p[k] * (z[k] - Mean(z[j], j)), k), "the replicator equation")
    .equals(Variance(z[k], k), "the mean square, less the square of the mean")
    .equals(Sum(p[k] * (z[k] - Mean(z[j], j)) ** 2, k), "what a variance is")
    .at_least(0, "a sum of squares, weighted by probabilities"),
    "Fisher 1930: the fundamental theorem of natural selection",
    twins=(
        Twin(claim(D(MEAN, lam), ">", 0), Point({"z": (ONE, ONE)}, size=2), "with equal rates nothing changes"),
        Twin(claim(D(MEAN, z[i]), ">=", 0), Point({"z": (ZERO, 5 * LOG2)}, indices={"i": 1}, size=2),
             "time raises the mean, a higher rate for one need not: a share moves to where the rate is still low"),
    ),
    statements=("D12",),
)

portfolio_odds = Result(
    "portfolio_odds",
    "the odds of two investments grow at the difference of their rates, whatever else is there",
    start(D(log(p[i] / p[j]), lam))
    .equals(D(lam * (z[i] - z[j]), lam), "the log-odds of two classes")
    .equals(z[i] - z[j], "linear in time"),
    "the thread, answer 2",
    statements=("A06",),
)

portfolio_rates = Result(
    "portfolio_rates",
    "the way back: the shares and the time give the rates, if cash earns nothing",
    start(log(p[i] / p[b]) / lam, given=[CASH])
    .equals(z[i] - z[b], "the log-odds of two classes, over the time")
    .equals(z[i], "`z[b] == 0`"),
    "the thread, answer 2: the inverse softmax",
    needs=(
        Need("`z[b] = 0`", claim(log(p[i] / p[b]) / lam, "==", z[i]),
             Point({"z": (LOG2, ZERO)}, indices={"i": 2, "b": 1}, size=2)),
    ),
)

portfolio_cash = Result(
    "portfolio_cash",
    "cash loses its share exactly at the mean return",
    start(D(p[b], lam), given=[CASH])
    .equals(p[b] * (z[b] - MEAN), "the replicator equation")
    .equals(-p[b] * MEAN, "`z[b] == 0`"),
    "the thread, answer 2: the item that earns nothing",
    twins=(
        Twin(claim(D(p[b], lam), "<=", 0, [CASH]), Point({"z": (ZERO, -LOG2)}, indices={"b": 1}, size=2),
             "in bad times cash gains"),
    ),
)

portfolio_periods = Result(
    "portfolio_periods",
    "interest paid once a period, by the factor `w[k]`, is softmax too, with `log(w[k])` for the rates",
    start(said("w[i]^lambda/sum(w[k]^lambda, k)"), given=[relation(w[k], ">", 0)])
    .equals(said("exp(lambda*log(w[i]))/sum(exp(lambda*log(w[k])), k)"), "a power is an exponential"),
    "the thread, answer 2",
    twins=(
        Twin(claim(said("w[i]^lambda/sum(w[k]^lambda, k)"), "==", Softmax(w, lam)[i], [relation(w[k], ">", 0)]),
             Point({"w": (ONE, TWO)}, TWO, {"i": 1}, size=2), "the rate is the logarithm of the factor"),
    ),
    statements=("A54",),
)

_PAID = said("exp(t*lambda*log(1 + z[i]/t))/sum(exp(t*lambda*log(1 + z[k]/t)), k)")

portfolio_compounding = Result(
    "portfolio_compounding",
    "interest paid ever more often becomes continuous growth, and the shares softmax",
    start(_PAID, said("t"), oo)
    .tends_to(p[i], "`t*log(1 + z[k]/t)` goes to `z[k]`"),
    "the thread, answer 2; folklore: compound interest, since Jacob Bernoulli",
    twins=(
        Twin(claim(said("(1 + z[i])^2/sum((1 + z[k])^2, k)"), "==", Softmax(z, 2)[i]),
             Point({"z": (ZERO, ONE)}, indices={"i": 1}, size=2), "paid once a period it is less than e"),
    ),
    statements=("L17",),
)

portfolio_later = Result(
    "portfolio_later",
    "shares need no memory of how they arose: the time `c` more starts from the shares of now",
    start(said("p[i]*exp(c*z[i])/sum(p[k]*exp(c*z[k]), k)"))
    .equals(said("exp(lambda*z[i])*exp(c*z[i])/sum(exp(lambda*z[k])*exp(c*z[k]), k)"), "`Z` cancels")
    .equals(Softmax(z, lam + said("c"))[i], "exponents add"),
    "folklore: Bayes' rule, with prior p and likelihood `exp(c*z[i])`",
    statements=("A24",),
)

RESULTS = (
    portfolio_shares, portfolio_initial, portfolio_replicator, portfolio_growth, portfolio_mean_return, portfolio_odds,
    portfolio_rates, portfolio_cash, portfolio_periods, portfolio_compounding, portfolio_later,
)  # fmt: skip
