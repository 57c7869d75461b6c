"""Derivations, verdicts and prose as HTML: what is shown is escaped, and every line of a derivation has its row."""

import re
from html.parser import HTMLParser

import pytest

from symbolic import derive, find, show, verify
from symbolic.answers import answer
from symbolic.language.claims import Unknown
from symbolic.language.hypertext import STYLE, Heading, Row, grid, verdict
from symbolic.results import Result, all_results

VOID = {"br"}


class Tree(HTMLParser):
    """Counts the elements, and sees that each is closed in its place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.count: dict[str, int] = {}
        self.words = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.count[tag] = self.count.get(tag, 0) + 1
        self.open += [tag] * (tag not in VOID)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_no_rule_about_cells_yields_to_the_one_by_which_jupyterlab_aligns_them_to_the_right() -> None:
    """That is `:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon td`: two classes and an element."""
    selectors = [each for rule in re.findall(r"^(.+)\{", STYLE, re.MULTILINE) for each in rule.split(",")]
    about_cells = [each for each in selectors if " td" in each]
    assert about_cells
    assert [each for each in about_cells if each.count(".") < 2] == []
    assert "td{border:0;padding:.1em 0;text-align:left" in STYLE


@pytest.mark.parametrize("result", all_results(), ids=lambda result: result.name)
def test_every_line_of_a_derivation_is_a_row(result: Result) -> None:
    derivation = result.derivation
    shown = Tree(derivation._repr_html_())
    assert shown.count["tr"] == len(derivation.lines) + bool(derivation.given)
    assert "`" not in shown.words


def test_what_a_line_says_is_escaped() -> None:
    shown = Tree(grid([Row("a < b", "= <script>", "it is <b> & `p[k]`"), Heading("if ", "a < b", ": <i>")]))
    assert not {"script", "b", "i"} & set(shown.count)
    assert r"it is <b> & \(p_{k}\)" in shown.words


HOSTILE = ["<img src=x onerror=alert(1)> == 1", "p[i] < 1 given <b>", "</script><script>alert(1)</script>"]


@pytest.mark.parametrize("line", HOSTILE)
def test_what_was_typed_is_never_markup(line: str) -> None:
    assert not {"img", "b", "script"} & set(Tree(answer(line)._repr_html_()).count)
    assert "<b>" in Tree(verdict(Unknown("<b>", ("<b> `<i>`",)))).words


def test_an_answer_shows_its_claim_its_verdict_and_its_derivation() -> None:
    shown = Tree(verify("entropy(p) <= log(n)")._repr_html_())
    assert r"\[H\left(p\right) \leq \log n\]" in shown.words
    assert "Proved." in shown.words
    assert shown.count["tr"] == 2
    assert "`1` on" not in verify("p[i] < 1")._repr_html_()
    assert Tree(verify("p[i] < 1")._repr_html_()).count["strong"] == 1
    assert Tree(verify("0 <= p[i] <= 1")._repr_html_()).words.count("Proved.") == 2


def test_cases_have_headings_and_results_have_titles() -> None:
    assert "given" in Tree(derive("limit(p[i], T, 0)")._repr_html_()).words
    assert Tree(show("softmax_gt0", "softmax_sum1")._repr_html_()).count["h4"] == 2
    assert find("softmax_gt0").derivation._repr_latex_().startswith("$$")
