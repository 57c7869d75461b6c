"""What inequalities about softmax are made of: expressions that are visibly not negative, in the words of a claim.

    Words.of(claim)     what the claim speaks of: distributions, values, indices, subsets, extremes
    pieces(words)       the texts of expressions that have a sign by their form
    factors(words)      the texts of quantities of one sign that such a piece is multiplied with

A table of shapes, filled with the claim's own words. A row that is never right costs time and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from sympy import Basic, Pow, Symbol, exp, log, tanh

from symbolic.language import notation as of
from symbolic.language.claims import Claim, Relation, parts
from symbolic.language.names import unused
from symbolic.language.typeset import CONDITIONS, plain
from symbolic.search.texts import bare

__all__ = ["Body", "Words", "factors", "nothing", "pieces"]

NEGATED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
HOLE = of.class_named("hole0")


class Body(str):
    """An expression with a hole for a class: `{f:k}` in a shape is the body f at the class k."""

    def at(self, index: str) -> str:
        return self.replace(HOLE.name, index)

    def family(self) -> str:
        """The family that this is the entry of, or nothing."""
        name = self.removesuffix(f"[{HOLE.name}]")
        return "" if HOLE.name in name or name == self else name

    def share(self, rate: str, index: str, letter: str) -> str:
        """The softmax of this, rate "" for 1, at a class: by its name if it is a family's."""
        if self.family():
            return f"softmax({', '.join(filter(None, (self.family(), rate)))})[{index}]"
        by = f"{rate}*" if rate else ""
        return f"exp({by}{self.at(index)})/sum(exp({by}{self.at(letter)}), {letter})"

    @classmethod
    def at_hole(cls, expr: Basic) -> Body:
        return cls(_bracketed(expr))


def _bracketed(expr: Basic) -> str:
    return f"({plain(expr)})" if expr.is_Add else plain(expr)


@dataclass(frozen=True)
class Words:
    """What a claim speaks of, as text."""

    distributions: tuple[Body, ...]  # p[.], softmax(w)[.]: positive, with sum 1
    values: tuple[Body, ...]  # z[.], v[.] + w[.]: any numbers
    rates: tuple[tuple[Body, str], ...]  # (z[.], lambda): the exponents that the claim takes
    indices: tuple[str, ...]
    subsets: tuple[str, ...]
    totals: tuple[str, ...]  # Z, and other sums that are positive
    numbers: tuple[str, ...]  # scalars and other quantities without a class
    counts: tuple[str, ...]  # of the classes that a count of the claim leaves out
    spreads: tuple[str, ...]  # the sums of what is more than the least of a part, or less than the largest
    positive: tuple[str, ...]  # what is visibly positive, and stands below a line or under a logarithm
    letters: tuple[str, str, str]  # letters for bound indices that the claim does not use
    vanishing: tuple[Body, ...] = ()  # the distributions that may be 0 at some class
    uniform: tuple[Body, ...] = ()  # 1/n, where the claim speaks of n

    @classmethod
    def of(cls, claim: Claim, named: Iterable[str] = ()) -> Words:
        return _Reading(claim).words(tuple(named))


class _Reading:
    def __init__(self, claim: Claim) -> None:
        self.all = set(parts(claim))
        self.claim = claim
        self.free = of.free(claim.lhs) | of.free(claim.rhs)

    def words(self, named: tuple[str, ...]) -> Words:
        softmaxes = self.softmaxes()
        values = self.values()
        used = {each.name for each in self.all if isinstance(each, Symbol) and not each.is_integer}
        used |= {each.name for each in self.free if isinstance(each, Symbol)} | set(named)
        first, second, third = islice(unused("klmrsuvq", used), 3)
        return Words(
            tuple(Body.at_hole(each[HOLE]) for each in softmaxes)
            + self.exponentials(softmaxes)
            + self.positive_families(),
            values,
            tuple((Body.at_hole(each.family[HOLE]), _bracketed(each.scale)) for each in softmaxes)
            + tuple((Body.at_hole(each.opened(HOLE).args[0]), "1") for each in self.written_out(softmaxes)),
            self.indices() + named,
            tuple(sorted(each.name for each in self.all if isinstance(each, of.Subset))),
            tuple(dict.fromkeys(self.totals(softmaxes))),
            self.numbers(),
            tuple(self.counts(named)),
            tuple(self.spreads()),
            tuple(dict.fromkeys(self.positives())),
            (first, second, third),
            self.vanishing(),
            (Body("(1/n)"),) if of.n in self.all else (),
        )

    def softmaxes(self) -> list[of.Softmax]:
        found = {each for each in self.all if isinstance(each, of.Softmax)}
        found |= {of.Softmax(each.args[0]) for each in self.all if isinstance(each, of.LogSumExp)}
        names = {each for expr in self.all for each in of.free(expr)} if not found else set()
        if of.lam in names or of.Z in self.all or any(isinstance(each, of.UnderP) for each in self.all):
            found.add(of.p)
        return sorted(found, key=plain)

    def distributions(self, softmaxes: list[of.Softmax]) -> tuple[Body, ...]:
        named = tuple(Body.at_hole(each[HOLE]) for each in softmaxes)
        return named + self.exponentials(softmaxes) + self.positive_families()

    def written_out(self, softmaxes: list[of.Softmax]) -> list[of.Sum]:
        """The sums of exponentials that are the partition function of no family of the claim."""
        known = {of.Partition(*each.args).definition() for each in softmaxes}
        sums = {each for each in self.all if isinstance(each, of.Sum) and isinstance(each.body, exp)}
        sums = {each for each in sums - known if not each.conditions and each.bound in each.body.free_symbols}
        return sorted((each for each in sums if not _inner(each)), key=plain)

    def exponentials(self, softmaxes: list[of.Softmax]) -> tuple[Body, ...]:
        """The softmax of an expression, where the claim has its partition function written out."""
        return tuple(map(_share, self.written_out(softmaxes)))

    def positive_families(self, *ops: str) -> tuple[Body, ...]:
        """The families that a hypothesis calls positive, or not negative, at every class."""
        return tuple(
            Body.at_hole(each.lhs.family[HOLE])
            for each in self.claim.given
            if isinstance(each, Relation) and each.op in (ops or (">", ">=")) and each.rhs == 0
            and isinstance(each.lhs, of.Entry) and each.lhs.index not in self.free
        )  # fmt: skip

    def vanishing(self) -> tuple[Body, ...]:
        positive = self.positive_families(">")
        return tuple(each for each in self.positive_families(">=") if each not in positive)

    def values(self) -> tuple[Body, ...]:
        """The families, and what means and extremes are taken of."""
        families = [each[HOLE] for each in self.all if isinstance(each, of.Family)]
        binders = (of.Maximum, of.Mean, of.Variance)
        bodies = [each.opened(HOLE) for each in self.all if isinstance(each, binders)]
        simple = [each for each in bodies if not any(isinstance(part, of.Binder) for part in each.atoms(of.Binder))]
        found = sorted({*families, *simple}, key=lambda each: (len(plain(each)), plain(each)))
        return tuple(Body.at_hole(each) for each in found)[:5]

    def indices(self) -> tuple[str, ...]:
        names = {each for each in self.free if each.is_Symbol and each.is_integer and each != of.n}
        numbers = {at for each in self.all for at in each.args if isinstance(each, (of.Entry, of.Probability))}
        return tuple(sorted({plain(each) for each in names} | {plain(at) for at in numbers if at.is_Integer}))[:3]

    def totals(self, softmaxes: list[of.Softmax]) -> Iterator[str]:
        for each in softmaxes:
            whole = of.Partition(*each.args)
            yield plain(whole if whole == of.Z else whole.definition())
        for each in self.all:
            if isinstance(each, of.Sum) and isinstance(each.body, (exp, of.Probability, Pow)):
                yield plain(each)

    def numbers(self) -> tuple[str, ...]:
        plain_ones = {each for each in self.free if type(each) is Symbol and not each.is_integer}
        means = {each for each in self.all if isinstance(each, of.Mean)}
        return tuple(sorted(_bracketed(each) for each in plain_ones | means))[:4]

    def counts(self, named: tuple[str, ...]) -> Iterator[str]:
        for each in self.all:
            if isinstance(each, of.Count) and not _inner(each):
                bound, body, conditions = each.named()
                lhs, op, rhs = plain(body.lhs), body.rel_op, plain(body.rhs)
                where = [f"{bound} {CONDITIONS[type(at)]} {at.args[0]}" for at in conditions]
                yield f"count({lhs} {NEGATED[op]} {rhs}, {', '.join(where) or bound})"
                for at in (*self.indices(), *named):
                    yield f"count({lhs} {op} {rhs}, {', '.join([*where, f'{bound} != {at}'])})"

    def spreads(self) -> Iterator[str]:
        for each in self.all:
            if isinstance(each, of.Maximum) and each.conditions and not _inner(each):
                bound, body, conditions = each.named()
                where = ", ".join(f"{bound} {CONDITIONS[type(at)]} {at.args[0]}" for at in conditions)
                high, low = (body, each) if isinstance(each, of.Minimum) else (each, body)
                yield f"sum({plain(high)} - {_bracketed(low)}, {where})"
                for s in ("", "lambda*"):
                    yield f"sum(exp({s}{_bracketed(high)}) - exp({s}{_bracketed(low)}), {where})"

    def positives(self) -> Iterator[str]:
        for each in sorted(self.all, key=lambda part: len(str(part))):
            if _inner(each):
                continue
            if isinstance(each, Pow) and not each.base.is_Number and not each.base.is_Symbol:
                yield plain(each.base)
            if isinstance(each, exp):
                yield from (plain(each), f"1 + {plain(each)}")
            if isinstance(each, log):
                yield plain(each.args[0])
            if isinstance(each, tanh):
                yield from (f"exp(2*{_bracketed(each.args[0])})", f"1 + exp(2*{_bracketed(each.args[0])})")


def _share(total: of.Sum) -> Body:
    """exp(c z[.])/sum(exp(c z[k]), k), by its name where it has one."""
    inside = total.opened(HOLE)
    (exponent,) = inside.args
    rate, entry = exponent.as_independent(HOLE, as_Add=False)
    if isinstance(entry, of.Entry) and entry == entry.family[HOLE]:
        return Body.at_hole(of.Softmax(entry.family, rate)[HOLE])
    return Body(f"({plain(inside)}/{plain(total)})")


def _inner(expr: Basic) -> bool:
    """Does it speak of a bound index?"""
    return any(isinstance(each, of.BoundIndex) for each in expr.free_symbols)


# --- the table -------------------------------------------------------------------------------------

# at one class, with k for it: f a value, q and r distributions, (e, s) a value and its rate
AT_CLASS = (
    "1",
    "{q:k}",
    "{f:k}",
    "{f:k}^2",
    "{q:k}^2",
    "{q:k}*{r:k}",
    "({q:k} - {q:i})",
    "(exp(-{s}*{c}) - exp({s}*({e:k} - {e:i})))",
    "abs({f:k})",
    "({f:i} - {f:k})",
    "({f:k} - {f:i})",
    "({max f} - {f:k})",
    "({f:k} - {min f})",
    "({max f} - {f:k})*({f:k} - {min f})",
    "(abs({f:k}) - {f:k})",
    "(abs({f:k}) + {f:k})",
    "({f:k} - {min f})*(({max f} - {min f}) + ({max f} - {f:k}))",
    "(1 - exp({s}*({e:k} - {max e})))",
    "(exp({s}*{max e}) - exp({s}*{e:k}))",
    "(exp({s}*{e:k}) - exp({s}*{min e}))",
    "{q:k}*sum({q:l}, {l} != {k})",
    "(exp({s}*({e:k} - {min e})) - 1)",
    "(1 - exp({s}*({e:k} - {e:i})))",
    "(exp({s}*({e:k} - {e:i})) - 1)",
    "(exp({s}*{e:k}) - exp({s}*{e:i}))",
    "(exp({s}*{e:i}) - exp({s}*{e:k}))",
    "(exp({s}*{e:k}) - exp({s}*{max e}))",
    "(exp({s}*({max e} - {c})) - exp({s}*{e:k}))",
    "(1 - {q:k}/{q:i})",
    "({q:k}/{q:i} - 1)",
    "({c} - {f:k})",
    "({f:k} - {c})",
    "({max q} - {q:k})",
    "({q:k} - {min q})",
    "(log({max q}) - log({q:k}))",
    "(log({q:k}) - log({min q}))",
    "({q:k} - 1/n)^2",
    "({q:k} - 1 - log({q:k}))",
    "({r:k}/{q:k} - 1 - log({r:k}/{q:k}))",
    "(1/(n*{q:k}) - 1 - log(1/(n*{q:k})))",
    "(n*{q:k} - 1 - log(n*{q:k}))",
    "({q:k}/{max q} - 1 - log({q:k}/{max q}))",
    "(1/(e*{q:k}) - 1 - log(1/(e*{q:k})))",
    "({q:k}/sum({q:l}^2, {l}) - 1 - log({q:k}/sum({q:l}^2, {l})))",
    "({r:k}*sum({q:l}, {l})/({q:k}*sum({r:l}, {l})) - 1 - log({r:k}*sum({q:l}, {l})/({q:k}*sum({r:l}, {l}))))",
    "(exp({f:k} - {c}) - 1 - ({f:k} - {c}))",
    "(exp({s}*{e:i}) - exp({s}*({e:k} - {max e} + {min e})))",
    "(exp({s}*({e:k} + {max e} - {min e})) - exp({s}*{e:i}))",
)

# sums over pairs of classes
PAIRS = (
    "sum(sum(({f:k} - {f:l})^2, {l}), {k})/2",
    "sum(sum({q:k}*{q:l}*({f:k} - {f:l})^2, {l}), {k})/2",
    "sum(sum({q:k}*{q:l}*({q:k} - {q:l})^2, {l}), {k})/2",
    "sum(sum({q:k}*{q:l}*({f:k} - {f:l} - {g:k} + {g:l})^2, {l}), {k})/2",
    "sum(sum(({f:k}*{g:l} - {f:l}*{g:k})^2, {l}), {k})/2",
    "sum(sum(({f:k} - {f:l})^2/({f:k}*{f:l}), {l}), {k})/2",
    "sum(sum((exp({f:k} - {f:l}) + exp({f:l} - {f:k}) - 2), {l}), {k})/2",
    "sum(sum((exp({f:k}) - exp({f:l}))^2/(exp({f:k})*exp({f:l})), {l}), {k})/2",
    "sum(sum(({q:k} - {q:l})*({f:k} - {f:l}), {l}), {k})/2",
    "sum(sum(({e:k} - {e:l})*(exp({s}*{e:k}) - exp({s}*{e:l})), {l}), {k})/2",
    "sum(sum(({e:k} - {e:l} - {f:k} + {f:l})*(exp({e:k} + {f:l}) - exp({e:l} + {f:k})), {l}), {k})/2",
    "sum(sum({q:k}*{q:l}, {l} != {k}), {k})",
    "sum(sum({q:k}*{r:l}, {l} != {k}), {k})",
    "sum({q:k}*sum({q:l}, {l} != {i}, {l} != {k}), {k} != {i})",
    "sum(sum({q:k}*{q:l}*({q:k} + {q:l})/2, {l} != {k}), {k})",
    "sum({q:k}*(1 - {q:k}), {k})",
    "sum(sum(1, {l} in {A}, {l} != {k}), {k} in {A})",
    "sum(sum({q:k}*{q:l}*({q:k} - {q:l})*({f:k} - {f:l}), {l}), {k})/2",
    "sum(sum({q:k}*{q:l}*(exp({f:k}) - exp({f:l}))*({f:k} - {f:l}), {l}), {k})/2",
    "sum(sum({q:k} - {q:l}, {l} not in {A}), {k} in {A})",
    "sum(sum({q:k}*{q:l}*({f:k} - {f:l}), {l} not in {A}), {k} in {A})",
    "sum(sum({q:k}*{q:l}*({max f} - {min f} - {f:k} + {f:l}), {l} not in {A}), {k} in {A})",
    "sum(sum({q:k}*{q:l}*({max f} - {min f} + {f:k} - {f:l}), {l} not in {A}), {k} in {A})",
)

# without a bound class; what has a semicolon is two summands, each of which is visibly not negative;
# i, j are indices of the claim, c, d numbers of it, u what is positive
WHOLE = (
    "{q:i}",
    "({q:i} - {q:j})",
    "({f:i} - {f:j})",
    "({q:i} - {q:j})*({f:i} - {f:j})",
    "(exp({s}*{e:i}) - exp({s}*{e:j}))",
    "(exp({s}*{e:i}) - exp({s}*{e:j}))*({e:i} - {e:j})",
    "({q:i} - {q:j})^2",
    "({q:i} - 1/2)^2",
    "(sum({q:k}, {k} in {A}) - 1/2)^2",
    "({max f} - {min f})*({q:i} - 1/2)^2",
    "({max f} - {min f})*(sum({q:k}, {k} in {A}) - 1/2)^2",
    "({q:i} - {q:j})*sum({q:k}, {k} != {i}, {k} != {j})",
    "{q:i}*sum({q:k}*({max f} - {min f} - {f:i} + {f:k}), {k} != {i})",
    "{q:i}*sum({q:k}*({max f} - {min f} + {f:i} - {f:k}), {k} != {i})",
    "{q:i}*sum({q:k}*({f:i} - {f:k}), {k})",
    "{q:i}*sum({q:k}*({f:k} - {f:i}), {k})",
    "sum({q:k}, {k} in {A}, {k} not in {B})*sum({q:k}, {k} in {B}, {k} not in {A})",
    "({max f} - {f:i})",
    "({f:i} - {min f})",
    "({max f} - {min f})",
    "(({f:i} + {g:j}) - {max f} - {max g})",
    "(({max f} + {min f})/2 - sum({q:k}*{f:k}, {k}))^2",
    "(sum({q:k}*{f:k}, {k}) - {c})^2",
    "(sum({q:k}*{f:k}, {k}) - {f:i})^2",
    "({max f} - sum({q:k}*{f:k}, {k}))^2",
    "(sum({q:k}*{f:k}, {k}) - {min f})^2",
    "sum(exp({s}*{e:k}), {k} != {i})",
    "sum(exp({s}*({e:k} - {e:i})), {k} != {i})",
    "sum(exp({s}*({e:k} - {e:i})), {k})",
    "({c} - {d})^2",
    "({c} - 1)^2",
    "({c} - 1)",
    "{c}",
    "{c}^2",
    "({c} - 1 - log({c}))",
    "(exp({c}) - 1 - {c})",
    "(exp({c}) - 1)",
    "1/(1 + exp({c}))",
    "(abs({c}) - {c})",
    "(abs({c}) + {c})",
    "(abs({f:i}) - {f:i})",
    "(max(abs({f:k}), {k}) - abs({f:i})) ; (abs({f:i}) - {f:i})",
    "(max(abs({f:k}), {k}) - abs({f:i})) ; (abs({f:i}) + {f:i})",
    "({q:i} - 1 - log({q:i}))",
    "{q:i}*(1/(e*{q:i}) - 1 - log(1/(e*{q:i})))",
    "({u} - 1 - log({u}))",
    "(1/({u}) - 1 - log(1/({u})))",
    "log({u})",
    "(sum(exp({s}*({e:k} - {max e})), {k})/n - 1 - log(sum(exp({s}*({e:k} - {max e})), {k})/n))",
    "sum({q:k}, {k} != {i}, {k} != {j})*(1 + {q:i} + {q:j})",
    "sum({q:k}, {k} != {i})^2/{q:i}",
    "sum({q:k}, {k} != {i}) ; ({q:i} - 1 - log({q:i}))",
    "log(1 + exp(-{c}))",
    "prod({q:k}, {k})",
    "{q:i}*sum({r:k}, {k} != {i})",
    "(({q:i} + {q:j} + {q:h})*(({q:i} - {q:j})^2 + ({q:j} - {q:h})^2 + ({q:h} - {q:i})^2)/2"
    " + 3*({q:i}*({q:j} - {q:h})^2 + {q:j}*({q:h} - {q:i})^2 + {q:h}*({q:i} - {q:j})^2))",
    "sum({q:k}, {k} != {i}, {k} != {j}, {k} != {h})*(1 + ({q:i} + {q:j} + {q:h}) + ({q:i} + {q:j} + {q:h})^2)",
    "(n - 1)",
    "(n - 2)",
    "1",
)

# 0 where A are the classes at which an extreme is attained
NOTHING = tuple(
    f"sum({each}, {{k}} in {{A}})"
    for word in ("max", "min")
    for each in (
        f"{{f:k}} - {{{word} f}}",
        f"{{q:k}}*({{f:k}} - {{{word} f}})",
        f"{{q:k}}*({{f:k}} - {{{word} f}})^2",
        f"exp({{s}}*{{e:k}}) - exp({{s}}*{{{word} e}})",
    )
)

RANGES = ("{k}", "{k} != {i}", "{k} != {i}, {k} != {j}", "{k} in {A}", "{k} not in {A}", "{k} in {A}, {k} != {i}",
          "{k} not in {A}, {k} != {i}")  # fmt: skip

FACTORS = ("lambda", "n", "{t}", "{q:i}", "exp({s}*{e:i})", "exp({s}*{max e})", "exp({s}*{min e})", "{u}", "{c}",
           "(1 + {q:i})", "exp({c})", "(1 + exp({c}))")  # fmt: skip


def pieces(words: Words) -> list[str]:
    """The texts of the pieces, the shorter ones first."""
    found = dict.fromkeys(_summed(words))
    found.update(dict.fromkeys((*words.counts, *words.spreads)))
    for shape in (*PAIRS, *WHOLE):
        found.update(dict.fromkeys(_filled(shape, words)))
    return sorted(found, key=len)


def nothing(words: Words) -> list[str]:
    """The texts of what is 0 by a hypothesis A == argmax(z)."""
    return sorted(dict.fromkeys(each for shape in NOTHING for each in _filled(shape, words)), key=len)


def factors(words: Words) -> list[str]:
    """The texts of what a piece may be multiplied with, or divided by."""
    return sorted(dict.fromkeys(each for shape in FACTORS for each in _filled(shape, words)), key=len)


def _summed(words: Words) -> Iterator[str]:
    """Sums of what has a sign at each class, weighted or not, over all classes or a part."""
    filled = [each for shape in RANGES for each in _filled(shape, words)]
    ranges = {frozenset(each.split(", ")): each for each in reversed(filled)}.values()
    weights = ["", *(f"{each.at(words.letters[0])}*" for each in words.distributions)]
    for shape in AT_CLASS:
        for body in _filled(shape, words):
            alone = shape in ("1", "{q:k}")
            for weight, where in product([""] if alone else weights, ranges):
                yield f"sum({bare(body) if not weight else weight + body}, {where})"


FIELD = re.compile(r"\{(?:(max|min) )?(\w)(?::(\w))?\}")


def _filled(shape: str, words: Words) -> Iterator[str]:
    """A shape with the words of the claim in place of its fields."""
    wanted = {name for _, *names in FIELD.findall(shape) for name in names if name and name not in "kls"}
    fields = sorted(wanted)
    for chosen in product(*(_choices(each, words) for each in fields)):
        given: dict[str, Any] = dict(zip(fields, chosen, strict=True))
        if not any(a in given and given[a] == given.get(b) for a, b in ("ij", "ih", "jh", "fg", "qr", "cd", "AB")):
            yield _Filling(given, words.letters).fill(shape)


def _choices(field: str, words: Words) -> Sequence[Any]:
    match field:
        case "f" | "g":
            return words.values
        case "q" | "r":
            return words.distributions
        case "h" | "i" | "j":
            return words.indices
        case "A" | "B":
            return words.subsets
        case "c" | "d":
            return words.numbers
        case "u":
            return words.positive
        case "t":
            return words.totals
    return words.rates


class _Filling:
    """What stands for each field of a shape."""

    def __init__(self, given: dict[str, Any], letters: tuple[str, str, str]) -> None:
        self.given = {**given, **dict(zip("kl", letters, strict=False))}
        if "e" in given:
            self.given["e"], self.given["s"] = given["e"]
        self.third = letters[2]

    def fill(self, shape: str) -> str:
        return FIELD.sub(self.field, shape).replace("(1*(", "((")

    def field(self, found: re.Match[str]) -> str:
        extreme, name, at = found.groups()
        word = self.given[name]
        if extreme:
            return f"{extreme}({word.family()})" if word.family() else f"{extreme}({word.at(self.third)}, {self.third})"
        return str(word.at(self.given[at])) if at else str(word)
