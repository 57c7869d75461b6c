"""Words that other words define, in Python: what is made is what they stand for, as a line of text does.

>>> from symbolic import verify
>>> from symbolic.language.notation import c
>>> verify(sigmoid(c) + sigmoid(-c) < 2).proved
True
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Expr, Integer, Symbol, log

from symbolic.language import verbatim
from symbolic.language.errors import NotationError
from symbolic.language.forms import FORMS
from symbolic.language.notation import Family, Softmax, Sum, family_of, k

__all__ = ["cross_entropy", "log_softmax", "logit", "relu", "sigmoid", "softplus"]


def sigmoid(x: Expr | int) -> Expr:
    r"""The logistic function $1/(1 + e^{-x})$ of a real number.

    >>> from symbolic.language.notation import c
    >>> sigmoid(c)
    1/(1 + exp(-c))
    """
    return _of_number("sigmoid", x)


def softplus(x: Expr | int) -> Expr:
    r"""$\log(1 + e^x)$ of a real number; its derivative is the logistic function.

    >>> from symbolic.language.notation import c
    >>> softplus(2*c)
    log(exp(2*c) + 1)
    """
    return _of_number("softplus", x)


def logit(x: Expr | int) -> Expr:
    r"""$\log(x/(1 - x))$ of a number between 0 and 1: the inverse of the logistic function.

    >>> from symbolic.language.notation import i, p
    >>> logit(p[i])
    log(p[i]/(1 - p[i]))
    """
    return _of_number("logit", x)


def relu(x: Expr | int) -> Expr:
    r"""The larger of a number and 0, $(x + |x|)/2$.

    >>> from symbolic.language.notation import i, z
    >>> relu(z[i])
    (z[i] + Abs(z[i]))/2
    """
    return _of_number("relu", x)


def cross_entropy(labels: Any, of: Any) -> Expr:
    r"""$-\sum_k y_k \log q_k$, for labels y and shares q, which are families.

    >>> from symbolic.language.notation import p, y
    >>> cross_entropy(y, p)
    -Sum(y[k]*log(p[k]), k)
    """
    return -Sum(family_of(labels)[k] * log(family_of(of)[k]), k)


@dataclass(frozen=True)
class _LogSoftmax:
    family: Family
    scale: Any

    def __getitem__(self, index: Any) -> Expr:
        return log(Softmax(self.family, self.scale)[index])


def log_softmax(family: Family, scale: Any = 1) -> _LogSoftmax:
    r"""The family $\log \operatorname{softmax}(c w)_i$; c is 1 if it is not given.

    >>> from symbolic.language.notation import i, z
    >>> log_softmax(z)[i]
    log(softmax(z)[i])
    """
    softmax = Softmax(family, scale)
    return _LogSoftmax(softmax.family, softmax.scale)


def _of_number(word: str, x: Any) -> Expr:
    """What the word stands for, at x."""
    from symbolic.language.parser import parse_expression

    number = Integer(x) if isinstance(x, int) else x
    if not isinstance(number, Expr):
        raise NotationError(f"{word} takes a number, not {x!r}")
    return verbatim.rename(parse_expression(FORMS[word][0].text), Symbol("x", real=True), number)
