"""Forms from which a limit is read off: the function, with the largest exponential taken out of its sums.

    derivation(claim, judge) -> a tree that the kernel accepts, or None
    forms(claim) -> Iterator[Form]       expressions that are the function of limit(f, x, a), with what stands before

    p[i] = exp(lambda*(z[i] - M))/sum(exp(lambda*(z[k] - M)), k)              M is max(z), min(z), or an entry of z
    log(Z) = lambda*M + log(sum(exp(lambda*(z[k] - M)), k))

M may be z[i] + g[i] too, or the largest of such sums. What stands in an absolute value is not negative, or negative.

Everything is put in for the words, z[k] is M + (z[k] - M), and what is then one fraction of polynomials in letters,
exponentials, sums and logarithms is cancelled; powers of lambda go under a sum whose terms have a factor z[k] - M.
Nobody trusts this: the kernel has to accept what comes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from itertools import islice

from sympy import (
    Abs,
    Add,
    Basic,
    Derivative,
    Dummy,
    Expr,
    Integer,
    Mul,
    Pow,
    Rational,
    Symbol,
    cancel,
    exp,
    expand,
    expand_log,
    factor,
    factor_terms,
    factorial,
    fraction,
    log,
    oo,
    simplify,
    together,
)
from sympy.functions.elementary.hyperbolic import HyperbolicFunction

from symbolic.kernel.refused import MaybeEmpty, Refused
from symbolic.language import notation as of
from symbolic.language.claims import (
    Always,
    ArgMax,
    Claim,
    Hypothesis,
    Member,
    Relation,
    SameClass,
    bounds,
    parts,
    relation,
)
from symbolic.language.errors import NotationError
from symbolic.language.names import unused
from symbolic.language.typeset import CONDITIONS, plain
from symbolic.search.case_trees import Judge, Node, split, undetermined
from symbolic.search.means import preceded

__all__ = ["Form", "as_it_stands", "derivation", "forms", "worked_out"]

DEEPEST = 3  # cases in one another
NAMED = 5  # classes at which extremes are attained, or of a subset
ORDERS = 5  # so many derivatives of what is divided by are looked at
LARGEST = 400  # characters of an expression of which one still reads something
LETTERS = "klmsturvwq"  # of bound classes


Forms = Callable[[Claim], Iterable["Form"]]


@dataclass(frozen=True)
class Form:
    """An expression that is the function near the point, and the steps before it."""

    text: str
    named: tuple[str, ...] = ()  # the largest and smallest values, and then the subsets, of which some class is named
    steps: tuple[Node, ...] = ()

    def node(self, letters: Iterable[str]) -> Node:
        """The derivation that says: the function is this expression, and its limit is read off."""
        found = preceded({"limit": self.text}, [*self.steps])
        for letter, what in zip(letters, self.named, strict=False):
            found = {"let": letter, "of": what, "in": found}
        return found


def derivation(
    claim: Claim, judge: Judge, forms: Callable[[Claim], Iterable[Form]], depth: int = DEEPEST
) -> Node | None:
    """The first form from which the kernel reads the limit off; in the cases that it asks for."""
    asked: Hypothesis | None = None
    used = {str(each) for each in parts(claim) if isinstance(each, Symbol)}
    letters = tuple(islice(unused("mabhgr", used), NAMED))
    for form in forms(claim):
        node = form.node(letters)
        refusal = judge(claim, node)
        if refusal is None:
            return node
        asked = asked or undetermined(claim, refusal) or _second_class(claim, refusal)
    for case in [asked] if asked is not None else (*_memberships(claim), *_signs(claim)):
        if depth == 0:
            return None
        solve = partial(derivation, judge=judge, forms=forms, depth=depth - 1)
        found = split(claim, case, solve)
        if found is not None:
            return found
    return None


def _second_class(claim: Claim, refusal: Refused | None) -> Hypothesis | None:
    """Where a sum over the other classes may be empty, whether there is one."""
    single = isinstance(refusal, MaybeEmpty) and bounds(claim.given)[0] < 2
    return relation(of.n, ">=", 2) if single else None


def _memberships(claim: Claim) -> Iterator[Hypothesis]:
    """Whether the class of the entry that moves is in a subset."""
    variable = claim.lhs.args[1]
    settled = {(each.index, each.subset) for each in claim.given if isinstance(each, Member)}
    for subset in sorted(claim.lhs.atoms(of.Subset), key=str) if isinstance(variable, of.Entry) else ():
        if (variable.index, subset) not in settled:
            yield Member(variable.index, subset)


def _signs(claim: Claim) -> Iterator[Hypothesis]:
    """What stands in an absolute value, where that is not known yet: not negative, or negative; then 0, or not."""
    known = {(each.lhs, each.op) for each in claim.given if isinstance(each, Relation) and each.rhs == 0}
    inner = {each.args[0] for side in (claim.lhs, claim.rhs) for each in side.atoms(Abs)}
    for each in sorted((one for one in inner if not one.has(of.BoundIndex)), key=plain):
        ops = {op for lhs, op in known if lhs == each}
        if not ops:
            yield relation(each, ">=", 0)
        elif ops == {">="}:
            yield relation(each, "==", 0)


class NoForm(Exception):
    """An expression for which this module has no words."""


def as_it_stands(claim: Claim) -> Iterator[Form]:
    """The function is its own form."""
    yield Form(plain(claim.lhs.args[0]))


def forms(claim: Claim) -> Iterator[Form]:
    """The function as it stands first; then with each largest value, smallest value or entry taken out."""
    function, variable, _ = claim.lhs.args
    yield from as_it_stands(claim)
    if claim.rhs.is_finite is not False and claim.op == "==":
        yield Form(plain(claim.rhs))  # perhaps it is its own limit near the point, as abs(t)/t
    yield from _by_orders(function, variable, claim.lhs.args[2])
    if claim.lhs.args[2] == oo:
        if isinstance(variable, Symbol):
            large = Dummy(positive=True)  # -log(t)*t^(-a) for log(1/t)*(1/t)^a
            yield Form(plain(expand_log(function.xreplace({variable: large})).xreplace({large: variable})))
        yield from _by_powers(function, variable)
    for each in claim.given:
        if isinstance(each, SameClass) and each.holds:
            function = function.subs(each.second, each.first)
    function = _by_numbers(claim, function)
    for text, named in dict.fromkeys(_rewritten(claim, function, variable)):
        yield Form(text, named)
        for each in claim.given:
            if isinstance(each, ArgMax):
                yield Form(text, (*named, str(each.subset)))


def _by_powers(function: Expr, a: Expr) -> Iterator[Form]:
    """u log S and S^u for S = sum c b^a with the largest b taken out, u by means of 1/a (Renyi, norms)."""
    k, m, x = of.class_named("k"), of.class_named("m"), Dummy(positive=True)
    for total in sorted((each for each in function.atoms(of.Sum) if not each.conditions), key=plain):
        powers = [each.as_base_exp() for each in Mul.make_args(total.opened(k))]
        rates = [(base, expand(e).coeff(a), expand(e - a * expand(e).coeff(a))) for base, e in powers]
        power = function.as_base_exp()
        by = power[1] if power[0] == total else function.coeff(log(total))
        if any(base.has(a) or c.has(a) or d.has(a) for base, c, d in rates) or by == 0:
            continue
        b, rest = Mul(*(base**c for base, c, _ in rates)), Mul(*(base**d for base, _, d in rates))
        most = _closed(b.subs(k, m))
        inner = f"log({most}) + log(sum({_closed(rest)}*exp({a}*(log({plain(b)}) - log({most}))), k))/{a}"
        scale = plain(cancel((by * a).subs(a, 1 / x)).subs(x, Symbol("inverse"))).replace("inverse", f"(1/{a})")
        text = f"({scale})*({inner})"
        below: Node = {"compare": "exp", "in": {"line": [f"{most} - {plain(b)}"]}}
        step: Node = {"have": f"log({plain(b)}) <= log({most})", "by": below}
        yield Form(f"exp({text})" if power[0] == total else text, (plain(of.Maximum(b, k)),), (step,))


def _by_numbers(claim: Claim, function: Expr) -> Expr:
    """With its sums written out, where there are two classes, or three."""
    least, most = bounds(claim.given)
    if least != most or least > 3:
        return function
    while (written := function.replace(_has_classes, lambda each: _written_out(each, least))) != function:
        function = written
    return function


def _has_classes(each: Basic) -> bool:
    return (hasattr(each, "definition") and not isinstance(each, of.Maximum)) or isinstance(each, of.Sum)


def _written_out(each: Expr, size: int) -> Expr:
    """What a word stands for; a sum over all classes as its terms."""
    if isinstance(each, of.Sum):
        return Add(*(each.opened(Integer(at + 1)) for at in range(size))) if not each.conditions else each
    return each.definition()


def _by_orders(function: Expr, x: Expr, a: Expr) -> Iterator[Form]:
    """Of a function of numbers, what is divided by 0 as c (x - a)^m (1 + r), r going to 0: sinh(x) as x (1 + ..)."""
    if not isinstance(x, Symbol) or not a.is_finite or function.has(of.Head, of.Entry):
        return
    above, below = fraction(together(function))
    power, under = 0, list[str]()
    for base, e in (each.as_base_exp() for each in Mul.make_args(below)):
        found = _order_at(base, x, a) if e.is_Integer else None
        if found is None:
            return
        m, c = found
        rest = plain(base - c * (x - a) ** m)
        divisor = (
            f"({plain(c)} + ({rest})/({plain(x - a)})^{m})" if m and rest != "0" else f"({plain(base if not m else c)})"
        )
        under += [f"{divisor}^{e}" if e > 1 else divisor] * (divisor != "(1)")
        power += m * e
    if power:
        top = cancel(above / (x - a) ** power)
        quotient = f"({plain(expand(above))})/({plain(x - a)})^{power}" if fraction(top)[1].has(x) else plain(top)
        yield Form(f"({quotient})/({'*'.join(under)})" if under else quotient)


def _order_at(base: Expr, x: Expr, a: Expr) -> tuple[int, Expr] | None:
    """The m and the c of c (x - a)^m, the first term of a Taylor series."""
    for m in range(ORDERS):
        c = simplify(base.diff(x, m).subs(x, a)) / factorial(m)
        if not c.is_finite:
            return None
        if c != 0:
            return m, c
    return None


def _rewritten(claim: Claim, function: Expr, variable: Expr) -> Iterator[tuple[str, tuple[str, ...]]]:
    used = {str(each) for each in of.free(claim.lhs) | of.free(claim.rhs)}
    letters = tuple(each for each in LETTERS if each not in used)
    differ = (each for each in claim.given if isinstance(each, SameClass) and not each.holds)
    apart = frozenset(frozenset({each.first, each.second}) for each in differ)
    among = {each for side in (claim.lhs, claim.rhs) for each in side.atoms(of.Maximum) if each.conditions}
    tops = {each.conditions: each for each in among if isinstance(each.body, of.Entry) and not variable.has(of.Entry)}
    largest = [plain(each) for each in tops.values()]
    subsets = sorted({str(one.args[0]) for each in tops for one in each if isinstance(one, of.In)})
    for top in _tops(claim, function, variable):
        named = (*([plain(top)] if isinstance(top, of.Maximum) else []), *largest, *subsets)
        for lead in range(3 if top is None else 1):
            try:
                texts = list(
                    Words(top, letters, apart, lead, {(): top, **tops}, moves=top == variable).rewritten(function)
                )
            except (NoForm, NotationError, IndexError):
                break
            yield from ((text, named) for text in texts if len(text) <= LARGEST)


def _tops(claim: Claim, function: Expr, variable: Expr) -> Iterator[Expr | None]:
    """What may be the largest of the values in exponents; what moves itself comes first."""
    if isinstance(variable, of.Entry):
        yield variable
    yield None
    families = {each for each in function.free_symbols | function.atoms(of.Family) if isinstance(each, of.Family)}
    named = of.free(claim.lhs) | of.free(claim.rhs)
    compared = {e for side in _relations(claim) for e in side.atoms(of.Entry) if e.index in named or e.index.is_number}
    yield from sorted((e for e in compared if e.family in families), key=str)
    yield from sorted({side for side in _relations(claim) if _is_sum_at_a_class(side, named)}, key=str)
    for family in sorted(families, key=str):
        yield of.Maximum.of(family)
        yield of.Minimum.of(family)
    extremes = {each for side in _relations(claim) for each in side.atoms(of.Maximum) if not each.conditions}
    sums = (each for each in extremes if isinstance(each.body, Add) and not each.body.atoms(Abs))
    yield from sorted((each for each in sums if any(isinstance(e, of.Entry) for e in each.body.args)), key=plain)


def _is_sum_at_a_class(side: Expr, named: set[Basic]) -> bool:
    """z[i] + g[i], or a difference, which all other classes are below by a hypothesis."""
    entries = side.atoms(of.Entry)
    at = {each.index for each in entries}
    alone = any(isinstance(each, of.Entry) for each in Add.make_args(side))
    return isinstance(side, Add) and alone and len(at) == 1 and at <= named and side.free_symbols <= _letters(entries)


def _letters(entries: Iterable[of.Entry]) -> set[Basic]:
    return set().union(*(each.free_symbols for each in entries))


def _relations(claim: Claim) -> Iterator[Expr]:
    yield claim.rhs
    for each in claim.given:
        relation = each.relation if isinstance(each, Always) else each
        if isinstance(relation, Relation):
            yield from (relation.lhs, relation.rhs)


# --- one rewriting ---------------------------------------------------------------------------------


@dataclass
class Words:
    """An expression as a fraction of polynomials in symbols, each of which has a text."""

    top: Expr | None
    letters: tuple[str, ...]
    apart: frozenset[frozenset[Basic]] = frozenset()
    lead: int = 0  # which of the exponentials in a sum is taken out of it, if not a value
    tops: dict[tuple[Basic, ...], Expr | None] = field(default_factory=dict)  # of the classes with conditions
    texts: dict[Symbol, str] = field(default_factory=dict)
    about: dict[Symbol, frozenset[str]] = field(default_factory=dict)  # the bound letters in it
    sums: dict[Symbol, tuple[str, str, Expr]] = field(default_factory=dict)  # letter, conditions, summand
    gaps: set[Symbol] = field(default_factory=set)  # z[k] - M
    moves: bool = False  # whether it is M that moves: then z[k] - M stands in exponents alone

    def rewritten(self, function: Expr) -> Iterator[str]:
        """The function term by term, and as one fraction; with powers of letters under sums, and without."""
        above, below = self.without_lead(*map(expand, fraction(cancel(self.value(function, ())))))
        below = below if below.has(exp) else factor(below)
        terms = [each / below if self.moves else cancel(each / below) for each in Add.make_args(above)]
        for change in (self.pushed, lambda x: x):
            if self.moves or not below.has(Add):
                yield self.total(map(change, terms))
            yield self.text(factor_terms(change(above)) / below)

    def symbol(self, text: str, about: frozenset[str] = frozenset()) -> Symbol:
        for each, known in self.texts.items():
            if known == text:
                return each
        made = Symbol(f"t{len(self.texts)}", real=True)
        self.texts[made], self.about[made] = text, about
        return made

    # --- from the notation ---

    def value(self, expr: Expr, bound: tuple[str, ...]) -> Expr:
        match expr:
            case Rational():
                return expr
            case of.Temperature():
                return 1 / self.value(of.lam, bound)
            case of.Entry():
                return self.entry(expr, bound)
            case Add() | Mul():
                return expr.func(*(self.value(each, bound) for each in expr.args))
            case Pow(args=(base, Rational() as e)):
                return self.value(base, bound) ** e
            case exp(args=(inside,)):
                return exp(expand(self.value(inside, bound)))
            case log(args=(inside,)):
                return self.logarithm(self.value(inside, bound))
            case HyperbolicFunction():
                return self.value(expr.rewrite(exp), bound)
            case Derivative():
                return self.value(worked_out(expr), bound)
            case of.Delta() if frozenset(expr.args) in self.apart:
                return Integer(0)
            case of.Sum():
                return self.sum(expr, bound)
        if hasattr(expr, "definition") and not isinstance(expr, of.Maximum):
            return self.value(expr.definition(), bound)
        if isinstance(expr, Symbol) or not expr.has(exp, log, of.Probability):
            return self.symbol(plain(expr), frozenset(str(each) for each in expr.free_symbols) & frozenset(bound))
        raise NoForm(plain(expr))

    def entry(self, entry: of.Entry, bound: tuple[str, ...]) -> Expr:
        about = frozenset({str(entry.index)}) & frozenset(bound)
        if self.top is None or entry.family != _family(self.top):
            return self.symbol(plain(entry), about)
        top, here = self.symbol(plain(self.top)), _at(self.top, entry.index)
        others = self.value(here - entry, bound)
        if here == self.top:
            return top - others
        gap = self.symbol(f"{plain(here)} - {_closed(self.top)}", about)
        self.gaps.add(gap)
        return top + gap - others

    def logarithm(self, inside: Expr) -> Expr:
        """log of a fraction, the exponential that leads in a sum taken out of it."""
        above, below = map(expand, fraction(cancel(inside)))
        return self.log_of(above) - self.log_of(below)

    def log_of(self, x: Expr) -> Expr:
        if isinstance(x, Mul):
            return Add(*(self.log_of(each) for each in x.args))
        if isinstance(x, exp):
            return x.args[0]
        if isinstance(x, Pow) and x.exp.is_Integer:
            return x.exp * self.log_of(x.base)
        u = self.leading(x)
        if u is None:
            return Integer(0) if x == 1 else log(x)
        return u + log(expand(x * exp(-u)))

    def leading(self, x: Expr) -> Expr | None:
        """The exponent that is taken out of a sum."""
        found = {e.args[0] for e in x.atoms(exp)} if isinstance(x, Add) and self.lead else set()
        return sorted(found, key=str)[self.lead - 1] if found else None

    def without_lead(self, above: Expr, below: Expr) -> tuple[Expr, Expr]:
        """Both divided by the exponential that leads below."""
        u = self.leading(below)
        return (above, below) if u is None else (expand(above * exp(-u)), expand(below * exp(-u)))

    def sum(self, total: of.Sum, bound: tuple[str, ...]) -> Expr:
        letter = self.letters[len(bound)]
        at = of.class_named(letter)
        conditions = "".join(f", {letter} {CONDITIONS[type(c)]} {plain(c.args[0])}" for c in total.conditions)
        alone = Integer(0)
        if isinstance(self.top, of.Entry | Add) and not total.conditions and self.is_about_top(total):
            i = _lead(self.top).index
            alone = self.value(total.opened(i), bound)
            conditions = f", {letter} != {plain(i)}"
        within = replace(self, top=self.tops.get(total.conditions, self.top))  # with the same tables
        body = expand(cancel(within.value(total.opened(at), (*bound, letter))))
        body = expand(self.with_entries(body)) if self.moves else body
        return alone + Add(*(self.summed(each, letter, conditions) for each in Add.make_args(body)))

    def with_entries(self, body: Expr) -> Expr:
        """With z[k] - z[i] as two terms, where it is not in an exponent."""
        kept = {each: Dummy() for each in body.atoms(exp)}
        top = self.symbol(plain(self.top)) if self.top is not None else Integer(0)
        opened = {g: self.symbol(self.texts[g].partition(" - ")[0], self.about[g]) - top for g in tuple(self.gaps)}
        return body.xreplace(kept).xreplace(opened).xreplace({x: each for each, x in kept.items()})

    def is_about_top(self, total: of.Sum) -> bool:
        return any(e.family == _family(self.top) for e in total.body.atoms(of.Entry)) or total.body.has(of.Probability)

    def summed(self, term: Expr, letter: str, conditions: str) -> Expr:
        """A summand without the factors that do not depend on the class; these stand before the sum."""
        inner, outer = list[Expr](), list[Expr]()
        for f in Mul.make_args(term):
            if isinstance(f, exp):
                for u in Add.make_args(f.args[0]):
                    (inner if self.depends(u, letter) else outer).append(exp(u))
            else:
                (inner if self.depends(f, letter) else outer).append(f)
        return Mul(*outer) * self.sum_of(Mul(*inner), letter, conditions)

    def sum_of(self, inner: Expr, letter: str, conditions: str) -> Expr:
        if inner == 1 and not conditions:
            return self.symbol("n")
        of_it = frozenset().union(*(self.about[s] for s in inner.free_symbols)) - {letter}
        if not of_it and letter != self.letters[0] and not inner.free_symbols & self.sums.keys():
            inner = inner.xreplace({s: self.relettered(s, letter) for s in inner.free_symbols})
            conditions = re.sub(rf"\b{letter}\b", self.letters[0], conditions)
            letter = self.letters[0]
        made = self.symbol(f"sum({self.text(inner)}, {conditions[2:] or letter})", of_it)
        self.sums[made] = letter, conditions, inner
        return made

    def depends(self, x: Expr, letter: str) -> bool:
        return any(letter in self.about[s] for s in x.free_symbols)

    def relettered(self, symbol: Symbol, letter: str) -> Symbol:
        """The same at the first of the letters."""
        if letter not in self.about[symbol]:
            return symbol
        first = self.letters[0]
        made = self.symbol(re.sub(rf"\b{letter}\b", first, self.texts[symbol]), frozenset({first}))
        if symbol in self.gaps:
            self.gaps.add(made)
        return made

    # --- to text ---

    def pushed(self, x: Expr) -> Expr:
        """Of each term, what stands before a sum whose terms have a factor z[k] - M goes under it."""
        return Add(*(self.pushed_term(each) for each in Add.make_args(x)))

    def pushed_term(self, term: Expr) -> Expr:
        above, _ = fraction(term)
        powers = above.as_powers_dict()
        inside = next((s for s in powers if s in self.sums and self.sums[s][2].free_symbols & self.gaps), None)
        if inside is None:
            return term
        letter, conditions, inner = self.sums[inside]
        moved = Mul(*(f**e for f, e in powers.items() if f.is_Symbol and f not in self.sums))
        return term / moved / inside * self.sum_of(moved * inner, letter, conditions)

    def text(self, x: Expr) -> str:
        match x:
            case Symbol():
                return self.texts[x]
            case Add():
                return self.total(x.args)
            case Mul():
                return self.product(x)
            case Pow(args=(base, e)):
                if e.is_negative:
                    return f"1/{self.divisor(base**-e)}"
                return f"{self.factor(base)}^{e if e.is_Integer else f'({e})'}"
            case exp(args=(inside,)) | log(args=(inside,)):
                return f"{type(x).__name__}({self.text(inside)})"
        return str(x)

    def total(self, terms: Iterable[Expr]) -> str:
        return " + ".join(sorted(map(self.text, terms), key=_order)).replace("+ -", "- ")

    def product(self, x: Expr) -> str:
        above, below = fraction(x)
        number, rest = above.as_coeff_Mul()
        factors = sorted(map(self.factor, Mul.make_args(rest)), key=_order)
        if abs(number) != 1 or rest == 1:
            factors = [str(abs(number)), *(each for each in factors if each != "1")]
        text = ("-" if number < 0 else "") + "*".join(factors)
        return text if below == 1 else f"{text}/{self.divisor(below)}"

    def factor(self, x: Expr) -> str:
        bare = self.text(x)
        return f"({bare})" if x in self.gaps or (isinstance(x, (Add, Mul, Rational)) and not bare.isdigit()) else bare

    def divisor(self, x: Expr) -> str:
        return self.factor(x)


def _order(text: str) -> tuple[bool, bool, int, str]:
    """Letters first, then what is short; what is subtracted comes last."""
    return text.startswith("-"), "[" in text or "(" in text, len(text), text


def _family(top: Expr) -> Basic:
    return _lead(top).family


def _lead(top: Expr) -> of.Entry:
    """The entry of a top; of a sum such as z[i] + g[i], or of the largest one, the first."""
    body = top.body if isinstance(top, of.Maximum) else top
    return min((each for each in Add.make_args(body) if isinstance(each, of.Entry)), key=str)


def _at(top: Expr, index: Expr) -> Expr:
    """What the top is the value of, or the largest one, at a class."""
    if isinstance(top, of.Maximum):
        return top.opened(index)
    return top.xreplace({each: each.family[index] for each in top.atoms(of.Entry)})


def _closed(expr: Expr) -> str:
    return f"({plain(expr)})" if isinstance(expr, Add) else plain(expr)


def worked_out(expr: Derivative) -> Expr:
    """A derivative, worked out."""
    variables = [v for v, times in expr.variable_count for _ in range(int(times))]
    return reduce(
        lambda found, v: -(of.lam**2) * found.diff(of.lam) if v == of.T else found.diff(v), variables, expr.expr
    )
