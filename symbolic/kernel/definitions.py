"""What is defined by other words of the language: a row each, read by the reader of the lines themselves.

In a row x is the argument, e[k] the argument at class k, w, q, r are families and c a scalar; `weighted(a, u)` is
a*log(u), and 0 where a = 0.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["EXPECTATIONS", "FAMILIES", "FUNCTIONS", "NUMBERS", "VALUES", "Row"]


class Row(NamedTuple):
    """The families and scalars that a head takes, and what it is; with `free`, p is none of its families."""

    families: tuple[str, ...]
    scalars: tuple[str, ...]
    text: str
    free: bool = False


# a number of its own
NUMBERS = {"Z": "sum(exp(lambda*z[k]), k)", "T": "1/lambda", "e": "exp(1)"}

# a function of a number x
FUNCTIONS = {
    "sqrt": "x^(1/2)",
    "tanh": "1 - 2/(1 + exp(2*x))",
    "sinh": "(exp(x) - exp(-x))/2",
    "cosh": "(exp(x) + exp(-x))/2",
    "sigmoid": "1/(1 + exp(-x))",
    "softplus": "log(1 + exp(x))",
    "logit": "log(x/(1 - x))",
    "relu": "(x + abs(x))/2",
}

# of a summand e[k]
EXPECTATIONS = {"mean": "sum(p[k]*e[k], k)", "var": "sum(p[k]*(e[k] - sum(p[l]*e[l], l))^2, k)"}

# a family, at class k
FAMILIES = {
    ("p", 0): Row((), (), "exp(lambda*z[k])/Z"),
    ("softmax", 1): Row(("w",), (), "exp(w[k])/sum(exp(w[l]), l)", True),
    ("softmax", 2): Row(("w",), ("c",), "exp(c*w[k])/sum(exp(c*w[l]), l)", True),
    ("log_softmax", 1): Row(("w",), (), "log(exp(w[k])/sum(exp(w[l]), l))", True),
}

# a number, of families
VALUES = {
    ("logsumexp", 1): Row(("w",), (), "log(sum(exp(w[k]), k))", True),
    ("entropy", 1): Row(("q",), (), "-sum(weighted(q[k], q[k]), k)"),
    ("kl", 2): Row(("q", "r"), (), "sum(weighted(q[k], q[k]/r[k]), k)"),
    ("cross_entropy", 2): Row(("w", "q"), (), "-sum(w[k]*log(q[k]), k)"),
}
