"""Random hypotheses times random conclusions, broad over structure: most of them are false.

    drawn(rng, number) -> Drawn      a plain claim, and the names that it has in Python

All of a claim is about few families, scalars and classes, and its terms are made of a few ingredients, so that
hypotheses speak of the same terms as one another and as the conclusion. A conclusion is what a proof by mistake would
give: a sign, that a root of a square is what was squared, that two entries are equal, what follows from a hypothesis if
it is read wrongly, that f is increasing, or what is false whatever is given.

>>> from random import Random
>>> len({str(drawn(Random(seed)).claim) for seed in range(100)}) > 90
True
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

from tests.search.plain import (
    DENIED,
    All,
    Call,
    Classes,
    Condition,
    Constant,
    Entry,
    Extremes,
    Hypothesis,
    Infix,
    Name,
    Over,
    Plain,
    Relation,
    Size,
    Term,
    at_class,
    letters,
    parts,
)

__all__ = ["Drawn", "drawn"]

ORDER = ("<", "<=", ">", ">=")
SCALARS = ["c", "d"]
OPERATORS = (*ORDER, "==", "!=")
NUMBERS = [Fraction(each) for each in (0, 0, 0, 1, 1, -1, 2, 7)] + [Fraction(1, 2), Fraction(1, 100)]
THRESHOLDS = [*NUMBERS, Fraction(10**6), Fraction(17, 11), Fraction(1, 10**5)]
CALLED = ["max {}", "min {}", "base {}", "big {}", "argmax {}", "where 0", "all classes"]  # with blanks,
CALLED += ["{}'", "{}.", "{}*", ".", "0'", "1#", "n"]  # or with an ending that means something to somebody


@dataclass(frozen=True)
class Drawn:
    """A claim; `called` says which of its names are others in Python."""

    claim: Plain
    called: dict[str, str] = field(default_factory=dict)


def drawn(rng: Random, number: int = 0) -> Drawn:
    """A random claim; of ten numbers one gives hypotheses that may clash, and one a sum that may be misread."""
    strange = rng.random() < 0.12
    writer = Writer(rng, strange)
    claim = {4: writer.clashing, 9: writer.misread}.get(number % 10, writer.claim)()
    if strange and (names := _names(claim)):
        old = rng.choice(names)
        return Drawn(claim, {old: rng.choice(CALLED).format(rng.choice([writer.families[0], old]))})
    return Drawn(claim)


def _names(claim: Plain) -> list[str]:
    """The scalars, subsets and free indices of a claim."""
    found = set(letters(claim.said))
    for each in parts(claim):
        match each:
            case Name(name) if name not in ("n", "lambda"):
                found.add(name)
            case Size(name) | Condition("in" | "not in", name) | Classes(_, "in" | "not in", name) | Extremes(name):
                found.add(name)
    return sorted(found)


def number(of: Fraction | int) -> Term:
    return Constant(Fraction(of))


ZERO, ONE, TWO = map(number, range(3))


class Writer:
    """What one claim is made of."""

    def __init__(self, rng: Random, strange: bool = False) -> None:
        self.rng = rng
        self.strange = strange  # whether names will be strange ones, which is seen where they occur
        self.families = rng.sample(["y", "z", "x"], rng.choice([1, 1, 2, 2, 3]))
        self.indices = rng.choice(["i", "ij", "ij"])
        self.scalars = SCALARS[:1] if strange else rng.choice([[], SCALARS[:1], SCALARS])
        self.fine = rng.random() < 0.15  # whether p takes part
        self.pool: list[Term] = []  # terms about the class k, to be used again
        self.pool = [self.about("k", rng.choice([0, 1, 1, 2])) for _ in range(rng.choice([1, 2, 2]))]

    # --- claims ----------------------------------------------------------------------------------

    def claim(self) -> Plain:
        many = self.rng.choice([0, 1, 1, 1, 2, 2, 3])
        given = [self.hypothesis() for _ in range(many)]
        said = self.conclusion(given)
        free = letters(said)
        given += self.sizes() + self.of_classes(sorted(free))
        return Plain(said, tuple(dict.fromkeys(each for each in given if _is_read(each, free))))

    def clashing(self) -> Plain:
        """Two hypotheses about the same entries, one of them for the other classes only; there may be none of these."""
        about = self.rng.choice([self.entry("k"), self.pooled("k")])
        one, other = (Relation(about, self.rng.choice(OPERATORS), self.constant()) for _ in range(2))
        others = All(one, "k", (Condition("!=", self.at()),))
        given = [
            others,
            self.rng.choice([other, All(other, "k"), All(other, "k", self.conditions("k"))]),
            *self.sizes(),
        ]
        return Plain(self.rng.choice([self.absurd, self.absurd, self.of_two])(), tuple(given))

    def misread(self) -> Plain:
        """A hypothesis with a sum about the class that it is about, and what it gives if that sum is read wrongly."""
        bound = self.rng.choice(["l", "l", "k", "i"])
        body = Infix(self.entry(bound), self.rng.choice("***+-"), self.entry("k"))
        stated = Relation(self.pooled("k"), self.rng.choice(ORDER), Over("sum", body, bound, self.aside(bound, "k")))
        head, reading = self.rng.choice(["sum", "mean"]), self.rng.choice([unfolded, captured])
        first = Over(head, stated.first, "k")
        second = Over(self.rng.choice([head, "sum"]), reading(stated.second), "k")
        given = [self.rng.choice([stated, All(stated, "k"), All(stated, "k", self.conditions("k"))])]
        given += [self.hypothesis()] if self.rng.random() < 0.3 else []
        return Plain(Relation(first, self.rng.choice([stated.op, stated.op[0] + "="]), second), (*given, *self.sizes()))

    def sizes(self) -> list[Hypothesis]:
        if self.rng.random() < 0.55:
            return []
        op, many = self.rng.choice([("==", 1), ("==", 2), ("==", 2), ("==", 3), (">=", 2), ("<=", 2)])
        return [Relation(Name("n"), op, number(many))]

    def of_classes(self, free: list[str]) -> list[Hypothesis]:
        found: list[Hypothesis] = []
        if len(free) > 1 and self.rng.random() < 0.25:
            found.append(Classes(free[0], self.rng.choice(["!=", "!=", "=="]), free[1]))
        for each in free:
            if self.rng.random() < (0.5 if self.strange else 0.12):
                found.append(Classes(each, self.rng.choice(["in", "in", "not in"]), "A"))
        return found

    # --- hypotheses ------------------------------------------------------------------------------

    def hypothesis(self) -> Hypothesis:
        draw = self.rng.random()
        if draw < 0.35:
            return All(self.relation("k"), "k", self.conditions("k"))
        if draw < 0.55:
            return self.relation("k")
        if draw < 0.65:
            return self.relation(self.rng.choice(self.indices))
        if draw < 0.75:
            return Relation(self.count(), self.rng.choice(OPERATORS), self.few())
        if draw < 0.88:
            return Relation(self.whole(), self.rng.choice(OPERATORS), self.rng.choice([self.whole(), self.constant()]))
        if draw < 0.92:
            return Extremes("A", self.rng.choice(["argmax", "argmin"]), self.rng.choice(self.families))
        if draw < 0.95:
            return self.attained()
        power = self.rng.choice([ONE, ONE, ONE, TWO, number(3)])  # c^1 == d: what reads c == d is about indices
        return Relation(Infix(self.scalar(), "^", power), self.rng.choice(OPERATORS), self.constant())

    def relation(self, at: str) -> Relation:
        """Between terms about one class."""
        first = self.pooled(at)
        second = self.constant() if self.rng.random() < 0.6 else self.pooled(at)
        return Relation(first, self.rng.choice(OPERATORS), second)

    def attained(self) -> Relation:
        family = self.rng.choice(self.families)
        best = Over(self.rng.choice(["max", "min"]), Entry(family, "k"), "k")
        return Relation(Entry(family, self.rng.choice(self.indices)), "==", best)

    def conditions(self, bound: str) -> tuple[Condition, ...]:
        others = [each for each in self.indices if each != bound]
        choices: list[tuple[Condition, ...]] = [(), (), (Condition("in", "A"),), (Condition("not in", "A"),)]
        choices += [(Condition("!=", each),) for each in others] * 2
        return self.rng.choice(choices)

    # --- terms -----------------------------------------------------------------------------------

    def constant(self) -> Term:
        return number(self.rng.choice(NUMBERS)) if self.rng.random() < 0.8 else self.scalar()

    def scalar(self) -> Term:
        return Name(self.rng.choice(self.scalars)) if self.scalars else Name("lambda")

    def few(self) -> Term:
        return self.rng.choice([ZERO, ONE, ONE, ONE, TWO, Name("n"), Size("A")])

    def pooled(self, at: str) -> Term:
        """A term about a class, mostly one that occurs elsewhere too."""
        draw = self.rng.random()
        if draw < 0.45:
            return at_class(self.rng.choice(self.pool), "k", at)
        return self.entry(at) if draw < 0.7 else self.about(at, 1)

    def entry(self, at: str) -> Term:
        family = "p" if self.fine and self.rng.random() < 0.4 else self.rng.choice(self.families)
        return Entry(family, at)

    def about(self, at: str, depth: int) -> Term:
        """A term about the class."""
        if depth <= 0:
            return self.entry(at)
        inner = self.about(at, depth - 1)
        ways: list[Callable[[], Term]] = [
            lambda: Call("log", inner),
            lambda: Call("sqrt", inner),
            lambda: Infix(inner, "^", Constant(Fraction(1, 2))),
            lambda: Call("abs", inner),
            lambda: Call("exp", inner),
            lambda: Infix(inner, "^", TWO),
            lambda: Infix(ONE, "/", inner),
            lambda: Infix(inner, "-", self.constant()),
            lambda: Infix(inner, "-", self.entry(self.rng.choice([at, *self.indices]))),
            lambda: Infix(inner, self.rng.choice("+-*"), self.entry(at)),
            lambda: Infix(inner, "*", self.scalar()),
            lambda: Infix(self.scalar(), "^", inner),
            lambda: self.mixed(at),
            lambda: self.mixed(at),
            lambda: self.mixed(at),
            lambda: self.extreme_of_others(at),
            lambda: self.extreme_of_others(at),
        ]
        return self.rng.choice(ways)()

    def mixed(self, at: str) -> Term:
        """A sum over classes of what is about this class too; sometimes its letter is one that is used outside."""
        bound = self.rng.choice(["l", "l", "l", "k", "i"])
        other = Entry(self.rng.choice(self.families), bound)
        body = Infix(other, self.rng.choice("**-"), self.entry(at))
        return Over(self.rng.choice(["sum", "sum", "max", "prod"]), body, bound, self.aside(bound, at))

    def extreme_of_others(self, at: str) -> Term:
        bound = "l" if at != "l" else "m"
        other = Entry(self.rng.choice(self.families), bound)
        return Over(self.rng.choice(["max", "max", "min", "sum"]), other, bound, (Condition("!=", at),))

    def aside(self, bound: str, at: str) -> tuple[Condition, ...]:
        return (Condition("!=", at),) if self.rng.random() < 0.3 and at != bound else ()

    def count(self) -> Term:
        bound = self.rng.choice("kkl")
        relation = Relation(self.pooled(bound), self.rng.choice(OPERATORS), number(self.rng.choice(THRESHOLDS)))
        return Over("count", relation, bound, self.conditions(bound))

    def whole(self) -> Term:
        """A term about all classes."""
        draw = self.rng.random()
        if draw < 0.15:
            return self.count()
        if draw < 0.25:
            return self.few()
        bound = self.rng.choice(["k", "k", "l", "i"])
        head = self.rng.choice(["sum", "sum", "max", "min", "mean", "prod"])
        body = self.pooled(bound)
        if self.rng.random() < 0.25:
            body = Infix(self.entry(bound), "*", body)
        return Over(head, body, bound, () if head == "mean" else self.conditions(bound))

    # --- conclusions -----------------------------------------------------------------------------

    def conclusion(self, given: list[Hypothesis]) -> Relation:
        ways = [self.absurd, self.of_sign, self.of_sign, self.of_two, self.of_count, self.anything]
        ways += [self.increasing, self.increasing]
        stated = [each.of if isinstance(each, All) else each for each in given]
        relations = [each for each in stated if isinstance(each, Relation)]
        if relations and self.rng.random() < 0.35:
            said = self.consequence(self.rng.choice(relations))
        else:
            said = self.rng.choice(ways)()
        return self.only_where_defined(said) if self.rng.random() < 0.15 else said

    def at(self) -> str:
        return self.rng.choice(self.indices)

    def absurd(self) -> Relation:
        """False wherever it is defined, or nearly so."""
        p = Entry("p", self.at())
        return self.rng.choice(
            [
                Relation(p, "<", ZERO),
                Relation(p, "==", number(3)),
                Relation(self.entry(self.at()), "==", number(17)),
                Relation(self.scalar(), "==", Infix(number(3), "*", p)),
            ]
        )

    def of_sign(self) -> Relation:
        """That a term is not negative, in one way or another."""
        one = self.pooled(self.at())
        if self.rng.random() < (0.8 if self.strange else 0.3):
            one = Infix(one, "-", self.rng.choice([self.scalar(), self.pooled(self.at())]))
        over = Over("sum", self.pooled("k"), "k", self.conditions("k"))
        return self.rng.choice(
            [
                Relation(Call("abs", one), "==", one),
                Relation(Call("sqrt", Infix(one, "^", TWO)), "==", one),
                Relation(Call("abs", one), "<=", one),
                Relation(one, self.rng.choice([">=", ">", "!="]), ZERO),
                Relation(over, self.rng.choice([">=", ">"]), ZERO),
                Relation(Infix(over, "+", Infix(self.whole(), "^", TWO)), ">=", ZERO),
                Relation(Infix(one, "*", self.whole()), ">=", ZERO),
                Relation(Infix(over, "*", self.whole()), ">=", ZERO),
            ]
        )

    def of_two(self) -> Relation:
        """Between the same term at two classes."""
        one, other = self.indices[0], self.indices[-1]
        about = self.rng.choice([self.entry(one), self.pooled(one)])
        whole = at_class(about, one, other) if one != other else self.whole()
        return Relation(about, self.rng.choice(["==", "<=", "<", ">=", "!="]), whole)

    def of_count(self) -> Relation:
        return Relation(self.count(), self.rng.choice(["==", "<=", ">=", ">="]), self.few())

    def anything(self) -> Relation:
        first, second = (self.rng.choice([self.whole, lambda: self.pooled(self.at())])() for _ in range(2))
        return Relation(first, self.rng.choice(OPERATORS), second)

    def increasing(self) -> Relation:
        """f(a) <= f(b) for an a that is at most b, and an f that may not be increasing."""
        if self.rng.random() < 0.5:
            a, b = self.entry(self.indices[0]), self.entry(self.indices[-1])
        else:
            a, b = Entry("p", self.indices[0]), Entry("p", self.indices[-1])
        less, more = self.rng.choice(
            [
                (Call("abs", Infix(a, "-", b)), Infix(a, "+", b)),
                (Call("abs", Infix(a, "-", b)), Infix(a, "+", b)),
                (Call("abs", Infix(a, "-", b)), Infix(Call("abs", a), "+", Call("abs", b))),
                (a, Call("abs", a)),
                (Infix(a, "+", b), Infix(Call("abs", a), "+", Call("abs", b))),
                (a, Over("max", at_class(a, self.indices[0], "k"), "k")),
            ]
        )
        of = self.function()
        return Relation(of(less), self.rng.choice(["<=", "<=", "<"]), of(more))

    def function(self) -> Callable[[Term], Term]:
        """Of one variable, which may occur more than once."""
        c = self.scalar()
        simple: list[Callable[[Term], Term]] = [
            lambda t: t,
            lambda t: Infix(t, "^", TWO),
            lambda t: Call("exp", Infix(c, "*", t)),
            lambda t: Infix(c, "^", t),
            lambda t: Call("exp", t),
            lambda t: Infix(c, "*", t),
            lambda t: Infix(t, "/", Infix(ONE, "+", t)),
            lambda t: Call("log", Infix(ONE, "+", t)),
            lambda t: Call("sqrt", t),
            lambda t: Call("tanh", t),
        ]
        one, other = self.rng.choice(simple), self.rng.choice(simple)
        op = self.rng.choice(["", "*", "*", "+", "after"])
        if not op:
            return one
        if op == "after":
            return lambda t: one(other(t))
        return lambda t: Infix(one(t), op, other(t))

    def consequence(self, stated: Relation) -> Relation:
        """What a hypothesis gives, or would give if it were about other classes, or were read wrongly."""
        at, whole = self.at(), self.rng.choice(["sum", "mean", "max", "min"])
        op = self.rng.choice([stated.op, stated.op, stated.op.rstrip("=") + "=", DENIED[stated.op]])
        op = "==" if op in ("=", "!==") else op
        misread = self.rng.choice([lambda term: term, lambda term: term, unfolded, captured])
        first, second = misread(stated.first), misread(stated.second)
        if self.rng.random() < 0.5:
            return Relation(at_class(first, "k", at), op, at_class(second, "k", at))
        conditions = () if whole == "mean" else self.conditions("k")
        weight = self.rng.choice([None, None, self.entry("k")])
        sides = (each if weight is None else Infix(weight, "*", each) for each in (first, second))
        made = [Over(self.rng.choice([whole, whole, "sum"]), side, "k", conditions) for side in sides]
        made = [replace(each, conditions=()) if each.head == "mean" else each for each in made]
        return Relation(made[0], op, made[1])

    def only_where_defined(self, said: Relation) -> Relation:
        """The same where a term is defined that has nothing to do with it."""
        one = self.pooled(self.at())
        if self.rng.random() < 0.5:
            one = Infix(one, "-", self.scalar())
        made = self.rng.choice([Call("log", one), Call("sqrt", one), Infix(ONE, "/", one), self.whole()])
        if self.rng.random() < 0.3:
            made = Over("sum", at_class(made, self.indices[0], "k"), "k", self.conditions("k"))
        return Relation(Infix(made, "+", said.first), said.op, Infix(made, "+", said.second))


def unfolded(term: Term) -> Term:
    """The body of a sum at the class outside of it."""
    return at_class(term.of, term.bound, "k") if isinstance(term, Over) and term.head != "count" else term


def captured(term: Term) -> Term:
    """A sum whose bound class has taken the place of the one outside of it."""
    return replace(term, of=at_class(term.of, "k", term.bound)) if isinstance(term, Over) else term


def _is_read(each: Hypothesis, free: set[str]) -> bool:
    """Whether the hypothesis may be stated: indices are compared only if they are free in the relation."""
    if isinstance(each, Classes):
        return {each.first, *({each.second} if "=" in each.op else ())} <= free
    return True
