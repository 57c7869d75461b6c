"""Coq as a session: what is accepted stays, what fails leaves nothing behind, and everything comes to an end."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from symbolic.coq import coqc, coqide
from symbolic.coq.coqide import CoqError, Session, sentences
from tests.marks import needs_coq

POSITIVE = "Lemma positive (n : nat) (lambda : R) (z : 'I_n -> R) i : 0 < softmax lambda z i."
TWO_GOALS = f"{POSITIVE} Proof. apply: Rdiv_lt_0_compat."
THE_REST = "- exact: exp_pos. - exact: partition_gt0 i. Qed."
FOREVER = "Goal False. Proof. do 1000000000 idtac. Abort."


@pytest.fixture(scope="module")
def coq() -> Iterator[Session]:
    coqc.build()
    session = Session()
    session.run("From Softmax Require Import jacobian.")
    yield session
    session.close()


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Check a. Check b.", ["Check a.", "Check b."]),
        ("Check\n  a.\n\nCheck b.\n", ["Check\n  a.", "Check b."]),
        ("Definition x := 0.5.", ["Definition x := 0.5."]),
        ("Check M.x.", ["Check M.x."]),
        ("(* One. Two. *) Check a.", ["Check a."]),
        ("Check (* a. (* b. *) c. *) a.", ["Check (* a. (* b. *) c. *) a."]),
        ('Search "a. b". Check a.', ['Search "a. b".', "Check a."]),
        ('(* "*)" *) Check a.', ["Check a."]),
        ("- by []. + lra. ** idtac.", ["-", "by [].", "+", "lra.", "**", "idtac."]),
        ("{ lra. } 2: { ring. }", ["{", "lra.", "}", "2: {", "ring.", "}"]),
        ("split; auto... Check a.", ["split; auto...", "Check a."]),
        ("", []),
    ],
)
def test_a_text_is_cut_where_coq_cuts_it(text: str, cut: list[str]) -> None:
    assert list(sentences(text)) == cut


@pytest.mark.parametrize("text", ["Check a", "Check a. Check b", "Check a.b", "Check a. (* and so on", 'Search "a.'])
def test_an_end_that_is_missing_is_seen(text: str) -> None:
    with pytest.raises(CoqError, match="full stop"):
        list(sentences(text))


@needs_coq
def test_goals_are_told(coq: Session) -> None:
    *_, last = coq.run(TWO_GOALS, unfinished=True)
    assert [each.conclusion for each in last.goals or ()] == ["0 < exp (lambda * z i)", "0 < partition lambda z"]
    assert (last.goals or ())[0].known == ("n : nat", "lambda : R", "z : 'I_n -> R", "i : 'I_n")
    *_, before, last = coq.run(THE_REST)
    assert (before.goals, last.goals) == ((), None)
    assert "0 < softmax lambda z i" in coq.run("Check positive.")[0].said[0]


@needs_coq
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Goal 1 < 0. Proof. lra. Qed.", "(?s)Cannot find witness.*in  lra"),
        ("Goal 1 < 0. Proof. Qed.", "(?s)incomplete proof.*in  Qed"),
        ("Goal True /\\ 1 < 0. Proof. split. - by []. - by []. Qed.", "(?s)No applicable tactic.*in  by"),
        ("Goal True /\\ 1 < 0. Proof. split. { by []. } { lra. } Qed.", "Cannot find witness"),
        ("Goal 1 < 0. Proof. admit. Qed.", "given up"),
        ("Goal 1 < 0. Proof. Admitted.", "Admitted is not taken"),
        ("Goal 0 < 1.", "(?s)not finished: 1 goal left.*0 < 1"),
        ("Goal 0 < 1. Proof. lra.", "not finished: nothing left, and no Qed"),
        ("Check softmax_jacobain.", "softmax_jacobain was not found"),
        ("Goal 0 < 1. Proof. lra. Qed. Chekc R.", "Chekc is not taken"),
        ("Quit.", "not taken"),
    ],
)
def test_what_fails_leaves_nothing_behind(coq: Session, text: str, why: str) -> None:
    with pytest.raises(CoqError, match=why):
        coq.run(f"Definition remains := 0. {text}")
    with pytest.raises(CoqError, match="remains was not found"):
        coq.run("Check remains.")
    coq.run("Goal 0 < 1. Proof. lra. Qed.")


@needs_coq
def test_a_failure_inside_of_an_open_proof_goes_back_there(coq: Session) -> None:
    coq.run(TWO_GOALS.replace("positive", "again"), unfinished=True)
    with pytest.raises(CoqError, match="not found"):
        coq.run(f"{THE_REST} Check nowhere.")
    coq.run(THE_REST)
    coq.run("Check again.")


@needs_coq
def test_a_text_that_comes_again_takes_its_place(coq: Session) -> None:
    coq.run("Definition x := 1.", keep="first")
    coq.run("Definition y := x.", keep="second")
    coq.run("Definition x := 2.", keep="first")
    with pytest.raises(CoqError, match="y was not found"):
        coq.run("Check y.")
    assert "x = 2" in coq.run("Print x.")[0].said[0]
    coq.run("Definition y := x.", keep="second")


@needs_coq
def test_what_tactics_leave_is_not_left_here(coq: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    session = Session()
    session.run("From Coq Require Import Reals Psatz. Goal forall x : R, (0 <= x * x)%R. Proof. intros. nra. Qed.")
    session.close()
    assert list(tmp_path.iterdir()) == []
    assert not os.path.exists(session._folder.name)


@needs_coq
def test_what_takes_too_long_is_stopped(coq: Session) -> None:
    with pytest.raises(CoqError, match=r"(?s)not done in time.*do 1000000000"):
        coq.run(FOREVER, seconds=0.5)
    coq.run("Check positive.")


@needs_coq
@pytest.mark.skipif(shutil.which("prlimit") is None, reason="NOT tried: memory is bounded by prlimit, which is Linux's")
def test_what_takes_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    coqc.build()
    monkeypatch.setattr(coqide, "MEMORY", 1 << 29)
    session = Session()
    with pytest.raises(CoqError, match="Out of memory"):
        session.run("Eval vm_compute in (Nat.pow 2 30)%nat.")
    session.run("Check 0.")
    session.close()


@needs_coq
def test_an_interrupt_stops_coq_and_no_more(coq: Session) -> None:
    before = signal.getsignal(signal.SIGINT)  # a shell may have it ignored by what it starts in the background
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        coq.run(FOREVER)
    coq.run("Check positive.")
    assert signal.getsignal(signal.SIGINT) is before


@needs_coq
def test_a_coq_that_has_ended_is_told_of() -> None:
    session = Session()
    os.kill(session._process.pid, signal.SIGKILL)
    with pytest.raises(CoqError, match="Coq has ended"):
        session.run("Check 0.")
    assert not session.alive
    session.close()


@needs_coq
@pytest.mark.parametrize("end", ["pass", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_coq_ends_with_the_program_that_asked_it(end: str) -> None:
    program = f"""
import os, signal
from symbolic.coq.coqide import Session
session = Session()
print(session._process.pid, flush=True)
{end}
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False).stdout
    patience = time.monotonic() + 10
    while os.path.exists(f"/proc/{int(told)}") and time.monotonic() < patience:
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{int(told)}")


def test_without_coq_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CoqError, match="make coq"):
        Session()


@needs_coq
def test_proofs_that_are_not_compiled_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coqc, "stale", lambda: ["jacobian"])
    with pytest.raises(CoqError, match="make proofs"):
        Session()
