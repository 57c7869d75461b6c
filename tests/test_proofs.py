"""The proofs say what the results claim, rest on the classical reals alone, and are read in small pieces."""

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from sympy import Integer

from symbolic import coqc
from symbolic.coq import checks, proposition, theorems
from symbolic.formal import COMMENT, by_hand, still_open
from symbolic.language.claim import Claim, Relation, SameClass
from symbolic.language.errors import Unsupported
from symbolic.results import Result, all_results, find
from tests.marks import needs_coq
from tools import proofs


@pytest.fixture(scope="session")
def built() -> None:
    coqc.build()


# --- what can be seen without Coq ----------------------------------------------------------------


def test_every_result_has_its_theorem_or_is_told_to_lack_it() -> None:
    assert proofs.without_theorem() == still_open()


def test_what_no_claim_says_is_told_in_words() -> None:
    told = [each.name for each in by_hand()]
    assert len(set(told)) == len(told) > 60
    assert set(told) == proofs.said_by_no_claim()
    assert [each.name for each in by_hand() if not each.says] == []


def test_nothing_is_left_open() -> None:
    assert proofs.forbidden() == []


def test_theorems_are_short() -> None:
    assert proofs.too_long() == []


def test_every_chapter_says_what_it_proves() -> None:
    for chapter in coqc.chapters():
        assert (coqc.PROOFS / f"{chapter}.v").read_text("utf-8").startswith("(** "), chapter


@pytest.mark.parametrize("text", ["Lemma a : P. Admitted.", "Axiom a : P.", "Lemma a : P. Abort.", "Parameter a : P."])
def test_an_open_end_is_seen(text: str) -> None:
    assert proofs.FORBIDDEN.findall(text)


def test_a_comment_is_no_open_end() -> None:
    assert proofs.FORBIDDEN.findall(COMMENT.sub("", "(* Admitted is not allowed *)")) == []


# --- what Coq says -------------------------------------------------------------------------------


@needs_coq
def test_only_the_classical_reals_are_assumed(built: None) -> None:
    assert proofs.assumed() <= coqc.ALLOWED


@needs_coq
def test_the_theorems_say_what_the_results_claim(built: None) -> None:
    answer = coqc.accepted(coqc.heading() + checks(proofs.results()))
    assert answer.ok, answer.said


@needs_coq
def test_the_statements_have_been_read(built: None) -> None:
    assert proofs.STATEMENTS.read_text("utf-8") == proofs.statements()


@needs_coq
def test_the_proof_objects_check_anew(built: None) -> None:
    command = ["coqchk", "-silent", "-o", "-norec", *(f"Softmax.{each}" for each in coqc.chapters())]
    done = subprocess.run([*command, *coqc.LIBRARY], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- a claim changed in one place ----------------------------------------------------------------


def changed(claim: Claim) -> list[Claim]:
    """The claim with another relation, another right side, or a hypothesis less."""
    relation = claim.relation
    other = {"==": "<=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}[relation.op]
    lost = [replace(claim, given=claim.given[:at] + claim.given[at + 1 :]) for at in range(len(claim.given))]
    return [
        replace(claim, relation=Relation(relation.lhs, other, relation.rhs)),
        replace(claim, relation=Relation(relation.lhs, relation.op, relation.rhs + 1)),
        replace(claim, relation=Relation(-relation.lhs, relation.op, relation.rhs)),
        *lost,
    ]


def mutants() -> Iterator[tuple[str, str]]:
    """Each result's theorem with what a changed claim would have it say: the changes take turns."""
    for number, result in enumerate(all_results()):
        every = changed(result.claim)
        with suppress(Unsupported):
            if result.name not in still_open():
                yield result.name, proposition(every[number % len(every)])


@needs_coq
def test_a_changed_claim_is_not_what_is_proved(built: None) -> None:
    """Every claim of the results, changed in one place, is no longer the theorem's."""
    said = list(mutants())
    # Fail turns an error into a success: the file is accepted just if each of the checks is refused
    answer = coqc.accepted(coqc.heading() + "\n".join(f"Fail {checks([each])}" for each in said))
    assert len({name for name, _ in said}) > 100
    assert answer.ok, answer.said


@needs_coq
def test_another_index_is_not_what_is_proved(built: None) -> None:
    claim = find("jacobian_offdiag_lt0").claim
    (differ,) = claim.given
    assert isinstance(differ, SameClass)
    same = replace(claim, given=(SameClass(differ.first, differ.second, holds=True),))
    assert not coqc.accepted(coqc.heading() + checks([("jacobian_offdiag_lt0", proposition(same))])).ok


def test_a_needed_hypothesis_has_its_counterexample() -> None:
    def refuted(result: Result) -> int:
        return sum(need.point is not None for need in result.needs)

    for result in all_results():
        assert len(list(theorems(result))) == 1 + refuted(result)
    assert proposition(replace(find("softmax_gt0").claim, relation=Relation(Integer(1), "<", Integer(2)))) == "1 < 2"
