"""Write the lectures of slides/: slides for a browser, and a handout of each, both filled in from the package.

python tools/slides.py OUT    OUT/NAME.html and OUT/assets: open a page, there is no server and no network
                              OUT/NAME.md and OUT/NAME_files: the handout, which symbolic.course.paper sets

A lecture is Markdown, a slide for each heading. What stands between backquotes is typeset, and a block is filled in:

    statement NAME          a result as a formula           derivation NAME     its lines, one at a time
    false NAME              its false twins                 needs NAME          what fails without each hypothesis
    question NAME or ID     two minutes: a result among its false twins, or an exercise among its wrong answers
    exercise ID             an exercise, to be worked on    verdict             a claim, and what is said of it
    figure NAME ARGUMENTS   a figure                        moving ARGUMENTS    logits to drag, and a temperature
    words                   the dictionary's rows           notes               what is said, and not shown
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

from symbolic.answers import verify
from symbolic.course.exercise_data import LETTERS, Exercise, Kind, exercise
from symbolic.course.judging import judge
from symbolic.course.paper import together
from symbolic.course.slips import described
from symbolic.language import typeset
from symbolic.language.claims import Claim, Point, Refuted
from symbolic.language.hypertext import Heading, Row, displayed, in_html, inline, large
from symbolic.language.prose import capital, formula, in_markdown, sentence
from symbolic.results import Result, find, refuted_at, verdict_at
from symbolic.show.figures import Figure
from symbolic.show.guide import DICTIONARY
from symbolic.show.moving_figure import moving

ROOT = Path(__file__).resolve().parent.parent
LECTURES = ROOT / "slides"
MODULES = ROOT / "site" / "node_modules"
REVEAL = MODULES / "reveal.js" / "dist"
SHOW = ROOT / "symbolic" / "show"
ASSETS = (
    REVEAL / "reset.css",
    REVEAL / "reveal.css",
    REVEAL / "reveal.js",
    REVEAL / "plugin" / "notes.js",
    MODULES / "mathjax" / "es5" / "tex-svg.js",
    LECTURES / "slides.css",
    LECTURES / "slides.js",
    SHOW / "moving.css",
    ROOT / "site" / "static" / "icon.svg",
)
BLOCK = re.compile(r"^```\{(\w+)\} *(.*?)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
SLIDE = re.compile(r"^(?=##? )", re.MULTILINE)
MOST = 4  # answers to choose from


# --- a question of choice -------------------------------------------------------------------------


@dataclass(frozen=True)
class Option:
    """An answer as LaTeX; of a wrong one the fault, in prose, what to look at again, and where it fails."""

    latex: str
    fault: str = ""
    again: str = ""
    fails: Refuted | str = ""


@dataclass(frozen=True)
class Question:
    """What is asked, in prose and as LaTeX, and the answers, of which one has no fault."""

    ask: str
    claim: str
    options: tuple[Option, ...]

    @property
    def right(self) -> int:
        return next(at for at, each in enumerate(self.options) if not each.fault)


def question(name: str) -> Question:
    """The question that an exercise asks, such as 02-3, or that the false twins of a result do; always in one order."""
    found = _of_exercise(exercise(name)) if name[0].isdigit() else _of_result(find(name))
    options = list(found.options)
    Random(name).shuffle(options)
    return Question(found.ask, found.claim, tuple(options))


def _of_result(result: Result) -> Question:
    wrong = (
        Option(typeset.latex(each.claim), each.why, fails=refuted_at(each.claim, each.point))
        for each in result.twins[: MOST - 1]
    )
    return Question("One of these holds for every number of classes. Which?", "", (_right(result), *wrong))


def _right(result: Result) -> Option:
    return Option(typeset.latex(result.claim))


def _of_exercise(each: Exercise) -> Question:
    wrong = list(each.wrong.items())[: MOST - 1]
    options = [Option(_answer(each, each.answer)), *(_slipped(each, answer, slip) for answer, slip in wrong)]
    return Question(each.ask, each.latex, tuple(options))


def _answer(each: Exercise, answer: str) -> str:
    return formula(each.lines[LETTERS.index(answer)] if each.kind is Kind.CHOICE else answer)


def _slipped(each: Exercise, answer: str, slip: str) -> Option:
    reply = judge(each, answer)
    fails = reply.verdict if isinstance(reply.verdict, Refuted) else " ".join(reply.sentences)
    return Option(_answer(each, answer), slip, described(slip), fails)


# --- what a slide shows ---------------------------------------------------------------------------


class Prose(RendererHTML):
    """Markdown, in which what stands between backquotes is a line of the claim language."""

    def code_inline(self, tokens: Any, idx: int, options: Any, env: Any) -> str:
        return inline(formula(tokens[idx].content))


MARKDOWN = MarkdownIt("commonmark", renderer_cls=Prose)


def _statement(name: str, body: str) -> str:
    result = find(name)
    return f'<p>{in_html(capital(result.title))}.</p><div class="true">{displayed(typeset.latex(result.claim))}</div>'


def _derivation(name: str, body: str) -> str:
    rows = list(find(name).derivation.rows())
    lines = "".join(_line(at, each.left, each.right, each.why) for at, each in enumerate(rows) if isinstance(each, Row))
    given = "".join(f"<p>given {inline(each.formula)}</p>" for each in rows if isinstance(each, Heading))
    return f'<table class="lines">{lines}</table>{given}'


def _line(at: int, left: str, right: str, why: str) -> str:
    step = f'class="fragment" data-fragment-index="{at}"'
    return f"<tr><td>{large(left)}</td><td {step}>{large(right)}</td><td {step}>{in_html(why)}</td></tr>"


def _false(name: str, body: str) -> str:
    return "".join(_near(each.claim, each.point, each.why) for each in find(name).twins)


def _needs(name: str, body: str) -> str:
    return "".join(_near(each.without, each.point, f"without {each.hypothesis}") for each in find(name).needs)


def _near(claim: Claim, point: Point | None, why: str) -> str:
    """A claim, and, one step later, why it is near the truth and where it fails."""
    where = "it still holds" if point is None else _fails(refuted_at(claim, point))
    told = f'<p class="fragment">{in_html(capital(why))}: {where}.</p>'
    return f'<div class="false">{displayed(typeset.latex(claim))}{told}</div>'


def _fails(said: Refuted | str) -> str:
    if isinstance(said, str):
        return in_html(said)
    left, right = escape(said.lhs), escape(said.rhs)
    return f"at {inline(typeset.latex(said.point))} it is {left} on the left, {right} on the right"


def _question(name: str, body: str) -> str:
    asked = question(name)
    options = "".join(f"<li>{large(each.latex)}{_told(each)}</li>" for each in asked.options)
    claim = displayed(asked.claim) if asked.claim else ""
    return f'<p>{in_html(asked.ask)}</p>{claim}<ol class="options">{options}</ol><div class="clock"></div>'


def _told(each: Option) -> str:
    step = 'data-fragment-index="0"'
    if not each.fault:
        return f'<span class="fragment right" {step}>right</span>'
    return f'<span class="fragment wrong" {step}>{in_html(each.fault)}: {_fails(each.fails)}</span>'


def _exercise(id: str, body: str) -> str:
    each = exercise(id)
    hints = "".join(f'<li class="fragment">{in_html(hint)}</li>' for hint in each.hints)
    lines = "".join(f"<li>{large(formula(line))}</li>" for line in each.lines)
    asked = f"<p>{in_html(each.ask)}</p>{displayed(each.latex) if each.latex else ''}<ol>{lines}</ol>"
    return f'{asked}<ul>{hints}</ul><p class="about">Exercise {id}</p>'


def _verdict(argument: str, body: str) -> str:
    shown = re.sub(r"<style>.*?</style>", "", verify(body.strip())._repr_html_(), flags=re.DOTALL)
    claim, end, said = shown.partition(r"\]")
    return f'{claim}{end}<div class="fragment">{said}</div>'


def figure(argument: str) -> Figure:
    """A figure of symbolic.show.figures, with its arguments as JSON."""
    name, _, given = argument.partition(" ")
    made: Figure = getattr(import_module("symbolic.show.figures"), name)(*json.loads(f"[{given}]"))
    return made


def _figure(argument: str, body: str) -> str:
    return f'<div class="figure">{figure(argument).html}</div>'


def _moving(given: str, body: str) -> str:
    return moved(given).html.partition("<style")[0].replace("<figure ", "<figure data-prevent-swipe ", 1)


def moved(given: str) -> Figure:
    """The figure that moves, with its arguments as JSON."""
    return moving(*json.loads(f"[{given}]"))


def _words(heads: str, body: str) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{in_html(cell)}</td>' for cell in row)}</tr>" for row in _chosen(heads))
    head = "".join(f"<th>{cell}</th>" for cell in DICTIONARY.head)
    return f'<table class="words"><tr>{head}</tr>{rows}</table>'


def _chosen(heads: str) -> list[tuple[str, ...]]:
    """The rows of the dictionary whose first cells are named."""
    rows = {each.row()[0].strip("`"): each.row() for each in DICTIONARY.entries}
    return [rows[each.strip()] for each in heads.split(";")]


def _notes(argument: str, body: str) -> str:
    return f'<aside class="notes">{MARKDOWN.render(body)}</aside>'


SHOWN: dict[str, Callable[[str, str], str]] = {
    "statement": _statement,
    "derivation": _derivation,
    "false": _false,
    "needs": _needs,
    "question": _question,
    "exercise": _exercise,
    "verdict": _verdict,
    "figure": _figure,
    "moving": _moving,
    "words": _words,
    "notes": _notes,
}


def parts(text: str) -> Iterator[tuple[str, str, str]]:
    """The prose and the blocks of a text: kind, argument, body; prose has no kind."""
    begin = 0
    for found in BLOCK.finditer(text):
        yield "", "", text[begin : found.start()]
        yield found[1], found[2].strip(), found[3]
        begin = found.end()
    yield "", "", text[begin:]


def slides(text: str) -> list[str]:
    """The slides of a lecture as HTML: a heading, and under it what is made to fit."""
    return [_slide(*each.split("\n", 1)) for each in SLIDE.split(text) if each.strip()]


def _slide(heading: str, body: str) -> str:
    return f'{MARKDOWN.render(heading)}<div class="content">{"".join(map(_part, parts(body)))}</div>'


def _part(each: tuple[str, str, str]) -> str:
    kind, argument, body = each
    return SHOWN[kind](argument, body) if kind else MARKDOWN.render(body)


PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="assets/icon.svg">
<link rel="stylesheet" href="assets/reset.css">
<link rel="stylesheet" href="assets/reveal.css">
<link rel="stylesheet" href="assets/moving.css">
<link rel="stylesheet" href="assets/slides.css">
</head>
<body>
<div class="reveal"><div class="slides">
{sections}
</div></div>
<script src="assets/reveal.js"></script>
<script src="assets/notes.js"></script>
<script src="assets/moving.js"></script>
<script src="assets/slides.js"></script>
<script src="assets/tex-svg.js"></script>
</body>
</html>
"""


def deck(text: str) -> str:
    """A lecture as a page."""
    sections = "\n".join(f"<section>{each}</section>" for each in slides(text))
    return PAGE.format(title=title(text), sections=sections)


def title(text: str) -> str:
    """The first heading."""
    return text.partition("\n")[0].removeprefix("# ")


# --- the handout ----------------------------------------------------------------------------------


@dataclass
class Handout:
    """A lecture as Markdown, with its figures, and the answers to its questions at the end."""

    name: str
    figures: dict[str, str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)

    def text(self, lecture: str) -> str:
        """All of it."""
        shown = [self._part(*each) for each in parts(lecture)]
        answers = ["## Answers", *self.answers] if self.answers else []
        return "\n\n".join(filter(None, (each.strip() for each in (*shown, *answers)))) + "\n"

    def _part(self, kind: str, argument: str, body: str) -> str:
        match kind:
            case "":
                return in_markdown(body)
            case "notes":
                return ""
            case "statement":
                return find(argument)._repr_markdown_().rpartition("\n\n")[0]
            case "derivation":
                return find(argument).derivation.markdown()
            case "false":
                return "\n\n".join(_broken(each.claim, each.point, each.why) for each in find(argument).twins)
            case "needs":
                rows = find(argument).needs
                return "\n\n".join(_broken(each.without, each.point, f"without {each.hypothesis}") for each in rows)
            case "question":
                return self._question(question(argument))
            case "exercise":
                return together(exercise(argument).markdown())
            case "verdict":
                return verify(body.strip())._repr_markdown_()
            case "figure":
                return self._figure(figure(argument))
            case "moving":
                return self._figure(moved(argument))
            case "words":
                return DICTIONARY._repr_markdown_()
        raise ValueError(f"no block is called {kind}")

    def _question(self, asked: Question) -> str:
        letters = LETTERS.upper()
        claim = f"$$\n{asked.claim}\n$$" if asked.claim else ""
        options = "\n".join(
            f"- **{letter}.** ${each.latex}$" for letter, each in zip(letters, asked.options, strict=False)
        )
        faults = "\n".join(
            f"- **{letter}.** {_faulty(each)}"
            for letter, each in zip(letters, asked.options, strict=False)
            if each.fault
        )
        self.answers.append(f"**Question {len(self.answers) // 2 + 1}.** {letters[asked.right]} is right.")
        self.answers.append(faults)
        return together(
            "\n\n".join([f"**Question {len(self.answers) // 2}.** {in_markdown(asked.ask)}", claim, options])
        )

    def _figure(self, drawn: Figure) -> str:
        file = f"{self.name}_files/{len(self.figures) + 1}.svg"
        self.figures[file] = drawn.svg
        return f"![{drawn.title}]({file})"


def _broken(claim: Claim, point: Point | None, why: str) -> str:
    where = verdict_at(claim, point, typeset.markdown)
    return f"$$\n{typeset.latex(claim)}\n$$\n\n{sentence(f'{in_markdown(capital(why))}: {where}')}"


def _faulty(each: Option) -> str:
    """The fault, what to look at again, and where it fails, in sentences."""
    fails = typeset.markdown(each.fails) if isinstance(each.fails, Refuted) else in_markdown(each.fails)
    said = (in_markdown(each.fault), in_markdown(each.again), fails)
    return " ".join(map(sentence, filter(None, said)))


# --- the files ------------------------------------------------------------------------------------


def lectures() -> list[Path]:
    """The texts, in their order."""
    return sorted(LECTURES.glob("*.md"))


def write(out: Path) -> list[Path]:
    """Slides and handouts of all lectures, and what they load; the pages that were written."""
    (out / "assets").mkdir(parents=True, exist_ok=True)
    for each in ASSETS:
        shutil.copy(each, out / "assets")
    (out / "assets" / "moving.js").write_text(classic(), "utf-8")
    return [page for path in lectures() for page in _written(path, out)]


def _written(path: Path, out: Path) -> list[Path]:
    text, handout = path.read_text("utf-8"), Handout(path.stem)
    pages = {out / f"{path.stem}.html": deck(text), out / f"{path.stem}.md": handout.text(text)}
    for name, svg in handout.figures.items():
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text(svg, "utf-8")
    for page, shown in pages.items():
        page.write_text(shown, "utf-8")
    return list(pages)


def classic() -> str:
    """The moving figure as a plain script: from a file a browser loads no module."""
    script = (SHOW / "moving.js").read_text("utf-8")
    return f"{{\n{re.sub(r'^export ', '', script, flags=re.MULTILINE)}}}\n"


if __name__ == "__main__":
    for each in write(Path(sys.argv[1])):
        print(each)
