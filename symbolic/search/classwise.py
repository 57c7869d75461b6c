"""Inequalities between sums over classes, shown at each class.

    derivation(claim, judge, solve) -> Node | None

Where the larger side less the smaller one is \\sum_k F(q_k, r_k, ..) + C for families q, r, .. (or 1/n) with sums S, it
is \\sum_k f with f(x, y, ..) = F(x, y, ..) + a x + b y + .. and the sum of a S, b S, .. is C. Where F is convex, and of
degree 1, the a, b, .. are derivatives of F at the sums; else what C is a sum of is shared out. That f is not negative
is an inequality between numbers, of x/y alone if there are two; it is shown first, at any class. Where a share may be
0, or the weight of a mixture, that is a case of its own, and 0 log 0 is 0. A family that a hypothesis defines, such as
a mixture, is put in. Source: Csiszar 1967, of f-divergences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import islice, permutations, product
from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    Dummy,
    Expr,
    Mul,
    Pow,
    S,
    Symbol,
    cancel,
    diff,
    expand,
    expand_mul,
    factor,
    fraction,
    log,
    powsimp,
    simplify,
)

from symbolic.deadline import check as in_time
from symbolic.language import notation as of
from symbolic.language.claims import MIRRORED, Claim, Operator, Relation, bounds, letters_of, parts, relation
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Judge, Node, alone_or_several
from symbolic.search.means import preceded
from symbolic.search.named import put
from symbolic.search.scalars import FUNCTIONS, Number, Scalars, function
from symbolic.search.totals import bracketed, conditions_text

__all__ = ["derivation"]

Solve = Callable[[Claim], Node | None]
SUMMED = (of.Sum, of.Mean, of.Entropy, of.Divergence)
POINTS, WAYS, MOST = 60, 9, 4  # points that are looked at; ways to share out; families


def derivation(claim: Claim, judge: Judge, solve: Solve) -> Node | None:
    """What holds at each class, and the sum of it."""
    if claim.op not in ("<=", ">=") or not any(isinstance(each, SUMMED) for each in parts(claim)):
        return None
    classwise = _Reading(claim).read()
    for node in classwise.nodes(solve) if classwise else ():
        if judge(claim, node) is None:
            return node
    return None


class _Reading:
    """The larger side less the smaller one as a sum over the classes, and what is left."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        used = letters_of(claim)
        self.k, self.j = (of.class_named(next(unused(letters, used))) for letters in ("klm", "jihm"))
        self.names = unused("txyuvwabcdfgh", used)
        self.among: tuple[Basic, ...] | None = None  # the conditions of the sums
        self.words: dict[Expr, Symbol] = {}  # letters for sums and largest values that stand in factors
        self.defined = dict(filter(None, map(_definition, claim.given)))

    def read(self) -> _Classwise | None:
        small, large = (self.claim.lhs, self.claim.rhs) if self.claim.op == "<=" else (self.claim.rhs, self.claim.lhs)
        body, rest = S.Zero, S.Zero
        for term in (*self.terms(large), *(-each for each in self.terms(small))):
            summed = [each for each in Mul.make_args(term) if isinstance(each, SUMMED)]
            others = Mul(*(each for each in Mul.make_args(term) if not isinstance(each, SUMMED)))
            others = others.replace(lambda each: isinstance(each, of.Sum | of.Maximum), self.word)
            if len(summed) > 1 or not _is_number(others):
                return None
            if summed:
                inside = self.inside(summed[0])
                if inside is None:
                    return None
                body += others * inside
            else:
                rest += others
        return self.about(body, rest)

    def terms(self, side: Expr) -> tuple[Expr, ...]:
        return Add.make_args(Add(*(expand_mul(each, deep=False) for each in Add.make_args(side))))

    def word(self, each: Expr) -> Symbol:
        return self.words.setdefault(each, Dummy("S", positive=True))

    def inside(self, each: Expr) -> Expr | None:
        """What it is a sum of, over the classes that all sums run over."""
        conditions = each.conditions if isinstance(each, of.Sum | of.Mean) else ()
        if self.among not in (None, conditions):
            return None
        self.among = conditions
        if isinstance(each, of.Entropy):
            return -each.args[0][self.k] * log(each.args[0][self.k])
        if isinstance(each, of.Divergence):
            q, r = (family[self.k] for family in each.args)
            return q * log(q / r)
        return each.opened(self.k) * (of.p[self.k] if isinstance(each, of.Mean) else 1)

    def put_in(self, expr: Expr) -> Expr:
        """With what hypotheses say that families are."""
        return expr.replace(
            lambda each: isinstance(each, of.Entry) and each.family in self.defined,
            lambda each: self.defined[each.family].xreplace({HERE: each.index}),
        )

    def about(self, body: Expr, rest: Expr) -> _Classwise | None:
        """In letters for the shares at a class."""
        body = self.put_in(body)
        found = sorted(body.atoms(of.Entry, of.Probability), key=self.order)
        if not 1 <= len(found) <= MOST or any(each.index != self.k for each in found):
            return None
        shares = {Dummy("x", positive=True): each for each in found}
        put_in = {each: letter for letter, each in shares.items()}
        if of.n in body.xreplace(put_in).free_symbols | rest.free_symbols:
            uniform = Dummy("x", positive=True)
            shares[uniform], put_in[of.n] = 1 / of.n, 1 / uniform
        sums = {letter: self.sum_of(each) for letter, each in shares.items()}
        made = _Classwise(self, body.xreplace(put_in), rest.xreplace(put_in), shares, sums)
        return made if _is_number(made.body) and (any(sums.values()) or made.rest == 0) else None

    def sum_of(self, each: Expr) -> Expr | None:
        """The sum over the classes: 1 for a distribution, a letter; None if the claim does not speak of it."""
        whole = of.Sum(each, self.k, *(self.among or ()))
        if not self.among and (isinstance(each, of.Probability) or each == 1 / of.n):
            return S.One
        said = (given.rhs for given in self.claim.given if isinstance(given, Relation) and given.op == "=="
                and given.lhs == whole and _is_number(given.rhs))  # fmt: skip
        return next(said, self.words.get(whole))

    def order(self, each: Expr) -> tuple[bool, bool, str]:
        """What the others are divided by stands last: a softmax, what is positive."""
        return isinstance(each, of.Probability), self.sign(each) == ">", plain(each)

    def sign(self, each: Expr) -> Operator | None:
        """What is known of it at every class: ">" or ">=" than 0, or nothing."""
        if isinstance(each, of.Probability) or each == 1 / of.n:
            return ">"
        signs = [
            given.op
            for given in self.claim.given
            if isinstance(given, Relation) and given.op in (">", ">=") and given.rhs == 0
            and isinstance(given.lhs, of.Entry) and given.lhs.family == each.family
        ]  # fmt: skip
        return min(signs, default=None)

    def said(self, letters: dict[Expr, Symbol]) -> Iterator[Relation]:
        """The hypotheses about numbers, and about the shares at a class, in letters."""
        for each in self.claim.given:
            if isinstance(each, Relation) and not any(side.has(*SUMMED, of.Maximum) for side in (each.lhs, each.rhs)):
                lhs, rhs = (self.at_class(side).xreplace(letters) for side in (each.lhs, each.rhs))
                if (
                    lhs != rhs
                    and _is_number(lhs)
                    and _is_number(rhs)
                    and of.n not in lhs.free_symbols | rhs.free_symbols
                ):
                    flip = lhs.is_number
                    yield Relation(rhs, MIRRORED[each.op], lhs) if flip else Relation(lhs, each.op, rhs)

    def at_class(self, side: Expr) -> Expr:
        """At the class k, if it is about every class."""
        indices = {each.index for each in side.atoms(of.Entry)} - of.free(self.claim.lhs) - of.free(self.claim.rhs)
        letters = {each: self.k for each in indices if each.is_Symbol} if len(indices) == 1 else {}
        return self.put_in(side.xreplace(letters))


@dataclass(frozen=True)
class _Classwise:
    """sum over the classes of body, and rest, at the shares, with their sums."""

    reading: _Reading
    body: Expr
    rest: Expr
    shares: dict[Symbol, Expr]
    sums: dict[Symbol, Expr | None]

    def nodes(self, solve: Solve) -> Iterator[Node]:
        for f in islice(dict.fromkeys(self.functions()), WAYS):
            in_time()
            if all(not value < -1e-9 for value in map(function(f), self.points)):
                yield from self.shown(f, solve)

    @cached_property
    def uniform(self) -> Symbol | None:
        return next((letter for letter, each in self.shares.items() if each == 1 / of.n), None)

    @cached_property
    def given(self) -> tuple[Relation, ...]:
        """What is known of the letters."""
        words = self.reading.words
        letters = {each: letter for letter, each in self.shares.items()} | words
        found = list(self.reading.said(letters))
        for word, letter in words.items():
            above = word.opened(self.reading.k).xreplace(letters) if isinstance(word, of.Maximum) else S.Zero
            op: Operator = ">" if above == 0 else "<=" if isinstance(word, of.Minimum) else ">="
            found += [Relation(letter, op, above)] if _is_number(above) else []
        found += [Relation(c, ">=", S.One) for c in self.most]
        found += [Relation(x, ">", S.Zero) for x, each in self.shares.items()
                  if isinstance(each, of.Probability) or x == self.uniform]  # fmt: skip
        return tuple(dict.fromkeys(found))

    @cached_property
    def most(self) -> dict[Expr, str]:
        """What is at least 1, as a distribution is at most so many times another one, and the sum that shows it."""
        letters = {each: letter for letter, each in self.shares.items() if self.sums[letter] == 1}
        found = {}
        for each in self.reading.said(letters):
            small, large = (each.lhs, each.rhs) if each.op == "<=" else (each.rhs, each.lhs)
            for y in letters.values() if each.op in ("<=", ">=") and small in letters.values() else ():
                if not (large / y).has(*letters.values()):
                    found[large / y] = f"sum({plain((large - small).xreplace(self.shares))}, {self.reading.k})"
        return found

    @cached_property
    def points(self) -> list[Number]:
        """Random points at which all shares are positive, and those of a distribution at most 1."""
        facts = [*((each.lhs - each.rhs, each.op) for each in self.given), *((x, ">") for x in self.shares)]
        facts += [(x - 1, "<=") for x in self.shares if self.sums[x] == 1]
        names = set().union(*(each.free_symbols for each, _ in facts), self.body.free_symbols)
        drawn = Scalars(self.reading.claim, {}).drawn(tuple(sorted(names, key=str)), facts)
        return list(islice(drawn, POINTS))

    # --- f ---

    def functions(self) -> Iterator[Expr]:
        """f for the ways to share C out between the families."""
        sums = {x: s for x, s in self.sums.items() if s is not None}
        if len(sums) < len(self.shares):
            yield from [self.body] if self.rest == 0 else (self.body + self.rest * x / s for x, s in sums.items())
            return
        if len(sums) > 1 and not self.body.has(Abs):
            at = {x: s * (self.uniform or 1) for x, s in sums.items()}
            *others, last = sums
            slopes = {x: simplify(-diff(self.body, x).xreplace(at)) for x in others}
            left = simplify(self.rest - Add(*(slopes[x] * sums[x] for x in others))) / sums[last]
            if self.uniform or not any(each.has(*sums) for each in slopes.values()):
                yield self.body + Add(*(slope * x for x, slope in slopes.items())) + expand(left * last)
        for x, y in permutations(sums) if len(sums) == 2 else ():
            if (there := _at_end(self.body, x, S.Zero)) is not None:
                yield self.body - there + expand(self.rest + there.xreplace({y: sums[y]})) * x / sums[x]
        terms = Add.make_args(expand_mul(self.rest))
        for chosen in islice(product(sums, repeat=len(terms)), WAYS):
            yield self.body + Add(*(term * x / sums[x] for term, x in zip(terms, chosen, strict=True)))
        if len(sums) == 2:
            yield self.body + self.rest * Add(*(x / s for x, s in sums.items())) / 2

    def without_divisors(self, f: Expr) -> tuple[Expr, Expr]:
        """f times what its summands are divided by that is the same at all classes, and that."""
        terms = Add.make_args(f)
        powers = {each for term in terms for each in Mul.make_args(term) if isinstance(each, Pow) and each.exp == -1}
        below = Mul(*(each.base for each in powers if not each.has(*self.shares) and not each.base.is_number))
        if below == 1:
            return f, S.One
        below = factor(below)
        by = below if all(function(below)(here) > 0 for here in self.points) else -below
        split = (term.as_independent(*self.shares, as_Add=False) for term in terms)
        return Add(*(cancel(number * by) * rest for number, rest in split)), by

    def degree(self, f: Expr) -> Expr | None:
        """The degree of f in the shares, where it is homogeneous: 1, or a letter, as far as points show."""
        value = function(f)
        for degree in (S.One, *sorted(f.free_symbols - self.shares.keys(), key=str)):
            rows = [(here, {**here, **{x: here[x] / 2 for x in self.shares}}) for here in self.points]
            if all(
                abs(value(here) - 2.0 ** float(degree.xreplace(here)) * value(there)) <= 1e-9 * (1 + abs(value(here)))
                for here, there in rows
            ):
                return degree
        return None

    # --- how it is shown ---

    def shown(self, f: Expr, solve: Solve) -> Iterator[Node]:
        """By a claim about the ratio of the two, about all, or about roots, with the hypotheses about numbers."""
        f, by = self.without_divisors(f)
        degree = self.degree(f)
        if len(self.shares) == 2 and (self.uniform or (degree is not None and not self.reading.defined)):
            yield from self.by_ratio(f, by, degree, solve)
        if self.uniform and len(self.shares) == 2:
            return
        letters = {x: self.new_letter() for x in self.shares} | self.words
        texts, zeros = self.texts(letters), {letters[x]: each for x, each in self.shares.items()}
        bounded = tuple(Relation(letters[x], "<=", S.One) for x in self.shares if degree != 1 and self.sums[x] == 1)
        view = _View(self.reading, texts, zeros, 1 / by, (*self.known(letters), *bounded), self.most)
        yield from view.summed(f.xreplace(letters), solve)
        if f.atoms(Pow) and not f.has(log) and any(self.reading.sign(each) == ">=" for each in self.shares.values()):
            squares = f.xreplace({x: x**2 for x in self.shares}).xreplace(letters)
            roots = texts | {letters[x]: f"sqrt({plain(each)})" for x, each in self.shares.items()}
            alone = tuple(each for each in self.known(letters) if not each.lhs.has(*zeros) | each.rhs.has(*zeros))
            signs = tuple(Relation(x, ">=", S.Zero) for x in zeros)
            yield from _View(self.reading, roots, zeros, 1 / by, (*alone, *signs, *bounded), self.most).summed(
                squares, solve
            )

    def by_ratio(self, f: Expr, by: Expr, degree: Expr | None, solve: Solve) -> Iterator[Node]:
        """At (x/y, 1), where y is positive; what is known of both is so if x and y are multiplied with a number."""
        (x, share), (y, other) = self.shares.items()
        if not self.reading.sign(share) or self.reading.sign(other) != ">":
            return
        t = self.new_letter()
        letters = {x: t, y: S.One} | self.words
        g, scale = Add(*map(powsimp, Add.make_args(f.xreplace(letters)))), other ** (degree or 1)
        if degree is None:
            g = Add(*(of.n * each for each in Add.make_args(f.subs({x: t / of.n, y: 1 / of.n}).xreplace(self.words))))
        ratio = f"(n*{plain(share)})" if y == self.uniform else f"({plain(share)}/{plain(other)})"
        texts = {t: ratio} | self.texts(self.words)
        view = _View(self.reading, texts, {t: share}, scale / by, self.known(letters), self.most)
        (a, b), (c, d) = (_quotient(each.xreplace({self.reading.k: self.reading.j})) for each in (share, other))
        ends = [tuple(bracketed(plain(each)) for each in pair) for pair in ((a * d / b, c), (a, c * b / d))]
        yield from view.summed(g, partial(_of_two, solve, t.name, ends))

    def new_letter(self) -> Symbol:
        return Symbol(next(self.reading.names), real=True)

    @cached_property
    def words(self) -> dict[Symbol, Symbol]:
        return {x: self.new_letter() for x in self.reading.words.values()}

    def texts(self, letters: Mapping[Symbol, Expr]) -> dict[Symbol, str]:
        """What the letters of shares and words stand for."""
        found = {x: bracketed(plain(word)) for word, x in self.reading.words.items()}
        found |= {x: plain(each) for x, each in self.shares.items()}
        return {y: found[x] for x, y in letters.items() if isinstance(y, Symbol)}

    def known(self, letters: Mapping[Symbol, Expr]) -> tuple[Relation, ...]:
        """What is known, in these letters; of two shares together only where it is homogeneous, if one of them is 1."""
        found = []
        for each in self.given:
            gap, twice = each.lhs - each.rhs, {x: 2 * x for x in self.shares}
            if S.One not in letters.values() or cancel(gap.xreplace(twice) / gap).is_number:
                lhs, rhs = each.lhs.xreplace(letters), each.rhs.xreplace(letters)
                found += [Relation(lhs, each.op, rhs)] if (lhs - rhs).free_symbols else []
        return tuple(found)


@dataclass(frozen=True)
class _View:
    """The letters of a claim about numbers: what they stand for at k, the share that is 0 where they are; a factor."""

    reading: _Reading
    texts: dict[Symbol, str]
    zeros: dict[Symbol, Expr]
    scale: Expr
    given: tuple[Relation, ...]
    most: dict[Expr, str]

    def summed(self, g: Expr, solve: Solve) -> Iterator[Node]:
        """What is shown at the class j, and the sum over k, in one and term by term."""
        signs = {x: self.reading.sign(each) for x, each in self.zeros.items()}
        seen = (Relation(x, sign, S.Zero) for x, sign in signs.items() if sign)
        weak = tuple(dict.fromkeys([*seen, *self.given]))
        given = self.of_several(g, weak)
        inside = set().union(*(x.free_symbols for each in g.atoms(log) for x in each.atoms(Add)))
        inside |= {x for x in self.zeros if any(each.has(x) for each in g.atoms(log))}
        ends = [
            (each.lhs, each.rhs)
            for each in given
            if each.op in (">=", "<=") and each.lhs in inside and each.rhs.is_number
            and not (each.op == "<=" and each.lhs in self.texts)
        ]  # fmt: skip
        powers = {each: Symbol(f"power{n}") for n, each in enumerate(_powers(g))}
        terms = [_written(each, {x for x, _ in ends}, self.texts) for each in Add.make_args(g.xreplace(powers))]
        if not all(terms):
            return
        by = self.cases(g, ends, given, partial(self.by_a_factor, solve))
        if by is None:
            return
        j, k = f"[{self.reading.j}]", f"[{self.reading.k}]"
        there = {x.name: text for x, text in self.texts.items()}
        here = {name: text.replace(k, j) for name, text in there.items()}
        there |= {x.name: put(bracketed(plain(each)), there) for each, x in powers.items()}
        here |= {x.name: put(_exponential(each), here) for each, x in powers.items()}
        before: list[Node] = [{"have": f"{plain(c)} >= 1", "by": {"line": [line]}} for c, line in self.most.items()]
        before += [
            {"have": f"{plain(each)} > 0", "by": self.cases(each, ends, given, _at_sight)} for each in _mixtures(g)
        ]
        alone = [*before, *self.at_most_one(weak)]
        before += self.at_most_one(given)
        scale = self.scale.xreplace({x: word for word, x in self.reading.words.items()})
        weight = f"({plain(scale)})*" if scale != 1 else ""
        among = conditions_text(self.reading.k, self.reading.among or ())
        one = " + ".join(terms) if ends else plain(g.xreplace(powers))
        for bodies in ([one], terms):
            line = " + ".join(f"sum({weight}({put(each, there)}), {among})" for each in bodies)
            node: Node = {"have": f"{put(one, here)} >= 0", "by": put(by, here), "in": {"line": [line]}}
            told = preceded(node, [put(each, here) for each in before])
            yield (
                told
                if weak == given or bounds(self.reading.claim.given)[0] > 1
                else alone_or_several(preceded({"line": [line]}, alone), told)
            )

    def of_several(self, g: Expr, given: tuple[Relation, ...]) -> tuple[Relation, ...]:
        """What is known where there are two classes or more: a positive share in the base of a power is less than 1."""
        bases = {x for each in _powers(g) for x in each.base.free_symbols}
        less = {Relation(x, "<=", S.One) for x in bases & self.zeros.keys() if self.reading.sign(self.zeros[x]) == ">"}
        return tuple(replace(each, op="<") if each in less else each for each in given)

    def at_most_one(self, given: Iterable[Relation]) -> Iterator[Node]:
        """That shares are so, or less than 1: the others have the rest."""
        j, k = self.reading.j, self.reading.k
        for x, share in self.zeros.items():
            if share != 1 / of.n and self.reading.sum_of(share) == 1:
                rest = f"sum({plain(share)}, {k} != {j})"
                said = (each for each in given if each.lhs == x and each.rhs == 1 and each.op in ("<", "<="))
                yield from (
                    {"have": f"{plain(share.xreplace({k: j}))} {each.op} 1", "by": {"line": [rest]}} for each in said
                )

    def cases(
        self, goal: Expr, ends: list[tuple[Symbol, Expr]], given: tuple[Relation, ...], solve: Solve
    ) -> Node | None:
        """Where a letter has its least, or greatest, value, and where it has not."""
        if goal == 0:
            return {"line": []}
        if not ends and (inner := next((each.args[0] for each in goal.atoms(Abs) if each.args[0].is_Add), None)):
            return self.by_signs(goal, inner, given, solve)
        if not ends:
            return solve(Claim(relation(goal, ">=", 0), given))
        (x, end), *others = ends
        if x not in goal.free_symbols:
            return self.cases(goal, others, given, solve)
        there = _at_end(goal, x, end)
        at_end = (Relation(each.lhs.subs(x, end), each.op, each.rhs.subs(x, end)) for each in given)
        without = tuple(each for each in at_end if (each.lhs - each.rhs).free_symbols)
        strict = tuple(
            Relation(x, STRICT[each.op], end) if (each.lhs, each.rhs) == (x, end) else each for each in given
        )
        then = None if there is None else self.cases(there, others, without, solve)
        other = None if then is None else self.cases(goal, others, strict, solve)
        if then is None or other is None:
            return None
        word = plain(self.zeros.get(x, x)).replace(f"[{self.reading.k}]", f"[{self.reading.j}]")
        op = next(each.op for each in strict if (each.lhs, each.rhs) == (x, end))
        apart = f"{word} - {end}" if op == ">" and end != 0 else word if op == ">" else f"{end} - {word}"
        return {"if": f"{word} == {end}", "then": then,
                "else": {"have": f"{word} {op} {end}", "by": {"line": [apart]}, "in": other}}  # fmt: skip

    def by_a_factor(self, solve: Solve, claim: Claim) -> Node | None:
        """By what a share stands before, where it stands before all of it."""
        for x, share in self.zeros.items():
            slope = diff(claim.lhs, x)
            if self.reading.sign(share) and slope != 0 and not slope.has(x) and expand(claim.lhs - x * slope) == 0:
                tree = solve(replace(claim, relation=relation(slope, ">=", 0)))  # x is named there, and not used anew
                line: Node = {"line": [f"{plain(x)}*({plain(slope)})"]}
                return {"have": f"{plain(slope)} >= 0", "by": tree, "in": line} if tree else None
        return solve(claim)

    def by_signs(self, goal: Expr, inner: Expr, given: tuple[Relation, ...], solve: Solve) -> Node | None:
        """Where what stands in an absolute value is not negative, and where it is."""
        branches = []
        for sign, said in ((1, Relation(inner, ">=", S.Zero)), (-1, Relation(inner, "<", S.Zero))):
            there = goal.xreplace({each: sign * inner for each in goal.atoms(Abs) if each.args[0] in (inner, -inner)})
            branches.append(self.cases(expand_mul(there), [], (*given, said), solve))
            if branches[-1] is None:
                return None
        return {"if": f"{plain(inner)} >= 0", "then": branches[0], "else": branches[1]}


def _mixtures(g: Expr) -> list[Expr]:
    """The sums that something is divided by in logarithms, whose signs are not seen when they are multiplied out."""
    divisors = {x.base for each in g.atoms(log) for x in each.atoms(Pow) if x.exp == -1 and x.base.is_Add}
    return [each for each in divisors if expand(each) != each]


def _powers(g: Expr) -> list[Pow]:
    """The powers whose exponent is no number."""
    return sorted((each for each in g.atoms(Pow) if each.exp.free_symbols), key=plain)


def _exponential(power: Pow) -> str:
    """e^(c log u) for u^c: what holds at every class is kept so where the letters alone do not show that u > 0."""
    return f"exp({bracketed(plain(power.exp))}*log({plain(power.base)}))"


def _at_sight(claim: Claim) -> Node:
    """By the signs of its summands."""
    return {"line": [plain(each) for each in Add.make_args(claim.lhs)]}


def _quotient(share: Expr) -> tuple[Expr, Expr]:
    """What is above the line, and below, each of which is seen to be positive if the share is."""
    value = share.definition() if isinstance(share, of.Probability) else share
    return fraction(value) if share.is_Pow or value != share else (share, S.One)


def _of_two(solve: Solve, t: str, ends: list[tuple[str, ...]], claim: Claim) -> Node | None:
    """The derivation of a claim about t, for t = x/y: what Taylor's theorem has from 1 to t, from y to x.

    So all that is between them is seen to be positive. The ends: x and y where y is the smaller one, and where x is.
    """

    def scaled(part: Any, letters: dict[str, str], x: str, y: str) -> Any:
        def end(text: str) -> str:
            return {"1": y, t: x}.get(text) or (text if text in letters else f"{y}*({put(text, letters)})")

        match part:
            case {"taylor": letter}:
                inner = letters | ({letter: f"({letter}/{y})"} if y != "1" else {letter: letter})
                moved = {"from": end(part["from"]), "to": end(part["to"]), "of": put(part["of"], inner)}
                return {**part, **moved, "by": scaled(part["by"], inner, x, y)}
            case {"if": said} if said == f"{t} >= 1":
                sides = (scaled(part[key], letters, *pair) for key, pair in zip(("then", "else"), ends, strict=True))
                return {"if": said, **dict(zip(("then", "else"), sides, strict=True))}
            case dict():
                return {key: scaled(each, letters, x, y) for key, each in part.items()}
        return put(part, letters)

    found = solve(claim)
    return scaled(found, {}, *ends[0]) if found else None


def _at_end(goal: Expr, x: Symbol, end: Expr) -> Expr | None:
    """The value there, where 0 log 0 is 0; None if there is another logarithm of 0."""
    found = S.Zero
    for term in Add.make_args(goal):
        heads = [each for each in Mul.make_args(term) if isinstance(each, log)]
        by = Mul(*(each for each in Mul.make_args(term) if each not in heads)).subs(x, end)
        if by != 0:
            inner = [each.args[0].subs(x, end) for each in heads]
            if by.has(S.NaN, S.ComplexInfinity) or any(
                each == 0 or each.has(S.NaN, S.ComplexInfinity) for each in inner
            ):
                return None
            found += by * Mul(*map(log, inner))
    return found


def _written(term: Expr, vanishing: set[Symbol], letters: Iterable[Symbol]) -> str:
    """The text; where a logarithm may be one of 0, c*xlogy(x, u) for c x log(u), and nothing for another."""
    factors = Mul.make_args(term)
    found = next((each for each in factors if isinstance(each, log) and each.free_symbols & vanishing), None)
    if found is None:
        return f"({plain(term)})"
    others = [each for each in factors if each is not found]
    weight = Mul(*(each for each in others if each.has(*letters)))
    rest = Mul(*(each for each in others if not each.has(*letters)))
    return "" if weight == 1 or weight.has(log) else f"({plain(rest)})*xlogy({plain(weight)}, {plain(found.args[0])})"


def _is_number(expr: Expr) -> bool:
    """A function of numbers, n among them."""
    known = isinstance(expr, FUNCTIONS) and all(map(_is_number, expr.args))
    return known or bool(expr.is_number) or expr == of.n


STRICT: dict[Operator, Operator] = {">=": ">", "<=": "<"}
HERE = of.class_named("here")


def _definition(given: Basic) -> tuple[Basic, Expr] | None:
    """The family that an equation defines at every class, and what it is."""
    if isinstance(given, Relation) and given.op == "==" and isinstance(given.lhs, of.Entry):
        index = given.lhs.index
        if index.is_Symbol and not given.rhs.atoms(of.Sum):
            return given.lhs.family, given.rhs.xreplace({index: HERE})
    return None
