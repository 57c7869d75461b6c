"""The second edition of the language is read as its core: each line is printed as the line that the kernel reads."""

from __future__ import annotations

from itertools import pairwise

import pytest

from symbolic.kernel import Budget
from symbolic.kernel.checker import asked
from symbolic.language.claims import claim
from symbolic.language.errors import NotationError, SyntaxErrorInClaim
from symbolic.language.notation import i, p
from symbolic.language.parser import parse_claim, parse_claims, parse_expression, parse_question
from symbolic.language.typeset import plain

WORDS = [
    ("sigmoid(c)", "1/(1 + exp(-c))"),
    ("sigmoid(z[1] - z[2])", "1/(1 + exp(-(z[1] - z[2])))"),
    ("softplus(c)", "log(1 + exp(c))"),
    ("logit(c)", "log(c/(1 - c))"),
    ("relu(c)", "(c + abs(c))/2"),
    ("xlogy(c, t)", "c*log(t)"),
    ("sinh(c) + cosh(c)", "cosh(c) + sinh(c)"),
    ("log_softmax(z)[i]", "log(softmax(z)[i])"),
    ("log_softmax(z, lambda)[i]", "log(p[i])"),
    ("cross_entropy(y, p)", "-sum(y[k]*log(p[k]), k)"),
    ("e^c", "exp(c)"),
    ("cosh(pi*c)", "cosh(c*pi)"),
    ("limit(exp(-c), c, inf)", "limit(exp(-c), c, oo)"),
    ("limit(exp(c), c, -∞)", "limit(exp(c), c, -oo)"),
    # the largest and the smallest of numbers
    ("max(c, 0)", "(c + abs(c))/2"),
    ("min(c, t/2)", "(c + t/2 - abs(c - t/2))/2"),
    ("max(c, 1, 2)", "((c + abs(c - 1) + 1)/2 + abs((c + abs(c - 1) + 1)/2 - 2) + 2)/2"),
    ("max(2, 7, 5)", "7"),
    ("sum(max(z[k], 0), k)", "sum((abs(z[k]) + z[k])/2, k)"),
    ("max(z[k], k)", "max(z)"),
    ("max(z[k], k != i)", "max(z[k], k != i)"),
]
FAMILIES = [
    ("softmax(z/T)[i]", "softmax(z, 1/T)[i]"),
    ("softmax(-z)[i]", "softmax(z, -1)[i]"),
    ("softmax(2*z, c)[i]", "softmax(z, 2*c)[i]"),
    ("softmax(-lambda*w*c/2)[i] + w[j]", "w[j] + softmax(w, -lambda*c/2)[i]"),
    ("softmax(z + c)[i]", "exp(c + z[i])/sum(exp(c + z[k]), k)"),
    ("softmax(z^2)[i]", "exp(z[i]^2)/sum(exp(z[k]^2), k)"),
    ("softmax(z - max(z))[i]", "exp(z[i] - max(z))/sum(exp(z[k] - max(z)), k)"),
    ("softmax(z + x)[i] - x[i]", "exp(x[i] + z[i])/sum(exp(x[k] + z[k]), k) - x[i]"),
    ("softmax(z + x)[i] - softmax(x)[i]", "exp(x[i] + z[i])/sum(exp(x[k] + z[k]), k) - softmax(x)[i]"),
    ("softmax(z + x)[i] - x", "exp(x + z[i])/sum(exp(x + z[k]), k) - x"),
    ("softmax(softmax(x))[i]", "exp(softmax(x)[i])/sum(exp(softmax(x)[k]), k)"),
    ("softmax(p)[i]", "exp(p[i])/sum(exp(p[k]), k)"),
    ("softmax(sigmoid(x))[i]", "exp(1/(1 + exp(-x[i])))/sum(exp(1/(1 + exp(-x[k]))), k)"),
    ("logsumexp(2*z)", "log(sum(exp(2*z[k]), k))"),
    ("logsumexp(p)", "log(sum(exp(p[k]), k))"),
    ("max(z - w) + w[i]", "w[i] + max(z[k] - w[k], k)"),
    ("min(max(z, 0))", "min((abs(z[k]) + z[k])/2, k)"),
    ("mean(z)", "mean(z[k], k)"),
    ("var(z^2 - mean(z))", "var(z[l]^2 - mean(z[k], k), l)"),
    ("sum(p*log(p))", "sum(p[k]*log(p[k]), k)"),
    ("prod(1 + exp(z))", "prod(1 + exp(z[k]), k)"),
    ("sum(diff(p, z[j]))", "sum(diff(p[k], z[j]), k)"),
    ("entropy(softmax(c*z))", "entropy(softmax(z, c))"),
    ("kl(p, softmax(z/T))", "kl(p, softmax(z, 1/T))"),
    (
        "entropy((p + softmax(w))/2)",
        "-sum((softmax(w)[k] + p[k])*log((softmax(w)[k] + p[k])/2)/2, k)",
    ),
    ("cross_entropy(y/2, softmax(2*z))", "-sum(y[k]*log(softmax(z, 2)[k])/2, k)"),
    ("e[i] + pi[j]", "e[i] + pi[j]"),
]
CLAIMS = [
    ("softmax(s)[i] == x[i] where s[k] = c*x[k]", "softmax(x, c)[i] == x[i]"),
    (
        "softmax(s)[i] == x[i] where s[k] = c*x[k] + w[k]",
        "exp(c*x[i] + w[i])/sum(exp(c*x[k] + w[k]), k) == x[i]",
    ),
    (
        "diff(L, z[j]) == 0 where L = -sum(y[k]*log(p[k]), k) given sum(y[k], k) == 1",
        "diff(-sum(y[k]*log(p[k]), k), z[j]) == 0 given sum(y[k], k) == 1",
    ),
    ("L == 0 given L < 1 where L = c + t", "c + t == 0 given c + t < 1"),
    ("a + b1 == 0 where a = 2*b1, b1 = c^2", "c^2 + 2*c^2 == 0"),
    # definitions do not capture
    ("sum(L, k) == n*L where L = y[k]", "sum(y[k], l) == n*y[k]"),
    ("s[l] == 0 where s[k] = sum(w[l]*x[k], l)", "sum(w[k]*x[l], k) == 0"),
    ("sum(s[l], l) == 0 where s[k] = sum(w[l]*x[k], l)", "sum(sum(w[k]*x[l], k), l) == 0"),
    ("sum(y[k]*mean(x, k), k) == 0 where x = y[k]", "sum(y[m]*mean(y[k], l), m) == 0"),
    ("all1 == 0 where all1 = max(z)", "max(z) == 0"),
    ("p[i] <= q given all(q >= p[k], k != i) where q = p[k]", "p[i] <= p[k] given all(p[k] >= p[l], l != i)"),
    # entropy and kl of what hypotheses make positive
    (
        "entropy(t*q + (1 - t)*r) == 1 given q[k] > 0, r[k] > 0, 0 < t < 1",
        "-sum((t*q[l] + r[l]*(1 - t))*log(t*q[l] + r[l]*(1 - t)), l) == 1 given q[k] > 0, r[k] > 0, 0 < t, t < 1",
    ),
    ("kl(q, (p + q)/2) == 1 given 0 < q[k]", "sum(q[l]*log(2*q[l]/(q[l] + p[l])), l) == 1 given 0 < q[k]"),
    (
        "entropy(c*y - 1) == 1 given y[k] >= 1, c > 1",
        "-sum((c*y[l] - 1)*log(c*y[l] - 1), l) == 1 given y[k] >= 1, c > 1",
    ),
    (
        "entropy(y/c) == 1 given all(y[k] >= 1/n, k), 2 < c",
        "-sum(y[l]*log(y[l]/c)/c, l) == 1 given all(y[k] >= 1/n, k), 2 < c",
    ),
    (
        "entropy(sqrt(y)) == 1 given y[k] == exp(x[k])",
        "-sum(sqrt(y[l])*log(sqrt(y[l])), l) == 1 given y[k] == exp(x[k])",
    ),
    (
        "kl(softmax(log(q) + x), q) == x[i] given q[k] > 0",
        "sum(exp(x[m] + log(q[m]))*log(exp(x[m] + log(q[m]))/(q[m]*sum(exp(x[l] + log(q[l])), l)))"
        "/sum(exp(x[l] + log(q[l])), l), m) == x[i] given q[k] > 0",
    ),
    # a family stands for an expression whose entries may be 0
    ("entropy(y/2) == c", "entropy(s) == c given s[k] == y[k]/2"),
    ("kl(y, (p + q)/2) == 1 given q[k] >= 0", "kl(y, s) == 1 given q[k] >= 0, s[l] == (q[l] + p[l])/2"),
    ("kl(p, 1 - p) == entropy(1 - p)", "kl(p, s) == entropy(s) given s[k] == 1 - p[k]"),
    (
        "entropy(s*(t - c)) == entropy(s*t - c) given s[k] >= 0, n > 1",
        "entropy(u) == entropy(v) given s[k] >= 0, n > 1, u[l] == s[l]*(t - c), v[m] == t*s[m] - c",
    ),
    ("entropy(q*x[i]) == 1 given x[i] > 0", "entropy(s) == 0*z[i] + 1 given x[i] > 0, s[k] == q[k]*x[i]"),
    ("c > 0 given entropy(q*c) > c", "c > 0 given entropy(s) > c, s[k] == c*q[k]"),
    # beside a number the other letters are families
    ("diff(logsumexp(t*x + w), t, t) >= 0", "diff(log(sum(exp(t*x[k] + w[k]), k)), t, t) >= 0"),
    ("limit(logsumexp(t*x + w), t, 0) == 0", "limit(log(sum(exp(t*x[k] + w[k]), k)), t, 0) == 0"),
    ("max(x/c + w) > 0 given c > 0", "max(w[k] + x[k]/c, k) > 0 given c > 0"),
    ("softmax(x/T + w)[i] > 0", "exp(w[i] + x[i]/T)/sum(exp(w[k] + x[k]/T), k) > 0"),
    # hypotheses
    ("p[i] < c given 0 < c <= 1", "p[i] < c given 0 < c, c <= 1"),
    ("p[i] < c given all(0 < z[k] < 1, k != i)", "p[i] < c given all(0 < z[k], k != i), all(z[k] < 1, k != i)"),
    (
        "z[i] > w[i] given A == argmax(z - w), i in A",
        "z[i] > w[i] given all(z[k] - w[k] == max(z[l] - w[l], l), k in A), "
        "all(z[m] - w[m] < max(z[l] - w[l], l), m not in A), i in A",
    ),
]
SPELT = [
    ("KL(y, p) == ln(c) + Log(c)", "kl(y, p) == log(c) + log(c)"),
    ("Var(z) == Mean(z) + LSE(z)", "var(z[k], k) == logsumexp(z) + mean(z[k], k)"),
    ("MAX(z) == Entropy(p)", "max(z) == entropy(p)"),
    ("eps == epsilon*c", "epsilon == c*epsilon"),
    ("KL(y || p) == D_KL(y ‖ p)", "kl(y, p) == kl(y, p)"),
    ("λ·p[i]·(1 − p[i]) ≤ λ/4", "lambda*p[i]*(1 - p[i]) <= lambda/4"),
    ("σ(β)×x² == y⁻¹⋅δ(i, j)", "x^2/(1 + exp(-beta)) == delta(i, j)/y"),
    ("|x| - |y| <= |x - y*|c| |", "abs(x) - abs(y) <= abs(x - y*abs(c))"),
    ("KL(y || q) >= max(|c|, 0) given |y[k]| <= c", "kl(y, q) >= (abs(c) + abs(abs(c)))/2 given abs(y[k]) <= c"),
    ("p[i] <= 1 if i ∈ A", "p[i] <= 1 given i in A"),
    # words between what is claimed and what is given
    ("x^2 > 0 for x > 0, x < 1", "x^2 > 0 given x > 0, x < 1"),
    ("p[i] < c when c > 1 whenever x > 0 assuming n > 1", "p[i] < c given c > 1, x > 0, n > 1"),
    ("p[i] <= 1 for all i", "p[i] <= 1"),
    ("diff(p[i], z[j]) < 0 for every i != j", "diff(p[i], z[j]) < 0 given i != j"),
    ("p[i] <= 1 ∀ i given z[i] > z[k] ∀ k != i", "p[i] <= 1 given all(z[i] > z[k], k != i)"),
    ("z[i] > z[j] => p[i] > p[j]", "p[i] > p[j] given z[i] > z[j]"),
    ("c > 1 ==> c > 0", "c > 0 given c > 1"),
    ("if z[i] >= z[j], j in A and i != j then p[i] >= p[j]", "p[i] >= p[j] given z[i] >= z[j], j in A, i != j"),
    ("z[i] == max(z) ⇒ max(p) >= 1/n given n > 1", "max(p) >= 0*z[i] + 1/n given z[i] == max(z), n > 1"),
    ("0 < z[i] < 1 implies i == j", "delta(i, j) == 1 given 0 < z[i], z[i] < 1"),
    ("diff(log(Z), lambda, 2) == 0", "diff(log(Z), lambda, lambda) == 0"),
    ("diff(p[i], z[j], 2, T) == 0", "diff(p[i], z[j], z[j], T) == 0"),
    ("diff(p[i], z[j], z[i], 1) == 0", "diff(p[i], z[j], z[i]) == 0"),
    ("p[i] == 1 given z[i] > z[j] for all j != i, n >= 2", "p[i] == 1 given all(z[i] > z[j], j != i), n >= 2"),
    ("p[i] == 1 given 0 < z[j] < 1 for every j in A", "p[i] == 1 given all(0 < z[j], j in A), all(z[j] < 1, j in A)"),
    ("c > 0 given z[k] > z[1] for each k not in A", "c > 0 given all(z[k] > z[1], k not in A)"),
    # what holds for some class is a hypothesis about that class, of which the claim is then, too
    ("p[i] < c given p[j] > c for some j != i", "p[i] < c + 0*z[j] given p[j] > c, j != i"),
    ("c > 0 given 0 < z[j] < c for some j in A, n > 1", "c > 0*z[j] given 0 < z[j], z[j] < c, j in A, n > 1"),
    ("max(z) > 0 given z[j] > 0 for some j", "max(z) > 0*z[j] given z[j] > 0"),
    ("let s[k] = c*x[k], q = t; softmax(s)[i] == q", "softmax(x, c)[i] == t"),
    ("a = t; b = 2*a; b == c where c = 3", "2*t == 3"),
    # a family that is defined stands as a whole
    ("kl(p, u) == c where u[i] = 1/n", "sum(p[k]*log(p[k]/(1/n)), k) == c"),
    ("entropy(u) == max(u) where u[k] = exp(x[k])", "-sum(exp(x[k])*log(exp(x[k])), k) == max(exp(x[k]), k)"),
    # an equation of families is one of their entries
    ("softmax(c*z) == softmax(z)", "softmax(z, c)[i] == softmax(z)[i]"),
    ("log(p) == log_softmax(lambda*z)", "log(p[i]) == log(p[i])"),
    ("u == p where u[k] = 1/n", "1/n == p[i]"),
    ("softmax(z) == softmax(x) given z[i] == x[i]", "softmax(z)[j] == softmax(x)[j] given z[i] == x[i]"),
    ("z[i] == x[i] given softmax(z) == softmax(x)", "z[i] == x[i] given softmax(z)[j] == softmax(x)[j]"),
    # a function of a number
    ("R(2) == R(c) where R(a) = sum(p[k]^a, k)", "sum(p[k]^2, k) == sum(p[k]^c, k)"),
    ("diff(R(a), a) == 0 where R(a) = log(a)", "diff(log(a), a) == 0"),
    ("sum(R(z[k]), k) == 0 where R(a) = sum(p[k]^a, k)", "sum(sum(p[k]^z[l], k), l) == 0"),
    ("R(R(c)) == R(a) where R(a) = Q(a) + 1, Q(b) = b^2", "(c^2 + 1)^2 + 1 == a^2 + 1"),
    ("softmax(R(2)*z)[i] == s[i] where R(a) = a + 1, s[k] = R(x[k])", "softmax(z, 3)[i] == x[i] + 1"),
]
UNCLEAR = [
    ("diff(c, t, 0) == 0", "0)", "a number from 1 to 20"),
    ("diff(c, t, 21) == 0", "21", "a number from 1 to 20"),
    ("Delta(i, j) == 0", "Delta", "`Delta` is not known"),
    ("p[i] > p[j] given z[i] > z[j] for all j != i", "j != i", "`j` stands elsewhere in the line too"),
    ("p[i] > p[j] given z[i] > z[j] for some j", "j", "`j` stands elsewhere in the line too: take another letter here"),
    (
        "p[i] > 0 given z[i] <= z[j], i != j",
        "j",
        "`z[i] <= z[j] for some j != i`, or every one, `z[i] <= z[j] for all j",
    ),
    ("p[i] > 0 given z[j] > 0, j in A", "j in", "`z[j] > 0 for some j in A`, or every one, `z[j] > 0 for all j in A`"),
    ("p[i] > 0 for all k", "k", "`k` is not in what is claimed"),
    ("p[i] > 1/2 for some i", "i", "a claim is about every class: that there is such a one is count(z[k] > c, k) >= 1"),
    ("p[i] => 0", "=>", "expected a relation"),
    ("max(x || y) > 0", "||", "stands in a divergence, KL(q || p)"),
    ("p[1] < 1 where n = 2", "n =", "what is assumed of it comes after given"),
    (
        "p[i] > 0 given i == argmin(z)",
        "i ==",
        "that z is extreme at i is z[i] == min(z), and that it is so",
    ),
    ("softmax(z) == q", "soft", "this is a family"),
    ("diff(p, z[j]) == p*(delta(i, j) - p[j])", "p, z", "an entry of it is p[i]"),
    ("p*z[i] == softmax(z)*z[i]", "soft", "this is a family"),
    ("R(T) == 2*T where R(a) = diff(a*T, T)", "diff", "stands in a derivative or a limit here"),
    ("R(p) == 1 where R(q) = sum(q[k]^2, k)", "q) =", "the argument of a definition is a number"),
    ("R(3) == 1 where R(k) = sum(p[k]^2, k)", "k) =", "the argument of a definition is a number"),
    ("R(1) == 1 where R(a) = exp(softmax(a)[1])", "a) =", "the argument of a definition is a number"),
    ("R(3) == 1 where R(a) = a*L, L = 2*a", "a) =", "is the argument of R and stands in what `L` is, too"),
    ("R(1) == 1 where R(a) = R(a - 1)", "R(a - 1)", "`R` is defined by itself"),
    ("R(1) == 1 where R(z) = 2", "z", "`z` has a meaning already"),
    ("R == 3 where R(a) = a", "R ==", "`R` is defined as a function: its value is R(a)"),
    ("R[i] == 3 where R(a) = a", "R[", "`R` is defined as a function: its value is R(a)"),
    ("R(1, 2) == 3 where R(a) = a", "R(1", "`R` is defined for one number: R(a)"),
    ("R(z) == 3 where R(a) = a", "z", "`z` is the family of logits"),
    ("a = 3; b > 2", "a =", "`a` is defined and not used"),
]
REFUSED = [
    ("a == 1 where a = b, b = a", "a", "`a` is defined by itself"),
    ("s[i] == 1 where s[k] = s[k] + 1", "s[k] + 1", "`s` is defined by itself"),
    ("a == 1 where a = b, a = c", "a = c", "`a` is defined twice"),
    ("c == 1 where z = 3", "z", "`z` has a meaning already"),
    ("c == 1 where exp = 3", "exp", "`exp` has a meaning already"),
    ("c == 1 where pi = 3", "pi", "`pi` has a meaning already"),
    ("sum(k, k) == 1 where k = 3", "k = 3", "`k` is defined here: as a bound index take another letter"),
    ("z[a] == 1 where a = 3", "a]", "`a` is defined in this line: expected an index"),
    ("s == 1 where s[k] = z[k]", "s ==", "`s` is defined as a family; an entry of it is s[i]"),
    ("s[i] == 1 where s = c", "s[i]", "`s` is defined as a number and has no entries"),
    ("softmax(s)[i] == 1 where s = c", "s)", "`s` is defined as a number and has no entries"),
    ("diff(L, L) == 1 where L = c^2", "L)", "`L` stands for c^2: expected a variable that is free"),
    ("diff(c, s[i]) == 1 where s[k] = z[k]/c", "s[i]", "`s` stands for z[k]/c: expected a variable that is free"),
    ("limit(1/L, L, 0) == 1 where L = c^2", "L, 0", "`L` stands for c^2: expected a variable that is free"),
    ("c == 1 where c < 3", "< 3", "expected a definition"),
    ("c == 1 where 2*t = 3", "2*t", "expected a definition"),
    ("c == 1 where t = 3 = 3", "t = 3", "expected a definition"),
    ("c == 1 where s[1] = 3", "s[1]", "expected a definition"),
    ("t == 1 where t = z", "t", "`t` is defined as a family; an entry of it is t[i]"),
    ("z/c = p/c iff z = p", "z/c", "these families may be undefined at some classes"),
    ("c == 1 where t = 3", "t", "`t` is defined and not used"),
    ("log_softmax(z) == 1", "log_", "this is a family"),
    ("softmax(z + c) == 1", "soft", "this is a family"),
    ("diff(entropy(y/2), y[i]) == 1", "entropy", "each entry has to be positive: that is seen given y[k] > 0"),
    ("limit(kl(y/c, p), c, 1) == y[i] given y[i] > 0", "kl", "that is seen given y[k] > 0, c > 0"),
    ("sum(entropy(q*y[k]), k) == 1 given all(q[k] > 0, k != i)", "entropy", "that is seen given q[k] > 0, y[k] > 0"),
    ("c > 0 given entropy((1 - t)*q*y[i]) > c, 0 < q[k]", "entropy", "that is seen given t < 1, y[k] > 0"),
    ("diff(kl(p, c - p), c) == 1", "kl", "each entry has to be positive, as p, exp(w) and softmax(w) are"),
    ("sum(z[i]) == 1", "z[i]", "expected a family such as z, or an expression in one"),
    ("sum(c*3) == c", "c*3", "expected a family such as z, or an expression in one"),
]


@pytest.mark.parametrize(("typed", "core"), WORDS + FAMILIES)
def test_an_expression_is_read_as_its_core(typed: str, core: str) -> None:
    assert plain(parse_question(f"{typed} given n == 2")[0]) == core
    assert plain(parse_question(f"{core} given n == 2")[0]) == core


@pytest.mark.parametrize(("typed", "core"), CLAIMS + SPELT)
def test_a_claim_is_read_as_its_core(typed: str, core: str) -> None:
    assert plain(parse_claim(typed)) == core
    assert parse_claim(core) == parse_claim(typed)
    asked(core, Budget())  # by the kernel's reader


@pytest.mark.parametrize(("line", "place", "message"), REFUSED + UNCLEAR)
def test_what_is_refused(line: str, place: str, message: str) -> None:
    with pytest.raises(SyntaxErrorInClaim) as refusal:
        parse_claim(line)
    assert message in refusal.value.message
    assert refusal.value.position in (line.index(place), line.rindex(place))


def test_a_letter_taken_for_a_number_is_said() -> None:
    """Beside a family a letter without an index is a number; where it may be one of a vector, that is said."""
    assert parse_claim("softmax(z + c)[i] > 0").remarks == ()
    assert parse_claim("softmax(z + x)[i] > x").remarks == ()
    (remark,) = parse_claim("limit(softmax(t*x + w)[i], t, 0) == softmax(w)[i]").remarks
    assert remark.startswith("`x` has no index in the line, and is read as a number in `t*x + w`")
    assert remark.endswith("where s[k] = t*x[k] + w[k]")
    first, second = parse_claims("0 < softmax(z + w)[i] < softmax(z + w)[i] + 1")
    assert len(first.remarks) == 1
    assert second.remarks == ()


CHAINS = {
    "p[i] <= sum(p[k], k in A) <= size(A)*max(p) given i in A": [
        "p[i] <= sum(p[k], k in A) given i in A",
        "sum(p[k], k in A) <= size(A)*max(p) + 0*z[i] given i in A",
    ],
    "p[i] <= p[j] <= max(p) given z[i] <= z[j], i != j": [
        "p[i] <= p[j] given z[i] <= z[j], i != j",
        "p[j] <= max(p) + 0*z[i] given z[i] <= z[j], i != j",
    ],
    "p[i] <= max(p) <= 1 given z[i] == max(z)": [
        "p[i] <= max(p) given z[i] == max(z)",
        "max(p) <= 1 + 0*z[i] given z[i] == max(z)",
    ],
    "0 <= entropy(q*x[i]) <= c given x[i] > 0": [
        "0 <= entropy(s) + 0*z[i] given x[i] > 0, s[k] == q[k]*x[i]",
        "entropy(s) <= c + 0*z[i] given x[i] > 0, s[k] == q[k]*x[i]",
    ],
    "0 < p[i] <= c given c > 1, q[k] > 0": ["0 < p[i] given c > 1, q[k] > 0", "p[i] <= c given c > 1, q[k] > 0"],
}


@pytest.mark.parametrize(("line", "claims"), CHAINS.items())
def test_a_hypothesis_is_about_the_whole_chain(line: str, claims: list[str]) -> None:
    assert [plain(each) for each in parse_claims(line)] == [plain(parse_claim(each)) for each in claims]
    for each in claims:
        asked(plain(parse_claim(each)), Budget())


def test_some_class_is_one_of_a_claim() -> None:
    with pytest.raises(SyntaxErrorInClaim, match="some class is one of a claim"):
        parse_question("p[i] given z[j] > 0 for some j")
    with pytest.raises(SyntaxErrorInClaim, match="each entry has to be positive"):
        parse_question("entropy(y/2) given n > 1")
    with pytest.raises(NotationError, match="write the whole claim as text"):
        claim(p[i], "<", 1, given="p[j] > 0 for some j != i")


def test_definitions_that_grow_are_refused_soon() -> None:
    letters = [f"a{number}" for number in range(60)]
    defined = ", ".join(f"{one} = {other} + {other}" for one, other in pairwise(letters))
    with pytest.raises(SyntaxErrorInClaim, match="more than 50000 words"):
        parse_claim(f"a0 == 1 where {defined}, a59 = c")
    with pytest.raises(SyntaxErrorInClaim, match=r"more than|nested"):
        parse_expression("sigmoid(" * 40 + "c" + ")" * 40)
    with pytest.raises(SyntaxErrorInClaim, match=r"more than|nested"):
        parse_expression("softmax(" * 40 + "z" + ")" * 40 + "[i]")


IFF = {
    "x > 0 if and only if y > 0": ["y > 0 given x > 0", "x > 0 given y > 0"],
    "x > 0 <=> y > 0 if c > 1": ["y > 0 given x > 0, c > 1", "x > 0 given y > 0, c > 1"],
    "0 < c < 1/d iff x > 0": [
        "x > 0 given 0 < c, c < 1/d",
        "0 < c given x > 0, 1/d == 1/d",
        "c < 1/d given x > 0",
    ],
    "0 < c < x/2 iff x > 0": ["x > 0 given 0 < c, c < x/2", "0 < c given x > 0", "c < x/2 given x > 0"],
    "c > 0 iff 0 <= 1/z[j] < 5": [
        "0 <= 1/z[j] given c > 0, 1/z[j] == 1/z[j]",
        "1/z[j] < 5 given c > 0, 1/z[j] == 1/z[j]",
        "c > 0*z[j] given 0 <= 1/z[j], 1/z[j] < 5",
    ],
}


@pytest.mark.parametrize(("line", "claims"), IFF.items())
def test_a_point_where_a_link_says_nothing_does_not_count(line: str, claims: list[str]) -> None:
    """Of a side of iff that is a chain, each link is claimed where all of them are defined."""
    assert [plain(each) for each in parse_claims(line)] == [plain(parse_claim(each)) for each in claims]
