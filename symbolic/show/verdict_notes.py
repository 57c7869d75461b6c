"""What a reader may have meant otherwise: words under a verdict that is right.

    notes(claim, verdict, seconds) -> tuple of lines

- A new index in a hypothesis stands for every class, the free ones too: z[i] > z[k] says z[i] > z[i].
- A limit in a number is from both sides; a sum over k != j is one for each j; L == ... is no definition of L.
- A hypothesis such as p[i] >= 1/2 is about every class i where the claim names none.
- Under diff all names are independent: s[k] == q*x[k] is put in afterwards, and not differentiated through.
- K, N, C or M is a scalar; the number of classes is n. And p1 is a scalar, while p[1] is an entry.
- all(z[i] > z[k], k != i) with an i that the claim does not name says that each class is alone the largest.
- Where families are expected a letter without an index may have been read as a number: w in softmax(t*z + w).
- What is refuted may hold under a hypothesis that was taken for granted: lambda == 1, i != j, sum(y[k], k) == 1.

>>> from symbolic.language.parser import parse_claim
>>> from symbolic.language.claims import Proved
>>> for line in notes(parse_claim("limit(p[i], T, 0) == 1 given z[i] > z[k]"), Proved()): print(line)
`z[i] > z[k]` is about every class k, i too, so it says that `z[i] > z[i]`;
for the others alone write `all(z[i] > z[k], k != i)`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from time import monotonic

from sympy import Basic, Derivative, Expr, Integer, Symbol

from symbolic.deadline import OutOfTime, within
from symbolic.language.claims import Always, Claim, Proved, Refuted, Relation, Verdict, claim, parts
from symbolic.language.errors import SymbolicError
from symbolic.language.notation import (
    Binder,
    D,
    Entry,
    Except,
    Family,
    Limit,
    Maximum,
    Minimum,
    Partition,
    Probability,
    Sum,
    T,
    free,
    lam,
    n,
)
from symbolic.language.parser import parse_claim, parse_line
from symbolic.language.typeset import plain
from symbolic.search.decision import decide
from symbolic.search.form.restatements import each_alone

__all__ = ["notes"]

SIZES = {"C", "K", "M", "N"}  # what the number of classes is called elsewhere


def notes(said: Claim, verdict: Verdict, seconds: float = 1) -> tuple[str, ...]:
    """The notes on a claim; those that have to be decided are left out when the time has run out."""
    until = monotonic() + seconds
    found = [*said.remarks, *_sizes(said, verdict), *_numbered(said), *_held_fixed(said), *_each_alone(said)]
    found += [*_of_every_class(said), *_of_pairs(said, verdict), *_defining(said, verdict)]
    if seconds > 0:
        with suppress(OutOfTime), within(seconds):
            found += _decided(said, verdict, lambda: until - monotonic())
    return tuple(dict.fromkeys(found))


def _decided(said: Claim, verdict: Verdict, left: Callable[[], float]) -> Iterator[str]:
    """The notes for which other claims have to be decided."""
    with suppress(SymbolicError):  # what is changed may have no meaning
        yield from _about_every_class(said, left)
    if isinstance(verdict, Refuted):
        from symbolic.show.repairs import repaired  # nothing else needs it

        yield from _from_one_side(said, left)
        if repair := repaired(said, verdict, left()):
            yield str(repair)


def _sizes(said: Claim, verdict: Verdict) -> Iterator[str]:
    """Scalars that elsewhere are the number of classes, where the claim is not proved."""
    if isinstance(verdict, Proved):
        return
    for name in sorted({each.name for each in parts(said) if type(each) is Symbol and each.name in SIZES}):
        yield f"{name} is a scalar, any real number; the number of classes is n"


def _numbered(said: Claim) -> Iterator[str]:
    """Scalars that look like entries: p1, z2, and x1 beside x[i]."""
    known = {"p", "z", *(each.name for each in parts(said) if isinstance(each, Family))}
    for name in sorted({each.name for each in parts(said) if type(each) is Symbol}):
        family, number = name[0], name[1:]
        if family in known and number.isdigit():
            yield f"{name} is a scalar, any real number; the entry of {family} at class {number} is {family}[{number}]"


def _each_alone(said: Claim) -> Iterator[str]:
    """Hypotheses that were to say that one class is alone the largest, and say it of each."""
    for each in said.given:
        relation = each_alone(said, each)
        if relation is not None and isinstance(each, Always):
            largest = (relation.op == ">") is (relation.rhs.args[1] == each.bound)
            family, extreme = plain(relation.lhs.args[0]), "max" if largest else "min"
            alone = f"count({family}[k] == {extreme}({family}), k) == 1"
            yield (
                f"`{plain(each)}` is about every class, for the claim does not name it: there is one class alone; "
                f"that one class is alone {'the largest' if largest else 'the smallest'} is `{alone}`"
            )


# --- a new index ---------------------------------------------------------------------------------


def _about_every_class(said: Claim, left: Callable[[], float]) -> Iterator[str]:
    """Hypotheses that compare z[i] with z[k], k being new, and say something where k is i."""
    indices = _indices(said.lhs) | _indices(said.rhs)
    for each in said.given:
        if not isinstance(each, Relation):
            continue
        own = _indices(each.lhs) | _indices(each.rhs)
        for new in sorted(own - indices, key=str):
            for known in sorted(own & indices, key=str):
                if _share_a_family(each, new, known) and left() > 0:
                    yield from _with_the_others_alone(said, each, new, known, left())


def _indices(expr: Basic) -> set[Symbol]:
    return {each for each in free(expr) if isinstance(each, Symbol) and each.is_integer and each != n}


def _of_every_class(said: Claim) -> Iterator[str]:
    """Hypotheses such as p[i] >= 1/2 and z[i] == max(z), where the claim names no i: one class may have been meant."""
    known = _indices(said.lhs) | _indices(said.rhs)
    for each in said.given:
        if not isinstance(each, Relation) or 0 in (each.lhs, each.rhs):
            continue
        own, both = _indices(each.lhs) ^ _indices(each.rhs), _indices(each.lhs) & _indices(each.rhs)
        if len(own) == 1 and not (own & known or both) and any(map(_tells_classes_apart, (each.lhs, each.rhs))):
            (new,) = own
            yield (
                f"the claim names no class {new}, so `{plain(each)}` is about every class; that it holds for one is "
                f"`{plain(each)} for some {new}`"
            )


def _tells_classes_apart(side: Expr) -> bool:
    """Is this p[i], or what is largest? One seldom says it of every class, as one does of weights, q[k] <= 1."""
    return isinstance(side, (Probability, Maximum, Minimum))


def _of_pairs(said: Claim, verdict: Verdict) -> Iterator[str]:
    """Sums such as sum(p[k]*p[j], k != j) with a j that stands nowhere else, where the claim is not proved."""
    if isinstance(verdict, Proved):
        return
    for each in said.lhs.atoms(Sum) | said.rhs.atoms(Sum):
        for condition in each.conditions:
            other = condition.args[0]
            if not isinstance(condition, Except) or other not in _indices(each.body) or _spoken_of(said, other):
                continue
            if not any(_stands_outside(other, side, each) for side in (said.lhs, said.rhs)):
                yield (
                    f"`{other}` is one class, and `{plain(each)}` is over the others; over all pairs of classes it is "
                    f"`sum({plain(each)}, {other})`"
                )


def _stands_outside(index: Basic, expr: Basic, part: Basic) -> bool:
    """Is this index in the expression, and not in that part of it alone?"""
    return expr != part and (expr == index or any(_stands_outside(index, each, part) for each in expr.args))


def _spoken_of(said: Claim, index: Basic) -> bool:
    """Is this index in a hypothesis?"""
    given = replace(said, relation=Relation(Integer(0), "==", Integer(0)))
    return any(index in part.free_symbols for part in parts(given))


def _defining(said: Claim, verdict: Verdict) -> Iterator[str]:
    """An equation that defines a name, which is no claim."""
    name = said.lhs
    equation = isinstance(verdict, Refuted) and said.op == "==" and not said.rhs.is_number
    if equation and type(name) is Symbol and sum(part == name for part in parts(said)) == 1:
        yield f"`{plain(name)}` is any number here: what it stands for is said after where, as a definition"


def _from_one_side(said: Claim, left: Callable[[], float]) -> Iterator[str]:
    """Limits in a scalar at a number, that hold from the right, or from the left."""
    line = plain(said)
    for each in said.lhs.atoms(Limit) | said.rhs.atoms(Limit):
        text = plain(each)
        if each.written or each.args[1] in (lam, T) or each.args[2].is_infinite or text not in line:
            continue
        for side in ("right", "left"):
            one_sided = line.replace(text, f"{text[:-1]}, {side})")
            if left() > 0 and isinstance(decide(parse_claim(one_sided), left()), Proved):
                yield f"a limit in a number is from both sides; from the {side} it holds: `{one_sided}`"
                break


def _share_a_family(hypothesis: Relation, new: Symbol, known: Symbol) -> bool:
    entries = hypothesis.lhs.atoms(Entry, Probability) | hypothesis.rhs.atoms(Entry, Probability)
    families = [{each.args[0] for each in entries if at in each.args} for at in (new, known)]
    return bool(families[0] & families[1])


def _with_the_others_alone(
    said: Claim, hypothesis: Relation, new: Symbol, known: Symbol, seconds: float
) -> Iterator[str]:
    there = Relation(hypothesis.lhs.xreplace({new: known}), hypothesis.op, hypothesis.rhs.xreplace({new: known}))
    others = [each for each in said.given if each != hypothesis]
    demanded = decide(claim(there.lhs, there.op, there.rhs, others), seconds)
    if isinstance(demanded, Refuted):
        alone = Always(hypothesis, new, (Except(known),))
        yield (
            f"`{plain(hypothesis)}` is about every class {new}, {known} too, so it says that `{plain(there)}`; "
            f"for the others alone write `{plain(alone)}`"
        )


# --- held fixed ----------------------------------------------------------------------------------


def _held_fixed(said: Claim) -> Iterator[str]:
    """Equations that define what is differentiated through, or in: they hold afterwards only."""
    derivatives = [each for each in parts(said) if isinstance(each, Derivative)]
    for each in said.given:
        if not isinstance(each, Relation) or each.op != "==":
            continue
        for name, value in ((each.lhs, each.rhs), (each.rhs, each.lhs)):
            if _defines(said, name, value) and any(_goes_through(d, name, value) for d in derivatives):
                yield _fixed(said, each, name, value)
                break


def _defines(said: Claim, name: Expr, value: Expr) -> bool:
    """Whether `name == value` can be a definition: of a scalar, or of a family at every class, not by itself."""
    if isinstance(name, Entry):
        everywhere = isinstance(name.index, Symbol) and name.index not in _indices(said.lhs) | _indices(said.rhs)
        return everywhere and name.family not in value.free_symbols
    return isinstance(name, Symbol) and name not in value.free_symbols


def _moving(quantity: Expr) -> Basic:
    """What moves: the family of an entry; lambda, for T too."""
    return quantity.family if isinstance(quantity, Entry) else (lam if quantity == T else quantity)


def _goes_through(derivative: Derivative, name: Expr, value: Expr) -> bool:
    """Whether the name stands in what is differentiated, and its value depends on the variable."""
    variables = {_moving(each) for each in derivative.variables}
    depends = {lam if each == T else each for each in value.free_symbols}
    return _moving(name) in free(derivative.expr) and bool(variables & depends)


def _fixed(said: Claim, hypothesis: Relation, name: Expr, value: Expr) -> str:
    text = f"under diff `{plain(name)}` is held fixed: `{plain(hypothesis)}` is put in afterwards"
    rest = tuple(each for each in said.given if each != hypothesis)
    return f"{text}; to differentiate through it write `{_through(replace(said, given=rest, text=''), name, value)}`"


def _through(said: Claim, name: Expr, value: Expr) -> str:
    """The claim with a definition in the place of the hypothesis; z has no other, so there the value is put in."""
    given = f" given {', '.join(map(plain, said.given))}" if said.given else ""
    defined = f"{plain(replace(said, given=()))} where {plain(name)} = {plain(value)}{given}"
    with suppress(SymbolicError):
        parse_line(defined)
        return defined
    with suppress(SymbolicError):
        sides = [_put_in(side, name, value) for side in (said.lhs, said.rhs)]
        return plain(replace(said, relation=Relation(sides[0], said.op, sides[1])))
    return f"{plain(value)} in its place"


def _put_in(expr: Basic, name: Expr, value: Expr) -> Expr:
    """The expression with the value for the name, or, where its index is a letter, at every class."""

    def change(part: Basic) -> Basic:
        if isinstance(part, (Probability, Partition)) and isinstance(name, Entry) and name.family in part.free_symbols:
            return _put_in(part.definition(), name, value)
        if isinstance(part, Binder):
            return part.through(change)
        if isinstance(part, Derivative):
            return D(change(part.expr), *part.variable_count)
        if isinstance(part, Entry):
            same = isinstance(name, Entry) and part.family == name.family
            return value.xreplace({name.index: part.index}) if same else part
        if part == name or not part.args:
            return value if part == name else part
        return part.func(*map(change, part.args))

    return change(expr)
