"""What a limit is, guessed: the forms of limit_forms with what dies out left away.

guesses(limit, given) -> Iterator[Cases]         each a way to tell cases apart, with a value in each

At the largest value M of z, where lambda goes to oo, exp(lambda*(z[k] - M)) is 1 for a winner and goes to 0 for the
other classes, so a sum of them becomes the number of winners; what has a factor z[k] - M beside it goes to 0. At a
number the variable is put in, in a derivative if it divides. Nobody trusts this: the value is claimed, and proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from math import factorial

from sympy import Add, Expr, Integer, Mul, Pow, Symbol, cancel, exp, expand, fraction, log, oo

from symbolic.language import notation as of
from symbolic.language.claims import Always, Hypothesis
from symbolic.language.errors import NotationError
from symbolic.language.typeset import plain
from symbolic.search.limit_forms import LETTERS, NoForm, Words

__all__ = ["Cases", "guesses"]

Cases = tuple[tuple[tuple[str, ...], str], ...]  # hypotheses of a case, and the value in it
NOTHING = Symbol("nothing")
ORDERS = 3  # of a derivative at the point


def guesses(limit: of.Limit, given: tuple[Hypothesis, ...]) -> Iterator[Cases]:
    """Values of a limit, in cases; the most telling come first."""
    function, variable, end = limit.args
    letters = tuple(each for each in LETTERS if each not in {str(s) for s in of.free(function)})
    inverse = variable == of.T
    moving, far = of.lam if inverse else variable, end == 0 if inverse else end in (oo, -oo)
    make = _far if far else _near
    with suppress(NoForm, NotationError, IndexError, ZeroDivisionError):
        yield from make(function, moving, Integer(0) if inverse and not far else end, letters, given)
    yield from (_always(text) for text in ("0", "1", "-1", "oo", "-oo"))


def _always(text: str) -> Cases:
    return (((), text),)


# --- at a number -----------------------------------------------------------------------------------


def _near(
    function: Expr, variable: Expr, end: Expr, letters: tuple[str, ...], given: tuple[Hypothesis, ...]
) -> Iterator[Cases]:
    """The variable is put in; where it is divided by, in the derivative of what stands above."""
    for order in range(ORDERS):
        words = Words(None, letters)
        gap = variable - end
        above = function * gap**order
        for _ in range(order):
            above = above.diff(variable)
        value = _put_in(words, cancel(words.value(above, ())), words.value(variable, ()), words.value(end, ()))
        if value is not None:
            yield (((), words.text(value / factorial(order))),)
            return


def _put_in(words: Words, x: Expr, variable: Symbol, end: Expr) -> Expr | None:
    sums = {s: _sum_at(words, s, variable, end) for s in x.free_symbols & words.sums.keys()}
    above, below = (expand(part.xreplace(sums).xreplace({variable: end})) for part in fraction(x))
    return None if cancel(below) == 0 else cancel(above / below)


def _sum_at(words: Words, s: Symbol, variable: Symbol, end: Expr) -> Expr:
    letter, conditions, inner = words.sums[s]
    return words.summed(expand(inner.xreplace({variable: end})), letter, conditions)


# --- at infinity -----------------------------------------------------------------------------------


def _far(
    function: Expr, variable: Expr, end: Expr, letters: tuple[str, ...], given: tuple[Hypothesis, ...]
) -> Iterator[Cases]:
    if isinstance(variable, of.Entry):
        if end == oo:
            yield from _at(variable, function, of.lam, letters, given)
        return
    families = {each for each in function.free_symbols | function.atoms(of.Family) if isinstance(each, of.Family)}
    largest = [e.relation.lhs for e in given if isinstance(e, Always) and e.relation.op == ">" and end == oo]
    extremes = (of.Minimum,) if end == -oo else (of.Maximum, of.Minimum)
    tops = [e for e in largest if isinstance(e, of.Entry)]
    tops += [each.of(family) for family in sorted(families, key=str) for each in extremes]
    for top in tops:
        with suppress(NoForm, NotationError, IndexError, ZeroDivisionError):
            yield from _at(top, function, variable, letters, given)


def _at(
    top: Expr, function: Expr, variable: Expr, letters: tuple[str, ...], given: tuple[Hypothesis, ...]
) -> Iterator[Cases]:
    words = Words(top, letters)
    x = words.value(function, ())
    open_ = sorted((g for g in words.gaps if not words.about[g]), key=words.text)
    if isinstance(top, of.Entry):
        yield _always(words.text(_limit(words, x, words.value(variable, ()), dict.fromkeys(open_, False))))
        return
    known = [plain(each) for each in given]
    cases: list[tuple[tuple[str, ...], dict[Symbol, bool]]] = [((), {})]
    for gap in open_:
        entry, _, best = words.text(gap).partition(" - ")
        told = any(entry in each for each in known)
        below = "<" if isinstance(top, of.Maximum) and best.startswith("max") else ">"
        branches = ((f"{entry} == {best}", True), (f"{entry} {below} {best}", False))
        cases = [((*said, *([] if told else [h])), {**wins, gap: win}) for said, wins in cases for h, win in branches]
    values = [(said, words.text(_limit(words, x, words.value(variable, ()), wins))) for said, wins in cases]
    if len({text for _, text in values}) == 1:
        yield _always(values[0][1])
    elif all(said for said, _ in values):
        yield tuple(values)
    else:
        yield from (((said, text),) for said, text in values)


def _limit(words: Words, x: Expr, variable: Symbol, wins: dict[Symbol, bool]) -> Expr:
    """The limit of a fraction, term by term; `wins` says which of the open classes are winners."""
    above, below = map(expand, fraction(cancel(x)))
    if not isinstance(below, Add):
        return Add(*(_of_term(words, cancel(each / below), variable, wins) for each in Add.make_args(above)))
    found = _of_terms(words, below, variable, wins)
    if found == 0:
        raise NoForm("a division by 0")
    return cancel(_of_terms(words, above, variable, wins) / found)


def _of_terms(words: Words, x: Expr, variable: Symbol, wins: dict[Symbol, bool]) -> Expr:
    return Add(*(_of_term(words, each, variable, wins) for each in Add.make_args(x)))


def _of_term(words: Words, term: Expr, variable: Symbol, wins: dict[Symbol, bool]) -> Expr:
    powers = [(f.base, f.exp) if isinstance(f, Pow) else (f, Integer(1)) for f in Mul.make_args(term)]
    value = Mul(*(_of_factor(words, f, e, wins) for f, e in powers if f != variable))
    e = sum(e for f, e in powers if f == variable)
    if value == 0 or e < 0:
        return Integer(0)
    if e > 0:
        raise NoForm("it may diverge")
    return value


def _of_factor(words: Words, f: Expr, e: Expr, wins: dict[Symbol, bool]) -> Expr:
    match f:
        case Symbol() if f in words.sums:
            return _of_sum(words, f) ** e
        case Symbol() if f in wins:
            return Integer(0) if wins[f] else f**e
        case exp():
            return Integer(int(all(wins.get(g, True) for g in f.free_symbols)))
        case log(args=(inside,)):
            above, below = map(expand, fraction(cancel(inside)))
            quotient = _of_terms(words, above, NOTHING, wins) / _of_terms(words, below, NOTHING, wins)
            return log(quotient) ** e
    return f**e


def _of_sum(words: Words, s: Symbol) -> Expr:
    """The number of winners, for a sum of exponentials; 0, if each winner's term is 0."""
    letter, conditions, inner = words.sums[s]
    if not inner.has(exp):
        return s
    if inner.free_symbols & words.gaps and any(f in words.gaps for f in inner.as_powers_dict()):
        return Integer(0)
    if isinstance(words.top, of.Entry):
        return Integer(0)
    if isinstance(inner, exp):
        family = next(iter(words.top.atoms(of.Entry))).family if words.top is not None else ""
        return words.symbol(f"count({family}[{letter}] == {plain(words.top)}, {conditions[2:] or letter})")
    raise NoForm("a sum over the winners")
