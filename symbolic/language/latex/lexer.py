r"""The tokens of a formula in LaTeX.

What spaces, sizes or sets a font says nothing and is left out; an argument without braces, as in x_i^2 and \frac12,
gets them, so that the grammar sees one form. What has no meaning here is refused by name.

>>> " ".join(f"{token.type}:{token}" for token in tokens(r"$\tfrac12 \, \log p_i$"))
'FRAC:frac BEGIN:{ INT:1 END:} BEGIN:{ INT:2 END:} APPLY:log NAME:p SUB:_ BEGIN:{ NAME:i END:}'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lark import Token
from lark.lexer import Lexer, LexerState

from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.forms import is_function
from symbolic.language.letters import shortened
from symbolic.language.names import GREEK

__all__ = ["TexLexer", "tokens"]

Meaning = tuple[str, str]  # the type of a token and its value

SILENT = re.compile(
    r"\\(?:left|right|middle|([bB]igg?)[lrm]?|(no)?limits|(display|text|script)style|nonumber|notag|q?quad|enspace"
    r"|thinspace|[,;:!>]|math(bf|cal|it|sf|normal)|boldsymbol|bm|pmb|vec|bf|it|blacksquare)"
)
NAMES = {
    **{f"\\{name}": name for name in (*GREEK, "lambda", "delta")},
    r"\varepsilon": "epsilon", r"\vartheta": "theta", r"\varphi": "phi", r"\varrho": "rho", r"\varsigma": "sigma",
    r"\ell": "l",
}  # fmt: skip
# a token's type, its value, and what is typed: commands, signs, and words as in \operatorname{softmax} or \text{given}
SPELLINGS = (
    ("FRAC", "frac", r"\frac, \dfrac, \tfrac, \cfrac"),
    ("SQRT", "sqrt", r"\sqrt"),
    ("PARTIAL", "partial", r"\partial, ∂"),
    ("INFINITY", "oo", r"\infty, ∞"),
    ("HASH", "#", r"\#"),
    ("NAME", "lambda", "λ"),
    ("NAME", "delta", "δ"),
    ("NAME", "e", "e"),
    ("NAME", "d", "d"),
    ("SIGN", "+", "+"),
    ("SIGN", "-", "-, −, –"),
    ("OPERATOR", "*", r"*, \cdot, \times, \ast, ·"),
    ("OPERATOR", "/", r"/, \div"),
    ("RELATION", "==", r"=, ==, :=, \equiv, \coloneqq, \triangleq, \doteq"),
    ("RELATION", "!=", r"!=, \ne, \neq, ≠"),
    ("RELATION", "<=", r"<=, \le, \leq, \leqslant, ≤"),
    ("RELATION", ">=", r">=, \ge, \geq, \geqslant, ≥"),
    ("RELATION", "<", r"<, \lt"),
    ("RELATION", ">", r">, \gt"),
    ("RELATION", "in", r"\in, ∈"),
    ("RELATION", "not in", r"\notin, ∉"),
    ("INFINITY", "oo", "oo"),
    ("RELATION", "->", r"->, →, \to, \rightarrow, \longrightarrow, \searrow, \downarrow"),
    ("RELATION", "~", r"\sim"),
    ("COMMA", ",", ";, and"),
    ("COMMA", "||", r"||, \|, \parallel, \Vert"),
    ("COLON", ":", r":, \mid, \colon"),
    ("WHERE", "where", "where"),
    ("RELATION", "in", "in"),
    ("RELATION", "not in", "not in"),
    (
        "GIVEN",
        "given",
        "given, if, when, for, whenever, provided, provided that, with, assuming, subject to, such that",
    ),
    ("AS", "as", "as"),
    ("IFF", "=>", r"\implies, \Rightarrow, \Longrightarrow, ⇒, =>, ==>, implies"),
    ("IFF", "iff", r"\iff, \Leftrightarrow, \Longleftrightarrow, iff, if and only if"),
    ("FORALL", "for all", r"\forall, ∀, for all, for every, for each, for any"),
    ("FORALL", "for some", r"\exists, for some"),
    ("BAR", "|", r"|, \vert"),
    ("OPEN", "|", r"\lvert"),
    ("CLOSE", "|", r"\rvert"),
    ("OPEN", "(", "("),
    ("CLOSE", "(", ")"),
    ("OPEN", "[", r"[, \lbrack"),
    ("CLOSE", "[", r"], \rbrack"),
    ("OPEN", "{", r"\{, \lbrace"),
    ("CLOSE", "{", r"\}, \rbrace"),
    ("OPEN", "<", r"\langle"),
    ("CLOSE", "<", r"\rangle"),
    ("BEGIN", "{", "{"),
    ("END", "}", "}"),
    ("SUB", "_", "_"),
    ("SUP", "^", "^"),
    ("BIG", "sum", r"\sum, ∑, Σ"),
    ("BIG", "prod", r"\prod, ∏, Π"),
    ("BIG", "max", r"\max, max"),
    ("BIG", "min", r"\min, min"),
    ("BIG", "limit", r"\lim, lim"),
    ("BIG", "argmax", r"\argmax, argmax, arg max"),
    ("BIG", "argmin", r"\argmin, argmin, arg min"),
    ("APPLY", "exp", r"\exp, exp"),
    ("APPLY", "log", r"\log, \ln, log, ln"),
    ("APPLY", "tanh", r"\tanh, tanh"),
    ("APPLY", "sinh", r"\sinh, sinh"),
    ("APPLY", "cosh", r"\cosh, cosh"),
    ("APPLY", "softmax", r"\softmax, softmax, sm"),
    ("APPLY", "log_softmax", "log softmax, log_softmax, logsoftmax"),
    ("APPLY", "logsumexp", "logsumexp, lse"),
    ("APPLY", "entropy", "entropy, ent"),
    ("APPLY", "kl", r"\KL, kl"),
    ("APPLY", "var", r"\Var, var"),
)
MEANINGS: dict[str, Meaning] = {
    **{command: ("NAME", name) for command, name in NAMES.items()},
    **{each: (kind, value) for kind, value, typed in SPELLINGS for each in typed.split(", ")},
    ",": ("COMMA", ","),
}
# runs of letters that are no product: softmax(z)_i, exp(z_i), lambda; and those of the plain language
KEYWORDS = "given|where|if|when|whenever|provided that|provided|for all|for every|for each|for any|for"
SPELT = (
    "exp|log|ln|max|min|lim|tanh|iff|delta|softmax|logsumexp|sigmoid|softplus|argmax|argmin|lambda|alpha|beta|theta"
    f"|if and only if|as|not in|in|oo|{KEYWORDS}"
).replace(" ", r"\s+")
PLAIN = "sum|prod|mean|diff|limit|count|entropy|size|all|not"

ONES = r"a vector of ones is left out: z + c adds c to each entry, and \mathbf{1}^T z is \sum_k z_k"
MATRICES = r"matrices have no names here: say what one entry is, as in \frac{\partial p_i}{\partial z_j} = ..."
ACCENT = (
    r"a letter with an accent or a prime is no name here: write p_i for \operatorname{softmax}(\lambda z)_i, and else "
    r"another letter, as in \text{where } q_i = \operatorname{softmax}(z)_i"
)
REFUSALS = (
    (ACCENT, "hat, widehat, tilde, widetilde, dot, prime, check, '"),
    (
        "an average over the classes is \\frac{1}{n} \\sum_k z_k, and one under p is \\langle z \\rangle",
        "bar, overline",
    ),
    (MATRICES, "top, intercal, odot, otimes, mathbb, diag, tr, det, rank, bmatrix, pmatrix, matrix, T"),
    ("dots can stand for anything: write a sum over all classes, \\sum_{k}", "dots, ldots, cdots, dotsc, dotsb"),
    ("integrals are not in the language", "int, iint, oint"),
    ("expected =, \\neq, <, \\leq, > or \\geq", "approx, propto, simeq, ll, gg, cong"),
    ("one claim a line: a condition stands after \\text{ given }", "implies, Rightarrow"),
    ("a gradient is said entry by entry: \\frac{\\partial f}{\\partial z_j}", "nabla"),
    ("two claims, one with + and one with -", "pm, mp"),
    ("a covariance is \\langle x y \\rangle - \\langle x \\rangle \\langle y \\rangle", "cov"),
    ("a norm is said as a sum: \\sum_k z_k^2", "lVert, rVert"),
)
REFUSED = {word: message for message, words in REFUSALS for word in words.split(", ")}

ENVIRONMENT = r"(?:equation|align|aligned|gather|gathered|split|multline|math|displaymath|eqnarray)\*?"
OPENING = r"(?=(?:\s|\\,|\\!|\\left|\\[bB]igg?l?(?![a-z]))*(?:\(|\[|\\\{|\{\s*\\left\())"  # a bracket comes next
WORDED = r"\\(?:text|textrm|textit|textsf|texttt|mathrm|operatorname\*?|mathop|mathsf|rm)\s*\{([^{}]{0,60})\}"
DOTS = r"\\(?:dots|ldots|cdots|dotsc)(?![a-z])"
ONE = r"\\(?:mathbb|mathbf|mathds|bm)\s*\{?\s*1\s*\}?"
PATTERNS = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "part": r"[\s,.;~]*(?:\\\\(?:\[[^\[\]]{0,20}\])?|&)(?:\s|\\text\s*\{\s*(?:if|for|when)\s*\})*"
        r"|[,.;]\s*(?=\\end\s*\{d?cases)",
        "otherwise": r"(?:\\(?:text|textrm|mathrm)\s*\{\s*)?(?:otherwise|else)\s*\}?",
        "skip": rf"[\s~&]+|\$\$?|\\[\[\]() ]|\\(?:begin|end)\s*\{{{ENVIRONMENT}\}}",
        "empty": r"[_^]\s*\{\s*\}",
        "label": r"\\(?:tag|label)\s*\{[^{}]{0,60}\}",
        "line": r"\\\\(?:\[[^\[\]]{0,20}\])?(?![\s&]*(?:[=<>]|\\[lgn]eq?(?![a-z])))",
        "link": r"\\\\(?:\[[^\[\]]{0,20}\])?",
        "divergence": r"D_\{?\s*(?:\\(?:text|mathrm|textrm|operatorname)\s*\{)?\s*KL\s*\}{0,2}" + OPENING,
        "name": r"\\mathit\s*\{([A-Za-z][0-9]+)\}",
        "indicator": rf"(?:{ONE}|\\mathbb\s*\{{?I\}}?){OPENING}",
        "one": rf"{ONE}(?=\s*_)",
        "ones": rf"{ONE}(?!\s*\^)",
        "accent": r"\\(hat|widehat|tilde|widetilde)\s*(?:\{\s*([a-zA-Z])\s*\}|([a-zA-Z])(?![a-zA-Z]))",
        "cases": r"\\(begin|end)\s*\{d?cases\}",
        "along": r"\\partial\s*(?=(?:\^\s*(?:\d|\{\s*\d\s*\})\s*)?_)",
        "whole": rf"([A-Za-z])_{{?1}}?\s*,\s*{DOTS}\s*,\s*\1_{{?[nNKCM]}}?".replace("{?", r"\{?").replace("}?", r"\}?"),
        "classes": r"(?:\s|\\q?quad|,)*(?:\\(?:text|textrm|mathrm)\s*\{\s*for(?:\s+all)?\s*\}|\\forall|for(?:\s+all)?)"
        rf"\s*[a-z]\s*=\s*1\s*,\s*(?:2\s*,\s*)?(?:{DOTS}|\.\.\.)\s*,\s*[nNKCM](?![A-Za-z_^])",
        "mean": r"\\mathbb\s*\{?\s*E\s*\}?",
        "environment": r"\\begin\s*\{([A-Za-z]{1,20})\*?\}",
        "word": WORDED,
        "arg": r"\\arg\s*\\(max|min)(?![a-z])",
        "curve": r"\\sigma\s*(?:''|\^\s*\{?\s*\\prime\s*\\prime\s*\}?)" + OPENING,
        "slope": r"\\sigma\s*(?:'|\^\s*\{?\s*\\prime\s*\}?)" + OPENING,
        "sigma": r"\\sigma(?![a-zA-Z])" + OPENING,
        "entropy": r"H(?![A-Za-z])" + OPENING,
        "function": r"[fgFGLPSJ](?![A-Za-z])" + OPENING,
        "parallel": r"\\mid\s*\\mid",
        "side": r"(?:(?:\^\s*)?\{?([+-])\}?(?=\s*\})|\^\s*\{?([+-])\}?(?=\s*(?:\Z|[$,.;]|\\(?:q?quad|text))))",
        "number": r"[0-9]+(?:\.[0-9]+)?",
        "pause": rf",(?=(?:\s|\\q?quad)*(?:\\(?:text|textrm|mathrm)\s*\{{\s*)?(?:{KEYWORDS})(?![A-Za-z]))",
        "spelt": rf"(?<![A-Za-z])(?:{SPELT})(?![A-Za-z])",
        "plain": rf"(?<![A-Za-z])(?:{PLAIN})(?![A-Za-z])",
        "run": r"(?<![A-Za-z\\])(?:[A-Za-z]{3,}|(?<= )(?:is|of|or|to)(?= ))",
        "letter": r"[A-Za-z]",
        "typed": r"\\[A-Za-z]+|\\.|:=|==?>|==|!=|<=|>=|\|\||->|.",
    }.items()
}
MEANT: dict[str, Meaning] = {
    "divergence": ("APPLY", "kl"),
    "one": ("NAME", "indicator"),
    "mean": ("APPLY", "mean"),
    "along": ("ALONG", "partial"),
    "curve": ("APPLY", "curve"),
    "slope": ("APPLY", "slope"),
    "sigma": ("APPLY", "sigma"),
    "entropy": ("APPLY", "entropy"),
    "parallel": ("COMMA", "||"),
    "otherwise": ("NAME", "otherwise"),
}
PAIR = re.compile(r"(?:(?<=delta_)|(?<=δ_))([a-z])([a-z])(?![A-Za-z0-9_])")  # delta_ij, which has two indices
LABEL = re.compile(r"[A-Za-z]{3,}(?![A-Za-z_])")  # in x_max
BRACED = re.compile(r"\{\s*(?:\\(?:text|textrm|mathrm|rm)\s*\{?\s*)?(\\?(?:max|min)|[A-Za-z]{3,})\s*\}")
LABELLED = (
    "is more than an index, which is a letter or the number of a class: where it is a label, take another letter, and "
    r"the largest is \max z"
)
ARGUMENTS = {"FRAC": 2, "DFRAC": 2, "SQRT": 1, "SUB": 1, "SUP": 1}
COMPLETE = ("NAME", "INT", "DECIMAL", "INFINITY", "END", "CLOSE")


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a formula; `SyntaxErrorInClaim` at what is no token."""
    return _Scanner(text).scan()


class TexLexer(Lexer):
    """These tokens, for lark."""

    __future_interface__ = 1  # lark hands over its state, not the text alone

    def __init__(self, conf: Any) -> None:
        pass

    def lex(self, lexer_state: LexerState, parser_state: Any) -> Iterator[Token]:
        return tokens(lexer_state.text.text)


class _Scanner:
    """`wants` is how many arguments the last command still takes, `groups` that number for each open brace, `last` the
    type of the token before, `bars` how many are open, and `indicates` that a bracket with a condition is next."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.wants, self.bars, self.last, self.indicates = text, 0, 0, 0, "", False
        self.groups: list[int] = []
        self.in_cases = False
        self.end = _end(text)
        if (whole := WHOLE.match(text)) and _braces(text).get(whole.start(1)) == self.end - 1:
            self.at, self.end = whole.end(1), _end(text[: self.end - 1])
        self.differentials = _differentials(text)

    def scan(self) -> Iterator[Token]:
        while self.at < self.end:
            start = self.at
            meaning = self.next()
            if meaning is None:
                continue
            bare = self.wants and meaning[0] != "BEGIN"
            if bare and meaning[0] in ("END", "SUB", "SUP", "CLOSE"):
                raise SyntaxErrorInClaim("an argument is missing here", start)
            if bare and self.last == "SUB" and (label := LABEL.match(self.text, start)):
                raise SyntaxErrorInClaim(f"`_{shortened(label[0])}` {LABELLED}", start)
            if meaning[0] == "BEGIN" and self.last == "SUB" and (label := BRACED.match(self.text, start)):
                raise SyntaxErrorInClaim(f"`_{shortened(label[0])}` {LABELLED}", start)
            if bare and self.last == "SUB" and (second := PAIR.match(self.text, start)):
                yield from (self.made(each, start) for each in (("BEGIN", "{"), meaning))
                self.at = second.end()
                yield from (self.made(each, start + 1) for each in (("NAME", second[2]), ("END", "}")))
                continue
            for each in [("BEGIN", "{"), meaning, ("END", "}")] if bare else [meaning]:
                yield self.made(each, start)
            self.wants = ARGUMENTS.get(meaning[0], self.wants)

    def next(self) -> Meaning | None:
        """What comes next, if it has a meaning. An argument without braces is one character."""
        start = self.at
        for kind, pattern in PATTERNS.items():
            if self.wants and kind in ("spelt", "plain", "run", "pause"):
                continue
            if kind in ("part", "otherwise") and not self.in_cases:
                continue
            if found := pattern.match(self.text, start):
                self.at = start + 1 if self.wants and kind == "number" else found.end()
                read = getattr(self, f"_{kind}", None)
                return read(self.text[start : self.at], found) if read else MEANT.get(kind)
        raise SyntaxErrorInClaim("this is no character of a formula", start)

    def made(self, meaning: Meaning, start: int) -> Token:
        self.last = meaning[0]
        if self.last == "BEGIN":
            self.groups.append(max(self.wants - 1, 0))
            self.wants = 0
        elif self.last == "END" and self.groups:
            self.wants = self.groups.pop()
        return Token(*meaning, start_pos=start, end_pos=self.at)

    # --- what is found, by its kind ---

    def _part(self, text: str, found: re.Match[str]) -> Meaning | None:
        """In cases a value and its condition, and one case and the next, are parted; the last may end with \\\\."""
        ends = re.match(r"\s*\\end\s*\{d?cases", self.text[found.end() :])
        return None if ends else ("COMMA", text.strip(" ,.;~"))

    def _name(self, text: str, found: re.Match[str]) -> Meaning:
        return "NAME", found[1]

    def _whole(self, text: str, found: re.Match[str]) -> Meaning:
        """x_1, ..., x_n is all of x."""
        return "NAME", found[1]

    def _indicator(self, text: str, found: re.Match[str]) -> None:
        self.indicates = True

    def _environment(self, text: str, found: re.Match[str]) -> Meaning:
        raise SyntaxErrorInClaim(REFUSED.get(found[1], MATRICES), found.start())

    def _word(self, text: str, found: re.Match[str]) -> Meaning | None:
        word = re.sub(r"[\s~]+", " ", found[1]).strip(" ,.")
        if word == "d" and found.start() in self.differentials:
            return "PARTIAL", "d"
        if word in REFUSED:
            raise SyntaxErrorInClaim(REFUSED[word], found.start())
        if re.fullmatch(r"[A-Z]", word):
            return "NAME", word
        return self.meaning(word.lower(), found.start()) if word else None

    def _line(self, text: str, found: re.Match[str]) -> Meaning:
        raise SyntaxErrorInClaim("a claim is one line; another one stands on its own", found.start())

    def _arg(self, text: str, found: re.Match[str]) -> Meaning:
        return "BIG", f"arg{found[1]}"

    def _function(self, text: str, found: re.Match[str]) -> Meaning:
        message = rf"`{text}` before a bracket could be a function or a factor: a factor is {text} \cdot (...)"
        raise SyntaxErrorInClaim(message, found.start())

    def _side(self, text: str, found: re.Match[str]) -> Meaning:
        return "SIDE", found[1] or found[2]

    def _number(self, text: str, found: re.Match[str]) -> Meaning:
        return ("DECIMAL" if "." in text else "INT"), text

    def _ones(self, text: str, found: re.Match[str]) -> None:
        """c times a vector of ones has c in each entry."""
        if self.last not in COMPLETE:
            raise SyntaxErrorInClaim(ONES, found.start())

    def _accent(self, text: str, found: re.Match[str]) -> Meaning:
        r"""\hat{y}, where the line defines it, is a letter of its own."""
        name = rf"\\{found[1]}\s*\{{?\s*{found[2] or found[3]}\s*\}}?\s*(?:_\s*\{{?\s*\w\s*\}}?)?\s*:?="
        if not re.search(rf"where\b.*{name}", self.text, re.DOTALL):
            raise SyntaxErrorInClaim(ACCENT, found.start())
        free = [each for each in "qusvrwabcg" if not re.search(rf"(?<![A-Za-z\\]){each}(?![A-Za-z])", self.text)]
        names = list(dict.fromkeys((each[1], each[2] or each[3]) for each in PATTERNS["accent"].finditer(self.text)))
        at = names.index((found[1], found[2] or found[3]))
        if at >= len(free):
            raise SyntaxErrorInClaim(ACCENT, found.start())
        return "NAME", free[at]

    def _cases(self, text: str, found: re.Match[str]) -> Meaning:
        self.in_cases = found[1] == "begin"
        return ("OPEN" if self.in_cases else "CLOSE"), "cases"

    def _run(self, text: str, found: re.Match[str]) -> Meaning:
        if found.start() in self.differentials:
            self.at = found.start() + 1
            return "PARTIAL", "d"
        message = (
            f"`{shortened(text)}` is no word that is known; a product of letters has spaces: {' '.join(text[:30])}"
        )
        raise SyntaxErrorInClaim(message, found.start())

    def _spelt(self, text: str, found: re.Match[str]) -> Meaning:
        text = " ".join(text.split())
        return MEANINGS.get(text) or MEANINGS.get(f"\\{text}") or ("APPLY", text)

    def _plain(self, text: str, found: re.Match[str]) -> Meaning:
        message = f"`{text}` is a word of the plain language: write all of the line in one of the two"
        raise SyntaxErrorInClaim(message, found.start())

    def _letter(self, text: str, found: re.Match[str]) -> Meaning:
        return ("PARTIAL", "d") if found.start() in self.differentials else ("NAME", text)

    def _typed(self, text: str, found: re.Match[str]) -> Meaning | None:
        if SILENT.fullmatch(text):
            return None
        if text in FRACTIONS and found.start() in self.differentials:
            return "DFRAC", text
        meaning = self.meaning(text, found.start())
        if meaning[0] == "BAR":
            return self.bar(found.start())
        if meaning[0] == "OPEN" and self.indicates:
            self.indicates = False
            return "OPEN", "indicator"
        return meaning

    def meaning(self, typed: str, start: int) -> Meaning:
        if typed in MEANINGS:
            return MEANINGS[typed]
        if is_function(typed):
            return "APPLY", typed
        raise SyntaxErrorInClaim(REFUSED.get(typed.lstrip("\\"), f"`{typed}` is not known in a formula"), start)

    def bar(self, start: int) -> Meaning:
        """A bar opens where an operand may stand, and closes what is open; between two operands it is `such that`."""
        if self.last not in COMPLETE or self.text[:start].endswith(r"\left"):
            self.bars += 1
            return "OPEN", "|"
        if self.bars:
            self.bars -= 1
            return "CLOSE", "|"
        return "COLON", ":"


def _end(text: str) -> int:
    """Where the formula ends, without the full stop and the delimiters after it."""
    end = len(text)
    while found := CLOSING.search(text, max(0, end - 30), end):
        end = found.start()
    return end


WHOLE = re.compile(r"[\s$]*(\{)\s*\\(?:display|text)style(?![a-z])")  # Wikipedia has braces around all
CLOSING = re.compile(rf"(?:[\s$.,;]|\\[\])\\]|\\end\s*\{{{ENVIRONMENT}\}})\Z")

# --- where a d is a differential -----------------------------------------------------------------

FRACTIONS = (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac")
STROKE = re.compile(r"\\[dtc]?frac\s*(?=\{)")
D = re.compile(r"\\partial(?![a-z])|\\mathrm\s*\{\s*d\s*\}|d(?!\s*(?:_|[*+=/-]|\\cdot|\^\s*[^{2-9]))")
COMMAND_OR_D = re.compile(rf"{D.pattern}|\\[A-Za-z]+")
SLANTED = re.compile(r"(?<![A-Za-z\\])d(?=\s*[A-Za-z\\(])[^+=<>/,]{0,80}/\s*(d)(?=\s*[A-Za-z\\])")


def _differentials(text: str) -> set[int]:
    r"""Where \frac is one of derivatives, and where the d of \frac{dp_i}{dz_j} and of dp_i/dz_j stands."""
    found = {at for each in SLANTED.finditer(text) for at in (each.start(), each.start(1))}
    ends = _braces(text)
    for stroke in STROKE.finditer(text):
        above = stroke.end()
        below = _next(text, ends.get(above, len(text)) + 1)
        first, second = (D.match(text, _next(text, at + 1)) for at in (above, below))
        if below in ends and first and second and text[second.end() : ends[below]].strip():
            marks = COMMAND_OR_D.finditer(text, below, ends[below])
            found |= {stroke.start(), first.start(), *(each.start() for each in marks if D.match(text, each.start()))}
    return found


def _next(text: str, at: int) -> int:
    """The first place from here on that is no space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _braces(text: str) -> dict[int, int]:
    """Where each brace that opens is closed."""
    ends: dict[int, int] = {}
    left: list[int] = []
    for each in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        if each[0] == "{":
            left.append(each.start())
        elif each[0] == "}" and left:
            ends[left.pop()] = each.start()
    return ends
