"""A derivation of a student's own: what is said of each of its lines."""

import io

import pytest

from symbolic.__main__ import main
from symbolic.course.lines import Standing, steps
from symbolic.language.errors import SymbolicError
from symbolic.results import find

FOLLOWS, FAR, GIVEN, FALSE = Standing.FOLLOWS, Standing.FAR, Standing.GIVEN, Standing.FALSE
UNDEFINED, UNREADABLE = Standing.UNDEFINED, Standing.UNREADABLE

CASES = [
    ("diff(log(p[i]), z[j])\n = diff(p[i], z[j])/p[i]\n = lambda*(delta(i,j) - p[j])", [FOLLOWS, FOLLOWS]),
    ("diff(log(p[i]), z[j])\n = lambda*(delta(i,j) - p[i])", [GIVEN]),
    ("diff(log(p[i]), z[j])\n = lambda*delta(i,j)", [FALSE]),
    ("diff(log(p[i]), z[j])\n = -lambda*p[j]", [GIVEN]),
    ("diff(log(p[i]), z[j])\n = -lambda*p[j]\n < 0\ngiven i != j", [FOLLOWS, FOLLOWS]),
    ("1 - p[i]\n = sum(p[k], k != i)\n > 0", [FOLLOWS, GIVEN]),
    ("p[i]\n = exp(lambda*z[i])/Z # the definition\n -> 1/n   every exponent goes to 0\ngiven T -> oo", [FOLLOWS] * 2),
    ("p[j]/p[i]\n = exp(lambda*(z[j] - z[i]))\n -> oo\ngiven T -> 0, z[j] > z[i]", [FOLLOWS] * 2),
    ("p[i]\n -> 1/n\n = 1\ngiven T -> oo", [FOLLOWS, FALSE]),
    ("p[i]\n -> 1/n\n -> 0\ngiven T -> oo", [FOLLOWS, UNREADABLE]),
    ("p[i]\n -> 1/n", [UNREADABLE]),
    ("1\n = c/c\n = 1", [UNDEFINED, FOLLOWS]),
    ("p[i]\n p[j]\n = p[\n = p[i]", [UNREADABLE, UNREADABLE, FOLLOWS]),
    # as people write: on one line, with numbers, with the signs of a word processor, in LaTeX
    ("diff(p[i], z[i]) = lambda*p[i]*(1 - p[i]) = lambda*p[i]\n = lambda*p[i]*(1 - p[i])", [FOLLOWS, FALSE, FALSE]),
    ("p[i] <= 1 < 2 given n >= 2", [FAR, FOLLOWS]),
    ("1. p[i]/p[j]\n2. = exp(lambda*z[i])/exp(lambda*z[j])\n3) = exp(lambda*(z[i] − z[j]))", [FOLLOWS] * 2),
    ("p[i]\n≤ 1\n→ 1\ngiven T → ∞", [FOLLOWS] * 2),
    (
        "\\frac{\\partial \\log p_i}{\\partial z_j} &= \\frac{1}{p_i} \\frac{\\partial p_i}{\\partial z_j} \\\\\n"
        "&= \\lambda (\\delta_{ij} - p_j) \\\\",
        [FOLLOWS] * 2,
    ),
    ("1 - p[i] = sum(p[k], k != i)   all others \\geq 0\n >= 0", [FOLLOWS] * 2),
    # a hypothesis on a class that others speak of is not one on every class
    ("z[b]\n = 0\n = z[i] - z[i]\n = z[i]\ngiven z[b] == 0", [FOLLOWS, FOLLOWS, FALSE]),
    ("entropy(y)\n <= -sum(y[k]*log(p[k]), k)\ngiven y[k] > 0, sum(y[k], k) == 1", None),
    ("mean(z[k], k)\n <= max(z)\n <= log(Z)/lambda\n <= max(z) + log(n)/lambda", None),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_each_line_is_judged_by_itself(text: str, expected: list[Standing] | None) -> None:
    found = steps(text)
    if expected is None:
        assert found
    else:
        assert [each.standing for each in found.lines] == expected


@pytest.mark.parametrize("name", ["softmax_jacobian", "softmax_limit_hot", "jacobian_diag_gt0", "softmax_rate_cold"])
def test_our_own_derivations_are_read_as_they_are_shown(name: str) -> None:
    assert steps(str(find(name).derivation))


@pytest.mark.parametrize(
    "text",
    ["", "p[", "p[i]\n" + " = p[i]\n" * 100, "p[i]" * 9000, "given n >= 2", "p[i]\n -> 1/n\ngiven T -> oo, lambda > 1",
     "p[i]\n -> 1\ngiven z[i] -> oo, z[j] == 0", " = p[i]\n = 2", "p[i]\n = 1\ngiven T -> 0, T -> oo"])  # fmt: skip
def test_what_is_no_derivation_is_refused(text: str) -> None:
    with pytest.raises(SymbolicError):
        steps(text)


def test_the_next_line_goes_on_from_the_last_true_one() -> None:
    found = steps("diff(p[i], z[j])\n = diff(exp(lambda*z[i])/Z, z[j])\n = p[i]")
    assert "the quotient rule" in found.hint()
    assert found._repr_markdown_().count("\n") == 3


def test_at_the_prompt(monkeypatch, capfd) -> None:
    for text, code in ((CASES[0][0], 0), (CASES[1][0], 1), ("p[i]\n = p[", 2)):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        assert main(["steps", "-", "--hint"]) == code
    assert "next: " in capfd.readouterr().out
