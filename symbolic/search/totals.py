"""Claims about sums over classes, with a letter for each sum: what pairs of classes, and single classes, say of them.

    Totals.read(claim) -> Totals | None

`value` is the larger side less the smaller one, where each sum, largest value and entry of a named class is a letter.
What stands under a sum is opened at a class of one letter, and its entries are numbers then: a claim about one class
is a claim about numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    Dummy,
    Expr,
    Integer,
    Mul,
    Pow,
    Rational,
    Symbol,
    expand,
    expand_log,
    factor,
    fraction,
    log,
    powdenest,
    simplify,
    together,
)
from sympy.polys.domains import QQ

from symbolic.kernel.checker import asked
from symbolic.kernel.leaf import Leaf
from symbolic.kernel.read import Letters, read_term
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.terms import Index
from symbolic.language import notation as of
from symbolic.language.claims import Always, Claim, Hypothesis, Operator, Relation, least_size, letters_of, parts
from symbolic.language.names import unused
from symbolic.language.typeset import CONDITIONS, plain
from symbolic.search.case_trees import STEPS, Node
from symbolic.search.scalars import FUNCTIONS, Scalars, function
from symbolic.search.simplex import combination
from symbolic.search.texts import closed

__all__ = [
    "HALF",
    "Numbers",
    "Range",
    "Solve",
    "Totals",
    "bracketed",
    "conditions_text",
    "factored",
    "rationalised",
    "renamed",
    "unfolded",
]

HALF = Rational(1, 2)
POINTS = 40
ABBREVIATIONS = (of.Functional, of.Mean, of.Variance)
Range = tuple[Basic, ...]  # the conditions of a sum
Solve = Callable[[Claim], Node | None]


@dataclass(frozen=True)
class Totals:
    """The difference of the sides in letters; `words` is what they stand for."""

    claim: Claim
    value: Expr
    words: dict[Symbol, Expr]
    k: Symbol
    l: Symbol

    @classmethod
    def read(cls, claim: Claim, bare: bool = False) -> Totals | None:
        """None if there is no sum over classes that is not inside of another word, unless it may be `bare` of them."""
        small, large = claim.ordered
        used = letters_of(claim)
        k, l = (of.class_named(each) for each in islice(unused("kljmrs", used), 2))
        letters: dict[Expr, Symbol] = {}
        value = _lettered(large - small, letters)
        known = {each.lhs: each.rhs for each in claim.given if isinstance(each, Relation) and each.op == "=="}
        known |= {of.Sum(each[k], k): Integer(1) for each in _softmaxes(claim)}
        settled = {x: known[word] for word, x in letters.items() if word in known and not known[word].has(of.Sum)}
        words = {x: word for word, x in letters.items() if x not in settled}
        made = cls(claim, value.xreplace(settled), words, k, l)
        return made if made.sums or bare else None

    @cached_property
    def sums(self) -> dict[Symbol, of.Sum]:
        """The letters of sums that occur."""
        return {x: word for x, word in self.words.items() if isinstance(word, of.Sum) and self.value.has(x)}

    def body(self, x: Symbol, at: Symbol) -> Expr:
        """What stands under a sum, at a class."""
        return unfolded(self.sums[x].opened(at))

    def text(self, expr: Expr) -> str:
        return plain(expr.xreplace(self.words))

    @cached_property
    def shares(self) -> list[tuple[of.Family | of.Softmax, Expr]]:
        """The families whose sum is known, and the sum."""
        found = [
            (each.lhs.opened(self.k).family, each.rhs)
            for each in self.claim.given
            if isinstance(each, Relation) and each.op == "==" and isinstance(each.lhs, of.Sum)
            and not each.lhs.conditions and isinstance(each.lhs.opened(self.k), of.Entry)
        ]  # fmt: skip
        return [*found, *((each, Integer(1)) for each in _softmaxes(self.claim))]

    @cached_property
    def balanced(self) -> list[of.Family]:
        """The families whose product is 1."""
        found = (each.lhs.opened(self.k) for each in self.claim.given if isinstance(each, Relation) and each.op == "=="
                 and each.rhs == 1 and isinstance(each.lhs, of.Product) and not each.lhs.conditions)  # fmt: skip
        return [each.family for each in found if isinstance(each, of.Entry)]

    @cached_property
    def leaf(self) -> Leaf | None:
        try:
            leaf = asked(plain(self.claim), Budget(STEPS))
            new = {str(self.k), str(self.l)}
            kinds = {**leaf.letters.kinds, **dict.fromkeys(new, "index")}
            return replace(leaf, letters=Letters(kinds, leaf.letters.own | set(map(Index, new))))
        except (Refused, RecursionError):
            return None

    def signs(self, text: str) -> frozenset[int]:
        """What the kernel sees of the sign of an expression, at the classes k and l."""
        leaf = self.leaf
        if leaf is not None:
            leaf.budget.left = STEPS
            try:
                return leaf.signs.sign(read_term(text, leaf.letters, leaf.budget))
            except (Refused, RecursionError):
                pass
        return frozenset({-1, 0, 1})


def unfolded(expr: Expr) -> Expr:
    """With sums for means, variances and entropies."""
    return expr.replace(lambda each: isinstance(each, ABBREVIATIONS), lambda each: unfolded(each.definition()))


def _lettered(expr: Expr, letters: dict[Expr, Symbol]) -> Expr:
    """With a letter for each word that is no function of numbers."""
    if isinstance(expr, ABBREVIATIONS) or expr == of.Z:
        return _lettered(expr.definition(), letters)
    if isinstance(expr, log) and expr.args[0].is_Mul | expr.args[0].is_Pow | expr.has(of.Product):
        return _of_logarithm(expr, letters)
    if not isinstance(expr, FUNCTIONS) and not expr.is_number:
        return letters.setdefault(expr, Dummy(real=True))
    return expr.func(*(_lettered(each, letters) for each in expr.args)) if expr.args else expr


def _of_logarithm(expr: Expr, letters: dict[Expr, Symbol]) -> Expr:
    """The logarithms of factors; of a product over classes, a sum of these."""
    found, k = Integer(0), of.class_named("k")
    for each in Mul.make_args(expr.args[0]):
        base, e = each.as_base_exp()
        while base.is_Pow:
            base, e = base.base, base.exp * e
        if isinstance(base, of.Product):
            inside = Add.make_args(expand_log(log(base.opened(k)), force=True))
            logarithm = Add(*(_lettered(of.Sum(part, k, *base.conditions), letters) for part in inside))
        else:
            logarithm = log(_lettered(base, letters))
        found += _lettered(e, letters) * logarithm
    return found


def _softmaxes(claim: Claim) -> list[of.Softmax]:
    found = {each for each in parts(claim) if isinstance(each, of.Softmax)}
    if any(isinstance(each, of.Mean | of.Variance) for each in parts(claim)):
        found.add(of.p)
    return sorted(found, key=plain)


# --- at a class, or at two ---------------------------------------------------------------------------


class Numbers:
    """What is said of one class, or of several, in letters for numbers; and the hypotheses on these."""

    def __init__(self, totals: Totals, conditions: Range, *classes: Symbol) -> None:
        self.totals, self.classes, self.conditions = totals, classes, conditions
        used = letters_of(totals.claim)
        self.names = unused("uvwabcdxyrqfgh", used | {str(each) for each in classes})
        self.letters: dict[Expr, Symbol] = {}

    @cached_property
    def back(self) -> dict[Symbol, Expr]:
        return {letter: word for word, letter in self.letters.items()}

    @property
    def of_classes(self) -> list[Symbol]:
        """The letters of what depends on the classes."""
        return [x for word, x in self.letters.items() if word.has(*self.classes)]

    def read(self, expr: Expr) -> Expr:
        """The expression, letters for its words."""
        expr = expr.xreplace(self.totals.words)
        return self._read(expr)

    def _read(self, expr: Expr) -> Expr:
        if expr in self.letters:
            return self.letters[expr]
        if not isinstance(expr, FUNCTIONS) and not expr.is_number:
            self.letters[expr] = Symbol(next(self.names), real=True)
            self.__dict__.pop("back", None)
            return self.letters[expr]
        return expr.func(*map(self._read, expr.args)) if expr.args else expr

    def text(self, expr: Expr) -> str:
        return plain(expr.xreplace(self.back))

    def given(self) -> list[Relation]:
        """What is seen of the words, and the hypotheses at these classes."""
        found, seen = list[Relation](), set[Expr]()
        while unseen := [word for word in self.letters if word not in seen]:
            seen.update(unseen)
            found += [each for word in unseen for each in self.of_word(word, self.letters[word])]
        found += [each for stated in self.totals.claim.given for each in self.of_hypothesis(stated)]
        return list(dict.fromkeys(found))

    def of_word(self, word: Expr, letter: Symbol) -> Iterator[Relation]:
        """Its sign, if it is visible; a share is at most 1, and a largest value at least each."""
        signs = self.totals.signs(plain(word))
        if signs <= {0, 1}:
            yield Relation(letter, ">" if signs <= {1} else ">=", Integer(0))
        if isinstance(word, of.Probability) or word == 1 / of.n:
            yield Relation(letter, "<=", Integer(1))
        if isinstance(word, of.Sum):
            yield from (Relation(letter, op, self._read(x)) for x, op in self.parts_of(word))
        largest = not isinstance(word, of.Minimum)
        if isinstance(word, of.Maximum | of.Minimum) and set(word.conditions) <= set(self.conditions):
            for at in self.classes:
                for x in _below(word.opened(at)):
                    yield Relation(letter, ">=" if largest else "<=", self._read(x))

    def parts_of(self, word: of.Sum) -> Iterator[tuple[Expr, Operator]]:
        """What a sum is at least, or more than: its term at a class, where the others are positive."""
        for each in () if word.conditions else self.classes:
            body = word.opened(each)
            signs = self.totals.signs(plain(body)) if body in self.letters else {-1}
            if signs <= {0, 1}:
                yield body, ">" if signs <= {1} and least_size(self.totals.claim.given) > 1 else ">="

    def of_hypothesis(self, stated: Hypothesis) -> Iterator[Relation]:
        for said in self.instances(stated):
            said = replace(said, lhs=unfolded(said.lhs), rhs=unfolded(said.rhs))
            if self.is_known(said.lhs) and self.is_known(said.rhs):
                yield Relation(self._read(said.lhs), said.op, self._read(said.rhs))

    def instances(self, stated: Hypothesis) -> Iterator[Relation]:
        """What a hypothesis says at the classes."""
        own = of.free(self.totals.claim.lhs) | of.free(self.totals.claim.rhs)
        if isinstance(stated, Always) and set(stated.conditions) <= set(self.conditions):
            for at in self.classes:
                yield _at(stated.relation, {stated.bound: at})
        elif isinstance(stated, Relation):
            free = of.free(stated.lhs) | of.free(stated.rhs)
            bound = sorted((x for x in free - own if x.is_Symbol and x.is_integer and x != of.n), key=str)
            for at in _assignments(len(bound), self.classes):
                yield _at(stated, dict(zip(bound, at, strict=True)))

    def is_known(self, expr: Expr) -> bool:
        """Whether it speaks only of words that have a letter, and of numbers."""
        if expr in self.letters:
            return True
        if isinstance(expr, of.Head | of.Family) or (expr.is_Symbol and expr.is_integer and expr != of.n):
            return False
        return all(map(self.is_known, expr.args))

    def in_means(self, value: Expr) -> Iterator[Expr]:
        """The value; with a letter for 1/n, or for a sum over n, where n occurs in nothing else."""
        for word, x in [each for each in self.letters.items() if isinstance(each[0], of.Product)]:
            mean = Symbol(next(self.names), positive=True)
            found = expand_log(powdenest(value.subs(x, mean**of.n), force=True), force=True)
            found = found if not found.has(of.n) else simplify(found * of.n)
            if not found.has(of.n):
                letter = Symbol(str(mean), real=True)
                yield self.named(
                    letter, word ** (1 / of.n), expand(fraction(together(found))[0]).xreplace({mean: letter})
                )
        yield value
        sums = [(word, x) for word, x in self.letters.items() if isinstance(word, of.Sum) and value.has(x)]
        for word, x in [*sums, (Integer(1), None)] if value.has(of.n) else []:
            mean = Symbol(next(self.names), real=True)
            put_in = {of.n: 1 / mean} if x is None else {x: of.n * mean}
            found = simplify(expand_log(value.subs(put_in), force=True))
            if not found.has(of.n):
                yield self.named(mean, word / of.n, found)

    def named(self, letter: Symbol, word: Expr, found: Expr) -> Expr:
        """What was found, with one more letter."""
        self.letters[word] = letter
        self.__dict__.pop("back", None)
        return found

    def claim(self, value: Expr, strict: bool) -> Claim:
        """That the value is not negative; where it has one root, with no minus, that this is the larger side."""
        given = [
            each for each in self.totals.claim.given if isinstance(each, Relation) and of.n in (each.lhs, each.rhs)
        ]
        small, large = Integer(0), value
        roots = [each for each in Add.make_args(value) if any(x.exp == HALF for x in Mul.make_args(each) if x.is_Pow)]
        if len(roots) == 1 and roots[0] != value:
            (root,) = roots
            small, large = (-root, value - root) if root.could_extract_minus_sign() else (root - value, root)
        return Claim(Relation(small, "<" if strict else "<=", large), (*given, *self.given()))

    def text_of(self, said: Claim) -> str:
        """What is claimed, in the words of the claim."""
        return f"{self.text(said.lhs)} {said.op} {self.text(said.rhs)}"

    def may_hold(self, said: Claim) -> bool:
        """Whether it holds at random points."""
        facts = [(each.lhs - each.rhs, each.op) for each in said.given if isinstance(each, Relation)]
        names = tuple(sorted({*self.letters.values(), *(x for f, _ in facts for x in f.free_symbols)}, key=str))
        work = function(said.rhs - said.lhs)
        points = list(islice(Scalars(said, {}).drawn(names, facts), POINTS))
        values = [work(each) for each in points]
        seen = [x for x in values if x == x]
        return len(seen) > len(values) / 2 > 2 and all(x > -1e-9 for x in seen)

    def factored(self, value: Expr) -> str:
        """The text of the factors, with roots and absolute values as letters of their own."""
        return self.quotient(factored(value))

    def quotient(self, value: Expr) -> str:
        """The text, divided by one factor after the other: the kernel keeps these apart."""
        above, below = fraction(value)
        divisors = [each for each in Mul.make_args(below) if each != 1]
        first = plain(above.xreplace(self.back))
        return "/".join([bracketed(first) if divisors else first, *(bracketed(self.text(each)) for each in divisors)])

    def solved(self, value: Expr, strict: bool, solve: Solve) -> Node | None:
        """That the value is not negative: its factors as a line, or as a claim about numbers, in cases of signs."""
        said = self.claim(value, strict)
        if not self.may_hold(said):
            return None
        if not strict and (line := self.added_up(value)):
            return {"line": line}
        tree = solve(said)
        return (
            None
            if tree is None
            else renamed(tree, {str(x): bracketed(plain(word)) for word, x in self.letters.items()})
        )

    def added_up(self, value: Expr) -> list[str]:
        """The value as a sum of multiples of what is seen not to be negative: the terms; none if it is no such sum."""
        self.given()
        gaps = list(dict.fromkeys(each for word in self.letters for each in self.gaps_of(word)))
        columns = [{x: QQ(c.p, c.q) for x, c in expand(each).as_coefficients_dict().items()} for each in gaps]
        terms = expand(value.xreplace(self.back)).as_coefficients_dict()
        if not gaps or not all(c.is_Rational for c in terms.values()):
            return []
        found = combination(columns, {x: QQ(c.p, c.q) for x, c in terms.items()}, set())
        chosen = [] if found is None else [(c, each) for c, each in zip(found, gaps, strict=True) if c]
        return [plain(each) if c == 1 else f"{c}*{bracketed(plain(each))}" for c, each in chosen]

    def gaps_of(self, word: Expr) -> Iterator[Expr]:
        """What a largest value is more than each, and an absolute value more than the number and its negative."""
        sign = 1 if not isinstance(word, of.Minimum) else -1
        if isinstance(word, of.Maximum | of.Minimum) and set(word.conditions) <= set(self.conditions):
            for inner in (word.opened(at) for at in self.classes):
                yield sign * (word - inner)
                yield from (inner - x for x in _below(inner) if isinstance(inner, Abs))

    def steps(self) -> list[Node]:
        """What is seen of the words only on the way: that a share is at most 1, a sum at least each of its terms."""
        return [{"have": said, "by": {"line": line}} for word in self.letters for said, line in self.on_the_way(word)]

    def on_the_way(self, word: Expr) -> Iterator[tuple[str, list[str]]]:
        text = plain(word)
        if isinstance(word, of.Maximum):
            for inner in (word.opened(each) for each in self.classes):
                for x in _below(inner) if isinstance(inner, Abs) else ():
                    least = f"{plain(inner)} - ({plain(x)})"
                    if isinstance(inner.args[0], of.Entry):
                        yield f"{text} >= {plain(x)}", [f"{text} - {plain(inner)}", least]
                    else:
                        yield f"{plain(inner)} >= {plain(x)}", [least]
        elif isinstance(word, of.Sum):
            for x, op in self.parts_of(word):
                k = of.class_named(next(unused("klmrs", {str(each) for each in (*self.classes, *of.free(word))})))
                at = x.args[-1]
                yield f"{text} {op} {plain(x)}", [f"sum({plain(word.opened(k))}, {k} != {at})"]
        elif isinstance(word, of.Probability) and (at := word.args[-1]) in self.classes:
            k = next(unused("klmrs", {str(each) for each in (*self.classes, *of.free(word))}))
            yield f"{text} <= 1", [f"sum({plain(word.subs(at, of.class_named(k)))}, {k} != {at})"]


def _below(x: Expr) -> tuple[Expr, ...]:
    """x; for an absolute value, the number and its negative."""
    return (x.args[0], -x.args[0]) if isinstance(x, Abs) else (x,)


def _assignments(count: int, classes: tuple[Symbol, ...]) -> Iterator[tuple[Symbol, ...]]:
    if count == 0:
        yield ()
    elif count == 1:
        yield from ((each,) for each in classes)
    elif count == 2 and len(classes) == 2:
        yield from (classes, classes[::-1])


def _at(said: Relation, at: dict[Basic, Basic]) -> Relation:
    return replace(said, lhs=said.lhs.subs(at), rhs=said.rhs.subs(at)) if at else said


def rationalised(value: Expr) -> Expr:
    """With (a^2 - b)/(a + sqrt(b)) for a factor a - sqrt(b)."""
    found = Integer(1)
    for each in Mul.make_args(value):
        first, *rest = Add.make_args(each)
        roots = [x for x in (first, *rest) if any(y.exp == HALF for y in x.atoms(Pow))]
        if len(rest) == 1 and roots and first.could_extract_minus_sign() != rest[0].could_extract_minus_sign():
            a, b = sorted((first, rest[0]), key=lambda x: x.could_extract_minus_sign())
            each = factor(expand(a**2 - b**2)) / (a - b)
        found *= each
    return found


def factored(value: Expr) -> Expr:
    """The factors: where there are roots of letters, and absolute values, in these."""
    back: dict[Basic, Expr] = {}
    for each in sorted(value.atoms(Abs), key=lambda part: part.count_ops()):
        letter = Dummy(nonnegative=True)
        squares = {sign * each.args[0] for sign in (1, -1)}
        value = value.xreplace({each: letter, **{x**2: letter**2 for x in squares}})
        back[letter] = each
    for each in {each.base for each in value.atoms(Pow) if each.exp.is_Rational and not each.exp.is_Integer}:
        if each.is_Symbol and each not in back:
            letter = Dummy(nonnegative=True)
            value = value.xreplace({each: letter**2}).replace(
                lambda part, x=letter: isinstance(part, Pow) and part.base == x**2,
                lambda part, x=letter: x ** (2 * part.exp),
            )
            back[letter] = each**HALF
    return factor(together(value)).xreplace(back)


def conditions_text(k: Symbol, conditions: Range) -> str:
    return ", ".join(
        [str(k), *(f"{k} {CONDITIONS[type(each)]} {plain(each.args[0])}" for each in conditions)][
            -max(1, len(conditions)) :
        ]
    )


def renamed(tree: Any, names: dict[str, str]) -> Any:
    """A derivation about numbers with what they stand for."""
    if isinstance(tree, dict):
        return {
            key: value if key in ("op", "order", "compare") else renamed(value, names) for key, value in tree.items()
        }
    if isinstance(tree, list):
        return [renamed(each, names) for each in tree]
    if isinstance(tree, str) and names:
        return re.sub(rf"(?<![\w\[])({'|'.join(map(re.escape, names))})\b(?!\[)", lambda found: names[found[1]], tree)
    return tree


def bracketed(text: str) -> str:
    """The text, in brackets where it is no single word."""
    return text if closed(text) else f"({text})"
