r"""Terms, claims, hypotheses, points and verdicts as LaTeX, Markdown and plain text.

Plain text is the claim language: the parser reads back what `plain` writes.

>>> from symbolic.language.claims import claim, differ
>>> from symbolic.language.notation import D, delta, i, j, lam, p, z
>>> plain(lam*p[i]*(delta(i, j) - p[j]))
'lambda*p[i]*(delta(i, j) - p[j])'
>>> print(latex(claim(D(p[i], z[j]), "<", 0, given=[differ(i, j)])))
\frac{\partial p_{i}}{\partial z_{j}} < 0 \qquad (i \neq j)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias

from sympy import Add, Basic, Derivative, Expr, Integer, Mul, Pow, Rational, Symbol, exp, log
from sympy.core.relational import Relational
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

from symbolic.language import notation as of
from symbolic.language import verbatim
from symbolic.language.claims import (
    Always,
    ArgMax,
    Claim,
    Hypothesis,
    Invalid,
    Member,
    Point,
    Proved,
    Refuted,
    Relation,
    SameClass,
    Unknown,
    Verdict,
)

__all__ = ["latex", "markdown", "plain", "with_notes"]

Said: TypeAlias = "Basic | Relation | Hypothesis | Claim | Point | Verdict | Invalid"


def plain(said: Said) -> str:
    """An expression or a claim in the claim language, a point or a verdict in words.

    >>> plain(of.Sum(of.z[of.k] * of.p[of.k], of.k, of.Except(of.i)) / of.Z)
    'sum(p[k]*z[k], k != i)/Z'
    """
    return _Plain(said).say(said)


def latex(said: Said) -> str:
    r"""LaTeX source, to stand between math delimiters.

    >>> print(latex(of.Mean(of.z[of.k]**2, of.k) - of.Mean(of.z[of.k], of.k)**2))
    \left\langle z^{2} \right\rangle - \left\langle z \right\rangle^{2}
    """
    return _Latex(said).say(said)


def markdown(said: Said) -> str:
    """Markdown: formulas as inline LaTeX, verdicts in words.

    >>> print(markdown(Refuted(Point({}, size=1), "1", "0")))
    **Refuted** at $n = 1,\\; \\lambda = 1$: `1` on the left, `0` on the right.
    """
    write = _MARKDOWN.get(type(said))
    return write(said) if write else f"${latex(said)}$"


def with_notes(said: Verdict | Invalid) -> list[str]:
    """A verdict in words, and each of its notes: one line each.

    >>> with_notes(Unknown("the time ran out", ("K is a scalar",)))
    ['unknown: the time ran out', 'note: K is a scalar']
    """
    return [plain(said), *(f"note: {each}" for each in said.notes)]


def _names(said: object) -> set[str]:
    """All letters in what is to be printed; bound indices take others."""
    if isinstance(said, Basic):
        return {each.name for each in said.atoms(Symbol) - said.atoms(of.BoundIndex)}
    if is_dataclass(said):
        return _names(tuple(getattr(said, each.name) for each in fields(said)))
    return set().union(*map(_names, said)) if isinstance(said, tuple) else set()


# --- how expressions are laid out ----------------------------------------------------------------


def signed(expr: Expr) -> tuple[str, Expr]:
    """The sign of an expression's rational factor, and the rest."""
    factor, *others = expr.args if expr.is_Mul else (expr,)
    if factor.is_Rational and factor < 0:
        return "-", verbatim.multiply(-factor, *others)
    return "", expr


def fraction(expr: Expr) -> tuple[list[Expr], list[Expr]]:
    """The factors above and below the line, in reading order."""
    above: list[Expr] = []
    below: list[Expr] = []
    for factor in expr.args if expr.is_Mul else (expr,):
        if factor.is_Rational:
            above += [Integer(factor.p)] * (factor.p != 1)
            below += [Integer(factor.q)] * (factor.q != 1)
        elif factor.is_Pow and factor.exp.is_Rational and factor.exp < 0:
            below.append(verbatim.power(factor.base, -factor.exp))
        else:
            above.append(factor)
    return sorted(above, key=_place), sorted(below, key=_place)


def _place(factor: Expr) -> int:
    """Scalars first, then entries, functions, brackets, and last what extends to the right."""
    bare = factor.base if factor.is_Pow and factor.exp.is_Rational else factor
    return next((at for at, types in enumerate(_PLACES) if isinstance(bare, types)), _OTHERS)


_ENTRIES = (of.Entry, of.Probability, of.Delta)
_EXTENDING = (of.Sum, of.Product, of.Maximum, of.Limit, Derivative)
_PLACES: tuple[Any, ...] = (
    Rational,
    (of.InverseTemperature, of.Temperature),
    Symbol,
    of.Probability,
    (of.Entry, of.Delta),
    (),
    Add,
    log,
    _EXTENDING,
)
_OTHERS = _PLACES.index(())


def terms(total: Add) -> list[Expr]:
    """The terms by descending degree, what is less a logarithm, and sums, which reach on, last; a positive one first.

    >>> plain(of.p[of.i] - log(of.p[of.i]) - 1)
    'p[i] - 1 - log(p[i])'
    """
    sums = [term for term in total.args if _reaches_on(term)]
    ordered = sorted((term for term in total.args if term not in sums), key=_degree, reverse=True)
    ordered = sorted(ordered, key=_takes_a_logarithm) + sums
    first = next((at for at, term in enumerate(ordered) if not signed(term)[0]), 0)
    return [ordered.pop(first), *ordered]


def _takes_a_logarithm(term: Expr) -> bool:
    sign, bare = signed(term)
    return sign == "-" and isinstance(bare, log)


def _reaches_on(term: Expr) -> bool:
    """Could what follows be taken for a part of it?"""
    above, below = fraction(signed(term)[1])
    return not below and any(isinstance(each, (of.Sum, of.Product, of.Limit)) for each in above[-1:])


def _degree(term: Expr) -> Rational:
    return sum(_exponent(each) for each in Mul.make_args(term) if not each.is_Rational)


def _exponent(factor: Expr) -> Rational:
    """The degree of a factor; 0 of an exponential, for 1 + e^x is how it is written."""
    if factor.is_Pow and factor.exp.is_Rational:
        return factor.exp
    return Integer(0 if isinstance(factor, exp) else 1)


def _total(total: Add, write: Callable[[Expr], str]) -> str:
    """The terms with their signs between them."""
    text = ""
    for term in terms(total):
        sign, bare = signed(term)
        text += (f" {sign or '+'} " if text else sign) + write(bare)
    return text


# --- plain text ----------------------------------------------------------------------------------

SUM, PRODUCT, POWER, ATOM = range(4)


def _tightness(expr: Expr) -> int:
    """How tightly an expression holds together as plain text: may it stand under a power, a product?"""
    if expr.is_Add:
        return SUM
    if signed(expr)[0] or fraction(expr)[1] or expr.is_Mul:
        return PRODUCT
    return POWER if expr.is_Pow and expr.exp != _HALF else ATOM


_HALF = Rational(1, 2)
MOST_CASES = 8  # that are told one by one

WORDS: dict[type, str] = {
    of.Sum: "sum",
    of.Product: "prod",
    of.Mean: "mean",
    of.Variance: "var",
    of.Maximum: "max",
    of.Minimum: "min",
    of.Count: "count",
    of.Delta: "delta",
    of.Size: "size",
    of.Limit: "limit",
    of.Entropy: "entropy",
    of.Divergence: "kl",
    of.LogSumExp: "logsumexp",
}
CONDITIONS: dict[type, str] = {of.Except: "!=", of.In: "in", of.NotIn: "not in"}


class _Plain(StrPrinter):
    """The claim language."""

    printmethod = "_plain"  # not _sympystr, by which the notation prints as Python

    def __init__(self, said: Said) -> None:
        super().__init__()
        self.names = _names(said)

    def say(self, said: Any) -> str:
        if isinstance(said, Basic):
            return self.doprint(said)
        return getattr(self, f"_say_{type(said).__name__}")(said)

    # --- expressions ---

    def within(self, expr: Expr, least: int) -> str:
        text = self._print(expr)
        return text if _tightness(expr) >= least else f"({text})"

    def product(self, factors: list[Expr], least: int = PRODUCT) -> str:
        return "*".join(self.within(factor, least) for factor in factors)

    def call(self, word: str, arguments: Iterable[Basic]) -> str:
        return f"{word}({', '.join(map(self._print, arguments))})"

    def _print_Add(self, expr: Add, order: Any = None) -> str:
        return _total(expr, lambda term: self.within(term, PRODUCT))

    def _print_Mul(self, expr: Expr) -> str:
        sign, bare = signed(expr)
        above, below = fraction(bare)
        over = self.product(above) or "1"
        if len(below) > 1:
            return f"{sign}{over}/({self.product(below)})"
        return f"{sign}{over}/{self.product(below, POWER)}" if below else sign + over

    _print_Rational = _print_Mul

    def _print_Pow(self, expr: Pow, rational: bool = False) -> str:
        if fraction(expr)[1]:
            return self._print_Mul(expr)
        if expr.exp == _HALF:
            return self.call("sqrt", [expr.base])
        return f"{self.within(expr.base, ATOM)}^{self.within(expr.exp, ATOM)}"

    def _print_Exp1(self, expr: Expr) -> str:
        return "exp(1)"

    def _print_Relational(self, expr: Relational) -> str:
        return f"{self._print(expr.lhs)} {expr.rel_op} {self._print(expr.rhs)}"

    def _print_Function(self, expr: Expr) -> str:
        return self.call(WORDS.get(type(expr), type(expr).__name__.lower()), expr.args)

    _print_Functional = _print_Size = _print_Limit = _print_Function

    def _print_Derivative(self, expr: Derivative) -> str:
        variables = [each for each, times in expr.variable_count for _ in range(int(times))]
        return self.call("diff", [expr.expr, *variables])

    def _print_Binder(self, expr: of.Binder) -> str:
        bound, body, conditions = expr.named(self)
        text = f"{self._print(body)}, {self.classes(bound, conditions)}"
        return f"{WORDS[type(expr)]}({text})"

    _print_Sum = _print_Product = _print_Binder

    def _print_Maximum(self, expr: of.Maximum) -> str:
        family = expr.family()
        return self._print_Binder(expr) if family is None else self.call(WORDS[type(expr)], [family])

    def classes(self, bound: Symbol, conditions: Iterable[Basic]) -> str:
        """A bound index and where it goes."""
        parts = [f"{bound} {CONDITIONS[type(each)]} {self._print(each.args[0])}" for each in conditions]
        return ", ".join(parts) or str(bound)

    def _print_Entry(self, expr: Expr) -> str:
        return "{}[{}]".format(*map(self._print, expr.args))

    _print_Probability = _print_Entry

    def _print_Partition(self, expr: of.Partition) -> str:
        return "Z" if expr == of.Z else self._print(expr.definition())

    def _print_Softmax(self, expr: of.Softmax) -> str:
        if expr == of.p:
            return "p"
        return self.call("softmax", expr.args[:1] if expr.scale == 1 else expr.args)

    # --- claims ---

    def _say_Relation(self, said: Relation) -> str:
        return f"{self._print(said.lhs)} {said.op} {self._print(said.rhs)}"

    def _say_SameClass(self, said: SameClass) -> str:
        return f"{said.first} {'==' if said.holds else '!='} {said.second}"

    def _say_Member(self, said: Member) -> str:
        return f"{said.index} {'in' if said.holds else 'not in'} {said.subset}"

    def _say_ArgMax(self, said: ArgMax) -> str:
        return f"{said.subset} == {'argmax' if said.largest else 'argmin'}({said.family})"

    def _say_Always(self, said: Always) -> str:
        return f"all({self.say(said.relation)}, {self.classes(said.bound, said.conditions)})"

    def _say_Claim(self, said: Claim) -> str:
        given = ", ".join(map(self.say, said.given))
        return self.say(said.relation) + (f" given {given}" if given else "")

    # --- points and verdicts ---

    def _say_Point(self, said: Point) -> str:
        return ", ".join(f"{name} = {self.value(value)}" for name, value in _coordinates(said))

    def value(self, value: Any) -> str:
        """A number, a row of numbers or a set of classes."""
        if isinstance(value, Basic):
            return self._print(value)
        items = ", ".join(map(self.value, value))
        return f"({items})" if isinstance(value, tuple) else f"{{{items}}}"

    def _say_Proved(self, said: Proved) -> str:
        return "; ".join([f"proved{_in_cases(said)}", *_besides(said)])

    def _say_Refuted(self, said: Refuted) -> str:
        return f"refuted at {self.say(said.point)}: {said.lhs} on the left, {said.rhs} on the right"

    def _say_Unknown(self, said: Unknown) -> str:
        return f"unknown: {said.reason}"

    def _say_Invalid(self, said: Invalid) -> str:
        return f"invalid: {said.reason}"


def _coordinates(point: Point) -> Iterator[tuple[str, Any]]:
    """The names and the values of all that a point fixes."""
    yield "n", Integer(point.n)
    if point.inverse_temperature is not None:
        yield "lambda", point.inverse_temperature
    yield from point.families.items()
    if point.multiplicities:
        yield "multiplicities", tuple(map(Integer, point.multiplicities))
    yield from ((name, Integer(at)) for name, at in point.indices.items())
    yield from point.scalars.items()
    for name, classes in point.subsets.items():
        yield name, [Integer(at) for at in sorted(classes)]


def _besides(said: Proved) -> list[str]:
    """What a reader of `proved` should know besides."""
    vacuous = ["vacuous: nowhere do the hypotheses hold and both sides exist"]
    rests = [f"rests on {each}" for each in said.rests_on]
    return vacuous * said.vacuous + rests


def _in_cases(said: Proved) -> str:
    """A single case only repeats the hypotheses; several are worth telling."""
    if len(said.cases) > MOST_CASES:
        return f" in each of {len(said.cases)} cases"
    return f" in each case: {'; '.join(said.cases)}" if len(said.cases) > 1 else ""


# --- LaTeX ---------------------------------------------------------------------------------------

RELATIONS = {"==": "=", "!=": r"\neq", "<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq"}

_NAMED = (Symbol, Integer, *_ENTRIES, of.Partition, of.Functional, of.Mean, of.Variance)
_TAKES_EXPONENT = (*_ENTRIES, of.Partition, of.Functional, of.Binder, of.Size)


class _Latex(LatexPrinter):
    """SymPy's LaTeX, in the order and with the brackets that a reader expects."""

    def __init__(self, said: Said) -> None:
        super().__init__()
        self.names = _names(said)

    def say(self, said: Any) -> str:
        if isinstance(said, Basic):
            return self.doprint(said)
        return getattr(self, f"_say_{type(said).__name__}")(said)

    # --- expressions ---

    def bracketed(self, expr: Basic) -> str:
        return rf"\left({self._print(expr)}\right)"

    def _print_Add(self, expr: Add, order: Any = None) -> str:
        return _total(expr, lambda term: self.factor(term, last=True))

    def _print_Mul(self, expr: Expr) -> str:
        sign, bare = signed(expr)
        above, below = fraction(bare)
        if below:
            beside = [each for each in above if self.tall(each)]
            over = self.product([each for each in above if each not in beside]) or "1"
            quotient = rf"{sign}\frac{{{over}}}{{{self.product(below)}}}"
            return " ".join([quotient, *(self.factor(each, last=False) for each in beside)])
        return sign + (self.factor(bare, last=True) if sign else self.product(above))

    def tall(self, expr: Expr) -> bool:
        """Does it contain a fraction, so that it reads better beside one than in it?"""
        added = expr.args if expr.is_Add else ()
        return self.quotient(expr) or any(fraction(signed(each)[1])[1] for each in added)

    _print_Rational = _print_Mul

    def _print_Integer(self, expr: Integer) -> str:
        return str(expr)

    def product(self, factors: list[Expr]) -> str:
        if len(factors) < 2:
            return "".join(map(self._print, factors))
        texts = [self.factor(each, last=False) for each in factors[:-1]]
        texts.append(self.factor(factors[-1], last=True))
        marks = [r" \cdot " if _must_be_marked(*each) else " " for each in zip(factors, texts[1:], strict=False)]
        return texts[0] + "".join(mark + text for mark, text in zip(marks, texts[1:], strict=True))

    def _print_Symbol(self, expr: Symbol, style: str = "") -> str:
        r"""x_1 is an entry of x, so the name x1 is \mathit{x1}; and SymPy's `o` for omicron is another name."""
        name = str(expr.name)
        if name == "omicron":
            return rf"\{name}"
        return rf"\mathit{{{name}}}" if name[-1:].isdigit() else super()._print_Symbol(expr, style)

    def _print_Abs(self, expr: Expr, exp: str | None = None) -> str:
        """|A| is the size of a set."""
        (argument,) = expr.args
        capital = isinstance(argument, Symbol) and argument.name.isupper()
        text = (
            rf"\operatorname{{abs}}{self.bracketed(argument)}" if capital else rf"\left|{self._print(argument)}\right|"
        )
        return rf"\left({text}\right)^{{{exp}}}" if exp else text

    def factor(self, expr: Expr, last: bool) -> str:
        bracket = expr.is_Add or not (last or self.ends(expr))
        return self.bracketed(expr) if bracket else self._print(expr)

    def ends(self, expr: Expr) -> bool:
        """Is it clear where the expression ends when another factor follows?"""
        if isinstance(expr, log):
            return not isinstance(expr.args[0], _NAMED)
        return not isinstance(expr, _EXTENDING) or self.quotient(expr)

    def _print_Pow(self, expr: Pow) -> str:
        if fraction(expr)[1]:
            return self._print_Mul(expr)
        if expr.exp == _HALF:
            return rf"\sqrt{{{self._print(expr.base)}}}"
        base, exponent = expr.base, self._print(expr.exp)
        if isinstance(base, _TAKES_EXPONENT):
            return self._print(base, exp=exponent)
        bare = base.is_Symbol or (base.is_Integer and base >= 0)
        return f"{self._print(base) if bare else self.bracketed(base)}^{{{exponent}}}"

    def _print_log(self, expr: Expr, exp: str | None = None) -> str:
        (argument,) = expr.args
        if isinstance(argument, _NAMED) and not signed(argument)[0]:
            return rf"\log {self._print(argument)}"
        return rf"\log{self.bracketed(argument)}"

    def quotient(self, expr: Expr) -> bool:
        """Is this a derivative that is written in one piece?"""
        if not isinstance(expr, Derivative):
            return False
        inner = expr.expr.args[0] if isinstance(expr.expr, log) else expr.expr
        return isinstance(inner, _NAMED)

    def _print_Derivative(self, expr: Derivative) -> str:
        powers = [(each, _superscript(times)) for each, times in expr.variable_count]
        below = " ".join(rf"\partial {self._print(each)}{times}" for each, times in powers)
        above = rf"\partial{_superscript(expr.derivative_count)}"
        if self.quotient(expr):
            return rf"\frac{{{above} {self._print(expr.expr)}}}{{{below}}}"
        product = expr.expr.is_Mul and not fraction(expr.expr)[1]
        inner = self.bracketed(expr.expr) if product else self.factor(expr.expr, last=True)
        return rf"\frac{{{above}}}{{{below}}} {inner}"

    # --- claims ---

    def _say_Relation(self, said: Relation) -> str:
        return f"{self._print(said.lhs)} {RELATIONS[said.op]} {self._print(said.rhs)}"

    def _say_SameClass(self, said: SameClass) -> str:
        sign = "=" if said.holds else r"\neq"
        return f"{self._print(said.first)} {sign} {self._print(said.second)}"

    def _say_Member(self, said: Member) -> str:
        sign = r"\in" if said.holds else r"\notin"
        return f"{self._print(said.index)} {sign} {self._print(said.subset)}"

    def _say_ArgMax(self, said: ArgMax) -> str:
        word = "argmax" if said.largest else "argmin"
        return rf"{self._print(said.subset)} = \operatorname{{{word}}} {self._print(said.family)}"

    def _say_Always(self, said: Always) -> str:
        classes = of.range_latex(said.bound, said.conditions, self)
        return rf"{self.say(said.relation)} \text{{ for all }} {classes}"

    def _say_Claim(self, said: Claim) -> str:
        given = r",\; ".join(map(self.say, said.given))
        return self.say(said.relation) + (rf" \qquad ({given})" if given else "")

    # --- points and verdicts ---

    def _say_Point(self, said: Point) -> str:
        named = ((self.name(name), self.value(value)) for name, value in _coordinates(said))
        return r",\; ".join(f"{name} = {value}" for name, value in named)

    def name(self, name: str) -> str:
        return rf"\text{{{name}}}" if name == "multiplicities" else self._print(Symbol(name))

    def value(self, value: Any) -> str:
        if isinstance(value, Basic):
            return self._print(value)
        items = ", ".join(map(self.value, value))
        return rf"\left({items}\right)" if isinstance(value, tuple) else rf"\{{{items}\}}"

    def _say_Proved(self, said: Proved) -> str:
        return _worded("; ".join([f"proved{_in_cases(said)}", *_besides(said)]))

    def _say_Refuted(self, said: Refuted) -> str:
        sides = _worded(f": {said.lhs} on the left, {said.rhs} on the right")
        return _worded("refuted at ") + self.say(said.point) + sides

    def _say_Unknown(self, said: Unknown) -> str:
        return _worded(f"unknown: {said.reason}")


FUNCTIONS = frozenset({"f", "g", "F", "G", "L", "P", "S", "J", "H", "sigma"})  # what a bracket after the letter applies


def _must_be_marked(first: Expr, second: str) -> bool:
    r"""Could the two, side by side, be no product: 2 3, H (x), and the d x of \frac{d x}{d y}?"""
    name = getattr(first.base if first.is_Pow else first, "name", "")
    return second[0].isdigit() or name == "d" or (name in FUNCTIONS and second.startswith(r"\left("))


def _superscript(times: Expr) -> str:
    return "" if times == 1 else f"^{{{times}}}"


def _worded(text: str) -> str:
    """Words within a formula; what LaTeX would take for markup is escaped."""
    marks = {each: f"\\{each}" for each in "_#%&${}"} | {"\\": r"\textbackslash{}", "^": r"\^{}"}
    return rf"\text{{{''.join(marks.get(each, each) for each in text)}}}"


# --- Markdown ------------------------------------------------------------------------------------


def _proved(said: Proved) -> str:
    return ", ".join([f"**Proved**{_in_cases(said)}", *_besides(said)]) + "." + _noted(said)


def _refuted(said: Refuted) -> str:
    sides = f"`{said.lhs}` on the left, `{said.rhs}` on the right."
    return f"**Refuted** at ${latex(said.point)}$: {sides}{_noted(said)}"


def _unknown(said: Unknown) -> str:
    return f"**Unknown**: {said.reason}.{_noted(said)}"


def _noted(said: Verdict | Invalid) -> str:
    return "".join(f"\n\n*Note:* {each}." for each in said.notes)


def _invalid(said: Invalid) -> str:
    return f"**Invalid**: {said.reason}.{_noted(said)}"


_MARKDOWN: dict[type, Callable[[Any], str]] = {
    Proved: _proved,
    Refuted: _refuted,
    Unknown: _unknown,
    Invalid: _invalid,
}
