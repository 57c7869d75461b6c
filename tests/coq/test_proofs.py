"""The proofs say what the results claim, rest on the classical reals alone, and are read in small pieces."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from sympy import Integer

from symbolic.coq import coqc
from symbolic.coq.statements import proposition, theorems
from symbolic.coq.theorems import by_hand, still_open
from symbolic.coq.vernacular import gaps
from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation, SameClass, claim
from symbolic.language.errors import Unsupported
from symbolic.language.parser import parse_claim
from symbolic.results import Result, all_results, find
from tests.marks import needs_coq
from tools import proofs
from tools.proofs import checks


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


ABSURD = "Theorem absurd : False."
# Each of these files proves False, in all of Coq 8.16 to 8.20, and coqc has nothing against it.
HOLES = {
    "a variable outside of a section": f"Variable _a : False. {ABSURD} Proof. exact _a. Qed.",
    "a hypothesis outside of a section": f"Hypothesis a' : False. {ABSURD} Proof. exact a'. Qed.",
    "a context outside of a section": f"Context (a : False). {ABSURD} Proof. exact a. Qed.",
    "a context, timed": f"Time Context (a : False). {ABSURD} Proof. exact a. Qed.",
    "a variable after a section": f"Section S. End S. Variable a : False. {ABSURD} Proof. exact a. Qed.",
    "a conjecture": f"Conjecture _'a : False. {ABSURD} Proof. exact _'a. Qed.",
    "a parameter": f"#[local] Parameter a : False. {ABSURD} Proof. exact a. Qed.",
    "an axiom": f"Local Axiom a : False. {ABSURD} Proof. exact a. Qed.",
    "an axiom, timed": f"Time Axiom a : False. {ABSURD} Proof. exact a. Qed.",
    "an open end": f"{ABSURD} Proof. Admitted.",
    "a module that is declared": (
        f"Module Type M. Parameter a : False. End M. Declare Module N : M. {ABSURD} Proof. exact N.a. Qed."
    ),
    "no guard": (
        "Unset Guard Checking. Fixpoint f (n : nat) {struct n} : False := f n. Set Guard Checking. "
        f"{ABSURD} Proof. exact (f 0). Qed."
    ),
    "no guard, by an attribute": (
        "#[bypass_check(guard)] Fixpoint f (n : nat) {struct n} : False := f n. "
        f"{ABSURD} Proof. exact (f 0). Qed."
    ),
    "no positivity": (
        "Unset Positivity Checking. Inductive bad : Prop := B : (bad -> False) -> bad. Set Positivity Checking. "
        "Definition no (b : bad) : False := match b with B f => f b end. "
        f"{ABSURD} Proof. exact (no (B no)). Qed."
    ),
    "no universes": "Unset Universe Checking. Definition t : Type := Type. Definition u : t := t.",
}  # fmt: skip


@pytest.mark.parametrize("text", HOLES.values(), ids=HOLES)
def test_a_hole_is_seen_in_the_text(text: str) -> None:
    assert gaps(text)


@needs_coq
@pytest.mark.parametrize("text", HOLES.values(), ids=HOLES)
def test_a_hole_is_seen_in_what_is_compiled(text: str) -> None:
    assert coqc.accepted(text).ok
    assert not coqc.accepted(text, audit=True).ok


@needs_coq
@pytest.mark.parametrize("text", HOLES.values(), ids=HOLES)
def test_a_hole_is_seen_by_print_assumptions(text: str) -> None:
    name = "absurd" if "absurd" in text else "u"
    assert not coqc.axioms(coqc.accepted(f"{text} Print Assumptions {name}.").said) <= coqc.ALLOWED


@needs_coq
def test_what_has_no_hole_is_accepted() -> None:
    text = "From Coq Require Import Reals. Theorem fine : (0 < 1)%R. Proof. exact Rlt_0_1. Qed. Print Assumptions fine."
    assert coqc.accepted(text, audit=True).ok
    assert coqc.axioms(coqc.accepted(text).said) <= coqc.ALLOWED


def test_universes_are_not_collapsed_by_an_option() -> None:
    options = " ".join((*coqc.QUIET, *coqc.LIBRARY, (coqc.PROOFS / "_CoqProject").read_text("utf-8")))
    assert "type-in-type" not in options
    assert "impredicative" not in options


def test_a_comment_is_no_open_end() -> None:
    assert gaps("(* Admitted is not allowed *) Section S. Variable n : nat. End S.") == []


# --- what Coq says -------------------------------------------------------------------------------


@needs_coq
def test_the_proof_objects_check_anew_and_only_the_classical_reals_are_assumed(built: None) -> None:
    assert proofs.unsafe() == []


@needs_coq
def test_the_theorems_say_what_the_results_claim(built: None) -> None:
    answer = coqc.accepted(checks(proofs.results()))
    assert answer.ok, answer.said


@needs_coq
def test_the_statements_have_been_read(built: None) -> None:
    assert proofs.STATEMENTS.read_text("utf-8") == proofs.statements()


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
    answer = coqc.accepted(checks(said, refused=True))
    assert len({name for name, _ in said}) > 100
    assert answer.ok, answer.said


def test_a_statement_is_read_before_any_chapter_can_change_a_word() -> None:
    said, chapters = checks(proofs.results()).split(proofs.CHAPTERS)
    assert "Require" not in said.removeprefix(coqc.heading("notation"))
    assert "said_0 : Prop" in said
    assert "Definition" not in chapters


def test_every_notation_stands_in_what_has_been_read() -> None:
    text = proofs.STATEMENTS.read_text("utf-8")
    assert [each for each in proofs.notations() if each not in text] == []
    assert "(at level 70, no associativity)" in text


def test_two_conditions_of_a_sum_are_in_brackets() -> None:
    """Coq reads k != i && k != j as one comparison, with (i && k) in its middle."""
    i, j, k = of.i, of.j, of.k
    assert "| (k != i) && (k != j))" in proposition(claim(of.Sum(of.p[k], k, of.Except(i), of.Except(j)), "<", 1))
    assert "| k != i)" in proposition(claim(of.Sum(of.p[k], k, of.Except(i)), "<", 1))


@needs_coq
def test_a_limit_is_through_points_where_the_function_is_defined(built: None) -> None:
    """Coq's ln is 0 where there is no logarithm: log(-c^2) tended to 0 there. What c log c is for c < 0 is nothing."""
    never, once = (proposition(parse_claim(f"limit({each}, c, 0) == 0")) for each in ("log(-c^2)", "c*log(c)"))
    text = (
        coqc.heading("zero_temperature")
        + f"""
Goal ~ ({never}).
Proof. by case=> [[[h|h] _] _]; have [t] := filter_ex _ h; nra. Qed.
Goal {once}.
Proof.
split; first split; [right | split; [right | left] | ].
- by exists (mkposreal _ Rlt_0_1) => t _.
- by exists (mkposreal _ Rlt_0_1) => t _; lra.
- by exists (mkposreal _ Rlt_0_1) => t _.
have d : -1 < 0 by lra.
have l : filterlim (fun t => - ln t) (at_right 0) (Rbar_locally p_infty).
  exact: filterlim_comp is_lim_ln_0 (filterlim_Rbar_opp m_infty).
have h : filterlim (fun t => - (- ln t * exp (- ln t * -1))) (at_right 0) (locally 0).
  by apply: lim_eq (lim_opp (filterlim_comp _ _ _ _ _ _ _ _ l (lim_lin_exp d))) _; ring.
have g : filterlim (fun t => t * ln t) (at_right 0) (locally 0).
  apply: lim_ext_loc h _; exists (mkposreal _ Rlt_0_1) => t _ t0.
  by have -> : - ln t * -1 = ln t by [ring]; rewrite exp_ln //; ring.
move=> P /g; rewrite /filtermap /at_right /within /locally' => - [e he]; exists e => t bt _; exact: he.
Qed.
"""
    )
    answer = coqc.accepted(text)
    assert answer.ok, answer.said


@needs_coq
def test_another_index_is_not_what_is_proved(built: None) -> None:
    claim = find("jacobian_offdiag_lt0").claim
    (differ,) = claim.given
    assert isinstance(differ, SameClass)
    same = replace(claim, given=(SameClass(differ.first, differ.second, holds=True),))
    assert not coqc.accepted(checks([("jacobian_offdiag_lt0", proposition(same))])).ok


def test_a_needed_hypothesis_has_its_counterexample() -> None:
    def refuted(result: Result) -> int:
        return sum(need.point is not None for need in result.needs)

    for result in all_results():
        assert len(list(theorems(result))) == 1 + refuted(result)
    assert proposition(replace(find("softmax_gt0").claim, relation=Relation(Integer(1), "<", Integer(2)))) == "1 < 2"
