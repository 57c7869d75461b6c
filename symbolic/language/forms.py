"""The words of the claim language: how each is used, what it takes, and what it makes.

A row says all there is to say about a word: the reader, the messages and the suggestions go by this table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import groupby
from typing import Any

from sympy import Abs, Basic, Eq, Expr, Ge, Gt, Le, Lt, Ne, Rational, Symbol, cosh, exp, log, sinh, tanh

from symbolic.language import notation as of
from symbolic.language import verbatim
from symbolic.language.claims import Always, Relation
from symbolic.language.errors import NotationError

__all__ = ["FORMS", "Form", "Shape", "is_function"]


class Shape(Enum):
    """What can stand in one place of a line; the value says it in words."""

    EXPRESSION = "an expression"
    EXTENDED = "an expression, oo or -oo"
    RELATION = "a relation such as z[k] == max(z)"
    INDEX = "an index or the number of a class"
    LETTER = "a bound index such as k"
    BINDER = "a bound index: k, or conditions on it: k != i, k in A or k not in A"
    FAMILY = "a family such as z"
    DISTRIBUTION = "a family: z, p or softmax(z)"
    VARIABLE = "a variable: an entry such as z[j], a scalar, lambda or T"
    SUBSET = "a subset such as A"
    SIDE = "right or left, the side from which the limit is taken"
    EXTREMISERS = "the classes where a family is extreme"
    HYPOTHESIS = "a hypothesis: a relation, i != j, i in A, A == argmax(z) or all(...)"


@dataclass(frozen=True)
class Form:
    """One use of a word: an example, the shapes of what it takes (the last again and again if `repeats`),
    what it makes of that, and the shape of the whole.

    `text` says it in other words, in the letters of the example (of a family, its entry at i). It is put in if nothing
    is made, and where an expression stands for a family.
    """

    usage: str
    takes: tuple[Shape, ...]
    make: Callable[..., Any] | None = None
    makes: Shape = Shape.EXPRESSION
    repeats: bool = False
    text: str = ""

    @property
    def word(self) -> str:
        return self.usage.partition("(")[0]

    def made(self, *arguments: Any) -> Any:
        """What the core makes of these arguments."""
        if self.make is None:
            raise NotationError(f"`{self.word}` stands for {self.text}")
        return self.make(*arguments)

    @property
    def letters(self) -> list[str]:
        """The letters of the example."""
        return re.findall(r"\w+", self.usage.partition("(")[2])

    @property
    def takes_classes(self) -> bool:
        """Does it bind an index?"""
        return Shape.BINDER in self.takes or Shape.LETTER in self.takes

    def shapes(self, count: int) -> tuple[Shape, ...]:
        """The shapes of `count` arguments; empty if it does not take so many."""
        extra = count - len(self.takes)
        return self.takes + self.takes[-1:] * extra if extra == 0 or (self.repeats and extra > 0) else ()


Range = tuple[Any, ...]  # a bound index and the condition on it, if there is one


def _over(binder: Callable[..., Expr]) -> Callable[..., Expr]:
    return lambda body, *ranges: binder(body, ranges[0][0], *_conditions(ranges))


def _sum(body: Expr, bound: Symbol, *conditions: Basic) -> Expr:
    """A sum as it is said: sum(0, k != m), too, has the letter m, of which hypotheses may speak."""
    return of.Binder.__new__(of.Sum, body, bound, *conditions) if conditions else of.Sum(body, bound)


def _conditions(ranges: tuple[Range, ...]) -> tuple[Basic, ...]:
    return tuple(each for _, *conditions in ranges for each in conditions)


def _square_root(argument: Expr) -> Expr:
    return verbatim.power(argument, Rational(1, 2))


def _count(relation: Relation, *ranges: Range) -> Expr:
    kinds = {"==": Eq, "!=": Ne, "<": Lt, "<=": Le, ">": Gt, ">=": Ge}
    holds = kinds[relation.op](relation.lhs, relation.rhs, evaluate=False)
    return of.Count(holds, ranges[0][0], *_conditions(ranges))


def _delta(first: Expr, second: Expr) -> Expr:
    """delta(i, i) stays, for a hypothesis may be about i."""
    return of.Delta(of.index(first), of.index(second), evaluate=first != second)


def _always(relation: Relation, *ranges: Range) -> Always:
    return Always(relation, ranges[0][0], _conditions(ranges))


E, OVER, FAMILY, EITHER = Shape.EXPRESSION, Shape.BINDER, Shape.FAMILY, Shape.DISTRIBUTION
POINT, RELATION, INDEX = Shape.EXTENDED, Shape.RELATION, Shape.INDEX

_ROWS = (
    Form("exp(e)", (E,), partial(verbatim.apply, exp)),
    Form("log(e)", (E,), partial(verbatim.apply, log)),
    Form("tanh(e)", (E,), partial(verbatim.apply, tanh)),
    Form("sinh(e)", (E,), partial(verbatim.apply, sinh)),
    Form("cosh(e)", (E,), partial(verbatim.apply, cosh)),
    Form("abs(e)", (E,), partial(verbatim.apply, Abs)),
    Form("sqrt(e)", (E,), _square_root),
    Form("sigmoid(x)", (E,), text="1/(1 + exp(-x))"),
    Form("softplus(x)", (E,), text="log(1 + exp(x))"),
    Form("logit(x)", (E,), text="log(x/(1 - x))"),
    Form("relu(x)", (E,), text="(x + abs(x))/2"),
    Form("xlogy(x, c)", (E, E), text="x*log(c)"),
    Form("sum(e, k)", (E, OVER), _over(_sum), repeats=True),
    Form("sum(z)", (EITHER,), text="sum(z[k], k)"),
    Form("prod(e, k)", (E, OVER), _over(of.Product), repeats=True),
    Form("prod(z)", (EITHER,), text="prod(z[k], k)"),
    Form("max(e, k)", (E, OVER), _over(of.Maximum), repeats=True),
    Form("max(z)", (EITHER,), of.Maximum.of, text="max(z[k], k)"),
    Form("max(x, 0)", (E, E), repeats=True, text="(x + y + abs(x - y))/2"),
    Form("min(e, k)", (E, OVER), _over(of.Minimum), repeats=True),
    Form("min(z)", (EITHER,), of.Minimum.of, text="min(z[k], k)"),
    Form("min(x, 0)", (E, E), repeats=True, text="(x + y - abs(x - y))/2"),
    Form("mean(e, k)", (E, Shape.LETTER), of.Mean),
    Form("mean(z)", (EITHER,), text="mean(z[k], k)"),
    Form("var(e, k)", (E, Shape.LETTER), of.Variance),
    Form("var(z)", (EITHER,), text="var(z[k], k)"),
    Form("count(z[k] == max(z), k)", (RELATION, OVER), _count, repeats=True),
    Form("delta(i, j)", (INDEX, INDEX), _delta),
    Form("softmax(z)", (FAMILY,), of.Softmax, Shape.DISTRIBUTION, text="exp(z[i])/sum(exp(z[k]), k)"),
    Form("softmax(z, c)", (FAMILY, E), of.Softmax, Shape.DISTRIBUTION, text="exp(c*z[i])/sum(exp(c*z[k]), k)"),
    Form("log_softmax(z)", (FAMILY,), makes=Shape.DISTRIBUTION, text="log(softmax(z)[i])"),
    Form("log_softmax(z, c)", (FAMILY, E), makes=Shape.DISTRIBUTION, text="log(softmax(z, c)[i])"),
    Form("logsumexp(z)", (FAMILY,), of.LogSumExp, text="log(sum(exp(z[k]), k))"),
    Form("cross_entropy(y, q)", (EITHER, EITHER), text="-sum(y[k]*log(q[k]), k)"),
    Form("entropy(p)", (EITHER,), of.Entropy, text="-sum(p[k]*log(p[k]), k)"),
    Form("kl(p, q)", (EITHER, EITHER), of.Divergence, text="sum(p[k]*log(p[k]/q[k]), k)"),
    Form("size(A)", (Shape.SUBSET,), of.Size),
    Form("diff(e, z[j])", (E, Shape.VARIABLE), of.D, repeats=True),
    Form("limit(e, T, 0)", (E, Shape.VARIABLE, POINT), of.Limit),
    Form("limit(e, x, 0, right)", (E, Shape.VARIABLE, POINT, Shape.SIDE), text="limit(f, t, oo), x = 1/t"),
    Form("all(z[i] > z[k], k != i)", (RELATION, OVER), _always, Shape.HYPOTHESIS, True),
    Form("argmax(z)", (FAMILY,), lambda family: (family, True), Shape.EXTREMISERS),
    Form("argmin(z)", (FAMILY,), lambda family: (family, False), Shape.EXTREMISERS),
)

FORMS = {word: tuple(rows) for word, rows in groupby(_ROWS, key=lambda row: row.word)}


def is_function(word: str) -> bool:
    """Is this a function of one number?

    >>> is_function("sigmoid"), is_function("softmax")
    (True, False)
    """
    return any(form.takes == (E,) for form in FORMS.get(word, ()))
