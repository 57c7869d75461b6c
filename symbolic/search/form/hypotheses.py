"""What the hypotheses of a claim say about its generators: signs, and linear equations used by reduction.

    Reduction(field, given, classes)     equations solved for a generator; `reduction(quotient)` uses them

An equation such as sum_k y_k = 1 is linear in a moment, c = d + 1 in a scalar, y_k = z_k (for all k) in a
family. It is solved only where the coefficient is surely not 0. An inequality gives the sign of a polynomial, and
max z - z_k >= 0 is known. Others are left unused, and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import prod

from symbolic.language import notation as of
from symbolic.language.claims import HOLDS, Always, ArgMax, Hypothesis, Member, Relation, SameClass
from symbolic.language.errors import Undefined, Unsupported
from symbolic.search.form.admission import Term, admit_together
from symbolic.search.form.case_analysis import attained
from symbolic.search.form.generators import Entry, In, Log, Moment, Scalar
from symbolic.search.form.moments import Field
from symbolic.search.form.names import Best, Name
from symbolic.search.form.table import is_dot
from symbolic.search.form.wording import added, written
from symbolic.search.limits.laurent import (
    ONE,
    ZERO,
    Polynomial,
    Quotient,
    add,
    as_polynomial,
    constant,
    divided_by_generator,
    factored,
    generator,
    generators,
    inverse,
    multiply,
    negate,
    occurring,
)

STRICT = ("<", ">")
WEAK = {"<": "<=", ">": ">=", "<=": "<=", ">=": ">=", "!=": "!="}

Sides = tuple[Term, ...]

__all__ = ["Branches", "Contradiction", "Reduction", "about_n", "linear_in", "one_leaf"]


class Branches(Exception):
    """A product is 0: each of its factors is a case of its own."""


class Contradiction(Undefined):
    """No point satisfies the hypotheses: `shown` is an identity 0 == E, E positive by its form and a hypothesis."""

    def __init__(self, shown: str) -> None:
        super().__init__(f"no point satisfies the hypotheses: {shown}")
        self.shown = shown


def clash(field: Field, summands: Iterable[Polynomial]) -> str:
    """The contradiction 0 == E1 + ..., in words."""
    return f"0 == {added(field, summands)}, which the hypotheses make positive"


class Reduction:
    """The equations among the hypotheses, each solved for one generator, applied one after the other.

    With `splits`, inequalities are used too, and whoever asks goes through the cases of who attains max z, and of which
    factor of a product is 0.
    """

    def __init__(
        self, field: Field, given: Iterable[Hypothesis], classes: dict[str, str], splits: bool = False
    ) -> None:
        self.given = tuple(
            sorted(given, key=lambda each: not isinstance(each, Always))
        )  # sums are known by their terms
        self.field = field
        self.classes = classes
        self.splits = splits
        self.leaves: list[Callable[[int], Quotient | None]] = []
        self.partial = False  # whether some are about the classes without a name only
        self.branches = iter(field.case.branches)
        self.attained = attained(self.given)
        self.partly = False  # whether an equation may say more than what it was solved for
        self.solved: set[int] = set()  # the generators that equations were solved for
        if splits:
            self._place_extremes()
        self.unused = [each for each in self.given if not self._use(each)]

    @property
    def left(self) -> str:
        """What the hypotheses may say beyond what was used of them; "" if nothing."""
        if self.unused:
            return "a hypothesis could not be used"
        return "a hypothesis was used in part only" if self.partly else ""

    def __call__(self, quotient: Quotient) -> Quotient:
        """The quotient reduced by all equations."""
        try:
            for number, leaf in enumerate(self.leaves):
                quotient = self.field.transform(quotient, leaf, ("hypothesis", number))
        except Undefined:
            field = self.field
            if not (field.denominators or field.weak_signs or field.narrowed or field.differentiated):
                raise
            raise Unsupported("a hypothesis makes a denominator or a logarithm's argument 0") from None
        return quotient

    def _use(self, each: Hypothesis) -> bool:
        """Use a hypothesis; False where there may be more in it."""
        match each:
            case SameClass() | Member():
                return True
            case ArgMax(subset, family, largest):
                return self.splits and self.attained[subset.name] == Best("max" if largest else "min", family.name)
            case Relation() if about_n(each):
                return True
            case Relation():
                return self._use_relation(each)
        return self.splits and self._use_always(each)

    def _use_relation(self, given: Relation) -> bool:
        """Use a relation, for every class that its own index can be; of several such indices all but one are held."""
        sides = self._sides(given)
        universal = sorted(set().union(*(side.free for side in sides)) - set(self.classes))
        if not universal or (len(universal) > 1 and any(side.compared for side in sides)):
            return not universal and bool(sides) and self._use_at(given.op, sides, self.classes)
        classes = {**self.classes, **{other: f"{other}*" for other in universal[1:]}}
        used = self._use_everywhere(given.op, sides, classes, universal[0], frozenset())
        return used and len(universal) == 1

    def _use_always(self, given: Always) -> bool:
        sides, bound = self._sides(given.relation), str(given.bound)
        known = set().union(*(side.free for side in sides)) <= {bound, *self.classes}
        others = [str(each.args[0]) for each in given.conditions if isinstance(each, of.Except)]
        if not sides or not known or len(others) < len(given.conditions) or not set(others) <= set(self.classes):
            return False
        excluded = frozenset(self.classes[each] for each in others)
        return self._use_everywhere(given.relation.op, sides, self.classes, bound, excluded)

    def _sides(self, given: Relation) -> Sides:
        try:
            return admit_together(given.lhs, given.rhs, given=self.given if self.splits else ())
        except Unsupported:
            return ()

    def _use_at(self, op: str, sides: Sides, classes: dict[str, str]) -> bool:
        if op != "==":
            return self._use_order(op, self._excess(sides, classes))
        zero = self._difference(sides, classes)
        self._refuse_contradiction(op, zero)
        return not zero.num or self._solve(zero)

    def _use_everywhere(
        self, op: str, sides: Sides, classes: dict[str, str], bound: str, excluded: frozenset[str]
    ) -> bool:
        """Use a relation at every class k; one that compares k with others, class by class and for the rest."""
        compares = any(bound in side.compared for side in sides)
        apart = compares or bool(excluded) or self.partial
        named = self.field.case.named if apart or self.field.case.written_out else []
        used = [self._use_at(op, sides, {**classes, bound: each}) for each in named if each not in excluded]
        if self.field.case.written_out:
            return all(used)
        try:
            return self._use_at_others(op, sides, classes, bound, excluded, compares) and all(used)
        except Undefined:
            if not named:
                raise
            return False  # that shows only that every class has a name

    def _use_at_others(
        self, op: str, sides: Sides, classes: dict[str, str], bound: str, excluded: frozenset[str], compares: bool
    ) -> bool:
        """Use a relation at any class; where some are left out, or compared, at the classes without a name."""
        if op != "==":
            at_any = None if compares else self._at_any(sides, classes, bound, bool(excluded))
            return at_any is not None and self._use_order_everywhere(op, at_any, excluded)
        apart = compares or bool(excluded) or self.partial
        if apart:
            self.field.leave_named_out()
        with self.field.dot(apart) as dot:
            zero = self._difference(sides, {**classes, bound: dot})
            if not apart or self.field.inhabited:
                self._refuse_contradiction(op, zero)
            return not zero.num or self._solve_family(zero, dot, self.field.case.named if apart else [])

    def _at_any(self, sides: Sides, classes: dict[str, str], bound: str, apart: bool) -> Quotient:
        """The excess at the class "."; nothing is learnt on the way where the relation is not about every class."""
        with self.field.dot(apart) as dot:
            return self.field.rename(self._excess(sides, {**classes, bound: dot}), dot, ".")

    def _excess(self, sides: Sides, classes: dict[str, str]) -> Quotient:
        lhs, rhs = (self.field.value(side, classes) for side in sides)
        return add(lhs, negate(rhs))

    def _difference(self, sides: Sides, classes: dict[str, str]) -> Quotient:
        """The difference of the sides, without negative powers: what is divided by is not 0."""
        return self(self._excess(sides, classes))

    def _refuse_contradiction(self, op: str, difference: Quotient) -> None:
        """Raise where a hypothesis reads 1 == 0, or z_i < z_i, or -e^c > 0."""
        sign = self.field.sign_of(difference, zero=False)
        if (sign or not difference.num) and not HOLDS[op](sign):
            raise self._contradiction(op, difference, sign)

    def _contradiction(self, op: str, difference: Quotient, sign: int) -> Contradiction:
        """That the difference of a hypothesis's sides has the sign that it has, and the one that is claimed."""
        own = prod(self.field.sign(factor) for factor, times in difference.den.items() if times % 2)
        poly = difference.num
        turned = {monomial: -value for monomial, value in poly.items()}
        if not poly:
            return Contradiction(f"0 {op} 0")
        if op == "==":
            return Contradiction(f"0 == {written(self.field, poly if sign * own > 0 else turned)}")
        summands = (poly, turned) if HOLDS[op](own) else (turned, poly)  # the first is positive by the hypothesis
        return Contradiction(clash(self.field, summands))

    # --- inequalities ------------------------------------------------------------------------

    def _use_order(self, op: str, excess: Quotient) -> bool:
        """Learn a sign; where the opposite one is known, both are equalities, or a contradiction."""
        reduced = self(excess)
        self._refuse_contradiction(op, reduced)
        if not self.splits:
            return False
        known = self.field.sign_of(reduced, zero=True)
        if known and not HOLDS[op](known):
            if op in STRICT:
                raise self._contradiction(op, reduced, known)
            return self._solve(reduced)
        for each in (excess, reduced):
            self._learn(op, each)
        return False

    def _learn(self, op: str, excess: Quotient) -> None:
        if op != "!=" and excess.num:
            self.field.learn(1 if HOLDS[op](1) else -1, excess, op not in STRICT)

    def _use_order_everywhere(self, op: str, excess: Quotient, excluded: frozenset[str]) -> bool:
        """Learn a sign at every class; where some are left out the two sides have to be one, and it is a weak sign."""
        if (not excluded and not self.partial) or (self.field.apart and self.field.inhabited):
            self._refuse_contradiction(op, self(excess))
        if self.splits and all(not self.field.rename(excess, ".", each).num for each in excluded):
            self._learn(WEAK[op] if excluded else op, excess)
            if op != "!=":
                self._place_dominant(excess if HOLDS[op](1) else negate(excess), bool(excluded) and op in STRICT)
        return False

    # --- largest and smallest values ---------------------------------------------------------

    def _place_extremes(self) -> None:
        """z_i = max z for a class that attains it, z_i < max z for others."""
        for (name, at), inside in sorted(self.field.case.members.items(), key=lambda each: not each[1]):
            if isinstance(name, Best):
                excess = add(self.field.extreme(name), negate(self.field.generator(Entry(name.family, at))))
                if inside:
                    self._solve_if_any(self(excess))
                else:
                    self._use_order(">" if name.which == "max" else "<", excess)

    def _place_dominant(self, excess: Quotient, alone: bool) -> None:
        """z_i - z_k >= 0 for all k: z_i is max z, and if it is `alone`, no other class attains it."""
        for number in sorted(generators(excess.num)):
            each = self.field.table[number]
            if isinstance(each, Entry) and each.at != ".":
                gap = add(generator(number), negate(self.field.generator(Entry(each.family, "."))))
                if excess in (gap, negate(gap)) and isinstance(each.family, str):
                    self._place(Best("max" if excess == gap else "min", each.family), each, alone)

    def _place(self, best: Best, entry: Entry, alone: bool) -> None:
        self._solve_if_any(self(add(self.field.extreme(best), negate(self.field.generator(entry)))))
        inside = {
            number for number, each in enumerate(self.field.table) if isinstance(each, In) and each.subset == best
        }
        if alone and inside:
            self._at_unnamed(lambda number: ZERO if number in inside else None)

    # --- equations ---------------------------------------------------------------------------

    def _solve_if_any(self, zero: Quotient) -> None:
        if zero.num:
            self._refuse_contradiction("==", zero)
            self._solve(zero)

    def _solve(self, zero: Quotient) -> bool:
        """Solve for a moment, a scalar or an entry."""
        if self._solve_count(zero.num) or self._solve_polynomial(zero.num):
            return True
        return any(map(self._solve_polynomial, self._forms(self._vanishing(zero.num))))

    def _solve_count(self, poly: Polynomial) -> bool:
        """No class, or every class, is in a subset of 0, or of all."""
        for number in sorted(generators(poly)):
            subset = self._counted(number)
            size = self._solved_for(poly, number) if subset is not None else None
            if subset is not None and size is not None:
                self.field.leave_named_out()
                everyone = add(self.field.size(), constant(-len(self.field.case.named)))
                if self.field.sign_of(add(everyone, negate(size)), zero=False) == -1:
                    raise Contradiction(f"{written(self.field, size.num)} > {written(self.field, everyone.num)}")
                for many, inside in ((ZERO, ZERO), (everyone, ONE)):
                    if not add(size, negate(many)).num:
                        self._at_unnamed(self._membership(subset, inside))
                        return True
        return False

    def _at_unnamed(self, leaf: Callable[[int], Quotient | None]) -> None:
        """A replacement at the classes without a name, of which there may be none: nothing follows for the others."""
        self.field.leave_named_out()
        self.partial = bool(self.field.case.named)
        self.leaves.append(leaf)

    def _membership(self, subset: Name, inside: Quotient) -> Callable[[int], Quotient | None]:
        """Whether the classes without a name are in a subset."""
        table = self.field.table
        return lambda each: inside if isinstance(made := table[each], In) and made.subset == subset else None

    def _counted(self, number: int) -> Name | None:
        """The subset whose members the generator counts."""
        made = self.field.table[number]
        one = made.of if isinstance(made, Moment) and not made.over else ()
        member = self.field.table[one[0][0]] if len(one) == 1 and one[0][1] == 1 else None
        return member.subset if isinstance(member, In) else None

    def _solve_polynomial(self, poly: Polynomial) -> bool:
        for kind in (Moment, Scalar, Entry):
            for number in sorted(generators(poly)):
                solution = self._solved_for(poly, number) if isinstance(self.field.table[number], kind) else None
                if solution is not None:
                    self._note_solved(number, solution, {number})
                    self._keep_sign(number, solution)
                    self.leaves.append(one_leaf(number, solution))
                    return True
        return False

    def _note_solved(self, number: int, image: Quotient, like: set[int]) -> None:
        """Whether the equation says no more than what it was solved for, and no earlier one says more for it."""
        free = self._is_free(number, occurring(image)) and not like & self.field.within(self.solved)
        self.partly = self.partly or not free
        self.solved.add(number)

    def _is_free(self, number: int, image: set[int]) -> bool:
        """Whether the equation `number = image` leaves all other generators free.

        A sum over k has to be linear in a family that occurs nowhere else: sum_k y_k^2 = 0 says that every y_k is 0,
        and so does sum_k y_k = sum_k e^(y_k) - n. And y_i = sum_k e^(y_k) has no solution.
        """
        field, made = self.field, self.field.table[number]
        if isinstance(made, Entry):
            closed = {each for each in field.within(image) if any(map(is_dot, field.at[each]))}
            return made.family not in self._families(closed)
        if not isinstance(made, Moment):
            return True
        deeper = set().union(*(field.inner(field.table[each]) for each, _ in made.of))
        deeper |= occurring(Quotient({}, dict(made.over)))
        families = self._families(image | deeper)
        linear = {each for each, power in made.of if power == 1 and isinstance(field.table[each], Entry)}
        return any(not self._families({each}) <= families for each in linear)

    def _families(self, numbers: set[int]) -> set[Name]:
        """The families whose entries occur in generators."""
        within = (self.field.table[each] for each in self.field.within(numbers))
        return {each.family for each in within if isinstance(each, Entry)}

    def _keep_sign(self, number: int, image: Quotient) -> None:
        """What is known of a generator's sign is known of what takes its place."""
        factor = self.field.atom(number)
        known = self.field.side(factor) if self.splits and image.num else 0
        self.partly = self.partly or (known != 0 and self.field.sign_of(image, zero=False) != known)
        if known:
            self.field.learn(known, image, not self.field.sign(factor, zero=False))

    def _vanishing(self, poly: Polynomial) -> Polynomial:
        """The factor that is 0 where the polynomial is; of several, the one of this case."""
        _, powers = self.field.factors(poly)
        unsure = [each for each, times in powers if times > 0 and not self.field.sign(each, zero=False)]
        if len(unsure) == 1:
            return as_polynomial(unsure[0])
        if not self.splits:
            return poly
        chosen = next(self.branches, None)
        if chosen is None:
            raise Branches(len(unsure))
        return as_polynomial(unsure[chosen])

    def _forms(self, poly: Polynomial) -> Iterator[Polynomial]:
        """An equation; with logarithms taken of a = b; or with log q = a turned into q = e^a."""
        yield poly
        terms = [Quotient({monomial: value}, {}) for monomial, value in sorted(poly.items())]
        if len(terms) == 2 and self.field.sign_of(terms[0], zero=False) * self.field.sign_of(terms[1], zero=False) < 0:
            logs = [self.field.log_absolute(each) for each in terms]
            yield add(logs[0], negate(logs[1])).num
        for number in sorted(generators(poly)):
            made = self.field.table[number]
            value = self._solved_for(poly, number) if isinstance(made, Log) else None
            if isinstance(made, Log) and value is not None and self.field.sign(made.of, zero=False) == 1:
                yield add(Quotient(as_polynomial(made.of), {}), negate(self.field.exp(value))).num

    def _solve_family(self, zero: Quotient, dot: str, named: list[str]) -> bool:
        """Solve for the entry of a family at every class that is not named."""
        _, common, factors = factored(zero.num)
        single = as_polynomial(factors[0][0]) if len(factors) == 1 and not common else {}
        for form in (zero.num, *self._forms(single)):
            for number in sorted(generators(form)):
                entry = self.field.table[number]
                solution = self._solved_for(form, number) if isinstance(entry, Entry) and entry.at == dot else None
                if isinstance(entry, Entry) and solution is not None:
                    self._note_solved(number, solution, self._of_family(entry.family))
                    for at in () if named else (".", *self.field.case.named):
                        own = self.field.number(Entry(entry.family, at))
                        self._keep_sign(own, self.field.rename(solution, dot, at))
                    leaf = self._everywhere(entry.family, self.field.rename(solution, dot, "."), named)
                    self._at_unnamed(leaf) if named else self.leaves.append(leaf)
                    return True
        return False

    def _of_family(self, family: Name) -> set[int]:
        return {at for at, each in enumerate(self.field.table) if isinstance(each, Entry) and each.family == family}

    def _everywhere(self, family: Name, image: Quotient, named: list[str]) -> Callable[[int], Quotient | None]:
        """A family given class by class; if it is constant, its largest entry is that constant too."""
        extremes = [Best(which, str(family)) for which in ("max", "min")]
        if named or self.field.depends(image, "."):
            extremes = []

        def leaf(number: int) -> Quotient | None:
            made = self.field.table[number]
            if isinstance(made, Entry) and made.family == family and made.at not in named:
                return self.field.rename(image, ".", made.at)
            if isinstance(made, Scalar) and made.name in extremes:
                return image
            return ONE if isinstance(made, In) and made.subset in extremes else None

        return leaf

    def _solved_for(self, zero: Polynomial, number: int) -> Quotient | None:
        """-b/a where the polynomial is a g + b, a surely not 0 and g nowhere else; else None."""
        slope, rest = linear_in(zero, number)
        if not slope or not self.field.sign_of_polynomial(slope):
            return None
        if any(self.field.contains(each, number) for each in generators(zero) - {number}):
            return None
        return negate(multiply(Quotient(rest, {}), inverse(Quotient(slope, {}))))


def one_leaf(number: int, image: Quotient) -> Callable[[int], Quotient | None]:
    """The replacement of one generator."""
    return lambda each: image if each == number else None


def linear_in(poly: Polynomial, number: int) -> tuple[Polynomial, Polynomial]:
    """a and b of a g + b; a is empty where the polynomial is not of this form."""
    slope: Polynomial = {}
    rest: Polynomial = {}
    for monomial, coefficient in poly.items():
        exponent = dict(monomial).get(number, 0)
        if exponent not in (0, 1):
            return {}, {}
        if exponent:
            slope[divided_by_generator(monomial, number)] = coefficient
        else:
            rest[monomial] = coefficient
    return slope, rest


def about_n(each: Hypothesis) -> bool:
    """Whether a hypothesis only bounds n: the cases know it."""
    return isinstance(each, Relation) and of.n in (each.lhs, each.rhs) and (each.lhs + each.rhs - of.n).is_Integer
