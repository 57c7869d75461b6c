"""Derivations from inequalities with a name, which are shown on the way and then multiplied, or added to squares.

    derivation(claim, judge) -> Node | None

    half              sum v^2/2 - var(v), for any shares                              squares over pairs
    Pinsker           kl(q, r) - (sum |q - r|)^2/2                                    log_pade at each class, a square
    squares           kl(q, r) - sum (q - r)^2/2                                      Taylor at each class
    roots             4 (1 - B^2) - (sum |q - r|)^2, for B = sum sqrt(q r)            squares over pairs
    Hoeffding         x mean(v) + x^2 (max v - min v)^2/8 - log mean(exp(x v))        Taylor of order 2 in x
    smooth            s^2 |d|^2/4 - Bregman divergence of log-sum-exp, by |d|^2, max |d| or the range of d
    Lipschitz         s^2 |d|^2/4 - |u|^2,  co-coercive  s <u, d>/4 - |u|^2/2         u = softmax(w + d) - softmax(w)

The last three go along the line w + t d: with the softmax at t, the derivative in t is a variance and halves. Sources:
Hoeffding 1963; Pinsker 1964; Boucheron, Lugosi and Massart 2013; Nesterov 2004, 2.1.5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, permutations, product

from sympy import Pow, exp

from symbolic.kernel.refused import Refused
from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation, letters_of, parts
from symbolic.language.comparison import compared
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search import fit, several
from symbolic.search.case_trees import Frame, Judge, Node
from symbolic.search.evidence import MANY
from symbolic.search.logarithms import Normed, of_hypotheses, times
from symbolic.search.means import preceded
from symbolic.search.shapes import HOLE, Body, Words
from symbolic.search.totals import HALF

__all__ = ["covariance", "derivation"]

WORDS = (of.Probability, of.Mean, of.Variance, of.LogSumExp, of.Divergence, of.Entropy, of.Sum, of.Maximum)
FACTORS = ("1", "lambda", "1/lambda", "lambda^2", "1/lambda^2", "n", "1/n")
LONGEST = 400  # columns

At = Callable[[str], str]  # an expression at a class


@dataclass(frozen=True)
class Lemma:
    """What is not negative; the derivation of that, or None where its form shows it; what stands around both."""

    gap: str
    by: Node | None = None
    lets: tuple[tuple[str, str], ...] = ()

    def before(self, node: Node) -> Node:
        """The lemma, and then the node; where its form shows it by what is said before, that alone."""
        if self.by is not None:
            if not self.lets and (said := _said_before(self.by, {"line": [self.gap]}, node)):
                return said
            proof = self.by
            for name, extreme in reversed(self.lets):
                proof = {"let": name, "of": extreme, "in": proof}
            return {"have": f"{self.gap} >= 0", "by": proof, "in": node}
        return node


def _said_before(proof: Node, last: Node, node: Node) -> Node | None:
    """The node after what a proof says before its last line, if that is the last one."""
    if "have" not in proof:
        return node if proof == last else None
    inner = _said_before(proof["in"], last, node)
    return None if inner is None else {**proof, "in": inner}


def derivation(claim: Claim, judge: Judge) -> Node | None:
    """Lemmas and visible pieces whose sum, with factors, is the larger side less the smaller one, or of logarithms."""
    if claim.op == "==" or not any(isinstance(each, WORDS) for each in parts(claim)):
        return None
    for node in _nodes(claim):
        if judge(claim, node) is None:
            return node
    large = claim.rhs if claim.op in ("<", "<=") else claim.lhs
    if isinstance(large, exp) and 0 not in (claim.lhs, claim.rhs):
        for node in _nodes(compared("log", claim)):
            whole = preceded({"compare": "log", "in": node}, _positive(claim))
            if judge(claim, whole) is None:
                return whole
    return None


def _positive(claim: Claim) -> list[Node]:
    """That a mean of exponentials is positive, where the weights may be 0: it is at least the least of these."""
    words = Words.of(claim)
    found = list[Node]()
    for total in (each for each in (claim.lhs, claim.rhs) if isinstance(each, of.Sum) and words.vanishing):
        for e in (each for each in total.opened(HOLE).args if isinstance(each, exp)):
            q, x = (Body.at_hole(each).at(words.letters[0]) for each in (total.opened(HOLE) / e, e))
            least = f"min({x}, {words.letters[0]})"
            line = [f"sum({q}*({x} - {least}), {words.letters[0]})", least]
            found.append({"have": f"{plain(total)} > 0", "by": {"line": line}})
    return found


def _nodes(claim: Claim) -> Iterator[Node]:
    try:
        guess = Normed(claim, Frame(), count=MANY)
    except Refused:
        return
    if len(guess.target) < MANY // 4 or all(abs(each) < 1e-12 for each in guess.target):
        return
    of_claim = (about(claim, guess.words) for about in (of_the_least, of_parts, of_spreads))
    known = {each.gap: each for each in chain(lemmas(guess.words), *of_claim)}
    said = of_hypotheses(claim)
    known |= {each: Lemma(each) for each in said}
    columns: list[tuple[str, Lemma, list[float]]] = []
    more = ["n^2"] if any(each == of.n**2 for each in parts(claim)) else []
    factors = [each for each in guess._rows([*FACTORS, *more, *guess.words.numbers]) if min(map(abs, each[1])) > 0]
    for gap, row in guess._rows(known):
        if min(row) > -1e-9 or gap in said:
            for factor, scale in (each for each in factors if min(each[1]) > 0 or said.get(gap)):
                column = [x * y for x, y in zip(row, scale, strict=True)]
                columns.append((times(factor, gap), known[gap], column))
    columns = sorted(columns, key=lambda each: each[1].by is None)[:LONGEST]
    rows = [row for _, _, row in columns]
    some = (tuple(each) for each in [several.nonnegative(guess.target, rows)] if each is not None)
    for found in chain(fit.sums(guess.target, rows, (LONGEST,)), some):
        node: Node = {"line": [times(str(by), columns[at][0]) for at, by in found]}
        for lemma in {columns[at][1].gap: columns[at][1] for at, _ in found}.values():
            node = lemma.before(node)
        yield node


# --- the lemmas, in the words of a claim ------------------------------------------------------------


def lemmas(words: Words) -> Iterator[Lemma]:
    """All that may be of use, those about two softmaxes first."""
    k, l, _ = words.letters
    rates = list(words.rates)
    for (e, s), (f, c) in permutations(rates, 2):
        if s == c:
            yield from along_a_line(e, f, "" if s == "1" else s if s.isalnum() else f"({s})", words)
    for q, r in chain(permutations(words.distributions, 2), product(words.distributions, words.uniform)):
        yield from of_two_distributions(q, r, words)
    for q, v in product(words.distributions, words.values):
        yield from of_a_mean(q.at, v.at, words)
        yield from of_a_covariance(q, v, words)
        for x in dict.fromkeys((*words.numbers, *(s for _, s in rates if s.isalnum()), "1")):
            yield from hoeffding(q, v, x, words)
    for q, v, x in product(words.uniform, words.values, words.numbers):
        yield from hoeffding(q, v, x, words)
    for q in words.distributions:
        yield from of_one_share(q, words)
    for (v, s), i in product(rates, ("", *words.indices)):
        yield from below_the_largest(v, s, i, words)
    for v in words.values:
        yield Lemma(f"sum({v.at(k)}^2, {k})")
        yield Lemma(f"(sum({v.at(k)}, {k})^2/n)")
    for q, v, w in product(words.distributions, words.values, words.values):
        if v < w:
            qq, centred = f"{q.at(k)}*{q.at(l)}", [f"sum({q.at('m')}*{each.at('m')}, m)" for each in (v, w)]
            yield Lemma(f"sum(sum({qq}*({v.at(k)}*{w.at(l)} - {v.at(l)}*{w.at(k)})^2, {l}), {k})/2")
            ak, al, bk, bl = (f"({x.at(at)} - {c})" for x, c in zip((v, w), centred, strict=True) for at in (k, l))
            yield Lemma(f"sum(sum({qq}*({ak}*{bl} - {al}*{bk})^2, {l}), {k})/2")


def half(q: At, v: At, by: str, letters: tuple[str, str, str]) -> list[str]:
    """sum v^2/2 - var(v), times a factor, as two sums of squares."""
    k, l, _ = letters
    pairs = f"sum(sum({q(k)}*{q(l)}*({v(k)} + {v(l)})^2, {l} != {k}), {k})"
    return [f"{by}*{pairs}/2", f"{by}*sum({v(k)}^2*(1 - 2*{q(k)})^2, {k})/2"]


def variance(q: At, v: At, by: str, letters: tuple[str, str, str]) -> str:
    k, l, _ = letters
    return f"{by}*sum({q(k)}*({v(k)} - sum({q(l)}*{v(l)}, {l}))^2, {k})"


def of_a_mean(q: At, v: At, words: Words) -> Iterator[Lemma]:
    k, l, m = words.letters
    mean = f"sum({q(l)}*{v(l)}, {l})"
    yield Lemma(" + ".join(half(q, v, "1", words.letters)))
    yield Lemma(" + ".join(half(q, lambda at: f"({v(at)} - sum({v(m)}, {m})/n)", "1", words.letters)))
    spread = f"abs({v(k)} - {mean})"
    yield Lemma(f"sum({q(k)}*({spread} - sum({q(m)}*abs({v(m)} - {mean}), {m}))^2, {k})")
    most = f"max(2*{q(l)}*(1 - {q(l)}), {l})"
    doubled = f"sum(sum({q(k)}*{q(l)}*({v(k)} + {v(l)})^2, {l} != {k}), {k})/2"
    yield Lemma(f"{doubled} + sum({v(k)}^2*({most} - 2*{q(k)}*(1 - {q(k)})), {k})")


def of_a_covariance(q: Body, v: Body, words: Words) -> Iterator[Lemma]:
    """(max v - min v)/4 less the covariance of v with a class i, or a subset, which is at most Q (1 - Q) times that."""
    k, l, m = words.letters
    if not v.family():
        return
    lets = (("a", f"max({v.family()})"), ("b", f"min({v.family()})"))
    width, wide = f"(max({v.family()}) - min({v.family()}))", f"({v.at('a')} - {v.at('b')})"
    mean = f"sum({q.at(m)}*{v.at(m)}, {m})"
    parts_of = [
        (q.at(i), f"sum({q.at(k)}, {k} != {i})", f"{q.at(i)}*({v.at(i)} - {mean})", i, "") for i in words.indices
    ]
    parts_of += [
        (f"sum({q.at(k)}, {k} in {a})", f"sum({q.at(k)}, {k} not in {a})",
         f"sum({q.at(k)}*({v.at(k)} - {mean}), {k} in {a})", l, a) for a in words.subsets
    ]  # fmt: skip
    for inside, outside, covariance, i, subset in parts_of:
        for sign, x, y in (("-", i, k), ("+", k, i)):
            fall = f"({v.at('a')} - {v.at(x)} + {v.at(y)} - {v.at('b')})"
            pairs = f"{inside}*sum({q.at(k)}*{fall}, {k} != {i})"
            if subset:
                pairs = f"sum(sum({q.at(l)}*{q.at(k)}*{fall}, {k} not in {subset}), {l} in {subset})"
            line: Node = {"line": [f"{wide}*({inside} - {outside})^2/4", pairs]}
            yield Lemma(f"({width}/4 {sign} {covariance})", line, lets)


def of_spreads(claim: Claim, words: Words) -> Iterator[Lemma]:
    """What squares about the mean are at least, by one or two classes (Samuelson, Nagy), and at most, by bounds."""
    k, l, m = words.letters
    shares = _shares(claim, words)
    values = [v for v in words.values if v.family() and v not in shares]
    for v in values:
        mean = f"sum({v.at(m)}, {m})/n"
        squares, top, bottom = f"sum(({v.at(k)} - {mean})^2, {k})", f"max({v.family()})", f"min({v.family()})"
        at: list[tuple[str, str, tuple[tuple[str, str], ...]]] = [(i, v.at(i), ()) for i in words.indices]
        extremes = [("a", top, (("a", top),)), ("b", bottom, (("b", bottom),))]
        for i, here, lets in (*at, *extremes):
            pairs = f"sum(sum(({v.at(k)} - {v.at(l)})^2, {l} != {i}), {k} != {i})/(2*n)"
            yield Lemma(f"((n - 1)/n*{squares} - ({here} - {mean})^2)", {"line": [pairs]}, lets)
        for (i, high, some), (j, low, others) in (*combinations(at, 2), extremes):
            rest = f"sum(({v.at(k)} - {mean})^2, {k} != {i}, {k} != {j})"
            apart: Node = {"line": [f"({v.at(i)} + {v.at(j)} - 2*{mean})^2/2", rest]}
            by: Node = {"if": f"{i} == {j}", "then": {"line": [squares]}, "else": apart}
            yield Lemma(f"({squares} - ({high} - {low})^2/2)", by, (*some, *others))
    for q, v in product([*_weights(shares), *(each.at for each in words.uniform)], values):
        for low, high in bounds(claim, v):
            yield from map(Lemma, below_range(q, v, low, high, k))
            rates = dict.fromkeys((*words.numbers, *(s for _, s in words.rates), "1"))
            for x in chain(rates, (f"-{x}" for x in rates)) if not low.startswith("min(") else ():
                yield between(q, v, (f"({low})", f"({high})"), x, words)


def of_parts(claim: Claim, words: Words) -> Iterator[Lemma]:
    """sqrt(Q R) - sum sqrt(q r), for the sums Q and R over a part of the classes, by the squares."""
    k, l, _ = words.letters
    roots = any(isinstance(each, Pow) and each.exp == HALF for each in parts(claim))
    for a, where in product(words.subsets if roots else (), ("in", "not in")):
        for q, r in combinations(words.distributions, 2):
            small = f"sum(sqrt({q.at(k)}*{r.at(k)}), {k} {where} {a})"
            totals = [f"sum({each.at(k)}, {k} {where} {a})" for each in (q, r)]
            large = f"sqrt({'*'.join(totals)})"
            pair = f"(sqrt({q.at(k)})*sqrt({r.at(l)}) - sqrt({q.at(l)})*sqrt({r.at(k)}))^2"
            line: Node = {"line": [f"sum(sum({pair}, {l} {where} {a}), {k} {where} {a})/2"]}
            signs = [{"have": f"{each} >= 0", "by": {"line": [each]}} for each in totals]
            squares = preceded({"compare": "square", "in": line}, signs)
            shown: Node = {"have": f"{small} <= {large}", "by": squares, "in": {"line": [f"({large} - {small})"]}}
            yield Lemma(f"({large} - {small})", shown)


def of_the_least(claim: Claim, words: Words) -> Iterator[Lemma]:
    """sum u^2/r at most by the least of r, for u = q - r; and sum u^2 by N = sum |u|, which is at most 2."""
    k = words.letters[0]
    tops = {str(each.family()) for each in parts(claim) if isinstance(each, of.Minimum)}
    for q, r in permutations(words.distributions, 2):
        if r.family() in tops:
            u, least = f"({q.at(k)} - {r.at(k)})", f"min({r.family()})"
            total, squares = f"sum(abs{u}, {k})", f"sum({u}^2, {k})"
            above = f"sum({u}^2*({r.at(k)} - {least})/{r.at(k)}, {k})/{least}"
            yield Lemma(above, {"line": [above]})
            said = f"{total}^2/2 - {squares}"
            gap = f"({said})/{least}"
            yield Lemma(gap, {"have": f"{said} >= 0", "by": half_the_sum(q, r, words), "in": {"line": [gap]}})
            yield both_at_least(q, r, words, f"{total}/{least}*")


def _shares(claim: Claim, words: Words) -> list[Body]:
    """The distributions whose sum is known to be 1."""
    known = [each for each in claim.given if isinstance(each, Relation) and (each.op, each.rhs) == ("==", 1)]
    ones = [Body.at_hole(each.lhs.opened(HOLE)) for each in known if isinstance(each.lhs, of.Sum)]
    return [q for q in words.distributions if q.family() in ("", "p") or q in ones]


def _weights(shares: list[Body]) -> list[At]:
    """The distributions, or equal shares, where there is none."""
    return [each.at for each in shares] or [lambda _: "(1/n)"]


def covariance(claim: Claim, judge: Judge) -> Node | None:
    """Gruess' inequality, by the squares: cov(v, w)^2 <= var(v)*var(w), and each variance is at most by its range."""
    if claim.op not in ("<=", ">="):
        return None
    try:
        words = Words.of(claim)
    except Refused:
        return None
    ranges = [(v, each) for v in words.values if v.family() for each in bounds(claim, v)]
    for (v, first), (w, second) in combinations(ranges, 2):
        if v != w:
            for q in _weights(_shares(claim, words)):
                for node in _of_covariance(claim, (q, v, w), (first, second), words.letters):
                    if judge(claim, node) is None:
                        return node
    return None


def _of_covariance(
    claim: Claim, of_: tuple[At, Body, Body], ranges: tuple[tuple[str, str], ...], letters: tuple[str, str, str]
) -> Iterator[Node]:
    """Of a multiple of the covariance, or of its absolute value; else of the covariance, which is put in."""
    (q, v, w), (k, l, m) = of_, letters
    (vk, vl), (wk, wl) = ([f"({x.at(at)} - sum({q(m)}*{x.at(m)}, {m}))" for at in (k, l)] for x in (v, w))
    line = [f"sum(sum({q(k)}*{q(l)}*({vk}*{wl} - {vl}*{wk})^2, {l}), {k})/2"]
    (a, b), (c, d) = ranges
    for by, x, low, high in ((f"sum({q(k)}*{vk}^2, {k})", w, c, d), (f"({d} - {c})^2/4", v, a, b)):
        line += [f"{by}*{each}" for each in below_range(q, x, low, high, k)]
    most, found = f"({b} - ({a}))*({d} - ({c}))/4", f"sum({q(k)}*{vk}*{wk}, {k})"
    steps = ordered(claim)
    for by in ("1", "n^2"):
        squares: Node = {"compare": "square", "in": {"line": [times(f"{by}^2", each) for each in line]}}
        yield preceded(squares, steps)
        for sign in ("", "-"):
            shown = {"have": f"{sign}{found} <= {most}", "by": {"compare": "square", "in": {"line": line}}}
            yield preceded({"line": [f"{by}*({most} - ({sign}{found}))"]}, [*steps, shown])


def bounds(claim: Claim, v: Body) -> Iterator[tuple[str, str]]:
    """What each value is at least, and at most: as hypotheses say, or its extremes, where the claim speaks of these."""
    gaps = [(each.lhs, each.rhs) if each.op in ("<", "<=") else (each.rhs, each.lhs)
            for each in claim.given if isinstance(each, Relation) and each.op not in ("==", "!=")]  # fmt: skip
    name, own = v.family(), of.free(claim.lhs) | of.free(claim.rhs)
    low, high = ([plain(each[at]) for each in gaps if isinstance(x := each[1 - at], of.Entry) and str(x.family) == name
                  and x.index not in own and not isinstance(each[at], of.Entry)] for at in (0, 1))  # fmt: skip
    yield from product(low, high)
    if any(isinstance(each, of.Maximum) and str(each.family()) == name for each in parts(claim)):
        yield f"min({name})", f"max({name})"


def ordered(claim: Claim) -> list[Node]:
    """What is shown first, of each family with bounds: that the upper one is not below the lower one."""
    used = letters_of(claim)
    m, found = next(unused("mhg", used)), list[Node]()
    for each in sorted({each.family for each in parts(claim) if isinstance(each, of.Entry)}, key=str):
        v = Body.at_hole(each[HOLE])
        for low, high in bounds(claim, v):
            line = [f"{high} - {v.at(m)}", f"{v.at(m)} - ({low})"]
            shown: Node = {"let": m, "of": f"max({each})", "in": {"line": line}}
            found.append({"have": f"{high} - ({low}) >= 0", "by": shown})
    return found


def below_range(q: At, v: Body, low: str, high: str, k: str) -> list[str]:
    """What a quarter of the square of the range is more than the variance, as two summands."""
    mean = f"(sum({q(k)}*{v.at(k)}, {k}) - ({low} + {high})/2)^2"
    return [f"sum({q(k)}*({high} - {v.at(k)})*({v.at(k)} - {low}), {k})", mean]


def of_two_distributions(q: Body, r: Body, words: Words) -> Iterator[Lemma]:
    """Pinsker's inequality, and the one by squares, from what holds at each class j; and what |q - r| is at most."""
    k, l, j = words.letters
    a, b = q.at(j), r.at(j)
    total = f"sum(abs({q.at(k)} - {r.at(k)}), {k})"
    yield Lemma(f"sum(({q.at(k)} - {r.at(k)})^2, {k})")
    yield Lemma(f"sum(sum((abs({q.at(k)} - {r.at(k)}) - abs({q.at(l)} - {r.at(l)}))^2, {l}), {k})/2")
    zero = q in words.vanishing
    head = "xlogy({0}, {0}/{1})" if zero else "{0}*log({0}/{1})"
    entropy = f"sum({head.format(q.at(k), r.at(k))} - {q.at(k)} + {r.at(k)}"
    gap = f"{head.format(a, b)} - {a} + {b}"
    pade, square = f"3*({a} - {b})^2/(2*{a} + 4*{b})", f"({a} - {b})^2/2"
    tangent = f"- abs({a} - {b})*{total} + ({a} + 2*{b})*{total}^2/6"
    within = f"- abs({q.at(k)} - {r.at(k)})*@ + ({q.at(k)} + 2*{r.at(k)})*@^2/6".replace(
        "@", f"sum(abs({q.at(l)} - {r.at(l)}), {l})"
    )
    pinsker = f"{entropy} {within}, {k})"
    missing = f"3*(abs({a} - {b}) - (2*{a} + 4*{b})*{total}/6)^2/(2*{a} + 4*{b})"
    said, again = f"{gap} - {pade}", f"{gap} - {pade}"
    by = _pade(a, b)
    if zero:  # what it is divided by is then not seen to be positive, so it is multiplied with that
        below = f"2*{a} + 4*{b}"
        said, again = f"({gap})*({below}) - 3*({a} - {b})^2", f"(({gap})*({below}) - 3*({a} - {b})^2)/({below})"
        by = _unless_zero(a, f"{b}^2", _pade(a, b, f"({below})*"))
    at_class: Node = {"have": f"{said} >= 0", "by": by, "in": {"line": [again, missing]}}
    shown: Node = {"have": f"{gap} {tangent} >= 0", "by": at_class, "in": {"line": [pinsker]}}
    yield Lemma(pinsker, shown)
    squares, between = half_the_sum(q, r, words), f"({total}^2/2 - sum(({q.at(k)} - {r.at(k)})^2, {k}))"
    yield Lemma(between, squares)
    line = f"{entropy} - ({q.at(k)} - {r.at(k)})^2, {k})"
    yield Lemma(line, {"through": between, "op": ">=", "why": "", "by": shown, "in": squares})
    above, below = (f"(t - {b})^2*((1 - {x}) + ({x} - t))/t" for x in (a, b))
    line = f"{entropy} - ({q.at(k)} - {r.at(k)})^2/2, {k})"
    at_most_one = [{"have": f"{x.at(j)} <= 1", "by": {"line": [f"sum({x.at(k)}, {k} != {j})"]}} for x in (q, r)]
    by = _from(b, a, f"t*log(t/{b}) - t + {b} - (t - {b})^2/2", [above, below])
    shown = {
        "have": f"{gap} - {square} >= 0",
        "by": _unless_zero(a, f"{b}/2 + {b}*(1 - {b})/2", by) if zero else by,
        "in": {"line": [line]},
    }
    yield Lemma(line, {**at_most_one[0], "in": {**at_most_one[1], "in": shown}})
    yield from of_variation(q, r, words)
    yield both_at_least(q, r, words)


def both_at_least(q: Body, r: Body, words: Words, by: str = "") -> Lemma:
    """2 - sum |q - r|, times a factor: |q - r| is at most q + r at each class."""
    k, _, j = words.letters
    (a, b), line = (q.at(j), r.at(j)), f"{by}sum({q.at(k)} + {r.at(k)} - abs({q.at(k)} - {r.at(k)}), {k})"
    bound: Node = {"if": f"{a} - {b} >= 0", "then": {"line": [f"2*{b}"]}, "else": {"line": [f"2*{a}"]}}
    return Lemma(line, {"have": f"{a} + {b} - abs({a} - {b}) >= 0", "by": bound, "in": {"line": [line]}})


def half_the_sum(q: Body, r: Body, words: Words) -> Node:
    """N^2/2 - sum u^2, for u = q - r and N = sum |u|: as the sum of u is 0, each |u| is at most N/2."""
    k, l, j = words.letters

    def u(at: str) -> str:
        return f"({q.at(at)} - {r.at(at)})"

    more, less = (f"sum(abs{u(l)} {sign} {u(l)}, {l} != {j})" for sign in "+-")
    others = {at: f"(sum(abs{u(l)}, {l} != {at}) - abs{u(at)})" for at in (j, k)}
    twice: Node = {"if": f"{u(j)} >= 0", "then": {"line": [more]}, "else": {"line": [less]}}
    line: Node = {"line": [f"sum(abs{u(k)}*{others[k]}, {k})/2"]}
    return {"have": f"{others[j]} >= 0", "by": twice, "in": line}


def of_variation(q: Body, r: Body, words: Words) -> Iterator[Lemma]:
    """What N = sum |q - r| is at least, by an event; and at most, by Cauchy and Schwarz with weights q, r, q + r."""
    k = words.letters[0]
    a, b = q.at(k), r.at(k)
    u, total = f"({a} - {b})", f"sum(abs({a} - {b}), {k})"
    yield Lemma(total)
    yield Lemma(f"(1 - {total}/2)^2")
    ranges = [(f"{k} in {each}", f"{k} not in {each}", f"sum({u}, {k} in {each})") for each in words.subsets]
    ranges += [("", f"{k} != {i}", f"({q.at(i)} - {r.at(i)})") for i in words.indices]
    for inside, outside, event in ranges:
        less, more = (
            f"(sum(abs{u} {sign} {u}, {inside}) + sum(abs{u} {other} {u}, {outside}))" if inside
            else f"((abs{event} {sign} {event}) + sum(abs{u} {other} {u}, {outside}))"
            for sign, other in ("-+", "+-")
        )  # fmt: skip
        yield from map(Lemma, (less, more, f"{less}*{more}", f"{event}^2"))
    affinity = f"sum(sqrt({a}*{b}), {k})"
    zero = q in words.vanishing, r in words.vanishing
    weights = [(x, f"{u}^2/{x}", "1") for x, may in zip((a, b), zero, strict=True) if not may]
    weights += [(f"({a} + {b})", f"{u}^2/({a} + {b})", "2")] * (zero != (True, True))
    for weight, square, whole in weights:
        yield from cauchy(f"abs{u}", weight, square, total, whole, words)
    yield from of_roots(a, b, total, affinity, words)
    yield Lemma(f"(1 - {affinity})^2")
    if q.family() and r.family() and not zero[1]:
        yield of_exponential(q, r, zero[0], words)


def of_exponential(q: Body, r: Body, zero: bool, words: Words) -> Lemma:
    """B^2 - exp(-kl), B = sum sqrt(q r): q log(sqrt(r/q)/B) <= sqrt(q r)/B - q, and B is at least min sqrt(r)."""
    k, l, j = words.letters
    a, b, total = q.at(k), r.at(k), f"sum(sqrt({q.at(l)}*{r.at(l)}), {l})"
    gap = f"({total}^2 - exp(-kl({q.family()}, {r.family()})))"
    ratio = f"(sqrt({b})/(sqrt({a})*{total}))"
    at_class = f"{a}*{total}*({ratio} - 1 - log{ratio})"
    steps = list[Node]()
    if zero:
        x, shown = q.at(j), {"line": [at_class.replace(f"[{k}]", f"[{j}]")]}
        at_class = f"sqrt({a}*{b}) - {a}*{total} + {total}*xlogy({a}, {a}*{total}^2/{b})/2"
        least = f"min(sqrt({b}), {k})"
        below = f"sum(sqrt({b})*sqrt({a})*(1 - sqrt({a})), {k})", f"sum({a}*(sqrt({b}) - {least}), {k})", least
        others: Node = {"compare": "square", "in": {"line": [f"sum({a}, {k} != {j})"]}}
        steps = [
            {"have": f"sqrt({x}) <= 1", "by": others},
            {"have": f"{total} > 0", "by": {"line": [*below]}},
            {"have": f"{at_class.replace(f'[{k}]', f'[{j}]')} >= 0", "by": _unless_zero(x, "0", shown)},
        ]
    line: Node = {"compare": "log", "in": {"line": [f"2*sum({at_class}, {k})/{total}"]}}
    said = f"{total}^2 >= exp(-kl({q.family()}, {r.family()}))"
    return Lemma(gap, {"have": said, "by": preceded(line, steps), "in": {"line": [gap]}})


def cauchy(u: str, weight: str, square: str, total: str, whole: str, words: Words) -> Iterator[Lemma]:
    """u^2/w W^2 - 2 u N W + w N^2 >= 0 at each class, for N = sum u and W = sum w; and the sum of it, over W^2 or W."""
    k, l, j = words.letters
    there = [each.replace(f"[{k}]", f"[{l}]").replace(f", {k})", f", {l})") for each in (total, whole)]
    at_class = "{1}*{4}^2 - {0}*2*{3}*{4} + {2}*{3}^2"
    here = [each.replace(f"[{k}]", f"[{j}]") for each in (u, square, weight)] + there
    shown: Node = {"line": [f"({here[0]}*{there[1]} - {here[2]}*{there[0]})^2/{here[2]}"]}
    summands = [f"sum({square}*{there[1]}^2, {k})", f"sum({u}*2*{there[0]}*{there[1]}, {k})"]
    summands.append(f"sum({weight}*{there[0]}^2, {k})")
    line = "({} - {} + {})".format(*summands) + f"/{whole}^2"
    yield Lemma(line, {"have": f"{at_class.format(*here)} >= 0", "by": shown, "in": {"line": [line]}})


def of_roots(a: str, b: str, total: str, affinity: str, words: Words) -> Iterator[Lemma]:
    """N^2 <= 4 (1 - B^2) and B^2 <= 2 - N: |a - b| is |sqrt a - sqrt b| (sqrt a + sqrt b), and all pairs of classes."""
    k, l, j = words.letters
    x, y = f"abs(sqrt({a}) - sqrt({b}))", f"(sqrt({a}) + sqrt({b}))"
    (xl, yl), (xj, yj, aj, bj) = ([each.replace(f"[{k}]", f"[{at}]") for each in of] for at, of in
                                  ((l, (x, y)), (j, (x, y, a, b))))  # fmt: skip
    up, down = (
        {"have": f"sqrt({aj}) {op} sqrt({bj})", "by": {"compare": "square", "in": {"line": [gap]}}, "in": {"line": []}}
        for op, gap in ((">=", f"{aj} - {bj}"), ("<=", f"{bj} - {aj}"))
    )
    steps: list[Node] = [
        {"have": f"abs({aj} - {bj}) == {xj}*{yj}", "by": {"if": f"{aj} >= {bj}", "then": up, "else": down}},
        {"have": f"{total} == sum({x}*{y}, {k})", "by": {"line": [f"sum(abs({a} - {b}) - {x}*{y}, {k})"]}},
    ]
    pairs = f"sum(sum(({x}*{yl} - {xl}*{y})^2, {l}), {k})/2"
    first = Lemma(f"(4 - 4*{affinity}^2 - {total}^2)", preceded({"line": [pairs]}, steps))
    yield first
    yield Lemma(f"(2 - {total} - {affinity}^2)", first.before({"line": [f"{first.gap}/4", f"(1 - {total}/2)^2"]}))


def _unless_zero(a: str, there: str, by: Node) -> Node:
    """What is left where a is 0; else a is positive."""
    positive: Node = {"have": f"{a} > 0", "by": {"line": [a]}, "in": by}
    return {"if": f"{a} == 0", "then": {"line": [there]}, "else": positive}


def _pade(a: str, b: str, by: str = "") -> Node:
    """a log(a/b) - a + b >= 3 (a - b)^2/(2 a + 4 b), in t = log(a/b) from 0, of order 1 twice; times a factor."""
    second = {name: f"({name} - 3*(exp({name}) - 1)*(exp({name}) + 5)/(2*(exp({name}) + 2)^2))" for name in "ts"}
    slope = "s*(exp(s) - 1)^2*(exp(s) + 8)/(exp(s) + 2)^3"
    node: Node = {"if": "t >= 0"}
    for key, sign in (("then", ""), ("else", "-")):
        inner: Node = {"taylor": "s", "of": f"{sign}{second['s']}", "from": "0", "to": "t", "order": 1}
        inner["by"] = {"line": [slope if not sign else f"-{slope}"]}
        node[key] = {
            "have": f"{sign}{second['t']} >= 0",
            "by": inner,
            "in": {"line": [f"{by}{b}*t*exp(t)*{second['t']}"]},
        }
    h = f"{by}{b}*(t*exp(t) - exp(t) + 1 - 3*(exp(t) - 1)^2/(2*exp(t) + 4))"
    return {"taylor": "t", "of": h, "from": "0", "to": f"log({a}/{b})", "order": 1, "by": node}


def _from(start: str, end: str, h: str, lines: list[str]) -> Node:
    """h from a start to an end, on its two sides."""
    step: Node = {"taylor": "t", "of": h, "from": start, "to": end, "order": 2}
    then, other = ({**step, "by": {"line": [line]}} for line in lines)
    return {"if": f"{end} >= {start}", "then": then, "else": other}


def hoeffding(q: Body, v: Body, x: str, words: Words) -> Iterator[Lemma]:
    k, *_ = words.letters
    if not v.family():
        return
    weight = f"{q.at(k)}*exp(t*{v.at(k)})"
    a, b = v.at("a"), v.at("b")
    largest, smallest = f"max({v.family()})", f"min({v.family()})"

    def gap(x: str, width: str) -> str:
        power = "" if x == "1" else f"{x}^2*"
        by = "" if x == "1" else f"{x}*"
        return f"{by}sum({q.at(k)}*{v.at(k)}, {k}) + {power}({width})^2/8 - log(sum({q.at(k)}*exp({by}{v.at(k)}), {k}))"

    mean = f"sum({weight}*{v.at(k)}, {k})/sum({weight}, {k})"
    spread = f"sum({weight}*({a} - {v.at(k)})*({v.at(k)} - {b}), {k})/sum({weight}, {k})"
    line = [f"t^2*(({a} + {b})/2 - {mean})^2", f"t^2*{spread}"]
    taylor: Node = {"taylor": "t", "of": gap("t", f"{a} - {b}"), "from": "0", "to": x, "order": 2, "by": {"line": line}}
    lets = (("a", largest), ("b", smallest))
    yield Lemma(gap(x, f"{largest} - {smallest}"), taylor, lets)
    apart = between(q.at, v, (b, a), x, words)  # where q may be 0
    yield Lemma(apart.gap.replace(a, largest).replace(b, smallest), apart.by, lets)


def between(q: At, v: Body, ends: tuple[str, str], x: str, words: Words) -> Lemma:
    """Hoeffding's for a <= v <= b: of order 2 in t from 0, the weights q exp(t v) over exp(t a), or t b for t <= 0.

    So their sum is seen to be positive where q may be 0.
    """
    k, (a, b) = words.letters[0], ends
    by = {"1": "", "-1": "-"}.get(x, f"{x}*")
    step: Node = {"taylor": "t", "from": "0", "to": x, "order": 2}
    sides: list[Node] = []
    for end in ends:
        weight = f"{q(k)}*exp(t*({v.at(k)} - {end}))"
        total = f"(sum({q(k)}*(exp(t*({v.at(k)} - {end})) - 1), {k}) + 1)"
        spread = f"t^2*sum({weight}*({b} - {v.at(k)})*({v.at(k)} - {a}), {k})/{total}"
        line = [f"t^2*(({a} + {b})/2 - sum({weight}*{v.at(k)}, {k})/{total})^2", spread]
        h = f"t*sum({q(k)}*{v.at(k)}, {k}) + t^2*({b} - {a})^2/8 - log{total} - t*{end}"
        sides.append({**step, "of": h, "by": {"line": line}})
    mean = f"{by}sum({q(k)}*{v.at(k)}, {k})"
    gap = f"({mean} + ({x})^2*({b} - {a})^2/8 - log(sum({q(k)}*exp({by}{v.at(k)}), {k})))"
    both: Node = {"if": f"{x} >= 0", "then": sides[0], "else": sides[1]}
    return Lemma(gap, {"1": sides[0], "lambda": sides[0], "-1": sides[1]}.get(x, both))


def of_one_share(q: Body, words: Words) -> Iterator[Lemma]:
    """The squares of the other shares against the square of their sum, and that against -log of the one."""
    k, l, _ = words.letters
    for i in words.indices:
        one, others = q.at(i), f"sum({q.at(k)}, {k} != {i})"
        yield Lemma(f"sum({q.at(k)}*sum({q.at(l)}, {l} != {i}, {l} != {k}), {k} != {i})")
        at_most: Node = {"have": f"log({one}) <= 0", "by": {"compare": "exp", "in": {"line": [others]}}}
        taylor: Node = {"taylor": "t", "of": "-t - 2*(1 - exp(t))^2", "from": "0", "to": f"log({one})", "order": 1}
        yield Lemma(
            f"(-log({one}) - 2*{others}^2)", {**at_most, "in": {**taylor, "by": {"line": ["-t*(1 - 2*exp(t))^2"]}}}
        )


def below_the_largest(v: Body, s: str, i: str, words: Words) -> Iterator[Lemma]:
    """1/e is at least q_i x, and (n - 1)/e at least sum q x, for x = s (max v - v): x is at most exp(x - 1)."""
    if not v.family():
        return
    k, l, _ = words.letters
    largest, total = f"max({v.family()})", f"sum(exp({s}*{v.at(l)}), {l})"

    def share(at: str) -> str:
        return f"exp({s}*{v.at(at)})/{total}"

    def above(at: str) -> str:
        x = f"{s}*({v.at('a')} - {v.at(at)})"
        return f"{share(at)}*(exp({x} - 1) - 1 - ({x} - 1))"

    others, lets = f"sum({share(k)}, {k} != a)/e", (("a", largest),)
    if i:
        gap = f"(1/e - {s}*({largest} - {v.at(i)})*{share(i)})"
        yield Lemma(gap, {"line": [above(i), others]}, lets)
    else:
        gap = f"((n - 1)/e - {s}*({largest} - sum({v.at(k)}*{share(k)}, {k})))"
        yield Lemma(gap, {"line": [f"sum({above(k)}, {k} != a)", f"(n - 1)*{others}"]}, lets)


def along_a_line(e: Body, f: Body, s: str, words: Words) -> Iterator[Lemma]:
    """From the softmax of s f to that of s e, along f + t (e - f)."""
    k, l, m = letters = words.letters
    rate, s, squares = (s, f"{s}*", f"{s}^2*") if s else ("", "", "")

    def moving(at: str) -> str:
        return f"exp({s}({f.at(at)} + t*({e.at(at)} - {f.at(at)})))"

    def q(at: str) -> str:
        return f"{moving(at)}/sum({moving(m)}, {m})"

    def share(x: Body, at: str) -> str:
        return x.share(rate, at, m)

    def u(at: str) -> str:
        return f"({share(e, at)} - {share(f, at)})"

    def d(at: str) -> str:
        return f"({e.at(at)} - {f.at(at)})"

    uu, dd = f"sum({u(k)}^2, {k})", f"sum({d(k)}^2, {k})"
    along = {"taylor": "t", "from": "0", "to": "1"}
    rates = variance(q, lambda at: f"({s}{d(at)}/2 - {u(at)})", "2*t", letters)
    yield Lemma(
        f"{squares}{dd}/4 - {uu}",
        {**along, "of": f"t*({uu} + {squares}{dd}/4) - 2*sum({u(k)}*{q(k)}, {k})", "order": 1,
         "by": {"line": [rates, *half(q, u, "2*t", letters), *half(q, d, f"{squares}t/2", letters)]}},
    )  # fmt: skip
    rates = variance(q, lambda at: f"({s}{d(at)} - 2*{u(at)})", "t", letters)
    yield Lemma(
        f"{s}sum({u(k)}*{d(k)}, {k}) - 2*{uu}",
        {**along, "of": f"{s}sum({d(k)}*{q(k)}, {k}) + 2*t*{uu} - 4*sum({u(k)}*{q(k)}, {k})", "order": 1,
         "by": {"line": [rates, *half(q, u, "4*t", letters)]}},
    )  # fmt: skip
    logs = [f"log(sum(exp({s}{x.at(k)}), {k}))" for x in (e, f)]
    bregman = f"({logs[0]} - {logs[1]} - {s}sum({share(f, k)}*{d(k)}, {k}))"
    h = f"log(sum({moving(k)}, {k}))"
    yield Lemma(
        f"{squares}{dd}/4 - {bregman}",
        {**along, "of": f"{squares}t^2*{dd}/4 - {h}", "order": 2, "by": {"line": half(q, d, f"{squares}t^2", letters)}},
    )
    largest, smallest = (f"{word}({d(k)}, {k})" for word in ("max", "min"))
    a, b = d("a"), d("b")
    mean = f"sum({q(l)}*{d(l)}, {l})"
    line = [
        f"{squares}t^2*(({a} + {b})/2 - {mean})^2",
        f"{squares}t^2*sum({q(k)}*({a} - {d(k)})*({d(k)} - {b}), {k})",
    ]
    yield Lemma(
        f"{squares}({largest} - {smallest})^2/8 - {bregman}",
        {**along, "of": f"{squares}t^2*({a} - {b})^2/8 - {h}", "order": 2, "by": {"line": line}},
        (("a", largest), ("b", smallest)),
    )
    top = f"max(abs({d(l)}), {l})"  # |d| is at most that at each class
    line = [f"{squares}t^2*{mean}^2", f"{squares}t^2*sum({q(k)}*({top}^2 - {d(k)}^2), {k})"]
    within: Node = {"line": [f"({top} - abs({d('j')}))*({top} + abs({d('j')}))"]}
    taylor: Node = {**along, "of": f"{squares}t^2*{top}^2/2 - {h}", "order": 2, "by": {"line": line}}
    yield Lemma(
        f"{squares}{top}^2/2 - {bregman}",
        {"have": f"{top}^2 - {d('j')}^2 >= 0", "by": within, "in": taylor},
    )
    yield Lemma(uu)
    yield Lemma(dd)
