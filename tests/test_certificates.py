"""What is certified is true, says what its claim says, and is nearly all of the corpus."""

import pytest

from symbolic import certify, coqc
from symbolic.certify import certificates, corpus, listed
from symbolic.coq import Reading, proposition
from symbolic.language.claim import Claim
from symbolic.language.errors import SymbolicError, Unsupported
from symbolic.language.parser import parse_claim
from symbolic.vernacular import gaps
from tests.marks import needs_coq
from tests.test_corpus import FALSE

JACOBIAN = "diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])"


def certified(*lines: str, jobs: int = 1) -> list[str]:
    """Those of the lines that get their certificate."""
    found = certificates([parse_claim(each) for each in lines], seconds=10, jobs=jobs)
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


def test_a_power_that_coq_would_read_otherwise_is_refused() -> None:
    """Rpower c x is exp (x ln c), which says nothing of (-1)^2, and is 1 where c is 0."""
    for line in ("c^x*c == c^(x + 1)", "c^(1/3)*c^(2/3) == c", "y[i]^x == 1 given y[i] > 0"):
        with pytest.raises(Unsupported):
            proposition(parse_claim(line))
    assert "Rpower c x" in proposition(parse_claim("c^x*c == c^(x + 1) given c > 0"))
    assert "c ^ n" in proposition(parse_claim("prod(c, k) == c^n"))


# --- what is certified ---------------------------------------------------------------------------


def test_nearly_all_of_the_corpus_is_expected_to_be_certified() -> None:
    assert set(listed()) <= set(corpus())
    assert all(listed().values()), "each with its reason"
    assert len(listed()) <= len(corpus()) / 10


@needs_coq
def test_all_of_the_corpus_is_certified_but_what_is_listed() -> None:
    expected = [each for each in corpus() if each not in listed()]
    assert certified(*expected, jobs=2) == expected, "to be listed, with the reason, in proofs/uncertified.tsv"


@needs_coq
def test_what_is_listed_is_not_certified() -> None:
    assert certified(*listed()) == [], "certified by now: take it out of proofs/uncertified.tsv"


@needs_coq
def test_nothing_false_is_certified() -> None:
    false = [row[0] for row in FALSE if parse_claim(row[0]).relation.op == "=="]
    assert len(false) > 150
    assert certified(*false[::5], jobs=2) == []


@needs_coq
def test_the_others_are_certified_where_one_fails() -> None:
    assert certified(JACOBIAN, "p[i] == 1", "p[i] < 1", "limit(p[i], T, oo) == 1/n", "kl(p, p) == 0") == [
        JACOBIAN,
        "kl(p, p) == 0",
    ]


@needs_coq
def test_a_statement_that_coq_cannot_read_is_no_obstacle_to_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def misprinted(claim: Claim, reading: Reading) -> str:
        return proposition(claim, reading).replace("partition", "no_such_word")

    monkeypatch.setattr(certify, "proposition", misprinted)
    assert certified("p[i]*Z == exp(lambda*z[i])", "kl(p, p) == 0", "p[i] == 1") == ["kl(p, p) == 0"]


@needs_coq
def test_the_file_is_one_that_coq_accepts() -> None:
    text = certify.file(certificates([parse_claim("p[i] == 1"), parse_claim(JACOBIAN)]))
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
