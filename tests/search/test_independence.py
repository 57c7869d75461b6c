"""`Fails` is said only where the sides differ: of no true claim, whatever its absolute values and hypotheses."""

from random import Random

import pytest

from symbolic.language.claims import Unknown
from symbolic.language.parser import parse_claim
from symbolic.search.decision import decide
from symbolic.search.form.equality import Fails, Holds, Open, equal
from tests.identities import identity
from tests.search.pairs import outcome, reason

# true, by cases of the sign of what is inside |.|
BY_SIGNS = [
    "exp(abs(x)) + exp(-abs(x)) == exp(x) + exp(-x)",
    "log(1 + exp(x)) == (x + abs(x))/2 + log(1 + exp(-abs(x)))",
    "log(1 + exp(x[i])) == (x[i] + abs(x[i]))/2 + log(1 + exp(-abs(x[i])))",
    "log(1 + exp(x - y)) == (x - y + abs(x - y))/2 + log(1 + exp(-abs(x - y)))",
    "(exp(abs(x)) - exp(x))*(exp(abs(x)) - exp(-x)) == 0",
    "tanh(abs(x))^2 == tanh(x)^2",
    "log(1 + abs(x)) + log(abs(1 - abs(x))) == log(abs(1 - x^2))",
]
BY_LIMITS = [
    "limit((d - 1)*c, c, oo) == 0 given d == 1",
    "limit(d*c, c, oo) == 0 given d^2 <= 0",
    "limit(d*c^2 + 1/c, c, oo) == 0 given d == 0",
]
# true, or about no point: the kernel does not see it, and does not say that the sides differ
NOT_SEEN = {
    "sum(exp(abs(y[k])) + exp(-abs(y[k])), k) == sum(exp(y[k]) + exp(-y[k]), k)": "inside another function",
    "diff(exp(abs(x)) + exp(-abs(x)), x) == exp(x) - exp(-x)": "inside another function",
    "log(1 + exp(x/2)) + log(exp(x/2) - 1) == log(exp(x) - 1)": "inside another function",
    "y[i] == 0 given sum(y[k]^2, k) == 0": "in part only",
    "y[i] == 0 given sum(exp(y[k]) - y[k], k) == n": "in part only",
    "sum(x[k], k in A)^2 == sum(x[k]^2, k in A) given size(A) == 1": "in part only",
    "x[i] == x[j] given y[k]*x[l] == 1": "could not be used",
    "y[i] == 3 given sum(y[k], k) == 1, sum(w[k]*y[k], k) == 2, w[k] == 1": "in part only",
    "x[i] == 7 given x[i] == sum(exp(x[k]), k)": "in part only",
    "log(x - x^2 - 1) == 5": "defined nowhere",
    "log(x - 1) + log(-x - 1) == 3": "defined nowhere",
    "z[i] == z[j] given i in A, A == argmax(z), A == argmin(z)": "could not be used",
    "lambda == 7 given lambda == x - x^2 - 1": "",
    "limit(c*log(d^2 - d + 1), c, 0) == 0": "",
}
FALSE = ["c == 2", "lambda*p[i] == p[i]", "abs(x) == x", "sum(y[k]*log(p[k]), k) == 1 given sum(y[k], k) == 1",
         "log(1 - x) == x", "sum(abs(y[k]), k) == sum(y[k], k)", "limit(1/c, c, 0) >= 0"]  # fmt: skip


@pytest.mark.parametrize("line", BY_SIGNS + BY_LIMITS)
def test_signs_are_cases(line: str) -> None:
    assert isinstance(outcome(line), Holds)


@pytest.mark.parametrize(("line", "why"), NOT_SEEN.items())
def test_what_is_not_seen_is_not_denied(line: str, why: str) -> None:
    assert why in reason(line)


@pytest.mark.parametrize("line", FALSE)
def test_what_differs_is_said_to(line: str) -> None:
    assert isinstance(outcome(line), Fails)


def test_the_verdict_does_not_say_that_equal_sides_differ() -> None:
    said = decide(parse_claim("y[i] == 0 given sum(y[k]^2, k) == 0"), 2)
    assert not isinstance(said, Unknown) or "differ" not in said.reason


PIECES = ["{0}", "{1}", "exp({0})", "exp(-{1})", "log(1 + exp({0}))", "{0}^2", "abs({0})", "tanh({1})", "1/(1 + {1}^2)",
          "exp({0}*{1})", "sqrt(1 + {0}^2)", "p[i]", "c"]  # fmt: skip
# what makes the sides equal: a hypothesis, and what to write on the left and on the right
GROUNDS = [("", "abs(x)", "sqrt(x^2)"), ("x == y", "x", "y"), ("exp(x) == exp(y)", "x", "y"),
           ("sum(w[k]^2, k) == 0", "w[i]", "w[j]"), ("(x - y)^2 == 0", "x", "y"), ("abs(x - y) == 0", "x", "y"),
           ("x^3 == y^3", "x", "y"), ("w[k] == x, w[i] == y", "x", "y"), ("x^2 + y^2 == 0", "x", "-y"),
           ("sum(abs(w[k]), k) == 0", "w[i]", "0"), ("x - y == 0, c == 1", "x", "y^c")]  # fmt: skip


def even(rng: Random) -> str:
    """A symmetric expression in x and -x, and the same in |x| and -|x|."""
    piece = rng.choice(PIECES)
    join = rng.choice([" + ", "*"])
    left, right = (f"({piece.format(one, two)}){join}({piece.format(two, one)})"
                   for one, two in (("(x)", "(-x)"), ("abs(x)", "(-abs(x))")))  # fmt: skip
    return f"{left} == {right}"


def equal_by_hypothesis(rng: Random) -> str:
    """An expression of what a hypothesis makes equal."""
    given, one, two = rng.choice(GROUNDS)
    pieces = rng.sample(PIECES, 2)
    left, right = (" + ".join(f"({piece.format(f'({at})', f'(2*({at}))')})" for piece in pieces) for at in (one, two))
    free = " + w[i] - w[i] + w[j] - w[j]" if "w" in given else ""
    return f"{left}{free} == {right}{free}" + (f" given {given}" if given else "")


@pytest.mark.parametrize("seed", range(60))
def test_no_true_claim_is_said_to_differ(seed: int) -> None:
    rng = Random(f"true {seed}")
    for line in (even(rng), equal_by_hypothesis(rng)):
        assert isinstance(outcome(line), (Holds, Open)), line


@pytest.mark.parametrize("seed", range(20))
def test_no_rewritten_identity_is_said_to_differ(seed: int) -> None:
    assert not isinstance(equal(identity(seed)), Fails)
