"""Notes: what a reader may have meant otherwise, and where nothing is to be said."""

import pytest

from symbolic.answers import answer, as_record, verify, verify_many
from symbolic.language.claims import Invalid, Point, Proved, Refuted
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import latex, plain
from symbolic.show.verdict_notes import notes
from tests.search.pairs import reason

NOTED = {
    "limit(p[i], T, 0) == 1 given z[i] > z[k]": ["every class k, i too", "all(z[i] > z[k], k != i)"],
    "1 - p[i] <= (n - 1)*exp(-lambda*c) given z[i] - z[k] >= c": ["it says that `0 >= c`", "k != i"],
    "diff(softmax(s)[i], q) == softmax(s)[i]*(x[i] - sum(softmax(s)[k]*x[k], k)) given s[k] == q*x[k]": [
        "`s[k]` is held fixed",
        "*x[k], k)) where s[k] = q*x[k]`",
    ],
    "diff(exp(s[i]), q) == 0 given s[k] == q*x[k], n >= 2": [
        "`diff(exp(s[i]), q) == 0 where s[k] = q*x[k] given n >= 2`"
    ],
    "diff(x^2, y) == 0 given x == y^2": ["`diff(x^2, y) == 0 where x = y^2`"],
    "diff(p[i], w[j]) == 0 given z[k] == w[k]*x": ["`z[k]` is held fixed", "diff(exp(lambda*x*w[i])"],
    "limit(entropy(p), lambda, oo) == 0 given all(z[i] > z[k], k != i)": [
        "is about every class",
        "`count(z[k] == max(z), k) == 1`",
    ],
    "entropy(p) == 0 given all(z[k] > z[i], k != i)": ["`count(z[k] == min(z), k) == 1`"],
    "entropy(p) <= log(n - 1) given p[i] >= 1/2": ["`p[i] >= 1/2` is about every class", "`p[i] >= 1/2 for some i`"],
    "max(p) >= 1/2 given z[i] == max(z)": ["the claim names no class i", "`z[i] == max(z) for some i`"],
    "limit(softmax(t*x + w)[k], t, 0) == softmax(w)[k]": ["`x` has no index", "where s[k] = t*x[k] + w[k]"],
    "limit(softmax(z/c)[i], c, 0) == 0 given z[i] < max(z)": [
        "from the right it holds: `limit(softmax(z, 1/c)[i], c, 0, r"
    ],
    "limit(exp(1/x), x, 0) == 0": ["from the left it holds: `limit(exp(1/x), x, 0, left) == 0`"],
    "sum(p[k]*p[j], k != j) == 1 - sum(p[k]^2, k)": ["`j` is one class", "`sum(sum(p[j]*p[k], k != j), j)`"],
    "L == -log(p[i])": ["`L` is any number here", "after where"],
    "limit(p[i], T, oo) == 1/K": ["K is a scalar", "the number of classes is n"],
}
SILENT = [
    "z[i] <= 1 given z[i] >= z[k], z[i] == 1",  # at k = i it says nothing
    "limit(p[i], T, 0) == 1 given all(z[i] > z[k], k != i)",
    "diff(-sum(y[k]*log(p[k]), k), z[j]) == lambda*(p[j] - y[j]) given sum(y[k], k) == 1",
    "diff(p[i], z[j]) == -lambda*p[i]*p[j] given i != j",
    "K + 1 > K",
    "sum(p[k]*p[j], k != j) == p[j]*(1 - p[j])",
    "c == c^2 given c == 3",
    "limit(1/x, x, 0) == 0",
    "diff(sum(z[k]*z[j], k != j), c) == z[j]^2",
    "p[i] == 1/n given z[k] == c",
    "entropy(q) <= log(n) given q[k] <= 1, q[k] > 0, sum(q[k], k) == 1",
    "limit(diff(log(Z)/lambda, z[i]), T, 0) == 1/count(z[k] == max(z), k) given z[i] == max(z)",  # no definition of z
    "diff(p[i], z[j]) == -lambda*p[i]^2 given z[i] == z[j], i != j",
    "sum(p[k], k) == 1",
]


@pytest.mark.parametrize(("line", "words"), NOTED.items())
def test_what_may_be_meant_otherwise_is_noted(line: str, words: list[str]) -> None:
    notes = verify(line).verdict.notes
    assert [note for note in notes if all(word in note for word in words)] != []


@pytest.mark.parametrize("line", SILENT)
def test_there_is_nothing_to_note(line: str) -> None:
    assert answer(line).verdict.notes == ()


def test_the_form_that_is_shown_is_a_claim_that_means_what_was_meant() -> None:
    line = next(each for each in NOTED if "softmax(s)" in each)
    (note,) = verify(line).verdict.notes
    assert isinstance(verify(note.split("write `")[1].rstrip("`")).verdict, Proved)


def test_streams_have_no_notes() -> None:
    (found,) = verify_many(["limit(p[i], T, oo) == 1/K"])
    assert "notes" not in as_record(found, 0)
    assert "notes" in as_record(answer("limit(p[i], T, oo) == 1/K"), 0)


@pytest.mark.parametrize("line", ["diff(p[i], j) == 0", "diff(p[i], j) == p[j]", "limit(p[i], j, 0) == 0"])
def test_an_index_is_no_variable(line: str) -> None:
    said = answer(line).verdict
    assert isinstance(said, Invalid)
    assert "index" in said.reason
    assert "z[j]" in said.reason


# --- the numbers e and pi ------------------------------------------------------------------------

PROVED = ["e^z[i] == exp(z[i])", "e^x > 0", "e > 2", "pi > 3", "pi*e > 8", "pi^2*p[i] > 0", "pi/pi == 1",
          "sqrt(pi)^2 == pi", "log(pi^2) == 2*log(pi)", "log(e) == 1", "limit(pi*T, T, 0) == 0",
          "e[i] + pi[i] == pi[i] + e[i]", "pi^2 < 10"]  # fmt: skip
REFUTED = ["e^x == 3^x", "pi == 3", "pi < 3", "pi*x == e*x", "sum(pi*p[k], k) == 3", "e[i] == pi[i]", "pi > 22/7"]


@pytest.mark.parametrize("line", PROVED)
def test_the_numbers_are_known(line: str) -> None:
    assert isinstance(verify(line).verdict, Proved)


@pytest.mark.parametrize("line", REFUTED)
def test_the_numbers_are_no_others(line: str) -> None:
    assert isinstance(verify(line).verdict, Refuted)


@pytest.mark.parametrize("line", ["diff(e^x, e) == 0", "limit(pi, pi, 3) == 3", "diff(x, pi) == 0"])
def test_a_number_is_no_variable(line: str) -> None:
    assert isinstance(answer(line).verdict, Invalid)


def test_the_numbers_are_written_as_they_are_read() -> None:
    said = parse_claim("e*pi - pi == e^x")
    assert parse_claim(plain(said)) == said
    assert r"\pi" in latex(said)


def test_numbers_are_not_called_independent() -> None:
    assert "not known to be independent" in reason("pi == exp(1)")


def test_no_note_is_decided_when_no_time_is_left() -> None:
    """To see whether a hypothesis is the claim in other words, powers are expanded: that must not begin."""
    refuted = Refuted(Point({}), "0", "1")
    assert notes(parse_claim("(a + b + c + d + e + f + g)^60 == 1"), refuted, seconds=0) == ()
