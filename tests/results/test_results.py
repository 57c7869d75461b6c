"""Every result holds as it says, and damage to any line of its derivation is noticed at that line."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sympy import Expr, Integer, oo

from symbolic import kernel
from symbolic.derivation import Derivation, DerivationError, Line
from symbolic.language.claims import claim
from symbolic.language.errors import SymbolicError
from symbolic.language.notation import D, delta, i, j, lam, p, z
from symbolic.language.proof import Proof
from symbolic.language.typeset import plain
from symbolic.points.evaluate import index_names
from symbolic.points.names import about
from symbolic.results import Need, Result, Twin, all_results, chapters, find
from tools.notebooks import FOLDER

RESULTS = all_results()
each_result = pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.name)


WITHOUT = dict(
    row.split("\t")
    for row in Path(__file__).with_name("without_derivation.tsv").read_text("utf-8").splitlines()
    if not row.startswith("#")
)


@each_result
def test_it_holds_with_its_hypotheses_and_its_false_twins(result: Result) -> None:
    """The kernel accepts its derivation, written and read; of which it does not is listed, and nothing else."""
    proof = result.check()
    assert (proof is None) == (result.name in WITHOUT)
    if proof is not None:
        again = Proof.of(json.loads(json.dumps(proof.record())))
        kernel.check(again.claim, again.tree)
        assert again.claim == plain(result.claim)
        if result.derivation.goes is None:
            assert Derivation.of(again) == result.derivation
        else:
            kept = json.dumps(again.tree)
            assert [each for each in _lines_of(result) if json.dumps(each)[1:-1] not in kept] == []


def _lines_of(result: Result) -> Iterator[str]:
    """What is kept of the lines of a limit: those on the way to it, and the reasons of it and of what follows."""
    lines = result.derivation.lines
    at = [line.relation for line in lines].index("->")
    yield from (plain(line.expr) for line in lines[:at])
    yield from (line.reason for line in lines[at:] if line.expr not in (oo, -oo))


def test_what_is_listed_as_without_a_derivation_is_a_result() -> None:
    assert WITHOUT.keys() <= {result.name for result in RESULTS}


@each_result
def test_it_names_a_source(result: Result) -> None:
    assert result.source
    assert result.title


@each_result
def test_no_hypothesis_is_about_a_class_that_the_claim_does_not_name(result: Result) -> None:
    """z[b] == 0 is about every class if b is not free in the relation: a claim about logits that are all 0."""
    derivation = result.derivation
    assert derivation._about(derivation.first, derivation.last) == derivation.given


def test_names_are_unique() -> None:
    assert len({result.name for result in RESULTS}) == len(RESULTS)


def test_every_chapter_has_its_notebook() -> None:
    stems = {path.stem[3:].replace("-", "_") for path in FOLDER.glob("*.md")}
    assert {chapter.__name__.rpartition(".")[2] for chapter in chapters()} <= stems


# --- damage --------------------------------------------------------------------------------------


def damaged(expr: Expr) -> Iterator[Expr]:
    """The expression with a term too many, a sign turned, a factor lost: none is equal to it where it is not 0."""
    yield expr + 1
    yield expr - lam
    if expr != 0:
        yield -expr
        yield 2 * expr


def edits(result: Result) -> Iterator[tuple[int, Line]]:
    for number, line in enumerate(result.derivation.lines):
        if line.relation in ("==", "->") and line.expr.is_finite is not False:
            for wrong in damaged(line.expr):
                yield number, replace(line, expr=wrong)


def vanishes(result: Result, number: int) -> bool:
    """Whether the line says 0 in disguise: then its multiples say the same."""
    return result.derivation.last == 0 and all(line.relation == "==" for line in result.derivation.lines[number:])


def failing_line(derivation: Derivation, seconds: float) -> int:
    with pytest.raises(DerivationError) as problem:
        derivation.check(seconds)
    return problem.value.line


@each_result
def test_damage_is_noticed_at_its_line(result: Result) -> None:
    for number, line in edits(result):
        lines = result.derivation.lines
        if vanishes(result, number) and line.expr.subs(lines[number].expr, 0) == 0:
            continue
        wrong = replace(result.derivation, lines=(*lines[:number], line, *lines[number + 1 :]))
        assert number + 1 in map(partial(failing_line, wrong), (0.3, 10))  # a busy machine needs the longer time


@each_result
def test_a_relation_turned_round_is_noticed(result: Result) -> None:
    turned = {"<": ">", ">": "<", "<=": ">", ">=": "<"}
    for number, line in enumerate(result.derivation.lines):
        if line.relation in turned:
            lines = list(result.derivation.lines)
            lines[number] = replace(line, relation=turned[line.relation])
            with pytest.raises(DerivationError):
                replace(result.derivation, lines=tuple(lines)).check(seconds=0.3)


# --- what a result says besides ------------------------------------------------------------------

JACOBIAN = claim(D(p[i], z[j]), "==", lam * p[i] * (delta(i, j) - p[j]))


def test_a_twin_that_is_true_is_noticed() -> None:
    result = find("softmax_jacobian")
    point = result.twins[0].point
    with pytest.raises(DerivationError, match="does not"):
        replace(result, twins=(Twin(JACOBIAN, point, "it is true"),)).check()


def test_a_hypothesis_that_is_needed_is_not_said_to_be_idle() -> None:
    result = find("jacobian_diag_gt0")
    with pytest.raises(DerivationError, match="not proved"):
        replace(result, needs=(Need("n >= 2", claim(D(p[i], z[i]), ">", 0)),)).check()


def test_what_breaks_is_a_table() -> None:
    text = find("softmax_jacobian").markdown()
    assert text.count("Refuted") == len(find("softmax_jacobian").twins)
    assert "aligned" in text
    assert "1/2 on the left" in str(find("softmax_jacobian"))


@each_result
def test_where_it_breaks_shows_what_the_claim_speaks_of_and_typesets_the_values(result: Result) -> None:
    assert "`" not in result.where_it_breaks._repr_markdown_()
    for said, point, _ in result.where_it_breaks.rows():
        if point is not None:
            assert set(about(said, point).indices) <= index_names(said.relation)


def test_a_temperature_in_which_a_limit_is_taken_is_not_shown() -> None:
    assert "at n = 2, z = (0, 1), i = 1: -1/4 on the left" in str(find("softmax_first_order_hot").where_it_breaks)
    assert "at n = 2, lambda = 2, z = (0, 0), i = 1, j = 1: 1/2" in str(find("softmax_jacobian").where_it_breaks)


def test_a_name_that_is_nearly_right_is_suggested() -> None:
    with pytest.raises(SymbolicError, match="did you mean 'softmax_jacobian'"):
        find("softmax_jacobain")
    with pytest.raises(SymbolicError, match="list"):
        find("xyz")


def test_an_integer_can_be_a_line() -> None:
    assert find("softmax_sum1").derivation.last == Integer(1)
