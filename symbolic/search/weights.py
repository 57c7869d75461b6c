"""What a value is divided by, so that a derivative is simpler; its parts with one logarithm each; other letters.

    positive_factors(value, goal)   positive factors of its terms: of a logarithm, which then stands alone
    common_factor(value, goal)      the one beside all logarithms
    divided(value, weight)          the terms divided one by one; beside logarithms, the others together
    parts(value, letter)            sums of terms with the same logarithms and exponentials
    apart(value)                    logarithms of products and quotients, and roots, by those of their factors
    other_letters(value)            words, and a variable by means of each: a root, an exponential, 1/x, x/y

-x log x - (1 - x) log(1 - x) divided by x (1 - x) is -log(x)/(1 - x) - log(1 - x)/x, both of which are convex.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from math import isnan

from sympy import Add, Dummy, Expr, Integer, Mul, Pow, Rational, Symbol, exp, expand_log, expand_mul, log
from sympy.core.function import expand_power_base

from symbolic.search.factors import factored, tidy
from symbolic.search.goals import Goal

__all__ = ["apart", "common_factor", "divided", "other_letters", "parts", "positive_factors"]

MOST = 6
HALF = Rational(1, 2)


def positive_factors(value: Expr, goal: Goal) -> Iterator[Expr]:
    """Exponentials beside letters; what logarithms and exponentials stand beside, also two by two; other terms."""
    heads, rest = _by_heads(value)
    beside = [_bare(by if isinstance(head, log) else by * head) for head, by in heads.items()]
    others = map(_bare, Add.make_args(rest))
    alone = [head for head, by in heads.items() if isinstance(head, exp) and by.free_symbols]
    pairs = [tidy(x * y) for x, y in combinations(dict.fromkeys(beside), 2)]
    both = [*beside, *pairs] if any(isinstance(each, exp) for each in heads) else [*pairs, *beside]
    found = dict.fromkeys([*alone, *both, *others])
    signed = (each if _is_positive(each, goal) else -each for each in found if each.free_symbols)
    yield from islice((each for each in signed if _is_positive(each, goal)), MOST)


def common_factor(value: Expr, goal: Goal) -> Iterator[Expr]:
    """What all logarithms stand beside, if it is the same, but for its sign, and more than a number."""
    heads, rest = _by_heads(value)
    found = {_bare(by) for by in heads.values()} if all(isinstance(each, log) for each in heads) else set()
    if found and rest != 0:
        first, *others = (each if _is_positive(each, goal) else -each for each in found)
        same = all((each - first).expand() == 0 for each in others)
        yield from [first] if same and first.free_symbols and _is_positive(first, goal) else []


def _by_heads(value: Expr) -> tuple[dict[Expr, Expr], Expr]:
    """What each logarithm and exponential is multiplied by, and the terms without one."""
    heads, rest = dict[Expr, Expr](), Integer(0)
    for term in Add.make_args(expand_mul(value)):
        head = next((each for each in Mul.make_args(term) if isinstance(each, (log, exp)) and each.free_symbols), None)
        if head is None:
            rest += term
        else:
            heads[head] = heads.get(head, Integer(0)) + term / head
    return heads, rest


def _bare(term: Expr) -> Expr:
    """Without its number, tidied."""
    return Mul(*(Pow(base, exponent) for base, exponent in factored(term)[1]))


def _is_positive(expr: Expr, goal: Goal) -> bool:
    numbers = [x for x in goal.values(expr) if not isnan(x)]
    return bool(numbers) and all(x > 0 for x in numbers)


def divided(value: Expr, weight: Expr) -> Expr:
    heads, rest = _by_heads(value)
    terms = [rest] if all(isinstance(each, log) for each in heads) else Add.make_args(rest)
    others = (tidy(term / weight) for term in terms)
    return Add(*(tidy(by / weight) * head for head, by in heads.items()), *others)


def parts(value: Expr, letter: Symbol) -> list[Expr]:
    """The terms with the same logarithms and exponentials of a letter added; those without any stand alone."""
    found: dict[frozenset[Expr], Expr] = {}
    for term in Add.make_args(expand_mul(value)):
        heads = frozenset(each for each in term.atoms(log, exp) if each.has(letter))
        found[heads] = found.get(heads, Integer(0)) + term
    return list(found.values())


# --- other letters ----------------------------------------------------------------------------------


def other_letters(value: Expr, goal: Goal) -> Iterator[tuple[Expr, Symbol, Expr]]:
    """A word, a letter for it, and the value by means of the letter."""
    for word, x, inverse in _words(value, goal):
        letter = Dummy(positive=True)
        found = apart(value.xreplace({x: inverse.xreplace({_HOLE: letter})}))
        if not found.has(x) and not found.has(Pow(letter, HALF)):
            yield word, letter, found


_HOLE = Dummy(positive=True)


def _words(value: Expr, goal: Goal) -> Iterator[tuple[Expr, Symbol, Expr]]:
    for word in sorted(value.atoms(Pow, exp), key=lambda each: (each.count_ops(), str(each))):
        x = next(iter(word.free_symbols), None)
        if x is None or len(word.free_symbols) != 1:
            continue
        if word.is_Pow and word.exp == HALF and (word.base - x).is_Rational:
            yield word, x, _HOLE**2 - (word.base - x)
        if word.is_Pow and word.base == x and word.exp.is_Rational and word.exp.p == 1 and word.exp.q > 2:
            yield word, x, _HOLE**word.exp.q
        if isinstance(word, exp) and (word.args[0] / x).is_Rational:
            yield word, x, log(_HOLE) / (word.args[0] / x)
    letters = sorted(value.free_symbols, key=str)
    positive = [x for x in letters if _is_positive(x, goal)]
    yield from ((1 / x, x, 1 / _HOLE) for x in positive)


def apart(expr: Expr) -> Expr:
    """Logarithms of products apart, of quotients too; roots of products as well."""
    found = expr.replace(log, lambda x: log(Mul(*(b**e for b, e in factored(x)[1])) * factored(x)[0]))
    roots = found.replace(
        lambda each: each.is_Pow and each.exp.is_Rational and not each.exp.is_Integer,
        lambda each: expand_power_base(Pow(tidy(each.base), each.exp), force=True),
    )
    return expand_log(roots, force=True)
