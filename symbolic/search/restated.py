"""Inequalities in other words: derivatives worked out, sums over an event, where a family is not 0, in two cases.

    of_a_derivative, of_an_event, over_a_part, of_a_support, of_a_mean, of_a_size, of_a_factor, of_a_definition,
    of_bases, of_a_product, of_logarithms, of_two_parts, without_divisors
                                       : (claim, prove) -> derivations for the kernel to accept

    diff(log(sum(q[k]*x[k]^r, k))/r, r) >= 0     what the derivative is; of a product with a positive factor, the other
    sum(abs(q[k] - r[k]), k)                     its parts at an event A and at the others, for the sum of q - r at A
    x^a*y^(1 - a) <= max(x, y)                   x where x >= y, and y where x < y
    (x + y)^r <= 2^(r - 1)*(x^r + y^r)           ((x + y)/2)^r <= (x^r + y^r)/2
    kl(q, m), m[k] == (q[k] + r[k])/2            a sum over classes, with what m[k] is
    -log(p[i])*((1 - p[i])^c - 1 + c*p[i]) >= 0      the factor with the power, where the sign of the others is visible
    count(x[k] != 0, k)                          size(A), if x[k] == 0 for each k not in A
    mean(v^2) over all classes                   sum(p[k]*v[k]^2, k in A), if v[k] == 0 for each k not in A
    sum(p[k], k in A)^c                          x^c, for 0 < x <= 1
    log(1/sum(q[k]^2, k))                        -log(sum(q[k]^2, k))
    exp(c*y) <= 1 + c*y + c^2*y^2                exp(x) <= 1 + x + x^2, for x = c*y
    given y >= -1/c, c > 0                       c*y + 1 >= 0
    log(n) - entropy(q) - log(sum(q[k]^2, k))    log(n) - entropy(q), and -log(sum(q[k]^2, k)), each not negative

That the other sums are 0, and which factors are positive, the kernel sees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, combinations, permutations, product

from sympy import (
    Abs,
    Add,
    Derivative,
    Dummy,
    Expr,
    Integer,
    Mul,
    Ne,
    Pow,
    Symbol,
    cancel,
    exp,
    expand,
    expand_log,
    expand_mul,
    factor,
    fraction,
    log,
    powsimp,
    together,
)

from symbolic.language import notation as of
from symbolic.language.claims import (
    MIRRORED,
    Always,
    Claim,
    Hypothesis,
    Operator,
    Relation,
    letters_of,
    parts,
    relation,
    speaks_of,
)
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.points.refute import first_look
from symbolic.search import powers
from symbolic.search.case_trees import Node
from symbolic.search.limit_forms import worked_out
from symbolic.search.means import preceded
from symbolic.search.named import put
from symbolic.search.scalars import words
from symbolic.search.totals import unfolded

__all__ = [
    "of_a_definition",
    "of_a_derivative",
    "of_a_factor",
    "of_a_mean",
    "of_a_product",
    "of_a_size",
    "of_a_support",
    "of_an_event",
    "of_bases",
    "of_logarithms",
    "of_two_parts",
    "over_a_part",
    "without_divisors",
]

Prove = Callable[[Claim], Node | None]
MOST = 6  # terms that are shared out to two parts,
BETWEEN: tuple[tuple[Operator, int], ...] = ((">", 0), ("<=", 1))
SECONDS, POINTS = 0.3, 12  # each of which is looked at for so long, at so many points


def of_a_derivative(claim: Claim, prove: Prove) -> Iterator[Node]:
    """By what the derivatives in a letter are."""
    moving = [each for each in parts(claim) if isinstance(each, Derivative) and _in_letters(each)]
    if claim.op == "==" or not moving:
        return
    told = _with(claim, {each: worked_out(each) for each in moving})
    yield from filter(None, [prove(told)])
    terms = told.lhs.args if isinstance(told.lhs, Mul) and told.rhs == 0 else ()
    for term in terms:
        if isinstance(term, Add):
            sign = replace(claim.relation, lhs=term)
            tree = prove(replace(claim, relation=sign, text=""))
            toward = "" if claim.op in (">", ">=") else "-"
            line: Node = {"line": [f"{toward}{plain(told.lhs)}"]}
            yield from [{"have": plain(sign), "by": tree, "in": line}] if tree else []


def of_an_event(claim: Claim, _: Prove) -> Iterator[Node]:
    """A sum of sizes at the classes of a part, and at the others: what is not negative there, or not positive."""
    every, k = list(parts(claim)), of.class_named("k")
    subsets = {each.name for each in every if isinstance(each, of.Subset)}
    totals = [each for each in every if isinstance(each, of.Sum) and not each.conditions]
    for total in totals if len(subsets) == 1 and claim.op != "==" else []:
        match total.opened(k):
            case Abs(args=(x,)):
                c, (subset,) = claim.gap.expand().coeff(total), subsets
                for here, there in (("in", "not in"), ("not in", "in")):
                    gaps = ((f"abs({plain(x)}) - ({plain(x)})", here), (f"abs({plain(x)}) + {plain(x)}", there))
                    yield {"line": [f"({plain(c)})*sum({gap}, k {among} {subset})" for gap, among in gaps]}


def _in_letters(each: Derivative) -> bool:
    return all(type(variable) is Symbol for variable in each.variables) and not each.has(of.Maximum)


def over_a_part(claim: Claim, prove: Prove) -> Iterator[Node]:
    """By the sums over a part of the classes, where a hypothesis says that a family is 0 at all others."""
    for given in claim.given:
        match given:
            case Always(Relation(of.Entry(family=family), "==", rhs), _, (of.NotIn() as outside,)) if rhs == 0:
                k = of.class_named("k")
                found = dict(_sums_that_vanish(claim, family, k, of.In(*outside.args)))
                told = _with(claim, found)
                tree = prove(told) if found and claim.op != "==" else None
                if tree is not None:
                    nothing = {whole: of.Sum(part.opened(k), k, outside) for whole, part in found.items()}
                    line = [*_differences(claim, found, nothing), plain(told.gap)]
                    yield {"have": plain(told.relation), "by": tree, "in": {"line": line}}


def of_a_support(claim: Claim, prove: Prove) -> Iterator[Node]:
    """With a name for the classes where a family is not 0, which are counted."""
    k, subset = of.class_named("k"), of.Subset(next(unused("ABDEF", letters_of(claim))))
    for count in dict.fromkeys(each for each in parts(claim) if isinstance(each, of.Count) and not each.conditions):
        match count.opened(k):
            case Ne(args=(of.Entry() as x, zero)) if zero == 0 and claim.op != "==":
                told = _with(claim, {count: of.Size(subset)})
                outside = Always(Relation(x, "==", Integer(0)), k, (of.NotIn(subset),))
                tree = prove(replace(told, given=(*claim.given, outside)))
                yield from [{"classes": subset.name, "of": plain(count), "in": tree}] if tree else []


def _differences(claim: Claim, found: dict[Expr, of.Sum], nothing: dict[Expr, of.Sum]) -> Iterator[str]:
    """What changes with each sum in turn: a multiple of its sum over the other classes, which is 0."""
    names = {whole: Dummy() for whole in found}
    gap = claim.gap.xreplace(names)
    back = {name: whole for whole, name in names.items()}
    for whole, part in found.items():
        after = gap.xreplace({names[whole]: part})
        by = cancel((gap - after) / (names[whole] - part))
        yield f"({plain(by.xreplace(back))})*{plain(nothing[whole])}"
        gap = after


def _sums_that_vanish(claim: Claim, family: Expr, k: Symbol, within: Expr) -> Iterator[tuple[Expr, of.Sum]]:
    """The sums over all classes of what is 0 where the family is, each with the sum over the part."""
    for each in parts(claim):
        if isinstance(each, of.Sum | of.Mean) and not getattr(each, "conditions", ()):
            body = each.opened(k)
            if body.has(family) and body.xreplace({family[k]: 0}) == 0:
                yield each, of.Sum(of.p[k] * body if isinstance(each, of.Mean) else body, k, within)


def _with(claim: Claim, new: dict[Expr, Expr]) -> Claim:
    sides = {side: getattr(claim, side).xreplace(new) for side in ("lhs", "rhs")}
    return replace(claim, relation=replace(claim.relation, **sides), text="")


def of_a_mean(claim: Claim, prove: Prove) -> Iterator[Node]:
    """The power of a sum of m numbers by that of their mean, where a power of m stands before the others."""
    every = claim.lhs.atoms(Pow) | claim.rhs.atoms(Pow)
    powers = [each for each in every if isinstance(each.base, Add) and each.exp.free_symbols]
    for power in powers if claim.op != "==" and len(powers) == 1 else ():
        m = Integer(len(power.base.args))
        if any(each.base == m for each in every):
            mean, scale = Pow(power.base / m, power.exp), Pow(m, -power.exp)
            sides = (powsimp(expand_mul(side.subs(power, mean / scale) * scale)) for side in (claim.lhs, claim.rhs))
            told = Claim(relation(next(sides), claim.op, next(sides)), claim.given)
            small, large = told.ordered
            tree, line = prove(told), f"{plain(1 / scale)}*({plain(large)} - ({plain(small)}))"
            yield from [{"have": plain(told.relation), "by": tree, "in": {"line": [line]}}] if tree else []


def of_a_size(claim: Claim, prove: Prove) -> Iterator[Node]:
    """With x and -x for |x|, beside a power with a letter."""
    every = set(parts(claim)) if claim.op != "==" and words(claim) == {} else set()
    sizes = [each for each in every if isinstance(each, Abs) and each.free_symbols]
    if len(sizes) == 1 and any(isinstance(each, Pow) and each.exp.free_symbols for each in every):
        (size,), (x,) = sizes, sizes[0].args
        trees = list[Node]()
        for op, value in ((">=", x), ("<", -x)):
            lhs, rhs = (expand(side.xreplace({size: value})) for side in (claim.lhs, claim.rhs))
            tree = prove(Claim(relation(lhs, claim.op, rhs), (*claim.given, relation(x, op, 0))))
            trees += [tree] if tree else []
        yield from [{"if": f"{plain(x)} >= 0", "then": trees[0], "else": trees[1]}] if len(trees) == 2 else []


def of_a_factor(claim: Claim, prove: Prove) -> Iterator[Node]:
    """The factor of the difference of the sides that has a power with a letter, by itself."""
    if claim.op == "==" or not any(isinstance(each, Pow) and each.exp.free_symbols for each in parts(claim)):
        return
    gap = factor(claim.gap)
    inner = [each for each in Mul.make_args(gap) if isinstance(each, Add) and each.atoms(Pow)]
    rest = [each for each in Mul.make_args(gap) if each not in inner and not _is_power(each)]
    for each in inner if len(inner) == 1 and any(other.free_symbols for other in rest) else []:
        for sign in (1, -1):
            here = relation(sign * gap / each, ">=", 0)
            if prove(replace(claim, relation=here, text="")) is not None:
                said = relation(sign * each, ">=", 0)
                tree = prove(replace(claim, relation=said, text=""))
                line: Node = {"line": [f"({plain(sign * gap / each)})*({plain(sign * each)})"]}
                node: Node = {"have": plain(said), "by": tree, "in": line}
                positive: list[Node] = [{"have": base, "by": {"line": by[-1]}} for base, by in powers.bases(claim)]
                yield from (node, preceded(node, positive)) if tree else ()


def _is_power(each: Expr) -> bool:
    """An exponential, or a power with a letter in its exponent: it changes no sign."""
    return isinstance(each, exp) or (isinstance(each, Pow) and bool(each.exp.free_symbols))


def of_a_definition(claim: Claim, prove: Prove) -> Iterator[Node]:
    """With what families are by hypotheses about each of their entries."""
    sides, others, gone = [unfolded(claim.lhs), unfolded(claim.rhs)], list(claim.given), list[Expr]()
    for each in claim.given if claim.op != "==" else ():
        match each:
            case Relation(of.Entry(family=m, index=k), "==", rhs) if not rhs.has(m, *gone):
                sides = [side.replace(of.Entry, _defined(m, k, rhs)) for side in sides]
                others.remove(each)
                gone.append(m)
    told = Claim(relation(sides[0], claim.op, sides[1]), tuple(others))
    if gone and told.relation != claim.relation and not any(told.lhs.has(m) or told.rhs.has(m) for m in gone):
        tree, line = prove(told), [plain(told.gap)]
        new = unused("ghuvwxytrsabcd", letters_of(claim) | set(re.findall(r"\w+", str(tree))))
        tree = tree and put(tree, {str(m): next(new) for m in gone})
        yield from [{"have": plain(told.relation), "by": tree, "in": {"line": line}}] if tree else []


def _defined(m: Expr, k: Symbol, rhs: Expr) -> Callable[..., Expr]:
    return lambda family, at: rhs.subs(k, at) if family == m else family[at]


def of_a_product(claim: Claim, prove: Prove) -> Iterator[Node]:
    """With a letter for c y, where c > 0 and y stand in nothing else; what is said of c alone is left out."""
    above = set(map(powers.positive, claim.given)) if words(claim) == {} else ()
    x = _letter(next(unused("xyuvwabcdfgh", letters_of(claim))))
    for c, y in permutations(sorted(claim.lhs.free_symbols | claim.rhs.free_symbols, key=str), 2):
        if c in above and y != of.n:
            told = _with(claim, {y: x / c})
            said = (each for each in claim.given if isinstance(each, Relation) and _is_of_numbers(each))
            given = tuple(_with(Claim(each), {y: x / c}).relation for each in said)
            if not told.lhs.has(c) and not told.rhs.has(c):
                tree = prove(replace(told, given=tuple(each for each in given if not speaks_of(each, c))))
                yield from [put(tree, {str(x): f"({c}*{y})"})] if tree else []


def of_bases(claim: Claim, prove: Prove) -> Iterator[Node]:
    """With letters for the sums and largest values that are bases of powers, where nothing else is left of them."""
    raised = (each.base for each in parts(claim) if isinstance(each, Pow) and each.exp.free_symbols)
    bases = dict.fromkeys(each for each in raised if isinstance(each, of.Sum | of.Maximum))
    letters = dict(zip(bases, map(_letter, unused("xyuvwabcdfgh", letters_of(claim))), strict=False))
    told, steps = _with(claim, letters), list[Node]()
    given = [each for each in claim.given if _is_of_numbers(each)]
    for word, (op, end) in product(letters, BETWEEN) if _is_of_numbers(told.relation) else ():
        said = replace(claim, relation=relation(word, op, end), text="")
        if first_look(said, SECONDS, 0, POINTS) is None and (tree := prove(said)):
            steps.append({"have": plain(said.relation), "by": tree})
            given.append(relation(letters[word], op, end))
            below: Node = {"compare": "exp", "in": {"line": [plain(1 - word)]}}
            steps += [{"have": f"log({plain(word)}) <= 0", "by": below}] if op == "<=" else []
    tree = prove(replace(told, given=tuple(given))) if steps else None
    texts = {str(x): f"({plain(word)})" for word, x in letters.items()}
    yield from [preceded(put(tree, texts), steps)] if tree else []


def _letter(name: str) -> Symbol:
    return Symbol(name, real=True)


def _is_of_numbers(each: Hypothesis) -> bool:
    """A relation between functions of numbers."""
    return isinstance(each, Relation) and words(Claim(each)) == {}


def of_logarithms(claim: Claim, prove: Prove) -> Iterator[Node]:
    """With the logarithms of products and quotients outside of binders taken apart."""
    told = _taken_apart(claim)
    if told.relation != claim.relation:
        tree = prove(told)
        yield from [{"have": plain(told.relation), "by": tree, "in": {"line": [plain(told.gap)]}}] if tree else []


def _taken_apart(claim: Claim) -> Claim:
    every = claim.lhs.atoms(log) | claim.rhs.atoms(log)
    outside = [each for each in every if not any(isinstance(at, of.BoundIndex) for at in each.free_symbols)]
    return _with(claim, {each: expand_log(each, deep=False, force=True) for each in outside})


def of_two_parts(claim: Claim, prove: Prove) -> Iterator[Node]:
    """By two inequalities that it is the sum of, neither of which fails at the first points."""
    first, *others = Add.make_args(_taken_apart(claim).gap)
    if claim.op not in ("<=", ">=") or not 2 <= len(others) < MOST:
        return
    for kept in chain.from_iterable(combinations(others, size) for size in range(len(others))):
        halves = (Add(first, *kept), Add(*(each for each in others if each not in kept)))
        claims = [replace(claim, relation=relation(each, ">=", 0), text="") for each in halves]
        if all(first_look(each, SECONDS, 0, POINTS) is None for each in claims):
            trees = [prove(each) for each in claims]
            if all(trees):
                steps: list[Node] = [
                    {"have": plain(each.relation), "by": tree} for each, tree in zip(claims, trees, strict=True)
                ]
                yield preceded({"line": list(map(plain, halves))}, steps)


def without_divisors(claim: Claim, prove: Prove) -> Iterator[Node]:
    """With what hypotheses say of numbers times what is divided by there, which is positive."""
    above = set(map(powers.positive, claim.given))
    for each in claim.given:
        if isinstance(each, Relation) and each.op not in ("==", "!="):
            small, large = each.ordered
            gap, by = fraction(together(large - small))
            if by.free_symbols and all(x in above for x in by.args or (by,) if not x.is_number):
                number, rest = expand(gap).as_coeff_Add()
                below, op = rest.could_extract_minus_sign(), ">" if each.op in ("<", ">") else ">="
                said = relation(-rest, MIRRORED[op], number) if below else relation(rest, op, -number)
                others = tuple(said if other is each else other for other in claim.given)
                tree, line = prove(replace(claim, given=others, text="")), f"({plain(by)})*({plain(large - small)})"
                yield from [{"have": plain(said), "by": {"line": [line]}, "in": tree}] if tree else []
