"""Inequalities with a product over classes, from what is said of its factors.

    trees(claim, prove)    derivations for the kernel to accept

    c*prod(f) + R >= 0                  prod(f) against -R/c, where the product does not stand alone
    prod(1 - x) >= 1 - sum(x)           log(1 - x[k]) is at least its share x[k]/S of log(1 - S), S = sum(x)
    prod(1 + x) >= 1 + sum(x)           log(1 + t x) along t from 0 to 1
    prod(x) <= prod((1 - x)/(n - 1))    the geometric mean of the n - 1 others, for shares x
    prod(1 - x) <= C                    the logarithms, where 1 - x is positive, for shares x of two classes or more

Sources: Weierstrass for the second and the third (the name from memory); each is shown here.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Basic, Expr, Mul, expand, log, simplify

from symbolic.language import notation as of
from symbolic.language.claims import Claim, letters_of, parts, relation
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Node, alone_or_several
from symbolic.search.totals import Solve, Totals, bracketed, conditions_text

__all__ = ["trees"]


def trees(claim: Claim, prove: Solve) -> Iterator[Node]:
    """Of an inequality with products over classes."""
    products = [each for each in parts(claim) if isinstance(each, of.Product) and claim.op != "=="]
    if not products:
        return
    small, large = claim.ordered
    whole = next((each for each in products if each in (small, large)), products[0])
    gap = expand(large - small)
    c, rest = gap.coeff(whole), gap.coeff(whole, 0)
    if c.is_number and c.is_nonzero and not rest.has(whole):
        yield from _of_small_sums(claim, whole, c, -rest / c)
        yield from _of_gaps_of_shares(claim, whole, [plain(c * whole), plain(rest)], prove)
    yield from _of_shares(claim)
    if whole in (small, large):
        yield from _weierstrass(claim, whole)


def _of_gaps_of_shares(claim: Claim, whole: Expr, line: list[str], prove: Solve) -> Iterator[Node]:
    """With 1 - x, the sum of the other shares, shown to be positive; of a single class the product is 0."""
    totals = Totals.read(claim, bare=True)
    if totals is None or whole.conditions:
        return
    k, l = totals.k, totals.l
    for x in (family[k] for family, total in totals.shares if total == 1):
        if not expand(whole.opened(k) + x - 1):
            gap, others = f"1 - {plain(x)}", f"sum({plain(x.subs(k, l))}, {l} != {k})"
            yield {"have": f"{gap} >= 0", "by": {"line": [others]}, "in": {"line": line}}
            given, logarithm = (*claim.given, relation(of.n, ">=", 2)), of.Sum(log(1 - x), k)
            sides = (logarithm if side == whole else log(side) for side in (claim.lhs, claim.rhs))
            of_logarithms = Claim(relation(next(sides), claim.op, next(sides)), given)
            tree = prove(of_logarithms) if whole in (claim.lhs, claim.rhs) else None
            if tree is not None:
                yield _of_one_or_more(claim, {"have": f"{gap} > 0", "by": {"line": [others]}}, tree)


def _of_one_or_more(claim: Claim, positive: Node, tree: Node) -> Node:
    """What holds of one class at sight, and of several by logarithms."""
    small, large = map(plain, claim.ordered)
    several: Node = {**positive, "in": {"compare": "log", "in": tree}}
    return alone_or_several({"line": [large, f"-({small})"]}, several)


def _of_small_sums(claim: Claim, whole: Expr, c: Expr, other: Expr) -> Iterator[Node]:
    """prod(1 + x) >= 1 + S and the like, S = sum(x): log(1 - x[k]) is at least its share x[k]/S of log(1 - S).

    b - a = a (exp(u) - 1 - u) + a u, where u = log b - log a is what is over at all classes, divided by S.
    """
    totals, f = Totals.read(claim, bare=True), whole.opened(k := of.class_named("k"))
    share, total = 1 - f, of.Sum(1 - f, k)
    if totals is None or whole.conditions or not other.has(total, of.Sum(-share, k)) or claim.op in ("<", ">"):
        return
    x, factor_, bound, sum_, by = map(bracketed, map(plain, (share, f, other, total, abs(c))))
    rest = f"sum({plain(1 - whole.opened(of.class_named('l')))}, l != k)"
    if c.is_positive:
        gap, least, u = f"{sum_}*log({factor_}) - {x}*log({bound})", bound, f"{bound}/{factor_}"
        parts_ = [f"{x}*({u} - 1 - log({u}))", f"{rest}*(1/{factor_} - 1 - log(1/{factor_}))"]
    else:
        gap, least, u = f"{x}*log({bound}) - {sum_}*log({factor_})", plain(whole), f"{factor_}/{bound}"
        parts_ = [f"{x}*({u} - 1 - log({u}))", f"{rest}*({factor_} - 1 - log({factor_}))", f"{sum_}*{x}^2"]
    u = f"sum({gap}, k)/{sum_}"
    line = [f"{by}*{least}*(exp({u}) - 1 - {u})", f"{by}*{least}*{u}"]
    node: Node = {"have": f"{gap} >= 0", "by": {"line": parts_}, "in": {"line": line}}
    nothing: Node = {"vanish": plain(share), "over": "k", "in": {"line": ["0"]}}
    for each in (node, {"if": f"{plain(total)} > 0", "then": node, "else": nothing}):
        if totals.signs(bound) <= {1}:
            yield each
        else:
            above: Node = {"have": f"{plain(f)} > 0", "by": {"line": [bound, rest]}, "in": each}
            below: Node = {"line": [f"{by}*{plain(whole)}", f"-{by}*{bound}"]}
            yield {"if": f"{plain(other)} > 0", "then": above, "else": below}


def _weierstrass(claim: Claim, whole: Expr) -> Iterator[Node]:
    """prod(1 + x) >= 1 + S for x >= 0: the sum of log(1 + t x) is more than log(1 + t S), and the more the larger t is.

    Also of 1/prod(1 + x). The classes with a name may stand apart: prod(1 + x) is c times a product over the others.
    """
    used = letters_of(claim)
    k, l, t = (of.class_named(next(unused(each, used))) for each in ("km", "lr", "tsu"))
    is_large, other = whole == claim.ordered[1], claim.rhs if whole == claim.lhs else claim.lhs

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


def _of_shares(claim: Claim) -> Iterator[Node]:
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
        node = {**positive, "in": {"compare": "log", "in": line}}
        yield from (node, alone_or_several({"line": []}, node))
