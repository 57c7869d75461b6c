r"""The reference of the language: for each use of a word its formula, what it means, and a claim that holds.

    ROWS        a row for each row of forms.py, in its order
    text()      the reference as a terminal shows it (`symbolic help language`)
    page()      as docs/language.md has it (`tools/reference.py`)

>>> ROWS[0].typed, ROWS[0].formula, ROWS[0].claim
('exp(x)', 'e^{x}', 'exp(x + y) == exp(x)*exp(y)')
"""

from __future__ import annotations

from typing import NamedTuple

from symbolic.language.names import CONSTANTS, FIXED

__all__ = ["ROWS", "Row", "page", "text"]


class Row(NamedTuple):
    """One use of a word: as it is typed, as a formula in LaTeX, in words, and in a claim that is true."""

    typed: str
    formula: str
    means: str
    claim: str


ROWS = tuple(
    Row(*each)
    for each in (
        ("exp(x)", r"e^{x}", "the exponential function", "exp(x + y) == exp(x)*exp(y)"),
        ("log(x)", r"\log x", "the natural logarithm, of positive numbers", "log(p[i]) == lambda*z[i] - log(Z)"),
        ("tanh(x)", r"\tanh x", "the hyperbolic tangent", "tanh(x) == 2*sigmoid(2*x) - 1"),
        ("sinh(x)", r"\sinh x", "the hyperbolic sine", "sinh(x) == (exp(x) - exp(-x))/2"),
        ("cosh(x)", r"\cosh x", "the hyperbolic cosine", "cosh(x) == (exp(x) + exp(-x))/2"),
        ("abs(x)", r"|x|", "the absolute value", "abs(p[i] - p[j]) <= 1"),
        ("sqrt(x)", r"\sqrt{x}", "the square root, of what is not negative", "sqrt(x)^2 == x given x > 0"),
        ("sigmoid(x)", r"\sigma(x)", "the logistic function, 1/(1 + exp(-x))", "sigmoid(-x) == 1 - sigmoid(x)"),
        (
            "softplus(x)",
            r"\operatorname{softplus}(x)",
            "log(1 + exp(x)), of which the logistic function is the derivative",
            "diff(softplus(x), x) == sigmoid(x)",
        ),
        (
            "logit(x)",
            r"\operatorname{logit}(x)",
            "log(x/(1 - x)), the inverse of the logistic function; for 0 < x < 1",
            "logit(sigmoid(x)) == x",
        ),
        ("relu(x)", r"\operatorname{relu}(x)", "the larger of x and 0", "relu(x) - relu(-x) == x"),
        (
            "xlogy(x, c)",
            r"x \log c",
            "x*log(c); in a derivation, where kl has it, it is 0 where x is 0",
            "xlogy(x, x) >= x - 1",
        ),
        ("sum(z[k], k)", r"\sum_k z_k", "the sum over all classes, or over some: k != i, k in A", "sum(p[k], k) == 1"),
        ("sum(z)", r"\sum_k z_k", "the same of a family", "sum(p) == 1"),
        (
            "prod(z[k], k)",
            r"\prod_k z_k",
            "the product over all classes, or over some",
            "prod(exp(z[k]), k) == exp(sum(z[k], k))",
        ),
        ("prod(z)", r"\prod_k z_k", "the same of a family", "log(prod(p)) == sum(log(p[k]), k)"),
        ("max(z[k], k)", r"\max_k z_k", "the largest over all classes, or over some", "z[i] <= max(z[k], k)"),
        ("max(z)", r"\max z", "the largest entry of a family", "max(z) <= logsumexp(z)"),
        ("max(x, 0)", r"\max(x, 0)", "the largest of numbers", "max(x, 0) == (x + abs(x))/2"),
        ("min(z[k], k)", r"\min_k z_k", "the smallest over all classes, or over some", "min(z[k], k) <= z[i]"),
        ("min(z)", r"\min z", "the smallest entry of a family", "min(p) <= 1/n"),
        ("min(x, 0)", r"\min(x, 0)", "the smallest of numbers", "min(x, 0) + max(x, 0) == x"),
        (
            "mean(z[k], k)",
            r"\langle z_k \rangle_k",
            "the expectation under p",
            "diff(log(Z), lambda) == mean(z[k], k)",
        ),
        ("mean(z)", r"\langle z \rangle", "the same of a family", "mean(z) <= max(z)"),
        ("var(z[k], k)", r"\operatorname{Var}_k(z_k)", "the variance under p", "diff(mean(z), lambda) == var(z[k], k)"),
        ("var(z)", r"\operatorname{Var}(z)", "the same of a family", "var(z) >= 0"),
        (
            "count(z[k] == max(z), k)",
            r"\#\{k : z_k = \max z\}",
            "for how many classes a relation holds",
            "limit(p[i], T, 0) == 1/count(z[k] == max(z), k) given z[i] == max(z)",
        ),
        (
            "delta(i, j)",
            r"\delta_{ij}",
            "1 if i and j are the same class, 0 if not",
            "sum(delta(i,k)*y[k], k) == y[i]",
        ),
        (
            "softmax(z)[i]",
            r"\operatorname{softmax}(z)_i",
            "softmax of a family, at inverse temperature 1",
            "softmax(z + c)[i] == softmax(z)[i]",
        ),
        (
            "softmax(z, c)[i]",
            r"\operatorname{softmax}(c z)_i",
            "softmax at inverse temperature c, of any sign",
            "softmax(z, lambda)[i] == p[i]",
        ),
        (
            "log_softmax(z)[i]",
            r"\operatorname{logsoftmax}(z)_i",
            "the logarithm of softmax",
            "log_softmax(z)[i] == z[i] - logsumexp(z)",
        ),
        (
            "log_softmax(z, c)[i]",
            r"\operatorname{logsoftmax}(c z)_i",
            "the same at inverse temperature c",
            "log_softmax(z, lambda)[i] == log(p[i])",
        ),
        (
            "logsumexp(z)",
            r"\operatorname{LSE}(z)",
            "log sum exp of a family",
            "diff(logsumexp(z), z[i]) == softmax(z)[i]",
        ),
        (
            "cross_entropy(y, q)",
            r"-\sum_k y_k \log q_k",
            "the cross-entropy of q, for labels y",
            "diff(cross_entropy(y, p), z[j]) == lambda*(p[j] - y[j]) given sum(y[k], k) == 1",
        ),
        ("entropy(p)", r"H(p)", "Shannon's entropy; 0*log(0) is 0", "entropy(p) <= log(n)"),
        ("kl(p, q)", r"\mathrm{KL}(p \| q)", "the divergence of Kullback and Leibler", "kl(p, softmax(w)) >= 0"),
        ("size(A)", r"\#A", "how many classes are in a subset", "sum(1, k in A) == size(A)"),
        (
            "diff(p[i], z[j])",
            r"\frac{\partial p_i}{\partial z_j}",
            "the derivative in an entry, a scalar, lambda or T; again in what follows",
            "diff(p[i], z[j]) == lambda*p[i]*(delta(i, j) - p[j])",
        ),
        (
            "limit(p[i], T, 0)",
            r"\lim_{T \to 0} p_i",
            "the limit as the second goes to the third, all else held fixed",
            "limit(p[i], T, oo) == 1/n",
        ),
        (
            "limit(abs(x)/x, x, 0, right)",
            r"\lim_{x \to 0^+} \frac{|x|}{x}",
            "the limit from the right, or from the left, in a scalar; it is one at infinity, x = 0 + 1/t",
            "limit(abs(x)/x, x, 0, left) == -1",
        ),
        (
            "all(z[i] > z[k], k != i)",
            r"z_i > z_k \text{ for all } k \neq i",
            "a hypothesis: the relation holds for these classes",
            "limit(p[i], T, 0) == 1 given all(z[i] > z[k], k != i)",
        ),
        (
            "A == argmax(z)",
            r"A = \operatorname{argmax} z",
            "a hypothesis: A is where the family is largest",
            "p[i] == p[j] given A == argmax(z), i in A, j in A",
        ),
        (
            "A == argmin(z)",
            r"A = \operatorname{argmin} z",
            "a hypothesis: A is where the family is smallest",
            "p[i] <= p[j] given A == argmin(z), i in A",
        ),
    )
)

AROUND = (
    ("+ - * / ^", "arithmetic; -x^2 is -(x^2), a^b^c is a^(b^c); 0.25 is 1/4", "(x + y)^2 == x^2 + 2*x*y + y^2"),
    ("z[i], p[1]", "an entry of a family; class 1, where there is one", "p[1] + p[2] == 1 given n == 2"),
    ("a < b <= c", "a chain: each link is claimed", "0 < p[i] <= 1"),
    ("... iff ...", "each side, given the other", "z[i] == z[j] iff p[i] == p[j]"),
    ("... => ...", "the second, given the first, at the same classes; if ... then ...", "z[i] > z[j] => p[i] > p[j]"),
    (
        "... given H, ...",
        "hypotheses of the whole line: relations, i != j, i in A, all(...); also if, for",
        "diff(p[i], z[j]) < 0 given i != j",
    ),
    (
        "... where s[k] = ...",
        "definitions, put in before all else",
        "diff(softmax(s)[i], c) == 0 where s[k] = z[k] + c",
    ),
    ("... where f(x) = ...", "a function of a number", "diff(f(c), c) == f(c) where f(x) = exp(x)"),
    ("let s = ...; ...", "the same, said first", "let s = sigmoid(x); diff(s, x) == s*(1 - s)"),
    (
        "... given ... for all j != i",
        "a hypothesis about every j, which is all(..., j != i)",
        "limit(p[i], T, 0) == 1 given z[i] > z[j] for all j != i",
    ),
    (
        "... given ... for some j != i",
        "a hypothesis about one class j, of which the claim is then, too",
        "p[i] < 1/2 given p[j] > 1/2 for some j != i",
    ),
    ("diff(e, x, 2)", "the second derivative, which is diff(e, x, x)", "diff(log(Z), lambda, 2) == var(z)"),
    ("softmax(z + c) == softmax(z)", "an equation of families: of their entries", "softmax(z + c) == softmax(z)"),
    ("softmax(z/T)[i]", "an expression where a family stands, entry by entry", "softmax(z/T)[i] == p[i]"),
    (
        "entropy(q/2)",
        "so, too; of a family s given s[k] == q[k]/2, where an entry may be 0",
        "entropy(q/2) == entropy(q)/2 + log(2)*sum(q)/2",
    ),
)
"""What is no word: as it is typed, what it means, and a claim that is true."""


OTHERS = "Any other letter is an index, a family, a scalar or a subset: its use says which."


def text() -> str:
    """The reference for a terminal: what is typed, what it means, and below it a claim."""
    rows = [*((each.typed, each.means, each.claim) for each in ROWS), *AROUND]
    letters = "\n".join(f"  {name:<8}{meaning}" for name, meaning in _letters())
    shown = "\n".join(f"  {typed:<26}{means}\n{'':<28}{claim}" for typed, means, claim in rows)
    return f"letters:\n{letters}\n\n{OTHERS}\n\n{shown}"


def _letters() -> list[tuple[str, str]]:
    fixed = [(name, meaning) for name, (_, meaning) in FIXED.items() if name not in ("lam", "λ")]
    return [*fixed, *((name, meaning.partition(",")[0]) for name, meaning in CONSTANTS.items()), ("oo", "infinity")]


HEAD = """\
# The claim language

A claim is one line: a relation between two expressions, and the hypotheses under which it is made. It is about every
number of classes n, every inverse temperature lambda > 0, and all families, scalars, subsets and classes that the
hypotheses allow. Every claim below is proved. `symbolic help language` prints this page at the prompt. The formulas
are read as well as typeset: a line may be written in LaTeX. Written by `make notebooks` from
`symbolic/language/reference.py`.

## Letters

"""


def page() -> str:
    """The reference as a page."""
    letters = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in _letters())
    words = "".join(f"| `{typed}` | $`{tex}`$ | {means} | `{claim}` |\n" for typed, tex, means, claim in ROWS)
    around = "".join(f"| `{typed}` | {means} | `{claim}` |\n" for typed, means, claim in AROUND)
    return (
        f"{HEAD}| letter | meaning |\n|---|---|\n{letters}\n"
        f"{OTHERS}\n\n"
        f"## Words\n\n| typed | formula | meaning | a claim |\n|---|---|---|---|\n{words.replace(_BAR, _ESCAPED)}\n"
        f"## Lines\n\n| typed | meaning | a claim |\n|---|---|---|\n{around}"
    )


_BAR, _ESCAPED = r"$`|x|`$", r"$`\lvert x \rvert`$"  # a bar would end a cell
