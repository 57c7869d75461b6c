"""The sign of an expression, by its form: the set of signs that it can have, a subset of {-1, 0, 1}.

    Signs(scope, known, facts, budget).sign(term) -> {-1, 0, 1} or less
                                      .undefined(term) -> what is not seen to be defined, or None

Every rule gives such a set and all that apply are intersected: no rule is chosen, nothing is tried, the order does not
matter, and the empty set says that no point is left. A sign is strict if 0 is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property, reduce
from itertools import chain

from symbolic.kernel import terms as ast
from symbolic.kernel.facts import Facts, Letters, Told, at_hand
from symbolic.kernel.normal import NOTHING, Known, Normal, whole_exponent
from symbolic.kernel.numbers import sign_of_number
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.ring import ANY_SIGN, ONE, UNIT, Atom, Class, Factor, Polynomial, Quotient, Rational, atom, over
from symbolic.kernel.scope import Scope
from symbolic.kernel.sets import NOT_NEGATIVE, POSITIVE, ZERO_SIGN, Set, added, multiplied, of_number, to_power

Power = tuple[ast.Term, Rational]


class Signs:
    """Signs in a scope, by form and by facts."""

    def __init__(self, scope: Scope, known: Known, facts: Facts, still: Facts, budget: Budget) -> None:
        """`facts` are written with what is put in, `still` are the same facts without."""
        self.scope, self.known, self.facts, self.still, self.budget = scope, known, facts, still, budget
        self.field = Normal(scope, known, budget, self.of_form, self.near)
        self.found: dict[int, tuple[ast.Term, Set]] = {}  # what was worked out in this scope
        self.within: dict[object, tuple[ast.Term, Signs]] = {}

    def under(self, scope: Scope) -> Signs:
        return Signs(scope, self.known, self.facts, self.still, self.budget)

    def opened(self, t: ast.Binder, c: Class | None = None) -> Signs:
        """Under a binder, where its letter is a class, or any one of the range."""
        if (id(t), c) not in self.within:
            scope = self.scope.fixed({t.bound: c}) if c else self.scope.opened(t, self.budget.fresh())
            self.within[id(t), c] = t, self.under(scope)
        return self.within[id(t), c][1]

    @cached_property
    def at_rest(self) -> Signs:
        """The same with nothing put in: what is under a derivative moves."""
        return Signs(self.scope, NOTHING, self.still, self.still, self.budget)

    def near(self, x: Quotient) -> Set:
        """The signs near a point as well: by form alone, and what facts make strict, for x is continuous."""
        by_form = bare(self.scope, NOTHING, self.still.positive, self.budget).sign(x)
        if len(by_form) < 2 or any(a.kind in ("is>", "is=") for a in x.all_atoms()):
            return by_form
        s = self.at_rest.of_form(x)
        return by_form & s if 0 not in s else by_form

    def normal(self, t: ast.Term) -> Quotient | None:
        return self.field.seen(t, self.scope.at)

    # --- by the form of a term ---

    def sign(self, t: ast.Term) -> Set:
        """The signs that a term can have."""
        if id(t) not in self.found:
            self.budget.spend()
            s = self.of_term(t)
            if len(s) > 1 and t.is_number:
                s &= sign_of_number(t, self.budget)
            x = self.normal(t) if len(s) > 1 else None
            self.found[id(t)] = t, s if x is None else s & self.of_form(x)
        return self.found[id(t)][1]

    def of_term(self, t: ast.Term) -> Set:
        match t:
            case ast.Number(value):
                return of_number(value)
            case ast.Size() | ast.Exp():
                return POSITIVE
            case ast.Plus(terms):
                s = reduce(added, map(self.sign, terms), ZERO_SIGN)
                return s & self.gap(t) & self.together(t) if len(s) > 1 else s
            case ast.Times() | ast.Power(_, ast.Number()):
                return self.product(t)
            case ast.Power(base, _):
                return POSITIVE if self.sign(base) <= POSITIVE else ANY_SIGN  # (-1)^d, for d = 3, is -1
            case ast.Log(of):
                return self.sign(ast.minus(of, ast.ONE))
            case ast.Weighted(weight, of):
                return multiplied(self.sign(weight), self.sign(ast.Log(of))) | ({0} & self.sign(weight))
            case ast.Absolute(of):
                return frozenset(map(abs, self.sign(of)))
            case ast.Delta():
                return NOT_NEGATIVE
            case ast.Holds(of, op):
                return frozenset(int(x in ast.SIGNS[op]) for x in self.sign(of))
            case ast.Sum():
                return self.sum(t)
            case ast.Product():
                s = self.opened(t).sign(t.of)
                return s | POSITIVE if s <= NOT_NEGATIVE else ANY_SIGN
            case ast.Extreme():
                return self.opened(t).sign(t.of)
        return ANY_SIGN

    def sum(self, t: ast.Sum) -> Set:
        """Terms of one sign add up to it; strictly, if there is surely a class and all are so, or one that is named."""
        s = self.opened(t).sign(t.of)
        if {-1, 1} <= s:
            return ANY_SIGN
        found = s if self.scope.inhabited(t.range) else s | ZERO_SIGN
        return found - {0} if 0 in found and len(found) > 1 and self.witness(t) else found

    def together(self, t: ast.Plus) -> Set:
        """Sums over the same classes, added class by class.

        Needs: one range, and a rational number before each sum. Source: sums are added term by term.
        """
        parts = [_multiple_of_sum(each) for each in t.terms]
        sums = [each for each in parts if each is not None]
        if len(sums) < len(parts) or len(sums) < 2 or len({s.range for _, s in sums}) > 1:
            return ANY_SIGN
        bound = ast.Index(sums[0][1].bound.name, -self.budget.fresh())
        bodies = (ast.Times((ast.Number(Fraction(v)), ast.renamed(s.of, {s.bound: bound}))) for v, s in sums)
        return self.sign(ast.Sum(ast.Plus(tuple(bodies)), bound, sums[0][1].range))

    def witness(self, t: ast.Sum) -> bool:
        """Whether the term of a class that is named, and surely in the range, is not 0.

        Needs: no two terms with signs against one another, which `sum` sees. Source: a positive term makes such a sum
        positive.
        """
        inside = (c for c in self.scope.named if self.scope.within(c, t.range))
        return any(0 not in self.opened(t, c).sign(t.of) for c in inside)

    # --- products: equal factors pair off into squares ---

    def product(self, t: ast.Term) -> Set:
        found, open_ = POSITIVE, dict[Factor, Rational]()
        for f, e in factors_of(t):
            s = self.sign(f)
            x = self.normal(f) if {-1, 1} <= s else None
            if x is None or not x.num or e.denominator > 1:
                found = multiplied(found, to_power(s, e))
            else:
                number, keys = self.keys(x)
                found = multiplied(found, to_power(of_number(number), e))
                for k, d in keys.items():
                    open_[k] = open_.get(k, 0) + d * e
        return self.of_keys(found, open_)

    # --- gaps ---

    def gap(self, t: ast.Plus) -> Set:
        """w (u - 1 - log u), w (log u - 1 + 1/u), w (e^u - 1 - u), w (|u| - u), w (|u| + u) >= 0, for w >= 0.

        The first three are 0 only where u = 1, 1, 0 (or w = 0). Needs: for log, that u > 0. Source: convexity of exp.
        """
        found = ANY_SIGN
        for n, part in enumerate(t.terms):
            for above, weight, head in _headed(part):
                rest = self.normal(ast.Plus(t.terms[:n] + t.terms[n + 1 :]))
                signs, w, u = self.sign(weight), self.normal(weight), self.normal(head.of)
                if rest is not None and w is not None and u is not None and u.num:
                    found &= self.gap_of(head, above, (signs, w), u, rest)
        return found

    def gap_of(self, head: Head, above: bool, weight: tuple[Set, Quotient], u: Quotient, rest: Quotient) -> Set:
        """The signs of `rest` and w times the head (`above`), or less w times the head."""
        signs, w = weight
        field, wu = self.field, self.field.multiply(weight[1], u)
        match head, above:
            case ast.Absolute(), True:
                seen, apart = self.cancel(rest, wu) or self.cancel(rest, -wu), False
            case ast.Exp(), True:
                seen, apart = self.cancel(rest, field.add(w, wu)), 0 not in self.of_form(u)
            case ast.Log(), _:
                other = field.multiply(w, field.inverse(u)) if above else wu
                seen = self.of_form(other) <= NOT_NEGATIVE or self.sign(head.of) <= POSITIVE
                seen = seen and self.cancel(rest, field.subtract(w, other))
                apart = 0 not in self.of_form(field.subtract(u, ONE))
            case _:
                seen = apart = False
        if not seen or not signs <= NOT_NEGATIVE:
            return ANY_SIGN
        return POSITIVE if apart and signs == POSITIVE else NOT_NEGATIVE

    def cancel(self, x: Quotient, y: Quotient) -> bool:
        return not self.field.add(x, y).num

    # --- by the normal form ---

    def of_form(self, x: Quotient) -> Set:
        """The sign of a normal form: that of its factors, each by its terms and by facts, and what facts say of all."""
        if not x.num:
            return ZERO_SIGN
        number, keys = self.keys(x)
        found = self.of_keys(of_number(number), keys)
        if len(found) > 1 and all(self.plain_polynomial(f) for f, _ in x.den) and list(keys.values()) != [1]:
            content, poly = self.field.bare(x.num, self.plain) or (1, x.num)
            within = self.of_form(inner) if (inner := self.argument(poly)) is not None else ANY_SIGN
            found &= multiplied(of_number(content), self.told(poly) & within)
        return found

    def of_keys(self, found: Set, keys: dict[Factor, Rational]) -> Set:
        """The signs of a number whose signs are `found` times the powers of the polynomials in `keys`."""
        for f, e in keys.items():
            found = multiplied(found, form_to_power(self.of_factor(f), e))
        return found

    def keys(self, x: Quotient) -> tuple[Rational, dict[Factor, Rational]]:
        """A number and primitive polynomials with exponents, whose product has the sign of x; it need not be x.

        A factor e^u - e^v, or log u - log v, stands for u - v.
        """
        content, parts = x.factored()
        found: dict[Factor, Rational] = {}
        for f, e in parts:
            argument = self.argument(dict(f))
            if argument is not None and argument.num and e.denominator == 1:
                number, inner = self.keys(argument)
                content = content * number if e % 2 else content
                for g, d in inner.items():
                    found[g] = found.get(g, 0) + d * e
            else:
                found[f] = found.get(f, 0) + e
        return content, found

    def of_factor(self, f: Factor) -> Set:
        """The signs of a polynomial: of its monomials, each by its atoms, added; and what facts say of the whole."""
        self.budget.spend(len(f))
        s = ZERO_SIGN
        for m, v in f:
            s = added(s, reduce(multiplied, (form_to_power(self.of_atom(a), e) for a, e in m), of_number(v)))
        return s & self.told(dict(f)) if len(f) > 1 or len(f[0][0]) != 1 else s

    def of_atom(self, a: Atom) -> Set:
        """The signs of an atom: 1 at a glance, those of its kind (|f| >= 0, log f as f - 1), or what facts say."""
        if self.plain(a):
            return POSITIVE
        match a.kind:
            case "in" | "is>" | "is=":
                return NOT_NEGATIVE
            case "abs":
                return frozenset(map(abs, self.of_form(Quotient(dict(a.num)))))
            case "root":
                return self.of_form(Quotient(dict(a.num))) & NOT_NEGATIVE
            case "sum" if not {-1, 1} <= (s := self.of_form(a.body)):
                return (s | ZERO_SIGN) & self.told({((a, 1),): 1})
            case "log" if self.of_form(x := Quotient(dict(a.num))) <= POSITIVE:
                return self.of_form(self.field.subtract(x, ONE)) & self.told({((a, 1),): 1})
        return self.told({((a, 1),): 1})

    def plain(self, a: Atom) -> bool:
        """Positive at a glance: n, e^x, what a hypothesis calls positive, sums of such."""
        named = a.kind in ("n", "exp") or (a.kind, a.name) in self.facts.positive
        return named or (a.kind == "sum" and all(self.plain_polynomial(f) for f in (a.num, *(f for f, _ in a.den))))

    def plain_polynomial(self, f: Factor) -> bool:
        return all(v > 0 and all(self.plain(b) for b, _ in m) for m, v in f)

    # --- facts ---

    def stripped(self, x: Quotient, signs: Set) -> Told | None:
        """A fact without its positive factors; e^u - e^v and log u - log v as u - v."""
        if not x.num or any(not self.plain_polynomial(f) for f, _ in x.den):
            return None
        known = self.field.bare(x.num, self.plain)
        if known is None or known[1].keys() <= {UNIT}:
            return None
        content, poly = known
        signs = multiplied(of_number(content), signs)
        argument = self.argument(poly)
        return self.stripped(argument, signs) if argument is not None and argument.num else (poly, signs)

    def argument(self, f: Polynomial) -> Quotient | None:
        """u - v, for a factor e^u - e^v, or log u - log v of what is plainly positive; it has its sign.

        Needs: in a logarithm, that u and v are positive at a glance. Source: exp and log increase.
        """
        if sorted(f.values()) != [-1, 1]:
            return None
        if all(a.kind == "exp" for m in f for a, _ in m):
            return self.field.total(a.body.times(v * e) for m, v in f.items() for a, e in m)
        logs = [(m[0][0], v) for m, v in f.items() if len(m) == 1 and m[0][0].kind == "log" and m[0][1] == 1]
        if len(logs) == 2 and all(self.plain_polynomial(a.num) for a, _ in logs):
            return self.field.total(a.body.times(v) for a, v in logs)
        return None

    def told(self, poly: Polynomial) -> Set:
        """What the facts say of a polynomial, two at most and what is visible at a glance added."""
        return self.by_facts(poly, list(self.facts.told(self, at_hand(poly) or [*self.scope.named])), 2)

    def by_facts(self, poly: Polynomial, facts: list[Told], number: int) -> Set:
        """poly == a*h + rest has the signs of a*h, by the fact h, and of the rest, added; of at most `number` facts."""
        glance = ZERO_SIGN
        for m, v in poly.items():
            glance = added(glance, of_number(v) if all(self.plain(a) for a, _ in m) else ANY_SIGN)
        found = self.of_size(poly) & glance
        tops = {a for m in poly for a, _ in m if a.kind == "max" and a.classes <= {*at_hand(poly)}}
        above = chain.from_iterable(self.above_each(a, at_hand(poly)) for a in tops)
        for h, signs in chain(facts, above) if number else ():
            for by, rest in self.without(poly, h):
                if len(rest) <= len(poly) + 1:
                    found &= added(multiplied(of_number(by), signs), self.by_facts(rest, facts, number - 1))
        return found

    def without(self, poly: Polynomial, h: Polynomial) -> Iterator[tuple[Rational, Polynomial]]:
        """(a, rest) with poly == a*h + rest, for each a that leaves out a monomial."""
        for by in {over(poly[m], h[m]) for m in h if m != UNIT and m in poly}:
            yield by, self.field.plus(poly, h, -by)

    def of_size(self, poly: Polynomial) -> Set:
        """What is linear in n has its least value at the least n.

        Needs: a slope that does not lead back to 0. Source: a linear function is monotone.
        """
        size = ((Atom("n"), 1),)
        if not poly.keys() <= {UNIT, size} or size not in poly:
            return ANY_SIGN
        slope = poly[size]
        least = slope * self.scope.at_least() + poly.get(UNIT, 0)
        return of_number(slope) | of_number(least) if least * slope >= 0 else ANY_SIGN

    def above_each(self, a: Atom, mine: list[Class]) -> Iterator[Told]:
        """max over a range >= the value at each class that is surely in it.

        Needs: that it is surely there. Source: what a largest value is.
        """
        inside = (c for c in mine if self.in_where(a, c))
        gaps = (self.field.subtract(atom(a), self.field.body(a, c)) for c in inside)
        return filter(None, (self.stripped(gap, NOT_NEGATIVE) for gap in gaps))

    def in_where(self, a: Atom, c: Class) -> bool:
        return all(
            self.scope.differ(c, other) if kind == "!=" else self.scope.members.get((subset, c)) is (kind == "in")
            for kind, subset, other in a.where
        )

    # --- where it is defined ---

    def check_defined(self, *terms: ast.Term) -> None:
        """A point at which one of them says nothing would be forgotten."""
        for problem in filter(None, map(self.undefined, terms)):
            raise Refused(f"not seen to be defined: {problem}")

    def undefined(self, t: ast.Term) -> str | None:
        """What is not seen to be defined in a term, or None."""
        match t:
            case ast.Log(of) if not self.sign(of) <= POSITIVE:
                return "a logarithm of what may not be positive"
            case ast.Weighted(weight, of) if not self.weighted_defined(weight, of):
                return "a weighted logarithm of what may not be positive"
            case ast.Power(base, ast.Number(e)) if e < 0 and 0 in self.sign(base):
                return "a division by what may be 0"
            case ast.Power(base, ast.Number(e)) if e.denominator > 1 and -1 in self.sign(base):
                return "a root of what may be negative"
            case ast.Power(base, exponent) if not self.has_power(base, exponent):
                return "a power of what may not be positive"
            case ast.Diff(of, x):
                return self.at_rest.undefined(of) or self.at_rest.not_smooth(of, x)
            case ast.Extreme() if not self.scope.inhabited(t.range):
                return "a largest or smallest value over a range that may be empty"
        within = self.opened(t) if isinstance(t, ast.Binder) else self
        return next(filter(None, map(within.undefined, t.parts)), None)

    def has_power(self, base: ast.Term, exponent: ast.Term) -> bool:
        """Whether the exponent is a number, or whole and not negative, or the base is positive, or, for x > 0, 0."""
        least = NOT_NEGATIVE if self.sign(exponent) <= POSITIVE else POSITIVE
        return isinstance(exponent, ast.Number) or self.is_whole(exponent) or self.sign(base) <= least

    def is_whole(self, exponent: ast.Term) -> bool:
        """Whether u^x has a derivative wherever it is defined."""
        number = isinstance(exponent, ast.Number) and exponent.value.denominator == 1
        return number or ((x := self.normal(exponent)) is not None and whole_exponent(x) is not None)

    def weighted_defined(self, weight: ast.Term, of: ast.Term) -> bool:
        """The weight is not negative, and u is w v, v positive, or positive itself.

        Needs: that w is not 0 as a form. Source: w log u goes to 0 with w, where u is w times what stays positive.
        """
        w, u = self.normal(weight), self.normal(of)
        if not self.sign(weight) <= NOT_NEGATIVE or w is None or u is None or not w.num:
            return False
        return self.sign(of) <= POSITIVE or self.of_form(self.field.multiply(u, self.field.inverse(w))) <= POSITIVE

    def not_smooth(self, t: ast.Term, x: ast.Term) -> str | None:
        """What depends on x and is not seen to be smooth; what is not 0, or positive, is so near the point as well."""
        match t:
            case _ if not t.mentions(x):
                return None
            case ast.Absolute() | ast.Holds() | ast.Extreme():
                return "a derivative of what may have none"
            case ast.Weighted(_, of) if not self.sign(of) <= POSITIVE:
                return "a derivative of 0 log 0"
            case ast.Power(base, exponent) if not self.is_whole(exponent) and not self.sign(base) <= POSITIVE:
                return "a derivative of a power of what may be 0"
        within = self.opened(t) if isinstance(t, ast.Binder) else self
        return next(filter(None, (within.not_smooth(part, x) for part in t.parts)), None)


def bare(scope: Scope, known: Known, positive: Letters, budget: Budget) -> Normal:
    """Normal forms by which facts, and what is put in, are written: signs are those of positive letters only."""
    none = Facts((), Normal(scope, known, budget), positive)
    return Signs(scope, known, none, none, budget).field


def form_to_power(s: Set, e: Rational) -> Set:
    """The signs of f^e where f stands in a normal form: 1/f may be there without anything being divided by f.

    A sum over the classes outside of A is the whole sum less that over A, which may be undefined where the sum is not.
    """
    return ANY_SIGN if e < 0 and 0 in s else to_power(s, e)


def factors_of(t: ast.Term, e: Rational = 1) -> Iterator[Power]:
    """The factors of a product with their exponents; where it is defined, (1/u)^(-1) is u, and (u^(1/2))^2."""
    match t:
        case ast.Times(terms):
            for each in terms:
                yield from factors_of(each, e)
        case ast.Power(base, ast.Number(exponent)):
            yield from factors_of(base, e * exponent) if exponent.denominator == 1 else [(base, e * exponent)]
        case _:
            yield t, e


Head = ast.Log | ast.Exp | ast.Absolute


def _split(t: ast.Term) -> tuple[Rational, list[Power]]:
    """A number, and the other factors with their exponents, whose product a term is."""
    number: Rational = 1
    others: list[Power] = []
    for f, e in factors_of(t):
        if isinstance(f, ast.Number) and e == 1:
            number *= f.value
        else:
            others.append((f, e))
    return number, others


def _multiple_of_sum(t: ast.Term) -> tuple[Rational, ast.Sum] | None:
    """A rational multiple of a sum over classes, if a term is one."""
    match _split(t):
        case number, [(ast.Sum() as found, 1)]:
            return number, found
    return None


def _headed(t: ast.Term) -> Iterator[tuple[bool, ast.Term, Head]]:
    """(+ or -, weight, head) whose product a term is, the head a logarithm, an exponential or an absolute value."""
    number, factors = _split(t)
    for n, (f, e) in enumerate(factors if number else ()):
        if e == 1 and isinstance(f, ast.Log | ast.Exp | ast.Absolute | ast.Weighted):
            others = factors[:n] + factors[n + 1 :]
            weight = [ast.Power(g, ast.Number(Fraction(d))) if d != 1 else g for g, d in others]
            if isinstance(f, ast.Weighted):
                weight, f = [*weight, f.weight], ast.Log(f.of)
            yield number > 0, ast.Times((ast.Number(abs(Fraction(number))), *weight)), f
