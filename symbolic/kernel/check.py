"""Accepting a derivation: the tree of cases, and at each leaf a line.

check(claim, proof) -> None, or raises Refused

{"line": [E1, ...]}                     larger - smaller == E1 + ..., and the sign of each is visible; for == it is 0
{"absurd": [E1, ...]}                   0 == E1 + ..., visibly not 0: no point satisfies the hypotheses
{"if": H, "then": ..., "else": ...}     the kernel negates H
{"let": m, "of": max(..) or A, "in": ...}   a class where an extreme is attained, or one of a subset
{"have": R, "by": ..., "in": ...}       a relation that is proved is a hypothesis of what follows
{"compare": f, "in": ...}               x op y, from f(x) op f(y), f increasing: exp, log, square
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import Any

from symbolic.kernel import terms as ast
from symbolic.kernel.instance import read_instance
from symbolic.kernel.leaf import Leaf, Lemma, Let
from symbolic.kernel.read import (
    ArgMax,
    Hypothesis,
    Member,
    Question,
    Relation,
    SameClass,
    free_indices,
    read_claim,
    read_hypothesis,
    read_new_relation,
    read_term,
)
from symbolic.kernel.refused import Budget, Refused
from symbolic.kernel.ring import scaled
from symbolic.kernel.sets import added

__all__ = ["asked", "check", "opened"]

Steps = Iterator[tuple[str, Leaf, Any]]  # where what is left to show stands, it, and its proof

ZERO = ast.Number(Fraction(0))
TRIVIAL = Relation(ZERO, "==", ZERO)
NO_LEMMAS: Mapping[str, Lemma] = {}
DEEPEST = 40  # cases in one another
WANTED: dict[ast.Operator, frozenset[int]] = {
    "==": frozenset({0}), "!=": frozenset({-1, 1}), "<": frozenset({1}), ">": frozenset({1}),
    "<=": frozenset({0, 1}), ">=": frozenset({0, 1}),
}  # fmt: skip


def check(claim: str, proof: Any, lemmas: Mapping[str, Lemma] = NO_LEMMAS, budget: Budget | None = None) -> None:
    """Accept a derivation of a claim, or raise `Refused`.

    >>> check("p[i] < 1 given n >= 2", {"line": ["sum(p[k], k != i)"]})
    >>> check("p[i] < 1", {"line": ["sum(p[k], k != i)"]})
    Traceback (most recent call last):
        ...
    symbolic.kernel.refused.Refused: the sign is not visible: {0, 1} where {1} is wanted
    """
    try:
        _walk(asked(claim, lemmas, budget or Budget()), proof, "")
    except RecursionError:
        raise Refused("nested too deeply") from None


def asked(claim: str, lemmas: Mapping[str, Lemma], budget: Budget) -> Leaf:
    """What a claim asks to show."""
    question, letters = read_claim(claim, budget)
    relation = question.relation
    leaf = Leaf(question, letters, (), lemmas, (relation.lhs, relation.rhs), budget)
    for each in (relation, *question.given):
        _check_numbers(leaf, each)
    return leaf


def _walk(leaf: Leaf, node: Any, place: str) -> None:
    """Accept a step, or say where in the derivation it is refused."""
    try:
        _step(leaf, node, place)
    except Refused as refusal:
        refusal.where = refusal.where or place or "at the top"
        raise


def _step(leaf: Leaf, node: Any, place: str) -> None:
    if not isinstance(node, dict):
        raise Refused("a step of a derivation is an object")
    if place.count("/") > DEEPEST:
        raise Refused(f"more than {DEEPEST} cases in one another")
    for kind, (keys, rule) in RULES.items():
        if kind in node:
            if set(node) != keys:
                raise Refused(f"a step of this kind has the keys {', '.join(sorted(keys))}")
            for key, below, part in rule(leaf, node):
                _walk(below, part, f"{place}/{key}")
            return
    raise Refused("not a kind of step")


def opened(leaf: Leaf, node: dict[str, Any]) -> list[Leaf]:
    """What is left to show after a step, whose parts may still be missing; `Refused` if it is no step here."""
    (rule,) = (rule for kind, (_, rule) in RULES.items() if kind in node)
    return [below for _, below, _ in rule(leaf, node)]


# --- lines -----------------------------------------------------------------------------------------


def _line(leaf: Leaf, node: dict[str, Any]) -> Steps:
    """larger - smaller == E1 + ... by the normal form, and the sign of E1 + ... by the forms of the E's."""
    terms = _terms(leaf, node["line"])
    field = leaf.signs.field
    gap = field.subtract(leaf.difference(), field.total(field.value(each, leaf.at) for each in terms))
    if gap.num:
        raise Refused("the sides are not seen to be equal")
    _check_sign(leaf, terms, WANTED[leaf.question.relation.op])
    return iter(())


def _absurd(leaf: Leaf, node: dict[str, Any]) -> Steps:
    """0 == E1 + ..., and the sum is visibly not 0. Without E's, hypotheses that clash by themselves."""
    if not node["absurd"]:
        if not leaf.impossible():
            raise Refused("the hypotheses do not clash by themselves")
        return iter(())
    terms = _terms(leaf, node["absurd"])
    field = leaf.signs.field
    if field.total(field.value(each, leaf.at) for each in terms).num:
        raise Refused("the sum is not seen to be 0")
    _check_sign(leaf, terms, frozenset({-1, 1}))
    return iter(())


def _terms(leaf: Leaf, texts: Any) -> list[ast.Term]:
    if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
        raise Refused("expected a list of expressions")
    terms = [_read(leaf, each) for each in texts]
    for text, term in zip(texts, terms, strict=True):
        problem = leaf.signs.undefined(term)
        if problem:
            raise Refused(f"{problem}: {text}")
    return terms


def _read(leaf: Leaf, text: str) -> ast.Term:
    """An expression about classes that the claim, its hypotheses or the cases have."""
    term = read_term(text, leaf.letters, leaf.budget)
    _check_classes(leaf, term)
    return term


def _check_classes(leaf: Leaf, *terms: ast.Term) -> None:
    for index in free_indices(*terms) - leaf.at.keys():
        raise Refused(f"the claim does not speak of class {index}")


def _check_no_new_number(leaf: Leaf, relation: Relation) -> None:
    """New letters stand for any class; a new number for one that may not exist."""
    for index in free_indices(relation.lhs, relation.rhs) - leaf.at.keys():
        if index.name.isdigit():
            raise Refused(f"the claim does not speak of class {index}")


def _check_sign(leaf: Leaf, terms: list[ast.Term], wanted: frozenset[int]) -> None:
    found = reduce(added, map(leaf.signs.sign, terms), frozenset({0}))
    if not found <= wanted:
        shown = ["{" + ", ".join(map(str, sorted(each))) + "}" for each in (found, wanted)]
        raise Refused(f"the sign is not visible: {shown[0]} where {shown[1]} is wanted")


# --- cases -----------------------------------------------------------------------------------------


def _if(leaf: Leaf, node: dict[str, Any]) -> Steps:
    """H, and not H, which is written down here."""
    hypothesis = read_hypothesis(_text(node["if"]), leaf.letters, leaf.budget)
    _check_numbers(leaf, hypothesis)
    _check_defined(leaf, hypothesis)
    yield "then", _given(leaf, hypothesis), node.get("then")
    yield "else", _given(leaf, _negated(hypothesis)), node.get("else")


def _check_numbers(leaf: Leaf, h: Hypothesis) -> None:
    """A class that is given by its number is there for every n that is allowed."""
    match h:
        case Relation(lhs, _, rhs):
            used = set(free_indices(lhs, rhs))
        case SameClass(first, second):
            used = {first, second}
        case Member(index, _):
            used = {index}
        case _:
            used = set()
    for index in used:
        if index.name.isdigit() and int(index.name) > leaf.sizes()[0]:
            raise Refused(f"class {index} may not exist")


def _negated(h: Hypothesis) -> Hypothesis:
    match h:
        case Relation(_, op, _, ()):
            return replace(h, op=ast.NEGATED[op])
        case SameClass() | Member():
            return replace(h, holds=not h.holds)
    raise Refused("a case is a relation, i == j or i in A")


def _check_defined(leaf: Leaf, h: Hypothesis) -> None:
    """A point at which neither H nor not H says anything would be forgotten."""
    for side in (h.lhs, h.rhs) if isinstance(h, Relation) else ():
        problem = leaf.signs.undefined(side)
        if problem:
            raise Refused(f"a case that may not be defined: {problem}")


def _given(leaf: Leaf, h: Hypothesis) -> Leaf:
    return replace(leaf, question=replace(leaf.question, given=(*leaf.question.given, h)))


def _let(leaf: Leaf, node: dict[str, Any]) -> Steps:
    """A new name for a class where an extreme is attained, or for one of a subset that is not empty."""
    name, of = _text(node["let"]), _text(node["of"])
    letters = leaf.letters.with_index(name)
    if leaf.letters.kinds.get(of) == "subset":
        if not _has_a_class(leaf, of):
            raise Refused(f"{of} may be empty")
        let = Let(ast.Index(name), of)
    else:
        term = _read(leaf, of)
        if not isinstance(term, ast.Extreme):
            raise Refused("expected a largest or smallest value, or a subset")
        if not leaf.scope.inhabited(term.range) and not any(_alike(term, each) for each in leaf.extremes()):
            raise Refused(f"{of} may not exist")
        if leaf.signs.undefined(replace(term, range=ast.Range())) and not any(_alike(term, e) for e in leaf.extremes()):
            raise Refused(f"{of} may not be defined")
        let = Let(ast.Index(name), term)
    yield "in", replace(leaf, letters=letters, lets=(*leaf.lets, let)), node.get("in")


def _has_a_class(leaf: Leaf, subset: str) -> bool:
    if any(isinstance(h, ArgMax) and h.subset == subset for h in leaf.question.given):
        return True
    size = _read(leaf, f"size({subset})")
    return leaf.signs.sign(size) <= {1}


def _alike(a: ast.Extreme, b: ast.Extreme) -> bool:
    """Whether two extremes are the same but for the name of the class."""
    probe = ast.Index("k", -9)
    return (
        a.range == b.range
        and a.largest == b.largest
        and ast.renamed(a.of, {a.bound: probe}) == ast.renamed(b.of, {b.bound: probe})
    )


# --- what is proved on the way ---------------------------------------------------------------------


def _have(leaf: Leaf, node: dict[str, Any]) -> Steps:
    """A relation that is proved here, for any classes in place of its new letters, is a hypothesis from here on."""
    relation, letters = read_new_relation(_text(node["have"]), leaf.letters, leaf.budget)
    _check_no_new_number(leaf, relation)
    _check_sides_defined(leaf.about(TRIVIAL, letters), relation, "what is proved on the way")
    yield "by", leaf.about(relation, letters), node.get("by")
    new = sorted(index for index in letters.own - leaf.letters.own if not index.name.isdigit())
    every = tuple((index, ast.Range()) for index in new)
    yield "in", _given(leaf, replace(relation, every=every)), node.get("in")


def _vanish(leaf: Leaf, node: dict[str, Any]) -> Steps:
    """0 <= t at each class of a range, and their sum is not positive: t == 0 at each."""
    total = _read(leaf, f"sum({_text(node['vanish'])}, {_text(node['over'])})")
    problem = leaf.signs.undefined(total)
    if problem or not isinstance(total, ast.Sum):
        raise Refused(problem or "expected an expression, and a bound index")
    if not leaf.signs.opened(total).sign(total.of) <= {0, 1}:
        raise Refused("what is to vanish may be negative")
    if not leaf.signs.sign(total) <= {0, -1}:
        raise Refused("the sum of what is to vanish may be positive")
    yield "in", _given(leaf, Relation(total.of, "==", ZERO, ((total.bound, total.range),))), node.get("in")


def _check_sides_defined(leaf: Leaf, relation: Relation, what: str) -> None:
    for side in (relation.lhs, relation.rhs):
        problem = leaf.signs.undefined(side)
        if problem:
            raise Refused(f"{what} may not be defined: {problem}")


def _chain(leaf: Leaf, node: dict[str, Any]) -> Steps:
    """lhs op1 E1, E1 op2 E2, ..., the last E being rhs; each E is defined wherever the claim is."""
    relation = leaf.question.relation
    before, strict, ops = relation.lhs, False, set[str]()
    if not isinstance(node["chain"], list) or not node["chain"]:
        raise Refused("expected a list of steps")
    for number, each in enumerate(node["chain"]):
        if not isinstance(each, dict) or set(each) != {"op", "to", "by"} or _text(each["op"]) not in WANTED:
            raise Refused("a step of a chain has an operator, an expression and a proof")
        to = _read(leaf, _text(each["to"]))
        step = Relation(before, each["op"], to)
        _check_sides_defined(leaf.about(TRIVIAL), step, "a step of a chain")
        yield f"chain {number + 1}", leaf.about(step), each["by"]
        before, strict, ops = to, strict or each["op"] in ("<", ">"), ops | {each["op"]}
    field = leaf.signs.field
    if field.subtract(field.value(before, leaf.at), field.value(relation.rhs, leaf.at)).num:
        raise Refused("the chain does not end at the right side")
    upwards, downwards = ops <= {"==", "<", "<="}, ops <= {"==", ">", ">="}
    shown = {"==": upwards and downwards, "<": upwards and strict, "<=": upwards, ">": downwards and strict}
    shown |= {">=": downwards, "!=": strict and (upwards or downwards)}
    if not shown[relation.op]:
        raise Refused(f"the steps of the chain do not make a {relation.op}")


def _compare(leaf: Leaf, node: dict[str, Any]) -> Steps:
    """x op y follows from f(x) op f(y) for f that increases where both are."""
    relation = leaf.question.relation
    function = _text(node["compare"])
    if function not in FUNCTIONS:
        raise Refused(f"expected one of {', '.join(FUNCTIONS)}")
    made, condition = FUNCTIONS[function]
    condition(leaf, relation)
    lhs, rhs = made(relation.lhs), made(relation.rhs)
    yield "in", leaf.about(replace(relation, lhs=lhs, rhs=rhs)), node.get("in")


def _no_condition(leaf: Leaf, relation: Relation) -> None:
    pass


def _both_positive(leaf: Leaf, relation: Relation) -> None:
    """Then the new claim is defined wherever the old one is."""
    if not all(leaf.signs.sign(side) <= {1} for side in (relation.lhs, relation.rhs)):
        raise Refused("logarithms are compared of what is positive")


def _larger_not_negative(leaf: Leaf, relation: Relation) -> None:
    """x < y from x^2 < y^2 if y >= 0; x == y if both are not negative."""
    sides = {"<": [relation.rhs], "<=": [relation.rhs], ">": [relation.lhs], ">=": [relation.lhs]}
    needed = sides.get(relation.op, [relation.lhs, relation.rhs])
    if relation.op != "!=" and not all(leaf.signs.sign(side) <= {0, 1} for side in needed):
        raise Refused("squares are compared of what is not negative")


FUNCTIONS: dict[str, tuple[Callable[[ast.Term], ast.Term], Callable[[Leaf, Relation], None]]] = {
    "exp": (ast.Exp, _no_condition),
    "log": (ast.Log, _both_positive),
    "square": (lambda x: ast.Power(x, ast.Number(Fraction(2))), _larger_not_negative),
}


# --- what has a name -------------------------------------------------------------------------------


def _cite(leaf: Leaf, node: dict[str, Any]) -> Steps:
    """An instance of a named derivation is a hypothesis from here on, for any classes in place of new letters.

    Its letters stand for expressions; what its hypotheses say of these is visible, and so is that they are defined.
    """
    name, at = _text(node["cite"]), node["at"]
    if name not in leaf.lemmas:
        raise Refused(f"no derivation is called {name}, or it comes later")
    if not isinstance(at, dict) or not all(isinstance(each, str) for each in at.values()):
        raise Refused("expected an expression for each letter of what is cited")
    instance, letters = read_instance(leaf.lemmas[name].claim, at, leaf.letters, leaf.budget)
    aside, relation = leaf.about(TRIVIAL, letters), instance.relation
    _check_no_new_number(leaf, relation)
    _check_sides_defined(aside, relation, "what is cited")
    for h in instance.given:
        _check_visible(aside, h)
    new = sorted(index for index in letters.own - leaf.letters.own if not index.name.isdigit())
    every = tuple((index, ast.Range()) for index in new)
    yield "in", _given(leaf, replace(relation, every=every)), node.get("in")


def _check_visible(leaf: Leaf, h: Hypothesis) -> None:
    """A hypothesis of what is cited is seen to hold."""
    match h:
        case Relation(lhs, op, rhs, every):
            signs = leaf.signs
            for index, among in every:
                binder = ast.Sum(lhs, index, among)
                signs = signs.opened(binder)
            held = (
                not signs.undefined(lhs)
                and not signs.undefined(rhs)
                and signs.sign(ast.minus(lhs, rhs)) <= ast.SIGNS[op]
            )
        case SameClass(first, second, holds):
            a, b = leaf.scope.class_of(first), leaf.scope.class_of(second)
            held = a == b if holds else leaf.scope.differ(a, b)
        case Member(index, subset, holds):
            held = leaf.scope.members.get((subset, leaf.scope.class_of(index))) is holds
        case _:
            held = False
    if not held:
        raise Refused("a hypothesis of what is cited is not seen to hold")


# --- Taylor ----------------------------------------------------------------------------------------


def _taylor(leaf: Leaf, node: dict[str, Any]) -> Steps:
    """larger - smaller == h(b) - h(a) - (b - a) h'(a) - ..., m terms, and (t - a)^m h^(m)(t) has the sign between.

    For a new letter t; h is smooth for every t from a to b. Source: Taylor's theorem with Lagrange's remainder.
    """
    order = node["order"]
    if not isinstance(order, int) or isinstance(order, bool) or not 1 <= order <= 4:
        raise Refused("the order is 1, 2, 3 or 4")
    name = _text(node["taylor"])
    letters = leaf.letters.with_number(name)
    h = _read(replace(leaf, letters=letters), _text(node["of"]))
    start, end = (_read(leaf, _text(node[key])) for key in ("from", "to"))
    if any(isinstance(part, ast.Diff) and part.variable == ast.Scalar(name) for part in ast.inside(h)):
        raise Refused("the function is written without derivatives in its variable")
    _check_smooth_between(replace(leaf, letters=letters), ast.Scalar(name), h, start, end)
    _check_expansion(leaf, ast.Scalar(name), h, start, end, order)
    relation = leaf.question.relation
    derivative = h
    for _ in range(order):
        derivative = ast.Diff(derivative, ast.Scalar(name))
    power = ast.Power(ast.minus(ast.Scalar(name), start), ast.Number(Fraction(order)))
    remainder = ast.Times((power, derivative))
    strict = relation.op in ("<", ">")
    if strict and not leaf.signs.sign(ast.minus(end, start)) <= {-1, 1}:
        raise Refused("the two ends may be one")
    wanted = Relation(ZERO, "<" if strict else "<=", remainder)
    given = (*leaf.question.given, *_between(leaf, ast.Scalar(name), start, end, "<"))
    yield "by", replace(leaf, letters=letters, question=Question(wanted, given)), node.get("by")


def _between(leaf: Leaf, t: ast.Scalar, start: ast.Term, end: ast.Term, op: ast.Operator) -> tuple[Relation, ...]:
    """t is between a and b; where it is seen which of them is the larger, a op t and t op b, or b op t and t op a."""
    direction = leaf.signs.sign(ast.minus(end, start))
    if direction <= {0, 1}:
        return Relation(start, op, t), Relation(t, op, end)
    if direction <= {0, -1}:
        return Relation(end, op, t), Relation(t, op, start)
    return (Relation(ZERO, op, ast.Times((ast.minus(t, start), ast.minus(end, t)))),)


def _check_smooth_between(leaf: Leaf, t: ast.Scalar, h: ast.Term, start: ast.Term, end: ast.Term) -> None:
    """From a to b, both included, h has derivatives of every order."""
    for side in (start, end):
        problem = leaf.signs.undefined(side)
        if problem:
            raise Refused(f"an end that may not be defined: {problem}")
    given = (*leaf.question.given, *_between(leaf, t, start, end, "<="))
    problem = replace(leaf, question=Question(TRIVIAL, given)).signs.undefined(ast.Diff(h, t))
    if problem:
        raise Refused(f"a function that may not be smooth between the ends: {problem}")


def _check_expansion(leaf: Leaf, t: ast.Scalar, h: ast.Term, start: ast.Term, end: ast.Term, order: int) -> None:
    """The difference of the sides is h(b) less the Taylor polynomial of h at a."""
    if leaf.question.relation.op not in ("<", "<=", ">", ">="):
        raise Refused("Taylor's theorem is about an inequality")
    field = leaf.signs.field
    found = field.value(ast.replaced(h, t, end), leaf.at)
    step, derivative, factorial = ast.minus(end, start), h, 1
    for j in range(order):
        at_start = field.at_value(derivative, t, start, leaf.at)
        power = field.value(ast.Power(step, ast.Number(Fraction(j))), leaf.at)
        found = field.subtract(found, scaled(field.multiply(power, at_start), Fraction(1, factorial)))
        derivative, factorial = ast.Diff(derivative, t), factorial * (j + 1)
    if field.subtract(leaf.difference(), found).num:
        raise Refused("the sides are not seen to differ by the remainder")


Rule = Callable[[Leaf, dict[str, Any]], Steps]

RULES: dict[str, tuple[set[str], Rule]] = {
    "line": ({"line"}, _line),
    "absurd": ({"absurd"}, _absurd),
    "if": ({"if", "then", "else"}, _if),
    "let": ({"let", "of", "in"}, _let),
    "have": ({"have", "by", "in"}, _have),
    "chain": ({"chain"}, _chain),
    "compare": ({"compare", "in"}, _compare),
    "vanish": ({"vanish", "over", "in"}, _vanish),
    "cite": ({"cite", "at", "in"}, _cite),
    "taylor": ({"taylor", "of", "from", "to", "order", "by"}, _taylor),
}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused("expected a text")
    return value
