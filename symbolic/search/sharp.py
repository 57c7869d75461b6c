"""Where an inequality is an equality: each summand of what its sides differ by is 0, and says when.

    trees(claim, prove) -> derivations for the kernel to accept
    is_told(claim)      -> whether a hypothesis says when an inequality is strict
    of_every_class(claim, prove)    by what a hypothesis about the largest size says of each class

    entropy(p) == log(n)     sum(p[k]*g(1/(n*p[k])), k) is 0, so each summand, so 1/(n*p[k]) == 1
    p[k] == 1/n for each k   then each summand is 0, and entropy(p) == log(n)
    z[i] != z[j]             then entropy(p) < log(n): else they would be equal
    p[i] >= 1/2              then z[i] == max(z): else p[i] < 1/2

g(x) = x - 1 - log x is 0 at 1 alone, a square where its base is. Source: Hardy, Littlewood and Polya 1934, chapter 2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice

from sympy import Abs, Add, Basic, Expr, Integer, Pow, Rational, Symbol, exp, fraction, log, together

from symbolic.kernel.refused import Refused
from symbolic.language.claims import Claim, Hypothesis, Operator, Relation, letters_of
from symbolic.language.errors import SymbolicError
from symbolic.language.names import unused
from symbolic.language.notation import Entry, Maximum, Minimum, Sum, class_named
from symbolic.language.parser import parse_claim, parse_expression
from symbolic.language.typeset import plain
from symbolic.search.case_trees import NEGATED, Frame, Node
from symbolic.search.logarithms import Normed
from symbolic.search.texts import closed

__all__ = ["is_told", "of_every_class", "trees"]

Prove = Callable[[Claim], Node | None]
WAYS: dict[Operator, tuple[Operator, ...]] = {"==": (">=", "<="), "<=": (">=",), ">=": ("<=",)}  # the other way round
EQUAL: Operator = "=="
WEAK: dict[Operator, Operator] = {"<": "<=", ">": ">="}
INVERSE = {"exp": "log", "log": "exp"}
WHOLE = re.compile(r"((?P<times>.*?)\*)??sum\((?P<body>.*), (?P<bound>[a-z])\)(?P<over>/(\w+|\([^()]*\)))?")
DIVERGENCE = re.compile(
    r"\(kl\([^()]*(?:\([^()]*\)[^()]*)*\) - sum\((?P<q>.*), (?P<k>\w)\) \+ sum\((?P<r>.*), (?P=k)\)\)"
)
WEIGHT = re.compile(r"xlogy\(([^(),]*),")
AT_A_CLASS = re.compile(r"\(*\w+\[(?P<k>[a-z])\].* >= 0$")
SMALL = 1e-9
SIMPLE = 12  # operations of what is concluded


@dataclass(frozen=True)
class Gap:
    """What is visible of an inequality: a sum over the classes, and the steps before it."""

    body: str
    bound: str
    over: str
    steps: tuple[Node, ...]

    @property
    def line(self) -> str:
        return f"sum({self.body}, {self.bound}){self.over}"

    @classmethod
    def read(cls, text: str, steps: tuple[Node, ...] = ()) -> Gap | None:
        """A sum over all classes, or a part of one."""
        found = WHOLE.fullmatch(DIVERGENCE.sub(r"sum(\g<r> - \g<q> + xlogy(\g<q>, \g<q>/\g<r>), \g<k>)", text))
        if found is None or not closed(f"sum({found['body']}, {found['bound']})"):
            return None
        times = found["times"]
        body = f"{times}*({found['body']})" if times else found["body"]
        return cls(body, found["bound"], found["over"] or "", steps)

    def at(self, letter: str) -> str:
        """The summand of a class."""
        return re.sub(rf"\b{self.bound}\b", letter, self.body)


def trees(claim: Claim, prove: Prove) -> Iterator[Node]:
    """By each hypothesis that an inequality allows to be an equality only; against each that this would contradict."""
    told = is_told(claim)
    if told:
        yield from _strict(claim, prove)
    yield from _otherwise(claim, prove)
    if claim.op == "==":
        for each in claim.given:
            yield from _concluded(claim, each, prove)
        yield from _shown(claim, prove)
    elif claim.op in ("<", ">") and not told:
        yield from _strict(claim, prove)


def _otherwise(claim: Claim, prove: Prove) -> Iterator[Node]:
    """Were it not so, an inequality among the hypotheses would fail: p[i] < 1/2, if z[i] < max(z)."""
    lhs, rhs = claim.lhs, claim.rhs
    if claim.op == "==" and not isinstance(rhs, Maximum):
        return
    against = Relation(lhs, "<" if claim.op == "==" else NEGATED[claim.op], rhs)
    for each in claim.given:
        if (
            isinstance(each, Relation)
            and each.op in ("<", "<=", ">", ">=")
            and not isinstance(each.lhs, Entry | Symbol)
        ):
            others = tuple(other for other in claim.given if other is not each)
            said = replace(each, op=NEGATED[each.op])
            found = prove(Claim(said, (*others, against)))
            if found is not None:
                clash: Node = {"have": plain(said), "by": found, "in": {"absurd": []}}
                line = _between(claim.op, lhs, rhs)
                yield {"if": plain(against), "then": clash, "else": {"line": [line]}}


def _strict(claim: Claim, prove: Prove) -> Iterator[Node]:
    """Were it not strict, it would be an equality, and two numbers that differ would be equal."""
    weak, equation = (replace(claim.relation, op=op) for op in (WEAK[claim.op], EQUAL))
    for each in claim.given:
        if isinstance(each, Relation) and _may_differ(each, claim):
            others = tuple(other for other in claim.given if other is not each)
            alike = Claim(replace(each, op=EQUAL), (*others, equation))
            ways = _shown(alike, prove) if _of_ends(claim) else _concluded(alike, equation, prove)
            below = next(ways, None)
            shown = prove(Claim(weak, others)) if below is not None else None
            if shown is not None:
                both: Node = {"have": plain(weak), "by": shown, "in": {"line": [_between(">", claim.lhs, claim.rhs)]}}
                clash: Node = {"have": plain(alike.relation), "by": below, "in": {"absurd": []}}
                otherwise: Node = {"have": plain(equation), "by": both, "in": clash}
                line = _between(claim.op, claim.lhs, claim.rhs)
                yield {"if": plain(claim.relation), "then": {"line": [line]}, "else": otherwise}


def _may_differ(given: Relation, claim: Claim) -> bool:
    """Whether an equality in its place says that two numbers are equal; not of what sign a number is."""
    return given.op in ("!=", "<", ">") and (_of_ends(claim) or _of_differing(given) or not given.rhs.is_number)


def _of_ends(said: Relation | Claim) -> bool:
    """max(z) > min(z), or another relation of the two."""
    return {type(said.lhs), type(said.rhs)} == {Maximum, Minimum}


def is_told(claim: Claim) -> bool:
    """Whether a strict inequality is of two ends, or a hypothesis says that entries differ or that sizes are not 0."""
    told = _of_ends(claim) or any(isinstance(each, Relation) and _of_differing(each) for each in claim.given)
    return claim.op in ("<", ">") and told


def _of_differing(given: Relation) -> bool:
    if _of_ends(given):
        return given.op in ("<", ">", "!=")
    if given.op == "!=" and isinstance(given.lhs, Entry) and isinstance(given.rhs, Entry):
        return True
    of_all = isinstance(given.lhs, Sum | Maximum)
    return given.op in (">", "!=") and given.rhs == 0 and of_all and not _normalises(given)


def _concluded(claim: Claim, given: Hypothesis, prove: Prove) -> Iterator[Node]:
    """From an equality, which is the other way round of an inequality that holds: what each class says."""
    if not isinstance(given, Relation) or claim.lhs.count_ops() + claim.rhs.count_ops() > SIMPLE:
        return
    others = tuple(each for each in claim.given if each is not given)
    for gap in _gaps(given, others, prove):
        k, l = _letters(claim, gap)
        for said, proof in _zeros(gap, k, l):
            below = _told(claim, others, said, prove)
            if below is not None:
                zero: Node = {"have": said, "by": proof, "in": below}
                vanish: Node = {"vanish": gap.at(k), "over": k, "in": zero}
                yield _around(vanish, _turned(gap, given))


def of_every_class(claim: Claim, prove: Prove) -> Iterator[Node]:
    """From the largest size being 0: so is that of each class."""
    k = class_named(next(unused("klmrsuh", letters_of(claim))))
    for given in claim.given:
        others = tuple(each for each in claim.given if each is not given)
        for x, y in _all_alike(given, k):
            said = f"{plain(x)} == {plain(y)}"
            below = _told(claim, others, said, prove)
            if below is not None:
                zero: Node = {"if": said, "then": {"line": [f"{plain(x)} - ({plain(y)})"]}, "else": {"absurd": []}}
                yield {"have": said, "by": zero, "in": below}


def _all_alike(given: Hypothesis, k: Expr) -> Iterator[tuple[Expr, Expr]]:
    """What a hypothesis about the largest size says to be equal at each class."""
    if isinstance(given, Relation) and type(given.lhs) is Maximum and (given.op, given.rhs) == ("==", 0):
        size = given.lhs.opened(k)
        if isinstance(size, Abs):
            yield from [*_differing(size.args[0])] or [(size.args[0], Integer(0))]


def _turned(gap: Gap, given: Relation) -> tuple[Node, ...]:
    """exp x == exp y from x == y, where it is the exponentials that are compared."""
    turned = list[Node]()
    for each in gap.steps:
        f = each["compare"]
        x, y = plain(given.lhs), plain(given.rhs)
        line: Node = {"line": [_between(given.op, given.lhs, given.rhs)]}
        turned.append({"have": f"{f}({x}) {given.op} {f}({y})", "by": {"compare": INVERSE[f], "in": line}})
    return tuple(turned)


def _between(op: str, lhs: Expr, rhs: Expr) -> str:
    """The larger side less the other."""
    large, small = (rhs, lhs) if op in ("<", "<=") else (lhs, rhs)
    return f"{plain(large)} - ({plain(small)})"


def _shown(claim: Claim, prove: Prove) -> Iterator[Node]:
    """An equality whose sides differ by a sum, of which each summand is 0 by a hypothesis."""
    for each in claim.given:
        if isinstance(each, Relation) and each.op == "==":
            others = tuple(other for other in claim.given if other is not each)
            for gap in _gaps(claim.relation, others, prove):
                k, l = _letters(claim, gap)
                for said, _ in _zeros(gap, k, l):
                    proof = prove(_parsed(said, claim.given))
                    lines = ([gap.line], *_parts(gap)) if proof is not None else ()
                    for line in chain(lines, ([f"-{term}" for term in line] for line in lines)):
                        yield _around({"have": said, "by": proof, "in": {"line": line}}, gap.steps)


def _parts(gap: Gap) -> Iterator[list[str]]:
    """The line in two, the logarithm of a ratio or of its inverse by itself: it is 0 where that is 1."""
    k = class_named(gap.bound)
    with suppress(SymbolicError):
        value = parse_expression(gap.body).expand(log=False)
        for each in sorted(value.atoms(log), key=str):
            by = value.coeff(each)
            for part in (by * each, -by * log(1 / each.args[0])):
                yield [f"sum({plain(term)}, {k}){gap.over}" for term in (value - by * each, part)]


def _gaps(said: Relation, given: tuple[Hypothesis, ...], prove: Prove) -> Iterator[Gap]:
    """What is visible of the inequality between two sides, in the direction in which it holds."""
    if _normalises(said):
        return
    for op in WAYS.get(said.op, ()):
        claim = Claim(replace(said, op=op), given)
        tree = (prove(claim) if _may_hold(claim) else None) or {}
        steps = list[Node]()
        while tree.get("compare") in INVERSE:
            steps.append({"compare": tree["compare"]})
            tree = tree["in"]
        found = [gap for line in _visible(tree) if (gap := Gap.read(line, tuple(steps)))]
        if len(found) == 1:  # what is beside it is 0 by a hypothesis
            yield found[0]


def _normalises(said: Relation) -> bool:
    """sum(q[k], k) == 1."""
    return isinstance(said.lhs, Sum) and isinstance(said.lhs.body, Entry)


def _visible(tree: Node) -> list[str]:
    """The line at the end; of what is shown by another inequality, that of the other; the sum of one at a class."""
    while "have" in tree:
        at = AT_A_CLASS.match(tree["have"])
        tree = tree["by"]
        if at and "line" in tree:
            return [f"sum({term}, {at['k']})" for term in tree["line"]]
    return list(tree.get("line", ()))


def _may_hold(claim: Claim) -> bool:
    """Whether no point that is drawn refutes it, so that one need not look for a proof.

    At the points the sum of a family is what a hypothesis says; other equations need not hold there.
    """
    if any(isinstance(each, Relation) and each.op == "==" and not _normalises(each) for each in claim.given):
        return True
    try:
        guess = Normed(claim, Frame())
    except Refused:
        return True
    return all(each > -SMALL for each in guess.target)


def _letters(claim: Claim, gap: Gap) -> list[str]:
    """Two letters for classes that are new."""
    used = letters_of(claim) | set(re.findall(r"\w+", gap.body))
    return list(islice(unused("klmrsuh", used), 2))


def _zeros(gap: Gap, k: str, l: str) -> Iterator[tuple[str, Node]]:
    """What a summand says if it is 0, each with its proof; of a sum, what its own summands say."""
    pair = Gap.read(gap.at(k))
    if pair is None:
        yield from ((said, _unless(said, gap.at(k))) for said in _conditions(gap.at(k), k))
        return
    for said in _conditions(pair.at(l), l):
        yield said, {"vanish": pair.at(l), "over": l, "in": _unless(said, pair.at(l))}


def _unless(said: str, term: str) -> Node:
    """Were it not so, the summand would be positive; also where a weight is 0."""
    lhs, _, rhs = said.partition(" == ")
    shown: Node = {"line": [term]}
    for weight in dict.fromkeys(WEIGHT.findall(term)):
        shown = {"if": f"{weight} > 0", "then": shown, "else": shown}
    case, line = said, f"{lhs} - ({rhs})"
    if all(f"sqrt({side})" in term for side in (lhs, rhs)):
        case = f"sqrt({lhs}) == sqrt({rhs})"
        line = f"(sqrt({lhs}) - sqrt({rhs}))*(sqrt({lhs}) + sqrt({rhs}))"
    positive: Node = {"have": f"{term} > 0", "by": shown, "in": {"absurd": []}}
    return {"if": case, "then": {"line": [line]}, "else": positive}


def _conditions(term: str, letter: str) -> Iterator[str]:
    """Where a summand may be 0: it is a difference, the argument of a logarithm is 1, a square or an exponent is 0."""
    try:
        value = parse_expression(term)
    except SymbolicError:
        return
    k = class_named(letter)
    found = [sides for each in (value, *value.args) for sides in _differing(each)]
    found += [_solved(each.args[0], k) for each in value.atoms(log)]
    found += [sides for each in value.atoms(Pow) if each.exp == 2 for sides in _differing(each.base)]
    found += [(each.args[0], Integer(0)) for each in value.atoms(exp)]
    for x, y in dict.fromkeys(found):
        if k in (x - y).free_symbols:
            yield f"{plain(x)} == {plain(y)}"


def _differing(value: Basic) -> Iterator[tuple[Expr, Expr]]:
    """The two sides of a difference; of exponentials and roots, what they are of."""
    if isinstance(value, Add) and len(value.args) == 2:
        x, y = sorted(value.args, key=lambda each: each.could_extract_minus_sign())
        roots = all(isinstance(each, Pow) and each.exp == Rational(1, 2) for each in (x, -y))
        alike = roots or all(isinstance(each, exp) for each in (x, -y))
        yield (x.args[0], (-y).args[0]) if alike else (x, -y)


def _solved(ratio: Expr, k: Expr) -> tuple[Expr, Expr]:
    """Where a ratio is 1: what depends on the class on one side."""
    fixed, moving = together(ratio).as_independent(k, as_Add=False)
    above, below = fraction(moving)
    return (above, below / fixed) if below == 1 else (below, fixed * above)


def _told(claim: Claim, others: tuple[Hypothesis, ...], said: str, prove: Prove) -> Node | None:
    """The conclusion from what is known of each class; of a largest and a smallest value, at two classes."""
    given = (*others, *_parsed(f"0 == 0 given {said}", ()).given)
    found = prove(replace(claim, given=given, text=""))
    high, low = claim.lhs, claim.rhs
    if found is None and _of_ends(claim) and isinstance(high, Maximum | Minimum) and isinstance(low, Maximum | Minimum):
        used = letters_of(claim) | set(re.findall(r"\w+", said))
        m, u = islice(unused("mrsuvh", used), 2)
        sides = Relation(high.opened(class_named(m)), "==", low.opened(class_named(u)))
        below = prove(Claim(sides, given))
        if below and below.get("have") == plain(sides):
            below = below["by"]  # between the two classes alone
        found = below and {"let": m, "of": plain(high), "in": {"let": u, "of": plain(low), "in": below}}
    return found


def _parsed(said: str, given: tuple[Hypothesis, ...]) -> Claim:
    parsed = parse_claim(said)
    return replace(parsed, given=(*parsed.given, *given), text="")


def _around(tree: Node, steps: tuple[Node, ...]) -> Node:
    for each in reversed(steps):
        tree = {**each, "in": tree}
    return tree
