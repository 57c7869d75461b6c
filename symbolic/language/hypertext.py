r"""Verdicts, reasons and derivations as HTML, their formulas as LaTeX between \( and \), which MathJax typesets.

    in_html(prose)      prose with formulas in it
    verdict(said)       a verdict in words, with its notes
    grid(rows)          a derivation: left side | relation and expression | reason

A derivation is a table, so that it is readable where all styles are taken away. With them it is a grid: where it is
narrow, as on a phone, each reason stands under its line, and a wide formula scrolls by itself.

>>> print(in_html("over `Z`, & it is not 0"))
over \(Z\), &amp; it is not 0
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from symbolic.language import typeset
from symbolic.language.claims import Invalid, Point, Proved, Refuted, Verdict
from symbolic.language.prose import FORMULA, formula

__all__ = ["Heading", "Row", "displayed", "grid", "in_html", "inline", "large", "verdict"]

# JupyterLab aligns cells to the right by a rule of two classes and an element; no rule about cells may weigh less.
STYLE = """<style>
.derivation-box{container-type:inline-size}
.derivation-box table{display:block;border:0;margin:.6em 0;background:none;width:auto;font-size:inherit}
.derivation-box tbody{display:grid;grid-template-columns:max-content minmax(0,max-content) minmax(9em,1fr)}
.derivation-box tbody{gap:.7em .4em}
.derivation-box tr{display:contents}
.derivation-box .derivation td{border:0;padding:.1em 0;text-align:left;align-self:center}
.derivation-box .derivation td{background:none;white-space:normal}
.derivation-box .derivation td:nth-child(2){overflow-x:auto;overflow-y:hidden}
.derivation-box .derivation td:nth-child(3){padding-left:1.6em;font-size:.9em}
.derivation-box .derivation td[colspan]{grid-column:1/-1;padding-left:0}
@container (max-width:40em){
.derivation-box tbody{grid-template-columns:minmax(0,1fr);gap:.25em 0}
.derivation-box .derivation td:empty{display:none}
.derivation-box .derivation td:first-child,.derivation-box .derivation td[colspan]{overflow-x:auto;overflow-y:hidden}
.derivation-box .derivation td:nth-child(2){padding-left:.8em}
.derivation-box .derivation td:nth-child(3){padding:0 0 .5em 2.2em}
}
</style>"""


@dataclass(frozen=True)
class Row:
    """A line of a derivation: what it begins with, if it begins one, the relation and the expression, all of them
    LaTeX, and the reason in prose."""

    left: str
    right: str
    why: str = ""
    depth: int = 0


@dataclass(frozen=True)
class Heading:
    """What stands above lines: prose, a formula in LaTeX, and words; `depth` says how far it is set in."""

    before: str
    formula: str = ""
    after: str = ""
    depth: int = 0


def inline(latex: str) -> str:
    r"""A formula within a line.

    >>> inline("a < b")
    '\\(a &lt; b\\)'
    """
    return rf"\({escape(latex, quote=False)}\)" if latex else ""


def large(latex: str) -> str:
    """A formula within a line, as large as on a line of its own."""
    return inline(rf"\displaystyle {{}} {latex}") if latex else ""


def displayed(latex: str) -> str:
    """A formula on a line of its own."""
    return rf"\[{escape(latex, quote=False)}\]"


def in_html(prose: str) -> str:
    """The prose with its formulas, which stand between backquotes, to be typeset."""
    parts = FORMULA.split(prose)
    return "".join(inline(formula(part)) if at % 2 else escape(part, quote=False) for at, part in enumerate(parts))


def _noted(note: str) -> str:
    """A note, in which what stands between backquotes is a line to be typed."""
    parts = FORMULA.split(escape(note, quote=False))
    text = "".join(f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts))
    return f"<p><em>Note:</em> {text}.</p>"


def verdict(said: Verdict | Invalid) -> str:
    r"""A verdict in words, and its notes.

    >>> from symbolic.language.claims import Unknown
    >>> verdict(Unknown("the time ran out"))
    '<p><strong>Unknown</strong>: the time ran out.</p>'
    """
    return f"<p>{_in_words(said)}</p>{''.join(map(_noted, said.notes))}"


def _in_words(said: Verdict | Invalid) -> str:
    if isinstance(said, Proved):
        words = typeset.plain(said).removeprefix("proved")
        return f"<strong>Proved</strong>{escape(words, quote=False)}."
    if isinstance(said, Refuted):
        sides = f"<code>{escape(said.lhs)}</code> on the left, <code>{escape(said.rhs)}</code> on the right"
        return f"<strong>Refuted</strong> at {_point(said.point)}: {sides}."
    return f"<strong>{type(said).__name__}</strong>: {escape(said.reason, quote=False)}."


def _point(point: Point) -> str:
    """A point, each value of it a formula of its own: a narrow line breaks between them."""
    return ", ".join(map(inline, typeset.latex(point).split(r",\; ")))


def grid(rows: Iterable[Row | Heading]) -> str:
    """The lines of a derivation, with their style."""
    body = "\n".join(map(_row, rows))
    return f'{STYLE}\n<div class="derivation-box"><table class="derivation" role="presentation"><tbody>\n{body}\n' + (
        "</tbody></table></div>"
    )


def _row(row: Row | Heading) -> str:
    indent = f' style="padding-left:{1.5 * row.depth}em"' if row.depth else ""
    if isinstance(row, Heading):
        words = (in_html(row.before), inline(row.formula), escape(row.after, quote=False))
        return f'<tr><td colspan="3"{indent}>{"".join(words)}</td></tr>'
    return f"<tr><td{indent}>{large(row.left)}</td><td>{large(row.right)}</td><td>{in_html(row.why)}</td></tr>"
