"""What to say to somebody whose line cannot be read: what may have been meant, and what a claim looks like.

    advice(text, start, position) -> one sentence, an example, or nothing
    SAYABLE                          words that the language does not have: what can be said instead

Tables. A word is looked up as it stands; a pattern counts only where it covers the place of the error, so that nothing
is said of what is in order; a phrase, wherever two words stand side by side, as they do in sentences. Every line
between backquotes is a line of the language: a test reads them.

>>> for line in advice("W x + b == 0", "claim", 2): print(line)
there are no matrices: claim one entry, and write a sum over an index, `sum(w[k]*x[k], k) + b`
>>> advice("p[i]", "claim", 4)
('a claim looks like this: `diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])`',)
"""

from __future__ import annotations

import re

__all__ = ["SAYABLE", "advice"]

MATRICES = "there are no matrices: claim one entry, and write a sum over an index, "
PRODUCT = f"{MATRICES}`sum(w[k]*x[k], k) + b`"
ENTRY = f"{MATRICES}`sum(diff(p[i], z[k])*v[k], k) == lambda*p[i]*(v[i] - mean(v[k], k))`"
EIGENVALUES = (
    "there are no determinants, ranks and eigenvalues: claim the quadratic form, "
    "`sum(sum(diff(p[k], z[l])*v[k]*v[l], l), k) >= 0`, or an eigenvector, `sum(diff(p[i], z[k]), k) == 0`"
)
DERIVATIVE = "a derivative is one entry, `diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])`"
INTEGRAL = (
    "there is no integral: claim the derivative of an antiderivative, `diff(logsumexp(z), z[i]) == softmax(z)[i]`, "
    "or a limit of it"
)
RANDOM = (
    "there are no random variables, and probabilities of events cannot be said: the mean under p is `mean(v[k], k)`, "
    "under other weights `sum(q[k]*v[k], k)`, "
    "the variance under p is `var(v[k], k)`"
)
NORM = (
    "a norm is written out: `sqrt(sum((x[k] - y[k])^2, k))`, whose square is `sum((x[k] - y[k])^2, k)`, "
    "`sum(abs(x[k]), k)`, `max(abs(x[k]), k)`"
)
NOT_ZERO = "that a family is not 0 is `sum(v[k]^2, k) > 0`"
TRIGONOMETRY = "there are no trigonometric functions; the hyperbolic ones are `sinh(x)`, `cosh(x)`, `tanh(x)`"
NUMBER = "an index is not a number: take a family of numbers, `sum(y[k]*p[k], k)`, or of exponents, `x^y[k]`"
MAXIMISER = (
    "that i is where z is largest is `z[i] == max(z)`; that it is so there alone comes after given: "
    "`p[i] >= 1/n given all(z[i] > z[k], k != i)`"
)
ONE_INDEX = (
    "a family has one index; with one feature a model is `exp(w[k]*x + b[k])`, and with more each is a family of its "
    "own: `exp(w[k]*x1 + v[k]*x2)`"
)
BOUND = "closeness is a bound, such as 0.001, on `abs(p[i] - 1/n)`"
ASSUMED = "what is assumed comes after given: `p[i] < p[j] given z[i] < z[j]`"
EVERY = f"a claim is about every i, and every n, already; {ASSUMED}"
SUMS = "a sum is over all classes, or over some: `sum(p[k], k) == 1`, `sum(p[k], k in A) <= 1`"
TWO = "a sum over two classes is one in another: `sum(sum(v[k]*v[l]*diff(p[k], z[l]), l), k) >= 0`"
LOGIT = (
    "a logit is a number: take the limit, `limit(p[i], z[i], -oo)`, or leave classes out, "
    "`exp(z[i])/sum(exp(z[k]), k in A)`"
)
SHIFT = "that a shift of all logits changes nothing is `softmax(z + c)[i] == softmax(z)[i]`"
LIMIT = "a limit is `limit(p[i], T, oo) == 1/n`"
ONE = (
    f"one relation is a claim, or a chain, `0 < p[i] <= 1`, or two with iff, `z[i] == z[j] iff p[i] == p[j]`; {ASSUMED}"
)
FORMULA = f"a claim is a formula, not a sentence; {ASSUMED}"
SENTENCE = re.compile(r"\b(?!(?:given|not|in|where|iff) )[A-Za-z]{2,} +(?!(?:given|in|not|where|iff)\b)[A-Za-z]{2,}")
SUBSETS = "a subset is a capital letter: `sum(p[k], k in A)`, `size(A)`, `p[i] <= sum(p[k], k in A) given i in A`"

_WORDS = {
    "logistic expit": "the logistic function is `sigmoid(x)`",
    "logsigmoid log_sigmoid": "log_sigmoid(x) is `log(sigmoid(x))`",
    "ReLU": "ReLU(x) is `relu(x)`",
    "silu swish": "silu(x) is `x*sigmoid(x)`",
    "logsoftmax LogSoftmax": "the logarithm of softmax is `log_softmax(z)[i]`",
    "sparsemax entmax": "sparsemax is said by its threshold, a number t: `(abs(z[i] - t) + z[i] - t)/2`",
    "softmin": "softmin(z)[i] is `softmax(z, -1)[i]`",
    "crossentropy CrossEntropy nll ce xent": "the cross-entropy is `cross_entropy(y, p)`",
    "perplexity": "the perplexity of p is `exp(entropy(p))`",
    "gini": "the Gini index is `1 - sum(p[k]^2, k)`",
    "log1p": "log1p(x) is `log(1 + x)`",
    "expm1": "expm1(x) is `exp(x) - 1`",
    "log2": "log2(x) is `log(x)/log(2)`",
    "log10": "log10(x) is `log(x)/log(10)`",
    "sign sgn": "where x is not 0, sign(x) is `x/abs(x)`",
    "square": "square(x) is `x^2`",
    "std": "the standard deviation under p is `sqrt(var(v))`",
    "cov Cov covariance": "a covariance under p is `mean(v[k]*w[k], k) - mean(v[k], k)*mean(w[k], k)`",
    "dot inner": "an inner product is `sum(x[k]*y[k], k)`",
    "trace Tr tr": "a trace is a sum, `sum(diff(p[k], z[k]), k)`",
    "det determinant rank eig eigenvalue eigenvalues eigvals inverse inv": EIGENVALUES,
    "diag matrix Matrix transpose identity eye": ENTRY,
    "norm Norm": NORM,
    "sin cos tan sec csc cot asin acos atan arcsin arccos arctan": TRIGONOMETRY,
    "int integral integrate Integral quad": INTEGRAL,
    "expectation expect Prob Pr prob": RANDOM,
    "E P": RANDOM,
    "H": "the entropy of p is `entropy(p)`",
    "KL kl_div D_KL DKL": "the divergence is `kl(p, softmax(w))`",
    "TV tv total_variation": "the total variation is `sum(abs(p[k] - softmax(w)[k]), k)/2`",
    "grad gradient jacobian Jacobian nabla D partial derivative": DERIVATIVE,
    "hess hessian Hessian": "a second derivative is one entry, `diff(logsumexp(z), z[i], z[j])`",
    "one_hot onehot": "a one-hot label is `delta(i, k)`",
    "hardmax": MAXIMISER,
    "range arange": SUMS,
    "true True false False if else forall assume assuming suppose such": EVERY,
    "exists": "that there is such a class is `count(z[k] > c, k) >= 1`",
    "subset union intersection": SUBSETS,
    "card cardinality len": "the number of classes in A is `size(A)`, and of all n",
    "detach stop_gradient stopgrad": "what is held fixed has a name of its own: `diff(c*log(p[i]), z[i])`",
    "lim": LIMIT,
}
SAYABLE = {word: said for words, said in _WORDS.items() for word in words.split()}

_PHRASES = (
    (r"(shift|translat)\w*[- ]invarian|invariant\b.*\b(shift|translat)", SHIFT),
    (
        r"\bsums? (up )?to (1|one|unity)\b|\b(normali[sz]ed|distributions?|simplex)\b",
        "that shares sum to 1 is `sum(p[k], k) == 1`",
    ),
    (r"\b(positive|nonnegative|non-negative)\b", "a sign is a relation: `p[i] > 0`"),
    (
        r"\bconvex\b",
        "convexity is a quadratic form of second derivatives: "
        "`sum(sum(diff(logsumexp(z), z[k], z[l])*v[k]*v[l], l), k) >= 0`",
    ),
    (
        r"\b(monoton|increas|decreas|order)\w*",
        "growth is the sign of a derivative, `diff(p[i], z[i]) >= 0`, order is `p[i] < p[j] given z[i] < z[j]`",
    ),
    (r"\bsymmetric\b", "symmetry is an equality of entries: `diff(p[i], z[j]) == diff(p[j], z[i])`"),
    (r"\buniform\b", "that shares are equal is `p[i] == 1/n given all(z[k] == z[i], k)`"),
    (r"\b(limit|goes?|tends?|converges?|approach\w*)\b", LIMIT),
    (r"\b(derivative|gradient|jacobian|hessian)\b", DERIVATIVE),
    (r"\b(integral|expectation|expected)\b", INTEGRAL),
)

_FUNCTIONS = "exp|log|ln|sqrt|tanh|sinh|cosh|abs"
_PATTERNS = (
    # what is printed so, and typed otherwise
    (r"\bd\^?2? ?\w*(\[\w+\])? ?/ ?\(?d ?\w*(\[\w+\])?|∂|∇|\bd[a-zA-Z]_\w+", DERIVATIVE),
    (r"[a-zA-Z\])]'", "a derivative is `diff(tanh(x), x)`"),
    (r"\|\|[^|]*\|\||\\\|.*|\\l?Vert.*|‖.*", NORM),
    (r"\b[a-z] ?(!=|≠|\\neq?\b) ?0", NOT_ZERO),
    (r"\b(KL|kl)\w*\([^)]*\|[^)]*", "the divergence is `kl(p, softmax(w))`"),
    (r"∫|\bint\w*", INTEGRAL),
    (r"\b(sum|prod)_\w*( \w*)?|[∑∏Σ]", SUMS),
    (r"\b(sum|prod)\(.*(\bfor\b|\bk ?=|\.\.|, ?\(?\w+, ?\d+, ?n).*", SUMS),
    (r"\b(sum|prod)\(.*, ?[a-z] ?, ?[a-z] ?\)", TWO),
    (r"\b(max|min)_\w*", "the largest is `max(z)`, or `max(z[k] - w[k], k)`"),
    (r"\blim(_\w*)?\b|->|→", LIMIT),
    (r"\bdelta_\w+|δ_?\w*", "the Kronecker delta is `delta(i, j)`"),
    (r"\b(E|Pr|P|Var) ?\[[^=<>]*|\b(E|Pr|P) ?\(", RANDOM),
    # one thing at a time
    (r"\b(for all|for every|for any|for each)\b|∀", EVERY),
    (r"\b(and|or|implies|then|but|with|if|when|while|assuming)\b|=>|⇒|&&?|\|\||;", ONE),
    (r":=", "a quantity with a name comes after where: `c > 1 where c = exp(x) given x > 0`"),
    (r"~|≈|≃|\bapprox\w*|\+/-|±", BOUND),
    (r"(\bin|∈) ?[\[(]", "an interval is a chain: `0 <= p[i] <= 1`"),
    (r"∈|∉|⊂|⊆|∪|∩|∅|#[A-Z]?", SUBSETS),
    # what is no number, and no index
    (r"==? ?-? ?(oo|inf|infinity|∞)", LOGIT),
    (r"\[ ?-?\w* ?[-+*/][^\]]*\]", "inside [ ] stands an index or a number: the classes have no order"),
    (
        r"\[ ?-?[\d.]+ ?,[^\]]*\]?",
        "numbers for the logits are hypotheses: `p[1] > p[2] given n == 2, z[1] == 1, z[2] == 0`",
    ),
    (r"\b[i-l] ?[*+/-] ?[\w(]|[\w)\]] ?[*+/^-] ?[i-l]\b(?!\[)", NUMBER),
    (r"\[[^\],]*,[^\]]*\]|\[\w+\] ?\[|\b[a-zA-Z]_\w\w\b", ONE_INDEX),
    (r"\barg(max|min)\b", MAXIMISER),
    # spelling
    (r"\|[^|]*\|", "an absolute value is `abs(x)`, the number of classes in A is `size(A)`"),
    (r"\^ ?\{", "an exponent that is more than a name stands in parentheses: `x^(1 - c)`"),
    (r"\^ ?T\b|⊤|@|\b[A-Z] ?[A-Z]\b(?! ?\()|\b[A-Z] [a-z]\b|\b([a-z]) \1\b", PRODUCT),
    (rf"\b({_FUNCTIONS}) +\w|\b({_FUNCTIONS})(\^|\*\*)", "a function has parentheses: `log(p[i])`, `log(x)^2`"),
    (r"\b(np|numpy|torch|tf|math|jnp|sympy|sp|F|nn)\.", "functions have no module before them: `exp(x)`"),
    (r"[×·⋅∙]", "a product is written with *: `lambda*p[i]`"),
    (r"[²³√−÷⁻¹]", "powers, roots and signs are `x^2`, `sqrt(x)`, `-x`, `x/y`"),
    (r"\\propto|∝", "what is proportional has equal ratios: `p[i]/p[j] == exp(lambda*(z[i] - z[j]))`"),
    (
        r"\b(given|for|if|when)\b[^<>=≤≥]*, ?\w+(\[\w+\])? ?[<>=≤≥]",
        "each has a relation of its own: `x*y > 0 given x > 0, y > 0`",
    ),
    (r",", ASSUMED),
    (r"\w ?!(?!=)|%", "there are + - * / ^ and functions such as `exp(x)`"),
)

_EXAMPLES = (
    (r"lim", "limit(p[i], T, oo) == 1/n"),
    (r"[Ss]um|∑", "sum(p[k], k) == 1"),
    (r"[<>≤≥]", "p[i] < p[j] given z[i] < z[j]"),
    (r"", "diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])"),
)

GRADIENT = re.compile(r"\\nabla_\{?([a-z])\}? *([^=<>]*[^=<> ])")
SHOWN = re.compile("did you mean|no exponent form|in LaTeX: write all")  # in a message that shows what to type
LENGTH = 500  # characters of a line that are looked at, before the error and after it


def advice(text: str, start: str, position: int, message: str = "") -> tuple[str, ...]:
    """What may help whoever wrote the line, which cannot be read from the position on: an example, if nothing else
    does, and nothing where the message says what to type."""
    first = max(0, position - LENGTH)
    near = text[first : position + LENGTH]
    if SHOWN.search(message) or any(said in message for said in SAYABLE.values()):
        return ()
    return _meant(near, position - first) or (_looks_like(near, start),)


def _meant(text: str, position: int) -> tuple[str, ...]:
    """What can be said instead of what was perhaps meant."""
    if gradient := GRADIENT.match(text, position):
        family, of = gradient.groups()
        return (rf"its j-th entry is `\frac{{\partial}}{{\partial {family}_j}} {of}`, equal to the j-th on the right",)
    if SENTENCE.search(text):
        for phrase, said in _PHRASES:
            if re.search(phrase, text):
                return (said,)
    for pattern, said in _PATTERNS:
        if any(each.start() <= position <= each.end() + 1 for each in re.finditer(pattern, text)):
            return (said,)
    return (FORMULA,) if SENTENCE.search(text) else ()


def _looks_like(text: str, start: str) -> str:
    if start != "claim":
        return "an expression looks like this: `diff(p[i], z[j])`"
    example = next(line for pattern, line in _EXAMPLES if re.search(pattern, text))
    return f"a claim looks like this: `{example}`"
