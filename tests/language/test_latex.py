r"""LaTeX: what is typeset is read back, what people write is read, and what is ambiguous is refused at its place."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic.answers import answer, verify
from symbolic.deriving import derive
from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.latex import as_plain
from symbolic.language.parser import parse_claim, parse_expression, parse_line
from symbolic.language.typeset import latex, plain
from symbolic.results import Result, all_results
from tests.language.lines import claims
from tests.language.test_parser import CORPORA, claims_of

SHOWN = [
    "x1[i] == x1[1]*x2 given n >= 2",  # a name with a digit, and an entry
    "softmax(w, c)[i] == softmax(z, c)[i]",
    "softmax(c, w)[i] > 0",
    "softmax(w, 0)[i] == softmax(z, 0)[i]",
    "abs(K) >= 0 given size(A) >= 1",
    "H*(a + b) == sigma*(a + b)",
    "entropy(q)^2 == H^2*(a + b)",
    "d*x/(d*y) == omicron + o",
    "mean(c, k) == mean(z[k] + c, k) - mean(z[k], k)",
    "mean(log(p[k]), k) == mean(delta(i, k), k)",
    "mean(v[k]*w[k], k) == mean(mean(v[k] + w[l], l), k)",
    "var(y[k]*sum(w[l], l), k)^2 == mean(softmax(w, y[k])[i], k)",
    "log(-1) == log(max(z))*log(2)*log(p[i])",
    "diff(a*b*c, c, a, c) == f*(g + c^T)",
]


@pytest.mark.parametrize("line", SHOWN)
def test_what_looked_alike_is_told_apart(line: str) -> None:
    claim = parse_claim(line)
    assert parse_claim(latex(claim)) == claim


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda path: path.stem)
def test_every_claim_of_the_corpora_is_read_back_from_latex(corpus: Path) -> None:
    for line in claims_of(corpus):
        claim = parse_claim(line)
        assert parse_claim(latex(claim)) == claim


@pytest.mark.parametrize("result", all_results(), ids=lambda result: result.name)
def test_every_line_of_every_result_is_read_back_from_latex(result: Result) -> None:
    said = [result.claim, *result.derivation.claims(), *(each.claim for each in result.twins)]
    for claim in (*said, *(each.without for each in result.needs)):
        assert parse_claim(latex(claim)) == parse_claim(plain(claim))


@settings(max_examples=150)
@given(claims())
def test_any_claim_is_read_back_from_latex(text: str) -> None:
    claim = parse_claim(text)
    assert parse_claim(latex(claim)) == claim


TABLE = Path(__file__).with_name("latex.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
READ = [row for row in ROWS if row[1] != "refused"]
REFUSED = [row for row in ROWS if row[1] == "refused"]


@pytest.mark.parametrize(("latex", "line"), READ)
def test_what_people_write_is_read(latex: str, line: str) -> None:
    assert str(as_plain(latex)) == line


@pytest.mark.parametrize(("latex", "message", "there"), [(row[0], row[2], "".join(row[3:])) for row in REFUSED])
def test_what_has_no_reading_or_two_is_refused_at_its_place(latex: str, message: str, there: str) -> None:
    with pytest.raises(SyntaxErrorInClaim) as caught:
        parse_claim(latex)
    assert caught.value.message == message
    assert latex[caught.value.position :].startswith(there)
    assert caught.value.text == latex


PUBLIC = [row.split("\t") for row in TABLE.with_name("public_latex.tsv").read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("latex", "line", "source"), PUBLIC)
def test_formulas_of_public_texts_are_read_as_they_stand(latex: str, line: str, source: str) -> None:
    read = parse_line if line == "refused" or set(line) & set("<=>") else parse_expression
    if line == "refused":
        with pytest.raises(SyntaxErrorInClaim):
            read(latex)
    else:
        assert read(latex) == read(line)
        assert str(as_plain(latex)) == line


@pytest.mark.parametrize("around", ["${}$", "$${}$$", r"\[{}\]", r"\({}\).", r"\begin{{equation}} {} \end{{equation}}"])
def test_delimiters_say_nothing(around: str) -> None:
    assert parse_claim(around.format(r"\sum_k p_k = 1")) == parse_claim("sum(p[k], k) == 1")


def test_errors_of_the_plain_reader_point_into_the_latex() -> None:
    formula = r"$\lambda z_i + \frac{i}{2} = 1$"
    with pytest.raises(SyntaxErrorInClaim, match=r"lambda\*z\[i\] \+ i/2 == 1") as caught:
        parse_claim(formula)
    assert formula[caught.value.position :].startswith("{i}{2}")


def test_the_claim_is_shown_in_plain_form() -> None:
    said = verify(r"\frac{\partial p_i}{\partial z_j} < 0", given=r"i \neq j")
    assert str(said).startswith("diff(p[i], z[j]) < 0 given i != j\n  proved")
    assert said.claim == parse_claim("diff(p[i], z[j]) < 0 given i != j")
    assert str(answer(r"p_i <")).splitlines()[1:3] == ["    p_i <", "         ^"]


def test_hypotheses_may_be_plain_beside_latex_and_latex_beside_plain() -> None:
    expected = parse_claim("p[i] < 1 given n >= 2")
    assert verify(r"p_i < 1", given="n >= 2").claim == expected
    assert verify("p[i] < 1", given=r"n \geq 2").claim == expected


def test_expressions_and_questions_are_read_too() -> None:
    assert plain(parse_expression(r"\frac{p_i}{p_j}")) == "p[i]/p[j]"
    assert plain(derive(r"\frac{\partial p_i}{\partial z_j} \text{ given } i \neq j").last) == "-lambda*p[i]*p[j]"


@pytest.mark.parametrize(
    "deep", ["(" * 5000, "{" * 5000, r"\frac{" * 3000, "x^{" * 3000, r"\log" * 5000, r"\sum_k" * 5000]
)
def test_nesting_is_bounded(deep: str) -> None:
    started = process_time()
    with pytest.raises(SyntaxErrorInClaim):
        parse_claim(f"{deep} p_i")
    assert process_time() - started < 5


@pytest.mark.parametrize("long", [" ", "d", r"\frac{d x}{", "{}", "p_i ", "1 + ", "$", "dx/", "|", r"\text{"])
def test_length_is_bounded_and_takes_no_more_than_its_share(long: str) -> None:
    started = process_time()
    with pytest.raises(SyntaxErrorInClaim):
        parse_claim("p_i " + long * (20_000 // len(long)))
    assert process_time() - started < 5


WORDS = [
    *"_^{}()[]pzik=<+-/dT|02H,:'",
    *(r"\frac", r"\sum", r"\partial", r"\log", r"\max", r"\lim", r"\to", r"\left|", r"\right|", r"\langle", r"\rangle"),
    *(r"\sigma", r"\delta", r"\operatorname{softmax}", r"\text{given}", r"\#", r"\{", r"\}", r"\forall", r"\mathbb{1}"),
    *(r"\sqrt", r"\infty", r"\\", r"\neq", r"\in"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_line_is_read_or_refused(words: list[str]) -> None:
    said = answer("$" + " ".join(words), seconds=0.01, notes=False)
    position = getattr(said.verdict, "position", 0)
    assert position is None or 0 <= position <= len(str(said.claim))
