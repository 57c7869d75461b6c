"""A derivation, told: as text, and as LaTeX. The lines are those that the kernel accepted, with the reason of each.

    told(proof) -> str          latex(proof) -> str           reason(expression) -> str, why its sign is visible

>>> from symbolic.language.proof import Proof
>>> print(told(Proof("p[i] < 1 given n >= 2", {"line": ["sum(p[k], k != i)"]})))
1 - p[i]
  = sum(p[k], k != i)
  > 0                  each term is positive, and there is one
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from symbolic.kernel.refused import Refused
from symbolic.kernel.syntax import Call, Chain, Item, Name, Node, Numeral, Raised, Related, parse
from symbolic.language import typeset
from symbolic.language.claim import Claim
from symbolic.language.errors import SymbolicError
from symbolic.language.parser import parse_claim, parse_expression
from symbolic.language.proof import Proof, Tree, negated

__all__ = ["latex", "reason", "told"]

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
    rows = list(_rows(proof))
    width = max((len(_formula(row)) for row in rows if row.why), default=0)
    return "\n".join(f"{_formula(row):<{width}}   {row.why}".rstrip() for row in rows)


def _formula(row: Row) -> str:
    return "  " * (row.depth + bool(row.relation)) + f"{row.relation} {row.before}{row.text}{row.after}".strip()


def latex(proof: Proof) -> str:
    """The derivation as an aligned environment, the reasons at the side."""
    return "\\begin{aligned}\n" + " \\\\[4pt]\n".join(_latex_rows(proof)) + "\n\\end{aligned}"


def _latex_rows(proof: Proof) -> Iterator[str]:
    """The rows; an expression to begin with stands before the first relation."""
    first = ""
    for row in _rows(proof):
        because = rf" && \text{{{row.why}}}" if row.why else ""
        if row.before or row.after:
            yield rf"& \text{{{row.before}}} {_latex_of(row.text)} \text{{{row.after}}}"
        elif row.relation:
            yield f"{first}& {RELATIONS[row.relation]} {_latex_of(row.text)}{because}"
            first = ""
        else:
            first = f"{_latex_of(row.text)} "


RELATIONS = {"=": "=", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "!=": r"\neq"}


def _latex_of(text: str) -> str:
    for read in (parse_expression, lambda line: parse_claim(line).relation):
        try:
            return typeset.latex(read(text))
        except SymbolicError:
            continue
    return rf"\text{{{text}}}"


# --- rows ------------------------------------------------------------------------------------------


def _rows(proof: Proof) -> Iterator[Row]:
    yield from _tree(parse_claim(proof.claim), proof.tree, 0)


def _tree(claim: Claim, tree: Tree, depth: int) -> Iterator[Row]:
    match tree:
        case {"line": terms}:
            yield from _line(claim, terms, depth)
        case {"absurd": terms}:
            yield from _absurd(terms, depth)
        case {"if": str(condition), "then": then, "else": otherwise}:
            yield Row("", condition, "", depth, "if ", ":")
            yield from _tree(claim, then, depth + 1)
            yield Row("", negated(condition), "", depth, "if ", ":")
            yield from _tree(claim, otherwise, depth + 1)
        case {"let": str(letter), "of": str(of), "in": below}:
            before, after = f"let {letter} be a class ", " is attained:"
            if of[0].isupper():
                yield Row("", of, "", depth, f"{before}in ", ":")
            else:
                yield Row("", of, "", depth, f"{before}where ", after)
            yield from _tree(claim, below, depth)
        case {"have": str(relation), "by": by, "in": below}:
            yield Row("", relation, "", depth, "first, ", ":")
            yield from _tree(parse_claim(relation), by, depth + 1)
            yield Row("", "", "", depth, "from this", ":")
            yield from _tree(claim, below, depth)
        case {"vanish": str(term), "over": str(over), "in": below}:
            why = "no term is negative, and the sum is not positive, so each term is 0: "
            yield Row("", f"sum({term}, {over})", "", depth, why, "")
            yield from _tree(claim, below, depth)
        case {"compare": str(function), "in": below}:
            yield Row("", "", "", depth, f"it is enough to compare {COMPARED[function]}", ":")
            yield from _tree(claim, below, depth)
        case {"taylor": str(letter), "of": str(h), "from": str(a), "to": str(b), "order": int(order)}:
            yield Row("", h, "", depth, f"by Taylor's theorem of order {order} in {letter}, from {a} to {b}, for ", "")


COMPARED = {"exp": "the exponentials", "log": "the logarithms", "square": "the squares"}


def _line(claim: Claim, terms: list[str], depth: int) -> Iterator[Row]:
    lhs, rhs = (typeset.plain(side) for side in (claim.lhs, claim.rhs))
    if claim.op == "==" and not terms:
        yield Row("", lhs, depth=depth)
        yield Row("=", rhs, IDENTITY, depth)
        return
    smaller, larger = (lhs, rhs) if claim.op in ("<", "<=") else (rhs, lhs)
    smaller, larger = ("0", f"-({smaller})") if larger == "0" else (smaller, larger)
    taken = claim.lhs if smaller == lhs else claim.rhs
    gap = larger if smaller == "0" else f"{larger} - {f'({smaller})' if taken.is_Add or smaller[0] == '-' else smaller}"
    total = " + ".join(terms) or "0"
    yield Row("", gap, depth=depth)
    if total not in (gap, f"({larger}) - ({smaller})"):
        yield Row("=", total, "", depth)
    sign = {"==": "=", "!=": "!=", "<": ">", ">": ">", "<=": ">=", ">=": ">="}[claim.op]
    yield Row(sign, "0", "; ".join(dict.fromkeys(reason(each, claim.op) for each in terms)), depth)


def _absurd(terms: list[str], depth: int) -> Iterator[Row]:
    if not terms:
        yield Row("", "", "", depth, "no point satisfies the hypotheses", "")
        return
    yield Row("", "0", depth=depth)
    yield Row("=", " + ".join(terms), "", depth)
    yield Row("!=", "0", "so no point satisfies the hypotheses", depth)


# --- reasons ---------------------------------------------------------------------------------------


def reason(text: str, op: str = ">=") -> str:
    """Why the sign of an expression is visible, in words."""
    try:
        tree = parse(text)
    except Refused:
        return ""
    if op == "==":
        return "a hypothesis makes it 0"
    found = next((words for kind, words in REASONS if any(kind(each) for each in _inside(tree))), "")
    if found:
        sums = any(isinstance(each, Call) and each.name in ("sum", "mean", "var") for each in _inside(tree))
        weighted = any(isinstance(each, Item) and _is_share(each) for each in _inside(tree))
        return f"{found}{', weighted by probabilities' if sums and weighted else ''}"
    if any(isinstance(each, Call) and each.name == "sum" for each in _inside(tree)):
        return "each term is positive, and there is one" if op in ("<", ">", "!=") else "no term is negative"
    return "each factor is positive" if op in ("<", ">", "!=") else "no factor is negative"


def _is_share(item: Item) -> bool:
    return item.of == Name("p") or (isinstance(item.of, Call) and item.of.name == "softmax")


def _inside(tree: Node) -> Iterator[Node]:
    yield tree
    match tree:
        case Call(_, arguments):
            parts: tuple[Node, ...] = arguments
        case Chain(first, rest):
            parts = (first, *(each for op, each in rest if op != "/"))
        case Raised(base, exponent):
            parts = (base, exponent)
        case Related(_, first, second):
            parts = (first, second)
        case _:
            parts = ()
    for part in parts:
        yield from _inside(part)


def _summands(tree: Node) -> list[Node]:
    return [tree.first, *(each for op, each in tree.rest)] if _is_sum(tree) and isinstance(tree, Chain) else []


def _factors(tree: Node) -> list[Node]:
    return [tree.first, *(each for _, each in tree.rest)] if isinstance(tree, Chain) and not _is_sum(tree) else [tree]


def _is_sum(tree: Node) -> bool:
    return isinstance(tree, Chain) and tree.rest[0][0] in ("+", "-")


def _is_gap(head: str) -> Callable[[Node], bool]:
    def gap(tree: Node) -> bool:
        parts = [part for each in _summands(tree) for part in (_summands(each) or [each])]
        heads = [part for part in parts if any(isinstance(f, Call) and f.name == head for f in _factors(part))]
        return len(parts) > 2 and len(heads) == 1 and any(isinstance(part, Numeral) for part in parts)

    return gap


def _is_absolute_gap(tree: Node) -> bool:
    return any(isinstance(each, Call) and each.name == "abs" for each in _summands(tree))


def _is_square(tree: Node) -> bool:
    return (
        isinstance(tree, Raised)
        and isinstance(tree.exponent, Numeral)
        and tree.exponent.value % 2 == 0
        and _is_sum(tree.base)
    )


def _is_pair(tree: Node) -> bool:
    """(e^x - e^y)(x - y)"""
    if not isinstance(tree, Chain) or tree.rest[0][0] not in ("*", "/"):
        return False
    factors = [tree.first, *(each for op, each in tree.rest if op == "*")]
    grow = [f for f in factors if _is_sum(f) and any(isinstance(s, Call) and s.name == "exp" for s in _summands(f))]
    return bool(grow) and sum(map(_is_sum, factors)) > 1


def _is_difference_of_exponentials(tree: Node) -> bool:
    summands = _summands(tree)
    return (
        len(summands) == 2
        and sum(any(isinstance(p, Call) and p.name == "exp" for p in _inside(s)) for s in summands) == 2
    )


def _is_below_top(tree: Node) -> bool:
    return any(isinstance(each, Call) and each.name in ("max", "min") for each in _summands(tree))


REASONS = (
    (_is_gap("log"), "x - 1 - log x is never negative, and 0 only at x = 1"),
    (_is_gap("exp"), "e^x is at least 1 + x, and equal only at x = 0"),
    (_is_pair, "exp increases, so both factors have one sign"),
    (_is_square, "squares"),
    (_is_absolute_gap, "|x| is at least x and -x"),
    (_is_below_top, "no class is above the largest, or below the smallest"),
    (_is_difference_of_exponentials, "exp increases"),
)
