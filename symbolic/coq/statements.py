"""Claims as propositions of Coq, in the words of proofs/notation.v.

    proposition(claim)      what the claim says, closed: every letter is quantified, every hypothesis a premise
    proposition(claim, Reading.DEFINED)
                            the same where both sides are defined: that their parts are is a premise, too
    proposition(claim, Reading.DENIED)
                            no more than the claim says, to be denied: that derivatives exist is a premise, too
    theorems(result)        the names of a result's theorems in proofs/, and what each has to say

Coq's classes are 'I_n and its operations total: where the claim language leaves a point out because a side is
undefined there, the proposition speaks of it all the same, unless that is a premise. It says that every derivative in
it exists, and of a limit that its function is defined, all the way from some point on, on each side from which it is
taken: so it can say more than its claim, never less. What is plainly positive is no premise.

>>> from symbolic.language.claims import claim
>>> from symbolic.language.notation import D, delta, i, j, lam, p, z
>>> print(proposition(claim(D(p[i], z[j]), "==", lam*p[i]*(delta(i, j) - p[j]))))
forall (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n),
  0 < lambda ->
  is_partial (fun z => softmax lambda z i) z j (lambda * softmax lambda z i * (delta i j - softmax lambda z j))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Any, NamedTuple

from sympy import Add, Basic, Derivative, Expr, Integer, Mul, Pow, S, Symbol, exp, log, oo
from sympy.core.relational import Relational
from sympy.printing.printer import Printer

from symbolic.language import notation as of
from symbolic.language.claims import Always, ArgMax, Claim, Hypothesis, Member, Relation, SameClass
from symbolic.language.errors import Unsupported
from symbolic.language.typeset import fraction, signed, terms
from symbolic.results import Result

__all__ = ["OPEN", "Reading", "Writer", "proposition", "theorems"]


class Coq(NamedTuple):
    """A piece of Coq, and the level of its outermost notation: the lower, the tighter it holds together."""

    text: str
    level: int = 0

    def within(self, level: int) -> str:
        """The text where a notation of `level` is allowed."""
        return self.text if self.level <= level else f"({self.text})"


ATOM, APPLICATION, POWER, SIGN, FACTOR, TERM, OPEN = 0, 10, 30, 35, 40, 50, 200

OPERATORS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
PLAINLY_POSITIVE = (exp, of.Partition, of.InverseTemperature, of.Temperature)
FUNCTIONS = {"exp": "exp", "log": "ln", "tanh": "tanh", "sinh": "sinh", "cosh": "cosh", "Abs": "Rabs"}
TURNED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
EXTENDED = {"!=": "{0} <> {1}", "<": "Rbar_lt {0} {1}", "<=": "Rbar_le {0} {1}", ">": "Rbar_lt {1} {0}",
            ">=": "Rbar_le {1} {0}"}  # fmt: skip
COMPARISONS = {"==": "=?", "<": "<?", ">": "<?", "<=": "<=?", ">=": "<=?"}
CONDITIONS = {of.Except: "{} != {}", of.In: r"{} \in {}", of.NotIn: r"{} \notin {}"}
GREATEST = {of.Maximum: "vmax", of.Minimum: "vmin"}


class Reading(Enum):
    """Where what a claim needs to be defined goes: nowhere, to the premises, or there with the derivatives, too."""

    STATED = auto()
    DEFINED = auto()
    DENIED = auto()


def proposition(said: Claim, reading: Reading = Reading.STATED) -> str:
    """The claim as a closed proposition; `Unsupported` where words are wanting."""
    return Writer(said, reading).claim(said)


def theorems(result: Result) -> Iterator[tuple[str, str]]:
    """The theorem of the result's name, and one that refutes it without each of the hypotheses it needs."""
    yield result.name, proposition(result.claim)
    needed = [need.without for need in result.needs if need.point is not None]
    for number, without in enumerate(needed, 1):
        yield (
            f"{result.name}_needs" + (f"_{number}" if len(needed) > 1 else ""),
            f"~ (\n  {proposition(without, Reading.DENIED)})",
        )


class Want(NamedTuple):
    """What has to hold for an expression to have a value: a condition, or that a derivative or a limit `exists`."""

    text: str
    exists: bool = False


class Writer(Printer):
    """Writes the parts of one claim, and notes which letters are free in it."""

    printmethod = "_coq"

    def __init__(self, said: Claim, reading: Reading) -> None:
        super().__init__()
        self.reading = reading
        self.size = next(filter(None, map(_fixed_size, said.given)), "n")
        self.names = {each.name for part in _expressions(said) for each in part.atoms(Symbol)}
        self.inverse, self.temperature = Coq("lambda"), Coq("/ lambda", SIGN)
        self.indices: set[str] = set()
        self.bound: frozenset[str] = frozenset()
        self.families: set[str] = set()
        self.scalars: set[str] = set()
        self.subsets: set[str] = set()
        self.concrete: set[int] = set()
        self.counted = False
        self.positive = set(_assumed_positive(said))

    # --- claims ---

    def claim(self, said: Claim) -> str:
        wanted, conclusion = self.conclusion(said.relation)
        indices = frozenset(self.indices)
        premises = [self.hypothesis(each, indices) for each in said.given if _fixed_size(each) != self.size]
        if self.reading is not Reading.STATED:
            premises += dict.fromkeys(each.text for each in wanted if not each.exists)
        exist = list(dict.fromkeys(each.text for each in wanted if each.exists))
        if self.reading is Reading.DENIED:
            premises, exist = premises + exist, []
        if (
            not (self.indices or self.size != "n" or any(_bounds_size(each) for each in said.given))
            and self.has_classes
        ):
            premises.insert(0, "(0 < n)%N")
        premises = [f"class{each} = {each - 1}%N :> nat" for each in sorted(self.concrete)] + premises
        if "lambda" in self.scalars:
            premises.insert(0, "0 < lambda")
        head = f"forall {self.quantified()},\n  " if self.quantified() else ""
        return head + " ->\n  ".join([*premises, " /\\\n  ".join([*exist, conclusion])])

    @property
    def has_classes(self) -> bool:
        """Does the claim speak of classes at all?"""
        return bool(self.counted or self.families or self.indices or self.subsets)

    def inhabited(self, said: Claim) -> bool:
        """Is it clear that there is a class: one is named, or n is bounded from below?"""
        return bool(self.indices) or self.size != "n" or any(map(_bounds_size, said.given))

    def quantified(self) -> str:
        """The letters of the claim with their sorts; known when all of it has been written."""
        families, classes = f"'I_{self.size} -> R", f"'I_{self.size}"
        letters = [
            (["n"] if self.size == "n" and self.has_classes else [], "nat"),
            (["lambda"] if "lambda" in self.scalars else [], "R"),
            (sorted(self.families, reverse=True), families),
            (sorted(self.scalars - {"lambda"}), "R"),
            (sorted(self.indices) + [f"class{each}" for each in sorted(self.concrete)], classes),
            (sorted(self.subsets), f"{{set {classes}}}"),
        ]
        return " ".join(f"({' '.join(names)} : {sort})" for names, sort in letters if names)

    def conclusion(self, said: Relation) -> tuple[list[Want], str]:
        """What the sides need, and the relation, which says that a limit or derivative that is all of a side exists."""
        for side, other, op in ((said.lhs, said.rhs, said.op), (said.rhs, said.lhs, TURNED[said.op])):
            if isinstance(side, of.Limit) and not other.has(of.Limit):
                wanted, text = self.limit(side, op, other)
                return [*self.wants(other), *wanted], text
            if (
                said.op == "==" and isinstance(side, Derivative) and not other.has(Derivative)
                and self.reading is not Reading.DENIED
            ):  # fmt: skip
                text = self.derivative("is", side.expr, side.variables, other)
                *wanted, _ = self.wants(side)  # the last of them is that the derivative exists
                return [*wanted, *self.wants(other)], text
        return [*self.wants(said.lhs, said.rhs)], self.relation(said)

    def relation(self, said: Relation) -> str:
        return f"{self.put(said.lhs, TERM)} {OPERATORS[said.op]} {self.put(said.rhs, TERM)}"

    def hypothesis(self, said: Hypothesis, free: frozenset[str]) -> str:
        """A premise; an index that the relation does not have is universal inside of it."""
        match said:
            case Relation() if _bounds_size(said):
                return f"({said.rhs} {'<=' if said.op == '>=' else '<'} {self.size})%N"
            case Relation() if _fixed_size(said):
                return f"({self.size} = {_fixed_size(said)})%N"
            case Relation() | Always():
                known, self.indices = self.indices, set()
                text = self.where_defined(said) if isinstance(said, Relation) else self.always(said)
                inner, self.indices = sorted(self.indices - free), known
                return f"(forall {' '.join(inner)} : 'I_{self.size}, {text})" if inner else text
            case SameClass(first=first, second=second, holds=holds):
                return f"{self.at(first)} {'=' if holds else '!='} {self.at(second)}"
            case Member(index=at, subset=subset, holds=holds):
                return f"{self.at(at)} {chr(92)}{'in' if holds else 'notin'} {self.subset(subset)}"
            case ArgMax(subset=subset, family=family, largest=largest):
                greatest = "vmax" if largest else "vmin"
                letter = "k" if "k" not in self.names else "k0"
                return (f"(forall {letter} : 'I_{self.size}, ({letter} \\in {self.subset(subset)}) = "
                        f"({self.family(family)} {letter} =? {greatest} {self.family(family)}))")  # fmt: skip

    def always(self, said: Always) -> str:
        with self.binding(said.bound):
            ranges = [f"{self.condition(said.bound.name, each)} -> " for each in said.conditions]
            return f"(forall {said.bound.name} : 'I_{self.size}, {''.join(ranges)}{self.where_defined(said.relation)})"

    def where_defined(self, said: Relation) -> str:
        """A hypothesis; one that is to be met by a counterexample is defined there."""
        wanted = self.wants(said.lhs, said.rhs) if self.reading is Reading.DENIED else ()
        return " /\\ ".join([*dict.fromkeys(each.text for each in wanted), self.relation(said)])

    def wants(self, *exprs: Basic) -> Iterator[Want]:
        """What the expressions need: no division by zero, what is under a logarithm or a root positive, derivatives.

        A function is defined where it is differentiated, and its derivative exists, last of all. What a limit needs
        is no matter of the point: see `limit`.
        """
        for expr in exprs:
            match expr:
                case of.Limit():
                    continue
                case of.Binder():
                    bound, body, conditions = expr.named(self)
                    with self.binding(bound):
                        ranges = [f"{self.condition(bound.name, each)} -> " for each in conditions]
                        inside = list(self.wants(body))
                    if isinstance(expr, of.Maximum | of.Minimum) and conditions:
                        where = " /\\ ".join(self.condition(bound.name, each) for each in conditions)
                        yield Want(f"(exists {bound.name} : 'I_{self.size}, {where})")
                    before = f"forall {bound.name} : 'I_{self.size}, {''.join(ranges)}"
                    yield from (Want(f"({before}{text})", exists) for text, exists in inside)
                    continue
                case Derivative():
                    yield from (each for each in self.wants(expr.expr) if not each.exists)
                    yield from (Want(each, exists=True) for each in self.existence(expr.expr, expr.variables))
                    continue
                case Pow() if _needs(expr) and not _positive(expr.base):
                    yield Want(_needs(expr).format(self.put(expr.base, TERM)))
                case log() if not _positive(expr.args[0]):
                    yield Want(f"0 < {self.put(expr.args[0], TERM)}")
            yield from self.wants(*expr.args)

    # --- derivatives and limits ---

    def existence(self, expr: Expr, variables: tuple[Expr, ...]) -> Iterator[str]:
        """That derivatives exist: those inside of another one near the point, and the outermost at it, last."""
        *inner, last = variables
        letter, at = self.variable(last)
        with self.running(last):
            inside = (
                list(self.existence(expr, tuple(inner))) if inner
                else [each.text for each in self.wants(expr) if each.exists]
            )  # fmt: skip
        near = (
            "near {at} (fun {letter} => {each})"
            if isinstance(last, of.Entry)
            else "locally {at} (fun {letter} => {each})"
        )
        yield from (near.format(at=at, letter=letter, each=each) for each in inside)
        yield self.derivative("ex", expr, variables, None)

    def derivative(self, verb: str, expr: Expr, variables: tuple[Expr, ...], value: Expr | None) -> str:
        """is_partial (fun z => e) z j d, ex_partial (fun z => e) z j, or with no verb the derivative itself.

        One variable is within the other.
        """
        *inner, last = variables
        noun = "partial" if isinstance(last, of.Entry) else "derive"
        word = f"{verb}_{noun}" if verb else {"partial": "partial", "derive": "Derive"}[noun]
        letter, at = self.variable(last)
        with self.running(last):
            body = self.derivative("", expr, tuple(inner), None) if inner else self.put(expr, OPEN)
        ending = f" {self.put(value, ATOM)}" if value is not None else ""
        return f"{word} (fun {letter} => {body}) {at}{ending}"

    def variable(self, variable: Expr) -> tuple[str, str]:
        """The letter that a function of the variable binds, and where its derivative is taken."""
        if isinstance(variable, of.Entry):
            family = self.family(variable.family)
            return family, f"{family} {self.at(variable.index)}"
        return str(variable), self.put(variable, ATOM)

    def limit(self, said: of.Limit, op: str, value: Expr) -> tuple[list[Want], str]:
        """That the function is defined on the way, and that it tends to the value, or to one that compares with it.

        From one side it is defined from some point on. From both, it is so or nowhere defined from some point on, on
        each side, and defined on one: the limit is through the points where it is.
        """
        expr, variable, point = said.args
        with self.running(variable):
            body = self.put(expr, OPEN)
            needs = " /\\ ".join(dict.fromkeys(each.text for each in self.wants(expr)))
        letter, along = self.along(variable)
        run = f"(fun {letter} => {along})".format
        towards = {oo: "(Rbar_locally p_infty)", -oo: "(Rbar_locally m_infty)"}
        source = "(at_right 0)" if variable in (of.lam, of.T) and point == 0 else towards.get(point)
        defined = f"{(source or '').strip('()')} {run(needs)}"
        if not source:
            at = self.put(point, ATOM)
            source = f"(within {run(needs)} (locally' {at}))" if needs else f"(locally' {at})"
            defined = f"from_sides {run(needs)} {at}"
        target = towards.get(value) or f"(locally {self.put(value, ATOM)})"
        wanted, tends = [Want(defined, exists=True)] * bool(needs), f"filterlim {run(body)} {source}"
        if op == "==":
            return wanted, f"{tends} {target}"
        to = next(name for name in ("l", "m", "l0") if name not in self.names)
        compared = EXTENDED[op].format(to, {oo: "p_infty", -oo: "m_infty"}.get(value) or self.put(value, ATOM))
        return wanted, f"(exists {to} : Rbar, {tends} (Rbar_locally {to}) /\\ {compared})"

    def along(self, variable: Expr) -> tuple[str, str]:
        """The letter that runs, and an expression as a function of it: of an entry, in its place."""
        if not isinstance(variable, of.Entry):
            return str(variable), "{}"
        letter = next(name for name in ("t", "s", "r", "t0") if name not in self.names)
        family = self.family(variable.family)
        return letter, f"(fun {family} => {{}}) (upd {family} {self.at(variable.index)} {letter})"

    @contextmanager
    def running(self, variable: Expr) -> Iterator[None]:
        """Lambda and T inside of a function of one of them; a scalar is bound there."""
        outside = self.inverse, self.temperature, self.scalars
        if variable == of.lam:
            self.inverse, self.temperature = Coq("lambda"), Coq("/ lambda", SIGN)
        elif variable == of.T:
            self.inverse, self.temperature = Coq("/ T", SIGN), Coq("T")
        if isinstance(variable, of.Entry):
            yield
            return
        self.scalars = set()
        yield
        inside = self.scalars - {str(variable)}
        if variable in (of.lam, of.T):
            inside -= {"lambda"}
        self.inverse, self.temperature, self.scalars = outside
        self.scalars |= inside

    # --- indices and families ---

    @contextmanager
    def binding(self, bound: Symbol) -> Iterator[None]:
        outside = self.bound
        self.bound |= {bound.name}
        yield
        self.bound = outside

    def at(self, index: Basic) -> str:
        """A class as an argument."""
        if isinstance(index, Integer):
            if self.size != "n":
                return f"(class {index} of {self.size})"
            self.concrete.add(int(index))
            return f"class{index}"
        if str(index) not in self.bound:
            self.indices.add(str(index))
        return str(index)

    def family(self, said: Basic) -> str:
        if isinstance(said, of.Softmax):
            return f"(softmax {self.put(said.scale, ATOM)} {self.family(said.family)})"
        self.families.add(str(said))
        return str(said)

    def subset(self, said: Basic) -> str:
        self.subsets.add(str(said))
        return str(said)

    def condition(self, bound: str, said: Basic) -> str:
        (at,) = said.args
        return CONDITIONS[type(said)].format(bound, self.subset(at) if isinstance(at, of.Subset) else self.at(at))

    # --- expressions ---

    def put(self, expr: Basic, level: int) -> str:
        """The expression where a notation of `level` is allowed."""
        return self.write(expr).within(level)

    def write(self, expr: Basic) -> Coq:
        written: Coq = self._print(expr)
        return written

    def emptyPrinter(self, expr: Any) -> Coq:
        raise Unsupported(f"{expr} has no words in Coq here")

    def _print_Add(self, expr: Add, *_: Any) -> Coq:
        text = ""
        for term in terms(expr):
            sign, bare = signed(term)
            written = self.put(bare, FACTOR if text else SIGN if sign else FACTOR)
            text += f" {sign or '+'} {written}" if text else f"{sign} {written}".strip()
        return Coq(text, TERM)

    def _print_Mul(self, expr: Expr) -> Coq:
        sign, bare = signed(expr)
        above, below = fraction(bare)
        if sign and len(above) == 1 and not below:
            return Coq(f"- {self.put(above[0], SIGN)}", SIGN)
        over = self.product(above) if above else ("1" if below else "")
        text = f"{sign} {over}".strip()
        if not below:
            return Coq(text, FACTOR)
        under = self.put(below[0], POWER) if len(below) == 1 else f"({self.product(below)})"
        return Coq(f"{text} / {under}", FACTOR)

    _print_Rational = _print_Mul

    def product(self, factors: list[Expr]) -> str:
        return " * ".join(self.put(each, POWER) for each in factors)

    def _print_Pow(self, expr: Expr) -> Coq:
        if fraction(expr)[1]:
            return self._print_Mul(expr)
        base, exponent = expr.args
        if isinstance(exponent, Integer) or exponent == of.n:
            self.counted = self.counted or exponent == of.n
            exponent = exponent if isinstance(exponent, Integer) else self.size
            return Coq(f"{self.put(base, APPLICATION)} ^ {exponent}", POWER)
        if _is_half(exponent):
            root = self.call("sqrt", self.put(base, ATOM))
            return root if exponent == S.Half else Coq(f"{root.within(APPLICATION)} ^ {exponent.p}", POWER)
        if not (_positive(base) or _of_what(base) in self.positive):
            raise Unsupported(f"Coq's powers are of positive numbers, where the exponent is as in {expr}")
        return self.call("Rpower", self.put(base, ATOM), self.put(exponent, ATOM))

    def _print_Integer(self, expr: Integer) -> Coq:
        return Coq(f"- {-int(expr)}", SIGN) if expr < 0 else Coq(str(expr))

    def _print_Exp1(self, expr: Expr) -> Coq:
        return self.call("exp", "1")

    def call(self, *words: str) -> Coq:
        return Coq(" ".join(words), APPLICATION)

    def _print_Function(self, expr: Expr) -> Coq:
        name = type(expr).__name__
        if name not in FUNCTIONS:
            return self.emptyPrinter(expr)
        return self.call(FUNCTIONS[name], self.put(expr.args[0], ATOM))

    def _print_Symbol(self, expr: Symbol) -> Coq:
        if expr == of.n:
            self.counted = True
            return self.call("INR", str(self.size))
        self.scalars.add(expr.name)
        return Coq(expr.name)

    def _print_InverseTemperature(self, expr: Symbol) -> Coq:
        self.scalars.add("lambda")
        return self.inverse

    def _print_Temperature(self, expr: Symbol) -> Coq:
        self.scalars.add("lambda")
        return self.temperature

    def _print_Entry(self, expr: of.Entry) -> Coq:
        return self.call(self.family(expr.family), self.at(expr.index))

    def _print_Delta(self, expr: Expr) -> Coq:
        return self.call("delta", *map(self.at, expr.args))

    def _print_Softmax(self, expr: of.Softmax) -> Coq:
        return self.call("softmax", self.put(expr.scale, ATOM), self.family(expr.family))

    def _print_Probability(self, expr: of.Probability) -> Coq:
        return self.call(self.put(expr.distribution, APPLICATION), self.at(expr.index))

    def _print_Partition(self, expr: of.Partition) -> Coq:
        family, scale = expr.args
        return self.call("partition", self.put(scale, ATOM), self.family(family))

    def _print_Entropy(self, expr: of.Entropy) -> Coq:
        return self.call("entropy", *map(self.family, expr.args))

    def _print_Divergence(self, expr: of.Divergence) -> Coq:
        return self.call("kl", *map(self.family, expr.args))

    def _print_LogSumExp(self, expr: of.LogSumExp) -> Coq:
        return self.call("logsumexp", *map(self.family, expr.args))

    def _print_Derivative(self, expr: Derivative) -> Coq:
        return Coq(self.derivative("", expr.expr, expr.variables, None), APPLICATION)

    # --- binders ---

    def _print_Sum(self, expr: of.Sum) -> Coq:
        return self.over(r"\sum", expr)

    def _print_Product(self, expr: of.Product) -> Coq:
        return self.over(r"\prod", expr)

    def over(self, word: str, expr: of.Binder) -> Coq:
        self.counted = True
        bound, body, conditions = expr.named(self)
        with self.binding(bound):
            ranges = [self.condition(bound.name, each) for each in conditions]
            both = ranges if len(ranges) < 2 else [f"({each})" for each in ranges]
            where = f" | {' && '.join(both)}" if both else ""
            return Coq(f"{word}_({bound} < {self.size}{where}) {self.put(body, APPLICATION)}", OPEN)

    def whole(self, expr: of.Binder) -> str:
        """The body as a function of all the classes, as an argument: z, or (fun k => e)."""
        bound, body, conditions = expr.named(self)
        if isinstance(body, (of.Entry, of.Probability)) and body.args[1] == bound:
            return self.family(body.args[0])
        with self.binding(bound):
            if not isinstance(body, Relational):
                return f"(fun {bound} => {self.put(body, OPEN)})"
            parts = [*(self.condition(bound.name, each) for each in conditions), self.comparison(body)]
            return f"(fun {bound} => {' && '.join(map('({})'.format, parts) if conditions else parts)})"

    def part(self, expr: of.Binder) -> str:
        """The classes that the conditions leave, as an argument: (fun k => k != i)."""
        bound, _, conditions = expr.named(self)
        with self.binding(bound):
            parts = [self.condition(bound.name, each) for each in conditions]
            return f"(fun {bound} => {' && '.join(map('({})'.format, parts) if len(parts) > 1 else parts)})"

    def comparison(self, said: Relational) -> str:
        lhs, rhs = (said.rhs, said.lhs) if said.rel_op in (">", ">=") else (said.lhs, said.rhs)
        if said.rel_op == "!=":
            return f"~~ ({self.put(lhs, TERM)} =? {self.put(rhs, TERM)})"
        return f"{self.put(lhs, TERM)} {COMPARISONS[said.rel_op]} {self.put(rhs, TERM)}"

    def _print_Mean(self, expr: of.Mean) -> Coq:
        return self.under_p("mean", expr)

    def _print_Variance(self, expr: of.Variance) -> Coq:
        return self.under_p("var", expr)

    def under_p(self, word: str, expr: of.Binder) -> Coq:
        self.counted = True
        return self.call(word, self.put(of.lam, ATOM), self.family(of.z), self.whole(expr))

    def _print_Maximum(self, expr: of.Maximum) -> Coq:
        word = GREATEST[type(expr)]
        return self.call(f"{word}_on", self.part(expr), self.whole(expr)) if expr.conditions else self.call(
            word, self.whole(expr)
        )  # fmt: skip

    _print_Minimum = _print_Maximum

    def _print_Count(self, expr: of.Count) -> Coq:
        self.counted = True
        return self.call("count", self.whole(expr))

    def _print_Size(self, expr: of.Size) -> Coq:
        return self.call("count", f"(fun k => k \\in {self.subset(expr.args[0])})")


def _needs(power: Pow) -> str:
    """What the base of a power has to be."""
    if power.exp.is_Integer or power.exp == of.n:
        return "{} <> 0" if power.exp.is_negative else ""
    return "0 <= {}" if _is_half(power.exp) else "0 < {}"


def _is_half(exponent: Expr) -> bool:
    """Is it 1/2, 3/2, ...: the power is one of the root, and defined at 0?"""
    return bool(exponent.is_Rational and exponent > 0 and exponent.q == 2)


def _positive(expr: Basic) -> bool:
    """Is it plain that the expression is positive, wherever it is defined?"""
    match expr:
        case Add():
            return all(map(_not_negative, expr.args)) and any(map(_positive, expr.args))
        case Mul():
            return all(map(_positive, expr.args))
        case Pow():
            return _positive(expr.base)
        case log():
            return isinstance(expr.args[0], Add) and _positive(expr.args[0]) and any(
                each.is_Rational and each >= 1 for each in expr.args[0].args
            ) and all(map(_positive, expr.args[0].args))  # fmt: skip
        case of.Probability():
            return isinstance(expr.distribution, of.Softmax)
        case of.Sum():
            return not expr.conditions and _positive(expr.body)
        case _:
            return isinstance(expr, PLAINLY_POSITIVE) or bool(expr.is_Rational and expr > 0) or expr in (of.n, S.Exp1)


def _not_negative(expr: Basic) -> bool:
    """Is it plain that it is not: a sum over some of the classes may be empty?"""
    return _positive(expr.body) if isinstance(expr, of.Sum) else _positive(expr)


def _assumed_positive(said: Claim) -> Iterator[Basic]:
    """What is positive by hypothesis: a scalar; a family, at every class; 1 - x where x < 1; 1 - p[i] where n >= 2."""
    free = said.lhs.free_symbols | said.rhs.free_symbols
    for each in said.given:
        match each:
            case Relation(lhs=lhs, op=">", rhs=rhs) if rhs == 0:
                everywhere = not isinstance(lhs, of.Entry) or lhs.index not in free
                yield from [_of_what(lhs)] * everywhere
            case Relation(lhs=Symbol() as x, op="<", rhs=rhs) if rhs == 1:
                yield 1 - x
            case Relation(op=op, rhs=rhs) if _bounds_size(each) and rhs >= (2 if op == ">=" else 1):
                shares = said.lhs.atoms(of.Probability) | said.rhs.atoms(of.Probability)
                yield from (1 - p for p in shares if isinstance(p.distribution, of.Softmax))


def _of_what(expr: Basic) -> Basic:
    """The family of an entry; anything else as it is."""
    return expr.family if isinstance(expr, of.Entry) else expr


def _expressions(said: Claim) -> Iterable[Basic]:
    """The expressions of a claim, wherever they stand in it."""
    for each in (said.relation, *said.given):
        relation = each.relation if isinstance(each, Always) else each
        if isinstance(relation, Relation):
            yield from (relation.lhs, relation.rhs)


def _fixed_size(said: Hypothesis) -> str:
    """m in the hypothesis n == m, or nothing."""
    if isinstance(said, Relation) and said.op == "==" and of.n in (said.lhs, said.rhs):
        other = said.rhs if said.lhs == of.n else said.lhs
        return str(other) if isinstance(other, Integer) else ""
    return ""


def _bounds_size(said: Hypothesis) -> bool:
    """Is this n >= m, or n > m?"""
    return (isinstance(said, Relation) and said.lhs == of.n and said.op in (">=", ">")
            and isinstance(said.rhs, Integer))  # fmt: skip
