"""What the letters of a formula are, as far as their use shows it."""

from __future__ import annotations

from collections.abc import Iterator

from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.latex.tree import Node, parts_of, unbracketed

__all__ = ["DISTRIBUTIONS", "MARKS", "NUMBERS", "Letters", "bare", "bound", "extremises", "free"]

NUMBERS = frozenset({"n", "lambda", "T", "Z", "e", "pi"})
MARKS = frozenset({"delta", "indicator"})
OF_FAMILIES = frozenset({"softmax", "log_softmax", "kl", "entropy", "logsumexp", "max", "min", "argmax", "argmin"})
DISTRIBUTIONS = ("softmax", "sigma")
MIXED = frozenset({"softmax", "sigma", "mean", "var"})  # take expressions of families and numbers


class Letters:
    r"""`families` have an index, or stand alone in H(w), \max w; `numbers` stand alone elsewhere, <...> and the like
    apart; `indices` stand below a family; `classes` is the letter at the top of the sums, n if there is none; `all` are
    all."""

    def __init__(self, *trees: Node) -> None:
        self.families, self.numbers, self.all = {"z", "p"}, set[str](), set[str]()
        self.tops: dict[str, Node] = {}
        self.indices = set[str]()
        left = [(tree, True) for tree in trees]
        while left:
            node, outside = left.pop()
            if node.kind == "NAME":
                self.all.add(node.word)
                self.numbers |= {node.word} if outside else set()
            left += [(each, outside and numeric) for each, numeric in self.parts(node)]
        self.classes = next(iter(self.tops), "n")
        for name, top in self.tops.items():
            if name != self.classes or (name != "n" and "n" in self.all):
                others = {*self.tops, "n"} - {name}
                raise SyntaxErrorInClaim(
                    f"{name} and {min(others & self.all)} both count classes here; "
                    "the sums of a line run over the same classes, and n is their number", top.start
                )  # fmt: skip

    def parts(self, node: Node) -> Iterator[tuple[Node, bool]]:
        """The parts of a node, and whether a letter that stands alone there is a number."""
        if node.kind == "big" and node.above and node.above.parts[0].kind == "NAME":
            self.tops.setdefault(node.above.parts[0].word, node.above.parts[0])
        if _takes_families(node):
            self.families |= {each.word for each in _alone(node.inside)}
        if node.kind == "scripted" and node.inside.kind == "NAME" and node.below:
            self.families |= {node.inside.word} - NUMBERS - MARKS
            self.indices |= {each.word for item in node.below.parts for each in parts_of(item)}
            yield node.inside, False
        else:
            yield from ((each, not _hides(node)) for each in node.parts)
        yield from ((each, each is node.above) for each in node.scripts)


def _takes_families(node: Node) -> bool:
    """Is this H(w), or max w? But max_k w_k takes numbers."""
    return node.kind in ("apply", "big") and node.word in OF_FAMILIES and not node.below


def _alone(argument: Node) -> Iterator[Node]:
    """The letters that stand alone in H(w), KL(v || w), or in max w."""
    parts = argument.items if argument.kind == "bracket" else (argument,)
    return (each for each in map(unbracketed, parts) if each.kind == "NAME")


def _hides(node: Node) -> bool:
    """May a letter that stands alone in here be something other than a number: a family, a set, an index?"""
    if node.kind == "bracket":
        return node.word == "<" or (node.word == "|" and node.items[0].kind == "NAME")
    if node.kind == "relation":
        return any(each.word in ("in", "not in") or extremises(each) for each in node.parts)
    return node.kind == "number_of" or _takes_families(node) or (node.kind == "apply" and node.word in MIXED)


def extremises(node: Node) -> bool:
    r"""Is this \operatorname{argmax} z?"""
    return node.kind == "big" and node.word.startswith("arg")


def bare(node: Node) -> set[str]:
    """The letters that stand without an index, and are none, except in <...> and the like inside."""
    if node.kind == "NAME":
        return {node.word}
    if (node.kind == "bracket" and node.word == "<") or _takes_families(node) or node.word in DISTRIBUTIONS:
        return set()
    parts = () if node.is_entry else node.parts[-1:] if node.kind == "bracket" else node.parts
    return set().union(*map(bare, parts), *(bare(each) for each in (node.above,) if each))


def bound(node: Node) -> set[str]:
    r"""The letters that \sum_k, \lim_{T \to 0}, \langle ... \rangle_k, \{k : ... \} bind."""
    averages = node.kind == "scripted" and node.inside.word == "<"
    if node.kind == "bracket" and len(node.parts) > 1:
        first = node.items[0]
    elif node.below and (node.kind == "big" or averages or node.word in ("mean", "var")):
        first = node.below.parts[0]
    else:
        return set()
    first = first.parts[0] if first.kind == "one_sided" else first
    return {(first.parts[0] if first.kind == "relation" else first).word}


def free(node: Node) -> set[str]:
    """The letters of a part that no operator in it binds."""
    if node.kind == "NAME":
        return {node.word}
    return set().union(*map(free, (*node.parts, *node.scripts))) - bound(node)
