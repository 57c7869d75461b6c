"""The Boltzmann distribution: softmax of minus the energies, and the thermodynamics that follows from log Z.

    p_i = e^{-epsilon_i/T}/sum_k e^{-epsilon_k/T}        n >= 1, T > 0 in units of energy (k_B = 1)

    F = -T log Z = U - T S,   S = -dF/dT,   U = <epsilon>,   C = dU/dT = Var(epsilon)/T^2 >= 0

The energies are epsilon = -z, so U is <-z>, and Z and p are what they are everywhere.

Sources  the thread, answer 1; Kardar 2007; Jaynes 1957, for the minimum of the free energy.
"""

from sympy import Integer, exp, log, oo, tanh

from symbolic.derivation import start
from symbolic.language.claims import Point, claim, relation
from symbolic.language.notation import (
    D,
    Divergence,
    Entropy,
    Family,
    Limit,
    Mean,
    Softmax,
    Sum,
    T,
    Variance,
    Z,
    i,
    j,
    k,
    lam,
    n,
    p,
    q,
    y,
    z,
)  # fmt: skip
from symbolic.language.parser import parse_expression as said
from symbolic.results import Need, Result, Twin

ORDER = 10

ZERO, TWO, LOG2 = Integer(0), Integer(2), log(2)
E = Family("epsilon")
P = Softmax(E, -1 / T)
Q = Sum(exp(-E[k] / T), k)
U = Mean(-z[k], k)
F = -T * log(Z)
LEVELS = {"z": (ZERO, LOG2)}
TWO_LEVELS = [relation(n, "==", 2)]

boltzmann_softmax = Result(
    "boltzmann_softmax",
    "the Boltzmann distribution is the softmax of minus the energies, at `lambda = 1/T`",
    start(exp(-E[i] / T) / Q, given=[relation(z[k], "==", -E[k])])
    .equals(exp(lam * z[i]) / Sum(exp(lam * z[k]), k), "`z[k]` is minus the energy, and `lambda` is `1/T`")
    .equals(p[i], "the definition of `p[i]`"),
    "the thread, answer 1; Gibbs 1902",
    twins=(
        Twin(claim(exp(-E[i] / T) / Q, "==", Softmax(E, lam)[i]),
             Point({"epsilon": (ZERO, LOG2)}, indices={"i": 1}, size=2), "the sign: low energies are the likely ones"),
    ),
    statements=("A55",),
)

boltzmann_ratio_hot = Result(
    "boltzmann_ratio_hot",
    "the thread's limit: at infinite temperature no state is more likely than any other",
    start(P[j] / P[i], T, oo)
    .equals(exp((E[i] - E[j]) / T), "the partition function cancels")
    .tends_to(1, "the exponent goes to 0, whichever the two energies are"),
    "the thread, answer 1",
    twins=(
        Twin(claim(Limit(P[j], T, oo), "==", 1), Point({"epsilon": (ZERO, LOG2)}, indices={"j": 1}, size=2),
             "it is the ratio that goes to 1, each probability goes to `1/n`"),
    ),
    statements=("A55", "L18"),
)

boltzmann_order = Result(
    "boltzmann_order",
    "a state of lower energy is never less likely",
    start(p[j], given=[relation(-z[j], "<=", -z[i])])
    .equals(p[i] * exp((z[j] - z[i]) / T), "the ratio of two states")
    .at_least(p[i], "the exponent is not negative"),
    "the thread, answer 1",
    needs=(
        Need("the order of the energies", claim(p[j], ">=", p[i]), Point(LEVELS, indices={"i": 2, "j": 1}, size=2)),
    ),
    twins=(
        Twin(claim(p[j], ">", p[i], [relation(-z[j], "<=", -z[i])]),
             Point({"z": (ZERO, ZERO)}, indices={"i": 1, "j": 2}, size=2), "ties are as likely"),
    ),
    statements=("A35",),
)

mean_energy = Result(
    "mean_energy",
    "the mean energy is a derivative of the partition function",
    start(T**2 * D(log(Z), T))
    .equals(T**2 * D(Z, T) / Z, "the chain rule")
    .equals(-Sum(z[k] * exp(z[k] / T), k) / Z, "each exponential moves")
    .equals(U, "a mean under p"),
    "Kardar 2007",
    twins=(
        Twin(claim(D(log(Z), T), "==", U), Point(LEVELS, TWO, size=2), "the derivative in T carries a factor `1/T^2`"),
    ),
    statements=("D12",),
)

free_energy = Result(
    "free_energy",
    "free energy is energy less temperature times entropy",
    start(U - T * Entropy(p))
    .equals(U + T * Sum(p[k] * log(p[k]), k), "the definition of the entropy")
    .equals(U + T * Sum(p[k] * (z[k] / T - log(Z)), k), "the logarithm of a probability")
    .equals(F, "the energies cancel, and the probabilities sum to 1"),
    "Kardar 2007",
    twins=(
        Twin(claim(U + T * Entropy(p), "==", F), Point(LEVELS, size=2), "entropy lowers the free energy"),
    ),
    statements=("A39",),
)

entropy_from_free_energy = Result(
    "entropy_from_free_energy",
    "entropy is what free energy loses per degree",
    start(-D(F, T))
    .equals(log(Z) + T * D(log(Z), T), "the product rule")
    .equals(log(Z) + U / T, "the mean energy, as a derivative of `log(Z)`")
    .equals(-Sum(p[k] * (z[k] / T - log(Z)), k), "the probabilities sum to 1")
    .equals(Entropy(p), "the logarithm of a probability"),
    "Kardar 2007",
    twins=(
        Twin(claim(D(F, T), "==", Entropy(p)), Point(LEVELS, size=2), "the free energy falls as it gets warmer"),
    ),
    statements=("D16",),
)

SQUARES = Sum(p[k] * (z[k] - Mean(z[j], j)) ** 2, k)

heat_capacity = Result(
    "heat_capacity",
    "fluctuation and dissipation: the heat capacity, a variance over `T^2`, is never negative",
    start(D(U, T))
    .equals(-Sum(z[k] * D(p[k], T), k), "only the probabilities move")
    .equals(Sum(z[k] * p[k] * (z[k] - Mean(z[j], j)) / T**2, k), "a state gains as its energy is above the mean")
    .equals(Variance(z[k], k) / T**2, "the variance; energies and logits have the same")
    .equals(SQUARES / T**2, "what a variance is")
    .at_least(0, "a sum of squares, weighted by probabilities"),
    "Kardar 2007",
    twins=(
        Twin(claim(D(U, T), ">", 0), Point({"z": (ZERO, ZERO)}, size=2), "with one level nothing takes up heat"),
        Twin(claim(D(U, T), "==", Variance(z[k], k) / T), Point(LEVELS, TWO, size=2), "one factor `1/T` too few"),
    ),
    statements=("D15",),
)

free_energy_concave = Result(
    "free_energy_concave",
    "the free energy is concave in the temperature",
    start(D(F, T, T))
    .equals(-D(Entropy(p), T), "the entropy is minus the first derivative")
    .equals(-D(U, T) / T, "`T` times the change of the entropy is that of the energy")
    .equals(-SQUARES / T**3, "the heat capacity")
    .at_most(0, "a sum of squares, weighted by probabilities"),
    "Kardar 2007",
    twins=(
        Twin(claim(D(F, T, T), ">=", 0), Point(LEVELS, size=2), "a slip of sign that is often made"),
    ),
)

third_cumulant = Result(
    "third_cumulant",
    "`log(Z)` knows all cumulants: its third derivative is the third central moment",
    start(D(log(Z), lam, lam, lam))
    .equals(D(Mean(z[k], k), lam, lam), "the first derivative is the mean")
    .equals(D(Variance(z[k], k), lam), "the second is the variance")
    .equals(Mean((z[k] - Mean(z[j], j)) ** 3, k), "the derivative of a variance is the third central moment"),
    "folklore",
    twins=(
        Twin(claim(D(log(Z), lam, lam, lam, lam), "==", Mean((z[k] - Mean(z[j], j)) ** 4, k)),
             Point(LEVELS, size=2), "from the fourth on a cumulant is no central moment"),
    ),
)

GAP = z[1] - z[2]
TANH = -(z[1] + z[2]) / 2 - GAP / 2 * tanh(GAP / (2 * T))

two_level_energy = Result(
    "two_level_energy",
    "two levels: the mean energy is the middle, less a hyperbolic tangent",
    start(U, given=TWO_LEVELS)
    .equals(-(z[1] * exp(z[1] / T) + z[2] * exp(z[2] / T)) / (exp(z[1] / T) + exp(z[2] / T)), "two terms")
    .equals(TANH, "over `exp((z[1] + z[2])/(2*T))`"),
    "Schottky 1922",
    needs=(
        Need("`n = 2`", claim(U, "==", TANH, [relation(n, ">=", 2)]), Point({"z": (ZERO, ZERO, LOG2)}, size=3)),
    ),
    statements=("A30",),
)

two_level_capacity = Result(
    "two_level_capacity",
    "two levels: the heat capacity, with the square of a hyperbolic tangent",
    start(D(U, T), given=TWO_LEVELS)
    .equals((GAP / T) ** 2 * p[1] * p[2], "the variance of two levels, over `T^2`")
    .equals((GAP / (2 * T)) ** 2 * (1 - tanh(GAP / (2 * T)) ** 2), "the slope of the hyperbolic tangent"),
    "Schottky 1922",
    needs=(
        Need("`n = 2`", claim(D(U, T), "==", (GAP / T) ** 2 * p[1] * p[2], [relation(n, ">=", 2)]),
             Point({"z": (ZERO, ZERO, LOG2)}, size=3)),
    ),
)

schottky_slope = Result(
    "schottky_slope",
    "with `x` the gap over T, the peak is where `x*tanh(x/2)` is 2",
    start(said("diff(x^2*exp(x)/(1 + exp(x))^2, x)"))
    .equals(said("2*x*exp(x)/(1 + exp(x))^2 + x^2*exp(x)*(1 - exp(x))/(1 + exp(x))^3"), "the product rule")
    .equals(said("x*exp(x)/(1 + exp(x))^2*(2 - x*tanh(x/2))"), "`(exp(x) - 1)/(exp(x) + 1)` is `tanh(x/2)`"),
    "Schottky 1922",
)

capacity_limit_hot = Result(
    "capacity_limit_hot",
    "the heat capacity vanishes in the heat as well, for any finite number of levels",
    start(Variance(z[k], k) / T**2, T, oo).tends_to(0, "the variance stays bounded, and `T^2` grows"),
    "Kardar 2007",
    twins=(
        Twin(claim(Limit(Variance(z[k], k), T, oo), "==", 0), Point(LEVELS, size=2), "the fluctuations stay"),
    ),
    statements=("L14",),
)

independent_partition = Result(
    "independent_partition",
    "independent systems: energies add, partition functions multiply",
    start(said("sum(sum(exp(lambda*(z[k] + y[l])), l), k)"))
    .equals(said("sum(sum(exp(lambda*z[k])*exp(lambda*y[l]), l), k)"), "the exponential of a sum is a product")
    .equals(said("sum(exp(lambda*z[k]), k)*sum(exp(lambda*y[l]), l)"), "each factor goes out of the other's sum"),
    "Kardar 2007",
    twins=(
        Twin(claim(Sum(exp(lam * (z[k] + y[k])), k), "==", Z * Sum(exp(lam * y[k]), k)),
             Point({"z": (ZERO, ZERO), "y": (ZERO, ZERO)}, size=2), "every pair of states counts"),
    ),
    statements=("A27",),
)

independent_probability = Result(
    "independent_probability",
    "independent systems: probabilities multiply",
    start(said("exp(lambda*(z[i] + y[j]))/sum(sum(exp(lambda*(z[k] + y[l])), l), k)"))
    .equals(said("exp(lambda*z[i])*exp(lambda*y[j])/(sum(exp(lambda*z[k]), k)*sum(exp(lambda*y[l]), l))"),
            "partition functions multiply")
    .equals(p[i] * Softmax(y, lam)[j], "each system has its own distribution"),
    "Kardar 2007",
    statements=("A26",),
)

MIXTURE = [relation(Sum(q[k], k), "==", 1), relation(q[k], ">", 0)]

EXCESS = p[k] / q[k] - 1 - log(p[k] / q[k])

gibbs_minimum = Result(
    "gibbs_minimum",
    "no other distribution has a smaller free energy",
    start(-Sum(q[k] * z[k], k) - T * Entropy(q), given=MIXTURE)
    .equals(F + T * Divergence(q, p), "the excess is a divergence")
    .equals(F + T * Sum(q[k] * EXCESS, k), "what a divergence is; both distributions sum to 1")
    .at_least(F, "`x - 1 - log(x)` is never negative, and 0 only at 1"),
    "Gibbs 1902; Jaynes 1957",
    needs=(
        Need("`sum(q[k], k) = 1`", claim(-Sum(q[k] * z[k], k) - T * Entropy(q), ">=", F, MIXTURE[1:]),
             Point({"z": (ZERO,), "q": (said("1/2"),)}, size=1)),
    ),
    statements=("I21", "Q06"),
)

RESULTS = (
    boltzmann_softmax, boltzmann_ratio_hot, boltzmann_order, mean_energy, free_energy, entropy_from_free_energy,
    heat_capacity, free_energy_concave, third_cumulant, two_level_energy, two_level_capacity, schottky_slope,
    capacity_limit_hot, independent_partition, independent_probability, gibbs_minimum,
)  # fmt: skip
