"""Limits, by the form of an expression: one rule for each word, and for a product two that look at all its factors.

    read_limit(text, budget)       limit(f, x, a) op V, or None for another claim
    shown(leaf, E) -> Leaf | None  f == E near a, E goes to v by its form: v op V is left to show, at the point

The variable of a limit is bound. It becomes MOVING, which no text can say: no hypothesis, case or value is about it.
What is left to show of the claim by other lines is 0 == 1: that no point satisfies the hypotheses.
Nothing is taken from the claim's being defined: f, E, a, v and V have to be visibly so. What the rules say of an
expression holds because it is defined near the point. n is fixed while x moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import factorial, prod
from typing import NamedTuple, cast

from symbolic.kernel import terms as ast
from symbolic.kernel.leaf import Leaf
from symbolic.kernel.read import FIXED, Letters, Question, Reader, Relation, free_indices
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.ring import ANY_SIGN, ZERO, Class, Rational, over
from symbolic.kernel.scope import Scope
from symbolic.kernel.sets import POSITIVE, ZERO_SIGN, Set, multiplied, of_number, to_power
from symbolic.kernel.signs import Power, Signs, factors_of
from symbolic.kernel.syntax import MINUS_ONE, Call, Chain, Name, Node, Related, parse_claim

MOVING = ast.Scalar("what moves")
TEMPERATURE = ast.Times((ast.ONE, ast.Power(ast.LAMBDA, ast.number(-1))))  # T as it is read
LOGARITHM = ast.Log(MOVING)
TOP_DEGREE = 8  # of a polynomial in an exponent
ORDER = 12  # of a difference quotient
Coefficients = dict[int, ast.Term]  # of a polynomial in what moves, by degree


@dataclass(frozen=True, kw_only=True)
class LimitRelation(Relation):
    """limit(of, variable, end) sense value, and for all other lines a relation that is never true.

    For T the variable is lambda, and the end that of lambda. An end or a value that is a sign is oo or -oo.
    """

    of: ast.Term
    variable: ast.Scalar | ast.Entry
    end: ast.Term | int
    sense: ast.Operator
    value: ast.Term | int

    @property
    def from_the_right(self) -> bool:
        """lambda goes to 0 through what is positive; all other finite ends are reached from both sides."""
        return self.variable == ast.LAMBDA and self.end == ast.ZERO


# --- reading ---------------------------------------------------------------------------------------


def read_limit(text: str, budget: Budget) -> tuple[Question, Letters] | None:
    """What a claim about a limit says; None for one that has none on its left side."""
    tree, given = parse_claim(text)
    match tree:
        case Related(op, Call("limit", (of, variable, point)), value):
            reader = Reader(dict(FIXED), budget)
            relation = _relation(reader, reader.term(of), variable, _end(reader, point), op, _end(reader, value))
        case _:
            return None
    said = (relation.of, relation.variable, relation.end, relation.value)
    own = free_indices(*(each for each in said if isinstance(each, ast.Term)))
    return Question(relation, reader.given(given, own)), Letters(reader.kinds, own)


def _relation(
    reader: Reader, of: ast.Term, variable: Node, end: ast.Term | int, op: ast.Operator, value: ast.Term | int
) -> LimitRelation:
    x = ast.LAMBDA if variable == Name("T") else reader.term(variable)
    if not isinstance(x, ast.Scalar | ast.Entry) or x == ast.Scalar("pi"):
        raise Refused("the variable of a limit is an entry such as z[j], a scalar, lambda or T")
    if isinstance(end, ast.Term) and any(_may_be(x, each) for each in ast.inside(end)):
        raise Refused("the variable occurs in the point")
    if isinstance(value, int) and op != "==":
        raise Refused("a limit is compared with numbers")
    if x == ast.LAMBDA:
        end = _of_lambda(end, variable == Name("T"))
    return LimitRelation(ast.ZERO, "==", ast.ONE, of=of, variable=x, end=end, sense=op, value=value)


def _may_be(x: ast.Term, t: ast.Term) -> bool:
    """Whether a part of the point is the variable, or, under a binder, an entry of its family."""
    return t == x or (isinstance(t, ast.Entry) and t.index.binder > 0 and getattr(x, "family", "") == t.family)


def _of_lambda(end: ast.Term | int, inverse: bool) -> ast.Term | int:
    """Where lambda goes, if lambda or T = 1/lambda goes to an end."""
    if end == -1 or (isinstance(end, ast.Number) and end.value < 0):
        raise Refused("lambda and T are positive")
    if isinstance(end, int):
        return ast.ZERO if inverse else end
    if end == ast.ZERO:
        return 1 if inverse else ast.ZERO
    return ast.Power(end, ast.number(-1)) if inverse else end


def _end(reader: Reader, tree: Node) -> ast.Term | int:
    """A number, or the sign of oo, -oo."""
    match tree:
        case Name("oo"):
            return 1
        case Chain(first, (("*", Name("oo")),)) if first == MINUS_ONE:
            return -1
    return reader.term(tree)


# --- the variable is bound -------------------------------------------------------------------------


class _Binding(NamedTuple):
    """A term with MOVING in the place of the variable; 1/T is lambda, which is positive near the point.

    Of an entry z[i], a sum over k is the term at i and the sum over k != i, in which z[k] does not move.
    """

    variable: ast.Scalar | ast.Entry
    scope: Scope
    budget: Budget

    def term(self, t: ast.Term) -> ast.Term:
        return ast.rebuilt(t, self.leaf)

    def leaf(self, t: ast.Term) -> ast.Term | None:
        self.budget.spend()
        match t:
            case ast.Scalar() | ast.Entry():
                return MOVING if self.is_variable(t) else t
            case ast.Diff(of, variable):
                return ast.Diff(self.term(of), MOVING if self.is_variable(variable) else variable)
            case ast.Power(base, ast.Number(e)) if base == TEMPERATURE and self.variable == ast.LAMBDA:
                return _raised(MOVING, -e)
            case ast.Binder():
                return self.binder(t)
        return None

    def is_variable(self, t: ast.Scalar | ast.Entry) -> bool:
        match t, self.variable:
            case ast.Entry(family, index), ast.Entry(moving, i) if family == moving:
                return self.scope.same(self.scope.at[index], self.scope.at[i])
        return t == self.variable

    def binder(self, t: ast.Binder) -> ast.Term:
        """The class of the entry apart, where the body has its family: it is surely in the range, or surely not."""
        if not isinstance(self.variable, ast.Entry) or not t.of.mentions(self.variable):
            return replace(t, of=self.under(t).term(t.of))
        i = self.variable.index
        c = self.scope.at[i]
        here = self.scope.within(c, t.range)
        if not here and not self.scope.outside(c, t.range):
            raise Refused(f"say whether class {i} is in the range")
        others = t
        if c not in (self.scope.at[e] for e in t.range.excluded):
            others = replace(t, range=t.range._replace(excluded=(*t.range.excluded, i)))
        rest = replace(others, of=self.under(others).term(t.of))
        if not here:
            return rest
        at_i = self.term(ast.renamed(t.of, {t.bound: i}))
        if isinstance(t, ast.Extreme):
            raise Refused("an extreme of what moves")
        return (ast.Plus if isinstance(t, ast.Sum) else ast.Times)((at_i, rest))

    def under(self, t: ast.Binder) -> _Binding:
        return self._replace(scope=self.scope.opened(t, self.budget.fresh()))


# --- near the point --------------------------------------------------------------------------------


class To(NamedTuple):
    """The value that a term has at the point; of what moves to oo or -oo, a term that does not move."""

    term: ast.Term


class Infinite(NamedTuple):
    sign: int


Outcome = To | Infinite
Powers = list[Power]


def shown(leaf: Leaf, expression: ast.Term) -> Leaf | None:
    """v op V at the point, if f == E near it and E goes to v; nothing is left if both are oo, or both -oo."""
    relation = leaf.question.relation
    if not isinstance(relation, LimitRelation):
        raise Refused("the claim is not that a limit has a value")
    found, there = tends(leaf, relation, expression)
    match found, relation.value:
        case Infinite(sign), int(value) if sign == value:
            return None
        case To(v), ast.Term() as value:
            there.signs.check_defined(v, value)
            return there.about(Relation(v, relation.sense, value))
    raise Refused("it goes to another limit")


def tends(leaf: Leaf, relation: LimitRelation, expression: ast.Term) -> tuple[Outcome, Leaf]:
    """Where E goes, if it is the function near the point; and what is so at the point."""
    binding = _Binding(relation.variable, leaf.scope, leaf.budget)
    of, expression = binding.term(relation.of), binding.term(expression)
    there = leaf.assuming(*(Relation(MOVING, "==", end) for end in [relation.end] if isinstance(end, ast.Term)))
    limits = _near(leaf, relation, there)
    limits.check_defined(of, expression)
    if limits.field.subtract(limits.field.value(of, leaf.at), limits.field.value(expression, leaf.at)).num:
        raise Refused("the function and the expression are not seen to be equal")
    return limits.goes(expression), there


def _near(leaf: Leaf, relation: LimitRelation, there: Leaf) -> Limits:
    """x > 0 or x < 0 near oo, -oo; x > a or x != a near a, and x has the sign of a if that is strict."""
    end = relation.end
    if isinstance(end, int):
        given = [Relation(MOVING, ">" if end > 0 else "<", ast.ZERO)]
    else:
        leaf.signs.check_defined(end)  # without the facts that x == a would be about a
        given = [Relation(MOVING, ">" if relation.from_the_right else "!=", end)]
        sign = there.signs.sign(end)
        if relation.variable == ast.LAMBDA and not relation.from_the_right and not sign <= POSITIVE:
            raise Refused("lambda and T are positive")
        if sign <= POSITIVE or sign <= {-1}:
            given.append(Relation(MOVING, ">" if sign <= POSITIVE else "<", ast.ZERO))
    return Limits(end, there.signs, leaf.assuming(*given).signs)


class Limits(Signs):
    """Signs near the point, and limits; `there` are the signs at the point itself."""

    def __init__(self, end: ast.Term | int, there: Signs, near: Signs) -> None:
        super().__init__(near.scope, near.known, near.facts, near.still, near.budget)
        self.end, self.there = end, there
        self.outcomes: dict[int, tuple[ast.Term, Outcome]] = {}  # what was worked out in this scope

    def under(self, scope: Scope) -> Limits:
        return Limits(self.end, self.there.under(scope), super().under(scope))

    def opened(self, t: ast.Binder, c: Class | None = None) -> Limits:
        return cast(Limits, super().opened(t, c))

    def of_term(self, t: ast.Term) -> Set:
        """What goes to oo is positive near the point, and so is what goes to what is positive."""
        s = super().of_term(t)
        return s & self.by_limit(t) if len(s) > 1 and t.mentions(MOVING) else s

    def by_limit(self, t: ast.Term) -> Set:
        """u > 0 near the point where u goes to oo or to a > 0, and u < 0 where it goes to -oo or to a < 0.

        Needs: that a is not 0. Source: what a limit is.
        """
        try:
            found = self.goes(t)
        except Refused:
            return ANY_SIGN
        s = of_number(found.sign) if isinstance(found, Infinite) else self.there.sign(found.term)
        return s if 0 not in s else ANY_SIGN

    # --- one rule for each word ---

    def goes(self, t: ast.Term) -> Outcome:
        """Where a term goes that is defined near the point."""
        if id(t) not in self.outcomes:
            self.outcomes[id(t)] = t, self.goes_by_form(t)
        return self.outcomes[id(t)][1]

    def goes_by_form(self, t: ast.Term) -> Outcome:
        self.budget.spend()
        if not t.mentions(MOVING):
            return To(t)
        match t:
            case ast.Scalar():
                return Infinite(self.end) if isinstance(self.end, int) else To(t)
            case ast.Plus(terms):
                return self.limit_of_total(list(map(self.goes, terms)))
            case ast.Times() | ast.Exp() | ast.Power(_, ast.Number()):
                return self.limit_of_product(t)
            case ast.Power(base, exponent) if self.sign(base) <= POSITIVE:
                return self.goes(ast.Exp(ast.Times((exponent, ast.Log(base)))))
            case ast.Log(of):
                return self.limit_of_log(of)
            case ast.Absolute(of):
                found = self.goes(of)
                return Infinite(1) if isinstance(found, Infinite) else To(ast.Absolute(found.term))
            case ast.Sum():
                return self.limit_of_sum(t)
            case ast.Product() | ast.Extreme() if isinstance(found := self.opened(t).goes(t.of), To):
                return To(replace(t, of=found.term))
        raise Refused("no rule for this limit")

    def limit_of_total(self, parts: list[Outcome]) -> Outcome:
        """u + v goes to a + b; oo + b is oo, and oo - oo is refused."""
        ways = {each.sign for each in parts if isinstance(each, Infinite)}
        if len(ways) > 1:
            raise Refused("oo - oo")
        if ways:
            return Infinite(ways.pop())
        return To(ast.Plus(tuple(each.term for each in parts if isinstance(each, To))))

    def limit_of_sum(self, t: ast.Sum) -> Outcome:
        """Class by class, for n is fixed; to oo only if there is surely a class."""
        found = self.opened(t).goes(t.of)
        if isinstance(found, To):
            return To(replace(t, of=found.term))
        if not self.scope.inhabited(t.range):
            raise Refused("a sum to oo over a range that may be empty")
        return found

    def limit_of_log(self, of: ast.Term) -> Outcome:
        """log u goes to log a for a > 0, to oo with u, and to -oo if u goes to 0.

        Needs: that u is positive near the point, which the claim's being defined there says. Source: log is continuous.
        """
        found = self.goes(of)
        if isinstance(found, Infinite):
            return found
        s = self.there.sign(found.term)
        if s <= POSITIVE:
            return To(ast.Log(found.term))
        if s <= ZERO_SIGN:
            return Infinite(-1)
        raise Refused("the logarithm of what may go to 0")

    def limit_of_power(self, base: ast.Term, found: Outcome, e: Rational) -> Outcome:
        """u^e goes to a^e; to 0 or oo where u goes to oo; where u goes to 0 and e < 0, to oo with a sign."""
        if isinstance(found, Infinite):
            return Infinite(found.sign if e % 2 else 1) if e > 0 else To(ast.ZERO if e else ast.ONE)
        s = self.there.sign(found.term)
        if e >= 0 or 0 not in s:
            return To(_raised(found.term, e))
        near = to_power(self.sign(base), e)
        if s <= ZERO_SIGN and len(near) == 1:
            return Infinite(*near)
        raise Refused("a division by what may go to 0")

    # --- products ---

    def limit_of_product(self, t: ast.Term) -> Outcome:
        """The factors that do not move; what growth, or Taylor's theorem, says of some that do; each of the others."""
        factors = list(factors_of(t))
        fixed, moving = ([(f, e) for f, e in factors if f.mentions(MOVING) is yes] for yes in (False, True))
        parts: list[Outcome] = [self.goes(_raised(f, e)) for f, e in fixed]
        if isinstance(self.end, int):
            found, moving = self.growth(self.end, moving, fixed)
        else:
            found, moving = self.difference_quotient(self.end, moving)
        return self.limit_of_times([*parts, found, *(self.limit_of_factor(f, e) for f, e in moving)])

    def limit_of_factor(self, f: ast.Term, e: Rational) -> Outcome:
        """A power; e^u goes to e^a, to oo, to 0."""
        if not isinstance(f, ast.Exp) or e.denominator > 1:
            return self.limit_of_power(f, self.goes(f), e)
        found = self.goes(ast.Times((ast.Number(Fraction(e)), f.of)))
        if isinstance(found, To):
            return To(ast.Exp(found.term))
        return Infinite(1) if found.sign > 0 else To(ast.ZERO)

    def limit_of_times(self, parts: list[Outcome]) -> Outcome:
        """u v goes to a b; oo times what is visibly positive or negative has a sign, and oo times 0 is refused."""
        value = ast.Times(tuple(each.term for each in parts if isinstance(each, To)))
        ways = [each.sign for each in parts if isinstance(each, Infinite)]
        if not ways:
            return To(value)
        s = self.there.sign(value)
        if s <= POSITIVE or s <= {-1}:
            return Infinite(prod(ways) * (1 if s <= POSITIVE else -1))
        raise Refused("oo times what may go to 0")

    # --- growth: what moves goes to oo or -oo ---

    def growth(self, way: int, factors: Powers, fixed: Powers) -> tuple[Outcome, Powers]:
        """The factors x^a, e^U with U a polynomial in x, and powers of log x together, and what is left.

        Where e^U outgrows every power of x, it does so for x^c, c any number that does not move.
        """
        power = sum((e for f, e in factors if f == MOVING), start=Fraction(0))
        exponent, others = Coefficients(), Powers()
        for f, e in (each for each in factors if each[0] != MOVING):
            whole = isinstance(f, ast.Exp) and e.denominator == 1
            p = self.polynomial(ast.Times((ast.Number(Fraction(e)), *f.parts))) if whole else None
            if p is None:
                others.append((f, e))
            else:
                exponent = _added(exponent, p)
        slower = [(f, e) for f, e in others if f == LOGARITHM or _is_power(f)]
        left = [each for each in others if each not in slower]
        if exponent:
            found, outgrows = self.growth_of_exp(way, power, exponent, fixed)
            return found, left if outgrows else others
        if slower and self.there.sign(_total(power, slower)) <= {-1}:
            return To(ast.ZERO), left
        return self.limit_of_power(MOVING, Infinite(way), power), others

    def growth_of_exp(self, way: int, power: Rational, exponent: Coefficients, fixed: Powers) -> tuple[Outcome, bool]:
        """x^a e^U with U = d x^m + ..., d the highest coefficient that is not visibly 0; and if it outgrows all x^c.

        d < 0: 0 for every a; d > 0: oo. For d <= 0 and all others 0: [d = 0] e^U(0) if a = 0, and 0 if a < 0, or if a
        factor beside it is 0 wherever d is. At -oo, (-1)^m d decides.
        Needs: that d does not move. Source: e^x grows faster than every power of x.
        """
        high = [m for m in sorted(exponent, reverse=True) if m > 0 and not self.there.sign(exponent[m]) <= ZERO_SIGN]
        at_0 = ast.Exp(exponent.get(0, ast.ZERO))
        if not high:
            return self.limit_of_times([To(at_0), self.limit_of_power(MOVING, Infinite(way), power)]), False
        d = exponent[high[0]]
        s = multiplied(self.there.sign(d), of_number(way ** high[0]))
        if s <= {-1}:
            return To(ast.ZERO), True
        if s <= POSITIVE:
            return Infinite(1 if way > 0 or power % 2 == 0 else -1), way > 0
        if s <= {-1, 0} and len(high) == 1:
            if power < 0 or any(e > 0 and self.vanishes_with(d, f) for f, e in fixed):
                return To(ast.ZERO), False
            if power == 0:
                return To(ast.Times((ast.Holds(d, "=="), at_0))), False
        raise Refused("growth with an exponent whose sign is not visible")

    def polynomial(self, t: ast.Term) -> Coefficients | None:
        """The coefficients of a polynomial in x and 1/x, by degree; None for what is none."""
        if not t.mentions(MOVING):
            return {0: t}
        match t:
            case ast.Scalar():
                return {1: ast.ONE}
            case ast.Plus(terms):
                parts = [each for each in map(self.polynomial, terms) if each is not None]
                return reduce(_added, parts) if len(parts) == len(terms) else None
            case ast.Times(terms):
                return self.polynomial_product(terms)
            case ast.Power(base, ast.Number(e)) if e.denominator == 1:
                inner = self.polynomial(base)
                if inner is not None and len(inner) == 1:
                    ((m, c),) = inner.items()
                    return {m * int(e): _raised(c, e)}
                return self.polynomial_product((base,) * int(e)) if 0 < e <= TOP_DEGREE else None
        return None

    def polynomial_product(self, factors: Iterable[ast.Term]) -> Coefficients | None:
        found: Coefficients = {0: ast.ONE}
        for each in map(self.polynomial, factors):
            if each is None or len(each) * len(found) > TOP_DEGREE**2:
                return None
            before, found = found, {}
            for m, c in before.items():
                self.budget.spend(len(each))
                found = _added(found, {m + k: ast.Times((c, b)) for k, b in each.items()})
        return found

    def vanishes_with(self, d: ast.Term, factor: ast.Term) -> bool:
        """Whether a factor is 0 wherever d is: it has all factors of d.

        Needs: that nothing is divided by. Source: a product is 0 where a factor is.
        """
        x, y = self.there.normal(factor), self.there.normal(d)
        if x is None or y is None or not x.num or not y.num:
            return False
        (_, mine), (_, wanted) = self.there.keys(x), self.there.keys(y)
        return all(e > 0 for e in (*mine.values(), *wanted.values())) and wanted.keys() <= mine.keys()

    # --- difference quotients: what moves goes to a number ---

    def difference_quotient(self, end: ast.Term, factors: Powers) -> tuple[Outcome, Powers]:
        """h/(x - a)^m goes to h^(m)(a)/m!, if h, h', ..., h^(m-1) are 0 at a, and h is smooth there.

        With fewer of them 0, h/(x - a)^r goes to h^(r)(a)/r!, and a power of x - a is left. And x^a (log x)^b goes to 0
        for a > 0, x > 0. Source: Taylor's theorem.
        """
        gap = ast.minus(MOVING, end)
        number, power, rest = Fraction(1), Fraction(0), Powers()
        for f, e in factors:
            c = self.multiple_of(gap, f) if e.denominator == 1 else None
            if c is None:
                rest.append((f, e))
            else:
                number, power = number * Fraction(c) ** int(e), power + e
        smooth = [(f, e) for f, e in rest if power < 0 and not self.there.undefined(ast.Diff(_raised(f, e), MOVING))]
        h: ast.Term = ast.Times(tuple(_raised(f, e) for f, e in smooth))
        order = 0
        while order < -power and order < ORDER and self.there.normal(h) == ZERO:
            h, order = ast.Diff(h, MOVING), order + 1
        if order:
            left = [(gap, power + order)] * (power + order != 0) + [each for each in rest if each not in smooth]
            return To(ast.Times((ast.Number(number / factorial(order)), h))), left
        slower = [(f, e) for f, e in rest if f == LOGARITHM or _is_power(f)]
        if end == ast.ZERO and (LOGARITHM in dict(slower)) and self.there.sign(_total(power, slower)) <= POSITIVE:
            return To(ast.ZERO), [each for each in rest if each not in slower]
        return To(ast.ONE), factors

    def multiple_of(self, gap: ast.Term, f: ast.Term) -> Rational | None:
        """The rational number c with f == c*gap.

        Needs: normal forms of both. Source: proportional polynomials have proportional coefficients.
        """
        x, y = self.normal(f), self.normal(gap)
        if x is None or y is None or not x.num or not y.num:
            return None
        m = next(iter(y.num))
        c = over(x.num.get(m, 0), y.num[m])
        return c if c and not self.field.subtract(x, y.times(c)).num else None


def _is_power(t: ast.Term) -> bool:
    """x^c, where c does not move."""
    return isinstance(t, ast.Power) and t.base == MOVING and not t.exponent.mentions(MOVING)


def _total(power: Rational, factors: Powers) -> ast.Term:
    """The exponent of x in x^power and all factors x^c together."""
    symbolic = (ast.Times((ast.Number(Fraction(e)), f.exponent)) for f, e in factors if isinstance(f, ast.Power))
    return ast.Plus((ast.Number(Fraction(power)), *symbolic))


def _raised(t: ast.Term, e: Rational) -> ast.Term:
    return t if e == 1 else ast.Power(t, ast.Number(Fraction(e)))


def _added(p: Coefficients, q: Coefficients) -> Coefficients:
    """The sum of two polynomials."""
    both = {m: ast.Plus((p[m], q[m])) for m in p.keys() & q.keys()}
    return {**p, **q, **both}
