"""From an expression to its value with a derivation of it, in readable form; from a claim to a derivation of it.

    derive(expr, given=()) -> Derivation          both may be text
    derive(claim, given=()) -> Derivation | Shown

The steps are found by rewriting and guessing, which nobody needs to trust: the derivation is checked by the kernel
before it is returned.

>>> from symbolic.language.notation import D, i, j, p, z
>>> print(derive(D(p[i], z[j])).last)
lambda*p[i]*(-p[j] + delta(i, j))
>>> [line.reason for line in derive(D(p[i], z[j])).lines][:2]
['the definition of `p[i]`', 'the quotient rule']
>>> derive("p[i] < 1", given="n >= 2")
p[i] < 1 given n >= 2
  1 - p[i]
    = sum(p[k], k != i)
    > 0   probabilities are positive, and there is a class other than i
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from operator import mul
from typing import overload

from sympy import (
    Add,
    Basic,
    Derivative,
    Dummy,
    Expr,
    Integer,
    Mul,
    Pow,
    cancel,
    exp,
    expand,
    expand_mul,
    factor,
    factor_terms,
    log,
    nan,
    zoo,
)

from symbolic.deadline import OutOfTime, within
from symbolic.derivation import Derivation, DerivationError, start
from symbolic.language.claims import (
    Claim,
    Given,
    Hypothesis,
    Proved,
    Refuted,
    Relation,
    SameClass,
    claim,
    hypotheses,
    relation,
    with_given,
)
from symbolic.language.errors import (
    NotationError,
    NotProved,
    SymbolicError,
    SyntaxErrorInClaim,
    Undefined,
    Unsupported,
)
from symbolic.language.hypertext import Heading, Row, grid
from symbolic.language.notation import (
    Binder,
    D,
    Delta,
    Entry,
    Except,
    Functional,
    Limit,
    Mean,
    Partition,
    Probability,
    Softmax,
    Sum,
    T,
    UnderP,
    Variance,
    Z,
    lam,
    n,
    p,
    z,
)
from symbolic.language.parser import expression_of, parse_claim, parse_question
from symbolic.language.proof import Proof
from symbolic.language.prose import formula
from symbolic.language.typeset import plain
from symbolic.search.decision import decide
from symbolic.search.derivations import found
from symbolic.search.limit_values import guesses
from symbolic.show import value_reasons
from symbolic.show.narration import latex, rows, told

SECONDS = 4.0  # for a derivation of a value of a limit
WINNERS = (
    "all(z[{0}] > z[k], k != {0})",
    "z[{0}] == max(z), count(z[k] == max(z), k) >= 2",
    "z[{0}] < max(z)",
)  # a class is one of the largest, or not

__all__ = ["NoAnswer", "Shown", "derive", "readable", "step_by_step"]


class NoAnswer(SymbolicError):
    """There is no derivation to show: nothing is known to be wrong with what was asked."""


@dataclass(frozen=True)
class Shown:
    """The derivation of a claim that the kernel has accepted, to be shown as text, LaTeX or Markdown.

    Of a value that is another in other cases there is one for each case.
    """

    proof: Proof
    others: tuple[Proof, ...] = ()

    def __str__(self) -> str:
        return "\n".join("\n  ".join([each.claim, *told(each).splitlines()]) for each in (self.proof, *self.others))

    __repr__ = __str__

    def latex(self) -> str:
        """The derivation as an aligned environment, the reasons at the side; in cases, one after the other."""
        if not self.others:
            return latex(self.proof)
        cases = " \\\\[12pt]\n".join(map(_case, (self.proof, *self.others)))
        return f"\\begin{{array}}{{l}}\n{cases}\n\\end{{array}}"

    def markdown(self) -> str:
        """The derivation as a displayed formula in Markdown."""
        return f"$$\n{self.latex()}\n$$"

    def rows(self) -> Iterator[Row | Heading]:
        """The lines as those of a grid in HTML, case after case."""
        for each in (self.proof, *self.others):
            if self.others:
                yield Heading("given ", _hypotheses(each), ":")
            yield from rows(each)

    def _repr_html_(self) -> str:
        return grid(self.rows())

    def _repr_latex_(self) -> str:
        return self.markdown()


def _case(proof: Proof) -> str:
    """A derivation under its hypotheses, which say which case it is."""
    return f"\\text{{given }} {_hypotheses(proof)} \\text{{:}} \\\\[6pt]\n{latex(proof)}"


def _hypotheses(proof: Proof) -> str:
    return ", ".join(formula(plain(each)) for each in parse_claim(proof.claim).given)


@overload
def derive(asked: Claim | str, given: Given | Iterable[Given] = ()) -> Derivation | Shown: ...


@overload
def derive(asked: Limit, given: Given | Iterable[Given] = ()) -> Shown: ...


@overload
def derive(asked: Expr, given: Given | Iterable[Given] = ()) -> Derivation: ...


def derive(asked: Expr | Claim | str, given: Given | Iterable[Given] = ()) -> Derivation | Shown:
    """The value of an expression with a checked derivation that ends in readable form; or a derivation of a claim.

    Expression, claim and hypotheses may be text of the claim language. `NoAnswer` where nothing simpler is found, or
    what is found is not shown to be right; `Undefined` for what is nowhere defined; `NotProved`, with the
    counterexample, for a claim that is false.

    >>> print(derive("diff(p[i], z[j])", given="i != j").last)
    -lambda*p[i]*p[j]
    """
    read = _read(asked, given)
    if isinstance(read, Claim):
        return of_claim(read)
    return _of_limit(*read) if isinstance(read[0], Limit) else _of_expression(*read)


def of_claim(said: Claim, seconds: float = 10) -> Derivation | Shown:
    """A derivation of a claim: of an equality step by step, if that is found."""
    verdict = decide(said, seconds)
    if isinstance(verdict, Refuted):
        raise NotProved(f"{plain(said)}\n  {plain(verdict)}")
    if not isinstance(verdict, Proved):
        raise NoAnswer(f"{plain(said)} is neither proved nor refuted: {verdict.reason}")
    steps = step_by_step(said) if said.op == "==" and not verdict.vacuous else None
    if steps is not None:
        return steps
    proof = verdict.derivation or _found(said, seconds)
    if proof is None:
        raise NoAnswer(f"{plain(said)} is proved, and no derivation of it is found")
    return Shown(proof)


def _found(said: Claim, seconds: float) -> Proof | None:
    """A derivation for which a verdict has not the time."""
    try:
        with within(seconds):
            return found(said)
    except (OutOfTime, RecursionError):
        return None


def step_by_step(said: Claim) -> Derivation | None:
    """An equality from the left to the right, or from the right to the left, in more than one step."""
    if said.lhs.has(Limit) or said.rhs.has(Limit):
        return None
    for first, last in ((said.lhs, said.rhs), (said.rhs, said.lhs)):
        try:
            found = _of_expression(first, said.given)
            if found.last != last:
                found = found.equals(last, "the other side, in other words")
                found.check()
        except SymbolicError:
            continue
        if len(found.lines) > 1:
            return found
    return None


def _of_limit(asked: Limit, under: tuple[Hypothesis, ...]) -> Shown:
    """A limit, in as many cases as it has values: what it may be is guessed, and has to be derived."""
    shown = _guessed(asked, under) or _among_winners(asked, under)
    if shown is None:
        raise NoAnswer(_about_limits(asked))
    return shown


def _guessed(asked: Limit, under: tuple[Hypothesis, ...]) -> Shown | None:
    for cases in guesses(asked, under):
        lines = [with_given(f"{plain(asked)} == {text}", (*map(plain, under), *said)) for said, text in cases]
        proofs = [_found(parse_claim(line), SECONDS) for line in lines]
        if all(proof is not None and not proof.vacuous for proof in proofs):
            first, *others = (proof for proof in proofs if proof is not None)
            return Shown(first, tuple(others))
    return None


def _among_winners(asked: Limit, under: tuple[Hypothesis, ...]) -> Shown | None:
    """A limit about one class, by whether it alone is the largest, is one of several that are, or is below them."""
    indices = sorted({str(each.args[1]) for each in asked.args[0].atoms(Entry)} - {"k"})
    if under or len(indices) != 1:
        return None
    shown = [_guessed(asked, hypotheses(relation(asked, "==", 0), said.format(indices[0]))) for said in WINNERS]
    if None in shown:
        return None
    first, *others = (proof for each in shown if each for proof in (each.proof, *each.others))
    return Shown(first, tuple(others))


def _of_expression(asked: Expr, under: tuple[Hypothesis, ...]) -> Derivation:
    if asked.has(Limit):
        raise NoAnswer(_about_limits(asked))
    try:
        result = _derived(asked, under)
        result.check()
    except DerivationError as problem:
        if not problem.undecided:
            raise
        raise NoAnswer(f"a value was found, and could not be checked: {problem}") from problem
    except (NotationError, Unsupported) as problem:
        raise NoAnswer(f"{plain(asked)} is not derived here: {problem}") from problem
    if not result.lines:
        raise NoAnswer(f"nothing simpler than {plain(asked)} is found")
    return result


def _read(asked: Expr | Claim | str, given: Given | Iterable[Given]) -> Claim | tuple[Expr, tuple[Hypothesis, ...]]:
    if isinstance(asked, Claim):
        return claim(asked.lhs, asked.op, asked.rhs, (*asked.given, *hypotheses(asked.relation, given)))
    if not isinstance(asked, str):
        expr = expression_of(asked)
        return expr, hypotheses(relation(expr, "==", 0), given)
    line = with_given(asked, given)
    try:
        return parse_question(line)
    except SyntaxErrorInClaim as problem:
        if not line[problem.position :].startswith(("=", "<", ">", "!")):
            raise
        return parse_claim(line)


def _about_limits(expr: Expr) -> str:
    """That a limit is not derived, and which results have the ones that are asked for."""
    from symbolic.results import with_limit

    found = [result for limit in sorted(expr.atoms(Limit), key=str) for result in with_limit(limit)]
    if not found:
        return "this limit is not derived here; a value can be claimed: python -m symbolic verify 'limit(...) == ...'"
    names = ", ".join(result.name for result in found)
    have = "has this one" if len(found) == 1 else "have it, under their hypotheses"
    return f"this limit is not derived here; {names} {have}: python -m symbolic show {found[0].name}"


def _derived(expr: Expr, given: tuple[Hypothesis, ...] = ()) -> Derivation:
    """The derivation, unchecked; without a line where nothing is found."""
    result = start(expr, given=given)
    for reason, step in STEPS:
        result = _then(result, step(result.last), reason)
    while result.last.has(Derivative):
        before = result
        for reason, step in STEPS:
            result = _then(result, step(result.last), reason)
        if result is before:
            break
    for reason, step in ENDING:
        result = _then(result, step(result.last), reason)
    return _then(result, _with_hypotheses(result.last, result.given), "the hypothesis")


def _then(derivation: Derivation, expr: Expr, reason: str | Callable[[Expr, Expr], str]) -> Derivation:
    """One more line, unless it would repeat the last."""
    if expr == derivation.last:
        return derivation
    if expr.has(zoo, nan):
        raise Undefined(f"{plain(derivation.last)} is nowhere defined: it divides by 0")
    return derivation.equals(expr, reason if isinstance(reason, str) else reason(derivation.last, expr))


# --- walking through an expression ----------------------------------------------------------------


def everywhere(expr: Basic, change: Callable[[Basic], Basic]) -> Basic:
    """The expression with `change` applied to every part, from the inside out, under sums as well."""
    if isinstance(expr, Binder):
        return change(expr.through(lambda part: everywhere(part, change)))
    if not expr.args or isinstance(expr, (Entry, Probability, Partition, Delta)):
        return change(expr)
    if isinstance(expr, Derivative):
        return change(D(everywhere(expr.expr, change), *expr.variable_count))
    return change(expr.func(*(everywhere(part, change) for part in expr.args)))


def _derivatives(expr: Basic, change: Callable[[Expr, Expr], Expr]) -> Expr:
    """The innermost derivatives changed, given what is derived and the variable it is derived in first."""

    def at(part: Basic) -> Basic:
        if not isinstance(part, Derivative) or part.expr.has(Derivative):
            return part
        (variable, times), *others = part.variable_count
        rest = [(variable, times - 1), *others] if times > 1 else others
        inner = change(part.expr, variable)
        return D(inner, *rest) if rest else inner

    return everywhere(expr, at)


def depends(expr: Basic, variable: Expr) -> bool:
    """Whether the expression can change with the variable: its family, for an entry."""
    moving = variable.family if isinstance(variable, Entry) else variable
    return moving in expr.free_symbols


# --- the steps ------------------------------------------------------------------------------------


def _one_order_at_a_time(expr: Expr) -> Expr:
    """Of a second derivative, the first one replaced by its value."""

    def at(part: Basic) -> Basic:
        if not isinstance(part, Derivative) or part.derivative_count < 2:
            return part
        (variable, times), *others = part.variable_count
        rest = [(variable, times - 1), *others] if times > 1 else others
        return D(_derived(D(part.expr, variable)).last, *rest)

    return everywhere(expr, at)


def _temperature(expr: Expr) -> Expr:
    """d/dT = -lambda^2 d/dlambda."""
    return _derivatives(expr, lambda inner, v: -(lam**2) * D(inner, lam) if v == T else D(inner, v))


def _definitions(expr: Expr) -> Expr:
    """What is derived, in terms of p and sums; p itself, where it stands alone, as exp/Z."""

    def unfold(part: Basic) -> Basic:
        if isinstance(part, (Functional, UnderP)):
            return everywhere(part.definition(), unfold)
        return part

    def at(inner: Expr, variable: Expr) -> Expr:
        if isinstance(inner, Probability) and isinstance(expr, Derivative):
            return D(inner.definition(), variable)
        return D(everywhere(inner, unfold), variable)

    return _derivatives(expr, at)


def _rules(expr: Expr) -> Expr:
    """Linearity, products, quotients and chains, down to the quantities that move."""
    return _derivatives(expr, _rule)


def _rule(expr: Expr, variable: Expr) -> Expr:
    """The derivative of a composite in terms of those of its parts."""
    if not depends(expr, variable):
        return Integer(0)
    if isinstance(expr, Add):
        return Add(*(_rule(part, variable) for part in expr.args))
    if isinstance(expr, Sum):
        return expr.through(lambda part: _rule(part, variable) if isinstance(part, Expr) else part)
    if isinstance(expr, Mul):
        return _product(expr, variable)
    if isinstance(expr, Pow) and not depends(expr.exp, variable):
        return expr.exp * expr.base ** (expr.exp - 1) * _rule(expr.base, variable)
    if isinstance(expr, log):
        return _rule(expr.args[0], variable) / expr.args[0]
    if isinstance(expr, exp) and not _is_weight(expr):
        return expr * _rule(expr.args[0], variable)
    return D(expr, variable)


def _is_weight(expr: Expr) -> bool:
    """e^{lambda z_i}: it moves as a whole."""
    return any(isinstance(part, Entry) for part in expr.args[0].args)


def _product(expr: Expr, variable: Expr) -> Expr:
    """Constants in front; a quotient by the quotient rule; else the product rule."""
    constants = [part for part in expr.args if not depends(part, variable)]
    moving = reduce(mul, (part for part in expr.args if depends(part, variable)), Integer(1))
    above, below = moving.as_numer_denom() if isinstance(moving, Mul) else (moving, Integer(1))
    if not isinstance(moving, Mul):
        inner = _rule(moving, variable)
    elif depends(below, variable) and depends(above, variable):
        inner = (_rule(above, variable) * below - above * _rule(below, variable)) / below**2
    else:
        inner = Add(*(_rule(part, variable) * (moving / part) for part in moving.args))
    return reduce(mul, constants, Integer(1)) * inner


def _rule_names(expr: Expr, _: Expr) -> str:
    """The rules that a line uses, in words."""
    used = {name for each in _all_derivatives(expr) for name in _used(each.expr, each.variables[0])}
    return ", ".join(name for name in RULES if name in used) or "the chain rule"


RULES = ("linearity", "the quotient rule", "the product rule", "the chain rule")


def _used(expr: Basic, variable: Expr) -> Iterable[str]:
    """The names of the rules that `_rule` uses on the way down."""
    if not depends(expr, variable) or isinstance(expr, (Probability, Partition, Entry)):
        return
    moving = [part for part in expr.args if depends(part, variable)]
    if isinstance(expr, (Add, Sum)):
        yield "linearity"
    if isinstance(expr, Mul) and len(moving) > 1:
        above, below = expr.as_numer_denom()
        quotient = depends(below, variable)
        yield "the quotient rule" if quotient else "the product rule"
        moving = [above, below] if quotient else moving
    if isinstance(expr, (log, Pow)) or (isinstance(expr, exp) and not _is_weight(expr)):
        yield "the chain rule"
    for part in [expr.body] if isinstance(expr, Sum) else moving:
        yield from _used(part, variable)


def _all_derivatives(expr: Basic) -> list[Derivative]:
    found: list[Derivative] = []

    def note(part: Basic) -> Basic:
        if isinstance(part, Derivative):
            found.append(part)
        return part

    everywhere(expr, note)
    return found


def _values(expr: Expr) -> Expr:
    """The derivatives of the quantities that move."""
    return _derivatives(expr, lambda inner, variable: inner.diff(variable))


STEPS: tuple[tuple[str | Callable[[Expr, Expr], str], Callable[[Expr], Expr]], ...] = (
    ("the first derivative", _one_order_at_a_time),
    ("T = 1/lambda", _temperature),
    (value_reasons.of_definitions, _definitions),
    (_rule_names, _rules),
    (value_reasons.of_derivatives, _values),
)  # fmt: skip


# --- the last form --------------------------------------------------------------------------------


def _collapsed(expr: Expr) -> Expr:
    """Sums split into terms, constants in front, sum_k delta_kj f(k) = f(j); p and means under p left as they are."""
    return everywhere(expr, lambda part: _sum(part) if isinstance(part, Sum) and part.has(Delta) else part)


def readable(expr: Expr | str) -> Expr:
    """The expression in p's and means under p, factored: the shortest of the forms tried.

    >>> from sympy import exp
    >>> from symbolic.language.notation import Z, i, lam, p, z
    >>> readable(exp(lam*z[i])/Z - p[i]**2)
    p[i]*(1 - p[i])
    """
    expr = expression_of(expr)
    collected = _collected(expr)
    with_logits = _collected(everywhere(collected, _log_p))
    cold = _collected(expr.xreplace({T: 1 / lam}))
    forms = [form for each in (collected, with_logits, cold) for form in (_factored(each), _factored(_moments(each)))]
    forms += [factor_terms(expr)] if collected == expr else []
    return _signed(min(forms, key=_length))


def _length(form: Expr) -> tuple[int, int]:
    """How long a form reads: a variance or a central moment counts as one thing."""
    short = form.xreplace({part: Dummy("m") for part in form.atoms(Mean, Variance)})
    return short.count_ops(), len(str(form))


def _signed(expr: Expr) -> Expr:
    """-a (b - c) as a (c - b), and (p - 1)(2p - 1) as (1 - p)(1 - 2p)."""
    sums = [part for part in Mul.make_args(expr) if isinstance(part, Add)]
    negative = isinstance(expr, Mul) and bool(expr.as_coeff_Mul()[0].is_negative)
    turned = [part for part in sums if part.as_coeff_Add()[0].is_negative]
    if negative != bool(len(turned) % 2):
        turned = turned[1:] if turned else sums[-1:] * negative
    rest = reduce(mul, (part for part in Mul.make_args(expr) if part not in turned), Integer(1))
    flipped = (Add(*(-term for term in part.args)) for part in turned)
    return reduce(mul, flipped, rest * (-1) ** len(turned))


def _collected(expr: Expr) -> Expr:
    expr = everywhere(expr, _partition)
    named = {part.distribution for part in expr.atoms(Probability)}
    distributions = sorted(named | {Softmax(*part.args) for part in expr.atoms(Partition)} | {p}, key=str)
    return everywhere(everywhere(expr, lambda part: _to_sums(part, distributions)), _sum)


def _partition(part: Basic) -> Basic:
    """sum_k e^{c w_k} as the partition function it is."""
    if not isinstance(part, Sum) or part.conditions or not isinstance(part.body, exp):
        return part
    scale, entries = part.body.args[0].as_independent(Entry, as_Add=False)
    alone = isinstance(entries, Entry) and entries.index == part.bound and part.bound not in scale.free_symbols
    return Partition(entries.family, scale) if alone else part


def _to_sums(part: Basic, distributions: list[Softmax]) -> Basic:
    """Means as sums, and weights e^{lambda z_i} as Z p_i."""
    if isinstance(part, Mean):
        fresh = Dummy("k", integer=True, positive=True)
        return Sum(p[fresh] * part.opened(fresh), fresh)
    if isinstance(part, (Variance, Functional)):
        return everywhere(part.definition(), lambda inner: _to_sums(inner, distributions))
    return _weights(part, distributions) if isinstance(part, exp) else part


def _weights(part: exp, distributions: list[Softmax]) -> Expr:
    """e^{lambda (z_i - z_j) + ...} as p_i/p_j times the rest."""
    terms = Add.make_args(expand(part.args[0]))
    return reduce(mul, (_weight(term, distributions) for term in terms), Integer(1))


def _weight(term: Expr, distributions: list[Softmax]) -> Expr:
    """e^{a lambda z_i} as (Z p_i)^a, for an integer a and a softmax at hand."""
    entries = [each for each in Mul.make_args(term) if isinstance(each, Entry)]
    for q in distributions if len(entries) == 1 else []:
        power = term / (q.scale * entries[0])
        if entries[0].family == q.family and power.is_Integer:
            return (Partition(*q.args) * q[entries[0].index]) ** power
    return exp(term)


def _log_p(part: Basic) -> Basic:
    """log p_i = lambda z_i - log Z."""
    if isinstance(part, log) and isinstance(part.args[0], Probability) and part.args[0].distribution == p:
        return lam * z[part.args[0].index] - log(Z)
    return part


def _sum(part: Basic) -> Basic:
    """A sum of a sum of terms as the sum of the sums."""
    if not isinstance(part, Sum):
        return part
    k = Dummy("k", integer=True, positive=True)
    terms = Add.make_args(expand(part.opened(k)))
    return Add(*(_sum_of_term(term, k, part.conditions) for term in terms))


def _sum_of_term(term: Expr, k: Dummy, conditions: tuple[Basic, ...]) -> Expr:
    """Constants in front; a delta picks its term; a factor p_k makes it a mean."""
    moving = [part for part in Mul.make_args(term) if k in part.free_symbols]
    front = reduce(mul, (part for part in Mul.make_args(term) if k not in part.free_symbols), Integer(1))
    for part in moving:
        if isinstance(part, Delta) and all(isinstance(each, Except) for each in conditions):
            other = next(each for each in part.args if each != k)
            kept = reduce(mul, (1 - Delta(other, each.args[0]) for each in conditions), Integer(1))
            rest = reduce(mul, (each for each in moving if each is not part), Integer(1))
            return front * kept * rest.xreplace({k: other})
    body = reduce(mul, moving, Integer(1))
    if conditions:
        return front * Sum(body, k, *conditions)
    if not moving:
        return front * n
    if isinstance(body, Probability):
        return front
    return front * (Mean(body / p[k], k) if p[k] in moving else Sum(body, k))


def _atoms(expr: Basic) -> set[Basic]:
    """The parts that a polynomial is taken in."""
    if isinstance(expr, (Add, Mul)) or (isinstance(expr, Pow) and expr.exp.is_Integer):
        return set().union(*map(_atoms, expr.args))
    return set() if expr.is_Number else {expr}


def _factored(expr: Expr) -> Expr:
    """The expression as a product, its parts treated as independent; powers of a delta are the delta."""
    names = {part: Dummy(f"a{number}") for number, part in enumerate(sorted(_atoms(expr), key=str))}
    back = {name: part for part, name in names.items()}
    plain = cancel(expr.xreplace(names))
    above, below = plain.as_numer_denom()
    above = _idempotent(expand(above), [name for part, name in names.items() if isinstance(part, Delta)])
    return (factor(above) / factor(below)).xreplace(back)


def _idempotent(expr: Expr, deltas: list[Expr]) -> Expr:
    for each in deltas:
        expr = expr.replace(lambda part, each=each: part.is_Pow and part.base == each, lambda part: part.base)
    return expand_mul(expr)


def _moments(expr: Expr) -> Expr:
    """<f^2> as Var f + <f>^2, and <f^3> as the third central moment and the rest."""
    for mean in sorted(expr.atoms(Mean), key=str):
        k = Dummy("k", integer=True, positive=True)
        body = mean.opened(k)
        if isinstance(body, Pow) and body.exp in (2, 3):
            first, second = Mean(body.base, k), Variance(body.base, k)
            third = Mean((body.base - first) ** 3, k) + 3 * first * second + first**3
            expr = expr.subs(mean, second + first**2 if body.exp == 2 else third)
    return expr


ENDING: tuple[tuple[str | Callable[[Expr, Expr], str], Callable[[Expr], Expr]], ...] = (
    ("the delta picks one term of the sum", _collapsed),
    (value_reasons.of_last_form, readable),
)


def _with_hypotheses(expr: Expr, given: tuple[Hypothesis, ...]) -> Expr:
    """The expression with the hypotheses put in: equations from left to right, and whether indices coincide."""
    for each in given:
        if isinstance(each, Relation) and each.op == "==":
            with suppress(NotationError):  # of an entry that a sum runs over nothing can be put in
                expr = expr.xreplace({each.lhs: each.rhs})
        elif isinstance(each, SameClass):
            expr = expr.xreplace({Delta(each.first, each.second): Integer(each.holds)})
    return expr
