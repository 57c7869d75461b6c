"""What is defined by other words of the language: a row each, read by the reader of the lines themselves.

A row is (the letters of what it takes, what it is). Its letters x and c are numbers, w, q and r families, y a family
but p, and e[k] is the summand at class k; `weighted(a, u)` is a*log(u), and 0 where a = 0.
"""

from __future__ import annotations

# a number of its own
NUMBERS = {"Z": "sum(exp(lambda*z[k]), k)", "T": "1/lambda", "e": "exp(1)"}

# a family, at class k
FAMILIES = {
    ("p", 0): ("", "exp(lambda*z[k])/Z"),
    ("softmax", 1): ("y", "exp(y[k])/sum(exp(y[l]), l)"),
    ("softmax", 2): ("yc", "exp(c*y[k])/sum(exp(c*y[l]), l)"),
    ("log_softmax", 1): ("y", "log(exp(y[k])/sum(exp(y[l]), l))"),
}

# a number
VALUES = {
    ("sqrt", 1): ("x", "x^(1/2)"),
    ("tanh", 1): ("x", "1 - 2/(1 + exp(2*x))"),
    ("sinh", 1): ("x", "(exp(x) - exp(-x))/2"),
    ("cosh", 1): ("x", "(exp(x) + exp(-x))/2"),
    ("sigmoid", 1): ("x", "1/(1 + exp(-x))"),
    ("softplus", 1): ("x", "log(1 + exp(x))"),
    ("logit", 1): ("x", "log(x/(1 - x))"),
    ("xlogy", 2): ("xc", "weighted(x, c)"),
    ("relu", 1): ("x", "(x + abs(x))/2"),
    ("max", 1): ("w", "max(w[k], k)"),
    ("min", 1): ("w", "min(w[k], k)"),
    ("logsumexp", 1): ("y", "log(sum(exp(y[k]), k))"),
    ("entropy", 1): ("q", "-sum(weighted(q[k], q[k]), k)"),
    ("kl", 2): ("qr", "sum(weighted(q[k], q[k]/r[k]), k)"),
    ("cross_entropy", 2): ("wq", "-sum(w[k]*log(q[k]), k)"),
    ("mean", 2): ("e", "sum(p[k]*e[k], k)"),
    ("var", 2): ("e", "sum(p[k]*(e[k] - sum(p[l]*e[l], l))^2, k)"),
}
