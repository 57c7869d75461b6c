"""A derivation, told: as text, and as LaTeX. The lines are those that the kernel accepted, with the reason of each.

    told(proof) -> str          latex(proof) -> str          rows(proof), for a grid in HTML

>>> from symbolic.language.proof import Proof
>>> print(told(Proof("p[i] < 1 given n >= 2", {"line": ["sum(p[k], k != i)"]})))
1 - p[i]
  = sum(p[k], k != i)
  > 0   probabilities are positive, and there is a class other than i
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, tee, zip_longest

from symbolic.language import hypertext, typeset
from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation
from symbolic.language.comparison import compared
from symbolic.language.errors import SymbolicError
from symbolic.language.parser import parse_claim, parse_expression, parse_step
from symbolic.language.proof import Proof, Tree, negated
from symbolic.language.prose import formula, in_latex, in_plain
from symbolic.search.near_points import of_kinks, put_in
from symbolic.search.tidy import alike, difference, tidied
from symbolic.show.limit_reasons import taken_out, why
from symbolic.show.reasons import reason

__all__ = ["latex", "rows", "told"]

IDENTITY = "both sides have one normal form"


@dataclass(frozen=True)
class Row:
    """A line of a derivation: how it stands to the one before, what it is, and why.

    Without a relation it is an expression to begin with, or, with `before` and `after`, a heading about one.
    """

    relation: str
    text: str
    why: str = ""
    depth: int = 0
    before: str = ""
    after: str = ""


def told(proof: Proof) -> str:
    """The derivation as text."""
    return "\n".join(f"{_formula(row)}   {in_plain(row.why)}".rstrip() for row in _rows(proof))


def _formula(row: Row) -> str:
    return (
        "  " * (row.depth + bool(row.relation)) + f"{row.relation} {in_plain(row.before)}{row.text}{row.after}".strip()
    )


def latex(proof: Proof) -> str:
    """The derivation as LaTeX: aligned lines, the reasons at the end, and headings above them."""
    blocks = list(_blocks(proof))
    if len(blocks) == 1:
        return blocks[0]
    return "\\begin{array}{l}\n" + " \\\\[6pt]\n".join(blocks) + "\n\\end{array}"


def _blocks(proof: Proof) -> Iterator[str]:
    """Headings, and what stands between them."""
    for is_heading, rows in groupby(_rows(proof), key=lambda row: bool(row.before or row.after)):
        for row in rows if is_heading else ():
            yield rf"{_indent(row.depth)}\text{{{in_latex(row.before)}}} {_latex_of(row.text)} \text{{{row.after}}}"
        for lines in () if is_heading else _chains(rows):
            body = " \\\\[4pt]\n".join(_latex_rows(lines))
            yield f"{_indent(lines[0].depth)}\\begin{{aligned}}\n{body}\n\\end{{aligned}}"


def rows(proof: Proof) -> Iterator[hypertext.Row | hypertext.Heading]:
    """The derivation as the lines of a grid in HTML."""
    first = ""
    for row, after in _with_next(_rows(proof)):
        if row.before or row.after:
            yield hypertext.Heading(row.before, _latex_of(row.text), row.after, row.depth)
        elif not row.relation and after is not None and after.relation:
            first = _latex_of(row.text)
        else:
            right = f"{RELATIONS[row.relation]} {_latex_of(row.text)}" if row.relation else ""
            yield hypertext.Row(first if row.relation else _latex_of(row.text), right, row.why, row.depth)
            first = ""


def _with_next(rows: Iterator[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Each row with the one after it."""
    before, after = tee(rows)
    next(after, None)
    return zip_longest(before, after)


def _indent(depth: int) -> str:
    return r"\quad " * depth


def _chains(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows of each chain: it begins without a relation."""
    chain: list[Row] = []
    for row in rows:
        if chain and not row.relation:
            yield chain
            chain = []
        chain.append(row)
    yield chain


def _latex_rows(rows: list[Row]) -> Iterator[str]:
    """The rows of a chain; what it begins with stands before the first relation."""
    first = _latex_of(rows[0].text)
    if len(rows) == 1:
        yield first
    for row in rows[1:]:
        because = rf" \qquad \text{{{in_latex(row.why)}}}" if row.why else ""
        yield f"{first} & {RELATIONS[row.relation]} {_latex_of(row.text)}{because}".strip()
        first = ""


RELATIONS = {"=": "=", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "!=": r"\neq", "->": r"\to"}


def _latex_of(text: str) -> str:
    try:
        return formula(text) if text else ""
    except SymbolicError:
        return rf"\text{{{text}}}"


# --- rows ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Goal:
    """What a part of the tree shows: a relation, under hypotheses, as text; how deep it stands."""

    claim: Claim
    given: tuple[str, ...] = ()
    depth: int = 0

    @classmethod
    def of(cls, claim: Claim, above: tuple[str, ...] = (), depth: int = 0) -> Goal:
        return cls(claim, (*map(typeset.plain, claim.given), *above), depth)

    def under(self, hypothesis: str, deeper: int = 0) -> Goal:
        return replace(self, given=(*self.given, hypothesis), depth=self.depth + deeper)

    def heading(self, before: str, text: str = "", after: str = "") -> Row:
        return Row("", text, "", self.depth, before, after)


def _rows(proof: Proof) -> Iterator[Row]:
    yield from _tree(Goal.of(parse_claim(proof.claim)), proof.tree)


def _tree(goal: Goal, tree: Tree) -> Iterator[Row]:
    match tree:
        case {"line": terms}:
            yield from _line(goal, terms)
        case {"absurd": terms}:
            yield from _absurd(goal, terms)
        case {"limit": str(form)}:
            yield from _limit(goal, form)
            if goal.claim.op != "==" and isinstance(tree.get("in"), dict):
                yield from _at_the_point(goal, tree["in"])
        case {"if": str(condition), "then": then, "else": otherwise}:
            for each, below in ((condition, then), (negated(condition), otherwise)):
                yield goal.heading("if ", each, ":")
                yield from _tree(goal.under(each, 1), below)
        case {"let": str(letter), "of": str(what), "in": below}:
            yield goal.heading(*_chosen(letter, what))
            yield from _tree(goal, below)
        case {"have": str(first), "by": by, "in": below}:
            said = tidied(first)
            yield goal.heading("first, ", said, ":")
            yield from _tree(Goal.of(parse_step(said), goal.given, goal.depth + 1), by)
            yield goal.heading("and so", "", ":")
            yield from _tree(goal.under(said), below)
        case {"alike": str(form), "by": by, "in": below}:
            yield from _alike(goal, form, by, below)
        case {"classes": str(subset), "of": str(counted), "in": below}:
            yield goal.heading(f"let `{subset}` be the classes that are counted in ", counted)
            yield from _tree(goal, below)
        case {"vanish": str(term), "over": str(over), "in": below}:
            zero = f"{term} == 0" if over == "k" else f"all({term} == 0, {over})"
            said = " is negative, and it is not positive, so each is 0:"
            yield goal.heading("no term of ", f"sum({term}, {over})", said)
            yield from _tree(goal.under(zero), below)
        case {"compare": str(function), "in": below}:
            claim = compared(function, goal.claim)
            yield goal.heading(f"{INCREASES[function]}, so it is enough that ", typeset.plain(claim.relation), ":")
            yield from _tree(replace(goal, claim=claim), below)
        case {"through": _}:
            yield from _through(goal, tree)
        case {"taylor": str(letter), "of": str(h), "from": str(a), "to": str(b), "order": int(order), "by": below}:
            heading = f"by Taylor's theorem of order {order} in `{letter}`, from `{tidied(a)}` to `{tidied(b)}`, for "
            yield goal.heading(heading, tidied(h), ", it is enough that between them:")
            yield from _tree(_remainder(goal, letter, h, (a, b), order), below)


def _remainder(goal: Goal, letter: str, h: str, ends: tuple[str, str], order: int) -> Goal:
    """(t - a)^m h^(m)(t) >= 0, for t between a and b."""
    start, end = ends
    step = letter if start == "0" else f"({letter} - ({start}))"
    power = step if order == 1 else f"{step}^{order}"
    op = ">" if goal.claim.op in ("<", ">") else ">="
    claim = parse_step(f"{power}*diff({h}{f', {letter}' * order}) {op} 0")
    between = (f"{letter} > {start}", f"{letter} < {end}") if f"{end} > {start}" in goal.given else ()
    return replace(goal, claim=claim, given=(*goal.given, *between), depth=goal.depth + 1)


def _through(goal: Goal, tree: Tree) -> Iterator[Row]:
    """A chain, as it was written: each line with its reason; then what is left, if it is not the same on both sides."""
    yield Row("", typeset.plain(goal.claim.lhs), depth=goal.depth)
    last = ""
    while "through" in tree:
        last = tree["through"]
        yield Row("=" if tree["op"] == "==" else tree["op"], last, tree["why"], goal.depth)
        tree = tree["in"]
    if tree != {"line": []}:
        yield goal.heading("and from here on", "", ":")
        relation = replace(goal.claim.relation, lhs=parse_expression(last))
        yield from _tree(replace(goal, claim=replace(goal.claim, relation=relation, text="")), tree)


def _alike(goal: Goal, form: str, by: Tree, below: Tree) -> Iterator[Row]:
    """Why the function is another near the point; then the derivative of that one."""
    moving, other = next(of_kinks(goal.claim)), parse_expression(form)
    same = Claim(Relation(moving.expr, "==", other))
    yield goal.heading("near the point ", typeset.plain(same), ":")
    yield from _tree(Goal.of(same, goal.given, goal.depth + 1), by)
    yield goal.heading("so its derivative is that of ", form, ":")
    yield from _tree(replace(goal, claim=put_in(goal.claim, moving, other)), below)


def _chosen(letter: str, what: str) -> tuple[str, str, str]:
    """What a class was chosen for: it is in a subset, or a largest or smallest value is attained there."""
    extreme = None if what[0].isupper() else parse_expression(what)
    if isinstance(extreme, of.Maximum) and not extreme.conditions:
        at = of.class_named(letter)
        return f"let {letter} be a class with ", f"{typeset.plain(extreme.opened(at))} == {what}", ":"
    return f"let {letter} be a class {'in' if extreme is None else 'that attains'} ", what, ":"


INCREASES = {
    "exp": "exp increases", "log": "log increases", "square": "squares increase", "whole": "both are whole numbers",
}  # fmt: skip


def _line(goal: Goal, terms: list[str]) -> Iterator[Row]:
    """The difference of the sides, what it is, and its sign; of something against 0, the thing itself."""
    claim, op = goal.claim, goal.claim.op
    lhs, rhs = (typeset.plain(side) for side in (claim.lhs, claim.rhs))
    if op == "==" and not terms:
        yield Row("", lhs, depth=goal.depth)
        yield Row("=", rhs, IDENTITY, goal.depth)
        return
    flipped = op in ("<", "<=")
    total = _added(terms)
    if flipped and rhs != "0":
        lhs, rhs, op, flipped = rhs, lhs, OPPOSITE[op], False
    elif flipped:
        total = f"-({total})"
    why = reason(terms, op, goal.given)
    if flipped and not tidied(total).startswith("-"):
        why = why.replace("both factors have one sign", "the factors have opposite signs")
    total, sign = tidied(total), "=" if op == "==" else op
    if alike(lhs, rhs, total):
        yield Row("", total, depth=goal.depth)
    else:
        yield Row("", difference(lhs, rhs), depth=goal.depth)
        yield Row("=", total, why if total == "0" else "", goal.depth)
    if total != "0":
        yield Row(sign, "0", why, goal.depth)


def _limit(goal: Goal, form: str) -> Iterator[Row]:
    """The function, the form from which its limit is read off, and where that goes."""
    function, variable, end = map(typeset.plain, goal.claim.lhs.args)
    yield Row("", function, depth=goal.depth)
    if not alike(function, "0", form):
        yield Row("=", form, taken_out(form), goal.depth)
    reasons = why(form, variable, end, goal.given)
    if goal.claim.op != "==":
        reasons = f"in the limit; {reasons}"
    yield Row("->" if goal.claim.op == "==" else goal.claim.op, typeset.plain(goal.claim.rhs), reasons, goal.depth)


def _at_the_point(goal: Goal, below: Tree) -> Iterator[Row]:
    """How far the limit is from the other side, where a line of its own says that."""
    first, second = ("the right side", "the limit") if goal.claim.op in ("<", "<=") else ("the limit", "the right side")
    sign = "which is positive" if goal.claim.op in ("<", ">") else "which is not negative"
    if "line" in below:
        yield goal.heading(f"for {first} less {second} is ", tidied(_added(below["line"])), f", {sign}")


def _added(terms: list[str]) -> str:
    return " + ".join(f"({each})" if len(terms) > 1 else each for each in terms) or "0"


OPPOSITE = {"<": ">", "<=": ">="}


def _absurd(goal: Goal, terms: list[str]) -> Iterator[Row]:
    if not terms:
        yield goal.heading("no point satisfies the hypotheses")
        return
    yield Row("", "0", depth=goal.depth)
    yield Row("=", tidied(" + ".join(terms)), "", goal.depth)
    yield Row("!=", "0", "so no point satisfies the hypotheses", goal.depth)
