"""Bounds of entropies and divergences by way of others that are shown first.

    derivation(claim, by_lemmas, solve) -> Node | None

    support      H(q) <= log #{k : q_k > 0}               Gibbs' inequality on the classes that are counted
    chi-square   kl(q, r) <= X                            and X = sum (q - r)^2/r by the least of r
    one share    H(q) >= -log M, and h(M) where M > 1/2   M = max q, against a function of M

Sources: Gibbs and Su 2002; Hellman and Raviv 1970.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Rational, Symbol, expand, factor, log

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation, letters_of, parts, relation
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search.case_trees import Node
from symbolic.search.means import preceded
from symbolic.search.totals import renamed

__all__ = ["derivation"]

Solve = Callable[[Claim], Node | None]
HALF = Rational(1, 2)


def derivation(claim: Claim, by_lemmas: Solve, solve: Solve) -> Node | None:
    """The first of these ways that leads to a derivation; the kernel has not seen it yet."""
    if claim.op not in ("<=", ">="):
        return None
    small, large = (claim.lhs, claim.rhs) if claim.op == "<=" else (claim.rhs, claim.lhs)
    return (
        _of_a_support(claim, small, large)
        or _by_chi_square(claim, small, large, by_lemmas, solve)
        or _by_one_share(claim, small, large, solve)
    )


def _of_a_support(claim: Claim, small: Expr, large: Expr) -> Node | None:
    """With a name for the classes that are counted, outside of which q is 0."""
    k, name = (
        of.class_named("k"),
        next(unused("ABC", {each.name for each in parts(claim) if isinstance(each, of.Subset)})),
    )
    for entropy in small.atoms(of.Entropy):
        q = entropy.args[0][k]
        count = of.Count(q > 0, k)
        if expand(large - small - log(count) + entropy) == 0:
            counted, rest, ratio = plain(count), f"sum({plain(q)}, k not in {name})", f"(1/(size({name})*{plain(q)}))"
            line = [f"log({counted}) - log(size({name}))", f"sum({plain(q)}*({ratio} - 1 - log{ratio}), k in {name})"]
            line += [f"sum(xlogy({plain(q)}, {plain(q)}), k not in {name})", f"{rest}*(log(size({name})) - 1)"]
            at_most: Node = {"compare": "exp", "in": {"line": [f"{counted} - size({name})"]}}
            steps: list[Node] = [
                {"have": f"{rest} == 0", "by": {"line": [rest]}},
                {"have": f"size({name}) > 0", "by": {"line": [f"size({name}) - {counted}", counted]}},
                {"have": f"log(size({name})) <= log({counted})", "by": at_most},
            ]
            return {"classes": name, "of": counted, "in": preceded({"line": line}, steps)}
    return None


def _by_chi_square(claim: Claim, small: Expr, large: Expr, by_lemmas: Solve, solve: Solve) -> Node | None:
    """Where the least of r occurs: what kl is at most, and what that is at most."""
    if not isinstance(small, of.Divergence) or not large.has(of.Minimum.of(small.args[1])):
        return None
    k = of.class_named("k")
    q, r = (each[k] for each in small.args)
    chi = of.Sum((q - r) ** 2 / r, k)
    said = (Claim(relation(chi, "<=", large), claim.given), Claim(relation(small, "<=", chi), claim.given))
    above, below = (by_lemmas(part) or solve(part) for part in said)
    if above is None or below is None:
        return None
    first, second = (below, above) if claim.op == "<=" else (above, below)
    return {"through": plain(chi), "op": claim.op, "why": "", "by": first, "in": second}


def _by_one_share(claim: Claim, small: Expr, large: Expr, solve: Solve) -> Node | None:
    """At the class m of the largest share, which is 1, or less, and more than 1/2, or not."""
    entropies = large.atoms(of.Entropy) | small.atoms(of.Entropy)
    if len(entropies) != 1:
        return None
    (entropy,), used = entropies, letters_of(claim)
    q, m, x = entropy.args[0], of.class_named(next(unused("mhg", used))), Symbol(next(unused("xuvw", used)), real=True)
    top, c = of.Maximum.of(q), (large - small).coeff(entropy)
    rest = expand((large - small - c * entropy) / c).xreplace({top: x})
    if not c.is_positive or not c.is_number or rest.free_symbols != {x} or rest == log(x):
        return None
    share, highest, k = plain(q[m]), plain(top), plain(q[of.class_named("k")])
    above = (relation(x, ">", HALF), relation(x, "<", 1)), -x * log(x) - (1 - x) * log(1 - x), q[m]
    below = (relation(x, ">", 0), relation(x, "<=", HALF)), -log(x), top
    nodes, before = list[Node](), list[Node]()
    for given, bound, at in (above, below):
        of_numbers = solve(Claim(relation(bound + rest, ">=", 0), given))
        said, least = relation(entropy, ">=", bound.xreplace({x: at})), plain((bound + rest).xreplace({x: q[m]}))
        at_m = tuple(Relation(q[m], each.op, each.rhs) for each in given) if at != top else ()
        of_entropy = solve(Claim(said, (*claim.given, *at_m))) if of_numbers else None
        if of_numbers is None or of_entropy is None:
            return None
        shown: Node = {"have": plain(said), "by": of_entropy}
        of_share: Node = {"have": f"{least} >= 0", "by": renamed(of_numbers, {str(x): share})}
        line = [f"({plain(c)})*({plain(said.lhs)} - ({plain(said.rhs)}))", f"({plain(c)})*({least})"]
        nodes.append(preceded({"line": line}, [of_share, *([shown] if at_m else [])]))
        before += [] if at_m else [shown]
    others: Node = {"let": str(m), "of": highest, "in": {"line": [f"sum({k}, k != {m})"]}}
    least_one: Node = {"let": str(m), "of": highest, "in": {"line": [f"sum({share} - {k}, k)/n", "1/n"]}}
    bounds: list[Node] = [{"have": f"{highest} <= 1", "by": others}, {"have": f"{highest} > 0", "by": least_one}]
    strict: Node = {"have": f"{highest} < 1", "by": {"line": [f"1 - {highest}"]}}
    halves: Node = {"if": f"{share} > 1/2", "then": nodes[0], "else": nodes[1]}
    cases: Node = {"let": str(m), "of": highest, "in": halves}
    end = rest.subs(x, 1)
    one: Node = {"line": [plain(c * each) for each in (entropy, factor(rest - end).xreplace({x: top}), end)]}
    whole: Node = {"if": f"{highest} == 1", "then": one, "else": preceded(cases, [strict])}
    return preceded(whole, [*bounds, *before])
