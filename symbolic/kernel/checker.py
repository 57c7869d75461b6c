"""Accepting a derivation: the tree of cases, and at each leaf a line.

check(claim, proof) -> None, or raises Refused

{"line": [E1, ...]}                     larger - smaller == E1 + ..., and the sign of each is visible; for == it is 0
{"absurd": [E1, ...]}                   0 == E1 + ..., visibly not 0: no point satisfies the hypotheses
{"if": H, "then": ..., "else": ...}     the kernel negates H
{"let": m, "of": max(..) or A, "in": ...}   a class where an extreme is attained, or one of a subset
{"have": R, "by": ..., "in": ...}       a relation that is proved is a hypothesis of what follows
{"through": E, "op": op, "why": .., "by": .., "in": ..}     the left side op E, and what is left of the claim from E on
{"alike": g, "by": ..., "in": ...}      f == g, whatever x is: diff(g, x) stands for a diff(f, x) that is not seen
{"classes": A, "of": count(..), "in": ...}      A is new: the classes that are counted
{"vanish": t, "over": k, "in": ...}     0 <= t for each k, and their sum is not positive: each t is 0
{"compare": f, "in": ...}               x op y, from f(x) op f(y), f increasing: exp, log, square; or from x < y + 1
{"limit": E, "in": ...}                 limit(f, x, a) op V, from f == E near a, E goes to v by its form, and v op V
{"taylor": t, "of": h, "from": a, "to": b, "order": m, "by": ...}     what h(b) is more than its polynomial at a
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from itertools import chain
from math import factorial
from typing import Any

from symbolic.kernel import read
from symbolic.kernel import terms as ast
from symbolic.kernel.leaf import Leaf, Let
from symbolic.kernel.limits import read_limit, shown
from symbolic.kernel.normal import Normal
from symbolic.kernel.read import ArgMax, Hypothesis, Member, Question, Relation, SameClass, free_indices, spoken_of
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.ring import Quotient
from symbolic.kernel.sets import added

TRIVIAL = Relation(ast.ZERO, "==", ast.ZERO)
DEEPEST = 40  # cases in one another


def check(claim: str, proof: Any, budget: Budget | None = None) -> None:
    """Accept a derivation of a claim, or raise `Refused`.

    >>> check("p[i] < 1 given n >= 2", {"line": ["sum(p[k], k != i)"]})
    >>> check("p[i] < 1", {"line": ["sum(p[k], k != i)"]})
    Traceback (most recent call last):
        ...
    symbolic.kernel.refused.Refused: the sign is not visible: {0, 1} where {1} is wanted
    """
    try:
        _walk(asked(claim, budget or Budget()), proof, "")
    except RecursionError:
        raise Refused("nested too deeply") from None


def asked(claim: str, budget: Budget) -> Leaf:
    """What a claim asks to show."""
    question, letters = read_limit(claim, budget) or read.read_claim(claim, budget)
    leaf = Leaf(question, letters, (), question.relation.sides, budget)
    _check_exist(leaf, leaf.at)
    return leaf


def opened(leaf: Leaf, node: dict[str, Any]) -> list[Leaf]:
    """What is left to show after a step, whose parts may still be missing; `Refused` if it is no step here."""
    (rule,) = (rule for kind, (_, rule) in RULES.items() if kind in node)
    return list(rule(leaf, node).values())


def _walk(leaf: Leaf, node: Any, place: str) -> None:
    """Accept a step and what follows it, or say where in the derivation it is refused."""
    try:
        for key, below in _step(leaf, node).items():
            if place.count("/") > DEEPEST:
                raise Refused(f"more than {DEEPEST} cases in one another")
            _walk(below, node[key], f"{place}/{key}")
    except Refused as refusal:
        refusal.where = refusal.where or place or "at the top"
        raise


def _step(leaf: Leaf, node: Any) -> Below:
    leaf.budget.spend(2 * len(leaf.question.given))  # each is read anew in each case
    for kind, (keys, rule) in RULES.items():
        if isinstance(node, dict) and kind in node:
            if node.keys() != {kind, *keys.split()} and not (kind == "limit" and node.keys() == {"limit", "in"}):
                raise Refused(f"a step of this kind has the keys {kind} {keys}")
            return rule(leaf, node)
    raise Refused("not a kind of step")


# --- lines -----------------------------------------------------------------------------------------


def _line(leaf: Leaf, node: dict[str, Any]) -> Below:
    """larger - smaller == E1 + ... by the normal form, and the sign of E1 + ... by the forms of the E's.

    Needs: each E is defined wherever the claim is. Source: x < y just where 0 < y - x.
    """
    terms = _terms(leaf, node["line"])
    if leaf.signs.field.subtract(leaf.difference(), _total(leaf, terms)).num:
        raise Refused("the sides are not seen to be equal")
    op = leaf.question.relation.op
    _check_sign(leaf, terms, ast.SIGNS[ast.MIRRORED[op] if op in ("<", "<=") else op])
    return {}


def _absurd(leaf: Leaf, node: dict[str, Any]) -> Below:
    """0 == E1 + ..., and the sum is visibly not 0. Without E's, hypotheses that clash by themselves.

    Needs: each E is defined wherever the claim is. Source: what is about no point holds.
    """
    terms = _terms(leaf, node["absurd"])
    if not terms and not leaf.impossible():
        raise Refused("the hypotheses do not clash by themselves")
    if terms:
        if _total(leaf, terms).num:
            raise Refused("the sum is not seen to be 0")
        _check_sign(leaf, terms, ast.SIGNS["!="])
    return {}


def _terms(leaf: Leaf, texts: Any) -> list[ast.Term]:
    if not isinstance(texts, list):
        raise Refused("expected a list of expressions")
    terms = [_read(leaf, _text(each)) for each in texts]
    leaf.signs.check_defined(*terms)
    return terms


def _total(leaf: Leaf, terms: list[ast.Term]) -> Quotient:
    field = leaf.signs.field
    return field.total(field.value(each, leaf.at) for each in terms)


def _check_sign(leaf: Leaf, terms: list[ast.Term], wanted: frozenset[int]) -> None:
    found = reduce(added, map(leaf.signs.sign, terms), frozenset({0}))
    if not found <= wanted:
        shown = ["{" + ", ".join(map(str, sorted(each))) + "}" for each in (found, wanted)]
        raise Refused(f"the sign is not visible: {shown[0]} where {shown[1]} is wanted")


# --- what is read ----------------------------------------------------------------------------------


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused("expected a text")
    return value


def _read(leaf: Leaf, text: Any) -> ast.Term:
    """An expression about classes that the claim, its hypotheses or the cases have."""
    term = read.read_term(_text(text), leaf.letters, leaf.budget)
    _check_known(leaf, term)
    return term


def _check_known(leaf: Leaf, *terms: ast.Term) -> None:
    """New letters stand for any class; a new number for one that may not exist."""
    for index in free_indices(*terms) - leaf.at.keys():
        if index.numbered:
            raise Refused(f"the claim does not speak of class {index}")


def _check_exist(leaf: Leaf, indices: Iterable[ast.Index]) -> None:
    """A class that is given by its number is there for every n that is allowed."""
    for index in indices:
        if index.numbered and int(index.name) > leaf.sizes()[0]:
            raise Refused(f"class {index} may not exist")


# --- cases -----------------------------------------------------------------------------------------


def _if(leaf: Leaf, node: dict[str, Any]) -> Below:
    """H, and not H, which is written down here.

    Needs: the sides of H are defined wherever the claim is. Source: the excluded middle.
    """
    h = read.read_hypothesis(_text(node["if"]), leaf.letters, leaf.budget)
    _check_exist(leaf, spoken_of(h))
    if isinstance(h, Relation):
        leaf.signs.check_defined(*h.sides)
        negated: Hypothesis = replace(h, op=ast.NEGATED[h.op])
    else:
        negated = replace(h, holds=not h.holds)
    return {"then": leaf.assuming(h), "else": leaf.assuming(negated)}


def _let(leaf: Leaf, node: dict[str, Any]) -> Below:
    """A new name for a class where an extreme is attained, or for one of a subset that is not empty.

    Needs: a new name, and a range that has a class. Source: one of finitely many values is the largest.
    """
    index, text = ast.Index(_text(node["let"])), _text(node["of"])
    named = replace(leaf, letters=leaf.letters.with_letter(index.name, "index"))
    if leaf.letters.kinds.get(text) == "subset":
        argmax = any(isinstance(h, ArgMax) and h.subset == text for h in leaf.question.given)
        if not argmax and not leaf.signs.sign(_read(leaf, f"size({text})")) <= {1}:
            raise Refused(f"{text} may be empty")
        return {"in": named.assuming(Member(index, text))}
    of = _extreme(leaf, text)
    apart = (SameClass(index, each, False) for each in of.range.excluded)
    members = (Member(index, subset, holds) for subset, holds in of.range.members)
    return {"in": replace(named, lets=(*leaf.lets, Let(index, of))).assuming(*apart, *members)}


def _extreme(leaf: Leaf, text: str) -> ast.Extreme:
    """A largest or smallest value that exists: its range has a class, or the claim is defined only where it exists."""
    term = _read(leaf, text)
    if not isinstance(term, ast.Extreme):
        raise Refused("expected a largest or smallest value, or a subset")
    if not any(term == replace(each, of=each.at(term.bound), bound=term.bound) for each in leaf.extremes()):
        leaf.signs.check_defined(term, replace(term, range=ast.Range()))
    return term


def _classes(leaf: Leaf, node: dict[str, Any]) -> Below:
    """A new name for the set of the classes that have a relation; there are so many as are counted.

    Needs: a new name, and what is compared is defined at each class. Source: the members of a set with a property.
    """
    name, counted = _text(node["classes"]), _read(leaf, _text(node["of"]))
    if not (isinstance(counted, ast.Sum) and isinstance(counted.of, ast.Holds) and counted.range == ast.Range()):
        raise Refused("expected count(x op y, k)")
    leaf.signs.check_defined(counted)
    among = [ast.Range(members=((name, holds),)) for holds in (True, False)]
    ops = counted.of.op, ast.NEGATED[counted.of.op]
    facts = [Relation(counted.of.of, op, ast.ZERO, ((counted.bound, r),)) for op, r in zip(ops, among, strict=True)]
    size = Relation(counted, "==", ast.Sum(ast.ONE, counted.bound, among[0]))
    return {"in": replace(leaf, letters=leaf.letters.with_letter(name, "subset")).assuming(*facts, size)}


def _have(leaf: Leaf, node: dict[str, Any]) -> Below:
    """A relation that is proved here, for any classes in place of its new letters, is a hypothesis from here on.

    Needs: its sides are defined wherever the claim is. Source: a lemma, for all values of letters that are new.
    """
    relation, letters = read.read_new_relation(_text(node["have"]), leaf.letters, leaf.budget)
    _check_known(leaf, *relation.sides)
    leaf.about(TRIVIAL, letters).signs.check_defined(*relation.sides)
    new = {k: k._replace(binder=-leaf.budget.fresh()) for k in sorted(letters.own - leaf.letters.own) if not k.numbered}
    (lhs, rhs), every = (ast.renamed(t, new) for t in relation.sides), tuple((k, ast.Range()) for k in new.values())
    return {"by": leaf.about(relation, letters), "in": leaf.assuming(Relation(lhs, relation.op, rhs, every))}


def _through(leaf: Leaf, node: dict[str, Any]) -> Below:
    """lhs op E, and E stands for lhs from here on; it is defined wherever the claim is. "why" is for readers.

    Needs: E is defined wherever the claim is. Source: <, <= and == are transitive.
    """
    relation, op, to = leaf.question.relation, node["op"], _read(leaf, node["through"])
    if not any(op in ways and relation.op in left for ways, left in STEPS):
        raise Refused(f"no step on the way to {relation.op}")
    leaf.signs.check_defined(*({to} - {*leaf.sides}))
    left = replace(relation, lhs=to, op=WEAK.get(op, relation.op))
    return {"by": leaf.about(replace(relation, op=op, rhs=to)), "in": leaf.about(left)}


STEPS = ((("==",), ast.SIGNS), (("<", "<="), ("<", "<=")), ((">", ">="), (">", ">=")))  # on the way to these
WEAK: dict[ast.Operator, ast.Operator] = {"<": "<=", ">": ">="}  # what is left of a relation after a strict step


def _alike(leaf: Leaf, node: dict[str, Any]) -> Below:
    """diff(g, x) stands for the first diff(f, x) that is not seen to exist, from f == g where both are defined.

    Needs: g has a derivative for sure; f == g near the point; diff(f, x) is in no other derivative, where more moves.
    Source: a derivative is about what is near.
    """
    relation, g = leaf.question.relation, _read(leaf, node["alike"])
    closed = (t for side in relation.sides for t in _derivatives(side) if not any(index.binder for index in t.free))
    found = next(filter(leaf.signs.undefined, closed), None)
    if found is None:
        raise Refused("no derivative that is not seen to exist")
    alike = ast.Diff(g, found.variable)
    leaf.signs.check_defined(alike)
    given = tuple(h for h in leaf.question.given if _stays(leaf, h, found.variable))

    def new(t: ast.Term) -> ast.Term | None:
        return alike if t == found else t if isinstance(t, ast.Diff) else None

    lhs, rhs = (ast.rebuilt(side, new) for side in relation.sides)
    by = Leaf(Question(Relation(found.of, "==", g), given), leaf.letters, (), (), leaf.budget)
    return {"by": by, "in": leaf.about(replace(relation, lhs=lhs, rhs=rhs))}


def _derivatives(t: ast.Term) -> Iterator[ast.Diff]:
    """The derivatives in a term that stand in no other: there, what is fixed moves as well."""
    if isinstance(t, ast.Diff):
        yield t
    else:
        yield from chain.from_iterable(map(_derivatives, t.parts))


def _stays(leaf: Leaf, h: Hypothesis, x: ast.Scalar | ast.Entry) -> bool:
    """Whether a hypothesis holds near the point too: it is not about x, or is strict and between what is smooth."""
    match h:
        case Relation(lhs, op, rhs, every):
            gap = reduce(lambda t, each: ast.Sum(t, *each), reversed(every), ast.minus(lhs, rhs))
            strict = op in ("<", ">", "!=") and not leaf.signs.undefined(ast.Diff(gap, x))
            return strict or not gap.mentions(x)
        case ArgMax(_, family):
            return not ast.Entry(family, ast.Index("")).mentions(x)
    return True


def _vanish(leaf: Leaf, node: dict[str, Any]) -> Below:
    """0 <= t at each class of a range, and their sum is not positive: t == 0 at each.

    Needs: t is defined at each class. Source: a sum of what is not negative is 0 only if each term is.
    """
    total = _read(leaf, f"sum({_text(node['vanish'])}, {_text(node['over'])})")
    if not isinstance(total, ast.Sum):
        raise Refused("expected an expression, and a bound index")
    leaf.signs.check_defined(total)
    if not (leaf.signs.opened(total).sign(total.of) <= {0, 1} and leaf.signs.sign(total) <= {0, -1}):
        raise Refused("what is to vanish may be negative, or its sum positive")
    return {"in": leaf.assuming(Relation(total.of, "==", ast.ZERO, ((total.bound, total.range),)))}


def _compare(leaf: Leaf, node: dict[str, Any]) -> Below:
    """x op y follows from f(x) op f(y) for f that increases where both are, and is defined there.

    Needs: x and y are where f increases; x <= y from x < y + 1 for whole numbers only. Source: f has an inverse.
    """
    relation, function = leaf.question.relation, _text(node["compare"])
    if function == "whole":
        return {"in": leaf.about(_of_whole_numbers(relation))}
    if function not in INCREASING:
        raise Refused(f"expected one of {', '.join(INCREASING)}")
    made, wanted = INCREASING[function]
    larger = {"<": (relation.rhs,), "<=": (relation.rhs,), ">": (relation.lhs,), ">=": (relation.lhs,)}
    sides = larger.get(relation.op, relation.sides) if function == "square" else relation.sides
    if not all(leaf.signs.sign(side) <= wanted for side in sides):
        raise Refused(f"the sign of what is compared is not visible: in {set(wanted)}")
    return {"in": leaf.about(replace(relation, lhs=made(relation.lhs), rhs=made(relation.rhs)))}


def _of_whole_numbers(relation: Relation) -> Relation:
    """x <= y follows from x < y + 1."""
    lhs, op, rhs = relation.lhs, relation.op, relation.rhs
    if op not in ("<=", ">=") or not (_is_whole(lhs) and _is_whole(rhs)):
        raise Refused("expected <= or >= between whole numbers")
    return Relation(lhs, "<", ast.Plus((rhs, ast.ONE))) if op == "<=" else Relation(ast.Plus((lhs, ast.ONE)), ">", rhs)


def _is_whole(t: ast.Term) -> bool:
    """Sums and products of whole numbers, n, and numbers of classes."""
    if isinstance(t, ast.Number):
        return t.value.denominator == 1
    many = isinstance(t, ast.Plus | ast.Times | ast.Sum)
    return isinstance(t, ast.Size | ast.Holds) or (many and all(map(_is_whole, t.parts)))


# f, and the signs that both sides have; for squares it is enough that the larger one has them
INCREASING: dict[str, tuple[Callable[[ast.Term], ast.Term], frozenset[int]]] = {
    "exp": (ast.Exp, frozenset({-1, 0, 1})),
    "log": (ast.Log, frozenset({1})),
    "square": (lambda x: ast.Power(x, ast.number(2)), frozenset({0, 1})),
}


# --- Taylor ----------------------------------------------------------------------------------------


def _taylor(leaf: Leaf, node: dict[str, Any]) -> Below:
    """larger - smaller == h(b) - h(a) - (b - a) h'(a) - ..., m terms, and (t - a)^m h^(m)(t) has the sign between.

    Needs: a new letter t; h is smooth for every t from a to b; for < that a != b.
    Source: Taylor's theorem with Lagrange's remainder.
    """
    order, name, op = node["order"], _text(node["taylor"]), leaf.question.relation.op
    if type(order) is not int or not 1 <= order <= 4 or op in ("==", "!="):
        raise Refused("Taylor's theorem is about an inequality, and an order of 1, 2, 3 or 4")
    t, inner = ast.Scalar(name), replace(leaf, letters=leaf.letters.with_letter(name, "number"))
    h, start, end = _read(inner, node["of"]), _read(leaf, node["from"]), _read(leaf, node["to"])
    step = ast.minus(end, start)
    strict = op in ("<", ">")
    if strict and not leaf.signs.sign(step) <= {-1, 1}:
        raise Refused("the two ends may be one")
    leaf.signs.check_defined(start, end)
    derivatives = [h]
    for _ in range(order):
        derivatives.append(ast.Diff(derivatives[-1], t))
    closed = inner.about(TRIVIAL).assuming(*_between(leaf, t, start, end, "<="))
    closed.signs.check_defined(derivatives[1])
    _check_expansion(leaf, closed.signs.field, t, derivatives[:-1], start, end)
    remainder = ast.Times((ast.Power(ast.minus(t, start), ast.number(order)), derivatives[-1]))
    wanted = Relation(ast.ZERO, "<" if strict else "<=", remainder)
    given = (*leaf.question.given, *_between(leaf, t, start, end, "<"))
    return {"by": replace(inner, question=Question(wanted, given))}


def _between(leaf: Leaf, t: ast.Scalar, start: ast.Term, end: ast.Term, op: ast.Operator) -> list[Relation]:
    """t is between a and b; where it is seen which of them is the larger, a op t and t op b, or b op t and t op a."""
    direction = leaf.signs.sign(ast.minus(end, start))
    for sign, low, high in ((1, start, end), (-1, end, start)):
        if direction <= {0, sign}:
            return [Relation(low, op, t), Relation(t, op, high)]
    return [Relation(ast.ZERO, op, ast.Times((ast.minus(t, start), ast.minus(end, t))))]


def _check_expansion(
    leaf: Leaf, within: Normal, t: ast.Scalar, derivatives: list[ast.Term], start: ast.Term, end: ast.Term
) -> None:
    """The difference of the sides is h(b) less the Taylor polynomial of h at a; forms hold for all t between."""
    field = leaf.signs.field
    found = within.at_value(derivatives[0], t, end, leaf.at)
    step = field.value(ast.minus(end, start), leaf.at)
    for j, derivative in enumerate(derivatives):
        term = field.multiply(field.power(step, j), within.at_value(derivative, t, start, leaf.at))
        found = field.subtract(found, term.times(Fraction(1, factorial(j))))
    if field.subtract(leaf.difference(), found).num:
        raise Refused("the sides are not seen to differ by the remainder")


# --- limits ----------------------------------------------------------------------------------------


def _limit(leaf: Leaf, node: dict[str, Any]) -> Below:
    """f == E near the point, E goes to v by its form, and v op V: by the form of v - V, or as "in" says.

    Needs: f and v are defined, and neither V nor a hypothesis speaks of x. Source: near a, f and E are one function.
    """
    left = shown(leaf, _read(leaf, node["limit"]))
    if "in" in node:
        if left is None:
            raise Refused("nothing is left to show")
        return {"in": left}
    if left is not None:
        relation, signs = left.question.relation, left.signs
        lhs, rhs = (signs.field.value(side, left.at) for side in relation.sides)
        found = signs.sign(ast.minus(*relation.sides)) & signs.of_form(signs.field.subtract(lhs, rhs))
        if not found <= ast.SIGNS[relation.op]:
            raise Refused("the limit is not seen to have this value")
    return {}


Below = dict[str, Leaf]  # what is left to show, by the key under which its proof stands
Rule = Callable[[Leaf, dict[str, Any]], Below]

# The keys of a step besides its kind, and what it says
RULES: dict[str, tuple[str, Rule]] = {
    "line": ("", _line),
    "absurd": ("", _absurd),
    "if": ("then else", _if),
    "let": ("of in", _let),
    "have": ("by in", _have),
    "through": ("op why by in", _through),
    "alike": ("by in", _alike),
    "classes": ("of in", _classes),
    "vanish": ("over in", _vanish),
    "compare": ("in", _compare),
    "taylor": ("of from to order by", _taylor),
    "limit": ("", _limit),  # and, if its value is shown by other lines, "in"
}
