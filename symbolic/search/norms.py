"""Inequalities between norms: roots of sums, largest values, absolute values; what is left without these is solved.

    derivation(claim, judge, solve) -> Node | None

    a root on the smaller side     what stands before it with a minus goes to the other side; then the squares
    sqrt(X)*sqrt(Y) + S >= 0       S^2 <= X*Y is shown on the way: Cauchy's inequality, as Minkowski's needs it
    |a| <= b                       a <= b where a >= 0, and -a <= b elsewhere
    max(f) <= b                    f(m) <= b, m the class that attains it; what is at least f(k) is so at m

Source: Hardy, Littlewood and Polya 1934, 2.11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, permutations, product

from sympy import Abs, Add, Basic, Dummy, Expr, Integer, Mul, Pow, Rational, expand, factor, log, simplify, sqrt

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Member, Relation, differ, letters_of, relation
from symbolic.language.comparison import compared
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search import summands
from symbolic.search.case_trees import Judge, Node, split
from symbolic.search.means import preceded
from symbolic.search.totals import Numbers, Solve, Totals, bracketed, conditions_text, factored

__all__ = ["by_factors", "by_others", "derivation"]

HALF = Rational(1, 2)


def derivation(claim: Claim, judge: Judge, solve: Solve) -> Node | None:
    """The first way that leads to a derivation."""
    if claim.op not in ("<=", ">=", "<", ">"):
        return None
    ways = (_of_absolute_values, _on_other_side, _by_cauchy, _by_exponentials, _attained, _of_named_class)
    reversed_ = _reversed(claim, lambda part: summands.derivation(part, judge, solve))
    found = chain(reversed_, chain.from_iterable(way(claim, solve) for way in ways))
    return next((node for node in found if judge(claim, node) is None), None)


def _between(claim: Claim, small: Expr, large: Expr) -> Claim:
    return replace(claim, relation=Relation(small, "<" if claim.op in ("<", ">") else "<=", large), text="")


def _is_root_of_sum(expr: Expr) -> bool:
    return isinstance(expr, Pow) and expr.exp == HALF and expr.base.has(of.Sum)


def _is_logarithm(expr: Expr) -> bool:
    return isinstance(expr, of.LogSumExp) or (isinstance(expr, log) and expr.has(of.Sum, of.Z))


def _of_absolute_values(claim: Claim, solve: Solve) -> Iterator[Node]:
    """Of a single one, of what is no number."""
    small, large = claim.ordered
    if isinstance(small, Abs) and small.has(of.Sum, of.Maximum, of.Minimum, of.LogSumExp):
        inner = small.args[0]
        cases = relation(inner, ">=", 0)

        def solved(each: Claim) -> Node | None:
            sign = 1 if each.given[-1] == cases else -1
            return solve(replace(_between(claim, expand(sign * inner), large), given=claim.given))

        found = split(claim, cases, solved)
        if found is not None:
            yield found


def _on_other_side(claim: Claim, solve: Solve) -> Iterator[Node]:
    """a - b <= c from a <= b + c."""
    small, large = claim.ordered
    gone = [-each for each in Add.make_args(small) if _is_root_of_sum(-each) or _is_logarithm(-each)]
    if gone:
        said = _between(claim, small + Add(*gone), large + Add(*gone))
        tree = solve(said)
        if tree is not None:
            line: Node = {"line": [f"{plain(said.rhs)} - ({plain(said.lhs)})"]}
            yield {"have": plain(said.relation), "by": tree, "in": line}


def _by_cauchy(claim: Claim, solve: Solve) -> Iterator[Node]:
    """c*(sqrt(X)*sqrt(Y) - S), from S^2 <= X*Y."""
    small, large = claim.ordered
    value = expand(large - small)
    for term in Add.make_args(value):
        number, factors = term.as_coeff_mul()
        roots = [each for each in factors if _is_root_of_sum(each)]
        if not number.is_positive or len(roots) < len(factors) or len(roots) != 2:
            continue
        roots_ = Mul(*roots)
        left = _added((term - value) / number)
        if left is None or left.has(*roots):
            continue
        squares = Relation(left**2, "<=", Mul(*(each.base for each in roots)))
        tree = solve(Claim(squares, claim.given))
        if tree is not None:
            said = Relation(left, "<=", roots_)
            by: Node = {"compare": "square", "in": tree}
            line = f"{plain(number)}*({plain(roots_)} - ({plain(left)}))"
            yield {"have": plain(said), "by": by, "in": {"line": [line]}}
            if tree.keys() == {"line"}:  # where the kernel does not use what is said of such roots
                whole = [f"{plain(number)}*({each})/({plain(roots_)} + {plain(left)})" for each in tree["line"]]
                apart = [f"{plain(number * roots_)}", f"-{plain(number)}*({plain(left)})"]
                yield {"if": f"{plain(left)} > 0", "then": {"line": whole}, "else": {"line": apart}}


def _added(value: Expr) -> Expr | None:
    """A sum of multiples of sums over the same classes as one sum, where they are such."""
    totals = Totals.read(Claim(Relation(Integer(0), "<=", value)))
    if totals is None:
        return value
    conditions = {each.conditions for each in totals.sums.values()}
    slopes = {x: totals.value.diff(x) for x in totals.sums}
    rest = expand(totals.value - Add(*(x * slope for x, slope in slopes.items())))
    if len(conditions) == 1 and rest == 0 and all(each.is_number for each in slopes.values()):
        body = factor(Add(*(slope * totals.body(x, totals.k) for x, slope in slopes.items())))
        return of.Sum(body, totals.k, *next(iter(conditions)))
    return value


def _by_exponentials(claim: Claim, solve: Solve) -> Iterator[Node]:
    """Logarithms of sums by what they are of."""
    terms = [each for side in claim.ordered for each in Add.make_args(side)]
    if any(map(_is_logarithm, terms)):
        tree = solve(compared("exp", claim))
        if tree is not None:
            yield {"compare": "exp", "in": tree}


def _reversed(claim: Claim, solve: Solve) -> Iterator[Node]:
    """P*Q <= C from P + c*Q <= R, R^2 = 4*c*C, and so Cauchy's inequality reversed; c of bounds, or of extremes."""
    small, large = claim.ordered
    totals = Totals.read(_between(claim, Integer(0), large / small))
    if totals is None or not (1 / totals.value).is_Mul or claim.op in ("<", ">"):
        return
    factors = [x for x in (1 / totals.value).args if x in totals.sums]
    factors += [Integer(1)] * (len(factors) == 1)
    letters = sorted(totals.value.free_symbols - {of.n}, key=lambda x: plain(totals.words.get(x, x)))
    bounds = [x for x in letters if isinstance(totals.words.get(x), of.Maximum | None)]
    positive = {x: Dummy(positive=True) for x in totals.value.free_symbols}
    before = _bounds_above(claim, bounds)
    for p, q in permutations(factors, 2):
        for exponents in product((0, 1, -1), repeat=min(len(bounds), 4)):
            c = Mul(*(x**e for x, e in zip(bounds, exponents, strict=False)))
            root = sqrt(factor((4 * c * p * q * totals.value).xreplace(positive)))
            if any(not each.exp.is_Integer for each in root.atoms(Pow)):
                continue
            r = root.xreplace({y: x for x, y in positive.items()})
            words = [each.xreplace(totals.words) for each in (p + c * q, r, p - c * q)]
            said = Claim(Relation(words[0], "<=", words[1]), claim.given)
            tree = solve(said)
            if tree is not None:
                high, low, apart = (f"({plain(each)})" for each in (words[1], words[0], words[2]))
                by = plain((small / (4 * c * p * q)).xreplace(totals.words))
                line = [f"({by})*({high} - {low})*({high} + {low})", f"({by})*{apart}^2"]
                yield before({"have": plain(said.relation), "by": tree, "in": {"line": line}})


def _bounds_above(claim: Claim, bounds: list[Expr]) -> Callable[[Node], Node]:
    """What stands around a node: that a bound of what is positive is so, seen at a class."""
    steps = []
    gaps = [(each.lhs, each.rhs) if each.op == "<=" else (each.rhs, each.lhs)
            for each in claim.given if isinstance(each, Relation) and each.op in ("<=", ">=")]  # fmt: skip
    for (x, above), bound in product(gaps, bounds):
        by, m = above / bound, of.class_named("m")
        if isinstance(x, of.Entry) and not by.has(bound):
            below = next((low for low, y in gaps if y == x and low != 0), None)
            parts_ = (above - x, x) if below is None else (above - x, x - below, below)
            line = [plain((each / by).subs(x.index, m)) for each in parts_]
            steps.append((f"max({x.family})", {"have": f"{plain(bound)} > 0", "by": {"line": line}}))

    def around(node: Node) -> Node:
        for extreme, shown in steps:
            by = {"let": "m", "of": extreme, "in": shown["by"]}
            node = {**shown, "by": by, "in": node}
        return node

    return around


def by_factors(claim: Claim) -> Iterator[Node]:
    """prod(1 + x) >= 1 + S and the like, S = sum(x): log(1 - x[k]) is at least its share x[k]/S of log(1 - S)."""
    small, large = claim.ordered
    whole, other = (large, small) if isinstance(large, of.Product) else (small, large)
    if not isinstance(whole, of.Product):
        return
    yield from _weierstrass(claim, whole, other)
    totals = Totals.read(claim)
    if whole.conditions or totals is None or claim.op in ("<", ">"):
        return
    k, l, f = totals.k, totals.l, whole.opened(totals.k)
    share, total = 1 - f, of.Sum(1 - f, k)
    x, factor_, bound, sum_ = map(bracketed, map(plain, (share, f, other, total)))
    rest = f"sum({plain(1 - whole.opened(l))}, {l} != {k})"
    if not other.has(total):
        return
    if whole == large:
        gap = f"{sum_}*log({factor_}) - {x}*log({bound})"
        by = [f"{x}*({bound}/{factor_} - 1 - log({bound}/{factor_}))", f"{rest}*(1/{factor_} - 1 - log(1/{factor_}))"]
    else:
        gap = f"{x}*log({bound}) - {sum_}*log({factor_})"
        by = [f"{x}*({factor_}/{bound} - 1 - log({factor_}/{bound}))", f"{rest}*({factor_} - 1 - log({factor_}))"]
        by.append(f"{sum_}*{x}^2")
    node: Node = {"have": f"{gap} >= 0", "by": {"line": by}, "in": {"line": [f"sum({gap}, {k})/{sum_}"]}}
    vanish: Node = {"vanish": plain(share), "over": str(k), "in": {"line": ["0"]}}
    node = {"if": f"{plain(total)} > 0", "then": {"compare": "log", "in": node}, "else": vanish}
    if not totals.signs(bound) <= {1}:
        above: Node = {"have": f"{plain(f)} > 0", "by": {"line": [bound, rest]}, "in": node}
        node = {"if": f"{plain(other)} > 0", "then": above, "else": {"line": [plain(whole), f"-{bound}"]}}
    yield node


def _weierstrass(claim: Claim, whole: Expr, other: Expr) -> Iterator[Node]:
    """prod(1 + x) >= 1 + S for x >= 0: the sum of log(1 + t x) is more than log(1 + t S), and the more the larger t is.

    Also of 1/prod(1 + x). The classes with a name may stand apart: prod(1 + x) is c times a product over the others.
    """
    used = letters_of(claim)
    k, l, t = (of.class_named(next(unused(each, used))) for each in ("km", "lr", "tsu"))
    is_large = whole == claim.ordered[1]

    def x(at: Expr) -> Expr:
        return simplify((whole.opened(at) if is_large else 1 / whole.opened(at)) - 1)

    def rises(conditions: tuple[Basic, ...]) -> Node:
        here, there, others = (
            conditions_text(*each) for each in ((k, conditions), (l, conditions), (l, (*conditions, of.Except(k))))
        )
        one, f, total = (bracketed(plain(x(k))), bracketed(plain(1 + t * x(k))), f"sum({plain(x(l))}, {there})")
        line = [
            f"{t}^2*sum({one}*sum({plain(x(l))}, {others})/{f}, {here})/(1 + {t}*{total})",
            f"{t}*(sum({t}*{one}^2/{f}, {here}) + sum({one}/{f}, {here}) - sum({one}, {here}))/(1 + {t}*{total})",
        ]
        along = f"sum(log({f}), {here}) - log(1 + {t}*{total})"
        return {"taylor": str(t), "of": along, "from": "0", "to": "1", "order": 1, "by": {"line": line}}

    yield {"compare": "log", "in": rises(whole.conditions)}
    if is_large:
        without = {each.args[0] for each in whole.conditions}
        named = sorted((i for i in of.free(claim.lhs) | of.free(claim.rhs) if i.is_integer), key=str)
        apart = [i for i in named if i not in {of.n, *without}]
        conditions = (*whole.conditions, *map(of.Except, apart))
        c, total = Mul(*(1 + x(i) for i in apart)), of.Sum(x(k), k, *conditions)
        by, sum_ = (bracketed(plain(each)) for each in (c, total))
        line = [*([f"{sum_}*({by} - 1)"] if apart else []), f"{by} + {sum_} - {bracketed(plain(other))}"]
        steps: list[Node] = [{"compare": "log", "in": rises(conditions)}, {"line": line}]
        first, then = steps if whole == claim.lhs else reversed(steps)
        why = "Weierstrass" if whole == claim.lhs else "what is more is not negative"
        yield {"through": f"{by}*(1 + {sum_})", "op": claim.op, "why": why, "by": first, "in": then}


def by_others(claim: Claim) -> Iterator[Node]:
    """Of shares x, 1 - x is the sum of the n - 1 others, and so (1 - x)/(n - 1) at least their geometric mean.

    log((1 - x[k])/(n - 1)) is \\sum_{l != k} (u - 1 - log u)/(n - 1) more, with u = (n - 1) x[l]/(1 - x[k]).
    """
    totals = Totals.read(claim, bare=True)
    if totals is None or claim.op not in ("<=", ">="):
        return
    k, l = totals.k, totals.l
    for x, y in ((plain(family[k]), plain(family[l])) for family, total in totals.shares if total == 1):
        u = f"({y}*(n - 1)/(1 - {x}))"
        line: Node = {"line": [f"sum(sum({u} - 1 - log{u}, {l} != {k}), {k})/(n - 1)"]}
        positive: Node = {"have": f"1 - {x} > 0", "by": {"line": [f"sum({y}, {l} != {k})"]}}
        several: Node = {"have": "n >= 2", "by": {"compare": "whole", "in": {"line": ["n - 1"]}}}
        node = {**positive, "in": {"compare": "log", "in": line}}
        yield from (node, {"if": "n == 1", "then": {"line": []}, "else": {**several, "in": node}})


def _attained(claim: Claim, solve: Solve) -> Iterator[Node]:
    """With a class that attains an extreme."""
    used = letters_of(claim)
    name = next(unused("mabs", used))
    m = of.class_named(name)
    small, large = claim.ordered
    found = [*small.atoms(of.Maximum), *large.atoms(of.Minimum)]
    for extreme in sorted((each for each in found if of.free(each) <= of.free(small) | of.free(large)), key=plain):
        at = {extreme: extreme.opened(m)}
        said = _between(claim, small.xreplace(at), large.xreplace(at))
        inside = tuple(each for each in extreme.conditions)
        there = tuple(differ(m, each.args[0]) if isinstance(each, of.Except) else
                      Member(m, each.args[0], isinstance(each, of.In)) for each in inside)  # fmt: skip
        tree = _of_class(said, m, inside, solve) or solve(replace(said, given=(*said.given, *there), text=""))
        if tree is not None:
            yield {"let": name, "of": plain(extreme), "in": tree}


def _of_named_class(claim: Claim, solve: Solve) -> Iterator[Node]:
    """A sum over all classes as the term of one that is named, and the others; what has none of these is solved."""
    totals = Totals.read(claim)
    if totals is None or claim.op in ("<", ">"):
        return
    for i in sorted((x for x in of.free(claim.lhs) | of.free(claim.rhs) if x.is_integer and x != of.n), key=str):
        found = totals.value
        lines = []
        for x, word in totals.sums.items():
            if not word.conditions and not found.diff(x).has(x):
                lines.append(
                    of.Sum(word.opened(totals.k), totals.k, of.Except(i)) * found.diff(x).xreplace(totals.words)
                )
                found = found.xreplace({x: word.opened(i)})
        rest = factored(expand(found.xreplace(totals.words)))
        yield {"line": [*map(plain, lines), *([plain(rest)] if rest != 0 else [])]}


def _of_class(claim: Claim, m: Expr, conditions: tuple[Expr, ...], solve: Solve) -> Node | None:
    """A claim about the numbers of one class, and of all."""
    totals = Totals.read(claim, bare=True)
    if totals is None or totals.sums:
        return None
    named = [x for x in of.free(claim.lhs) | of.free(claim.rhs) if x.is_Symbol and x.is_integer and x != of.n]
    numbers = Numbers(totals, conditions, *(sorted(named, key=str) if not conditions else [m]))
    tree = numbers.solved(numbers.read(totals.value), claim.op in ("<", ">"), solve)
    if tree is None:
        return None
    if tree.keys() != {"line"}:
        text = totals.text(totals.value)
        op = ">" if claim.op in ("<", ">") else ">="
        tree = {"have": f"{text} {op} 0", "by": tree, "in": {"line": [text]}}
    return preceded(tree, numbers.steps())
