"""What each letter of a line is: an index, a family, a subset or a number. Its use decides.

    inside [ ], in delta( , ), bound in a sum            an index
    before [ ], or where a family is taken: max(y)       a family
    after `in`, or before `== argmax`                    a subset
    anywhere else                                        a real scalar

In one line a letter is one thing. On the way every word is seen to be used as its form says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import pairwise
from typing import cast

from lark import Token, Tree

from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.forms import FORMS, Form, Shape
from symbolic.language.names import FIXED, GRAMMAR, GREEK, LETTER, Kind, is_name
from symbolic.language.suggestions import SAYABLE

__all__ = [
    "Kind",
    "Node",
    "compares",
    "compares_extremisers",
    "form_of",
    "infinite",
    "kinds",
    "position",
    "shortened",
    "too_deep",
]

Node = Tree[Token] | Token


Use = tuple[Token, Kind]

SYNONYMS = {
    "average": "mean",
    "derivative": "diff",
    "infinity": "oo",
    "product": "prod",
    "sigma": "sigmoid",
    "variance": "var",
}

KINDS = {
    Shape.EXPRESSION: Kind.NUMBER,
    Shape.EXTENDED: Kind.NUMBER,
    Shape.VARIABLE: Kind.NUMBER,
    Shape.INDEX: Kind.INDEX,
    Shape.LETTER: Kind.INDEX,
    Shape.BINDER: Kind.INDEX,
    Shape.FAMILY: Kind.FAMILY,
    Shape.DISTRIBUTION: Kind.FAMILY,
    Shape.SUBSET: Kind.SUBSET,
}
AT_EXTREME = (
    "`{0}` is no subset, which is a capital letter: that {2} is extreme at {0} is {2}[{0}] == {1}({2}), and that it is "
    "so there alone all({2}[{0}] {3} {2}[k], k != {0})"
)
NUMERIC = (Shape.EXPRESSION, Shape.EXTENDED)
RELATIONS = (Shape.RELATION, Shape.HYPOTHESIS)
SIGNS = ("PLUS", "MINUS", "TIMES", "DIVIDE", "RAISE")
EQUALITIES = ("==", "=", "!=", "≠")

HINTS = {
    (Shape.DISTRIBUTION, Shape.EXPRESSION): "this is a family: an entry of it is softmax(z)[i]",
    (Shape.EXTREMISERS, Shape.EXPRESSION): "this stands in a hypothesis, as in A == argmax(z); that two families are "
    "largest at the same classes is p[i] == max(p) iff z[i] == max(z)",
    (Shape.HYPOTHESIS, Shape.EXPRESSION): "this is a hypothesis: it stands after `given`",
    ("INT", Shape.VARIABLE): "expected a variable; a second derivative is diff(e, x, x) or diff(e, x, 2)",
    ("p", Shape.VARIABLE): "p depends on z: expected an entry of a free family, such as z[j]",
    ("oo", Shape.EXPRESSION): "oo stands alone: as a limit point, or as the value of a limit",
    ("DECIMAL", Shape.INDEX): "classes are numbered 1, 2, 3, ...",
}


def position(node: Node) -> int:
    """The offset at which a part of the line begins."""
    start = node.start_pos if isinstance(node, Token) else node.meta.start_pos
    return start or 0


def shortened(word: str, length: int = 30) -> str:
    """A word as a message shows it."""
    return word if len(word) <= length else f"{word[:length]}..."


def too_deep(text: str, most: int) -> int | None:
    """Where more than so many brackets are open at once; None if nowhere. It is asked before the line is parsed: what
    is parsed is a tree, and a browser's stack is too small for a deep one.

    >>> too_deep("((c) + (d))", 2), too_deep("((c) + (d))", 1)
    (None, 1)
    """
    opened = 0
    for at, each in enumerate(text):
        opened = opened + 1 if each in "([{" else max(0, opened - (each in ")]}"))
        if opened > most:
            return at
    return None


def infinite(node: Node) -> bool:
    """Is this oo or -oo?"""
    bare = node.children[1] if isinstance(node, Tree) and node.data == "negation" else node
    return bare == "oo"


def compares(relation: Tree[Token], letters: Iterable[str]) -> bool:
    """Is this i == j or i != j, or with a number for one of them, and one of the `letters` in it?"""
    left, operator, right = relation.children
    sides = [each for each in (left, right) if isinstance(each, Token) and each.type != "DECIMAL"]
    return operator in EQUALITIES and len(sides) == 2 and any(each in letters for each in sides)


def kinds(tree: Tree[Token]) -> dict[str, Kind]:
    """What each letter of the line is; an error where one is unknown, or two things at once."""
    uses: list[Use] = []
    undecided: list[Tree[Token]] = []
    for at, (part, shape) in enumerate(zip(tree.children, _shapes_of_parts(tree), strict=True)):
        if at > 0 and isinstance(part, Tree) and _may_compare_indices(part):
            undecided.append(part)
        else:
            uses.extend(_uses(part, shape))
    indices = {token.value for token, kind in uses if kind is Kind.INDEX}
    known = FIXED.keys() | {token.value for token, _ in uses}
    for part in undecided:
        for token, kind in _uses_of_comparison(part, indices, known):
            uses.append((token, kind))
            known.add(token.value)
            indices |= {token.value} if kind is Kind.INDEX else set()
    return _settled(sorted(uses, key=lambda use: position(use[0])))


def _shapes_of_parts(tree: Tree[Token]) -> list[Shape]:
    first = Shape.RELATION if tree.data == "claim" else Shape.EXPRESSION
    return [first] + [Shape.HYPOTHESIS] * (len(tree.children) - 1)


def _may_compare_indices(part: Tree[Token]) -> bool:
    """i == j is between indices if one of them is an index elsewhere, and between numbers if not."""
    letters = {each.value for each in _tokens(part) if _is_name(each) and each not in FIXED}
    return part.data == "relation" and compares(part, letters)


def _is_name(node: Node) -> bool:
    return isinstance(node, Token) and node.type == "NAME"


def _uses_of_comparison(relation: Tree[Token], indices: set[str], known: set[str]) -> Iterator[Use]:
    names = [each for each in _tokens(relation) if _is_name(each)]
    if compares(relation, indices):
        return ((each, Kind.INDEX) for each in names)
    if len(names) == 2 and known.isdisjoint(names):
        first, second = names
        raise SyntaxErrorInClaim(
            f"{first} and {second} do not occur in the relation; that there are two classes is n >= 2, "
            "and what holds for every other class is all(..., k != i)",
            position(first),
        )
    return ((each, Kind.NUMBER) for each in names)


def _tokens(tree: Tree[Token]) -> Iterator[Token]:
    return (each for each in tree.children if isinstance(each, Token))


# --- a walk through the line ---------------------------------------------------------------------


def _uses(node: Node, shape: Shape) -> Iterator[Use]:
    """The uses of letters in a part of the line that stands where `shape` is expected."""
    if isinstance(node, Tree):
        return _WALKS[node.data](node, shape)
    return _uses_of_token(node, shape)


def _uses_of_token(token: Token, shape: Shape) -> Iterator[Use]:
    numeral = shape in NUMERIC or (shape is Shape.INDEX and token.type == "INT")
    refused = (token.value, shape) in HINTS or (shape is Shape.VARIABLE and token in ("n", "Z", "e", "pi"))
    if refused or not (numeral or (_is_name(token) and shape in KINDS)):
        raise misplaced(token, shape)
    if _is_name(token) and not infinite(token):
        yield token, KINDS[shape]


def _uses_of_arithmetic(node: Tree[Token], shape: Shape) -> Iterator[Use]:
    if shape not in NUMERIC:
        raise misplaced(node, shape)
    if not (shape is Shape.EXTENDED and infinite(node)):
        operands = (each for each in node.children if getattr(each, "type", "") not in SIGNS)
        yield from _each(operands, Shape.EXPRESSION)


def _each(nodes: Iterable[Node], shape: Shape) -> Iterator[Use]:
    for node in nodes:
        yield from _uses(node, shape)


def _uses_of_entry(node: Tree[Token], shape: Shape) -> Iterator[Use]:
    if shape not in (*NUMERIC, Shape.VARIABLE):
        raise misplaced(node, shape)
    family, at = node.children
    if shape is Shape.VARIABLE and (family == "p" or isinstance(family, Tree)):
        raise _error(HINTS["p", Shape.VARIABLE], family)
    yield from _uses(family, Shape.DISTRIBUTION)
    yield from _uses(at, Shape.INDEX)


def _uses_of_call(node: Tree[Token], shape: Shape) -> Iterator[Use]:
    form = form_of(node)
    if KINDS.get(form.makes, form.makes) is not KINDS.get(shape, shape) or shape is Shape.VARIABLE:
        raise misplaced(node, shape)
    arguments = node.children[1:]
    placed = list(zip(arguments, form.shapes(len(arguments)), strict=True))
    for argument, taken in placed:
        yield from _uses(argument, taken)
    _check_binder([argument for argument, taken in placed if taken is Shape.BINDER])


def _check_binder(ranges: list[Node]) -> None:
    """Several conditions are all on one bound index: k != i, k in A."""
    for first, each in pairwise(ranges):
        if isinstance(first, Token):
            raise _error(f"`{first}` alone runs over every class: expected ')'", each)
        if isinstance(each, Token) or each.children[0] != first.children[0]:
            bound = first.children[0]
            raise _error(f"expected another condition on {bound}, such as {bound} != i, or ')'", each)


def _uses_of_relation(node: Tree[Token], shape: Shape) -> Iterator[Use]:
    if shape is Shape.BINDER:
        yield from _uses_of_exclusion(node)
    elif shape in RELATIONS:
        left, _, right = node.children
        extreme = shape is Shape.HYPOTHESIS and compares_extremisers(node)
        if extreme and _is_name(left) and not cast(Token, left)[0].isupper():
            raise _error(AT_EXTREME.format(left, *_extremised(cast(Tree[Token], right))), left)
        yield from _uses(left, Shape.SUBSET if extreme else Shape.EXTENDED)
        yield from _uses(right, Shape.EXTREMISERS if extreme else Shape.EXTENDED)
    else:
        raise misplaced(node, shape)


def _extremised(call: Tree[Token]) -> tuple[str, str, str]:
    """What is extreme, as max, z and >."""
    word, family, *_ = call.children
    extreme, sign = ("max", ">") if word == "argmax" else ("min", "<")
    return extreme, str(family) if isinstance(family, Token) else "z", sign


def compares_extremisers(relation: Tree[Token]) -> bool:
    """Is this A == argmax(z), or argmin?"""
    _, operator, right = relation.children
    if not isinstance(right, Tree) or right.data != "call" or operator not in ("==", "="):
        return False
    return form_of(right).makes is Shape.EXTREMISERS


def _uses_of_exclusion(node: Tree[Token]) -> Iterator[Use]:
    bound, operator, at = node.children
    if operator not in ("!=", "≠") or not _is_name(bound):
        raise misplaced(node, Shape.BINDER)
    if bound == at:
        raise _error(f"{bound} is the bound index itself: expected another one", at)
    yield from _each((bound, at), Shape.INDEX)


def _uses_of_membership(node: Tree[Token], shape: Shape) -> Iterator[Use]:
    if shape not in (Shape.BINDER, Shape.HYPOTHESIS):
        raise misplaced(node, shape)
    yield from _uses(node.children[0], Shape.LETTER)
    yield from _uses(node.children[-1], Shape.SUBSET)


_WALKS = {
    "addition": _uses_of_arithmetic,
    "multiplication": _uses_of_arithmetic,
    "negation": _uses_of_arithmetic,
    "raising": _uses_of_arithmetic,
    "entry": _uses_of_entry,
    "call": _uses_of_call,
    "relation": _uses_of_relation,
    "membership": _uses_of_membership,
}


def form_of(call: Tree[Token]) -> Form:
    """The form of a word for as many arguments as stand here."""
    word = cast(Token, call.children[0])
    if word not in FORMS:
        raise _unknown_function(word)
    fitting = [form for form in FORMS[word] if form.shapes(len(call.children) - 1)]
    if not fitting:
        raise _error(f"`{word}` is used as {_usage(word)}", word)
    return fitting[0]


# --- letters, and what is wrong with them --------------------------------------------------------


def _settled(uses: list[Use]) -> dict[str, Kind]:
    for token, _ in uses:
        if not (token in FIXED or is_name(token)):
            raise _unknown_name(token)
    found: dict[str, Kind] = {}
    for token, kind in sorted(uses, key=lambda use: use[1] is Kind.NUMBER):
        fixed, meaning = FIXED.get(token, (kind, ""))
        if kind is not fixed:
            raise _error(_clash_with_fixed(token, meaning, kind), token)
        if found.setdefault(token.value, kind) is not kind:
            raise _error(_clash(token, found[token], kind), token)
        if kind is Kind.SUBSET and not token[0].isupper():
            raise _error(f"`{token}` names a subset: expected a capital letter", token)
    return found


def _clash_with_fixed(name: str, meaning: str, kind: Kind) -> str:
    entry = f"; an entry of it is {name}[i]" if kind is Kind.NUMBER else ""
    return f"`{name}` is {meaning}, not {kind.value}{entry}"


def _clash(name: str, known: Kind, kind: Kind) -> str:
    if kind is not Kind.NUMBER:
        return f"`{name}` is {known.value} and cannot be {kind.value} too"
    why = {
        Kind.INDEX: f"an index is not a number: an entry is z[{name}]",
        Kind.FAMILY: f"an entry of it is {name}[i]",
        Kind.SUBSET: f"its size is size({name})",
    }
    return f"`{name}` is {known.value}; {why[known]}"


def misplaced(node: Node, shape: Shape) -> SyntaxErrorInClaim:
    """The error for a part that stands where something else is expected."""
    what = shape if shape not in NUMERIC else Shape.EXPRESSION
    return _error(HINTS.get((_sort(node), what), f"expected {shape.value}"), node)


def _sort(node: Node) -> object:
    if isinstance(node, Token):
        return node.value if _is_name(node) else node.type
    return form_of(node).makes if node.data == "call" else node.data


def _unknown_function(word: Token) -> SyntaxErrorInClaim:
    if word in SAYABLE:
        return _error(f"`{word}` is not known; {SAYABLE[word]}", word)
    if word in FIXED or LETTER.fullmatch(word):
        entry = f"an entry of a family is {word}[i], a product is {word}*(...)"
        return _error(f"`{word}` is no function; {entry}", word)
    if guess := _nearest(word, FORMS):
        return _error(f"`{shortened(word)}` is not known: did you mean `{guess}`?", word)
    return _error(f"`{shortened(word)}` is not known; the functions are {', '.join(FORMS)}", word)


def _unknown_name(word: Token) -> SyntaxErrorInClaim:
    if word in FORMS:
        return _error(f"`{word}` is used as {_usage(word)}", word)
    if word in SAYABLE:
        return _error(f"`{word}` is not known; {SAYABLE[word]}", word)
    if guess := _nearest(word, (*FIXED, *GREEK)):
        return _error(f"`{shortened(word)}` is not known: did you mean `{guess}`?", word)
    return _error(f"`{shortened(word)}` is not known: {GRAMMAR}", word)


def _usage(word: str) -> str:
    return " or ".join(form.usage for form in FORMS[word])


def _nearest(word: str, known: Iterable[str]) -> str:
    spelt = unicodedata.name(word, word).split()[-1].lower() if len(word) == 1 else word.lower()
    near = get_close_matches(spelt, known, n=1, cutoff=0.8)
    return SYNONYMS.get(spelt) or (near[0] if near else "")


def _error(message: str, node: Node) -> SyntaxErrorInClaim:
    return SyntaxErrorInClaim(message, position(node))
