"""Answers in Python: what is taken, what is refused, streams of claims, what an answer shows."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import sympy

from symbolic import D, as_record, claim, delta, derive, differ, i, j, lam, n, p, relation, verify, verify_many, z
from symbolic.answers import Answer, answer
from symbolic.language.claims import Invalid, Point, Proved, Refuted, Unknown
from symbolic.language.errors import NotationError, NotProved, SyntaxErrorInClaim
from symbolic.language.parser import parse_claim

JACOBIAN = claim(D(p[i], z[j]), "==", lam * p[i] * (delta(i, j) - p[j]))
LINES = ["sum(p[k], k) == 1", "p[i] < 1", "p[i] ==", "p[i] > 0", "diff(p[i], z[j]) < 0 given i != j", "c == d == 2"]
KINDS = [Proved, Refuted, Invalid, Proved, Proved, Refuted]


def kinds(answers: Iterator[Answer]) -> list[type]:
    return [type(each.verdict) for each in answers]


def test_a_line_and_a_claim_have_the_same_answer() -> None:
    line = verify("diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])")
    assert isinstance(line.verdict, Proved)
    assert verify(JACOBIAN).verdict == line.verdict
    assert isinstance(verify(claim(D(p[i], z[j]), "<", 0, given=[differ(i, j)])).verdict, Proved)


def test_what_is_typed_is_shown_above_what_is_read() -> None:
    shown = str(verify("softmax(z/T)[i] == p[i]"))
    assert shown.startswith("softmax(z/T)[i] == p[i]\n  that is, softmax(z, 1/T)[i] == p[i]\n  proved")
    assert as_record(verify("softmax(z/T)[i] == p[i]"), 0)["read"] == "softmax(z, 1/T)[i] == p[i]"
    assert "read" not in as_record(verify("p[i] <= 1"), 0)


def test_a_point_for_a_limit_in_the_temperature_has_none() -> None:
    assert "refuted at n = 2, z = (0, 0): 1/2 on the left" in str(verify("limit(p[1], T, 0) == 0 given n == 2"))


def test_each_link_of_a_chain_is_decided() -> None:
    found = verify("0 < p[i] < 1")
    assert found.refuted
    assert [each.proved for each in found.parts] == [True, False]
    assert found.notes[0] == "what fails is p[i] < 1"
    lines = str(found).splitlines()
    assert [lines[0], lines[1], lines[3]] == ["0 < p[i] < 1", "  0 < p[i]", "  p[i] < 1"]
    assert lines[4] == "    refuted at n = 1, lambda = 1, z = (0), i = 1: 1 on the left, 1 on the right"
    proved = as_record(verify("0 <= p[i] <= 1"), 0)
    assert proved["verdict"] == "proved"
    assert [each["claim"] for each in proved["claims"]] == ["0 <= p[i]", "p[i] <= 1"]
    assert verify("0 < p[i] < 1", given="n >= 2").proved


def test_iff_is_decided_both_ways() -> None:
    assert verify("z[i] == z[j] iff p[i] == p[j]").proved
    assert verify("z[i] == z[j] iff i == j").refuted
    assert verify("i != j iff delta(i, j) == 0").proved
    assert verify("c > 0 iff c^3 > 0").proved
    assert verify("p[i] == 1 iff n == 1").proved
    assert verify("c > 0 iff c > d").refuted


def test_a_relation_of_sympy_is_taken_while_it_is_one() -> None:
    whole = sympy.Eq(D(p[i], z[j]), lam * p[i] * (delta(i, j) - p[j]))
    assert verify(whole).claim == JACOBIAN
    assert verify(p[i] < 1, given="n >= 2").proved
    assert str(verify(p[i] < 1)).startswith("p[i] < 1\n  refuted")
    with pytest.raises(NotationError, match="evaluates what it compares"):
        verify(sympy.Eq(p[i], p[i]))


def test_a_number_that_is_too_large_for_a_library_is_no_crash() -> None:
    line = "entropy(q) <= -sum(q[l]*log(p[l]), l) given prod(q[l], l) == 1, q[k] > 0"
    assert isinstance(verify(line, 2).verdict, (Proved, Unknown))


def test_a_line_that_cannot_be_read_is_an_error_or_an_invalid_answer() -> None:
    with pytest.raises(SyntaxErrorInClaim, match="expected an expression, not the end of the line"):
        verify("p[i] ==")
    said = answer("p[i] ==", notes=False).verdict
    assert said == Invalid("expected an expression, not the end of the line", 7)


@pytest.mark.parametrize(
    "said",
    [sympy.Eq(p[i], p[i]), p[i] == p[i], p[i] / p[i], 1, None, b"p[i] == 1", [JACOBIAN]],
)
def test_what_is_no_claim_is_explained(said: Any) -> None:
    """SymPy has made True of Eq(x, x), and 1 of x/x, before it gets here."""
    with pytest.raises(NotationError, match=r"expected a claim.*Eq\(x, x\) to True and x/x to 1"):
        verify(said)
    assert isinstance(answer(said).verdict, Invalid)


@pytest.mark.parametrize("side", [True, sympy.true, sympy.Eq(p[i], 1), "p[i]", 0.5, None])
def test_what_is_no_side_is_explained(side: Any) -> None:
    with pytest.raises(NotationError, match="a side of a claim is a real expression"):
        claim(side, "==", 1)


@pytest.mark.parametrize(
    ("line", "vacuous"),
    [
        ("a^b^c == a^(b^c)", False),  # beyond the kernel, but the same expression twice
        ("c^t >= c^t", False),
        ("log(-1)^c == log(-1)^c", True),
        ("p[i] == 2 given n == 2.5", True),
        ("p[i] == 2 given n > 1.5, n < 2", True),
        ("p[i] < 1 given n > 1.5", False),
        ("p[i] == 1 given 1.5 > n", False),
        ("p[1000000000] <= 1 given n >= 1000000000", False),
    ],
)
def test_true_at_the_edges(line: str, vacuous: bool) -> None:
    verdict = verify(line).verdict
    assert isinstance(verdict, Proved)
    assert verdict.vacuous is vacuous


@pytest.mark.parametrize(
    "line",
    [
        "a^b^c == (a^b)^c",
        "limit(1/c, c, 0) == limit(1/c, c, 0)",
        "*".join(f"p[{each}]" for each in "abcdefghijk") + " == 1",
    ],
)
def test_false_at_the_edges(line: str) -> None:
    assert isinstance(verify(line).verdict, Refuted)


# --- streams -------------------------------------------------------------------------------------


def test_many_one_after_the_other() -> None:
    assert kinds(verify_many(LINES)) == KINDS
    assert kinds(verify_many([JACOBIAN, "p[i] < 1"])) == [Proved, Refuted]
    assert list(verify_many([])) == []


def test_many_by_processes() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        assert kinds(verify_many([*LINES, JACOBIAN], executor)) == [*KINDS, Proved]


def test_many_by_threads() -> None:
    with ThreadPoolExecutor(3) as executor:
        assert kinds(verify_many(LINES * 3, executor)) == KINDS * 3


class Reluctant(Executor):
    """Works on nothing before it is asked for the result; counts what it has been handed."""

    def __init__(self) -> None:
        self.handed: list[Future[Any]] = []

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.result = lambda timeout=None: function(*arguments, **named)
        self.handed.append(future)
        return future


def endless() -> Iterator[str]:
    while True:
        yield from LINES


def test_an_endless_stream_is_read_only_so_far_ahead() -> None:
    executor = Reluctant()
    answers = verify_many(endless(), executor, ahead=4)
    assert [type(next(answers).verdict) for _ in range(6)] == KINDS
    assert len(executor.handed) == 6 + 3
    answers.close()
    assert [each.cancelled() for each in executor.handed] == [False] * 6 + [True] * 3


def test_without_an_executor_nothing_is_read_ahead() -> None:
    lines = iter(LINES)
    next(verify_many(lines))
    assert next(lines) == LINES[1]


def test_many_by_a_cluster() -> None:
    """Dask's executor, here of a cluster within this process."""
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install symbolic[cluster]")
    with distributed.Client(processes=False, n_workers=1, threads_per_worker=2, dashboard_address=None) as client:
        assert kinds(verify_many(LINES, client.get_executor())) == KINDS


@pytest.mark.parametrize("line", LINES)
def test_an_answer_can_be_sent(line: str) -> None:
    sent = answer(line)
    assert pickle.loads(pickle.dumps(sent)) == sent
    assert json.loads(json.dumps(as_record(sent, 0.1)))["claim"] == line


# --- what is shown -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "seconds", "told"),
    [
        ("p[i] < 1", 10, "refuted at n = 1"),
        ("p[i] > 0", 0, "unknown: the time ran out"),
        ("p[i] ==", 10, "expected an expression"),
    ],
)
def test_what_is_not_proved_is_explained_by_its_verdict(line: str, seconds: float, told: str) -> None:
    said = answer(line, seconds)
    assert said.explain() == str(said)
    assert told in str(said)


EXPLAINED = [
    ("entropy(p) == log(Z) - lambda*mean(z[k], k)", "left   log(Z) - lambda*sum(z[k]*exp(lambda*z[k]), k)/Z"),
    ("sum(p[k], k in A) + sum(p[k], k not in A) == 1", "right  1"),
    ("sum(p[k]*z[k], k != i) == mean(z[k], k) - p[i]*z[i]", "normal forms:\n  for every n"),
    ("c == d given c == d", "left   d\n    right  d"),
    ("p[1] + p[2] == 1 given n == 2", "1, 2 distinct, n = 2"),
    ("abs(c)^2 == c^2", "left   c^2"),
    ("log(c^2) == 2*log(abs(c))", "left   2*log(abs(c))"),
    ("1/(c - c) == 1", "nowhere are both sides defined"),
    ("max(z) == max(z) + 0*c", "left   max(z)"),
    ("sum(1/(1 + exp(z[k])), k) == n - sum(exp(z[k])/(1 + exp(z[k])), k)", "sum("),
    ("diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])", "a derivation:\n  diff(p[i], z[j])\n    = "),
]


@pytest.mark.parametrize(("line", "told"), EXPLAINED)
def test_a_proof_is_explained(line: str, told: str) -> None:
    said = verify(line)
    assert isinstance(said.verdict, Proved)
    assert told in said.explain(30)


def test_both_sides_meet_in_every_case() -> None:
    lines = verify("diff(p[i], z[j], z[k]) == diff(p[i], z[k], z[j])").explain(30).splitlines()
    left, right = (
        [each.split(side)[1].strip() for each in lines if each.strip().startswith(side)] for side in ("left", "right")
    )
    assert left == right
    assert len(left) == 5


def test_an_inequality_and_a_limit_name_what_was_used() -> None:
    for line in ("entropy(p) <= log(n)", "limit(p[i], T, oo) == 1/n"):
        said = verify(line)
        assert isinstance(said.verdict, Proved)
        for fact in said.verdict.facts:
            assert fact in said.explain()


def test_a_notebook_shows_the_verdict_on_any_answer() -> None:
    shown = [answer(line)._repr_markdown_() for line in LINES[:3]]
    assert "**Proved**" in shown[0]
    assert "**Refuted**" in shown[1]
    assert shown[2].startswith("**Invalid**: expected an expression")


def test_no_time_is_a_verdict_too() -> None:
    assert isinstance(verify("p[i] > 0", seconds=0).verdict, Unknown)
    assert isinstance(verify(JACOBIAN, seconds=0).verdict, Unknown)


def test_notes_stand_under_the_verdict_and_in_the_record() -> None:
    noted = Answer(parse_claim("p[i] == 1"), Proved(notes=("K is a scalar", "e is the number")))
    assert str(noted).splitlines()[-2:] == ["  note: K is a scalar", "  note: e is the number"]
    assert noted.explain().splitlines()[2:4] == ["  note: K is a scalar", "  note: e is the number"]
    assert noted._repr_markdown_().endswith("*Note:* K is a scalar.\n\n*Note:* e is the number.")
    assert as_record(noted, 0)["notes"] == ["K is a scalar", "e is the number"]
    assert "notes" not in as_record(Answer(noted.claim, Proved()), 0)


# --- an answer in Python -------------------------------------------------------------------------

STANDINGS = [  # line, seconds; the verdict; whether it is true
    ("p[i] > 0", 10, "proved", True),
    ("p[i] == 2 given n == 2.5", 10, "proved", False),
    ("p[i] < 1", 10, "refuted", False),
    ("p[i] > 0", 0, "unknown", False),
    ("p[i] >", 10, "", False),
]


@pytest.mark.parametrize(("line", "seconds", "standing", "true"), STANDINGS)
def test_an_answer_is_true_just_where_it_is_proved_of_something(
    line: str, seconds: float, standing: str, true: bool
) -> None:
    said = answer(line, seconds)
    assert bool(said) is true
    assert [each for each in ("proved", "refuted", "unknown") if getattr(said, each)] == [standing] * bool(standing)
    assert said.vacuous is (said.proved and not true)
    assert said.notes == getattr(said.verdict, "notes", ())
    if true:
        assert said.require() is said
    else:
        with pytest.raises(NotProved) as raised:
            said.require()
        assert str(raised.value) == str(said)


def test_the_counterexample_is_at_hand() -> None:
    assert verify("p[i] < 1").point == Point({"z": (sympy.Integer(0),)}, indices={"i": 1})
    assert verify("p[i] > 0").point is None


def test_an_assertion_of_a_false_claim_fails_and_shows_the_counterexample(tmp_path: Path) -> None:
    module = tmp_path / "test_claim.py"
    module.write_text("from symbolic import verify\n\n\ndef test_claim():\n    assert verify('p[i] < 1')\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(module)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "refuted at n = 1" in ran.stdout


def test_a_record_says_by_which_edition_it_is_written() -> None:
    for line in LINES:
        assert as_record(answer(line), 0.1)["schema"] == 2


GIVEN: list[Any] = [[n >= 2], n >= 2, "n >= 2", ["n >= 2"], relation(n, ">=", 2), (relation(n, ">", 1),)]


@pytest.mark.parametrize("given", GIVEN, ids=str)
def test_hypotheses_are_objects_relations_of_sympy_or_text(given: Any) -> None:
    assert verify("p[i] < 1", given=given)
    assert verify(claim(p[i], "<", 1, given=given))
    assert verify(claim(p[i], "<", 1), given=given)
    assert derive(D(p[i], z[j]), given=given).given == claim(p[i], "<", 1, given).given


def test_hypotheses_of_several_kinds_go_together() -> None:
    both = verify("p[3] < 1 given c > 0", given="n >= 3")
    assert both
    assert both.claim == claim(p[3], "<", 1, ["c > 0", "n >= 3"])
    assert claim(D(p[i], z[j]), "<", 0, sympy.Ne(i, j)) == claim(D(p[i], z[j]), "<", 0, [differ(i, j)])


@pytest.mark.parametrize("given", [n >= 1, i != j, [True], sympy.false])
def test_a_hypothesis_that_has_been_evaluated_is_an_error(given: Any) -> None:
    for enter in (lambda: claim(p[i], "<", 1, given), lambda: verify("p[i] < 1", given=given)):
        with pytest.raises(NotationError, match="has been evaluated to"):
            enter()


@pytest.mark.parametrize("given", [3, None, [None], z[i]])
def test_what_is_no_hypothesis_is_an_error(given: Any) -> None:
    with pytest.raises(NotationError, match="expected a hypothesis such as"):
        claim(p[i], "<", 1, given)
