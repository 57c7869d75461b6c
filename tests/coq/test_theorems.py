"""What a notebook shows of the proofs is what the files of proofs/ say, and needs no Coq."""

import pytest

from symbolic.coq import coqc, theorems
from symbolic.language.errors import SymbolicError
from symbolic.results import Result, all_results, chapters

EVERY = theorems.formal(*(each.__name__.rpartition(".")[2] for each in chapters()))


@pytest.fixture(autouse=True)
def without_coq(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def test_every_theorem_of_every_result_is_shown() -> None:
    names = [name for result in all_results() for name, _ in theorems.theorems(result)]
    assert [each.name for each in EVERY.theorems if each.result] == names


@pytest.mark.parametrize("result", all_results(), ids=lambda result: result.name)
def test_what_is_shown_is_what_the_build_checks(result: Result) -> None:
    shown = [(each.name, each.proposition) for each in EVERY.theorems if each.result == result.name]
    assert shown == list(theorems.theorems(result))


def test_every_theorem_by_hand_is_shown_by_its_chapter() -> None:
    shown = [each for chapter in coqc.chapters() for each in theorems.formal(chapter).theorems if not each.result]
    assert {each.name for each in shown} == {each.name for each in theorems.by_hand()}
    for each in shown:
        text = (coqc.PROOFS.parent / each.file).read_text("utf-8")
        assert f"Theorem {each.name}" in text
        assert each.proposition


def test_a_file_that_is_named_has_the_theorem() -> None:
    for each in EVERY.theorems:
        text = (coqc.PROOFS.parent / each.file).read_text("utf-8")
        named = f"Theorem {each.name}" if each.proved else each.name
        assert any(line.startswith(named) for line in text.splitlines())


def test_a_status_is_read_and_not_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theorems, "still_open", lambda: frozenset({"jacobian_sym"}))
    shown = theorems.formal("jacobian")
    assert {each.name for each in shown.theorems if not each.proved} == {"jacobian_sym"}
    assert ", 1 open." in shown.summary
    assert "jacobian_sym: the Jacobian is symmetric (open, proofs/jacobian.v)" in str(shown)
    assert "<b>jacobian_sym</b>: the Jacobian is symmetric (open, <a " in shown._repr_html_()


def test_it_is_folded_and_nothing_in_it_is_html() -> None:
    html = theorems.formal("jacobian")._repr_html_()
    assert (
        html.count("<details>")
        == html.count("</details>")
        == 1 + len({each.result for each in theorems.formal("jacobian").theorems if each.result})
    )
    assert "-> R" not in html
    assert "-&gt; R" in html


def test_a_result_has_its_theorems() -> None:
    shown = theorems.formal("cross_entropy_gradient", "softmax_gt0")
    assert [each.name for each in shown.theorems] == [
        "cross_entropy_gradient", "cross_entropy_gradient_needs", "softmax_gt0",
    ]  # fmt: skip
    assert shown.theorems[1].says == "without sum(y[k], k) = 1 it is false"


def test_a_chapter_that_there_is_not() -> None:
    with pytest.raises(SymbolicError, match="no chapter and no result is called 'jacobain'"):
        theorems.formal("jacobain")


def test_without_the_proofs_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theorems, "PROOFS", theorems.PROOFS / "nowhere")
    with pytest.raises(SymbolicError, match="not beside this installation"):
        theorems.formal("jacobian")
