"""Other spellings of what the language has: from the tree of a line to the same tree in its own words.

    Var(z), KL(q, p), ln(x)            var(z), kl(q, p), log(x)
    eps                                epsilon
    diff(e, x, 2)                      diff(e, x, x)
    z[i] > z[j] for all j != i         all(z[i] > z[j], j != i)
    z[i] < z[j] for some j != i        z[i] < z[j], j != i, and j is a class of the claim
    let s(x) = ...; claim              claim where s(x) = ...
    given sum(y) == 1 and y[k] > 0     given sum(y) == 1, y[k] > 0
    p[i] < 1 for all i != j            p[i] < 1 given i != j
    KL(q || p), |x|, x², λ·x − β       kl(q, p), abs(x), x^2, lambda*x - beta

A word that starts with a capital letter, or is all capitals, is none but the word it spells where a bracket follows:
names have one letter.
"""

from __future__ import annotations

from itertools import pairwise
from typing import cast
from unicodedata import name

from lark import Token, Tree

from symbolic.language.forms import FORMS
from symbolic.language.names import GREEK
from symbolic.language.trees import Node, error, names_in

__all__ = ["respelled"]


def greek(letter: str) -> str:
    """The name of a Greek letter: alpha."""
    return name(letter, "").split()[-1].lower()


WORDS = {
    **dict.fromkeys(("ln", "Ln", "LN"), "log"), **dict.fromkeys(("lse", "LSE", "LogSumExp"), "logsumexp"),
    **dict.fromkeys(("D_KL", "DKL"), "kl"), "σ": "sigmoid", "δ": "delta",
}  # fmt: skip
NAMES = {"eps": "epsilon", **{chr(at): spelt for at in range(0x3B1, 0x3CA) if (spelt := greek(chr(at))) in GREEK}}
SIGNS = {"·": "*", "×": "*", "⋅": "*", "−": "-"}
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
AMBIGUOUS = ("delta",)  # a capital Delta is a difference
ORDER = 20  # of a derivative that is given as a number


def respelled(tree: Tree[Token]) -> Tree[Token]:
    """The line in the words of the language."""
    tree = _of_each(tree)
    clauses = [each for each in tree.children if isinstance(each, Tree) and each.data in ("where", "given", "let")]
    said = [each for each in tree.children if each not in clauses]
    _refuse_shared([*said, *(part for each in clauses for part in each.children)])
    made = [Tree("where" if each.data == "let" else each.data, _of_some(each), each.meta) for each in clauses]
    some: list[Node] = [_bound(part) for each in clauses for part in each.children if _is_of_some(part)]
    further = [Tree("some", some, tree.meta)] if some else []
    return Tree(tree.data, [*map(_spelled, said), *map(_spelled, made), *further], tree.meta)


def _of_each(tree: Tree[Token]) -> Tree[Token]:
    """A claim for all i is one as it is; what it says of i is given."""
    made: list[Node] = []
    for each in tree.children:
        if not isinstance(each, Tree) or each.data != "each":
            made.append(each)
            continue
        *every, classes = each.children
        letter = cast(Token, classes if isinstance(classes, Token) else classes.children[0])
        if every == ["some"]:
            raise error("a claim is about every class: that there is such a one is count(z[k] > c, k) >= 1", letter)
        if all(letter != other for part in made for other in names_in(part)):
            raise error(
                f"`{letter}` is not in what is claimed: what is assumed of every class comes after given", letter
            )
        made += [Tree("given", [classes], each.meta)] if isinstance(classes, Tree) else []
    return Tree(tree.data, made, tree.meta)


def _is_of_some(part: Node) -> bool:
    return isinstance(part, Tree) and part.data == "everywhere" and part.children[1] == "some"


def _of_some(clause: Tree[Token]) -> list[Node]:
    """The parts of a clause, where what holds for some class is what holds of that class."""
    made: list[Node] = []
    for each in clause.children:
        if not _is_of_some(each):
            made.append(each)
            continue
        relation, _, classes = cast(Tree[Token], each).children
        made += [relation, classes] if isinstance(classes, Tree) else [relation]
    return made


def _bound(part: Node) -> Token:
    classes = cast(Tree[Token], part).children[-1]
    return cast(Token, classes if isinstance(classes, Token) else classes.children[0])


def _spelled(node: Node) -> Node:
    if isinstance(node, Token):
        table = NAMES if node.type == "NAME" else SIGNS
        return node.update(value=table.get(node.value, node.value))
    children = [_spelled(each) for each in node.children if not isinstance(each, Token) or each.type != "AND"]
    if node.data == "raising" and len(children) == 2:
        return _raised(cast(Token, children[1]), children[0], node)
    if node.data == "absolute":
        return Tree(
            "call", [Token("NAME", "abs", node.meta.start_pos, end_pos=node.meta.end_pos), *children], node.meta
        )
    if node.data == "call":
        children = _beside([node.children[0], *children[1:]])
        word, *arguments = children
        children = [_word(cast(Token, word)), *arguments]
        if children[0] == "diff":
            children = _with_orders(children)
    if node.data == "everywhere":
        relation, *_, classes = children
        children = [Token("NAME", "all", node.meta.start_pos, end_pos=node.meta.end_pos), relation, classes]
        return Tree("call", children, node.meta)
    return Tree(node.data, children, node.meta)


def _raised(exponent: Token, base: Node, node: Tree[Token]) -> Tree[Token]:
    """x² is x^2."""
    sign, digits = exponent.update(type="RAISE", value="^"), exponent.value.translate(RAISED)
    number: Node = exponent.update(type="INT", value=digits.lstrip("-"))
    if digits.startswith("-"):
        number = Tree("negation", [exponent.update(type="MINUS", value="-"), number], node.meta)
    return Tree("raising", [base, sign, number], node.meta)


def _beside(children: list[Node]) -> list[Node]:
    """The arguments of KL(q || p)."""
    bars = [each for each in children if isinstance(each, Token) and each.type == "BESIDE"]
    if bars and (len(children) != 4 or _word(cast(Token, children[0])) != "kl"):
        raise error(
            f"`{bars[0]}` stands in a divergence, KL(q || p); other arguments have a comma between them", bars[0]
        )
    return [each for each in children if each not in bars]


def _word(word: Token) -> Token:
    """The word of the language that this one spells."""
    lower = word.value.lower()
    if word.value in WORDS:
        return word.update(value=WORDS[word.value])
    capital = len(lower) > 1 and word.value in (lower.upper(), lower.capitalize())
    return word.update(value=lower) if capital and lower in FORMS and lower not in AMBIGUOUS else word


def _with_orders(children: list[Node]) -> list[Node]:
    """diff(e, x, 2) is diff(e, x, x): a number after a variable says how often."""
    made = children[:2]
    for before, each in pairwise(children[1:]):
        if not isinstance(each, Token) or each.type != "INT" or len(made) < 3 or _is_order(before):
            made.append(each)
            continue
        if not 1 <= len(each) <= 2 or not 1 <= int(each) <= ORDER:
            raise error(f"the order of a derivative is a number from 1 to {ORDER}", each)
        made += [before] * (int(each) - 1)
    return made


def _is_order(node: Node) -> bool:
    return isinstance(node, Token) and node.type == "INT"


def _refuse_shared(parts: list[Node]) -> None:
    """`for all j` is about its hypothesis: where j stands elsewhere too, it may be meant for the whole line."""
    for part in parts:
        if not isinstance(part, Tree) or part.data != "everywhere":
            continue
        bound = _bound(part)
        if any(bound == each for other in parts if other is not part for each in names_in(other)):
            if _is_of_some(part):
                raise error(f"`{bound}` stands elsewhere in the line too: take another letter here", bound)
            raise error(
                f"`{bound}` stands elsewhere in the line too: where only the hypothesis is about every {bound}, take "
                "another letter in it, as in all(z[i] > z[k], k != i); where the whole claim is, leave `for all` out",
                bound,
            )
