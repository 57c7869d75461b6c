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

from sympy import Abs, Add, Dummy, Expr, Integer, Mul, Pow, Rational, expand, factor, log, sqrt

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Member, Relation, differ, letters_of, relation
from symbolic.language.comparison import compared
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search import summands
from symbolic.search.case_trees import Judge, Node, split
from symbolic.search.means import preceded
from symbolic.search.totals import Numbers, Solve, Totals, factored

__all__ = ["derivation"]

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
