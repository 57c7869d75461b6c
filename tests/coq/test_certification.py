"""What is certified is true, says what its claim says, and is nearly all of the corpus."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from symbolic.coq import certification, coqc
from symbolic.coq.certification import NOTHING_MORE, Certificate, Kind, certificates, corpus, kind, listed, misplaced
from symbolic.coq.statements import Reading, proposition
from symbolic.coq.vernacular import gaps
from symbolic.kernel.__main__ import outcome
from symbolic.language.claims import Claim
from symbolic.language.errors import SymbolicError, Unsupported
from symbolic.language.parser import parse_claim
from symbolic.language.proof import Proof
from symbolic.language.typeset import plain
from symbolic.search.derivations import known
from tests.marks import needs_coq
from tests.test_corpus import FALSE

JACOBIAN = "diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])"


def certified(*lines: str) -> list[str]:
    """Those of the lines that get their certificate."""
    found = certificates([parse_claim(each) for each in lines], seconds=10)
    return [line for line, each in zip(lines, found, strict=True) if each.ok]


# --- what the theorems say -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "premises"),
    [
        ("1/(c - c) == 5", ["c - c <> 0"]),
        ("log(c) == 2*log(sqrt(c))", ["0 < c", "0 < sqrt c", "0 <= c"]),
        ("1/sqrt(c) == c", ["0 < c"]),
        ("c^(1/3)*c^(2/3) == c given c > 0", ["c > 0", "0 < c"]),
        ("diff(log(c), c) == 1/c", ["0 < c", "c <> 0"]),
        ("sum(1/y[k], k != i) == c", ["(forall k : 'I_n, k != i -> y k <> 0)"]),
        ("sum(1/y[k], k in A, k != i) == c", ["(forall k : 'I_n, k \\in A -> k != i -> y k <> 0)"]),
        ("max(log(y[k]), k) == c", ["(0 < n)%N", "(forall k : 'I_n, 0 < y k)"]),
        ("1/Z + log(p[i]) + log(1 + exp(c)) + 1/n == d", ["0 < lambda"]),
        ("p[i] == 0 given n == 2, n == 3", ["0 < lambda", "(2 = 3)%N"]),
    ],
)
def test_what_is_divided_by_is_no_0_and_what_is_under_a_logarithm_is_positive(line: str, premises: list[str]) -> None:
    """A point where a side is undefined does not count; what is plainly positive is no premise."""
    _, *parts = proposition(parse_claim(line), Reading.DEFINED).split("\n  ")
    assert sorted(parts[:-1]) == sorted(f"{each} ->" for each in premises)


def test_undefined_points_are_left_out_on_request_only() -> None:
    assert proposition(parse_claim("1/(c - c) == 5")) == "forall (c : R),\n  1 / (c - c) = 5"


def test_an_index_of_a_hypothesis_alone_stands_for_every_class() -> None:
    said = proposition(parse_claim("p[j] < 1 given all(z[i] > z[k], k != i)"))
    assert "(forall i : 'I_n, (forall k : 'I_n, k != i -> z i > z k)) ->" in said


def test_a_power_that_coq_would_read_otherwise_is_refused() -> None:
    """Rpower c x is exp (x ln c), which says nothing of (-1)^2, and is 1 where c is 0."""
    for line in ("c^x*c == c^(x + 1)", "c^(1/3)*c^(2/3) == c", "y[i]^x == 1 given y[i] > 0"):
        with pytest.raises(Unsupported):
            proposition(parse_claim(line))
    assert "Rpower c x" in proposition(parse_claim("c^x*c == c^(x + 1) given c > 0"))
    assert "c ^ n" in proposition(parse_claim("prod(c, k) == c^n"))


def test_a_power_of_what_a_hypothesis_makes_positive_has_words() -> None:
    for line, said in (("(1 - x)^c == 1", "x < 1"), ("(1 - p[i])^c == 1", "n >= 2"), ("(1 - p[i])^c == 1", "n > 1")):
        with pytest.raises(Unsupported):
            proposition(parse_claim(line))
        assert "Rpower (1 - " in proposition(parse_claim(f"{line} given {said}"))
    with pytest.raises(Unsupported):  # 1 - p is 0 where n is 1
        proposition(parse_claim("(1 - p[i])^c == 1 given n >= 1"))


def test_the_power_three_halves_is_one_of_the_root_and_defined_at_0() -> None:
    _, *parts = proposition(parse_claim("c^(3/2) == c*sqrt(c)"), Reading.DEFINED).split("\n  ")
    assert parts == ["0 <= c ->", "sqrt c ^ 3 = c * sqrt c"]


# --- what is certified ---------------------------------------------------------------------------


SHARES = {Kind.EQUALITY: 0.95, Kind.INEQUALITY: 0.95, Kind.LIMIT: 0.95}
REFUSED = 4  # of what is listed, one claim in so many is tried here, all of them by `make certify`
TACTICS = sorted(coqc.PROOFS.glob("*.v")), sorted(Path(certification.__file__).parent.glob("*.py"))


def sample(lines: list[str], one_in: int) -> list[str]:
    """Some of the lines, others of them whenever the tactics change."""
    seed = zlib.crc32(b"".join(path.read_bytes() for paths in TACTICS for path in paths))
    return Random(seed).sample(lines, -(-len(lines) // one_in))


@pytest.mark.parametrize("these", SHARES)
def test_nearly_all_of_the_corpus_is_expected_to_be_certified(these: Kind) -> None:
    claims = corpus(these)
    assert len(set(claims) - set(listed())) >= SHARES[these] * len(claims)


def test_what_is_not_certified_is_of_the_corpus_and_has_its_reason() -> None:
    assert set(listed()) <= set(corpus())
    assert all(listed().values())


@pytest.fixture(scope="module")
def expected() -> list[Certificate]:
    """All that is not listed, and two claims that are named below."""
    lines = dict.fromkeys([JACOBIAN, "p[i] <= 1", *(each for each in corpus() if each not in listed())])
    return certificates([parse_claim(each) for each in lines], seconds=30)


@needs_coq
def test_the_corpus_is_certified_but_what_is_listed(expected: list[Certificate]) -> None:
    assert [each.claim.text for each in expected if not each.ok] == [], "list it, with the reason, in uncertified.tsv"
    assert misplaced(expected) == []


@needs_coq
def test_what_is_listed_is_not_certified() -> None:
    tried = [line for line in listed() if kind(parse_claim(line)) is Kind.EQUALITY or known(plain(parse_claim(line)))]
    found = certificates([parse_claim(each) for each in sample(tried, REFUSED)], seconds=5)
    assert misplaced(found) == []


def test_a_claim_that_is_listed_and_certified_or_neither_is_misplaced() -> None:
    out, in_ = parse_claim(next(iter(listed()))), parse_claim(JACOBIAN)
    assert misplaced([Certificate(out), Certificate(in_)]) == [f"take out: {plain(out)}"]
    assert misplaced([Certificate(out, reason="no"), Certificate(in_, reason="no")]) == [f"list: {plain(in_)}"]


TEMPTING = (Path(__file__).parents[1] / "kernel" / "tempting.tsv").read_text("utf-8").splitlines()
# Coq proves it: an index of a hypothesis that the relation does not have stands for every class.
TRUE = "prod(y[k], k in A) >= 0 given y[i] >= 0"


def tempting() -> Iterator[tuple[str, Any]]:
    """The inequalities among the claims that the kernel refuses, with what they are to be derived by."""
    for claim, tree in (line.split("\t") for line in TEMPTING if not line.startswith("#")):
        with suppress(SymbolicError):  # some are no claims
            if kind(parse_claim(claim)) is Kind.INEQUALITY:
                yield claim, json.loads(tree)


def tempted(monkeypatch: pytest.MonkeyPatch, rows: list[tuple[str, Any]]) -> list[str]:
    """The claims that Coq proves when each is given a derivation, whatever the kernel says of it."""
    trees = dict(rows)
    monkeypatch.setattr(certification, "found", lambda claim: Proof(claim.text, trees[claim.text]))
    monkeypatch.setattr(certification, "at_once", lambda claim: Proof(claim.text, trees[claim.text]))
    return certified(*trees)


def at_most_one(counted: str) -> Any:
    """What shows that no two classes have more than half of the mass each."""
    many = ["sum(p[k] - 1/2, k in A)", "sum(p[k], k not in A)", "size(A)/2 - sum(p[k], k)"]
    two = {"have": "size(A) >= 2", "by": {"compare": "whole", "in": {"line": ["size(A) - 1"]}},
           "in": {"let": "m", "of": "A", "in": {"absurd": many}}}  # fmt: skip
    return {"classes": "A", "of": counted, "in": {"if": "size(A) <= 1", "then": {"line": ["1 - size(A)"]}, "else": two}}


DAMAGED: list[tuple[str, Any]] = [
    ("p[i] < 1", {"line": ["sum(p[k], k != i)"]}),
    ("p[i] < 1 given n >= 2", {"line": ["2*sum(p[k], k != i)"]}),
    ("p[i] < 1 given n > 1", {"line": ["sum(p[k], k)"]}),
    ("p[i]*p[j] < 1/4 given i != j", {"line": ["(p[i] - p[j])^2/4", "sum(p[k], k != i, k != j)*(1 + p[i] + p[j])/4"]}),
    ("entropy(p) < log(n)", {"line": ["sum(p[k]*(1/(n*p[k]) - 1 - log(1/(n*p[k]))), k)"]}),
    ("(p[i] - p[j])*(z[j] - z[i]) >= 0", {"line": ["(exp(lambda*z[i]) - exp(lambda*z[j]))*(z[j] - z[i])/Z"]}),
    ("abs(c + d) <= abs(c) + abs(d)", {"if": "c >= 0", "then": {"line": ["abs(c) - c", "abs(d) - d"]},
                                       "else": {"line": ["abs(c) + c", "abs(d) + d"]}}),
    ("Z > exp(lambda*max(z))", {"let": "m", "of": "max(z)", "in": {"line": ["Z*sum(p[k], k != m)"]}}),
    ("sum(p[k], k in A) > 0", {"let": "m", "of": "A", "in": {"line": ["sum(p[k], k in A)"]}}),
    ("p[i] > 5 given z[i] >= max(z)", {"absurd": []}),
    ("exp(c) <= exp(c^2)", {"compare": "log", "in": {"line": ["c^2 - c"]}}),
    ("p[i] <= 1/2", {"through": "1", "op": "<=", "why": "", "by": {"line": ["sum(p[k], k != i)"]},
                     "in": {"line": ["1/2"]}}),
    ("diff(abs(c), c) >= 0", {"alike": "c", "by": {"line": []}, "in": {"line": ["1"]}}),
    ("diff(max(p), lambda) >= 0", {"alike": "exp(lambda*max(z))", "by": {"line": []}, "in": {
        "line": ["exp(lambda*max(z))*(max(z) - sum(p[k]*z[k], k))"]}}),
    ("1 < 1", {"through": "2", "op": "<", "why": "", "by": {"line": ["1"]}, "in": {"line": ["1"]}}),
    ("z[i] == 0", {"vanish": "z[k]", "over": "k", "in": {"line": []}}),
    ("limit(p[i], T, 0) == 1", {"let": "m", "of": "max(z)", "in": {
        "limit": "exp(lambda*(z[i] - max(z)))/sum(exp(lambda*(z[k] - max(z))), k)"}}),
    ("limit(p[i], T, oo) == 1/n + 1/n^2", {"limit": "p[i]"}),
    ("limit(lambda*p[i], T, 0) == 0", {"limit": "lambda*p[i]"}),
    ("limit(exp(-lambda*c), lambda, oo) == 0", {"limit": "exp(-lambda*c)"}),
    ("limit(p[i]/p[j], T, 0) == oo given z[i] >= z[j]", {"limit": "exp(lambda*(z[i] - z[j]))"}),
    ("limit(1/c, c, 0) == oo", {"limit": "1/c"}),
    ("limit(p[i], T, 0) > 0", {"let": "m", "of": "max(z)", "in": {
        "limit": "exp(lambda*(z[i] - max(z)))/sum(exp(lambda*(z[k] - max(z))), k)"}}),
    ("limit(p[i], T, 0) <= 1/2", {"let": "m", "of": "max(z)", "in": {
        "limit": "exp(lambda*(z[i] - max(z)))/sum(exp(lambda*(z[k] - max(z))), k)", "in": {
            "line": ["count(z[k] == max(z), k != i)/count(z[k] == max(z), k) - 1/2"]}}}),
    ("limit(logsumexp(z) - z[i], z[i], oo) == 1", {"limit": "log(1 + sum(exp(z[k] - z[i]), k != i))"}),
    ("limit(p[i], z[j], oo) == 0", {"limit": "p[i]"}),
    ("limit(softmax(z, c)[i], c, -oo) == 0", {"let": "m", "of": "min(z)", "in": {
        "limit": "exp(c*(z[i] - min(z)))/sum(exp(c*(z[k] - min(z))), k)"}}),
    ("limit(-lambda*c, T, 0) == -oo", {"limit": "-lambda*c"}),
    ("limit(p[i]/lambda, lambda, 0) == (z[i] - sum(z[k], k)/n)/n", {"limit": "p[i]/lambda"}),
    ("limit((p[i] - 1/n)/lambda, lambda, 0) == z[i]/n", {"limit": "(p[i] - 1/n)/lambda"}),
    ("limit(p[i], z[i], oo) == 1/2", {"limit": "1/(1 + sum(exp(lambda*(z[k] - z[i])), k != i))"}),
    ("limit(diff(p[i], z[i]), T, 0) == oo given z[i] == max(z)", {
        "limit": "lambda*sum(exp(lambda*(z[k] - z[i])), k != i)/(1 + sum(exp(lambda*(z[k] - z[i])), k != i))^2"}),
    ("limit(exp(-exp(-y)*(1 - exp(-x))), y, -oo) == 0", {"limit": "exp(-exp(-y)*(1 - exp(-x)))"}),
    ("limit(diff(p[i], z[j])/lambda, T, oo) == delta(i,j)/n", {"limit": "diff(p[i], z[j])/lambda"}),
    ("1/x >= 1 given x < 1, x != 0", {"taylor": "t", "of": "1/t", "from": "1", "to": "x", "order": 1, "by": {
        "line": ["(1 - t)/t^2"]}}),
    ("log(x) <= 2*x - 2 given x > 0, x <= 1", {"taylor": "t", "of": "2*t - 2 - log(t)", "from": "1", "to": "x",
                                               "order": 1, "by": {"line": ["(t - 1)*(2*t - 1)/t"]}}),
    ("exp(x) >= x^2/2 + x + 1", {"taylor": "t", "of": "exp(t) - t^2/2 - t - 1", "from": "0", "to": "x", "order": 1,
                                 "by": {"line": ["t*(exp(t) - t - 1)"]}}),
    ("d^3 - c^3 - 3*c^2*(d - c) >= 0", {"taylor": "t", "of": "t^3", "from": "c", "to": "d", "order": 2, "by": {
        "line": ["(t - c)^2*6*t"]}}),
    ("d^2 > c^2 given d >= c, c > 0", {"taylor": "t", "of": "t^2", "from": "c", "to": "d", "order": 1, "by": {
        "line": ["(t - c)*2*t"]}}),
    ("abs(d) - abs(c) >= 0 given d >= c", {"taylor": "t", "of": "abs(t)", "from": "c", "to": "d", "order": 1, "by": {
        "line": ["t - c"]}}),
    ("sum(sum((exp(z[k]) - exp(z[l]))*(z[k] - z[l]), k), l) > 0", {
        "line": ["sum(sum((exp(z[k]) - exp(z[l]))*(z[k] - z[l]), k), l)"]}),
    ("prod(y[k], k) <= y[i] given y[k] > 0", {"compare": "log", "in": {"line": ["-sum(log(y[k]), k != i)"]}}),
    ("c >= d", {"have": "c^2 >= d^2", "by": {"line": ["c^2 - d^2"]}, "in": {"line": ["c - d"]}}),
    ("c*count(y[k] >= c, k) <= sum(y[k], k) given c > 0", {"classes": "A", "of": "count(y[k] >= c, k)", "in": {
        "line": ["sum(y[k] - c, k in A)", "sum(y[k], k not in A)"]}}),
    ("c*count(y[k] <= c, k) <= sum(y[k], k) given y[k] >= 0", {"classes": "A", "of": "count(y[k] <= c, k)", "in": {
        "line": ["sum(y[k] - c, k in A)", "sum(y[k], k not in A)"]}}),
    ("count(p[k] >= 1/2, k) <= 1", at_most_one("count(p[k] >= 1/2, k)")),
    ("c <= d given c < d + 1", {"compare": "whole", "in": {"line": ["d + 1 - c"]}}),
    ("size(A) >= 2 given size(A) >= 1", {"compare": "whole", "in": {"line": ["size(A) - 1"]}}),
]  # fmt: skip


@needs_coq
def test_nothing_false_is_certified_whatever_its_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    """False equalities as they are, and inequalities and limits with derivations that the kernel refuses."""
    false = [(row[0], NOTHING_MORE) for row in FALSE if parse_claim(row[0]).relation.op == "=="]
    some, others = false[::5], list(tempting())[::8]
    assert len(false) > 150
    assert len(others) > 15
    assert set(tempted(monkeypatch, [*some, *others, *DAMAGED])) <= {TRUE}


STEPS: list[tuple[str, Any]] = [
    ("exp(c) <= exp(c^2 + 1)", {"compare": "log", "in": {"line": ["(c - 1/2)^2 + 3/4"]}}),
    ("sqrt(1 + c^2) >= c given c >= 0", {"compare": "square", "in": {"line": ["1"]}}),
    ("c <= d given exp(c) <= exp(d)", {"compare": "exp", "in": {"line": ["exp(d) - exp(c)"]}}),
    ("diff(max(p), lambda) >= 0", {"alike": "exp(lambda*max(z))/Z", "by": {"line": []}, "in": {
        "line": ["exp(lambda*max(z))*sum(p[k]*(max(z) - z[k]), k)/Z"]}}),
    ("diff(abs(c), c) == 1 given c > 0", {"alike": "c", "by": {"line": []}, "in": {"line": []}}),
    ("2 > p[i]", {"through": "1", "op": ">", "why": "", "by": {"line": ["1"]}, "in": {"line": ["sum(p[k], k != i)"]}}),
    ("p[i] < 2", {"through": "1", "op": "<=", "why": "", "by": {"line": ["sum(p[k], k != i)"]}, "in": {"line": ["1"]}}),
    ("y[i] <= 0 given sum(y[k]^2, k) == 0", {"vanish": "y[k]^2", "over": "k", "in": {
        "if": "y[i] <= 0", "then": {"line": ["-y[i]"]}, "else": {"absurd": ["y[i]^2"]}}}),
    ("p[i] + p[j] <= 2", {"have": "p[k] <= 1", "by": {"line": ["sum(p[l], l != k)"]},
                          "in": {"line": ["1 - p[i]", "1 - p[j]"]}}),
    ("abs(c) + abs(d) >= c", {"if": "c <= 0", "then": {"line": ["abs(c)", "abs(d)", "-c"]},
                              "else": {"line": ["abs(d)"]}}),
    ("1 - y + y^2/2 - exp(-y) >= 0 given y >= 0", {
        "taylor": "t", "of": "1 - t + t^2/2 - exp(-t)", "from": "0", "to": "y", "order": 1, "by": {
            "line": ["t*(exp(-t) - 1 + t)"]}}),
    ("log(1 + exp(x)) <= log(2) + x/2 + x^2/8", {
        "taylor": "t", "of": "log(2) + t/2 + t^2/8 - log(1 + exp(t))", "from": "0", "to": "x", "order": 2, "by": {
            "line": ["t^2*(1/2 - 1/(1 + exp(-t)))^2"]}}),
    ("exp(1) > 8/3", {"taylor": "t", "of": "exp(t)", "from": "0", "to": "1", "order": 4, "by": {
        "line": ["t^4*exp(t)"]}}),
    ("logsumexp(z) <= logsumexp(w) + sum(softmax(z)[k]*(z[k] - w[k]), k)", {
        "taylor": "t", "of": "log(sum(exp(z[k] + t*(w[k] - z[k])), k))", "from": "0", "to": "1", "order": 2, "by": {
            "line": ["t^2*sum(exp(z[k] + t*(w[k] - z[k]))*(w[k] - z[k] - sum(exp(z[l] + t*(w[l] - z[l]))*(w[l] - z[l])"
                     "/sum(exp(z[m] + t*(w[m] - z[m])), m), l))^2, k)/sum(exp(z[k] + t*(w[k] - z[k])), k)"]}}),
    ("limit(p[i], T, 0) <= 1", {"let": "m", "of": "max(z)", "in": {
        "limit": "exp(lambda*(z[i] - max(z)))/sum(exp(lambda*(z[k] - max(z))), k)", "in": {
            "line": ["count(z[k] == max(z), k != i)/count(z[k] == max(z), k)"]}}}),
    ("limit(p[i], z[j], oo) == 0 given i != j", {"limit": "p[i]"}),
    ("limit(softmax(z, c)[i], c, -oo) == 0 given z[i] > min(z)", {"let": "m", "of": "min(z)", "in": {
        "limit": "exp(c*(z[i] - min(z)))/sum(exp(c*(z[k] - min(z))), k)"}}),
    ("limit(-lambda*p[i], T, oo) == 0", {"limit": "-lambda*p[i]"}),
    ("limit(-lambda*c, T, 0) == -oo given c > 0", {"limit": "-lambda*c"}),
    ("limit((p[i] - 1/n)/lambda, lambda, 0) == (z[i] - sum(z[k], k)/n)/n", {"limit": "(p[i] - 1/n)/lambda"}),
    ("limit(p[i], z[i], oo) == 1", {"limit": "1/(1 + sum(exp(lambda*(z[k] - z[i])), k != i))"}),
    ("limit(diff(p[i], z[j])/lambda, T, oo) == -1/n^2 given i != j", {"limit": "diff(p[i], z[j])/lambda"}),
    ("limit(exp(-exp(-y)*(1 + exp(-x))), y, -oo) == 0", {"limit": "exp(-exp(-y)*(1 + exp(-x)))"}),
    ("sum(abs(c - y[k]), k) >= 0 given n >= 2", {
        "have": "abs(c - y[j]) >= 0", "by": {"if": "c - y[j] >= 0", "then": {"line": ["c - y[j]"]},
                                             "else": {"line": ["y[j] - c"]}},
        "in": {"line": ["sum(abs(c - y[k]), k)"]}}),
    ("sum(sum((exp(z[k]) - exp(z[l]))*(z[k] - z[l]), k), l) > 0 given z[i] < z[j]", {
        "line": ["sum(sum((exp(z[k]) - exp(z[l]))*(z[k] - z[l]), k), l)"]}),
    ("prod(p[k], k) <= p[i]", {"have": "p[m] <= 1", "by": {"line": ["sum(p[k], k != m)"]}, "in": {
        "compare": "log", "in": {"line": ["-sum(log(p[k]), k != i)"]}}}),
    ("abs(c) + d >= 0 given c <= 0, exp(d) >= exp(c)", {
        "if": "d < c", "then": {"absurd": []}, "else": {"line": ["d - c"]}}),
    ("n >= 2 given min(z) < max(z)", {"let": "m", "of": "max(z)", "in": {"let": "s", "of": "min(z)", "in": {
        "if": "m == s", "then": {"absurd": []}, "else": {"line": ["n - 2"]}}}}),
    ("count(p[k] > 1/2, k) <= 1", at_most_one("count(p[k] > 1/2, k)")),
    ("c*count(y[k] == c, k) <= sum(y[k], k) given y[k] >= 0", {"classes": "A", "of": "count(y[k] == c, k)", "in": {
        "line": ["sum(y[k] - c, k in A)", "sum(y[k], k not in A)"]}}),
    ("count(y[k] != c, k) <= n", {"classes": "A", "of": "count(y[k] != c, k)", "in": {"line": ["sum(1, k not in A)"]}}),
    ("c^2*count(abs(y[k]) >= c, k) <= sum(y[k]^2, k) given c > 0", {
        "classes": "A", "of": "count(abs(y[k]) >= c, k)", "in": {"line": [
            "sum((abs(y[k]) - c)*(abs(y[k]) + c), k in A)", "sum(abs(y[k])^2, k not in A)"]}}),
    ("sum(2, k in A) >= 4 given size(A) > 3/2", {"compare": "whole", "in": {"line": ["2*(size(A) - 3/2)"]}}),
    ("size(A)*n - size(A) <= 3 given size(A)*(n - 1) < 4", {
        "compare": "whole", "in": {"line": ["4 - size(A)*(n - 1)"]}}),
    ("n >= 2 given n > 1", {"compare": "whole", "in": {"line": ["n - 1"]}}),
]  # fmt: skip


@needs_coq
def test_each_kind_of_step_has_its_tactic(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tempted(monkeypatch, STEPS) == [claim for claim, _ in STEPS]


@needs_coq
def test_a_derivation_carries_its_theorem(expected: list[Certificate]) -> None:
    (each,) = (each for each in expected if each.claim.text == "p[i] <= 1")
    record = each.record()
    assert record["derivation"]["coq"] == {"statement": each.statement, "proof": each.theorem.proof}
    assert outcome(json.dumps(record)) == ("accepted", "p[i] <= 1")


@needs_coq
def test_the_others_are_certified_where_one_fails_or_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def misprinted(claim: Claim, reading: Reading) -> str:
        return proposition(claim, reading).replace("partition", "no_such_word")

    monkeypatch.setattr(certification, "proposition", misprinted)
    limits = ["limit(p[i], T, oo) == 1", "limit(p[i], T, oo) == 1/n"]
    assert certified("p[i]*Z == exp(lambda*z[i])", JACOBIAN, "p[i] == 1", "p[i] < 1", *limits, "p[i] <= 1") == [
        JACOBIAN,
        "limit(p[i], T, oo) == 1/n",
        "p[i] <= 1",
    ]


@needs_coq
def test_the_file_is_one_that_coq_accepts(expected: list[Certificate]) -> None:
    (each,) = (each for each in expected if each.claim.text == JACOBIAN)
    text = certification.file([Certificate(parse_claim("p[i] == 1"), reason="false"), each])
    assert coqc.accepted(text).ok
    assert text.count("Theorem") == text.count("Qed") == 1
    assert proposition(parse_claim(JACOBIAN), Reading.DEFINED) in text
    assert gaps(text) == []


@needs_coq
def test_a_theorem_on_another_axiom_is_no_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coqc, "ALLOWED", frozenset())
    with pytest.raises(SymbolicError, match="does not accept"):
        certified("p[i]*Z == exp(lambda*z[i])")


def test_without_coq_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SymbolicError, match="make coq"):
        certificates([])
