"""Derivations of inequalities by relative entropies: sums of weights w times g(t/w), where g(x) = x - 1 - log x >= 0.

    derivation(claim, judge) -> Node | None

Each pair of distributions that a claim speaks of gives such a gap: the shares, the families with sum 1, the summands of
a sum under a logarithm over this sum, equal shares, over all classes, all but one or a subset. Where the claim follows
from the concavity of log (Gibbs, Jensen, Hoelder, Fano, Renyi, the inequality of the means), the difference of the
sides is a sum of one to three of them with factors such as a, 1 - a, 1/(a - 1): the factors are fitted at random
points, and the kernel decides. Sides that are products or powers are compared by their logarithms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations, islice, product

from sympy import Add, Expr, Pow, exp, expand, expand_log, log

from symbolic.kernel.read import Hypothesis, Relation
from symbolic.kernel.refused import Refused
from symbolic.kernel.terms import Entry, Number, Range, Sum, Term
from symbolic.language import notation as of
from symbolic.language.claims import Claim, letters_of, parts
from symbolic.language.claims import Relation as Stated
from symbolic.language.claims import relation as stated
from symbolic.language.comparison import compared
from symbolic.language.names import unused
from symbolic.language.typeset import plain
from symbolic.search import fit
from symbolic.search.case_trees import Frame, Judge, Node, alone_or_several
from symbolic.search.evidence import MANY, Guess, values_at
from symbolic.search.means import preceded
from symbolic.search.shapes import HOLE, Body, Words
from symbolic.search.texts import closed
from symbolic.search.totals import bracketed, conditions_text
from symbolic.search.values import Names, Point

__all__ = ["Normed", "derivation", "has_logarithm", "is_of_sum", "of_hypotheses", "times", "wrapped"]

PAIRED, TRIPLED = 450, 60  # so many columns are tried in sums of two, of three
_AT = f"[{HOLE.name}]"
SUMMED = (of.Sum, of.Mean, of.Variance, of.Entropy, of.Divergence)
WORDS = (log, of.LogSumExp, of.Entropy, of.Divergence)


def derivation(claim: Claim, judge: Judge, products: tuple[bool, ...] = (False, True)) -> Node | None:
    """A line of relative entropies that the kernel accepts, for the sides or for their logarithms.

    Those of the distributions of the claim, or with their products, or first one and then the other.
    """
    if claim.op not in ("<=", ">=", "<", ">"):
        return None
    for node in chain(_of_each(claim), _by_energies(claim) if False in products else ()):
        if judge(claim, node) is None:
            return node
    if has_logarithm(claim) or any(isinstance(each, Pow) and each.exp.is_Rational for each in parts(claim)):
        for line in _lines(claim, products):
            for node in wrapped(claim, {"line": line}, judge):
                if judge(claim, node) is None:
                    return node
    if any(each.has(Pow, exp) for each in (claim.lhs, claim.rhs)) and 0 not in (claim.lhs, claim.rhs):
        for line in _lines(compared("log", claim), products):
            compared_so: Node = {"compare": "log", "in": {"line": line}}
            if judge(claim, compared_so) is None:
                return compared_so
    return None


def _by_energies(claim: Claim) -> Iterator[Node]:
    """Logarithms of shares, or powers of them, of one class."""
    if not all(_has_share(side) for side in (claim.lhs, claim.rhs)):
        return
    if has_logarithm(claim):
        yield from ({"line": line} for line in _lines(_of_energies(claim), (False,)))
    elif any(isinstance(each, Pow) and not each.exp.is_Integer for each in parts(claim)):
        inside = _of_energies(compared("log", claim))
        yield from ({"compare": "log", "in": {"line": line}} for line in _lines(inside, (False,)))


def _has_share(side: Expr) -> bool:
    return any(
        isinstance(each, of.Probability | exp) and each.free_symbols & of.free(side)
        for each in side.atoms(of.Probability, exp)
    )


def _of_energies(claim: Claim) -> Claim:
    """With s z_i - log(sum exp(s z)) for the logarithm of a share, so that the classes of shares cancel."""

    def apart(side: Expr) -> Expr:
        for kind in (of.Probability, of.Partition):
            side = side.replace(lambda each, kind=kind: isinstance(each, kind), lambda each: each.definition())
        return expand(expand_log(side, force=True))

    small, large = claim.ordered
    terms = Add.make_args(expand(apart(large) - apart(small)))
    less = [each for each in terms if each.could_extract_minus_sign()]
    more = (each for each in terms if each not in less)
    return replace(claim, relation=stated(-Add(*less), "<=", Add(*more)), text="")


def _of_each(claim: Claim) -> Iterator[Node]:
    """log(1 + S) is at most sum log(1 + x), S = sum x: log is concave, and 1 + x between 1 and 1 + S."""
    k, l = (of.class_named(each) for each in islice(unused("klmrs", letters_of(claim)), 2))
    for each in sorted({each for each in parts(claim) if isinstance(each, of.Sum)}, key=plain):
        body = each.opened(k)
        if isinstance(body, log) and not (x := body.args[0] - 1).has(log, of.Sum) and x.has(k):
            among, there = (conditions_text(at, each.conditions) for at in (k, l))
            here, total = bracketed(plain(x)), f"sum({plain(x.subs(k, l))}, {there})"
            others = f"sum({plain(x.subs(k, l))}, {there + ', ' if each.conditions else ''}{l} != {k})"
            high, low = f"((1 + {total})/(1 + {here}))", f"(1/(1 + {here}))"
            gaps = [f"{by}/{total}*({u} - 1 - log({u}))" for by, u in ((here, high), (others, low))]
            line: Node = {"line": [f"sum({' + '.join(gaps)}, {among})"]}
            yield from (line, {"if": "n >= 2", "then": line, "else": {"line": []}})


def wrapped(claim: Claim, node: Node, judge: Judge) -> Iterator[Node]:
    """As it is; with the sums over a part of the classes shown to be positive, where the claim divides by them."""
    yield node
    parts_of = sorted({each.name for each in parts(claim) if isinstance(each, of.Subset)})
    for subset in parts_of:
        letters = {each.name for each in of.free(claim.lhs) | of.free(claim.rhs)}
        m = next((each for each in "msu" if each not in letters), "m")
        yield {"let": m, "of": subset, "in": node}
        yield {"if": f"size({subset}) > 0", "then": node, "else": {"absurd": []}}
        positive = [each for each in Words.of(claim).distributions if each not in Words.of(claim).vanishing]
        yield {"let": m, "of": subset, "in": preceded(node, [_outside(each, subset) for each in positive])}
    words = Words.of(claim)
    ranges = [f"{where} {subset}" for subset in parts_of for where in ("in", "not in")]
    ranges += [f"!= {i}" for i in words.indices if words.vanishing]
    if ranges:
        yield _where_positive(claim, node, ranges, judge)
    for i in words.indices if not words.vanishing else ():
        yield from _of_several(claim, node, i)


def _of_several(claim: Claim, node: Node, i: str) -> Iterator[Node]:
    """Of a single class there are no others; 1 - q, what the shares of the others add up to, is positive."""
    words = Words.of(claim)
    k = words.letters[0]
    rests = [(q.at(i), f"sum({q.at(k)}, {k} != {i})") for q in words.distributions]
    positive: list[Node] = [{"have": f"1 - {q} > 0", "by": {"line": [others]}} for q, others in rests]
    yield from (alone_or_several({"absurd": []}, each) for each in (node, preceded(node, positive)))


def _outside(body: Body, subset: str) -> Node:
    """The sum outside of a subset that leaves a class out is at least so many times the least summand."""
    q, least = body.at("k"), f"min({body.at('k')}, k)"
    line = [f"sum({q} - {least}, k not in {subset})", f"{least}*(n - size({subset}))"]
    return {"have": f"sum({q}, k not in {subset}) > 0", "by": {"line": line}}


def _where_positive(claim: Claim, node: Node, ranges: list[str], judge: Judge) -> Node:
    """In the case that sums over a part of the classes are not 0; where they are, the claim says nothing."""
    words = Words.of(claim)
    k = words.letters[0]
    for q, where in product(words.distributions, ranges):
        total = f"sum({q.at(k)}, {k} {where})"
        positive = {"have": f"{total} > 0", "by": {"line": [total]}, "in": node}
        case: Node = {"if": f"{total} == 0", "then": {"absurd": []}, "else": positive}
        refused = judge(claim, case)
        if refused is None or not refused.where.startswith("/then"):
            node = case
    return node


def has_logarithm(claim: Claim) -> bool:
    """Whether it speaks of logarithms, entropies or divergences."""
    return any(isinstance(each, WORDS) for each in parts(claim))


class Normed(Guess):
    """A guess at points where sums have the values that hypotheses give them."""

    def _draw(self, given: list[Hypothesis], names: Names, difference: Term) -> None:
        super()._draw(given, names, difference)
        scales = [each for each in given if is_of_sum(each)]
        if scales:
            for here in self.at:
                for each in scales:
                    _scale(each, here)
                here.known = {}
            rows = zip(self.at, values_at(difference, self.at), strict=True)
            known = [(here, value) for here, value in rows if value is not None]
            self.at, self.target = [here for here, _ in known], [value for _, value in known]


def is_of_sum(given: Hypothesis) -> bool:
    match given:
        case Relation(Sum(Entry(), _, Range((), ())), "==", Number(), ()):
            return True
    return False


def _scale(given: Hypothesis, here: Point) -> None:
    match given:
        case Relation(Sum(Entry(family), _, _), _, Number(value), _):
            row = here.families[family]
            by = float(value) / sum(row)
            here.families[family] = [by * each for each in row]


def _lines(claim: Claim, products: tuple[bool, ...]) -> Iterator[list[str]]:
    """From the words of the claim, then also from products of its distributions."""
    try:
        guess = Normed(claim, Frame(), count=MANY)
    except Refused:
        return
    if len(guess.target) < MANY // 4 or all(abs(each) < 1e-12 for each in guess.target):
        return
    first = _bodies(guess)
    for bodies in (list(dict.fromkeys([*first, *_products(guess)])) if more else first for more in products):
        columns: dict[tuple[str, ...], tuple[bool, str, list[float]]] = {}
        factors, known = list(guess._rows(_multipliers(guess, bodies))), of_hypotheses(claim)
        gaps = [each for each in guess._rows(_gaps(guess, bodies)) if min(each[1]) > -1e-9]
        for text, row in (*gaps, *guess._rows(known)):
            for factor, scale in (each for each in factors if min(each[1]) >= 0 or known.get(text)):
                column = [x * y for x, y in zip(row, scale, strict=True)]
                mark = tuple(f"{each:.6g}" for each in fit.mixed(column))
                columns.setdefault(mark, (text not in known, times(factor, text), column))
        shortest_first = sorted(columns.values(), key=lambda each: (each[0], len(each[1])))
        for found in fit.sums(guess.target, [row for _, _, row in shortest_first], (PAIRED, TRIPLED)):
            yield [times(str(by), shortest_first[at][1]) for at, by in found]


def times(factor: str, text: str) -> str:
    """The product of two texts, with brackets around what is a sum."""
    if factor == "1":
        return text
    bare = factor if factor.replace("/", "").isalnum() else f"({factor})"
    return f"{bare}*{text}" if closed(text) or " " not in text else f"{bare}*({text})"


# --- gaps -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Range:
    """Where a sum runs, and how many classes that is."""

    text: str
    size: str


def _gaps(guess: Guess, bodies: list[Body]) -> Iterator[str]:
    """The relative entropies of pairs of distributions over one range; gaps of single numbers."""
    k, words = guess.words.letters[0], guess.words
    for among in _ranges(guess):
        shares = {_share(body, among, k, guess): body for body in reversed(bodies)}
        if among.size:
            shares[f"1/{among.size}"] = Body("1")
        for weight, other in product(reversed(shares), repeat=2):
            if weight != other:
                summand = _relative(weight, other, shares[weight], shares[other], among, guess)
                if summand:
                    yield f"sum({summand}, {among.text})"
        yield from (f"sum({each}, {among.text})" for each in _below_the_largest(guess, shares, k))
        for q, r in product(bodies[:2], repeat=2):
            if q != r and among.text != k:
                means = "/".join(f"sum({each.at(k)}, {among.text})" for each in (q, r))
                yield f"sum({r.at(k)}*({q.at(k)}/{r.at(k)} - {means})^2, {among.text})"
    if any(isinstance(each, Stated) and each.op == ">=" and each.rhs == 0 for each in guess.claim.given):
        yield from _divergences(guess)  # 0 log 0 is 0 in these
    zero = {body: any(each in body for each in words.vanishing) for body in bodies}
    yield from (_within(x, among, k, words.letters[1], may) for x, may in zero.items() for among in _parts(guess))
    for body in bodies:
        for i in words.indices:
            yield f"({body.at(i)} - 1 - log({body.at(i)}))"
            yield f"sum({body.at(k)}, {k} != {i}) + ({body.at(i)} - 1 - log({body.at(i)}))"
            one, others = body.at(i), f"sum({body.at(k)}, {k} != {i})"
            yield f"{one}*(1/(2*{one}) - 1 - log(1/(2*{one}))) + {others}*(1/(2*{others}) - 1 - log(1/(2*{others})))"
        total = f"sum({body.at(k)}, {k})"
        for x in (total, *(f"{c}*{total}" for c in words.numbers)):
            yield f"({x} - 1 - log({x}))"
        yield f"(-log({total}))"
    yield "log(n)"
    for q in words.distributions:
        one, others = q.at(k), f"sum({q.at(words.letters[1])}, {words.letters[1]} != {k})"
        yield f"sum({one}*({one} - 1 - log({one})), {k}) + sum({one}*{others}, {k})"
    for q, r in product(words.distributions, repeat=2):
        if q != r:
            yield f"sum((sqrt({q.at(k)}) - sqrt({r.at(k)}))^2, {k})"


def of_hypotheses(claim: Claim) -> dict[str, bool]:
    """What hypotheses about sums say is not negative, and whether it is 0; it need not be so at the points."""
    found = dict[str, bool]()
    for each in claim.given:
        if isinstance(each, Stated) and each.op != "!=" and any(part.has(*SUMMED) for part in (each.lhs, each.rhs)):
            gap, equal = plain(each.lhs - each.rhs), each.op == "=="
            found |= {f"({gap})": equal} if each.op in (">", ">=", "==") else {}
            found |= {f"-({gap})": equal} if each.op in ("<", "<=", "==") else {}
    return found


def _divergences(guess: Guess) -> Iterator[str]:
    k = guess.words.letters[0]
    for q, r in product(guess.words.distributions, repeat=2):
        if q != r and q.endswith(_AT) and r.endswith(_AT):
            first, second = q.removesuffix(_AT), r.removesuffix(_AT)
            yield f"(kl({first}, {second}) - sum({q.at(k)}, {k}) + sum({r.at(k)}, {k}))"


def _relative(weight: str, other: str, q: Body, of: Body, among: _Range, guess: Guess) -> str:
    """w (u - 1 - log u) for u the ratio of the other to the weight w; where w may be 0, as 0 log 0 is 0."""
    k, vanishing = guess.words.letters[0], guess.words.vanishing
    if not any(each in q for each in vanishing):
        ratio = f"{other}/({weight})"
        return f"{weight}*({ratio} - 1 - log({ratio}))"
    if not any(each in of for each in vanishing):
        scale = weight.removeprefix(q.at(k)) if weight.startswith(q.at(k)) else ""
        return f"{other} - {weight} + xlogy({weight.removesuffix(scale)}, {weight}/({other})){scale}"
    total = f"sum({of.at(k)}, {among.text})"
    if of.strip("()") == f"{q}^2":
        return f"{other} - {weight} - xlogy({weight}, {weight}/{total})"
    for r in guess.words.distributions if q in vanishing else ():
        if of.strip("()") in (f"{q}*{r}", f"{r}*{q}"):
            return f"{weight}*({r.at(k)}/{total} - 1 - log({r.at(k)}/{total}))"
        if of == f"({q}^2/{r})":
            return f"{other} - {weight} - xlogy({weight}, {weight}/({r.at(k)}*{total}))"
    return ""


def _below_the_largest(guess: Guess, shares: Iterable[str], k: str) -> Iterator[str]:
    """w log(max v/v) and w log(v/min v), for the largest and smallest values of the claim."""
    for each in sorted({one for one in parts(guess.claim) if isinstance(one, of.Maximum)}, key=plain):
        if not each.conditions and not any(isinstance(x, of.BoundIndex) for x in each.free_symbols):
            here, there = plain(each.opened(of.class_named(k))), plain(each)
            ratio = f"({here})/{there}" if isinstance(each, of.Minimum) else f"{there}/({here})"
            for weight in shares:
                if not any(q in weight.replace(f"[{k}]", _AT) for q in guess.words.vanishing):
                    yield f"{weight}*log({ratio})"


def _share(body: Body, among: _Range, k: str, guess: Guess) -> str:
    """A body over its sum; a distribution over all classes as it is."""
    text = body.at(k)
    if among.text == k and _is_share(body, guess):
        return text
    return f"{text}/sum({text}, {among.text})"


def _is_share(body: Body, guess: Guess) -> bool:
    k = guess.words.letters[0]
    row = guess._row(f"sum({body.at(k)}, {k})")
    return row is not None and all(abs(x - 1) < 1e-9 for x in row)


def _ranges(guess: Guess) -> Iterator[_Range]:
    k, words = guess.words.letters[0], guess.words
    yield _Range(k, "n")
    for a in words.subsets:
        yield _Range(f"{k} in {a}", f"size({a})")
    for i in words.indices[:1]:
        yield _Range(f"{k} != {i}", "(n - 1)")
    yield from (_Range(f"{k} not in {a}", f"(n - size({a}))") for a in words.subsets)


def _parts(guess: Guess) -> Iterator[_Range]:
    """The classes of a subset, those outside, all but one."""
    k, words = guess.words.letters[0], guess.words
    yield from (_Range(f"{k} {where} {a}", "") for a in words.subsets for where in ("in", "not in"))
    yield from (_Range(f"{k} != {i}", "") for i in words.indices)


def _within(body: Body, among: _Range, k: str, l: str, zero: bool) -> str:
    """The entropy within a part of the classes, sum q log(S/q) for S = sum q: q g(q/S), and the products of two q."""
    other = among.text.replace(k, l, 1)
    total = f"sum({body.at(l)}, {other})"
    ratio = f"{body.at(k)}/{total}"
    gap = f"sum({body.at(k)}*({ratio} - 1 - log({ratio})), {among.text})"
    if zero:
        gap = f"sum({body.at(k)}^2/{total} - {body.at(k)} - xlogy({body.at(k)}, {ratio}), {among.text})"
    return f"{gap} + sum({body.at(k)}*sum({body.at(l)}, {other}, {l} != {k}), {among.text})/{total}"


def _bodies(guess: Guess) -> list[Body]:
    """What is positive at every class, and means something to the claim."""
    found = list(guess.words.distributions)
    for each in _logarithmic_sums(guess.claim):
        found.append(Body.at_hole(each.opened(HOLE)))
    for each in sorted((one for one in parts(guess.claim) if isinstance(one, of.Mean)), key=plain):
        body = each.opened(HOLE)
        if not body.has(of.Sum, of.Mean) and not isinstance(body, log):
            found.append(Body(f"(p[{HOLE.name}]*({plain(body)}))"))
    for each in sorted((one for one in parts(guess.claim) if isinstance(one, of.Sum)), key=plain):
        for part in each.opened(HOLE).atoms(log):
            if part.has(HOLE):
                found.append(Body.at_hole(part.args[0]))
    return list(dict.fromkeys(found))[:6]


def _products(guess: Guess) -> Iterator[Body]:
    """q^2/r, sqrt(q r) and q^2 for distributions q and r."""
    shares = guess.words.distributions[:3]
    yield from (Body(f"({q}^2/{r})") for q, r in product(shares, repeat=2) if q != r)
    yield from (Body(f"sqrt({q}*{r})") for q, r in combinations(shares, 2))
    yield from (Body(f"({q}^2)") for q in shares[:1])


def _logarithmic_sums(claim: Claim) -> list[of.Sum]:
    """The sums over classes of what is positive: under logarithms first."""
    everywhere = [each for each in parts(claim) if isinstance(each, of.Sum) and not each.has(log)]
    inside = {each for one in parts(claim) if isinstance(one, log) for each in one.args[0].atoms(of.Sum)}
    return sorted(
        (each for each in everywhere if not _is_inner(each)), key=lambda each: (each not in inside, plain(each))
    )


def _is_inner(expr: Expr) -> bool:
    return any(isinstance(each, of.BoundIndex) for each in expr.free_symbols) or expr.opened(HOLE).has(of.Sum)


# --- factors ----------------------------------------------------------------------------------------


def _multipliers(guess: Guess, bodies: list[Body]) -> Iterator[str]:
    """1, and what may stand before a gap: a, 1 - a, 1/(1 - a), a/(a - 1), a sum, the share of the other classes."""
    words, k = guess.words, guess.words.letters[0]
    yield from ("1", "n", "lambda", "1/lambda", "1/lambda^2", "1/n")
    for c in words.numbers:
        if "(" in c and not c.startswith("("):
            continue
        yield from (
            c,
            f"1 - {c}",
            f"{c} - 1",
            f"1/{c}",
            f"1/(1 - {c})",
            f"1/({c} - 1)",
            f"{c}/(1 - {c})",
            f"{c}/({c} - 1)",
        )
    for body in bodies:
        yield f"sum({body.at(k)}, {k})" if not _is_share(body, guess) else "1"
        for a in words.subsets:
            yield from (f"sum({body.at(k)}, {k} {where} {a})" for where in ("in", "not in"))
        for i in words.indices[:1]:
            yield f"sum({body.at(k)}, {k} != {i})"
    for a in words.subsets:
        yield f"size({a})"
