"""`derive` on expressions that are nowhere listed: where it ends, and that its lines are checked."""

import pytest

from symbolic import parse_claim, parse_expression, relation
from symbolic.derivation import Derivation
from symbolic.deriving import NoAnswer, Shown, derive, readable
from symbolic.kernel import check
from symbolic.language.errors import NotProved, Undefined
from symbolic.language.notation import D, Mean, Sum, Variance, c, k, lam, p, y, z
from symbolic.language.typeset import plain

ENDS = [
    ("diff(p[i], z[j])", "lambda*p[i]*(delta(i, j) - p[j])"),
    ("diff(p[i], z[i])", "lambda*p[i]*(1 - p[i])"),
    ("diff(log(p[i]), z[j])", "lambda*(delta(i, j) - p[j])"),
    ("diff(p[i], z[j], z[k])", "lambda^2*p[i]*((delta(i, j) - p[j])*(delta(i, k) - p[k]) - p[j]*(delta(j, k) - p[k]))"),
    ("diff(p[i], z[i], z[i])", "lambda^2*p[i]*(1 - p[i])*(1 - 2*p[i])"),
    ("diff(p[i], lambda)", "p[i]*(z[i] - mean(z[k], k))"),
    ("diff(p[i], T)", "lambda^2*p[i]*(mean(z[k], k) - z[i])"),
    ("diff(log(Z), z[i])", "lambda*p[i]"),
    ("diff(log(Z), lambda)", "mean(z[k], k)"),
    ("diff(log(Z), lambda, lambda)", "var(z[k], k)"),
    ("diff(log(Z), lambda, lambda, lambda)", "mean((z[l] - mean(z[k], k))^3, l)"),
    ("diff(mean(z[k], k), lambda)", "var(z[k], k)"),
    ("diff(mean(y[k], k), z[j])", "lambda*p[j]*(y[j] - mean(y[k], k))"),
    ("diff(mean(z[k], k), T)", "-lambda^2*var(z[k], k)"),
    ("diff(var(z[k], k), lambda)", "mean((z[l] - mean(z[k], k))^3, l)"),
    ("diff(entropy(p), lambda)", "-lambda*var(z[k], k)"),
    ("diff(entropy(p), z[j])", "lambda^2*p[j]*(mean(z[k], k) - z[j])"),
    ("diff(p[i]/p[j], z[k])", "lambda*p[i]*(delta(i, k) - delta(j, k))/p[j]"),
    ("sum(v[j]*diff(p[i], z[j]), j)", "lambda*p[i]*(v[i] - mean(v[k], k))"),
    ("diff(softmax(w)[i], w[j])", "softmax(w)[i]*(delta(i, j) - softmax(w)[j])"),
    ("diff(kl(p, softmax(w)), w[j])", "softmax(w)[j] - p[j]"),
    ("exp(lambda*z[i])/Z", "p[i]"),
    ("p[i]*sum(p[k], k)", "p[i]"),
    ("diff(logsumexp(w), w[i], w[j])", "softmax(w)[i]*(delta(i, j) - softmax(w)[j])"),
    ("diff(log(sum(exp(c*w[k]), k))/c, w[i])", "softmax(w, c)[i]"),
    ("diff(-T*log(Z), T)", "lambda*mean(z[k], k) - log(Z)"),
    ("diff(prod(x[j], j), x[i])", "prod(x[k], k != i)"),
    ("diff(prod(exp(x[j]), j), x[i])", "exp(x[i])*prod(exp(x[k]), k != i)"),
    ("sum(exp(w[k]), k != i)/sum(exp(w[k]), k)", None),
]


@pytest.mark.parametrize(("text", "end"), ENDS, ids=[text for text, _ in ENDS])
def test_it_ends_in_readable_form(text: str, end: str | None) -> None:
    derivation = derive(parse_expression(text))
    derivation.check()
    if end is not None:
        assert plain(derivation.last) == end


def test_the_cross_entropy_needs_its_hypothesis() -> None:
    loss = parse_expression("diff(-sum(y[k]*log(p[k]), k), z[j])")
    assert plain(derive(loss).last) == "lambda*(p[j]*sum(y[k], k) - y[j])"
    given = [relation(Sum(y[k], k), "==", 1)]
    assert plain(derive(loss, given).last) == "lambda*(p[j] - y[j])"


def test_every_line_has_its_reason() -> None:
    lines = derive(parse_expression("diff(entropy(p), lambda)")).lines
    assert [line.reason for line in lines if not line.reason] == []
    assert len(lines) > 2


def test_what_is_nowhere_defined_is_refused() -> None:
    with pytest.raises(Undefined, match="nowhere defined"):
        derive(parse_expression("1/(c - c)"))


def test_readable_folds_back() -> None:
    assert readable(Mean(z[k] ** 2, k) - Mean(z[k], k) ** 2) == Variance(z[k], k)
    assert readable(Sum(p[k] * y[k], k)) == Mean(y[k], k)
    assert readable(c * D(lam, lam).doit()) == c


def test_hypotheses_may_be_text() -> None:
    assert str(derive("diff(p[i], z[j])", given="i != j")).endswith("given i != j")
    for found in derive("diff(p[i], z[j])", given="i == j"), derive("diff(p[i], z[j]) given i == j"):
        assert isinstance(found, Derivation)
        assert plain(found.last) == "lambda*p[i]*(1 - p[j])"
    loss = parse_expression("diff(-sum(y[k]*log(p[k]), k), z[j])")
    assert plain(derive(loss, "sum(y[k], k) == 1").last) == "lambda*(p[j] - y[j])"


def test_a_claim_is_shown_with_its_derivation() -> None:
    for found in (
        derive("p[i] < 1 given n >= 2"),
        derive("p[i] < 1", given="n >= 2"),
        derive(parse_claim("p[i] < 1"), given="n >= 2"),
    ):
        assert isinstance(found, Shown)
        check(found.proof.claim, found.proof.tree)
        assert str(found).splitlines()[0] == "p[i] < 1 given n >= 2"
        assert found.markdown() == f"$$\n{found.latex()}\n$$" == found._repr_latex_()
    steps = derive("diff(p[i], z[j]) == lambda*p[i]*(delta(i, j) - p[j])")
    assert isinstance(steps, Derivation)
    assert len(steps.lines) > 2
    assert isinstance(derive("p[i]/p[j] == exp(lambda*(z[i] - z[j]))"), Shown)


def test_a_false_claim_is_none() -> None:
    with pytest.raises(NotProved, match="refuted at n = 1"):
        derive("p[i] < 1")


LIMITS = {
    "limit(p[i], T, 0)": ("1/count(z[k] == max(z), k) given z[i] == max(z)", "0 given z[i] < max(z)"),
    "limit(p[i], T, oo)": ("1/n",),
    "limit(p[i], T, 0) given all(z[i] > z[k], k != i)": ("1 given all(z[i] > z[k], k != i)",),
    "limit(entropy(p), T, 0)": ("log(count(z[k] == max(z), k))",),
    "limit((p[i] - 1/n)/lambda, lambda, 0)": ("(n*z[i] - sum(z[k], k))/n^2",),
    "limit(T*log(Z), T, 0)": ("max(z)",),
    "limit(tanh(x), x, oo)": ("1",),
    "limit(1/c^2, c, 0)": ("oo",),
    "limit(p[i], z[i], oo)": ("1",),
    "limit(softmax(z, c)[i], c, -oo)": ("1/count(z[k] == min(z), k) given z[i] == min(z)", "0 given z[i] > min(z)"),
}


@pytest.mark.parametrize(("text", "values"), LIMITS.items())
def test_a_limit_has_a_value_in_each_case(text: str, values: tuple[str, ...]) -> None:
    found = derive(text)
    assert isinstance(found, Shown)
    proofs = (found.proof, *found.others)
    for proof in proofs:
        check(proof.claim, proof.tree)
    assert tuple(proof.claim.partition(" == ")[2] for proof in proofs) == values
    assert found.markdown().count("\\to") == len(values)
    assert " -> " in str(found)


def test_a_limit_gives_its_reason_in_plain_words() -> None:
    said = str(derive("limit(p[i], T, 0)"))
    assert "a class below the maximum dies out exponentially; as many terms as there are winners stay 1" in said
    assert "exp(lambda*(z[i] - max(z)))/sum(exp(lambda*(z[k] - max(z))), k)" in said


NO_ANSWER = {
    "limit(diff(p[i], z[j]), T, 0)": "jacobian_limit_cold_unique, jacobian_limit_cold_tie_offdiag",
    "limit(log(c), c, -1)": "not derived here; a value can be claimed",
    "sum(p[k], k != i)": "nothing simpler",
    "sum(p[k]^2, k)": "nothing simpler than sum(p[k]^2, k) is found",
    "diff(prod(1 + c*y[k], k != i), c)": "a product under a sum that leaves out classes",
    "diff(max(z), z[i])": "has no derivative that is written here; where one class alone attains it",
    "diff(-(1 - p[i])^c*log(p[i]), z[j])": "a power that is not an integer, of a base that may be negative",
    "limit(entropy(p), T, 0) <= log(n)": "is proved, and no derivation of it is found",
    "mean(log(p[k])^2, k) <= log(n)^2 given n >= 3": "neither proved nor refuted",
}


@pytest.mark.parametrize(("text", "said"), NO_ANSWER.items())
def test_where_there_is_no_answer_it_says_so(text: str, said: str) -> None:
    with pytest.raises(NoAnswer) as problem:
        derive(text)
    assert said in str(problem.value)
    assert not any(internal in str(problem.value) for internal in ("_m", "Limit(", "Mean(", "is wrong"))


def test_the_jacobian_at_zero_temperature_in_three_cases() -> None:
    """The winner alone, one of several winners, a class below them."""
    shown = str(derive("limit(diff(p[i], z[i]), T, 0)"))
    values = [line.partition(" given ")[0] for line in shown.splitlines() if line.startswith("limit(")]
    assert values == [f"limit(diff(p[i], z[i]), T, 0) == {value}" for value in ("0", "oo", "0")]
