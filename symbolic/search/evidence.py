"""Derivations of inequalities, found by guessing at random points and handing the guess to the kernel.

    derivation(claim, judge) -> a tree that is accepted, the shortest of its kind, or None

The larger side less the smaller one is a number at each of some random points. A table of expressions that are
visibly not negative (`pieces`), filled with the words of the claim, gives as many numbers each. Where the difference
is a rational number times one of them, times powers of what is positive, or is a sum of two or three, that is a
derivation, if the kernel accepts it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial, reduce
from itertools import islice, product
from math import prod

from sympy import Add, Expr, Integer, Mul, exp, log

from symbolic.deadline import check as in_time
from symbolic.kernel.read import ArgMax, Hypothesis, Member, read_claim, read_hypothesis, read_term
from symbolic.kernel.read import Relation as Equation
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.terms import Term, minus
from symbolic.language import notation as of
from symbolic.language import verbatim
from symbolic.language.claims import ArgMax as Ties
from symbolic.language.claims import Claim, Relation, bounds, parts
from symbolic.language.comparison import compared
from symbolic.language.typeset import plain
from symbolic.search import fit, several
from symbolic.search.case_trees import Frame, Judge, Node, attained, both_signs, cases, frames, split, undetermined
from symbolic.search.shapes import Words, factors, nothing, pieces
from symbolic.search.texts import product_of, summands
from symbolic.search.values import Names, NotHere, Point, Value, compiled, points

__all__ = ["MANY", "Guess", "at_a_glance", "derivation", "values_at"]


KINDS = ("family", "number", "subset")
POINTS, MANY = 24, 60
PAIRED, TRIPLED = 1300, 90  # so many products of pieces and factors are tried in sums of two, of three
ALIKE = 6  # so many ways to write one sum are shown to the kernel
MULTIPLIERS = ("1", "log(n)", "(1 - log(n))", "(1 + log(n))")
Row = tuple[str, list[float]]  # a text, and its values at the points
Piece = tuple[str, list[tuple[str, Fraction]]]  # a text, and what it is multiplied with


def at_a_glance(claim: Claim, judge: Judge, depth: int = 1) -> Node | None:
    """One line, of a few pieces, in the case that the kernel asks for."""
    asked = None
    for line in Guess(claim, Frame()).lines():
        refusal = judge(claim, {"line": line})
        if refusal is None:
            return {"line": line}
        asked = asked or undetermined(claim, refusal)
    return split(claim, asked, partial(at_a_glance, judge=judge, depth=depth - 1)) if asked and depth else None


def derivation(claim: Claim, judge: Judge, depth: int = 2) -> Node | None:
    """A derivation of an inequality; simple ones are tried first."""
    signs = both_signs(claim, partial(derivation, judge=judge, depth=0)) if depth else None
    found = signs or _by_exponentials(claim, judge) or _by_logarithms(claim, judge) or _by_a_ratio(claim, judge)
    return found or _in_frames(claim, judge, depth)


def _in_frames(claim: Claim, judge: Judge, depth: int = 0) -> Node | None:
    """By one line, with classes that are named, in the cases that the kernel asks for, or that the claim suggests."""
    asked = None
    tied = any(isinstance(each, Ties) for each in claim.given)
    for frame, freely in product(frames(claim), (False, True) if tied else (False,)):
        for line in _lines(claim, frame, freely):
            refusal = judge(claim, frame.wrap({"line": line}))
            if refusal is None:
                return frame.wrap({"line": line})
            asked = asked or undetermined(claim, refusal)
            if not frame.named and "not visible" in str(refusal):
                named = (each for each in attained(claim, {"line": line}) if judge(claim, each) is None)
                if node := next(named, None):
                    return node
    if judge(claim, {"absurd": []}) is None:
        return {"absurd": []}
    for case in [asked] if asked else cases(claim) if depth else []:
        found = split(claim, case, partial(derivation, judge=judge, depth=depth - 1))
        if found is not None:
            return found
    return None


def _lines(claim: Claim, frame: Frame, freely: bool) -> Iterator[list[str]]:
    guess = Guess(claim, frame, freely)
    if freely:
        for line in islice(Guess(claim, frame).lines(), ALIKE):
            yield from guess.completed(line)
    yield from guess.lines()
    if not (frame.named or freely):
        yield from Guess(claim, frame, count=MANY).several()


def _by_exponentials(claim: Claim, judge: Judge) -> Node | None:
    """Logarithms are best compared by what they are of: products alone are tried there."""
    if not any(isinstance(each, log | of.LogSumExp) for side in (claim.lhs, claim.rhs) for each in Add.make_args(side)):
        return None
    inside = compared("exp", claim)
    for frame in frames(claim):
        for line in Guess(inside, frame).products():
            node = {"compare": "exp", "in": frame.wrap({"line": line})}
            if judge(claim, node) is None:
                return node
    return None


def _by_logarithms(claim: Claim, judge: Judge) -> Node | None:
    """What is compared with e to a mean or an entropy."""
    powers = (each for side in (claim.lhs, claim.rhs) for each in Mul.make_args(side) if isinstance(each, exp))
    if not any(each.args[0].has(of.Sum, of.UnderP, of.Functional) for each in powers):
        return None
    inside = _in_frames(compared("log", claim), judge)
    node = None if inside is None else {"compare": "log", "in": inside}
    return node if node and judge(claim, node) is None else None


def _by_a_ratio(claim: Claim, judge: Judge) -> Node | None:
    """c log x - c log y + d >= 0, from x e^(d/c) >= y, for a factor c such as T."""
    sides = (claim.lhs, claim.rhs) if claim.op in (">", ">=") else (claim.rhs, claim.lhs)
    terms = [(each, at) for at, side in enumerate(sides) for each in Add.make_args(side)]
    logs = [_logarithm(term, at) for term, at in terms]
    scales = {each[0] for each in logs if each}
    if len(scales) != 1 or scales == {Integer(1)}:
        return None
    (c,) = scales
    factors: tuple[list[Expr], list[Expr]] = ([], [])
    for (term, at), found in zip(terms, logs, strict=True):
        power = exp(term * of.lam if c == of.T else term / c, evaluate=False)
        factors[found[2] if found else at].append(found[1] if found else power)
    x, y = (reduce(verbatim.multiply, each, Integer(1)) for each in factors)
    said = Relation(x, ">" if claim.op in ("<", ">") else ">=", y)
    by = _in_frames(replace(claim, relation=said, text=""), judge)
    node: Node = {"have": plain(said), "by": by, "in": {"line": [f"{plain(c)}*log(({plain(x)})/({plain(y)}))"]}}
    return node if by is not None and judge(claim, node) is None else None


def _logarithm(term: Expr, at: int) -> tuple[Expr, Expr, int] | None:
    """The c > 0 and the x of c log x, and the side on which it stands; -c log x stands on the other one."""
    factors = Mul.make_args(term.definition() if isinstance(term, of.LogSumExp) else term)
    logs = [each for each in factors if isinstance(each, log)]
    c = Mul(*(each for each in factors if each not in logs))
    if len(logs) != 1:
        return None
    return (-c, logs[0].args[0], 1 - at) if c.could_extract_minus_sign() else (c, logs[0].args[0], at)


# --- one line --------------------------------------------------------------------------------------


class Guess:
    """The difference of the sides at random points, and what it may be.

    `freely` is for equalities: at points where the hypotheses do not hold, with pieces of any sign.
    """

    def __init__(self, claim: Claim, frame: Frame, freely: bool = False, count: int = POINTS) -> None:
        self.claim, self.count = claim, count
        self.budget = Budget()
        question, self.letters = read_claim(plain(claim), self.budget)
        for name in frame.named:
            self.letters = self.letters.with_letter(name, "index")
        given = [*question.given, *(read_hypothesis(each, self.letters, self.budget) for each in frame.given)]
        self.freely = freely
        above, below = (claim.rhs, claim.lhs) if claim.op in ("<", "<=") else (claim.lhs, claim.rhs)
        self.as_it_stands = f"{plain(above)} - {_summand(below)}"
        if freely:
            given = [each for each in given if not isinstance(each, (ArgMax, Member)) and not _universal(each)]
        self.words = Words.of(claim, frame.named)
        self.equations = [
            f"{plain(each.lhs)} - {_summand(each.rhs)}"
            for each in claim.given
            if isinstance(each, Relation) and each.op == "==" and isinstance(each.lhs, of.Sum)
        ]
        small, large = question.relation.lhs, question.relation.rhs
        if claim.op not in ("<", "<="):
            small, large = large, small
        self.at: list[Point] = []
        self.target: list[float] = []
        self._draw(given, self._names(claim), minus(large, small))

    def _draw(self, given: list[Hypothesis], names: Names, difference: Term) -> None:
        """Points at which the sides have values, those first where they differ."""
        for count in (self.count, 10 * self.count):
            at = points(given, names, count)
            known = [
                (here, value) for here, value in zip(at, values_at(difference, at), strict=True) if value is not None
            ]
            known.sort(key=lambda each: abs(each[1]) < 1e-9)
            known = known[: self.count]
            if sum(abs(value) > 1e-9 for _, value in known) > self.count / 2:
                break
        self.at = [here for here, _ in known]
        self.target = [value for _, value in known]

    def _names(self, claim: Claim) -> Names:
        kinds = self.letters.kinds
        family, scalar, subset = (tuple(sorted(name for name, kind in kinds.items() if kind == each)) for each in KINDS)
        least, most = bounds(claim.given)
        indices = tuple(sorted(each.name for each in self.letters.own if not each.name.isdigit()))
        ties = any(isinstance(each, (of.Count, of.Size, of.Subset)) for each in parts(claim))
        return Names(family, scalar, subset, indices, least, most, ties)

    def pieces(self) -> Iterable[str]:
        """What has a sign by its form."""
        return pieces(self.words)

    def factors(self) -> Iterable[str]:
        """What such a piece may be multiplied with."""
        return factors(self.words)

    def lines(self) -> Iterator[list[str]]:
        if len(self.target) < 5:
            return
        if all(abs(each) < 1e-12 for each in self.target):
            yield []
            return
        rows: list[Row] = []
        yield from self._multiples(rows)
        yield from sorted(self._products(rows), key=length)
        yield [self.as_it_stands]
        yield from self._sums(rows)

    def completed(self, line: list[str]) -> Iterator[list[str]]:
        """The line, and what is 0 by the hypotheses that make it right."""
        rows = [self._row(each) for each in line]
        parts = [each for each in rows if each is not None]
        if not line or len(parts) < len(rows) or len(self.target) < 5:
            return
        rest = [x - sum(values) for x, *values in zip(self.target, *parts, strict=True)]
        positive = (each for each in self._rows(("lambda", *self.words.totals)) if min(each[1]) > 0)
        scales = [("1", [1.0] * len(rest)), *positive]
        for text, row in self._rows(nothing(self.words)) if any(abs(x) > 1e-9 for x in rest) else ():
            for (scale, by), e in product(scales, (1, -1)):
                number = fit.multiple(rest, [x * y**e for x, y in zip(row, by, strict=True)])
                if number is not None:
                    yield [*line, product_of(number, text, [(scale, Fraction(e))] if scale != "1" else [])]

    def products(self) -> Iterator[list[str]]:
        """A rational number, times a piece, times powers; what is a sum of pieces is left out."""
        if len(self.target) >= 5 and any(abs(each) > 1e-12 for each in self.target):
            rows: list[Row] = []
            yield from self._multiples(rows)
            yield from sorted(self._products(rows), key=length)

    def several(self) -> Iterator[list[str]]:
        """A sum of several products of what is not negative, where one is found; it wants many points."""
        if len(self.target) < MANY:
            return
        factors = [row for row in self._rows(several.basics(self.claim, self.words)) if min(row[1]) >= 0]
        for candidates in several.products(factors, list(self._rows(several.squares(self.words))), MANY):
            found = several.nonnegative(self.target, [column for _, column in candidates])
            if found is not None:
                yield [_product(by, candidates[at][0]) for at, by in found]

    def combination(self, texts: Iterable[str]) -> list[str] | None:
        """The difference as a sum of rational multiples of these texts, if it is one."""
        rows = list(self._rows(texts))
        found = several.combination(self.target, [row for _, row in rows])
        return None if found is None else [_product(by, (rows[at][0],)) for at, by in found]

    def _rows(self, texts: Iterable[str]) -> Iterator[Row]:
        """What has a value at all points, and is not 0 at all."""
        for text in texts:
            in_time()
            row = self._row(text)
            if row is not None and any(abs(each) > 1e-12 for each in row):
                yield text, row

    def _row(self, text: str) -> list[float] | None:
        try:
            term = read_term(text.replace(" ; ", " + "), self.letters, self.budget)
        except Refused:
            return None
        row = [value for value in values_at(term, self.at) if value is not None]
        return row if len(row) == len(self.at) else None

    def _multiples(self, rows: list[Row]) -> Iterator[list[str]]:
        """A rational number times a piece, the short ones first; the pieces are appended to the rows on the way."""
        for text, row in self._rows(self.pieces()):
            rows.append((text, row))
            number = fit.multiple(self.target, row)
            if number is not None:
                yield summands(number, text, [])

    def _products(self, rows: list[Row]) -> Iterator[list[str]]:
        """A rational number times a piece, times powers of what is positive."""
        somewhere = [at for at, each in enumerate(self.target) if abs(each) > 1e-9]
        if len(somewhere) < 5:
            return
        positive = [each for each in self._rows(self.factors()) if all(abs(x) > 1e-12 for x in each[1])]
        monomials = fit.Monomials([[row[at] for at in somewhere] for _, row in positive] or [[1.0] * len(somewhere)])
        for text, row in rows:
            if any(abs(row[at]) < 1e-12 for at in somewhere) or any(
                abs(row[at]) > 1e-9 for at in range(len(row)) if at not in somewhere
            ):
                continue
            found = monomials.exponents([self.target[at] / row[at] for at in somewhere])
            if found is not None and found[1]:
                number, exponents = found
                powers = [(positive[at], each) for at, each in exponents.items()]
                value = [row[at] * prod(each[at] ** float(e) for (_, each), e in powers) for at in somewhere]
                sign = self.target[somewhere[0]] * value[0]
                if all(self.target[at] * each * sign > 0 for at, each in zip(somewhere, value, strict=True)):
                    yield summands(number if sign > 0 else -number, text, [(each, e) for (each, _), e in powers])

    def _sums(self, rows: list[Row]) -> Iterator[list[str]]:
        """A sum of a few pieces, each with a factor, and of hypotheses with multipliers."""
        columns, texts = self._columns(rows)
        yield from self._with_hypotheses(columns, texts)
        for of_some, most in ((fit.pairs, PAIRED), (fit.triples, TRIPLED)):
            for found in of_some(self.target, columns[:most]):
                yield from islice(_texts(found, texts), ALIKE)

    def _with_hypotheses(self, columns: list[list[float]], texts: list[list[Piece]]) -> Iterator[list[str]]:
        """A piece, and a multiple of the difference of the sides of an equation that is given."""
        for equation in self.equations:
            for by in MULTIPLIERS:
                multiple = f"{by}*({equation})" if by != "1" else equation
                row = self._row(multiple)
                if row is None or not any(abs(each) > 1e-9 for each in row):
                    continue
                for at, column in enumerate(columns):
                    for found in fit.pair(self.target, column, row, self.freely):
                        for line in islice(_texts(((at, found[0]),), texts), ALIKE):
                            yield [
                                *line,
                                product_of(
                                    found[1], multiple if "(" in multiple[:1] or by != "1" else f"({multiple})", []
                                ),
                            ]

    def _columns(self, rows: list[Row]) -> tuple[list[list[float]], list[list[Piece]]]:
        """The pieces, also divided by lambda or n, as numbers; those that are alike stand together."""
        scales: list[tuple[list[tuple[str, Fraction]], list[float]]] = [([], [1.0] * len(self.target))]
        for text, exponent in (("lambda", -1), ("n", -1), ("lambda", 1)):
            row = self._row(text)
            if row is not None:
                scales.append(([(text, Fraction(exponent))], [each**exponent for each in row]))
        found: dict[tuple[str, ...], tuple[list[float], list[Piece]]] = {}
        for factor, scale in scales:
            for text, row in rows:
                column = [x * y for x, y in zip(row, scale, strict=True)]
                if self.freely or all(x >= -1e-9 for x in column):
                    mark = tuple(f"{each:.6g}" for each in column[:4])
                    found.setdefault(mark, (column, []))[1].append((text, factor))
        ordered = sorted(found.values(), key=lambda each: len(each[1][0][0]) + 4 * len(each[1][0][1]))
        return [column for column, _ in ordered], [texts for _, texts in ordered]


def _product(number: Fraction, texts: tuple[str, ...]) -> str:
    """A number times factors, those that are alike as a power."""
    times = Counter(texts)
    piece = next((each for each in reversed(texts) if times[each] == 1), "1")
    return product_of(number, piece, [(each, Fraction(by)) for each, by in times.items() if each != piece])


def _texts(found: Iterable[tuple[int, Fraction]], texts: list[list[Piece]]) -> Iterator[list[str]]:
    """The ways to write a sum that was found, the short ones first."""
    ways = product(*([(by, *each) for each in texts[at][:4]] for at, by in found))
    yield from sorted(([summand for each in chosen for summand in summands(*each)] for chosen in ways), key=length)


def length(line: list[str]) -> int:
    """How long a line is for its reader."""
    return sum(map(len, line)) + 3 * len(line)


def values_at(term: Term, at: list[Point]) -> list[float | None]:
    """The value at each point, None where there is none."""
    try:
        value = compiled(term)
    except NotHere:
        return [None] * len(at)
    return [_number(value, here) for here in at]


def _number(value: Value, here: Point) -> float | None:
    try:
        return value(here)
    except (NotHere, ArithmeticError, ValueError, LookupError):
        return None


def _universal(given: Hypothesis) -> bool:
    return isinstance(given, Equation) and given.op == "==" and bool(given.every)


def _summand(expr: Expr) -> str:
    return f"({plain(expr)})" if expr.is_Add else plain(expr)
