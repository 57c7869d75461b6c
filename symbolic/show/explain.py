"""What a verdict rests on, to be read: the cases, and in each the normal forms, in the claim language.

    explanation(claim, verdict, seconds) -> str

Of an equality the normal form of either side in each case, and a derivation where `derive` finds one; of an
inequality, a limit, a claim about nothing, and what would fail without it, the derivation, or the facts that were used.

>>> from symbolic.language.parser import parse_claim
>>> print(explanation(parse_claim("p[i]/p[j] == exp(lambda*(z[i] - z[j])) given i != j"), Proved()))
p[i]/p[j] == exp(lambda*(z[i] - z[j])) given i != j
  proved
normal forms:
  i, j distinct
    left   exp(lambda*z[i] - lambda*z[j])
    right  exp(lambda*z[i] - lambda*z[j])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sympy import Abs, Expr, Integer, Rational, Symbol, exp, log

from symbolic.deadline import OutOfTime, within
from symbolic.deriving import step_by_step
from symbolic.language import notation as of
from symbolic.language import verbatim
from symbolic.language.claims import Claim, Invalid, Proved, Verdict, bounds
from symbolic.language.errors import SymbolicError, Undefined
from symbolic.language.notation import Limit
from symbolic.language.proof import Proof
from symbolic.language.typeset import plain, with_notes
from symbolic.search.form.admission import Term, admit_together
from symbolic.search.form.case_analysis import Case, cases, positive_names
from symbolic.search.form.equality import WRITTEN_OUT, both_sides, describe, free_indices, subsets
from symbolic.search.form.generators import Abs as Absolute
from symbolic.search.form.generators import Entry, Exp, Generator, In, Log, Moment, N, Reciprocal, Scalar
from symbolic.search.form.hypotheses import Reduction
from symbolic.search.form.moments import Field
from symbolic.search.form.names import Best, Name
from symbolic.search.limits.laurent import Factor, Monomial, Polynomial, Quotient, add, as_polynomial, negate
from symbolic.show.narration import told

__all__ = ["explanation"]

ARGUED = {"absurd", "compare", "vanish"}  # steps
LONGEST = 2000  # characters of a normal form; beyond it nobody reads


def explanation(claim: Claim, verdict: Verdict | Invalid, seconds: float = 10) -> str:
    """The claim, the verdict and what it rests on."""
    said = (f"  {each}" for each in with_notes(verdict))
    return "\n".join([plain(claim), *said, *_grounds(claim, verdict, seconds)])


def _grounds(claim: Claim, verdict: Verdict | Invalid, seconds: float) -> Iterator[str]:
    if not isinstance(verdict, Proved):
        return
    argued = not verdict.vacuous and _is_argued(verdict.derivation)
    ordered = claim.op != "==" or claim.lhs.has(Limit) or claim.rhs.has(Limit) or argued
    clash = verdict.vacuous and bool(claim.given)
    if verdict.derivation is not None and (ordered or clash):
        yield "a derivation:"
        yield from (f"  {line}" for line in told(verdict.derivation).splitlines())
    elif verdict.facts:
        yield "facts used:"
        yield from (f"  {fact}" for fact in verdict.facts)
    if ordered or clash:
        return
    try:
        with within(seconds):
            yield from _normal_forms(claim)
            yield from _derivation(claim)
    except (OutOfTime, RecursionError):
        yield "  ... and more: the time ran out"


def _is_argued(proof: Proof | None) -> bool:
    """Whether an equality is concluded from what would fail without it: its sides have no normal form in common."""
    left: list[object] = [proof.tree] if proof else []
    while left:
        node = left.pop()
        if isinstance(node, Mapping):
            if ARGUED & node.keys():
                return True
            left.extend(node.values())
    return False


def _derivation(claim: Claim) -> Iterator[str]:
    """An equality step by step, if that is found."""
    found = step_by_step(claim)
    if found is not None:
        yield "a derivation:"
        yield from (f"  {line}" for line in str(found).splitlines())


def _normal_forms(claim: Claim) -> Iterator[str]:
    """Both sides in each case; where they do not meet for symbolic n, for each n with the sums written out."""
    least, greatest = bounds(claim.given)
    try:
        sides = admit_together(claim.lhs, claim.rhs)
        forms = list(_in_cases(claim, sides, cases_of(claim, sides, least if least == greatest else None, False)))
        if greatest is not None and not all(each.meet for each in forms):
            sizes = range(least, min(greatest, WRITTEN_OUT) + 1)
            forms = [each for n in sizes for each in _in_cases(claim, sides, cases_of(claim, sides, n, True))]
    except SymbolicError:
        return
    yield "normal forms:"
    for each in forms:
        yield f"  {each.case or 'for every n'}"
        yield from (f"    {line}" for line in each.lines)


@dataclass(frozen=True)
class _Forms:
    """A case in words, both normal forms as lines, and whether they are equal."""

    case: str
    lines: tuple[str, ...]
    meet: bool


def cases_of(claim: Claim, sides: tuple[Term, ...], n: int | None, written_out: bool) -> Iterator[Case]:
    return cases(free_indices(claim, sides), claim.given, subsets(claim), n, written_out)


def _in_cases(claim: Claim, sides: tuple[Term, ...], every: Iterable[Case]) -> Iterator[_Forms]:
    for case in every:
        field = Field(case, positive_names(claim.given, case.classes))
        try:
            left, right = field.settle(partial(_reduced, field, claim, sides))
            read = _Reader(field).text
            lines = f"left   {read(left)}", f"right  {read(right)}"
            yield _Forms(describe(case), lines, field.is_zero(add(left, negate(right))))
        except Undefined:
            yield _Forms(describe(case), ("nowhere are both sides defined",), True)


def _reduced(field: Field, claim: Claim, sides: tuple[Term, ...]) -> tuple[Quotient, Quotient]:
    lhs, rhs = both_sides(field, sides)
    reduction = Reduction(field, claim.given, field.case.classes)
    return reduction(lhs), reduction(rhs)


# --- from the generators of the kernel back to the notation --------------------------------------


class _Reader:
    """Reads normal forms of a field; the classes summed over get letters that are free there."""

    def __init__(self, field: Field) -> None:
        self.field = field
        named = field.case.named
        used = {*field.case.classes, *named} | {each.name for each in field.table if isinstance(each, Scalar)}
        letters = [each for each in "klmjihgfeabcdrsuv" if each not in used]
        anonymous = [each for each in named if each.endswith("#")]
        self.names = dict(zip(anonymous, reversed(letters), strict=False))
        self.letters = letters

    def text(self, quotient: Quotient) -> str:
        """The normal form in the claim language."""
        said = plain(self.expression(quotient))
        return said if len(said) <= LONGEST else f"{said[:LONGEST]} ..."

    def expression(self, quotient: Quotient) -> Expr:
        """The normal form as an expression of the notation."""
        factors = [self.polynomial(quotient.num)]
        for factor, times in quotient.den.items():
            factors.append(verbatim.power(self.factor(factor), Integer(-times)))
        return verbatim.multiply(*factors)

    def factor(self, factor: Factor) -> Expr:
        return self.polynomial(as_polynomial(factor))

    def polynomial(self, poly: Polynomial) -> Expr:
        return verbatim.add(Integer(0), *(self.term(monomial, value) for monomial, value in poly.items()))

    def term(self, monomial: Monomial, value: object = 1) -> Expr:
        """A monomial with its coefficient; its exponentials meet in one."""
        exponents, factors = [], [_rational(value)]
        for number, times in monomial:
            made = self.field.table[number]
            if isinstance(made, Exp):
                exponent = self.expression(self.field.actual(made.of))
                exponents.append(verbatim.multiply(_rational(times), exponent))
            else:
                factors.append(verbatim.power(self.generator(made), _rational(times)))
        if exponents:
            factors.append(exp(verbatim.add(*exponents), evaluate=False))
        return verbatim.multiply(*factors)

    def generator(self, made: Generator) -> Expr:
        match made:
            case N():
                return verbatim.add(of.n, Integer(-self.field.shift))
            case Scalar(name):
                return _scalar(name)
            case Entry(str(family), at):
                return of.Family(family)[self.index(at)]
            case Log(factor):
                inside = self.factor(factor)
                return log(inside if self.field.sign(factor) > 0 else Abs(inside, evaluate=False), evaluate=False)
            case Absolute(factor):
                return Abs(self.factor(factor), evaluate=False)
            case Reciprocal(factors):
                return self.expression(Quotient({(): 1}, dict(factors)))
            case Moment():
                return self.moment(made)
        raise SymbolicError("the normal form has no words in the claim language")

    def index(self, at: str) -> Expr:
        """A class at hand, or one summed over, numbered from the inside."""
        if at.endswith("."):
            return of.class_named(self.letters[int(at[:-1])])
        return of.class_named(self.names.get(at, at))

    def moment(self, made: Moment) -> Expr:
        """The sum over k; the partition function by its name."""
        bound = self.index(f"{self.field.height[self.field.number(made)] - 1}.")
        inside = [self.field.table[number] for number, _ in made.of]
        subsets = [each.subset for each in inside if isinstance(each, In)]
        rest = tuple(pair for pair, each in zip(made.of, inside, strict=True) if not isinstance(each, In))
        body = self.expression(Quotient({rest: 1}, dict(made.over)))
        conditions = [*map(of.In, map(of.Subset, map(str, subsets))), *self.left_out()]
        total = of.Sum(body, bound, *conditions)
        return of.Z if total == of.Z.definition() else total

    def left_out(self) -> Iterable[of.Except]:
        return (of.Except(self.index(each)) for each in self.field.case.named if self.field.apart)


def _rational(value: Any) -> Rational:
    return Rational(int(value.numerator), int(value.denominator))


def _scalar(name: Name) -> Expr:
    """A scalar, or the largest or smallest of a family."""
    if isinstance(name, Best):
        return {"max": of.Maximum, "min": of.Minimum}[name.which].of(of.Family(name.family))
    return of.lam if name == "lambda" else Symbol(str(name), real=True)
