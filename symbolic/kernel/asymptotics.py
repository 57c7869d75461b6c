"""Limits with a symbolic number of classes.

    limit_claim(claim)     whether limit(e, x, a) == value, for x = lambda or T (or a scalar) and a = 0, oo, -oo

lambda -> 0: every normal form is a power series in lambda, whose coefficients are moments of powers.

lambda -> oo: the classes are split into those that attain max z, N >= 1 of them, and the rest. After division by
e^{lambda max z} whatever carries e^{-lambda (max z - z_k)} of the rest is *small*: it goes to 0 faster than any
power of lambda. Ties are the general case. If the leading parts cancel, the answer is `Open`.

T -> 0+ is lambda -> oo, T -> oo is lambda -> 0+. For lambda -> -oo the minimum takes the place of the maximum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr, Symbol, exp, oo
from sympy.polys.domains import QQ

from symbolic.kernel.admit import Sum, Term, admit, extreme
from symbolic.kernel.cases import Case, bounds, cases
from symbolic.kernel.domain import undefined_part
from symbolic.kernel.equality import Fails, Holds, Open, Outcome, describe, free_indices, subsets
from symbolic.kernel.generators import Abs, Entry, Exp, In, Log, Moment, Scalar
from symbolic.kernel.hypotheses import Reduction, positive_names
from symbolic.kernel.laurent import (
    ONE,
    ZERO,
    Monomial,
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    constant,
    expanded,
    generator,
    generators,
    inverse,
    monomial_product,
    multiply,
    negate,
    power,
    total,
)
from symbolic.kernel.moments import Field
from symbolic.language import notation as of
from symbolic.language.claim import Always, Claim, Hypothesis, Relation
from symbolic.language.errors import Undefined, Unsupported

__all__ = ["Diverges", "limit_claim"]

ORDER = 12  # how far a power series is expanded before the leading term is given up


@dataclass(frozen=True)
class Diverges:
    """The limit oo (sign 1) or -oo (sign -1)."""

    sign: int


Value = Quotient | Diverges


def limit_claim(claim: Claim) -> Outcome:
    """Whether a limit has the value claimed, in every case of the indices and of who attains the maximum.

    >>> from symbolic.language.claim import claim
    >>> from symbolic.language.notation import Limit, T, i, n, p
    >>> limit_claim(claim(Limit(p[i], T, oo), "==", 1/n))
    Holds(cases=('',), vacuous=False, facts=(), rests_on=())
    """
    try:
        limit, value = _sides(claim)
        way = _direction(limit)
        _require_defined(limit, claim)
        terms = _side(limit.args[0]), _side(value)
        found = _each_case(claim, terms, way)
    except Unsupported as problem:
        return Open(str(problem))
    failed = next((each for each in found if not isinstance(each, Holds)), None)
    return failed or Holds(
        tuple(case for each in found if isinstance(each, Holds) for case in each.cases),
        all(isinstance(each, Holds) and each.vacuous for each in found),
    )


def _require_defined(limit: of.Limit, claim: Claim) -> None:
    """Where the expression is not defined on the way there is no limit, and that would count against the claim."""
    missing = undefined_part(limit.args[0], (), tuple(each for each in claim.given if not _moves(each, limit.args[1])))
    if missing:
        raise Unsupported(f"a limit of what may be undefined: {missing}")


def _moves(each: Hypothesis, variable: Expr) -> bool:
    """Whether a hypothesis is about the variable, which inside the limit is another one."""
    return isinstance(each, Relation) and bool({variable} & (each.lhs.free_symbols | each.rhs.free_symbols))


def _each_case(claim: Claim, terms: tuple[Any, Any], way: Way) -> list[Outcome]:
    """At infinity the largest value leads, or, where that does not fit, the smallest."""
    free = free_indices(claim, tuple(each for each in terms if isinstance(each, Term)))
    if way.at_zero:
        return [_in_case(claim, terms, case, way) for case in _situations(claim, free, way)]
    try:
        return [_in_case(claim, terms, case, way) for case in _situations(claim, free, way)]
    except OtherExtreme:
        way = replace(way, extreme="min")
        return [_in_case(claim, terms, case, way) for case in _situations(claim, free, way)]


@dataclass(frozen=True)
class Way:
    """The scalar that moves, whether to 0, else the sign of the infinity it goes to, and the extreme that leads."""

    variable: str
    at_zero: bool
    sign: int = 1
    extreme: str = "max"


class OtherExtreme(Unsupported):
    """The exponentials lead where the family is smallest, not largest, or the other way round."""


def _sides(claim: Claim) -> tuple[of.Limit, Expr]:
    """The limit and the value it is claimed to have."""
    limit, value = (claim.lhs, claim.rhs) if isinstance(claim.lhs, of.Limit) else (claim.rhs, claim.lhs)
    if claim.op != "==" or not isinstance(limit, of.Limit) or value.has(of.Limit) or limit.args[0].has(of.Limit):
        raise Unsupported("a limit is decided where it stands alone on one side of an equality")
    return limit, value


def _side(expr: Expr) -> Term | Diverges:
    return Diverges(1 if expr == oo else -1) if expr in (oo, -oo) else admit(expr)


def _direction(limit: of.Limit) -> Way:
    _, variable, point = limit.args
    if variable == of.T:
        if point not in (0, oo):
            raise Unsupported("T goes to 0 or to oo")
        return Way("lambda", point == oo)
    if not isinstance(variable, Symbol) or isinstance(variable, of.Family) or point not in (0, oo, -oo):
        raise Unsupported(f"a limit in {variable} at {point}")
    if point == 0 and variable != of.lam:
        raise Unsupported(f"a two-sided limit in {variable} at 0")
    return Way(variable.name, point == 0, -1 if point == -oo else 1)


# --- cases ---------------------------------------------------------------------------------------


def _situations(claim: Claim, free: set[str], way: Way) -> Iterator[Case]:
    """The cases of the indices and, at infinity, of who attains the leading extreme."""
    least, greatest = bounds(claim.given)
    n = least if least == greatest else None
    if greatest is not None and (n is None or not way.at_zero):
        raise Unsupported("a limit at infinity with n bounded above")
    names = [] if way.at_zero else [f"{way.extreme} {name}" for name in sorted(_families(claim))]
    for case in cases(free, claim.given, subsets(claim), n):
        yield from _attained(case, names, claim.given)


def _families(claim: Claim) -> set[str]:
    """The families that stand in exponentials."""
    heads = (of.Softmax, of.Partition, of.LogSumExp, of.Mean, of.Variance, exp)
    inside = {each for side in (claim.lhs, claim.rhs) for each in side.atoms(*heads)}
    named = {family.name for each in inside for family in each.atoms(of.Family)}
    return named | ({"z"} if any(isinstance(each, of.UnderP) for each in inside) else set())


def _attained(case: Case, extremes: list[str], given: Iterable[Hypothesis]) -> Iterator[Case]:
    """Every choice, that the hypotheses allow, of which named classes attain which extreme."""
    if not extremes:
        yield case
        return
    *others, last = extremes
    known = _known_members(case, last, given)
    for rest in _attained(case, others, given):
        for choice in _choices(case.named, known):
            yield replace(rest, members={**rest.members, **{(last, at): inside for at, inside in choice.items()}})


def _choices(named: list[str], known: dict[str, bool]) -> Iterator[dict[str, bool]]:
    if not named:
        yield {}
        return
    *others, last = named
    for rest in _choices(others, known):
        for inside in [known[last]] if last in known else [True, False]:
            yield {**rest, last: inside}


def _known_members(case: Case, name: str, given: Iterable[Hypothesis]) -> dict[str, bool]:
    """What the hypotheses say of who attains max z: z_i == max z, z_i < max z, z_j < z_i, z_i the only one."""
    known: dict[str, bool] = {}
    which, family = name.split()
    for each in given:
        at = _sole(each, which, family)
        if at in case.classes:
            known.update({other: other == case.classes[at] for other in case.named})
        elif isinstance(each, Relation):
            known.update(_compared(case, each, which, family))
    return known


def _compared(case: Case, each: Relation, which: str, family: str) -> dict[str, bool]:
    lhs, rhs = (each.lhs, each.rhs) if isinstance(each.lhs, of.Entry) else (each.rhs, each.lhs)
    if not isinstance(lhs, of.Entry) or lhs.family.name != family or str(lhs.index) not in case.classes:
        return {}
    at = case.classes[str(lhs.index)]
    if isinstance(rhs, of.Maximum):
        return {at: each.op == "=="} if _name(rhs) == f"{which} {family}" and each.op in ("==", "<", ">", "!=") else {}
    if isinstance(rhs, of.Entry) and rhs.family == lhs.family and str(rhs.index) in case.classes and each.op in "<>":
        lower, higher = (each.lhs, each.rhs) if each.op == "<" else (each.rhs, each.lhs)
        return {case.classes[str((lower if which == "max" else higher).index)]: False}
    return {}


def _name(expr: of.Maximum) -> str:
    try:
        return extreme(expr)
    except Unsupported:
        return ""


def _sole(each: Hypothesis, which: str, family: str) -> str | None:
    """i of the hypothesis all(z_i > z_k, k != i): the only class that attains the maximum."""
    if not isinstance(each, Always) or len(each.conditions) != 1 or not isinstance(each.conditions[0], of.Except):
        return None
    sides = (each.relation.lhs, each.relation.rhs)
    higher, lower = sides if each.relation.op == ">" else sides[::-1]
    if each.relation.op not in (">", "<") or not all(isinstance(side, of.Entry) for side in sides):
        return None
    best, other = (higher, lower) if which == "max" else (lower, higher)
    named = {side.family.name for side in sides} == {family} and other.index == each.bound
    return str(best.index) if named and best.index == each.conditions[0].args[0] else None


def _at_least(each: Hypothesis, name: str) -> int:
    """m of the hypothesis count(z[k] == max z, k) >= m, or 0."""
    if not isinstance(each, Relation) or not isinstance(each.lhs, of.Count) or not each.rhs.is_Integer:
        return 0
    term = admit(each.lhs)
    about = isinstance(term, Sum) and term.range.inside == {name}
    return (int(each.rhs) + (each.op == ">")) if about and each.op in (">", ">=", "==") else 0


def _is_sole(claim: Claim, case: Case, name: str) -> bool:
    which, family = name.split()
    return any(_sole(each, which, family) in case.classes for each in claim.given)


# --- one case ------------------------------------------------------------------------------------


def _in_case(claim: Claim, terms: tuple[Any, Any], case: Case, way: Way) -> Outcome:
    field = Field(case, positive_names(claim.given, case.classes) - {way.variable})
    reach = _AtZero(field, way.variable) if way.at_zero else _AtInfinity(field, way, claim)
    try:
        found, expected = field.settle(lambda: _values(field, reach, claim, terms))
    except Undefined:
        return Holds(vacuous=True)
    if isinstance(found, Diverges) or isinstance(expected, Diverges):
        return Holds((describe(case),)) if found == expected else Fails(describe(case))
    if field.is_zero(add(found, negate(expected))):
        return Holds((describe(case),))
    return Open(f"the limit is not shown to be the value claimed, when {describe(case) or 'n is any'}")


def _values(field: Field, reach: Any, claim: Claim, terms: tuple[Any, Any]) -> tuple[Value, Value]:
    given = [each for each in claim.given if _is_equation(each) and not _moves(each, _variable(claim))]
    reduce = Reduction(field, given, field.case.classes)
    found = _tends_to(reach, reduce(field.value(terms[0], field.case.classes)))
    if isinstance(terms[1], Diverges):
        return found, terms[1]
    return found, reduce(reach.constants(field.value(terms[1], field.case.classes)))


def _tends_to(reach: Any, quotient: Quotient) -> Value:
    try:
        return reach.tends_to(quotient)
    except Undefined:
        raise Unsupported("a limit by way of something undefined") from None


def _variable(claim: Claim) -> Expr:
    limit, _ = _sides(claim)
    return limit.args[1]


def _is_equation(each: Hypothesis) -> bool:
    """Hypotheses about who attains the maximum are used by the cases, not as equations."""
    return isinstance(each, Relation) and not each.lhs.has(of.Maximum) and not each.rhs.has(of.Maximum)


def _ratio_limit(field: Field, above: Polynomial, below: Polynomial, degree: int) -> Value:
    """The limit of (above/below) x^degree as x -> oo, the leading coefficients being free of x."""
    if not field.sign_of_polynomial(below):
        raise Unsupported("a limit whose denominator may vanish")
    if degree < 0 or not above:
        return ZERO
    if degree == 0:
        return multiply(Quotient(above, {}), inverse(Quotient(below, {})))
    sign = field.sign_of_polynomial(above) * field.sign_of_polynomial(below)
    if not sign:
        raise Unsupported("a limit whose infinity has a sign that is not seen")
    return Diverges(sign)


# --- lambda -> 0 ---------------------------------------------------------------------------------

Series = list[Quotient]  # coefficients of x^0, x^1, ..., of one length


class _AtZero:
    """Limits at lambda -> 0+ by power series."""

    def __init__(self, field: Field, variable: str) -> None:
        self.field = field
        self.variable = variable

    def constants(self, quotient: Quotient) -> Quotient:
        """The claimed value is free of lambda; it is taken as it is."""
        return quotient

    def tends_to(self, quotient: Quotient) -> Value:
        """The value at 0, from the leading terms of numerator and denominator."""
        below = expanded(quotient.den)
        for length in (3, 6, ORDER):
            lead_above, above = self._leading(quotient.num, length)
            lead_below, below_value = self._leading(below, length)
            if below_value is not None and (above is not None or lead_above >= lead_below + length - 1):
                return self._ratio(above or ZERO, below_value, lead_below - lead_above)
        raise Unsupported(f"a leading term beyond the order {ORDER} in {self.variable}")

    def _ratio(self, above: Quotient, below: Quotient, degree: int) -> Value:
        """The limit of above/below lambda^-degree."""
        return _ratio_limit(self.field, *_cleared(above, below), degree)

    def _leading(self, poly: Polynomial, length: int) -> tuple[int, Quotient | None]:
        """The order and the coefficient of the leading term; None for the coefficient if it is beyond."""
        moves = self.field.number(Scalar(self.variable))
        lowest = min((dict(monomial).get(moves, 0) for monomial in poly), default=0)
        shifted = {monomial_product(monomial, ((moves, -lowest),) if lowest else ()): v for monomial, v in poly.items()}
        for order, coefficient in enumerate(self.series(Quotient(shifted, {}), length)):
            if not self.field.is_zero(coefficient):
                return lowest + order, coefficient
        return lowest + length, None

    def series(self, quotient: Quotient, length: int) -> Series:
        """The power series of a normal form that is regular at 0."""
        result = [ZERO] * length
        for monomial, coefficient in quotient.num.items():
            term = [constant(coefficient), *[ZERO] * (length - 1)]
            for number, exponent in monomial:
                term = _product(term, self._power(number, exponent, length))
            result = [add(*pair) for pair in zip(result, term, strict=True)]
        for factor, times in quotient.den.items():
            below = self.series(Quotient(as_polynomial(factor), {}), length)
            for _ in range(times):
                result = _product(result, self._reciprocal(below))
        return result

    def _power(self, number: int, exponent: Any, length: int) -> Series:
        """The series of a power of a generator."""
        made = self.field.table[number]
        if isinstance(made, (Exp, Abs)):
            inside = self.series(multiply(self._logarithm_of(made), _rational(exponent)), length)
            return _product([self.field.exp(inside[0]), *[ZERO] * (length - 1)], _exponential(inside))
        if made == Scalar(self.variable):
            if not isinstance(exponent, int) or exponent < 0:
                raise Unsupported(f"{self.variable} to the power {exponent} in a series at 0")
            return [ONE if order == exponent else ZERO for order in range(length)]
        if isinstance(made, (Moment, Log)) and self._moves(number):
            return self._integer_power(self._moving(made, length), exponent)
        return [generator(number, exponent), *[ZERO] * (length - 1)]

    def _logarithm_of(self, made: Exp | Abs) -> Quotient:
        return self.field.actual(made.of) if isinstance(made, Exp) else self.field.generator(Log(made.of))

    def _moves(self, number: int) -> bool:
        return self.field.contains(number, self.field.number(Scalar(self.variable)))

    def _integer_power(self, base: Series, exponent: Any) -> Series:
        if not isinstance(exponent, int):
            raise Unsupported("a root in a series at 0")
        result: Series = [ONE, *[ZERO] * (len(base) - 1)]
        for _ in range(abs(exponent)):
            result = _product(result, base if exponent > 0 else self._reciprocal(base))
        return result

    def _moving(self, made: Moment | Log, length: int) -> Series:
        """The series of a moment or a logarithm."""
        if isinstance(made, Moment):
            with self.field.dot() as dot:
                inside = self.series(self.field.opened(made, dot), length)
                return [self.field.moment_sum(each, dot) for each in inside]
        inside = self.series(Quotient(as_polynomial(made.of), {}), length)
        return _logarithm(inside, self._reciprocal(inside)[0], self.field.log_absolute(inside[0]))

    def _reciprocal(self, series: Series) -> Series:
        """1/s, where s_0 is surely not 0: the coefficients of s r = 1, one after the other."""
        if not self.field.sign_of_polynomial(series[0].num):
            raise Unsupported("a series of a reciprocal or a logarithm that may have a pole at 0")
        lead = inverse(series[0])
        result: Series = [lead]
        for order in range(1, len(series)):
            known = total(multiply(series[k], result[order - k]) for k in range(1, order + 1))
            result.append(negate(multiply(lead, known)))
        return result


def _rational(exponent: Any) -> Quotient:
    return constant(QQ(exponent.numerator, exponent.denominator))


def _product(first: Series, second: Series) -> Series:
    return [total(multiply(first[k], second[order - k]) for k in range(order + 1)) for order in range(len(first))]


def _exponential(series: Series) -> Series:
    """exp(s - s_0): e' = s' e."""
    result: Series = [ONE]
    for order in range(1, len(series)):
        terms = (multiply(constant(k), multiply(series[k], result[order - k])) for k in range(1, order + 1))
        result.append(multiply(constant(QQ(1, order)), total(terms)))
    return result


def _logarithm(series: Series, first: Quotient, lead: Quotient) -> Series:
    """log s from `lead`, log s_0, and `first`, 1/s_0: l' s = s'."""
    result: Series = [lead]
    for order in range(1, len(series)):
        known = total(multiply(constant(QQ(k, order)), multiply(result[k], series[order - k])) for k in range(1, order))
        result.append(multiply(first, add(series[order], negate(known))))
    return result


# --- lambda -> oo --------------------------------------------------------------------------------

BASE, SMALL, EXTREME = Scalar("e^max"), "small ", "the extreme"


class _AtInfinity:
    """Limits at lambda -> oo, or -oo, by splitting off the classes that attain the extreme."""

    def __init__(self, field: Field, way: Way, claim: Claim) -> None:
        self.field = field
        self.way = way
        self.variable = way.variable
        self.sign = way.sign
        self.claim = claim
        self.led_by: str | None = None
        field.apart, field.inhabited = True, False
        field.shift = max(bounds(claim.given)[0], len(field.case.named))
        names = {name for name, _ in field.case.members if " " in name} or {
            f"{way.extreme} {family}" for family in _families(claim)
        }
        for name in names:
            if not any(field.case.members.get((name, at)) for at in field.case.named):
                field.nonempty.add(name)

    def constants(self, quotient: Quotient) -> Quotient:
        """The claimed value, where only the extreme's own class counts if it is the only one."""
        return self.field.transform(quotient, self._sole_leaf, "sole")

    def _sole_leaf(self, number: int) -> Quotient | None:
        made = self.field.table[number]
        name = f"{self.way.extreme} {getattr(made, 'family', '')}"
        if isinstance(made, Entry) and self.field.case.members.get((name, made.at)):
            return self.field.generator(Scalar(name))
        if isinstance(made, In) and " " in made.subset and _is_sole(self.claim, self.field.case, made.subset):
            return ZERO
        return self._winners(made) if isinstance(made, Moment) else None

    def _winners(self, made: Moment) -> Quotient | None:
        """How many of the unnamed classes attain the extreme, where a hypothesis says how many do at least."""
        inside = [self.field.table[number] for number, _ in made.of]
        if made.over or len(inside) != 1 or not isinstance(inside[0], In):
            return None
        name = inside[0].subset
        known = sum(self.field.case.members.get((name, at), False) for at in self.field.case.named)
        least = max((_at_least(each, name) for each in self.claim.given), default=0) - known
        if least <= 0:
            return None
        self.field.not_negative.add(f"rest of {name}")
        return add(constant(least), self.field.generator(Scalar(f"rest of {name}")))

    def tends_to(self, quotient: Quotient) -> Value:
        """The limit from the parts that are not small."""
        above, below = _cleared(self._image(quotient.num), self._image(expanded(quotient.den)))
        if not above:
            return ZERO
        grade_above, lead_above, top = self._leading(above)
        grade_below, lead_below, bottom = self._leading(below)
        if not bottom:
            raise Unsupported("a denominator whose leading part cancels")
        if grade_above != grade_below:
            raise Unsupported("a limit that depends on the sign of the extreme value")
        return _ratio_limit(self.field, top, bottom, lead_above - lead_below)

    def _leading(self, poly: Polynomial) -> tuple[Any, Any, Polynomial]:
        """Degree in e^{lambda max}, degree in lambda, and leading coefficient of what is not small."""
        base, moves = self.field.number(BASE), self.field.number(Scalar(self.variable))
        parts: dict[tuple[Any, Any], Polynomial] = {}
        grades = set()
        for monomial, coefficient in poly.items():
            exponents = dict(monomial)
            grade, degree = exponents.pop(base, 0), exponents.pop(moves, 0)
            grades.add(grade)
            if self._is_small(exponents):
                continue
            rest = tuple(sorted(exponents.items()))
            self._refuse_moving(rest)
            parts.setdefault((grade, degree), {})[rest] = coefficient
        if len(grades) > 1:
            raise Unsupported("a limit that depends on the sign of the extreme value")
        if not parts:
            return grades.pop(), 0, {}
        grade, degree = max(parts)
        if self.sign < 0 and degree % 2:
            parts[grade, degree] = {monomial: -value for monomial, value in parts[grade, degree].items()}
        return grade, degree, parts[grade, degree]

    def _is_small(self, exponents: dict[int, Any]) -> bool:
        small = [value for number, value in exponents.items() if self._named_small(number)]
        if any(value < 0 for value in small):
            raise Unsupported("a division by what goes to 0")
        return bool(small)

    def _named_small(self, number: int) -> bool:
        made = self.field.table[number]
        return isinstance(made, Scalar) and made.name.startswith(SMALL)

    def _refuse_moving(self, monomial: Monomial) -> None:
        moves = self.field.number(Scalar(self.variable))
        if any(self.field.contains(number, moves) for number, _ in monomial):
            raise Unsupported(f"a term that moves with {self.variable} in a way that is not split yet")

    # --- images of the generators ------------------------------------------------------------

    def _image(self, poly: Polynomial) -> Quotient:
        """The polynomial with everything split into leading and small parts."""
        result = ZERO
        for monomial, coefficient in poly.items():
            term = constant(coefficient)
            for number, exponent in monomial:
                term = multiply(term, self._power(number, exponent))
            result = add(result, term)
        return result

    def _power(self, number: int, exponent: Any) -> Quotient:
        made = self.field.table[number]
        if isinstance(made, Exp):
            return self._exponential(made, exponent)
        image = self._of_generator(number)
        if isinstance(exponent, int):
            return power(image, exponent)
        if image == generator(number):
            return generator(number, exponent)
        raise Unsupported("a root in a limit at infinity")

    def _of_generator(self, number: int) -> Quotient:
        made = self.field.table[number]
        direct = self._sole_leaf(number)
        if direct is not None:
            return direct
        match made:
            case Moment():
                return self._moment(made)
            case Log(factor):
                return self._logarithm(Quotient(as_polynomial(factor), {}))
        return generator(number)

    def _exponential(self, made: Exp, exponent: Any) -> Quotient:
        """e^{r lambda z_a}: e^{r lambda max z}, times something small if a does not attain the maximum."""
        family, at = self._exponent(made)
        if family is None:
            return self.constants(generator(self.field.number(made), exponent))
        whole = generator(self.field.number(BASE), exponent)
        if at == EXTREME or self.field.case.members.get((f"{self.way.extreme} {family}", at)):
            self._lead(family)
            return whole
        attains = self.field.membership(self._extreme(family, exponent), at)
        small = multiply(add(ONE, negate(attains)), self._small(f"{made.of} {exponent}"))
        return multiply(whole, add(attains, small))

    def _exponent(self, made: Exp) -> tuple[str | None, str]:
        """The family and the class of an exponential e^{lambda z_a}; no family if lambda does not occur."""
        kinds = [(self.field.table[number], power) for number, power in made.of]
        if (Scalar(self.variable), 1) not in kinds:
            self._refuse_moving(made.of)
            if self.field.number(Scalar(self.variable)) in generators([made.of]):
                raise Unsupported(f"an exponent that is not linear in {self.variable}")
            return None, ""
        others = [each for each, power in kinds if each != Scalar(self.variable) and power == 1]
        if len(kinds) == 2 and others and isinstance(others[0], Scalar) and " " in others[0].name:
            which, family = others[0].name.split()
            if which != self.way.extreme:
                raise OtherExtreme(f"the exponential of the {which}imum")
            return family, EXTREME
        if len(kinds) != 2 or len(others) != 1 or not isinstance(others[0], Entry):
            raise Unsupported(f"an exponent that is not {self.variable} times an entry of a family")
        return others[0].family, others[0].at

    def _extreme(self, family: str, exponent: Any) -> str:
        """The maximum leads where the exponent grows with z, the minimum where it falls."""
        if self.way.extreme != ("max" if exponent * self.sign > 0 else "min"):
            raise OtherExtreme("exponentials of which some lead at the maximum, others at the minimum")
        self._lead(family)
        return f"{self.way.extreme} {family}"

    def _lead(self, family: str) -> None:
        """One family's exponentials lead: e^max is short for its own."""
        self.led_by = self.led_by or family
        if family != self.led_by:
            raise Unsupported("exponentials of two families")

    def _small(self, what: str) -> Quotient:
        return self.field.generator(Scalar(f"{SMALL}{what}"))

    def _moment(self, made: Moment) -> Quotient:
        """The sum over the classes that attain the extreme, and a small rest."""
        if made.over:
            raise Unsupported("a sum of fractions in a limit at infinity")
        with self.field.dot() as dot:
            ((monomial, coefficient),) = self.field.opened(made, dot).num.items()
            moving = [(n, e) for n, e in monomial if isinstance(self.field.table[n], Exp) and self._family(n)]
            if not moving:
                return self.field.moment_sum(self._at_extreme({monomial: coefficient}, dot, None), dot)
            families = {self._family(number) for number, _ in moving}
            if len(moving) != 1:
                raise Unsupported(f"exponentials of {sorted(map(str, families))} in one sum")
            ((number, exponent),) = moving
            rest: Monomial = tuple(pair for pair in monomial if pair[0] != number)
            name = self._extreme(str(self._family(number)), exponent)
            lead = self._at_extreme({rest: coefficient}, dot, name)
            attained = self.field.moment_sum(multiply(lead, self.field.membership(name, dot)), dot)
            attained = self.constants(attained)
        whole = generator(self.field.number(BASE), exponent)
        return multiply(whole, add(attained, self._small(f"rest of {made}")))

    def _family(self, number: int) -> str | None:
        made = self.field.table[number]
        return self._exponent(made)[0] if isinstance(made, Exp) else None

    def _at_extreme(self, poly: Polynomial, dot: str, name: str | None) -> Quotient:
        """What stands beside the exponential: there z_k is max z."""
        if name is None:
            return Quotient(poly, {})
        family = name.split()[1]

        def leaf(number: int) -> Quotient | None:
            made = self.field.table[number]
            if made == Entry(family, dot):
                return self.field.generator(Scalar(name))
            if isinstance(made, Log) or (isinstance(made, Exp) and self._moves(number)):
                raise Unsupported("a logarithm under a sum in a limit at infinity")
            return None

        return self.field.transform(Quotient(poly, {}), leaf, ("extreme", dot, name))

    def _moves(self, number: int) -> bool:
        return self.field.contains(number, self.field.number(Scalar(self.variable)))

    def _logarithm(self, inside: Quotient) -> Quotient:
        """log(e^{r lambda max z} (g + small)) = r lambda max z + log g + small."""
        image = self._image(inside.num)
        grade, degree, top = self._leading(image.num)
        if image.den or degree or not top:
            raise Unsupported("a logarithm whose leading part is not split yet")
        if not self.field.sign_of_polynomial(top):
            raise Unsupported("a logarithm whose leading part may vanish")
        extreme_value = self.field.generator(Scalar(f"{self.way.extreme} {self.led_by}"))
        growth = multiply(self.field.generator(Scalar(self.variable)), extreme_value)
        small = self._small(f"log {inside.num}") if any(self._is_small(dict(m)) for m in image.num) else ZERO
        return total([multiply(_rational(grade), growth), self.field.log_absolute(Quotient(top, {})), small])


def _cleared(above: Quotient, below: Quotient) -> tuple[Polynomial, Polynomial]:
    """Two quotients over a common denominator."""
    ratio = multiply(above, Quotient(expanded(below.den), {}))
    other = multiply(Quotient(below.num, {}), Quotient(expanded(above.den), {}))
    return ratio.num, other.num
