"""Proofs in Coq as a game: each solution is accepted, and no text of a cell changes what is to be proved."""

import re
from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from symbolic.answers import verify
from symbolic.coq import coqc
from symbolic.coq.coqide import CoqError
from symbolic.coq.theorems import stated
from symbolic.coq.vernacular import sentences
from symbolic.course import proving
from symbolic.course.asking import progress
from symbolic.course.proving import Proof, proof, proofs, prove
from symbolic.language.errors import SymbolicError
from tests.marks import needs_coq

each_proof = pytest.mark.parametrize("each", proofs(), ids=[each.title for each in proofs()])


@pytest.fixture(scope="module", autouse=True)
def compiled() -> Iterator[None]:
    if coqc.installed():
        coqc.build()
    yield
    proving._shared.close()


def test_there_are_ten_and_they_are_true_on_paper() -> None:
    assert [each.number for each in proofs()] == list(range(1, 11))
    for each in proofs():
        assert verify(each.says, notes=False)
        assert not each.denies or verify(each.denies, notes=False).refuted


@each_proof
def test_its_hints_are_its_solution_a_tactic_at_a_time(each: Proof) -> None:
    """What stands between backquotes in the hints are the steps of the solution, in their order."""
    hinted = [step for hint in each.hints for step in re.findall(r"`([^`]*\.)`", hint)]
    steps = list(sentences(each.solution))
    bullets = {at for at, step in enumerate(steps) if step in "-+"}
    assert hinted == [
        f"{steps[at - 1]} {step}" if at - 1 in bullets else step for at, step in enumerate(steps) if at not in bullets
    ]


@each_proof
def test_its_inventory_is_what_its_solution_uses(each: Proof) -> None:
    words = set(re.findall(r"\w+", each.solution))
    assert set(each.inventory) <= words
    assert (words & {name for _, name in stated("Theorem", "Lemma")}) <= set(each.inventory)


@needs_coq
@each_proof
def test_its_solution_is_accepted(each: Proof) -> None:
    tried = prove(each.number, f"Proof.\n{each.solution}\nQed.")
    assert tried
    assert "proved: nothing is left" in str(tried)
    assert progress().of(each.id).best == "right"


@needs_coq
def test_one_that_is_not_finished_shows_where_one_is() -> None:
    tried = prove(1, "rewrite /softmax /Rdiv.\nrewrite sum_scaler. (* and so on. *)")
    assert not tried
    assert "not proved yet: 1 to go" in str(tried)
    assert r"\left(\sum_{k} e^{\lambda z_{k}}\right) \left(1 / Z\right) = 1" in tried._repr_html_()
    assert 'style="color' in tried._repr_html_()
    assert progress().of("21-1").best == "not decided"
    assert prove(2, proof(2).solution)


CHEATS = [
    ("admit.", "given up"),
    ("give_up.", "given up"),
    ("1: admit.", "given up"),
    ("abstract admit.", "given up|incomplete|Attempt"),
    ("exact (ltac:(admit)).", "given up|existential"),
    ("shelve.", "existential"),
    ("Admitted.", "Admitted is not taken"),
    ("Fail Admitted.", "Admitted is not taken"),
    ("Axiom a : False. exfalso. exact: a.", "Axiom is not taken"),
    ("Local Axiom a : False.", "Axiom is not taken"),
    ("Time (* (* *) idtac *) Admitted.", "Admitted is not taken"),
    ("Time (* (* *) idtac *) Axiom a : False. exfalso. exact: a.", "Axiom is not taken"),
    ('Time (* " (* " idtac *) Admitted.', "Admitted is not taken"),
    ("Timeout 9 Admitted.", "Timeout is not taken"),
    ("Parameter a : False.", "Parameter is not taken"),
    ("Hypothesis a : False.", "Hypothesis is not taken"),
    ("Let a : False.", "Let is not taken"),
    ("Definition softmax := 0.", "Definition is not taken"),
    ("Notation \"a = b\" := True.", "Notation is not taken"),
    ("Ltac lra := idtac.", "Ltac is not taken"),
    ("Import ListNotations.", "Import is not taken"),
    ("Require Import Coq.Compat.AdmitAxiom.", "Require is not taken"),
    ("From Coq Require Import Compat.AdmitAxiom.", "From is not taken"),
    ("Theorem level_1 : True. Proof. exact I. Qed.", "Theorem is not taken"),
    ("Goal True. exact I.", "Goal is not taken"),
    ("Abort. Theorem level_1 : True. exact I.", "Abort is not taken"),
    ("Qed. Goal True. exact I.", "Qed is not taken"),
    ("Defined.", "Defined is not taken"),
    ("Save level_1.", "Save is not taken"),
    ("Undo.", "Undo is not taken"),
    ("Restart.", "Restart is not taken"),
    ("Unset Guard Checking.", "Unset is not taken"),
    ("Set Universe Polymorphism.", "Set is not taken"),
    ("#[bypass_check(guard)] Fixpoint f (n : nat) : False := f n.", "# is not taken"),
    ('Declare ML Module "extraction".', "Declare is not taken"),
    ('Add LoadPath "/tmp".', "Add is not taken"),
    ('Load "x".', "Load is not taken"),
    ('Redirect "x" idtac.', "Redirect is not taken"),
    ("Proof using. idtac.", "Proof is not taken"),
    ("(* a comment *) Admitted. (* Qed. *)", "Admitted is not taken"),
    ("exact: p_sum1_at i.", "p_sum1_at is not in the inventory"),
    ("exact: softmax.p_sum1_at i.", "p_sum1_at is not in the inventory"),
    ("rewrite (*x*)p_sum1_at.", "p_sum1_at is not in the inventory"),
    ("exact_no_check (erefl 1).", "type"),
    ("change_no_check (1 = 1). reflexivity.", "type"),
    ("do 1000000000 idtac.", "not done in time"),
    ("rewrite /softmax", "full stop"),
    ("idtac. (* and so on", "full stop"),
]  # fmt: skip


@needs_coq
@pytest.mark.parametrize(("text", "why"), CHEATS)
def test_nothing_else_is_accepted(text: str, why: str) -> None:
    with pytest.raises(CoqError, match=why):
        prove(1, text, seconds=3)
    assert progress().of("21-1").best == ""


@needs_coq
@pytest.mark.parametrize("text", ["", "(* Qed. *)", 'idtac "*) Admitted. (*".', "Check p_sum1_at.", "Qed."])
def test_what_proves_nothing_is_not_done(text: str) -> None:
    assert not prove(1, text)


@needs_coq
def test_what_rests_on_more_than_the_reals_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coqc, "ALLOWED", frozenset())
    with pytest.raises(CoqError, match="rests on"):
        prove(1, proof(1).solution)


@pytest.fixture(scope="module")
def shell() -> InteractiveShell:
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    shell.run_line_magic("load_ext", "symbolic.course")
    return shell


def test_the_magic_lists_shows_and_hints(shell: InteractiveShell) -> None:
    assert str(shell.run_cell("%prove").result).count("○") == 10
    shown = shell.run_cell("%prove 3").result
    assert "You may use p_sum1_at" in str(shown)
    assert r"\(p_{i} \leq 1\)" in shown._repr_html_()
    hints = [shell.run_cell("%prove 3 --hint").result for _ in range(2)]
    assert [str(each)[:11] for each in hints] == ["Hint 1 of 5", "Hint 2 of 5"]
    assert "`have whole := p_sum1_at lambda z i.`" in hints[0]._repr_markdown_()


@needs_coq
def test_the_magic_judges_a_cell(shell: InteractiveShell) -> None:
    assert shell.run_cell(f"%%prove 2\n{proof(2).solution}").result
    assert str(shell.run_cell("%prove").result).count("●") == 1


@pytest.mark.parametrize("line", ["%prove 11", "%prove 0", "%prove x", "%prove 1 --fast", "%prove 3 --hint x"])
def test_it_says_what_it_takes(shell: InteractiveShell, line: str) -> None:
    with pytest.raises(SymbolicError, match=r"proofs 1 to 10|say which proof"):
        shell.run_cell(line, silent=True).raise_error()


def test_without_coq_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving._shared, "session", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CoqError, match="make coq"):
        prove(1, "idtac.")
