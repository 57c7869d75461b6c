"""Text to claims and expressions, by the grammar of the claim language. Text is never evaluated.

>>> parse_claim("diff(p[i], z[j]) < 0 given i != j")
Claim(diff(p[i], z[j]) < 0 given i != j)
>>> parse_expression("lambda*p[i]*(delta(i,j) - p[j])")
lambda*p[i]*(-p[j] + delta(i, j))
>>> parse_expression("diff(p[i, z[j])")
Traceback (most recent call last):
    ...
symbolic.language.errors.SyntaxErrorInClaim: expected `]`, not `,`
    diff(p[i, z[j])
            ^
a family has one index; with one feature a model is `exp(w[k]*x + b[k])`, and with more each is a family of its own:
`exp(w[k]*x1 + v[k]*x2)`
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from lark import Token, Tree, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from sympy import Expr

from symbolic.language.claims import Claim, Claims, Hypothesis, relation
from symbolic.language.elaborate import Core, elaborated
from symbolic.language.errors import NotationError, SyntaxErrorInClaim
from symbolic.language.forms import FORMS, Shape
from symbolic.language.grammar import parsed
from symbolic.language.letters import position, shortened, too_deep
from symbolic.language.reader import read_claim, read_expression, read_question
from symbolic.language.spelling import respelled
from symbolic.language.suggestions import SAYABLE, advice
from symbolic.language.trees import tokens

__all__ = [
    "expression_of", "is_latex", "parse_case", "parse_claim", "parse_claims", "parse_expression",
    "parse_line", "parse_question", "parse_step", "plainly",
]  # fmt: skip

ABOUT_CLASSES = re.compile(r"[a-z]\w* ((not )?in|!=|==?) \w+$")
LENGTH = 100_000  # characters in a line
DEPTH = 100  # of nesting: SymPy's own functions recurse

UNDERSCORED = re.compile(rf"\b({'|'.join(word for word in (*SAYABLE, *FORMS) if '_' in word)})\b")

T = TypeVar("T")


def parse_claim(text: str) -> Claim:
    r"""The claim that a line says, in the claim language or in LaTeX; `SyntaxErrorInClaim` says where it says none.

    >>> parse_claim("p[i] < 1 given n >= 2").given
    (Relation(lhs=n, op='>=', rhs=2),)
    >>> parse_claim(r"\frac{\partial p_i}{\partial z_j} < 0 \text{ given } i \neq j").text
    'diff(p[i], z[j]) < 0 given i != j'
    """
    read = parse_line(text)
    if isinstance(read, Claims):
        raise SyntaxErrorInClaim(f"this is {len(read.claims)} claims: expected one", 0, text)
    return read


def parse_line(text: str) -> Claim | Claims:
    """The claim that a line makes; or the claims, of a chain and of `A iff B`.

    >>> parse_line("0 < p[i] <= 1").claims
    (Claim(0 < p[i]), Claim(p[i] <= 1))
    """
    with _advised(text, "claim"), plainly(text) as line:
        core = _core(line, "claim")
        read = [_read(partial(read_claim, each), line) for each in core.trees]
    read[0] = replace(read[0], remarks=core.remarks)
    if len(read) > 1:
        return Claims(tuple(read), line)
    return replace(read[0], text=line, elaborated=not core.as_typed)


def parse_step(text: str) -> Claim:
    """A relation that a step of a derivation says: that its classes exist, the claim says already.

    >>> parse_step("p[2] == 1 - p[1]")
    Claim(p[2] == 1 - p[1])
    """
    return replace(parse_claim(f"{text} given {_with_classes(text)}"), given=(), text="")


def parse_case(text: str) -> Hypothesis:
    """A case that a step of a derivation makes, in the same way; its letters for classes are free.

    >>> parse_case("z[2] >= z[1]"), parse_case("i in A")
    (Relation(lhs=z[2], op='>=', rhs=z[1]), Member(index=i, subset=A, holds=True))
    """
    indices = set(re.findall(r"[a-z]\w*", text)) - {"in", "not"} if ABOUT_CLASSES.match(text) else ()
    about = " + ".join(["0", *(f"p[{each}]" for each in sorted(indices))])
    return parse_claim(f"{about} == 0 given {text}, {_with_classes(text)}").given[0]


def _with_classes(text: str) -> str:
    """That there are as many classes as a number in the text says."""
    return f"n >= {max([1, *map(int, re.findall('[0-9]{1,3}', text))])}"


def parse_claims(text: str) -> tuple[Claim, ...]:
    """The claims that a line makes: one, or those of a chain or of `A iff B`.

    >>> parse_claims("c > 1"), parse_claims("0 < c < 1")
    ((Claim(c > 1),), (Claim(0 < c), Claim(c < 1)))
    """
    read = parse_line(text)
    return read.claims if isinstance(read, Claims) else (read,)


def parse_expression(text: str) -> Expr:
    """The expression that a line of text is; `SyntaxErrorInClaim` says where it is none.

    >>> parse_expression("mean(z[k], k)")
    Mean(z[k], k)
    """
    with _advised(text, "expression"), plainly(text) as line:
        (tree,) = _core(line, "expression").trees
        return _read(lambda: read_expression(tree), line)


def parse_question(text: str) -> tuple[Expr, tuple[Hypothesis, ...]]:
    """An expression and the hypotheses under which its value is asked for.

    >>> parse_question("diff(p[i], z[j]) given i != j")
    (Derivative(p[i], z[j]), (SameClass(first=i, second=j, holds=False),))
    """
    with _advised(text, "question"), plainly(text) as line:
        (tree,) = _core(line, "question").trees
        return _read(lambda: read_question(tree), line)


def expression_of(said: object) -> Expr:
    """An expression of the notation, or the text of one; `NotationError` for anything else.

    >>> expression_of("p[1]"), expression_of(2)
    (p[1], 2)
    """
    if isinstance(said, str):
        return parse_expression(said)
    if isinstance(said, bool) or not isinstance(said, (int, Expr)):
        raise NotationError(f"expected an expression such as p[i], or its text, not {said!r}")
    return relation(said, "==", 0).lhs


def is_latex(text: str) -> bool:
    r"""Is this LaTeX? What shows it is not of the plain language: a backslash, `$`, a brace, or `_` that is in no word.

    A word such as log_softmax or cross_entropy is none, whether the language has it or only says what stands for it.

    >>> is_latex("p_i < 1"), is_latex("p[i] < 1")
    (True, False)
    """
    return re.search(r"[\\$_{}]", UNDERSCORED.sub("", text)) is not None


def plainly(text: str, start: str = "line") -> AbstractContextManager[str]:
    """A line in plain form. LaTeX is translated, and errors are raised at the place in it that is meant."""
    if not is_latex(text):
        return nullcontext(text)
    from symbolic.language import latex  # loaded where it is needed

    return latex.plainly(text, start)


@contextmanager
def _advised(text: str, start: str) -> Iterator[None]:
    """What cannot be read is refused with what may help."""
    if not isinstance(text, str):
        raise NotationError(f"expected a line of text, not {text!r}")
    try:
        yield
    except SyntaxErrorInClaim as error:
        said = advice(text, start, error.position, error.message)
        raise SyntaxErrorInClaim(error.message, error.position, text, said) from None


def _core(text: str, start: str) -> Core:
    def core() -> Core:
        typed = _tree(text, start)
        tree = respelled(typed)
        made = elaborated(tree, text)
        for each in made.trees:
            _refuse_deep(each)
        return made._replace(as_typed=made.as_typed and tokens(typed) == tokens(tree))

    return _read(core, text)


def _read(read: Callable[[], T], text: str) -> T:
    """What is read; an error shows the line."""
    try:
        return read()
    except SyntaxErrorInClaim as error:
        raise SyntaxErrorInClaim(error.message, error.position, text) from None
    except RecursionError:
        raise SyntaxErrorInClaim("this is nested too deeply", 0, text) from None


def _tree(text: str, start: str) -> Tree[Token]:
    if len(text) > LENGTH:
        raise SyntaxErrorInClaim(f"a line has at most {LENGTH} characters", LENGTH)
    deep = too_deep(text, DEPTH)
    if deep is not None:
        raise SyntaxErrorInClaim(f"more than {DEPTH} levels are nested here", deep)
    try:
        tree = parsed(text, start)
    except UnexpectedInput as error:
        raise SyntaxErrorInClaim(_explained(error, text), _offset(error, text)) from None
    _refuse_deep(tree)
    return tree


def _refuse_deep(tree: Tree[Token]) -> None:
    layer: list[Any] = [tree]
    for _ in range(DEPTH):
        layer = [each for node in layer if isinstance(node, Tree) for each in node.children]
    if layer:
        raise SyntaxErrorInClaim(f"more than {DEPTH} levels are nested here", position(layer[0]))


# --- what was expected, in words -----------------------------------------------------------------

OPERANDS = frozenset({"NAME", "INT", "DECIMAL", "LPAR"})
OPERATORS = frozenset({"PLUS", "MINUS", "TIMES", "DIVIDE", "RAISE"})
WORDS = {
    "RSQB": "`]`",
    "RPAR": "`)`",
    "COMMA": "`,`",
    "_BAR": "`|`",
    "COMPARE": "a relation such as ==",
    "IN": "`in`",
    "_IFF": "`iff`",
    "WHERE": "`where`",
    "_GIVEN": "`given`",
    "$END": "the end of the line",
}


def _offset(error: UnexpectedInput, text: str) -> int:
    ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    return len(text.rstrip()) if ended else error.pos_in_stream or 0


def _explained(error: UnexpectedInput, text: str) -> str:
    accepted = _accepted(error)
    if isinstance(error, UnexpectedCharacters):
        found = text[error.pos_in_stream or 0]
        expected = "an operator" if accepted >= OPERATORS else _expected(accepted)
        return f"expected {expected}, not `{found if found.isprintable() else repr(found)[1:-1]}`"
    if not isinstance(error, UnexpectedToken) or error.token.type == "$END":
        return f"expected {_expected(accepted)}, not the end of the line"
    return _hint(error.token, accepted, text) or _not_this(error.token, accepted)


def _not_this(token: Token, accepted: frozenset[str]) -> str:
    return f"expected {_expected(accepted)}, not `{shortened(token)}`"


def _accepted(error: UnexpectedInput) -> frozenset[str]:
    if isinstance(error, UnexpectedToken):
        return frozenset(error.accepts or error.expected)
    return frozenset(getattr(error, "allowed", None) or ())


def _expected(accepted: frozenset[str]) -> str:
    """The tokens that may stand here, in words."""
    if accepted >= OPERANDS:
        return "an expression"
    if "NAME" in accepted:
        return Shape.INDEX.value if "INT" in accepted else Shape.SUBSET.value
    words = ["an operator"] * (accepted >= OPERATORS)
    words += [word for token, word in WORDS.items() if token in accepted]
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _hint(token: Token, accepted: frozenset[str], text: str) -> str:
    """What to say of a common mistake; empty if it is none."""
    at = token.start_pos or 0
    if power := re.match(r"[0-9][eE]\+?(-?[0-9]+)", text[max(0, at - 1) :]):
        return f"numbers have no exponent form: write 10^{shortened(power[1])}"
    follows = accepted >= OPERATORS and token.type in OPERANDS
    return "expected an operator; a product is written with *" if follows else ""
