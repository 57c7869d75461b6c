"""Derivations, as a reader sees them: word for word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symbolic.coq.scripts import script
from symbolic.language.parser import parse_claim
from symbolic.language.proof import Proof
from symbolic.language.typeset import plain
from symbolic.search.derivations import known
from symbolic.show.narration import latex, told

KNOWN = Path(__file__).parents[2] / "symbolic" / "search" / "known.jsonl"


def kept(line: str) -> Proof:
    claim = plain(parse_claim(line))
    tree = known(claim)
    assert tree is not None
    return Proof(claim, tree)


TOLD = {
    "limit(p[i], T, 0) <= 1": """\
let m be a class with z[m] == max(z):
p[i]
  = exp(lambda*(z[i] - max(z)))/sum(exp(lambda*(z[k] - max(z))), k)   the exponential of max(z) is taken out of the sums
  <= 1   in the limit; a class below the maximum dies out exponentially; as many terms as there are winners stay 1
for the right side less the limit is count(z[k] == max(z), k != i)/count(z[k] == max(z), k), which is not negative
""",
    "log((y + 1)/(1 - y)) > 2*y given y > 0, y < 1": """\
by Taylor's theorem of order 1 in t, from 0 to y, for log((t + 1)/(1 - t)) - 2*t, it is enough that between them:
  t*diff(log((t + 1)/(1 - t)) - 2*t, t)
    = 2*t^3/((1 + t)*(1 - t))
    > 0   t < y; t > 0
""",
    "p[i]*p[j] < 1/4 given i != j, n >= 3": """\
1/4 - p[i]*p[j]
  = (p[i] - p[j])^2/4 + (1 + p[i] + p[j])*sum(p[k], k != i, k != j)/4
  > 0   a square; probabilities are positive, and there is a class other than i and j
""",
    "log(p[i]) < 0 given n >= 2": """\
exp increases, so it is enough that p[i] < 1:
1 - p[i]
  = sum(p[k], k != i)
  > 0   probabilities are positive, and there is a class other than i
""",
    "mean(exp(v[k]), k) >= exp(mean(v[k], k))": """\
mean(exp(v[k]), k) - exp(mean(v[k], k))
  = exp(mean(v[k], k))*sum(p[k]*(exp(v[k] - mean(v[k], k)) - 1 - (v[k] - mean(v[k], k))), k)
  >= 0   exp(x) is at least 1 + x, and equal only at 0
""",
    "diff(entropy(p), lambda) < 0 given min(z) < max(z)": """\
let m be a class with z[m] == max(z):
let s be a class with z[s] == min(z):
diff(entropy(p), lambda)
  = -lambda*sum(sum(p[k]*p[l]*(z[k] - z[l])^2, l), k)/2
  < 0   a sum of squares, weighted by probabilities; not all are 0, as min(z) < max(z)
""",
    "entropy(p) > 0 given n >= 2": """\
first, p[i] < 1:
  1 - p[i]
    = sum(p[k], k != i)
    > 0   probabilities are positive, and there is a class other than i
and so:
entropy(p)
  = -sum(p[k]*log(p[k]), k)
  > 0   p[i] < 1, so each logarithm is negative
""",
    "log(Z)/lambda < max(z) + log(n)/lambda given min(z) < max(z)": """\
first, log(Z) < lambda*max(z) + log(n):
  let m be a class with z[m] == min(z):
  exp increases, so it is enough that Z < n*exp(lambda*max(z)):
  n*exp(lambda*max(z)) - Z
    = sum(exp(lambda*max(z)) - exp(lambda*z[k]), k)
    > 0   exp increases, and no value is above the largest; not all are 0, as min(z) < max(z)
and so:
max(z) + log(n)/lambda - log(Z)/lambda
  = (lambda*max(z) + log(n) - log(Z))/lambda
  > 0   log(Z) < lambda*max(z) + log(n)
""",
    "(p[i] - p[j])*(z[j] - z[i]) <= 0": """\
(p[i] - p[j])*(z[j] - z[i])
  <= 0   exp increases, so the factors have opposite signs
""",
    "p[i]*size(A) <= 1 given A == argmax(z), i in A": """\
1 - p[i]*size(A)
  = sum(p[k], k not in A) + sum(p[k] - p[i], k in A)
  >= 0   probabilities are positive; exp increases, and A == argmax(z), i in A
""",
    "var(v[k], k) <= max(2*p[k]*(1 - p[k]), k)*sum(v[k]^2, k)": """\
max(2*p[k]*(1 - p[k]), k)*sum(v[k]^2, k) - var(v[k], k)
  = sum(sum(p[k]*p[l]*(v[k] + v[l])^2, l != k), k)/2 + sum(v[k]^2*(max(2*p[l]*(1 - p[l]), l) + 2*p[k]*(p[k] - 1)), k)
  >= 0   a sum of squares, weighted by probabilities; a sum of squares; no value is above the largest
""",
    "kl(p, q) >= 0 given sum(q[k], k) == 1, q[k] > 0": """\
kl(p, q)
  = sum(p[k]*(q[k]/p[k] - 1 - log(q[k]/p[k])), k) + (1 - sum(q[k], k))
  >= 0   x - 1 - log(x) is never negative, and 0 only at 1; sum(q[k], k) == 1
""",
    "abs(p[i] - p[j]) < 1": """\
if p[i] - p[j] >= 0:
  1 - abs(p[i] - p[j])
    = p[j] + sum(p[k], k != i)
    > 0   probabilities are positive
if p[i] - p[j] < 0:
  1 - abs(p[i] - p[j])
    = p[i] + sum(p[k], k != j)
    > 0   probabilities are positive
""",
    "p[i] >= 1/(1 + (n - 1)*exp(-lambda*c)) given all(z[i] - z[k] >= c, k != i)": """\
p[i] - 1/(exp(-lambda*c)*(n - 1) + 1)
  = p[i]*sum(exp(-lambda*c) - exp(lambda*(z[k] - z[i])), k != i)/(exp(-lambda*c)*(n - 1) + 1)
  >= 0   exp increases, and z[i] - z[k] >= c for k != i
""",
    "softmax(w, c)[i] < softmax(w, c)[j] given c < 0, w[i] > w[j]": """\
softmax(w, c)[j] - softmax(w, c)[i]
  > 0   exp increases, and w[i] > w[j], c < 0
""",
    "max(z) <= sum(abs(z[k]), k)": """\
let m be a class with z[m] == max(z):
sum(abs(z[k]), k) - max(z)
  = (abs(z[m]) - z[m]) + sum(abs(z[k]), k != m)
  >= 0   abs(x) >= x; an absolute value is never negative
""",
    "sum(p[k], k in A) > 0 given size(A) >= 1": """\
let m be a class in A:
sum(p[k], k in A)
  > 0   probabilities are positive, and A is not empty
""",
    "diff(p[i], lambda) <= 0 given z[i] == min(z)": """\
diff(p[i], lambda)
  = p[i]*sum(p[k]*(z[i] - z[k]), k)
  <= 0   z[i] == min(z), and no value is below the smallest
""",
}


@pytest.mark.parametrize("line", TOLD)
def test_a_derivation_is_told(line: str) -> None:
    assert told(kept(line)) + "\n" == TOLD[line]


def test_a_derivation_is_typeset() -> None:
    assert (
        latex(kept("p[i] > p[j] given A == argmax(z), i in A, j not in A"))
        == r"""\begin{aligned}
p_{i} - p_{j} & > 0 \qquad \text{exp increases, and $A = \operatorname{argmax} z$, $i \in A$, $j \notin A$}
\end{aligned}"""
    )


def test_headings_stand_above_the_lines_that_they_are_about() -> None:
    rows = latex(kept("log(p[i]) < 0 given n >= 2")).splitlines()
    assert rows[0] == r"\begin{array}{l}"
    assert rows[1].startswith(r"\text{exp increases, so it is enough that } p_{i} < 1")
    assert rows[2:4] == [r"\begin{aligned}", r"1 - p_{i} & = \sum_{k \neq i} p_{k} \\[4pt]"]


def test_a_step_may_speak_of_a_class_by_its_number() -> None:
    """That there are two classes, the claim says, not the step."""
    step = {"have": "p[2] == 1 - p[1]", "by": {"line": []}, "in": {"line": ["(p[1] - 1/2)^2"]}}
    proof = Proof("p[1]*p[2] <= 1/4 given n == 2", step)
    assert r"\text{first, } p_{2} = 1 - p_{1} \text{:}" in latex(proof)
    assert script(parse_claim(proof.claim), step).proof


RECORDS = [json.loads(line) for line in KNOWN.read_text("utf-8").splitlines()]
ORDERS = [each["derivation"] for each in RECORDS if parse_claim(each["claim"]).op != "=="]


def test_every_formula_of_an_inequality_is_typeset() -> None:
    """What cannot be read stands there as text, with its square brackets."""
    assert [
        each["claim"] for each in ORDERS if "[" in latex(Proof.of(each)).replace("[4pt]", "").replace("[6pt]", "")
    ] == []


def test_every_inequality_gives_its_reason() -> None:
    def silent(text: str) -> bool:
        return any(line.strip() in (">= 0", "> 0", "<= 0", "< 0", "!= 0") for line in text.splitlines())

    assert [each["claim"] for each in ORDERS if silent(told(Proof.of(each)))] == []


def test_no_reason_is_said_twice_in_one_line() -> None:
    reasons = [line.partition(" 0   ")[2].split("; ") for each in ORDERS for line in told(Proof.of(each)).splitlines()]
    assert [each for each in reasons if len(each) != len(set(each))] == []
