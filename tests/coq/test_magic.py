"""Coq in a notebook: cells that hold, cells that fail, and what they show."""

import re
import time
from collections.abc import Iterator
from html import unescape

import nbformat
import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

from symbolic.coq import coqc
from symbolic.coq.coqide import CoqError, Goal, Step
from symbolic.coq.magic import COLOURS, Told
from tests.marks import needs_coq

SPAN = re.compile(r"</?span[^>]*>")


@pytest.fixture(scope="module")
def shell() -> Iterator[InteractiveShell]:
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    shell.run_line_magic("load_ext", "symbolic.coq.magic")
    yield shell
    shell.run_line_magic("unload_ext", "symbolic.coq.magic")


def test_goals_are_shown_with_what_is_new() -> None:
    start = Step("Goal P.", (), (Goal(("i : 'I_n", "j : 'I_n", "c : R"), "i = j"),))
    steps = [start, Step("Proof.", (), start.goals), Step("-", (), start.goals)]
    steps += [Step("move.", (), (Goal(("c : R", "h : 0 < c"), "a"), Goal((), "b"))), Step("by.", (), (), 1)]
    steps += [Step("done.", (), ()), Step("Qed.")]
    assert str(Told(steps)).split("\n") == [
        "Goal P.", "    i j : 'I_n", "    c : R", "    ⊢ i = j",
        "Proof.", "- move.", "    h : 0 < c", "    ⊢ a", "    ⊢ b",
        "by.", "    done; 1 to go", "done.", "    no goal is left", "Qed.", "    proved",
    ]  # fmt: skip


def test_a_goal_that_stays_is_not_repeated() -> None:
    steps = [Step("Goal P.", (), (Goal((), "P"),)), Step("have q : Q.", (), (Goal(("q : Q",), "P"),))]
    assert str(Told(steps)) == "Goal P.\n    ⊢ P\nhave q : Q.\n    q : Q"


def test_a_proof_is_told_to_be_closed_where_it_is() -> None:
    """Also by a cell that has nothing but its Qed; one that is given up is not proved."""
    open_ = Step("Goal P.", (), (Goal((), "P"),))
    assert str(Told([Step("Qed.")])) == "Qed.\n    proved"
    assert str(Told([open_, Step("Abort.")])) == "Goal P.\n    ⊢ P"


def test_nothing_that_coq_says_is_html() -> None:
    shown = Told([Step("Check x<y.", ("x <b> & y",))])._repr_html_()
    assert SPAN.sub("", shown) == "<pre><b>Check x&lt;y.</b>\n    x &lt;b&gt; &amp; y</pre>"


def test_the_words_of_coq_are_coloured_and_no_letter_is_lost() -> None:
    said = "Lemma a : (* <why> *) forall n,\n  n = 1.\n\nby move=> ->."
    shown = Told([Step(said, ("b",))])._repr_html_()
    assert unescape(SPAN.sub("", shown)) == f"<pre><b>{said}</b>\n    b</pre>"
    kinds = {colour: str(kind).rpartition(".")[2] for kind, colour in COLOURS.items()}
    coloured = [
        (kinds[colour], text) for colour, text in re.findall(r'<span style="color: (#\w+)">([^<]+)</span>', shown)
    ]
    assert {("Namespace", "Lemma"), ("Keyword", "forall"), ("Number", "1"), ("Keyword", "move")} <= set(coloured)
    assert "".join(text for kind, text in coloured if kind == "Comment") == "(* &lt;why&gt; *)"


@needs_coq
def test_cells_follow_each_other(shell: InteractiveShell) -> None:
    coqc.build()
    assert shell.run_cell("%%coq\nFrom Softmax Require Import softmax.").result is None
    assert shell.run_cell("%%coq --unfinished\nGoal 0 < 1. Proof.").success
    assert "proved" in str(shell.run_cell("%%coq --seconds 30\nlra. Qed.").result)
    assert "softmax_gt0" in str(shell.run_cell("%coq Check softmax_gt0.").result)


@needs_coq
@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("%%coq\nGoal 1 < 0. Proof. lra. Qed.", "witness"),
        ("%%coq\nGoal 0 < 1. Proof.", "not finished"),
        ("%coq Check softmax_gt1.", "not found"),
        ("%%coq\nAxiom a : False.", "Axiom is not taken"),
        ("%%coq\nTime Variable _a : 0 = 1.", "outside of a section this is an axiom"),
        ("%%coq\nTime (* (* *) idtac *) Axiom a : False.", "Axiom is not taken"),  # a comment in a comment
        ("%%coq\nGoal False. Proof. Time (* (* *) idtac *) Admitted.", "Admitted is not taken"),
        ("%%coq\nUnset Guard Checking.", "is not taken"),
        ("%%coq\nGoal False. Proof. Admitted.", "Admitted is not taken"),
        ("%%coq --fast\nCheck 0.", "--fast"),
        ("%%coq --seconds\nCheck 0.", "--seconds"),
        ("%%coq --seconds 1\nGoal 0 < 1. Proof. do 1000000000 idtac. Qed.", "not done in time"),
    ],
)
def test_a_cell_fails(shell: InteractiveShell, cell: str, why: str) -> None:
    with pytest.raises(CoqError, match=why):
        shell.run_cell(cell, silent=True).raise_error()


@needs_coq
def test_it_can_begin_anew(shell: InteractiveShell) -> None:
    shell.run_cell("%%coq\nDefinition mine := 0.").raise_error()
    shell.run_cell("%%coq --anew\nDefinition mine := 0.").raise_error()


def test_without_the_extension_there_is_no_such_cell() -> None:
    bare = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    with pytest.raises(UsageError):
        bare.run_cell("%%coq\nCheck 0.", silent=True).raise_error()


@needs_coq
def test_a_failed_proof_fails_its_notebook() -> None:
    cells = ["%load_ext symbolic.coq", "%%coq\nFrom Softmax Require Import softmax.\nGoal 1 < 0. Proof. lra. Qed."]
    notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)))
    with pytest.raises(CellExecutionError, match="Cannot find witness"):
        NotebookClient(notebook, timeout=60).execute()


def outcome(client: BlockingKernelClient, message: str) -> str:
    """`ok`, or the name of the error."""
    while (reply := client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] != message:
        pass
    return str(reply["content"].get("ename", reply["content"]["status"]))


def begun(client: BlockingKernelClient, message: str) -> None:
    """Wait until the cell is run."""
    while (said := client.get_iopub_msg(timeout=60))["parent_header"].get("msg_id") != message or (
        said["msg_type"] != "execute_input"
    ):
        pass


@needs_coq
def test_interrupting_the_kernel_stops_coq_and_no_more() -> None:
    manager, client = start_new_kernel()
    try:
        outcome(client, client.execute("%load_ext symbolic.coq"))
        assert outcome(client, client.execute("%%coq\nDefinition kept := 0.")) == "ok"
        forever = client.execute("%%coq\nGoal False. Proof. do 1000000000 idtac. Abort.")
        begun(client, forever)
        time.sleep(1)
        manager.interrupt_kernel()
        assert outcome(client, forever) == "KeyboardInterrupt"
        after = "aborted"  # as whatever comes before the kernel has put the interrupt behind it
        while after == "aborted":
            after = outcome(client, client.execute("%coq Check kept."))
        assert after == "ok"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
