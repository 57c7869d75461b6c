"""Markdown that is made of the package's data: a page a statement, the ledger, what is false, what Coq checks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from textwrap import wrap
from urllib.parse import quote

from book.verdicts import Said
from symbolic.coq import coqc
from symbolic.coq import theorems as formal
from symbolic.language import hypertext, typeset
from symbolic.language.claims import Claim, Point
from symbolic.language.prose import capital, in_markdown
from symbolic.results import Result, Twin, all_results, chapters, find, verdict_at
from symbolic.show import guide
from symbolic.show import ledger_entries as of_ledger
from symbolic.show.ledger_entries import Entry
from symbolic.statements import CLASSES, SaidSo, Statement

__all__ = ["dictionary", "formal_statements", "gallery", "ledger", "statement"]

Verdicts = dict[str, Said]

STANDING = {
    "decided": "decided",
    "partial": "decided in part",
    "unknown": "not decided",
    "unsayable": "not sayable",
}


def statement(entry: Entry, said: Verdicts) -> str:
    """The page of a statement."""
    about = entry.statement
    parts = [
        f"---\norphan: true\nmyst:\n  html_meta:\n    description: {json.dumps(about.text)}\n---\n",
        f"# {about.id}",
        _theorem(about),
        _standing(entry),
        *(_claim(each, said[each.text], about) for each in about.claims),
        *_unsayable(about),
        *_derivations(entry),
        *_twins(entry),
        *_coq(entry),
        _sources(entry),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _raw(html: str) -> str:
    """HTML as it is, whatever is in it."""
    return f"``````{{raw}} html\n{html}\n``````"


def _theorem(about: Statement) -> str:
    kind = "theorem" if about.true else "remark"
    title = "" if about.true else " This statement is false"
    return f":::{{prf:{kind}}}{title}\n:label: {about.id}\n:nonumber:\n\n{_text(about.text)}\n:::"


def _text(text: str) -> str:
    """Plain prose in Markdown: nothing in it is markup."""
    return "".join(f"\\{each}" if each in "\\`*_{}[]<>#$|~" else each for each in text)


def _standing(entry: Entry) -> str:
    about = entry.statement
    truth = "true" if about.true else "false"
    marks = (
        f'<span class="mark {truth}">{truth}</span>',
        f'<span class="mark">{STANDING[entry.standing]}</span>',
        f'<span class="mark">{CLASSES[about.kind]}</span>',
    )
    return _raw(f'<p class="marks">{" ".join(marks)}</p>')


def buttons(line: str, latex: str = "") -> str:
    """What can be done with a claim. The script of the page reads it from the attributes."""
    said, source = escape(line), escape(latex)
    copy = f'<button type="button" data-copy="{source}">copy LaTeX</button>' if latex else ""
    return (
        f'<p class="buttons" data-claim="{said}">'
        f'<button type="button" data-check>check it now</button>{copy}'
        f'<button type="button" data-copy="{said}">copy claim</button>'
        f'<a data-ask href="../../ask/#claim={escape(_quoted(line))}">open in Ask</a></p>'
    )


def _quoted(line: str) -> str:
    return quote(line, safe="")


def _claim(claimed: SaidSo, said: Said, about: Statement) -> str:
    """A claim, what it is to the statement, the verdict and its derivation, and what each hypothesis is for."""
    scope = "" if claimed.scope == "full" else "<p>A part of it, or an instance:</p>"
    note = f'<p class="note">{escape(claimed.note, quote=False)}</p>' if claimed.note else ""
    denied = "<p>What denies it:</p>" if not about.true and claimed.expected == "proved" else ""
    formulas = "".join(map(hypertext.displayed, said.latex))
    code = f"<pre><code>{escape(said.line, quote=False)}</code></pre>"
    needed = "".join(
        f"<li><details><summary>Why {hypertext.inline(each.hypothesis)}?</summary>"
        f"<p>Without it the claim is false.</p>{each.html}</details></li>"
        for each in said.needed
    )
    hypotheses = f'<ul class="needed">{needed}</ul>' if needed else ""
    heading = "## As a claim\n\n" if claimed is about.claims[0] else ""
    latex = r" \\ ".join(said.latex)
    body = f"{scope}{denied}{formulas}{note}{code}{said.html}{hypotheses}{buttons(said.line, latex)}"
    return f'{heading}{_raw(f"""<div class="claim {said.verdict}">{body}</div>""")}'


def _unsayable(about: Statement) -> Iterator[str]:
    if about.reason:
        yield f"The claim language does not say the whole of it: {_text(about.reason)}."


def _derivations(entry: Entry) -> Iterator[str]:
    """The derivations that were written by hand."""
    if not entry.results:
        return
    yield "## Derived, line by line"
    for name in entry.results:
        result = find(name)
        yield f"### {in_markdown(capital(result.title))}"
        yield _raw(f"{hypertext.displayed(typeset.latex(result.claim))}{result.derivation._repr_html_()}")
        yield _raw(buttons(typeset.plain(result.claim), result.derivation.latex())) if _can_be_asked(result) else ""
        yield from _needs(result)


def _can_be_asked(result: Result) -> bool:
    return result.derivation.goes is None or "limit(" in typeset.plain(result.claim)


def _needs(result: Result) -> Iterator[str]:
    rows = [
        f"<li>Without {hypertext.in_html(need.hypothesis)}: {_fails(need.without, need.point)}</li>"
        for need in result.needs
    ]
    if rows:
        yield _raw(f'<ul class="needs">{"".join(rows)}</ul>')


def _fails(claimed: Claim, point: Point | None) -> str:
    said = hypertext.inline(typeset.latex(claimed))
    if point is None:
        return f"{said} still holds."
    return f"{said} {verdict_at(claimed, point, hypertext.verdict)}"


def _twins(entry: Entry) -> Iterator[str]:
    twins = [twin for name in entry.results for twin in find(name).twins]
    if twins:
        yield "## False twins"
        yield _raw("".join(map(_twin, twins)))


def _twin(twin: Twin) -> str:
    claimed, why = twin.claim, twin.why
    where = verdict_at(claimed, twin.point, hypertext.verdict)
    return (
        f'<div class="claim refuted">{hypertext.displayed(typeset.latex(claimed))}{where}'
        f"<p>{hypertext.in_html(capital(why))}.</p>{buttons(typeset.plain(claimed), typeset.latex(claimed))}</div>"
    )


def _coq(entry: Entry) -> Iterator[str]:
    theorems = [each for name in entry.results for each in formal.formal(name).theorems]
    hand = [each for name, each in _by_hand().items() if name in entry.by_hand]
    found = list({each.name: each for each in (*theorems, *hand)}.values())
    if found:
        yield "## In Coq"
        yield _raw("".join(map(_theorem_in_coq, found)))


@cache
def _by_hand() -> dict[str, formal.Theorem]:
    """The theorems that are stated by hand, by name."""
    return {each.name: each for chapter in coqc.chapters() for each in formal.formal(chapter).theorems}


def _chapters_by_hand() -> tuple[str, ...]:
    return tuple(coqc.chapters())


def _theorem_in_coq(theorem: formal.Theorem) -> str:
    lines = "\n".join(part for line in theorem.proposition.splitlines() for part in _wrapped(line))
    says = escape(theorem.says, quote=False)
    return (
        f"<details><summary><code>{theorem.name}</code>: {says} ({theorem.status})</summary>"
        f'<pre tabindex="0">{escape(lines, quote=False)}</pre>'
        f'<p><a href="../../{theorem.file}">{theorem.file}</a></p></details>'
    )


def _wrapped(line: str) -> list[str]:
    further_in = " " * (len(line) - len(line.lstrip()) + 4)
    return wrap(line, 84, subsequent_indent=further_in, break_long_words=False, break_on_hyphens=False)


def _sources(entry: Entry) -> str:
    shown = [f"- [{each}](../notebooks/{each.partition(':')[0]}.ipynb)" for each in entry.notebooks]
    parts = ["## Where it comes from", f"{_text(entry.statement.source)}."]
    if shown:
        parts += ["Told in:", "\n".join(shown)]
    return "\n\n".join([*parts, "[All statements](../ledger.md)"])


# --- the ledger, and what is false ---------------------------------------------------------------


def ledger(entries: Iterable[Entry]) -> str:
    """All statements in a table with filters, which works without them, too."""
    entries = list(entries)
    rows = "\n".join(map(_ledger_row, entries))
    kinds = "".join(f'<option value="{key}">{name}</option>' for key, name in CLASSES.items())
    standings = "".join(f'<option value="{key}">{name}</option>' for key, name in STANDING.items())
    false = sum(not each.statement.true for each in entries)
    return f"""# The ledger

{len(entries)} statements about softmax, from papers, textbooks, formal libraries and one public thread; {
        false
    } of them are
false. Each has a page of its own, with what it says as a claim, the verdict, and what it rests on.
What is decided was decided when this page was built.

{
        _raw(f'''<form class="filters" id="filters">
<label>Words <input type="search" id="words" autocomplete="off"></label>
<label>Field <select id="kind"><option value="">all</option>{kinds}</select></label>
<label>Truth <select id="truth"><option value="">all</option><option>true</option><option>false</option></select>
</label>
<label>Standing <select id="standing"><option value="">all</option>{standings}</select></label>
<label>In Coq <select id="coq"><option value="">all</option><option>yes</option><option>no</option></select></label>
</form>
<p id="found" role="status"></p>
<table class="ledger" id="ledger"><thead>
<tr><th>Id</th><th>Statement</th><th>Truth</th><th>Standing</th><th>Coq</th></tr></thead>
<tbody>
{rows}
</tbody></table>''')
    }
"""


def _ledger_row(entry: Entry) -> str:
    about = entry.statement
    truth = "true" if about.true else "false"
    coq, shown = ("yes", "in Coq") if entry.proofs or entry.by_hand else ("no", "")
    return (
        f'<tr data-kind="{about.kind}" data-truth="{truth}" data-standing="{entry.standing}" data-coq="{coq}">'
        f'<td><a href="../statement/{about.id}/">{about.id}</a></td><td>{escape(about.text, quote=False)}</td>'
        f'<td><span class="mark {truth}">{truth}</span></td><td>{STANDING[entry.standing]}</td><td>{shown}</td></tr>'
    )


def gallery(entries: Iterable[Entry], said: Verdicts) -> str:
    """The false statements, each with the point at which it fails."""
    cards = "\n\n".join(_false(each, said) for each in entries if not each.statement.true)
    twins = "\n\n".join(
        part
        for chapter in chapters()
        if (found := [twin for result in chapter.RESULTS for twin in result.twins])
        for part in (f"### {_title(chapter.__name__)}", _raw("".join(map(_twin, found)).replace("../../ask", "../ask")))
    )
    return f"""# The gallery of false statements

Each of these is near something true, and each is said somewhere, or could be. What refutes it is exact: put the numbers
in, and compare the two sides.

## Collected

{cards}

## Next to what is proved

One hypothesis less, one sign changed, one letter more.

{twins}
"""


def _title(module: str) -> str:
    return capital(module.rpartition(".")[2].replace("_", " "))


def _false(entry: Entry, said: Verdicts) -> str:
    about = entry.statement
    claims = "".join(
        f"{''.join(map(hypertext.displayed, said[each.text].latex))}{said[each.text].html}"
        f"{buttons(each.text, ' '.join(said[each.text].latex))}"
        for each in about.claims
        if said[each.text].verdict == "refuted"
    ).replace("../../ask", "../ask")
    head = f"<h3><a href='../statement/{about.id}/'>{about.id}</a></h3><p>{escape(about.text, quote=False)}</p>"
    return _raw(f'<div class="claim {"refuted" if claims else ""}">{head}{claims}</div>')


# --- words, and Coq ------------------------------------------------------------------------------


def dictionary() -> str:
    """One thing, and what four fields call it."""
    return f"""# The dictionary

One map, and the words that five fields have for it.

{guide.DICTIONARY._repr_markdown_()}
"""


def formal_statements() -> str:
    """Every theorem, chapter by chapter, folded."""
    parts = [
        "# Formal statements",
        "What Coq has checked, from the definitions, on the axioms of its real numbers alone.",
    ]
    named = {each.__name__.rpartition(".")[2]: each for each in chapters()}
    for stem in dict.fromkeys((*named, *_chapters_by_hand())):
        theorems = formal.formal(stem).theorems
        if theorems:
            html = "".join(map(_theorem_in_coq, theorems)).replace("../../", "../")
            parts += [f"## {capital(stem.replace('_', ' '))}", _raw(html)]
    return "\n\n".join(parts) + "\n"


def entries(said: Verdicts) -> list[Entry]:
    """The ledger's entries by what was decided."""
    return list(of_ledger.ledger(lambda line: said[line].verdict))


def shown_by() -> dict[str, tuple[str, ...]]:
    """Result -> the statements that it derives."""
    return {each.name: each.statements for each in all_results()}
