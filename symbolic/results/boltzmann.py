"""The Boltzmann distribution: softmax of minus the energies, and the thermodynamics that follows from log Z.

    p_i = e^{-epsilon_i/T}/Q,  Q = sum_k e^{-epsilon_k/T}        T > 0 in units of energy (k_B = 1)

    F = -T log Q = U - T S,   S = -dF/dT,   U = <epsilon>,   C = dU/dT = Var(epsilon)/T^2 >= 0

Sources  a public thread on the intuition of softmax, its first answer; M. Kardar, Statistical Physics of Particles
         (2007, from memory); E. T. Jaynes (1957, from memory) for the minimum of the free energy.
"""

from sympy import Eq, Integer, exp, log, oo, tanh

from symbolic.derivation import start
from symbolic.language.claim import Point, claim, relation
from symbolic.language.notation import (
    Count,
    D,
    Divergence,
    Entropy,
    Family,
    Limit,
    Mean,
    Minimum,
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
    x,
    z,
)  # fmt: skip
from symbolic.language.parser import parse_expression as said
from symbolic.results import Need, Result, Twin

ORDER = 10

ZERO, ONE, TWO, LOG2 = Integer(0), Integer(1), Integer(2), log(2)
E = Family("epsilon")
P = Softmax(E, -1 / T)
Q = Sum(exp(-E[k] / T), k)
U = Sum(P[k] * E[k], k)
SPREAD = Sum(P[k] * E[k] ** 2, k) - U**2
F = -T * log(Q)
LEVELS = {"epsilon": (ZERO, LOG2)}
TWO_LEVELS = [relation(n, "==", 2)]

boltzmann_softmax = Result(
    "boltzmann_softmax",
    "the Boltzmann distribution is the softmax of minus the energies, at `lambda = 1/T`",
    start(exp(-E[i] / T) / Q, given=[relation(z[k], "==", -E[k])])
    .equals(exp(lam * z[i]) / Sum(exp(lam * z[k]), k), "`z[k]` is minus the energy, and `lambda` is `1/T`")
    .equals(p[i], "the definition of `p[i]`"),
    "the thread, answer 1; J. W. Gibbs (1902, from memory)",
    twins=(
        Twin(claim(exp(-E[i] / T) / Q, "==", Softmax(E, lam)[i]), Point(LEVELS, indices={"i": 1}, size=2),
             "the sign: low energies are the likely ones"),
    ),
)

boltzmann_ratio_hot = Result(
    "boltzmann_ratio_hot",
    "the thread's limit: at infinite temperature no state is more likely than any other",
    start(P[j] / P[i], T, oo)
    .equals(exp((E[i] - E[j]) / T), "the partition function cancels")
    .tends_to(1, "the exponent goes to 0, whichever the two energies are"),
    "the thread, answer 1",
    twins=(
        Twin(claim(Limit(P[j], T, oo), "==", 1), Point(LEVELS, indices={"j": 1}, size=2),
             "it is the ratio that goes to 1, each probability goes to `1/n`"),
    ),
)

boltzmann_order = Result(
    "boltzmann_order",
    "a state of lower energy is never less likely",
    start(P[j], given=[relation(E[j], "<=", E[i])])
    .equals(P[i] * exp((E[i] - E[j]) / T), "the ratio of two states")
    .at_least(P[i], "the exponent is not negative"),
    "the thread, answer 1",
    needs=(
        Need("the order of the energies", claim(P[j], ">=", P[i]), Point(LEVELS, indices={"i": 1, "j": 2}, size=2)),
    ),
    twins=(
        Twin(claim(P[j], ">", P[i], [relation(E[j], "<=", E[i])]),
             Point({"epsilon": (ZERO, ZERO)}, indices={"i": 1, "j": 2}, size=2), "ties are as likely"),
    ),
)

mean_energy = Result(
    "mean_energy",
    "the mean energy is a derivative of the partition function",
    start(T**2 * D(log(Q), T))
    .equals(T**2 * D(Q, T) / Q, "the chain rule")
    .equals(T**2 * Sum(E[k] / T**2 * exp(-E[k] / T), k) / Q, "each exponential moves")
    .equals(Sum(P[k] * E[k], k), "the probabilities again: this is `U`"),
    "Kardar 2007 (from memory)",
    twins=(
        Twin(claim(D(log(Q), T), "==", U), Point(LEVELS, TWO, size=2), "the derivative in T carries a factor `1/T^2`"),
    ),
)

free_energy = Result(
    "free_energy",
    "free energy is energy less temperature times entropy",
    start(U - T * Entropy(P))
    .equals(U + T * Sum(P[k] * log(P[k]), k), "the definition of the entropy")
    .equals(U + T * Sum(P[k] * (-E[k] / T - log(Q)), k), "the logarithm of a probability")
    .equals(said("-T*log(sum(exp(-epsilon[k]/T), k))"), "the energies cancel, and the probabilities sum to 1"),
    "Kardar 2007 (from memory)",
    twins=(
        Twin(claim(U + T * Entropy(P), "==", F), Point(LEVELS, size=2), "entropy lowers the free energy"),
    ),
)

entropy_from_free_energy = Result(
    "entropy_from_free_energy",
    "entropy is what free energy loses per degree",
    start(-D(F, T))
    .equals(log(Q) + T * D(log(Q), T), "the product rule")
    .equals(log(Q) + U / T, "the mean energy, as a derivative of `log(Q)`")
    .equals(-Sum(P[k] * (-E[k] / T - log(Q)), k), "the probabilities sum to 1")
    .equals(Entropy(P), "the logarithm of a probability"),
    "Kardar 2007 (from memory)",
    twins=(
        Twin(claim(D(F, T), "==", Entropy(P)), Point(LEVELS, size=2), "the free energy falls as it gets warmer"),
    ),
)

heat_capacity = Result(
    "heat_capacity",
    "fluctuation and dissipation: the heat capacity is the variance of the energy over `T^2`",
    start(D(U, T))
    .equals(Sum(E[k] * D(P[k], T), k), "only the probabilities move")
    .equals(Sum(E[k] * P[k] * (E[k] - U) / T**2, k), "a state gains as its energy is above the mean")
    .equals(SPREAD / T**2, "the variance of the energy")
    .at_least(0, "a variance is not negative"),
    "Kardar 2007 (from memory)",
    twins=(
        Twin(claim(D(U, T), ">", 0), Point({"epsilon": (ZERO, ZERO)}, size=2), "with one level nothing takes up heat"),
        Twin(claim(D(U, T), "==", SPREAD / T), Point(LEVELS, TWO, size=2), "one factor `1/T` too few"),
    ),
)

free_energy_concave = Result(
    "free_energy_concave",
    "the free energy is concave in the temperature",
    start(D(F, T, T))
    .equals(-D(Entropy(P), T), "the entropy is minus the first derivative")
    .equals(-D(U, T) / T, "`T` times the change of the entropy is the change of the energy")
    .equals(-SPREAD / T**3, "the heat capacity")
    .at_most(0, "a variance is not negative"),
    "Kardar 2007 (from memory)",
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
             Point({"z": (ZERO, LOG2)}, size=2), "from the fourth on a cumulant is no central moment"),
    ),
)

GAP = E[2] - E[1]

two_level_energy = Result(
    "two_level_energy",
    "two levels: the mean energy is a hyperbolic tangent",
    start(U, given=TWO_LEVELS)
    .equals((E[1] * exp(-E[1] / T) + E[2] * exp(-E[2] / T)) / (exp(-E[1] / T) + exp(-E[2] / T)), "two terms")
    .equals((E[1] + E[2]) / 2 - GAP / 2 * tanh(GAP / (2 * T)), "the middle, less a hyperbolic tangent"),
    "W. Schottky (1922, from memory)",
    needs=(
        Need("`n = 2`", claim(U, "==", (E[1] + E[2]) / 2 - GAP / 2 * tanh(GAP / (2 * T)), [relation(n, ">=", 2)]),
             Point({"epsilon": (ZERO, ZERO, LOG2)}, size=3)),
    ),
)

two_level_capacity = Result(
    "two_level_capacity",
    "two levels: the heat capacity has a peak, for it is 0 in the cold and in the heat",
    start(D(U, T), given=TWO_LEVELS)
    .equals((GAP / T) ** 2 * P[1] * P[2], "the variance of two levels, over `T^2`")
    .equals((GAP / (2 * T)) ** 2 * (1 - tanh(GAP / (2 * T)) ** 2), "the slope of the hyperbolic tangent"),
    "Schottky 1922 (from memory)",
)

_CAPACITY = said("x^2*exp(x)/(1 + exp(x))^2")

schottky_slope = Result(
    "schottky_slope",
    "with `x` the gap over T, the peak is where `x*tanh(x/2)` is 2",
    start(said("diff(x^2*exp(x)/(1 + exp(x))^2, x)"))
    .equals(said("2*x*exp(x)/(1 + exp(x))^2 + x^2*exp(x)*(1 - exp(x))/(1 + exp(x))^3"), "the product rule")
    .equals(said("x*exp(x)/(1 + exp(x))^2*(2 - x*tanh(x/2))"), "`(exp(x) - 1)/(exp(x) + 1)` is `tanh(x/2)`"),
    "Schottky 1922 (from memory)",
)

capacity_limit_cold = Result(
    "capacity_limit_cold",
    "the heat capacity vanishes in the cold, for any finite number of levels",
    start(SPREAD / T**2, T, 0).tends_to(0, "the ground states are all alike, and the rest is exponentially rare"),
    "Kardar 2007 (from memory)",
)

capacity_limit_hot = Result(
    "capacity_limit_hot",
    "the heat capacity vanishes in the heat, for any finite number of levels",
    start(SPREAD / T**2, T, oo).tends_to(0, "the variance stays bounded, and `T^2` grows"),
    "Kardar 2007 (from memory)",
)

GROUND = Count(Eq(E[k], Minimum.of(E)), k)

third_law = Result(
    "third_law",
    "the third law, with degeneracy: at zero temperature the logarithm of the number of ground states is left",
    start(Entropy(P), T, 0).tends_to(log(GROUND), "the limit is uniform on the states of least energy"),
    "W. Nernst (from memory); Kardar 2007 (from memory)",
    twins=(
        Twin(claim(Limit(Entropy(P), T, 0), "==", 0), Point({"epsilon": (ZERO, ZERO)}, size=2),
             "only where the ground state is unique"),
    ),
)

ground_energy = Result(
    "ground_energy",
    "at zero temperature the mean energy is the least one",
    start(U, T, 0).tends_to(Minimum.of(E), "the states of least energy have all the weight"),
    "folklore",
)

independent_partition = Result(
    "independent_partition",
    "independent systems: energies add, partition functions multiply",
    start(said("sum(sum(exp(-(epsilon[k] + x[l])/T), l), k)"))
    .equals(said("sum(sum(exp(-epsilon[k]/T)*exp(-x[l]/T), l), k)"), "the exponential of a sum is a product")
    .equals(said("sum(exp(-epsilon[k]/T), k)*sum(exp(-x[l]/T), l)"), "each factor goes out of the other's sum"),
    "Kardar 2007 (from memory)",
)

independent_probability = Result(
    "independent_probability",
    "independent systems: probabilities multiply",
    start(said("exp(-(epsilon[i] + x[j])/T)/sum(sum(exp(-(epsilon[k] + x[l])/T), l), k)"))
    .equals(said("exp(-epsilon[i]/T)*exp(-x[j]/T)/(sum(exp(-epsilon[k]/T), k)*sum(exp(-x[l]/T), l))"),
            "partition functions multiply")
    .equals(P[i] * Softmax(x, -1 / T)[j], "each system has its own distribution"),
    "Kardar 2007 (from memory)",
)

MIXTURE = [relation(Sum(q[k], k), "==", 1), relation(q[k], ">", 0)]

gibbs_minimum = Result(
    "gibbs_minimum",
    "no other distribution has a smaller free energy",
    start(Sum(q[k] * E[k], k) - T * Entropy(q), given=MIXTURE)
    .equals(F + T * Divergence(q, P), "the excess is a divergence")
    .at_least(said("-T*log(sum(exp(-epsilon[k]/T), k))"), "a divergence is not negative"),
    "J. W. Gibbs; Jaynes 1957 (from memory)",
    needs=(
        Need("`sum(q[k], k) = 1`", claim(Sum(q[k] * E[k], k) - T * Entropy(q), ">=", F, MIXTURE[1:]),
             Point({"epsilon": (ZERO,), "q": (said("1/2"),)}, size=1)),
    ),
)

RESULTS = (
    boltzmann_softmax, boltzmann_ratio_hot, boltzmann_order, mean_energy, free_energy, entropy_from_free_energy,
    heat_capacity, free_energy_concave, third_cumulant, two_level_energy, two_level_capacity, schottky_slope,
    capacity_limit_cold, capacity_limit_hot, third_law, ground_energy, independent_partition, independent_probability,
    gibbs_minimum,
)  # fmt: skip
