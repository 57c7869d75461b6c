"""Inequalities between polynomials by z3: what the kernel's own methods leave open, in each of its cases.

    compare(claim, candidates) -> Holds | Open      z3 named in `rests_on`; points that may refute are appended

The kernel brings the difference of the sides to a polynomial in its generators. Here each generator is a real number
of which only such things are told as are true wherever the claim counts: signs, hypotheses, that e^x grows, the
inequality of Cauchy and Schwarz between sums. If no real numbers satisfy them and the claim's negation, the claim
holds in this case; that nobody but z3 has seen it is said. Real numbers that do satisfy them prove nothing: where
they are entries and scalars they are a point to look at, for those who look exactly.

z3 is loaded when it is needed; without it nothing is decided here.

>>> from symbolic.language.parser import parse_claim
>>> compare(parse_claim("a^4*b^2 + a^2*b^4 + 1 >= 3*a^2*b^2"), []).rests_on
('z3',)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from importlib.util import find_spec
from itertools import combinations_with_replacement, permutations
from math import inf, lcm
from operator import mul
from typing import Any

from sympy import Expr, Integer, Rational, log
from sympy.polys.domains import QQ

from symbolic.deadline import check, left, undisturbed
from symbolic.language.claims import Claim, Point
from symbolic.language.errors import Undefined, Unsupported
from symbolic.points.names import free_names
from symbolic.search.form.attempt import Attempt, Question
from symbolic.search.form.equality import Holds, Open
from symbolic.search.form.facts import Fact, cleared, equations, negative, stated
from symbolic.search.form.generators import Abs, Entry, Exp, In, Moment, Scalar
from symbolic.search.form.moments import Field
from symbolic.search.form.names import Name
from symbolic.search.form.wording import written
from symbolic.search.limits.laurent import (
    Monomial,
    Polynomial,
    add,
    as_polynomial,
    constant,
    generators,
    monomial_product,
    polynomial_product,
    polynomial_sum,
)
from symbolic.search.order.inequality import in_case, questions, together
from symbolic.search.simplex import combination

__all__ = ["compare"]

EFFORT = 2_000_000  # z3's own count of its steps in one case: the same on every machine
MEMORY = 500  # megabytes
DIGITS = 10  # of a value that is not rational
TERMS, GENERATORS = 400, 12  # of a question that is asked

Condition = tuple[Polynomial, str]  # the polynomial is > 0, >= 0, == 0, != 0, < 0, <= 0
Clause = tuple[Condition, ...]  # one of them holds


def compare(claim: Claim, candidates: list[Point]) -> Holds | Open:
    """Whether the inequality holds in every case, by z3 or else by the kernel."""
    if find_spec("z3") is None:
        return Open("z3 is not installed")
    held: list[Holds] = []
    missed = 0
    try:
        for question in questions(claim):
            outcome: Holds | Open | None = _by_z3(claim, question, candidates)
            if outcome is None and not missed:  # one case that is open is enough for the claim to be
                outcome = in_case(question, combination)
            held += [outcome] if isinstance(outcome, Holds) else []
            missed += not isinstance(outcome, Holds)
    except Unsupported as problem:
        return Open(str(problem))
    return Open("z3 does not see it either") if missed else together(held)


def _by_z3(claim: Claim, question: Question, candidates: list[Point]) -> Holds | None:
    """The case as z3 sees it; None if it sees nothing."""
    try:
        attempt = Attempt(question, combination)
        problem: _Problem | None = attempt.field.settle(lambda: _problem(attempt))
    except (Undefined, Unsupported):
        return None
    if problem is None:
        return None
    seen = (f"{written(problem.field, problem.negation[0][0])} {SHOWN[question.claim.op]} 0, by z3",)
    found = _Asked(problem.field, [*problem.known, problem.negation])
    if found.impossible:
        vacuous = bool(question.claim.given) and _Asked(problem.field, problem.known).impossible
        return Holds(vacuous=True, rests_on=("z3",)) if vacuous else Holds((question.where,), False, seen, ("z3",))
    point = None if found.values is None else _point(claim, question, problem.field, found.values)
    candidates += [point] if point else []
    return None


# --- what is asked -------------------------------------------------------------------------------


@dataclass
class _Problem:
    """What is known in a case, and what would refute the claim there."""

    field: Field
    known: list[Clause]
    negation: Clause


# of the larger side less the smaller one
SHOWN = {"<": ">", ">": ">", "<=": ">=", ">=": ">=", "!=": "!="}
REFUTED_BY = {"<": "<=", ">": "<=", "<=": "<", ">=": "<", "!=": "=="}


def _problem(attempt: Attempt) -> _Problem | None:
    field, given = attempt.field, attempt.claim.given
    difference = attempt.difference(field)
    poly = cleared(field, difference)
    if not _is_plain(poly) or len(poly) > TERMS:
        return None
    reduction = attempt.reduction(field)
    clauses: list[Clause] = [((as_polynomial(factor), "!="),) for factor in difference.den]
    clauses += [_of_fact(each) for each in stated(field, given, reduction, [])]
    clauses += [((each, "=="),) for each in equations(field, given)]
    negation = ((poly, REFUTED_BY[attempt.claim.op]),)
    known = list(filter(_is_clause, clauses))
    known += filter(_is_clause, _of_generators(field, _occurring([*known, negation])))
    return _Problem(field, known, negation) if len(_occurring([*known, negation])) <= GENERATORS else None


def _is_plain(poly: Polynomial) -> bool:
    """Whether it is a polynomial, in roots if need be."""
    return all(exponent > 0 for monomial in poly for _, exponent in monomial)


def _is_clause(clause: Clause) -> bool:
    return all(_is_plain(poly) for poly, _ in clause)


def _occurring(clauses: Iterable[Clause]) -> set[int]:
    return {number for clause in clauses for poly, _ in clause for number in generators(poly)}


def _of_fact(fact: Fact) -> Clause:
    elsewhere = (({((number, 1),): QQ(1), (): QQ(-1)} if asked else _one(number), "!=") for number, asked in fact.where)
    return (*elsewhere, (fact.poly, ">" if fact.strict else ">="))


def _one(number: int) -> Polynomial:
    return {((number, 1),): QQ(1)}


def _less(first: Polynomial, second: Polynomial) -> Polynomial:
    return polynomial_sum(first, negative(second))


# --- what is true of the generators --------------------------------------------------------------


def _of_generators(field: Field, occurring: set[int]) -> Iterator[Clause]:
    """What is true of these generators, and of those inside of them that this brings in."""
    exponents = [number for number in sorted(occurring) if _is_known_exponent(field, number, occurring)]
    pending = sorted(occurring.union(*(field.inner(field.table[number]) for number in exponents)))
    seen = set(pending)
    while pending:
        number = pending.pop()
        yield from _of_generator(field, number)
        if isinstance(field.table[number], Abs):
            pending += sorted(field.inner(field.table[number]) - seen)
            seen |= set(pending)
    for factor, sign in field.signs.items():
        if generators(dict(factor)) <= seen:
            yield ((as_polynomial(factor), ">" if sign > 0 else "<"),)
    for factor, sign in field.weak_signs.items():
        if generators(dict(factor)) <= seen:
            yield ((as_polynomial(factor), ">=" if sign > 0 else "<="),)
    yield from _of_growth(field, exponents)
    yield from _of_sums(field, seen)


def _of_generator(field: Field, number: int) -> Iterator[Clause]:
    own = _one(number)
    square = polynomial_product(own, own)
    if field.is_positive(number):
        yield ((own, ">"),)
    elif field.is_nonnegative(number):
        yield ((own, ">="),)
    made = field.table[number]
    if isinstance(made, In):
        yield ((_less(square, own), "=="),)
    if isinstance(made, Abs):
        inside = as_polynomial(made.of)
        yield ((_less(square, polynomial_product(inside, inside)), "=="),)


def _is_known_exponent(field: Field, number: int, occurring: set[int]) -> bool:
    """Whether it is e^x with an x, lambda aside, that is spoken of besides."""
    made = field.table[number]
    if not isinstance(made, Exp):
        return False
    inner = {each for each in generators([made.of]) if field.table[each] != Scalar("lambda")}
    return bool(inner) and inner <= occurring


def _of_growth(field: Field, exponentials: Sequence[int]) -> Iterator[Clause]:
    """e^x >= 1 + x, and e^x > e^y only where x > y, and the other way round."""
    inside = {number: {made.of: QQ(1)} for number in exponentials if isinstance(made := field.table[number], Exp)}
    for number, x in inside.items():
        yield ((_less(_less(_one(number), x), {(): QQ(1)}), ">="),)
    for first, second in permutations(inside, 2):
        x, outside = _less(inside[first], inside[second]), _less(_one(first), _one(second))
        yield ((outside, "<="), (x, ">"))
        yield ((x, "<="), (outside, ">"))


def _of_sums(field: Field, numbers: set[int]) -> Iterator[Clause]:
    """(sum c)^2 <= (sum a)(sum b) where c^2 = a b, and sum a b <= (sum a)(sum b), for a, b >= 0."""
    sums = {made.of: _one(each) for each in sorted(numbers) if isinstance(made := field.table[each], Moment)
            and not made.over}  # fmt: skip
    if not sums:
        return
    number = _unnamed(field)
    summands = [(each, whole) for each, whole in [((), number), *sums.items()] if field.weak_sign({each: QQ(1)}) == 1]
    for (a, first), (b, second) in combinations_with_replacement(summands, 2):
        product, bound = monomial_product(a, b), polynomial_product(first, second)
        if product in sums and a and b:
            yield ((_less(bound, sums[product]), ">="),)
        for c, total in sums.items():
            if a != b and monomial_product(c, c) == product:
                yield ((_less(bound, polynomial_product(total, total)), ">="),)


def _unnamed(field: Field) -> Polynomial:
    """How many classes the sums run over."""
    named = len(field.case.named)
    return add(field.size(), constant(-named)).num


# --- asking z3 -----------------------------------------------------------------------------------


class _Asked:
    """z3's answer: the clauses are `impossible` together, or there are `values`, or neither is seen."""

    def __init__(self, field: Field, clauses: Sequence[Clause]) -> None:
        self.impossible = False
        self.values: dict[int, Rational] | None = None
        with undisturbed():  # z3 asks for the time itself, and does not end well half way
            self._ask(clauses)
        check()

    def _ask(self, clauses: Sequence[Clause]) -> None:
        import z3

        self.z3 = z3
        self.context = z3.Context()  # of its own: the answer does not depend on what was asked before
        numbers = sorted(_occurring(clauses))
        self.roots = {number: _root(number, clauses) for number in numbers}
        self.reals = {number: z3.Real(f"g{number}", self.context) for number in numbers}
        check()
        solver = z3.Tactic("qfnra-nlsat", ctx=self.context).solver()
        solver.set("rlimit", EFFORT)
        solver.set("max_memory", MEMORY)
        if left() < inf:
            solver.set("timeout", int(1000 * left()) + 1)
        try:
            solver.add(*map(self._clause, clauses))
            solver.add(*(self.reals[number] >= 0 for number, root in self.roots.items() if root % 2 == 0))
            answer = solver.check()
            self.impossible = answer == z3.unsat
            if answer == z3.sat:
                model = solver.model()
                self.values = {number: self._value(model, number) for number in numbers}
        except z3.Z3Exception:
            pass  # it gave up: nothing is seen

    def _clause(self, clause: Clause) -> Any:
        return self.z3.Or(*(self._condition(poly, op) for poly, op in clause), self.context)

    def _condition(self, poly: Polynomial, op: str) -> Any:
        number = self.z3.RealVal(0, self.context)
        for monomial, value in sorted(poly.items()):
            check()
            number = number + self._term(monomial, value)
        conditions = {"<": number < 0, "<=": number <= 0, ">": number > 0, ">=": number >= 0, "==": number == 0}
        return conditions.get(op, number != 0)

    def _term(self, monomial: Monomial, value: Any) -> Any:
        number = self.z3.RealVal(f"{int(value.numerator)}/{int(value.denominator)}", self.context)
        powers = (self.reals[each] for each, exponent in monomial for _ in range(int(exponent * self.roots[each])))
        return reduce(mul, powers, number)

    def _value(self, model: Any, number: int) -> Rational:
        """The value of a generator; roughly, where it is not rational."""
        value = model.eval(self.reals[number], model_completion=True)
        if self.z3.is_algebraic_value(value):
            value = value.approx(DIGITS)
        return Rational(value.numerator_as_long(), value.denominator_as_long()) ** self.roots[number]


def _root(number: int, clauses: Iterable[Clause]) -> int:
    """The d for which all powers of the generator are whole ones of its d-th root."""
    polynomials = (poly for clause in clauses for poly, _ in clause)
    return lcm(*(int(e.denominator) for poly in polynomials for each in poly for at, e in each if at == number))


# --- points --------------------------------------------------------------------------------------


def _point(claim: Claim, question: Question, field: Field, values: dict[int, Rational]) -> Point | None:
    """The point at which entries, scalars and e^(lambda z_k) have these values, if these are all there is."""
    case, names = question.case, free_names(claim)
    places = _places(case.named)
    size = case.n or (len(places) if case.written_out else max(field.shift, *places.values(), 1))
    blank = Point(
        {name: (Integer(0),) * size for name in names.families},
        indices={each: places[case.classes[each]] for each in names.indices},
        scalars=dict.fromkeys(names.scalars, Integer(1)),
        subsets={name: _members(case.members, places, name) for name in names.subsets},
        size=size,
    )
    return _filled(blank, field, places, values)


def _members(members: dict[tuple[Name, str], bool], places: dict[str, int], name: str) -> frozenset[int]:
    return frozenset(places[at] for (subset, at), inside in members.items() if subset == name and inside)


def _filled(point: Point, field: Field, places: dict[str, int], values: dict[int, Rational]) -> Point | None:
    exponential = any(isinstance(field.table[number], Exp) for number in values)
    # exponentials come last: they say what the entries are, whatever was said of these
    for number, value in sorted(values.items(), key=lambda each: isinstance(field.table[each[0]], Exp)):
        made = field.table[number]
        match made:
            case Scalar("lambda"):
                point = replace(point, inverse_temperature=Integer(1) if exponential else value)
            case Scalar(name) if name in point.scalars:
                point = replace(point, scalars={**point.scalars, name: value})
            case Entry(family, at) if family in point.families and at in places:
                point = _with_entry(point, family, places[at], value)
            case Exp(monomial) if (entry := _exponent(field, monomial)) and entry.at in places and value > 0:
                point = _with_entry(point, str(entry.family), places[entry.at], log(value))
            case _:
                return None
    return point


def _exponent(field: Field, monomial: Monomial) -> Entry | None:
    """z_k of lambda z_k."""
    inside = [field.table[number] for number, exponent in monomial if exponent == 1]
    entries = [each for each in inside if isinstance(each, Entry)]
    others = [each for each in inside if each not in entries and each != Scalar("lambda")]
    return entries[0] if len(entries) == 1 and not others and len(inside) == len(monomial) else None


def _with_entry(point: Point, family: str, place: int, value: Expr) -> Point:
    entries = list(point.families[family])
    entries[place - 1] = value
    return replace(point, families={**point.families, family: tuple(entries)})


def _places(named: Sequence[str]) -> dict[str, int]:
    """A position for every class at hand: its own for one that is named by its number."""
    places = {each: int(each) for each in named if each.isdigit()}
    others = [each for each in named if each not in places]
    free = (number for number in range(1, len(named) + max(places.values(), default=0) + 1)
            if number not in places.values())  # fmt: skip
    return {**places, **dict(zip(others, free, strict=False))}
