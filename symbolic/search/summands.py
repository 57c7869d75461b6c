"""Inequalities between sums over classes, class by class.

    derivation(claim, judge, solve) -> Node | None

The larger side less the smaller one, D, is a function of sums S_1, .., S_m. With the derivatives of D in these,

    D = \\sum_k (\\sum_r dD/dS_r f_r(k) + (D - \\sum_r S_r dD/dS_r) w_k),        w of sum 1,

and D >= 0 if each summand is. Where D is linear in the sums, this is class by class; where it is homogeneous, as in
the inequalities of Jensen, Hoelder, Radon and Cauchy, it is the tangent at the means. Multiples of x_k - (\\sum x)/n,
whose sum is 0, are added such that the summand has its least value 0 where all classes are alike. A summand is about
the numbers of one class: `solve` shows it. Source: Hardy, Littlewood and Polya 1934, 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, Integer, Mul, Pow, Symbol, cancel, diff, expand, expand_mul, factor, log, together

from symbolic.deadline import check as in_time
from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Judge, Node
from symbolic.search.means import preceded
from symbolic.search.totals import (
    HALF,
    Numbers,
    Range,
    Solve,
    Totals,
    bracketed,
    conditions_text,
    factored,
    rationalised,
    renamed,
)

__all__ = ["derivation", "of_means"]

Way = tuple[list[str], list[Node]]  # summands of a line, and what is shown before it


def derivation(claim: Claim, judge: Judge, solve: Solve) -> Node | None:
    """The first way to distribute the difference over the classes that leads to a derivation."""
    if claim.op not in ("<=", ">=", "<", ">"):
        return None
    totals = Totals.read(claim)
    cells = None if totals is None else _cells(totals)
    if totals is None or cells is None:
        return None
    above, below = together(totals.value).as_numer_denom()
    for made, outer in ((totals, ""), (replace(totals, value=above), plain(below.xreplace(totals.words)))):
        if not outer or below.has(*totals.words):
            for node in _nodes(made, cells, outer, solve):
                for whole in (node, *_where_positive(claim, node)):
                    if judge(claim, whole) is None:
                        return whole
    return None


def of_means(claim: Claim, judge: Judge, solve: Solve) -> Node | None:
    """sum(q[k]*f(x[k]), k) >= 0 from f(x) >= 0 at each class, for weights q of sum 1."""
    totals = Totals.read(claim) if claim.op in ("<=", ">=") else None
    slopes = {x: diff(totals.value, x) for x, word in totals.sums.items() if not word.conditions} if totals else {}
    if totals is None or any(by.has(*totals.words) for by in slopes.values()):
        return None
    rest = expand(totals.value - Add(*(by * x for x, by in slopes.items())))
    body = expand_mul(Add(*(by * totals.body(x, totals.k) for x, by in slopes.items())))
    for weight in [q[totals.k] for q, total in totals.shares if total == 1 and body.has(q[totals.k])]:
        numbers = Numbers(totals, (), totals.k)
        value = numbers.read(Add(*(each / weight for each in Add.make_args(body)), rest))
        if weight not in numbers.letters and any(word.has(totals.k) for word in numbers.letters):
            said = numbers.claim(_with_products(numbers, value), strict=False)
            tree = solve(said) if numbers.may_hold(said) else None
            if tree is not None:
                words = {str(x): bracketed(plain(word)) for word, x in numbers.letters.items()}
                text = f"{plain(weight)}*({numbers.text(said.rhs - said.lhs)})"
                tree = preceded(renamed(tree, words), [*_of_products(numbers, said)])
                have = {"have": renamed(f"{plain(said.lhs)} <= {plain(said.rhs)}", words), "by": tree}
                node = {**have, "in": {"line": [f"sum({text}, {totals.k})"]}}
                if judge(claim, node) is None:
                    return node
    return None


def _with_products(numbers: Numbers, value: Expr) -> Expr:
    """With a letter for s*x, where a number s, or its negative, stands beside x alone."""
    for word, x in [each for each in numbers.letters.items() if each[0].has(*numbers.classes)]:
        for s in sorted(value.free_symbols - set(numbers.letters.values()), key=str):
            letter = Symbol(next(numbers.names), real=True)
            found = expand(value.subs(x, letter / s))
            if not found.has(s):
                value = numbers.named(letter, s * word, found)
                break
    return value


def _of_products(numbers: Numbers, said: Claim) -> Iterator[Node]:
    """What hypotheses say of s*x at the class, as steps."""
    for each in said.given:
        if isinstance(each, Relation) and isinstance(numbers.back.get(each.lhs), Mul):
            lhs, rhs = numbers.text(each.lhs), numbers.text(each.rhs)
            line = f"({rhs}) - {lhs}" if each.op in ("<", "<=") else f"{lhs} - ({rhs})"
            yield {"have": f"{lhs} {each.op} {rhs}", "by": {"line": [line]}}


def _where_positive(claim: Claim, node: Node) -> Iterator[Node]:
    """In the case that the smaller side is positive, where it is a root, which is divided by."""
    small, large = claim.ordered
    if isinstance(small, Pow) and small.exp == HALF and claim.op in ("<=", ">="):
        other: Node = {"line": [plain(large), f"-{plain(small)}"]}
        yield {"if": f"{plain(small.base)} > 0", "then": node, "else": other}


def _cells(totals: Totals) -> list[Range] | None:
    """The ranges of the sums, made disjoint: all classes, or a part of them; those in a subset, and the others."""
    ranges = {each.conditions for each in totals.sums.values()}
    parts = sorted(ranges - {()}, key=str)
    if len(ranges) == 1:
        return [*ranges]
    kinds = {type(each) for part in parts for each in part}
    if (
        all(len(each) == 1 for each in parts)
        and kinds <= {of.In, of.NotIn}
        and len({each[0].args for each in parts}) == 1
    ):
        return [(kind(*parts[0][0].args),) for kind in (of.In, of.NotIn)]
    return None


def _nodes(totals: Totals, cells: list[Range], outer: str, solve: Solve) -> Iterator[Node]:
    for summands, before in _distributed(totals, cells):
        in_time()
        parts = [(cell, each) for cell, each in zip(cells, summands, strict=True) if each != 0]
        for ways in _ways(totals, parts, solve):
            lines = [line for some, _ in ways for line in some]
            node: Node = {"line": [f"{each}/({outer})" for each in lines] if outer else lines}
            for shown in reversed([*before, *(step for _, steps in ways for step in steps)]):
                node = {**shown, "in": node}
            yield node


def _ways(totals: Totals, parts: list[tuple[Range, Expr]], solve: Solve) -> Iterator[list[Way]]:
    """A way for each cell, those of the first one as they are found."""
    if not parts:
        yield []
        return
    (cell, summand), *others = parts
    for way in _of_one_class(totals, cell, summand, solve):
        yield from ([way, *more] for more in _ways(totals, others, solve))


# --- what each class has of the difference ----------------------------------------------------------


def _distributed(totals: Totals, cells: list[Range]) -> Iterator[tuple[list[Expr], list[Node]]]:
    """The summands at the class k, in each cell; and what is shown first."""
    value, k = totals.value, totals.k
    slopes = {x: diff(value, x) for x in totals.sums}
    rest = cancel(value - sum(x * slope for x, slope in slopes.items()))

    def at(cell: Range) -> Expr:
        some = [x for x in slopes if totals.sums[x].conditions in ((), cell)]
        return sum((slopes[x] * totals.body(x, k) for x in some), Integer(0))

    for weight in _weights(totals, cells) if rest != 0 else [Integer(0)]:
        summands = [at(cell) + rest * weight for cell in cells]
        yield summands, []
        if cells == [()]:
            yield from (([summands[0] + each], before) for each, before in _tangents(totals, summands[0]))
    linear = [x for x in totals.sums if not slopes[x].has(*totals.sums)]
    if cells == [()] and linear and rest != 0:
        left = cancel(value - sum(x * slopes[x] for x in linear))
        for x in totals.sums:
            if x not in linear and isinstance(share := totals.body(x, k), of.Entry | of.Probability):
                yield [sum((slopes[y] * totals.body(y, k) for y in linear), left * share / x)], []


def _weights(totals: Totals, cells: list[Range]) -> Iterator[Expr]:
    """Weights of sum 1 over the cells."""
    if cells == [()] or len(cells) == 2:
        yield from (family[totals.k] / total for family, total in totals.shares)
        yield 1 / of.n
    elif isinstance(cells[0][0], of.In):
        yield 1 / of.Size(cells[0][0].args[0])


def _tangents(totals: Totals, summand: Expr) -> Iterator[tuple[Expr, list[Node]]]:
    """Multiples of x_k - (sum x)/n, or of log x_k where a product is 1, with which the slope at the mean is 0."""
    known, numbers = dict(totals.shares), Numbers(totals, (), totals.k)
    read = numbers.read(summand)
    for each, u in list(numbers.letters.items()):
        if not isinstance(each, of.Entry | of.Probability) or each.args[-1] != totals.k:
            continue
        family = each.args[0]
        of_class, total, before = each, known.get(family, of.Sum(family[totals.k], totals.k)) / of.n, list[Node]()
        place = numbers.read(total)
        if family in totals.balanced:
            shown = {"compare": "exp", "in": {"line": [f"prod({plain(each)}, {totals.k}) - 1"]}}
            before = [{"have": f"sum(log({plain(each)}), {totals.k}) == 0", "by": shown}]
            of_class, total, place = log(each), Integer(0), Integer(1)
        elif whole := next((x for x, word in totals.words.items() if word == of.Product(each, totals.k)), None):
            of_class, total, place = log(each), log(totals.words[whole]) / of.n, numbers.read(whole) ** (1 / of.n)
        slopes = [diff(part, u).subs(u, place) for part in (read, numbers.read(of_class))]
        slope = factor(cancel(slopes[0] / slopes[1]))
        if slope.is_finite is not False and slope != 0 and not slope.has(*numbers.of_classes):
            yield slope.xreplace(numbers.back) * (total - of_class), before


# --- one class --------------------------------------------------------------------------------------


def _of_one_class(totals: Totals, cell: Range, summand: Expr, solve: Solve) -> Iterator[Way]:
    """The lines of a summand, and what is shown before them."""
    strict = totals.claim.op in ("<", ">")
    numbers = Numbers(totals, cell, totals.k)
    read, below = numbers.read(summand), ""
    if not numbers.may_hold(numbers.claim(read, strict)):
        return
    above, under = together(read).as_numer_denom()
    if any(x.exp == HALF for x in under.atoms(Pow)) and not under.has(*numbers.of_classes):
        read, below = above, f"/({numbers.text(under)})"
    among, said = conditions_text(totals.k, cell), numbers.text_of(numbers.claim(read, strict))
    whole = f"sum({numbers.text(read)}, {among}){below}"
    first = factored(read)
    steps = numbers.steps()
    for text in map(numbers.quotient, dict.fromkeys((first, rationalised(first)))):
        lines = [f"sum({text}, {among}){below}"]
        yield from ((lines, each) for each in ([], steps)[: 1 + bool(steps)])
        yield [whole], [*steps, {"have": said, "by": {"line": [text]}}]
    for value in numbers.in_means(read):
        tree = numbers.solved(value, strict, solve)
        if tree is not None:
            if tree.keys() == {"line"}:
                lines = [f"sum({each}, {among}){below}" for each in tree["line"] if each != "0"]
                yield from ((lines, each) for each in ([], steps)[: 1 + bool(steps)])
            yield [whole], [*steps, {"have": numbers.text_of(numbers.claim(value, strict)), "by": tree}]
